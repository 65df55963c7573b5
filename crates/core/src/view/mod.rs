//! Views: what a page may show of a case, cut to the person looking.
//!
//! Web never sees a [`Case`]. A view holds what its looker has a grant for and nothing else: what is withheld is not
//! in the structure at all, so that no template can show it by mistake (safety rule 3).

mod ask;
mod banner;
mod case;
mod people;
#[cfg(test)]
mod tests;
mod timeline;
mod veil;

pub use ask::StillToAsk;
pub use banner::{Banner, BannerState, CodeWord, WayRow, WaysRefused, code_word};
pub use case::{CaseView, ErasedView, Header, ReportView, RhythmView, RiskRow, RiskView, WorkerRow};
pub use people::{HomeView, PersonRow, RouteRow, ShutOutRow, WayAnswer};
pub use timeline::{EarlierRow, TimelineLine, TimelineRow, earlier};
pub use veil::WITHHELD;

use crate::case::{Case, Terms};
use crate::contact::Elsewhere;
use jiff::Timestamp;
use serde::Serialize;

/// As what somebody looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Seat {
    /// Lead worker, deputy or cover, or somebody of the team the case opens to.
    Worker,
    /// The team's manager.
    Manager,
    /// The domestic abuse lead, or the named post outside the line.
    Lead,
    /// An officer who does one thing for the case and sees that request alone.
    Officer,
}

/// What the looker may see. Made by the access rules; a view never widens it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    /// As what.
    pub seat: Seat,
    /// Whether a withheld address may be seen.
    pub addresses: bool,
    /// Whether numbers and other contact values may be seen, when the gate lets them be used.
    pub contacts: bool,
    /// Whether the code word may be seen, each time behind a press that is on record.
    pub code_word: bool,
    /// Whether it may be seen who is shut out.
    pub shut_out: bool,
    /// Whether what was corrected may be opened, with a reason.
    pub earlier: bool,
}

impl Grant {
    /// What a worker of the case may see.
    pub const WORKER: Grant = Grant {
        seat: Seat::Worker,
        addresses: true,
        contacts: true,
        code_word: true,
        shut_out: false,
        earlier: false,
    };
    /// What the team's manager may see: the case, and no number, address or code word.
    pub const MANAGER: Grant = Grant {
        seat: Seat::Manager,
        addresses: false,
        contacts: false,
        code_word: false,
        shut_out: true,
        earlier: false,
    };
    /// What the lead may see.
    pub const LEAD: Grant = Grant {
        seat: Seat::Lead,
        addresses: true,
        contacts: true,
        code_word: true,
        shut_out: true,
        earlier: true,
    };
    /// What an officer with one request may see of the case itself: nothing.
    pub const OFFICER: Grant = Grant {
        seat: Seat::Officer,
        addresses: false,
        contacts: false,
        code_word: false,
        shut_out: false,
        earlier: false,
    };
}

/// Under what a view is cut: the moment, the landlord's terms, and what was called unsafe elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'a> {
    /// When it is looked at.
    pub at: Timestamp,
    /// What the pack says.
    pub terms: &'a Terms,
    /// What was called unsafe in other cases of the same person.
    pub elsewhere: &'a [Elsewhere],
}

/// Cuts a case to what this looker may see, at this moment.
pub fn cut(case: &Case, grant: &Grant, moment: &Moment<'_>) -> CaseView {
    case::cut(case, grant, moment)
}

/// Cuts a case to who this is, the danger and the contact banner: what stays readable while no look can be put on
/// record (safety rule 4).
pub fn safe_contact_alone(case: &Case, grant: &Grant, moment: &Moment<'_>) -> CaseView {
    case::bare(case, grant, moment, &veil::Veil::over(case, grant))
}

/// The contact banner alone, for pages that carry it as a bar.
pub fn banner(case: &Case, grant: &Grant, moment: &Moment<'_>) -> Banner {
    banner::cut(case, grant, moment)
}
