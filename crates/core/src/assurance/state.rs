//! Whether a clause is kept now, from counts, dates and today. A pure function, and a strict one: the worst that is
//! true of a clause is its state.

use super::evidence::{Count, Evidence, Figure};
use super::way::{Way, find};
use crate::pack::{Clause, Entry, Kept, MeasureRule, Pack, Register, Target};

/// How a clause stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClauseState {
    /// A promise was missed, or a figure is short of its target.
    Missed,
    /// An entry on which it rests is past the date by which it was to be checked.
    Overdue,
    /// The entry on which it rests is there, and the landlord has never checked it.
    NeverChecked,
    /// It is counted, and there is nothing to count yet.
    NothingToShow,
    /// Kept now.
    Kept,
    /// What would keep it is not built.
    NotBuilt,
}

impl ClauseState {
    /// Every state, the worst first.
    pub const ALL: [ClauseState; 6] = [
        ClauseState::Missed,
        ClauseState::Overdue,
        ClauseState::NeverChecked,
        ClauseState::NothingToShow,
        ClauseState::Kept,
        ClauseState::NotBuilt,
    ];

    /// As written in addresses and exports.
    pub fn key(self) -> &'static str {
        match self {
            ClauseState::Missed => "missed",
            ClauseState::Overdue => "overdue",
            ClauseState::NeverChecked => "never_checked",
            ClauseState::NothingToShow => "nothing_to_show",
            ClauseState::Kept => "kept",
            ClauseState::NotBuilt => "not_built",
        }
    }

    /// For people.
    pub fn label(self) -> &'static str {
        match self {
            ClauseState::Missed => "Missed or behind",
            ClauseState::Overdue => "Check overdue",
            ClauseState::NeverChecked => "Never checked",
            ClauseState::NothingToShow => "Nothing to show yet",
            ClauseState::Kept => "Kept",
            ClauseState::NotBuilt => "Not yet",
        }
    }
}

/// How a clause stands today. The worst that is true of anything it names.
pub fn clause_state(clause: &Clause, pack: &Pack, evidence: &Evidence) -> ClauseState {
    if clause.kept == Kept::NotYet || clause.by.is_empty() {
        return ClauseState::NotBuilt;
    }
    let ways: Option<Vec<Way<'_>>> = clause.by.iter().map(|name| find(pack, name)).collect();
    // A name that leads nowhere proves nothing, whatever else is named.
    let Some(ways) = ways else {
        return ClauseState::NotBuilt;
    };
    let states: Vec<ClauseState> = ways
        .iter()
        .filter_map(|way| way_state(way, clause.kept, evidence))
        .collect();
    // One figure to show is enough for a clause that names several: "nothing yet" of another is no fault.
    let shown = states.contains(&ClauseState::Kept);
    states
        .into_iter()
        .filter(|state| !(shown && *state == ClauseState::NothingToShow))
        .min()
        .unwrap_or(ClauseState::Kept)
}

/// What one of the things named says about the clause; nothing if it has no say in it.
fn way_state(way: &Way<'_>, kept: Kept, evidence: &Evidence) -> Option<ClauseState> {
    // A figure that is published or listed is so whatever it says; only where it keeps the clause does it judge it.
    let judged = matches!(kept, Kept::Measured | Kept::Enforced);
    match way {
        Way::Obligation(_) | Way::Measure(_) if !judged => None,
        Way::Obligation(rule) => Some(count_state(
            evidence.obligations.get(&rule.id).copied().unwrap_or_default(),
        )),
        Way::Measure(measure) => Some(figure_state(measure, evidence.measures.get(&measure.id))),
        Way::Entry(register, entry) => entry_state(*register, entry, kept, evidence),
        // What the program does by itself holds whenever the program runs; but a clause kept by being counted is not
        // kept by the list or the gate in which the count is shown.
        Way::Gate(_) | Way::Definition(_) | Way::Role(_) | Way::Channel(_) | Way::Page(_) | Way::Proof(_) => {
            (kept != Kept::Measured).then_some(ClauseState::Kept)
        }
    }
}

fn count_state(count: Count) -> ClauseState {
    match (count.missed, count.kept) {
        (0, 0) => ClauseState::NothingToShow,
        (0, _) => ClauseState::Kept,
        (_, _) => ClauseState::Missed,
    }
}

fn figure_state(measure: &MeasureRule, figure: Option<&Figure>) -> ClauseState {
    let Some(figure) = figure else {
        return ClauseState::NothingToShow;
    };
    let Some(of) = figure.denominator else {
        return ClauseState::Kept;
    };
    if of == 0 {
        return ClauseState::NothingToShow;
    }
    // In whole numbers, so that 99.6 % never passes for 100.
    let (have, of) = (u128::from(figure.numerator) * 100, u128::from(of));
    let reached = match measure.target {
        Some(Target::AtLeast(percent)) => have >= of * u128::from(percent),
        Some(Target::AtMost(percent)) => have <= of * u128::from(percent),
        None => true,
    };
    if reached {
        ClauseState::Kept
    } else {
        ClauseState::Missed
    }
}

fn entry_state(register: Register, entry: &Entry, kept: Kept, evidence: &Evidence) -> Option<ClauseState> {
    let overdue = evidence
        .check_due(register, entry)
        .is_some_and(|due| due < evidence.today);
    match kept {
        _ if overdue => Some(ClauseState::Overdue),
        // Only what is kept by being recorded rests on somebody having looked at the record.
        Kept::Recorded if evidence.last_checked(register, entry).is_none() => Some(ClauseState::NeverChecked),
        Kept::Recorded | Kept::Published => Some(ClauseState::Kept),
        Kept::Enforced | Kept::Measured | Kept::NotYet => None,
    }
}
