//! What meets a promise: an attempt is not a contact, a part counts only if its condition holds.

use super::clock::Clock;
use crate::coded::CodedFact;
use crate::ids::Position;
use crate::pack::MetBy;
use jiff::Timestamp;

/// Something that meets a promise, with when it happened and when it was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Act {
    pub(super) by: Position,
    pub(super) happened: Timestamp,
    pub(super) recorded: Timestamp,
}

/// Everything that meets a clock's promise, in the order in which it happened.
pub(super) fn acts(clock: &Clock<'_>) -> Vec<Act> {
    let parts = applicable_parts(clock);
    let any: Vec<Act> = fitting(clock, &clock.rule.met_by).collect();
    let wanted_parts: Option<Vec<Act>> = parts
        .iter()
        .map(|part| fitting(clock, std::slice::from_ref(*part)).min_by_key(|act| (act.happened, act.by)))
        .collect();
    let mut acts: Vec<Act> = match (wanted_parts, clock.rule.met_by.is_empty()) {
        // A part is missing.
        (None, _) => Vec::new(),
        (Some(parts), true) => parts.into_iter().reduce(both).into_iter().collect(),
        (Some(parts), false) => any
            .into_iter()
            .map(|act| parts.iter().copied().fold(act, both))
            .collect(),
    };
    acts.sort_by_key(|act| (act.happened, act.by));
    acts.dedup();
    acts
}

/// Two things are done when the later is, and on record when both are.
fn both(one: Act, other: Act) -> Act {
    let later = if (other.happened, other.by) > (one.happened, one.by) {
        other
    } else {
        one
    };
    Act {
        recorded: one.recorded.max(other.recorded),
        ..later
    }
}

fn applicable_parts<'c>(clock: &'c Clock<'_>) -> Vec<&'c MetBy> {
    let all_known = clock.world.facts.len();
    let applies = |part: &&MetBy| {
        part.when
            .as_ref()
            .is_none_or(|condition| clock.world.holds(condition, clock.view(all_known)))
    };
    clock.rule.parts.iter().filter(applies).collect()
}

fn fitting<'c>(clock: &'c Clock<'_>, any_of: &'c [MetBy]) -> impl Iterator<Item = Act> + 'c {
    let facts = clock.world.facts.iter().enumerate();
    facts
        .filter(move |(index, fact)| any_of.iter().any(|met_by| meets(clock, met_by, *index, fact)))
        .map(|(_, fact)| Act {
            by: fact.position,
            happened: fact.times.happened,
            recorded: fact.times.recorded,
        })
}

fn meets(clock: &Clock<'_>, met_by: &MetBy, index: usize, fact: &CodedFact) -> bool {
    let own_start = clock.start.is_some_and(|start| start.position == fact.position);
    let fresh_enough = fact.times.happened >= clock.started.at
        || met_by.any_age
        || met_by
            .no_older_than
            .is_some_and(|span| fact.times.happened >= clock.world.before(clock.started.at, span));
    !own_start
        && fresh_enough
        && met_by.fact.fits(fact)
        && clock.concerns(fact)
        && met_by
            .when
            .as_ref()
            .is_none_or(|condition| clock.world.holds(condition, clock.view(index + 1)))
}
