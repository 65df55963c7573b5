//! One entry of a journal: its header, its place in the chain, and its sealing.
//!
//! The header holds version, algorithm, flags, landlord, journal, position, the moment of recording, a commitment
//! to the entry's key, the hash of the entry before, and the hash of the ciphertext. The hash of the header is the
//! entry's place in the chain. The entry's key stands wrapped in a table of its own, *outside* the hash, so that a
//! key can be destroyed and the chain still holds.
//!
//! Each entry has a fresh key that seals once, so its nonce is constant. The commitment makes sure that one
//! ciphertext has one reading: a second key that happens to open it would not match.

use crate::backend::{EntryRow, Head};
use crate::error::{Place, StoreError};
use crate::ids::{JournalId, Landlord, Under};
use crate::keys::{AES_256_GCM_SIV, Key, bound};
use crate::seal::{pad, unpad};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// The version of the header.
const VERSION: u8 = 1;
/// The clock had run backwards: the moment recorded is that of the entry before.
const CLOCK_JUMPED: u8 = 1;
/// The entry is kept under the landlord's key.
const LANDLORD_KEY: u8 = 2;

/// What comes before the first entry.
pub(crate) const START: [u8; 32] = [0; 32];

/// Where an entry stands, as bound into its seal and its wrapped key.
pub(crate) struct Standing<'a> {
    pub(crate) landlord: &'a Landlord,
    pub(crate) journal: JournalId,
}

impl Standing<'_> {
    fn context(&self, purpose: &str, position: u64, flags: u8) -> Vec<u8> {
        let kind = [AES_256_GCM_SIV, flags];
        bound(
            purpose,
            &[
                self.landlord.label().as_bytes(),
                &self.journal.0,
                &position.to_be_bytes(),
                &kind,
            ],
        )
    }

    fn nonce(position: u64) -> [u8; 12] {
        let mut nonce = [0; 12];
        nonce[4..].copy_from_slice(&position.to_be_bytes());
        nonce
    }

    /// Wraps an entry's key. The flags are left out, as they are in the hash.
    pub(crate) fn wrap(&self, wrapping: &Key, position: u64, entry_key: &Key) -> Vec<u8> {
        wrapping.wrap(
            Self::nonce(position),
            &self.context("entry key", position, 0),
            entry_key,
        )
    }

    /// Opens an entry's key.
    pub(crate) fn unwrap(&self, wrapping: &Key, position: u64, wrapped: &[u8]) -> Result<Key, StoreError> {
        wrapping
            .unwrap_key(
                Self::nonce(position),
                &self.context("entry key", position, 0),
                wrapped,
            )
            .map_err(|_| self.broken(position))
    }

    /// Seals one more entry behind `head` and moves the head on.
    pub(crate) fn seal(
        &self,
        head: &mut Head,
        wrapping: &Key,
        (bytes, under, recorded): (&[u8], Under, i64),
    ) -> Result<EntryRow, StoreError> {
        let position = head.next;
        let jumped = position > 0 && recorded < head.recorded;
        let mut flags = if jumped { CLOCK_JUMPED } else { 0 };
        flags |= match under {
            Under::CaseKey => 0,
            Under::LandlordKey => LANDLORD_KEY,
        };
        let entry_key = Key::fresh()?;
        let mut ciphertext = pad(bytes);
        entry_key.seal([0; 12], &self.context("entry", position, flags), &mut ciphertext);
        let mut row = EntryRow {
            position,
            version: VERSION,
            algorithm: AES_256_GCM_SIV,
            flags,
            recorded: if jumped { head.recorded } else { recorded },
            commitment: self.commitment(&entry_key, position),
            hash: START,
            ciphertext,
            wrapped: Some(self.wrap(wrapping, position, &entry_key)),
        };
        row.hash = self.hash(&row, &head.hash);
        head.next = position + 1;
        head.hash = row.hash;
        head.recorded = row.recorded;
        Ok(row)
    }

    /// Opens an entry whose chain has been checked, given the key that wraps its key.
    pub(crate) fn open(&self, wrapping: &Key, row: &EntryRow, wrapped: &[u8]) -> Result<Vec<u8>, StoreError> {
        let broken = || self.broken(row.position);
        let entry_key = self.unwrap(wrapping, row.position, wrapped)?;
        if !bool::from(self.commitment(&entry_key, row.position).ct_eq(&row.commitment)) {
            return Err(broken());
        }
        let mut bytes = row.ciphertext.clone();
        entry_key
            .open(
                [0; 12],
                &self.context("entry", row.position, row.flags),
                &mut bytes,
            )
            .map_err(|_| broken())?;
        unpad(bytes).ok_or_else(broken)
    }

    /// Checks that a row follows what came before it: the next position, an honest hash, no step back in time.
    pub(crate) fn follows(&self, row: &EntryRow, before: &Head) -> Result<Head, StoreError> {
        let in_order = row.position == before.next
            && row.version == VERSION
            && row.algorithm == AES_256_GCM_SIV
            && row.flags & !(CLOCK_JUMPED | LANDLORD_KEY) == 0
            && (row.position == 0 || row.recorded >= before.recorded);
        if !in_order || self.hash(row, &before.hash) != row.hash {
            return Err(self.broken(before.next));
        }
        Ok(Head {
            journal: before.journal.clone(),
            next: row.position + 1,
            hash: row.hash,
            recorded: row.recorded,
            listed: before.listed,
        })
    }

    pub(crate) fn broken(&self, position: u64) -> StoreError {
        StoreError::SealBroken {
            at: Place::Entry {
                journal: self.journal,
                position,
            },
        }
    }

    fn commitment(&self, entry_key: &Key, position: u64) -> [u8; 32] {
        entry_key.mac("commitment", &[&self.journal.0, &position.to_be_bytes()])
    }

    fn hash(&self, row: &EntryRow, before: &[u8; 32]) -> [u8; 32] {
        let kind = [row.version, row.algorithm, row.flags];
        let ciphertext: [u8; 32] = Sha256::digest(&row.ciphertext).into();
        let header = bound(
            "fanlight entry",
            &[
                &kind,
                self.landlord.label().as_bytes(),
                &self.journal.0,
                &row.position.to_be_bytes(),
                &row.recorded.to_be_bytes(),
                &row.commitment,
                before,
                &ciphertext,
            ],
        );
        Sha256::digest(header).into()
    }
}

/// Which key the entry is kept under, by its flags.
pub(crate) fn under(flags: u8) -> Under {
    if flags & LANDLORD_KEY == 0 {
        Under::CaseKey
    } else {
        Under::LandlordKey
    }
}

/// Whether the clock had run backwards when the entry was recorded.
pub(crate) fn clock_jumped(row: &EntryRow) -> bool {
    row.flags & CLOCK_JUMPED != 0
}
