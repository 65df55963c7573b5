//! Lists: of cases, of work, of what wakes, of one rule. Each leaves out in SQL what the viewer must not see.

use super::find::{bounded, key_at, set_code};
use crate::backend::{CaseQuery, ListingRows, ListingSet, SummaryRow, WorkQuery};
use crate::ids::{JournalId, Order, Token};
use crate::index::{IndexRow, RuleRow};
use rusqlite::{Connection, OptionalExtension as _, Row, ToSql};
use std::cmp::Reverse;
use std::collections::HashMap;

/// The place of a case in a list: its sort value and its number in the database.
type Spot = (i64, i64);

fn landlord_number(connection: &Connection, landlord: &str) -> rusqlite::Result<i64> {
    let found = connection
        .prepare_cached("SELECT n FROM landlord WHERE label = ?1")?
        .query_row([landlord], |row| row.get(0))
        .optional()?;
    // No landlord has this number, so that its lists are empty.
    Ok(found.unwrap_or(-1))
}

fn journal_number(connection: &Connection, landlord: i64, id: JournalId) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT n FROM journal WHERE landlord = ?1 AND id = ?2")?
        .query_row((landlord, id.0), |row| row.get(0))
        .optional()
}

/// Places for a list of values. Their number is rounded up, by repeating the last, so that few statements are prepared.
struct Places {
    values: Vec<[u8; 16]>,
}

impl Places {
    fn of(tokens: &[Token]) -> Places {
        let mut values: Vec<_> = tokens.iter().map(|token| token.0).collect();
        if let Some(last) = values.last().copied() {
            values.resize(values.len().next_power_of_two(), last);
        }
        Places { values }
    }

    /// Adds the values to the parameters, and gives the places for them.
    fn bind<'a>(&'a self, params: &mut Vec<&'a dyn ToSql>) -> String {
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

fn summary_of(connection: &Connection, journal: i64) -> rusqlite::Result<Option<SummaryRow>> {
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

pub(super) fn count(connection: &Connection, landlord: &str, query: &CaseQuery) -> rusqlite::Result<u64> {
    let landlord = landlord_number(connection, landlord)?;
    let audience = Places::of(&query.may);
    let mut params: Vec<&dyn ToSql> = vec![&landlord, &query.me.0];
    let places = audience.bind(&mut params);
    let mut sql = format!(
        "SELECT count(DISTINCT a.journal) FROM audience a JOIN summary s ON s.journal = a.journal
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

const INDEX: &str = "o.slot, o.rule, o.started, o.due, o.met, o.lapsed, o.open, o.owner, o.state, o.wake_at,
 o.made_by";

fn index_at(row: &Row<'_>, case: JournalId) -> rusqlite::Result<IndexRow> {
    let owner: Option<[u8; 16]> = row.get(7)?;
    let due: i64 = row.get(3)?;
    let made_by: i64 = row.get(10)?;
    Ok(IndexRow {
        case,
        slot: Token(row.get(0)?),
        rule: Token(row.get(1)?),
        started: row.get(2)?,
        due: (due != i64::MAX).then_some(due),
        met: row.get(4)?,
        lapsed: row.get(5)?,
        open: match row.get(6)? {
            0 => false,
            1 => true,
            other => return Err(rusqlite::Error::IntegralValueOutOfRange(6, other)),
        },
        owner: owner.map(Token),
        state: row.get(8)?,
        wake_at: row.get(9)?,
        made_by: made_by as u64,
    })
}

/// What a row of work must satisfy to be listed, with `?1` the landlord and `?2` the person looking.
fn seen_work(places: &str) -> String {
    format!(
        "o.landlord = ?1 AND o.open = 1
         AND EXISTS (SELECT 1 FROM audience a WHERE a.journal = o.journal AND a.token IN ({places}))
         AND NOT EXISTS (SELECT 1 FROM shut_out x WHERE x.journal = o.journal AND x.token = ?2)"
    )
}

pub(super) fn work(
    connection: &Connection,
    landlord: &str,
    query: &WorkQuery,
) -> rusqlite::Result<Vec<(IndexRow, SummaryRow)>> {
    let landlord = landlord_number(connection, landlord)?;
    let (due, journal, slot) = match query.after {
        None => (i64::MIN, i64::MIN, [0; 16]),
        Some(cursor) => {
            let journal = journal_number(connection, landlord, cursor.case)?;
            (cursor.due, journal.unwrap_or(i64::MIN), cursor.slot.0)
        }
    };
    let audience = Places::of(&query.may);
    let limit = bounded(query.limit);
    let everybody = [None];
    let owners: Vec<Option<Token>> = query.owners.iter().copied().map(Some).collect();
    let owners: &[Option<Token>] = if owners.is_empty() { &everybody } else { &owners };
    let mut found: Vec<(i64, i64, IndexRow)> = Vec::new();
    for owner in owners {
        let owner = owner.map(|token| token.0);
        let mut params: Vec<&dyn ToSql> = vec![&landlord, &query.me.0, &due, &journal, &slot, &limit];
        let seen = seen_work(&audience.bind(&mut params));
        let whose = match &owner {
            Some(owner) => {
                params.push(owner);
                format!("AND o.owner = ?{}", params.len())
            }
            None => String::new(),
        };
        let sql = format!(
            "SELECT {INDEX}, o.journal, j.id FROM obligation o JOIN journal j ON j.n = o.journal
             WHERE {seen} {whose} AND (o.due, o.journal, o.slot) > (?3, ?4, ?5)
             ORDER BY o.due, o.journal, o.slot LIMIT ?6"
        );
        let mut statement = connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params.as_slice(), |row| {
            let index = index_at(row, JournalId(row.get(12)?))?;
            Ok((row.get(3)?, row.get(11)?, index))
        })?;
        for row in rows {
            found.push(row?);
        }
    }
    found.sort_unstable_by_key(|(due, journal, row)| (*due, *journal, row.slot));
    found.truncate(query.limit);
    let mut summaries: HashMap<i64, Option<SummaryRow>> = HashMap::new();
    let mut out = Vec::with_capacity(found.len());
    for (_, journal, row) in found {
        let summary = match summaries.get(&journal) {
            Some(known) => known.clone(),
            None => {
                let read = summary_of(connection, journal)?;
                summaries.insert(journal, read.clone());
                read
            }
        };
        out.extend(summary.map(|summary| (row, summary)));
    }
    Ok(out)
}

pub(super) fn count_work(
    connection: &Connection,
    landlord: &str,
    query: &WorkQuery,
) -> rusqlite::Result<u64> {
    let landlord = landlord_number(connection, landlord)?;
    let (audience, owners) = (Places::of(&query.may), Places::of(&query.owners));
    let mut params: Vec<&dyn ToSql> = vec![&landlord, &query.me.0];
    let mut sql = format!(
        "SELECT count(*) FROM obligation o WHERE {}",
        seen_work(&audience.bind(&mut params))
    );
    if !query.owners.is_empty() {
        sql += &format!(" AND o.owner IN ({})", owners.bind(&mut params));
    }
    connection
        .prepare_cached(&sql)?
        .query_row(params.as_slice(), |row| row.get::<_, i64>(0))
        .map(|count| count as u64)
}

pub(super) fn due_to_wake(
    connection: &Connection,
    landlord: &str,
    now: i64,
    limit: usize,
) -> rusqlite::Result<Vec<(JournalId, i64)>> {
    let landlord = landlord_number(connection, landlord)?;
    connection
        .prepare_cached(
            "SELECT j.id, min(o.wake_at) FROM obligation o JOIN journal j ON j.n = o.journal
             JOIN journal_key k ON k.journal = o.journal
             WHERE o.landlord = ?1 AND o.wake_at <= ?2
             GROUP BY o.journal ORDER BY min(o.wake_at), o.journal LIMIT ?3",
        )?
        .query_map((landlord, now, bounded(limit)), |row| {
            Ok((JournalId(row.get(0)?), row.get(1)?))
        })?
        .collect()
}

pub(super) fn rule_rows(
    connection: &Connection,
    landlord: &str,
    rule: Token,
    (from, to): (i64, i64),
) -> rusqlite::Result<Vec<RuleRow>> {
    let landlord = landlord_number(connection, landlord)?;
    let mut statement = connection.prepare_cached(
        "SELECT j.id, o.started, o.due, o.met, o.lapsed
         FROM obligation o JOIN journal j ON j.n = o.journal
         WHERE o.landlord = ?1 AND o.rule = ?2 AND o.state = ?3 AND o.started >= ?4 AND o.started < ?5",
    )?;
    let mut found = Vec::new();
    for state in rule_states(connection, landlord, rule)? {
        let rows = statement.query_map((landlord, rule.0, state, from, to), |row| {
            let due: i64 = row.get(2)?;
            Ok(RuleRow {
                case: JournalId(row.get(0)?),
                started: row.get(1)?,
                due: (due != i64::MAX).then_some(due),
                met: row.get(3)?,
                lapsed: row.get(4)?,
                state,
            })
        })?;
        for row in rows {
            found.push(row?);
        }
    }
    found.sort_by_key(|row| (row.started, row.case));
    Ok(found)
}

/// The state bytes that a rule has rows with, by stepping from one to the next.
fn rule_states(connection: &Connection, landlord: i64, rule: Token) -> rusqlite::Result<Vec<u8>> {
    let mut statement = connection.prepare_cached(
        "SELECT min(state) FROM obligation WHERE landlord = ?1 AND rule = ?2 AND state > ?3",
    )?;
    let mut states = Vec::new();
    let mut last = -1i64;
    while let Some(state) =
        statement.query_row((landlord, rule.0, last), |row| row.get::<_, Option<u8>>(0))?
    {
        states.push(state);
        last = i64::from(state);
    }
    Ok(states)
}

pub(super) fn rule_counts(
    connection: &Connection,
    landlord: &str,
    rule: Token,
    (from, to): (i64, i64),
) -> rusqlite::Result<Vec<(u8, [u64; 3])>> {
    let landlord = landlord_number(connection, landlord)?;
    // One pass over the index for each state, with nothing to sort or group.
    let mut statement = connection.prepare_cached(
        "SELECT count(*), count(met), count(nullif(met <= due, 0)) FROM obligation
         WHERE landlord = ?1 AND rule = ?2 AND state = ?3 AND started >= ?4 AND started < ?5",
    )?;
    let mut counts = Vec::new();
    for state in rule_states(connection, landlord, rule)? {
        let of_state = statement.query_row((landlord, rule.0, state, from, to), |row| {
            let number = |at| row.get::<_, i64>(at).map(|count| count as u64);
            Ok([number(0)?, number(1)?, number(2)?])
        })?;
        if of_state[0] > 0 {
            counts.push((state, of_state));
        }
    }
    Ok(counts)
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
