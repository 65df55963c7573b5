//! What holds for any story: no panic, a missed promise stays missed, the future changes nothing before it, and
//! nothing changes before `wake_at`.

use super::{Pack, owed, pack};
use crate::coded::{CodedFact, Kind, Value};
use crate::ids::Position;
use crate::obligation::{Obligation, State, wake_at};
use crate::times::Times;
use jiff::Timestamp;
use proptest::prelude::*;
use std::sync::LazyLock;

/// A pack with every word of the vocabulary that clocks know.
static WIDE: LazyLock<Pack> = LazyLock::new(|| pack(include_str!("wide.toml")));

/// The kinds that the wide pack speaks of, so that stories have something in them.
const MATTER: &[Kind] = &[
    Kind::ReportReceived,
    Kind::CaseReturned,
    Kind::CaseOpened,
    Kind::CaseClosed,
    Kind::ContactMade,
    Kind::ContactTried,
    Kind::RiskAssessed,
    Kind::RiskRaised,
    Kind::RhythmAgreed,
    Kind::ObligationExcused,
    Kind::PauseBegan,
    Kind::PauseEnded,
    Kind::ReviewHeld,
    Kind::PersonAdded,
    Kind::CircumstanceRecorded,
    Kind::SupportOffered,
    Kind::MaracListed,
    Kind::MeetingPlanned,
    Kind::MaracHeard,
    Kind::SafetyPlanOffered,
    Kind::SafetyPlanReviewed,
    Kind::DamageRecorded,
    Kind::ActionPlanAgreed,
    Kind::SaidStop,
];

const MONDAY: i64 = 1_772_445_600; // 2 March 2026, 10:00

fn moment(hours: i64) -> Timestamp {
    Timestamp::from_second(MONDAY + hours * 3600).unwrap()
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        prop::sample::select(vec![
            "yes",
            "no",
            "survivor",
            "child",
            "us",
            "other_agency",
            "high",
            "standard",
            "agreed",
            "no_contact",
            "rule",
            "rhythm",
            "survivor_wish",
            "not_practicable",
            "no_safe_route",
            "survivor_away",
            "2026-03-20",
            "2026-04-10",
            "days",
            "weeks",
            "telephone",
            "children_in_home",
            "panel",
        ])
        .prop_map(Value::from),
        (0i64..40).prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
    ]
}

prop_compose! {
    fn fact()(
        kind in prop_oneof![4 => prop::sample::select(MATTER.to_vec()), 1 => prop::sample::select(Kind::ALL.to_vec())],
        with in prop::collection::btree_map(
            prop::sample::select(vec![
                "who", "answer", "what", "by", "level", "on", "until", "review", "every", "unit", "rule", "ground",
                "route", "as", "planned", "next_review", "evidence", "meeting", "meeting",
            ]).prop_map(std::borrow::Cow::Borrowed),
            value(),
            0..5,
        ),
        item in prop::option::of(prop::sample::select(vec!["one", "two"])),
        happened in 0i64..1500,
        lag in prop::sample::select(vec![0i64, 0, 0, 1, 30]),
        corrects in prop::option::weighted(0.1, 0u64..20),
    ) -> CodedFact {
        let happened = moment(happened);
        let recorded = Timestamp::from_second(happened.as_second() + lag * 3600).unwrap();
        CodedFact {
            kind,
            with,
            item: item.map(str::to_owned),
            times: Times { happened, aware: happened, recorded },
            position: Position(0),
            corrects: corrects.map(Position),
        }
    }
}

/// Facts in the order in which they were recorded, as in a journal.
fn journal() -> impl Strategy<Value = Vec<CodedFact>> {
    prop::collection::vec(fact(), 0..25).prop_map(|mut facts| {
        facts.sort_by_key(|fact| fact.times.recorded);
        for (fact, position) in facts.iter_mut().zip(0u64..) {
            fact.position = Position(position);
            fact.corrects = fact.corrects.filter(|corrected| corrected.0 < position);
        }
        facts
    })
}

fn key(obligation: &Obligation) -> (String, Option<String>, u32, u64, Timestamp) {
    (
        obligation.rule.clone(),
        obligation.item.clone(),
        obligation.time,
        obligation.started.by.0,
        obligation.started.at,
    )
}

fn last_recorded(facts: &[CodedFact]) -> Timestamp {
    facts
        .iter()
        .map(|fact| fact.times.recorded)
        .max()
        .unwrap_or(moment(0))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_story_has_an_answer(facts in journal(), now in -100i64..5000) {
        let all = owed(&WIDE, &facts, moment(now));
        for one in &all {
            prop_assert!(!one.explanation.is_empty());
            prop_assert!(one.wake_at.is_none_or(|wake| wake > moment(now)), "{:?}", one);
            prop_assert_eq!(one.due.at.is_some(), one.due.local.is_some());
        }
    }

    #[test]
    fn what_is_missed_stays_missed_as_time_goes_on(facts in journal(), later in prop::collection::vec(1i64..800, 1..4)) {
        let mut now = last_recorded(&facts);
        let mut before = owed(&WIDE, &facts, now);
        for hours in later {
            now = Timestamp::from_second(now.as_second() + hours * 3600).unwrap();
            let after = owed(&WIDE, &facts, now);
            for missed in before.iter().filter(|one| one.is_missed()) {
                let same = after.iter().find(|one| key(one) == key(missed));
                prop_assert!(same.is_some_and(Obligation::is_missed), "{:?} became {:?}", missed, same);
            }
            before = after;
        }
    }

    #[test]
    fn nothing_changes_before_it_wakes(facts in journal(), wait in 0i64..600, parts in prop::collection::vec(0u32..1000, 3)) {
        let now = Timestamp::from_second(last_recorded(&facts).as_second() + wait * 3600).unwrap();
        let asleep = owed(&WIDE, &facts, now);
        let until = wake_at(&asleep).map_or(now.as_second() + 10_000_000, |wake| wake.as_second() - 1);
        let length = until - now.as_second();
        let seconds = parts.iter().map(|part| length * i64::from(*part) / 1000).chain([length]);
        for second in seconds.filter(|second| *second >= 0) {
            let then = Timestamp::from_second(now.as_second() + second).unwrap();
            prop_assert_eq!(&owed(&WIDE, &facts, then), &asleep);
        }
    }

    #[test]
    fn a_later_fact_about_something_else_changes_nothing_before(facts in journal()) {
        let now = last_recorded(&facts);
        let before = owed(&WIDE, &facts, now);
        let mut more = facts.clone();
        let unrelated = Timestamp::from_second(now.as_second() + 1).unwrap();
        more.push(CodedFact::new(Kind::WelfareOffered, facts.len() as u64, Times::at(unrelated)));
        prop_assert_eq!(&owed(&WIDE, &more, now), &before, "seen from before it was recorded");
        // Seen from after, it moves no due time and undoes nothing.
        let after = owed(&WIDE, &more, unrelated);
        for one in &before {
            let same = after.iter().find(|other| key(other) == key(one));
            prop_assert_eq!(same.map(|other| other.due.at), Some(one.due.at));
            let was_done = matches!(one.state, State::Met { .. } | State::Missed { .. });
            prop_assert!(!was_done || same.is_some_and(|other| other.state == one.state));
        }
    }
}
