//! Which entry stands at which place of the journal, once corrections are followed.
//!
//! A correction takes the place of what it corrects: it does not become the newest word by being written later.
//! Corrections of corrections lead back to the first place; what was written last there stands.

use crate::fact::{Entry, Fact, Recorded};
use crate::ids::Position;
use std::collections::BTreeMap;

/// One entry that can be read.
#[derive(Clone, Copy)]
pub(super) struct Written<'a> {
    pub(super) entry: Position,
    pub(super) recorded: &'a Recorded,
}

/// Everything ever written at each place, in the order in which it was written.
pub(super) fn by_place(entries: &[Entry]) -> BTreeMap<Position, Vec<Written<'_>>> {
    let mut in_order: Vec<&Entry> = entries.iter().collect();
    in_order.sort_by_key(|entry| entry.position);

    let mut place_of: BTreeMap<Position, Position> = BTreeMap::new();
    let mut places: BTreeMap<Position, Vec<Written<'_>>> = BTreeMap::new();
    for entry in in_order {
        let own = entry.position;
        let Some(recorded) = &entry.recorded else {
            place_of.insert(own, own);
            continue;
        };
        // Only an earlier entry can be corrected, and the bones of an erased case never are: anything else stands
        // where it was written.
        let place = recorded
            .corrects
            .filter(|corrected| *corrected < own)
            .and_then(|corrected| place_of.get(&corrected).copied())
            .filter(|place| !places.get(place).is_some_and(|written| holds_bones(written)))
            .unwrap_or(own);
        place_of.insert(own, place);
        places
            .entry(place)
            .or_default()
            .push(Written { entry: own, recorded });
    }
    places
}

fn holds_bones(written: &[Written<'_>]) -> bool {
    written
        .iter()
        .any(|one| matches!(one.recorded.fact, Fact::BonesKept(_)))
}

/// For each correction, the entry that stood at its place until then: the one that it puts right.
pub(crate) fn put_right(entries: &[Entry]) -> BTreeMap<Position, Position> {
    by_place(entries)
        .values()
        .flat_map(|written| {
            let pairs = written.iter().zip(written.iter().skip(1));
            pairs.map(|(before, after)| (after.entry, before.entry))
        })
        .collect()
}
