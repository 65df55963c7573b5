//! With what the policy has risk assessed, and whose assessments count.
//!
//! The questions of an instrument stand elsewhere; this says which one the policy means, in its own words.

use super::condition::Span;

/// One way in which risk is assessed.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// Its id, which is also the code of its instrument.
    pub id: String,
    /// Its title.
    pub title: String,
    /// As the policy prints it, if that differs.
    pub printed: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// How many questions it has.
    pub questions: Option<u32>,
    /// The set of questions that we ask with it.
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
