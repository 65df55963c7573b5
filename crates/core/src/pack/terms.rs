//! Which pack was in force when.

use super::Pack;
use jiff::Timestamp;
use std::sync::Arc;

/// The packs in force over time, oldest first: an obligation uses the one in force when its trigger was received.
#[derive(Clone, Debug)]
pub struct Terms {
    versions: Vec<(Timestamp, Arc<Pack>)>,
}

impl Terms {
    /// One pack, in force at all times.
    pub fn of(pack: Arc<Pack>) -> Self {
        Terms {
            versions: vec![(Timestamp::MIN, pack)],
        }
    }

    /// Several versions, each with the moment from which it is in force.
    pub fn over_time(mut versions: Vec<(Timestamp, Arc<Pack>)>) -> Self {
        versions.sort_by_key(|(from, _)| *from);
        Terms { versions }
    }

    /// The pack in force at a moment; before the first, the first.
    pub fn at(&self, moment: Timestamp) -> Option<&Arc<Pack>> {
        self.index_at(moment).map(|index| &self.versions[index].1)
    }

    /// Every version with the moment from which it is in force.
    pub fn versions(&self) -> &[(Timestamp, Arc<Pack>)] {
        &self.versions
    }

    pub(crate) fn index_at(&self, moment: Timestamp) -> Option<usize> {
        if self.versions.is_empty() {
            return None;
        }
        Some(
            self.versions
                .iter()
                .rposition(|(from, _)| *from <= moment)
                .unwrap_or(0),
        )
    }
}
