//! Finding a case. The answer is the same whether there is none or none for this looker, and what was searched for
//! is never in the address.

use askama::Template;
use fanlight_core::words::Words;

use crate::forms::{FormState, Link, Note};
use crate::layout::Frame;
use crate::signs::{RiskSign, TimeTag, WaySign};
use crate::work::{Chip, Empty, Stat};

/// A case in a list.
#[derive(Clone, Debug, Default)]
pub struct CaseRow {
    /// The reference.
    pub reference: String,
    /// Its address.
    pub href: String,
    /// What the person likes to be called, where the list may show it.
    pub called: Option<Words>,
    /// "Report", "Open", "Closed".
    pub stage: String,
    /// When the report reached us.
    pub received: String,
    /// The risk.
    pub risk: RiskSign,
    /// Who works on it.
    pub worker: String,
    /// What is due first.
    pub first_due: String,
    /// How that stands.
    pub left: Option<TimeTag>,
    /// May contact be made?
    pub way: WaySign,
}

/// Searching, and what was found. The field is `find`.
#[derive(Template)]
#[template(path = "find/find.html")]
pub struct FindPage {
    /// The frame.
    pub frame: Frame,
    /// The form, with what was searched for.
    pub form: FormState,
    /// What was found; nothing before anything was searched for.
    pub rows: Vec<CaseRow>,
    /// "Newest 50"; empty for nothing.
    pub shown: String,
    /// What is said when nothing was found.
    pub empty: Option<Empty>,
    /// What the answer means, and that it is on record.
    pub notes: Vec<Note>,
}

/// All cases that this looker may open.
#[derive(Template)]
#[template(path = "find/cases.html")]
pub struct CasesPage {
    /// The frame.
    pub frame: Frame,
    /// "Cases", "Reports waiting".
    pub title: String,
    /// What is shown.
    pub sub: String,
    /// Figures.
    pub stats: Vec<Stat>,
    /// Where the choice of what to show is sent, by GET.
    pub show_at: String,
    /// What can be shown.
    pub chips: Vec<Chip>,
    /// The cases.
    pub rows: Vec<CaseRow>,
    /// What is said when there is none.
    pub empty: Option<Empty>,
    /// More.
    pub next: Option<Link>,
}
crate::pages!(FindPage, CasesPage);
