//! Reading conditions and what must be said of a fact.

use super::condition::{Condition, FactMatch, Pattern, Span, SpanUnit};
use super::found::RefersTo;
use super::problem::{did_you_mean, nearest, quoted};
use super::reader::Table;
use crate::coded::{Allowed, CIRCUMSTANCES, Kind, Value, codes_of};
use std::collections::BTreeMap;

/// How a condition can be written.
const FORMS: &str = "write one of all, any, at_least, not, latest, circumstance, level, start or fact in it";

/// A condition under a key.
pub(super) fn condition_at(table: &Table<'_>, key: &'static str) -> Option<Condition> {
    condition(&table.table(key)?)
}

/// A condition that is a whole table.
pub(super) fn condition(table: &Table<'_>) -> Option<Condition> {
    let forms = [
        "all",
        "any",
        "at_least",
        "not",
        "latest",
        "circumstance",
        "level",
        "start",
        "fact",
    ];
    let used: Vec<&str> = forms.into_iter().filter(|form| table.has(form)).collect();
    let read = match used.as_slice() {
        ["all"] => several(table, "all").map(Condition::All),
        ["any"] => several(table, "any").map(Condition::Any),
        ["at_least"] => at_least(table),
        ["not"] => condition_at(table, "not").map(|one| Condition::Not(Box::new(one))),
        ["latest"] => fact_named(table, "latest").map(Condition::Latest),
        ["start"] => fact_named(table, "start").map(Condition::Start),
        ["circumstance"] => circumstance(table),
        ["level"] => level(table),
        ["fact"] => pattern(table).map(Condition::Pattern),
        [] => {
            table.wrong_here("the condition asks nothing", FORMS);
            None
        }
        several => {
            table.wrong_here(
                format!(
                    "the condition asks several things at once: {}",
                    several.join(", ")
                ),
                "join them with all = [ … ] or any = [ … ]",
            );
            None
        }
    };
    table.done();
    read
}

fn several(table: &Table<'_>, key: &'static str) -> Option<Vec<Condition>> {
    let tables = table.tables(key);
    if tables.is_empty() {
        table.wrong(key, "nothing stands in it", "put at least one condition in it");
    }
    let read: Vec<Option<Condition>> = tables.iter().map(condition).collect();
    read.into_iter().collect()
}

fn at_least(table: &Table<'_>) -> Option<Condition> {
    let (n, of) = (table.count("at_least"), several(table, "of"));
    let (n, of) = (n?, of?);
    if n == 0 || n as usize > of.len() {
        table.wrong(
            "at_least",
            format!("at least {n} of {}", of.len()),
            format!("write 1 to {}", of.len()),
        );
    }
    Some(Condition::AtLeast { n, of })
}

fn circumstance(table: &Table<'_>) -> Option<Condition> {
    let choices: Vec<(&'static str, &'static str)> =
        CIRCUMSTANCES.iter().map(|what| (*what, *what)).collect();
    let what = table.choice("circumstance", &choices);
    let is = super::read_plain::listed(table, "is", codes_of(Kind::CircumstanceRecorded, "answer"));
    if is.is_empty() {
        table.wrong_here("no answer is named", "add is = \"yes\", or a list of answers");
    }
    Some(Condition::Circumstance {
        what: what?.to_owned(),
        is,
    })
}

fn level(table: &Table<'_>) -> Option<Condition> {
    let Some(scale) = table.reference("level", RefersTo::Scale) else {
        table.has("is");
        return None;
    };
    let is = table.references("is", RefersTo::Level(scale.clone()));
    if is.is_empty() {
        table.wrong_here("no level is named", "add is = [\"high\"]");
    }
    Some(Condition::Level { scale, is })
}

fn pattern(table: &Table<'_>) -> Option<Pattern> {
    let fact = fact_named(table, "fact");
    let times = table.count("times").unwrap_or(1);
    if times == 0 {
        table.wrong(
            "times",
            "no times at all",
            "write 1 or more, or not = { fact = … } for none",
        );
    }
    let different = table.table("different").map(|different| {
        let of = different.need_text("of");
        let n = different.count("n").unwrap_or(2);
        if let Some(kind) = fact.as_ref().map(|fact| fact.kind)
            && kind.qualifier(&of).is_none()
        {
            let known: Vec<&str> = kind.qualifiers().map(|qualifier| qualifier.name).collect();
            let near = nearest(&of, known.iter().copied());
            different.wrong(
                "of",
                format!("nothing called {} is said of {}", quoted(&of), kind.name()),
                did_you_mean(&near, &known),
            );
        }
        different.done();
        (of, n)
    });
    Some(Pattern {
        times,
        days: table.count("days"),
        different,
        within: span_at(table, "within"),
        over: span_at(table, "over"),
        none_since: fact_at(table, "none_since"),
        fact: fact?,
    })
}

/// A fact under a key: `{ fact = "contact_made", with = { who = "survivor" } }`.
pub(super) fn fact_at(table: &Table<'_>, key: &'static str) -> Option<FactMatch> {
    let inner = table.table(key)?;
    let fact = fact(&inner);
    inner.done();
    fact
}

/// A fact whose kind stands under `fact`.
pub(super) fn fact(table: &Table<'_>) -> Option<FactMatch> {
    if !table.has("fact") {
        table.wrong_here(
            "no fact is named",
            "add fact = the name of a fact, for example \"contact_made\"",
        );
    }
    fact_named(table, "fact")
}

/// A fact whose kind stands under a key of its own, with `with` beside it.
pub(super) fn fact_named(table: &Table<'_>, key: &'static str) -> Option<FactMatch> {
    let name = table.text(key);
    let kind = name.as_deref().and_then(Kind::named);
    if let (Some(name), None) = (&name, kind) {
        let near = nearest(name, Kind::names());
        table.wrong(
            key,
            format!("no fact is called {}", quoted(name)),
            did_you_mean(&near, &[]),
        );
    }
    let with = table
        .table("with")
        .map(|with| values(&with, kind))
        .unwrap_or_default();
    let no_fewer_than = numbers(table, "no_fewer_than", kind);
    let no_more_than = numbers(table, "no_more_than", kind);
    Some(FactMatch {
        kind: kind?,
        with,
        no_fewer_than,
        no_more_than,
    })
}

/// Qualifiers that count something, each with a limit: `no_fewer_than = { yes = 14 }`.
fn numbers(table: &Table<'_>, key: &'static str, kind: Option<Kind>) -> BTreeMap<String, u32> {
    let mut read = BTreeMap::new();
    let Some(limits) = table.table(key) else {
        return read;
    };
    for (name, json, spot) in limits.open_keys() {
        let counted: Vec<&str> = kind
            .into_iter()
            .flat_map(Kind::qualifiers)
            .filter(|qualifier| qualifier.allowed == Allowed::Number)
            .map(|qualifier| qualifier.name)
            .collect();
        if kind.is_some() && !counted.contains(&name.as_str()) {
            let near = nearest(&name, counted.iter().copied());
            let what = format!("nothing called {} is counted there", quoted(&name));
            table
                .found()
                .say(spot.problem(what, did_you_mean(&near, &counted)));
            continue;
        }
        match json.as_u64().and_then(|number| u32::try_from(number).ok()) {
            Some(number) => {
                read.insert(name, number);
            }
            None => table
                .found()
                .say(spot.problem("the limit is no whole number", "write a whole number, 0 or more")),
        }
    }
    read
}

/// What a code must be the id of, if the pack names it.
fn named_by(qualifier: &str) -> Option<RefersTo> {
    match qualifier {
        "meeting" => Some(RefersTo::Meeting),
        "training" => Some(RefersTo::Training),
        "report" => Some(RefersTo::Report),
        "stage" => Some(RefersTo::Stage),
        _ => None,
    }
}

/// Qualifiers with the values that fit: one, or a list of which any fits.
pub(super) fn values(with: &Table<'_>, kind: Option<Kind>) -> BTreeMap<String, Vec<Value>> {
    let mut read = BTreeMap::new();
    for (name, json, spot) in with.open_keys() {
        let any_of = match json {
            serde_json::Value::Array(items) => items,
            one => vec![one],
        };
        let mut fitting = Vec::new();
        for item in any_of {
            match serde_json::from_value::<Value>(item) {
                Ok(value) => {
                    if let Some(fault) = kind.and_then(|kind| kind.fault_in(&name, &value)) {
                        let (what, remedy) = fault
                            .split_once(": ")
                            .unwrap_or((&fault, "docs/guide/packs.md lists what can be said of each fact"));
                        with.found().say(spot.problem(what, remedy));
                    }
                    if let (Value::Code(code), Some(to)) = (&value, named_by(&name)) {
                        with.found().refer(to, code.clone().into_owned(), spot.clone());
                    }
                    fitting.push(value);
                }
                Err(_) => with.found().say(spot.problem(
                    format!("{} is neither a flag, a whole number nor a code", quoted(&name)),
                    "write true, 3 or \"code\", or a list of them",
                )),
            }
        }
        read.insert(name, fitting);
    }
    read
}

/// A length of time under a key: `{ n = 14, unit = "days" }`.
pub(super) fn span_at(table: &Table<'_>, key: &'static str) -> Option<Span> {
    let inner = table.table(key)?;
    let read = span(&inner);
    inner.done();
    read
}

pub(super) fn span(table: &Table<'_>) -> Option<Span> {
    if !table.has("n") {
        table.wrong_here("n is missing", "add n = how many");
    }
    let n = table.count("n");
    if n.is_some_and(|n| n > 50_000) {
        table.wrong("n", "about a hundred years or more", "write a smaller number");
    }
    let unit = table.need_choice("unit", &SpanUnit::WORDS);
    Some(Span { n: n?, unit: unit? })
}
