//! Three landlords that nobody has, as unlike each other as can be, run by their packs alone.

use super::{at, owed, story, words};
use crate::obligation::{ToShare, grounds_to_share, plan_stages, referral_grounds, return_is_same_case};
use crate::pack::{Pack, read};

fn landlord(text: &str) -> Pack {
    read(&[("pack.toml", text)]).unwrap_or_else(|problems| {
        panic!(
            "{}",
            problems.iter().map(|one| format!("{one}\n")).collect::<String>()
        )
    })
}

fn island() -> Pack {
    landlord(include_str!("invented/island.toml"))
}

fn city() -> Pack {
    landlord(include_str!("invented/city.toml"))
}

fn almshouse() -> Pack {
    landlord(include_str!("invented/almshouse.toml"))
}

/// Each time of a rule, with its due time and how it stands.
fn stands(pack: &Pack, lines: &str, now: &str, rule: &str) -> Vec<String> {
    owed(pack, &story(lines), at(now))
        .iter()
        .filter(|one| one.rule == rule)
        .map(|one| {
            let due = one.due.local.as_ref().map_or("no time", |due| &due[..16]);
            format!("{due} {}", words(one))
        })
        .collect()
}

fn fact(name: &str, happened: &str, with: &str) -> String {
    format!("{{\"fact\":\"{name}\",\"happened\":\"{happened}\",\"with\":{{{with}}}}}\n")
}

#[test]
fn on_the_island_three_hours_of_the_hall_are_an_evening_and_a_ferry_may_come_first() {
    // Written down on a Wednesday: the hall next opens on Saturday at ten, for three hours.
    let report = fact(
        "report_received",
        "2026-03-04T09:00:00Z",
        "\"channel\":\"face_to_face\"",
    );
    assert_eq!(
        stands(&island(), &report, "2026-03-05 10:00", "go-round"),
        ["2026-03-07T13:00 open"]
    );
    // A telephone call is not going round.
    let rang = report.clone()
        + &fact(
            "contact_made",
            "2026-03-05T10:00:00Z",
            "\"who\":\"survivor\",\"route\":\"telephone\"",
        );
    assert_eq!(
        stands(&island(), &rang, "2026-03-08 10:00", "go-round"),
        ["2026-03-07T13:00 missed"]
    );
    // Seventy-two hours are over on Saturday before the hall has closed.
    let at_home = report
        + &fact(
            "circumstance_recorded",
            "2026-03-04T09:05:00Z",
            "\"what\":\"perpetrator_lives_there\",\"answer\":\"unknown\"",
        );
    assert_eq!(
        stands(&island(), &at_home, "2026-03-05 10:00", "ferry"),
        ["2026-03-07T09:00 open"]
    );
}

#[test]
fn on_the_island_looking_in_slackens_after_two_weeks_unless_somebody_is_worried() {
    let first = fact(
        "contact_made",
        "2026-03-02T10:00:00Z",
        "\"who\":\"survivor\",\"route\":\"home_visit\"",
    );
    let again = |day: &str| {
        fact(
            "contact_made",
            &format!("2026-{day}T10:00:00Z"),
            "\"who\":\"survivor\",\"route\":\"home_visit\"",
        )
    };
    let kept = first
        + &again("03-04")
        + &again("03-06")
        + &again("03-08")
        + &again("03-10")
        + &again("03-12")
        + &again("03-14")
        + &again("03-16");
    let open = |lines: &str| {
        stands(&island(), lines, "2026-03-17 09:00", "look-in")
            .pop()
            .unwrap()
    };
    assert_eq!(open(&kept), "2026-03-30T23:59 open");
    let worried = kept + &fact("risk_raised", "2026-03-17T08:00:00Z", "\"level\":\"worried\"");
    // The first grade counts from when the time began: two days after she was last seen, not after the worry.
    assert_eq!(open(&worried), "2026-03-18T23:59 open");
}

#[test]
fn on_the_island_the_mainlands_silence_is_nobodys_miss_and_the_hall_hears_no_name() {
    let referred = fact("referral_made", "2026-03-16T10:00:00Z", "\"to\":\"specialist\"");
    let now = "2026-04-01 10:00";
    // Ten days after the Monday is a Thursday, which rolls to the Saturday ferry.
    assert_eq!(
        stands(&island(), &referred, now, "mainland"),
        ["2026-03-28T23:59 lapsed by 1: referral_made"]
    );
    assert_eq!(
        stands(&island(), &referred, now, "hall-without-names"),
        ["2026-04-14T19:30 open"]
    );
    let closed = story(&fact("case_closed", "2026-01-10T10:00:00Z", ""));
    assert!(return_is_same_case(&island(), &closed, at("2027-01-10 23:00")));
    let share = ToShare {
        purpose: "safeguard_adult",
        to: "police",
        party_to: &[],
        attends: &[],
    };
    assert!(!grounds_to_share(&island(), &share, &[], at(now))[0].holds);
}

#[test]
fn in_the_city_an_hour_counts_until_somebody_grades_and_each_grade_from_its_change() {
    let report = fact(
        "report_received",
        "2026-03-07T21:30:00Z",
        "\"channel\":\"telephone\"",
    );
    assert_eq!(
        stands(&city(), &report, "2026-03-07 21:40", "answer"),
        ["2026-03-07T22:30 open"]
    );
    // Graded amber within the hour: sixteen hours of the shifts from the report, over the night.
    let graded = report
        + &fact(
            "risk_assessed",
            "2026-03-07T22:00:00Z",
            "\"by\":\"us\",\"level\":\"amber\",\"yes\":10",
        );
    assert_eq!(
        stands(&city(), &graded, "2026-03-07 22:10", "answer"),
        ["2026-03-08T21:30 open"]
    );
    let raised = graded.clone() + &fact("risk_raised", "2026-03-08T08:00:00Z", "\"level\":\"black\"");
    assert_eq!(
        stands(&city(), &raised, "2026-03-08 08:10", "answer"),
        ["2026-03-08T09:00 open"]
    );
    let (pack, facts) = (city(), story(&graded));
    let found = referral_grounds(&pack, None, &facts, at("2026-03-08 10:00"));
    assert_eq!(
        found[0].grounds.iter().map(|(_, met)| *met).collect::<Vec<_>>(),
        [true, false]
    );
}

#[test]
fn in_the_city_papers_need_training_and_a_fresh_plan_by_nine_on_the_day_before() {
    let decided = fact("marac_decided", "2026-03-05T10:00:00Z", "\"answer\":\"refer\"");
    let referred = |trained: bool| {
        decided.clone()
            + &fact(
                "marac_referred",
                "2026-03-10T08:00:00Z",
                &format!("\"training_in_date\":{trained}"),
            )
    };
    let plan = fact(
        "safety_plan_offered",
        "2026-02-25T10:00:00Z",
        "\"answer\":\"accepted\"",
    );
    let now = "2026-03-10 12:00";
    assert_eq!(
        stands(&city(), &referred(true), now, "papers"),
        ["2026-03-10T09:00 missed"]
    );
    assert_eq!(
        stands(&city(), &(plan.clone() + &referred(false)), now, "papers"),
        ["2026-03-10T09:00 missed"]
    );
    assert_eq!(
        stands(&city(), &(plan + &referred(true)), now, "papers"),
        ["2026-03-10T09:00 met by 3"]
    );
}

#[test]
fn in_the_city_a_year_is_planned_once_the_weeks_are_and_the_risk_is_down() {
    let pack = city();
    let open = |lines: &str| {
        let facts = story(lines);
        let found = plan_stages(&pack, &pack.plans[0], &facts, at("2026-04-01 10:00"));
        found.iter().map(|one| one.open).collect::<Vec<_>>()
    };
    let weeks = fact(
        "action_plan_agreed",
        "2026-03-05T10:00:00Z",
        "\"stage\":\"hours\"",
    ) + &fact(
        "action_plan_agreed",
        "2026-03-12T10:00:00Z",
        "\"stage\":\"weeks\"",
    );
    assert_eq!(open(&weeks), [true, true, false]);
    let down = weeks
        + &fact(
            "risk_assessed",
            "2026-03-20T10:00:00Z",
            "\"by\":\"us\",\"level\":\"green\"",
        );
    assert_eq!(open(&down), [true, true, true]);
}

#[test]
fn at_the_almshouse_no_number_is_the_policys_and_sundays_come_round() {
    let report = fact("report_received", "2026-03-04T21:00:00Z", "");
    let all = owed(&almshouse(), &story(&report), at("2026-03-05 10:00"));
    assert!(all[0].is_missed() && all[0].due.landlords_own && all[0].due.not_stated.is_some());
    let person = r#"{"fact":"person_added","happened":"2026-03-04T10:00:00Z","about":"cousin","with":{"as":"adult_at_risk"}}
{"fact":"support_offered","happened":"2026-03-08T10:00:00Z","about":"cousin","with":{"answer":"not_yet"}}
{"fact":"support_offered","happened":"2026-03-18T10:00:00Z","about":"cousin","with":{"answer":"declined"}}"#;
    assert_eq!(
        stands(&almshouse(), person, "2026-03-30 10:00", "after-a-fall"),
        [
            "2026-03-08T23:59 met by 2",
            "2026-03-15T23:59 missed",
            "2026-03-22T23:59 met by 3",
            "2026-03-29T23:59 lapsed by 3: support_offered"
        ]
    );
    // Quarters that begin in February end in April: the last Friday of it.
    let adopted = fact("policy_adopted", "2026-03-01T10:00:00Z", "");
    assert_eq!(
        stands(&almshouse(), &adopted, "2026-03-02 10:00", "trustees"),
        ["2026-04-24T23:59 open"]
    );
}
