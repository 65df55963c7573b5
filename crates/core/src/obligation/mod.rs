//! What must be done, by when and under which clause, computed from a case, a pack, the calendar and the time.
//!
//! A pure function: the same facts, terms and moment give the same obligations, on any machine and in any year.
//! It sees codes and times only. It tells nobody, stores nothing and never decides that a promise need not be kept:
//! only a fact that the pack allows can excuse, pause or end one.

mod acts;
mod bones;
mod clock;
mod day;
mod ending;
mod gate;
mod notices;
mod reckon;
mod record;
mod referral;
mod sharing;
mod stages;
mod starts;
mod state;
mod succession;
mod track;
mod world;

#[cfg(test)]
mod tests;

pub use bones::{Bone, BoneState, bones};
pub use gate::{GateAnswer, Wanted, gate_answers};
pub use record::{missing_from_record, return_is_same_case};
pub use referral::{ReferralFound, referral_grounds};
pub use sharing::{GroundFound, ToShare, grounds_to_share};
pub use stages::{StageFound, plan_stages};
pub use state::{
    Due, Earlier, KeptLate, Notice, NoticeKind, Obligation, OwedTo, Started, State, Strength, WhichTime,
};

use crate::calendar::london_date;
use crate::coded::{CodedFact, visible};
use crate::pack::{ObligationRule, Pack, Start, Terms};
use jiff::Timestamp;
use world::World;
pub(crate) use world::holds;

/// Every promise that these facts have started, as it stands at `now`, in the order in which they started.
///
/// Facts recorded after `now` do not count. Each promise is counted by the pack in force when its trigger was
/// received, unless a newer one says otherwise for clocks that run, and by the holidays announced by that day.
pub fn obligations(facts: &[CodedFact], terms: &Terms, now: Timestamp) -> Vec<Obligation> {
    let counting = visible(facts, now);
    let mut all = Vec::new();
    for (version, (_, pack)) in terms.versions().iter().enumerate() {
        let in_force = |received: Timestamp| terms.index_at(received) == Some(version);
        let mut mine = of_pack(&counting, pack, now, &in_force);
        for (from, newer) in &terms.versions()[version + 1..] {
            mine = succession::taken_over(mine, &world_of(&counting, newer, now), *from, now);
        }
        all.extend(mine);
    }
    all.sort_by(|one, other| {
        let key = |obligation: &Obligation| (obligation.started.at, obligation.started.by, obligation.time);
        key(one)
            .cmp(&key(other))
            .then_with(|| one.rule.cmp(&other.rule))
            .then_with(|| one.item.cmp(&other.item))
    });
    all
}

/// When any of these changes with no new fact: reading past this moment asks for a fresh reckoning.
pub fn wake_at(obligations: &[Obligation]) -> Option<Timestamp> {
    obligations
        .iter()
        .filter_map(|obligation| obligation.wake_at)
        .min()
}

fn world_of<'a>(facts: &[&'a CodedFact], pack: &'a Pack, now: Timestamp) -> World<'a> {
    World {
        facts: facts.to_vec(),
        pack,
        calendar: pack.calendar(london_date(now)),
    }
}

fn of_pack(
    facts: &[&CodedFact],
    pack: &Pack,
    now: Timestamp,
    in_force: &dyn Fn(Timestamp) -> bool,
) -> Vec<Obligation> {
    let world = world_of(facts, pack, now);
    let mut done: Vec<Obligation> = Vec::new();
    let mut left: Vec<&ObligationRule> = pack.obligations.iter().collect();
    while !left.is_empty() {
        let waits = |rule: &&ObligationRule| {
            let on = |start: &Start| match start {
                Start::After { rule, .. } => left.iter().any(|other| other.id == *rule),
                Start::Fact { .. } | Start::Condition(_) | Start::UnderTarget { .. } => false,
            };
            rule.starts.iter().any(on)
        };
        let (waiting, ready): (Vec<_>, Vec<_>) = left.iter().copied().partition(waits);
        // Rules that wait for each other in a circle start by their other ways alone.
        let (waiting, ready) = if ready.is_empty() {
            (ready, waiting)
        } else {
            (waiting, ready)
        };
        let mut made = Vec::new();
        for rule in ready {
            let clocks = starts::clocks(&world, rule, &done);
            let mine = clocks
                .iter()
                .filter(|clock| clock.received().is_none_or(in_force));
            made.extend(mine.flat_map(|clock| clock.run(now)));
        }
        done.extend(made);
        left = waiting;
    }
    stand_in(done)
}

/// Where one rule stands in for another, only the first is owed.
fn stand_in(all: Vec<Obligation>) -> Vec<Obligation> {
    let replaced = |obligation: &Obligation| {
        all.iter().any(|other| {
            other.stands_in_for.as_deref() == Some(obligation.rule.as_str())
                && other.started.by == obligation.started.by
                && other.item == obligation.item
        })
    };
    let keep: Vec<bool> = all.iter().map(|obligation| !replaced(obligation)).collect();
    all.into_iter()
        .zip(keep)
        .filter(|(_, keep)| *keep)
        .map(|(obligation, _)| obligation)
        .collect()
}
