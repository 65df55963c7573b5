//! The three families of signs, which never mix: time is a washed tag, risk is the plum half-round, contact is an icon
//! with words. None of them says anything by colour alone.

use fanlight_core::fact::Way;

/// A small drawing beside words; never instead of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// A telephone receiver.
    Telephone,
    /// A speech bubble: a text or a message.
    Text,
    /// An envelope.
    Letter,
    /// An at sign in a screen: email.
    Email,
    /// A house.
    House,
    /// A person.
    Person,
    /// A speech bubble with lines: what to say.
    Say,
    /// A bar in an octagon: not.
    No,
    /// A question mark in a circle: not known.
    Unknown,
    /// A tick.
    Yes,
    /// A cross.
    Cross,
    /// A clock.
    Clock,
    /// A looking glass.
    Look,
    /// A triangle with a stroke: danger, or mind this.
    Danger,
    /// A padlock.
    Lock,
    /// An eye.
    Eye,
    /// A key.
    Key,
    /// A circle with a stroke: refused.
    Refused,
    /// A sheet of paper.
    Paper,
}

impl Icon {
    fn drawing(self) -> &'static str {
        match self {
            Icon::Telephone => {
                r#"<path d="M5.500 2.800L8 2.500l1.600 4-2 1.700c.8 1.900 2.200 3.300 4.200 4.200l1.700-2 4 1.600-.3 2.500c-.2 1.500-1.400 2.500-2.900 2.300C8 16 4 12 3.200 5.700 3 4.200 4 3 5.500 2.800z"/>"#
            }
            Icon::Text => r#"<path d="M3 4h14v10H9l-4 3v-3H3z"/>"#,
            Icon::Letter => r#"<path d="M2.500 4.500h15v11h-15zM2.500 5l7.500 6 7.500-6"/>"#,
            Icon::Email => {
                r#"<path d="M2.500 3.500h15v10h-15zM7 17.500h6M10 13.500v4M5.500 6.500L10 9.500l4.500-3"/>"#
            }
            Icon::House => r#"<path d="M3 9.500L10 3l7 6.500M5 8v9h10V8"/>"#,
            Icon::Person => {
                r#"<circle cx="10" cy="6.500" r="3.500"/><path d="M3 17.500c.6-4 3.400-5.500 7-5.500s6.400 1.500 7 5.500"/>"#
            }
            Icon::Say => r#"<path d="M3 4h14v10H9l-4 3v-3H3zM6.500 7.800h7M6.500 10.500h4.500"/>"#,
            Icon::No => {
                r#"<path d="M6.300 1.500h7.400l4.800 4.800v7.400l-4.800 4.800H6.300l-4.800-4.800V6.300z"/><path d="M6 10h8"/>"#
            }
            Icon::Unknown => {
                r#"<circle cx="10" cy="10" r="7.500"/><path d="M7.800 7.800c.2-1.300 1.100-2 2.300-2 1.300 0 2.300.8 2.300 2 0 1.700-2.300 1.800-2.300 3.700M10.100 14.200v.1"/>"#
            }
            Icon::Yes => r#"<path d="M4 11l4.500 4.500L16.500 5.500"/>"#,
            Icon::Cross => r#"<path d="M5 5l10 10M15 5L5 15"/>"#,
            Icon::Clock => r#"<circle cx="10" cy="10" r="7.500"/><path d="M10 5.800V10l3 2"/>"#,
            Icon::Look => {
                r#"<circle cx="8.500" cy="8.500" r="5.500"/><path d="M12.800 12.800L17.500 17.500"/>"#
            }
            Icon::Danger => r#"<path d="M10 2.800L18.200 17H1.800zM10 8v4.200M10 14.600v.1"/>"#,
            Icon::Lock => r#"<path d="M4.500 9h11v8h-11zM7 9V6.200a3 3 0 0 1 6 0V9"/>"#,
            Icon::Eye => {
                r#"<path d="M1.800 10S4.800 4.800 10 4.800 18.200 10 18.200 10 15.200 15.200 10 15.200 1.800 10 1.800 10z"/><circle cx="10" cy="10" r="2.200"/>"#
            }
            Icon::Key => {
                r#"<circle cx="6.500" cy="13.500" r="3.500"/><path d="M9 11l7.500-7.500M13 7l2.500 2.500"/>"#
            }
            Icon::Refused => r#"<circle cx="10" cy="10" r="7.500"/><path d="M4.800 15.200L15.200 4.800"/>"#,
            Icon::Paper => r#"<path d="M5 2.500h7l3.500 3.500v11.500H5zM8 9h5M8 12.500h5"/>"#,
        }
    }
}

impl std::fmt::Display for Icon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(r#"<svg class="i" viewBox="0 0 20 20" aria-hidden="true" focusable="false">"#)?;
        f.write_str(self.drawing())?;
        f.write_str("</svg>")
    }
}

// Only the fixed drawings above are ever written.
impl askama::filters::HtmlSafe for Icon {}

/// The icon of a way of making contact.
pub fn icon_of(way: Way) -> Icon {
    match way {
        Way::Call | Way::Voicemail => Icon::Telephone,
        Way::Text | Way::App => Icon::Text,
        Way::Email => Icon::Email,
        Way::Letter => Icon::Letter,
        Way::Visit => Icon::House,
        Way::Through => Icon::Person,
    }
}

/// How full the half-round of risk is. A pack's own scale chooses the shape of each of its levels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// The highest level.
    Full,
    /// One between.
    Half,
    /// The lowest level.
    Outline,
    /// Not assessed: drawn thin, and never the same as low.
    #[default]
    NotKnown,
}

/// The risk sign.
#[derive(Clone, Debug, Default)]
pub struct RiskSign {
    /// Its shape.
    pub shape: Shape,
    /// The level, in the pack's words.
    pub words: String,
}

impl RiskSign {
    /// The sign of a case whose risk was never assessed.
    pub fn not_known() -> Self {
        RiskSign {
            shape: Shape::NotKnown,
            words: "Not yet known".to_owned(),
        }
    }

    /// The stylesheet's word for the shape.
    pub fn class(&self) -> &'static str {
        match self.shape {
            Shape::Full => "fl-risk--high",
            Shape::Half => "fl-risk--medium",
            Shape::Outline => "fl-risk--standard",
            Shape::NotKnown => "fl-risk--unknown",
        }
    }
}

/// Whether contact may be made, as a sign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum May {
    /// Yes, now.
    Yes,
    /// Not now, or never.
    No,
    /// Nothing is known: not known counts as no.
    NotKnown,
    /// This piece of work needs no contact.
    #[default]
    NoneNeeded,
}

/// "May I make contact?", answered in one line.
#[derive(Clone, Debug, Default)]
pub struct WaySign {
    /// The answer.
    pub may: May,
    /// The way it is about, where there is one.
    pub way: Option<Way>,
    /// The answer in words: "Call now, until 11:30".
    pub words: String,
}

impl WaySign {
    /// The sign of work for which nobody has to be called.
    pub fn none_needed() -> Self {
        WaySign {
            may: May::NoneNeeded,
            way: None,
            words: "None needed".to_owned(),
        }
    }

    /// The stylesheet's word for the answer.
    pub fn class(&self) -> &'static str {
        match self.may {
            May::Yes => "fl-way--yes",
            May::No | May::NotKnown => "fl-way--no",
            May::NoneNeeded => "fl-way--none",
        }
    }

    /// The drawing before the words.
    pub fn icon(&self) -> Option<Icon> {
        match self.may {
            May::Yes => Some(self.way.map_or(Icon::Yes, icon_of)),
            May::No => Some(Icon::No),
            May::NotKnown => Some(Icon::Unknown),
            May::NoneNeeded => None,
        }
    }
}

/// How a promise stands in time, or a thing in its state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Late, missed, danger.
    Late,
    /// Due today, behind, waiting.
    Today,
    /// Kept, holds, done.
    Kept,
    /// Neither yet.
    #[default]
    Plain,
    /// Nothing to show.
    Nothing,
}

impl Tone {
    /// The stylesheet's word for it.
    pub fn class(self) -> &'static str {
        match self {
            Tone::Late => "fl-tag--late",
            Tone::Today => "fl-tag--today",
            Tone::Kept => "fl-tag--kept",
            Tone::Plain => "fl-tag--plain",
            Tone::Nothing => "fl-tag--none",
        }
    }
}

/// The washed tag that is kept for time and state.
#[derive(Clone, Debug, Default)]
pub struct TimeTag {
    /// Its wash.
    pub tone: Tone,
    /// Its words: "1 h 18 left", "Kept", "Missed".
    pub words: String,
}

impl TimeTag {
    /// A tag.
    pub fn new(tone: Tone, words: impl Into<String>) -> Self {
        TimeTag {
            tone,
            words: words.into(),
        }
    }
}

/// Where in the landlord's policy a promise stands.
#[derive(Clone, Debug, Default)]
pub struct Clause {
    /// "settle 7.1".
    pub words: String,
    /// Where the clause is explained; empty if this looker has no such page.
    pub href: String,
}

/// One row of a list of things already said.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// What it is.
    pub key: String,
    /// What was said.
    pub value: String,
    /// Where it can be changed, or nothing.
    pub change: String,
    /// The word on that link.
    pub change_word: String,
    /// What only those who listen need to hear after it.
    pub change_hidden: String,
}

/// Whether any row can be changed.
pub fn any_change(rows: &[Row]) -> bool {
    rows.iter().any(|row| !row.change.is_empty())
}

/// A cell of a plain table.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// Its words.
    pub text: String,
    /// Whether it is a number.
    pub numeric: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn risk_that_was_never_assessed_does_not_look_like_low_risk() {
        let low = RiskSign {
            shape: Shape::Outline,
            words: "Standard".to_owned(),
        };
        assert_ne!(low.class(), RiskSign::not_known().class());
        assert_ne!(low.words, RiskSign::not_known().words);
        assert_eq!(RiskSign::default().class(), RiskSign::not_known().class());
    }

    #[test]
    fn a_refused_way_shows_no_telephone() {
        let sign = WaySign {
            may: May::No,
            way: Some(Way::Call),
            words: "Not now; from 17:30".to_owned(),
        };
        assert_eq!(sign.icon(), Some(Icon::No));
    }
}
