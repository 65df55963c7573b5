//! What a decision needs to know of the landlord: plain values, read from the pack and the accounts by casework.

use crate::case::Case;
use crate::fact::ExcuseGround;
use crate::ids::AccountId;
use crate::risk::{Instrument, MaracArea};
use std::collections::BTreeMap;

/// What the pack says that decisions and the contact gate need. An empty list means that the pack names none, and
/// then any code is taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// The teams, by code.
    pub teams: Vec<String>,
    /// The outcomes with which a case may close, by code.
    pub outcomes: Vec<String>,
    /// The levels of the risk scale, by code, lowest first.
    pub risk_scale: Vec<String>,
    /// The risk instruments.
    pub instruments: Vec<Instrument>,
    /// The MARAC areas, with the grounds of each.
    pub areas: Vec<MaracArea>,
    /// Whether somebody other than the worker approves a closure.
    pub closure_needs_approval: bool,
    /// Whether the pack forbids trying an unknown route when life is at risk. It can never widen that exception.
    pub life_at_risk_forbidden: bool,
    /// After how many days a way is asked about again, where nobody said when. Nothing means: not stated.
    pub recheck_days: Option<u16>,
    /// Which grounds excuse which promise.
    pub excuses: Vec<ExcuseAllowed>,
    /// On which grounds which clock may be paused.
    pub pauses: Vec<PauseAllowed>,
}

impl Terms {
    /// How high a level stands in the pack's scale.
    pub fn height(&self, level: &str) -> Option<usize> {
        self.risk_scale.iter().position(|code| code == level)
    }

    /// The instrument of an id.
    pub fn instrument(&self, id: &str) -> Option<&Instrument> {
        self.instruments.iter().find(|instrument| instrument.id == id)
    }

    /// The MARAC area of an id.
    pub fn area(&self, id: &str) -> Option<&MaracArea> {
        self.areas.iter().find(|area| area.id == id)
    }
}

/// One ground on which one promise may be excused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExcuseAllowed {
    /// The rule's id.
    pub rule: String,
    /// The ground.
    pub ground: ExcuseGround,
}

/// One ground on which one clock may be paused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PauseAllowed {
    /// The rule's id.
    pub rule: String,
    /// The ground, by the pack's code.
    pub ground: String,
}

/// Who there is in the house: what must be known to shut somebody out without leaving the survivor with nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct House {
    /// Who may work on cases.
    pub workers: Vec<AccountId>,
    /// Who decides: the lead, the managers, and the named post outside the line.
    pub deciders: Vec<AccountId>,
    /// Who stands above whom in the line, nearest first.
    pub line_above: BTreeMap<AccountId, Vec<AccountId>>,
}

impl House {
    /// Everybody who is shut out of this case, those in the lines above included.
    pub fn all_shut_out(&self, case: &Case) -> Vec<AccountId> {
        let mut out: Vec<AccountId> = case
            .shut_out
            .iter()
            .flat_map(|told| self.with_line(told.fact.account, told.fact.line_too))
            .collect();
        out.sort();
        out.dedup();
        out
    }

    pub(crate) fn with_line(&self, account: AccountId, line_too: bool) -> Vec<AccountId> {
        let above = self.line_above.get(&account).filter(|_| line_too);
        std::iter::once(account)
            .chain(above.into_iter().flatten().copied())
            .collect()
    }
}
