//! From what casework says to what a person meets.

use super::{App, Posted, back_with};
use crate::error;
use crate::forms::{Errors, FieldError};
use crate::routes::see_other;
use axum::response::{IntoResponse, Response};
use fanlight_casework::Problem;

/// Put into an answer's extensions: it could not be shown because it could not be put on record.
#[derive(Clone, Copy)]
pub struct NoRoom;

/// Draws a page, or says why not.
pub fn answer(result: Result<impl IntoResponse, Problem>) -> Response {
    match result {
        Ok(page) => page.into_response(),
        Err(problem) => broken(&problem),
    }
}

/// What somebody meets who cannot be shown a page. Not theirs and not there look the same.
pub fn broken(problem: &Problem) -> Response {
    match problem {
        Problem::Unseen | Problem::NotAllowed => error::unseen(),
        Problem::Refused(refusal) => {
            error::refused("That cannot be done now", vec![refusal.says().into()], Vec::new())
        }
        Problem::AccountRefused(refusal) => {
            error::refused("That cannot be done now", vec![refusal.says().into()], Vec::new())
        }
        Problem::Unfit(says) => error::refused(
            "That cannot be done as it stands",
            vec![(*says).into()],
            Vec::new(),
        ),
        Problem::MovedOn => error::refused(
            "Somebody else has saved something since",
            vec!["Open the page again: it shows how things stand now.".into()],
            Vec::new(),
        ),
        Problem::FormUsed => error::not_from_here(),
        Problem::NoRoom => {
            let mut answer = error::no_room();
            answer.extensions_mut().insert(NoRoom);
            answer
        }
        Problem::Broken(cause) => {
            let reference = reference();
            tracing::error!(%reference, error = %cause, "something kept could not be used");
            error::broken(&reference)
        }
        Problem::Unreadable(what) => {
            let reference = reference();
            tracing::error!(%reference, what, "something kept could not be read");
            error::broken(&reference)
        }
    }
}

/// After a form: on to where it leads, or back to the form with the reason beside `field` and every answer kept.
pub async fn answer_form<T, const LIMIT: usize>(
    app: &App,
    posted: &Posted<LIMIT>,
    field: &str,
    result: Result<T, Problem>,
    on_to: impl FnOnce(T) -> String,
) -> Response {
    let says = match result {
        Ok(done) => {
            super::back::drop_its_draft(app, posted).await;
            return see_other(&on_to(done));
        }
        Err(Problem::Refused(refusal)) => refusal.says(),
        Err(Problem::AccountRefused(refusal)) => refusal.says(),
        Err(Problem::Unfit(says)) => says,
        Err(Problem::MovedOn) => {
            "Somebody else has saved something since you opened this page. What you wrote is here. Look at what has \
             changed above, then press again."
        }
        Err(Problem::FormUsed) => {
            "This form was sent before, with other answers. Check them, then press again."
        }
        Err(problem) => {
            return match problem {
                // What was typed is kept before the page says what is wrong.
                Problem::NoRoom => match super::back::keep(app, posted, &Errors::default()).await {
                    Ok(_) => see_other(&format!("/no-room?again={}", posted.form.command)),
                    Err(_) => see_other("/no-room"),
                },
                other => redirect_broken(&other),
            };
        }
    };
    let mut errors = Errors::default();
    errors.push(FieldError::new(field, says));
    back_with(app, posted, errors).await
}

/// Every POST ends in a 303, this one too.
pub(super) fn redirect_broken(problem: &Problem) -> Response {
    match problem {
        Problem::Unseen | Problem::NotAllowed => see_other(crate::evenly::NOTHING_HERE),
        Problem::Broken(cause) => {
            let reference = reference();
            tracing::error!(%reference, error = %cause, "something kept could not be used");
            see_other(&format!("/broken/{reference}"))
        }
        Problem::Unreadable(what) => {
            let reference = reference();
            tracing::error!(%reference, what, "something kept could not be read");
            see_other(&format!("/broken/{reference}"))
        }
        Problem::NoRoom => see_other("/no-room"),
        Problem::Refused(_)
        | Problem::AccountRefused(_)
        | Problem::Unfit(_)
        | Problem::MovedOn
        | Problem::FormUsed => see_other("/not-from-here"),
    }
}

/// A number that leads from the page to the log, and says nothing else.
fn reference() -> String {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("{:06}", NEXT.fetch_add(1, Ordering::Relaxed))
}
