//! The state of every clause of a policy: how it is kept, whether it is kept now, and the way to its proof.
//!
//! A clause names what keeps it: an obligation with a clock, a measure, a gate, an entry of a register, a page, or a
//! proof, which is a part of the program that will not let it be otherwise. Nothing here decides that a promise is
//! kept: it looks at counts, dates and the closed table of proofs, and says "nothing to show yet" when there is nothing.

mod evidence;
pub mod proofs;
mod register;
mod state;
mod way;

#[cfg(test)]
pub(crate) mod tests;

pub use evidence::{Check, Count, Evidence, Figure};
pub use register::{ClauseFilter, ClauseRow, WayRow, register, totals};
pub use state::{ClauseState, clause_state};
pub use way::{Way, find, unfound};
