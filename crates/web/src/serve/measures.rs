//! Measures: numerator, denominator and everything that was left out; and the cases behind, for whoever may open them.

use super::assurance::{measure_over, strength_words};
use super::figures::{beside, length, number, share, shown};
use super::find::case_row;
use super::measures_of_cases as cases;
use crate::app::{Shared, Signed, answer, clause, frame};
use crate::assurance::{Bar, Chart, MeasureLine, MeasurePage, MeasureRow, MeasuresPage, Part};
use crate::forms::Link;
use crate::forms::when::{full_day, local};
use crate::routes::Routes;
use crate::signs::{TimeTag, Tone};
use axum::extract::{Path, State};
use axum::response::Response;
use fanlight_casework::{Behind, CaseRow, MeasureView, Problem};
use fanlight_core::measure::{SMALL, Shown, ShownTally, Tally, hide_breakdown};
use fanlight_core::pack::{Counted, MeasureOf, Target};
use jiff::civil::Date;

pub(super) fn routes() -> Routes<Shared> {
    Routes::default()
        .get("/assurance/measures", measures)
        .get("/assurance/measures/{id}", measure)
        .get("/assurance/promises/{id}", promise)
}

/// A measure's figure, and what it means.
pub(super) fn figure_words(view: &MeasureView) -> (String, String) {
    let figure = &view.figure;
    if is_over_cases(view) {
        return cases::figure_words(view);
    }
    let tally = figure.tally.unwrap_or_default();
    let shown = shown(&tally, view.rule.late_records_count, view.exact);
    match view.rule.of {
        MeasureOf::Median => match (figure.median_seconds, done(&tally)) {
            (Some(_), done) if !view.exact && done < SMALL => (
                "Hidden".to_owned(),
                "fewer than 5 to take the middle of".to_owned(),
            ),
            (Some(seconds), _) => (length(seconds), "the middle of those done".to_owned()),
            (None, _) => ("Nothing to count yet".to_owned(), String::new()),
        },
        MeasureOf::Count => (number(shown.share.numerator), beside(&shown)),
        MeasureOf::Share | MeasureOf::Change => (share(&shown.share), beside(&shown)),
    }
}

/// How many a length of time can be taken of, at the least.
fn done(tally: &Tally) -> u64 {
    tally.kept + tally.kept_recorded_late
}

fn is_over_cases(view: &MeasureView) -> bool {
    match view.rule.counts {
        Counted::Obligation(_) => false,
        Counted::Cases | Counted::CasesWith(_) | Counted::Answers { .. } => true,
    }
}

fn target_words(target: Option<Target>) -> String {
    match target {
        Some(Target::AtLeast(percent)) => format!("Target: at least {percent}%"),
        Some(Target::AtMost(percent)) => format!("Target: at most {percent}%"),
        None => "No target is stated".to_owned(),
    }
}

fn state_of(view: &MeasureView) -> TimeTag {
    let figure = &view.figure;
    match figure.meets(view.rule.target) {
        Some(true) => TimeTag::new(Tone::Kept, "On target"),
        Some(false) => TimeTag::new(Tone::Late, "Missed or behind"),
        None if figure.denominator == 0 => TimeTag::new(Tone::Plain, "Nothing to show yet"),
        None => TimeTag::new(Tone::Plain, "No target"),
    }
}

fn clause_words(signed: &Signed, ids: &[String]) -> String {
    ids.iter()
        .map(|id| clause(&signed.who.room, id, false).words)
        .collect::<Vec<_>>()
        .join(", ")
}

async fn measures(State(app): State<Shared>, signed: Signed) -> Response {
    answer(draw_measures(&app, &signed).await)
}

async fn draw_measures(app: &Shared, signed: &Signed) -> Result<MeasuresPage, Problem> {
    let views = app.casework.measures(&signed.who).await?;
    let room = &signed.who.room;
    let since = views.first().map_or_else(String::new, |view| {
        format!(" Counted from {} to today.", full_day(local(view.from).date()))
    });
    let row = |view: &MeasureView| {
        let (figure, figure_sub) = figure_words(view);
        MeasureLine {
            title: view.rule.title.clone(),
            href: format!("/assurance/measures/{}", view.rule.id),
            sub: format!(
                "{}. {}",
                clause_words(signed, &view.rule.clauses),
                target_words(view.rule.target)
            ),
            figure,
            figure_sub,
            state: state_of(view),
        }
    };
    Ok(MeasuresPage {
        frame: frame(app, signed, "Measures", "/assurance"),
        sub: format!(
            "{}, {}.{since}",
            room.pack.landlord.name, room.pack.landlord.policy
        ),
        rows: views.iter().map(row).collect(),
    })
}

async fn measure(State(app): State<Shared>, signed: Signed, Path(id): Path<String>) -> Response {
    let found = app.casework.measure(&signed.who, &id).await;
    answer(found.map(|looked| {
        let (view, behind) = looked.into_view();
        draw(&app, &signed, &view, &behind)
    }))
}

async fn promise(State(app): State<Shared>, signed: Signed, Path(id): Path<String>) -> Response {
    let found = app.casework.promise(&signed.who, &id).await;
    answer(found.map(|looked| {
        let (view, behind) = looked.into_view();
        draw(&app, &signed, &view, &behind)
    }))
}

fn draw(app: &Shared, signed: &Signed, view: &MeasureView, behind: &Behind) -> MeasurePage {
    let room = &signed.who.room;
    let over_cases = is_over_cases(view);
    let tally = view.figure.tally;
    let parts = tally.map(|tally| shown(&tally, view.rule.late_records_count, view.exact));
    let (figure, means) = figure_words(view);
    let strength = match &view.rule.counts {
        Counted::Obligation(rule) => room
            .pack
            .obligation(rule)
            .map(|rule| strength_words(rule.strength)),
        Counted::Cases | Counted::CasesWith(_) | Counted::Answers { .. } => None,
    };
    let now = app.casework.now();
    let (columns, rows, total) = if over_cases {
        cases::table(view)
    } else {
        table(view)
    };
    let period = match (view.about_cases, over_cases) {
        (false, _) => "for what began or fell due, or is still to be done,",
        (true, true) => "for cases first reported",
        (true, false) => "for clocks that started",
    };
    let rows_of = |rows: &[CaseRow]| {
        rows.iter()
            .map(|row| case_row(signed, row, now))
            .collect::<Vec<_>>()
    };
    let mut sub: Vec<String> = vec![clause_words(signed, &view.rule.clauses)];
    sub.extend(strength.map(|words| words.to_lowercase()));
    MeasurePage {
        frame: frame(app, signed, "Measure", "/assurance"),
        title: view.rule.title.clone(),
        sub: format!(
            "{}. {}. Counted {period} from {} to {}.",
            sub.join(", "),
            target_words(view.rule.target),
            full_day(local(view.from).date()),
            full_day(local(now).date())
        ),
        figure,
        percent: String::new(),
        means,
        how: how(signed, view),
        by: match (over_cases, view.exact) {
            (false, true) => "By month in which the clock started".into(),
            (false, false) => "By quarter in which the clock started".into(),
            (true, true) => "By month of the first report".into(),
            (true, false) => "By quarter of the first report".into(),
        },
        chart: chart(view),
        first_column: if view.exact { "Month".into() } else { "Quarter".into() },
        columns,
        rows,
        total,
        parts: if over_cases {
            cases::parts(view)
        } else {
            parts.as_ref().map(parts_of).unwrap_or_default()
        },
        small_numbers: match view.exact {
            _ if !view.about_cases => {
                "It is about the landlord and not about cases or people: no number is hidden from anybody.".into()
            }
            true => {
                "You see exact numbers, of the cases that you may see. To those who may not open cases, any number \
                 below 5 is hidden, with whatever would give it away."
                    .into()
            }
            false => {
                "Numbers from 1 to 4 are hidden, with whatever would give them away by taking one number from another."
                    .into()
            }
        },
        back: Link::new("Measures", "/assurance/measures"),
        behind_title: if over_cases {
            "The cases counted".into()
        } else {
            "The cases behind it".into()
        },
        behind: rows_of(&behind.counted),
        others_title: "The other cases it is taken of".into(),
        others: rows_of(&behind.others),
    }
}

fn parts_of(shown: &ShownTally) -> Vec<Part> {
    [
        ("Kept", shown.kept, "Done and recorded in time."),
        (
            "Kept, recorded late",
            shown.kept_recorded_late,
            "Done in time, and recorded after the time was up.",
        ),
        (
            "Missed",
            shown.missed,
            "Not done in time. Stays so when it is done later.",
        ),
        (
            "Missed for want of a safe way",
            shown.missed_no_safe_route,
            "Counts as missed, and is explained: there was no safe way to reach the person.",
        ),
        (
            "Open, no time stated",
            shown.open_without_due,
            "Counts as not done, because the policy gives no time to wait for.",
        ),
        ("Excused", shown.excused, "Left out, as the policy allows."),
        (
            "No longer owed",
            shown.lapsed,
            "Left out: ended before it was due.",
        ),
        (
            "Not due yet",
            shown.not_due_yet,
            "Left out until its time has come, or while it is stopped.",
        ),
    ]
    .into_iter()
    .map(|(label, shown, says)| Part {
        label: label.into(),
        number: number(shown),
        says: says.into(),
    })
    .collect()
}

fn how(signed: &Signed, view: &MeasureView) -> String {
    let note = view
        .rule
        .note
        .as_ref()
        .map_or_else(String::new, |note| format!(" {note}"));
    let late = if view.rule.late_records_count {
        "What was done in time and recorded late counts as kept."
    } else {
        "What was done in time and recorded late is shown apart, and does not count as kept."
    };
    match &view.rule.counts {
        Counted::Obligation(rule) => {
            let title = signed
                .who
                .room
                .pack
                .obligation(rule)
                .map_or(rule.as_str(), |rule| rule.title.as_str());
            let other = match measure_over(signed, rule) {
                Some(measure) if measure != view.rule.id => {
                    " The pack’s own measure of it stands beside this."
                }
                _ => "",
            };
            format!(
                "Every clock of “{title}” that started in the period: kept, out of kept and missed. {late} A try is not \
                 a contact.{other}{note}"
            )
        }
        Counted::Cases => format!("{}{note}", cases::WHICH),
        Counted::CasesWith(_) => format!("{} Counted are those in which this is so.{note}", cases::WHICH),
        Counted::Answers { .. } => format!(
            "{} The newest answer of each person counts. How many were asked and how many answered stands beside \
             it.{note}",
            cases::WHICH
        ),
    }
}

/// Kept and counted of one month.
fn pair(tally: &Tally, late_counts: bool) -> (u64, u64) {
    let late = if late_counts { tally.kept_recorded_late } else { 0 };
    (tally.kept + late, tally.denominator())
}

fn months(view: &MeasureView) -> Vec<(Date, Tally)> {
    let mut all = Vec::new();
    let last = local(view.to)
        .date()
        .yesterday()
        .unwrap_or(Date::MAX)
        .first_of_month();
    let mut month = local(view.from).date().first_of_month();
    while month <= last && all.len() < 14 {
        let tally = view
            .months
            .iter()
            .find(|(held, _)| *held == month)
            .map_or_else(Tally::default, |(_, tally)| *tally);
        all.push((month, tally));
        month = month.last_of_month().tomorrow().unwrap_or(Date::MAX);
    }
    all
}

/// Only exact numbers are drawn: a bar would give away what the table hides.
fn chart(view: &MeasureView) -> Option<Chart> {
    if !view.exact || !view.about_cases || view.figure.denominator == 0 || is_over_cases(view) {
        return None;
    }
    let small = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    let mut year = None;
    let bars = months(view)
        .iter()
        .map(|(month, tally)| {
            let (kept, of) = pair(tally, view.rule.late_records_count);
            let under = if year == Some(month.year()) {
                String::new()
            } else {
                month.year().to_string()
            };
            year = Some(month.year());
            Bar {
                label: month.strftime("%b").to_string(),
                under,
                kept: small(kept),
                missed: small(of - kept),
            }
        })
        .collect();
    Some(Chart {
        title: format!("{} by month", view.rule.title),
        says: "Each bar is a month: what was kept, and above it what was not.".into(),
        kept_words: "Kept".into(),
        missed_words: "Not kept".into(),
        bars,
    })
}

/// The figures behind the chart: by month for whoever may see them exactly, by quarter for everybody else.
fn table(view: &MeasureView) -> (Vec<String>, Vec<MeasureRow>, Option<MeasureRow>) {
    if view.figure.denominator == 0 || !view.about_cases {
        return (Vec::new(), Vec::new(), None);
    }
    let late = view.rule.late_records_count;
    let all = months(view);
    if view.exact {
        let cells = |tally: &Tally| {
            let (kept, of) = pair(tally, late);
            vec![of.to_string(), kept.to_string(), (of - kept).to_string()]
        };
        let rows = all
            .iter()
            .map(|(month, tally)| MeasureRow {
                label: month.strftime("%b %Y").to_string(),
                cells: cells(tally),
                why: Vec::new(),
            })
            .collect();
        let mut whole = Tally::default();
        for (_, tally) in &all {
            whole.kept += tally.kept;
            whole.kept_recorded_late += tally.kept_recorded_late;
            whole.missed += tally.missed;
            whole.missed_no_safe_route += tally.missed_no_safe_route;
            whole.open_without_due += tally.open_without_due;
        }
        let total = MeasureRow {
            label: "Year".into(),
            cells: cells(&whole),
            why: Vec::new(),
        };
        let columns = ["Counted", "Kept", "Not kept"].map(str::to_owned).into();
        return (columns, rows, Some(total));
    }
    let mut quarters: Vec<(String, (u64, u64), u64)> = Vec::new();
    for (month, tally) in &all {
        let label = format!("{} {}", quarter(month.month()), month.year());
        let (kept, of) = pair(tally, late);
        match quarters.last_mut().filter(|(held, ..)| *held == label) {
            Some((_, sum, recorded_late)) => {
                *sum = (sum.0 + kept, sum.1 + of);
                *recorded_late += tally.kept_recorded_late;
            }
            None => quarters.push((label, (kept, of), tally.kept_recorded_late)),
        }
    }
    let pairs: Vec<(u64, u64)> = quarters.iter().map(|(_, pair, _)| *pair).collect();
    // The same quarter is shown with those recorded late and, on another page, without: the difference must not tell.
    let told = quarters.iter().any(|(.., late)| (1..SMALL).contains(late));
    let rows = quarters
        .iter()
        .zip(hide_breakdown(&pairs))
        .map(|((label, ..), share)| {
            let kept = match share.denominator {
                Shown::Number(0) => Shown::Number(0),
                Shown::Number(_) if !told => share.numerator,
                Shown::Number(_) | Shown::Hidden => Shown::Hidden,
            };
            MeasureRow {
                label: label.clone(),
                cells: vec![number(share.denominator), number(kept)],
                why: Vec::new(),
            }
        })
        .collect();
    (["Counted", "Kept"].map(str::to_owned).into(), rows, None)
}

pub(super) fn quarter(month: i8) -> &'static str {
    match month {
        ..=3 => "January to March",
        4..=6 => "April to June",
        7..=9 => "July to September",
        _ => "October to December",
    }
}
