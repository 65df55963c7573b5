//! The reading journal: who saw which cases, when and why, and who was refused.

use crate::Casework;
use crate::problem::Problem;
use crate::room::Room;
use crate::who::Who;
use fanlight_core::ids::{AccountId, CaseId};
use fanlight_core::words::Words;
use fanlight_store::{JournalId, PutRow};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What somebody looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Saw {
    /// The page of the case.
    Page,
    /// A form of the case.
    Form,
    /// The case while something was recorded in it.
    Recording,
    /// A row in a list of work or of cases.
    List,
    /// A row in a search.
    Search,
    /// A code word, behind a press.
    CodeWord,
    /// Who has looked at it.
    Readings,
    /// Text that was corrected, with a reason.
    Earlier,
    /// A figure opened to the cases behind it.
    Figure,
    /// How it is safe to make contact and the danger, alone, while nothing could be recorded.
    SafeContactAlone,
    /// The program itself: reminders, refreshing, rebuilding.
    System,
}

impl Saw {
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Saw::Page => "Opened the case",
            Saw::Form => "Opened a form of the case",
            Saw::Recording => "Recorded something in the case",
            Saw::List => "Saw it in a list",
            Saw::Search => "Found it in a search",
            Saw::CodeWord => "Uncovered the code word",
            Saw::Readings => "Looked at who has looked",
            Saw::Earlier => "Opened corrected text",
            Saw::Figure => "Opened a figure to its cases",
            Saw::SafeContactAlone => "Saw safe contact and danger alone, while nothing could be recorded",
            Saw::System => "The program",
        }
    }
}

/// What is recorded of a look.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Glance {
    pub(crate) saw: Saw,
    pub(crate) refused: bool,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    /// Nothing for the program itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    who: Option<AccountId>,
    saw: Saw,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    refused: bool,
    /// How many cases one record names.
    cases: usize,
    /// Where the reason is kept, if one had to be given: under the key of the case, so that it goes when the case does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason_at: Option<CaseId>,
    /// When it was shown, if the record had to wait for room on the disk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    shown_at: Option<Timestamp>,
}

/// The table of reasons given for a look, each sealed with the case's own key.
const REASONS: &str = "look-reason";

/// Somebody's look at a case.
#[derive(Clone, Debug, PartialEq)]
pub struct LookRow {
    /// Who; nothing for the program itself, and nothing where the reader may not know who was refused.
    pub who: Option<AccountId>,
    /// At what.
    pub saw: Saw,
    /// Whether it was refused.
    pub refused: bool,
    /// Whether who it was is held back from the reader.
    pub held_back: bool,
    /// The reason given, where one had to be; for the lead alone.
    pub reason: Option<Words>,
    /// When.
    pub at: Timestamp,
}

impl Casework {
    /// Puts a look on record, durably, before anything is shown.
    pub(crate) async fn record_look(
        &self,
        who: &Who,
        cases: &[CaseId],
        glance: Glance,
        now: Timestamp,
    ) -> Result<(), Problem> {
        self.record(&who.room, Some(who.account), cases, (glance, None), now)
            .await
    }

    /// Puts a refusal to record something on record. Gives what the person is told: the same whether there is no case
    /// or none for them.
    pub(crate) async fn refused(&self, who: &Who, cases: &[CaseId], now: Timestamp) -> Problem {
        let glance = Glance {
            saw: Saw::Recording,
            refused: true,
        };
        match self.record_look(who, cases, glance, now).await {
            Ok(()) => Problem::Unseen,
            Err(trouble) => trouble,
        }
    }

    pub(crate) async fn record(
        &self,
        room: &Room,
        who: Option<AccountId>,
        cases: &[CaseId],
        (glance, reason): (Glance, Option<&Words>),
        now: Timestamp,
    ) -> Result<(), Problem> {
        let reason_at = match (reason, cases) {
            (Some(reason), [case]) => Some(self.keep_reason(room, *case, reason).await?),
            (Some(_) | None, _) => None,
        };
        let kept = Kept {
            who,
            saw: glance.saw,
            refused: glance.refused,
            cases: cases.len(),
            reason_at,
            shown_at: None,
        };
        let bytes = serde_json::to_vec(&kept).map_err(|_| Problem::Unreadable("a reading"))?;
        let shown: Vec<JournalId> = cases.iter().map(|case| JournalId(case.0)).collect();
        let reading = fanlight_store::Reading { bytes, cases: shown };
        self.store
            .log_read(&room.label, reading, now.as_millisecond())
            .await?;
        // There is room again: what waited for it follows at once.
        if self.holds_anything() {
            self.bring_held_to_disk().await?;
        }
        Ok(())
    }

    /// Puts a look at safe contact and danger alone on record. Where there is no room for that record either, it waits in
    /// memory and stands in the log meanwhile: the one look that is not refused for want of a record (rule 4).
    pub(crate) async fn record_or_hold(
        &self,
        who: &Who,
        cases: &[CaseId],
        glance: Glance,
        now: Timestamp,
    ) -> Result<(), Problem> {
        match self.record_look(who, cases, glance, now).await {
            Err(Problem::NoRoom) => {}
            other => return other,
        }
        let kept = Kept {
            who: Some(who.account),
            saw: glance.saw,
            refused: glance.refused,
            cases: cases.len(),
            reason_at: None,
            shown_at: Some(now),
        };
        let bytes = serde_json::to_vec(&kept).map_err(|_| Problem::Unreadable("a reading"))?;
        for case in cases {
            tracing::warn!(
                account = %who.account, %case, refused = glance.refused,
                "a look at safe contact and danger alone: its record waits for room on the disk"
            );
        }
        let cases = cases.iter().map(|case| JournalId(case.0)).collect();
        self.hold_look(&who.room, fanlight_store::Reading { bytes, cases });
        Ok(())
    }

    async fn keep_reason(&self, room: &Room, case: CaseId, reason: &Words) -> Result<CaseId, Problem> {
        let id = CaseId(self.random());
        let mut row = PutRow::new(REASONS, &id.0, reason.reveal().as_bytes().to_vec());
        row.case = Some(JournalId(case.0));
        self.store.put_row(&room.label, row).await?;
        Ok(id)
    }

    async fn reason_at(&self, room: &Room, at: Option<CaseId>) -> Result<Option<Words>, Problem> {
        let Some(at) = at else { return Ok(None) };
        let row = self.store.row(&room.label, REASONS, &at.0).await?;
        Ok(row
            .and_then(|row| String::from_utf8(row.bytes).ok())
            .map(Words::new))
    }

    /// Who has looked at a case, newest first, with the position of the last row for the next page.
    pub(crate) async fn looks_at(
        &self,
        room: &Room,
        case: CaseId,
        before: Option<u64>,
        limit: usize,
        names_of_refused: bool,
    ) -> Result<(Vec<LookRow>, Option<u64>), Problem> {
        let readings = self
            .store
            .readings(&room.label, Some(JournalId(case.0)), before, limit)
            .await?;
        let next = (readings.len() == limit)
            .then(|| readings.last().map(|reading| reading.position))
            .flatten();
        let mut rows = Vec::with_capacity(readings.len());
        for reading in readings {
            let fanlight_store::Entry::Open(bytes) = &reading.entry else {
                continue;
            };
            let kept: Kept = serde_json::from_slice(bytes).map_err(|_| Problem::Unreadable("a reading"))?;
            let held_back = kept.refused && !names_of_refused;
            let reason = self
                .reason_at(room, kept.reason_at.filter(|_| names_of_refused))
                .await?;
            rows.push(LookRow {
                who: kept.who.filter(|_| !held_back),
                saw: kept.saw,
                refused: kept.refused,
                held_back,
                reason,
                at: kept
                    .shown_at
                    .unwrap_or_else(|| Timestamp::from_millisecond(reading.recorded).unwrap_or_default()),
            });
        }
        Ok((rows, next))
    }
}
