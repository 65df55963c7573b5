//! Plans in stages.

use super::{at, pack, story};
use crate::obligation::plan_stages;

const PLAN: &str = r#"
[[plan]]
id = "support"
title = "Support plan"
stages = [
  { id = "first-days", title = "The first days", parts = [
    { says = "where to go tonight" },
    { says = "the children", when = { circumstance = "children_in_home", is = "yes" } },
  ] },
  { id = "settling", title = "Settling" },
  { id = "after", title = "After a move", opens = { fact = "move_completed" } },
]
"#;

/// Each stage with its parts, open ones in capitals.
fn stands(lines: &str) -> Vec<String> {
    let pack = pack(PLAN);
    let found = plan_stages(&pack, &pack.plans[0], &story(lines), at("2026-06-02 10:00"));
    found
        .iter()
        .map(|one| {
            let id = if one.open {
                one.stage.id.to_uppercase()
            } else {
                one.stage.id.clone()
            };
            [vec![id.as_str()], one.parts.clone()].concat().join(", ")
        })
        .collect()
}

#[test]
fn a_stage_opens_when_the_one_before_is_agreed_or_when_the_pack_says() {
    assert_eq!(
        stands(""),
        ["FIRST-DAYS, where to go tonight", "settling", "after"]
    );
    let agreed = r#"{"fact":"action_plan_agreed","happened":"2026-05-20T10:00:00Z","with":{"stage":"first-days","who":"survivor"}}"#;
    assert_eq!(
        stands(agreed),
        ["FIRST-DAYS, where to go tonight", "SETTLING", "after"]
    );
    let moved = r#"{"fact":"move_completed","happened":"2026-05-20T10:00:00Z"}"#;
    assert_eq!(
        stands(moved),
        ["FIRST-DAYS, where to go tonight", "settling", "AFTER"]
    );
}

#[test]
fn a_part_belongs_in_the_plan_only_if_its_condition_holds() {
    let children = r#"{"fact":"circumstance_recorded","happened":"2026-05-20T10:00:00Z","with":{"what":"children_in_home","answer":"yes"}}"#;
    assert_eq!(
        stands(children)[0],
        "FIRST-DAYS, where to go tonight, the children"
    );
}
