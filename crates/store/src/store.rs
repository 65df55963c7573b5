//! The store: opening it, and the landlords in it.

use crate::backend::{Backend, Change, JournalRow, PlannedWrite, Purpose, SummaryRow};
use crate::error::StoreError;
use crate::ids::{JournalId, JournalKind, Landlord};
use crate::keys::{Key, KeyFolder};
use crate::sqlite::{ReserveState, Sqlite};
use crate::vault::Vault;
use std::path::Path;
use std::sync::Arc;

/// What can be chosen when a store is opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Settings {
    /// How many bytes of disk are set aside for the reading journal and for what cannot wait.
    pub reserve: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            reserve: 8 * 1024 * 1024,
        }
    }
}

/// Journals, rows and lists over one database, sealed with the keys of one folder.
pub struct Store {
    pub(crate) backend: Box<dyn Backend>,
    pub(crate) vault: Arc<Vault>,
    reserve: Box<dyn Fn() -> ReserveState + Send + Sync>,
}

impl Store {
    /// Makes a data folder (absent or empty) and a database in it.
    pub fn create(folder: &Path, keys: KeyFolder, settings: Settings) -> Result<Store, StoreError> {
        Ok(Self::over(Sqlite::create(folder, settings.reserve)?, keys))
    }

    /// Opens a data folder, bringing its database up to this release. One process at a time may hold it.
    pub fn open(folder: &Path, keys: KeyFolder, settings: Settings) -> Result<Store, StoreError> {
        Ok(Self::over(Sqlite::open(folder, settings.reserve)?, keys))
    }

    pub(crate) fn over(sqlite: Sqlite, keys: KeyFolder) -> Store {
        let reserve = sqlite.reserve();
        Store {
            backend: Box::new(sqlite),
            vault: Arc::new(Vault::new(keys)),
            reserve: Box::new(move || reserve.state()),
        }
    }

    /// The key folder.
    pub fn keys(&self) -> &KeyFolder {
        &self.vault.keys
    }

    /// Whether the space set aside is still whole.
    pub fn reserve_state(&self) -> ReserveState {
        (self.reserve)()
    }

    /// The landlords in this store.
    pub async fn landlords(&self) -> Result<Vec<Landlord>, StoreError> {
        self.backend.landlords().await
    }

    /// Adds a landlord with its first generation, its own journal and its reading journal.
    pub async fn create_landlord(&self, landlord: &Landlord) -> Result<(), StoreError> {
        if !self.backend.add_landlord(landlord).await? {
            return Err(StoreError::AlreadyThere);
        }
        if self.vault.keys.generations(landlord).is_empty() {
            self.vault.keys.add_generation(landlord)?;
        }
        let mut changes = Vec::new();
        let own = Key::fresh()?;
        for (id, kind, key) in [
            (JournalId::LANDLORD, JournalKind::Landlord, own.clone()),
            (JournalId::READING, JournalKind::Reading, Key::fresh()?),
        ] {
            let key = Some(self.vault.wrap(landlord, (id, kind), &key)?);
            changes.push(JournalRow { id, kind, key });
        }
        self.backend
            .write(PlannedWrite {
                landlord: landlord.clone(),
                purpose: Purpose::Ordinary,
                command: None,
                journals: Vec::new(),
                rows: Vec::new(),
                whole_case: None,
                seal: Box::new(move |_| Ok(changes.iter().cloned().map(Change::PutJournal).collect())),
            })
            .await?;
        self.vault.keep(landlord, own);
        Ok(())
    }

    /// Makes sure that the landlord's key is at hand.
    pub(crate) async fn ready(&self, landlord: &Landlord) -> Result<(), StoreError> {
        if self.vault.holds(landlord) {
            return Ok(());
        }
        let head = self
            .backend
            .head(landlord, JournalId::LANDLORD)
            .await?
            .ok_or(StoreError::NotFound)?;
        let row = head.journal.key.ok_or(StoreError::NotFound)?;
        let key = self
            .vault
            .unwrap(landlord, (JournalId::LANDLORD, JournalKind::Landlord), &row)?;
        self.vault.keep(landlord, key);
        Ok(())
    }

    pub(crate) fn open_summary(&self, landlord: &Landlord, row: &SummaryRow) -> Result<Vec<u8>, StoreError> {
        self.vault.open_summary(landlord, row)
    }
}
