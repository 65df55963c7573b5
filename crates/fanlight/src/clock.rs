//! The one place that reads the time. Everything else is told it.

use fanlight_casework::Clock;
use jiff::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// The time now.
#[expect(clippy::disallowed_methods, reason = "the one clock of the program")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// The clock of an installation.
pub(crate) fn real() -> Clock {
    Clock::new(now)
}

/// A clock that can be set to a moment of the past, so that the cases of a demonstration have one. Until it is set,
/// and when it is let go, it tells the real time.
#[derive(Clone)]
pub(crate) struct MovedClock(Arc<AtomicI64>);

/// Stands for: tell the real time.
const LET_GO: i64 = i64::MIN;

impl MovedClock {
    /// A clock that tells the real time until it is set.
    pub(crate) fn new() -> Self {
        MovedClock(Arc::new(AtomicI64::new(LET_GO)))
    }

    /// From now on it is that moment.
    pub(crate) fn set(&self, moment: Timestamp) {
        self.0.store(moment.as_millisecond(), Ordering::SeqCst);
    }

    /// From now on it is the real time again.
    pub(crate) fn let_go(&self) {
        self.0.store(LET_GO, Ordering::SeqCst);
    }

    /// The same clock, for casework.
    pub(crate) fn as_clock(&self) -> Clock {
        let moved = self.0.clone();
        Clock::new(move || match moved.load(Ordering::SeqCst) {
            LET_GO => now(),
            set => Timestamp::from_millisecond(set).unwrap_or_else(|_| now()),
        })
    }
}
