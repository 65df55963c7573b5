//! The team's work: what waits for whoever answers for the team, what is late, who carries how much.

use super::accounts::approval;
use super::find::case_row;
use super::work::groups;
use crate::app::{Shared, Signed, answer, frame};
use crate::forms::Link;
use crate::forms::when::{full_day, local};
use crate::routes::Routes;
use crate::team::{LoadRow, TeamPage};
use crate::work::{Empty, Stat};
use axum::extract::State;
use axum::response::Response;
use fanlight_casework::{Problem, WorkCursor};
use fanlight_core::ids::AccountId;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default().get("/team", team)
}

async fn team(State(app): State<Shared>, signed: Signed) -> Response {
    answer(draw(&app, &signed).await)
}

async fn draw(app: &Shared, signed: &Signed) -> Result<TeamPage, Problem> {
    let after = signed.asked("after").and_then(WorkCursor::parse);
    let page = app.casework.team_work(&signed.who, after).await?.into_view();
    let now = page.work.now;
    let name = |account: AccountId| {
        let members = &signed.who.room.landlord.members;
        members
            .get(&account)
            .map_or_else(|| "Somebody".into(), |member| member.name.reveal().to_owned())
    };
    let mut groups = groups(signed, &page.work.rows, now);
    // Who has it stands beside what it is.
    for (row, told) in groups
        .iter_mut()
        .flat_map(|group| &mut group.rows)
        .zip(in_groups(&page, now))
    {
        row.worker = told.lead.map_or_else(|| "Nobody yet".into(), name);
    }
    let first = super::work::at_once(signed, &page.work.at_once, now);
    let waiting = app
        .casework
        .proposals(&signed.who)?
        .into_iter()
        .filter(|proposal| proposal.can_answer)
        .map(|proposal| approval(signed, &proposal, now))
        .collect::<Vec<_>>();
    let count = |title: &str| {
        groups
            .iter()
            .filter(|group| group.title == title)
            .map(|group| group.rows.len())
            .sum::<usize>()
    };
    let mut load: Vec<LoadRow> = page
        .workload
        .iter()
        .map(|row| LoadRow {
            who: row.worker.map_or_else(|| "Nobody is named yet".into(), name),
            open: row.cases,
            highest: row.highest,
            late: row.late,
        })
        .collect();
    load.sort_by_key(|row| (std::cmp::Reverse(row.late), std::cmp::Reverse(row.open)));
    let unnamed = page
        .workload
        .iter()
        .find(|row| row.worker.is_none())
        .map_or(0, |row| row.cases);
    let today = local(now);
    Ok(TeamPage {
        frame: frame(app, signed, "The team’s work", "/team"),
        sub: format!(
            "{}, {}. {} cases and reports that you can open.",
            full_day(today.date()),
            today.strftime("%H:%M"),
            page.work.cases
        ),
        stats: [
            (count("Late"), "late", true),
            (count("Due today"), "due today", false),
            (page.reports.len(), "reports waiting", false),
            (waiting.len(), "wait for you", false),
        ]
        .map(|(number, words, late)| Stat {
            number: number.to_string(),
            words: words.into(),
            late: late && number > 0,
        })
        .into(),
        waiting,
        reports: page
            .reports
            .iter()
            .map(|row| case_row(signed, row, now))
            .collect(),
        first,
        empty: groups.is_empty().then(|| Empty {
            title: "Nothing is due".into(),
            says: "Every promise on the team’s cases is kept, or its time is still to be set.".into(),
            suggestions: Vec::new(),
        }),
        groups,
        next: page
            .work
            .next
            .map(|next| Link::new("More work", format!("/team?after={}", next.to_text()))),
        load,
        warning: match unnamed {
            0 => String::new(),
            1 => "1 open case has no named worker. Name one: what it promises is due all the same.".into(),
            many => format!(
                "{many} open cases have no named worker. Name one: what they promise is due all the same."
            ),
        },
    })
}

/// The rows of work in the order in which the groups show them.
fn in_groups(
    page: &fanlight_casework::TeamPage,
    now: jiff::Timestamp,
) -> impl Iterator<Item = &fanlight_casework::WorkRow> {
    let mut rows: Vec<_> = page.work.rows.iter().collect();
    // The sort is stable: inside a group the order stays that of the list.
    rows.sort_by_key(|row| super::work::place(row, now));
    rows.into_iter()
}
