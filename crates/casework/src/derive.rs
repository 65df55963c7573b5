//! What is kept beside a journal so that lists are quick: summary, index, search tokens, audience. All of it can be
//! made again from the journal at the same instant, and is then equal.

use crate::problem::Problem;
use crate::room::{Room, SYSTEM};
use crate::search;
use crate::summary::{DangerKept, DoorKept, Owed, StageKept, Summary, TryKept, WayIs, WayKept};
use fanlight_core::access::{CaseDoor, Role, admits, audience, shut_out_accounts};
use fanlight_core::case::{Case, Stage};
use fanlight_core::coded::{CodedFact, coded};
use fanlight_core::contact::{BestWay, Elsewhere, best_way, best_way_may_change_at};
use fanlight_core::fact::{Entry, YesNo};
use fanlight_core::ids::{AccountId, CaseId, LandlordId};
use fanlight_core::landlord::Member;
use fanlight_core::measure::{CaseBone, CaseRow};
use fanlight_core::obligation::{BoneState, Obligation, obligations};
use fanlight_store::{IndexRow, JournalId, Token};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Which release of the rules made an index row: raised when a release would move a due or met time.
const RULES: u64 = 1;

/// Everything that is kept beside a journal.
pub(crate) struct Derived {
    pub(crate) summary: Summary,
    pub(crate) audience: Vec<Token>,
    pub(crate) shut_out: Vec<Token>,
    pub(crate) search: Vec<Token>,
    pub(crate) index: Vec<IndexRow>,
}

/// Who may come into a case, as the case says it.
///
/// While it is known only that somebody involved works for the landlord, and not who, everybody is suspected until a
/// person decides, and the line above with them (safety rule 5). A report is then the lead's alone. A case that has
/// been opened is the lead's, with those who were named to work on it and whoever told us of the connection: these are
/// known by name to a person who chose them, and the survivor keeps somebody. The team and its manager are out.
pub(crate) fn door_of(case: &Case, room: &Room) -> CaseDoor {
    let unnamed = unnamed_connection(case);
    let teller = case
        .staff_connection
        .as_ref()
        .filter(|_| unnamed && case.opened.is_some())
        .and_then(|told| told.by.account());
    let door = CaseDoor {
        team: if unnamed {
            UNDECIDED.to_owned()
        } else {
            team_of(case, room).to_owned()
        },
        restricted_to: case
            .restriction
            .as_ref()
            .map(|told| told.fact.to.iter().copied().collect()),
        workers: if unnamed && case.opened.is_none() {
            Default::default()
        } else {
            case.named_workers().into_iter().chain(teller).collect()
        },
        shut_out: case
            .shut_out
            .iter()
            .map(|told| (told.fact.account, told.fact.line_too))
            .collect(),
    };
    opened_to_somebody(door, room)
}

/// Whether somebody involved works for the landlord and nobody has said who.
fn unnamed_connection(case: &Case) -> bool {
    let yes = case
        .staff_connection
        .as_ref()
        .is_some_and(|told| told.fact.answer == YesNo::Yes);
    yes && case.shut_out.is_empty()
}

/// A case always has somebody who may open it, who was not shut out. Where accounts were closed or roles taken until
/// nobody whom the door names is left, it opens to the leads, or else the managers, or else the caseworkers, that are
/// not shut out.
fn opened_to_somebody(door: CaseDoor, room: &Room) -> CaseDoor {
    if admitted(&door, room).next().is_some() {
        return door;
    }
    let anywhere = |role: Role| {
        let open = CaseDoor {
            shut_out: door.shut_out.clone(),
            ..CaseDoor::default()
        };
        let out = shut_out_accounts(&open, &room.landlord);
        let holders = room.landlord.holders(role, None).map(|member| member.account);
        holders
            .filter(|account| !out.contains(account))
            .collect::<BTreeSet<AccountId>>()
    };
    let named = [Role::Lead, Role::Manager, Role::Caseworker]
        .into_iter()
        .map(anywhere)
        .find(|named| !named.is_empty());
    match named {
        Some(named) => CaseDoor {
            restricted_to: Some(named),
            ..door
        },
        None => door,
    }
}

/// The open accounts that a case admits.
fn admitted<'a>(door: &'a CaseDoor, room: &'a Room) -> impl Iterator<Item = &'a Member> {
    room.landlord.members.values().filter(|member| {
        member.open
            && member.reads_cases()
            && admits(door, &room.landlord, member.account, &member.roles).is_some()
    })
}

/// A team that nobody is in: the lead alone is admitted.
pub(crate) const UNDECIDED: &str = "-undecided-";

/// The team that has the case, or the first of the landlord while it is a report.
pub(crate) fn team_of<'a>(case: &'a Case, room: &'a Room) -> &'a str {
    case.team().unwrap_or_else(|| room.first_team())
}

/// How far it has come.
pub(crate) fn stage_of(case: &Case) -> StageKept {
    if case.bones.is_some() {
        return StageKept::Erased;
    }
    match case.stage {
        Stage::Report => StageKept::Report,
        Stage::Ended => StageKept::Ended,
        Stage::Joined => StageKept::Joined,
        Stage::Open => StageKept::Open,
        Stage::Closed => StageKept::Closed,
    }
}

/// Makes everything that is kept beside a journal.
pub(crate) fn derive(
    room: &Room,
    id: CaseId,
    entries: &[Entry],
    case: &Case,
    elsewhere: &[Elsewhere],
    now: Timestamp,
) -> Derived {
    let facts = coded(entries);
    let owed_now = obligations(&facts, &room.packs, now);
    let door = door_of(case, room);
    let owner = Owner::of(case, room, &door);
    let token = |field: &str, value: &str| room.tokens.token(field, value);
    let mut index = Vec::with_capacity(owed_now.len());
    let mut owed = Vec::new();
    for obligation in &owed_now {
        let slot = token("slot", &slot_name(id, obligation));
        let owner = token("owner", &owner.word(obligation, room));
        index.push(index_row(
            obligation,
            id,
            slot,
            token("rule", &obligation.rule),
            owner,
            room,
        ));
        if obligation.is_owed() {
            owed.push(owed_of(obligation, slot));
        }
    }
    let shut_out = room.shut_out(case);
    let mut words = audience(&door);
    words.push(SYSTEM.to_owned());
    let shut_tokens = shut_out
        .iter()
        .map(|account| room.audience(&format!("account:{account}")))
        .collect();
    let summary = Summary {
        reference: case.reference().map(ToString::to_string).unwrap_or_default(),
        stage: stage_of(case),
        received: case.received().unwrap_or(now),
        ended: case
            .closures
            .last()
            .filter(|_| case.stage == Stage::Closed)
            .map(|told| told.times.happened)
            .or(case.report_ended.as_ref().map(|told| told.times.happened)),
        team: door.team.clone(),
        lead: case.lead_worker(),
        level: case
            .risk
            .our_latest()
            .or(case.risk.others_latest())
            .map(|told| told.fact.level.clone()),
        perhaps_in_danger: case.perhaps_in_danger_now() && case.stage != Stage::Closed,
        danger: case.danger_not_acted_on().map(|told| DangerKept {
            danger: told.fact.danger,
            since: told.times.aware,
        }),
        to_review: to_review(case),
        door: DoorKept {
            only: door.restricted_to.clone(),
            workers: door.workers.clone(),
            shut_out: shut_out.into_iter().collect(),
        },
        way: way_of(case, elsewhere, room, now),
        owed,
        counts: counts_of(case, &facts, room, now),
        entries: entries.len() as u64,
    };
    let mut search = search::tokens_of(&room.tokens, case);
    search.extend(AtOnceList::of(&summary).map(|list| list.token(room)));
    search.sort_unstable();
    search.dedup();
    Derived {
        summary,
        audience: words.iter().map(|word| room.audience(word)).collect(),
        shut_out: shut_tokens,
        search,
        index,
    }
}

/// What a case adds to the measures counted over cases. A report that became none adds nothing, and what was joined to
/// another case is counted there.
pub(crate) fn counts_of(case: &Case, facts: &[CodedFact], room: &Room, now: Timestamp) -> Option<CaseBone> {
    let identified = case.received()?;
    match stage_of(case) {
        StageKept::Open | StageKept::Closed => {
            Some(CaseBone::of(&room.pack, CaseRow { identified, facts }, now))
        }
        StageKept::Report | StageKept::Ended | StageKept::Joined | StageKept::Erased => None,
    }
}

fn to_review(case: &Case) -> Vec<TryKept> {
    match case.stage {
        Stage::Report | Stage::Open => {}
        Stage::Ended | Stage::Joined | Stage::Closed => return Vec::new(),
    }
    case.life_at_risk
        .iter()
        .filter(|at| at.reviewed.is_none())
        .map(|at| TryKept {
            place: at.tried.place,
            at: at.tried.times.recorded,
            by: at.tried.by.account(),
            second: at.tried.fact.agreed_by.or(at.tried.fact.told),
        })
        .collect()
}

/// What stands at the head of My work until somebody has seen to it. A case carries a token for each, so that no list
/// has to pass over every case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AtOnceList {
    /// Somebody may be in danger, and nobody has acted yet.
    Danger,
    /// What was done by an exception waits for a review.
    Review,
}

impl AtOnceList {
    /// Both.
    pub(crate) const ALL: [AtOnceList; 2] = [AtOnceList::Danger, AtOnceList::Review];

    /// On which of them a case stands.
    fn of(summary: &Summary) -> impl Iterator<Item = AtOnceList> {
        Self::ALL.into_iter().filter(|list| match list {
            AtOnceList::Danger => summary.danger.is_some(),
            AtOnceList::Review => !summary.to_review.is_empty(),
        })
    }

    /// The token that such a case carries.
    pub(crate) fn token(self, room: &Room) -> Token {
        let word = match self {
            AtOnceList::Danger => "danger",
            AtOnceList::Review => "review",
        };
        room.tokens.token("at-once", word)
    }
}

/// The promises of a case at a moment.
pub(crate) fn promises(entries: &[Entry], room: &Room, now: Timestamp) -> Vec<Obligation> {
    obligations(&coded(entries), &room.packs, now)
}

/// How the survivor may be reached, for a row of work.
pub(crate) fn way_of(case: &Case, elsewhere: &[Elsewhere], room: &Room, now: Timestamp) -> WayKept {
    let best = best_way(case, elsewhere, now, &room.terms);
    let (is, named) = match best {
        BestWay::Now { way, until, .. } => (if way.is_live() { WayIs::Call } else { WayIs::Write }, until),
        BestWay::Then { from, .. } => (WayIs::NotNow, Some(from)),
        BestWay::FindASafeRoute => (WayIs::Find, None),
        BestWay::SheCallsUs => (WayIs::TheyContactUs, None),
        BestWay::PersonDied => (WayIs::Died, None),
    };
    // A time of a later day is said with its day, and without it as soon as that day has come.
    let reworded = named.map(day_begins).filter(|begins| *begins > now);
    let changes = best_way_may_change_at(case, elsewhere, now, &room.terms);
    WayKept {
        is,
        says: way_words(&best, now),
        until: changes.into_iter().chain(reworded).min(),
        by: room.made_by,
    }
}

/// The row's words: a time of today without its day.
fn way_words(best: &BestWay, now: Timestamp) -> String {
    let london = fanlight_core::contact::london();
    let moment = |at: Timestamp| {
        let there = london.to_datetime(at);
        if there.time() == jiff::civil::Time::midnight() {
            let day_before = there.date().yesterday().unwrap_or(there.date());
            return day_before.strftime("the end of %a %-d %b").to_string();
        }
        if there.date() == london.to_datetime(now).date() {
            there.strftime("%H:%M").to_string()
        } else {
            there.strftime("%a %-d %b, %H:%M").to_string()
        }
    };
    match best {
        BestWay::Now {
            way,
            until,
            ask_first,
            ..
        } => {
            let until = until.map_or_else(String::new, |until| format!(", until {}", moment(until)));
            let ask = if *ask_first {
                "; ask first whether it is still safe"
            } else {
                ""
            };
            format!("{} now{until}{ask}", way.label())
        }
        BestWay::Then { from, .. } => format!("Not now; from {}", moment(*from)),
        BestWay::FindASafeRoute | BestWay::SheCallsUs | BestWay::PersonDied => best.says(),
    }
}

/// The first moment of the day of a moment.
fn day_begins(moment: Timestamp) -> Timestamp {
    let london = fanlight_core::contact::london();
    london
        .to_ambiguous_timestamp(london.to_datetime(moment).date().at(0, 0, 0, 0))
        .compatible()
        .unwrap_or(moment)
}

fn slot_name(id: CaseId, obligation: &Obligation) -> String {
    let item = obligation.item.as_deref().unwrap_or("");
    format!(
        "{id}/{}/{item}/{}/{}",
        obligation.rule, obligation.time, obligation.started.by.0
    )
}

fn owed_of(obligation: &Obligation, slot: Token) -> Owed {
    Owed {
        slot: slot.to_string(),
        rule: obligation.rule.clone(),
        title: obligation.title.clone(),
        clause: obligation.clauses.first().cloned(),
        due: obligation.due.at,
        not_stated: obligation.due.not_stated.clone(),
        own: obligation.due.landlords_own,
        missed: obligation.is_missed(),
        why: why_of(obligation),
    }
}

/// Why it is owed, in a sentence: what is promised, counted from what.
fn why_of(obligation: &Obligation) -> String {
    let london = fanlight_core::contact::london();
    let day = london.to_datetime(obligation.started.at).strftime("%A %-d %B");
    let what = obligation.started.kind.sentence().trim_end_matches('.');
    match span_words(&obligation.due.rule) {
        Some(span) => format!("{span}. {what}, {day}."),
        None => format!("{what}, {day}."),
    }
}

/// A due rule in words: `working_days_end_of_day 1` as "Within 1 working day".
fn span_words(rule: &str) -> Option<String> {
    if rule.starts_with("every ") {
        let mut words = rule.to_owned();
        words.get_mut(0..1)?.make_ascii_uppercase();
        return Some(words);
    }
    let (name, n) = rule.split_once(' ').unwrap_or((rule, ""));
    let unit = match name {
        "working_days_end_of_day" | "working_days_close_of_business" | "working_days_same_clock_time" => {
            "working day"
        }
        "business_hours" => "office hour",
        "elapsed_hours" => "hour",
        "elapsed_minutes" => "minute",
        "same_clock_time_days" | "calendar_days_end_of_day" => "day",
        "weeks_end_of_day" => "week",
        "months_end_of_day" => "month",
        "same_calendar_day" => return Some("On the same day".into()),
        "same_working_day" => return Some("On the same working day".into()),
        _ => return None,
    };
    let plural = if n == "1" { "" } else { "s" };
    Some(format!("Within {n} {unit}{plural}"))
}

fn index_row(
    obligation: &Obligation,
    id: CaseId,
    slot: Token,
    rule: Token,
    owner: Token,
    room: &Room,
) -> IndexRow {
    let state = BoneState::of(&obligation.state);
    let ms = |at: Timestamp| at.as_millisecond();
    IndexRow {
        case: JournalId(id.0),
        slot,
        rule,
        started: ms(obligation.started.at),
        due: obligation.due.at.map(ms),
        met: obligation.done_at().map(ms),
        lapsed: None,
        open: obligation.is_owed(),
        owner: obligation.is_owed().then_some(owner),
        state: state_byte(state),
        wake_at: obligation.wake_at.map(ms),
        made_by: made_by(&obligation.pack, &obligation.calendar, &room.id),
    }
}

/// The byte of a state in the index.
pub(crate) fn state_byte(state: BoneState) -> u8 {
    match state {
        BoneState::Open => 1,
        BoneState::Paused => 2,
        BoneState::Kept => 3,
        BoneState::KeptRecordedLate => 4,
        BoneState::Missed => 5,
        BoneState::MissedNoSafeRoute => 6,
        BoneState::Excused => 7,
        BoneState::Lapsed => 8,
    }
}

/// The state of a byte in the index.
pub(crate) fn state_of(byte: u8) -> Option<BoneState> {
    [
        BoneState::Open,
        BoneState::Paused,
        BoneState::Kept,
        BoneState::KeptRecordedLate,
        BoneState::Missed,
        BoneState::MissedNoSafeRoute,
        BoneState::Excused,
        BoneState::Lapsed,
    ]
    .into_iter()
    .find(|state| state_byte(*state) == byte)
}

pub(crate) fn made_by(pack: &str, calendar: &str, landlord: &LandlordId) -> u64 {
    let text = format!("{RULES}\n{pack}\n{calendar}\n{}", landlord.0);
    let hash = Sha256::digest(text.as_bytes());
    u64::from_be_bytes(hash[..8].try_into().expect("a hash is longer than eight bytes"))
}

/// Whose a promise is, as a word: one account, or whoever holds a role. Nobody who is shut out is ever an owner, and
/// where everybody who would be is shut out, somebody else is.
struct Owner {
    worker: Option<String>,
    team: String,
    /// The words under which those whom the case admits look for their work.
    held: BTreeSet<String>,
    /// One of them.
    anybody: Option<String>,
}

impl Owner {
    fn of(case: &Case, room: &Room, door: &CaseDoor) -> Self {
        let admitted: Vec<&Member> = admitted(door, room).collect();
        let worker = case
            .named_workers()
            .into_iter()
            .find(|account| admitted.iter().any(|member| member.account == *account))
            .map(|account| format!("account:{account}"));
        Owner {
            worker,
            team: door.team.clone(),
            held: admitted
                .iter()
                .flat_map(|member| owner_words(member.account, &member.roles))
                .collect(),
            anybody: admitted
                .first()
                .map(|member| format!("account:{}", member.account)),
        }
    }

    fn word(&self, obligation: &Obligation, room: &Room) -> String {
        let acts: Vec<Role> = obligation
            .who
            .iter()
            .filter_map(|post| room.pack.role(post))
            .flat_map(|post| post.acts_as.iter().filter_map(|code| Role::parse(code)))
            .collect();
        let team = || format!("team:{}", self.team);
        let manager = || format!("manager:{}", self.team);
        let lead = || "lead".to_owned();
        let in_turn = if acts.is_empty() || acts.contains(&Role::Caseworker) {
            if let Some(worker) = &self.worker {
                return worker.clone();
            }
            [team(), manager(), lead()]
        } else if acts.contains(&Role::Manager) {
            [manager(), lead(), team()]
        } else {
            [lead(), manager(), team()]
        };
        let first = in_turn[0].clone();
        in_turn
            .into_iter()
            .find(|word| self.held.contains(word))
            .or_else(|| self.anybody.clone())
            .unwrap_or(first)
    }
}

/// The words under which promises may be somebody's to keep.
pub(crate) fn owner_words(account: AccountId, roles: &[(Role, Option<String>)]) -> Vec<String> {
    let mut words = vec![format!("account:{account}")];
    for (role, team) in roles {
        match (role, team) {
            (Role::Caseworker, Some(team)) => words.push(format!("team:{team}")),
            (Role::Manager, Some(team)) => {
                words.extend([format!("team:{team}"), format!("manager:{team}")]);
            }
            (Role::Lead, _) => words.extend(["lead".to_owned(), format!("team:{UNDECIDED}")]),
            (Role::Caseworker | Role::Manager, None)
            | (
                Role::Colleague
                | Role::DataDecider
                | Role::Officer
                | Role::Auditor
                | Role::Board
                | Role::Administrator,
                _,
            ) => {}
        }
    }
    words
}

/// Reads a summary.
pub(crate) fn read_summary(bytes: &[u8]) -> Result<Summary, Problem> {
    serde_json::from_slice(bytes).map_err(|_| Problem::Unreadable("a summary"))
}
