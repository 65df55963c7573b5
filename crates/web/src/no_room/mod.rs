//! What is shown while nothing can be recorded: of a case, safe contact and danger alone; whom to ring; and what the
//! person has just typed, so that nothing is lost and nothing is called saved that is not.

use askama::Template;
use fanlight_core::words::Words;

use crate::forms::Link;
use crate::layout::{CaseFrame, Frame};
use crate::signs::WaySign;

/// What somebody typed that could not be saved.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// Where it was sent, to be sent there again.
    pub action: String,
    /// The session's token.
    pub csrf: String,
    /// The command of the form as it was drawn: however often it is pressed, it is done once.
    pub command: String,
    /// Every answer, by name.
    pub answers: Vec<(String, Words)>,
    /// Those of them that are somebody's words, to be read and copied.
    pub words: Vec<Words>,
}

/// Whom to ring, and what is and is not the matter.
#[derive(Clone, Debug, Default)]
pub struct Notice {
    /// What has happened, a sentence each.
    pub says: Vec<String>,
    /// The colleagues who can make room, by name and post.
    pub ring: Vec<Words>,
    /// What was typed, if something was.
    pub typed: Option<Typed>,
}

/// A case with how to make contact and whether there is danger.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The reference.
    pub reference: String,
    /// Its address.
    pub href: String,
    /// Whether danger must be treated as danger now.
    pub danger: bool,
    /// May contact be made?
    pub way: WaySign,
}

/// The page outside a case, with the cases that the person may open by safe contact and danger alone.
#[derive(Template)]
#[template(path = "no_room/no_room.html")]
pub struct NoRoomPage {
    /// The frame.
    pub frame: Frame,
    /// The notice.
    pub notice: Notice,
    /// The cases.
    pub rows: Vec<Row>,
    /// The next cases.
    pub next: Option<Link>,
}

/// A case of which safe contact and danger alone are shown.
#[derive(Template)]
#[template(path = "no_room/case.html")]
pub struct CaseNoRoomPage {
    /// The frame.
    pub frame: Frame,
    /// The case. Its banner is drawn whole.
    pub case: CaseFrame,
    /// Danger, in words.
    pub danger: String,
    /// Whether it must be treated as danger now.
    pub perhaps_now: bool,
    /// The notice.
    pub notice: Notice,
}
