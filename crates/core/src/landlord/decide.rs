//! Decisions about accounts and registers: what may be added to a landlord's journal.

use super::{
    AccountClosed, AccountOpened, Landlord, LandlordFact, ProposalAnswered, Proposed, RegisterChecked,
    RoleGiven, RoleProposed, RoleTaken,
};
use crate::access::{Action, Role, allowed};
use crate::fact::Actor;
use crate::ids::{AccountId, Position};
use crate::words::Words;

/// Why something about accounts was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountRefusal {
    /// The person asking may not.
    NotAllowed,
    /// There is no such open account.
    NoSuchAccount,
    /// A role of a team needs the team, and no other role has one.
    TeamMissing,
    /// The account has the role already.
    AlreadyHeld,
    /// Nobody may agree to their own proposal, nor to one about themselves.
    SamePerson,
    /// There is no such proposal, or it has been answered.
    NoSuchProposal,
    /// A name or a reason is compulsory.
    WordsMissing,
    /// What is recorded of a landlord has to be of the kinds, codes and entries that there are.
    NotRecordable,
    /// It has not happened yet.
    InTheFuture,
    /// A version needs the day of its next review, later than its own.
    NextReviewMissing,
    /// What was to be put right is not there, or has been put right already.
    NothingStandsThere,
    /// An administrator reads no case, and whoever reads cases is no administrator.
    AdministratorReads,
}

impl AccountRefusal {
    /// The reason and what to do, in plain words.
    pub fn says(self) -> &'static str {
        match self {
            AccountRefusal::NotAllowed => "Your roles do not include this. Ask an administrator or the lead.",
            AccountRefusal::NoSuchAccount => "There is no open account like that. Choose one from the list.",
            AccountRefusal::TeamMissing => "Say for which team: caseworkers and managers belong to a team.",
            AccountRefusal::AlreadyHeld => "The account has this role already.",
            AccountRefusal::SamePerson => {
                "A second person has to agree: not the one who proposed it, and not the one it is about."
            }
            AccountRefusal::NoSuchProposal => "This proposal has been answered already, or there is none.",
            AccountRefusal::NotRecordable => {
                "This cannot be recorded: choose from the lists on the form, and give no other answers."
            }
            AccountRefusal::InTheFuture => {
                "It has not happened yet: record it on the day, or give an earlier date."
            }
            AccountRefusal::NextReviewMissing => {
                "Give the day of the next review, later than the day itself. The clock of the review runs to it."
            }
            AccountRefusal::NothingStandsThere => {
                "What was to be put right is not there, or somebody has put it right already. Open the list again."
            }
            AccountRefusal::AdministratorReads => {
                "An administrator reads no case, and whoever reads cases is no administrator. Take the other role away \
                 first, or choose somebody else."
            }
            AccountRefusal::WordsMissing => "Write a name and a reason: they stay on the record.",
        }
    }
}

fn holds(landlord: &Landlord, account: AccountId, action: Action) -> Result<(), AccountRefusal> {
    let member = landlord
        .members
        .get(&account)
        .filter(|member| member.open)
        .ok_or(AccountRefusal::NotAllowed)?;
    member
        .roles
        .iter()
        .any(|(role, _)| allowed(*role, action))
        .then_some(())
        .ok_or(AccountRefusal::NotAllowed)
}

/// Keeping accounts and reading cases stay apart: otherwise one person could let in whomever they please.
fn apart(landlord: &Landlord, account: AccountId, role: Role) -> Result<(), AccountRefusal> {
    let together = landlord.members.get(&account).is_some_and(|member| {
        (role.reads_cases() && member.is(Role::Administrator))
            || (role == Role::Administrator && member.reads_cases())
    });
    (!together)
        .then_some(())
        .ok_or(AccountRefusal::AdministratorReads)
}

fn is_open(landlord: &Landlord, account: AccountId) -> Result<(), AccountRefusal> {
    landlord
        .members
        .get(&account)
        .filter(|member| member.open)
        .map(|_| ())
        .ok_or(AccountRefusal::NoSuchAccount)
}

fn team_fits(role: Role, team: &Option<String>) -> Result<(), AccountRefusal> {
    (role.is_of_a_team() == team.is_some())
        .then_some(())
        .ok_or(AccountRefusal::TeamMissing)
}

/// Opens an account: by an administrator, or by the installation itself.
pub fn open_account(
    landlord: &Landlord,
    by: Actor,
    opened: AccountOpened,
) -> Result<LandlordFact, AccountRefusal> {
    if let Actor::Account(account) = by {
        holds(landlord, account, Action::KeepAccounts)?;
    }
    if opened.name.is_blank() {
        return Err(AccountRefusal::WordsMissing);
    }
    if let Some(above) = opened.reports_to {
        is_open(landlord, above)?;
    }
    Ok(LandlordFact::AccountOpened(opened))
}

/// Closes an account.
pub fn close_account(
    landlord: &Landlord,
    by: AccountId,
    closed: AccountClosed,
) -> Result<LandlordFact, AccountRefusal> {
    holds(landlord, by, Action::KeepAccounts)?;
    is_open(landlord, closed.account)?;
    if closed.reason.is_blank() {
        return Err(AccountRefusal::WordsMissing);
    }
    Ok(LandlordFact::AccountClosed(closed))
}

/// Proposes a role, or a new password. What reads no case is given at once; what does waits for a second person.
///
/// A landlord with nobody yet who could agree starts from its installation, never from here: an administrator who
/// opens the first account cannot by that become somebody who reads cases.
pub fn propose_role(
    landlord: &Landlord,
    by: AccountId,
    account: AccountId,
    what: Proposed,
    reason: Words,
) -> Result<LandlordFact, AccountRefusal> {
    holds(landlord, by, Action::ProposeRole)?;
    is_open(landlord, account)?;
    if reason.is_blank() {
        return Err(AccountRefusal::WordsMissing);
    }
    if let Proposed::Role { role, team } = &what {
        team_fits(*role, team)?;
        if landlord
            .members
            .get(&account)
            .is_some_and(|m| m.roles.contains(&(*role, team.clone())))
        {
            return Err(AccountRefusal::AlreadyHeld);
        }
        apart(landlord, account, *role)?;
        if !role.reads_cases() {
            return Ok(LandlordFact::RoleGiven(RoleGiven {
                account,
                role: *role,
                team: team.clone(),
            }));
        }
    }
    Ok(LandlordFact::RoleProposed(RoleProposed {
        account,
        what,
        reason,
    }))
}

/// The second person answers: somebody who reads cases by role, who is neither the proposer nor the one it is about.
pub fn agree_to_role(
    landlord: &Landlord,
    by: AccountId,
    proposal: Position,
    agreed: bool,
) -> Result<LandlordFact, AccountRefusal> {
    holds(landlord, by, Action::AgreeReadingRole)?;
    let waiting = landlord
        .waiting
        .get(&proposal)
        .ok_or(AccountRefusal::NoSuchProposal)?;
    if waiting.by == Actor::Account(by) || waiting.proposed.account == by {
        return Err(AccountRefusal::SamePerson);
    }
    if agreed && let Proposed::Role { role, .. } = &waiting.proposed.what {
        apart(landlord, waiting.proposed.account, *role)?;
    }
    Ok(LandlordFact::ProposalAnswered(ProposalAnswered {
        proposal,
        agreed,
    }))
}

/// Takes a role away. It only closes doors, so one person can.
pub fn take_role(
    landlord: &Landlord,
    by: AccountId,
    taken: RoleTaken,
) -> Result<LandlordFact, AccountRefusal> {
    holds(landlord, by, Action::ProposeRole)?;
    is_open(landlord, taken.account)?;
    if taken.reason.is_blank() {
        return Err(AccountRefusal::WordsMissing);
    }
    Ok(LandlordFact::RoleTaken(taken))
}

/// Records that a register entry was checked.
pub fn check_register(
    landlord: &Landlord,
    by: AccountId,
    check: RegisterChecked,
) -> Result<LandlordFact, AccountRefusal> {
    holds(landlord, by, Action::CheckRegisters)?;
    Ok(LandlordFact::RegisterChecked(check))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landlord::LandlordRecorded;
    use crate::times::Times;
    use jiff::Timestamp;

    const ADMINISTRATOR: AccountId = AccountId([1; 16]);
    const LEAD: AccountId = AccountId([2; 16]);
    const MANAGER: AccountId = AccountId([3; 16]);
    const NEWCOMER: AccountId = AccountId([4; 16]);

    fn given(facts: Vec<(Actor, LandlordFact)>) -> Landlord {
        let mut entries = Vec::new();
        for (position, (by, fact)) in facts.into_iter().enumerate() {
            let times = Times::at(Timestamp::UNIX_EPOCH);
            entries.push((Position(position as u64), LandlordRecorded { by, times, fact }));
        }
        Landlord::fold(&entries)
    }

    fn account(account: AccountId) -> LandlordFact {
        LandlordFact::AccountOpened(AccountOpened {
            account,
            name: Words::new("A. Person"),
            post: Words::new("Post"),
            reports_to: None,
        })
    }

    fn role(account: AccountId, role: Role, team: Option<&str>) -> LandlordFact {
        LandlordFact::RoleGiven(RoleGiven {
            account,
            role,
            team: team.map(str::to_owned),
        })
    }

    fn house() -> Vec<(Actor, LandlordFact)> {
        [
            account(ADMINISTRATOR),
            account(LEAD),
            account(MANAGER),
            account(NEWCOMER),
            role(ADMINISTRATOR, Role::Administrator, None),
            role(LEAD, Role::Lead, None),
            role(MANAGER, Role::Manager, Some("support")),
        ]
        .map(|fact| (Actor::System, fact))
        .into()
    }

    fn caseworker() -> Proposed {
        Proposed::Role {
            role: Role::Caseworker,
            team: Some("support".into()),
        }
    }

    #[test]
    fn a_role_that_reads_cases_takes_two_people_one_of_whom_reads_cases() {
        let mut facts = house();
        let fact = propose_role(
            &given(facts.clone()),
            ADMINISTRATOR,
            NEWCOMER,
            caseworker(),
            Words::new("new post"),
        )
        .expect("an administrator may propose");
        let proposal = Position(facts.len() as u64);
        facts.push((Actor::Account(ADMINISTRATOR), fact));
        let waiting = given(facts.clone());
        assert!(
            !waiting.members[&NEWCOMER].reads_cases(),
            "one person is not enough"
        );
        assert_eq!(
            agree_to_role(&waiting, ADMINISTRATOR, proposal, true),
            Err(AccountRefusal::NotAllowed)
        );
        assert_eq!(
            agree_to_role(&waiting, NEWCOMER, proposal, true),
            Err(AccountRefusal::NotAllowed)
        );
        let fact = agree_to_role(&waiting, LEAD, proposal, true).expect("the lead reads cases");
        facts.push((Actor::Account(LEAD), fact));
        let after = given(facts);
        assert!(after.members[&NEWCOMER].reads_cases());
        assert_eq!(
            agree_to_role(&after, MANAGER, proposal, true),
            Err(AccountRefusal::NoSuchProposal)
        );
    }

    #[test]
    fn nobody_agrees_to_their_own_proposal_or_one_about_themselves() {
        let mut facts = house();
        facts.push((
            Actor::Account(LEAD),
            propose_role(
                &given(facts.clone()),
                LEAD,
                MANAGER,
                Proposed::Password,
                Words::new("forgot"),
            )
            .unwrap(),
        ));
        let waiting = given(facts);
        assert_eq!(
            agree_to_role(&waiting, LEAD, Position(7), true),
            Err(AccountRefusal::SamePerson)
        );
        assert_eq!(
            agree_to_role(&waiting, MANAGER, Position(7), true),
            Err(AccountRefusal::SamePerson)
        );
    }

    #[test]
    fn a_role_that_reads_no_case_is_given_at_once() {
        let landlord = given(house());
        let board = Proposed::Role {
            role: Role::Board,
            team: None,
        };
        let fact = propose_role(&landlord, ADMINISTRATOR, NEWCOMER, board, Words::new("elected")).unwrap();
        assert!(matches!(fact, LandlordFact::RoleGiven(_)));
    }

    #[test]
    fn a_refused_proposal_gives_nothing() {
        let mut facts = house();
        facts.push((
            Actor::Account(ADMINISTRATOR),
            propose_role(
                &given(facts.clone()),
                ADMINISTRATOR,
                NEWCOMER,
                caseworker(),
                Words::new("so I can help"),
            )
            .unwrap(),
        ));
        facts.push((
            Actor::Account(LEAD),
            agree_to_role(&given(facts.clone()), LEAD, Position(7), false).unwrap(),
        ));
        assert!(!given(facts).members[&NEWCOMER].reads_cases());
    }

    #[test]
    fn keeping_accounts_and_reading_cases_stay_apart() {
        let facts = house();
        let landlord = given(facts.clone());
        let apart = Err(AccountRefusal::AdministratorReads);
        let to_read = propose_role(&landlord, LEAD, ADMINISTRATOR, caseworker(), Words::new("help"));
        assert_eq!(to_read, apart);
        let administrator = || Proposed::Role {
            role: Role::Administrator,
            team: None,
        };
        let to_keep = propose_role(
            &landlord,
            ADMINISTRATOR,
            MANAGER,
            administrator(),
            Words::new("help"),
        );
        assert_eq!(to_keep, apart);
        // Nor by way of a proposal that waited while the other role was given.
        let mut facts = facts;
        let by = Actor::Account(LEAD);
        let waits = propose_role(&landlord, LEAD, NEWCOMER, caseworker(), Words::new("new")).unwrap();
        facts.push((by, waits));
        facts.push((by, role(NEWCOMER, Role::Administrator, None)));
        assert_eq!(agree_to_role(&given(facts), MANAGER, Position(7), true), apart);
    }

    #[test]
    fn a_closed_account_holds_nothing() {
        let mut facts = house();
        let closed = AccountClosed {
            account: LEAD,
            reason: Words::new("left"),
        };
        facts.push((
            Actor::Account(ADMINISTRATOR),
            close_account(&given(facts.clone()), ADMINISTRATOR, closed).unwrap(),
        ));
        let landlord = given(facts);
        assert!(!landlord.members[&LEAD].reads_cases());
        assert_eq!(
            propose_role(&landlord, LEAD, NEWCOMER, caseworker(), Words::new("x")),
            Err(AccountRefusal::NotAllowed)
        );
    }
}
