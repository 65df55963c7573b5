//! What the installation itself does, on the machine and before anybody has signed in: the two folders, a landlord with
//! its pack, and the accounts it starts from.

use crate::people::NewAccount;
use crate::people::password::{Hash, Password};
use crate::problem::Problem;
use crate::{Casework, Clock};
use fanlight_core::access::Role;
use fanlight_core::fact::Actor;
use fanlight_core::ids::{AccountId, LandlordId};
use fanlight_core::landlord::{LandlordFact, LandlordRecorded, PackAdopted, TelephoneSet};
use fanlight_core::pack;
use fanlight_core::times::Times;
use fanlight_core::words::Words;
use fanlight_store::keys::{KeyError, KeyFolder, KeyWarning};
use fanlight_store::{Append, Expect, JournalId, NewEntry, Settings, Store, StoreError, Under, Write};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Why an installation could not be made or opened. It names folders, and nothing that is kept in them.
#[derive(Debug, thiserror::Error)]
pub enum InstallProblem {
    /// The folder of one is the folder of the other, or lies in it.
    #[error(
        "the key folder and the data folder have to lie apart, or a copy of the data takes the keys with it"
    )]
    FoldersTogether,
    /// Something is in the folder already.
    #[error("{} is not empty: an installation begins in a folder that is absent or empty", .0.display())]
    NotEmpty(PathBuf),
    /// There is no installation to open.
    #[error("there is no installation in {}", .0.display())]
    NotThere(PathBuf),
    /// The root key need not be put back: it is there.
    #[error("there is a root key in {} already", .0.display())]
    RootKeyThere(PathBuf),
    /// The data folder cannot be used.
    #[error("the data folder {} cannot be used: {why}", .folder.display())]
    Data {
        /// The folder.
        folder: PathBuf,
        /// Why.
        why: &'static str,
    },
    /// The key folder cannot be used.
    #[error("the key folder {} cannot be used", .folder.display())]
    Keys {
        /// The folder.
        folder: PathBuf,
        /// Why.
        #[source]
        why: KeyError,
    },
    /// The disk or the database failed.
    #[error("the data folder {} cannot be used", .folder.display())]
    Store {
        /// The folder.
        folder: PathBuf,
        /// Why.
        #[source]
        why: StoreError,
    },
}

/// The root key as text, to be printed once and kept in a safe. It is wiped when dropped.
pub struct RecoveryCopy(Zeroizing<String>);

impl RecoveryCopy {
    /// The text itself.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// An installation that has just been made.
pub struct MadeInstallation {
    /// All that can be done in it.
    pub casework: Casework,
    /// The root key on paper.
    pub recovery: RecoveryCopy,
    /// The public half of the key that signs checkpoints, in hexadecimal: to be kept outside from the first day.
    pub checkpoint_key: String,
}

/// An installation that has been opened.
pub struct OpenedInstallation {
    /// All that can be done in it.
    pub casework: Casework,
    /// Files of the key folder that somebody other than the owner can read.
    pub readable_by_others: Vec<String>,
}

/// An account that a landlord starts from, with a hash that has been made.
pub struct FirstAccount {
    /// The account.
    pub account: AccountId,
    /// The name that colleagues see.
    pub name: Words,
    /// The post.
    pub post: Words,
    /// What the person signs in with.
    pub sign_in: Words,
    /// The hash of the password.
    pub hash: Hash,
    /// The account above in the line.
    pub reports_to: Option<AccountId>,
    /// Roles given by the installation itself.
    pub roles: Vec<(Role, Option<String>)>,
}

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
    /// Makes an installation in two folders, each absent or empty.
    pub fn make_installation(
        data: &Path,
        keys: &Path,
        clock: Clock,
    ) -> Result<MadeInstallation, InstallProblem> {
        refuse_together(data, keys)?;
        for folder in [data, keys] {
            let taken = std::fs::read_dir(folder).is_ok_and(|mut inside| inside.next().is_some());
            if taken {
                return Err(InstallProblem::NotEmpty(folder.to_owned()));
            }
        }
        let folder = KeyFolder::create(keys).map_err(|why| keys_problem(keys, why))?;
        let recovery = RecoveryCopy(folder.recovery_copy());
        let checkpoint_key = folder
            .checkpoint_public_key()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let store =
            Store::create(data, folder, Settings::default()).map_err(|why| store_problem(data, keys, why))?;
        Ok(MadeInstallation {
            casework: Casework::new(store, clock),
            recovery,
            checkpoint_key,
        })
    }

    /// Opens an installation. One process at a time may hold it.
    pub fn open_installation(
        data: &Path,
        keys: &Path,
        clock: Clock,
    ) -> Result<OpenedInstallation, InstallProblem> {
        refuse_together(data, keys)?;
        for folder in [data, keys] {
            if !folder.is_dir() {
                return Err(InstallProblem::NotThere(folder.to_owned()));
            }
        }
        let (folder, warnings) = KeyFolder::open(keys).map_err(|why| keys_problem(keys, why))?;
        let store =
            Store::open(data, folder, Settings::default()).map_err(|why| store_problem(data, keys, why))?;
        let readable_by_others = warnings
            .into_iter()
            .map(|warning| match warning {
                KeyWarning::ReadableByOthers(file) => file,
            })
            .collect();
        Ok(OpenedInstallation {
            casework: Casework::new(store, clock),
            readable_by_others,
        })
    }

    /// Puts the root key back from its recovery copy, into a key folder that has lost it and nothing else.
    pub fn restore_root_key(keys: &Path, paper: &str) -> Result<(), InstallProblem> {
        match KeyFolder::restore_from_recovery(keys, paper) {
            Ok(_) => Ok(()),
            Err(KeyError::NotEmpty) => Err(InstallProblem::RootKeyThere(keys.to_owned())),
            Err(why) => Err(keys_problem(keys, why)),
        }
    }

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

    /// Sets the number that the public page gives, or takes it off. Done on the machine itself: a wrong number there
    /// leads somebody in danger to nobody, or to the wrong person.
    pub async fn set_public_telephone(
        &self,
        landlord: &LandlordId,
        telephone: Option<Words>,
    ) -> Result<(), Problem> {
        let room = self.room(landlord).await?.ok_or(Problem::Unseen)?;
        let can_be_rung = |number: &Words| {
            let text = number.reveal().trim();
            text.len() <= 60
                && text.chars().filter(char::is_ascii_digit).count() >= 3
                && text.chars().all(|one| !one.is_control() && one != '<')
        };
        if telephone.as_ref().is_some_and(|number| !can_be_rung(number)) {
            return Err(Problem::Unfit(
                "A telephone number has at least three figures and at most 60 characters.",
            ));
        }
        self.act_for_landlord(&room, Actor::System, None, Vec::new(), |_| {
            Ok(vec![LandlordFact::TelephoneSet(TelephoneSet {
                telephone: telephone.clone(),
            })])
        })
        .await
        .map(|_| ())
    }

    /// Opens the accounts that a landlord starts from. Only the installation does this, on the machine itself: from
    /// then on, whoever is to read cases needs two people.
    pub async fn add_first_accounts(
        &self,
        landlord: &LandlordId,
        accounts: Vec<(AccountId, NewAccount)>,
    ) -> Result<(), Problem> {
        let mut hashed = Vec::with_capacity(accounts.len());
        for (account, new) in accounts {
            hashed.push(FirstAccount {
                account,
                hash: self.hash_first_password(new.password).await?,
                name: new.name,
                post: new.post,
                sign_in: new.sign_in,
                reports_to: new.reports_to,
                roles: new.roles,
            });
        }
        self.add_hashed_accounts(landlord, hashed).await
    }

    /// Opens accounts whose passwords have been hashed: a demonstration hashes one password for everybody in it.
    pub async fn add_hashed_accounts(
        &self,
        landlord: &LandlordId,
        accounts: Vec<FirstAccount>,
    ) -> Result<(), Problem> {
        let room = self.room(landlord).await?.ok_or(Problem::Unseen)?;
        self.install_accounts(&room, accounts).await
    }

    /// Hashes a password for [`FirstAccount`], if it may be set at all.
    pub async fn hash_first_password(&self, password: Password) -> Result<Hash, Problem> {
        password.can_be_set().map_err(Problem::Unfit)?;
        Ok(self.passwords.hash(password, self.random()).await)
    }

    /// A fresh account identifier.
    pub fn new_account(&self) -> AccountId {
        AccountId(self.random())
    }
}

fn refuse_together(data: &Path, keys: &Path) -> Result<(), InstallProblem> {
    let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let (data, keys) = (whole(data), whole(keys));
    if data.starts_with(&keys) || keys.starts_with(&data) {
        return Err(InstallProblem::FoldersTogether);
    }
    Ok(())
}

fn keys_problem(folder: &Path, why: KeyError) -> InstallProblem {
    InstallProblem::Keys {
        folder: folder.to_owned(),
        why,
    }
}

fn store_problem(data: &Path, keys: &Path, why: StoreError) -> InstallProblem {
    match why {
        StoreError::Folder(why) => InstallProblem::Data {
            folder: data.to_owned(),
            why,
        },
        StoreError::NotFound => InstallProblem::NotThere(data.to_owned()),
        StoreError::Keys(why) => keys_problem(keys, why),
        why @ (StoreError::AlreadyThere
        | StoreError::MovedOn { .. }
        | StoreError::RowMovedOn { .. }
        | StoreError::CommandClash
        | StoreError::Erased { .. }
        | StoreError::SealBroken { .. }
        | StoreError::DiskFull
        | StoreError::Disk { .. }
        | StoreError::Stopped) => InstallProblem::Store {
            folder: data.to_owned(),
            why,
        },
    }
}
