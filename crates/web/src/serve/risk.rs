//! Assessments of risk.

use super::case_form::{Spec, draw, readers, when_fields, words_of};
use super::report::with_blank;
use crate::app::{Answered, OnCase, Shared, Signed};
use crate::forms::{Choice, Field, Kind, NOTE_BODY, NOTE_CHARACTERS, Reading};
use crate::routes::Routes;
use axum::extract::{Path, State};
use axum::response::Response;
use fanlight_casework::When;
use fanlight_core::access::Action;
use fanlight_core::fact::{AssessedBy, Evidence, RiskAssessed};
use fanlight_core::ids::AccountId;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/case/{case}/risk", risk)
        .post("/case/{case}/risk", save_risk)
}

fn levels(signed: &Signed) -> Vec<Choice> {
    signed
        .who
        .room
        .terms
        .risk_scale
        .iter()
        .map(|level| Choice::new(level, words_of(level)))
        .collect()
}

async fn risk(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    draw(&app, &signed, &case, Action::RecordContact, |_| {
        Ok(Spec::new("Record an assessment of risk", "Save the assessment", vec![
            Field::text("instrument", "With which instrument?").hint("For example: DASH."),
            Field::radios("by", "By whom?", vec![
                Choice::new("us", "By us"),
                Choice::new("other_agency", "By another agency").reveals(vec![
                    Field::text("agency", "Which agency?"),
                    Field::ask("evidence", "What do we hold of it?", Kind::Inline(vec![
                        Choice::new("seen", "We have seen it"),
                        Choice::new("told", "We were told of it"),
                    ])),
                ]),
            ]),
            Field::radios("level", "At what level?", levels(&signed)),
            Field::Line(vec![
                Field::ask("yes", "How many answers were yes?", Kind::Number),
                Field::ask("unknown", "How many were not asked, not known or declined?", Kind::Number),
            ]),
            Field::words("reason", "Why this level?").hint("Compulsory where it is lower than before."),
            Field::ask("seen_by", "Who else has seen it?", Kind::Select(with_blank(readers(&app, &signed))))
                .hint("Where the level is lower than before, a second named person has to see it."),
            when_fields(),
        ])
        .holding("day", "today")
        .holding("instrument", "DASH")
        .lead("What was not asked or not known is counted apart, and never as no.")
        .note(
            "Judgement raises, and never lowers",
            "Within one assessment your judgement can raise the level. It comes down only by a newer assessment, with a \
             reason, seen by a second person.",
        ))
    })
    .await
}

fn read_risk(form: &mut Reading<'_>) -> Option<(RiskAssessed, When)> {
    let instrument = form.line("instrument", "Say with which instrument", 200);
    let by = form.choice("by", "Choose by whom", AssessedBy::parse);
    let level = form.line("level", "Choose the level", 60);
    let yes = form.maybe_number("yes", "number of answers", 0, 200);
    let unknown = form.maybe_number("unknown", "number of answers", 0, 200);
    let reason = form.maybe_line("reason", NOTE_CHARACTERS);
    let seen_by = form.maybe_choice("seen_by", AccountId::parse);
    let agency = form.maybe_line("agency", 300);
    let when = form.when();
    let evidence = match by {
        Some(AssessedBy::OtherAgency) => {
            form.choice("evidence", "Choose what we hold of it", Evidence::parse)
        }
        Some(AssessedBy::Us) | None => Some(Evidence::Own),
    };
    let count = |number: Option<u32>| number.and_then(|number| u8::try_from(number).ok());
    let by = by?;
    let assessed = RiskAssessed {
        instrument: instrument?.reveal().to_owned(),
        by,
        agency: agency?.filter(|_| by == AssessedBy::OtherAgency),
        evidence: evidence?,
        yes: count(yes?),
        unknown: count(unknown?),
        level: level?.reveal().to_owned(),
        reason: reason?,
        seen_by: seen_by?,
    };
    Some((assessed, when?))
}

async fn save_risk(on: OnCase<NOTE_BODY>) -> Answered {
    let (assessed, when) = on.read(read_risk).await?;
    let saved = on
        .casework()
        .assess_risk(on.who(), on.form(), on.case, when, assessed)
        .await;
    on.saved("level", saved, "risk").await
}
