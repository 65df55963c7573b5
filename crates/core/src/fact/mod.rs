//! What can happen in a case, as it is stored for ever.
//!
//! A fact is past tense and says what happened, not what changed. Facts are added, never changed: a correction is
//! a new entry that names the one whose place it takes, and what it corrects leaves the page at once. The stored
//! form of every fact is frozen by a fixture in `tests/it/wire/`; a field added later is optional, and a new shape
//! is a new variant.

mod closing;
mod conflict;
mod contact;
mod people;
mod report;
mod work;

pub use closing::*;
pub use conflict::*;
pub use contact::*;
pub use people::*;
pub use report::*;
pub use work::*;

use crate::ids::{AccountId, Position};
use crate::times::Times;
use serde::{Deserialize, Serialize};

/// Who recorded an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// Somebody who was signed in.
    Account(AccountId),
    /// Somebody without an account, through the public page.
    Public,
    /// The program itself, by a rule that the fact names.
    System,
}

impl Actor {
    /// The account, if there is one.
    pub fn account(self) -> Option<AccountId> {
        match self {
            Actor::Account(account) => Some(account),
            Actor::Public | Actor::System => None,
        }
    }
}

/// An entry as it is sealed: its position is the journal's, not its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// Who recorded it.
    pub by: Actor,
    /// The three times.
    pub times: Times,
    /// The entry whose place this one takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<Position>,
    /// What happened.
    pub fact: Fact,
}

/// An entry at its place in the journal.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Where it stands, counted from 0.
    pub position: Position,
    /// What was recorded, or nothing if it has been redacted.
    pub recorded: Option<Recorded>,
}

/// One fact of a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Fact {
    /// A report reached us.
    ReportReceived(ReportReceived),
    /// The danger question was answered.
    DangerAnswered(DangerAnswered),
    /// A report ended without becoming a case.
    ReportEnded(ReportEnded),
    /// The report became a case.
    CaseOpened(CaseOpened),
    /// The report was found to belong to a case that was there already.
    CaseJoined(CaseJoined),
    /// We were told about a person in the case.
    PersonTold(PersonTold),
    /// We were told about the home.
    HomeTold(HomeTold),
    /// Whether anybody involved works for us.
    StaffConnectionAnswered(StaffConnectionAnswered),
    /// Somebody with an account may see no trace of the case.
    ShutOut(ShutOut),
    /// Somebody who was shut out no longer is.
    LetBackIn(LetBackIn),
    /// Only named people may open the case.
    Restricted(Restricted),
    /// The case opens to its team again.
    RestrictionLifted(RestrictionLifted),
    /// A named worker took, or left, the case.
    WorkerNamed(WorkerNamed),
    /// We were told of a way by which a person might be reached.
    RouteTold(RouteTold),
    /// A way of making contact was called safe or unsafe.
    SafeContactAgreed(SafeContactAgreed),
    /// What the person wants and needs whenever we make contact.
    ContactWishesTold(ContactWishesTold),
    /// We tried to reach somebody and did not. An attempt is not a contact.
    ContactTried(ContactTried),
    /// We were in contact with somebody.
    ContactMade(ContactMade),
    /// Life was at risk, and a person decided to try an unknown route.
    LifeAtRiskTried(LifeAtRiskTried),
    /// The second person answered about a life-at-risk try.
    LifeAtRiskReviewed(LifeAtRiskReviewed),
    /// How often we are in contact was agreed with the survivor.
    RhythmAgreed(RhythmAgreed),
    /// A note.
    NoteWritten(NoteWritten),
    /// What the person wants to happen, in her own words.
    WishesTold(WishesTold),
    /// How dangerous the person says it is, or why we could not ask yet.
    OwnViewOfDangerTold(OwnViewOfDangerTold),
    /// Risk was assessed with an instrument, by us or by another agency.
    RiskAssessed(RiskAssessed),
    /// Whether the case goes to MARAC was decided by a named person.
    MaracDecided(MaracDecided),
    /// A safety plan was offered.
    SafetyPlanOffered(SafetyPlanOffered),
    /// An action plan was agreed.
    ActionPlanAgreed(ActionPlanAgreed),
    /// A promise was excused on a ground that the policy allows.
    ObligationExcused(ObligationExcused),
    /// A promise's clock was paused.
    PauseBegan(PauseBegan),
    /// A paused clock runs again.
    PauseEnded(PauseEnded),
    /// There is no safe way to reach the person yet.
    NoSafeRouteFound(NoSafeRouteFound),
    /// The case was closed.
    CaseClosed(CaseClosed),
    /// The person came back: clocks start afresh.
    CaseReturned(CaseReturned),
    /// A person in the case died.
    PersonDied(PersonDied),
    /// The survivor is no longer in this landlord's care.
    MovedOutOfCare(MovedOutOfCare),
    /// The survivor asked us to stop.
    SaidStop(SaidStop),
    /// An entry was made by mistake, and nothing takes its place.
    TakenBack(TakenBack),
    /// What is left of the promises once the case is erased: no words, no person.
    BonesKept(BonesKept),
}

impl Fact {
    /// The stored name of every fact, in the order of the variants.
    pub const NAMES: &'static [&'static str] = &[
        "report_received",
        "danger_answered",
        "report_ended",
        "case_opened",
        "case_joined",
        "person_told",
        "home_told",
        "staff_connection_answered",
        "shut_out",
        "let_back_in",
        "restricted",
        "restriction_lifted",
        "worker_named",
        "route_told",
        "safe_contact_agreed",
        "contact_wishes_told",
        "contact_tried",
        "contact_made",
        "life_at_risk_tried",
        "life_at_risk_reviewed",
        "rhythm_agreed",
        "note_written",
        "wishes_told",
        "own_view_of_danger_told",
        "risk_assessed",
        "marac_decided",
        "safety_plan_offered",
        "action_plan_agreed",
        "obligation_excused",
        "pause_began",
        "pause_ended",
        "no_safe_route_found",
        "case_closed",
        "case_returned",
        "person_died",
        "moved_out_of_care",
        "said_stop",
        "taken_back",
        "bones_kept",
    ];

    /// Whether it is about danger or safe contact, or shuts somebody out: what is still recorded, from the space set aside,
    /// when the disk has no room for anything else.
    pub fn cannot_wait(&self) -> bool {
        match self {
            Fact::DangerAnswered(_)
            | Fact::RouteTold(_)
            | Fact::SafeContactAgreed(_)
            | Fact::ContactWishesTold(_)
            | Fact::NoSafeRouteFound(_)
            | Fact::LifeAtRiskTried(_)
            | Fact::LifeAtRiskReviewed(_)
            | Fact::ShutOut(_) => true,
            Fact::ReportReceived(_)
            | Fact::ReportEnded(_)
            | Fact::CaseOpened(_)
            | Fact::CaseJoined(_)
            | Fact::PersonTold(_)
            | Fact::HomeTold(_)
            | Fact::StaffConnectionAnswered(_)
            | Fact::LetBackIn(_)
            | Fact::Restricted(_)
            | Fact::RestrictionLifted(_)
            | Fact::WorkerNamed(_)
            | Fact::ContactTried(_)
            | Fact::ContactMade(_)
            | Fact::RhythmAgreed(_)
            | Fact::NoteWritten(_)
            | Fact::WishesTold(_)
            | Fact::OwnViewOfDangerTold(_)
            | Fact::RiskAssessed(_)
            | Fact::MaracDecided(_)
            | Fact::SafetyPlanOffered(_)
            | Fact::ActionPlanAgreed(_)
            | Fact::ObligationExcused(_)
            | Fact::PauseBegan(_)
            | Fact::PauseEnded(_)
            | Fact::CaseClosed(_)
            | Fact::CaseReturned(_)
            | Fact::PersonDied(_)
            | Fact::MovedOutOfCare(_)
            | Fact::SaidStop(_)
            | Fact::TakenBack(_)
            | Fact::BonesKept(_) => false,
        }
    }

    /// The stored name: what the fact is called in the journal, in packs and in coded facts.
    pub fn name(&self) -> &'static str {
        match self {
            Fact::ReportReceived(_) => "report_received",
            Fact::DangerAnswered(_) => "danger_answered",
            Fact::ReportEnded(_) => "report_ended",
            Fact::CaseOpened(_) => "case_opened",
            Fact::CaseJoined(_) => "case_joined",
            Fact::PersonTold(_) => "person_told",
            Fact::HomeTold(_) => "home_told",
            Fact::StaffConnectionAnswered(_) => "staff_connection_answered",
            Fact::ShutOut(_) => "shut_out",
            Fact::LetBackIn(_) => "let_back_in",
            Fact::Restricted(_) => "restricted",
            Fact::RestrictionLifted(_) => "restriction_lifted",
            Fact::WorkerNamed(_) => "worker_named",
            Fact::RouteTold(_) => "route_told",
            Fact::SafeContactAgreed(_) => "safe_contact_agreed",
            Fact::ContactWishesTold(_) => "contact_wishes_told",
            Fact::ContactTried(_) => "contact_tried",
            Fact::ContactMade(_) => "contact_made",
            Fact::LifeAtRiskTried(_) => "life_at_risk_tried",
            Fact::LifeAtRiskReviewed(_) => "life_at_risk_reviewed",
            Fact::RhythmAgreed(_) => "rhythm_agreed",
            Fact::NoteWritten(_) => "note_written",
            Fact::WishesTold(_) => "wishes_told",
            Fact::OwnViewOfDangerTold(_) => "own_view_of_danger_told",
            Fact::RiskAssessed(_) => "risk_assessed",
            Fact::MaracDecided(_) => "marac_decided",
            Fact::SafetyPlanOffered(_) => "safety_plan_offered",
            Fact::ActionPlanAgreed(_) => "action_plan_agreed",
            Fact::ObligationExcused(_) => "obligation_excused",
            Fact::PauseBegan(_) => "pause_began",
            Fact::PauseEnded(_) => "pause_ended",
            Fact::NoSafeRouteFound(_) => "no_safe_route_found",
            Fact::CaseClosed(_) => "case_closed",
            Fact::CaseReturned(_) => "case_returned",
            Fact::PersonDied(_) => "person_died",
            Fact::MovedOutOfCare(_) => "moved_out_of_care",
            Fact::SaidStop(_) => "said_stop",
            Fact::TakenBack(_) => "taken_back",
            Fact::BonesKept(_) => "bones_kept",
        }
    }
}
