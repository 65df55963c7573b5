//! Reading a journal: its chain is checked from the first entry on, and each entry is opened where it still can be.

use crate::backend::{Head, Run};
use crate::entry::{START, Standing, clock_jumped, under};
use crate::error::StoreError;
use crate::ids::{JournalId, Landlord, Under};
use crate::keys::Key;
use crate::store::Store;

/// How many entries are read at a time.
const PAGE: usize = 256;

/// One entry as it can be read.
#[derive(Clone, PartialEq, Eq)]
pub enum Entry {
    /// What was written.
    Open(Vec<u8>),
    /// Its key has been taken away: this entry was redacted.
    Redacted,
    /// It went with the key of its case.
    Erased,
}

/// An entry with what its header says.
#[derive(Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Its position.
    pub position: u64,
    /// When it was recorded, in milliseconds.
    pub recorded: i64,
    /// Whether the clock had run backwards; the time is then that of the entry before.
    pub clock_jumped: bool,
    /// Which key it was kept under.
    pub under: Under,
    /// What it says.
    pub entry: Entry,
}

/// A journal that has been read from its beginning.
#[derive(Clone, PartialEq, Eq)]
pub struct Journal {
    /// Its identifier.
    pub id: JournalId,
    /// Whether its key has been destroyed.
    pub erased: bool,
    /// Its entries in order.
    pub entries: Vec<Recorded>,
}

impl Journal {
    /// The position that the next entry will have.
    pub fn next(&self) -> u64 {
        self.entries.len() as u64
    }
}

impl Store {
    /// Reads a journal whole. A broken chain or seal is an error that names the first position at which it shows; an
    /// entry whose key is gone is none.
    pub async fn journal(&self, landlord: &Landlord, id: JournalId) -> Result<Journal, StoreError> {
        self.ready(landlord).await?;
        let mut journal = Journal {
            id,
            erased: false,
            entries: Vec::new(),
        };
        let mut walk: Option<Walk> = None;
        loop {
            let from = journal.entries.len();
            let run = self
                .backend
                .run(landlord, id, from as u64, PAGE)
                .await?
                .ok_or(StoreError::NotFound)?;
            let got = run.entries.len();
            let walk = match &mut walk {
                Some(walk) => walk,
                None => walk.insert(self.walk(landlord, &run)?),
            };
            journal.erased = walk.head.journal.key.is_none();
            walk.take(landlord, &run, &mut journal.entries)?;
            if got < PAGE {
                return Ok(journal);
            }
        }
    }

    /// Where a journal ends: the position of its next entry.
    pub async fn length(&self, landlord: &Landlord, id: JournalId) -> Result<u64, StoreError> {
        Ok(self
            .backend
            .head(landlord, id)
            .await?
            .ok_or(StoreError::NotFound)?
            .next)
    }

    /// Opens entries read one by one, each behind what stood before it.
    pub(crate) fn open_runs(&self, landlord: &Landlord, runs: &[Run]) -> Result<Vec<Recorded>, StoreError> {
        let mut out = Vec::with_capacity(runs.len());
        let Some(first) = runs.first() else { return Ok(out) };
        let mut walk = self.walk(landlord, first)?;
        for run in runs {
            let Some(entry) = run.entries.first() else {
                continue;
            };
            walk.head.next = entry.position;
            (walk.head.hash, walk.head.recorded) = run.before;
            walk.take(landlord, run, &mut out)?;
        }
        Ok(out)
    }

    pub(crate) fn walk(&self, landlord: &Landlord, run: &Run) -> Result<Walk, StoreError> {
        let key = |under| self.vault.wrapping(landlord, &run.journal, under);
        Ok(Walk {
            case_key: key(Under::CaseKey)?,
            landlord_key: key(Under::LandlordKey)?,
            head: Head {
                journal: run.journal.clone(),
                next: 0,
                hash: START,
                recorded: 0,
                listed: None,
            },
        })
    }
}

/// A reader's place in a chain, with the keys for what it will meet.
pub(crate) struct Walk {
    case_key: Option<Key>,
    landlord_key: Option<Key>,
    pub(crate) head: Head,
}

impl Walk {
    /// Checks and opens a run of entries.
    pub(crate) fn take(
        &mut self,
        landlord: &Landlord,
        run: &Run,
        out: &mut Vec<Recorded>,
    ) -> Result<(), StoreError> {
        let standing = Standing {
            landlord,
            journal: run.journal.id,
        };
        out.reserve(run.entries.len());
        for row in &run.entries {
            self.head = standing.follows(row, &self.head)?;
            let key = match under(row.flags) {
                Under::CaseKey => &self.case_key,
                Under::LandlordKey => &self.landlord_key,
            };
            let entry = match (key, &row.wrapped) {
                (Some(key), Some(wrapped)) => Entry::Open(standing.open(key, row, wrapped)?),
                (Some(_), None) => Entry::Redacted,
                (None, Some(_) | None) => Entry::Erased,
            };
            out.push(Recorded {
                position: row.position,
                recorded: row.recorded,
                clock_jumped: clock_jumped(row),
                under: under(row.flags),
                entry,
            });
        }
        Ok(())
    }
}
