//! Risk: the instrument on one screen for the telephone, what the answers add up to, and the grounds for a referral.

use askama::Template;
use fanlight_core::risk::{Answer, Count, Ground, GroundState};
use fanlight_core::words::Words;

use crate::forms::{Field, FormState, Link};
use crate::layout::{CaseFrame, Frame};
use crate::signs::{Icon, RiskSign};

/// One item as it is asked.
#[derive(Clone, Debug, Default)]
pub struct AskedItem {
    /// Its number; empty for further detail.
    pub number: String,
    /// Its id.
    pub id: String,
    /// The short label.
    pub label: String,
    /// The official wording, where the landlord may show it.
    pub wording: String,
    /// What to ask besides.
    pub beside: String,
    /// What to do at once where the answer is yes.
    pub urgent: String,
    /// The answer so far, by its code; empty if there is none.
    pub answer: String,
    /// What was said with it, as typed.
    pub words: Words,
    /// Who told us, by its code; empty: as for the whole.
    pub told_by: String,
    /// What a yes opens.
    pub opens: Option<OpenedDetail>,
}

/// Further items that a yes opens.
#[derive(Clone, Debug, Default)]
pub struct OpenedDetail {
    /// What they are about.
    pub title: String,
    /// Whether they are shown at once.
    pub open: bool,
    /// The items.
    pub items: Vec<AskedItem>,
}

impl AskedItem {
    /// Every answer there is.
    pub fn answers(&self) -> &'static [Answer] {
        Answer::ALL
    }

    /// The answer's look.
    pub fn class(&self, answer: &Answer) -> &'static str {
        match answer {
            Answer::Yes => "a-yes",
            Answer::No => "a-no",
            Answer::DontKnow | Answer::NotAsked | Answer::Declined => "a-other",
        }
    }

    /// Whether this is the answer.
    pub fn is(&self, answer: &Answer) -> bool {
        self.answer == answer.code()
    }

    /// Whether what to do at once is to be done.
    pub fn is_urgent(&self) -> bool {
        !self.urgent.is_empty() && self.answer == Answer::Yes.code()
    }

    /// Whether more is shown beside the label than the label.
    pub fn is_described(&self) -> bool {
        !self.wording.is_empty() || !self.beside.is_empty()
    }

    /// Whether anything was said with it.
    pub fn has_more(&self) -> bool {
        !self.words.reveal().is_empty() || !self.told_by.is_empty()
    }
}

/// What the answers add up to so far.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// The count.
    pub count: Count,
    /// The number of yes at which the area sees a ground; nothing if it states none.
    pub ground_at: Option<u8>,
}

impl Tally {
    fn all(&self) -> u8 {
        self.count
            .yes
            .saturating_add(self.count.no)
            .saturating_add(self.count.unknown())
    }

    /// How many were asked: what was said not to have been asked is none of them.
    pub fn asked(&self) -> u8 {
        self.all()
            .saturating_sub(self.count.still_to_ask)
            .saturating_sub(self.count.not_asked)
    }

    /// How many were answered neither yes nor no.
    pub fn not_known(&self) -> u8 {
        self.count.unknown().saturating_sub(self.count.still_to_ask)
    }

    /// How many were answered yes or no.
    pub fn known(&self) -> u8 {
        self.count.yes.saturating_add(self.count.no)
    }

    /// A number of items as hundredths of the bar's width.
    pub fn share(&self, items: impl std::borrow::Borrow<u8>) -> String {
        format!(
            "{:.2}",
            100.0 * f32::from(*items.borrow()) / f32::from(self.all().max(1))
        )
    }
}

/// A ground as it is shown.
#[derive(Clone, Debug)]
pub struct GroundLine {
    /// What it is called here.
    pub title: String,
    /// Why it stands as it stands.
    pub because: String,
    /// How it stands, in words for somebody who cannot see the sign.
    pub state: &'static str,
    /// The sign.
    pub icon: Icon,
    /// Whether it stands, or asks to think hard.
    pub marked: bool,
}

impl From<&Ground> for GroundLine {
    fn from(ground: &Ground) -> Self {
        let (icon, marked) = match ground.state {
            GroundState::Stands => (Icon::Yes, true),
            GroundState::ThinkHard => (Icon::Unknown, true),
            GroundState::Decide => (Icon::Unknown, false),
            GroundState::CouldStand => (Icon::Clock, false),
            GroundState::DoesNotStand => (Icon::Cross, false),
            GroundState::NotStated => (Icon::Refused, false),
        };
        GroundLine {
            title: ground.title.clone(),
            because: ground.because.clone(),
            state: ground.state.label(),
            icon,
            marked,
        }
    }
}

/// The second part: level, judgement and who has seen it.
#[derive(Clone, Debug, Default)]
pub struct DecidePart {
    /// What the level cannot be below, said in words; empty if nothing is.
    pub least: String,
    /// The fields.
    pub fields: Vec<Field>,
    /// The answers, carried along.
    pub carried: Vec<(String, Words)>,
}

/// The instrument on one screen, and the decision after it.
#[derive(Template)]
#[template(path = "risk/ask.html")]
pub struct RiskPage {
    /// The frame.
    pub frame: Frame,
    /// The case.
    pub case: CaseFrame,
    /// Where the form goes.
    pub action: String,
    /// The form so far.
    pub state: FormState,
    /// The heading.
    pub title: Words,
    /// The line below it.
    pub sub: String,
    /// The instrument, by its id.
    pub instrument: String,
    /// The items.
    pub items: Vec<AskedItem>,
    /// The tally.
    pub tally: Tally,
    /// The grounds of the area; none without an area.
    pub grounds: Vec<GroundLine>,
    /// Fields before the items: who tells us, of whom, in which area.
    pub before: Vec<Field>,
    /// Fields after the items.
    pub after: Vec<Field>,
    /// The second part, once the answers are given.
    pub decide: Option<DecidePart>,
}
/// One assessment as it is shown.
#[derive(Clone, Debug)]
pub struct AssessedRow {
    /// The level.
    pub sign: RiskSign,
    /// The count, with what it could be.
    pub count: String,
    /// With which instrument, and which version of its questions.
    pub with: String,
    /// Risk from whom.
    pub of: Words,
    /// By whom.
    pub by: Words,
    /// What we hold of it, where it is not ours.
    pub held: &'static str,
    /// When.
    pub when: String,
    /// What the judgement rested on.
    pub judgement: Option<Words>,
    /// Why.
    pub why: Option<Words>,
}

/// One of several who do harm, and our latest assessment of the risk from them.
#[derive(Clone, Debug)]
pub struct FromWhom {
    /// Who.
    pub name: Words,
    /// Our latest that was of them; nothing if none was said to be.
    pub latest: Option<AssessedRow>,
}

/// What was last decided about a referral to MARAC.
#[derive(Clone, Debug)]
pub struct MaracLine {
    /// What.
    pub answer: &'static str,
    /// On which grounds.
    pub grounds: Vec<&'static str>,
    /// Why.
    pub why: Option<Words>,
    /// When.
    pub when: String,
}

/// How risk stands: ours and others' apart, and what was decided about a referral.
#[derive(Template)]
#[template(path = "risk/view.html")]
pub struct RiskViewPage {
    /// The frame.
    pub frame: Frame,
    /// The case.
    pub case: CaseFrame,
    /// Our latest.
    pub ours: Option<AssessedRow>,
    /// Risk from each, where several do harm.
    pub from: Vec<FromWhom>,
    /// Our earlier ones, newest first.
    pub before: Vec<AssessedRow>,
    /// Whether the questions of ours were not the same each time.
    pub questions_differ: bool,
    /// Another agency's latest.
    pub others: Option<AssessedRow>,
    /// The instruments that can be asked now.
    pub ask: Vec<Link>,
    /// Where one made elsewhere is recorded.
    pub record: Link,
    /// What was last decided.
    pub marac: Option<MaracLine>,
    /// Where it is decided.
    pub decide: Link,
    /// The MARAC areas, each with what it states.
    pub areas: Vec<(String, String)>,
}

crate::pages!(RiskPage, RiskViewPage);
