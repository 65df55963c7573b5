//! The first and last second of a local date.

use crate::calendar::WorkingCalendar;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::sync::LazyLock;

static LONDON: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZone::get("Europe/London").expect("the bundled zones include Europe/London"));

/// The first moment of a date.
pub(super) fn start_of(date: Date) -> Timestamp {
    at(date, 0, 0, 0)
}

/// The last second of a date.
pub(super) fn end_of(date: Date) -> Timestamp {
    at(date, 23, 59, 59)
}

/// The opening of a date, or 09:00 on a day without hours.
pub(super) fn opening_of(calendar: &WorkingCalendar, date: Date) -> Timestamp {
    calendar
        .opening(date)
        .map_or_else(|| at(date, 9, 0, 0), |(opens, _)| opens)
}

/// The same local clock time so many dates later, or earlier.
pub(super) fn same_clock_time(moment: Timestamp, days: i64) -> Timestamp {
    let local = LONDON.to_datetime(moment);
    let date = local.date().saturating_add(jiff::ToSpan::days(days));
    moment_of(date.to_datetime(local.time()))
}

/// The second a promise stops being in time: the one after its due second.
pub(super) fn second_after(due: Timestamp) -> Timestamp {
    Timestamp::from_second(due.as_second().saturating_add(1)).unwrap_or(Timestamp::MAX)
}

/// Whether something happened at or before the due second.
pub(super) fn in_time(happened: Timestamp, due: Timestamp) -> bool {
    happened.as_second() <= due.as_second()
}

fn at(date: Date, hour: i8, minute: i8, second: i8) -> Timestamp {
    moment_of(date.at(hour, minute, second, 0))
}

fn moment_of(shown: jiff::civil::DateTime) -> Timestamp {
    let limit = if shown.year() > 0 {
        Timestamp::MAX
    } else {
        Timestamp::MIN
    };
    LONDON.to_ambiguous_timestamp(shown).compatible().unwrap_or(limit)
}
