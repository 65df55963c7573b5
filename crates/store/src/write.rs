//! What one transaction may hold: everything that must be true together, or not at all.

use crate::ids::{CommandId, Expect, JournalId, Landlord, Token, Under};
use crate::index::IndexRow;
use crate::reading::Reading;
use crate::rows::PutRow;

/// One entry to be added.
#[derive(Clone)]
pub struct NewEntry {
    /// The bytes to seal.
    pub bytes: Vec<u8>,
    /// The key to keep them under. In a journal that is not a case's, both mean the landlord's.
    pub under: Under,
}

/// Entries for the end of one journal.
#[derive(Clone)]
pub struct Append {
    /// The journal.
    pub journal: JournalId,
    /// Where the writer believes it ends.
    pub expected: Expect,
    /// The entries, in order.
    pub entries: Vec<NewEntry>,
}

/// Which command this is, so that pressing a button twice does a thing once.
#[derive(Clone)]
pub struct Stamp {
    /// The command, as drawn with the form.
    pub command: CommandId,
    /// Who gave it.
    pub account: [u8; 16],
    /// A hash of everything that was sent with it.
    pub body: [u8; 32],
    /// The answer that a repeat is to get.
    pub answer: Vec<u8>,
}

/// What a case looks like in a list and in a report, in one sealed piece.
#[derive(Clone)]
pub struct Summary {
    /// A state byte, which stands in clear and can be filtered by.
    pub state: u8,
    /// The value that listings are ordered by, which stands in clear.
    pub sort: i64,
    /// The bytes to seal.
    pub bytes: Vec<u8>,
}

/// What lists know of one case. Each part that is there replaces the kept one as a whole.
#[derive(Clone)]
pub struct CaseListing {
    /// The case.
    pub case: JournalId,
    /// Its summary. The first listing of a case must have one.
    pub summary: Option<Summary>,
    /// Its obligations.
    pub index: Option<Vec<IndexRow>>,
    /// Its search tokens.
    pub search: Option<Vec<Token>>,
    /// Whom it may be listed to.
    pub audience: Option<Vec<Token>>,
    /// Whom it is shut to, whatever else they may see.
    pub shut_out: Option<Vec<Token>>,
}

impl CaseListing {
    /// Nothing to replace yet.
    pub fn of(case: JournalId) -> Self {
        CaseListing {
            case,
            summary: None,
            index: None,
            search: None,
            audience: None,
            shut_out: None,
        }
    }
}

/// A change to a row of an ordinary table.
#[derive(Clone)]
pub enum RowChange {
    /// Puts a row.
    Put(PutRow),
    /// Deletes a row; one that is not there is deleted already.
    Delete {
        /// The label of the table.
        table: String,
        /// The row's identifier.
        id: Vec<u8>,
    },
}

/// One transaction.
#[derive(Clone)]
pub struct Write {
    /// Whose data.
    pub landlord: Landlord,
    /// The moment of recording, in milliseconds.
    pub recorded: i64,
    /// The command, if a repeat is to be noticed.
    pub stamp: Option<Stamp>,
    /// Journals of cases to make, each with a key of its own, before anything is appended.
    pub new_cases: Vec<JournalId>,
    /// Entries.
    pub appends: Vec<Append>,
    /// What lists know of the cases touched.
    pub listings: Vec<CaseListing>,
    /// Rows of ordinary tables.
    pub rows: Vec<RowChange>,
    /// Readings to be recorded with it.
    pub readings: Vec<Reading>,
    /// Whether it cannot wait for room on the disk, and may use the space that is set aside.
    pub reserved: bool,
}

impl Write {
    /// A transaction with nothing in it yet.
    pub fn new(landlord: &Landlord, recorded: i64) -> Self {
        Write {
            landlord: landlord.clone(),
            recorded,
            stamp: None,
            new_cases: Vec::new(),
            appends: Vec::new(),
            listings: Vec::new(),
            rows: Vec::new(),
            readings: Vec::new(),
            reserved: false,
        }
    }
}
