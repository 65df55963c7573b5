//! What anybody may open, without an account: help and advice under the landlord's own name, and one form.
//!
//! Nothing is set in the browser before somebody presses Send. After that a list of four words is handed over once, in a
//! cookie that is taken away by the page that shows it; the addresses say nothing, and the page after Send can be opened
//! by anybody from the front page, so that having been there tells nothing either.

use super::assurance::place_in_policy;
use super::shopping;
use crate::app::{App, Shared, form_of, public_frame};
use crate::crossing::comes_from_us;
use crate::error;
use crate::forms::when::{clock_time, full_day, local, near_day};
use crate::forms::{
    Button, Choice, Field, FieldError, Form, FormState, Kind, Link, ORDINARY_BODY, Submitted, Values,
};
use crate::layout::PublicFrame;
use crate::public::{HelpPage, Next, PublicAside, PublicFormPage, PublicReceiptPage, PublicTextPage};
use crate::routes::{Routes, see_other};
use axum::extract::{FromRequest, Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use fanlight_casework::{FirstAnswer, NewReport, Problem, Room, When};
use fanlight_core::fact::{Channel, Danger, DangerAnswered, ReporterKind, StaffConnectionAnswered, YesNo};
use fanlight_core::ids::LandlordId;
use fanlight_core::pack::{Entry, Register};
use fanlight_core::words::Words;
use std::sync::Arc;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/help", choose)
        .get("/help/{landlord}", help)
        .get("/help/{landlord}/tell", form)
        .post("/help/{landlord}/tell", tell)
        .get("/help/{landlord}/next", next)
        .get("/help/{landlord}/ring", ring)
        .get("/help/{landlord}/about", about)
}

const TITLE: &str = "Help and advice";
/// What the form says that it takes, in characters. It fits into an ordinary form in any script.
const WORDS_AT_MOST: usize = 5_000;
const LIST: &str = "list";

async fn room_of(app: &App, id: &str) -> Result<Arc<Room>, Response> {
    match app.casework.room(&LandlordId(id.to_owned())).await {
        Ok(Some(room)) => Ok(room),
        Ok(None) => Err(error::unseen()),
        Err(problem) => Err(crate::app::broken(&problem)),
    }
}

async fn choose(State(app): State<Shared>) -> Response {
    let rooms = match app.casework.rooms().await {
        Ok(rooms) => rooms,
        Err(problem) => return crate::app::broken(&problem),
    };
    if let [only] = rooms.as_slice() {
        return see_other(&format!("/help/{}", only.id.0));
    }
    let links = rooms
        .iter()
        .map(|room| Link::new(room.pack.landlord.name.clone(), format!("/help/{}", room.id.0)))
        .collect();
    PublicTextPage {
        frame: PublicFrame {
            title: TITLE.into(),
            landlord: TITLE.into(),
            home: "/help".into(),
            exit: error::EXIT.into(),
            foot: Vec::new(),
            demo: app.settings.demo,
        },
        title: TITLE.into(),
        sections: vec![PublicAside {
            id: String::new(),
            heading: "Who is your landlord?".into(),
            says: Vec::new(),
            links,
        }],
    }
    .into_response()
}

/// What the landlord says to everybody, in the order of its pack.
fn for_anybody(room: &Room, register: Register) -> impl Iterator<Item = &Entry> {
    room.pack
        .register(register)
        .iter()
        .filter(|entry| entry.who.is_empty() || entry.who.iter().any(|who| who == "anyone"))
}

fn aside(heading: &str, says: &[&str]) -> PublicAside {
    PublicAside {
        id: String::new(),
        heading: heading.into(),
        says: says.iter().map(|line| (*line).to_owned()).collect(),
        links: Vec::new(),
    }
}

fn helplines(room: &Room) -> PublicAside {
    let says = for_anybody(room, Register::Helpline)
        .map(|line| {
            let number = line
                .telephone
                .as_ref()
                .map_or_else(String::new, |number| format!(": {number}"));
            let what = line.says.clone().unwrap_or_default();
            format!("{}{number}. {what}", line.title).trim().to_owned()
        })
        .collect();
    PublicAside {
        id: String::new(),
        heading: format!("People outside {} who can help", room.pack.landlord.name),
        says,
        links: Vec::new(),
    }
}

/// The landlord's own number, or in plain words that there is none here: nobody is left to look for it.
fn telephone(room: &Room) -> PublicAside {
    let name = &room.pack.landlord.name;
    let says = match &room.landlord.telephone {
        Some(number) => vec![
            format!("{}. Say only as much as is safe.", number.reveal()),
            "The call may show on a bill or in the telephone’s list of calls.".to_owned(),
        ],
        None => vec![format!(
            "{name} has not put its telephone number on this page. You can tell us here, or tell anybody who works for \
             {name}. To talk with somebody now, ring one of the numbers below; in danger, 999."
        )],
    };
    PublicAside {
        id: String::new(),
        heading: format!("Ringing {name}"),
        says,
        links: Vec::new(),
    }
}

fn leaving() -> PublicAside {
    aside(
        "Leaving quickly",
        &[
            "Press “Leave this page”. You land on the weather. With JavaScript, pressing Shift three times does the same.",
        ],
    )
}

fn stays(room: &Room) -> PublicAside {
    PublicAside {
        links: vec![Link::new(
            "How to remove it",
            format!("/help/{}/about#history", room.id.0),
        )],
        ..aside(
            "What stays on this phone or computer",
            &[
                "Nothing you type here, unless you press Send. No account. If you stop, it is gone.",
                "The address of this page stays in the history as “Help and advice”.",
            ],
        )
    }
}

/// By when somebody answers, by this landlord's own policy.
fn answer_next(app: &App, room: &Room) -> Option<Next> {
    let now = app.casework.now();
    let only = "They use only the way you say is safe, at the time you say. If you tell us that no way is safe, we wait for \
                you.";
    Some(match room.first_answer(now)? {
        FirstAnswer::By(due) => {
            let at = local(due);
            let day = near_day(at.date(), local(now).date());
            Next {
                when: match (day.as_str(), clock_time(at.time()).as_str()) {
                    ("Today", "end of day") => "By tonight".into(),
                    ("Tomorrow", "end of day") => "By the end of tomorrow".into(),
                    (_, "end of day") => format!("By the end of {day}"),
                    (_, clock) => format!("By {day}, {clock}"),
                },
                what: format!("Somebody of our team answers. {only}"),
            }
        }
        FirstAnswer::NotStated(word) => Next {
            when: "When we answer".into(),
            what: format!("Our policy says “{word}”; it states no number of hours or days. {only}"),
        },
    })
}

fn what_happens(app: &App, room: &Room) -> Vec<Next> {
    let next = |when: &str, what: &str| Next {
        when: when.into(),
        what: what.into(),
    };
    let mut all = vec![next(
        "You press Send",
        "You get four ordinary words, like a shopping list. Say them when you ring us, and we know which message is yours.",
    )];
    all.extend(answer_next(app, room));
    all.push(next(
        "When we talk",
        "You decide. You need no proof. We ask first whether you are safe, and how we may reach you.",
    ));
    all.push(next(
        "Who finds out",
        "The small team that deals with this. Nobody outside without your consent, unless there is danger to life or to a \
         child, or the law makes us.",
    ));
    all
}

/// What the landlord's policy says and publishes here, clause by clause.
fn published(room: &Room) -> Vec<Next> {
    room.pack
        .clauses
        .iter()
        .filter(|clause| clause.by.iter().any(|by| by == "page:public"))
        .map(|clause| Next {
            when: format!("Policy, {}", place_in_policy(&clause.id)),
            what: clause.says.clone(),
        })
        .collect()
}

async fn help(State(app): State<Shared>, Path(id): Path<String>) -> Response {
    let room = match room_of(&app, &id).await {
        Ok(room) => room,
        Err(answer) => return answer,
    };
    let name = &room.pack.landlord.name;
    let base = format!("/help/{}", room.id.0);
    let pages = for_anybody(&room, Register::Page)
        .map(|page| PublicAside {
            id: String::new(),
            heading: page.title.clone(),
            says: page.says.iter().cloned().collect(),
            links: page
                .link
                .iter()
                .map(|link| Link::new("Read more", link.clone()))
                .collect(),
        })
        .collect();
    HelpPage {
        frame: public_frame(&app, &room, TITLE),
        title: "Is somebody at home hurting, frightening or controlling you?".into(),
        lead: format!(
            "You can tell us, now or later. It is never your fault. This is for everyone who lives in a home of {name}, and \
             for anybody who is worried about somebody."
        ),
        go: Some(Link::new("Tell us", format!("{base}/tell"))),
        or: Some(Link::new("What happens after you tell us", format!("{base}/next"))),
        next_title: "What happens if you tell us now".into(),
        next: what_happens(&app, &room),
        policy_title: format!("What {name} says in its policy"),
        policy: published(&room),
        pages,
        asides: vec![telephone(&room), helplines(&room), stays(&room), leaving()],
    }
    .into_response()
}

async fn form(State(app): State<Shared>, Path(id): Path<String>, request: Request) -> Response {
    let room = match room_of(&app, &id).await {
        Ok(room) => room,
        Err(answer) => return answer,
    };
    let blank = request.uri().query() == Some("no=words");
    draw_form(&app, &room, blank).into_response()
}

fn draw_form(app: &App, room: &Room, blank: bool) -> PublicFormPage {
    let base = format!("/help/{}", room.id.0);
    let mut state = FormState {
        command: app.casework.new_command().to_string(),
        ..FormState::default()
    };
    if blank {
        state.errors.push(FieldError::new(
            "words",
            "Write something: one sentence is enough",
        ));
    }
    PublicFormPage {
        frame: public_frame(app, room, TITLE),
        step: "You can leave out any question".into(),
        form: Form {
            action: format!("{base}/tell"),
            state,
            title: "Tell us".into(),
            lead: vec!["One sentence is enough. Anything else can wait until we talk.".into()],
            fields: questions(room),
            buttons: vec![Button::new("Send")],
            leave: Some(Link::new("Do not send", base)),
        },
        asides: vec![
            aside(
                "Nothing is sent yet",
                &["We keep nothing you type until you press Send. If you stop, it is gone."],
            ),
            aside(
                "We say nothing about why we call",
                &["Whoever calls asks first whether it is a good time, and leaves no message."],
            ),
            helplines(room),
        ],
    }
}

fn questions(room: &Room) -> Vec<Field> {
    let name = &room.pack.landlord.name;
    let line = |name: &str, label: &str| Field::text(name, label);
    let danger = Field::Danger {
        title: "Do this first".into(),
        steps: vec![
            "Call 999. If you cannot speak, call from a mobile, listen, and press 55 when asked.".into(),
            "Go to where other people are, or to a room with a way out. Keep away from the kitchen.".into(),
            "Then send this, if you can. We do not wait for anything else.".into(),
        ],
        fields: Vec::new(),
    };
    vec![
        Field::radios(
            "danger",
            "Is anybody in danger right now?",
            vec![
                Choice::new(Danger::Now.code(), "Yes, now").reveals(vec![danger]),
                Choice::new(Danger::Soon.code(), "Perhaps today or tonight"),
                Choice::new(Danger::No.code(), "No"),
                Choice::new(Danger::Unknown.code(), "I cannot tell"),
            ],
        ),
        Field::ask(
            "words",
            "What is happening?",
            Kind::Words {
                rows: 5,
                limit: WORDS_AT_MOST,
            },
        )
        .hint("In your own words, and in any language."),
        Field::radios(
            "about",
            "Who is it about?",
            vec![
                Choice::new("me", "Me"),
                Choice::new("child", "Me, and I am under 18"),
                Choice::new("other", "Somebody else"),
            ],
        ),
        Field::checkboxes(
            "answer",
            "How can we answer you safely?",
            vec![
                Choice::new("call", "Call me").reveals(vec![
                    line("call-number", "Number"),
                    line("call-when", "When is it safe?").hint("For example: weekdays, 10 to 12"),
                    line("call-else", "If somebody else answers, what should we say?"),
                ]),
                Choice::new("text", "Text me")
                    .hint("Only if nobody else looks at your phone, or at a tablet or watch joined to it.")
                    .reveals(vec![line("text-number", "Number")]),
                Choice::new("email", "Email me")
                    .hint("Only if nobody else knows the password.")
                    .reveals(vec![line("email-address", "Email address")]),
                Choice::new("other", "Another way").reveals(vec![line("other-how", "Which?")]),
                Choice::new("none", "No way is safe now")
                    .hint("Then we do nothing to reach you. You can write again, or ring, at any time."),
            ],
        )
        .hint("Tick only what nobody else can see, hear or pick up. What you do not tick, we do not use."),
        line("called", "What may we call you?").hint("Any name will do, or none."),
        line("home", "Which home is it about?")
            .hint("A street or a postcode is enough. Leave it out if you like."),
        Field::ask(
            "works",
            format!("Does anybody involved work for {name}?"),
            Kind::Radios(vec![
                Choice::new(YesNo::Yes.code(), "Yes").reveals(vec![line("works-who", "Who?")]),
                Choice::new(YesNo::No.code(), "No"),
                Choice::new(YesNo::NotKnown.code(), "I do not know"),
            ]),
        )
        .hint("Then nobody connected with them sees what you write."),
    ]
}

/// What was told, put into words. Nothing unless something was said at all.
fn told(values: &Values, list: [&str; 4], one_of_many: Option<usize>) -> Option<Words> {
    const SAYS: [&str; 9] = [
        "words",
        "danger",
        "call-number",
        "text-number",
        "email-address",
        "other-how",
        "called",
        "home",
        "works-who",
    ];
    if SAYS.iter().all(|name| values.said(name).is_none()) {
        return None;
    }
    let mut lines = Vec::new();
    if let Some(number) = one_of_many {
        lines.push(format!(
            "[Many reports came by the public page within an hour; this is number {number}.]"
        ));
    }
    lines.push(
        values
            .said("words")
            .unwrap_or("(Nothing was written here.)")
            .to_owned(),
    );
    lines.push(String::new());
    let mut ways = Vec::new();
    for (way, says, fields) in [
        (
            "call",
            "Call",
            &[
                ("call-number", "number"),
                ("call-when", "when it is safe"),
                ("call-else", "if somebody else answers, say"),
            ][..],
        ),
        ("text", "Text", &[("text-number", "number")][..]),
        ("email", "Email", &[("email-address", "address")][..]),
        ("other", "Another way", &[("other-how", "which")][..]),
        ("none", "No way is safe now", &[][..]),
    ] {
        let filled: Vec<String> = fields
            .iter()
            .filter_map(|(field, label)| values.said(field).map(|said| format!("{label}: {said}")))
            .collect();
        let ticked = values.has("answer", way);
        if !ticked && filled.is_empty() {
            continue;
        }
        let not = if ticked {
            ""
        } else {
            " (not ticked as safe: do not use)"
        };
        ways.push(if filled.is_empty() {
            format!("- {says}{not}")
        } else {
            format!("- {says}{not}; {}", filled.join("; "))
        });
    }
    if ways.is_empty() {
        lines.push("How to answer safely was not said. Nothing is known to be safe.".into());
    } else {
        lines
            .push("How to answer, as written on the public page (record each way before it is used):".into());
        lines.extend(ways);
    }
    for (field, label) in [("called", "To be called"), ("home", "Home")] {
        lines.extend(values.said(field).map(|said| format!("{label}: {said}")));
    }
    lines.push(format!("Their four words: {}", list.join(", ")));
    Some(Words::new(lines.join("\n")))
}

fn report_of(values: &Values, words: Words) -> NewReport {
    let (from, survivor_knows) = match values.text("about") {
        "me" => (ReporterKind::Survivor, YesNo::Yes),
        "child" => (ReporterKind::Child, YesNo::Yes),
        "other" => (ReporterKind::Other, YesNo::NotKnown),
        _ => (ReporterKind::Anonymous, YesNo::NotKnown),
    };
    NewReport {
        channel: Channel::WebForm,
        from,
        words,
        reporter: values.said("called").map(Words::new),
        survivor_knows,
        danger: DangerAnswered {
            // Not answered is not known, and not known is treated as danger now.
            danger: values
                .said("danger")
                .and_then(Danger::parse)
                .unwrap_or(Danger::Unknown),
            advice_given: true,
            done: None,
        },
        connection: values
            .said("works")
            .and_then(YesNo::parse)
            .map(|answer| StaffConnectionAnswered {
                answer,
                who: values.said("works-who").map(Words::new),
            }),
        received: When::default(),
    }
}

async fn tell(State(app): State<Shared>, Path(id): Path<String>, request: Request) -> Response {
    if !comes_from_us(request.headers()) {
        return see_other("/not-from-here");
    }
    let room = match app.casework.room(&LandlordId(id)).await {
        Ok(Some(room)) => room,
        Ok(None) | Err(_) => return see_other("/nothing-here"),
    };
    let base = format!("/help/{}", room.id.0);
    let values = match Submitted::<ORDINARY_BODY>::from_request(request, &app).await {
        Ok(Submitted(values)) => values,
        Err(answer) => return answer,
    };
    let mut form = form_of(&app, &values);
    let list = shopping::list(&form.command.0);
    if told(&values, list, None).is_none() {
        return see_other(&format!("{base}/tell?no=words"));
    }
    let turn = app.pace.turn(&room.id, app.casework.now());
    if !turn.wait.is_zero() {
        tokio::time::sleep(turn.wait).await;
    }
    let Some(words) = told(&values, list, turn.one_of_many) else {
        return see_other(&format!("{base}/tell?no=words"));
    };
    let report = report_of(&values, words);
    let mut done = app.casework.take_public_report(&room, form, report.clone()).await;
    if matches!(done, Err(Problem::FormUsed)) {
        // Somebody went back, changed what they had sent, and pressed again: that is a second report, never a lost one.
        form.command = app.casework.new_command();
        done = app.casework.take_public_report(&room, form, report).await;
    }
    match done {
        Ok(_) => {
            let mut answer = see_other(&format!("{base}/next"));
            hand_over(&app, &mut answer, &room, &shopping::to_cookie(list), 300);
            answer
        }
        Err(problem) => {
            tracing::error!(error = %problem, "a report from the public page could not be kept");
            see_other(&format!("{base}/ring"))
        }
    }
}

fn hand_over(app: &App, answer: &mut Response, room: &Room, value: &str, seconds: u32) {
    let secure = if app.settings.secure { "; Secure" } else { "" };
    let line = format!(
        "{LIST}={value}; Path=/help/{}/next; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}",
        room.id.0
    );
    if let Ok(value) = HeaderValue::from_str(&line) {
        answer.headers_mut().append(header::SET_COOKIE, value);
    }
}

fn handed_over(headers: &HeaderMap) -> Option<Vec<&'static str>> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == LIST)
        .and_then(|(_, value)| shopping::of_cookie(value))
}

async fn next(State(app): State<Shared>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    let room = match room_of(&app, &id).await {
        Ok(room) => room,
        Err(answer) => return answer,
    };
    let now = local(app.casework.now());
    let list = handed_over(&headers);
    let next = |when: &str, what: &str| Next {
        when: when.into(),
        what: what.into(),
    };
    let mut happens: Vec<Next> = answer_next(&app, &room).into_iter().collect();
    happens.push(next(
        "When we talk",
        "You decide. You need no proof. We ask first whether you are safe, and how we may reach you.",
    ));
    happens.push(next(
        "If you hear nothing",
        "Write again, ring, or tell anybody who works for us. Say the four words if you have them. It is not your fault.",
    ));
    let page = PublicReceiptPage {
        frame: public_frame(&app, &room, TITLE),
        title: if list.is_some() {
            "Thank you. It has arrived".into()
        } else {
            "What happens after you tell us".into()
        },
        lead: if list.is_some() {
            format!(
                "Sent on {}, at {}. You did nothing wrong, and you can stop at any time.",
                full_day(now.date()),
                now.strftime("%H:%M")
            )
        } else {
            "If you have just pressed Send and see this page, it has arrived. The four words are shown once only."
                .into()
        },
        words: list.iter().flatten().map(|word| (*word).to_owned()).collect(),
        next: happens,
        exit: error::EXIT.into(),
        asides: vec![
            aside(
                "If it gets worse before then",
                &["Call 999. If you cannot speak, press 55 when asked."],
            ),
            stays(&room),
            aside(
                "Who knows",
                &["The small team that deals with this, and nobody in your home or your street."],
            ),
            helplines(&room),
        ],
    };
    let mut answer = page.into_response();
    if list.is_some() {
        // Shown once: the list leaves the browser with the page that shows it.
        hand_over(&app, &mut answer, &room, "", 0);
    }
    answer
}

/// Where somebody is told that it did not arrive, and whom to ring instead.
async fn ring(State(app): State<Shared>, Path(id): Path<String>) -> Response {
    let room = match room_of(&app, &id).await {
        Ok(room) => room,
        Err(answer) => return answer,
    };
    PublicTextPage {
        frame: public_frame(&app, &room, TITLE),
        title: "It has not reached us".into(),
        sections: vec![
            aside(
                "What you wrote could not be kept",
                &[
                    "Something is wrong on our side, and not with what you did. In danger, call 999.",
                    "Please ring us, tell anybody who works for us, or ring one of these. You can also try again later.",
                ],
            ),
            telephone(&room),
            helplines(&room),
        ],
    }
    .into_response()
}

async fn about(State(app): State<Shared>, Path(id): Path<String>) -> Response {
    let room = match room_of(&app, &id).await {
        Ok(room) => room,
        Err(answer) => return answer,
    };
    let pack = &room.pack;
    PublicTextPage {
        frame: public_frame(&app, &room, TITLE),
        title: "About these pages".into(),
        sections: vec![
            aside(
                "What is kept in the browser",
                &[
                    "Nothing before you press Send. After that, a list of four ordinary words for the moment until the next \
                     page shows it; then it is taken away.",
                    "The pages are not kept in the browser’s store. Their addresses stay in its history, as “Help and advice”.",
                ],
            ),
            PublicAside {
                id: "history".into(),
                heading: "How to remove a page from the history".into(),
                says: vec![
                    "On a computer: press Ctrl and H (on a Mac, Command and Y), find “Help and advice”, and delete that line \
                     alone."
                        .into(),
                    "On a phone: open the browser’s menu, choose History, and press on that line to delete it.".into(),
                    "An empty history can be noticed too. If somebody watches your phone or computer, use one that is not \
                     theirs: at work, at a library, a friend’s."
                        .into(),
                ],
                links: Vec::new(),
            },
            aside(
                "What we keep of what you send",
                &[
                    "What you write, when it came, and nothing about your phone or computer. It is sealed, and every colleague \
                     who opens it is on record.",
                ],
            ),
            aside(
                "If you cannot use these pages",
                &[
                    "They work without JavaScript, with a keyboard alone and with a screen reader. They are in English only so \
                     far; you can write in any language.",
                    "If something does not work for you, tell anybody who works for us, in any way that is safe.",
                ],
            ),
            aside(
                "The policy",
                &[&format!(
                    "{}, {}. In force since {}.",
                    pack.landlord.policy,
                    pack.landlord.version,
                    full_day(pack.landlord.adopted_from)
                )],
            ),
        ],
    }
    .into_response()
}
