//! Facts as codes: kinds, qualifiers and times with no word and no person, which is all that clocks and measures see.
//!
//! A case's own facts are full of people. Before anything is counted they are reduced to this: what kind of thing
//! happened, a few codes about it, which item of a list it concerns (opaque), and its three times. Packs speak of
//! nothing else, so a pack can never ask a clock to look at somebody's words.

mod from_facts;
mod home;
mod kind;
mod latest;
mod line;
mod qualifier;

pub use from_facts::coded;
pub(crate) use kind::codes_of;
pub use kind::{CIRCUMSTANCES, Kind, channels};
pub use latest::visible;
pub use line::{LineProblem, read_lines};
pub use qualifier::{Allowed, Qualifier, Value};

use crate::ids::Position;
use crate::times::Times;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Codes by qualifier. Ours are names of this program: a case page codes some dozens of facts, and copies none of them.
pub type Codes = BTreeMap<Cow<'static, str>, Value>;

/// One fact, reduced to what a clock may know of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodedFact {
    /// What kind of thing happened.
    pub kind: Kind,
    /// Codes about it, by qualifier.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub with: Codes,
    /// Which child, action, agency or meeting it concerns, as an opaque id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// When it happened, when the landlord knew, and when it was written down.
    pub times: Times,
    /// Where it stands in its journal.
    pub position: Position,
    /// The fact it puts right, which counts no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<Position>,
}

impl CodedFact {
    /// A fact with no qualifier, all three times alike.
    pub fn new(kind: Kind, position: u64, times: Times) -> Self {
        CodedFact {
            kind,
            with: BTreeMap::new(),
            item: None,
            times,
            position: Position(position),
            corrects: None,
        }
    }

    /// The same fact with one more qualifier.
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.with.insert(Cow::Borrowed(name), value.into());
        self
    }

    /// The same fact about one item of a list.
    pub fn about(mut self, item: &str) -> Self {
        self.item = Some(item.to_owned());
        self
    }

    /// The code given for a qualifier, if there is one.
    pub fn code(&self, name: &str) -> Option<&str> {
        match self.with.get(name) {
            Some(Value::Code(code)) => Some(code),
            Some(Value::Flag(_) | Value::Number(_) | Value::Codes(_)) | None => None,
        }
    }

    /// The number given for a qualifier, if there is one.
    pub fn number(&self, name: &str) -> Option<i64> {
        match self.with.get(name) {
            Some(Value::Number(number)) => Some(*number),
            Some(Value::Flag(_) | Value::Code(_) | Value::Codes(_)) | None => None,
        }
    }

    /// The date given for a qualifier, if there is one that can be read.
    pub fn date(&self, name: &str) -> Option<jiff::civil::Date> {
        self.code(name)
            .and_then(|code| code.get(..10))
            .and_then(|date| date.parse().ok())
    }

    /// Everything about this fact that no kind allows, in words for whoever wrote it.
    pub fn faults(&self) -> Vec<String> {
        self.with
            .iter()
            .filter_map(|(name, value)| self.kind.fault_in(name, value))
            .collect()
    }
}
