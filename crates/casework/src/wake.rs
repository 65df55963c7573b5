//! What changes although nobody records anything: promises that fall due, warnings, safe hours. The index says when,
//! and reading past that moment refreshes first.

use crate::Casework;
use crate::open::Opened;
use crate::problem::Problem;
use crate::reading::{Glance, Saw};
use crate::room::Room;
use fanlight_core::contact::{Elsewhere, RouteKey};
use fanlight_core::ids::CaseId;
use fanlight_store::{Append, Expect, JournalId, StoreError};
use jiff::Timestamp;

/// How many cases are refreshed before a list is shown; the rest wait for the worker.
const AT_ONCE: usize = 200;

impl Casework {
    /// Refreshes what is kept beside the journals of cases whose promises have changed by now. Says how many.
    pub(crate) async fn refresh(&self, room: &Room) -> Result<usize, Problem> {
        let now = self.now();
        let due = self
            .store
            .due_to_wake(&room.label, now.as_millisecond(), AT_ONCE)
            .await?;
        let mut read = Vec::with_capacity(due.len());
        for (case, _) in &due {
            let case = CaseId(case.0);
            match self.refresh_case(room, case).await {
                Ok(()) => read.push(case),
                // A full disk closes no list: it is shown as it was kept last.
                Err(Problem::NoRoom) => break,
                // One case that cannot be read closes no list of others. Opening it says so, and so does verifying.
                Err(Problem::Broken(_) | Problem::Unreadable(_) | Problem::Unseen | Problem::Refused(_)) => {}
                Err(other) => return Err(other),
            }
        }
        if !read.is_empty() {
            let glance = Glance {
                saw: Saw::System,
                refused: false,
            };
            self.record(room, None, &read, (glance, None), now).await?;
        }
        Ok(read.len())
    }

    /// Makes again what is kept beside one journal.
    pub(crate) async fn refresh_case(&self, room: &Room, id: CaseId) -> Result<(), Problem> {
        let now = self.now();
        let opened = self.open(room, id).await?;
        let elsewhere = self.elsewhere(room, id, &opened.case).await?;
        self.keep_beside(room, id, &opened, &elsewhere, now).await
    }

    /// Keeps what is made of a journal that has been read.
    pub(crate) async fn keep_beside(
        &self,
        room: &Room,
        id: CaseId,
        opened: &Opened,
        elsewhere: &[Elsewhere],
        now: Timestamp,
    ) -> Result<(), Problem> {
        let mut write = self.beside(room, id, &opened.entries, &opened.case, elsewhere, now)?;
        // What was made of a journal is kept only while the journal is no longer: whoever wrote meanwhile made it anew.
        write.appends.push(Append {
            journal: JournalId(id.0),
            expected: Expect::At(opened.next()),
            entries: Vec::new(),
        });
        match self.store.commit(write).await {
            Ok(_) | Err(StoreError::MovedOn { .. } | StoreError::Erased { .. }) => Ok(()),
            Err(other) => Err(other.into()),
        }
    }

    /// Makes again what is kept beside the other cases that know one of these numbers: what is unsafe in one is unsafe
    /// in all, and a row of work must not go on saying "call now".
    ///
    /// Whatever goes wrong here is not said: what the person recorded stands, and each page asks the gate afresh.
    pub(crate) async fn tell_others(&self, room: &Room, id: CaseId, keys: impl Iterator<Item = &RouteKey>) {
        for key in keys {
            let token = room.tokens.token("route", key.reveal());
            let found = self
                .store
                .search(&room.label, &room.everything(), &[token], None, AT_ONCE)
                .await;
            for other in found.unwrap_or_default() {
                if other.case.0 != id.0 {
                    let _ = self.refresh_case(room, CaseId(other.case.0)).await;
                }
            }
        }
    }

    /// What the program does by itself, again and again: refreshes every landlord's index and clears what has run out.
    pub async fn tick(&self) -> Result<(), Problem> {
        let put_back = self.clock_was_put_back();
        let now = self.now().as_millisecond();
        self.bring_held_to_disk().await?;
        for room in self.rooms().await? {
            // An erasure that was cut off before every living key had its new wrapping is finished first.
            self.store.finish_rotation(&room.label).await?;
            // What was made while the clock was ahead calls missed what is not due yet.
            if put_back {
                self.rebuild(&room).await?;
            }
            while self.refresh(&room).await? == AT_ONCE {}
            self.store.delete_expired(&room.label, None, now, 1000).await?;
        }
        Ok(())
    }

    /// Makes everything again that is kept beside journals, for one landlord. Says how many cases.
    pub async fn rebuild(&self, room: &Room) -> Result<usize, Problem> {
        let mut done = 0;
        let mut after = None;
        loop {
            let journals = self.store.journals(&room.label, after, 500).await?;
            let Some(last) = journals.last() else {
                return Ok(done);
            };
            after = Some(last.journal);
            for journal in &journals {
                if journal.kind == fanlight_store::JournalKind::Case && journal.entries > 0 && !journal.erased
                {
                    self.refresh_case(room, CaseId(journal.journal.0)).await?;
                    done += 1;
                }
            }
        }
    }
}
