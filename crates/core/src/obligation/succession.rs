//! A policy that changes in mid-case: clocks that run when a new version comes into force.
//!
//! The new version says what counts for them: the rule under which they started, its own, or whichever is kinder, which is
//! the one that is due earlier. What was met or missed before stays what it was. Nothing falls due before the change,
//! and a promise that the new version leaves out goes on as it was made: silence drops no promise.

use super::clock::Clock;
use super::state::{Obligation, State};
use super::world::World;
use crate::calendar::{london_date, moment_words};
use crate::coded::CodedFact;
use crate::pack::{ObligationRule, RhythmFrom, RunningClocks};
use jiff::Timestamp;

/// A clock that goes on under a newer version of the policy.
#[derive(Clone, Copy)]
pub(super) struct TakenOver {
    /// When that version came into force: nothing is due before.
    pub(super) at: Timestamp,
    /// Whether the time before was missed, so that what does it late is not a time of its own.
    pub(super) after_a_miss: bool,
}

/// The same promises once a newer version is in force, whose pack the world is.
pub(super) fn taken_over(
    all: Vec<Obligation>,
    newer: &World<'_>,
    from: Timestamp,
    now: Timestamp,
) -> Vec<Obligation> {
    let setting = newer.pack.landlord.running_clocks;
    if setting == RunningClocks::Old {
        return all;
    }
    let mut kept = Vec::new();
    for mut clock in by_clock(all) {
        if from > now {
            // Until then nothing changes, and then it must be looked at again.
            for one in clock.iter_mut().filter(|one| one.is_owed()) {
                one.wake_at = Some(one.wake_at.map_or(from, |wake| wake.min(from)));
            }
        } else if let Some((first, times)) = goes_on(&clock, newer, from, now) {
            let kinder = times.first().is_some_and(|new| {
                new.due
                    .at
                    .is_some_and(|new| clock[first].due.at.is_none_or(|old| new < old))
            });
            if setting == RunningClocks::New || kinder {
                clock.truncate(first);
                clock.extend(times);
            }
        }
        kept.append(&mut clock);
    }
    kept
}

/// The times of each clock together, in order.
fn by_clock(all: Vec<Obligation>) -> Vec<Vec<Obligation>> {
    let mut clocks: Vec<Vec<Obligation>> = Vec::new();
    for one in all {
        let same = |clock: &&mut Vec<Obligation>| {
            clock.last().is_some_and(|last| {
                last.rule == one.rule
                    && last.item == one.item
                    && last.started.by == one.started.by
                    && last.time < one.time
            })
        };
        match clocks.iter_mut().rev().find(same) {
            Some(clock) => clock.push(one),
            None => clocks.push(vec![one]),
        }
    }
    clocks
}

/// From which of its times a clock goes on under the newer pack, and those times as that pack has them. Nothing if
/// all was settled before, or the newer pack has no such rule.
fn goes_on(
    clock: &[Obligation],
    newer: &World<'_>,
    from: Timestamp,
    now: Timestamp,
) -> Option<(usize, Vec<Obligation>)> {
    let first = clock.iter().position(|one| !settled(one, newer, from))?;
    let open = &clock[first];
    let rule: &ObligationRule = newer.pack.obligation(&open.rule)?;
    let before = first.checked_sub(1).map(|index| &clock[index]);
    let anchored = rule.due.forms().into_iter().find_map(|form| form.repeats()) == Some(RhythmFrom::Anchor);
    let mut started = open.started.clone();
    if let Some(before) = before.filter(|before| !anchored && before.started.at == started.at) {
        // The old rule counted every time from one anchor; the new one counts from what came last.
        started.at = before.done_at().or(before.due.at).unwrap_or(started.at);
    }
    let start = newer
        .facts
        .iter()
        .copied()
        .find(|fact: &&CodedFact| fact.position == started.by);
    let known_on = london_date(start.map_or(started.at, |fact| fact.times.aware));
    let goes_on = Clock {
        rule,
        world: newer,
        calendar: newer.pack.calendar(known_on),
        start,
        started,
        item: open.item.clone(),
        replaced_by: None,
        taken_over: (!anchored).then(|| TakenOver {
            at: from,
            after_a_miss: before.is_some_and(Obligation::is_missed),
        }),
    };
    let mut times = goes_on.run(now);
    if anchored {
        // Its days before the change were never promised.
        times.retain(|time| time.due.at.is_none_or(|due| due >= from));
    }
    for (time, number) in times.iter_mut().zip(open.time..) {
        time.time = number;
    }
    let said = format!(
        "The policy changed on {}. By the one before it was due {}.",
        moment_words(from),
        open.due
            .at
            .map_or_else(|| format!("at no stated time ({})", open.due.rule), moment_words)
    );
    times.first_mut()?.explanation.push(said);
    Some((first, times))
}

/// Whether a time was over before a moment, whatever has become of it since.
fn settled(one: &Obligation, world: &World<'_>, from: Timestamp) -> bool {
    let happened = |position| {
        let fact = world.facts.iter().find(|fact| fact.position == position);
        fact.is_some_and(|fact| fact.times.happened < from)
    };
    match &one.state {
        State::Met { happened, .. } => *happened < from,
        State::Missed { .. } => one.due.at.is_some_and(|due| due < from),
        State::Excused { by, .. } | State::Lapsed { by, .. } => happened(*by),
        State::Open | State::Paused { .. } => false,
    }
}
