//! Reading sets of questions, official wording that a landlord may show, and MARAC areas.

use super::found::{Found, Ids, RefersTo};
use super::problem::{Problem, quoted};
use super::read::each_file;
use super::reader::Table;
use crate::risk::{
    Detail, Escalation, IncidentKind, Item, MaracArea, QuestionSet, Repeat, RepeatFrom, Wording,
};

/// Reads a file of question sets by itself, as the built-in one is read.
pub(crate) fn read_question_sets(files: &[(&str, &str)]) -> Result<Vec<QuestionSet>, Vec<Problem>> {
    let found = Found::default();
    let mut sets = Vec::new();
    each_file(files, &found, |file| {
        for table in file.tables("question_set") {
            sets.extend(question_set(&table));
            table.done();
        }
        file.done();
    });
    let (problems, _) = found.into_parts();
    if problems.is_empty() {
        Ok(sets)
    } else {
        Err(problems)
    }
}

/// Reads one set of questions.
pub(super) fn question_set(table: &Table<'_>) -> Option<QuestionSet> {
    let mut ids = Ids::default();
    let detail = table
        .tables("detail")
        .iter()
        .map(|table| {
            let detail = Detail {
                id: table.need_id(),
                title: table.need_text("title"),
                items: items(table, "items", &mut ids),
            };
            table.done();
            detail
        })
        .collect();
    let set = QuestionSet {
        id: table.need_id(),
        version: table.need_text("version"),
        title: table.need_text("title"),
        use_beside: table.text("use_beside"),
        items: items(table, "item", &mut ids),
        detail,
    };
    if set.items.is_empty() {
        table.wrong_here(
            "the set has no item",
            "add [[question_set.item]] with id and label, in the order in which they are asked",
        );
    }
    if set.items.len() > 200 {
        table.wrong_here(
            "the set has more than 200 items",
            "keep to what can be asked in one conversation",
        );
    }
    for item in &set.items {
        let known = |id: &String| set.detail.iter().any(|detail| detail.id == *id);
        if let Some(opens) = item.opens.as_ref().filter(|opens| !known(opens)) {
            let ids: Vec<&str> = set.detail.iter().map(|detail| detail.id.as_str()).collect();
            let what = format!(
                "{} opens {}, which is no detail of it",
                quoted(&item.id),
                quoted(opens)
            );
            let near = super::nearest(opens, ids.iter().copied());
            table.wrong_here(what, super::did_you_mean(&near, &ids));
        }
    }
    Some(set)
}

fn items(table: &Table<'_>, key: &'static str, ids: &mut Ids) -> Vec<Item> {
    table
        .tables(key)
        .iter()
        .map(|table| {
            let item = Item {
                id: table.need_id(),
                label: table.need_text("label"),
                ask_also: table.text("ask_also"),
                urgent: table.text("urgent"),
                weighty: table.flag("weighty").unwrap_or(false),
                opens: table.text("opens"),
                wording: None,
            };
            ids.take(&item.id, table.spot_of("id"), table.found());
            table.done();
            item
        })
        .collect()
}

/// Reads official wording for one item.
pub(super) fn wording(table: &Table<'_>) -> Option<Wording> {
    let set = table.reference("question_set", RefersTo::QuestionSet)?;
    Some(Wording {
        item: table.reference("item", RefersTo::Item(set.clone()))?,
        set,
        says: table.need_text("says"),
    })
}

/// Reads one MARAC area.
pub(super) fn marac_area(table: &Table<'_>) -> Option<MaracArea> {
    let id = table.need_id();
    let title = table.need_text("title");
    let question_set = table
        .reference("question_set", RefersTo::QuestionSet)
        .unwrap_or_else(|| "24-topics".to_owned());
    let count = table.count("count").and_then(|n| small(table, "count", n));
    let scale = table.reference("scale", RefersTo::Scale);
    let bands = bands(table, scale.as_deref());
    let escalation = table.table("escalation").and_then(|table| {
        let read = escalation(&table);
        table.done();
        read
    });
    let repeat = table.table("repeat").and_then(|table| {
        let read = repeat(&table);
        table.done();
        read
    });
    let local = table
        .tables("local")
        .iter()
        .filter_map(|table| {
            let item = table.reference("item", RefersTo::Item(question_set.clone()));
            let title = table.need_text("title");
            table.done();
            Some((item?, title))
        })
        .collect();
    let source = table.need_text("source");
    if !table.has("checked") {
        table.wrong_here(
            "checked is missing",
            "add checked = the day on which somebody last looked, such as 2026-03-01",
        );
    }
    Some(MaracArea {
        id,
        title,
        count,
        question_set,
        bands,
        escalation,
        repeat,
        local,
        source,
        checked: table.date("checked")?,
    })
}

fn bands(table: &Table<'_>, scale: Option<&str>) -> Vec<(String, u8)> {
    let mut bands: Vec<(String, u8)> = Vec::new();
    let tables = table.tables("band");
    if !tables.is_empty() && scale.is_none() {
        table.wrong_here(
            "the bands name levels of no scale",
            "add scale = the id of a [[scale]]",
        );
    }
    for table in &tables {
        let level = match scale {
            Some(scale) => table.reference("level", RefersTo::Level(scale.to_owned())),
            None => table.text("level"),
        };
        if !table.has("from") {
            table.wrong_here("from is missing", "add from = the least count of the band");
        }
        let from = table.count("from").and_then(|n| small(table, "from", n));
        if let (Some(level), Some(from)) = (level, from) {
            if bands.last().is_some_and(|(_, before)| *before >= from) {
                table.wrong("from", "the bands do not rise", "write the mildest band first");
            }
            bands.push((level, from));
        }
        table.done();
    }
    bands
}

fn escalation(table: &Table<'_>) -> Option<Escalation> {
    let kinds: Vec<(&'static str, IncidentKind)> = IncidentKind::ALL
        .iter()
        .map(|kind| (kind.code(), *kind))
        .collect();
    let of = table.need_choice("of", &kinds);
    Some(Escalation {
        n: needed(table, "n")?,
        of: of?,
        months: needed(table, "months")?,
    })
}

fn repeat(table: &Table<'_>) -> Option<Repeat> {
    let days: Vec<(&'static str, RepeatFrom)> =
        RepeatFrom::ALL.iter().map(|from| (from.code(), *from)).collect();
    let from = table.need_choice("from", &days);
    Some(Repeat {
        months: needed(table, "months")?,
        from: from?,
    })
}

/// A whole number from 1 to 120 that must be there.
fn needed(table: &Table<'_>, key: &'static str) -> Option<u16> {
    let n = table.count(key);
    match n {
        Some(n @ 1..=120) => u16::try_from(n).ok(),
        Some(_) | None => {
            table.wrong(
                key,
                format!("{key} is no whole number from 1 to 120"),
                format!("write {key} = 12, or whichever it is"),
            );
            None
        }
    }
}

fn small(table: &Table<'_>, key: &'static str, n: u32) -> Option<u8> {
    let read = u8::try_from(n).ok().filter(|n| *n > 0);
    if read.is_none() {
        table.wrong(
            key,
            format!("{n} is no count of answers"),
            "write a number from 1 to 255",
        );
    }
    read
}
