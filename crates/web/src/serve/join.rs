//! What a report may belong to: earlier cases about the same people, offered once it is saved, and joining it to one of
//! them. Nothing is joined but by a person who has looked, chosen, and confirmed. It cannot be undone, and the page says so.

use super::case::case_of;
use super::find::stage_words;
use super::ways::{form_page, leave};
use crate::app::{Posted, Shared, Signed, answer, answer_form, back_with, kept_for_later, redraw};
use crate::case::{Alike, AlikeRow};
use crate::forms::when::{full_day, local};
use crate::forms::{
    Button, CaseFormPage, Choice, Errors, Field, FieldError, Form, Link, NOTE_BODY, NOTE_CHARACTERS, Note,
    answers,
};
use crate::routes::{Routes, see_other};
use axum::extract::{Path, State};
use axum::response::Response;
use fanlight_casework::{Earlier, EarlierCase, Problem, StageKept};
use fanlight_core::access::Action;
use fanlight_core::fact::CaseJoined;
use fanlight_core::ids::CaseId;
use fanlight_core::words::Words;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/case/{case}/join", choose)
        .post("/case/{case}/join", chosen)
        .get("/case/{case}/join/check", check)
        .post("/case/{case}/join/check", join)
}

/// What a report's own page offers: earlier cases about the same people, or that none was found.
pub(super) fn alike(signed: &Signed, earlier: &Earlier) -> Option<Alike> {
    let base = format!("/case/{}", earlier.page.case);
    if earlier.page.view.header.stage != "report" || !signed.who.may(Action::TriageReport) {
        return None;
    }
    let found = !earlier.cases.is_empty();
    let says = match (found, earlier.looked) {
        (true, _) => {
            "Look before you decide: a name or a number can be somebody else’s. Nothing is joined by itself. Join it, \
             open a case of its own, or leave it as it is."
        }
        (false, true) => {
            "Nothing that you can open looks to be about the same people. That does not mean that there is nothing: a \
             name may be spelled otherwise, or not be known yet."
        }
        (false, false) => {
            "There is no name, number or postcode in it yet to look by. Add what you know of the people, and it is \
             looked for again."
        }
    };
    let mut links = vec![Link::new("Open a case of its own", format!("{base}/open"))];
    if found {
        links.insert(0, Link::new("Join it to a case", format!("{base}/join")));
    } else {
        links.push(Link::new(
            "Join it to a case by reference",
            format!("{base}/join"),
        ));
        links.push(Link::new("Find a case", "/find"));
    }
    Some(Alike {
        rows: earlier.cases.iter().map(|case| row(signed, case)).collect(),
        says: says.into(),
        links,
    })
}

fn row(signed: &Signed, case: &EarlierCase) -> AlikeRow {
    let name = |account| {
        let members = &signed.who.room.landlord.members;
        members
            .get(&account)
            .map(|member| member.name.reveal().to_owned())
    };
    let mut stage = stage_words(case.row.stage).to_owned();
    if let Some(worker) = case.row.lead.and_then(name) {
        stage.push_str(&format!(", {worker}"));
    }
    AlikeRow {
        reference: case.row.reference.clone(),
        href: format!("/case/{}", case.row.case),
        alike: in_what(case),
        stage,
        received: full_day(local(case.row.received).date()),
    }
}

fn in_what(case: &EarlierCase) -> String {
    let all: Vec<String> = case
        .alike
        .iter()
        .enumerate()
        .map(|(at, alike)| {
            let says = alike.says();
            if at == 0 {
                says.to_owned()
            } else {
                says.to_lowercase()
            }
        })
        .collect();
    all.join("; ")
}

async fn choose(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    answer(draw_choose(&app, &signed, &case).await)
}

async fn draw_choose(app: &Shared, signed: &Signed, case: &str) -> Result<CaseFormPage, Problem> {
    let earlier = app
        .casework
        .join_form(&signed.who, case_of(case)?)
        .await?
        .into_view();
    let page = &earlier.page;
    let base = format!("/case/{}", page.case);
    let open = |case: &&EarlierCase| case.row.stage == StageKept::Open;
    let mut choices: Vec<Choice> = earlier
        .cases
        .iter()
        .filter(open)
        .map(|case| {
            Choice::new(case.row.case.to_string(), format!("Case {}", case.row.reference)).hint(format!(
                "{}. Reached us {}.",
                in_what(case),
                full_day(local(case.row.received).date())
            ))
        })
        .collect();
    let by_reference = Field::text("reference", "Its reference");
    let mut fields = Vec::new();
    if choices.is_empty() {
        fields.push(Field::Inset(
            "No open case that you can open looks to be about the same people. If you know which one it is, give its \
             reference."
                .into(),
        ));
        fields.push(by_reference);
    } else {
        choices.push(Choice::new("other", "Another case").reveals(vec![by_reference]));
        fields.push(Field::hidden("listed", "yes"));
        fields.push(Field::radios("to", "Which case does it belong to?", choices));
    }
    let mut notes = vec![Note::new(
        "Only an open case",
        "If the case is closed, record there first that the person has come back. If it is a report, open a case from it \
         first.",
    )];
    let others = earlier.cases.iter().filter(|case| !open(case)).count();
    if others > 0 {
        notes.push(Note::new(
            "Not open",
            format!("{others} more, closed or still a report, stand on the page of this report."),
        ));
    }
    notes.push(Note::new(
        "Two who each report the other",
        "Counter-reports are two cases. Who reported first does not decide who is harmed: never join them.",
    ));
    let form = Form {
        action: format!("{base}/join"),
        state: redraw(app, signed, page.view.seen).await?,
        title: "Join the report to a case".into(),
        lead: vec!["You see both once more before anything is joined.".into()],
        fields,
        buttons: vec![Button::new("Look at both"), Button::keep_for_later()],
        leave: leave(&base),
    };
    Ok(form_page(app, signed, page, form, notes))
}

async fn chosen(State(app): State<Shared>, Path(case): Path<String>, posted: Posted) -> Response {
    if let Some(kept) = kept_for_later(&app, &posted).await {
        return kept;
    }
    let mut errors = Errors::default();
    let by_reference = posted.values.said("reference").map(str::to_owned);
    let to = match (posted.values.said("to").and_then(CaseId::parse), by_reference) {
        (Some(to), _) => Ok(to),
        (None, Some(reference)) => match open_case_of(&app, &posted, reference).await {
            Ok(Some(to)) => Ok(to),
            Ok(None) => Err(FieldError::new(
                "reference",
                "There is no open case with this reference that you can open. Check it, letter by letter",
            )),
            Err(problem) => {
                return answer_form(&app, &posted, "reference", Err::<(), _>(problem), |()| {
                    String::new()
                })
                .await;
            }
        },
        (None, None) if posted.values.said("to") == Some("other") => {
            Err(FieldError::new("reference", "Give the reference of the case"))
        }
        (None, None) => {
            let listed = posted.values.said("listed").is_some();
            Err(FieldError::new(
                if listed { "to" } else { "reference" },
                "Choose the case, or give its reference. If you are not sure, leave the report as it is",
            ))
        }
    };
    let Some(to) = errors.take(to) else {
        return back_with(&app, &posted, errors).await;
    };
    let mut on = Posted {
        path: format!("/case/{case}/join/check"),
        ..posted
    };
    on.values.set("case", to.to_string());
    back_with(&app, &on, errors).await
}

/// The open case with this reference, if there is one for the person.
async fn open_case_of(app: &Shared, posted: &Posted, reference: String) -> Result<Option<CaseId>, Problem> {
    let same = |one: &str, other: &str| {
        let plain = |text: &str| {
            let letters = text.chars().filter(|c| c.is_ascii_alphanumeric());
            letters.map(|c| c.to_ascii_uppercase()).collect::<String>()
        };
        plain(one) == plain(other)
    };
    let found = app
        .casework
        .search(&posted.who, &Words::new(reference.clone()))
        .await?
        .into_view();
    Ok(found
        .into_iter()
        .find(|row| row.stage == StageKept::Open && same(&row.reference, &reference))
        .map(|row| row.case))
}

async fn check(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    let state = match redraw(&app, &signed, None).await {
        Ok(state) => state,
        Err(problem) => return answer(Err::<CaseFormPage, _>(problem)),
    };
    match CaseId::parse(state.value("case")) {
        Some(to) => answer(draw_check(&app, &signed, &case, to).await),
        None => see_other(&format!("/case/{case}/join")),
    }
}

async fn draw_check(app: &Shared, signed: &Signed, case: &str, to: CaseId) -> Result<CaseFormPage, Problem> {
    let who = &signed.who;
    let page = app
        .casework
        .case_form(who, case_of(case)?, Action::TriageReport)
        .await?
        .into_view();
    let other = app
        .casework
        .case_form(who, to, Action::TriageReport)
        .await?
        .into_view();
    let base = format!("/case/{}", page.case);
    let reference =
        |page: &fanlight_casework::CasePage| page.view.header.reference.clone().unwrap_or_default();
    let named = |page: &fanlight_casework::CasePage| {
        let header = &page.view.header;
        let name = header.name.as_ref().or(header.called.as_ref());
        name.map_or_else(|| "name not known".to_owned(), |name| name.reveal().to_owned())
    };
    let told = |page: &fanlight_casework::CasePage| {
        page.view.report.as_ref().map_or_else(String::new, |report| {
            format!(
                "{}: {}",
                full_day(local(report.times.aware).date()),
                report.words.reveal()
            )
        })
    };
    let to_reference = reference(&other);
    let mut fields = vec![
        Field::hidden("case", to.to_string()),
        Field::Heading(format!("The report {}", reference(&page))),
        Field::Say(told(&page)),
        Field::Heading(format!("Case {to_reference}, {}", named(&other))),
        Field::Say(told(&other)),
    ];
    if page.view.header.perhaps_in_danger_now {
        fields.push(Field::Inset(
            "The report says that somebody may be in danger. The case is told so at once, and whoever can open it.".into(),
        ));
    }
    fields.push(Field::Warning(
        "This cannot be undone. If it turns out to be wrong, log what was told as a new report.".into(),
    ));
    fields.push(
        Field::words("reason", "Why do they belong together?")
            .hint("What you saw in both. It stands on the report and on the case."),
    );
    let form = Form {
        action: format!("{base}/join/check"),
        state: redraw(app, signed, page.view.seen).await?,
        title: "Is it the same?".into(),
        lead: Vec::new(),
        fields,
        buttons: vec![Button::new(format!("Join it to case {to_reference}"))],
        leave: Some(Link::new("Leave it as it is", &base)),
    };
    let notes = vec![
        Note::new(
            "What happens",
            "The report’s own clocks end. What it told goes on the timeline of the case, whose clocks run on. Whoever is \
             shut out of the report is shut out of the case too.",
        ),
        Note::new(
            "The case itself",
            format!("Open case {to_reference} and read it first, if you have not."),
        ),
    ];
    Ok(form_page(app, signed, &page, form, notes))
}

async fn join(State(app): State<Shared>, Path(case): Path<String>, posted: Posted<NOTE_BODY>) -> Response {
    let (Ok(report), Some(to)) = (case_of(&case), CaseId::parse(posted.values.text("case"))) else {
        return see_other("/nothing-here");
    };
    let mut errors = Errors::default();
    let Some(reason) = errors.take(answers::words(
        &posted.values,
        "reason",
        "Say why they belong together",
        NOTE_CHARACTERS,
    )) else {
        return back_with(&app, &posted, errors).await;
    };
    let joined = CaseJoined { case: to, reason };
    let result = app
        .casework
        .join_case(&posted.who, posted.form, report, joined)
        .await;
    answer_form(&app, &posted, "reason", result, |_| {
        format!("/case/{to}?done=joined")
    })
    .await
}
