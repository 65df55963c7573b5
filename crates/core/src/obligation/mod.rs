//! What must be done, by when and under which clause, computed from a case, a pack, the calendar and the time.
//!
//! A pure function: the same facts, terms and moment give the same obligations, on any machine and in any year.
//! It sees codes and times only. It tells nobody, stores nothing and never decides that a promise need not be kept:
//! only a fact that the pack allows can excuse, pause or end one.

mod state;

pub use state::{
    Due, Earlier, KeptLate, Notice, NoticeKind, Obligation, OwedTo, Started, State, Strength, WhichTime,
};

use crate::coded::CodedFact;
use crate::pack::Terms;
use jiff::Timestamp;

/// Every promise that these facts have started, as it stands at `now`, in the order in which they started.
///
/// Facts recorded after `now` do not count. Each promise is counted by the pack in force when its trigger was
/// received, and by the holidays announced by that day.
pub fn obligations(_facts: &[CodedFact], _terms: &Terms, _now: Timestamp) -> Vec<Obligation> {
    Vec::new()
}
