//! Keyed tokens: what lets a value be found without being kept.
//!
//! One key per landlord and field. Whoever holds the database sees that two cases share a value, and how often a
//! value occurs, but not which value it is, nor that it is the same in another field or with another landlord.

use crate::error::StoreError;
use crate::ids::{JournalId, Landlord, Token, Viewer};
use crate::keys::Key;
use crate::listing::{CaseCursor, ListedCase, StateFilter};
use crate::store::Store;

/// Makes the tokens of one landlord.
pub struct TokenMaker {
    key: Key,
}

impl TokenMaker {
    /// The token of a value in a field. The caller has brought the value into its normal form.
    pub fn token(&self, field: &str, normalised: &str) -> Token {
        self.of("token", field, normalised.as_bytes())
    }

    /// The token of opaque bytes in a field.
    pub fn token_of(&self, field: &str, bytes: &[u8]) -> Token {
        self.of("token", field, bytes)
    }

    /// The identifier of a row that is to be found by a secret or a name: a session, a way to sign in.
    pub fn lookup(&self, table: &str, value: &[u8]) -> Vec<u8> {
        self.of("lookup", table, value).0.to_vec()
    }

    fn of(&self, purpose: &str, field: &str, value: &[u8]) -> Token {
        let hash = self
            .key
            .derive(purpose, &[field.as_bytes()])
            .mac(purpose, &[value]);
        Token(hash.first_chunk::<16>().copied().unwrap_or_default())
    }
}

impl Store {
    /// What makes the tokens of a landlord. Keep it for as long as a piece of work, not longer.
    pub async fn tokens(&self, landlord: &Landlord) -> Result<TokenMaker, StoreError> {
        self.ready(landlord).await?;
        Ok(TokenMaker {
            key: self.vault.landlord_key(landlord)?.derive("tokens", &[]),
        })
    }

    /// The cases that have all of these search tokens and that the viewer may see, newest first.
    pub async fn search(
        &self,
        landlord: &Landlord,
        viewer: &Viewer,
        having: &[Token],
        after: Option<CaseCursor>,
        limit: usize,
    ) -> Result<Vec<ListedCase>, StoreError> {
        if having.is_empty() {
            return Ok(Vec::new());
        }
        let mut query = crate::listing::case_query(
            viewer,
            StateFilter::Any,
            crate::ids::Order::NewestFirst,
            after,
            limit,
        );
        query.having = having.to_vec();
        query.having.sort_unstable();
        query.having.dedup();
        let rows = self.backend.cases(landlord, query).await?;
        self.opened_cases(landlord, rows)
    }

    /// Which of these search tokens are carried by another case than this one. It is an answer for the program itself: it
    /// says that there is such a case, and never which.
    pub async fn carried_by_others(
        &self,
        landlord: &Landlord,
        case: JournalId,
        tokens: &[Token],
    ) -> Result<Vec<Token>, StoreError> {
        if tokens.is_empty() {
            return Ok(Vec::new());
        }
        self.backend.carried_by_others(landlord, case, tokens).await
    }

    /// Whether the viewer would find this case in a listing.
    pub async fn is_listed(
        &self,
        landlord: &Landlord,
        viewer: &Viewer,
        case: JournalId,
    ) -> Result<bool, StoreError> {
        self.ready(landlord).await?;
        let Some(rows) = self.backend.listing(landlord, case).await? else {
            return Ok(false);
        };
        self.check_listing(landlord, case, &rows).await?;
        let invited = viewer.tokens().iter().any(|token| rows.audience.contains(token));
        Ok(invited && !rows.shut_out.contains(&viewer.me))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn maker(byte: u8) -> TokenMaker {
        TokenMaker {
            key: Key::from_bytes([byte; 32]),
        }
    }

    proptest! {
        #[test]
        fn equal_values_have_equal_tokens_and_others_differ(a in ".{0,40}", b in ".{0,40}") {
            let same = maker(1).token("surname", &a) == maker(1).token("surname", &b);
            prop_assert_eq!(same, a == b);
        }

        #[test]
        fn a_token_says_nothing_across_fields_tables_or_landlords(value in ".{0,40}") {
            let token = maker(1).token("surname", &value);
            prop_assert_ne!(token, maker(1).token("postcode", &value));
            prop_assert_ne!(token, maker(2).token("surname", &value));
            prop_assert_ne!(token.0.to_vec(), maker(1).lookup("surname", value.as_bytes()));
        }
    }
}
