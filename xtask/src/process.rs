//! Running other programs for a bounded time, and stopping them.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::place;

const LOOK_AGAIN: Duration = Duration::from_millis(50);
const TIME_TO_STOP: Duration = Duration::from_secs(8);

/// Runs a command to its end, or stops it when its time is up.
pub(crate) fn run(command: &mut Command, limit: Duration) -> Result<bool> {
    let mut child = Stopped::start(command)?;
    Ok(child.wait(limit)?.success())
}

/// As [`run`], and hands back what the command said on both streams while letting it be seen.
pub(crate) fn run_and_hear(command: &mut Command, limit: Duration) -> Result<(bool, String)> {
    let mut child = Stopped::start(command.stdout(Stdio::piped()).stderr(Stdio::piped()))?;
    let out = child
        .0
        .stdout
        .take()
        .map(|stream| thread::spawn(move || pass_on(stream, std::io::stdout())));
    let err = child
        .0
        .stderr
        .take()
        .map(|stream| thread::spawn(move || pass_on(stream, std::io::stderr())));
    let status = child.wait(limit)?;
    let mut heard = String::new();
    for listener in [out, err].into_iter().flatten() {
        heard.push_str(&listener.join().unwrap_or_default());
    }
    Ok((status.success(), heard))
}

/// Runs a short command quietly and hands back its standard output.
pub(crate) fn ask(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_owned();
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("running {}", name.display()))?;
    if !output.status.success() {
        bail!(
            "{} failed: {}",
            name.display(),
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn pass_on(stream: impl Read, mut to: impl Write) -> String {
    let mut heard = String::new();
    for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line).into_owned();
        // A closed terminal must not stop the tests.
        let _ = writeln!(to, "{line}");
        heard.push_str(&line);
        heard.push('\n');
    }
    heard
}

/// A child that is stopped when it goes out of scope, and asked to stop before it is made to.
pub(crate) struct Stopped(pub(crate) Child);

impl Stopped {
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        let name = command.get_program().to_owned();
        let child = command
            .stdin(Stdio::null())
            .spawn()
            .with_context(|| format!("starting {}", name.display()))?;
        Ok(Self(child))
    }

    /// Waits for the child to end by itself; past the limit it is stopped and the step fails.
    pub(crate) fn wait(&mut self, limit: Duration) -> Result<ExitStatus> {
        match self.ended_within(limit)? {
            Some(status) => Ok(status),
            None => {
                self.stop();
                bail!("stopped after {} minutes without an end", limit.as_secs() / 60)
            }
        }
    }

    pub(crate) fn ended_within(&mut self, limit: Duration) -> Result<Option<ExitStatus>> {
        let started = Instant::now();
        loop {
            if let Some(status) = self.0.try_wait()? {
                return Ok(Some(status));
            }
            if started.elapsed() > limit {
                return Ok(None);
            }
            thread::sleep(LOOK_AGAIN);
        }
    }

    fn stop(&mut self) {
        if matches!(self.0.try_wait(), Ok(Some(_))) {
            return;
        }
        // A plain kill would leave chromedriver's browser and nextest's tests behind: ask first.
        let _ = Command::new("kill")
            .arg("-TERM")
            .arg(self.0.id().to_string())
            .status();
        if !matches!(self.ended_within(TIME_TO_STOP), Ok(Some(_))) {
            let _ = self.0.kill();
            let _ = self.0.wait();
        }
    }
}

impl Drop for Stopped {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A command for a long-running child that the kernel also ends when we are killed outright.
pub(crate) fn that_dies_with_us(program: &Path) -> Command {
    match place::program(&["setpriv"]) {
        Some(setpriv) => {
            let mut command = Command::new(setpriv);
            command.args(["--pdeathsig", "TERM", "--"]).arg(program);
            command
        }
        None => Command::new(program),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_does_not_end_is_stopped_and_reported() {
        let started = Instant::now();
        let outcome = run(Command::new("sleep").arg("600"), Duration::from_millis(100));
        assert!(outcome.is_err_and(|error| error.to_string().contains("without an end")));
        assert!(started.elapsed() < Duration::from_secs(30));
    }

    #[test]
    fn a_child_is_gone_once_its_owner_is() {
        let child = Stopped::start(Command::new("sleep").arg("600")).unwrap();
        let id = child.0.id().to_string();
        drop(child);
        let still_there = Command::new("kill")
            .args(["-0", &id])
            .stderr(Stdio::null())
            .status()
            .unwrap();
        assert!(!still_there.success());
    }
}
