//! The code for a first sign-in: given to the second person, told to the colleague, used once.

use crate::form::Form;
use crate::room::Room;
use fanlight_core::ids::Position;
use zeroize::Zeroizing;

/// Small letters and digits that are not taken for one another.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The code. It is shown once, to the second person.
pub struct FirstCode(Zeroizing<String>);

impl FirstCode {
    /// The code of an answer: the same for both presses of a button, and known to nobody without the landlord's key.
    pub(crate) fn of(room: &Room, form: Form, proposal: Position) -> FirstCode {
        let mut asked = form.command.0.to_vec();
        asked.extend(proposal.0.to_be_bytes());
        let bytes = room.tokens.lookup("first-code", &asked);
        let letters = bytes
            .iter()
            .take(16)
            .map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
        FirstCode(Zeroizing::new(letters.collect()))
    }

    /// The code as it was typed, without what people put between its letters.
    pub fn typed(text: &str) -> String {
        let letters = text.chars().filter(char::is_ascii_alphanumeric);
        let alike = letters.map(|letter| match letter.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        });
        alike.take(32).collect()
    }

    /// The letters.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The letters in fours, as they are read out.
    pub fn in_fours(&self) -> Zeroizing<String> {
        let letters: Vec<char> = self.0.chars().collect();
        let fours: Vec<String> = letters.chunks(4).map(|four| four.iter().collect()).collect();
        Zeroizing::new(fours.join(" "))
    }
}

impl std::fmt::Debug for FirstCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[withheld]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_understood_however_it_is_typed() {
        for typed in ["01ab cdef ghjk mnpq", "OLAB-CDEF-GHJK-MNPQ", " olabcdefghjkmnpq"] {
            assert_eq!(FirstCode::typed(typed), "01abcdefghjkmnpq", "{typed}");
        }
    }
}
