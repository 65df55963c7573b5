//! The handlers: one file for each noun, each with its own routes. A handler asks casework and draws a page; it takes no
//! decision about policy or access.

mod accounts;
mod agree;
mod ask;
mod assess;
mod assurance;
mod case;
mod case_form;
mod changes;
mod closing;
mod contact;
mod danger;
mod door;
mod doors;
mod erasing;
mod errors;
mod excuses;
mod figures;
mod find;
mod guide;
mod help;
mod join;
mod life;
mod looks;
mod marac;
mod measures;
mod measures_of_cases;
mod no_room;
mod notes;
mod opening;
mod pace;
mod people;
mod person;
mod plans;
mod record;
mod redacting;
mod registers;
mod report;
mod risk;
mod safe;
mod shopping;
mod team;
mod ways;
mod wishes;
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
        .and(danger::routes())
        .and(life::routes())
        .and(people::routes())
        .and(person::routes())
        .and(find::routes())
        .and(assurance::routes())
        .and(measures::routes())
        .and(record::routes())
        .and(registers::routes())
        .and(team::routes())
        .and(accounts::routes())
        .and(looks::routes())
        .and(help::routes())
        .and(guide::routes())
        .and(report::routes())
        .and(join::routes())
        .and(notes::routes())
        .and(wishes::routes())
        .and(risk::routes())
        .and(assess::routes())
        .and(marac::routes())
        .and(plans::routes())
        .and(excuses::routes())
        .and(changes::routes())
        .and(opening::routes())
        .and(doors::routes())
        .and(closing::routes())
        .and(redacting::routes())
        .and(erasing::routes())
        .and(errors::routes())
        .and(no_room::routes())
}
