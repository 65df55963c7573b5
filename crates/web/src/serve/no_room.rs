//! While nothing can be recorded: of a case, safe contact and danger alone; elsewhere whom to ring, and the cases by safe
//! contact and danger. What somebody typed stands there until it can be saved.

use super::work::way_sign;
use crate::app::{CaseSide, Maybe, NoRoom, Shared, Signed, broken, case_frame, frame, typed};
use crate::error;
use crate::forms::Link;
use crate::no_room::{CaseNoRoomPage, NoRoomPage, Notice, Row};
use crate::routes::{Routes, page, see_other};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use fanlight_casework::Problem;
use fanlight_core::access::{Action, Role};
use fanlight_core::ids::CaseId;
use fanlight_core::words::Words;

const TITLE: &str = "Nothing can be recorded just now";

pub(super) fn routes() -> Routes<Shared> {
    Routes::default().get("/no-room", no_room)
}

/// Leads from any page that could not be shown for want of a record to what can be: of a case, to the case itself.
pub(crate) async fn lead_on(request: Request, next: Next) -> Response {
    let get = request.method() == Method::GET;
    let path = request.uri().path().to_owned();
    let query = request.uri().query().unwrap_or_default();
    let again = form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "again")
        .and_then(|(_, value)| fanlight_core::ids::CommandId::parse(&value));
    let answer = next.run(request).await;
    if !get || answer.extensions().get::<NoRoom>().is_none() {
        return answer;
    }
    let again = again.map_or_else(String::new, |draft| format!("?again={draft}"));
    let mut elsewhere = match case_in(&path) {
        Some(case) if path != format!("/case/{case}") => see_other(&format!("/case/{case}{again}")),
        Some(_) | None => see_other(&format!("/no-room{again}")),
    };
    // The strict headers have been put around the answer that this one replaces.
    for (name, value) in answer.headers() {
        if name != header::CONTENT_TYPE && name != header::CONTENT_LENGTH {
            elsewhere.headers_mut().insert(name, value.clone());
        }
    }
    elsewhere
}

fn case_in(path: &str) -> Option<CaseId> {
    CaseId::parse(path.strip_prefix("/case/")?.split('/').next()?)
}

async fn no_room(State(app): State<Shared>, Maybe(signed): Maybe) -> Response {
    let Some(signed) = signed else {
        return error::no_room();
    };
    match draw(&app, &signed).await {
        Ok(drawn) => page(StatusCode::SERVICE_UNAVAILABLE, &drawn),
        Err(_) => error::no_room(),
    }
}

async fn draw(app: &Shared, signed: &Signed) -> Result<NoRoomPage, Problem> {
    let (rows, next) = if signed.who.may(Action::OpenCase) {
        let cases = app
            .casework
            .cases_by_safe_contact(&signed.who, signed.asked("after"))
            .await?
            .into_view();
        let rows = cases.rows.iter().map(|row| Row {
            reference: row.reference.clone(),
            href: format!("/case/{}", row.case),
            danger: row.perhaps_in_danger,
            way: way_sign(row.way, &row.way_says),
        });
        let next = cases
            .next
            .map(|next| Link::new("More cases", format!("/no-room?after={next}")));
        (rows.collect(), next)
    } else {
        (Vec::new(), None)
    };
    Ok(NoRoomPage {
        frame: frame(app, signed, TITLE, ""),
        notice: notice(app, signed).await?,
        rows,
        next,
    })
}

/// The case's own page, when the whole of it cannot be shown: who it is, danger, and how to make contact.
pub(super) async fn case_alone(app: &Shared, signed: &Signed, case: CaseId) -> Response {
    match draw_case(app, signed, case).await {
        Ok(drawn) => page(StatusCode::SERVICE_UNAVAILABLE, &drawn),
        Err(Problem::NoRoom) => error::no_room(),
        Err(other) => broken(&other),
    }
}

async fn draw_case(app: &Shared, signed: &Signed, case: CaseId) -> Result<CaseNoRoomPage, Problem> {
    let shown = app
        .casework
        .safe_contact_alone(&signed.who, case)
        .await?
        .into_view();
    let header = &shown.view.header;
    let reference = header.reference.clone().unwrap_or_default();
    let mut case = case_frame(signed, &shown, CaseSide::Overview);
    // The rest of the case is closed, and so is what can only be done with a record.
    case.actions.clear();
    case.banner.code_word = String::new();
    case.side.retain(|item| {
        [
            shown_at(&case.base, ""),
            shown_at(&case.base, "/danger"),
            shown_at(&case.base, "/contact/safe"),
        ]
        .contains(&item.href)
    });
    case.side.iter_mut().for_each(|item| item.count.clear());
    Ok(CaseNoRoomPage {
        frame: frame(app, signed, &format!("Case {reference}"), "/cases"),
        danger: match header.danger {
            Some(danger) => format!("Asked last whether there is danger: “{}”.", danger.label()),
            None => "Nobody has asked yet whether there is danger. Not known is not safe.".into(),
        },
        perhaps_now: header.perhaps_in_danger_now,
        notice: notice(app, signed).await?,
        case,
    })
}

fn shown_at(base: &str, at: &str) -> String {
    format!("{base}{at}")
}

async fn notice(app: &Shared, signed: &Signed) -> Result<Notice, Problem> {
    let landlord = &signed.who.room.landlord;
    let holders = [Role::Administrator, Role::Lead]
        .into_iter()
        .flat_map(|role| landlord.holders(role, None));
    let ring = holders.map(|member| {
        Words::new(match member.post.is_blank() {
            true => member.name.reveal().to_owned(),
            false => format!("{}, {}", member.name.reveal(), member.post.reveal()),
        })
    });
    Ok(Notice {
        says: vec![
            "The disk is full or has failed. Do not wait for it if somebody may be in danger: call 999.".into(),
            "Nobody reads a case without a record of it, so only safe contact and danger can be read until there is \
             room. That you read them is noted, and goes on the record then."
                .into(),
            "What was saved before is still there. Write on paper what you do now, keep it locked, and record it later \
             with the time at which it happened."
                .into(),
        ],
        ring: ring.collect(),
        typed: typed(app, signed).await?,
    })
}
