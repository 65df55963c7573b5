//! Which facts count at a moment, and in which order they are believed.

use super::CodedFact;
use crate::ids::Position;
use jiff::Timestamp;
use std::collections::BTreeSet;

/// The facts that count for somebody who asks at `now`: recorded by then, and not put right by a fact recorded by
/// then. A fact entered in error leaves nothing in its place.
pub fn visible(facts: &[CodedFact], now: Timestamp) -> Vec<&CodedFact> {
    let recorded = || facts.iter().filter(|fact| fact.times.recorded <= now);
    let corrected: BTreeSet<Position> = recorded().filter_map(|fact| fact.corrects).collect();
    let mut counting: Vec<&CodedFact> = recorded()
        .filter(|fact| !corrected.contains(&fact.position) && fact.kind != super::Kind::EnteredInError)
        .collect();
    counting.sort_by_key(|fact| fact.position);
    counting
}

/// The same facts in the order in which they happened, for questions about the latest answer.
pub fn in_order<'a>(facts: &[&'a CodedFact]) -> Vec<&'a CodedFact> {
    let mut ordered = facts.to_vec();
    ordered.sort_by_key(|fact| (fact.times.happened, fact.position));
    ordered
}
