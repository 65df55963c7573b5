//! What a policy says of cases, moves, charges and reports besides its promises.
//!
//! Nothing here can loosen a safety rule: a minimum record stops nobody from being helped, and no number smaller than the
//! product hides is ever shown.

use super::condition::Span;
use crate::coded::Kind;

/// What a case must come to hold, and what a return is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CaseRules {
    /// The facts that every case must come to hold. What is missing is shown, and stops nobody.
    pub minimum_record: Vec<Kind>,
    /// For how long after it was closed a return is the same case; nothing means that each is a linked one.
    pub same_case_within: Option<Span>,
    /// The languages in which help can be given without an interpreter.
    pub languages: Vec<String>,
    /// The clauses.
    pub clauses: Vec<String>,
}

/// What holds when somebody moves because of abuse.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MoveRules {
    /// The tenure of the new home beside the old.
    pub tenure: Tenure,
    /// The post that may approve a weaker one.
    pub weaker_approved_by: Option<String>,
    /// In what order moves are offered, the first of these first.
    pub queue: Vec<String>,
    /// The clauses.
    pub clauses: Vec<String>,
}

/// The tenure of a new home beside the old.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tenure {
    /// The policy does not say.
    #[default]
    NotStated,
    /// Never weaker.
    NeverWeaker,
    /// As another document says.
    AsDocument,
}

/// In what order moves may be offered.
pub const QUEUES: &[&str] = &[
    "danger",
    "risk_level",
    "date_of_request",
    "children",
    "health",
    "time_in_temporary",
];

/// Who is charged for damage and security, on what evidence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChargeRules {
    /// Whether a perpetrator is charged. A survivor never is: that is no setting.
    pub perpetrator: bool,
    /// What must be there before.
    pub evidence: Vec<String>,
    /// The post that must approve.
    pub approved_by: Option<String>,
    /// The clauses.
    pub clauses: Vec<String>,
}

/// What may be evidence for a charge.
pub const EVIDENCE: &[&str] = &[
    "police_report",
    "crime_reference",
    "conviction",
    "court_order",
    "photographs",
    "witness",
    "admission",
];

/// A report that is owed to somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Its id, as facts name it.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The posts that get it; none named means the public.
    pub to: Vec<String>,
    /// The measures in it.
    pub measures: Vec<String>,
    /// The promise that says when.
    pub obligation: Option<String>,
    /// Below what a number is hidden: never less than the product hides.
    pub hide_below: u32,
    /// What stands in place of a hidden number.
    pub hidden_as: String,
    /// The clauses.
    pub clauses: Vec<String>,
    /// Anything a reader should know.
    pub note: Option<String>,
}
