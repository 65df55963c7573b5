//! `fanlight verify`: whether everything that is kept is as it was written, and if not, what is wrong and where.

use crate::clock;
use crate::serve::runtime;
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use fanlight_casework::{Casework, Examined, Place};
use serde::Serialize;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

pub(crate) const EXAMPLES: &str = "Examples: with the server stopped, or on a copy of its data folder
  fanlight verify /var/lib/fanlight --keys /etc/fanlight/keys
  fanlight verify ./copy --keys /etc/fanlight/keys --format json

What is looked at, for each landlord:
  entry     each journal is a chain: an entry that was altered, moved, put in between or taken from the
            middle breaks it, and so does one whose key is not the one it committed to, or whose length is not
            one that is written
  key       the wrapped key of each journal opens
  summary, listing, row, misfit
            sealed summaries, lists, ordinary rows and what belongs together
  unlisted  a living case that no list shows, so that nobody would be reminded of it
  kept      index and summaries made anew from the journals equal those that are kept

Each fault is printed with its kind, its landlord, its place and what it means. No name and no word of a
case is printed: places are opaque identifiers.

What it cannot see: a tail that was cut off whole, or a whole folder put back to an older state. That takes a
checkpoint kept outside, which no release makes yet.

Exit status: 0 if everything holds, 1 if something does not, 2 if it could not be looked at.";

/// The arguments of `fanlight verify`.
#[derive(Args)]
pub(crate) struct VerifyArgs {
    /// The data folder, or a copy of it. One process at a time may hold it.
    #[arg(value_name = "DATA", env = "FANLIGHT_DATA")]
    data: PathBuf,
    /// The key folder: seals are opened with it, and nothing of them is printed.
    #[arg(long, value_name = "DIR", env = "FANLIGHT_KEYS")]
    keys: PathBuf,
    /// How the answer is printed.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people.
    Table,
    /// One JSON object.
    Json,
}

#[derive(Serialize)]
struct Report {
    holds: bool,
    landlords: Vec<OfLandlord>,
}

#[derive(Serialize)]
struct OfLandlord {
    landlord: String,
    journals: u64,
    entries: u64,
    rows: u64,
    erased_cases: usize,
    redacted_entries: usize,
    /// Whether what is kept beside the journals was compared with them.
    compared: bool,
    faults: Vec<Found>,
}

#[derive(Serialize)]
struct Found {
    kind: &'static str,
    at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    journal: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<u64>,
    means: String,
}

/// Runs `fanlight verify`.
pub(crate) fn run(args: &VerifyArgs, output: &mut dyn Write) -> Result<ExitCode> {
    let opened = Casework::open_installation(&args.data, &args.keys, clock::real())
        .context("opening what is to be looked at")?;
    let examined = runtime()?
        .block_on(opened.casework.examine())
        .context("looking at what is kept")?;
    let report = Report {
        holds: examined.iter().all(Examined::holds),
        landlords: examined.iter().map(of_landlord).collect(),
    };
    match args.format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut *output, &report)?;
            writeln!(output)?;
        }
        Format::Table => table(&report, output)?,
    }
    Ok(if report.holds {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn of_landlord(examined: &Examined) -> OfLandlord {
    let verified = &examined.verified;
    let mut faults: Vec<Found> = verified.faults.iter().map(|fault| broken(&fault.at)).collect();
    faults.extend(verified.unlisted.iter().map(|case| Found {
        kind: "unlisted",
        at: format!("case {case}"),
        journal: Some(case.to_string()),
        position: None,
        means: "a living case that no list shows".into(),
    }));
    faults.extend(examined.kept.iter().flatten().map(|differs| Found {
        kind: "kept",
        at: format!("the {} of case {}", differs.what, differs.case),
        journal: Some(differs.case.to_string()),
        position: None,
        means: "what is kept beside the journal is not what the journal says".into(),
    }));
    OfLandlord {
        landlord: examined.landlord.clone(),
        journals: verified.journals,
        entries: verified.entries,
        rows: verified.rows,
        erased_cases: verified.erased.len(),
        redacted_entries: verified.redacted.len(),
        compared: examined.kept.is_some(),
        faults,
    }
}

fn broken(at: &Place) -> Found {
    let (kind, journal, position, means) = match at {
        Place::Entry { journal, position } => (
            "entry",
            Some(journal.to_string()),
            Some(*position),
            "the chain or the seal first fails here: altered, moved, put in between or taken out",
        ),
        Place::Key { journal } => (
            "key",
            Some(journal.to_string()),
            None,
            "its wrapped key does not open, or the journal cannot be read",
        ),
        Place::Summary { case } => (
            "summary",
            Some(case.to_string()),
            None,
            "its sealed summary does not open",
        ),
        Place::Listing { case, table: _ } => (
            "listing",
            Some(case.to_string()),
            None,
            "rows of its lists were added, altered or taken away",
        ),
        Place::Row { .. } => ("row", None, None, "a sealed row does not open where it stands"),
        Place::Stamp => ("stamp", None, None, "the kept answer to a command does not open"),
        Place::Misfit { .. } => ("misfit", None, None, "rows belong to nothing that is there"),
        Place::Misshapen(_) => (
            "misshapen",
            None,
            None,
            "a row has not the shape it was written in",
        ),
    };
    Found {
        kind,
        at: at.to_string(),
        journal,
        position,
        means: means.to_owned(),
    }
}

fn table(report: &Report, output: &mut dyn Write) -> Result<()> {
    for landlord in &report.landlords {
        writeln!(
            output,
            "{}: {} journals, {} entries, {} rows; {} cases erased, {} entries redacted",
            landlord.landlord,
            landlord.journals,
            landlord.entries,
            landlord.rows,
            landlord.erased_cases,
            landlord.redacted_entries
        )?;
        if !landlord.compared {
            writeln!(
                output,
                "  index and summaries were not compared: what they are made from does not hold"
            )?;
        }
        for found in &landlord.faults {
            writeln!(output, "  {:<10} {}: {}", found.kind, found.at, found.means)?;
        }
    }
    let faults: usize = report
        .landlords
        .iter()
        .map(|landlord| landlord.faults.len())
        .sum();
    match (report.holds, faults) {
        (true, _) => writeln!(output, "Everything holds.")?,
        (false, 1) => writeln!(output, "1 fault.")?,
        (false, many) => writeln!(output, "{many} faults.")?,
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use fanlight_casework::NewLandlord;
    use fanlight_core::ids::LandlordId;
    use std::path::Path;

    fn verified(place: &Path, format: Format) -> (Result<ExitCode>, String) {
        let args = VerifyArgs {
            data: place.join("data"),
            keys: place.join("keys"),
            format,
        };
        let mut said = Vec::new();
        let code = run(&args, &mut said);
        (code, String::from_utf8(said).expect("text"))
    }

    fn is(code: Result<ExitCode>, expected: ExitCode) -> bool {
        format!("{:?}", code.expect("it was looked at")) == format!("{expected:?}")
    }

    /// An installation of one landlord, closed again.
    fn made(place: &Path) {
        let made = Casework::make_installation(&place.join("data"), &place.join("keys"), clock::real());
        let casework = made.expect("an installation").casework;
        let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/settle");
        let files = std::fs::read_dir(pack).expect("a pack").map(|file| {
            let path = file.expect("a file").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).expect("text"))
        });
        let landlord = NewLandlord {
            id: LandlordId("settle".into()),
            files: files.filter(|(name, _)| name.ends_with(".toml")).collect(),
            from: jiff::civil::date(2026, 10, 1),
        };
        runtime()
            .expect("a runtime")
            .block_on(casework.add_landlord(landlord))
            .expect("a landlord");
    }

    /// Turns one bit of the database's text. Most of it is the text of the pack, sealed in one entry; whatever else may
    /// stand at a place is put back.
    fn turn_a_bit(place: &Path) -> serde_json::Value {
        let path = place.join("data/fanlight.db");
        let whole = std::fs::read(&path).expect("the database");
        for at in (whole.len() / 2..whole.len()).step_by(4096 + 512) {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            std::fs::write(&path, bytes).expect("written");
            let (code, said) = verified(place, Format::Json);
            let report: serde_json::Value = serde_json::from_str(&said).unwrap_or_default();
            if report["landlords"][0]["faults"][0]["kind"] == "entry" {
                assert!(is(code, ExitCode::FAILURE), "{said}");
                return report;
            }
            std::fs::write(&path, &whole).expect("written");
        }
        panic!("no bit of an entry was found to turn");
    }

    #[test]
    fn what_holds_is_said_to_hold_and_what_was_altered_is_named_with_its_place() {
        let place = tempfile::tempdir().expect("a folder");
        made(place.path());
        let (code, said) = verified(place.path(), Format::Table);
        assert!(is(code, ExitCode::SUCCESS), "{said}");
        assert!(
            said.contains("settle:") && said.ends_with("Everything holds.\n"),
            "{said}"
        );

        let report = turn_a_bit(place.path());
        assert_eq!(report["holds"], false);
        let fault = &report["landlords"][0]["faults"][0];
        assert!(
            fault["position"].is_number() && fault["at"].as_str().is_some_and(|at| at.contains("position"))
        );
    }

    #[test]
    fn what_cannot_be_looked_at_is_no_answer() {
        let place = tempfile::tempdir().expect("a folder");
        let (code, said) = verified(place.path(), Format::Table);
        assert!(code.is_err() && said.is_empty());
    }
}
