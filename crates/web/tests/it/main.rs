//! Pages as a browser without JavaScript and its owner would meet them: every page with invented people, drawn whole, and
//! the application itself over a real store, with a clock that the test moves.

mod contact;
mod door;
mod headers;
mod life;
mod pages;
mod people;
mod safe;
#[path = "../../examples/gallery/samples.rs"]
mod samples;
mod web;
