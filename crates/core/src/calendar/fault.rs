//! Everything that can be wrong with a rule, a calendar or a question put to it, each naming the field and a remedy.

use jiff::civil::Date;
use thiserror::Error;

/// Why no due time can be given.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CalendarFault {
    /// A count of nothing.
    #[error("{field} is 0: give a whole number, 1 or more")]
    NoCount {
        /// The field, as written in a pack.
        field: &'static str,
    },
    /// A count that reaches a century or more away.
    #[error("{field} is {given}, about a hundred years or more: the most for {rule} is {most}")]
    CountTooLarge {
        /// The field, as written in a pack.
        field: &'static str,
        /// What was given.
        given: u64,
        /// The rule, as written in a pack.
        rule: &'static str,
        /// The largest count taken.
        most: u64,
    },
    /// A starting moment or planned date that the calendar does not reach.
    #[error("{field} falls in {year}: the calendar reaches from 1980 to 2199")]
    OutsideCalendar {
        /// The field.
        field: &'static str,
        /// The year given.
        year: i16,
    },
    /// The answer lies beyond the calendar: nearly always because hardly a day counts.
    #[error(
        "no due time by the end of 2199: hardly any day counts; look at n, working_week, opening_hours, \
         extra_closures and the pauses"
    )]
    BeyondCalendar,
    /// The answer lies before the calendar begins.
    #[error("no due time since the start of 1980: look at n, working_week and extra_closures")]
    BeforeCalendar,
    /// No day of the week has hours.
    #[error(
        "opening_hours gives no hours to any day of working_week, so the office never opens: add the hours of \
         at least one working day, for example \"monday\": [\"09:00\", \"17:00\"]"
    )]
    NeverOpen,
    /// No working day at all.
    #[error("working_week is empty: name at least one day, for example [\"monday\", \"tuesday\"]")]
    EmptyWeek,
    /// Not the name of a day.
    #[error("{given:?} is not a day of the week: write monday to sunday, or mon to sun")]
    UnknownDay {
        /// What was given.
        given: String,
    },
    /// The same day given hours twice.
    #[error("opening_hours names {day} twice: keep one of the two")]
    DayTwice {
        /// The day.
        day: &'static str,
    },
    /// Not a clock time.
    #[error(
        "{given:?} is not a clock time: write hours and minutes as \"09:00\", or \"24:00\" for the day's end"
    )]
    UnknownTime {
        /// What was given.
        given: String,
    },
    /// Closing no later than opening.
    #[error(
        "the office opens at {opens} and closes at {closes}: closing must be later than opening on the same day \
         (hours that run over midnight are not supported)"
    )]
    HoursReversed {
        /// Opening.
        opens: String,
        /// Closing.
        closes: String,
    },
    /// Not a date.
    #[error("{given:?} is not a date: write year, month and day as \"2026-12-24\"")]
    UnknownDate {
        /// What was given.
        given: String,
    },
    /// Not a nation that has its own holidays.
    #[error("{given:?} is not a nation: write england-and-wales, scotland or northern-ireland")]
    UnknownNation {
        /// What was given.
        given: String,
    },
    /// A pause that ends no later than it begins.
    #[error("a pause that begins on {begins} ends on or before that moment: give an end after the beginning")]
    PauseReversed {
        /// The local date on which it begins.
        begins: Date,
    },
}

/// Text cut to a length that an error can carry.
pub(crate) fn shortened(given: &str) -> String {
    given.chars().take(40).collect()
}
