//! Somebody's words, name, number or address: types that cannot be printed by accident.
//!
//! They have no `Display`, and their `Debug` says only that something is withheld. Whoever needs the text
//! says so with [`Words::reveal`], which is easy to find in review.

use serde::{Deserialize, Serialize};

/// Text that came from or describes a person. It never reaches a log, an error, a URL or a file name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Words(String);

impl Words {
    /// Takes text in.
    pub fn new(text: impl Into<String>) -> Self {
        Words(text.into())
    }

    /// The text itself, for a page whose reader has passed the gate, or for sealing.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing but white space.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }

    /// The text trimmed, or nothing if it is blank.
    pub fn or_nothing(text: &str) -> Option<Self> {
        let trimmed = text.trim();
        (!trimmed.is_empty()).then(|| Words(trimmed.to_owned()))
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[withheld]")
    }
}

impl Drop for Words {
    fn drop(&mut self) {
        // Best effort: the allocation is not left full of somebody's words.
        let mut bytes = std::mem::take(&mut self.0).into_bytes();
        bytes.fill(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_do_not_show_in_debug() {
        assert_eq!(format!("{:?}", Words::new("he has a key")), "[withheld]");
    }

    #[test]
    fn words_are_stored_as_plain_text() {
        let stored = serde_json::to_string(&Words::new("a")).expect("a string serialises");
        assert_eq!(stored, "\"a\"");
    }
}
