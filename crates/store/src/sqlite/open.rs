//! Opening the data folder and the database in it.

use super::trouble;
use crate::error::StoreError;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use sha2::{Digest, Sha256};
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;

const DATABASE: &str = "fanlight.db";
const MIGRATIONS: [(i64, &str); 1] = [(1, include_str!("0001_first.sql"))];

/// Makes the folder, which must be absent or empty.
pub(super) fn make_folder(folder: &Path) -> Result<(), StoreError> {
    let doing = "making the data folder";
    if folder.exists() {
        let mut inside = fs::read_dir(folder).map_err(|source| StoreError::disk(doing, source))?;
        if inside.next().is_some() {
            return Err(StoreError::Folder("it is not empty"));
        }
    }
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|source| StoreError::disk(doing, source))
}

/// Takes the folder for this process. The lock goes when the file is closed, however the process ends.
pub(super) fn lock(folder: &Path) -> Result<File, StoreError> {
    let doing = "taking the data folder for this process";
    let mode = fs::metadata(folder)
        .map_err(|source| StoreError::disk(doing, source))?
        .mode();
    if mode & 0o022 != 0 {
        return Err(StoreError::Folder("others can write there; allow only its owner"));
    }
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(folder.join("lock"))
        .map_err(|source| StoreError::disk(doing, source))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::Folder("another process holds it")),
        Err(TryLockError::Error(source)) => Err(StoreError::disk(doing, source)),
    }
}

/// Whether there is a database in the folder.
pub(super) fn is_made(folder: &Path) -> bool {
    folder.join(DATABASE).exists()
}

/// Opens the connection that writes, and brings the schema up to this release.
pub(super) fn writer(folder: &Path) -> Result<Connection, StoreError> {
    let path = folder.join(DATABASE);
    let doing = "opening the database";
    // Made here so that it, and with it the log that SQLite makes beside it, is for its owner alone.
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(&path)
        .map_err(|source| StoreError::disk(doing, source))?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(&path, flags).map_err(trouble(doing))?;
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
             PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 16777216;",
        )
        .map_err(trouble(doing))?;
    harden(&connection)?;
    migrate(&mut connection)?;
    // A log left by a killed process may still hold what was erased.
    connection
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .map_err(trouble(doing))?;
    Ok(connection)
}

/// Opens a connection that only reads.
pub(super) fn reader(folder: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let doing = "opening the database to read";
    let connection = Connection::open_with_flags(folder.join(DATABASE), flags).map_err(trouble(doing))?;
    harden(&connection)?;
    Ok(connection)
}

fn harden(connection: &Connection) -> Result<(), StoreError> {
    connection.set_prepared_statement_cache_capacity(128);
    // Plans must not depend on what is bound: otherwise each use of a kept statement parses it again.
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
        .map_err(trouble("setting up a connection"))?;
    connection
        .execute_batch(
            "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;
             PRAGMA temp_store = MEMORY; PRAGMA busy_timeout = 10000;",
        )
        .map_err(trouble("setting up a connection"))
}

/// Applies the numbered files that have not been applied, each whole, and refuses a schema that is not ours.
fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let doing = "bringing the database up to this release";
    let transaction = connection.transaction().map_err(trouble(doing))?;
    transaction
        .execute_batch(
            "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, sha256 BLOB NOT NULL) STRICT;",
        )
        .map_err(trouble(doing))?;
    let applied: Vec<(i64, Vec<u8>)> = transaction
        .prepare("SELECT number, sha256 FROM migration ORDER BY number")
        .and_then(|mut statement| {
            statement
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })
        .map_err(trouble(doing))?;
    for (at, (number, sql)) in MIGRATIONS.iter().enumerate() {
        let hash = Sha256::digest(sql).to_vec();
        match applied.get(at) {
            Some((kept, sha256)) if kept == number && *sha256 == hash => {}
            Some(_) => return Err(StoreError::Folder("its database was not made by this program")),
            None => {
                transaction.execute_batch(sql).map_err(trouble(doing))?;
                transaction
                    .execute(
                        "INSERT INTO migration (number, sha256) VALUES (?1, ?2)",
                        (number, hash),
                    )
                    .map_err(trouble(doing))?;
            }
        }
    }
    if applied.len() > MIGRATIONS.len() {
        return Err(StoreError::Folder("its database was made by a newer release"));
    }
    transaction.commit().map_err(trouble(doing))
}
