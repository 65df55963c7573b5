//! The guide to packs is held to what the reader takes.

use super::read;
use crate::coded::{Kind, read_lines};

const GUIDE: &str = include_str!("../../../../docs/guide/packs.md");

fn blocks(language: &str) -> String {
    let opening = format!("```{language}\n");
    GUIDE
        .split(&opening)
        .skip(1)
        .filter_map(|rest| rest.split_once("```"))
        .map(|(block, _)| block)
        .collect()
}

#[test]
fn the_examples_of_the_guide_are_one_pack_that_checks_clean() {
    if let Err(problems) = read(&[("packs.md", &blocks("toml"))]) {
        panic!(
            "{}",
            problems.iter().map(|one| format!("{one}\n")).collect::<String>()
        );
    }
}

#[test]
fn the_facts_of_the_guide_are_facts() {
    let (facts, problems) = read_lines(blocks("json").as_bytes());
    assert_eq!((facts.len(), problems.as_slice()), (4, [].as_slice()));
}

#[test]
fn the_guide_lists_every_fact_with_what_may_be_said_of_it() {
    let mut table = String::from("| fact | what it means | what may be said |\n| --- | --- | --- |\n");
    for kind in Kind::ALL {
        let said: Vec<String> = kind
            .own_qualifiers()
            .iter()
            .map(|qualifier| format!("`{}`: {}", qualifier.name, qualifier.allowed.in_words()))
            .collect();
        table.push_str(&format!(
            "| `{}` | {} | {} |\n",
            kind.name(),
            kind.sentence(),
            said.join("; ")
        ));
    }
    let written = GUIDE
        .split_once("<!-- facts -->\n")
        .and_then(|(_, rest)| rest.split_once("<!-- end of facts -->"));
    let written = written.map_or("", |(table, _)| table);
    assert!(
        written == table,
        "the table in docs/guide/packs.md is not this one:\n{table}"
    );
}
