//! Counting clocks: kept, kept but recorded late, missed, missed for want of a safe route, excused.

use super::figure::Figure;
use crate::obligation::{Bone, BoneState};
use crate::pack::{Counted, MeasureOf, MeasureRule};
use jiff::Timestamp;

/// Clocks, state by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Tally {
    /// Done and recorded in time.
    pub kept: u64,
    /// Done in time, recorded after the due time.
    pub kept_recorded_late: u64,
    /// Not done in time.
    pub missed: u64,
    /// Not done in time, and there was no safe route: counted as missed, and explained.
    pub missed_no_safe_route: u64,
    /// Excused.
    pub excused: u64,
    /// Ended before they were due.
    pub lapsed: u64,
    /// Not due yet, or stopped.
    pub not_due_yet: u64,
    /// Not done, and with no due time to miss.
    pub open_without_due: u64,
}

impl Tally {
    /// Counts one clock.
    pub fn add(&mut self, bone: &Bone) {
        self.add_many(bone.state, bone.due.is_some(), 1);
    }

    /// Counts several clocks in the same state, all with a due time or all without.
    pub fn add_many(&mut self, state: BoneState, has_due: bool, clocks: u64) {
        let counter = match (state, has_due) {
            (BoneState::Kept, _) => &mut self.kept,
            (BoneState::KeptRecordedLate, _) => &mut self.kept_recorded_late,
            (BoneState::Missed, _) => &mut self.missed,
            (BoneState::MissedNoSafeRoute, _) => &mut self.missed_no_safe_route,
            (BoneState::Excused, _) => &mut self.excused,
            (BoneState::Lapsed, _) => &mut self.lapsed,
            (BoneState::Open, false) => &mut self.open_without_due,
            (BoneState::Open, true) | (BoneState::Paused, _) => &mut self.not_due_yet,
        };
        *counter += clocks;
    }

    /// These clocks and others together.
    pub fn and(self, other: &Tally) -> Tally {
        Tally {
            kept: self.kept + other.kept,
            kept_recorded_late: self.kept_recorded_late + other.kept_recorded_late,
            missed: self.missed + other.missed,
            missed_no_safe_route: self.missed_no_safe_route + other.missed_no_safe_route,
            excused: self.excused + other.excused,
            lapsed: self.lapsed + other.lapsed,
            not_due_yet: self.not_due_yet + other.not_due_yet,
            open_without_due: self.open_without_due + other.open_without_due,
        }
    }

    /// Everything that was missed, explained or not.
    pub fn all_missed(&self) -> u64 {
        self.missed + self.missed_no_safe_route
    }

    /// What a share is taken of: kept, missed, and what is open with no due time. What is excused, ended or not
    /// due yet is shown beside it.
    pub fn denominator(&self) -> u64 {
        self.kept + self.kept_recorded_late + self.all_missed() + self.open_without_due
    }
}

/// A measure counted over clocks: those of its rule that started in the period, its end left out.
pub fn over_clocks<'a>(
    measure: &MeasureRule,
    clocks: impl IntoIterator<Item = &'a Bone>,
    from: Timestamp,
    to: Timestamp,
) -> Figure {
    let Counted::Obligation(rule) = &measure.counts else {
        return Figure::default();
    };
    let mut tally = Tally::default();
    let mut lengths = Vec::new();
    for bone in clocks {
        if bone.rule != *rule || bone.started < from || bone.started >= to {
            continue;
        }
        tally.add(bone);
        if measure.of == MeasureOf::Median {
            lengths.extend(bone.met.map(|met| met.as_second() - bone.started.as_second()));
        }
    }
    Figure {
        median_seconds: median_seconds(&mut lengths),
        ..over_tally(measure, tally)
    }
}

/// The share of a measure over clocks that have been counted already, with no length of time.
pub fn over_tally(measure: &MeasureRule, tally: Tally) -> Figure {
    let late = if measure.late_records_count {
        tally.kept_recorded_late
    } else {
        0
    };
    Figure {
        numerator: tally.kept + late,
        denominator: tally.denominator(),
        tally: Some(tally),
        ..Figure::default()
    }
}

/// The middle of several lengths of time; of an even number, half-way between the two in the middle.
pub fn median_seconds(lengths: &mut [i64]) -> Option<i64> {
    if lengths.is_empty() {
        return None;
    }
    lengths.sort_unstable();
    let middle = lengths.len() / 2;
    Some(if lengths.len() % 2 == 1 {
        lengths[middle]
    } else {
        lengths[middle - 1].midpoint(lengths[middle])
    })
}
