//! What the policy in force promises to somebody who tells the landlord now: read from the pack, for the public page.

use crate::room::Room;
use fanlight_core::calendar::london_date;
use fanlight_core::coded::Kind;
use fanlight_core::pack::{DueBy, DueForm, ObligationRule, Start};
use jiff::Timestamp;

/// By when the landlord promises to speak with somebody who tells it now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FirstAnswer {
    /// By this moment.
    By(Timestamp),
    /// The policy's own word, and no number.
    NotStated(String),
}

impl Room {
    /// By when the policy promises first contact with whoever reports now. Nothing if it promises none.
    pub fn first_answer(&self, now: Timestamp) -> Option<FirstAnswer> {
        let rule = self.pack.obligations.iter().find(|rule| is_first_contact(rule))?;
        let form = match &rule.due {
            DueBy::One(form) => form,
            // Nobody has graded anything yet: the public page names no time that rests on a grade.
            DueBy::Tier(_) => return None,
        };
        match form {
            DueForm::Rule(count) => {
                let due = self.pack.calendar(london_date(now)).due(count, now).ok()?;
                Some(FirstAnswer::By(due.at))
            }
            DueForm::NotStated { word, .. } => Some(FirstAnswer::NotStated(word.clone())),
            DueForm::Rhythm(_)
            | DueForm::Changing(_)
            | DueForm::Place { .. }
            | DueForm::BeforeMeeting { .. }
            | DueForm::BeforeDate { .. }
            | DueForm::BeforeFact(_)
            | DueForm::EarliestOf(_)
            | DueForm::LatestOf(_)
            | DueForm::Offsets { .. } => None,
        }
    }
}

fn is_first_contact(rule: &ObligationRule) -> bool {
    let starts = rule.starts.iter().any(
        |start| matches!(start, Start::Fact { fact, .. } if fact.kind == Kind::ReportReceived && fact.with.is_empty()),
    );
    starts && rule.when.is_none() && rule.met_by.iter().any(|met| met.fact.kind == Kind::ContactMade)
}
