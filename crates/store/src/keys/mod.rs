//! Keys: what they are, how one wraps another, and how keys for a purpose are derived.
//!
//! The order of keys, from the outside in:
//! - the **root key** and, wrapped by it, each landlord's numbered **generation keys** live in the key folder;
//! - the newest generation wraps, in the database, one key for each journal and one for the landlord as a whole;
//! - a journal's key wraps a fresh key for each entry; keys for summaries, rows and tokens are derived.
//!
//! Destroying a generation key therefore closes every older copy of what it wrapped, and re-wrapping first keeps
//! the living. Nothing here can be printed: keys have no `Debug`, and are wiped when dropped.

mod folder;
mod random;
mod recovery;

pub use folder::{KeyFolder, KeyWarning};
pub(crate) use random::fill_random;

use aes_gcm_siv::aead::{AeadInOut, KeyInit};
use aes_gcm_siv::{Aes256GcmSiv, Nonce, Tag};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// The length of a wrapped key: the key and the tag.
pub(crate) const WRAPPED: usize = 48;
/// The number by which AES-256-GCM-SIV goes in every header.
pub(crate) const AES_256_GCM_SIV: u8 = 1;

/// Why the key folder could not be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Somebody other than the owner can write there, and could plant keys.
    #[error("{0} can be written by others; allow only its owner")]
    WritableByOthers(String),
    /// The folder has something in it already.
    #[error("the key folder is not empty")]
    NotEmpty,
    /// A file is missing or cannot be read or written.
    #[error("while {doing}")]
    File {
        /// What was being attempted.
        doing: String,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// A file does not hold what it should.
    #[error("{0} is damaged, or belongs to another root key")]
    Damaged(String),
    /// The landlord has no key of that generation here.
    #[error("no key of generation {generation} is kept for {landlord}")]
    NoGeneration {
        /// The label of the landlord.
        landlord: String,
        /// The number of the generation.
        generation: u32,
    },
    /// A line of the recovery copy was copied wrongly.
    #[error("line {0} of the recovery copy does not check")]
    RecoveryLine(usize),
    /// The recovery copy does not have the lines it should.
    #[error("the recovery copy needs its four numbered lines")]
    RecoveryShape,
    /// The system gave no randomness.
    #[error("the system gave no randomness")]
    NoRandomness,
}

/// Thirty-two bytes that open something.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub(crate) struct Key([u8; 32]);

/// A key did not open what it was tried on: altered, moved from its place, or wrapped by another.
pub(crate) struct Unopened;

impl Key {
    /// A fresh random key.
    pub(crate) fn fresh() -> Result<Key, KeyError> {
        let mut key = Key([0; 32]);
        fill_random(&mut key.0)?;
        Ok(key)
    }

    pub(crate) fn from_bytes(bytes: [u8; 32]) -> Key {
        Key(bytes)
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The key for one purpose under this one.
    pub(crate) fn derive(&self, purpose: &str, parts: &[&[u8]]) -> Key {
        let hkdf = Hkdf::<Sha256>::from_prk(&self.0).expect("a key is as long as the hash");
        let mut derived = Key([0; 32]);
        hkdf.expand(&bound(purpose, parts), &mut derived.0)
            .expect("one block is always available");
        derived
    }

    /// A keyed hash over parts whose lengths are bound in.
    pub(crate) fn mac(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&self.0).expect("any length is accepted");
        mac.update(&bound(purpose, parts));
        mac.finalize().into_bytes().into()
    }

    /// Seals `bytes` in place and puts the tag behind them.
    pub(crate) fn seal(&self, nonce: [u8; 12], context: &[u8], bytes: &mut Vec<u8>) {
        let tag = self
            .cipher()
            .encrypt_inout_detached(&Nonce::from(nonce), context, bytes.as_mut_slice().into())
            .expect("far below the length limit of the cipher");
        bytes.extend_from_slice(&tag);
    }

    /// Opens in place what [`Key::seal`] made.
    pub(crate) fn open(&self, nonce: [u8; 12], context: &[u8], bytes: &mut Vec<u8>) -> Result<(), Unopened> {
        let at = bytes.len().checked_sub(16).ok_or(Unopened)?;
        let tag: [u8; 16] = bytes[at..].try_into().map_err(|_| Unopened)?;
        bytes.truncate(at);
        self.cipher()
            .decrypt_inout_detached(
                &Nonce::from(nonce),
                context,
                bytes.as_mut_slice().into(),
                &Tag::from(tag),
            )
            .map_err(|_| Unopened)
    }

    /// Wraps another key. What is wrapped is random, so that a repeated nonce shows at most equality.
    pub(crate) fn wrap(&self, nonce: [u8; 12], context: &[u8], inner: &Key) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(WRAPPED);
        bytes.extend_from_slice(&inner.0);
        self.seal(nonce, context, &mut bytes);
        bytes
    }

    /// Opens a wrapped key.
    pub(crate) fn unwrap_key(
        &self,
        nonce: [u8; 12],
        context: &[u8],
        wrapped: &[u8],
    ) -> Result<Key, Unopened> {
        let mut bytes = wrapped.to_vec();
        self.open(nonce, context, &mut bytes)?;
        let key = bytes.as_slice().try_into().map(Key).map_err(|_| Unopened);
        bytes.zeroize();
        key
    }

    fn cipher(&self) -> Aes256GcmSiv {
        Aes256GcmSiv::new(&self.0.into())
    }
}

/// Parts run together with their lengths, so that no two lists of parts give the same bytes.
pub(crate) fn bound(purpose: &str, parts: &[&[u8]]) -> Vec<u8> {
    let mut out = Vec::with_capacity(64 + parts.iter().map(|part| part.len() + 4).sum::<usize>());
    for part in std::iter::once(&purpose.as_bytes()).chain(parts) {
        out.extend_from_slice(&(part.len() as u32).to_be_bytes());
        out.extend_from_slice(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_cannot_be_moved_across_their_border() {
        assert_ne!(bound("p", &[b"ab", b"c"]), bound("p", &[b"a", b"bc"]));
        assert_ne!(bound("p", &[b"ab"]), bound("pa", &[b"b"]));
    }

    #[test]
    fn a_wrapped_key_opens_only_in_its_place() {
        let (outer, inner) = (Key([7; 32]), Key([9; 32]));
        let wrapped = outer.wrap([1; 12], b"here", &inner);
        assert_eq!(wrapped.len(), WRAPPED);
        assert!(
            outer
                .unwrap_key([1; 12], b"here", &wrapped)
                .is_ok_and(|key| key.0 == inner.0)
        );
        assert!(outer.unwrap_key([1; 12], b"there", &wrapped).is_err());
        assert!(outer.unwrap_key([2; 12], b"here", &wrapped).is_err());
        for bit in 0..wrapped.len() * 8 {
            let mut flipped = wrapped.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(outer.unwrap_key([1; 12], b"here", &flipped).is_err(), "bit {bit}");
        }
    }

    #[test]
    fn keys_for_different_purposes_differ() {
        let key = Key([3; 32]);
        assert_ne!(key.derive("rows", &[]).0, key.derive("summary", &[]).0);
        assert_ne!(
            key.derive("token", &[b"surname"]).0,
            key.derive("token", &[b"postcode"]).0
        );
    }
}
