//! Why a decision was refused: one variant for each reason, with what to do about it in plain words.
//!
//! A refusal is no error and carries nothing about a person: it can be shown, counted and logged by its code.

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $says:literal;)+) => {
        /// Why not.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
        pub enum Refusal {
            $(
                #[doc = $says]
                #[error($says)]
                $name,
            )+
        }

        impl Refusal {
            /// Every reason there is.
            pub const ALL: &'static [Refusal] = &[$(Refusal::$name),+];

            /// The reason's short name, for counts and logs.
            pub fn code(self) -> &'static str {
                match self { $(Refusal::$name => $code),+ }
            }

            /// The reason and the remedy in plain words.
            pub fn says(self) -> &'static str {
                match self { $(Refusal::$name => $says),+ }
            }
        }
    };
}

refusals! {
    // The times of a fact.
    HappenedInTheFuture = "happened_in_the_future", "This time has not come yet. Give the time at which it happened.";
    BeforeTheCalendar = "before_the_calendar", "That is too long ago for any promise to be counted from it. Check the year.";
    KnownBeforeItHappened = "known_before_it_happened", "We cannot have known of it before it happened. Check the two times.";

    // Reports and stages.
    ReportIsThere = "report_is_there", "The report has been saved already. Add what is new to it.";
    NoReport = "no_report", "There is no report here yet. Save the report first.";
    NothingWritten = "nothing_written", "Write what was said or happened. One sentence is enough.";
    NotAReport = "not_a_report", "This has become a case, or has ended. Open it to see how it stands.";
    NotOpen = "not_open", "The case is not open. If the person has come back, record the return first.";
    NotClosed = "not_closed", "The case is open: nothing needs to be taken up again.";
    JoinedElsewhere = "joined_elsewhere", "This report belongs to another case. Record it there.";
    ItselfJoined = "itself_joined", "A report cannot belong to itself. Choose the other case.";
    Erased = "erased", "The case has been erased. Nothing can be added to it.";
    ReasonNeeded = "reason_needed", "Say why, in a few words.";
    UnknownTeam = "unknown_team", "The policy names no such team. Choose one from the list.";
    SurvivorUnknown = "survivor_unknown", "Say first who is being harmed, even if nothing else is known of the person.";
    SurvivorIsSaidToHarm = "survivor_is_said_to_harm", "This person stands here as somebody said to do harm. Counter-reports are two cases: open the other one from its own report.";
    OnePartEach = "one_part_each", "The person whose case this is cannot take another part in it. Record the other as a person of their own.";
    PersonUnknown = "person_unknown", "This person is not in the case. Add the person first.";
    AgeUnlikely = "age_unlikely", "Check the date of birth: it is in the future, or more than 120 years ago.";

    // Conflicts and who may open.
    AlreadyShutOut = "already_shut_out", "This account is shut out already.";
    NotShutOut = "not_shut_out", "This account is not shut out.";
    NobodyWouldDecide = "nobody_would_decide", "Then nobody could decide about this case. Name a post outside the line first, and shut this account out then.";
    NobodyWouldWork = "nobody_would_work", "Then nobody could work on this case. Name another worker first, and shut this account out then.";
    RestrictionNeedsWorker = "restriction_needs_worker", "Name at least one person who may work on cases and is not shut out.";
    RestrictionNeedsDecider = "restriction_needs_decider", "Name at least one person who may decide and is not shut out: the lead, a manager, or the named post.";
    RestrictionNamesShutOut = "restriction_names_shut_out", "One of the people named is shut out. Leave that person out, or let them back in first.";
    NotRestricted = "not_restricted", "The case is not restricted.";
    OwnShutOut = "own_shut_out", "Nobody lets themselves back in. Somebody else decides.";

    // Workers.
    WorkerShutOut = "worker_shut_out", "This person cannot be named for this case. Choose somebody else.";
    WorkerNotAllowed = "worker_not_allowed", "This person does not work on cases. Choose somebody who does.";
    WorkerOutsideRestriction = "worker_outside_restriction", "The case is restricted, and this person is not among those who may open it. Add the person first.";
    WishNotMetNeedsReason = "wish_not_met_needs_reason", "It is not whom the person asked for. Say why, in a few words.";
    WishNotAnswered = "wish_not_answered", "The person has said whom she would like. Say whether that is met.";
    PlaceVacant = "place_vacant", "Nobody holds this place.";

    // Routes and safe contact.
    ValueNeeded = "value_needed", "Give the number, address or name.";
    NumberUnreadable = "number_unreadable", "This does not look like a telephone number. Check the digits.";
    EmailUnreadable = "email_unreadable", "This does not look like an email address. Check it.";
    RouteUnknown = "route_unknown", "We have not been told of this route. Add it first.";
    WayNotOfRoute = "way_not_of_route", "This kind of route cannot be used in this way. Choose another way.";
    RouteOfAnother = "route_of_another", "This route is somebody else's. Record it for its own person.";
    HoursAcrossMidnight = "hours_across_midnight", "The hours must begin before they end, within one day. For a night, give two: until midnight, and from midnight.";
    HoursOnlyForSafe = "hours_only_for_safe", "Hours can be given only for a way that is safe.";
    ProfessionalNameNeeded = "professional_name_needed", "Give the name and organisation of the professional who asked the person.";
    RecheckInThePast = "recheck_in_the_past", "The day on which to ask again has passed. Give a later one.";
    SharedWithPerpetrator = "shared_with_perpetrator", "A perpetrator uses this too. It can be called safe only by the person herself or himself.";

    // Life at risk.
    LifeAtRiskForbidden = "life_at_risk_forbidden", "This landlord's policy does not allow it. Call 999.";
    OnlyByVoice = "only_by_voice", "Only by voice or face to face: never a text, message, letter or voicemail.";
    RouteIsUnsafe = "route_is_unsafe", "The person has called this unsafe. It is never used. Call 999.";
    RouteIsNotUnknown = "route_is_not_unknown", "This exception is for a route of which nothing is known. Follow what the banner says.";
    ScriptNeeded = "script_needed", "Write what will be said, so that nothing is given away.";
    SecondPersonNeeded = "second_person_needed", "Name the second person: who agreed, or, if nobody answered, who is told now.";
    SecondPersonIsYou = "second_person_is_you", "The second person cannot be you. Name somebody else.";
    SecondPersonShutOut = "second_person_shut_out", "This person cannot be asked about this case. Name somebody else.";
    NotSignedIn = "not_signed_in", "Only a person who is signed in can do this.";
    NothingToReview = "nothing_to_review", "There is no such try to look at.";
    OwnReview = "own_review", "Somebody other than the person who tried looks at it.";

    // Rhythm.
    RhythmNeedsHow = "rhythm_needs_how", "Write in what words the person agreed. Silence is never agreement.";
    RhythmNeedsDays = "rhythm_needs_days", "Say every how many days: at least 1.";
    ReviewInThePast = "review_in_the_past", "The day to look at it again has passed. Give a later one.";
    UntilInThePast = "until_in_the_past", "It would have ended already. Give a later day, or none.";

    // Risk and plans.
    InstrumentNeeded = "instrument_needed", "Say with which instrument the risk was assessed.";
    LevelUnknown = "level_unknown", "This level is not one of the policy's. Choose one from the list.";
    AgencyNeeded = "agency_needed", "Say which agency assessed it.";
    EvidenceDoesNotFit = "evidence_does_not_fit", "Our own assessment is ours, and another agency's is seen or told. Check the two answers.";
    LoweringNeedsReason = "lowering_needs_reason", "The level is lower than before. Say why.";
    InstrumentUnknown = "instrument_unknown", "This landlord uses no such instrument in this version. Open the assessment again.";
    AnswerToNoItem = "answer_to_no_item", "An answer belongs to no item of the instrument. Open the assessment again; your answers are kept.";
    CountIsNotTheAnswers = "count_is_not_the_answers", "The count is not that of the answers. Open the assessment again; your answers are kept.";
    NotAPerpetrator = "not_a_perpetrator", "Choose somebody who is said to do harm in this case, or leave it open.";
    AreaUnknown = "area_unknown", "The policy names no such MARAC area. Choose one from the list.";
    LevelBelowTheCount = "level_below_the_count", "The answers stand for a higher level in this area. Judgement raises and never lowers: choose that level, or correct an answer that is wrong.";
    GroundNeeded = "ground_needed", "Choose at least one ground, or write why.";
    AGroundStands = "a_ground_stands", "A ground stands, or the risk is at its highest. Refer, or say why not and name the second person who has seen it.";
    NotReferredNeedsReason = "not_referred_needs_reason", "Say why there is no referral.";
    NotReferredNeedsSecond = "not_referred_needs_second", "Name the second person who has seen that there is no referral.";
    LoweringNeedsSecond = "lowering_needs_second", "The level is lower than before. Name the second person who has seen it.";
    JudgementMayNotLower = "judgement_may_not_lower", "Within one assessment judgement may raise the level and not lower it. Correct the answer that was wrong, or assess again.";

    // Promises.
    RuleNeeded = "rule_needed", "Say which promise.";
    ExcuseNotAllowed = "excuse_not_allowed", "The policy does not excuse this promise on that ground.";
    NewDateNeeded = "new_date_needed", "Give the new date.";
    NewDateInThePast = "new_date_in_the_past", "The new date has passed. Give a later one.";
    PauseNotAllowed = "pause_not_allowed", "The policy does not let this clock be paused on that ground.";
    PausedAlready = "paused_already", "This clock is paused already.";
    NotPaused = "not_paused", "This clock is not paused.";

    // Closure and after.
    OutcomeUnknown = "outcome_unknown", "This outcome is not one of the policy's. Choose one from the list.";
    SurvivorsWordNeeded = "survivors_word_needed", "Write what the person says about closing, or why it could not be asked.";
    ApprovalNeeded = "approval_needed", "The policy asks for somebody's approval. Name who approved it.";
    ApprovalIsOwn = "approval_is_own", "Nobody approves their own closure. Somebody else does.";
    ApproverShutOut = "approver_shut_out", "This person cannot approve for this case. Choose somebody else.";
    LifeAtRiskNotReviewed = "life_at_risk_not_reviewed", "A life-at-risk try has not been looked at yet. Have it looked at, then close.";
    AlreadyRecorded = "already_recorded", "This has been recorded already.";

    // Corrections.
    NothingStandsThere = "nothing_stands_there", "There is nothing at that place to correct. It may have been corrected meanwhile.";
    OtherKind = "other_kind", "A correction is of the same kind as what it corrects. To remove it, take it back.";
    NeverCorrected = "never_corrected", "This cannot be corrected.";
    UseTheOppositeAct = "use_the_opposite_act", "This is a decision. Undo it by the opposite decision, not by a correction.";
    ReferenceStays = "reference_stays", "The reference of a report stays what it is.";
    ReportStays = "report_stays", "A report is not taken back. If it was a mistake, end it with that reason.";
}

#[cfg(test)]
mod tests {
    use super::Refusal;

    #[test]
    fn every_refusal_says_what_to_do_in_whole_sentences_and_has_its_own_code() {
        let mut codes: Vec<&str> = Refusal::ALL.iter().map(|refusal| refusal.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), Refusal::ALL.len());
        for refusal in Refusal::ALL {
            assert!(refusal.says().ends_with('.'), "{refusal:?}");
        }
    }
}
