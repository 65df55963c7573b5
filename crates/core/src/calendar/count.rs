//! Counting: from receipt to effective receipt, over the dates that count, to a moment, with the steps so far.

use super::due::Due;
use super::explain::{ClockChange, date_words, local, moment_at, moment_words};
use super::fault::CalendarFault;
use super::holidays::{CALENDAR_VERSION, FIRST_ANNOUNCED_YEAR, FIRST_YEAR, LAST_ANNOUNCED_YEAR, LAST_YEAR};
use super::hours::ClockTime;
use super::pause::Pauses;
use super::walk::{Passed, Walk, sentence};
use super::working::{Day, WorkingCalendar};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

/// The moment a clock counts from, in whole seconds.
#[derive(Clone, Copy)]
pub(super) struct Receipt {
    pub(super) at: Timestamp,
    pub(super) date: Date,
    pub(super) clock: ClockTime,
}

impl Receipt {
    pub(super) fn new(field: &'static str, at: Timestamp) -> Result<Self, CalendarFault> {
        let whole = Timestamp::from_second(at.as_second()).expect("a moment cut to its second is a moment");
        let shown = local(whole);
        within_calendar(field, shown.date())?;
        Ok(Receipt {
            at: whole,
            date: shown.date(),
            clock: ClockTime::of(shown.time()),
        })
    }
}

/// Refuses a date that the calendar does not reach.
pub(super) fn within_calendar(field: &'static str, date: Date) -> Result<(), CalendarFault> {
    if (FIRST_YEAR..=LAST_YEAR).contains(&date.year()) {
        Ok(())
    } else {
        Err(CalendarFault::OutsideCalendar {
            field,
            year: date.year(),
        })
    }
}

/// Which dates a count counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    /// Every date.
    Dates,
    /// Working days, whatever their hours.
    WorkingDays,
    /// Working days on which the office opens.
    OpenDays,
}

/// One count on its way to a due time, with the steps so far.
pub(super) struct Count<'a> {
    pub(super) calendar: &'a WorkingCalendar,
    pub(super) pauses: Pauses,
    pub(super) steps: Vec<String>,
    /// The earliest and latest date whose holidays mattered.
    looked_at: Option<(Date, Date)>,
}

impl<'a> Count<'a> {
    pub(super) fn new(calendar: &'a WorkingCalendar, pauses: Pauses) -> Self {
        Count {
            calendar,
            pauses,
            steps: Vec::new(),
            looked_at: None,
        }
    }

    pub(super) fn say(&mut self, step: impl Into<String>) {
        self.steps.push(step.into());
    }

    /// Why a date is passed over, if it is. A pause comes first: it holds for any kind of day.
    pub(super) fn passed(&mut self, date: Date, what: Counted) -> Passed<'a> {
        if self.pauses.skip(date) {
            return Passed::Paused;
        }
        if what == Counted::Dates {
            return Passed::Not;
        }
        self.look_at(date);
        match self.calendar.day(date) {
            Day::OutsideWeek => Passed::OutsideWeek,
            Day::Holiday(name) => Passed::Holiday(name),
            Day::Closure => Passed::Closure,
            Day::Working if what == Counted::OpenDays && self.calendar.opening(date).is_none() => {
                Passed::NoHours
            }
            Day::Working => Passed::Not,
        }
    }

    pub(super) fn look_at(&mut self, date: Date) {
        let (first, last) = self.looked_at.unwrap_or((date, date));
        self.looked_at = Some((first.min(date), last.max(date)));
    }

    /// The Nth date after a date that counts.
    pub(super) fn nth_after(&mut self, start: Date, n: u32, what: Counted) -> Result<Date, CalendarFault> {
        let mut walk = Walk::default();
        let mut date = start;
        let mut day = 0;
        while day < n {
            date = add(date, 1.day())?;
            match self.passed(date, what) {
                Passed::Not => {
                    day += 1;
                    walk.counted(day, n, date);
                }
                why => walk.passed(date, why, n),
            }
        }
        self.steps.append(&mut walk.steps());
        Ok(date)
    }

    /// The Nth working day before a date.
    pub(super) fn nth_before(&mut self, start: Date, n: u32) -> Result<Date, CalendarFault> {
        let mut walk = Walk::default();
        let mut date = start;
        let mut day = 0;
        while day < n {
            date = back(date, 1)?;
            match self.passed(date, Counted::WorkingDays) {
                Passed::Not => {
                    day += 1;
                    walk.counted(day, n, date);
                }
                why => walk.passed(date, why, n),
            }
        }
        self.steps.append(&mut walk.steps());
        Ok(date)
    }

    /// The first date that counts, on or after a date.
    pub(super) fn first_from(&mut self, start: Date, what: Counted) -> Result<Date, CalendarFault> {
        let mut date = start;
        while self.passed(date, what) != Passed::Not {
            date = add(date, 1.day())?;
        }
        Ok(date)
    }

    /// When something counts as received: in hours, as it is; before opening on a working day, that day's
    /// opening; otherwise the next working day's opening. A working day to which the week gives no hours is no
    /// day on which anything can be received.
    ///
    /// A pause does not move it: what is skipped are the dates counted afterwards.
    pub(super) fn effective_receipt(&mut self, receipt: Receipt) -> Result<(Timestamp, Date), CalendarFault> {
        let calendar = self.calendar;
        if !calendar.opening_hours.open_within(&calendar.working_week) {
            return Err(CalendarFault::NeverOpen);
        }
        self.look_at(receipt.date);
        if let Some((opens, closes)) = calendar.opening(receipt.date) {
            if receipt.at < opens {
                self.say(format!(
                    "That is before opening, so it counts as received when the office opens, on {}.",
                    moment_words(opens)
                ));
                return Ok((opens, receipt.date));
            }
            if receipt.at < closes {
                self.say("That is in office hours, so it counts as received then.");
                return Ok((receipt.at, receipt.date));
            }
            self.say(format!(
                "The office closed at {}.",
                ClockTime::of(local(closes).time())
            ));
        } else {
            // Asked of the calendar alone, for the same reason.
            self.say(sentence(receipt.date, unpaused(calendar, receipt.date)));
        }
        let mut date = add(receipt.date, 1.day())?;
        let mut walk = Walk::default();
        let opens = loop {
            self.look_at(date);
            match calendar.opening(date) {
                Some((opens, _)) => break opens,
                None => walk.passed(date, unpaused(calendar, date), 1),
            }
            date = add(date, 1.day())?;
        };
        self.steps.append(&mut walk.steps());
        self.say(format!(
            "So it counts as received when the office next opens, on {}.",
            moment_words(opens)
        ));
        Ok((opens, date))
    }

    pub(super) fn closing_of(mut self, date: Date) -> Result<Due, CalendarFault> {
        let (_, closes) = self.calendar.opening(date).ok_or(CalendarFault::NeverOpen)?;
        self.say(format!(
            "The office closes that day at {}.",
            self.closing_clock(date)
        ));
        Ok(self.finish(closes))
    }

    pub(super) fn closing_clock(&self, date: Date) -> ClockTime {
        self.calendar
            .hours_on(date)
            .map_or(ClockTime::DAY_END, |hours| hours.closes())
    }

    /// As many dates after a date as lie before the target, paused ones left out.
    pub(super) fn dates_after(&mut self, start: Date, target: Date) -> Result<Date, CalendarFault> {
        if self.pauses.is_empty() {
            return Ok(target);
        }
        let mut left = target.duration_since(start).as_hours() / 24;
        let mut date = start;
        while left > 0 {
            date = add(date, 1.day())?;
            match self.passed(date, Counted::Dates) {
                Passed::Not => left -= 1,
                why => self.say(sentence(date, why)),
            }
        }
        Ok(date)
    }

    pub(super) fn moment(&mut self, date: Date, clock: ClockTime) -> Timestamp {
        let (at, change) = moment_at(date, clock);
        match change {
            ClockChange::Once => {}
            ClockChange::Gap => self.say(format!(
                "{clock} does not exist on {}: the clocks go forward, and the time with them.",
                date_words(date)
            )),
            ClockChange::Overlap => self.say(format!(
                "{clock} comes twice on {}: the clocks go back, and the first counts.",
                date_words(date)
            )),
        }
        at
    }

    pub(super) fn end_of(self, date: Date) -> Due {
        let (at, _) = moment_at(date, ClockTime::LAST_SECOND);
        self.finish(at)
    }

    pub(super) fn finish_at(self, second: i64) -> Due {
        let at = Timestamp::from_second(second).expect("a moment inside office hours is a moment");
        self.finish(at)
    }

    pub(super) fn finish(mut self, at: Timestamp) -> Due {
        self.say(format!("Due by {}.", moment_words(at)));
        if let Some((first, last)) = self.looked_at {
            if last.year() > LAST_ANNOUNCED_YEAR {
                self.say(format!(
                    "Holidays after {LAST_ANNOUNCED_YEAR} are computed, not announced."
                ));
            }
            if first.year() < FIRST_ANNOUNCED_YEAR {
                self.say(format!(
                    "Holidays before {FIRST_ANNOUNCED_YEAR} are computed by the ordinary rules; special ones are missing."
                ));
            }
        }
        let known = match self.calendar.known_on {
            Some(day) => format!("the holidays announced by {}", date_words(day)),
            None => "all holidays announced so far".to_owned(),
        };
        self.say(format!(
            "Calendar {CALENDAR_VERSION}: {}, {known}.",
            self.calendar.nation.name()
        ));
        Due {
            at,
            explanation: self.steps,
            calendar_version: CALENDAR_VERSION,
        }
    }
}

fn unpaused(calendar: &WorkingCalendar, date: Date) -> Passed<'_> {
    match calendar.day(date) {
        Day::OutsideWeek => Passed::OutsideWeek,
        Day::Holiday(name) => Passed::Holiday(name),
        Day::Closure => Passed::Closure,
        Day::Working => Passed::NoHours,
    }
}

/// A date so long after another, inside the calendar.
pub(super) fn add(date: Date, span: jiff::Span) -> Result<Date, CalendarFault> {
    date.checked_add(span)
        .ok()
        .filter(|date| date.year() <= LAST_YEAR)
        .ok_or(CalendarFault::BeyondCalendar)
}

/// A date so many days before another, inside the calendar.
pub(super) fn back(date: Date, days: i64) -> Result<Date, CalendarFault> {
    date.checked_sub(days.days())
        .ok()
        .filter(|date| date.year() >= FIRST_YEAR)
        .ok_or(CalendarFault::BeforeCalendar)
}
