//! Who comes in: whether anybody involved works for us, who is shut out, who is let back in, and to whom a case is
//! restricted.

use super::case_form::{Spec, account_and_reason, colleagues, draw, readers};
use super::report::with_blank;
use crate::app::{Answered, OnCase, Shared, Signed};
use crate::choices_of;
use crate::forms::{Choice, Field, FieldError, Kind, NOTE_BODY, Reading, answers};
use crate::routes::Routes;
use axum::extract::{Path, State};
use axum::response::Response;
use fanlight_casework::When;
use fanlight_core::access::Action;
use fanlight_core::fact::{
    LetBackIn, Restricted, RestrictionLifted, ShutOut, StaffConnectionAnswered, YesNo,
};
use fanlight_core::ids::AccountId;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/case/{case}/connection", connection)
        .post("/case/{case}/connection", save_connection)
        .get("/case/{case}/shut-out", shut_out)
        .post("/case/{case}/shut-out", save_shut_out)
        .get("/case/{case}/let-in", let_in)
        .post("/case/{case}/let-in", save_let_in)
        .get("/case/{case}/restrict", restrict)
        .post("/case/{case}/restrict", save_restrict)
}

async fn connection(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    draw(&app, &signed, &case, Action::ShutOut, |_| {
        Ok(Spec::new(
            "Does anybody involved work for us?",
            "Save",
            vec![
                Field::ask(
                    "answer",
                    "Or is anybody close to somebody who does?",
                    Kind::Radios(choices_of!(YesNo)),
                ),
                Field::text("who", "Who, if they have no account"),
            ],
        )
        .note(
            "If yes",
            "Shut the account out next: they will see no trace of the case.",
        ))
    })
    .await
}

async fn save_connection(on: OnCase) -> Answered {
    let connected = on
        .read(|form| {
            let answer = form.choice("answer", "Choose an answer", YesNo::parse);
            let who = form.maybe_line("who", 1000);
            Some(StaffConnectionAnswered {
                answer: answer?,
                who: who?,
            })
        })
        .await?;
    let answer = connected.answer;
    let (form, case, now) = (on.form(), on.case, When::default());
    let saved = on
        .casework()
        .answer_staff_connection(on.who(), form, case, now, connected)
        .await;
    on.on_to("answer", saved, |done| match answer {
        YesNo::Yes => format!("/case/{}/shut-out", done.case),
        YesNo::No | YesNo::NotKnown => format!("/case/{}?done=said", done.case),
    })
    .await
}

async fn shut_out(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    draw(&app, &signed, &case, Action::ShutOut, |_| {
        Ok(Spec::new("Shut somebody out", "Shut out", vec![
            Field::ask("account", "Who?", Kind::Select(with_blank(colleagues(&app, &signed, |_| true)))),
            Field::ask("sure", "Is it certain?", Kind::Radios(vec![
                Choice::new("suspected", "Suspected: a person decides later"),
                Choice::new("decided", "Certain"),
            ])),
            Field::ask("line", "The people above them in the line too?", Kind::Radios(vec![
                Choice::new("yes", "Yes, until somebody decides otherwise"),
                Choice::new("no", "No"),
            ])),
            Field::words("reason", "Why?"),
        ])
        .holding("sure", "suspected")
        .holding("line", "yes")
        .note(
            "What they see",
            "Nothing: not in lists, counts, search or work. Nobody is told that they were shut out. Anybody can be.",
        ))
    })
    .await
}

async fn save_shut_out(on: OnCase<NOTE_BODY>) -> Answered {
    let (account, reason) = on.read(account_and_reason).await?;
    let values = &on.posted.values;
    let shut = ShutOut {
        account,
        suspected: values.text("sure") != "decided",
        line_too: values.text("line") != "no",
        reason,
    };
    let saved = on.casework().shut_out(on.who(), on.form(), on.case, shut).await;
    on.on_to("account", saved, |done| {
        if account == on.who().account {
            "/work".to_owned()
        } else {
            format!("/case/{}?done=shut-out", done.case)
        }
    })
    .await
}

async fn let_in(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    draw(&app, &signed, &case, Action::LetBackIn, |page| {
        let members = &signed.who.room.landlord.members;
        let out: Vec<Choice> = page
            .view
            .shut_out
            .iter()
            .filter_map(|row| members.get(&row.account))
            .map(|member| Choice::new(member.account.to_string(), member.name.reveal()))
            .collect();
        Ok(Spec::new(
            "Let somebody back in",
            "Let back in",
            vec![
                Field::ask("account", "Who?", Kind::Select(with_blank(out))),
                Field::words("reason", "Why?")
                    .hint("How it was made sure that they are not connected with anybody in the case."),
            ],
        ))
    })
    .await
}

async fn save_let_in(on: OnCase<NOTE_BODY>) -> Answered {
    let (account, reason) = on.read(account_and_reason).await?;
    let back = LetBackIn { account, reason };
    let now = When::default();
    let saved = on
        .casework()
        .let_back_in(on.who(), on.form(), on.case, now, back)
        .await;
    on.saved("account", saved, "let-in").await
}

async fn restrict(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    draw(&app, &signed, &case, Action::Restrict, |page| {
        let mut what = vec![
            Choice::new("restrict", "Only these people may open it").reveals(vec![Field::checkboxes(
                "who",
                "Who?",
                {
                    let mut all = readers(&app, &signed);
                    all.insert(0, Choice::new(signed.who.account.to_string(), "You"));
                    all
                },
            )]),
        ];
        if page.view.header.restricted {
            what.push(Choice::new("lift", "Its team may open it again"));
        }
        Ok(Spec::new(
            "Restrict the case",
            "Save",
            vec![
                Field::radios("what", "Who may open the case?", what),
                Field::words("reason", "Why?"),
            ],
        )
        .holding("what", "restrict")
        .note(
            "Always somebody",
            "Somebody who works on it and somebody who decides must stay among them.",
        ))
    })
    .await
}

enum Door {
    Only(Restricted),
    Lifted(RestrictionLifted),
}

fn read_door(form: &mut Reading<'_>) -> Option<Door> {
    let reason = form.words("reason", "Say why");
    if form.values.text("what") == "lift" {
        return Some(Door::Lifted(RestrictionLifted { reason: reason? }));
    }
    let to = answers::choices(form.values, "who", "Choose from the list", AccountId::parse);
    let to = to.and_then(|to| {
        (!to.is_empty())
            .then_some(to)
            .ok_or_else(|| FieldError::new("who", "Choose who may open it"))
    });
    let to = form.take(to);
    Some(Door::Only(Restricted {
        to: to?,
        reason: reason?,
    }))
}

async fn save_restrict(on: OnCase<NOTE_BODY>) -> Answered {
    let (who, form, case, now) = (on.who(), on.form(), on.case, When::default());
    match on.read(read_door).await? {
        Door::Lifted(lifted) => {
            let saved = on.casework().lift_restriction(who, form, case, now, lifted).await;
            on.saved("what", saved, "lifted").await
        }
        Door::Only(only) => {
            let own = only.to.contains(&who.account);
            let saved = on.casework().restrict(who, form, case, only).await;
            on.on_to("who", saved, |done| {
                if own {
                    format!("/case/{}?done=restricted", done.case)
                } else {
                    "/work?done=restricted".into()
                }
            })
            .await
        }
    }
}
