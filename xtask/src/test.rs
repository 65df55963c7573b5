//! `cargo xtask test`: the one test command, for newcomers and for CI alike.

use anyhow::Result;

use crate::browser;
use crate::missing;
use crate::steps;
use crate::tally::Tally;

/// Runs everything, or everything but the browser, or only the journeys named; true if all passed.
pub(crate) fn run(quick: bool, only_journey: Option<&str>) -> Result<bool> {
    let mut tally = Tally::new();
    // First, so that a machine where something cannot be installed says so at once and not after twenty minutes.
    let tools = if quick {
        None
    } else {
        Some(missing::find_or_install()?)
    };
    if only_journey.is_none() {
        tally.step("Layout (cargo fmt)", steps::formatted);
        tally.step("Lints (cargo clippy)", steps::linted);
    }
    tally.step("Build", steps::built);
    if only_journey.is_none() {
        tally.step("Tests", steps::tested);
        tally.step("Licences, bans and sources (cargo deny)", steps::allowed);
    }
    match &tools {
        Some(tools) => tally.step("Journeys in the browser", || browser::run(tools, only_journey)),
        None => println!("\nSkipped by --quick: journeys in the browser"),
    }
    Ok(tally.close())
}
