//! The same due times found by plodding, and properties that hold for every rule.

use super::{Nation, OpeningHours, Roll, Rule, WorkingCalendar, WorkingWeek, local_text, london_date};
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::*;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// Whether the office is open in the minute that starts here, asked by the face of the clock.
fn is_open(calendar: &WorkingCalendar, minute: Timestamp) -> bool {
    let shown = minute.in_tz("Europe/London").expect("a zone").datetime();
    let clock = shown.time().strftime("%H:%M").to_string();
    calendar.is_working_day(shown.date())
        && calendar
            .opening_hours
            .on(shown.date().weekday())
            .is_some_and(|hours| hours.opens().to_string() <= clock && clock < hours.closes().to_string())
}

/// The minute in which something counts as received: the first one open.
fn plod_to_opening(calendar: &WorkingCalendar, from: Timestamp) -> Timestamp {
    let mut minute = from;
    while !is_open(calendar, minute) {
        minute += MINUTE;
    }
    minute
}

fn plod_business_hours(calendar: &WorkingCalendar, from: Timestamp, hours: u32) -> Timestamp {
    let mut minute = from;
    let mut left = hours * 60;
    loop {
        if is_open(calendar, minute) {
            left -= 1;
        }
        minute += MINUTE;
        if left == 0 {
            return minute;
        }
    }
}

/// Day after day, until so many have counted.
fn plod_days(start: Date, n: u32, counts: impl Fn(Date) -> bool) -> Date {
    let mut day = start;
    let mut left = n;
    while left > 0 {
        day = day.tomorrow().expect("a date");
        if counts(day) {
            left -= 1;
        }
    }
    day
}

fn days_between(first: Date, last: Date) -> impl Iterator<Item = Date> {
    first.series(1.day()).skip(1).take_while(move |day| *day <= last)
}

fn moments() -> impl Strategy<Value = Timestamp> {
    // Whole minutes of 2018 to 2030.
    (25_246_080_i64..31_556_160).prop_map(|minute| Timestamp::from_second(minute * 60).expect("in range"))
}

fn calendars() -> impl Strategy<Value = WorkingCalendar> {
    let weeks = proptest::sample::subsequence(super::WEEKDAYS.to_vec(), 1..=7);
    let hours = prop_oneof![
        Just(r#"["09:00","17:00"]"#),
        Just(r#"["08:30","12:15"]"#),
        Just(r#"["00:00","24:00"]"#),
        Just(
            r#"{"mon":["09:00","17:00"],"tue":["10:00","12:00"],"wed":["08:00","20:00"],"thu":["09:00","17:00"],
                "fri":["09:00","13:00"],"sat":["06:00","08:00"],"sun":["07:30","09:00"]}"#
        ),
    ];
    let closures = proptest::collection::btree_set(0_i64..4000, 0..40);
    let known_on = proptest::option::of(0_i64..4000);
    (0_usize..3, weeks, hours, closures, known_on).prop_map(|(nation, week, hours, closures, known_on)| {
        let day = |days: i64| date(2018, 1, 1).saturating_add(days.days());
        WorkingCalendar {
            working_week: WorkingWeek::of(week).expect("at least one day"),
            opening_hours: serde_json::from_str::<OpeningHours>(hours).expect("well-formed hours"),
            extra_closures: closures.into_iter().map(day).collect(),
            known_on: known_on.map(day),
            ..WorkingCalendar::new(Nation::ALL[nation])
        }
    })
}

fn rules() -> impl Strategy<Value = Rule> {
    let roll = prop_oneof![Just(Roll::None), Just(Roll::Next), Just(Roll::Previous)];
    (0_usize..14, 1_u32..30, 1_u32..12, roll).prop_map(|(which, n, k, roll)| match which {
        0 => Rule::WorkingDaysEndOfDay { n },
        1 => Rule::WorkingDaysCloseOfBusiness { n },
        2 => Rule::WorkingDaysSameClockTime { n },
        3 => Rule::BusinessHours { n },
        4 => Rule::ElapsedHours { n },
        5 => Rule::ElapsedMinutes { n },
        6 => Rule::SameCalendarDay {},
        7 => Rule::SameWorkingDay {},
        8 => Rule::SameClockTimeDays { n },
        9 => Rule::CalendarDaysEndOfDay { n, roll },
        10 => Rule::WeeksEndOfDay { n, roll },
        11 => Rule::MonthsEndOfDay { n, roll },
        12 => Rule::EveryWeeksKth { n, k, roll },
        _ => Rule::EveryMonthsKth { n, k, roll },
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn business_hours_equal_a_walk_minute_by_minute(calendar in calendars(), from in moments(), n in 1_u32..12) {
        let due = calendar.due(&Rule::BusinessHours { n }, from).unwrap();
        prop_assert_eq!(due.at, plod_business_hours(&calendar, from, n));
    }

    #[test]
    fn working_days_equal_a_walk_day_by_day(calendar in calendars(), from in moments(), n in 1_u32..30) {
        let due = calendar.due(&Rule::WorkingDaysEndOfDay { n }, from).unwrap();
        let expected = plod_days(london_date(from), n, |day| calendar.is_working_day(day));
        prop_assert_eq!(london_date(due.at), expected);
        let inside = days_between(london_date(from), expected).filter(|day| calendar.is_working_day(*day)).count();
        prop_assert_eq!(inside, n as usize);
    }

    #[test]
    fn close_of_business_equals_a_walk_from_the_first_open_minute(
        calendar in calendars(), from in moments(), n in 1_u32..6
    ) {
        let received = plod_to_opening(&calendar, from);
        let expected = plod_days(london_date(received), n, |day| calendar.is_working_day(day));
        let due = calendar.due(&Rule::WorkingDaysCloseOfBusiness { n }, from).unwrap();
        // The minute before closing is open on the expected day, and the one at closing is not.
        prop_assert_eq!(london_date(due.at - MINUTE), expected);
        prop_assert!(is_open(&calendar, due.at - MINUTE));
        prop_assert!(!is_open(&calendar, due.at) || london_date(due.at) != expected);
        let same = calendar.due(&Rule::SameWorkingDay {}, from).unwrap();
        prop_assert_eq!(london_date(same.at - MINUTE), london_date(received));
    }

    #[test]
    fn nothing_is_due_before_it_was_asked_for(calendar in calendars(), rule in rules(), from in moments()) {
        let due = calendar.due(&rule, from).unwrap();
        prop_assert!(due.at >= from, "{:?}", due);
        if rule.name().ends_with("end_of_day") || rule.name().ends_with("kth") {
            prop_assert!(local_text(due.at).contains("T23:59:59"));
        }
    }

    #[test]
    fn what_comes_later_is_not_due_earlier(
        calendar in calendars(), rule in rules(), from in moments(), later in 0_i64..3000
    ) {
        let second = from + SignedDuration::from_mins(later);
        // Where the clocks went back between the two, the later report can show the earlier clock time.
        let by_clock = matches!(rule, Rule::SameClockTimeDays { .. } | Rule::WorkingDaysSameClockTime { .. });
        let offset = |at: Timestamp| at.in_tz("Europe/London").unwrap().offset();
        prop_assume!(!by_clock || offset(from) == offset(second));
        let (first, then) = (calendar.due(&rule, from).unwrap(), calendar.due(&rule, second).unwrap());
        prop_assert!(first.at <= then.at, "{:?} {:?}", first, then);
    }

    #[test]
    fn no_pause_brings_a_due_time_forward(
        calendar in calendars(), rule in rules(), from in moments(), wait in 0_i64..6000, length in 1_i64..6000
    ) {
        let begins = from + SignedDuration::from_mins(wait);
        let pause = [(begins, begins + SignedDuration::from_mins(length))];
        let plain = calendar.due(&rule, from).unwrap();
        let paused = calendar.due_paused(&rule, from, &pause).unwrap();
        // A date rolled back over skipped dates is the one case in which a pause can give an earlier date.
        let rolls_back = format!("{rule:?}").contains("Previous");
        prop_assert!(rolls_back || paused.at >= plain.at, "{:?} {:?}", plain, paused);
    }
}
