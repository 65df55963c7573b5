//! The journeys through the product.
//!
//! To add one: a file here named after it, with one public function `walk(stage: &Stage<'_>) -> Result<()>`, and one
//! line in [`ALL`]. Find things by the words a person sees; end every page with `axe_finds_nothing` and
//! `no_sideways_scroll`, and walk the journey once more with `stage.without_javascript()`.

use super::Journey;

/// Every journey, in the order in which they run. They share one demo, so each opens cases of its own.
pub(super) const ALL: &[Journey] = &[];
