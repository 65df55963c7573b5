use super::*;
use jiff::civil::date;
use proptest::prelude::*;

fn topics() -> &'static QuestionSet {
    BUILT_IN.first().expect("the built-in set is read")
}

fn answered(item: &str, answer: Answer) -> RiskAnswer {
    RiskAnswer {
        item: item.to_owned(),
        answer,
        told_by: ToldBy::Survivor,
        words: None,
    }
}

fn yes_to(n: usize) -> Vec<RiskAnswer> {
    let items = topics().items.iter().take(n);
    items.map(|item| answered(&item.id, Answer::Yes)).collect()
}

fn state(of: GroundKind, answers: &[RiskAnswer], known: Known, today: jiff::civil::Date) -> GroundState {
    let all = grounds(&trial_area(), topics(), answers, known, today);
    all.iter()
        .find(|ground| ground.kind == of)
        .expect("every ground is given")
        .state
}

#[test]
fn the_built_in_set_has_24_items_and_every_item_its_own_id() {
    let all: Vec<&str> = topics().every_item().map(|item| item.id.as_str()).collect();
    let different: std::collections::BTreeSet<&&str> = all.iter().collect();
    assert_eq!((topics().items.len(), different.len()), (24, all.len()));
}

#[test]
fn a_count_says_what_is_not_known_and_what_it_could_be() {
    let mut answers = yes_to(9);
    let rest: Vec<&Item> = topics().items.iter().skip(9).collect();
    for (item, answer) in rest
        .iter()
        .zip([Answer::DontKnow, Answer::NotAsked, Answer::Declined])
    {
        answers.push(answered(&item.id, answer));
    }
    answers.extend(rest.iter().skip(7).map(|item| answered(&item.id, Answer::No)));
    let count = Count::of(topics(), &answers);
    assert_eq!(count.in_words(), "9, could be 16");
    assert_eq!((count.no, count.still_to_ask), (8, 4));
}

#[test]
fn further_detail_adds_nothing_to_the_count() {
    let detail = topics().detail.iter().flat_map(|detail| &detail.items);
    let answers: Vec<RiskAnswer> = detail.map(|item| answered(&item.id, Answer::Yes)).collect();
    assert_eq!(Count::of(topics(), &answers).yes, 0);
}

#[test]
fn fourteen_is_a_ground_where_the_area_says_so_and_what_is_not_known_may_make_it_one() {
    let on = date(2026, 3, 1);
    let none = Known::default();
    assert_eq!(
        state(GroundKind::Count, &yes_to(14), none, on),
        GroundState::Stands
    );
    assert_eq!(
        state(GroundKind::Count, &yes_to(13), none, on),
        GroundState::CouldStand
    );
    let mut known = yes_to(13);
    known.extend(
        topics()
            .items
            .iter()
            .skip(13)
            .map(|item| answered(&item.id, Answer::No)),
    );
    assert_eq!(
        state(GroundKind::Count, &known, none, on),
        GroundState::DoesNotStand
    );
    let silent = MaracArea {
        count: None,
        ..trial_area()
    };
    let all = grounds(&silent, topics(), &yes_to(24), none, on);
    assert!(
        all.iter()
            .any(|one| one.kind == GroundKind::Count && one.state == GroundState::NotStated)
    );
}

#[test]
fn counts_of_different_sets_are_not_compared() {
    let other = QuestionSet {
        id: "27-questions".into(),
        ..topics().clone()
    };
    let all = grounds(
        &trial_area(),
        &other,
        &yes_to(20),
        Known::default(),
        date(2026, 3, 1),
    );
    let count = all
        .iter()
        .find(|one| one.kind == GroundKind::Count)
        .expect("it is given");
    assert_eq!(count.state, GroundState::Decide);
}

#[test]
fn choking_alone_gives_reason_to_think_hard() {
    let on = date(2026, 3, 1);
    let choking = [answered("choking", Answer::Yes)];
    assert_eq!(
        state(GroundKind::Judgement, &choking, Known::default(), on),
        GroundState::ThinkHard
    );
    assert_eq!(
        state(GroundKind::Judgement, &[], Known::default(), on),
        GroundState::Decide
    );
}

#[test]
fn a_repeat_includes_the_day_exactly_twelve_months_after_and_a_leap_day_ends_with_its_month() {
    let known = |day| Known {
        last_referred: Some(day),
        ..Known::default()
    };
    let from = known(date(2025, 3, 10));
    assert_eq!(
        state(GroundKind::Repeat, &[], from, date(2026, 3, 10)),
        GroundState::Stands
    );
    assert_eq!(
        state(GroundKind::Repeat, &[], from, date(2026, 3, 11)),
        GroundState::DoesNotStand
    );
    let leap = known(date(2024, 2, 29));
    assert_eq!(
        state(GroundKind::Repeat, &[], leap, date(2025, 2, 28)),
        GroundState::Stands
    );
    assert_eq!(
        state(GroundKind::Repeat, &[], leap, date(2025, 3, 1)),
        GroundState::DoesNotStand
    );
    // An area that counts from the meeting does not count from the referral.
    let meeting = MaracArea {
        repeat: Some(Repeat {
            months: 12,
            from: RepeatFrom::Meeting,
        }),
        ..trial_area()
    };
    let all = grounds(&meeting, topics(), &[], from, date(2025, 4, 1));
    assert!(
        all.iter()
            .any(|one| one.kind == GroundKind::Repeat && one.state == GroundState::DoesNotStand)
    );
}

#[test]
fn what_was_not_asked_about_incidents_does_not_read_as_none() {
    let on = date(2026, 3, 1);
    let told = |n| Known {
        incidents: n,
        ..Known::default()
    };
    assert_eq!(
        state(GroundKind::Escalation, &[], told(None), on),
        GroundState::CouldStand
    );
    assert_eq!(
        state(GroundKind::Escalation, &[], told(Some(2)), on),
        GroundState::DoesNotStand
    );
    assert_eq!(
        state(GroundKind::Escalation, &[], told(Some(3)), on),
        GroundState::Stands
    );
}

#[test]
fn the_least_level_of_a_count_is_the_areas_and_none_is_built_in() {
    assert_eq!(trial_area().least_level(14), Some("high"));
    assert_eq!(trial_area().least_level(13), Some("medium"));
    assert_eq!(trial_area().least_level(9), None);
    assert_eq!(
        MaracArea {
            bands: vec![],
            ..trial_area()
        }
        .least_level(24),
        None
    );
}

proptest! {
    /// Learning more never makes the count smaller, and what it could be never grows by asking.
    #[test]
    fn asking_narrows_what_the_count_could_be(codes in prop::collection::vec(0usize..5, 24), asked in 0usize..24) {
        let items = topics().items.iter().zip(&codes);
        let all: Vec<RiskAnswer> = items.map(|(item, code)| answered(&item.id, Answer::ALL[*code])).collect();
        let some = Count::of(topics(), &all[..asked]);
        let every = Count::of(topics(), &all);
        prop_assert!(some.yes <= every.yes);
        prop_assert!(every.could_be() <= some.could_be());
        prop_assert_eq!(usize::from(every.could_be()) + usize::from(every.no), 24);
    }
}
