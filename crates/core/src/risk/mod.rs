//! Risk: instruments as versioned data, the answers to one, what they add up to, and the grounds for a MARAC.
//!
//! Nothing here decides a level or a referral. It counts, says what the count could be, and says which grounds stand;
//! a named person decides (domain.md 1.3). An instrument's items never change under a version: an assessment keeps the
//! version that it was made with, and counts of different instruments are never compared.

mod answer;
mod area;
mod grounds;
mod instrument;

#[cfg(test)]
mod tests;

pub use answer::{Answer, Count, RiskAnswer, ToldBy};
pub use area::{Escalation, IncidentKind, MaracArea, Repeat, RepeatFrom};
pub use grounds::{Ground, GroundKind, GroundState, Known, grounds};
pub use instrument::{BUILT_IN, Detail, Instrument, Item, Wording};
