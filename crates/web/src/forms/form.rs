//! A form described as data, and the one page that draws every such form.
//!
//! Errors, drafts and accessibility are done here once. A handler says what it asks; the template says how that reads.
//! A [`Field`] draws itself, so that a choice can reveal further fields below it.

use askama::Template;

use super::FormState;
use fanlight_core::words::Words;

use crate::layout::{CaseFrame, Frame};

/// A way on, in words.
#[derive(Clone, Debug, Default)]
pub struct Link {
    /// Its words.
    pub text: String,
    /// Its address: one of ours, and neutral.
    pub href: String,
}

impl Link {
    /// A link.
    pub fn new(text: impl Into<String>, href: impl Into<String>) -> Self {
        Link {
            text: text.into(),
            href: href.into(),
        }
    }
}

/// One answer of several.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub text: String,
    /// Quieter words under it.
    pub hint: String,
    /// What shows below it while it is chosen.
    pub reveals: Vec<Field>,
}

impl Choice {
    /// A choice.
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Choice {
            value: value.into(),
            text: text.into(),
            ..Choice::default()
        }
    }

    /// With quieter words under it.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// With fields that show while it is chosen, and always where the browser is too old to hide them.
    pub fn reveals(mut self, fields: Vec<Field>) -> Self {
        self.reveals = fields;
        self
    }
}

/// The choices of one of core's closed lists, in its order and words: `choices_of!(Way)`.
#[macro_export]
macro_rules! choices_of {
    ($list:ty) => {
        <$list>::ALL
            .iter()
            .map(|code| $crate::forms::Choice::new(code.code(), code.label()))
            .collect::<Vec<_>>()
    };
}

/// How wide a box is: the width of the answer that is expected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    /// The whole column.
    #[default]
    Whole,
    /// About twenty characters.
    Twenty,
    /// About ten.
    Ten,
    /// About five: a time.
    Five,
}

impl Width {
    /// The stylesheet's word for it.
    pub fn class(self) -> &'static str {
        match self {
            Width::Whole => "",
            Width::Twenty => "fl-input--20",
            Width::Ten => "fl-input--10",
            Width::Five => "fl-input--5",
        }
    }
}

/// What kind of answer is asked for.
#[derive(Clone, Debug)]
pub enum Kind {
    /// One line.
    Text(Width),
    /// One line of figures.
    Number,
    /// A telephone number.
    Telephone,
    /// An email address.
    Email,
    /// A password; `autocomplete` names it for a password manager (`current-password`, `new-password`).
    Password {
        /// The browser's word for it.
        autocomplete: &'static str,
    },
    /// Somebody's words.
    Words {
        /// How many lines are shown.
        rows: u8,
        /// How many characters are taken.
        limit: usize,
    },
    /// One of several.
    Radios(Vec<Choice>),
    /// One of several, side by side: for short answers.
    Inline(Vec<Choice>),
    /// Any of several.
    Checkboxes(Vec<Choice>),
    /// Any of several, side by side: for short answers such as days of the week.
    InlineTicks(Vec<Choice>),
    /// One of a long list of known things.
    Select(Vec<Choice>),
    /// Three boxes: day, month, year. Read with [`super::when::day`].
    Date,
    /// Today, yesterday, or another day with its three boxes. Read with [`super::when::day`].
    Day,
    /// A clock time. Read with [`super::when::clock`].
    Time,
}

/// One question.
#[derive(Clone, Debug)]
pub struct Question {
    /// The field's name.
    pub name: String,
    /// The question itself.
    pub label: String,
    /// Quieter words under it.
    pub hint: String,
    /// What kind of answer.
    pub kind: Kind,
    /// Whether the question is the page's own heading: for pages of one question.
    pub heading: bool,
}

impl Question {
    /// The stylesheet's words for its label or legend.
    pub fn label_classes(&self) -> &'static str {
        match (self.heading, &self.kind) {
            (true, _) => "fl-legend",
            (
                false,
                Kind::Radios(_)
                | Kind::Inline(_)
                | Kind::Checkboxes(_)
                | Kind::InlineTicks(_)
                | Kind::Words { .. }
                | Kind::Date
                | Kind::Day,
            ) => "fl-q",
            (
                false,
                Kind::Text(_)
                | Kind::Number
                | Kind::Telephone
                | Kind::Email
                | Kind::Password { .. }
                | Kind::Select(_)
                | Kind::Time,
            ) => "",
        }
    }
}

/// Something on a form.
#[derive(Clone, Debug)]
pub enum Field {
    /// A question.
    Ask(Question),
    /// Small questions on one line, such as a day and two times.
    Line(Vec<Field>),
    /// Something that is sent and not shown.
    Hidden {
        /// Its name.
        name: String,
        /// Its value.
        value: String,
    },
    /// A heading between questions.
    Heading(String),
    /// A sentence between questions.
    Say(String),
    /// A sentence set apart.
    Inset(String),
    /// A sentence that must not be missed.
    Warning(String),
    /// What to do now because somebody may be in danger, in order.
    Danger {
        /// Its heading.
        title: String,
        /// The steps.
        steps: Vec<String>,
        /// What can be noted down there and then: when 999 was called.
        fields: Vec<Field>,
    },
    /// Something that is already saved, whatever becomes of this form.
    Saved(String),
    /// Two answers to the same question, one of them by somebody who saved first.
    Compare(Compare),
}

/// Two answers to the same question, side by side, and which of them holds.
#[derive(Clone, Debug)]
pub struct Compare {
    /// What the answers are to.
    pub legend: String,
    /// The answers.
    pub sides: Vec<Side>,
    /// The name under which the choice is sent.
    pub name: String,
    /// What can be chosen.
    pub choices: Vec<Choice>,
}

/// One of two answers.
#[derive(Clone, Debug)]
pub struct Side {
    /// Whose.
    pub who: String,
    /// When, and from whom they had it.
    pub when: String,
    /// The answer.
    pub says: Words,
}

impl Field {
    /// A question of any kind.
    pub fn ask(name: impl Into<String>, label: impl Into<String>, kind: Kind) -> Self {
        Field::Ask(Question {
            name: name.into(),
            label: label.into(),
            hint: String::new(),
            kind,
            heading: false,
        })
    }

    /// One line of text.
    pub fn text(name: impl Into<String>, label: impl Into<String>) -> Self {
        Field::ask(name, label, Kind::Text(Width::Whole))
    }

    /// Somebody's words.
    pub fn words(name: impl Into<String>, label: impl Into<String>) -> Self {
        Field::ask(
            name,
            label,
            Kind::Words {
                rows: 5,
                limit: super::NOTE_CHARACTERS,
            },
        )
    }

    /// One of several.
    pub fn radios(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        Field::ask(name, label, Kind::Radios(choices))
    }

    /// Any of several.
    pub fn checkboxes(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        Field::ask(name, label, Kind::Checkboxes(choices))
    }

    /// Something that is sent and not shown.
    pub fn hidden(name: impl Into<String>, value: impl Into<String>) -> Self {
        Field::Hidden {
            name: name.into(),
            value: value.into(),
        }
    }

    /// With quieter words under a question. Nothing else takes a hint.
    pub fn hint(self, hint: impl Into<String>) -> Self {
        match self {
            Field::Ask(question) => Field::Ask(Question {
                hint: hint.into(),
                ..question
            }),
            other => other,
        }
    }

    /// As the page's own heading. Only a question can be that.
    pub fn heading(self) -> Self {
        match self {
            Field::Ask(question) => Field::Ask(Question {
                heading: true,
                ..question
            }),
            other => other,
        }
    }

    /// The field as it is drawn with these answers and errors.
    pub fn drawn<'a>(&'a self, state: &'a FormState) -> Drawn<'a> {
        Drawn {
            field: self,
            form: state,
        }
    }
}

/// A field with its answer and its error, ready to be written into a page.
#[derive(Template)]
#[template(path = "forms/field.html")]
pub struct Drawn<'a> {
    field: &'a Field,
    form: &'a FormState,
}

// Written by a template that escapes everything it is given.
impl askama::filters::HtmlSafe for Drawn<'_> {}

/// A button that sends the form.
#[derive(Clone, Debug, Default)]
pub struct Button {
    /// Its words.
    pub text: String,
    /// What is sent with it; empty for none.
    pub name: String,
    /// The value sent with it.
    pub value: String,
    /// Whether it is the quieter one.
    pub secondary: bool,
    /// Whether it does something that cannot be undone, or is the one exception.
    pub warning: bool,
}

impl Button {
    /// The main button.
    pub fn new(text: impl Into<String>) -> Self {
        Button {
            text: text.into(),
            ..Button::default()
        }
    }

    /// "Keep for later": what was typed is sealed as a draft, and nothing is checked.
    pub fn keep_for_later() -> Self {
        Button {
            text: "Keep for later".to_owned(),
            name: "do".to_owned(),
            value: "keep".to_owned(),
            secondary: true,
            warning: false,
        }
    }

    /// The stylesheet's word for it.
    pub fn class(&self) -> &'static str {
        match (self.warning, self.secondary) {
            (true, _) => "govuk-button--warning",
            (false, true) => "govuk-button--secondary",
            (false, false) => "",
        }
    }
}

/// A form.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// Where it is sent.
    pub action: String,
    /// Who may send it, once, on top of what; what was answered, and what is wrong with it.
    pub state: FormState,
    /// The page's heading; empty if the first question is the heading.
    pub title: String,
    /// Sentences under it.
    pub lead: Vec<String>,
    /// What is asked.
    pub fields: Vec<Field>,
    /// The buttons, the main one first.
    pub buttons: Vec<Button>,
    /// The way out that sends nothing.
    pub leave: Option<Link>,
}

/// Something to know, beside a form.
#[derive(Clone, Debug, Default)]
pub struct Note {
    /// Its heading.
    pub heading: String,
    /// Its sentences.
    pub says: Vec<String>,
}

impl Note {
    /// A note of one sentence.
    pub fn new(heading: impl Into<String>, says: impl Into<String>) -> Self {
        Note {
            heading: heading.into(),
            says: vec![says.into()],
        }
    }
}

/// One step of several.
#[derive(Clone, Debug, Default)]
pub struct Step {
    /// Its name.
    pub text: String,
    /// Whether it is this one.
    pub here: bool,
}

/// A page with one form, outside any case.
#[derive(Template)]
#[template(path = "forms/page.html")]
pub struct FormPage {
    /// The frame.
    pub frame: Frame,
    /// Back to where the person came from.
    pub back: Option<Link>,
    /// The form.
    pub form: Form,
    /// The steps, if it is one of several.
    pub steps: Vec<Step>,
    /// What to know, beside it.
    pub notes: Vec<Note>,
}

/// A page with one form, on a case: it carries the contact banner as a bar.
#[derive(Template)]
#[template(path = "forms/case_page.html")]
pub struct CaseFormPage {
    /// The frame.
    pub frame: Frame,
    /// The case.
    pub case: CaseFrame,
    /// The form.
    pub form: Form,
    /// The steps, if it is one of several.
    pub steps: Vec<Step>,
    /// What to know, beside it.
    pub notes: Vec<Note>,
}
crate::pages!(FormPage, CaseFormPage);
