//! The one place where randomness is made.

use super::KeyError;

/// Fills the bytes from the operating system.
pub(crate) fn fill_random(bytes: &mut [u8]) -> Result<(), KeyError> {
    getrandom::fill(bytes).map_err(|_| KeyError::NoRandomness)
}

/// Random bytes for whoever above the store needs an identifier: this is the one place where randomness is made.
///
/// # Panics
/// If the operating system has none to give, which leaves nothing that could safely go on.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    fill_random(&mut bytes).expect("the operating system gives random bytes");
    bytes
}
