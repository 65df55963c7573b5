//! Risk: how it stands, ours and others' apart; and an assessment that was made on paper or by another agency.

use super::case_form::{Spec, draw, readers, when_fields, words_of};
use super::report::with_blank;
use super::ways::{neutral_title, open_form};
use crate::app::{Answered, CaseSide, OnCase, Shared, Signed, answer, base_of, case_frame, frame, risk_sign};
use crate::forms::{Choice, Field, Kind, Link, NOTE_BODY, NOTE_CHARACTERS, Reading};
use crate::risk::{AssessedRow, FromWhom, MaracLine, RiskViewPage};
use crate::routes::Routes;
use axum::extract::{Path, State};
use axum::response::Response;
use fanlight_casework::{Problem, Room, When};
use fanlight_core::access::Action;
use fanlight_core::calendar::{date_words, moment_words};
use fanlight_core::fact::{AssessedBy, Evidence, Part, RiskAssessed};
use fanlight_core::ids::AccountId;
use fanlight_core::risk::{Instrument, MaracArea};
use fanlight_core::view::{PersonRow, RiskRow};
use fanlight_core::words::Words;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/case/{case}/risk", risk)
        .get("/case/{case}/risk/record", record)
        .post("/case/{case}/risk/record", save_record)
}

pub(super) fn levels(signed: &Signed) -> Vec<Choice> {
    signed
        .who
        .room
        .terms
        .risk_scale
        .iter()
        .map(|level| Choice::new(level, words_of(level)))
        .collect()
}

async fn risk(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    answer(draw_risk(&app, &signed, &case).await)
}

async fn draw_risk(app: &Shared, signed: &Signed, case: &str) -> Result<RiskViewPage, Problem> {
    let page = open_form(app, signed, case, Action::RecordContact).await?;
    let base = base_of(page.case);
    let room = &signed.who.room;
    let risk = &page.view.risk;
    let assessed = |row: &RiskRow| AssessedRow {
        sign: risk_sign(room, Some(&row.level)),
        count: count_words(row),
        with: asked_with(room, row),
        of: of_whom(&page.view.people, row),
        by: row.agency.clone().unwrap_or_else(|| Words::new("Us")),
        held: match row.evidence {
            Evidence::Own => "",
            Evidence::Seen | Evidence::Told => row.evidence.label(),
        },
        when: moment_words(row.times.happened),
        judgement: row.judgement.clone(),
        why: row.reason.clone(),
    };
    let every: Vec<&RiskRow> = risk.ours.iter().chain(&risk.ours_before).collect();
    let harm: Vec<&PersonRow> = page
        .view
        .people
        .iter()
        .filter(|person| person.part == Part::Perpetrator)
        .collect();
    // With one alone, our latest says it already.
    let from = harm.iter().filter(|_| harm.len() > 1).map(|person| FromWhom {
        name: called(person),
        latest: every
            .iter()
            .find(|row| row.of.contains(&person.person))
            .map(|row| assessed(row)),
    });
    let asked = |row: &&RiskRow| (row.instrument.clone(), row.version.clone());
    let ask = |instrument: &Instrument| {
        let text = format!("Ask now: {}", instrument.title);
        Link::new(text, format!("{base}/risk/ask?instrument={}", instrument.id))
    };
    Ok(RiskViewPage {
        frame: frame(app, signed, &neutral_title(&page), "/cases"),
        case: case_frame(signed, &page, CaseSide::Risk),
        ours: risk.ours.as_ref().map(assessed),
        from: from.collect(),
        before: risk.ours_before.iter().map(assessed).collect(),
        questions_differ: every.windows(2).any(|two| asked(&two[0]) != asked(&two[1])),
        others: risk.others.as_ref().map(assessed),
        ask: room.terms.instruments.iter().map(ask).collect(),
        record: Link::new(
            "Record one made on paper, or by another agency",
            format!("{base}/risk/record"),
        ),
        marac: risk.marac.as_ref().map(|row| MaracLine {
            answer: row.answer.label(),
            grounds: row.grounds.iter().map(|ground| ground.label()).collect(),
            why: row.reason.clone(),
            when: moment_words(row.times.happened),
        }),
        decide: Link::new("Decide about a referral", format!("{base}/marac")),
        areas: room.terms.areas.iter().map(area_line).collect(),
    })
}

/// The instrument, and the version of its questions where we hold the answers.
fn asked_with(room: &Room, row: &RiskRow) -> String {
    let known = room.terms.instrument(&row.instrument);
    let title = known.map_or(&row.instrument, |known| &known.title);
    match &row.version {
        Some(version) => format!("{title} (version {version})"),
        None => title.clone(),
    }
}

fn of_whom(people: &[PersonRow], row: &RiskRow) -> Words {
    let names: Vec<String> = people
        .iter()
        .filter(|person| row.of.contains(&person.person))
        .map(|person| called(person).reveal().to_owned())
        .collect();
    Words::new(names.join(", "))
}

/// What somebody who does harm is called here.
pub(super) fn called(person: &PersonRow) -> Words {
    let name = person.name.as_ref().or(person.called.as_ref());
    name.cloned().unwrap_or_else(|| Words::new("Somebody not named"))
}

/// The count with what it could be. What was not counted is said to be so.
pub(super) fn count_words(row: &RiskRow) -> String {
    match (row.yes, row.could_be) {
        (Some(yes), Some(could)) if could > yes => format!("{yes} yes, could be {could}"),
        (Some(yes), Some(_)) => format!("{yes} yes"),
        (Some(yes), None) => format!("{yes} yes; how many were not asked or not known was not said"),
        (None, _) => "The count is not known to us".to_owned(),
    }
}

fn area_line(area: &MaracArea) -> (String, String) {
    let count = area.count.map_or_else(
        || "no number of yes stated".to_owned(),
        |n| format!("{n} or more yes"),
    );
    let worse = area.escalation.as_ref().map_or_else(
        || "no number of incidents stated".to_owned(),
        |wanted| format!("{} {} in {} months", wanted.n, wanted.of.label(), wanted.months),
    );
    let says = format!(
        "{count}; {worse}. {}, checked on {}.",
        area.source,
        date_words(area.checked)
    );
    (area.title.clone(), says)
}

async fn record(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    draw(&app, &signed, &case, Action::RecordContact, |_| {
        Ok(Spec::new("Record an assessment made elsewhere", "Save the assessment", vec![
            Field::text("instrument", "With which instrument?").hint("For example: DASH."),
            Field::radios("by", "By whom?", vec![
                Choice::new("us", "By us"),
                Choice::new("other_agency", "By another agency").reveals(vec![
                    Field::text("agency", "Which agency?"),
                    Field::ask("evidence", "What do we hold of it?", Kind::Inline(vec![
                        Choice::new("seen", "We have seen it"),
                        Choice::new("told", "We were told of it"),
                    ])),
                ]),
            ]),
            Field::radios("level", "At what level?", levels(&signed)),
            Field::Line(vec![
                Field::ask("yes", "How many answers were yes?", Kind::Number),
                Field::ask("unknown", "How many were not asked, not known or declined?", Kind::Number),
            ]),
            Field::words("reason", "Why this level?").hint("Compulsory where it is lower than before."),
            Field::ask("seen_by", "Who else has seen it?", Kind::Select(with_blank(readers(&app, &signed))))
                .hint("Where the level is lower than before, a second named person has to see it."),
            when_fields(),
        ])
        .holding("day", "today")
        .holding("instrument", "DASH")
        .lead("One made on paper, or by another agency. What was not asked or not known is counted apart, and never as no.")
        .note(
            "Judgement raises, and never lowers",
            "Within one assessment your judgement can raise the level. It comes down only by a newer assessment, with a \
             reason, seen by a second person.",
        ))
    })
    .await
}

fn read_risk(form: &mut Reading<'_>) -> Option<(RiskAssessed, When)> {
    let instrument = form.line("instrument", "Say with which instrument", 200);
    let by = form.choice("by", "Choose by whom", AssessedBy::parse);
    let level = form.line("level", "Choose the level", 60);
    let yes = form.maybe_number("yes", "number of answers", 0, 200);
    let unknown = form.maybe_number("unknown", "number of answers", 0, 200);
    let reason = form.maybe_line("reason", NOTE_CHARACTERS);
    let seen_by = form.maybe_choice("seen_by", AccountId::parse);
    let agency = form.maybe_line("agency", 300);
    let when = form.when();
    let evidence = match by {
        Some(AssessedBy::OtherAgency) => {
            form.choice("evidence", "Choose what we hold of it", Evidence::parse)
        }
        Some(AssessedBy::Us) | None => Some(Evidence::Own),
    };
    let count = |number: Option<u32>| number.and_then(|number| u8::try_from(number).ok());
    let by = by?;
    let assessed = RiskAssessed {
        instrument: instrument?.reveal().to_owned(),
        by,
        agency: agency?.filter(|_| by == AssessedBy::OtherAgency),
        evidence: evidence?,
        yes: count(yes?),
        unknown: count(unknown?),
        level: level?.reveal().to_owned(),
        reason: reason?,
        seen_by: seen_by?,
        answered: None,
    };
    Some((assessed, when?))
}

async fn save_record(on: OnCase<NOTE_BODY>) -> Answered {
    let (assessed, when) = on.read(read_risk).await?;
    let saved = on
        .casework()
        .assess_risk(on.who(), on.form(), on.case, when, assessed)
        .await;
    on.on_to("level", saved, |done| {
        format!("/case/{}/risk?done=risk", done.case)
    })
    .await
}
