//! What may be said about a fact in codes, and which codes.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What a qualifier says: a flag, a number, one code or several.
///
/// Dates and instants are codes in their usual spelling (`2026-03-01`, `2026-03-01T09:00:00Z`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// One code.
    Code(Cow<'static, str>),
    /// Several codes at once: grounds, kinds of abuse, needs.
    Codes(Vec<Cow<'static, str>>),
}

impl Value {
    /// Whether this says `wanted`, or includes it.
    pub fn says(&self, wanted: &Value) -> bool {
        match (self, wanted) {
            (Value::Codes(have), Value::Code(one)) => have.contains(one),
            (have, wanted) => have == wanted,
        }
    }
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Value::Flag(true) => f.write_str("yes"),
            Value::Flag(false) => f.write_str("no"),
            Value::Number(number) => write!(f, "{number}"),
            Value::Code(code) => f.write_str(code),
            Value::Codes(codes) => f.write_str(&codes.join(", ")),
        }
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Value {
        Value::Flag(flag)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Value {
        Value::Number(number)
    }
}

impl From<&'static str> for Value {
    fn from(code: &'static str) -> Value {
        Value::Code(Cow::Borrowed(code))
    }
}

impl From<String> for Value {
    fn from(code: String) -> Value {
        Value::Code(Cow::Owned(code))
    }
}

/// What a qualifier may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// True or false.
    Flag,
    /// A whole number, 0 or more.
    Number,
    /// A date: `2026-03-01`.
    Date,
    /// One code of a closed list.
    OneOf(&'static [&'static str]),
    /// One or several codes of a closed list.
    AnyOf(&'static [&'static str]),
    /// A code that the pack names: a level of a scale, a rule, a role, a team, a training, a stage.
    Named,
}

/// One thing that may be said of a kind of fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Qualifier {
    /// Its name, as packs write it.
    pub name: &'static str,
    /// What it may hold.
    pub allowed: Allowed,
}

/// The shortest way to write a qualifier in the table of kinds.
pub(super) const fn q(name: &'static str, allowed: Allowed) -> Qualifier {
    Qualifier { name, allowed }
}

impl Allowed {
    /// What is wrong with a value, with the remedy.
    pub(super) fn fault(self, name: &str, value: &Value) -> Option<String> {
        match (self, value) {
            (Allowed::Flag, Value::Flag(_)) | (Allowed::Named, Value::Code(_)) => None,
            (Allowed::Number, Value::Number(number)) if *number >= 0 => None,
            (Allowed::Date, Value::Code(text)) if is_date(text) => None,
            (Allowed::OneOf(codes) | Allowed::AnyOf(codes), Value::Code(code)) => {
                unknown_code(name, code, codes)
            }
            (Allowed::AnyOf(codes), Value::Codes(several)) => {
                several.iter().find_map(|code| unknown_code(name, code, codes))
            }
            (
                Allowed::Flag
                | Allowed::Number
                | Allowed::Date
                | Allowed::OneOf(_)
                | Allowed::AnyOf(_)
                | Allowed::Named,
                _,
            ) => Some(format!("{name} = {value} is not {}", self.in_words())),
        }
    }

    /// What may be written, in words.
    pub fn in_words(self) -> String {
        match self {
            Allowed::Flag => "true or false".to_owned(),
            Allowed::Number => "a whole number, 0 or more".to_owned(),
            Allowed::Date => "a date such as 2026-03-01".to_owned(),
            Allowed::OneOf(codes) => format!("one of {}", codes.join(", ")),
            Allowed::AnyOf(codes) => format!("one or several of {}", codes.join(", ")),
            Allowed::Named => "a code that the pack names".to_owned(),
        }
    }
}

fn is_date(text: &str) -> bool {
    text.parse::<jiff::civil::Date>().is_ok() || text.parse::<jiff::Timestamp>().is_ok()
}

fn unknown_code(name: &str, code: &str, codes: &[&'static str]) -> Option<String> {
    if codes.contains(&code) {
        return None;
    }
    let near = crate::pack::nearest(code, codes.iter().copied());
    Some(format!(
        "{name} = {code:?} is not known: {}",
        crate::pack::did_you_mean(&near, codes)
    ))
}
