//! The whole application: what every handler stands on, and the router over all pages.
//!
//! A handler takes [`Signed`] (somebody who is signed in) or [`Posted`] (the same, with a form that came from our own
//! page), asks casework, and draws a page or answers "look there". The web tier keeps no state: sessions and drafts are
//! casework's.

mod back;
mod case_frame;
mod clocks;
mod frames;
mod on_case;
mod outcome;
mod session;

pub use back::{
    Back, back_with, draft_at, drop_its_draft, keep_listed, kept_for_later, kept_path, redraw,
    saved_as_it_goes, typed,
};
pub use case_frame::{CaseSide, base_of, case_frame, hours_words};
pub use clocks::{clause, clock_row, clock_rows, due_inside, due_words, time_left};
pub use frames::{IDLE_MINUTES, door_frame, first_page, frame, public_frame, risk_sign};
pub use on_case::{Answered, OnCase, nothing_here};
pub use outcome::{NoRoom, answer, answer_form, broken};
pub(crate) use session::form_of;
pub use session::{Maybe, Posted, Signed};

use crate::routes::Routes;
use axum::Router;
use fanlight_casework::Casework;
use std::sync::Arc;

/// What the installation chooses.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Whether browsers reach us over HTTPS, so that cookies are bound to it.
    pub secure: bool,
    /// Whether people and figures are invented.
    pub demo: bool,
}

/// What every handler stands on.
pub struct App {
    /// All that can be done.
    pub casework: Arc<Casework>,
    /// What the installation chooses.
    pub settings: Settings,
    /// How fast the public form takes reports.
    pub(crate) pace: crate::serve::Pace,
}

/// The application as handlers share it.
pub type Shared = Arc<App>;

/// Every page, by room.
pub(crate) fn routes() -> Routes<Shared> {
    crate::serve::routes()
}

/// The application's router, with strict headers around everything.
pub fn app(casework: Arc<Casework>, settings: Settings) -> Router {
    let shared: Shared = Arc::new(App {
        casework,
        settings,
        pace: crate::serve::Pace::default(),
    });
    routes()
        .into_router(crate::error::unseen)
        .layer(axum::middleware::from_fn(crate::serve::lead_on))
        .with_state(shared)
}
