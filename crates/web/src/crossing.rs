//! Requests that come from somebody else's page are turned away.
//!
//! Two checks stand beside each other: the token that was drawn into the form ([`token_matches`]), and what the
//! browser itself says about where the request comes from ([`comes_from_us`]). The session cookie's
//! `SameSite=Strict` is a third, elsewhere.
//!
//! Our pages ask for no referrer, and a browser then sends `Origin: null` with a form of our own. So `null` is no
//! proof either way: `Sec-Fetch-Site` decides where it is sent, and the token decides everywhere.

use axum::http::{HeaderMap, header};
use subtle::ConstantTimeEq;

/// Whether the token given in a form is the one of this session. Takes as long for a near miss as for a far one.
pub fn token_matches(of_the_session: &str, given: &str) -> bool {
    !of_the_session.is_empty() && bool::from(of_the_session.as_bytes().ct_eq(given.as_bytes()))
}

/// What the browser says about where a request began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// One of our own pages.
    Ours,
    /// Somebody else's page: refuse.
    Elsewhere,
    /// An old browser, or no browser, says nothing: the token alone decides.
    Unsaid,
}

/// Reads `Sec-Fetch-Site`, and `Origin` against `Host` where that is all there is.
pub fn origin(headers: &HeaderMap) -> Origin {
    if let Some(site) = headers.get("sec-fetch-site") {
        return if site == "same-origin" {
            Origin::Ours
        } else {
            Origin::Elsewhere
        };
    }
    let Some(origin) = headers.get(header::ORIGIN) else {
        return Origin::Unsaid;
    };
    if origin == "null" {
        return Origin::Unsaid;
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let named = origin
        .to_str()
        .ok()
        .and_then(|origin| origin.split_once("://"))
        .map(|(_, name)| name);
    match (named, host) {
        (Some(named), Some(host)) if named.eq_ignore_ascii_case(host) => Origin::Ours,
        (Some(_) | None, Some(_) | None) => Origin::Elsewhere,
    }
}

/// Whether a request that changes something may go on to the token check.
pub fn comes_from_us(headers: &HeaderMap) -> bool {
    match origin(headers) {
        Origin::Ours | Origin::Unsaid => true,
        Origin::Elsewhere => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn asked(pairs: &[(&'static str, &'static str)]) -> Origin {
        let headers = pairs
            .iter()
            .map(|(name, value)| (name.parse().expect("a name"), HeaderValue::from_static(value)));
        origin(&headers.collect())
    }

    #[test]
    fn a_form_on_somebody_elses_page_is_turned_away() {
        assert_eq!(asked(&[("sec-fetch-site", "cross-site")]), Origin::Elsewhere);
        assert_eq!(asked(&[("sec-fetch-site", "same-site")]), Origin::Elsewhere);
        assert_eq!(asked(&[("sec-fetch-site", "none")]), Origin::Elsewhere);
        assert_eq!(
            asked(&[("origin", "https://a.example"), ("host", "b.example")]),
            Origin::Elsewhere
        );
        assert_eq!(
            asked(&[("origin", "nonsense"), ("host", "b.example")]),
            Origin::Elsewhere
        );
    }

    #[test]
    fn our_own_form_passes_though_it_sends_no_origin() {
        assert_eq!(
            asked(&[("sec-fetch-site", "same-origin"), ("origin", "null")]),
            Origin::Ours
        );
        assert_eq!(
            asked(&[("origin", "https://b.example"), ("host", "b.example")]),
            Origin::Ours
        );
        assert_eq!(asked(&[("origin", "null")]), Origin::Unsaid);
        assert_eq!(asked(&[]), Origin::Unsaid);
    }

    #[test]
    fn only_the_whole_token_matches_and_an_empty_one_never() {
        assert!(token_matches("4f1c", "4f1c"));
        assert!(!token_matches("4f1c", "4f1d"));
        assert!(!token_matches("4f1c", "4f1"));
        assert!(!token_matches("", ""));
    }
}
