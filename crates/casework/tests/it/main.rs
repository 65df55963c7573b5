//! Casework over a real store and a clock that the test moves.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod attacker;
mod counted;
mod dice;
mod earlier;
mod erasing;
mod gate;
mod house;
mod journey;
mod matrix;
mod opened;
mod ops;
mod planted;
mod pressing;
mod readings;
mod safety;
mod scenario;
mod time;
mod walk;
mod worlds;
