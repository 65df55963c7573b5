//! Promises that cannot be kept as promised, and clocks that are stopped for a while.

use super::case_form::{Spec, draw, words_of};
use super::report::with_blank;
use crate::app::{Answered, OnCase, Shared, Signed};
use crate::choices_of;
use crate::forms::{Choice, Field, Kind, NOTE_BODY, Reading};
use crate::routes::Routes;
use axum::extract::{Path, State};
use axum::response::Response;
use fanlight_casework::When;
use fanlight_core::access::Action;
use fanlight_core::fact::{ExcuseGround, ObligationExcused, PauseBegan, PauseEnded};

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/case/{case}/excuse", excuse)
        .post("/case/{case}/excuse", save_excuse)
}

async fn excuse(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    draw(&app, &signed, &case, Action::RecordContact, |page| {
        let mut rules: Vec<(String, String)> = page
            .promises
            .iter()
            .filter(|promise| promise.is_owed())
            .map(|promise| (promise.rule.clone(), promise.title.clone()))
            .collect();
        rules.sort();
        rules.dedup();
        let rules: Vec<Choice> = rules.into_iter().map(|(id, title)| Choice::new(id, title)).collect();
        let pauses: Vec<Choice> = signed
            .who
            .room
            .terms
            .pauses
            .iter()
            .map(|pause| Choice::new(&pause.ground, words_of(&pause.ground)))
            .collect();
        let mut what = vec![Choice::new("excuse", "It cannot be kept as promised, and I say why").reveals(vec![
            Field::radios("ground", "On what ground?", choices_of!(ExcuseGround)),
            Field::ask("new_date", "The new date", Kind::Date).hint("Where the policy asks for one."),
        ])];
        if !pauses.is_empty() {
            what.push(
                Choice::new("pause", "Its clock is to be stopped for a while")
                    .reveals(vec![Field::ask("pause_ground", "On what ground?", Kind::Select(with_blank(pauses)))]),
            );
            what.push(Choice::new("end", "Its clock is to run on"));
        }
        Ok(Spec::new("Explain or excuse a promise", "Save", vec![
            Field::radios("rule", "Which promise?", rules),
            Field::radios("what", "What is to be recorded?", what),
            Field::words("reason", "Why?"),
        ])
        .note(
            "What stays",
            "A promise missed for want of a safe way still counts as missed, and is explained. Contact is never forced.",
        ))
    })
    .await
}

enum About {
    Excused(ObligationExcused),
    Began(PauseBegan),
    Ended(PauseEnded),
}

fn read_excuse(form: &mut Reading<'_>) -> Option<About> {
    let rule = form.line("rule", "Choose which promise", 100);
    let rule = rule.map(|rule| rule.reveal().to_owned());
    match form.values.said("what") {
        Some("excuse") => {
            let reason = form.words("reason", "Say why");
            let ground = form.choice("ground", "Choose on what ground", ExcuseGround::parse);
            let new_date = form.maybe_day("new_date", "new date");
            Some(About::Excused(ObligationExcused {
                rule: rule?,
                item: None,
                ground: ground?,
                reason: reason?,
                new_date: new_date?,
            }))
        }
        Some("pause") => {
            let reason = form.words("reason", "Say why");
            let ground = form.values.text("pause_ground").to_owned();
            Some(About::Began(PauseBegan {
                rule: rule?,
                ground,
                reason: reason?,
            }))
        }
        Some("end") => Some(About::Ended(PauseEnded { rule: rule? })),
        _ => form.wrong("what", "Choose what is to be recorded"),
    }
}

async fn save_excuse(on: OnCase<NOTE_BODY>) -> Answered {
    let about = on.read(read_excuse).await?;
    let (who, form, case, now) = (on.who(), on.form(), on.case, When::default());
    let (saved, what) = match about {
        About::Excused(excused) => (
            on.casework().excuse(who, form, case, now, excused).await,
            "excused",
        ),
        About::Began(pause) => (
            on.casework().begin_pause(who, form, case, now, pause).await,
            "paused",
        ),
        About::Ended(pause) => (
            on.casework().end_pause(who, form, case, now, pause).await,
            "running",
        ),
    };
    on.saved("rule", saved, what).await
}
