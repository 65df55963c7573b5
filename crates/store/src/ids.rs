//! The opaque names by which things are kept. None of them says anything about a person.

use std::sync::Arc;

/// Which landlord a thing belongs to: a short label, bound into everything that is sealed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Landlord(Arc<str>);

impl Landlord {
    /// Takes a label of 1 to 40 lower-case letters, digits and hyphens (it also names files in the key folder).
    pub fn new(label: &str) -> Option<Self> {
        let fits = (1..=40).contains(&label.len());
        let plain = label
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        (fits && plain && !label.starts_with('-')).then(|| Landlord(label.into()))
    }

    /// The label.
    pub fn label(&self) -> &str {
        &self.0
    }
}

/// Sixteen opaque bytes, written in hexadecimal.
macro_rules! sixteen {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; 16]);

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
    };
}

sixteen! {
    /// A journal, by the identifier its maker drew.
    JournalId
}
sixteen! {
    /// A keyed token: equal for equal values under one key, and meaningless without it.
    Token
}
sixteen! {
    /// One press of one button, by the identifier its form was drawn with.
    CommandId
}

impl JournalId {
    /// The one journal of a landlord's own facts.
    pub const LANDLORD: JournalId = JournalId([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    /// The one journal of a landlord's reads and refusals.
    pub const READING: JournalId = JournalId([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
}

/// What a journal is for, which decides whether its key can be destroyed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum JournalKind {
    /// Has a key of its own, which erasing destroys.
    Case,
    /// The landlord's own facts, kept for good.
    Landlord,
    /// Reads and refusals, kept for good.
    Reading,
}

impl JournalKind {
    pub(crate) fn code(self) -> i64 {
        match self {
            JournalKind::Case => 1,
            JournalKind::Landlord => 2,
            JournalKind::Reading => 3,
        }
    }

    pub(crate) fn from_code(code: i64) -> Option<Self> {
        [JournalKind::Case, JournalKind::Landlord, JournalKind::Reading]
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

/// Which key an entry of a case's journal is kept under.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Under {
    /// The journal's own key: the entry goes when the case is erased.
    CaseKey,
    /// The landlord's key: the entry outlives the case, and must name no person.
    LandlordKey,
}

/// Where the writer believes a journal ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Expect {
    /// The next entry goes exactly here, or the journal has moved on.
    At(u64),
    /// Wherever the journal ends by then.
    Anywhere,
}

/// Which end of a listing comes first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    /// Greatest sort value first.
    NewestFirst,
    /// Smallest sort value first.
    OldestFirst,
}

/// Who is looking at a listing. A case is listed only if one of its audience tokens is among `may` or is
/// `me`, and never if the case is shut to `me`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Viewer {
    /// The token of the person looking.
    pub me: Token,
    /// The tokens of what the person belongs to.
    pub may: Vec<Token>,
}

impl Viewer {
    pub(crate) fn tokens(&self) -> Vec<Token> {
        let mut all = self.may.clone();
        all.push(self.me);
        all.sort_unstable();
        all.dedup();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_landlord_label_cannot_climb_out_of_a_folder() {
        for bad in ["", "..", "a/b", "A", "a b", "-a", &"a".repeat(41)] {
            assert!(Landlord::new(bad).is_none(), "{bad}");
        }
        assert_eq!(Landlord::new("settle").expect("a plain label").label(), "settle");
    }
}
