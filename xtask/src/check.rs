//! `cargo xtask check`: all that can be said about a change without a browser.

use anyhow::Result;

use crate::steps;
use crate::tally::Tally;

/// Runs every check; true if all hold.
pub(crate) fn run() -> Result<bool> {
    let mut tally = Tally::new();
    tally.step("Layout (cargo fmt)", steps::formatted);
    tally.step("Lints (cargo clippy)", steps::linted);
    tally.step("Documentation (cargo doc)", steps::documented);
    tally.step("Build", steps::built);
    tally.step("Tests", steps::tested);
    tally.step("Licences, bans and sources (cargo deny)", steps::allowed);
    Ok(tally.close())
}
