//! What was found, as a table for people and as JSON.

use crate::meter::Cost;
use serde_json::{Value, json};

/// How an operation stands against its figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Within its figure.
    Held,
    /// Over it.
    Over,
    /// Shown beside another; there is no figure for it.
    NoFigure,
    /// Nothing can be measured yet.
    NotBuilt,
}

impl Verdict {
    pub(crate) fn of(held: bool) -> Self {
        if held { Verdict::Held } else { Verdict::Over }
    }

    fn words(self) -> &'static str {
        match self {
            Verdict::Held => "held",
            Verdict::Over => "OVER",
            Verdict::NoFigure => "",
            Verdict::NotBuilt => "not built yet",
        }
    }
}

/// One operation as it was found.
pub(crate) struct Row {
    /// The operation.
    pub(crate) what: &'static str,
    /// The figure.
    pub(crate) held_to: &'static str,
    /// What was found, in words.
    pub(crate) found: String,
    /// What ours and the bare one cost, where that is the measure.
    pub(crate) costs: Option<(Cost, Option<Cost>)>,
    /// How it stands.
    pub(crate) verdict: Verdict,
}

impl Row {
    /// An operation held to so many milliseconds of processor time.
    pub(crate) fn cost(
        what: &'static str,
        held_to: &'static str,
        most: f64,
        ours: Cost,
        bare: Option<Cost>,
    ) -> Row {
        Row {
            what,
            held_to,
            found: String::new(),
            costs: Some((ours, bare)),
            verdict: Verdict::of(ours.cpu <= most),
        }
    }

    /// Part of another operation, shown beside it.
    pub(crate) fn part(what: &'static str, ours: Cost, bare: Option<Cost>) -> Row {
        Row {
            what,
            held_to: "",
            found: String::new(),
            costs: Some((ours, bare)),
            verdict: Verdict::NoFigure,
        }
    }

    /// Something that is no cost of processor time.
    pub(crate) fn said(what: &'static str, held_to: &'static str, found: String, verdict: Verdict) -> Row {
        Row {
            what,
            held_to,
            found,
            costs: None,
            verdict,
        }
    }

    /// The row as a line.
    pub(crate) fn line(&self) -> String {
        let (cpu, wall, bare, ratio) = match &self.costs {
            None => Default::default(),
            Some((ours, bare)) => (
                format!("{:.3} ms ±{:.0}%", ours.cpu, ours.spread * 50.0),
                format!("{:.3} ms", ours.wall),
                bare.map_or_else(String::new, |bare| format!("{:.3} ms", bare.cpu)),
                bare.map_or_else(String::new, |bare| format!("{:.1}", ours.cpu / bare.cpu)),
            ),
        };
        let line = format!(
            "{:<46} {:<22} {cpu:>14} {wall:>10} {bare:>10} {ratio:>6}  {:<5} {}",
            self.what,
            self.held_to,
            self.verdict.words(),
            self.found
        );
        line.trim_end().to_owned()
    }

    /// The row as JSON.
    pub(crate) fn json(&self) -> Value {
        let cost = |cost: &Cost| json!({"cpu_ms": cost.cpu, "wall_ms": cost.wall, "spread": cost.spread});
        json!({
            "operation": self.what,
            "held_to": self.held_to,
            "found": self.found,
            "ours": self.costs.as_ref().map(|(ours, _)| cost(ours)),
            "bare": self.costs.as_ref().and_then(|(_, bare)| bare.as_ref()).map(cost),
            "ratio": self.costs.as_ref().and_then(|(ours, bare)| Some(ours.cpu / bare.as_ref()?.cpu)),
            "held": match self.verdict {
                Verdict::Held => Some(true),
                Verdict::Over => Some(false),
                Verdict::NoFigure | Verdict::NotBuilt => None,
            },
            "built": self.verdict != Verdict::NotBuilt,
        })
    }
}

/// The head of the table.
pub(crate) fn head() -> String {
    format!(
        "{:<46} {:<22} {:>14} {:>10} {:>10} {:>6}  {:<5} found",
        "operation", "held to", "CPU for one", "wall", "bare SQL", "ratio", ""
    )
}
