//! What a person meets when something could not be done: in plain words, with what to do next, and no cause.

/// Where a body that is too long ends up.
pub const TOO_LONG: &str = "/too-long";
/// Where a body that could not be read ends up.
pub const NOT_UNDERSTOOD: &str = "/not-understood";
