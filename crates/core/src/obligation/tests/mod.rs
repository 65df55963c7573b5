//! Given facts under a pack, when it is such a moment, then the promises stand so.

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
    let (facts, problems) = read_lines(text);
    assert!(problems.is_empty(), "{problems:?}");
    facts
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
