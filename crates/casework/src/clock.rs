//! The clock as an argument: the binary gives the real one, tests and scenarios one that they move.

use jiff::Timestamp;
use std::sync::Arc;

/// Tells the time.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// A clock from anything that tells the time.
    pub fn new(tell: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Clock(Arc::new(tell))
    }

    /// The time now, in whole milliseconds: the store keeps no finer.
    pub fn now(&self) -> Timestamp {
        let now = (self.0)();
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }
}
