//! What is known today about the things that clauses name: counts of promises, figures, and checks of registers.

use crate::landlord::Landlord;
use crate::obligation::{Obligation, State};
use crate::pack::{Entry, Register};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// How often the clocks of one rule were kept in the period looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Kept in time, those recorded late included.
    pub kept: u64,
    /// Of those, recorded only after the due time.
    pub recorded_late: u64,
    /// Missed, kept late or not at all.
    pub missed: u64,
    /// Excused or ended, as the policy allows.
    pub excused: u64,
    /// Running or stopped, and not due yet.
    pub open: u64,
}

impl Count {
    /// Counts promises by their rule. Which promises belong to the period is the caller's to choose.
    pub fn by_rule<'a>(promises: impl IntoIterator<Item = &'a Obligation>) -> BTreeMap<String, Count> {
        let mut counts: BTreeMap<String, Count> = BTreeMap::new();
        for promise in promises {
            let count = counts.entry(promise.rule.clone()).or_default();
            match &promise.state {
                // A stopped clock is still owed.
                State::Open | State::Paused { .. } => count.open += 1,
                State::Met { recorded_late, .. } => {
                    count.kept += 1;
                    count.recorded_late += u64::from(recorded_late.is_some());
                }
                State::Missed { .. } => count.missed += 1,
                State::Excused { .. } | State::Lapsed { .. } => count.excused += 1,
            }
        }
        counts
    }
}

/// A measure as worked out for the period looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// How many.
    pub numerator: u64,
    /// Of how many; nothing for a plain count.
    pub denominator: Option<u64>,
}

/// A check of a register entry that the landlord has recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// On which day.
    pub on: Date,
    /// By when it is to be checked again, if that was said.
    pub next: Option<Date>,
}

impl Check {
    /// The newest check of each entry in a landlord's journal, by the day it was made here.
    pub fn of_landlord(landlord: &Landlord, zone: &TimeZone) -> BTreeMap<String, Check> {
        let day = |checked: &crate::landlord::Checked| zone.to_datetime(checked.times.happened).date();
        landlord
            .checks
            .iter()
            .map(|(entry, checked)| {
                let check = Check {
                    on: day(checked),
                    next: checked.check.next,
                };
                (entry.clone(), check)
            })
            .collect()
    }
}

/// What is known today about the things that clauses name.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// Counts, by the rule's id.
    pub obligations: BTreeMap<String, Count>,
    /// Figures, by the measure's id.
    pub measures: BTreeMap<String, Figure>,
    /// The newest check of each entry, by `law/equality-act-2010`.
    pub checks: BTreeMap<String, Check>,
    /// Today.
    pub today: Date,
}

impl Evidence {
    /// Nothing counted and nothing checked.
    pub fn none(today: Date) -> Self {
        Evidence {
            obligations: BTreeMap::new(),
            measures: BTreeMap::new(),
            checks: BTreeMap::new(),
            today,
        }
    }

    /// When an entry was last checked: the newest check recorded here, or the one that the pack states.
    pub fn last_checked(&self, register: Register, entry: &Entry) -> Option<Date> {
        self.check(register, entry)
            .map(|check| check.on)
            .max(entry.checked)
    }

    /// By when an entry is to be checked next, if anybody says.
    pub fn check_due(&self, register: Register, entry: &Entry) -> Option<Date> {
        let months_after = |date: Date| {
            entry
                .every_months
                .map(|months| date.saturating_add(i64::from(months).months()))
        };
        match self.check(register, entry) {
            Some(check) => check.next.or_else(|| months_after(check.on)),
            None => entry.review_due.or_else(|| entry.checked.and_then(months_after)),
        }
    }

    fn check(&self, register: Register, entry: &Entry) -> Option<&Check> {
        self.checks.get(&format!("{}/{}", register.key(), entry.id))
    }
}
