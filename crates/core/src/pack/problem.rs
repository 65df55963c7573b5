//! What is wrong with a pack, where, and what to do about it, in words for a policy officer.

use serde::Serialize;

/// One thing wrong with a pack.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    /// The file, by its name in the folder.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1.
    pub column: usize,
    /// The entry and key: `obligation "first-contact", due`.
    pub place: String,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Problem {
            file,
            line,
            column,
            place,
            what,
            remedy,
        } = self;
        write!(f, "{file}:{line}:{column}: {place}: {what}; {remedy}.")
    }
}

/// The known names nearest to a given one, nearest first, at most three, and only if they are near.
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let given = given.to_lowercase();
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        .map(|name| {
            (
                if name.starts_with(&given) && given.len() > 3 {
                    1
                } else {
                    distance(&given, name)
                },
                name,
            )
        })
        .filter(|(distance, name)| *distance <= 2.max(name.len() / 3) || shares_words(&given, name))
        .collect();
    near.sort();
    near.dedup();
    near.into_iter().take(3).map(|(_, name)| name).collect()
}

/// `did you mean x or y?`, or, with nothing near, the whole list if it is short.
pub fn did_you_mean(near: &[&str], known: &[&str]) -> String {
    match near {
        [] if known.is_empty() => "docs/guide/packs.md lists what can be written here".to_owned(),
        [] => format!("it can be {}", known.join(", ")),
        near => format!("did you mean {}", near.join(" or ")),
    }
}

/// Somebody's text in an error, shortened, in quotation marks.
pub fn quoted(text: &str) -> String {
    let short: String = text.chars().take(40).collect();
    let dots = if short.len() < text.len() { "…" } else { "" };
    format!("{:?}", format!("{short}{dots}"))
}

fn shares_words(given: &str, name: &str) -> bool {
    let long_words = |text: &str| -> Vec<String> {
        text.split(['_', '-', ' '])
            .filter(|word| word.len() > 4)
            .map(str::to_owned)
            .collect()
    };
    let names = long_words(name);
    long_words(given).iter().any(|word| names.contains(word))
}

/// How many characters must be added, dropped or changed.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().take(80).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let change = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_finds_its_word() {
        let known = ["contact_made", "contact_tried", "risk_assessed"];
        assert_eq!(nearest("contact_mad", known).first(), Some(&"contact_made"));
        assert_eq!(nearest("risk_asessed", known), ["risk_assessed"]);
        assert!(nearest("zebra", known).is_empty());
    }
}
