//! Listings of cases. What is hidden from the viewer is left out in the query, before counting, ordering and limiting.

use crate::backend::{CaseQuery, ListingRows, SummaryRow};
use crate::error::{Place, StoreError};
use crate::ids::{JournalId, Landlord, Order, Viewer};
use crate::store::Store;

/// Which state bytes a listing wants.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StateFilter {
    /// All of them.
    Any,
    /// One of these.
    In(Vec<u8>),
}

/// Where a page of cases ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CaseCursor {
    /// The sort value of the last case.
    pub sort: i64,
    /// The case.
    pub case: JournalId,
}

/// A case in a list.
#[derive(Clone, PartialEq, Eq)]
pub struct ListedCase {
    /// The case.
    pub case: JournalId,
    /// Its state byte.
    pub state: u8,
    /// The value that it was ordered by.
    pub sort: i64,
    /// Its summary, opened.
    pub summary: Vec<u8>,
}

impl ListedCase {
    /// Where a page that ends with this case goes on.
    pub fn cursor(&self) -> CaseCursor {
        CaseCursor {
            sort: self.sort,
            case: self.case,
        }
    }
}

impl Store {
    /// The cases that the viewer may see, with their summaries opened.
    pub async fn cases(
        &self,
        landlord: &Landlord,
        viewer: &Viewer,
        states: StateFilter,
        order: Order,
        after: Option<CaseCursor>,
        limit: usize,
    ) -> Result<Vec<ListedCase>, StoreError> {
        let rows = self
            .backend
            .cases(landlord, case_query(viewer, states, order, after, limit))
            .await?;
        self.opened_cases(landlord, rows)
    }

    /// How many cases the viewer may see.
    pub async fn count(
        &self,
        landlord: &Landlord,
        viewer: &Viewer,
        states: StateFilter,
    ) -> Result<u64, StoreError> {
        let query = case_query(viewer, states, Order::NewestFirst, None, usize::MAX);
        self.backend.count(landlord, query).await
    }

    /// The summary of one case, opened; nothing if it has none. Whether it may be seen is for the caller.
    pub async fn summary(
        &self,
        landlord: &Landlord,
        case: JournalId,
    ) -> Result<Option<ListedCase>, StoreError> {
        let row = self.backend.summary(landlord, case).await?;
        Ok(self.opened_cases(landlord, row.into_iter().collect())?.pop())
    }

    /// The summaries of all cases in order of identifier, after one: for reports, which pass over all of them.
    pub async fn summaries(
        &self,
        landlord: &Landlord,
        after: Option<JournalId>,
        limit: usize,
    ) -> Result<Vec<ListedCase>, StoreError> {
        let rows = self.backend.summaries(landlord, after, limit).await?;
        self.opened_cases(landlord, rows)
    }

    pub(crate) fn opened_cases(
        &self,
        landlord: &Landlord,
        rows: Vec<SummaryRow>,
    ) -> Result<Vec<ListedCase>, StoreError> {
        let open = |row: SummaryRow| {
            let summary = self.open_summary(landlord, &row)?;
            Ok(ListedCase {
                case: row.case,
                state: row.state,
                sort: row.sort,
                summary,
            })
        };
        rows.into_iter().map(open).collect()
    }

    pub(crate) async fn check_listing(
        &self,
        landlord: &Landlord,
        case: JournalId,
        rows: &ListingRows,
    ) -> Result<(), StoreError> {
        self.ready(landlord).await?;
        match self.vault.altered(landlord, case, rows)? {
            None => Ok(()),
            Some(set) => Err(StoreError::SealBroken {
                at: Place::Listing {
                    case,
                    table: set.name(),
                },
            }),
        }
    }
}

pub(crate) fn case_query(
    viewer: &Viewer,
    states: StateFilter,
    order: Order,
    after: Option<CaseCursor>,
    limit: usize,
) -> CaseQuery {
    let states = match states {
        StateFilter::Any => None,
        StateFilter::In(states) => Some(states),
    };
    CaseQuery {
        may: viewer.tokens(),
        me: viewer.me,
        states,
        having: Vec::new(),
        order,
        after,
        limit,
    }
}
