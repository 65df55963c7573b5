//! The value of a route in the form in which two spellings of one number, address or account are equal.

use crate::fact::RouteKind;
use crate::words::Words;

/// A route's value, normalised. It is as withheld as the value itself.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RouteKey {
    family: Family,
    text: Words,
}

/// Kinds whose values may be compared: a place to meet may be the postal address.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Family {
    Number,
    Mail,
    Address,
    App,
    Through,
}

impl RouteKey {
    /// Normalises a value.
    pub fn of(kind: RouteKind, value: &Words) -> RouteKey {
        let text = value.reveal();
        let (family, text) = match kind {
            RouteKind::Telephone => (Family::Number, number(text)),
            RouteKind::Email => (Family::Mail, text.trim().to_lowercase()),
            RouteKind::Post | RouteKind::Place => (Family::Address, letters(text)),
            RouteKind::App => (Family::App, letters(text)),
            RouteKind::Through => (Family::Through, letters(text)),
        };
        RouteKey {
            family,
            text: Words::new(text),
        }
    }

    /// The normalised text, for a keyed token or for sealing.
    pub fn reveal(&self) -> &str {
        self.text.reveal()
    }

    /// Whether there is nothing in it.
    pub fn is_blank(&self) -> bool {
        self.text.is_blank()
    }
}

impl std::fmt::Debug for RouteKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[withheld]")
    }
}

/// Digits only, and in the national form: +44 7700 900123, 0044 7700 900123 and +44 (0)7700 900123 are 07700 900123.
fn number(text: &str) -> String {
    let international = text.trim_start().starts_with('+');
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let british = match (international, digits.strip_prefix("0044")) {
        (true, _) => digits.strip_prefix("44"),
        (false, found) => found.or_else(|| digits.strip_prefix("44").filter(|rest| rest.len() == 10)),
    };
    match british {
        Some(rest) => format!("0{}", rest.trim_start_matches('0')),
        None if international => format!("+{digits}"),
        None => match digits.strip_prefix("00") {
            Some(rest) => format!("+{rest}"),
            None => digits,
        },
    }
}

/// Letters and digits in lower case: spaces, commas and line ends do not tell two addresses apart.
pub(crate) fn letters(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars().filter(|c| c.is_alphanumeric()) {
        if c.is_ascii() {
            plain.push(c.to_ascii_lowercase());
        } else {
            plain.extend(c.to_lowercase());
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_number_are_one_number() {
        let key = |text| RouteKey::of(RouteKind::Telephone, &Words::new(text));
        for same in [
            "07700 900123",
            "07700-900-123",
            "+44 7700 900123",
            "0044 7700 900123",
            "+44 (0)7700 900123",
            "447700900123",
        ] {
            assert_eq!(key(same), key("07700900123"), "{same}");
        }
        assert_ne!(key("07700900124"), key("07700900123"));
        assert_eq!(key("+353 87 123 4567"), key("00353871234567"));
    }

    #[test]
    fn a_place_to_meet_may_be_the_postal_address() {
        let post = RouteKey::of(RouteKind::Post, &Words::new("1 High Street,\nAnytown"));
        let place = RouteKey::of(RouteKind::Place, &Words::new("1 high street anytown"));
        assert_eq!(post, place);
        assert_ne!(
            post,
            RouteKey::of(RouteKind::Through, &Words::new("1 high street anytown"))
        );
    }
}
