//! The files of the repository, as git tracks them.

use std::fs;
use std::process::Command;

use crate::place;
use crate::process::ask;

/// A tracked file that is text.
pub(super) struct File {
    /// Its path from the root of the repository, with forward slashes.
    pub(super) path: String,
    /// What stands in it.
    pub(super) text: String,
}

/// Every tracked file that is text, and every new one that git does not ignore.
pub(super) fn files() -> Vec<File> {
    let files: Vec<File> = paths()
        .into_iter()
        .filter_map(|path| {
            let text = fs::read_to_string(place::repository().join(&path)).ok()?;
            Some(File {
                path: path.to_owned(),
                text,
            })
        })
        .collect();
    assert!(
        files.iter().any(|file| file.path == "Cargo.toml"),
        "git listed none of our files"
    );
    files
}

/// The paths alone, text or not.
pub(super) fn paths() -> Vec<String> {
    let mut git = Command::new("git");
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(place::repository());
    let listed = ask(&mut git).expect("these rules look at what git tracks");
    // What was deleted and not yet committed is still in git's list.
    let there = |path: &&str| !path.is_empty() && place::repository().join(path).exists();
    listed.split('\0').filter(there).map(str::to_owned).collect()
}
