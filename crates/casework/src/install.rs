//! What the installation itself does: a landlord with its pack and the accounts it starts from.

use crate::Casework;
use crate::people::NewAccount;
use crate::problem::Problem;
use fanlight_core::fact::Actor;
use fanlight_core::ids::{AccountId, LandlordId};
use fanlight_core::landlord::{LandlordFact, LandlordRecorded, PackAdopted};
use fanlight_core::pack;
use fanlight_core::times::Times;
use fanlight_store::{Append, Expect, JournalId, NewEntry, Under, Write};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A landlord to be made.
pub struct NewLandlord {
    /// Its short name, the same as in its pack.
    pub id: LandlordId,
    /// Its pack's files by name.
    pub files: BTreeMap<String, String>,
    /// From which date the pack is in force here.
    pub from: Date,
}

impl Casework {
    /// Makes a landlord with its first pack.
    pub async fn add_landlord(&self, new: NewLandlord) -> Result<(), Problem> {
        let label = fanlight_store::Landlord::new(&new.id.0).ok_or(Problem::Unfit(
            "A landlord's short name has small letters, digits and hyphens, 40 at most.",
        ))?;
        let files: Vec<(&str, &str)> = new
            .files
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        let pack = pack::read(&files).map_err(|_| {
            Problem::Unfit("The pack has problems: fanlight policy check DIR lists them all.")
        })?;
        if pack.landlord.id != new.id.0 {
            return Err(Problem::Unfit(
                "The pack is another landlord's: its id is not this short name.",
            ));
        }
        self.store.create_landlord(&label).await?;
        let now = self.now();
        let fact = LandlordFact::PackAdopted(PackAdopted {
            from: new.from,
            files: new.files,
        });
        let recorded = LandlordRecorded {
            by: Actor::System,
            times: Times::at(now),
            fact,
        };
        let bytes = serde_json::to_vec(&recorded).map_err(|_| Problem::Unreadable("a new entry"))?;
        let mut write = Write::new(&label, now.as_millisecond());
        write.appends.push(Append {
            journal: JournalId::LANDLORD,
            expected: Expect::At(0),
            entries: vec![NewEntry {
                bytes,
                under: Under::LandlordKey,
            }],
        });
        self.store.commit(write).await?;
        Ok(())
    }

    /// Opens the accounts that a landlord starts from. Only the installation does this, on the machine itself: from
    /// then on, whoever is to read cases needs two people.
    pub async fn add_first_accounts(
        &self,
        landlord: &LandlordId,
        accounts: Vec<(AccountId, NewAccount)>,
    ) -> Result<(), Problem> {
        let room = self.room(landlord).await?.ok_or(Problem::Unseen)?;
        self.install_accounts(&room, accounts).await
    }

    /// A fresh account identifier.
    pub fn new_account(&self) -> AccountId {
        AccountId(self.random())
    }
}
