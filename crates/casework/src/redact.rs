//! Redacting an entry: one that should never have been written, whose words go for good and not only from the page.
//!
//! The entry stays in the chain and reads as redacted. What others rest on stays: an entry that a clock, a door or a
//! word on safety hangs on is not redacted, because promises and measures would change without anything having
//! happened. Its words are corrected instead.

use crate::Casework;
use crate::derive::{Derived, derive, promises};
use crate::look::admission;
use crate::problem::Problem;
use crate::room::Room;
use crate::summary::Summary;
use crate::who::Who;
use fanlight_core::access::Action;
use fanlight_core::case::Case;
use fanlight_core::contact::Elsewhere;
use fanlight_core::fact::{Entry, Fact, NoteWritten, Recorded};
use fanlight_core::ids::{CaseId, Position};
use fanlight_core::obligation::bones;
use fanlight_core::refusal::Refusal;
use fanlight_core::times::Times;
use fanlight_core::words::Words;
use fanlight_store::{JournalId, NewEntry, OldGeneration, Redaction, Under};
use jiff::Timestamp;

impl Casework {
    /// Redacts an entry with everything that ever stood at its place. Only the lead may, with a reason, which is
    /// written into the case as a note. Gives how many entries went.
    pub async fn redact(
        &self,
        who: &Who,
        id: CaseId,
        position: Position,
        reason: &Words,
        no_backup_needs_it: bool,
    ) -> Result<usize, Problem> {
        let now = self.now();
        let room = &who.room;
        let opened = match self.open(room, id).await {
            Ok(opened) if who.may(Action::EraseCase) && admission(who, &opened).is_some() => opened,
            Ok(_) | Err(Problem::Unseen) => return Err(self.refused(who, &[id], now).await),
            Err(other) => return Err(other),
        };
        if reason.is_blank() {
            return Err(Refusal::ReasonNeeded.into());
        }
        if opened.case.bones.is_some() {
            return Err(Refusal::Erased.into());
        }
        let there = |entry: &Entry| entry.position == position && entry.recorded.is_some();
        if !opened.entries.iter().any(there) {
            return Err(Refusal::NothingStandsThere.into());
        }
        let elsewhere = self.elsewhere(room, id, &opened.case).await?;
        let together = opened.case.redacted_together(position);
        let left = without(&opened.entries, &together);
        if !rests_on_the_same(room, id, &opened.entries, &left, &elsewhere, now) {
            return Err(Problem::Unfit(
                "A clock, a door or a word on safety rests on this entry. Correct its words instead.",
            ));
        }
        let old = if no_backup_needs_it {
            OldGeneration::DestroyNow
        } else {
            OldGeneration::KeepUntilBackup
        };
        // The oldest first: a correction without what it corrects says no more than it did, and the other way round
        // would bring back what was wrong.
        let mut entries = opened.entries;
        for (nth, position) in together.iter().enumerate() {
            entries = without(&entries, &[*position]);
            let mut said = Vec::new();
            if nth + 1 == together.len() {
                let words = format!("Redacted an entry for good: {}", reason.reveal());
                let recorded = Recorded {
                    by: who.actor(),
                    times: Times::at(now),
                    corrects: None,
                    fact: Fact::NoteWritten(NoteWritten {
                        words: Words::new(words),
                    }),
                };
                said.push(NewEntry {
                    bytes: serde_json::to_vec(&recorded).map_err(|_| Problem::Unreadable("a new entry"))?,
                    under: Under::CaseKey,
                });
                entries.push(Entry {
                    position: Position(entries.len() as u64),
                    recorded: Some(recorded),
                });
            }
            let case = Case::fold(&entries);
            let mut write = self.beside(room, id, &entries, &case, &elsewhere, now)?;
            let listing = write.listings.pop();
            let (Some(summary), Some(search)) = listing.map_or((None, None), |it| (it.summary, it.search))
            else {
                return Err(Problem::Unreadable("a summary"));
            };
            let redaction = Redaction {
                case: JournalId(id.0),
                position: position.0,
                recorded: now.as_millisecond(),
                entries: said,
                summary,
                search,
            };
            self.store.redact_entry(&room.label, redaction, old).await?;
        }
        // If somebody wrote meanwhile, what is kept beside the journal is made of all of it.
        self.refresh_case(room, id).await?;
        Ok(together.len())
    }
}

/// The same journal with some entries redacted.
fn without(entries: &[Entry], gone: &[Position]) -> Vec<Entry> {
    let mut left = entries.to_vec();
    left.iter_mut()
        .filter(|entry| gone.contains(&entry.position))
        .for_each(|entry| entry.recorded = None);
    left
}

/// Whether nothing that others rest on would change: promises, who may come in, how the person may be reached, what is
/// called unsafe, how far the case has come.
fn rests_on_the_same(
    room: &Room,
    id: CaseId,
    before: &[Entry],
    after: &[Entry],
    elsewhere: &[Elsewhere],
    now: Timestamp,
) -> bool {
    let made = |entries: &[Entry]| -> (Case, Derived) {
        let case = Case::fold(entries);
        let derived = derive(room, id, entries, &case, elsewhere, now);
        (case, derived)
    };
    let ((old, old_kept), (new, new_kept)) = (made(before), made(after));
    let plain = |summary: &Summary| Summary {
        entries: 0,
        ..summary.clone()
    };
    old.report.is_some() == new.report.is_some()
        && old.opened == new.opened
        && old.safety_words == new.safety_words
        && old.routes == new.routes
        && old.contact_wishes == new.contact_wishes
        && old.life_at_risk == new.life_at_risk
        && bones(&promises(before, room, now), None) == bones(&promises(after, room, now), None)
        && plain(&old_kept.summary) == plain(&new_kept.summary)
        && old_kept.audience == new_kept.audience
        && old_kept.shut_out == new_kept.shut_out
        && old_kept.index == new_kept.index
}
