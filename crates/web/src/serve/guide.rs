//! Texts for staff: the guide, accessibility, and the notices of what we build on.

use crate::app::{Shared, Signed, frame};
use crate::forms::Link;
use crate::guide::{Section, TextPage};
use crate::routes::Routes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use fanlight_core::access::Action;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/guide", guide)
        .get("/accessibility", accessibility)
        .get("/notices", notices)
}

fn section(id: &str, heading: &str, paragraphs: &[&str], list: &[&str], links: Vec<Link>) -> Section {
    let owned = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
    Section {
        id: id.into(),
        heading: heading.into(),
        paragraphs: owned(paragraphs),
        list: owned(list),
        links,
    }
}

async fn guide(State(app): State<Shared>, signed: Signed) -> Response {
    let mut sections = vec![
        section(
            "danger",
            "If somebody may be in danger now",
            &["Nothing here comes before help. Act, record, then review."],
            &[
                "Call 999. Whoever cannot speak calls from a mobile, listens, and presses 55 when asked.",
                "Then log the report. One sentence is enough, and anybody in it may be unknown.",
                "Do not call the person back, write, or visit before you have read how it is safe.",
            ],
            vec![Link::new("Log a report", "/report")],
        ),
        section(
            "report",
            "Logging a report",
            &[
                "Whatever the channel, the clock starts when it reached us, not when it is typed in.",
                "You get a receipt with a reference. Whoever does not work on the case never sees it: that keeps the person safe, \
                 and you too.",
            ],
            &[
                "Ask first whether anybody is in danger, and read the advice out.",
                "Ask whether it is safe to answer: how, and when.",
                "Ask whether anybody involved works for us. They are shut out before anybody is given the case.",
                "Write what was said and seen. Leave out what you think of it.",
            ],
            Vec::new(),
        ),
    ];
    if signed.who.may(Action::OpenCase) {
        sections.extend(for_caseworkers());
    }
    if signed.who.may(Action::SeeAssurance) {
        sections.push(section(
            "assurance",
            "Assurance",
            &[
                "Every clause of the policy stands there with what keeps it and how it stands now. “Nothing to show yet” is not \
                 “kept”, and “not yet” means that it is not built.",
                "A figure has its numerator and its denominator. What was missed stays missed when it is done later.",
            ],
            &[],
            vec![Link::new("Assurance", "/assurance")],
        ));
    }
    sections.push(section(
        "registers",
        "Registers",
        &["Partners, law, documents, helplines: each with its owner and its last check. Say if something is out of date."],
        &[],
        vec![Link::new("Registers", "/registers")],
    ));
    sections.push(section(
        "yourself",
        "If it happens to you",
        &[
            "Colleagues are abused too. You can tell us as anybody can, and nobody in your own line has to know.",
            "Choose a password that nobody at home can guess. Sign out when you leave a screen; “Cover screen” hides it at once.",
        ],
        &[],
        vec![
            Link::new(
                "Help and advice, as the public sees it",
                format!("/help/{}", signed.who.room.id.0),
            ),
            Link::new("My password", "/password"),
        ],
    ));
    TextPage {
        frame: frame(&app, &signed, "Guide", ""),
        title: "Guide".into(),
        lead: "Short, and in the order in which it matters.".into(),
        sections,
        verbatim: String::new(),
    }
    .into_response()
}

fn for_caseworkers() -> Vec<Section> {
    vec![
        section(
            "contact",
            "Safe contact",
            &[
                "Every page of a case opens with how it is safe. What the person has not called safe is not used. Not known \
                 means no.",
                "The answer holds for now, for this route and this way: a number that is safe to call may not be safe to text.",
            ],
            &[
                "Before you call, read the banner. Ask “Is now a good time?” before anything else.",
                "If somebody else answers, say only what the banner says, and end.",
                "If the answer is no, the page says what to do instead. Never try “just once”.",
                "When life is at risk and no way is known to be safe, there is one way: by voice or face to face, with a reason, \
                 and a second person asked or told.",
                "What has happened can always be recorded, whatever the banner says.",
            ],
            Vec::new(),
        ),
        section(
            "risk",
            "Assessing risk on the telephone",
            &[
                "Read the banner, and ask “Is now a good time?”. On the case, choose Risk, then “Ask now”. Every topic stands on \
                 one screen, for use beside the form that you were trained on. Stop when the person wants to.",
                "The count decides nothing. You choose the level, and you decide whether to refer.",
            ],
            &[
                "With a question in focus: Y yes, N no, K don’t know, S not asked, D declined, T add words, arrows to move.",
                "What is not asked, not known or declined is never a no: “9, could be 16”.",
                "Red words below a topic are for now, not for after the call.",
                "Answers are saved as you go, for you alone, and My work leads back to them. If the page says “Not saved yet”, \
                 press “Keep for later”. Nothing is on the case until you have decided.",
                "Judgement can raise the level and never lower it. A lower level than our last needs a reason, and a second \
                 person.",
                "Any one ground is enough for MARAC; no score is needed. Never tell who does harm.",
            ],
            Vec::new(),
        ),
        section(
            "record",
            "Recording",
            &[],
            &[
                "A try is not a contact. It stops no clock, and it is worth recording.",
                "Say when it happened, and when we knew. The moment of recording is the server’s, and nobody can change it.",
                "Put the person’s words in quotation marks. Write facts: what was said, seen, done.",
                "A mistake is corrected, not deleted. What stood there leaves the page at once.",
                "“Keep for later” keeps a form as it is, sealed, for you alone. My work lists it. What is kept is not saved.",
            ],
            Vec::new(),
        ),
        section(
            "clocks",
            "Promises and clocks",
            &[
                "My work stands in order of what is due. Each row says why, and the clause. Open “How it was worked out” to \
                 check the reckoning.",
            ],
            &[
                "Where the policy gives no number, the page says “not stated”. A time of the landlord’s own is shown as its own.",
                "If there was no safe way in time, record that: it still counts as missed, and it is explained.",
                "Another rhythm of contact needs the person’s own wish, how it was said, and a day to ask again.",
            ],
            vec![Link::new("My work", "/work")],
        ),
        section(
            "seen",
            "Who sees a case",
            &[
                "Its team, its manager and the lead; or only the people named, when it is restricted. Every look is on record \
                 before the page is sent, and a row in a list counts as a look.",
                "Somebody who is shut out sees no trace. A case that is not yours looks like one that is not there.",
            ],
            &[
                "Shut out at once whoever is connected, and ask afterwards.",
                "Look only at what your work needs. Say a case’s reference aloud, never a name.",
            ],
            Vec::new(),
        ),
        section(
            "closing",
            "Closing",
            &[
                "Nothing closes a case but a person, with an outcome and the survivor’s own word, or why it could not be had. \
                 Silence never closes it. Whoever comes back starts afresh, and nothing counts against them.",
            ],
            &[],
            Vec::new(),
        ),
    ]
}

async fn accessibility(State(app): State<Shared>, signed: Signed) -> Response {
    TextPage {
        frame: frame(&app, &signed, "Accessibility", ""),
        title: "Accessibility".into(),
        lead: "What we aim at, what has been checked, and what has not.".into(),
        sections: vec![
            section(
                "aim",
                "What we aim at",
                &["The Web Content Accessibility Guidelines 2.2, level AA, on every page, with and without JavaScript."],
                &[],
                Vec::new(),
            ),
            section(
                "checked",
                "What has been checked",
                &[],
                &[
                    "On the pages of the journeys that the tests walk, a program (axe) finds no fault, at a wide and at a narrow \
                     screen; and at 320 pixels nothing makes the page scroll sideways.",
                    "Without JavaScript, a report is carried from its first word to closure in a real browser, and the tests fill \
                     in most other forms as a browser without JavaScript would.",
                    "Every control is one of the browser’s own: a link, a button, a box, a list. A keyboard reaches each.",
                    "Signs have words or a shape as well as a colour. Errors stand beside their field and in a list that links \
                     to it.",
                    "A chart has its table below it.",
                ],
                Vec::new(),
            ),
            section(
                "not",
                "What has not",
                &["A program finds a part of what is wrong, and only people find the rest."],
                &[
                    "No test with people who use a screen reader, magnification or voice control has been done yet.",
                    "Nobody has walked through page by page with a keyboard alone.",
                    "Dark and high-contrast screens have not been looked at page by page.",
                    "You are signed out after 15 minutes without a word of warning. What you send after that is kept; what you \
                     have typed and not sent is not.",
                    "The pages are in English only. There is no easy-read version yet.",
                    "On a phone, most wide tables become lists; the table below a chart stays a table. A long list of clauses \
                     takes long to pass by keyboard.",
                ],
                Vec::new(),
            ),
            section(
                "tell",
                "If something does not work for you",
                &[
                    "Tell the person who looks after Fanlight at your landlord, in whatever way suits you. Say the page and what \
                     you were doing; leave out names and anything about a case.",
                ],
                &[],
                Vec::new(),
            ),
        ],
        verbatim: String::new(),
    }
    .into_response()
}

async fn notices(State(app): State<Shared>, signed: Signed) -> Response {
    TextPage {
        frame: frame(&app, &signed, "Notices", ""),
        title: "Notices of what we build on".into(),
        lead: "Fanlight is free software under the MIT licence. These are the licences of what is inside it."
            .into(),
        sections: Vec::new(),
        verbatim: crate::statics::THIRD_PARTY_NOTICES.to_owned(),
    }
    .into_response()
}
