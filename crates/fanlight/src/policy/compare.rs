//! What two policies make of the same facts, side by side: promises that the same kind of act would meet stand together.

use super::trial::{Story, due, standing};
use anyhow::Result;
use fanlight_core::calendar::moment_words;
use fanlight_core::coded::Kind;
use fanlight_core::obligation::Obligation;
use std::collections::BTreeSet;
use std::io::Write;

/// One kind of act, and what each policy asks of it.
struct Asked<'s> {
    act: Kind,
    sides: [Vec<&'s Obligation>; 2],
}

/// The kind of act that meets a promise.
fn act(story: &Story, obligation: &Obligation) -> Option<Kind> {
    let rule = story.pack.obligation(&obligation.rule)?;
    rule.met_by.first().map(|met_by| met_by.fact.kind)
}

/// Every kind of act of which either asks, in the order of the kinds.
fn asked<'s>(one: &'s Story, other: &'s Story) -> Vec<Asked<'s>> {
    let acts = |story: &Story| -> Vec<Kind> {
        story
            .obligations
            .iter()
            .filter_map(|obligation| act(story, obligation))
            .collect()
    };
    let all: BTreeSet<Kind> = acts(one).into_iter().chain(acts(other)).collect();
    let of = |story: &'s Story, wanted: Kind| -> Vec<&'s Obligation> {
        let mine = story.obligations.iter();
        mine.filter(|obligation| act(story, obligation) == Some(wanted))
            .collect()
    };
    all.into_iter()
        .map(|act| Asked {
            act,
            sides: [of(one, act), of(other, act)],
        })
        .collect()
}

/// What each pack is called beside the other.
fn names(one: &Story, other: &Story) -> [String; 2] {
    if one.pack.landlord.id == other.pack.landlord.id {
        [one.pack.stamp(), other.pack.stamp()]
    } else {
        [one.pack.landlord.id.clone(), other.pack.landlord.id.clone()]
    }
}

pub(super) fn text(one: &Story, other: &Story, output: &mut dyn Write) -> Result<()> {
    for problem in &one.problems {
        writeln!(
            output,
            "line {}: {}; {}.",
            problem.line, problem.what, problem.remedy
        )?;
    }
    writeln!(
        output,
        "{} beside {}, on {}: {} facts.",
        one.pack.stamp(),
        other.pack.stamp(),
        moment_words(one.at),
        one.facts
    )?;
    let names = names(one, other);
    for asked in asked(one, other) {
        writeln!(output, "\n{}", asked.act.sentence())?;
        for (name, side) in names.iter().zip(&asked.sides) {
            if side.is_empty() {
                writeln!(output, "  {name} asks nothing.")?;
            }
            for obligation in side {
                let about = obligation
                    .item
                    .as_ref()
                    .map(|item| format!(" ({item})"))
                    .unwrap_or_default();
                let time = if obligation.time > 1 {
                    format!(", time {}", obligation.time)
                } else {
                    String::new()
                };
                writeln!(
                    output,
                    "  {name}: {}{about}{time} [{}; {}]",
                    obligation.title,
                    obligation.clauses.join(", "),
                    obligation.strength.key()
                )?;
                writeln!(output, "    {} It is {}.", due(obligation), standing(obligation))?;
            }
        }
    }
    Ok(())
}

pub(super) fn json(one: &Story, other: &Story) -> serde_json::Value {
    let acts: Vec<serde_json::Value> = asked(one, other)
        .into_iter()
        .map(|asked| {
            let [one, other] = asked.sides;
            serde_json::json!({"met_by": asked.act.name(), "pack": one, "other": other})
        })
        .collect();
    serde_json::json!({
        "pack": one.pack.stamp(),
        "other": other.pack.stamp(),
        "at": one.at.to_string(),
        "facts": one.facts,
        "problems": one.problems,
        "acts": acts,
    })
}
