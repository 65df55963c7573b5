//! Whether what is kept beside the journals is what the journals say at this moment.

use crate::Casework;
use crate::derive::read_summary;
use crate::problem::Problem;
use crate::room::Room;
use crate::summary::Summary;
use fanlight_core::ids::{CaseId, LandlordId};
use fanlight_store::{CaseDump, Fault, JournalKind, StoreError, Verified};

/// Something kept beside a journal that is not what the journal says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptDifference {
    /// The case.
    pub case: CaseId,
    /// What differs: its name, and nothing of what it says.
    pub what: &'static str,
}

/// What a walk over everything of one landlord found.
#[derive(Clone, Debug)]
pub struct Examined {
    /// The landlord's short name.
    pub landlord: String,
    /// Chains, seals, commitments, rows and listings, and what of them does not hold.
    pub verified: Verified,
    /// What is kept beside the journals and is not what they say. Nothing was compared where the journals themselves do
    /// not hold.
    pub kept: Option<Vec<KeptDifference>>,
}

impl Examined {
    /// Whether everything holds.
    pub fn holds(&self) -> bool {
        let compared = self.kept.as_ref().is_some_and(Vec::is_empty);
        compared && self.verified.faults.is_empty() && self.verified.unlisted.is_empty()
    }
}

impl Casework {
    /// Walks everything of every landlord, and compares what is kept beside the journals with what they say now.
    pub async fn examine(&self) -> Result<Vec<Examined>, Problem> {
        let mut all = Vec::new();
        for label in self.store.landlords().await? {
            let mut verified = match self.store.verify(&label).await {
                Ok(verified) => verified,
                // Where not even the landlord's own key opens, that is the fault, and nothing behind it can be walked.
                Err(StoreError::SealBroken { at }) => Verified {
                    faults: vec![Fault { at }],
                    ..Verified::default()
                },
                Err(other) => return Err(other.into()),
            };
            let kept = if verified.faults.is_empty() {
                self.kept_of(&label, &mut verified).await?
            } else {
                None
            };
            all.push(Examined {
                landlord: label.label().to_owned(),
                verified,
                kept,
            });
        }
        Ok(all)
    }

    async fn kept_of(
        &self,
        label: &fanlight_store::Landlord,
        verified: &mut Verified,
    ) -> Result<Option<Vec<KeptDifference>>, Problem> {
        let compared = match self.room(&LandlordId(label.label().to_owned())).await {
            Ok(Some(room)) => self.check_kept(&room).await,
            Ok(None) => return Ok(Some(Vec::new())),
            Err(problem) => Err(problem),
        };
        match compared {
            Ok(kept) => Ok(Some(kept)),
            Err(Problem::Broken(StoreError::SealBroken { at })) => {
                verified.faults.push(Fault { at });
                Ok(None)
            }
            Err(other) => Err(other),
        }
    }

    /// Compares everything that is kept beside the journals of one landlord with what is made of them now, and says
    /// what differs. Changes nothing but what the time alone has changed.
    pub async fn check_kept(&self, room: &Room) -> Result<Vec<KeptDifference>, Problem> {
        while self.refresh(room).await? > 0 {}
        let mut differences = Vec::new();
        let mut after = None;
        loop {
            let journals = self.store.journals(&room.label, after, 500).await?;
            let Some(last) = journals.last() else {
                return Ok(differences);
            };
            after = Some(last.journal);
            for journal in &journals {
                if journal.kind == JournalKind::Case && journal.entries > 0 {
                    let case = CaseId(journal.journal.0);
                    let different = if journal.erased {
                        self.left_of_erased(room, case).await?
                    } else {
                        self.different(room, case).await?
                    };
                    differences.extend(different.into_iter().map(|what| KeptDifference { case, what }));
                }
            }
        }
    }

    async fn different(&self, room: &Room, id: CaseId) -> Result<Vec<&'static str>, Problem> {
        let opened = self.open(room, id).await?;
        let elsewhere = self.elsewhere(room, id, &opened.case).await?;
        let now = self.now();
        let write = self.beside(room, id, &opened.entries, &opened.case, &elsewhere, now)?;
        let Some(made) = write.listings.into_iter().next() else {
            return Err(Problem::Unreadable("a summary"));
        };
        let kept = match self.dump(room, id).await? {
            Some(kept) => kept,
            None => return Ok(vec!["everything"]),
        };
        let (Some(made_summary), Some((state, sort, bytes))) = (made.summary, kept.summary) else {
            return Ok(vec!["summary"]);
        };
        let same_summary = {
            let mut kept = read_summary(&bytes)?;
            let made = read_summary(&made_summary.bytes)?;
            // What the gate said holds until a time, and is asked again on reading.
            if kept.way.is_stale(room, now) {
                kept.way.clone_from(&made.way);
            }
            // By which pack a case is counted is looked at on reading too: a new one may be in force since this morning.
            let counted_by = |summary: &Summary| summary.counts.as_ref().map(|counts| counts.pack.clone());
            if counted_by(&kept) != counted_by(&made) {
                kept.counts.clone_from(&made.counts);
            }
            let sorted = |mut summary: Summary| {
                summary.owed.sort_by(|one, other| one.slot.cmp(&other.slot));
                summary
            };
            sorted(kept) == sorted(made) && (state, sort) == (made_summary.state, made_summary.sort)
        };
        let mut index = made.index.unwrap_or_default();
        index.sort_unstable_by_key(|row| row.slot);
        let in_order = |tokens: Option<Vec<fanlight_store::Token>>| {
            let mut tokens = tokens.unwrap_or_default();
            tokens.sort_unstable();
            tokens.dedup();
            tokens
        };
        let all = [
            ("summary", same_summary),
            ("index", index == kept.index),
            ("search", in_order(made.search) == kept.search),
            ("audience", in_order(made.audience) == kept.audience),
            ("shut out", in_order(made.shut_out) == kept.shut_out),
        ];
        Ok(all
            .into_iter()
            .filter(|(_, same)| !same)
            .map(|(what, _)| what)
            .collect())
    }

    /// Of an erased case nothing is kept but the index of its promises.
    async fn left_of_erased(&self, room: &Room, id: CaseId) -> Result<Vec<&'static str>, Problem> {
        let Some(kept) = self.dump(room, id).await? else {
            return Ok(Vec::new());
        };
        let all = [
            ("summary", kept.summary.is_none()),
            ("search", kept.search.is_empty()),
            ("audience", kept.audience.is_empty()),
            ("shut out", kept.shut_out.is_empty()),
        ];
        Ok(all
            .into_iter()
            .filter(|(_, gone)| !gone)
            .map(|(what, _)| what)
            .collect())
    }

    async fn dump(&self, room: &Room, id: CaseId) -> Result<Option<CaseDump>, Problem> {
        match self
            .store
            .dump_case(&room.label, fanlight_store::JournalId(id.0))
            .await
        {
            Ok(kept) => Ok(Some(kept)),
            Err(StoreError::NotFound) => Ok(None),
            Err(other) => Err(other.into()),
        }
    }

    /// Walks everything that a landlord keeps, chain and seals, and says what does not hold.
    pub async fn verify(&self, room: &Room) -> Result<fanlight_store::Verified, Problem> {
        Ok(self.store.verify(&room.label).await?)
    }
}
