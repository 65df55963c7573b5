//! Recording contact: the gate's answer first, then what happened. A try is not a contact, and what happened is never
//! refused, whatever the gate says.

use super::ways::*;
use crate::app::{
    App, CaseSide, Posted, Shared, Signed, answer, answer_form, back_with, case_frame, frame, redraw,
};
use crate::choices_of;
use crate::contact::{GateLine, Incoming, RecordContactPage};
use crate::forms::answers::{choice, maybe_choice, maybe_words, words};
use crate::forms::when::{Asked, Bound, clock, clock_time, day, instant, local};
use crate::forms::{
    Button, Choice, Errors, Field, FieldError, Form, Kind, Link, NOTE_BODY, NOTE_CHARACTERS, Note, Values,
};
use crate::routes::Routes;
use axum::extract::{Path, State};
use axum::response::Response;
use fanlight_casework::{CasePage, Done, Form as Press, Problem, When};
use fanlight_core::access::Action;
use fanlight_core::fact::*;
use fanlight_core::ids::{PersonId, RouteId};
use fanlight_core::words::Words;
use jiff::{Timestamp, ToSpan};

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/case/{case}/contact", contact)
        .post("/case/{case}/contact", record)
}

async fn contact(State(app): State<Shared>, signed: Signed, Path(case): Path<String>) -> Response {
    answer(draw(&app, &signed, &case).await)
}

async fn draw(app: &App, signed: &Signed, case: &str) -> Result<RecordContactPage, Problem> {
    let page = open_form(app, signed, case, Action::RecordContact).await?;
    let mut state = redraw(app, signed, page.view.seen).await?;
    let comes_in = signed.asked("how") == Some("in") || state.value("how") == "in";
    if is_fresh(&state) {
        let now = local(page.now);
        state.values.set("with", With::Survivor.code());
        state.values.set("direction", Direction::Out.code());
        state.values.set("day", "today");
        state.values.set("time", clock_hm(now.time()));
        if let Some(by) = signed.asked("by").filter(|by| read_key(by).is_some()) {
            state.values.set("by", by);
        }
    }
    let base = format!("/case/{}", page.case);
    let form = Form {
        action: format!("{base}/contact"),
        state,
        title: if comes_in {
            "Somebody contacts us".into()
        } else {
            "Record contact, or a try".into()
        },
        lead: Vec::new(),
        fields: fields(signed, &page, comes_in),
        buttons: vec![Button::new("Save")],
        leave: leave(&base),
    };
    Ok(RecordContactPage {
        frame: frame(app, signed, &neutral_title(&page), "/cases"),
        case: case_frame(signed, &page, CaseSide::Form),
        incoming: comes_in.then(|| incoming(signed, &page, &base)),
        gate: if comes_in {
            Vec::new()
        } else {
            gate_lines(&page, &base)
        },
        form,
        steps: Vec::new(),
        notes: notes(signed, comes_in),
    })
}

fn clock_hm(time: jiff::civil::Time) -> String {
    time.strftime("%H:%M").to_string()
}

/// What to say first to somebody who says that it is the person: nothing that confirms anything.
fn incoming(signed: &Signed, page: &CasePage, base: &str) -> Incoming {
    let banner = &page.view.banner;
    let hello = banner.say_we_are.as_ref().map_or_else(
        || format!("Hello, {} here.", signed.who.name().reveal()),
        |as_whom| format!("Hello, {} here.", as_whom.reveal()),
    );
    let has_words = banner.has_code_word || banner.has_duress_word;
    let ask = if banner.has_code_word {
        "What word did we say?"
    } else {
        "What did we speak of last time?"
    };
    Incoming {
        say: Words::new(format!("“{hello} {ask}”")),
        code_word: if has_words {
            format!("{base}/code-word")
        } else {
            String::new()
        },
        csrf: signed.csrf.clone(),
    }
}

/// The gate's answer for each way of each route of the person whose case it is, those that are "yes" first.
fn gate_lines(page: &CasePage, base: &str) -> Vec<GateLine> {
    let mut lines = Vec::new();
    for row in survivor(&page.view).into_iter().flat_map(|person| &person.routes) {
        for way in &row.ways {
            let mut says = vec![way.says.clone()];
            says.extend(way.warnings.iter().map(|warning| (*warning).to_owned()));
            lines.push((
                !way.allowed,
                GateLine {
                    sign: sign(way),
                    route: Words::new(route_words(row)),
                    value: row.value.clone().filter(|_| way.allowed),
                    says,
                    more: Some(Link::new(
                        if way.allowed {
                            "What to say"
                        } else {
                            "What you can do instead"
                        },
                        format!("{base}/contact/ask/{}/{}", row.route, way.way.code()),
                    )),
                },
            ));
        }
    }
    lines.sort_by_key(|(no, _)| *no);
    lines.into_iter().map(|(_, line)| line).collect()
}

fn notes(signed: &Signed, comes_in: bool) -> Vec<Note> {
    let who = signed.who.room.pack.word("survivor");
    if comes_in {
        return vec![
            Note::new(
                "No word set?",
                "Ask something that only the two of you know from your last talk: not a date of birth, not an address.",
            ),
            Note::new(
                "It is a number, not a proof",
                "Neither the number nor the voice proves who it is.",
            ),
            Note::new(
                "Does it count as contact?",
                format!("Only if it is the {who} and you spoke."),
            ),
        ];
    }
    vec![
        Note::new(
            "A try is not a contact",
            format!(
                "Only when you have spoken with the {who}, and it is sure who it was, is a promise of contact kept."
            ),
        ),
        Note::new(
            "What happened can always be saved",
            "If it went against what the person asked, it is saved all the same, and the page says what to mind the \
             next time. It is not a mark against you.",
        ),
    ]
}

fn fields(signed: &Signed, page: &CasePage, comes_in: bool) -> Vec<Field> {
    let room = &signed.who.room;
    let mut fields = Vec::new();
    if comes_in {
        fields.push(Field::hidden("how", "in"));
        fields.push(Field::hidden("direction", Direction::In.code()));
        fields.push(is_it_her(page));
    } else {
        fields.push(
            Field::ask(
                "direction",
                "Who started it?",
                Kind::Inline(choices_of!(Direction)),
            )
            .hint("If somebody rings now and you are not sure who it is, leave this page and choose “Somebody contacts us”."),
        );
        let mut with = choices_of!(With);
        for (choice, part) in with.iter_mut().zip([
            part_words(Part::Survivor, room),
            part_words(Part::Perpetrator, room),
        ]) {
            choice.text = part;
        }
        fields.push(Field::radios("with", "With whom?", with));
    }
    fields.push(Field::radios("by", "By which way?", ways(signed, page)));
    let mut ends =
        vec![Choice::new("spoke", "We spoke, or they wrote and we read it").reveals(spoke_fields(comes_in))];
    ends.extend(
        TryEnd::ALL
            .iter()
            .filter(|end| !comes_in || matches!(end, TryEnd::NotSafeToTalk | TryEnd::Other))
            .map(|end| Choice::new(end.code(), end.label())),
    );
    fields.push(Field::radios("end", "What happened?", ends));
    fields.push(Field::ask("day", "When was it?", Kind::Day));
    fields.push(Field::ask("time", "At what time?", Kind::Time).hint("For example 14:30"));
    fields.push(
        Field::words("words", "What was said and agreed").hint(
            "Facts, and the person’s own words in quotation marks. For a try, leave it blank if there is nothing to say.",
        ),
    );
    fields
}

/// "Is it her?", for somebody who contacts us.
fn is_it_her(page: &CasePage) -> Field {
    let duress = Field::Danger {
        title: "Not alone, or not safe. Do this".into(),
        steps: vec![
            "Say something harmless, and let the person end the call.".into(),
            "Open the two words above: what the person asked you to do stands there. Do it now. If it is not there, \
             call 999 and say who may be there."
                .into(),
            "Do not ring back. Tell the lead, or after hours whoever is on call.".into(),
        ],
        fields: Vec::new(),
    };
    let mut choices = Vec::new();
    if page.view.banner.has_code_word {
        choices.push(Choice::new("word", "Yes: the person gave the word"));
    }
    choices.push(Choice::new("sure", "Yes, and I am sure without a word"));
    if page.view.banner.has_duress_word {
        choices.push(Choice::new("duress", "The person gave the other word").reveals(vec![duress]));
    }
    choices.extend([
        Choice::new("cannot_tell", "I cannot tell")
            .hint("Treated as “no” until you can. “Sorry, I can’t find a booking. Ring again any time.”"),
        Choice::new("harm", "No: somebody said to do harm, or somebody for them")
            .hint("You neither confirm nor deny anything. Record it when the call has ended."),
        Choice::new("trusted", "No: somebody the person trusts")
            .hint("Only those who are on the list, and only what was allowed."),
        Choice::new("other", "No: somebody else"),
    ]);
    Field::radios("who_rang", "Is it the person?", choices)
}

/// Every known way, the survivor's own first, and "another way".
fn ways(signed: &Signed, page: &CasePage) -> Vec<Choice> {
    let room = &signed.who.room;
    let mut people: Vec<_> = page.view.people.iter().collect();
    people.sort_by_key(|person| person.part != Part::Survivor);
    let mut choices = Vec::new();
    for person in people {
        for row in &person.routes {
            for way in &row.ways {
                choices.push(Choice::new(
                    key(row.route, way.way),
                    format!(
                        "{}: {}{}",
                        way.way.label(),
                        whose(person, room),
                        route_words(row).to_lowercase()
                    ),
                ));
            }
        }
    }
    let mut other = choices_of!(Way);
    other.insert(0, Choice::new("", "Choose a way"));
    choices.push(
        Choice::new("other", "Another way, not on the list").reveals(vec![Field::ask(
            "other_way",
            "Which way?",
            Kind::Select(other),
        )]),
    );
    choices
}

fn spoke_fields(comes_in: bool) -> Vec<Field> {
    let mut fields = Vec::new();
    if !comes_in {
        fields.push(
            Field::ask(
                "sure",
                "Was it sure that it was this person?",
                Kind::Inline(vec![
                    Choice::new("yes", "Yes"),
                    Choice::new("no", "No"),
                    Choice::new("not_known", "Not sure"),
                ]),
            )
            .hint("If not, it does not count as contact."),
        );
    }
    fields.push(Field::radios(
        "still_safe",
        "Is this way still safe?",
        vec![
            Choice::new("yes", "Asked, and yes")
                .hint("It can be relied on from today again, in the same hours."),
            Choice::new("no", "Asked, and no").hint("It is put on record as not safe, and not used again."),
            Choice::new("not_known", "Not asked"),
        ],
    ));
    fields.push(
        Field::text("present", "Who else was present, or interpreted?")
            .hint("Leave it blank if nobody. Never a relative as interpreter."),
    );
    fields
}

/// What was answered.
struct Told {
    with: With,
    route: Option<RouteId>,
    way: Way,
    direction: Direction,
    end: Option<TryEnd>,
    sure: YesNo,
    still_safe: YesNo,
    duress: bool,
    present: Option<Words>,
    words: Option<Words>,
    when: When,
}

const DAY: Asked = Asked {
    field: "day",
    noun: "day it happened",
};
const TIME: Asked = Asked {
    field: "time",
    noun: "time it happened",
};

fn read(values: &Values, now: Timestamp) -> Result<Told, Errors> {
    let mut errors = Errors::default();
    let direction = errors.take(choice(
        values,
        "direction",
        "Choose who started it",
        Direction::parse,
    ));
    let (with, mut sure, duress) = match values.said("who_rang") {
        Some("word" | "sure") => (Some(With::Survivor), YesNo::Yes, false),
        Some("duress") => (Some(With::Survivor), YesNo::Yes, true),
        Some("cannot_tell") => (Some(With::Survivor), YesNo::NotKnown, false),
        Some("harm") => (Some(With::Perpetrator), YesNo::NotKnown, false),
        Some("trusted") => (Some(With::Trusted), YesNo::NotKnown, false),
        Some("other") => (Some(With::Other), YesNo::NotKnown, false),
        Some(_) | None if values.text("how") == "in" => {
            errors.push(FieldError::new(
                "who_rang",
                "Choose who it was, or “I cannot tell”",
            ));
            (None, YesNo::NotKnown, false)
        }
        Some(_) | None => (
            errors.take(choice(values, "with", "Choose with whom it was", With::parse)),
            YesNo::NotKnown,
            false,
        ),
    };
    let by = match values.said("by") {
        Some("other") => errors
            .take(choice(values, "other_way", "Choose which way it was", Way::parse))
            .map(|way| (None, way)),
        said => match said.and_then(read_key) {
            Some((route, way)) => Some((Some(route), way)),
            None => {
                errors.push(FieldError::new(
                    "by",
                    "Choose by which way it was, or “Another way”",
                ));
                None
            }
        },
    };
    let spoke = values.text("end") == "spoke";
    let end = if spoke {
        None
    } else {
        errors.take(choice(values, "end", "Choose what happened", TryEnd::parse))
    };
    let mut still_safe = YesNo::NotKnown;
    if spoke {
        if values.said("who_rang").is_none() {
            sure = errors
                .take(choice(
                    values,
                    "sure",
                    "Say whether it was sure that it was this person",
                    YesNo::parse,
                ))
                .unwrap_or(YesNo::NotKnown);
        }
        still_safe = errors
            .take(maybe_choice(
                values,
                "still_safe",
                "Choose one of the answers",
                YesNo::parse,
            ))
            .flatten()
            .unwrap_or(YesNo::NotKnown);
    }
    let date = errors.take(day(values, DAY, local(now).date(), Bound::TodayOrEarlier));
    let time = errors.take(clock(values, TIME));
    let mut when = When::default();
    if let (Some(date), Some(time)) = (date, time) {
        match instant(date, time) {
            Some(moment) if moment > now => errors.push(FieldError::new(
                "time",
                format!(
                    "This time has not come yet: it is {} now",
                    clock_time(local(now).time())
                ),
            )),
            Some(moment) => when = When::at(moment),
            None => errors.push(FieldError::new("time", "Check the day and the time")),
        }
    }
    let said = if spoke {
        errors
            .take(words(
                values,
                "words",
                "Write what was said. One sentence is enough",
                NOTE_CHARACTERS,
            ))
            .map(Some)
    } else {
        errors.take(maybe_words(values, "words", NOTE_CHARACTERS))
    };
    let present = errors.take(maybe_words(values, "present", 1_000)).flatten();
    match (direction, with, by, said) {
        (Some(direction), Some(with), Some((route, way)), Some(words)) if errors.is_empty() => Ok(Told {
            with,
            route,
            way,
            direction,
            end,
            sure,
            still_safe,
            duress,
            present,
            words,
            when,
        }),
        _ => Err(errors),
    }
}

async fn record(State(app): State<Shared>, Path(case): Path<String>, posted: Posted<NOTE_BODY>) -> Response {
    let page = match stand_on(&app, &posted, &case, Action::RecordContact).await {
        Ok(page) => page,
        Err(answer) => return answer,
    };
    let told = match read(&posted.values, page.now) {
        Ok(told) => told,
        Err(errors) => return back_with(&app, &posted, errors).await,
    };
    let result = match save(&app, &posted, &page, &told).await {
        Ok(done) => Ok(after(&app, &posted, &page, &told, &done).await),
        Err(problem) => Err(problem),
    };
    answer_form(&app, &posted, "words", result, |at| at).await
}

/// Whom it was with, if it is one of the case's people.
fn person_of(page: &CasePage, told: &Told) -> Option<PersonId> {
    let part = match told.with {
        With::Survivor => return survivor(&page.view).map(|person| person.person),
        With::Perpetrator => Part::Perpetrator,
        With::Child => Part::Child,
        With::Trusted => Part::Trusted,
        With::Professional => Part::Professional,
        With::Reporter | With::Other => return None,
    };
    let of_route = told
        .route
        .and_then(|route| find_route(&page.view, route))
        .map(|(person, _)| person)
        .filter(|person| person.part == part);
    let mut of_part = page.view.people.iter().filter(|person| person.part == part);
    let only = of_part.next().filter(|_| of_part.next().is_none());
    of_route.or(only).map(|person| person.person)
}

async fn save(app: &App, posted: &Posted<NOTE_BODY>, page: &CasePage, told: &Told) -> Result<Done, Problem> {
    // Casework asks the gate itself and writes what it said; this is only the place for it.
    let gate = GateSaid {
        answer: "not_asked".into(),
        against: false,
    };
    let person = person_of(page, told);
    match told.end {
        Some(end) => {
            let tried = ContactTried {
                with: told.with,
                person,
                route: told.route,
                way: told.way,
                end,
                words: told.words.clone(),
                gate,
            };
            app.casework
                .record_try(&posted.who, posted.form, page.case, told.when, tried)
                .await
        }
        None => {
            let made = ContactMade {
                with: told.with,
                person,
                route: told.route,
                way: told.way,
                direction: told.direction,
                sure_it_was: told.sure,
                still_safe: told.still_safe,
                present: told.present.clone(),
                words: told.words.clone().unwrap_or_default(),
                gate,
            };
            app.casework
                .record_contact(&posted.who, posted.form, page.case, told.when, made)
                .await
        }
    }
}

/// What follows from the answer to "is this way still safe?", and where the person is led.
async fn after(app: &App, posted: &Posted<NOTE_BODY>, page: &CasePage, told: &Told, done: &Done) -> String {
    let base = format!("/case/{}", page.case);
    let code = match (told.end.is_some(), went_against(app, posted, page, done).await) {
        (_, true) => "against",
        (true, false) => "try",
        (false, false) => "contact",
    };
    let onward = format!("{base}?done={code}");
    let Some(route) = told.route else {
        return onward;
    };
    let ask_again = format!("{base}/contact/agree/{route}/{}?done={code}", told.way.code());
    let known = page
        .view
        .banner
        .ways
        .iter()
        .find(|row| row.route == route && row.way == told.way);
    let agreed = match (told.still_safe, told.duress) {
        (_, true) => agreement(route, told.way, Verdict::Unknown),
        (YesNo::No, false) => agreement(route, told.way, Verdict::Unsafe),
        (YesNo::Yes, false) if told.sure == YesNo::Yes => match known {
            Some(row) => SafeContactAgreed {
                hours: row.hours.clone(),
                recheck_on: recheck_day(&posted.who.room, page.now),
                ..agreement(route, told.way, Verdict::Safe)
            },
            // Safe, and nobody has said at which hours: that is asked, never guessed.
            None => return ask_again,
        },
        (YesNo::Yes | YesNo::NotKnown, false) => return onward,
    };
    match app
        .casework
        .agree_safe_contact(&posted.who, second(posted.form), page.case, told.when, agreed)
        .await
    {
        Ok(_) => onward,
        // The contact is saved; what was said of the way is asked again on its own form.
        Err(_) => ask_again,
    }
}

fn agreement(route: RouteId, way: Way, verdict: Verdict) -> SafeContactAgreed {
    SafeContactAgreed {
        route,
        way,
        verdict,
        hours: Vec::new(),
        said_by: SaidBy::Person,
        professional: None,
        recheck_on: None,
    }
}

/// The day on which to ask again, by the landlord's terms.
pub(super) fn recheck_day(room: &fanlight_casework::Room, now: Timestamp) -> Option<jiff::civil::Date> {
    let days = i64::from(room.terms.recheck_days?);
    local(now).date().checked_add(days.days()).ok()
}

/// The second thing that one press does: always the same command for the same press, so that a double press is one.
fn second(form: Press) -> Press {
    let mut command = form.command;
    command.0[15] ^= 1;
    Press { command, ..form }
}

/// Whether what was saved went against what the person asked, as casework wrote it.
async fn went_against(app: &App, posted: &Posted<NOTE_BODY>, page: &CasePage, done: &Done) -> bool {
    match app.casework.case_page(&posted.who, page.case).await {
        Ok(now) => now
            .view()
            .view
            .timeline
            .iter()
            .any(|row| row.place == done.position && row.against_gate),
        Err(_) => false,
    }
}
