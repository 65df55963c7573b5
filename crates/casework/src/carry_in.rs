//! Whole cases written at once: what an installation brings with it from an older record.
//!
//! Only the installation calls this, on the machine itself, as with the accounts that a landlord starts from; no page
//! leads here. No decision in core is asked, because what is brought in has happened already. The moment of recording
//! is the server's all the same, so a promise brought in late shows as recorded late.

use crate::Casework;
use crate::form::When;
use crate::problem::Problem;
use crate::room::Room;
use fanlight_core::case::Case;
use fanlight_core::fact::{Actor, Entry, Fact, Recorded};
use fanlight_core::ids::{CaseId, CaseReference, Position};
use fanlight_store::{Append, Expect, JournalId, NewEntry, Under};

impl Casework {
    /// A fresh case reference, for a report that is brought in.
    pub fn new_reference(&self) -> CaseReference {
        CaseReference::from_random(self.random())
    }

    /// Writes one whole case into a journal of its own, with everything that is kept beside it.
    pub async fn carry_in(
        &self,
        room: &Room,
        by: Actor,
        facts: Vec<(Fact, When)>,
    ) -> Result<CaseId, Problem> {
        let now = self.now();
        let id = CaseId(self.random());
        let mut entries = Vec::with_capacity(facts.len());
        let mut sealed = Vec::with_capacity(facts.len());
        for (fact, when) in facts {
            let recorded = Recorded {
                by,
                times: when.times(now),
                corrects: None,
                fact,
            };
            let bytes = serde_json::to_vec(&recorded).map_err(|_| Problem::Unreadable("a new entry"))?;
            sealed.push(NewEntry {
                bytes,
                under: Under::CaseKey,
            });
            entries.push(Entry {
                position: Position(entries.len() as u64),
                recorded: Some(recorded),
            });
        }
        let case = Case::fold(&entries);
        let elsewhere = self.elsewhere(room, id, &case).await?;
        let mut write = self.beside(room, id, &entries, &case, &elsewhere, now)?;
        write.new_cases.push(JournalId(id.0));
        write.appends.push(Append {
            journal: JournalId(id.0),
            expected: Expect::At(0),
            entries: sealed,
        });
        self.store.commit(write).await?;
        Ok(id)
    }
}
