//! Why something was not done, sorted by what the person asking can do about it.

use fanlight_core::landlord::AccountRefusal;
use fanlight_core::refusal::Refusal;
use fanlight_store::StoreError;

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The policy or the state of the case says no, with the remedy.
    #[error("refused: {}", .0.code())]
    Refused(Refusal),
    /// Something about accounts was refused, with the remedy.
    #[error("refused: {0:?}")]
    AccountRefused(AccountRefusal),
    /// What was written does not fit, with the remedy. The words carry nothing about a person.
    #[error("{0}")]
    Unfit(&'static str),
    /// Somebody else wrote first, and this decision rests on what they changed.
    #[error("the case has moved on")]
    MovedOn,
    /// The same form was sent before, with other words or by somebody else.
    #[error("the form was used before")]
    FormUsed,
    /// There is no such case, or none for the person asking. The two look exactly the same from outside.
    #[error("unseen")]
    Unseen,
    /// The person's roles do not include this.
    #[error("not allowed")]
    NotAllowed,
    /// There is no room to record the read, so nothing is shown; or nothing can be written.
    #[error("nothing can be recorded")]
    NoRoom,
    /// Something is broken: see the log, by the reference that the page shows.
    #[error("broken")]
    Broken(#[source] StoreError),
    /// Something kept cannot be read by this release.
    #[error("kept in a form that cannot be read: {0}")]
    Unreadable(&'static str),
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Problem::Refused(refusal)
    }
}

impl From<AccountRefusal> for Problem {
    fn from(refusal: AccountRefusal) -> Self {
        Problem::AccountRefused(refusal)
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Problem::Unseen,
            StoreError::MovedOn { .. } | StoreError::RowMovedOn { .. } | StoreError::AlreadyThere => {
                Problem::MovedOn
            }
            StoreError::CommandClash => Problem::FormUsed,
            StoreError::Erased { .. } => Problem::Refused(Refusal::Erased),
            StoreError::DiskFull | StoreError::Stopped => Problem::NoRoom,
            StoreError::SealBroken { .. }
            | StoreError::Disk { .. }
            | StoreError::Keys(_)
            | StoreError::Folder(_) => Problem::Broken(error),
        }
    }
}
