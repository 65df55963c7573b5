//! Casework over a real store and a clock that the test moves.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod dice;
mod gate;
mod house;
mod journey;
mod matrix;
mod ops;
mod pressing;
mod readings;
mod time;
mod walk;
mod worlds;
