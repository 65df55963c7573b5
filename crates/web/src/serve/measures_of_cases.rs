//! Measures counted over cases, in words: how many of how many, who was asked and answered, and the year before.

use super::figures::{number, share};
use crate::assurance::{MeasureRow, Part};
use fanlight_casework::MeasureView;
use fanlight_core::measure::{Figure, Shown, ShownCases, hide_breakdown, hide_share, percent_words};
use fanlight_core::pack::{Counted, MeasureOf};

/// Which cases are counted, in words.
pub(super) const WHICH: &str = "Cases first reported in the period, whatever became of them, erased ones included. A report \
                                that never became a case is none, and one that was joined to another counts there.";

fn shown(view: &MeasureView) -> ShownCases {
    if view.exact {
        ShownCases::exact(&view.figure)
    } else {
        ShownCases::hidden(&view.figure, view.cases, view.given_away)
    }
}

/// The figure, and what it means.
pub(super) fn figure_words(view: &MeasureView) -> (String, String) {
    let shown = shown(view);
    if let (MeasureOf::Change, Some(before)) = (view.rule.of, &view.before) {
        return change(view, before);
    }
    if view.figure.denominator == 0 && view.figure.asked.is_none_or(|asked| asked == 0) {
        return ("Nothing to count yet".to_owned(), asked_words(&shown));
    }
    match view.rule.of {
        MeasureOf::Count => (number(shown.share.numerator), asked_words(&shown)),
        MeasureOf::Share | MeasureOf::Change | MeasureOf::Median => {
            let mut beside: Vec<String> = shown
                .share
                .percent
                .iter()
                .map(|percent| format!("{percent}%"))
                .collect();
            beside.extend(Some(asked_words(&shown)).filter(|words| !words.is_empty()));
            (share(&shown.share), beside.join("; "))
        }
    }
}

/// "20 asked; 10 answered, 50.0%": a share of those who answered says little without it.
fn asked_words(shown: &ShownCases) -> String {
    let (Some(asked), Some(answered)) = (shown.asked, shown.answered) else {
        return String::new();
    };
    match (asked, answered) {
        (Shown::Number(0), _) => "nobody asked yet".to_owned(),
        (Shown::Number(asked), Shown::Number(answered)) => {
            let rate = percent_words(answered, asked).unwrap_or_default();
            format!("{asked} asked; {answered} answered, {rate}%")
        }
        (Shown::Number(asked), Shown::Hidden) => format!("{asked} asked; how many answered is hidden"),
        (Shown::Hidden, _) => "how many were asked is hidden".to_owned(),
    }
}

/// This year's count beside the year before, with the difference where neither gives anybody away.
fn change(view: &MeasureView, before: &Figure) -> (String, String) {
    let of = |count: u64| {
        if view.exact {
            Shown::Number(count)
        } else {
            hide_share(count, count).numerator
        }
    };
    let (now, then) = (of(view.figure.numerator), of(before.numerator));
    let beside = match (now, then) {
        (_, Shown::Hidden) => "fewer than 5 in the year before".to_owned(),
        (Shown::Hidden, Shown::Number(then)) => format!("{then} in the year before"),
        (Shown::Number(now), Shown::Number(then)) => {
            let (way, by) = if now < then {
                ("fewer", then - now)
            } else {
                ("more", now - then)
            };
            match percent_of(by, then) {
                _ if by == 0 => format!("{then} in the year before: the same"),
                Some(percent) => format!("{then} in the year before: {by} {way}, {percent}%"),
                None => "none in the year before".to_owned(),
            }
        }
    };
    let now = match now {
        Shown::Number(now) => now.to_string(),
        Shown::Hidden => "Fewer than 5".to_owned(),
    };
    (now, beside)
}

/// A change in percent of the year before, which may be more than all of it.
fn percent_of(by: u64, then: u64) -> Option<String> {
    let tenths = (u128::from(by) * 2000 + u128::from(then)).checked_div(2 * u128::from(then))?;
    Some(format!("{}.{}", tenths / 10, tenths % 10))
}

/// What the figure is made of: everybody it is taken of, and for answers everybody who was asked.
pub(super) fn parts(view: &MeasureView) -> Vec<Part> {
    let shown = shown(view);
    let part = |label: &str, shown: Shown, says: &str| Part {
        label: label.into(),
        number: number(shown),
        says: says.into(),
    };
    match &view.rule.counts {
        Counted::Obligation(_) => Vec::new(),
        Counted::Cases => {
            let before = view.before.as_ref().map_or(0, |before| before.numerator);
            let before = if view.exact {
                Shown::Number(before)
            } else {
                hide_share(before, before).numerator
            };
            vec![
                part("Cases", shown.share.numerator, "First reported in the period."),
                part(
                    "The year before",
                    before,
                    "First reported in the twelve months before. No case is in both.",
                ),
            ]
        }
        Counted::CasesWith(_) => vec![
            part("It is so", shown.share.numerator, "The numerator."),
            part("All cases", shown.share.denominator, "The denominator."),
        ],
        Counted::Answers { .. } => vec![
            part("Said so", shown.share.numerator, "The numerator."),
            part(
                "Answered",
                shown.answered.unwrap_or(Shown::Number(0)),
                "Everybody whose answer is on record.",
            ),
            part(
                "Asked",
                shown.asked.unwrap_or(Shown::Number(0)),
                "Everybody who was asked, or who answered unasked.",
            ),
        ],
    }
}

type Table = (Vec<String>, Vec<MeasureRow>, Option<MeasureRow>);

/// By month for whoever may see exact numbers. For everybody else only how many cases there were, by quarter: a share
/// split by quarter would give small numbers away beside the other shares.
pub(super) fn table(view: &MeasureView) -> Table {
    let row = |label: String, cells: Vec<String>| MeasureRow {
        label,
        cells,
        why: Vec::new(),
    };
    if view.case_months.is_empty() {
        return Default::default();
    }
    let plain_count = view.rule.counts == Counted::Cases;
    if view.exact {
        let cells = |figure: &Figure| match plain_count {
            true => vec![figure.numerator.to_string()],
            false => vec![figure.denominator.to_string(), figure.numerator.to_string()],
        };
        let columns = match plain_count {
            true => vec!["Cases".to_owned()],
            false => vec!["Taken of".to_owned(), "It is so".to_owned()],
        };
        let rows = view
            .case_months
            .iter()
            .map(|(month, figure)| row(month.strftime("%b %Y").to_string(), cells(figure)))
            .collect();
        return (columns, rows, Some(row("Year".into(), cells(&view.figure))));
    }
    if !plain_count {
        return Default::default();
    }
    let mut quarters: Vec<(String, u64)> = Vec::new();
    for (month, figure) in &view.case_months {
        let label = format!("{} {}", super::measures::quarter(month.month()), month.year());
        match quarters.last_mut().filter(|(held, _)| *held == label) {
            Some((_, count)) => *count += figure.numerator,
            None => quarters.push((label, figure.numerator)),
        }
    }
    let pairs: Vec<(u64, u64)> = quarters.iter().map(|(_, count)| (*count, *count)).collect();
    let rows = quarters
        .into_iter()
        .zip(hide_breakdown(&pairs))
        .map(|((label, _), shown)| row(label, vec![number(shown.denominator)]))
        .collect();
    (vec!["Cases".to_owned()], rows, None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use fanlight_core::pack::{Denominator, MeasureRule, Period};
    use jiff::Timestamp;

    fn view(of: MeasureOf, numerator: u64, denominator: u64, exact: bool) -> MeasureView {
        MeasureView {
            rule: MeasureRule {
                id: "m".into(),
                title: "M".into(),
                of,
                counts: Counted::Cases,
                denominator: Denominator::All,
                target: None,
                period: Period::Year,
                by: Vec::new(),
                late_records_count: false,
                clauses: Vec::new(),
                note: None,
            },
            from: Timestamp::MIN,
            to: Timestamp::MAX,
            figure: Figure {
                numerator,
                denominator,
                ..Figure::default()
            },
            before: None,
            months: Vec::new(),
            case_months: Vec::new(),
            cases: denominator,
            about_cases: true,
            given_away: false,
            exact,
        }
    }

    #[test]
    fn the_year_beside_the_year_before_is_said_in_numbers_and_in_percent() {
        let mut year = view(MeasureOf::Change, 44, 44, true);
        year.before = Some(Figure {
            numerator: 69,
            denominator: 69,
            ..Figure::default()
        });
        let (now, beside) = figure_words(&year);
        assert_eq!(
            (now.as_str(), beside.as_str()),
            ("44", "69 in the year before: 25 fewer, 36.2%")
        );
        year.before = Some(Figure::default());
        assert_eq!(figure_words(&year).1, "none in the year before");
        let mut few = view(MeasureOf::Change, 44, 44, false);
        few.before = Some(Figure {
            numerator: 3,
            denominator: 3,
            ..Figure::default()
        });
        assert_eq!(figure_words(&few).1, "fewer than 5 in the year before");
    }

    #[test]
    fn a_share_of_answers_always_says_how_many_were_asked() {
        let mut answers = view(MeasureOf::Share, 8, 10, true);
        answers.figure.asked = Some(20);
        answers.figure.answered = Some(10);
        assert_eq!(
            figure_words(&answers),
            (
                "8 of 10".to_owned(),
                "80.0%; 20 asked; 10 answered, 50.0%".to_owned()
            )
        );
        answers.exact = false;
        answers.cases = 40;
        let (figure, beside) = figure_words(&answers);
        assert!(
            !figure.contains('8') && !beside.contains("10 answered"),
            "{figure} {beside}"
        );
        let mut nobody = view(MeasureOf::Share, 0, 0, true);
        nobody.figure.asked = Some(0);
        nobody.figure.answered = Some(0);
        assert_eq!(
            figure_words(&nobody),
            ("Nothing to count yet".to_owned(), "nobody asked yet".to_owned())
        );
    }
}
