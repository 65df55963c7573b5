//! The recovery copy: the root key as text that a person can print, keep in a safe and type in again.
//!
//! Each line is a number, sixteen hexadecimal digits in groups of four, and four digits of check. A slip of the
//! pen is reported by its line.

use super::{Key, KeyError};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use zeroize::Zeroizing;

const LINES: usize = 4;

/// Writes the root key as four numbered lines.
pub(super) fn write(root: &Key) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(160));
    for (number, part) in root.bytes().chunks(8).enumerate() {
        let _ = write!(text, "{}", number + 1);
        for group in part
            .chunks(2)
            .chain(std::iter::once(check(number, part).as_slice()))
        {
            let _ = write!(text, " {:02x}{:02x}", group[0], group[1]);
        }
        text.push('\n');
    }
    text
}

/// Reads the four lines again; other lines of the paper are passed over.
pub(super) fn read(text: &str) -> Result<Key, KeyError> {
    let mut root = Zeroizing::new([0u8; 32]);
    let mut seen = [false; LINES];
    for line in text.lines() {
        let mut words = line.split_whitespace();
        let Some(number) = words.next().and_then(|word| word.parse::<usize>().ok()) else {
            continue;
        };
        if !(1..=LINES).contains(&number) {
            continue;
        }
        let digits: Zeroizing<String> = Zeroizing::new(words.collect::<String>().to_lowercase());
        let bytes = Zeroizing::new(from_hex(&digits).ok_or(KeyError::RecoveryLine(number))?);
        if bytes.len() != 10 || check(number - 1, &bytes[..8]) != bytes[8..] {
            return Err(KeyError::RecoveryLine(number));
        }
        root[(number - 1) * 8..number * 8].copy_from_slice(&bytes[..8]);
        seen[number - 1] = true;
    }
    if seen.contains(&false) {
        return Err(KeyError::RecoveryShape);
    }
    Ok(Key::from_bytes(*root))
}

fn check(number: usize, part: &[u8]) -> [u8; 2] {
    let hash = Sha256::new()
        .chain_update([number as u8])
        .chain_update(part)
        .finalize();
    [hash[0], hash[1]]
}

pub(super) fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_printed_can_be_typed_in_again(bytes: [u8; 32]) {
            let text = format!("Keep this safe.\n\n{}", write(&Key::from_bytes(bytes)).to_uppercase());
            prop_assert!(read(&text).is_ok_and(|key| *key.bytes() == bytes));
        }
    }

    #[test]
    fn a_slip_is_reported_by_its_line() {
        let text = write(&Key::from_bytes([0x5a; 32])).replacen("3 5a5a", "3 5a5b", 1);
        assert!(matches!(read(&text), Err(KeyError::RecoveryLine(3))));
        let short: String = text.lines().take(2).collect::<Vec<_>>().join("\n");
        assert!(matches!(read(&short), Err(KeyError::RecoveryShape)));
    }
}
