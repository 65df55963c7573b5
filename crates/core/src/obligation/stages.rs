//! Where the stages of a plan stand, judged over coded facts alone.

use super::holds;
use crate::coded::{CodedFact, Kind, visible};
use crate::pack::{Pack, Plan, PlanStage};
use jiff::Timestamp;

/// One stage, as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct StageFound<'p> {
    /// The stage.
    pub stage: &'p PlanStage,
    /// Whether it is open: one that was agreed stays so, whatever its condition says later.
    pub open: bool,
    /// Whether it has been agreed.
    pub agreed: bool,
    /// The parts that belong in it as things stand.
    pub parts: Vec<&'p str>,
}

/// Every stage of a plan, in order.
pub fn plan_stages<'p>(
    pack: &Pack,
    plan: &'p Plan,
    facts: &[CodedFact],
    now: Timestamp,
) -> Vec<StageFound<'p>> {
    let known = visible(facts, now);
    let so = |condition: &Option<_>| {
        condition
            .as_ref()
            .map(|condition| holds(condition, pack, facts, now))
    };
    let mut found: Vec<StageFound<'p>> = Vec::new();
    for stage in &plan.stages {
        let agreed = known
            .iter()
            .any(|fact| fact.kind == Kind::ActionPlanAgreed && fact.code("stage") == Some(stage.id.as_str()));
        let before_agreed = found.last().is_none_or(|before| before.agreed);
        let parts = stage.parts.iter().filter(|part| so(&part.when).unwrap_or(true));
        found.push(StageFound {
            stage,
            open: agreed || so(&stage.opens).unwrap_or(before_agreed),
            agreed,
            parts: parts.map(|part| part.says.as_str()).collect(),
        });
    }
    found
}
