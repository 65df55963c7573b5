//! One calendar that clocks can name: a nation's holidays, the landlord's week and hours, its own closures, and
//! what had been announced by a day.

use super::explain::moment_at;
use super::holidays::{holiday_on, parse_date};
use super::hours::{DayHours, OpeningHours, WorkingWeek};
use super::nation::Nation;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeSet;

/// What makes a day a working day or not, and when the office is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkingCalendar {
    /// Whose bank holidays count.
    pub nation: Nation,
    /// The days of the week that are worked; Monday to Friday unless it says otherwise.
    #[serde(default)]
    pub working_week: WorkingWeek,
    /// When the office is open; 09:00 to 17:00 unless it says otherwise.
    #[serde(default)]
    pub opening_hours: OpeningHours,
    /// The landlord's own closed days. They always apply, whatever `known_on` says.
    #[serde(
        default,
        deserialize_with = "dates",
        skip_serializing_if = "BTreeSet::is_empty"
    )]
    pub extra_closures: BTreeSet<Date>,
    /// Holidays announced after this release was made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extra_holidays: Vec<ExtraHoliday>,
    /// Only holidays announced by this day count, itself included; nothing means all that are announced.
    #[serde(
        default,
        deserialize_with = "maybe_date",
        skip_serializing_if = "Option::is_none"
    )]
    pub known_on: Option<Date>,
}

/// A bank holiday that a landlord adds because it was announced after this release was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtraHoliday {
    /// The day off.
    #[serde(deserialize_with = "one_date")]
    pub date: Date,
    /// What it is called.
    pub name: String,
    /// The day it was announced.
    #[serde(deserialize_with = "one_date")]
    pub announced: Date,
    /// The holiday it moves, which is withdrawn on the day of the announcement.
    #[serde(
        default,
        deserialize_with = "maybe_date",
        skip_serializing_if = "Option::is_none"
    )]
    pub in_place_of: Option<Date>,
}

impl ExtraHoliday {
    fn is_known_on(&self, known_on: Option<Date>) -> bool {
        known_on.is_none_or(|day| self.announced <= day)
    }
}

/// What a date is to a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day<'a> {
    /// A working day.
    Working,
    /// Not in the working week.
    OutsideWeek,
    /// A bank holiday, with its name.
    Holiday(&'a str),
    /// A closure of the landlord's own.
    Closure,
}

impl WorkingCalendar {
    /// A nation's calendar with the ordinary week and hours.
    pub fn new(nation: Nation) -> Self {
        WorkingCalendar {
            nation,
            working_week: WorkingWeek::default(),
            opening_hours: OpeningHours::default(),
            extra_closures: BTreeSet::new(),
            extra_holidays: Vec::new(),
            known_on: None,
        }
    }

    /// The same calendar as it was known on a day: what a deadline set that day was counted by.
    pub fn as_known_on(&self, day: Date) -> Self {
        WorkingCalendar {
            known_on: Some(day),
            ..self.clone()
        }
    }

    /// What a date is.
    pub fn day(&self, date: Date) -> Day<'_> {
        if !self.working_week.includes(date.weekday()) {
            return Day::OutsideWeek;
        }
        if self.extra_closures.contains(&date) {
            return Day::Closure;
        }
        let mut added = self
            .extra_holidays
            .iter()
            .filter(|extra| extra.is_known_on(self.known_on));
        if let Some(extra) = added.clone().find(|extra| extra.date == date) {
            return Day::Holiday(&extra.name);
        }
        match holiday_on(self.nation, date, self.known_on) {
            Some(_) if added.any(|extra| extra.in_place_of == Some(date)) => Day::Working,
            Some(holiday) => Day::Holiday(&holiday.name),
            None => Day::Working,
        }
    }

    /// Whether a date is a working day, with office hours or without.
    pub fn is_working_day(&self, date: Date) -> bool {
        self.day(date) == Day::Working
    }

    /// The office hours of a date: none on a day that is not worked or to which the week gives no hours.
    pub fn hours_on(&self, date: Date) -> Option<DayHours> {
        self.opening_hours
            .on(date.weekday())
            .filter(|_| self.is_working_day(date))
    }

    /// The moments of opening and closing on a date. Hours that the spring gap swallows whole are no hours.
    pub fn opening(&self, date: Date) -> Option<(Timestamp, Timestamp)> {
        let hours = self.hours_on(date)?;
        let (opens, _) = moment_at(date, hours.opens());
        let (closes, _) = moment_at(date, hours.closes());
        (opens < closes).then_some((opens, closes))
    }
}

fn one_date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse_date(&text).map_err(serde::de::Error::custom)
}

fn maybe_date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    text.map(|text| parse_date(&text))
        .transpose()
        .map_err(serde::de::Error::custom)
}

fn dates<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeSet<Date>, D::Error> {
    let texts = Vec::<String>::deserialize(deserializer)?;
    texts
        .iter()
        .map(|text| parse_date(text))
        .collect::<Result<_, _>>()
        .map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_calendar_is_read_from_a_pack_and_every_unknown_word_refused() {
        let calendar: WorkingCalendar = toml::from_str(
            r#"
            nation = "scotland"
            working_week = ["mon", "tue"]
            opening_hours = { monday = ["08:00", "18:00"] }
            extra_closures = ["2026-12-29"]
            [[extra_holidays]]
            date = "2027-06-14"
            name = "An invented holiday"
            announced = "2027-01-05"
            in_place_of = "2027-05-31"
            "#,
        )
        .unwrap();
        assert_eq!(calendar.day(date(2026, 12, 29)), Day::Closure);
        assert_eq!(calendar.day(date(2026, 12, 30)), Day::OutsideWeek);
        assert_eq!(calendar.hours_on(date(2026, 12, 22)), None);
        let stored = toml::to_string(&calendar).unwrap();
        assert_eq!(toml::from_str::<WorkingCalendar>(&stored).unwrap(), calendar);

        let fault = toml::from_str::<WorkingCalendar>("nation = \"scotland\"\nclosures = []").unwrap_err();
        assert!(fault.to_string().contains("unknown field `closures`"), "{fault}");
        let fault = toml::from_str::<WorkingCalendar>("nation = \"wales\"").unwrap_err();
        assert!(fault.to_string().contains("unknown variant `wales`"), "{fault}");
    }

    #[test]
    fn a_holiday_announced_later_moves_another_from_that_day_on() {
        let mut calendar = WorkingCalendar::new(Nation::EnglandAndWales);
        calendar.extra_holidays.push(ExtraHoliday {
            date: date(2027, 6, 4),
            name: "An invented holiday".to_owned(),
            announced: date(2027, 1, 5),
            in_place_of: Some(date(2027, 5, 31)),
        });
        let eve = calendar.as_known_on(date(2027, 1, 4));
        assert!(eve.is_working_day(date(2027, 6, 4)));
        assert_eq!(eve.day(date(2027, 5, 31)), Day::Holiday("Spring bank holiday"));
        for told in [calendar.as_known_on(date(2027, 1, 5)), calendar] {
            assert_eq!(told.day(date(2027, 6, 4)), Day::Holiday("An invented holiday"));
            assert!(told.is_working_day(date(2027, 5, 31)));
        }
    }

    #[test]
    fn hours_that_the_spring_gap_swallows_are_no_hours() {
        let mut calendar = WorkingCalendar::new(Nation::EnglandAndWales);
        calendar.working_week = WorkingWeek::of(["sunday"]).unwrap();
        calendar.opening_hours = OpeningHours::every_day(
            DayHours::new("01:30".parse().unwrap(), "02:00".parse().unwrap()).unwrap(),
        );
        assert_eq!(calendar.opening(date(2026, 3, 29)), None);
        assert!(calendar.opening(date(2026, 3, 22)).is_some());
    }
}
