//! What anybody may open: the landlord's own page for help and advice, with the way out always in reach.

use askama::Template;

use crate::forms::{Form, Link};
use crate::layout::PublicFrame;

/// One step of what happens next.
#[derive(Clone, Debug, Default)]
pub struct Next {
    /// When, or at what.
    pub when: String,
    /// What happens.
    pub what: String,
}

/// A short text at the side.
#[derive(Clone, Debug, Default)]
pub struct PublicAside {
    /// An id on the page; empty for none.
    pub id: String,
    /// Its heading.
    pub heading: String,
    /// Its sentences.
    pub says: Vec<String>,
    /// Its links.
    pub links: Vec<Link>,
}

/// Help and advice.
#[derive(Template)]
#[template(path = "public/help.html")]
pub struct HelpPage {
    /// The frame.
    pub frame: PublicFrame,
    /// The question.
    pub title: String,
    /// What is said first.
    pub lead: String,
    /// "Tell us".
    pub go: Option<Link>,
    /// Another way.
    pub or: Option<Link>,
    /// The heading of what happens next.
    pub next_title: String,
    /// What happens next, by this landlord's policy.
    pub next: Vec<Next>,
    /// The heading of what the policy says.
    pub policy_title: String,
    /// What the policy says and publishes here, clause by clause.
    pub policy: Vec<Next>,
    /// The landlord's own texts for everybody.
    pub pages: Vec<PublicAside>,
    /// At the side.
    pub asides: Vec<PublicAside>,
}

/// A question to the public, drawn from a form.
#[derive(Template)]
#[template(path = "public/form.html")]
pub struct PublicFormPage {
    /// The frame.
    pub frame: PublicFrame,
    /// "Question 3 of 5. You can leave out any of them".
    pub step: String,
    /// The form.
    pub form: Form,
    /// At the side.
    pub asides: Vec<PublicAside>,
}

/// That it has arrived.
#[derive(Template)]
#[template(path = "public/receipt.html")]
pub struct PublicReceiptPage {
    /// The frame.
    pub frame: PublicFrame,
    /// The heading.
    pub title: String,
    /// What is said first.
    pub lead: String,
    /// Four ordinary words, shown once; empty when there are none to show.
    pub words: Vec<String>,
    /// Where the way out leads.
    pub exit: String,
    /// What happens next.
    pub next: Vec<Next>,
    /// At the side.
    pub asides: Vec<PublicAside>,
}

/// A text of several sections: people outside who can help, what we keep, the policy in short.
#[derive(Template)]
#[template(path = "public/text.html")]
pub struct PublicTextPage {
    /// The frame.
    pub frame: PublicFrame,
    /// The heading.
    pub title: String,
    /// The sections.
    pub sections: Vec<PublicAside>,
}
crate::pages!(HelpPage, PublicFormPage, PublicReceiptPage, PublicTextPage);
