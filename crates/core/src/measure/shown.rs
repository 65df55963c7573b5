//! A count of clocks as somebody may see it who has no leave to open the cases.
//!
//! The same clocks are counted in several ways: as a share, state by state, by month. Numbers that are each harmless
//! can give a small one away when one is taken from the other, so all of them are hidden here, together.

use super::small::{Shown, ShownShare, hide, hide_share};
use super::tally::Tally;

/// A tally as somebody may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownTally {
    /// How many of how many.
    pub share: ShownShare,
    /// Kept and recorded in time.
    pub kept: Shown,
    /// Kept, recorded late.
    pub kept_recorded_late: Shown,
    /// Missed.
    pub missed: Shown,
    /// Missed for want of a safe way.
    pub missed_no_safe_route: Shown,
    /// Excused.
    pub excused: Shown,
    /// Ended before they were due.
    pub lapsed: Shown,
    /// Not due yet.
    pub not_due_yet: Shown,
    /// Open, with no time stated.
    pub open_without_due: Shown,
}

impl ShownTally {
    /// Every number as it is.
    pub fn exact(tally: &Tally, late_counts: bool) -> Self {
        let numerator = numerator(tally, late_counts);
        let number = Shown::Number;
        ShownTally {
            share: ShownShare {
                numerator: number(numerator),
                denominator: number(tally.denominator()),
                percent: super::percent_words(numerator, tally.denominator()),
            },
            kept: number(tally.kept),
            kept_recorded_late: number(tally.kept_recorded_late),
            missed: number(tally.missed),
            missed_no_safe_route: number(tally.missed_no_safe_route),
            excused: number(tally.excused),
            lapsed: number(tally.lapsed),
            not_due_yet: number(tally.not_due_yet),
            open_without_due: number(tally.open_without_due),
        }
    }

    /// Numbers from one to four hidden, with whatever would give them away.
    pub fn hidden(tally: &Tally, late_counts: bool) -> Self {
        let numerator = numerator(tally, late_counts);
        let mut share = hide_share(numerator, tally.denominator());
        // The share splits the parts in two. Shown or hidden for some of them alone, it would tell which of them is small:
        // so it is hidden whenever any of them is.
        let parts = [
            tally.kept,
            tally.kept_recorded_late,
            tally.missed,
            tally.missed_no_safe_route,
            tally.open_without_due,
        ];
        let a_part_is_small = parts.iter().any(|part| (1..super::SMALL).contains(part));
        if a_part_is_small && share.numerator != Shown::Hidden {
            share.numerator = Shown::Hidden;
            share.percent = None;
        }
        // The parts add up to the denominator, which is shown unless it is small itself.
        let (inside, whole) = hide(&parts);
        if !whole {
            share.denominator = Shown::Hidden;
        }
        // A share that is shown splits the parts in two, and each half has to hide its own.
        let inside = match share.numerator {
            Shown::Hidden => hidden_with(inside, tally),
            Shown::Number(_) => halves(tally, late_counts),
        };
        let [
            kept,
            kept_recorded_late,
            missed,
            missed_no_safe_route,
            open_without_due,
        ] = inside;
        let alone = |number: u64| {
            if (1..super::SMALL).contains(&number) {
                Shown::Hidden
            } else {
                Shown::Number(number)
            }
        };
        ShownTally {
            share,
            kept,
            kept_recorded_late,
            missed,
            missed_no_safe_route,
            excused: alone(tally.excused),
            lapsed: alone(tally.lapsed),
            not_due_yet: alone(tally.not_due_yet),
            open_without_due,
        }
    }
}

fn numerator(tally: &Tally, late_counts: bool) -> u64 {
    tally.kept + if late_counts { tally.kept_recorded_late } else { 0 }
}

/// Where the numerator is hidden, the parts it is made of are too; a zero is about nobody.
fn hidden_with(inside: Vec<Shown>, tally: &Tally) -> [Shown; 5] {
    let all = [
        tally.kept,
        tally.kept_recorded_late,
        tally.missed,
        tally.missed_no_safe_route,
        tally.open_without_due,
    ];
    let mut shown = [Shown::Hidden; 5];
    for (place, number) in all.iter().enumerate() {
        if *number == 0 && inside.get(place) == Some(&Shown::Number(0)) {
            shown[place] = Shown::Number(0);
        }
    }
    shown
}

fn halves(tally: &Tally, late_counts: bool) -> [Shown; 5] {
    let (done, rest): (Vec<usize>, Vec<usize>) = if late_counts {
        (vec![0, 1], vec![2, 3, 4])
    } else {
        (vec![0], vec![1, 2, 3, 4])
    };
    let all = [
        tally.kept,
        tally.kept_recorded_late,
        tally.missed,
        tally.missed_no_safe_route,
        tally.open_without_due,
    ];
    let mut shown = [Shown::Hidden; 5];
    for half in [done, rest] {
        let numbers: Vec<u64> = half.iter().map(|place| all[*place]).collect();
        for (place, one) in half.iter().zip(hide(&numbers).0) {
            shown[*place] = one;
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts(shown: &ShownTally) -> [Shown; 5] {
        [
            shown.kept,
            shown.kept_recorded_late,
            shown.missed,
            shown.missed_no_safe_route,
            shown.open_without_due,
        ]
    }

    /// Every tally that would look exactly the same.
    fn alike(tally: &Tally, late: bool) -> Vec<[u64; 5]> {
        let seen = ShownTally::hidden(tally, late);
        let mut found = Vec::new();
        for code in 0..9_u64.pow(5) {
            let at = |place: u32| code / 9_u64.pow(place) % 9;
            let all = [at(0), at(1), at(2), at(3), at(4)];
            let other = Tally {
                kept: all[0],
                kept_recorded_late: all[1],
                missed: all[2],
                missed_no_safe_route: all[3],
                open_without_due: all[4],
                ..Tally::default()
            };
            if ShownTally::hidden(&other, late) == seen {
                found.push(all);
            }
        }
        found
    }

    #[test]
    fn one_that_was_missed_cannot_be_found_by_taking_one_number_from_another() {
        let tally = Tally {
            kept: 6,
            missed: 1,
            ..Tally::default()
        };
        let shown = ShownTally::hidden(&tally, true);
        assert_eq!(shown.share.numerator, Shown::Hidden);
        assert_eq!(shown.share.denominator, Shown::Number(7));
        assert_eq!(shown.missed, Shown::Hidden);
        assert_eq!(shown.kept, Shown::Hidden);
        assert!(alike(&tally, true).iter().any(|other| other[2] != 1));
    }

    #[test]
    fn large_numbers_stay_as_they_are() {
        let tally = Tally {
            kept: 46,
            missed: 7,
            ..Tally::default()
        };
        let shown = ShownTally::hidden(&tally, true);
        assert_eq!(shown, ShownTally::exact(&tally, true));
    }

    proptest! {
        #[test]
        fn no_small_part_is_ever_shown(kept in 0u64..9, late in 0u64..9, missed in 0u64..9, none in 0u64..9, open in 0u64..9, counts in any::<bool>()) {
            let tally = Tally { kept, kept_recorded_late: late, missed, missed_no_safe_route: none, open_without_due: open, ..Tally::default() };
            for part in parts(&ShownTally::hidden(&tally, counts)) {
                prop_assert!(!matches!(part, Shown::Number(1..=4)));
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        /// Whoever knows these rules, and sees every number that is shown, still cannot tell a hidden small number.
        #[test]
        fn a_small_number_could_always_be_another(kept in 0u64..8, late in 0u64..8, missed in 0u64..6, none in 0u64..3, open in 0u64..3, counts in any::<bool>()) {
            let tally = Tally { kept, kept_recorded_late: late, missed, missed_no_safe_route: none, open_without_due: open, ..Tally::default() };
            let all = [kept, late, missed, none, open];
            let others = alike(&tally, counts);
            for (place, number) in all.iter().enumerate().filter(|(_, number)| (1..=4).contains(*number)) {
                prop_assert!(others.iter().any(|other| other[place] != *number), "part {} is {} for certain: {:?}", place, number, all);
            }
        }
    }
}
