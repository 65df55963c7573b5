//! The handlers: one file for each noun, each with its own routes. A handler asks casework and draws a page; it takes no
//! decision about policy or access.

mod accounts;
mod agree;
mod ask;
mod assurance;
mod case;
mod contact;
mod decisions;
mod door;
mod errors;
mod facts;
mod figures;
mod find;
mod guide;
mod help;
mod life;
mod looks;
mod measures;
mod no_room;
mod pace;
mod people;
mod person;
mod registers;
mod report;
mod safe;
mod shopping;
mod team;
mod ways;
mod work;

pub(crate) use no_room::lead_on;
pub(crate) use pace::Pace;

use crate::app::Shared;
use crate::routes::Routes;

/// Every route of the application.
pub(crate) fn routes() -> Routes<Shared> {
    Routes::default()
        .get(crate::statics::PATH, crate::statics::serve)
        .and(door::routes())
        .and(work::routes())
        .and(case::routes())
        .and(contact::routes())
        .and(ask::routes())
        .and(safe::routes())
        .and(agree::routes())
        .and(life::routes())
        .and(people::routes())
        .and(person::routes())
        .and(find::routes())
        .and(assurance::routes())
        .and(measures::routes())
        .and(registers::routes())
        .and(team::routes())
        .and(accounts::routes())
        .and(looks::routes())
        .and(help::routes())
        .and(guide::routes())
        .and(report::routes())
        .and(facts::routes())
        .and(decisions::routes())
        .and(errors::routes())
        .and(no_room::routes())
}
