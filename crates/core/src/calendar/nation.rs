//! The three parts of the United Kingdom that have bank holidays of their own.

use super::fault::{CalendarFault, shortened};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Whose bank holidays count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Nation {
    /// England and Wales.
    EnglandAndWales,
    /// Scotland: no Easter Monday, an earlier summer holiday, 2 January and St Andrew's Day.
    Scotland,
    /// Northern Ireland: as England and Wales, with St Patrick's Day and the Battle of the Boyne.
    NorthernIreland,
}

impl Nation {
    /// All three.
    pub const ALL: [Nation; 3] = [Nation::EnglandAndWales, Nation::Scotland, Nation::NorthernIreland];

    /// As written in packs and on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Nation::EnglandAndWales => "england-and-wales",
            Nation::Scotland => "scotland",
            Nation::NorthernIreland => "northern-ireland",
        }
    }

    /// As written for people.
    pub fn name(self) -> &'static str {
        match self {
            Nation::EnglandAndWales => "England and Wales",
            Nation::Scotland => "Scotland",
            Nation::NorthernIreland => "Northern Ireland",
        }
    }
}

impl FromStr for Nation {
    type Err = CalendarFault;

    fn from_str(given: &str) -> Result<Self, CalendarFault> {
        Nation::ALL
            .into_iter()
            .find(|nation| nation.key() == given)
            .ok_or_else(|| CalendarFault::UnknownNation {
                given: shortened(given),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stored_word_and_the_command_line_word_are_the_same() {
        for nation in Nation::ALL {
            let stored = serde_json::to_string(&nation).unwrap();
            assert_eq!(stored, format!("\"{}\"", nation.key()));
            assert_eq!(nation.key().parse(), Ok(nation));
        }
    }
}
