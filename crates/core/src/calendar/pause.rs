//! The pauses of one clock, as it sees them: whole dates for a clock of days, exact time for an elapsed one.

use super::explain::london_date;
use super::fault::CalendarFault;
use jiff::Timestamp;
use jiff::civil::Date;

/// Pauses in order, none overlapping another.
pub(crate) struct Pauses(Vec<Pause>);

struct Pause {
    begins: Timestamp,
    ends: Timestamp,
    begins_on: Date,
    ends_on: Date,
}

impl Pauses {
    /// Takes pauses in any order, overlapping or not.
    pub(crate) fn new(given: &[(Timestamp, Timestamp)]) -> Result<Self, CalendarFault> {
        if let Some((begins, _)) = given.iter().find(|(begins, ends)| ends <= begins) {
            return Err(CalendarFault::PauseReversed {
                begins: london_date(*begins),
            });
        }
        let mut ordered = given.to_vec();
        ordered.sort_unstable();
        let mut merged: Vec<(Timestamp, Timestamp)> = Vec::new();
        for (begins, ends) in ordered {
            match merged.last_mut() {
                Some((_, last)) if begins <= *last => *last = ends.max(*last),
                Some(_) | None => merged.push((begins, ends)),
            }
        }
        let pauses = merged.into_iter().map(|(begins, ends)| Pause {
            begins,
            ends,
            begins_on: london_date(begins),
            ends_on: london_date(ends),
        });
        Ok(Pauses(pauses.collect()))
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a date is skipped: from the one a pause begins on to the one before it ends.
    pub(crate) fn skip(&self, date: Date) -> bool {
        self.0
            .iter()
            .any(|pause| pause.begins_on <= date && date < pause.ends_on)
    }

    /// When a number of seconds has run from a moment with the paused time left out, and how many were left
    /// out. A clock that has run out by the second a pause begins is due then, and not after the pause.
    pub(crate) fn run(&self, from: Timestamp, seconds: i64) -> (i64, i64) {
        let start = from.as_second();
        let mut due = start + seconds;
        let mut left_out = 0;
        for pause in &self.0 {
            // Only what lies after the start is left out, and only if the clock is still running then.
            let (begins, ends) = (pause.begins.as_second().max(start), pause.ends.as_second());
            if ends > begins && begins < due {
                due = due.saturating_add(ends - begins);
                left_out += ends - begins;
            }
        }
        (due, left_out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn overlapping_pauses_count_once() {
        let pauses = Pauses::new(&[
            (at("2026-03-02T12:00:00Z"), at("2026-03-02T14:00:00Z")),
            (at("2026-03-02T10:00:00Z"), at("2026-03-02T13:00:00Z")),
        ])
        .unwrap();
        let (due, left_out) = pauses.run(at("2026-03-02T09:00:00Z"), 2 * 3600);
        assert_eq!(left_out, 4 * 3600);
        assert_eq!(due, at("2026-03-02T15:00:00Z").as_second());
    }

    #[test]
    fn a_clock_that_runs_out_as_the_pause_begins_is_due_then() {
        let pauses = Pauses::new(&[(at("2026-03-02T10:00:00Z"), at("2026-03-03T10:00:00Z"))]).unwrap();
        let (due, _) = pauses.run(at("2026-03-02T09:00:00Z"), 3600);
        assert_eq!(due, at("2026-03-02T10:00:00Z").as_second());
    }

    #[test]
    fn a_pause_must_end_after_it_begins() {
        let moment = at("2026-03-02T10:00:00Z");
        assert!(Pauses::new(&[(moment, moment)]).is_err());
    }
}
