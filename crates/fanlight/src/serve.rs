//! `fanlight serve`: opens an installation, does what is to be done by itself, and serves the pages until it is told to
//! stop.

mod connections;

use crate::{clock, log};
use anyhow::{Context, Result, bail};
use clap::Args;
use fanlight_casework::{Casework, Problem};
use fanlight_web::app::{Settings, app};
use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::MissedTickBehavior;

/// How often the program looks by itself at what falls due.
const TICK: Duration = Duration::from_secs(30);
/// Threads for what takes long: two passwords at once, and reads over many rows.
const BLOCKING_THREADS: usize = 8;

pub(crate) const EXAMPLES: &str = "Example: on the machine itself, behind a web server that speaks HTTPS
  fanlight serve --data /var/lib/fanlight --keys /etc/fanlight/keys \\
    --listen 127.0.0.1:8080 --https-in-front

The same by the environment:
  export FANLIGHT_DATA=/var/lib/fanlight FANLIGHT_KEYS=/etc/fanlight/keys
  FANLIGHT_HTTPS_IN_FRONT=true fanlight serve

Without --https-in-front it listens on this machine alone: passwords never travel in clear.
It stops at SIGTERM or Ctrl-C, when the answers that are on their way have been sent.

Exit status: 0 when it was told to stop, 1 if it cannot start or go on, 2 if the command is not understood.";

/// Where an installation is.
#[derive(Args, Clone)]
pub(crate) struct Folders {
    /// The data folder, as `fanlight init` made it.
    #[arg(long, value_name = "DIR", env = "FANLIGHT_DATA")]
    pub(crate) data: PathBuf,
    /// The key folder. It is never a part of the data folder, nor of its backup.
    #[arg(long, value_name = "DIR", env = "FANLIGHT_KEYS")]
    pub(crate) keys: PathBuf,
}

/// The arguments of `fanlight serve`.
#[derive(Args)]
pub(crate) struct ServeArgs {
    #[command(flatten)]
    folders: Folders,
    /// The address and port to listen on.
    #[arg(
        long,
        value_name = "ADDRESS:PORT",
        default_value = "127.0.0.1:8080",
        env = "FANLIGHT_LISTEN"
    )]
    listen: SocketAddr,
    /// A web server in front speaks HTTPS and passes requests on: cookies are then for HTTPS alone.
    #[arg(long, env = "FANLIGHT_HTTPS_IN_FRONT")]
    https_in_front: bool,
    /// How the log on standard error is written.
    #[arg(long, value_enum, default_value_t = log::Format::Plain, env = "FANLIGHT_LOG_FORMAT")]
    log_format: log::Format,
}

/// Runs `fanlight serve`.
pub(crate) fn run(args: ServeArgs) -> Result<()> {
    log::start(args.log_format);
    if !args.listen.ip().is_loopback() && !args.https_in_front {
        bail!(
            "passwords would cross the network in clear: listen on 127.0.0.1, or put a web server with HTTPS in front \
             and say --https-in-front"
        );
    }
    let opened = Casework::open_installation(&args.folders.data, &args.folders.keys, clock::real())
        .context("opening the installation")?;
    for file in &opened.readable_by_others {
        tracing::warn!(%file, "others can read this; make it its owner's alone (chmod 600, a folder 700)");
    }
    let settings = Settings {
        secure: args.https_in_front,
        demo: false,
    };
    runtime()?.block_on(async {
        let listener = listen(args.listen).await?;
        until_told_to_stop(listener, Arc::new(opened.casework), settings, told_to_stop()?).await
    })
}

/// The runtime of everything that serves: small, since most of the work is a few microseconds long.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(BLOCKING_THREADS)
        .enable_all()
        .build()
        .context("starting the runtime")
}

/// Takes the address, or says why not.
pub(crate) async fn listen(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| {
        format!(
            "listening on {address}: if another program has it, give another port with --listen or --port"
        )
    })
}

/// Ready once somebody has told the program to stop.
pub(crate) fn told_to_stop() -> Result<impl Future<Output = ()> + Send + 'static> {
    let mut terminate = signal(SignalKind::terminate()).context("listening for SIGTERM")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("listening for SIGINT")?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Serves, and does what is to be done by itself, until told to stop.
pub(crate) async fn until_told_to_stop(
    listener: TcpListener,
    casework: Arc<Casework>,
    settings: Settings,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<()> {
    let address = listener.local_addr().context("asking for the address")?;
    tracing::info!(%address, https_in_front = settings.secure, "serving");
    let (stopping, stopped) = tokio::sync::watch::channel(false);
    let worker = tokio::spawn(work_by_itself(casework.clone(), stopping.subscribe()));
    tokio::spawn(async move {
        stop.await;
        tracing::info!("stopping");
        stopping.send_replace(true);
    });
    let limits = connections::Limits::default();
    connections::serve(listener, app(casework, settings), limits, stopped).await;
    worker.await.context("the work that is done by itself")
}

/// The worker: promises that fall due, and rows whose time is over, with nobody signed in.
async fn work_by_itself(casework: Arc<Casework>, mut stopped: tokio::sync::watch::Receiver<bool>) {
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            _ = stopped.wait_for(|stopped| *stopped) => return,
        }
        if let Err(problem) = casework.tick().await {
            log_once(&problem);
        }
    }
}

/// A problem's own words carry folders and opaque ids, and nothing about a person.
fn log_once(problem: &Problem) {
    let mut cause = String::new();
    let mut at: Option<&dyn std::error::Error> = std::error::Error::source(problem);
    while let Some(source) = at {
        cause.push_str(": ");
        cause.push_str(&source.to_string());
        at = source.source();
    }
    tracing::error!("the work that is done by itself failed, and is tried again: {problem}{cause}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};
    use std::net::TcpStream;

    fn asked(address: SocketAddr, path: &str) -> String {
        let mut stream = TcpStream::connect(address).expect("it listens");
        let request = format!("GET {path} HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("asked");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answered");
        answer
    }

    #[test]
    fn it_serves_until_told_to_stop_and_then_lets_the_folders_go() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let (data, keys) = (place.path().join("data"), place.path().join("keys"));
        let made = Casework::make_installation(&data, &keys, clock::real()).expect("an installation");
        let runtime = runtime().expect("a runtime");
        runtime.block_on(async {
            let listener = listen(SocketAddr::from(([127, 0, 0, 1], 0)))
                .await
                .expect("a port");
            let address = listener.local_addr().expect("an address");
            let (tell, told) = tokio::sync::oneshot::channel::<()>();
            let settings = Settings {
                secure: false,
                demo: true,
            };
            let casework = Arc::new(made.casework);
            let serving = tokio::spawn(until_told_to_stop(listener, casework, settings, async move {
                let _ = told.await;
            }));
            let page = tokio::task::spawn_blocking(move || asked(address, "/sign-in"));
            let page = page.await.expect("a page");
            assert!(page.starts_with("HTTP/1.1 200"), "{page}");
            assert!(page.contains("invented"));
            tell.send(()).expect("it serves");
            serving.await.expect("no panic").expect("it stopped as told");
            assert!(TcpStream::connect(address).is_err());
        });
        assert!(Casework::open_installation(&data, &keys, clock::real()).is_ok());
    }

    #[test]
    fn passwords_do_not_cross_the_network_in_clear() {
        let args = ServeArgs {
            folders: Folders {
                data: PathBuf::from("data"),
                keys: PathBuf::from("keys"),
            },
            listen: SocketAddr::from(([0, 0, 0, 0], 8080)),
            https_in_front: false,
            log_format: log::Format::Plain,
        };
        let why = run(args).expect_err("it is refused").to_string();
        assert!(why.contains("--https-in-front"), "{why}");
    }
}
