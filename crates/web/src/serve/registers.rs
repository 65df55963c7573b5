//! Registers: partners, law, documents and the rest, each entry with its owner, its last check and the next.

use crate::app::{Posted, Shared, Signed, answer, answer_form, back_with, clause, frame, redraw};
use crate::assurance::{RegisterGroup, RegisterIndexPage, RegisterLine, RegisterRow, RegistersPage};
use crate::forms::answers::words;
use crate::forms::when::{Asked, Bound, day, full_day, local};
use crate::forms::{Button, Errors, Field, Form, FormPage, Kind, Link, Note, Values};
use crate::routes::Routes;
use crate::signs::{TimeTag, Tone};
use axum::extract::{Path, State};
use axum::response::Response;
use fanlight_casework::Problem;
use fanlight_core::access::Action;
use fanlight_core::landlord::RegisterChecked;
use fanlight_core::pack::{Entry, Pack, Register};
use jiff::civil::Date;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/registers", index)
        .get("/registers/{kind}", register)
        .get("/registers/{kind}/{entry}", check_form)
        .post("/registers/{kind}/{entry}", check)
}

/// What a register is called, and what stands in it.
fn named(register: Register) -> (&'static str, &'static str) {
    match register {
        Register::Partner => ("Partners", "Organisations we work with, and where"),
        Register::Helpline => (
            "Helplines",
            "Lines and services outside, for people to ring themselves",
        ),
        Register::Law => ("Law", "Acts and duties that the policy relies on"),
        Register::Standard => ("Standards", "Standards and codes that the landlord follows"),
        Register::Document => (
            "Related documents",
            "Policies and procedures that the policy names",
        ),
        Register::Statistic => (
            "Published numbers",
            "Dated and with their source; no decision uses them",
        ),
        Register::Commitment => ("Commitments", "Pledges, donations and memberships"),
        Register::Training => ("Training", "Which, for whom, and how often"),
        Register::HelpOption => (
            "Help that may be offered",
            "Options to talk through with the person",
        ),
        Register::Review => ("Reviews", "Reviews of the policy and its practice"),
        Register::Outcome => ("Outcomes", "How a case or a home may turn out"),
        Register::Page => ("Pages", "Texts that the public or staff can open"),
        Register::Agreement => ("Agreements", "Agreements with other organisations"),
        Register::Improvement => ("Improvements", "What the landlord has undertaken to better"),
        Register::Aim => ("Aims", "Aims and principles, with what carries them out"),
    }
}

fn register_of(kind: &str) -> Option<Register> {
    Register::ALL.into_iter().find(|register| register.key() == kind)
}

fn may_see(signed: &Signed) -> Result<(), Problem> {
    signed
        .who
        .may(Action::SeeRegisters)
        .then_some(())
        .ok_or(Problem::NotAllowed)
}

/// How a check stands in time.
pub(super) fn stands(last: Option<Date>, due: Option<Date>, today: Date) -> TimeTag {
    match (last, due) {
        (_, Some(due)) if due < today => {
            let days = (today - due).get_days();
            TimeTag::new(
                Tone::Late,
                if days == 1 {
                    "1 day overdue".to_owned()
                } else {
                    format!("{days} days overdue")
                },
            )
        }
        (None, _) => TimeTag::new(Tone::Today, "Never checked"),
        (Some(_), Some(due)) => TimeTag::new(Tone::Kept, format!("Next by {}", due.strftime("%-d %b %Y"))),
        (Some(_), None) => TimeTag::new(Tone::Kept, "Checked"),
    }
}

async fn index(State(app): State<Shared>, signed: Signed) -> Response {
    answer(draw_index(&app, &signed))
}

fn draw_index(app: &Shared, signed: &Signed) -> Result<RegisterIndexPage, Problem> {
    may_see(signed)?;
    let today = local(app.casework.now()).date();
    let pack = &signed.who.room.pack;
    let mut rows = Vec::new();
    for register in Register::ALL {
        let view = app.casework.register(&signed.who, register);
        if view.entries.is_empty() {
            continue;
        }
        let overdue = |due: Option<Date>| due.is_some_and(|due| due < today);
        let late = view.entries.iter().filter(|(.., due)| overdue(*due)).count();
        let never = view
            .entries
            .iter()
            .filter(|(_, last, due)| last.is_none() && !overdue(*due))
            .count();
        let (title, says) = named(register);
        rows.push(RegisterLine {
            title: title.into(),
            href: format!("/registers/{}", register.key()),
            says: says.into(),
            entries: view.entries.len(),
            never,
            overdue: late,
            state: match (late, never) {
                (0, 0) => TimeTag::new(Tone::Kept, "All checked"),
                (0, _) => TimeTag::new(Tone::Today, "Some never checked"),
                _ => TimeTag::new(Tone::Late, "Check overdue"),
            },
        });
    }
    for (title, kind, says, entries) in [
        (
            "Definitions",
            "definition",
            "Words that the policy defines",
            pack.definitions.len(),
        ),
        ("Posts", "role", "Posts with a part in casework", pack.roles.len()),
        (
            "Ways to reach us",
            "channel",
            "How a report can come in",
            pack.channels.len(),
        ),
    ] {
        rows.push(RegisterLine {
            title: title.into(),
            href: format!("/registers/{kind}"),
            says: says.into(),
            entries,
            never: 0,
            overdue: 0,
            state: TimeTag::new(Tone::Plain, "In the pack"),
        });
    }
    Ok(RegisterIndexPage {
        frame: frame(app, signed, "Registers", "/registers"),
        sub: format!(
            "What {} lists in its policy. An entry is there when it is written down; it holds when somebody has checked it.",
            pack.landlord.name
        ),
        rows,
        record: Link::new("What the landlord has done about its policy", "/registers/record"),
    })
}

async fn register(State(app): State<Shared>, signed: Signed, Path(kind): Path<String>) -> Response {
    answer(draw_register(&app, &signed, &kind))
}

fn draw_register(app: &Shared, signed: &Signed, kind: &str) -> Result<RegistersPage, Problem> {
    may_see(signed)?;
    let pack = &signed.who.room.pack;
    let (title, sub, rows) = match (register_of(kind), kind) {
        (Some(register), _) => {
            let (title, sub) = named(register);
            (title, sub, entry_rows(app, signed, register))
        }
        (None, "definition") => ("Definitions", "Words that the policy defines", definitions(pack)),
        (None, "role") => ("Posts", "Posts with a part in casework", posts(pack)),
        (None, "channel") => ("Ways to reach us", "How a report can come in", channels(pack)),
        (None, _) => return Err(Problem::Unseen),
    };
    Ok(RegistersPage {
        frame: frame(app, signed, title, "/registers"),
        title: title.into(),
        sub: format!("{}: {}.", pack.landlord.policy, sub.to_lowercase()),
        groups: vec![RegisterGroup {
            id: "entries".into(),
            title: format!("{} in all", rows.len()),
            rows,
        }],
    })
}

fn entry_rows(app: &Shared, signed: &Signed, register: Register) -> Vec<RegisterRow> {
    let today = local(app.casework.now()).date();
    let may_check = signed.who.may(Action::CheckRegisters);
    let view = app.casework.register(&signed.who, register);
    let landlord = &signed.who.room.landlord;
    view.entries
        .iter()
        .map(|(entry, last, due)| {
            let key = format!("{}/{}", register.key(), entry.id);
            let found = landlord.checks.get(&key);
            let mut checked = vec![last.map_or_else(|| "Never checked".to_owned(), full_day)];
            if let Some(by) = found.and_then(|found| found.by.account()) {
                let name = landlord
                    .members
                    .get(&by)
                    .map_or_else(|| "somebody".to_owned(), |m| m.name.reveal().to_owned());
                checked.push(format!("by {name}"));
            }
            let mut says = lines(signed, entry);
            if let Some(found) = found.filter(|found| !found.check.words.is_blank()) {
                says.push(format!("Found at the last check: {}", found.check.words.reveal()));
            }
            RegisterRow {
                id: entry.id.clone(),
                title: entry.title.clone(),
                says,
                owner: owner(&signed.who.room.pack, entry),
                checked: checked.join(", "),
                state: stands(*last, *due, today),
                link: may_check.then(|| Link::new("Record a check", format!("/registers/{key}"))),
            }
        })
        .collect()
}

fn owner(pack: &Pack, entry: &Entry) -> String {
    match &entry.owner {
        None => "Not stated".into(),
        Some(post) => pack
            .role(post)
            .map_or_else(|| post.clone(), |role| role.title.clone()),
    }
}

/// What is recorded of an entry, a line each, the policy's own misprint among them.
fn lines(signed: &Signed, entry: &Entry) -> Vec<String> {
    let mut all: Vec<String> = entry.says.iter().cloned().collect();
    let mut add = |label: &str, value: Option<String>| {
        all.extend(
            value
                .filter(|value| !value.is_empty())
                .map(|value| format!("{label}: {value}")),
        );
    };
    add("Printed in the policy as", entry.printed.clone());
    add("Kind", entry.kind.clone());
    add("State", entry.state.clone());
    add("Version", entry.version.clone());
    add("Figure", entry.figure.clone());
    add("Of", entry.period.clone());
    add("Source", entry.source.clone());
    add("Telephone", entry.telephone.clone());
    add("Address", entry.link.clone());
    add("Where", Some(entry.area.join(", ")));
    add("For", Some(entry.who.join(", ")));
    add(
        "Checked every",
        entry.every_months.map(|months| format!("{months} months")),
    );
    let clauses: Vec<String> = entry
        .clauses
        .iter()
        .map(|id| clause(&signed.who.room, id, false).words)
        .collect();
    add("Clauses", Some(clauses.join(", ")));
    add("To know", entry.note.clone());
    all
}

fn plain(id: &str, title: &str, says: Vec<String>, clauses: &[String]) -> RegisterRow {
    let mut says = says;
    if !clauses.is_empty() {
        says.push(format!("Clauses: {}", clauses.join(", ")));
    }
    RegisterRow {
        id: id.into(),
        title: title.into(),
        says,
        owner: String::new(),
        checked: String::new(),
        state: TimeTag::new(Tone::Plain, "In the pack"),
        link: None,
    }
}

fn definitions(pack: &Pack) -> Vec<RegisterRow> {
    pack.definitions
        .iter()
        .map(|one| {
            let mut says = vec![one.says.clone()];
            says.extend(one.from_age.map(|age| format!("From age {age}")));
            says.extend(one.note.clone());
            plain(&one.id, &one.term, says, &one.clauses)
        })
        .collect()
}

fn posts(pack: &Pack) -> Vec<RegisterRow> {
    let title = |id: &String| {
        pack.role(id)
            .map_or_else(|| id.clone(), |role| role.title.clone())
    };
    pack.roles
        .iter()
        .map(|one| {
            let mut says: Vec<String> = one.note.iter().cloned().collect();
            says.extend(one.deputy.as_ref().map(|id| format!("When away: {}", title(id))));
            says.extend(
                one.next
                    .as_ref()
                    .map(|id| format!("When there is a conflict: {}", title(id))),
            );
            plain(&one.id, &one.title, says, &one.clauses)
        })
        .collect()
}

fn channels(pack: &Pack) -> Vec<RegisterRow> {
    pack.channels
        .iter()
        .map(|one| {
            let mut says = vec![format!("Used by {}", one.used_by.join(", "))];
            says.extend(one.note.clone());
            plain(&one.id, &one.title, says, &one.clauses)
        })
        .collect()
}

fn entry_of<'a>(pack: &'a Pack, kind: &str, id: &str) -> Result<(Register, &'a Entry), Problem> {
    let register = register_of(kind).ok_or(Problem::Unseen)?;
    let entry = pack.register(register).iter().find(|entry| entry.id == id);
    entry.map(|entry| (register, entry)).ok_or(Problem::Unseen)
}

async fn check_form(
    State(app): State<Shared>,
    signed: Signed,
    Path((kind, id)): Path<(String, String)>,
) -> Response {
    answer(draw_check(&app, &signed, &kind, &id).await)
}

async fn draw_check(app: &Shared, signed: &Signed, kind: &str, id: &str) -> Result<FormPage, Problem> {
    if !signed.who.may(Action::CheckRegisters) {
        return Err(Problem::NotAllowed);
    }
    let (_, entry) = entry_of(&signed.who.room.pack, kind, id)?;
    let back = Link::new("Back to the register", format!("/registers/{kind}#{id}"));
    Ok(FormPage {
        frame: frame(app, signed, "Record a check", "/registers"),
        back: Some(back),
        form: Form {
            action: signed.path.clone(),
            state: redraw(app, signed, None).await?,
            title: "Record a check".into(),
            lead: vec![entry.title.clone(), entry.says.clone().unwrap_or_default()],
            fields: vec![
                Field::words("words", "What did you find?")
                    .hint("For example: still in force, text compared with the official one."),
                Field::ask("next", "When is it to be checked next?", Kind::Date)
                    .hint("Leave it out if the pack’s own interval is right."),
            ],
            buttons: vec![Button::new("Record the check")],
            leave: None,
        },
        steps: Vec::new(),
        notes: vec![Note::new(
            "The check is dated today",
            "It carries your name, and all staff can read it. Write nothing about a person.",
        )],
    })
}

async fn check(
    State(app): State<Shared>,
    Path((kind, id)): Path<(String, String)>,
    posted: Posted,
) -> Response {
    if let Err(problem) = entry_of(&posted.who.room.pack, &kind, &id) {
        return answer_form(&app, &posted, "words", Err::<(), _>(problem), |()| String::new()).await;
    }
    let today = local(app.casework.now()).date();
    let mut errors = Errors::default();
    let found = errors.take(words(&posted.values, "words", "Write what you found", 2_000));
    let next = errors.take(next_check(&posted.values, today));
    let (Some(found), Some(next)) = (found, next) else {
        return back_with(&app, &posted, errors).await;
    };
    let check = RegisterChecked {
        entry: format!("{kind}/{id}"),
        next,
        words: found,
    };
    let done = app.casework.check_register(&posted.who, posted.form, check).await;
    answer_form(&app, &posted, "words", done, |()| {
        format!("/registers/{kind}?done=checked#{id}")
    })
    .await
}

fn next_check(values: &Values, today: Date) -> Result<Option<Date>, crate::forms::FieldError> {
    let blank = ["next-day", "next-month", "next-year"]
        .iter()
        .all(|part| values.said(part).is_none());
    if blank {
        return Ok(None);
    }
    let asked = Asked {
        field: "next",
        noun: "day of the next check",
    };
    day(values, asked, today, Bound::TodayOrLater).map(Some)
}
