//! Reading a place in the week, month, quarter or year.

use super::read_due::ROLLS;
use super::reader::Table;
use super::rule::DueForm;
use crate::calendar::{Nth, Place, PlaceDay, WEEKDAYS, Within};
use jiff::civil::Weekday;

const MONTHS: [(&str, i8); 12] = [
    ("january", 1),
    ("february", 2),
    ("march", 3),
    ("april", 4),
    ("may", 5),
    ("june", 6),
    ("july", 7),
    ("august", 8),
    ("september", 9),
    ("october", 10),
    ("november", 11),
    ("december", 12),
];

/// The forms, by what they come once in.
pub(super) const PLACES: [&str; 4] = ["in_week", "in_month", "in_quarter", "in_year"];

/// A place: `{ type = "in_month", weekday = "thursday", nth = 2 }`.
pub(super) fn place(table: &Table<'_>, form: &str) -> Option<DueForm> {
    let within = match form {
        "in_week" => Some(Within::Week),
        "in_month" => Some(Within::Month),
        "in_quarter" => quarter(table),
        _ => {
            let month = table.need_choice("month", &MONTHS);
            month.map(|month| Within::Year { month })
        }
    };
    let day = if form == "in_week" {
        day_of_week(table)
    } else {
        day_of_month(table)
    };
    let roll = table.choice("roll", &ROLLS).unwrap_or_default();
    let times = table.count("times");
    if times == Some(0) {
        table.wrong("times", "no times at all", "write 1 or more, or leave it out");
    }
    Some(DueForm::Place {
        place: Place {
            within: within?,
            day: day?,
            roll,
        },
        times,
    })
}

fn quarter(table: &Table<'_>) -> Option<Within> {
    if !table.has("month") {
        table.wrong_here(
            "month is missing",
            "add month = 1, 2 or 3: which month of the quarter",
        );
    }
    let begins = table.choice("begins", &MONTHS).unwrap_or(1);
    let month = table.count("month")?;
    if !(1..=3).contains(&month) {
        table.wrong(
            "month",
            format!("a quarter has no month {month}"),
            "write 1, 2 or 3",
        );
        return None;
    }
    Some(Within::Quarter {
        month: i8::try_from(month).ok()?,
        begins,
    })
}

fn day_of_week(table: &Table<'_>) -> Option<PlaceDay> {
    match (table.has("day"), table.has("working_day")) {
        (true, false) => weekday(table, "day").map(|day| PlaceDay::Weekday(day, Nth::Number(1))),
        (false, true) => nth(table, "working_day", 7).map(PlaceDay::WorkingDay),
        (true, true) | (false, false) => {
            table.wrong_here(
                "nothing single says which day of the week",
                "add day = \"friday\", or working_day = \"last\"",
            );
            None
        }
    }
}

fn day_of_month(table: &Table<'_>) -> Option<PlaceDay> {
    match (table.has("day"), table.has("weekday"), table.has("working_day")) {
        (true, false, false) => nth(table, "day", 31).map(PlaceDay::Day),
        (false, true, false) => {
            if !table.has("nth") {
                table.wrong_here("nth is missing", "add nth = 1 to 4, or nth = \"last\"");
            }
            let day = weekday(table, "weekday");
            let which = nth(table, "nth", 4);
            Some(PlaceDay::Weekday(day?, which?))
        }
        (false, false, true) => nth(table, "working_day", 31).map(PlaceDay::WorkingDay),
        _ => {
            table.wrong_here(
                "nothing single says which day of the month",
                "add day = 15, weekday = \"thursday\" with nth = 2, or working_day = \"last\"",
            );
            None
        }
    }
}

fn weekday(table: &Table<'_>, key: &'static str) -> Option<Weekday> {
    let mut days = Vec::new();
    for (name, offset) in WEEKDAYS.into_iter().zip(0..) {
        days.push((name, Weekday::from_monday_zero_offset(offset).ok()?));
    }
    table.choice(key, &days)
}

/// A number from 1 up to a most, or the last.
fn nth(table: &Table<'_>, key: &'static str, most: u8) -> Option<Nth> {
    match table.json(key)? {
        serde_json::Value::String(word) if word == "last" => Some(Nth::Last),
        serde_json::Value::Number(number) => {
            let fits = number
                .as_u64()
                .and_then(|n| u8::try_from(n).ok())
                .filter(|n| (1..=most).contains(n));
            if fits.is_none() {
                table.wrong(
                    key,
                    format!("{key} is {number}"),
                    format!("write 1 to {most}, or \"last\""),
                );
            }
            fits.map(Nth::Number)
        }
        _ => {
            table.wrong(
                key,
                format!("{key} is neither a number nor \"last\""),
                format!("write 1 to {most}, or \"last\""),
            );
            None
        }
    }
}
