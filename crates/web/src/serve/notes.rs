//! Notes, and putting right what was written.

use super::case_form::{Spec, draw, when_fields, words_and_when};
use crate::app::{Answered, OnCase, Shared, Signed, nothing_here};
use crate::forms::{Choice, Field, NOTE_BODY};
use crate::routes::Routes;
use axum::extract::{Path, State};
use axum::response::Response;
use fanlight_casework::Problem;
use fanlight_core::access::Action;
use fanlight_core::fact::{NoteWritten, TakenBack};
use fanlight_core::words::Words;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/case/{case}/note", note)
        .post("/case/{case}/note", save_note)
        .get("/case/{case}/correct/{place}", correct)
        .post("/case/{case}/correct/{place}", save_correction)
}

async fn note(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    draw(&app, &signed, &case, Action::WriteNote, |_| {
        Ok(Spec::new("Write a note", "Save the note", vec![
            Field::words("words", "What happened or was said").hint(
                "Facts: who did or said what, to whom, when. Her own words in quotation marks. No judgements.",
            ),
            when_fields(),
        ])
        .holding("day", "today")
        .note("A note is not a contact", "If you spoke with somebody, record a contact: clocks run on that."))
    })
    .await
}

async fn save_note(on: OnCase<NOTE_BODY>) -> Answered {
    let (words, when) = on
        .read(|form| words_and_when(form, "Write what happened or was said"))
        .await?;
    let note = NoteWritten { words };
    let saved = on
        .casework()
        .write_note(on.who(), on.form(), on.case, when, note)
        .await;
    on.saved("words", saved, "note").await
}

async fn correct(
    State(app): State<Shared>,
    signed: Signed,
    Path((case, place)): Path<(String, u64)>,
) -> Response {
    draw(&app, &signed, &case, Action::WriteNote, |page| {
        let row = page.view.timeline.iter().find(|row| row.place.0 == place).ok_or(Problem::Unseen)?;
        let main = row.lines.iter().find(|line| line.label.is_none());
        let words = main.map_or("", |line| line.words.reveal());
        Ok(Spec::new("Put an entry right", "Save the correction", vec![
            Field::Inset(format!("{}. What stands there now leaves the page at once.", row.title)),
            Field::radios("what", "What is wrong?", vec![
                Choice::new("words", "The words").reveals(vec![Field::words("words", "What it should say")]),
                Choice::new("mistake", "The whole entry: it was made by mistake")
                    .reveals(vec![Field::text("reason", "Why is it taken back?")]),
            ]),
        ])
        .holding("words", words)
        .note(
            "Nothing is lost",
            "What stood there is kept on the record. Only the domestic abuse lead can open it, with a reason.",
        ))
    })
    .await
}

/// What is wrong with an entry.
enum Wrong {
    Words(Words),
    AllOfIt(TakenBack),
}

async fn save_correction(on: OnCase<NOTE_BODY>) -> Answered {
    let place = on.place.ok_or_else(nothing_here)?;
    let wrong = on
        .read(|form| match form.values.said("what") {
            Some("words") => form.words("words", "Write what it should say").map(Wrong::Words),
            Some("mistake") => form
                .line("reason", "Say why it is taken back", 1000)
                .map(|reason| Wrong::AllOfIt(TakenBack { reason })),
            _ => form.wrong("what", "Choose what is wrong"),
        })
        .await?;
    let (who, form, case) = (on.who(), on.form(), on.case);
    match wrong {
        Wrong::Words(words) => {
            let saved = on.casework().correct_words(who, form, case, place, words).await;
            on.saved("words", saved, "corrected").await
        }
        Wrong::AllOfIt(taken) => {
            let saved = on.casework().take_back(who, form, case, place, taken).await;
            on.saved("reason", saved, "taken-back").await
        }
    }
}
