//! The Fanlight program: configuration, commands and wiring.

mod calendar;
mod policy;

use clap::{Parser, Subcommand};
use std::io::Write;
use std::process::ExitCode;

/// Case management for social landlords who support people experiencing domestic abuse.
#[derive(Parser)]
#[command(name = "fanlight", version, arg_required_else_help = true)]
struct Program {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Work out due times, and list bank holidays.
    Calendar(calendar::CalendarArgs),
    /// Check a policy pack, try it on a story, and print its clauses.
    Policy(policy::PolicyArgs),
}

fn main() -> ExitCode {
    let outcome = match Program::parse().command {
        Command::Calendar(args) => {
            calendar::run(args, &mut std::io::stdin().lock(), &mut std::io::stdout().lock())
        }
        Command::Policy(args) => policy::run(args, &mut std::io::stdout().lock()),
    };
    outcome.unwrap_or_else(|problem| {
        // Whoever closed the pipe we write to has had enough, and needs no message.
        let closed = problem.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
        if closed != Some(std::io::ErrorKind::BrokenPipe) {
            // Nothing more can be done if even the error cannot be written.
            let _ = writeln!(std::io::stderr(), "fanlight: {problem:#}");
        }
        ExitCode::from(2)
    })
}
