//! Lists of cases, and the listing of one. What the viewer must not see is left out in SQL.

use super::find::{bounded, key_at, set_code};
use super::obligations::{INDEX, index_at};
use crate::backend::{CaseQuery, ListingRows, ListingSet, SummaryRow};
use crate::ids::{JournalId, Order, Token};
use rusqlite::{Connection, OptionalExtension as _, Row, ToSql};
use std::cmp::Reverse;

/// The place of a case in a list: its sort value and its number in the database.
type Spot = (i64, i64);

pub(super) fn landlord_number(connection: &Connection, landlord: &str) -> rusqlite::Result<i64> {
    let found = connection
        .prepare_cached("SELECT n FROM landlord WHERE label = ?1")?
        .query_row([landlord], |row| row.get(0))
        .optional()?;
    // No landlord has this number, so that its lists are empty.
    Ok(found.unwrap_or(-1))
}

pub(super) fn journal_number(
    connection: &Connection,
    landlord: i64,
    id: JournalId,
) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT n FROM journal WHERE landlord = ?1 AND id = ?2")?
        .query_row((landlord, id.0), |row| row.get(0))
        .optional()
}

/// Places for a list of values. Their number is rounded up, by repeating the last, so that few statements are prepared.
pub(super) struct Places {
    values: Vec<[u8; 16]>,
}

impl Places {
    pub(super) fn of(tokens: &[Token]) -> Places {
        let mut values: Vec<_> = tokens.iter().map(|token| token.0).collect();
        if let Some(last) = values.last().copied() {
            values.resize(values.len().next_power_of_two(), last);
        }
        Places { values }
    }

    /// Adds the values to the parameters, and gives the places for them.
    pub(super) fn bind<'a>(&'a self, params: &mut Vec<&'a dyn ToSql>) -> String {
        let mut sql = String::new();
        for value in &self.values {
            params.push(value);
            if !sql.is_empty() {
                sql.push(',');
            }
            sql += &format!("?{}", params.len());
        }
        sql
    }
}

fn summary_at(row: &Row<'_>, at: usize) -> rusqlite::Result<SummaryRow> {
    Ok(SummaryRow {
        case: JournalId(row.get(at)?),
        key: key_at(row, at + 1)?,
        state: row.get(at + 3)?,
        sort: row.get(at + 4)?,
        sealed: row.get(at + 5)?,
    })
}

const SUMMARY: &str = "SELECT j.id, k.generation, k.wrapped, s.state, s.sort, s.sealed
FROM journal j JOIN summary s ON s.journal = j.n LEFT JOIN journal_key k ON k.journal = j.n";

pub(super) fn summary_of(connection: &Connection, journal: i64) -> rusqlite::Result<Option<SummaryRow>> {
    connection
        .prepare_cached(&format!("{SUMMARY} WHERE j.n = ?1"))?
        .query_row([journal], |row| summary_at(row, 0))
        .optional()
}

pub(super) fn summary(
    connection: &Connection,
    landlord: &str,
    case: JournalId,
) -> rusqlite::Result<Option<SummaryRow>> {
    let landlord = landlord_number(connection, landlord)?;
    match journal_number(connection, landlord, case)? {
        Some(journal) => summary_of(connection, journal),
        None => Ok(None),
    }
}

pub(super) fn summaries(
    connection: &Connection,
    landlord: &str,
    after: Option<JournalId>,
    limit: usize,
) -> rusqlite::Result<Vec<SummaryRow>> {
    let landlord = landlord_number(connection, landlord)?;
    let after = after.map(|id| id.0.to_vec()).unwrap_or_default();
    connection
        .prepare_cached(&format!(
            "{SUMMARY} WHERE j.landlord = ?1 AND j.id > ?2 ORDER BY j.id LIMIT ?3"
        ))?
        .query_map((landlord, after, bounded(limit)), |row| summary_at(row, 0))?
        .collect()
}

pub(super) fn cases(
    connection: &Connection,
    landlord: &str,
    query: &CaseQuery,
) -> rusqlite::Result<Vec<SummaryRow>> {
    let landlord = landlord_number(connection, landlord)?;
    let after = match query.after {
        None => None,
        Some(cursor) => {
            let journal = journal_number(connection, landlord, cursor.case)?;
            Some((cursor.sort, journal.unwrap_or(i64::MAX)))
        }
    };
    let mut spots = if query.having.is_empty() {
        by_audience(connection, landlord, query, after)?
    } else {
        by_search(connection, landlord, query, after)?
    };
    match query.order {
        Order::NewestFirst => spots.sort_unstable_by_key(|spot| Reverse(*spot)),
        Order::OldestFirst => spots.sort_unstable(),
    }
    spots.dedup();
    spots.truncate(query.limit);
    let found = spots
        .into_iter()
        .map(|(_, journal)| summary_of(connection, journal));
    Ok(found
        .collect::<rusqlite::Result<Vec<_>>>()?
        .into_iter()
        .flatten()
        .collect())
}

/// Each token and state is an ordered list; the first of each are enough for the first of all.
fn by_audience(
    connection: &Connection,
    landlord: i64,
    query: &CaseQuery,
    after: Option<Spot>,
) -> rusqlite::Result<Vec<Spot>> {
    let (beyond, order) = match query.order {
        Order::NewestFirst => ("<", "DESC"),
        Order::OldestFirst => (">", "ASC"),
    };
    let sql = format!(
        "SELECT a.sort, a.journal FROM audience a
         WHERE a.landlord = ?1 AND a.token = ?2 AND a.state = ?3 AND (a.sort, a.journal) {beyond} (?4, ?5)
           AND NOT EXISTS (SELECT 1 FROM shut_out o WHERE o.journal = a.journal AND o.token = ?6)
         ORDER BY a.sort {order}, a.journal {order} LIMIT ?7"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let (sort, journal) = after.unwrap_or(match query.order {
        Order::NewestFirst => (i64::MAX, i64::MAX),
        Order::OldestFirst => (i64::MIN, i64::MIN),
    });
    let mut spots = Vec::new();
    for token in &query.may {
        let states = match &query.states {
            Some(states) => states.clone(),
            None => states_of(connection, landlord, *token)?,
        };
        for state in states {
            let rows = statement.query_map(
                (
                    landlord,
                    token.0,
                    state,
                    sort,
                    journal,
                    query.me.0,
                    bounded(query.limit),
                ),
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            for row in rows {
                spots.push(row?);
            }
        }
    }
    Ok(spots)
}

/// The states that a token has cases in, by stepping from one to the next.
fn states_of(connection: &Connection, landlord: i64, token: Token) -> rusqlite::Result<Vec<u8>> {
    let mut statement = connection.prepare_cached(
        "SELECT min(state) FROM audience WHERE landlord = ?1 AND token = ?2 AND state > ?3",
    )?;
    let mut states = Vec::new();
    let mut last = -1i64;
    while let Some(state) =
        statement.query_row((landlord, token.0, last), |row| row.get::<_, Option<u8>>(0))?
    {
        states.push(state);
        last = i64::from(state);
    }
    Ok(states)
}

/// Walks the token with fewest cases, in order, and asks for the others.
fn by_search(
    connection: &Connection,
    landlord: i64,
    query: &CaseQuery,
    after: Option<Spot>,
) -> rusqlite::Result<Vec<Spot>> {
    let mut having = query.having.clone();
    if having.len() > 1 {
        let mut how_many = connection.prepare_cached(
            "SELECT count(*) FROM (SELECT 1 FROM search WHERE landlord = ?1 AND token = ?2 LIMIT 500)",
        )?;
        let mut counted = Vec::with_capacity(having.len());
        for token in having {
            let count: i64 = how_many.query_row((landlord, token.0), |row| row.get(0))?;
            counted.push((count, token));
        }
        counted.sort_unstable();
        having = counted.into_iter().map(|(_, token)| token).collect();
    }
    let Some((first, others)) = having.split_first() else {
        return Ok(Vec::new());
    };
    let (sort, journal) = after.unwrap_or((i64::MAX, i64::MAX));
    let limit = bounded(query.limit);
    let audience = Places::of(&query.may);
    let mut params: Vec<&dyn ToSql> = vec![&landlord, &first.0, &sort, &journal, &query.me.0, &limit];
    let mut sql = String::from(
        "SELECT h.sort, h.journal FROM search h
         WHERE h.landlord = ?1 AND h.token = ?2 AND (h.sort, h.journal) < (?3, ?4)
           AND NOT EXISTS (SELECT 1 FROM shut_out o WHERE o.journal = h.journal AND o.token = ?5)",
    );
    let places = audience.bind(&mut params);
    sql += &format!(
        " AND EXISTS (SELECT 1 FROM audience a WHERE a.journal = h.journal AND a.token IN ({places}))"
    );
    for other in others {
        params.push(&other.0);
        sql += &format!(
            " AND EXISTS (SELECT 1 FROM search x WHERE x.journal = h.journal AND x.token = ?{})",
            params.len()
        );
    }
    sql += " ORDER BY h.sort DESC, h.journal DESC LIMIT ?6";
    connection
        .prepare_cached(&sql)?
        .query_map(params.as_slice(), |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

pub(super) fn carried_by_others(
    connection: &Connection,
    landlord: &str,
    case: JournalId,
    tokens: &[Token],
) -> rusqlite::Result<Vec<Token>> {
    let landlord = landlord_number(connection, landlord)?;
    // A case that is about to be written has no number yet, and then every carrier is another.
    let journal = journal_number(connection, landlord, case)?.unwrap_or(-1);
    let mut carried = connection.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM search WHERE landlord = ?1 AND token = ?2 AND journal <> ?3)",
    )?;
    let mut found = Vec::new();
    for token in tokens {
        if carried.query_row((landlord, token.0, journal), |row| row.get(0))? {
            found.push(*token);
        }
    }
    Ok(found)
}

pub(super) fn count(connection: &Connection, landlord: &str, query: &CaseQuery) -> rusqlite::Result<u64> {
    let landlord = landlord_number(connection, landlord)?;
    let audience = Places::of(&query.may);
    let mut params: Vec<&dyn ToSql> = vec![&landlord, &query.me.0];
    let places = audience.bind(&mut params);
    // Whatever is listed has a summary, so the long rows of summaries need not be read to be counted.
    let mut sql = format!(
        "SELECT count(DISTINCT a.journal) FROM audience a
         WHERE a.landlord = ?1 AND a.token IN ({places})
           AND NOT EXISTS (SELECT 1 FROM shut_out o WHERE o.journal = a.journal AND o.token = ?2)"
    );
    if let Some(states) = &query.states {
        let first = params.len() + 1;
        params.extend(states.iter().map(|state| state as &dyn ToSql));
        let places: Vec<_> = (first..=params.len()).map(|at| format!("?{at}")).collect();
        sql += &format!(" AND a.state IN ({})", places.join(","));
    }
    connection
        .prepare_cached(&sql)?
        .query_row(params.as_slice(), |row| row.get::<_, i64>(0))
        .map(|count| count as u64)
}

pub(super) fn listing(
    connection: &Connection,
    landlord: &str,
    case: JournalId,
) -> rusqlite::Result<Option<ListingRows>> {
    let landlord = landlord_number(connection, landlord)?;
    let Some(journal) = journal_number(connection, landlord, case)? else {
        return Ok(None);
    };
    let tokens = |sql: &str| -> rusqlite::Result<Vec<Token>> {
        connection
            .prepare_cached(sql)?
            .query_map([journal], |row| row.get(0).map(Token))?
            .collect()
    };
    let index = connection
        .prepare_cached(&format!(
            "SELECT {INDEX} FROM obligation o WHERE o.journal = ?1 ORDER BY o.slot"
        ))?
        .query_map([journal], |row| index_at(row, case))?
        .collect::<rusqlite::Result<_>>()?;
    let kept: Vec<(i64, [u8; 32])> = connection
        .prepare_cached("SELECT rows_of, seal FROM listing_seal WHERE journal = ?1")?
        .query_map([journal], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let set_of = |code| ListingSet::ALL.into_iter().find(|set| set_code(*set) == code);
    Ok(Some(ListingRows {
        index,
        search: tokens("SELECT token FROM search WHERE journal = ?1 ORDER BY token")?,
        audience: tokens("SELECT token FROM audience WHERE journal = ?1 ORDER BY token")?,
        shut_out: tokens("SELECT token FROM shut_out WHERE journal = ?1 ORDER BY token")?,
        seals: kept
            .into_iter()
            .filter_map(|(code, seal)| Some((set_of(code)?, seal)))
            .collect(),
    }))
}
