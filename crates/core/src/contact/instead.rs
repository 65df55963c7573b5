//! The best way now, for the rows of My work, and what to do instead when the answer is no.

use super::gate::wants_no_contact;
use super::{Answer, Ask, Elsewhere, Sender, may_we};
use crate::case::{Case, Terms};
use crate::fact::{Part, Way};
use crate::ids::{PersonId, RouteId};
use jiff::Timestamp;

/// The best way of reaching the survivor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BestWay {
    /// Now.
    Now {
        /// The route.
        route: RouteId,
        /// The way.
        way: Way,
        /// Until when, if it ends.
        until: Option<Timestamp>,
        /// Whether to ask first whether it is still safe.
        ask_first: bool,
    },
    /// Not now; next time then.
    Then {
        /// The route.
        route: RouteId,
        /// The way.
        way: Way,
        /// From when.
        from: Timestamp,
        /// Until when it is then open.
        until: Option<Timestamp>,
    },
    /// There is no safe way known: find one.
    FindASafeRoute,
    /// The person asked that we do not make contact.
    SheCallsUs,
    /// The person has died.
    PersonDied,
}

impl BestWay {
    /// The row's words, with nothing about the person in them.
    pub fn says(&self) -> String {
        let london = super::london();
        let day_and_time = |at: Timestamp| london.to_datetime(at).strftime("%a %-d %b, %H:%M").to_string();
        let time = |at: Timestamp| london.to_datetime(at).strftime("%H:%M").to_string();
        match self {
            BestWay::Now {
                way,
                until,
                ask_first,
                ..
            } => {
                let until = until.map(|until| format!(", until {}", day_and_time(until)));
                let ask = if *ask_first {
                    "; ask first whether it is still safe"
                } else {
                    ""
                };
                format!("{} now{}{ask}", way.label(), until.unwrap_or_default())
            }
            BestWay::Then { way, from, until, .. } => match until {
                Some(until) => format!("{} from {} to {}", way.label(), day_and_time(*from), time(*until)),
                None => format!("{} from {}", way.label(), day_and_time(*from)),
            },
            BestWay::FindASafeRoute => "Find a safe route".into(),
            BestWay::SheCallsUs => "They contact us".into(),
            BestWay::PersonDied => "No contact: the person has died".into(),
        }
    }
}

/// The best way of reaching the survivor at this moment: live before written, sure before asking first, then whatever
/// opens soonest.
pub fn best_way(case: &Case, elsewhere: &[Elsewhere], at: Timestamp, terms: &Terms) -> BestWay {
    match case.survivor() {
        Some(survivor) => best_way_to(case, elsewhere, survivor, at, terms),
        None => BestWay::FindASafeRoute,
    }
}

/// The best way of reaching anybody in the case.
pub fn best_way_to(
    case: &Case,
    elsewhere: &[Elsewhere],
    person: PersonId,
    at: Timestamp,
    terms: &Terms,
) -> BestWay {
    if case.has_died(person) {
        return BestWay::PersonDied;
    }
    let answers = answers_for(case, elsewhere, person, at, terms);
    let now = answers
        .iter()
        .filter_map(|(route, way, answer)| match answer {
            Answer::Yes { until, .. } => {
                Some((if way.is_live() { 0 } else { 2 }, *route, *way, *until, false))
            }
            Answer::AskFirst { until, .. } => Some((1, *route, *way, *until, true)),
            _ => None,
        })
        .min_by_key(|(rank, ..)| *rank);
    if let Some((_, route, way, until, ask_first)) = now {
        return BestWay::Now {
            route,
            way,
            until,
            ask_first,
        };
    }
    let then = answers
        .iter()
        .filter_map(|(route, way, answer)| match answer {
            Answer::NotNow { from, until } => Some((*from, !way.is_live(), *route, *way, *until)),
            _ => None,
        })
        .min_by_key(|(from, written, ..)| (*from, *written));
    if let Some((from, _, route, way, until)) = then {
        return BestWay::Then {
            route,
            way,
            from,
            until,
        };
    }
    let she_calls =
        wants_no_contact(case, person) || answers.iter().any(|(.., answer)| *answer == Answer::SheCallsUs);
    if she_calls {
        BestWay::SheCallsUs
    } else {
        BestWay::FindASafeRoute
    }
}

/// When what [`best_way`] says may change although nothing is recorded; nothing if it never does. Where a way has its
/// hours, no later than the next midnight.
pub fn best_way_may_change_at(
    case: &Case,
    elsewhere: &[Elsewhere],
    at: Timestamp,
    terms: &Terms,
) -> Option<Timestamp> {
    let survivor = case.survivor()?;
    let changes = answers_for(case, elsewhere, survivor, at, terms)
        .into_iter()
        .filter_map(|(.., answer)| answer.until());
    let has_hours = case
        .safety_words
        .iter()
        .any(|word| !word.told.fact.hours.is_empty());
    changes
        .chain(has_hours.then(|| next_midnight(at)).flatten())
        .min()
}

fn next_midnight(at: Timestamp) -> Option<Timestamp> {
    let london = super::london();
    let tomorrow = london.to_datetime(at).date().tomorrow().ok()?;
    london
        .to_ambiguous_timestamp(tomorrow.at(0, 0, 0, 0))
        .compatible()
        .ok()
}

/// What the gate says of each way of each of the person's routes, to a person who asks.
pub(crate) fn answers_for(
    case: &Case,
    elsewhere: &[Elsewhere],
    person: PersonId,
    at: Timestamp,
    terms: &Terms,
) -> Vec<(RouteId, Way, Answer)> {
    case.routes
        .iter()
        .filter(|known| known.told.fact.person == person)
        .flat_map(|known| {
            Way::of(known.told.fact.kind).iter().map(move |way| {
                let ask = Ask {
                    route: known.told.fact.route,
                    way: *way,
                    at,
                    sender: Sender::Person,
                };
                (ask.route, *way, may_we(case, elsewhere, &ask, terms))
            })
        })
        .collect()
}

/// One thing that can be done when the answer is no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instead {
    /// If somebody is in danger now: 999, and not this way.
    CallEmergency,
    /// Another way is safe now, or this or another opens then.
    Use(BestWay),
    /// Somebody the survivor trusts may be reached in a way that is safe.
    SpeakWithTrusted {
        /// Who.
        person: PersonId,
        /// How and when.
        by: BestWay,
    },
    /// A professional who asks the person may vouch, by name.
    AskAProfessional,
    /// If the person has just said that a way is safe, record it: it counts from that moment.
    RecordWhatSheSaid,
    /// The person contacts us: whoever answers puts them through.
    WaitForHer,
    /// Record that there is no safe way yet, with the day to look again.
    SayThereIsNone,
}

impl Instead {
    /// What to do, in plain words, with nothing about the person in them.
    pub fn says(&self) -> String {
        match self {
            Instead::CallEmergency => {
                "If somebody is in danger now: do not use this way. Call 999 and say who may be there.".into()
            }
            Instead::Use(best) => format!("{}.", best.says()),
            Instead::SpeakWithTrusted { by, .. } => {
                format!(
                    "Speak with somebody the person trusts, and say no more than was agreed. {}.",
                    by.says()
                )
            }
            Instead::AskAProfessional => {
                "Ask a professional who has asked the person: they may vouch, by name.".into()
            }
            Instead::RecordWhatSheSaid => {
                "If the person has just said that a way is safe, record it. It counts from that moment."
                    .into()
            }
            Instead::WaitForHer => {
                "Wait for the person to contact us, and ask then how and when it is safe.".into()
            }
            Instead::SayThereIsNone => "Record that no safe way is known yet, and when to look again.".into(),
        }
    }
}

/// What can be done instead, in order of usefulness.
pub fn what_to_do_instead(
    case: &Case,
    elsewhere: &[Elsewhere],
    refused: &Ask,
    terms: &Terms,
) -> Vec<Instead> {
    let mut instead = Vec::new();
    if case.perhaps_in_danger_now() {
        instead.push(Instead::CallEmergency);
    }
    let whom = case
        .route(refused.route)
        .map(|known| known.told.fact.person)
        .or(case.survivor());
    let best = whom.map_or(BestWay::FindASafeRoute, |person| {
        best_way_to(case, elsewhere, person, refused.at, terms)
    });
    match best {
        BestWay::Now { .. } | BestWay::Then { .. } => instead.push(Instead::Use(best)),
        BestWay::FindASafeRoute | BestWay::SheCallsUs | BestWay::PersonDied => {}
    }
    if best == BestWay::PersonDied {
        return instead;
    }
    for trusted in case.people_who_are(Part::Trusted) {
        let person = trusted.fact.person;
        let by = best_way_to(case, elsewhere, person, refused.at, terms);
        match by {
            BestWay::Now { .. } | BestWay::Then { .. } => {
                instead.push(Instead::SpeakWithTrusted { person, by })
            }
            BestWay::FindASafeRoute | BestWay::SheCallsUs | BestWay::PersonDied => {}
        }
    }
    instead.push(Instead::RecordWhatSheSaid);
    match best {
        BestWay::SheCallsUs => instead.push(Instead::WaitForHer),
        BestWay::FindASafeRoute => {
            instead.extend([
                Instead::AskAProfessional,
                Instead::WaitForHer,
                Instead::SayThereIsNone,
            ]);
        }
        BestWay::Now { .. } | BestWay::Then { .. } | BestWay::PersonDied => {}
    }
    instead
}
