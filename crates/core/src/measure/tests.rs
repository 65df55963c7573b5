use super::*;
use crate::obligation::{Bone, BoneState, Strength};
use crate::pack::{Counted, Denominator, MeasureOf, MeasureRule, Period, Target};
use jiff::Timestamp;
use proptest::prelude::*;

fn measure(of: MeasureOf) -> MeasureRule {
    MeasureRule {
        id: "m".to_owned(),
        title: "M".to_owned(),
        of,
        counts: Counted::Obligation("rule".to_owned()),
        denominator: Denominator::All,
        target: None,
        period: Period::Year,
        by: Vec::new(),
        late_records_count: false,
        clauses: Vec::new(),
        note: None,
    }
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn bone(state: BoneState, met: Option<i64>) -> Bone {
    Bone {
        rule: "rule".to_owned(),
        strength: Strength::Will,
        started: at(100),
        due: Some(at(1000)),
        met: met.map(at),
        state,
        tier: None,
        team: None,
    }
}

#[test]
fn each_state_is_its_own_number_and_recorded_late_is_not_in_the_headline() {
    use BoneState::*;
    let clocks: Vec<Bone> = [
        Kept,
        Kept,
        KeptRecordedLate,
        Missed,
        MissedNoSafeRoute,
        Excused,
        Lapsed,
        Open,
        Paused,
    ]
    .map(|state| bone(state, None))
    .to_vec();
    let figure = over_clocks(&measure(MeasureOf::Share), &clocks, at(0), at(200));
    assert_eq!((figure.numerator, figure.denominator), (2, 5));
    let tally = figure.tally.unwrap();
    assert_eq!(
        (
            tally.kept_recorded_late,
            tally.missed,
            tally.missed_no_safe_route,
            tally.excused
        ),
        (1, 1, 1, 1)
    );
    assert_eq!((tally.lapsed, tally.not_due_yet), (1, 2));
    let counted = MeasureRule {
        late_records_count: true,
        ..measure(MeasureOf::Share)
    };
    assert_eq!(over_clocks(&counted, &clocks, at(0), at(200)).numerator, 3);
    assert_eq!(
        over_clocks(&counted, &clocks, at(101), at(200)).denominator,
        0,
        "started before the period"
    );
    assert_eq!(
        over_clocks(&counted, &clocks, at(0), at(100)).denominator,
        0,
        "started as the period ended"
    );
}

#[test]
fn what_cannot_be_late_counts_while_it_is_not_done() {
    let open = Bone {
        due: None,
        ..bone(BoneState::Open, None)
    };
    let figure = over_clocks(&measure(MeasureOf::Share), [&open], at(0), at(200));
    assert_eq!((figure.numerator, figure.denominator), (0, 1));
}

#[test]
fn a_share_is_never_rounded_up_to_all() {
    for (numerator, denominator, words) in [
        (43, 44, "97.7"),
        (15, 44, "34.1"),
        (24, 44, "54.5"),
        (6, 44, "13.6"),
        (110, 113, "97.3"),
        (17, 113, "15.0"),
        (9_999, 10_000, "99.9"),
        (1, 10_000, "0.1"),
        (0, 9, "0.0"),
        (9, 9, "100.0"),
    ] {
        assert_eq!(
            percent_words(numerator, denominator).unwrap(),
            words,
            "{numerator} of {denominator}"
        );
    }
    assert_eq!(percent_words(0, 0), None);
}

#[test]
fn a_target_is_judged_by_the_numbers() {
    let figure = |numerator, denominator| Figure {
        numerator,
        denominator,
        ..Figure::default()
    };
    let target = Some(Target::AtLeast(80));
    assert_eq!(figure(8, 10).meets(target), Some(true));
    assert_eq!(figure(7, 9).meets(target), Some(false));
    assert_eq!(
        figure(9_999, 10_000).meets(Some(Target::AtLeast(100))),
        Some(false)
    );
    assert_eq!(figure(0, 0).meets(target), None, "nothing to show yet");
    assert_eq!(figure(1, 2).meets(None), None, "no target is stated");
}

#[test]
fn the_middle_of_an_even_number_lies_between_two() {
    let clocks: Vec<Bone> = [110, 140, 120, 130]
        .map(|met| bone(BoneState::Kept, Some(met)))
        .to_vec();
    let figure = over_clocks(&measure(MeasureOf::Median), &clocks, at(0), at(200));
    assert_eq!(figure.median_seconds, Some(25));
}

#[test]
fn a_small_part_takes_another_with_it() {
    use Shown::*;
    assert_eq!(hide(&[20, 3, 9]), (vec![Number(20), Hidden, Hidden], true));
    assert_eq!(hide(&[20, 0, 9]), (vec![Number(20), Number(0), Number(9)], true));
    assert_eq!(
        hide(&[1, 1, 9, 12]),
        (vec![Hidden, Hidden, Hidden, Number(12)], true)
    );
    assert_eq!(hide(&[2, 1]), (vec![Hidden, Hidden], false));
}

#[test]
fn a_share_with_a_small_remainder_is_hidden() {
    assert_eq!(hide_share(43, 44).percent, None);
    assert_eq!(hide_share(44, 44).percent.as_deref(), Some("100.0"));
    assert_eq!(hide_share(2, 3).denominator, Shown::Hidden);
    let teams = hide_breakdown(&[(10, 20), (9, 12), (30, 60)]);
    let hidden: Vec<bool> = teams
        .iter()
        .map(|share| share.numerator == Shown::Hidden)
        .collect();
    assert_eq!(hidden, [true, true, false]);
}

proptest! {
    #[test]
    fn no_hidden_part_can_be_found_by_subtraction(parts in proptest::collection::vec(0u64..12, 1..8)) {
        let total: u64 = parts.iter().sum();
        let (shown, total_shown) = hide(&parts);
        for (part, shown) in parts.iter().zip(&shown) {
            if let Shown::Number(number) = shown {
                prop_assert_eq!(part, number);
                prop_assert!(*number == 0 || *number >= SMALL);
            }
        }
        if total_shown {
            prop_assert!(total == 0 || total >= SMALL);
            let seen: u64 = shown.iter().map(|one| match one { Shown::Number(n) => *n, Shown::Hidden => 0 }).sum();
            let hidden = shown.iter().filter(|one| **one == Shown::Hidden).count() as u64;
            prop_assert_ne!(hidden, 1);
            prop_assert!(hidden == 0 || total - seen > hidden);
        }
    }
}
