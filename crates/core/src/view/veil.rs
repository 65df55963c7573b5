//! What hides a withheld address or number wherever it was written, other people's words included.

use super::Grant;
use crate::case::Case;
use crate::contact::{RouteKey, letters};
use crate::fact::{Fact, HomeTold, Part, RouteKind, RouteTold};
use crate::words::Words;

/// What stands in the place of words that this looker may not see. A form that sends it back keeps what was there.
pub const WITHHELD: &str = "[withheld: it holds an address or number that you may not see]";

/// The texts that must not appear in a view: everything ever told, corrected or not, that this looker may not see.
pub(super) struct Veil {
    hidden: Vec<String>,
}

/// Shorter texts hide only words that are nothing else: a name of two letters stands in half of all words.
const LONG_ENOUGH_TO_LOOK_FOR: usize = 5;

impl Veil {
    /// What is hidden from this looker.
    pub(super) fn over(case: &Case, grant: &Grant) -> Veil {
        let mut hidden: Vec<String> = case
            .ever_told()
            .filter_map(|told| match &told.fact {
                Fact::HomeTold(home) => withheld_home(home).filter(|_| !grant.addresses),
                Fact::RouteTold(route) => contact(case, route).filter(|_| !grant.contacts),
                _ => None,
            })
            .filter(|text| !text.is_empty())
            .collect();
        hidden.sort();
        hidden.dedup();
        Veil { hidden }
    }

    /// The words, unless something hidden stands in them.
    pub(super) fn words(&self, words: &Words) -> Words {
        if self.hides(words) {
            Words::new(WITHHELD)
        } else {
            words.clone()
        }
    }

    /// The words if there are any, unless something hidden stands in them.
    pub(super) fn maybe(&self, words: &Option<Words>) -> Option<Words> {
        words.as_ref().map(|words| self.words(words))
    }

    fn hides(&self, words: &Words) -> bool {
        if self.hidden.is_empty() {
            return false;
        }
        let plain = letters(words.reveal());
        self.hidden.iter().any(|text| {
            let inside = text.len() >= LONG_ENOUGH_TO_LOOK_FOR && plain.contains(text.as_str());
            inside || plain == *text
        })
    }
}

/// An address that was withheld once stays withheld, wherever else it was written.
fn withheld_home(home: &HomeTold) -> Option<String> {
    let address = home.address.as_ref().filter(|_| home.withheld)?;
    Some(letters(address.reveal()))
}

/// A number, address or account of anybody but a perpetrator, as it would stand in a sentence. The name of somebody
/// through whom messages go is no contact of its own.
fn contact(case: &Case, route: &RouteTold) -> Option<String> {
    if case.part_of(route.person) == Some(Part::Perpetrator) {
        return None;
    }
    match route.kind {
        // Without the country and the first nought, in which spellings differ.
        RouteKind::Telephone => {
            let key = RouteKey::of(route.kind, &route.value);
            Some(key.reveal().trim_start_matches(['+', '0']).to_owned())
        }
        RouteKind::Email | RouteKind::Post | RouteKind::Place | RouteKind::App => {
            Some(letters(route.value.reveal()))
        }
        RouteKind::Through => None,
    }
}

/// Whether an address of this kind is one that must be withheld with the home.
pub(super) fn is_address(kind: RouteKind) -> bool {
    match kind {
        RouteKind::Post | RouteKind::Place => true,
        RouteKind::Telephone | RouteKind::Email | RouteKind::App | RouteKind::Through => false,
    }
}
