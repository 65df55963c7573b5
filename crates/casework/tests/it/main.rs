//! Casework over a real store and a clock that the test moves.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod gate;
mod house;
mod journey;
