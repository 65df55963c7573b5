//! The daily work: workers, notes, wishes, risk, plans, and promises excused or paused.

use super::{Deciding, Decision, is_said, named, otherwise, reasoned, written};
use crate::case::House;
use crate::fact::*;
use crate::refusal::Refusal;

/// Names a worker, or lets a place fall vacant. Never somebody who is shut out; a wish that is not met needs a reason.
pub fn name_worker(on: &Deciding<'_>, worker: WorkerNamed, house: &House) -> Decision {
    on.can_be_added_to()?;
    check_worker(on, &worker, house)?;
    Ok(vec![Fact::WorkerNamed(worker)])
}

fn check_worker(on: &Deciding<'_>, worker: &WorkerNamed, house: &House) -> Result<(), Refusal> {
    let Some(account) = worker.account else {
        let held = match worker.part {
            WorkerPart::Lead => on.case.lead_worker(),
            WorkerPart::Deputy => on.case.deputy(),
            WorkerPart::Cover => on.case.cover(),
        };
        return otherwise(held.is_none(), Refusal::PlaceVacant);
    };
    let shut_out = house.all_shut_out(on.case).contains(&account) || on.case.is_shut_out(account);
    otherwise(shut_out, Refusal::WorkerShutOut)?;
    otherwise(!house.workers.contains(&account), Refusal::WorkerNotAllowed)?;
    let restriction = on.case.restriction.as_ref();
    let outside = restriction.is_some_and(|told| !told.fact.to.contains(&account));
    otherwise(outside, Refusal::WorkerOutsideRestriction)?;
    check_wish(on, worker)
}

pub(super) fn check_wish(on: &Deciding<'_>, worker: &WorkerNamed) -> Result<(), Refusal> {
    match worker.wish {
        WishMet::Met => Ok(()),
        WishMet::NotMet => otherwise(!is_said(&worker.reason), Refusal::WishNotMetNeedsReason),
        WishMet::NoWish => {
            let wish = on.case.survivor_told().map(|told| told.fact.worker_wish);
            let has_wish = matches!(wish, Some(WorkerWish::Woman | WorkerWish::Man));
            otherwise(has_wish && worker.account.is_some(), Refusal::WishNotAnswered)
        }
    }
}

/// Writes a note.
pub fn write_note(on: &Deciding<'_>, note: NoteWritten) -> Decision {
    on.can_be_added_to()?;
    written(&note.words)?;
    Ok(vec![Fact::NoteWritten(note)])
}

/// Records what the person wants to happen.
pub fn tell_wishes(on: &Deciding<'_>, wishes: WishesTold) -> Decision {
    on.can_be_added_to()?;
    written(&wishes.words)?;
    Ok(vec![Fact::WishesTold(wishes)])
}

/// Records how dangerous the person says it is, or why it could not be asked yet.
pub fn tell_own_view(on: &Deciding<'_>, view: OwnViewOfDangerTold) -> Decision {
    on.can_be_added_to()?;
    check_own_view(&view)?;
    Ok(vec![Fact::OwnViewOfDangerTold(view)])
}

pub(super) fn check_own_view(view: &OwnViewOfDangerTold) -> Result<(), Refusal> {
    match view {
        OwnViewOfDangerTold::Told { words } => written(words),
        OwnViewOfDangerTold::NotYet { because } => reasoned(because),
    }
}

/// Records an assessment of risk. A level lower than our last needs a reason and a second named person (design.md,
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

/// Whether a level is lower than another; one that the scale does not know counts as the highest.
pub(super) fn is_lower(on: &Deciding<'_>, level: &str, than: &str) -> bool {
    let height = |code: &str| on.terms.height(code).unwrap_or(usize::MAX);
    height(level) < height(than)
}

pub(super) fn check_lowering(on: &Deciding<'_>, assessed: &RiskAssessed) -> Result<(), Refusal> {
    otherwise(!is_said(&assessed.reason), Refusal::LoweringNeedsReason)?;
    let second = assessed.seen_by.ok_or(Refusal::LoweringNeedsSecond)?;
    otherwise(on.by.account() == Some(second), Refusal::SecondPersonIsYou)?;
    otherwise(on.is_shut_out(second), Refusal::SecondPersonShutOut)
}

/// Records that a safety plan was offered, and what came of it.
pub fn offer_safety_plan(on: &Deciding<'_>, offered: SafetyPlanOffered) -> Decision {
    on.can_be_added_to()?;
    Ok(vec![Fact::SafetyPlanOffered(offered)])
}

/// Records an action plan, agreed or not yet.
pub fn agree_plan(on: &Deciding<'_>, plan: ActionPlanAgreed) -> Decision {
    on.is_open()?;
    check_plan(on, &plan)?;
    Ok(vec![Fact::ActionPlanAgreed(plan)])
}

pub(super) fn check_plan(on: &Deciding<'_>, plan: &ActionPlanAgreed) -> Result<(), Refusal> {
    written(&plan.words)?;
    let past = plan.review_on.is_some_and(|day| day < on.today());
    otherwise(past, Refusal::ReviewInThePast)
}

/// Excuses a promise on a ground that the policy allows. That there is no safe route yet may be said of any promise:
/// it still counts as missed, and is explained.
pub fn excuse(on: &Deciding<'_>, excused: ObligationExcused) -> Decision {
    on.can_be_added_to()?;
    check_excuse(on, &excused)?;
    Ok(vec![Fact::ObligationExcused(excused)])
}

pub(super) fn check_excuse(on: &Deciding<'_>, excused: &ObligationExcused) -> Result<(), Refusal> {
    otherwise(excused.rule.is_empty(), Refusal::RuleNeeded)?;
    reasoned(&excused.reason)?;
    let allowed = excused.ground == ExcuseGround::NoSafeRoute
        || on
            .terms
            .excuses
            .iter()
            .any(|one| one.rule == excused.rule && one.ground == excused.ground);
    otherwise(!allowed, Refusal::ExcuseNotAllowed)?;
    match (excused.ground, excused.new_date) {
        (ExcuseGround::NotPracticable, None) => Err(Refusal::NewDateNeeded),
        (_, Some(day)) if day < on.today() => Err(Refusal::NewDateInThePast),
        (ExcuseGround::NotPracticable | ExcuseGround::SurvivorsWish | ExcuseGround::NoSafeRoute, _) => Ok(()),
    }
}

/// Pauses a promise's clock on a ground that the policy allows.
pub fn begin_pause(on: &Deciding<'_>, began: PauseBegan) -> Decision {
    on.can_be_added_to()?;
    check_pause(on, &began)?;
    otherwise(
        on.case.running_pause(&began.rule).is_some(),
        Refusal::PausedAlready,
    )?;
    Ok(vec![Fact::PauseBegan(began)])
}

pub(super) fn check_pause(on: &Deciding<'_>, began: &PauseBegan) -> Result<(), Refusal> {
    otherwise(began.rule.is_empty(), Refusal::RuleNeeded)?;
    reasoned(&began.reason)?;
    let allowed = on
        .terms
        .pauses
        .iter()
        .any(|one| one.rule == began.rule && one.ground == began.ground);
    otherwise(!allowed, Refusal::PauseNotAllowed)
}

/// Lets a paused clock run again.
pub fn end_pause(on: &Deciding<'_>, ended: PauseEnded) -> Decision {
    on.can_be_added_to()?;
    otherwise(on.case.running_pause(&ended.rule).is_none(), Refusal::NotPaused)?;
    Ok(vec![Fact::PauseEnded(ended)])
}
