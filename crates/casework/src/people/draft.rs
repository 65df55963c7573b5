//! Drafts: what was being written waits, sealed, for the account that wrote it.
//!
//! An error, a session that fell asleep, or somebody else's save never loses an answer.

use crate::Casework;
use crate::look::admission;
use crate::problem::Problem;
use crate::who::Who;
use fanlight_core::ids::CaseId;
use fanlight_store::{JournalId, PutRow};
use jiff::SignedDuration;

const DRAFTS: &str = "draft";
/// How long a draft waits.
const WAITS: SignedDuration = SignedDuration::from_hours(24 * 7);

/// A draft, by the command id of the form that it was typed into.
pub type DraftId = fanlight_core::ids::CommandId;

impl Casework {
    /// Keeps what was typed into a form, with whatever the form wants to say when it is drawn again.
    pub async fn keep_draft(&self, who: &Who, id: DraftId, bytes: Vec<u8>) -> Result<(), Problem> {
        self.put_draft(who, id, None, bytes).await
    }

    /// Keeps what was typed into a form of a case: it goes when the case is erased. Where there is no such case for the
    /// person, it is kept like any other draft.
    pub async fn keep_case_draft(
        &self,
        who: &Who,
        id: DraftId,
        case: CaseId,
        bytes: Vec<u8>,
    ) -> Result<(), Problem> {
        let of_a_case = match self.open(&who.room, case).await {
            Ok(opened) => opened.case.bones.is_none() && admission(who, &opened).is_some(),
            Err(Problem::Unseen | Problem::Refused(_)) => false,
            Err(other) => return Err(other),
        };
        let case = of_a_case.then_some(JournalId(case.0));
        self.put_draft(who, id, case, bytes).await
    }

    async fn put_draft(
        &self,
        who: &Who,
        id: DraftId,
        case: Option<JournalId>,
        bytes: Vec<u8>,
    ) -> Result<(), Problem> {
        let mut row = PutRow::new(DRAFTS, &draft_row(who, id), bytes);
        row.case = case;
        row.owner = Some(who.account.0);
        row.sort = self.now().as_millisecond();
        row.expires_at = Some((self.now() + WAITS).as_millisecond());
        // On a full disk it waits in memory: what was typed is not lost to an error.
        self.put_or_hold(&who.room, row).await
    }

    /// What was typed, if it is there and the account's own.
    pub async fn draft(&self, who: &Who, id: DraftId) -> Result<Option<Vec<u8>>, Problem> {
        let row = self.row_or_held(&who.room, DRAFTS, &draft_row(who, id)).await?;
        Ok(row
            .filter(|row| row.owner == Some(who.account.0))
            .map(|row| row.bytes))
    }

    /// Drops a draft that has done its work.
    pub async fn drop_draft(&self, who: &Who, id: DraftId) -> Result<(), Problem> {
        self.delete_or_hold(&who.room, DRAFTS, &draft_row(who, id)).await
    }
}

fn draft_row(who: &Who, id: DraftId) -> Vec<u8> {
    let mut key = who.account.0.to_vec();
    key.extend(id.0);
    who.room.tokens.lookup(DRAFTS, &key)
}
