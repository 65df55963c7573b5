//! What a person meets when something could not be done: in plain words, with what to do next, and no cause.
//!
//! *Unseen* looks the same whether something does not exist or is not this looker's: same words, same status, no
//! frame that would differ.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use crate::forms::Link;
use crate::routes::page;

/// Where a body that is too long ends up.
pub const TOO_LONG: &str = "/too-long";
/// Where a body that could not be read ends up.
pub const NOT_UNDERSTOOD: &str = "/not-understood";

/// Where "Leave this page" leads from here: an error may meet anybody, at home too.
pub const EXIT: &str = "https://www.bbc.co.uk/weather";

/// A page that says what could not be done.
#[derive(Template)]
#[template(path = "errors/error.html")]
pub struct ErrorPage {
    /// The title and the heading.
    pub title: String,
    /// What happened and what is kept, a sentence each.
    pub says: Vec<String>,
    /// What to do next.
    pub links: Vec<Link>,
    /// The number to quote; empty for none.
    pub reference: String,
}

impl ErrorPage {
    fn new(title: &str, says: &[&str], links: &[(&str, &str)]) -> Self {
        ErrorPage {
            title: title.to_owned(),
            says: says.iter().map(|line| (*line).to_owned()).collect(),
            links: links.iter().map(|(text, href)| Link::new(*text, *href)).collect(),
            reference: String::new(),
        }
    }
}

const HOME: (&str, &str) = ("Go to the front page", "/");

/// Nothing that this looker can open: it does not exist, or it is not theirs. Nobody can tell which.
pub fn unseen() -> Response {
    let text = ErrorPage::new(
        "Nothing that you can open",
        &[
            "There is nothing at this address, or nothing that is for you. The answer is the same in both.",
            "If you need something for your work, ask the person who leads on it, by telephone, and say what you need it for.",
        ],
        &[HOME],
    );
    page(StatusCode::NOT_FOUND, &text)
}

/// A body that was longer than a form may be.
pub fn too_long() -> Response {
    let text = ErrorPage::new(
        "That was too long to take in at once",
        &[
            "Nothing of what you just sent was saved. What was kept before is still there.",
            "A note holds at most 100,000 characters. Go back, keep the rest apart, and send it as a second note.",
        ],
        &[HOME],
    );
    page(StatusCode::PAYLOAD_TOO_LARGE, &text)
}

/// A body that was no form.
pub fn not_understood() -> Response {
    let text = ErrorPage::new(
        "That could not be read",
        &[
            "What was sent is not something that a form on these pages sends. Nothing was changed.",
            "Open the page again and fill in the form.",
        ],
        &[HOME],
    );
    page(StatusCode::BAD_REQUEST, &text)
}

/// A form that did not come from our own page, or whose session has ended.
pub fn not_from_here() -> Response {
    let text = ErrorPage::new(
        "That form could not be used",
        &[
            "It was drawn for another session, or it did not come from these pages. Nothing was changed.",
            "Open the page again. What was kept before is still there.",
        ],
        &[HOME],
    );
    page(StatusCode::FORBIDDEN, &text)
}

/// A refusal, in the words that core or the page gives for it.
pub fn refused(title: &str, says: Vec<String>, links: Vec<Link>) -> Response {
    let text = ErrorPage {
        title: title.to_owned(),
        says,
        links,
        reference: String::new(),
    };
    page(StatusCode::CONFLICT, &text)
}

/// Something broke on our side. The reference is all that leads to its cause.
pub fn broken(reference: &str) -> Response {
    let mut text = ErrorPage::new(
        "Something went wrong on our side",
        &[
            "What you kept before is still there. If somebody may be in danger now, do not wait for this: call 999.",
            "Try again. If it happens again, tell the person who looks after Fanlight, and quote the number below.",
        ],
        &[HOME],
    );
    text.reference = reference.to_owned();
    page(StatusCode::INTERNAL_SERVER_ERROR, &text)
}

/// There is no room to put a read or a write on record, so nothing is shown and nothing is taken.
pub fn no_room() -> Response {
    let text = ErrorPage::new(
        "Nothing can be recorded just now",
        &[
            "Cases are not shown while it cannot be put on record who saw them. Do not wait for this if somebody may be in danger: call 999.",
            "Tell the person who looks after Fanlight now, by telephone. What was kept before is still there.",
        ],
        &[HOME],
    );
    page(StatusCode::SERVICE_UNAVAILABLE, &text)
}

/// Too many at once, or too many tries: come back shortly.
pub fn busy() -> Response {
    let text = ErrorPage::new(
        "Please try again in a minute",
        &["Too much is going on at once. What you kept before is still there."],
        &[HOME],
    );
    page(StatusCode::SERVICE_UNAVAILABLE, &text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn errors_say_what_is_kept_and_carry_no_cause() {
        for (answer, status) in [
            (unseen(), 404),
            (too_long(), 413),
            (not_understood(), 400),
            (not_from_here(), 403),
            (broken("Q7T-41K"), 500),
            (busy(), 503),
        ] {
            assert_eq!(answer.status().as_u16(), status);
            let body = axum::body::to_bytes(answer.into_body(), 1 << 20)
                .await
                .expect("a page");
            let text = String::from_utf8(body.to_vec()).expect("text");
            assert!(text.contains("<h1") && text.contains("<title>"), "{status}");
            assert_eq!(status == 500, text.contains("Q7T-41K"));
            for word in ["abuse", "case", "survivor"] {
                assert!(!text.to_lowercase().contains(word), "{status} says {word}");
            }
        }
    }
}
