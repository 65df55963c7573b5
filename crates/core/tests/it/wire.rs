//! The stored form of every fact, frozen: every version ever written is read, folded and written back equal.
//!
//! A fixture is never edited. A field added later is optional, so that the old fixture still reads; a new shape is a
//! new variant with a fixture of its own.

use fanlight_core::case::Case;
use fanlight_core::fact::{Entry, Fact, Recorded};
use fanlight_core::ids::Position;
use std::collections::BTreeSet;
use std::path::PathBuf;

fn fixtures() -> Vec<(String, serde_json::Value)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/wire");
    let mut found: Vec<(String, serde_json::Value)> = std::fs::read_dir(folder)
        .expect("the fixtures are beside this file")
        .map(|entry| entry.expect("a readable folder").path())
        .map(|path| {
            let name = path.file_name().expect("a file").to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).expect("a readable fixture");
            (name, serde_json::from_str(&text).expect("a fixture is JSON"))
        })
        .collect();
    found.sort_by(|one, other| one.0.cmp(&other.0));
    found
}

#[test]
fn every_fact_has_a_fixture_and_every_fixture_is_of_a_fact() {
    let found: BTreeSet<String> = fixtures()
        .into_iter()
        .filter_map(|(name, _)| name.strip_suffix(".v1.json").map(str::to_owned))
        .collect();
    let facts: BTreeSet<String> = Fact::NAMES.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(found, facts);
}

#[test]
fn every_fixture_reads_is_folded_and_is_written_back_equal() {
    for (name, stored) in fixtures() {
        let recorded: Recorded =
            serde_json::from_value(stored.clone()).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        assert_eq!(Some(recorded.fact.name()), name.split('.').next(), "{name}");
        assert_eq!(
            serde_json::to_value(&recorded).expect("facts serialise"),
            stored,
            "{name}"
        );
        let entry = Entry {
            position: Position(0),
            recorded: Some(recorded),
        };
        let case = Case::fold(std::slice::from_ref(&entry));
        assert_eq!(case.last_position, Some(Position(0)), "{name}");
        assert!(
            fanlight_core::coded::coded(&[entry])
                .iter()
                .all(|fact| fact.faults().is_empty()),
            "{name}"
        );
    }
}

/// The least that was ever stored: a fact written before an optional field came is read all the same.
#[test]
fn what_is_optional_may_be_missing() {
    for least in [
        r#"{"fact":"person_told","person":"01010101010101010101010101010101","part":"survivor"}"#,
        r#"{"fact":"safe_contact_agreed","route":"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b","way":"call","verdict":"unsafe","said_by":"person"}"#,
        r#"{"fact":"contact_wishes_told"}"#,
        r#"{"fact":"worker_named","account":null,"part":"lead","wish":"no_wish"}"#,
    ] {
        let fact: Result<Fact, _> = serde_json::from_str(least);
        assert!(fact.is_ok(), "{least}: {fact:?}");
    }
}
