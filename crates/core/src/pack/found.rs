//! What is found while a pack is read: places, problems, and names that must turn out to exist.

use super::problem::Problem;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// One file of a pack, with its line starts.
pub(super) struct Source<'a> {
    pub(super) file: &'a str,
    text: &'a str,
    line_starts: Vec<usize>,
}

/// A place in a file, with the entry and key that stand there.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) file: String,
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) place: String,
}

impl Spot {
    /// A problem at this place.
    pub(super) fn problem(&self, what: impl Into<String>, remedy: impl Into<String>) -> Problem {
        Problem {
            file: self.file.clone(),
            line: self.line,
            column: self.column,
            place: self.place.clone(),
            what: what.into(),
            remedy: remedy.into(),
        }
    }
}

impl<'a> Source<'a> {
    pub(super) fn new(file: &'a str, text: &'a str) -> Self {
        let after_breaks = text
            .bytes()
            .enumerate()
            .filter(|(_, byte)| *byte == b'\n')
            .map(|(at, _)| at + 1);
        Source {
            file,
            text,
            line_starts: std::iter::once(0).chain(after_breaks).collect(),
        }
    }

    pub(super) fn spot(&self, at: usize, place: &str) -> Spot {
        let line = self.line_starts.partition_point(|start| *start <= at).max(1);
        let start = self.line_starts[line - 1];
        let column = self
            .text
            .get(start..at)
            .map_or(0, |before| before.chars().count())
            + 1;
        Spot {
            file: self.file.to_owned(),
            line,
            column,
            place: place.to_owned(),
        }
    }
}

/// Everything found so far: problems, and the names that must turn out to exist.
#[derive(Default)]
pub(super) struct Found {
    problems: RefCell<Vec<Problem>>,
    references: RefCell<Vec<Reference>>,
}

/// A name of something that stands elsewhere in the pack.
#[derive(Clone, Debug)]
pub(super) struct Reference {
    pub(super) to: RefersTo,
    pub(super) name: String,
    pub(super) spot: Spot,
}

/// What a name is the name of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RefersTo {
    Role,
    Clause,
    Obligation,
    Scale,
    /// A level of the named scale.
    Level(String),
    /// What keeps a clause: `obligation:first-contact`.
    By,
    Training,
    /// A measure that has a target.
    Target,
    Meeting,
    Measure,
    Report,
    Standard,
    /// A stage of a plan.
    Stage,
    Agreement,
    QuestionSet,
    /// An item of the named question set.
    Item(String),
}

impl Found {
    pub(super) fn say(&self, problem: Problem) {
        self.problems.borrow_mut().push(problem);
    }

    pub(super) fn refer(&self, to: RefersTo, name: String, spot: Spot) {
        self.references.borrow_mut().push(Reference { to, name, spot });
    }

    pub(super) fn into_parts(self) -> (Vec<Problem>, Vec<Reference>) {
        (self.problems.into_inner(), self.references.into_inner())
    }
}

/// Ids seen so far in one list, with where each first stood.
#[derive(Default)]
pub(super) struct Ids(BTreeMap<String, Spot>);

impl Ids {
    /// Takes an id; a second one of the same name is a problem, which says where the first stands.
    pub(super) fn take(&mut self, id: &str, spot: Spot, found: &Found) {
        if id.is_empty() {
            return;
        }
        if let Some(first) = self.0.get(id) {
            let what = format!(
                "the id {id:?} is used twice: first in {}:{}",
                first.file, first.line
            );
            found.say(spot.problem(what, "give one of them another id"));
        } else {
            self.0.insert(id.to_owned(), spot);
        }
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub(super) fn contains(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }
}
