//! The commands as somebody at a terminal meets them.

use super::new::{Home, files};
use super::{CheckArgs, Format, NewArgs, PolicyArgs, PolicyCommand, TrialArgs, run};
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
        compare: None,
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

/// A new pack as it is written, with the rest of its folder.
fn written(nation: Home) -> (tempfile::TempDir, PathBuf, String) {
    let above = tempfile::tempdir().unwrap();
    let folder = above.path().join("north-homes");
    let (said, code) = answer(PolicyCommand::New(NewArgs {
        folder: folder.clone(),
        name: "North \"Star\" Homes".to_owned(),
        id: None,
        nation,
        from: Some("2026-04-01".parse().unwrap()),
    }))
    .unwrap();
    assert_eq!(code, ExitCode::SUCCESS);
    (above, folder, said)
}

#[test]
fn a_new_pack_of_each_nation_checks_clean_and_invents_no_number() {
    for (nation, calendar, line) in [
        (Home::England, "england-and-wales", "0808 2000 247"),
        (Home::Wales, "england-and-wales", "Renting Homes (Wales) Act 2016"),
        (Home::Scotland, "scotland", "Domestic Abuse (Scotland) Act 2018"),
        (Home::NorthernIreland, "northern-ireland", "0808 802 1414"),
    ] {
        let (_above, folder, _) = written(nation);
        let (said, code) = check(&folder, Format::Text).unwrap();
        assert!(
            said.starts_with("north-star-homes 1: no problems."),
            "{nation:?}: {said}"
        );
        assert_eq!(code, ExitCode::SUCCESS);
        let texts: String = files("North", None, nation, "2026-04-01".parse().unwrap())
            .unwrap()
            .into_iter()
            .map(|(_, text)| text)
            .collect();
        assert!(texts.contains(calendar) && texts.contains(line), "{nation:?}");
        let due = texts.lines().filter(|line| line.starts_with("due = "));
        for line in due {
            assert!(line.contains("not_stated") || line.contains("on_date"), "{line}");
        }
    }
}

#[test]
fn what_stands_in_the_comments_of_a_new_pack_can_be_used() {
    // Somebody who takes the comment marks away gets a pack that still reads.
    let texts = files("North", None, Home::England, "2026-04-01".parse().unwrap()).unwrap();
    let uncommented: Vec<(&str, String)> = texts
        .iter()
        .map(|(file, text)| {
            let mut examples = String::new();
            let mut inside = false;
            for line in text.lines() {
                inside = line.starts_with("# [[") || (inside && line.starts_with("# "));
                let line = if inside { &line[2..] } else { line };
                examples.push_str(line);
                examples.push('\n');
            }
            (*file, examples)
        })
        .collect();
    let texts: Vec<(&str, &str)> = uncommented
        .iter()
        .map(|(file, text)| (*file, text.as_str()))
        .collect();
    if let Err(problems) = fanlight_core::pack::read(&texts) {
        panic!(
            "{}",
            problems.iter().map(|one| format!("{one}\n")).collect::<String>()
        );
    }
}

#[test]
fn a_new_pack_writes_over_nothing() {
    let (_above, folder, _) = written(Home::England);
    let again = answer(PolicyCommand::New(NewArgs {
        folder,
        name: "South".to_owned(),
        id: None,
        nation: Home::Scotland,
        from: None,
    }));
    assert!(again.unwrap_err().contains("is not empty"));
}

#[test]
fn two_policies_are_shown_beside_each_other_for_the_same_facts() {
    let one = folder(&[("pack.toml", PACK.as_bytes())]);
    let slower = PACK
        .replace("id = \"test\"", "id = \"other\"")
        .replace("n = 1 }", "n = 3 }")
        .replace("id = \"ring\"", "id = \"call\"")
        .replace("obligation:ring", "obligation:call");
    let extra = "[[obligation]]\nid = \"look\"\ntitle = \"Look at it\"\nstrength = \"aims_to\"\nstarts = { fact = \"report_received\" }\ndue = { type = \"same_calendar_day\" }\nmet_by = { fact = \"review_held\" }\n";
    let other = folder(&[("pack.toml", slower.as_bytes()), ("extra.toml", extra.as_bytes())]);
    let facts = folder(&[(
        "story.jsonl",
        br#"{"fact":"report_received","happened":"2026-03-02T10:00:00Z"}
{"fact":"contact_made","happened":"2026-03-04T10:00:00Z"}"#,
    )]);
    let compare = |format| {
        answer(PolicyCommand::Trial(TrialArgs {
            pack: one.path().to_owned(),
            facts: facts.path().join("story.jsonl"),
            at: "2026-03-10T12:00:00Z".parse().unwrap(),
            compare: Some(other.path().to_owned()),
            format,
        }))
        .unwrap()
    };
    let (said, code) = compare(Format::Text);
    assert_eq!(code, ExitCode::SUCCESS);
    let lines: Vec<&str> = said.lines().collect();
    let at = |start: &str| {
        let found = lines.iter().position(|line| line.trim_start().starts_with(start));
        found.unwrap_or_else(|| panic!("{start}: {said}"))
    };
    assert!(
        lines[at("test: Ring back") + 1].contains("3 March")
            && lines[at("test: Ring back") + 1].contains("missed")
    );
    assert!(
        lines[at("other: Ring back") + 1].contains("5 March")
            && lines[at("other: Ring back") + 1].contains("met")
    );
    assert!(at("test asks nothing.") > at("The case was reviewed."), "{said}");
    assert!(at("other: Look at it") > at("test asks nothing."), "{said}");
    let (json, _) = compare(Format::Json);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["acts"].as_array().unwrap().len(), 2);
}
