//! The commands as somebody at a terminal meets them.

use super::{CheckArgs, Format, PolicyArgs, PolicyCommand, TrialArgs, run};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const PACK: &str = r#"
[landlord]
id = "test"
name = "Test Homes"
nation = "england-and-wales"
policy = "Policy"
version = "1"
adopted_from = 2020-01-01

[[clause]]
id = "T-1"
ref = "1"
says = "We ring back."
strength = "will"
kept = "measured"
by = ["obligation:ring"]

[[obligation]]
id = "ring"
title = "Ring back"
clauses = ["T-1"]
strength = "will"
starts = { fact = "report_received" }
due = { type = "working_days_end_of_day", n = 1 }
met_by = { fact = "contact_made" }
"#;

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

/// The printed answer and the exit code, or the error that ends in exit code 2.
fn answer(command: PolicyCommand) -> Result<(String, ExitCode), String> {
    let mut output = Vec::new();
    let code = run(PolicyArgs { command }, &mut output).map_err(|error| format!("{error:#}"))?;
    Ok((String::from_utf8(output).unwrap(), code))
}

fn check(pack: &Path, format: Format) -> Result<(String, ExitCode), String> {
    answer(PolicyCommand::Check(CheckArgs {
        pack: pack.to_owned(),
        format,
    }))
}

fn trial(pack: &Path, facts: PathBuf, format: Format) -> (String, ExitCode) {
    let at = "2026-03-10T12:00:00Z".parse().unwrap();
    answer(PolicyCommand::Trial(TrialArgs {
        pack: pack.to_owned(),
        facts,
        at,
        format,
    }))
    .unwrap()
}

#[test]
fn a_good_pack_has_no_problems_and_is_counted() {
    let pack = folder(&[
        ("pack.toml", PACK.as_bytes()),
        ("README.md", b"not part of the pack"),
    ]);
    let (said, code) = check(pack.path(), Format::Text).unwrap();
    assert!(
        said.starts_with("test 1: no problems.") && said.contains("1 obligations"),
        "{said}"
    );
    assert_eq!(code, ExitCode::SUCCESS);
}

#[test]
fn every_problem_of_every_file_is_printed() {
    let pack = folder(&[
        ("a.toml", PACK.replace("will", "wil").as_bytes()),
        ("b.toml", b"[[law]]\nid = \"x\"\n[lanlord]\n"),
    ]);
    let (said, code) = check(pack.path(), Format::Text).unwrap();
    for place in [
        "a.toml:14:",
        "a.toml:22:",
        "b.toml:1:",
        "b.toml:3:",
        "4 problems.",
    ] {
        assert!(said.contains(place), "{place} in {said}");
    }
    assert_eq!(code, ExitCode::FAILURE);
    let (json, _) = check(pack.path(), Format::Json).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["problems"].as_array().unwrap().len(), 4);
    assert_eq!(json["problems"][0]["line"], 14);
}

#[test]
fn what_cannot_be_read_is_a_problem_among_the_others_and_stops_none_of_them() {
    let pack = folder(&[
        ("a.toml", PACK.replace("will", "wil").as_bytes()),
        ("B.TOML", b""),
    ]);
    fs::create_dir(pack.path().join("c.toml")).unwrap();
    fs::create_dir(pack.path().join("more")).unwrap();
    std::os::unix::fs::symlink("/nowhere/at/all", pack.path().join("d.toml")).unwrap();
    let (said, code) = check(pack.path(), Format::Text).unwrap();
    for problem in [
        "a.toml:14:",
        "a.toml:22:",
        "B.TOML:1:1: the file: this file is not read; write its name with a small .toml.",
        "c.toml:1:1: the file: this is not a file;",
        "d.toml:1:1: the file: this cannot be read (entity not found);",
        "more:1:1: the file: this folder is not read;",
        "6 problems.",
    ] {
        assert!(said.contains(problem), "{problem} in {said}");
    }
    assert_eq!(code, ExitCode::FAILURE);
}

#[test]
fn what_is_no_pack_is_said_plainly() {
    let empty = folder(&[("notes.txt", b"")]);
    assert!(
        check(empty.path(), Format::Text)
            .unwrap_err()
            .contains("holds no .toml file")
    );
    assert!(
        check(Path::new("setle"), Format::Text)
            .unwrap_err()
            .contains("the shipped ones are settle")
    );
}

#[test]
fn a_trial_tells_each_promise_and_each_bad_line() {
    let pack = folder(&[("pack.toml", PACK.as_bytes())]);
    let story = b"{\"fact\":\"report_received\",\"happened\":\"2026-03-02T09:00:00Z\"}\nnonsense\n{\"fact\":\"contact_made\",\"happened\":\"2026-03-04T09:00:00Z\"}\n";
    let facts = folder(&[("story.jsonl", story)]);
    let (said, code) = trial(pack.path(), facts.path().join("story.jsonl"), Format::Text);
    assert!(
        said.contains("line 2: not JSON") && said.contains("2 facts, 1 obligations"),
        "{said}"
    );
    assert!(
        said.contains("ring: missed, done late on Wednesday 4 March 2026 at 09:00 (line 3)"),
        "{said}"
    );
    assert!(said.contains("Due Tuesday 3 March 2026 at 23:59:59."), "{said}");
    assert_eq!(code, ExitCode::FAILURE);
    let (json, _) = trial(pack.path(), facts.path().join("story.jsonl"), Format::Json);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let ring = &json["obligations"][0];
    assert_eq!(ring["state"]["is"], "missed");
    assert_eq!(ring["state"]["kept_late"]["by"], 3);
    assert_eq!(ring["due"]["at"], "2026-03-03T23:59:59Z");
    assert_eq!(json["problems"][0]["line"], 2);
}

#[test]
fn a_trial_without_a_bad_line_succeeds() {
    let pack = folder(&[("pack.toml", PACK.as_bytes())]);
    let facts = folder(&[("story.jsonl", b"\n# nothing yet\n".as_slice())]);
    let (said, code) = trial(pack.path(), facts.path().join("story.jsonl"), Format::Text);
    assert!(said.contains("0 facts, 0 obligations"), "{said}");
    assert_eq!(code, ExitCode::SUCCESS);
}

#[test]
fn clauses_are_printed_as_the_register_reads_them() {
    let pack = folder(&[("pack.toml", PACK.as_bytes())]);
    let (json, _) = answer(PolicyCommand::Clauses(CheckArgs {
        pack: pack.path().to_owned(),
        format: Format::Json,
    }))
    .unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let row = &json[0];
    for (key, value) in [
        ("id", "T-1"),
        ("kept", "measured"),
        ("strength", "will"),
        ("says", "We ring back."),
    ] {
        assert_eq!(row[key], value, "{row}");
    }
    assert_eq!(row["by"], serde_json::json!(["obligation:ring"]));
}

#[test]
fn a_file_that_is_not_text_is_one_problem_among_others() {
    let pack = folder(&[
        ("a.toml", PACK.as_bytes()),
        ("b.toml", b"# one\n# caf\xe9\n"),
        ("c.toml", b"[[law]]\nid = \"x\"\n"),
    ]);
    let (said, code) = check(pack.path(), Format::Text).unwrap();
    assert!(
        said.contains("b.toml:2:6: the file: this is not text in UTF-8"),
        "{said}"
    );
    assert!(
        said.contains("c.toml:1:") && said.contains("title is missing"),
        "{said}"
    );
    assert_eq!(code, ExitCode::FAILURE);
}
