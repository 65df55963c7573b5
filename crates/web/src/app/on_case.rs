//! A form on a case, as it was sent: who sent it, about which case, and what becomes of it.
//!
//! Everything that can go wrong ends in a 303 with what was typed kept in a sealed draft, which goes when the case is
//! erased.

use super::{Posted, Shared, answer_form, back_with, kept_for_later};
use crate::forms::{ORDINARY_BODY, Reading};
use crate::routes::see_other;
use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request};
use axum::response::Response;
use fanlight_casework::{CasePage, Casework, Done, Form, Problem, Who};
use fanlight_core::access::Action;
use fanlight_core::ids::{CaseId, Position};

/// What a form that was sent leads to: every one of both is a 303.
pub type Answered = Result<Response, Response>;

/// A form on the case of its address, sent by somebody signed in from our own page. "Keep for later" is answered
/// before a handler sees it. Whether the person may do it is casework's question.
pub struct OnCase<const LIMIT: usize = ORDINARY_BODY> {
    /// The application.
    pub app: Shared,
    /// The case that the address names. Nothing is said yet of whether it is there.
    pub case: CaseId,
    /// The entry of the case that the address names, where it names one.
    pub place: Option<Position>,
    /// The form.
    pub posted: Posted<LIMIT>,
}

impl<const LIMIT: usize> FromRequest<Shared> for OnCase<LIMIT> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &Shared) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let named = RawPathParams::from_request_parts(&mut parts, app).await;
        let named = |wanted: &str| {
            let named = named.as_ref().ok()?;
            let (_, value) = named.iter().find(|(name, _)| *name == wanted)?;
            Some(value.to_owned())
        };
        let (case, place) = (named("case"), named("place"));
        let posted = Posted::from_request(Request::from_parts(parts, body), app).await?;
        if let Some(kept) = kept_for_later(app, &posted).await {
            return Err(kept);
        }
        let case = case.and_then(|case| CaseId::parse(&case));
        Ok(OnCase {
            app: app.clone(),
            case: case.ok_or_else(nothing_here)?,
            place: place.and_then(|place| place.parse().ok()).map(Position),
            posted,
        })
    }
}

impl<const LIMIT: usize> OnCase<LIMIT> {
    /// Who sent it.
    pub fn who(&self) -> &Who {
        &self.posted.who
    }

    /// What casework wants to know of the form.
    pub fn form(&self) -> Form {
        self.posted.form
    }

    /// All that can be done.
    pub fn casework(&self) -> &Casework {
        &self.app.casework
    }

    /// Reads the answers, or goes back to the form with everything that is wrong.
    pub async fn read<T>(&self, read: impl FnOnce(&mut Reading<'_>) -> Option<T>) -> Result<T, Response> {
        let mut reading = Reading::new(&self.posted.values, self.app.casework.now());
        let answers = read(&mut reading);
        match answers {
            Some(answers) if reading.errors.is_empty() => Ok(answers),
            Some(_) | None => Err(back_with(&self.app, &self.posted, reading.errors).await),
        }
    }

    /// The case that the form stands on, for somebody who may do what the form is for.
    pub async fn page(&self, action: Action) -> Result<CasePage, Response> {
        match self.casework().case_form(self.who(), self.case, action).await {
            Ok(opened) => Ok(opened.into_view()),
            Err(problem) => Err(
                answer_form(&self.app, &self.posted, "", Err::<(), _>(problem), |()| {
                    String::new()
                })
                .await,
            ),
        }
    }

    /// What came of it: on to the case with "saved", or back to the form with the reason beside `field`.
    pub async fn saved(&self, field: &str, result: Result<Done, Problem>, what: &str) -> Answered {
        self.on_to(field, result, |done| format!("/case/{}?done={what}", done.case))
            .await
    }

    /// The same, on to somewhere else.
    pub async fn on_to<T>(
        &self,
        field: &str,
        result: Result<T, Problem>,
        on_to: impl FnOnce(T) -> String,
    ) -> Answered {
        Ok(answer_form(&self.app, &self.posted, field, result, on_to).await)
    }
}

/// What leads to no case, or to no entry of one.
pub fn nothing_here() -> Response {
    see_other("/nothing-here")
}
