//! Who works on a case, how it closes, and how the person comes back.

use super::case_form::{Spec, colleagues, draw, readers, when_fields, words_and_when, works_cases};
use super::report::with_blank;
use crate::app::{Answered, OnCase, Shared, Signed};
use crate::choices_of;
use crate::forms::{Choice, Field, Kind, NOTE_BODY, Reading};
use crate::routes::Routes;
use axum::extract::{Path, State};
use axum::response::Response;
use fanlight_core::access::Action;
use fanlight_core::fact::{
    CaseClosed, CaseReturned, Part, SurvivorsWord, WishMet, WorkerNamed, WorkerPart, WorkerWish,
};
use fanlight_core::ids::AccountId;
use fanlight_core::pack::Register;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/case/{case}/worker", worker)
        .post("/case/{case}/worker", save_worker)
        .get("/case/{case}/close", close)
        .post("/case/{case}/close", save_close)
        .get("/case/{case}/return", come_back)
        .post("/case/{case}/return", save_come_back)
}

async fn worker(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    draw(&app, &signed, &case, Action::NameWorker, |page| {
        let survivor = page
            .view
            .people
            .iter()
            .find(|person| person.part == Part::Survivor);
        let wish = survivor.map_or(WorkerWish::NotAsked, |person| person.worker_wish);
        let workers = colleagues(&app, &signed, works_cases);
        Ok(Spec::new(
            "Name a worker",
            "Name the worker",
            vec![
                Field::Inset(format!("Whom the person would like: {}.", wish.label())),
                Field::ask(
                    "account",
                    "Who?",
                    Kind::Select({
                        let mut all = with_blank(workers);
                        all.push(Choice::new("nobody", "Nobody: the place falls vacant"));
                        all
                    }),
                ),
                Field::ask("part", "As what?", Kind::Inline(choices_of!(WorkerPart))),
                Field::ask(
                    "wish",
                    "Is it whom the person asked for?",
                    Kind::Radios(choices_of!(WishMet)),
                ),
                Field::text("reason", "Why not, or anything else"),
            ],
        )
        .holding("part", WorkerPart::Lead.code()))
    })
    .await
}

fn read_worker(form: &mut Reading<'_>) -> Option<WorkerNamed> {
    let account = match form.values.said("account") {
        Some("nobody") => Some(None),
        _ => form.choice("account", "Choose who", AccountId::parse).map(Some),
    };
    let part = form.choice("part", "Choose as what", WorkerPart::parse);
    let wish = form.choice(
        "wish",
        "Choose whether it is whom the person asked for",
        WishMet::parse,
    );
    let reason = form.maybe_line("reason", 1000);
    Some(WorkerNamed {
        account: account?,
        part: part?,
        wish: wish?,
        reason: reason?,
    })
}

async fn save_worker(on: OnCase) -> Answered {
    let named = on.read(read_worker).await?;
    let saved = on
        .casework()
        .name_worker(on.who(), on.form(), on.case, named)
        .await;
    on.saved("account", saved, "worker").await
}

async fn close(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    draw(&app, &signed, &case, Action::CloseCase, |page| {
        let late: Vec<String> = page
            .promises
            .iter()
            .filter(|promise| promise.is_owed())
            .map(|promise| promise.title.clone())
            .collect();
        let mut fields = Vec::new();
        if !late.is_empty() {
            fields.push(Field::Inset(format!("Still owed: {}. What was missed stays missed.", late.join("; "))));
        }
        fields.extend([
            Field::radios("outcome", "What is the outcome?", outcomes(&signed)),
            Field::words("words", "What was done, and the way back"),
            Field::radios("word", "The person's own word", vec![
                Choice::new("said", "The person said").reveals(vec![
                    Field::words("said", "In their own words"),
                    Field::ask("satisfied", "Is the person satisfied that this can close?", Kind::Inline(vec![
                        Choice::new("yes", "Yes"),
                        Choice::new("no", "No"),
                    ])),
                ]),
                Choice::new("not_had", "It could not be had").reveals(vec![Field::text("because", "Why not?")]),
            ]),
            Field::ask("approved_by", "Approved by", Kind::Select(with_blank(readers(&app, &signed))))
                .hint("Where the policy asks for it."),
        ]);
        Ok(Spec::new("Close the case", "Close the case", fields)
            .note("Coming back", "The person can come back at any time. Clocks then start afresh, and nothing counts against them."))
    })
    .await
}

/// The outcomes that the pack names, for closing.
fn outcomes(signed: &Signed) -> Vec<Choice> {
    signed
        .who
        .room
        .pack
        .register(Register::Outcome)
        .iter()
        .map(|entry| Choice::new(&entry.id, &entry.title))
        .collect()
}

fn read_survivors_word(form: &mut Reading<'_>) -> Option<SurvivorsWord> {
    match form.values.said("word") {
        Some("said") => {
            let words = form.words("said", "Write what the person said");
            let satisfied = match form.values.said("satisfied") {
                Some("yes") => Some(true),
                Some("no") => Some(false),
                _ => form.wrong("satisfied", "Choose whether the person is satisfied"),
            };
            let (words, satisfied) = words.zip(satisfied)?;
            Some(SurvivorsWord::Said { words, satisfied })
        }
        Some("not_had") => form
            .line("because", "Say why it could not be had", 1000)
            .map(|because| SurvivorsWord::NotHad { because }),
        _ => form.wrong("word", "Choose whether you have the person's own word"),
    }
}

fn read_closing(form: &mut Reading<'_>) -> Option<CaseClosed> {
    let outcome = form.line("outcome", "Choose the outcome", 100);
    let words = form.words("words", "Write what was done, and the way back");
    let survivors_word = read_survivors_word(form);
    let approved_by = form.maybe_choice("approved_by", AccountId::parse);
    Some(CaseClosed {
        outcome: outcome?.reveal().to_owned(),
        words: words?,
        survivors_word: survivors_word?,
        approved_by: approved_by?,
    })
}

async fn save_close(on: OnCase<NOTE_BODY>) -> Answered {
    let closed = on.read(read_closing).await?;
    let saved = on.casework().close(on.who(), on.form(), on.case, closed).await;
    on.saved("outcome", saved, "closed").await
}

async fn come_back(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    draw(&app, &signed, &case, Action::RecordContact, |_| {
        Ok(Spec::new(
            "The person has come back",
            "Take it up again",
            vec![Field::words("words", "What we were told"), when_fields()],
        )
        .holding("day", "today")
        .note(
            "Afresh",
            "Every clock starts afresh, and nothing from before counts against the person.",
        ))
    })
    .await
}

async fn save_come_back(on: OnCase<NOTE_BODY>) -> Answered {
    let (words, when) = on
        .read(|form| words_and_when(form, "Write what we were told"))
        .await?;
    let back = CaseReturned { words };
    let saved = on
        .casework()
        .return_to(on.who(), on.form(), on.case, when, back)
        .await;
    on.saved("words", saved, "returned").await
}
