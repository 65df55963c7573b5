//! `fanlight policy new`: a commented pack to begin with, for a landlord in any of the four nations.
//!
//! It invents no number: every due time is not stated until somebody writes the policy's own. It is checked before it is
//! written, and writes over nothing.

use super::NewArgs;
use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use fanlight_core::calendar::london_date;
use fanlight_core::pack::{Pack, read};
use jiff::civil::Date;
use std::fs;
use std::io::Write;

/// Where the landlord's homes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Home {
    England,
    Wales,
    Scotland,
    NorthernIreland,
}

impl Home {
    /// Whose bank holidays count.
    fn calendar(self) -> &'static str {
        match self {
            Home::England | Home::Wales => "england-and-wales",
            Home::Scotland => "scotland",
            Home::NorthernIreland => "northern-ireland",
        }
    }

    /// What differs by nation: definition, law, helplines.
    fn file(self) -> (&'static str, &'static str) {
        match self {
            Home::England => ("england.toml", include_str!("new/england.toml")),
            Home::Wales => ("wales.toml", include_str!("new/wales.toml")),
            Home::Scotland => ("scotland.toml", include_str!("new/scotland.toml")),
            Home::NorthernIreland => ("northern-ireland.toml", include_str!("new/northern-ireland.toml")),
        }
    }

    /// The nation's own words.
    fn words(self) -> &'static str {
        match self {
            Home::Wales => "tenancy = \"occupation contract\"\n",
            Home::England | Home::Scotland | Home::NorthernIreland => "",
        }
    }
}

const FILES: [(&str, &str); 8] = [
    ("pack.toml", include_str!("new/pack.toml")),
    ("roles.toml", include_str!("new/roles.toml")),
    ("channels.toml", include_str!("new/channels.toml")),
    ("promises.toml", include_str!("new/promises.toml")),
    ("measures.toml", include_str!("new/measures.toml")),
    ("sharing.toml", include_str!("new/sharing.toml")),
    ("clauses.toml", include_str!("new/clauses.toml")),
    ("registers.toml", include_str!("new/registers.toml")),
];

/// Writes the pack, and says what to do next.
pub(super) fn new(args: &NewArgs, output: &mut dyn Write) -> Result<()> {
    let folder = &args.folder;
    let from = args.from.unwrap_or_else(|| london_date(crate::clock::now()));
    let files = files(&args.name, args.id.as_deref(), args.nation, from)?;
    if folder.exists() {
        let mut inside =
            fs::read_dir(folder).with_context(|| format!("reading the folder {}", folder.display()))?;
        if inside.next().is_some() {
            bail!(
                "{} is not empty: name a new folder, nothing is written over",
                folder.display()
            );
        }
    }
    fs::create_dir_all(folder).with_context(|| format!("making the folder {}", folder.display()))?;
    for (name, text) in &files {
        let path = folder.join(name);
        fs::write(&path, text).with_context(|| format!("writing {}", path.display()))?;
        writeln!(output, "{}", path.display())?;
    }
    writeln!(
        output,
        "\nIt checks clean, and promises nothing in hours or days yet. Begin with pack.toml; after every change:\n  fanlight policy check {}",
        folder.display()
    )?;
    Ok(())
}

/// The files of a new pack, which together have nothing wrong in them.
pub(super) fn files(
    name: &str,
    id: Option<&str>,
    nation: Home,
    from: Date,
) -> Result<Vec<(&'static str, String)>> {
    let id = id.map_or_else(|| slug(name), str::to_owned);
    if id.is_empty() {
        bail!(
            "the name holds no letter that an id can be made of: give --id, lower-case letters and hyphens"
        );
    }
    let fill = |text: &str| {
        text.replace("{{NAME}}", &name.replace(char::is_control, " "))
            .replace("{{NAME_TEXT}}", &quoted(name))
            .replace("{{ID}}", &quoted(&id))
            .replace("{{NATION}}", &quoted(nation.calendar()))
            .replace("{{FROM}}", &from.to_string())
            .replace("{{WORDS}}", nation.words())
            .replace("{{CLAUSE}}", &initials(&id))
    };
    let all = FILES.into_iter().chain([nation.file()]);
    let files: Vec<(&'static str, String)> = all.map(|(file, text)| (file, fill(text))).collect();
    let texts: Vec<(&str, &str)> = files.iter().map(|(file, text)| (*file, text.as_str())).collect();
    match read(&texts) {
        Ok(Pack { .. }) => Ok(files),
        Err(problems) => bail!(
            "{}",
            problems
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join("\n")
        ),
    }
}

/// Text in double quotes, as TOML and JSON both have it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Lower-case letters, digits and hyphens.
fn slug(name: &str) -> String {
    let words = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

/// What the clauses are called: `north-homes` gives `NH`, one word stands whole.
fn initials(id: &str) -> String {
    let words: Vec<&str> = id.split(['-', '_']).filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        [one] => one.to_ascii_uppercase(),
        several => several
            .iter()
            .filter_map(|word| word.chars().next())
            .collect::<String>()
            .to_ascii_uppercase(),
    }
}
