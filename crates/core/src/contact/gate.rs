//! The question and the rule.

use super::hours::{is_open, next_opening, open_until};
use super::word::something_against;
use super::{Answer, Never, PersonOnly, RouteKey, Standing, Unknown, Warning, london, standing};
use crate::case::{Case, KnownRoute, Terms, Told};
use crate::fact::{Fact, Part, SafeContactAgreed, SaidBy, Verdict, Way};
use crate::ids::{PersonId, RouteId};
use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan};

/// Who would send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sender {
    /// Somebody who is signed in, and can stop when it is not safe.
    Person,
    /// The program.
    Automatic,
}

/// May we, by this route, in this way, at this moment?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The route.
    pub route: RouteId,
    /// The way of using it.
    pub way: Way,
    /// When it would leave.
    pub at: Timestamp,
    /// Who would send.
    pub sender: Sender,
}

/// A way that was called unsafe in another of the person's cases. Unsafe in one is unsafe in all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// The number, address or account.
    pub key: RouteKey,
    /// The way.
    pub way: Way,
}

/// Answers whether we may (safety rule 1). Pure: the newest word at the moment of asking decides.
pub fn may_we(case: &Case, elsewhere: &[Elsewhere], ask: &Ask, terms: &Terms) -> Answer {
    let Some(route) = case.route(ask.route) else {
        return Answer::Unknown(Unknown::NoSuchRoute);
    };
    let person = route.told.fact.person;
    if !Way::of(route.told.fact.kind).contains(&ask.way) {
        return Answer::Unknown(Unknown::NotThisWay);
    }
    if case.has_died(person) {
        return Answer::PersonDied;
    }
    if case.part_of(person) == Some(Part::Perpetrator) {
        return Answer::Never(Never::Perpetrators);
    }
    if elsewhere
        .iter()
        .any(|word| word.key == route.key && word.way == ask.way)
    {
        return Answer::Never(Never::UnsafeBefore);
    }
    let agreed = match standing(case, route, ask.way) {
        Standing::Unsafe => return Answer::Never(Never::CalledUnsafe),
        _ if asked_for_no_contact(case, person) => return Answer::SheCallsUs,
        Standing::NeverAsked => return Answer::Unknown(Unknown::NeverAsked),
        Standing::NoLongerSure => return Answer::Unknown(Unknown::NoLongerSure),
        Standing::Safe(agreed) => agreed,
    };
    let warnings = warnings(case, route, agreed);
    match ask.sender {
        Sender::Person => a_person(case, route, agreed, ask, terms, warnings),
        Sender::Automatic => automatic(agreed, ask, terms, &warnings),
    }
}

/// What was called unsafe in this case, for the gate of the person's other cases. It names no case and no person.
pub fn called_unsafe(case: &Case) -> Vec<Elsewhere> {
    let survivor = case.survivor();
    let hers = case
        .routes
        .iter()
        .filter(|known| Some(known.told.fact.person) == survivor);
    let ways = hers.flat_map(|known| Way::of(known.told.fact.kind).iter().map(move |way| (known, *way)));
    ways.filter(|(known, way)| standing(case, known, *way) == Standing::Unsafe)
        .map(|(known, way)| Elsewhere {
            key: known.key.clone(),
            way,
        })
        .collect()
}

/// A person may rely on it until its day, and after that call and ask first, if nothing speaks against it.
fn a_person(
    case: &Case,
    route: &KnownRoute,
    agreed: &Told<SafeContactAgreed>,
    ask: &Ask,
    terms: &Terms,
    warnings: Vec<Warning>,
) -> Answer {
    let Some(last_day) = last_day(agreed, terms).filter(|day| is_past(*day, ask.at)) else {
        return in_its_hours(agreed, ask.at, end_of(last_day(agreed, terms)), warnings);
    };
    if ask.way != Way::Call {
        return Answer::Unknown(Unknown::PastRecheck);
    }
    if something_against(case, route, agreed) {
        return Answer::Unknown(Unknown::PastRecheckAndDoubtful);
    }
    match in_its_hours(agreed, ask.at, None, warnings) {
        Answer::Yes { until, warnings } => Answer::AskFirst {
            until,
            relied_on_until: last_day,
            warnings,
        },
        other => other,
    }
}

/// The program may use only what the person herself or himself called safe, alone, and not too long ago.
fn automatic(agreed: &Told<SafeContactAgreed>, ask: &Ask, terms: &Terms, warnings: &[Warning]) -> Answer {
    if warnings.contains(&Warning::SharedWithPerpetrator) {
        return Answer::PersonOnly(PersonOnly::SharedWithPerpetrator);
    }
    if warnings.contains(&Warning::SeenByOthers) {
        return Answer::PersonOnly(PersonOnly::SeenByOthers);
    }
    if warnings.contains(&Warning::Vouched) {
        return Answer::PersonOnly(PersonOnly::Vouched);
    }
    if warnings.contains(&Warning::Doubtful) {
        return Answer::PersonOnly(PersonOnly::AskFirst);
    }
    match last_day(agreed, terms) {
        Some(day) if is_past(day, ask.at) => match ask.way {
            Way::Call => Answer::PersonOnly(PersonOnly::AskFirst),
            Way::Voicemail | Way::Text | Way::Email | Way::Letter | Way::Visit | Way::App | Way::Through => {
                Answer::Unknown(Unknown::PastRecheck)
            }
        },
        day => in_its_hours(agreed, ask.at, end_of(day), Vec::new()),
    }
}

fn in_its_hours(
    agreed: &Told<SafeContactAgreed>,
    at: Timestamp,
    ends: Option<Timestamp>,
    warnings: Vec<Warning>,
) -> Answer {
    let hours = &agreed.fact.hours;
    let sooner = |one: Option<Timestamp>| one.into_iter().chain(ends).min();
    if is_open(hours, at) {
        return Answer::Yes {
            until: sooner(open_until(hours, at)),
            warnings,
        };
    }
    match next_opening(hours, at) {
        Some(from) if ends.is_none_or(|ends| from < ends) => Answer::NotNow {
            from,
            until: sooner(open_until(hours, from)),
        },
        // A call may still be made then, asking first; a promise of "from" would be wrong for anything written.
        Some(from) if agreed.fact.way == Way::Call => Answer::NotNow {
            from,
            until: open_until(hours, from),
        },
        Some(_) => Answer::Unknown(Unknown::PastRecheck),
        None => Answer::Unknown(Unknown::NoHours),
    }
}

fn warnings(case: &Case, route: &KnownRoute, agreed: &Told<SafeContactAgreed>) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if shared_with_perpetrator(case, route) {
        warnings.push(Warning::SharedWithPerpetrator);
    }
    if route
        .told
        .fact
        .shared_with
        .as_ref()
        .is_some_and(|who| !who.is_blank())
    {
        warnings.push(Warning::SeenByOthers);
    }
    if agreed.fact.said_by == SaidBy::Professional {
        warnings.push(Warning::Vouched);
    }
    if something_against(case, route, agreed) {
        warnings.push(Warning::Doubtful);
    }
    warnings
}

/// Whether a perpetrator in the case has, or has had, the same number, address or account: he may use it still.
pub(crate) fn shared_with_perpetrator(case: &Case, route: &KnownRoute) -> bool {
    case.timeline.iter().any(|told| match &told.fact {
        Fact::RouteTold(other) => {
            case.part_of(other.person) == Some(Part::Perpetrator)
                && RouteKey::of(other.kind, &other.value) == route.key
        }
        _ => false,
    })
}

/// Whether the person wants no contact from us, or asked us to stop and has not since told us of a safe way.
fn asked_for_no_contact(case: &Case, person: PersonId) -> bool {
    if wants_no_contact(case, person) {
        return true;
    }
    let Some(stop) = case
        .said_stop
        .as_ref()
        .filter(|_| Some(person) == case.survivor())
    else {
        return false;
    };
    let told_since = case.safety_words.iter().any(|word| {
        let hers = case
            .route(word.told.fact.route)
            .is_some_and(|known| known.told.fact.person == person);
        hers && word.told.fact.verdict == Verdict::Safe
            && word.told.fact.said_by == SaidBy::Person
            && word.since > stop.entry
    });
    !told_since
}

/// Whether the newest wishes say so: the newest told, or the newest written down, if that corrects older ones.
pub(super) fn wants_no_contact(case: &Case, person: PersonId) -> bool {
    let newest_written = case
        .timeline
        .iter()
        .filter_map(|told| match &told.fact {
            Fact::ContactWishesTold(wishes) => Some((told.entry, wishes)),
            _ => None,
        })
        .filter(|(_, wishes)| wishes.person.or(case.survivor()) == Some(person))
        .max_by_key(|(entry, _)| *entry);
    let newest_told = case.contact_wishes_of(person);
    newest_told.is_some_and(|wishes| wishes.no_contact)
        || newest_written.is_some_and(|(_, wishes)| wishes.no_contact)
}

/// The last day on which to rely on it without asking again.
fn last_day(agreed: &Told<SafeContactAgreed>, terms: &Terms) -> Option<Date> {
    agreed.fact.recheck_on.or_else(|| {
        let said = london().to_datetime(agreed.times.happened).date();
        let days = i64::from(terms.recheck_days?);
        said.checked_add(days.days()).ok()
    })
}

fn is_past(last_day: Date, at: Timestamp) -> bool {
    london().to_datetime(at).date() > last_day
}

fn end_of(last_day: Option<Date>) -> Option<Timestamp> {
    let next = last_day?.tomorrow().ok()?;
    london()
        .to_ambiguous_timestamp(next.to_datetime(Time::midnight()))
        .compatible()
        .ok()
}
