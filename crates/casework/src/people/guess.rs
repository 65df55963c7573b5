//! Guessing at the door: at most ten in five minutes and a hundred in a day for a name, and never locked for good.
//!
//! Whoever has signed in from a device before is counted apart there, so that somebody else's guessing never keeps
//! them out (safety rule 11). A name that nobody has is counted in the same way.

use crate::Casework;
use crate::problem::Problem;
use crate::room::Room;
use fanlight_store::PutRow;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

const GUESSES: &str = "guess";
/// In how long, how many.
const LIMITS: [(SignedDuration, usize); 2] = [
    (SignedDuration::from_mins(5), 10),
    (SignedDuration::from_hours(24), 100),
];

#[derive(Default, Serialize, Deserialize)]
struct Guesses {
    at: Vec<Timestamp>,
}

impl Casework {
    /// Counts a guess, and says whether it may be made. The count is kept before the password is looked at:
    /// durably, or in memory while the disk is full, so that a full disk shuts nobody out of the door.
    pub(crate) async fn may_guess(&self, room: &Room, bucket: &str, now: Timestamp) -> Result<bool, Problem> {
        let id = room.tokens.lookup(GUESSES, bucket.as_bytes());
        let mut guesses: Guesses = match self.row_or_held(room, GUESSES, &id).await? {
            Some(row) => serde_json::from_slice(&row.bytes).unwrap_or_default(),
            None => Guesses::default(),
        };
        let day = LIMITS[1].0;
        guesses.at.retain(|at| now.duration_since(*at) < day);
        let full = LIMITS.iter().any(|(span, most)| {
            guesses
                .at
                .iter()
                .filter(|at| now.duration_since(**at) < *span)
                .count()
                >= *most
        });
        if full {
            return Ok(false);
        }
        guesses.at.push(now);
        let bytes = serde_json::to_vec(&guesses).map_err(|_| Problem::Unreadable("guesses"))?;
        let mut row = PutRow::new(GUESSES, &id, bytes);
        row.expires_at = Some((now + day).as_millisecond());
        self.put_or_hold(room, row).await?;
        Ok(true)
    }

    /// Forgets the guesses of somebody who has come in.
    pub(crate) async fn forget_guesses(&self, room: &Room, bucket: &str) -> Result<(), Problem> {
        let id = room.tokens.lookup(GUESSES, bucket.as_bytes());
        self.delete_or_hold(room, GUESSES, &id).await
    }
}
