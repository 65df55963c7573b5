//! Sealed journals and rows, their keys, the index, and the search tokens.
//!
//! Architecture invariants, as absences:
//! - the store never learns what a fact means: it holds bytes with a header. Its one word from outside is
//!   *landlord*, a label that parts the data;
//! - whatever it writes that came from outside is sealed; what stands in clear is opaque identifiers, keyed
//!   tokens, times, padded sizes, state bytes and the labels of tables;
//! - it reads no clock: times are arguments;
//! - it imports none of our other packages.
//!
//! [`Store`] does the keys, the sealing, the padding, the chaining and the tokens. Below it stands a narrow
//! [`backend::Backend`] that only ever meets sealed rows; SQLite is the first of two.
//!
//! What the store does not do: sign checkpoints or number leaves (the columns and the signing key are there),
//! hold attachments, or make backups. Whoever can roll the whole database back to an older state is not noticed
//! without a checkpoint kept outside.

pub mod backend;
mod commit;
mod entry;
mod erase;
mod error;
mod ids;
mod index;
mod journal;
pub mod keys;
mod listing;
mod reading;
mod rebuild;
mod rows;
mod seal;
mod search;
mod sqlite;
mod store;
mod vault;
mod verify;
mod write;

#[cfg(test)]
mod conformance;

pub use commit::{Appended, Committed};
pub use erase::{Erased, OldGeneration, Redaction};
pub use error::{Place, StoreError};
pub use ids::{CommandId, Expect, JournalId, JournalKind, Landlord, Order, Token, Under, Viewer};
pub use index::{DueCursor, IndexRow, RuleCount, RuleRow, WorkRow};
pub use journal::{Entry, Journal, Recorded};
pub use listing::{CaseCursor, ListedCase, StateFilter};
pub use reading::{Reading, ReadingEntry};
pub use rebuild::{CaseDump, JournalLength};
pub use rows::{PutRow, RowExpect, RowFilter, SealedRow};
pub use search::TokenMaker;
pub use sqlite::ReserveState;
pub use store::{Settings, Store};
pub use verify::{Fault, Verified};
pub use write::{Append, CaseListing, NewEntry, RowChange, Stamp, Summary, Write};
