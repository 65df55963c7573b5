//! What every form carries, and when what it tells of happened.

use fanlight_core::ids::{CommandId, Position};
use fanlight_core::times::Times;
use jiff::Timestamp;

/// One press of one form's button.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// Made when the form was drawn: a repeat with the same body gets the same answer.
    pub command: CommandId,
    /// A hash of what was sent.
    pub body: [u8; 32],
    /// The last position of the journal that the person saw. A decision rests on it; a note or a contact does not.
    pub seen: Option<Position>,
}

/// When something happened and when we knew, as told. Nothing means: now.
#[derive(Clone, Copy, Debug, Default)]
pub struct When {
    /// When it happened.
    pub happened: Option<Timestamp>,
    /// When the landlord knew.
    pub aware: Option<Timestamp>,
}

impl When {
    /// Both at the same moment.
    pub fn at(moment: Timestamp) -> Self {
        When {
            happened: Some(moment),
            aware: Some(moment),
        }
    }

    /// The three times of a fact recorded now.
    pub(crate) fn times(self, now: Timestamp) -> Times {
        let aware = self.aware.or(self.happened).unwrap_or(now);
        Times {
            happened: self.happened.unwrap_or(aware),
            aware,
            recorded: now,
        }
    }
}

/// What came of a form.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Done {
    /// The case.
    pub case: fanlight_core::ids::CaseId,
    /// The position of the last entry added.
    pub position: Position,
    /// The reference, for the confirmation.
    pub reference: String,
}
