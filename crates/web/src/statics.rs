//! The stylesheet, the scripts and the mark, served from memory under names that change when they do.
//!
//! They are the only answers that a browser may keep: they are the same for everybody and say nothing.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::headers::MayBeKept;

include!(concat!(env!("OUT_DIR"), "/statics.rs"));

/// The licences of what we build on, ready to be shown.
pub const THIRD_PARTY_NOTICES: &str = include_str!(concat!(env!("OUT_DIR"), "/third_party_notices.txt"));

/// Where [`serve`] belongs in a router.
pub const PATH: &str = "/static/{name}";

struct Asset {
    name: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
}

/// Answers with one static file, or 404.
pub async fn serve(Path(name): Path<String>) -> Response {
    match ASSETS.iter().find(|asset| asset.name == name) {
        Some(asset) => {
            let mut answer = ([(header::CONTENT_TYPE, asset.kind)], asset.bytes).into_response();
            answer.extensions_mut().insert(MayBeKept);
            answer
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(part: &str) -> &'static str {
        let asset = ASSETS
            .iter()
            .find(|asset| asset.name.starts_with(part))
            .expect("the build lays it out");
        std::str::from_utf8(asset.bytes).expect("it is text")
    }

    #[test]
    fn nothing_of_the_governments_own_look_is_served() {
        for asset in ASSETS {
            let text = std::str::from_utf8(asset.bytes).expect("all of them are text");
            for banned in [
                "GDS Transport",
                "@font-face",
                "govuk-crest",
                "govuk-logotype-crown",
                "sourceMappingURL",
            ] {
                assert!(!text.contains(banned), "{} holds {banned}", asset.name);
            }
        }
        assert!(!text("fanlight-").is_empty());
    }

    #[test]
    fn our_script_imports_the_files_that_are_served() {
        let script = std::str::from_utf8(
            ASSETS
                .iter()
                .find(|asset| SCRIPT.ends_with(asset.name))
                .expect("our script is served")
                .bytes,
        )
        .expect("it is text");
        assert!(script.contains(GOVUK));
    }

    #[test]
    fn the_notices_name_both_style_packages() {
        for name in [
            "govuk-frontend 6.6.0",
            "@ministryofjustice/frontend 11.1.0",
            "WITHOUT WARRANTY",
        ] {
            assert!(THIRD_PARTY_NOTICES.contains(name), "{name}");
        }
    }
}
