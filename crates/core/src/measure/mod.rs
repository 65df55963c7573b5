//! Report arithmetic: numerators, denominators, and small numbers that must not identify anybody.
//!
//! Figures are counted over kept due and met times, or over coded facts, and every one of them comes with what it
//! is made of. Nothing is rounded up, and nothing is filled in: a target that the policy does not state is not there.

mod cases;
mod draw;
mod figure;
mod shown;
mod shown_cases;
mod small;
mod tally;

#[cfg(test)]
mod tests;

pub use cases::{Adds, CaseBone, CaseRow, over_case_bones, over_cases};
pub use draw::{Drawable, draw};
pub use figure::{Figure, percent_words};
pub use shown::ShownTally;
pub use shown_cases::ShownCases;
pub use small::{SMALL, Shown, ShownShare, hide, hide_beside, hide_breakdown, hide_share};
pub use tally::{Tally, median_seconds, over_clocks, over_tally};
