//! What can go wrong, sorted by what the caller can do about it. No variant carries anything that was sealed.

use crate::ids::JournalId;
use crate::keys::KeyError;

/// Where a seal was found broken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Place {
    /// An entry of a journal.
    Entry {
        /// The journal.
        journal: JournalId,
        /// The first position at which the chain or the seal does not hold.
        position: u64,
    },
    /// The wrapped key of a journal, or of the landlord.
    Key {
        /// The journal, or all zeros for the landlord.
        journal: JournalId,
    },
    /// The summary of a case.
    Summary {
        /// The case.
        case: JournalId,
    },
    /// One of the sets of listing rows of a case.
    Listing {
        /// The case.
        case: JournalId,
        /// Which set of rows.
        table: &'static str,
    },
    /// A sealed row.
    Row {
        /// The label of its table.
        table: String,
        /// Its identifier in hexadecimal.
        id: String,
    },
    /// The kept answer to a command.
    Stamp,
    /// Rows of a table that do not fit the rows they belong to.
    Misfit {
        /// The table.
        table: String,
    },
    /// A row that has not the shape it was written in, met while doing this.
    Misshapen(&'static str),
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Place::Entry { journal, position } => write!(f, "position {position} of journal {journal}"),
            Place::Key { journal } => write!(f, "the key of journal {journal}"),
            Place::Summary { case } => write!(f, "the summary of {case}"),
            Place::Listing { case, table } => write!(f, "the {table} rows of {case}"),
            Place::Row { table, id } => write!(f, "row {id} of {table}"),
            Place::Misfit { table } => write!(f, "the {table} rows, some of which belong nowhere"),
            Place::Misshapen(doing) => write!(f, "a misshapen row, met while {doing}"),
            Place::Stamp => f.write_str("the kept answer to a command"),
        }
    }
}

/// Why the store did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such landlord, journal or row.
    #[error("there is nothing by that identifier")]
    NotFound,
    /// The identifier is taken already.
    #[error("something by that identifier is kept already")]
    AlreadyThere,
    /// Somebody else wrote first.
    #[error("journal {journal} has moved on: its next position is {now_at}")]
    MovedOn {
        /// The journal.
        journal: JournalId,
        /// Its next position.
        now_at: u64,
    },
    /// A row is not at the version that the writer saw.
    #[error("the row has moved on")]
    RowMovedOn {
        /// The version it is at, if it is still there.
        now_at: Option<u64>,
    },
    /// The command was given before with another body or by another account.
    #[error("the command was used before, for something else")]
    CommandClash,
    /// The case's key has been destroyed: nothing more can be kept under it.
    #[error("case {case} has been erased")]
    Erased {
        /// The case.
        case: JournalId,
    },
    /// Something kept has been altered.
    #[error("the seal is broken at {at}")]
    SealBroken {
        /// Where.
        at: Place,
    },
    /// The disk is full. What was set aside is for the reading journal and what cannot wait, or is used up too.
    #[error("the disk is full")]
    DiskFull,
    /// The disk or the database failed.
    #[error("while {doing}")]
    Disk {
        /// What was being attempted.
        doing: &'static str,
        /// What the system said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A write could not be made durable, so nothing more is acknowledged until the program starts again.
    #[error("the store has stopped taking writes")]
    Stopped,
    /// Something is wrong with the key folder.
    #[error("the key folder cannot be used")]
    Keys(#[from] KeyError),
    /// The data folder is held by another process, has loose permissions, or was made by a newer release.
    #[error("the data folder cannot be used: {0}")]
    Folder(&'static str),
}

impl StoreError {
    pub(crate) fn disk(
        doing: &'static str,
        source: impl std::error::Error + Send + Sync + 'static,
    ) -> StoreError {
        StoreError::Disk {
            doing,
            source: Box::new(source),
        }
    }
}
