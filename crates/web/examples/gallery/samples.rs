//! Invented people, cases and figures on every page. Numbers are from the range kept for drama.

use askama::Template;
use fanlight_core::fact::Way;
use fanlight_core::words::Words;
use fanlight_web::accounts::*;
use fanlight_web::assurance::*;
use fanlight_web::case::*;
use fanlight_web::contact::*;
use fanlight_web::error::ErrorPage;
use fanlight_web::find::*;
use fanlight_web::forms::*;
use fanlight_web::guide::*;
use fanlight_web::layout::*;
use fanlight_web::looks::*;
use fanlight_web::people::*;
use fanlight_web::public::*;
use fanlight_web::report::*;
use fanlight_web::sign_in::*;
use fanlight_web::signs::*;
use fanlight_web::team::*;
use fanlight_web::work::*;

fn w(text: &str) -> Words {
    Words::new(text)
}

fn s(text: &str) -> String {
    text.to_owned()
}

fn clause(reference: &str) -> Vec<Clause> {
    vec![Clause {
        words: format!("settle {reference}"),
        href: format!("/assurance/{reference}"),
    }]
}

fn frame(title: &str, here: &str) -> Frame {
    let item = |text: &str, href: &str| NavItem {
        text: s(text),
        href: s(href),
        here: text == here,
    };
    Frame {
        title: s(title),
        landlord: s("settle"),
        nav: vec![
            item("My work", "/work"),
            item("Cases", "/cases"),
            item("Log a report", "/report"),
            item("Assurance", "/assurance"),
        ],
        csrf: s("t0ken"),
        signed_in_as: s("Joan Platt"),
        minutes: 15,
        demo: true,
        done: String::new(),
        may_find: true,
    }
}

const BASE: &str = "/case/0123456789abcdef0123456789abcdef";

fn at(path: &str) -> String {
    format!("{BASE}/{path}")
}

fn banner(whole: bool) -> ContactBanner {
    ContactBanner {
        whole,
        may: May::Yes,
        says: s("Safe to call now, until 11:30"),
        age: if whole {
            w("Told to us on 10 November. Ask again each time.")
        } else {
            w("Never text, email or post.")
        },
        change: Some(Link::new(
            if whole { "Change" } else { "All of it" },
            at("contact"),
        )),
        ways_heading: s("Only this way"),
        ways: vec![BannerWay {
            value: Some(w("07700 900 143")),
            says: w("Telephone. Tuesday and Thursday, 09:30 to 11:30."),
            after: vec![w("After today: Thursday 09:30")],
            ..BannerWay::default()
        }],
        never_heading: s("Never"),
        never: vec![
            w("Text or voicemail: he can read them"),
            w("Letters to the flat"),
            w("A visit without a day agreed by phone"),
        ],
        say: vec![
            w("We are “Joan, about the boiler check”"),
            w("Ask “Is now a good time?” before anything else"),
            w("If somebody else answers: “Sorry, wrong number”, and end"),
        ],
        code_word: at("code-word"),
        csrf: s("t0ken"),
        ..ContactBanner::default()
    }
}

fn not_now(whole: bool) -> ContactBanner {
    ContactBanner {
        may: May::No,
        says: s("Not now; from 12:30 today"),
        ways: vec![BannerWay {
            value: None,
            instead_of_value: s("Shown from 12:30"),
            says: w("Telephone. Any weekday, 12:30 to 14:00."),
            after: Vec::new(),
        }],
        until: s("Until 12:30"),
        meanwhile: vec![
            Link::new("speak with her sister", at("contact/through")),
            Link::new("record what has already happened", at("contact/record")),
            Link::new("see why, and more", at("contact/why")),
        ],
        ..banner(whole)
    }
}

fn no_way(whole: bool) -> ContactBanner {
    ContactBanner {
        may: May::NotKnown,
        says: s("No safe way known yet"),
        age: w("Not known counts as no. Looked at again today, 16:00"),
        ways_heading: s("How we may find out"),
        ways: Vec::new(),
        find_out: vec![
            Link::new("Ask who told us", at("note")),
            Link::new(
                "Ask a professional who has asked her: they may vouch, by name",
                at("contact/vouch"),
            ),
            Link::new("Wait for her: if she rings, she is put through to you", ""),
        ],
        never_heading: s("Until then, not"),
        never: vec![
            w("The number or email on the tenancy: not asked about"),
            w("Text, letter or voicemail"),
        ],
        code_word: String::new(),
        life_at_risk: at("life-at-risk"),
        ..banner(whole)
    }
}

fn case(here: &str, banner: ContactBanner) -> CaseFrame {
    let item = |text: &str, path: &str, count: &str| SideItem {
        text: s(text),
        href: at(path),
        here: text == here,
        count: s(count),
        apart: text == "Who has looked",
    };
    CaseFrame {
        base: s(BASE),
        reference: s("7KD-204"),
        called: w("Beth"),
        more: w("Bethan Cole, she. Her own word for herself: survivor"),
        banner,
        restricted: None,
        side: vec![
            item("Overview", "", ""),
            item("Safe contact", "contact", "2"),
            item("People and home", "people", "5"),
            item("Clocks", "clocks", "9"),
            item("Who has looked", "looks", "6"),
        ],
        actions: vec![
            Link::new("Record contact", at("contact/record")),
            Link::new("Write a note", at("note")),
        ],
    }
}

fn risk(shape: Shape, words: &str) -> RiskSign {
    RiskSign {
        shape,
        words: s(words),
    }
}

fn way(may: May, way: Option<Way>, words: &str) -> WaySign {
    WaySign {
        may,
        way,
        words: s(words),
    }
}

fn row(
    left: TimeTag,
    when: &str,
    [what, why]: [&str; 2],
    [clauses, reference]: [&str; 2],
    risk: RiskSign,
    way: WaySign,
    go: &str,
) -> WorkRow {
    WorkRow {
        find_way: String::new(),
        left,
        when: s(when),
        what: s(what),
        why: s(why),
        clauses: clause(clauses),
        reference: s(reference),
        href: s(BASE),
        risk,
        danger: reference == "9RB-330",
        way,
        worker: String::new(),
        go: Link::new(go, BASE),
    }
}

fn groups() -> Vec<WorkGroup> {
    let late = |words| TimeTag::new(Tone::Late, words);
    let today = |words| TimeTag::new(Tone::Today, words);
    let plain = |words| TimeTag::new(Tone::Plain, words);
    vec![
        WorkGroup {
            title: s("Late"),
            small: s("2 · Stays marked as missed when it is done"),
            rows: vec![
                row(
                    late("10 h late"),
                    "Due Mon, end of day",
                    [
                        "First contact",
                        "Within 1 working day of the report. Tried twice on Monday.",
                    ],
                    ["7.1", "5TN-118"],
                    RiskSign::not_known(),
                    way(May::Yes, Some(Way::Call), "Call now, until 13:00"),
                    "Call",
                ),
                row(
                    late("1 day late"),
                    "Due Sun, end of day",
                    [
                        "Speak with him",
                        "At least every fortnight; last spoke 1 November.",
                    ],
                    ["7.4a", "2MV-063"],
                    risk(Shape::Outline, "Standard"),
                    way(May::No, None, "Not now; from 17:30"),
                    "Plan",
                ),
            ],
        },
        WorkGroup {
            title: s("Due today"),
            small: s("3 · Tuesday 17 November"),
            rows: vec![
                row(
                    today("1 h 18 left"),
                    "Safe only until 11:30",
                    [
                        "Speak with her",
                        "Every week instead of every fortnight, as she asked.",
                    ],
                    ["7.4b", "7KD-204"],
                    risk(Shape::Full, "High"),
                    way(May::Yes, Some(Way::Call), "Call now, until 11:30"),
                    "Call",
                ),
                row(
                    today("13 h left"),
                    "By end of day",
                    [
                        "First contact",
                        "Within 1 working day of the report, Monday 16:40.",
                    ],
                    ["7.1", "9RB-330"],
                    RiskSign::not_known(),
                    way(May::NotKnown, None, "No safe way known yet"),
                    "Find out",
                ),
                row(
                    today("13 h left"),
                    "By end of day",
                    [
                        "Check that the locks are changed",
                        "No time stated in the policy; 24 hours is our own.",
                    ],
                    ["1.8c", "6PW-155"],
                    risk(Shape::Half, "Medium"),
                    way(May::Yes, Some(Way::Text), "Text now, until 18:00"),
                    "Text",
                ),
            ],
        },
        WorkGroup {
            title: s("This week"),
            small: s("2"),
            rows: vec![
                row(
                    plain("2 days left"),
                    "Thu 19 Nov, end of day",
                    [
                        "Agree the action plan",
                        "Within two weeks of the report, 5 November.",
                    ],
                    ["7.3", "7KD-204"],
                    risk(Shape::Full, "High"),
                    way(May::Yes, Some(Way::Call), "Call now, until 11:30"),
                    "Open",
                ),
                row(
                    plain("3 days left"),
                    "Fri 20 Nov, 15:00",
                    [
                        "Review with Martin Reed",
                        "Learning from casework. No time stated; every 6 weeks is our own.",
                    ],
                    ["3.7", "6PW-155"],
                    risk(Shape::Half, "Medium"),
                    WaySign::none_needed(),
                    "Open",
                ),
            ],
        },
    ]
}

fn stats(late: &str) -> Vec<Stat> {
    let stat = |number: &str, words: &str| Stat {
        number: s(number),
        words: s(words),
        late: words == "late" && number != "0",
    };
    vec![
        stat(late, "late"),
        stat("3", "due today"),
        stat("2", "later this week"),
    ]
}

fn chips() -> Vec<Chip> {
    let chip = |value: &str, text: &str| Chip {
        value: s(value),
        text: s(text),
        pressed: value == "all",
    };
    vec![
        chip("all", "All, 7"),
        chip("first", "First contact, 2"),
        chip("safe", "Safe to contact now, 4"),
    ]
}

fn clock_rows() -> Vec<ClockRow> {
    let clock = |tone, left: &str, what: &str, why: &str, reference: &str, due: &str, open| ClockRow {
        left: TimeTag::new(tone, left),
        what: s(what),
        why: s(why),
        clauses: clause(reference),
        due: s(due),
        steps: vec![
            s("The report reached us on Thursday 5 November, 16:52, by telephone. That day is day 0."),
            s(
                "Two weeks is read as 14 calendar days, so Thursday 19 November, 23:59. Bank holidays make no difference.",
            ),
            s("From settle’s policy as adopted on 1 October 2026. Met when a plan is agreed."),
        ],
        open,
    };
    vec![
        clock(
            Tone::Today,
            "1 h 18 left",
            "Speak with her",
            "Every week instead of every fortnight, as she asked on 10 November.",
            "7.4b",
            "Today; safe until 11:30",
            false,
        ),
        clock(
            Tone::Plain,
            "2 days left",
            "Agree the action plan",
            "Within two weeks of the report.",
            "7.3",
            "Thu 19 Nov, end of day",
            true,
        ),
        clock(
            Tone::Kept,
            "Kept",
            "First contact",
            "Within 1 working day of the report. Kept with 13 h 54 to spare.",
            "7.1",
            "Done Fri 6 Nov, 10:05",
            false,
        ),
        clock(
            Tone::Late,
            "Missed",
            "DASH assessment",
            "Kept, recorded late.",
            "7.2",
            "Due Mon 9 Nov, end of day",
            false,
        ),
    ]
}

fn timeline() -> Vec<Entry> {
    let entry = |mark, title: &str, by: &str, when: &str, words: &str, times: &str| Entry {
        id: String::new(),
        mark,
        title: s(title),
        by: s(by),
        when: s(when),
        lines: vec![EntryLine {
            label: String::new(),
            words: w(words),
        }],
        warns: Vec::new(),
        times: s(times),
        links: vec![Link::new("Correct", at("correct/17"))],
    };
    let mut stopped = entry(
        Mark::Stopped,
        "Contact made",
        "Ruth Hale",
        "Monday 16 November, 14:20",
        "A text was sent by the repairs office.",
        "Recorded 15:02.",
    );
    stopped.warns = vec![s("Against the contact rules")];
    vec![
        stopped,
        entry(
            Mark::Tried,
            "Called, no answer",
            "Joan Platt",
            "Thursday 12 November, 09:48",
            "Inside her safe hours. No message left. A try, so the weekly clock kept running.",
            "",
        ),
        entry(
            Mark::Plain,
            "Spoke with Beth",
            "Joan Platt",
            "Tuesday 10 November, 10:10 to 10:31",
            "He came to the flat on Saturday about 21:00 and used his key. He stood in the hall for ten minutes and left when a neighbour came out. She asks to be called every week.",
            "Happened Saturday 7 November, as told. We knew on Tuesday 10 November, 10:10. Recorded 10:44.",
        ),
        entry(
            Mark::Risk,
            "Risk recorded: high",
            "Joan Platt",
            "Friday 6 November, 10:40",
            "By us, with Beth, on the telephone. Two questions not asked.",
            "",
        ),
    ]
}

fn head_facts() -> Vec<HeadFact> {
    let fact = |label: &str, strong: &str, rest: &str| HeadFact {
        label: s(label),
        risk: None,
        strong: w(strong),
        rest: w(rest),
    };
    vec![
        HeadFact {
            label: s("Risk, looked at 11 days ago"),
            risk: Some(risk(Shape::Full, "High")),
            strong: w(""),
            rest: w("15 yes, could be 17. By us"),
        },
        fact("Perpetrator", "Dean Cole", ", former partner. Can get in: yes"),
        fact("Children at home", "Two", ", aged 6 and 9"),
        fact(
            "Lead worker",
            "Joan Platt",
            ", as she asked for a woman. Cover: Ruth Hale",
        ),
    ]
}

fn overview(name: &'static str, banner: ContactBanner, demo: bool) -> (&'static str, String) {
    let restricted = name == "case-restricted";
    let mut frame = frame("Case 7KD-204", "Cases");
    frame.demo = demo;
    if restricted {
        frame.done = s("The note is saved");
    }
    let mut case = case("Overview", banner);
    case.restricted = restricted.then(|| Restricted {
        says: s("Three people can open this case:"),
        who: w(
            "you, Helen Marsh, Anita Rowe. Martin Reed cannot: he is in the same line as the perpetrator.",
        ),
        href: s("#can-open"),
    });
    let page = OverviewPage {
        frame,
        case,
        facts: head_facts(),
        can_open: if restricted {
            vec![CanOpen {
                who: s("Joan Platt"),
                as_what: s("Lead worker"),
                why: w("Chosen by Ida from two names. Helen Marsh, 9 November"),
                until: s("Until closed"),
            }]
        } else {
            Vec::new()
        },
        notices: Vec::new(),
        alike: None,
        still_to_ask: vec![
            Link::new("Whether there are children in the home", at("home")),
            Link::new("Where home is, and in what way it is held", at("home")),
        ],
        clocks: clock_rows(),
        all_clocks: Some(Link::new("All 9", at("clocks"))),
        clock_note: if name == "case-no-safe-way" {
            s(
                "If no safe way is found by midnight, first contact shows as missed: no safe way known. It is missed, it is explained, and no one is to blame for it. An unsafe call would be worse.",
            )
        } else {
            String::new()
        },
        timeline: timeline(),
        earlier: Some(Link::new("Show the 14 earlier entries", at("all"))),
        asides: vec![
            Aside {
                heading: s("What she wants"),
                said: Some(w(
                    "To stay in the flat, with new locks and his name off the tenancy",
                )),
                when: s("10 November"),
                ..Aside::default()
            },
            Aside {
                heading: s("How dangerous she says it is"),
                said: Some(w("Worse than your list. He has nothing to lose now")),
                when: s("6 November"),
                ..Aside::default()
            },
            Aside {
                heading: s("How often we speak"),
                lines: vec![w("Every 7 days, looked at again on 10 December")],
                link: Some(Link::new("Change", at("rhythm"))),
                ..Aside::default()
            },
        ],
    };
    (name, page.render().expect("a page"))
}

fn state(values: Values, errors: Errors) -> FormState {
    FormState {
        command: s("00112233445566778899aabbccddeeff"),
        csrf: s("t0ken"),
        seen: Some(17),
        draft: String::new(),
        errors,
        values,
    }
}

fn contact_form(with_errors: bool) -> Form {
    let mut errors = Errors::default();
    if with_errors {
        errors.push(FieldError::new(
            "until",
            "This is before 10:14. Write the time the call ended, for example 10:31",
        ));
        errors.push(FieldError::new(
            "who",
            "Choose one. “Nobody” is an answer: it is a try, not a contact",
        ));
        errors.push(FieldError::new(
            "still",
            "Choose one. If you did not ask, say so: nothing is assumed",
        ));
    }
    let values = Values::new([
        ("day", "other"),
        ("day-day", "17"),
        ("day-month", "11"),
        ("day-year", "2026"),
        ("from", "10:14"),
        ("until", "10:03"),
        ("how", "call"),
        (
            "what",
            "Beth says the locksmith is booked for 15:20.\n\"I slept last night.\"",
        ),
    ]);
    Form {
        action: at("contact/record"),
        state: state(values, errors),
        title: s("Record contact"),
        lead: Vec::new(),
        fields: vec![
            Field::ask("day", "Day", Kind::Day),
            Field::Line(vec![
                Field::ask("from", "From", Kind::Time),
                Field::ask("until", "Until", Kind::Time),
            ]),
            Field::ask(
                "how",
                "How",
                Kind::Inline(vec![
                    Choice::new("call", "Call"),
                    Choice::new("met", "Face to face"),
                    Choice::new("other", "Another way"),
                ]),
            ),
            Field::radios(
                "who",
                "Who did you speak with?",
                vec![
                    Choice::new("her", "Beth"),
                    Choice::new("trusted", "Somebody she trusts")
                        .reveals(vec![Field::text("name", "Who it was")]),
                    Choice::new("him", "Him, or somebody near him")
                        .hint("Recorded first, then what to do now."),
                    Choice::new("nobody", "Nobody"),
                ],
            ),
            Field::words("what", "What was said and done").hint("Facts, and her words in quotation marks."),
            Field::radios(
                "still",
                "Is this way still safe?",
                vec![
                    Choice::new("yes", "Yes, she said so today"),
                    Choice::new("change", "No, or something has changed"),
                    Choice::new("not", "I did not ask")
                        .hint("Asked again at the next call, before anything else."),
                ],
            ),
        ],
        buttons: vec![Button::new("Save"), Button::keep_for_later()],
        leave: None,
    }
}

fn every_kind() -> Form {
    let mut errors = Errors::default();
    errors.push(
        FieldError::new(
            "born",
            "The month of the date of birth must be a number from 1 to 12, or its name",
        )
        .at("born-month"),
    );
    Form {
        action: at("confirm"),
        state: state(
            Values::new([
                ("born-day", "7"),
                ("born-month", "13"),
                ("born-year", "1990"),
                ("ways", "call"),
                ("number", "07700 900 265"),
            ]),
            errors,
        ),
        title: s("Every kind of question"),
        lead: vec![s("One sentence before the questions.")],
        fields: vec![
            Field::Saved(s("Your contact is saved, with all you wrote.")),
            Field::Danger {
                title: s("999 first"),
                steps: vec![s("Give the address."), s("Say a man may be there.")],
                fields: vec![
                    Field::ask("called", "999 called at", Kind::Time),
                    Field::ask("police", "Police reference, if given", Kind::Text(Width::Ten)),
                ],
            },
            Field::ask("name", "Name, if it is known", Kind::Text(Width::Twenty)),
            Field::ask("age", "Age", Kind::Number),
            Field::ask("tel", "Telephone", Kind::Telephone),
            Field::ask("mail", "Email", Kind::Email),
            Field::ask(
                "secret",
                "Your password",
                Kind::Password {
                    autocomplete: "current-password",
                },
            ),
            Field::ask("born", "Date of birth", Kind::Date).hint("For example 27 3 1990"),
            Field::ask(
                "tenure",
                "In what way the home is held",
                Kind::Select(fanlight_web::choices_of!(fanlight_core::fact::Tenure)),
            ),
            Field::checkboxes(
                "ways",
                "Which ways are safe?",
                vec![
                    Choice::new("call", "Call").reveals(vec![
                        Field::ask("number", "Number", Kind::Telephone),
                        Field::ask("hours", "When", Kind::Text(Width::Whole))
                            .hint("For example: weekdays, 10 to 12"),
                    ]),
                    Choice::new("text", "Text")
                        .hint("Only if nobody else looks at the phone, or a tablet joined to it."),
                    Choice::new("none", "No way is safe now"),
                ],
            ),
            Field::Heading(s("Then, a second part")),
            Field::Say(s("A sentence between.")),
            Field::Inset(s("What you write is a sealed draft until you save it.")),
            Field::Warning(s(
                "A level comes down only by a newer assessment, seen by a second person.",
            )),
            Field::Compare(Compare {
                legend: s("When it is safe to call"),
                sides: vec![
                    Side {
                        who: s("Ruth Hale"),
                        when: s("Saved 10:29. Heard from the school’s family worker"),
                        says: w("Tuesday only, 09:30 to 10:45"),
                    },
                    Side {
                        who: s("You"),
                        when: s("Not saved. Heard from Beth at 10:25"),
                        says: w("Tuesday and Thursday, 09:30 to 11:30"),
                    },
                ],
                name: s("which"),
                choices: vec![
                    Choice::new("theirs", "Ruth’s"),
                    Choice::new("mine", "Mine"),
                    Choice::new("later", "Not yet"),
                ],
            }),
        ],
        buttons: vec![
            Button::new("Save"),
            Button {
                text: s("Show the number for one call"),
                warning: true,
                ..Button::default()
            },
        ],
        leave: Some(Link::new("Do not save", BASE)),
    }
}

fn notes() -> Vec<Note> {
    vec![
        Note::new(
            "Kept since 10:16",
            "What you wrote is a sealed draft. It stays if you sign out, if the line drops, or if somebody else saves first.",
        ),
        Note::new(
            "Recording is never refused",
            "If contact was made in a way that is not safe, record that too. You will see what to do now.",
        ),
    ]
}

fn steps() -> Vec<Step> {
    [
        "Danger",
        "What was said, and who told us",
        "Who works here",
        "Check and send",
    ]
    .iter()
    .enumerate()
    .map(|(place, text)| Step {
        text: s(text),
        here: place == 0,
    })
    .collect()
}

fn empty() -> Empty {
    Empty {
        title: s("Nothing is due this week"),
        says: s("All 19 cases were worked out again at 10:12. The next promise falls on Monday."),
        suggestions: vec![
            Suggestion {
                icon: Some(Icon::Clock),
                title: s("Four people can be called now"),
                says: s("No promise is due. An early call counts, and the fortnight starts from it."),
                go: Some(Link::new("See the four", "/work?show=safe")),
                main: false,
            },
            Suggestion {
                icon: Some(Icon::Paper),
                title: s("Two drafts older than a day"),
                says: s("Nobody else can read them, and they meet no promise until saved."),
                go: Some(Link::new("Open drafts", "/drafts")),
                main: false,
            },
        ],
    }
}

fn kept() -> Vec<KeptRow> {
    vec![KeptRow {
        what: s("A note"),
        says: String::new(),
        reference: s("7KD-204"),
        when: s("Kept today, 09:40. It stays until Tuesday 24 November"),
        go: s("/case/7KD-204/note?again=00112233445566778899aabbccddeeff"),
        away: s("/work/kept/00112233445566778899aabbccddeeff"),
    }]
}

fn work(name: &'static str, nothing: bool) -> (&'static str, String) {
    let page = WorkPage {
        frame: frame("My work", "My work"),
        title: s("My work"),
        sub: s("Tuesday 17 November 2026, 10:12. You have 31 open cases."),
        stats: if nothing { Vec::new() } else { stats("2") },
        show_at: s("/work"),
        chips: chips(),
        covers: Some(Link::new("Work I cover for Ruth Hale, 3", "/work?show=cover")),
        first: Vec::new(),
        kept: if nothing { Vec::new() } else { kept() },
        groups: if nothing { Vec::new() } else { groups() },
        empty: nothing.then(empty),
        after: s("18 of your cases have nothing due this week."),
        all: Some(Link::new("See all 31 cases", "/cases")),
        next: None,
    };
    (name, page.render().expect("a page"))
}

fn public_frame() -> PublicFrame {
    PublicFrame {
        title: s("Help and advice"),
        landlord: s("settle"),
        home: s("/help"),
        exit: s("https://www.bbc.co.uk/weather"),
        foot: vec![
            Link::new("Our policy in full", "/help/policy"),
            Link::new("What we keep about you", "/help/keep"),
            Link::new("Accessibility", "/help/accessibility"),
        ],
        demo: false,
    }
}

fn public_asides() -> Vec<PublicAside> {
    vec![
        PublicAside {
            id: String::new(),
            heading: s("Or something else"),
            says: Vec::new(),
            links: vec![
                Link::new("I am telling you about somebody else", "/help/somebody"),
                Link::new("I would rather talk: 01632 960 319, 9am to 5pm", ""),
            ],
        },
        PublicAside {
            id: String::new(),
            heading: s("Leaving quickly"),
            says: vec![s(
                "Press “Leave this page”, or the Shift key three times. You land on the weather. “Back” does not return here.",
            )],
            links: Vec::new(),
        },
    ]
}

fn next() -> Vec<Next> {
    let next = |when: &str, what: &str| Next {
        when: s(when),
        what: s(what),
    };
    vec![
        next("You press send", "Somebody trained for this reads it."),
        next(
            "By the end of tomorrow",
            "They answer, within one working day. They use only the way you say is safe, at the time you say. If you tell us no way is safe, we wait for you.",
        ),
        next(
            "Who finds out",
            "Nobody, unless you say so. The exceptions: a child or an adult who needs care is in danger, the danger is very high, or the law makes us.",
        ),
    ]
}

fn case_rows() -> Vec<CaseRow> {
    vec![
        CaseRow {
            reference: s("7KD-204"),
            href: s(BASE),
            called: Some(w("Beth")),
            stage: s("Open"),
            received: s("Reported Thursday 5 November"),
            risk: risk(Shape::Full, "High"),
            worker: s("Joan Platt"),
            first_due: s("Speak with her"),
            left: Some(TimeTag::new(Tone::Today, "1 h 18 left")),
            way: way(May::Yes, Some(Way::Call), "Call now, until 11:30"),
        },
        CaseRow {
            reference: s("9RB-330"),
            href: s(BASE),
            called: None,
            stage: s("Report"),
            received: s("Reported Monday 16 November"),
            risk: RiskSign::not_known(),
            worker: String::new(),
            first_due: s("First contact"),
            left: Some(TimeTag::new(Tone::Late, "10 h late")),
            way: way(May::NotKnown, None, "No safe way known yet"),
        },
    ]
}

fn approvals() -> Vec<ApprovalRow> {
    vec![
        ApprovalRow {
            what: s("A role that reads cases"),
            about: w("Kerry Lunn, caseworker"),
            reason: w("Covers from December"),
            asked: s("Asked by Ian Webb, Monday 16 November"),
            go: Some(Link::new("Answer", "/approvals/3")),
            not_you: String::new(),
        },
        ApprovalRow {
            what: s("A new password"),
            about: w("Tom Adeyemi"),
            reason: w("Lost his telephone"),
            asked: s("Asked by you, today, 09:40"),
            go: None,
            not_you: s("Somebody else answers what you asked"),
        },
    ]
}

/// Every page: its name, and the page.
pub(crate) fn all() -> Vec<(&'static str, String)> {
    let mut pages = vec![
        work("work", false),
        work("work-nothing", true),
        overview("case", banner(true), false),
        overview("case-not-now", not_now(true), true),
        overview("case-no-safe-way", no_way(true), false),
        overview("case-restricted", banner(true), false),
    ];
    let mut add = |name: &'static str, page: &dyn askama::DynTemplate| {
        pages.push((name, page.dyn_render().expect("a page")))
    };

    add(
        "sign-in",
        &SignInPage {
            frame: DoorFrame {
                title: s("Sign in"),
                landlord: s("settle"),
                demo: true,
            },
            action: s("/sign-in"),
            form: FormState::default(),
            says: s("Signed out after 15 minutes. What you wrote is kept."),
            help: Some(Link::new("Who they are", "/sign-in/help")),
        },
    );
    let mut wrong = Errors::default();
    wrong.push(FieldError::new(
        "name",
        "The name or the password is not right. Check both, and try again",
    ));
    add(
        "sign-in-wrong",
        &SignInPage {
            frame: DoorFrame {
                title: s("Sign in"),
                ..DoorFrame::default()
            },
            action: s("/sign-in"),
            form: FormState {
                errors: wrong,
                values: Values::new([("name", "joan")]),
                ..FormState::default()
            },
            says: String::new(),
            help: None,
        },
    );
    add(
        "door-form",
        &DoorFormPage {
            frame: DoorFrame {
                title: s("New password"),
                landlord: s("settle"),
                demo: false,
            },
            form: Form {
                title: s("Choose a new password"),
                action: s("/password"),
                lead: vec![s(
                    "At least 12 characters. Three words that you can remember are better than one that you cannot.",
                )],
                fields: vec![
                    Field::ask(
                        "old",
                        "The password you have",
                        Kind::Password {
                            autocomplete: "current-password",
                        },
                    ),
                    Field::ask(
                        "new",
                        "The new one",
                        Kind::Password {
                            autocomplete: "new-password",
                        },
                    ),
                ],
                buttons: vec![Button::new("Change it")],
                ..Form::default()
            },
        },
    );
    let danger = vec![
        s("Ask where they are. Ask them to call 999, or call it yourself now if they cannot."),
        s("If they cannot speak: call 999 from a mobile, listen, press 55 when asked."),
        s("If they have to hang up, let them. Do not call back unless they said it is safe."),
    ];
    let choice = |value: &str, text: &str, hint: &str, advice: Vec<String>| DangerChoice {
        value: s(value),
        text: s(text),
        hint: s(hint),
        advice,
    };
    add(
        "report-danger",
        &DangerPage {
            frame: frame("Log a report", "Log a report"),
            back: Some(Link::new("My work", "/work")),
            action: s("/report"),
            form: state(Values::new([("danger", "now")]), Errors::default()),
            advice_title: s("Do this first"),
            choices: vec![
                choice("now", "Yes, now", "", danger.clone()),
                choice(
                    "soon",
                    "Not this minute, but perhaps today or tonight",
                    "",
                    Vec::new(),
                ),
                choice("no", "No, not that they know of", "", Vec::new()),
                choice(
                    "unknown",
                    "I cannot tell yet",
                    "Treated as “Yes, now” until you can.",
                    Vec::new(),
                ),
            ],
            buttons: vec![Button::new("Next: what was said"), Button::keep_for_later()],
            so_far: vec![
                SoFar {
                    label: s("Report received"),
                    strong: s("Today, 10:12"),
                    change: Some(Link::new("Change", "/report/when")),
                    ..SoFar::default()
                },
                SoFar {
                    label: s("Clock already running"),
                    strong: s("Wednesday 18 November"),
                    rest: s("end of day: first contact."),
                    clause: clause("7.1").pop(),
                    ..SoFar::default()
                },
            ],
            steps: steps(),
        },
    );
    add(
        "report-receipt",
        &ReceiptPage {
            frame: frame("Report", "Log a report"),
            title: s("Thank you. It has arrived"),
            sub: s("Tuesday 17 November 2026, 10:20"),
            reference: s("4HL-271"),
            says: vec![
                s(
                    "Somebody trained for this reads it now. You will not be told what becomes of it: that keeps the person safe.",
                ),
                s("Do not speak of it with anybody, and do not try to reach the person yourself."),
            ],
            danger: danger.clone(),
            links: vec![
                Link::new("Log another report", "/report"),
                Link::new("My work", "/work"),
            ],
        },
    );
    let record = |errors, incoming| RecordContactPage {
        frame: frame("Case 7KD-204", "Cases"),
        case: case("", banner(false)),
        incoming,
        gate: vec![
            GateLine {
                sign: way(May::Yes, Some(Way::Call), "Call now, until 11:30"),
                route: w("Telephone, ending 143"),
                value: Some(w("07700 900 143")),
                says: vec![s("Told to us by the person on 10 November.")],
                more: None,
            },
            GateLine {
                sign: way(May::No, Some(Way::Text), "Never text"),
                route: w("Telephone, ending 143"),
                value: None,
                says: vec![s("Called unsafe on 10 November.")],
                more: Some(Link::new("What you can do instead", at("contact/why"))),
            },
        ],
        form: contact_form(errors),
        steps: Vec::new(),
        notes: notes(),
    };
    add("contact-record", &record(false, None));
    add("contact-errors", &record(true, None));
    add(
        "contact-incoming",
        &record(
            false,
            Some(Incoming {
                say: w("“Hello, Joan here, about the boiler check. What word did we say?”"),
                code_word: at("code-word"),
                csrf: s("token"),
            }),
        ),
    );
    add(
        "contact-may",
        &MayContactPage {
            frame: frame("Case 7KD-204", "Cases"),
            case: case("", banner(false)),
            title: w("You can call Beth now"),
            says: vec![s("Yes, until Tuesday 17 November, 11:30.")],
            route: w("Telephone number ending 143"),
            value: Some(w("07700 900143")),
            instead_of_value: String::new(),
            say: vec![
                w("You are “Joan, about the boiler check”."),
                w("“Is now a good time?”"),
                w("If somebody else answers: “Wrong number, sorry”, and end."),
            ],
            links: vec![
                Link::new("Record what happened", at("contact")),
                Link::new("Whole safe contact", at("contact/safe")),
            ],
            notes: notes(),
        },
    );
    add(
        "contact-cannot",
        &CannotContactPage {
            frame: frame("Not this way now", "Cases"),
            case: case("", not_now(false)),
            title: w("You cannot call Amira now"),
            why: w(
                "Until 12:30 today he is at home with her, and he picks up her telephone. She told us so on 4 November.",
            ),
            hours: Some(HoursBar::of_day(480, 1200, &[(750, 840)], 612)),
            instead: vec![
                Suggestion {
                    icon: Some(Icon::Clock),
                    title: s("Call today between 12:30 and 14:00"),
                    says: s("This is in time for settle 7.4a, due tomorrow."),
                    go: None,
                    main: false,
                },
                Suggestion {
                    icon: Some(Icon::Person),
                    title: s("Speak with her sister, Nadia"),
                    says: s("She knows. She may pass on “please call the library”, and nothing more."),
                    go: Some(Link::new("See how", at("contact"))),
                    main: false,
                },
                Suggestion {
                    icon: Some(Icon::Say),
                    title: s("She has told you something new"),
                    says: s(
                        "If she has just said that another way is safe, record it. It counts from that moment.",
                    ),
                    go: Some(Link::new("Record it", at("contact/safe"))),
                    main: true,
                },
            ],
            danger: vec![
                s("Do not call her. Call 999, give the address, and say that he may be there."),
                s("Then tell Martin Reed."),
            ],
            notes: vec![
                Note::new(
                    "What was stopped",
                    "A call to the number ending 207, today at 10:12, by Joan Platt.",
                ),
                Note::new(
                    "Which rule",
                    "A way that the person has not called safe is not used. No role and no setting can switch this off.",
                ),
            ],
        },
    );
    add(
        "contact-safe",
        &SafeContactPage {
            frame: frame("Case 7KD-204", "Cases"),
            case: case("Safe contact", banner(false)),
            says: s("Safe to call now, until 11:30."),
            routes: vec![RouteCard {
                icon: Some(Icon::Telephone),
                title: w("Telephone, ending 143"),
                value: Some(w("07700 900 143")),
                shared_with: Some(w("he has had the PIN")),
                ways: vec![
                    WayLine {
                        sign: way(May::Yes, Some(Way::Call), "Call now, until 11:30"),
                        said: w(
                            "Safe, Tuesday and Thursday, 09:30 to 11:30. Said by the person on 10 November; asked again by 10 December.",
                        ),
                        change: Some(Link::new("Change", at("contact/safe"))),
                    },
                    WayLine {
                        sign: way(May::No, Some(Way::Text), "Never text"),
                        said: w("Not safe. Said by the person on 10 November."),
                        change: Some(Link::new("Change", at("contact/safe"))),
                    },
                    WayLine {
                        sign: way(May::NotKnown, Some(Way::Voicemail), "Not known: voicemail"),
                        said: w("Nobody has asked."),
                        change: Some(Link::new("Record an answer", at("contact/safe"))),
                    },
                ],
                links: vec![Link::new("Correct", at("contact/route"))],
                ..RouteCard::default()
            }],
            wishes: vec![
                Pair {
                    label: s("We say we are"),
                    words: w("Joan, about the boiler check"),
                },
                Pair {
                    label: s("If somebody else answers"),
                    words: w("“Sorry, wrong number”, and end"),
                },
            ],
            links: vec![
                Link::new("Add a route", at("contact/route")),
                Link::new("What was asked of us", at("contact/wishes")),
                Link::new("No safe way yet", at("contact/none")),
            ],
            notes: vec![Note::new(
                "Each way by itself",
                "A number that is safe to call may be unsafe to text.",
            )],
        },
    );
    add("life-at-risk", &CaseFormPage {
        frame: frame("Case 9RB-330", "Cases"),
        case: case("", no_way(false)),
        form: Form {
            title: s("Somebody’s life may be at risk"),
            action: at("life-at-risk"),
            lead: vec![s("Nothing here holds up 999, and nothing here waits for approval.")],
            fields: vec![
                Field::Danger { title: s("999 first"), steps: vec![s("Give the address. Say a man may be there, and that there may be children.")], fields: vec![Field::ask("called", "999 called at", Kind::Time)] },
                Field::words("why", "Why it cannot wait"),
                Field::radios("how", "How", vec![Choice::new("call", "Call the number on the tenancy").hint("His name is on the contract. He may answer."), Choice::new("go", "Go there, two people, with the police")]).hint("Only a live voice. Texts, email, voicemail and letters are not offered, here or anywhere."),
            ],
            buttons: vec![Button { text: s("Show the number for one call"), warning: true, ..Button::default() }],
            leave: Some(Link::new("Do not call", BASE)),
            state: state(Values::default(), Errors::default()),
        },
        steps: Vec::new(),
        notes: vec![Note::new("If he answers", "“Is your water running clear? Thank you.” End. Tell the police what you heard.")],
    });
    add(
        "form-kinds",
        &FormPage {
            frame: frame("Form", ""),
            back: Some(Link::new("My work", "/work")),
            form: every_kind(),
            steps: steps(),
            notes: notes(),
        },
    );
    add(
        "form-case",
        &CaseFormPage {
            frame: frame("Case 7KD-204", "Cases"),
            case: case("", not_now(false)),
            form: Form {
                fields: vec![
                    Field::words("note", "What happened").hint("Facts, and words in quotation marks."),
                ],
                buttons: vec![Button::new("Save the note"), Button::keep_for_later()],
                title: s("Write a note"),
                action: at("note"),
                state: state(Values::default(), Errors::default()),
                ..Form::default()
            },
            steps: Vec::new(),
            notes: notes(),
        },
    );
    let person = |role: &str, name: &str, sub: &str, pairs: Vec<Pair>, risk| PersonCard {
        risk,
        role: w(role),
        name: w(name),
        sub: w(sub),
        pairs,
        states: vec![(
            s("Screen"),
            TimeTag::new(Tone::Today, "Not yet done"),
            w("Due today"),
        )],
        links: vec![Link::new("Change", at("people/change"))],
    };
    let pair = |label: &str, words: &str| Pair {
        label: s(label),
        words: w(words),
    };
    add(
        "people",
        &PeoplePage {
            frame: frame("Case 4HL-271", "Cases"),
            case: case("People and home", not_now(false)),
            groups: vec![
                PeopleGroup {
                    id: s("survivor"),
                    title: s("Survivor"),
                    people: vec![person(
                        "Her own word: “just Lucy”",
                        "Lucy Bright",
                        "34, she. English",
                        vec![pair(
                            "Wants",
                            "“Them to leave us alone, both of them. I am not moving.”",
                        )],
                        None,
                    )],
                    ..PeopleGroup::default()
                },
                PeopleGroup {
                    id: s("perpetrators"),
                    title: s("Perpetrators"),
                    small: s("Each by himself, and together"),
                    people: vec![
                        person(
                            "10 yes, could be 13",
                            "Gary Holt",
                            "41. Former partner, until 2025",
                            vec![pair("Can get in", "No, as far as she knows")],
                            Some(risk(Shape::Half, "Medium")),
                        ),
                        person(
                            "",
                            "Neil Holt",
                            "38. Gary’s brother",
                            Vec::new(),
                            Some(RiskSign::not_known()),
                        ),
                    ],
                    ..PeopleGroup::default()
                },
                PeopleGroup {
                    id: s("children"),
                    title: s("Children, victims themselves"),
                    nobody: s("Not asked yet."),
                    add: Some(Link::new(
                        "Add a child who lives there, visits, or is expected",
                        at("people/add"),
                    )),
                    ..PeopleGroup::default()
                },
            ],
            home: vec![
                pair("Held as", "Assured tenancy, Lucy alone"),
                pair("Address", "Withheld from anything that leaves"),
                pair("A perpetrator lives there", "No"),
            ],
            home_link: Some(Link::new("Change", at("home"))),
            may_see_shut_out: true,
            shut_out: vec![ShutOutRow {
                who: w("Sean Doyle, repairs"),
                connection: w("Plays football with Neil Holt, as Lucy told us"),
                suspected: true,
                decided: w("Shut out until somebody decides"),
                means: w("No job here goes to him"),
                links: vec![Link::new("Decide", at("shut-out/decide"))],
            }],
            connected: Some(Link::new("Somebody else is connected", at("shut-out"))),
            workers: vec![
                pair("Lead worker", "Joan Platt, as she asked for a woman"),
                pair("Cover", "Ruth Hale"),
            ],
            worker_link: Some(Link::new("Name a worker", at("worker"))),
        },
    );
    let look = |when: &str, who: &str, what: &str, let_in| Look {
        when: s(when),
        who: w(who),
        as_what: s("Lead worker"),
        what: s(what),
        why: w("A list counts as a look"),
        let_in,
        after: String::new(),
    };
    add(
        "looks",
        &LooksPage {
            frame: frame("Case 7KD-204", "Cases"),
            case: case("Who has looked", banner(false)),
            facts: head_facts(),
            show_at: at("looks"),
            chips: chips(),
            days: vec![LookDay {
                title: s("Today"),
                small: s("Tuesday 17 November"),
                looks: vec![
                    look("10:12", "Joan Platt", "The case page", LetIn::Yes),
                    look(
                        "09:32",
                        "Name shown to the lead only",
                        "Tried to open the case",
                        LetIn::Refused,
                    ),
                    look("07:40", "Kerry Lunn", "Opened in an emergency", LetIn::Emergency),
                ],
            }],
            earlier: Some(Link::new("Show the 33 earlier", at("looks/33"))),
            notes: vec![
                Note::new("Something looks wrong?", "Tell Helen Marsh, by telephone."),
                Note::new(
                    "Beth may ask who has looked",
                    "She gets roles and times at once, names by the lead’s decision.",
                ),
            ],
        },
    );
    let total = |kind: &str, words: &str, count| KeptTotal {
        kind: s(kind),
        words: s(words),
        count,
    };
    let clause_row =
        |reference: &str, says: &str, kept: &str, figure: &str, sub: &str, tone, state: &str| ClauseRow {
            reference: s(reference),
            says: s(says),
            href: format!("/assurance/{reference}"),
            kept: s(kept),
            strength: s("Will"),
            figure: s(figure),
            figure_sub: s(sub),
            state: TimeTag::new(tone, state),
        };
    let boxes = |name: &str, legend: &str, texts: &[&str]| FilterGroup {
        name: s(name),
        legend: s(legend),
        boxes: texts
            .iter()
            .map(|text| FilterBox {
                value: text.to_lowercase(),
                text: s(text),
                count: 9,
                ticked: *text == "Missed",
            })
            .collect(),
    };
    add(
        "assurance",
        &ClausesPage {
            frame: frame("Assurance", "Assurance"),
            sub: s("settle, Domestic Abuse Policy. 116 clauses, as adopted on 1 October 2026."),
            policy: vec![fanlight_web::assurance::Particular {
                label: s("To be reviewed by"),
                value: s("Saturday 30 September 2023"),
                state: Some(TimeTag::new(Tone::Late, "1144 days overdue")),
            }],
            totals: vec![
                total("enforced", "Enforced", 11),
                total("measured", "Measured", 29),
                total("recorded", "Recorded", 41),
                total("published", "Published", 27),
                total("notyet", "Not yet", 8),
            ],
            filters: vec![
                boxes(
                    "state",
                    "State",
                    &["Missed", "Kept", "Nothing to show yet", "Not yet"],
                ),
                boxes(
                    "kept",
                    "How it is kept",
                    &["Enforced", "Measured", "Recorded", "Published"],
                ),
            ],
            shown: s("5 of 116"),
            rows: vec![
                clause_row(
                    "7.1",
                    "First contact within one working day of a disclosure, in every case",
                    "Measured",
                    "46 of 47",
                    "97.9%; promised 100%",
                    Tone::Late,
                    "Missed once",
                ),
                clause_row(
                    "7.2",
                    "Evidence of a DASH in every case, by us or by another agency",
                    "Measured",
                    "45 of 47",
                    "39 by us, 6 by others and seen",
                    Tone::Today,
                    "Behind",
                ),
                clause_row(
                    "7.4b",
                    "Another rhythm only where the person expressly agrees",
                    "Enforced",
                    "5 in force",
                    "each with who and when",
                    Tone::Kept,
                    "Holds",
                ),
                clause_row(
                    "5.5b",
                    "A joint role with a partner agency for our residents",
                    "Not yet",
                    "No figure",
                    "with partner sign-ins",
                    Tone::Nothing,
                    "Not yet",
                ),
            ],
            next: Some(Link::new("Next 50 clauses", "/assurance?after=50")),
            links: vec![
                Link::new("Measures", "/measures"),
                Link::new("Registers", "/registers"),
            ],
        },
    );
    add(
        "assurance-clause",
        &ClausePage {
            frame: frame("Assurance", "Assurance"),
            reference: s("settle 7.1"),
            says: s("First contact within one working day of a disclosure, in every case"),
            sub: s("Will. Domestic Abuse Policy, as adopted on 1 October 2026."),
            state: TimeTag::new(Tone::Late, "Missed once"),
            proofs: vec![
                Proof {
                    kept: s("Measured"),
                    title: s("First contact in time"),
                    says: s("Over every report received in the year"),
                    figure: s("46 of 47"),
                    figure_sub: s("97.9%; promised 100%"),
                    link: Some(Link::new("See it", "/measures/first-contact")),
                },
                Proof {
                    kept: s("Enforced"),
                    title: s("A try is not a contact"),
                    says: s("Only a conversation meets the promise"),
                    ..Proof::default()
                },
            ],
            missing: s("The part about visits comes with the plan of visits."),
            notes: vec![s(
                "The policy says “within one working day” in one place and “24 hours” in another: the stricter is counted, and both are shown.",
            )],
            clocks: clock_rows(),
        },
    );
    let months = [
        "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct",
    ];
    let kept = [4, 3, 5, 4, 4, 2, 4, 4, 3, 4, 5, 4];
    add(
        "measure",
        &MeasurePage {
            frame: frame("Assurance", "Assurance"),
            title: s("First contact within one working day"),
            sub: s(
                "settle 7.1, will, promised 100%. Reports received from 1 November 2025 to 31 October 2026.",
            ),
            figure: s("46 of 47"),
            percent: s("97.9%"),
            means: s("in time. One was late, and stays late"),
            how: s(
                "From the moment a report reached us, by any way in, to the first time somebody spoke with the person. A try is not a contact. Day of receipt is day 0; due at the end of the next working day, England and Wales.",
            ),
            by: s("By month of report"),
            chart: Some(Chart {
                title: s("Reports by month, and first contacts in time"),
                says: s(
                    "Between two and five reports a month. All first contacts in time except one of five in June 2026.",
                ),
                kept_words: s("In time"),
                missed_words: s("Late"),
                bars: months
                    .iter()
                    .zip(kept)
                    .map(|(label, kept)| Bar {
                        label: s(label),
                        under: match *label {
                            "Nov" => s("2025"),
                            "Jan" => s("2026"),
                            _ => String::new(),
                        },
                        kept,
                        missed: u32::from(*label == "Jun"),
                    })
                    .collect(),
            }),
            columns: vec![s("Reports"), s("In time"), s("Late")],
            first_column: s("Month"),
            rows: months
                .iter()
                .zip(kept)
                .map(|(label, kept)| MeasureRow {
                    label: s(label),
                    cells: vec![
                        (kept + u32::from(*label == "Jun")).to_string(),
                        kept.to_string(),
                        u32::from(*label == "Jun").to_string(),
                    ],
                    why: if *label == "Jun" {
                        vec![Link::new(
                            "6PW-155, 3 h 20 late: no safe way known until morning",
                            BASE,
                        )]
                    } else {
                        Vec::new()
                    },
                })
                .collect(),
            total: Some(MeasureRow {
                label: s("Year"),
                cells: vec![s("47"), s("46"), s("1")],
                why: Vec::new(),
            }),
            parts: vec![fanlight_web::assurance::Part {
                label: s("Missed"),
                number: s("1"),
                says: s("Not done in time. Stays so when it is done later."),
            }],
            small_numbers: s("Numbers under 5 are hidden in anything that leaves; here they are shown."),
            back: Link::new("Measures", "/assurance/measures"),
            others_title: String::new(),
            others: Vec::new(),
            behind_title: s("The cases behind it"),
            behind: case_rows(),
        },
    );
    add(
        "measures",
        &MeasuresPage {
            frame: frame("Assurance", "Assurance"),
            sub: s("1 November 2025 to 31 October 2026"),
            rows: vec![MeasureLine {
                title: s("First contact within one working day"),
                href: s("/measures/first-contact"),
                sub: s("settle 7.1, will"),
                figure: s("46 of 47"),
                figure_sub: s("97.9%; promised 100%"),
                state: TimeTag::new(Tone::Late, "Missed once"),
            }],
        },
    );
    add(
        "registers",
        &RegistersPage {
            frame: frame("Assurance", "Assurance"),
            title: s("Partners"),
            sub: s("What the policy names, each with its owner and when it was last checked."),
            groups: vec![RegisterGroup {
                id: s("partners"),
                title: s("Partners"),
                rows: vec![RegisterRow {
                    id: s("a-partner-service"),
                    title: s("A partner service"),
                    says: vec![s("A donation each year; amount not stated")],
                    owner: s("Helen Marsh"),
                    checked: s("Checked 2 November 2026"),
                    state: TimeTag::new(Tone::Kept, "Kept"),
                    link: Some(Link::new("Record a check", "/registers/partners/1")),
                }],
            }],
        },
    );
    let find = |rows: Vec<CaseRow>, empty: Option<Empty>| FindPage {
        frame: frame("Find a case", "Cases"),
        form: state(Values::new([("find", "Margaret Osei")]), Errors::default()),
        shown: if rows.is_empty() {
            String::new()
        } else {
            s("2 found")
        },
        rows,
        empty,
        notes: vec![Note::new(
            "What this answer means",
            "There is no case, or there is none for you. The answer, its wording and the time it takes are the same in both.",
        )],
    };
    add("find", &find(case_rows(), None));
    add(
        "find-nothing",
        &find(
            Vec::new(),
            Some(Empty {
                title: s("Nothing that you can open"),
                says: s("Looked for the name as written, and for names that sound like it."),
                suggestions: vec![Suggestion {
                    icon: Some(Icon::Danger),
                    title: s("Is somebody telling you now?"),
                    says: s("Log a report. You need not find an earlier case first."),
                    go: Some(Link::new("Log a report", "/report")),
                    main: true,
                }],
            }),
        ),
    );
    add(
        "cases",
        &CasesPage {
            frame: frame("Cases", "Cases"),
            title: s("Cases"),
            sub: s("31 open cases that you can open."),
            stats: stats("2"),
            show_at: s("/cases"),
            chips: chips(),
            rows: case_rows(),
            empty: None,
            next: Some(Link::new("Next 50", "/cases?after=x")),
        },
    );
    add(
        "team",
        &TeamPage {
            frame: frame("Team", ""),
            sub: s("Tuesday 17 November 2026, 10:12. Four workers, 100 open cases that you can open."),
            stats: stats("4"),
            waiting: Vec::new(),
            reports: case_rows(),
            first: Vec::new(),
            groups: groups(),
            empty: None,
            next: None,
            load: vec![
                LoadRow {
                    who: s("Joan Platt"),
                    open: 30,
                    highest: 4,
                    late: 2,
                },
                LoadRow {
                    who: s("Nobody yet"),
                    open: 1,
                    highest: 0,
                    late: 1,
                },
            ],
            warning: s("Tom Adeyemi is away from Thursday, and nobody covers."),
        },
    );
    add(
        "approvals",
        &ApprovalsPage {
            frame: frame("Approvals", ""),
            sub: s("Nobody answers for what they asked themselves."),
            rows: approvals(),
            empty: None,
        },
    );
    add(
        "accounts",
        &AccountsPage {
            frame: frame("Accounts", ""),
            sub: s("14 accounts. An administrator sees no case."),
            rows: vec![AccountRow {
                name: w("Joan Platt"),
                post: w("Domestic abuse caseworker"),
                roles: vec![s("Caseworker, north"), s("Colleague")],
                reports_to: w("Martin Reed"),
                state: TimeTag::new(Tone::Kept, "Open"),
                links: vec![
                    Link::new("Roles", "/accounts/1/roles"),
                    Link::new("Close", "/accounts/1/close"),
                ],
            }],
            waiting: approvals(),
            add: Some(Link::new("Open an account", "/accounts/new")),
        },
    );
    add(
        "clocks",
        &ClocksPage {
            frame: frame("Case 7KD-204", "Cases"),
            case: case("Clocks", banner(false)),
            clocks: clock_rows(),
            note: String::new(),
        },
    );
    add(
        "corrected",
        &CorrectedPage {
            frame: frame("Case 7KD-204", "Cases"),
            case: case("", banner(false)),
            entries: timeline(),
        },
    );
    add(
        "code-word",
        &CodeWordPage {
            frame: frame("Case 7KD-204", "Cases"),
            case: case("", banner(false)),
            code_word: Some(w("marmalade")),
            duress_word: Some(w("parsley")),
            if_duress: Some(w("Ring 999 for me, at the flat")),
        },
    );
    add(
        "help",
        &HelpPage {
            frame: public_frame(),
            title: s("Is somebody at home hurting, frightening or controlling you?"),
            lead: s(
                "You can tell us, now or later. It is never your fault. This is for everyone who lives in a settle home.",
            ),
            go: Some(Link::new("Tell us", "/help/tell")),
            or: Some(Link::new("People outside settle who can help", "/help/outside")),
            policy_title: s("What settle says in its policy"),
            policy: next(),
            pages: public_asides(),
            next_title: s("What happens if you tell us now"),
            next: next(),
            asides: public_asides(),
        },
    );
    add("help-form", &PublicFormPage { frame: public_frame(), step: s("Question 3 of 5. You can leave out any of them"), form: Form { action: s("/help/tell"), state: state(Values::new([("way", "call")]), Errors::default()), fields: vec![Field::checkboxes("way", "How can we answer you safely?", vec![Choice::new("call", "Call me").reveals(vec![Field::ask("tel", "Number", Kind::Telephone)]), Choice::new("none", "No way is safe now").hint("Then we do nothing to reach you. You can come back at any time.")]).hint("Tick only what nobody else can see, hear or pick up. What you do not tick, we do not use.").heading()], buttons: vec![Button::new("Next")], leave: Some(Link::new("Skip this question", "/help/tell/4")), ..Form::default() }, asides: public_asides() });
    add(
        "help-receipt",
        &PublicReceiptPage {
            frame: public_frame(),
            title: s("Thank you. It has arrived"),
            lead: s("You can close this page. Nothing of it stays on this phone or computer."),
            words: ["rice", "lemons", "soap", "thread"].map(s).into(),
            exit: s("https://www.bbc.co.uk/weather"),
            next: next(),
            asides: public_asides(),
        },
    );
    add(
        "help-text",
        &PublicTextPage {
            frame: public_frame(),
            title: s("People outside settle who can help"),
            sections: public_asides(),
        },
    );
    add(
        "notices",
        &TextPage {
            frame: frame("Notices", ""),
            title: s("Notices"),
            lead: s("What Fanlight is built on."),
            sections: vec![Section {
                id: s("licence"),
                heading: s("Licence"),
                paragraphs: vec![s("Fanlight is under the MIT licence.")],
                list: vec![s("One"), s("Two")],
                links: vec![Link::new("Guide", "/guide")],
            }],
            verbatim: s(fanlight_web::statics::THIRD_PARTY_NOTICES),
        },
    );
    add(
        "error-broken",
        &ErrorPage {
            title: s("Something went wrong on our side"),
            says: vec![
                s("What you kept before is still there."),
                s("Quote the number below."),
            ],
            links: vec![Link::new("Go to the front page", "/")],
            reference: s("Q7T-41K"),
        },
    );
    pages
}
