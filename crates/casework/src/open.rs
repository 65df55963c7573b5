//! Reading a case's journal: for the gate, for the program itself, and for nobody else.

use crate::Casework;
use crate::problem::Problem;
use crate::room::Room;
use crate::search::unsafe_token;
use fanlight_core::case::Case;
use fanlight_core::contact::Elsewhere;
use fanlight_core::fact::{Entry, Recorded, Way};
use fanlight_core::ids::{CaseId, Position};
use fanlight_store::JournalId;

/// A case as its journal tells it.
pub(crate) struct Opened {
    pub(crate) entries: Vec<Entry>,
    pub(crate) case: Case,
}

impl Opened {
    /// The next position of the journal.
    pub(crate) fn next(&self) -> u64 {
        self.entries.len() as u64
    }
}

impl Casework {
    /// Reads and folds a journal. Whoever calls this has passed a gate, or is the program.
    pub(crate) async fn open(&self, room: &Room, id: CaseId) -> Result<Opened, Problem> {
        let journal = JournalId(id.0);
        if journal == JournalId::LANDLORD || journal == JournalId::READING {
            return Err(Problem::Unseen);
        }
        let journal = self.store.journal(&room.label, journal).await?;
        let mut entries = Vec::with_capacity(journal.entries.len());
        for entry in journal.entries {
            let recorded = match entry.entry {
                fanlight_store::Entry::Open(bytes) => Some(
                    serde_json::from_slice::<Recorded>(&bytes)
                        .map_err(|_| Problem::Unreadable("an entry of a case"))?,
                ),
                fanlight_store::Entry::Redacted | fanlight_store::Entry::Erased => None,
            };
            entries.push(Entry {
                position: Position(entry.position),
                recorded,
            });
        }
        let case = Case::fold(&entries);
        Ok(Opened { entries, case })
    }

    /// What was called unsafe in other cases about the numbers and addresses of this one. Unsafe in one of her cases
    /// is unsafe in all, and a number that harms one person is not tried on another.
    pub(crate) async fn elsewhere(
        &self,
        room: &Room,
        id: CaseId,
        case: &Case,
    ) -> Result<Vec<Elsewhere>, Problem> {
        let mut asked = Vec::new();
        for route in &case.routes {
            for way in Way::of(route.told.fact.kind) {
                let there = Elsewhere {
                    key: route.key.clone(),
                    way: *way,
                };
                asked.push((unsafe_token(&room.tokens, &route.key, *way), there));
            }
        }
        let tokens: Vec<_> = asked.iter().map(|(token, _)| *token).collect();
        let carried = self
            .store
            .carried_by_others(&room.label, JournalId(id.0), &tokens)
            .await?;
        asked.retain(|(token, _)| carried.contains(token));
        Ok(asked.into_iter().map(|(_, there)| there).collect())
    }
}
