//! Who has looked at a case: every look and every refusal, on record before the page was sent.

use askama::Template;
use fanlight_core::words::Words;

use crate::case::HeadFact;
use crate::forms::{Link, Note};
use crate::layout::{CaseFrame, Frame};
use crate::work::Chip;

/// Whether somebody was let in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LetIn {
    /// Yes.
    #[default]
    Yes,
    /// Refused: they met what anybody meets who looks for something that is not there.
    Refused,
    /// Opened in an emergency.
    Emergency,
}

/// One look.
#[derive(Clone, Debug, Default)]
pub struct Look {
    /// The time of day.
    pub when: String,
    /// Who, or that the name is shown to the lead alone.
    pub who: Words,
    /// As what.
    pub as_what: String,
    /// What was looked at.
    pub what: String,
    /// Why, or what it means.
    pub why: Words,
    /// Whether they were let in.
    pub let_in: LetIn,
    /// What came of it; may be empty.
    pub after: String,
}

/// Looks of one day.
#[derive(Clone, Debug, Default)]
pub struct LookDay {
    /// The day.
    pub title: String,
    /// What else to say of it.
    pub small: String,
    /// The looks.
    pub looks: Vec<Look>,
}

/// Who has looked.
#[derive(Template)]
#[template(path = "looks/looks.html")]
pub struct LooksPage {
    /// The frame.
    pub frame: Frame,
    /// The case.
    pub case: CaseFrame,
    /// Figures at the head.
    pub facts: Vec<HeadFact>,
    /// Where the choice of what to show is sent, by GET.
    pub show_at: String,
    /// What can be shown.
    pub chips: Vec<Chip>,
    /// The looks, newest first.
    pub days: Vec<LookDay>,
    /// Earlier looks.
    pub earlier: Option<Link>,
    /// What to do if something looks wrong; that the person may ask.
    pub notes: Vec<Note>,
}
crate::pages!(LooksPage);
