//! Keeping accounts: opening, closing, roles and new passwords. What reads cases takes two people.

use super::account::{Door, NewAccount};
use super::password::{Hash, Password};
use crate::Casework;
use crate::form::{Form, When};
use crate::install::FirstAccount;
use crate::problem::Problem;
use crate::room::Room;
use crate::who::Who;
use fanlight_core::access::{Action, Role};
use fanlight_core::fact::Actor;
use fanlight_core::ids::{AccountId, CommandId, Position};
use fanlight_core::landlord::{
    AccountClosed, AccountOpened, Landlord, LandlordFact, LandlordRecorded, ProposalAnswered, Proposed,
    RegisterChecked, RoleGiven, RoleTaken, agree_to_role, check_register, close_account, open_account,
    propose_role, take_role,
};
use fanlight_core::words::Words;
use fanlight_store::{
    Append, Committed, Expect, JournalId, NewEntry, PutRow, RowChange, RowExpect, Stamp, Under, Write,
};
use jiff::{SignedDuration, Timestamp};

/// Where the hash of a proposed password waits, by the position of its proposal.
const WAITING: &str = "new-password";
/// How long it waits.
const WAITS: SignedDuration = SignedDuration::from_hours(24 * 14);

/// A colleague in the list of accounts.
#[derive(Clone, Debug)]
pub struct StaffRow {
    /// The account.
    pub account: AccountId,
    /// The name.
    pub name: Words,
    /// The post.
    pub post: Words,
    /// Roles with their teams.
    pub roles: Vec<(Role, Option<String>)>,
    /// Whether it is open.
    pub open: bool,
    /// The account above.
    pub reports_to: Option<AccountId>,
}

/// A proposal that waits for a second person.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// Its place.
    pub position: Position,
    /// About whom.
    pub about: AccountId,
    /// What.
    pub what: Proposed,
    /// Why.
    pub reason: Words,
    /// By whom.
    pub by: Option<AccountId>,
    /// When.
    pub at: Timestamp,
    /// Whether the person looking may answer it.
    pub can_answer: bool,
}

impl Casework {
    /// Colleagues, in order of name. Anybody who names a worker, a connection or a second person chooses from it.
    pub fn staff(&self, who: &Who) -> Vec<StaffRow> {
        let mut rows: Vec<StaffRow> = who
            .room
            .landlord
            .members
            .values()
            .map(|member| StaffRow {
                account: member.account,
                name: member.name.clone(),
                post: member.post.clone(),
                roles: member.roles.clone(),
                open: member.open,
                reports_to: member.reports_to,
            })
            .collect();
        rows.sort_by(|one, other| one.name.cmp(&other.name));
        rows
    }

    /// Proposals that wait for a second person, oldest first, for those who may propose or answer.
    pub fn proposals(&self, who: &Who) -> Result<Vec<Proposal>, Problem> {
        if !(who.may(Action::ProposeRole) || who.may(Action::AgreeReadingRole)) {
            return Err(Problem::NotAllowed);
        }
        let rows = who
            .room
            .landlord
            .waiting
            .iter()
            .map(|(position, waiting)| Proposal {
                position: *position,
                about: waiting.proposed.account,
                what: waiting.proposed.what.clone(),
                reason: waiting.proposed.reason.clone(),
                by: waiting.by.account(),
                at: waiting.times.recorded,
                can_answer: agree_to_role(&who.room.landlord, who.account, *position, true).is_ok(),
            });
        Ok(rows.collect())
    }

    /// Opens an account. It holds no role until one is given.
    pub async fn open_account(&self, who: &Who, form: Form, new: NewAccount) -> Result<AccountId, Problem> {
        new.password.can_be_set().map_err(Problem::Unfit)?;
        self.sign_in_is_free(new.sign_in.reveal()).await?;
        let account = AccountId(form.command.0);
        let hash = self.passwords.hash(new.password, self.random()).await;
        let opened = AccountOpened {
            account,
            name: new.name,
            post: new.post,
            reports_to: new.reports_to,
        };
        let door = Door { account, hash };
        let row = self.door_row(&who.room, new.sign_in.reveal(), &door, RowExpect::Absent)?;
        self.act_for_landlord(
            &who.room,
            who.actor(),
            Some(form),
            vec![RowChange::Put(row)],
            |landlord| Ok(vec![open_account(landlord, who.actor(), opened.clone())?]),
        )
        .await?;
        Ok(account)
    }

    /// Closes an account and ends its sessions.
    pub async fn close_account(&self, who: &Who, form: Form, closed: AccountClosed) -> Result<(), Problem> {
        let account = closed.account;
        self.act_for_landlord(&who.room, who.actor(), Some(form), Vec::new(), |landlord| {
            Ok(vec![close_account(landlord, who.account, closed.clone())?])
        })
        .await?;
        self.end_sessions_of(&who.room, account).await
    }

    /// Proposes a role. One that reads no case is given at once.
    pub async fn propose_role(
        &self,
        who: &Who,
        form: Form,
        account: AccountId,
        role: (Role, Option<String>),
        reason: Words,
    ) -> Result<(), Problem> {
        let what = Proposed::Role {
            role: role.0,
            team: role.1,
        };
        self.act_for_landlord(&who.room, who.actor(), Some(form), Vec::new(), |landlord| {
            Ok(vec![propose_role(
                landlord,
                who.account,
                account,
                what.clone(),
                reason.clone(),
            )?])
        })
        .await
        .map(|_| ())
    }

    /// Takes a role away.
    pub async fn take_role(&self, who: &Who, form: Form, taken: RoleTaken) -> Result<(), Problem> {
        self.act_for_landlord(&who.room, who.actor(), Some(form), Vec::new(), |landlord| {
            Ok(vec![take_role(landlord, who.account, taken.clone())?])
        })
        .await
        .map(|_| ())
    }

    /// Proposes a new password for somebody who lost theirs. For an account that reads no case it holds at once; for
    /// one that does, the second person's answer lets it in.
    pub async fn propose_password(
        &self,
        who: &Who,
        form: Form,
        account: AccountId,
        password: Password,
        reason: Words,
    ) -> Result<(), Problem> {
        password.can_be_set().map_err(Problem::Unfit)?;
        let room = &who.room;
        let (id, door) = self
            .door_of_account(room, account)
            .await?
            .ok_or(Problem::Unseen)?;
        let reads = room.member(account).is_some_and(|member| member.reads_cases());
        let hash = self.passwords.hash(password, self.random()).await;
        let proposal = self
            .act_for_landlord(room, who.actor(), Some(form), Vec::new(), |landlord| {
                let fact = propose_role(landlord, who.account, account, Proposed::Password, reason.clone())?;
                if reads {
                    return Ok(vec![fact]);
                }
                let proposal = Position(landlord.length);
                Ok(vec![
                    fact,
                    LandlordFact::ProposalAnswered(ProposalAnswered {
                        proposal,
                        agreed: true,
                    }),
                ])
            })
            .await?;
        if !reads {
            self.set_hash(
                room,
                id,
                Door {
                    account: door.account,
                    hash,
                },
            )
            .await?;
            return self.end_sessions_of(room, account).await;
        }
        let bytes = serde_json::to_vec(&hash).map_err(|_| Problem::Unreadable("a password"))?;
        let mut row = PutRow::new(WAITING, &waiting_id(room, proposal), bytes);
        row.owner = Some(account.0);
        row.expires_at = Some((self.now() + WAITS).as_millisecond());
        self.store.put_row(&room.label, row).await?;
        Ok(())
    }

    /// The second person answers a proposal.
    pub async fn answer_proposal(
        &self,
        who: &Who,
        form: Form,
        proposal: Position,
        agreed: bool,
    ) -> Result<(), Problem> {
        let room = &who.room;
        let waiting = room.landlord.waiting.get(&proposal).cloned();
        self.act_for_landlord(room, who.actor(), Some(form), Vec::new(), |landlord| {
            Ok(vec![agree_to_role(landlord, who.account, proposal, agreed)?])
        })
        .await?;
        let Some(waiting) = waiting.filter(|waiting| waiting.proposed.what == Proposed::Password) else {
            return Ok(());
        };
        let id = waiting_id(room, proposal);
        if agreed
            && let Some(row) = self.store.row(&room.label, WAITING, &id).await?
            && let Some((door_id, door)) = self.door_of_account(room, waiting.proposed.account).await?
        {
            let hash: Hash =
                serde_json::from_slice(&row.bytes).map_err(|_| Problem::Unreadable("a password"))?;
            self.set_hash(
                room,
                door_id,
                Door {
                    account: door.account,
                    hash,
                },
            )
            .await?;
            self.end_sessions_of(room, waiting.proposed.account).await?;
        }
        self.store.delete_row(&room.label, WAITING, &id).await?;
        Ok(())
    }

    /// Records that a register entry was checked.
    pub async fn check_register(&self, who: &Who, form: Form, check: RegisterChecked) -> Result<(), Problem> {
        self.act_for_landlord(&who.room, who.actor(), Some(form), Vec::new(), |landlord| {
            Ok(vec![check_register(landlord, who.account, check.clone())?])
        })
        .await
        .map(|_| ())
    }

    /// A sign-in name may stand once in the whole installation, since the door does not ask for the landlord.
    pub async fn sign_in_is_free(&self, sign_in: &str) -> Result<(), Problem> {
        if sign_in.trim().is_empty() {
            return Err(Problem::Unfit("Give a name to sign in with."));
        }
        for room in self.rooms().await? {
            if self.door(&room, sign_in).await?.is_some() {
                return Err(Problem::Unfit(
                    "Somebody signs in with this name already. Choose another.",
                ));
            }
        }
        Ok(())
    }

    /// Adds to a landlord's own journal. Gives the position of the first entry added.
    pub(crate) async fn act_for_landlord(
        &self,
        room: &Room,
        by: Actor,
        form: Option<Form>,
        rows: Vec<RowChange>,
        decide: impl Fn(&Landlord) -> Result<Vec<LandlordFact>, Problem>,
    ) -> Result<Position, Problem> {
        for _ in 0..6 {
            let now = self.now();
            let fresh = self.room(&room.id).await?.ok_or(Problem::Unseen)?;
            let facts = decide(&fresh.landlord)?;
            let next = fresh.landlord.length;
            let entries = facts
                .into_iter()
                .map(|fact| {
                    let recorded = LandlordRecorded {
                        by,
                        times: When::default().times(now),
                        fact,
                    };
                    serde_json::to_vec(&recorded)
                        .map(|bytes| NewEntry {
                            bytes,
                            under: Under::LandlordKey,
                        })
                        .map_err(|_| Problem::Unreadable("a new entry"))
                })
                .collect::<Result<Vec<_>, _>>()?;
            let mut write = Write::new(&room.label, now.as_millisecond());
            write.appends.push(Append {
                journal: JournalId::LANDLORD,
                expected: Expect::At(next),
                entries,
            });
            write.rows.clone_from(&rows);
            write.stamp = form.map(|form| Stamp {
                command: fanlight_store::CommandId(form.command.0),
                account: crate::act::account_of(by),
                body: form.body,
                answer: next.to_be_bytes().to_vec(),
            });
            match self.store.commit(write).await {
                Ok(Committed::Done(_)) => return Ok(Position(next)),
                Ok(Committed::Repeated(answer)) => {
                    let first = answer.try_into().map(u64::from_be_bytes);
                    return first
                        .map(Position)
                        .map_err(|_| Problem::Unreadable("a kept answer"));
                }
                Err(fanlight_store::StoreError::MovedOn { .. }) => continue,
                Err(other) => return Err(other.into()),
            }
        }
        Err(Problem::MovedOn)
    }

    /// Opens accounts by the installation itself, with the roles they start from.
    pub(crate) async fn install_accounts(
        &self,
        room: &Room,
        accounts: Vec<FirstAccount>,
    ) -> Result<(), Problem> {
        let mut rows = Vec::new();
        let mut facts = Vec::new();
        for new in accounts {
            let account = new.account;
            self.sign_in_is_free(new.sign_in.reveal()).await?;
            let door = Door {
                account,
                hash: new.hash,
            };
            rows.push(RowChange::Put(self.door_row(
                room,
                new.sign_in.reveal(),
                &door,
                RowExpect::Absent,
            )?));
            facts.push(LandlordFact::AccountOpened(AccountOpened {
                account,
                name: new.name,
                post: new.post,
                reports_to: new.reports_to,
            }));
            facts.extend(
                new.roles
                    .into_iter()
                    .map(|(role, team)| LandlordFact::RoleGiven(RoleGiven { account, role, team })),
            );
        }
        self.act_for_landlord(room, Actor::System, None, rows, |_| Ok(facts.clone()))
            .await
            .map(|_| ())
    }

    /// A fresh identifier for a form or an account.
    pub fn new_command(&self) -> CommandId {
        CommandId(self.random())
    }
}

fn waiting_id(room: &Room, proposal: Position) -> Vec<u8> {
    room.tokens.lookup(WAITING, &proposal.0.to_be_bytes())
}
