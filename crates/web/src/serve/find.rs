//! Cases that somebody may open, and finding one. What was searched for never stands in an address.

use super::work::way_sign;
use crate::app::{Posted, Shared, Signed, answer, back_with, due_words, frame, redraw, risk_sign, time_left};
use crate::find::{CaseRow, CasesPage, FindPage};
use crate::forms::when::{full_day, local};
use crate::forms::{Errors, Link, Note};
use crate::routes::Routes;
use crate::signs::RiskSign;
use crate::work::{Chip, Empty, Stat, Suggestion};
use axum::extract::State;
use axum::response::Response;
use fanlight_casework::{Problem, StageKept};
use fanlight_core::words::Words;
use jiff::Timestamp;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/cases", cases)
        .get("/find", find)
        .post("/find", search)
}

async fn cases(State(app): State<Shared>, signed: Signed) -> Response {
    answer(draw_cases(&app, &signed).await)
}

async fn draw_cases(app: &Shared, signed: &Signed) -> Result<CasesPage, Problem> {
    let show = signed.asked("show").unwrap_or("open");
    let (stages, title): (&[StageKept], &str) = match show {
        "reports" => (&[StageKept::Report], "Reports waiting"),
        "closed" => (
            &[StageKept::Closed, StageKept::Ended, StageKept::Joined],
            "Closed cases and ended reports",
        ),
        _ => (&[StageKept::Open], "Open cases"),
    };
    let page = app
        .casework
        .cases(&signed.who, stages, signed.asked("after"))
        .await?
        .into_view();
    let chip = |value: &str, text: &str| Chip {
        value: value.into(),
        text: text.into(),
        pressed: value == show,
    };
    let now = page.now;
    Ok(CasesPage {
        frame: frame(app, signed, "Cases", "/cases"),
        title: title.into(),
        sub: "Those that your team has, and those that name you. That you saw them here is on record.".into(),
        stats: vec![Stat {
            number: page.total.to_string(),
            words: "in all".into(),
            late: false,
        }],
        show_at: "/cases".into(),
        chips: vec![
            chip("open", "Open"),
            chip("reports", "Reports waiting"),
            chip("closed", "Closed and ended"),
        ],
        rows: page.rows.iter().map(|row| case_row(signed, row, now)).collect(),
        empty: page.rows.is_empty().then(|| Empty {
            title: "There is none here".into(),
            says: "None that you can open. Others may exist.".into(),
            suggestions: vec![Suggestion {
                icon: None,
                title: "Log a report".into(),
                says: "One sentence is enough to save it.".into(),
                go: Some(Link::new("Log a report", "/report")),
                main: true,
            }],
        }),
        next: page
            .next
            .map(|next| Link::new("More cases", format!("/cases?show={show}&after={next}"))),
    })
}

/// How far a case has come, in words.
pub(super) fn stage_words(stage: StageKept) -> &'static str {
    match stage {
        StageKept::Report => "Report",
        StageKept::Ended => "Report ended",
        StageKept::Joined => "Joined to a case",
        StageKept::Open => "Open",
        StageKept::Closed => "Closed",
        StageKept::Erased => "Erased",
    }
}

/// A case as a row.
pub(super) fn case_row(signed: &Signed, row: &fanlight_casework::CaseRow, now: Timestamp) -> CaseRow {
    let room = &signed.who.room;
    let name = |account| {
        room.landlord
            .members
            .get(&account)
            .map_or_else(String::new, |m| m.name.reveal().to_owned())
    };
    CaseRow {
        reference: row.reference.clone(),
        href: format!("/case/{}", row.case),
        called: None,
        stage: stage_words(row.stage).into(),
        received: full_day(local(row.received).date()),
        risk: if row.stage == StageKept::Report {
            RiskSign::not_known()
        } else {
            risk_sign(room, row.level.as_deref())
        },
        worker: row.lead.map_or_else(|| "Nobody yet".into(), name),
        first_due: row.first_due.as_ref().map_or_else(String::new, |(what, due)| {
            format!("{what}: {}", due_words(*due, now))
        }),
        left: row.first_due.as_ref().map(|(_, due)| time_left(*due, now)),
        way: way_sign(row.way, &row.way_says),
    }
}

async fn find(State(app): State<Shared>, signed: Signed) -> Response {
    answer(draw_find(&app, &signed).await)
}

/// Searching is a POST whose words wait in a sealed draft, so that they stand in no address and in no history.
async fn search(State(app): State<Shared>, posted: Posted) -> Response {
    back_with(&app, &posted, Errors::default()).await
}

async fn draw_find(app: &Shared, signed: &Signed) -> Result<FindPage, Problem> {
    let form = redraw(app, signed, None).await?;
    let typed = form.value("find").trim().to_owned();
    let searched = !typed.is_empty();
    let rows = if searched {
        app.casework
            .search(&signed.who, &Words::new(typed))
            .await?
            .into_view()
    } else if signed.who.may(fanlight_core::access::Action::Search) {
        Vec::new()
    } else {
        return Err(Problem::NotAllowed);
    };
    let now = app.casework.now();
    Ok(FindPage {
        frame: frame(app, signed, "Find a case", "/cases"),
        shown: if rows.len() >= 50 { "The newest 50.".into() } else { String::new() },
        empty: (searched && rows.is_empty()).then(|| Empty {
            title: "Nothing that you can open".into(),
            says: "There is no case like that, or none that is for you. The answer is the same in both. Check the \
                   spelling, or try a telephone number, a date of birth, a postcode or the reference."
                .into(),
            suggestions: Vec::new(),
        }),
        rows: rows.iter().map(|row| case_row(signed, row, now)).collect(),
        form,
        notes: vec![Note::new(
            "What you can search by",
            "A reference, a name or how it sounds, a date of birth, a postcode, a telephone number, an email address or \
             a tenancy. Which cases you saw is on record.",
        )],
    })
}
