//! `fanlight keys restore`: puts the root key back from the recovery copy that `fanlight init` made.

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use fanlight_casework::Casework;
use std::fs::File;
use std::io::{IsTerminal, Read, Write};
use std::path::PathBuf;

const EXAMPLES: &str = "Example: the key folder has been put back from its backup, without root.key
  fanlight keys restore --keys /etc/fanlight/keys
and type the four numbered lines of the paper, then Ctrl-D. A slip is reported by its line.

The paper opens nothing by itself: the other files of the key folder and the data are needed as well.

Exit status: 0 when it is back, 1 if something was refused, 2 if the command is not understood.";

/// The longest paper that is read.
const LONGEST: u64 = 16 * 1024;

/// The arguments of `fanlight keys`.
#[derive(Args)]
#[command(arg_required_else_help = true)]
pub(crate) struct KeysArgs {
    #[command(subcommand)]
    command: KeysCommand,
}

#[derive(Subcommand)]
enum KeysCommand {
    /// Put the root key back from its recovery copy.
    #[command(after_long_help = EXAMPLES)]
    Restore(RestoreArgs),
}

#[derive(Args)]
struct RestoreArgs {
    /// The key folder, with every file but root.key.
    #[arg(long, value_name = "DIR", env = "FANLIGHT_KEYS")]
    keys: PathBuf,
    /// A file with the text of the recovery copy. If left out, it is typed.
    #[arg(long, value_name = "FILE")]
    recovery: Option<PathBuf>,
}

/// Runs `fanlight keys`.
pub(crate) fn run(args: KeysArgs, output: &mut dyn Write) -> Result<()> {
    let KeysCommand::Restore(args) = args.command;
    let source: Box<dyn Read> = match &args.recovery {
        Some(file) => Box::new(File::open(file).with_context(|| format!("reading {}", file.display()))?),
        None => {
            if std::io::stdin().is_terminal() {
                writeln!(
                    output,
                    "Type the four numbered lines of the recovery copy, then Ctrl-D:"
                )?;
            }
            Box::new(std::io::stdin())
        }
    };
    let mut paper = String::new();
    source
        .take(LONGEST)
        .read_to_string(&mut paper)
        .context("reading the recovery copy")?;
    Casework::restore_root_key(&args.keys, &paper)?;
    writeln!(output, "The root key is back in {}.", args.keys.display())?;
    Ok(())
}
