//! Reading the plain entries: landlord, words, posts, channels, hours, registers and clauses.

use super::clause::{Asks, Clause, Kept};
use super::found::RefersTo;
use super::problem::{did_you_mean, nearest, quoted};
use super::reader::Table;
use super::words::{
    Access, Channel, Closure, ContactRules, Definition, Entry, Hours, Landlord, Meeting, Role, RunningClocks,
    WORDS, WordList,
};
use crate::calendar::{Nation, WorkingWeek};
use crate::obligation::Strength;

/// What a post can be to the program.
const ACTS_AS: &[&str] = &[
    "colleague",
    "contractor",
    "caseworker",
    "manager",
    "lead",
    "data_decider",
    "officer",
    "auditor",
    "board",
    "administrator",
    "partner",
];

const USED_BY: &[&str] = &["customers", "colleagues", "contractors", "agencies", "anyone"];

pub(super) const STRENGTHS: [(&str, Strength); 4] = [
    ("will", Strength::Will),
    ("aims_to", Strength::AimsTo),
    ("where_practicable", Strength::WherePracticable),
    ("states", Strength::States),
];

pub(super) fn landlord(table: &Table<'_>) -> Option<Landlord> {
    let nations = Nation::ALL.map(|nation| (nation.key(), nation));
    let id = table.need_id();
    let name = table.need_text("name");
    let policy = table.need_text("policy");
    let version = table.need_text("version");
    let nation = table.need_choice("nation", &nations);
    if !table.has("adopted_from") {
        table.wrong_here(
            "adopted_from is missing",
            "add adopted_from = the date from which the policy is in force",
        );
    }
    let adopted_from = table.date("adopted_from");
    let review_due = table.date("review_due");
    let owner = table.reference("owner", RefersTo::Role);
    let approved_by = table.text("approved_by");
    let running = [
        ("old", RunningClocks::Old),
        ("new", RunningClocks::New),
        ("kinder", RunningClocks::Kinder),
    ];
    let later = [("keep", false), ("move", true)];
    let later_holidays_move = table.choice("later_holidays", &later).unwrap_or_default();
    let running_clocks = table.choice("running_clocks", &running).unwrap_or_default();
    table.done();
    Some(Landlord {
        id,
        name,
        nation: nation?,
        policy,
        version,
        adopted_from: adopted_from?,
        review_due,
        owner,
        approved_by,
        running_clocks,
        later_holidays_move,
    })
}

pub(super) fn words(table: &Table<'_>) -> WordList {
    let mut words = WordList::new();
    for (key, value, spot) in table.open_keys() {
        if !WORDS.contains(&key.as_str()) {
            let near = nearest(&key, WORDS.iter().copied());
            table.found().say(spot.problem(
                format!("{} is not a word that can be said otherwise", quoted(&key)),
                did_you_mean(&near, WORDS),
            ));
            continue;
        }
        match value.as_str().filter(|text| !text.trim().is_empty()) {
            Some(text) => {
                words.insert(key, text.to_owned());
            }
            None => table.found().say(spot.problem(
                "the word is not text",
                "write the landlord's word in double quotes",
            )),
        }
    }
    words
}

pub(super) fn contact(table: &Table<'_>) -> ContactRules {
    let usual = ContactRules::default();
    let recheck_days = table.count("recheck_days").unwrap_or(usual.recheck_days);
    if recheck_days == 0 || recheck_days > 366 {
        table.wrong(
            "recheck_days",
            format!("a route asked about every {recheck_days} days"),
            "write 1 to 366 days",
        );
    }
    let rules = ContactRules {
        recheck_days,
        life_at_risk_tries: table
            .flag("life_at_risk_tries")
            .unwrap_or(usual.life_at_risk_tries),
        professional_may_vouch: table
            .flag("professional_may_vouch")
            .unwrap_or(usual.professional_may_vouch),
        clauses: clauses(table),
    };
    table.text("note");
    table.done();
    rules
}

pub(super) fn hours(table: &Table<'_>) -> Hours {
    let mut hours = Hours::default();
    if let Some(json) = table.json("opening") {
        match serde_json::from_value(json) {
            Ok(opening) => hours.opening = opening,
            Err(error) => table.wrong(
                "opening",
                error.to_string(),
                "write [\"09:00\", \"17:00\"] or hours by weekday",
            ),
        }
    }
    let days = table.texts("working_week");
    if table.has("working_week") {
        match WorkingWeek::of(days.iter().map(String::as_str)) {
            Ok(week) => hours.week = week,
            Err(fault) => table.wrong(
                "working_week",
                fault.to_string(),
                "write [\"monday\", \"tuesday\", …]",
            ),
        }
    }
    hours.clauses = clauses(table);
    table.text("note");
    table.done();
    hours
}

pub(super) fn access(table: &Table<'_>) -> Access {
    let access = Access {
        teams: table.texts("teams"),
        restricted_from_start: table.flag("restricted_from_start").unwrap_or(false),
        outside_line: table.reference("outside_line", RefersTo::Role),
        data_decider: table.reference("data_decider", RefersTo::Role),
        clauses: clauses(table),
    };
    table.text("note");
    table.done();
    access
}

pub(super) fn closure(table: &Table<'_>) -> Option<Closure> {
    if !table.has("on") {
        table.wrong_here("on is missing", "add on = the closed date");
    }
    let on = table.date("on");
    let title = table.need_text("title");
    let announced = table.date("announced");
    table.done();
    Some(Closure {
        on: on?,
        title,
        announced,
    })
}

pub(super) fn role(table: &Table<'_>) -> Option<Role> {
    Some(Role {
        id: table.need_id(),
        title: table.need_text("title"),
        acts_as: listed(table, "acts_as", ACTS_AS),
        team: table.text("team"),
        deputy: table.reference("deputy", RefersTo::Role),
        next: table.reference("next", RefersTo::Role),
        outside: table.flag("outside").unwrap_or(false),
        clauses: clauses(table),
        note: table.text("note"),
    })
}

pub(super) fn definition(table: &Table<'_>) -> Option<Definition> {
    Some(Definition {
        id: table.need_id(),
        term: table.need_text("term"),
        says: table.need_text("says"),
        brings: table.text("brings"),
        lists: table.texts("lists"),
        from_age: table.count("from_age"),
        clauses: clauses(table),
        note: table.text("note"),
    })
}

pub(super) fn channel(table: &Table<'_>) -> Option<Channel> {
    let codes: Vec<(&'static str, &'static str)> = crate::coded::channels()
        .iter()
        .map(|code| (*code, *code))
        .collect();
    Some(Channel {
        id: table.need_id(),
        title: table.need_text("title"),
        code: table.need_choice("code", &codes).unwrap_or_default().to_owned(),
        used_by: listed(table, "used_by", USED_BY),
        clauses: clauses(table),
        note: table.text("note"),
    })
}

pub(super) fn meeting(table: &Table<'_>) -> Option<Meeting> {
    let mut on = table.dates("on");
    on.sort_unstable();
    Some(Meeting {
        id: table.need_id(),
        title: table.need_text("title"),
        area: table.texts("area"),
        on,
        clauses: clauses(table),
        note: table.text("note"),
    })
}

pub(super) fn entry(table: &Table<'_>) -> Option<Entry> {
    Some(Entry {
        id: table.need_id(),
        title: table.need_text("title"),
        printed: table.text("printed"),
        says: table.text("says"),
        kind: table.text("kind"),
        owner: table.reference("owner", RefersTo::Role),
        area: table.texts("area"),
        who: table.texts("who"),
        link: table.text("link"),
        telephone: table.text("telephone"),
        source: table.text("source"),
        figure: table.text("figure"),
        period: table.text("period"),
        version: table.text("version"),
        checked: table.date("checked"),
        review_due: table.date("review_due"),
        every_months: table.count("every_months"),
        state: table.text("state"),
        clauses: clauses(table),
        note: table.text("note"),
    })
}

pub(super) fn clause(table: &Table<'_>) -> Option<Clause> {
    let asks = [
        ("enforce", Asks::Enforce),
        ("measure", Asks::Measure),
        ("record", Asks::Record),
        ("publish", Asks::Publish),
    ];
    let kept = [
        ("enforced", Kept::Enforced),
        ("measured", Kept::Measured),
        ("recorded", Kept::Recorded),
        ("published", Kept::Published),
        ("not_yet", Kept::NotYet),
    ];
    let id = table.need_text("id");
    let reference = table.need_text("ref");
    let says = table.need_text("says");
    let kind = table.text("kind");
    let asks = table.choice("asks", &asks);
    let strength = table.need_choice("strength", &STRENGTHS);
    let kept = table.need_choice("kept", &kept);
    let by = table.references("by", RefersTo::By);
    let missing = table.text("missing");
    let note = table.text("note");
    let kept = kept?;
    if kept == Kept::NotYet && missing.is_none() {
        table.wrong_here(
            "it is not kept yet, and nothing says what is missing",
            "add missing = what is still missing",
        );
    }
    if kept != Kept::NotYet && by.is_empty() {
        let what = format!("it is {}, and nothing says by what", kept.key());
        table.wrong_here(what, "add by = [\"obligation:…\"], or write kept = \"not_yet\"");
    }
    let figures = |by: &String| by.starts_with("obligation:") || by.starts_with("measure:");
    if kept == Kept::Measured && !by.is_empty() && !by.iter().any(figures) {
        let remedy = "name an obligation: or measure: that counts it, or choose another word for kept";
        table.wrong(
            "by",
            "it is measured, but by names no obligation and no measure",
            remedy,
        );
    }
    Some(Clause {
        id,
        reference,
        says,
        kind,
        asks,
        strength: strength?,
        kept,
        by,
        missing,
        note,
    })
}

/// The clauses that an entry serves.
pub(super) fn clauses(table: &Table<'_>) -> Vec<String> {
    table.references("clauses", RefersTo::Clause)
}

/// Words of a closed list.
pub(super) fn listed(table: &Table<'_>, key: &'static str, known: &[&str]) -> Vec<String> {
    let texts = table.spotted_texts(key);
    for (text, spot) in &texts {
        if !known.contains(&text.as_str()) {
            let near = nearest(text, known.iter().copied());
            table.found().say(spot.problem(
                format!("{} is not known here", quoted(text)),
                did_you_mean(&near, known),
            ));
        }
    }
    texts.into_iter().map(|(text, _)| text).collect()
}
