//! What was last said about a way of using a route.
//!
//! A "safe" counts only while nothing newer speaks against it, by the order of the journal or by when it was said,
//! and only for the number it was said about. A "not safe" counts for the number, whoever's it is, and stays until
//! a newer "safe".

use crate::case::{Case, KnownRoute, SafetyWord, Told};
use crate::fact::{ContactMade, SafeContactAgreed, SaidBy, TryEnd, Verdict, Way, YesNo};
use crate::ids::Position;
use jiff::Timestamp;

/// How a way of using a route stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Standing<'a> {
    /// The person, or a named professional who asked, has called it safe, and nothing newer says otherwise.
    Safe(&'a Told<SafeContactAgreed>),
    /// It has been called unsafe.
    Unsafe,
    /// It is no longer sure.
    NoLongerSure,
    /// Nobody has said anything that counts.
    NeverAsked,
}

/// A word against a way: since which entry, when it was said, and whether it says "never".
struct Against {
    since: Position,
    happened: Timestamp,
    never: bool,
}

/// How this way of using this route stands.
pub fn standing<'a>(case: &'a Case, route: &KnownRoute, way: Way) -> Standing<'a> {
    let newest_safe = case
        .safety_words
        .iter()
        .filter(|word| vouches(word, route, way))
        .max_by_key(|word| (word.told.times.happened, word.since));
    let mut against: Vec<Against> = words_against(case, route, way).collect();
    if let Some(safe) = newest_safe {
        against.retain(|word| word.since > safe.since || word.happened > safe.told.times.happened);
    }
    match (newest_safe, against.is_empty()) {
        (Some(safe), true) => Standing::Safe(&safe.told),
        (None, true) => Standing::NeverAsked,
        (_, false) if against.iter().any(|word| word.never) => Standing::Unsafe,
        (_, false) => Standing::NoLongerSure,
    }
}

/// Whether this word calls this way of using this very number safe, on behalf of this very person.
fn vouches(word: &SafetyWord, route: &KnownRoute, way: Way) -> bool {
    let agreed = &word.told.fact;
    let named = match agreed.said_by {
        SaidBy::Person => true,
        SaidBy::Professional => agreed.professional.as_ref().is_some_and(|name| !name.is_blank()),
    };
    agreed.verdict == Verdict::Safe
        && named
        && agreed.way == way
        && agreed.route == route.told.fact.route
        && word.about.as_ref() == Some(&route.key)
        && word.told.entry > route.value_since
}

fn words_against<'a>(case: &'a Case, route: &'a KnownRoute, way: Way) -> impl Iterator<Item = Against> + 'a {
    let said = case
        .safety_words
        .iter()
        .filter(move |word| {
            let same =
                word.told.fact.route == route.told.fact.route || word.about.as_ref() == Some(&route.key);
            same && word.told.fact.way == way && word.told.fact.verdict != Verdict::Safe
        })
        .map(|word| Against {
            since: word.since,
            happened: word.told.times.happened,
            never: word.told.fact.verdict == Verdict::Unsafe,
        });
    let asked = case
        .contacts
        .iter()
        .filter(move |told| {
            told.fact.still_safe == YesNo::No && told.fact.way == way && on(case, told, route)
        })
        .map(|told| Against {
            since: told.entry,
            happened: told.times.happened,
            never: true,
        });
    said.chain(asked)
}

/// Whether this contact was by this number.
fn on(case: &Case, told: &Told<ContactMade>, route: &KnownRoute) -> bool {
    let used = told.fact.route.and_then(|used| case.route(used));
    used.is_some_and(|used| used.key == route.key) || told.fact.route == Some(route.told.fact.route)
}

/// Whether something since this agreement speaks against relying on it without asking: somebody else answered, it
/// did not arrive, or it was not sure who it was.
pub(super) fn something_against(case: &Case, route: &KnownRoute, agreed: &Told<SafeContactAgreed>) -> bool {
    let id = Some(route.told.fact.route);
    let tried = case.tries.iter().any(|told| {
        let bad = matches!(told.fact.end, TryEnd::SomebodyElse | TryEnd::Undelivered);
        bad && told.fact.route == id && told.entry > agreed.entry
    });
    let doubtful = case
        .contacts
        .iter()
        .any(|told| told.fact.sure_it_was == YesNo::No && told.fact.route == id && told.entry > agreed.entry);
    tried || doubtful
}
