//! What a case does not hold yet of what its policy says every case must, and whether a return is the same case.

use super::world::{View, World};
use crate::calendar::london_date;
use crate::coded::{CodedFact, Kind, visible};
use crate::pack::Pack;
use jiff::Timestamp;

/// The facts of the policy's minimum record that the case does not hold yet, in the pack's order. It stops nobody.
pub fn missing_from_record(pack: &Pack, facts: &[CodedFact], now: Timestamp) -> Vec<Kind> {
    let known = visible(facts, now);
    let wanted = pack.case.minimum_record.iter().copied();
    wanted
        .filter(|kind| !known.iter().any(|fact| fact.kind == *kind))
        .collect()
}

/// Whether somebody who comes back now comes back to the same case: the policy says so, and for long enough after it was
/// last closed. The whole day counts.
pub fn return_is_same_case(pack: &Pack, facts: &[CodedFact], now: Timestamp) -> bool {
    let world = World {
        facts: visible(facts, now),
        pack,
        calendar: pack.calendar(london_date(now)),
    };
    let view = View {
        known: world.facts.len(),
        item: None,
        start: None,
    };
    let closed = world.latest(view, |fact| fact.kind == Kind::CaseClosed);
    pack.case
        .same_case_within
        .zip(closed)
        .is_some_and(|(within, closed)| london_date(now) <= world.after(closed.times.happened, within))
}
