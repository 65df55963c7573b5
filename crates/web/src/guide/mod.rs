//! Texts for staff: the guide, accessibility, notices of what we build on.

use askama::Template;

use crate::forms::Link;
use crate::layout::Frame;

/// A section of a text.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// An id on the page; empty for none.
    pub id: String,
    /// Its heading.
    pub heading: String,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
    /// A list below them.
    pub list: Vec<String>,
    /// Links below that.
    pub links: Vec<Link>,
}

/// A text.
#[derive(Template)]
#[template(path = "guide/text.html")]
pub struct TextPage {
    /// The frame.
    pub frame: Frame,
    /// Its heading.
    pub title: String,
    /// What is said first; may be empty.
    pub lead: String,
    /// Its sections.
    pub sections: Vec<Section>,
    /// A text kept as it was written, such as licences; empty for none.
    pub verbatim: String,
}
crate::pages!(TextPage);
