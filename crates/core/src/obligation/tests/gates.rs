//! What a pack's gates answer.

use super::{at, pack, story};
use crate::obligation::{Wanted, gate_answers};

#[test]
fn a_gate_is_shut_until_its_condition_and_names_what_else_it_wants() {
    let pack = pack(
        r#"
[[gate]]
id = "no-action-first"
act = "act_on_perpetrator"
says = "Her safety is looked at first."
until = { all = [{ fact = "survivor_safety_considered" }, { not = { level = "risk", is = ["high"] } }] }
approved_by = "manager"
words_first = ["why now"]

[[gate]]
id = "wait"
act = "close"
says = "Not within four weeks of an incident."
for = { n = 4, unit = "weeks", after = { fact = "serious_incident" } }
unless = { latest = "safety_asked", with = { answer = ["unsafe", "very_unsafe"] } }
"#,
    );
    let facts = story(
        r#"{"fact":"risk_assessed","happened":"2026-03-02T10:00:00Z","with":{"by":"us","level":"medium"}}
{"fact":"serious_incident","happened":"2026-03-02T10:00:00Z"}
{"fact":"survivor_safety_considered","happened":"2026-03-04T10:00:00Z"}
{"fact":"safety_asked","happened":"2026-03-05T10:00:00Z","with":{"answer":"unsafe"}}
{"fact":"safety_asked","happened":"2026-03-06T10:00:00Z","with":{"answer":"safe"}}"#,
    );
    let wants = |act: &str, when: &str| gate_answers(&pack, act, &facts, at(when)).remove(0).wants;
    let asked = [
        Wanted::Approval("manager".to_owned()),
        Wanted::Words(vec!["why now".to_owned()]),
    ];
    assert_eq!(
        wants("act_on_perpetrator", "2026-03-03 10:00"),
        [&[Wanted::Condition], &asked[..]].concat()
    );
    assert_eq!(wants("act_on_perpetrator", "2026-03-05 10:00"), asked);
    assert_eq!(
        wants("close", "2026-03-05 12:00"),
        [Wanted::Forbidden, Wanted::Time]
    );
    assert_eq!(wants("close", "2026-03-29 22:00"), [Wanted::Time]);
    assert_eq!(wants("close", "2026-03-30 09:00"), []);
    let is_open = |act: &str, when: &str| gate_answers(&pack, act, &facts, at(when)).remove(0).is_open();
    assert!(
        !is_open("act_on_perpetrator", "2026-03-05 10:00"),
        "approval and words are wanted still"
    );
    assert!(!is_open("close", "2026-03-29 22:00") && is_open("close", "2026-03-30 09:00"));
    assert!(gate_answers(&pack, "share", &facts, at("2026-03-30 09:00")).is_empty());
}
