//! Danger: the question asked again, with what to do first. 999 comes first, and nothing waits for approval.

use super::ways::*;
use crate::app::{Answered, App, OnCase, Shared, Signed, answer, redraw};
use crate::forms::{Button, CaseFormPage, Choice, Field, Form, Kind, NOTE_BODY, NOTE_CHARACTERS};
use crate::routes::Routes;
use axum::extract::{Path, State};
use axum::response::Response;
use fanlight_casework::{Problem, When};
use fanlight_core::access::Action;
use fanlight_core::fact::{Danger, DangerAnswered};

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/case/{case}/danger", danger_form)
        .post("/case/{case}/danger", answer_danger)
}

/// What to do first, in order.
pub(super) fn emergency(steps: &[&str]) -> Vec<String> {
    let mut all = vec![
        "Call 999. Give the address, and say who may be there and whether there are children.".to_owned(),
        "Police do not come to a silent call by themselves: speak, or from a mobile press 55.".to_owned(),
    ];
    all.extend(steps.iter().map(|step| (*step).to_owned()));
    all
}

async fn danger_form(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    answer(draw_danger(&app, &signed, &case).await)
}

async fn draw_danger(app: &App, signed: &Signed, case: &str) -> Result<CaseFormPage, Problem> {
    let page = open_form(app, signed, case, Action::RecordContact).await?;
    let base = format!("/case/{}", page.case);
    let state = redraw(app, signed, page.view.seen).await?;
    let advice = |title: &str, steps: Vec<String>| Field::Danger {
        title: title.into(),
        steps,
        fields: Vec::new(),
    };
    let now = advice(
        "Do this first",
        emergency(&["Do not ring or text the person to find out, unless that way is safe now."]),
    );
    let soon = advice(
        "Before tonight",
        vec![
            "Ask where the person can go, and what would make tonight safer.".into(),
            "Say that 999 can be called at any time, and how a silent call works: from a mobile, press 55."
                .into(),
            "Tell the lead, or after hours whoever is on call, before you end your day.".into(),
        ],
    );
    let unknown = advice(
        "Treat it as danger now until you can tell",
        emergency(&["If nobody can be asked safely, tell the lead, or after hours whoever is on call."]),
    );
    let choices = Danger::ALL
        .iter()
        .map(|danger| {
            let choice = Choice::new(danger.code(), danger.label());
            match danger {
                Danger::Now => choice.reveals(vec![now.clone()]),
                Danger::Soon => choice.reveals(vec![soon.clone()]),
                Danger::Unknown => choice.reveals(vec![unknown.clone()]),
                Danger::No => choice,
            }
        })
        .collect();
    let form = Form {
        action: format!("{base}/danger"),
        state,
        title: String::new(),
        lead: Vec::new(),
        fields: vec![
            Field::radios("danger", "Is anybody in danger right now?", choices).heading(),
            Field::checkboxes(
                "advice",
                "",
                vec![Choice::new("yes", "I have given the advice, or it was read out")],
            ),
            Field::ask(
                "done",
                "What was done",
                Kind::Words {
                    rows: 3,
                    limit: NOTE_CHARACTERS,
                },
            )
            .hint("Whether 999 was called, by whom and when. It can be written later."),
        ],
        buttons: vec![Button::new("Save")],
        leave: leave(&base),
    };
    Ok(form_page(app, signed, &page, form, Vec::new()))
}

async fn answer_danger(on: OnCase<NOTE_BODY>) -> Answered {
    on.page(Action::RecordContact).await?;
    let told = on
        .read(|form| {
            let danger = form.choice(
                "danger",
                "Choose an answer. “I cannot tell yet” is one",
                Danger::parse,
            );
            let done = form.maybe_line("done", NOTE_CHARACTERS);
            Some(DangerAnswered {
                danger: danger?,
                advice_given: form.values.has("advice", "yes"),
                done: done?,
            })
        })
        .await?;
    let now = When::default();
    let saved = on
        .casework()
        .answer_danger(on.who(), on.form(), on.case, now, told)
        .await;
    on.saved("danger", saved, "danger").await
}
