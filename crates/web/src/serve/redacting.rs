//! Redacting one entry: the lead says why, looks once more at what goes and what stays, and then it is gone for good.
//! For everybody else these pages are not there.

use super::case::case_of;
use super::erasing::{keys_field, keys_go, reason_field, reason_of};
use super::ways::{form_page, leave, open_form};
use crate::app::{Answered, App, OnCase, Shared, Signed, answer, draft_at, redraw};
use crate::forms::{Button, CaseFormPage, Field, Form, Note, Reading};
use crate::routes::{Routes, see_other};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use fanlight_casework::{CasePage, Problem};
use fanlight_core::access::Action;
use fanlight_core::ids::Position;
use fanlight_core::refusal::Refusal;
use fanlight_core::view::TimelineRow;
use fanlight_core::words::Words;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/case/{case}/redact/{place}", why)
        .post("/case/{case}/redact/{place}", save_why)
        .get("/case/{case}/redact/{place}/confirm", confirm)
        .post("/case/{case}/redact/{place}/confirm", redact)
}

/// Why an entry goes for good. The reason is written into the case.
const REASONS: [(&str, &str); 4] = [
    (
        "another",
        "It is about somebody who has nothing to do with this case",
    ),
    ("wrong", "It was written into the wrong case"),
    ("never", "It should never have been written down"),
    ("other", "Something else"),
];

fn read(form: &mut Reading<'_>) -> Option<(Words, bool)> {
    let reason = reason_of(form, &REASONS);
    let keys = keys_go(form);
    reason.zip(keys)
}

fn row_at(page: &CasePage, place: u64) -> Result<&TimelineRow, Problem> {
    let mut rows = page.view.timeline.iter();
    rows.find(|row| row.place.0 == place).ok_or(Problem::Unseen)
}

/// The entry as it stands, so that nobody redacts another one by mistake.
fn entry_fields(row: &TimelineRow) -> Vec<Field> {
    let mut fields = vec![Field::Heading(row.title.clone())];
    fields.extend(row.lines.iter().map(|line| {
        Field::Say(match line.label {
            Some(label) => format!("{label}: {}", line.words.reveal()),
            None => line.words.reveal().to_owned(),
        })
    }));
    fields
}

fn notes() -> Vec<Note> {
    vec![
        Note {
            heading: "Correct or redact?".into(),
            says: vec![
                "A correction leaves the page at once, and the lead can still open what stood there. That is right for \
                 almost everything."
                    .into(),
                "A redaction is for what nobody may ever read again.".into(),
            ],
        },
        Note {
            heading: "What stays".into(),
            says: vec![
                "That an entry stood there, when it was written, that you redacted it, and why.".into(),
                "An entry on which a clock, a door or a word on safety rests is not redacted.".into(),
            ],
        },
    ]
}

async fn why(
    State(app): State<Shared>,
    signed: Signed,
    Path((case, place)): Path<(String, u64)>,
) -> Response {
    answer(draw_why(&app, &signed, &case, place).await)
}

async fn draw_why(app: &App, signed: &Signed, case: &str, place: u64) -> Result<CaseFormPage, Problem> {
    let page = open_form(app, signed, case, Action::EraseCase).await?;
    let mut fields = entry_fields(row_at(&page, place)?);
    fields.push(reason_field(
        "Why must nobody ever read it again?",
        &REASONS,
        "It is written into the case. Do not repeat what the entry says.",
    ));
    fields.push(keys_field());
    let form = Form {
        action: format!("/case/{}/redact/{place}", page.case),
        state: redraw(app, signed, page.view.seen).await?,
        title: "Redact an entry".into(),
        lead: Vec::new(),
        fields,
        buttons: vec![Button::new("Look once more")],
        leave: leave(format!("/case/{}", page.case)),
    };
    Ok(form_page(app, signed, &page, form, notes()))
}

async fn save_why(on: OnCase) -> Answered {
    let place = on.place.ok_or_else(crate::app::nothing_here)?;
    on.read(read).await?;
    let at = format!("/case/{}/redact/{}/confirm", on.case, place.0);
    let kept = draft_at(&on.app, &on.posted, &at).await;
    on.on_to("reason", kept, |at| at).await
}

async fn confirm(
    State(app): State<Shared>,
    signed: Signed,
    Path((case, place)): Path<(String, u64)>,
) -> Response {
    match draw_confirm(&app, &signed, &case, place).await {
        Ok(page) => page,
        Err(problem) => answer(Err::<CaseFormPage, _>(problem)),
    }
}

async fn draw_confirm(app: &App, signed: &Signed, case: &str, place: u64) -> Result<Response, Problem> {
    let id = case_of(case)?;
    let page = open_form(app, signed, case, Action::EraseCase).await?;
    let row = row_at(&page, place)?;
    let state = redraw(app, signed, page.view.seen).await?;
    let mut reading = Reading::new(&state.values, page.now);
    let Some((reason, keys_go)) = read(&mut reading) else {
        return Ok(see_other(&format!("/case/{id}/redact/{place}")));
    };
    let mut fields = vec![Field::Warning(
        "It cannot be undone. This goes, with everything that stood there before it was corrected:".into(),
    )];
    fields.extend(entry_fields(row));
    fields.push(Field::Heading("What is written in its place".into()));
    fields.push(Field::Say(format!(
        "Redacted an entry for good: {}",
        reason.reveal()
    )));
    fields.push(Field::Inset(
        if keys_go {
            "The keys of older backups are destroyed now: no backup made before today can be opened again, for any case."
        } else {
            "The keys of older backups are kept: in a backup made before today it can still be read."
        }
        .into(),
    ));
    fields.extend(["reason", "words", "keys"].map(|name| Field::Hidden {
        name: name.into(),
        value: state.values.text(name).to_owned(),
    }));
    let form = Form {
        action: format!("/case/{id}/redact/{place}/confirm"),
        state,
        title: "Redact it for good?".into(),
        lead: Vec::new(),
        fields,
        buttons: vec![Button {
            warning: true,
            ..Button::new("Redact it for good")
        }],
        leave: leave(format!("/case/{id}")),
    };
    Ok(form_page(app, signed, &page, form, notes()).into_response())
}

async fn redact(on: OnCase) -> Answered {
    let Position(place) = on.place.ok_or_else(crate::app::nothing_here)?;
    let (reason, keys_go) = on.read(read).await?;
    let gone = on
        .casework()
        .redact(on.who(), on.case, Position(place), &reason, keys_go)
        .await;
    // Pressed twice: what was asked for has been done.
    let gone = match gone {
        Err(Problem::Refused(Refusal::NothingStandsThere)) => Ok(0),
        other => other,
    };
    on.on_to("reason", gone, |_| format!("/case/{}?done=redacted", on.case))
        .await
}
