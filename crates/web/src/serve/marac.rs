//! Whether the case goes to MARAC: a named person decides, on grounds that are shown; nobody's count decides it alone.

use super::case_form::{Spec, draw, readers, when_fields};
use super::report::with_blank;
use crate::app::{Answered, OnCase, Shared, Signed};
use crate::choices_of;
use crate::forms::{Choice, Field, Kind, NOTE_BODY, NOTE_CHARACTERS, Reading};
use crate::routes::Routes;
use axum::extract::{Path, State};
use axum::response::Response;
use fanlight_casework::When;
use fanlight_core::access::Action;
use fanlight_core::fact::{MaracAnswer, MaracDecided};
use fanlight_core::ids::AccountId;
use fanlight_core::risk::GroundKind;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/case/{case}/marac", marac)
        .post("/case/{case}/marac", decide)
}

async fn marac(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    draw(&app, &signed, &case, Action::RecordContact, |_| {
        let areas = &signed.who.room.terms.areas;
        let mut fields = vec![
            Field::radios("answer", "Is the case to be referred?", vec![
                Choice::new("refer", "Yes, refer"),
                Choice::new("not_referred_with_reason", "No, with a reason")
                    .hint("High risk, or a ground that stands: a second person has to see it."),
                Choice::new("not_at_threshold", "No ground stands"),
            ]),
            Field::ask("grounds", "On which grounds?", Kind::Checkboxes(choices_of!(GroundKind)))
                .hint("Any one is enough. No assessment is needed to refer."),
        ];
        if !areas.is_empty() {
            let choices = areas.iter().map(|area| Choice::new(&area.id, &area.title)).collect();
            let hint = "By where the person lives now.";
            fields.push(Field::ask("area", "Which MARAC area?", Kind::Select(with_blank(choices))).hint(hint));
        }
        fields.extend([
            Field::words("reason", "Why?").hint("Where it rests on judgement, write the concerns."),
            Field::ask("seen_by", "Who else has seen it?", Kind::Select(with_blank(readers(&app, &signed)))),
            when_fields(),
        ]);
        Ok(Spec::new("Decide about a referral to MARAC", "Save the decision", fields)
            .holding("day", "today")
            .note(
                "Never tell who does harm",
                "Ask the person first where that is safe, and say who will be told. Where it is not safe to ask, write why. \
                 Nothing leaves from here: this records what was decided.",
            ))
    })
    .await
}

fn read(form: &mut Reading<'_>) -> Option<(MaracDecided, When)> {
    let answer = form.choice(
        "answer",
        "Choose whether the case is to be referred",
        MaracAnswer::parse,
    );
    let reason = form.maybe_line("reason", NOTE_CHARACTERS);
    let seen_by = form.maybe_choice("seen_by", AccountId::parse);
    let when = form.when();
    let grounds = form.values.all("grounds").filter_map(GroundKind::parse).collect();
    let decided = MaracDecided {
        answer: answer?,
        grounds,
        area: form.values.said("area").map(str::to_owned),
        reason: reason?,
        seen_by: seen_by?,
    };
    Some((decided, when?))
}

async fn decide(on: OnCase<NOTE_BODY>) -> Answered {
    let (decided, when) = on.read(read).await?;
    let done = on
        .casework()
        .decide_marac(on.who(), on.form(), on.case, when, decided)
        .await;
    on.on_to("answer", done, |done| {
        format!("/case/{}/risk?done=marac", done.case)
    })
    .await
}
