//! What Stonewater's pack makes of stories: one working day, repairs within 24 hours, referrals that are followed, and
//! a survivor who stays in care after moving away.

use super::{at, grounds_found, owed, short, standing, story};
use crate::assurance::tests::shipped;
use crate::obligation::{Obligation, Wanted, gate_answers};
use crate::pack::Pack;
use std::sync::LazyLock;

static PACK: LazyLock<Pack> = LazyLock::new(|| shipped("stonewater"));

fn check(facts: &str, now: &str, rule: &str, expected: &[&str]) {
    let told = standing(&PACK, &short(facts), now, rule);
    assert_eq!(told, expected, "{rule}: {facts}");
}

fn all(facts: &str, now: &str, rule: &str) -> Vec<Obligation> {
    let mut all = owed(&PACK, &story(&short(facts)), at(now));
    all.retain(|obligation| obligation.rule == rule);
    all
}

fn due(facts: &str, now: &str, rule: &str) -> Vec<String> {
    let due = |obligation: &Obligation| obligation.due.at.map_or("none".to_owned(), |due| due.to_string());
    all(facts, now, rule).iter().map(due).collect()
}

fn wants(act: &str, facts: &str) -> Vec<Wanted> {
    let facts = story(&short(facts));
    gate_answers(&PACK, act, &facts, at("2026-12-01 12:00"))
        .remove(0)
        .wants
}

#[test]
fn an_answer_within_one_working_day_also_when_a_contractor_passes_it_on() {
    let friday = "report_received 2026-08-28T16:59+01:00 channel=contractor from=contractor";
    for (contact, expected) in [
        ("2026-09-01T23:59+01:00", "met by 2"),
        ("2026-09-02T00:00+01:00", "missed, late by 2"),
    ] {
        let story = format!("{friday}\ncontact_made {contact} who=survivor route=telephone");
        check(&story, "2026-09-10 12:00", "first-response", &[expected]);
    }
    let tried = format!("{friday}\ncontact_tried 2026-09-01T10:00+01:00 who=survivor route=telephone");
    check(&tried, "2026-09-10 12:00", "first-response", &["missed"]);
}

#[test]
fn a_resident_who_moves_away_stays_in_the_case_and_one_who_dies_or_says_stop_does_not() {
    for (then, expected) in [
        ("moved_out_of_care 2026-11-17T09:00", "open"),
        ("died 2026-11-17T09:00 who=perpetrator", "open"),
        ("died 2026-11-17T09:00 who=survivor", "lapsed by 2: died"),
        ("said_stop 2026-11-17T09:00", "lapsed by 2: said_stop"),
    ] {
        let story = format!("report_received 2026-11-16T10:00\n{then}");
        for rule in ["first-response", "dash", "wishes", "support-plan"] {
            check(&story, "2026-11-17 12:00", rule, &[expected]);
        }
    }
}

#[test]
fn only_a_dash_of_our_own_will_do_and_no_time_is_set_for_it() {
    let story = "report_received 2026-11-16T10:00
        risk_assessed 2026-11-17T10:00 by=other_agency evidence=true level=high";
    check(story, "2027-11-16 12:00", "dash", &["open"]);
    let ours = format!("{story}\nrisk_assessed 2026-11-18T10:00 by=us level=medium");
    check(&ours, "2027-11-16 12:00", "dash", &["met by 3"]);
    assert_eq!(due(story, "2027-11-16 12:00", "dash"), ["none"]);
}

#[test]
fn what_abuse_has_broken_is_mended_within_24_true_hours_of_our_knowing() {
    // In the night on which the clocks go forward: noon on Saturday, and one o'clock by the clock on Sunday.
    let night = "damage_recorded 2026-03-28T12:00 caused_by_abuse=yes about=door";
    assert_eq!(
        due(night, "2026-03-28 13:00", "abuse-repair"),
        ["2026-03-29T12:00:00Z"]
    );
    for (done, expected) in [
        ("2026-03-29T13:00+01:00", "met by 2"),
        ("2026-03-29T13:01+01:00", "missed, late by 2"),
    ] {
        let story = format!("{night}\nworks_done {done} about=door");
        check(&story, "2026-04-02 12:00", "abuse-repair", &[expected]);
    }
    check(
        "damage_recorded 2026-03-28T12:00 caused_by_abuse=no about=door",
        "2026-04-02 12:00",
        "abuse-repair",
        &[],
    );
    let two = format!(
        "{night}\ndamage_recorded 2026-03-28T12:05 caused_by_abuse=yes about=window\nworks_done 2026-03-28T15:00 about=window"
    );
    check(&two, "2026-04-02 12:00", "abuse-repair", &["missed", "met by 3"]);
}

#[test]
fn where_a_day_is_not_practicable_there_is_a_new_date_and_the_person_is_told() {
    let damage = "damage_recorded 2026-11-16T10:00 caused_by_abuse=yes about=door";
    let excused = format!(
        "{damage}\nobligation_excused 2026-11-16T15:00 rule=abuse-repair ground=not_practicable until=2026-11-20 about=door"
    );
    assert_eq!(
        due(&excused, "2026-11-17 12:00", "abuse-repair"),
        ["2026-11-20T23:59:59Z"]
    );
    check(&excused, "2026-11-17 12:00", "repair-time-frame", &["open"]);
    let told = format!(
        "{excused}\ntime_frame_told 2026-11-16T16:00 about=door\nworks_done 2026-11-20T10:00 about=door"
    );
    check(&told, "2026-12-01 12:00", "repair-time-frame", &["met by 3"]);
    check(&told, "2026-12-01 12:00", "abuse-repair", &["met by 4"]);
    // Too late to be an excuse: it stays missed, and she is told all the same.
    let late = format!(
        "{damage}\nobligation_excused 2026-11-17T10:01 rule=abuse-repair ground=not_practicable until=2026-11-20 about=door"
    );
    check(&late, "2026-11-17 12:00", "abuse-repair", &["missed"]);
    let silent = all(damage, "2026-11-17 12:00", "repair-time-frame");
    assert_eq!(silent.len(), 1, "a missed repair asks for it too");
    check(damage, "2026-11-17 09:00", "repair-time-frame", &[]);
}

#[test]
fn a_survivor_is_not_charged_where_abuse_has_done_the_damage() {
    let damage = "damage_recorded 2026-11-16T10:00 caused_by_abuse=yes about=door";
    assert_eq!(wants("charge", damage), [Wanted::Forbidden]);
    assert_eq!(
        wants(
            "charge",
            "damage_recorded 2026-11-16T10:00 caused_by_abuse=no about=door"
        ),
        []
    );
}

#[test]
fn a_request_for_data_is_decided_by_the_named_post_and_nobody_else() {
    let asked = "request_received 2026-11-16T10:00 what=information to=police about=request-1";
    let by = |role: &str| {
        format!(
            "{asked}\nsharing_decided 2026-11-18T10:00 answer=share ground=required_by_law role={role} about=request-1"
        )
    };
    check(&by("lead-worker"), "2026-12-01 12:00", "data-request", &["open"]);
    check(
        &by("data-decider"),
        "2026-12-01 12:00",
        "data-request",
        &["met by 2"],
    );
    let closed = format!("{asked}\ncase_closed 2026-11-17T10:00 outcome=other-outcome");
    check(&closed, "2026-12-01 12:00", "data-request", &["open"]);
}

#[test]
fn referrals_are_followed_until_they_are_answered_by_worker_and_manager() {
    let story = "safeguarding_screened 2026-11-16T10:00 for=child answer=concern about=ada
        safeguarding_referred 2026-11-16T11:00 for=child ground=protect_child about=ada
        marac_referred 2026-11-16T12:00 ground=marac about=marac-1";
    check(
        story,
        "2026-12-01 12:00",
        "child-safeguarding-referral",
        &["met by 2"],
    );
    check(story, "2026-12-01 12:00", "adult-safeguarding-referral", &[]);
    for rule in ["safeguarding-referral-followed", "marac-referral-followed"] {
        check(story, "2026-12-01 12:00", rule, &["open"]);
        assert_eq!(
            all(story, "2026-12-01 12:00", rule)[0].who,
            ["lead-worker", "manager"]
        );
    }
    let answered = format!(
        "{story}\nsafeguarding_answered 2026-11-20T10:00 for=child answer=accepted about=ada\nmarac_heard 2026-11-25T10:00 attended=true about=marac-1"
    );
    for (rule, by) in [
        ("safeguarding-referral-followed", "met by 4"),
        ("marac-referral-followed", "met by 5"),
    ] {
        check(&answered, "2026-12-01 12:00", rule, &[by]);
    }
}

#[test]
fn all_five_kinds_of_specialist_help_are_considered() {
    let kinds = [
        "welfare_rights",
        "legal",
        "money_advice",
        "substance_misuse",
        "family_support",
    ];
    let considered = |kinds: &[&str]| {
        let each =
            |kind: &&str| format!("\nreferral_considered 2026-11-18T10:00 to={kind} answer=not_needed");
        format!(
            "report_received 2026-11-16T10:00{}",
            kinds.iter().map(each).collect::<String>()
        )
    };
    for without in 0..kinds.len() {
        let mut some = kinds.to_vec();
        some.remove(without);
        check(
            &considered(&some),
            "2026-12-01 12:00",
            "specialist-services",
            &["open"],
        );
    }
    check(
        &considered(&kinds),
        "2026-12-01 12:00",
        "specialist-services",
        &["met by 6"],
    );
}

#[test]
fn high_risk_asks_for_a_decision_on_marac_and_opens_the_way_without_permission() {
    let risk = |level: &str| format!("risk_assessed 2026-11-16T10:00 by=us level={level}");
    check(&risk("high"), "2026-12-01 12:00", "marac-decision", &["open"]);
    check(&risk("medium"), "2026-12-01 12:00", "marac-decision", &[]);
    let shut = |facts: &str| wants("refer_to_marac", facts).contains(&Wanted::Condition);
    assert!(!shut(&risk("high")) && shut(&risk("medium")));
    assert!(!shut(""), "what nobody has graded counts as high");
    assert!(!shut(&format!(
        "{}\nconsent_given 2026-11-16T11:00 for=marac",
        risk("medium")
    )));
}

#[test]
fn the_wider_list_counts_and_whoever_decides_sees_that_another_clause_is_narrower() {
    let risk = |level: &str| format!("risk_assessed 2026-11-16T10:00 by=us level={level}");
    assert_eq!(
        grounds_found(&PACK, "marac", "specialist", &risk("high")),
        ["permission", "HIGH-RISK-MARAC"]
    );
    assert_eq!(
        grounds_found(&PACK, "marac", "specialist", &risk("medium")),
        ["permission", "high-risk-marac"]
    );
    assert_eq!(
        grounds_found(&PACK, "prevent_or_detect_crime", "police", ""),
        ["permission", "REQUIRED-BY-LAW"]
    );
    assert_eq!(grounds_found(&PACK, "support", "specialist", ""), ["permission"]);
    let narrower = |id: &str| {
        &PACK
            .sharing
            .iter()
            .find(|ground| ground.id == id)
            .unwrap()
            .against
    };
    for wider in ["high-risk-marac", "required-by-law"] {
        assert_eq!(narrower(wider), &["STONEWATER-10.2b"], "{wider}");
    }
    assert!(narrower("child-protection").is_empty(), "both clauses allow it");
}

#[test]
fn a_case_closes_with_a_managers_approval_and_support_afterwards_begins() {
    assert_eq!(wants("close", ""), [Wanted::Approval("manager".to_owned())]);
    let closed = "report_received 2026-11-16T10:00
        case_closed 2026-12-01T10:00 outcome=stayed-safely survivor_asked=true why=survivor_satisfied";
    for rule in ["aftercare", "feedback"] {
        check(closed, "2027-02-01 12:00", rule, &["open"]);
        let returned = format!("{closed}\ncase_returned 2027-01-10T10:00");
        check(
            &returned,
            "2027-02-01 12:00",
            rule,
            &["lapsed by 3: case_returned"],
        );
        let died = format!("{closed}\ndied 2026-12-20T10:00 who=survivor");
        check(&died, "2027-02-01 12:00", rule, &["lapsed by 3: died"]);
    }
    check(
        closed,
        "2027-02-01 12:00",
        "case-review",
        &["lapsed by 2: case_closed"],
    );
}

#[test]
fn the_board_has_its_report_every_year() {
    let adopted = "policy_adopted 2026-08-31T09:00";
    assert_eq!(
        due(adopted, "2026-12-01 12:00", "board-report"),
        ["2027-08-31T22:59:59Z"]
    );
    let given = format!("{adopted}\nreport_published 2027-08-01T10:00 report=board-annual");
    check(&given, "2028-02-01 12:00", "board-report", &["met by 2", "open"]);
    check(adopted, "2028-02-01 12:00", "board-report", &["missed", "open"]);
}
