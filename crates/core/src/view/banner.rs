//! The contact banner: may I, how, when, never, and what to say. Every page of a case carries it.

use super::ask::ending;
use super::veil::Veil;
use super::{Grant, Moment, Seat};
use crate::case::Case;
use crate::contact::{Answer, Ask, BestWay, Instead, Sender, Standing, Unknown, Warning};
use crate::contact::{answers_for, best_way, standing, what_to_do_instead};
use crate::fact::{Part, RouteKind, SafeHours, SaidBy, Way};
use crate::ids::{PersonId, RouteId};
use crate::times::Times;
use crate::words::Words;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

/// What the banner says first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum BannerState {
    /// Safe now.
    Now {
        /// The way.
        way: Way,
        /// Until when, if it ends.
        until: Option<Timestamp>,
        /// Whether to ask first whether it is still safe.
        ask_first: bool,
    },
    /// Not now; from then.
    NotNow {
        /// The way.
        way: Way,
        /// From when.
        from: Timestamp,
        /// Until when it is then open.
        until: Option<Timestamp>,
    },
    /// No safe way is known yet. Not known counts as no.
    NoSafeWay,
    /// The person asked that we do not make contact.
    SheCallsUs,
    /// The person has died.
    PersonDied,
}

/// A way that was called safe, whether or not it is open now.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WayRow {
    /// The route.
    pub route: RouteId,
    /// Its kind.
    pub kind: RouteKind,
    /// The way.
    pub way: Way,
    /// The number or address: only while the gate lets a person use it, and only with the grant for it.
    pub value: Option<Words>,
    /// The last characters of it, to tell two apart.
    pub ending: Option<String>,
    /// Its safe hours; none means at any time.
    pub hours: Vec<SafeHours>,
    /// Whether it may be used now.
    pub now: bool,
    /// Whether to ask first whether it is still safe.
    pub ask_first: bool,
    /// Until when it stays as it is, if that changes by itself.
    pub until: Option<Timestamp>,
    /// From when it may be used, if not now.
    pub from: Option<Timestamp>,
    /// Who said so.
    pub said_by: SaidBy,
    /// The professional's name, if it was one.
    pub professional: Option<Words>,
    /// When it was said, known and recorded.
    pub said: Times,
    /// The last day to rely on it without asking again.
    pub recheck_on: Option<Date>,
    /// What to mind.
    pub warnings: Vec<&'static str>,
    /// Who else sees or uses it.
    pub shared_with: Option<Words>,
    /// The gate's answer in plain words.
    pub says: String,
}

/// Ways that are never used, of one route.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WaysRefused {
    /// The route.
    pub route: RouteId,
    /// Its kind.
    pub kind: RouteKind,
    /// The last characters of it.
    pub ending: Option<String>,
    /// The ways.
    pub ways: Vec<Way>,
    /// Why, in plain words.
    pub says: &'static str,
}

/// The contact banner, whole. A page that carries it as a bar shows its state and `says` alone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Banner {
    /// What it says first.
    pub state: BannerState,
    /// The same in a line of plain words.
    pub says: String,
    /// Ways that were called safe, those open now first.
    pub ways: Vec<WayRow>,
    /// Ways that are never used: called unsafe, now or before.
    pub never: Vec<WaysRefused>,
    /// Ways of which nothing is known. Not known counts as no.
    pub unknown: Vec<WaysRefused>,
    /// Who we say we are.
    pub say_we_are: Option<Words>,
    /// What to say if somebody else answers.
    pub if_somebody_else: Option<Words>,
    /// Whether there is a word by which the person proves who it is; the word itself is never here.
    pub has_code_word: bool,
    /// Whether there is a word that means "not safe, end this now"; the word itself is never here.
    pub has_duress_word: bool,
    /// Anything else the person asked for.
    pub more: Option<Words>,
    /// When to look again, if it was recorded that there is no safe way yet.
    pub look_again_on: Option<Date>,
    /// What can be done instead, when it is not "now".
    #[serde(skip)]
    pub instead: Vec<Instead>,
}

pub(super) fn cut(case: &Case, grant: &Grant, moment: &Moment<'_>) -> Banner {
    let best = best_way(case, moment.elsewhere, moment.at, moment.terms);
    let survivor = case.survivor();
    let mut banner = Banner {
        state: state(best),
        says: best.says(),
        ways: Vec::new(),
        never: Vec::new(),
        unknown: Vec::new(),
        say_we_are: None,
        if_somebody_else: None,
        has_code_word: false,
        has_duress_word: false,
        more: None,
        look_again_on: case.no_safe_route.as_ref().map(|told| told.fact.review_on),
        instead: Vec::new(),
    };
    if grant.seat == Seat::Officer {
        return banner;
    }
    if let Some(survivor) = survivor {
        let veil = Veil::over(case, grant);
        fill(&mut banner, case, grant, moment, survivor, &veil);
    }
    if !matches!(banner.state, BannerState::Now { .. }) {
        banner.instead = instead(case, moment);
    }
    banner
}

fn state(best: BestWay) -> BannerState {
    match best {
        BestWay::Now {
            way,
            until,
            ask_first,
            ..
        } => BannerState::Now {
            way,
            until,
            ask_first,
        },
        BestWay::Then { way, from, until, .. } => BannerState::NotNow { way, from, until },
        BestWay::FindASafeRoute => BannerState::NoSafeWay,
        BestWay::SheCallsUs => BannerState::SheCallsUs,
        BestWay::PersonDied => BannerState::PersonDied,
    }
}

fn fill(
    banner: &mut Banner,
    case: &Case,
    grant: &Grant,
    moment: &Moment<'_>,
    survivor: PersonId,
    veil: &Veil,
) {
    for (route, way, answer) in answers_for(case, moment.elsewhere, survivor, moment.at, moment.terms) {
        match &answer {
            Answer::Yes { .. } | Answer::AskFirst { .. } | Answer::NotNow { .. } => {
                banner
                    .ways
                    .extend(way_row(case, grant, route, way, &answer, veil));
            }
            Answer::Never(why) => refuse(&mut banner.never, case, route, way, why.says()),
            Answer::Unknown(why) => match why {
                Unknown::NoSuchRoute | Unknown::NotThisWay => {}
                Unknown::NeverAsked
                | Unknown::NoLongerSure
                | Unknown::PastRecheck
                | Unknown::PastRecheckAndDoubtful
                | Unknown::NoHours => refuse(&mut banner.unknown, case, route, way, why.says()),
            },
            Answer::SheCallsUs | Answer::PersonOnly(_) | Answer::PersonDied => {}
        }
    }
    banner.ways.sort_by_key(|row| (!row.now, row.from));
    if let Some(wishes) = case.contact_wishes_of(survivor) {
        banner.say_we_are = veil.maybe(&wishes.say_we_are);
        banner.if_somebody_else = veil.maybe(&wishes.if_somebody_else);
        banner.has_code_word = wishes.code_word.is_some();
        banner.has_duress_word = wishes.duress_word.is_some();
        banner.more = veil.maybe(&wishes.more);
    }
}

fn way_row(
    case: &Case,
    grant: &Grant,
    route: RouteId,
    way: Way,
    answer: &Answer,
    veil: &Veil,
) -> Option<WayRow> {
    let known = case.route(route)?;
    let Standing::Safe(agreed) = standing(case, known, way) else {
        return None;
    };
    let now = answer.allows_a_person();
    let hidden_address = super::veil::is_address(known.told.fact.kind) && !grant.addresses;
    let may_see = grant.contacts && now && !hidden_address;
    Some(WayRow {
        route,
        kind: known.told.fact.kind,
        way,
        value: may_see.then(|| veil.words(&known.told.fact.value)),
        ending: ending(known).filter(|_| grant.contacts),
        hours: agreed.fact.hours.clone(),
        now,
        ask_first: matches!(answer, Answer::AskFirst { .. }),
        until: answer.until().filter(|_| now),
        from: match answer {
            Answer::NotNow { from, .. } => Some(*from),
            _ => None,
        },
        said_by: agreed.fact.said_by,
        professional: veil.maybe(&agreed.fact.professional),
        said: agreed.times,
        recheck_on: agreed.fact.recheck_on,
        warnings: answer
            .warnings()
            .iter()
            .map(|warning: &Warning| warning.says())
            .collect(),
        shared_with: veil.maybe(&known.told.fact.shared_with),
        says: answer.says(),
    })
}

fn refuse(list: &mut Vec<WaysRefused>, case: &Case, route: RouteId, way: Way, says: &'static str) {
    if let Some(row) = list.iter_mut().find(|row| row.route == route && row.says == says) {
        row.ways.push(way);
        return;
    }
    if let Some(known) = case.route(route) {
        list.push(WaysRefused {
            route,
            kind: known.told.fact.kind,
            // A value that must not be used is not shown at all.
            ending: None,
            ways: vec![way],
            says,
        });
    }
}

fn instead(case: &Case, moment: &Moment<'_>) -> Vec<Instead> {
    let hers = |route: &&crate::case::KnownRoute| {
        Some(route.told.fact.person) == case.survivor()
            && case.part_of(route.told.fact.person) != Some(Part::Perpetrator)
    };
    let refused = Ask {
        route: case
            .routes
            .iter()
            .find(hers)
            .map_or(RouteId([0; 16]), |known| known.told.fact.route),
        way: Way::Call,
        at: moment.at,
        sender: Sender::Person,
    };
    what_to_do_instead(case, moment.elsewhere, &refused, moment.terms)
}

/// The code word and the duress word, behind a press that is on record.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CodeWord {
    /// The word by which the person proves who it is.
    pub code_word: Option<Words>,
    /// The word that means: not safe, end this now.
    pub duress_word: Option<Words>,
    /// What the person asked us to do when it is used.
    pub if_duress: Option<Words>,
}

/// The words, for a looker with the grant for them.
pub fn code_word(case: &Case, grant: &Grant) -> Option<CodeWord> {
    if !grant.code_word {
        return None;
    }
    let wishes = case.contact_wishes_of(case.survivor()?)?;
    let any = wishes.code_word.is_some() || wishes.duress_word.is_some();
    any.then(|| CodeWord {
        code_word: wishes.code_word.clone(),
        duress_word: wishes.duress_word.clone(),
        if_duress: wishes.if_duress.clone(),
    })
}
