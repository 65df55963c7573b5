//! Reading when something is due.

use super::condition::{FactMatch, SpanUnit};
use super::found::RefersTo;
use super::problem::{did_you_mean, nearest, quoted};
use super::read_condition::{fact, span};
use super::read_place::{PLACES, place};
use super::reader::Table;
use super::rule::{DueBy, DueForm, LaterGrade, Rhythm, RhythmFrom, RhythmUnit, Stage, Tiers};
use crate::calendar::{CalendarFault, LeadTime, Roll, Rule};
use crate::coded::{Allowed, Kind};
use std::collections::BTreeMap;

/// The forms besides the rules of the calendar.
const FORMS: [&str; 9] = [
    "every",
    "before_meeting",
    "before_date",
    "on_date",
    "before_fact",
    "earliest_of",
    "latest_of",
    "at_offsets",
    "not_stated",
];

pub(super) const ROLLS: [(&str, Roll); 3] = [
    ("none", Roll::None),
    ("next", Roll::Next),
    ("previous", Roll::Previous),
];

/// `due`, or `by_tier` in its place.
pub(super) fn due_by(table: &Table<'_>) -> Option<DueBy> {
    let due = table.table("due");
    let tiers = table.table("by_tier");
    match (due, tiers) {
        (Some(due), None) => form(&due).map(DueBy::One),
        (None, Some(tiers)) => by_tier(&tiers).map(DueBy::Tier),
        (Some(_), Some(tiers)) => {
            tiers.wrong_here("due and by_tier stand side by side", "keep one of the two");
            None
        }
        (None, None) => {
            table.wrong_here(
                "nothing says when it is due",
                "add due = { type = \"…\" }, or by_tier",
            );
            None
        }
    }
}

fn by_tier(table: &Table<'_>) -> Option<Tiers> {
    let later = [
        ("start", LaterGrade::Start),
        ("change", LaterGrade::Change),
        ("earlier", LaterGrade::Earlier),
    ];
    if !table.has("scale") {
        table.wrong_here("no scale is named", "add scale = the id of a [[scale]]");
    }
    let scale = table.reference("scale", RefersTo::Scale);
    let later = table.choice("later", &later).unwrap_or_default();
    let set_dates_stand = table.flag("set_dates_stand").unwrap_or(false);
    let mut due = BTreeMap::new();
    match table.table("due") {
        Some(levels) => {
            for (level, _, spot) in levels.open_keys() {
                if let Some(scale) = &scale {
                    table
                        .found()
                        .refer(RefersTo::Level(scale.clone()), level.clone(), spot);
                }
                if let Some(form) = levels.open_table(&level).and_then(|inner| form(&inner)) {
                    due.insert(level, form);
                }
            }
        }
        None => table.wrong_here("no level has a due time", "add due = { high = { type = \"…\" } }"),
    }
    table.done();
    Some(Tiers {
        scale: scale?,
        due,
        later,
        set_dates_stand,
    })
}

/// One way to be due.
pub(super) fn form(table: &Table<'_>) -> Option<DueForm> {
    let name = table.need_text("type");
    let read = match name.as_str() {
        "" => None,
        "every" if table.has("until") || table.has("then") => changing(table).map(DueForm::Changing),
        "every" => rhythm(table).map(DueForm::Rhythm),
        form if PLACES.contains(&form) => place(table, form),
        "before_meeting" => before_meeting(table),
        "before_date" => before_date(table, true),
        "on_date" => before_date(table, false),
        "before_fact" => fact(table).map(DueForm::BeforeFact),
        "earliest_of" => several(table).map(DueForm::EarliestOf),
        "latest_of" => several(table).map(DueForm::LatestOf),
        "at_offsets" => offsets(table),
        "not_stated" => Some(not_stated(table)),
        name if Rule::NAMES.contains(&name) => return rule(table).map(DueForm::Rule),
        other => {
            let known: Vec<&str> = FORMS.into_iter().chain(PLACES).chain(Rule::NAMES).collect();
            let near = nearest(other, known.iter().copied());
            table.wrong(
                "type",
                format!("nothing can be due by {}", quoted(other)),
                did_you_mean(&near, &known),
            );
            return None;
        }
    };
    table.done();
    read
}

/// A rule of the calendar, which reads itself.
fn rule(table: &Table<'_>) -> Option<Rule> {
    match serde_json::from_value::<Rule>(table.as_json()) {
        Ok(rule) => match rule.check() {
            Ok(()) => Some(rule),
            Err(fault) => {
                table.wrong("n", fault.to_string(), "write a smaller number");
                None
            }
        },
        Err(error) => {
            table.wrong_here(
                error.to_string(),
                "docs/guide/packs.md shows each rule with its keys",
            );
            None
        }
    }
}

fn rhythm(table: &Table<'_>) -> Option<Rhythm> {
    let units = [
        ("days", RhythmUnit::Days),
        ("working_days", RhythmUnit::WorkingDays),
        ("weeks", RhythmUnit::Weeks),
        ("months", RhythmUnit::Months),
    ];
    if !table.has("n") {
        table.wrong_here("n is missing", "add n = how many");
    }
    let every = table.count("n");
    let unit = table.need_choice("unit", &units);
    let from = table
        .choice(
            "from",
            &[("last", RhythmFrom::Last), ("anchor", RhythmFrom::Anchor)],
        )
        .unwrap_or_default();
    let roll = table.choice("roll", &ROLLS).unwrap_or_default();
    let times = table.count("times");
    if every.is_some_and(|n| n == 0 || n > 1_200) {
        table.wrong("n", "a rhythm of none, or of a hundred years", "write 1 to 1200");
        return None;
    }
    if unit == Some(RhythmUnit::WorkingDays) && roll != Roll::None {
        table.wrong("roll", "working days need no roll", "leave roll out");
    }
    Some(Rhythm {
        every: every?,
        unit: unit?,
        from,
        roll,
        times,
    })
}

/// A rhythm until a span is over, then another: each says in its own `until` and `then` what comes after it.
fn changing(table: &Table<'_>) -> Option<Vec<Stage>> {
    let first = rhythm(table);
    let until = table.table("until").and_then(|until| {
        let lasts = span(&until);
        until.done();
        lasts
    });
    let then = table.table("then");
    if table.has("until") != table.has("then") {
        let remedy = "add until = { n = 6, unit = \"weeks\" } and then = { n = 1, unit = \"months\" }";
        table.wrong_here("a rhythm that changes says until when, and what then", remedy);
    }
    if table.has("times") {
        table.wrong(
            "times",
            "a rhythm that changes has no count",
            "end it with ends_with, or leave times out",
        );
    }
    let lasts = until.filter(|span| match span.unit {
        SpanUnit::Days | SpanUnit::WorkingDays | SpanUnit::Weeks | SpanUnit::Months => span.n > 0,
        SpanUnit::Minutes | SpanUnit::Hours => false,
    });
    if until.is_some() && lasts.is_none() {
        table.wrong(
            "until",
            "a rhythm lasts for no day at all",
            "write days, weeks or months, 1 or more",
        );
    }
    let first = first?;
    let mut stages = vec![Stage {
        rhythm: first,
        lasts: Some(lasts?),
    }];
    let then = then?;
    if then.has("from") {
        then.wrong(
            "from",
            "a later rhythm counts as the first does",
            "say from in the first alone",
        );
    }
    if then.has("until") || then.has("then") {
        stages.extend(changing(&then)?);
    } else {
        let rhythm = rhythm(&then)?;
        if rhythm.times.is_some() {
            then.wrong(
                "times",
                "a rhythm that changes has no count",
                "end it with ends_with, or leave times out",
            );
        }
        stages.push(Stage { rhythm, lasts: None });
    }
    then.done();
    for stage in &mut stages {
        stage.rhythm.from = first.from;
    }
    Some(stages)
}

fn before_date(table: &Table<'_>, ahead: bool) -> Option<DueForm> {
    let fact = fact(table);
    let date = table.need_text("date");
    if let Some(fact) = &fact {
        names_a_date(table, fact, &date);
    }
    let lead = if ahead { lead_time(table) } else { None };
    if ahead && lead.is_none() {
        return None;
    }
    Some(DueForm::BeforeDate {
        fact: fact?,
        date,
        lead,
    })
}

fn before_meeting(table: &Table<'_>) -> Option<DueForm> {
    if !table.has("meeting") {
        table.wrong_here("no calendar is named", "add meeting = the id of a [[meeting]]");
    }
    let meeting = table.reference("meeting", RefersTo::Meeting);
    let lead = if table.has("lead") {
        Some(lead_time(table)?)
    } else {
        None
    };
    let at = table.text("at").and_then(|text| match text.parse() {
        Ok(time) => Some(time),
        Err(fault) => {
            let fault: CalendarFault = fault;
            table.wrong("at", fault.to_string(), "write a time such as \"12:00\"");
            None
        }
    });
    let times = table.count("times");
    if times == Some(0) {
        table.wrong("times", "no times at all", "write 1 or more, or leave it out");
    }
    Some(DueForm::BeforeMeeting {
        meeting: meeting?,
        lead,
        at,
        times,
    })
}

fn names_a_date(table: &Table<'_>, fact: &FactMatch, date: &str) {
    let is_date = |kind: Kind| {
        kind.qualifier(date)
            .is_some_and(|qualifier| qualifier.allowed == Allowed::Date)
    };
    if !date.is_empty() && !is_date(fact.kind) {
        let dates: Vec<&str> = fact
            .kind
            .qualifiers()
            .filter(|qualifier| qualifier.allowed == Allowed::Date)
            .map(|qualifier| qualifier.name)
            .collect();
        let near = nearest(date, dates.iter().copied());
        table.wrong(
            "date",
            format!("{} holds no date called {}", fact.kind.name(), quoted(date)),
            did_you_mean(&near, &dates),
        );
    }
}

fn lead_time(table: &Table<'_>) -> Option<LeadTime> {
    let Some(lead) = table.table("lead") else {
        table.wrong_here(
            "lead is missing",
            "add lead = { type = \"working_days_before\", n = 2 }",
        );
        return None;
    };
    match serde_json::from_value::<LeadTime>(lead.as_json()).map_err(|error| error.to_string()) {
        Ok(time) => match time.check() {
            Ok(()) => Some(time),
            Err(fault) => {
                lead.wrong_here(fault.to_string(), "write a smaller number");
                None
            }
        },
        Err(error) => {
            let remedy =
                "write working_days_before, calendar_days_before, weeks_before or months_before, with n";
            lead.wrong_here(error, remedy);
            None
        }
    }
}

fn several(table: &Table<'_>) -> Option<Vec<DueForm>> {
    let forms: Vec<Option<DueForm>> = table.tables("of").iter().map(form).collect();
    if forms.len() < 2 {
        table.wrong_here(
            "fewer than two ways stand in it",
            "add of = [ { type = … }, { type = … } ]",
        );
    }
    let forms: Vec<DueForm> = forms.into_iter().collect::<Option<_>>()?;
    if forms.iter().any(|form| form.repeats().is_some()) {
        table.wrong(
            "of",
            "something that comes again stands among ways to be due once",
            "give what comes again a rule of its own",
        );
    }
    Some(forms)
}

fn offsets(table: &Table<'_>) -> Option<DueForm> {
    let of: Vec<Option<Rule>> = table.tables("of").iter().map(rule).collect();
    if of.is_empty() {
        table.wrong_here(
            "no offset stands in it",
            "add of = [ { type = \"weeks_end_of_day\", n = 1 } ]",
        );
    }
    let then = table.table("then").and_then(|then| {
        let read = rhythm(&then);
        then.done();
        read
    });
    Some(DueForm::Offsets {
        of: of.into_iter().collect::<Option<_>>()?,
        then,
    })
}

fn not_stated(table: &Table<'_>) -> DueForm {
    let word = table.need_text("word");
    let own = table.table("own").and_then(|own| form(&own));
    if let Some(DueForm::NotStated { .. }) = own {
        table.wrong(
            "own",
            "the landlord's own figure is not stated either",
            "write a rule with a number, or leave own out",
        );
    }
    DueForm::NotStated {
        word,
        own: own.map(Box::new),
    }
}
