//! Erasing a case and redacting an entry, so that older copies of the database do not bring them back.
//!
//! Both end with a new generation: every living journal key is wrapped again by it, the database's log is emptied, and
//! the older generations are destroyed at once or when the caller says that a newer backup is safe. An older copy of
//! the database then holds wrapped keys that nothing opens.
//!
//! The new generation is made before anything is deleted. Whatever interrupts the rest, the landlord's own keys are
//! then still wrapped by an older one, and [`Store::finish_rotation`] sees it.

use crate::backend::{Change, JournalRow, KeyRow, PlannedWrite, Purpose, Sealing as Seal};
use crate::commit::Sealing;
use crate::entry::{Standing, under};
use crate::error::StoreError;
use crate::ids::{Expect, JournalId, JournalKind, Landlord, Token, Under};
use crate::keys::Key;
use crate::store::Store;
use crate::write::{Append, CaseListing, NewEntry, Summary};
use std::sync::Arc;
use tokio::sync::MutexGuard;

/// How many keys are wrapped again in one transaction.
const PAGE: usize = 500;

/// What becomes of the generations before the new one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OldGeneration {
    /// No backup needs them: they are destroyed at once.
    DestroyNow,
    /// They are kept until [`Store::destroy_old_generations`] is called, when a newer backup is confirmed.
    KeepUntilBackup,
}

/// What an erasure left behind.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Erased {
    /// The generation that wraps everything that lives.
    pub generation: u32,
    /// Older generations that are still held: with these, an older copy can still be opened.
    pub still_held: Vec<u32>,
}

/// An entry to be redacted, and what takes the place of lists that may repeat what it said.
pub struct Redaction {
    /// The case.
    pub case: JournalId,
    /// The position of the entry.
    pub position: u64,
    /// The moment of recording, in milliseconds.
    pub recorded: i64,
    /// Entries that say that and why it was redacted.
    pub entries: Vec<NewEntry>,
    /// The summary without it.
    pub summary: Summary,
    /// The search tokens without it.
    pub search: Vec<Token>,
}

impl Store {
    /// Erases a case. The bones, which name no person, are added under the landlord's key first; then the case's key and
    /// everything sealed with it go, in the same transaction. Index rows stay, so that yearly counts do.
    pub async fn erase_case(
        &self,
        landlord: &Landlord,
        case: JournalId,
        bones: Vec<Vec<u8>>,
        recorded: i64,
        old: OldGeneration,
    ) -> Result<Erased, StoreError> {
        self.ready(landlord).await?;
        let rotating = self.vault.rotating.lock().await;
        self.living(landlord, case).await?;
        let generation = self.vault.keys.add_generation(landlord)?;
        let vault = Arc::clone(&self.vault);
        let whose = landlord.clone();
        let entries = bones
            .into_iter()
            .map(|bytes| NewEntry {
                bytes,
                under: Under::LandlordKey,
            })
            .collect();
        let bones = Append {
            journal: case,
            expected: Expect::Anywhere,
            entries,
        };
        self.upon_whole_case(
            landlord,
            case,
            Box::new(move |found| {
                let mut sealing = Sealing::begin(&vault, &whose, &[case], found);
                sealing.living_case(case)?;
                sealing.append(&bones, recorded)?;
                for (position, under, _) in &found.entry_keys {
                    if *under == Under::CaseKey {
                        sealing.changes.push(Change::DropEntryKey(case, *position));
                    }
                }
                sealing.changes.push(Change::DropCase(case));
                Ok(sealing.changes)
            }),
        )
        .await?;
        self.wrap_again(landlord, generation).await?;
        self.close(landlord, generation, old, rotating).await
    }

    /// Takes one entry's words away for good: the case gets a new key, and the key of every other entry is wrapped by
    /// it. The entry stays in the chain and reads as redacted.
    pub async fn redact_entry(
        &self,
        landlord: &Landlord,
        redaction: Redaction,
        old: OldGeneration,
    ) -> Result<Erased, StoreError> {
        self.ready(landlord).await?;
        let case = redaction.case;
        let rotating = self.vault.rotating.lock().await;
        self.living(landlord, case).await?;
        let at = vec![redaction.position];
        let runs = self.backend.entries_at(landlord, case, at).await?;
        let mut rows = runs.iter().flat_map(|run| &run.entries);
        let there = rows.any(|row| row.wrapped.is_some() && under(row.flags) == Under::CaseKey);
        if !there {
            return Err(StoreError::NotFound);
        }
        let generation = self.vault.keys.add_generation(landlord)?;
        let vault = Arc::clone(&self.vault);
        let whose = landlord.clone();
        let append = Append {
            journal: case,
            expected: Expect::Anywhere,
            entries: redaction.entries,
        };
        let mut listing = CaseListing::of(case);
        listing.summary = Some(redaction.summary);
        listing.search = Some(redaction.search);
        self.upon_whole_case(
            landlord,
            case,
            Box::new(move |found| {
                let mut sealing = Sealing::begin(&vault, &whose, &[case], found);
                let before = sealing.living_case(case)?;
                let fresh = Key::fresh()?;
                let standing = Standing {
                    landlord: &whose,
                    journal: case,
                };
                let mut seen = false;
                for (position, under, wrapped) in &found.entry_keys {
                    match under {
                        Under::LandlordKey => continue,
                        Under::CaseKey if *position == redaction.position => {
                            seen = true;
                            sealing.changes.push(Change::DropEntryKey(case, *position));
                        }
                        Under::CaseKey => {
                            let entry_key = standing.unwrap(&before, *position, wrapped)?;
                            let wrapped = standing.wrap(&fresh, *position, &entry_key);
                            sealing
                                .changes
                                .push(Change::PutEntryKey(case, *position, wrapped));
                        }
                    }
                }
                if !seen {
                    return Err(StoreError::NotFound);
                }
                let old_row = sealing.journal_key(case);
                for row in &found.case_rows {
                    let bytes = vault.open_row(&whose, row, old_row.as_ref())?;
                    let mut row = row.clone();
                    row.sealed = vault.seal_row(&whose, Some(&fresh), &row, &bytes)?;
                    sealing.changes.push(Change::PutRow(row));
                }
                let key = vault.wrap(&whose, (case, JournalKind::Case), &fresh)?;
                sealing.changes.push(Change::PutKey(case, key.clone()));
                sealing.replace_key(case, key);
                sealing.append(&append, redaction.recorded)?;
                sealing.listing(&listing)?;
                Ok(sealing.changes)
            }),
        )
        .await?;
        self.wrap_again(landlord, generation).await?;
        self.close(landlord, generation, old, rotating).await
    }

    /// Makes a new generation and wraps every living journal key by it.
    pub async fn rotate(&self, landlord: &Landlord, old: OldGeneration) -> Result<Erased, StoreError> {
        self.ready(landlord).await?;
        let rotating = self.vault.rotating.lock().await;
        let generation = self.vault.keys.add_generation(landlord)?;
        self.wrap_again(landlord, generation).await?;
        self.close(landlord, generation, old, rotating).await
    }

    /// Finishes what was interrupted between a new generation and the last key wrapped by it, and says whether there was
    /// anything to finish. To be called when the program starts. Older generations are kept, because which choice had
    /// been made is not on record: [`Store::destroy_old_generations`] destroys them.
    pub async fn finish_rotation(&self, landlord: &Landlord) -> Result<bool, StoreError> {
        self.ready(landlord).await?;
        let _rotating = self.vault.rotating.lock().await;
        let (newest, _) = self.vault.keys.newest(landlord)?;
        if self.backend.keys_before(landlord, newest, 1).await?.is_empty() {
            return Ok(false);
        }
        self.wrap_again(landlord, newest).await?;
        Ok(true)
    }

    /// Refuses what is no living case, before a generation is made in vain.
    async fn living(&self, landlord: &Landlord, case: JournalId) -> Result<(), StoreError> {
        let head = self.backend.head(landlord, case).await?;
        let journal = head.ok_or(StoreError::NotFound)?.journal;
        match (journal.kind, journal.key) {
            (JournalKind::Case, Some(_)) => Ok(()),
            (JournalKind::Case, None) => Err(StoreError::Erased { case }),
            (JournalKind::Landlord | JournalKind::Reading, _) => Err(StoreError::NotFound),
        }
    }

    /// Wraps by a generation every key that is wrapped by an older one, and empties the log.
    async fn wrap_again(&self, landlord: &Landlord, generation: u32) -> Result<(), StoreError> {
        // t0: a write wraps a key by generation 1. t1: generation 2 is made, and nothing before 2 is found.
        // t2: the write commits. An empty write stands behind all such, so that they are found below.
        self.upon(landlord, Vec::new(), None, Box::new(|_| Ok(Vec::new())))
            .await?;
        loop {
            let rows = self.backend.keys_before(landlord, generation, PAGE).await?;
            if rows.is_empty() {
                break;
            }
            let mut wrapped = Vec::with_capacity(rows.len());
            for JournalRow { id, kind, key } in rows {
                let Some(from) = key else { continue };
                let key = self.vault.unwrap(landlord, (id, kind), &from)?;
                wrapped.push((id, from, self.vault.wrap(landlord, (id, kind), &key)?));
            }
            let rewrap = |(journal, from, to): &(JournalId, KeyRow, KeyRow)| Change::RewrapKey {
                journal: *journal,
                from: from.clone(),
                to: to.clone(),
            };
            let seal: Seal = Box::new(move |_| Ok(wrapped.iter().map(rewrap).collect()));
            self.upon(landlord, Vec::new(), None, seal).await?;
        }
        self.backend.clear_log().await
    }

    async fn close(
        &self,
        landlord: &Landlord,
        generation: u32,
        old: OldGeneration,
        rotating: MutexGuard<'_, ()>,
    ) -> Result<Erased, StoreError> {
        match old {
            OldGeneration::DestroyNow => self.destroy_older(landlord).await?,
            OldGeneration::KeepUntilBackup => {}
        }
        drop(rotating);
        let held = self.vault.keys.generations(landlord);
        Ok(Erased {
            generation,
            still_held: held.into_iter().filter(|held| *held < generation).collect(),
        })
    }

    /// Destroys the generations before the newest, if nothing that lives is wrapped by them any more.
    pub async fn destroy_old_generations(&self, landlord: &Landlord) -> Result<(), StoreError> {
        let _rotating = self.vault.rotating.lock().await;
        self.destroy_older(landlord).await
    }

    async fn destroy_older(&self, landlord: &Landlord) -> Result<(), StoreError> {
        let (newest, _) = self.vault.keys.newest(landlord)?;
        if !self.backend.keys_before(landlord, newest, 1).await?.is_empty() {
            return Err(StoreError::AlreadyThere);
        }
        for generation in self.vault.keys.generations(landlord) {
            if generation < newest {
                self.vault.keys.destroy_generation(landlord, generation)?;
            }
        }
        Ok(())
    }

    async fn upon_whole_case(
        &self,
        landlord: &Landlord,
        case: JournalId,
        seal: Seal,
    ) -> Result<(), StoreError> {
        self.upon(landlord, vec![case], Some(case), seal).await
    }

    async fn upon(
        &self,
        landlord: &Landlord,
        journals: Vec<JournalId>,
        whole_case: Option<JournalId>,
        seal: Seal,
    ) -> Result<(), StoreError> {
        let planned = PlannedWrite {
            landlord: landlord.clone(),
            purpose: Purpose::Ordinary,
            command: None,
            journals,
            rows: Vec::new(),
            whole_case,
            seal,
        };
        self.backend.write(planned).await.map(|_| ())
    }
}
