//! When a promise is due, with the steps by which it was worked out.
//!
//! Each row of the calendar conventions is one arm of [`WorkingCalendar::due`].

use super::count::{Count, Counted, Receipt, add, back, within_calendar};
use super::explain::{
    clocks_change_between, counted, date_words, length_words, local, london_date, moment_words,
};
use super::fault::CalendarFault;
use super::holidays::{FIRST_YEAR, LAST_YEAR};
use super::hours::ClockTime;
use super::pause::Pauses;
use super::rule::{LeadTime, Roll, Rule};
use super::walk::{NAMED_DAYS, Passed, sentence};
use super::working::WorkingCalendar;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

/// A due time and how it was worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The last second at which the promise is kept.
    pub at: Timestamp,
    /// The steps, in plain sentences, for a caseworker to check.
    pub explanation: Vec<String>,
    /// The version of the calendar it was counted by.
    pub calendar_version: &'static str,
}

impl WorkingCalendar {
    /// When a rule that counts from a moment falls due.
    pub fn due(&self, rule: &Rule, from: Timestamp) -> Result<Due, CalendarFault> {
        self.due_paused(rule, from, &[])
    }

    /// The same for a clock that was paused: from each first moment until each second one. A pause that still
    /// runs has no end, and the clock no due time: ask again when it is over.
    pub fn due_paused(
        &self,
        rule: &Rule,
        from: Timestamp,
        pauses: &[(Timestamp, Timestamp)],
    ) -> Result<Due, CalendarFault> {
        let receipt = Receipt::new("from", from)?;
        let count = Count::new(self, Pauses::new(pauses)?);
        count.due(rule, receipt)
    }

    /// When the next of a rhythm is due that counts from the last time: from the fact that last met it, or from
    /// the starting fact while none has.
    pub fn due_from_last(
        &self,
        rule: &Rule,
        started: Timestamp,
        last_met: Option<Timestamp>,
        pauses: &[(Timestamp, Timestamp)],
    ) -> Result<Due, CalendarFault> {
        let mut due = self.due_paused(rule, last_met.unwrap_or(started), pauses)?;
        let first = match last_met {
            Some(met) => format!(
                "Last met on {}; the next is counted from then.",
                moment_words(met)
            ),
            None => "Not met yet; the first is counted from the start.".to_owned(),
        };
        due.explanation.insert(0, first);
        Ok(due)
    }

    /// When something is due that must be done so long before a planned date.
    pub fn due_before(&self, lead: &LeadTime, planned: Date) -> Result<Due, CalendarFault> {
        self.due_before_by(lead, planned, ClockTime::LAST_SECOND)
    }

    /// The same by a clock time of that day.
    pub fn due_before_by(&self, lead: &LeadTime, planned: Date, by: ClockTime) -> Result<Due, CalendarFault> {
        lead.check()?;
        within_calendar("the planned date", planned)?;
        let mut count = Count::new(self, Pauses::new(&[])?);
        count.say(format!("Planned for {}. That day is day 0.", date_words(planned)));
        let date = match *lead {
            LeadTime::WorkingDaysBefore { n } => count.nth_before(planned, n)?,
            LeadTime::CalendarDaysBefore { n } => count.dates_before(planned, n.into(), "day")?,
            LeadTime::WeeksBefore { n } => count.dates_before(planned, i64::from(n) * 7, "day")?,
            LeadTime::MonthsBefore { n } => count.dates_before(planned, n.into(), "month")?,
        };
        let at = count.moment(date, by);
        Ok(count.finish(at))
    }
}

impl Count<'_> {
    fn due(mut self, rule: &Rule, receipt: Receipt) -> Result<Due, CalendarFault> {
        rule.check()?;
        self.say(format!("Counted from {}.", moment_words(receipt.at)));
        match *rule {
            Rule::WorkingDaysEndOfDay { n } => {
                self.say("That day is day 0, whatever the hour and whether or not it is a working day.");
                let date = self.nth_after(receipt.date, n, Counted::WorkingDays)?;
                Ok(self.end_of(date))
            }
            Rule::WorkingDaysCloseOfBusiness { n } => {
                let (_, received) = self.effective_receipt(receipt)?;
                self.say(format!("{} is day 0.", date_words(received)));
                let date = self.nth_after(received, n, Counted::OpenDays)?;
                self.closing_of(date)
            }
            Rule::WorkingDaysSameClockTime { n } => {
                let (effective, received) = self.effective_receipt(receipt)?;
                self.say(format!("{} is day 0.", date_words(received)));
                let date = self.nth_after(received, n, Counted::OpenDays)?;
                self.clock_or_closing(date, ClockTime::of(local(effective).time()))
            }
            Rule::BusinessHours { n } => self.business_hours(receipt, n),
            Rule::ElapsedHours { n } => self.elapsed(receipt, i64::from(n) * 3600),
            Rule::ElapsedMinutes { n } => self.elapsed(receipt, i64::from(n) * 60),
            Rule::SameCalendarDay {} => {
                let date = self.first_from(receipt.date, Counted::Dates)?;
                self.say_if_paused(receipt.date, date);
                Ok(self.end_of(date))
            }
            Rule::SameWorkingDay {} => {
                let (_, received) = self.effective_receipt(receipt)?;
                let date = self.first_from(received, Counted::OpenDays)?;
                self.say_if_paused(received, date);
                self.closing_of(date)
            }
            Rule::SameClockTimeDays { n } => {
                self.say("That day is day 0; every date counts.");
                let date = self.dates_after(receipt.date, add(receipt.date, i64::from(n).days())?)?;
                let at = self.moment(date, receipt.clock);
                Ok(self.finish(at))
            }
            Rule::CalendarDaysEndOfDay { n, roll } => {
                self.rolled(receipt, i64::from(n).days(), counted(n.into(), "day"), roll)
            }
            Rule::WeeksEndOfDay { n, roll } => self.rolled(
                receipt,
                (i64::from(n) * 7).days(),
                counted(n.into(), "week"),
                roll,
            ),
            Rule::MonthsEndOfDay { n, roll } => {
                self.rolled(receipt, i64::from(n).months(), counted(n.into(), "month"), roll)
            }
            Rule::EveryWeeksKth { n, k, roll } => {
                let weeks = i64::from(n) * i64::from(k);
                self.say_rhythm(n, k, "week");
                self.rolled(receipt, (weeks * 7).days(), counted(weeks, "week"), roll)
            }
            Rule::EveryMonthsKth { n, k, roll } => {
                let months = i64::from(n) * i64::from(k);
                self.say_rhythm(n, k, "month");
                self.rolled(receipt, months.months(), counted(months, "month"), roll)
            }
        }
    }

    fn say_rhythm(&mut self, n: u32, k: u32, unit: &str) {
        let every = if n == 1 {
            format!("every {unit}")
        } else {
            format!("every {n} {unit}s")
        };
        self.say(format!(
            "Number {k} of a rhythm of {every}: counted from that day, never from the one before."
        ));
    }

    /// N dates or months before a date, and from there back to a working day.
    fn dates_before(&mut self, planned: Date, n: i64, unit: &str) -> Result<Date, CalendarFault> {
        let span = if unit == "month" { n.months() } else { n.days() };
        let date = planned
            .checked_sub(span)
            .ok()
            .filter(|date| date.year() >= FIRST_YEAR)
            .ok_or(CalendarFault::BeforeCalendar)?;
        self.say(format!("{} before is {}.", counted(n, unit), date_words(date)));
        let mut kept = date;
        while let why @ (Passed::Paused
        | Passed::OutsideWeek
        | Passed::Holiday(_)
        | Passed::Closure
        | Passed::NoHours) = self.passed(kept, Counted::WorkingDays)
        {
            self.say(sentence(kept, why));
            kept = back(kept, 1)?;
        }
        self.say_rolled(date, kept, "to the working day before");
        Ok(kept)
    }

    fn say_if_paused(&mut self, from: Date, to: Date) {
        if from != to {
            self.say(format!(
                "The clock is paused that day; the first day that counts is {}.",
                date_words(to)
            ));
        }
    }

    /// A clock time on a date, or closing if the office closes earlier.
    fn clock_or_closing(mut self, date: Date, clock: ClockTime) -> Result<Due, CalendarFault> {
        if self.closing_clock(date) < clock {
            self.say(format!("The office closes before {clock} that day."));
            return self.closing_of(date);
        }
        let at = self.moment(date, clock);
        Ok(self.finish(at))
    }

    /// Hours inside office hours only. Running out exactly at closing is due at that closing.
    fn business_hours(mut self, receipt: Receipt, n: u32) -> Result<Due, CalendarFault> {
        let (effective, received) = self.effective_receipt(receipt)?;
        let mut left = i64::from(n) * 3600;
        let mut date = received;
        let mut named = 0;
        loop {
            let opening = match self.passed(date, Counted::OpenDays) {
                Passed::Not => self.calendar.opening(date),
                Passed::OutsideWeek => None,
                why => {
                    if named < NAMED_DAYS {
                        self.say(sentence(date, why));
                    }
                    None
                }
            };
            if let Some((opens, closes)) = opening {
                let start = opens.max(effective).as_second();
                let open_for = closes.as_second() - start;
                if left <= open_for {
                    self.say(format!(
                        "On {} the last {} run out.",
                        date_words(date),
                        length_words(left)
                    ));
                    return Ok(self.finish_at(start + left));
                }
                left -= open_for;
                named += 1;
                if named <= NAMED_DAYS {
                    self.say(format!(
                        "On {} {} pass until closing, leaving {}.",
                        date_words(date),
                        length_words(open_for),
                        length_words(left)
                    ));
                } else if named == NAMED_DAYS + 1 {
                    self.say("And so on, day by day, in office hours only.");
                }
            }
            date = add(date, 1.day())?;
        }
    }

    /// True elapsed time, nights, weekends and changes of the clocks included.
    fn elapsed(mut self, receipt: Receipt, seconds: i64) -> Result<Due, CalendarFault> {
        let (due, left_out) = self.pauses.run(receipt.at, seconds);
        self.say(format!(
            "{} of true elapsed time, nights and weekends included.",
            length_words(seconds)
        ));
        if left_out > 0 {
            self.say(format!(
                "Left out because the clock was paused: {}.",
                length_words(left_out)
            ));
        }
        let at = Timestamp::from_second(due).map_err(|_| CalendarFault::BeyondCalendar)?;
        if london_date(at).year() > LAST_YEAR {
            return Err(CalendarFault::BeyondCalendar);
        }
        if clocks_change_between(receipt.at, at) {
            self.say("The clocks change in between, so the local time differs by an hour.");
        }
        Ok(self.finish(at))
    }

    /// 23:59:59 a span of dates after receipt, then rolled.
    fn rolled(
        mut self,
        receipt: Receipt,
        span: jiff::Span,
        length: String,
        roll: Roll,
    ) -> Result<Due, CalendarFault> {
        let target = add(receipt.date, span)?;
        let date = self.dates_after(receipt.date, target)?;
        self.say(format!(
            "That day is day 0; {length} after it is {}{}.",
            date_words(date),
            if date == target {
                ""
            } else {
                ", paused days left out"
            }
        ));
        let mut kept = date;
        match roll {
            Roll::None => {}
            Roll::Next => {
                while let Some(why) = self.not_worked(kept) {
                    self.say(why);
                    kept = add(kept, 1.day())?;
                }
                self.say_rolled(date, kept, "forward to the next working day");
            }
            Roll::Previous => {
                while let Some(why) = self.not_worked(kept) {
                    self.say(why);
                    // Never past the date of receipt, even where that is no working day: nothing can be due
                    // before it was asked for.
                    if kept == receipt.date {
                        self.say("It moves back no further than the day it counts from.");
                        break;
                    }
                    kept = back(kept, 1)?;
                }
                self.say_rolled(date, kept, "back");
            }
        }
        Ok(self.end_of(kept))
    }

    fn not_worked(&mut self, date: Date) -> Option<String> {
        match self.passed(date, Counted::WorkingDays) {
            Passed::Not => None,
            why => Some(sentence(date, why)),
        }
    }

    fn say_rolled(&mut self, from: Date, to: Date, how: &str) {
        if from != to {
            self.say(format!("It moves {how}, {}.", date_words(to)));
        }
    }
}
