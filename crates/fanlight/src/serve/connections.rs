//! The connections of the server: how many there may be, and how long each may take over what it sends.
//!
//! Whoever sends a byte a minute must not keep others out. What a form may hold is limited where forms are read.

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tower::ServiceExt as _;

/// What a connection may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Connections at once; further ones wait to be taken.
    pub(super) connections: usize,
    /// How long the head of a request may take, from the moment at which it could begin.
    pub(super) head: Duration,
    /// How long a request may take with its body and its answer.
    pub(super) whole: Duration,
    /// After how long a connection is asked to end, and a browser opens another.
    pub(super) life: Duration,
    /// How long what is on its way may still take then, and when the program is told to stop.
    pub(super) farewell: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connections: 512,
            head: Duration::from_secs(10),
            whole: Duration::from_secs(60),
            life: Duration::from_secs(15 * 60),
            farewell: Duration::from_secs(10),
        }
    }
}

/// The longest head of a request, in bytes, and how many lines it may have.
const HEAD_BYTES: usize = 32 * 1024;
const HEAD_LINES: usize = 64;

/// Serves until told to stop, and then until the answers that are on their way have been sent.
pub(super) async fn serve(
    listener: TcpListener,
    app: Router,
    limits: Limits,
    mut stopped: watch::Receiver<bool>,
) {
    let free = Arc::new(Semaphore::new(limits.connections));
    let mut open = JoinSet::new();
    let told = stopped.clone();
    loop {
        let next = async {
            let place = Arc::clone(&free).acquire_owned().await.ok()?;
            Some((place, listener.accept().await))
        };
        let (place, accepted) = tokio::select! {
            next = next => match next {
                Some(next) => next,
                None => break,
            },
            _ = stopped.wait_for(|stopped| *stopped) => break,
        };
        while open.try_join_next().is_some() {}
        match accepted {
            Ok((stream, _)) => {
                let (app, told) = (app.clone(), told.clone());
                open.spawn(async move {
                    connection(stream, app, limits, told).await;
                    drop(place);
                });
            }
            // Whoever hung up before they were taken is no trouble; for want of descriptors it is tried again.
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
    drop(listener);
    while open.join_next().await.is_some() {}
}

async fn connection(stream: TcpStream, app: Router, limits: Limits, mut stopped: watch::Receiver<bool>) {
    let service = hyper::service::service_fn(move |request: hyper::Request<Incoming>| {
        let app = app.clone();
        async move { Ok::<_, Infallible>(answered(app, request.map(Body::new), limits.whole).await) }
    });
    let serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(HEAD_BYTES)
        .max_headers(HEAD_LINES)
        .serve_connection(TokioIo::new(stream), service);
    let mut serving = pin!(serving);
    tokio::select! {
        // A browser that hung up, or was too slow, is nobody's failure.
        _ = serving.as_mut() => return,
        _ = stopped.wait_for(|stopped| *stopped) => {}
        () = tokio::time::sleep(limits.life) => {}
    }
    serving.as_mut().graceful_shutdown();
    if tokio::time::timeout(limits.farewell, serving).await.is_err() {
        tracing::warn!("somebody's answer took too long and was cut off");
    }
}

async fn answered(app: Router, request: Request, whole: Duration) -> Response {
    match tokio::time::timeout(whole, app.oneshot(request)).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(never)) => match never {},
        Err(_) => StatusCode::REQUEST_TIMEOUT.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::{get, post};
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    /// Longer than any test takes unless somebody is let wait for ever.
    const PATIENCE: Duration = Duration::from_secs(30);

    const SHORT: Limits = Limits {
        connections: 1,
        head: Duration::from_millis(100),
        whole: Duration::from_millis(200),
        life: Duration::from_secs(60),
        farewell: Duration::from_millis(100),
    };

    struct Served {
        address: std::net::SocketAddr,
        stop: watch::Sender<bool>,
        serving: tokio::task::JoinHandle<()>,
    }

    async fn served(limits: Limits) -> Served {
        let app = Router::new()
            .route("/", get(|| async { "here" }))
            .route("/form", post(|body: String| async move { body }));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (stop, stopped) = watch::channel(false);
        Served {
            address,
            stop,
            serving: tokio::spawn(serve(listener, app, limits, stopped)),
        }
    }

    /// What comes back until the other side hangs up.
    async fn until_hung_up(stream: &mut TcpStream) -> String {
        let mut said = Vec::new();
        let read = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut said));
        // Reset or closed: it hung up.
        let _ = read.await.expect("it hangs up");
        String::from_utf8_lossy(&said).into_owned()
    }

    async fn says(address: std::net::SocketAddr, sent: &str) -> (TcpStream, String) {
        let mut stream = TcpStream::connect(address).await.expect("it listens");
        stream.write_all(sent.as_bytes()).await.expect("sent");
        let said = until_hung_up(&mut stream).await;
        (stream, said)
    }

    #[tokio::test]
    async fn whoever_sends_half_a_head_keeps_nobody_out() {
        let served = served(SHORT).await;
        // The one place there is, taken by somebody who never goes on.
        let mut slow = TcpStream::connect(served.address).await.expect("it listens");
        slow.write_all(b"GET / HTTP/1.1\r\nhost: h").await.expect("sent");
        let ask = "GET / HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n";
        let (_, answer) = says(served.address, ask).await;
        assert!(
            answer.starts_with("HTTP/1.1 200") && answer.ends_with("here"),
            "{answer}"
        );
        until_hung_up(&mut slow).await;
    }

    #[tokio::test]
    async fn whoever_opens_a_connection_and_says_nothing_is_hung_up_on() {
        let served = served(SHORT).await;
        assert_eq!(says(served.address, "").await.1, "");
        // Nor may a connection that was used once be kept for nothing.
        let (_, answer) = says(served.address, "GET / HTTP/1.1\r\nhost: here\r\n\r\n").await;
        assert!(answer.ends_with("here"), "{answer}");
    }

    #[tokio::test]
    async fn a_body_that_never_ends_is_not_waited_for() {
        let served = served(SHORT).await;
        let sent = "POST /form HTTP/1.1\r\nhost: here\r\ncontent-length: 1000\r\n\r\nhalf a wo";
        let (_, answer) = says(served.address, sent).await;
        assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    }

    #[tokio::test]
    async fn a_head_without_end_is_refused() {
        let served = served(Limits::default()).await;
        let sent = format!(
            "GET / HTTP/1.1\r\nhost: here\r\ncookie: {}",
            "x".repeat(HEAD_BYTES + 1)
        );
        let (_, answer) = says(served.address, &sent).await;
        assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
    }

    #[tokio::test]
    async fn told_to_stop_it_takes_nobody_new_and_waits_for_nobody_who_is_idle() {
        let patient = Limits {
            head: PATIENCE,
            ..Limits::default()
        };
        let served = served(patient).await;
        let mut idle = TcpStream::connect(served.address).await.expect("it listens");
        idle.write_all(b"GET / HTTP/1.1\r\nhost: here\r\n\r\n")
            .await
            .expect("sent");
        let mut first = [0; 12];
        idle.read_exact(&mut first).await.expect("answered");
        served.stop.send_replace(true);
        let ended = tokio::time::timeout(PATIENCE / 2, served.serving);
        ended.await.expect("it ends").expect("no panic");
        assert!(TcpStream::connect(served.address).await.is_err());
    }
}
