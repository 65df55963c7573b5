//! What comes again and again: from the last time, from the anchor, at offsets.

use super::{at, one_rule, owed, standing, story, words};

fn every(due: &str) -> crate::pack::Pack {
    one_rule(&format!(
        r#"starts = {{ fact = "case_opened" }}
due = {due}
other_rhythm = true
met_by = {{ fact = "review_held" }}"#
    ))
}

const OPENED: &str = r#"{"fact":"case_opened","happened":"2026-03-02T10:00:00Z"}"#;

fn with_reviews(days: &[&str]) -> String {
    let reviews: String = days
        .iter()
        .map(|day| format!("\n{{\"fact\":\"review_held\",\"happened\":\"2026-{day}T10:00:00Z\"}}"))
        .collect();
    format!("{OPENED}{reviews}")
}

#[test]
fn each_time_that_is_missed_is_a_record_of_its_own() {
    let rule = every(r#"{ type = "every", n = 2, unit = "weeks" }"#);
    assert_eq!(
        standing(&rule, OPENED, "2026-04-15 10:00", "rule"),
        ["missed", "missed", "missed", "open"]
    );
    // One contact after 45 days keeps all three late, and the next counts from it.
    let late = with_reviews(&["04-16"]);
    assert_eq!(
        standing(&rule, &late, "2026-04-17 10:00", "rule"),
        [
            "missed, late by 2",
            "missed, late by 2",
            "missed, late by 2",
            "open"
        ]
    );
    let all = owed(&rule, &story(&late), at("2026-04-17 10:00"));
    assert_eq!(all[3].due.local.as_deref(), Some("2026-04-30T23:59:59+01:00"));
}

#[test]
fn a_rhythm_asks_for_the_time_that_runs_and_says_since_when_it_is_late() {
    let rule = every(r#"{ type = "every", n = 2, unit = "weeks" }"#);
    let asks = |lines: &str, now: &str| -> Vec<bool> {
        let all = owed(&rule, &story(lines), at(now));
        all.iter().map(|one| one.is_owed()).collect()
    };
    // Nobody has been in contact for six weeks: that has not become "due in a few days".
    assert_eq!(asks(OPENED, "2026-04-15 10:00"), [true, false, false, true]);
    // Once somebody is, only the next time asks, and the missed stay missed.
    let late = with_reviews(&["04-16"]);
    assert_eq!(asks(&late, "2026-04-17 10:00"), [false, false, false, true]);
    let all = owed(&rule, &story(&late), at("2026-04-17 10:00"));
    assert!(all[..3].iter().all(|one| one.is_missed()));
}

#[test]
fn two_on_one_day_are_one() {
    let rule = every(r#"{ type = "every", n = 2, unit = "weeks" }"#);
    let lines = format!(
        "{}\n{}",
        with_reviews(&["03-10"]),
        r#"{"fact":"review_held","happened":"2026-03-10T15:00:00Z"}"#
    );
    assert_eq!(
        standing(&rule, &lines, "2026-03-11 10:00", "rule"),
        ["met by 2", "open"]
    );
}

#[test]
fn from_the_anchor_nothing_drifts() {
    let rule = every(r#"{ type = "every", n = 1, unit = "months", from = "anchor" }"#);
    let lines = with_reviews(&["03-20", "04-20"]);
    let all = owed(&rule, &story(&lines), at("2026-05-10 10:00"));
    let due: Vec<&str> = all
        .iter()
        .map(|one| &one.due.local.as_ref().unwrap()[..10])
        .collect();
    assert_eq!(due, ["2026-04-02", "2026-05-02", "2026-06-02"]);
    assert_eq!(
        all.iter().map(words).collect::<Vec<_>>(),
        ["met by 2", "met by 3", "open"]
    );
    // What comes in the next window belongs to that one.
    assert_eq!(
        standing(&rule, &with_reviews(&["04-20"]), "2026-05-10 10:00", "rule"),
        ["missed", "met by 2", "open"]
    );
}

#[test]
fn at_offsets_and_then_in_a_rhythm() {
    let rule = every(
        r#"{ type = "at_offsets", of = [{ type = "weeks_end_of_day", n = 1 }, { type = "weeks_end_of_day", n = 3 }], then = { n = 1, unit = "months", from = "anchor" } }"#,
    );
    let all = owed(
        &rule,
        &story(&with_reviews(&["03-05", "03-18", "04-01"])),
        at("2026-05-01 10:00"),
    );
    let due: Vec<&str> = all
        .iter()
        .map(|one| &one.due.local.as_ref().unwrap()[..10])
        .collect();
    assert_eq!(due, ["2026-03-09", "2026-03-23", "2026-04-23", "2026-05-23"]);
    assert_eq!(
        all.iter().map(words).collect::<Vec<_>>(),
        ["met by 2", "met by 3", "met by 4", "open"]
    );
}

#[test]
fn the_rhythm_after_offsets_may_end_by_its_count() {
    let rule = every(
        r#"{ type = "at_offsets", of = [{ type = "weeks_end_of_day", n = 1 }], then = { n = 1, unit = "weeks", from = "anchor", times = 2 } }"#,
    );
    assert_eq!(
        standing(&rule, OPENED, "2026-06-15 10:00", "rule"),
        ["missed", "missed", "missed"]
    );
}

#[test]
fn a_rhythm_may_end_by_its_count() {
    let rule = every(r#"{ type = "every", n = 1, unit = "weeks", times = 2 }"#);
    assert_eq!(
        standing(&rule, OPENED, "2026-06-01 10:00", "rule"),
        ["missed", "missed"]
    );
}

#[test]
fn an_agreement_ends_when_it_says() {
    let rule = every(r#"{ type = "every", n = 2, unit = "weeks" }"#);
    let agreed = |until: &str| {
        format!(
            r#"{OPENED}
{{"fact":"rhythm_agreed","happened":"2026-03-02T11:00:00Z","with":{{"answer":"agreed","every":6,"unit":"weeks","until":"{until}"}}}}"#
        )
    };
    let first_due = |lines: &str| {
        owed(&rule, &story(lines), at("2026-03-03 10:00"))[0]
            .due
            .local
            .clone()
            .unwrap()[..10]
            .to_owned()
    };
    assert_eq!(first_due(&agreed("2026-12-31")), "2026-04-13", "as agreed");
    assert_eq!(
        first_due(&agreed("2026-03-25")),
        "2026-03-25",
        "no longer than the agreement lasts"
    );
    assert_eq!(
        first_due(&agreed("2026-03-05")),
        "2026-03-16",
        "and no sooner than the policy asks"
    );
    assert_eq!(
        first_due(&agreed("2026-03-01")),
        "2026-03-16",
        "one that is over counts no more"
    );
}

#[test]
fn she_may_ask_for_no_contact_until_a_day() {
    let rule = every(r#"{ type = "every", n = 2, unit = "weeks" }"#);
    let lines = format!(
        r#"{OPENED}
{{"fact":"rhythm_agreed","happened":"2026-03-02T11:00:00Z","with":{{"answer":"no_contact","review":"2026-06-01"}}}}"#
    );
    assert_eq!(standing(&rule, &lines, "2026-06-01 10:00", "rule"), ["open"]);
    // After the review day the policy's own rhythm is back.
    assert_eq!(
        standing(&rule, &lines, "2026-06-16 10:00", "rule"),
        ["missed", "missed", "open"]
    );
}

#[test]
fn a_shorter_rhythm_may_be_agreed_too() {
    let rule = every(r#"{ type = "every", n = 2, unit = "weeks" }"#);
    let lines = format!(
        r#"{OPENED}
{{"fact":"rhythm_agreed","happened":"2026-03-02T11:00:00Z","with":{{"answer":"agreed","every":2,"unit":"days","review":"2026-06-01"}}}}"#
    );
    let all = owed(&rule, &story(&lines), at("2026-03-03 10:00"));
    assert_eq!(all[0].due.local.as_deref(), Some("2026-03-04T23:59:59+00:00"));
}

#[test]
fn a_daily_rhythm_of_a_lifetime_ends_somewhere() {
    let rule = every(r#"{ type = "every", n = 1, unit = "days" }"#);
    let all = owed(
        &rule,
        &story(r#"{"fact":"case_opened","happened":"1990-01-01T10:00:00Z"}"#),
        at("2026-06-01 10:00"),
    );
    assert_eq!(all.len(), 600);
}

/// The dates by which each time was due.
fn due_dates(rule: &crate::pack::Pack, lines: &str, now: &str) -> Vec<String> {
    owed(rule, &story(lines), at(now))
        .iter()
        .map(|one| one.due.local.as_ref().unwrap()[..10].to_owned())
        .collect()
}

#[test]
fn a_rhythm_that_changes_keeps_the_one_in_which_a_time_began() {
    let rule = every(
        r#"{ type = "every", n = 1, unit = "weeks", until = { n = 4, unit = "weeks" }, then = { n = 1, unit = "months" } }"#,
    );
    // From 2 March, four weeks end on 30 March: the time that begins on 28 March is still a week, the next a month.
    let kept = with_reviews(&["03-09", "03-16", "03-23", "03-28", "04-03"]);
    assert_eq!(
        due_dates(&rule, &kept, "2026-04-20 10:00"),
        [
            "2026-03-09",
            "2026-03-16",
            "2026-03-23",
            "2026-03-30",
            "2026-04-04",
            "2026-05-03"
        ]
    );
    // With nothing done, what was missed weekly is missed weekly, and then monthly.
    assert_eq!(
        due_dates(&rule, OPENED, "2026-05-15 10:00"),
        [
            "2026-03-09",
            "2026-03-16",
            "2026-03-23",
            "2026-03-30",
            "2026-04-30",
            "2026-05-30"
        ]
    );
}

#[test]
fn from_the_anchor_a_rhythm_that_changes_counts_from_the_day_of_the_change() {
    let rule = every(
        r#"{ type = "every", n = 2, unit = "weeks", from = "anchor", until = { n = 5, unit = "weeks" }, then = { n = 1, unit = "months", until = { n = 2, unit = "months" }, then = { n = 1, unit = "weeks", roll = "next" } } }"#,
    );
    // Two fortnights fit in five weeks, which end on 6 April; then two months to 6 June, then weeks, off the Saturday.
    assert_eq!(
        due_dates(&rule, OPENED, "2026-06-20 10:00"),
        [
            "2026-03-16",
            "2026-03-30",
            "2026-05-06",
            "2026-06-06",
            "2026-06-15",
            "2026-06-22"
        ]
    );
}

#[test]
fn an_agreement_counts_no_longer_than_the_policy_lets_it_last() {
    let rule = one_rule(
        r#"starts = { fact = "case_opened" }
due = { type = "every", n = 1, unit = "weeks" }
other_rhythm = { at_most = { n = 3, unit = "weeks" } }
met_by = { fact = "review_held" }"#,
    );
    let agreed = format!(
        "{OPENED}\n{}",
        r#"{"fact":"rhythm_agreed","happened":"2026-03-03T10:00:00Z","with":{"answer":"no_contact","until":"2026-06-30"}}"#
    );
    // No contact until 30 June was agreed on 3 March; three weeks from then are over on 24 March.
    assert_eq!(due_dates(&rule, &agreed, "2026-03-10 10:00"), ["2026-03-24"]);
}
