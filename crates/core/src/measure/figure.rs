//! A figure with what it is made of.

use super::tally::Tally;
use crate::pack::Target;

/// A figure: how many of how many, and everything that was left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Figure {
    /// How many.
    pub numerator: u64,
    /// Of how many.
    pub denominator: u64,
    /// How many were asked, where people were asked.
    pub asked: Option<u64>,
    /// How many of them answered.
    pub answered: Option<u64>,
    /// The clocks it was counted over, state by state, where it was counted over clocks.
    pub tally: Option<Tally>,
    /// The middle length of time in seconds, where a length of time is asked for.
    pub median_seconds: Option<i64>,
}

impl Figure {
    /// Whether a target is met, by the numbers themselves and not by a rounded share. Nothing without a target, or
    /// with nothing to show yet.
    pub fn meets(&self, target: Option<Target>) -> Option<bool> {
        if self.denominator == 0 {
            return None;
        }
        let hundredfold = u128::from(self.numerator) * 100;
        let of = |percent: u32| u128::from(percent) * u128::from(self.denominator);
        target.map(|target| match target {
            Target::AtLeast(percent) => hundredfold >= of(percent),
            Target::AtMost(percent) => hundredfold <= of(percent),
        })
    }

    /// The share in words, if there is anything to take it of.
    pub fn percent(&self) -> Option<String> {
        percent_words(self.numerator, self.denominator)
    }
}

/// A share in percent with one decimal: `97.7`. Only all is 100.0 and only none is 0.0.
pub fn percent_words(numerator: u64, denominator: u64) -> Option<String> {
    if denominator == 0 {
        return None;
    }
    let (n, d) = (u128::from(numerator), u128::from(denominator));
    let tenths = (n * 2000 + d) / (2 * d);
    let tenths = match (n, tenths) {
        (0, _) => 0,
        (n, _) if n == d => 1000,
        (n, tenths) if n < d => tenths.clamp(1, 999),
        (_, tenths) => tenths,
    };
    Some(format!("{}.{}", tenths / 10, tenths % 10))
}
