//! What must hold of packs, decisions, documents and every tracked file.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use super::tracked::{File, files, paths};
use crate::place;

/// This file holds the words that it looks for.
const OURSELVES: &str = "xtask/src/rules/papers.rs";

/// Beginnings of paths that exist on somebody's machine only.
const MACHINES: [&str; 4] = ["/home/", "/Users/", "/root/", "C:\\Users"];

/// Traces of where packages were fetched from: a lock file's hashes are enough, and hosts tell of somebody's network.
const REGISTRIES: [&str; 7] = [
    "registry.npmjs",
    "\"resolved\":",
    "sparse+http",
    "artifactory",
    "verdaccio",
    "index-url",
    "replace-with",
];

/// Where Cargo.lock says that packages are from, on every machine.
const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

fn traces_in(file: &File) -> Vec<String> {
    if file.path == OURSELVES {
        return Vec::new();
    }
    let mut found = Vec::new();
    for trace in MACHINES
        .iter()
        .chain(&REGISTRIES)
        .filter(|trace| file.text.contains(**trace))
    {
        found.push(format!(
            "{} holds {trace:?}, which belongs to somebody's machine",
            file.path
        ));
    }
    let here = place::repository().display().to_string();
    if here.matches(['/', '\\']).count() > 1 && file.text.contains(&here) {
        found.push(format!(
            "{} names the folder that this repository stands in",
            file.path
        ));
    }
    if file.path.ends_with("Cargo.lock") {
        let sources = file.text.lines().filter(|line| line.starts_with("source = "));
        let elsewhere = sources.filter(|line| *line != format!("source = \"{CRATES_IO}\""));
        found.extend(elsewhere.map(|line| format!("Cargo.lock: {line}")));
    }
    found
}

fn wrong_in_decisions(paths: &[String]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut by_number: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for path in paths
        .iter()
        .filter_map(|path| path.strip_prefix("docs/decisions/"))
    {
        match path.split_once('-') {
            Some((number, title))
                if number.len() == 4
                    && number.bytes().all(|b| b.is_ascii_digit())
                    && title.ends_with(".md") =>
            {
                by_number.entry(number).or_default().push(path);
            }
            _ => wrong.push(format!("docs/decisions/{path} is not NNNN-title.md")),
        }
    }
    wrong.extend(
        by_number
            .values()
            .filter(|same| same.len() > 1)
            .map(|same| format!("one number for {}", same.join(" and "))),
    );
    wrong
}

fn wrong_in_packs(paths: &[String]) -> Vec<&String> {
    paths
        .iter()
        .filter(|path| path.starts_with("packs/") && !path.ends_with(".toml"))
        .collect()
}

/// Links to files that are not there.
fn dead_links_in(file: &File, there: impl Fn(&Path) -> bool) -> Vec<String> {
    let folder = Path::new(&file.path).parent().unwrap_or(Path::new(""));
    let links = file
        .text
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split_once(')'))
        .map(|(link, _)| link);
    links
        .filter(|link| !link.contains("://") && !link.starts_with('#') && !link.starts_with("mailto:"))
        .filter(|link| !there(&plain(&folder.join(link.split('#').next().unwrap_or_default()))))
        .map(|link| format!("{} links to {link}, which is not there", file.path))
        .collect()
}

fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            Component::Normal(_) | Component::RootDir | Component::Prefix(_) => plain.push(part),
        }
    }
    plain
}

#[test]
fn no_tracked_file_tells_of_a_machine_or_a_registry() {
    let wrong: Vec<String> = files().iter().flat_map(traces_in).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_decision_has_a_number_of_its_own() {
    let wrong = wrong_in_decisions(&paths());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn packs_hold_nothing_but_toml() {
    let paths = paths();
    let wrong = wrong_in_packs(&paths);
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn links_in_the_documents_lead_somewhere() {
    let there = |path: &Path| place::repository().join(path).exists();
    let documents = files().into_iter().filter(|file| file.path.ends_with(".md"));
    let wrong: Vec<String> = documents.flat_map(|file| dead_links_in(&file, there)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn planted_traces_are_noticed() {
    let found = |path: &str, text: &str| {
        traces_in(&File {
            path: path.to_owned(),
            text: text.to_owned(),
        })
        .len()
    };
    assert_eq!(found("docs/a.md", "see /home/ada/fanlight"), 1);
    assert!(
        found(
            "docs/a.md",
            &format!("see {}/target", place::repository().display())
        ) > 0
    );
    assert_eq!(
        found("package-lock.json", "\"resolved\": \"https://npm.example\""),
        1
    );
    assert_eq!(found("Cargo.lock", "source = \"git+https://example.test/a\""), 1);
    assert_eq!(found("Cargo.lock", &format!("source = \"{CRATES_IO}\"")), 0);
}

#[test]
fn planted_faults_in_decisions_packs_and_links_are_noticed() {
    let paths = [
        "docs/decisions/0001-a.md",
        "docs/decisions/0001-b.md",
        "docs/decisions/two.md",
        "packs/a/pack.toml",
        "packs/a/run.sh",
    ];
    let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
    assert_eq!(wrong_in_decisions(&paths).len(), 2);
    assert_eq!(wrong_in_packs(&paths), ["packs/a/run.sh"]);
    let page = File {
        path: "docs/guide/a.md".to_owned(),
        text: "[a](../b.md) [c](c.md#d) [e](https://example.test)".to_owned(),
    };
    assert_eq!(
        dead_links_in(&page, |path| path == Path::new("docs/b.md")),
        ["docs/guide/a.md links to c.md#d, which is not there"]
    );
}
