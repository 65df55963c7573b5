//! The one place where randomness is made.

use super::KeyError;

/// Fills the bytes from the operating system.
pub(crate) fn fill_random(bytes: &mut [u8]) -> Result<(), KeyError> {
    getrandom::fill(bytes).map_err(|_| KeyError::NoRandomness)
}
