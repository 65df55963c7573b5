//! Facts for a trial, one JSON object a line: read whole, with every bad line reported by its number.

use super::{CodedFact, Codes, Kind, Value};
use crate::calendar::{FIRST_YEAR, LAST_YEAR, london_date};
use crate::ids::Position;
use crate::times::Times;
use jiff::Timestamp;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// What is wrong with one line, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct LineProblem {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
}

const KEYS: [&str; 7] = [
    "fact", "happened", "aware", "recorded", "with", "about", "corrects",
];

/// Reads every line. Blank lines and lines that begin with `#` are passed over; a fact's position is its line.
pub fn read_lines(text: &[u8]) -> (Vec<CodedFact>, Vec<LineProblem>) {
    let mut facts = Vec::new();
    let mut problems = Vec::new();
    for (bytes, number) in text.split(|byte| *byte == b'\n').zip(1usize..) {
        let mut reading = Reading {
            line: number,
            problems: Vec::new(),
        };
        let Ok(line) = std::str::from_utf8(bytes) else {
            reading.problem("not text in UTF-8", "save the file as UTF-8 in your editor");
            problems.append(&mut reading.problems);
            continue;
        };
        // Some editors begin a file with a mark of its encoding.
        let line = line.trim_start_matches('\u{feff}').trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let fact = reading.fact(line);
        if reading.problems.is_empty() {
            facts.extend(fact);
        }
        problems.append(&mut reading.problems);
    }
    check_corrections(&mut facts, &mut problems);
    (facts, problems)
}

/// A correction points at an earlier fact, or it is refused: the fact it meant would go on counting unseen.
fn check_corrections(facts: &mut Vec<CodedFact>, problems: &mut Vec<LineProblem>) {
    let known: Vec<Position> = facts.iter().map(|fact| fact.position).collect();
    facts.retain(|fact| match fact.corrects {
        Some(corrected) if !known.contains(&corrected) || corrected >= fact.position => {
            problems.push(LineProblem {
                line: usize::try_from(fact.position.0).unwrap_or(usize::MAX),
                what: format!(
                    "corrects line {}, which holds no fact before this one",
                    corrected.0
                ),
                remedy: "give the number of the line that holds the fact it puts right".to_owned(),
            });
            false
        }
        Some(_) | None => true,
    });
    problems.sort_by_key(|problem| problem.line);
}

struct Reading {
    line: usize,
    problems: Vec<LineProblem>,
}

impl Reading {
    fn problem(&mut self, what: impl Into<String>, remedy: impl Into<String>) {
        self.problems.push(LineProblem {
            line: self.line,
            what: what.into(),
            remedy: remedy.into(),
        });
    }

    fn fact(&mut self, line: &str) -> Option<CodedFact> {
        let object = match serde_json::from_str::<Json>(line) {
            Ok(Json::Object(object)) => object,
            Ok(_) => {
                self.problem(
                    "not a JSON object",
                    "write {\"fact\": \"...\", \"happened\": \"...\"}",
                );
                return None;
            }
            Err(error) => {
                self.problem(
                    format!("not JSON, at column {}", error.column()),
                    "write one whole JSON object on the line, with its keys in double quotes",
                );
                return None;
            }
        };
        for key in object.keys().filter(|key| !KEYS.contains(&key.as_str())) {
            let near = crate::pack::nearest(key, KEYS);
            self.problem(
                format!("the key {} is not known", crate::pack::quoted(key)),
                crate::pack::did_you_mean(&near, &KEYS),
            );
        }
        let kind = self.kind(&object);
        let happened = self.instant(&object, "happened");
        if !object.contains_key("happened") {
            self.problem(
                "no happened",
                "say when it happened, for example \"happened\": \"2026-03-02T09:00:00Z\"",
            );
        }
        let aware = self.instant(&object, "aware").or(happened);
        let recorded = self.instant(&object, "recorded").or(aware);
        let with = self.with(&object, kind);
        let item = self.about(&object);
        let corrects = self.corrects(&object);
        Some(CodedFact {
            kind: kind?,
            with,
            item,
            times: Times {
                happened: happened?,
                aware: aware?,
                recorded: recorded?,
            },
            position: Position(self.line as u64),
            corrects,
        })
    }

    fn kind(&mut self, object: &Map<String, Json>) -> Option<Kind> {
        match object.get("fact") {
            Some(Json::String(name)) => {
                let kind = Kind::named(name);
                if kind.is_none() {
                    self.problem(
                        format!("no fact is called {}", crate::pack::quoted(name)),
                        crate::pack::did_you_mean(&crate::pack::nearest(name, Kind::names()), &[]),
                    );
                }
                kind
            }
            Some(_) | None => {
                self.problem(
                    "no fact",
                    "say what happened, for example \"fact\": \"report_received\"",
                );
                None
            }
        }
    }

    fn instant(&mut self, object: &Map<String, Json>, key: &str) -> Option<Timestamp> {
        let given = object.get(key)?;
        let read = given.as_str().and_then(|text| text.parse::<Timestamp>().ok());
        let year = read.map(|read| london_date(read).year());
        if year.is_some_and(|year| !(FIRST_YEAR..=LAST_YEAR).contains(&year)) {
            self.problem(
                format!("{key} is beyond the calendar"),
                format!("write a year from {FIRST_YEAR} to {LAST_YEAR}"),
            );
            return None;
        }
        if read.is_none() {
            self.problem(
                format!("{key} is not an instant"),
                "write date, time and offset, for example 2026-03-02T09:00:00Z or 2026-06-01T09:00:00+01:00",
            );
        }
        read
    }

    fn with(&mut self, object: &Map<String, Json>, kind: Option<Kind>) -> Codes {
        let given = match object.get("with") {
            None => return BTreeMap::new(),
            Some(Json::Object(given)) => given,
            Some(_) => {
                self.problem(
                    "with is not an object",
                    "write \"with\": {\"qualifier\": \"code\"}",
                );
                return BTreeMap::new();
            }
        };
        let mut with = BTreeMap::new();
        for (name, json) in given {
            let Ok(value) = serde_json::from_value::<Value>(json.clone()) else {
                self.problem(
                    format!(
                        "{} is neither a flag, a whole number, a code nor codes",
                        crate::pack::quoted(name)
                    ),
                    "write true, 3, \"code\" or [\"code\", \"code\"]",
                );
                continue;
            };
            if let Some(fault) = kind.and_then(|kind| kind.fault_in(name, &value)) {
                self.problem(
                    fault,
                    "docs/guide/packs.md lists the facts with what may be said of each",
                );
            }
            with.insert(name.clone().into(), value);
        }
        with
    }

    fn about(&mut self, object: &Map<String, Json>) -> Option<String> {
        match object.get("about") {
            None => None,
            Some(Json::String(item)) if !item.is_empty() => Some(item.clone()),
            Some(_) => {
                self.problem(
                    "about is not a name",
                    "write an opaque name, for example \"about\": \"child-1\"",
                );
                None
            }
        }
    }

    fn corrects(&mut self, object: &Map<String, Json>) -> Option<Position> {
        let given = object.get("corrects")?;
        let line = given.as_u64().filter(|line| *line > 0);
        if line.is_none() {
            self.problem(
                "corrects is not a line",
                "give the number of an earlier line, for example \"corrects\": 3",
            );
        }
        line.map(Position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_that_says_little_is_filled_in_from_what_it_says() {
        let (facts, problems) = read_lines(
            b"# a story\n\n{\"fact\":\"report_received\",\"happened\":\"2026-03-02T09:00:00Z\",\"aware\":\"2026-03-02T10:00:00Z\"}\n",
        );
        assert_eq!(problems, []);
        let times = facts[0].times;
        assert_eq!(times.aware, times.recorded);
        assert!(times.happened < times.aware);
        assert_eq!(facts[0].position, Position(3), "a fact is known by its line");
    }

    #[test]
    fn every_bad_line_is_reported_by_its_number_and_the_good_ones_are_kept() {
        let text = r#"{"fact":"report_received","happened":"2026-03-02T09:00:00Z"}
not json
["a list"]
{"fact":"report_recieved","happened":"2026-03-02T09:00:00Z"}
{"fact":"contact_made","happened":"2026-03-02"}
{"fact":"contact_made"}
{"fact":"contact_made","happened":"2026-03-02T09:00:00Z","with":{"rout":"telephone"}}
{"fact":"contact_made","happened":"2026-03-02T09:00:00Z","with":{"route":"telefone"}}
{"fact":"contact_made","happened":"2026-03-02T09:00:00Z","with":{"route":{"a":1}}}
{"fact":"contact_made","happened":"2026-03-02T09:00:00Z","abuot":"child-1"}
{"fact":"contact_made","happened":"2026-03-02T09:00:00Z","about":7}
{"fact":"contact_made","happened":"2026-03-02T09:00:00Z","corrects":2}
{"fact":"contact_made","happened":"2026-03-02T09:00:00Z","corrects":"1"}
{"fact":"contact_made","happened":"2026-03-02T09:00:00Z","corrects":1}"#;
        let (facts, problems) = read_lines(text.as_bytes());
        let lines: Vec<usize> = problems.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, (2..=13).collect::<Vec<_>>());
        assert_eq!(
            facts.iter().map(|fact| fact.position.0).collect::<Vec<_>>(),
            [1, 14]
        );
        let said = |line: usize| {
            format!(
                "{:?}",
                problems.iter().find(|problem| problem.line == line).unwrap()
            )
        };
        assert!(said(4).contains("did you mean report_received"), "{}", said(4));
        assert!(said(5).contains("date, time and offset"), "{}", said(5));
        assert!(said(10).contains("did you mean about"), "{}", said(10));
    }

    #[test]
    fn bytes_that_are_no_text_and_years_without_a_calendar_spoil_only_their_line() {
        let good = br#"{"fact":"report_received","happened":"2026-03-02T09:00:00Z"}"#;
        let beyond = br#"{"fact":"report_received","happened":"-002026-03-02T09:00:00Z"}"#;
        let marked = [b"\xef\xbb\xbf", &good[..], b"\r"].concat();
        let (facts, problems) = read_lines(&[&marked[..], b"\"\xff\"", beyond, good].join(&b'\n'));
        let positions: Vec<u64> = facts.iter().map(|fact| fact.position.0).collect();
        assert_eq!(positions, [1, 4]);
        let said: Vec<(usize, &str)> = problems.iter().map(|one| (one.line, one.what.as_str())).collect();
        assert_eq!(
            said,
            [(2, "not text in UTF-8"), (3, "happened is beyond the calendar")]
        );
    }
}
