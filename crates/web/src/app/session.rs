//! Who comes: from the session's cookie to somebody signed in, and from a form to one that our own page drew.

use super::{App, Shared};
use crate::crossing::{comes_from_us, token_matches};

use crate::forms::{
    COMMAND, CSRF, Errors, FieldError, GIVEN_BACK_AT_MOST, NOTE_CHARACTERS, ORDINARY_BODY, SEEN, Values,
    answers_of,
};
use crate::routes::see_other;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use fanlight_casework::{Form, Visit, Who};
use fanlight_core::ids::{CommandId, Position};
use sha2::{Digest, Sha256};

/// Somebody who is signed in.
pub struct Signed {
    /// Who.
    pub who: Who,
    /// What forms send back.
    pub csrf: String,
    /// The path that was asked for.
    pub path: String,
    /// The draft to be drawn again, if the address names one.
    pub again: Option<CommandId>,
    /// The short name of what has just been done, if the address carries one.
    pub done: String,
    query: Vec<(String, String)>,
}

impl Signed {
    /// Something that the address says after its question mark: a filter or a page, never somebody's words.
    pub fn asked(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(held, _)| held == name)
            .map(|(_, value)| value.as_str())
    }
}

impl Signed {
    /// Every value that the address gives for this.
    pub fn all_asked<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.query
            .iter()
            .filter(move |(held, _)| held == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Whoever comes, signed in or not.
pub struct Maybe(pub Option<Signed>);

/// A form that somebody signed in sent from our own page.
pub struct Posted<const LIMIT: usize = ORDINARY_BODY> {
    /// Who.
    pub who: Who,
    /// The answers.
    pub values: Values,
    /// What casework wants to know of the form.
    pub form: Form,
    /// The path it was sent to.
    pub path: String,
}

impl FromRequestParts<Shared> for Signed {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Response> {
        match visit(app, &parts.headers).await? {
            Visit::Awake { who, csrf } => Ok(signed(who, csrf, parts)),
            Visit::Asleep { .. } => {
                let mut answer = see_other("/sign-in?why=idle");
                crate::headers::forget(&mut answer);
                Err(answer)
            }
            Visit::Nobody => Err(see_other("/sign-in")),
        }
    }
}

impl FromRequestParts<Shared> for Maybe {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Response> {
        match visit(app, &parts.headers).await? {
            Visit::Awake { who, csrf } => Ok(Maybe(Some(signed(who, csrf, parts)))),
            Visit::Asleep { .. } | Visit::Nobody => Ok(Maybe(None)),
        }
    }
}

fn signed(who: Who, csrf: String, parts: &Parts) -> Signed {
    let query: Vec<(String, String)> =
        form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes())
            .into_owned()
            .collect();
    let asked = |name: &str| {
        query
            .iter()
            .find(|(held, _)| held == name)
            .map(|(_, value)| value.clone())
    };
    Signed {
        who,
        csrf,
        path: parts.uri.path().to_owned(),
        again: asked("again").and_then(|text| CommandId::parse(&text)),
        done: asked("done").unwrap_or_default(),
        query,
    }
}

impl<const LIMIT: usize> FromRequest<Shared> for Posted<LIMIT> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &Shared) -> Result<Self, Response> {
        let headers = request.headers().clone();
        let path = request.uri().path().to_owned();
        if !comes_from_us(&headers) {
            return Err(see_other("/not-from-here"));
        }
        let visit = visit(app, &headers).await?;
        let limit = match visit {
            Visit::Nobody => LIMIT,
            Visit::Awake { .. } | Visit::Asleep { .. } => LIMIT.max(GIVEN_BACK_AT_MOST),
        };
        let (values, weight) = answers_of(request, limit).await?;
        let (who, csrf, asleep) = match visit {
            Visit::Awake { who, csrf } => (who, csrf, false),
            Visit::Asleep { who, csrf } => (who, csrf, true),
            Visit::Nobody => return Err(see_other("/sign-in?why=ended")),
        };
        if !token_matches(&csrf, values.text(CSRF)) {
            return Err(see_other("/not-from-here"));
        }
        let form = form_of(app, &values);
        let posted = Posted {
            who,
            values,
            form,
            path,
        };
        if asleep {
            // What was written is kept for its account; nothing else happens until somebody signs in again.
            let at = super::back::keep(app, &posted, &crate::forms::Errors::default()).await;
            return Err(match at {
                Ok(at) => see_other(&format!("/sign-in?why=kept&then={}", encoded(&at))),
                Err(problem) => super::outcome::redirect_broken(&problem),
            });
        }
        if weight > LIMIT {
            // Too long to save: it comes back on its form, all of it.
            return Err(super::back_with(app, &posted, too_long(&posted.values)).await);
        }
        Ok(posted)
    }
}

/// What is said beside the longest answer of a form that is too long to save.
fn too_long(values: &Values) -> Errors {
    let longest = values.pairs().iter().max_by_key(|(_, value)| value.len());
    let mut errors = Errors::default();
    if let Some((name, value)) = longest {
        let characters = value.chars().count();
        let says = format!(
            "This is too long to save at once: {characters} characters, and a note holds at most {NOTE_CHARACTERS}. All of it \
             is still here. Move a part to a second note"
        );
        errors.push(FieldError::new(name, says));
    }
    errors
}

fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// What casework wants to know of a form. A body without a command of ours is given one: it cannot be a repeat.
pub(crate) fn form_of(app: &App, values: &Values) -> Form {
    let mut body = Sha256::new();
    for (name, value) in values.pairs().iter().filter(|(name, _)| name != CSRF) {
        for text in [name, value] {
            body.update((text.len() as u64).to_be_bytes());
            body.update(text.as_bytes());
        }
    }
    Form {
        command: CommandId::parse(values.text(COMMAND)).unwrap_or_else(|| app.casework.new_command()),
        body: body.finalize().into(),
        seen: values.said(SEEN).and_then(|seen| seen.parse().ok()).map(Position),
    }
}

async fn visit(app: &App, headers: &HeaderMap) -> Result<Visit, Response> {
    let Some(session) = cookie(headers, app.session_cookie()) else {
        return Ok(Visit::Nobody);
    };
    app.casework
        .visit(&session)
        .await
        .map_err(|problem| super::broken(&problem))
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(held, _)| *held == name)
        .map(|(_, value)| value.to_owned())
}

impl App {
    /// The name of the session's cookie. `__Host-` binds it to this host and to HTTPS.
    fn session_cookie(&self) -> &'static str {
        if self.settings.secure {
            "__Host-fanlight"
        } else {
            "fanlight"
        }
    }

    fn device_cookie(&self) -> &'static str {
        if self.settings.secure {
            "__Host-fanlight-device"
        } else {
            "fanlight-device"
        }
    }

    /// The session that a request brings.
    pub(crate) fn session_of(&self, headers: &HeaderMap) -> Option<String> {
        cookie(headers, self.session_cookie())
    }

    /// What makes a browser known at the door.
    pub(crate) fn device_of(&self, headers: &HeaderMap) -> Option<String> {
        cookie(headers, self.device_cookie())
    }

    /// Gives a browser its session, and makes it known at the door.
    pub(crate) fn give_cookies(&self, answer: &mut Response, session: &str, device: &str) {
        let secure = if self.settings.secure { "; Secure" } else { "" };
        let lines = [
            format!(
                "{}={session}; Path=/; HttpOnly; SameSite=Strict{secure}",
                self.session_cookie()
            ),
            format!(
                "{}={device}; Path=/; HttpOnly; SameSite=Strict; Max-Age=7776000{secure}",
                self.device_cookie()
            ),
        ];
        for line in lines {
            if let Ok(value) = HeaderValue::from_str(&line) {
                answer.headers_mut().append(header::SET_COOKIE, value);
            }
        }
    }

    /// Takes a browser's session away.
    pub(crate) fn take_session(&self, answer: &mut Response) {
        let secure = if self.settings.secure { "; Secure" } else { "" };
        let line = format!(
            "{}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0{secure}",
            self.session_cookie()
        );
        if let Ok(value) = HeaderValue::from_str(&line) {
            answer.headers_mut().append(header::SET_COOKIE, value);
        }
    }
}
