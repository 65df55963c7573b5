//! The arrows between the rooms, and what each room may be built from.

use std::collections::BTreeSet;
use std::process::Command;

use crate::packages::Packages;
use crate::place;
use crate::process::ask;

/// Which of our packages each may import. A package that is not here needs a decision record first.
const ARROWS: [(&str, &[&str]); 7] = [
    ("fanlight-core", &[]),
    ("fanlight-store", &[]),
    ("fanlight-casework", &["fanlight-core", "fanlight-store"]),
    ("fanlight-documents", &["fanlight-core"]),
    (
        "fanlight-web",
        &["fanlight-core", "fanlight-casework", "fanlight-documents"],
    ),
    (
        "fanlight",
        &[
            "fanlight-core",
            "fanlight-casework",
            "fanlight-documents",
            "fanlight-web",
        ],
    ),
    // Not a room: a program that uses the others as the binary does, and measures them (decision 0011).
    (
        "fanlight-bench",
        &["fanlight-core", "fanlight-casework", "fanlight-web"],
    ),
];

/// What would let core meet the outside world: storage, network, async, randomness, a clock.
const OUTSIDE: [&str; 20] = [
    "async-std",
    "axum",
    "chrono",
    "fastrand",
    "futures-util",
    "getrandom",
    "hyper",
    "libsqlite3-sys",
    "mio",
    "rand",
    "reqwest",
    "rusqlite",
    "smol",
    "socket2",
    "tempfile",
    "time",
    "tokio",
    "tokio-postgres",
    "tower",
    "tracing-subscriber",
];

/// Who alone may import a package directly.
const ALONE: [(&str, &[&str]); 5] = [
    ("rusqlite", &["fanlight-store", "fanlight-bench"]),
    ("tokio-postgres", &["fanlight-store"]),
    ("fanlight-store", &["fanlight-casework"]),
    ("askama", &["fanlight-web"]),
    ("anyhow", &["fanlight", "fanlight-bench", "xtask"]),
];

fn wrong_arrows(package: &str, imports: &BTreeSet<&str>, ours: &BTreeSet<&str>) -> Vec<String> {
    let mut wrong = Vec::new();
    if package != "xtask" {
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == package) else {
            return vec![format!(
                "{package} is a room that no arrow knows: write a decision record, then add it here"
            )];
        };
        let ours_imported = imports
            .intersection(ours)
            .filter(|import| !allowed.contains(*import));
        wrong.extend(ours_imported.map(|import| format!("{package} may not import {import}")));
    }
    for (what, who) in ALONE {
        if imports.contains(what) && !who.contains(&package) {
            wrong.push(format!(
                "only {} may import {what}, not {package}",
                who.join(", ")
            ));
        }
    }
    wrong
}

fn outside_in<'a>(closure: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    closure.filter(|name| OUTSIDE.contains(name)).collect()
}

#[test]
fn every_import_between_rooms_is_one_of_the_arrows() {
    let packages = Packages::resolve().unwrap();
    let ours: BTreeSet<&str> = packages.ours().map(|package| package.name.as_str()).collect();
    let wrong: Vec<String> = packages
        .ours()
        .flat_map(|package| wrong_arrows(&package.name, &packages.imports(package), &ours))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (room, _) in ARROWS {
        assert!(ours.contains(room), "the room {room} is gone");
    }
}

/// What cargo would build this room from if it were built alone: in the whole workspace another room's features show too.
fn built_alone_from(room: &str) -> Vec<String> {
    let mut cargo = Command::new(place::cargo());
    cargo.args([
        "tree",
        "--locked",
        "--edges",
        "normal,build",
        "--prefix",
        "none",
        "--package",
        room,
    ]);
    let tree = ask(cargo.current_dir(place::repository())).expect("cargo can draw the tree of a room");
    tree.lines()
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn core_is_built_from_nothing_that_meets_the_outside() {
    let core = built_alone_from("fanlight-core");
    assert!(core.len() > 1, "the tree of core was not found");
    let outside = outside_in(core.iter().map(String::as_str));
    assert!(outside.is_empty(), "core would be built from {outside:?}");
}

#[test]
fn a_planted_wrong_arrow_is_noticed() {
    let ours = BTreeSet::from([
        "fanlight-core",
        "fanlight-store",
        "fanlight-casework",
        "fanlight-web",
        "fanlight-extra",
    ]);
    let imports = |name: &'static str| BTreeSet::from([name, "serde"]);
    assert_eq!(
        wrong_arrows("fanlight-web", &imports("fanlight-store"), &ours).len(),
        2
    );
    assert_eq!(
        wrong_arrows("fanlight-core", &imports("fanlight-casework"), &ours).len(),
        1
    );
    assert_eq!(wrong_arrows("fanlight-web", &imports("rusqlite"), &ours).len(), 1);
    assert_eq!(
        wrong_arrows("fanlight-extra", &imports("serde_json"), &ours).len(),
        1
    );
    assert_eq!(wrong_arrows("xtask", &imports("fanlight-store"), &ours).len(), 1);
    assert!(wrong_arrows("fanlight-casework", &imports("fanlight-store"), &ours).is_empty());
    assert_eq!(outside_in(["serde", "tokio"].into_iter()), ["tokio"]);
}

#[test]
fn the_same_search_finds_the_outside_where_it_is() {
    let binary = built_alone_from("fanlight");
    let outside = outside_in(binary.iter().map(String::as_str));
    // If these were not found, the purity of core would be found of anything.
    for name in ["rusqlite", "tokio", "getrandom"] {
        assert!(outside.contains(&name), "{name} was not found in the binary");
    }
}
