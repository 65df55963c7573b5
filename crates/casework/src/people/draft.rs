//! Drafts: what was being written waits, sealed, for the account that wrote it.
//!
//! An error, a session that fell asleep, or somebody else's save never loses an answer. What somebody chose to keep for
//! later is found again from My work; it is shown to nobody else, and not to its writer either once the case is shut to
//! them.

use crate::Casework;
use crate::look::admission;
use crate::problem::Problem;
use crate::who::Who;
use fanlight_core::ids::{CaseId, CommandId};
use fanlight_store::{JournalId, PutRow, RowFilter, SealedRow};
use jiff::{SignedDuration, Timestamp};

const DRAFTS: &str = "draft";
/// Drafts that somebody chose to keep: only these are listed.
const FOR_LATER: &str = "kept-draft";
/// How long a draft waits.
const WAITS: SignedDuration = SignedDuration::from_hours(24 * 7);
/// How many are listed.
const LISTED: usize = 50;

/// A draft, by the command id of the form that it was typed into.
pub type DraftId = CommandId;

/// What somebody kept for later.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptDraft {
    /// By which it is opened again.
    pub id: DraftId,
    /// The case that its form is of, with the reference.
    pub case: Option<(CaseId, String)>,
    /// When it was kept.
    pub kept: Timestamp,
    /// When it goes by itself.
    pub until: Timestamp,
    /// What the form wanted to say when it is drawn again.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for KeptDraft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeptDraft([withheld])")
    }
}

impl Casework {
    /// Keeps what was typed into a form, with whatever the form wants to say when it is drawn again.
    pub async fn keep_draft(&self, who: &Who, id: DraftId, bytes: Vec<u8>) -> Result<(), Problem> {
        self.put_draft(who, id, DRAFTS, None, bytes).await
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
        let case = self.case_for(who, case).await?.map(|_| JournalId(case.0));
        self.put_draft(who, id, DRAFTS, case, bytes).await
    }

    /// Keeps what was typed for later, on the person's own wish: My work lists it. A form of a case goes with the case;
    /// where there is no such case for the person, it is kept like any other draft and not listed.
    pub async fn keep_for_later(
        &self,
        who: &Who,
        id: DraftId,
        case: Option<CaseId>,
        bytes: Vec<u8>,
    ) -> Result<(), Problem> {
        let Some(case) = case else {
            return self.put_draft(who, id, FOR_LATER, None, bytes).await;
        };
        match self.case_for(who, case).await? {
            Some(_) => {
                self.put_draft(who, id, FOR_LATER, Some(JournalId(case.0)), bytes)
                    .await
            }
            None => self.put_draft(who, id, DRAFTS, None, bytes).await,
        }
    }

    /// The reference of a case, where it is there for the person.
    async fn case_for(&self, who: &Who, case: CaseId) -> Result<Option<String>, Problem> {
        match self.open(&who.room, case).await {
            Ok(opened) => {
                let there = opened.case.bones.is_none() && admission(who, &opened).is_some();
                let reference = opened.case.reference().map(ToString::to_string);
                Ok(there.then(|| reference.unwrap_or_default()))
            }
            Err(Problem::Unseen | Problem::Refused(_)) => Ok(None),
            Err(other) => Err(other),
        }
    }

    async fn put_draft(
        &self,
        who: &Who,
        id: DraftId,
        table: &str,
        case: Option<JournalId>,
        bytes: Vec<u8>,
    ) -> Result<(), Problem> {
        // What is listed stays listed when it is written again, as long as its case is there for the person; and there is
        // one of it alone, so that an older copy never comes back in place of what was kept last.
        let key = draft_row(who, id);
        let kept = self.row_or_held(&who.room, FOR_LATER, &key).await?;
        let stays = kept.is_some_and(|row| row.owner == Some(who.account.0) && row.case == case);
        let table = if stays { FOR_LATER } else { table };
        // A row is found by a keyed hash of its id, so the id stands inside, for the list.
        let mut inside = id.0.to_vec();
        inside.extend(bytes);
        let mut row = PutRow::new(table, &key, inside);
        row.case = case;
        row.owner = Some(who.account.0);
        row.sort = self.now().as_millisecond();
        row.expires_at = Some((self.now() + WAITS).as_millisecond());
        // On a full disk it waits in memory: what was typed is not lost to an error.
        self.put_or_hold(&who.room, row).await?;
        if table == FOR_LATER {
            self.delete_or_hold(&who.room, DRAFTS, &key).await?;
        }
        Ok(())
    }

    /// What was typed, if it is there and the account's own, and its case is not shut to them.
    pub async fn draft(&self, who: &Who, id: DraftId) -> Result<Option<Vec<u8>>, Problem> {
        for table in [DRAFTS, FOR_LATER] {
            let row = self.row_or_held(&who.room, table, &draft_row(who, id)).await?;
            let Some(row) = row.filter(|row| row.owner == Some(who.account.0)) else {
                continue;
            };
            if let Some(case) = row.case
                && self.case_for(who, CaseId(case.0)).await?.is_none()
            {
                return Ok(None);
            }
            return Ok(row.bytes.get(16..).map(<[u8]>::to_vec));
        }
        Ok(None)
    }

    /// What the person kept for later, newest first, without what is of a case that is shut to them.
    pub(crate) async fn kept_drafts(&self, who: &Who) -> Result<Vec<KeptDraft>, Problem> {
        let owner = RowFilter::Owner(who.account.0);
        let rows = self
            .store
            .rows(&who.room.label, FOR_LATER, owner, None, LISTED)
            .await?;
        let now = self.now().as_millisecond();
        let mut kept = Vec::with_capacity(rows.len());
        for row in rows {
            if row.expires_at.is_some_and(|until| until <= now) {
                continue;
            }
            let case = match row.case {
                None => None,
                Some(case) => match self.case_for(who, CaseId(case.0)).await? {
                    Some(reference) => Some((CaseId(case.0), reference)),
                    None => continue,
                },
            };
            kept.extend(kept_draft(row, case));
        }
        kept.reverse();
        Ok(kept)
    }

    /// Drops a draft that has done its work, or that its writer throws away.
    pub async fn drop_draft(&self, who: &Who, id: DraftId) -> Result<(), Problem> {
        for table in [DRAFTS, FOR_LATER] {
            self.delete_or_hold(&who.room, table, &draft_row(who, id)).await?;
        }
        Ok(())
    }
}

fn kept_draft(row: SealedRow, case: Option<(CaseId, String)>) -> Option<KeptDraft> {
    let (id, bytes) = row.bytes.split_at_checked(16)?;
    let moment = |ms: i64| Timestamp::from_millisecond(ms).ok();
    Some(KeptDraft {
        id: CommandId(id.try_into().ok()?),
        case,
        kept: moment(row.sort)?,
        until: moment(row.expires_at?)?,
        bytes: bytes.to_vec(),
    })
}

fn draft_row(who: &Who, id: DraftId) -> Vec<u8> {
    let mut key = who.account.0.to_vec();
    key.extend(id.0);
    who.room.tokens.lookup(DRAFTS, &key)
}
