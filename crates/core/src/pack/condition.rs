//! Conditions over coded facts: latest answers, facts, patterns and levels, joined by all, any, at least and not.

use crate::coded::{Kind, Value};
use std::collections::BTreeMap;

/// Something that is so or not, at a moment, as far as the facts say.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// All of these.
    All(Vec<Condition>),
    /// Any of these.
    Any(Vec<Condition>),
    /// At least so many of these.
    AtLeast {
        /// How many.
        n: u32,
        /// Of which.
        of: Vec<Condition>,
    },
    /// Not this.
    Not(Box<Condition>),
    /// The latest fact of a kind says this. No such fact means no.
    Latest(FactMatch),
    /// The latest answer about a circumstance is one of these. Never asked means no.
    Circumstance {
        /// Which circumstance.
        what: String,
        /// The answers.
        is: Vec<String>,
    },
    /// A pattern of facts; once is enough unless it says more.
    Pattern(Pattern),
    /// The level on one of the pack's scales is one of these.
    Level {
        /// The scale.
        scale: String,
        /// The levels.
        is: Vec<String>,
    },
    /// The clock's own starting fact says this.
    Start(FactMatch),
}

/// A kind of fact with what must be said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct FactMatch {
    /// The kind.
    pub kind: Kind,
    /// For each qualifier, any one of these values.
    pub with: BTreeMap<String, Vec<Value>>,
    /// For each qualifier that counts something, at least so many.
    pub no_fewer_than: BTreeMap<String, u32>,
    /// For each qualifier that counts something, at most so many.
    pub no_more_than: BTreeMap<String, u32>,
}

/// So many facts of a kind, over or within a time, none of another since.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// The facts.
    pub fact: FactMatch,
    /// At least how many.
    pub times: u32,
    /// On at least how many different local dates.
    pub days: Option<u32>,
    /// With at least how many different values of a qualifier (routes, sources).
    pub different: Option<(String, u32)>,
    /// All within the last so long.
    pub within: Option<Span>,
    /// The first and the last at least so long apart.
    pub over: Option<Span>,
    /// None of these since the first.
    pub none_since: Option<FactMatch>,
}

/// A length of time with its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// How many.
    pub n: u32,
    /// Of what.
    pub unit: SpanUnit,
}

/// The unit of a length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpanUnit {
    /// Elapsed minutes.
    Minutes,
    /// Elapsed hours.
    Hours,
    /// Dates.
    Days,
    /// Working days.
    WorkingDays,
    /// Seven dates each.
    Weeks,
    /// Months.
    Months,
}

impl Span {
    /// The length in words.
    pub fn name(self) -> String {
        let unit = SpanUnit::WORDS
            .iter()
            .find(|(_, unit)| *unit == self.unit)
            .map_or("", |(word, _)| word);
        format!("{} {}", self.n, unit.replace('_', " "))
    }
}

impl SpanUnit {
    /// Every unit with its word.
    pub const WORDS: [(&'static str, SpanUnit); 6] = [
        ("minutes", SpanUnit::Minutes),
        ("hours", SpanUnit::Hours),
        ("days", SpanUnit::Days),
        ("working_days", SpanUnit::WorkingDays),
        ("weeks", SpanUnit::Weeks),
        ("months", SpanUnit::Months),
    ];
}
