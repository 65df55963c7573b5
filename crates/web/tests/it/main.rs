//! Every page with invented people, drawn whole: what a browser and its owner would notice; and the application, page by
//! page, as a browser without JavaScript would meet it.

mod assured;
mod contact;
mod door;
mod erasing;
mod headers;
mod keeping;
mod life;
mod openly;
mod pages;
mod people;
mod risk;
mod safe;
#[path = "../../examples/gallery/samples.rs"]
mod samples;
mod taking;
mod web;
