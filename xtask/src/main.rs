//! Tasks for people who work on Fanlight: check, test, bench.

fn main() {}
