//! The program in a process of its own, and somebody who uses it through HTTP.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The password of everybody in the demonstration.
const PASSWORD: &str = "lamp-over-the-door";

/// A demonstration that runs in a folder on a disk of which the test says how large it is.
pub(crate) struct Program {
    child: Child,
    pub(crate) address: String,
    place: PathBuf,
}

impl Program {
    /// Starts it in this folder, and waits until it says where it is.
    pub(crate) fn start(place: &Path) -> Program {
        let small_disk = place.join("small_disk.so");
        if !small_disk.exists() {
            let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/small_disk.c");
            let made = Command::new("cc")
                .args(["-shared", "-fPIC", "-O1", "-o"])
                .arg(&small_disk)
                .arg(source)
                .arg("-ldl")
                .status()
                .expect("a C compiler, as the database needs one too");
            assert!(made.success());
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_fanlight"))
            .args(["demo", "--data"])
            .arg(place.join("demo"))
            .env("LD_PRELOAD", &small_disk)
            .env("SMALL_DISK", place.join("demo/data"))
            .env("SMALL_DISK_LIMIT", place.join("limit"))
            .stdout(Stdio::piped())
            .stderr(Stdio::from(
                std::fs::File::create(place.join("log")).expect("a file for the log"),
            ))
            .spawn()
            .expect("it starts");
        let mut said = BufReader::new(child.stdout.take().expect("its output"));
        let mut line = String::new();
        let address = loop {
            line.clear();
            assert!(said.read_line(&mut line).expect("it speaks") > 0, "it ended");
            if let Some(rest) = line.split("http://").nth(1) {
                break rest.split('/').next().expect("an address").to_owned();
            }
        };
        // The rest of what it says is read by nobody, and must not stop it.
        std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
        Program {
            child,
            address,
            place: place.to_owned(),
        }
    }

    /// How much the files of its data folder hold.
    pub(crate) fn used(&self) -> u64 {
        let files = std::fs::read_dir(self.place.join("demo/data")).expect("its data folder");
        files
            .filter_map(|file| file.ok()?.metadata().ok())
            .map(|file| file.len())
            .sum()
    }

    /// Makes the disk this large.
    pub(crate) fn disk_holds(&self, bytes: u64) {
        let new = self.place.join("limit.new");
        std::fs::write(&new, bytes.to_string()).expect("written");
        std::fs::rename(new, self.place.join("limit")).expect("in place at once");
    }

    /// Gives the disk all the room there is.
    pub(crate) fn disk_has_room(&self) {
        std::fs::remove_file(self.place.join("limit")).expect("there was a limit");
    }

    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.place.join("log")).expect("its log")
    }

    /// Ends it as a power cut would, with no time to tidy up.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("ended");
    }

    /// Somebody signs in.
    pub(crate) fn sign_in(&self, name: &str) -> Person {
        let mut person = Person {
            address: self.address.clone(),
            cookies: BTreeMap::new(),
        };
        let door = person.get("/sign-in");
        let mut answers = door.hidden();
        answers.push(("name".into(), name.into()));
        answers.push(("password".into(), PASSWORD.into()));
        let answer = person.post("/sign-in", &answers);
        assert_eq!(answer.status, 303);
        assert!(
            !answer.to.starts_with("/sign-in"),
            "{name} was let in: {}",
            answer.to
        );
        person
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Somebody with a browser.
pub(crate) struct Person {
    address: String,
    cookies: BTreeMap<String, String>,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Where a 303 leads.
    pub(crate) to: String,
    pub(crate) body: String,
}

impl Person {
    pub(crate) fn get(&mut self, path: &str) -> Answer {
        self.ask(&format!("GET {path}"), "")
    }

    /// Follows up to a few 303s.
    pub(crate) fn follow(&mut self, path: &str) -> Answer {
        let mut answer = self.get(path);
        for _ in 0..4 {
            if answer.status != 303 {
                break;
            }
            let to = answer.to.clone();
            answer = self.get(&to);
        }
        answer
    }

    pub(crate) fn post(&mut self, path: &str, answers: &[(String, String)]) -> Answer {
        let body: Vec<String> = answers
            .iter()
            .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
            .collect();
        self.ask(&format!("POST {path}"), &body.join("&"))
    }

    /// Fills a form that a page shows, and sends it.
    pub(crate) fn fill(&mut self, path: &str, answers: &[(&str, &str)]) -> Answer {
        let form = self.get(path);
        assert_eq!(form.status, 200, "{path}");
        let mut all = form.hidden();
        all.extend(
            answers
                .iter()
                .map(|(name, value)| ((*name).into(), (*value).into())),
        );
        self.post(path, &all)
    }

    fn ask(&mut self, what: &str, body: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        let cookies: Vec<String> = self.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
        let request = format!(
            "{what} HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\nconnection: close\r\ncookie: {}\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            cookies.join("; "),
            body.len(),
            address = self.address,
        );
        stream.write_all(request.as_bytes()).expect("asked");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("answered");
        let text = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
        let mut answer = Answer {
            status: head[9..12].parse().expect("a status"),
            to: String::new(),
            body: body.to_owned(),
        };
        for line in head.lines().skip(1) {
            let (name, value) = line.split_once(": ").expect("a header");
            match name.to_ascii_lowercase().as_str() {
                "location" => answer.to = value.to_owned(),
                "set-cookie" => {
                    let pair = value.split(';').next().expect("a cookie");
                    let (name, value) = pair.split_once('=').expect("a pair");
                    self.cookies.insert(name.to_owned(), value.to_owned());
                }
                _ => {}
            }
        }
        answer
    }
}

impl Answer {
    /// The hidden fields of the page's main form: the last on the page that has a command.
    pub(crate) fn hidden(&self) -> Vec<(String, String)> {
        let forms = self.body.split("<form").skip(1);
        let form = forms
            .filter(|form| form.contains("name=\"command\""))
            .last()
            .or_else(|| self.body.split("<form").nth(1))
            .expect("a form")
            .split("</form>")
            .next()
            .expect("its end");
        form.split("<input")
            .skip(1)
            .filter(|input| input.contains("type=\"hidden\""))
            .map(|input| (part(input, "name"), part(input, "value")))
            .collect()
    }

    /// The addresses of cases that it leads to.
    pub(crate) fn cases(&self) -> Vec<String> {
        let mut cases: Vec<String> = self
            .body
            .split("href=\"/case/")
            .skip(1)
            .map(|rest| {
                rest.split(['"', '/', '#', '?'])
                    .next()
                    .unwrap_or_default()
                    .to_owned()
            })
            .map(|id| format!("/case/{id}"))
            .collect();
        cases.sort();
        cases.dedup();
        cases
    }
}

fn part(input: &str, name: &str) -> String {
    input
        .split(&format!("{name}=\""))
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap_or_default()
        .replace("&#38;", "&")
        .replace("&amp;", "&")
        .replace("&#39;", "'")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#34;", "\"")
}

fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes()
        .map(|byte| {
            if plain(byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}
