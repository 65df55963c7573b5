//! Reading a TOML table by hand, so that every fault is found at once and each knows its line.
//!
//! A key that is asked for becomes a key that is known; whatever is left when a table is done was misspelt.

use super::found::{Found, RefersTo, Source, Spot};
use super::problem::{did_you_mean, nearest, quoted};
use jiff::civil::Date;
use std::cell::RefCell;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One table, with the keys that have been asked for.
pub(super) struct Table<'a> {
    source: &'a Source<'a>,
    found: &'a Found,
    map: &'a DeTable<'a>,
    at: usize,
    place: String,
    known: RefCell<Vec<&'static str>>,
}

impl<'a> Table<'a> {
    /// Where problems and references are put.
    pub(super) fn found(&self) -> &'a Found {
        self.found
    }

    pub(super) fn new(
        source: &'a Source<'a>,
        found: &'a Found,
        map: &'a DeTable<'a>,
        at: usize,
        place: String,
    ) -> Self {
        Table {
            source,
            found,
            map,
            at,
            place,
            known: RefCell::new(Vec::new()),
        }
    }

    /// A key of this table, with the entry that it stands in.
    fn label(&self, key: &str) -> String {
        if self.place.is_empty() {
            key.to_owned()
        } else {
            format!("{}, {key}", self.place)
        }
    }

    /// Where this table begins.
    pub(super) fn spot(&self) -> Spot {
        self.source.spot(self.at, &self.place)
    }

    /// Where the value of a key stands, or the table if it has none.
    pub(super) fn spot_of(&self, key: &str) -> Spot {
        let at = self.map.get(key).map_or(self.at, |value| value.span().start);
        self.source.spot(at, &self.label(key))
    }

    /// Says that the value of a key is wrong.
    pub(super) fn wrong(&self, key: &str, what: impl Into<String>, remedy: impl Into<String>) {
        self.found.say(self.spot_of(key).problem(what, remedy));
    }

    /// Says that the table itself is wrong.
    pub(super) fn wrong_here(&self, what: impl Into<String>, remedy: impl Into<String>) {
        self.found.say(self.spot().problem(what, remedy));
    }

    /// Whether a key is there, without asking for its value.
    pub(super) fn has(&self, key: &'static str) -> bool {
        self.get(key).is_some()
    }

    fn get(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.known.borrow_mut().push(key);
        self.map.get(key)
    }

    fn of_type<T>(
        &self,
        key: &'static str,
        wanted: &str,
        read: impl Fn(&'a DeValue<'a>) -> Option<T>,
    ) -> Option<T> {
        let value = self.get(key)?.get_ref();
        let given = read(value);
        if given.is_none() {
            self.wrong(
                key,
                format!("{} is given where {wanted} belongs", type_in_words(value)),
                format!("write {wanted}"),
            );
        }
        given
    }

    /// Text, if the key is there.
    pub(super) fn text(&self, key: &'static str) -> Option<String> {
        let text = self.of_type(key, "text in double quotes", as_text)?;
        if text.trim().is_empty() {
            self.wrong(key, "the text is empty", "write the text, or leave the key out");
            return None;
        }
        Some(text)
    }

    /// Text that must be there.
    pub(super) fn need_text(&self, key: &'static str) -> String {
        if !self.has(key) {
            self.missing(key, "text in double quotes");
        }
        self.text(key).unwrap_or_default()
    }

    /// An id: lower-case letters, digits and hyphens.
    pub(super) fn need_id(&self) -> String {
        let id = self.need_text("id");
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
        if !id.is_empty() && !id.chars().all(fits) {
            self.wrong(
                "id",
                format!("{} is not an id", quoted(&id)),
                "write lower-case letters, digits and hyphens",
            );
        }
        id
    }

    fn missing(&self, key: &str, wanted: &str) {
        self.wrong_here(format!("{key} is missing"), format!("add {key} = {wanted}"));
    }

    /// Several texts; one alone may stand without brackets.
    pub(super) fn texts(&self, key: &'static str) -> Vec<String> {
        self.spotted_texts(key)
            .into_iter()
            .map(|(text, _)| text)
            .collect()
    }

    /// Several texts, each with its place.
    pub(super) fn spotted_texts(&self, key: &'static str) -> Vec<(String, Spot)> {
        let wanted = "a list of texts such as [\"one\", \"two\"]";
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        let place = self.label(key);
        let items: Vec<&Spanned<DeValue<'a>>> = match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            DeValue::String(_) => vec![value],
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Table(_) => {
                self.wrong(
                    key,
                    format!("{} is given where a list belongs", type_in_words(value.get_ref())),
                    format!("write {wanted}"),
                );
                return Vec::new();
            }
        };
        let mut texts = Vec::new();
        for item in items {
            let spot = self.source.spot(item.span().start, &place);
            match as_text(item.get_ref()) {
                Some(text) if !text.trim().is_empty() => texts.push((text, spot)),
                Some(_) => self
                    .found
                    .say(spot.problem("an empty text stands in the list", "take it out")),
                None => self.found.say(spot.problem(
                    format!("{} stands in a list of texts", type_in_words(item.get_ref())),
                    format!("write {wanted}"),
                )),
            }
        }
        texts
    }

    /// Ids of things elsewhere in the pack, which must exist there.
    pub(super) fn references(&self, key: &'static str, to: RefersTo) -> Vec<String> {
        let named = self.spotted_texts(key);
        for (name, spot) in &named {
            self.found.refer(to.clone(), name.clone(), spot.clone());
        }
        named.into_iter().map(|(name, _)| name).collect()
    }

    /// One id of something elsewhere in the pack.
    pub(super) fn reference(&self, key: &'static str, to: RefersTo) -> Option<String> {
        let name = self.text(key)?;
        self.found.refer(to, name.clone(), self.spot_of(key));
        Some(name)
    }

    /// True or false.
    pub(super) fn flag(&self, key: &'static str) -> Option<bool> {
        self.of_type(key, "true or false", |value| value.as_bool())
    }

    /// A whole number from 0 up.
    pub(super) fn count(&self, key: &'static str) -> Option<u32> {
        self.of_type(key, "a whole number from 0 up", as_count)
    }

    /// A date, with or without quotation marks.
    pub(super) fn date(&self, key: &'static str) -> Option<Date> {
        self.of_type(key, "a date such as 2026-03-01", |value| match value {
            DeValue::Datetime(date) => date.to_string().parse().ok(),
            DeValue::String(text) => text.parse().ok(),
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => None,
        })
    }

    /// Several dates.
    pub(super) fn dates(&self, key: &'static str) -> Vec<Date> {
        let Some(json) = self.json(key) else {
            return Vec::new();
        };
        match serde_json::from_value(json) {
            Ok(dates) => dates,
            Err(_) => {
                let remedy = "write a list of dates such as [2026-03-01, 2026-04-05]";
                self.wrong(key, "something stands there that is no list of dates", remedy);
                Vec::new()
            }
        }
    }

    /// One word of a closed list.
    pub(super) fn choice<T: Copy>(&self, key: &'static str, words: &[(&'static str, T)]) -> Option<T> {
        let text = self.text(key)?;
        let chosen = words
            .iter()
            .find(|(word, _)| *word == text)
            .map(|(_, meaning)| *meaning);
        if chosen.is_none() {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let near = nearest(&text, known.iter().copied());
            self.wrong(
                key,
                format!("{} is not known here", quoted(&text)),
                did_you_mean(&near, &known),
            );
        }
        chosen
    }

    /// One word of a closed list, which must be there.
    pub(super) fn need_choice<T: Copy>(&self, key: &'static str, words: &[(&'static str, T)]) -> Option<T> {
        if !self.has(key) {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.missing(key, &format!("one of {}", known.join(", ")));
        }
        self.choice(key, words)
    }

    /// A table under a key.
    pub(super) fn table(&self, key: &'static str) -> Option<Table<'a>> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::Table(map) => Some(self.below(map, value.span().start, self.label(key))),
            other => {
                self.wrong(
                    key,
                    format!("{} is given where a table belongs", type_in_words(other)),
                    format!("write {key} = {{ … }}"),
                );
                None
            }
        }
    }

    /// Several tables under a key, `[[key]]` or a list; one alone may stand without brackets.
    pub(super) fn tables(&self, key: &'static str) -> Vec<Table<'a>> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        let label = self.label(key);
        match value.get_ref() {
            DeValue::Table(map) => vec![self.below(map, value.span().start, named(&label, map, 1))],
            DeValue::Array(items) => {
                let mut tables = Vec::new();
                for (item, number) in items.iter().zip(1usize..) {
                    match item.get_ref() {
                        DeValue::Table(map) => {
                            tables.push(self.below(map, item.span().start, named(&label, map, number)));
                        }
                        other => {
                            let spot = self.source.spot(item.span().start, &label);
                            let what = format!("{} stands where a table belongs", type_in_words(other));
                            self.found.say(spot.problem(what, "write { key = value, … }"));
                        }
                    }
                }
                tables
            }
            other => {
                let what = format!("{} is given where a table belongs", type_in_words(other));
                self.wrong(
                    key,
                    what,
                    format!("write [[{key}]] on a line of its own, and its keys below"),
                );
                Vec::new()
            }
        }
    }

    fn below(&self, map: &'a DeTable<'a>, at: usize, place: String) -> Table<'a> {
        Table::new(self.source, self.found, map, at, place)
    }

    /// Every key with its value as JSON, for a map whose keys the pack chooses.
    pub(super) fn open_keys(&self) -> Vec<(String, serde_json::Value, Spot)> {
        self.map
            .iter()
            .map(|(key, value)| {
                let name = key.get_ref().to_string();
                let spot = self.source.spot(key.span().start, &self.label(&name));
                (name, as_json(value.get_ref()), spot)
            })
            .collect()
    }

    /// The table under a key that the pack chooses.
    pub(super) fn open_table(&self, name: &str) -> Option<Table<'a>> {
        let value = self.map.get(name)?;
        match value.get_ref() {
            DeValue::Table(map) => Some(self.below(map, value.span().start, self.label(name))),
            other => {
                self.wrong(
                    name,
                    format!("{} is given where a table belongs", type_in_words(other)),
                    format!("write {name} = {{ … }}"),
                );
                None
            }
        }
    }

    /// The whole table as JSON, for types that read themselves.
    pub(super) fn as_json(&self) -> serde_json::Value {
        as_json_table(self.map)
    }

    /// The value of a key as JSON.
    pub(super) fn json(&self, key: &'static str) -> Option<serde_json::Value> {
        self.get(key).map(|value| as_json(value.get_ref()))
    }

    /// Reports every key that nobody asked for. Call it last.
    pub(super) fn done(&self) {
        let known = self.known.borrow();
        for (key, _) in self.map.iter() {
            let name = key.get_ref().as_ref();
            if known.contains(&name) {
                continue;
            }
            let near = nearest(name, known.iter().copied());
            let place = if self.place.is_empty() {
                "the file"
            } else {
                &self.place
            };
            let spot = self.source.spot(key.span().start, place);
            let mut all = known.clone();
            all.sort_unstable();
            all.dedup();
            let what = format!("the key {} is not known here", quoted(name));
            self.found.say(spot.problem(what, did_you_mean(&near, &all)));
        }
    }
}

/// The label of one entry: its id if it has one, or its place in the list.
fn named(label: &str, map: &DeTable<'_>, number: usize) -> String {
    match map.get("id").and_then(|id| as_text(id.get_ref())) {
        Some(id) => format!("{label} {id:?}"),
        None => format!("{label} {number}"),
    }
}

fn as_text(value: &DeValue<'_>) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn as_count(value: &DeValue<'_>) -> Option<u32> {
    match value {
        DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok(),
        DeValue::String(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_)
        | DeValue::Array(_)
        | DeValue::Table(_) => None,
    }
}

fn type_in_words(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn as_json(value: &DeValue<'_>) -> serde_json::Value {
    use serde_json::Value as Json;
    match value {
        DeValue::String(text) => Json::String(text.to_string()),
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).map_or(Json::Null, Json::from)
        }
        DeValue::Float(number) => number.as_str().parse::<f64>().map_or(Json::Null, Json::from),
        DeValue::Boolean(flag) => Json::Bool(*flag),
        DeValue::Datetime(date) => Json::String(date.to_string()),
        DeValue::Array(items) => Json::Array(items.iter().map(|item| as_json(item.get_ref())).collect()),
        DeValue::Table(map) => as_json_table(map),
    }
}

fn as_json_table(map: &DeTable<'_>) -> serde_json::Value {
    map.iter()
        .map(|(key, value)| (key.get_ref().to_string(), as_json(value.get_ref())))
        .collect()
}
