//! The team's work: what waits for the manager, what is late, who has how much. Counts are not effort.

use askama::Template;
use fanlight_core::words::Words;

use crate::find::CaseRow;
use crate::forms::Link;
use crate::layout::Frame;
use crate::work::{Empty, Stat, WorkGroup};

/// One worker's load.
#[derive(Clone, Debug, Default)]
pub struct LoadRow {
    /// Who; or that nobody is named yet.
    pub who: String,
    /// Open cases.
    pub open: u64,
    /// At the highest level of risk.
    pub highest: u64,
    /// Late.
    pub late: u64,
}

/// A worker's bar: late work before the rest, in hundredths of the widest bar.
pub struct LoadBar {
    /// How wide what is late is.
    pub late: String,
    /// How wide the open cases are.
    pub open: String,
}

/// Something that waits for a second person.
#[derive(Clone, Debug, Default)]
pub struct ApprovalRow {
    /// What is asked.
    pub what: String,
    /// About whom or what.
    pub about: Words,
    /// The reason given.
    pub reason: Words,
    /// By whom and when it was asked.
    pub asked: String,
    /// Where it can be answered; nothing for whoever asked it.
    pub go: Option<Link>,
    /// Why it cannot be answered by this looker; empty if it can.
    pub not_you: String,
}

/// The team's work.
#[derive(Template)]
#[template(path = "team/team.html")]
pub struct TeamPage {
    /// The frame.
    pub frame: Frame,
    /// The day, the time, what is counted.
    pub sub: String,
    /// Figures.
    pub stats: Vec<Stat>,
    /// What waits for this looker's answer, oldest first.
    pub waiting: Vec<ApprovalRow>,
    /// Reports that are not a case yet.
    pub reports: Vec<CaseRow>,
    /// What is told at once.
    pub first: Vec<WorkGroup>,
    /// Work, late first.
    pub groups: Vec<WorkGroup>,
    /// What is said when there is none.
    pub empty: Option<Empty>,
    /// More work.
    pub next: Option<Link>,
    /// The load.
    pub load: Vec<LoadRow>,
    /// What must be seen of it: somebody is away and nobody covers. Empty for nothing.
    pub warning: String,
}

impl TeamPage {
    /// Each row of the load with its bar.
    pub fn bars(&self) -> Vec<(&LoadRow, LoadBar)> {
        let most = self
            .load
            .iter()
            .map(|row| row.open.max(row.late))
            .max()
            .unwrap_or(0)
            .max(1);
        let part = |number: u64| format!("{:.2}", 100.0 * number as f64 / most as f64);
        self.load
            .iter()
            .map(|row| {
                let bar = LoadBar {
                    late: part(row.late),
                    open: part(row.open),
                };
                (row, bar)
            })
            .collect()
    }

    /// All rows of the load together.
    pub fn whole_load(&self) -> LoadRow {
        let sum = |of: fn(&LoadRow) -> u64| self.load.iter().map(of).sum();
        LoadRow {
            who: "All together".into(),
            open: sum(|row| row.open),
            highest: sum(|row| row.highest),
            late: sum(|row| row.late),
        }
    }
}

/// What waits for a second person: roles that read cases, new passwords.
#[derive(Template)]
#[template(path = "team/approvals.html")]
pub struct ApprovalsPage {
    /// The frame.
    pub frame: Frame,
    /// What these are.
    pub sub: String,
    /// What waits, oldest first.
    pub rows: Vec<ApprovalRow>,
    /// What is said when nothing waits.
    pub empty: Option<Empty>,
}
crate::pages!(TeamPage, ApprovalsPage);
