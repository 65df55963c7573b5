//! Given a story, when risk is assessed or a referral decided, then the facts or the refusal.

use super::tests::{DONE, check, no};
use crate::case::trial::*;
use crate::case::*;
use crate::fact::*;
use crate::ids::*;
use crate::refusal::Refusal;
use crate::risk::{Answer, BUILT_IN, GroundKind, RiskAnswer, ToldBy};
use crate::words::Words;

pub(super) fn ours(level: &str) -> RiskAssessed {
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

#[test]
fn a_level_comes_down_only_with_a_reason_and_a_second_named_person() {
    let high = open().then(Fact::RiskAssessed(ours("high")));
    let lower = |reason: Option<Words>, seen_by| RiskAssessed {
        reason,
        seen_by,
        ..ours("standard")
    };
    let why = || Some(words("he is in prison"));
    check(
        &high,
        |on| assess_risk(on, lower(None, Some(LEAD))),
        no(Refusal::LoweringNeedsReason),
    );
    check(
        &high,
        |on| assess_risk(on, lower(why(), None)),
        no(Refusal::LoweringNeedsSecond),
    );
    check(
        &high,
        |on| assess_risk(on, lower(why(), Some(WORKER))),
        no(Refusal::SecondPersonIsYou),
    );
    check(&high, |on| assess_risk(on, lower(why(), Some(LEAD))), DONE);
    check(
        &open().then(Fact::RiskAssessed(ours("standard"))),
        |on| assess_risk(on, ours("high")),
        DONE,
    );
    check(
        &open(),
        |on| assess_risk(on, ours("severe")),
        no(Refusal::LevelUnknown),
    );
}

#[test]
fn within_one_assessment_judgement_never_lowers() {
    let high = open().then(Fact::RiskAssessed(ours("high")));
    let lower = |yes| {
        Fact::RiskAssessed(RiskAssessed {
            yes: Some(yes),
            reason: Some(words("looked again")),
            seen_by: Some(LEAD),
            ..ours("standard")
        })
    };
    check(
        &high,
        |on| correct(on, Position(5), lower(8)),
        no(Refusal::JudgementMayNotLower),
    );
    check(&high, |on| correct(on, Position(5), lower(7)), DONE);
}

/// An assessment of ours with so many yes, the rest no, in the valley.
fn answered(yes: usize, level: &str) -> RiskAssessed {
    let instrument = &BUILT_IN[0];
    let answer = |place: usize| if place < yes { Answer::Yes } else { Answer::No };
    let answers = instrument
        .items
        .iter()
        .enumerate()
        .map(|(place, item)| RiskAnswer {
            item: item.id.clone(),
            answer: answer(place),
            told_by: ToldBy::Survivor,
            words: None,
        });
    RiskAssessed {
        instrument: instrument.id.clone(),
        yes: u8::try_from(yes).ok(),
        unknown: Some(0),
        answered: Some(Answered {
            version: instrument.version.clone(),
            answers: answers.collect(),
            perpetrators: Vec::new(),
            area: Some("valley".into()),
            incidents: None,
            judgement: None,
        }),
        ..ours(level)
    }
}

fn with(assessed: RiskAssessed, change: impl FnOnce(&mut Answered)) -> RiskAssessed {
    let mut assessed = assessed;
    if let Some(answered) = &mut assessed.answered {
        change(answered);
    }
    assessed
}

#[test]
fn judgement_raises_above_the_count_and_never_lowers_below_it() {
    check(&open(), |on| assess_risk(on, answered(14, "high")), DONE);
    for level in ["standard", "medium"] {
        check(
            &open(),
            |on| assess_risk(on, answered(14, level)),
            no(Refusal::LevelBelowTheCount),
        );
    }
    check(&open(), |on| assess_risk(on, answered(3, "high")), DONE);
    check(&open(), |on| assess_risk(on, answered(9, "standard")), DONE);
}

#[test]
fn the_count_is_that_of_the_answers_and_nobodys_typing() {
    let typed = RiskAssessed {
        yes: Some(2),
        ..answered(14, "high")
    };
    check(
        &open(),
        |on| assess_risk(on, typed),
        no(Refusal::CountIsNotTheAnswers),
    );
    let none = RiskAnswer {
        item: "horoscope".into(),
        answer: Answer::Yes,
        told_by: ToldBy::Survivor,
        words: None,
    };
    check(
        &open(),
        |on| assess_risk(on, with(answered(3, "high"), |it| it.answers.push(none))),
        no(Refusal::AnswerToNoItem),
    );
    check(
        &open(),
        |on| assess_risk(on, with(answered(3, "high"), |it| it.version = "0".into())),
        no(Refusal::InstrumentUnknown),
    );
    check(
        &open(),
        |on| assess_risk(on, with(answered(3, "high"), |it| it.area = Some("moon".into()))),
        no(Refusal::AreaUnknown),
    );
}

#[test]
fn risk_is_of_perpetrators_and_of_nobody_else() {
    let of = |person| with(answered(3, "high"), |it| it.perpetrators = vec![person]);
    check(
        &open(),
        |on| assess_risk(on, of(SURVIVOR)),
        no(Refusal::NotAPerpetrator),
    );
}

#[test]
fn a_wrong_answer_is_corrected_as_an_answer_and_the_level_by_judgement_is_not() {
    let story = open().then(Fact::RiskAssessed(answered(14, "high")));
    let lower = |yes, level: &str| {
        Fact::RiskAssessed(RiskAssessed {
            reason: Some(words("one answer was taken down wrongly")),
            seen_by: Some(LEAD),
            ..answered(yes, level)
        })
    };
    check(&story, |on| correct(on, Position(5), lower(13, "medium")), DONE);
    let same = open().then(Fact::RiskAssessed(answered(10, "high")));
    check(
        &same,
        |on| correct(on, Position(5), lower(10, "medium")),
        no(Refusal::JudgementMayNotLower),
    );
}

#[test]
fn fourteen_yes_without_a_referral_needs_a_reason_and_a_second_person() {
    let story = open().then(Fact::RiskAssessed(answered(14, "high")));
    let not = |reason: Option<&str>, seen_by| MaracDecided {
        answer: MaracAnswer::NotReferred,
        grounds: vec![GroundKind::Count],
        area: Some("valley".into()),
        reason: reason.map(words),
        seen_by,
    };
    let why = Some("heard last week");
    let decide = |decided: MaracDecided, expected| check(&story, |on| decide_marac(on, decided), expected);
    decide(not(None, Some(LEAD)), no(Refusal::NotReferredNeedsReason));
    decide(not(why, None), no(Refusal::NotReferredNeedsSecond));
    decide(not(why, Some(WORKER)), no(Refusal::SecondPersonIsYou));
    decide(not(why, Some(LEAD)), DONE);
    // Nor can it be called no ground at all.
    let none = MaracDecided {
        answer: MaracAnswer::NotAtThreshold,
        grounds: Vec::new(),
        ..not(None, None)
    };
    decide(none.clone(), no(Refusal::AGroundStands));
    let low = open().then(Fact::RiskAssessed(answered(3, "standard")));
    check(&low, |on| decide_marac(on, none), DONE);
}

#[test]
fn judgement_alone_is_ground_enough_to_refer_and_no_assessment_is_needed() {
    let refer = |grounds, reason: Option<&str>| MaracDecided {
        answer: MaracAnswer::Refer,
        grounds,
        area: None,
        reason: reason.map(words),
        seen_by: None,
    };
    check(
        &open(),
        |on| decide_marac(on, refer(vec![GroundKind::Judgement], Some("she is terrified"))),
        DONE,
    );
    check(
        &open(),
        |on| decide_marac(on, refer(Vec::new(), None)),
        no(Refusal::GroundNeeded),
    );
}

#[test]
fn an_assessment_says_with_what_by_whom_and_what_we_hold_of_it() {
    let with = |change: fn(&mut RiskAssessed)| {
        let mut assessed = ours("high");
        change(&mut assessed);
        assessed
    };
    let theirs = |assessed: &mut RiskAssessed| assessed.by = AssessedBy::OtherAgency;
    let told_of = |assessed: &mut RiskAssessed| {
        assessed.by = AssessedBy::OtherAgency;
        assessed.evidence = Evidence::Told;
    };
    check(
        &open(),
        |on| assess_risk(on, with(|a| a.instrument.clear())),
        no(Refusal::InstrumentNeeded),
    );
    check(
        &open(),
        |on| assess_risk(on, with(theirs)),
        no(Refusal::EvidenceDoesNotFit),
    );
    check(
        &open(),
        |on| assess_risk(on, with(told_of)),
        no(Refusal::AgencyNeeded),
    );
}
