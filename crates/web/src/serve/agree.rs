//! What is safe, and what the person wants whenever we make contact: recorded as it was said, one way of one route at a
//! time. "Not safe" needs nothing else.

use super::contact::recheck_day;
use super::ways::*;
use crate::app::{App, Posted, Shared, Signed, answer, answer_form, back_with, redraw};
use crate::forms::answers::{choice, maybe_words, words};
use crate::forms::when::{Asked, Bound, clock, day, local};
use crate::forms::{
    Button, CaseFormPage, Choice, Errors, Field, FieldError, Form, FormState, Kind, Note, Values,
};
use crate::routes::Routes;
use axum::extract::{Path, State};
use axum::response::Response;
use fanlight_casework::{CasePage, Problem, When};
use fanlight_core::access::Action;
use fanlight_core::fact::{ContactWishesTold, SafeContactAgreed, SafeHours, SaidBy, Verdict, Way};
use fanlight_core::ids::RouteId;
use fanlight_core::view::{BannerState, WITHHELD, WayRow};
use fanlight_core::words::Words;
use jiff::civil::{Date, Weekday};

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/case/{case}/contact/agree/{route}/{way}", agree_form)
        .post("/case/{case}/contact/agree/{route}/{way}", agree)
        .get("/case/{case}/contact/wishes", wishes_form)
        .post("/case/{case}/contact/wishes", tell_wishes)
}

/// How many windows of safe hours a form holds.
const WINDOWS: [&str; 3] = ["1", "2", "3"];

async fn agree_form(
    State(app): State<Shared>,
    signed: Signed,
    Path((case, route, way)): Path<(String, String, String)>,
) -> Response {
    answer(draw_agree(&app, &signed, &case, &route, &way).await)
}

async fn draw_agree(
    app: &App,
    signed: &Signed,
    case: &str,
    route: &str,
    way: &str,
) -> Result<CaseFormPage, Problem> {
    let page = open_form(app, signed, case, Action::KeepSafeContact).await?;
    let (Some(route), Some(way)) = (RouteId::parse(route), Way::parse(way)) else {
        return Err(Problem::Unseen);
    };
    let (person, row) = find_route(&page.view, route).ok_or(Problem::Unseen)?;
    let base = format!("/case/{}", page.case);
    let mut state = redraw(app, signed, page.view.seen).await?;
    if is_fresh(&state) {
        let known = page
            .view
            .banner
            .ways
            .iter()
            .find(|known| known.route == route && known.way == way);
        prefill(&mut state, known);
        if let Some(day) = recheck_day(&signed.who.room, page.now) {
            set_day(&mut state, "recheck", day);
        }
    }
    let asks_of = called(person, &signed.who.room);
    let form = Form {
        action: format!("{base}/contact/agree/{route}/{}", way.code()),
        state,
        title: format!("{}: is it safe?", way.label()),
        lead: vec![format!(
            "{}{}. Each way by itself: what is said here is said of this one alone.",
            whose(person, &signed.who.room),
            route_words(row)
        )],
        fields: agree_fields(signed, &asks_of),
        buttons: vec![Button::new("Save")],
        leave: leave(format!("{base}/contact/safe")),
    };
    let notes = vec![
        Note::new(
            "Not known counts as no",
            "Record “safe” only when it was said, by the person or by a professional who asked the person.",
        ),
        Note::new(
            "Who else?",
            "Ask who else sees the telephone, the post or the account, and whether a plan or a cloud is shared.",
        ),
    ];
    Ok(form_page(app, signed, &page, form, notes))
}

fn agree_fields(signed: &Signed, asks_of: &str) -> Vec<Field> {
    let mut windows = Vec::new();
    for number in WINDOWS {
        let which = match number {
            "1" => "Days",
            "2" => "More hours: days",
            _ => "Still more: days",
        };
        windows.push(
            Field::ask(format!("days{number}"), which, Kind::InlineTicks(week()))
                .hint("None ticked means every day."),
        );
        windows.push(Field::Line(vec![
            Field::ask(format!("from{number}"), "From", Kind::Time),
            Field::ask(format!("until{number}"), "Until", Kind::Time),
        ]));
    }
    windows.push(Field::Say(
        "For a night, give two: until 00:00, and from 00:00.".into(),
    ));
    let days = signed.who.room.terms.recheck_days.map_or_else(
        || "If it is left blank, it is asked each time.".to_owned(),
        |days| format!("The policy’s own time is {days} days. Sooner is fine."),
    );
    vec![
        Field::radios(
            "verdict",
            "What was said?",
            vec![
                Choice::new(Verdict::Safe.code(), "It is safe").reveals(vec![
                    Field::radios(
                        "times",
                        "When?",
                        vec![
                            Choice::new("any", "At any time"),
                            Choice::new("hours", "Only in these hours").reveals(windows),
                        ],
                    ),
                    Field::ask("recheck", "Until which day, without asking again?", Kind::Date).hint(days),
                ]),
                Choice::new(Verdict::Unsafe.code(), Verdict::Unsafe.label())
                    .hint("Nothing else is needed. It holds in every case of the person."),
                Choice::new(Verdict::Unknown.code(), Verdict::Unknown.label())
                    .hint("Until then it counts as no."),
            ],
        ),
        Field::radios(
            "said_by",
            "Who said so?",
            vec![
                Choice::new(SaidBy::Person.code(), asks_of),
                Choice::new(SaidBy::Professional.code(), SaidBy::Professional.label())
                    .reveals(vec![Field::text("professional", "Name and organisation")]),
            ],
        ),
    ]
}

fn week() -> Vec<Choice> {
    (1..=7_i8)
        .filter_map(|number| Weekday::from_monday_one_offset(number).ok())
        .map(|day| {
            let name = format!("{day:?}");
            Choice::new(
                day.to_monday_one_offset().to_string(),
                name.get(..3).unwrap_or(&name),
            )
        })
        .collect()
}

/// What was agreed last, so that only what has changed is typed.
fn prefill(state: &mut FormState, known: Option<&WayRow>) {
    state.values.set("said_by", SaidBy::Person.code());
    let Some(row) = known else {
        return;
    };
    state.values.set("verdict", Verdict::Safe.code());
    state
        .values
        .set("times", if row.hours.is_empty() { "any" } else { "hours" });
    let mut pairs = state.values.pairs().to_vec();
    for (number, hours) in WINDOWS.iter().zip(&row.hours) {
        for day in &hours.days {
            pairs.push((format!("days{number}"), day.to_monday_one_offset().to_string()));
        }
        let clock = |time: jiff::civil::Time| time.strftime("%H:%M").to_string();
        pairs.push((format!("from{number}"), clock(hours.from)));
        pairs.push((format!("until{number}"), clock(hours.until)));
    }
    state.values = Values::new(pairs);
}

const RECHECK: Asked = Asked {
    field: "recheck",
    noun: "day to ask again",
};
const FROM: [Asked; 3] = [
    Asked {
        field: "from1",
        noun: "time from which it is safe",
    },
    Asked {
        field: "from2",
        noun: "time from which it is safe",
    },
    Asked {
        field: "from3",
        noun: "time from which it is safe",
    },
];
const UNTIL: [Asked; 3] = [
    Asked {
        field: "until1",
        noun: "time until which it is safe",
    },
    Asked {
        field: "until2",
        noun: "time until which it is safe",
    },
    Asked {
        field: "until3",
        noun: "time until which it is safe",
    },
];

/// The windows that were given: one of which nothing is filled in is none.
fn windows(values: &Values, errors: &mut Errors) -> Vec<SafeHours> {
    let mut hours = Vec::new();
    for (number, (from, until)) in WINDOWS.iter().zip(FROM.into_iter().zip(UNTIL)) {
        let field = format!("days{number}");
        let days: Vec<Weekday> = values
            .all(&field)
            .filter_map(|day| day.parse::<i8>().ok())
            .filter_map(|number| Weekday::from_monday_one_offset(number).ok())
            .collect();
        let blank = values.said(from.field).is_none() && values.said(until.field).is_none();
        if blank && days.is_empty() && (*number != "1" || !hours.is_empty()) {
            continue;
        }
        let (from, until) = (
            errors.take(clock(values, from)),
            errors.take(clock(values, until)),
        );
        if let (Some(from), Some(until)) = (from, until) {
            hours.push(SafeHours { days, from, until });
        }
    }
    hours
}

/// The date in the three boxes, or nothing if all are blank.
pub(super) fn maybe_day(
    values: &Values,
    asked: Asked,
    today: Date,
    bound: Bound,
    errors: &mut Errors,
) -> Option<Date> {
    let blank = ["day", "month", "year"]
        .iter()
        .all(|part| values.said(&format!("{}-{part}", asked.field)).is_none());
    if blank {
        None
    } else {
        errors.take(day(values, asked, today, bound))
    }
}

fn read(values: &Values, route: RouteId, way: Way, today: Date) -> Result<SafeContactAgreed, Errors> {
    let mut errors = Errors::default();
    let verdict = errors.take(choice(values, "verdict", "Choose what was said", Verdict::parse));
    let mut hours = Vec::new();
    let mut recheck_on = None;
    if verdict == Some(Verdict::Safe) {
        match values.text("times") {
            "any" => {}
            "hours" => hours = windows(values, &mut errors),
            _ => errors.push(FieldError::new("times", "Say when it is safe")),
        }
        recheck_on = maybe_day(values, RECHECK, today, Bound::TodayOrLater, &mut errors);
    }
    let said_by = errors.take(choice(values, "said_by", "Choose who said so", SaidBy::parse));
    let professional = match said_by {
        Some(SaidBy::Professional) => errors
            .take(words(
                values,
                "professional",
                "Give the name and organisation of the professional who asked the person",
                300,
            ))
            .map(Some),
        Some(SaidBy::Person) | None => Some(None),
    };
    match (verdict, said_by, professional) {
        (Some(verdict), Some(said_by), Some(professional)) if errors.is_empty() => Ok(SafeContactAgreed {
            route,
            way,
            verdict,
            hours,
            said_by,
            professional,
            recheck_on,
        }),
        _ => Err(errors),
    }
}

async fn agree(
    State(app): State<Shared>,
    Path((case, route, way)): Path<(String, String, String)>,
    posted: Posted,
) -> Response {
    let page = match stand_on(&app, &posted, &case, Action::KeepSafeContact).await {
        Ok(page) => page,
        Err(answer) => return answer,
    };
    let (Some(route), Some(way)) = (RouteId::parse(&route), Way::parse(&way)) else {
        return crate::routes::see_other("/nothing-here");
    };
    let agreed = match read(&posted.values, route, way, local(page.now).date()) {
        Ok(agreed) => agreed,
        Err(errors) => return back_with(&app, &posted, errors).await,
    };
    let code = match agreed.verdict {
        Verdict::Safe => "safe",
        Verdict::Unsafe => "unsafe",
        Verdict::Unknown => "unsure",
    };
    let field = if agreed.hours.is_empty() {
        "verdict"
    } else {
        "from1"
    };
    let done = app
        .casework
        .agree_safe_contact(&posted.who, posted.form, page.case, When::default(), agreed)
        .await;
    answer_form(&app, &posted, field, done, |done| {
        format!("/case/{}/contact/safe?done={code}", done.case)
    })
    .await
}

async fn wishes_form(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    answer(draw_wishes(&app, &signed, &case).await)
}

async fn draw_wishes(app: &App, signed: &Signed, case: &str) -> Result<CaseFormPage, Problem> {
    let page = open_form(app, signed, case, Action::KeepSafeContact).await?;
    let base = format!("/case/{}", page.case);
    let banner = &page.view.banner;
    let mut state = redraw(app, signed, page.view.seen).await?;
    if is_fresh(&state) {
        let known = [
            ("say_we_are", &banner.say_we_are),
            ("if_somebody_else", &banner.if_somebody_else),
            ("more", &banner.more),
        ];
        for (field, words) in known {
            if let Some(words) = words.as_ref().filter(|words| words.reveal() != WITHHELD) {
                state.values.set(field, words.reveal());
            }
        }
        if banner.state == BannerState::SheCallsUs {
            state.values.set("no_contact", "yes");
        }
    }
    let kept = |there: bool| {
        if there {
            "There is one. Leave it blank to keep it: it is not shown here."
        } else {
            "Something ordinary that can be said in any call."
        }
    };
    let mut fields = vec![
        Field::text("say_we_are", "Who do we say we are?").hint("For example “Joan, from the library”"),
        Field::text("if_somebody_else", "What do we say if somebody else answers?")
            .hint("Something harmless. We never confirm that there is a case."),
        Field::text("code_word", "The word by which the person proves who it is")
            .hint(kept(banner.has_code_word)),
        Field::text("duress_word", "The word that means: not safe, end this now")
            .hint(kept(banner.has_duress_word)),
        Field::text("if_duress", "What do we do when that word is used?").hint(if banner.has_duress_word {
            "Leave it blank to keep what the person asked for."
        } else {
            "For example: call 999, or end the call and do not ring back."
        }),
    ];
    if banner.has_code_word || banner.has_duress_word {
        fields.push(Field::checkboxes(
            "forget",
            "Take a word away",
            vec![
                Choice::new("code_word", "The word that proves who it is no longer holds"),
                Choice::new("duress_word", "The word that means “not safe” no longer holds"),
            ],
        ));
    }
    fields.extend([
        Field::radios(
            "no_contact",
            "May we make contact at all?",
            vec![
                Choice::new("no", "Yes, in the ways that are safe"),
                Choice::new("yes", "No: the person contacts us")
                    .hint("No way is used until the person says otherwise."),
            ],
        ),
        Field::ask(
            "more",
            "Anything else",
            Kind::Words {
                rows: 3,
                limit: 2_000,
            },
        ),
    ]);
    let form = Form {
        action: format!("{base}/contact/wishes"),
        state,
        title: "What the person asked of us".into(),
        lead: vec!["It is shown whole: what is changed here takes the place of what was said before.".into()],
        fields,
        buttons: vec![Button::new("Save")],
        leave: leave(format!("{base}/contact/safe")),
    };
    let notes = vec![Note::new(
        "Good words",
        "Not a pet’s or a child’s name, not a date of birth: somebody who lives with the person knows those.",
    )];
    Ok(form_page(app, signed, &page, form, notes))
}

async fn tell_wishes(State(app): State<Shared>, Path(case): Path<String>, posted: Posted) -> Response {
    let page = match stand_on(&app, &posted, &case, Action::KeepSafeContact).await {
        Ok(page) => page,
        Err(answer) => return answer,
    };
    match read_wishes(&posted.values, &page) {
        Ok(told) => {
            let done = app
                .casework
                .tell_contact_wishes(&posted.who, posted.form, page.case, When::default(), told)
                .await;
            answer_form(&app, &posted, "say_we_are", done, |done| {
                format!("/case/{}/contact/safe?done=wishes", done.case)
            })
            .await
        }
        Err(errors) => back_with(&app, &posted, errors).await,
    }
}

fn read_wishes(values: &Values, page: &CasePage) -> Result<ContactWishesTold, Errors> {
    let mut errors = Errors::default();
    let banner = &page.view.banner;
    let mut text = |field: &str, shown: &Option<Words>| {
        let typed = errors.take(maybe_words(values, field, 2_000)).flatten();
        let unseen = shown.as_ref().is_some_and(|words| words.reveal() == WITHHELD);
        typed.or_else(|| unseen.then(|| Words::new(WITHHELD)))
    };
    let not_shown = Some(Words::new(WITHHELD));
    let word = |there: bool, field: &str| {
        if there && !values.has("forget", field) {
            not_shown.clone()
        } else {
            None
        }
    };
    let told = ContactWishesTold {
        person: survivor(&page.view).map(|person| person.person),
        say_we_are: text("say_we_are", &banner.say_we_are),
        if_somebody_else: text("if_somebody_else", &banner.if_somebody_else),
        code_word: text("code_word", &word(banner.has_code_word, "code_word")),
        duress_word: text("duress_word", &word(banner.has_duress_word, "duress_word")),
        if_duress: text("if_duress", &word(true, "duress_word")),
        no_contact: values.text("no_contact") == "yes",
        more: text("more", &banner.more),
    };
    if survivor(&page.view).is_none() {
        errors.push(FieldError::new(
            "say_we_are",
            "Say first who is being harmed, under People and home. A name is not needed",
        ));
    }
    if errors.is_empty() { Ok(told) } else { Err(errors) }
}
