//! A place in the week, month, quarter or year: every Friday, the second Thursday of the month, the last working day of
//! the quarter, 30 April.
//!
//! The first such place after the day it counts from is the first time, so that nobody is ever given no time at all.
//! It does not drift and no pause moves it: it is a day of the calendar, not a length of time.

use super::count::{Count, Counted, add, back, within_calendar};
use super::due::Due;
use super::explain::{date_words, london_date};
use super::fault::CalendarFault;
use super::pause::Pauses;
use super::rule::Roll;
use super::walk::{Passed, sentence};
use super::working::WorkingCalendar;
use jiff::civil::{Date, Weekday, date};
use jiff::{Timestamp, ToSpan};

/// A day that comes once in every period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// In what it comes once.
    pub within: Within,
    /// Which day of the week, or of the month that counts.
    pub day: PlaceDay,
    /// Where it goes if it is not worked.
    pub roll: Roll,
}

/// A period, and the month of it that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// Each week, from Monday.
    Week,
    /// Each month.
    Month,
    /// Each quarter.
    Quarter {
        /// Which of its three months, from 1.
        month: i8,
        /// A month of the year, from 1, in which a quarter begins.
        begins: i8,
    },
    /// Each year.
    Year {
        /// The month of the year, from 1.
        month: i8,
    },
}

/// Which day of a week or month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceDay {
    /// That day of the week: in a month its nth, or its last.
    Weekday(Weekday, Nth),
    /// That day number, or the month's last if it has fewer.
    Day(Nth),
    /// That working day, or the last there is.
    WorkingDay(Nth),
}

/// Which of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nth {
    /// Counted from the first.
    Number(u8),
    /// The last.
    Last,
}

impl WorkingCalendar {
    /// The kth time a place comes after the day of a moment, by the end of that day.
    pub fn due_at_place(&self, place: &Place, from: Timestamp, k: u32) -> Result<Due, CalendarFault> {
        let start = london_date(from);
        within_calendar("from", start)?;
        let mut count = Count::new(self, Pauses::new(&[])?);
        count.say(format!("Each time: {}.", place.name()));
        let mut first = place.period_of(start);
        if count.day_in(place, first)? <= start {
            first = place.later(first, 1)?;
        }
        let period = place.later(first, k.saturating_sub(1))?;
        let day = count.day_in(place, period)?;
        count.say(format!(
            "Number {k} after {} is {}.",
            date_words(start),
            date_words(day)
        ));
        let kept = count.roll_place(day, place.roll, start)?;
        Ok(count.end_of(kept))
    }
}

impl Place {
    /// The place in words.
    pub fn name(&self) -> String {
        let day = self.day.name(self.within == Within::Week);
        match self.within {
            Within::Week => format!("{day} of each week"),
            Within::Month => format!("{day} of each month"),
            Within::Quarter { month, .. } => format!("{day} of month {month} of each quarter"),
            Within::Year { month } => format!("{day} of {} of each year", month_name(month)),
        }
    }

    /// The first day of the week or month that a day belongs to, or of the next month that counts.
    fn period_of(&self, day: Date) -> Date {
        match self.within {
            Within::Week => day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days()),
            Within::Month | Within::Quarter { .. } | Within::Year { .. } => {
                let ahead = (self.first_month() - day.month()).rem_euclid(self.months());
                day.first_of_month().saturating_add(i64::from(ahead).months())
            }
        }
    }

    fn later(&self, period: Date, times: u32) -> Result<Date, CalendarFault> {
        match self.within {
            Within::Week => add(period, (i64::from(times.min(50_000)) * 7).days()),
            Within::Month | Within::Quarter { .. } | Within::Year { .. } => add(
                period,
                (i64::from(times.min(2_000)) * i64::from(self.months())).months(),
            ),
        }
    }

    /// After how many months it comes again.
    fn months(&self) -> i8 {
        match self.within {
            Within::Week | Within::Month => 1,
            Within::Quarter { .. } => 3,
            Within::Year { .. } => 12,
        }
    }

    /// A month of the year in which it comes.
    fn first_month(&self) -> i8 {
        match self.within {
            Within::Week | Within::Month => 1,
            Within::Quarter { month, begins } => begins + month - 1,
            Within::Year { month } => month,
        }
    }
}

impl PlaceDay {
    fn name(self, in_week: bool) -> String {
        let nth = |nth: Nth| match nth {
            Nth::Last => "last".to_owned(),
            Nth::Number(1) => "first".to_owned(),
            Nth::Number(2) => "second".to_owned(),
            Nth::Number(3) => "third".to_owned(),
            Nth::Number(n) => format!("{n}th"),
        };
        match self {
            PlaceDay::Weekday(day, _) if in_week => weekday_name(day).to_owned(),
            PlaceDay::Weekday(day, which) => format!("the {} {}", nth(which), weekday_name(day)),
            PlaceDay::Day(Nth::Last) => "the last day".to_owned(),
            PlaceDay::Day(Nth::Number(n)) => format!("day {n}"),
            PlaceDay::WorkingDay(which) => format!("the {} working day", nth(which)),
        }
    }
}

impl Count<'_> {
    /// The day of a place in a week or month that begins on a date.
    fn day_in(&mut self, place: &Place, first: Date) -> Result<Date, CalendarFault> {
        let last = match place.within {
            Within::Week => add(first, 6.days())?,
            Within::Month | Within::Quarter { .. } | Within::Year { .. } => first.last_of_month(),
        };
        match place.day {
            PlaceDay::Weekday(day, Nth::Number(n)) => {
                let ahead = i64::from(first.weekday().until(day)) + 7 * (i64::from(n) - 1);
                Ok(add(first, ahead.days())?.min(last))
            }
            PlaceDay::Weekday(day, Nth::Last) => back(last, i64::from(last.weekday().since(day))),
            PlaceDay::Day(Nth::Last) => Ok(last),
            PlaceDay::Day(Nth::Number(n)) => Ok(add(first, (i64::from(n) - 1).days())?.min(last)),
            PlaceDay::WorkingDay(which) => {
                let mut worked = Vec::new();
                let mut day = first;
                while day <= last {
                    if self.passed(day, Counted::WorkingDays) == Passed::Not {
                        worked.push(day);
                    }
                    day = add(day, 1.day())?;
                }
                let wanted = match which {
                    Nth::Number(n) => worked.get(usize::from(n).saturating_sub(1)),
                    Nth::Last => None,
                };
                Ok(wanted.or(worked.last()).copied().unwrap_or(last))
            }
        }
    }

    /// Moves a day that is not worked, and never back past the day it counts from.
    fn roll_place(&mut self, day: Date, roll: Roll, start: Date) -> Result<Date, CalendarFault> {
        let mut kept = day;
        loop {
            let why = self.passed(kept, Counted::WorkingDays);
            kept = match roll {
                Roll::Next if why != Passed::Not => {
                    self.say(sentence(kept, why));
                    add(kept, 1.day())?
                }
                Roll::Previous if why != Passed::Not && kept > start => {
                    self.say(sentence(kept, why));
                    back(kept, 1)?
                }
                Roll::None | Roll::Next | Roll::Previous => break,
            };
        }
        if kept != day {
            self.say(format!("It moves to {}.", date_words(kept)));
        }
        Ok(kept)
    }
}

fn weekday_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

fn month_name(month: i8) -> String {
    date(2001, month.clamp(1, 12), 1).strftime("%B").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{Nation, local_text};

    /// The first three times after a day, and whether each is what a paper calendar shows.
    fn three(place: Place, from: &str) -> Vec<String> {
        let calendar = WorkingCalendar::new(Nation::EnglandAndWales);
        (1..=3)
            .map(|k| {
                let due = calendar.due_at_place(&place, from.parse().unwrap(), k).unwrap();
                local_text(due.at)[..10].to_owned()
            })
            .collect()
    }

    fn place(within: Within, day: PlaceDay, roll: Roll) -> Place {
        Place { within, day, roll }
    }

    #[test]
    fn places_fall_where_a_paper_calendar_has_them() {
        use PlaceDay::{Day, Weekday as On, WorkingDay};
        let quarter = |month| Within::Quarter { month, begins: 4 };
        for (within, day, roll, from, expected) in [
            // A Friday that begins on a Friday is the next one: the day itself is day 0.
            (
                Within::Week,
                On(Weekday::Friday, Nth::Number(1)),
                Roll::None,
                "2026-03-06T10:00:00Z",
                ["2026-03-13", "2026-03-20", "2026-03-27"],
            ),
            // Good Friday moves to the Tuesday after Easter, or to Maundy Thursday.
            (
                Within::Week,
                On(Weekday::Friday, Nth::Number(1)),
                Roll::Next,
                "2026-03-29T10:00:00Z",
                ["2026-04-07", "2026-04-10", "2026-04-17"],
            ),
            (
                Within::Week,
                On(Weekday::Friday, Nth::Number(1)),
                Roll::Previous,
                "2026-03-29T10:00:00Z",
                ["2026-04-02", "2026-04-10", "2026-04-17"],
            ),
            // Nothing falls before the day it counts from, even when it moves back.
            (
                Within::Week,
                On(Weekday::Sunday, Nth::Number(1)),
                Roll::Previous,
                "2026-03-07T10:00:00Z",
                ["2026-03-07", "2026-03-13", "2026-03-20"],
            ),
            (
                Within::Month,
                On(Weekday::Thursday, Nth::Number(2)),
                Roll::None,
                "2026-03-12T10:00:00Z",
                ["2026-04-09", "2026-05-14", "2026-06-11"],
            ),
            (
                Within::Month,
                On(Weekday::Monday, Nth::Last),
                Roll::None,
                "2026-03-01T10:00:00Z",
                ["2026-03-30", "2026-04-27", "2026-05-25"],
            ),
            (
                Within::Month,
                Day(Nth::Number(31)),
                Roll::None,
                "2026-01-31T10:00:00Z",
                ["2026-02-28", "2026-03-31", "2026-04-30"],
            ),
            (
                Within::Month,
                WorkingDay(Nth::Number(1)),
                Roll::None,
                "2026-03-20T10:00:00Z",
                ["2026-04-01", "2026-05-01", "2026-06-01"],
            ),
            // The last working day before Christmas and the New Year.
            (
                Within::Month,
                WorkingDay(Nth::Last),
                Roll::None,
                "2026-11-30T10:00:00Z",
                ["2026-12-31", "2027-01-29", "2027-02-26"],
            ),
            (
                quarter(1),
                Day(Nth::Number(15)),
                Roll::None,
                "2026-05-01T10:00:00Z",
                ["2026-07-15", "2026-10-15", "2027-01-15"],
            ),
            (
                quarter(3),
                WorkingDay(Nth::Last),
                Roll::None,
                "2026-03-31T10:00:00Z",
                ["2026-06-30", "2026-09-30", "2026-12-31"],
            ),
            (
                Within::Year { month: 4 },
                Day(Nth::Number(30)),
                Roll::Next,
                "2026-04-30T10:00:00Z",
                ["2027-04-30", "2028-05-02", "2029-04-30"],
            ),
        ] {
            let place = place(within, day, roll);
            assert_eq!(three(place, from), expected, "{} after {from}", place.name());
        }
    }

    #[test]
    fn in_a_week_that_is_wholly_closed_the_last_day_counts() {
        let mut calendar = WorkingCalendar::new(Nation::EnglandAndWales);
        calendar.extra_closures = (9..=13).map(|day| date(2026, 3, day)).collect();
        let first = place(Within::Week, PlaceDay::WorkingDay(Nth::Number(1)), Roll::None);
        let due = calendar
            .due_at_place(&first, "2026-03-05T10:00:00Z".parse().unwrap(), 1)
            .unwrap();
        assert_eq!(&local_text(due.at)[..10], "2026-03-15");
        assert!(
            due.explanation[0].contains("the first working day of each week"),
            "{:?}",
            due.explanation
        );
    }
}
