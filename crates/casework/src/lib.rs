//! One function for each thing a person, the clock or the command line can do.
//!
//! Architecture invariant: only casework holds a store, and nobody reads a case without a record of it.

pub mod people;
