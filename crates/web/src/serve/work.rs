//! My work and the team's work.

use crate::app::{
    Posted, Shared, Signed, answer, answer_form, clause, due_inside, frame, kept_path, redraw, risk_sign,
    time_left,
};
use crate::forms::when::{full_day, local};
use crate::forms::{Button, Field, Form, FormPage, Link};
use crate::routes::{Routes, see_other};
use crate::signs::{May, TimeTag, Tone, WaySign};
use crate::work::{Empty, KeptRow, Stat, Suggestion, WorkGroup, WorkPage, WorkRow};
use axum::extract::{Path, State};
use axum::response::Response;
use fanlight_casework::people::KeptDraft;
use fanlight_casework::{AtOnce, AtOnceRow, Problem, StageKept, WayIs, WorkCursor};
use fanlight_core::access::Action;
use fanlight_core::fact::Danger;
use fanlight_core::ids::CommandId;
use jiff::Timestamp;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/work", my_work)
        .get("/work/kept/{id}", away)
        .post("/work/kept/{id}", throw_away)
}

async fn my_work(State(app): State<Shared>, signed: Signed) -> Response {
    answer(draw(&app, &signed).await)
}

async fn draw(app: &Shared, signed: &Signed) -> Result<WorkPage, Problem> {
    let after = signed.asked("after").and_then(WorkCursor::parse);
    let work = app.casework.my_work(&signed.who, after).await?.into_view();
    let now = work.now;
    let groups = groups(signed, &work.rows, now);
    let count = |title: &str| {
        groups
            .iter()
            .filter(|group| group.title == title)
            .map(|g| g.rows.len())
            .sum::<usize>()
    };
    let today = local(now);
    let empty = (work.rows.is_empty() && work.at_once.is_empty()).then(|| nothing_due(work.cases));
    let stats = [
        ("Late", "late", true),
        ("Due today", "due today", false),
        ("Later this week", "later this week", false),
    ]
    .map(|(title, words, late)| Stat {
        number: count(title).to_string(),
        words: words.into(),
        late,
    });
    Ok(WorkPage {
        frame: frame(app, signed, "My work", "/work"),
        title: "My work".into(),
        sub: format!(
            "{}, {}. {}",
            full_day(today.date()),
            today.strftime("%H:%M"),
            match work.cases {
                0 => "You have no open cases.".to_owned(),
                1 => "You can open 1 case or report.".to_owned(),
                many => format!("You can open {many} cases and reports."),
            }
        ),
        stats: stats.into(),
        show_at: String::new(),
        chips: Vec::new(),
        covers: None,
        kept: work.kept.iter().map(|draft| kept_row(draft, now)).collect(),
        first: at_once(signed, &work.at_once, now),
        groups,
        empty,
        after: match work.total {
            0 => String::new(),
            total => format!("{total} promises to keep in all."),
        },
        all: Some(Link::new("See all cases", "/cases")),
        next: work
            .next
            .map(|next| Link::new("More work", format!("/work?after={}", next.to_text()))),
    })
}

fn nothing_due(cases: u64) -> Empty {
    Empty {
        title: "Nothing is due".into(),
        says: if cases == 0 {
            "When a case is given to you, or a report comes in for your team, what it asks for stands here, in order.".into()
        } else {
            "Every promise on your cases is kept, or its time is still to be set.".into()
        },
        suggestions: vec![
            Suggestion {
                icon: None,
                title: "Log a report".into(),
                says: "One sentence is enough to save it.".into(),
                go: Some(Link::new("Log a report", "/report")),
                main: true,
            },
            Suggestion {
                icon: None,
                title: "See all cases".into(),
                says: "Those that your team has, and those that name you.".into(),
                go: Some(Link::new("Cases", "/cases")),
                main: false,
            },
        ],
    }
}

/// Rows in groups: late, today, tomorrow, this week, later, no time stated. In each the order is that of the list.
pub(super) fn groups(signed: &Signed, rows: &[fanlight_casework::WorkRow], now: Timestamp) -> Vec<WorkGroup> {
    const TITLES: [(&str, &str); 6] = [
        ("Late", "Stays marked as missed when it is done"),
        ("Due today", ""),
        ("Tomorrow", ""),
        ("Later this week", ""),
        ("After that", ""),
        ("No time stated", "The policy gives no number"),
    ];
    let mut groups: Vec<WorkGroup> = Vec::new();
    for (number, (title, small)) in TITLES.iter().enumerate() {
        let of_group: Vec<WorkRow> = rows
            .iter()
            .filter(|row| place(row, now) == number)
            .map(|one| row(signed, one, now))
            .collect();
        if of_group.is_empty() {
            continue;
        }
        let small = if small.is_empty() {
            of_group.len().to_string()
        } else {
            format!("{} · {small}", of_group.len())
        };
        groups.push(WorkGroup {
            title: (*title).into(),
            small,
            rows: of_group,
        });
    }
    groups
}

/// In which group a row stands.
pub(super) fn place(row: &fanlight_casework::WorkRow, now: Timestamp) -> usize {
    match row.due {
        None => 5,
        Some(due) if row.missed || due < now => 0,
        Some(due) => match (local(due).date() - local(now).date()).get_days() {
            ..=0 => 1,
            1 => 2,
            2..=7 => 3,
            _ => 4,
        },
    }
}

pub(super) fn row(signed: &Signed, row: &fanlight_casework::WorkRow, now: Timestamp) -> WorkRow {
    let room = &signed.who.room;
    let base = format!("/case/{}", row.case);
    let left = match (row.due, row.missed) {
        (Some(due), _) => time_left(due, now),
        (None, true) => TimeTag::new(Tone::Late, "Missed"),
        (None, false) => TimeTag::new(Tone::Nothing, "No time stated"),
    };
    let when = match (row.due, &row.not_stated) {
        (Some(due), None) => format!("Due {}", due_inside(due, now)),
        (Some(due), Some(_)) => format!("By our own figure, {}", due_inside(due, now)),
        (None, Some(word)) => format!("“{word}”"),
        (None, None) => String::new(),
    };
    let may_open = signed.who.may(Action::SeeAssurance);
    let go = match (row.stage, row.way) {
        (StageKept::Report, _) => Link::new("Open", base.clone()),
        (_, WayIs::Call) => Link::new("Contact", format!("{base}/contact")),
        (_, WayIs::Find) => Link::new("Find out", format!("{base}/contact/safe")),
        _ => Link::new("Open", base.clone()),
    };
    let find_way = find_way(row.way, &base);
    WorkRow {
        left,
        when,
        find_way,
        what: row.title.clone(),
        why: row.why.clone(),
        clauses: row.clause.iter().map(|id| clause(room, id, may_open)).collect(),
        reference: row.reference.clone(),
        href: base,
        risk: risk_sign(room, row.level.as_deref()),
        danger: row.perhaps_in_danger,
        way: way_sign(row.way, &row.way_says),
        worker: String::new(),
        go,
    }
}

/// Where a safe way can be found, if none is known.
fn find_way(is: WayIs, base: &str) -> String {
    match is {
        WayIs::Find => format!("{base}/contact/safe"),
        WayIs::Call | WayIs::Write | WayIs::NotNow | WayIs::TheyContactUs | WayIs::Died => String::new(),
    }
}

/// What is told at once, in groups: it stands before everything that is due.
pub(super) fn at_once(signed: &Signed, rows: &[AtOnceRow], now: Timestamp) -> Vec<WorkGroup> {
    let of = |review: bool| {
        let kind = move |row: &&AtOnceRow| matches!(row.what, AtOnce::Review(_)) == review;
        let rows = rows.iter().filter(kind);
        rows.map(|row| at_once_row(signed, row, now)).collect::<Vec<_>>()
    };
    let (danger, review) = (of(false), of(true));
    let group = |title: &str, small: &str, rows: Vec<WorkRow>| WorkGroup {
        title: title.into(),
        small: format!("{} · {small}", rows.len()),
        rows,
    };
    let told = "Everybody who can open it is told, until somebody acts";
    let mut first = Vec::new();
    if !danger.is_empty() {
        first.push(group("Life may be at risk", told, danger));
    }
    if !review.is_empty() {
        let seen = "What was done by exception is looked at by somebody else";
        first.push(group("Waiting for your review", seen, review));
    }
    first
}

fn at_once_row(signed: &Signed, row: &AtOnceRow, now: Timestamp) -> WorkRow {
    let base = format!("/case/{}", row.case);
    let (what, why, go) = match row.what {
        AtOnce::Danger(danger) => (
            match danger {
                Danger::Now => "Somebody is in danger now",
                Danger::Soon => "Somebody may be in danger, that day or that night",
                Danger::Unknown | Danger::No => "Somebody may be in danger now: it could not be told",
            },
            "Act first. It stands here until somebody records a contact, a try, a note, or what was done.",
            Link::new("Act", format!("{base}/danger")),
        ),
        AtOnce::Review(place) => (
            "Look at a life-at-risk try",
            "A way of which nothing was known was used once, because a life was at risk.",
            Link::new("Look at it", format!("{base}/life-at-risk/{}/review", place.0)),
        ),
    };
    let left = match row.what {
        AtOnce::Danger(_) => TimeTag::new(Tone::Late, "At once"),
        AtOnce::Review(_) => TimeTag::new(Tone::Today, "To review"),
    };
    WorkRow {
        left,
        when: format!("Since {}", due_inside(row.since, now)),
        what: what.into(),
        why: why.into(),
        clauses: Vec::new(),
        reference: row.reference.clone(),
        href: base.clone(),
        risk: risk_sign(&signed.who.room, row.level.as_deref()),
        danger: false,
        find_way: find_way(row.way, &base),
        way: way_sign(row.way, &row.way_says),
        worker: String::new(),
        go,
    }
}

/// What a draft that was kept for later is, from the address of its form.
fn kept_what(path: &str) -> (&'static str, &'static str) {
    if path == "/report" || path.starts_with("/report/") {
        return (
            "A report",
            "Not saved yet: nobody else has seen it, and no clock runs",
        );
    }
    let form = path.splitn(4, '/').nth(3).unwrap_or_default();
    let what = match form.split('/').next().unwrap_or_default() {
        "note" => "A note",
        "contact" => "A contact",
        "wishes" => "What the person wants",
        "own-view" => "How dangerous the person says it is",
        "risk" => "An assessment of risk",
        "plan" => "A plan",
        "rhythm" => "A rhythm of contact",
        "danger" => "The danger question",
        "open" => "Opening a case",
        "end" => "Ending a report",
        "join" => "Joining a report",
        "worker" => "Naming a worker",
        "close" => "Closing the case",
        "return" => "The person has come back",
        "person" | "people" => "What we know of a person",
        "home" => "What we know of the home",
        _ => "A form",
    };
    (what, "")
}

fn kept_row(draft: &KeptDraft, now: Timestamp) -> KeptRow {
    let path = kept_path(&draft.bytes);
    let (what, says) = kept_what(&path);
    KeptRow {
        what: what.into(),
        says: says.into(),
        reference: draft
            .case
            .as_ref()
            .map_or_else(String::new, |(_, reference)| reference.clone()),
        when: format!(
            "Kept {}. It stays until {}",
            due_inside(draft.kept, now),
            full_day(local(draft.until).date())
        ),
        go: format!("{path}?again={}", draft.id),
        away: format!("/work/kept/{}", draft.id),
    }
}

async fn away(State(app): State<Shared>, signed: Signed, Path(id): Path<String>) -> Response {
    answer(draw_away(&app, &signed, &id).await)
}

async fn draw_away(app: &Shared, signed: &Signed, id: &str) -> Result<FormPage, Problem> {
    let id = CommandId::parse(id).ok_or(Problem::Unseen)?;
    let bytes = app
        .casework
        .draft(&signed.who, id)
        .await?
        .ok_or(Problem::Unseen)?;
    let (what, says) = kept_what(&kept_path(&bytes));
    let mut fields = vec![Field::Say(format!(
        "{what}, as you left it. It cannot be got back."
    ))];
    if !says.is_empty() {
        fields.push(Field::Warning(format!("{says}.")));
    }
    Ok(FormPage {
        frame: frame(app, signed, "Throw away what you kept?", "/work"),
        back: Some(Link::new("My work", "/work")),
        form: Form {
            action: format!("/work/kept/{id}"),
            state: redraw(app, signed, None).await?,
            title: "Throw away what you kept?".into(),
            lead: Vec::new(),
            fields,
            buttons: vec![Button {
                warning: true,
                ..Button::new("Throw it away")
            }],
            leave: Some(Link::new("Leave it", "/work")),
        },
        steps: Vec::new(),
        notes: Vec::new(),
    })
}

async fn throw_away(State(app): State<Shared>, Path(id): Path<String>, posted: Posted) -> Response {
    let Some(id) = CommandId::parse(&id) else {
        return see_other("/nothing-here");
    };
    let dropped = app.casework.drop_draft(&posted.who, id).await;
    answer_form(&app, &posted, "", dropped, |()| "/work?done=thrown-away".into()).await
}

/// "May I make contact?", as a sign.
pub(super) fn way_sign(is: WayIs, says: &str) -> WaySign {
    let (may, way) = match is {
        WayIs::Call => (May::Yes, Some(fanlight_core::fact::Way::Call)),
        WayIs::Write => (May::Yes, Some(fanlight_core::fact::Way::Text)),
        WayIs::NotNow | WayIs::TheyContactUs | WayIs::Died => (May::No, None),
        WayIs::Find => (May::NotKnown, None),
    };
    WaySign {
        may,
        way,
        words: says.to_owned(),
    }
}
