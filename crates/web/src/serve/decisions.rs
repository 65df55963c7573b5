//! Decisions in a case: opening, ending and joining a report, who works on it, who is shut out, closing and returning.

use super::facts::{
    Spec, case_id, colleagues, done, draw, id_of, keep_first, outcomes, readers, when_fields, words_and_when,
    words_of, works_cases,
};
use super::report::with_blank;
use crate::app::{Posted, Shared, Signed, answer_form, back_with, kept_for_later};
use crate::choices_of;
use crate::forms::{Choice, Errors, Field, FieldError, Kind, NOTE_BODY, NOTE_CHARACTERS, Values, answers};
use crate::routes::Routes;
use axum::extract::{Path, State};
use axum::response::Response;
use fanlight_casework::{Done, Form, Problem, When};
use fanlight_core::access::Action;
use fanlight_core::fact::*;
use fanlight_core::ids::{AccountId, CommandId, PersonId};

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/case/{case}/open", open)
        .post("/case/{case}/open", save_open)
        .get("/case/{case}/end", end)
        .post("/case/{case}/end", save_end)
        .get("/case/{case}/connection", connection)
        .post("/case/{case}/connection", save_connection)
        .get("/case/{case}/worker", worker)
        .post("/case/{case}/worker", save_worker)
        .get("/case/{case}/shut-out", shut_out)
        .post("/case/{case}/shut-out", save_shut_out)
        .get("/case/{case}/let-in", let_in)
        .post("/case/{case}/let-in", save_let_in)
        .get("/case/{case}/restrict", restrict)
        .post("/case/{case}/restrict", save_restrict)
        .get("/case/{case}/close", close)
        .post("/case/{case}/close", save_close)
        .get("/case/{case}/return", come_back)
        .post("/case/{case}/return", save_come_back)
}

// Opening a case from a report.

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

async fn save_open(State(app): State<Shared>, Path(case): Path<String>, posted: Posted) -> Response {
    keep_first!(app, posted);
    let case = case_id!(case);
    let values = &posted.values;
    let mut errors = Errors::default();
    let mut survivor = app.casework.new_person(Part::Survivor);
    // Two presses of one button speak of the same person.
    survivor.person = PersonId(posted.form.command.0);
    survivor.name = errors.take(answers::maybe_words(values, "name", 200)).flatten();
    survivor.called = errors.take(answers::maybe_words(values, "called", 100)).flatten();
    survivor.pronoun = errors.take(answers::maybe_words(values, "pronoun", 60)).flatten();
    survivor.interpreter = errors
        .take(answers::maybe_words(values, "interpreter", 100))
        .flatten();
    let age = errors
        .take(answers::maybe_number(values, "age", "age", 0, 120))
        .flatten();
    survivor.age = age.and_then(|age| u8::try_from(age).ok());
    let wish = errors.take(answers::maybe_choice(
        values,
        "wish",
        "Choose from the list",
        WorkerWish::parse,
    ));
    survivor.worker_wish = wish.flatten().unwrap_or(WorkerWish::NotAsked);
    let other = errors.take(perpetrator_of(&app, &posted.form, values));
    let home = errors.take(home_of(values));
    if !errors.is_empty() {
        return back_with(&app, &posted, errors).await;
    }
    let team = values
        .said("team")
        .map(str::to_owned)
        .or_else(|| posted.who.room.terms.teams.first().cloned())
        .unwrap_or_default();
    let result = app
        .casework
        .open_case(&posted.who, posted.form, case, survivor, team)
        .await;
    let result = match result {
        Ok(done) => also_told(&app, &posted, done, other.flatten(), home.flatten()).await,
        Err(problem) => Err(problem),
    };
    answer_form(&app, &posted, "name", result, done("opened")).await
}

fn perpetrator_of(app: &Shared, form: &Form, values: &Values) -> Result<Option<PersonTold>, FieldError> {
    let name = answers::maybe_words(values, "perpetrator", 200)?;
    let relationship = answers::maybe_choice(
        values,
        "relationship",
        "Choose from the list",
        Relationship::parse,
    )?;
    let lives = answers::maybe_choice(values, "lives", "Choose from the list", YesNo::parse)?;
    if name.is_none() && relationship.is_none() && lives.is_none() {
        return Ok(None);
    }
    let mut told = app.casework.new_person(Part::Perpetrator);
    told.person = PersonId(beside(form, 1).command.0);
    told.name = name;
    told.relationship = relationship;
    told.lives_in_home = lives.unwrap_or(YesNo::NotKnown);
    Ok(Some(told))
}

fn home_of(values: &Values) -> Result<Option<HomeTold>, FieldError> {
    let tenure = answers::maybe_choice(values, "tenure", "Choose from the list", Tenure::parse)?;
    let children = answers::maybe_choice(values, "children", "Choose from the list", YesNo::parse)?;
    if tenure.is_none() && children.is_none() {
        return Ok(None);
    }
    let lives = answers::maybe_choice(values, "lives", "Choose from the list", YesNo::parse)?;
    Ok(Some(HomeTold {
        address: None,
        withheld: false,
        tenure: tenure.unwrap_or(Tenure::NotKnown),
        tenancy: None,
        perpetrator_lives_there: lives.unwrap_or(YesNo::NotKnown),
        children_live_there: children.unwrap_or(YesNo::NotKnown),
    }))
}

/// What the same press tells besides: each under a command of its own that the first one gives, so that a repeat is one.
async fn also_told(
    app: &Shared,
    posted: &Posted,
    done: Done,
    other: Option<PersonTold>,
    home: Option<HomeTold>,
) -> Result<Done, Problem> {
    let (who, case, now) = (&posted.who, done.case, When::default());
    if let Some(other) = other {
        app.casework
            .tell_person(who, beside(&posted.form, 2), case, now, other)
            .await?;
    }
    if let Some(home) = home {
        app.casework
            .tell_more_of_home(who, beside(&posted.form, 3), case, now, home)
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

// Ending a report.

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

async fn save_end(
    State(app): State<Shared>,
    Path(case): Path<String>,
    posted: Posted<NOTE_BODY>,
) -> Response {
    keep_first!(app, posted);
    let case = case_id!(case);
    let mut errors = Errors::default();
    let end = errors.take(answers::choice(
        &posted.values,
        "end",
        "Choose why",
        ReportEnd::parse,
    ));
    let reason = errors.take(answers::words(
        &posted.values,
        "reason",
        "Write the reason",
        NOTE_CHARACTERS,
    ));
    let (Some(end), Some(reason)) = (end, reason) else {
        return back_with(&app, &posted, errors).await;
    };
    let result = app
        .casework
        .end_report(&posted.who, posted.form, case, ReportEnded { end, reason })
        .await;
    answer_form(&app, &posted, "end", result, done("ended")).await
}

// Who works here.

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

async fn save_connection(State(app): State<Shared>, Path(case): Path<String>, posted: Posted) -> Response {
    keep_first!(app, posted);
    let case = case_id!(case);
    let mut errors = Errors::default();
    let answer = errors.take(answers::choice(
        &posted.values,
        "answer",
        "Choose an answer",
        YesNo::parse,
    ));
    let who = errors.take(answers::maybe_words(&posted.values, "who", 1000));
    let (Some(answer), Some(who)) = (answer, who) else {
        return back_with(&app, &posted, errors).await;
    };
    let connected = StaffConnectionAnswered { answer, who };
    let result = app
        .casework
        .answer_staff_connection(&posted.who, posted.form, case, When::default(), connected)
        .await;
    let on = move |saved: Done| match answer {
        YesNo::Yes => format!("/case/{}/shut-out", saved.case),
        YesNo::No | YesNo::NotKnown => format!("/case/{}?done=said", saved.case),
    };
    answer_form(&app, &posted, "answer", result, on).await
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

async fn save_shut_out(
    State(app): State<Shared>,
    Path(case): Path<String>,
    posted: Posted<NOTE_BODY>,
) -> Response {
    keep_first!(app, posted);
    let case = case_id!(case);
    let values = &posted.values;
    let mut errors = Errors::default();
    let account = errors.take(answers::choice(values, "account", "Choose who", AccountId::parse));
    let reason = errors.take(answers::words(
        values,
        "reason",
        "Say why, in a few words",
        NOTE_CHARACTERS,
    ));
    let (Some(account), Some(reason)) = (account, reason) else {
        return back_with(&app, &posted, errors).await;
    };
    let shut = ShutOut {
        account,
        suspected: values.text("sure") != "decided",
        line_too: values.text("line") != "no",
        reason,
    };
    let own = account == posted.who.account;
    let result = app.casework.shut_out(&posted.who, posted.form, case, shut).await;
    let on = move |saved: Done| {
        if own {
            "/work".to_owned()
        } else {
            format!("/case/{}?done=shut-out", saved.case)
        }
    };
    answer_form(&app, &posted, "account", result, on).await
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

async fn save_let_in(
    State(app): State<Shared>,
    Path(case): Path<String>,
    posted: Posted<NOTE_BODY>,
) -> Response {
    keep_first!(app, posted);
    let case = case_id!(case);
    let mut errors = Errors::default();
    let account = errors.take(answers::choice(
        &posted.values,
        "account",
        "Choose who",
        AccountId::parse,
    ));
    let reason = errors.take(answers::words(
        &posted.values,
        "reason",
        "Say why",
        NOTE_CHARACTERS,
    ));
    let (Some(account), Some(reason)) = (account, reason) else {
        return back_with(&app, &posted, errors).await;
    };
    let back = LetBackIn { account, reason };
    let result = app
        .casework
        .let_back_in(&posted.who, posted.form, case, When::default(), back)
        .await;
    answer_form(&app, &posted, "account", result, done("let-in")).await
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

async fn save_restrict(
    State(app): State<Shared>,
    Path(case): Path<String>,
    posted: Posted<NOTE_BODY>,
) -> Response {
    keep_first!(app, posted);
    let case = case_id!(case);
    let values = &posted.values;
    let mut errors = Errors::default();
    let reason = errors.take(answers::words(values, "reason", "Say why", NOTE_CHARACTERS));
    if values.text("what") == "lift" {
        let Some(reason) = reason else {
            return back_with(&app, &posted, errors).await;
        };
        let lifted = RestrictionLifted { reason };
        let result = app
            .casework
            .lift_restriction(&posted.who, posted.form, case, When::default(), lifted)
            .await;
        return answer_form(&app, &posted, "what", result, done("lifted")).await;
    }
    let to = errors
        .take(answers::choices(
            values,
            "who",
            "Choose from the list",
            AccountId::parse,
        ))
        .unwrap_or_default();
    if to.is_empty() {
        errors.push(FieldError::new("who", "Choose who may open it"));
    }
    let Some(reason) = reason.filter(|_| errors.is_empty()) else {
        return back_with(&app, &posted, errors).await;
    };
    let own = to.contains(&posted.who.account);
    let result = app
        .casework
        .restrict(&posted.who, posted.form, case, Restricted { to, reason })
        .await;
    let on = move |saved: Done| {
        if own {
            format!("/case/{}?done=restricted", saved.case)
        } else {
            "/work?done=restricted".into()
        }
    };
    answer_form(&app, &posted, "who", result, on).await
}

// Workers.

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

async fn save_worker(State(app): State<Shared>, Path(case): Path<String>, posted: Posted) -> Response {
    keep_first!(app, posted);
    let case = case_id!(case);
    let values = &posted.values;
    let mut errors = Errors::default();
    let account = match values.said("account") {
        Some("nobody") => Some(None),
        _ => errors
            .take(answers::choice(values, "account", "Choose who", AccountId::parse))
            .map(Some),
    };
    let part = errors.take(answers::choice(
        values,
        "part",
        "Choose as what",
        WorkerPart::parse,
    ));
    let wish = errors.take(answers::choice(
        values,
        "wish",
        "Choose whether it is whom the person asked for",
        WishMet::parse,
    ));
    let reason = errors.take(answers::maybe_words(values, "reason", 1000));
    let (Some(account), Some(part), Some(wish), Some(reason)) = (account, part, wish, reason) else {
        return back_with(&app, &posted, errors).await;
    };
    let named = WorkerNamed {
        account,
        part,
        wish,
        reason,
    };
    let result = app
        .casework
        .name_worker(&posted.who, posted.form, case, named)
        .await;
    answer_form(&app, &posted, "account", result, done("worker")).await
}

// Closing and coming back.

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

async fn save_close(
    State(app): State<Shared>,
    Path(case): Path<String>,
    posted: Posted<NOTE_BODY>,
) -> Response {
    keep_first!(app, posted);
    let case = case_id!(case);
    let values = &posted.values;
    let mut errors = Errors::default();
    let outcome = errors.take(answers::words(values, "outcome", "Choose the outcome", 100));
    let words = errors.take(answers::words(
        values,
        "words",
        "Write what was done, and the way back",
        NOTE_CHARACTERS,
    ));
    let survivors_word = match values.said("word") {
        Some("said") => {
            let said = errors.take(answers::words(
                values,
                "said",
                "Write what the person said",
                NOTE_CHARACTERS,
            ));
            let satisfied = match values.said("satisfied") {
                Some("yes") => Some(true),
                Some("no") => Some(false),
                _ => {
                    errors.push(FieldError::new(
                        "satisfied",
                        "Choose whether the person is satisfied",
                    ));
                    None
                }
            };
            said.zip(satisfied)
                .map(|(words, satisfied)| SurvivorsWord::Said { words, satisfied })
        }
        Some("not_had") => errors
            .take(answers::words(
                values,
                "because",
                "Say why it could not be had",
                1000,
            ))
            .map(|because| SurvivorsWord::NotHad { because }),
        _ => {
            errors.push(FieldError::new(
                "word",
                "Choose whether you have the person's own word",
            ));
            None
        }
    };
    let approved_by = errors.take(answers::maybe_choice(
        values,
        "approved_by",
        "Choose from the list",
        AccountId::parse,
    ));
    let (Some(outcome), Some(words), Some(survivors_word), Some(approved_by)) =
        (outcome, words, survivors_word, approved_by)
    else {
        return back_with(&app, &posted, errors).await;
    };
    let closed = CaseClosed {
        outcome: outcome.reveal().to_owned(),
        words,
        survivors_word,
        approved_by,
    };
    let result = app.casework.close(&posted.who, posted.form, case, closed).await;
    answer_form(&app, &posted, "outcome", result, done("closed")).await
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

async fn save_come_back(
    State(app): State<Shared>,
    Path(case): Path<String>,
    posted: Posted<NOTE_BODY>,
) -> Response {
    keep_first!(app, posted);
    let case = case_id!(case);
    let mut errors = Errors::default();
    let told = words_and_when(&app, &posted.values, &mut errors, "Write what we were told");
    let Some((words, when)) = told else {
        return back_with(&app, &posted, errors).await;
    };
    let result = app
        .casework
        .return_to(&posted.who, posted.form, case, when, CaseReturned { words })
        .await;
    answer_form(&app, &posted, "words", result, done("returned")).await
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
