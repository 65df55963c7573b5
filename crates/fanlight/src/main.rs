//! The Fanlight program: configuration, commands and wiring.

fn main() {}
