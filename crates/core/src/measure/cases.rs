//! Counting cases: in how many something is so, and what people answered who were asked.

use super::figure::Figure;
use crate::coded::{CodedFact, Value, visible};
use crate::obligation::holds;
use crate::pack::{Counted, Denominator, FactMatch, MeasureRule, Pack};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// One case: when it was identified, and its coded facts.
#[derive(Clone, Copy, Debug)]
pub struct CaseRow<'a> {
    /// When the report that it grew from was received.
    pub identified: Timestamp,
    /// Its facts.
    pub facts: &'a [CodedFact],
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
    for case in cases
        .into_iter()
        .filter(|case| from <= case.identified && case.identified < to)
    {
        match &measure.counts {
            Counted::Obligation(_) => {}
            Counted::Cases => {
                figure.numerator += 1;
                figure.denominator += 1;
            }
            Counted::CasesWith(condition) => {
                figure.numerator += u64::from(holds(condition, pack, case.facts, now));
                figure.denominator += 1;
            }
            Counted::Answers {
                asked,
                answered,
                with,
            } => {
                count_answers(
                    &mut figure,
                    measure.denominator,
                    case.facts,
                    (asked, answered, with),
                    now,
                );
            }
        }
    }
    figure
}

fn count_answers(
    figure: &mut Figure,
    denominator: Denominator,
    facts: &[CodedFact],
    (asked, answered, with): (&FactMatch, &FactMatch, &BTreeMap<String, Vec<Value>>),
    now: Timestamp,
) {
    let known = visible(facts, now);
    let latest_answer = known
        .iter()
        .filter(|fact| answered.fits(fact))
        .max_by_key(|fact| (fact.times.happened, fact.position));
    let was_asked = latest_answer.is_some() || known.iter().any(|fact| asked.fits(fact));
    let counts = latest_answer.is_some_and(|answer| {
        FactMatch {
            kind: answered.kind,
            with: with.clone(),
        }
        .fits(answer)
    });
    *figure.asked.get_or_insert(0) += u64::from(was_asked);
    *figure.answered.get_or_insert(0) += u64::from(latest_answer.is_some());
    figure.numerator += u64::from(counts);
    figure.denominator += match denominator {
        Denominator::All => 1,
        Denominator::Asked => u64::from(was_asked),
        Denominator::Answered => u64::from(latest_answer.is_some()),
    };
}
