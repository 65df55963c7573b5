//! Casework over a real store and a clock that the test moves.

mod gate;
mod house;
mod journey;
