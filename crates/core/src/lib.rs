//! The rules of domestic abuse casework, with nothing of the outside world in them.
//!
//! Facts, the fold that turns them into a case, the decisions that may refuse, policy packs, the
//! calendar, obligations and their clocks, the contact gate, access rules and report arithmetic.
//!
//! Architecture invariant: no I/O, no async, no clock, no randomness. Core cannot fail for outside
//! reasons, because it meets nothing outside. No landlord is named here.

pub mod access;
pub mod assurance;
pub mod calendar;
pub mod case;
pub mod coded;
mod codes;
pub mod contact;
pub mod fact;
pub mod ids;
pub mod landlord;
pub mod measure;
pub mod obligation;
pub mod pack;
pub mod refusal;
pub mod risk;
pub mod times;
pub mod view;
pub mod words;
