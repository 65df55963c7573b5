//! The journeys in a real browser: a person's way through the product, with and without JavaScript.
//!
//! Chromium is driven through chromedriver over loopback. First the harness proves itself on pages with planted
//! faults, because a harness that finds nothing proves nothing; then `fanlight demo` is started and the journeys run.
//! To add a journey, see `journeys/mod.rs`.

mod base64;
mod demo;
mod driver;
mod http;
mod journeys;
mod leftovers;
mod page;
mod proof;
mod session;
mod stage;

use std::fs;
use std::time::Instant;

use anyhow::Result;

use crate::missing::Tools;
use crate::place;
use crate::tally::Outcome;
use demo::Demo;
use driver::Driver;
use stage::Stage;

/// A named way through the pages, which fails by returning an error that says what was expected.
pub(crate) struct Journey {
    /// A sentence in snake case, as the names of tests are.
    pub(crate) name: &'static str,
    /// The way itself. The stage gives it browsers, and the address and accounts of the demo.
    pub(crate) walk: fn(&Stage<'_>) -> Result<()>,
}

/// Runs the harness's own proofs, then the journeys; or only those whose name contains the words given.
pub(crate) fn run(tools: &Tools, only: Option<&str>) -> Result<Outcome> {
    let _ = fs::remove_dir_all(place::screenshots());
    let driver = Driver::start(tools)?;
    let wanted = |journeys: &'static [Journey]| -> Vec<&'static Journey> {
        journeys
            .iter()
            .filter(|journey| only.is_none_or(|words| journey.name.contains(words)))
            .collect()
    };
    let (proofs, journeys) = (wanted(proof::ALL), wanted(journeys::ALL));
    let mut failed = 0;
    if !proofs.is_empty() {
        let pages = proof::Pages::serve()?;
        failed += walk_all(
            &proofs,
            &Stage::new(&driver, pages.address(), pages.accounts().to_vec()),
        );
    }
    if journeys.is_empty() {
        println!(
            "  no journey through the product to run{}",
            if only.is_none() {
                ": none is written yet"
            } else {
                ""
            }
        );
    } else {
        let demo = Demo::start()?;
        failed += walk_all(
            &journeys,
            &Stage::new(&driver, demo.address(), demo.accounts().to_vec()),
        );
    }
    let passed = u64::try_from(proofs.len() + journeys.len())? - failed;
    Ok(Outcome::Counted { passed, failed })
}

fn walk_all(journeys: &[&Journey], stage: &Stage<'_>) -> u64 {
    let mut failed = 0;
    for journey in journeys {
        let began = Instant::now();
        match (journey.walk)(stage) {
            Ok(()) => println!(
                "  passed  {:.1} s  {}",
                began.elapsed().as_secs_f32(),
                journey.name
            ),
            Err(error) => {
                failed += 1;
                println!(
                    "  FAILED  {:.1} s  {}\n          {error:#}",
                    began.elapsed().as_secs_f32(),
                    journey.name
                );
            }
        }
    }
    failed
}
