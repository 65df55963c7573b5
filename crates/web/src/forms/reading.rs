//! Reading one form: every answer is asked for by name, everything that is wrong is gathered, and what was typed stays
//! where it is.

use super::answers;
use super::when::{Asked, Bound, clock, day, instant, local};
use super::{Errors, FieldError, NOTE_CHARACTERS, Values};
use fanlight_casework::When;
use fanlight_core::words::Words;
use jiff::Timestamp;
use jiff::civil::Date;

/// A form while it is read. Each answer comes back as nothing where it is wrong, and the error is noted: ask for all
/// of them first, then put them together with `?`, so that the person hears of everything at once.
pub struct Reading<'a> {
    /// The answers as typed.
    pub values: &'a Values,
    /// What is wrong so far.
    pub errors: Errors,
    /// The moment of reading.
    pub now: Timestamp,
}

impl<'a> Reading<'a> {
    /// Begins to read.
    pub fn new(values: &'a Values, now: Timestamp) -> Self {
        Reading {
            values,
            errors: Errors::default(),
            now,
        }
    }

    /// The answer, or nothing with its error noted.
    pub fn take<T>(&mut self, answer: Result<T, FieldError>) -> Option<T> {
        self.errors.take(answer)
    }

    /// Notes an error; nothing comes of it.
    pub fn wrong<T>(&mut self, field: &str, message: &str) -> Option<T> {
        self.errors.push(FieldError::new(field, message));
        None
    }

    /// Words that must be there, as long as a note may be.
    pub fn words(&mut self, field: &str, missing: &str) -> Option<Words> {
        self.line(field, missing, NOTE_CHARACTERS)
    }

    /// Words that must be there, up to a number of characters.
    pub fn line(&mut self, field: &str, missing: &str, limit: usize) -> Option<Words> {
        self.take(answers::words(self.values, field, missing, limit))
    }

    /// Words that may be left out.
    pub fn maybe_line(&mut self, field: &str, limit: usize) -> Option<Option<Words>> {
        self.take(answers::maybe_words(self.values, field, limit))
    }

    /// One choice that must be made.
    pub fn choice<T>(&mut self, field: &str, missing: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.take(answers::choice(self.values, field, missing, read))
    }

    /// One choice of a list that may be left out.
    pub fn maybe_choice<T>(&mut self, field: &str, read: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
        self.take(answers::maybe_choice(
            self.values,
            field,
            "Choose from the list",
            read,
        ))
    }

    /// A whole number within bounds that may be left out.
    pub fn maybe_number(&mut self, field: &str, noun: &str, least: u32, most: u32) -> Option<Option<u32>> {
        self.take(answers::maybe_number(self.values, field, noun, least, most))
    }

    /// A planned day.
    pub fn planned_day(&mut self, field: &'static str, noun: &'static str) -> Option<Date> {
        let today = local(self.now).date();
        let asked = Asked { field, noun };
        self.take(day(self.values, asked, today, Bound::TodayOrLater))
    }

    /// A planned day that may be left out.
    pub fn maybe_day(&mut self, field: &'static str, noun: &'static str) -> Option<Option<Date>> {
        let typed = ["day", "month", "year"]
            .iter()
            .any(|part| self.values.said(&format!("{field}-{part}")).is_some());
        if typed {
            self.planned_day(field, noun).map(Some)
        } else {
            Some(None)
        }
    }

    /// When it happened, from the boxes `day` and `time`; empty means now.
    pub fn when(&mut self) -> Option<When> {
        self.take(happened(self.values, self.now))
    }
}

fn happened(values: &Values, now: Timestamp) -> Result<When, FieldError> {
    let today = local(now).date();
    let asked = |field, noun| Asked { field, noun };
    let chosen = match values.said("day") {
        None | Some("today") => today,
        Some(_) => day(
            values,
            asked("day", "day it happened"),
            today,
            Bound::TodayOrEarlier,
        )?,
    };
    let wrong = |message: &str| Err(FieldError::new("time", message));
    if values.said("time").is_none() {
        return if chosen == today {
            Ok(When::default())
        } else {
            wrong("Give the time on that day, for example 17:05")
        };
    }
    match instant(chosen, clock(values, asked("time", "time it happened"))?) {
        Some(at) if at <= now => Ok(When::at(at)),
        Some(_) => wrong("This time has not come yet. Give the time at which it happened"),
        None => wrong("Give a time of that day, for example 17:05"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let values = Values::new([("time", "25:61")]);
        let mut reading = Reading::new(&values, Timestamp::UNIX_EPOCH);
        assert_eq!(reading.words("words", "Write something"), None);
        assert!(reading.when().is_none());
        assert_eq!(reading.errors.len(), 2);
    }

    #[test]
    fn a_time_that_has_not_come_is_refused_and_none_means_now() {
        let noon: Timestamp = "2026-03-03T12:00:00Z".parse().expect("an instant");
        let of = |time: &str| happened(&Values::new([("day", "today"), ("time", time)]), noon);
        assert!(of("12:01").is_err());
        assert_eq!(
            of("11:59").expect("past").happened,
            "2026-03-03T11:59:00Z".parse().ok()
        );
        assert_eq!(of("").expect("now").happened, None);
        assert!(happened(&Values::new([("day", "yesterday")]), noon).is_err());
    }
}
