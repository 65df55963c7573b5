//! Erasing a case: what it said goes with its key, and the bones stay so that yearly measures do.

use crate::Casework;
use crate::derive::{counts_of, promises, state_of, team_of};
use crate::look::{OpenedCase, admission};
use crate::problem::Problem;
use crate::summary::StageKept;
use crate::who::Who;
use fanlight_core::access::Action;
use fanlight_core::coded::coded;
use fanlight_core::fact::{Actor, Bone, BoneState, BonesKept, Fact, Recorded};
use fanlight_core::ids::{AccountId, CaseId};
use fanlight_core::obligation::{self, Obligation};
use fanlight_core::refusal::Refusal;
use fanlight_core::times::Times;
use fanlight_core::words::Words;
use fanlight_store::{JournalId, OldGeneration};

/// What an erasure did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// How many promises stay as bones.
    pub bones: usize,
    /// Whether an older key is still held, so that a backup made before can still be opened with it.
    pub in_backups: bool,
}

impl Casework {
    /// Erases a closed case or an ended report, under a retention rule. Only the lead may, and only what admits them.
    pub async fn erase(
        &self,
        who: &Who,
        id: CaseId,
        under: &Words,
        no_backup_needs_it: bool,
    ) -> Result<Erasure, Problem> {
        let opened = self.open_for(who, id, Action::EraseCase).await?;
        self.erase_opened(who, id, &opened, (under, None), no_backup_needs_it)
            .await
    }

    /// Opens a case for something that is done to the whole of it.
    pub(crate) async fn open_for(
        &self,
        who: &Who,
        id: CaseId,
        action: Action,
    ) -> Result<OpenedCase, Problem> {
        match self.open(&who.room, id).await {
            Ok(opened) if who.may(action) && admission(who, &opened).is_some() => Ok(opened),
            Ok(_) | Err(Problem::Unseen) => Err(self.refused(who, &[id], self.now()).await),
            Err(other) => Err(other),
        }
    }

    /// Erases what has been opened for somebody who may, under a rule and, where two people did it, by whose proposal.
    pub(crate) async fn erase_opened(
        &self,
        who: &Who,
        id: CaseId,
        opened: &OpenedCase,
        (under, proposed_by): (&Words, Option<AccountId>),
        no_backup_needs_it: bool,
    ) -> Result<Erasure, Problem> {
        let now = self.now();
        let room = &who.room;
        can_be_erased(opened, under)?;
        let kept: Vec<Bone> = promises(&opened.entries, room, now).iter().map(bone_of).collect();
        let bones = kept.len();
        let fact = Fact::BonesKept(BonesKept {
            team: team_of(&opened.case, room).to_owned(),
            bones: kept,
            under: under.reveal().to_owned(),
            proposed_by,
            counts: counts_of(&opened.case, &coded(&opened.entries), room, now),
        });
        let recorded = Recorded {
            by: Actor::Account(who.account),
            times: Times::at(now),
            corrects: None,
            fact,
        };
        let bytes = serde_json::to_vec(&recorded).map_err(|_| Problem::Unreadable("a new entry"))?;
        let old = if no_backup_needs_it {
            OldGeneration::DestroyNow
        } else {
            OldGeneration::KeepUntilBackup
        };
        let erased = self
            .store
            .erase_case(
                &room.label,
                JournalId(id.0),
                vec![bytes],
                now.as_millisecond(),
                old,
            )
            .await?;
        // What this case called unsafe is no longer known, for other cases too.
        let keys = crate::act::unsafe_keys(&opened.case);
        self.tell_others(room, id, keys.iter().map(|(_, key)| key)).await;
        Ok(Erasure {
            bones,
            in_backups: !erased.still_held.is_empty(),
        })
    }
}

/// Only what is closed is erased, and only with a reason.
pub(crate) fn can_be_erased(opened: &OpenedCase, under: &Words) -> Result<(), Problem> {
    if under.is_blank() {
        return Err(Refusal::ReasonNeeded.into());
    }
    match crate::derive::stage_of(&opened.case) {
        StageKept::Closed | StageKept::Ended | StageKept::Joined => Ok(()),
        StageKept::Erased => Err(Refusal::Erased.into()),
        StageKept::Report | StageKept::Open => Err(Problem::Unfit(
            "Close the case first: what is open is not erased.",
        )),
    }
}

fn bone_of(promise: &Obligation) -> Bone {
    let state = match obligation::BoneState::of(&promise.state) {
        obligation::BoneState::Open | obligation::BoneState::Paused => BoneState::Open,
        obligation::BoneState::Kept => BoneState::Met,
        obligation::BoneState::KeptRecordedLate => BoneState::RecordedLate,
        obligation::BoneState::Missed => BoneState::Missed,
        obligation::BoneState::MissedNoSafeRoute => BoneState::MissedNoSafeRoute,
        obligation::BoneState::Excused => BoneState::Excused,
        obligation::BoneState::Lapsed => BoneState::Lapsed,
    };
    debug_assert!(
        state_of(crate::derive::state_byte(obligation::BoneState::of(
            &promise.state
        )))
        .is_some()
    );
    Bone {
        rule: promise.rule.clone(),
        started: promise.started.at,
        due: promise.due.at,
        met: promise.done_at(),
        state,
    }
}
