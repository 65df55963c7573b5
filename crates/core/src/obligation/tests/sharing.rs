//! On what ground something may be shared, and what a landlord's policy contradicts itself in.

use super::{at, pack, story};
use crate::obligation::{ToShare, grounds_to_share};

const GROUNDS: &str = r#"
[[clause]]
id = "T-9"
ref = "9"
says = "We share for a child alone."
strength = "states"
kept = "not_yet"
missing = "Nothing is built."

[[agreement]]
id = "county"
title = "County agreement"

[[meeting]]
id = "panel"
title = "Panel"

[[sharing]]
id = "she-agrees"
says = "With her consent."
ground = "consent"
purposes = ["marac", "support"]

[[sharing]]
id = "high-risk"
says = "To the panel when the risk is high."
ground = "marac"
purposes = ["marac"]
attends = ["panel"]
when = { level = "risk", is = "high" }
decided_by = ["lead"]
approved_by = "manager"
person_told = "when_safe"
against = ["T-9"]

[[sharing]]
id = "county"
says = "With parties to the agreement, against crime."
ground = "agreement"
purposes = ["prevent_or_detect_crime"]
to = ["police", "council"]
party_to = ["county"]

[[sharing]]
id = "life"
says = "When somebody may die."
ground = "danger_to_life"
purposes = ["health_and_safety"]
tell = ["lead"]
"#;

/// The grounds that cover it, those that hold in capitals.
fn found(
    purpose: &str,
    to: &str,
    party_to: &[&str],
    attends: &[&str],
    lines: &str,
    now: &str,
) -> Vec<String> {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let share = ToShare {
        purpose,
        to,
        party_to: &owned(party_to),
        attends: &owned(attends),
    };
    grounds_to_share(&pack(GROUNDS), &share, &story(lines), at(now))
        .iter()
        .map(|one| {
            if one.holds {
                one.ground.id.to_uppercase()
            } else {
                one.ground.id.clone()
            }
        })
        .collect()
}

#[test]
fn what_no_ground_covers_is_not_shared() {
    let day = "2026-03-02 10:00";
    assert!(found("housing", "council", &["county"], &["panel"], "", day).is_empty());
    assert!(found("prevent_or_detect_crime", "police", &[], &[], "", day).is_empty());
    assert!(found("prevent_or_detect_crime", "health", &["county"], &[], "", day).is_empty());
    assert_eq!(
        found("prevent_or_detect_crime", "police", &["county"], &[], "", day),
        ["COUNTY"]
    );
    assert_eq!(found("health_and_safety", "police", &[], &[], "", day), ["LIFE"]);
}

#[test]
fn consent_counts_for_what_it_was_given_until_it_is_taken_back_or_runs_out() {
    let support = |lines: &str, now: &str| found("support", "specialist", &[], &[], lines, now).concat();
    let given = r#"{"fact":"consent_given","happened":"2026-03-02T10:00:00Z","with":{"for":"services","until":"2026-03-31"}}"#;
    assert_eq!(support("", "2026-03-03 10:00"), "she-agrees");
    assert_eq!(support(given, "2026-03-31 10:00"), "SHE-AGREES");
    assert_eq!(support(given, "2026-04-01 10:00"), "she-agrees");
    let back = format!(
        "{given}\n{}",
        r#"{"fact":"consent_withdrawn","happened":"2026-03-05T10:00:00Z","with":{"for":"all"}}"#
    );
    assert_eq!(support(&back, "2026-03-06 10:00"), "she-agrees");
    // A yes to services is no yes to MARAC.
    assert_eq!(
        found("marac", "health", &[], &[], given, "2026-03-03 10:00").concat(),
        "she-agrees"
    );
}

#[test]
fn whoever_decides_sees_what_the_policy_says_against_it() {
    let graded = r#"{"fact":"risk_assessed","happened":"2026-03-02T10:00:00Z","with":{"level":"standard"}}"#;
    let marac = |lines: &str| found("marac", "health", &[], &["panel"], lines, "2026-03-03 10:00");
    assert_eq!(marac(graded), ["she-agrees", "high-risk"]);
    // Nobody has graded yet, and that counts as high.
    assert_eq!(marac(""), ["she-agrees", "HIGH-RISK"]);
    let pack = pack(GROUNDS);
    assert_eq!(pack.sharing[1].against, ["T-9"]);
}
