//! Received at, expected, and a few words a row: the deadlines that every reader of the conventions must get.

use super::Nation::{EnglandAndWales, NorthernIreland, Scotland};
use super::{
    CalendarFault, LeadTime, OpeningHours, Rule, WorkingCalendar, WorkingWeek, local_text, parse_date,
};
use jiff::Timestamp;
use jiff::civil::date;

/// A moment, with its offset, or as local time in winter.
fn at(text: &str) -> Timestamp {
    text.parse().expect(text)
}

/// A rule in a few words: its name, then `n`, `k` and a roll as far as it has them.
fn rule(words: &str) -> Rule {
    let mut parts = words.split(' ');
    let mut json = serde_json::Map::new();
    json.insert("type".to_owned(), parts.next().into());
    let mut numbers = ["n", "k"].into_iter();
    for part in parts {
        match part.parse::<u32>() {
            Ok(number) => json.insert(numbers.next().expect("n and k").to_owned(), number.into()),
            Err(_) => json.insert("roll".to_owned(), part.into()),
        };
    }
    serde_json::from_value(json.into()).expect(words)
}

#[track_caller]
fn check(calendar: &WorkingCalendar, words: &str, rows: &[(&str, &str, &str)]) {
    for (from, expected, why) in rows {
        let due = calendar.due(&rule(words), at(from)).expect(why);
        let told = due.explanation.join("\n");
        assert_eq!(
            local_text(due.at),
            *expected,
            "{words} from {from}: {why}\n{told}"
        );
    }
}

fn england() -> WorkingCalendar {
    WorkingCalendar::new(EnglandAndWales)
}

fn with_hours(json: &str) -> WorkingCalendar {
    WorkingCalendar {
        opening_hours: serde_json::from_str::<OpeningHours>(json).expect(json),
        ..england()
    }
}

/// Received on a date; one working day in each nation; 2, 5, 10 and 20 in England and Wales; 5 in Scotland.
const WITHIN_WORKING_DAYS: &str = "
2018-03-29 2018-04-03 2018-04-02 2018-04-03 2018-04-04 2018-04-09 2018-04-16 2018-04-30 -
2020-05-01 2020-05-04 2020-05-04 2020-05-04 2020-05-05 2020-05-11 2020-05-18 2020-06-02 -
2020-05-07 2020-05-11 2020-05-11 2020-05-11 2020-05-12 2020-05-15 2020-05-22 2020-06-08 -
2022-05-27 2022-05-30 2022-05-30 2022-05-30 2022-05-31 2022-06-07 2022-06-14 2022-06-28 -
2022-06-01 2022-06-06 2022-06-06 2022-06-06 2022-06-07 2022-06-10 2022-06-17 2022-07-01 -
2022-09-16 2022-09-20 2022-09-20 2022-09-20 2022-09-21 2022-09-26 2022-10-03 2022-10-17 -
2022-12-23 2022-12-28 2022-12-28 2022-12-28 2022-12-29 2023-01-04 2023-01-11 2023-01-25 2023-01-05
2023-05-05 2023-05-09 2023-05-09 2023-05-09 2023-05-10 2023-05-15 2023-05-22 2023-06-06 -
2024-11-29 2024-12-02 2024-12-03 2024-12-02 2024-12-03 2024-12-06 2024-12-13 2024-12-31 -
2026-04-02 2026-04-07 2026-04-06 2026-04-07 2026-04-08 2026-04-13 2026-04-20 2026-05-05 -
2026-06-12 2026-06-15 2026-06-16 2026-06-15 2026-06-16 2026-06-19 2026-06-26 2026-07-10 -
2026-06-13 2026-06-15 2026-06-16 2026-06-15 2026-06-16 2026-06-19 2026-06-26 2026-07-10 -
2026-07-10 2026-07-13 2026-07-13 2026-07-14 2026-07-14 2026-07-17 2026-07-24 2026-08-07 -
2026-12-24 2026-12-29 2026-12-29 2026-12-29 2026-12-30 2027-01-05 2027-01-12 2027-01-26 2027-01-06
2027-12-24 2027-12-29 2027-12-29 2027-12-29 2027-12-30 2028-01-05 2028-01-12 2028-01-26 2028-01-06
2027-12-31 2028-01-04 2028-01-05 2028-01-04 2028-01-05 2028-01-10 2028-01-17 2028-01-31 -
2028-04-13 2028-04-18 2028-04-17 2028-04-18 2028-04-19 2028-04-24 2028-05-02 2028-05-16 -
";

#[test]
fn within_working_days_by_the_end_of_the_day() {
    let columns = [
        (EnglandAndWales, 1),
        (Scotland, 1),
        (NorthernIreland, 1),
        (EnglandAndWales, 2),
        (EnglandAndWales, 5),
        (EnglandAndWales, 10),
        (EnglandAndWales, 20),
        (Scotland, 5),
    ];
    for row in WITHIN_WORKING_DAYS.trim().lines() {
        let mut fields = row.split(' ');
        let received = fields.next().unwrap();
        for ((nation, n), expected) in columns.into_iter().zip(fields) {
            if expected == "-" {
                continue;
            }
            // The hour of receipt makes no difference: the first and the last second, and noon.
            for clock in ["00:00:00", "12:00:00", "23:59:59"] {
                let from = format!("{received}T{clock}[Europe/London]");
                let from = from.parse::<jiff::ZonedDateTime>().unwrap().timestamp();
                let due = WorkingCalendar::new(nation)
                    .due(&Rule::WorkingDaysEndOfDay { n }, from)
                    .unwrap();
                assert!(
                    local_text(due.at).starts_with(&format!("{expected}T23:59:59")),
                    "{nation:?} {n} after {received} at {clock}: {due:?}"
                );
            }
        }
    }
}

#[test]
fn a_deadline_counts_only_the_holidays_announced_by_then() {
    // Nation, received, known on, due within one working day.
    for (nation, received, known_on, expected) in [
        (EnglandAndWales, "2020-05-01", "2019-06-09", "2020-05-05"),
        (EnglandAndWales, "2020-05-01", "2019-06-10", "2020-05-04"),
        (NorthernIreland, "2020-05-01", "2019-06-09", "2020-05-05"),
        (NorthernIreland, "2020-05-01", "2019-06-10", "2020-05-04"),
        (Scotland, "2020-05-01", "2019-07-01", "2020-05-05"),
        (Scotland, "2020-05-01", "2019-07-02", "2020-05-04"),
        (EnglandAndWales, "2020-05-07", "2019-06-09", "2020-05-08"),
        (EnglandAndWales, "2020-05-07", "2019-06-10", "2020-05-11"),
        (Scotland, "2020-05-07", "2019-07-01", "2020-05-08"),
        (Scotland, "2020-05-07", "2019-07-02", "2020-05-11"),
        (Scotland, "2022-05-27", "2020-11-11", "2022-05-31"),
        (Scotland, "2022-05-27", "2020-11-12", "2022-05-30"),
        (EnglandAndWales, "2022-06-01", "2020-11-11", "2022-06-02"),
        (EnglandAndWales, "2022-06-01", "2020-11-12", "2022-06-06"),
        (NorthernIreland, "2022-06-02", "2020-11-11", "2022-06-03"),
        (NorthernIreland, "2022-06-02", "2020-11-12", "2022-06-06"),
        (EnglandAndWales, "2022-09-16", "2022-09-08", "2022-09-19"),
        (EnglandAndWales, "2022-09-16", "2022-09-09", "2022-09-20"),
        (EnglandAndWales, "2023-05-05", "2022-11-07", "2023-05-08"),
        (EnglandAndWales, "2023-05-05", "2022-11-08", "2023-05-09"),
        (Scotland, "2026-06-12", "2026-02-24", "2026-06-15"),
        (Scotland, "2026-06-12", "2026-02-25", "2026-06-16"),
        // The ordinary ones are known for ever.
        (EnglandAndWales, "2028-04-13", "2000-01-01", "2028-04-18"),
    ] {
        let calendar = WorkingCalendar::new(nation).as_known_on(parse_date(known_on).unwrap());
        let from = at(&format!("{received}T12:00:00Z"));
        let due = calendar.due(&Rule::WorkingDaysEndOfDay { n: 1 }, from).unwrap();
        assert!(
            local_text(due.at).starts_with(expected),
            "{nation:?} {received} known on {known_on}: {due:?}"
        );
    }
}

#[test]
fn working_days_by_close_of_business() {
    check(
        &england(),
        "working_days_close_of_business 1",
        &[
            (
                "2026-11-24T16:59:59Z",
                "2026-11-25T17:00:00+00:00",
                "the last second in hours",
            ),
            (
                "2026-11-24T17:00:00Z",
                "2026-11-26T17:00:00+00:00",
                "closing is outside",
            ),
            (
                "2026-11-24T09:00:00Z",
                "2026-11-25T17:00:00+00:00",
                "opening is inside",
            ),
            (
                "2026-11-24T08:59:59Z",
                "2026-11-25T17:00:00+00:00",
                "before opening, the same day",
            ),
            (
                "2022-12-23T17:05:00Z",
                "2022-12-29T17:00:00+00:00",
                "Friday after closing, before Christmas",
            ),
            (
                "2026-11-28T12:00:00Z",
                "2026-12-01T17:00:00+00:00",
                "a Saturday counts as Monday",
            ),
        ],
    );
}

#[test]
fn working_days_at_the_same_clock_time() {
    check(
        &england(),
        "working_days_same_clock_time 1",
        &[
            ("2026-11-24T16:00:00Z", "2026-11-25T16:00:00+00:00", "in hours"),
            (
                "2026-11-24T07:00:00Z",
                "2026-11-25T09:00:00+00:00",
                "before opening",
            ),
            (
                "2026-11-27T20:00:00Z",
                "2026-12-01T09:00:00+00:00",
                "Friday night counts as Monday 09:00",
            ),
            (
                "2026-10-23T10:00:00Z",
                "2026-10-26T11:00:00+00:00",
                "11:00 BST on Friday, 11:00 GMT on Monday",
            ),
        ],
    );
    check(
        &with_hours(
            r#"{"mon":["09:00","17:00"],"tue":["09:00","17:00"],"wed":["09:00","17:00"],"thu":["09:00","17:00"],"fri":["09:00","15:00"]}"#,
        ),
        "working_days_same_clock_time 1",
        &[
            (
                "2026-11-26T16:00:00Z",
                "2026-11-27T15:00:00+00:00",
                "Friday closes earlier",
            ),
            (
                "2026-11-26T15:00:00Z",
                "2026-11-27T15:00:00+00:00",
                "exactly at Friday's closing",
            ),
            (
                "2026-11-26T14:00:00Z",
                "2026-11-27T14:00:00+00:00",
                "before Friday's closing",
            ),
        ],
    );
}

#[test]
fn business_hours() {
    check(
        &england(),
        "business_hours 4",
        &[
            (
                "2026-11-24T10:00:00Z",
                "2026-11-24T14:00:00+00:00",
                "inside one day",
            ),
            (
                "2026-11-24T13:00:00Z",
                "2026-11-24T17:00:00+00:00",
                "running out exactly at closing",
            ),
            (
                "2026-11-24T13:00:01Z",
                "2026-11-25T09:00:01+00:00",
                "one second over",
            ),
            (
                "2026-11-27T15:00:00Z",
                "2026-11-30T11:00:00+00:00",
                "over a weekend",
            ),
            (
                "2026-11-28T15:00:00Z",
                "2026-11-30T13:00:00+00:00",
                "received on a Saturday",
            ),
            (
                "2026-12-24T16:30:00Z",
                "2026-12-29T12:30:00+00:00",
                "Christmas Eve",
            ),
            (
                "2026-03-27T16:00:00Z",
                "2026-03-30T12:00:00+01:00",
                "over the night the clocks go forward",
            ),
        ],
    );
    check(
        &england(),
        "business_hours 8",
        &[
            ("2026-11-24T09:00:00Z", "2026-11-24T17:00:00+00:00", "a whole day"),
            (
                "2026-11-24T17:00:00Z",
                "2026-11-25T17:00:00+00:00",
                "closing counts as the next opening",
            ),
        ],
    );
    let mut sundays = with_hours(r#"["00:00","24:00"]"#);
    sundays.working_week = WorkingWeek::of(["sunday"]).unwrap();
    check(
        &sundays,
        "business_hours 23",
        &[
            (
                "2026-03-29T00:00:00Z",
                "2026-03-30T00:00:00+01:00",
                "a day of 23 hours",
            ),
            (
                "2026-10-24T23:00:00Z",
                "2026-10-25T22:00:00+00:00",
                "a day of 25 hours",
            ),
        ],
    );
}

#[test]
fn elapsed_time_and_the_change_of_the_clocks() {
    check(
        &england(),
        "elapsed_hours 24",
        &[
            (
                "2026-03-28T12:00:00Z",
                "2026-03-29T13:00:00+01:00",
                "the clocks go forward",
            ),
            (
                "2026-10-24T11:00:00Z",
                "2026-10-25T11:00:00+00:00",
                "the clocks go back",
            ),
            (
                "2026-12-25T00:00:00Z",
                "2026-12-26T00:00:00+00:00",
                "holidays are time too",
            ),
        ],
    );
    check(
        &england(),
        "elapsed_minutes 30",
        &[
            (
                "2026-03-29T00:45:00Z",
                "2026-03-29T02:15:00+01:00",
                "into the gap",
            ),
            (
                "2026-10-25T00:45:00Z",
                "2026-10-25T01:15:00+00:00",
                "into the second of two hours",
            ),
            (
                "2026-11-24T10:00:00.9Z",
                "2026-11-24T10:30:00+00:00",
                "whole seconds",
            ),
        ],
    );
}

#[test]
fn the_same_day() {
    check(
        &england(),
        "same_calendar_day",
        &[
            (
                "2026-11-28T12:00:00Z",
                "2026-11-28T23:59:59+00:00",
                "a Saturday is its own day",
            ),
            (
                "2026-07-01T23:30:00Z",
                "2026-07-02T23:59:59+01:00",
                "half past midnight in London",
            ),
        ],
    );
    check(
        &england(),
        "same_working_day",
        &[
            ("2026-11-24T12:00:00Z", "2026-11-24T17:00:00+00:00", "in hours"),
            (
                "2026-11-24T02:00:00Z",
                "2026-11-24T17:00:00+00:00",
                "before opening",
            ),
            ("2026-11-24T17:00:00Z", "2026-11-25T17:00:00+00:00", "at closing"),
            (
                "2026-12-24T18:00:00Z",
                "2026-12-29T17:00:00+00:00",
                "Christmas Eve, after closing",
            ),
        ],
    );
}

#[test]
fn the_same_clock_time_some_dates_later() {
    check(
        &england(),
        "same_clock_time_days 1",
        &[
            (
                "2026-11-27T20:15:30Z",
                "2026-11-28T20:15:30+00:00",
                "never rolled",
            ),
            (
                "2026-03-28T01:20:00Z",
                "2026-03-29T02:20:00+01:00",
                "01:20 does not exist",
            ),
            (
                "2026-10-24T00:30:00Z",
                "2026-10-25T01:30:00+01:00",
                "01:30 comes twice: the first",
            ),
            (
                "2026-10-25T01:30:00Z",
                "2026-10-26T01:30:00+00:00",
                "from the second 01:30",
            ),
        ],
    );
}

#[test]
fn calendar_days_weeks_and_months_with_their_roll() {
    let friday = "2026-11-27T10:00:00Z";
    for (words, expected) in [
        ("calendar_days_end_of_day 1", "2026-11-28T23:59:59+00:00"),
        ("calendar_days_end_of_day 1 none", "2026-11-28T23:59:59+00:00"),
        ("calendar_days_end_of_day 1 next", "2026-11-30T23:59:59+00:00"),
        ("calendar_days_end_of_day 1 previous", "2026-11-27T23:59:59+00:00"),
        ("weeks_end_of_day 4 next", "2026-12-29T23:59:59+00:00"),
        ("weeks_end_of_day 4 previous", "2026-12-24T23:59:59+00:00"),
        ("months_end_of_day 1 next", "2026-12-29T23:59:59+00:00"),
    ] {
        check(&england(), words, &[(friday, expected, words)]);
    }
    check(
        &england(),
        "calendar_days_end_of_day 1 previous",
        &[
            (
                "2026-11-28T10:00:00Z",
                "2026-11-28T23:59:59+00:00",
                "no further back than Saturday's receipt",
            ),
            (
                "2026-11-29T10:00:00Z",
                "2026-11-30T23:59:59+00:00",
                "a Monday stays",
            ),
        ],
    );
    check(
        &england(),
        "months_end_of_day 1",
        &[
            (
                "2026-01-31T10:00:00Z",
                "2026-02-28T23:59:59+00:00",
                "the month's last day",
            ),
            ("2028-01-30T10:00:00Z", "2028-02-29T23:59:59+00:00", "a leap year"),
            (
                "2026-02-28T10:00:00Z",
                "2026-03-28T23:59:59+00:00",
                "the same day number, not the last",
            ),
        ],
    );
}

#[test]
fn a_rhythm_counts_from_its_anchor_and_does_not_drift() {
    let anchor = "2026-01-31T10:00:00Z";
    for (words, expected) in [
        ("every_months_kth 1 1", "2026-02-28T23:59:59+00:00"),
        ("every_months_kth 1 2", "2026-03-31T23:59:59+01:00"),
        ("every_months_kth 1 2 next", "2026-03-31T23:59:59+01:00"),
        ("every_months_kth 3 1", "2026-04-30T23:59:59+01:00"),
        ("every_months_kth 3 4", "2027-01-31T23:59:59+00:00"),
        ("every_weeks_kth 2 1 next", "2026-02-16T23:59:59+00:00"),
        ("every_weeks_kth 2 2 next", "2026-03-02T23:59:59+00:00"),
        ("every_weeks_kth 2 2 previous", "2026-02-27T23:59:59+00:00"),
    ] {
        check(&england(), words, &[(anchor, expected, words)]);
    }
}

#[test]
fn a_rhythm_from_the_last_time_counts_from_the_fact_that_met_it() {
    let (started, met) = (at("2026-11-02T10:00:00Z"), at("2026-11-12T18:00:00Z"));
    let fortnight = rule("weeks_end_of_day 2");
    let first = england().due_from_last(&fortnight, started, None, &[]).unwrap();
    assert_eq!(local_text(first.at), "2026-11-16T23:59:59+00:00");
    let next = england()
        .due_from_last(&fortnight, started, Some(met), &[])
        .unwrap();
    assert_eq!(local_text(next.at), "2026-11-26T23:59:59+00:00");
    assert!(next.explanation[0].starts_with("Last met on Thursday 12 November 2026 at 18:00"));
}

#[test]
fn before_a_planned_date() {
    use LeadTime::{CalendarDaysBefore, MonthsBefore, WeeksBefore, WorkingDaysBefore};
    for (lead, planned, expected) in [
        (WorkingDaysBefore { n: 5 }, date(2027, 1, 4), date(2026, 12, 23)),
        (WorkingDaysBefore { n: 1 }, date(2026, 11, 29), date(2026, 11, 27)),
        (CalendarDaysBefore { n: 2 }, date(2026, 12, 1), date(2026, 11, 27)),
        (CalendarDaysBefore { n: 2 }, date(2026, 12, 3), date(2026, 12, 1)),
        (WeeksBefore { n: 1 }, date(2027, 1, 1), date(2026, 12, 24)),
        (MonthsBefore { n: 1 }, date(2026, 3, 31), date(2026, 2, 27)),
    ] {
        let due = england().due_before(&lead, planned).unwrap();
        assert_eq!(
            local_text(due.at),
            format!("{expected}T23:59:59+00:00"),
            "{lead:?} {planned}: {due:?}"
        );
    }
}

#[test]
fn a_pause_skips_dates_for_clocks_of_days_and_exact_time_for_elapsed_ones() {
    // Received on Monday 2 March at 10:00; paused from Wednesday 14:00 to Friday 11:00: two dates are skipped.
    let received = at("2026-03-02T10:00:00Z");
    let pauses = [(at("2026-03-04T14:00:00Z"), at("2026-03-06T11:00:00Z"))];
    for (words, expected) in [
        ("working_days_end_of_day 1", "2026-03-03T23:59:59+00:00"),
        ("working_days_end_of_day 2", "2026-03-06T23:59:59+00:00"),
        ("working_days_close_of_business 2", "2026-03-06T17:00:00+00:00"),
        ("working_days_same_clock_time 3", "2026-03-09T10:00:00+00:00"),
        ("business_hours 16", "2026-03-06T10:00:00+00:00"),
        ("same_clock_time_days 3", "2026-03-07T10:00:00+00:00"),
        ("calendar_days_end_of_day 3", "2026-03-07T23:59:59+00:00"),
        ("calendar_days_end_of_day 3 next", "2026-03-09T23:59:59+00:00"),
        ("weeks_end_of_day 1", "2026-03-11T23:59:59+00:00"),
        ("months_end_of_day 1", "2026-04-04T23:59:59+01:00"),
        ("elapsed_hours 52", "2026-03-04T14:00:00+00:00"),
        ("elapsed_hours 53", "2026-03-06T12:00:00+00:00"),
    ] {
        let due = england().due_paused(&rule(words), received, &pauses).unwrap();
        assert_eq!(local_text(due.at), expected, "{words}: {due:?}");
    }
    // Within one date nothing is skipped; from the date of receipt itself, the date is.
    let hours_only = [(at("2026-03-02T11:00:00Z"), at("2026-03-02T15:00:00Z"))];
    let due = |words, pauses| local_text(england().due_paused(&rule(words), received, pauses).unwrap().at);
    assert_eq!(due("same_working_day", &hours_only), "2026-03-02T17:00:00+00:00");
    assert_eq!(due("elapsed_hours 2", &hours_only), "2026-03-02T16:00:00+00:00");
    let overnight = [(at("2026-03-02T11:00:00Z"), at("2026-03-03T15:00:00Z"))];
    assert_eq!(due("same_working_day", &overnight), "2026-03-03T17:00:00+00:00");
    assert_eq!(due("same_calendar_day", &overnight), "2026-03-03T23:59:59+00:00");
}

#[test]
fn a_working_day_without_hours_is_counted_only_by_rules_that_ignore_hours() {
    let part_time = with_hours(r#"{"monday":["09:00","17:00"],"thursday":["12:00","16:00"]}"#);
    let tuesday = "2026-11-24T10:00:00Z";
    for (words, expected) in [
        ("working_days_end_of_day 1", "2026-11-25T23:59:59+00:00"),
        ("working_days_close_of_business 1", "2026-11-30T17:00:00+00:00"),
        ("working_days_same_clock_time 1", "2026-11-30T12:00:00+00:00"),
        ("same_working_day", "2026-11-26T16:00:00+00:00"),
        ("business_hours 5", "2026-11-30T10:00:00+00:00"),
    ] {
        check(&part_time, words, &[(tuesday, expected, words)]);
    }
}

#[test]
fn closures_and_another_week_are_followed() {
    let mut calendar = england();
    calendar.working_week = WorkingWeek::of(["mon", "tue", "wed", "thu", "fri", "sat"]).unwrap();
    calendar.extra_closures = [date(2026, 11, 30)].into();
    // A closure applies even if nothing had been announced.
    calendar.known_on = Some(date(2020, 1, 1));
    check(
        &calendar,
        "working_days_end_of_day 1",
        &[
            (
                "2026-11-27T10:00:00Z",
                "2026-11-28T23:59:59+00:00",
                "Saturday is worked",
            ),
            (
                "2026-11-28T10:00:00Z",
                "2026-12-01T23:59:59+00:00",
                "closed on Monday",
            ),
        ],
    );
}

#[test]
fn the_explanation_can_be_checked_on_paper() {
    let due = england()
        .due(&rule("working_days_end_of_day 1"), at("2022-12-23T17:05:00Z"))
        .unwrap();
    assert_eq!(
        due.explanation,
        [
            "Counted from Friday 23 December 2022 at 17:05.",
            "That day is day 0, whatever the hour and whether or not it is a working day.",
            "Saturday 24 December 2022 and Sunday 25 December 2022 are outside the working week.",
            "Monday 26 December 2022 is a bank holiday (Boxing Day).",
            "Tuesday 27 December 2022 is a bank holiday (Christmas Day, substitute day).",
            "Day 1 is Wednesday 28 December 2022.",
            "Due by Wednesday 28 December 2022 at 23:59:59.",
            "Calendar uk-2018-2028.1: England and Wales, all holidays announced so far.",
        ]
    );
}

#[test]
fn holidays_beyond_the_announced_years_are_said_to_be_computed() {
    let said = |words, from| {
        england()
            .due(&rule(words), at(from))
            .unwrap()
            .explanation
            .join(" ")
    };
    let after = "Holidays after 2028 are computed, not announced.";
    assert!(said("working_days_end_of_day 3", "2028-12-29T10:00:00Z").contains(after));
    assert!(!said("working_days_end_of_day 1", "2028-12-20T10:00:00Z").contains(after));
    // A rule that looks at no holiday has nothing to say about them.
    assert!(!said("elapsed_hours 48", "2028-12-31T10:00:00Z").contains(after));
    assert!(said("same_working_day", "2017-05-01T10:00:00Z").contains("special ones are missing"));
}

#[test]
fn what_cannot_be_counted_is_refused_at_once_with_a_remedy() {
    let from = at("2026-11-24T10:00:00Z");
    assert_eq!(
        england().due(&Rule::ElapsedHours { n: 0 }, from),
        Err(CalendarFault::NoCount { field: "n" })
    );
    for rule in [
        Rule::WorkingDaysEndOfDay { n: 1_000_000_000 },
        Rule::BusinessHours { n: u32::MAX },
        Rule::ElapsedMinutes { n: u32::MAX },
        Rule::MonthsEndOfDay {
            n: 1_000_000_000,
            roll: super::Roll::Next,
        },
    ] {
        let fault = england().due(&rule, from).unwrap_err();
        assert!(matches!(fault, CalendarFault::CountTooLarge { .. }), "{fault}");
    }
    // A hundred years of working days is taken, and fails only if it leaves the calendar.
    assert!(
        england()
            .due(&Rule::WorkingDaysEndOfDay { n: 25_000 }, from)
            .is_ok()
    );
    let late = at("2190-01-01T00:00:00Z");
    assert_eq!(
        england().due(&Rule::WorkingDaysEndOfDay { n: 25_000 }, late),
        Err(CalendarFault::BeyondCalendar)
    );
    assert_eq!(
        england().due(&Rule::ElapsedHours { n: 800_000 }, late),
        Err(CalendarFault::BeyondCalendar)
    );
    for far in [
        "1979-12-31T12:00:00Z",
        "2200-01-02T00:00:00Z",
        "9999-12-30T00:00:00Z",
        "-009999-01-03T00:00:00Z",
    ] {
        let fault = england().due(&Rule::SameCalendarDay {}, at(far)).unwrap_err();
        assert!(matches!(fault, CalendarFault::OutsideCalendar { .. }), "{far}");
    }
    let never_open = with_hours(r#"{"sunday":["09:00","17:00"]}"#);
    assert_eq!(
        never_open.due(&Rule::BusinessHours { n: 1 }, from),
        Err(CalendarFault::NeverOpen)
    );
    let endless = [(from, Timestamp::MAX)];
    assert_eq!(
        england().due_paused(&Rule::SameWorkingDay {}, from, &endless),
        Err(CalendarFault::BeyondCalendar)
    );
    assert_eq!(
        england().due_paused(
            &Rule::ElapsedHours { n: 1 },
            from - jiff::SignedDuration::from_hours(1),
            &[(from - jiff::SignedDuration::from_mins(30), Timestamp::MAX)]
        ),
        Err(CalendarFault::BeyondCalendar)
    );
    let before = england().due_before(&LeadTime::WorkingDaysBefore { n: 20_000 }, date(2026, 1, 1));
    assert_eq!(before, Err(CalendarFault::BeforeCalendar));
}
