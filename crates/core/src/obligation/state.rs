//! What an obligation is at a moment, and everything that explains it.

use crate::coded::Kind;
use crate::ids::Position;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How strongly a policy promises. A missed aim is not a breach, and both are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// The landlord will.
    Will,
    /// The landlord aims to.
    AimsTo,
    /// Where practicable, where possible, where appropriate.
    WherePracticable,
    /// The policy only states it.
    States,
}

/// Which of a fact's three times a clock runs from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhichTime {
    /// When it happened, as told.
    Happened,
    /// When the landlord knew.
    #[default]
    Aware,
    /// When it was recorded.
    Recorded,
}

/// One promise in one case, as it stands at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obligation {
    /// The rule's id in the pack.
    pub rule: String,
    /// Which child, action, agency or meeting, if the rule has a clock for each.
    pub item: Option<String>,
    /// Which time of a rhythm or list of offsets, counted from 1.
    pub time: u32,
    /// What is to be done, in the pack's words.
    pub title: String,
    /// The clauses that promise it.
    pub clauses: Vec<String>,
    /// How strongly.
    pub strength: Strength,
    /// The posts that are to do it, by id.
    pub who: Vec<String>,
    /// To whom it is owed.
    pub owed_to: OwedTo,
    /// What started it, and when.
    pub started: Started,
    /// When it is due, and by which rule.
    pub due: Due,
    /// How it stands.
    pub state: State,
    /// Warnings and escalations of this clock, passed and to come, in order.
    pub notices: Vec<Notice>,
    /// When it changes with no new fact.
    pub wake_at: Option<Timestamp>,
    /// The level of the pack's scale that set the due time, if one did.
    pub tier: Option<String>,
    /// Whether a later time of the same clock is asked for in its place, so that this one is only history.
    pub followed: bool,
    /// The rule for which this one stands in, if it does.
    pub stands_in_for: Option<String>,
    /// How it was all worked out, in plain sentences.
    pub explanation: Vec<String>,
    /// The version of the pack it was counted by.
    pub pack: String,
    /// The version of the calendar it was counted by.
    pub calendar: String,
}

/// To whom a promise is owed: what is owed to children and others at risk does not lapse when she says stop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwedTo {
    /// The survivor.
    #[default]
    Survivor,
    /// A child.
    Child,
    /// An adult at risk.
    AdultAtRisk,
    /// Somebody else at risk, or an agency.
    Other,
    /// Nobody on the case: what the landlord owes its own policy.
    Landlord,
}

/// What started a clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Started {
    /// The fact.
    pub by: Position,
    /// Its kind.
    pub kind: Kind,
    /// At which of its times.
    pub counted_from: WhichTime,
    /// When.
    pub at: Timestamp,
}

/// When something is due.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The last second at which it is kept; nothing when no number is stated or it waits for a date.
    pub at: Option<Timestamp>,
    /// The same in local time, for people.
    pub local: Option<String>,
    /// The rule in the pack's words (`working_days_end_of_day 1`).
    pub rule: String,
    /// The policy's own word where it states no number (`promptly`).
    pub not_stated: Option<String>,
    /// Whether the number is the landlord's own and not the policy's.
    pub landlords_own: bool,
    /// What it was before each change of tier, agreement, excuse or pack, oldest first.
    pub before: Vec<Earlier>,
}

/// A due time that a change replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// What it was.
    pub at: Option<Timestamp>,
    /// The fact that changed it.
    pub changed_by: Position,
}

/// How a promise stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum State {
    /// To be done, and not late.
    Open,
    /// Done in time.
    Met {
        /// The fact that met it.
        by: Position,
        /// When it happened.
        happened: Timestamp,
        /// Seconds between the due time and its recording, if it was recorded only after the due time.
        recorded_late: Option<i64>,
    },
    /// Not done in time. It stays missed when it is done later.
    Missed {
        /// What did it later, if anything.
        kept_late: Option<KeptLate>,
        /// Whether it is explained by there being no safe route yet. It counts as missed all the same.
        no_safe_route: Option<Position>,
        /// What ended it after it was missed, so that nobody is asked to do it any more.
        ended_by: Option<Position>,
    },
    /// Need not be done, on a ground that the policy gives.
    Excused {
        /// The fact that excused it.
        by: Position,
        /// The ground.
        ground: String,
    },
    /// Stopped for a while.
    Paused {
        /// The fact that stopped it.
        by: Position,
        /// When the longest pause allowed is over, if it still runs then.
        at_most_until: Option<Timestamp>,
    },
    /// Owed no more.
    Lapsed {
        /// The fact that ended it.
        by: Position,
        /// Its kind.
        why: Kind,
    },
}

/// A promise kept after its time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptLate {
    /// The fact that kept it.
    pub by: Position,
    /// When it happened.
    pub happened: Timestamp,
}

/// Somebody who is to be told, and when.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Notice {
    /// When.
    pub at: Timestamp,
    /// What kind of notice.
    pub kind: NoticeKind,
    /// The posts that are told.
    pub roles: Vec<String>,
    /// Whether that moment has come (only while the promise is open or late).
    pub passed: bool,
}

/// Whether a notice comes before or after the due time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// Before it is due.
    Warn,
    /// At or after the due time.
    Escalate,
}

impl Obligation {
    /// Whether somebody still has to do it, in time or late.
    pub fn is_owed(&self) -> bool {
        match &self.state {
            State::Open | State::Paused { .. } => true,
            State::Missed {
                kept_late, ended_by, ..
            } => kept_late.is_none() && ended_by.is_none() && !self.followed,
            State::Met { .. } | State::Excused { .. } | State::Lapsed { .. } => false,
        }
    }

    /// Whether it was not done in time, whatever came later.
    pub fn is_missed(&self) -> bool {
        matches!(self.state, State::Missed { .. })
    }

    /// Whether missing it breaks the policy: a missed aim does not.
    pub fn is_breach(&self) -> bool {
        self.is_missed() && self.strength == Strength::Will
    }

    /// When it was done, in time or late.
    pub fn done_at(&self) -> Option<Timestamp> {
        match &self.state {
            State::Met { happened, .. } => Some(*happened),
            State::Missed { kept_late, .. } => kept_late.as_ref().map(|late| late.happened),
            State::Open | State::Excused { .. } | State::Paused { .. } | State::Lapsed { .. } => None,
        }
    }
}
