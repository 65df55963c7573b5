//! Erasing a closed case or an ended report: the lead proposes, somebody else agrees, and what stays is that it was
//! erased, why and by whom. For everybody else these pages are not there.

use super::case::case_of;
use super::ways::{colleague, form_page, leave};
use crate::app::{Answered, App, OnCase, Shared, Signed, answer, frame, redraw};
use crate::forms::when::{full_day, local};
use crate::forms::{Button, CaseFormPage, Choice, Field, Form, Note, Reading};
use crate::guide::{Section, TextPage};
use crate::routes::{Routes, see_other};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use fanlight_casework::{CasePage, ErasureProposed, Problem};
use fanlight_core::access::Action;
use fanlight_core::words::Words;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/case/{case}/erase", erasure)
        .post("/case/{case}/erase", propose)
        .get("/case/{case}/erase/answer", erasure)
        .post("/case/{case}/erase/answer", save_answer)
        .get("/case/{case}/erased", erased)
}

/// The reasons for which a case is erased. They stay for good, so they are the same for every case.
const REASONS: [(&str, &str); 4] = [
    ("time", "The time for which the landlord keeps it is over"),
    ("asked", "The person asked for it, and the landlord decided so"),
    ("mistake", "It was entered by mistake, or as a trial"),
    ("other", "Something else"),
];

/// The question that a reason is chosen from, with words for what is not on the list.
pub(super) fn reason_field(label: &str, reasons: &[(&str, &str)], other_hint: &str) -> Field {
    let choices = reasons.iter().map(|(code, text)| {
        let choice = Choice::new(*code, *text);
        if *code == "other" {
            choice.reveals(vec![Field::text("words", "In a few words").hint(other_hint)])
        } else {
            choice
        }
    });
    Field::radios("reason", label, choices.collect())
}

/// The reason that was chosen, in words.
pub(super) fn reason_of(form: &mut Reading<'_>, reasons: &[(&str, &str)]) -> Option<Words> {
    let chosen = form.values.said("reason").unwrap_or_default();
    match reasons.iter().find(|(code, _)| *code == chosen) {
        Some(("other", _)) => form.line("words", "Say why, in a few words and without a name", 200),
        Some((_, text)) => Some(Words::new(*text)),
        None => form.wrong("reason", "Choose why"),
    }
}

/// What becomes of the keys with which an older copy could still be opened.
pub(super) fn keys_field() -> Field {
    Field::radios(
        "keys",
        "What becomes of the keys of older backups?",
        vec![
            Choice::new("keep", "They are kept").hint(
                "A backup made before today can still be opened with them, and what goes here is in it.",
            ),
            Choice::new("destroy", "They are destroyed now").hint(
                "No backup made before today can be opened again, for any case. Make a new one at once.",
            ),
        ],
    )
}

/// Whether the old keys go.
pub(super) fn keys_go(form: &mut Reading<'_>) -> Option<bool> {
    match form.values.said("keys") {
        Some("keep") => Some(false),
        Some("destroy") => Some(true),
        _ => form.wrong("keys", "Choose what becomes of the keys of older backups"),
    }
}

async fn erasure(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    match draw(&app, &signed, &case).await {
        Ok(page) => page,
        Err(problem) => answer(Err::<CaseFormPage, _>(problem)),
    }
}

async fn draw(app: &App, signed: &Signed, case: &str) -> Result<Response, Problem> {
    let id = case_of(case)?;
    let opened = app
        .casework
        .case_form(&signed.who, id, Action::ApproveClosure)
        .await?;
    let page = opened.into_view();
    match page.view.header.stage {
        "closed" | "ended" | "joined" => {}
        "erased" => return Ok(see_other(&format!("/case/{id}/erased"))),
        _ => {
            return Err(Problem::Unfit(
                "Close the case first: what is open is not erased.",
            ));
        }
    }
    let state = redraw(app, signed, page.view.seen).await?;
    let base = format!("/case/{id}");
    let proposed = app.casework.erasure_proposed(&signed.who, id).await?;
    let (path, title, fields, buttons) = match proposed {
        Some(waiting) if waiting.by != signed.who.account => (
            "/erase/answer",
            "Erase it for good?",
            answer_fields(signed, &page, &waiting),
            vec![Button {
                warning: true,
                ..Button::new("Answer")
            }],
        ),
        Some(waiting) => (
            "/erase/answer",
            "An erasure waits for a second person",
            vec![
                Field::Inset(proposed_words(signed, &waiting)),
                Field::Say(
                    "Somebody else who may approve a closure answers it: a manager, or another lead.".into(),
                ),
                Field::Hidden {
                    name: "answer".into(),
                    value: "no".into(),
                },
            ],
            vec![Button {
                secondary: true,
                ..Button::new("Take the proposal back")
            }],
        ),
        None if signed.who.may(Action::EraseCase) => (
            "/erase",
            "Propose to erase it",
            vec![reason_field(
                "Why?",
                &REASONS,
                "It stays for good: no name, no address, nothing of what was said.",
            )],
            vec![Button::new("Propose it to a second person")],
        ),
        None => (
            "/erase",
            "Nothing waits for an answer",
            vec![Field::Say(
                "The lead proposes an erasure, and you can then agree to it here, or not.".into(),
            )],
            Vec::new(),
        ),
    };
    let form = Form {
        action: format!("{base}{path}"),
        state,
        title: title.into(),
        lead: Vec::new(),
        fields,
        buttons,
        leave: leave(&base),
    };
    Ok(form_page(app, signed, &page, form, notes()).into_response())
}

fn proposed_words(signed: &Signed, waiting: &ErasureProposed) -> String {
    format!(
        "Proposed by {} on {}. Why: {}.",
        colleague(&signed.who.room, waiting.by),
        full_day(local(waiting.at).date()),
        waiting.under.reveal()
    )
}

fn answer_fields(signed: &Signed, page: &CasePage, waiting: &ErasureProposed) -> Vec<Field> {
    vec![
        Field::Inset(proposed_words(signed, waiting)),
        Field::Warning(format!(
            "It cannot be undone: {} entries go, and nobody can bring them back. If the person comes back, nothing is \
             known of what was.",
            page.view.timeline.len()
        )),
        Field::radios(
            "answer",
            "Do you agree?",
            vec![
                Choice::new("yes", "Yes, erase it for good").reveals(vec![keys_field()]),
                Choice::new("no", "No, it stays"),
            ],
        ),
    ]
}

fn notes() -> Vec<Note> {
    vec![
        Note {
            heading: "What goes".into(),
            says: vec![
                "Every word, name, number and address of the case, and of the report it came from.".into(),
                "Drafts of its forms, and what finds it in a search.".into(),
                "What it called unsafe is no longer known, for other cases too.".into(),
            ],
        },
        Note {
            heading: "What stays".into(),
            says: vec![
                "Which promises there were, when they were due and when kept: no words and no person. The figures stay as \
                 they are."
                    .into(),
                "That it was erased, when, why, who proposed it and who agreed. The lead can see that.".into(),
                "Who had looked at it, by account and time.".into(),
            ],
        },
    ]
}

async fn propose(on: OnCase) -> Answered {
    let under = on.read(|form| reason_of(form, &REASONS)).await?;
    let saved = on.casework().propose_erasure(on.who(), on.case, &under).await;
    on.on_to("reason", saved, |()| format!("/case/{}?done=proposed", on.case))
        .await
}

/// What the second person said; or that whoever proposed it takes it back.
enum Said {
    No,
    Yes { keys_go: bool },
}

fn read_answer(form: &mut Reading<'_>) -> Option<Said> {
    match form.values.said("answer") {
        Some("no") => Some(Said::No),
        Some("yes") => keys_go(form).map(|keys_go| Said::Yes { keys_go }),
        _ => form.wrong("answer", "Choose whether you agree"),
    }
}

async fn save_answer(on: OnCase) -> Answered {
    let lead = on.who().may(Action::EraseCase);
    match on.read(read_answer).await? {
        Said::No => {
            let saved = on.casework().drop_erasure(on.who(), on.case).await;
            on.on_to("answer", saved, |()| format!("/case/{}?done=answered", on.case))
                .await
        }
        Said::Yes { keys_go } => {
            let saved = on.casework().agree_to_erasure(on.who(), on.case, keys_go).await;
            // Of an erased case nobody but the lead is told that it was there.
            on.on_to("answer", saved, |_| {
                if lead {
                    format!("/case/{}/erased?done=erased", on.case)
                } else {
                    "/team?done=erased".into()
                }
            })
            .await
        }
    }
}

async fn erased(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    answer(draw_erased(&app, &signed, &case).await)
}

async fn draw_erased(app: &App, signed: &Signed, case: &str) -> Result<TextPage, Problem> {
    let opened = app
        .casework
        .case_form(&signed.who, case_of(case)?, Action::EraseCase)
        .await?;
    let page = opened.into_view();
    let Some(stays) = page.view.erased else {
        return Err(Problem::Unseen);
    };
    let name = |account| colleague(&signed.who.room, account);
    let by = stays
        .by
        .account()
        .map_or_else(|| "the installation".to_owned(), name);
    let who = match stays.proposed_by {
        Some(first) => format!("Proposed by {}, agreed by {by}.", name(first)),
        None => format!("By {by}."),
    };
    let said = |heading: &str, paragraphs: Vec<String>| Section {
        heading: heading.into(),
        paragraphs,
        ..Section::default()
    };
    Ok(TextPage {
        frame: frame(app, signed, "Erased", "/cases"),
        title: "Erased".into(),
        lead: format!("On {}.", full_day(local(stays.times.recorded).date())),
        sections: vec![
            said(
                "Why",
                vec![format!("{}.", stays.under.reveal().trim_end_matches('.'))],
            ),
            said("By whom", vec![who]),
            said(
                "What stays",
                vec![format!(
                    "{} promises, as times without words and without a person, so that figures stay as they are. Nothing \
                     of what was said can be opened here any more.",
                    stays.promises
                )],
            ),
        ],
        verbatim: String::new(),
    })
}
