//! The case page, its promises, and the code word.

use crate::app::{
    CaseSide, Posted, Shared, Signed, answer, broken, case_frame, clock_rows, due_words, frame, risk_sign,
};
use crate::case::{
    Aside, CanOpen, ClocksPage, CodeWordPage, Entry, EntryLine, HeadFact, Mark, Notice, OverviewPage,
};
use crate::forms::Link;
use crate::forms::when::{clock_time, full_day, local, near_day};
use crate::routes::{Routes, see_other};
use crate::serve::risk::count_words;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use fanlight_casework::{CasePage, Earlier, Problem};
use fanlight_core::access::Action;
use fanlight_core::fact::{Part, WorkerPart, YesNo};
use fanlight_core::ids::CaseId;
use fanlight_core::view::{StillToAsk, TimelineRow};
use fanlight_core::words::Words;
use jiff::Timestamp;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/case/{case}", overview)
        .get("/case/{case}/promises", promises)
        .post("/case/{case}/code-word", press_code_word)
        .get("/case/{case}/code-word", code_word)
}

/// The case of an address, or nothing that looks any different from a case that is not there.
pub(super) fn case_of(text: &str) -> Result<CaseId, Problem> {
    CaseId::parse(text).ok_or(Problem::Unseen)
}

async fn overview(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    match case_of(&case) {
        Ok(id) => match app.casework.case_overview(&signed.who, id).await {
            // Of an erased case, that it was erased is all there is.
            Ok(opened) if opened.view().page.view.erased.is_some() => {
                see_other(&format!("/case/{id}/erased"))
            }
            Ok(opened) => draw(&app, &signed, opened.into_view()).into_response(),
            Err(Problem::NoRoom) => super::no_room::case_alone(&app, &signed, id).await,
            Err(problem) => broken(&problem),
        },
        Err(problem) => broken(&problem),
    }
}

fn draw(app: &Shared, signed: &Signed, earlier: Earlier) -> OverviewPage {
    let alike = super::join::alike(signed, &earlier);
    let page = earlier.page;
    let reference = page.view.header.reference.clone().unwrap_or_default();
    let may_open = signed.who.may(Action::SeeAssurance);
    let room = &signed.who.room;
    let shown = 6;
    let base = format!("/case/{}", page.case);
    let earlier = signed.asked("all").is_none() && page.view.timeline.len() > 12;
    let mut timeline: Vec<Entry> = page
        .view
        .timeline
        .iter()
        .rev()
        .map(|row| entry(signed, &page, row, &base))
        .collect();
    if earlier {
        timeline.truncate(12);
    }
    let more = page.view.timeline.len() - timeline.len();
    OverviewPage {
        frame: frame(app, signed, &format!("Case {reference}"), "/cases"),
        case: case_frame(signed, &page, CaseSide::Overview),
        facts: head_facts(signed, &page),
        can_open: can_open(signed, &page),
        notices: notices(signed, &page, &base),
        alike,
        still_to_ask: still_to_ask(&page, &base),
        clocks: clock_rows(
            room,
            page.promises.get(..shown).unwrap_or(&page.promises),
            page.now,
            may_open,
        ),
        all_clocks: (page.promises.len() > shown)
            .then(|| Link::new(format!("All {}", page.promises.len()), format!("{base}/promises"))),
        clock_note: String::new(),
        timeline,
        earlier: earlier.then(|| {
            Link::new(
                format!("Show the {more} earlier entries"),
                format!("{base}?all=1"),
            )
        }),
        asides: asides(&page, &base),
    }
}

async fn promises(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    answer(draw_promises(&app, &signed, &case).await)
}

async fn draw_promises(app: &Shared, signed: &Signed, case: &str) -> Result<ClocksPage, Problem> {
    let page = app
        .casework
        .case_page(&signed.who, case_of(case)?)
        .await?
        .into_view();
    let reference = page.view.header.reference.clone().unwrap_or_default();
    Ok(ClocksPage {
        frame: frame(app, signed, &format!("Case {reference}"), "/cases"),
        case: case_frame(signed, &page, CaseSide::Clocks),
        clocks: clock_rows(
            &signed.who.room,
            &page.promises,
            page.now,
            signed.who.may(Action::SeeAssurance),
        ),
        note: "A missed promise stays marked as missed when it is done later.".into(),
    })
}

async fn press_code_word(State(_): State<Shared>, Path(case): Path<String>, _posted: Posted) -> Response {
    see_other(&format!("/case/{case}/code-word"))
}

async fn code_word(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    answer(draw_code_word(&app, &signed, &case).await)
}

async fn draw_code_word(app: &Shared, signed: &Signed, case: &str) -> Result<CodeWordPage, Problem> {
    let id = case_of(case)?;
    let page = app.casework.case_page(&signed.who, id).await?.into_view();
    let words = app.casework.code_word(&signed.who, id).await?.into_view();
    let words = words.as_ref();
    Ok(CodeWordPage {
        frame: frame(app, signed, "Case", "/cases"),
        case: case_frame(signed, &page, CaseSide::Form),
        code_word: words.and_then(|words| words.code_word.clone()),
        duress_word: words.and_then(|words| words.duress_word.clone()),
        if_duress: words.and_then(|words| words.if_duress.clone()),
    })
}

/// What must be seen to before anything else: danger on which nobody has acted, and what waits for a review.
fn notices(signed: &Signed, page: &CasePage, base: &str) -> Vec<Notice> {
    let mut all = Vec::new();
    if let Some(to) = page.view.joined_to {
        all.push(Notice {
            says: "This report belongs to another case. Record there whatever is new.".into(),
            go: Link::new("Open that case", format!("/case/{to}")),
        });
    }
    if page.view.danger_not_acted_on {
        all.push(Notice {
            says: "Somebody may be in danger, and nobody has recorded yet what was done.".into(),
            go: Link::new("Say what was done", format!("{base}/danger")),
        });
    }
    for place in &page.view.to_review {
        let own = page
            .view
            .timeline
            .iter()
            .any(|row| row.place == *place && row.by.account() == Some(signed.who.account));
        all.push(if own {
            Notice {
                says: "Your life-at-risk try waits for somebody else to look at it.".into(),
                go: Link::new("See it", format!("{base}?all=1#at-{}", place.0)),
            }
        } else {
            Notice {
                says: "A way of which nothing was known was used because a life was at risk.".into(),
                go: Link::new("Look at it", format!("{base}/life-at-risk/{}/review", place.0)),
            }
        });
    }
    all
}

/// The gaps that matter most, in that order.
fn still_to_ask(page: &CasePage, base: &str) -> Vec<Link> {
    const MOST: usize = 6;
    let gaps = &page.view.still_to_ask;
    let mut links: Vec<Link> = gaps
        .iter()
        .take(MOST)
        .map(|ask| Link::new(ask.label(), ask_at(*ask, base)))
        .collect();
    if gaps.len() > MOST {
        links.push(Link::new(
            format!("And {} more, with the people and the home", gaps.len() - MOST),
            format!("{base}/people"),
        ));
    }
    links
}

/// Where a gap is filled.
fn ask_at(ask: StillToAsk, base: &str) -> String {
    let at = match ask {
        StillToAsk::Danger => "/danger",
        StillToAsk::HowToAnswer => "/contact/safe",
        StillToAsk::StaffConnection => "/connection",
        StillToAsk::WhoIsHarmed
        | StillToAsk::WhoHarms
        | StillToAsk::LivesThere
        | StillToAsk::CanGetIn
        | StillToAsk::Children
        | StillToAsk::WorkerWish
        | StillToAsk::Interpreter => "/people",
        StillToAsk::Home => "/home",
        StillToAsk::OwnView => "/own-view",
        StillToAsk::Wishes => "/wishes",
        StillToAsk::KnowsWeWereTold => "/people",
    };
    format!("{base}{at}")
}

fn head_facts(signed: &Signed, page: &CasePage) -> Vec<HeadFact> {
    let view = &page.view;
    let room = &signed.who.room;
    let risk = view.risk.ours.as_ref().or(view.risk.others.as_ref());
    let mut facts = vec![HeadFact {
        label: risk.map_or_else(
            || "Risk".into(),
            |row| {
                format!(
                    "Risk, looked at {}",
                    near_day(local(row.times.happened).date(), local(page.now).date()).to_lowercase()
                )
            },
        ),
        risk: Some(risk_sign(room, risk.map(|row| row.level.as_str()))),
        strong: Words::default(),
        rest: Words::new(risk.map_or_else(
            || "Nobody has assessed it yet. That is not the same as low.".to_owned(),
            |row| {
                let count = row.yes.map_or_else(String::new, |_| count_words(row));
                let by = row
                    .agency
                    .as_ref()
                    .map_or_else(|| "by us".to_owned(), |a| format!("by {}", a.reveal()));
                if count.is_empty() {
                    by
                } else {
                    format!("{count}, {by}")
                }
            },
        )),
    }];
    let of = |part: Part| view.people.iter().filter(move |person| person.part == part);
    let perpetrators: Vec<String> = of(Part::Perpetrator)
        .map(|person| {
            person
                .name
                .as_ref()
                .map_or_else(|| "Not known".to_owned(), |name| name.reveal().to_owned())
        })
        .collect();
    let first = of(Part::Perpetrator).next();
    facts.push(HeadFact {
        label: if perpetrators.len() > 1 {
            "Perpetrators".into()
        } else {
            "Perpetrator".into()
        },
        risk: None,
        strong: Words::new(if perpetrators.is_empty() {
            "Not known yet".to_owned()
        } else {
            perpetrators.join(", ")
        }),
        rest: Words::new(first.map_or_else(String::new, |person| {
            let mut parts: Vec<&str> = person.relationship.iter().map(|is| is.label()).collect();
            match person.lives_in_home {
                YesNo::Yes => parts.push("lives in the home"),
                YesNo::No => parts.push("does not live in the home"),
                YesNo::NotKnown => {}
            }
            if person.can_get_in == YesNo::Yes {
                parts.push("can get in");
            }
            parts.join(", ")
        })),
    });
    let children = of(Part::Child).count();
    facts.push(HeadFact {
        label: "Children".into(),
        risk: None,
        strong: Words::new(match children {
            0 => "None told of".to_owned(),
            1 => "One".to_owned(),
            many => many.to_string(),
        }),
        rest: Words::default(),
    });
    let lead = view.workers.iter().find(|worker| worker.part == WorkerPart::Lead);
    facts.push(HeadFact {
        label: "Lead worker".into(),
        risk: None,
        strong: Words::new(
            lead.map_or_else(|| "Nobody yet".to_owned(), |lead| name_of(signed, lead.account)),
        ),
        rest: Words::new(lead.map_or_else(String::new, |lead| format!(". {}", lead.wish.label()))),
    });
    facts
}

fn name_of(signed: &Signed, account: fanlight_core::ids::AccountId) -> String {
    let members = &signed.who.room.landlord.members;
    members
        .get(&account)
        .map_or_else(|| "Somebody".into(), |member| member.name.reveal().to_owned())
}

fn can_open(signed: &Signed, page: &CasePage) -> Vec<CanOpen> {
    page.view
        .shut_out
        .iter()
        .map(|row| CanOpen {
            who: name_of(signed, row.account),
            as_what: "Shut out".into(),
            why: row.reason.clone(),
            until: if row.suspected {
                "Until a person decides".into()
            } else {
                String::new()
            },
        })
        .collect()
}

fn asides(page: &CasePage, base: &str) -> Vec<Aside> {
    let view = &page.view;
    let mut all = Vec::new();
    let link = |text: &str, at: &str| Some(Link::new(text, format!("{base}{at}")));
    all.push(Aside {
        heading: "What the person wants".into(),
        said: view.wishes.clone(),
        lines: if view.wishes.is_none() {
            vec![Words::new("Not asked yet")]
        } else {
            Vec::new()
        },
        when: String::new(),
        link: link("Record", "/wishes"),
    });
    all.push(Aside {
        heading: "How dangerous the person says it is".into(),
        said: view.own_view.clone(),
        lines: match (&view.own_view, &view.own_view_not_yet) {
            (None, Some(because)) => vec![Words::new(format!("Not yet, because: {}", because.reveal()))],
            (None, None) => vec![Words::new("Not asked yet")],
            (Some(_), _) => Vec::new(),
        },
        when: String::new(),
        link: link("Record", "/own-view"),
    });
    if let Some(rhythm) = &view.rhythm {
        all.push(Aside {
            heading: "How often we are in contact".into(),
            said: Some(rhythm.how.clone()),
            lines: vec![Words::new(format!(
                "Every {} days, looked at again {}",
                rhythm.every_days,
                full_day(rhythm.review_on)
            ))],
            when: String::new(),
            link: link("Agree another", "/rhythm"),
        });
    }
    if let Some(report) = &view.report {
        all.push(Aside {
            heading: "The report".into(),
            said: None,
            lines: vec![
                Words::new(format!("{}, {}", report.channel.label(), report.from.label())),
                report.words.clone(),
            ],
            when: due_words(report.times.aware, page.now),
            link: None,
        });
    }
    all
}

pub(super) fn entry(signed: &Signed, page: &CasePage, row: &TimelineRow, base: &str) -> Entry {
    let at = local(row.times.happened);
    let mark = match row.what {
        _ if row.against_gate => Mark::Stopped,
        "contact_tried" | "no_safe_route_found" => Mark::Tried,
        "risk_assessed" | "life_at_risk_tried" => Mark::Risk,
        _ => Mark::Plain,
    };
    let mut warns = Vec::new();
    if row.against_gate {
        warns.push("Against what the person asked. What happened is on record; see how it is safe before the next time.".into());
    }
    if row.recorded_late {
        warns.push("Recorded on a later day.".into());
    }
    if row.is_correction {
        warns.push("Corrected.".into());
    }
    let place = row.place.0;
    let mut links = Vec::new();
    if can_be_corrected(row.what) {
        links.push(Link::new("Correct", format!("{base}/correct/{place}")));
        if signed.who.may(Action::EraseCase) {
            links.push(Link::new("Redact", format!("{base}/redact/{place}")));
        }
    }
    if row.has_earlier {
        links.push(Link::new(
            "What stood here before",
            format!("{base}/before/{place}"),
        ));
    }
    Entry {
        id: format!("at-{place}"),
        mark,
        title: row.risk.as_ref().map_or_else(
            || row.title.clone(),
            |risk| {
                let level = risk_sign(&signed.who.room, Some(&risk.level)).words;
                format!("{}: {level}. {}", row.title, count_words(risk))
            },
        ),
        by: row
            .by
            .account()
            .map_or_else(String::new, |account| name_of(signed, account)),
        when: format!(
            "{}, {}",
            near_day(at.date(), local(page.now).date()),
            clock_time(at.time())
        ),
        lines: row
            .lines
            .iter()
            .map(|line| EntryLine {
                label: line.label.unwrap_or_default().into(),
                words: line.words.clone(),
            })
            .collect(),
        warns,
        times: times(row, page.now),
        links,
    }
}

fn times(row: &TimelineRow, now: Timestamp) -> String {
    let minutes = |one: Timestamp, other: Timestamp| one.duration_since(other).as_mins().abs();
    let apart =
        minutes(row.times.aware, row.times.happened) > 5 || minutes(row.times.recorded, row.times.aware) > 5;
    if !apart {
        return String::new();
    }
    format!(
        "Happened {}, as told. We knew {}. Recorded {}.",
        due_words(row.times.happened, now),
        due_words(row.times.aware, now),
        due_words(row.times.recorded, now)
    )
}

fn can_be_corrected(what: &str) -> bool {
    matches!(
        what,
        "note_written" | "contact_made" | "contact_tried" | "wishes_told" | "own_view_of_danger_told"
    )
}
