//! What every form on a case shares: how it is drawn, the colleagues it offers, and when something happened.

use super::case::case_of;
use crate::app::{CaseSide, Shared, Signed, answer, case_frame, frame, redraw};
use crate::forms::{Button, CaseFormPage, Choice, Field, Form, Kind, Link, Note, Reading};
use axum::response::Response;
use fanlight_casework::{CasePage, Problem, StaffRow, When};
use fanlight_core::access::Action;
use fanlight_core::ids::AccountId;
use fanlight_core::words::Words;

/// A form on a case, before it is drawn.
pub(super) struct Spec {
    pub(super) title: String,
    pub(super) lead: Vec<String>,
    pub(super) fields: Vec<Field>,
    pub(super) button: String,
    pub(super) notes: Vec<Note>,
    /// What the fields hold at first.
    pub(super) held: Vec<(String, String)>,
}

impl Spec {
    pub(super) fn new(title: &str, button: &str, fields: Vec<Field>) -> Self {
        Spec {
            title: title.into(),
            lead: Vec::new(),
            fields,
            button: button.into(),
            notes: Vec::new(),
            held: Vec::new(),
        }
    }

    pub(super) fn lead(mut self, line: &str) -> Self {
        self.lead.push(line.into());
        self
    }

    pub(super) fn note(mut self, heading: &str, says: &str) -> Self {
        self.notes.push(Note::new(heading, says));
        self
    }

    pub(super) fn holding(mut self, name: &str, value: impl Into<String>) -> Self {
        self.held.push((name.into(), value.into()));
        self
    }
}

/// Draws a form on a case, for whoever may do what it is for.
pub(super) async fn draw(
    app: &Shared,
    signed: &Signed,
    case: &str,
    action: Action,
    spec: impl FnOnce(&CasePage) -> Result<Spec, Problem>,
) -> Response {
    answer(drawn(app, signed, case, action, spec).await)
}

async fn drawn(
    app: &Shared,
    signed: &Signed,
    case: &str,
    action: Action,
    spec: impl FnOnce(&CasePage) -> Result<Spec, Problem>,
) -> Result<CaseFormPage, Problem> {
    let page = app
        .casework
        .case_form(&signed.who, case_of(case)?, action)
        .await?
        .into_view();
    let spec = spec(&page)?;
    let mut state = redraw(app, signed, page.view.seen).await?;
    if signed.again.is_none() {
        for (name, value) in spec.held {
            state.values.set(name, value);
        }
    }
    let reference = page.view.header.reference.clone().unwrap_or_default();
    let base = format!("/case/{}", page.case);
    Ok(CaseFormPage {
        frame: frame(app, signed, &format!("Case {reference}"), "/cases"),
        case: case_frame(signed, &page, CaseSide::Form),
        form: Form {
            action: signed.path.clone(),
            state,
            title: spec.title,
            lead: spec.lead,
            fields: spec.fields,
            buttons: vec![Button::new(spec.button), Button::keep_for_later()],
            leave: Some(Link::new("Leave without saving", base)),
        },
        steps: Vec::new(),
        notes: spec.notes,
    })
}

/// When it happened: a day and a time, or now.
pub(super) fn when_fields() -> Field {
    Field::Line(vec![
        Field::ask("day", "Which day?", Kind::Day),
        Field::ask("time", "At what time?", Kind::Time).hint("Empty means now."),
    ])
}

/// Words that must be there and when it happened.
pub(super) fn words_and_when(form: &mut Reading<'_>, if_empty: &str) -> Option<(Words, When)> {
    let words = form.words("words", if_empty);
    let when = form.when();
    words.zip(when)
}

/// A colleague and the reason for choosing them.
pub(super) fn account_and_reason(form: &mut Reading<'_>) -> Option<(AccountId, Words)> {
    let account = form.choice("account", "Choose who", AccountId::parse);
    let reason = form.words("reason", "Say why, in a few words");
    account.zip(reason)
}

/// A code as words: `very_high` as "Very high".
pub(super) fn words_of(code: &str) -> String {
    let mut words = code.replace(['_', '-'], " ");
    if let Some(first) = words.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    words
}

/// Colleagues who read cases, to choose a second person from.
pub(super) fn readers(app: &Shared, signed: &Signed) -> Vec<Choice> {
    colleagues(app, signed, |row| {
        row.account != signed.who.account && works_cases(row)
    })
}

/// Whether this colleague works cases or decides in them.
pub(super) fn works_cases(row: &StaffRow) -> bool {
    row.roles.iter().any(|(role, _)| role.works_cases())
}

/// Colleagues to choose from, by name and post: those whose account is open and who are wanted here.
pub(super) fn colleagues(app: &Shared, signed: &Signed, wanted: impl Fn(&StaffRow) -> bool) -> Vec<Choice> {
    app.casework
        .staff(&signed.who)
        .into_iter()
        .filter(|row| row.open && wanted(row))
        .map(|row| {
            Choice::new(
                row.account.to_string(),
                format!("{}, {}", row.name.reveal(), row.post.reveal()),
            )
        })
        .collect()
}
