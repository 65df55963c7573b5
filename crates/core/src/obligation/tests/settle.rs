//! The boundary fixture of settle's section 7: one minute, one day and one kind of fact either side of each line.

use super::{Pack, at, owed, standing, story};
use crate::coded::CodedFact;
use crate::measure::{CaseBone, CaseRow, over_case_bones, over_cases, over_clocks};
use crate::obligation::bones;
use crate::pack::read;

fn settle() -> Pack {
    let clauses: String = [
        "7.1", "7.2", "7.3", "7.4a", "7.4b", "7.5", "5.10b", "5.2a", "3.2b", "0.4", "9.1", "2.15", "2.11", "2.12", "2.16",
        "2.19", "2.20",
    ]
    .iter()
    .map(|id| {
        format!("[[clause]]\nid = \"SETTLE-{id}\"\nref = \"{id}\"\nsays = \"It.\"\nstrength = \"will\"\nkept = \"not_yet\"\nmissing = \"All.\"\n")
    })
    .collect();
    let roles: String = ["lead-worker", "duty-worker", "manager", "lead", "policy-owner"]
        .iter()
        .map(|id| format!("[[role]]\nid = \"{id}\"\ntitle = \"Post\"\n"))
        .collect();
    let landlord = "[landlord]\nid = \"settle\"\nname = \"settle\"\nnation = \"england-and-wales\"\npolicy = \"P\"\nversion = \"1\"\nadopted_from = 2021-09-01\n";
    let rest = format!("{landlord}{roles}{clauses}");
    read(&[
        ("rest.toml", &rest),
        (
            "obligations.toml",
            include_str!("../../../../../packs/settle/obligations.toml"),
        ),
        (
            "measures.toml",
            include_str!("../../../../../packs/settle/measures.toml"),
        ),
    ])
    .unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn check(lines: &str, now: &str, rule: &str, expected: &[&str]) {
    assert_eq!(standing(&settle(), lines, now, rule), expected, "{rule}: {lines}");
}

/// A report on the Friday before a bank-holiday Monday, one minute before the office closes.
const FRIDAY: &str = r#"{"fact":"report_received","happened":"2026-08-28T16:59:00+01:00"}"#;

#[test]
fn first_contact_by_the_end_of_the_next_working_day() {
    for (contact, now, expected) in [
        ("2026-09-01T16:58:00+01:00", "2026-09-10 12:00", "met by 2"),
        ("2026-09-01T23:59:59+01:00", "2026-09-10 12:00", "met by 2"),
        (
            "2026-09-02T00:00:00+01:00",
            "2026-09-10 12:00",
            "missed, late by 2",
        ),
        (
            "2026-09-02T09:00:00+01:00",
            "2026-09-10 12:00",
            "missed, late by 2",
        ),
        ("2026-09-02T09:00:00+01:00", "2026-09-01T22:59:59Z", "open"),
        ("2026-09-02T09:00:00+01:00", "2026-09-01T23:00:00Z", "missed"),
    ] {
        let lines = format!(
            r#"{FRIDAY}
{{"fact":"contact_made","happened":"{contact}","with":{{"who":"survivor"}}}}"#
        );
        check(&lines, now, "first-contact", &[expected]);
    }
}

#[test]
fn an_attempt_and_a_word_with_somebody_else_are_not_contact() {
    let lines = format!(
        r#"{FRIDAY}
{{"fact":"contact_tried","happened":"2026-09-01T10:00:00+01:00","with":{{"who":"survivor"}}}}
{{"fact":"contact_made","happened":"2026-09-01T11:00:00+01:00","with":{{"who":"reporter"}}}}"#
    );
    check(&lines, "2026-09-10 12:00", "first-contact", &["missed"]);
}

#[test]
fn in_time_but_recorded_later_is_a_number_of_its_own() {
    let lines = format!(
        r#"{FRIDAY}
{{"fact":"contact_made","happened":"2026-09-01T10:00:00+01:00","recorded":"2026-09-03T09:00:00+01:00","with":{{"who":"survivor"}}}}"#
    );
    check(&lines, "2026-09-02 12:00", "first-contact", &["missed"]);
    check(
        &lines,
        "2026-09-10 12:00",
        "first-contact",
        &["met by 2, recorded 33h late"],
    );
}

#[test]
fn no_safe_route_is_missed_and_explained() {
    let lines = format!(
        r#"{FRIDAY}
{{"fact":"obligation_excused","happened":"2026-09-01T10:00:00+01:00","with":{{"rule":"first-contact","ground":"no_safe_route"}}}}"#
    );
    check(
        &lines,
        "2026-09-10 12:00",
        "first-contact",
        &["missed, no safe route 2"],
    );
}

#[test]
fn every_disclosure_has_a_first_contact_of_its_own() {
    let lines = format!(
        r#"{FRIDAY}
{{"fact":"contact_made","happened":"2026-08-28T17:30:00+01:00","with":{{"who":"survivor"}}}}
{{"fact":"report_received","happened":"2026-09-14T10:00:00+01:00","with":{{"from":"neighbour"}}}}"#
    );
    check(&lines, "2026-09-14 12:00", "first-contact", &["met by 2", "open"]);
}

#[test]
fn the_plan_at_day_14_is_in_time_and_at_day_15_is_not() {
    for (agreed, expected) in [
        ("2026-03-16T23:59:59Z", "met by 2"),
        ("2026-03-17T00:00:00Z", "missed, late by 2"),
    ] {
        let lines = format!(
            r#"{{"fact":"report_received","happened":"2026-03-02T18:00:00Z"}}
{{"fact":"action_plan_agreed","happened":"{agreed}"}}"#
        );
        check(&lines, "2026-03-20 12:00", "action-plan", &[expected]);
    }
    let drafted = r#"{"fact":"report_received","happened":"2026-03-02T18:00:00Z"}
{"fact":"action_plan_drafted","happened":"2026-03-10T09:00:00Z"}"#;
    check(drafted, "2026-03-20 12:00", "action-plan", &["missed"]);
}

/// A report and a first contact on 2 March, then another contact so many days later, then what is put between.
fn gap(days: i8, between: &str) -> String {
    let second = jiff::civil::date(2026, 3, 2).saturating_add(jiff::ToSpan::days(days));
    format!(
        r#"{{"fact":"report_received","happened":"2026-03-01T10:00:00Z"}}
{{"fact":"contact_made","happened":"2026-03-02T10:00:00Z","with":{{"who":"survivor"}}}}
{between}
{{"fact":"contact_made","happened":"{second}T10:00:00Z","with":{{"who":"survivor"}}}}"#
    )
}

#[test]
fn a_gap_of_14_days_is_in_time_and_15_is_missed() {
    check(
        &gap(14, ""),
        "2026-03-18 12:00",
        "fortnightly-contact",
        &["met by 2", "met by 4", "open"],
    );
    check(
        &gap(15, ""),
        "2026-03-18 12:00",
        "fortnightly-contact",
        &["met by 2", "missed, late by 4", "open"],
    );
}

#[test]
fn only_an_express_agreement_makes_the_gap_longer() {
    let agreed = r#"{"fact":"rhythm_agreed","happened":"2026-03-02T10:00:00Z","with":{"answer":"agreed","every":21,"unit":"days","how":"voice","review":"2026-06-01"}}"#;
    check(
        &gap(15, agreed),
        "2026-03-18 12:00",
        "fortnightly-contact",
        &["met by 2", "met by 4", "open"],
    );
    check(
        &gap(21, agreed),
        "2026-03-24 12:00",
        "fortnightly-contact",
        &["met by 2", "met by 4", "open"],
    );
    check(
        &gap(22, agreed),
        "2026-03-24 12:00",
        "fortnightly-contact",
        &["met by 2", "missed, late by 4", "open"],
    );
    for not_an_agreement in [
        agreed.replace(r#""answer":"agreed""#, r#""answer":"no_reply""#),
        agreed.replace(r#""answer":"agreed""#, r#""answer":"refused""#),
        agreed.replace(r#","review":"2026-06-01""#, ""),
        agreed.replace(r#""every":21,"#, ""),
        r#"{"fact":"contact_proposed","happened":"2026-03-02T10:00:00Z"}"#.to_owned(),
        // Agreed on the phone in time, but put on record only when the fortnight was over.
        agreed.replace(
            r#""happened":"2026-03-02T10:00:00Z""#,
            r#""happened":"2026-03-02T10:00:00Z","recorded":"2026-03-17T09:00:00Z""#,
        ),
    ] {
        check(
            &gap(15, &not_an_agreement),
            "2026-03-18 12:00",
            "fortnightly-contact",
            &["met by 2", "missed, late by 4", "open"],
        );
    }
}

#[test]
fn a_dash_by_another_agency_needs_evidence_and_no_great_age() {
    let report = r#"{"fact":"report_received","happened":"2026-03-02T10:00:00Z"}"#;
    for (dash, expected) in [
        (
            r#""happened":"2026-03-05T10:00:00Z","with":{"by":"us"}"#,
            "met by 2",
        ),
        (
            r#""happened":"2026-02-05T10:00:00Z","recorded":"2026-03-05T10:00:00Z","with":{"by":"us"}"#,
            "open",
        ),
        (
            r#""happened":"2025-12-02T10:00:00Z","recorded":"2026-03-05T10:00:00Z","with":{"by":"other_agency","evidence":true}"#,
            "met by 2",
        ),
        (
            r#""happened":"2025-12-01T10:00:00Z","recorded":"2026-03-05T10:00:00Z","with":{"by":"other_agency","evidence":true}"#,
            "open",
        ),
        (
            r#""happened":"2026-03-05T10:00:00Z","with":{"by":"other_agency","evidence":false}"#,
            "open",
        ),
        (
            r#""happened":"2026-03-05T10:00:00Z","with":{"by":"other_agency"}"#,
            "open",
        ),
    ] {
        let lines = format!("{report}\n{{\"fact\":\"risk_assessed\",{dash}}}");
        check(&lines, "2027-03-20 12:00", "dash-evidence", &[expected]);
    }
}

#[test]
fn a_return_starts_the_clocks_afresh() {
    let lines = r#"{"fact":"report_received","happened":"2026-03-02T10:00:00Z"}
{"fact":"contact_made","happened":"2026-03-02T11:00:00Z","with":{"who":"survivor"}}
{"fact":"action_plan_agreed","happened":"2026-03-05T11:00:00Z"}
{"fact":"case_closed","happened":"2026-03-10T11:00:00Z"}
{"fact":"case_returned","happened":"2026-05-05T10:00:00+01:00"}"#;
    check(lines, "2026-05-05 12:00", "first-contact", &["met by 2", "open"]);
    check(lines, "2026-05-05 12:00", "action-plan", &["met by 3", "open"]);
    check(
        lines,
        "2026-05-05 12:00",
        "fortnightly-contact",
        &["lapsed by 4: case_closed", "open"],
    );
}

#[test]
fn the_indicator_is_counted_from_the_clocks() {
    let pack = settle();
    let mut all = Vec::new();
    for (contact, how_many) in [("2026-09-01T10:00:00+01:00", 3), ("2026-09-02T10:00:00+01:00", 1)] {
        let lines = format!(
            "{FRIDAY}\n{{\"fact\":\"contact_made\",\"happened\":\"{contact}\",\"with\":{{\"who\":\"survivor\"}}}}"
        );
        for _ in 0..how_many {
            all.extend(bones(&owed(&pack, &story(&lines), at("2026-09-10 12:00")), None));
        }
    }
    let measure = pack.measure("first-contact").unwrap();
    let figure = over_clocks(measure, &all, at("2026-04-01 00:00"), at("2027-04-01 00:00"));
    assert_eq!((figure.numerator, figure.denominator), (3, 4));
    assert_eq!(figure.meets(measure.target), Some(false));
}

#[test]
fn a_policy_past_its_date_is_late_until_a_new_one_is_adopted() {
    let lines = r#"{"fact":"policy_adopted","happened":"2021-09-01T00:00:00+01:00","with":{"next_review":"2023-09-30"}}"#;
    check(lines, "2023-09-30 12:00", "policy-review", &["open"]);
    check(lines, "2026-11-25 12:00", "policy-review", &["missed"]);
    let again = format!(
        "{lines}\n{}",
        r#"{"fact":"policy_adopted","happened":"2026-12-01T09:00:00Z","with":{"next_review":"2028-12-01"}}"#
    );
    check(
        &again,
        "2026-12-02 12:00",
        "policy-review",
        &["missed, late by 2", "open"],
    );
}

#[test]
fn positive_outcomes_are_counted_of_those_who_answered_and_survive_an_erased_case() {
    let pack = settle();
    let measure = pack.measure("positive-outcomes").unwrap();
    let (from, to) = (at("2026-04-01 00:00"), at("2027-04-01 00:00"));
    for (positive, answered, asked, met) in [(8, 10, 20, true), (7, 9, 20, false)] {
        let stories: Vec<_> = (0..asked)
            .map(|n| {
                let answer = if n < positive { "yes" } else { "mixed" };
                let answered = if n < answered {
                    format!("\n{{\"fact\":\"feedback_answered\",\"happened\":\"2026-06-02T09:00:00Z\",\"with\":{{\"positive\":\"{answer}\"}}}}")
                } else {
                    String::new()
                };
                story(&format!("{{\"fact\":\"feedback_asked\",\"happened\":\"2026-06-01T09:00:00Z\"}}{answered}"))
            })
            .collect();
        let rows = || {
            stories.iter().map(|facts| CaseRow {
                identified: at("2026-05-01 09:00"),
                facts,
            })
        };
        let figure = over_cases(measure, &pack, rows(), from, to, at("2026-07-01 09:00"));
        assert_eq!(
            (
                figure.numerator,
                figure.denominator,
                figure.asked,
                figure.answered
            ),
            (positive, answered, Some(asked), Some(answered))
        );
        assert_eq!(figure.meets(measure.target), Some(met));
        let kept: Vec<CaseBone> = rows()
            .map(|case| CaseBone::of(&pack, case, at("2026-07-01 09:00")))
            .collect();
        assert_eq!(
            over_case_bones(measure, &kept, from, to),
            figure,
            "the bones say the same without a fact"
        );
    }
}

#[test]
fn our_own_dash_and_anothers_alone_are_counted_apart() {
    let pack = settle();
    let ours = story(r#"{"fact":"risk_assessed","happened":"2026-06-01T09:00:00Z","with":{"by":"us"}}"#);
    let theirs = story(
        r#"{"fact":"risk_assessed","happened":"2026-06-01T09:00:00Z","with":{"by":"other_agency","evidence":true}}"#,
    );
    let none = story("");
    let cases = [&ours, &ours, &theirs, &none].map(|facts| CaseRow {
        identified: at("2026-05-01 09:00"),
        facts,
    });
    let count = |id: &str| {
        let figure = over_cases(
            pack.measure(id).unwrap(),
            &pack,
            cases,
            at("2026-04-01 00:00"),
            at("2027-04-01 00:00"),
            at("2026-07-01 09:00"),
        );
        (figure.numerator, figure.denominator)
    };
    assert_eq!(
        (
            count("dash-by-us"),
            count("dash-by-other"),
            count("cases-identified")
        ),
        ((2, 4), (1, 4), (4, 4))
    );
}

/// One case of a past year: on which day it was reported, and what else is known of it.
fn past(reported: &str, lines: &[String]) -> (jiff::Timestamp, Vec<CodedFact>) {
    (at(&format!("{reported} 10:00")), story(&lines.join("\n")))
}

fn closed(outcome: &str) -> String {
    format!(
        r#"{{"fact":"case_closed","happened":"2021-06-20T09:00:00Z","with":{{"outcome":"{outcome}","survivor_asked":true}}}}"#
    )
}

fn sex(answer: &str) -> String {
    format!(
        r#"{{"fact":"circumstance_recorded","happened":"2020-07-01T09:00:00Z","with":{{"what":"sex","answer":"{answer}"}}}}"#
    )
}

/// How many of how many over cases reported from one day to before another, and the share as it would be printed.
fn published(
    cases: &[(jiff::Timestamp, Vec<CodedFact>)],
    id: &str,
    from: &str,
    to: &str,
) -> (u64, u64, String) {
    let pack = settle();
    let kept: Vec<CaseBone> = cases
        .iter()
        .map(|(identified, facts)| {
            let row = CaseRow {
                identified: *identified,
                facts,
            };
            CaseBone::of(&pack, row, at("2021-09-01 09:00"))
        })
        .collect();
    let figure = over_case_bones(
        pack.measure(id).unwrap(),
        &kept,
        at(&format!("{from} 00:00")),
        at(&format!("{to} 00:00")),
    );
    (figure.numerator, figure.denominator, figure.percent().unwrap())
}

/// What the policy printed of a past year (2.11, 2.12, 2.19, 2.20), come out of cases as counts: 44 cases, of which 24
/// stayed, 6 moved and 14 ended otherwise, after 69 in the year before.
#[test]
fn the_published_figures_of_a_year_come_out_as_counts() {
    let mut cases = Vec::new();
    for n in 0..44 {
        let outcome = match n {
            0..24 => "stayed-with-support",
            24..30 => "relocated-with-help",
            _ => "other-outcome",
        };
        cases.push(past("2020-07-01", &[closed(outcome)]));
    }
    cases.extend((0..69).map(|_| past("2019-07-01", &[])));
    let this = ("2020-06-01", "2021-06-01");
    let count = |id: &str| published(&cases, id, this.0, this.1);
    assert_eq!(count("cases-identified").0, 44);
    assert_eq!(
        published(&cases, "cases-identified", "2019-06-01", "2020-06-01").0,
        69
    );
    assert_eq!(count("stayed-at-home"), (24, 44, "54.5".into()), "printed as 55%");
    assert_eq!(count("relocated"), (6, 44, "13.6".into()), "printed as 14%");
}

/// 97% women (2.16) comes out of no whole number of 44 cases; 110 of the 113 of both years gives it. The share never
/// stands without its numbers.
#[test]
fn the_published_share_of_women_fits_two_years_and_not_one() {
    let both: Vec<_> = (0..113)
        .map(|n| past("2020-05-01", &[sex(if n < 110 { "female" } else { "male" })]))
        .collect();
    let (women, cases, percent) = published(&both, "women-supported", "2019-06-01", "2021-06-01");
    assert_eq!((women, cases, percent.as_str()), (110, 113, "97.3"));
    for women in 0..=44 {
        let one: Vec<_> = (0..44)
            .map(|n| past("2020-07-01", &[sex(if n < women { "female" } else { "male" })]))
            .collect();
        let (_, of, percent) = published(&one, "women-supported", "2020-06-01", "2021-06-01");
        let rounded: f64 = percent.parse::<f64>().unwrap().round();
        assert!(of == 44 && rounded != 97.0, "{women} of 44 is {percent}");
    }
}
