//! Reading the grounds on which something may be shared.

use super::found::RefersTo;
use super::read_condition::condition_at;
use super::read_plain::{clauses, listed};
use super::reader::Table;
use super::sharing::{PURPOSES, PersonTold, SharingGround};
use crate::coded::{Kind, codes_of};

pub(super) fn sharing(table: &Table<'_>) -> Option<SharingGround> {
    let grounds: Vec<(&'static str, &'static str)> = codes_of(Kind::SharingDecided, "ground")
        .iter()
        .map(|code| (*code, *code))
        .collect();
    let told = [
        ("before", PersonTold::Before),
        ("when_safe", PersonTold::WhenSafe),
        ("no", PersonTold::No),
    ];
    let ground = table.need_choice("ground", &grounds);
    let purposes = listed(table, "purposes", PURPOSES);
    if purposes.is_empty() {
        table.wrong_here(
            "nothing says for what it may be shared",
            format!("add purposes, some of {}", PURPOSES.join(", ")),
        );
    }
    let read = SharingGround {
        id: table.need_id(),
        says: table.need_text("says"),
        ground: ground.unwrap_or_default().to_owned(),
        purposes,
        to: listed(table, "to", codes_of(Kind::SharingDecided, "to")),
        party_to: table.references("party_to", RefersTo::Agreement),
        attends: table.references("attends", RefersTo::Meeting),
        when: condition_at(table, "when"),
        decided_by: table.references("decided_by", RefersTo::Role),
        approved_by: table.reference("approved_by", RefersTo::Role),
        person_told: table.choice("person_told", &told).unwrap_or_default(),
        tell: table.references("tell", RefersTo::Role),
        words_first: table.texts("words_first"),
        against: table.references("against", RefersTo::Clause),
        clauses: clauses(table),
        note: table.text("note"),
    };
    waits_for_nobody_in_danger(table, &read);
    if read.ground == "agreement" && read.party_to.is_empty() {
        table.wrong_here(
            "no agreement is named",
            "add party_to = the id of an [[agreement]]",
        );
    }
    if read.ground == "consent" && read.person_told != PersonTold::Before {
        let remedy = "leave person_told out: who consents knows before";
        table.wrong("person_told", "somebody consents and is not told before", remedy);
    }
    Some(read)
}

fn waits_for_nobody_in_danger(table: &Table<'_>, read: &SharingGround) {
    if read.ground != "danger_to_life" {
        return;
    }
    let waits = [
        ("decided_by", !read.decided_by.is_empty()),
        ("approved_by", read.approved_by.is_some()),
        ("words_first", !read.words_first.is_empty()),
    ];
    for (key, _) in waits.into_iter().filter(|(_, waits)| *waits) {
        table.wrong(
            key,
            "in danger to life whoever is there shares at once, alone",
            format!("leave {key} out; name who is told afterwards under tell"),
        );
    }
}
