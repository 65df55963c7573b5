//! Which grounds of the pack cover one thing that is to be shared, judged over coded facts alone.
//!
//! It decides nothing: it shows whoever decides what the policy allows, what it asks first, and where it contradicts
//! itself.

use super::holds;
use crate::calendar::london_date;
use crate::coded::{CodedFact, Kind, visible};
use crate::pack::{Pack, SharingGround};
use jiff::Timestamp;

/// What is to be shared: for what, and with whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ToShare<'a> {
    /// The purpose, one of [`crate::pack::PURPOSES`].
    pub purpose: &'a str,
    /// The kind of recipient.
    pub to: &'a str,
    /// The agreements to which the recipient is a party.
    pub party_to: &'a [String],
    /// The meetings that the recipient attends.
    pub attends: &'a [String],
}

/// A ground that covers purpose and recipient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroundFound<'p> {
    /// The ground.
    pub ground: &'p SharingGround,
    /// Whether it holds as things stand: its condition is so, and consent is there if it rests on that.
    pub holds: bool,
}

/// Every ground of the pack for this purpose and recipient, in the order of the pack. None means that it is not shared.
pub fn grounds_to_share<'p>(
    pack: &'p Pack,
    share: &ToShare<'_>,
    facts: &[CodedFact],
    now: Timestamp,
) -> Vec<GroundFound<'p>> {
    let named =
        |wanted: &[String], have: &[String]| wanted.is_empty() || wanted.iter().any(|one| have.contains(one));
    let covers = |ground: &&SharingGround| {
        ground.purposes.iter().any(|purpose| purpose == share.purpose)
            && (ground.to.is_empty() || ground.to.iter().any(|to| to == share.to))
            && named(&ground.party_to, share.party_to)
            && named(&ground.attends, share.attends)
    };
    let found = pack.sharing.iter().filter(covers);
    found
        .map(|ground| {
            let so = ground
                .when
                .as_ref()
                .is_none_or(|condition| holds(condition, pack, facts, now));
            let consent = ground.ground != "consent" || consents(share.purpose, facts, now);
            GroundFound {
                ground,
                holds: so && consent,
            }
        })
        .collect()
}

/// Whether the latest word of the person about this purpose is yes, and that yes has not run out.
fn consents(purpose: &str, facts: &[CodedFact], now: Timestamp) -> bool {
    let scope = match purpose {
        "marac" => "marac",
        "safeguard_child" | "safeguard_adult" => "social_care",
        "prevent_or_detect_crime" | "court" => "police",
        _ => "services",
    };
    let speaks = |fact: &&&CodedFact| {
        let about = fact.code("for").unwrap_or("all");
        (about == scope || about == "all")
            && matches!(
                fact.kind,
                Kind::ConsentGiven | Kind::ConsentRefused | Kind::ConsentWithdrawn
            )
    };
    let facts = visible(facts, now);
    let latest = facts
        .iter()
        .filter(speaks)
        .max_by_key(|fact| (fact.times.happened, fact.position));
    latest.is_some_and(|fact| {
        fact.kind == Kind::ConsentGiven && fact.date("until").is_none_or(|until| london_date(now) <= until)
    })
}
