//! Keeping accounts: opening, closing, roles and new passwords. What reads cases takes two people.

use super::account::{Door, NewAccount};
use super::first_code::FirstCode;
use super::password::{Hash, Password};
use crate::Casework;
use crate::derive::owner_words;
use crate::form::{Form, When};
use crate::install::FirstAccount;
use crate::problem::Problem;
use crate::room::Room;
use crate::who::Who;
use fanlight_core::access::{Action, Role};
use fanlight_core::calendar::london_date;
use fanlight_core::fact::Actor;
use fanlight_core::ids::{AccountId, CaseId, CommandId, Position};
use fanlight_core::landlord::{
    AccountClosed, AccountOpened, AccountRefusal, EvidenceRecorded, Landlord, LandlordFact, LandlordRecorded,
    Member, ProposalAnswered, Proposed, RegisterChecked, RoleGiven, RoleTaken, agree_to_role, check_register,
    close_account, open_account, propose_role, record_evidence, take_role,
};
use fanlight_core::words::Words;
use fanlight_store::{
    Append, Committed, Expect, JournalId, NewEntry, Order, PutRow, RowChange, RowExpect, Stamp, StateFilter,
    Under, Write,
};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

/// Where the hash of a proposed password waits, by the position of its proposal.
const WAITING: &str = "new-password";
/// Which answers gave out a code, by the position of the proposal.
const CODES: &str = "first-code";
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
        // Asked before the hashing, which takes its turn before everybody who signs in; and asked again in the decision.
        may(who, Action::KeepAccounts)?;
        new.password.can_be_set().map_err(Problem::Unfit)?;
        let account = AccountId(form.command.0);
        if self
            .landlord_answer(&who.room, who.actor(), form)
            .await?
            .is_some()
        {
            return Ok(account);
        }
        self.sign_in_is_free(new.sign_in.reveal()).await?;
        let hash = self.passwords.hash(new.password, self.random()).await;
        let opened = AccountOpened {
            account,
            name: new.name,
            post: new.post,
            reports_to: new.reports_to,
        };
        let door = Door {
            account,
            hash,
            code: None,
        };
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
        self.end_sessions_of(&who.room, account).await?;
        self.hand_on(&who.room, account).await
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
        let account = taken.account;
        self.act_for_landlord(&who.room, who.actor(), Some(form), Vec::new(), |landlord| {
            Ok(vec![take_role(landlord, who.account, taken.clone())?])
        })
        .await?;
        self.hand_on(&who.room, account).await
    }

    /// Proposes a new password for somebody who lost theirs. For an account that reads no case it holds at once; for
    /// one that does, it opens only together with the code that the second person gives out.
    pub async fn propose_password(
        &self,
        who: &Who,
        form: Form,
        account: AccountId,
        password: Password,
        reason: Words,
    ) -> Result<(), Problem> {
        may(who, Action::ProposeRole)?;
        password.can_be_set().map_err(Problem::Unfit)?;
        let room = &who.room;
        if self.landlord_answer(room, who.actor(), form).await?.is_some() {
            return Ok(());
        }
        let hash = self.passwords.hash(password, self.random()).await;
        // Asked of the journal as it is written to, not as it was when the page was drawn: a role may have come between.
        let reads = |landlord: &Landlord| landlord.members.get(&account).is_some_and(Member::reads_cases);
        let fresh = self.room(&room.id).await?.ok_or(Problem::Unseen)?;
        if !reads(&fresh.landlord) {
            let kept = self
                .door_of_account(room, account)
                .await?
                .ok_or(Problem::Unseen)?;
            let row = kept.replaced_by(&Door {
                account,
                hash,
                code: None,
            })?;
            self.act_for_landlord(
                room,
                who.actor(),
                Some(form),
                vec![RowChange::Put(row)],
                |landlord| {
                    let fact =
                        propose_role(landlord, who.account, account, Proposed::Password, reason.clone())?;
                    if reads(landlord) {
                        return Err(Problem::MovedOn);
                    }
                    let proposal = Position(landlord.length);
                    Ok(vec![
                        fact,
                        LandlordFact::ProposalAnswered(ProposalAnswered {
                            proposal,
                            agreed: true,
                        }),
                    ])
                },
            )
            .await?;
            return self.end_sessions_of(room, account).await;
        }
        let proposal = self
            .act_for_landlord(room, who.actor(), Some(form), Vec::new(), |landlord| {
                Ok(vec![propose_role(
                    landlord,
                    who.account,
                    account,
                    Proposed::Password,
                    reason.clone(),
                )?])
            })
            .await?;
        let bytes = serde_json::to_vec(&hash).map_err(|_| Problem::Unreadable("a password"))?;
        let mut row = PutRow::new(WAITING, &waiting_id(room, proposal), bytes);
        row.owner = Some(account.0);
        row.expires_at = Some((self.now() + WAITS).as_millisecond());
        self.store.put_row(&room.label, row).await?;
        Ok(())
    }

    /// The second person answers a proposal. Where somebody comes to read cases by it, or whoever reads them is given a
    /// new password, every way in that the account had ends with the answer, and a code is given: the second person
    /// tells it to the colleague, and nobody else learns it. Whoever proposed knows a password at most, and the second
    /// person the code alone, so neither can sign in as the colleague.
    pub async fn answer_proposal(
        &self,
        who: &Who,
        form: Form,
        proposal: Position,
        agreed: bool,
    ) -> Result<Option<FirstCode>, Problem> {
        let code = FirstCode::of(&who.room, form, proposal);
        let code_hash = self
            .passwords
            .hash(Password::new(code.reveal().to_owned()), self.random())
            .await;
        for _ in 0..4 {
            match self.try_to_answer(who, form, proposal, agreed, &code_hash).await {
                // Somebody signed in or changed the password just then: it is looked at again.
                Err(Problem::MovedOn) => continue,
                Ok(renewed) => return Ok(renewed.then_some(code)),
                Err(other) => return Err(other),
            }
        }
        Err(Problem::MovedOn)
    }

    async fn try_to_answer(
        &self,
        who: &Who,
        form: Form,
        proposal: Position,
        agreed: bool,
        code: &Hash,
    ) -> Result<bool, Problem> {
        let room = self.room(&who.room.id).await?.ok_or(Problem::Unseen)?;
        let id = waiting_id(&room, proposal);
        // Pressed twice, it is answered as it was the first time: with a code only if that code was set.
        if self.landlord_answer(&room, who.actor(), form).await?.is_some() {
            let about = self.store.row(&room.label, CODES, &id).await?;
            return Ok(about.is_some_and(|row| row.owner == Some(who.account.0)));
        }
        let waiting = room.landlord.waiting.get(&proposal).cloned();
        let about = waiting.as_ref().map(|waiting| waiting.proposed.account);
        let member = about.and_then(|about| room.landlord.members.get(&about));
        let renewing = |member: &Member| {
            agreed
                && waiting
                    .as_ref()
                    .is_some_and(|waiting| waiting.proposed.what.renews(member))
        };
        let renews = member.is_some_and(renewing);
        let mut rows = Vec::new();
        if renews && let Some(account) = about {
            let kept = self
                .door_of_account(&room, account)
                .await?
                .ok_or(Problem::Unseen)?;
            let proposed = self.store.row(&room.label, WAITING, &id).await?;
            let hash = match proposed {
                Some(row) => {
                    serde_json::from_slice(&row.bytes).map_err(|_| Problem::Unreadable("a password"))?
                }
                None if waiting
                    .as_ref()
                    .is_some_and(|w| w.proposed.what == Proposed::Password) =>
                {
                    return Err(Problem::Unfit(
                        "The proposed password has waited too long. It has to be proposed again.",
                    ));
                }
                None => kept.door.hash.clone(),
            };
            rows.push(RowChange::Put(kept.replaced_by(&Door {
                account,
                hash,
                code: Some(code.clone()),
            })?));
            // That a code was given with this answer, for the second press of the button.
            let mut given = PutRow::new(CODES, &id, Vec::new());
            given.owner = Some(who.account.0);
            given.expires_at = Some((self.now() + WAITS).as_millisecond());
            rows.push(RowChange::Put(given));
        }
        rows.push(RowChange::Delete {
            table: WAITING.to_owned(),
            id,
        });
        self.act_for_landlord(&room, who.actor(), Some(form), rows, |landlord| {
            let now = about.and_then(|about| landlord.members.get(&about));
            let fact = agree_to_role(landlord, who.account, proposal, agreed)?;
            if now.is_some_and(renewing) != renews {
                return Err(Problem::MovedOn);
            }
            Ok(vec![fact])
        })
        .await?;
        if renews && let Some(account) = about {
            self.end_sessions_of(&room, account).await?;
        }
        let of_role = waiting.is_some_and(|waiting| waiting.proposed.what != Proposed::Password);
        if agreed
            && of_role
            && let Some(account) = about
        {
            self.hand_on(&room, account).await?;
        }
        Ok(renews)
    }

    /// Records that a register entry was checked.
    pub async fn check_register(&self, who: &Who, form: Form, check: RegisterChecked) -> Result<(), Problem> {
        self.act_for_landlord(&who.room, who.actor(), Some(form), Vec::new(), |landlord| {
            Ok(vec![check_register(landlord, who.account, check.clone())?])
        })
        .await
        .map(|_| ())
    }

    /// Records what the landlord did about its policy, or puts right what was recorded.
    pub async fn record_evidence(
        &self,
        who: &Who,
        form: Form,
        evidence: EvidenceRecorded,
    ) -> Result<(), Problem> {
        let today = london_date(self.now());
        let pack = &who.room.pack;
        self.act_for_landlord(&who.room, who.actor(), Some(form), Vec::new(), |landlord| {
            Ok(vec![record_evidence(
                landlord,
                pack,
                who.account,
                evidence.clone(),
                today,
            )?])
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
        // The second press of a button that was pressed twice is answered as the first was, though what it asked for
        // could not be done once more.
        if let Some(form) = form
            && let Some(first) = self.landlord_answer(room, by, form).await?
        {
            return Ok(first);
        }
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
                Ok(Committed::Repeated(answer)) => return first_of(answer),
                Err(fanlight_store::StoreError::MovedOn { .. }) => continue,
                Err(other) => return Err(other.into()),
            }
        }
        Err(Problem::MovedOn)
    }

    /// The position that this form's entries were given before, if it has been sent before.
    async fn landlord_answer(&self, room: &Room, by: Actor, form: Form) -> Result<Option<Position>, Problem> {
        let stamp = Stamp {
            command: fanlight_store::CommandId(form.command.0),
            account: crate::act::account_of(by),
            body: form.body,
            answer: Vec::new(),
        };
        let answer = self.store.repeated(&room.label, &stamp).await?;
        answer.map(first_of).transpose()
    }

    /// Makes lists anew after somebody's roles changed: what was theirs to do becomes somebody else's. `room` is as it
    /// was before.
    async fn hand_on(&self, before: &Room, account: AccountId) -> Result<(), Problem> {
        let room = self.room(&before.id).await?.ok_or(Problem::Unseen)?;
        let words_held = |landlord: &Landlord| -> BTreeSet<String> {
            let open = landlord.members.values().filter(|member| member.open);
            open.flat_map(|member| owner_words(member.account, &member.roles).split_off(1))
                .collect()
        };
        // The first to hold a role, or the last: then whoever stood in for it in any case changes too.
        if words_held(&before.landlord) != words_held(&room.landlord) {
            self.rebuild(&room).await?;
            return Ok(());
        }
        let theirs = room.audience(&format!("account:{account}"));
        let viewer = fanlight_store::Viewer {
            me: theirs,
            may: vec![theirs],
        };
        let mut cursor = None;
        loop {
            let page = self
                .store
                .cases(
                    &room.label,
                    &viewer,
                    StateFilter::Any,
                    Order::OldestFirst,
                    cursor,
                    200,
                )
                .await?;
            let Some(last) = page.last() else { return Ok(()) };
            cursor = Some(last.cursor());
            for case in &page {
                self.refresh_case(&room, CaseId(case.case.0)).await?;
            }
        }
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
                code: None,
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

fn may(who: &Who, action: Action) -> Result<(), Problem> {
    who.may(action)
        .then_some(())
        .ok_or(Problem::AccountRefused(AccountRefusal::NotAllowed))
}

fn first_of(answer: Vec<u8>) -> Result<Position, Problem> {
    let first = answer.try_into().map(u64::from_be_bytes);
    first
        .map(Position)
        .map_err(|_| Problem::Unreadable("a kept answer"))
}

fn waiting_id(room: &Room, proposal: Position) -> Vec<u8> {
    room.tokens.lookup(WAITING, &proposal.0.to_be_bytes())
}
