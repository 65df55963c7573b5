//! The harness proves itself: on pages with planted faults it must find them, and on a sound page nothing.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anyhow::{Result, ensure};

use super::Journey;
use super::demo::accounts_in;
use super::stage::{Account, Stage};
use crate::place;

/// What the harness must be able to do, in the order in which a failure would explain the next.
pub(super) const ALL: &[Journey] = &[
    Journey {
        name: "harness_signs_in_and_fills_a_form_by_its_labels",
        walk: signs_in_and_fills,
    },
    Journey {
        name: "harness_finds_nothing_on_a_sound_page",
        walk: finds_nothing_on_a_sound_page,
    },
    Journey {
        name: "harness_finds_planted_faults_of_accessibility",
        walk: finds_planted_faults,
    },
    Journey {
        name: "harness_notices_a_page_that_scrolls_sideways",
        walk: notices_sideways_scroll,
    },
    Journey {
        name: "harness_walks_without_javascript",
        walk: walks_without_javascript,
    },
    Journey {
        name: "harness_notices_what_should_not_be_there",
        walk: notices_what_should_not_be_there,
    },
];

fn signs_in_and_fills(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser()?;
    browser.sign_in(stage.account(&["caseworker", "larch"])?)?;
    browser.see_heading("Two questions")?;
    browser.fill_by_label("What's the reference?", "it's \"7\" & more")?;
    browser.fill_by_label("Which day", "Tuesday")?;
    browser.choose("By telephone")?;
    ensure!(
        browser.value_by_label("Which day")? == "tue",
        "the option was not chosen"
    );
    browser.press("Save")?;
    browser.see_heading("Saved")?;
    browser.see("it's \"7\" & more")?;
    browser.see("route telephone")?;
    ensure!(browser.location()? == "/saved", "a POST ends in a redirect");
    ensure!(
        browser.focused_text()?.contains("Go back"),
        "the link with autofocus has the focus"
    );
    browser.key('\u{e007}')?;
    browser.see_heading("Two questions")?;
    browser.back()?;
    browser.see_heading("Saved")
}

fn finds_nothing_on_a_sound_page(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser()?;
    browser.open("/questions")?;
    browser.axe_finds_nothing()?;
    browser.no_sideways_scroll()?;
    browser.screenshot("harness-sound-page", 320)?;
    browser.screenshot("harness-sound-page", 1280)?;
    let png = std::fs::read(place::screenshots().join("harness-sound-page-320.png"))?;
    ensure!(
        png.starts_with(b"\x89PNG") && png[16..20] == 320_u32.to_be_bytes(),
        "the picture is not 320 pixels wide"
    );
    Ok(())
}

fn finds_planted_faults(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser()?;
    browser.open("/faults")?;
    let faults = browser.axe()?;
    for rule in ["image-alt", "label", "color-contrast", "html-has-lang"] {
        ensure!(
            faults.iter().any(|fault| fault.starts_with(rule)),
            "axe missed the planted {rule}: it found {faults:?}"
        );
    }
    ensure!(browser.axe_finds_nothing().is_err(), "faults must fail a journey");
    Ok(())
}

fn notices_sideways_scroll(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser()?;
    browser.open("/wide")?;
    ensure!(
        browser.no_sideways_scroll().is_err(),
        "a page of 900 pixels must fail at 320"
    );
    Ok(())
}

fn walks_without_javascript(stage: &Stage<'_>) -> Result<()> {
    let with = stage.browser()?;
    with.open("/script")?;
    with.see_heading("The script ran")?;
    let without = stage.without_javascript()?;
    without.open("/script")?;
    without.see_heading("No script ran")?;
    without.sign_in(stage.account(&["caseworker"])?)?;
    without.fill_by_label("What's the reference?", "plain")?;
    without.choose("By post")?;
    without.press("Save")?;
    without.see_heading("Saved")?;
    without.see("route post")
}

fn notices_what_should_not_be_there(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser()?;
    browser.open("/faults?marker")?;
    browser.see_nothing_of("a word that is not there")?;
    for place in ["hidden words", "Faults in the title", "marker"] {
        ensure!(browser.see_nothing_of(place).is_err(), "{place:?} was overlooked");
    }
    ensure!(
        browser.press("No such button").is_err() && browser.choose("No such box").is_err(),
        "what is not there cannot be used"
    );
    Ok(())
}

/// A tiny site, served by the harness itself, with strict headers so that axe is proved to work under them.
pub(super) struct Pages {
    address: String,
    accounts: Vec<Account>,
    stop: Arc<AtomicBool>,
    server: Option<JoinHandle<()>>,
}

impl Pages {
    pub(super) fn serve() -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = format!("http://{}", listener.local_addr()?);
        let stop = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&stop);
        let server = thread::spawn(move || {
            let mut saved = String::new();
            for stream in listener.incoming().map_while(Result::ok) {
                if told.load(Ordering::Relaxed) {
                    break;
                }
                // A browser that hangs up early is no fault of the page.
                let _ = answer(&stream, &mut saved);
            }
        });
        let accounts = accounts_in("  ada@example.test   open-door   Larch Homes: caseworker");
        Ok(Self {
            address,
            accounts,
            stop,
            server: Some(server),
        })
    }

    pub(super) fn address(&self) -> &str {
        &self.address
    }

    pub(super) fn accounts(&self) -> &[Account] {
        &self.accounts
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(self.address.trim_start_matches("http://"));
        if let Some(server) = self.server.take() {
            let _ = server.join();
        }
    }
}

fn answer(mut stream: &TcpStream, saved: &mut String) -> Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(2)))?;
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut length = 0;
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header)? <= 2 {
            break;
        }
        if let Some(number) = header.to_ascii_lowercase().strip_prefix("content-length:") {
            length = number.trim().parse()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let mut words = first.split_whitespace();
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let path = path.split('?').next().unwrap_or_default();
    let (kind, page) = match (method, path) {
        ("POST", "/sign-in") => return redirect(stream, "/questions"),
        ("POST", "/questions") => {
            *saved = String::from_utf8_lossy(&body).into_owned();
            return redirect(stream, "/saved");
        }
        ("GET", "/") => ("text/html", page("Door", SIGN_IN)),
        ("GET", "/questions") => ("text/html", page("Two questions", QUESTIONS)),
        ("GET", "/saved") => ("text/html", page("Saved", &saved_page(saved))),
        ("GET", "/script") => ("text/html", page("Script", SCRIPTED)),
        ("GET", "/script.js") => (
            "text/javascript",
            "document.getElementById('state').textContent = 'The script ran'".to_owned(),
        ),
        ("GET", "/wide.css") => (
            "text/css",
            "main { width: 900px } .pale { color: #ccc; background: #fff }".to_owned(),
        ),
        ("GET", "/wide") => (
            "text/html",
            page("Wide", "<h1>Wide</h1><p>This page is 900 pixels wide.</p>").replace("</head>", WIDE),
        ),
        ("GET", "/faults") => ("text/html", FAULTS.to_owned()),
        _ => ("text/plain", String::new()),
    };
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n",
        page.len()
    )?;
    write!(
        stream,
        "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'\r\n\r\n{page}"
    )?;
    Ok(())
}

fn redirect(mut stream: &TcpStream, to: &str) -> Result<()> {
    write!(
        stream,
        "HTTP/1.1 303 See Other\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    )?;
    Ok(())
}

fn page(title: &str, main: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en-GB\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title}</title></head>\
         <body><main>{main}</main></body></html>"
    )
}

fn saved_page(form: &str) -> String {
    let answers: HashMap<&str, String> = form
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name, decoded(value)))
        .collect();
    let answer = |name: &str| answers.get(name).map(|words| escaped(words)).unwrap_or_default();
    format!(
        "<h1>Saved</h1><p>{}, route {}</p><p><a href=\"/questions\" autofocus>Go back to the questions</a></p>",
        answer("reference"),
        answer("route")
    )
}

fn decoded(value: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let pair = [rest.next().unwrap_or(b'0'), rest.next().unwrap_or(b'0')];
                std::str::from_utf8(&pair)
                    .ok()
                    .and_then(|pair| u8::from_str_radix(pair, 16).ok())
                    .unwrap_or(b'?')
            }
            other => other,
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn escaped(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

const SIGN_IN: &str = r#"<h1>Door</h1><form method="post" action="/sign-in">
<p><label for="who">Name to sign in with</label> <input id="who" name="who" type="email" autocomplete="username"></p>
<p><label for="word">Password</label> <input id="word" name="word" type="password" autocomplete="current-password"></p>
<button>Sign in</button></form>"#;

const QUESTIONS: &str = r#"<h1>Two questions</h1><form method="post" action="/questions">
<p><label for="reference">What's the reference?</label> <input id="reference" name="reference" autocomplete="off"></p>
<p><label for="day">Which day</label> <select id="day" name="day"><option value="mon">Monday</option><option value="tue">Tuesday</option></select></p>
<fieldset><legend>By which route?</legend>
<p><input type="radio" name="route" value="telephone" id="telephone"> <label for="telephone">By telephone</label></p>
<p><input type="radio" name="route" value="post" id="post"> <label for="post">By post</label></p></fieldset>
<button>Save</button></form>"#;

const SCRIPTED: &str = r#"<h1 id="state">No script ran</h1><script src="/script.js"></script>"#;

const WIDE: &str = r#"<link rel="stylesheet" href="/wide.css"></head>"#;

const FAULTS: &str = r#"<!doctype html><html><head><meta charset="utf-8"><title>Faults in the title</title>
<link rel="stylesheet" href="/wide.css"></head><body><main><h1>Faults</h1><img src="/nothing.png"><input name="unlabelled">
<p class="pale">Too pale to read</p><p hidden>hidden words</p></main></body></html>"#;
