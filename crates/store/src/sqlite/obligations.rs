//! Lists of obligations: of work, of what wakes, of one rule.

use super::find::bounded;
use super::lists::{Places, journal_number, landlord_number, summary_of};
use crate::backend::{StateCounts, SummaryRow, WorkQuery};
use crate::ids::{JournalId, Token, Viewer};
use crate::index::{IndexRow, RuleRow};
use rusqlite::{Connection, Row, ToSql};
use std::collections::HashMap;

pub(super) const INDEX: &str =
    "o.slot, o.rule, o.started, o.due, o.met, o.lapsed, o.open, o.owner, o.state, o.wake_at,
 o.made_by";

pub(super) fn index_at(row: &Row<'_>, case: JournalId) -> rusqlite::Result<IndexRow> {
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

/// What leaves out the cases hidden from a viewer, with `?6` the person looking. An erased case has no audience left, and
/// is hidden from nobody: its bones are counted for everybody.
fn unhidden(places: &str) -> String {
    format!(
        "AND NOT EXISTS (SELECT 1 FROM shut_out x WHERE x.journal = o.journal AND x.token = ?6)
         AND (EXISTS (SELECT 1 FROM audience a WHERE a.journal = o.journal AND a.token IN ({places}))
              OR NOT EXISTS (SELECT 1 FROM audience a WHERE a.journal = o.journal))"
    )
}

/// Asks for the rows of one rule, state by state.
fn of_rule(
    connection: &Connection,
    landlord: i64,
    viewer: Option<&Viewer>,
    (rule, (from, to)): (Token, (i64, i64)),
    what: &str,
    mut each: impl FnMut(u8, &Row<'_>) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let audience = viewer.map(|viewer| Places::of(&viewer.tokens()));
    for state in rule_states(connection, landlord, rule)? {
        let mut params: Vec<&dyn ToSql> = vec![&landlord, &rule.0, &state, &from, &to];
        let seen = match (viewer, &audience) {
            (Some(viewer), Some(audience)) => {
                params.push(&viewer.me.0);
                unhidden(&audience.bind(&mut params))
            }
            (None, _) | (_, None) => String::new(),
        };
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {what} WHERE o.landlord = ?1 AND o.rule = ?2 AND o.state = ?3 AND o.started >= ?4 AND o.started < ?5
             {seen}"
        ))?;
        let mut rows = statement.query(params.as_slice())?;
        while let Some(row) = rows.next()? {
            each(state, row)?;
        }
    }
    Ok(())
}

pub(super) fn rule_rows(
    connection: &Connection,
    landlord: &str,
    viewer: Option<&Viewer>,
    rule: Token,
    span: (i64, i64),
) -> rusqlite::Result<Vec<RuleRow>> {
    let landlord = landlord_number(connection, landlord)?;
    let what = "j.id, o.started, o.due, o.met, o.lapsed FROM obligation o JOIN journal j ON j.n = o.journal";
    let mut found = Vec::new();
    of_rule(connection, landlord, viewer, (rule, span), what, |state, row| {
        let due: i64 = row.get(2)?;
        found.push(RuleRow {
            case: JournalId(row.get(0)?),
            started: row.get(1)?,
            due: (due != i64::MAX).then_some(due),
            met: row.get(3)?,
            lapsed: row.get(4)?,
            state,
        });
        Ok(())
    })?;
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
    viewer: Option<&Viewer>,
    rule: Token,
    bounds: &[i64],
) -> rusqlite::Result<Vec<StateCounts>> {
    let landlord = landlord_number(connection, landlord)?;
    // One pass over the index for each state, with nothing to sort or group. The greatest number is no due time.
    let what = "count(*), count(o.met), count(nullif(o.met <= o.due, 0)), count(nullif(o.due = 9223372036854775807, 0))
                FROM obligation o";
    let mut spans = Vec::with_capacity(bounds.len());
    for (from, to) in bounds.iter().zip(bounds.iter().skip(1)) {
        let mut counts = Vec::new();
        of_rule(
            connection,
            landlord,
            viewer,
            (rule, (*from, *to)),
            what,
            |state, row| {
                let number = |at| row.get::<_, i64>(at).map(|count| count as u64);
                let of_state = [number(0)?, number(1)?, number(2)?, number(3)?];
                if of_state[0] > 0 {
                    counts.push((state, of_state));
                }
                Ok(())
            },
        )?;
        spans.push(counts);
    }
    Ok(spans)
}
