//! A router that knows its own paths, so that a test can try every one of them.
//!
//! Also the two ways a handler answers: a drawn page ([`page`]) and "look there" ([`see_other`]).

use askama::Template;
use axum::Router;
use axum::handler::Handler;
use axum::http::{Method, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{self, MethodRouter};

/// Paths with their handlers, and the list of them.
pub struct Routes<S> {
    router: Router<S>,
    listed: Vec<(Method, &'static str)>,
}

impl<S: Clone + Send + Sync + 'static> Default for Routes<S> {
    fn default() -> Self {
        Routes {
            router: Router::new(),
            listed: Vec::new(),
        }
    }
}

impl<S: Clone + Send + Sync + 'static> Routes<S> {
    /// Adds a page that is looked at.
    pub fn get<H, T>(self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, S>,
        T: 'static,
    {
        self.with(Method::GET, path, routing::get(handler))
    }

    /// Adds something that is done. Its answer is [`see_other`], whatever happens.
    pub fn post<H, T>(self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, S>,
        T: 'static,
    {
        self.with(Method::POST, path, routing::post(handler))
    }

    fn with(mut self, method: Method, path: &'static str, route: MethodRouter<S>) -> Self {
        self.router = self.router.route(path, route);
        self.listed.push((method, path));
        self
    }

    /// Adds all of another room's paths.
    pub fn and(mut self, other: Routes<S>) -> Self {
        self.router = self.router.merge(other.router);
        self.listed.extend(other.listed);
        self
    }

    /// Every method and path, in the order they were added.
    pub fn listed(&self) -> &[(Method, &'static str)] {
        &self.listed
    }

    /// The router itself, with the strict headers around everything in it and around what it does not know, and every
    /// answer about what cannot be seen alike.
    pub fn into_router(self, unknown: fn() -> Response) -> Router<S> {
        self.router
            .fallback(move || async move { unknown() })
            .layer(axum::middleware::from_fn(move |request, next| {
                crate::evenly::evenly(unknown, request, next)
            }))
            .layer(axum::middleware::from_fn(crate::headers::strict))
    }
}

/// A page, drawn.
pub fn page(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            // A template fails only where a value's own display fails, which none of ours does.
            tracing::error!(%error, "a page could not be drawn");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Lets a handler return these page structs as they are, with status 200. Another status is [`page`].
#[macro_export]
macro_rules! pages {
    ($($page:ty),+ $(,)?) => {
        $(
            impl axum::response::IntoResponse for $page {
                fn into_response(self) -> axum::response::Response {
                    $crate::routes::page(axum::http::StatusCode::OK, &self)
                }
            }
        )+
    };
}

/// The answer to every POST: 303, so that what was typed is not left in the browser's own files.
///
/// The path is one of ours. Anything that could lead elsewhere becomes the front page.
pub fn see_other(path: &str) -> Response {
    let ours = path.starts_with('/')
        && !path.starts_with("//")
        && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let path = if ours { path } else { "/" };
    (StatusCode::SEE_OTHER, [(header::LOCATION, path)]).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_never_leaves_the_house() {
        for (asked, given) in [
            ("/my-work", "/my-work"),
            ("//evil.example/", "/"),
            ("https://evil.example/", "/"),
            ("/a\r\nset-cookie: x", "/"),
            ("/\\evil.example", "/"),
        ] {
            let answer = see_other(asked);
            assert_eq!(answer.status(), StatusCode::SEE_OTHER);
            assert_eq!(answer.headers()[header::LOCATION], given, "{asked}");
        }
    }
}
