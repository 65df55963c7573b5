//! The facts of a landlord's own journal.

use super::evidence::EvidenceRecorded;
use crate::access::Role;
use crate::fact::Actor;
use crate::ids::{AccountId, Position};
use crate::times::Times;
use crate::words::Words;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An entry of a landlord's journal as it is sealed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LandlordRecorded {
    /// Who recorded it. The system, for what the installation itself did.
    pub by: Actor,
    /// The three times.
    pub times: Times,
    /// What happened.
    pub fact: LandlordFact,
}

/// One fact of a landlord.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum LandlordFact {
    /// A policy pack was adopted.
    PackAdopted(PackAdopted),
    /// An account was opened.
    AccountOpened(AccountOpened),
    /// An account was closed.
    AccountClosed(AccountClosed),
    /// A role that reads cases, or a new password for its holder, was proposed.
    RoleProposed(RoleProposed),
    /// The second person answered.
    ProposalAnswered(ProposalAnswered),
    /// A role was given that needs no second person, or by the installation.
    RoleGiven(RoleGiven),
    /// A role was taken away.
    RoleTaken(RoleTaken),
    /// Somebody checked a register entry.
    RegisterChecked(RegisterChecked),
    /// The landlord did something about its policy, or something happened to it.
    EvidenceRecorded(EvidenceRecorded),
    /// The number that the public page gives was set.
    TelephoneSet(TelephoneSet),
}

/// A policy pack was adopted from a date, with its whole text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PackAdopted {
    /// From which date.
    pub from: Date,
    /// Its files by name.
    pub files: BTreeMap<String, String>,
}

/// An account was opened. It holds no role until one is given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AccountOpened {
    /// The account.
    pub account: AccountId,
    /// The name that colleagues see.
    pub name: Words,
    /// The post, in words.
    pub post: Words,
    /// The account above in the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reports_to: Option<AccountId>,
}

/// An account was closed: it can no longer sign in, and its roles end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AccountClosed {
    /// The account.
    pub account: AccountId,
    /// Why.
    pub reason: Words,
}

/// What waits for a second person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Proposed {
    /// A role that reads cases.
    Role {
        /// The role.
        role: Role,
        /// The team, for a role of a team.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        team: Option<String>,
    },
    /// A new password for somebody who holds a role that reads cases.
    Password,
}

/// A role that reads cases, or a new password for its holder, was proposed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoleProposed {
    /// Whose.
    pub account: AccountId,
    /// What.
    #[serde(flatten)]
    pub what: Proposed,
    /// Why.
    pub reason: Words,
}

/// The second person agreed, or did not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProposalAnswered {
    /// The entry of the proposal.
    pub proposal: Position,
    /// Whether they agreed.
    pub agreed: bool,
}

/// A role was given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoleGiven {
    /// To whom.
    pub account: AccountId,
    /// Which.
    pub role: Role,
    /// In which team, for a role of a team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
}

/// A role was taken away. One person can do this: it only closes doors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoleTaken {
    /// From whom.
    pub account: AccountId,
    /// Which.
    pub role: Role,
    /// In which team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    /// Why.
    pub reason: Words,
}

/// The landlord's own telephone number, as the public page gives it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TelephoneSet {
    /// The number as it is to be read, with its hours if need be. Nothing takes it off the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telephone: Option<Words>,
}

/// Somebody checked a register entry of the pack.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RegisterChecked {
    /// The entry, as `law/ID`, `partner/ID` and so on.
    pub entry: String,
    /// When it is to be checked again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Date>,
    /// What was found.
    pub words: Words,
}
