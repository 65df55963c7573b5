//! A policy that changes in mid-case.

use super::{REST, at, story, words};
use crate::pack::{Pack, Terms, read};
use std::sync::Arc;

/// A pack with one rule, due so, that says what counts for clocks that run when it comes into force.
fn version(number: u32, running: &str, due: &str) -> Arc<Pack> {
    let rest = REST.replace(
        "version = \"1\"",
        &format!("version = \"{number}\"\nrunning_clocks = \"{running}\""),
    );
    let rule = format!(
        r#"[[obligation]]
id = "rule"
title = "Do it"
strength = "will"
starts = {{ fact = "case_opened" }}
due = {due}
met_by = {{ fact = "review_held" }}
"#
    );
    Arc::new(read(&[("rest.toml", &rest), ("rule.toml", &rule)]).unwrap())
}

/// How a story stands under an old rule and a new one in force since 16 March.
fn stands(running: &str, old: &str, new: &str, lines: &str, now: &str) -> Vec<String> {
    let terms = Terms::over_time(vec![
        (at("2020-01-01 00:00"), version(1, "old", old)),
        (at("2026-03-16 00:00"), version(2, running, new)),
    ]);
    crate::obligation::obligations(&story(lines), &terms, at(now))
        .iter()
        .map(|one| {
            let due = one.due.local.as_ref().map_or("no time", |due| &due[..10]);
            let version = one.pack.split(' ').nth(1).unwrap();
            format!("{} by {due} under {version}: {}", one.time, words(one))
        })
        .collect()
}

const OPENED: &str = r#"{"fact":"case_opened","happened":"2026-03-12T10:00:00Z"}"#;
const WEEK: &str = r#"{ type = "calendar_days_end_of_day", n = 7 }"#;
const TWO_WEEKS: &str = r#"{ type = "calendar_days_end_of_day", n = 14 }"#;
const A_DAY: &str = r#"{ type = "calendar_days_end_of_day", n = 1 }"#;

#[test]
fn the_new_version_says_which_rule_counts_for_a_clock_that_runs() {
    let day = "2026-03-17 10:00";
    let by = |running, old, new| stands(running, old, new, OPENED, day).concat();
    assert_eq!(by("old", TWO_WEEKS, WEEK), "1 by 2026-03-26 under 1: open");
    assert_eq!(by("new", TWO_WEEKS, WEEK), "1 by 2026-03-19 under 2: open");
    assert_eq!(by("new", WEEK, TWO_WEEKS), "1 by 2026-03-26 under 2: open");
    assert_eq!(by("kinder", TWO_WEEKS, WEEK), "1 by 2026-03-19 under 2: open");
    assert_eq!(by("kinder", WEEK, TWO_WEEKS), "1 by 2026-03-19 under 1: open");
    // A time beats none, and a policy that takes a number out cannot make a clock that runs less kind.
    let none = r#"{ type = "not_stated", word = "promptly" }"#;
    assert_eq!(by("kinder", none, WEEK), "1 by 2026-03-19 under 2: open");
    assert_eq!(by("kinder", WEEK, none), "1 by 2026-03-19 under 1: open");
}

#[test]
fn nothing_falls_due_before_the_policy_that_sets_it() {
    // One day after 12 March was not promised then: it is due when the version comes into force.
    assert_eq!(
        stands("new", WEEK, A_DAY, OPENED, "2026-03-15 10:00"),
        ["1 by 2026-03-19 under 1: open"]
    );
    assert_eq!(
        stands("new", WEEK, A_DAY, OPENED, "2026-03-16 10:00"),
        ["1 by 2026-03-16 under 2: missed"]
    );
}

#[test]
fn what_was_settled_before_the_change_stays_what_it_was() {
    let missed = stands("new", A_DAY, TWO_WEEKS, OPENED, "2026-03-20 10:00");
    assert_eq!(missed, ["1 by 2026-03-13 under 1: missed"]);
    let kept = format!(
        "{OPENED}\n{}",
        r#"{"fact":"review_held","happened":"2026-03-13T10:00:00Z"}"#
    );
    assert_eq!(
        stands("new", TWO_WEEKS, A_DAY, &kept, "2026-03-20 10:00"),
        ["1 by 2026-03-26 under 1: met by 2"]
    );
}

#[test]
fn a_rhythm_goes_on_from_its_last_time_and_its_past_is_not_counted_anew() {
    let weekly = r#"{ type = "every", n = 1, unit = "weeks" }"#;
    let fortnightly = r#"{ type = "every", n = 2, unit = "weeks" }"#;
    let lines = r#"{"fact":"case_opened","happened":"2026-02-02T10:00:00Z"}
{"fact":"review_held","happened":"2026-02-16T10:00:00Z"}
{"fact":"review_held","happened":"2026-03-20T10:00:00Z"}"#;
    assert_eq!(
        stands("new", fortnightly, weekly, lines, "2026-03-21 10:00"),
        [
            "1 by 2026-02-16 under 1: met by 2",
            "2 by 2026-03-02 under 1: missed, late by 3",
            // Due a week after 2 March by the new rhythm, and so at once when it comes into force.
            "3 by 2026-03-16 under 2: missed, late by 3",
            "4 by 2026-03-27 under 2: open"
        ]
    );
}

#[test]
fn days_of_a_calendar_are_owed_from_the_change_on() {
    let monthly = r#"{ type = "in_month", day = 20 }"#;
    let weekly = r#"{ type = "in_week", day = "friday" }"#;
    let lines = r#"{"fact":"case_opened","happened":"2026-02-12T10:00:00Z"}"#;
    assert_eq!(
        stands("new", monthly, weekly, lines, "2026-03-28 10:00"),
        [
            "1 by 2026-02-20 under 1: missed",
            "2 by 2026-03-20 under 2: missed",
            "3 by 2026-03-27 under 2: missed",
            "4 by 2026-04-03 under 2: open"
        ]
    );
}

#[test]
fn a_clock_is_looked_at_again_when_the_next_version_comes_into_force() {
    let terms = Terms::over_time(vec![
        (at("2020-01-01 00:00"), version(1, "old", TWO_WEEKS)),
        (at("2026-03-16 00:00"), version(2, "kinder", WEEK)),
    ]);
    let all = crate::obligation::obligations(&story(OPENED), &terms, at("2026-03-13 10:00"));
    assert_eq!(all[0].wake_at, Some(at("2026-03-16 00:00")));
}
