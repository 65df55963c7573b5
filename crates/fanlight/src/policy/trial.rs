//! What a pack makes of a story: its obligations, as text for people or JSON for programs.

use anyhow::Result;
use fanlight_core::calendar::moment_words;
use fanlight_core::coded::{CodedFact, LineProblem};
use fanlight_core::obligation::{Obligation, State, obligations, wake_at};
use fanlight_core::pack::{Pack, Terms};
use jiff::Timestamp;
use std::io::Write;
use std::sync::Arc;

/// A story under a pack, as it stands at a moment.
pub(super) struct Story {
    pub(super) problems: Vec<LineProblem>,
    pub(super) pack: Arc<Pack>,
    pub(super) facts: usize,
    pub(super) at: Timestamp,
    pub(super) obligations: Vec<Obligation>,
}

impl Story {
    pub(super) fn new(pack: Pack, facts: Vec<CodedFact>, problems: Vec<LineProblem>, at: Timestamp) -> Self {
        let pack = Arc::new(pack);
        let obligations = obligations(&facts, &Terms::of(pack.clone()), at);
        Story {
            problems,
            pack,
            facts: facts.len(),
            at,
            obligations,
        }
    }

    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::json!({
            "pack": self.pack.stamp(),
            "at": self.at.to_string(),
            "facts": self.facts,
            "problems": self.problems,
            "obligations": self.obligations,
            "wake_at": wake_at(&self.obligations).map(|at| at.to_string()),
        })
    }

    pub(super) fn text(&self, output: &mut dyn Write) -> Result<()> {
        for problem in &self.problems {
            writeln!(
                output,
                "line {}: {}; {}.",
                problem.line, problem.what, problem.remedy
            )?;
        }
        writeln!(
            output,
            "{}, on {}: {} facts, {} obligations.",
            self.pack.stamp(),
            moment_words(self.at),
            self.facts,
            self.obligations.len()
        )?;
        for obligation in &self.obligations {
            let about = obligation
                .item
                .as_ref()
                .map(|item| format!(" ({item})"))
                .unwrap_or_default();
            let time = if obligation.time > 1 {
                format!(", time {}", obligation.time)
            } else {
                String::new()
            };
            writeln!(output)?;
            writeln!(
                output,
                "{}{about}{time}: {}",
                obligation.rule,
                standing(obligation)
            )?;
            writeln!(
                output,
                "  {} [{}; {}]",
                obligation.title,
                obligation.clauses.join(", "),
                obligation.strength.key()
            )?;
            writeln!(output, "  {}", due(obligation))?;
            for step in &obligation.explanation {
                writeln!(output, "    {step}")?;
            }
            for notice in &obligation.notices {
                let passed = if notice.passed { "told" } else { "to be told" };
                writeln!(
                    output,
                    "    {}: {passed} on {}",
                    notice.roles.join(", "),
                    moment_words(notice.at)
                )?;
            }
        }
        Ok(())
    }
}

/// When a promise is due, in a sentence.
pub(super) fn due(obligation: &Obligation) -> String {
    match (obligation.due.at, &obligation.due.not_stated) {
        (Some(due), None) => format!("Due {}.", moment_words(due)),
        (Some(due), Some(word)) => format!(
            "Due {}: the landlord's own figure, the policy says only \"{word}\".",
            moment_words(due)
        ),
        (None, Some(word)) => format!("No due time: the policy says \"{word}\" and states no number."),
        (None, None) => "No due time.".to_owned(),
    }
}

/// How a promise stands, in words.
pub(super) fn standing(obligation: &Obligation) -> String {
    match &obligation.state {
        State::Open => "open".to_owned(),
        State::Met {
            by,
            happened,
            recorded_late: None,
        } => {
            format!("met on {} (line {})", moment_words(*happened), by.0)
        }
        State::Met {
            by,
            happened,
            recorded_late: Some(_),
        } => {
            format!(
                "met on {} (line {}), recorded late",
                moment_words(*happened),
                by.0
            )
        }
        State::Missed {
            kept_late,
            no_safe_route,
            ended_by,
        } => {
            let mut said = "missed".to_owned();
            if let Some(late) = kept_late {
                said.push_str(&format!(
                    ", done late on {} (line {})",
                    moment_words(late.happened),
                    late.by.0
                ));
            }
            if let Some(fact) = no_safe_route {
                said.push_str(&format!(", no safe route (line {})", fact.0));
            }
            if let Some(fact) = ended_by {
                said.push_str(&format!(", ended by line {}", fact.0));
            }
            said
        }
        State::Excused { by, ground } => format!("excused: {ground} (line {})", by.0),
        State::Paused { by, .. } => format!("paused (line {})", by.0),
        State::Lapsed { by, .. } if *by == obligation.started.by => {
            "over: it was for others to do".to_owned()
        }
        State::Lapsed { by, why } => format!("lapsed: {} (line {})", why.name(), by.0),
    }
}
