//! Grounds for a referral differ by area, and each says in words what is met.

use super::{at, pack, story};
use crate::obligation::referral_grounds;

const GROUNDS: &str = r#"
[[referral]]
id = "north"
title = "Panel of the North"
to = "council"
area = ["North"]
source = "Protocol of the North, May 2026"
checked = 2026-06-01
grounds = [
  { says = "18 or more", when = { latest = "risk_assessed", with = { instrument = "thirty" }, no_fewer_than = { yes = 18 } } },
  { says = "three incidents in 12 months", when = { fact = "serious_incident", times = 3, within = { n = 12, unit = "months" } } },
  { says = "heard within 12 months, and something new since", when = { all = [
    { fact = "marac_heard", within = { n = 12, unit = "months" } },
    { not = { fact = "marac_heard", none_since = { fact = "serious_incident" } } },
  ] } },
]

[[referral]]
id = "south"
title = "Panel of the South"
to = "council"
area = ["South"]
source = "Protocol of the South"
grounds = { says = "judgement", when = { fact = "risk_raised", with = { level = "high" } } }
"#;

/// What is met in an area.
fn met(area: Option<&str>, lines: &str) -> Vec<String> {
    let pack = pack(GROUNDS);
    let facts = story(lines);
    let found = referral_grounds(&pack, area, &facts, at("2026-06-02 10:00"));
    let each = found.iter().flat_map(|one| {
        let met = one.grounds.iter().filter(|(_, met)| *met);
        met.map(|(says, _)| format!("{}: {says}", one.referral.id))
    });
    each.collect()
}

fn assessed(yes: u32, instrument: &str) -> String {
    format!(
        "{{\"fact\":\"risk_assessed\",\"happened\":\"2026-05-20T10:00:00Z\",\"with\":{{\"instrument\":\"{instrument}\",\"yes\":{yes}}}}}\n"
    )
}

#[test]
fn a_threshold_counts_in_its_area_and_with_its_instrument() {
    assert_eq!(met(Some("North"), &assessed(18, "thirty")), ["north: 18 or more"]);
    assert!(met(Some("North"), &assessed(17, "thirty")).is_empty());
    assert!(met(Some("North"), &assessed(18, "twenty")).is_empty());
    assert!(met(Some("South"), &assessed(18, "thirty")).is_empty());
    // Where the area is not known, each threshold is looked at.
    assert_eq!(met(None, &assessed(18, "thirty")), ["north: 18 or more"]);
}

#[test]
fn incidents_and_a_repeat_count_within_their_window() {
    let fact = |fact: &str, day: &str| format!("{{\"fact\":\"{fact}\",\"happened\":\"{day}T10:00:00Z\"}}\n");
    let three = fact("serious_incident", "2025-09-01")
        + &fact("serious_incident", "2026-02-01")
        + &fact("serious_incident", "2026-05-30");
    assert_eq!(
        met(Some("North"), &three),
        ["north: three incidents in 12 months"]
    );
    let heard = fact("marac_heard", "2025-11-03");
    assert!(met(Some("North"), &heard).is_empty());
    assert_eq!(
        met(Some("North"), &(heard + &fact("serious_incident", "2026-05-01"))),
        ["north: heard within 12 months, and something new since"]
    );
    let long_ago = fact("marac_heard", "2025-04-03") + &fact("serious_incident", "2026-05-01");
    assert!(met(Some("North"), &long_ago).is_empty());
}
