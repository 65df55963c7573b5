//! `fanlight policy`: check a pack, try it on a story of facts, and print its clause register.

mod clauses;
mod compare;
mod new;
mod trial;

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand, ValueEnum};
use fanlight_core::coded::read_lines;
use fanlight_core::pack::{Pack, Problem, nearest, read};
use jiff::Timestamp;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

include!(concat!(env!("OUT_DIR"), "/shipped_packs.rs"));

/// The arguments of `fanlight policy`.
#[derive(Args)]
#[command(arg_required_else_help = true)]
pub(crate) struct PolicyArgs {
    #[command(subcommand)]
    command: PolicyCommand,
}

#[derive(Subcommand)]
enum PolicyCommand {
    /// Write a commented pack to begin with, for a landlord in any of the four nations.
    #[command(after_long_help = NEW_EXAMPLES)]
    New(NewArgs),
    /// Report everything that is wrong with a pack, each with file, place and remedy.
    #[command(after_long_help = CHECK_EXAMPLES)]
    Check(CheckArgs),
    /// Fold a story of facts under a pack, and print what would have been owed, and why.
    #[command(after_long_help = TRIAL_EXAMPLES)]
    Trial(TrialArgs),
    /// Print every clause of a pack with how it is kept.
    #[command(after_long_help = CLAUSES_EXAMPLES)]
    Clauses(CheckArgs),
}

const NEW_EXAMPLES: &str = "Examples:
  fanlight policy new packs/north-homes --name \"North Homes\" --nation wales
  fanlight policy check packs/north-homes

Nine files are written, each with comments that say what can stand there; nothing is written over. No number is invented:
every due time is not stated until you write the policy's own.

Exit status: 0, or 2 if the folder is not empty or cannot be written.";

const CHECK_EXAMPLES: &str = "Examples:
  fanlight policy check packs/settle
  fanlight policy check settle --format json

Every .toml file of the folder is read, and every problem in all of them is reported at once:
  clocks.toml:12:7: obligation \"first-contact\", due, type: nothing can be due by \"working_day\";
  did you mean working_days_end_of_day.

Exit status: 0 without a problem, 1 with one or more, 2 if the folder cannot be read.
The format of a pack is described in docs/guide/packs.md.";

const TRIAL_EXAMPLES: &str = r#"Example: save these three lines as story.jsonl
  {"fact":"report_received","happened":"2026-08-28T16:59:00+01:00","with":{"from":"survivor","channel":"telephone"}}
  {"fact":"contact_tried","happened":"2026-09-01T10:00:00+01:00","with":{"who":"survivor","route":"telephone"}}
  {"fact":"contact_made","happened":"2026-09-02T09:00:00+01:00","with":{"who":"survivor","route":"telephone"}}
and ask what settle's policy makes of it a month later:
  fanlight policy trial settle story.jsonl --at 2026-10-01T12:00:00Z
What another policy would have asked of the same facts, beside it:
  fanlight policy trial settle story.jsonl --at 2026-10-01T12:00:00Z --compare bpha

One fact a line; blank lines and lines that begin with # are passed over. The keys:
  fact       what happened (docs/guide/packs.md, "Facts for a trial", lists them all)
  happened   when, with its offset
  aware      when the landlord knew; if left out, when it happened
  recorded   when it was written down; if left out, when the landlord knew
  with       codes about it: {"who": "survivor"}
  about      which child, action or agency, an opaque name: "child-1"
  corrects   the number of the line that it puts right
Only facts recorded by --at count. A line that is wrong is reported by its number, and the rest are still tried.

Exit status: 0, or 1 if a line or the pack is wrong, or 2 if a file cannot be read."#;

const CLAUSES_EXAMPLES: &str = "Examples:
  fanlight policy clauses packs/bpha
  fanlight policy clauses bpha --format json";

#[derive(Args)]
struct NewArgs {
    /// The folder to write: new, or empty.
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// The landlord's name, as customers know it.
    #[arg(long)]
    name: String,
    /// Its short name; if left out, made of the name.
    #[arg(long)]
    id: Option<String>,
    /// Where its homes are.
    #[arg(long, value_enum)]
    nation: new::Home,
    /// The day from which the policy is in force; if left out, today.
    #[arg(long, value_name = "DATE")]
    from: Option<jiff::civil::Date>,
}

#[derive(Args)]
struct CheckArgs {
    /// The pack: its folder, or the name of a shipped one. A folder of that name wins.
    #[arg(value_name = "PACK")]
    pack: PathBuf,
    /// How to print the answer.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Args)]
struct TrialArgs {
    /// The pack: its folder, or the name of a shipped one. A folder of that name wins.
    #[arg(value_name = "PACK")]
    pack: PathBuf,
    /// The facts, one JSON object a line.
    #[arg(value_name = "FACTS.jsonl")]
    facts: PathBuf,
    /// The moment that is asked about, with its offset: 2026-10-01T12:00:00Z.
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    at: Timestamp,
    /// Another pack, to show what it would have asked of the same facts.
    #[arg(long, value_name = "OTHER_PACK")]
    compare: Option<PathBuf>,
    /// How to print the answer.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Runs `fanlight policy`.
pub(crate) fn run(args: PolicyArgs, output: &mut dyn Write) -> Result<ExitCode> {
    match args.command {
        PolicyCommand::New(args) => new::new(&args, output).map(|()| ExitCode::SUCCESS),
        PolicyCommand::Check(args) => check(&args, output),
        PolicyCommand::Trial(args) => trial(&args, output),
        PolicyCommand::Clauses(args) => clauses(&args, output),
    }
}

fn instant(text: &str) -> Result<Timestamp, String> {
    text.parse()
        .map_err(|_| "write date, time and offset, for example 2026-10-01T12:00:00Z".to_owned())
}

/// Files, each a name and a text.
pub(crate) type Texts = Vec<(String, String)>;

/// The files of a pack. A file that is not text comes with a problem of its own, so that
/// the others are checked all the same.
pub(crate) fn files(pack: &Path) -> Result<(Texts, Vec<Problem>)> {
    if !pack.is_dir() {
        return Ok((shipped(pack)?, Vec::new()));
    }
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for entry in std::fs::read_dir(pack).with_context(|| format!("reading the folder {}", pack.display()))? {
        let entry = entry?;
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        match path.extension() {
            Some(extension) if extension == "toml" => match text_of(&path, &name) {
                Ok(text) => files.push((name, text)),
                Err(problem) => problems.push(problem),
            },
            // What its author took for a part of the policy must not be left out in silence.
            Some(extension) if extension.eq_ignore_ascii_case("toml") => problems.push(unread(
                &name,
                "this file is not read",
                "write its name with a small .toml",
            )),
            Some(_) | None if path.is_dir() && !name.starts_with('.') => problems.push(unread(
                &name,
                "this folder is not read",
                "move its files up into the pack's own folder",
            )),
            Some(_) | None => {}
        }
    }
    if files.is_empty() && problems.is_empty() {
        bail!(
            "{} holds no .toml file: a pack is a folder of them",
            pack.display()
        );
    }
    files.sort();
    Ok((files, problems))
}

/// The text of one file. A pipe is not opened: it would be waited for without end.
fn text_of(path: &Path, name: &str) -> Result<String, Problem> {
    let remedy = "put a file of text in its place, or take it out";
    let about = std::fs::metadata(path)
        .map_err(|error| unread(name, format!("this cannot be read ({})", error.kind()), remedy))?;
    if !about.is_file() {
        return Err(unread(name, "this is not a file", remedy));
    }
    let bytes = std::fs::read(path)
        .map_err(|error| unread(name, format!("this cannot be read ({})", error.kind()), remedy))?;
    String::from_utf8(bytes).map_err(|error| not_utf8(name.to_owned(), &error))
}

fn unread(file: &str, what: impl Into<String>, remedy: &str) -> Problem {
    Problem {
        file: file.to_owned(),
        line: 1,
        column: 1,
        place: "the file".to_owned(),
        what: what.into(),
        remedy: remedy.to_owned(),
    }
}

fn not_utf8(file: String, error: &std::string::FromUtf8Error) -> Problem {
    let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
    let line_start = before
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1);
    Problem {
        file,
        line: before.iter().filter(|byte| **byte == b'\n').count() + 1,
        column: before.len() - line_start + 1,
        place: "the file".to_owned(),
        what: "this is not text in UTF-8".to_owned(),
        remedy: "save the file as UTF-8 in your editor".to_owned(),
    }
}

fn shipped(pack: &Path) -> Result<Texts> {
    let name = pack.to_string_lossy();
    let Some((_, files)) = SHIPPED.iter().find(|(shipped, _)| *shipped == name) else {
        let names: Vec<&str> = SHIPPED.iter().map(|(name, _)| *name).collect();
        let near = nearest(&name, names.iter().copied());
        let names = if near.is_empty() { names } else { near };
        bail!(
            "{name} is no folder and no shipped pack: the shipped ones are {}",
            names.join(", ")
        );
    };
    Ok(files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect())
}

pub(crate) fn load(pack: &Path) -> Result<Result<Pack, Vec<Problem>>> {
    let (files, mut problems) = files(pack)?;
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    if files.is_empty() {
        return Ok(Err(problems));
    }
    let read = read(&files);
    if problems.is_empty() {
        return Ok(read);
    }
    problems.extend(read.err().unwrap_or_default());
    problems.sort();
    Ok(Err(problems))
}

fn check(args: &CheckArgs, output: &mut dyn Write) -> Result<ExitCode> {
    match load(&args.pack)? {
        Ok(pack) => {
            let entries: usize = pack.registers.values().map(Vec::len).sum();
            let counts = serde_json::json!({
                "clauses": pack.clauses.len(),
                "obligations": pack.obligations.len(),
                "measures": pack.measures.len(),
                "gates": pack.gates.len(),
                "assessments": pack.assessments.len(),
                "referrals": pack.referrals.len(),
                "plans": pack.plans.len(),
                "samples": pack.samples.len(),
                "meetings": pack.meetings.len(),
                "grounds_for_sharing": pack.sharing.len(),
                "roles": pack.roles.len(),
                "definitions": pack.definitions.len(),
                "channels": pack.channels.len(),
                "register_entries": entries,
            });
            match args.format {
                Format::Json => writeln!(
                    output,
                    "{:#}",
                    serde_json::json!({"problems": [], "counts": counts, "fingerprint": pack.fingerprint})
                )?,
                Format::Text => {
                    writeln!(
                        output,
                        "{} {}: no problems.",
                        pack.landlord.id, pack.landlord.version
                    )?;
                    for (what, count) in counts.as_object().into_iter().flatten() {
                        writeln!(output, "  {count:>4} {}", what.replace('_', " "))?;
                    }
                }
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(problems) => {
            match args.format {
                Format::Json => writeln!(output, "{:#}", serde_json::json!({"problems": problems}))?,
                Format::Text => say(&problems, output)?,
            }
            Ok(ExitCode::FAILURE)
        }
    }
}

fn say(problems: &[Problem], output: &mut dyn Write) -> Result<()> {
    for problem in problems {
        writeln!(output, "{problem}")?;
    }
    let how_many = if problems.len() == 1 {
        "1 problem".to_owned()
    } else {
        format!("{} problems", problems.len())
    };
    writeln!(output, "{how_many}.")?;
    Ok(())
}

fn trial(args: &TrialArgs, output: &mut dyn Write) -> Result<ExitCode> {
    let text = std::fs::read(&args.facts).with_context(|| format!("reading {}", args.facts.display()))?;
    let mut packs = Vec::new();
    for pack in [Some(&args.pack), args.compare.as_ref()].into_iter().flatten() {
        match load(pack)? {
            Ok(pack) => packs.push(pack),
            Err(problems) => {
                match args.format {
                    Format::Json => writeln!(output, "{:#}", serde_json::json!({"pack_problems": problems}))?,
                    Format::Text => say(&problems, output)?,
                }
                return Ok(ExitCode::FAILURE);
            }
        }
    }
    let (facts, problems) = read_lines(&text);
    let mut packs = packs.into_iter();
    let told = |pack| trial::Story::new(pack, facts.clone(), problems.clone(), args.at);
    let story = told(packs.next().context("a trial needs a pack")?);
    match (packs.next().map(told), args.format) {
        (None, Format::Json) => writeln!(output, "{:#}", story.json())?,
        (None, Format::Text) => story.text(output)?,
        (Some(other), Format::Json) => writeln!(output, "{:#}", compare::json(&story, &other))?,
        (Some(other), Format::Text) => compare::text(&story, &other, output)?,
    }
    Ok(if story.problems.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn clauses(args: &CheckArgs, output: &mut dyn Write) -> Result<ExitCode> {
    let pack = match load(&args.pack)? {
        Ok(pack) => pack,
        Err(problems) => {
            match args.format {
                Format::Json => writeln!(output, "{:#}", serde_json::json!({"problems": problems}))?,
                Format::Text => say(&problems, output)?,
            }
            return Ok(ExitCode::FAILURE);
        }
    };
    match args.format {
        Format::Json => writeln!(output, "{}", clauses::as_json(&pack)?)?,
        Format::Text => write!(output, "{}", clauses::as_table(&pack))?,
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests;
