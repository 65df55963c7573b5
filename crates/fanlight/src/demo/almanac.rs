//! Moments of the past, counted back from the day on which the demonstration begins.

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

/// Counts back from a moment.
#[derive(Clone)]
pub(super) struct Almanac {
    now: Timestamp,
    today: Date,
    london: TimeZone,
}

impl Almanac {
    pub(super) fn from(now: Timestamp) -> Self {
        let london = TimeZone::get("Europe/London").expect("the time zone is bundled");
        let today = london.to_datetime(now).date();
        Almanac { now, today, london }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.now
    }

    /// So many minutes ago: for what happened today, at whatever hour the demonstration begins.
    pub(super) fn ago(&self, minutes: i64) -> Timestamp {
        self.now - SignedDuration::from_mins(minutes)
    }

    /// So many days ago, at this local time: `(3, "16:40")`.
    pub(super) fn day(&self, back: i32, time: &str) -> Timestamp {
        self.local(self.date(-back), time)
    }

    /// So many working days ago, counted from today, at this local time. Weekends are passed over, holidays are not.
    pub(super) fn working(&self, back: u32, time: &str) -> Timestamp {
        let mut date = self.today;
        let mut left = back;
        while left > 0 {
            date = date.yesterday().expect("a date of this century");
            if !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
                left -= 1;
            }
        }
        self.local(date, time)
    }

    /// The last Saturday that is wholly over, at this local time.
    pub(super) fn saturday(&self, time: &str) -> Timestamp {
        let mut date = self.today.yesterday().expect("a date of this century");
        while date.weekday() != Weekday::Saturday {
            date = date.yesterday().expect("a date of this century");
        }
        self.local(date, time)
    }

    /// The date so many days from today; a negative number counts back.
    pub(super) fn date(&self, on: i32) -> Date {
        self.today
            .checked_add(i64::from(on).days())
            .expect("a date of this century")
    }

    fn local(&self, date: Date, time: &str) -> Timestamp {
        let time: Time = time.parse().expect("the stories write times as HH:MM");
        self.london
            .to_ambiguous_timestamp(date.to_datetime(time))
            .compatible()
            .expect("a date of this century")
    }
}
