//! What the pages of contact share: how a route and a way are named, read from an address, and signed.

use super::case::case_of;
use crate::app::{App, CaseSide, Posted, Signed, answer_form, case_frame, frame};
use crate::forms::{CaseFormPage, Choice, Form, FormState, Link, Note};
use crate::signs::{May, WaySign};
use axum::response::Response;
use fanlight_casework::{CasePage, Problem, Room};
use fanlight_core::access::Action;
use fanlight_core::fact::{Part, RouteKind, Way};
use fanlight_core::ids::{AccountId, RouteId};
use fanlight_core::view::{CaseView, PersonRow, RouteRow, WayAnswer};
use jiff::civil::Date;

/// "Telephone number ending 143".
pub(super) fn route_words(row: &RouteRow) -> String {
    match &row.ending {
        Some(ending) => format!("{} ending {ending}", row.kind.label()),
        None => row.kind.label().to_owned(),
    }
}

/// One way of one route, as a form sends it.
pub(super) fn key(route: RouteId, way: Way) -> String {
    format!("{route}-{}", way.code())
}

/// Reads what [`key`] writes.
pub(super) fn read_key(text: &str) -> Option<(RouteId, Way)> {
    let (route, way) = text.split_once('-')?;
    Some((RouteId::parse(route)?, Way::parse(way)?))
}

/// A route with the person whose it is.
pub(super) fn find_route(view: &CaseView, route: RouteId) -> Option<(&PersonRow, &RouteRow)> {
    view.people
        .iter()
        .flat_map(|person| person.routes.iter().map(move |row| (person, row)))
        .find(|(_, row)| row.route == route)
}

/// The person whose case it is.
pub(super) fn survivor(view: &CaseView) -> Option<&PersonRow> {
    view.people.iter().find(|person| person.part == Part::Survivor)
}

/// What a person is called here: as she or he likes, else the name, else the part.
pub(super) fn called(person: &PersonRow, room: &Room) -> String {
    person
        .called
        .as_ref()
        .or(person.name.as_ref())
        .map_or_else(|| part_words(person.part, room), |name| name.reveal().to_owned())
}

/// The part in the landlord's own word where it has one.
pub(super) fn part_words(part: Part, room: &Room) -> String {
    match part {
        Part::Survivor => format!("The {}", room.pack.word("survivor")),
        Part::Perpetrator => format!("A {}", room.pack.word("perpetrator")),
        Part::Child | Part::AdultAtRisk | Part::Household | Part::Trusted | Part::Professional => {
            part.label().to_owned()
        }
    }
}

/// Whose route it is, unless it is the survivor's own: "Nadia Example: ".
pub(super) fn whose(person: &PersonRow, room: &Room) -> String {
    if person.part == Part::Survivor {
        String::new()
    } else {
        format!("{}: ", called(person, room))
    }
}

/// The gate's answer to one way, as a sign.
pub(super) fn sign(answer: &WayAnswer) -> WaySign {
    let (may, words) = match answer.code {
        "yes" => (May::Yes, "yes"),
        "ask_first" => (May::Yes, "ask first"),
        "not_now" => (May::No, "not now"),
        "unknown" => (May::NotKnown, "not known, so no"),
        _ => (May::No, "no"),
    };
    WaySign {
        may,
        way: Some(answer.way),
        words: format!("{}: {words}", answer.way.label()),
    }
}

/// The drawing of a kind of route.
pub(super) fn icon(kind: RouteKind) -> crate::signs::Icon {
    Way::of(kind)
        .first()
        .map_or(crate::signs::Icon::Telephone, |way| crate::signs::icon_of(*way))
}

/// The name of a colleague.
pub(super) fn colleague(room: &Room, account: AccountId) -> String {
    let members = &room.landlord.members;
    members
        .get(&account)
        .map_or_else(|| "Somebody".into(), |member| member.name.reveal().to_owned())
}

/// Colleagues who work on cases or decide about them, without oneself. Who is shut out of this case is not marked: the
/// list says nothing of it.
pub(super) fn staff(signed: &Signed) -> Vec<Choice> {
    let room = &signed.who.room;
    let mut all: Vec<Choice> = room
        .landlord
        .members
        .values()
        .filter(|member| member.open && member.reads_cases() && member.account != signed.who.account)
        .map(|member| {
            Choice::new(
                member.account.to_string(),
                format!("{}, {}", member.name.reveal(), member.post.reveal()),
            )
        })
        .collect();
    all.sort_by(|one, other| one.text.cmp(&other.text));
    all.insert(0, Choice::new("", "Choose somebody"));
    all
}

/// The title of a case's page: its reference, and never a name.
pub(super) fn neutral_title(page: &CasePage) -> String {
    format!("Case {}", page.view.header.reference.clone().unwrap_or_default())
}

/// Opens a form of a case.
pub(super) async fn open_form(
    app: &App,
    signed: &Signed,
    case: &str,
    action: Action,
) -> Result<CasePage, Problem> {
    let opened = app
        .casework
        .case_form(&signed.who, case_of(case)?, action)
        .await?;
    Ok(opened.into_view())
}

/// A page of a case with one form.
pub(super) fn form_page(
    app: &App,
    signed: &Signed,
    page: &CasePage,
    form: Form,
    notes: Vec<Note>,
) -> CaseFormPage {
    CaseFormPage {
        frame: frame(app, signed, &neutral_title(page), "/cases"),
        case: case_frame(signed, page, CaseSide::Form),
        form,
        steps: Vec::new(),
        notes,
    }
}

/// The way out of a form that sends nothing.
pub(super) fn leave(at: impl Into<String>) -> Option<Link> {
    Some(Link::new("Leave without saving", at))
}

/// What a form that was sent stands on, or the 303 that says why not.
pub(super) async fn stand_on<const LIMIT: usize>(
    app: &App,
    posted: &Posted<LIMIT>,
    case: &str,
    action: Action,
) -> Result<CasePage, Response> {
    let opened = match case_of(case) {
        Ok(id) => app.casework.case_form(&posted.who, id, action).await,
        Err(problem) => Err(problem),
    };
    match opened {
        Ok(opened) => Ok(opened.into_view()),
        Err(problem) => Err(answer_form(app, posted, "", Err::<(), _>(problem), |()| String::new()).await),
    }
}

/// Whether a form is drawn for the first time, so that what is known can be put into it.
pub(super) fn is_fresh(state: &FormState) -> bool {
    state.values.pairs().is_empty()
}

/// Puts a day into the three boxes of a date.
pub(super) fn set_day(state: &mut FormState, field: &str, day: Date) {
    state.values.set(format!("{field}-day"), day.day().to_string());
    state
        .values
        .set(format!("{field}-month"), day.month().to_string());
    state.values.set(format!("{field}-year"), day.year().to_string());
}

/// Words with a capital at their beginning.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
