//! Who is asking: accounts, passwords, sessions and the drafts that wait for somebody's return.

mod account;
mod draft;
mod first_code;
mod guess;
mod keeping;
pub mod password;
mod session;

pub use account::{NewAccount, OwnPassword};
pub use draft::{DraftId, KeptDraft};
pub use first_code::FirstCode;
pub use keeping::{Proposal, StaffRow};
pub use session::{FirstSignIn, SignedIn, Visit, WhyNot};
