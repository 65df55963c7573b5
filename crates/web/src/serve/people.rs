//! People and the home: everybody by her- or himself, with gaps shown as gaps; who works on the case, and who is shut
//! out of it.

use super::ways::*;
use crate::app::{App, CaseSide, Shared, Signed, answer, case_frame, frame};
use crate::contact::Pair;
use crate::forms::Link;
use crate::forms::when::{full_day, local};
use crate::people::{PeopleGroup, PeoplePage, PersonCard, ShutOutRow};
use crate::routes::Routes;
use axum::extract::{Path, State};
use axum::response::Response;
use fanlight_casework::{CasePage, Problem};
use fanlight_core::access::Action;
use fanlight_core::fact::{Part, Tenure, WorkerWish, YesNo};
use fanlight_core::view::{HomeView, PersonRow, Seat};
use fanlight_core::words::Words;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default().get("/case/{case}/people", people)
}

async fn people(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    answer(draw(&app, &signed, &case).await)
}

async fn draw(app: &App, signed: &Signed, case: &str) -> Result<PeoplePage, Problem> {
    let page = open_form(app, signed, case, Action::OpenCase).await?;
    let base = format!("/case/{}", page.case);
    let room = &signed.who.room;
    // Whoever may see it is told so by an empty list too; nobody else is told anything.
    let may_see_shut_out = match page.view.seat {
        Seat::Lead | Seat::Manager => true,
        Seat::Worker => !page.view.shut_out.is_empty(),
        Seat::Officer => false,
    };
    Ok(PeoplePage {
        frame: frame(app, signed, &neutral_title(&page), "/cases"),
        case: case_frame(signed, &page, CaseSide::People),
        groups: groups(signed, &page, &base),
        home: page.view.home.as_ref().map(home_pairs).unwrap_or_default(),
        home_link: Some(Link::new(
            if page.view.home.is_some() {
                "Change"
            } else {
                "Add the home"
            },
            format!("{base}/home"),
        )),
        may_see_shut_out,
        shut_out: shut_out(signed, &page),
        connected: Some(Link::new(
            "Somebody else is connected",
            format!("{base}/shut-out"),
        )),
        workers: page
            .view
            .workers
            .iter()
            .map(|row| Pair {
                label: row.part.label().into(),
                words: Words::new(format!("{}. {}", colleague(room, row.account), row.wish.label())),
            })
            .collect(),
        worker_link: signed
            .who
            .may(Action::NameWorker)
            .then(|| Link::new("Name a worker", format!("{base}/worker"))),
    })
}

fn groups(signed: &Signed, page: &CasePage, base: &str) -> Vec<PeopleGroup> {
    let room = &signed.who.room;
    let kinds: [(Part, &str, String, &str, &str, &str); 7] = [
        (
            Part::Survivor,
            "survivor",
            capital(room.pack.word("survivor")),
            "",
            "Nobody is recorded yet. A name is not needed.",
            "Say who is being harmed",
        ),
        (
            Part::Perpetrator,
            "perpetrators",
            capital(room.pack.word("perpetrators")),
            "Each apart. Nothing is said to them about this case",
            "Nobody is named yet.",
            "Add somebody said to be doing it",
        ),
        (
            Part::Child,
            "children",
            "Children, victims themselves".into(),
            "Each alone",
            "None told of. That is not the same as none.",
            "Add a child, also one who visits or is expected",
        ),
        (
            Part::AdultAtRisk,
            "adults",
            "Adults at risk".into(),
            "",
            "None told of.",
            "Add an adult at risk",
        ),
        (
            Part::Trusted,
            "trusted",
            "People the person trusts".into(),
            "Say no more to them than was agreed",
            "Nobody is named yet.",
            "Add somebody trusted",
        ),
        (
            Part::Household,
            "household",
            "Others in the household".into(),
            "",
            "Nobody is named yet.",
            "Add somebody of the household",
        ),
        (
            Part::Professional,
            "professionals",
            "Professionals of other agencies".into(),
            "",
            "Nobody is named yet.",
            "Add a professional",
        ),
    ];
    kinds
        .into_iter()
        .map(|(part, id, title, small, nobody, add)| {
            let people: Vec<PersonCard> = page
                .view
                .people
                .iter()
                .filter(|person| person.part == part)
                .map(|person| card(signed, page, person, base))
                .collect();
            let one_is_enough = part == Part::Survivor && !people.is_empty();
            PeopleGroup {
                id: id.into(),
                title,
                small: small.into(),
                people,
                nobody: nobody.into(),
                add: (!one_is_enough).then(|| Link::new(add, format!("{base}/person?part={}", part.code()))),
            }
        })
        .collect()
}

fn card(signed: &Signed, page: &CasePage, person: &PersonRow, base: &str) -> PersonCard {
    let role = match &person.own_word {
        Some(word) => Words::new(format!("Own word: “{}”", word.reveal())),
        None => Words::default(),
    };
    let name = match (&person.called, &person.name) {
        (_, Some(name)) => name.clone(),
        (Some(called), None) => called.clone(),
        (None, None) => Words::new("Name not known"),
    };
    PersonCard {
        risk: None,
        role,
        name,
        sub: sub(person),
        pairs: pairs(signed, page, person),
        states: Vec::new(),
        links: vec![Link::new("Change", format!("{base}/person/{}", person.person))],
    }
}

/// Age, pronoun, relationship.
fn sub(person: &PersonRow) -> Words {
    let mut parts = Vec::new();
    if let (Some(called), Some(_)) = (&person.called, &person.name) {
        parts.push(format!("likes to be called {}", called.reveal()));
    }
    if person.has_died {
        parts.push("has died".to_owned());
    }
    parts.extend(person.age.map(|age| age.to_string()));
    parts.extend(person.pronoun.as_ref().map(|word| word.reveal().to_owned()));
    parts.extend(person.relationship.map(|is| is.label().to_lowercase()));
    Words::new(capital(&parts.join(", ")))
}

fn yes_no(answer: YesNo) -> &'static str {
    match answer {
        YesNo::Yes => "Yes",
        YesNo::No => "No",
        YesNo::NotKnown => "Not known",
    }
}

fn pairs(signed: &Signed, page: &CasePage, person: &PersonRow) -> Vec<Pair> {
    let mut all = Vec::new();
    let mut add = |label: &str, words: Words| {
        all.push(Pair {
            label: label.into(),
            words,
        });
    };
    let is_survivor = person.part == Part::Survivor;
    if is_survivor {
        add(
            "Wants",
            page.view.wishes.as_ref().map_or_else(
                || Words::new("Not asked yet"),
                |words| Words::new(format!("“{}”", words.reveal())),
            ),
        );
    }
    match person.part {
        Part::Professional | Part::Trusted => {}
        Part::Survivor | Part::Perpetrator | Part::Child | Part::AdultAtRisk | Part::Household => {
            add("Lives in the home", Words::new(yes_no(person.lives_in_home)));
        }
    }
    if person.part == Part::Perpetrator {
        add("Can get in", Words::new(yes_no(person.can_get_in)));
    }
    if let Some(language) = &person.interpreter {
        add(
            "Interpreter",
            Words::new(format!("{}. Never a relative", language.reveal())),
        );
    }
    if let Some(needs) = &person.access_needs {
        add("Needs", needs.clone());
    }
    if is_survivor {
        add(
            "Worker",
            Words::new(match person.worker_wish {
                WorkerWish::NotAsked => "Not asked yet whom the person would like".to_owned(),
                wish => format!("Would like: {}", wish.label().to_lowercase()),
            }),
        );
    }
    if !person.routes.is_empty() {
        let routes: Vec<String> = person.routes.iter().map(route_words).collect();
        add("Routes", Words::new(routes.join("; ")));
    }
    if let Some(more) = &person.more {
        add("Also", more.clone());
    }
    if is_survivor {
        let trusted: Vec<String> = page
            .view
            .people
            .iter()
            .filter(|other| other.part == Part::Trusted)
            .map(|other| called(other, &signed.who.room))
            .collect();
        if !trusted.is_empty() {
            add("Trusts", Words::new(trusted.join(", ")));
        }
    }
    all
}

fn home_pairs(home: &HomeView) -> Vec<Pair> {
    let pair = |label: &str, words: Words| Pair {
        label: label.into(),
        words,
    };
    let address = match (&home.address, home.address_hidden) {
        (Some(address), _) => address.clone(),
        (None, true) => Words::new("Withheld: you may not see it"),
        (None, false) => Words::new("Not known"),
    };
    let mut all = vec![
        pair(
            if home.withheld {
                "Address, withheld from others"
            } else {
                "Address"
            },
            address,
        ),
        pair("Tenancy", Words::new(home.tenure.label())),
    ];
    if let Some(tenancy) = &home.tenancy {
        all.push(pair("Reference", tenancy.clone()));
    }
    if home.tenure == Tenure::Joint {
        all.push(pair(
            "Mind",
            Words::new("A notice to quit by one of two ends the tenancy of both. Get advice first."),
        ));
    }
    all.push(pair(
        "A perpetrator lives there",
        Words::new(yes_no(home.perpetrator_lives_there)),
    ));
    all.push(pair(
        "Children live there",
        Words::new(yes_no(home.children_live_there)),
    ));
    all
}

fn shut_out(signed: &Signed, page: &CasePage) -> Vec<ShutOutRow> {
    let room = &signed.who.room;
    page.view
        .shut_out
        .iter()
        .map(|row| ShutOutRow {
            who: Words::new(colleague(room, row.account)),
            connection: row.reason.clone(),
            suspected: row.suspected,
            decided: Words::new(if row.suspected {
                "Shut out until then".to_owned()
            } else {
                full_day(local(row.told.happened).date())
            }),
            means: Words::new(if row.line_too {
                "Speak of the case neither with them nor with the line above them"
            } else {
                "Do not speak of the case with them"
            }),
            links: Vec::new(),
        })
        .collect()
}
