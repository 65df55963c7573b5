//! On what ground something may be shared outside: for what, with whom, decided by whom, and who is told.
//!
//! The list is closed: what no ground of the pack covers is not shared. Safety comes first all the same: in danger to life
//! or to a child whoever is there decides alone, and no pack can name somebody to wait for.

use super::condition::Condition;

/// One ground.
#[derive(Clone, Debug, PartialEq)]
pub struct SharingGround {
    /// Its id.
    pub id: String,
    /// What it allows, in the pack's words.
    pub says: String,
    /// Which ground in the program's list (`consent`, `danger_to_life`).
    pub ground: String,
    /// For which purposes.
    pub purposes: Vec<String>,
    /// With which kinds of recipient; none named means any.
    pub to: Vec<String>,
    /// Only with parties to one of these agreements.
    pub party_to: Vec<String>,
    /// Only with those who attend one of these meetings.
    pub attends: Vec<String>,
    /// On what it depends.
    pub when: Option<Condition>,
    /// The posts that decide; none named means the one who decides on data, or whoever works on the case.
    pub decided_by: Vec<String>,
    /// The post that must approve, and that is not the one who decides.
    pub approved_by: Option<String>,
    /// Whether the person is told.
    pub person_told: PersonTold,
    /// The posts that are told.
    pub tell: Vec<String>,
    /// What must be written first.
    pub words_first: Vec<String>,
    /// Clauses of the same policy that allow less: whoever decides sees them beside this one.
    pub against: Vec<String>,
    /// The clauses.
    pub clauses: Vec<String>,
    /// Anything a reader should know.
    pub note: Option<String>,
}

/// Whether the person is told that something about them is shared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PersonTold {
    /// Before it is shared, unless that is not safe.
    #[default]
    Before,
    /// Before or after, as soon as it is safe.
    WhenSafe,
    /// Not by us: the law or the police forbid it.
    No,
}

/// For what something may be shared.
pub const PURPOSES: &[&str] = &[
    "marac",
    "safeguard_child",
    "safeguard_adult",
    "health_and_safety",
    "prevent_or_detect_crime",
    "support",
    "housing",
    "legal_duty",
    "court",
];
