//! Identifiers, each its own type, and the case reference that people read aloud.
//!
//! Nothing here makes an identifier: randomness is an argument.

use serde::{Deserialize, Serialize};

macro_rules! opaque_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(pub [u8; 16]);

        impl $name {
            /// Reads the 32 hexadecimal digits that [`std::fmt::Display`] writes.
            pub fn parse(text: &str) -> Option<Self> {
                hex16(text).map($name)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.to_string()
            }
        }

        impl TryFrom<String> for $name {
            type Error = &'static str;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                $name::parse(&text).ok_or(concat!("not a ", stringify!($name)))
            }
        }
    };
}

opaque_id! {
    /// A case, and the report it grew from: one journal.
    CaseId
}
opaque_id! {
    /// Somebody who can sign in.
    AccountId
}
opaque_id! {
    /// A person in one case. The same human being in two cases has two of these (safety rule 3).
    PersonId
}
opaque_id! {
    /// A route by which a person might be reached.
    RouteId
}
opaque_id! {
    /// One press of one form's button, made when the form was drawn.
    CommandId
}

/// A landlord, by the short name of its data (`settle`, `bpha`).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LandlordId(pub String);

/// Where an entry stands in its journal, counted from 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Position(pub u64);

/// The reference that people read aloud: two groups of three and a check letter, never a sequence.
///
/// Letters that sound or look alike (I, L, O, S, U) are not used. The last character checks the others, so one
/// wrong or two swapped characters are noticed (ISO 7064 in spirit: a weighted sum modulo 29, a prime).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CaseReference(String);

const ALPHABET: &[u8; 29] = b"123456789ABCDEFGHJKMNPQRTVWXY";

impl CaseReference {
    /// Makes a reference from random bytes.
    pub fn from_random(random: [u8; 8]) -> Self {
        let mut number = u64::from_le_bytes(random);
        let mut digits = [0u8; 6];
        for digit in digits.iter_mut().take(5) {
            *digit = (number % 29) as u8;
            number /= 29;
        }
        digits[5] = Self::check(&digits[..5]);
        let text: Vec<u8> = digits.iter().map(|digit| ALPHABET[usize::from(*digit)]).collect();
        let text = String::from_utf8(text).expect("the alphabet is ASCII");
        CaseReference(format!("{}-{}", &text[..3], &text[3..]))
    }

    /// Reads a reference as people type it: any case, with or without the hyphen or spaces.
    pub fn parse(text: &str) -> Option<Self> {
        let plain: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .collect::<String>()
            .to_ascii_uppercase();
        let digits: Option<Vec<u8>> = plain
            .bytes()
            .map(|byte| ALPHABET.iter().position(|a| *a == byte).map(|at| at as u8))
            .collect();
        let digits = digits.filter(|digits| digits.len() == 6)?;
        (Self::check(&digits[..5]) == digits[5])
            .then(|| CaseReference(format!("{}-{}", &plain[..3], &plain[3..])))
    }

    /// The reference as shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn check(digits: &[u8]) -> u8 {
        let sum: u32 = digits
            .iter()
            .zip(2u32..)
            .map(|(digit, weight)| u32::from(*digit) * weight)
            .sum();
        (sum % 29) as u8
    }
}

impl std::fmt::Display for CaseReference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<CaseReference> for String {
    fn from(reference: CaseReference) -> String {
        reference.0
    }
}

impl TryFrom<String> for CaseReference {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        CaseReference::parse(&text).ok_or("not a case reference: a character is wrong or missing")
    }
}

fn hex16(text: &str) -> Option<[u8; 16]> {
    let bytes = text.as_bytes();
    if bytes.len() != 32
        || !bytes
            .iter()
            .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(b))
    {
        return None;
    }
    let mut id = [0u8; 16];
    for (place, pair) in id.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *place = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_reference_survives_being_read_aloud(random: [u8; 8]) {
            let reference = CaseReference::from_random(random);
            let spoken = reference.as_str().to_lowercase().replace('-', " ");
            prop_assert_eq!(CaseReference::parse(&spoken), Some(reference));
        }

        #[test]
        fn one_wrong_character_is_noticed(random: [u8; 8], at in 0usize..6, other in 0usize..29) {
            let reference = CaseReference::from_random(random);
            let mut wrong: Vec<u8> = reference.as_str().bytes().filter(|b| *b != b'-').collect();
            prop_assume!(wrong[at] != ALPHABET[other]);
            wrong[at] = ALPHABET[other];
            prop_assert_eq!(CaseReference::parse(std::str::from_utf8(&wrong).unwrap()), None);
        }

        #[test]
        fn an_id_reads_back(bytes: [u8; 16]) {
            prop_assert_eq!(CaseId::parse(&CaseId(bytes).to_string()), Some(CaseId(bytes)));
        }
    }
}
