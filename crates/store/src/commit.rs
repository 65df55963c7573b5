//! The one way in which anything is written together: all of it or nothing, and once.

use crate::backend::{
    Change, EntryRow, Found, Head, JournalRow, KeyRow, ListingSet, PlannedWrite, Purpose, StampRow,
    StoredRow, Written,
};
use crate::entry::{START, Standing};
use crate::error::StoreError;
use crate::ids::{Expect, JournalId, JournalKind, Landlord, Token, Under};
use crate::keys::Key;
use crate::rows::RowExpect;
use crate::store::Store;
use crate::vault::Vault;
use crate::write::{Append, CaseListing, RowChange, Write};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// Where entries were put.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Appended {
    /// The journal.
    pub journal: JournalId,
    /// The position of the first of them.
    pub first: u64,
    /// The position that the journal's next entry will have.
    pub next: u64,
    /// When they count as recorded: not before the entry in front of them.
    pub recorded: i64,
}

/// What came of a transaction.
#[derive(Clone, PartialEq, Eq)]
pub enum Committed {
    /// It is durable; one item for each append, in order.
    Done(Vec<Appended>),
    /// The same account gave the same command with the same body before, and this was the answer.
    Repeated(Vec<u8>),
}

impl Store {
    /// Puts a transaction through. It is durable when this returns.
    pub async fn commit(&self, write: Write) -> Result<Committed, StoreError> {
        self.ready(&write.landlord).await?;
        let landlord = write.landlord.clone();
        let stamp = write
            .stamp
            .as_ref()
            .map(|stamp| (stamp.command, stamp.account, stamp.body));
        let appended = Arc::new(Mutex::new(Vec::new()));
        let planned = self.plan(write, Arc::clone(&appended));
        match (self.backend.write(planned).await?, stamp) {
            (Written::Known(kept), Some((_, account, body))) => {
                if kept.asked != self.vault.asked(&landlord, &account, &body)? {
                    return Err(StoreError::CommandClash);
                }
                Ok(Committed::Repeated(self.vault.open_answer(&landlord, &kept)?))
            }
            (Written::Done | Written::Known(_), _) => Ok(Committed::Done(std::mem::take(
                &mut *appended.lock().expect("no holder panics"),
            ))),
        }
    }

    /// The answer kept for a command, without doing anything: lets a repeat be noticed before work is done.
    pub async fn repeated(
        &self,
        landlord: &Landlord,
        stamp: &crate::write::Stamp,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        self.ready(landlord).await?;
        let Some(kept) = self.backend.stamp(landlord, stamp.command).await? else {
            return Ok(None);
        };
        if kept.asked != self.vault.asked(landlord, &stamp.account, &stamp.body)? {
            return Err(StoreError::CommandClash);
        }
        self.vault.open_answer(landlord, &kept).map(Some)
    }

    /// Forgets the answers to commands given before a moment, and says how many.
    pub async fn forget_commands(&self, landlord: &Landlord, before: i64) -> Result<usize, StoreError> {
        self.backend.delete_stamps(landlord, before).await
    }

    fn plan(&self, write: Write, appended: Arc<Mutex<Vec<Appended>>>) -> PlannedWrite {
        let mut journals: Vec<JournalId> = write.new_cases.clone();
        journals.extend(write.appends.iter().map(|append| append.journal));
        journals.extend(write.listings.iter().map(|listing| listing.case));
        journals.extend(write.rows.iter().filter_map(|row| match row {
            RowChange::Put(put) => put.case,
            RowChange::Delete { .. } => None,
        }));
        if !write.readings.is_empty() {
            journals.push(JournalId::READING);
        }
        journals.sort_unstable();
        journals.dedup();
        let rows = write.rows.iter().map(|row| match row {
            RowChange::Put(put) => (put.table.clone(), put.id.clone()),
            RowChange::Delete { table, id } => (table.clone(), id.clone()),
        });
        let vault = Arc::clone(&self.vault);
        PlannedWrite {
            landlord: write.landlord.clone(),
            purpose: if write.reserved {
                Purpose::Reserved
            } else {
                Purpose::Ordinary
            },
            command: write.stamp.as_ref().map(|stamp| stamp.command),
            rows: rows.collect(),
            whole_case: None,
            seal: {
                let journals = journals.clone();
                Box::new(move |found| {
                    let mut sealing = Sealing::begin(&vault, &write.landlord, &journals, found);
                    sealing.all(&write, found)?;
                    *appended.lock().expect("no holder panics") = sealing.appended;
                    Ok(sealing.changes)
                })
            },
            journals,
        }
    }
}

/// The sealing of one transaction, upon what the database holds at that moment.
pub(crate) struct Sealing<'a> {
    vault: &'a Vault,
    landlord: &'a Landlord,
    heads: BTreeMap<JournalId, Head>,
    pub(crate) changes: Vec<Change>,
    appended: Vec<Appended>,
}

impl<'a> Sealing<'a> {
    pub(crate) fn begin(
        vault: &'a Vault,
        landlord: &'a Landlord,
        journals: &[JournalId],
        found: &Found,
    ) -> Self {
        let heads = journals.iter().zip(&found.heads);
        Sealing {
            vault,
            landlord,
            heads: heads
                .filter_map(|(id, head)| head.clone().map(|head| (*id, head)))
                .collect(),
            changes: Vec::new(),
            appended: Vec::new(),
        }
    }

    fn all(&mut self, write: &Write, found: &Found) -> Result<(), StoreError> {
        for case in &write.new_cases {
            self.new_case(*case)?;
        }
        for append in &write.appends {
            self.append(append, write.recorded)?;
        }
        for listing in &write.listings {
            self.listing(listing)?;
        }
        for (change, before) in write.rows.iter().zip(&found.rows) {
            self.row(change, before.as_ref())?;
        }
        for reading in &write.readings {
            let position = self.head(JournalId::READING)?.next;
            let sealed = reading.to_seal();
            let rows = self.entries(
                JournalId::READING,
                &[(&sealed, Under::LandlordKey)],
                write.recorded,
            )?;
            self.changes.extend(
                rows.into_iter()
                    .map(|row| Change::PutEntry(JournalId::READING, row)),
            );
            self.changes.extend(
                reading
                    .shown()
                    .into_iter()
                    .map(|case| Change::PutReading { case, position }),
            );
        }
        if let Some(stamp) = &write.stamp {
            let first = write
                .appends
                .iter()
                .map(|append| append.journal)
                .find(|id| self.is_case(*id));
            let mut row = StampRow {
                command: stamp.command,
                asked: self.vault.asked(self.landlord, &stamp.account, &stamp.body)?,
                case: first,
                made_at: write.recorded,
                sealed: Vec::new(),
            };
            row.sealed = self.vault.seal_answer(self.landlord, &row, &stamp.answer)?;
            self.changes.push(Change::PutStamp(row));
        }
        Ok(())
    }

    fn is_case(&self, id: JournalId) -> bool {
        self.heads
            .get(&id)
            .is_some_and(|head| head.journal.kind == JournalKind::Case)
    }

    fn head(&self, id: JournalId) -> Result<&Head, StoreError> {
        self.heads.get(&id).ok_or(StoreError::NotFound)
    }

    /// The key of a case that can still be written to.
    pub(crate) fn living_case(&self, case: JournalId) -> Result<Key, StoreError> {
        self.case_key(case)
    }

    pub(crate) fn journal_key(&self, journal: JournalId) -> Option<KeyRow> {
        self.heads.get(&journal).and_then(|head| head.journal.key.clone())
    }

    /// What follows is sealed with another key.
    pub(crate) fn replace_key(&mut self, journal: JournalId, key: KeyRow) {
        if let Some(head) = self.heads.get_mut(&journal) {
            head.journal.key = Some(key);
        }
    }

    fn case_key(&self, case: JournalId) -> Result<Key, StoreError> {
        let head = self.head(case)?;
        if head.journal.kind != JournalKind::Case {
            return Err(StoreError::NotFound);
        }
        self.vault
            .case_key(self.landlord, case, head.journal.key.as_ref())
    }

    fn new_case(&mut self, case: JournalId) -> Result<(), StoreError> {
        if self.heads.contains_key(&case) {
            return Err(StoreError::AlreadyThere);
        }
        let key = self
            .vault
            .wrap(self.landlord, (case, JournalKind::Case), &Key::fresh()?)?;
        let journal = JournalRow {
            id: case,
            kind: JournalKind::Case,
            key: Some(key),
        };
        self.changes.push(Change::PutJournal(journal.clone()));
        self.heads.insert(
            case,
            Head {
                journal,
                next: 0,
                hash: START,
                recorded: 0,
                listed: None,
            },
        );
        Ok(())
    }

    pub(crate) fn append(&mut self, append: &Append, recorded: i64) -> Result<(), StoreError> {
        let first = self.head(append.journal)?.next;
        if let Expect::At(expected) = append.expected
            && expected != first
        {
            return Err(StoreError::MovedOn {
                journal: append.journal,
                now_at: first,
            });
        }
        let entries: Vec<_> = append
            .entries
            .iter()
            .map(|entry| (entry.bytes.as_slice(), entry.under))
            .collect();
        let rows = self.entries(append.journal, &entries, recorded)?;
        let head = self.head(append.journal)?;
        let done = Appended {
            journal: append.journal,
            first,
            next: head.next,
            recorded: head.recorded,
        };
        self.appended.push(done);
        self.changes
            .extend(rows.into_iter().map(|row| Change::PutEntry(append.journal, row)));
        Ok(())
    }

    fn entries(
        &mut self,
        journal: JournalId,
        entries: &[(&[u8], Under)],
        recorded: i64,
    ) -> Result<Vec<EntryRow>, StoreError> {
        let head = self.heads.get_mut(&journal).ok_or(StoreError::NotFound)?;
        let standing = Standing {
            landlord: self.landlord,
            journal,
        };
        let mut wrapping: [Option<Key>; 2] = [None, None];
        let mut rows = Vec::with_capacity(entries.len());
        for (bytes, under) in entries {
            let held = &mut wrapping[usize::from(*under == Under::LandlordKey)];
            if held.is_none() {
                *held = self.vault.wrapping(self.landlord, &head.journal, *under)?;
            }
            let key = held.as_ref().ok_or(StoreError::Erased { case: journal })?;
            rows.push(standing.seal(head, key, (bytes, *under, recorded))?);
        }
        Ok(rows)
    }

    pub(crate) fn listing(&mut self, listing: &CaseListing) -> Result<(), StoreError> {
        let case = listing.case;
        let key = self.case_key(case)?;
        let new = self.head(case)?.listed.is_none();
        if new && listing.summary.is_none() {
            return Err(StoreError::NotFound);
        }
        if let Some(summary) = &listing.summary {
            let (state, sort) = (summary.state, summary.sort);
            let sealed = self
                .vault
                .seal_summary(self.landlord, case, &key, (state, sort, &summary.bytes))?;
            self.changes.push(Change::PutSummary {
                case,
                state,
                sort,
                sealed,
            });
            if let Some(head) = self.heads.get_mut(&case) {
                head.listed = Some((state, sort));
            }
        }
        // A set that was never written is written empty, so that every set of a listed case has its seal.
        let (no_rows, no_tokens) = (Some(Vec::new()), Some(Vec::new()));
        if let Some(rows) = listing.index.as_ref().or(no_rows.as_ref().filter(|_| new)) {
            let mut rows = rows.clone();
            rows.iter_mut().for_each(|row| row.case = case);
            rows.sort_unstable_by_key(|row| row.slot);
            let seal = self.vault.index_seal(self.landlord, case, &rows)?;
            self.changes.push(Change::ReplaceIndex(case, rows, seal));
        }
        for (set, tokens) in [
            (ListingSet::Search, &listing.search),
            (ListingSet::Audience, &listing.audience),
            (ListingSet::ShutOut, &listing.shut_out),
        ] {
            if let Some(tokens) = tokens.as_ref().or(no_tokens.as_ref().filter(|_| new)) {
                self.tokens(case, set, tokens)?;
            }
        }
        Ok(())
    }

    fn tokens(&mut self, case: JournalId, set: ListingSet, tokens: &[Token]) -> Result<(), StoreError> {
        let mut tokens = tokens.to_vec();
        tokens.sort_unstable();
        tokens.dedup();
        let seal = self.vault.tokens_seal(self.landlord, case, set, &tokens)?;
        let listed = self.head(case)?.listed.unwrap_or_default();
        self.changes.push(Change::ReplaceTokens {
            case,
            set,
            tokens,
            seal,
            listed,
        });
        Ok(())
    }

    fn row(&mut self, change: &RowChange, before: Option<&StoredRow>) -> Result<(), StoreError> {
        let put = match change {
            RowChange::Put(put) => put,
            RowChange::Delete { table, id } => {
                self.changes.push(Change::DeleteRow {
                    table: table.clone(),
                    id: id.clone(),
                });
                return Ok(());
            }
        };
        let now_at = before.map(|row| row.version);
        let expected = match put.expected {
            RowExpect::Anything => true,
            RowExpect::Absent => now_at.is_none(),
            RowExpect::Version(version) => now_at == Some(version),
        };
        if !expected {
            return Err(StoreError::RowMovedOn { now_at });
        }
        let mut row = StoredRow {
            table: put.table.clone(),
            id: put.id.clone(),
            case: put.case,
            owner: put.owner,
            version: now_at.unwrap_or(0) + 1,
            sort: put.sort,
            expires_at: put.expires_at,
            sealed: Vec::new(),
        };
        let case_key = put.case.map(|case| self.case_key(case)).transpose()?;
        row.sealed = self
            .vault
            .seal_row(self.landlord, case_key.as_ref(), &row, &put.bytes)?;
        self.changes.push(Change::PutRow(row));
        Ok(())
    }
}
