//! The application, page by page, as a browser without JavaScript would meet it.

mod contact;
mod door;
mod life;
mod people;
mod safe;
mod web;
