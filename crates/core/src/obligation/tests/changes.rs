//! Levels, new dates and what was due before: nothing falls due before its own change, and what was missed stays so.

use super::{at, due, one_rule, owed, standing, story};

fn tiers(extra: &str) -> crate::pack::Pack {
    one_rule(&format!(
        r#"starts = {{ fact = "report_received" }}
met_by = {{ fact = "review_held" }}
[obligation.by_tier]
scale = "risk"
{extra}
[obligation.by_tier.due]
high = {{ type = "elapsed_hours", n = 24 }}
medium = {{ type = "elapsed_hours", n = 72 }}
standard = {{ type = "elapsed_hours", n = 168 }}"#
    ))
}

const REPORT: &str = r#"{"fact":"report_received","happened":"2026-03-02T10:00:00Z"}"#;

fn graded(level: &str, when: &str) -> String {
    format!(r#"{{"fact":"risk_assessed","happened":"{when}","with":{{"by":"us","level":"{level}"}}}}"#)
}

#[test]
fn ungraded_counts_as_the_strictest_and_the_first_grade_from_the_start() {
    assert_eq!(due(&tiers(""), REPORT, "2026-03-02 11:00"), "2026-03-03 10:00:00");
    let first = format!("{REPORT}\n{}", graded("medium", "2026-03-02T15:00:00Z"));
    assert_eq!(due(&tiers(""), &first, "2026-03-02 16:00"), "2026-03-05 10:00:00");
    assert_eq!(
        due(&tiers("later = \"change\""), &first, "2026-03-02 16:00"),
        "2026-03-05 10:00:00"
    );
}

#[test]
fn a_later_grade_counts_from_where_the_pack_says() {
    let raised = format!(
        "{REPORT}\n{}\n{}",
        graded("standard", "2026-03-02T11:00:00Z"),
        graded("high", "2026-03-05T11:00:00Z")
    );
    for (extra, expected) in [
        // From the start it would have been the third: no earlier than the change itself.
        ("", "2026-03-05 11:00:00"),
        ("later = \"change\"", "2026-03-06 11:00:00"),
        ("later = \"earlier\"", "2026-03-06 11:00:00"),
    ] {
        assert_eq!(
            due(&tiers(extra), &raised, "2026-03-05 11:00"),
            expected,
            "{extra}"
        );
    }
    let lowered = format!(
        "{REPORT}\n{}\n{}",
        graded("medium", "2026-03-02T11:00:00Z"),
        graded("standard", "2026-03-04T11:00:00Z")
    );
    for (extra, expected) in [
        ("", "2026-03-09 10:00:00"),
        ("later = \"change\"", "2026-03-11 11:00:00"),
        ("later = \"earlier\"", "2026-03-05 10:00:00"),
        ("set_dates_stand = true", "2026-03-05 10:00:00"),
    ] {
        assert_eq!(
            due(&tiers(extra), &lowered, "2026-03-04 12:00"),
            expected,
            "{extra}"
        );
    }
}

#[test]
fn the_explanation_keeps_what_it_was_before() {
    let lines = format!("{REPORT}\n{}", graded("medium", "2026-03-02T15:00:00Z"));
    let all = owed(&tiers(""), &story(&lines), at("2026-03-02 16:00"));
    assert_eq!(all[0].tier.as_deref(), Some("medium"));
    let before = &all[0].due.before;
    assert_eq!(
        (before.len(), before[0].at, before[0].changed_by.0),
        (1, Some(at("2026-03-03 10:00")), 2)
    );
    assert!(
        all[0]
            .explanation
            .iter()
            .any(|step| step.contains("Tuesday 3 March 2026 at 10:00")),
        "{:?}",
        all[0].explanation
    );
}

#[test]
fn a_grade_that_comes_after_the_due_time_changes_nothing() {
    let lines = format!("{REPORT}\n{}", graded("standard", "2026-03-03T10:00:01Z"));
    assert_eq!(
        standing(&tiers(""), &lines, "2026-03-04 10:00", "rule"),
        ["missed"]
    );
    // Nor does one that was made in time and written down too late.
    let late = graded("standard", "2026-03-02T11:00:00Z")
        .replace(r#","with""#, r#","recorded":"2026-03-03T11:00:00Z","with""#);
    assert_eq!(
        standing(
            &tiers(""),
            &format!("{REPORT}\n{late}"),
            "2026-03-04 10:00",
            "rule"
        ),
        ["missed"]
    );
}

fn excusable() -> crate::pack::Pack {
    one_rule(
        r#"starts = { fact = "report_received" }
due = { type = "elapsed_hours", n = 24 }
met_by = { fact = "review_held" }
excuse = ["not_practicable", "survivor_wish"]"#,
    )
}

fn excused(with: &str, when: &str) -> String {
    format!(
        r#"{REPORT}
{{"fact":"obligation_excused","happened":"{when}","with":{{"rule":"rule",{with}}}}}"#
    )
}

#[test]
fn an_excuse_counts_only_on_a_ground_of_the_pack_and_before_the_due_time() {
    let wish = r#""ground":"survivor_wish""#;
    assert_eq!(
        standing(
            &excusable(),
            &excused(wish, "2026-03-02T12:00:00Z"),
            "2026-03-05 10:00",
            "rule"
        ),
        ["excused by 2: survivor_wish"]
    );
    assert_eq!(
        standing(
            &excusable(),
            &excused(wish, "2026-03-03T12:00:00Z"),
            "2026-03-05 10:00",
            "rule"
        ),
        ["missed"]
    );
    let other = r#""ground":"other_agency""#;
    assert_eq!(
        standing(
            &excusable(),
            &excused(other, "2026-03-02T12:00:00Z"),
            "2026-03-05 10:00",
            "rule"
        ),
        ["missed"]
    );
    let no_route = r#""ground":"no_safe_route""#;
    assert_eq!(
        standing(
            &excusable(),
            &excused(no_route, "2026-03-02T12:00:00Z"),
            "2026-03-05 10:00",
            "rule"
        ),
        ["missed, no safe route 2"]
    );
}

#[test]
fn what_was_not_practicable_gets_a_new_date_or_no_excuse() {
    let dated = r#""ground":"not_practicable","until":"2026-03-06""#;
    assert_eq!(
        due(
            &excusable(),
            &excused(dated, "2026-03-02T12:00:00Z"),
            "2026-03-02 13:00"
        ),
        "2026-03-06 23:59:59"
    );
    let undated = r#""ground":"not_practicable""#;
    assert_eq!(
        standing(
            &excusable(),
            &excused(undated, "2026-03-02T12:00:00Z"),
            "2026-03-05 10:00",
            "rule"
        ),
        ["missed"]
    );
}

#[test]
fn what_is_not_stated_is_never_filled_in() {
    let silent = one_rule(
        r#"starts = { fact = "damage_recorded" }
due = { type = "not_stated", word = "promptly" }
met_by = { fact = "works_done" }"#,
    );
    let damage = r#"{"fact":"damage_recorded","happened":"2026-03-02T10:00:00Z"}"#;
    let all = owed(&silent, &story(damage), at("2030-03-02 10:00"));
    assert_eq!(
        (
            all[0].due.at,
            all[0].due.not_stated.as_deref(),
            all[0].due.landlords_own
        ),
        (None, Some("promptly"), false)
    );
    assert_eq!(
        (all[0].is_owed(), all[0].is_missed(), all[0].wake_at),
        (true, false, None)
    );
    let own = one_rule(
        r#"starts = { fact = "damage_recorded" }
due = { type = "not_stated", word = "promptly", own = { type = "working_days_end_of_day", n = 3 } }
met_by = { fact = "works_done" }"#,
    );
    let all = owed(&own, &story(damage), at("2026-03-02 11:00"));
    assert!(
        all[0].due.landlords_own
            && all[0]
                .explanation
                .iter()
                .any(|step| step.contains("the landlord's own"))
    );
    assert_eq!(all[0].due.local.as_deref(), Some("2026-03-05T23:59:59+00:00"));
}

#[test]
fn the_earliest_and_the_latest_of_several_ways() {
    let rule = |which: &str| {
        one_rule(&format!(
            r#"starts = {{ fact = "works_ordered" }}
due = {{ type = "{which}", of = [{{ type = "elapsed_hours", n = 24 }}, {{ type = "on_date", fact = "works_ordered", date = "planned" }}] }}
met_by = {{ fact = "works_done" }}"#
        ))
    };
    let order = |planned: &str| {
        format!(r#"{{"fact":"works_ordered","happened":"2026-03-02T10:00:00Z","with":{{{planned}}}}}"#)
    };
    let dated = order(r#""planned":"2026-03-09""#);
    assert_eq!(
        due(&rule("earliest_of"), &dated, "2026-03-02 11:00"),
        "2026-03-03 10:00:00"
    );
    assert_eq!(
        due(&rule("latest_of"), &dated, "2026-03-02 11:00"),
        "2026-03-09 23:59:59"
    );
    assert_eq!(due(&rule("latest_of"), &order(""), "2026-03-02 11:00"), "none");
}

#[test]
fn a_holiday_announced_after_the_start_moves_nothing() {
    let rule = one_rule(
        r#"starts = { fact = "report_received" }
due = { type = "working_days_end_of_day", n = 1 }
met_by = { fact = "review_held" }"#,
    );
    // Monday 19 September 2022 became a bank holiday ten days before.
    let before = r#"{"fact":"report_received","happened":"2022-09-08T10:00:00+01:00"}"#;
    assert_eq!(due(&rule, before, "2022-09-08 12:00"), "2022-09-09 23:59:59");
    let known = r#"{"fact":"report_received","happened":"2022-09-16T10:00:00+01:00"}"#;
    assert_eq!(due(&rule, known, "2022-09-16 12:00"), "2022-09-20 23:59:59");
}
