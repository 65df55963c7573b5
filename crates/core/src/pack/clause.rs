//! Clauses of the policy, each with how it is kept; scales, gates and measures as a pack writes them.

use super::condition::{Condition, FactMatch, Span};
use crate::obligation::Strength;
use std::collections::BTreeMap;

/// One promise, fact or name in the policy, and how it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Its id in the clause register.
    pub id: String,
    /// Where it stands in the policy.
    pub reference: String,
    /// What it says, in our own paraphrase.
    pub says: String,
    /// What kind of clause it is, in the register's word.
    pub kind: Option<String>,
    /// What it asks of the system.
    pub asks: Option<Asks>,
    /// How strongly it promises.
    pub strength: Strength,
    /// How it is kept.
    pub kept: Kept,
    /// By what: `obligation:first-contact`, `measure:…`, `gate:…`, `register:law/…`, `page:…`, `proof:…`.
    pub by: Vec<String>,
    /// What is still missing.
    pub missing: Option<String>,
    /// How a contradiction or gap in the text is read.
    pub note: Option<String>,
}

/// What a clause asks of the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asks {
    /// To let it be no other way.
    Enforce,
    /// A figure over facts.
    Measure,
    /// A live register, document or log.
    Record,
    /// A page that people can open.
    Publish,
}

/// How a clause is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kept {
    /// The program will not let it be otherwise.
    Enforced,
    /// A figure over facts.
    Measured,
    /// A live register, document or log with owner, date and expiry.
    Recorded,
    /// A page the public or staff can open.
    Published,
    /// Not built.
    NotYet,
}

impl Kept {
    /// As written in packs and in the register.
    pub fn key(self) -> &'static str {
        match self {
            Kept::Enforced => "enforced",
            Kept::Measured => "measured",
            Kept::Recorded => "recorded",
            Kept::Published => "published",
            Kept::NotYet => "not_yet",
        }
    }
}

impl Strength {
    /// As written in packs and in the register.
    pub fn key(self) -> &'static str {
        match self {
            Strength::Will => "will",
            Strength::AimsTo => "aims_to",
            Strength::WherePracticable => "where_practicable",
            Strength::States => "states",
        }
    }
}

/// A scale of the pack's own: risk, urgency.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its levels, mildest first.
    pub levels: Vec<String>,
    /// Which level counts while nobody has graded; nothing means the strictest.
    pub ungraded: Option<String>,
    /// Which facts grade, with the qualifier that holds the level.
    pub graded_by: Vec<(FactMatch, String)>,
    /// The clauses.
    pub clauses: Vec<String>,
}

impl Scale {
    /// The level that counts while nobody has graded.
    pub fn ungraded_level(&self) -> Option<&String> {
        self.ungraded.as_ref().or(self.levels.last())
    }
}

/// An act that stays shut until something is so.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    /// Its id.
    pub id: String,
    /// What it shuts.
    pub act: String,
    /// Which stage of a plan it shuts, if it is one.
    pub stage: Option<String>,
    /// What the gate asks, in the pack's words.
    pub says: String,
    /// Shut until this is so.
    pub until: Option<Condition>,
    /// Shut while this is so.
    pub unless: Option<Condition>,
    /// Shut for so long after a fact.
    pub span_after: Option<(Span, FactMatch)>,
    /// Only these posts may do it; none named means any.
    pub roles: Vec<String>,
    /// The post that must approve, and that is not the one who asks.
    pub approved_by: Option<String>,
    /// The training that whoever does it must have in date.
    pub training: Option<String>,
    /// What must be written first.
    pub words_first: Vec<String>,
    /// The clauses.
    pub clauses: Vec<String>,
    /// Anything a reader should know.
    pub note: Option<String>,
}

/// Every act that a gate can shut.
pub const ACTS: &[&str] = &[
    "contact",
    "refer",
    "refer_to_marac",
    "share",
    "copy",
    "charge",
    "pursue",
    "act_on_perpetrator",
    "support_perpetrator",
    "offer_home",
    "notify",
    "lower_risk",
    "close",
    "end_report",
    "join",
    "open_stage",
    "hold_case",
    "pass_first_review",
];

/// A figure, as a pack defines it.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasureRule {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What kind of figure.
    pub of: MeasureOf,
    /// What it counts.
    pub counts: Counted,
    /// What a share is taken of.
    pub denominator: Denominator,
    /// What the policy sets as its target.
    pub target: Option<Target>,
    /// Over which period it is taken.
    pub period: Period,
    /// How it is broken down.
    pub by: Vec<String>,
    /// Whether what was kept but recorded late counts as kept in the headline.
    pub late_records_count: bool,
    /// The clauses.
    pub clauses: Vec<String>,
    /// Anything a reader should know.
    pub note: Option<String>,
}

/// What kind of figure a measure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeasureOf {
    /// How many.
    Count,
    /// How many of how many.
    Share,
    /// The middle length of time.
    Median,
    /// This period beside the one before.
    Change,
}

/// What a measure counts.
#[derive(Clone, Debug, PartialEq)]
pub enum Counted {
    /// The clocks of a rule: kept out of all that fell due.
    Obligation(String),
    /// Cases in which something is so.
    CasesWith(Condition),
    /// Cases.
    Cases,
    /// Answers to a question that some people were asked.
    Answers {
        /// The fact that asks.
        asked: FactMatch,
        /// The fact that answers.
        answered: FactMatch,
        /// What an answer must say to count.
        with: BTreeMap<String, Vec<crate::coded::Value>>,
    },
}

/// What a share is taken of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Denominator {
    /// All.
    #[default]
    All,
    /// Those who were asked.
    Asked,
    /// Those who answered.
    Answered,
}

/// A target in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// At least this.
    AtLeast(u32),
    /// At most this.
    AtMost(u32),
}

/// Over which period a measure is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Period {
    /// A calendar month.
    Month,
    /// A quarter of a calendar year.
    Quarter,
    /// Twelve months, from the month the pack's year begins with.
    #[default]
    Year,
}
