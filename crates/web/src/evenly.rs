//! What cannot be seen is answered alike: our own page and no other words, after the same time, and a POST always with
//! "look there".
//!
//! To find out that somebody is shut out of a case, the case is opened; to find out that there is none, nothing is.
//! The difference is a millisecond or two, and somebody who asks often enough could read it. So both wait for the same
//! tick. Nothing here looks at who asks or for what.

use crate::routes::see_other;
use axum::extract::Request;
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use std::time::Duration;

/// Answers about what cannot be seen leave on multiples of this, counted from when the request came.
const TICK: Duration = Duration::from_millis(40);

/// Where a POST ends that was about nothing that can be seen.
pub(crate) const NOTHING_HERE: &str = "/nothing-here";

/// The layer around every page. `unseen` draws the page for what cannot be seen.
pub(crate) async fn evenly(unseen: fn() -> Response, request: Request, next: Next) -> Response {
    let came = tokio::time::Instant::now();
    let is_post = request.method() == Method::POST;
    let mut answer = next.run(request).await;
    if is_bare_refusal(&answer) {
        answer = unseen();
    }
    if is_post {
        answer = always_look_there(answer);
    }
    if says_unseen(&answer) {
        let ticks = 1 + came.elapsed().as_millis() / TICK.as_millis();
        let wait = TICK.saturating_mul(u32::try_from(ticks).unwrap_or(1));
        tokio::time::sleep_until(came + wait).await;
    }
    answer
}

/// A refusal in the framework's own words: a number in an address that is none, a method that no page has.
fn is_bare_refusal(answer: &Response) -> bool {
    let is_page = answer
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    answer.status().is_client_error() && !is_page
}

/// A page that answers a POST would leave what was typed in the browser's own files.
fn always_look_there(answer: Response) -> Response {
    match answer.status() {
        StatusCode::SEE_OTHER => answer,
        StatusCode::SERVICE_UNAVAILABLE => see_other("/no-room"),
        status if status.is_client_error() => see_other(NOTHING_HERE),
        _ => see_other("/not-from-here"),
    }
}

fn says_unseen(answer: &Response) -> bool {
    let to_nothing = answer
        .headers()
        .get(header::LOCATION)
        .is_some_and(|at| at == NOTHING_HERE);
    answer.status() == StatusCode::NOT_FOUND || to_nothing
}
