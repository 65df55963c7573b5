//! What cases add to the measures counted over them: one pass over summaries, and what is left of erased cases.

use crate::Casework;
use crate::derive::read_summary;
use crate::lists::admits_kept;
use crate::problem::Problem;
use crate::reading::{Glance, Saw};
use crate::room::Room;
use crate::summary::{StageKept, Summary};
use crate::who::Who;
use fanlight_core::ids::CaseId;
use fanlight_core::measure::CaseBone;
use fanlight_store::{JournalId, JournalKind, ListedCase, Order, StateFilter, Viewer};
use jiff::Timestamp;

/// Summaries opened at once.
const PAGE: usize = 500;

/// With whose eyes cases are counted.
pub(crate) struct Eyes {
    /// As the query knows them.
    pub(crate) viewer: Viewer,
    /// Whether they read cases, and count only those that they may see; otherwise all but those shut to them.
    pub(crate) reads: bool,
}

impl Casework {
    /// What each case identified since a moment adds to measures, as far as somebody may count it. An erased case is
    /// counted by everybody: nobody is shut out of a handful of numbers about nobody.
    pub(crate) async fn case_bones(
        &self,
        who: &Who,
        eyes: &Eyes,
        since: Timestamp,
    ) -> Result<Vec<(JournalId, CaseBone)>, Problem> {
        let room = &who.room;
        let mut bones = self.erased_bones(room).await?;
        let mut by_another_pack = Vec::new();
        let mut cursor = None;
        let states = StateFilter::In(vec![StageKept::Open.byte(), StageKept::Closed.byte()]);
        'pages: loop {
            let page = self
                .store
                .cases(
                    &room.label,
                    &eyes.viewer,
                    states.clone(),
                    Order::NewestFirst,
                    cursor,
                    PAGE,
                )
                .await?;
            let Some(last) = page.last() else { break };
            cursor = Some(last.cursor());
            for listed in page {
                if listed.sort < since.as_millisecond() {
                    break 'pages;
                }
                let mut summary = read_summary(&listed.summary)?;
                // The sealed summary has the last word: what the index alone says is not believed.
                if !may_count(&summary, who, eyes) {
                    continue;
                }
                let stamp = summary.counts.as_ref().map(|counts| counts.pack.as_str());
                if stamp != Some(&room.pack.stamp()) {
                    by_another_pack.push(CaseId(listed.case.0));
                    summary = self.counted_anew(room, &listed).await?.unwrap_or(summary);
                }
                bones.extend(summary.counts.map(|counts| (listed.case, counts)));
            }
        }
        if !by_another_pack.is_empty() {
            let glance = Glance {
                saw: Saw::System,
                refused: false,
            };
            self.record(room, None, &by_another_pack, (glance, None), self.now())
                .await?;
        }
        Ok(bones)
    }

    /// A case counted by an earlier pack, counted by the one in force.
    async fn counted_anew(&self, room: &Room, listed: &ListedCase) -> Result<Option<Summary>, Problem> {
        match self.refresh_case(room, CaseId(listed.case.0)).await {
            Ok(()) => {}
            // One case that cannot be read closes no list of others: it counts as it was counted last.
            Err(
                Problem::NoRoom
                | Problem::Broken(_)
                | Problem::Unreadable(_)
                | Problem::Unseen
                | Problem::Refused(_),
            ) => return Ok(None),
            Err(other) => return Err(other),
        }
        let found = self.store.summary(&room.label, listed.case).await?;
        found.map(|found| read_summary(&found.summary)).transpose()
    }

    /// What erased cases left of themselves for measures.
    async fn erased_bones(&self, room: &Room) -> Result<Vec<(JournalId, CaseBone)>, Problem> {
        let mut bones = Vec::new();
        let mut after = None;
        loop {
            let journals = self.store.journals(&room.label, after, PAGE).await?;
            let Some(last) = journals.last() else {
                return Ok(bones);
            };
            after = Some(last.journal);
            for journal in journals {
                if journal.kind != JournalKind::Case || !journal.erased {
                    continue;
                }
                let opened = self.open(room, CaseId(journal.journal.0)).await?;
                let left = opened.case.bones.and_then(|told| told.fact.counts);
                bones.extend(left.map(|counts| (journal.journal, counts)));
            }
        }
    }
}

fn may_count(summary: &Summary, who: &Who, eyes: &Eyes) -> bool {
    if eyes.reads {
        admits_kept(summary, who)
    } else {
        !summary.door.shut_out.contains(&who.account)
    }
}
