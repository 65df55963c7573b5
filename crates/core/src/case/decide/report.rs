//! Receiving a report, and what becomes of it.

use super::{Deciding, Decision, named, otherwise, reasoned, written};
use crate::case::Stage;
use crate::fact::*;
use crate::ids::CaseId;
use crate::refusal::Refusal;

/// Saves a report from one sentence. Nothing else is compulsory, and anybody in it may be unknown (safety rule 13).
pub fn receive_report(on: &Deciding<'_>, report: ReportReceived) -> Decision {
    otherwise(on.case.last_position.is_some(), Refusal::ReportIsThere)?;
    check_report(&report)?;
    Ok(vec![Fact::ReportReceived(report)])
}

pub(super) fn check_report(report: &ReportReceived) -> Result<(), Refusal> {
    written(&report.words)
}

/// Answers the danger question. Never refused while there is a report: it can be answered again whenever it changes.
pub fn answer_danger(on: &Deciding<'_>, answer: DangerAnswered) -> Decision {
    on.can_be_added_to()?;
    Ok(vec![Fact::DangerAnswered(answer)])
}

/// Ends a report without a case, for a reason.
pub fn end_report(on: &Deciding<'_>, end: ReportEnded) -> Decision {
    on.can_be_added_to()?;
    otherwise(on.case.stage != Stage::Report, Refusal::NotAReport)?;
    reasoned(&end.reason)?;
    Ok(vec![Fact::ReportEnded(end)])
}

/// Opens a case of one survivor from a report; one that was ended too early may still become a case.
pub fn open_case(on: &Deciding<'_>, opened: CaseOpened) -> Decision {
    on.can_be_added_to()?;
    match on.case.stage {
        Stage::Report | Stage::Ended => {}
        Stage::Joined | Stage::Open | Stage::Closed => return Err(Refusal::NotAReport),
    }
    check_opened(on, &opened)?;
    Ok(vec![Fact::CaseOpened(opened)])
}

pub(super) fn check_opened(on: &Deciding<'_>, opened: &CaseOpened) -> Result<(), Refusal> {
    // Who reported first does not decide who is the survivor (safety rule 14): the part is told of each person.
    match on.case.part_of(opened.survivor) {
        None => return Err(Refusal::SurvivorUnknown),
        Some(Part::Survivor) => {}
        Some(Part::Perpetrator) => return Err(Refusal::SurvivorIsSaidToHarm),
        Some(Part::Child | Part::AdultAtRisk | Part::Household | Part::Trusted | Part::Professional) => {
            return Err(Refusal::SurvivorUnknown);
        }
    }
    named(&opened.team, &on.terms.teams, Refusal::UnknownTeam)
}

/// Finds that a report belongs to a case that is there already. `own` is this report's own journal.
pub fn join_case(on: &Deciding<'_>, own: CaseId, joined: CaseJoined) -> Decision {
    on.can_be_added_to()?;
    match on.case.stage {
        Stage::Report | Stage::Ended => {}
        Stage::Joined | Stage::Open | Stage::Closed => return Err(Refusal::NotAReport),
    }
    otherwise(joined.case == own, Refusal::ItselfJoined)?;
    reasoned(&joined.reason)?;
    Ok(vec![Fact::CaseJoined(joined)])
}
