//! What has been done so far, how long it took, and the closing line.

use std::time::{Duration, Instant};

use anyhow::Result;

/// How one step ended.
pub(crate) enum Outcome {
    /// A check that either holds or does not.
    Held(bool),
    /// A step made of many tests.
    Counted { passed: u64, failed: u64 },
    /// Not done, and why. Said aloud, because a step that is silently left out looks like one that passed.
    Skipped(&'static str),
}

/// Runs steps in order; a failed step does not hide the ones after it.
pub(crate) struct Tally {
    began: Instant,
    passed: u64,
    failed: u64,
    failures: Vec<String>,
    skipped: Vec<String>,
}

impl Tally {
    pub(crate) fn new() -> Self {
        Self {
            began: Instant::now(),
            passed: 0,
            failed: 0,
            failures: Vec::new(),
            skipped: Vec::new(),
        }
    }

    /// Announces a step, runs it, and says how it ended.
    pub(crate) fn step(&mut self, name: &str, work: impl FnOnce() -> Result<Outcome>) {
        println!("\n[{}] {name}", clock(self.began.elapsed()));
        let began = Instant::now();
        let (passed, failed, said) = match work() {
            Ok(Outcome::Held(true)) => (1, 0, "passed".to_owned()),
            Ok(Outcome::Held(false)) => (0, 1, "FAILED".to_owned()),
            Ok(Outcome::Counted { passed, failed }) => {
                (passed, failed, format!("{passed} passed, {failed} failed"))
            }
            Ok(Outcome::Skipped(why)) => {
                self.skipped.push(format!("{name}: {why}"));
                (0, 0, format!("skipped: {why}"))
            }
            Err(error) => (0, 1, format!("FAILED: {error:#}")),
        };
        self.passed += passed;
        self.failed += failed;
        if failed > 0 {
            self.failures.push(name.to_owned());
        }
        println!(
            "[{}] {name}: {said} (took {})",
            clock(self.began.elapsed()),
            clock(began.elapsed())
        );
    }

    /// Prints the closing line, and says whether everything passed.
    pub(crate) fn close(self) -> bool {
        println!();
        for skipped in &self.skipped {
            println!("Skipped: {skipped}");
        }
        for failure in &self.failures {
            println!("Failed: {failure}");
        }
        println!("{} passed, {} failed", self.passed, self.failed);
        self.failed == 0 && self.passed > 0
    }
}

fn clock(time: Duration) -> String {
    format!("{}:{:02}", time.as_secs() / 60, time.as_secs() % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_failure_fails_the_whole_and_later_steps_still_run() {
        let mut tally = Tally::new();
        let mut reached = false;
        tally.step("breaks", || anyhow::bail!("no"));
        tally.step("runs", || {
            reached = true;
            Ok(Outcome::Counted { passed: 3, failed: 0 })
        });
        assert!(reached);
        assert!(!tally.close());
    }

    #[test]
    fn nothing_done_is_not_a_pass() {
        let mut tally = Tally::new();
        tally.step("left out", || Ok(Outcome::Skipped("not installed")));
        assert!(!tally.close());
    }
}
