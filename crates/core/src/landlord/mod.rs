//! A landlord's own journal: packs adopted, accounts and their roles, register checks, and what it folds into.
//!
//! These must be proved too, so they are facts like those of a case. Passwords and sessions are not facts: they are
//! sealed rows of their own. Somebody who writes into the database cannot take a role, because roles are read from
//! here.

mod decide;
mod evidence;
#[cfg(test)]
mod evidence_tests;
mod fact;

pub use decide::{
    AccountRefusal, agree_to_role, check_register, close_account, open_account, propose_role, take_role,
};
pub use evidence::{EvidenceRecorded, Evidenced, RECORDABLE, may_record, record_evidence};
pub use fact::*;

use crate::access::{Line, Role};
use crate::fact::Actor;
use crate::ids::{AccountId, Position};
use crate::times::Times;
use crate::words::Words;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// An account as the journal knows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The account.
    pub account: AccountId,
    /// The name that colleagues see.
    pub name: Words,
    /// The post, in words.
    pub post: Words,
    /// The account above in the line.
    pub reports_to: Option<AccountId>,
    /// Roles held, each with its team where it is a role of a team.
    pub roles: Vec<(Role, Option<String>)>,
    /// Whether the account is still open.
    pub open: bool,
    /// When the ways in that were there before ceased to open: at the last agreed new password, and whenever an account
    /// that read no case was given a role that reads cases. Whoever knew the old password, or kept a session, is out.
    pub renewed: Option<Timestamp>,
}

impl Member {
    /// Whether the account holds a role that reads cases.
    pub fn reads_cases(&self) -> bool {
        self.roles.iter().any(|(role, _)| role.reads_cases())
    }

    /// Whether the account holds a role, in any team.
    pub fn is(&self, role: Role) -> bool {
        self.roles.iter().any(|(held, _)| *held == role)
    }
}

impl Proposed {
    /// Whether agreeing to it ends every way in that the account had.
    pub fn renews(&self, member: &Member) -> bool {
        match self {
            Proposed::Role { role, .. } => role.reads_cases() && !member.reads_cases(),
            Proposed::Password => true,
        }
    }
}

/// A role or a new password that waits for a second person.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    /// What was proposed.
    pub proposed: RoleProposed,
    /// Who proposed it.
    pub by: Actor,
    /// When.
    pub times: Times,
}

/// A pack that was adopted.
#[derive(Clone, Debug, PartialEq)]
pub struct Adopted {
    /// From which date it is in force.
    pub from: Date,
    /// Its files, whole.
    pub files: BTreeMap<String, String>,
    /// Where its adoption stands in the journal.
    pub position: Position,
    /// When it was recorded.
    pub times: Times,
}

/// When a register entry was last checked, and by whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// The fact.
    pub check: RegisterChecked,
    /// By whom.
    pub by: Actor,
    /// When.
    pub times: Times,
}

/// A landlord: the fold of its journal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Landlord {
    /// Accounts.
    pub members: BTreeMap<AccountId, Member>,
    /// Roles and passwords that wait for a second person, by the position of the proposal.
    pub waiting: BTreeMap<Position, Waiting>,
    /// Packs, in the order of their adoption.
    pub packs: Vec<Adopted>,
    /// The newest check of each register entry.
    pub checks: BTreeMap<String, Checked>,
    /// What the landlord did about its policy, oldest first, corrections beside what they put right.
    pub evidence: Vec<Evidenced>,
    /// The number that the public page gives, if one was set.
    pub telephone: Option<Words>,
    /// How many entries were folded.
    pub length: u64,
}

impl Landlord {
    /// Folds a landlord's journal. Total: an entry about an account that is not there changes nothing.
    pub fn fold(entries: &[(Position, LandlordRecorded)]) -> Self {
        let mut landlord = Landlord::default();
        for (position, recorded) in entries {
            landlord.apply(*position, recorded);
        }
        landlord
    }

    /// Adds one entry.
    pub fn apply(&mut self, position: Position, recorded: &LandlordRecorded) {
        self.length = self.length.max(position.0 + 1);
        match &recorded.fact {
            LandlordFact::PackAdopted(adopted) => {
                self.packs.push(Adopted {
                    from: adopted.from,
                    files: adopted.files.clone(),
                    position,
                    times: recorded.times,
                });
            }
            LandlordFact::AccountOpened(opened) => {
                self.members.insert(
                    opened.account,
                    Member {
                        account: opened.account,
                        name: opened.name.clone(),
                        post: opened.post.clone(),
                        reports_to: opened.reports_to,
                        roles: Vec::new(),
                        open: true,
                        renewed: None,
                    },
                );
            }
            LandlordFact::AccountClosed(closed) => {
                if let Some(member) = self.members.get_mut(&closed.account) {
                    member.open = false;
                    member.roles.clear();
                }
            }
            LandlordFact::RoleProposed(proposed) => {
                self.waiting.insert(
                    position,
                    Waiting {
                        proposed: proposed.clone(),
                        by: recorded.by,
                        times: recorded.times,
                    },
                );
            }
            LandlordFact::ProposalAnswered(answered) => {
                if let Some(waiting) = self.waiting.remove(&answered.proposal)
                    && answered.agreed
                {
                    let account = waiting.proposed.account;
                    if let Some(member) = self.members.get_mut(&account)
                        && waiting.proposed.what.renews(member)
                    {
                        member.renewed = Some(recorded.times.recorded);
                    }
                    if let Proposed::Role { role, team } = waiting.proposed.what {
                        self.give(account, role, team);
                    }
                }
            }
            LandlordFact::RoleGiven(given) => self.give(given.account, given.role, given.team.clone()),
            LandlordFact::RoleTaken(taken) => {
                if let Some(member) = self.members.get_mut(&taken.account) {
                    member
                        .roles
                        .retain(|held| *held != (taken.role, taken.team.clone()));
                }
            }
            LandlordFact::TelephoneSet(set) => self.telephone.clone_from(&set.telephone),
            LandlordFact::EvidenceRecorded(evidence) => self.evidence.push(Evidenced {
                position,
                evidence: evidence.clone(),
                by: recorded.by,
                times: recorded.times,
            }),
            LandlordFact::RegisterChecked(check) => {
                self.checks.insert(
                    check.entry.clone(),
                    Checked {
                        check: check.clone(),
                        by: recorded.by,
                        times: recorded.times,
                    },
                );
            }
        }
    }

    fn give(&mut self, account: AccountId, role: Role, team: Option<String>) {
        if let Some(member) = self.members.get_mut(&account)
            && member.open
            && !member.roles.contains(&(role, team.clone()))
        {
            member.roles.push((role, team));
        }
    }

    /// The pack in force for a trigger received on this date: the newest adopted whose date has come, or the first
    /// of all when none has.
    pub fn pack_on(&self, date: Date) -> Option<(usize, &Adopted)> {
        let mut best: Option<(usize, &Adopted)> = None;
        for (number, adopted) in self.packs.iter().enumerate() {
            if adopted.from <= date && best.is_none_or(|(_, held)| adopted.from >= held.from) {
                best = Some((number, adopted));
            }
        }
        best.or_else(|| self.packs.first().map(|adopted| (0, adopted)))
    }

    /// The open accounts that hold a role, for a team where one is given.
    pub fn holders(&self, role: Role, team: Option<&str>) -> impl Iterator<Item = &Member> {
        self.members.values().filter(move |member| {
            member.open
                && member.roles.iter().any(|(held, of)| {
                    *held == role && (team.is_none() || of.is_none() || of.as_deref() == team)
                })
        })
    }
}

impl Line for Landlord {
    fn above(&self, account: AccountId) -> Option<AccountId> {
        self.members.get(&account).and_then(|member| member.reports_to)
    }
}
