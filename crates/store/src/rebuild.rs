//! What a caller needs to rebuild index and summaries from the journals, and to compare the rebuilt with the kept.

use crate::error::StoreError;
use crate::ids::{JournalId, JournalKind, Landlord, Token};
use crate::index::IndexRow;
use crate::store::Store;

/// A journal and how long it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct JournalLength {
    /// The journal.
    pub journal: JournalId,
    /// What it is for.
    pub kind: JournalKind,
    /// How many entries it has.
    pub entries: u64,
    /// Whether its key has been destroyed.
    pub erased: bool,
}

/// All that lists know of one case.
#[derive(Clone, PartialEq, Eq)]
pub struct CaseDump {
    /// The case.
    pub case: JournalId,
    /// State byte, sort value and opened summary.
    pub summary: Option<(u8, i64, Vec<u8>)>,
    /// The obligations, by slot.
    pub index: Vec<IndexRow>,
    /// The search tokens, in order.
    pub search: Vec<Token>,
    /// Whom it may be listed to, in order.
    pub audience: Vec<Token>,
    /// Whom it is shut to, in order.
    pub shut_out: Vec<Token>,
}

impl Store {
    /// The journals of a landlord in order of identifier, after one.
    pub async fn journals(
        &self,
        landlord: &Landlord,
        after: Option<JournalId>,
        limit: usize,
    ) -> Result<Vec<JournalLength>, StoreError> {
        let found = self.backend.journals(landlord, after, limit).await?;
        Ok(found
            .into_iter()
            .map(|(row, entries)| JournalLength {
                journal: row.id,
                kind: row.kind,
                entries,
                erased: row.key.is_none(),
            })
            .collect())
    }

    /// All that lists know of one case, with the seals over it checked.
    pub async fn dump_case(&self, landlord: &Landlord, case: JournalId) -> Result<CaseDump, StoreError> {
        let rows = self
            .backend
            .listing(landlord, case)
            .await?
            .ok_or(StoreError::NotFound)?;
        self.check_listing(landlord, case, &rows).await?;
        let summary = self.summary(landlord, case).await?;
        Ok(CaseDump {
            case,
            summary: summary.map(|listed| (listed.state, listed.sort, listed.summary)),
            index: rows.index,
            search: rows.search,
            audience: rows.audience,
            shut_out: rows.shut_out,
        })
    }
}
