//! "May I, by this way, now?", asked of one way of one route. "Yes" comes with what to say; "no" comes with its reason
//! first, and never without what to do instead.

use super::case::case_of;
use super::ways::*;
use crate::app::{App, CaseSide, Shared, Signed, broken, case_frame, frame};
use crate::contact::{CannotContactPage, HoursBar, MayContactPage};
use crate::forms::when::{clock_time, local, near_day};
use crate::forms::{Link, Note};
use crate::routes::Routes;
use crate::signs::Icon;
use crate::work::Suggestion;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use fanlight_casework::{CasePage, ContactChoice, Problem};
use fanlight_core::contact::{BestWay, Instead};
use fanlight_core::fact::{Part, Way};
use fanlight_core::ids::RouteId;
use fanlight_core::view::{PersonRow, RouteRow};
use fanlight_core::words::Words;
use jiff::Timestamp;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default().get("/case/{case}/contact/ask/{route}/{way}", ask)
}

async fn ask(
    State(app): State<Shared>,
    signed: Signed,
    Path((case, route, way)): Path<(String, String, String)>,
) -> Response {
    match draw(&app, &signed, &case, &route, &way).await {
        Ok(answer) => answer,
        Err(problem) => broken(&problem),
    }
}

async fn draw(app: &App, signed: &Signed, case: &str, route: &str, way: &str) -> Result<Response, Problem> {
    let (Some(route), Some(way)) = (RouteId::parse(route), Way::parse(way)) else {
        return Err(Problem::Unseen);
    };
    let asked = app
        .casework
        .ask_gate(&signed.who, case_of(case)?, route, way)
        .await?;
    let (page, choice) = asked.into_view();
    let Some((person, row)) = find_route(&page.view, route) else {
        return Err(Problem::Unseen);
    };
    Ok(if choice.allowed {
        may(app, signed, &page, &choice, person, row).into_response()
    } else {
        cannot(app, signed, &page, &choice, person, row).into_response()
    })
}

/// "call", "text", "visit": as a thing one does.
fn verb(way: Way) -> &'static str {
    match way {
        Way::Call => "call",
        Way::Voicemail => "leave a voicemail for",
        Way::Text => "text",
        Way::Email => "email",
        Way::Letter => "write to",
        Way::Visit => "visit",
        Way::App => "send a message to",
        Way::Through => "send word to",
    }
}

/// The name in the middle of a sentence.
fn name(signed: &Signed, person: &PersonRow) -> String {
    match person.called.as_ref().or(person.name.as_ref()) {
        Some(name) => name.reveal().to_owned(),
        None => {
            let words = part_words(person.part, &signed.who.room);
            let mut letters = words.chars();
            letters
                .next()
                .map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
        }
    }
}

fn may(
    app: &App,
    signed: &Signed,
    page: &CasePage,
    choice: &ContactChoice,
    person: &PersonRow,
    row: &RouteRow,
) -> MayContactPage {
    let base = format!("/case/{}", page.case);
    let banner = &page.view.banner;
    let mut says = vec![choice.says.clone()];
    says.extend(choice.warnings.iter().map(|warning| (*warning).to_owned()));
    let mut say = Vec::new();
    if person.part == Part::Survivor
        && let Some(words) = &banner.say_we_are
    {
        say.push(Words::new(format!("You are “{}”.", words.reveal())));
    }
    if choice.way.is_live() {
        say.push(Words::new(
            "First make sure who it is. Say nothing of a case until you are.",
        ));
        say.push(Words::new("“Is now a good time?”"));
        if choice.code == "ask_first" {
            say.push(Words::new(
                "Then ask, before anything else, whether this way is still safe.",
            ));
        } else {
            say.push(Words::new(
                "Ask whether this way is still safe: what is safe changes.",
            ));
        }
    } else {
        say.push(Words::new(
            "Say nothing of abuse, of a case or of who we are that was not agreed.",
        ));
    }
    match (&banner.if_somebody_else, choice.way.is_live()) {
        (Some(words), true) if person.part == Part::Survivor => say.push(Words::new(format!(
            "If somebody else answers: “{}”, and end.",
            words.reveal()
        ))),
        (_, true) => say.push(Words::new(
            "If somebody else answers: say that you will try again, and end. Confirm nothing.",
        )),
        (_, false) => {}
    }
    if person.part == Part::Survivor {
        say.extend(banner.more.clone());
    }
    let by = key(choice.route, choice.way);
    MayContactPage {
        frame: frame(app, signed, &neutral_title(page), "/cases"),
        case: case_frame(signed, page, CaseSide::Form),
        title: Words::new(format!(
            "You can {} {} now",
            verb(choice.way),
            name(signed, person)
        )),
        says,
        route: Words::new(route_words(row)),
        value: row.value.clone(),
        instead_of_value: "The number or address is shown to whoever works on the case.".into(),
        say,
        links: vec![
            Link::new("Record what happened", format!("{base}/contact?by={by}")),
            Link::new("Whole safe contact", format!("{base}/contact/safe")),
        ],
        notes: vec![Note::new(
            "It is asked each time",
            "This answer holds for now. What is safe changes: look here again before the next time.",
        )],
    }
}

fn cannot(
    app: &App,
    signed: &Signed,
    page: &CasePage,
    choice: &ContactChoice,
    person: &PersonRow,
    row: &RouteRow,
) -> CannotContactPage {
    let base = format!("/case/{}", page.case);
    let why = choice
        .says
        .strip_prefix("No. ")
        .or_else(|| choice.says.strip_prefix("Never. "))
        .unwrap_or(&choice.says);
    CannotContactPage {
        frame: frame(app, signed, &neutral_title(page), "/cases"),
        case: case_frame(signed, page, CaseSide::Form),
        title: Words::new(format!(
            "You cannot {} {} {}",
            verb(choice.way),
            name(signed, person),
            if choice.code == "not_now" { "now" } else { "this way" }
        )),
        why: Words::new(why),
        hours: hours(page, choice),
        instead: instead(signed, page, choice, row, &base),
        danger: vec![
            "Do not use this way.".into(),
            "Call 999, give the address, and say who may be there.".into(),
            "Then tell the lead, or after hours whoever is on call.".into(),
        ],
        notes: vec![
            Note::new("Which way this is", format!("{}: {}.", choice.way.label(), route_words(row))),
            Note {
                heading: "Which rule".into(),
                says: vec![
                    "A way that the person has not called safe is not used. No role and no setting can switch this off."
                        .into(),
                    "That you asked is no mark against you.".into(),
                ],
            },
            Note::new(
                "It has happened already?",
                "What happened can always be recorded, whatever the answer is here: Record contact.",
            ),
        ],
    }
}

/// Today's safe hours, if this way is safe at some hour.
fn hours(page: &CasePage, choice: &ContactChoice) -> Option<HoursBar> {
    let row = page
        .view
        .banner
        .ways
        .iter()
        .find(|row| row.route == choice.route && row.way == choice.way)?;
    if row.hours.is_empty() {
        return None;
    }
    let now = local(page.now);
    let minutes = |time: jiff::civil::Time| {
        u16::try_from(i32::from(time.hour()) * 60 + i32::from(time.minute())).unwrap_or(0)
    };
    let mut safe: Vec<(u16, u16)> = row
        .hours
        .iter()
        .filter(|hours| hours.days.is_empty() || hours.days.contains(&now.weekday()))
        .map(|hours| {
            let until = minutes(hours.until);
            (minutes(hours.from), if until == 0 { 24 * 60 } else { until })
        })
        .collect();
    safe.sort_unstable();
    let now = minutes(now.time());
    let opens = safe.iter().map(|(from, _)| *from).chain([8 * 60, now]).min()?;
    let closes = safe.iter().map(|(_, until)| *until).chain([20 * 60, now]).max()?;
    // Whole hours at both ends.
    Some(HoursBar::of_day(
        opens / 60 * 60,
        closes.div_ceil(60) * 60,
        &safe,
        now,
    ))
}

fn instead(
    signed: &Signed,
    page: &CasePage,
    choice: &ContactChoice,
    row: &RouteRow,
    base: &str,
) -> Vec<Suggestion> {
    let agree = format!("{base}/contact/agree/{}/{}", choice.route, choice.way.code());
    let mut all: Vec<Suggestion> = choice
        .instead
        .iter()
        .filter_map(|one| suggestion(signed, page, one, &agree, base))
        .collect();
    let may_try =
        choice.code == "unknown" && choice.way.is_live() && !signed.who.room.terms.life_at_risk_forbidden;
    if may_try && row.ways.iter().any(|way| way.way == choice.way) {
        all.push(Suggestion {
            icon: Some(Icon::Danger),
            title: "Is a life at risk?".into(),
            says: "999 first. Then there is one exception, by voice or face to face only.".into(),
            go: Some(Link::new(
                "See whether it applies",
                format!("{base}/life-at-risk"),
            )),
            main: false,
        });
    }
    if let Some(first) = all.iter_mut().find(|one| one.go.is_some()) {
        first.main = true;
    }
    all
}

fn suggestion(
    signed: &Signed,
    page: &CasePage,
    one: &Instead,
    agree: &str,
    base: &str,
) -> Option<Suggestion> {
    let (icon, title, says, go) = match one {
        // It stands in a box of its own below.
        Instead::CallEmergency => return None,
        Instead::Use(best) => (
            Icon::Clock,
            best_words(best, page.now),
            route_of(best)
                .and_then(|route| find_route(&page.view, route))
                .map_or_else(String::new, |(_, row)| format!("{}.", route_words(row))),
            best_link(best, base),
        ),
        Instead::SpeakWithTrusted { person, by } => {
            let who = page.view.people.iter().find(|row| row.person == *person);
            let name = who.map_or_else(
                || "somebody the person trusts".to_owned(),
                |row| called(row, &signed.who.room),
            );
            (
                Icon::Person,
                format!("Speak with {name}"),
                format!("Say no more than was agreed. {}.", best_words(by, page.now)),
                best_link(by, base),
            )
        }
        Instead::AskAProfessional => (
            Icon::Person,
            "Ask a professional who has asked the person".into(),
            "They may vouch for a way, by name.".into(),
            Some(Link::new("Record what they say", agree)),
        ),
        Instead::RecordWhatSheSaid => (
            Icon::Say,
            "The person has told you something new".into(),
            "If the person has just said that a way is safe, record it. It counts from that moment.".into(),
            Some(Link::new("Record it", agree)),
        ),
        Instead::WaitForHer => (
            Icon::Telephone,
            "Wait for the person to contact us".into(),
            "Ask then how and when it is safe.".into(),
            Some(Link::new("They contact us now", format!("{base}/contact?how=in"))),
        ),
        Instead::SayThereIsNone => (
            Icon::Look,
            "Say that no safe way is known yet".into(),
            "With a day to look again. It explains a promise that cannot be kept.".into(),
            Some(Link::new("Record it", format!("{base}/contact/none"))),
        ),
    };
    Some(Suggestion {
        icon: Some(icon),
        title,
        says,
        go,
        main: false,
    })
}

fn route_of(best: &BestWay) -> Option<RouteId> {
    match best {
        BestWay::Now { route, .. } | BestWay::Then { route, .. } => Some(*route),
        BestWay::FindASafeRoute | BestWay::SheCallsUs | BestWay::PersonDied => None,
    }
}

fn best_link(best: &BestWay, base: &str) -> Option<Link> {
    match best {
        BestWay::Now { route, way, .. } => Some(Link::new(
            "Open",
            format!("{base}/contact/ask/{route}/{}", way.code()),
        )),
        BestWay::Then { .. } => Some(Link::new("See how", format!("{base}/contact/safe"))),
        BestWay::FindASafeRoute | BestWay::SheCallsUs | BestWay::PersonDied => None,
    }
}

/// "Call today between 12:30 and 14:00".
fn best_words(best: &BestWay, now: Timestamp) -> String {
    match best {
        BestWay::Then { way, from, until, .. } => {
            let opens = local(*from);
            let day = match near_day(opens.date(), local(now).date()).as_str() {
                near @ ("Today" | "Tomorrow") => near.to_lowercase(),
                other => format!("on {other}"),
            };
            let from = clock_time(opens.time());
            let until = until.map(local).filter(|until| until.date() == opens.date());
            match until {
                Some(until) => format!(
                    "{} {day} between {from} and {}",
                    way.label(),
                    clock_time(until.time())
                ),
                None => format!("{} {day} from {from}", way.label()),
            }
        }
        BestWay::Now { .. } | BestWay::FindASafeRoute | BestWay::SheCallsUs | BestWay::PersonDied => {
            best.says()
        }
    }
}
