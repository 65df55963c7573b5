//! How a count is said: as it is to whoever may open the cases, and without its small numbers to everybody else.

use fanlight_core::measure::{Shown, ShownShare, ShownTally, Tally};

/// A tally as this person may see it.
pub(super) fn shown(tally: &Tally, late_counts: bool, exact: bool) -> ShownTally {
    if exact {
        ShownTally::exact(tally, late_counts)
    } else {
        ShownTally::hidden(tally, late_counts)
    }
}

/// A number, or that it is hidden.
pub(super) fn number(shown: Shown) -> String {
    match shown {
        Shown::Number(number) => number.to_string(),
        Shown::Hidden => "Hidden".to_owned(),
    }
}

/// "46 of 47", "Nothing to count yet", or what is hidden.
pub(super) fn share(share: &ShownShare) -> String {
    match (share.numerator, share.denominator) {
        (_, Shown::Number(0)) => "Nothing to count yet".to_owned(),
        (Shown::Number(have), Shown::Number(of)) => format!("{have} of {of}"),
        (Shown::Hidden, Shown::Number(of)) => format!("Hidden, of {of}"),
        (_, Shown::Hidden) => "Fewer than 5".to_owned(),
    }
}

/// "97.9%; 1 missed; 2 not due yet".
pub(super) fn beside(tally: &ShownTally) -> String {
    let mut parts: Vec<String> = tally
        .share
        .percent
        .iter()
        .map(|percent| format!("{percent}%"))
        .collect();
    for (part, words) in [
        (tally.missed, "missed"),
        (tally.missed_no_safe_route, "missed for want of a safe way"),
        (tally.kept_recorded_late, "recorded late"),
        (tally.not_due_yet, "not due yet"),
        (tally.open_without_due, "open, no time stated"),
    ] {
        if let Shown::Number(many) = part
            && many > 0
        {
            parts.push(format!("{many} {words}"));
        }
    }
    parts.join("; ")
}

/// A length of time in days and hours.
pub(super) fn length(seconds: i64) -> String {
    let hours = seconds.max(0) / 3600;
    match (hours / 24, hours % 24, seconds / 60) {
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, _) => format!("{hours} h"),
        (1, 0, _) => "1 day".to_owned(),
        (1, hours, _) => format!("1 day {hours} h"),
        (days, 0, _) => format!("{days} days"),
        (days, hours, _) => format!("{days} days {hours} h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_may_not_open_the_cases_reads_no_small_number() {
        let tally = Tally {
            kept: 11,
            missed: 2,
            not_due_yet: 3,
            ..Tally::default()
        };
        let exact = shown(&tally, true, true);
        assert_eq!(share(&exact.share), "11 of 13");
        assert_eq!(beside(&exact), "84.6%; 2 missed; 3 not due yet");
        let hidden = shown(&tally, true, false);
        assert_eq!(share(&hidden.share), "Hidden, of 13");
        assert_eq!(beside(&hidden), "");
    }

    #[test]
    fn nothing_counted_never_reads_as_all_kept() {
        assert_eq!(
            share(&shown(&Tally::default(), true, true).share),
            "Nothing to count yet"
        );
    }
}
