//! The one way to add to a case: the gate, the decision, and everything kept beside the journal in one transaction.

use crate::Casework;
use crate::derive::derive;
use crate::form::{Done, Form, When};
use crate::look::{OpenedCase, admission};
use crate::problem::Problem;
use crate::room::Room;
use crate::who::Who;
use fanlight_core::access::Action;
use fanlight_core::case::{Case, Deciding};
use fanlight_core::contact::{Elsewhere, RouteKey};
use fanlight_core::fact::{Actor, Entry, Fact, Recorded, Verdict, Way};
use fanlight_core::ids::{CaseId, Position};
use fanlight_core::refusal::Refusal;
use fanlight_store::{
    Append, CaseListing, Committed, Expect, JournalId, NewEntry, Stamp, StoreError, Under, Write,
};
use jiff::Timestamp;

/// How often a write that rests on nothing in particular is tried again when somebody else wrote first.
pub(crate) const TRIES: usize = 6;

/// One fact to be added.
pub(crate) struct NewFact {
    pub(crate) fact: Fact,
    pub(crate) corrects: Option<Position>,
    pub(crate) when: When,
}

impl NewFact {
    /// Several facts of the same moment.
    pub(crate) fn all(facts: Vec<Fact>, when: When) -> Vec<NewFact> {
        facts
            .into_iter()
            .map(|fact| NewFact {
                fact,
                corrects: None,
                when,
            })
            .collect()
    }
}

/// On what a step in a case is decided.
pub(crate) struct Acting<'a> {
    pub(crate) on: Deciding<'a>,
    pub(crate) room: &'a Room,
    pub(crate) elsewhere: &'a [Elsewhere],
}

/// Whether the decision rests on what the person saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rests {
    /// On the position seen: if the case has moved on, it is asked again.
    OnWhatWasSeen,
    /// On nothing: what happened can always be recorded.
    OnNothing,
}

impl Casework {
    /// Adds to a case.
    pub(crate) async fn act(
        &self,
        who: &Who,
        form: Form,
        id: CaseId,
        action: Action,
        rests: Rests,
        decide: impl Fn(&Acting<'_>) -> Result<Vec<NewFact>, Refusal>,
    ) -> Result<Done, Problem> {
        let now = self.now();
        // A receipt lets whoever took the report say who in it works here, and nothing else.
        for _ in 0..TRIES {
            let opened = match self.open(&who.room, id).await {
                Ok(opened) if who.may(action) && admission(who, &opened).is_some() => opened,
                Ok(_) | Err(Problem::Unseen) => return Err(self.refused(who, &[id], now).await),
                Err(other) => return Err(other),
            };
            match self
                .add(&who.room, who.actor(), form, id, opened, rests, &decide, now)
                .await
            {
                Err(Problem::MovedOn) if rests == Rests::OnNothing => continue,
                result => return result,
            }
        }
        Err(Problem::MovedOn)
    }

    /// Adds to a case that has been opened and found to admit whoever adds.
    #[expect(clippy::too_many_arguments, reason = "the one place where all of these meet")]
    pub(crate) async fn add(
        &self,
        room: &Room,
        by: Actor,
        form: Form,
        id: CaseId,
        opened: OpenedCase,
        rests: Rests,
        decide: &impl Fn(&Acting<'_>) -> Result<Vec<NewFact>, Refusal>,
        now: Timestamp,
    ) -> Result<Done, Problem> {
        let next = opened.next();
        // A repeat of a command that was done answers as it did then, however far the case has moved on since.
        let moved_on = rests == Rests::OnWhatWasSeen && form.seen.map(|seen| seen.0 + 1) != Some(next);
        if moved_on {
            return match self.answer_of(room, by, form).await? {
                Some(done) => Ok(done),
                None => Err(Problem::MovedOn),
            };
        }
        let elsewhere = self.elsewhere(room, id, &opened.case).await?;
        let on = Deciding {
            case: &opened.case,
            terms: &room.terms,
            house: &room.house,
            by,
            at: now,
        };
        let facts = match decide(&Acting {
            on,
            room,
            elsewhere: &elsewhere,
        }) {
            Ok(facts) => facts,
            Err(refusal) => {
                // The second press of a button that was pressed twice: what it asked for has been done.
                return match self.answer_of(room, by, form).await? {
                    Some(done) => Ok(done),
                    None => Err(refusal.into()),
                };
            }
        };
        let known_before = opened.case.routes.len();
        let unsafe_before = unsafe_keys(&opened.case);
        let mut entries = opened.entries;
        // The moment of recording never runs backwards within a journal, whatever becomes of the clock.
        let recorded_last = entries
            .iter()
            .filter_map(|entry| entry.recorded.as_ref())
            .map(|recorded| recorded.times.recorded)
            .max();
        let mut new = Vec::with_capacity(facts.len());
        for fact in facts {
            let mut times = fact.when.times(now);
            // What takes another entry's place keeps its times, and a clock that was put back is no reason to refuse it.
            if fact.corrects.is_none() && (times.happened > now || times.aware > now) {
                return Err(Refusal::HappenedInTheFuture.into());
            }
            times.recorded = recorded_last.map_or(now, |last| last.max(now));
            let recorded = Recorded {
                by,
                times,
                corrects: fact.corrects,
                fact: fact.fact,
            };
            let bytes = serde_json::to_vec(&recorded).map_err(|_| Problem::Unreadable("a new entry"))?;
            new.push(NewEntry {
                bytes,
                under: Under::CaseKey,
            });
            entries.push(Entry {
                position: Position(entries.len() as u64),
                recorded: Some(recorded),
            });
        }
        let cannot_wait = entries[next as usize..]
            .iter()
            .filter_map(|entry| entry.recorded.as_ref())
            .any(|recorded| recorded.fact.cannot_wait());
        let case = Case::fold(&entries);
        let elsewhere = if case.routes.len() > known_before {
            self.elsewhere(room, id, &case).await?
        } else {
            elsewhere
        };
        let done = Done {
            case: id,
            position: Position(entries.len().saturating_sub(1) as u64),
            reference: case.reference().map(ToString::to_string).unwrap_or_default(),
        };
        let mut write = self.beside(room, id, &entries, &case, &elsewhere, now)?;
        write.appends.push(Append {
            journal: JournalId(id.0),
            expected: Expect::At(next),
            entries: new,
        });
        if next == 0 {
            write.new_cases.push(JournalId(id.0));
        }
        write.stamp = Some(stamp(by, form, &done)?);
        write.reserved = cannot_wait;
        match self.store.commit(write).await {
            Ok(Committed::Done(_)) => {
                let unsafe_now = unsafe_keys(&case);
                let changed = unsafe_before.iter().filter(|key| !unsafe_now.contains(key));
                let changed = changed.chain(unsafe_now.iter().filter(|key| !unsafe_before.contains(key)));
                self.tell_others(room, id, changed.map(|(_, key)| key)).await;
                Ok(done)
            }
            Ok(Committed::Repeated(answer)) => {
                serde_json::from_slice(&answer).map_err(|_| Problem::Unreadable("a kept answer"))
            }
            Err(StoreError::MovedOn { .. }) => Err(Problem::MovedOn),
            Err(other) => Err(other.into()),
        }
    }

    /// A write of everything that is kept beside a journal.
    pub(crate) fn beside(
        &self,
        room: &Room,
        id: CaseId,
        entries: &[Entry],
        case: &Case,
        elsewhere: &[Elsewhere],
        now: Timestamp,
    ) -> Result<Write, Problem> {
        let derived = derive(room, id, entries, case, elsewhere, now);
        let mut write = Write::new(&room.label, now.as_millisecond());
        write.listings.push(CaseListing {
            case: JournalId(id.0),
            summary: Some(fanlight_store::Summary {
                state: derived.summary.stage.byte(),
                sort: derived.summary.received.as_millisecond(),
                bytes: serde_json::to_vec(&derived.summary).map_err(|_| Problem::Unreadable("a summary"))?,
            }),
            index: Some(derived.index),
            search: Some(derived.search),
            audience: Some(derived.audience),
            shut_out: Some(derived.shut_out),
        });
        Ok(write)
    }
}

/// What a case calls unsafe: these ways of reaching these numbers and addresses.
pub(crate) fn unsafe_keys(case: &Case) -> Vec<(Way, RouteKey)> {
    let words = case.safety_words.iter();
    let mut keys: Vec<(Way, RouteKey)> = words
        .filter(|word| word.told.fact.verdict == Verdict::Unsafe)
        .filter_map(|word| Some((word.told.fact.way, word.about.clone()?)))
        .collect();
    keys.dedup();
    keys
}

fn stamp(by: Actor, form: Form, done: &Done) -> Result<Stamp, Problem> {
    Ok(Stamp {
        command: fanlight_store::CommandId(form.command.0),
        account: account_of(by),
        body: form.body,
        answer: serde_json::to_vec(done).map_err(|_| Problem::Unreadable("an answer"))?,
    })
}

impl Casework {
    /// The answer that this form was given before, if it has been sent before.
    pub(crate) async fn answer_of(
        &self,
        room: &Room,
        by: Actor,
        form: Form,
    ) -> Result<Option<Done>, Problem> {
        let stamp = Stamp {
            command: fanlight_store::CommandId(form.command.0),
            account: account_of(by),
            body: form.body,
            answer: Vec::new(),
        };
        match self.store.repeated(&room.label, &stamp).await? {
            Some(answer) => serde_json::from_slice(&answer)
                .map(Some)
                .map_err(|_| Problem::Unreadable("a kept answer")),
            None => Ok(None),
        }
    }
}

/// Whose command it is. Somebody without an account has all zeros, and a command id of their own.
pub(crate) fn account_of(by: Actor) -> [u8; 16] {
    by.account().map_or([0; 16], |account| account.0)
}
