//! What a landlord did about its policy as a whole: a version adopted, a document reviewed, a law that changed.
//!
//! It is told in the kinds and codes of the table of facts, so that the clocks owed to the landlord itself run on it.
//! Nothing here is about a case or a person: whatever needs a colleague's name (trainings, for one) is not recorded
//! here.

use super::{AccountRefusal, Landlord};
use crate::access::{Action, allowed};
use crate::coded::{CodedFact, Codes, Kind, Value};
use crate::contact::midnight;
use crate::fact::Actor;
use crate::ids::{AccountId, Position};
use crate::obligation::OwedTo;
use crate::pack::{Pack, Register};
use crate::times::Times;
use crate::words::Words;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Something that the landlord did, or that happened to it, with a date and in codes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EvidenceRecorded {
    /// What kind of thing.
    pub kind: Kind,
    /// On which day, as told.
    pub on: Date,
    /// Codes about it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub with: Codes,
    /// Which entry of a register it concerns, as `document/ID`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// What was done, and where it can be seen.
    pub words: Words,
    /// The entry it puts right, which counts no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<Position>,
}

/// The same with where it stands, by whom and when.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidenced {
    /// Where it stands in the landlord's journal.
    pub position: Position,
    /// What was recorded.
    pub evidence: EvidenceRecorded,
    /// By whom.
    pub by: Actor,
    /// When.
    pub times: Times,
}

/// The kinds that can be recorded of a landlord, in the order in which they are offered.
pub const RECORDABLE: &[Kind] = &[
    Kind::PolicyAdopted,
    Kind::DocumentReviewed,
    Kind::PolicyPublished,
    Kind::LawChanged,
    Kind::AgreementMade,
    Kind::ReportPublished,
    Kind::CommitmentKept,
    Kind::LearningRecorded,
    Kind::LearningActedOn,
    Kind::RoleFilled,
    Kind::RoleVacated,
];

/// Whether somebody may record this kind: whoever checks registers, and the posts by which the policy has it done.
pub fn may_record(landlord: &Landlord, pack: &Pack, by: AccountId, kind: Kind) -> bool {
    let Some(member) = landlord.members.get(&by).filter(|member| member.open) else {
        return false;
    };
    let posts = pack
        .obligations
        .iter()
        .filter(|rule| {
            rule.owed_to == OwedTo::Landlord && rule.met_by.iter().any(|met| met.fact.kind == kind)
        })
        .flat_map(|rule| rule.who.iter())
        .filter_map(|post| pack.role(post));
    let named: BTreeSet<&str> = posts
        .flat_map(|post| post.acts_as.iter().map(String::as_str))
        .collect();
    member
        .roles
        .iter()
        .any(|(role, _)| allowed(*role, Action::CheckRegisters) || named.contains(role.code()))
}

/// Records something that the landlord did, or puts right what was recorded.
pub fn record_evidence(
    landlord: &Landlord,
    pack: &Pack,
    by: AccountId,
    evidence: EvidenceRecorded,
    today: Date,
) -> Result<super::LandlordFact, AccountRefusal> {
    let corrected = match evidence.corrects {
        None => None,
        Some(place) => Some(
            landlord
                .evidence_standing()
                .find(|standing| standing.position == place)
                .ok_or(AccountRefusal::NothingStandsThere)?,
        ),
    };
    let (kind, taken_back) = match (evidence.kind, corrected) {
        (Kind::EnteredInError, Some(corrected)) => (corrected.evidence.kind, true),
        (kind, _) => (kind, false),
    };
    if !RECORDABLE.contains(&kind) {
        return Err(AccountRefusal::NotRecordable);
    }
    if !may_record(landlord, pack, by, kind) {
        return Err(AccountRefusal::NotAllowed);
    }
    if evidence.words.is_blank() {
        return Err(AccountRefusal::WordsMissing);
    }
    if !taken_back {
        fits(pack, &evidence, today)?;
    }
    Ok(super::LandlordFact::EvidenceRecorded(evidence))
}

fn fits(pack: &Pack, evidence: &EvidenceRecorded, today: Date) -> Result<(), AccountRefusal> {
    let coded = |(name, value): (&std::borrow::Cow<'static, str>, &Value)| {
        evidence.kind.fault_in(name, value).is_some()
    };
    let post_unknown = matches!(
        evidence.with.get("role"), Some(Value::Code(post)) if pack.role(post).is_none()
    );
    if evidence.with.iter().any(coded) || post_unknown {
        return Err(AccountRefusal::NotRecordable);
    }
    if evidence
        .about
        .as_ref()
        .is_some_and(|about| !is_entry(pack, about))
    {
        return Err(AccountRefusal::NotRecordable);
    }
    if evidence.on > today {
        return Err(AccountRefusal::InTheFuture);
    }
    // Without the day of the next review a version could never fall due again.
    let next = evidence.with.get("next_review");
    let later =
        matches!(next, Some(Value::Code(date)) if date.parse().is_ok_and(|date: Date| date > evidence.on));
    let next_is_wrong = if evidence.kind == Kind::PolicyAdopted {
        !later
    } else {
        next.is_some() && !later
    };
    if next_is_wrong {
        return Err(AccountRefusal::NextReviewMissing);
    }
    Ok(())
}

fn is_entry(pack: &Pack, about: &str) -> bool {
    about.split_once('/').is_some_and(|(register, id)| {
        Register::ALL
            .into_iter()
            .filter(|one| one.key() == register)
            .any(|one| pack.register(one).iter().any(|entry| entry.id == id))
    })
}

impl Landlord {
    /// What was recorded and not put right since, oldest first. What was entered in error leaves nothing.
    pub fn evidence_standing(&self) -> impl Iterator<Item = &Evidenced> {
        let corrected: BTreeSet<Position> = self
            .evidence
            .iter()
            .filter_map(|one| one.evidence.corrects)
            .collect();
        self.evidence.iter().filter(move |one| {
            !corrected.contains(&one.position) && one.evidence.kind != Kind::EnteredInError
        })
    }

    /// The landlord's own journal as clocks see it. `packs` are the adopted packs as read, in the order of their
    /// adoption: that a version was adopted here says what its text says of itself, its day and its next review.
    pub fn coded(&self, packs: &[Arc<Pack>]) -> Vec<CodedFact> {
        let adopted = self.packs.iter().zip(packs).map(|(adopted, pack)| {
            let day = midnight(pack.landlord.adopted_from);
            let times = Times {
                happened: day,
                aware: day,
                recorded: adopted.times.recorded,
            };
            let fact = CodedFact::new(Kind::PolicyAdopted, adopted.position.0, times);
            match pack.landlord.review_due {
                Some(due) => fact.with("next_review", due.to_string()),
                None => fact,
            }
        });
        let told = self.evidence.iter().map(|one| {
            let happened = midnight(one.evidence.on);
            // A landlord knows of its own acts when it does them; of a change in law only when somebody finds it.
            let aware = if one.evidence.kind == Kind::LawChanged {
                one.times.recorded
            } else {
                happened
            };
            let times = Times {
                happened,
                aware,
                recorded: one.times.recorded,
            };
            let mut fact = CodedFact::new(one.evidence.kind, one.position.0, times);
            fact.with.clone_from(&one.evidence.with);
            fact.corrects = one.evidence.corrects;
            match one
                .evidence
                .about
                .as_deref()
                .and_then(|about| about.strip_prefix("document/"))
                .map(str::to_owned)
            {
                Some(document) if one.evidence.kind == Kind::DocumentReviewed => {
                    fact.with("document", document)
                }
                Some(_) | None => fact,
            }
        });
        let mut all: Vec<CodedFact> = adopted.chain(told).collect();
        all.sort_by_key(|fact| fact.position);
        all
    }
}
