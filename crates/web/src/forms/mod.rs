//! From a body to answers, from answers to field errors, and back to the page with every answer kept.
//!
//! A handler reads [`Submitted`], asks for each answer ([`Values`], [`when`]), gathers what is wrong in
//! [`Errors`], and either acts or keeps the answers in a sealed draft; both end in a 303. The page is then drawn
//! from a [`FormState`].
//!
//! Nothing here knows what an answer means, and nothing here is ever logged: [`Values`] shows nothing in debug.

pub mod answers;
mod body;
mod form;
mod reading;
pub mod when;

pub(crate) use body::{GIVEN_BACK_AT_MOST, answers_of};
pub use body::{NOTE_BODY, NOTE_CHARACTERS, ORDINARY_BODY, Submitted};
pub use form::{
    Button, CaseFormPage, Choice, Compare, Field, Form, FormPage, Kind, Link, Note, Question, Side, Step,
    Width,
};
pub use reading::Reading;

/// One answer that cannot be used, said so that the person knows what to do.
#[derive(Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name; its message stands beside the field.
    pub field: String,
    /// The id of the very box that the summary links to.
    pub target: String,
    /// What is wrong and how to put it right. Never what was typed.
    pub message: String,
}

impl FieldError {
    /// An error of a field whose box has the field's own name as its id.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        let field = field.into();
        FieldError {
            target: field.clone(),
            field,
            message: message.into(),
        }
    }

    /// The same, for a field of several boxes: the summary leads to this one.
    pub fn at(mut self, target: impl Into<String>) -> Self {
        self.target = target.into();
        self
    }
}

impl std::fmt::Debug for FieldError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} at {}: {}", self.field, self.target, self.message)
    }
}

/// All that is wrong with a form, in the order of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errors(Vec<FieldError>);

impl Errors {
    /// Adds an error.
    pub fn push(&mut self, error: FieldError) {
        self.0.push(error);
    }

    /// The answer, or nothing with its error noted.
    pub fn take<T>(&mut self, answer: Result<T, FieldError>) -> Option<T> {
        match answer {
            Ok(answer) => Some(answer),
            Err(error) => {
                self.push(error);
                None
            }
        }
    }

    /// Whether all answers can be used.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// In the order of the page.
    pub fn iter(&self) -> std::slice::Iter<'_, FieldError> {
        self.0.iter()
    }

    /// The message beside a field, or an empty one.
    pub fn of(&self, field: &str) -> &str {
        self.0
            .iter()
            .find(|error| error.field == field)
            .map_or("", |error| &error.message)
    }

    /// Whether this very box is at fault: either it is the one named, or the whole field is.
    pub fn touches(&self, field: &str, id: &str) -> bool {
        self.0
            .iter()
            .any(|error| error.field == field && (error.target == id || error.target == field))
    }

    /// The heading over the list of errors.
    pub fn heading(&self) -> String {
        const WORDS: [&str; 9] = [
            "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten",
        ];
        match self.0.len() {
            0 | 1 => "One thing to put right. Nothing you wrote is lost".to_owned(),
            many => match WORDS.get(many - 2) {
                Some(word) => format!("{word} things to put right. Nothing you wrote is lost"),
                None => format!("{many} things to put right. Nothing you wrote is lost"),
            },
        }
    }
}

/// What somebody answered, by field name, as they typed it. Debug shows nothing.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Values(Vec<(String, String)>);

impl Values {
    /// Answers that are already apart, as from a draft.
    pub fn new(pairs: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Self {
        Values(
            pairs
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }

    /// The first answer of that name, or an empty one.
    pub fn text(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(held, _)| held == name)
            .map_or("", |(_, value)| value)
    }

    /// The first answer of that name without white space around it, or nothing if there is nothing else.
    pub fn said(&self, name: &str) -> Option<&str> {
        Some(self.text(name).trim()).filter(|text| !text.is_empty())
    }

    /// Every answer of that name, as checkboxes give them.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(held, _)| held == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether this choice was made.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|held| held == value)
    }

    /// Sets one answer, in place of any of that name.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let name = name.into();
        self.0.retain(|(held, _)| *held != name);
        self.0.push((name, value.into()));
    }

    /// Names and answers, for sealing into a draft.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }
}

impl std::fmt::Debug for Values {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[withheld]")
    }
}

/// A form as it is drawn: who may send it, once, on top of what, with what was answered before.
#[derive(Clone, Debug, Default)]
pub struct FormState {
    /// Made when the form is drawn; sent twice, it is done once.
    pub command: String,
    /// The session's token, empty where there is no session.
    pub csrf: String,
    /// The place in the journal that the person saw; decisions need it, notes and contacts do not.
    pub seen: Option<u64>,
    /// The draft from which it was filled, empty for none: it goes once the form is saved.
    pub draft: String,
    /// What is wrong with the answers, if they come back.
    pub errors: Errors,
    /// The answers so far.
    pub values: Values,
}

/// The hidden field that holds [`FormState::command`].
pub const COMMAND: &str = "command";
/// The hidden field that holds [`FormState::csrf`].
pub const CSRF: &str = "csrf";
/// The hidden field that holds [`FormState::seen`].
pub const SEEN: &str = "seen";
/// The hidden field that holds [`FormState::draft`].
pub const DRAFT: &str = "draft";

impl FormState {
    /// The answer so far, for a template.
    pub fn value(&self, name: &str) -> &str {
        self.values.text(name)
    }

    /// Whether a choice is made, for a template.
    pub fn chosen(&self, name: &str, value: &str) -> bool {
        self.values.has(name, value)
    }

    /// The message beside a field, for a template.
    pub fn error(&self, name: &str) -> &str {
        self.errors.of(name)
    }

    /// Whether this very box is at fault, for a template.
    pub fn faulty(&self, name: &str, id: &str) -> bool {
        self.errors.touches(name, id)
    }

    /// What goes before the page's title, so that somebody who listens knows at once.
    pub fn before_title(&self) -> &'static str {
        if self.errors.is_empty() { "" } else { "Error: " }
    }
}

/// The id of one radio button or checkbox: the first has the field's own name, so that the list of errors leads to it.
pub fn box_id(name: &str, number: &usize, id: &str) -> String {
    if !id.is_empty() {
        id.to_owned()
    } else if *number == 1 {
        name.to_owned()
    } else {
        format!("{name}-{number}")
    }
}

/// Whether two texts are the same, for a template.
pub fn same(one: &str, other: &str) -> bool {
    one == other
}

/// A number as people read it: 100,000.
pub fn thousands(number: impl std::fmt::Display) -> String {
    let figures = number.to_string();
    let mut said = String::new();
    for (place, figure) in figures.chars().enumerate() {
        if place > 0 && (figures.len() - place).is_multiple_of(3) {
            said.push(',');
        }
        said.push(figure);
    }
    said
}

/// The id and name of one box of a date.
pub fn part_id(name: &str, part: &str) -> String {
    format!("{name}-{part}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_show_nothing_in_debug() {
        let form = FormState {
            values: Values::new([("note", "he has a key")]),
            ..FormState::default()
        };
        assert!(!format!("{form:?}").contains("key"));
    }

    #[test]
    fn an_error_of_one_box_does_not_mark_the_others() {
        let mut errors = Errors::default();
        errors.push(FieldError::new("seen", "The day must include a month").at("seen-month"));
        assert!(errors.touches("seen", "seen-month"));
        assert!(!errors.touches("seen", "seen-day"));
        assert_eq!(errors.of("seen"), "The day must include a month");
        assert_eq!(errors.of("other"), "");
    }

    #[test]
    fn a_checkbox_gives_every_answer_and_a_blank_one_says_nothing() {
        let values = Values::new([("way", "call"), ("way", "code"), ("when", "  ")]);
        assert_eq!(values.all("way").collect::<Vec<_>>(), ["call", "code"]);
        assert!(values.has("way", "code") && !values.has("way", "text"));
        assert_eq!(values.said("when"), None);
    }
}
