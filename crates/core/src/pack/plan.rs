//! Action plans in stages, and rules by which cases are drawn for an audit.

use super::clause::Period;
use super::condition::Condition;

/// An action plan that is made in stages.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its stages, in order.
    pub stages: Vec<PlanStage>,
    /// The clauses.
    pub clauses: Vec<String>,
    /// Anything a reader should know.
    pub note: Option<String>,
}

/// One stage of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanStage {
    /// Its id, as facts name it; no two stages of a pack share one.
    pub id: String,
    /// Its title.
    pub title: String,
    /// When it opens; nothing means once the stage before has been agreed, and the first at once.
    pub opens: Option<Condition>,
    /// What belongs in it.
    pub parts: Vec<PlanPart>,
}

/// One part of a stage.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanPart {
    /// What is to be planned, in the pack's words.
    pub says: String,
    /// When it belongs in the plan; nothing means always.
    pub when: Option<Condition>,
}

/// A rule by which cases are drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Of which cases.
    pub of: SampleOf,
    /// How many of them.
    pub many: HowMany,
    /// At least so many, if there are so many.
    pub at_least: u32,
    /// Those that are always taken, besides the drawn.
    pub always: Option<Condition>,
    /// How often it is drawn.
    pub period: Period,
    /// The standard against which they are looked at.
    pub standard: Option<String>,
    /// The posts that look.
    pub who: Vec<String>,
    /// Whether somebody who has worked on a case may look at it.
    pub own_cases: bool,
    /// The clauses.
    pub clauses: Vec<String>,
    /// Anything a reader should know.
    pub note: Option<String>,
}

/// Which cases are drawn from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SampleOf {
    /// All cases of the period.
    Cases,
    /// Cases that are open.
    OpenCases,
    /// Cases that were closed in the period.
    ClosedCases,
    /// Reports that ended without a case.
    EndedReports,
}

/// How many are drawn. A part of a case is a whole case: no share is rounded down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HowMany {
    /// One in so many.
    OneIn(u32),
    /// A percentage.
    Percent(u32),
    /// A number.
    Count(u32),
}

impl HowMany {
    /// How many that is of so many.
    pub fn of(self, cases: usize) -> usize {
        let whole = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        match self {
            HowMany::OneIn(n) => cases.div_ceil(whole(n.max(1))),
            HowMany::Percent(percent) => cases.saturating_mul(whole(percent)).div_ceil(100),
            HowMany::Count(count) => whole(count),
        }
        .min(cases)
    }
}
