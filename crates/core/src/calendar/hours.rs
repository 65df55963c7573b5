//! The landlord's week: which days are worked, and between which hours the office is open.

use super::fault::{CalendarFault, shortened};
use jiff::civil::Weekday;
use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// The days of the week as written in packs, Monday first.
pub const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

fn place(day: Weekday) -> usize {
    day.to_monday_zero_offset().unsigned_abs().into()
}

/// Reads a day's name, whole or its first three letters, in lower case.
fn parse_weekday(given: &str) -> Result<usize, CalendarFault> {
    WEEKDAYS
        .iter()
        .position(|name| *name == given || name[..3] == *given)
        .ok_or_else(|| CalendarFault::UnknownDay {
            given: shortened(given),
        })
}

/// A time on the office clock, in seconds from the start of the day; the end of the day, 24:00, included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClockTime(u32);

impl ClockTime {
    /// The last second of a day.
    pub const LAST_SECOND: ClockTime = ClockTime(86_399);
    /// The end of the day: the moment the next one starts.
    pub const DAY_END: ClockTime = ClockTime(86_400);

    /// The clock time in London at a moment.
    pub(crate) fn of_moment(moment: jiff::Timestamp) -> Self {
        Self::of(super::explain::local(moment).time())
    }

    /// The clock time that a local time shows, whole seconds.
    pub(crate) fn of(time: jiff::civil::Time) -> Self {
        let part = |value: i8| u32::from(value.unsigned_abs());
        ClockTime(part(time.hour()) * 3600 + part(time.minute()) * 60 + part(time.second()))
    }

    /// As a local time, or nothing for the end of the day.
    pub(crate) fn to_time(self) -> Option<jiff::civil::Time> {
        let part = |value: u32| i8::try_from(value).ok();
        let hour = part(self.0 / 3600).filter(|hour| *hour < 24)?;
        jiff::civil::Time::new(hour, part(self.0 / 60 % 60)?, part(self.0 % 60)?, 0).ok()
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 3600, self.0 / 60 % 60)?;
        match self.0 % 60 {
            0 => Ok(()),
            seconds => write!(f, ":{seconds:02}"),
        }
    }
}

impl FromStr for ClockTime {
    type Err = CalendarFault;

    fn from_str(given: &str) -> Result<Self, CalendarFault> {
        let parts: Option<Vec<u32>> = given
            .split(':')
            .map(|part| {
                let two_digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
                two_digits.then(|| part.parse().ok()).flatten()
            })
            .collect();
        let seconds = match parts.as_deref() {
            Some([24, 0]) => Some(86_400),
            Some([hour @ 0..24, minute @ 0..60]) => Some(hour * 3600 + minute * 60),
            Some([hour @ 0..24, minute @ 0..60, second @ 0..60]) => Some(hour * 3600 + minute * 60 + second),
            Some(_) | None => None,
        };
        seconds.map(ClockTime).ok_or_else(|| CalendarFault::UnknownTime {
            given: shortened(given),
        })
    }
}

/// The office hours of one day: opening is inside, closing is outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DayHours {
    opens: ClockTime,
    closes: ClockTime,
}

impl DayHours {
    /// Hours that close later than they open.
    pub fn new(opens: ClockTime, closes: ClockTime) -> Result<Self, CalendarFault> {
        if opens < closes {
            Ok(DayHours { opens, closes })
        } else {
            Err(CalendarFault::HoursReversed {
                opens: opens.to_string(),
                closes: closes.to_string(),
            })
        }
    }

    /// The first moment inside.
    pub fn opens(self) -> ClockTime {
        self.opens
    }

    /// The first moment outside again.
    pub fn closes(self) -> ClockTime {
        self.closes
    }

    fn parse(given: &[String]) -> Result<Self, String> {
        match given {
            [opens, closes] => opens
                .parse()
                .and_then(|opens| DayHours::new(opens, closes.parse()?))
                .map_err(|fault| fault.to_string()),
            _ => Err(
                "hours are two clock times, opening and closing, for example [\"09:00\", \"17:00\"]"
                    .to_owned(),
            ),
        }
    }
}

/// The days of the week that are worked: at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WorkingWeek([bool; 7]);

impl WorkingWeek {
    /// A week of the days named, whole names or their first three letters.
    pub fn of<'a>(days: impl IntoIterator<Item = &'a str>) -> Result<Self, CalendarFault> {
        let mut worked = [false; 7];
        for day in days {
            worked[parse_weekday(day)?] = true;
        }
        if worked.contains(&true) {
            Ok(WorkingWeek(worked))
        } else {
            Err(CalendarFault::EmptyWeek)
        }
    }

    /// Whether a day of the week is worked.
    pub fn includes(&self, day: Weekday) -> bool {
        self.0[place(day)]
    }
}

impl Default for WorkingWeek {
    /// Monday to Friday.
    fn default() -> Self {
        WorkingWeek([true, true, true, true, true, false, false])
    }
}

impl Serialize for WorkingWeek {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let named = WEEKDAYS.iter().zip(self.0).filter(|(_, worked)| *worked);
        serializer.collect_seq(named.map(|(name, _)| name))
    }
}

impl<'de> Deserialize<'de> for WorkingWeek {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let days = Vec::<String>::deserialize(deserializer)?;
        WorkingWeek::of(days.iter().map(String::as_str)).map_err(D::Error::custom)
    }
}

/// When the office is open, day by day: one pair of hours for every day, or a map by day of the week.
///
/// A map gives hours to the days it names and to no other. A working day that it does not name is a working day
/// still, but the office does not open on it: the rules that look at hours pass it over and say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OpeningHours([Option<DayHours>; 7]);

impl OpeningHours {
    /// The same hours every day.
    pub fn every_day(hours: DayHours) -> Self {
        OpeningHours([Some(hours); 7])
    }

    /// The hours of a day of the week, if it has any.
    pub fn on(&self, day: Weekday) -> Option<DayHours> {
        self.0[place(day)]
    }

    /// Whether any day of a week has hours.
    pub(crate) fn open_within(&self, week: &WorkingWeek) -> bool {
        self.0
            .iter()
            .zip(week.0)
            .any(|(hours, worked)| worked && hours.is_some())
    }
}

impl Default for OpeningHours {
    /// 09:00 to 17:00 every day.
    fn default() -> Self {
        OpeningHours::every_day(DayHours {
            opens: ClockTime(9 * 3600),
            closes: ClockTime(17 * 3600),
        })
    }
}

impl Serialize for OpeningHours {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, hours) in WEEKDAYS.iter().zip(self.0) {
            if let Some(hours) = hours {
                map.serialize_entry(name, &[hours.opens.to_string(), hours.closes.to_string()])?;
            }
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for OpeningHours {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct HoursVisitor;

        impl<'de> Visitor<'de> for HoursVisitor {
            type Value = OpeningHours;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "[\"09:00\", \"17:00\"] or a map by weekday such as {\"monday\": [\"09:00\", \"17:00\"]}",
                )
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut pair: A) -> Result<OpeningHours, A::Error> {
                let mut times = Vec::new();
                while let Some(time) = pair.next_element::<String>()? {
                    times.push(time);
                }
                DayHours::parse(&times)
                    .map(OpeningHours::every_day)
                    .map_err(A::Error::custom)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<OpeningHours, A::Error> {
                let mut week = [None; 7];
                let mut named = [false; 7];
                while let Some(day) = map.next_key::<String>()? {
                    let day = parse_weekday(&day).map_err(A::Error::custom)?;
                    if std::mem::replace(&mut named[day], true) {
                        return Err(A::Error::custom(CalendarFault::DayTwice { day: WEEKDAYS[day] }));
                    }
                    // A day written as null is closed, the same as a day left out.
                    week[day] = map
                        .next_value::<Option<Vec<String>>>()?
                        .map(|times| DayHours::parse(&times))
                        .transpose()
                        .map_err(|fault| A::Error::custom(format!("{}: {fault}", WEEKDAYS[day])))?;
                }
                Ok(OpeningHours(week))
            }
        }

        deserializer.deserialize_any(HoursVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(json: &str) -> Result<OpeningHours, String> {
        serde_json::from_str(json).map_err(|fault| fault.to_string())
    }

    #[test]
    fn one_pair_of_hours_serves_every_day() {
        let read = hours(r#"["08:30", "24:00"]"#).unwrap();
        let saturday = read.on(Weekday::Saturday).unwrap();
        assert_eq!(saturday.opens().to_string(), "08:30");
        assert_eq!(saturday.closes(), ClockTime::DAY_END);
    }

    #[test]
    fn a_map_opens_only_the_days_it_names() {
        let read =
            hours(r#"{"monday": ["09:00", "17:00"], "fri": ["09:00", "16:00"], "tue": null}"#).unwrap();
        assert_eq!(read.on(Weekday::Friday).unwrap().closes().to_string(), "16:00");
        assert_eq!(read.on(Weekday::Tuesday), None);
        assert_eq!(read.on(Weekday::Wednesday), None);
        let stored = serde_json::to_string(&read).unwrap();
        assert_eq!(
            stored,
            r#"{"monday":["09:00","17:00"],"friday":["09:00","16:00"]}"#
        );
        assert_eq!(hours(&stored), Ok(read));
    }

    #[test]
    fn wrong_hours_are_refused_with_a_remedy() {
        for (json, said) in [
            (r#"["17:00", "09:00"]"#, "closing must be later than opening"),
            (r#"["09:00", "09:00"]"#, "closing must be later than opening"),
            (r#"["9", "17:00"]"#, "write hours and minutes"),
            (r#"["09:00", "25:00"]"#, "write hours and minutes"),
            (r#"["09:00"]"#, "two clock times"),
            (r#"{"moonday": ["09:00", "17:00"]}"#, "write monday to sunday"),
            (
                r#"{"mon": ["09:00", "17:00"], "monday": ["09:00", "17:00"]}"#,
                "monday twice",
            ),
            (
                r#"{"tuesday": ["17:00", "09:00"]}"#,
                "tuesday: the office opens at 17:00",
            ),
            ("9", "a map by weekday"),
        ] {
            let fault = hours(json).unwrap_err();
            assert!(fault.contains(said), "{json}: {fault}");
        }
    }

    #[test]
    fn a_week_takes_whole_and_short_names_and_at_least_one_day() {
        let week = WorkingWeek::of(["sun", "monday"]).unwrap();
        assert_eq!(serde_json::to_string(&week).unwrap(), r#"["monday","sunday"]"#);
        assert_eq!(WorkingWeek::of([]), Err(CalendarFault::EmptyWeek));
        assert!(WorkingWeek::of(["Monday"]).is_err());
        let fault = serde_json::from_str::<WorkingWeek>("[]").unwrap_err().to_string();
        assert!(fault.starts_with("working_week is empty"), "{fault}");
    }
}
