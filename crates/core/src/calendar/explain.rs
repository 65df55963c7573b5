//! Local time in London, and dates and moments as a caseworker would write them.

use super::hours::ClockTime;
use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone};
use std::sync::LazyLock;

/// The zone of every local date and time: the database of zones is compiled in, so nothing is read from disk.
static LONDON: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZone::get("Europe/London").expect("the bundled zones include Europe/London"));

/// The local date and time of a moment.
pub(crate) fn local(at: Timestamp) -> DateTime {
    LONDON.to_datetime(at)
}

/// The local date of a moment in London.
pub fn london_date(at: Timestamp) -> Date {
    local(at).date()
}

/// A moment as local time with its offset, whole seconds: `2026-07-01T23:59:59+01:00`.
pub fn local_text(at: Timestamp) -> String {
    let offset = LONDON.to_offset(at);
    let shown = offset.to_datetime(at);
    let (date, time, ahead) = (shown.date(), shown.time(), offset.seconds());
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}{:02}:{:02}",
        date.year(),
        date.month(),
        date.day(),
        time.hour(),
        time.minute(),
        time.second(),
        if ahead < 0 { '-' } else { '+' },
        ahead.abs() / 3600,
        ahead.abs() / 60 % 60
    )
}

/// What the change of the clocks does to a local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClockChange {
    /// Nothing: it happens once.
    Once,
    /// It does not exist, and moves forward by the length of the gap.
    Gap,
    /// It happens twice, and the first is meant.
    Overlap,
}

/// A clock time on a date; one that the spring gap swallows moves forward with the clocks.
pub(crate) fn on_date(date: Date, clock: ClockTime) -> Timestamp {
    moment_at(date, clock).0
}

/// The moment at which the clock shows a time on a date.
pub(crate) fn moment_at(date: Date, clock: ClockTime) -> (Timestamp, ClockChange) {
    let shown = match clock.to_time() {
        Some(time) => date.to_datetime(time),
        // 24:00 is the moment the next date starts.
        None => date.saturating_add(1.day()).at(0, 0, 0, 0),
    };
    let ambiguous = LONDON.to_ambiguous_timestamp(shown);
    let change = match ambiguous.offset() {
        AmbiguousOffset::Unambiguous { .. } => ClockChange::Once,
        AmbiguousOffset::Gap { .. } => ClockChange::Gap,
        AmbiguousOffset::Fold { .. } => ClockChange::Overlap,
    };
    let moment = ambiguous
        .compatible()
        .expect("the calendar ends centuries before the last moment there is");
    (moment, change)
}

/// Whether the clocks differ between two moments.
pub(crate) fn clocks_change_between(earlier: Timestamp, later: Timestamp) -> bool {
    LONDON.to_offset(earlier) != LONDON.to_offset(later)
}

/// A date in words: `Friday 23 December 2022`.
pub fn date_words(date: Date) -> String {
    // Every clock says several dates: names from a table cost a fifth of a format that is read each time.
    let weekday = DAYS[usize::from(date.weekday().to_monday_zero_offset().unsigned_abs())];
    let month = MONTHS[usize::from(date.month().unsigned_abs()) - 1];
    format!("{weekday} {} {month} {:04}", date.day(), date.year())
}

const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A moment in words, local time: `Friday 23 December 2022 at 17:05`. In the hour that happens twice it says
/// which of the two.
pub fn moment_words(at: Timestamp) -> String {
    let shown = local(at);
    let clock = ClockTime::of(shown.time());
    let which = match LONDON.to_ambiguous_timestamp(shown).offset() {
        AmbiguousOffset::Fold { before, .. } if LONDON.to_offset(at) == before => {
            " (the first time that hour comes)"
        }
        AmbiguousOffset::Fold { .. } => " (the second time that hour comes)",
        AmbiguousOffset::Unambiguous { .. } | AmbiguousOffset::Gap { .. } => "",
    };
    format!("{} at {clock}{which}", date_words(shown.date()))
}

/// A length of time in words: `7 hours 30 minutes`.
pub(crate) fn length_words(seconds: i64) -> String {
    let units = [
        (seconds / 3600, "hour"),
        (seconds / 60 % 60, "minute"),
        (seconds % 60, "second"),
    ];
    let parts: Vec<String> = units
        .into_iter()
        .filter(|(count, _)| *count != 0)
        .map(|(count, unit)| counted(count, unit))
        .collect();
    if parts.is_empty() {
        return "no time".to_owned();
    }
    parts.join(" ")
}

/// A count with its noun: `1 hour`, `2 hours`.
pub(crate) fn counted(count: i64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_time_in_the_spring_gap_moves_forward_by_the_gap() {
        let (moment, change) = moment_at(date(2026, 3, 29), "01:20".parse().unwrap());
        assert_eq!(change, ClockChange::Gap);
        assert_eq!(local_text(moment), "2026-03-29T02:20:00+01:00");
    }

    #[test]
    fn in_the_autumn_overlap_the_first_is_meant_and_words_tell_them_apart() {
        let (first, change) = moment_at(date(2026, 10, 25), "01:30".parse().unwrap());
        assert_eq!(change, ClockChange::Overlap);
        assert_eq!(local_text(first), "2026-10-25T01:30:00+01:00");
        assert_eq!(
            moment_words(first),
            "Sunday 25 October 2026 at 01:30 (the first time that hour comes)"
        );
        let second = first + jiff::SignedDuration::from_hours(1);
        assert_eq!(local_text(second), "2026-10-25T01:30:00+00:00");
        assert!(moment_words(second).ends_with("at 01:30 (the second time that hour comes)"));
    }

    #[test]
    fn dates_are_written_as_the_time_library_writes_them() {
        for day in 0..400 {
            let at = date(2024, 2, 1).saturating_add((day * 7 + 1).days());
            assert_eq!(date_words(at), at.strftime("%A %-d %B %Y").to_string());
            let (moment, _) = moment_at(at, "09:05".parse().unwrap());
            let zoned = moment.to_zoned_datetime(LONDON.clone());
            assert_eq!(
                local_text(moment),
                zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
            );
        }
    }

    #[test]
    fn the_end_of_a_day_is_the_start_of_the_next() {
        let (moment, _) = moment_at(date(2026, 6, 30), ClockTime::DAY_END);
        assert_eq!(local_text(moment), "2026-07-01T00:00:00+01:00");
    }
}
