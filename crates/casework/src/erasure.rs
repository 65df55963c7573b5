//! Erasing by two people: the lead proposes it, and somebody else who answers for closures agrees, or does not.
//!
//! The proposal is kept beside the case and sealed with its key, so that it goes with the case; what stays is the
//! entry with the bones, which names both.

use crate::Casework;
use crate::erase::{Erasure, can_be_erased};
use crate::look::OpenedCase;
use crate::problem::Problem;
use crate::who::Who;
use fanlight_core::access::Action;
use fanlight_core::ids::{AccountId, CaseId};
use fanlight_core::refusal::Refusal;
use fanlight_core::words::Words;
use fanlight_store::{JournalId, PutRow, RowExpect};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

const PROPOSED: &str = "erasure-proposed";

/// An erasure that waits for a second person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ErasureProposed {
    /// Who proposed it.
    pub by: AccountId,
    /// Why.
    pub under: Words,
    /// When.
    pub at: Timestamp,
    /// On how many entries: once the case has moved on, the proposal no longer stands.
    entries: u64,
}

impl Casework {
    /// Proposes to erase a closed case or an ended report. Only the lead may, with a reason; nothing is erased yet.
    pub async fn propose_erasure(&self, who: &Who, id: CaseId, under: &Words) -> Result<(), Problem> {
        let opened = self.open_for(who, id, Action::EraseCase).await?;
        can_be_erased(&opened, under)?;
        if self
            .erasure_waiting(who, id, &opened)
            .await?
            .is_some_and(|held| held.by != who.account)
        {
            return Err(Problem::Unfit("An erasure of it has been proposed already."));
        }
        let proposed = ErasureProposed {
            by: who.account,
            under: under.clone(),
            at: self.now(),
            entries: opened.next(),
        };
        let bytes = serde_json::to_vec(&proposed).map_err(|_| Problem::Unreadable("a proposal"))?;
        let mut row = PutRow::new(PROPOSED, &row_of(who, id), bytes);
        row.case = Some(JournalId(id.0));
        row.expected = RowExpect::Anything;
        self.store.put_row(&who.room.label, row).await?;
        Ok(())
    }

    /// The erasure that waits for a second person, for those who may answer it.
    pub async fn erasure_proposed(&self, who: &Who, id: CaseId) -> Result<Option<ErasureProposed>, Problem> {
        let opened = self.open_for(who, id, Action::ApproveClosure).await?;
        self.erasure_waiting(who, id, &opened).await
    }

    /// The second person agrees, and the case is erased. Nobody agrees to their own proposal.
    pub async fn agree_to_erasure(
        &self,
        who: &Who,
        id: CaseId,
        no_backup_needs_it: bool,
    ) -> Result<Erasure, Problem> {
        let opened = self.open_for(who, id, Action::ApproveClosure).await?;
        if opened.case.bones.is_some() {
            return Err(Refusal::Erased.into());
        }
        let Some(proposed) = self.erasure_waiting(who, id, &opened).await? else {
            return Err(Problem::Unfit("No erasure of it waits for an answer."));
        };
        if proposed.by == who.account {
            return Err(Refusal::SecondPersonIsYou.into());
        }
        let why = (&proposed.under, Some(proposed.by));
        self.erase_opened(who, id, &opened, why, no_backup_needs_it).await
    }

    /// Takes the proposal away: the second person does not agree, or whoever proposed it thinks better of it.
    pub async fn drop_erasure(&self, who: &Who, id: CaseId) -> Result<(), Problem> {
        self.open_for(who, id, Action::ApproveClosure).await?;
        self.store
            .delete_row(&who.room.label, PROPOSED, &row_of(who, id))
            .await?;
        Ok(())
    }

    async fn erasure_waiting(
        &self,
        who: &Who,
        id: CaseId,
        on: &OpenedCase,
    ) -> Result<Option<ErasureProposed>, Problem> {
        let row = self
            .store
            .row(&who.room.label, PROPOSED, &row_of(who, id))
            .await?;
        let proposed: Option<ErasureProposed> = row
            .map(|row| serde_json::from_slice(&row.bytes))
            .transpose()
            .map_err(|_| Problem::Unreadable("a proposal"))?;
        Ok(proposed.filter(|proposed| proposed.entries == on.next()))
    }
}

fn row_of(who: &Who, id: CaseId) -> Vec<u8> {
    who.room.tokens.lookup(PROPOSED, &id.0)
}
