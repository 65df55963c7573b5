//! The reading journal: who looked at what, and who was refused. It is durable before the page is sent.

use crate::commit::Committed;
use crate::error::{Place, StoreError};
use crate::ids::{JournalId, Landlord};
use crate::journal::{Entry, Recorded};
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
#[derive(Clone, PartialEq, Eq)]
pub struct ReadingEntry {
    /// Its position in the reading journal.
    pub position: u64,
    /// When it was recorded, in milliseconds.
    pub recorded: i64,
    /// Whether the clock had run backwards; the time is then that of the reading before.
    pub clock_jumped: bool,
    /// What was written. The key of the reading journal is never destroyed, so this is open.
    pub entry: Entry,
    /// Every case that it showed.
    pub cases: Vec<JournalId>,
}

impl Reading {
    /// The cases, once each, in order.
    pub(crate) fn shown(&self) -> Vec<JournalId> {
        let mut cases = self.cases.clone();
        cases.sort_unstable();
        cases.dedup();
        cases
    }

    /// The bytes to seal: the cases stand inside the seal too, so that the table that finds them can be checked.
    pub(crate) fn to_seal(&self) -> Vec<u8> {
        let cases = self.shown();
        let mut out = (cases.len() as u32).to_be_bytes().to_vec();
        out.extend(cases.iter().flat_map(|case| case.0));
        out.extend_from_slice(&self.bytes);
        out
    }

    pub(crate) fn from_sealed(recorded: Recorded) -> Option<ReadingEntry> {
        let Entry::Open(bytes) = recorded.entry else {
            return None;
        };
        let (count, rest) = bytes.split_first_chunk::<4>()?;
        let (cases, bytes) = rest.split_at_checked(16 * u32::from_be_bytes(*count) as usize)?;
        let cases = cases
            .chunks_exact(16)
            .filter_map(|id| id.try_into().ok().map(JournalId));
        Some(ReadingEntry {
            position: recorded.position,
            recorded: recorded.recorded,
            clock_jumped: recorded.clock_jumped,
            cases: cases.collect(),
            entry: Entry::Open(bytes.to_vec()),
        })
    }
}

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
        write.reserved = true;
        match self.commit(write).await? {
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
        let runs = self
            .backend
            .entries_at(landlord, JournalId::READING, positions.clone())
            .await?;
        let mut found = self.open_runs(landlord, &runs)?.into_iter();
        let mut readings = Vec::with_capacity(positions.len());
        for position in positions {
            let entry = found.next().filter(|entry| entry.position == position);
            let reading = entry
                .and_then(Reading::from_sealed)
                .filter(|reading| of.is_none_or(|case| reading.cases.contains(&case)));
            let at = Place::Entry {
                journal: JournalId::READING,
                position,
            };
            readings.push(reading.ok_or(StoreError::SealBroken { at })?);
        }
        Ok(readings)
    }
}
