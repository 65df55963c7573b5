use super::trial::*;
use super::*;
use crate::words::Words;
use proptest::prelude::*;

fn notes(case: &Case) -> Vec<&str> {
    case.notes.iter().map(|told| told.fact.words.reveal()).collect()
}

#[test]
fn a_report_is_received_when_we_knew_whoever_typed_it_in_and_whenever() {
    let times = Times {
        happened: at("2026-11-01T20:00:00Z"),
        aware: at("2026-11-02T08:00:00Z"),
        recorded: at("2026-11-04T12:00:00Z"),
    };
    let story = Story::default().entry(times, None, report());
    assert_eq!(story.case().received(), Some(at("2026-11-02T08:00:00Z")));
    assert!(story.case().timeline[0].recorded_late());
}

#[test]
fn what_is_corrected_leaves_the_page_at_once_and_stays_for_the_lead() {
    let case = open().then(note("first")).correcting(5, note("second")).case();
    assert_eq!(notes(&case), ["second"]);
    assert!(case.timeline.iter().all(|told| told.entry != Position(5)));
    let earlier = case.history_of(Position(5));
    assert_eq!(earlier.len(), 1);
    assert_eq!(earlier[0].fact, note("first"));
    assert_eq!(case.history_of(Position(6)), earlier);
}

#[test]
fn a_correction_of_a_correction_stands_at_the_first_place() {
    let story = open()
        .then(note("one"))
        .then(note("later"))
        .correcting(5, note("two"));
    for place in [5, 7] {
        let case = story.clone().correcting(place, note("three")).case();
        assert_eq!(notes(&case), ["three", "later"], "corrects {place}");
        assert_eq!(case.history_of(Position(5)).len(), 2);
    }
}

#[test]
fn what_is_taken_back_counts_no_more() {
    let case = open()
        .then(note("of another case"))
        .correcting(5, taken_back())
        .case();
    assert!(case.notes.is_empty());
    assert_eq!(case.history_of(Position(5)).len(), 2);
}

#[test]
fn a_correction_of_something_later_or_missing_stands_by_itself() {
    for position in [99, 6] {
        let case = open().then(note("a")).correcting(position, note("b")).case();
        assert_eq!(notes(&case), ["a", "b"]);
    }
}

#[test]
fn a_redacted_entry_takes_nothing_else_with_it() {
    let case = open().then(note("a")).then(note("b")).redacting(5).case();
    assert_eq!(notes(&case), ["b"]);
    assert_eq!(case.redacted, 1);
}

#[test]
fn a_correction_is_redacted_together_with_what_it_corrected() {
    let case = open()
        .then(note("a"))
        .correcting(5, note("b"))
        .correcting(6, note("c"))
        .case();
    let together = vec![Position(5), Position(6), Position(7)];
    for position in &together {
        assert_eq!(case.redacted_together(*position), together);
    }
}

#[test]
fn bones_are_never_corrected() {
    let bones = one_of_each().pop().expect("the last is the bones");
    let case = open().then(bones).correcting(5, taken_back()).case();
    assert!(case.bones.is_some());
}

#[test]
fn the_newest_telling_of_a_person_takes_the_older_ones_place() {
    let mut told = PersonTold::unknown(SURVIVOR, Part::Survivor);
    told.called = Some(words("Beth"));
    let case = open().then(Fact::PersonTold(told)).case();
    assert_eq!(case.people.len(), 2);
    assert_eq!(case.survivor_called().map(Words::reveal), Some("Beth"));
}

#[test]
fn a_case_closes_returns_and_closes_again() {
    let close = |outcome: &str| {
        Fact::CaseClosed(CaseClosed {
            outcome: outcome.into(),
            words: words("done"),
            survivors_word: SurvivorsWord::NotHad {
                because: words("no safe way"),
            },
            approved_by: None,
        })
    };
    let story = open().then(close("a"));
    assert_eq!(story.case().stage, Stage::Closed);
    let story = story.then(Fact::CaseReturned(CaseReturned { words: words("back") }));
    assert_eq!(story.case().stage, Stage::Open);
    let case = story.then(close("b")).case();
    assert_eq!(
        (case.stage, case.closures.len(), case.returns.len()),
        (Stage::Closed, 2, 1)
    );
}

#[test]
fn a_worker_who_is_shut_out_holds_no_place() {
    let named = |account| {
        Fact::WorkerNamed(WorkerNamed {
            account: Some(account),
            part: WorkerPart::Lead,
            wish: WishMet::NoWish,
            reason: None,
        })
    };
    let shut = Fact::ShutOut(ShutOut {
        account: WORKER,
        suspected: true,
        line_too: false,
        reason: words("named in the report"),
    });
    let story = open().then(named(WORKER));
    assert_eq!(story.case().lead_worker(), Some(WORKER));
    assert_eq!(story.then(shut).case().lead_worker(), None);
}

#[test]
fn risk_found_by_others_is_kept_apart_from_ours() {
    let case = open()
        .then(Fact::RiskAssessed(ours("standard")))
        .then(Fact::RiskAssessed(RiskAssessed {
            by: AssessedBy::OtherAgency,
            agency: Some(words("an agency")),
            evidence: Evidence::Told,
            ..ours("high")
        }))
        .case();
    assert_eq!(
        case.risk.our_latest().map(|told| told.fact.level.as_str()),
        Some("standard")
    );
    assert_eq!(
        case.risk.others_latest().map(|told| told.fact.level.as_str()),
        Some("high")
    );
}

fn ours(level: &str) -> RiskAssessed {
    RiskAssessed {
        instrument: "dash".into(),
        by: AssessedBy::Us,
        agency: None,
        evidence: Evidence::Own,
        yes: Some(8),
        unknown: Some(3),
        level: level.into(),
        reason: None,
        seen_by: None,
        answered: None,
    }
}

proptest! {
    /// Any readable sequence folds, redacted entries and wild corrections included; what stands is one entry a place,
    /// and what was corrected or taken back stands nowhere.
    #[test]
    fn any_readable_sequence_gives_a_state(
        steps in proptest::collection::vec((0usize..38, proptest::option::of(0u64..40), any::<bool>(), 0i64..400), 0..40)
    ) {
        let facts = one_of_each();
        let mut story = Story::default();
        for (which, corrects, redact, hours) in &steps {
            let when = at("2026-11-02T09:00:00Z") + jiff::SignedDuration::from_hours(*hours);
            let corrects = corrects.map(Position);
            story = story.entry(Times::at(when), corrects, facts[*which % facts.len()].clone());
            if *redact && which % 5 == 0 {
                let last = story.entries.len() - 1;
                story = story.redacting(last);
            }
        }
        let case = story.case();
        prop_assert_eq!(case.last_position.map(|p| p.0 + 1).unwrap_or(0), steps.len() as u64);
        for pair in case.timeline.windows(2) {
            prop_assert!(pair[0].place < pair[1].place);
        }
        for told in &case.timeline {
            for earlier in case.history_of(told.place) {
                prop_assert!(earlier.entry < told.entry);
            }
        }
        for place in case.corrected_places().collect::<Vec<_>>() {
            let entries: Vec<Position> = case.history_of(place).iter().map(|told| told.entry).collect();
            prop_assert!(case.timeline.iter().all(|told| !entries.contains(&told.entry)));
        }
        // And every later room lives with it.
        let _ = crate::coded::coded(&story.entries);
        let moment = crate::view::Moment { at: story.when(), terms: &terms(), elsewhere: &[] };
        let _ = crate::view::cut(&case, &crate::view::Grant::LEAD, &moment);
    }
}

#[test]
fn one_of_each_is_every_variant() {
    let names: Vec<&str> = one_of_each().iter().map(Fact::name).collect();
    assert_eq!(names, Fact::NAMES);
}

/// Rule 13: that a case was assessed, or was found to stand on no ground for a referral, helps nobody who is in danger.
#[test]
fn danger_stays_told_when_only_risk_and_referral_were_decided_on() {
    let decided = Fact::MaracDecided(MaracDecided {
        answer: MaracAnswer::NotAtThreshold,
        grounds: Vec::new(),
        area: None,
        reason: None,
        seen_by: None,
    });
    let in_danger = open().then(Fact::DangerAnswered(DangerAnswered {
        danger: Danger::Now,
        advice_given: true,
        done: None,
    }));
    let decided_on = in_danger.then(Fact::RiskAssessed(ours("high"))).then(decided);
    assert!(Case::fold(&decided_on.entries).danger_not_acted_on().is_some());
    let acted = decided_on.then(note("Rang 999 with her."));
    assert!(Case::fold(&acted.entries).danger_not_acted_on().is_none());
}
