//! Taking a report: danger first, one sentence is enough, and a receipt that says nothing of the case.
//!
//! Only the danger question and the receipt have pages of their own; the other steps are [`crate::forms::FormPage`].

use askama::Template;

use crate::forms::{Button, FormState, Link, Step};
use crate::layout::Frame;
use crate::signs::Clause;

/// One answer to the danger question.
#[derive(Clone, Debug, Default)]
pub struct DangerChoice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub text: String,
    /// Quieter words under it.
    pub hint: String,
    /// What to do first if it is chosen; empty for nothing.
    pub advice: Vec<String>,
}

/// Something to know of the report so far: "Report received", "Clock already running".
#[derive(Clone, Debug, Default)]
pub struct SoFar {
    /// What it is.
    pub label: String,
    /// The main words.
    pub strong: String,
    /// The rest.
    pub rest: String,
    /// The clause, if it is a promise.
    pub clause: Option<Clause>,
    /// Where it can be changed.
    pub change: Option<Link>,
}

/// The first question of every report: is anybody in danger right now? Its field is `danger`.
#[derive(Template)]
#[template(path = "report/danger.html")]
pub struct DangerPage {
    /// The frame.
    pub frame: Frame,
    /// Back to where the person came from.
    pub back: Option<Link>,
    /// Where the form is sent.
    pub action: String,
    /// The form.
    pub form: FormState,
    /// The heading of the advice: "Do this first".
    pub advice_title: String,
    /// The answers.
    pub choices: Vec<DangerChoice>,
    /// The buttons.
    pub buttons: Vec<Button>,
    /// The report so far, and the clocks that run already.
    pub so_far: Vec<SoFar>,
    /// The steps.
    pub steps: Vec<Step>,
}

/// What whoever took the report gets: that it has arrived, and never the case.
#[derive(Template)]
#[template(path = "report/receipt.html")]
pub struct ReceiptPage {
    /// The frame.
    pub frame: Frame,
    /// "Thank you. It has arrived".
    pub title: String,
    /// When, and the reference to quote.
    pub sub: String,
    /// The reference.
    pub reference: String,
    /// What happens next, and what not to do.
    pub says: Vec<String>,
    /// What to do now because somebody may be in danger; empty for nothing.
    pub danger: Vec<String>,
    /// Ways on: another report; the case, for those who may open it.
    pub links: Vec<Link>,
}
crate::pages!(DangerPage, ReceiptPage);
