//! The case page: how it is safe to make contact, who this is, the clocks, what has happened, what is still to ask.

use askama::Template;
use fanlight_core::words::Words;

use crate::forms::Link;
use crate::layout::{CaseFrame, Frame};
use crate::signs::{Clause, RiskSign, TimeTag};

/// One of the few facts at the head of a case.
#[derive(Clone, Debug, Default)]
pub struct HeadFact {
    /// What it is: "Risk, looked at 11 days ago".
    pub label: String,
    /// The risk sign, if it is the risk.
    pub risk: Option<RiskSign>,
    /// The main words.
    pub strong: Words,
    /// The rest.
    pub rest: Words,
}

/// A promise with its clock.
#[derive(Clone, Debug, Default)]
pub struct ClockRow {
    /// "2 days left", "Kept", "Missed", "Not stated".
    pub left: TimeTag,
    /// What is promised.
    pub what: String,
    /// Why, without the clauses.
    pub why: String,
    /// The clauses.
    pub clauses: Vec<Clause>,
    /// "Thu 19 Nov, end of day", "Done Fri 6 Nov, 10:05".
    pub due: String,
    /// How it was worked out, step by step.
    pub steps: Vec<String>,
    /// Whether the working is open.
    pub open: bool,
}

/// How an entry of the timeline is marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// Something that happened.
    #[default]
    Plain,
    /// Something that was stopped, or went against the contact rules.
    Stopped,
    /// A try, which is not a contact.
    Tried,
    /// Something about risk.
    Risk,
}

impl Mark {
    /// The stylesheet's word for it.
    pub fn class(self) -> &'static str {
        match self {
            Mark::Plain => "",
            Mark::Stopped => "moj-timeline__item--no",
            Mark::Tried => "moj-timeline__item--try",
            Mark::Risk => "moj-timeline__item--risk",
        }
    }
}

/// Words on an entry, with what they are.
#[derive(Clone, Debug, Default)]
pub struct EntryLine {
    /// What they are; empty for the main words.
    pub label: String,
    /// The words.
    pub words: Words,
}

/// An entry of the timeline.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// An id on the page, to jump to: `at-17`.
    pub id: String,
    /// How it is marked.
    pub mark: Mark,
    /// What happened.
    pub title: String,
    /// Who recorded it.
    pub by: String,
    /// When it happened, in words.
    pub when: String,
    /// What was said and written.
    pub lines: Vec<EntryLine>,
    /// What must be known of it: "Against the contact rules", "Corrected on ...".
    pub warns: Vec<String>,
    /// The three times, where they differ: "Happened ..., as told. We knew ... Recorded ..."
    pub times: String,
    /// What can be done with it: correct it, open what stood there before.
    pub links: Vec<Link>,
}

/// A short text beside the timeline.
#[derive(Clone, Debug, Default)]
pub struct Aside {
    /// Its heading.
    pub heading: String,
    /// The person's own words, shown in quotation marks.
    pub said: Option<Words>,
    /// Other lines.
    pub lines: Vec<Words>,
    /// When it was said.
    pub when: String,
    /// A way on.
    pub link: Option<Link>,
}

/// Somebody who can open a restricted case.
#[derive(Clone, Debug, Default)]
pub struct CanOpen {
    /// Who.
    pub who: String,
    /// As what.
    pub as_what: String,
    /// Why, and decided by whom.
    pub why: Words,
    /// For how long.
    pub until: String,
}

/// Something at the head of a case that must be seen to first.
#[derive(Clone, Debug, Default)]
pub struct Notice {
    /// What it is.
    pub says: String,
    /// Where it is seen to.
    pub go: Link,
}

/// A report or case that may be about the same people.
#[derive(Clone, Debug, Default)]
pub struct AlikeRow {
    /// Its reference.
    pub reference: String,
    /// Its address.
    pub href: String,
    /// In what it is alike.
    pub alike: String,
    /// "Open", "Closed", "Report", with who works on it.
    pub stage: String,
    /// When its report reached us.
    pub received: String,
}

/// Earlier reports and cases that may be about the same people, offered for a report once it is saved.
#[derive(Clone, Debug, Default)]
pub struct Alike {
    /// Those that this looker may open, the likest first.
    pub rows: Vec<AlikeRow>,
    /// What is said of them, or instead of them.
    pub says: String,
    /// What can be done.
    pub links: Vec<Link>,
}

/// The case page.
#[derive(Template)]
#[template(path = "case/overview.html")]
pub struct OverviewPage {
    /// The frame.
    pub frame: Frame,
    /// The case. Its banner is drawn whole.
    pub case: CaseFrame,
    /// Facts at its head, four at most.
    pub facts: Vec<HeadFact>,
    /// Who can open it, if it is restricted.
    pub can_open: Vec<CanOpen>,
    /// What must be seen to first.
    pub notices: Vec<Notice>,
    /// Of a report: what may be about the same people.
    pub alike: Option<Alike>,
    /// What is still to be asked, in the order in which it matters, with where to record it.
    pub still_to_ask: Vec<Link>,
    /// The clocks.
    pub clocks: Vec<ClockRow>,
    /// All clocks, if these are not all.
    pub all_clocks: Option<Link>,
    /// What is said below the clocks; empty for nothing.
    pub clock_note: String,
    /// What has happened, newest first.
    pub timeline: Vec<Entry>,
    /// Earlier entries.
    pub earlier: Option<Link>,
    /// In short.
    pub asides: Vec<Aside>,
}

/// All clocks of a case, each with how it was worked out.
#[derive(Template)]
#[template(path = "case/clocks_page.html")]
pub struct ClocksPage {
    /// The frame.
    pub frame: Frame,
    /// The case.
    pub case: CaseFrame,
    /// The clocks.
    pub clocks: Vec<ClockRow>,
    /// What is said below; empty for nothing.
    pub note: String,
}

/// What stood at a place before it was corrected, opened by the lead with a reason.
#[derive(Template)]
#[template(path = "case/corrected.html")]
pub struct CorrectedPage {
    /// The frame.
    pub frame: Frame,
    /// The case.
    pub case: CaseFrame,
    /// What stood there, oldest first.
    pub entries: Vec<Entry>,
}

/// The code word, for a moment. Without a script the page says to leave it; with one it leaves by itself.
#[derive(Template)]
#[template(path = "case/code_word.html")]
pub struct CodeWordPage {
    /// The frame.
    pub frame: Frame,
    /// The case.
    pub case: CaseFrame,
    /// The word by which the person proves who she or he is.
    pub code_word: Option<Words>,
    /// The word that means: not safe, end this now.
    pub duress_word: Option<Words>,
    /// What the person asked us to do when it is used.
    pub if_duress: Option<Words>,
}
crate::pages!(OverviewPage, ClocksPage, CorrectedPage, CodeWordPage);
