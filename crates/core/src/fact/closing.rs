//! Facts that end a case or its promises, that begin it again, and what stays after erasure.

use crate::codes::codes;
use crate::ids::{AccountId, PersonId};
use crate::measure::CaseBone;
use crate::words::Words;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The survivor's word at closure, or why it could not be had.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum SurvivorsWord {
    /// What the survivor said.
    Said {
        /// The words.
        words: Words,
        /// Whether the survivor is satisfied that this can close.
        satisfied: bool,
    },
    /// It could not be had.
    NotHad {
        /// Why.
        because: Words,
    },
}

/// The case was closed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseClosed {
    /// The outcome, by the pack's code.
    pub outcome: String,
    /// What was done, and the way back.
    pub words: Words,
    /// The survivor's word.
    pub survivors_word: SurvivorsWord,
    /// Who approved it, where the pack asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<AccountId>,
}

/// The person came back, in the same case: clocks start afresh, and nothing before counts against them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseReturned {
    /// What we were told.
    pub words: Words,
}

/// A person in the case died. What is owed to children and others at risk goes on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PersonDied {
    /// Who.
    pub person: PersonId,
}

/// The survivor is no longer in this landlord's care.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MovedOutOfCare {
    /// To whom the care passed, if it did.
    pub words: Words,
}

/// The survivor asked us to stop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SaidStop {
    /// In what words.
    pub words: Words,
}

/// An entry was made by mistake: it leaves the page, and nothing takes its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TakenBack {
    /// Why.
    pub reason: Words,
}

codes! {
    /// How a promise stood when the case was erased.
    BoneState {
        Met = "met", "Kept";
        RecordedLate = "recorded_late", "Kept, recorded late";
        Missed = "missed", "Missed";
        MissedNoSafeRoute = "missed_no_safe_route", "Missed for want of a safe route";
        Excused = "excused", "Excused";
        Lapsed = "lapsed", "Lapsed";
        Open = "open", "Open";
    }
}

/// One promise without words or people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bone {
    /// The rule's id in the pack.
    pub rule: String,
    /// When it started.
    pub started: Timestamp,
    /// When it was due, if the policy or the landlord says.
    pub due: Option<Timestamp>,
    /// When it was met.
    pub met: Option<Timestamp>,
    /// How it stood.
    pub state: BoneState,
}

/// What is left of the promises once the case is erased, so that yearly measures stay whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BonesKept {
    /// The team, by the pack's code.
    pub team: String,
    /// The promises.
    pub bones: Vec<Bone>,
    /// Under which retention rule it was erased.
    pub under: String,
    /// Who proposed it, where a second person agreed. Who agreed is the author of the entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed_by: Option<AccountId>,
    /// What the case adds to measures counted over cases: yes and no for each measure. Nothing for a report that never
    /// became a case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<CaseBone>,
}
