//! What starts clocks: facts, conditions coming true, and other clocks ending.

use super::clock::Clock;
use super::state::{Obligation, Started, State, WhichTime};
use super::world::{View, World};
use crate::calendar::london_date;
use crate::coded::{CodedFact, Kind, Value};
use crate::pack::{Condition, Ending, FactMatch, ObligationRule, Start, Which};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Every clock that a rule starts, given what its pack's other rules have come to.
pub(super) fn clocks<'a>(
    world: &'a World<'a>,
    rule: &'a ObligationRule,
    others: &[Obligation],
) -> Vec<Clock<'a>> {
    let mut clocks = Vec::new();
    for start in &rule.starts {
        match start {
            Start::Fact {
                fact,
                counted_from,
                which,
            } => {
                clocks.extend(by_fact(world, rule, fact, *counted_from, *which));
            }
            Start::UnderTarget { measure, periods } => {
                clocks.extend(by_measure(world, rule, measure, *periods));
            }
            Start::Condition(condition) => clocks.extend(by_condition(world, rule, condition)),
            Start::After { rule: other, once } => {
                let ended = others.iter().filter(|obligation| obligation.rule == *other);
                clocks.extend(ended.filter_map(|obligation| after(world, rule, obligation, once)));
            }
        }
    }
    clocks.sort_by_key(|clock| (clock.started.at, clock.started.by));
    // Two ways to start that name the same fact start one clock.
    clocks
        .dedup_by(|one, other| one.start.is_some() && one.started == other.started && one.item == other.item);
    clocks
}

fn by_fact<'a>(
    world: &'a World<'a>,
    rule: &'a ObligationRule,
    wanted: &FactMatch,
    counted_from: WhichTime,
    which: Which,
) -> Vec<Clock<'a>> {
    let mut clocks: Vec<Clock<'a>> = Vec::new();
    let mut first_seen: Vec<Option<String>> = Vec::new();
    for fact in &world.facts {
        if fact.kind == Kind::CaseReturned {
            first_seen.clear();
        }
        if !wanted.fits(fact) {
            continue;
        }
        let item = rule.each_item.then(|| fact.item.clone()).flatten();
        match which {
            Which::Each => {}
            Which::First => {
                if first_seen.contains(&item) {
                    continue;
                }
                first_seen.push(item.clone());
            }
            Which::Latest => {
                if let Some(earlier) = clocks.iter_mut().rev().find(|clock| clock.item == item) {
                    earlier.replaced_by = Some(fact);
                }
            }
        }
        let at = match counted_from {
            WhichTime::Happened => fact.times.happened,
            WhichTime::Aware => fact.times.aware,
            WhichTime::Recorded => fact.times.recorded,
        };
        let started = Started {
            by: fact.position,
            kind: fact.kind,
            counted_from,
            at,
        };
        clocks.push(clock(world, rule, Some(fact), started, item));
    }
    clocks
}

/// A clock at each fact with which a condition comes true.
fn by_condition<'a>(world: &'a World<'a>, rule: &'a ObligationRule, condition: &Condition) -> Vec<Clock<'a>> {
    let mut clocks = Vec::new();
    let mut held = false;
    for (index, fact) in world.facts.iter().enumerate() {
        let view = View {
            known: index + 1,
            item: None,
            start: None,
        };
        let holds = world.holds(condition, view);
        if holds && !held {
            clocks.push(clock(world, rule, Some(fact), started_by(fact), None));
        }
        held = holds;
    }
    clocks
}

/// A clock at the count that makes a measure miss its target for the last of so many periods running. It does not
/// start again until the target has been met in between. A period that is counted again has its newest count alone.
fn by_measure<'a>(
    world: &'a World<'a>,
    rule: &'a ObligationRule,
    measure: &str,
    periods: u32,
) -> Vec<Clock<'a>> {
    let mut counts: BTreeMap<Date, &CodedFact> = BTreeMap::new();
    let of_measure =
        |fact: &&&CodedFact| fact.kind == Kind::MeasureCounted && fact.code("measure") == Some(measure);
    for fact in world.facts.iter().filter(of_measure) {
        let until = fact
            .date("until")
            .unwrap_or_else(|| london_date(fact.times.happened));
        counts.insert(until, fact);
    }
    let mut running = 0;
    let mut clocks = Vec::new();
    for fact in counts.into_values() {
        let under = fact.with.get("met") == Some(&Value::Flag(false));
        running = if under { running + 1 } else { 0 };
        if running == periods {
            clocks.push(clock(world, rule, Some(fact), started_by(fact), None));
        }
    }
    clocks
}

fn started_by(fact: &CodedFact) -> Started {
    Started {
        by: fact.position,
        kind: fact.kind,
        counted_from: WhichTime::Aware,
        at: fact.times.aware,
    }
}

/// A clock that starts when another ends in a named way.
fn after<'a>(
    world: &'a World<'a>,
    rule: &'a ObligationRule,
    other: &Obligation,
    once: &[Ending],
) -> Option<Clock<'a>> {
    let moment_of = |position| {
        world
            .facts
            .iter()
            .find(|fact| fact.position == position)
            .map(|fact| fact.times.aware)
    };
    let (ending, at): (Ending, Option<Timestamp>) = match &other.state {
        State::Met { happened, .. } => (Ending::Met, Some(*happened)),
        State::Missed { .. } => (Ending::Missed, other.due.at),
        State::Excused { by, .. } => (Ending::Excused, moment_of(*by)),
        // A time given to others ends when it is over, not when it began.
        State::Lapsed { by, .. } if *by == other.started.by => (Ending::Lapsed, other.due.at),
        State::Lapsed { by, .. } => (Ending::Lapsed, moment_of(*by)),
        State::Open | State::Paused { .. } => return None,
    };
    if !once.contains(&ending) {
        return None;
    }
    let started = Started {
        at: at?,
        ..other.started.clone()
    };
    let item = rule.each_item.then(|| other.item.clone()).flatten();
    Some(clock(world, rule, None, started, item))
}

fn clock<'a>(
    world: &'a World<'a>,
    rule: &'a ObligationRule,
    start: Option<&'a CodedFact>,
    started: Started,
    item: Option<String>,
) -> Clock<'a> {
    // The holidays announced by the day on which the trigger was received count.
    let known_on = london_date(start.map_or(started.at, |fact| fact.times.aware));
    Clock {
        rule,
        world,
        calendar: world.pack.calendar(known_on),
        start,
        started,
        item,
        replaced_by: None,
        taken_over: None,
    }
}
