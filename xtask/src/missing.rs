//! Finding what the tests need beside Rust, and installing it where we may.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::place;
use crate::process::run;

const PACKAGES: [&str; 3] = ["chromium", "chromium-driver", "fonts-liberation"];
const AN_INSTALL: Duration = Duration::from_secs(600);

/// What the browser journeys need.
pub(crate) struct Tools {
    /// The browser.
    pub(crate) chromium: PathBuf,
    /// The program that drives it.
    pub(crate) chromedriver: PathBuf,
    /// The text of axe-core, which is put into each page to look for faults of accessibility.
    pub(crate) axe: String,
}

/// Finds everything, installs what is missing, or says what to run and stops.
pub(crate) fn find_or_install() -> Result<Tools> {
    if browser().is_none() || !fonts_are_there() {
        install_by_apt()?;
    }
    let Some((chromium, chromedriver)) = browser() else {
        bail!(
            "chromium and chromedriver are still not on the path after installing {}",
            PACKAGES.join(" ")
        );
    };
    Ok(Tools {
        chromium,
        chromedriver,
        axe: axe_core()?,
    })
}

fn browser() -> Option<(PathBuf, PathBuf)> {
    Some((
        place::program(&["chromium", "chromium-browser"])?,
        place::program(&["chromedriver"])?,
    ))
}

/// Without a font every picture is of empty boxes, and text has no width to overflow by.
fn fonts_are_there() -> bool {
    let Some(list) = place::program(&["fc-list"]) else {
        return false;
    };
    Command::new(list)
        .output()
        .is_ok_and(|fonts| !fonts.stdout.is_empty())
}

fn install_by_apt() -> Result<()> {
    let by_hand = format!(
        "apt-get update && apt-get install -y --no-install-recommends {}",
        PACKAGES.join(" ")
    );
    let Some(apt) = place::program(&["apt-get"]) else {
        bail!(
            "Chromium, its driver and a font are needed, and this machine has no apt-get. Install {}",
            PACKAGES.join(", ")
        );
    };
    let Some(become_root) = way_to_become_root() else {
        bail!(
            "Chromium, its driver and a font are needed, and installing them takes root. Run this one line, then try again:\n\n    sudo sh -c '{by_hand}'\n"
        );
    };
    println!("Installing {} with apt-get", PACKAGES.join(", "));
    let apt_get = |arguments: &[&str]| {
        let mut words = become_root.clone();
        words.push(apt.display().to_string());
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).args(arguments);
        command
    };
    let mut install = vec!["install", "-y", "-q", "--no-install-recommends"];
    install.extend(PACKAGES);
    if !(run(&mut apt_get(&["update", "-q"]), AN_INSTALL)? && run(&mut apt_get(&install), AN_INSTALL)?) {
        bail!("apt-get did not succeed. Run this one line, then try again:\n\n    sudo sh -c '{by_hand}'\n");
    }
    Ok(())
}

/// The words to put before a command that needs root, if there is a way without asking for a password.
fn way_to_become_root() -> Option<Vec<String>> {
    let quiet = ["env".to_owned(), "DEBIAN_FRONTEND=noninteractive".to_owned()];
    let root = Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|id| id.stdout.starts_with(b"0\n"));
    if root {
        return Some(quiet.to_vec());
    }
    let mut sudo = Command::new(place::program(&["sudo"])?);
    let without_password = sudo
        .args(["-n", "true"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    without_password.then(|| [&["sudo".to_owned(), "-n".to_owned()][..], &quiet].concat())
}

/// Fetches axe-core by npm at the version and hash of the committed lock file, once for each lock file.
fn axe_core() -> Result<String> {
    let folder = place::scratch().join("npm");
    let script = folder.join("node_modules").join("axe-core").join("axe.min.js");
    let wanted = |name: &str| place::repository().join("xtask").join(name);
    let lock = fs::read(wanted("package-lock.json")).context("reading xtask/package-lock.json")?;
    let fetched = fs::read(folder.join("package-lock.json")).is_ok_and(|old| old == lock) && script.is_file();
    if !fetched {
        let Some(npm) = place::program(&["npm"]) else {
            bail!(
                "npm is needed for axe-core and for the front-end packages. Install Node.js with npm (on Debian: apt-get install nodejs npm), then try again."
            );
        };
        println!("Fetching axe-core with npm");
        fs::create_dir_all(&folder)?;
        // The lock is copied last: a run that is cut short must not look like one that finished.
        let _ = fs::remove_file(folder.join("package-lock.json"));
        fs::copy(wanted("package.json"), folder.join("package.json"))?;
        fs::copy(wanted("package-lock.json"), folder.join("package-lock.json"))?;
        let mut command = Command::new(npm);
        command
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .current_dir(&folder);
        if !run(&mut command, AN_INSTALL)? {
            let _ = fs::remove_file(folder.join("package-lock.json"));
            bail!("npm could not fetch axe-core; what it said is above");
        }
    }
    fs::read_to_string(&script).with_context(|| format!("reading {}", script.display()))
}
