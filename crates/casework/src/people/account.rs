//! Accounts as the door knows them: a way to sign in and a hash, in sealed rows. What an account may do stands in
//! the landlord's journal, never here.

use super::password::{Hash, Password};
use crate::Casework;
use crate::problem::Problem;
use crate::room::Room;
use crate::who::Who;
use fanlight_core::access::Role;
use fanlight_core::ids::AccountId;
use fanlight_core::words::Words;
use fanlight_store::{PutRow, RowExpect};
use serde::{Deserialize, Serialize};

/// The table of ways to sign in, by sign-in name.
pub(crate) const ACCOUNTS: &str = "account";

/// An account to be opened.
pub struct NewAccount {
    /// The name that colleagues see.
    pub name: Words,
    /// The post.
    pub post: Words,
    /// What the person signs in with.
    pub sign_in: Words,
    /// The first password.
    pub password: Password,
    /// The account above in the line.
    pub reports_to: Option<AccountId>,
    /// Roles given by the installation itself. An administrator gives none here.
    pub roles: Vec<(Role, Option<String>)>,
}

/// A change of one's own password.
pub struct OwnPassword {
    /// The old one.
    pub old: Password,
    /// The new one.
    pub new: Password,
}

/// A way to sign in, as it is kept.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Door {
    pub(crate) account: AccountId,
    pub(crate) hash: Hash,
    /// The hash of the code that the second person gave to the colleague. While it stands here the password opens only
    /// together with it, and a new one has to be chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) code: Option<Hash>,
}

/// A way to sign in with its row, as it was read.
pub(crate) struct KeptDoor {
    pub(crate) id: Vec<u8>,
    pub(crate) version: u64,
    pub(crate) door: Door,
}

impl KeptDoor {
    /// The row of another door in its place, provided that nobody has changed it since it was read.
    pub(crate) fn replaced_by(&self, door: &Door) -> Result<PutRow, Problem> {
        let bytes = serde_json::to_vec(door).map_err(|_| Problem::Unreadable("an account"))?;
        let mut row = PutRow::new(ACCOUNTS, &self.id, bytes);
        row.owner = Some(door.account.0);
        row.expected = RowExpect::Version(self.version);
        Ok(row)
    }
}

/// A sign-in name as it is compared: trimmed, in small letters.
pub(crate) fn normal(sign_in: &str) -> String {
    sign_in.trim().to_lowercase()
}

impl Casework {
    /// The way to sign in by this name, if there is one.
    pub(crate) async fn door(&self, room: &Room, sign_in: &str) -> Result<Option<KeptDoor>, Problem> {
        let id = room.tokens.lookup(ACCOUNTS, normal(sign_in).as_bytes());
        match self.store.row(&room.label, ACCOUNTS, &id).await? {
            Some(row) => {
                let door: Door =
                    serde_json::from_slice(&row.bytes).map_err(|_| Problem::Unreadable("an account"))?;
                // The owner is bound into the seal: a row put under another name does not open as somebody else's.
                Ok((row.owner == Some(door.account.0)).then_some(KeptDoor {
                    id: row.id,
                    version: row.version,
                    door,
                }))
            }
            None => Ok(None),
        }
    }

    /// The row of a new way to sign in.
    pub(crate) fn door_row(
        &self,
        room: &Room,
        sign_in: &str,
        door: &Door,
        expected: RowExpect,
    ) -> Result<PutRow, Problem> {
        let id = room.tokens.lookup(ACCOUNTS, normal(sign_in).as_bytes());
        let bytes = serde_json::to_vec(door).map_err(|_| Problem::Unreadable("an account"))?;
        let mut row = PutRow::new(ACCOUNTS, &id, bytes);
        row.owner = Some(door.account.0);
        row.expected = expected;
        Ok(row)
    }

    /// Finds the sign-in row of an account, to change its password.
    pub(crate) async fn door_of_account(
        &self,
        room: &Room,
        account: AccountId,
    ) -> Result<Option<KeptDoor>, Problem> {
        let filter = fanlight_store::RowFilter::Owner(account.0);
        let rows = self.store.rows(&room.label, ACCOUNTS, filter, None, 1).await?;
        rows.into_iter()
            .next()
            .map(|row| {
                serde_json::from_slice(&row.bytes)
                    .map(|door| KeptDoor {
                        id: row.id,
                        version: row.version,
                        door,
                    })
                    .map_err(|_| Problem::Unreadable("an account"))
            })
            .transpose()
    }

    /// Changes one's own password, and ends every other session of the account.
    pub async fn change_own_password(&self, who: &Who, change: OwnPassword) -> Result<(), Problem> {
        change.new.can_be_set().map_err(Problem::Unfit)?;
        let kept = self
            .door_of_account(&who.room, who.account)
            .await?
            .ok_or(Problem::Unseen)?;
        if !self
            .passwords
            .fits(change.old, Some(kept.door.hash.clone()))
            .await
        {
            return Err(Problem::Unfit(
                "The present password is not right. Type it again.",
            ));
        }
        let hash = self.passwords.hash(change.new, self.random()).await;
        // Whatever changed the way in meanwhile stands: a code that has come between is not taken away by this.
        let row = kept.replaced_by(&Door {
            hash,
            ..kept.door.clone()
        })?;
        self.store.put_row(&who.room.label, row).await?;
        self.end_sessions_of(&who.room, who.account).await
    }
}
