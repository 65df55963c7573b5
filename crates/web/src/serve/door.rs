//! The door: signing in and out, and the page on which somebody starts.

use crate::app::{Maybe, Shared, door_frame, first_page};
use crate::crossing::comes_from_us;
use crate::forms::{Errors, FieldError, FormState, Submitted, Values};
use crate::routes::{Routes, see_other};
use crate::sign_in::SignInPage;
use axum::extract::{FromRequest, Request, State};
use axum::response::{IntoResponse, Response};
use fanlight_casework::WhyNot;
use fanlight_casework::people::password::Password;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/", front)
        .get("/sign-in", door)
        .post("/sign-in", sign_in)
        .post("/sign-out", sign_out)
}

async fn front(Maybe(signed): Maybe) -> Response {
    see_other(signed.as_ref().map_or("/sign-in", first_page))
}

/// What the door says first. The address carries only a short name.
fn says(why: &str) -> &'static str {
    match why {
        "out" => "You have signed out.",
        "idle" => "You were signed out after 15 minutes. Sign in to go on.",
        "kept" => "You were signed out after 15 minutes. What you wrote is kept: sign in, and it is there.",
        "password" => "Your new password holds from now on. Sign in with it.",
        "ended" => "That session had ended before the form was sent. Sign in, and open the page again.",
        _ => "",
    }
}

async fn door(State(app): State<Shared>, Maybe(signed): Maybe, request: Request) -> Response {
    let query: Vec<(String, String)> =
        form_urlencoded::parse(request.uri().query().unwrap_or_default().as_bytes())
            .into_owned()
            .collect();
    let asked = |name: &str| {
        query
            .iter()
            .find(|(held, _)| held == name)
            .map_or("", |(_, value)| value.as_str())
            .to_owned()
    };
    if let Some(signed) = &signed {
        return see_other(first_page(signed));
    }
    let mut errors = Errors::default();
    match asked("no").as_str() {
        "fit" => errors.push(FieldError::new(
            "name",
            "The name and the password do not fit together. Check both: capital letters count in the password",
        )),
        "many" => errors.push(FieldError::new(
            "name",
            "Too many tries with this name. Wait five minutes, then try again. Nobody is locked out for good",
        )),
        _ => {}
    }
    let then = asked("then");
    let action = if then.is_empty() {
        "/sign-in".to_owned()
    } else {
        let then: String = form_urlencoded::byte_serialize(then.as_bytes()).collect();
        format!("/sign-in?then={then}")
    };
    SignInPage {
        frame: door_frame(&app, "Sign in"),
        action,
        form: FormState {
            errors,
            ..FormState::default()
        },
        says: says(&asked("why")).to_owned(),
        help: None,
    }
    .into_response()
}

async fn sign_in(State(app): State<Shared>, request: Request) -> Response {
    let headers = request.headers().clone();
    if !comes_from_us(&headers) {
        return see_other("/not-from-here");
    }
    let then = form_urlencoded::parse(request.uri().query().unwrap_or_default().as_bytes())
        .find(|(name, _)| name == "then")
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default();
    let values: Values = match Submitted::<{ crate::forms::ORDINARY_BODY }>::from_request(request, &app).await
    {
        Ok(Submitted(values)) => values,
        Err(answer) => return answer,
    };
    let again = |no: &str| {
        let then: String = form_urlencoded::byte_serialize(then.as_bytes()).collect();
        see_other(&format!("/sign-in?no={no}&then={then}"))
    };
    let password = Password::new(values.text("password").to_owned());
    match app
        .casework
        .sign_in(values.text("name"), password, app.device_of(&headers).as_deref())
        .await
    {
        Ok(signed) => {
            let mut answer = see_other(if then.is_empty() { "/" } else { &then });
            app.give_cookies(&mut answer, &signed.session, &signed.device);
            answer
        }
        Err(WhyNot::DoNotFit) => again("fit"),
        Err(WhyNot::TooMany) => again("many"),
        Err(WhyNot::Problem(problem)) => {
            tracing::error!(error = %problem, "nobody can sign in");
            see_other("/no-room")
        }
    }
}

async fn sign_out(State(app): State<Shared>, request: Request) -> Response {
    let headers = request.headers().clone();
    if !comes_from_us(&headers) {
        return see_other("/not-from-here");
    }
    if let Some(session) = app.session_of(&headers)
        && let Err(problem) = app.casework.sign_out(&session).await
    {
        tracing::error!(error = %problem, "a session could not be ended");
    }
    let mut answer = see_other("/sign-in?why=out");
    app.take_session(&mut answer);
    crate::headers::forget(&mut answer);
    answer
}
