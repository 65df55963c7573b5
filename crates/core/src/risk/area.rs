//! A MARAC area: on which grounds it takes a referral, as data with source and date. No number here is law.

use crate::codes::codes;
use jiff::civil::Date;

codes! {
    /// What an area counts towards escalation.
    IncidentKind {
        Incidents = "incidents", "incidents, reported or not";
        PoliceReported = "police_reported", "incidents reported to the police";
        Crimes = "crimes", "crimes recorded";
    }
}

codes! {
    /// From which day an area counts a repeat.
    RepeatFrom {
        Referral = "referral", "the last referral";
        Meeting = "meeting", "the last meeting";
    }
}

/// When an area sees escalation: so many within so many months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escalation {
    /// How many.
    pub n: u16,
    /// Of what.
    pub of: IncidentKind,
    /// Within so many months.
    pub months: u16,
}

/// When an area sees a repeat: anything further between the same people within so many months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeat {
    /// Within so many months.
    pub months: u16,
    /// Of which day.
    pub from: RepeatFrom,
}

/// A MARAC area and its grounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaracArea {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// How many yes answers are a ground by themselves. Nothing means: not stated.
    pub count: Option<u8>,
    /// The set of questions that the count is of.
    pub question_set: String,
    /// The least level that a count stands for, by level and the count from which it holds; mildest first.
    pub bands: Vec<(String, u8)>,
    /// When it sees escalation; nothing means: not stated.
    pub escalation: Option<Escalation>,
    /// When it sees a repeat; nothing means: not stated.
    pub repeat: Option<Repeat>,
    /// Grounds of its own: a yes to this item is one, with what it is called.
    pub local: Vec<(String, String)>,
    /// Where this was read, or who said it.
    pub source: String,
    /// When it was last checked.
    pub checked: Date,
}

impl MaracArea {
    /// The least level that a count stands for here, if the area has bands.
    pub fn least_level(&self, yes: u8) -> Option<&str> {
        self.bands
            .iter()
            .rev()
            .find(|(_, from)| yes >= *from)
            .map(|(level, _)| level.as_str())
    }
}
