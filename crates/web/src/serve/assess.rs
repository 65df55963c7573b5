//! Risk on the telephone: every item on one screen, saved as it goes, then the decision. The count is worked out from the
//! answers and never typed; judgement raises the level and never lowers it.

use super::case_form::{readers, when_fields, words_of};
use super::report::with_blank;
use super::risk::{called, levels};
use super::ways::{neutral_title, open_form};
use crate::app::{
    Answered, CaseSide, OnCase, Shared, Signed, answer, back_with, case_frame, frame, keep_listed, redraw,
    saved_as_it_goes,
};
use crate::choices_of;
use crate::forms::answers::maybe_words;
use crate::forms::when::local;
use crate::forms::{
    Choice, Errors, Field, FieldError, FormState, Kind, NOTE_BODY, NOTE_CHARACTERS, Reading, Values,
};
use crate::risk::{AskedItem, DecidePart, GroundLine, OpenedDetail, RiskPage, Tally};
use crate::routes::{Routes, see_other};
use axum::extract::{Path, State};
use axum::response::Response;
use fanlight_casework::{CasePage, Problem, When, Who};
use fanlight_core::access::Action;
use fanlight_core::fact::{self, AssessedBy, Evidence, Part, RiskAssessed};
use fanlight_core::ids::{AccountId, PersonId};
use fanlight_core::risk::{
    Answer, Count, Instrument, Item, Known, MaracArea, QuestionSet, RiskAnswer, ToldBy, grounds,
};
use fanlight_core::words::Words;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/case/{case}/risk/ask", ask)
        .post("/case/{case}/risk/ask", save)
}

/// The page has its draft from the start, so that it comes back whole when it is loaded again.
async fn ask(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    if signed.again.is_none() {
        let instrument = signed.asked("instrument").filter(|id| is_plain(id));
        let instrument = instrument.map_or_else(String::new, |id| format!("&instrument={id}"));
        let draft = app.casework.new_command();
        return see_other(&format!("{}?again={draft}{instrument}", signed.path));
    }
    answer(draw(&app, &signed, &case).await)
}

fn is_plain(id: &str) -> bool {
    id.chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

async fn draw(app: &Shared, signed: &Signed, case: &str) -> Result<RiskPage, Problem> {
    let page = open_form(app, signed, case, Action::RecordContact).await?;
    let mut state = redraw(app, signed, page.view.seen).await?;
    if let Some(draft) = signed.again {
        // One draft from the first answer to the decision: saving it as an assessment drops it.
        state.command = draft.to_string();
        state.draft.clone_from(&state.command);
    }
    let terms = &signed.who.room.terms;
    let chosen = state.values.said("instrument").or(signed.asked("instrument"));
    let instrument = match chosen {
        Some(id) => terms.instrument(id),
        None => terms.instruments.first(),
    };
    let instrument = instrument.ok_or(Problem::Unseen)?.clone();
    let questions = &instrument.questions;
    if state.values.said("told_by").is_none() {
        state.values.set("told_by", ToldBy::Survivor.code());
    }
    if state.values.said("day").is_none() {
        state.values.set("day", "today");
    }
    if state.values.said("area").is_none()
        && let [only] = terms.areas.as_slice()
    {
        state.values.set("area", only.id.clone());
    }
    let area = state.values.said("area").and_then(|id| terms.area(id)).cloned();
    let answers = answers_of(questions, &state.values).unwrap_or_default();
    let count = Count::of(questions, &answers);
    let shown = area.as_ref().map(|area| {
        let known = Known {
            incidents: state.values.said("incidents").and_then(|n| n.parse().ok()),
            ..page.view.risk.known_to_marac
        };
        grounds(area, questions, &answers, known, local(page.now).date())
    });
    let deciding = state.value("do") == "decide" || state.value("do") == "finish";
    let decide = deciding.then(|| decide_part(app, signed, &state, area.as_ref(), count));
    let title = match (&decide, page.view.header.called.as_ref()) {
        (Some(_), _) => Words::new("Risk: decide".to_owned()),
        (None, Some(called)) => Words::new(format!("Risk, with {}", called.reveal())),
        (None, None) => Words::new("Risk, with the person".to_owned()),
    };
    Ok(RiskPage {
        frame: frame(app, signed, &neutral_title(&page), "/cases"),
        case: case_frame(signed, &page, CaseSide::Form),
        action: format!("/case/{}/risk/ask", page.case),
        title,
        sub: said_of(&instrument),
        instrument: instrument.id.clone(),
        items: asked_items(questions, &state.values),
        tally: Tally {
            count,
            ground_at: area.as_ref().and_then(|area| area.count),
        },
        grounds: shown.iter().flatten().map(GroundLine::from).collect(),
        before: before(&page, signed),
        after: after(area.as_ref()),
        decide,
        state,
    })
}

fn said_of(instrument: &Instrument) -> String {
    let beside = instrument
        .questions
        .use_beside
        .as_ref()
        .map_or_else(String::new, |form| format!(" For use beside {form}."));
    format!("{}.{beside} Stop when the person wants to.", instrument.title)
}

/// The answers as they stand in a form. An answer that is none of the five is an error of the form, not of the person.
fn answers_of(questions: &QuestionSet, values: &Values) -> Result<Vec<RiskAnswer>, FieldError> {
    let told = ToldBy::parse(values.text("told_by")).unwrap_or(ToldBy::Survivor);
    let mut answers = Vec::new();
    for item in questions.every_item() {
        let name = format!("a-{}", item.id);
        let Some(said) = values.said(&name) else {
            continue;
        };
        let answer =
            Answer::parse(said).ok_or_else(|| FieldError::new(&name, "Choose one of the five answers"))?;
        let words = maybe_words(values, &format!("w-{}", item.id), NOTE_CHARACTERS)?;
        answers.push(RiskAnswer {
            item: item.id.clone(),
            answer,
            told_by: ToldBy::parse(values.text(&format!("b-{}", item.id))).unwrap_or(told),
            words,
        });
    }
    Ok(answers)
}

fn asked_items(questions: &QuestionSet, values: &Values) -> Vec<AskedItem> {
    let asked = |number: String, item: &Item| AskedItem {
        number,
        id: item.id.clone(),
        label: item.label.clone(),
        wording: item.wording.clone().unwrap_or_default(),
        beside: item.ask_also.clone().unwrap_or_default(),
        urgent: item.urgent.clone().unwrap_or_default(),
        answer: values.text(&format!("a-{}", item.id)).to_owned(),
        words: Words::new(values.text(&format!("w-{}", item.id))),
        told_by: values.text(&format!("b-{}", item.id)).to_owned(),
        opens: None,
    };
    // A detail that two items open is shown once, below the first.
    let mut shown: Vec<&str> = Vec::new();
    let mut items = Vec::new();
    for (number, item) in (1u16..).zip(&questions.items) {
        let mut one = asked(number.to_string(), item);
        let detail = questions
            .opened_by(item)
            .filter(|detail| !shown.contains(&detail.id.as_str()));
        if let Some(detail) = detail {
            shown.push(&detail.id);
            let is_yes = |item: &Item| values.text(&format!("a-{}", item.id)) == Answer::Yes.code();
            let opened = |item: &&Item| item.opens.as_deref() == Some(&detail.id);
            one.opens = Some(OpenedDetail {
                title: detail.title.clone(),
                open: questions.items.iter().filter(opened).any(is_yes),
                items: detail
                    .items
                    .iter()
                    .map(|item| asked(String::new(), item))
                    .collect(),
            });
        }
        items.push(one);
    }
    items
}

fn before(page: &CasePage, signed: &Signed) -> Vec<Field> {
    let mut fields = vec![Field::ask(
        "told_by",
        "Who tells us?",
        Kind::Select(choices_of!(ToldBy)),
    )];
    let harm: Vec<Choice> = page
        .view
        .people
        .iter()
        .filter(|person| person.part == Part::Perpetrator)
        .map(|person| Choice::new(person.person.to_string(), called(person).reveal()))
        .collect();
    if !harm.is_empty() {
        let hint = "Risk is looked at for each who does harm. Leave it open if you cannot tell.";
        fields.push(Field::ask("of", "Risk from whom?", Kind::Checkboxes(harm)).hint(hint));
    }
    let areas = &signed.who.room.terms.areas;
    if areas.len() > 1 {
        let choices = areas
            .iter()
            .map(|area| Choice::new(&area.id, &area.title))
            .collect();
        let hint = "By where the person lives now.";
        fields.push(Field::ask("area", "Which MARAC area?", Kind::Select(with_blank(choices))).hint(hint));
    }
    fields
}

fn after(area: Option<&MaracArea>) -> Vec<Field> {
    let escalation = area.and_then(|area| area.escalation.as_ref());
    let question = escalation.map(|wanted| {
        let label = format!(
            "How many {} in the last {} months?",
            wanted.of.label(),
            wanted.months
        );
        Field::ask("incidents", label, Kind::Number).hint("Leave it empty if you did not ask.")
    });
    question.into_iter().collect()
}

fn decide_part(
    app: &Shared,
    signed: &Signed,
    state: &FormState,
    area: Option<&MaracArea>,
    count: Count,
) -> DecidePart {
    let least = area.and_then(|area| {
        let level = area.least_level(count.yes)?;
        Some(format!(
            "{} yes stands for at least “{}” in {}. Your judgement can raise it.",
            count.yes,
            words_of(level),
            area.title
        ))
    });
    let colleagues = || with_blank(readers(app, signed));
    let second = "Where the level is lower than before, a second named person has to see it.";
    let kept = |name: &str| {
        ["a-", "w-", "b-"].iter().any(|start| name.starts_with(start))
            || ["told_by", "of", "area", "incidents"].contains(&name)
    };
    DecidePart {
        least: least.unwrap_or_default(),
        fields: vec![
            Field::radios("level", "At what level?", levels(signed)),
            Field::words("judgement", "What does your judgement rest on?")
                .hint("Kept apart from the facts. Compulsory where your level is above the count."),
            Field::words("reason", "Why this level?").hint("Compulsory where it is lower than before."),
            Field::ask("seen_by", "Who else has seen it?", Kind::Select(colleagues())).hint(second),
            when_fields(),
        ],
        carried: state
            .values
            .pairs()
            .iter()
            .filter(|(name, value)| kept(name) && !value.is_empty())
            .map(|(name, value)| (name.clone(), Words::new(value.clone())))
            .collect(),
    }
}

async fn save(mut on: OnCase<NOTE_BODY>) -> Answered {
    if let Some(saved) = saved_as_it_goes(&on.app, &on.posted).await {
        return Ok(saved);
    }
    if on.posted.values.text("do") != "finish" {
        // Counted, or on to the decision: nothing is checked yet and nothing is lost. My work leads back to it; where that
        // cannot be kept, the next step says so.
        match keep_listed(&on.app, &on.posted).await {
            Ok(()) | Err(_) => {}
        }
        return Ok(back_with(&on.app, &on.posted, Errors::default()).await);
    }
    let (assessed, when) = on.read(|form| read(form, on.who())).await?;
    let saved = on
        .casework()
        .assess_risk(on.who(), on.form(), on.case, when, assessed)
        .await;
    if matches!(saved, Err(Problem::FormUsed)) {
        // The page stayed open after it was saved: another press is another assessment.
        on.posted.form.command = on.casework().new_command();
    }
    on.on_to("level", saved, |done| {
        format!("/case/{}/risk?done=risk", done.case)
    })
    .await
}

fn read(form: &mut Reading<'_>, who: &Who) -> Option<(RiskAssessed, When)> {
    let values = form.values;
    let Some(instrument) = who.room.terms.instrument(values.text("instrument")) else {
        return form.wrong(
            "level",
            "This landlord uses no such instrument. Start the assessment again",
        );
    };
    let answers = form.take(answers_of(&instrument.questions, values));
    let level = form.line("level", "Choose the level", 60);
    let judgement = form.maybe_line("judgement", NOTE_CHARACTERS);
    let reason = form.maybe_line("reason", NOTE_CHARACTERS);
    let seen_by = form.maybe_choice("seen_by", AccountId::parse);
    let incidents = form.maybe_number("incidents", "number of incidents", 0, 999);
    let when = form.when();
    let answers = answers?;
    let count = Count::of(&instrument.questions, &answers);
    let assessed = RiskAssessed {
        instrument: instrument.id.clone(),
        by: AssessedBy::Us,
        agency: None,
        evidence: Evidence::Own,
        yes: Some(count.yes),
        unknown: Some(count.unknown()),
        level: level?.reveal().to_owned(),
        reason: reason?,
        seen_by: seen_by?,
        answered: Some(fact::Answered {
            version: instrument.questions.version.clone(),
            answers,
            perpetrators: values.all("of").filter_map(PersonId::parse).collect(),
            area: values.said("area").map(str::to_owned),
            incidents: incidents?.and_then(|n| u16::try_from(n).ok()),
            judgement: judgement?,
        }),
    };
    Some((assessed, when?))
}
