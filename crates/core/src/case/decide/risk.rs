//! Risk assessed, and whether the case goes to MARAC: judgement raises and never lowers (safety rule 7).

use super::{Deciding, Decision, is_said, named, otherwise};
use crate::fact::*;
use crate::ids::{AccountId, PersonId};
use crate::refusal::Refusal;
use crate::risk::{Count, RiskAnswer};

/// Records an assessment of risk. A level lower than our last needs a reason and a second named person (safety
/// rule 7). What another agency found is kept apart, and lowers nothing of ours.
pub fn assess_risk(on: &Deciding<'_>, assessed: RiskAssessed) -> Decision {
    on.can_be_added_to()?;
    check_risk(on, &assessed)?;
    let before = match assessed.by {
        AssessedBy::Us => on.case.risk.our_latest(),
        AssessedBy::OtherAgency => None,
    };
    if before.is_some_and(|before| is_lower(on, &assessed.level, &before.fact.level)) {
        check_lowering(on, &assessed)?;
    }
    Ok(vec![Fact::RiskAssessed(assessed)])
}

pub(super) fn check_risk(on: &Deciding<'_>, assessed: &RiskAssessed) -> Result<(), Refusal> {
    otherwise(assessed.instrument.is_empty(), Refusal::InstrumentNeeded)?;
    named(&assessed.level, &on.terms.risk_scale, Refusal::LevelUnknown)?;
    if let Some(answered) = &assessed.answered {
        check_answers(on, assessed, answered)?;
    }
    match (assessed.by, assessed.evidence) {
        (AssessedBy::Us, Evidence::Own) => Ok(()),
        (AssessedBy::OtherAgency, Evidence::Seen | Evidence::Told) => {
            otherwise(!is_said(&assessed.agency), Refusal::AgencyNeeded)
        }
        (AssessedBy::Us, Evidence::Seen | Evidence::Told) | (AssessedBy::OtherAgency, Evidence::Own) => {
            Err(Refusal::EvidenceDoesNotFit)
        }
    }
}

/// The answers are those of the instrument, the counts are theirs, and the level is not below what the count stands for
/// in this MARAC area: within one assessment judgement only raises (safety rule 7).
fn check_answers(on: &Deciding<'_>, assessed: &RiskAssessed, answered: &Answered) -> Result<(), Refusal> {
    let instrument = on
        .terms
        .instrument(&assessed.instrument)
        .ok_or(Refusal::InstrumentUnknown)?;
    let questions = &instrument.questions;
    otherwise(questions.version != answered.version, Refusal::InstrumentUnknown)?;
    let known = |answer: &RiskAnswer| questions.item(&answer.item).is_some();
    otherwise(!answered.answers.iter().all(known), Refusal::AnswerToNoItem)?;
    let count = Count::of(questions, &answered.answers);
    let same = assessed.yes == Some(count.yes) && assessed.unknown == Some(count.unknown());
    otherwise(!same, Refusal::CountIsNotTheAnswers)?;
    let harms = |person: &PersonId| {
        let told = on.case.person(*person);
        told.is_some_and(|told| told.fact.part == Part::Perpetrator)
    };
    otherwise(!answered.perpetrators.iter().all(harms), Refusal::NotAPerpetrator)?;
    let Some(area) = &answered.area else {
        return Ok(());
    };
    let area = on.terms.area(area).ok_or(Refusal::AreaUnknown)?;
    let least = area
        .least_level(count.yes)
        .filter(|_| area.question_set == questions.id);
    let below = least.is_some_and(|least| is_lower(on, &assessed.level, least));
    otherwise(below, Refusal::LevelBelowTheCount)
}

/// Records whether the case goes to MARAC. A ground that stands, or the highest level, without a referral needs a reason
/// and a second named person.
pub fn decide_marac(on: &Deciding<'_>, decided: MaracDecided) -> Decision {
    on.can_be_added_to()?;
    check_marac(on, &decided)?;
    Ok(vec![Fact::MaracDecided(decided)])
}

pub(super) fn check_marac(on: &Deciding<'_>, decided: &MaracDecided) -> Result<(), Refusal> {
    if let Some(area) = &decided.area {
        otherwise(on.terms.area(area).is_none(), Refusal::AreaUnknown)?;
    }
    if decided.answer == MaracAnswer::Refer {
        let bare = decided.grounds.is_empty() && !is_said(&decided.reason);
        return otherwise(bare, Refusal::GroundNeeded);
    }
    let highest = on.terms.risk_scale.last();
    let latest = on.case.risk.our_latest().map(|told| &told.fact);
    let high = latest.is_some_and(|latest| Some(&latest.level) == highest);
    let count_stands = latest.is_some_and(|latest| count_stands(on, latest));
    if decided.answer == MaracAnswer::NotAtThreshold {
        let stands = high || count_stands || !decided.grounds.is_empty();
        return otherwise(stands, Refusal::AGroundStands);
    }
    otherwise(!is_said(&decided.reason), Refusal::NotReferredNeedsReason)?;
    let second = decided.seen_by.ok_or(Refusal::NotReferredNeedsSecond)?;
    check_second(on, second)
}

fn count_stands(on: &Deciding<'_>, assessed: &RiskAssessed) -> bool {
    let area = assessed
        .answered
        .as_ref()
        .and_then(|answered| answered.area.as_ref());
    let wanted = area
        .and_then(|area| on.terms.area(area))
        .and_then(|area| area.count);
    wanted.is_some_and(|wanted| assessed.yes.is_some_and(|yes| yes >= wanted))
}

/// Whether a level is lower than another; one that the scale does not know counts as the highest.
pub(super) fn is_lower(on: &Deciding<'_>, level: &str, than: &str) -> bool {
    let height = |code: &str| on.terms.height(code).unwrap_or(usize::MAX);
    height(level) < height(than)
}

pub(super) fn check_lowering(on: &Deciding<'_>, assessed: &RiskAssessed) -> Result<(), Refusal> {
    otherwise(!is_said(&assessed.reason), Refusal::LoweringNeedsReason)?;
    let second = assessed.seen_by.ok_or(Refusal::LoweringNeedsSecond)?;
    check_second(on, second)
}

fn check_second(on: &Deciding<'_>, second: AccountId) -> Result<(), Refusal> {
    otherwise(on.by.account() == Some(second), Refusal::SecondPersonIsYou)?;
    otherwise(on.is_shut_out(second), Refusal::SecondPersonShutOut)
}
