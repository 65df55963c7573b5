//! What Housing Plus Group's pack makes of stories: one working day for contact, an emergency without a number, a plan
//! and an assessment made with the person, and a guarantee of confidence that its own clauses go beyond.

use super::{at, owed, story, words};
use crate::obligation::{ToShare, Wanted, gate_answers, grounds_to_share};
use crate::pack::{Pack, read};
use std::path::Path;
use std::sync::LazyLock;

static PACK: LazyLock<Pack> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/housing-plus-group");
    let files: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            (
                path.file_name().unwrap().to_string_lossy().into_owned(),
                std::fs::read_to_string(&path).unwrap(),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    read(&files).unwrap_or_else(|problems| panic!("{problems:?}"))
});

fn fact(name: &str, happened: &str, with: &str) -> String {
    format!("{{\"fact\":\"{name}\",\"happened\":\"{happened}\",\"with\":{{{with}}}}}\n")
}

fn stands(lines: &str, now: &str, rule: &str) -> Vec<String> {
    let all = owed(&PACK, &story(lines), at(now));
    all.iter().filter(|one| one.rule == rule).map(words).collect()
}

/// A referral on the Friday before a bank-holiday Monday.
fn referred() -> String {
    fact(
        "report_received",
        "2026-08-28T16:59:00+01:00",
        "\"from\":\"agency\",\"channel\":\"agency\"",
    )
}

#[test]
fn an_agencys_referral_has_the_same_working_day_as_a_customers_own_report() {
    for from in ["agency", "survivor", "police"] {
        let report = referred().replace("\"from\":\"agency\"", &format!("\"from\":\"{from}\""));
        let reached = |when: &str| report.clone() + &fact("contact_made", when, "\"who\":\"survivor\"");
        let now = "2026-09-10 12:00";
        assert_eq!(
            stands(&reached("2026-09-01T23:59:59+01:00"), now, "first-contact"),
            ["met by 2"]
        );
        assert_eq!(
            stands(&reached("2026-09-02T00:00:00+01:00"), now, "first-contact"),
            ["missed, late by 2"]
        );
    }
}

#[test]
fn an_emergency_asks_until_somebody_knows_and_has_no_number_to_miss() {
    let unknown = referred()
        + &fact(
            "danger_answered",
            "2026-08-28T16:59:00+01:00",
            "\"danger_now\":\"unknown\"",
        );
    assert_eq!(stands(&unknown, "2026-12-01 12:00", "emergency"), ["open"]);
    let known = unknown
        + &fact(
            "danger_answered",
            "2026-08-28T18:00:00+01:00",
            "\"danger_now\":\"no\"",
        );
    assert_eq!(stands(&known, "2026-12-01 12:00", "emergency"), ["met by 3"]);
    let all = owed(&PACK, &story(&referred()), at("2026-09-10 12:00"));
    let emergency = all.iter().find(|one| one.rule == "emergency").unwrap();
    assert!(emergency.due.at.is_none() && emergency.due.not_stated.is_some() && !emergency.due.landlords_own);
}

#[test]
fn plan_and_assessment_are_made_with_the_person_by_us() {
    let day = "2026-09-01T10:00:00+01:00";
    let now = "2026-09-10 12:00";
    let others = referred()
        + &fact("action_plan_agreed", day, "\"who\":\"professional\"")
        + &fact(
            "risk_assessed",
            day,
            "\"by\":\"other_agency\",\"evidence\":true,\"level\":\"high\"",
        );
    assert_eq!(stands(&others, now, "action-plan"), ["open"]);
    assert_eq!(stands(&others, now, "risk-assessment"), ["open"]);
    let ours = others
        + &fact("action_plan_agreed", day, "\"who\":\"survivor\"")
        + &fact("risk_assessed", day, "\"by\":\"us\",\"level\":\"high\"");
    assert_eq!(stands(&ours, now, "action-plan"), ["met by 4"]);
    assert_eq!(stands(&ours, now, "risk-assessment"), ["met by 5"]);
}

#[test]
fn a_move_to_a_weaker_tenancy_is_a_broken_promise_even_if_somebody_approved_it() {
    let moved = |security: &str| {
        fact(
            "move_agreed",
            "2026-03-02T10:00:00Z",
            "\"kind\":\"management_move\"",
        ) + &fact(
            "offer_made",
            "2026-03-05T10:00:00Z",
            &format!("\"same_security\":\"{security}\""),
        ) + &fact("move_completed", "2026-03-20T10:00:00Z", "")
    };
    for (security, expected) in [("yes", "met by 2"), ("no", "missed"), ("approved", "missed")] {
        assert_eq!(
            stands(&moved(security), "2026-04-01 12:00", "same-security-of-tenure"),
            [expected]
        );
    }
}

#[test]
fn nothing_is_done_about_a_perpetrator_before_the_victims_safety() {
    let wants = |lines: &str| {
        let answers = gate_answers(&PACK, "act_on_perpetrator", &story(lines), at("2026-03-03 12:00"));
        answers
            .into_iter()
            .flat_map(|answer| answer.wants)
            .collect::<Vec<_>>()
    };
    assert!(wants("").contains(&Wanted::Condition));
    let considered = fact(
        "survivor_safety_considered",
        "2026-03-02T10:00:00Z",
        "\"her_view\":\"asked\"",
    );
    assert!(!wants(&considered).contains(&Wanted::Condition));
    assert!(wants(&considered).contains(&Wanted::Approval("manager".to_owned())));
}

#[test]
fn whoever_shares_beyond_the_guarantee_sees_the_guarantee() {
    let police = vec!["police-agreement".to_owned()];
    let found = |purpose, party_to: &[String]| {
        let share = ToShare {
            purpose,
            to: "police",
            party_to,
            attends: &[],
        };
        grounds_to_share(&PACK, &share, &[], at("2026-03-03 12:00"))
            .into_iter()
            .filter(|found| found.holds)
            .map(|found| (found.ground.id.clone(), found.ground.against.clone()))
            .collect::<Vec<_>>()
    };
    let guarantee = vec!["HPG-4.3b".to_owned(), "HPG-4.3c".to_owned()];
    assert_eq!(
        found("prevent_or_detect_crime", &police),
        [
            ("section-115".to_owned(), guarantee.clone()),
            ("agreement".to_owned(), guarantee)
        ]
    );
    // An agreement covers two purposes and no other, and without it there is no such ground.
    assert!(found("housing", &police).is_empty());
    assert_eq!(found("prevent_or_detect_crime", &[]).len(), 1);
    assert_eq!(found("safeguard_child", &[])[0].0, "danger-to-life");
}
