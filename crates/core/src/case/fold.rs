//! The fold: from the entries of a journal to the case as it stands.

use super::place::{Written, by_place};
use super::*;

impl Case {
    /// Folds a journal, or the beginning of one. Total: an entry that cannot be understood in its place changes nothing.
    pub fn fold(entries: &[Entry]) -> Case {
        let mut case = Case {
            last_position: entries.iter().map(|entry| entry.position).max(),
            redacted: entries.iter().filter(|entry| entry.recorded.is_none()).count(),
            ..Case::default()
        };
        for (place, written) in by_place(entries) {
            case.apply_place(place, &written);
        }
        case
    }

    fn apply_place(&mut self, place: Position, written: &[Written<'_>]) {
        let Some((last, before)) = written.split_last() else {
            return;
        };
        let taken_back = matches!(last.recorded.fact, Fact::TakenBack(_));
        if !before.is_empty() {
            let gone = if taken_back { written } else { before };
            let gone = gone.iter().map(|one| told(place, one)).collect();
            self.earlier.push((place, gone));
        }
        if taken_back {
            return;
        }
        let told = told(place, last);
        self.apply(&told, written);
        self.timeline.push(told);
    }

    fn apply(&mut self, told: &Told<Fact>, written: &[Written<'_>]) {
        match &told.fact {
            Fact::ReportReceived(fact) => self.report = Some(told.with(fact.clone())),
            Fact::DangerAnswered(fact) => self.danger = Some(told.with(fact.clone())),
            Fact::ReportEnded(fact) => {
                self.report_ended = Some(told.with(fact.clone()));
                if self.stage == Stage::Report {
                    self.stage = Stage::Ended;
                }
            }
            Fact::CaseOpened(fact) => {
                self.opened = Some(told.with(fact.clone()));
                self.stage = Stage::Open;
            }
            Fact::CaseJoined(fact) => {
                self.joined = Some(told.with(fact.clone()));
                self.stage = Stage::Joined;
            }
            Fact::PersonTold(fact) => {
                newest(&mut self.people, told.with(fact.clone()), |a, b| {
                    a.person == b.person
                });
            }
            Fact::HomeTold(fact) => self.home = Some(told.with(fact.clone())),
            Fact::StaffConnectionAnswered(fact) => self.staff_connection = Some(told.with(fact.clone())),
            Fact::ShutOut(fact) => {
                newest(&mut self.shut_out, told.with(fact.clone()), |a, b| {
                    a.account == b.account
                });
            }
            Fact::LetBackIn(fact) => self.shut_out.retain(|out| out.fact.account != fact.account),
            Fact::Restricted(fact) => self.restriction = Some(told.with(fact.clone())),
            Fact::RestrictionLifted(_) => self.restriction = None,
            Fact::WorkerNamed(fact) => {
                let named = Some(told.with(fact.clone()));
                match fact.part {
                    WorkerPart::Lead => self.workers.lead = named,
                    WorkerPart::Deputy => self.workers.deputy = named,
                    WorkerPart::Cover => self.workers.cover = named,
                }
            }
            Fact::RouteTold(fact) => self.apply_route(told.with(fact.clone()), written),
            Fact::SafeContactAgreed(fact) => self.apply_safety_word(told.with(fact.clone()), written),
            Fact::ContactWishesTold(fact) => {
                newest(&mut self.contact_wishes, told.with(fact.clone()), |a, b| {
                    a.person == b.person
                });
            }
            Fact::ContactTried(fact) => self.tries.push(told.with(fact.clone())),
            Fact::ContactMade(fact) => self.contacts.push(told.with(fact.clone())),
            Fact::LifeAtRiskTried(fact) => self.life_at_risk.push(LifeAtRisk {
                tried: told.with(fact.clone()),
                reviewed: None,
            }),
            Fact::LifeAtRiskReviewed(fact) => {
                let of = |at: &LifeAtRisk| at.tried.place == fact.of || at.tried.entry == fact.of;
                if let Some(at) = self.life_at_risk.iter_mut().find(|at| of(at)) {
                    at.reviewed = Some(told.with(fact.clone()));
                }
            }
            Fact::RhythmAgreed(fact) => self.rhythm = Some(told.with(fact.clone())),
            Fact::NoteWritten(fact) => self.notes.push(told.with(fact.clone())),
            Fact::WishesTold(fact) => self.wishes = Some(told.with(fact.clone())),
            Fact::OwnViewOfDangerTold(fact) => self.own_view = Some(told.with(fact.clone())),
            Fact::RiskAssessed(fact) => match fact.by {
                AssessedBy::Us => self.risk.ours.push(told.with(fact.clone())),
                AssessedBy::OtherAgency => self.risk.others.push(told.with(fact.clone())),
            },
            Fact::MaracDecided(fact) => self.risk.marac.push(told.with(fact.clone())),
            Fact::SafetyPlanOffered(fact) => self.safety_plans.push(told.with(fact.clone())),
            Fact::ActionPlanAgreed(fact) => self.plans.push(told.with(fact.clone())),
            Fact::ObligationExcused(fact) => self.excuses.push(told.with(fact.clone())),
            Fact::PauseBegan(fact) => self.pauses.push(Pause {
                began: told.with(fact.clone()),
                ended: None,
            }),
            Fact::PauseEnded(fact) => {
                let running =
                    |pause: &&mut Pause| pause.ended.is_none() && pause.began.fact.rule == fact.rule;
                if let Some(pause) = self.pauses.iter_mut().find(running) {
                    pause.ended = Some(told.with(fact.clone()));
                }
            }
            Fact::NoSafeRouteFound(fact) => self.no_safe_route = Some(told.with(fact.clone())),
            Fact::CaseClosed(fact) => {
                self.closures.push(told.with(fact.clone()));
                self.stage = Stage::Closed;
            }
            Fact::CaseReturned(fact) => {
                self.returns.push(told.with(fact.clone()));
                self.stage = Stage::Open;
                // Whoever comes back is in our care again, and talks with us again.
                self.said_stop = None;
                self.moved_out_of_care = None;
            }
            Fact::PersonDied(fact) => self.deaths.push(told.with(fact.clone())),
            Fact::MovedOutOfCare(fact) => self.moved_out_of_care = Some(told.with(fact.clone())),
            Fact::SaidStop(fact) => self.said_stop = Some(told.with(fact.clone())),
            // One that names nothing that can be taken back changes nothing.
            Fact::TakenBack(_) => {}
            Fact::BonesKept(fact) => self.bones = Some(told.with(fact.clone())),
        }
    }

    fn apply_route(&mut self, told: Told<RouteTold>, written: &[Written<'_>]) {
        let key = RouteKey::of(told.fact.kind, &told.fact.value);
        let here = since(written, |fact| match fact {
            Fact::RouteTold(earlier) => {
                earlier.route == told.fact.route && RouteKey::of(earlier.kind, &earlier.value) == key
            }
            _ => false,
        });
        let old = self
            .routes
            .iter()
            .position(|known| known.told.fact.route == told.fact.route);
        match old {
            Some(at) => {
                let known = &mut self.routes[at];
                let unchanged = known.key == key && known.told.fact.person == told.fact.person;
                *known = KnownRoute {
                    value_since: if unchanged {
                        known.value_since
                    } else {
                        here.unwrap_or(told.entry)
                    },
                    key,
                    told,
                };
            }
            None => self.routes.push(KnownRoute {
                value_since: here.unwrap_or(told.entry),
                key,
                told,
            }),
        }
    }

    fn apply_safety_word(&mut self, told: Told<SafeContactAgreed>, written: &[Written<'_>]) {
        let about = self.route(told.fact.route).map(|known| known.key.clone());
        let since = match told.fact.verdict {
            Verdict::Safe => told.place,
            Verdict::Unsafe | Verdict::Unknown => since(written, |fact| match fact {
                Fact::SafeContactAgreed(earlier) => {
                    earlier.route == told.fact.route
                        && earlier.way == told.fact.way
                        && earlier.verdict != Verdict::Safe
                }
                _ => false,
            })
            .unwrap_or(told.entry),
        };
        self.safety_words.push(SafetyWord { told, about, since });
    }
}

/// The first entry of the last unbroken run at this place for which something is so.
fn since(written: &[Written<'_>], is_so: impl Fn(&Fact) -> bool) -> Option<Position> {
    written
        .iter()
        .rev()
        .take_while(|one| is_so(&one.recorded.fact))
        .last()
        .map(|one| one.entry)
}

fn told(place: Position, written: &Written<'_>) -> Told<Fact> {
    Told {
        place,
        entry: written.entry,
        by: written.recorded.by,
        times: written.recorded.times,
        fact: written.recorded.fact.clone(),
    }
}

/// The newest telling takes the older one's place in the list, or comes last.
fn newest<T>(list: &mut Vec<Told<T>>, told: Told<T>, same: impl Fn(&T, &T) -> bool) {
    match list.iter_mut().find(|older| same(&older.fact, &told.fact)) {
        Some(older) => *older = told,
        None => list.push(told),
    }
}
