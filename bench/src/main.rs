//! Measures the operations that Fanlight holds itself to, beside bare SQL on the same data in the same run.
//!
//! It stands apart from the rooms: it opens an installation as the program does, asks its pages as a browser does, and
//! changes nothing that anybody uses. An operation that is over its figure is said to be, and the command then fails.

mod bare;
mod house;
mod meter;
mod operations;
mod outside;
mod story;
mod table;

use anyhow::Result;
use clap::{Parser, Subcommand, ValueEnum};
use house::House;
use operations::Asked;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use table::{Row, Verdict, head};

#[derive(Parser)]
#[command(
    name = "fanlight-bench",
    version,
    about = "Measures Fanlight beside bare SQL on the same data"
)]
struct Arguments {
    /// How many cases there are
    #[arg(long, default_value_t = 10_000)]
    cases: usize,
    /// For how many seconds each operation is measured
    #[arg(long, default_value_t = 4.0)]
    seconds: f64,
    /// Measure only operations whose name has these words
    #[arg(long, value_name = "WORDS")]
    only: Option<String>,
    /// Measure growth too: a tenth of the cases, all of them, and ten times as many
    #[arg(long)]
    grow: bool,
    /// How it is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The pack that the landlord uses
    #[arg(long, default_value = "packs/settle")]
    pack: PathBuf,
    /// The folder in which a folder for this run is made
    #[arg(long, value_name = "DIR")]
    within: Option<PathBuf>,
    #[command(subcommand)]
    inner: Option<Inner>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

#[derive(Subcommand)]
enum Inner {
    /// Serve what was filled: the command starts itself so
    #[command(hide = true)]
    ServeFolder {
        /// Where it lies
        folder: PathBuf,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match &arguments.inner {
        Some(Inner::ServeFolder { folder }) => outside::serve(folder).map(|()| true),
        None => run(&arguments),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            say(&format!("Stopped: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// One line for the person at the terminal. A closed pipe is no reason to fail.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

fn run(arguments: &Arguments) -> Result<bool> {
    let text = arguments.format == Format::Text;
    let asked = Asked {
        seconds: arguments.seconds,
        only: arguments.only.clone(),
    };
    let mut rows: Vec<Row> = Vec::new();
    let mut tell = |row: Row| {
        if text {
            say(&row.line());
        }
        rows.push(row);
    };
    let folder = scratch(arguments)?;
    let house = House::build(folder.path(), arguments.cases, &arguments.pack)?;
    let filled = house.filled;
    if text {
        say(&format!(
            "{} cases of {} entries, {:.1} MB of entries as plain JSON, filled in {:.0} s. Load when measuring began: {}\n\n{}",
            filled.cases,
            story::ENTRIES,
            filled.text as f64 / 1e6,
            filled.seconds,
            load(),
            head(),
        ));
    }
    operations::measure(&house, &asked, &mut tell)?;
    if asked.wants("disk") {
        tell(disk(&filled));
    }
    if asked.wants("opening cases") {
        from_outside(house, &asked, &mut tell)?;
    } else {
        drop(house);
    }
    if arguments.grow && asked.wants("growth") {
        grow(arguments, &asked, &mut tell)?;
    }
    for (what, held_to) in [
        ("acknowledged writes lost, power cut at each point", "0"),
        ("tampering found as far as a checkpoint reaches", "100 %"),
        ("messages to an unsafe contact, in millions", "0"),
    ] {
        if asked.wants(what) {
            tell(Row::said(what, held_to, String::new(), Verdict::NotBuilt));
        }
    }
    let count = |verdict| rows.iter().filter(|row| row.verdict == verdict).count();
    let (held, over, missing) = (
        count(Verdict::Held),
        count(Verdict::Over),
        count(Verdict::NotBuilt),
    );
    match arguments.format {
        Format::Text => say(&format!(
            "\n{held} held, {over} over, {missing} not built yet. Load when it ended: {}",
            load()
        )),
        Format::Json => say(&serde_json::to_string_pretty(&serde_json::json!({
            "cases": filled.cases,
            "held": held,
            "over": over,
            "not_built": missing,
            "load": load(),
            "operations": rows.iter().map(Row::json).collect::<Vec<_>>(),
        }))?),
    }
    Ok(over == 0)
}

fn scratch(arguments: &Arguments) -> Result<tempfile::TempDir> {
    Ok(match &arguments.within {
        Some(within) => tempfile::tempdir_in(within)?,
        None => tempfile::tempdir()?,
    })
}

/// How busy the machine is: figures of a busy one are to be read with care.
fn load() -> String {
    std::fs::read_to_string("/proc/loadavg")
        .unwrap_or_default()
        .split_whitespace()
        .take(3)
        .collect::<Vec<_>>()
        .join(" ")
}

fn disk(filled: &house::Filled) -> Row {
    let for_100 = |bytes: u64| bytes as f64 / filled.text as f64 * 100.0;
    let ours = for_100(filled.disk);
    Row::said(
        "disk for 100 MB of text",
        "at most 200 MB",
        format!(
            "{ours:.0} MB; bare SQL {:.0} MB; the log was {:.0} MB in all before it was brought in",
            for_100(filled.bare_disk),
            filled.log as f64 / 1e6
        ),
        Verdict::of(ours <= 200.0),
    )
}

fn from_outside(house: House, asked: &Asked, tell: &mut impl FnMut(Row)) -> Result<()> {
    let (folder, cookie, cases) = (
        house.folder.clone(),
        house.worker.cookie.clone(),
        house.cases.clone(),
    );
    let plain = outside::bare(&house, asked.seconds.max(2.0))?;
    drop(house);
    let seen = outside::look(&folder, &cookie, &cases, asked.seconds.max(2.0))?;
    let possible = 2000.0 / seen.cpu;
    tell(Row::said(
        "opening cases, 8 connections, client included",
        "at least 3000 a second",
        format!(
            "{:.0} a second; {:.3} ms of CPU each, so {possible:.0} if two cores are free; bare SQL {plain:.0} a second",
            seen.a_second, seen.cpu
        ),
        Verdict::of(seen.a_second >= 3000.0),
    ));
    tell(Row::said(
        "memory after load",
        "at most 60 MiB",
        format!("{:.0} MiB", seen.memory),
        Verdict::of(seen.memory <= 60.0),
    ));
    tell(Row::said(
        "first page after start",
        "at most 0.3 s",
        format!("{:.3} s", seen.first_page),
        Verdict::of(seen.first_page <= 0.3),
    ));
    Ok(())
}

fn grow(arguments: &Arguments, asked: &Asked, tell: &mut impl FnMut(Row)) -> Result<()> {
    let mut found = Vec::new();
    for cases in [arguments.cases / 10, arguments.cases, arguments.cases * 10] {
        let folder = scratch(arguments)?;
        let house = House::build(folder.path(), cases, &arguments.pack)?;
        let seconds = asked.seconds / 2.0;
        let (open, _) = operations::open_case(&house, seconds)?;
        let (work, _) = operations::work(&house, seconds)?;
        let (search, _) = operations::search(&house, seconds)?;
        let (year, _) = operations::yearly(&house, seconds)?;
        found.push([open.0.cpu, work.0.cpu, search.0.cpu, year.cpu]);
    }
    let [small, middle, large] = found[..] else {
        return Ok(());
    };
    for (at, what, most) in [
        (0, "growth tenfold: open a case", Some(1.2)),
        (1, "growth tenfold: list of work", Some(1.2)),
        (2, "growth tenfold: search", None),
        (3, "growth tenfold: yearly figure", Some(12.0)),
    ] {
        let ratio = large[at] / middle[at];
        tell(Row::said(
            what,
            match most {
                Some(1.2) => "at most 1.2 times",
                Some(_) => "no worse than linear",
                None => "",
            },
            format!(
                "{ratio:.2} times ({:.3}, {:.3} and {:.3} ms for {}, {} and {} cases)",
                small[at],
                middle[at],
                large[at],
                arguments.cases / 10,
                arguments.cases,
                arguments.cases * 10
            ),
            most.map_or(Verdict::NoFigure, |most| Verdict::of(ratio <= most)),
        ));
    }
    Ok(())
}
