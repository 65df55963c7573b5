//! The arrows between the rooms, and what each room may be built from.

use std::collections::BTreeSet;

use crate::packages::Packages;

/// Which of our packages each may import. A package that is not here needs a decision record first.
const ARROWS: [(&str, &[&str]); 6] = [
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
    ("rusqlite", &["fanlight-store"]),
    ("tokio-postgres", &["fanlight-store"]),
    ("fanlight-store", &["fanlight-casework"]),
    ("askama", &["fanlight-web"]),
    ("anyhow", &["fanlight", "xtask"]),
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

#[test]
fn core_is_built_from_nothing_that_meets_the_outside() {
    let packages = Packages::resolve().unwrap();
    let closure = packages.closure("fanlight-core").unwrap();
    assert!(closure.len() > 1, "the closure of core was not found");
    let outside = outside_in(closure.iter().map(|package| package.name.as_str()));
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
fn the_closure_of_the_binary_reaches_the_store_and_its_database() {
    let packages = Packages::resolve().unwrap();
    let closure = packages.closure("fanlight").unwrap();
    // If these were not found, the purity of core would be found of anything.
    for name in ["fanlight-store", "rusqlite", "tokio"] {
        assert!(
            closure.iter().any(|package| package.name == name),
            "{name} is not in the closure of the binary"
        );
    }
}
