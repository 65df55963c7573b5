//! Reading what a policy says of cases, moves, charges and reports.

use super::found::RefersTo;
use super::house::{CaseRules, ChargeRules, EVIDENCE, MoveRules, QUEUES, Report, Tenure};
use super::read_condition::span_at;
use super::read_plain::{clauses, listed};
use super::read_rule::kinds;
use super::reader::Table;
use crate::measure::SMALL;

pub(super) fn case(table: &Table<'_>) -> CaseRules {
    let returns = table.choice("returns", &[("same_case", true), ("linked_case", false)]);
    let same_case_within = span_at(table, "same_case_within");
    if returns == Some(true) && same_case_within.is_none() {
        table.wrong_here(
            "a return is the same case, and nothing says for how long after closing",
            "add same_case_within = { n = 6, unit = \"months\" }",
        );
    }
    if returns != Some(true) && same_case_within.is_some() {
        let remedy = "write returns = \"same_case\", or leave same_case_within out";
        table.wrong("same_case_within", "a return is not the same case", remedy);
    }
    let rules = CaseRules {
        minimum_record: kinds(table, "minimum_record"),
        same_case_within,
        languages: table.texts("languages"),
        clauses: clauses(table),
    };
    table.text("note");
    table.done();
    rules
}

pub(super) fn moves(table: &Table<'_>) -> MoveRules {
    let tenure = [
        ("never_weaker", Tenure::NeverWeaker),
        ("as_document", Tenure::AsDocument),
    ];
    let rules = MoveRules {
        tenure: table.choice("tenure", &tenure).unwrap_or_default(),
        weaker_approved_by: table.reference("weaker_approved_by", RefersTo::Role),
        queue: listed(table, "queue", QUEUES),
        clauses: clauses(table),
    };
    if rules.tenure == Tenure::NeverWeaker && rules.weaker_approved_by.is_some() {
        let remedy = "keep one of the two: never_weaker has no exception";
        table.wrong(
            "weaker_approved_by",
            "a weaker tenure is never given, and yet approved",
            remedy,
        );
    }
    table.text("note");
    table.done();
    rules
}

pub(super) fn charges(table: &Table<'_>) -> ChargeRules {
    if table.has("survivor") {
        table.wrong(
            "survivor",
            "a survivor is never charged for what abuse has done",
            "leave survivor out: it is no setting",
        );
    }
    let rules = ChargeRules {
        perpetrator: table.flag("perpetrator").unwrap_or(false),
        evidence: listed(table, "evidence", EVIDENCE),
        approved_by: table.reference("approved_by", RefersTo::Role),
        clauses: clauses(table),
    };
    table.text("note");
    table.done();
    rules
}

pub(super) fn report(table: &Table<'_>) -> Option<Report> {
    let least = u32::try_from(SMALL).unwrap_or(u32::MAX);
    let hide_below = table.count("hide_below").unwrap_or(least);
    if hide_below < least {
        table.wrong(
            "hide_below",
            format!("numbers from {hide_below} up would be shown"),
            format!("write {least} or more: smaller numbers can tell who it was"),
        );
    }
    let measures = table.references("measures", RefersTo::Measure);
    if measures.is_empty() {
        table.wrong_here(
            "no measure is in it",
            "add measures = [\"the id of a [[measure]]\"]",
        );
    }
    Some(Report {
        id: table.need_id(),
        title: table.need_text("title"),
        to: table.references("to", RefersTo::Role),
        measures,
        obligation: table.reference("obligation", RefersTo::Obligation),
        hide_below,
        hidden_as: table
            .text("hidden_as")
            .unwrap_or_else(|| format!("fewer than {hide_below}")),
        clauses: clauses(table),
        note: table.text("note"),
    })
}
