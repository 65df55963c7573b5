//! Instruments with which risk is assessed, and where what they find leads: grounds for a referral, area by area.
//!
//! No threshold is built in: a number is somebody's, with a source and a day on which it was checked. The questions of an
//! instrument stand with the instruments; here a pack says which count, whose, and how old.

use super::condition::{Condition, Span};
use jiff::civil::Date;

/// An instrument.
#[derive(Clone, Debug, PartialEq)]
pub struct Instrument {
    /// Its id, as assessments name it.
    pub id: String,
    /// Its title.
    pub title: String,
    /// As the policy prints it, if that differs.
    pub printed: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// How many questions it has.
    pub questions: Option<u32>,
    /// The set of questions that is asked with it.
    pub question_set: String,
    /// The scale on which it grades.
    pub scale: Option<String>,
    /// Whose assessments with it count: ours, another agency's.
    pub by: Vec<String>,
    /// How old another agency's may be.
    pub no_older_than: Option<Span>,
    /// The clauses.
    pub clauses: Vec<String>,
    /// Anything a reader should know.
    pub note: Option<String>,
}

/// Where cases are referred that meet one of several grounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Referral {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// To what: MARAC, or a kind of agency.
    pub to: String,
    /// The areas or councils where these grounds count; none named means everywhere.
    pub area: Vec<String>,
    /// The grounds, of which any is enough.
    pub grounds: Vec<ReferralGround>,
    /// Where they come from.
    pub source: String,
    /// When they were last checked.
    pub checked: Option<Date>,
    /// The clauses.
    pub clauses: Vec<String>,
    /// Anything a reader should know.
    pub note: Option<String>,
}

/// One ground for a referral.
#[derive(Clone, Debug, PartialEq)]
pub struct ReferralGround {
    /// What it is, in the pack's words.
    pub says: String,
    /// When it is met.
    pub when: Condition,
}
