//! The register that the Assurance page shows: a row for each clause, what keeps it, and how it stands.

use super::evidence::{Count, Evidence, Figure};
use super::state::{ClauseState, clause_state};
use super::way::{Way, find};
use crate::obligation::Strength;
use crate::pack::{Asks, Kept, Pack};
use jiff::civil::Date;

/// One clause as it stands today.
#[derive(Clone, Debug, PartialEq)]
pub struct ClauseRow {
    /// Its id.
    pub id: String,
    /// Where it stands in the policy.
    pub reference: String,
    /// What it promises, in our own words.
    pub says: String,
    /// What it asks of the system.
    pub asks: Option<Asks>,
    /// How strongly it promises.
    pub strength: Strength,
    /// How it is kept.
    pub kept: Kept,
    /// How it stands.
    pub state: ClauseState,
    /// What keeps it, in the order of the pack.
    pub ways: Vec<WayRow>,
    /// What is still missing.
    pub missing: Option<String>,
    /// How a contradiction or gap in the text is read.
    pub note: Option<String>,
}

/// One thing that keeps a clause, with what it has to show.
#[derive(Clone, Debug, PartialEq)]
pub struct WayRow {
    /// Its name (`obligation:first-contact`).
    pub name: String,
    /// What it is; nothing if the name leads nowhere.
    pub title: Option<String>,
    /// The counts, if it is an obligation.
    pub count: Option<Count>,
    /// The figure, if it is a measure.
    pub figure: Option<Figure>,
    /// When it was last checked, if it is an entry of a register and ever was.
    pub last_checked: Option<Date>,
    /// By when it is to be checked, if it is an entry and anybody says.
    pub check_due: Option<Date>,
    /// The page it leads to, if it is a page.
    pub path: Option<&'static str>,
}

/// Which rows to show; what is not said does not matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClauseFilter {
    /// Only those kept in this way.
    pub kept: Option<Kept>,
    /// Only those in this state.
    pub state: Option<ClauseState>,
    /// Only those of this strength.
    pub strength: Option<Strength>,
}

impl ClauseFilter {
    /// Whether a row is shown.
    pub fn passes(&self, row: &ClauseRow) -> bool {
        self.kept.is_none_or(|kept| kept == row.kept)
            && self.state.is_none_or(|state| state == row.state)
            && self.strength.is_none_or(|strength| strength == row.strength)
    }
}

/// Every clause of a pack as it stands, in the order of the pack.
pub fn register(pack: &Pack, evidence: &Evidence) -> Vec<ClauseRow> {
    let row = |clause: &crate::pack::Clause| ClauseRow {
        id: clause.id.clone(),
        reference: clause.reference.clone(),
        says: clause.says.clone(),
        asks: clause.asks,
        strength: clause.strength,
        kept: clause.kept,
        state: clause_state(clause, pack, evidence),
        ways: clause
            .by
            .iter()
            .map(|name| way_row(pack, name, evidence))
            .collect(),
        missing: clause.missing.clone(),
        note: clause.note.clone(),
    };
    pack.clauses.iter().map(row).collect()
}

/// How many clauses are kept in each way, in the order in which the ways are named.
pub fn totals(rows: &[ClauseRow]) -> [(Kept, usize); 5] {
    [
        Kept::Enforced,
        Kept::Measured,
        Kept::Recorded,
        Kept::Published,
        Kept::NotYet,
    ]
    .map(|kept| (kept, rows.iter().filter(|row| row.kept == kept).count()))
}

fn way_row(pack: &Pack, name: &str, evidence: &Evidence) -> WayRow {
    let way = find(pack, name);
    let mut row = WayRow {
        name: name.to_owned(),
        title: way.as_ref().map(|way| way.title().to_owned()),
        count: None,
        figure: None,
        last_checked: None,
        check_due: None,
        path: None,
    };
    match way {
        Some(Way::Obligation(rule)) => row.count = evidence.obligations.get(&rule.id).copied(),
        Some(Way::Measure(measure)) => row.figure = evidence.measures.get(&measure.id).copied(),
        Some(Way::Entry(register, entry)) => {
            row.last_checked = evidence.last_checked(register, entry);
            row.check_due = evidence.check_due(register, entry);
        }
        Some(Way::Page(page)) => row.path = Some(page.path),
        Some(Way::Gate(_) | Way::Definition(_) | Way::Role(_) | Way::Channel(_) | Way::Proof(_)) | None => {}
    }
    row
}
