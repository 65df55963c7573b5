//! Facts of the daily work: who leads, notes, wishes, risk, plans, and clocks excused or paused.

use crate::codes::codes;
use crate::ids::{AccountId, PersonId};
use crate::risk::{GroundKind, RiskAnswer};
use crate::words::Words;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

codes! {
    /// What a worker is to the case.
    WorkerPart {
        Lead = "lead", "Lead worker";
        Deputy = "deputy", "Deputy";
        Cover = "cover", "Cover";
    }
}

codes! {
    /// Whether the person's wish for a worker was met.
    WishMet {
        Met = "met", "As the person asked";
        NotMet = "not_met", "Not as asked, with the reason";
        NoWish = "no_wish", "No preference, or not asked yet";
    }
}

/// A named worker took the case, or left it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorkerNamed {
    /// Who; nothing when the place falls vacant.
    pub account: Option<AccountId>,
    /// As what.
    pub part: WorkerPart,
    /// Whether it is whom the person asked for.
    pub wish: WishMet,
    /// Why not, or anything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Words>,
}

/// A note: facts, not judgements (Stonewater 10.3).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NoteWritten {
    /// What it says.
    pub words: Words,
}

/// What the person wants to happen, in her own words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WishesTold {
    /// Her words.
    pub words: Words,
}

/// How dangerous the person says it is. "Not yet, because" is an answer, and stays in My work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum OwnViewOfDangerTold {
    /// Her words.
    Told {
        /// What she said.
        words: Words,
    },
    /// We could not ask yet.
    NotYet {
        /// Why.
        because: Words,
    },
}

codes! {
    /// By whom risk was assessed.
    AssessedBy {
        Us = "us", "By us";
        OtherAgency = "other_agency", "By another agency";
    }
}

codes! {
    /// The evidence we hold of another agency's assessment.
    Evidence {
        Seen = "seen", "We have seen it";
        Told = "told", "We were told of it";
        Own = "own", "It is ours";
    }
}

/// Risk was assessed with an instrument. Within one assessment judgement raises the level, never lowers it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RiskAssessed {
    /// Which instrument, by its id.
    pub instrument: String,
    /// By whom.
    pub by: AssessedBy,
    /// Which agency, if it was another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<Words>,
    /// What we hold of it.
    pub evidence: Evidence,
    /// How many answers were yes, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub yes: Option<u8>,
    /// How many were not asked, not known or declined: the count could be as high as the two together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unknown: Option<u8>,
    /// The level, by the code of the pack's own scale.
    pub level: String,
    /// Why the level is what it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Words>,
    /// The second named person, where the level is lower than before (safety rule 7).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen_by: Option<AccountId>,
    /// The answers themselves, where we hold them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<Answered>,
}

/// The answers of an assessment, with all that makes them readable years later.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answered {
    /// The version of the instrument: its items never change under it.
    pub version: String,
    /// The answers, in the order of the items.
    pub answers: Vec<RiskAnswer>,
    /// Of which perpetrators; none named means that it is not known who.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub perpetrators: Vec<PersonId>,
    /// The MARAC area by whose grounds it was looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// How many incidents of the kind and within the window that the area counts; nothing means not asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incidents: Option<u16>,
    /// The worker's professional judgement, kept apart from facts (Stonewater 10.3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judgement: Option<Words>,
}

codes! {
    /// What was decided about a referral to MARAC.
    MaracAnswer {
        Refer = "refer", "To be referred";
        NotAtThreshold = "not_at_threshold", "No ground stands";
        NotReferred = "not_referred_with_reason", "Not referred, with a reason";
    }
}

/// A named person decided whether the case goes to MARAC. High risk without a referral needs a reason and a second
/// named person (safety rule 7).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MaracDecided {
    /// What was decided.
    pub answer: MaracAnswer,
    /// On which grounds, as they stood.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grounds: Vec<GroundKind>,
    /// The MARAC area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Words>,
    /// The second named person who has seen it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen_by: Option<AccountId>,
}

codes! {
    /// What came of an offer.
    Taken {
        Yes = "yes", "Taken up";
        NotNow = "not_now", "Not now";
        No = "no", "Declined";
    }
}

/// A safety plan was offered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SafetyPlanOffered {
    /// What came of it.
    pub taken: Taken,
    /// Anything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Words>,
}

codes! {
    /// With whom a plan was agreed.
    AgreedWith {
        Survivor = "survivor", "With the survivor";
        Professional = "professional", "With a professional on the survivor's behalf";
        NotAgreed = "not_agreed", "Written, not agreed yet";
    }
}

/// An action plan was written, and agreed or not yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActionPlanAgreed {
    /// With whom.
    pub with: AgreedWith,
    /// What it says.
    pub words: Words,
    /// When it is looked at again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_on: Option<Date>,
}

codes! {
    /// On what ground a promise is excused. Which grounds count for which promise is the pack's to say.
    ExcuseGround {
        SurvivorsWish = "survivors_wish", "The survivor's express wish";
        NotPracticable = "not_practicable", "Not practicable, with a new date";
        NoSafeRoute = "no_safe_route", "No safe way yet: still counts as missed, and is explained";
    }
}

/// A promise was excused on a ground that the policy allows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ObligationExcused {
    /// The rule's id in the pack.
    pub rule: String,
    /// Which item of a list, if the rule has one clock for each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// The ground.
    pub ground: ExcuseGround,
    /// Why.
    pub reason: Words,
    /// The new date, where the policy asks for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_date: Option<Date>,
}

/// A promise's clock was paused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PauseBegan {
    /// The rule's id in the pack.
    pub rule: String,
    /// On what ground, by the pack's code.
    pub ground: String,
    /// Why.
    pub reason: Words,
}

/// A paused clock runs again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PauseEnded {
    /// The rule's id in the pack.
    pub rule: String,
}
