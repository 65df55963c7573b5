//! The forms a due time can take, in the words that packs use.

use super::fault::CalendarFault;
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// When something is due, counted from a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Rule {
    /// By 23:59:59 on the Nth working day after the date of receipt, whatever the hour of receipt.
    WorkingDaysEndOfDay {
        /// How many working days.
        #[serde(deserialize_with = "count_n")]
        n: u32,
    },
    /// By closing on the Nth day the office opens after the date of effective receipt.
    WorkingDaysCloseOfBusiness {
        /// How many working days.
        #[serde(deserialize_with = "count_n")]
        n: u32,
    },
    /// On that same day by the effective clock time, or by closing if the office closes earlier.
    WorkingDaysSameClockTime {
        /// How many working days.
        #[serde(deserialize_with = "count_n")]
        n: u32,
    },
    /// After N hours inside office hours, from effective receipt.
    BusinessHours {
        /// How many hours.
        #[serde(deserialize_with = "count_n")]
        n: u32,
    },
    /// After N hours of true elapsed time.
    ElapsedHours {
        /// How many hours.
        #[serde(deserialize_with = "count_n")]
        n: u32,
    },
    /// After N minutes of true elapsed time.
    ElapsedMinutes {
        /// How many minutes.
        #[serde(deserialize_with = "count_n")]
        n: u32,
    },
    // Written with braces because serde refuses unknown fields of a braced variant only.
    /// By 23:59:59 on the date of receipt.
    SameCalendarDay {},
    /// By closing on the date of effective receipt.
    SameWorkingDay {},
    /// The same local clock time N dates later, never rolled.
    SameClockTimeDays {
        /// How many dates.
        #[serde(deserialize_with = "count_n")]
        n: u32,
    },
    /// By 23:59:59, N dates after the date of receipt, then rolled.
    CalendarDaysEndOfDay {
        /// How many dates.
        #[serde(deserialize_with = "count_n")]
        n: u32,
        /// What happens on a day that is not worked.
        #[serde(default)]
        roll: Roll,
    },
    /// By 23:59:59, 7 × N dates after the date of receipt, then rolled.
    WeeksEndOfDay {
        /// How many weeks.
        #[serde(deserialize_with = "count_n")]
        n: u32,
        /// What happens on a day that is not worked.
        #[serde(default)]
        roll: Roll,
    },
    /// By 23:59:59, N months after the date of receipt (the same day number, or the month's last), then rolled.
    MonthsEndOfDay {
        /// How many months.
        #[serde(deserialize_with = "count_n")]
        n: u32,
        /// What happens on a day that is not worked.
        #[serde(default)]
        roll: Roll,
    },
    /// The kth time of a rhythm of N weeks, counted k × N weeks from the anchor, so that it never drifts.
    EveryWeeksKth {
        /// How many weeks apart.
        #[serde(deserialize_with = "count_n")]
        n: u32,
        /// Which time: 1 is the first.
        #[serde(deserialize_with = "count_k")]
        k: u32,
        /// What happens on a day that is not worked.
        #[serde(default)]
        roll: Roll,
    },
    /// The kth time of a rhythm of N months, counted k × N months from the anchor, so that it never drifts.
    EveryMonthsKth {
        /// How many months apart.
        #[serde(deserialize_with = "count_n")]
        n: u32,
        /// Which time: 1 is the first.
        #[serde(deserialize_with = "count_k")]
        k: u32,
        /// What happens on a day that is not worked.
        #[serde(default)]
        roll: Roll,
    },
}

/// Where a due date goes that is not a working day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Roll {
    /// It stays.
    #[default]
    None,
    /// To the next working day.
    Next,
    /// To the working day before, but never past the date of receipt.
    Previous,
}

/// How long before a planned date something is due: that date is day 0, and the count goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum LeadTime {
    /// By 23:59:59 on the Nth working day before.
    WorkingDaysBefore {
        /// How many working days.
        #[serde(deserialize_with = "count_n")]
        n: u32,
    },
    /// By 23:59:59, N dates before, or on the working day before that.
    CalendarDaysBefore {
        /// How many dates.
        #[serde(deserialize_with = "count_n")]
        n: u32,
    },
    /// By 23:59:59, 7 × N dates before, or on the working day before that.
    WeeksBefore {
        /// How many weeks.
        #[serde(deserialize_with = "count_n")]
        n: u32,
    },
    /// By 23:59:59, N months before, or on the working day before that.
    MonthsBefore {
        /// How many months.
        #[serde(deserialize_with = "count_n")]
        n: u32,
    },
}

/// The longest count of days taken: about a hundred years.
const MOST_DAYS: u64 = 36_525;
const MOST_WEEKS: u64 = 5_200;
const MOST_MONTHS: u64 = 1_200;

impl Rule {
    /// The name of every rule, as packs write it.
    pub const NAMES: [&str; 14] = [
        "working_days_end_of_day",
        "working_days_close_of_business",
        "working_days_same_clock_time",
        "business_hours",
        "elapsed_hours",
        "elapsed_minutes",
        "same_calendar_day",
        "same_working_day",
        "same_clock_time_days",
        "calendar_days_end_of_day",
        "weeks_end_of_day",
        "months_end_of_day",
        "every_weeks_kth",
        "every_months_kth",
    ];

    /// The rule's name, as packs write it.
    pub fn name(&self) -> &'static str {
        match self {
            Rule::WorkingDaysEndOfDay { .. } => "working_days_end_of_day",
            Rule::WorkingDaysCloseOfBusiness { .. } => "working_days_close_of_business",
            Rule::WorkingDaysSameClockTime { .. } => "working_days_same_clock_time",
            Rule::BusinessHours { .. } => "business_hours",
            Rule::ElapsedHours { .. } => "elapsed_hours",
            Rule::ElapsedMinutes { .. } => "elapsed_minutes",
            Rule::SameCalendarDay {} => "same_calendar_day",
            Rule::SameWorkingDay {} => "same_working_day",
            Rule::SameClockTimeDays { .. } => "same_clock_time_days",
            Rule::CalendarDaysEndOfDay { .. } => "calendar_days_end_of_day",
            Rule::WeeksEndOfDay { .. } => "weeks_end_of_day",
            Rule::MonthsEndOfDay { .. } => "months_end_of_day",
            Rule::EveryWeeksKth { .. } => "every_weeks_kth",
            Rule::EveryMonthsKth { .. } => "every_months_kth",
        }
    }

    /// Whether the counts are within reason: at least 1, and about a hundred years at most.
    pub fn check(&self) -> Result<(), CalendarFault> {
        let name = self.name();
        match *self {
            Rule::WorkingDaysEndOfDay { n }
            | Rule::WorkingDaysCloseOfBusiness { n }
            | Rule::WorkingDaysSameClockTime { n }
            | Rule::SameClockTimeDays { n }
            | Rule::CalendarDaysEndOfDay { n, .. } => within("n", n.into(), MOST_DAYS, name),
            Rule::BusinessHours { n } | Rule::ElapsedHours { n } => {
                within("n", n.into(), MOST_DAYS * 24, name)
            }
            Rule::ElapsedMinutes { n } => within("n", n.into(), MOST_DAYS * 24 * 60, name),
            Rule::SameCalendarDay {} | Rule::SameWorkingDay {} => Ok(()),
            Rule::WeeksEndOfDay { n, .. } => within("n", n.into(), MOST_WEEKS, name),
            Rule::MonthsEndOfDay { n, .. } => within("n", n.into(), MOST_MONTHS, name),
            Rule::EveryWeeksKth { n, k, .. } => within_rhythm(n, k, MOST_WEEKS, name),
            Rule::EveryMonthsKth { n, k, .. } => within_rhythm(n, k, MOST_MONTHS, name),
        }
    }
}

impl LeadTime {
    /// Whether the count is within reason.
    pub fn check(&self) -> Result<(), CalendarFault> {
        match *self {
            LeadTime::WorkingDaysBefore { n } => within("n", n.into(), MOST_DAYS, "working_days_before"),
            LeadTime::CalendarDaysBefore { n } => within("n", n.into(), MOST_DAYS, "calendar_days_before"),
            LeadTime::WeeksBefore { n } => within("n", n.into(), MOST_WEEKS, "weeks_before"),
            LeadTime::MonthsBefore { n } => within("n", n.into(), MOST_MONTHS, "months_before"),
        }
    }
}

fn within(field: &'static str, given: u64, most: u64, rule: &'static str) -> Result<(), CalendarFault> {
    match given {
        0 => Err(CalendarFault::NoCount { field }),
        given if given > most => Err(CalendarFault::CountTooLarge {
            field,
            given,
            rule,
            most,
        }),
        _ => Ok(()),
    }
}

fn within_rhythm(n: u32, k: u32, most: u64, rule: &'static str) -> Result<(), CalendarFault> {
    within("n", n.into(), most, rule)?;
    within("k", k.into(), most, rule)?;
    within("k times n", u64::from(n) * u64::from(k), most, rule)
}

fn count_n<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    deserializer.deserialize_any(CountVisitor("n"))
}

fn count_k<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    deserializer.deserialize_any(CountVisitor("k"))
}

/// Reads a count and names its field when it is none, so that a pack's author sees which to mend.
struct CountVisitor(&'static str);

impl serde::de::Visitor<'_> for CountVisitor {
    type Value = u32;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to be a whole number, 1 or more", self.0)
    }

    fn visit_u64<E: serde::de::Error>(self, given: u64) -> Result<u32, E> {
        match u32::try_from(given) {
            Ok(0) => Err(E::custom(CalendarFault::NoCount { field: self.0 })),
            Ok(count) => Ok(count),
            Err(_) => Err(E::custom(format!(
                "{} is {given}, far too large: no rule counts further than about a hundred years",
                self.0
            ))),
        }
    }

    fn visit_i64<E: serde::de::Error>(self, given: i64) -> Result<u32, E> {
        match u64::try_from(given) {
            Ok(given) => self.visit_u64(given),
            Err(_) => Err(E::custom(format!(
                "{} is {given}: give a whole number, 1 or more",
                self.0
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Rule, String> {
        serde_json::from_str(json).map_err(|fault| fault.to_string())
    }

    #[test]
    fn every_rule_is_read_and_written_in_the_same_words() {
        for (json, rule) in [
            (
                r#"{"type":"working_days_end_of_day","n":1}"#,
                Rule::WorkingDaysEndOfDay { n: 1 },
            ),
            (r#"{"type":"same_working_day"}"#, Rule::SameWorkingDay {}),
            (
                r#"{"type":"months_end_of_day","n":2,"roll":"previous"}"#,
                Rule::MonthsEndOfDay {
                    n: 2,
                    roll: Roll::Previous,
                },
            ),
            (
                r#"{"type":"every_weeks_kth","n":2,"k":3,"roll":"next"}"#,
                Rule::EveryWeeksKth {
                    n: 2,
                    k: 3,
                    roll: Roll::Next,
                },
            ),
        ] {
            assert_eq!(read(json), Ok(rule));
            assert_eq!(serde_json::to_string(&rule).unwrap(), json);
        }
    }

    #[test]
    fn every_name_is_the_stored_word() {
        for name in Rule::NAMES {
            let with_all = [
                format!(r#"{{"type":"{name}"}}"#),
                format!(r#"{{"type":"{name}","n":1}}"#),
                format!(r#"{{"type":"{name}","n":1,"k":1}}"#),
            ];
            let rule = with_all.iter().find_map(|json| read(json).ok()).expect(name);
            assert_eq!(rule.name(), name);
        }
    }

    #[test]
    fn a_rule_read_from_a_pack_says_the_same() {
        let rule: Rule = toml::from_str("type = \"weeks_end_of_day\"\nn = 2\n").unwrap();
        assert_eq!(
            rule,
            Rule::WeeksEndOfDay {
                n: 2,
                roll: Roll::None
            }
        );
        let fault = toml::from_str::<Rule>("type = \"elapsed_hours\"\nn = -3\n").unwrap_err();
        assert!(
            fault.to_string().contains("n is -3: give a whole number"),
            "{fault}"
        );
    }

    #[test]
    fn a_wrong_rule_is_refused_and_the_field_named() {
        for (json, said) in [
            (r#"{"type":"elapsed_hours","n":0}"#, "n is 0: give a whole number"),
            (r#"{"type":"elapsed_hours","n":-1}"#, "n is -1"),
            (r#"{"type":"elapsed_hours","n":1.5}"#, "n to be a whole number"),
            (r#"{"type":"elapsed_hours","n":"1"}"#, "n to be a whole number"),
            (r#"{"type":"elapsed_hours","n":1e30}"#, "n to be a whole number"),
            (
                r#"{"type":"elapsed_hours","n":10000000000}"#,
                "n is 10000000000, far too large",
            ),
            (r#"{"type":"elapsed_hours"}"#, "missing field `n`"),
            (
                r#"{"type":"elapsed_hours","n":1,"roll":"next"}"#,
                "unknown field `roll`",
            ),
            (r#"{"type":"same_calendar_day","n":1}"#, "unknown field `n`"),
            (r#"{"type":"every_weeks_kth","n":1,"k":0}"#, "k is 0"),
            (
                r#"{"type":"weeks_end_of_day","n":1,"roll":"up"}"#,
                "unknown variant `up`",
            ),
            (r#"{"type":"fortnight","n":1}"#, "unknown variant `fortnight`"),
            (r#"{"n":1}"#, "missing field `type`"),
        ] {
            let fault = read(json).unwrap_err();
            assert!(fault.contains(said), "{json}: {fault}");
        }
    }

    #[test]
    fn a_count_of_a_century_is_refused_before_counting() {
        let rule = Rule::BusinessHours { n: 1_000_000_000 };
        let said = rule.check().unwrap_err().to_string();
        assert_eq!(
            said,
            "n is 1000000000, about a hundred years or more: the most for business_hours is 876600"
        );
        let rhythm = Rule::EveryMonthsKth {
            n: 1000,
            k: 1000,
            roll: Roll::None,
        };
        assert!(
            rhythm
                .check()
                .unwrap_err()
                .to_string()
                .starts_with("k times n is 1000000")
        );
    }
}
