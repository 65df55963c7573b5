//! Given facts under a pack, when it is such a moment, then the promises stand so.

mod aster;
mod changes;
mod days;
mod gates;
mod housing_plus;
mod invented;
mod pausing;
mod properties;
mod record;
mod referrals;
mod rhythms;
mod settle;
mod sharing;
mod stages;
mod starting;
mod stonewater;
mod succession;

use super::{Obligation, State, obligations};
use crate::coded::{CodedFact, read_lines};
use crate::pack::{Pack, Terms, read};
use jiff::Timestamp;
use std::sync::Arc;

/// A landlord, posts and a scale for packs that tests write.
pub(super) const REST: &str = r#"
[landlord]
id = "test"
name = "Test Homes"
nation = "england-and-wales"
policy = "Policy"
version = "1"
adopted_from = 2020-01-01

[[role]]
id = "worker"
title = "Worker"
[[role]]
id = "manager"
title = "Manager"
[[role]]
id = "lead"
title = "Lead"

[[scale]]
id = "risk"
title = "Risk"
levels = ["standard", "medium", "high"]
graded_by = [{ fact = "risk_assessed" }, { fact = "risk_raised" }]
"#;

/// A pack of one obligation called `rule`, with these lines in it.
pub(super) fn one_rule(lines: &str) -> Pack {
    pack(&format!(
        "[[obligation]]\nid = \"rule\"\ntitle = \"Do it\"\nstrength = \"will\"\n{lines}\n"
    ))
}

/// A pack with this text and the rest it needs.
pub(super) fn pack(text: &str) -> Pack {
    match read(&[("rest.toml", REST), ("tested.toml", text)]) {
        Ok(pack) => pack,
        Err(problems) => panic!(
            "{}",
            problems.iter().map(|one| format!("{one}\n")).collect::<String>()
        ),
    }
}

/// The facts of a story, one JSON object a line.
pub(super) fn story(text: &str) -> Vec<CodedFact> {
    let (facts, problems) = read_lines(text.as_bytes());
    assert!(problems.is_empty(), "{problems:?}");
    facts
}

/// The grounds of a pack that cover a purpose and a recipient, those that hold in capitals.
pub(super) fn grounds_found(pack: &Pack, purpose: &str, to: &str, facts: &str) -> Vec<String> {
    let share = super::ToShare {
        purpose,
        to,
        party_to: &[],
        attends: &[],
    };
    let facts = story(&short(facts));
    let named = |one: &super::GroundFound<'_>| match one.holds {
        true => one.ground.id.to_uppercase(),
        false => one.ground.id.clone(),
    };
    let found = super::grounds_to_share(pack, &share, &facts, at("2026-12-01 12:00"));
    found.iter().map(named).collect()
}

/// A story in short, one fact a line: `works_done 2026-03-02T10:00 about=door`. Without an offset the time is UTC;
/// `wrote=` says when it was written down, and everything else that has an `=` is said of the fact.
pub(super) fn short(text: &str) -> String {
    let json = |line: &str| {
        let mut words = line.split_whitespace();
        let (fact, when) = (words.next().unwrap(), words.next().unwrap());
        let mut told = serde_json::json!({ "fact": fact, "happened": moment(when), "with": {} });
        for (key, value) in words.map(|word| word.split_once('=').unwrap()) {
            match key {
                "about" => told["about"] = value.into(),
                "wrote" => told["recorded"] = moment(value).into(),
                key => told["with"][key] = value.parse::<bool>().map_or_else(|_| value.into(), Into::into),
            }
        }
        format!("{told}\n")
    };
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(json)
        .collect()
}

fn moment(text: &str) -> String {
    let (minute, offset) = text.split_at(16);
    format!("{minute}:00{}", if offset.is_empty() { "Z" } else { offset })
}

/// A moment in London in winter, when local time is UTC: `2026-03-02 16:59`.
pub(super) fn at(text: &str) -> Timestamp {
    let text = text.replace(' ', "T");
    if text.ends_with('Z') || text.contains('+') {
        text.parse().unwrap()
    } else {
        format!("{text}:00Z").parse().unwrap()
    }
}

/// Every obligation of a story.
pub(super) fn owed(pack: &Pack, facts: &[CodedFact], now: Timestamp) -> Vec<Obligation> {
    obligations(facts, &Terms::of(Arc::new(pack.clone())), now)
}

/// How the obligations of one rule stand, each in a few words.
pub(super) fn standing(pack: &Pack, lines: &str, now: &str, rule: &str) -> Vec<String> {
    let all = owed(pack, &story(lines), at(now));
    all.iter()
        .filter(|obligation| obligation.rule == rule)
        .map(words)
        .collect()
}

/// An obligation in a few words.
pub(super) fn words(obligation: &Obligation) -> String {
    match &obligation.state {
        State::Open => "open".to_owned(),
        State::Met {
            by,
            recorded_late: None,
            ..
        } => format!("met by {}", by.0),
        State::Met {
            by,
            recorded_late: Some(seconds),
            ..
        } => format!("met by {}, recorded {}h late", by.0, seconds / 3600),
        State::Missed {
            kept_late,
            no_safe_route,
            ended_by,
        } => {
            let late = kept_late
                .as_ref()
                .map(|late| format!(", late by {}", late.by.0))
                .unwrap_or_default();
            let route = no_safe_route
                .map(|fact| format!(", no safe route {}", fact.0))
                .unwrap_or_default();
            let ended = ended_by
                .map(|fact| format!(", ended by {}", fact.0))
                .unwrap_or_default();
            format!("missed{late}{route}{ended}")
        }
        State::Excused { by, ground } => format!("excused by {}: {ground}", by.0),
        State::Paused { by, .. } => format!("paused by {}", by.0),
        State::Lapsed { by, why } => format!("lapsed by {}: {}", by.0, why.name()),
    }
}

/// The due time of the only obligation of a rule, in local time without its offset.
pub(super) fn due(pack: &Pack, lines: &str, now: &str) -> String {
    let all = owed(pack, &story(lines), at(now));
    let [only] = all.as_slice() else {
        panic!("{} obligations", all.len())
    };
    only.due
        .local
        .as_deref()
        .map_or("none", |local| &local[..19])
        .replace('T', " ")
}
