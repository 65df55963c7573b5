//! Days of a calendar: places in the week, month, quarter and year, and what is due ahead of kept meetings.

use super::{at, one_rule, owed, story, words};

fn landlords(due: &str) -> crate::pack::Pack {
    one_rule(&format!(
        r#"owed_to = "landlord"
starts = {{ fact = "policy_adopted", which = "latest" }}
due = {due}
met_by = {{ fact = "report_published" }}"#
    ))
}

/// How each time stands, with the date by which it was due.
fn times(pack: &crate::pack::Pack, lines: &str, now: &str) -> Vec<String> {
    owed(pack, &story(lines), at(now))
        .iter()
        .map(|one| {
            let due = one.due.local.as_ref().map_or("no date", |due| &due[..16]);
            format!("{due} {}", words(one))
        })
        .collect()
}

const ADOPTED: &str = r#"{"fact":"policy_adopted","happened":"2026-01-05T10:00:00Z"}"#;

fn published(days: &[&str]) -> String {
    let more: String = days
        .iter()
        .map(|day| format!("\n{{\"fact\":\"report_published\",\"happened\":\"2026-{day}T10:00:00Z\"}}"))
        .collect();
    format!("{ADOPTED}{more}")
}

#[test]
fn what_is_due_on_a_day_of_each_quarter_is_due_again_whether_or_not_it_was_done() {
    let pack = landlords(r#"{ type = "in_quarter", month = 3, working_day = "last" }"#);
    // Nothing in the first quarter, two reports in the second: the second of these belongs to the second quarter too.
    assert_eq!(
        times(&pack, &published(&["04-20", "05-20"]), "2026-07-10 10:00"),
        [
            "2026-03-31T23:59 missed",
            "2026-06-30T23:59 met by 2",
            "2026-09-30T23:59 open"
        ]
    );
}

#[test]
fn a_day_of_the_year_may_come_once() {
    let pack = landlords(r#"{ type = "in_year", month = "april", day = 30, times = 1 }"#);
    assert_eq!(
        times(&pack, &published(&["04-20"]), "2027-07-10 10:00"),
        ["2026-04-30T23:59 met by 2"]
    );
}

#[test]
fn a_figure_of_the_landlords_own_may_be_a_day_of_the_month() {
    let pack = landlords(
        r#"{ type = "not_stated", word = "regularly", own = { type = "in_month", day = "last", roll = "previous" } }"#,
    );
    let all = owed(&pack, &story(ADOPTED), at("2026-02-10 10:00"));
    assert_eq!(all.iter().map(words).collect::<Vec<_>>(), ["missed", "open"]);
    assert!(all[1].due.landlords_own && all[1].due.local.as_ref().unwrap().starts_with("2026-02-27"));
}

const PANEL: &str = r#"
[[meeting]]
id = "panel"
title = "Panel"
on = [2026-05-06, 2026-04-08]

[[obligation]]
id = "rule"
title = "Send papers"
strength = "will"
starts = { fact = "marac_decided", with = { answer = "refer" } }
due = { type = "before_meeting", meeting = "panel", lead = { type = "working_days_before", n = 2 }, at = "12:00" }
met_by = { fact = "marac_referred" }
"#;

fn decided(on: &str, more: &str) -> String {
    format!(
        "{{\"fact\":\"marac_decided\",\"happened\":\"2026-{on}\",\"with\":{{\"answer\":\"refer\"}}}}\n{more}"
    )
}

#[test]
fn papers_are_due_ahead_of_each_meeting_by_the_clock_and_over_easter() {
    let pack = super::pack(PANEL);
    // 8 April is the Wednesday after Easter: two working days before it is Thursday 2 April, in summer time.
    let referred = r#"{"fact":"marac_referred","happened":"2026-04-02T11:59:00+01:00"}"#;
    assert_eq!(
        times(&pack, &decided("03-20T10:00:00Z", referred), "2026-06-01 10:00"),
        [
            "2026-04-02T12:00 met by 2",
            "2026-05-01T12:00 missed",
            "no date open"
        ]
    );
}

#[test]
fn a_meeting_for_which_it_is_too_late_is_not_the_next_one() {
    let pack = super::pack(PANEL);
    assert_eq!(
        times(&pack, &decided("04-02T12:30:00+01:00", ""), "2026-04-03 10:00"),
        ["2026-05-01T12:00 open"]
    );
}

#[test]
fn a_meeting_planned_in_between_comes_first_and_a_moved_one_moves_its_papers() {
    let pack = super::pack(PANEL);
    let planned = |happened: &str, about: &str, on: &str| {
        format!(
            "{{\"fact\":\"meeting_planned\",\"happened\":\"2026-{happened}T09:00:00Z\",\"about\":\"{about}\",\"with\":{{\"meeting\":\"panel\",\"on\":\"2026-{on}\"}}}}\n"
        )
    };
    let one = planned("03-21", "extra", "03-27");
    assert_eq!(
        times(&pack, &decided("03-20T10:00:00Z", &one), "2026-03-22 10:00"),
        ["2026-03-25T12:00 open"]
    );
    let moved = one + &planned("03-22", "extra", "03-31");
    assert_eq!(
        times(&pack, &decided("03-20T10:00:00Z", &moved), "2026-03-23 10:00"),
        ["2026-03-27T12:00 open"]
    );
    // What was missed stays missed when a meeting is entered that has gone by already.
    let late = decided("03-20T10:00:00Z", &planned("04-20", "gone", "04-01"));
    assert_eq!(
        times(&pack, &late, "2026-04-21 10:00"),
        ["2026-04-02T12:00 missed", "2026-05-01T12:00 open"]
    );
}

#[test]
fn a_holiday_announced_later_moves_a_clock_only_if_the_pack_says_so_and_never_one_that_was_missed() {
    // 19 September 2022 became a holiday on the 9th, the day after this clock started.
    let pack = |later: &str| {
        let rest = super::REST.replace(
            "version = \"1\"",
            &format!("version = \"1\"\nlater_holidays = \"{later}\""),
        );
        let rule = |n: u32| {
            format!(
                "[[obligation]]\nid = \"rule\"\ntitle = \"Do it\"\nstrength = \"will\"\nstarts = {{ fact = \"case_opened\" }}\ndue = {{ type = \"working_days_end_of_day\", n = {n} }}\nmet_by = {{ fact = \"review_held\" }}\n"
            )
        };
        move |n| crate::pack::read(&[("rest.toml", &rest), ("rule.toml", &rule(n))]).unwrap()
    };
    let opened = r#"{"fact":"case_opened","happened":"2022-09-08T10:00:00+01:00"}"#;
    let due = |later, n, now| times(&pack(later)(n), opened, now).concat();
    assert_eq!(due("keep", 8, "2022-09-14 10:00"), "2022-09-20T23:59 open");
    assert_eq!(due("move", 8, "2022-09-08 12:00"), "2022-09-20T23:59 open");
    assert_eq!(due("move", 8, "2022-09-14 10:00"), "2022-09-21T23:59 open");
    let all = owed(&pack("move")(8), &story(opened), at("2022-09-14 10:00"));
    assert!(
        all[0]
            .explanation
            .iter()
            .any(|step| step.contains("until then it was Tuesday 20 September")),
        "{:?}",
        all[0].explanation
    );
    // It is looked at again when the holiday is announced, and what was due before that stays as it was.
    let before = owed(&pack("move")(8), &story(opened), at("2022-09-08 12:00"));
    assert_eq!(before[0].wake_at, Some(at("2022-09-08T23:00:00Z")));
    assert_eq!(due("move", 1, "2022-09-30 10:00"), "2022-09-09T23:59 missed");
}
