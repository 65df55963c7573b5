//! The same data in bare SQL: one file, the same SQLite with the same durability, nothing sealed, no gate, no page.

use anyhow::Result;
use rusqlite::{Connection, params};
use std::path::{Path, PathBuf};

const SCHEMA: &str = "
CREATE TABLE case_ (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, reference TEXT NOT NULL, received INTEGER NOT NULL,
    open INTEGER NOT NULL, lead BLOB NOT NULL, surname TEXT NOT NULL);
CREATE INDEX case_surname ON case_ (surname, received);
CREATE TABLE entry (n INTEGER PRIMARY KEY, case_n INTEGER NOT NULL, position INTEGER NOT NULL, recorded INTEGER NOT NULL,
    body TEXT NOT NULL, UNIQUE (case_n, position));
CREATE TABLE obligation (n INTEGER PRIMARY KEY, case_n INTEGER NOT NULL, rule TEXT NOT NULL, title TEXT NOT NULL,
    started INTEGER NOT NULL, due INTEGER, met INTEGER, open INTEGER NOT NULL, owner BLOB);
CREATE INDEX obligation_rule ON obligation (rule, started, due, met);
CREATE INDEX obligation_owner ON obligation (owner, due) WHERE open = 1;
CREATE INDEX obligation_case ON obligation (case_n);
CREATE TABLE reading (n INTEGER PRIMARY KEY, who BLOB NOT NULL, at INTEGER NOT NULL, saw TEXT NOT NULL);
";

/// A case as plain rows.
pub(crate) struct PlainCase {
    pub(crate) id: [u8; 16],
    pub(crate) reference: String,
    pub(crate) received: i64,
    pub(crate) open: bool,
    pub(crate) lead: [u8; 16],
    pub(crate) surname: String,
    pub(crate) entries: Vec<String>,
    pub(crate) obligations: Vec<PlainObligation>,
}

/// A promise as a plain row.
pub(crate) struct PlainObligation {
    pub(crate) rule: String,
    pub(crate) title: String,
    pub(crate) started: i64,
    pub(crate) due: Option<i64>,
    pub(crate) met: Option<i64>,
    pub(crate) open: bool,
}

/// The size of a database once its log has been brought in.
pub(crate) fn bytes_at_rest(path: &Path) -> Result<u64> {
    let connection = Connection::open(path)?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(std::fs::metadata(path)?.len())
}

/// The bare database.
pub(crate) struct Bare {
    connection: Connection,
    path: PathBuf,
}

impl Bare {
    /// A new one.
    pub(crate) fn create(path: &Path) -> Result<Bare> {
        let bare = Bare::open(path)?;
        bare.connection.execute_batch(SCHEMA)?;
        Ok(bare)
    }

    fn open(path: &Path) -> Result<Bare> {
        let connection = Connection::open(path)?;
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000;",
        )?;
        Ok(Bare {
            connection,
            path: path.to_owned(),
        })
    }

    /// A second connection to the same file.
    pub(crate) fn again(&self) -> Result<Bare> {
        Bare::open(&self.path)
    }

    /// Fills in cases.
    pub(crate) fn fill(&mut self, cases: &[PlainCase]) -> Result<()> {
        let transaction = self.connection.transaction()?;
        for case in cases {
            transaction
                .prepare_cached(
                    "INSERT INTO case_ (id, reference, received, open, lead, surname) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                )?
                .execute(params![case.id, case.reference, case.received, case.open, case.lead, case.surname])?;
            let n = transaction.last_insert_rowid();
            for (position, body) in case.entries.iter().enumerate() {
                transaction
                    .prepare_cached(
                        "INSERT INTO entry (case_n, position, recorded, body) VALUES (?1, ?2, ?3, ?4)",
                    )?
                    .execute(params![n, position as i64, case.received, body])?;
            }
            for row in &case.obligations {
                transaction
                    .prepare_cached(
                        "INSERT INTO obligation (case_n, rule, title, started, due, met, open, owner)
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                    )?
                    .execute(params![
                        n,
                        row.rule,
                        row.title,
                        row.started,
                        row.due,
                        row.met,
                        row.open,
                        case.lead
                    ])?;
            }
        }
        transaction.commit()?;
        Ok(())
    }

    /// Bytes on disk.
    pub(crate) fn bytes(&self) -> Result<u64> {
        bytes_at_rest(&self.path)
    }

    fn read_on_record(&self, who: [u8; 16], saw: &str) -> Result<()> {
        self.connection
            .prepare_cached("INSERT INTO reading (who, at, saw) VALUES (?1, 0, ?2)")?
            .execute(params![who, saw])?;
        Ok(())
    }

    /// Reads a case, and puts the read on record.
    pub(crate) fn open_case(&self, who: [u8; 16], id: [u8; 16]) -> Result<usize> {
        let mut statement = self.connection.prepare_cached(
            "SELECT e.position, e.recorded, e.body FROM case_ c JOIN entry e ON e.case_n = c.n
             WHERE c.id = ?1 ORDER BY e.position",
        )?;
        let mut rows = statement.query(params![id])?;
        let mut bytes = 0;
        while let Some(row) = rows.next()? {
            bytes += row.get::<_, String>(2)?.len();
        }
        self.read_on_record(who, "page")?;
        Ok(bytes)
    }

    /// The next fifty promises of somebody, and how many there are.
    pub(crate) fn work(&self, who: [u8; 16]) -> Result<usize> {
        let mut statement = self.connection.prepare_cached(
            "SELECT o.title, o.due, c.id, c.reference, c.received FROM obligation o JOIN case_ c ON c.n = o.case_n
             WHERE o.open = 1 AND o.owner = ?1 ORDER BY o.due LIMIT 50",
        )?;
        let mut rows = statement.query(params![who])?;
        let mut found = 0;
        while let Some(row) = rows.next()? {
            let _: (String, String) = (row.get(0)?, row.get(3)?);
            found += 1;
        }
        let _: i64 = self
            .connection
            .prepare_cached("SELECT count(*) FROM obligation WHERE open = 1 AND owner = ?1")?
            .query_row(params![who], |row| row.get(0))?;
        self.read_on_record(who, "list")?;
        Ok(found)
    }

    /// The newest fifty of a surname.
    pub(crate) fn search(&self, who: [u8; 16], surname: &str) -> Result<usize> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, reference, received, open FROM case_ WHERE surname = ?1 ORDER BY received DESC LIMIT 50",
        )?;
        let mut rows = statement.query(params![surname])?;
        let mut found = 0;
        while let Some(row) = rows.next()? {
            let _: String = row.get(1)?;
            found += 1;
        }
        self.read_on_record(who, "search")?;
        Ok(found)
    }

    /// Adds one entry at the end of a case.
    pub(crate) fn note(&self, id: [u8; 16], body: &str) -> Result<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO entry (case_n, position, recorded, body)
                 SELECT c.n, (SELECT max(position) + 1 FROM entry WHERE case_n = c.n), 0, ?2 FROM case_ c WHERE c.id = ?1",
            )?
            .execute(params![id, body])?;
        Ok(())
    }

    /// How many clocks of a rule started in a span, and how many were kept in time.
    pub(crate) fn yearly(&self, rule: &str, from: i64, to: i64) -> Result<(i64, i64)> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT count(*), count(nullif(met <= due, 0)) FROM obligation
                 WHERE rule = ?1 AND started >= ?2 AND started < ?3",
            )?
            .query_row(params![rule, from, to], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }
}
