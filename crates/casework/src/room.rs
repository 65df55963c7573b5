//! A landlord's room: its journal folded, its packs read, and what casework needs of both at hand.
//!
//! Kept in memory only as long as the landlord's journal is no longer than when it was folded, so that several
//! servers over one store agree at once on who may do what.

use crate::derive::made_by;
use crate::problem::Problem;
use fanlight_core::access::{Role, words_of};
use fanlight_core::calendar::{CALENDAR_VERSION, london_date};
use fanlight_core::case::{Case, ExcuseAllowed, House, PauseAllowed, Terms};
use fanlight_core::coded::CodedFact;
use fanlight_core::contact::midnight;
use fanlight_core::fact::ExcuseGround;
use fanlight_core::ids::{AccountId, LandlordId};
use fanlight_core::landlord::{Landlord, Member};
use fanlight_core::obligation::{Obligation, OwedTo, obligations};
use fanlight_core::pack::{self, Pack, Register};
use fanlight_store::{Token, TokenMaker};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One landlord with its packs in force over time.
pub struct Room {
    /// The landlord's short name.
    pub id: LandlordId,
    /// Its label in the store.
    pub(crate) label: fanlight_store::Landlord,
    /// What makes its tokens.
    pub(crate) tokens: TokenMaker,
    /// Its journal, folded.
    pub landlord: Landlord,
    /// Its packs over time.
    pub packs: pack::Terms,
    /// The pack in force when the room was made ready.
    pub pack: Arc<Pack>,
    /// The landlord's own journal as clocks see it.
    pub(crate) facts: Vec<CodedFact>,
    /// What decisions need of the pack.
    pub terms: Terms,
    /// Who works, who decides, who stands above whom.
    pub house: House,
    /// By which rules, pack and calendar what is kept beside a journal is made at this moment.
    pub(crate) made_by: u64,
    day: Date,
}

impl Room {
    /// Makes the room ready from the folded journal.
    pub(crate) fn new(
        id: LandlordId,
        label: fanlight_store::Landlord,
        tokens: TokenMaker,
        landlord: Landlord,
        now: Timestamp,
    ) -> Result<Self, Problem> {
        let mut versions = Vec::new();
        for adopted in &landlord.packs {
            let files: Vec<(&str, &str)> = adopted
                .files
                .iter()
                .map(|(name, text)| (name.as_str(), text.as_str()))
                .collect();
            let pack = pack::read(&files).map_err(|_| Problem::Unreadable("an adopted pack"))?;
            versions.push((midnight(adopted.from), Arc::new(pack)));
        }
        let read: Vec<Arc<Pack>> = versions.iter().map(|(_, pack)| pack.clone()).collect();
        let facts = landlord.coded(&read);
        let packs = pack::Terms::over_time(versions);
        let pack = packs
            .at(now)
            .cloned()
            .ok_or(Problem::Unreadable("a landlord without a pack"))?;
        let terms = terms_of(&pack);
        let house = house_of(&landlord);
        Ok(Room {
            made_by: made_by(&pack.stamp(), CALENDAR_VERSION, &id),
            id,
            label,
            tokens,
            landlord,
            packs,
            pack,
            facts,
            terms,
            house,
            day: london_date(now),
        })
    }

    /// What the landlord owes about its policy as a whole, as it stands at a moment.
    pub fn owed_by_landlord(&self, now: Timestamp) -> Vec<Obligation> {
        let mut all = obligations(&self.facts, &self.packs, now);
        all.retain(|promise| promise.owed_to == OwedTo::Landlord);
        all
    }

    /// Whether the pack in force could still be the same: it can change only with the day.
    pub(crate) fn is_of_today(&self, now: Timestamp) -> bool {
        london_date(now) == self.day
    }

    /// The open account, if it is one.
    pub fn member(&self, account: AccountId) -> Option<&Member> {
        self.landlord.members.get(&account).filter(|member| member.open)
    }

    /// The team that works the landlord's cases, where a report has not been given to one.
    pub fn first_team(&self) -> &str {
        self.pack.access.teams.first().map_or("support", String::as_str)
    }

    /// Who is looking, as a listing wants to know it.
    pub(crate) fn viewer(&self, member: &Member) -> fanlight_store::Viewer {
        let may = words_of(member.account, &member.roles);
        fanlight_store::Viewer {
            me: self.audience(&format!("account:{}", member.account)),
            may: may.iter().map(|word| self.audience(word)).collect(),
        }
    }

    /// The program itself, which sees every case.
    pub(crate) fn everything(&self) -> fanlight_store::Viewer {
        let system = self.audience(SYSTEM);
        fanlight_store::Viewer {
            me: system,
            may: vec![system],
        }
    }

    /// Somebody who counts cases without reading them: all but those that are shut to the account.
    pub(crate) fn everything_but_what_is_shut_to(&self, member: &Member) -> fanlight_store::Viewer {
        fanlight_store::Viewer {
            me: self.audience(&format!("account:{}", member.account)),
            may: vec![self.audience(SYSTEM)],
        }
    }

    /// The token of an audience word.
    pub(crate) fn audience(&self, word: &str) -> Token {
        self.tokens.token("audience", word)
    }

    /// The accounts that this case is shut to, lines above included.
    pub(crate) fn shut_out(&self, case: &Case) -> Vec<AccountId> {
        self.house.all_shut_out(case)
    }
}

/// The audience word of the program itself.
pub(crate) const SYSTEM: &str = "system";

fn terms_of(pack: &Pack) -> Terms {
    let ground = |code: &str| match code {
        "survivor_wish" => Some(ExcuseGround::SurvivorsWish),
        "not_practicable" => Some(ExcuseGround::NotPracticable),
        "no_safe_route" => Some(ExcuseGround::NoSafeRoute),
        _ => None,
    };
    let mut excuses = Vec::new();
    let mut pauses = Vec::new();
    for rule in &pack.obligations {
        // That there is no safe route yet may be said of every promise: it explains, and excuses nothing.
        excuses.push(ExcuseAllowed {
            rule: rule.id.clone(),
            ground: ExcuseGround::NoSafeRoute,
        });
        excuses.extend(
            rule.excuse
                .iter()
                .filter_map(|code| ground(code))
                .map(|ground| ExcuseAllowed {
                    rule: rule.id.clone(),
                    ground,
                }),
        );
        if let Some(pause) = &rule.pause {
            pauses.extend(pause.grounds.iter().map(|ground| PauseAllowed {
                rule: rule.id.clone(),
                ground: ground.clone(),
            }));
        }
    }
    Terms {
        teams: pack.access.teams.clone(),
        outcomes: pack
            .register(Register::Outcome)
            .iter()
            .map(|entry| entry.id.clone())
            .collect(),
        risk_scale: pack
            .scale("risk")
            .map(|scale| scale.levels.clone())
            .unwrap_or_default(),
        instruments: fanlight_core::risk::Instrument::of(pack),
        areas: pack.marac_areas.clone(),
        closure_needs_approval: pack
            .gates
            .iter()
            .any(|gate| gate.act == "close" && gate.approved_by.is_some()),
        life_at_risk_forbidden: !pack.contact.life_at_risk_tries,
        recheck_days: u16::try_from(pack.contact.recheck_days).ok(),
        excuses,
        pauses,
    }
}

fn house_of(landlord: &Landlord) -> House {
    let open = || landlord.members.values().filter(|member| member.open);
    let holds = |roles: &'static [Role]| {
        open()
            .filter(move |member| roles.iter().any(|role| member.is(*role)))
            .map(|member| member.account)
            .collect::<Vec<_>>()
    };
    // A line stands although an account in it was closed: nobody is let back in by that.
    let mut line_above = BTreeMap::new();
    for member in landlord.members.values() {
        let mut line = Vec::new();
        let mut at = member.reports_to;
        while let Some(above) = at.filter(|above| *above != member.account && !line.contains(above)) {
            line.push(above);
            at = landlord.members.get(&above).and_then(|member| member.reports_to);
        }
        line_above.insert(member.account, line);
    }
    House {
        workers: holds(&[Role::Caseworker, Role::Manager, Role::Lead]),
        deciders: holds(&[Role::Lead, Role::Manager, Role::DataDecider]),
        line_above,
    }
}
