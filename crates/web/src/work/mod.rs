//! My work: what is due, in order, why, and whether contact may be made now. One list, in groups, without sorting.

use askama::Template;

use crate::forms::Link;
use crate::layout::Frame;
use crate::signs::{Clause, RiskSign, TimeTag, WaySign};

/// A figure in the title band.
#[derive(Clone, Debug, Default)]
pub struct Stat {
    /// The number.
    pub number: String,
    /// What it counts.
    pub words: String,
    /// Whether it is shown as late.
    pub late: bool,
}

/// One choice of what to show. It is sent by GET as `show`, and is never somebody's words.
#[derive(Clone, Debug, Default)]
pub struct Chip {
    /// What is sent.
    pub value: String,
    /// What is read, with its count.
    pub text: String,
    /// Whether it is what is shown.
    pub pressed: bool,
}

/// One piece of work.
#[derive(Clone, Debug, Default)]
pub struct WorkRow {
    /// "1 h 18 left", "10 h late", "No time stated".
    pub left: TimeTag,
    /// "By 16:00", "Thu 19 Nov, end of day".
    pub when: String,
    /// What to do.
    pub what: String,
    /// Why, without the clause.
    pub why: String,
    /// The clauses that ask for it.
    pub clauses: Vec<Clause>,
    /// The case's reference.
    pub reference: String,
    /// The case's address.
    pub href: String,
    /// The risk, as last assessed.
    pub risk: RiskSign,
    /// Whether danger must be treated as danger now.
    pub danger: bool,
    /// May contact be made?
    pub way: WaySign,
    /// Where a safe way can be found, if none is known; empty otherwise.
    pub find_way: String,
    /// Who works on it; empty on somebody's own list.
    pub worker: String,
    /// What can be done from here: "Call", "Find out", "Open".
    pub go: Link,
}

/// Work that falls due in the same span.
#[derive(Clone, Debug, Default)]
pub struct WorkGroup {
    /// "Late", "Due today", "Tomorrow".
    pub title: String,
    /// What else to know of it: its count, its day.
    pub small: String,
    /// The rows.
    pub rows: Vec<WorkRow>,
}

/// What somebody kept for later.
#[derive(Clone, Debug, Default)]
pub struct KeptRow {
    /// What it is: "A note".
    pub what: String,
    /// What to know of it: that a report is not saved yet. Empty for nothing.
    pub says: String,
    /// The case that it is of; empty for none.
    pub reference: String,
    /// When it was kept, and until when it stays.
    pub when: String,
    /// The way back to it.
    pub go: String,
    /// Where it can be thrown away.
    pub away: String,
}

/// Something useful where there is nothing else to show.
#[derive(Clone, Debug, Default)]
pub struct Suggestion {
    /// Its drawing.
    pub icon: Option<crate::signs::Icon>,
    /// What it is.
    pub title: String,
    /// Why.
    pub says: String,
    /// The way on; nothing if it is only said.
    pub go: Option<Link>,
    /// Whether its button is the main one of the page.
    pub main: bool,
}

/// Nothing to show, said in plain words, with what comes next.
#[derive(Clone, Debug, Default)]
pub struct Empty {
    /// What there is not.
    pub title: String,
    /// What that means.
    pub says: String,
    /// What can be done instead.
    pub suggestions: Vec<Suggestion>,
}

/// My work.
#[derive(Template)]
#[template(path = "work/work.html")]
pub struct WorkPage {
    /// The frame.
    pub frame: Frame,
    /// The heading.
    pub title: String,
    /// "Tuesday 17 November 2026, 10:12. You have 31 open cases."
    pub sub: String,
    /// Figures.
    pub stats: Vec<Stat>,
    /// Where the choice of what to show is sent, by GET; empty for no choice.
    pub show_at: String,
    /// What can be shown.
    pub chips: Vec<Chip>,
    /// Work covered for somebody else.
    pub covers: Option<Link>,
    /// What is told at once: before everything else.
    pub first: Vec<WorkGroup>,
    /// What the person kept for later.
    pub kept: Vec<KeptRow>,
    /// The work.
    pub groups: Vec<WorkGroup>,
    /// What is said when there is none.
    pub empty: Option<Empty>,
    /// What is said below: "18 of your cases have nothing due this week."
    pub after: String,
    /// All cases.
    pub all: Option<Link>,
    /// More rows.
    pub next: Option<Link>,
}
crate::pages!(WorkPage);
