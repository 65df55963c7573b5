//! What is known at each step of a story, and whether a condition holds there.
//!
//! A step is a fact: conditions are judged as each fact is written down, never by the clock alone, so that nothing
//! changes silently between two facts.

use crate::calendar::{WorkingCalendar, london_date};
use crate::coded::{CodedFact, Kind, visible};
use crate::pack::{Condition, FactMatch, Pack, Pattern, Span, SpanUnit};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use std::collections::{BTreeMap, BTreeSet};

/// The facts that count, in the order in which they were recorded, and the pack that reads them.
pub(super) struct World<'a> {
    pub(super) facts: Vec<&'a CodedFact>,
    pub(super) pack: &'a Pack,
    /// For spans of working days, which ask no more of a calendar than its days.
    pub(super) calendar: WorkingCalendar,
}

/// From where a condition is judged.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    /// How many of the facts are known.
    pub(super) known: usize,
    /// The item of the clock that asks, if it has one.
    pub(super) item: Option<&'a str>,
    /// The clock's starting fact, if a clock asks.
    pub(super) start: Option<&'a CodedFact>,
}

impl FactMatch {
    /// Whether a fact is of this kind and says all of this.
    pub fn fits(&self, fact: &CodedFact) -> bool {
        fact.kind == self.kind
            && self.with.iter().all(|(name, any_of)| {
                fact.with
                    .get(name.as_str())
                    .is_some_and(|value| any_of.iter().any(|wanted| value.says(wanted)))
            })
            && self.no_fewer_than.iter().all(|(name, least)| {
                fact.number(name)
                    .is_some_and(|number| number >= i64::from(*least))
            })
            && self
                .no_more_than
                .iter()
                .all(|(name, most)| fact.number(name).is_some_and(|number| number <= i64::from(*most)))
    }
}

impl<'a> World<'a> {
    /// Known facts that concern the asker's item, or no item at all.
    fn known(&self, view: View<'_>) -> impl Iterator<Item = &'a CodedFact> + use<'a, '_> {
        let item = view.item.map(str::to_owned);
        self.facts[..view.known.min(self.facts.len())]
            .iter()
            .copied()
            .filter(move |fact| item.is_none() || fact.item.is_none() || fact.item == item)
    }

    /// The latest known fact that fits, by when it happened.
    pub(super) fn latest(&self, view: View<'_>, fits: impl Fn(&CodedFact) -> bool) -> Option<&'a CodedFact> {
        self.known(view)
            .filter(|fact| fits(fact))
            .max_by_key(|fact| (fact.times.happened, fact.position))
    }

    /// The dates of a calendar of meetings: those of the pack, and those planned as facts. A meeting that is planned
    /// again has its newest date alone.
    pub(super) fn meetings(&self, id: &str, view: View<'_>) -> BTreeSet<Date> {
        let mut dates: BTreeSet<Date> = self
            .pack
            .meeting(id)
            .into_iter()
            .flat_map(|one| one.on.iter().copied())
            .collect();
        let mut moved: BTreeMap<&str, Date> = BTreeMap::new();
        let planned = self.facts[..view.known.min(self.facts.len())]
            .iter()
            .filter(|fact| fact.kind == Kind::MeetingPlanned && fact.code("meeting") == Some(id));
        for fact in planned {
            match (fact.date("on"), fact.item.as_deref()) {
                (Some(on), Some(item)) => {
                    moved.insert(item, on);
                }
                (Some(on), None) => {
                    dates.insert(on);
                }
                (None, _) => {}
            }
        }
        dates.extend(moved.into_values());
        dates
    }

    /// Whether a condition holds.
    pub(super) fn holds(&self, condition: &Condition, view: View<'_>) -> bool {
        match condition {
            Condition::All(of) => of.iter().all(|one| self.holds(one, view)),
            Condition::Any(of) => of.iter().any(|one| self.holds(one, view)),
            Condition::AtLeast { n, of } => {
                of.iter().filter(|one| self.holds(one, view)).count() >= *n as usize
            }
            Condition::Not(one) => !self.holds(one, view),
            Condition::Latest(wanted) => self
                .latest(view, |fact| fact.kind == wanted.kind)
                .is_some_and(|fact| wanted.fits(fact)),
            Condition::Circumstance { what, is } => self
                .latest(view, |fact| {
                    fact.kind == Kind::CircumstanceRecorded && fact.code("what") == Some(what)
                })
                .and_then(|fact| fact.code("answer"))
                .is_some_and(|answer| is.iter().any(|wanted| wanted == answer)),
            Condition::Pattern(pattern) => self.pattern(pattern, view),
            Condition::Level { scale, is } => self
                .level(scale, view)
                .is_some_and(|(level, _)| is.contains(&level)),
            Condition::Start(wanted) => view.start.is_some_and(|fact| wanted.fits(fact)),
        }
    }

    /// The level on a scale, and the fact that graded it; ungraded counts as the pack says.
    pub(super) fn level(&self, scale: &str, view: View<'_>) -> Option<(String, Option<&'a CodedFact>)> {
        let scale = self.pack.scale(scale)?;
        let level_of = |fact: &CodedFact| {
            scale
                .graded_by
                .iter()
                .find(|(wanted, _)| wanted.fits(fact))
                .and_then(|(_, qualifier)| fact.code(qualifier))
                .filter(|level| scale.levels.iter().any(|known| known == level))
                .map(str::to_owned)
        };
        match self.latest(view, |fact| level_of(fact).is_some()) {
            Some(fact) => level_of(fact).map(|level| (level, Some(fact))),
            None => scale.ungraded_level().map(|level| (level.clone(), None)),
        }
    }

    /// How many known facts grade a scale.
    pub(super) fn grades(&self, scale: &str, view: View<'_>) -> usize {
        let Some(scale) = self.pack.scale(scale) else {
            return 0;
        };
        let grades = |fact: &&CodedFact| {
            scale
                .graded_by
                .iter()
                .any(|(wanted, qualifier)| wanted.fits(fact) && fact.code(qualifier).is_some())
        };
        self.known(view).filter(grades).count()
    }

    fn pattern(&self, pattern: &Pattern, view: View<'_>) -> bool {
        let Some(judged_at) = self.facts[..view.known.min(self.facts.len())]
            .iter()
            .map(|fact| fact.times.happened)
            .max()
        else {
            return false;
        };
        let earliest = pattern.within.map(|span| self.before(judged_at, span));
        let mut fitting: Vec<&CodedFact> = self
            .known(view)
            .filter(|fact| pattern.fact.fits(fact))
            .filter(|fact| earliest.is_none_or(|earliest| fact.times.happened >= earliest))
            .collect();
        fitting.sort_by_key(|fact| (fact.times.happened, fact.position));
        let (Some(first), Some(last)) = (fitting.first(), fitting.last()) else {
            return false;
        };
        let enough = fitting.len() >= pattern.times as usize;
        let days: BTreeSet<_> = fitting
            .iter()
            .map(|fact| london_date(fact.times.happened))
            .collect();
        let on_days = pattern.days.is_none_or(|wanted| days.len() >= wanted as usize);
        let different = pattern.different.as_ref().is_none_or(|(qualifier, wanted)| {
            let values: BTreeSet<_> = fitting
                .iter()
                .filter_map(|fact| fact.with.get(qualifier.as_str()))
                .collect();
            values.len() >= *wanted as usize
        });
        let apart = pattern
            .over
            .is_none_or(|span| first.times.happened <= self.before(last.times.happened, span));
        let undisturbed = pattern.none_since.as_ref().is_none_or(|other| {
            !self
                .known(view)
                .any(|fact| other.fits(fact) && fact.times.happened > first.times.happened)
        });
        enough && on_days && different && apart && undisturbed
    }

    /// The moment so long before another. Of days, weeks and months the whole date counts, so that "within the
    /// last 12 months" includes the date exactly 12 months before.
    pub(super) fn before(&self, moment: Timestamp, span: Span) -> Timestamp {
        let date = london_date(moment);
        let n = i64::from(span.n);
        let elapsed = |seconds: i64| {
            moment
                .checked_sub(SignedDuration::from_secs(seconds))
                .unwrap_or(Timestamp::MIN)
        };
        let day = match span.unit {
            SpanUnit::Minutes => return elapsed(n * 60),
            SpanUnit::Hours => return elapsed(n * 3600),
            SpanUnit::Days => date.saturating_sub(n.days()),
            SpanUnit::Weeks => date.saturating_sub(n.weeks()),
            SpanUnit::Months => date.saturating_sub(n.months()),
            SpanUnit::WorkingDays => self.nth_working_day(date, -n),
        };
        super::day::start_of(day)
    }

    /// The date so long after a moment's.
    pub(super) fn after(&self, moment: Timestamp, span: Span) -> Date {
        let (date, n) = (london_date(moment), i64::from(span.n));
        match span.unit {
            SpanUnit::Minutes => london_date(
                moment
                    .saturating_add(SignedDuration::from_mins(n))
                    .unwrap_or(moment),
            ),
            SpanUnit::Hours => london_date(
                moment
                    .saturating_add(SignedDuration::from_hours(n))
                    .unwrap_or(moment),
            ),
            SpanUnit::Days => date.saturating_add(n.days()),
            SpanUnit::Weeks => date.saturating_add(n.weeks()),
            SpanUnit::Months => date.saturating_add(n.months()),
            SpanUnit::WorkingDays => self.nth_working_day(date, n),
        }
    }

    /// The Nth working day after a date, or before it.
    pub(super) fn nth_working_day(&self, date: jiff::civil::Date, n: i64) -> jiff::civil::Date {
        let step = if n < 0 { -1 } else { 1 };
        let mut day = date;
        let mut left = n.abs();
        // A year of closed days is no calendar: the count ends rather than run for ever.
        let mut idle = 0;
        while left > 0 && idle < 366 {
            day = day.saturating_add(step.days());
            if self.calendar.is_working_day(day) {
                left -= 1;
                idle = 0;
            } else {
                idle += 1;
            }
        }
        day
    }
}

/// Whether a condition holds over everything that is known at a moment.
pub(crate) fn holds(condition: &Condition, pack: &Pack, facts: &[CodedFact], now: Timestamp) -> bool {
    let world = World {
        facts: visible(facts, now),
        pack,
        calendar: pack.calendar(london_date(now)),
    };
    world.holds(
        condition,
        View {
            known: world.facts.len(),
            item: None,
            start: None,
        },
    )
}
