//! One write: look up what it builds on, let it seal, make its changes.

use super::{find, trouble};
use crate::backend::{
    Change, EntryRow, Found, KeyRow, ListingSet, PlannedWrite, StampRow, StoredRow, Written,
};
use crate::error::StoreError;
use crate::ids::{JournalId, Landlord, Token};
use crate::index::IndexRow;
use rusqlite::{Connection, OptionalExtension as _, Params};

/// Puts a write through within the transaction that is open.
pub(super) fn write(connection: &Connection, write: &mut PlannedWrite) -> Result<Written, StoreError> {
    let label = write.landlord.label();
    if let Some(command) = write.command
        && let Some(known) =
            find::stamp(connection, label, command).map_err(trouble("looking for a command"))?
    {
        return Ok(Written::Known(known));
    }
    let found = found(connection, write).map_err(trouble("looking up what a write builds on"))?;
    let changes = (write.seal)(&found)?;
    let landlord = landlord_number(connection, &write.landlord)
        .map_err(trouble("looking up a landlord"))?
        .ok_or(StoreError::NotFound)?;
    let into = Into { connection, landlord };
    for change in &changes {
        into.apply(change).map_err(trouble("making a change"))?;
    }
    Ok(Written::Done)
}

fn found(connection: &Connection, write: &PlannedWrite) -> rusqlite::Result<Found> {
    let label = write.landlord.label();
    let mut found = Found::default();
    for journal in &write.journals {
        found.heads.push(find::head(connection, label, *journal)?);
    }
    for (table, id) in &write.rows {
        found
            .rows
            .push(find::row(connection, label, table, id)?.map(|(row, _)| row));
    }
    if let Some(case) = write.whole_case {
        found.entry_keys = find::entry_keys(connection, label, case)?;
        found.case_rows = find::case_rows(connection, label, case)?;
    }
    Ok(found)
}

fn landlord_number(connection: &Connection, landlord: &Landlord) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT n FROM landlord WHERE label = ?1")?
        .query_row([landlord.label()], |row| row.get(0))
        .optional()
}

struct Into<'a> {
    connection: &'a Connection,
    landlord: i64,
}

impl Into<'_> {
    fn run(&self, sql: &str, params: impl Params) -> rusqlite::Result<usize> {
        self.connection.prepare_cached(sql)?.execute(params)
    }

    fn journal(&self, id: JournalId) -> rusqlite::Result<i64> {
        self.connection
            .prepare_cached("SELECT n FROM journal WHERE landlord = ?1 AND id = ?2")?
            .query_row((self.landlord, id.0), |row| row.get(0))
    }

    fn apply(&self, change: &Change) -> rusqlite::Result<()> {
        match change {
            Change::PutJournal(journal) => {
                self.run(
                    "INSERT INTO journal (landlord, id, kind) VALUES (?1, ?2, ?3)",
                    (self.landlord, journal.id.0, journal.kind.code()),
                )?;
                match &journal.key {
                    Some(key) => self.put_key(journal.id, key),
                    None => Ok(()),
                }
            }
            Change::PutEntry(journal, row) => self.put_entry(*journal, row),
            Change::PutReading { case, position } => self.done(
                "INSERT INTO reading_case (landlord, journal_id, position) VALUES (?1, ?2, ?3)",
                (self.landlord, case.0, *position as i64),
            ),
            Change::PutSummary {
                case,
                state,
                sort,
                sealed,
            } => self.put_summary(*case, (*state, *sort), sealed),
            Change::ReplaceIndex(case, rows, seal) => self.replace_index(*case, rows, seal),
            Change::ReplaceTokens {
                case,
                set,
                tokens,
                seal,
                listed,
            } => {
                self.replace_tokens(*case, *set, tokens, *listed)?;
                self.put_seal(*case, *set, seal)
            }
            Change::PutRow(row) => self.put_row(row),
            Change::DeleteRow { table, id } => self.done(
                "DELETE FROM sealed_row WHERE landlord = ?1 AND label = ?2 AND id = ?3",
                (self.landlord, table, id),
            ),
            Change::PutStamp(stamp) => self.put_stamp(stamp),
            Change::PutKey(journal, key) => self.put_key(*journal, key),
            Change::RewrapKey { journal, from, to } => self.done(
                "UPDATE journal_key SET generation = ?1, wrapped = ?2
                 WHERE journal = ?3 AND generation = ?4 AND wrapped = ?5",
                (
                    to.generation,
                    &to.wrapped,
                    self.journal(*journal)?,
                    from.generation,
                    &from.wrapped,
                ),
            ),
            Change::PutEntryKey(journal, position, wrapped) => self.done(
                "UPDATE entry_key SET wrapped = ?3
                 WHERE entry = (SELECT n FROM entry WHERE journal = ?1 AND position = ?2)",
                (self.journal(*journal)?, *position as i64, wrapped),
            ),
            Change::DropEntryKey(journal, position) => self.done(
                "DELETE FROM entry_key
                 WHERE entry = (SELECT n FROM entry WHERE journal = ?1 AND position = ?2)",
                (self.journal(*journal)?, *position as i64),
            ),
            Change::DropCase(case) => self.drop_case(*case),
        }
    }

    fn done(&self, sql: &str, params: impl Params) -> rusqlite::Result<()> {
        self.run(sql, params).map(|_| ())
    }

    fn put_key(&self, journal: JournalId, key: &KeyRow) -> rusqlite::Result<()> {
        self.done(
            "INSERT INTO journal_key (journal, generation, wrapped) VALUES (?1, ?2, ?3)
             ON CONFLICT (journal) DO UPDATE SET generation = excluded.generation, wrapped = excluded.wrapped",
            (self.journal(journal)?, key.generation, &key.wrapped),
        )
    }

    fn put_entry(&self, journal: JournalId, row: &EntryRow) -> rusqlite::Result<()> {
        self.run(
            "INSERT INTO entry (journal, position, version, algorithm, flags, recorded, commitment, hash, ciphertext)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            (
                self.journal(journal)?,
                row.position as i64,
                row.version,
                row.algorithm,
                row.flags,
                row.recorded,
                row.commitment,
                row.hash,
                &row.ciphertext,
            ),
        )?;
        let entry = self.connection.last_insert_rowid();
        match &row.wrapped {
            Some(wrapped) => self.done(
                "INSERT INTO entry_key (entry, wrapped) VALUES (?1, ?2)",
                (entry, wrapped),
            ),
            None => Ok(()),
        }
    }

    fn put_summary(&self, case: JournalId, (state, sort): (u8, i64), sealed: &[u8]) -> rusqlite::Result<()> {
        let journal = self.journal(case)?;
        let before: Option<(u8, i64)> = self
            .connection
            .prepare_cached("SELECT state, sort FROM summary WHERE journal = ?1")?
            .query_row([journal], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        self.run(
            "INSERT INTO summary (journal, state, sort, sealed) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (journal) DO UPDATE
             SET state = excluded.state, sort = excluded.sort, sealed = excluded.sealed",
            (journal, state, sort, sealed),
        )?;
        if before != Some((state, sort)) {
            self.run(
                "UPDATE audience SET state = ?2, sort = ?3 WHERE journal = ?1",
                (journal, state, sort),
            )?;
            self.run(
                "UPDATE search SET state = ?2, sort = ?3 WHERE journal = ?1",
                (journal, state, sort),
            )?;
        }
        Ok(())
    }

    fn put_seal(&self, case: JournalId, set: ListingSet, seal: &[u8; 32]) -> rusqlite::Result<()> {
        self.done(
            "INSERT INTO listing_seal (journal, rows_of, seal) VALUES (?1, ?2, ?3)
             ON CONFLICT (journal, rows_of) DO UPDATE SET seal = excluded.seal",
            (self.journal(case)?, find::set_code(set), seal),
        )
    }

    fn replace_index(&self, case: JournalId, rows: &[IndexRow], seal: &[u8; 32]) -> rusqlite::Result<()> {
        let journal = self.journal(case)?;
        self.run("DELETE FROM obligation WHERE journal = ?1", [journal])?;
        for row in rows {
            self.run(
                "INSERT INTO obligation (journal, slot, landlord, rule, started, due, met, lapsed, open, owner,
                                         state, wake_at, made_by)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
                (
                    journal,
                    row.slot.0,
                    self.landlord,
                    row.rule.0,
                    row.started,
                    row.due.unwrap_or(i64::MAX),
                    row.met,
                    row.lapsed,
                    row.open,
                    row.owner.map(|owner| owner.0),
                    row.state,
                    row.wake_at,
                    row.made_by as i64,
                ),
            )?;
        }
        self.put_seal(case, ListingSet::Index, seal)
    }

    fn replace_tokens(
        &self,
        case: JournalId,
        set: ListingSet,
        tokens: &[Token],
        (state, sort): (u8, i64),
    ) -> rusqlite::Result<()> {
        let journal = self.journal(case)?;
        let (delete, insert) = match set {
            ListingSet::Index => return Ok(()),
            ListingSet::Search => (
                "DELETE FROM search WHERE journal = ?1",
                "INSERT INTO search (landlord, token, state, sort, journal) VALUES (?1, ?2, ?3, ?4, ?5)",
            ),
            ListingSet::Audience => (
                "DELETE FROM audience WHERE journal = ?1",
                "INSERT INTO audience (landlord, token, state, sort, journal) VALUES (?1, ?2, ?3, ?4, ?5)",
            ),
            ListingSet::ShutOut => {
                self.run("DELETE FROM shut_out WHERE journal = ?1", [journal])?;
                for token in tokens {
                    self.run(
                        "INSERT INTO shut_out (journal, token) VALUES (?1, ?2)",
                        (journal, token.0),
                    )?;
                }
                return Ok(());
            }
        };
        self.run(delete, [journal])?;
        for token in tokens {
            self.run(insert, (self.landlord, token.0, state, sort, journal))?;
        }
        Ok(())
    }

    fn put_row(&self, row: &StoredRow) -> rusqlite::Result<()> {
        let journal = row.case.map(|case| self.journal(case)).transpose()?;
        self.done(
            "INSERT INTO sealed_row (landlord, label, id, journal, owner, version, sort, expires_at, sealed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (landlord, label, id) DO UPDATE
             SET journal = excluded.journal, owner = excluded.owner, version = excluded.version,
                 sort = excluded.sort, expires_at = excluded.expires_at, sealed = excluded.sealed",
            (
                self.landlord,
                &row.table,
                &row.id,
                journal,
                row.owner,
                row.version as i64,
                row.sort,
                row.expires_at,
                &row.sealed,
            ),
        )
    }

    fn put_stamp(&self, stamp: &StampRow) -> rusqlite::Result<()> {
        let journal = stamp.case.map(|case| self.journal(case)).transpose()?;
        self.done(
            "INSERT INTO stamp (landlord, command, asked, journal, made_at, sealed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            (
                self.landlord,
                stamp.command.0,
                stamp.asked,
                journal,
                stamp.made_at,
                &stamp.sealed,
            ),
        )
    }

    fn drop_case(&self, case: JournalId) -> rusqlite::Result<()> {
        let journal = self.journal(case)?;
        for sql in [
            "DELETE FROM journal_key WHERE journal = ?1",
            "DELETE FROM summary WHERE journal = ?1",
            "DELETE FROM search WHERE journal = ?1",
            "DELETE FROM audience WHERE journal = ?1",
            "DELETE FROM shut_out WHERE journal = ?1",
            "DELETE FROM listing_seal WHERE journal = ?1 AND rows_of <> 0",
            "DELETE FROM sealed_row WHERE journal = ?1",
            "DELETE FROM stamp WHERE journal = ?1",
        ] {
            self.run(sql, [journal])?;
        }
        Ok(())
    }
}
