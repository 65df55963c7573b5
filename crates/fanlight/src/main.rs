//! The Fanlight program: configuration, commands and wiring.

mod calendar;
mod clock;
mod demo;
mod init;
mod keys;
mod log;
mod policy;
mod serve;
mod verify;

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
    /// Show both landlords with invented people and cases, on this machine alone.
    #[command(after_long_help = demo::EXAMPLES)]
    Demo(demo::DemoArgs),
    /// Make an installation: data folder, key folder, a landlord with its pack, and the first people.
    #[command(after_long_help = init::INIT_EXAMPLES)]
    Init(init::InitArgs),
    /// Add another landlord.
    Landlord(init::LandlordCommandArgs),
    /// Put the root key back from its recovery copy.
    Keys(keys::KeysArgs),
    /// Serve the pages of an installation.
    #[command(after_long_help = serve::EXAMPLES)]
    Serve(serve::ServeArgs),
    /// Look whether everything that is kept is as it was written, and say what is wrong and where.
    #[command(after_long_help = verify::EXAMPLES)]
    Verify(verify::VerifyArgs),
    /// Work out due times, and list bank holidays.
    Calendar(calendar::CalendarArgs),
    /// Check a policy pack, try it on a story, and print its clauses.
    Policy(policy::PolicyArgs),
}

fn main() -> ExitCode {
    let outcome = match Program::parse().command {
        Command::Demo(args) => done(demo::run(args, &mut std::io::stdout())),
        Command::Init(args) => done(init::init(args, &mut std::io::stdout())),
        Command::Landlord(args) => done(init::landlord(args, &mut std::io::stdout())),
        Command::Keys(args) => done(keys::run(args, &mut std::io::stdout())),
        Command::Serve(args) => done(serve::run(args)),
        Command::Verify(args) => verify::run(&args, &mut std::io::stdout().lock()),
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

/// Whatever keeps these commands from what they are asked is a refusal (1), not a slip in the command (2).
fn done(outcome: anyhow::Result<()>) -> anyhow::Result<ExitCode> {
    match outcome {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(problem) => {
            let _ = writeln!(std::io::stderr(), "fanlight: {problem:#}");
            Ok(ExitCode::FAILURE)
        }
    }
}
