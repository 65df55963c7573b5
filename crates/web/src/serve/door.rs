//! The door: signing in and out, and the page on which somebody starts.

use crate::app::{Maybe, Shared, door_frame, first_page};
use crate::crossing::comes_from_us;
use crate::forms::{Button, Errors, Field, FieldError, Form, FormState, Kind, Link, Submitted, Values};
use crate::routes::{Routes, see_other};
use crate::sign_in::{DoorFormPage, SignInPage};
use axum::extract::{FromRequest, Request, State};
use axum::response::{IntoResponse, Response};
use fanlight_casework::people::password::Password;
use fanlight_casework::{FirstSignIn, Problem, WhyNot};

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/", front)
        .get("/sign-in", door)
        .post("/sign-in", sign_in)
        .get("/sign-in/first", first_door)
        .post("/sign-in/first", first_sign_in)
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
        Err(WhyNot::CodeWanted) => see_other("/sign-in/first"),
        Err(WhyNot::TooMany) => again("many"),
        Err(WhyNot::Problem(problem)) => {
            tracing::error!(error = %problem, "nobody can sign in");
            see_other("/no-room")
        }
    }
}

/// The first sign-in after a second person agreed: the password that was told, the code, and a new password.
async fn first_door(State(app): State<Shared>, request: Request) -> Response {
    let query = request.uri().query().unwrap_or_default();
    let no = form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "no")
        .map_or_else(String::new, |(_, value)| value.into_owned());
    let mut errors = Errors::default();
    match no.as_str() {
        "fit" => errors.push(FieldError::new(
            "name",
            "Name, password and code do not fit together, or the code has been used. Check all three",
        )),
        "many" => errors.push(FieldError::new(
            "name",
            "Too many tries with this name. Wait five minutes, then try again. Nobody is locked out for good",
        )),
        "same" => errors.push(FieldError::new(
            "password-again",
            "The two are not the same. Type the new password in both",
        )),
        "new" => errors.push(FieldError::new(
            "new-password",
            "Choose another password: at least 12 characters, not one that is tried first, and not the one you were told",
        )),
        _ => {}
    }
    let password = |name: &str, label: &str, autocomplete: &'static str| {
        Field::ask(name, label, Kind::Password { autocomplete })
    };
    DoorFormPage {
        frame: door_frame(&app, "First sign-in"),
        form: Form {
            action: "/sign-in/first".into(),
            state: FormState {
                errors,
                ..FormState::default()
            },
            title: "First sign-in".into(),
            lead: vec![
                "A second person agreed to your role or your new password, and has a code for you. Ask for it in person \
                 or by telephone: nobody sends it."
                    .into(),
            ],
            fields: vec![
                Field::text("name", "Name to sign in with"),
                password("password", "The password you were told", "current-password"),
                Field::text("code", "Code").hint("Sixteen letters and digits, from the second person."),
                password("new-password", "New password", "new-password")
                    .hint("At least 12 characters. Only you know it from now on."),
                password("password-again", "The same again", "new-password"),
            ],
            buttons: vec![Button::new("Sign in")],
            leave: Some(Link::new("Back to signing in", "/sign-in")),
        },
    }
    .into_response()
}

async fn first_sign_in(State(app): State<Shared>, request: Request) -> Response {
    let headers = request.headers().clone();
    if !comes_from_us(&headers) {
        return see_other("/not-from-here");
    }
    let values: Values = match Submitted::<{ crate::forms::ORDINARY_BODY }>::from_request(request, &app).await
    {
        Ok(Submitted(values)) => values,
        Err(answer) => return answer,
    };
    if values.text("new-password") != values.text("password-again") {
        return see_other("/sign-in/first?no=same");
    }
    let first = FirstSignIn {
        password: Password::new(values.text("password").to_owned()),
        code: values.text("code").to_owned(),
        new: Password::new(values.text("new-password").to_owned()),
    };
    let device = app.device_of(&headers);
    match app
        .casework
        .first_sign_in(values.text("name"), first, device.as_deref())
        .await
    {
        Ok(signed) => {
            let mut answer = see_other("/");
            app.give_cookies(&mut answer, &signed.session, &signed.device);
            answer
        }
        Err(WhyNot::DoNotFit | WhyNot::CodeWanted) => see_other("/sign-in/first?no=fit"),
        Err(WhyNot::TooMany) => see_other("/sign-in/first?no=many"),
        Err(WhyNot::Problem(Problem::Unfit(_))) => see_other("/sign-in/first?no=new"),
        Err(WhyNot::Problem(Problem::MovedOn)) => see_other("/sign-in/first?no=fit"),
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
