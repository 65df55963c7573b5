//! Promises as rows with their clocks: how long is left, why, and how it was worked out.

use crate::case::ClockRow;
use crate::forms::when::{clock_time, local, near_day, short_day};
use crate::signs::{Clause, TimeTag, Tone};
use fanlight_casework::Room;
use fanlight_core::obligation::{Obligation, State};
use jiff::Timestamp;

/// "1 h 18 left", "10 h late": how long until, or since, a moment.
pub fn time_left(due: Timestamp, now: Timestamp) -> TimeTag {
    let late = due < now;
    let minutes = due.duration_since(now).as_secs().unsigned_abs() / 60;
    let words = match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) if hours < 8 && !late => format!("{hours} h {minutes:02}"),
        (hours, _) if hours < 24 => format!("{hours} h"),
        (hours, _) if hours < 48 => "1 day".to_owned(),
        (hours, _) => format!("{} days", hours / 24),
    };
    if late {
        return TimeTag::new(Tone::Late, format!("{words} late"));
    }
    let today = local(due).date() == local(now).date();
    TimeTag::new(
        if today { Tone::Today } else { Tone::Plain },
        format!("{words} left"),
    )
}

/// "Due Thu 19 Nov, end of day".
pub fn due_words(due: Timestamp, now: Timestamp) -> String {
    let at = local(due);
    let today = local(now).date();
    let day = near_day(at.date(), today);
    let day = if ["Today", "Tomorrow", "Yesterday"].contains(&day.as_str()) {
        day
    } else {
        short_day(at.date())
    };
    format!("{day}, {}", clock_time(at.time()))
}

/// The same in the middle of a sentence: "today, end of day".
pub fn due_inside(due: Timestamp, now: Timestamp) -> String {
    let words = due_words(due, now);
    match words.split_once(',') {
        Some((day @ ("Today" | "Tomorrow" | "Yesterday"), rest)) => format!("{},{rest}", day.to_lowercase()),
        _ => words,
    }
}

/// The clause as people say it, with the page that explains it.
pub fn clause(room: &Room, id: &str, may_open: bool) -> Clause {
    let words = match room.pack.clause(id) {
        Some(clause) => format!(
            "{} {}",
            room.id.0,
            id.split_once('-').map_or(clause.reference.as_str(), |(_, at)| at)
        ),
        None => id.to_owned(),
    };
    let href = if may_open {
        format!("/assurance/{id}")
    } else {
        String::new()
    };
    Clause { words, href }
}

/// A promise as a row.
pub fn clock_row(room: &Room, promise: &Obligation, now: Timestamp, may_open: bool) -> ClockRow {
    let left = match (&promise.state, promise.due.at) {
        (State::Open, Some(due)) => time_left(due, now),
        (State::Open, None) => TimeTag::new(Tone::Nothing, "Not stated"),
        (
            State::Met {
                recorded_late: None, ..
            },
            _,
        ) => TimeTag::new(Tone::Kept, "Kept"),
        (
            State::Met {
                recorded_late: Some(_),
                ..
            },
            _,
        ) => TimeTag::new(Tone::Today, "Kept, recorded late"),
        (
            State::Missed {
                kept_late: Some(_), ..
            },
            _,
        ) => TimeTag::new(Tone::Late, "Missed, done late"),
        (State::Missed { kept_late: None, .. }, Some(due)) if promise.is_owed() => time_left(due, now),
        (State::Missed { .. }, _) => TimeTag::new(Tone::Late, "Missed"),
        (State::Excused { .. }, _) => TimeTag::new(Tone::Plain, "Excused"),
        (State::Paused { .. }, _) => TimeTag::new(Tone::Plain, "Stopped for a while"),
        (State::Lapsed { .. }, _) => TimeTag::new(Tone::Nothing, "No longer owed"),
    };
    let due = match (promise.done_at(), promise.due.at) {
        (Some(done), _) => format!("Done {}", due_words(done, now)),
        (None, Some(due)) => due_words(due, now),
        (None, None) => "No time stated".to_owned(),
    };
    ClockRow {
        left,
        what: promise.title.clone(),
        why: why_of(promise, now),
        clauses: promise
            .clauses
            .iter()
            .map(|id| clause(room, id, may_open))
            .collect(),
        due,
        steps: promise.explanation.clone(),
        open: false,
    }
}

/// Rows of promises, in the order given.
pub fn clock_rows(room: &Room, promises: &[Obligation], now: Timestamp, may_open: bool) -> Vec<ClockRow> {
    promises
        .iter()
        .map(|promise| clock_row(room, promise, now, may_open))
        .collect()
}

fn why_of(promise: &Obligation, now: Timestamp) -> String {
    let started = due_inside(promise.started.at, now);
    match (&promise.due.not_stated, promise.due.landlords_own) {
        (Some(word), true) => {
            format!(
                "The policy says “{word}” and states no number; the time is our own. Counted from {started}."
            )
        }
        (Some(word), false) => format!("The policy says “{word}” and states no number. Since {started}."),
        (None, _) => format!("Counted from {started}."),
    }
}
