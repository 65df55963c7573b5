//! What the pack's gates answer for an act, judged over coded facts alone.
//!
//! These gates only ever shut. The safety rules that no pack can loosen stand elsewhere and always win; and no gate
//! of a pack comes between a person in danger and help.

use super::world::{View, World};
use crate::calendar::london_date;
use crate::coded::{CodedFact, visible};
use crate::pack::{Gate, Pack, SpanUnit};
use jiff::{SignedDuration, Timestamp, ToSpan};

/// What one gate says about an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateAnswer {
    /// The gate's id.
    pub gate: String,
    /// The stage of a plan that it shuts, if it is one.
    pub stage: Option<String>,
    /// What the gate asks, in the pack's words.
    pub says: String,
    /// The clauses.
    pub clauses: Vec<String>,
    /// What it still wants; nothing means that it is open.
    pub wants: Vec<Wanted>,
    /// When it opens by itself, if it does.
    pub opens_at: Option<Timestamp>,
}

/// Something that a gate wants before an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Its condition is not so yet.
    Condition,
    /// Its condition forbids the act for the time being.
    Forbidden,
    /// A time must pass.
    Time,
    /// One of these posts must do it.
    Role(Vec<String>),
    /// This post must approve, somebody else than whoever asks.
    Approval(String),
    /// This training must be in date.
    Training(String),
    /// These must be written first.
    Words(Vec<String>),
}

impl GateAnswer {
    /// Whether nothing is wanted any more.
    pub fn is_open(&self) -> bool {
        self.wants.is_empty()
    }
}

/// What every gate on an act says at a moment. Posts, approval, training and words are the caller's to check: they
/// are named as wanted here whenever the gate asks for them.
pub fn gate_answers(pack: &Pack, act: &str, facts: &[CodedFact], now: Timestamp) -> Vec<GateAnswer> {
    let world = World {
        facts: visible(facts, now),
        pack,
        calendar: pack.calendar(london_date(now)),
    };
    pack.gates
        .iter()
        .filter(|gate| gate.act == act)
        .map(|gate| answer(&world, gate, now))
        .collect()
}

fn answer(world: &World<'_>, gate: &Gate, now: Timestamp) -> GateAnswer {
    let view = View {
        known: world.facts.len(),
        item: None,
        start: None,
    };
    let mut wants = Vec::new();
    if gate
        .until
        .as_ref()
        .is_some_and(|condition| !world.holds(condition, view))
    {
        wants.push(Wanted::Condition);
    }
    if gate
        .unless
        .as_ref()
        .is_some_and(|condition| world.holds(condition, view))
    {
        wants.push(Wanted::Forbidden);
    }
    let opens_at = gate.span_after.as_ref().and_then(|(span, after)| {
        let last = world.latest(view, |fact| after.fits(fact))?.times.happened;
        let date = london_date(last);
        let n = i64::from(span.n);
        let opens = match span.unit {
            SpanUnit::Minutes => last.saturating_add(SignedDuration::from_mins(n)).ok()?,
            SpanUnit::Hours => last.saturating_add(SignedDuration::from_hours(n)).ok()?,
            SpanUnit::Days => super::day::start_of(date.saturating_add(n.days())),
            SpanUnit::Weeks => super::day::start_of(date.saturating_add(n.weeks())),
            SpanUnit::Months => super::day::start_of(date.saturating_add(n.months())),
            SpanUnit::WorkingDays => super::day::start_of(world.nth_working_day(date, n)),
        };
        (now < opens).then_some(opens)
    });
    if opens_at.is_some() {
        wants.push(Wanted::Time);
    }
    if !gate.roles.is_empty() {
        wants.push(Wanted::Role(gate.roles.clone()));
    }
    wants.extend(gate.approved_by.clone().map(Wanted::Approval));
    wants.extend(gate.training.clone().map(Wanted::Training));
    if !gate.words_first.is_empty() {
        wants.push(Wanted::Words(gate.words_first.clone()));
    }
    GateAnswer {
        gate: gate.id.clone(),
        stage: gate.stage.clone(),
        says: gate.says.clone(),
        clauses: gate.clauses.clone(),
        wants,
        opens_at,
    }
}

impl std::fmt::Display for Wanted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Wanted::Condition => f.write_str("what the gate asks has not happened yet"),
            Wanted::Forbidden => f.write_str("it is not allowed as things stand"),
            Wanted::Time => f.write_str("a time must pass first"),
            Wanted::Role(roles) => write!(f, "it is for {}", roles.join(" or ")),
            Wanted::Approval(role) => write!(f, "{role} must approve"),
            Wanted::Training(training) => write!(f, "the training {training} must be in date"),
            Wanted::Words(words) => write!(f, "to be written first: {}", words.join(", ")),
        }
    }
}
