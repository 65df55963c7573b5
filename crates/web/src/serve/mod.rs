//! The handlers: one file for each noun, each with its own routes. A handler asks casework and draws a page; it takes no
//! decision about policy or access.

mod case;
mod decisions;
mod door;
mod errors;
mod facts;
mod find;
mod report;
mod work;

use crate::app::Shared;
use crate::routes::Routes;

/// Every route of the application.
pub(crate) fn routes() -> Routes<Shared> {
    Routes::default()
        .get(crate::statics::PATH, crate::statics::serve)
        .and(door::routes())
        .and(work::routes())
        .and(case::routes())
        .and(find::routes())
        .and(report::routes())
        .and(facts::routes())
        .and(decisions::routes())
        .and(errors::routes())
}
