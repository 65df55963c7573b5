//! A due time followed from fact to fact: levels, agreements, new dates and pauses.

use super::acts::Act;
use super::clock::{Clock, Run};
use super::day::{in_time, same_clock_time};
use super::reckon::{Pauses, Reckoned, Time, excuses};
use super::state::Earlier;
use crate::calendar::{london_date, moment_words};
use crate::coded::{CodedFact, Kind};
use crate::pack::{DueBy, PauseRule};
use jiff::Timestamp;

/// A due time followed through every change.
pub(super) struct Track<'a> {
    pub(super) reckoned: Reckoned,
    pub(super) before: Vec<Earlier>,
    pub(super) changes: Vec<String>,
    pub(super) paused: Option<(&'a CodedFact, Option<Timestamp>)>,
    pub(super) excused: Option<&'a CodedFact>,
}

impl<'a> Clock<'a> {
    /// Follows the due time from fact to fact. A change that is recorded after the due time has passed changes
    /// nothing: what was missed stays missed. Nothing falls due before its own change.
    pub(super) fn track(&self, time: &Time<'_>, run: &Run<'a>, act: Option<&Act>) -> Track<'a> {
        let facts = &self.world.facts;
        let known = self.known_at(time.base);
        let mut pauses = Pauses::new();
        let mut running: Option<&CodedFact> = None;
        let mut pauses_seen = 0;
        let mut track = Track {
            reckoned: Reckoned::default(),
            before: Vec::new(),
            changes: Vec::new(),
            paused: None,
            excused: None,
        };
        for fact in &facts[..known] {
            self.pause(
                fact,
                &mut running,
                &mut pauses,
                &mut pauses_seen,
                &mut track.changes,
            );
        }
        track.reckoned = self.reckon(time, known, &pauses, None);
        if let Some(since) = run.applies.since {
            no_earlier(&mut track.reckoned.at, since.times.aware);
        }
        for (index, fact) in facts.iter().enumerate().skip(known) {
            let standing = track.reckoned.at.filter(|_| running.is_none());
            let done_before = act.is_some_and(|act| {
                act.happened <= fact.times.recorded && standing.is_none_or(|due| in_time(act.happened, due))
            });
            let too_late = standing.is_some_and(|due| !in_time(fact.times.recorded, due));
            if done_before || too_late || !self.may_change(fact) {
                continue;
            }
            let paused = self.pause(
                fact,
                &mut running,
                &mut pauses,
                &mut pauses_seen,
                &mut track.changes,
            );
            let final_excuse = excuses(self.rule, fact)
                && self.concerns(fact)
                && fact.date("until").is_none()
                && fact.code("ground") != Some("not_practicable")
                && fact.times.happened >= time.base;
            if final_excuse {
                track.excused = Some(fact);
                break;
            }
            if paused && running.is_some() {
                continue;
            }
            self.change(time, fact, index, &pauses, &mut track);
        }
        if let Some(began) = running {
            let until = self.longest_pause(began, &pauses);
            match until {
                Some(until) if until <= run.now => {
                    pauses.push((began.times.happened, until));
                    let last = facts.len();
                    track.reckoned = self.reckon(time, last, &pauses, track.reckoned.at);
                    track.changes.push(format!(
                        "The pause reached the longest allowed on {}.",
                        moment_words(until)
                    ));
                }
                Some(_) | None => track.paused = Some((began, until)),
            }
        }
        track
    }

    /// The due time as known after so many facts, and never before the policy that sets it was in force.
    fn reckon(
        &self,
        time: &Time<'_>,
        known: usize,
        pauses: &Pauses,
        standing: Option<Timestamp>,
    ) -> Reckoned {
        let mut reckoned = time.reckon(self.world, self.view(known), pauses, standing);
        if let Some(taken) = self.taken_over {
            no_earlier(&mut reckoned.at, taken.at);
        }
        reckoned
    }

    /// Takes in one change of the due time.
    fn change(
        &self,
        time: &Time<'_>,
        fact: &CodedFact,
        index: usize,
        pauses: &Pauses,
        track: &mut Track<'a>,
    ) {
        let mut changed = self.reckon(time, index + 1, pauses, track.reckoned.at);
        if changed.at == track.reckoned.at
            && changed.tier == track.reckoned.tier
            && changed.rule == track.reckoned.rule
        {
            return;
        }
        if self.stands(&track.reckoned, &changed) {
            track.changes.push(format!(
                "The level came down on {}; the date already set stands.",
                moment_words(fact.times.aware)
            ));
            return;
        }
        no_earlier(&mut changed.at, fact.times.aware);
        if changed.at != track.reckoned.at {
            track.before.push(Earlier {
                at: track.reckoned.at,
                changed_by: fact.position,
            });
            let before = track
                .reckoned
                .at
                .map_or_else(|| "no due time".to_owned(), moment_words);
            track.changes.push(format!(
                "Until entry {} ({}) it was: {before} ({}).",
                fact.position.0,
                fact.kind.name(),
                track.reckoned.rule
            ));
        }
        track.reckoned = changed;
    }

    /// Whether a date already set stands although the level came down.
    fn stands(&self, before: &Reckoned, after: &Reckoned) -> bool {
        let DueBy::Tier(tiers) = &self.rule.due else {
            return false;
        };
        let Some(scale) = self.world.pack.scale(&tiers.scale) else {
            return false;
        };
        let place =
            |tier: &Option<String>| scale.levels.iter().position(|level| Some(level) == tier.as_ref());
        tiers.set_dates_stand
            && before.graded
            && before.at.is_some()
            && place(&after.tier) < place(&before.tier)
    }

    /// Whether a fact of this kind can change a due time at all.
    fn may_change(&self, fact: &CodedFact) -> bool {
        let grades = match &self.rule.due {
            DueBy::Tier(tiers) => self
                .world
                .pack
                .scale(&tiers.scale)
                .is_some_and(|scale| scale.graded_by.iter().any(|(wanted, _)| wanted.kind == fact.kind)),
            DueBy::One(_) => false,
        };
        grades
            || matches!(
                fact.kind,
                Kind::RhythmAgreed | Kind::ObligationExcused | Kind::PauseBegan | Kind::PauseEnded
            )
            || self.rule.due.forms().iter().any(|form| form.waits_for(fact.kind))
    }

    /// Takes in a pause's beginning or end, if it is one that the pack allows this rule. Says whether it was one.
    fn pause(
        &self,
        fact: &'a CodedFact,
        running: &mut Option<&'a CodedFact>,
        pauses: &mut Pauses,
        seen: &mut u32,
        said: &mut Vec<String>,
    ) -> bool {
        let mine = fact.code("rule").is_none_or(|rule| rule == self.rule.id) && self.concerns(fact);
        let Some(allowed) = self
            .rule
            .pause
            .as_ref()
            .filter(|_| mine && fact.times.happened >= self.started.at)
        else {
            return false;
        };
        if fact.kind == Kind::PauseBegan {
            if running.is_none() && self.may_pause(allowed, fact, *seen) {
                *running = Some(fact);
                *seen += 1;
                said.push(format!("Paused on {}.", moment_words(fact.times.happened)));
            } else {
                said.push(format!(
                    "A pause on {} is not one that the pack allows, and does not count.",
                    moment_words(fact.times.happened)
                ));
            }
            return true;
        }
        let Some(began) = running.filter(|_| fact.kind == Kind::PauseEnded) else {
            return false;
        };
        let longest = self.longest_pause(began, pauses);
        let ends = longest.map_or(fact.times.happened, |longest| longest.min(fact.times.happened));
        if ends > began.times.happened {
            pauses.push((began.times.happened, ends));
        }
        *running = None;
        said.push(format!("The pause ended on {}.", moment_words(ends)));
        true
    }

    fn may_pause(&self, allowed: &PauseRule, fact: &CodedFact, seen: u32) -> bool {
        let ground = fact
            .code("ground")
            .is_some_and(|ground| allowed.grounds.iter().any(|known| known == ground));
        let by = allowed.by.is_empty()
            || fact
                .code("role")
                .is_some_and(|role| allowed.by.iter().any(|known| known == role));
        ground && by && allowed.times.is_none_or(|times| seen < times)
    }

    /// When a running pause must end, because the pack allows no more days in all.
    fn longest_pause(&self, began: &CodedFact, pauses: &Pauses) -> Option<Timestamp> {
        let most = i64::from(self.rule.pause.as_ref()?.days_in_all?);
        let used: i64 = pauses
            .iter()
            .map(|(begins, ends)| i64::from((london_date(*ends) - london_date(*begins)).get_days()))
            .sum();
        Some(same_clock_time(began.times.happened, (most - used).max(0)))
    }
}

fn no_earlier(due: &mut Option<Timestamp>, change: Timestamp) {
    *due = due.map(|due| due.max(change));
}
