//! Small numbers: nobody without leave to open the cases sees a number from one to four, nor can find one by
//! subtraction. A zero stays: it is about nobody.

use super::figure::percent_words;

/// Numbers below this, other than zero, are hidden.
pub const SMALL: u64 = 5;

/// A number as somebody may see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// The number.
    Number(u64),
    /// Hidden, because it or another would identify somebody.
    Hidden,
}

/// A share as somebody may see it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ShownShare {
    /// How many.
    pub numerator: Shown,
    /// Of how many.
    pub denominator: Shown,
    /// In percent, unless that would give the numbers away.
    pub percent: Option<String>,
}

fn is_small(number: u64) -> bool {
    (1..SMALL).contains(&number)
}

/// The parts of a total that is shown. When hiding the small ones leaves one that the total gives away, the next
/// smallest is hidden too. The second answer says whether the total itself may be shown.
pub fn hide(parts: &[u64]) -> (Vec<Shown>, bool) {
    let mut hidden: Vec<bool> = parts.iter().map(|part| is_small(*part)).collect();
    let total: u64 = parts.iter().sum();
    if is_small(total) {
        // The zeros too: four parts that are none of them nothing could only be ones.
        let shown = vec![Shown::Hidden; parts.len()];
        return (shown, false);
    }
    let mut total_may_be_shown = true;
    while gives_away(parts, &hidden) {
        let next = (0..parts.len())
            .filter(|at| !hidden[*at])
            .min_by_key(|at| (parts[*at] == 0, parts[*at]));
        match next {
            Some(at) => hidden[at] = true,
            None => {
                total_may_be_shown = false;
                break;
            }
        }
    }
    let shown = parts.iter().zip(&hidden).map(|(part, hidden)| {
        if *hidden {
            Shown::Hidden
        } else {
            Shown::Number(*part)
        }
    });
    (shown.collect(), total_may_be_shown)
}

/// Whether what is hidden can be worked out from the total: one part alone, or several that can only be ones.
fn gives_away(parts: &[u64], hidden: &[bool]) -> bool {
    let inside: Vec<u64> = parts
        .iter()
        .zip(hidden)
        .filter(|(_, hidden)| **hidden)
        .map(|(part, _)| *part)
        .collect();
    let sum: u64 = inside.iter().sum();
    !inside.is_empty() && (inside.len() == 1 || sum == inside.len() as u64)
}

/// One share on its own.
pub fn hide_share(numerator: u64, denominator: u64) -> ShownShare {
    let rest = denominator.saturating_sub(numerator);
    if is_small(denominator) {
        return ShownShare {
            numerator: Shown::Hidden,
            denominator: Shown::Hidden,
            percent: None,
        };
    }
    if is_small(numerator) || is_small(rest) {
        return ShownShare {
            numerator: Shown::Hidden,
            denominator: Shown::Number(denominator),
            percent: None,
        };
    }
    shown(numerator, denominator)
}

/// The same share for several teams, areas or levels, beside their shown total.
pub fn hide_breakdown(rows: &[(u64, u64)]) -> Vec<ShownShare> {
    let denominators: Vec<u64> = rows.iter().map(|(_, denominator)| *denominator).collect();
    let (denominators, _) = hide(&denominators);
    let mut shares: Vec<ShownShare> = rows
        .iter()
        .zip(&denominators)
        .map(
            |((numerator, denominator), shown_denominator)| match shown_denominator {
                Shown::Number(_) => hide_share(*numerator, *denominator),
                Shown::Hidden => ShownShare {
                    numerator: Shown::Hidden,
                    denominator: Shown::Hidden,
                    percent: None,
                },
            },
        )
        .collect();
    let hidden = |share: &ShownShare| share.numerator == Shown::Hidden;
    // One hidden numerator among shown ones is the total less the others.
    if shares.iter().filter(|share| hidden(share)).count() == 1 {
        let next = (0..rows.len())
            .filter(|at| !hidden(&shares[*at]))
            .min_by_key(|at| (rows[*at].1 == 0, rows[*at].0));
        if let Some(at) = next {
            shares[at].numerator = Shown::Hidden;
            shares[at].percent = None;
        }
    }
    shares
}

/// Several counts of the same cases, shown beside each other and beside how many cases there are: which of them are to
/// be hidden, because a small number could be found by taking some of them from others or from the whole.
///
/// t0: 20 cases; 10 with our own assessment, 8 with another agency's and none of our own. Each number is harmless. t1:
/// somebody subtracts, and knows that two people have none at all.
///
/// `elsewhere` are numbers of much the same cases that are shown whatever this says: how many clocks were kept.
pub fn hide_beside(cases: u64, counts: &[u64], elsewhere: &[u64]) -> Vec<bool> {
    let mut hidden: Vec<bool> = counts
        .iter()
        .map(|count| is_small(*count) || is_small(cases.abs_diff(*count)))
        .collect();
    while let Some(at) = found_by_subtraction(cases, counts, elsewhere, &hidden) {
        hidden[at] = true;
    }
    hidden
}

/// The smallest of two or three shown counts whose difference, or whose rest of the whole, is a small number.
fn found_by_subtraction(cases: u64, counts: &[u64], elsewhere: &[u64], hidden: &[bool]) -> Option<usize> {
    let shown: Vec<usize> = (0..counts.len()).filter(|at| !hidden[*at]).collect();
    let smallest = |places: &[usize]| places.iter().copied().min_by_key(|at| counts[*at]);
    let near = |sum: u64| elsewhere.iter().any(|other| is_small(other.abs_diff(sum)));
    if let Some(one) = shown.iter().find(|at| near(counts[**at])) {
        return Some(*one);
    }
    for (nth, one) in shown.iter().enumerate() {
        for (mth, other) in shown.iter().enumerate().skip(nth + 1) {
            let (a, b) = (counts[*one], counts[*other]);
            if is_small(a.abs_diff(b)) || is_small(cases.abs_diff(a + b)) || near(a + b) {
                return smallest(&[*one, *other]);
            }
            for third in shown.iter().skip(mth + 1) {
                let c = counts[*third];
                let rests = [(a + b, c), (a + c, b), (b + c, a), (a + b + c, cases)];
                if rests.iter().any(|(sum, rest)| is_small(sum.abs_diff(*rest))) {
                    return smallest(&[*one, *other, *third]);
                }
            }
        }
    }
    None
}

fn shown(numerator: u64, denominator: u64) -> ShownShare {
    ShownShare {
        numerator: Shown::Number(numerator),
        denominator: Shown::Number(denominator),
        percent: percent_words(numerator, denominator),
    }
}
