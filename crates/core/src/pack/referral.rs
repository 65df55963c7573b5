//! Where cases are referred that meet one of several grounds, area by area.
//!
//! No threshold is built in: a number is somebody's, with a source and a day on which it was checked.

use super::condition::Condition;
use jiff::civil::Date;

/// Where cases are referred that meet one of several grounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Referral {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// To which kind of agency.
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
