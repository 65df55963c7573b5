//! Which grounds for a referral are met, area by area, judged over coded facts alone.
//!
//! A ground that is met refers nobody: a person decides, with a reason either way.

use super::holds;
use crate::coded::CodedFact;
use crate::pack::{Pack, Referral};
use jiff::Timestamp;

/// One place to refer to, with each of its grounds and whether it is met.
#[derive(Clone, Debug, PartialEq)]
pub struct ReferralFound<'p> {
    /// Where to, with its source.
    pub referral: &'p Referral,
    /// Each ground in the pack's words, and whether it is met.
    pub grounds: Vec<(&'p str, bool)>,
}

impl ReferralFound<'_> {
    /// Whether any ground is met.
    pub fn is_met(&self) -> bool {
        self.grounds.iter().any(|(_, met)| *met)
    }
}

/// Every place to refer to that serves an area. Where the area is not known, all of them: a threshold of somewhere
/// is better looked at than none.
pub fn referral_grounds<'p>(
    pack: &'p Pack,
    area: Option<&str>,
    facts: &[CodedFact],
    now: Timestamp,
) -> Vec<ReferralFound<'p>> {
    let serves = |referral: &&Referral| {
        referral.area.is_empty() || area.is_none_or(|area| referral.area.iter().any(|served| served == area))
    };
    let found = pack.referrals.iter().filter(serves);
    found
        .map(|referral| ReferralFound {
            referral,
            grounds: referral
                .grounds
                .iter()
                .map(|ground| (ground.says.as_str(), holds(&ground.when, pack, facts, now)))
                .collect(),
        })
        .collect()
}
