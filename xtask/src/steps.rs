//! The steps that `test` and `check` share.

use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use crate::place;
use crate::process::{run, run_and_hear};
use crate::tally::Outcome;

const MINUTE: Duration = Duration::from_secs(60);
const A_LINT: Duration = MINUTE.saturating_mul(20);
const A_BUILD: Duration = MINUTE.saturating_mul(25);
const THE_TESTS: Duration = MINUTE.saturating_mul(15);

fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(place::cargo());
    command.args(arguments).current_dir(place::repository());
    command
}

/// The code is laid out as rustfmt would.
pub(crate) fn formatted() -> Result<Outcome> {
    Ok(Outcome::Held(run(
        &mut cargo(&["fmt", "--all", "--check"]),
        MINUTE,
    )?))
}

/// Clippy has nothing to say.
pub(crate) fn linted() -> Result<Outcome> {
    let arguments = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    Ok(Outcome::Held(run(&mut cargo(&arguments), A_LINT)?))
}

/// The documentation builds without a warning.
pub(crate) fn documented() -> Result<Outcome> {
    let mut command = cargo(&["doc", "--workspace", "--no-deps", "--document-private-items"]);
    Ok(Outcome::Held(run(
        command.env("RUSTDOCFLAGS", "-D warnings"),
        A_LINT,
    )?))
}

/// Everything is built once, tests and binaries together, so that the later steps build nothing again.
pub(crate) fn built() -> Result<Outcome> {
    Ok(Outcome::Held(run(
        &mut cargo(&[
            "build",
            "--workspace",
            "--exclude",
            "fanlight-bench",
            "--bins",
            "--tests",
        ]),
        A_BUILD,
    )?))
}

/// Every test that needs no browser. Examples in documentation comments are not run: linking each takes seconds, and
/// nothing in them may be the only proof of anything.
pub(crate) fn tested() -> Result<Outcome> {
    let nextest = place::program(&["cargo-nextest"]).is_some();
    let mut command = if nextest {
        cargo(&[
            "nextest",
            "run",
            "--workspace",
            "--no-fail-fast",
            "--no-tests=pass",
        ])
    } else {
        println!(
            "cargo-nextest is not installed: using `cargo test`, which runs the same tests more slowly."
        );
        cargo(&[
            "test",
            "--workspace",
            "--bins",
            "--lib",
            "--tests",
            "--no-fail-fast",
        ])
    };
    let (ended_well, heard) = run_and_hear(&mut command, THE_TESTS)?;
    let (passed, mut failed) = if nextest {
        counted_by_nextest(&heard)
    } else {
        counted_by_cargo(&heard)
    };
    if !ended_well && failed == 0 {
        failed = 1;
    }
    Ok(Outcome::Counted { passed, failed })
}

/// Licences, banned packages and sources, by cargo-deny where it is installed. Advisories need a database from
/// elsewhere and are left to whoever runs the product.
pub(crate) fn allowed() -> Result<Outcome> {
    if place::program(&["cargo-deny"]).is_none() {
        return Ok(Outcome::Skipped("cargo-deny is not installed"));
    }
    let arguments = ["deny", "--workspace", "check", "bans", "licenses", "sources"];
    Ok(Outcome::Held(run(
        &mut cargo(&arguments),
        MINUTE.saturating_mul(3),
    )?))
}

/// Reads nextest's line `Summary [ 1.2s] 12 tests run: 11 passed (1 slow), 1 failed, 1 timed out, 3 skipped`.
fn counted_by_nextest(heard: &str) -> (u64, u64) {
    let plain = without_colour(heard);
    let Some(line) = plain
        .lines()
        .rev()
        .find(|line| line.trim_start().starts_with("Summary ["))
    else {
        return (0, 0);
    };
    let counts = line.split_once("run:").map_or("", |(_, counts)| counts);
    (
        number_before(counts, "passed"),
        number_before(counts, "failed") + number_before(counts, "timed out"),
    )
}

/// Adds up the lines `test result: ok. 5 passed; 0 failed; ...` of the built-in harness.
fn counted_by_cargo(heard: &str) -> (u64, u64) {
    let plain = without_colour(heard);
    let results = plain.lines().filter(|line| line.starts_with("test result:"));
    results.fold((0, 0), |(passed, failed), line| {
        (
            passed + number_before(line, "passed"),
            failed + number_before(line, "failed"),
        )
    })
}

fn number_before(line: &str, words: &str) -> u64 {
    let Some((before, _)) = line.split_once(words) else {
        return 0;
    };
    before
        .split_whitespace()
        .last()
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}

fn without_colour(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, coloured)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        rest = coloured.split_once('m').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nextest_summary_is_read_with_and_without_colour() {
        let line =
            "     Summary [   0.015s] 12 tests run: 9 passed (1 slow), 2 failed, 1 timed out, 3 skipped";
        assert_eq!(counted_by_nextest(line), (9, 3));
        let coloured =
            "\u{1b}[32m     Summary\u{1b}[0m [   0.1s] 2 tests run: \u{1b}[1m2\u{1b}[0m passed, 0 skipped";
        assert_eq!(counted_by_nextest(coloured), (2, 0));
    }

    #[test]
    fn results_of_several_test_binaries_are_added_up() {
        let heard = "test result: ok. 5 passed; 0 failed; 0 ignored\ntest result: FAILED. 2 passed; 1 failed; 0 ignored\n";
        assert_eq!(counted_by_cargo(heard), (7, 1));
    }
}
