//! Which key seals what, and what is bound into each seal.

use crate::backend::{JournalRow, KeyRow, ListingRows, ListingSet, StampRow, StoredRow, SummaryRow};
use crate::error::{Place, StoreError};
use crate::ids::{JournalId, JournalKind, Landlord, Token, Under};
use crate::index::IndexRow;
use crate::keys::{AES_256_GCM_SIV, Key, KeyFolder, bound, fill_random};
use crate::seal;
use std::collections::HashMap;
use std::sync::RwLock;
use subtle::ConstantTimeEq;

/// The key folder, and the landlords' keys that have been opened with it.
pub(crate) struct Vault {
    pub(crate) keys: KeyFolder,
    /// Held while keys are being wrapped again: one generation at a time.
    pub(crate) rotating: tokio::sync::Mutex<()>,
    landlords: RwLock<HashMap<Landlord, Key>>,
}

impl Vault {
    pub(crate) fn new(keys: KeyFolder) -> Self {
        Vault {
            keys,
            rotating: tokio::sync::Mutex::default(),
            landlords: RwLock::default(),
        }
    }

    /// Wraps a journal's key by the newest generation.
    pub(crate) fn wrap(
        &self,
        landlord: &Landlord,
        (id, kind): (JournalId, JournalKind),
        key: &Key,
    ) -> Result<KeyRow, StoreError> {
        let (generation, outer) = self.keys.newest(landlord)?;
        let mut nonce = [0; 12];
        fill_random(&mut nonce)?;
        let wrapped = outer.wrap(nonce, &key_context(landlord, id, kind, generation), key);
        Ok(KeyRow {
            generation,
            wrapped: [nonce.as_slice(), &wrapped].concat(),
        })
    }

    /// Opens a journal's key.
    pub(crate) fn unwrap(
        &self,
        landlord: &Landlord,
        (id, kind): (JournalId, JournalKind),
        row: &KeyRow,
    ) -> Result<Key, StoreError> {
        let broken = || StoreError::SealBroken {
            at: Place::Key { journal: id },
        };
        let outer = self.keys.generation(landlord, row.generation)?;
        let (nonce, wrapped) = row.wrapped.split_first_chunk::<12>().ok_or_else(broken)?;
        outer
            .unwrap_key(*nonce, &key_context(landlord, id, kind, row.generation), wrapped)
            .map_err(|_| broken())
    }

    /// The key of a case, or that it has been erased.
    pub(crate) fn case_key(
        &self,
        landlord: &Landlord,
        case: JournalId,
        row: Option<&KeyRow>,
    ) -> Result<Key, StoreError> {
        let row = row.ok_or(StoreError::Erased { case })?;
        self.unwrap(landlord, (case, JournalKind::Case), row)
    }

    /// Keeps the landlord's key at hand.
    pub(crate) fn keep(&self, landlord: &Landlord, key: Key) {
        self.landlords
            .write()
            .expect("no holder panics")
            .insert(landlord.clone(), key);
    }

    pub(crate) fn holds(&self, landlord: &Landlord) -> bool {
        self.landlords
            .read()
            .expect("no holder panics")
            .contains_key(landlord)
    }

    /// The landlord's key, which is that of its own journal.
    pub(crate) fn landlord_key(&self, landlord: &Landlord) -> Result<Key, StoreError> {
        let held = self.landlords.read().expect("no holder panics");
        held.get(landlord).cloned().ok_or(StoreError::NotFound)
    }

    /// The key that wraps the entry keys of a journal; nothing if it has been destroyed.
    pub(crate) fn wrapping(
        &self,
        landlord: &Landlord,
        journal: &JournalRow,
        under: Under,
    ) -> Result<Option<Key>, StoreError> {
        match (journal.kind, under) {
            (JournalKind::Case, Under::LandlordKey) => Ok(Some(
                self.landlord_key(landlord)?.derive("bones", &[&journal.id.0]),
            )),
            (JournalKind::Case, Under::CaseKey)
            | (JournalKind::Landlord | JournalKind::Reading, Under::CaseKey | Under::LandlordKey) => {
                let open = |row: &KeyRow| self.unwrap(landlord, (journal.id, journal.kind), row);
                journal.key.as_ref().map(open).transpose()
            }
        }
    }

    pub(crate) fn seal_summary(
        &self,
        landlord: &Landlord,
        case: JournalId,
        key: &Key,
        (state, sort, bytes): (u8, i64, &[u8]),
    ) -> Result<Vec<u8>, StoreError> {
        let context = summary_context(landlord, case, state, sort);
        Ok(seal::seal(&key.derive("summary", &[]), &context, bytes)?)
    }

    pub(crate) fn open_summary(&self, landlord: &Landlord, row: &SummaryRow) -> Result<Vec<u8>, StoreError> {
        let key = self
            .case_key(landlord, row.case, row.key.as_ref())?
            .derive("summary", &[]);
        let context = summary_context(landlord, row.case, row.state, row.sort);
        seal::open(&key, &context, &row.sealed).map_err(|_| StoreError::SealBroken {
            at: Place::Summary { case: row.case },
        })
    }

    /// Seals a row. With a case, under the case's key; otherwise under the landlord's.
    pub(crate) fn seal_row(
        &self,
        landlord: &Landlord,
        case_key: Option<&Key>,
        row: &StoredRow,
        bytes: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        Ok(seal::seal(
            &self.row_key(landlord, case_key)?,
            &row_context(landlord, row),
            bytes,
        )?)
    }

    pub(crate) fn open_row(
        &self,
        landlord: &Landlord,
        row: &StoredRow,
        key: Option<&KeyRow>,
    ) -> Result<Vec<u8>, StoreError> {
        let case_key = row
            .case
            .map(|case| self.case_key(landlord, case, key))
            .transpose()?;
        let key = self.row_key(landlord, case_key.as_ref())?;
        seal::open(&key, &row_context(landlord, row), &row.sealed).map_err(|_| {
            let id = row.id.iter().map(|byte| format!("{byte:02x}")).collect();
            StoreError::SealBroken {
                at: Place::Row {
                    table: row.table.clone(),
                    id,
                },
            }
        })
    }

    fn row_key(&self, landlord: &Landlord, case_key: Option<&Key>) -> Result<Key, StoreError> {
        match case_key {
            Some(key) => Ok(key.derive("rows", &[])),
            None => Ok(self.landlord_key(landlord)?.derive("rows", &[])),
        }
    }

    /// A keyed hash of who gave a command and what was sent with it.
    pub(crate) fn asked(
        &self,
        landlord: &Landlord,
        account: &[u8; 16],
        body: &[u8; 32],
    ) -> Result<[u8; 32], StoreError> {
        Ok(self
            .landlord_key(landlord)?
            .derive("asked", &[])
            .mac("asked", &[account, body]))
    }

    pub(crate) fn seal_answer(
        &self,
        landlord: &Landlord,
        stamp: &StampRow,
        answer: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        let key = self.landlord_key(landlord)?.derive("answers", &[]);
        Ok(seal::seal(&key, &stamp_context(landlord, stamp), answer)?)
    }

    pub(crate) fn open_answer(&self, landlord: &Landlord, stamp: &StampRow) -> Result<Vec<u8>, StoreError> {
        let key = self.landlord_key(landlord)?.derive("answers", &[]);
        seal::open(&key, &stamp_context(landlord, stamp), &stamp.sealed)
            .map_err(|_| StoreError::SealBroken { at: Place::Stamp })
    }

    /// The keyed hash over the obligations of a case, which must be in order of slot.
    pub(crate) fn index_seal(
        &self,
        landlord: &Landlord,
        case: JournalId,
        rows: &[IndexRow],
    ) -> Result<[u8; 32], StoreError> {
        let mut bytes = Vec::with_capacity(rows.len() * 128);
        for row in rows {
            bytes.extend_from_slice(&row.slot.0);
            bytes.extend_from_slice(&row.rule.0);
            for time in [Some(row.started), row.due, row.met, row.lapsed, row.wake_at] {
                bytes.push(u8::from(time.is_some()));
                bytes.extend_from_slice(&time.unwrap_or_default().to_be_bytes());
            }
            bytes.extend_from_slice(&[u8::from(row.open), row.state, u8::from(row.owner.is_some())]);
            bytes.extend_from_slice(&row.owner.map(|token| token.0).unwrap_or_default());
            bytes.extend_from_slice(&row.made_by.to_be_bytes());
        }
        self.listing_mac(landlord, case, ListingSet::Index, &bytes)
    }

    /// The keyed hash over one of the sets of tokens of a case, which must be in order.
    pub(crate) fn tokens_seal(
        &self,
        landlord: &Landlord,
        case: JournalId,
        set: ListingSet,
        tokens: &[Token],
    ) -> Result<[u8; 32], StoreError> {
        let bytes: Vec<u8> = tokens.iter().flat_map(|token| token.0).collect();
        self.listing_mac(landlord, case, set, &bytes)
    }

    /// The first set of a case's listing rows that is not as it was written.
    pub(crate) fn altered(
        &self,
        landlord: &Landlord,
        case: JournalId,
        rows: &ListingRows,
    ) -> Result<Option<ListingSet>, StoreError> {
        for set in ListingSet::ALL {
            let (empty, seal) = match set {
                ListingSet::Index => (
                    rows.index.is_empty(),
                    self.index_seal(landlord, case, &rows.index)?,
                ),
                ListingSet::Search => (
                    rows.search.is_empty(),
                    self.tokens_seal(landlord, case, set, &rows.search)?,
                ),
                ListingSet::Audience => (
                    rows.audience.is_empty(),
                    self.tokens_seal(landlord, case, set, &rows.audience)?,
                ),
                ListingSet::ShutOut => (
                    rows.shut_out.is_empty(),
                    self.tokens_seal(landlord, case, set, &rows.shut_out)?,
                ),
            };
            let kept = rows.seals.iter().find(|(of, _)| *of == set);
            // A set without a seal is empty, and nobody is in the audience: taking away the shut-out rows together
            // with their seal must not go unnoticed while the case is listed.
            let holds = kept.map_or(empty && rows.audience.is_empty(), |(_, kept)| {
                kept.ct_eq(&seal).into()
            });
            if !holds {
                return Ok(Some(set));
            }
        }
        Ok(None)
    }

    fn listing_mac(
        &self,
        landlord: &Landlord,
        case: JournalId,
        set: ListingSet,
        bytes: &[u8],
    ) -> Result<[u8; 32], StoreError> {
        let key = self.landlord_key(landlord)?.derive("listing", &[]);
        Ok(key.mac(set.name(), &[&case.0, bytes]))
    }
}

fn key_context(landlord: &Landlord, id: JournalId, kind: JournalKind, generation: u32) -> Vec<u8> {
    let kind = [AES_256_GCM_SIV, kind.code() as u8];
    bound(
        "journal key",
        &[
            landlord.label().as_bytes(),
            &id.0,
            &kind,
            &generation.to_be_bytes(),
        ],
    )
}

fn summary_context(landlord: &Landlord, case: JournalId, state: u8, sort: i64) -> Vec<u8> {
    bound(
        "summary",
        &[
            landlord.label().as_bytes(),
            &case.0,
            &[state],
            &sort.to_be_bytes(),
        ],
    )
}

fn row_context(landlord: &Landlord, row: &StoredRow) -> Vec<u8> {
    let case = row.case.map(|case| case.0.to_vec()).unwrap_or_default();
    let owner = row.owner.map(|owner| owner.to_vec()).unwrap_or_default();
    let expires = row
        .expires_at
        .map(|at| at.to_be_bytes().to_vec())
        .unwrap_or_default();
    bound(
        "row",
        &[
            landlord.label().as_bytes(),
            row.table.as_bytes(),
            &row.id,
            &case,
            &owner,
            &row.version.to_be_bytes(),
            &row.sort.to_be_bytes(),
            &expires,
        ],
    )
}

fn stamp_context(landlord: &Landlord, stamp: &StampRow) -> Vec<u8> {
    let case = stamp.case.map(|case| case.0.to_vec()).unwrap_or_default();
    bound(
        "stamp",
        &[
            landlord.label().as_bytes(),
            &stamp.command.0,
            &stamp.asked,
            &case,
            &stamp.made_at.to_be_bytes(),
        ],
    )
}
