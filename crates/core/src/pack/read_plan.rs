//! Reading plans in stages and rules for drawing cases.

use super::clause::Period;
use super::found::RefersTo;
use super::plan::{HowMany, Plan, PlanPart, PlanStage, Sample, SampleOf};
use super::read_condition::{condition, condition_at};
use super::read_plain::clauses;
use super::read_rule::PERIODS;
use super::reader::Table;

pub(super) fn plan(table: &Table<'_>) -> Option<Plan> {
    let stages: Vec<PlanStage> = table.tables("stages").iter().map(stage).collect();
    if stages.is_empty() {
        table.wrong_here(
            "the plan has no stage",
            "add stages = [ { id = \"first-days\", title = \"The first days\" } ]",
        );
    }
    Some(Plan {
        id: table.need_id(),
        title: table.need_text("title"),
        stages,
        clauses: clauses(table),
        note: table.text("note"),
    })
}

/// The stages of a plan, each with its table, so that their ids are taken across all plans.
pub(super) fn stages<'a>(plan: &Table<'a>) -> Vec<Table<'a>> {
    plan.tables("stages")
}

fn stage(table: &Table<'_>) -> PlanStage {
    let parts = table.tables("parts").iter().map(part).collect();
    let read = PlanStage {
        id: table.need_id(),
        title: table.need_text("title"),
        opens: condition_at(table, "opens"),
        parts,
    };
    table.done();
    read
}

fn part(table: &Table<'_>) -> PlanPart {
    let read = PlanPart {
        says: table.need_text("says"),
        when: condition_at(table, "when"),
    };
    table.done();
    read
}

pub(super) fn sample(table: &Table<'_>) -> Option<Sample> {
    let of = [
        ("cases", SampleOf::Cases),
        ("open_cases", SampleOf::OpenCases),
        ("closed_cases", SampleOf::ClosedCases),
        ("ended_reports", SampleOf::EndedReports),
    ];
    let of = table.need_choice("of", &of);
    let given = [
        table.count("one_in").map(HowMany::OneIn),
        table.count("percent").map(HowMany::Percent),
        table.count("count").map(HowMany::Count),
    ];
    let given: Vec<HowMany> = given.into_iter().flatten().collect();
    let many = match given.as_slice() {
        [many] => Some(*many),
        [] | [_, _, ..] => {
            table.wrong_here(
                "nothing single says how many are drawn",
                "add one_in = 3, percent = 10 or count = 5",
            );
            None
        }
    };
    match many {
        Some(HowMany::OneIn(0) | HowMany::Percent(0) | HowMany::Count(0)) => {
            table.wrong_here("none is drawn", "write 1 or more");
        }
        Some(HowMany::Percent(percent)) if percent > 100 => {
            table.wrong(
                "percent",
                format!("{percent} percent of the cases"),
                "write 1 to 100",
            );
        }
        Some(_) | None => {}
    }
    let always = table.table("always").and_then(|always| condition(&always));
    Some(Sample {
        id: table.need_id(),
        title: table.need_text("title"),
        of: of?,
        many: many?,
        at_least: table.count("at_least").unwrap_or(0),
        always,
        period: table.choice("period", &PERIODS).unwrap_or(Period::Quarter),
        standard: table.reference("standard", RefersTo::Standard),
        who: table.references("who", RefersTo::Role),
        own_cases: table.flag("own_cases").unwrap_or(false),
        clauses: clauses(table),
        note: table.text("note"),
    })
}
