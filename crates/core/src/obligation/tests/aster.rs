//! What Aster's pack makes of stories: two working days for an answer, words without a number, and the landlord's own
//! checks of a version of its policy.

use super::{at, grounds_found, owed, short, standing, story};
use crate::assurance::tests::shipped;
use crate::obligation::{Obligation, Strength, Wanted, gate_answers};
use crate::pack::Pack;
use std::sync::LazyLock;

static PACK: LazyLock<Pack> = LazyLock::new(|| shipped("aster"));

fn check(facts: &str, now: &str, rule: &str, expected: &[&str]) {
    let told = standing(&PACK, &short(facts), now, rule);
    assert_eq!(told, expected, "{rule}: {facts}");
}

fn one(facts: &str, now: &str, rule: &str) -> Obligation {
    let all = owed(&PACK, &story(&short(facts)), at(now));
    let mut these = all.into_iter().filter(|obligation| obligation.rule == rule);
    let only = these.next().unwrap_or_else(|| panic!("{rule} is owed"));
    assert!(these.next().is_none(), "{rule} is owed once");
    only
}

#[test]
fn an_answer_within_two_working_days_of_receipt_by_whatever_channel() {
    // A Friday before a bank holiday, one minute before the office closes; a voicemail left in the night to Sunday.
    let friday = "report_received 2026-08-28T16:59+01:00 channel=telephone";
    let voicemail = "report_received 2026-11-15T01:30 channel=voicemail hours=out wrote=2026-11-16T09:10";
    for (report, contact, expected) in [
        (friday, "2026-09-02T23:59+01:00", "met by 2"),
        (friday, "2026-09-03T00:00+01:00", "missed, late by 2"),
        (voicemail, "2026-11-17T23:59", "met by 2"),
        (voicemail, "2026-11-18T00:00", "missed, late by 2"),
    ] {
        let story = format!("{report}\ncontact_made {contact} who=survivor route=telephone");
        check(&story, "2026-11-30 12:00", "first-response", &[expected]);
    }
}

#[test]
fn a_try_answers_nobody_and_late_is_counted_although_the_policy_is_soft() {
    let story = "report_received 2026-11-16T10:00 from=neighbour
        contact_tried 2026-11-17T10:00 who=survivor route=telephone
        contact_made 2026-11-17T11:00 who=reporter route=telephone";
    check(story, "2026-11-18 23:59", "first-response", &["open"]);
    check(story, "2026-11-19 00:00", "first-response", &["missed"]);
    let told = one(story, "2026-11-19 00:00", "first-response");
    assert_eq!(told.strength, Strength::WherePracticable);
    let warned: Vec<String> = told.notices.iter().map(|notice| notice.at.to_string()).collect();
    assert_eq!(
        warned[0], "2026-11-17T09:00:00Z",
        "one working day before: {warned:?}"
    );
    // That it was not practicable is no ground here: "whenever possible" is weighed by people, not taken as leave.
    let excused = format!(
        "{story}\nobligation_excused 2026-11-17T12:00 rule=first-response ground=not_practicable until=2026-12-01"
    );
    check(&excused, "2026-11-19 00:00", "first-response", &["missed"]);
}

#[test]
fn another_agencys_dash_will_do_if_we_have_seen_it_and_it_is_not_old() {
    for (dash, expected) in [
        ("risk_assessed 2026-11-20T10:00 by=us", "met by 2"),
        (
            "risk_assessed 2026-11-20T10:00 by=other_agency evidence=true",
            "met by 2",
        ),
        (
            "risk_assessed 2026-08-16T10:00 by=other_agency evidence=true",
            "met by 2",
        ),
        (
            "risk_assessed 2026-08-15T10:00 by=other_agency evidence=true",
            "open",
        ),
        (
            "risk_assessed 2026-11-20T10:00 by=other_agency evidence=false",
            "open",
        ),
    ] {
        let story = format!("report_received 2026-11-16T10:00\n{dash}");
        check(&story, "2027-02-01 12:00", "dash-evidence", &[expected]);
    }
}

#[test]
fn an_aim_without_a_number_is_never_late_and_a_return_starts_everything_afresh() {
    let story = "report_received 2026-11-16T10:00
        action_plan_agreed 2026-11-30T10:00 who=survivor
        case_closed 2027-01-04T10:00 outcome=stayed-safely survivor_asked=true
        case_returned 2027-03-09T14:00";
    check(story, "2028-01-01 12:00", "action-plan", &["met by 2", "open"]);
    check(
        story,
        "2028-01-01 12:00",
        "wishes",
        &["lapsed by 3: case_closed", "open"],
    );
    check(
        story,
        "2028-01-01 12:00",
        "first-response",
        &["missed, ended by 3", "missed"],
    );
    let plan = one(
        "report_received 2026-11-16T10:00",
        "2028-01-01 12:00",
        "action-plan",
    );
    assert_eq!((plan.strength, plan.due.at), (Strength::AimsTo, None));
}

#[test]
fn adult_and_child_are_looked_at_apart_and_each_child_by_itself() {
    let story = "report_received 2026-11-16T10:00
        person_added 2026-11-16T10:05 as=child about=ada
        person_added 2026-11-16T10:06 as=child about=ben
        safeguarding_screened 2026-11-17T10:00 for=adult answer=no_concern";
    check(story, "2026-12-01 12:00", "safeguarding-screen", &["open"]);
    let both = format!("{story}\nsafeguarding_screened 2026-11-18T10:00 for=child answer=concern about=ada");
    check(&both, "2026-12-01 12:00", "safeguarding-screen", &["met by 5"]);
    check(&both, "2026-12-01 12:00", "child-witness", &["met by 5", "open"]);
    // She says stop, or the case is closed: what is owed to the child stays.
    let stop =
        format!("{both}\nsaid_stop 2026-11-19T10:00\ncase_closed 2026-11-20T10:00 outcome=other-outcome");
    check(&stop, "2026-12-01 12:00", "child-witness", &["met by 5", "open"]);
}

#[test]
fn each_version_of_the_policy_is_looked_at_after_six_and_after_twelve_months() {
    let adopted = "policy_adopted 2026-08-31T09:00 next_review=2029-08-30";
    for (rule, due) in [
        ("session-attendance-check", "2027-02-28T23:59:59Z"),
        ("read-confirmation-check", "2027-02-28T23:59:59Z"),
        ("panel-scrutiny", "2027-08-31T22:59:59Z"),
        ("policy-review", "2029-08-30T22:59:59Z"),
    ] {
        let told = one(adopted, "2026-12-01 12:00", rule);
        assert_eq!(
            told.due.at.map(|due| due.to_string()).as_deref(),
            Some(due),
            "{rule}"
        );
    }
    let shown = format!("{adopted}\nreport_published 2027-02-28T10:00 report=read-confirmations");
    check(
        &shown,
        "2027-03-01 12:00",
        "read-confirmation-check",
        &["met by 2"],
    );
    check(
        &shown,
        "2027-03-01 12:00",
        "session-attendance-check",
        &["missed"],
    );
}

#[test]
fn nothing_is_shared_without_consent_but_by_a_listed_exception_and_high_risk_is_none_of_them() {
    let high = "risk_assessed 2026-11-20T10:00 by=us level=high";
    for (purpose, to, grounds) in [
        (
            "marac",
            "police",
            &["consent", "CHILD-PROTECTION", "ADULT-SAFEGUARDING"] as &[&str],
        ),
        ("marac", "specialist", &["consent"]),
        ("support", "specialist", &["consent"]),
        (
            "safeguard_child",
            "children_social_care",
            &["consent", "DANGER-TO-LIFE", "CHILD-PROTECTION"],
        ),
        (
            "prevent_or_detect_crime",
            "police",
            &["consent", "REQUIRED-BY-LAW"],
        ),
        ("health_and_safety", "health", &["DANGER-TO-LIFE"]),
    ] {
        assert_eq!(
            grounds_found(&PACK, purpose, to, high),
            grounds,
            "{purpose} to {to}"
        );
    }
    let told = format!("{high}\nconsent_given 2026-11-21T10:00 for=services");
    assert_eq!(grounds_found(&PACK, "support", "specialist", &told), ["CONSENT"]);
    assert_eq!(grounds_found(&PACK, "marac", "specialist", &told), ["consent"]);
}

#[test]
fn a_referral_to_marac_waits_for_consent_or_an_exception_and_action_for_her_safety() {
    let shut = |act: &str, told: &str| {
        let told = story(&short(told));
        let wants = gate_answers(&PACK, act, &told, at("2026-12-01 12:00"))
            .remove(0)
            .wants;
        wants.contains(&Wanted::Condition)
    };
    assert!(shut(
        "refer_to_marac",
        "risk_assessed 2026-11-20T10:00 by=us level=high"
    ));
    assert!(!shut(
        "refer_to_marac",
        "consent_given 2026-11-20T10:00 for=marac"
    ));
    for (ground, waits) in [
        ("protect_child", false),
        ("required_by_law", false),
        ("marac", true),
    ] {
        let decided = format!("sharing_decided 2026-11-20T10:00 answer=share ground={ground}");
        assert_eq!(shut("refer_to_marac", &decided), waits, "{ground}");
    }
    assert!(shut(
        "act_on_perpetrator",
        "consent_given 2026-11-20T10:00 for=all"
    ));
    assert!(!shut(
        "act_on_perpetrator",
        "survivor_safety_considered 2026-11-20T10:00 her_view=asked"
    ));
}
