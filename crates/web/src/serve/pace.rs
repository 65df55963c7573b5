//! How fast the public form takes reports. None is ever turned away or lost: when many come at once, each waits its
//! turn, and says in its own words that it was one of many.
//!
//! Whoever wants to bury one report under a thousand is slowed; whoever is afraid waits a minute at the worst. The count
//! is each process's own, and forgets itself within the hour. A proxy in front can limit by address; we keep none.

use fanlight_core::ids::LandlordId;
use jiff::{SignedDuration, Timestamp};
use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;
use std::time::Duration;

/// How many an hour are taken at once.
const AT_ONCE: usize = 20;
/// How far apart those beyond are taken.
const APART: SignedDuration = SignedDuration::from_secs(3);
/// How long one waits at the worst. After that it is taken whatever else waits.
const AT_MOST: SignedDuration = SignedDuration::from_secs(60);
/// How many moments are remembered.
const REMEMBERED: usize = 2_000;

/// When each landlord's newest reports were taken from the public form.
#[derive(Default)]
pub(crate) struct Pace {
    taken: Mutex<HashMap<LandlordId, VecDeque<Timestamp>>>,
}

/// When a report is taken, and which of the hour it is if there are many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Turn {
    pub(crate) wait: Duration,
    pub(crate) one_of_many: Option<usize>,
}

impl Pace {
    /// Gives a report its turn.
    pub(crate) fn turn(&self, landlord: &LandlordId, now: Timestamp) -> Turn {
        let mut all = self.taken.lock().expect("no holder panics");
        let taken = all.entry(landlord.clone()).or_default();
        while taken
            .front()
            .is_some_and(|at| now.duration_since(*at) > SignedDuration::from_hours(1))
            || taken.len() >= REMEMBERED
        {
            taken.pop_front();
        }
        if taken.len() < AT_ONCE {
            taken.push_back(now);
            return Turn {
                wait: Duration::ZERO,
                one_of_many: None,
            };
        }
        let next = taken.back().map_or(now, |last| (*last + APART).max(now));
        let latest = now + AT_MOST;
        let at = next.min(latest);
        taken.push_back(at);
        Turn {
            wait: Duration::try_from(at.duration_since(now)).unwrap_or_default(),
            one_of_many: Some(taken.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-17T10:12:00Z".parse().expect("a time")
    }

    #[test]
    fn a_burst_is_taken_at_once_and_what_follows_waits_but_never_for_long() {
        let pace = Pace::default();
        let landlord = LandlordId("settle".into());
        for _ in 0..AT_ONCE {
            let turn = pace.turn(&landlord, now());
            assert_eq!((turn.wait, turn.one_of_many), (Duration::ZERO, None));
        }
        let first = pace.turn(&landlord, now());
        assert_eq!(first.wait, Duration::from_secs(3));
        assert_eq!(first.one_of_many, Some(21));
        for _ in 0..500 {
            assert!(pace.turn(&landlord, now()).wait <= Duration::from_secs(60));
        }
        let other = LandlordId("bpha".into());
        assert_eq!(
            pace.turn(&other, now()).one_of_many,
            None,
            "each landlord has its own"
        );
        let later = now() + SignedDuration::from_mins(62);
        assert_eq!(
            pace.turn(&landlord, later).one_of_many,
            None,
            "it forgets within the hour"
        );
    }
}
