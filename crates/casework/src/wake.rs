//! What changes although nobody records anything: promises that fall due, warnings, safe hours. The index says when,
//! and reading past that moment refreshes first.

use crate::Casework;
use crate::problem::Problem;
use crate::room::Room;
use fanlight_core::ids::CaseId;
use fanlight_store::StoreError;

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
        for (case, _) in &due {
            self.refresh_case(room, CaseId(case.0)).await?;
        }
        Ok(due.len())
    }

    /// Makes again what is kept beside one journal.
    pub(crate) async fn refresh_case(&self, room: &Room, id: CaseId) -> Result<(), Problem> {
        let now = self.now();
        let opened = self.open(room, id).await?;
        let elsewhere = self.elsewhere(room, id, &opened.case).await?;
        let write = self.beside(room, id, &opened.entries, &opened.case, &elsewhere, now)?;
        match self.store.commit(write).await {
            Ok(_) | Err(StoreError::MovedOn { .. } | StoreError::Erased { .. }) => Ok(()),
            Err(other) => Err(other.into()),
        }
    }

    /// What the program does by itself, again and again: refreshes every landlord's index and clears what has run out.
    pub async fn tick(&self) -> Result<(), Problem> {
        let now = self.now().as_millisecond();
        for room in self.rooms().await? {
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
