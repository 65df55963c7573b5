//! The closed table of what can happen, as clocks see it, and what may be said of each.
//!
//! Names are past tense and say what happened. A new kind is a row here and nothing else in core.

use super::qualifier::{Allowed, Qualifier, Value, q};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Who somebody is to the case.
const PERSON: Allowed = Allowed::OneOf(&[
    "survivor",
    "child",
    "adult_at_risk",
    "perpetrator",
    "reporter",
    "professional",
    "other",
]);
/// By which route people spoke.
const ROUTE: Allowed = Allowed::OneOf(&[
    "face_to_face",
    "home_visit",
    "office",
    "telephone",
    "video",
    "text",
    "email",
    "letter",
    "online",
    "through_professional",
    "other",
]);
/// Through which channel something came in.
const CHANNEL: Allowed = Allowed::OneOf(CHANNELS);
const CHANNELS: &[&str] = &[
    "telephone",
    "voicemail",
    "face_to_face",
    "office",
    "home_visit",
    "website",
    "portal",
    "app",
    "email",
    "text",
    "letter",
    "social_media",
    "contractor",
    "internal_system",
    "agency",
    "other",
];
/// Who told us.
const REPORTER: Allowed = Allowed::OneOf(&[
    "survivor",
    "child",
    "family",
    "neighbour",
    "colleague",
    "contractor",
    "agency",
    "police",
    "perpetrator",
    "anonymous",
    "other",
]);
const YES_NO: Allowed = Allowed::OneOf(&["yes", "no", "unknown", "not_asked", "declined"]);
/// Whose work it was.
const BY: Allowed = Allowed::OneOf(&["us", "other_agency"]);
const OFFER: Allowed = Allowed::OneOf(&["accepted", "declined", "not_safe", "no_reply", "not_yet"]);
const UNIT: Allowed = Allowed::OneOf(&["days", "working_days", "weeks", "months"]);
const AGENCY: Allowed = Allowed::OneOf(&[
    "specialist",
    "police",
    "adult_social_care",
    "children_social_care",
    "health",
    "legal",
    "council",
    "refuge",
    "tenancy_support",
    "fire_service",
    "perpetrator_service",
    "counselling",
    "welfare_rights",
    "money_advice",
    "substance_misuse",
    "family_support",
    "helpline",
    "other",
]);
const HOW_TOLD: Allowed = Allowed::OneOf(&["voice", "in_person", "in_writing", "through_professional"]);
const LEGAL_GROUND: Allowed = Allowed::OneOf(&[
    "consent",
    "danger_to_life",
    "protect_survivor",
    "protect_child",
    "protect_adult",
    "prevent_harm_to_other",
    "prevent_or_detect_crime",
    "required_by_law",
    "marac",
    "agreement",
]);

/// What may be said of any fact: who did it, in posts and teams, and whether the recipient confirmed it.
const ALWAYS: [Qualifier; 5] = [
    q("role", Allowed::Named),
    q("team", Allowed::Named),
    q("training_in_date", Allowed::Flag),
    q("worked_on_case", Allowed::Flag),
    q("confirmed", Allowed::Flag),
];

macro_rules! kinds {
    ($( $kind:ident $name:literal $sentence:literal [ $( $qualifier:literal: $allowed:expr ),* $(,)? ] )*) => {
        /// A kind of thing that can happen in a case, or to a landlord.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Kind {
            $( #[doc = $sentence] $kind, )*
        }

        impl Kind {
            /// Every kind there is.
            pub const ALL: &'static [Kind] = &[ $( Kind::$kind, )* ];

            /// Its name, as packs and trials write it.
            pub const fn name(self) -> &'static str {
                match self { $( Kind::$kind => $name, )* }
            }

            /// What it means, in one sentence.
            pub const fn sentence(self) -> &'static str {
                match self { $( Kind::$kind => $sentence, )* }
            }

            /// What may be said of it, besides what may be said of any fact.
            pub const fn own_qualifiers(self) -> &'static [Qualifier] {
                match self { $( Kind::$kind => const { &[ $( q($qualifier, $allowed), )* ] }, )* }
            }
        }
    };
}

kinds! {
    // A report, and what is asked first.
    ReportReceived "report_received" "A report reached us." [
        "channel": CHANNEL, "from": REPORTER, "hours": Allowed::OneOf(&["in", "out"]), "survivor_known": Allowed::Flag,
        "repeat": Allowed::Flag]
    DangerAnswered "danger_answered" "Whether anybody is in danger now was answered." ["danger_now": YES_NO]
    DangerAdviceGiven "danger_advice_given" "Somebody was told what to do in danger." ["to": PERSON]
    StaffConnectionAnswered "staff_connection_answered" "Whether anybody involved works for us was answered." [
        "answer": YES_NO]
    ShutOut "shut_out" "Somebody with a conflict was shut out of the case." ["decided": Allowed::Flag]
    ReportEnded "report_ended" "A report ended without becoming a case." [
        "why": Allowed::OneOf(&["joined_case", "not_ours", "not_abuse", "entered_in_error", "other"])]
    CaseOpened "case_opened" "A case was opened." ["restricted": Allowed::Flag]
    CaseJoined "case_joined" "This case was joined to another." []
    CaseClosed "case_closed" "The case was closed." [
        "outcome": Allowed::Named, "survivor_asked": Allowed::Flag,
        "why": Allowed::OneOf(&["survivor_satisfied", "survivor_asked", "lost_contact", "moved", "died", "duplicate",
            "no_survivor_found", "other"])]
    CaseReturned "case_returned" "She came back, or was reported again, after closure." ["channel": CHANNEL]
    WorkerNamed "worker_named" "A worker was named for the case." [
        "choice_met": Allowed::OneOf(&["yes", "no", "not_asked"]), "specialist": Allowed::Flag]

    // Contact.
    SafeContactAgreed "safe_contact_agreed" "A safe way to make contact was agreed." ["route": ROUTE, "review": Allowed::Date]
    RouteCalledUnsafe "route_called_unsafe" "A way to make contact was called unsafe." ["route": ROUTE]
    ContactTried "contact_tried" "Contact was tried, and did not come about." ["who": PERSON, "route": ROUTE]
    ContactMade "contact_made" "Contact was made with a person." [
        "who": PERSON, "route": ROUTE, "started_by": Allowed::OneOf(&["us", "them"]), "safe_route": Allowed::Flag]
    ContactProposed "contact_proposed" "A way or rhythm of contact was proposed; silence is no answer." []
    RhythmAgreed "rhythm_agreed" "Another rhythm of contact was put to the survivor, and answered or not." [
        "answer": Allowed::OneOf(&["agreed", "no_contact", "refused", "no_reply"]),
        "every": Allowed::Number, "unit": UNIT, "how": HOW_TOLD, "until": Allowed::Date, "review": Allowed::Date]
    UpdateGiven "update_given" "The survivor was told how things stand." ["route": ROUTE]
    AdviceGiven "advice_given" "Advice or options were given." [
        "on": Allowed::AnyOf(&["danger", "safety", "housing", "legal", "money", "support", "clares_law", "children",
            "staying", "moving"])]

    // What she says and wants.
    OwnViewGiven "own_view_given" "Her own view of the danger was asked." [
        "answer": Allowed::OneOf(&["safer_than_we_think", "as_we_think", "worse_than_we_think", "very_afraid", "afraid",
            "not_afraid", "not_yet", "declined"])]
    WishesRecorded "wishes_recorded" "Her wishes were asked." [
        "answer": Allowed::OneOf(&["recorded", "not_yet", "declined", "not_safe_to_ask"]),
        "home": Allowed::OneOf(&["stay", "move", "undecided"])]
    NeedsAssessed "needs_assessed" "Needs were asked about and listed." [
        "needs": Allowed::AnyOf(&["safety", "practical", "emotional", "physical_health", "mental_health", "legal",
            "money", "housing", "language", "access", "children"])]
    SafetyAsked "safety_asked" "How safe she feels was asked." [
        "answer": Allowed::OneOf(&["very_safe", "safe", "unsafe", "very_unsafe", "declined"]),
        "when": Allowed::OneOf(&["opening", "review", "closure"])]

    // Risk.
    RiskAssessed "risk_assessed" "Risk was assessed with an instrument." [
        "by": BY, "level": Allowed::Named, "instrument": Allowed::Named, "evidence": Allowed::Flag,
        "yes": Allowed::Number, "not_known": Allowed::Number, "seen_by_second": Allowed::Flag]
    RiskRaised "risk_raised" "Judgement raised the risk." ["level": Allowed::Named]
    RiskNotAssessed "risk_not_assessed" "Risk could not be assessed yet, with a reason." [
        "why": Allowed::OneOf(&["not_safe", "declined", "no_contact", "not_yet"]), "safe_steps": Allowed::Flag]
    SeriousIncident "serious_incident" "Something happened that calls for risk to be looked at again." [
        "what": Allowed::OneOf(&["assault", "threat_to_life", "strangulation", "stalking", "breach_of_order", "release",
            "separation", "pregnancy", "child_contact", "found_address", "other"])]
    SafetyPlanOffered "safety_plan_offered" "A safety plan was offered." [
        "answer": OFFER, "form": Allowed::OneOf(&["staying", "preparing", "left"]), "covers_children": Allowed::Flag]
    SafetyPlanReviewed "safety_plan_reviewed" "The safety plan was looked at again." []

    // Plan.
    ActionPlanDrafted "action_plan_drafted" "An action plan was written." ["stage": Allowed::Named]
    ActionPlanAgreed "action_plan_agreed" "An action plan was agreed." [
        "who": PERSON, "stage": Allowed::Named, "covers_household": Allowed::Flag]
    ActionPlanReviewed "action_plan_reviewed" "The action plan was looked at again." []
    ActionAgreed "action_agreed" "One action was agreed." ["by": Allowed::OneOf(&["us", "survivor", "other_agency"]), "on": Allowed::Date]
    ActionDone "action_done" "One action was done." ["late_why": Allowed::OneOf(&["not_safe", "third_party", "survivor", "other"])]
    ActionDropped "action_dropped" "One action is no longer wanted." []

    // Others.
    ReferralConsidered "referral_considered" "Whether to refer was decided." [
        "to": AGENCY, "answer": Allowed::OneOf(&["referred", "offered", "declined", "not_needed", "not_safe"])]
    ReferralMade "referral_made" "A referral was made." ["to": AGENCY, "urgent": Allowed::Flag]
    ReferralAnswered "referral_answered" "A referral was answered." ["to": AGENCY, "answer": Allowed::OneOf(&["taken_up", "declined", "waiting", "no_capacity"])]
    AgencyInvolved "agency_involved" "Another organisation worked on the case." ["to": AGENCY]
    RequestReceived "request_received" "Another organisation, or a person, asked us for something." [
        "what": Allowed::OneOf(&["information", "statement", "evidence", "subject_access"]), "to": AGENCY]
    ResponseSent "response_sent" "An answer was sent." ["route": ROUTE]
    MaracDecided "marac_decided" "Whether to refer to MARAC was decided." [
        "answer": Allowed::OneOf(&["refer", "not_at_threshold", "not_referred_with_reason"]), "seen_by_second": Allowed::Flag]
    MaracReferred "marac_referred" "The case was referred to MARAC." ["ground": LEGAL_GROUND, "repeat": Allowed::Flag]
    MaracListed "marac_listed" "The case was listed for a MARAC meeting." ["on": Allowed::Date]
    MaracHeard "marac_heard" "The case was heard at MARAC." ["attended": Allowed::Flag, "attended_by_trained": Allowed::Flag]
    MaracActionGiven "marac_action_given" "MARAC gave us an action." ["on": Allowed::Date]
    SafeguardingScreened "safeguarding_screened" "Safeguarding was considered." [
        "for": Allowed::OneOf(&["child", "adult"]), "answer": Allowed::OneOf(&["concern", "no_concern", "not_known"])]
    SafeguardingReferred "safeguarding_referred" "A safeguarding referral was made." [
        "for": Allowed::OneOf(&["child", "adult"]), "ground": LEGAL_GROUND]
    SafeguardingAnswered "safeguarding_answered" "A safeguarding referral was answered." [
        "for": Allowed::OneOf(&["child", "adult"]), "answer": Allowed::OneOf(&["accepted", "no_further_action", "no_answer"])]
    SupportOffered "support_offered" "Support was offered to somebody on the case." ["who": PERSON, "answer": OFFER]
    ConsentGiven "consent_given" "Consent to share was given." ["for": Allowed::OneOf(&["marac", "police", "social_care", "services", "all"]), "until": Allowed::Date]
    ConsentRefused "consent_refused" "Consent to share was refused." ["for": Allowed::OneOf(&["marac", "police", "social_care", "services", "all"])]
    ConsentWithdrawn "consent_withdrawn" "Consent to share was taken back." ["for": Allowed::OneOf(&["marac", "police", "social_care", "services", "all"])]
    SharingDecided "sharing_decided" "Whether to share was decided by a named person." [
        "ground": LEGAL_GROUND, "answer": Allowed::OneOf(&["share", "do_not_share"]), "to": AGENCY,
        "told": Allowed::OneOf(&["yes", "no_not_safe", "no_other"])]
    InformationPassedOn "information_passed_on" "Information reached who needed it." ["to": AGENCY]

    // Who is there, and what is so.
    PersonAdded "person_added" "A person was added to the case." [
        "as": PERSON, "age": Allowed::OneOf(&["under_16", "16_or_17", "18_or_over", "unknown"]),
        "relation": Allowed::OneOf(&["partner", "former_partner", "parent", "child", "sibling", "other_family",
            "household", "visitor", "none", "unknown"]),
        "witnessed": Allowed::OneOf(&["yes", "no", "unknown"])]
    CircumstanceRecorded "circumstance_recorded" "How something stands was asked; the latest answer counts." [
        "what": Allowed::OneOf(CIRCUMSTANCES), "answer": Allowed::OneOf(ANSWERS)]
    Died "died" "Somebody on the case died." ["who": PERSON]
    MovedOutOfCare "moved_out_of_care" "She moved to where we are not the landlord." []
    SaidStop "said_stop" "She said that she wants nothing more from us." ["how": HOW_TOLD]

    // Home.
    HousingOptionsDiscussed "housing_options_discussed" "Staying and moving were talked through." [
        "answer": Allowed::OneOf(&["discussed", "not_appropriate", "declined"])]
    DamageRecorded "damage_recorded" "Damage to the home was recorded." ["caused_by_abuse": YES_NO, "urgent": Allowed::Flag, "secure": Allowed::Flag]
    WorksOrdered "works_ordered" "Security works or repairs were ordered." [
        "what": Allowed::OneOf(&["locks", "letterbox", "door", "windows", "lighting", "alarm", "sanctuary", "repair", "other"]),
        "urgent": Allowed::Flag, "planned": Allowed::Date]
    TimeFrameTold "time_frame_told" "She was told when the works will be done." ["route": ROUTE]
    SurveyDone "survey_done" "The home was looked at for works." []
    WorksDone "works_done" "Works were finished." []
    MoveAgreed "move_agreed" "A move was agreed." [
        "kind": Allowed::OneOf(&["management_move", "direct_let", "temporary", "refuge", "register", "transfer"]), "planned": Allowed::Date]
    OfferMade "offer_made" "A home was offered." ["safety_checked": Allowed::Flag, "same_security": Allowed::OneOf(&["yes", "no", "approved"])]
    MoveCompleted "move_completed" "A move was completed." []
    ChargeRaised "charge_raised" "A charge was put to an account." ["who": PERSON]
    ChargeRemoved "charge_removed" "A charge was taken off an account." []

    // The other party.
    SurvivorSafetyConsidered "survivor_safety_considered" "Her safety was considered before action about the perpetrator." [
        "her_view": Allowed::OneOf(&["asked", "not_safe_to_ask", "declined"])]
    PerpetratorActionConsidered "perpetrator_action_considered" "Action about the perpetrator was decided on." [
        "answer": Allowed::OneOf(&["act", "do_not_act", "not_ours"])]
    PerpetratorActionTaken "perpetrator_action_taken" "Action about the perpetrator was taken." [
        "what": Allowed::OneOf(&["warning", "notice", "injunction", "possession", "recharge", "interview", "referral"])]
    PerpetratorSupportOffered "perpetrator_support_offered" "Support was offered to the perpetrator." ["answer": OFFER]

    // Review and closure.
    ReviewHeld "review_held" "The case was reviewed." ["second_person": Allowed::Flag, "safeguarding_looked_at": Allowed::Flag]
    ClosureProposed "closure_proposed" "Closure was put forward." []
    ClosureApproved "closure_approved" "Closure was approved." []
    AuditDone "audit_done" "The case was audited against a standard." ["standard": Allowed::Named, "met": Allowed::Flag]
    FeedbackAsked "feedback_asked" "She was asked how it went." ["safe": Allowed::Flag]
    FeedbackAnswered "feedback_answered" "She said how it went." [
        "positive": Allowed::OneOf(&["yes", "no", "mixed"]), "safer": YES_NO, "trust": YES_NO, "sensitive": YES_NO]
    AftercareMade "aftercare_made" "Contact after closure was made." ["route": ROUTE]
    OutcomeRecorded "outcome_recorded" "What became of her home was recorded." ["outcome": Allowed::Named]
    WelfareOffered "welfare_offered" "A colleague was offered support after hard work." ["answer": OFFER]

    // Clocks themselves.
    ObligationExcused "obligation_excused" "An obligation was excused on a ground." [
        "rule": Allowed::Named, "until": Allowed::Date,
        "ground": Allowed::OneOf(&["survivor_wish", "not_practicable", "no_safe_route", "other_agency", "not_appropriate"])]
    PauseBegan "pause_began" "A clock was stopped for a while." [
        "rule": Allowed::Named,
        "ground": Allowed::OneOf(&["survivor_asked", "survivor_away", "in_hospital", "waiting_for_agency", "police_asked"])]
    PauseEnded "pause_ended" "A stopped clock went on." ["rule": Allowed::Named]
    EnteredInError "entered_in_error" "A fact was entered in error; nothing stands in its place." []
    Redacted "redacted" "A fact whose content was destroyed." []

    // The landlord.
    PolicyAdopted "policy_adopted" "A version of the policy was adopted." ["next_review": Allowed::Date]
    PolicyPublished "policy_published" "The policy was published." ["to": Allowed::OneOf(&["customers", "staff"])]
    DocumentReviewed "document_reviewed" "A document, law or register entry was checked." [
        "document": Allowed::Named, "next_review": Allowed::Date]
    LawChanged "law_changed" "A law, standard or rule changed." []
    TrainingDone "training_done" "Somebody finished a training." ["training": Allowed::Named, "expires": Allowed::Date]
    StaffJoined "staff_joined" "Somebody joined a team." []
    StaffLeft "staff_left" "Somebody left." []
    MeetingPlanned "meeting_planned" "A meeting of a kept calendar was planned." ["meeting": Allowed::Named, "on": Allowed::Date]
    MeetingHeld "meeting_held" "A meeting was held." ["meeting": Allowed::Named, "attended": Allowed::Flag]
    AgreementMade "agreement_made" "An agreement with another organisation was made." ["expires": Allowed::Date]
    ReportPublished "report_published" "A report was given to whom it is owed." ["report": Allowed::Named]
    MeasureCounted "measure_counted" "A measure was counted for a period." ["measure": Allowed::Named, "until": Allowed::Date, "met": Allowed::Flag]
    LearningRecorded "learning_recorded" "Something was learned that should change how we work." [
        "source": Allowed::OneOf(&["audit", "safeguarding_review", "death_review", "complaint", "feedback", "case_review", "other"])]
    LearningActedOn "learning_acted_on" "What was learned was put into practice." []
    CommitmentKept "commitment_kept" "A standing commitment was kept." []
    RoleFilled "role_filled" "A post was filled." []
    RoleVacated "role_vacated" "A post fell vacant." []
}

/// What can be asked about how things stand.
pub const CIRCUMSTANCES: &[&str] = &[
    "tenure",
    "joint_tenancy",
    "perpetrator_lives_there",
    "perpetrator_has_access",
    "perpetrator_works_for_us",
    "perpetrator_is_tenant",
    "children_in_home",
    "pregnant",
    "adult_at_risk_in_home",
    "sex",
    "interpreter_needed",
    "worker_choice",
    "telephone_monitored",
    "post_opened",
    "staying_in_relationship",
    "specialist_involved",
    "our_customer",
];

/// Every answer to a question about how things stand.
const ANSWERS: &[&str] = &[
    "yes",
    "no",
    "unknown",
    "not_asked",
    "declined",
    "female",
    "male",
    "other",
    "sole_tenant",
    "joint_tenant",
    "shared_owner",
    "leaseholder",
    "licensee",
    "household_member",
    "not_our_tenant",
    "woman",
    "man",
    "no_preference",
];

/// Every channel through which something can come in.
pub fn channels() -> &'static [&'static str] {
    CHANNELS
}

/// Grounds on which an obligation can be excused, and on which a clock can be stopped.
pub(crate) fn codes_of(kind: Kind, qualifier: &str) -> &'static [&'static str] {
    match kind.qualifier(qualifier).map(|qualifier| qualifier.allowed) {
        Some(Allowed::OneOf(codes) | Allowed::AnyOf(codes)) => codes,
        Some(Allowed::Flag | Allowed::Number | Allowed::Date | Allowed::Named) | None => &[],
    }
}

impl Kind {
    /// The kind of a name.
    pub fn named(name: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// Every name.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Kind::ALL.iter().map(|kind| kind.name())
    }

    /// Everything that may be said of it.
    pub fn qualifiers(self) -> impl Iterator<Item = Qualifier> {
        self.own_qualifiers().iter().chain(&ALWAYS).copied()
    }

    /// One thing that may be said of it.
    pub fn qualifier(self, name: &str) -> Option<Qualifier> {
        self.qualifiers().find(|qualifier| qualifier.name == name)
    }

    /// What is wrong with saying this of it, with the remedy.
    pub fn fault_in(self, name: &str, value: &Value) -> Option<String> {
        match self.qualifier(name) {
            Some(qualifier) => qualifier.allowed.fault(name, value),
            None => {
                let known: Vec<&str> = self.qualifiers().map(|qualifier| qualifier.name).collect();
                let near = crate::pack::nearest(name, known.iter().copied());
                Some(format!(
                    "nothing called {} is said of {}: {}",
                    crate::pack::quoted(name),
                    self.name(),
                    crate::pack::did_you_mean(&near, &known)
                ))
            }
        }
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Kind::named(&name).ok_or_else(|| serde::de::Error::custom("no fact of that kind"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_name_is_its_own_and_reads_back() {
        let names: BTreeSet<&str> = Kind::names().collect();
        assert_eq!(names.len(), Kind::ALL.len());
        for kind in Kind::ALL {
            assert_eq!(Kind::named(kind.name()), Some(*kind));
        }
    }

    #[test]
    fn a_misspelt_qualifier_or_code_is_answered_with_the_nearest() {
        let fault = Kind::ContactMade.fault_in("rout", &"telephone".into()).unwrap();
        assert!(fault.contains("did you mean route"), "{fault}");
        let fault = Kind::ContactMade.fault_in("route", &"telefone".into()).unwrap();
        assert!(fault.contains("did you mean telephone"), "{fault}");
        let fault = Kind::MaracListed.fault_in("on", &"soon".into()).unwrap();
        assert!(fault.contains("a date such as"), "{fault}");
        assert_eq!(Kind::RiskAssessed.fault_in("by", &"us".into()), None);
    }
}
