//! The smaller facts of a case: one form each, all drawn by the one form page and answered in the same way.

use super::case::case_of;
use super::report::with_blank;
use crate::app::{
    CaseSide, Posted, Shared, Signed, answer, answer_form, back_with, case_frame, frame, kept_for_later,
    redraw,
};
use crate::choices_of;
use crate::forms::when::{Asked, Bound, clock, day, instant, local};
use crate::forms::{
    Button, CaseFormPage, Choice, Errors, Field, FieldError, Form, Kind, Link, NOTE_BODY, NOTE_CHARACTERS,
    Note, Values, answers,
};
use crate::routes::Routes;
use axum::extract::{Path, State};
use axum::response::Response;
use fanlight_casework::{CasePage, Done, Problem, StaffRow, When};
use fanlight_core::access::Action;
use fanlight_core::fact::*;
use fanlight_core::ids::{AccountId, CaseId, PersonId, Position};
use fanlight_core::pack::Register;
use fanlight_core::words::Words;
use jiff::Timestamp;
use jiff::civil::Date;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/case/{case}/note", note)
        .post("/case/{case}/note", save_note)
        .get("/case/{case}/wishes", wishes)
        .post("/case/{case}/wishes", save_wishes)
        .get("/case/{case}/own-view", own_view)
        .post("/case/{case}/own-view", save_own_view)
        .get("/case/{case}/rhythm", rhythm)
        .post("/case/{case}/rhythm", save_rhythm)
        .get("/case/{case}/risk", risk)
        .post("/case/{case}/risk", save_risk)
        .get("/case/{case}/plan", plan)
        .post("/case/{case}/plan", save_plan)
        .get("/case/{case}/excuse", excuse)
        .post("/case/{case}/excuse", save_excuse)
        .get("/case/{case}/more", more)
        .post("/case/{case}/more", save_more)
        .get("/case/{case}/correct/{place}", correct)
        .post("/case/{case}/correct/{place}", save_correction)
}

/// A form on a case, before it is drawn.
pub(super) struct Spec {
    pub(super) title: String,
    pub(super) lead: Vec<String>,
    pub(super) fields: Vec<Field>,
    pub(super) button: String,
    pub(super) notes: Vec<Note>,
    /// What the fields hold at first.
    pub(super) held: Vec<(String, String)>,
}

impl Spec {
    pub(super) fn new(title: &str, button: &str, fields: Vec<Field>) -> Self {
        Spec {
            title: title.into(),
            lead: Vec::new(),
            fields,
            button: button.into(),
            notes: Vec::new(),
            held: Vec::new(),
        }
    }

    pub(super) fn lead(mut self, line: &str) -> Self {
        self.lead.push(line.into());
        self
    }

    pub(super) fn note(mut self, heading: &str, says: &str) -> Self {
        self.notes.push(Note::new(heading, says));
        self
    }

    pub(super) fn holding(mut self, name: &str, value: impl Into<String>) -> Self {
        self.held.push((name.into(), value.into()));
        self
    }
}

/// Draws a form on a case, for whoever may do what it is for.
pub(super) async fn draw(
    app: &Shared,
    signed: &Signed,
    case: &str,
    action: Action,
    spec: impl FnOnce(&CasePage) -> Result<Spec, Problem>,
) -> Response {
    answer(drawn(app, signed, case, action, spec).await)
}

async fn drawn(
    app: &Shared,
    signed: &Signed,
    case: &str,
    action: Action,
    spec: impl FnOnce(&CasePage) -> Result<Spec, Problem>,
) -> Result<CaseFormPage, Problem> {
    let page = app
        .casework
        .case_form(&signed.who, case_of(case)?, action)
        .await?
        .into_view();
    let spec = spec(&page)?;
    let mut state = redraw(app, signed, page.view.seen).await?;
    if signed.again.is_none() {
        for (name, value) in spec.held {
            state.values.set(name, value);
        }
    }
    let reference = page.view.header.reference.clone().unwrap_or_default();
    let base = format!("/case/{}", page.case);
    Ok(CaseFormPage {
        frame: frame(app, signed, &format!("Case {reference}"), "/cases"),
        case: case_frame(signed, &page, CaseSide::Form),
        form: Form {
            action: signed.path.clone(),
            state,
            title: spec.title,
            lead: spec.lead,
            fields: spec.fields,
            buttons: vec![Button::new(spec.button), Button::keep_for_later()],
            leave: Some(Link::new("Leave without saving", base)),
        },
        steps: Vec::new(),
        notes: spec.notes,
    })
}

/// Where a form of a case leads once it is done.
pub(super) fn done(what: &'static str) -> impl FnOnce(Done) -> String {
    move |done| format!("/case/{}?done={what}", done.case)
}

/// When it happened: a day and a time, or now.
pub(super) fn when_fields() -> Field {
    Field::Line(vec![
        Field::ask("day", "Which day?", Kind::Day),
        Field::ask("time", "At what time?", Kind::Time).hint("Empty means now."),
    ])
}

/// When it happened, as typed; empty means now.
pub(super) fn when_of(values: &Values, now: Timestamp) -> Result<When, FieldError> {
    let today = local(now).date();
    let chosen = match values.said("day") {
        None | Some("today") => today,
        Some(_) => day(
            values,
            Asked {
                field: "day",
                noun: "day it happened",
            },
            today,
            Bound::TodayOrEarlier,
        )?,
    };
    if values.said("time").is_none() {
        return if chosen == today {
            Ok(When::default())
        } else {
            Err(FieldError::new(
                "time",
                "Give the time on that day, for example 17:05",
            ))
        };
    }
    let time = clock(
        values,
        Asked {
            field: "time",
            noun: "time it happened",
        },
    )?;
    match instant(chosen, time) {
        Some(at) if at <= now => Ok(When::at(at)),
        Some(_) => Err(FieldError::new(
            "time",
            "This time has not come yet. Give the time at which it happened",
        )),
        None => Err(FieldError::new(
            "time",
            "Give a time of that day, for example 17:05",
        )),
    }
}

/// Words that must be there and when it happened, as typed.
pub(super) fn words_and_when(
    app: &Shared,
    values: &Values,
    errors: &mut Errors,
    if_empty: &'static str,
) -> Option<(Words, When)> {
    let words = errors.take(answers::words(values, "words", if_empty, NOTE_CHARACTERS));
    let when = errors.take(when_of(values, app.casework.now()));
    words.zip(when)
}

/// A planned day that may be left out.
pub(super) fn maybe_day(
    values: &Values,
    field: &'static str,
    noun: &'static str,
    now: Timestamp,
) -> Result<Option<Date>, FieldError> {
    let typed = ["day", "month", "year"]
        .iter()
        .any(|part| values.said(&format!("{field}-{part}")).is_some());
    if !typed {
        return Ok(None);
    }
    day(
        values,
        Asked { field, noun },
        local(now).date(),
        Bound::TodayOrLater,
    )
    .map(Some)
}

pub(super) fn id_of(case: &str) -> Option<CaseId> {
    CaseId::parse(case)
}

macro_rules! case_id {
    ($case:expr) => {
        match id_of(&$case) {
            Some(id) => id,
            None => return crate::routes::see_other("/nothing-here"),
        }
    };
}
pub(super) use case_id;

macro_rules! keep_first {
    ($app:expr, $posted:expr) => {
        if let Some(kept) = kept_for_later(&$app, &$posted).await {
            return kept;
        }
    };
}
pub(super) use keep_first;

// Notes.

async fn note(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    draw(&app, &signed, &case, Action::WriteNote, |_| {
        Ok(Spec::new("Write a note", "Save the note", vec![
            Field::words("words", "What happened or was said").hint(
                "Facts: who did or said what, to whom, when. Her own words in quotation marks. No judgements.",
            ),
            when_fields(),
        ])
        .holding("day", "today")
        .note("A note is not a contact", "If you spoke with somebody, record a contact: clocks run on that."))
    })
    .await
}

async fn save_note(
    State(app): State<Shared>,
    Path(case): Path<String>,
    posted: Posted<NOTE_BODY>,
) -> Response {
    keep_first!(app, posted);
    let case = case_id!(case);
    let mut errors = Errors::default();
    let told = words_and_when(
        &app,
        &posted.values,
        &mut errors,
        "Write what happened or was said",
    );
    let Some((words, when)) = told else {
        return back_with(&app, &posted, errors).await;
    };
    let result = app
        .casework
        .write_note(&posted.who, posted.form, case, when, NoteWritten { words })
        .await;
    answer_form(&app, &posted, "words", result, done("note")).await
}

// Wishes and own view.

async fn wishes(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    draw(&app, &signed, &case, Action::RecordContact, |_| {
        Ok(Spec::new(
            "What the person wants",
            "Save",
            vec![
                Field::words("words", "What the person wants to happen, in their own words"),
                when_fields(),
            ],
        )
        .holding("day", "today"))
    })
    .await
}

async fn save_wishes(
    State(app): State<Shared>,
    Path(case): Path<String>,
    posted: Posted<NOTE_BODY>,
) -> Response {
    keep_first!(app, posted);
    let case = case_id!(case);
    let mut errors = Errors::default();
    let told = words_and_when(&app, &posted.values, &mut errors, "Write what the person wants");
    let Some((words, when)) = told else {
        return back_with(&app, &posted, errors).await;
    };
    let result = app
        .casework
        .tell_wishes(&posted.who, posted.form, case, when, WishesTold { words })
        .await;
    answer_form(&app, &posted, "words", result, done("said")).await
}

async fn own_view(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    draw(&app, &signed, &case, Action::RecordContact, |_| {
        Ok(Spec::new(
            "How dangerous the person says it is",
            "Save",
            vec![
                Field::radios(
                    "asked",
                    "Have you been able to ask?",
                    vec![
                        Choice::new("told", "Yes, and this is the answer").reveals(vec![Field::words(
                            "words",
                            "What the person said, in their own words",
                        )]),
                        Choice::new("not_yet", "Not yet").reveals(vec![
                            Field::text("because", "Why not yet?")
                                .hint("It stays on your list until it is asked."),
                        ]),
                    ],
                ),
                when_fields(),
            ],
        )
        .holding("day", "today")
        .note(
            "Always asked",
            "The person's own view counts whatever a list of questions says.",
        ))
    })
    .await
}

async fn save_own_view(
    State(app): State<Shared>,
    Path(case): Path<String>,
    posted: Posted<NOTE_BODY>,
) -> Response {
    keep_first!(app, posted);
    let case = case_id!(case);
    let values = &posted.values;
    let mut errors = Errors::default();
    let view = match values.said("asked") {
        Some("told") => errors
            .take(answers::words(
                values,
                "words",
                "Write what the person said",
                NOTE_CHARACTERS,
            ))
            .map(|words| OwnViewOfDangerTold::Told { words }),
        Some("not_yet") => errors
            .take(answers::words(
                values,
                "because",
                "Say why it could not be asked yet",
                1000,
            ))
            .map(|because| OwnViewOfDangerTold::NotYet { because }),
        _ => {
            errors.push(FieldError::new(
                "asked",
                "Choose whether you have been able to ask",
            ));
            None
        }
    };
    let when = errors.take(when_of(values, app.casework.now()));
    let (Some(view), Some(when)) = (view, when) else {
        return back_with(&app, &posted, errors).await;
    };
    let result = app
        .casework
        .tell_own_view(&posted.who, posted.form, case, when, view)
        .await;
    answer_form(&app, &posted, "asked", result, done("view")).await
}

// Rhythm.

async fn rhythm(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    draw(&app, &signed, &case, Action::RecordContact, |_| {
        Ok(Spec::new(
            "How often we are in contact",
            "Save what was agreed",
            vec![
                Field::ask("every", "Every how many days?", Kind::Number),
                Field::text("how", "In what words did the person agree?")
                    .hint("Silence is never agreement, and no reply to a proposal is none either."),
                Field::ask("review", "When do we look at it again?", Kind::Date),
                Field::ask("until", "Until when does it hold?", Kind::Date)
                    .hint("Leave it empty if no end was agreed."),
            ],
        ))
    })
    .await
}

async fn save_rhythm(State(app): State<Shared>, Path(case): Path<String>, posted: Posted) -> Response {
    keep_first!(app, posted);
    let case = case_id!(case);
    let values = &posted.values;
    let now = app.casework.now();
    let mut errors = Errors::default();
    let every = errors.take(answers::maybe_number(values, "every", "number of days", 1, 365));
    if every == Some(None) {
        errors.push(FieldError::new("every", "Give the number of days, for example 7"));
    }
    let how = errors.take(answers::words(
        values,
        "how",
        "Write in what words the person agreed",
        2000,
    ));
    let review = errors.take(day(
        values,
        Asked {
            field: "review",
            noun: "day to look at it again",
        },
        local(now).date(),
        Bound::TodayOrLater,
    ));
    let until = errors.take(maybe_day(values, "until", "day it ends", now));
    let (Some(Some(every)), Some(how), Some(review_on), Some(until)) = (every, how, review, until) else {
        return back_with(&app, &posted, errors).await;
    };
    let agreed = RhythmAgreed {
        every_days: u16::try_from(every).unwrap_or(365),
        how,
        until,
        review_on,
    };
    let result = app
        .casework
        .agree_rhythm(&posted.who, posted.form, case, When::default(), agreed)
        .await;
    answer_form(&app, &posted, "how", result, done("rhythm")).await
}

// Risk.

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

/// A code as words: `very_high` as "Very high".
pub(super) fn words_of(code: &str) -> String {
    let mut words = code.replace(['_', '-'], " ");
    if let Some(first) = words.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    words
}

/// Colleagues who read cases, to choose a second person from.
pub(super) fn readers(app: &Shared, signed: &Signed) -> Vec<Choice> {
    colleagues(app, signed, |row| {
        row.account != signed.who.account && works_cases(row)
    })
}

/// Whether this colleague works cases or decides in them.
pub(super) fn works_cases(row: &StaffRow) -> bool {
    row.roles.iter().any(|(role, _)| role.works_cases())
}

/// Colleagues to choose from, by name and post: those whose account is open and who are wanted here.
pub(super) fn colleagues(app: &Shared, signed: &Signed, wanted: impl Fn(&StaffRow) -> bool) -> Vec<Choice> {
    app.casework
        .staff(&signed.who)
        .into_iter()
        .filter(|row| row.open && wanted(row))
        .map(|row| {
            Choice::new(
                row.account.to_string(),
                format!("{}, {}", row.name.reveal(), row.post.reveal()),
            )
        })
        .collect()
}

async fn risk(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    draw(&app, &signed, &case, Action::RecordContact, |_| {
        Ok(Spec::new("Record an assessment of risk", "Save the assessment", vec![
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
        .lead("What was not asked or not known is counted apart, and never as no.")
        .note(
            "Judgement raises, and never lowers",
            "Within one assessment your judgement can raise the level. It comes down only by a newer assessment, with a \
             reason, seen by a second person.",
        ))
    })
    .await
}

async fn save_risk(
    State(app): State<Shared>,
    Path(case): Path<String>,
    posted: Posted<NOTE_BODY>,
) -> Response {
    keep_first!(app, posted);
    let case = case_id!(case);
    let values = &posted.values;
    let mut errors = Errors::default();
    let instrument = errors.take(answers::words(
        values,
        "instrument",
        "Say with which instrument",
        200,
    ));
    let by = errors.take(answers::choice(values, "by", "Choose by whom", AssessedBy::parse));
    let level = errors.take(answers::words(values, "level", "Choose the level", 60));
    let yes = errors.take(answers::maybe_number(values, "yes", "number of answers", 0, 200));
    let unknown = errors.take(answers::maybe_number(
        values,
        "unknown",
        "number of answers",
        0,
        200,
    ));
    let reason = errors.take(answers::maybe_words(values, "reason", NOTE_CHARACTERS));
    let seen_by = errors.take(answers::maybe_choice(
        values,
        "seen_by",
        "Choose from the list",
        AccountId::parse,
    ));
    let agency = errors.take(answers::maybe_words(values, "agency", 300));
    let when = errors.take(when_of(values, app.casework.now()));
    let evidence = match by {
        Some(AssessedBy::OtherAgency) => errors.take(answers::choice(
            values,
            "evidence",
            "Choose what we hold of it",
            Evidence::parse,
        )),
        _ => Some(Evidence::Own),
    };
    let (Some(instrument), Some(by), Some(level), Some(when), Some(evidence)) =
        (instrument, by, level, when, evidence)
    else {
        return back_with(&app, &posted, errors).await;
    };
    if !errors.is_empty() {
        return back_with(&app, &posted, errors).await;
    }
    let count = |number: Option<Option<u32>>| number.flatten().and_then(|number| u8::try_from(number).ok());
    let assessed = RiskAssessed {
        instrument: instrument.reveal().to_owned(),
        by,
        agency: agency.flatten().filter(|_| by == AssessedBy::OtherAgency),
        evidence,
        yes: count(yes),
        unknown: count(unknown),
        level: level.reveal().to_owned(),
        reason: reason.flatten(),
        seen_by: seen_by.flatten(),
        answered: None,
    };
    let result = app
        .casework
        .assess_risk(&posted.who, posted.form, case, when, assessed)
        .await;
    answer_form(&app, &posted, "level", result, done("risk")).await
}

// Plans.

async fn plan(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    draw(&app, &signed, &case, Action::RecordContact, |_| {
        Ok(Spec::new(
            "Record a plan",
            "Save the plan",
            vec![
                Field::radios(
                    "what",
                    "What kind of plan?",
                    vec![
                        Choice::new("action", "An action plan: what the person does, and what we do")
                            .reveals(vec![
                                Field::ask(
                                    "with",
                                    "Agreed with whom?",
                                    Kind::Radios(choices_of!(AgreedWith)),
                                ),
                                Field::words("words", "What it says"),
                                Field::ask("review", "When do we look at it again?", Kind::Date)
                                    .hint("May be left empty."),
                            ]),
                        Choice::new("safety", "A safety plan was offered").reveals(vec![
                            Field::ask(
                                "taken",
                                "What came of the offer?",
                                Kind::Inline(choices_of!(Taken)),
                            ),
                            Field::text("offered", "Anything else")
                                .hint("Who holds it, and whether it is safe to keep."),
                        ]),
                    ],
                ),
                when_fields(),
            ],
        )
        .holding("day", "today")
        .note(
            "Copies",
            "Nothing is sent to the person from here. A copy goes only where it is safe to keep.",
        ))
    })
    .await
}

async fn save_plan(
    State(app): State<Shared>,
    Path(case): Path<String>,
    posted: Posted<NOTE_BODY>,
) -> Response {
    keep_first!(app, posted);
    let case = case_id!(case);
    let values = &posted.values;
    let now = app.casework.now();
    let mut errors = Errors::default();
    let when = errors.take(when_of(values, now));
    match values.said("what") {
        Some("action") => {
            let with = errors.take(answers::choice(
                values,
                "with",
                "Choose with whom it was agreed",
                AgreedWith::parse,
            ));
            let words = errors.take(answers::words(
                values,
                "words",
                "Write what the plan says",
                NOTE_CHARACTERS,
            ));
            let review = errors.take(maybe_day(values, "review", "day to look at it again", now));
            let (Some(with), Some(words), Some(review_on), Some(when)) = (with, words, review, when) else {
                return back_with(&app, &posted, errors).await;
            };
            let plan = ActionPlanAgreed {
                with,
                words,
                review_on,
            };
            let result = app
                .casework
                .agree_plan(&posted.who, posted.form, case, when, plan)
                .await;
            answer_form(&app, &posted, "words", result, done("plan")).await
        }
        Some("safety") => {
            let taken = errors.take(answers::choice(
                values,
                "taken",
                "Choose what came of the offer",
                Taken::parse,
            ));
            let words = errors.take(answers::maybe_words(values, "offered", 2000));
            let (Some(taken), Some(words), Some(when)) = (taken, words, when) else {
                return back_with(&app, &posted, errors).await;
            };
            let offered = SafetyPlanOffered { taken, words };
            let result = app
                .casework
                .offer_safety_plan(&posted.who, posted.form, case, when, offered)
                .await;
            answer_form(&app, &posted, "what", result, done("plan")).await
        }
        _ => {
            errors.push(FieldError::new("what", "Choose what kind of plan"));
            back_with(&app, &posted, errors).await
        }
    }
}

// Excuses and pauses.

async fn excuse(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    draw(&app, &signed, &case, Action::RecordContact, |page| {
        let mut rules: Vec<(String, String)> = page
            .promises
            .iter()
            .filter(|promise| promise.is_owed())
            .map(|promise| (promise.rule.clone(), promise.title.clone()))
            .collect();
        rules.sort();
        rules.dedup();
        let rules: Vec<Choice> = rules.into_iter().map(|(id, title)| Choice::new(id, title)).collect();
        let pauses: Vec<Choice> = signed
            .who
            .room
            .terms
            .pauses
            .iter()
            .map(|pause| Choice::new(&pause.ground, words_of(&pause.ground)))
            .collect();
        let mut what = vec![Choice::new("excuse", "It cannot be kept as promised, and I say why").reveals(vec![
            Field::radios("ground", "On what ground?", choices_of!(ExcuseGround)),
            Field::ask("new_date", "The new date", Kind::Date).hint("Where the policy asks for one."),
        ])];
        if !pauses.is_empty() {
            what.push(
                Choice::new("pause", "Its clock is to be stopped for a while")
                    .reveals(vec![Field::ask("pause_ground", "On what ground?", Kind::Select(with_blank(pauses)))]),
            );
            what.push(Choice::new("end", "Its clock is to run on"));
        }
        Ok(Spec::new("Explain or excuse a promise", "Save", vec![
            Field::radios("rule", "Which promise?", rules),
            Field::radios("what", "What is to be recorded?", what),
            Field::words("reason", "Why?"),
        ])
        .note(
            "What stays",
            "A promise missed for want of a safe way still counts as missed, and is explained. Contact is never forced.",
        ))
    })
    .await
}

async fn save_excuse(
    State(app): State<Shared>,
    Path(case): Path<String>,
    posted: Posted<NOTE_BODY>,
) -> Response {
    keep_first!(app, posted);
    let case = case_id!(case);
    let values = &posted.values;
    let mut errors = Errors::default();
    let rule = errors.take(answers::words(values, "rule", "Choose which promise", 100));
    let what = values.said("what").unwrap_or_default().to_owned();
    if !["excuse", "pause", "end"].contains(&what.as_str()) {
        errors.push(FieldError::new("what", "Choose what is to be recorded"));
    }
    let reason = if what == "end" {
        Some(Words::default())
    } else {
        errors.take(answers::words(values, "reason", "Say why", NOTE_CHARACTERS))
    };
    let ground = if what == "excuse" {
        errors.take(answers::choice(
            values,
            "ground",
            "Choose on what ground",
            ExcuseGround::parse,
        ))
    } else {
        None
    };
    let new_date = errors
        .take(maybe_day(values, "new_date", "new date", app.casework.now()))
        .flatten();
    let (Some(rule), Some(reason)) = (rule, reason) else {
        return back_with(&app, &posted, errors).await;
    };
    if !errors.is_empty() {
        return back_with(&app, &posted, errors).await;
    }
    let rule = rule.reveal().to_owned();
    let (who, form, now) = (&posted.who, posted.form, When::default());
    let (result, code) = match (what.as_str(), ground) {
        ("excuse", Some(ground)) => {
            let excused = ObligationExcused {
                rule,
                item: None,
                ground,
                reason,
                new_date,
            };
            (
                app.casework.excuse(who, form, case, now, excused).await,
                "excused",
            )
        }
        ("pause", _) => {
            let ground = values.text("pause_ground").to_owned();
            (
                app.casework
                    .begin_pause(who, form, case, now, PauseBegan { rule, ground, reason })
                    .await,
                "paused",
            )
        }
        _ => (
            app.casework
                .end_pause(who, form, case, now, PauseEnded { rule })
                .await,
            "running",
        ),
    };
    answer_form(&app, &posted, "rule", result, done(code)).await
}

// What changed: death, moving away, "stop".

async fn more(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    draw(&app, &signed, &case, Action::RecordContact, |page| {
        let people: Vec<Choice> = page
            .view
            .people
            .iter()
            .filter(|person| !person.has_died)
            .map(|person| {
                let name = person.called.as_ref().or(person.name.as_ref());
                let name = name.map_or_else(|| "Name not known".to_owned(), |name| name.reveal().to_owned());
                Choice::new(
                    person.person.to_string(),
                    format!("{name} ({})", person.part.label()),
                )
            })
            .collect();
        Ok(Spec::new(
            "Record what changed",
            "Save",
            vec![
                Field::radios(
                    "what",
                    "What happened?",
                    vec![
                        Choice::new("stop", "The person asked us to stop"),
                        Choice::new("moved", "The person is no longer in this landlord's care"),
                        Choice::new("died", "Somebody in the case died").reveals(vec![Field::ask(
                            "person",
                            "Who?",
                            Kind::Select(with_blank(people)),
                        )]),
                    ],
                ),
                Field::words("words", "What we were told").hint("Not needed for a death."),
                when_fields(),
            ],
        )
        .holding("day", "today")
        .note(
            "What goes on",
            "What is owed to children and to others at risk goes on, and what was missed stays missed.",
        ))
    })
    .await
}

async fn save_more(
    State(app): State<Shared>,
    Path(case): Path<String>,
    posted: Posted<NOTE_BODY>,
) -> Response {
    keep_first!(app, posted);
    let case = case_id!(case);
    let values = &posted.values;
    let mut errors = Errors::default();
    let when = errors.take(when_of(values, app.casework.now()));
    let (who, form) = (&posted.who, posted.form);
    let what = values.said("what").unwrap_or_default().to_owned();
    let words = match what.as_str() {
        "stop" | "moved" => errors.take(answers::words(
            values,
            "words",
            "Write what we were told",
            NOTE_CHARACTERS,
        )),
        "died" => Some(Words::default()),
        _ => {
            errors.push(FieldError::new("what", "Choose what happened"));
            None
        }
    };
    let person = if what == "died" {
        errors.take(answers::choice(values, "person", "Choose who", PersonId::parse))
    } else {
        None
    };
    let (Some(when), Some(words)) = (when, words) else {
        return back_with(&app, &posted, errors).await;
    };
    if !errors.is_empty() {
        return back_with(&app, &posted, errors).await;
    }
    let result = match (what.as_str(), person) {
        ("stop", _) => {
            app.casework
                .say_stop(who, form, case, when, SaidStop { words })
                .await
        }
        ("died", Some(person)) => {
            app.casework
                .mark_died(who, form, case, when, PersonDied { person })
                .await
        }
        _ => {
            app.casework
                .mark_moved(who, form, case, when, MovedOutOfCare { words })
                .await
        }
    };
    answer_form(&app, &posted, "what", result, done("said")).await
}

// Corrections.

async fn correct(
    State(app): State<Shared>,
    signed: Signed,
    Path((case, place)): Path<(String, u64)>,
) -> Response {
    draw(&app, &signed, &case, Action::WriteNote, |page| {
        let row = page.view.timeline.iter().find(|row| row.place.0 == place).ok_or(Problem::Unseen)?;
        let main = row.lines.iter().find(|line| line.label.is_none());
        let words = main.map_or("", |line| line.words.reveal());
        Ok(Spec::new("Put an entry right", "Save the correction", vec![
            Field::Inset(format!("{}. What stands there now leaves the page at once.", row.title)),
            Field::radios("what", "What is wrong?", vec![
                Choice::new("words", "The words").reveals(vec![Field::words("words", "What it should say")]),
                Choice::new("mistake", "The whole entry: it was made by mistake")
                    .reveals(vec![Field::text("reason", "Why is it taken back?")]),
            ]),
        ])
        .holding("words", words)
        .note(
            "Nothing is lost",
            "What stood there is kept on the record. Only the domestic abuse lead can open it, with a reason.",
        ))
    })
    .await
}

async fn save_correction(
    State(app): State<Shared>,
    Path((case, place)): Path<(String, u64)>,
    posted: Posted<NOTE_BODY>,
) -> Response {
    keep_first!(app, posted);
    let case = case_id!(case);
    let values = &posted.values;
    let mut errors = Errors::default();
    let (who, form, position) = (&posted.who, posted.form, Position(place));
    match values.said("what") {
        Some("words") => {
            let words = errors.take(answers::words(
                values,
                "words",
                "Write what it should say",
                NOTE_CHARACTERS,
            ));
            let Some(words) = words else {
                return back_with(&app, &posted, errors).await;
            };
            let result = app.casework.correct_words(who, form, case, position, words).await;
            answer_form(&app, &posted, "words", result, done("corrected")).await
        }
        Some("mistake") => {
            let reason = errors.take(answers::words(values, "reason", "Say why it is taken back", 1000));
            let Some(reason) = reason else {
                return back_with(&app, &posted, errors).await;
            };
            let result = app
                .casework
                .take_back(who, form, case, position, TakenBack { reason })
                .await;
            answer_form(&app, &posted, "reason", result, done("taken-back")).await
        }
        _ => {
            errors.push(FieldError::new("what", "Choose what is wrong"));
            back_with(&app, &posted, errors).await
        }
    }
}

/// The outcomes that the pack names, for closing.
pub(super) fn outcomes(signed: &Signed) -> Vec<Choice> {
    signed
        .who
        .room
        .pack
        .register(Register::Outcome)
        .iter()
        .map(|entry| Choice::new(&entry.id, &entry.title))
        .collect()
}
