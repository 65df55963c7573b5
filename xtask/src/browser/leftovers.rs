//! Browsers that outlived whoever started them.
//!
//! A driver that is stopped while it opens a browser leaves the browser behind. Each of ours has a profile folder with
//! our process id in its name, and is known by that: ours are ended when we end, and those of a run that was killed
//! are ended by the next. Nobody else's browser is touched.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::place;

/// Where the profiles of our browsers are.
pub(super) fn profiles() -> PathBuf {
    place::scratch().join("profiles")
}

/// Ends leftover browsers when it goes out of scope.
pub(super) struct EndThem;

impl Drop for EndThem {
    fn drop(&mut self) {
        end();
    }
}

/// Ends the browsers of this run and of runs that are over, and removes their profiles.
pub(super) fn end() {
    let mark = format!("--user-data-dir={}/", profiles().display());
    let Ok(processes) = fs::read_dir("/proc") else {
        return;
    };
    for process in processes.filter_map(Result::ok) {
        let id = process.file_name().to_string_lossy().into_owned();
        let words = fs::read(process.path().join("cmdline")).unwrap_or_default();
        if owner_of(&String::from_utf8_lossy(&words), &mark).is_some_and(is_over) {
            // It may have ended by itself in between.
            let _ = Command::new("kill").args(["-KILL", &id]).output();
        }
    }
    for profile in fs::read_dir(profiles())
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
    {
        let name = profile.file_name().to_string_lossy().into_owned();
        if name
            .split('-')
            .next()
            .and_then(|id| id.parse().ok())
            .is_none_or(is_over)
        {
            let _ = fs::remove_dir_all(profile.path());
        }
    }
}

/// The process that started a browser, by the profile folder in its command line.
fn owner_of(command_line: &str, mark: &str) -> Option<u32> {
    let profile = command_line
        .split('\0')
        .find_map(|word| word.strip_prefix(mark))?;
    profile.split('-').next()?.parse().ok()
}

fn is_over(owner: u32) -> bool {
    owner == std::process::id() || !Path::new("/proc").join(owner.to_string()).exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_browser_with_one_of_our_profiles_is_ours() {
        let mark = "--user-data-dir=/built/xtask/profiles/";
        assert_eq!(
            owner_of("chromium\0--user-data-dir=/built/xtask/profiles/42-1\0--x", mark),
            Some(42)
        );
        assert_eq!(
            owner_of("chromium\0--user-data-dir=/somebody/else\0--x", mark),
            None
        );
        assert_eq!(owner_of("cat\0/built/xtask/profiles/42-1", mark), None);
    }

    #[test]
    fn a_run_that_still_goes_on_keeps_its_browsers() {
        assert!(!is_over(1));
        assert!(is_over(std::process::id()));
    }
}
