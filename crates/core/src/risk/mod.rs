//! Risk: instruments as versioned data, the answers to one, what they add up to, and the grounds for a MARAC.
//!
//! Nothing here decides a level or a referral. It counts, says what the count could be, and says which grounds stand;
//! a named person decides. The items of one version never change: an assessment keeps the version that
//! it was made with, and counts of different sets of questions are never compared.

mod answer;
mod area;
mod grounds;
mod instrument;

#[cfg(test)]
mod tests;

pub use answer::{Answer, Count, RiskAnswer, ToldBy};
pub use area::{Escalation, IncidentKind, MaracArea, Repeat, RepeatFrom};
pub use grounds::{Ground, GroundKind, GroundState, Known, grounds};
pub use instrument::{BUILT_IN, Detail, Instrument, Item, QuestionSet, Wording};

/// The MARAC area of the tests.
#[cfg(test)]
pub(crate) fn trial_area() -> MaracArea {
    MaracArea {
        id: "valley".into(),
        title: "The valley".into(),
        count: Some(14),
        question_set: "24-topics".into(),
        bands: vec![("medium".into(), 10), ("high".into(), 14)],
        escalation: Some(Escalation {
            n: 3,
            of: IncidentKind::PoliceReported,
            months: 12,
        }),
        repeat: Some(Repeat {
            months: 12,
            from: RepeatFrom::Referral,
        }),
        local: vec![("others-threaten".into(), "Honour-based abuse".into())],
        source: "the area's protocol".into(),
        checked: jiff::civil::date(2026, 3, 1),
    }
}

/// The instruments of the tests: the built-in questions under their own name.
#[cfg(test)]
pub(crate) fn trial_instruments() -> Vec<Instrument> {
    BUILT_IN.iter().map(Instrument::from).collect()
}
