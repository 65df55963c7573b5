//! The sealed summary of a case: what lists and reports need, so that no list opens a journal.

use crate::room::Room;
use fanlight_core::fact::Danger;
use fanlight_core::ids::{AccountId, Position};
use fanlight_core::measure::CaseBone;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a list may know of a case. No name, no number, no address.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Summary {
    /// The reference.
    pub(crate) reference: String,
    /// How far it has come.
    pub(crate) stage: StageKept,
    /// When the report reached us.
    pub(crate) received: Timestamp,
    /// When the case was closed or the report ended.
    pub(crate) ended: Option<Timestamp>,
    /// The team.
    pub(crate) team: String,
    /// The lead worker.
    pub(crate) lead: Option<AccountId>,
    /// The risk level, by the pack's code; nothing means not assessed.
    pub(crate) level: Option<String>,
    /// Whether danger must be treated as danger now.
    pub(crate) perhaps_in_danger: bool,
    /// The danger of which whoever can open it is told at once, because nobody has acted on it yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) danger: Option<DangerKept>,
    /// Life-at-risk tries that somebody else has still to look at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) to_review: Vec<TryKept>,
    /// Who may come in, as when this was written.
    pub(crate) door: DoorKept,
    /// How the person may be reached.
    pub(crate) way: WayKept,
    /// What is owed.
    pub(crate) owed: Vec<Owed>,
    /// What the case adds to measures counted over cases. Nothing for what is no case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) counts: Option<CaseBone>,
    /// For how many entries this stands.
    pub(crate) entries: u64,
}

/// A danger on which nobody has acted yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DangerKept {
    pub(crate) danger: Danger,
    /// When we knew of it.
    pub(crate) since: Timestamp,
}

/// A life-at-risk try that waits for somebody to look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TryKept {
    pub(crate) place: Position,
    pub(crate) at: Timestamp,
    /// Who tried, and so does not review it.
    pub(crate) by: Option<AccountId>,
    /// The second person: who agreed, or was told at once.
    pub(crate) second: Option<AccountId>,
}

/// How far a report or case has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StageKept {
    /// A report that has not become anything yet.
    Report,
    /// A report that ended.
    Ended,
    /// A report that was joined to a case.
    Joined,
    /// An open case.
    Open,
    /// A closed case.
    Closed,
    /// Erased: nothing but bones is left.
    Erased,
}

impl StageKept {
    /// The byte by which listings filter.
    pub(crate) fn byte(self) -> u8 {
        match self {
            StageKept::Report => 1,
            StageKept::Ended => 2,
            StageKept::Joined => 3,
            StageKept::Open => 4,
            StageKept::Closed => 5,
            StageKept::Erased => 6,
        }
    }
}

/// Who may come in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct DoorKept {
    /// The only accounts admitted, when the case is restricted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) only: Option<BTreeSet<AccountId>>,
    /// Accounts named as workers.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(crate) workers: BTreeSet<AccountId>,
    /// Accounts shut out, lines above included.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(crate) shut_out: BTreeSet<AccountId>,
}

/// How the person may be reached, as the gate said when this was written, and until when that stays so by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct WayKept {
    pub(crate) is: WayIs,
    /// In plain words, with nothing about the person.
    pub(crate) says: String,
    pub(crate) until: Option<Timestamp>,
    /// Which rules and pack said so: another pack may ask for a re-check sooner.
    #[serde(default)]
    pub(crate) by: u64,
}

impl WayKept {
    /// Whether it may be another by now.
    pub(crate) fn is_stale(&self, room: &Room, now: Timestamp) -> bool {
        self.by != room.made_by || self.until.is_some_and(|until| until <= now)
    }
}

/// What the gate says for a row of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WayIs {
    /// Now, by voice or in person.
    Call,
    /// Now, in writing.
    Write,
    /// Not now; from a time.
    NotNow,
    /// No safe way is known.
    Find,
    /// They contact us.
    TheyContactUs,
    /// The person has died.
    Died,
}

/// One promise that somebody still has to keep.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Owed {
    /// The slot of its index row, in hexadecimal.
    pub(crate) slot: String,
    pub(crate) rule: String,
    pub(crate) title: String,
    pub(crate) clause: Option<String>,
    pub(crate) due: Option<Timestamp>,
    /// The policy's word where it states no number.
    pub(crate) not_stated: Option<String>,
    /// Whether the number is the landlord's own.
    pub(crate) own: bool,
    /// Whether the time has passed.
    pub(crate) missed: bool,
    /// What the due time was worked out from, in one sentence.
    pub(crate) why: String,
}
