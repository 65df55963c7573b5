//! The three times of a fact.
//!
//! When it happened (as told), when the landlord became aware (deadlines run from here), and when it was
//! recorded (the server's; never editable). A claim about the past is therefore always visible as a claim.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// When something happened, when we knew, and when we wrote it down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Times {
    /// When it happened, as told. A promise is met by this time.
    pub happened: Timestamp,
    /// When the landlord became aware. Deadlines run from here unless the pack says otherwise.
    pub aware: Timestamp,
    /// When it was recorded. The server's own; never runs backwards within a journal.
    pub recorded: Timestamp,
}

impl Times {
    /// All three at the same moment.
    pub fn at(moment: Timestamp) -> Self {
        Times {
            happened: moment,
            aware: moment,
            recorded: moment,
        }
    }
}
