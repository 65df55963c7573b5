//! Who has looked at a case, and what stood in it before it was corrected.

use super::case::{case_of, entry};
use crate::app::{CaseSide, Posted, Shared, Signed, answer, back_with, case_frame, frame, redraw};
use crate::case::{CorrectedPage, HeadFact};
use crate::forms::answers::words;
use crate::forms::when::{clock_time, local, near_day};
use crate::forms::{Button, CaseFormPage, Errors, Field, Form, Kind, Link, Note};
use crate::looks::{LetIn, Look, LookDay, LooksPage};
use crate::routes::{Routes, see_other};
use axum::extract::{Path, State};
use axum::response::Response;
use fanlight_casework::{LookRow, Problem, Saw};
use fanlight_core::access::Action;
use fanlight_core::fact::WorkerPart;
use fanlight_core::ids::{CaseId, Position};
use fanlight_core::view::CaseView;
use fanlight_core::words::Words;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/case/{case}/looks", looks)
        .get("/case/{case}/before/{position}", before)
        .post("/case/{case}/before/{position}", open_before)
}

async fn looks(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    answer(draw_looks(&app, &signed, &case).await)
}

async fn draw_looks(app: &Shared, signed: &Signed, case: &str) -> Result<LooksPage, Problem> {
    let earlier = signed.asked("before").and_then(|text| text.parse().ok());
    let looks = app
        .casework
        .looks_page(&signed.who, case_of(case)?, earlier)
        .await?
        .into_view();
    let page = &looks.page;
    let reference = page.view.header.reference.clone().unwrap_or_default();
    let refused = looks.rows.iter().filter(|row| row.refused).count();
    let mut people: Vec<_> = looks
        .rows
        .iter()
        .filter(|row| !row.refused)
        .filter_map(|row| row.who)
        .collect();
    people.sort();
    people.dedup();
    let here = if looks.next.is_some() || earlier.is_some() {
        "On this page"
    } else {
        "In all"
    };
    let fact = |label: &str, strong: usize, rest: &str| HeadFact {
        label: label.into(),
        risk: None,
        strong: Words::new(strong.to_string()),
        rest: Words::new(rest),
    };
    let base = format!("/case/{}", page.case);
    let mut days: Vec<LookDay> = Vec::new();
    let today = local(page.now).date();
    for row in &looks.rows {
        let title = near_day(local(row.at).date(), today);
        let look = look(signed, &page.view, row);
        match days.last_mut().filter(|day| day.title == title) {
            Some(day) => day.looks.push(look),
            None => days.push(LookDay {
                title,
                small: String::new(),
                looks: vec![look],
            }),
        }
    }
    Ok(LooksPage {
        frame: frame(app, signed, &format!("Case {reference}"), "/cases"),
        case: case_frame(signed, page, CaseSide::Looks),
        facts: vec![
            fact(&format!("{here}, people let in"), people.len(), ""),
            fact(&format!("{here}, looks"), looks.rows.len(), ""),
            fact(
                &format!("{here}, refused"),
                refused,
                if refused == 0 { "" } else { ", marked below" },
            ),
        ],
        show_at: base.clone(),
        chips: Vec::new(),
        days,
        earlier: looks
            .next
            .map(|next| Link::new("Earlier looks", format!("{base}/looks?before={next}"))),
        notes: vec![
            Note::new(
                "Something looks wrong?",
                "Tell the lead, by telephone. If it is about the lead, tell the named post outside the line.",
            ),
            Note::new(
                "The person may ask who has looked",
                "Ask the lead first: names are given by the lead’s decision, and never where that would put anybody at risk.",
            ),
        ],
    })
}

fn look(signed: &Signed, view: &CaseView, row: &LookRow) -> Look {
    let member = row
        .who
        .and_then(|account| signed.who.room.landlord.members.get(&account));
    let who = match (member, row.held_back) {
        (Some(member), _) => member.name.clone(),
        (None, true) => Words::new("Name shown to the lead only"),
        (None, false) => Words::new("The program"),
    };
    let worker = row
        .who
        .and_then(|account| view.workers.iter().find(|worker| worker.account == account));
    let as_what = match (worker, member) {
        (Some(worker), _) if worker.part == WorkerPart::Lead => "Lead worker".to_owned(),
        (Some(_), _) => "Works on this case".to_owned(),
        (None, Some(member)) => member.post.reveal().to_owned(),
        (None, None) if row.held_back => String::new(),
        (None, None) => "No person".to_owned(),
    };
    let meant = match (row.refused, row.saw) {
        (true, _) => "They met what anybody meets who looks for something that is not there",
        (false, Saw::List | Saw::Search) => "A row in a list counts as a look",
        (false, Saw::Figure) => "From a measure to the cases behind it",
        (false, Saw::System) => "Nothing was shown to anybody",
        (
            false,
            Saw::Page
            | Saw::Form
            | Saw::Recording
            | Saw::CodeWord
            | Saw::Readings
            | Saw::Earlier
            | Saw::SafeContactAlone,
        ) => "",
    };
    let why = match &row.reason {
        Some(reason) => Words::new(format!("“{}”", reason.reveal())),
        None => Words::new(meant),
    };
    Look {
        when: clock_of(row),
        who,
        as_what,
        what: if row.refused {
            format!("Tried: {}", lower_first(row.saw.label()))
        } else {
            row.saw.label().into()
        },
        why,
        let_in: if row.refused { LetIn::Refused } else { LetIn::Yes },
        after: String::new(),
    }
}

fn clock_of(row: &LookRow) -> String {
    let time = local(row.at).time();
    if time.hour() == 23 && time.minute() == 59 {
        "23:59".into()
    } else {
        clock_time(time)
    }
}

fn lower_first(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(0..1) {
        first.make_ascii_lowercase();
    }
    text
}

const REASON_AT_MOST: usize = 300;

fn place_of(text: &str) -> Result<Position, Problem> {
    text.parse().map(Position).map_err(|_| Problem::Unseen)
}

async fn before(
    State(app): State<Shared>,
    signed: Signed,
    Path((case, place)): Path<(String, String)>,
) -> Response {
    let case = match case_of(&case) {
        Ok(case) => case,
        Err(problem) => return answer(Err::<CorrectedPage, _>(problem)),
    };
    let place = match place_of(&place) {
        Ok(place) => place,
        Err(problem) => return answer(Err::<CorrectedPage, _>(problem)),
    };
    // The reason waits in the sealed draft of whoever gave it. It opens the text once.
    let form = match redraw(&app, &signed, None).await {
        Ok(form) => form,
        Err(problem) => return answer(Err::<CorrectedPage, _>(problem)),
    };
    match words(&form.values, "reason", "", REASON_AT_MOST) {
        Ok(reason) if form.errors.is_empty() => {
            answer(draw_before(&app, &signed, case, place, &reason).await)
        }
        Ok(_) | Err(_) => answer(ask_why(&app, &signed, case, form).await),
    }
}

async fn ask_why(
    app: &Shared,
    signed: &Signed,
    case: CaseId,
    state: crate::forms::FormState,
) -> Result<CaseFormPage, Problem> {
    let page = app
        .casework
        .case_form(&signed.who, case, Action::SeeCorrectedText)
        .await?
        .into_view();
    let reference = page.view.header.reference.clone().unwrap_or_default();
    Ok(CaseFormPage {
        frame: frame(app, signed, &format!("Case {reference}"), "/cases"),
        case: case_frame(signed, &page, CaseSide::Form),
        form: Form {
            action: signed.path.clone(),
            state,
            title: "Open what stood here before".into(),
            lead: vec!["What was corrected left the page because it was wrong, or was not to be read.".into()],
            fields: vec![
                Field::ask(
                    "reason",
                    "Why do you need to read it?",
                    Kind::Words {
                        rows: 2,
                        limit: REASON_AT_MOST,
                    },
                )
                .hint("It stands under “Who has looked”, for the lead. It goes with the case when that is erased."),
            ],
            buttons: vec![Button::new("Open it")],
            leave: Some(Link::new("Back to the case", format!("/case/{case}"))),
        },
        steps: Vec::new(),
        notes: Vec::new(),
    })
}

async fn open_before(
    State(app): State<Shared>,
    Path((case, place)): Path<(String, String)>,
    posted: Posted,
) -> Response {
    if case_of(&case).and(place_of(&place)).is_err() || !posted.who.may(Action::SeeCorrectedText) {
        return see_other("/nothing-here");
    }
    let mut errors = Errors::default();
    errors.take(words(&posted.values, "reason", "Write why", REASON_AT_MOST));
    // With a reason and no error, the page that the draft leads to opens the text.
    back_with(&app, &posted, errors).await
}

async fn draw_before(
    app: &Shared,
    signed: &Signed,
    case: CaseId,
    place: Position,
    reason: &Words,
) -> Result<CorrectedPage, Problem> {
    let opened = app
        .casework
        .corrected_page(&signed.who, case, place, reason)
        .await?
        .into_view();
    if let Some(draft) = signed.again {
        // A reason opens the text once: whoever comes back to the page is asked again.
        app.casework.drop_draft(&signed.who, draft).await?;
    }
    if opened.rows.is_empty() {
        return Err(Problem::Unseen);
    }
    let reference = opened.page.view.header.reference.clone().unwrap_or_default();
    let base = format!("/case/{case}");
    Ok(CorrectedPage {
        frame: frame(app, signed, &format!("Case {reference}"), "/cases"),
        case: case_frame(signed, &opened.page, CaseSide::Form),
        entries: opened
            .rows
            .iter()
            .map(|row| {
                let mut drawn = entry(signed, &opened.page, &row.row, &base);
                // Nothing can be done with what was corrected.
                drawn.links.clear();
                drawn
            })
            .collect(),
    })
}
