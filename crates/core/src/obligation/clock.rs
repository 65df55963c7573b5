//! One clock: one rule started once, for one item, run to the moment that is asked about.

use super::acts::{Act, acts};
use super::day::{in_time, second_after, start_of};
use super::ending::{Ended, ending};
use super::notices::notices;
use super::reckon::Time;
use super::state::{Due, KeptLate, Obligation, Started, State};
use super::succession::TakenOver;
use super::track::Track;
use super::world::{View, World};
use crate::calendar::{CALENDAR_VERSION, WorkingCalendar, all_holidays, local_text, london_date};
use crate::coded::{CodedFact, Kind};
use crate::ids::Position;
use crate::pack::{DueForm, ObligationRule, Pack, RhythmFrom};
use jiff::Timestamp;
use jiff::civil::Date;

/// The most times of one rhythm that are told apart: a daily contact for more than a year and a half.
pub(super) const MOST_TIMES: u32 = 600;

/// One clock.
pub(super) struct Clock<'a> {
    pub(super) rule: &'a ObligationRule,
    pub(super) world: &'a World<'a>,
    pub(super) calendar: WorkingCalendar,
    /// The starting fact, if a fact and not another clock started it.
    pub(super) start: Option<&'a CodedFact>,
    pub(super) started: Started,
    pub(super) item: Option<String>,
    /// The later starting fact that replaces this clock, if the pack counts only the latest.
    pub(super) replaced_by: Option<&'a CodedFact>,
    /// Since when it goes on under a newer version of the policy, if it does.
    pub(super) taken_over: Option<TakenOver>,
}

/// What one clock is run with.
pub(super) struct Run<'a> {
    pub(super) now: Timestamp,
    pub(super) applies: Applies<'a>,
    ended: Option<Ended<'a>>,
    acts: Vec<Act>,
}

/// The time since which a rhythm that still runs has gone by unkept. It asks until somebody does it: if only the time
/// that runs did, somebody not heard of since the last contact would look like somebody who has two weeks left.
fn late_since(times: &[Obligation]) -> Option<usize> {
    let (last, before) = times.split_last()?;
    let gone_by = before
        .iter()
        .rev()
        .take_while(|time| time.is_missed() && time.is_owed())
        .count();
    (last.is_owed() && !last.is_missed() && gone_by > 0).then(|| before.len() - gone_by)
}

/// Which time of a clock, from when it counts, and how many rhythms from there.
#[derive(Clone, Copy)]
struct Nth {
    number: u32,
    base: Timestamp,
    k: u32,
    /// The due time before this one, or the start.
    after: Timestamp,
}

/// Since which fact the clock's condition holds, if it did not from the start; and which fact ended that.
pub(super) struct Applies<'a> {
    pub(super) since: Option<&'a CodedFact>,
    until: Option<&'a CodedFact>,
}

impl<'a> Clock<'a> {
    /// Every time of this clock, up to the one that is open at `now`.
    pub(super) fn run(&self, now: Timestamp) -> Vec<Obligation> {
        let Some(applies) = self.applies() else {
            return Vec::new();
        };
        let ended = ending(self, applies.until);
        let run = Run {
            now,
            applies,
            ended,
            acts: acts(self),
        };
        let mut times = match self.repeats() {
            None => {
                let only = Nth {
                    number: 1,
                    base: self.started.at,
                    k: 1,
                    after: self.started.at,
                };
                self.time(&run, only, run.acts.first()).into_iter().collect()
            }
            Some(RhythmFrom::Last) => self.times_from_last(&run),
            Some(RhythmFrom::Anchor) => self.times_from_anchor(&run),
        };
        let last = times.len().saturating_sub(1);
        let late_since = late_since(&times);
        for (number, obligation) in times.iter_mut().enumerate().take(last) {
            obligation.followed = Some(number) != late_since;
        }
        times
    }

    /// When its trigger was received: this says which pack is in force for it. A clock that another clock started
    /// belongs to that one's pack.
    pub(super) fn received(&self) -> Option<Timestamp> {
        self.start.map(|fact| fact.times.aware)
    }

    /// A view of the first so many facts.
    pub(super) fn view(&self, known: usize) -> View<'_> {
        View {
            known,
            item: self.item.as_deref(),
            start: self.start,
        }
    }

    /// Whether a fact concerns this clock's item.
    pub(super) fn concerns(&self, fact: &CodedFact) -> bool {
        self.item.is_none() || fact.item == self.item
    }

    /// How many facts are known when the clock starts, its own included.
    pub(super) fn known_at(&self, moment: Timestamp) -> usize {
        let facts = &self.world.facts;
        let own = facts
            .iter()
            .position(|fact| fact.position == self.started.by)
            .map_or(0, |index| index + 1);
        facts
            .iter()
            .position(|fact| fact.times.recorded > moment)
            .unwrap_or(facts.len())
            .max(own)
    }

    /// When the rule's condition holds: at the start or from a later fact on. Nothing if it never does.
    fn applies(&self) -> Option<Applies<'a>> {
        let Some(condition) = &self.rule.when else {
            return Some(Applies {
                since: None,
                until: None,
            });
        };
        let facts = &self.world.facts;
        let own = facts
            .iter()
            .position(|fact| fact.position == self.started.by)
            .map_or(0, |index| index + 1);
        let mut applies: Option<Applies<'a>> = None;
        for known in own.max(1)..=facts.len() {
            let holds = self.world.holds(condition, self.view(known));
            let fact = facts[known - 1];
            match (&mut applies, holds) {
                (None, true) => {
                    let since = (known > own).then_some(fact);
                    applies = Some(Applies { since, until: None });
                }
                (Some(applies), true) => applies.until = None,
                (Some(applies), false) if applies.until.is_none() => applies.until = Some(fact),
                (Some(_), false) | (None, false) => {}
            }
        }
        applies
    }

    /// How the clock repeats, if it does.
    fn repeats(&self) -> Option<RhythmFrom> {
        self.rule.due.forms().into_iter().find_map(DueForm::repeats)
    }

    fn most_times(&self) -> u32 {
        let limit = self.rule.due.forms().into_iter().find_map(DueForm::times);
        limit.unwrap_or(MOST_TIMES).min(MOST_TIMES)
    }

    /// Each time counts from what met it last. A second act on the same date is the same time; a missed time is a
    /// record of its own, and the next counts from the date that was missed.
    fn times_from_last(&self, run: &Run<'a>) -> Vec<Obligation> {
        let mut times: Vec<Obligation> = Vec::new();
        let (mut base, mut number) = (self.started.at, 1);
        let mut after_a_miss = self.taken_over.is_some_and(|taken| taken.after_a_miss);
        while number <= self.most_times() {
            let act = run
                .acts
                .iter()
                .find(|act| london_date(act.happened) > london_date(base));
            let nth = Nth {
                number,
                base,
                k: 1,
                after: base,
            };
            let Some(time) = self.time(run, nth, act) else {
                break;
            };
            let due = time.due.at;
            let next = match (&time.state, act, due) {
                (State::Met { .. }, Some(act), _) if after_a_miss => {
                    // What kept the missed times late is not a time of its own.
                    (base, after_a_miss) = (act.happened, false);
                    continue;
                }
                (State::Met { .. }, Some(act), _) => Some((act.happened, false)),
                (State::Missed { .. }, _, Some(due)) => Some((due, true)),
                (State::Excused { .. }, _, Some(due)) if !in_time(run.now, due) => Some((due, false)),
                (
                    State::Open
                    | State::Met { .. }
                    | State::Missed { .. }
                    | State::Excused { .. }
                    | State::Paused { .. }
                    | State::Lapsed { .. },
                    _,
                    _,
                ) => None,
            };
            times.push(time);
            number += 1;
            match next {
                Some((from, missed)) if from > base => (base, after_a_miss) = (from, missed),
                Some(_) | None => break,
            }
        }
        times
    }

    /// Each time has a window of its own, from the due time before it to its own, and does not drift.
    fn times_from_anchor(&self, run: &Run<'a>) -> Vec<Obligation> {
        let mut times: Vec<Obligation> = Vec::new();
        let mut opened = self.started.at;
        let limit = self.most_times();
        for k in 1..=limit {
            let act = run.acts.iter().find(|act| {
                if k == 1 {
                    act.happened >= opened
                } else {
                    !in_time(act.happened, opened)
                }
            });
            let Some(mut time) = self.time(
                run,
                Nth {
                    number: k,
                    base: self.started.at,
                    k,
                    after: opened,
                },
                act,
            ) else {
                break;
            };
            if let State::Missed { kept_late, .. } = &mut time.state {
                // What comes in the next window belongs to that one.
                *kept_late = None;
            }
            let due = time.due.at.filter(|due| *due > opened);
            let is_over = due.is_some_and(|due| !in_time(run.now, due));
            let goes_on = match &time.state {
                State::Met { .. } | State::Missed { .. } | State::Excused { .. } => true,
                State::Open | State::Paused { .. } | State::Lapsed { .. } => false,
            };
            if goes_on && !is_over && k < limit {
                time.wake_at = due.map(second_after);
            }
            let ended_here = matches!(
                &time.state,
                State::Missed {
                    ended_by: Some(_),
                    ..
                }
            );
            times.push(time);
            match due {
                Some(due) if goes_on && is_over && !ended_here => opened = due,
                Some(_) | None => break,
            }
        }
        times
    }

    /// One time of the clock. Nothing if nothing is due at the level that counts.
    fn time(&self, run: &Run<'a>, nth: Nth, act: Option<&Act>) -> Option<Obligation> {
        let Nth {
            number,
            base,
            k,
            after,
        } = nth;
        let time = Time {
            rule: self.rule,
            calendar: &self.calendar,
            base,
            started: self.started.at,
            k,
            after,
            later_holidays: self.later_holidays(run.now),
        };
        let track = self.track(&time, run, act);
        if track.reckoned.nothing {
            return None;
        }
        let due_at = if track.paused.is_some() {
            None
        } else {
            track.reckoned.at
        };
        let state = self.state(run, due_at, act, &track, base);
        let notices = notices(self, base, due_at, &state, run.now);
        let wake_at = self.wake_at(run.now, due_at, &state, &notices);
        Some(Obligation {
            rule: self.rule.id.clone(),
            item: self.item.clone(),
            time: number,
            title: self.rule.title.clone(),
            clauses: self.rule.clauses.clone(),
            strength: self.rule.strength,
            who: self.rule.who.clone(),
            owed_to: self.rule.owed_to,
            started: Started {
                at: base,
                ..self.started.clone()
            },
            explanation: self.explain(base, &track, &state, &run.applies),
            due: Due {
                at: due_at,
                local: due_at.map(local_text),
                rule: track.reckoned.rule,
                not_stated: track.reckoned.not_stated,
                landlords_own: track.reckoned.own,
                before: track.before,
            },
            state,
            notices,
            wake_at,
            tier: track.reckoned.tier,
            followed: false,
            stands_in_for: self.rule.stands_in_for.clone(),
            pack: self.world.pack.stamp(),
            calendar: format!("{CALENDAR_VERSION} {}", self.calendar.nation.key()),
        })
    }

    fn state(
        &self,
        run: &Run<'a>,
        due: Option<Timestamp>,
        act: Option<&Act>,
        track: &Track<'a>,
        base: Timestamp,
    ) -> State {
        let ended = run.ended.as_ref();
        let in_time_at = |moment: Timestamp| due.is_none_or(|due| in_time(moment, due));
        let before_act = |moment: Timestamp| act.is_none_or(|act| moment < act.happened);
        if let Some(ended) = ended.filter(|ended| in_time_at(ended.at) && before_act(ended.at)) {
            return State::Lapsed {
                by: ended.by.position,
                why: ended.by.kind,
            };
        }
        if let Some(excused) = track.excused.filter(|fact| before_act(fact.times.happened)) {
            return State::Excused {
                by: excused.position,
                ground: excused.code("ground").unwrap_or_default().to_owned(),
            };
        }
        match (act, due) {
            (Some(act), due) if in_time_at(act.happened) => State::Met {
                by: act.by,
                happened: act.happened,
                recorded_late: due
                    .map(|due| act.recorded.as_second() - due.as_second())
                    .filter(|seconds| *seconds > 0),
            },
            (act, Some(due)) if self.rule.owed_by_others && (act.is_some() || !in_time(run.now, due)) => {
                // The time given to others is over. It is not ours to have missed.
                State::Lapsed {
                    by: self.started.by,
                    why: self.started.kind,
                }
            }
            (act, Some(due)) if act.is_some() || !in_time(run.now, due) => State::Missed {
                kept_late: act.map(|act| KeptLate {
                    by: act.by,
                    happened: act.happened,
                }),
                no_safe_route: self.no_safe_route(base, act),
                ended_by: ended
                    .filter(|ended| before_act(ended.at))
                    .map(|ended| ended.by.position),
            },
            (_, _) => match track.paused {
                Some((began, at_most_until)) => State::Paused {
                    by: began.position,
                    at_most_until,
                },
                None => State::Open,
            },
        }
    }

    /// The fact that says there was no safe route while this was to be done.
    fn no_safe_route(&self, base: Timestamp, act: Option<&Act>) -> Option<Position> {
        let explains = |fact: &&&CodedFact| {
            fact.kind == Kind::ObligationExcused
                && fact.code("ground") == Some("no_safe_route")
                && fact.code("rule").is_none_or(|rule| rule == self.rule.id)
                && self.concerns(fact)
                && fact.times.happened >= base
                && act.is_none_or(|act| fact.times.happened <= act.happened)
        };
        self.world.facts.iter().find(explains).map(|fact| fact.position)
    }

    fn wake_at(
        &self,
        now: Timestamp,
        due: Option<Timestamp>,
        state: &State,
        notices: &[super::state::Notice],
    ) -> Option<Timestamp> {
        let next_notice = notices.iter().map(|notice| notice.at).find(|at| *at > now);
        match state {
            State::Open => {
                let announced = self.next_announcement(now);
                due.map(second_after)
                    .into_iter()
                    .chain(next_notice)
                    .chain(announced)
                    .min()
            }
            State::Missed {
                kept_late: None,
                ended_by: None,
                ..
            } => next_notice,
            State::Paused { at_most_until, .. } => *at_most_until,
            State::Met { .. } | State::Missed { .. } | State::Excused { .. } | State::Lapsed { .. } => None,
        }
    }

    /// By which pack and day holidays count that were announced after the clock started, if they do.
    fn later_holidays(&self, now: Timestamp) -> Option<(&'a Pack, Date)> {
        let pack = self.world.pack;
        pack.landlord
            .later_holidays_move
            .then(|| (pack, london_date(now)))
    }

    /// When a holiday or closure is next announced, which may move the due time.
    fn next_announcement(&self, now: Timestamp) -> Option<Timestamp> {
        let (pack, today) = self.later_holidays(now)?;
        let holidays = all_holidays(pack.landlord.nation).iter();
        let days = holidays
            .flat_map(|holiday| [holiday.announced, holiday.withdrawn])
            .flatten();
        let closures = pack.closures.iter().filter_map(|closure| closure.announced);
        days.chain(closures)
            .filter(|day| *day > today)
            .min()
            .map(start_of)
    }

    fn explain(
        &self,
        base: Timestamp,
        track: &Track<'a>,
        state: &State,
        applies: &Applies<'a>,
    ) -> Vec<String> {
        let started = &self.started;
        let mut said = Vec::new();
        if base == started.at {
            said.push(format!(
                "{} (entry {}). The clock starts there.",
                started.kind.sentence().trim_end_matches('.'),
                started.by.0
            ));
        } else if self.world.facts.iter().any(|fact| fact.times.happened == base) {
            said.push("The time before this one was kept, and this one counts from then.".to_owned());
        } else {
            said.push("The time before this one went by, and this one counts from its date.".to_owned());
        }
        if let Some(since) = applies.since {
            said.push(format!(
                "It applies since entry {}: {}",
                since.position.0,
                since.kind.sentence()
            ));
        }
        said.extend(track.reckoned.steps.iter().cloned());
        said.extend(track.changes.iter().cloned());
        if let State::Missed {
            no_safe_route: Some(fact),
            ..
        } = state
        {
            said.push(format!(
                "There was no safe route (entry {}): it counts as missed, and this explains it.",
                fact.0
            ));
        }
        if let State::Met {
            recorded_late: Some(seconds),
            ..
        } = state
        {
            let hours = (seconds + 3599) / 3600;
            said.push(format!(
                "Kept in time, and recorded {hours} hours or less after the due time."
            ));
        }
        said
    }
}
