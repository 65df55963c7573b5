//! `cargo xtask notices`: the Rust packages inside the product, with their versions and licences.
//!
//! The file is committed and shown in the product. Licences that ask for their text to travel with the binary have it
//! here: one MIT text with each package's copyright lines, and the whole licence file of a package that does not offer
//! MIT. What comes from npm is listed by the build, from the packages themselves.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::packages::{Package, Packages};
use crate::place;

fn file() -> PathBuf {
    place::repository()
        .join("crates")
        .join("web")
        .join("assets")
        .join("notices-rust.txt")
}

/// Writes the file, and says what is in it.
pub(crate) fn write() -> Result<bool> {
    let text = notices(&Packages::resolve()?)?;
    if let Some(folder) = file().parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(file(), &text).context("writing the notices")?;
    println!(
        "crates/web/assets/notices-rust.txt: {} packages",
        text.lines().filter(|line| line.starts_with("* ")).count()
    );
    Ok(true)
}

fn notices(packages: &Packages) -> Result<String> {
    let mut inside: Vec<&Package> = packages
        .closure("fanlight")?
        .into_iter()
        .filter(|package| !package.ours)
        .collect();
    inside.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    let mut text = String::from(OPENING);
    let mut whole_texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in inside {
        ensure!(
            !package.licence.is_empty(),
            "{} {} states no licence",
            package.name,
            package.version
        );
        writeln!(
            text,
            "* {} {}: {}",
            package.name, package.version, package.licence
        )?;
        let files = licence_files(&package.folder)?;
        for line in copyright_lines(&files) {
            writeln!(text, "    {line}")?;
        }
        if !offers_mit(&package.licence) {
            for file in files {
                whole_texts
                    .entry(file)
                    .or_default()
                    .push(format!("{} {}", package.name, package.version));
            }
        }
    }
    text.push_str(MIT);
    for (file, of) in whole_texts {
        write!(text, "\n\nLicence of {}\n\n{}\n", of.join(", "), file.trim())?;
    }
    Ok(text)
}

fn offers_mit(licence: &str) -> bool {
    licence
        .split(" OR ")
        .any(|choice| choice.trim_matches(['(', ')']) == "MIT")
}

fn licence_files(folder: &Path) -> Result<Vec<String>> {
    let mut names: Vec<PathBuf> = fs::read_dir(folder)
        .with_context(|| format!("looking for licences in {}", folder.display()))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .to_uppercase();
            path.is_file()
                && ["LICENSE", "LICENCE", "COPYING", "UNLICENSE"]
                    .iter()
                    .any(|start| name.starts_with(start))
        })
        .collect();
    names.sort();
    // One package in a thousand has an old encoding; its copyright line still has to be shown.
    names
        .iter()
        .map(|name| Ok(String::from_utf8_lossy(&fs::read(name)?).replace('\r', "")))
        .collect()
}

/// The lines that name who holds the copyright, without those that are part of a licence's own wording.
fn copyright_lines(files: &[String]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in files.iter().flat_map(|file| file.lines()).map(str::trim) {
        let names_a_holder = line.starts_with("Copyright ") || line.starts_with("Copyright\u{a9}");
        let wording = [
            "Copyright [yyyy]",
            "Copyright and Related",
            "Copyright License",
            "Copyright notice",
        ];
        if names_a_holder
            && !wording.iter().any(|words| line.starts_with(words))
            && !lines.iter().any(|had| had == line)
        {
            lines.push(line.to_owned());
        }
    }
    lines
}

const OPENING: &str = "\
Rust packages inside Fanlight, with their licences
==================================================

Written by `cargo xtask notices` from Cargo.lock; do not edit. Where a package offers a choice that includes MIT, we
use it under MIT. SQLite, which is built into the product by libsqlite3-sys, is in the public domain.

";

const MIT: &str = "
The MIT licence

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the \"Software\"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED \"AS IS\", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notices_in_the_repository_are_those_of_cargo_lock() {
        let written = fs::read_to_string(file()).unwrap_or_default();
        let expected = notices(&Packages::resolve().unwrap()).unwrap();
        assert!(
            written == expected,
            "the Rust notices are out of date: run `cargo xtask notices` and commit the file"
        );
    }

    #[test]
    fn holders_are_named_and_a_licence_s_own_wording_is_not_taken_for_one() {
        let file =
            "MIT License\nCopyright (c) 2019 Ada\nCopyright [yyyy] [name]\nthe above copyright notice\n"
                .to_owned();
        assert_eq!(copyright_lines(&[file]), ["Copyright (c) 2019 Ada"]);
    }

    #[test]
    fn mit_is_chosen_where_it_is_offered() {
        assert!(offers_mit("MIT OR Apache-2.0") && offers_mit("(MIT OR Apache-2.0)"));
        assert!(!offers_mit("MIT AND BSD-3-Clause") && !offers_mit("MIT-0") && !offers_mit("MPL-2.0"));
    }
}
