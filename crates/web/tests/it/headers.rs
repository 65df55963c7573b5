//! What every answer tells the browser, errors and unknown addresses included.

use axum::Router;
use axum::body::Body;
use axum::extract::Path;
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use axum::routing::get;
use fanlight_web::forms::Submitted;
use fanlight_web::routes::{Routes, see_other};
use fanlight_web::{error, statics};
use tower::ServiceExt as _;

fn house() -> Router {
    Routes::default()
        .get(statics::PATH, statics::serve)
        .get("/page", || async { "a page" })
        .get("/number/{n}", |_: Path<u64>| async { "a number" })
        .post("/number/{n}", |_: Path<u64>| async { error::broken("Q7T-41K") })
        .get("/broken", || async { error::broken("Q7T-41K") })
        .get(error::TOO_LONG, || async { error::too_long() })
        .post("/page", |_: Submitted| async { see_other("/page") })
        .into_router(error::unseen)
        .merge(Router::new().route("/bare", get(|| async { "no layer" })))
}

async fn asked(method: &str, path: &str, body: Body) -> Response {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(body)
        .expect("a request");
    house().oneshot(request).await.expect("an answer")
}

fn is_strict(answer: &Response) -> bool {
    let policy = answer.headers().get(header::CONTENT_SECURITY_POLICY);
    let policy = policy.and_then(|policy| policy.to_str().ok()).unwrap_or_default();
    policy.contains("default-src 'none'")
        && policy.contains("frame-ancestors 'none'")
        && policy.contains("form-action 'self'")
        && policy.contains("base-uri 'none'")
        && !policy.contains("unsafe")
        && answer
            .headers()
            .get(header::X_CONTENT_TYPE_OPTIONS)
            .is_some_and(|value| value == "nosniff")
        && answer
            .headers()
            .get(header::REFERRER_POLICY)
            .is_some_and(|value| value == "no-referrer")
        && answer
            .headers()
            .get(header::X_FRAME_OPTIONS)
            .is_some_and(|value| value == "DENY")
}

#[tokio::test]
async fn every_answer_is_strict_and_none_but_a_static_file_may_be_kept() {
    for (method, path, status) in [
        ("GET", "/page", 200),
        ("HEAD", "/page", 200),
        ("POST", "/page", 303),
        ("PUT", "/page", 404),
        ("POST", "/broken", 303),
        ("POST", "/nothing", 303),
        ("GET", "/number/7", 200),
        ("GET", "/number/seven", 404),
        ("POST", "/number/-7", 303),
        ("GET", "/nothing/of/the/kind", 404),
        ("DELETE", "/nothing", 404),
        ("GET", "/broken", 500),
        ("GET", "/static/nothing.css", 404),
        ("GET", "/static/..%2f..%2fCargo.toml", 404),
    ] {
        let answer = asked(method, path, Body::empty()).await;
        assert_eq!(answer.status().as_u16(), status, "{method} {path}");
        assert!(is_strict(&answer), "{method} {path}");
        assert_eq!(
            answer.headers()[header::CACHE_CONTROL],
            "no-store",
            "{method} {path}"
        );
    }
    for path in [statics::STYLE, statics::SCRIPT, statics::GOVUK, statics::MARK] {
        let answer = asked("GET", path, Body::empty()).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        assert!(is_strict(&answer), "{path}");
        let kept = answer.headers()[header::CACHE_CONTROL].to_str().expect("text");
        assert!(kept.contains("immutable"), "{path}");
    }
    // The check itself notices an answer without the layer.
    assert!(!is_strict(&asked("GET", "/bare", Body::empty()).await));
}

#[tokio::test]
async fn a_body_that_is_too_long_leads_to_a_page_that_says_so() {
    let answer = asked(
        "POST",
        "/page",
        Body::from(format!("note={}", "a".repeat(10 << 20))),
    )
    .await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(answer.headers()[header::LOCATION], error::TOO_LONG);
    let answer = asked("GET", error::TOO_LONG, Body::empty()).await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let page = axum::body::to_bytes(answer.into_body(), 1 << 20)
        .await
        .expect("a page");
    let page = String::from_utf8(page.to_vec()).expect("text");
    assert!(page.contains("What was kept before is still there"));
    let small = asked(
        "POST",
        "/page",
        Body::from(format!("note={}", "a".repeat(60_000))),
    )
    .await;
    assert_eq!(small.headers()[header::LOCATION], "/page");
}

#[tokio::test]
async fn what_does_not_exist_looks_like_what_is_not_yours() {
    let one = asked("GET", "/nothing", Body::empty()).await;
    let other = error::unseen();
    let bytes = async |answer: Response| {
        axum::body::to_bytes(answer.into_body(), 1 << 20)
            .await
            .expect("a page")
    };
    let third = asked("GET", "/number/seven", Body::empty()).await;
    assert_eq!(one.status(), other.status());
    assert_eq!(third.status(), other.status());
    let page = bytes(other).await;
    assert_eq!(bytes(one).await, page);
    assert_eq!(bytes(third).await, page);
}

#[tokio::test]
async fn what_cannot_be_seen_is_answered_on_the_tick_however_soon_it_was_found_out() {
    for (method, path) in [
        ("GET", "/nothing"),
        ("POST", "/nothing"),
        ("GET", "/number/seven"),
    ] {
        let came = std::time::Instant::now();
        asked(method, path, Body::empty()).await;
        let took = came.elapsed().as_millis();
        assert!(took >= 40, "{method} {path} was answered after {took} ms");
    }
}
