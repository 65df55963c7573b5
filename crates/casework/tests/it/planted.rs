//! Markers in every field of every fact: the fixtures that freeze the stored form of each fact are walked, and whatever
//! in them is free text is replaced by a marker of its own.

use fanlight_core::fact::Fact;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::path::PathBuf;

/// Fields that hold a code of the pack and not somebody's words. Decisions refuse a code that the pack does not have.
const CODES: &[&str] = &[
    "fact",
    "team",
    "outcome",
    "level",
    "instrument",
    "rule",
    "item",
    "ground",
    "answer",
    "version",
    "area",
    "told_by",
    "grounds",
    "under",
    "reference",
];

/// What has been planted so far.
#[derive(Default)]
pub(crate) struct Markers {
    all: Vec<String>,
}

impl Markers {
    /// A marker that stands nowhere else.
    pub(crate) fn fresh(&mut self, of: &str) -> String {
        let marker = format!("zq{}{}", of.replace('_', ""), self.all.len());
        self.all.push(marker.clone());
        marker
    }

    /// Something that could not be just any word, such as a number.
    pub(crate) fn also(&mut self, planted: &str) -> String {
        self.all.push(planted.to_owned());
        planted.to_owned()
    }

    pub(crate) fn all(&self) -> &[String] {
        &self.all
    }

    /// A fact by its stored name, with a marker wherever it takes words, and with these fields as given.
    pub(crate) fn fact<T: DeserializeOwned>(&mut self, name: &str, with: &[(&str, Value)]) -> T {
        // The newest form has every field that the older ones have.
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../core/tests/it/wire");
        let newest = (1..)
            .map(|version| folder.join(format!("{name}.v{version}.json")))
            .take_while(|path| path.exists())
            .last();
        let text = std::fs::read_to_string(newest.unwrap()).unwrap();
        let stored: Value = serde_json::from_str(&text).unwrap();
        let mut fact = stored["fact"].clone();
        for (field, value) in with {
            fact[*field] = value.clone();
        }
        let given: Vec<&str> = with.iter().map(|(field, _)| *field).collect();
        for pointer in leaves(&fact, "") {
            let field = pointer.rsplit('/').next().unwrap_or_default();
            if CODES.contains(&field) || given.contains(&field) {
                continue;
            }
            let before = fact.pointer(&pointer).cloned().unwrap();
            let marker = self.fresh(name);
            *fact.pointer_mut(&pointer).unwrap() = Value::String(marker);
            // Where a date, an identifier or a code is wanted, the marker is no such thing.
            if serde_json::from_value::<Fact>(fact.clone()).is_err() {
                *fact.pointer_mut(&pointer).unwrap() = before;
                self.all.pop();
            }
        }
        serde_json::from_value(fact).unwrap_or_else(|fault| panic!("{name}: {fault}"))
    }
}

/// Where there is a text.
fn leaves(value: &Value, at: &str) -> Vec<String> {
    match value {
        Value::String(_) => vec![at.to_owned()],
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(field, value)| leaves(value, &format!("{at}/{field}")))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .flat_map(|(nth, value)| leaves(value, &format!("{at}/{nth}")))
            .collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}
