//! Tasks for people who work on Fanlight: test, check, bench, notices.
//!
//! Nothing here is part of the product. Each task says what it is doing and how long it has taken,
//! is bounded in time, and stops what it started.
#![expect(
    clippy::print_stdout,
    reason = "these commands talk to the person at the terminal"
)]

mod bench;
mod browser;
mod check;
mod missing;
mod notices;
mod packages;
mod place;
mod process;
#[cfg(test)]
mod rules;
mod steps;
mod tally;
mod test;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Tasks for people who work on Fanlight", version, after_help = LEARN)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

const LEARN: &str = "\
Begin with `cargo xtask test`: it installs what is missing, runs everything and ends with
`N passed, N failed`. While you work, `cargo xtask test --quick` leaves the browser out, and
`cargo nextest run -p fanlight-core` tests one room. Before you send a change: `cargo xtask check`.
If Cargo.lock changed: `cargo xtask notices`.";

#[derive(Subcommand)]
enum Task {
    /// Run every test, the journeys in a real browser included
    #[command(
        long_about = "Installs what is missing (Chromium, its driver and a font by apt; axe-core by npm), \
        then runs rustfmt, clippy, every test in the one build profile, cargo-deny where it is installed, and the \
        journeys in Chromium. Screenshots are left in target/screenshots/."
    )]
    Test {
        /// Leave the browser out, and so need neither Chromium nor npm packages
        #[arg(long)]
        quick: bool,
        /// Run only the journeys whose name contains these words (builds what they need, skips the rest)
        #[arg(long, value_name = "WORDS", conflicts_with = "quick")]
        journey: Option<String>,
    },
    /// Run rustfmt, clippy, the documentation build and the tests, with every warning an error
    #[command(
        long_about = "Everything that can be said about a change without a browser: rustfmt, clippy, the \
        documentation build, the tests, and cargo-deny where it is installed. Every warning is an error."
    )]
    Check,
    /// Measure the operations we hold ourselves to, beside bare SQL on the same data
    #[command(
        disable_help_flag = true,
        long_about = "Builds the program that measures in release, fills an installation in a temporary folder and the same \
        data into bare SQL, and prints each operation with its figure. It fails if one is over. What follows is given \
        to that program: `cargo xtask bench --help` lists it."
    )]
    Bench {
        /// What the program that measures is told: --cases N, --seconds S, --only WORDS, --grow, --format json
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "OPTIONS")]
        options: Vec<std::ffi::OsString>,
    },
    /// Write the list of Rust packages inside the product, with their licences
    #[command(
        long_about = "Rewrites crates/web/assets/notices-rust.txt from Cargo.lock and the packages' own \
        licence files. A test fails while that file is out of date."
    )]
    Notices,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().task {
        Task::Test { quick, journey } => test::run(quick, journey.as_deref()),
        Task::Check => check::run(),
        Task::Bench { options } => bench::run(&options),
        Task::Notices => notices::write(),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            println!("\nStopped: {error:#}");
            ExitCode::FAILURE
        }
    }
}
