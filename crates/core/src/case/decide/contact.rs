//! Routes, their safety, tries and contacts.

use super::{Deciding, Decision, is_said, otherwise, reasoned, written};
use crate::contact::{self, Answer, Ask, Elsewhere, RouteKey, Sender, Unknown, hours_are_sound};
use crate::fact::*;
use crate::ids::{AccountId, PersonId, RouteId};
use crate::refusal::Refusal;

/// Records a route by which a person might be reached. Being told of it is not being told that it is safe.
pub fn tell_route(on: &Deciding<'_>, told: RouteTold) -> Decision {
    on.can_be_added_to()?;
    check_route(on, &told)?;
    Ok(vec![Fact::RouteTold(told)])
}

pub(super) fn check_route(on: &Deciding<'_>, told: &RouteTold) -> Result<(), Refusal> {
    otherwise(told.value.is_blank(), Refusal::ValueNeeded)?;
    otherwise(on.case.person(told.person).is_none(), Refusal::PersonUnknown)?;
    // The parties' records share no contact row (safety rule 3): a route stays one person's.
    let of_another = on
        .case
        .route(told.route)
        .is_some_and(|known| known.told.fact.person != told.person);
    otherwise(of_another, Refusal::RouteOfAnother)?;
    let key = RouteKey::of(told.kind, &told.value);
    match told.kind {
        RouteKind::Telephone => {
            let digits = key.reveal().trim_start_matches('+').len();
            otherwise(!(5..=15).contains(&digits), Refusal::NumberUnreadable)
        }
        RouteKind::Email => {
            let halves = key.reveal().split_once('@');
            let sound = halves
                .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'));
            otherwise(!sound, Refusal::EmailUnreadable)
        }
        RouteKind::Post | RouteKind::Place | RouteKind::App | RouteKind::Through => {
            otherwise(key.is_blank(), Refusal::ValueNeeded)
        }
    }
}

/// Records that a way of using a route was called safe, unsafe, or no longer sure. Unsafe needs nothing else.
pub fn agree_safe_contact(on: &Deciding<'_>, agreed: SafeContactAgreed) -> Decision {
    on.can_be_added_to()?;
    check_safe_contact(on, &agreed)?;
    Ok(vec![Fact::SafeContactAgreed(agreed)])
}

pub(super) fn check_safe_contact(on: &Deciding<'_>, agreed: &SafeContactAgreed) -> Result<(), Refusal> {
    let route = on.case.route(agreed.route).ok_or(Refusal::RouteUnknown)?;
    otherwise(
        !Way::of(route.told.fact.kind).contains(&agreed.way),
        Refusal::WayNotOfRoute,
    )?;
    if agreed.verdict != Verdict::Safe {
        return otherwise(!agreed.hours.is_empty(), Refusal::HoursOnlyForSafe);
    }
    otherwise(
        !agreed.hours.iter().all(hours_are_sound),
        Refusal::HoursAcrossMidnight,
    )?;
    let past = agreed.recheck_on.is_some_and(|day| day < on.today());
    otherwise(past, Refusal::RecheckInThePast)?;
    match agreed.said_by {
        SaidBy::Person => Ok(()),
        SaidBy::Professional => {
            otherwise(!is_said(&agreed.professional), Refusal::ProfessionalNameNeeded)?;
            let shared = contact::shared_with_perpetrator(on.case, route);
            otherwise(shared, Refusal::SharedWithPerpetrator)
        }
    }
}

/// Records what a person wants whenever we make contact.
pub fn tell_contact_wishes(on: &Deciding<'_>, told: ContactWishesTold) -> Decision {
    on.can_be_added_to()?;
    check_contact_wishes(on, &told)?;
    Ok(vec![Fact::ContactWishesTold(told)])
}

pub(super) fn check_contact_wishes(on: &Deciding<'_>, told: &ContactWishesTold) -> Result<(), Refusal> {
    let unknown = told.person.is_some_and(|person| on.case.person(person).is_none());
    otherwise(unknown, Refusal::PersonUnknown)
}

/// Records a try. Never refused for what the gate says: it has happened. `gate` is what the gate says now, if a route
/// was used.
pub fn record_try(on: &Deciding<'_>, tried: ContactTried, gate: Option<&Answer>) -> Decision {
    on.can_be_added_to()?;
    check_route_and_person(on, tried.route, tried.person)?;
    let gate = gate_said(gate, Direction::Out, tried.way);
    Ok(vec![Fact::ContactTried(ContactTried { gate, ..tried })])
}

/// Records a contact. Never refused for what the gate says: it has happened. What was said is compulsory.
pub fn record_contact(on: &Deciding<'_>, made: ContactMade, gate: Option<&Answer>) -> Decision {
    on.can_be_added_to()?;
    check_route_and_person(on, made.route, made.person)?;
    written(&made.words)?;
    let gate = gate_said(gate, made.direction, made.way);
    Ok(vec![Fact::ContactMade(ContactMade { gate, ..made })])
}

/// Only that they exist here: a typing error, not a judgement on what happened.
pub(super) fn check_route_and_person(
    on: &Deciding<'_>,
    route: Option<RouteId>,
    person: Option<PersonId>,
) -> Result<(), Refusal> {
    let no_route = route.is_some_and(|route| on.case.route(route).is_none());
    otherwise(no_route, Refusal::RouteUnknown)?;
    let no_person = person.is_some_and(|person| on.case.person(person).is_none());
    otherwise(no_person, Refusal::PersonUnknown)
}

/// What the gate said, to be kept on the row.
fn gate_said(answer: Option<&Answer>, direction: Direction, way: Way) -> GateSaid {
    match (direction, answer) {
        (Direction::In, _) | (Direction::Out, None) => GateSaid {
            answer: "not_asked".into(),
            against: false,
        },
        (Direction::Out, Some(answer)) => GateSaid {
            answer: answer.code().into(),
            // "Ask first" is kept by a live call and by nothing else.
            against: match answer {
                Answer::AskFirst { .. } => way != Way::Call,
                other => !other.allows_a_person(),
            },
        },
    }
}

/// Decides to try an unknown route because life is at risk: by voice or face to face, with a reason, a script and a
/// second person who agreed or is told at once (safety rule 1). Counted, and reviewed afterwards.
pub fn try_life_at_risk(on: &Deciding<'_>, tried: LifeAtRiskTried, elsewhere: &[Elsewhere]) -> Decision {
    on.can_be_added_to()?;
    otherwise(on.terms.life_at_risk_forbidden, Refusal::LifeAtRiskForbidden)?;
    let by = on.account()?;
    otherwise(on.is_shut_out(by), Refusal::WorkerShutOut)?;
    otherwise(!tried.way.is_live(), Refusal::OnlyByVoice)?;
    let route = on.case.route(tried.route).ok_or(Refusal::RouteUnknown)?;
    otherwise(route.told.fact.person != tried.person, Refusal::RouteOfAnother)?;
    reasoned(&tried.reason)?;
    otherwise(tried.script.is_blank(), Refusal::ScriptNeeded)?;
    second_person(on, by, &tried)?;
    let ask = Ask {
        route: tried.route,
        way: tried.way,
        at: on.at,
        sender: Sender::Person,
    };
    match contact::may_we(on.case, elsewhere, &ask, on.terms) {
        Answer::Unknown(why) => match why {
            Unknown::NoSuchRoute => Err(Refusal::RouteUnknown),
            Unknown::NotThisWay => Err(Refusal::WayNotOfRoute),
            Unknown::NeverAsked
            | Unknown::NoLongerSure
            | Unknown::PastRecheck
            | Unknown::PastRecheckAndDoubtful
            | Unknown::NoHours => Ok(vec![Fact::LifeAtRiskTried(tried)]),
        },
        Answer::Never(_) => Err(Refusal::RouteIsUnsafe),
        Answer::Yes { .. }
        | Answer::AskFirst { .. }
        | Answer::NotNow { .. }
        | Answer::SheCallsUs
        | Answer::PersonOnly(_)
        | Answer::PersonDied => Err(Refusal::RouteIsNotUnknown),
    }
}

fn second_person(on: &Deciding<'_>, by: AccountId, tried: &LifeAtRiskTried) -> Result<(), Refusal> {
    let named: Vec<AccountId> = tried.agreed_by.into_iter().chain(tried.told).collect();
    otherwise(named.is_empty(), Refusal::SecondPersonNeeded)?;
    otherwise(named.contains(&by), Refusal::SecondPersonIsYou)?;
    let shut_out = named.iter().any(|account| on.is_shut_out(*account));
    otherwise(shut_out, Refusal::SecondPersonShutOut)
}

/// Looks at a life-at-risk try afterwards.
pub fn review_life_at_risk(on: &Deciding<'_>, review: LifeAtRiskReviewed) -> Decision {
    on.can_be_added_to()?;
    written(&review.words)?;
    let of = |at: &&crate::case::LifeAtRisk| at.tried.place == review.of || at.tried.entry == review.of;
    let tried = on
        .case
        .life_at_risk
        .iter()
        .find(of)
        .ok_or(Refusal::NothingToReview)?;
    otherwise(tried.tried.by == on.by, Refusal::OwnReview)?;
    Ok(vec![Fact::LifeAtRiskReviewed(review)])
}

/// Agrees how often we are in contact, expressly: in what words, and when it is looked at again (settle 7.4b).
pub fn agree_rhythm(on: &Deciding<'_>, agreed: RhythmAgreed) -> Decision {
    on.is_open()?;
    check_rhythm(on, &agreed)?;
    Ok(vec![Fact::RhythmAgreed(agreed)])
}

pub(super) fn check_rhythm(on: &Deciding<'_>, agreed: &RhythmAgreed) -> Result<(), Refusal> {
    otherwise(agreed.how.is_blank(), Refusal::RhythmNeedsHow)?;
    otherwise(agreed.every_days == 0, Refusal::RhythmNeedsDays)?;
    otherwise(agreed.review_on < on.today(), Refusal::ReviewInThePast)?;
    let over = agreed.until.is_some_and(|until| until < on.today());
    otherwise(over, Refusal::UntilInThePast)
}

/// Records that there is no safe way yet, and when it is looked at again.
pub fn say_no_safe_route(on: &Deciding<'_>, none: NoSafeRouteFound) -> Decision {
    on.can_be_added_to()?;
    check_no_safe_route(on, &none)?;
    Ok(vec![Fact::NoSafeRouteFound(none)])
}

pub(super) fn check_no_safe_route(on: &Deciding<'_>, none: &NoSafeRouteFound) -> Result<(), Refusal> {
    written(&none.words)?;
    otherwise(none.review_on < on.today(), Refusal::ReviewInThePast)
}
