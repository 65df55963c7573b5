//! What changed: a death, a move out of our care, a "stop".

use super::case_form::{Spec, draw, when_fields};
use super::report::with_blank;
use crate::app::{Answered, OnCase, Shared, Signed};
use crate::forms::{Choice, Field, Kind, NOTE_BODY, Reading};
use crate::routes::Routes;
use axum::extract::{Path, State};
use axum::response::Response;
use fanlight_casework::When;
use fanlight_core::access::Action;
use fanlight_core::fact::{MovedOutOfCare, PersonDied, SaidStop};
use fanlight_core::ids::PersonId;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/case/{case}/more", more)
        .post("/case/{case}/more", save_more)
}

async fn more(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    draw(&app, &signed, &case, Action::RecordContact, |page| {
        let people: Vec<Choice> = page
            .view
            .people
            .iter()
            .filter(|person| !person.has_died)
            .map(|person| {
                let name = person.called.as_ref().or(person.name.as_ref());
                let name = name.map_or_else(|| "Name not known".to_owned(), |name| name.reveal().to_owned());
                Choice::new(
                    person.person.to_string(),
                    format!("{name} ({})", person.part.label()),
                )
            })
            .collect();
        Ok(Spec::new(
            "Record what changed",
            "Save",
            vec![
                Field::radios(
                    "what",
                    "What happened?",
                    vec![
                        Choice::new("stop", "The person asked us to stop"),
                        Choice::new("moved", "The person is no longer in this landlord's care"),
                        Choice::new("died", "Somebody in the case died").reveals(vec![Field::ask(
                            "person",
                            "Who?",
                            Kind::Select(with_blank(people)),
                        )]),
                    ],
                ),
                Field::words("words", "What we were told").hint("Not needed for a death."),
                when_fields(),
            ],
        )
        .holding("day", "today")
        .note(
            "What goes on",
            "What is owed to children and to others at risk goes on, and what was missed stays missed.",
        ))
    })
    .await
}

enum Change {
    Stop(SaidStop),
    Moved(MovedOutOfCare),
    Died(PersonDied),
}

fn read_change(form: &mut Reading<'_>) -> Option<(Change, When)> {
    let when = form.when();
    let told = "Write what we were told";
    let change = match form.values.said("what") {
        Some("stop") => form
            .words("words", told)
            .map(|words| Change::Stop(SaidStop { words })),
        Some("moved") => form
            .words("words", told)
            .map(|words| Change::Moved(MovedOutOfCare { words })),
        Some("died") => form
            .choice("person", "Choose who", PersonId::parse)
            .map(|person| Change::Died(PersonDied { person })),
        _ => form.wrong("what", "Choose what happened"),
    };
    change.zip(when)
}

async fn save_more(on: OnCase<NOTE_BODY>) -> Answered {
    let (change, when) = on.read(read_change).await?;
    let (who, form, case) = (on.who(), on.form(), on.case);
    let saved = match change {
        Change::Stop(stop) => on.casework().say_stop(who, form, case, when, stop).await,
        Change::Moved(moved) => on.casework().mark_moved(who, form, case, when, moved).await,
        Change::Died(died) => on.casework().mark_died(who, form, case, when, died).await,
    };
    on.saved("what", saved, "said").await
}
