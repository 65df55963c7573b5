//! My work and the team's work.

use crate::app::{Shared, Signed, answer, clause, due_inside, frame, risk_sign, time_left};
use crate::forms::Link;
use crate::forms::when::{full_day, local};
use crate::routes::Routes;
use crate::signs::{May, TimeTag, Tone, WaySign};
use crate::work::{Empty, Stat, Suggestion, WorkGroup, WorkPage, WorkRow};
use axum::extract::State;
use axum::response::Response;
use fanlight_casework::{Problem, StageKept, WayIs, WorkCursor};
use fanlight_core::access::Action;
use jiff::Timestamp;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default().get("/work", my_work)
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
    let empty = work.rows.is_empty().then(|| nothing_due(work.cases));
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
        stats: [
            ("Late", "late", true),
            ("Due today", "due today", false),
            ("Later this week", "later this week", false),
        ]
        .map(|(title, words, late)| Stat {
            number: count(title).to_string(),
            words: words.into(),
            late,
        })
        .into(),
        show_at: String::new(),
        chips: Vec::new(),
        covers: None,
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
    WorkRow {
        left,
        when,
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
