//! Safe contact: every route with each of its ways, what the person asked for, and that there is no safe way yet.

use super::ways::*;
use crate::app::{
    App, CaseSide, Posted, Shared, Signed, answer, answer_form, back_with, case_frame, frame, hours_words,
    redraw,
};
use crate::choices_of;
use crate::contact::{Pair, RouteCard, SafeContactPage, WayLine};
use crate::forms::answers::{choice, maybe_words, words};
use crate::forms::when::{Asked, Bound, day, full_day, local};
use crate::forms::{Button, CaseFormPage, Choice, Errors, Field, Form, Kind, Link, Note};
use crate::routes::Routes;
use axum::extract::{Path, State};
use axum::response::Response;
use fanlight_casework::{CasePage, Problem, When};
use fanlight_core::access::Action;
use fanlight_core::fact::{NoSafeRouteFound, Part, RouteKind, RouteTold, SaidBy};
use fanlight_core::ids::{PersonId, RouteId};
use fanlight_core::view::{BannerState, PersonRow, RouteRow, WayAnswer, WayRow};
use fanlight_core::words::Words;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/case/{case}/contact/safe", safe)
        .get("/case/{case}/contact/route", route_form)
        .post("/case/{case}/contact/route", tell_route)
        .get("/case/{case}/contact/none", none_form)
        .post("/case/{case}/contact/none", say_none)
}

async fn safe(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    answer(draw_safe(&app, &signed, &case).await)
}

async fn draw_safe(app: &App, signed: &Signed, case: &str) -> Result<SafeContactPage, Problem> {
    let page = open_form(app, signed, case, Action::OpenCase).await?;
    let base = format!("/case/{}", page.case);
    let room = &signed.who.room;
    let mut people: Vec<&PersonRow> = page.view.people.iter().collect();
    people.sort_by_key(|person| (person.part == Part::Perpetrator, person.part != Part::Survivor));
    let routes = people
        .iter()
        .flat_map(|person| person.routes.iter().map(move |row| (person, row)))
        .map(|(person, row)| card(&page, person, row, &whose(person, room), &base))
        .collect();
    let mut links = vec![
        Link::new("Add a route", format!("{base}/contact/route")),
        Link::new("Change what was asked of us", format!("{base}/contact/wishes")),
        Link::new("There is no safe way yet", format!("{base}/contact/none")),
    ];
    links.extend(page.view.to_review.iter().map(|place| {
        Link::new(
            "Look at a life-at-risk try",
            format!("{base}/life-at-risk/{}/review", place.0),
        )
    }));
    Ok(SafeContactPage {
        frame: frame(app, signed, &neutral_title(&page), "/cases"),
        case: case_frame(signed, &page, CaseSide::Contact),
        says: format!("{}.", page.view.banner.says.trim_end_matches('.')),
        routes,
        wishes: wishes(&page),
        links,
        notes: vec![
            Note::new(
                "Each way by itself",
                "A number that is safe to call may be unsafe to text. The newest word about a way holds.",
            ),
            Note::new(
                "Ask each time",
                "What is safe changes. When the person says so, record it: it counts from that moment.",
            ),
        ],
    })
}

fn card(page: &CasePage, person: &PersonRow, row: &RouteRow, whose: &str, base: &str) -> RouteCard {
    let of_perpetrator = person.part == Part::Perpetrator;
    RouteCard {
        icon: Some(icon(row.kind)),
        title: Words::new(format!("{whose}{}", route_words(row))),
        value: row.value.clone(),
        instead_of_value: if row.value.is_some() {
            String::new()
        } else {
            "Held back while it may not be used".into()
        },
        shared_with: row.shared_with.clone(),
        ways: row
            .ways
            .iter()
            .map(|way| {
                let known = page
                    .view
                    .banner
                    .ways
                    .iter()
                    .find(|known| known.route == row.route && known.way == way.way);
                WayLine {
                    sign: sign(way),
                    said: said(way, known),
                    change: (!of_perpetrator).then(|| {
                        Link::new(
                            "Record what is safe",
                            format!("{base}/contact/agree/{}/{}", row.route, way.way.code()),
                        )
                    }),
                }
            })
            .collect(),
        links: Vec::new(),
    }
}

/// What was said about a way, by whom and when, and what the gate says now.
fn said(way: &WayAnswer, known: Option<&WayRow>) -> Words {
    let Some(row) = known else {
        return Words::new(way.says.clone());
    };
    let who = match (row.said_by, &row.professional) {
        (SaidBy::Person, _) => "The person said so".to_owned(),
        (SaidBy::Professional, Some(name)) => format!("{} vouched", name.reveal()),
        (SaidBy::Professional, None) => "A professional vouched".to_owned(),
    };
    let mut text = format!(
        "{} {}. {who} on {}.",
        way.says,
        hours_words(&row.hours),
        full_day(local(row.said.happened).date())
    );
    if let Some(day) = row.recheck_on {
        text.push_str(&format!(" Ask again by {}.", full_day(day)));
    }
    Words::new(text)
}

fn wishes(page: &CasePage) -> Vec<Pair> {
    let banner = &page.view.banner;
    let pair = |label: &str, words: &Option<Words>| Pair {
        label: label.into(),
        words: words.clone().unwrap_or_else(|| Words::new("Not asked yet")),
    };
    let mut all = vec![
        pair("We are", &banner.say_we_are),
        pair("If somebody else answers", &banner.if_somebody_else),
        Pair {
            label: "Words".into(),
            words: Words::new(match (banner.has_code_word, banner.has_duress_word) {
                (true, true) => "A code word and one that means “not safe”. Each look at them is on record.",
                (true, false) => "A code word. Each look at it is on record.",
                (false, true) => "A word that means “not safe”. Each look at it is on record.",
                (false, false) => "None yet",
            }),
        },
    ];
    if banner.state == BannerState::SheCallsUs {
        all.push(Pair {
            label: "Contact".into(),
            words: Words::new("The person contacts us. We do not make contact."),
        });
    }
    if banner.more.is_some() {
        all.push(pair("Also", &banner.more));
    }
    all
}

async fn route_form(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    answer(draw_route(&app, &signed, &case).await)
}

async fn draw_route(app: &App, signed: &Signed, case: &str) -> Result<CaseFormPage, Problem> {
    let page = open_form(app, signed, case, Action::KeepSafeContact).await?;
    let base = format!("/case/{}", page.case);
    let mut state = redraw(app, signed, page.view.seen).await?;
    let room = &signed.who.room;
    if is_fresh(&state)
        && let Some(person) = survivor(&page.view)
    {
        state.values.set("whose", person.person.to_string());
    }
    let mut people: Vec<&PersonRow> = page.view.people.iter().collect();
    people.sort_by_key(|person| person.part != Part::Survivor);
    let whose: Vec<Choice> = people
        .iter()
        .map(|person| {
            Choice::new(person.person.to_string(), called(person, room)).hint(part_words(person.part, room))
        })
        .collect();
    let mut fields = Vec::new();
    if whose.is_empty() {
        fields.push(Field::Inset(
            "Nobody is recorded in this case yet. Say first who is being harmed, under People and home: a name is not \
             needed."
                .into(),
        ));
    }
    fields.extend([
        Field::radios("kind", "What is it?", choices_of!(RouteKind)),
        Field::text("value", "The number, address or name"),
        Field::radios("whose", "Whose is it?", whose),
        Field::text("shared_with", "Who else sees or uses it?").hint(
            "Somebody who shares the telephone, the post, an account or a plan. Leave it blank if nobody.",
        ),
    ]);
    let form = Form {
        action: format!("{base}/contact/route"),
        state,
        title: "Add a route".into(),
        lead: vec![
            "To know of a route is not to know that it is safe. It is not used until the person has called it safe."
                .into(),
        ],
        fields,
        buttons: vec![Button::new("Save the route")],
        leave: leave(format!("{base}/contact/safe")),
    };
    Ok(form_page(app, signed, &page, form, Vec::new()))
}

async fn tell_route(State(app): State<Shared>, Path(case): Path<String>, posted: Posted) -> Response {
    let page = match stand_on(&app, &posted, &case, Action::KeepSafeContact).await {
        Ok(page) => page,
        Err(answer) => return answer,
    };
    let values = &posted.values;
    let mut errors = Errors::default();
    let kind = errors.take(choice(values, "kind", "Choose what it is", RouteKind::parse));
    let value = errors.take(words(values, "value", "Give the number, address or name", 500));
    let person = errors.take(choice(values, "whose", "Choose whose it is", PersonId::parse));
    let shared_with = errors.take(maybe_words(values, "shared_with", 500));
    let (Some(kind), Some(value), Some(person), Some(shared_with)) = (kind, value, person, shared_with)
    else {
        return back_with(&app, &posted, errors).await;
    };
    let told = RouteTold {
        route: RouteId(app.casework.new_command().0),
        person,
        kind,
        value,
        shared_with,
    };
    let done = app
        .casework
        .tell_route(&posted.who, posted.form, page.case, When::default(), told)
        .await;
    answer_form(&app, &posted, "value", done, |done| {
        format!("/case/{}/contact/safe?done=route", done.case)
    })
    .await
}

async fn none_form(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    answer(draw_none(&app, &signed, &case).await)
}

async fn draw_none(app: &App, signed: &Signed, case: &str) -> Result<CaseFormPage, Problem> {
    let page = open_form(app, signed, case, Action::KeepSafeContact).await?;
    let base = format!("/case/{}", page.case);
    let state = redraw(app, signed, page.view.seen).await?;
    let form = Form {
        action: format!("{base}/contact/none"),
        state,
        title: "There is no safe way yet".into(),
        lead: vec![
            "A promise that cannot be kept for want of a safe way still counts as missed, and is explained. An unsafe \
             call would be worse."
                .into(),
        ],
        fields: vec![
            Field::words("words", "What was tried or thought of").hint(
                "Who told us, and can they pass on how to reach us? Is there a professional who has asked the person?",
            ),
            Field::ask("review", "When is it looked at again?", Kind::Date),
        ],
        buttons: vec![Button::new("Save")],
        leave: leave(format!("{base}/contact/safe")),
    };
    Ok(form_page(app, signed, &page, form, Vec::new()))
}

const REVIEW: Asked = Asked {
    field: "review",
    noun: "day to look at it again",
};

async fn say_none(
    State(app): State<Shared>,
    Path(case): Path<String>,
    posted: Posted<{ crate::forms::NOTE_BODY }>,
) -> Response {
    let page = match stand_on(&app, &posted, &case, Action::KeepSafeContact).await {
        Ok(page) => page,
        Err(answer) => return answer,
    };
    let mut errors = Errors::default();
    let said = errors.take(words(
        &posted.values,
        "words",
        "Write what was tried or thought of. One sentence is enough",
        crate::forms::NOTE_CHARACTERS,
    ));
    let review_on = errors.take(day(
        &posted.values,
        REVIEW,
        local(page.now).date(),
        Bound::TodayOrLater,
    ));
    let (Some(words), Some(review_on)) = (said, review_on) else {
        return back_with(&app, &posted, errors).await;
    };
    let none = NoSafeRouteFound { words, review_on };
    let done = app
        .casework
        .say_no_safe_route(&posted.who, posted.form, page.case, When::default(), none)
        .await;
    answer_form(&app, &posted, "words", done, |done| {
        format!("/case/{}?done=none", done.case)
    })
    .await
}
