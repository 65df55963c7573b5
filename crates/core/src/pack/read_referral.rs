//! Reading with what risk is assessed, and grounds for a referral.

use super::assessment::Assessment;
use super::condition::Condition;
use super::found::RefersTo;
use super::read_condition::{condition_at, span_at};
use super::read_plain::{clauses, listed};
use super::reader::Table;
use super::referral::{Referral, ReferralGround};
use crate::coded::{Kind, codes_of};

pub(super) fn assessment(table: &Table<'_>) -> Option<Assessment> {
    let by = listed(table, "by", codes_of(Kind::RiskAssessed, "by"));
    if by.is_empty() {
        table.wrong_here(
            "nothing says whose assessments count",
            "add by = [\"us\"], [\"other_agency\"] or both",
        );
    }
    let no_older_than = span_at(table, "no_older_than");
    if no_older_than.is_some() && !by.is_empty() && !by.iter().any(|whose| whose == "other_agency") {
        let remedy = "leave no_older_than out, or add \"other_agency\" to by";
        table.wrong(
            "no_older_than",
            "the age of another agency's assessment, which does not count",
            remedy,
        );
    }
    let questions = table.count("questions");
    if questions == Some(0) {
        table.wrong(
            "questions",
            "an assessment with no question",
            "write how many, or leave it out",
        );
    }
    Some(Assessment {
        id: table.need_id(),
        title: table.need_text("title"),
        printed: table.text("printed"),
        version: table.text("version"),
        questions,
        question_set: table
            .reference("question_set", RefersTo::QuestionSet)
            .unwrap_or_else(|| "24-topics".to_owned()),
        scale: table.reference("scale", RefersTo::Scale),
        by,
        no_older_than,
        clauses: clauses(table),
        note: table.text("note"),
    })
}

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
