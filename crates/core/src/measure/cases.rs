//! Counting cases: in how many something is so, and what people answered who were asked.
//!
//! What one case adds to each measure is a handful of small numbers. They are kept with its summary, so that a report
//! is one pass over summaries, and they are part of what is left of a case that is erased.

use super::figure::Figure;
use crate::coded::{CodedFact, Value, visible};
use crate::obligation::holds;
use crate::pack::{Counted, Denominator, FactMatch, MeasureRule, Pack};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One case: when it was identified, and its coded facts.
#[derive(Clone, Copy, Debug)]
pub struct CaseRow<'a> {
    /// When the report that it grew from was received.
    pub identified: Timestamp,
    /// Its facts.
    pub facts: &'a [CodedFact],
}

/// What one case adds to every measure over cases: no word, no person, no fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseBone {
    /// The stamp of the pack by whose measures it was counted.
    pub pack: String,
    /// When the report that it grew from was received.
    pub identified: Timestamp,
    /// What it adds, by measure.
    pub adds: BTreeMap<String, Adds>,
}

/// What one case adds to one measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adds {
    /// To the numerator.
    pub numerator: bool,
    /// To the denominator.
    pub denominator: bool,
    /// Whether the person was asked, where a measure asks that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<bool>,
    /// Whether the person answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<bool>,
}

impl CaseBone {
    /// What a case adds to the measures of its pack, as known at a moment.
    pub fn of(pack: &Pack, case: CaseRow<'_>, now: Timestamp) -> Self {
        let adds = |measure: &MeasureRule| Some((measure.id.clone(), adds(measure, pack, case.facts, now)?));
        CaseBone {
            pack: pack.stamp(),
            identified: case.identified,
            adds: pack.measures.iter().filter_map(adds).collect(),
        }
    }
}

/// A measure counted over what is kept of the cases identified in the period, its end left out.
pub fn over_case_bones<'a>(
    measure: &MeasureRule,
    cases: impl IntoIterator<Item = &'a CaseBone>,
    from: Timestamp,
    to: Timestamp,
) -> Figure {
    let mut figure = Figure::default();
    let within = cases
        .into_iter()
        .filter(|case| from <= case.identified && case.identified < to);
    for adds in within.filter_map(|case| case.adds.get(&measure.id)) {
        figure.take(*adds);
    }
    figure
}

/// A measure counted over the cases identified in the period, its end left out.
pub fn over_cases<'a>(
    measure: &MeasureRule,
    pack: &Pack,
    cases: impl IntoIterator<Item = CaseRow<'a>>,
    from: Timestamp,
    to: Timestamp,
    now: Timestamp,
) -> Figure {
    let mut figure = Figure::default();
    let within = cases
        .into_iter()
        .filter(|case| from <= case.identified && case.identified < to);
    for adds in within.filter_map(|case| adds(measure, pack, case.facts, now)) {
        figure.take(adds);
    }
    figure
}

impl Figure {
    fn take(&mut self, adds: Adds) {
        self.numerator += u64::from(adds.numerator);
        self.denominator += u64::from(adds.denominator);
        for (count, one) in [(&mut self.asked, adds.asked), (&mut self.answered, adds.answered)] {
            if let Some(one) = one {
                *count = Some(count.unwrap_or(0) + u64::from(one));
            }
        }
    }
}

/// What a case adds to a measure; nothing if the measure is counted over clocks.
fn adds(measure: &MeasureRule, pack: &Pack, facts: &[CodedFact], now: Timestamp) -> Option<Adds> {
    let counted = |numerator| Adds {
        numerator,
        denominator: true,
        ..Adds::default()
    };
    match &measure.counts {
        Counted::Obligation(_) => None,
        Counted::Cases => Some(counted(true)),
        Counted::CasesWith(condition) => Some(counted(holds(condition, pack, facts, now))),
        Counted::Answers {
            asked,
            answered,
            with,
        } => Some(answers(measure.denominator, facts, (asked, answered, with), now)),
    }
}

fn answers(
    denominator: Denominator,
    facts: &[CodedFact],
    (asked, answered, with): (&FactMatch, &FactMatch, &BTreeMap<String, Vec<Value>>),
    now: Timestamp,
) -> Adds {
    let known = visible(facts, now);
    let answers = known.iter().filter(|fact| answered.fits(fact));
    let latest = answers.max_by_key(|fact| (fact.times.happened, fact.position));
    let has_answered = latest.is_some();
    let was_asked = has_answered || known.iter().any(|fact| asked.fits(fact));
    let wanted = FactMatch {
        no_fewer_than: BTreeMap::new(),
        no_more_than: BTreeMap::new(),
        kind: answered.kind,
        with: with.clone(),
    };
    Adds {
        numerator: latest.is_some_and(|answer| wanted.fits(answer)),
        denominator: match denominator {
            Denominator::All => true,
            Denominator::Asked => was_asked,
            Denominator::Answered => has_answered,
        },
        asked: Some(was_asked),
        answered: Some(has_answered),
    }
}
