//! The least that a case must come to hold, and what a return is.

use super::{at, pack, story};
use crate::coded::Kind;
use crate::obligation::{missing_from_record, return_is_same_case};

const RULES: &str = r#"
[case]
minimum_record = ["danger_answered", "safe_contact_agreed", "own_view_given"]
returns = "same_case"
same_case_within = { n = 3, unit = "months" }
"#;

#[test]
fn what_a_case_does_not_hold_yet_is_named_in_the_order_of_the_pack() {
    let facts = story(r#"{"fact":"safe_contact_agreed","happened":"2026-03-02T10:00:00Z"}"#);
    assert_eq!(
        missing_from_record(&pack(RULES), &facts, at("2026-03-03 10:00")),
        [Kind::DangerAnswered, Kind::OwnViewGiven]
    );
}

#[test]
fn a_return_is_the_same_case_until_the_day_the_policy_names() {
    let closed = story(r#"{"fact":"case_closed","happened":"2025-11-30T10:00:00Z"}"#);
    let same = |facts: &[_], now| return_is_same_case(&pack(RULES), facts, at(now));
    assert!(same(&closed, "2026-02-28 23:00"));
    assert!(!same(&closed, "2026-03-01 00:00"));
    assert!(!same(&[], "2026-02-28 23:00"), "nothing was closed");
    assert!(
        !return_is_same_case(&pack(""), &closed, at("2025-12-01 10:00")),
        "the policy says nothing"
    );
}
