//! What becomes of a report: a case is opened from it, or it ends with a reason.

use super::case_form::{Spec, draw, words_of};
use super::report::with_blank;
use crate::app::{Answered, OnCase, Shared, Signed};
use crate::choices_of;
use crate::forms::{Choice, Field, Kind, NOTE_BODY, Reading};
use crate::routes::Routes;
use axum::extract::{Path, State};
use axum::response::Response;
use fanlight_casework::{Done, Form, Problem, When};
use fanlight_core::access::Action;
use fanlight_core::fact::*;
use fanlight_core::ids::{CommandId, PersonId};

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/case/{case}/open", open)
        .post("/case/{case}/open", save_open)
        .get("/case/{case}/end", end)
        .post("/case/{case}/end", save_end)
}

async fn open(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    draw(&app, &signed, &case, Action::TriageReport, |page| {
        let teams = &signed.who.room.terms.teams;
        let mut fields = Vec::new();
        if page.view.header.perhaps_in_danger_now {
            fields.push(Field::Warning(
                "Somebody may be in danger now. Nothing here has to be filled in before help is on its way.".into(),
            ));
        }
        fields.push(Field::Heading("Who is being harmed".into()));
        fields.extend([
            Field::text("name", "Full name").hint("Leave empty what is not known. It can be added later."),
            Field::text("called", "What the person likes to be called"),
            Field::text("pronoun", "She, he, they, or another word"),
            Field::ask("age", "Age in years, if known", Kind::Number),
            Field::text("interpreter", "Language, if an interpreter is needed").hint("Never a relative."),
            Field::ask("wish", "Would the person like a woman or a man as a worker?", Kind::Inline(choices_of!(WorkerWish))),
            Field::Heading("Who is said to do it".into()),
            Field::text("perpetrator", "Full name, if known"),
            Field::ask("relationship", "What are they to the person harmed?", Kind::Select(with_blank(choices_of!(Relationship)))),
            Field::ask("lives", "Do they live in the home?", Kind::Inline(choices_of!(YesNo))),
            Field::Heading("The home".into()),
            Field::ask("tenure", "In what way is it held?", Kind::Select(with_blank(choices_of!(Tenure)))),
            Field::ask("children", "Do children live there?", Kind::Inline(choices_of!(YesNo))),
        ]);
        if teams.len() > 1 {
            let teams = teams.iter().map(|team| Choice::new(team, words_of(team))).collect();
            fields.push(Field::ask("team", "Which team?", Kind::Select(teams)));
        }
        Ok(Spec::new("Open a case", "Open the case", fields)
            .lead("One case for each person harmed. More people, and more about each, can be added once it is open.")
            .note(
                "Two who each report the other",
                "Who reported first does not decide who is harmed. Counter-reports are two cases, with workers of their own.",
            ))
    })
    .await
}

/// Everything that one press tells.
struct Opening {
    survivor: PersonTold,
    perpetrator: Option<PersonTold>,
    home: Option<HomeTold>,
}

/// `survivor` and `perpetrator` are persons of whom nothing is known yet.
fn read_opening(
    form: &mut Reading<'_>,
    mut survivor: PersonTold,
    mut perpetrator: PersonTold,
) -> Option<Opening> {
    let name = form.maybe_line("name", 200);
    let called = form.maybe_line("called", 100);
    let pronoun = form.maybe_line("pronoun", 60);
    let age = form.maybe_number("age", "age", 0, 120);
    let interpreter = form.maybe_line("interpreter", 100);
    let wish = form.maybe_choice("wish", WorkerWish::parse);
    let other = form.maybe_line("perpetrator", 200);
    let relationship = form.maybe_choice("relationship", Relationship::parse);
    let lives = form.maybe_choice("lives", YesNo::parse);
    let tenure = form.maybe_choice("tenure", Tenure::parse);
    let children = form.maybe_choice("children", YesNo::parse);
    survivor.name = name?;
    survivor.called = called?;
    survivor.pronoun = pronoun?;
    survivor.age = age?.and_then(|age| u8::try_from(age).ok());
    survivor.interpreter = interpreter?;
    survivor.worker_wish = wish?.unwrap_or(WorkerWish::NotAsked);
    let (other, relationship, lives) = (other?, relationship?, lives?);
    let (tenure, children) = (tenure?, children?);
    let told_of_another = other.is_some() || relationship.is_some() || lives.is_some();
    let told_of_home = tenure.is_some() || children.is_some();
    let lives = lives.unwrap_or(YesNo::NotKnown);
    perpetrator.name = other;
    perpetrator.relationship = relationship;
    perpetrator.lives_in_home = lives;
    Some(Opening {
        survivor,
        perpetrator: told_of_another.then_some(perpetrator),
        home: told_of_home.then_some(HomeTold {
            address: None,
            withheld: false,
            tenure: tenure.unwrap_or(Tenure::NotKnown),
            tenancy: None,
            perpetrator_lives_there: lives,
            children_live_there: children.unwrap_or(YesNo::NotKnown),
        }),
    })
}

async fn save_open(on: OnCase) -> Answered {
    let (mut survivor, mut perpetrator) = (
        on.casework().new_person(Part::Survivor),
        on.casework().new_person(Part::Perpetrator),
    );
    // Two presses of one button speak of the same people.
    survivor.person = PersonId(on.form().command.0);
    perpetrator.person = PersonId(beside(&on.form(), 1).command.0);
    let opening = on.read(|form| read_opening(form, survivor, perpetrator)).await?;
    let saved = carry_out(&on, opening).await;
    on.saved("name", saved, "opened").await
}

/// Opens the case and tells the rest: each under a command of its own that the first one gives, so that a repeat is one.
async fn carry_out(on: &OnCase, opening: Opening) -> Result<Done, Problem> {
    let (who, form, case, now) = (on.who(), on.form(), on.case, When::default());
    let first_team = || who.room.terms.teams.first().cloned();
    let chosen = on.posted.values.said("team").map(str::to_owned);
    let team = chosen.or_else(first_team).unwrap_or_default();
    let cases = on.casework();
    let done = cases.open_case(who, form, case, opening.survivor, team).await?;
    if let Some(other) = opening.perpetrator {
        cases.tell_person(who, beside(&form, 2), case, now, other).await?;
    }
    if let Some(home) = opening.home {
        cases
            .tell_more_of_home(who, beside(&form, 3), case, now, home)
            .await?;
    }
    Ok(done)
}

/// Another command of the same press.
fn beside(form: &Form, number: u8) -> Form {
    let mut command = form.command.0;
    command[15] ^= number;
    command[0] ^= number.rotate_left(4);
    Form {
        command: CommandId(command),
        ..*form
    }
}

async fn end(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    draw(&app, &signed, &case, Action::TriageReport, |_| {
        Ok(Spec::new(
            "End the report",
            "End the report",
            vec![
                Field::radios("end", "Why does it become no case?", choices_of!(ReportEnd)),
                Field::words("reason", "The reason").hint("And what danger advice was given, to whom."),
            ],
        )
        .lead("A report is never ended for want of proof.")
        .note(
            "Sent on",
            "If another case is the right place, open that case and write there what this report says.",
        ))
    })
    .await
}

async fn save_end(on: OnCase<NOTE_BODY>) -> Answered {
    let ended = on
        .read(|form| {
            let end = form.choice("end", "Choose why", ReportEnd::parse);
            let reason = form.words("reason", "Write the reason");
            Some(ReportEnded {
                end: end?,
                reason: reason?,
            })
        })
        .await?;
    let saved = on
        .casework()
        .end_report(on.who(), on.form(), on.case, ended)
        .await;
    on.saved("end", saved, "ended").await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_press_has_several_commands_and_a_repeat_has_the_same() {
        let form = Form {
            command: CommandId([7; 16]),
            body: [0; 32],
            seen: None,
        };
        assert_ne!(beside(&form, 1).command, form.command);
        assert_ne!(beside(&form, 1).command, beside(&form, 2).command);
        assert_eq!(beside(&form, 2).command, beside(&form, 2).command);
    }
}
