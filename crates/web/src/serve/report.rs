//! Taking a report: danger first, one sentence is enough, then whether anybody involved works for us; and a receipt.

use crate::app::{
    Posted, Shared, Signed, answer, answer_form, back_with, clause, drop_its_draft, due_inside, frame,
    kept_for_later, redraw,
};
use crate::choices_of;
use crate::forms::when::{Asked, Bound, clock, clock_time, day, full_day, instant, local};
use crate::forms::{
    Button, Choice, Errors, Field, FieldError, Form, FormPage, FormState, Kind, Link, NOTE_BODY, Note, Step,
    Values, answers,
};
use crate::report::{DangerChoice, DangerPage, ReceiptPage, SoFar};
use crate::routes::{Routes, see_other};
use axum::extract::State;
use axum::response::Response;
use fanlight_casework::{NewReport, Problem, Receipt, When};
use fanlight_core::access::Action;
use fanlight_core::coded::{CodedFact, Kind as FactKind};
use fanlight_core::fact::{Channel, Danger, DangerAnswered, ReporterKind, StaffConnectionAnswered, YesNo};
use fanlight_core::ids::{AccountId, CaseId};
use fanlight_core::obligation::obligations;
use fanlight_core::times::Times;
use jiff::Timestamp;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/report", danger)
        .post("/report", answer_danger)
        .get("/report/what", what)
        .post("/report/what", save)
        .get("/report/connected", connected)
        .post("/report/connected", name_connected)
        .get("/report/receipt", receipt)
}

const STEPS: [&str; 3] = ["Danger", "What we were told", "Who works here, if anybody"];

fn steps(here: usize) -> Vec<Step> {
    STEPS
        .iter()
        .enumerate()
        .map(|(at, text)| Step {
            text: (*text).into(),
            here: at == here,
        })
        .collect()
}

/// What to do first, in order.
pub(super) fn advice() -> Vec<String> {
    [
        "Ask where they are. Ask them to call 999, or call it yourself now if they cannot.",
        "If they cannot speak: call 999 from a mobile, listen, and press 55 when asked.",
        "If they have to hang up, let them. Do not call back unless they said that it is safe.",
        "Then tell the domestic abuse lead, or whoever is on call, by voice.",
    ]
    .map(str::to_owned)
    .into()
}

async fn danger(State(app): State<Shared>, signed: Signed) -> Response {
    answer(draw_danger(&app, &signed).await)
}

async fn draw_danger(app: &Shared, signed: &Signed) -> Result<DangerPage, Problem> {
    let form = redraw(app, signed, None).await?;
    let choice = |danger: Danger| DangerChoice {
        value: danger.code().into(),
        text: danger.label().into(),
        hint: if danger == Danger::Unknown {
            "Treated as “Yes, now” until you can.".into()
        } else {
            String::new()
        },
        advice: match danger {
            Danger::Now | Danger::Soon | Danger::Unknown => advice(),
            Danger::No => Vec::new(),
        },
    };
    Ok(DangerPage {
        frame: frame(app, signed, "Log a report", "/report"),
        back: Some(Link::new("Leave", "/")),
        action: "/report".into(),
        form,
        advice_title: "Do this first".into(),
        choices: Danger::ALL.iter().copied().map(choice).collect(),
        buttons: vec![Button::new("Next: what we were told"), Button::keep_for_later()],
        so_far: so_far(signed, app.casework.now()),
        steps: steps(0),
    })
}

/// The report so far, and the clocks that have started already.
fn so_far(signed: &Signed, now: Timestamp) -> Vec<SoFar> {
    let room = &signed.who.room;
    let at = local(now);
    let mut all = vec![SoFar {
        label: "Report received".into(),
        strong: format!("Today, {}", clock_time(at.time())),
        rest: "unless you say otherwise on the next page.".into(),
        clause: None,
        change: None,
    }];
    let fact = CodedFact::new(FactKind::ReportReceived, 0, Times::at(now));
    for promise in obligations(&[fact], &room.packs, now) {
        let Some(due) = promise.due.at else { continue };
        all.push(SoFar {
            label: "Clock already running".into(),
            strong: promise.title.clone(),
            rest: format!("by {}.", due_inside(due, now)),
            clause: promise
                .clauses
                .first()
                .map(|id| clause(room, id, signed.who.may(Action::SeeAssurance))),
            change: None,
        });
    }
    all.truncate(4);
    all
}

async fn answer_danger(State(app): State<Shared>, posted: Posted) -> Response {
    if let Some(kept) = kept_for_later(&app, &posted).await {
        return kept;
    }
    let mut errors = Errors::default();
    errors.take(answers::choice(
        &posted.values,
        "danger",
        "Choose whether anybody is in danger. If you cannot tell, say so: it is treated as “Yes, now”",
        Danger::parse,
    ));
    if !errors.is_empty() {
        return back_with(&app, &posted, errors).await;
    }
    let on = Posted {
        path: "/report/what".into(),
        ..posted
    };
    back_with(&app, &on, errors).await
}

async fn what(State(app): State<Shared>, signed: Signed) -> Response {
    match redraw(&app, &signed, None).await {
        Ok(state) => match Danger::parse(state.value("danger")) {
            Some(danger) => answer(Ok::<_, Problem>(draw_what(&app, &signed, state, danger))),
            None => see_other("/report"),
        },
        Err(problem) => answer(Err::<FormPage, _>(problem)),
    }
}

fn draw_what(app: &Shared, signed: &Signed, state: FormState, danger: Danger) -> FormPage {
    let landlord = &signed.who.room.pack.landlord.name;
    let mut fields = vec![Field::hidden("danger", danger.code())];
    match danger {
        Danger::Now | Danger::Soon | Danger::Unknown => fields.push(Field::Danger {
            title: "Do this first".into(),
            steps: advice(),
            fields: vec![
                Field::ask(
                    "advised",
                    "Did you give this advice?",
                    Kind::Inline(vec![Choice::new("yes", "Yes"), Choice::new("no", "Could not")]),
                ),
                Field::text("done", "What has been done")
                    .hint("For example, when 999 was called and by whom."),
            ],
        }),
        Danger::No => {}
    }
    fields.extend([
        Field::words("words", "What were you told?").hint(
            "One sentence is enough. Write what was said or seen. Nobody has to prove anything, and anybody in it may \
             be unknown.",
        ),
        Field::radios("connection", format!("Does anybody involved work for {landlord}?"), vec![
            Choice::new("no", "No"),
            Choice::new("yes", "Yes, or somebody close to them does").hint(
                "They will see no trace of it. You say who on the next page.",
            ),
            Choice::new("not_known", "Not known, or not safe to ask"),
        ])
        .hint("A colleague, a contractor's operative, or somebody close to one. Ask before the case is given to anybody."),
        Field::ask("from", "Who told you?", Kind::Select(with_blank(choices_of!(ReporterKind)))),
        Field::ask("channel", "How did it reach us?", Kind::Select(with_blank(choices_of!(Channel)))),
        Field::text("reporter", "Who are they, and how can we come back to them?")
            .hint("Leave it empty if they did not say. This is not used to reach the person harmed."),
        Field::ask("knows", "Does the person harmed know that we were told?", Kind::Inline(choices_of!(YesNo))),
        Field::Line(vec![
            Field::ask("day", "Which day did it reach us?", Kind::Day),
            Field::ask("time", "At what time?", Kind::Time).hint("Empty means now."),
        ]),
    ]);
    let mut state = state;
    if state.values.said("day").is_none() {
        state.values.set("day", "today");
    }
    FormPage {
        frame: frame(app, signed, "Log a report", "/report"),
        back: Some(Link::new("Danger", "/report")),
        form: Form {
            action: "/report/what".into(),
            state,
            title: "What were you told?".into(),
            lead: Vec::new(),
            fields,
            buttons: vec![Button::new("Save the report"), Button::keep_for_later()],
            leave: None,
        },
        steps: steps(1),
        notes: vec![Note::new(
            "Who will see it",
            "The team that works on it, and the domestic abuse lead. You get a receipt, and not the case.",
        )],
    }
}

pub(super) fn with_blank(mut choices: Vec<Choice>) -> Vec<Choice> {
    choices.insert(0, Choice::new("", "Choose"));
    choices
}

async fn save(State(app): State<Shared>, posted: Posted<NOTE_BODY>) -> Response {
    if let Some(kept) = kept_for_later(&app, &posted).await {
        return kept;
    }
    let now = app.casework.now();
    let values = &posted.values;
    let mut errors = Errors::default();
    let danger = errors.take(answers::choice(
        values,
        "danger",
        "Answer the danger question first",
        Danger::parse,
    ));
    let words = errors.take(answers::words(
        values,
        "words",
        "Write what you were told. One sentence is enough",
        crate::forms::NOTE_CHARACTERS,
    ));
    let connection = errors.take(answers::choice(
        values,
        "connection",
        "Choose whether anybody involved works for us. If it is not known, say so",
        YesNo::parse,
    ));
    let from = errors.take(answers::maybe_choice(
        values,
        "from",
        "Choose who told you from the list",
        ReporterKind::parse,
    ));
    let channel = errors.take(answers::maybe_choice(
        values,
        "channel",
        "Choose from the list",
        Channel::parse,
    ));
    let reporter = errors.take(answers::maybe_words(values, "reporter", 1000));
    let knows = errors.take(answers::maybe_choice(
        values,
        "knows",
        "Choose from the list",
        YesNo::parse,
    ));
    let done = errors.take(answers::maybe_words(values, "done", 1000));
    let received = errors.take(received_at(values, now));
    let (Some(danger), Some(words), Some(connection)) = (danger, words, connection) else {
        return back_with(&app, &posted, errors).await;
    };
    if !errors.is_empty() {
        return back_with(&app, &posted, errors).await;
    }
    let advised = values.text("advised") == "yes" || danger == Danger::No;
    let received = received.flatten();
    let report = NewReport {
        channel: channel.flatten().unwrap_or(Channel::Other),
        from: from.flatten().unwrap_or(ReporterKind::Other),
        words,
        reporter: reporter.flatten(),
        survivor_knows: knows.flatten().unwrap_or(YesNo::NotKnown),
        danger: DangerAnswered {
            danger,
            advice_given: advised,
            done: done.flatten(),
        },
        connection: Some(StaffConnectionAnswered {
            answer: connection,
            who: None,
        }),
        received: received.map_or_else(When::default, When::at),
    };
    match app.casework.take_report(&posted.who, posted.form, report).await {
        Ok(receipt) => {
            drop_its_draft(&app, &posted).await;
            let at = received.unwrap_or(now);
            keep_receipt(&app, &posted, &receipt, danger, at, connection == YesNo::Yes).await
        }
        Err(problem) => answer_form(&app, &posted, "words", Err::<(), _>(problem), |()| String::new()).await,
    }
}

/// The moment of receipt, if somebody said it; nothing means now.
pub(super) fn received_at(values: &Values, now: Timestamp) -> Result<Option<Timestamp>, FieldError> {
    let today = local(now).date();
    let asked = Asked {
        field: "day",
        noun: "day it reached us",
    };
    let chosen = match values.said("day") {
        None | Some("today") => today,
        Some(_) => day(values, asked, today, Bound::TodayOrEarlier)?,
    };
    if values.said("time").is_none() {
        return if chosen == today {
            Ok(None)
        } else {
            Err(FieldError::new(
                "time",
                "Give the time on that day, for example 17:05",
            ))
        };
    }
    let time = clock(
        values,
        Asked {
            field: "time",
            noun: "time it reached us",
        },
    )?;
    match instant(chosen, time) {
        Some(at) if at <= now => Ok(Some(at)),
        Some(_) => Err(FieldError::new(
            "time",
            "This time has not come yet. Give the time at which it reached us",
        )),
        None => Err(FieldError::new(
            "time",
            "Give a time of that day, for example 17:05",
        )),
    }
}

/// The receipt waits in a sealed draft, since the answer to a POST is always "look there".
async fn keep_receipt(
    app: &Shared,
    posted: &Posted<NOTE_BODY>,
    receipt: &Receipt,
    danger: Danger,
    at: Timestamp,
    connected: bool,
) -> Response {
    let path = if connected {
        "/report/connected"
    } else {
        "/report/receipt"
    };
    let values = Values::new([
        ("reference", receipt.reference.as_str()),
        ("report", &receipt.report.to_string()),
        ("danger", danger.code()),
        ("at", &at.to_string()),
    ]);
    let kept = Posted::<NOTE_BODY> {
        who: posted.who.clone(),
        values,
        form: posted.form,
        path: path.into(),
    };
    back_with(app, &kept, Errors::default()).await
}

async fn connected(State(app): State<Shared>, signed: Signed) -> Response {
    answer(draw_connected(&app, &signed).await)
}

async fn draw_connected(app: &Shared, signed: &Signed) -> Result<FormPage, Problem> {
    let state = redraw(app, signed, None).await?;
    if CaseId::parse(state.value("report")).is_none() {
        return Err(Problem::Unseen);
    }
    let staff = app
        .casework
        .staff(&signed.who)
        .into_iter()
        .filter(|row| row.open)
        .map(|row| Choice::new(row.account.to_string(), row.name.reveal()).hint(row.post.reveal()))
        .collect();
    let hidden = ["report", "reference", "danger", "at"].map(|name| Field::hidden(name, state.value(name)));
    let mut fields: Vec<Field> = hidden.into();
    fields.push(Field::Saved(
        "The report is saved. Until you say who it is, only the domestic abuse lead can open it.".into(),
    ));
    fields.push(Field::checkboxes("who", "Who is involved, or close to somebody who is?", staff).hint(
        "Whoever you choose, and the people above them in the line, will see no trace of it until a person decides \
         otherwise. If you are not sure, choose them: it can be put right.",
    ));
    fields
        .push(Field::text("reason", "How are they involved?").hint("For example: her husband; his sister."));
    Ok(FormPage {
        frame: frame(app, signed, "Log a report", "/report"),
        back: None,
        form: Form {
            action: "/report/connected".into(),
            state,
            title: "Who works here?".into(),
            lead: Vec::new(),
            fields,
            buttons: vec![
                Button::new("Shut them out"),
                Button {
                    text: "They have no account, or I do not know which".into(),
                    name: "do".into(),
                    value: "none".into(),
                    secondary: true,
                    warning: false,
                },
            ],
            leave: None,
        },
        steps: steps(2),
        notes: Vec::new(),
    })
}

async fn name_connected(State(app): State<Shared>, posted: Posted) -> Response {
    let values = &posted.values;
    let Some(report) = CaseId::parse(values.text("report")) else {
        return see_other("/nothing-here");
    };
    let on = Posted::<{ crate::forms::ORDINARY_BODY }> {
        who: posted.who.clone(),
        values: values.clone(),
        form: posted.form,
        path: "/report/receipt".into(),
    };
    if values.text("do") == "none" {
        return back_with(&app, &on, Errors::default()).await;
    }
    let mut errors = Errors::default();
    let who = errors
        .take(answers::choices(
            values,
            "who",
            "Choose from the list",
            AccountId::parse,
        ))
        .unwrap_or_default();
    if who.is_empty() {
        errors.push(FieldError::new(
            "who",
            "Choose who it is, or say that they have no account",
        ));
    }
    let reason = errors.take(answers::words(
        values,
        "reason",
        "Say in a few words how they are involved",
        1000,
    ));
    let Some(reason) = reason.filter(|_| errors.is_empty()) else {
        return back_with(&app, &posted, errors).await;
    };
    match app
        .casework
        .name_connected(&posted.who, posted.form, report, &who, reason)
        .await
    {
        Ok(_) => back_with(&app, &on, Errors::default()).await,
        Err(problem) => answer_form(&app, &posted, "who", Err::<(), _>(problem), |()| String::new()).await,
    }
}

async fn receipt(State(app): State<Shared>, signed: Signed) -> Response {
    answer(draw_receipt(&app, &signed).await)
}

async fn draw_receipt(app: &Shared, signed: &Signed) -> Result<ReceiptPage, Problem> {
    let state = redraw(app, signed, None).await?;
    let reference = state.value("reference").to_owned();
    let report = CaseId::parse(state.value("report"))
        .filter(|_| !reference.is_empty())
        .ok_or(Problem::Unseen)?;
    let at: Timestamp = state.value("at").parse().unwrap_or_else(|_| app.casework.now());
    let in_danger = Danger::parse(state.value("danger")).is_some_and(|danger| danger != Danger::No);
    let there = local(at);
    let mut links = vec![Link::new("Log another report", "/report")];
    if signed.who.may(Action::TriageReport) {
        links.insert(0, Link::new("Open it", format!("/case/{report}")));
    }
    Ok(ReceiptPage {
        frame: frame(app, signed, "Receipt", "/report"),
        title: "It is saved".into(),
        sub: format!("Received {} at {}.", full_day(there.date()), clock_time(there.time())),
        reference,
        says: vec![
            "The team that works on it has it now, and its clocks run from when it reached us.".into(),
            "Do not go back to the person about it, and do not speak of it to anybody else. If you learn more, log it \
             as another report and give this reference."
                .into(),
        ],
        danger: if in_danger { advice() } else { Vec::new() },
        links,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_receipt_in_the_future_is_sent_back_with_its_remedy() {
        let now: Timestamp = "2026-11-16T10:00:00Z".parse().unwrap();
        let typed = Values::new([("day", "today"), ("time", "11:00")]);
        assert!(
            received_at(&typed, now)
                .unwrap_err()
                .message
                .contains("has not come yet")
        );
        let typed = Values::new([("day", "today"), ("time", "")]);
        assert_eq!(received_at(&typed, now), Ok(None));
        let typed = Values::new([("day", "yesterday"), ("time", "17:05")]);
        let at: Timestamp = "2026-11-15T17:05:00Z".parse().unwrap();
        assert_eq!(received_at(&typed, now), Ok(Some(at)));
    }
}
