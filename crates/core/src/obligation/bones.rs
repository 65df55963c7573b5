//! What is left of an obligation when its case is erased: rule, times, state, level and team. No word, no person,
//! no item, no entry's place. Yearly measures are counted over these and stay whole.

use super::state::{Obligation, State, Strength};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One obligation without its case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Bone {
    /// The rule's id.
    pub rule: String,
    /// How strongly it was promised.
    pub strength: Strength,
    /// When it started.
    pub started: Timestamp,
    /// When it was due.
    pub due: Option<Timestamp>,
    /// When it was done, in time or late.
    pub met: Option<Timestamp>,
    /// How it stood.
    pub state: BoneState,
    /// The level that set its due time.
    pub tier: Option<String>,
    /// The team that had the case.
    pub team: Option<String>,
}

/// How an obligation stood, as measures count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BoneState {
    /// Not due yet, or with no due time and not done.
    Open,
    /// Stopped for a while.
    Paused,
    /// Done and recorded in time.
    Kept,
    /// Done in time, recorded after the due time.
    KeptRecordedLate,
    /// Not done in time.
    Missed,
    /// Not done in time, and there was no safe route.
    MissedNoSafeRoute,
    /// Excused.
    Excused,
    /// Ended.
    Lapsed,
}

/// The bones of a case's obligations, in an order that says nothing of the case.
pub fn bones(obligations: &[Obligation], team: Option<&str>) -> Vec<Bone> {
    let mut bones: Vec<Bone> = obligations
        .iter()
        .map(|obligation| Bone::of(obligation, team))
        .collect();
    bones.sort();
    bones
}

impl Bone {
    /// One obligation without its case.
    pub fn of(obligation: &Obligation, team: Option<&str>) -> Self {
        Bone {
            rule: obligation.rule.clone(),
            strength: obligation.strength,
            started: obligation.started.at,
            due: obligation.due.at,
            met: obligation.done_at(),
            state: BoneState::of(&obligation.state),
            tier: obligation.tier.clone(),
            team: team.map(str::to_owned),
        }
    }
}

impl BoneState {
    /// How a state is counted.
    pub fn of(state: &State) -> Self {
        match state {
            State::Open => BoneState::Open,
            State::Paused { .. } => BoneState::Paused,
            State::Met {
                recorded_late: None, ..
            } => BoneState::Kept,
            State::Met {
                recorded_late: Some(_),
                ..
            } => BoneState::KeptRecordedLate,
            State::Missed {
                no_safe_route: None, ..
            } => BoneState::Missed,
            State::Missed {
                no_safe_route: Some(_),
                ..
            } => BoneState::MissedNoSafeRoute,
            State::Excused { .. } => BoneState::Excused,
            State::Lapsed { .. } => BoneState::Lapsed,
        }
    }
}
