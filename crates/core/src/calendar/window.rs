//! "No older than" and "within the last": a span back from a date that includes the date exactly N before.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How far back something may lie and still count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Window {
    /// So many days.
    Days(u32),
    /// So many months: back to the same day number, or the month's last day.
    Months(u32),
}

impl Window {
    /// Whether a date lies in the window that ends on another, both ends included.
    pub fn includes(self, then: Date, on: Date) -> bool {
        let earliest = match self {
            Window::Days(n) => on.checked_sub(i64::from(n).days()),
            Window::Months(n) => on.checked_sub(i64::from(n).months()),
        };
        // A window longer than time itself includes everything up to the date.
        then <= on && earliest.is_ok_and(|earliest| earliest <= then)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_date_exactly_n_before_is_included_and_the_one_before_it_is_not() {
        let on = date(2026, 5, 31);
        assert!(Window::Days(30).includes(date(2026, 5, 1), on));
        assert!(!Window::Days(30).includes(date(2026, 4, 30), on));
        assert!(Window::Months(3).includes(date(2026, 2, 28), on));
        assert!(!Window::Months(3).includes(date(2026, 2, 27), on));
        assert!(Window::Days(0).includes(on, on));
        assert!(!Window::Days(30).includes(date(2026, 6, 1), on));
    }
}
