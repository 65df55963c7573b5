//! Which facts count at a moment, and in which order they are believed.

use super::CodedFact;
use crate::ids::Position;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// The facts that count for somebody who asks at `now`: recorded by then, and not put right by a fact recorded by
/// then. A correction stands where the fact stood that it puts right, so that what came after still comes after. A
/// fact entered in error leaves nothing in its place.
pub fn visible(facts: &[CodedFact], now: Timestamp) -> Vec<&CodedFact> {
    let recorded = || facts.iter().filter(|fact| fact.times.recorded <= now);
    let corrections: BTreeMap<Position, Position> = recorded()
        .filter_map(|fact| {
            Some((
                fact.position,
                fact.corrects.filter(|earlier| *earlier < fact.position)?,
            ))
        })
        .collect();
    let corrected: Vec<Position> = recorded().filter_map(|fact| fact.corrects).collect();
    let mut counting: Vec<(Position, &CodedFact)> = recorded()
        .filter(|fact| !corrected.contains(&fact.position) && fact.kind != super::Kind::EnteredInError)
        .map(|fact| (first_of(&corrections, fact.position), fact))
        .collect();
    counting.sort_by_key(|(place, fact)| (*place, fact.position));
    counting.into_iter().map(|(_, fact)| fact).collect()
}

/// The fact that a chain of corrections began with.
fn first_of(corrections: &BTreeMap<Position, Position>, position: Position) -> Position {
    let mut first = position;
    while let Some(earlier) = corrections.get(&first) {
        first = *earlier;
    }
    first
}
