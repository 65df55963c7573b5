//! The one exception when a life is at risk. 999 comes first, nothing waits for approval, and a try makes no way safe.

use super::case::case_of;
use super::danger::emergency;
use super::ways::*;
use crate::app::{
    Answered, App, CaseSide, OnCase, Shared, Signed, answer, broken, case_frame, frame, nothing_here, redraw,
};
use crate::contact::{CannotContactPage, MayContactPage};
use crate::forms::when::{clock_time, local};
use crate::forms::{
    Button, CaseFormPage, Choice, Field, FieldError, Form, Kind, Link, NOTE_BODY, Note, Reading,
};
use crate::routes::Routes;
use crate::signs::Icon;
use crate::work::Suggestion;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use fanlight_casework::{CasePage, OneTry, Problem, When};
use fanlight_core::access::Action;
use fanlight_core::fact::{LifeAtRiskReviewed, LifeAtRiskTried};
use fanlight_core::ids::{AccountId, Position};
use fanlight_core::refusal::Refusal;
use fanlight_core::words::Words;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/case/{case}/life-at-risk", life_form)
        .post("/case/{case}/life-at-risk", try_it)
        .get("/case/{case}/life-at-risk/{place}", one_try)
        .get("/case/{case}/life-at-risk/{place}/review", review_form)
        .post("/case/{case}/life-at-risk/{place}/review", review)
}

/// Ways of which nothing is known, live ones only, with what they are called.
fn unknown_ways(page: &CasePage) -> Vec<Choice> {
    survivor(&page.view)
        .into_iter()
        .flat_map(|person| &person.routes)
        .flat_map(|row| row.ways.iter().map(move |way| (row, way)))
        .filter(|(_, way)| way.code == "unknown" && way.way.is_live())
        .map(|(row, way)| {
            Choice::new(
                key(row.route, way.way),
                format!("{}: {}", way.way.label(), route_words(row).to_lowercase()),
            )
            .hint(row.shared_with.as_ref().map_or_else(
                || "Who else sees or uses it is not known.".to_owned(),
                |others| format!("Also seen or used by: {}.", others.reveal()),
            ))
        })
        .collect()
}

async fn life_form(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    match draw_life(&app, &signed, &case).await {
        Ok(answer) => answer,
        Err(problem) => broken(&problem),
    }
}

async fn draw_life(app: &App, signed: &Signed, case: &str) -> Result<Response, Problem> {
    let page = open_form(app, signed, case, Action::TryLifeAtRisk).await?;
    let base = format!("/case/{}", page.case);
    let ways = unknown_ways(&page);
    if signed.who.room.terms.life_at_risk_forbidden {
        return Ok(not_here(app, signed, &page, Refusal::LifeAtRiskForbidden.says()).into_response());
    }
    if ways.is_empty() {
        return Ok(not_here(
            app,
            signed,
            &page,
            "The exception is for a way of which nothing is known, by voice or face to face. There is none here: follow \
             what the banner says. A way that has been called unsafe is never used.",
        )
        .into_response());
    }
    let state = redraw(app, signed, page.view.seen).await?;
    let form = Form {
        action: format!("{base}/life-at-risk"),
        state,
        title: "Somebody’s life may be at risk".into(),
        lead: Vec::new(),
        fields: life_fields(signed, ways),
        buttons: vec![Button {
            warning: true,
            ..Button::new("Put it on record, and show the number for one try")
        }],
        leave: Some(Link::new("Do not try", &*base)),
    };
    let notes = vec![
        Note::new(
            "Nothing waits for approval",
            format!(
                "{}, {}. Nothing here holds up 999, and you decide, as you are there.",
                crate::forms::when::full_day(local(page.now).date()),
                clock_time(local(page.now).time())
            ),
        ),
        Note::new(
            "If somebody else answers",
            "Say your harmless words, and end. Tell the police what you heard.",
        ),
        Note::new(
            "If it is the person",
            "“Just say yes or no. Are you hurt? Are you alone?” If there is no answer, stay on the line and be silent.",
        ),
        Note {
            heading: "Afterwards".into(),
            says: vec![
                "It is counted, and somebody else looks at it. It is no mark against you.".into(),
                "It makes no way safe. After the try the rule is again: not known, so no.".into(),
            ],
        },
    ];
    Ok(form_page(app, signed, &page, form, notes).into_response())
}

fn life_fields(signed: &Signed, ways: Vec<Choice>) -> Vec<Field> {
    let staff = staff(signed);
    vec![
        Field::Danger {
            title: "999 first".into(),
            steps: emergency(&[]),
            fields: Vec::new(),
        },
        Field::Heading("Then, if you still must reach the person yourself".into()),
        Field::ask(
            "reason",
            "Why it cannot wait",
            Kind::Words {
                rows: 3,
                limit: 5_000,
            },
        ),
        Field::radios("by", "How", ways)
            .hint("Only a live voice, or face to face. Texts, email, voicemail and letters are not offered, here or anywhere."),
        Field::ask(
            "script",
            "What you will say",
            Kind::Words {
                rows: 3,
                limit: 5_000,
            },
        )
        .hint("Something harmless that fits any home: “Hello, it is about the water in your building. Is everybody all right there?”"),
        Field::radios(
            "second",
            "A second person",
            vec![
                Choice::new("agreed", "Somebody I asked agrees").reveals(vec![Field::ask(
                    "agreed_by",
                    "Who agrees?",
                    Kind::Select(staff.clone()),
                )]),
                Choice::new("told", "I asked, and nobody answered")
                    .hint("Go on. The person you name is to be told the moment you press the button.")
                    .reveals(vec![Field::ask("told", "Who is told?", Kind::Select(staff))]),
            ],
        ),
    ]
}

/// The exception does not apply: why, and what to do instead, 999 first.
fn not_here(app: &App, signed: &Signed, page: &CasePage, why: &str) -> CannotContactPage {
    let base = format!("/case/{}", page.case);
    let go = |icon, title: &str, says: &str, text: &str, at: &str| Suggestion {
        icon: Some(icon),
        title: title.into(),
        says: says.into(),
        go: Some(Link::new(text, format!("{base}{at}"))),
        main: false,
    };
    CannotContactPage {
        frame: frame(app, signed, &neutral_title(page), "/cases"),
        case: case_frame(signed, page, CaseSide::Form),
        title: Words::new("Call 999. The exception does not apply here"),
        why: Words::new(why),
        hours: None,
        instead: vec![
            go(
                Icon::Look,
                "See which ways are safe, and when",
                "Each way by itself, with what was said about it.",
                "Open",
                "/contact/safe",
            ),
            go(
                Icon::Say,
                "Record that there is danger",
                "With what was done. It goes to the top of the work.",
                "Record it",
                "/danger",
            ),
        ],
        danger: emergency(&[]),
        notes: Vec::new(),
    }
}

fn read_try(form: &mut Reading<'_>, page: &CasePage) -> Option<LifeAtRiskTried> {
    let reason = form.line("reason", "Write in a few words why it cannot wait", 5_000);
    let by = form.choice("by", "Choose how you will try", read_key);
    let script = form.line(
        "script",
        "Write what you will say, so that nothing is given away",
        5_000,
    );
    let (mut agreed_by, mut told) = (None, None);
    match form.values.text("second") {
        "agreed" => agreed_by = form.choice("agreed_by", "Choose who agrees", AccountId::parse),
        "told" => told = form.choice("told", "Choose who is told", AccountId::parse),
        _ => form.errors.push(FieldError::new(
            "second",
            "Name a second person: who agrees or, if nobody answered, who is told now",
        )),
    }
    let (route, way) = by?;
    Some(LifeAtRiskTried {
        person: survivor(&page.view)?.person,
        route,
        way,
        reason: reason?,
        script: script?,
        agreed_by,
        told,
    })
}

async fn try_it(on: OnCase) -> Answered {
    let page = on.page(Action::TryLifeAtRisk).await?;
    let tried = on.read(|form| read_try(form, &page)).await?;
    let second = if tried.agreed_by.is_some() {
        "agreed_by"
    } else {
        "told"
    };
    let result = on
        .casework()
        .try_life_at_risk(on.who(), on.form(), on.case, tried)
        .await;
    let field = match &result {
        Err(Problem::Refused(
            Refusal::SecondPersonIsYou | Refusal::SecondPersonShutOut | Refusal::SecondPersonNeeded,
        )) => second,
        _ => "by",
    };
    on.on_to(field, result, |done| {
        format!("/case/{}/life-at-risk/{}?done=life", done.case, done.position.0)
    })
    .await
}

fn position_of(text: &str) -> Result<Position, Problem> {
    text.parse().map(Position).map_err(|_| Problem::Unseen)
}

async fn one_try(
    State(app): State<Shared>,
    signed: Signed,
    Path((case, position)): Path<(String, String)>,
) -> Response {
    answer(draw_one_try(&app, &signed, &case, &position).await)
}

/// The number, for one try, to whoever put it on record a moment ago.
async fn draw_one_try(
    app: &App,
    signed: &Signed,
    case: &str,
    position: &str,
) -> Result<MayContactPage, Problem> {
    let opened = app
        .casework
        .one_try(&signed.who, case_of(case)?, position_of(position)?)
        .await?;
    let (page, shown) = opened.into_view();
    let Some(OneTry {
        route,
        way,
        value,
        script,
    }) = shown
    else {
        return Err(Problem::Unseen);
    };
    let base = format!("/case/{}", page.case);
    let row = find_route(&page.view, route).map(|(_, row)| route_words(row));
    Ok(MayContactPage {
        frame: frame(app, signed, &neutral_title(&page), "/cases"),
        case: case_frame(signed, &page, CaseSide::Form),
        title: Words::new("For one try, by voice or face to face only"),
        says: vec!["It is on record. Nothing written, and no voicemail.".into()],
        route: Words::new(format!(
            "{}: {}",
            way.label(),
            row.unwrap_or_default().to_lowercase()
        )),
        value,
        instead_of_value:
            "It is no longer shown: it was for one try, for half an hour, while nothing spoke against it."
                .into(),
        say: vec![
            Words::new(format!("“{}”", script.reveal())),
            Words::new(
                "If somebody else answers: say your harmless words, and end. Tell the police what you heard.",
            ),
            Words::new("If it is the person: “Just say yes or no. Are you hurt? Are you alone?”"),
        ],
        links: vec![
            Link::new(
                "Record what happened",
                format!("{base}/contact?by={}", key(route, way)),
            ),
            Link::new("Back to the case", base),
        ],
        notes: vec![Note::new(
            "It makes no way safe",
            "After the try the rule is again: not known, so no. Somebody else looks at it afterwards.",
        )],
    })
}

async fn review_form(
    State(app): State<Shared>,
    signed: Signed,
    Path((case, position)): Path<(String, String)>,
) -> Response {
    answer(draw_review(&app, &signed, &case, &position).await)
}

async fn draw_review(
    app: &App,
    signed: &Signed,
    case: &str,
    position: &str,
) -> Result<CaseFormPage, Problem> {
    let page = open_form(app, signed, case, Action::TryLifeAtRisk).await?;
    let place = position_of(position)?;
    let base = format!("/case/{}", page.case);
    let tried = page
        .view
        .timeline
        .iter()
        .find(|row| row.place == place)
        .ok_or(Problem::Unseen)?;
    let mut fields = vec![Field::Heading(format!(
        "{}, by {}",
        tried.title,
        tried
            .by
            .account()
            .map_or_else(|| "somebody".to_owned(), |by| colleague(&signed.who.room, by))
    ))];
    fields.extend(tried.lines.iter().map(|line| {
        Field::Say(match line.label {
            Some(label) => format!("{label}: {}", line.words.reveal()),
            None => line.words.reveal().to_owned(),
        })
    }));
    fields.push(
        Field::words("words", "What you think of it").hint(
            "Was there another way? What follows for the safe ways of this person? It is no judgement on whoever was there.",
        ),
    );
    let form = Form {
        action: format!("{base}/life-at-risk/{}/review", place.0),
        state: redraw(app, signed, page.view.seen).await?,
        title: "Look at a life-at-risk try".into(),
        lead: Vec::new(),
        fields,
        buttons: vec![Button::new("Save the review")],
        leave: leave(&base),
    };
    Ok(form_page(app, signed, &page, form, Vec::new()))
}

async fn review(on: OnCase<NOTE_BODY>) -> Answered {
    on.page(Action::TryLifeAtRisk).await?;
    let of = on.place.ok_or_else(nothing_here)?;
    let words = on
        .read(|form| form.words("words", "Write what you think of it. One sentence is enough"))
        .await?;
    let (form, case, now) = (on.form(), on.case, When::default());
    let review = LifeAtRiskReviewed { of, words };
    let saved = on
        .casework()
        .review_life_at_risk(on.who(), form, case, now, review)
        .await;
    on.saved("words", saved, "reviewed").await
}
