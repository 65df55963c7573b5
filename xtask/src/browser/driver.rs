//! The running chromedriver, and the sessions it opens.

use std::cell::Cell;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::http;
use super::leftovers;
use super::session::Session;
use crate::missing::Tools;
use crate::process::{Stopped, that_dies_with_us};

const TO_START: Duration = Duration::from_secs(20);

const FLAGS: [&str; 12] = [
    "--headless=new",
    // Containers and CI often run as root, where Chromium's own sandbox cannot start. It sees only our own pages.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--window-size=1280,1000",
];

/// Whether pages may run their scripts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scripts {
    Allowed,
    Blocked,
}

/// A chromedriver of our own, on a free port, stopped with everything it started when it goes out of scope.
pub(super) struct Driver {
    _process: Stopped,
    // Dropped after the driver: a browser outlives a driver that is stopped in the middle of something.
    _leftovers: leftovers::EndThem,
    address: SocketAddr,
    chromium: PathBuf,
    axe: String,
    profiles: Cell<u32>,
}

impl Driver {
    pub(super) fn start(tools: &Tools) -> Result<Self> {
        leftovers::end();
        let mut command = that_dies_with_us(&tools.chromedriver);
        command
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut process = Stopped::start(&mut command)?;
        let says = process.0.stdout.take().context("chromedriver has no output")?;
        let (port, wait_for_port) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(says).lines().map_while(Result::ok) {
                if let Some(found) = port_in(&line) {
                    let _ = port.send(found);
                }
            }
        });
        let port = wait_for_port
            .recv_timeout(TO_START)
            .context("chromedriver did not say its port")?;
        Ok(Self {
            _process: process,
            _leftovers: leftovers::EndThem,
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
            chromium: tools.chromium.clone(),
            axe: tools.axe.clone(),
            profiles: Cell::new(0),
        })
    }

    /// The text of axe-core.
    pub(super) fn axe(&self) -> &str {
        &self.axe
    }

    /// A new browser with a profile that nobody has used.
    pub(super) fn session(&self, scripts: Scripts) -> Result<Session> {
        self.profiles.set(self.profiles.get() + 1);
        let profile = leftovers::profiles().join(format!("{}-{}", std::process::id(), self.profiles.get()));
        fs::create_dir_all(&profile)?;
        let mut flags: Vec<String> = FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
        flags.push(format!("--user-data-dir={}", profile.display()));
        let mut chrome = json!({"binary": self.chromium, "args": flags});
        if scripts == Scripts::Blocked {
            chrome["prefs"] = json!({"profile.managed_default_content_settings.javascript": 2});
        }
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            "timeouts": {"pageLoad": 30_000, "script": 30_000, "implicit": 0},
            "goog:chromeOptions": chrome,
        }}});
        let answer = self.send("POST", "/session", &wanted)?;
        let id = answer["sessionId"]
            .as_str()
            .context("chromedriver gave no session")?;
        Ok(Session::new(self.address, id.to_owned(), profile))
    }

    fn send(&self, method: &str, path: &str, body: &Value) -> Result<Value> {
        value_of(http::send(self.address, method, path, body)?)
    }
}

/// The value in a driver's answer, or its error in words.
pub(super) fn value_of(mut answer: Value) -> Result<Value> {
    let value = answer["value"].take();
    match value.get("error").and_then(Value::as_str) {
        Some(error) => {
            let message = value["message"]
                .as_str()
                .unwrap_or_default()
                .lines()
                .next()
                .unwrap_or_default();
            anyhow::bail!("{error}: {message}")
        }
        None => Ok(value),
    }
}

fn port_in(line: &str) -> Option<u16> {
    let (_, port) = line.split_once("started successfully on port ")?;
    port.trim_end_matches('.').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_read_from_what_chromedriver_says() {
        assert_eq!(
            port_in("ChromeDriver was started successfully on port 40123."),
            Some(40123)
        );
        assert_eq!(port_in("Only local connections are allowed."), None);
    }

    #[test]
    fn an_error_from_the_driver_is_an_error_here() {
        let answer = json!({"value": {"error": "no such element", "message": "nothing there\nbacktrace"}});
        assert_eq!(
            value_of(answer).unwrap_err().to_string(),
            "no such element: nothing there"
        );
    }
}
