//! Clocks that stop for a while, and whom to warn.

use super::{at, due, one_rule, owed, standing, story};
use crate::obligation::NoticeKind;

fn pausable() -> crate::pack::Pack {
    one_rule(
        r#"starts = { fact = "report_received" }
due = { type = "calendar_days_end_of_day", n = 10 }
met_by = { fact = "review_held" }
pause = { grounds = ["survivor_away"], times = 1, days_in_all = 20 }"#,
    )
}

const REPORT: &str = r#"{"fact":"report_received","happened":"2026-03-02T10:00:00Z"}"#;

fn paused(ground: &str, ends: Option<&str>) -> String {
    let began = format!(
        r#"{{"fact":"pause_began","happened":"2026-03-05T10:00:00Z","with":{{"rule":"rule","ground":"{ground}"}}}}"#
    );
    let ended = ends.map(|when| {
        format!("\n{{\"fact\":\"pause_ended\",\"happened\":\"{when}\",\"with\":{{\"rule\":\"rule\"}}}}")
    });
    format!("{REPORT}\n{began}{}", ended.unwrap_or_default())
}

#[test]
fn the_days_of_a_pause_do_not_count() {
    assert_eq!(
        standing(
            &pausable(),
            &paused("survivor_away", None),
            "2026-03-20 10:00",
            "rule"
        ),
        ["paused by 2"]
    );
    let over = paused("survivor_away", Some("2026-03-09T10:00:00Z"));
    assert_eq!(due(&pausable(), &over, "2026-03-10 10:00"), "2026-03-16 23:59:59");
    assert_eq!(
        standing(&pausable(), &over, "2026-03-17 10:00", "rule"),
        ["missed"]
    );
}

#[test]
fn a_pause_lasts_no_longer_than_the_pack_allows() {
    let running = paused("survivor_away", None);
    let all = owed(&pausable(), &story(&running), at("2026-03-20 10:00"));
    assert_eq!(all[0].wake_at, Some(at("2026-03-25 10:00")));
    assert_eq!(
        standing(&pausable(), &running, "2026-03-25 10:00", "rule"),
        ["open"]
    );
    assert_eq!(
        due(&pausable(), &running, "2026-03-26 10:00"),
        "2026-04-01 23:59:59"
    );
}

#[test]
fn a_pause_on_another_ground_or_once_too_often_does_not_count() {
    assert_eq!(
        standing(
            &pausable(),
            &paused("police_asked", None),
            "2026-03-20 10:00",
            "rule"
        ),
        ["missed"]
    );
    let twice = format!(
        "{}\n{}",
        paused("survivor_away", Some("2026-03-06T10:00:00Z")),
        r#"{"fact":"pause_began","happened":"2026-03-07T10:00:00Z","with":{"rule":"rule","ground":"survivor_away"}}"#
    );
    assert_eq!(
        standing(&pausable(), &twice, "2026-03-20 10:00", "rule"),
        ["missed"]
    );
}

#[test]
fn what_is_done_during_a_pause_is_done() {
    let lines = format!(
        "{}\n{}",
        paused("survivor_away", None),
        r#"{"fact":"review_held","happened":"2026-03-08T10:00:00Z"}"#
    );
    assert_eq!(
        standing(&pausable(), &lines, "2026-03-20 10:00", "rule"),
        ["met by 3"]
    );
}

#[test]
fn people_are_warned_before_and_told_after() {
    let rule = one_rule(
        r#"starts = { fact = "report_received" }
due = { type = "working_days_end_of_day", n = 4 }
met_by = { fact = "review_held" }
warn = [{ share = 50, tell = ["worker"] }, { before = { n = 1, unit = "working_days" }, tell = ["worker"] }]
escalate = [{ tell = ["manager"] }, { after = { n = 1, unit = "working_days" }, tell = ["lead"] }]"#,
    );
    // Friday: due on Thursday the 12th.
    let report = r#"{"fact":"report_received","happened":"2026-03-06T10:00:00Z"}"#;
    let all = owed(&rule, &story(report), at("2026-03-12 12:00"));
    let notices: Vec<_> = all[0]
        .notices
        .iter()
        .map(|notice| (notice.at, notice.kind, notice.roles[0].as_str(), notice.passed))
        .collect();
    assert_eq!(
        notices,
        [
            (at("2026-03-09T16:59:59Z"), NoticeKind::Warn, "worker", true),
            (at("2026-03-11 09:00"), NoticeKind::Warn, "worker", true),
            (at("2026-03-13 00:00"), NoticeKind::Escalate, "manager", false),
            (at("2026-03-13 09:00"), NoticeKind::Escalate, "lead", false),
        ]
    );
    assert_eq!(all[0].wake_at, Some(at("2026-03-13 00:00")));
    let done = format!(
        "{report}\n{}",
        r#"{"fact":"review_held","happened":"2026-03-10T10:00:00Z"}"#
    );
    let all = owed(&rule, &story(&done), at("2026-03-20 12:00"));
    assert_eq!(
        all[0].notices.len(),
        1,
        "only the warning that came before it was done"
    );
}

#[test]
fn only_the_posts_that_the_pack_names_can_stop_a_clock() {
    let rule = super::one_rule(
        r#"starts = { fact = "case_opened" }
due = { type = "calendar_days_end_of_day", n = 7 }
pause = { grounds = ["survivor_away"], by = ["manager"] }
met_by = { fact = "review_held" }"#,
    );
    let paused = |role: &str| {
        format!(
            "{}\n{{\"fact\":\"pause_began\",\"happened\":\"2026-03-03T10:00:00Z\",\"with\":{{\"rule\":\"rule\",\"ground\":\"survivor_away\",\"role\":\"{role}\"}}}}",
            r#"{"fact":"case_opened","happened":"2026-03-02T10:00:00Z"}"#
        )
    };
    assert_eq!(
        super::standing(&rule, &paused("manager"), "2026-03-20 10:00", "rule"),
        ["paused by 2"]
    );
    assert_eq!(
        super::standing(&rule, &paused("worker"), "2026-03-20 10:00", "rule"),
        ["missed"]
    );
}
