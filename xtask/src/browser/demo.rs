//! The demo that the journeys walk through: `fanlight demo`, as built by the step before.
//!
//! What is read from its output is what it prints for people: a line with its address, and for each account a line of
//! columns, two or more spaces apart: sign-in name, password, then who that is (landlord, role).

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::stage::Account;
use crate::place;
use crate::process::{Stopped, that_dies_with_us};

const TO_SERVE: Duration = Duration::from_secs(60);
/// The demo has said all it has to say when it has been silent for so long after giving its address.
const SILENCE: Duration = Duration::from_millis(700);

/// A running demo, stopped and its data removed when it goes out of scope.
pub(super) struct Demo {
    process: Option<Stopped>,
    folder: PathBuf,
    address: String,
    accounts: Vec<Account>,
}

impl Demo {
    pub(super) fn start() -> Result<Self> {
        let folder = place::scratch().join(format!("demo-{}", std::process::id()));
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let log = place::scratch().join("demo.log");
        let mut command = that_dies_with_us(&place::target().join("debug").join("fanlight"));
        command
            .arg("demo")
            .arg("--port")
            .arg(port.to_string())
            .arg("--data")
            .arg(&folder);
        command.stdout(Stdio::piped()).stderr(File::create(&log)?);
        let mut process = Stopped::start(&mut command)?;
        let says = process.0.stdout.take().context("the demo has no output")?;
        let mut demo = Self {
            process: Some(process),
            folder,
            address: String::new(),
            accounts: Vec::new(),
        };
        let (line, lines) = mpsc::channel();
        thread::spawn(move || {
            for said in BufReader::new(says).lines().map_while(Result::ok) {
                // Read to the end in any case: a full pipe would stop the demo.
                let _ = line.send(said);
            }
        });
        let began = Instant::now();
        let mut said = Vec::new();
        loop {
            match lines.recv_timeout(if demo.address.is_empty() {
                TO_SERVE
            } else {
                SILENCE
            }) {
                Ok(line) => {
                    if let Some(address) = address_in(&line).filter(|_| demo.address.is_empty()) {
                        demo.address = address;
                    }
                    said.push(line);
                }
                Err(RecvTimeoutError::Timeout) if !demo.address.is_empty() => break,
                Err(_) => bail!(
                    "`fanlight demo` gave no address; what it said is in {}",
                    log.display()
                ),
            }
            if began.elapsed() > TO_SERVE {
                bail!(
                    "`fanlight demo` did not settle down within {} s",
                    TO_SERVE.as_secs()
                );
            }
        }
        demo.accounts = accounts_in(&said.join("\n"));
        Ok(demo)
    }

    pub(super) fn address(&self) -> &str {
        &self.address
    }

    pub(super) fn accounts(&self) -> &[Account] {
        &self.accounts
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // The demo first, its data after it.
        self.process.take();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn address_in(line: &str) -> Option<String> {
    let start = line.find("http://")?;
    let address = line[start..].split_whitespace().next()?;
    Some(address.trim_end_matches(['/', '.', ',']).to_owned())
}

/// The accounts among the lines that the demo printed.
pub(super) fn accounts_in(said: &str) -> Vec<Account> {
    said.lines().filter_map(account_in).collect()
}

fn account_in(line: &str) -> Option<Account> {
    let mut columns = line
        .split("  ")
        .map(str::trim)
        .filter(|column| !column.is_empty());
    let (name, password) = (columns.next()?, columns.next()?);
    columns.next()?;
    let one_word = |words: &str| !words.contains(char::is_whitespace);
    (one_word(name) && one_word(password) && !line.contains("http://")).then(|| Account {
        name: name.to_owned(),
        password: password.to_owned(),
        line: line.trim().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_and_address_are_read_from_what_the_demo_prints() {
        let said = "Everything here is invented.\n\n  sign in as          password   who\n  \
                    ada@example.test    open-door  Larch Homes: caseworker\nOpen http://127.0.0.1:4100/ to begin.\n";
        let accounts = accounts_in(said);
        assert_eq!(accounts.len(), 1);
        assert_eq!(
            (accounts[0].name.as_str(), accounts[0].password.as_str()),
            ("ada@example.test", "open-door")
        );
        assert_eq!(
            said.lines().find_map(address_in).as_deref(),
            Some("http://127.0.0.1:4100")
        );
    }
}
