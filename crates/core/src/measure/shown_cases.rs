//! A count of cases as somebody may see it who has no leave to open them.
//!
//! Who was asked lies within all, who answered within those asked, and who said so within those who answered. Each of
//! these taken from the one around it is a number too, so they are hidden together.

use super::figure::{Figure, percent_words};
use super::small::{Shown, ShownShare, hide, hide_share};

/// A figure over cases as somebody may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownCases {
    /// How many of how many.
    pub share: ShownShare,
    /// How many were asked, where people were asked.
    pub asked: Option<Shown>,
    /// How many of them answered.
    pub answered: Option<Shown>,
}

impl ShownCases {
    /// Every number as it is.
    pub fn exact(figure: &Figure) -> Self {
        ShownCases {
            share: ShownShare {
                numerator: Shown::Number(figure.numerator),
                denominator: Shown::Number(figure.denominator),
                percent: figure.percent(),
            },
            asked: figure.asked.map(Shown::Number),
            answered: figure.answered.map(Shown::Number),
        }
    }

    /// Numbers from one to four hidden, with whatever would give them away. `beside` says that another count of the
    /// same cases would give this one away; `cases` is how many cases there are in all.
    pub fn hidden(figure: &Figure, cases: u64, beside: bool) -> Self {
        let (Some(asked), Some(answered)) = (figure.asked, figure.answered) else {
            let mut share = hide_share(figure.numerator, figure.denominator);
            if beside {
                share.numerator = Shown::Hidden;
                share.percent = None;
            }
            return ShownCases {
                share,
                asked: None,
                answered: None,
            };
        };
        let parts = [
            figure.numerator,
            answered.saturating_sub(figure.numerator),
            asked.saturating_sub(answered),
            cases.saturating_sub(asked),
        ];
        let (shown, whole) = hide(&parts);
        let may_show = |inside: &[Shown]| whole && !beside && inside.iter().all(|one| *one != Shown::Hidden);
        let number = |may: bool, number: u64| if may { Shown::Number(number) } else { Shown::Hidden };
        let numerator = number(may_show(&shown[..1]), figure.numerator);
        let answered_shown = number(may_show(&shown[..2]), answered);
        let asked_shown = number(may_show(&shown[..3]), asked);
        let denominator = match figure.denominator {
            of if of == answered => answered_shown,
            of if of == asked => asked_shown,
            of => number(whole, of),
        };
        let percent = match (numerator, denominator) {
            (Shown::Number(numerator), Shown::Number(of)) => percent_words(numerator, of),
            (Shown::Hidden, _) | (_, Shown::Hidden) => None,
        };
        ShownCases {
            share: ShownShare {
                numerator,
                denominator,
                percent,
            },
            asked: Some(asked_shown),
            answered: Some(answered_shown),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::hide_beside;
    use super::*;

    fn answers(numerator: u64, answered: u64, asked: u64) -> Figure {
        Figure {
            numerator,
            denominator: answered,
            asked: Some(asked),
            answered: Some(answered),
            ..Figure::default()
        }
    }

    #[test]
    fn one_who_was_unhappy_is_not_found_by_taking_the_happy_from_those_who_answered() {
        let shown = ShownCases::hidden(&answers(9, 10, 20), 44, false);
        assert_eq!(shown.share.numerator, Shown::Hidden);
        assert_eq!(shown.answered, Some(Shown::Hidden));
        assert_eq!(shown.share.percent, None);
        assert_eq!(
            ShownCases::exact(&answers(9, 10, 20)).share.percent.as_deref(),
            Some("90.0")
        );
    }

    #[test]
    fn large_parts_stay_with_who_was_asked_and_who_answered() {
        let shown = ShownCases::hidden(&answers(30, 40, 60), 80, false);
        assert_eq!(shown.share.numerator, Shown::Number(30));
        assert_eq!(
            (shown.answered, shown.asked),
            (Some(Shown::Number(40)), Some(Shown::Number(60)))
        );
        assert_eq!(shown.share.percent.as_deref(), Some("75.0"));
    }

    #[test]
    fn nobody_asked_is_said_and_gives_nobody_away() {
        let shown = ShownCases::hidden(&answers(0, 0, 0), 44, false);
        assert_eq!(shown.asked, Some(Shown::Number(0)));
        assert_eq!(shown.share.denominator, Shown::Number(0));
    }

    #[test]
    fn counts_of_the_same_cases_do_not_give_a_small_rest_away() {
        // 20 cases: 10 of ours, 8 of others, so 2 with none.
        assert_eq!(hide_beside(20, &[10, 8], &[]), [false, true]);
        // 40 cases: 20, 10, and 10 with none: nothing to hide.
        assert_eq!(hide_beside(40, &[20, 10], &[40]), [false, false]);
        // One more with it than without it.
        assert_eq!(hide_beside(60, &[20, 21], &[]), [true, false]);
        // Three that leave 4 of 104.
        assert_eq!(hide_beside(104, &[50, 30, 20], &[]), [false, false, true]);
        // 23 clocks kept by any assessment, 20 of them by ours: 3 by others'.
        assert_eq!(hide_beside(60, &[20], &[23]), [true]);
        assert_eq!(hide_beside(0, &[0, 0], &[]), [false, false]);
    }
}
