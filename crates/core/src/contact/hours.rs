//! Hours in which a way is safe, in the person's own local time (Europe/London).
//!
//! An instant is inside a window only if the clock on the wall says so *and* it lies between the window's first
//! beginning and its first end. On the night the clocks go back, a time that comes twice counts the first time only;
//! on the night they go forward, a window that falls into the gap does not open. Both err towards "not now".

use crate::fact::SafeHours;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use std::sync::OnceLock;

/// The person's local time.
pub fn london() -> &'static TimeZone {
    static LONDON: OnceLock<TimeZone> = OnceLock::new();
    LONDON.get_or_init(|| TimeZone::get("Europe/London").expect("the time-zone data is part of the program"))
}

/// The first moment of a day in London.
pub fn midnight(day: Date) -> Timestamp {
    london()
        .to_ambiguous_timestamp(day.at(0, 0, 0, 0))
        .compatible()
        .unwrap_or(Timestamp::MIN)
}

/// Whether a window can be understood: it begins before it ends, within one day.
pub fn hours_are_sound(hours: &SafeHours) -> bool {
    hours.until == Time::midnight() || hours.from < hours.until
}

/// How far ahead an opening is looked for: a weekly window may fall into the gap once.
const DAYS_AHEAD: i64 = 15;

/// Whether a way with these hours is open at this instant; no hours means at any time.
pub(super) fn is_open(hours: &[SafeHours], at: Timestamp) -> bool {
    hours.is_empty() || hours.iter().any(|window| end_if_inside(window, at).is_some())
}

/// Until when it stays open, if it is open and ever closes again within the days looked ahead.
pub(super) fn open_until(hours: &[SafeHours], at: Timestamp) -> Option<Timestamp> {
    if hours.is_empty() || !is_open(hours, at) {
        return None;
    }
    let horizon = at.checked_add((DAYS_AHEAD * 24).hours()).ok()?;
    let mut until = at;
    while until < horizon {
        let Some(end) = hours
            .iter()
            .filter_map(|window| end_if_inside(window, until))
            .max()
        else {
            return Some(until);
        };
        // The wall clock may step while a window is open: then what is open must be looked at again.
        let step = london().following(until).next().map(|change| change.timestamp());
        until = match step {
            Some(step) if step > until && step < end => step,
            Some(_) | None => end,
        };
    }
    None
}

/// When it next opens, if it is not open.
pub(super) fn next_opening(hours: &[SafeHours], at: Timestamp) -> Option<Timestamp> {
    let mut date = london().to_datetime(at).date();
    for _ in 0..=DAYS_AHEAD {
        let opening = hours
            .iter()
            .flat_map(|window| beginnings(window, date))
            .filter(|begins| *begins > at && is_open(hours, *begins))
            .min();
        if opening.is_some() {
            return opening;
        }
        date = date.tomorrow().ok()?;
    }
    None
}

fn on_this_day(window: &SafeHours, date: Date) -> bool {
    window.days.is_empty() || window.days.contains(&date.weekday())
}

/// The instants at which the wall clock shows the window's beginning on this date: two when the clocks go back.
fn beginnings(window: &SafeHours, date: Date) -> Vec<Timestamp> {
    if !on_this_day(window, date) {
        return Vec::new();
    }
    let begins = london().to_ambiguous_timestamp(date.to_datetime(window.from));
    // Within the gap a window that is longer than it opens when the gap is over.
    let after_gap = london()
        .to_ambiguous_timestamp(date.to_datetime(Time::midnight()))
        .compatible()
        .ok()
        .and_then(|midnight| {
            london()
                .following(midnight)
                .next()
                .map(|change| change.timestamp())
        })
        .filter(|step| london().to_datetime(*step).date() == date);
    [begins.earlier().ok(), begins.later().ok(), after_gap]
        .into_iter()
        .flatten()
        .collect()
}

/// When the window that holds this instant ends, or nothing if it does not hold it.
fn end_if_inside(window: &SafeHours, at: Timestamp) -> Option<Timestamp> {
    let wall = london().to_datetime(at);
    let (date, time) = (wall.date(), wall.time());
    let to_midnight = window.until == Time::midnight();
    if !on_this_day(window, date) || time < window.from || !(to_midnight || time < window.until) {
        return None;
    }
    let first = |date: Date, time: Time| {
        london()
            .to_ambiguous_timestamp(date.to_datetime(time))
            .compatible()
            .ok()
    };
    let begins = first(date, window.from)?;
    let ends = if to_midnight {
        first(date.tomorrow().ok()?, Time::midnight())?
    } else {
        first(date, window.until)?
    };
    (begins <= at && at < ends).then_some(ends)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Weekday, time};

    fn window(days: &[Weekday], from: Time, until: Time) -> SafeHours {
        SafeHours {
            days: days.to_vec(),
            from,
            until,
        }
    }

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a test instant")
    }

    #[track_caller]
    fn check(hours: &SafeHours, instant: &str, open: bool) {
        assert_eq!(
            is_open(std::slice::from_ref(hours), at(instant)),
            open,
            "{instant}"
        );
    }

    #[test]
    fn the_beginning_is_inside_and_the_end_is_not() {
        let hours = window(&[], time(10, 0, 0, 0), time(12, 0, 0, 0));
        check(&hours, "2026-11-25T09:59:59Z", false);
        check(&hours, "2026-11-25T10:00:00Z", true);
        check(&hours, "2026-11-25T11:59:59Z", true);
        check(&hours, "2026-11-25T12:00:00Z", false);
    }

    #[test]
    fn hours_are_local_in_summer() {
        let hours = window(&[], time(10, 0, 0, 0), time(12, 0, 0, 0));
        check(&hours, "2026-07-01T09:00:00Z", true);
        check(&hours, "2026-07-01T11:00:00Z", false);
    }

    #[test]
    fn only_on_its_days() {
        let hours = window(&[Weekday::Tuesday], time(10, 0, 0, 0), time(12, 0, 0, 0));
        check(&hours, "2026-11-24T10:30:00Z", true);
        check(&hours, "2026-11-25T10:30:00Z", false);
        assert_eq!(
            next_opening(std::slice::from_ref(&hours), at("2026-11-25T10:30:00Z")),
            Some(at("2026-12-01T10:00:00Z"))
        );
    }

    #[test]
    fn a_window_to_midnight_joins_one_from_midnight() {
        let night = [
            window(&[], time(22, 0, 0, 0), Time::midnight()),
            window(&[], Time::midnight(), time(6, 0, 0, 0)),
        ];
        assert_eq!(
            open_until(&night, at("2026-11-25T23:00:00Z")),
            Some(at("2026-11-26T06:00:00Z"))
        );
    }

    #[test]
    fn a_window_inside_the_spring_gap_does_not_open() {
        let gap = window(&[], time(1, 0, 0, 0), time(1, 30, 0, 0));
        for instant in [
            "2026-03-29T00:59:59Z",
            "2026-03-29T01:00:00Z",
            "2026-03-29T01:15:00Z",
        ] {
            check(&gap, instant, false);
        }
        assert_eq!(
            next_opening(std::slice::from_ref(&gap), at("2026-03-29T01:15:00Z")),
            Some(at("2026-03-30T00:00:00Z"))
        );
    }

    #[test]
    fn a_time_that_comes_twice_counts_the_first_time_only() {
        // 25 October 2026: 02:00 BST becomes 01:00 GMT.
        let hours = window(&[], time(0, 30, 0, 0), time(1, 30, 0, 0));
        check(&hours, "2026-10-25T00:29:00Z", true);
        check(&hours, "2026-10-25T00:31:00Z", false);
        check(&hours, "2026-10-25T01:10:00Z", false);
    }

    #[test]
    fn a_window_over_the_step_back_closes_while_the_wall_clock_is_before_it() {
        let hours = window(&[], time(1, 30, 0, 0), time(3, 0, 0, 0));
        let hours = std::slice::from_ref(&hours);
        assert_eq!(
            open_until(hours, at("2026-10-25T00:40:00Z")),
            Some(at("2026-10-25T01:00:00Z"))
        );
        assert!(!is_open(hours, at("2026-10-25T01:10:00Z")));
        assert_eq!(
            next_opening(hours, at("2026-10-25T01:10:00Z")),
            Some(at("2026-10-25T01:30:00Z"))
        );
    }

    #[test]
    fn a_window_across_midnight_is_unsound_and_never_open() {
        let hours = window(&[], time(22, 0, 0, 0), time(2, 0, 0, 0));
        assert!(!hours_are_sound(&hours));
        check(&hours, "2026-11-25T23:00:00Z", false);
        check(&hours, "2026-11-25T01:00:00Z", false);
    }
}
