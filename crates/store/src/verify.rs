//! Walks everything that a landlord keeps, and says what is wrong and where.
//!
//! It sees what was altered, moved, added in between or taken from the middle. It cannot see a tail that was cut off, a
//! chain rewritten by whoever holds the keys, or a whole database put back to an older state: that takes a checkpoint
//! kept outside. Entries without a key are listed, so that they can be compared with the facts that say why. So are living
//! cases that no list knows: whoever can write to the database could make a case drop out of every list of work, and
//! the person in it be forgotten.

use crate::error::{Place, StoreError};
use crate::ids::{JournalId, JournalKind, Landlord};
use crate::journal::Entry;
use crate::reading::Reading;
use crate::rebuild::CaseDump;
use crate::store::Store;

/// How much is read at a time.
const PAGE: usize = 256;

/// Something that does not hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// Where it shows first.
    pub at: Place,
}

/// What a walk found.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Verified {
    /// How many journals were walked.
    pub journals: u64,
    /// How many entries their chains hold.
    pub entries: u64,
    /// How many rows of ordinary tables were opened.
    pub rows: u64,
    /// Entries of living cases whose key is gone.
    pub redacted: Vec<(JournalId, u64)>,
    /// Cases whose key is gone.
    pub erased: Vec<JournalId>,
    /// Living cases with entries that no list knows, because they have no summary or nobody in their audience.
    pub unlisted: Vec<JournalId>,
    /// What does not hold.
    pub faults: Vec<Fault>,
}

impl Store {
    /// Walks all journals, listings and rows of a landlord.
    pub async fn verify(&self, landlord: &Landlord) -> Result<Verified, StoreError> {
        self.ready(landlord).await?;
        let mut verified = Verified::default();
        let mut after = None;
        loop {
            let page = self.journals(landlord, after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.journal);
            for journal in page {
                verified.journals += 1;
                self.verify_journal(landlord, journal.journal, &mut verified)
                    .await?;
                if journal.kind == JournalKind::Case {
                    let dump = self.dump_case(landlord, journal.journal).await;
                    let listed = |dump: &CaseDump| dump.summary.is_some() && !dump.audience.is_empty();
                    if !journal.erased && journal.entries > 0 && dump.as_ref().is_ok_and(|dump| !listed(dump))
                    {
                        verified.unlisted.push(journal.journal);
                    }
                    let checked = dump.map(|_| ());
                    let key = Place::Key {
                        journal: journal.journal,
                    };
                    note(checked, key, &mut verified)?;
                }
            }
        }
        self.verify_readings(landlord, &mut verified).await?;
        let misfits = self.backend.misfits().await?.into_iter();
        verified.faults.extend(misfits.map(|table| Fault {
            at: Place::Misfit { table },
        }));
        for table in self.backend.row_tables(landlord).await? {
            self.verify_rows(landlord, &table, &mut verified).await?;
        }
        Ok(verified)
    }

    async fn verify_journal(
        &self,
        landlord: &Landlord,
        id: JournalId,
        verified: &mut Verified,
    ) -> Result<(), StoreError> {
        match self.journal(landlord, id).await {
            Ok(journal) => {
                verified.entries += journal.next();
                if journal.erased {
                    verified.erased.push(id);
                }
                for entry in &journal.entries {
                    match entry.entry {
                        Entry::Redacted => verified.redacted.push((id, entry.position)),
                        Entry::Open(_) | Entry::Erased => {}
                    }
                }
                Ok(())
            }
            Err(error) => note(Err(error), Place::Key { journal: id }, verified),
        }
    }

    /// The table that finds the readings of a case must say what the readings themselves say.
    async fn verify_readings(&self, landlord: &Landlord, verified: &mut Verified) -> Result<(), StoreError> {
        let Ok(journal) = self.journal(landlord, JournalId::READING).await else {
            return Ok(());
        };
        let readings = journal.entries.into_iter().filter_map(Reading::from_sealed);
        let said = readings.flat_map(|reading| {
            reading
                .cases
                .into_iter()
                .map(move |case| (reading.position, case))
                .collect::<Vec<_>>()
        });
        if !said.eq(self.backend.readings(landlord).await?) {
            verified.faults.push(Fault {
                at: Place::Listing {
                    case: JournalId::READING,
                    table: "reading",
                },
            });
        }
        Ok(())
    }

    async fn verify_rows(
        &self,
        landlord: &Landlord,
        table: &str,
        verified: &mut Verified,
    ) -> Result<(), StoreError> {
        let mut after = None;
        loop {
            let query = crate::backend::RowQuery {
                table: table.to_owned(),
                owner: None,
                case: None,
                after: after.clone(),
                limit: PAGE,
            };
            let page = self.backend.rows(landlord, query).await?;
            let Some((last, _)) = page.last() else {
                return Ok(());
            };
            after = Some((last.sort, last.id.clone()));
            for (row, key) in page {
                verified.rows += 1;
                let at = Place::Row {
                    table: table.to_owned(),
                    id: String::new(),
                };
                let opened = self.vault.open_row(landlord, &row, key.as_ref()).map(|_| ());
                note(opened, at, verified)?;
            }
        }
    }
}

/// Keeps what is a fault, and passes on what is trouble of another kind.
fn note(result: Result<(), StoreError>, key: Place, verified: &mut Verified) -> Result<(), StoreError> {
    let at = match result {
        Ok(()) => return Ok(()),
        Err(StoreError::SealBroken {
            at: Place::Misshapen(_),
        }) => key,
        Err(StoreError::SealBroken { at }) => at,
        Err(StoreError::Keys(_) | StoreError::Erased { .. }) => key,
        Err(other) => return Err(other),
    };
    verified.faults.push(Fault { at });
    Ok(())
}
