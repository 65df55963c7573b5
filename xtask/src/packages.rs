//! The packages that the product is made of, as cargo resolves them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::place;
use crate::process::ask;

/// The platform we answer for: the same list on every developer's machine, and only packages that are fetched anyway.
const PLATFORM: &str = "x86_64-unknown-linux-gnu";

/// One package at one version.
pub(crate) struct Package {
    /// Its name.
    pub(crate) name: String,
    /// Its version.
    pub(crate) version: String,
    /// Its licence, as an SPDX expression.
    pub(crate) licence: String,
    /// Its folder on this machine.
    pub(crate) folder: PathBuf,
    /// Whether it is ours.
    pub(crate) ours: bool,
    imports: Vec<Import>,
}

/// One arrow from a package to another.
struct Import {
    id: String,
    for_tests_only: bool,
}

/// All packages, by cargo's id.
pub(crate) struct Packages(BTreeMap<String, Package>);

impl Packages {
    /// Asks cargo. Needs no network once everything has been built.
    pub(crate) fn resolve() -> Result<Self> {
        let mut command = Command::new(place::cargo());
        command.args([
            "metadata",
            "--format-version",
            "1",
            "--locked",
            "--filter-platform",
            PLATFORM,
        ]);
        let told = ask(command.current_dir(place::repository()))?;
        Self::read(&serde_json::from_str(&told).context("reading what cargo metadata says")?)
    }

    fn read(metadata: &Value) -> Result<Self> {
        let words = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let ours: BTreeSet<String> = list(&metadata["workspace_members"]).iter().map(words).collect();
        let mut packages = BTreeMap::new();
        for package in list(&metadata["packages"]) {
            let id = words(&package["id"]);
            let manifest = PathBuf::from(words(&package["manifest_path"]));
            packages.insert(
                id.clone(),
                Package {
                    name: words(&package["name"]),
                    version: words(&package["version"]),
                    licence: words(&package["license"]).replace('/', " OR "),
                    folder: manifest
                        .parent()
                        .context("a manifest without a folder")?
                        .to_owned(),
                    ours: ours.contains(&id),
                    imports: Vec::new(),
                },
            );
        }
        for node in list(&metadata["resolve"]["nodes"]) {
            let package = packages
                .get_mut(&words(&node["id"]))
                .context("a resolved package without a description")?;
            for import in list(&node["deps"]) {
                let for_tests_only = list(&import["dep_kinds"])
                    .iter()
                    .all(|kind| kind["kind"] == "dev");
                package.imports.push(Import {
                    id: words(&import["pkg"]),
                    for_tests_only,
                });
            }
        }
        Ok(Self(packages))
    }

    /// Our own packages.
    #[cfg(test)]
    pub(crate) fn ours(&self) -> impl Iterator<Item = &Package> {
        self.0.values().filter(|package| package.ours)
    }

    /// What a package imports directly, what only its tests import included.
    #[cfg(test)]
    pub(crate) fn imports(&self, package: &Package) -> BTreeSet<&str> {
        package
            .imports
            .iter()
            .filter_map(|import| self.0.get(&import.id))
            .map(|package| package.name.as_str())
            .collect()
    }

    /// Everything that one of our packages is built from, itself included, what only tests import left out.
    pub(crate) fn closure(&self, name: &str) -> Result<Vec<&Package>> {
        let ours = |(_, package): &(&String, &Package)| package.ours && package.name == name;
        let (root, _) = self
            .0
            .iter()
            .find(ours)
            .with_context(|| format!("no package of ours is named {name}"))?;
        let (mut seen, mut ahead) = (BTreeSet::new(), vec![root.as_str()]);
        while let Some(id) = ahead.pop() {
            if seen.insert(id) {
                let imports = self
                    .0
                    .get(id)
                    .map(|package| package.imports.as_slice())
                    .unwrap_or_default();
                ahead.extend(
                    imports
                        .iter()
                        .filter(|import| !import.for_tests_only)
                        .map(|import| import.id.as_str()),
                );
            }
        }
        Ok(seen.into_iter().filter_map(|id| self.0.get(id)).collect())
    }
}
