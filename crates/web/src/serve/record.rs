//! What the landlord has done about its policy as a whole: what it owes, what is on record, and one form for every kind,
//! drawn from the table of facts. Nothing here is about a case or a person.

use super::registers::stands;
use crate::app::{Posted, Shared, Signed, answer, answer_form, back_with, clause, frame, redraw};
use crate::assurance::{RecordPage, RegisterRow};
use crate::forms::answers::{choice, maybe_choice, words};
use crate::forms::when::{Asked, Bound, day, full_day, local};
use crate::forms::{
    Button, Choice, Errors, Field, FieldError, Form, FormPage, Kind as Box, Link, Note, Values,
};
use crate::routes::Routes;
use crate::signs::{TimeTag, Tone};
use axum::extract::{Path, State};
use axum::response::Response;
use fanlight_casework::{Problem, Room};
use fanlight_core::access::Action;
use fanlight_core::coded::{Allowed, Kind, Value};
use fanlight_core::ids::Position;
use fanlight_core::landlord::{EvidenceRecorded, Evidenced, RECORDABLE, may_record};
use fanlight_core::obligation::{Obligation, State as Stands};
use fanlight_core::pack::Register;
use jiff::civil::Date;
use std::collections::BTreeMap;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/registers/record", list)
        .get("/registers/record/{kind}", form)
        .post("/registers/record/{kind}", record)
        .get("/registers/record/{kind}/{place}", right_form)
        .post("/registers/record/{kind}/{place}", put_right)
}

/// What is said of the kind that takes something back.
const IN_ERROR: &str = "It did not happen: it was entered in error";

async fn list(State(app): State<Shared>, signed: Signed) -> Response {
    answer(draw_list(&app, &signed))
}

fn draw_list(app: &Shared, signed: &Signed) -> Result<RecordPage, Problem> {
    if !signed.who.may(Action::SeeRegisters) {
        return Err(Problem::NotAllowed);
    }
    let room = &signed.who.room;
    let today = local(app.casework.now()).date();
    let owed = room.owed_by_landlord(app.casework.now());
    let mut rows: Vec<RegisterRow> = room
        .landlord
        .evidence_standing()
        .map(|standing| row(signed, standing))
        .collect();
    rows.reverse();
    Ok(RecordPage {
        frame: frame(app, signed, "What the landlord has done", "/registers"),
        sub: format!(
            "{}, {}. Versions, reviews, changes in law and the like: each with its day and who recorded it. Every colleague \
             can read it.",
            room.pack.landlord.name, room.pack.landlord.policy
        ),
        owed: owed
            .iter()
            .map(|promise| owed_row(signed, promise, today))
            .collect(),
        rows,
        links: RECORDABLE
            .iter()
            .filter(|kind| may(signed, **kind))
            .map(|kind| Link::new(kind.sentence(), format!("/registers/record/{}", kind.name())))
            .collect(),
    })
}

fn may(signed: &Signed, kind: Kind) -> bool {
    let room = &signed.who.room;
    may_record(&room.landlord, &room.pack, signed.who.account, kind)
}

/// The recordable kind of that name, for whoever may record it.
fn kind_of(signed: &Signed, name: &str) -> Result<Kind, Problem> {
    let kind = Kind::named(name)
        .filter(|kind| RECORDABLE.contains(kind))
        .ok_or(Problem::Unseen)?;
    may(signed, kind).then_some(kind).ok_or(Problem::NotAllowed)
}

fn post_title(room: &Room, post: &str) -> String {
    room.pack
        .role(post)
        .map_or_else(|| post.to_owned(), |role| role.title.clone())
}

fn owed_row(signed: &Signed, promise: &Obligation, today: Date) -> RegisterRow {
    let room = &signed.who.room;
    let due = promise.due.at.map(|at| local(at).date());
    let clauses: Vec<String> = promise
        .clauses
        .iter()
        .map(|id| clause(room, id, false).words)
        .collect();
    let state = match &promise.state {
        Stands::Met { .. } => TimeTag::new(Tone::Kept, "Kept"),
        Stands::Missed {
            kept_late: Some(_), ..
        } => TimeTag::new(Tone::Late, "Missed, done late"),
        Stands::Excused { .. } | Stands::Lapsed { .. } => TimeTag::new(Tone::Plain, "No longer owed"),
        Stands::Missed { kept_late: None, .. } | Stands::Open | Stands::Paused { .. } => {
            stands(Some(today), due, today)
        }
    };
    RegisterRow {
        title: promise.title.clone(),
        says: vec![
            clauses.join(", "),
            format!(
                "{} {}.",
                promise.started.kind.sentence().trim_end_matches('.'),
                full_day(local(promise.started.at).date())
            ),
        ],
        owner: promise
            .who
            .iter()
            .map(|post| post_title(room, post))
            .collect::<Vec<_>>()
            .join(", "),
        checked: match (due, &promise.due.not_stated) {
            (Some(due), _) => full_day(due),
            (None, Some(word)) => format!("Not stated: “{word}”"),
            (None, None) => "Not stated".to_owned(),
        },
        state,
        ..RegisterRow::default()
    }
}

fn row(signed: &Signed, standing: &Evidenced) -> RegisterRow {
    let room = &signed.who.room;
    let told = &standing.evidence;
    let mut says = vec![told.words.reveal().to_owned()];
    says.extend(
        told.about
            .as_deref()
            .map(|about| format!("About: {}", title_of(room, about))),
    );
    says.extend(
        told.with
            .iter()
            .map(|(name, value)| match (name.as_ref(), value) {
                ("role", Value::Code(post)) => format!("Done by: {}", post_title(room, post)),
                (name, Value::Code(code)) => match code.parse::<Date>() {
                    Ok(date) => format!("{}: {}", label(name), full_day(date)),
                    Err(_) => format!("{}: {}", label(name), spaced(code)),
                },
                (name, value) => format!("{}: {value}", label(name)),
            }),
    );
    let by = standing.by.account().map_or_else(
        || "The installation".to_owned(),
        |account| {
            room.landlord
                .members
                .get(&account)
                .map_or_else(|| "somebody".to_owned(), |member| member.name.reveal().to_owned())
        },
    );
    let place = standing.position.0;
    RegisterRow {
        id: format!("r{place}"),
        title: told.kind.sentence().to_owned(),
        says,
        owner: by,
        checked: format!(
            "{}; recorded {}",
            full_day(told.on),
            full_day(local(standing.times.recorded).date())
        ),
        state: if told.corrects.is_some() {
            TimeTag::new(Tone::Plain, "Put right")
        } else {
            TimeTag::new(Tone::Kept, "On record")
        },
        link: may(signed, told.kind).then(|| {
            Link::new(
                "Put right",
                format!("/registers/record/{}/{place}", told.kind.name()),
            )
        }),
    }
}

fn title_of(room: &Room, about: &str) -> String {
    entries(room)
        .into_iter()
        .find(|(key, _)| key == about)
        .map_or_else(|| about.to_owned(), |(_, title)| title)
}

/// Every entry of every register, as something that can be meant.
fn entries(room: &Room) -> Vec<(String, String)> {
    Register::ALL
        .into_iter()
        .flat_map(|register| {
            room.pack
                .register(register)
                .iter()
                .map(move |entry| (format!("{}/{}", register.key(), entry.id), entry.title.clone()))
        })
        .collect()
}

fn label(qualifier: &str) -> &str {
    match qualifier {
        "next_review" => "Next review",
        "expires" => "Ends",
        "to" => "To",
        "source" => "From",
        other => other,
    }
}

fn spaced(code: &str) -> String {
    code.replace('_', " ")
}

/// The questions that the table of facts has for a kind. A code that a pack would have to name is not asked: which
/// entry of a register is meant says it.
fn own_fields(kind: Kind) -> Vec<Field> {
    kind.own_qualifiers()
        .iter()
        .filter_map(|qualifier| match qualifier.allowed {
            Allowed::Date => Some(
                Field::ask(
                    qualifier.name,
                    format!("{}: which day?", label(qualifier.name)),
                    Box::Date,
                )
                .hint(if kind == Kind::PolicyAdopted {
                    "The clock of the review runs to this day."
                } else {
                    "Leave it out if there is none."
                }),
            ),
            Allowed::OneOf(codes) | Allowed::AnyOf(codes) => Some(Field::radios(
                qualifier.name,
                format!("{} whom or what?", label(qualifier.name)),
                codes
                    .iter()
                    .map(|code| Choice::new(*code, spaced(code)))
                    .collect(),
            )),
            Allowed::Flag | Allowed::Number | Allowed::Named => None,
        })
        .collect()
}

fn fields(room: &Room, kind: Kind, correcting: bool) -> Vec<Field> {
    let none = || Choice::new("", "Nobody or nothing in particular");
    let about = std::iter::once(none()).chain(
        entries(room)
            .into_iter()
            .map(|(key, title)| Choice::new(key, title)),
    );
    let posts = std::iter::once(none()).chain(
        room.pack
            .roles
            .iter()
            .map(|role| Choice::new(role.id.clone(), role.title.clone())),
    );
    let mut all = Vec::new();
    if correcting {
        all.push(Field::radios(
            "right",
            "What is right?",
            vec![
                Choice::new("instead", "What I write below stands in its place"),
                Choice::new("error", IN_ERROR),
            ],
        ));
    }
    all.push(Field::ask("on", "On which day was it?", Box::Date));
    all.extend(own_fields(kind));
    all.push(
        Field::ask("about", "Which entry of the registers is it about?", Box::Select(about.collect()))
            .hint("For a review of this policy itself, choose the policy. What is owed is met only by what it is about."),
    );
    all.push(
        Field::ask("post", "Whose act was it?", Box::Select(posts.collect()))
            .hint("The post, not the person."),
    );
    all.push(
        Field::words("words", "What was done, and where can it be seen?")
            .hint("For example: adopted by the board, minutes of 20 November. Write nothing about a person."),
    );
    all
}

async fn form(State(app): State<Shared>, signed: Signed, Path(kind): Path<String>) -> Response {
    answer(draw_form(&app, &signed, &kind, None).await)
}

async fn right_form(
    State(app): State<Shared>,
    signed: Signed,
    Path((kind, place)): Path<(String, u64)>,
) -> Response {
    answer(draw_form(&app, &signed, &kind, Some(place)).await)
}

async fn draw_form(
    app: &Shared,
    signed: &Signed,
    kind: &str,
    place: Option<u64>,
) -> Result<FormPage, Problem> {
    let kind = kind_of(signed, kind)?;
    let room = &signed.who.room;
    let corrected = match place {
        None => None,
        Some(place) => Some(
            room.landlord
                .evidence_standing()
                .find(|one| one.position.0 == place && one.evidence.kind == kind)
                .ok_or(Problem::Unseen)?,
        ),
    };
    let mut lead = vec![kind.sentence().to_owned()];
    lead.extend(corrected.map(|one| format!("It says: {}", one.evidence.words.reveal())));
    let title = if corrected.is_some() {
        "Put right what is on record"
    } else {
        "Record what the landlord has done"
    };
    Ok(FormPage {
        frame: frame(app, signed, title, "/registers"),
        back: Some(Link::new("Back to the record", "/registers/record")),
        form: Form {
            action: signed.path.clone(),
            state: redraw(app, signed, None).await?,
            title: title.into(),
            lead,
            fields: fields(room, kind, corrected.is_some()),
            buttons: vec![Button::new("Put it on record")],
            leave: None,
        },
        steps: Vec::new(),
        notes: vec![Note::new(
            "It stays on record",
            "With your name and the time. If it proves wrong, it is put right by a new entry; nothing is changed.",
        )],
    })
}

async fn record(State(app): State<Shared>, Path(kind): Path<String>, posted: Posted) -> Response {
    keep(&app, &kind, None, &posted).await
}

async fn put_right(
    State(app): State<Shared>,
    Path((kind, place)): Path<(String, u64)>,
    posted: Posted,
) -> Response {
    keep(&app, &kind, Some(place), &posted).await
}

async fn keep(app: &Shared, kind: &str, place: Option<u64>, posted: &Posted) -> Response {
    let room = &posted.who.room;
    let Some(kind) = Kind::named(kind).filter(|kind| RECORDABLE.contains(kind)) else {
        return answer_form(app, posted, "words", Err::<(), _>(Problem::Unseen), |()| {
            String::new()
        })
        .await;
    };
    let today = local(app.casework.now()).date();
    let mut errors = Errors::default();
    let evidence = match read(room, kind, place, &posted.values, today, &mut errors) {
        Some(evidence) => evidence,
        None => return back_with(app, posted, errors).await,
    };
    let done = app
        .casework
        .record_evidence(&posted.who, posted.form, evidence)
        .await;
    answer_form(app, posted, "words", done, |()| {
        "/registers/record?done=evidence".to_owned()
    })
    .await
}

fn read(
    room: &Room,
    kind: Kind,
    place: Option<u64>,
    values: &Values,
    today: Date,
    errors: &mut Errors,
) -> Option<EvidenceRecorded> {
    let right = match place {
        None => Some(true),
        Some(_) => errors.take(choice(values, "right", "Say what is right", |text| match text {
            "instead" => Some(true),
            "error" => Some(false),
            _ => None,
        })),
    };
    let told = errors.take(words(
        values,
        "words",
        "Write what was done, and where it can be seen",
        2_000,
    ));
    let corrects = place.map(Position);
    if right == Some(false) {
        return Some(EvidenceRecorded {
            kind: Kind::EnteredInError,
            on: today,
            with: BTreeMap::new(),
            about: None,
            words: told?,
            corrects,
        });
    }
    let asked = Asked {
        field: "on",
        noun: "day it was done",
    };
    let on = errors.take(day(values, asked, today, Bound::TodayOrEarlier));
    let mut with = BTreeMap::new();
    for qualifier in kind.own_qualifiers() {
        let value = match qualifier.allowed {
            Allowed::Date => {
                date(values, kind, qualifier.name, today).map(|date| date.map(|date| date.to_string()))
            }
            Allowed::OneOf(codes) | Allowed::AnyOf(codes) => {
                maybe_choice(values, qualifier.name, "Choose one from the list", |text| {
                    codes.contains(&text).then(|| text.to_owned())
                })
            }
            Allowed::Flag | Allowed::Number | Allowed::Named => Ok(None),
        };
        if let Some(Some(value)) = errors.take(value) {
            with.insert(qualifier.name.into(), Value::Code(value.into()));
        }
    }
    let post = errors.take(maybe_choice(
        values,
        "post",
        "Choose a post from the list",
        |text| room.pack.role(text).map(|role| role.id.clone()),
    ));
    if let Some(Some(post)) = post {
        with.insert("role".into(), Value::Code(post.into()));
    }
    let known = entries(room);
    let about = errors.take(maybe_choice(
        values,
        "about",
        "Choose an entry from the list",
        |text| {
            known
                .iter()
                .find(|(key, _)| key == text)
                .map(|(key, _)| key.clone())
        },
    ));
    right?;
    Some(EvidenceRecorded {
        kind,
        on: on?,
        with,
        about: about?,
        words: told?,
        corrects,
    })
    .filter(|_| errors.is_empty())
}

/// A date of the kind's own: compulsory where the clock of a review runs to it.
fn date(values: &Values, kind: Kind, field: &'static str, today: Date) -> Result<Option<Date>, FieldError> {
    let blank = ["day", "month", "year"]
        .iter()
        .all(|part| values.said(&format!("{field}-{part}")).is_none());
    if blank && kind != Kind::PolicyAdopted {
        return Ok(None);
    }
    let noun = match field {
        "next_review" => "day of the next review",
        _ => "day it ends",
    };
    day(values, Asked { field, noun }, today, Bound::Any).map(Some)
}
