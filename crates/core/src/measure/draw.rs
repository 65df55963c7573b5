//! Drawing cases for an audit, so that nobody chooses them and anybody can draw the same again.
//!
//! Each case gets a rank from a seed, the rule and the case, and the lowest are drawn. Who draws writes the seed down
//! before looking; with it an auditor finds the same cases.

use crate::pack::Sample;
use sha2::{Digest, Sha256};

/// A case that may be drawn, by an opaque name, and whether the rule always takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawable {
    /// Its opaque name.
    pub case: String,
    /// Whether the rule's `always` holds for it.
    pub always: bool,
}

/// The cases that a rule draws, in order of rank, those that are always taken after them. One that is always taken
/// does not use up a place.
pub fn draw<'c>(sample: &Sample, cases: &'c [Drawable], seed: &[u8]) -> Vec<&'c Drawable> {
    let mut ranked: Vec<([u8; 32], &Drawable)> = cases
        .iter()
        .map(|case| (rank(sample, case, seed), case))
        .collect();
    ranked.sort_by(|(one, case), (other, next)| (one, &case.case).cmp(&(other, &next.case)));
    let (always, drawn): (Vec<_>, Vec<_>) = ranked
        .into_iter()
        .map(|(_, case)| case)
        .partition(|case| case.always);
    let wanted = sample
        .many
        .of(cases.len())
        .max(usize::try_from(sample.at_least).unwrap_or(usize::MAX));
    drawn.into_iter().take(wanted).chain(always).collect()
}

fn rank(sample: &Sample, case: &Drawable, seed: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in [seed, sample.id.as_bytes(), case.case.as_bytes()] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::{HowMany, Period, SampleOf};

    fn sample(many: HowMany, at_least: u32) -> Sample {
        Sample {
            id: "audit".to_owned(),
            title: "Audit".to_owned(),
            of: SampleOf::ClosedCases,
            many,
            at_least,
            always: None,
            period: Period::Quarter,
            standard: None,
            who: Vec::new(),
            own_cases: false,
            clauses: Vec::new(),
            note: None,
        }
    }

    fn cases(many: usize) -> Vec<Drawable> {
        let case = |number| Drawable {
            case: format!("case-{number}"),
            always: number == 0,
        };
        (0..many).map(case).collect()
    }

    #[test]
    fn a_third_of_44_cases_is_15_and_never_less() {
        let drawn = |many, at_least, of| draw(&sample(many, at_least), &cases(of)[1..], b"seed").len();
        assert_eq!(drawn(HowMany::OneIn(3), 0, 45), 15);
        assert_eq!(drawn(HowMany::Percent(10), 0, 45), 5);
        assert_eq!(drawn(HowMany::Percent(10), 8, 45), 8);
        assert_eq!(drawn(HowMany::Count(50), 0, 45), 44);
        assert_eq!(drawn(HowMany::OneIn(3), 2, 1), 0);
    }

    #[test]
    fn the_same_seed_draws_the_same_cases_in_any_order_and_another_seed_others() {
        let (rule, forward) = (sample(HowMany::OneIn(4), 0), cases(200));
        let mut backward = forward.clone();
        backward.reverse();
        let first = draw(&rule, &forward, b"one");
        assert_eq!(first, draw(&rule, &backward, b"one"));
        assert_ne!(first, draw(&rule, &forward, b"two"));
    }

    #[test]
    fn a_case_that_is_always_taken_uses_up_no_place() {
        let cases = cases(8);
        let drawn = draw(&sample(HowMany::OneIn(4), 0), &cases, b"seed");
        assert_eq!(drawn.len(), 3);
        assert_eq!(drawn.iter().filter(|case| case.always).count(), 1);
    }
}
