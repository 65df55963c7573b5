//! The days that a count goes over, as sentences.

use super::explain::{counted, date_words};
use jiff::civil::Date;

/// Why a date is passed over.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Passed<'a> {
    Not,
    Paused,
    OutsideWeek,
    Holiday(&'a str),
    Closure,
    NoHours,
}

/// Up to this many days are named one by one; a longer count names its last day only.
pub(super) const NAMED_DAYS: u32 = 10;
/// Of a long count, so many holidays and closures are named.
const NAMED_HOLIDAYS: usize = 20;

/// A date that does not count, and why, in a sentence.
pub(super) fn sentence(date: Date, why: Passed<'_>) -> String {
    let day = date_words(date);
    match why {
        Passed::Not => format!("{day} counts."),
        Passed::Paused => format!("{day} is left out: the clock is paused."),
        Passed::OutsideWeek => format!("{day} is outside the working week."),
        Passed::Holiday(name) => format!("{day} is a bank holiday ({name})."),
        Passed::Closure => format!("{day} is a closure of our own."),
        Passed::NoHours => format!("{day} is a working day, but no opening hours are given for it."),
    }
}

/// The days a count went over, told in full when they are few and by their holidays when they are many.
#[derive(Default)]
pub(super) struct Walk {
    steps: Vec<String>,
    outside_week: Vec<Date>,
    weekends: usize,
    holidays: usize,
}

impl Walk {
    /// A day that counts: number `day` of so many.
    pub(super) fn counted(&mut self, day: u32, of: u32, date: Date) {
        self.tell_outside_week();
        if of <= NAMED_DAYS || day == of {
            self.steps.push(format!("Day {day} is {}.", date_words(date)));
        }
    }

    /// A day passed over on a count of so many.
    pub(super) fn passed(&mut self, date: Date, why: Passed<'_>, of: u32) {
        if why == Passed::OutsideWeek {
            if of <= NAMED_DAYS {
                self.outside_week.push(date);
            } else {
                self.weekends += 1;
            }
            return;
        }
        self.tell_outside_week();
        self.holidays += 1;
        if self.holidays <= NAMED_HOLIDAYS {
            self.steps.push(sentence(date, why));
        }
    }

    fn tell_outside_week(&mut self) {
        let days: Vec<String> = self.outside_week.drain(..).map(date_words).collect();
        match &days[..] {
            [] => {}
            [one] => self.steps.push(format!("{one} is outside the working week.")),
            [rest @ .., last] => self.steps.push(format!(
                "{} and {last} are outside the working week.",
                rest.join(", ")
            )),
        }
    }

    /// The sentences.
    pub(super) fn steps(mut self) -> Vec<String> {
        self.tell_outside_week();
        if self.weekends > 0 {
            self.steps.push(format!(
                "Not counted besides: {} outside the working week.",
                counted(i64::try_from(self.weekends).unwrap_or(i64::MAX), "day")
            ));
        }
        if self.holidays > NAMED_HOLIDAYS {
            self.steps.push(format!(
                "In all {} holidays, closures and other days were passed over.",
                self.holidays
            ));
        }
        self.steps
    }
}
