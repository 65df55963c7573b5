//! Ordinary tables, every row of them sealed: accounts, sessions, drafts, jobs and whatever else is no fact.
//!
//! Table, identifier, case, owner, version, sort value and expiry are bound into the seal, so a row copied over
//! another, or given another owner, does not open. Putting back an older version of the *same* row is not noticed.

use crate::backend::RowQuery;
use crate::error::StoreError;
use crate::ids::{JournalId, Landlord};
use crate::store::Store;
use crate::write::{RowChange, Write};

/// What a writer believes about the row in the way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RowExpect {
    /// It does not matter.
    Anything,
    /// There is none.
    Absent,
    /// It is at this version.
    Version(u64),
}

/// A row to be put.
#[derive(Clone)]
pub struct PutRow {
    /// The label of its table.
    pub table: String,
    /// Its identifier: drawn by the caller, or a token where it is to be found by a value (see `TokenMaker::lookup`).
    pub id: Vec<u8>,
    /// The case whose key seals it, so that it goes when the case is erased.
    pub case: Option<JournalId>,
    /// The account that it belongs to.
    pub owner: Option<[u8; 16]>,
    /// The value that lists are ordered by.
    pub sort: i64,
    /// When it may be deleted, in milliseconds.
    pub expires_at: Option<i64>,
    /// What the writer believes about the row in the way.
    pub expected: RowExpect,
    /// The bytes to seal.
    pub bytes: Vec<u8>,
}

impl PutRow {
    /// A row with no case, owner or expiry, over anything.
    pub fn new(table: &str, id: &[u8], bytes: Vec<u8>) -> Self {
        PutRow {
            table: table.to_owned(),
            id: id.to_vec(),
            case: None,
            owner: None,
            sort: 0,
            expires_at: None,
            expected: RowExpect::Anything,
            bytes,
        }
    }
}

/// An opened row.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedRow {
    /// Its identifier.
    pub id: Vec<u8>,
    /// The case whose key seals it.
    pub case: Option<JournalId>,
    /// The account that it belongs to.
    pub owner: Option<[u8; 16]>,
    /// How often it has been written.
    pub version: u64,
    /// The value that lists are ordered by.
    pub sort: i64,
    /// When it may be deleted, in milliseconds.
    pub expires_at: Option<i64>,
    /// What it says.
    pub bytes: Vec<u8>,
}

impl SealedRow {
    /// Where a page that ends with this row goes on.
    pub fn cursor(&self) -> (i64, Vec<u8>) {
        (self.sort, self.id.clone())
    }
}

/// Which rows of a table are wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RowFilter {
    /// All of them.
    All,
    /// Those of one account.
    Owner([u8; 16]),
    /// Those of one case.
    Case(JournalId),
}

impl Store {
    /// One row, opened. Expiry is for the caller to look at: the store reads no clock.
    pub async fn row(
        &self,
        landlord: &Landlord,
        table: &str,
        id: &[u8],
    ) -> Result<Option<SealedRow>, StoreError> {
        self.ready(landlord).await?;
        let found = self.backend.row(landlord, table, id).await?;
        found
            .map(|(row, key)| self.opened(landlord, row, key.as_ref()))
            .transpose()
    }

    /// Rows of a table by sort value and identifier, after the cursor of another row.
    pub async fn rows(
        &self,
        landlord: &Landlord,
        table: &str,
        filter: RowFilter,
        after: Option<(i64, Vec<u8>)>,
        limit: usize,
    ) -> Result<Vec<SealedRow>, StoreError> {
        self.ready(landlord).await?;
        let (owner, case) = match filter {
            RowFilter::All => (None, None),
            RowFilter::Owner(owner) => (Some(owner), None),
            RowFilter::Case(case) => (None, Some(case)),
        };
        let query = RowQuery {
            table: table.to_owned(),
            owner,
            case,
            after,
            limit,
        };
        let found = self.backend.rows(landlord, query).await?;
        found
            .into_iter()
            .map(|(row, key)| self.opened(landlord, row, key.as_ref()))
            .collect()
    }

    /// Puts one row by itself.
    pub async fn put_row(&self, landlord: &Landlord, put: PutRow) -> Result<(), StoreError> {
        let mut write = Write::new(landlord, 0);
        write.rows.push(RowChange::Put(put));
        self.commit(write).await.map(|_| ())
    }

    /// Deletes one row by itself.
    pub async fn delete_row(&self, landlord: &Landlord, table: &str, id: &[u8]) -> Result<(), StoreError> {
        let mut write = Write::new(landlord, 0);
        write.rows.push(RowChange::Delete {
            table: table.to_owned(),
            id: id.to_vec(),
        });
        self.commit(write).await.map(|_| ())
    }

    /// Deletes up to `limit` rows, of one table or of all, whose time ran out at or before `now`.
    pub async fn delete_expired(
        &self,
        landlord: &Landlord,
        table: Option<&str>,
        now: i64,
        limit: usize,
    ) -> Result<usize, StoreError> {
        self.backend.delete_expired(landlord, table, now, limit).await
    }

    fn opened(
        &self,
        landlord: &Landlord,
        row: crate::backend::StoredRow,
        key: Option<&crate::backend::KeyRow>,
    ) -> Result<SealedRow, StoreError> {
        let bytes = self.vault.open_row(landlord, &row, key)?;
        Ok(SealedRow {
            id: row.id,
            case: row.case,
            owner: row.owner,
            version: row.version,
            sort: row.sort,
            expires_at: row.expires_at,
            bytes,
        })
    }
}
