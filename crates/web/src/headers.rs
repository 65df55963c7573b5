//! What every answer tells the browser: keep nothing, run nothing of anybody else's, tell nobody where you were.
//!
//! A laptop is shared or stolen, a colleague presses Back, an abuser reads the history. No page is exempt; only
//! the static files, which say nothing, may be kept.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// Put into an answer's extensions by [`crate::statics`] alone: this answer is the same for everybody, for ever.
#[derive(Clone, Copy)]
pub struct MayBeKept;

/// Nothing inline, nothing from elsewhere, no framing, forms to ourselves only.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
    img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; connect-src 'self'";

const FIXED: [(HeaderName, &str); 10] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-embedder-policy"),
        "require-corp",
    ),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=(), \
         browsing-topics=()",
    ),
    (
        HeaderName::from_static("x-robots-tag"),
        "noindex, nofollow, noarchive",
    ),
    (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"),
];

/// Put on the answer that ends a session: the browser lets go of every page of ours that it kept for its Back button.
/// A page that may not be stored is kept for Back all the same, in memory, words and all. Cookies stay: a browser that
/// is known at the door stays known.
pub fn forget(answer: &mut Response) {
    answer.headers_mut().insert(
        HeaderName::from_static("clear-site-data"),
        HeaderValue::from_static("\"cache\", \"storage\""),
    );
}

/// The layer that belongs around the whole router, fallback included.
pub async fn strict(request: Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    let kept = answer.extensions().get::<MayBeKept>().is_some() && answer.status().is_success();
    let headers = answer.headers_mut();
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let caching = if kept {
        "public, max-age=31536000, immutable"
    } else {
        "no-store"
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.remove(header::SERVER);
    answer
}
