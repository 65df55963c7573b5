//! Policy packs: what a landlord's policy says, as data chosen from a closed vocabulary.
//!
//! A pack is a folder of TOML files, all of them read. Core takes their names and text, never a path. There is no
//! code and no expression in a pack, and nothing in it can loosen a safety rule. Everything wrong with a pack is
//! reported at once, with file, place and remedy.

mod problem;

pub use problem::{Problem, did_you_mean, nearest, quoted};

use jiff::Timestamp;
use std::sync::Arc;

/// A whole policy pack.
#[derive(Clone, Debug)]
pub struct Pack {}

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
        let in_force = self.versions.iter().rev().find(|(from, _)| *from <= moment);
        in_force.or(self.versions.first()).map(|(_, pack)| pack)
    }

    /// Every version with the moment from which it is in force.
    pub fn versions(&self) -> &[(Timestamp, Arc<Pack>)] {
        &self.versions
    }
}
