//! Padding, and sealing with a random nonce for what may be written more than once.
//!
//! Padding hides how long a text is, to within its bucket: steps of 128 bytes up to 1 KiB, and above that steps of
//! an eighth of the power of two below (1,152, 1,280, ... 2,048, 2,304, ...). Nothing grows by more than an eighth
//! plus 128 bytes. The true length stands in front, inside the seal. Wider steps for short texts would hide more, and
//! take more than twice the space of the text.

use crate::keys::{Key, KeyError, Unopened, fill_random};

const STEP: usize = 128;
const FINE: usize = 1024;
const LENGTH: usize = 4;
const NONCE: usize = 12;

/// The size of the bucket that holds this many bytes.
fn bucket(bytes: usize) -> usize {
    if bytes <= FINE {
        return bytes.max(1).next_multiple_of(STEP);
    }
    let below = 1usize << (usize::BITS - 1 - (bytes - 1).leading_zeros());
    bytes.next_multiple_of(below / 8)
}

/// The bytes with their length in front and zeros behind, up to a bucket; room is left for the tag.
pub(crate) fn pad(bytes: &[u8]) -> Vec<u8> {
    let size = bucket(bytes.len() + LENGTH);
    let mut out = Vec::with_capacity(size + 16);
    out.extend_from_slice(&(bytes.len() as u32).to_be_bytes());
    out.extend_from_slice(bytes);
    out.resize(size, 0);
    out
}

/// The bytes without their padding, or nothing if the padding is not ours.
pub(crate) fn unpad(mut padded: Vec<u8>) -> Option<Vec<u8>> {
    let length = u32::from_be_bytes(*padded.first_chunk::<LENGTH>()?) as usize;
    let end = length.checked_add(LENGTH)?;
    if end > padded.len() || padded[end..].iter().any(|byte| *byte != 0) {
        return None;
    }
    padded.truncate(end);
    padded.drain(..LENGTH);
    Some(padded)
}

/// Pads and seals under a random nonce, which stands in front.
pub(crate) fn seal(key: &Key, context: &[u8], bytes: &[u8]) -> Result<Vec<u8>, KeyError> {
    let mut nonce = [0; NONCE];
    fill_random(&mut nonce)?;
    let mut body = pad(bytes);
    key.seal(nonce, context, &mut body);
    let mut out = Vec::with_capacity(NONCE + body.len());
    out.extend_from_slice(&nonce);
    out.extend_from_slice(&body);
    Ok(out)
}

/// Opens what [`seal`] made in the same context.
pub(crate) fn open(key: &Key, context: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Unopened> {
    let (nonce, body) = sealed.split_first_chunk::<NONCE>().ok_or(Unopened)?;
    let mut body = body.to_vec();
    key.open(*nonce, context, &mut body)?;
    unpad(body).ok_or(Unopened)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn padding_comes_off_again(bytes in proptest::collection::vec(any::<u8>(), 0..5000)) {
            prop_assert_eq!(unpad(pad(&bytes)), Some(bytes));
        }

        #[test]
        fn padding_wastes_at_most_an_eighth_and_a_step(size in 0usize..20_000_000) {
            let padded = bucket(size + LENGTH);
            prop_assert!(padded >= size + LENGTH);
            prop_assert!(padded <= size + size / 8 + STEP + LENGTH);
        }

        #[test]
        fn longer_text_never_has_a_smaller_bucket(a in 0usize..100_000, b in 0usize..100_000) {
            prop_assert!(bucket(a.min(b)) <= bucket(a.max(b)));
        }

        #[test]
        fn what_is_sealed_opens_only_in_its_context(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            let key = Key::from_bytes([5; 32]);
            let sealed = seal(&key, b"here", &bytes).expect("randomness");
            prop_assert!(open(&key, b"here", &sealed).is_ok_and(|opened| opened == bytes));
            prop_assert!(open(&key, b"there", &sealed).is_err());
        }
    }

    #[test]
    fn there_are_few_sizes_to_tell_apart() {
        let sizes: std::collections::BTreeSet<_> = (0..100_000).map(bucket).collect();
        assert!(sizes.len() <= 8 + 7 * 8, "{}", sizes.len());
    }

    #[test]
    fn the_same_text_sealed_twice_looks_different() {
        let key = Key::from_bytes([5; 32]);
        let twice: Vec<_> = (0..2)
            .map(|_| seal(&key, b"", b"the same").expect("randomness"))
            .collect();
        assert_ne!(twice[0], twice[1]);
    }
}
