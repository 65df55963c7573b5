//! The index of obligations: a small row for each, so that lists of work, waking and yearly counts need open nothing.
//!
//! What a rule or an owner is stands here as a keyed token. The rows hold no person, and outlive an erased case.
//! They only speed things up: they can be rebuilt from the journals, and each listed row is checked again by the
//! caller against the summary that comes with it.

use crate::backend::{StateCounts, WorkQuery};
use crate::error::StoreError;
use crate::ids::{JournalId, Landlord, Token, Viewer};
use crate::store::Store;

/// One obligation of one case.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct IndexRow {
    /// The case. In a write it is filled in by the store.
    pub case: JournalId,
    /// A stable token of the rule and the item of a list that it is for; unique within the case.
    pub slot: Token,
    /// The token of the rule.
    pub rule: Token,
    /// When its clock started, in milliseconds.
    pub started: i64,
    /// When it is due; nothing if no figure is stated. Those come last in lists.
    pub due: Option<i64>,
    /// When it was met.
    pub met: Option<i64>,
    /// When it lapsed.
    pub lapsed: Option<i64>,
    /// Whether it is still to be done, and belongs on a list of work.
    pub open: bool,
    /// The token of whoever is to do it.
    pub owner: Option<Token>,
    /// The caller's state byte.
    pub state: u8,
    /// When it changes although nothing more is recorded.
    pub wake_at: Option<i64>,
    /// Which version of rules, pack and calendar it was made by.
    pub made_by: u64,
}

/// What a yearly measure needs of a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RuleRow {
    /// The case.
    pub case: JournalId,
    /// When its clock started.
    pub started: i64,
    /// When it is due.
    pub due: Option<i64>,
    /// When it was met.
    pub met: Option<i64>,
    /// When it lapsed.
    pub lapsed: Option<i64>,
    /// The caller's state byte.
    pub state: u8,
}

/// How many rows of a rule have a state byte.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RuleCount {
    /// The caller's state byte.
    pub state: u8,
    /// The rows.
    pub rows: u64,
    /// Those that were met at some time.
    pub met: u64,
    /// Those met at or before their due time.
    pub met_in_time: u64,
    /// Those without a due time.
    pub without_due: u64,
}

/// Where a page of work ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DueCursor {
    /// The due time of the last row; the greatest number if it had none.
    pub due: i64,
    /// Its case.
    pub case: JournalId,
    /// Its slot.
    pub slot: Token,
}

/// An open obligation with the opened summary of its case.
#[derive(Clone)]
pub struct WorkRow {
    /// The obligation.
    pub row: IndexRow,
    /// The state byte of the case.
    pub state: u8,
    /// The summary of the case, opened.
    pub summary: Vec<u8>,
}

impl WorkRow {
    /// Where a page that ends with this row goes on.
    pub fn cursor(&self) -> DueCursor {
        DueCursor {
            due: self.row.due.unwrap_or(i64::MAX),
            case: self.row.case,
            slot: self.row.slot,
        }
    }
}

impl Store {
    /// Open obligations in order of their due time, of these owners (of everybody if none is named), leaving out what is
    /// hidden from the viewer before anything is limited. Name the owners where there are any: a viewer who may see
    /// little of a large house is then still answered at once.
    pub async fn work(
        &self,
        landlord: &Landlord,
        viewer: &Viewer,
        owners: &[Token],
        after: Option<DueCursor>,
        limit: usize,
    ) -> Result<Vec<WorkRow>, StoreError> {
        let query = work_query(viewer, owners, after, limit);
        let rows = self.backend.work(landlord, query).await?;
        rows.into_iter()
            .map(|(row, summary)| {
                let opened = self.open_summary(landlord, &summary)?;
                Ok(WorkRow {
                    row,
                    state: summary.state,
                    summary: opened,
                })
            })
            .collect()
    }

    /// How many rows [`Store::work`] has in all.
    pub async fn count_work(
        &self,
        landlord: &Landlord,
        viewer: &Viewer,
        owners: &[Token],
    ) -> Result<u64, StoreError> {
        self.backend
            .count_work(landlord, work_query(viewer, owners, None, usize::MAX))
            .await
    }

    /// The living cases whose index changes by `now` although nothing is recorded, with the earliest such time.
    pub async fn due_to_wake(
        &self,
        landlord: &Landlord,
        now: i64,
        limit: usize,
    ) -> Result<Vec<(JournalId, i64)>, StoreError> {
        self.backend.due_to_wake(landlord, now, limit).await
    }

    /// The obligations of one rule whose clock started from `from` up to, not including, `to`. With a viewer, those of
    /// cases hidden from the viewer are left out; an erased case is hidden from nobody. Without one, all are there.
    pub async fn rule_rows(
        &self,
        landlord: &Landlord,
        viewer: Option<&Viewer>,
        rule: Token,
        (from, to): (i64, i64),
    ) -> Result<Vec<RuleRow>, StoreError> {
        self.backend.rule_rows(landlord, viewer, rule, (from, to)).await
    }

    /// The same counted, by state byte.
    pub async fn rule_counts(
        &self,
        landlord: &Landlord,
        viewer: Option<&Viewer>,
        rule: Token,
        (from, to): (i64, i64),
    ) -> Result<Vec<RuleCount>, StoreError> {
        let mut spans = self
            .rule_counts_by_span(landlord, viewer, rule, vec![from, to])
            .await?;
        Ok(spans.pop().unwrap_or_default())
    }

    /// The same counted for each span between one of these moments and the next, as they were at one instant.
    pub async fn rule_counts_by_span(
        &self,
        landlord: &Landlord,
        viewer: Option<&Viewer>,
        rule: Token,
        bounds: Vec<i64>,
    ) -> Result<Vec<Vec<RuleCount>>, StoreError> {
        let spans = self.backend.rule_counts(landlord, viewer, rule, bounds).await?;
        let count = |(state, [rows, met, met_in_time, without_due]): (u8, [u64; 4])| RuleCount {
            state,
            rows,
            met,
            met_in_time,
            without_due,
        };
        let of_span = |counts: StateCounts| counts.into_iter().map(count).collect();
        Ok(spans.into_iter().map(of_span).collect())
    }

    /// The obligations of one case, by slot. The seal over them is checked.
    pub async fn case_rows(&self, landlord: &Landlord, case: JournalId) -> Result<Vec<IndexRow>, StoreError> {
        let rows = self
            .backend
            .listing(landlord, case)
            .await?
            .ok_or(StoreError::NotFound)?;
        self.check_listing(landlord, case, &rows).await?;
        Ok(rows.index)
    }
}

fn work_query(viewer: &Viewer, owners: &[Token], after: Option<DueCursor>, limit: usize) -> WorkQuery {
    let mut owners = owners.to_vec();
    owners.sort_unstable();
    owners.dedup();
    WorkQuery {
        may: viewer.tokens(),
        me: viewer.me,
        owners,
        after,
        limit,
    }
}
