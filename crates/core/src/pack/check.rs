//! What can only be said once every file is read: names that must exist, and entries that must fit each other.

use super::found::{Reference, RefersTo};
use super::problem::{Problem, did_you_mean, nearest, quoted};
use super::read::{Draft, unknown};

use super::words::Register;
use crate::assurance::proofs;

/// Every name that leads nowhere.
pub(super) fn check(draft: &Draft, references: &[Reference]) -> Vec<Problem> {
    references
        .iter()
        .filter_map(|reference| unresolved(draft, reference))
        .collect()
}

fn unresolved(draft: &Draft, reference: &Reference) -> Option<Problem> {
    let name = reference.name.as_str();
    match &reference.to {
        RefersTo::Role => among(draft, reference, "role", "role"),
        RefersTo::Clause => among(draft, reference, "clause", "clause"),
        RefersTo::Obligation => among(draft, reference, "obligation", "obligation"),
        RefersTo::Scale => among(draft, reference, "scale", "scale"),
        RefersTo::Training => among(draft, reference, "training", "training"),
        RefersTo::Target => {
            let named = draft.measures.iter().find(|measure| measure.id == name);
            match named {
                Some(measure) if measure.target.is_none() => {
                    let what = format!(
                        "the measure {} has no target, so it is never under it",
                        quoted(name)
                    );
                    let remedy = "add target = { at_least = … } to the measure, or take the start out";
                    Some(reference.spot.problem(what, remedy))
                }
                Some(_) => None,
                None => among(draft, reference, "measure", "measure"),
            }
        }
        RefersTo::Agreement => among(draft, reference, "agreement", "agreement"),
        RefersTo::Standard => among(draft, reference, "standard", "standard"),
        RefersTo::Stage => {
            let stages = draft.ids.get("stage");
            if stages.is_some_and(|stages| stages.contains(name)) {
                return None;
            }
            let known: Vec<&str> = stages.into_iter().flat_map(|stages| stages.names()).collect();
            let near = nearest(name, known.iter().copied());
            let remedy = match near.as_slice() {
                [] => "add a stage with that id to a [[plan]], or take the name out".to_owned(),
                near => did_you_mean(near, &[]),
            };
            Some(reference.spot.problem(unknown("stage of a plan", name), remedy))
        }
        RefersTo::Measure => among(draft, reference, "measure", "measure"),
        // A pack that lists no report may still name one in a fact: then there is nothing to compare it with.
        RefersTo::Report if draft.reports.is_empty() => None,
        RefersTo::Report => among(draft, reference, "report", "report"),
        RefersTo::Meeting => among(draft, reference, "meeting", "meeting"),
        RefersTo::Level(scale) => {
            let scale = draft.scales.iter().find(|known| known.id == *scale)?;
            let levels: Vec<&str> = scale.levels.iter().map(String::as_str).collect();
            (!levels.contains(&name)).then(|| {
                let near = nearest(name, levels.iter().copied());
                let what = format!("{} is no level of the scale {:?}", quoted(name), scale.id);
                reference.spot.problem(what, did_you_mean(&near, &levels))
            })
        }
        RefersTo::QuestionSet => {
            let known: Vec<&str> = draft.question_sets.iter().map(|one| one.id.as_str()).collect();
            missing(reference, "question set", &known)
        }
        RefersTo::Item(set) => {
            let set = draft.question_sets.iter().find(|known| known.id == *set)?;
            let known: Vec<&str> = set.every_item().map(|item| item.id.as_str()).collect();
            missing(reference, "item of the question set", &known)
        }
        RefersTo::By => keeps(draft, reference),
    }
}

fn missing(reference: &Reference, what: &str, known: &[&str]) -> Option<Problem> {
    let name = reference.name.as_str();
    (!known.contains(&name)).then(|| {
        let near = nearest(name, known.iter().copied());
        let remedy = did_you_mean(&near, known);
        reference.spot.problem(unknown(what, name), remedy)
    })
}

fn among(draft: &Draft, reference: &Reference, key: &'static str, what: &str) -> Option<Problem> {
    let ids = draft.ids.get(key);
    if ids.is_some_and(|ids| ids.contains(&reference.name)) {
        return None;
    }
    let known: Vec<&str> = ids.into_iter().flat_map(|ids| ids.names()).collect();
    let near = nearest(&reference.name, known.iter().copied());
    let remedy = match near.as_slice() {
        [] => format!("add a [[{key}]] with that id, or take the name out"),
        near => did_you_mean(near, &[]),
    };
    Some(reference.spot.problem(unknown(what, &reference.name), remedy))
}

/// A page or a proof must be in the program's own table: a pack cannot invent one.
fn of_the_program(
    reference: &Reference,
    id: &str,
    what: &str,
    known: impl Iterator<Item = &'static str> + Clone,
) -> Option<Problem> {
    if known.clone().any(|name| name == id) {
        return None;
    }
    let near = nearest(id, known);
    let remedy = match near.as_slice() {
        [] => format!("name a {what} that the program has, or write kept = \"not_yet\" and what is missing"),
        near => did_you_mean(near, &[]),
    };
    Some(
        reference
            .spot
            .problem(format!("the program has no {what} called {}", quoted(id)), remedy),
    )
}

/// What keeps a clause must be in the pack, or be a page or a proof of the program.
fn keeps(draft: &Draft, reference: &Reference) -> Option<Problem> {
    let kinds = "obligation:, measure:, gate:, register:, page: or proof:";
    let Some((kind, id)) = reference.name.split_once(':') else {
        let what = format!("{} does not say what keeps the clause", quoted(&reference.name));
        return Some(
            reference
                .spot
                .problem(what, format!("write one of {kinds} before the id")),
        );
    };
    let at = |key: &'static str, id: &str| {
        let one = Reference {
            name: id.to_owned(),
            ..reference.clone()
        };
        among(draft, &one, key, key)
    };
    match kind {
        "obligation" => at("obligation", id),
        "measure" => at("measure", id),
        "gate" => at("gate", id),
        "page" => of_the_program(reference, id, "page", proofs::PAGES.iter().map(|page| page.name)),
        "proof" => of_the_program(
            reference,
            id,
            "proof",
            proofs::PROOFS.iter().map(|proof| proof.name),
        ),
        "register" => {
            let (register, id) = id.split_once('/').unwrap_or((id, ""));
            let key = Register::ALL
                .into_iter()
                .map(Register::key)
                .chain(["role", "definition", "channel"])
                .find(|key| *key == register);
            match key {
                Some(key) => at(key, id),
                None => {
                    let known: Vec<&str> = Register::ALL.into_iter().map(Register::key).collect();
                    let near = nearest(register, known.iter().copied());
                    let what = format!("there is no register called {}", quoted(register));
                    Some(reference.spot.problem(what, did_you_mean(&near, &known)))
                }
            }
        }
        _ => {
            let what = format!("nothing is kept by {}", quoted(&reference.name));
            Some(
                reference
                    .spot
                    .problem(what, format!("write one of {kinds} before the id")),
            )
        }
    }
}
