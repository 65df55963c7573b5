//! Working days, bank holidays, office hours and the forms a due time can take.
//!
//! A due time is worked out from a rule, the moment it counts from and a calendar, and comes with the steps by
//! which a caseworker can check it on paper. The same question with the same calendar gives the same answer for
//! ever: a calendar remembers what had been announced by when.
//!
//! What it deliberately does not do: it knows no fact and no case, reads no clock, fetches no holiday from
//! anywhere, and does not decide what happens when a promise is missed.

mod count;
mod due;
mod explain;
mod fault;
mod holidays;
mod hours;
mod nation;
mod ordinary;
mod pause;
mod place;
mod rule;
mod walk;
mod window;
mod working;

#[cfg(test)]
mod brute_force;
#[cfg(test)]
mod deadline_tables;

pub use due::Due;
pub(crate) use explain::on_date;
pub use explain::{date_words, local_text, london_date, moment_words};
pub use fault::CalendarFault;
pub use holidays::{
    CALENDAR_VERSION, FIRST_ANNOUNCED_YEAR, FIRST_YEAR, Holiday, LAST_ANNOUNCED_YEAR, LAST_YEAR,
    all_holidays, holiday_on, holidays_in_year, parse_date,
};
pub use hours::{ClockTime, DayHours, OpeningHours, WEEKDAYS, WorkingWeek};
pub use nation::Nation;
pub use place::{Nth, Place, PlaceDay, Within};
pub use rule::{LeadTime, Roll, Rule};
pub use window::Window;
pub use working::{Day, ExtraHoliday, WorkingCalendar};
