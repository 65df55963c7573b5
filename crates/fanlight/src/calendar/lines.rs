//! Many questions at once: one JSON object a line in, one answer a line out, in the same order.
//!
//! A line that cannot be answered gets an error that names its number and the field, and the rest go on.

use fanlight_core::calendar::{OpeningHours, Rule, WorkingCalendar, WorkingWeek, local_text, parse_date};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::io::{self, BufRead, Write};

/// One question as it stands, its fields not yet read, so that whatever is wrong can be told with its field.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    id: Box<RawValue>,
    nation: Box<RawValue>,
    from: Box<RawValue>,
    rule: Box<RawValue>,
    opening_hours: Option<Box<RawValue>>,
    working_week: Option<Box<RawValue>>,
    extra_closures: Option<Box<RawValue>>,
    known_on: Option<Box<RawValue>>,
}

/// What can be saved of a question that is wrong.
#[derive(Deserialize)]
struct OnlyId {
    id: Option<Box<RawValue>>,
}

#[derive(Serialize)]
struct Answer<'a> {
    id: &'a RawValue,
    due: String,
    due_local: String,
    explanation: Vec<String>,
}

#[derive(Serialize)]
struct NoAnswer {
    id: Option<Box<RawValue>>,
    error: String,
}

/// Answers every line, and says whether all of them could be.
pub(super) fn answer_all(input: &mut dyn BufRead, output: &mut dyn Write) -> io::Result<bool> {
    let mut all_answered = true;
    let mut line = Vec::new();
    for number in 1_u64.. {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        let answered = answer(&line).unwrap_or_else(|NoAnswer { id, error }| {
            all_answered = false;
            let error = format!("line {number}: {error}");
            serde_json::to_string(&NoAnswer { id, error }).expect("an id and a sentence are JSON")
        });
        // One write a line: somebody at the other end of a pipe may wait for it before asking the next.
        output.write_all(format!("{answered}\n").as_bytes())?;
        output.flush()?;
    }
    Ok(all_answered)
}

fn answer(line: &[u8]) -> Result<String, NoAnswer> {
    let nameless = |error: &str| NoAnswer {
        id: None,
        error: error.to_owned(),
    };
    let text = std::str::from_utf8(line).map_err(|_| nameless("not UTF-8 text"))?;
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(nameless("empty: give one JSON object a line"));
    }
    if !text.starts_with('{') {
        return Err(nameless("not a JSON object: a question starts with {"));
    }
    let question: Question = serde_json::from_str(text).map_err(|fault| NoAnswer {
        id: serde_json::from_str::<OnlyId>(text).ok().and_then(|only| only.id),
        error: told(&fault),
    })?;
    match due(&question) {
        Ok((at, explanation)) => {
            let answer = Answer {
                id: &question.id,
                due: at.to_string(),
                due_local: local_text(at),
                explanation,
            };
            Ok(serde_json::to_string(&answer).expect("an answer is JSON"))
        }
        Err(error) => Err(NoAnswer {
            id: Some(question.id),
            error,
        }),
    }
}

fn due(question: &Question) -> Result<(Timestamp, Vec<String>), String> {
    let nation: String = field("nation", &question.nation)?;
    let nation = nation.parse().map_err(|fault| format!("nation: {fault}"))?;
    let from: String = field("from", &question.from)?;
    let from = moment(&from).map_err(|fault| format!("from: {fault}"))?;
    let rule: Rule = field("rule", &question.rule)?;
    let opening_hours: Option<OpeningHours> = optional("opening_hours", question.opening_hours.as_deref())?;
    let working_week: Option<WorkingWeek> = optional("working_week", question.working_week.as_deref())?;
    let closures: Option<Vec<String>> = optional("extra_closures", question.extra_closures.as_deref())?;
    let known_on: Option<String> = optional("known_on", question.known_on.as_deref())?;
    let calendar = WorkingCalendar {
        opening_hours: opening_hours.unwrap_or_default(),
        working_week: working_week.unwrap_or_default(),
        extra_closures: closures
            .unwrap_or_default()
            .iter()
            .map(|text| date("extra_closures", text))
            .collect::<Result<_, _>>()?,
        known_on: known_on.map(|text| date("known_on", &text)).transpose()?,
        ..WorkingCalendar::new(nation)
    };
    let due = calendar.due(&rule, from).map_err(|fault| fault.to_string())?;
    Ok((due.at, due.explanation))
}

fn field<T: DeserializeOwned>(name: &str, value: &RawValue) -> Result<T, String> {
    serde_json::from_str(value.get()).map_err(|fault| {
        let told = without_place(&fault);
        if told.starts_with(name) {
            told
        } else {
            format!("{name}: {told}")
        }
    })
}

fn optional<T: DeserializeOwned>(name: &str, value: Option<&RawValue>) -> Result<Option<T>, String> {
    value.map_or(Ok(None), |value| field(name, value))
}

fn date(name: &str, text: &str) -> Result<Date, String> {
    parse_date(text).map_err(|fault| format!("{name}: {fault}"))
}

/// Reads a moment written as RFC 3339 has it, with any offset.
pub(super) fn moment(text: &str) -> Result<Timestamp, String> {
    let bytes = text.as_bytes();
    let shaped = bytes.len() >= 20
        && [(4, b'-'), (7, b'-'), (13, b':'), (16, b':')]
            .iter()
            .all(|(place, mark)| bytes[*place] == *mark)
        && !text.contains('[')
        && hours_of_offset(bytes) < Some("24");
    shaped.then(|| text.parse().ok()).flatten().ok_or_else(|| {
        let given: String = text.chars().take(40).collect();
        format!(
            "{given:?} is not a moment: write date, time and offset as \"2026-11-24T16:00:00Z\" or \
                 \"2026-11-24T16:00:00+00:00\""
        )
    })
}

/// The hours of an offset such as `+01:00`; RFC 3339 stops at 23, and the parser does not.
fn hours_of_offset(text: &[u8]) -> Option<&str> {
    match text.last_chunk::<6>() {
        Some([b'+' | b'-', hours @ .., b':', _, _]) => std::str::from_utf8(hours).ok(),
        Some(_) | None => None,
    }
}

/// What is wrong with a line as a whole, and at which character of it.
fn told(fault: &serde_json::Error) -> String {
    let told = without_place(fault);
    if fault.is_data() {
        told
    } else {
        format!("not JSON: {told} (column {})", fault.column())
    }
}

/// Without serde's own "at line 1 column 7": within one line of many that is the wrong line.
fn without_place(fault: &serde_json::Error) -> String {
    let told = fault.to_string();
    match told.rfind(" at line ") {
        Some(place) => told[..place].to_owned(),
        None => told,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn ask(lines: &str) -> (Vec<Value>, bool) {
        let mut output = Vec::new();
        let all_answered = answer_all(&mut lines.as_bytes(), &mut output).unwrap();
        let text = String::from_utf8(output).unwrap();
        let answers = text.lines().map(|line| serde_json::from_str(line).unwrap());
        (answers.collect(), all_answered)
    }

    const GOOD: &str = r#"{"id":7,"nation":"scotland","from":"2026-06-12T10:00:00+01:00","rule":{"type":"working_days_end_of_day","n":1}}"#;

    #[test]
    fn a_question_is_answered_in_utc_and_in_local_time() {
        let (answers, all_answered) = ask(GOOD);
        assert!(all_answered);
        assert_eq!(answers[0]["id"], 7);
        assert_eq!(answers[0]["due"], "2026-06-16T22:59:59Z");
        assert_eq!(answers[0]["due_local"], "2026-06-16T23:59:59+01:00");
        let steps = answers[0]["explanation"].as_array().unwrap();
        assert!(
            steps
                .iter()
                .any(|step| step == "Monday 15 June 2026 is a bank holiday (World Cup).")
        );
    }

    #[test]
    fn every_optional_field_is_heard() {
        let (answers, _) = ask(
            r#"{"id":1,"nation":"scotland","from":"2026-06-12T10:00:00Z","rule":{"type":"working_days_end_of_day","n":1},"known_on":"2026-02-24"}
{"id":2,"nation":"scotland","from":"2026-06-12T10:00:00Z","rule":{"type":"working_days_end_of_day","n":1},"extra_closures":["2026-06-16"]}
{"id":3,"nation":"scotland","from":"2026-06-12T10:00:00Z","rule":{"type":"same_working_day"},"opening_hours":["08:00","20:00"]}
{"id":4,"nation":"scotland","from":"2026-06-12T10:00:00Z","rule":{"type":"same_working_day"},"opening_hours":{"friday":["08:00","13:00"]},"working_week":["friday"],"known_on":null}"#,
        );
        let due: Vec<&Value> = answers.iter().map(|answer| &answer["due_local"]).collect();
        assert_eq!(
            due,
            [
                "2026-06-15T23:59:59+01:00",
                "2026-06-17T23:59:59+01:00",
                "2026-06-12T20:00:00+01:00",
                "2026-06-12T13:00:00+01:00"
            ]
        );
    }

    #[test]
    fn an_id_comes_back_exactly_as_it_was_given() {
        for id in [
            "null",
            "\"a\\u0062\"",
            "12345678901234567890123",
            "1.50",
            "{\"b\":[1], \"a\":null}",
            "true",
        ] {
            let mut output = Vec::new();
            answer_all(&mut GOOD.replace("7,", &format!("{id},")).as_bytes(), &mut output).unwrap();
            let text = String::from_utf8(output).unwrap();
            assert!(text.starts_with(&format!("{{\"id\":{id},\"due\":")), "{text}");
            // And with an error too.
            let mut output = Vec::new();
            answer_all(&mut format!("{{\"id\":{id},\"n\":1}}").as_bytes(), &mut output).unwrap();
            let text = String::from_utf8(output).unwrap();
            assert!(
                text.starts_with(&format!("{{\"id\":{id},\"error\":\"line 1: ")),
                "{text}"
            );
        }
    }

    #[test]
    fn a_bad_line_is_told_by_number_and_the_rest_go_on() {
        let (answers, all_answered) = ask(&format!("{GOOD}\n\nnonsense\n[1]\n{{\"id\":5,\n{GOOD}\r\n"));
        assert!(!all_answered);
        assert_eq!(answers.len(), 6);
        for (place, said) in [
            (1, "line 2: empty: give one JSON object a line"),
            (2, "line 3: not a JSON object: a question starts with {"),
            (3, "line 4: not a JSON object: a question starts with {"),
            (4, "line 5: not JSON: EOF while parsing a value (column 8)"),
        ] {
            assert_eq!(answers[place]["id"], Value::Null);
            assert_eq!(answers[place]["error"], said);
        }
        assert_eq!(answers[5]["due"], answers[0]["due"]);
    }

    #[test]
    fn bytes_that_are_no_text_spoil_only_their_line() {
        let mut input = b"\xff\xfe\n".to_vec();
        input.extend_from_slice(GOOD.as_bytes());
        let mut output = Vec::new();
        assert!(!answer_all(&mut input.as_slice(), &mut output).unwrap());
        let text = String::from_utf8(output).unwrap();
        assert!(
            text.starts_with("{\"id\":null,\"error\":\"line 1: not UTF-8 text\"}\n{\"id\":7,"),
            "{text}"
        );
    }

    #[test]
    fn what_is_wrong_is_told_with_its_field() {
        let with = |field: &str| GOOD.replacen("}}", &format!("}},{field}}}"), 1);
        let rule = |rule: &str| GOOD.replace(r#"{"type":"working_days_end_of_day","n":1}"#, rule);
        for (line, said) in [
            (with(r#""opening":1"#), "unknown field `opening`"),
            (with(r#""nation":"scotland""#), "duplicate field `nation`"),
            (
                GOOD.replace(r#""from":"2026-06-12T10:00:00+01:00","#, ""),
                "missing field `from`",
            ),
            (
                GOOD.replace("+01:00", ""),
                "from: \"2026-06-12T10:00:00\" is not a moment",
            ),
            (
                GOOD.replace("+01:00", "+25:00"),
                "from: \"2026-06-12T10:00:00+25:00\" is not a moment",
            ),
            (
                GOOD.replace("06-12", "02-30"),
                "from: \"2026-02-30T10:00:00+01:00\" is not a moment",
            ),
            (
                GOOD.replace("scotland", "wales"),
                "nation: \"wales\" is not a nation",
            ),
            (with(r#""working_week":[]"#), "line 1: working_week is empty"),
            (
                with(r#""working_week":["someday"]"#),
                "working_week: \"someday\" is not a day",
            ),
            (
                with(r#""opening_hours":["17:00","09:00"]"#),
                "opening_hours: the office opens at 17:00",
            ),
            (
                with(r#""opening_hours":{"mon":["09:00","17:00"],"mon":["09:00","17:00"]}"#),
                "line 1: opening_hours names monday twice",
            ),
            (
                with(r#""extra_closures":["29/12/2026"]"#),
                "extra_closures: \"29/12/2026\" is not a date",
            ),
            (
                with(r#""extra_closures":"2026-12-29""#),
                "extra_closures: invalid type: string",
            ),
            (with(r#""known_on":"soon""#), "known_on: \"soon\" is not a date"),
            (rule(r#"{"type":"elapsed_hours","n":0}"#), "rule: n is 0"),
            (
                rule(r#"{"type":"elapsed_hours","n":1000000000}"#),
                "n is 1000000000, about a hundred years",
            ),
            (
                rule(r#"{"type":"elapsed_hours","n":1,"n":2}"#),
                "rule: duplicate field `n`",
            ),
            (
                rule(r#"{"type":"elapsed_hours","n":1,"k":2}"#),
                "rule: unknown field `k`",
            ),
            (
                rule(r#"{"type":"fortnight"}"#),
                "rule: unknown variant `fortnight`",
            ),
            (rule("5"), "rule: "),
        ] {
            let (answers, all_answered) = ask(&line);
            let error = answers[0]["error"].as_str().unwrap_or_default();
            assert!(
                error.starts_with("line 1: ") && error.contains(said),
                "{line}: {}",
                answers[0]
            );
            assert!(!all_answered);
        }
    }

    #[test]
    fn nothing_in_gives_nothing_out() {
        assert_eq!(ask(""), (vec![], true));
    }
}
