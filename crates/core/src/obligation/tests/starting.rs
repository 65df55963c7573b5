//! What starts a clock, on what it depends, and what ends it.

use super::{at, due, one_rule, owed, pack, standing, story};
use crate::pack::{Terms, read};
use std::sync::Arc;

const MET: &str = r#"met_by = [{ fact = "review_held" }]"#;

fn within_a_day(starts: &str) -> String {
    format!("starts = {starts}\ndue = {{ type = \"elapsed_hours\", n = 24 }}\n{MET}")
}

#[test]
fn a_clock_counts_from_when_we_knew_unless_the_pack_says_otherwise() {
    let line = r#"{"fact":"report_received","happened":"2026-03-02T08:00:00Z","aware":"2026-03-02T10:00:00Z","recorded":"2026-03-02T12:00:00Z"}"#;
    for (how, expected) in [
        (r#"{ fact = "report_received" }"#, "2026-03-03 10:00:00"),
        (
            r#"{ fact = "report_received", at = "happened" }"#,
            "2026-03-03 08:00:00",
        ),
        (
            r#"{ fact = "report_received", at = "recorded" }"#,
            "2026-03-03 12:00:00",
        ),
    ] {
        assert_eq!(
            due(&one_rule(&within_a_day(how)), line, "2026-03-02 13:00"),
            expected,
            "{how}"
        );
    }
}

#[test]
fn a_start_with_qualifiers_passes_over_other_facts() {
    let rule = one_rule(&within_a_day(
        r#"{ fact = "danger_answered", with = { danger_now = ["yes", "unknown"] } }"#,
    ));
    let answer = |answer| {
        format!(
            r#"{{"fact":"danger_answered","happened":"2026-03-02T10:00:00Z","with":{{"danger_now":"{answer}"}}}}"#
        )
    };
    assert_eq!(
        standing(&rule, &answer("no"), "2026-03-02 11:00", "rule"),
        Vec::<String>::new()
    );
    assert_eq!(
        standing(&rule, &answer("yes"), "2026-03-02 11:00", "rule"),
        ["open"]
    );
    assert_eq!(
        standing(&rule, &answer("unknown"), "2026-03-02 11:00", "rule"),
        ["open"]
    );
}

#[test]
fn each_child_has_a_clock() {
    let rule = one_rule(
        r#"each_item = true
owed_to = "child"
starts = { fact = "person_added", with = { as = "child" } }
due = { type = "elapsed_hours", n = 24 }
met_by = { fact = "support_offered" }"#,
    );
    let lines = r#"{"fact":"person_added","happened":"2026-03-02T10:00:00Z","about":"child-1","with":{"as":"child"}}
{"fact":"person_added","happened":"2026-03-02T10:00:00Z","about":"child-2","with":{"as":"child"}}
{"fact":"support_offered","happened":"2026-03-02T12:00:00Z","about":"child-2","with":{"who":"child","answer":"accepted"}}
{"fact":"said_stop","happened":"2026-03-02T13:00:00Z"}"#;
    assert_eq!(
        standing(&rule, lines, "2026-03-02 14:00", "rule"),
        ["open", "met by 3"]
    );
    assert_eq!(
        standing(&rule, lines, "2026-03-04 14:00", "rule"),
        ["missed", "met by 3"]
    );
}

#[test]
fn what_is_owed_to_her_ends_when_she_says_stop_and_what_was_missed_stays_missed() {
    let rule = one_rule(&within_a_day(r#"{ fact = "report_received" }"#));
    let stop = |when| {
        format!(
            "{{\"fact\":\"report_received\",\"happened\":\"2026-03-02T10:00:00Z\"}}\n{{\"fact\":\"said_stop\",\"happened\":\"{when}\"}}"
        )
    };
    assert_eq!(
        standing(&rule, &stop("2026-03-03T09:00:00Z"), "2026-03-10 10:00", "rule"),
        ["lapsed by 2: said_stop"]
    );
    assert_eq!(
        standing(&rule, &stop("2026-03-04T09:00:00Z"), "2026-03-10 10:00", "rule"),
        ["missed, ended by 2"]
    );
}

#[test]
fn closing_cannot_be_dated_back_over_a_missed_promise() {
    let rule = one_rule(&within_a_day(r#"{ fact = "report_received" }"#));
    let lines = r#"{"fact":"report_received","happened":"2026-03-02T10:00:00Z"}
{"fact":"case_closed","happened":"2026-03-03T09:00:00Z","recorded":"2026-03-05T09:00:00Z"}"#;
    assert_eq!(
        standing(&rule, lines, "2026-03-10 10:00", "rule"),
        ["missed, ended by 2"]
    );
}

#[test]
fn a_condition_decides_from_the_fact_that_makes_it_true() {
    let rule = one_rule(&format!(
        "when = {{ circumstance = \"children_in_home\", is = \"yes\" }}\n{}",
        within_a_day(r#"{ fact = "report_received" }"#)
    ));
    let children = |answer, when| {
        format!(
            r#"{{"fact":"circumstance_recorded","happened":"{when}","with":{{"what":"children_in_home","answer":"{answer}"}}}}"#
        )
    };
    let report = r#"{"fact":"report_received","happened":"2026-03-02T10:00:00Z"}"#;
    assert_eq!(
        standing(&rule, report, "2026-03-02 11:00", "rule"),
        Vec::<String>::new()
    );
    let early = format!("{report}\n{}", children("yes", "2026-03-02T11:00:00Z"));
    assert_eq!(due(&rule, &early, "2026-03-02 12:00"), "2026-03-03 10:00:00");
    // Known only on the fourth: it cannot have been due on the third.
    let late = format!("{report}\n{}", children("yes", "2026-03-04T11:00:00Z"));
    assert_eq!(due(&rule, &late, "2026-03-05 12:00"), "2026-03-04 11:00:00");
    let no_longer = format!("{early}\n{}", children("no", "2026-03-02T15:00:00Z"));
    assert_eq!(
        standing(&rule, &no_longer, "2026-03-05 12:00", "rule"),
        ["lapsed by 3: circumstance_recorded"]
    );
}

#[test]
fn a_pattern_starts_a_clock_when_it_is_complete() {
    let rule = one_rule(&within_a_day(
        r#"{ condition = { fact = "contact_tried", times = 3, days = 2, different = { of = "route", n = 2 }, none_since = { fact = "contact_made" } } }"#,
    ));
    let tried = |when, route| {
        format!("{{\"fact\":\"contact_tried\",\"happened\":\"{when}\",\"with\":{{\"route\":\"{route}\"}}}}\n")
    };
    let two = tried("2026-03-02T10:00:00Z", "telephone") + &tried("2026-03-02T11:00:00Z", "telephone");
    let three = two.clone() + &tried("2026-03-03T10:00:00Z", "text");
    assert_eq!(
        standing(&rule, &two, "2026-03-03 11:00", "rule"),
        Vec::<String>::new()
    );
    assert_eq!(due(&rule, &three, "2026-03-03 11:00"), "2026-03-04 10:00:00");
    let same_route = two + &tried("2026-03-03T10:00:00Z", "telephone");
    assert_eq!(
        standing(&rule, &same_route, "2026-03-03 11:00", "rule"),
        Vec::<String>::new()
    );
}

#[test]
fn a_clock_can_start_when_another_is_missed() {
    let two = pack(
        r#"
[[obligation]]
id = "first"
title = "First"
strength = "will"
starts = { fact = "report_received" }
due = { type = "elapsed_hours", n = 24 }
met_by = { fact = "contact_made" }

[[obligation]]
id = "second"
title = "Tell the lead"
strength = "will"
starts = { after = "first", once = "missed" }
due = { type = "elapsed_hours", n = 4 }
met_by = { fact = "review_held" }
"#,
    );
    let report = r#"{"fact":"report_received","happened":"2026-03-02T10:00:00Z"}"#;
    assert_eq!(
        standing(&two, report, "2026-03-03 10:00", "second"),
        Vec::<String>::new()
    );
    assert_eq!(standing(&two, report, "2026-03-03 10:01", "second"), ["open"]);
    let all = owed(&two, &story(report), at("2026-03-03 10:01"));
    assert_eq!(all[1].due.at, Some(at("2026-03-03 14:00")));
    assert_eq!(standing(&two, report, "2026-03-03 14:01", "second"), ["missed"]);
}

#[test]
fn rules_that_wait_for_each_other_owe_nothing_and_end() {
    let circle = pack(
        r#"
[[obligation]]
id = "a"
title = "A"
strength = "will"
starts = { after = "b", once = "missed" }
due = { type = "elapsed_hours", n = 1 }
met_by = { fact = "review_held" }
[[obligation]]
id = "b"
title = "B"
strength = "will"
starts = { after = "a", once = "missed" }
due = { type = "elapsed_hours", n = 1 }
met_by = { fact = "review_held" }
"#,
    );
    assert!(
        owed(
            &circle,
            &story(r#"{"fact":"report_received","happened":"2026-03-02T10:00:00Z"}"#),
            at("2026-03-09 10:00")
        )
        .is_empty()
    );
}

#[test]
fn one_rule_stands_in_for_another() {
    let two = pack(
        r#"
[[obligation]]
id = "own"
title = "Own assessment"
strength = "will"
starts = { fact = "report_received" }
due = { type = "elapsed_hours", n = 24 }
met_by = { fact = "risk_assessed", with = { by = "us" } }

[[obligation]]
id = "theirs"
title = "Their assessment, seen"
strength = "will"
stands_in_for = "own"
starts = { fact = "report_received", with = { from = "agency" } }
due = { type = "elapsed_hours", n = 48 }
met_by = { fact = "risk_assessed", with = { evidence = true } }
"#,
    );
    let rules = |from: &str| -> Vec<String> {
        let line = format!(
            r#"{{"fact":"report_received","happened":"2026-03-02T10:00:00Z","with":{{"from":"{from}"}}}}"#
        );
        owed(&two, &story(&line), at("2026-03-02 11:00"))
            .into_iter()
            .map(|one| one.rule)
            .collect()
    };
    assert_eq!(rules("survivor"), ["own"]);
    assert_eq!(rules("agency"), ["theirs"]);
}

#[test]
fn the_latest_start_replaces_the_one_before() {
    let rule = one_rule(
        r#"starts = { fact = "marac_listed", which = "latest" }
due = { type = "before_date", fact = "marac_listed", date = "on", lead = { type = "working_days_before", n = 2 } }
met_by = { fact = "review_held" }"#,
    );
    let lines = r#"{"fact":"marac_listed","happened":"2026-03-02T10:00:00Z","with":{"on":"2026-03-19"}}
{"fact":"marac_listed","happened":"2026-03-05T10:00:00Z","with":{"on":"2026-03-26"}}"#;
    assert_eq!(
        standing(&rule, lines, "2026-03-06 10:00", "rule"),
        ["lapsed by 2: marac_listed", "open"]
    );
    let all = owed(&rule, &story(lines), at("2026-03-06 10:00"));
    assert_eq!(all[1].due.local.as_deref(), Some("2026-03-24T23:59:59+00:00"));
}

#[test]
fn each_version_of_a_policy_rules_what_was_reported_under_it() {
    let version = |n: u32| {
        let text = format!(
            "[[obligation]]\nid = \"rule\"\ntitle = \"Do\"\nstrength = \"will\"\nstarts = {{ fact = \"report_received\" }}\ndue = {{ type = \"elapsed_hours\", n = {n} }}\n{MET}\n"
        );
        Arc::new(read(&[("rest.toml", super::REST), ("rule.toml", &text)]).unwrap())
    };
    let terms = Terms::over_time(vec![
        (at("2026-04-01 00:00"), version(4)),
        (at("2020-01-01 00:00"), version(24)),
    ]);
    let facts = story(
        r#"{"fact":"report_received","happened":"2026-03-31T10:00:00Z"}
{"fact":"report_received","happened":"2026-04-02T10:00:00Z"}"#,
    );
    let due: Vec<_> = crate::obligation::obligations(&facts, &terms, at("2026-04-02 11:00"))
        .iter()
        .map(|one| one.due.at.unwrap())
        .collect();
    assert_eq!(due, [at("2026-04-01 10:00"), at("2026-04-02 14:00")]);
}

#[test]
fn a_correction_counts_in_place_of_what_it_corrects() {
    let rule = one_rule(&within_a_day(r#"{ fact = "report_received" }"#));
    let lines = r#"{"fact":"report_received","happened":"2026-03-02T10:00:00Z"}
{"fact":"review_held","happened":"2026-03-03T09:00:00Z"}
{"fact":"review_held","happened":"2026-03-04T09:00:00Z","corrects":2}"#;
    assert_eq!(standing(&rule, lines, "2026-03-03 12:00", "rule"), ["met by 2"]);
    assert_eq!(
        standing(&rule, lines, "2026-03-05 12:00", "rule"),
        ["missed, late by 3"]
    );
    let sooner = lines.replace(
        r#""2026-03-04T09:00:00Z","corrects""#,
        r#""2026-03-03T08:00:00Z","recorded":"2026-03-04T10:00:00Z","corrects""#,
    );
    assert_eq!(
        standing(&rule, &sooner, "2026-03-05 12:00", "rule"),
        ["met by 3, recorded 24h late"]
    );
    let in_error = lines.replace(
        r#"{"fact":"review_held","happened":"2026-03-04T09:00:00Z""#,
        r#"{"fact":"entered_in_error","happened":"2026-03-04T09:00:00Z""#,
    );
    assert_eq!(standing(&rule, &in_error, "2026-03-05 12:00", "rule"), ["missed"]);
}

#[test]
fn every_part_that_applies_must_be_done() {
    let rule = one_rule(
        r#"starts = { fact = "report_received" }
due = { type = "elapsed_hours", n = 24 }
met_by = { fact = "action_plan_agreed" }
parts = [
  { fact = "safety_plan_offered" },
  { fact = "safeguarding_screened", with = { for = "child" }, when = { circumstance = "children_in_home", is = "yes" } },
]"#,
    );
    let base = r#"{"fact":"report_received","happened":"2026-03-02T10:00:00Z"}
{"fact":"action_plan_agreed","happened":"2026-03-02T11:00:00Z"}"#;
    assert_eq!(standing(&rule, base, "2026-03-02 15:00", "rule"), ["open"]);
    let offered = format!(
        "{base}\n{}",
        r#"{"fact":"safety_plan_offered","happened":"2026-03-02T12:00:00Z"}"#
    );
    assert_eq!(
        standing(&rule, &offered, "2026-03-02 15:00", "rule"),
        ["met by 3"]
    );
    let children = format!(
        "{offered}\n{}",
        r#"{"fact":"circumstance_recorded","happened":"2026-03-02T09:00:00Z","with":{"what":"children_in_home","answer":"yes"}}"#
    );
    assert_eq!(standing(&rule, &children, "2026-03-02 15:00", "rule"), ["open"]);
    let screened = format!(
        "{children}\n{}",
        r#"{"fact":"safeguarding_screened","happened":"2026-03-03T12:00:00Z","with":{"for":"child"}}"#
    );
    assert_eq!(
        standing(&rule, &screened, "2026-03-04 15:00", "rule"),
        ["missed, late by 5"]
    );
}

#[test]
fn a_corrected_report_stands_where_it_stood() {
    let rule = one_rule(&within_a_day(r#"{ fact = "report_received" }"#));
    let lines = r#"{"fact":"report_received","happened":"2026-03-02T10:00:00Z"}
{"fact":"case_closed","happened":"2026-03-02T15:00:00Z"}
{"fact":"report_received","happened":"2026-03-02T09:00:00Z","recorded":"2026-03-09T10:00:00Z","corrects":1}"#;
    assert_eq!(
        standing(&rule, lines, "2026-03-10 10:00", "rule"),
        ["lapsed by 2: case_closed"]
    );
    // A report written down after the case was closed is not covered by the closing.
    let after = lines.replace(r#","corrects":1"#, "");
    assert_eq!(
        standing(&rule, &after, "2026-03-10 10:00", "rule"),
        ["missed", "lapsed by 2: case_closed"]
    );
}

const UNDER: &str = r#"
[[measure]]
id = "reached"
title = "Reached in time"
of = "share"
counts = { obligation = "rule" }
target = { at_least = 90 }

[[obligation]]
id = "rule"
title = "Say why"
strength = "will"
owed_to = "landlord"
starts = { measure = "reached", under_target = 2 }
due = { type = "weeks_end_of_day", n = 4 }
met_by = { fact = "learning_recorded" }
"#;

#[test]
fn a_measure_under_its_target_for_two_periods_running_starts_a_clock_once() {
    let pack = super::pack(UNDER);
    let counted = |happened: &str, until: &str, met: bool| {
        format!(
            "{{\"fact\":\"measure_counted\",\"happened\":\"{happened}T09:00:00Z\",\"with\":{{\"measure\":\"reached\",\"until\":\"{until}\",\"met\":{met}}}}}\n"
        )
    };
    let first = counted("2026-01-05", "2025-12-31", false);
    assert!(standing(&pack, &first, "2026-02-01 10:00", "rule").is_empty());
    let second = first.clone() + &counted("2026-02-03", "2026-01-31", false);
    assert_eq!(standing(&pack, &second, "2026-02-04 10:00", "rule"), ["open"]);
    // A third period under it is the same trouble; after a good one, two bad ones are trouble again.
    let third = second.clone() + &counted("2026-03-03", "2026-02-28", false);
    assert_eq!(standing(&pack, &third, "2026-03-04 10:00", "rule"), ["missed"]);
    let again = third
        + &counted("2026-04-03", "2026-03-31", true)
        + &counted("2026-05-03", "2026-04-30", false)
        + &counted("2026-06-03", "2026-05-31", false);
    assert_eq!(
        standing(&pack, &again, "2026-06-04 10:00", "rule"),
        ["missed", "open"]
    );
    // A period counted anew, and found good, was never under.
    let anew =
        first + &counted("2026-01-20", "2025-12-31", true) + &counted("2026-02-03", "2026-01-31", false);
    assert!(standing(&pack, &anew, "2026-02-04 10:00", "rule").is_empty());
}

#[test]
fn what_others_have_promised_is_never_our_miss_and_what_we_do_then_counts_from_its_end() {
    let pack = super::pack(
        r#"
[[obligation]]
id = "theirs"
title = "The agency answers"
strength = "will"
owed_by = "others"
each_item = true
starts = { fact = "referral_made" }
due = { type = "calendar_days_end_of_day", n = 7 }
met_by = { fact = "referral_answered" }

[[obligation]]
id = "rule"
title = "Ask again"
strength = "will"
each_item = true
starts = { after = "theirs", once = "lapsed" }
due = { type = "calendar_days_end_of_day", n = 2 }
met_by = { fact = "referral_made" }
"#,
    );
    let referred = r#"{"fact":"referral_made","happened":"2026-03-02T10:00:00Z","about":"agency"}"#;
    assert_eq!(standing(&pack, referred, "2026-03-09 10:00", "theirs"), ["open"]);
    assert!(standing(&pack, referred, "2026-03-09 10:00", "rule").is_empty());
    let all = owed(&pack, &story(referred), at("2026-03-10 10:00"));
    assert!(all.iter().all(|one| !one.is_missed()), "{all:?}");
    assert_eq!(
        standing(&pack, referred, "2026-03-10 10:00", "theirs"),
        ["lapsed by 1: referral_made"]
    );
    assert_eq!(all[1].due.local.as_deref(), Some("2026-03-11T23:59:59+00:00"));
    // An answer that comes late does not take our own duty away, and one that is in time never starts it.
    let answered = |day: &str| {
        format!(
            "{referred}\n{{\"fact\":\"referral_answered\",\"happened\":\"2026-03-{day}T10:00:00Z\",\"about\":\"agency\"}}"
        )
    };
    assert_eq!(
        standing(&pack, &answered("10"), "2026-03-12 10:00", "rule"),
        ["missed"]
    );
    assert!(standing(&pack, &answered("09"), "2026-03-12 10:00", "rule").is_empty());
}
