//! What a database has to do for the store: keep and find rows that are sealed already.
//!
//! A back end opens nothing, decides nothing and makes no tokens. Its one subtle duty is [`Backend::write`]: in one
//! transaction it reads what the write says it builds on, hands that to the write's `seal` function, and applies the
//! changes that come back, all or none. It answers only when they are durable. `seal` may be called again if the
//! database asks for the transaction to be repeated.
//!
//! Every back end must pass the one conformance suite of this package.

use crate::error::StoreError;
use crate::ids::{CommandId, JournalId, JournalKind, Landlord, Order, Token, Under, Viewer};
use crate::index::{DueCursor, IndexRow, RuleRow};
use crate::listing::CaseCursor;
use std::future::Future;
use std::pin::Pin;

/// An answer that may have to be waited for.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// A key wrapped by a numbered generation.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyRow {
    /// The generation that opens it.
    pub generation: u32,
    /// The nonce and the wrapped key.
    pub wrapped: Vec<u8>,
}

/// A journal as it is kept, without its entries.
#[derive(Clone)]
pub struct JournalRow {
    /// Its identifier.
    pub id: JournalId,
    /// What it is for.
    pub kind: JournalKind,
    /// Its wrapped key; absent once erased.
    pub key: Option<KeyRow>,
}

/// Where a journal ends.
#[derive(Clone)]
pub struct Head {
    /// The journal.
    pub journal: JournalRow,
    /// The position of the next entry.
    pub next: u64,
    /// The hash of the last entry, or zeros.
    pub hash: [u8; 32],
    /// When the last entry was recorded, in milliseconds.
    pub recorded: i64,
    /// The state byte and sort value of its summary, if it has one.
    pub listed: Option<(u8, i64)>,
}

/// One entry as it is kept.
#[derive(Clone)]
pub struct EntryRow {
    /// Its position.
    pub position: u64,
    /// The version of its header.
    pub version: u8,
    /// The algorithm that sealed it.
    pub algorithm: u8,
    /// What is marked about it.
    pub flags: u8,
    /// When it was recorded, in milliseconds.
    pub recorded: i64,
    /// The commitment to its key.
    pub commitment: [u8; 32],
    /// Its own place in the chain.
    pub hash: [u8; 32],
    /// The sealed bytes.
    pub ciphertext: Vec<u8>,
    /// Its wrapped key; absent once redacted or erased.
    pub wrapped: Option<Vec<u8>>,
}

/// A run of entries, and what stands before the first of them.
pub struct Run {
    /// The journal.
    pub journal: JournalRow,
    /// The hash and the recorded time of the entry before the first, or zeros.
    pub before: ([u8; 32], i64),
    /// The entries in order.
    pub entries: Vec<EntryRow>,
}

/// A sealed summary with the wrapped key of its case.
#[derive(Clone)]
pub struct SummaryRow {
    /// The case.
    pub case: JournalId,
    /// Its wrapped key.
    pub key: Option<KeyRow>,
    /// The state byte.
    pub state: u8,
    /// The value that listings are ordered by.
    pub sort: i64,
    /// The sealed summary.
    pub sealed: Vec<u8>,
}

/// A row of an ordinary table as it is kept.
#[derive(Clone)]
pub struct StoredRow {
    /// The label of its table.
    pub table: String,
    /// Its identifier in that table.
    pub id: Vec<u8>,
    /// The case whose key seals it, if one does.
    pub case: Option<JournalId>,
    /// The account that it belongs to, if one does.
    pub owner: Option<[u8; 16]>,
    /// How often it has been written.
    pub version: u64,
    /// The value that lists are ordered by.
    pub sort: i64,
    /// When it may be deleted, in milliseconds.
    pub expires_at: Option<i64>,
    /// The sealed bytes.
    pub sealed: Vec<u8>,
}

/// The kept answer to a command.
#[derive(Clone)]
pub struct StampRow {
    /// The command.
    pub command: CommandId,
    /// A keyed hash of account and body.
    pub asked: [u8; 32],
    /// The case that it wrote to first, if any: the answer goes with it.
    pub case: Option<JournalId>,
    /// When it was made, in milliseconds.
    pub made_at: i64,
    /// The sealed answer.
    pub sealed: Vec<u8>,
}

/// A set of listing rows of a case, each replaced as a whole and covered by one keyed hash.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ListingSet {
    /// The obligations.
    Index,
    /// The search tokens.
    Search,
    /// Whom it may be listed to.
    Audience,
    /// Whom it is shut to.
    ShutOut,
}

impl ListingSet {
    /// All of them.
    pub const ALL: [ListingSet; 4] = [
        ListingSet::Index,
        ListingSet::Search,
        ListingSet::Audience,
        ListingSet::ShutOut,
    ];

    /// How errors name it.
    pub fn name(self) -> &'static str {
        match self {
            ListingSet::Index => "index",
            ListingSet::Search => "search",
            ListingSet::Audience => "audience",
            ListingSet::ShutOut => "shut-out",
        }
    }
}

/// The listing rows of one case, for checking and for comparing with rebuilt ones.
#[derive(Clone, Default)]
pub struct ListingRows {
    /// The obligations, by slot.
    pub index: Vec<IndexRow>,
    /// The search tokens, in order.
    pub search: Vec<Token>,
    /// The audience, in order.
    pub audience: Vec<Token>,
    /// Whom it is shut to, in order.
    pub shut_out: Vec<Token>,
    /// The keyed hashes of the sets that have been written.
    pub seals: Vec<(ListingSet, [u8; 32])>,
}

/// One change to the database. Each names only rows of the write's landlord.
pub enum Change {
    /// Makes a journal.
    PutJournal(JournalRow),
    /// Adds an entry, whose position must be free, and its wrapped key.
    PutEntry(JournalId, EntryRow),
    /// Says that a reading showed a case.
    PutReading {
        /// The case shown.
        case: JournalId,
        /// The position of the reading.
        position: u64,
    },
    /// Puts the summary of a case, and its state and sort into its audience and search rows.
    PutSummary {
        /// The case.
        case: JournalId,
        /// The state byte.
        state: u8,
        /// The value that listings are ordered by.
        sort: i64,
        /// The sealed summary.
        sealed: Vec<u8>,
    },
    /// Replaces the obligations of a case.
    ReplaceIndex(JournalId, Vec<IndexRow>, [u8; 32]),
    /// Replaces the tokens of one of the other sets of a case. State and sort are those of its summary.
    ReplaceTokens {
        /// The case.
        case: JournalId,
        /// Which set; never the index.
        set: ListingSet,
        /// The tokens, in order.
        tokens: Vec<Token>,
        /// The keyed hash over them.
        seal: [u8; 32],
        /// The state and sort of the summary.
        listed: (u8, i64),
    },
    /// Puts a row of an ordinary table in place of any before it.
    PutRow(StoredRow),
    /// Deletes a row of an ordinary table.
    DeleteRow {
        /// The label of the table.
        table: String,
        /// The row's identifier.
        id: Vec<u8>,
    },
    /// Keeps the answer to a command.
    PutStamp(StampRow),
    /// Puts a journal's wrapped key in place of the one before it.
    PutKey(JournalId, KeyRow),
    /// Puts a journal's wrapped key only where the one it replaces is still there.
    RewrapKey {
        /// The journal.
        journal: JournalId,
        /// The wrapped key that was read.
        from: KeyRow,
        /// The wrapped key to put in its place.
        to: KeyRow,
    },
    /// Puts an entry's wrapped key in place of the one before it.
    PutEntryKey(JournalId, u64, Vec<u8>),
    /// Deletes an entry's wrapped key.
    DropEntryKey(JournalId, u64),
    /// Deletes what erasing a case deletes: key, summary, search, audience and shut-out rows, its ordinary rows and
    /// kept answers. Entry keys are dropped one by one; the index stays.
    DropCase(JournalId),
}

/// What a write finds when its transaction begins, in the order it asked.
#[derive(Default)]
pub struct Found {
    /// Where each journal ends; nothing if there is no such journal.
    pub heads: Vec<Option<Head>>,
    /// Each row that is to be written or deleted.
    pub rows: Vec<Option<StoredRow>>,
    /// With `whole_case`: the wrapped entry keys with their positions and what wraps them.
    pub entry_keys: Vec<(u64, Under, Vec<u8>)>,
    /// With `whole_case`: the rows sealed under the case's key.
    pub case_rows: Vec<StoredRow>,
}

/// Whether a write may use the space that is set aside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// What the space is set aside for: the reading journal, and whatever its writer says cannot wait.
    Reserved,
    /// Everything else.
    Ordinary,
}

/// Makes the changes of a write from what it found.
pub type Sealing = Box<dyn FnMut(&Found) -> Result<Vec<Change>, StoreError> + Send>;

/// A write that is ready to be put through.
pub struct PlannedWrite {
    /// Whose data.
    pub landlord: Landlord,
    /// Whether it may use the space set aside.
    pub purpose: Purpose,
    /// The command, if a repeat is to be noticed.
    pub command: Option<CommandId>,
    /// The journals it builds on.
    pub journals: Vec<JournalId>,
    /// The rows it builds on, by table and identifier.
    pub rows: Vec<(String, Vec<u8>)>,
    /// The case whose entry keys and rows it has to see.
    pub whole_case: Option<JournalId>,
    /// Makes the changes.
    pub seal: Sealing,
}

/// What came of a write.
pub enum Written {
    /// It is durable.
    Done,
    /// The command is known: nothing was written.
    Known(StampRow),
}

/// A listing of cases, already turned into tokens.
pub struct CaseQuery {
    /// The tokens one of which must be in the audience.
    pub may: Vec<Token>,
    /// The token that must not be shut out.
    pub me: Token,
    /// The state bytes wanted; all if nothing is said.
    pub states: Option<Vec<u8>>,
    /// Search tokens that must all be there.
    pub having: Vec<Token>,
    /// Which end comes first.
    pub order: Order,
    /// Where the page before ended.
    pub after: Option<CaseCursor>,
    /// How many.
    pub limit: usize,
}

/// A listing of open obligations.
pub struct WorkQuery {
    /// The tokens one of which must be in the audience.
    pub may: Vec<Token>,
    /// The token that must not be shut out.
    pub me: Token,
    /// Whose work; everybody's if empty.
    pub owners: Vec<Token>,
    /// Where the page before ended.
    pub after: Option<DueCursor>,
    /// How many.
    pub limit: usize,
}

/// How a table of sealed rows is walked.
pub struct RowQuery {
    /// The label of the table.
    pub table: String,
    /// Only the rows of this account.
    pub owner: Option<[u8; 16]>,
    /// Only the rows of this case.
    pub case: Option<JournalId>,
    /// The sort value and identifier of the last row of the page before.
    pub after: Option<(i64, Vec<u8>)>,
    /// How many.
    pub limit: usize,
}

/// Rows counted by state byte: all, met, met by the due time, without a due time.
pub type StateCounts = Vec<(u8, [u64; 4])>;

/// What a database does for the store.
pub trait Backend: Send + Sync {
    /// Makes sure that the landlord is there; says whether it was new.
    fn add_landlord(&self, landlord: &Landlord) -> Pending<'_, bool>;
    /// Puts a write through, durably, or not at all.
    fn write(&self, write: PlannedWrite) -> Pending<'_, Written>;
    /// Where a journal ends.
    fn head<'a>(&'a self, landlord: &'a Landlord, journal: JournalId) -> Pending<'a, Option<Head>>;
    /// Up to `limit` entries of a journal from a position on.
    fn run<'a>(
        &'a self,
        landlord: &'a Landlord,
        journal: JournalId,
        from: u64,
        limit: usize,
    ) -> Pending<'a, Option<Run>>;
    /// The entries at these positions, each with what stands before it.
    fn entries_at<'a>(
        &'a self,
        landlord: &'a Landlord,
        journal: JournalId,
        positions: Vec<u64>,
    ) -> Pending<'a, Vec<Run>>;
    /// The positions of the readings that showed a case, newest first, below `before`.
    fn readings_of<'a>(
        &'a self,
        landlord: &'a Landlord,
        case: JournalId,
        before: Option<u64>,
        limit: usize,
    ) -> Pending<'a, Vec<u64>>;
    /// Every pair of a reading's position and a case that it showed, in order.
    fn readings<'a>(&'a self, landlord: &'a Landlord) -> Pending<'a, Vec<(u64, JournalId)>>;
    /// One row of an ordinary table, with the key of its case.
    fn row<'a>(
        &'a self,
        landlord: &'a Landlord,
        table: &'a str,
        id: &'a [u8],
    ) -> Pending<'a, Option<(StoredRow, Option<KeyRow>)>>;
    /// Rows of an ordinary table in order, with the keys of their cases.
    fn rows<'a>(
        &'a self,
        landlord: &'a Landlord,
        query: RowQuery,
    ) -> Pending<'a, Vec<(StoredRow, Option<KeyRow>)>>;
    /// Deletes up to `limit` rows that have run out, and says how many went.
    fn delete_expired<'a>(
        &'a self,
        landlord: &'a Landlord,
        table: Option<&'a str>,
        now: i64,
        limit: usize,
    ) -> Pending<'a, usize>;
    /// The kept answer to a command.
    fn stamp<'a>(&'a self, landlord: &'a Landlord, command: CommandId) -> Pending<'a, Option<StampRow>>;
    /// Deletes kept answers made before a moment.
    fn delete_stamps<'a>(&'a self, landlord: &'a Landlord, before: i64) -> Pending<'a, usize>;
    /// The summary of one case.
    fn summary<'a>(&'a self, landlord: &'a Landlord, case: JournalId) -> Pending<'a, Option<SummaryRow>>;
    /// Summaries of all cases in order of identifier, after one.
    fn summaries<'a>(
        &'a self,
        landlord: &'a Landlord,
        after: Option<JournalId>,
        limit: usize,
    ) -> Pending<'a, Vec<SummaryRow>>;
    /// The cases of a listing.
    fn cases<'a>(&'a self, landlord: &'a Landlord, query: CaseQuery) -> Pending<'a, Vec<SummaryRow>>;
    /// Which of these search tokens are carried by another case than this one.
    fn carried_by_others<'a>(
        &'a self,
        landlord: &'a Landlord,
        case: JournalId,
        tokens: &'a [Token],
    ) -> Pending<'a, Vec<Token>>;
    /// How many cases a listing has in all.
    fn count<'a>(&'a self, landlord: &'a Landlord, query: CaseQuery) -> Pending<'a, u64>;
    /// The open obligations of a listing, by due time, with the summaries of their cases.
    fn work<'a>(
        &'a self,
        landlord: &'a Landlord,
        query: WorkQuery,
    ) -> Pending<'a, Vec<(IndexRow, SummaryRow)>>;
    /// How many open obligations a listing has in all.
    fn count_work<'a>(&'a self, landlord: &'a Landlord, query: WorkQuery) -> Pending<'a, u64>;
    /// The living cases with an obligation that changes by `now`, earliest first.
    fn due_to_wake<'a>(
        &'a self,
        landlord: &'a Landlord,
        now: i64,
        limit: usize,
    ) -> Pending<'a, Vec<(JournalId, i64)>>;
    /// The rows of one rule that started in a span, in order of start, without those of cases hidden from the viewer.
    fn rule_rows<'a>(
        &'a self,
        landlord: &'a Landlord,
        viewer: Option<&Viewer>,
        rule: Token,
        span: (i64, i64),
    ) -> Pending<'a, Vec<RuleRow>>;
    /// Counts the rows of one rule that started in each span between one bound and the next, without those of cases hidden
    /// from the viewer, by state byte:
    /// all, met, met by the due time, without a due time.
    fn rule_counts<'a>(
        &'a self,
        landlord: &'a Landlord,
        viewer: Option<&'a Viewer>,
        rule: Token,
        bounds: Vec<i64>,
    ) -> Pending<'a, Vec<StateCounts>>;
    /// All listing rows of one case.
    fn listing<'a>(&'a self, landlord: &'a Landlord, case: JournalId) -> Pending<'a, Option<ListingRows>>;
    /// The journals of a landlord with their lengths, in order of identifier, after one.
    fn journals<'a>(
        &'a self,
        landlord: &'a Landlord,
        after: Option<JournalId>,
        limit: usize,
    ) -> Pending<'a, Vec<(JournalRow, u64)>>;
    /// Journals whose key is wrapped by an older generation than this.
    fn keys_before<'a>(
        &'a self,
        landlord: &'a Landlord,
        generation: u32,
        limit: usize,
    ) -> Pending<'a, Vec<JournalRow>>;
    /// The labels of the tables that have rows.
    fn row_tables<'a>(&'a self, landlord: &'a Landlord) -> Pending<'a, Vec<String>>;
    /// The tables with rows that do not fit those they belong to: of no journal, of another landlord, or with another
    /// state or sort than the summary has.
    fn misfits(&self) -> Pending<'_, Vec<String>>;
    /// The landlords there are.
    fn landlords(&self) -> Pending<'_, Vec<Landlord>>;
    /// Empties the database's own log, so that what was deleted is gone from disk.
    fn clear_log(&self) -> Pending<'_, ()>;
}
