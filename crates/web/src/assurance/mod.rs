//! Assurance: the policy, clause by clause, with how each is kept and what proves it now; measures; registers.

use askama::Template;

use crate::case::ClockRow;
use crate::forms::Link;
use crate::layout::Frame;
use crate::signs::TimeTag;

mod chart;

pub use chart::{Bar, Chart};

/// How a clause is kept, for the split bar and its key.
#[derive(Clone, Debug, Default)]
pub struct KeptTotal {
    /// The stylesheet's word: `enforced`, `measured`, `recorded`, `published`, `notyet`.
    pub kind: String,
    /// Its words.
    pub words: String,
    /// How many clauses.
    pub count: usize,
}

/// A box of the filter.
#[derive(Clone, Debug, Default)]
pub struct FilterBox {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub text: String,
    /// How many clauses.
    pub count: usize,
    /// Whether it is ticked.
    pub ticked: bool,
}

/// Boxes of the filter that belong together. They are sent by GET.
#[derive(Clone, Debug, Default)]
pub struct FilterGroup {
    /// The name under which they are sent.
    pub name: String,
    /// The question.
    pub legend: String,
    /// The boxes.
    pub boxes: Vec<FilterBox>,
}

/// A clause.
#[derive(Clone, Debug, Default)]
pub struct ClauseRow {
    /// "7.1".
    pub reference: String,
    /// What it promises, in our words.
    pub says: String,
    /// Where it is explained.
    pub href: String,
    /// How it is kept.
    pub kept: String,
    /// How strong it is.
    pub strength: String,
    /// The figure: "46 of 47", or what stands in its place.
    pub figure: String,
    /// What the figure means.
    pub figure_sub: String,
    /// The state now.
    pub state: TimeTag,
}

/// One of the policy's own particulars.
#[derive(Clone, Debug, Default)]
pub struct Particular {
    /// What it is.
    pub label: String,
    /// What it says.
    pub value: String,
    /// How it stands in time, where it does.
    pub state: Option<TimeTag>,
}

/// The register of clauses.
#[derive(Template)]
#[template(path = "assurance/clauses.html")]
pub struct ClausesPage {
    /// The frame.
    pub frame: Frame,
    /// "settle, Domestic Abuse Policy. 116 clauses, as adopted on 1 October 2026."
    pub sub: String,
    /// The policy's own particulars: version, since when, until when, whose.
    pub policy: Vec<Particular>,
    /// How many are kept in each way.
    pub totals: Vec<KeptTotal>,
    /// What can be shown.
    pub filters: Vec<FilterGroup>,
    /// "12 of 116, those with figures first".
    pub shown: String,
    /// The clauses.
    pub rows: Vec<ClauseRow>,
    /// More clauses.
    pub next: Option<Link>,
    /// Measures, registers.
    pub links: Vec<Link>,
}

impl ClausesPage {
    /// Each total with where it begins and how wide it is, in hundredths of the bar.
    pub fn split(&self) -> Vec<(&KeptTotal, String, String)> {
        let all = self.totals.iter().map(|total| total.count).sum::<usize>().max(1);
        let mut from = 0;
        let part = |count: usize| 100.0 * count as f64 / all as f64;
        self.totals
            .iter()
            .map(|total| {
                let begins = part(from);
                from += total.count;
                (
                    total,
                    format!("{begins:.2}"),
                    format!("{:.2}", (part(total.count) - 0.25).max(0.0)),
                )
            })
            .collect()
    }

    /// The split bar in words.
    pub fn split_says(&self) -> String {
        let all: usize = self.totals.iter().map(|total| total.count).sum();
        let parts: Vec<String> = self
            .totals
            .iter()
            .map(|total| format!("{} {}", total.count, total.words.to_lowercase()))
            .collect();
        format!("Of {all} clauses: {}", parts.join(", "))
    }
}

/// One way in which a clause is kept, with its proof.
#[derive(Clone, Debug, Default)]
pub struct Proof {
    /// How: "Measured", "Enforced".
    pub kept: String,
    /// What it is called.
    pub title: String,
    /// What it does or shows.
    pub says: String,
    /// Its figure now; empty for none.
    pub figure: String,
    /// What the figure means.
    pub figure_sub: String,
    /// Where it can be seen.
    pub link: Option<Link>,
}

/// One clause, whole.
#[derive(Template)]
#[template(path = "assurance/clause.html")]
pub struct ClausePage {
    /// The frame.
    pub frame: Frame,
    /// "settle 7.1".
    pub reference: String,
    /// What it promises, in our words.
    pub says: String,
    /// How strong it is, how it is kept, under which policy.
    pub sub: String,
    /// The state now.
    pub state: TimeTag,
    /// What keeps it.
    pub proofs: Vec<Proof>,
    /// What is missing, if it is not kept yet; empty for nothing.
    pub missing: String,
    /// What else to know: a contradiction, a number that is not stated.
    pub notes: Vec<String>,
    /// Its clocks now, on cases that this looker may open.
    pub clocks: Vec<ClockRow>,
}

/// A row of the table under a chart.
#[derive(Clone, Debug, Default)]
pub struct MeasureRow {
    /// The period, area or tier.
    pub label: String,
    /// The figures, as shown: small numbers may be hidden.
    pub cells: Vec<String>,
    /// Why, with where to look.
    pub why: Vec<Link>,
}

/// A measure: numerator, denominator, how it is counted, a chart and its table.
#[derive(Template)]
#[template(path = "assurance/measure.html")]
pub struct MeasurePage {
    /// The frame.
    pub frame: Frame,
    /// What is measured.
    pub title: String,
    /// Clause, strength, target, period.
    pub sub: String,
    /// "46 of 47", or "Nothing to count yet".
    pub figure: String,
    /// "97.9%"; empty for none.
    pub percent: String,
    /// What that means: "in time. One was late, and stays late".
    pub means: String,
    /// How it is counted.
    pub how: String,
    /// The heading over the chart: "By month of report".
    pub by: String,
    /// The chart, if there is anything to draw.
    pub chart: Option<Chart>,
    /// The table's columns after the first.
    pub columns: Vec<String>,
    /// The heading of the table's first column.
    pub first_column: String,
    /// The table.
    pub rows: Vec<MeasureRow>,
    /// Its foot.
    pub total: Option<MeasureRow>,
    /// Every state of the clocks, with its number.
    pub parts: Vec<Part>,
    /// How small numbers are hidden; empty if none is.
    pub small_numbers: String,
    /// Where the page leads back to.
    pub back: Link,
    /// The heading over the cases behind the figure.
    pub behind_title: String,
    /// The cases behind the figure, for whoever may open them.
    pub behind: Vec<crate::find::CaseRow>,
    /// The heading over the cases that it is taken of and in which it is not so.
    pub others_title: String,
    /// Those cases, for whoever may open them.
    pub others: Vec<crate::find::CaseRow>,
}

impl MeasurePage {
    /// Whether any row says why.
    pub fn has_why(&self) -> bool {
        self.rows.iter().any(|row| !row.why.is_empty())
    }
}

/// One part of a count.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// What it is.
    pub label: String,
    /// How many, or that it is hidden.
    pub number: String,
    /// How it counts.
    pub says: String,
}

/// An entry of a register.
#[derive(Clone, Debug, Default)]
pub struct RegisterRow {
    /// An id on the page, to jump to.
    pub id: String,
    /// What it is.
    pub title: String,
    /// What is recorded of it, a line each.
    pub says: Vec<String>,
    /// Its owner.
    pub owner: String,
    /// When it was last checked, or that it never was.
    pub checked: String,
    /// The state now.
    pub state: TimeTag,
    /// What can be done.
    pub link: Option<Link>,
}

/// One register of several.
#[derive(Clone, Debug, Default)]
pub struct RegisterGroup {
    /// An id on the page.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Its entries.
    pub rows: Vec<RegisterRow>,
}

/// A register in the list of them.
#[derive(Clone, Debug, Default)]
pub struct RegisterLine {
    /// Its name.
    pub title: String,
    /// Where it is shown whole.
    pub href: String,
    /// What stands in it.
    pub says: String,
    /// How many entries.
    pub entries: usize,
    /// How many were never checked.
    pub never: usize,
    /// How many are past the day by which they were to be checked.
    pub overdue: usize,
    /// The state now.
    pub state: TimeTag,
}

/// All registers, a row each.
#[derive(Template)]
#[template(path = "assurance/register_index.html")]
pub struct RegisterIndexPage {
    /// The frame.
    pub frame: Frame,
    /// What they are.
    pub sub: String,
    /// The registers.
    pub rows: Vec<RegisterLine>,
    /// Where what the landlord did is recorded.
    pub record: Link,
}

/// What a landlord has done about its policy, and what it owes.
#[derive(Template)]
#[template(path = "assurance/record.html")]
pub struct RecordPage {
    /// The frame.
    pub frame: Frame,
    /// What it is.
    pub sub: String,
    /// What the landlord owes, with its clock.
    pub owed: Vec<RegisterRow>,
    /// What was recorded, newest first.
    pub rows: Vec<RegisterRow>,
    /// What can be recorded, for whoever may.
    pub links: Vec<Link>,
}

/// The registers that a policy asks for.
#[derive(Template)]
#[template(path = "assurance/registers.html")]
pub struct RegistersPage {
    /// The frame.
    pub frame: Frame,
    /// The heading.
    pub title: String,
    /// What they are.
    pub sub: String,
    /// The registers.
    pub groups: Vec<RegisterGroup>,
}

/// A measure in a list.
#[derive(Clone, Debug, Default)]
pub struct MeasureLine {
    /// What is measured.
    pub title: String,
    /// Where it is shown whole.
    pub href: String,
    /// The clause, the target.
    pub sub: String,
    /// The figure.
    pub figure: String,
    /// What it means.
    pub figure_sub: String,
    /// The state now.
    pub state: TimeTag,
}

/// All measures.
#[derive(Template)]
#[template(path = "assurance/measures.html")]
pub struct MeasuresPage {
    /// The frame.
    pub frame: Frame,
    /// The period, the policy.
    pub sub: String,
    /// The measures.
    pub rows: Vec<MeasureLine>,
}
crate::pages!(
    ClausesPage,
    ClausePage,
    MeasurePage,
    RegistersPage,
    RegisterIndexPage,
    RecordPage,
    MeasuresPage
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_split_bar_adds_up_and_says_what_it_draws() {
        let total = |words: &str, count| KeptTotal {
            words: words.to_owned(),
            count,
            ..KeptTotal::default()
        };
        let page = ClausesPage {
            frame: Frame::default(),
            sub: String::new(),
            policy: Vec::new(),
            totals: vec![total("Enforced", 1), total("Not yet", 3)],
            filters: Vec::new(),
            shown: String::new(),
            rows: Vec::new(),
            next: None,
            links: Vec::new(),
        };
        let split = page.split();
        assert_eq!((split[1].1.as_str(), split[1].2.as_str()), ("25.00", "74.75"));
        assert_eq!(page.split_says(), "Of 4 clauses: 1 enforced, 3 not yet");
    }
}
