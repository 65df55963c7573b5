//! Days and clock times as people type them, in Europe/London, with errors that name the field and the remedy;
//! and the same said back in words.
//!
//! What now is comes from outside. A time that the spring change left out moves forward by the length of the
//! gap; one that the autumn change gives twice is the first.

use fanlight_core::contact::london;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};

use super::{FieldError, Values};

/// A question for a day: its field and what it is the day of, as in "day it happened".
#[derive(Clone, Copy)]
pub struct Asked {
    /// The field's name. Its boxes are `name-day`, `name-month`, `name-year`; a choice of `today`, `yesterday` or
    /// `other` may stand before them under the name itself.
    pub field: &'static str,
    /// What is asked for, without an article: "day it happened", "time the call ended".
    pub noun: &'static str,
}

/// Whether a day may lie ahead.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// Something that has happened: today at the latest.
    TodayOrEarlier,
    /// Something planned: today at the earliest.
    TodayOrLater,
    /// Either.
    Any,
}

/// The day that was chosen or typed.
pub fn day(values: &Values, asked: Asked, today: Date, bound: Bound) -> Result<Date, FieldError> {
    let Asked { field, noun } = asked;
    match values.said(field) {
        Some("today") => return Ok(today),
        Some("yesterday") => {
            return today
                .yesterday()
                .map_err(|_| FieldError::new(field, format!("Choose the {noun}")));
        }
        Some(_) | None => {}
    }
    let boxes = ["day", "month", "year"].map(|part| (part, format!("{field}-{part}")));
    let typed = boxes.each_ref().map(|(_, id)| values.said(id));
    if typed.iter().all(Option::is_none) {
        let example = example(today);
        return Err(
            FieldError::new(field, format!("Enter the {noun}, for example {example}")).at(&boxes[0].1),
        );
    }
    for ((part, id), text) in boxes.iter().zip(typed) {
        if text.is_none() {
            return Err(FieldError::new(field, format!("The {noun} must include a {part}")).at(id));
        }
    }
    let [day, month, year] = typed.map(Option::unwrap_or_default);
    let wrong = |at: usize, remedy: String| Err(FieldError::new(field, remedy).at(&boxes[at].1));
    let Some(day) = figures(day).filter(|day| (1..=31).contains(day)) else {
        return wrong(0, format!("The day of the {noun} must be a number from 1 to 31"));
    };
    let Some(month) = month_number(month) else {
        return wrong(
            1,
            format!("The month of the {noun} must be a number from 1 to 12, or its name"),
        );
    };
    if year.len() != 4 {
        return wrong(
            2,
            format!(
                "The year of the {noun} must have four figures, for example {}",
                today.year()
            ),
        );
    }
    let Some(year) = figures(year).filter(|year| (1900..=2100).contains(year)) else {
        return wrong(2, format!("The year of the {noun} must be between 1900 and 2100"));
    };
    let Ok(date) = Date::new(year, month, day as i8) else {
        return wrong(
            0,
            format!("The {noun} must be a real date: there is no such day in that month"),
        );
    };
    match bound {
        Bound::TodayOrEarlier if date > today => wrong(
            0,
            format!(
                "The {noun} must be today or earlier: it is {} today",
                example(today)
            ),
        ),
        Bound::TodayOrLater if date < today => wrong(
            0,
            format!(
                "The {noun} must be today or later: it is {} today",
                example(today)
            ),
        ),
        Bound::TodayOrEarlier | Bound::TodayOrLater | Bound::Any => Ok(date),
    }
}

fn example(today: Date) -> String {
    today.strftime("%-d %-m %Y").to_string()
}

fn figures(text: &str) -> Option<i16> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        text.parse().ok()
    } else {
        None
    }
}

fn month_number(text: &str) -> Option<i8> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if let Some(number) = figures(text) {
        return i8::try_from(number)
            .ok()
            .filter(|number| (1..=12).contains(number));
    }
    let text = text.to_lowercase();
    let place = NAMES
        .iter()
        .position(|name| *name == text || (text.len() >= 3 && name.starts_with(&text)))?;
    i8::try_from(place + 1).ok()
}

/// The clock time that was typed: 10:14, 10.14, 1014, 9:05, or 2.30pm.
pub fn clock(values: &Values, asked: Asked) -> Result<Time, FieldError> {
    let Asked { field, noun } = asked;
    let Some(text) = values.said(field) else {
        return Err(FieldError::new(
            field,
            format!("Enter the {noun}, for example 14:30"),
        ));
    };
    read_clock(text).ok_or_else(|| {
        FieldError::new(
            field,
            format!("The {noun} must be a time of day from 00:00 to 23:59, for example 14:30"),
        )
    })
}

fn read_clock(text: &str) -> Option<Time> {
    let mut text = text.to_ascii_lowercase();
    text.retain(|letter| !letter.is_whitespace());
    let half = ["am", "pm"].into_iter().find(|half| text.ends_with(half));
    let figures_only = half.map_or(text.as_str(), |half| text.trim_end_matches(half));
    let (hour, minute) = match figures_only.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        Some(_) => return None,
        None if half.is_some() && figures_only.len() <= 2 => (figures_only, "00"),
        None if (3..=4).contains(&figures_only.len()) && figures_only.is_ascii() => {
            figures_only.split_at(figures_only.len() - 2)
        }
        None => return None,
    };
    if hour.is_empty() || hour.len() > 2 {
        return None;
    }
    let (hour, minute) = (figures(hour)?, figures(minute)?);
    let hour = match half {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some("pm") => hour % 12 + 12,
        Some(_) => hour % 12,
    };
    Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()
}

/// The instant of a local day and time.
pub fn instant(day: Date, time: Time) -> Option<Timestamp> {
    london().to_timestamp(day.to_datetime(time)).ok()
}

/// An instant, as a clock on the wall shows it.
pub fn local(instant: Timestamp) -> DateTime {
    london().to_datetime(instant)
}

/// "Tuesday 17 November 2026".
pub fn full_day(day: Date) -> String {
    day.strftime("%A %-d %B %Y").to_string()
}

/// "Today", "Yesterday", "Tomorrow", "Thursday 12 November", or with its year when that is another one.
pub fn near_day(day: Date, today: Date) -> String {
    if day == today {
        "Today".to_owned()
    } else if today.yesterday().is_ok_and(|yesterday| day == yesterday) {
        "Yesterday".to_owned()
    } else if today.tomorrow().is_ok_and(|tomorrow| day == tomorrow) {
        "Tomorrow".to_owned()
    } else if day.year() == today.year() {
        day.strftime("%A %-d %B").to_string()
    } else {
        full_day(day)
    }
}

/// "Thu 19 Nov", for a narrow column.
pub fn short_day(day: Date) -> String {
    day.strftime("%a %-d %b").to_string()
}

/// "10:12". The last minute of a day is said as "end of day".
pub fn clock_time(time: Time) -> String {
    if time.hour() == 23 && time.minute() == 59 {
        "end of day".to_owned()
    } else {
        time.strftime("%H:%M").to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    const SEEN: Asked = Asked {
        field: "seen",
        noun: "day it happened",
    };
    const TODAY: Date = date(2026, 11, 17);

    fn typed(day_: &str, month: &str, year: &str) -> Result<Date, FieldError> {
        let values = Values::new([
            ("seen", "other"),
            ("seen-day", day_),
            ("seen-month", month),
            ("seen-year", year),
        ]);
        day(&values, SEEN, TODAY, Bound::TodayOrEarlier)
    }

    #[test]
    fn a_day_is_read_from_figures_or_a_month_by_name() {
        assert_eq!(typed("7", "11", "2026"), Ok(date(2026, 11, 7)));
        assert_eq!(typed(" 07 ", "Nov", "2026"), Ok(date(2026, 11, 7)));
        assert_eq!(typed("29", "february", "2024"), Ok(date(2024, 2, 29)));
    }

    #[test]
    fn each_fault_names_its_box_and_its_remedy() {
        for (typed, box_, message) in [
            (
                typed("", "", ""),
                "seen-day",
                "Enter the day it happened, for example 17 11 2026",
            ),
            (
                typed("7", "", "2026"),
                "seen-month",
                "The day it happened must include a month",
            ),
            (
                typed("31", "11", "2026"),
                "seen-day",
                "The day it happened must be a real date",
            ),
            (typed("7", "13", "2026"), "seen-month", "a number from 1 to 12"),
            (
                typed("7", "11", "26"),
                "seen-year",
                "four figures, for example 2026",
            ),
            (typed("7", "11", "0026"), "seen-year", "between 1900 and 2100"),
            (typed("seven", "11", "2026"), "seen-day", "a number from 1 to 31"),
            (
                typed("99999999999", "11", "2026"),
                "seen-day",
                "a number from 1 to 31",
            ),
            (
                typed("18", "11", "2026"),
                "seen-day",
                "must be today or earlier: it is 17 11 2026 today",
            ),
        ] {
            let error = typed.expect_err(message);
            assert_eq!(error.target, box_, "{message}");
            assert!(error.message.contains(message), "{} / {message}", error.message);
        }
    }

    #[test]
    fn today_and_yesterday_need_no_boxes() {
        let chosen = |word: &str| day(&Values::new([("seen", word)]), SEEN, TODAY, Bound::TodayOrEarlier);
        assert_eq!(chosen("today"), Ok(TODAY));
        assert_eq!(chosen("yesterday"), Ok(date(2026, 11, 16)));
        assert!(chosen("other").is_err());
    }

    #[test]
    fn a_clock_time_is_read_as_people_write_it() {
        for (text, read) in [
            ("10:14", Some(time(10, 14, 0, 0))),
            ("9.05", Some(time(9, 5, 0, 0))),
            ("1014", Some(time(10, 14, 0, 0))),
            ("905", Some(time(9, 5, 0, 0))),
            ("9am", Some(time(9, 0, 0, 0))),
            ("12.30 am", Some(time(0, 30, 0, 0))),
            ("12pm", Some(time(12, 0, 0, 0))),
            ("2:30PM", Some(time(14, 30, 0, 0))),
            ("24:00", None),
            ("10:60", None),
            ("10:1", None),
            ("9", None),
            ("13pm", None),
            ("-1:30", None),
            ("ten", None),
            ("10:14:99", None),
            ("٣:٣٠", None),
            ("€€", None),
        ] {
            assert_eq!(read_clock(text), read, "{text}");
        }
    }

    #[test]
    fn the_nights_the_clocks_change_have_one_answer() {
        let said = |day, time_| instant(day, time_).expect("in range").to_string();
        assert_eq!(said(date(2026, 3, 29), time(1, 20, 0, 0)), "2026-03-29T01:20:00Z");
        assert_eq!(
            clock_time(local(instant(date(2026, 3, 29), time(1, 20, 0, 0)).expect("in range")).time()),
            "02:20"
        );
        assert_eq!(
            said(date(2026, 10, 25), time(1, 20, 0, 0)),
            "2026-10-25T00:20:00Z"
        );
    }

    #[test]
    fn days_are_said_in_words() {
        assert_eq!(near_day(date(2026, 11, 16), TODAY), "Yesterday");
        assert_eq!(near_day(date(2026, 11, 12), TODAY), "Thursday 12 November");
        assert_eq!(near_day(date(2025, 11, 12), TODAY), "Wednesday 12 November 2025");
        assert_eq!(short_day(date(2026, 11, 19)), "Thu 19 Nov");
        assert_eq!(clock_time(time(23, 59, 59, 0)), "end of day");
    }
}
