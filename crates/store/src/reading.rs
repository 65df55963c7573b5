//! The reading journal: who looked at what, and who was refused. It is durable before the page is sent.

use crate::backend::Purpose;
use crate::commit::Committed;
use crate::error::StoreError;
use crate::ids::{JournalId, Landlord};
use crate::journal::Recorded;
use crate::store::Store;
use crate::write::Write;

/// One record for a page, a list, a search or an export.
#[derive(Clone)]
pub struct Reading {
    /// The bytes to seal.
    pub bytes: Vec<u8>,
    /// Every case that it showed, so that "who has looked" can be answered for each.
    pub cases: Vec<JournalId>,
}

/// A reading as it was recorded.
pub type ReadingEntry = Recorded;

impl Store {
    /// Records a reading. Space is set aside for this: it goes on when the disk is full, until that space is used up.
    pub async fn log_read(
        &self,
        landlord: &Landlord,
        reading: Reading,
        recorded: i64,
    ) -> Result<(), StoreError> {
        let mut write = Write::new(landlord, recorded);
        write.readings.push(reading);
        match self.commit_for(write, Purpose::Reading).await? {
            Committed::Done(_) | Committed::Repeated(_) => Ok(()),
        }
    }

    /// The readings that showed a case, or all of them, newest first, below the position of another.
    pub async fn readings(
        &self,
        landlord: &Landlord,
        of: Option<JournalId>,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Vec<ReadingEntry>, StoreError> {
        self.ready(landlord).await?;
        let positions = match of {
            Some(case) => self.backend.readings_of(landlord, case, before, limit).await?,
            None => {
                let end = match before {
                    Some(before) => before,
                    None => self.length(landlord, JournalId::READING).await?,
                };
                (end.saturating_sub(limit as u64)..end).rev().collect()
            }
        };
        let wanted = positions.len();
        let runs = self
            .backend
            .entries_at(landlord, JournalId::READING, positions.clone())
            .await?;
        let found = self.open_runs(landlord, &runs)?;
        if found.len() != wanted {
            let missing = positions
                .iter()
                .find(|at| found.iter().all(|entry| entry.position != **at));
            let at = crate::error::Place::Entry {
                journal: JournalId::READING,
                position: missing.copied().unwrap_or_default(),
            };
            return Err(StoreError::SealBroken { at });
        }
        Ok(found)
    }
}
