//! Every page with invented people, drawn whole: what a browser and its owner would notice.

mod headers;
mod pages;
#[path = "../../examples/gallery/samples.rs"]
mod samples;
