//! A due time worked out from what is known at one step, with its explanation.

use super::clock::MOST_TIMES;
use super::day::end_of;
use super::world::{View, World};
use crate::calendar::{
    CalendarFault, ClockTime, Due, LAST_YEAR, LeadTime, Roll, Rule, WorkingCalendar, date_words, london_date,
    moment_words, on_date,
};
use crate::coded::{CodedFact, Kind};
use crate::pack::{
    DueBy, DueForm, LaterGrade, ObligationRule, Pack, Rhythm, RhythmFrom, RhythmUnit, Stage, rule_name,
};
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use std::collections::BTreeSet;

/// The last day of the calendar.
const LAST_DAY: Date = date(LAST_YEAR, 12, 31);

/// A due time, or why there is none, and how it was worked out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reckoned {
    pub(super) at: Option<Timestamp>,
    pub(super) steps: Vec<String>,
    pub(super) rule: String,
    pub(super) not_stated: Option<String>,
    pub(super) own: bool,
    /// Whether nothing is due at the level that counts.
    pub(super) nothing: bool,
    pub(super) tier: Option<String>,
    /// Whether somebody graded that level, and it is not the one that counts while nobody has.
    pub(super) graded: bool,
}

/// One time of one clock, to be reckoned at any step.
#[derive(Clone, Copy)]
pub(super) struct Time<'a> {
    pub(super) rule: &'a ObligationRule,
    pub(super) calendar: &'a WorkingCalendar,
    /// From when it counts: the start, or what met it last.
    pub(super) base: Timestamp,
    /// When the clock started. Agreements with the survivor count since then.
    pub(super) started: Timestamp,
    /// Which time since the base: 1, and more after a miss.
    pub(super) k: u32,
    /// The due time before this one, or the start.
    pub(super) after: Timestamp,
    /// If holidays that are announced later count: by which pack, and what day it is.
    pub(super) later_holidays: Option<(&'a Pack, Date)>,
}

/// Pauses that are over, from each first moment until each second one.
pub(super) type Pauses = Vec<(Timestamp, Timestamp)>;

impl Time<'_> {
    /// The due time as known at a step. `standing` is the due time until then: some changes only bring it forward.
    pub(super) fn reckon(
        &self,
        world: &World<'_>,
        view: View<'_>,
        pauses: &Pauses,
        standing: Option<Timestamp>,
    ) -> Reckoned {
        let mut reckoned = match &self.rule.due {
            DueBy::One(form) => self.form(form, self.base, world, view, pauses),
            DueBy::Tier(tiers) => {
                let Some((level, grade)) = world.level(&tiers.scale, view) else {
                    return Reckoned::default();
                };
                let Some(form) = tiers.due.get(&level) else {
                    let rule = format!("nothing is due at level {level}");
                    return Reckoned {
                        rule,
                        tier: Some(level),
                        nothing: true,
                        ..Reckoned::default()
                    };
                };
                let first = world.grades(&tiers.scale, view) <= 1;
                let changed = grade
                    .map(|fact| fact.times.aware)
                    .filter(|change| !first && *change > self.base);
                let from = match (tiers.later, changed) {
                    (LaterGrade::Change | LaterGrade::Earlier, Some(change)) => change,
                    (LaterGrade::Start, _) | (LaterGrade::Change | LaterGrade::Earlier, None) => self.base,
                };
                let mut reckoned = self.form(form, from, world, view, pauses);
                if tiers.later == LaterGrade::Earlier
                    && changed.is_some()
                    && standing.is_some_and(|old| reckoned.at.is_none_or(|new| old < new))
                {
                    reckoned.at = standing;
                    reckoned
                        .steps
                        .push("The date set before is earlier, and stands.".to_owned());
                }
                let graded = match grade {
                    Some(fact) => format!("Level {level}, since {}.", moment_words(fact.times.aware)),
                    None => format!("Not graded yet, which counts as {level}."),
                };
                reckoned.steps.insert(0, graded);
                reckoned.tier = Some(level);
                reckoned.graded = grade.is_some();
                reckoned
            }
        };
        self.agreed_rhythm(world, view, pauses, &mut reckoned);
        self.new_date(world, view, &mut reckoned);
        reckoned
    }

    fn form(
        &self,
        form: &DueForm,
        from: Timestamp,
        world: &World<'_>,
        view: View<'_>,
        pauses: &Pauses,
    ) -> Reckoned {
        let named = |at: Option<Timestamp>, steps: Vec<String>| Reckoned {
            at,
            steps,
            rule: form.name(),
            ..Reckoned::default()
        };
        match form {
            DueForm::Rule(rule) => self.counted(rule, from, pauses),
            DueForm::Rhythm(rhythm) => Reckoned {
                rule: rhythm.name(),
                ..self.counted(&kth(rhythm, self.k), from, pauses)
            },
            DueForm::Changing(stages) => {
                let (stage, from, k) = self.stage_of(stages, from, world);
                let mut reckoned = self.counted(&kth(&stage.rhythm, k), from, pauses);
                if let Some(lasts) = stage.lasts {
                    let said = format!("So it is for {} from the start.", lasts.name());
                    reckoned.steps.insert(0, said);
                }
                Reckoned {
                    rule: stage.rhythm.name(),
                    ..reckoned
                }
            }
            DueForm::Place { place, .. } => match self.calendar.due_at_place(place, from, self.k) {
                Ok(due) => named(Some(due.at), due.explanation),
                Err(fault) => named(None, vec![fault.to_string()]),
            },
            DueForm::BeforeMeeting {
                meeting, lead, at, ..
            } => self
                .ahead_of_meeting(world.meetings(meeting, view), *lead, *at)
                .map_or_else(
                    || named(None, vec!["No meeting to come is known yet.".to_owned()]),
                    |(at, steps)| named(Some(at), steps),
                ),
            DueForm::BeforeDate { fact, date, lead } => {
                // A clock that the dated fact itself started keeps that fact's date; others follow the latest.
                let own = view.start.filter(|start| fact.fits(start));
                let planned = own
                    .or_else(|| world.latest(view, |known| fact.fits(known)))
                    .and_then(|known| known.date(date));
                match (planned, lead) {
                    (None, _) => named(
                        None,
                        vec![format!(
                            "No date is known yet: it waits for {}.",
                            fact.kind.name()
                        )],
                    ),
                    (Some(planned), None) => named(
                        Some(end_of(planned)),
                        vec![format!("By the end of {}.", date_words(planned))],
                    ),
                    (Some(planned), Some(lead)) => match self.calendar.due_before(lead, planned) {
                        Ok(due) => named(Some(due.at), due.explanation),
                        Err(fault) => named(None, vec![fault.to_string()]),
                    },
                }
            }
            DueForm::BeforeFact(fact) => {
                let known = world.facts[..view.known.min(world.facts.len())]
                    .iter()
                    .find(|known| fact.fits(known) && known.times.happened >= self.base);
                match known {
                    Some(known) => {
                        let step = format!(
                            "Before {}, which happened on {}.",
                            fact.kind.name(),
                            moment_words(known.times.happened)
                        );
                        named(Some(known.times.happened), vec![step])
                    }
                    None => named(
                        None,
                        vec![format!("Before {}, which has not happened.", fact.kind.name())],
                    ),
                }
            }
            DueForm::EarliestOf(several) => {
                let mut all = several
                    .iter()
                    .map(|one| self.form(one, from, world, view, pauses));
                let earliest = all
                    .by_ref()
                    .filter(|one| one.at.is_some())
                    .min_by_key(|one| one.at);
                earliest.map_or_else(
                    || named(None, Vec::new()),
                    |one| one.said_first("The earliest of several ways counts."),
                )
            }
            DueForm::LatestOf(several) => {
                let all: Vec<Reckoned> = several
                    .iter()
                    .map(|one| self.form(one, from, world, view, pauses))
                    .collect();
                if all.iter().any(|one| one.at.is_none()) {
                    return named(
                        None,
                        vec!["The latest of several ways counts, and one has no date yet.".to_owned()],
                    );
                }
                let latest = all.into_iter().max_by_key(|one| one.at);
                latest.map_or_else(
                    || named(None, Vec::new()),
                    |one| one.said_first("The latest of several ways counts."),
                )
            }
            DueForm::Offsets { of, then } => match of.get(self.k as usize - 1) {
                Some(rule) => self.counted(rule, from, pauses),
                None => match (of.last(), then) {
                    (Some(last), Some(then)) => {
                        let anchor = self.counted(last, from, pauses).at.unwrap_or(from);
                        let k = self.k - of.len() as u32;
                        Reckoned {
                            rule: then.name(),
                            ..self.counted(&kth(then, k), anchor, pauses)
                        }
                    }
                    (Some(_) | None, _) => Reckoned::default(),
                },
            },
            DueForm::NotStated { word, own } => {
                let mut reckoned = match own {
                    Some(own) => self.form(own, from, world, view, pauses),
                    None => Reckoned::default(),
                };
                reckoned.own = own.is_some();
                reckoned.not_stated = Some(word.clone());
                let said = match own {
                    Some(_) => format!(
                        "The policy says \"{word}\" and states no number: {} is the landlord's own.",
                        reckoned.rule
                    ),
                    None => {
                        format!("The policy says \"{word}\" and states no number; the landlord has set none.")
                    }
                };
                if own.is_none() {
                    reckoned.rule = form.name();
                }
                reckoned.said_first(&said)
            }
        }
    }

    /// The rhythm that counts, from when, and which time of it. Counted from the last time, that is the rhythm in
    /// which this time began; from the start, each rhythm counts from the day on which the one before it ended.
    fn stage_of<'s>(
        &self,
        stages: &'s [Stage],
        from: Timestamp,
        world: &World<'_>,
    ) -> (&'s Stage, Timestamp, u32) {
        let (mut opens, mut k) = (self.started, self.k);
        let mut at = stages.iter();
        let mut stage = at.next().expect("a rhythm that changes has at least two");
        for next in at {
            let Some(lasts) = stage.lasts else { break };
            // No calendar reaches further, and no date beyond it is asked of one.
            let ends = world.after(opens, lasts).min(LAST_DAY);
            match stage.rhythm.from {
                RhythmFrom::Last => {
                    if london_date(from) < ends {
                        break;
                    }
                }
                RhythmFrom::Anchor => {
                    let within = times_until(world, &stage.rhythm, opens, ends);
                    if k <= within {
                        break;
                    }
                    k -= within;
                }
            }
            opens = on_date(ends, ClockTime::of_moment(opens));
            stage = next;
        }
        match stage.rhythm.from {
            RhythmFrom::Last => (stage, from, k),
            RhythmFrom::Anchor => (stage, opens, k),
        }
    }

    /// Ahead of the first meeting for which it is not too late: those whose time has gone are for the time before.
    fn ahead_of_meeting(
        &self,
        meetings: BTreeSet<Date>,
        lead: Option<LeadTime>,
        at: Option<ClockTime>,
    ) -> Option<(Timestamp, Vec<String>)> {
        let by = at.unwrap_or(ClockTime::LAST_SECOND);
        meetings.into_iter().find_map(|meeting| {
            let (due, steps) = match lead {
                Some(lead) => {
                    let due = self.calendar.due_before_by(&lead, meeting, by).ok()?;
                    (due.at, due.explanation)
                }
                None => {
                    let due = on_date(meeting, by);
                    let said = format!("On the day of the meeting, by {}.", moment_words(due));
                    (due, vec![said])
                }
            };
            (due > self.after).then_some((due, steps))
        })
    }

    fn counted(&self, rule: &Rule, from: Timestamp, pauses: &Pauses) -> Reckoned {
        let pauses = usable(pauses, from);
        let due = self.calendar.due_paused(rule, from, &pauses);
        let due = due.map(|due| self.with_later_holidays(rule, from, &pauses, due));
        match due {
            Ok(due) => Reckoned {
                at: Some(due.at),
                steps: due.explanation,
                rule: rule_name(rule),
                ..Reckoned::default()
            },
            Err(fault) => no_due(rule, &fault),
        }
    }

    /// The due time once holidays count that were announced after the clock started, until it was due by those known
    /// then. They only ever move it on: nobody loses time by an announcement.
    fn with_later_holidays(&self, rule: &Rule, from: Timestamp, pauses: &Pauses, due: Due) -> Due {
        let Some((pack, today)) = self.later_holidays else {
            return due;
        };
        let known = pack.calendar(today.min(london_date(due.at)));
        match known.due_paused(rule, from, pauses) {
            Ok(mut later) if later.at > due.at => {
                let said = format!(
                    "A holiday announced since then moves it: until then it was {}.",
                    moment_words(due.at)
                );
                later.explanation.push(said);
                later
            }
            Ok(_) | Err(_) => due,
        }
    }

    /// Another rhythm that the survivor agreed: never longer than she agreed, never beyond its end, and only if
    /// she answered, since silence is not agreement.
    fn agreed_rhythm(&self, world: &World<'_>, view: View<'_>, pauses: &Pauses, reckoned: &mut Reckoned) {
        let Some(allowed) = self.rule.other_rhythm else {
            return;
        };
        let answered = |fact: &CodedFact| {
            fact.kind == Kind::RhythmAgreed
                && fact.times.happened >= self.started
                && matches!(fact.code("answer"), Some("agreed" | "no_contact"))
        };
        let Some(agreement) = world.latest(view, answered) else {
            return;
        };
        let Some(ends) = agreement.date("until").or(agreement.date("review")) else {
            reckoned.steps.push(
                "A rhythm was agreed without an end or a review date, so it does not count.".to_owned(),
            );
            return;
        };
        // What the policy lets somebody agree to is never longer than it says.
        let longest = allowed
            .at_most
            .map(|most| world.after(agreement.times.happened, most));
        let ends = longest.map_or(ends, |longest| ends.min(longest));
        let ends_at = end_of(ends);
        if self.base.as_second() >= ends_at.as_second() {
            reckoned
                .steps
                .push(format!("The rhythm agreed until {} is over.", date_words(ends)));
            return;
        }
        let agreed = match agreement.code("answer") {
            Some("no_contact") => Some(ends_at),
            Some(_) | None => self.interval_of(agreement, pauses),
        };
        let Some(agreed) = agreed else {
            reckoned
                .steps
                .push("A rhythm was agreed without saying how often, so it does not count.".to_owned());
            return;
        };
        let after_it_ends = reckoned.at.map_or(ends_at, |usual| usual.max(ends_at));
        reckoned.at = Some(agreed.min(after_it_ends));
        reckoned.rule = format!("as agreed with the survivor, until {}", date_words(ends));
        reckoned.steps.push(format!(
            "On {} she agreed to another rhythm, until {}: {}.",
            moment_words(agreement.times.happened),
            date_words(ends),
            moment_words(agreed.min(after_it_ends)),
        ));
    }

    fn interval_of(&self, agreement: &CodedFact, pauses: &Pauses) -> Option<Timestamp> {
        let every = u32::try_from(agreement.number("every")?)
            .ok()
            .filter(|every| (1..=1_200).contains(every))?;
        let unit = match agreement.code("unit") {
            Some("working_days") => RhythmUnit::WorkingDays,
            Some("weeks") => RhythmUnit::Weeks,
            Some("months") => RhythmUnit::Months,
            Some(_) | None => RhythmUnit::Days,
        };
        let rhythm = Rhythm {
            every,
            unit,
            from: RhythmFrom::Last,
            roll: Roll::None,
            times: None,
        };
        self.counted(&kth(&rhythm, self.k), self.base, pauses).at
    }

    /// A new date given because the old one was not practicable, or as she wished.
    fn new_date(&self, world: &World<'_>, view: View<'_>, reckoned: &mut Reckoned) {
        let moves = |fact: &CodedFact| {
            excuses(self.rule, fact) && fact.times.happened >= self.base && fact.date("until").is_some()
        };
        let Some((fact, until)) = world
            .latest(view, moves)
            .and_then(|fact| Some((fact, fact.date("until")?)))
        else {
            return;
        };
        let ground = fact.code("ground").unwrap_or_default();
        reckoned.at = Some(end_of(until));
        reckoned.steps.push(format!(
            "Put off to {} on the ground {ground}, recorded on {}.",
            date_words(until),
            moment_words(fact.times.recorded)
        ));
    }
}

impl Reckoned {
    fn said_first(mut self, sentence: &str) -> Self {
        self.steps.insert(0, sentence.to_owned());
        self
    }
}

/// Whether a fact excuses this rule on a ground that its pack gives.
pub(super) fn excuses(rule: &ObligationRule, fact: &CodedFact) -> bool {
    fact.kind == Kind::ObligationExcused
        && fact.code("rule") == Some(rule.id.as_str())
        && fact
            .code("ground")
            .is_some_and(|ground| rule.excuse.iter().any(|allowed| allowed == ground))
}

/// A time of a rhythm as a rule of the calendar: counted once from the last time, or k times from the anchor.
fn kth(rhythm: &Rhythm, k: u32) -> Rule {
    let (n, roll) = (rhythm.every, rhythm.roll);
    match (rhythm.unit, rhythm.from) {
        (RhythmUnit::Days, _) => Rule::CalendarDaysEndOfDay {
            n: n.saturating_mul(k),
            roll,
        },
        (RhythmUnit::WorkingDays, _) => Rule::WorkingDaysEndOfDay {
            n: n.saturating_mul(k),
        },
        (RhythmUnit::Weeks, RhythmFrom::Anchor) => Rule::EveryWeeksKth { n, k, roll },
        (RhythmUnit::Months, RhythmFrom::Anchor) => Rule::EveryMonthsKth { n, k, roll },
        (RhythmUnit::Weeks, RhythmFrom::Last) => Rule::WeeksEndOfDay { n, roll },
        (RhythmUnit::Months, RhythmFrom::Last) => Rule::MonthsEndOfDay { n, roll },
    }
}

/// How many times of a rhythm fall on or before a day, counted from a moment.
fn times_until(world: &World<'_>, rhythm: &Rhythm, from: Timestamp, ends: Date) -> u32 {
    let start = london_date(from);
    let falls = |k: u32| {
        let n = i64::from(rhythm.every) * i64::from(k);
        match rhythm.unit {
            RhythmUnit::Days => start.saturating_add(n.days()),
            RhythmUnit::Weeks => start.saturating_add(n.weeks()),
            RhythmUnit::Months => start.saturating_add(n.months()),
            RhythmUnit::WorkingDays => world.nth_working_day(start, n),
        }
    };
    (1..=MOST_TIMES)
        .take_while(|k| falls(*k) <= ends.min(LAST_DAY))
        .last()
        .unwrap_or(0)
}

/// Pauses that ended after the clock's base, in the calendar's form.
fn usable(pauses: &Pauses, from: Timestamp) -> Pauses {
    pauses
        .iter()
        .copied()
        .filter(|(begins, ends)| begins < ends && *ends > from)
        .collect()
}

fn no_due(rule: &Rule, fault: &CalendarFault) -> Reckoned {
    Reckoned {
        steps: vec![fault.to_string()],
        rule: rule_name(rule),
        ..Reckoned::default()
    }
}
