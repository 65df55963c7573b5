//! Pages, forms, templates and static files.
//!
//! What is shared: [`layout`] (the frames around a page), [`signs`] (how risk, time and contact are shown),
//! [`forms`] (from a body to answers and field errors and back), [`headers`], [`crossing`] (requests from
//! elsewhere are turned away), [`statics`] and [`routes`]. Everything else is a page, in a folder named with the
//! field's noun, its template in the folder of that name under `templates`.
//!
//! A page struct is plain words and lists, already cut to the person looking. Its template decides nothing but
//! how that reads.
//!
//! Architecture invariant: web receives views already cut to the person looking, never a case, and takes no
//! decision about policy or access. Addresses carry no name and no search word; a case is `/case/` and 32
//! hexadecimal digits that mean nothing.

pub mod accounts;
pub mod app;
pub mod assurance;
pub mod case;
pub mod contact;
pub mod crossing;
pub mod error;
mod evenly;
pub mod find;
pub mod forms;
pub mod guide;
pub mod headers;
pub mod layout;
pub mod looks;
pub mod no_room;
pub mod people;
pub mod public;
pub mod report;
pub mod risk;
pub mod routes;
mod serve;
pub mod sign_in;
pub mod signs;
pub mod statics;
pub mod team;
pub mod work;

#[cfg(test)]
mod parity;
