//! The installation as a program of its own, asked over loopback: what its pages cost with the client's work included,
//! how soon its first page comes, and how much memory it holds.

use crate::house::{House, data_and_keys, real_time};
use anyhow::{Context, Result, bail};
use fanlight_casework::{Casework, Clock};
use fanlight_core::ids::CaseId;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How many connections ask at once.
const CONNECTIONS: usize = 8;

/// Serves an installation on a free port of loopback until standard input ends, and says which on standard output.
pub(crate) fn serve(folder: &Path) -> Result<()> {
    let (data, keys) = data_and_keys(folder);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let opened = Casework::open_installation(&data, &keys, Clock::new(real_time))?;
        let router =
            fanlight_web::app::app(Arc::new(opened.casework), fanlight_web::app::Settings::default());
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let mut out = std::io::stdout();
        writeln!(out, "{}", listener.local_addr()?)?;
        out.flush()?;
        let ended =
            tokio::task::spawn_blocking(|| std::io::copy(&mut std::io::stdin(), &mut std::io::sink()));
        axum::serve(listener, router)
            .with_graceful_shutdown(async {
                let _ = ended.await;
            })
            .await?;
        Ok(())
    })
}

/// What was seen from outside.
#[derive(Clone, Copy, Default)]
pub(crate) struct Seen {
    /// From the start of the program to its first page, in seconds.
    pub(crate) first_page: f64,
    /// Cases opened in a second, as measured.
    pub(crate) a_second: f64,
    /// Processor time of server and client for one, in milliseconds.
    pub(crate) cpu: f64,
    /// Memory that the program holds after it, in MiB.
    pub(crate) memory: f64,
}

/// Starts the program and asks it for cases.
pub(crate) fn look(folder: &Path, cookie: &str, cases: &[CaseId], seconds: f64) -> Result<Seen> {
    let began = Instant::now();
    let child = Command::new(std::env::current_exe()?)
        .args(["serve-folder".as_ref(), folder.as_os_str()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("starting the program that serves")?;
    let mut child = Served(child);
    let mut line = String::new();
    let out = child.0.stdout.take().context("it says where it serves")?;
    BufReader::new(out).read_line(&mut line)?;
    let at: SocketAddr = line.trim().parse().context("it could not serve")?;
    let mut client = Client::to(at)?;
    client.get("/sign-in", cookie)?;
    let first_page = began.elapsed().as_secs_f64();
    // The first opening reads the landlord's pack: what follows is the daily work.
    for case in cases.iter().take(50) {
        client.get(&format!("/case/{case}"), cookie)?;
    }
    let (server, ours, wall) = (
        ticks_of(child.0.id())?,
        crate::meter::cpu_so_far(),
        Instant::now(),
    );
    let opened = AtomicU64::new(0);
    let end = wall + Duration::from_secs_f64(seconds);
    std::thread::scope(|scope| -> Result<()> {
        let mut clients = Vec::new();
        for first in 0..CONNECTIONS {
            let opened = &opened;
            clients.push(scope.spawn(move || -> Result<()> {
                let mut client = Client::to(at)?;
                let mut next = first * 7;
                while Instant::now() < end {
                    client.get(&format!("/case/{}", cases[next % cases.len()]), cookie)?;
                    opened.fetch_add(1, Ordering::Relaxed);
                    next += 1;
                }
                Ok(())
            }));
        }
        for client in clients {
            match client.join() {
                Ok(ended) => ended?,
                Err(_) => bail!("a client stopped"),
            }
        }
        Ok(())
    })?;
    let wall = wall.elapsed().as_secs_f64();
    let used = (ticks_of(child.0.id())? - server) + (crate::meter::cpu_so_far() - ours).as_secs_f64();
    let opened = opened.load(Ordering::Relaxed) as f64;
    Ok(Seen {
        first_page,
        a_second: opened / wall,
        cpu: used * 1000.0 / opened,
        memory: memory_of(child.0.id())?,
    })
}

/// How many cases a second eight threads open in bare SQL, each with a connection of its own.
pub(crate) fn bare(house: &House, seconds: f64) -> Result<f64> {
    let began = Instant::now();
    let end = began + Duration::from_secs_f64(seconds);
    let opened = AtomicU64::new(0);
    let (who, cases) = (house.worker.who.account.0, &house.cases);
    let connections: Vec<_> = (0..CONNECTIONS)
        .map(|_| house.bare.again())
        .collect::<Result<_>>()?;
    std::thread::scope(|scope| -> Result<()> {
        let mut readers = Vec::new();
        for (first, bare) in connections.into_iter().enumerate() {
            let opened = &opened;
            readers.push(scope.spawn(move || -> Result<()> {
                let mut next = first * 7;
                while Instant::now() < end {
                    bare.open_case(who, cases[next % cases.len()].0)?;
                    opened.fetch_add(1, Ordering::Relaxed);
                    next += 1;
                }
                Ok(())
            }));
        }
        for reader in readers {
            match reader.join() {
                Ok(ended) => ended?,
                Err(_) => bail!("a reader stopped"),
            }
        }
        Ok(())
    })?;
    Ok(opened.load(Ordering::Relaxed) as f64 / began.elapsed().as_secs_f64())
}

struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

/// Processor time of a process, in seconds. The kernel counts it in hundredths.
fn ticks_of(process: u32) -> Result<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    let after = stat.rsplit_once(')').map_or("", |(_, after)| after);
    let fields: Vec<&str> = after.split_whitespace().collect();
    let ticks: u64 = fields
        .get(11..13)
        .context("the kernel's own line")?
        .iter()
        .flat_map(|f| f.parse::<u64>())
        .sum();
    Ok(ticks as f64 / 100.0)
}

fn memory_of(process: u32) -> Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib: f64 = line
        .and_then(|line| line.split_whitespace().next())
        .and_then(|number| number.parse().ok())
        .context("the kernel says how much memory a process holds")?;
    Ok(kib / 1024.0)
}

/// A connection that is kept open, and the least of a browser.
struct Client {
    stream: TcpStream,
    held: Vec<u8>,
}

impl Client {
    fn to(at: SocketAddr) -> Result<Client> {
        let stream = TcpStream::connect(at)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(Client {
            stream,
            held: vec![0; 1 << 20],
        })
    }

    fn get(&mut self, path: &str, cookie: &str) -> Result<usize> {
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n");
        self.stream.write_all(request.as_bytes())?;
        let mut got = 0;
        let mut whole = None;
        loop {
            let room = self
                .held
                .get_mut(got..)
                .filter(|room| !room.is_empty())
                .context("the page is too long")?;
            let more = self.stream.read(room)?;
            if more == 0 {
                bail!("{path}: the connection was closed");
            }
            got += more;
            if whole.is_none() {
                whole = head_and_body(&self.held[..got], path)?;
            }
            if whole.is_some_and(|whole| got >= whole) {
                return Ok(got);
            }
        }
    }
}

/// How long the whole answer is, as soon as its head is there.
fn head_and_body(got: &[u8], path: &str) -> Result<Option<usize>> {
    let Some(end) = got.windows(4).position(|four| four == b"\r\n\r\n") else {
        return Ok(None);
    };
    let head = String::from_utf8_lossy(&got[..end]);
    let ok = head.starts_with("HTTP/1.1 200") || path == "/sign-in";
    if !ok {
        bail!("{path} answered {}", head.lines().next().unwrap_or_default());
    }
    let length: usize = head
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, value)| value.trim().parse().ok())
        .context("an answer says how long it is")?;
    Ok(Some(end + 4 + length))
}
