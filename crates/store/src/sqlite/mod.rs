//! SQLite behind the store: one thread that writes, and connections that read where they are asked.
//!
//! A point read takes microseconds and runs on the calling worker; whatever may pass over many rows goes to the
//! blocking pool. Writes queue for the writer, which puts all that wait into one transaction.

mod apply;
mod find;
mod lists;
mod obligations;
mod open;
mod reserve;
mod writer;

pub use reserve::ReserveState;

use crate::backend::*;
use crate::error::{Place, StoreError};
use crate::ids::{CommandId, JournalId, Landlord, Token, Viewer};
use crate::index::{IndexRow, RuleRow};
use reserve::Reserve;
use rusqlite::{Connection, ErrorCode};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::oneshot;
use writer::{Job, Writer};

/// Connections for point reads, and as many for long ones.
const READERS: usize = 4;
/// More rows than this are read in the blocking pool.
const MANY: usize = 300;

/// The SQLite back end.
pub(crate) struct Sqlite {
    points: Arc<Readers>,
    passes: Arc<Readers>,
    writer: Writer,
    reserve: Arc<Reserve>,
    _lock: File,
}

struct Readers {
    folder: PathBuf,
    connections: Vec<Mutex<Option<Connection>>>,
    next: AtomicUsize,
}

impl Readers {
    fn of(folder: &Path) -> Arc<Readers> {
        let connections = (0..READERS).map(|_| Mutex::new(None)).collect();
        Arc::new(Readers {
            folder: folder.to_owned(),
            connections,
            next: AtomicUsize::new(0),
        })
    }

    /// Reads with a connection that is free, or waits for one; opens it if it has not been used yet.
    fn read<T>(
        &self,
        doing: &'static str,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let free = self
            .connections
            .iter()
            .find_map(|connection| connection.try_lock().ok());
        let mut held = free.unwrap_or_else(|| {
            let at = self.next.fetch_add(1, Ordering::Relaxed) % self.connections.len();
            self.connections[at]
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
        });
        let connection = match &mut *held {
            Some(connection) => connection,
            none => none.insert(open::reader(&self.folder)?),
        };
        // One transaction, so that what is read together belongs together. A read that panicked may have left one open.
        let run = |sql: &str| connection.prepare_cached(sql)?.execute([]);
        if !connection.is_autocommit() {
            run("ROLLBACK").map_err(trouble(doing))?;
        }
        run("BEGIN").map_err(trouble(doing))?;
        let found = read(connection);
        run("COMMIT").map_err(trouble(doing))?;
        found.map_err(trouble(doing))
    }
}

impl Sqlite {
    pub(crate) fn create(folder: &Path, reserve: u64) -> Result<Sqlite, StoreError> {
        open::make_folder(folder)?;
        Self::start(folder, reserve)
    }

    pub(crate) fn open(folder: &Path, reserve: u64) -> Result<Sqlite, StoreError> {
        if !open::is_made(folder) {
            return Err(StoreError::NotFound);
        }
        Self::start(folder, reserve)
    }

    fn start(folder: &Path, reserve: u64) -> Result<Sqlite, StoreError> {
        let lock = open::lock(folder)?;
        let connection = open::writer(folder)?;
        let reserve = Arc::new(Reserve::at(folder.join("reserve"), reserve));
        Ok(Sqlite {
            points: Readers::of(folder),
            passes: Readers::of(folder),
            writer: Writer::start(connection, Arc::clone(&reserve))?,
            reserve,
            _lock: lock,
        })
    }

    pub(crate) fn reserve(&self) -> Arc<Reserve> {
        Arc::clone(&self.reserve)
    }

    /// A read of a few rows, on the calling worker.
    fn point<'a, T: Send + 'a>(
        &'a self,
        doing: &'static str,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'a,
    ) -> Pending<'a, T> {
        Box::pin(async move { self.points.read(doing, read) })
    }

    /// A read of many rows, in the blocking pool.
    fn pass<'a, T: Send + 'static>(
        &'a self,
        doing: &'static str,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Pending<'a, T> {
        let readers = Arc::clone(&self.passes);
        Box::pin(async move {
            let read = tokio::task::spawn_blocking(move || readers.read(doing, read)).await;
            read.map_err(|source| StoreError::disk(doing, source))?
        })
    }

    /// One or the other, by how many rows are asked for.
    fn sized<'a, T: Send + 'static>(
        &'a self,
        doing: &'static str,
        limit: usize,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Pending<'a, T> {
        if limit > MANY {
            self.pass(doing, read)
        } else {
            self.point(doing, read)
        }
    }

    /// Something that the writer does by itself, outside a group.
    fn alone<'a, T: Send + 'static>(
        &'a self,
        doing: &'static str,
        act: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Pending<'a, T> {
        Box::pin(async move {
            let (answer, answered) = oneshot::channel();
            self.writer.send(Job::Alone(Box::new(move |connection| {
                let done = act(connection).map_err(trouble(doing));
                let stop = done.as_ref().is_err_and(is_fatal);
                let _ = answer.send(done);
                stop
            })))?;
            answered.await.map_err(|_| StoreError::Stopped)?
        })
    }
}

/// What SQLite said, sorted.
fn trouble(doing: &'static str) -> impl FnOnce(rusqlite::Error) -> StoreError {
    use rusqlite::Error;
    move |source| match (&source, source.sqlite_error_code()) {
        (_, Some(ErrorCode::DiskFull)) => StoreError::DiskFull,
        // The map of the log could not grow, which is no more than a full disk either: nothing was written.
        (Error::SqliteFailure(failure, _), _)
            if failure.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE =>
        {
            StoreError::DiskFull
        }
        // A value that we never write: somebody else did.
        (
            Error::FromSqlConversionFailure(..)
            | Error::IntegralValueOutOfRange(..)
            | Error::InvalidColumnType(..),
            _,
        ) => StoreError::SealBroken {
            at: Place::Misshapen(doing),
        },
        _ => StoreError::disk(doing, source),
    }
}

/// Whether the disk can no longer be trusted to keep what it is given.
fn is_fatal(error: &StoreError) -> bool {
    let StoreError::Disk { source, .. } = error else {
        return false;
    };
    let code = source
        .downcast_ref::<rusqlite::Error>()
        .and_then(rusqlite::Error::sqlite_error_code);
    matches!(
        code,
        Some(
            ErrorCode::SystemIoFailure
                | ErrorCode::DatabaseCorrupt
                | ErrorCode::NotADatabase
                | ErrorCode::CannotOpen
                | ErrorCode::ReadOnly
        )
    )
}

impl Backend for Sqlite {
    fn add_landlord(&self, landlord: &Landlord) -> Pending<'_, bool> {
        let label = landlord.label().to_owned();
        self.alone("adding a landlord", move |connection| {
            let made = connection.execute(
                "INSERT INTO landlord (label) VALUES (?1) ON CONFLICT DO NOTHING",
                [&label],
            )?;
            // One whose first write was lost with the power is still new.
            let journals: i64 = connection.query_row(
                "SELECT count(*) FROM journal JOIN landlord l ON l.n = landlord WHERE l.label = ?1",
                [&label],
                |row| row.get(0),
            )?;
            Ok(made > 0 || journals == 0)
        })
    }

    fn write(&self, write: PlannedWrite) -> Pending<'_, Written> {
        Box::pin(async move {
            let (answer, answered) = oneshot::channel();
            self.writer.send(Job::Write(write, answer))?;
            answered.await.map_err(|_| StoreError::Stopped)?
        })
    }

    fn head<'a>(&'a self, landlord: &'a Landlord, journal: JournalId) -> Pending<'a, Option<Head>> {
        self.point("reading where a journal ends", move |c| {
            find::head(c, landlord.label(), journal)
        })
    }

    fn run<'a>(
        &'a self,
        landlord: &'a Landlord,
        journal: JournalId,
        from: u64,
        limit: usize,
    ) -> Pending<'a, Option<Run>> {
        self.point("reading a journal", move |c| {
            find::run(c, landlord.label(), journal, from, limit)
        })
    }

    fn entries_at<'a>(
        &'a self,
        landlord: &'a Landlord,
        journal: JournalId,
        positions: Vec<u64>,
    ) -> Pending<'a, Vec<Run>> {
        let landlord = landlord.clone();
        self.sized("reading entries", positions.len(), move |c| {
            let runs = positions
                .iter()
                .map(|at| find::run(c, landlord.label(), journal, *at, 1));
            Ok(runs
                .collect::<rusqlite::Result<Vec<_>>>()?
                .into_iter()
                .flatten()
                .collect())
        })
    }

    fn readings_of<'a>(
        &'a self,
        landlord: &'a Landlord,
        case: JournalId,
        before: Option<u64>,
        limit: usize,
    ) -> Pending<'a, Vec<u64>> {
        self.point("reading who has looked", move |c| {
            find::readings_of(c, landlord.label(), case, before, limit)
        })
    }

    fn readings<'a>(&'a self, landlord: &'a Landlord) -> Pending<'a, Vec<(u64, JournalId)>> {
        let landlord = landlord.clone();
        self.pass("reading who has looked", move |c| {
            find::readings(c, landlord.label())
        })
    }

    fn row<'a>(
        &'a self,
        landlord: &'a Landlord,
        table: &'a str,
        id: &'a [u8],
    ) -> Pending<'a, Option<(StoredRow, Option<KeyRow>)>> {
        self.point("reading a row", move |c| {
            find::row(c, landlord.label(), table, id)
        })
    }

    fn rows<'a>(
        &'a self,
        landlord: &'a Landlord,
        query: RowQuery,
    ) -> Pending<'a, Vec<(StoredRow, Option<KeyRow>)>> {
        let landlord = landlord.clone();
        self.sized("reading rows", query.limit, move |c| {
            find::rows(c, landlord.label(), &query)
        })
    }

    fn delete_expired<'a>(
        &'a self,
        landlord: &'a Landlord,
        table: Option<&'a str>,
        now: i64,
        limit: usize,
    ) -> Pending<'a, usize> {
        let (landlord, table) = (landlord.label().to_owned(), table.map(str::to_owned));
        self.alone("deleting what has run out", move |connection| {
            connection.execute(
                "DELETE FROM sealed_row WHERE n IN (
                   SELECT n FROM sealed_row WHERE landlord = (SELECT n FROM landlord WHERE label = ?1)
                     AND expires_at <= ?2 AND (?3 IS NULL OR label = ?3) LIMIT ?4)",
                (landlord, now, table, find::bounded(limit)),
            )
        })
    }

    fn stamp<'a>(&'a self, landlord: &'a Landlord, command: CommandId) -> Pending<'a, Option<StampRow>> {
        self.point("looking for a command", move |c| {
            find::stamp(c, landlord.label(), command)
        })
    }

    fn delete_stamps<'a>(&'a self, landlord: &'a Landlord, before: i64) -> Pending<'a, usize> {
        let landlord = landlord.label().to_owned();
        self.alone("forgetting commands", move |connection| {
            connection.execute(
                "DELETE FROM stamp WHERE landlord = (SELECT n FROM landlord WHERE label = ?1) AND made_at < ?2",
                (landlord, before),
            )
        })
    }

    fn summary<'a>(&'a self, landlord: &'a Landlord, case: JournalId) -> Pending<'a, Option<SummaryRow>> {
        self.point("reading a summary", move |c| {
            lists::summary(c, landlord.label(), case)
        })
    }

    fn carried_by_others<'a>(
        &'a self,
        landlord: &'a Landlord,
        case: JournalId,
        tokens: &'a [Token],
    ) -> Pending<'a, Vec<Token>> {
        self.point("looking for tokens of other cases", move |c| {
            lists::carried_by_others(c, landlord.label(), case, tokens)
        })
    }

    fn summaries<'a>(
        &'a self,
        landlord: &'a Landlord,
        after: Option<JournalId>,
        limit: usize,
    ) -> Pending<'a, Vec<SummaryRow>> {
        let landlord = landlord.clone();
        self.sized("reading summaries", limit, move |c| {
            lists::summaries(c, landlord.label(), after, limit)
        })
    }

    fn cases<'a>(&'a self, landlord: &'a Landlord, query: CaseQuery) -> Pending<'a, Vec<SummaryRow>> {
        let landlord = landlord.clone();
        self.sized("listing cases", query.limit, move |c| {
            lists::cases(c, landlord.label(), &query)
        })
    }

    fn count<'a>(&'a self, landlord: &'a Landlord, query: CaseQuery) -> Pending<'a, u64> {
        let landlord = landlord.clone();
        self.pass("counting cases", move |c| {
            lists::count(c, landlord.label(), &query)
        })
    }

    fn work<'a>(
        &'a self,
        landlord: &'a Landlord,
        query: WorkQuery,
    ) -> Pending<'a, Vec<(IndexRow, SummaryRow)>> {
        let landlord = landlord.clone();
        self.sized("listing work", query.limit, move |c| {
            obligations::work(c, landlord.label(), &query)
        })
    }

    fn count_work<'a>(&'a self, landlord: &'a Landlord, query: WorkQuery) -> Pending<'a, u64> {
        let landlord = landlord.clone();
        self.pass("counting work", move |c| {
            obligations::count_work(c, landlord.label(), &query)
        })
    }

    fn due_to_wake<'a>(
        &'a self,
        landlord: &'a Landlord,
        now: i64,
        limit: usize,
    ) -> Pending<'a, Vec<(JournalId, i64)>> {
        let landlord = landlord.clone();
        self.sized("finding what wakes", limit, move |c| {
            obligations::due_to_wake(c, landlord.label(), now, limit)
        })
    }

    fn rule_rows<'a>(
        &'a self,
        landlord: &'a Landlord,
        viewer: Option<&Viewer>,
        rule: Token,
        span: (i64, i64),
    ) -> Pending<'a, Vec<RuleRow>> {
        let (landlord, viewer) = (landlord.clone(), viewer.cloned());
        self.pass("reading the rows of a rule", move |c| {
            obligations::rule_rows(c, landlord.label(), viewer.as_ref(), rule, span)
        })
    }

    fn rule_counts<'a>(
        &'a self,
        landlord: &'a Landlord,
        viewer: Option<&'a Viewer>,
        rule: Token,
        bounds: Vec<i64>,
    ) -> Pending<'a, Vec<StateCounts>> {
        let (landlord, viewer) = (landlord.clone(), viewer.cloned());
        self.pass("counting the rows of a rule", move |c| {
            obligations::rule_counts(c, landlord.label(), viewer.as_ref(), rule, &bounds)
        })
    }

    fn listing<'a>(&'a self, landlord: &'a Landlord, case: JournalId) -> Pending<'a, Option<ListingRows>> {
        self.point("reading the listing of a case", move |c| {
            lists::listing(c, landlord.label(), case)
        })
    }

    fn journals<'a>(
        &'a self,
        landlord: &'a Landlord,
        after: Option<JournalId>,
        limit: usize,
    ) -> Pending<'a, Vec<(JournalRow, u64)>> {
        let landlord = landlord.clone();
        self.sized("reading journals", limit, move |c| {
            find::journals(c, landlord.label(), after, limit)
        })
    }

    fn keys_before<'a>(
        &'a self,
        landlord: &'a Landlord,
        generation: u32,
        limit: usize,
    ) -> Pending<'a, Vec<JournalRow>> {
        let landlord = landlord.clone();
        self.sized("reading keys", limit, move |c| {
            find::keys_before(c, landlord.label(), generation, limit)
        })
    }

    fn row_tables<'a>(&'a self, landlord: &'a Landlord) -> Pending<'a, Vec<String>> {
        let landlord = landlord.clone();
        self.pass("reading the labels of tables", move |c| {
            find::row_tables(c, landlord.label())
        })
    }

    fn misfits(&self) -> Pending<'_, Vec<String>> {
        self.pass("comparing the tables", find::misfits)
    }

    fn landlords(&self) -> Pending<'_, Vec<Landlord>> {
        self.point("reading the landlords", find::landlords)
    }

    fn clear_log(&self) -> Pending<'_, ()> {
        self.alone("emptying the log", |connection| {
            let busy: bool = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
            if busy {
                return Err(rusqlite::Error::SqliteFailure(
                    rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY),
                    None,
                ));
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tamper;
#[cfg(test)]
mod tests;
