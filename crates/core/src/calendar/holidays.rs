//! Every bank holiday from 2018 to 2028 with the day it was announced, as data shipped with the release.
//!
//! A deadline is counted with what was known when it was set. So nothing is deleted from the table: a holiday
//! that was moved stays, with the day its move was announced. Outside the table's years the ordinary rules
//! are computed, and whoever asks is told so.

use super::fault::CalendarFault;
use super::nation::Nation;
use super::ordinary::ordinary_holidays;
use jiff::civil::Date;
use std::sync::LazyLock;

/// Which calendar a deadline was counted by. It changes whenever the table or the counting changes.
pub const CALENDAR_VERSION: &str = "uk-2018-2028.1";

/// The first year of the table of announced holidays.
pub const FIRST_ANNOUNCED_YEAR: i16 = 2018;
/// The last year of the table of announced holidays.
pub const LAST_ANNOUNCED_YEAR: i16 = 2028;
/// The first year the calendar reaches at all.
pub const FIRST_YEAR: i16 = 1980;
/// The last year the calendar reaches at all.
pub const LAST_YEAR: i16 = 2199;

/// One bank holiday of one nation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// The day off.
    pub date: Date,
    /// What it is called.
    pub name: String,
    /// The day it was announced; nothing for the ordinary ones, which are always known.
    pub announced: Option<Date>,
    /// The day on which its replacement was announced, if it was moved.
    pub withdrawn: Option<Date>,
    /// Whether it comes from the ordinary rules and not from the table of announced holidays.
    pub computed: bool,
}

impl Holiday {
    /// Whether it counts for somebody who knows what had been announced by the given day, that day included.
    /// Without a day everything announced so far is known.
    pub fn is_known_on(&self, known_on: Option<Date>) -> bool {
        match known_on {
            None => self.withdrawn.is_none(),
            Some(day) => {
                self.announced.is_none_or(|announced| announced <= day)
                    && self.withdrawn.is_none_or(|withdrawn| day < withdrawn)
            }
        }
    }
}

/// The holiday a nation keeps on a date, as known on a day.
pub fn holiday_on(nation: Nation, date: Date, known_on: Option<Date>) -> Option<&'static Holiday> {
    let all = all_holidays(nation);
    let first = all.partition_point(|holiday| holiday.date < date);
    all[first..]
        .iter()
        .take_while(|holiday| holiday.date == date)
        .find(|holiday| holiday.is_known_on(known_on))
}

/// Every holiday a nation keeps in a year, as known on a day, in order.
pub fn holidays_in_year(nation: Nation, year: i16, known_on: Option<Date>) -> Vec<&'static Holiday> {
    let all = all_holidays(nation);
    let first = all.partition_point(|holiday| holiday.date.year() < year);
    all[first..]
        .iter()
        .take_while(|holiday| holiday.date.year() == year)
        .filter(|holiday| holiday.is_known_on(known_on))
        .collect()
}

/// Everything held for a nation, moved holidays included, in order of date.
pub fn all_holidays(nation: Nation) -> &'static [Holiday] {
    static HELD: LazyLock<[Vec<Holiday>; 3]> = LazyLock::new(|| Nation::ALL.map(holidays_of));
    match nation {
        Nation::EnglandAndWales => &HELD[0],
        Nation::Scotland => &HELD[1],
        Nation::NorthernIreland => &HELD[2],
    }
}

fn holidays_of(nation: Nation) -> Vec<Holiday> {
    let mut held: Vec<Holiday> = include_str!("holidays.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| row(line, nation))
        .collect();
    for year in (FIRST_YEAR..FIRST_ANNOUNCED_YEAR).chain(LAST_ANNOUNCED_YEAR + 1..=LAST_YEAR) {
        held.extend(
            ordinary_holidays(nation, year)
                .into_iter()
                .map(|(date, name)| Holiday {
                    date,
                    name,
                    announced: None,
                    withdrawn: None,
                    computed: true,
                }),
        );
    }
    held.sort_by_key(|holiday| holiday.date);
    held
}

/// INVARIANT: the table ships inside the program, and a test reads every row of it for every nation.
fn row(line: &str, nation: Nation) -> Option<Holiday> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [date, nations, announced, withdrawn, name] = fields[..] else {
        panic!("a row of the holiday table has five fields: {line}");
    };
    let letter = match nation {
        Nation::EnglandAndWales => 'E',
        Nation::Scotland => 'S',
        Nation::NorthernIreland => 'N',
    };
    let day = |text: &str| parse_date(text).expect("the shipped table holds well-formed dates");
    nations.contains(letter).then(|| Holiday {
        date: day(date),
        name: name.to_owned(),
        announced: (announced != "-").then(|| day(announced)),
        withdrawn: (withdrawn != "-").then(|| day(withdrawn)),
        computed: false,
    })
}

/// Reads a date written as `2026-12-24`, and nothing else.
pub fn parse_date(given: &str) -> Result<Date, CalendarFault> {
    let plain = given.len() == 10 && given.as_bytes()[4] == b'-' && given.as_bytes()[7] == b'-';
    plain
        .then(|| given.parse().ok())
        .flatten()
        .ok_or_else(|| CalendarFault::UnknownDate {
            given: super::fault::shortened(given),
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use Nation::{EnglandAndWales, NorthernIreland, Scotland};
    use jiff::ToSpan;
    use jiff::civil::date;

    #[test]
    fn the_table_holds_as_many_holidays_as_were_published() {
        for (nation, count) in [(EnglandAndWales, 91), (Scotland, 103), (NorthernIreland, 113)] {
            let held: usize = (2018..=2028)
                .map(|year| holidays_in_year(nation, year, None).len())
                .sum();
            assert_eq!(held, count, "{nation:?}");
        }
    }

    #[test]
    fn the_ordinary_rules_reproduce_the_table_in_all_33_nation_years() {
        for nation in Nation::ALL {
            for year in 2018..=2028 {
                // Before anything extraordinary was announced, the table and the rules must say the same.
                let tabled: Vec<(Date, String)> = holidays_in_year(nation, year, Some(date(2017, 1, 1)))
                    .into_iter()
                    .map(|holiday| (holiday.date, holiday.name.clone()))
                    .collect();
                assert_eq!(tabled, ordinary_holidays(nation, year), "{nation:?} {year}");
            }
        }
    }

    #[test]
    fn an_extraordinary_holiday_is_known_from_the_day_it_was_announced() {
        let (both, all) = (vec![EnglandAndWales, NorthernIreland], Nation::ALL.to_vec());
        let extraordinary = [
            (date(2020, 5, 8), date(2019, 6, 10), Some(date(2020, 5, 4)), both),
            (
                date(2020, 5, 8),
                date(2019, 7, 2),
                Some(date(2020, 5, 4)),
                vec![Scotland],
            ),
            (
                date(2022, 6, 2),
                date(2020, 11, 12),
                Some(date(2022, 5, 30)),
                all.clone(),
            ),
            (date(2022, 6, 3), date(2020, 11, 12), None, all.clone()),
            (date(2022, 9, 19), date(2022, 9, 9), None, all.clone()),
            (date(2023, 5, 8), date(2022, 11, 8), None, all),
            (date(2026, 6, 15), date(2026, 2, 25), None, vec![Scotland]),
        ];
        for (day, announced, in_place_of, nations) in extraordinary {
            let eve = announced.checked_sub(1.day()).unwrap();
            for nation in nations {
                let is_kept = |on: Date, known_on: Option<Date>| holiday_on(nation, on, known_on).is_some();
                assert!(!is_kept(day, Some(eve)), "{nation:?} {day} on its eve");
                assert!(is_kept(day, Some(announced)), "{nation:?} {day} that day");
                assert!(is_kept(day, None), "{nation:?} {day}");
                if let Some(old) = in_place_of {
                    assert!(is_kept(old, Some(eve)), "{nation:?} {old} on the eve");
                    assert!(!is_kept(old, Some(announced)), "{nation:?} {old} that day");
                    assert!(!is_kept(old, None), "{nation:?} {old}");
                }
            }
        }
    }

    #[test]
    fn the_world_cup_is_a_holiday_in_scotland_alone() {
        assert!(holiday_on(EnglandAndWales, date(2026, 6, 15), None).is_none());
        assert!(holiday_on(NorthernIreland, date(2026, 6, 15), None).is_none());
    }

    #[test]
    fn no_held_holiday_falls_on_a_weekend() {
        for nation in Nation::ALL {
            for holiday in all_holidays(nation) {
                assert!(holiday.date.weekday().to_monday_one_offset() <= 5, "{holiday:?}");
            }
        }
    }

    #[test]
    fn a_date_is_taken_in_one_form_only() {
        assert_eq!(parse_date("2026-02-28"), Ok(date(2026, 2, 28)));
        for wrong in [
            "2026-02-30",
            "20260228",
            "28/02/2026",
            "2026-2-28",
            "2026-02-28T00:00",
            "",
            "é026-02-2",
        ] {
            assert!(parse_date(wrong).is_err(), "{wrong}");
        }
    }
}
