//! Finding journals, entries, keys, rows and kept answers.

use crate::backend::{EntryRow, Head, JournalRow, KeyRow, ListingSet, RowQuery, Run, StampRow, StoredRow};
use crate::entry::{START, under};
use crate::ids::{CommandId, JournalId, JournalKind, Landlord, Under};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension as _, Row, ToSql};

type WithKey = (StoredRow, Option<KeyRow>);

/// A limit as the database counts.
pub(super) fn bounded(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

pub(super) fn set_code(set: ListingSet) -> i64 {
    match set {
        ListingSet::Index => 0,
        ListingSet::Search => 1,
        ListingSet::Audience => 2,
        ListingSet::ShutOut => 3,
    }
}

pub(super) fn key_at(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<KeyRow>> {
    let generation: Option<u32> = row.get(at)?;
    let Some(generation) = generation else {
        return Ok(None);
    };
    Ok(Some(KeyRow {
        generation,
        wrapped: row.get(at + 1)?,
    }))
}

fn kind_at(row: &Row<'_>, at: usize) -> rusqlite::Result<JournalKind> {
    let code = row.get(at)?;
    JournalKind::from_code(code).ok_or(rusqlite::Error::IntegralValueOutOfRange(at, code))
}

/// A number that was written as one without a sign.
fn unsigned_at(row: &Row<'_>, at: usize) -> rusqlite::Result<u64> {
    row.get::<_, i64>(at).map(|number| number as u64)
}

struct Found {
    n: i64,
    row: JournalRow,
}

fn journal(connection: &Connection, landlord: &str, id: JournalId) -> rusqlite::Result<Option<Found>> {
    connection
        .prepare_cached(
            "SELECT j.n, j.kind, k.generation, k.wrapped
             FROM landlord l JOIN journal j ON j.landlord = l.n LEFT JOIN journal_key k ON k.journal = j.n
             WHERE l.label = ?1 AND j.id = ?2",
        )?
        .query_row((landlord, id.0), |row| {
            Ok(Found {
                n: row.get(0)?,
                row: JournalRow {
                    id,
                    kind: kind_at(row, 1)?,
                    key: key_at(row, 2)?,
                },
            })
        })
        .optional()
}

pub(super) fn head(connection: &Connection, landlord: &str, id: JournalId) -> rusqlite::Result<Option<Head>> {
    let Some(found) = journal(connection, landlord, id)? else {
        return Ok(None);
    };
    let last: Option<(u64, [u8; 32], i64)> = connection
        .prepare_cached(
            "SELECT position, hash, recorded FROM entry WHERE journal = ?1 ORDER BY position DESC LIMIT 1",
        )?
        .query_row([found.n], |row| {
            Ok((unsigned_at(row, 0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    let listed = connection
        .prepare_cached("SELECT state, sort FROM summary WHERE journal = ?1")?
        .query_row([found.n], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (next, hash, recorded) = last.map_or((0, START, 0), |(at, hash, recorded)| (at + 1, hash, recorded));
    Ok(Some(Head {
        journal: found.row,
        next,
        hash,
        recorded,
        listed,
    }))
}

pub(super) fn run(
    connection: &Connection,
    landlord: &str,
    id: JournalId,
    from: u64,
    limit: usize,
) -> rusqlite::Result<Option<Run>> {
    let Some(found) = journal(connection, landlord, id)? else {
        return Ok(None);
    };
    let before = match from {
        0 => None,
        from => connection
            .prepare_cached("SELECT hash, recorded FROM entry WHERE journal = ?1 AND position = ?2")?
            .query_row((found.n, from as i64 - 1), |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?,
    };
    let mut statement = connection.prepare_cached(
        "SELECT e.position, e.version, e.algorithm, e.flags, e.recorded, e.commitment, e.hash, e.ciphertext,
                k.wrapped
         FROM entry e LEFT JOIN entry_key k ON k.entry = e.n
         WHERE e.journal = ?1 AND e.position >= ?2 ORDER BY e.position LIMIT ?3",
    )?;
    let entries = statement
        .query_map((found.n, from as i64, bounded(limit)), |row| {
            Ok(EntryRow {
                position: unsigned_at(row, 0)?,
                version: row.get(1)?,
                algorithm: row.get(2)?,
                flags: row.get(3)?,
                recorded: row.get(4)?,
                commitment: row.get(5)?,
                hash: row.get(6)?,
                ciphertext: row.get(7)?,
                wrapped: row.get(8)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Some(Run {
        journal: found.row,
        before: before.unwrap_or((START, 0)),
        entries,
    }))
}

pub(super) fn entry_keys(
    connection: &Connection,
    landlord: &str,
    id: JournalId,
) -> rusqlite::Result<Vec<(u64, Under, Vec<u8>)>> {
    let Some(found) = journal(connection, landlord, id)? else {
        return Ok(Vec::new());
    };
    connection
        .prepare_cached(
            "SELECT e.position, e.flags, k.wrapped FROM entry e JOIN entry_key k ON k.entry = e.n
             WHERE e.journal = ?1 ORDER BY e.position",
        )?
        .query_map([found.n], |row| {
            Ok((unsigned_at(row, 0)?, under(row.get(1)?), row.get(2)?))
        })?
        .collect()
}

pub(super) fn readings_of(
    connection: &Connection,
    landlord: &str,
    case: JournalId,
    before: Option<u64>,
    limit: usize,
) -> rusqlite::Result<Vec<u64>> {
    let before = before.map_or(i64::MAX, |before| i64::try_from(before).unwrap_or(i64::MAX));
    connection
        .prepare_cached(
            "SELECT position FROM reading_case
             WHERE landlord = (SELECT n FROM landlord WHERE label = ?1) AND journal_id = ?2 AND position < ?3
             ORDER BY position DESC LIMIT ?4",
        )?
        .query_map((landlord, case.0, before, bounded(limit)), |row| {
            unsigned_at(row, 0)
        })?
        .collect()
}

pub(super) fn readings(connection: &Connection, landlord: &str) -> rusqlite::Result<Vec<(u64, JournalId)>> {
    connection
        .prepare_cached(
            "SELECT position, journal_id FROM reading_case
             WHERE landlord = (SELECT n FROM landlord WHERE label = ?1) ORDER BY position, journal_id",
        )?
        .query_map([landlord], |row| {
            Ok((unsigned_at(row, 0)?, JournalId(row.get(1)?)))
        })?
        .collect()
}

const ROW: &str = "SELECT r.label, r.id, j.id, r.owner, r.version, r.sort, r.expires_at, r.sealed,
       k.generation, k.wrapped
FROM sealed_row r LEFT JOIN journal j ON j.n = r.journal LEFT JOIN journal_key k ON k.journal = r.journal
WHERE r.landlord = (SELECT n FROM landlord WHERE label = ?1)";

/// The rows of one case, found by the case: a table of drafts or jobs is long, and its part of one case short.
fn of_case(place: usize) -> String {
    format!(
        " AND r.journal = (SELECT n FROM journal WHERE id = ?{place}
         AND landlord = (SELECT n FROM landlord WHERE label = ?1))"
    )
}

fn stored(row: &Row<'_>) -> rusqlite::Result<WithKey> {
    let case: Option<[u8; 16]> = row.get(2)?;
    let stored = StoredRow {
        table: row.get(0)?,
        id: row.get(1)?,
        case: case.map(JournalId),
        owner: row.get(3)?,
        version: unsigned_at(row, 4)?,
        sort: row.get(5)?,
        expires_at: row.get(6)?,
        sealed: row.get(7)?,
    };
    Ok((stored, key_at(row, 8)?))
}

pub(super) fn row(
    connection: &Connection,
    landlord: &str,
    table: &str,
    id: &[u8],
) -> rusqlite::Result<Option<WithKey>> {
    connection
        .prepare_cached(&format!("{ROW} AND r.label = ?2 AND r.id = ?3"))?
        .query_row((landlord, table, id), stored)
        .optional()
}

pub(super) fn rows(
    connection: &Connection,
    landlord: &str,
    query: &RowQuery,
) -> rusqlite::Result<Vec<WithKey>> {
    let limit = bounded(query.limit);
    // The plus keeps a label out of the choice of an index where a case is the better one.
    let plus = if query.case.is_some() { "+" } else { "" };
    let mut sql = format!("{ROW} AND {plus}r.label = ?2");
    let mut params: Vec<&dyn ToSql> = vec![&landlord, &query.table];
    if let Some(owner) = &query.owner {
        params.push(owner);
        sql += &format!(" AND r.owner = ?{}", params.len());
    }
    if let Some(case) = &query.case {
        params.push(&case.0);
        sql += &of_case(params.len());
    }
    if let Some((sort, id)) = &query.after {
        params.extend([sort as &dyn ToSql, id]);
        sql += &format!(" AND (r.sort, r.id) > (?{}, ?{})", params.len() - 1, params.len());
    }
    params.push(&limit);
    sql += &format!(" ORDER BY r.sort, r.id LIMIT ?{}", params.len());
    connection
        .prepare_cached(&sql)?
        .query_map(params.as_slice(), stored)?
        .collect()
}

pub(super) fn case_rows(
    connection: &Connection,
    landlord: &str,
    case: JournalId,
) -> rusqlite::Result<Vec<StoredRow>> {
    connection
        .prepare_cached(&format!("{ROW}{} ORDER BY r.n", of_case(2)))?
        .query_map((landlord, case.0), |row| stored(row).map(|(row, _)| row))?
        .collect()
}

pub(super) fn row_tables(connection: &Connection, landlord: &str) -> rusqlite::Result<Vec<String>> {
    connection
        .prepare_cached(
            "SELECT DISTINCT label FROM sealed_row WHERE landlord = (SELECT n FROM landlord WHERE label = ?1)",
        )?
        .query_map([landlord], |row| row.get(0))?
        .collect()
}

pub(super) fn stamp(
    connection: &Connection,
    landlord: &str,
    command: CommandId,
) -> rusqlite::Result<Option<StampRow>> {
    connection
        .prepare_cached(
            "SELECT s.asked, j.id, s.made_at, s.sealed FROM stamp s LEFT JOIN journal j ON j.n = s.journal
             WHERE s.landlord = (SELECT n FROM landlord WHERE label = ?1) AND s.command = ?2",
        )?
        .query_row((landlord, command.0), |row| {
            let case: Option<[u8; 16]> = row.get(1)?;
            Ok(StampRow {
                command,
                asked: row.get(0)?,
                case: case.map(JournalId),
                made_at: row.get(2)?,
                sealed: row.get(3)?,
            })
        })
        .optional()
}

pub(super) fn journals(
    connection: &Connection,
    landlord: &str,
    after: Option<JournalId>,
    limit: usize,
) -> rusqlite::Result<Vec<(JournalRow, u64)>> {
    let after = after.map(|id| id.0.to_vec()).unwrap_or_default();
    connection
        .prepare_cached(
            "SELECT j.id, j.kind, k.generation, k.wrapped,
                    coalesce((SELECT max(position) + 1 FROM entry e WHERE e.journal = j.n), 0)
             FROM landlord l JOIN journal j ON j.landlord = l.n LEFT JOIN journal_key k ON k.journal = j.n
             WHERE l.label = ?1 AND j.id > ?2 ORDER BY j.id LIMIT ?3",
        )?
        .query_map((landlord, after, bounded(limit)), |row| {
            let id = JournalId(row.get(0)?);
            let found = JournalRow {
                id,
                kind: kind_at(row, 1)?,
                key: key_at(row, 2)?,
            };
            Ok((found, unsigned_at(row, 4)?))
        })?
        .collect()
}

pub(super) fn keys_before(
    connection: &Connection,
    landlord: &str,
    generation: u32,
    limit: usize,
) -> rusqlite::Result<Vec<JournalRow>> {
    connection
        .prepare_cached(
            "SELECT j.id, j.kind, k.generation, k.wrapped
             FROM landlord l JOIN journal j ON j.landlord = l.n JOIN journal_key k ON k.journal = j.n
             WHERE l.label = ?1 AND k.generation < ?2 LIMIT ?3",
        )?
        .query_map((landlord, generation, bounded(limit)), |row| {
            Ok(JournalRow {
                id: JournalId(row.get(0)?),
                kind: kind_at(row, 1)?,
                key: key_at(row, 2)?,
            })
        })?
        .collect()
}

pub(super) fn landlords(connection: &Connection) -> rusqlite::Result<Vec<Landlord>> {
    connection
        .prepare_cached("SELECT label FROM landlord ORDER BY label")?
        .query_map([], |row| {
            let label: String = row.get(0)?;
            Landlord::new(&label)
                .ok_or_else(|| rusqlite::Error::InvalidColumnType(0, "label".to_owned(), Type::Text))
        })?
        .collect()
}

pub(super) fn misfits(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut found: Vec<String> = connection
        .prepare("SELECT DISTINCT \"table\" FROM pragma_foreign_key_check")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for (table, compare) in [
        (
            "audience",
            "x.landlord <> j.landlord OR x.state IS NOT s.state OR x.sort IS NOT s.sort",
        ),
        (
            "search",
            "x.landlord <> j.landlord OR x.state IS NOT s.state OR x.sort IS NOT s.sort",
        ),
        ("obligation", "x.landlord <> j.landlord"),
        ("sealed_row", "x.landlord <> j.landlord"),
    ] {
        let sql = format!(
            "SELECT EXISTS (SELECT 1 FROM {table} x JOIN journal j ON j.n = x.journal
             LEFT JOIN summary s ON s.journal = x.journal WHERE {compare})"
        );
        if connection.query_row(&sql, [], |row| row.get(0))? {
            found.push(table.to_owned());
        }
    }
    Ok(found)
}
