//! Plans: the action plan that was agreed, and the safety plan that was offered.

use super::case_form::{Spec, draw, when_fields};
use crate::app::{Answered, OnCase, Shared, Signed};
use crate::choices_of;
use crate::forms::{Choice, Field, Kind, NOTE_BODY, Reading};
use crate::routes::Routes;
use axum::extract::{Path, State};
use axum::response::Response;
use fanlight_casework::When;
use fanlight_core::access::Action;
use fanlight_core::fact::{ActionPlanAgreed, AgreedWith, SafetyPlanOffered, Taken};

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/case/{case}/plan", plan)
        .post("/case/{case}/plan", save_plan)
}

async fn plan(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    draw(&app, &signed, &case, Action::RecordContact, |_| {
        Ok(Spec::new(
            "Record a plan",
            "Save the plan",
            vec![
                Field::radios(
                    "what",
                    "What kind of plan?",
                    vec![
                        Choice::new("action", "An action plan: what the person does, and what we do")
                            .reveals(vec![
                                Field::ask(
                                    "with",
                                    "Agreed with whom?",
                                    Kind::Radios(choices_of!(AgreedWith)),
                                ),
                                Field::words("words", "What it says"),
                                Field::ask("review", "When do we look at it again?", Kind::Date)
                                    .hint("May be left empty."),
                            ]),
                        Choice::new("safety", "A safety plan was offered").reveals(vec![
                            Field::ask(
                                "taken",
                                "What came of the offer?",
                                Kind::Inline(choices_of!(Taken)),
                            ),
                            Field::text("offered", "Anything else")
                                .hint("Who holds it, and whether it is safe to keep."),
                        ]),
                    ],
                ),
                when_fields(),
            ],
        )
        .holding("day", "today")
        .note(
            "Copies",
            "Nothing is sent to the person from here. A copy goes only where it is safe to keep.",
        ))
    })
    .await
}

enum Plan {
    Action(ActionPlanAgreed),
    Safety(SafetyPlanOffered),
}

fn read_plan(form: &mut Reading<'_>) -> Option<(Plan, When)> {
    let when = form.when();
    let plan = match form.values.said("what") {
        Some("action") => read_action_plan(form).map(Plan::Action),
        Some("safety") => read_safety_plan(form).map(Plan::Safety),
        _ => form.wrong("what", "Choose what kind of plan"),
    };
    plan.zip(when)
}

fn read_action_plan(form: &mut Reading<'_>) -> Option<ActionPlanAgreed> {
    let with = form.choice("with", "Choose with whom it was agreed", AgreedWith::parse);
    let words = form.words("words", "Write what the plan says");
    let review_on = form.maybe_day("review", "day to look at it again");
    Some(ActionPlanAgreed {
        with: with?,
        words: words?,
        review_on: review_on?,
    })
}

fn read_safety_plan(form: &mut Reading<'_>) -> Option<SafetyPlanOffered> {
    let taken = form.choice("taken", "Choose what came of the offer", Taken::parse);
    let words = form.maybe_line("offered", 2000);
    Some(SafetyPlanOffered {
        taken: taken?,
        words: words?,
    })
}

async fn save_plan(on: OnCase<NOTE_BODY>) -> Answered {
    let (plan, when) = on.read(read_plan).await?;
    let (who, form, case) = (on.who(), on.form(), on.case);
    match plan {
        Plan::Action(plan) => {
            let saved = on.casework().agree_plan(who, form, case, when, plan).await;
            on.saved("words", saved, "plan").await
        }
        Plan::Safety(offered) => {
            let saved = on
                .casework()
                .offer_safety_plan(who, form, case, when, offered)
                .await;
            on.saved("what", saved, "plan").await
        }
    }
}
