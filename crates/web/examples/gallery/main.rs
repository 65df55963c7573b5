//! Every page with invented people, on loopback, to be looked at: `cargo run -p fanlight-web --example gallery 8090`.

mod samples;

use axum::Router;
use axum::response::Html;
use axum::routing::get;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let port = std::env::args()
        .nth(1)
        .and_then(|port| port.parse::<u16>().ok())
        .unwrap_or(8090);
    let mut router = Router::new().route(fanlight_web::statics::PATH, get(fanlight_web::statics::serve));
    let mut index = String::from("<!doctype html><html lang=en><title>Pages</title><h1>Pages</h1><ul>");
    for (name, html) in samples::all() {
        index.push_str(&format!("<li><a href=\"/page/{name}\">{name}</a>"));
        router = router.route(&format!("/page/{name}"), get(move || async move { Html(html) }));
    }
    let router = router
        .route("/", get(move || async move { Html(index) }))
        .layer(axum::middleware::from_fn(fanlight_web::headers::strict));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    axum::serve(listener, router).await
}
