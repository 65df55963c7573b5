//! Reading a form's body, up to a limit that the page states.
//!
//! A body over the limit is read to its end and thrown away (up to a second limit), because a browser that is
//! cut off while sending shows its own "connection reset" page and the person cannot tell what was kept. Then
//! comes a 303 to a page that says what to do. The draft that was there before is untouched. Of somebody signed in more is
//! taken, so that a text that is too long to save comes back on its form and is not lost.

use std::pin::Pin;

use axum::body::HttpBody as _;
use axum::extract::{FromRequest, Request};
use axum::http::header;
use axum::response::Response;

use super::Values;
use crate::error;
use crate::routes::see_other;

/// What an ordinary form may weigh, in bytes.
pub const ORDINARY_BODY: usize = 64 * 1024;
/// What one note may hold. The page says so and counts along.
pub const NOTE_CHARACTERS: usize = 100_000;
/// What a form with a note may weigh: every character of the note at its heaviest, and the rest of the form.
pub const NOTE_BODY: usize = NOTE_CHARACTERS * 12 + ORDINARY_BODY;

/// What is taken of somebody signed in, so that it can be given back: it is not saved.
pub(crate) const GIVEN_BACK_AT_MOST: usize = 16 * 1024 * 1024;

const THROWN_AWAY_AT_MOST: usize = 32 * 1024 * 1024;
const FIELDS_AT_MOST: usize = 1_000;

/// The answers of a form that was sent. `Submitted` for an ordinary form, `Submitted<NOTE_BODY>` for one with a note.
pub struct Submitted<const LIMIT: usize = ORDINARY_BODY>(pub Values);

impl<S: Sync, const LIMIT: usize> FromRequest<S> for Submitted<LIMIT> {
    type Rejection = Response;

    async fn from_request(request: Request, _: &S) -> Result<Self, Response> {
        let (values, _) = answers_of(request, LIMIT).await?;
        Ok(Submitted(values))
    }
}

/// The answers of a form, and what it weighed in bytes.
pub(crate) async fn answers_of(request: Request, limit: usize) -> Result<(Values, usize), Response> {
    let is_form = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| {
            kind.split(';').next().is_some_and(|kind| {
                kind.trim()
                    .eq_ignore_ascii_case("application/x-www-form-urlencoded")
            })
        });
    let bytes = match read(request, limit).await {
        Read::Whole(bytes) => bytes,
        Read::TooLong => return Err(see_other(error::TOO_LONG)),
        Read::Broken => return Err(see_other(error::NOT_UNDERSTOOD)),
    };
    if !is_form {
        return Err(see_other(error::NOT_UNDERSTOOD));
    }
    let values = parse(&bytes).ok_or_else(|| see_other(error::NOT_UNDERSTOOD))?;
    Ok((values, bytes.len()))
}

enum Read {
    Whole(Vec<u8>),
    TooLong,
    Broken,
}

async fn read(request: Request, limit: usize) -> Read {
    let mut body = request.into_body();
    let mut kept = Vec::new();
    let mut seen = 0_usize;
    loop {
        let frame = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await;
        match frame {
            None => break,
            Some(Err(_)) => return Read::Broken,
            Some(Ok(frame)) => {
                let Ok(bytes) = frame.into_data() else { continue };
                seen = seen.saturating_add(bytes.len());
                if seen > THROWN_AWAY_AT_MOST {
                    return Read::TooLong;
                }
                if seen <= limit {
                    kept.extend_from_slice(&bytes);
                } else {
                    kept = Vec::new();
                }
            }
        }
    }
    if seen > limit {
        Read::TooLong
    } else {
        Read::Whole(kept)
    }
}

fn parse(bytes: &[u8]) -> Option<Values> {
    let mut pairs = Vec::new();
    for (name, value) in form_urlencoded::parse(bytes) {
        if pairs.len() == FIELDS_AT_MOST {
            return None;
        }
        // Browsers send line ends as two characters, and count them as one.
        let mut value = value.replace("\r\n", "\n");
        value.retain(|character| !is_unseen_control(character));
        pairs.push((name.into_owned(), value));
    }
    Some(Values(pairs))
}

/// What nobody types and nobody sees, and yet changes how the rest reads: an override of the direction of writing
/// shows a telephone number backwards. Languages written from the right need none of them.
fn is_unseen_control(character: char) -> bool {
    let of_direction = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    of_direction || (character.is_control() && !matches!(character, '\n' | '\t'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::http::StatusCode;

    async fn sent<const LIMIT: usize>(kind: &str, body: impl Into<Body>) -> Result<Values, Response> {
        let request = Request::post("/")
            .header(header::CONTENT_TYPE, kind)
            .body(body.into())
            .expect("a request");
        Submitted::<LIMIT>::from_request(request, &())
            .await
            .map(|submitted| submitted.0)
    }

    const FORM: &str = "application/x-www-form-urlencoded; charset=utf-8";

    #[tokio::test]
    async fn answers_are_read_as_they_were_typed() {
        let values =
            sent::<ORDINARY_BODY>(FORM, "what=one%0D%0Atwo+%26+%E2%80%9Cthree%E2%80%9D&way=a&way=b").await;
        let values = values.expect("an ordinary form");
        assert_eq!(values.text("what"), "one\ntwo & “three”");
        assert_eq!(values.all("way").collect::<Vec<_>>(), ["a", "b"]);
    }

    #[tokio::test]
    async fn nothing_unseen_turns_a_number_round() {
        let sent = sent::<ORDINARY_BODY>(
            FORM,
            "what=%E2%80%AE07700%00+900139%E2%80%AC%1B%E2%81%A6%09%D7%90%E2%80%8F",
        )
        .await;
        let values = sent.expect("an ordinary form");
        assert_eq!(values.text("what"), "07700 900139\t\u{5d0}\u{200f}");
    }

    #[tokio::test]
    async fn ten_megabytes_end_on_a_page_that_says_so() {
        let answer = sent::<NOTE_BODY>(FORM, "a".repeat(10 << 20))
            .await
            .expect_err("far too long");
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        assert_eq!(answer.headers()[header::LOCATION], error::TOO_LONG);
    }

    #[tokio::test]
    async fn the_longest_note_fits_however_heavy_its_characters() {
        let note = "%F0%9F%97%9D".repeat(NOTE_CHARACTERS);
        let values = sent::<NOTE_BODY>(FORM, format!("what={note}"))
            .await
            .expect("exactly the stated limit");
        assert_eq!(values.text("what").chars().count(), NOTE_CHARACTERS);
    }

    #[tokio::test]
    async fn a_body_that_is_no_form_is_not_guessed_at() {
        let answer = sent::<ORDINARY_BODY>("application/json", "{}")
            .await
            .expect_err("no form");
        assert_eq!(answer.headers()[header::LOCATION], error::NOT_UNDERSTOOD);
        let many = "a=1&".repeat(2_000);
        assert!(sent::<ORDINARY_BODY>(FORM, many).await.is_err());
    }
}
