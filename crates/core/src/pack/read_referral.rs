//! Reading grounds for a referral.

use super::condition::Condition;
use super::read_condition::condition_at;
use super::read_plain::clauses;
use super::reader::Table;
use super::referral::{Referral, ReferralGround};
use crate::coded::{Kind, codes_of};

pub(super) fn referral(table: &Table<'_>) -> Option<Referral> {
    let to: Vec<(&'static str, &'static str)> = codes_of(Kind::ReferralMade, "to")
        .iter()
        .map(|code| (*code, *code))
        .collect();
    let grounds: Vec<ReferralGround> = table.tables("grounds").iter().filter_map(ground).collect();
    if !table.has("grounds") {
        table.wrong_here(
            "no ground is named",
            "add grounds = [ { says = \"…\", when = { … } } ]",
        );
    }
    if !table.has("source") {
        table.wrong_here(
            "nothing says where the grounds come from",
            "add source = whose threshold it is; a number is nobody's law",
        );
    }
    Some(Referral {
        id: table.need_id(),
        title: table.need_text("title"),
        to: table.need_choice("to", &to).unwrap_or_default().to_owned(),
        area: table.texts("area"),
        grounds,
        source: table.text("source").unwrap_or_default(),
        checked: table.date("checked"),
        clauses: clauses(table),
        note: table.text("note"),
    })
}

fn ground(table: &Table<'_>) -> Option<ReferralGround> {
    let says = table.need_text("says");
    if !table.has("when") {
        table.wrong_here("nothing says when it is met", "add when = { … }, a condition");
    }
    let when: Option<Condition> = condition_at(table, "when");
    table.done();
    Some(ReferralGround { says, when: when? })
}
