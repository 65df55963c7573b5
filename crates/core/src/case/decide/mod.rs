//! Decisions: from a case as it stands and what somebody wants to record, to the facts or the reason why not.
//!
//! Pure, and named by the field's verbs. What has *happened* is never refused for what the contact gate says
//! (safety rule 1); what somebody *wants to do* may be.

mod closing;
mod conflict;
mod contact;
mod correct;
mod people;
mod report;
mod risk;
#[cfg(test)]
mod risk_tests;
#[cfg(test)]
mod tests;
mod work;

pub use closing::{close, mark_died, mark_moved_out_of_care, return_to, say_stop};
pub use conflict::{answer_staff_connection, let_back_in, lift_restriction, restrict, shut_out};
pub use contact::{
    agree_rhythm, agree_safe_contact, record_contact, record_try, review_life_at_risk, say_no_safe_route,
    tell_contact_wishes, tell_route, try_life_at_risk,
};
pub use correct::{Correction, correct, take_back};
pub use people::{tell_home, tell_person};
pub use report::{answer_danger, end_report, join_case, open_case, receive_report};
pub use risk::{assess_risk, decide_marac};
pub use work::{
    agree_plan, begin_pause, end_pause, excuse, name_worker, offer_safety_plan, tell_own_view, tell_wishes,
    write_note,
};

use super::{Case, House, Stage, Terms};
use crate::calendar::{FIRST_YEAR, london_date};
use crate::fact::{Actor, Fact};
use crate::ids::AccountId;
use crate::refusal::Refusal;
use crate::times::Times;
use crate::words::Words;
use jiff::Timestamp;
use jiff::civil::Date;

/// The facts to be added, or why not.
pub type Decision = Result<Vec<Fact>, Refusal>;

/// On what a decision is made: the case as the person saw it, the landlord's terms, who, and when.
#[derive(Clone, Copy, Debug)]
pub struct Deciding<'a> {
    /// The case as it stands.
    pub case: &'a Case,
    /// What the pack says.
    pub terms: &'a Terms,
    /// Who works here, and who stands above whom.
    pub house: &'a House,
    /// Who decides.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
}

impl Deciding<'_> {
    /// The local date on which it is decided.
    pub fn today(&self) -> Date {
        crate::contact::london().to_datetime(self.at).date()
    }

    /// The account of whoever decides.
    pub fn account(&self) -> Result<AccountId, Refusal> {
        self.by.account().ok_or(Refusal::NotSignedIn)
    }

    /// Whether somebody may see no trace of the case: named, or in the line above somebody who is (safety rule 5).
    fn is_shut_out(&self, account: AccountId) -> bool {
        self.house.all_shut_out(self.case).contains(&account)
    }

    /// Something may still be recorded here: the case is not erased, and the report has not been found to belong
    /// elsewhere. A case that is closed takes records too: what happened is never lost.
    fn can_be_added_to(&self) -> Result<(), Refusal> {
        if self.case.bones.is_some() {
            return Err(Refusal::Erased);
        }
        match self.case.stage {
            Stage::Joined => Err(Refusal::JoinedElsewhere),
            Stage::Report if self.case.report.is_none() => Err(Refusal::NoReport),
            Stage::Report | Stage::Ended | Stage::Open | Stage::Closed => Ok(()),
        }
    }

    fn is_open(&self) -> Result<(), Refusal> {
        self.can_be_added_to()?;
        match self.case.stage {
            Stage::Open => Ok(()),
            Stage::Report | Stage::Ended | Stage::Joined | Stage::Closed => Err(Refusal::NotOpen),
        }
    }
}

/// Whether the three times can be so: it happened, then we knew, then it was recorded.
pub fn times_hold(times: &Times) -> Result<(), Refusal> {
    if times.happened > times.recorded || times.aware > times.recorded {
        return Err(Refusal::HappenedInTheFuture);
    }
    if times.aware < times.happened {
        return Err(Refusal::KnownBeforeItHappened);
    }
    // A clock that starts before the calendar does has no due time: a slip in the year would end a promise unseen.
    otherwise(
        london_date(times.happened).year() < FIRST_YEAR,
        Refusal::BeforeTheCalendar,
    )
}

fn written(words: &Words) -> Result<(), Refusal> {
    otherwise(words.is_blank(), Refusal::NothingWritten)
}

fn reasoned(words: &Words) -> Result<(), Refusal> {
    otherwise(words.is_blank(), Refusal::ReasonNeeded)
}

fn is_said(words: &Option<Words>) -> bool {
    words.as_ref().is_some_and(|words| !words.is_blank())
}

fn otherwise(wrong: bool, refusal: Refusal) -> Result<(), Refusal> {
    if wrong { Err(refusal) } else { Ok(()) }
}

/// A code that the pack names, or any where the pack names none.
fn named(code: &str, codes: &[String], refusal: Refusal) -> Result<(), Refusal> {
    let known = codes.is_empty() || codes.iter().any(|one| one == code);
    otherwise(code.is_empty() || !known, refusal)
}
