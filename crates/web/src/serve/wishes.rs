//! What the person says: their wishes, how dangerous they say it is, and how often they want to be in contact.

use super::case_form::{Spec, draw, when_fields, words_and_when};
use crate::app::{Answered, OnCase, Shared, Signed};
use crate::forms::{Choice, Field, Kind, NOTE_BODY, Reading};
use crate::routes::Routes;
use axum::extract::{Path, State};
use axum::response::Response;
use fanlight_casework::When;
use fanlight_core::access::Action;
use fanlight_core::fact::{OwnViewOfDangerTold, RhythmAgreed, WishesTold};

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/case/{case}/wishes", wishes)
        .post("/case/{case}/wishes", save_wishes)
        .get("/case/{case}/own-view", own_view)
        .post("/case/{case}/own-view", save_own_view)
        .get("/case/{case}/rhythm", rhythm)
        .post("/case/{case}/rhythm", save_rhythm)
}

async fn wishes(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    draw(&app, &signed, &case, Action::RecordContact, |_| {
        Ok(Spec::new(
            "What the person wants",
            "Save",
            vec![
                Field::words("words", "What the person wants to happen, in their own words"),
                when_fields(),
            ],
        )
        .holding("day", "today"))
    })
    .await
}

async fn save_wishes(on: OnCase<NOTE_BODY>) -> Answered {
    let (words, when) = on
        .read(|form| words_and_when(form, "Write what the person wants"))
        .await?;
    let told = WishesTold { words };
    let saved = on
        .casework()
        .tell_wishes(on.who(), on.form(), on.case, when, told)
        .await;
    on.saved("words", saved, "said").await
}

async fn own_view(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    draw(&app, &signed, &case, Action::RecordContact, |_| {
        Ok(Spec::new(
            "How dangerous the person says it is",
            "Save",
            vec![
                Field::radios(
                    "asked",
                    "Have you been able to ask?",
                    vec![
                        Choice::new("told", "Yes, and this is the answer").reveals(vec![Field::words(
                            "words",
                            "What the person said, in their own words",
                        )]),
                        Choice::new("not_yet", "Not yet").reveals(vec![
                            Field::text("because", "Why not yet?")
                                .hint("It stays on your list until it is asked."),
                        ]),
                    ],
                ),
                when_fields(),
            ],
        )
        .holding("day", "today")
        .note(
            "Always asked",
            "The person's own view counts whatever a list of questions says.",
        ))
    })
    .await
}

fn read_own_view(form: &mut Reading<'_>) -> Option<(OwnViewOfDangerTold, When)> {
    let view = match form.values.said("asked") {
        Some("told") => form
            .words("words", "Write what the person said")
            .map(|words| OwnViewOfDangerTold::Told { words }),
        Some("not_yet") => form
            .line("because", "Say why it could not be asked yet", 1000)
            .map(|because| OwnViewOfDangerTold::NotYet { because }),
        _ => form.wrong("asked", "Choose whether you have been able to ask"),
    };
    let when = form.when();
    view.zip(when)
}

async fn save_own_view(on: OnCase<NOTE_BODY>) -> Answered {
    let (view, when) = on.read(read_own_view).await?;
    let saved = on
        .casework()
        .tell_own_view(on.who(), on.form(), on.case, when, view)
        .await;
    on.saved("asked", saved, "view").await
}

async fn rhythm(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    draw(&app, &signed, &case, Action::RecordContact, |_| {
        Ok(Spec::new(
            "How often we are in contact",
            "Save what was agreed",
            vec![
                Field::ask("every", "Every how many days?", Kind::Number),
                Field::text("how", "In what words did the person agree?")
                    .hint("Silence is never agreement, and no reply to a proposal is none either."),
                Field::ask("review", "When do we look at it again?", Kind::Date),
                Field::ask("until", "Until when does it hold?", Kind::Date)
                    .hint("Leave it empty if no end was agreed."),
            ],
        ))
    })
    .await
}

fn read_rhythm(form: &mut Reading<'_>) -> Option<RhythmAgreed> {
    let every = match form.maybe_number("every", "number of days", 1, 365) {
        Some(None) => form.wrong("every", "Give the number of days, for example 7"),
        every => every,
    };
    let how = form.line("how", "Write in what words the person agreed", 2000);
    let review_on = form.planned_day("review", "day to look at it again");
    let until = form.maybe_day("until", "day it ends");
    Some(RhythmAgreed {
        every_days: every?.and_then(|days| u16::try_from(days).ok())?,
        how: how?,
        until: until?,
        review_on: review_on?,
    })
}

async fn save_rhythm(on: OnCase) -> Answered {
    let agreed = on.read(read_rhythm).await?;
    let now = When::default();
    let saved = on
        .casework()
        .agree_rhythm(on.who(), on.form(), on.case, now, agreed)
        .await;
    on.saved("how", saved, "rhythm").await
}
