//! `fanlight policy clauses DIR`: every clause of a pack, and how it is kept, for people or for another program.

use anyhow::Context;
use fanlight_core::assurance::{ClauseRow, Evidence, register, totals};
use fanlight_core::pack::Pack;
use serde::Serialize;
use std::fmt::Write as _;

/// One clause in the JSON output. The first five keys are promised to other programs; more may follow them.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    kept: &'static str,
    strength: &'static str,
    says: &'a str,
    by: Vec<&'a str>,
    #[serde(rename = "ref")]
    reference: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

/// Every clause as a JSON array, in the order of the pack.
pub(crate) fn as_json(pack: &Pack) -> anyhow::Result<String> {
    let lines: Vec<Line<'_>> = pack
        .clauses
        .iter()
        .map(|clause| Line {
            id: &clause.id,
            kept: clause.kept.key(),
            strength: clause.strength.key(),
            says: &clause.says,
            by: clause.by.iter().map(String::as_str).collect(),
            reference: &clause.reference,
            missing: clause.missing.as_deref(),
            note: clause.note.as_deref(),
        })
        .collect();
    serde_json::to_string_pretty(&lines).context("writing the clauses as JSON")
}

/// Every clause as a table, with the totals under it.
pub(crate) fn as_table(pack: &Pack) -> String {
    let rows = register(pack, &Evidence::none(pack.landlord.adopted_from));
    let longest = rows.iter().map(|row| row.id.chars().count()).max().unwrap_or(0);
    let mut table = String::new();
    for row in &rows {
        line(&mut table, row, longest);
    }
    let totals: Vec<String> = totals(&rows)
        .iter()
        .map(|(kept, many)| format!("{} {many}", kept.key().replace('_', " ")))
        .collect();
    let _ = writeln!(table, "\n{} clauses: {}", rows.len(), totals.join(", "));
    table
}

fn line(table: &mut String, row: &ClauseRow, longest: usize) {
    let kept = row.kept.key().replace('_', " ");
    let strength = row.strength.key().replace('_', " ");
    // Writing to a string cannot fail.
    let _ = writeln!(
        table,
        "{:longest$}  {kept:9}  {strength:17}  {}",
        row.id, row.says
    );
    let indent = longest + 32;
    for way in &row.ways {
        let _ = writeln!(table, "{:indent$}by {}", "", way.name);
    }
    if let Some(missing) = &row.missing {
        let _ = writeln!(table, "{:indent$}missing: {missing}", "");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fanlight_core::pack::read;

    fn pack() -> Pack {
        let text = r#"
            [landlord]
            id = "north"
            name = "North Homes"
            nation = "england-and-wales"
            policy = "Policy"
            version = "1"
            adopted_from = 2026-01-01

            [[clause]]
            id = "NORTH-1"
            ref = "section 1"
            says = "We ask about danger first."
            strength = "will"
            kept = "enforced"
            by = ["proof:danger-first"]

            [[clause]]
            id = "NORTH-2"
            ref = "section 2"
            says = "We train everybody."
            strength = "aims_to"
            kept = "not_yet"
            missing = "No training records are kept."
        "#;
        read(&[("pack.toml", text)]).unwrap()
    }

    #[test]
    fn another_program_finds_the_five_promised_keys_first_and_in_order() {
        let json = as_json(&pack()).unwrap();
        let parsed: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(parsed[0]["id"], "NORTH-1");
        assert_eq!(parsed[0]["by"][0], "proof:danger-first");
        assert_eq!(parsed[1]["kept"], "not_yet");
        assert_eq!(parsed[1]["strength"], "aims_to");
        assert_eq!(parsed[1]["by"], serde_json::json!([]));
        let places = ["\"id\"", "\"kept\"", "\"strength\"", "\"says\"", "\"by\""].map(|key| json.find(key));
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{json}");
    }

    #[test]
    fn the_table_shows_what_is_missing_and_counts_it() {
        let table = as_table(&pack());
        assert!(
            table.contains("missing: No training records are kept."),
            "{table}"
        );
        assert!(
            table.contains("2 clauses: enforced 1, measured 0, recorded 0, published 0, not yet 1"),
            "{table}"
        );
    }
}
