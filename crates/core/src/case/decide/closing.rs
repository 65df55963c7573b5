//! Closing a case, taking it up again, and what ends its promises.

use super::{Deciding, Decision, named, otherwise, reasoned, written};
use crate::case::Stage;
use crate::fact::*;
use crate::refusal::Refusal;

/// Closes the case: with its outcome, what was done, the survivor's word or why it could not be had, and somebody's
/// approval where the policy asks for it.
pub fn close(on: &Deciding<'_>, closed: CaseClosed) -> Decision {
    on.is_open()?;
    check_closed(on, &closed)?;
    let unreviewed = on.case.life_at_risk.iter().any(|at| at.reviewed.is_none());
    otherwise(unreviewed, Refusal::LifeAtRiskNotReviewed)?;
    Ok(vec![Fact::CaseClosed(closed)])
}

pub(super) fn check_closed(on: &Deciding<'_>, closed: &CaseClosed) -> Result<(), Refusal> {
    named(&closed.outcome, &on.terms.outcomes, Refusal::OutcomeUnknown)?;
    written(&closed.words)?;
    let word = match &closed.survivors_word {
        SurvivorsWord::Said { words, .. } => words,
        SurvivorsWord::NotHad { because } => because,
    };
    otherwise(word.is_blank(), Refusal::SurvivorsWordNeeded)?;
    let missing = on.terms.closure_needs_approval && closed.approved_by.is_none();
    otherwise(missing, Refusal::ApprovalNeeded)?;
    let Some(approver) = closed.approved_by else {
        return Ok(());
    };
    otherwise(on.by.account() == Some(approver), Refusal::ApprovalIsOwn)?;
    otherwise(on.is_shut_out(approver), Refusal::ApproverShutOut)
}

/// Takes a closed case up again: clocks start afresh, and nothing before counts against the person.
pub fn return_to(on: &Deciding<'_>, returned: CaseReturned) -> Decision {
    on.can_be_added_to()?;
    otherwise(on.case.stage != Stage::Closed, Refusal::NotClosed)?;
    written(&returned.words)?;
    Ok(vec![Fact::CaseReturned(returned)])
}

/// Records that a person in the case has died.
pub fn mark_died(on: &Deciding<'_>, died: PersonDied) -> Decision {
    on.can_be_added_to()?;
    otherwise(on.case.person(died.person).is_none(), Refusal::PersonUnknown)?;
    otherwise(on.case.has_died(died.person), Refusal::AlreadyRecorded)?;
    Ok(vec![Fact::PersonDied(died)])
}

/// Records that the survivor is no longer in this landlord's care.
pub fn mark_moved_out_of_care(on: &Deciding<'_>, moved: MovedOutOfCare) -> Decision {
    on.is_open()?;
    reasoned(&moved.words)?;
    otherwise(on.case.moved_out_of_care.is_some(), Refusal::AlreadyRecorded)?;
    Ok(vec![Fact::MovedOutOfCare(moved)])
}

/// Records that the survivor asked us to stop. What is owed to children and others at risk goes on.
pub fn say_stop(on: &Deciding<'_>, stop: SaidStop) -> Decision {
    on.can_be_added_to()?;
    written(&stop.words)?;
    Ok(vec![Fact::SaidStop(stop)])
}
