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
