//! Pages on which a POST ends that could not be done: every POST is answered with "look there".

use crate::app::Shared;
use crate::error;
use crate::routes::Routes;
use axum::extract::Path;
use axum::response::Response;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get(error::TOO_LONG, too_long)
        .get(error::NOT_UNDERSTOOD, not_understood)
        .get("/not-from-here", not_from_here)
        .get("/nothing-here", nothing_here)
        .get("/kept", kept)
        .get("/broken/{reference}", broken)
}

async fn too_long() -> Response {
    error::too_long()
}

async fn not_understood() -> Response {
    error::not_understood()
}

async fn not_from_here() -> Response {
    error::not_from_here()
}

async fn nothing_here() -> Response {
    error::unseen()
}

/// What a form that is saved as it goes is answered with.
async fn kept() -> &'static str {
    "Kept."
}

async fn broken(Path(reference): Path<String>) -> Response {
    let plain = reference.len() == 6 && reference.bytes().all(|byte| byte.is_ascii_digit());
    if plain {
        error::broken(&reference)
    } else {
        error::unseen()
    }
}
