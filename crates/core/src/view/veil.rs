//! What hides a withheld address or number wherever it was written, other people's words included.

use super::Grant;
use crate::case::Case;
use crate::contact::letters;
use crate::fact::{Part, RouteKind};
use crate::words::Words;

/// The texts that must not appear in a view.
pub(super) struct Veil {
    hidden: Vec<String>,
}

impl Veil {
    /// What is hidden from this looker.
    pub(super) fn over(case: &Case, grant: &Grant) -> Veil {
        let mut hidden = Vec::new();
        if !grant.addresses {
            hidden.extend(
                homes(case)
                    .filter(|home| home.withheld)
                    .filter_map(|home| home.address.as_ref().map(|address| letters(address.reveal()))),
            );
        }
        if !grant.contacts {
            let not_perpetrators = case
                .routes
                .iter()
                .filter(|known| case.part_of(known.told.fact.person) != Some(Part::Perpetrator));
            hidden.extend(not_perpetrators.map(|known| letters(known.told.fact.value.reveal())));
        }
        hidden.retain(|text| !text.is_empty());
        Veil { hidden }
    }

    /// The words, unless something hidden stands in them.
    pub(super) fn words(&self, words: &Words) -> Words {
        if self.hides(words) {
            Words::new("[withheld: it holds an address or number that you may not see]")
        } else {
            words.clone()
        }
    }

    /// The words if there are any, unless something hidden stands in them.
    pub(super) fn maybe(&self, words: &Option<Words>) -> Option<Words> {
        words.as_ref().map(|words| self.words(words))
    }

    fn hides(&self, words: &Words) -> bool {
        let plain = letters(words.reveal());
        self.hidden.iter().any(|text| plain.contains(text.as_str()))
    }
}

/// Every telling of the home that counts or has counted: an address that was withheld once stays withheld.
fn homes(case: &Case) -> impl Iterator<Item = &crate::fact::HomeTold> {
    case.timeline.iter().filter_map(|told| match &told.fact {
        crate::fact::Fact::HomeTold(home) => Some(home),
        _ => None,
    })
}

/// Whether an address of this kind is one that must be withheld with the home.
pub(super) fn is_address(kind: RouteKind) -> bool {
    match kind {
        RouteKind::Post | RouteKind::Place => true,
        RouteKind::Telephone | RouteKind::Email | RouteKind::App | RouteKind::Through => false,
    }
}
