//! Who may do what: roles, teams, restricted cases and people shut out. Decides; never reads a store.
//!
//! Three questions, in this order. Is the person shut out of this case? Then there is no case, for them. Does the
//! case admit the person: by name, by its team, or as the lead? Does one of the person's roles allow the action?
//! A rule that cannot be evaluated denies.

mod admit;
mod role;

pub use admit::{Admission, CaseDoor, Line, admits, audience, shut_out_accounts, words_of};
pub use role::{Action, Role, allowed};
