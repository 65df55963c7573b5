//! The bank holidays that come round every year by rule, computed. The table of announced holidays is checked
//! against these rules, and outside its years they stand in for it.
//!
//! What a government adds, moves or takes away by proclamation is not here.

use super::nation::Nation;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

/// The ordinary bank holidays of a nation in a year, with their names, in order of date.
///
/// A holiday that falls on a weekend is kept on the next weekday that is not itself a holiday. At Christmas a
/// day that falls on a weekday keeps its own date first, and only then does the other look for a free one: with
/// Sunday 25 December, Boxing Day stays on Monday 26 and Christmas Day is kept on Tuesday 27.
pub(crate) fn ordinary_holidays(nation: Nation, year: i16) -> Vec<(Date, String)> {
    let scotland = nation == Nation::Scotland;
    let northern_ireland = nation == Nation::NorthernIreland;
    let easter = easter_sunday(year);
    let mut kept: Vec<(Date, String)> = Vec::new();

    keep(&mut kept, date(year, 1, 1), "New Year's Day");
    if scotland {
        keep(&mut kept, date(year, 1, 2), "2 January");
    }
    if northern_ireland {
        keep(&mut kept, date(year, 3, 17), "St Patrick's Day");
    }
    keep(&mut kept, easter.saturating_sub(2.days()), "Good Friday");
    if !scotland {
        keep(&mut kept, easter.saturating_add(1.day()), "Easter Monday");
    }
    keep(&mut kept, monday(year, 5, 1), "Early May bank holiday");
    keep(&mut kept, monday(year, 5, -1), "Spring bank holiday");
    if northern_ireland {
        keep(&mut kept, date(year, 7, 12), "Battle of the Boyne");
    }
    keep(
        &mut kept,
        monday(year, 8, if scotland { 1 } else { -1 }),
        "Summer bank holiday",
    );
    if scotland {
        keep(&mut kept, date(year, 11, 30), "St Andrew's Day");
    }
    let christmas = [
        (date(year, 12, 25), "Christmas Day"),
        (date(year, 12, 26), "Boxing Day"),
    ];
    let (on_weekends, on_weekdays): (Vec<_>, Vec<_>) =
        christmas.into_iter().partition(|(day, _)| is_weekend(*day));
    for (day, name) in on_weekdays.into_iter().chain(on_weekends) {
        keep(&mut kept, day, name);
    }
    kept.sort();
    kept
}

fn keep(kept: &mut Vec<(Date, String)>, own: Date, name: &str) {
    let mut day = own;
    while is_weekend(day) || kept.iter().any(|(taken, _)| *taken == day) {
        day = day.saturating_add(1.day());
    }
    let note = if day == own { "" } else { ", substitute day" };
    kept.push((day, format!("{name}{note}")));
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

fn monday(year: i16, month: i8, nth: i8) -> Date {
    date(year, month, 1)
        .nth_weekday_of_month(nth, Weekday::Monday)
        .expect("every month has a first and a last Monday")
}

/// Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876).
fn easter_sunday(year: i16) -> Date {
    let year_number = i32::from(year);
    let a = year_number % 19;
    let (b, c) = (year_number / 100, year_number % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let month_and_day = h + l - 7 * m + 114;
    let month = i8::try_from(month_and_day / 31).expect("3 or 4");
    let day = i8::try_from(month_and_day % 31 + 1).expect("at most 31");
    date(year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(nation: Nation, year: i16, expected: &str) {
        let days: Vec<String> = ordinary_holidays(nation, year)
            .into_iter()
            .map(|(day, _)| day.strftime("%m-%d").to_string())
            .collect();
        assert_eq!(days.join(" "), expected, "{nation:?} {year}");
    }

    #[test]
    fn years_outside_the_table_follow_the_same_rules() {
        check(
            Nation::EnglandAndWales,
            2016,
            "01-01 03-25 03-28 05-02 05-30 08-29 12-26 12-27",
        );
        check(
            Nation::Scotland,
            2011,
            "01-03 01-04 04-22 05-02 05-30 08-01 11-30 12-26 12-27",
        );
        check(
            Nation::NorthernIreland,
            2029,
            "01-01 03-19 03-30 04-02 05-07 05-28 07-12 08-27 12-25 12-26",
        );
    }

    #[test]
    fn christmas_on_a_sunday_leaves_boxing_day_where_it_is() {
        let days = ordinary_holidays(Nation::EnglandAndWales, 2033);
        assert_eq!(days[6], (date(2033, 12, 26), "Boxing Day".to_owned()));
        assert_eq!(
            days[7],
            (date(2033, 12, 27), "Christmas Day, substitute day".to_owned())
        );
    }
}
