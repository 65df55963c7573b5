//! What people do in a case: one function for each, a few lines on the gate and the decision.

use crate::Casework;
use crate::act::{Acting, NewFact, Rests};
use crate::form::{Done, Form, When};
use crate::problem::Problem;
use crate::who::Who;
use fanlight_core::access::Action;
use fanlight_core::case::{self, Correction, Decision, House};
use fanlight_core::contact::{Answer, Ask, Sender, may_we};
use fanlight_core::fact::*;
use fanlight_core::ids::{CaseId, Position, RouteId};
use fanlight_core::refusal::Refusal;
use fanlight_core::words::Words;

fn with(decision: Decision, when: When) -> Result<Vec<NewFact>, Refusal> {
    Ok(NewFact::all(decision?, when))
}

/// A function for each thing that is one fact decided in core.
macro_rules! one_fact {
    ($($(#[$doc:meta])* $name:ident($fact:ident: $kind:ty) as $action:ident resting $rests:ident by $decide:path;)+) => {
        impl Casework {
            $(
                $(#[$doc])*
                pub async fn $name(&self, who: &Who, form: Form, case: CaseId, when: When, $fact: $kind) -> Result<Done, Problem> {
                    self.act(who, form, case, Action::$action, Rests::$rests, |acting| {
                        with($decide(&acting.on, $fact.clone()), when)
                    })
                    .await
                }
            )+
        }
    };
}

one_fact! {
    /// Answers the danger question again.
    answer_danger(answer: DangerAnswered) as RecordContact resting OnNothing by case::answer_danger;
    /// Records what we were told about a person.
    tell_person(told: PersonTold) as RecordContact resting OnNothing by crate::withheld::tell_person;
    /// Records what we were told about the home.
    tell_home(told: HomeTold) as RecordContact resting OnNothing by crate::withheld::tell_home;
    /// Records a part of what we were told about the home; the rest stays as it was.
    tell_more_of_home(told: HomeTold) as RecordContact resting OnNothing by crate::withheld::tell_more_of_home;
    /// Records whether anybody involved works for us.
    answer_staff_connection(answer: StaffConnectionAnswered) as ShutOut resting OnNothing by case::answer_staff_connection;
    /// Records a route. Being told is not being told that it is safe.
    tell_route(told: RouteTold) as KeepSafeContact resting OnNothing by case::tell_route;
    /// Records that a way of using a route is safe, unsafe or no longer sure.
    agree_safe_contact(agreed: SafeContactAgreed) as KeepSafeContact resting OnNothing by case::agree_safe_contact;
    /// Records what the person wants whenever we make contact.
    tell_contact_wishes(told: ContactWishesTold) as KeepSafeContact resting OnNothing by crate::withheld::tell_contact_wishes;
    /// Records that there is no safe way yet, with a day to look again.
    say_no_safe_route(none: NoSafeRouteFound) as KeepSafeContact resting OnNothing by case::say_no_safe_route;
    /// Records a review of a life-at-risk try.
    review_life_at_risk(review: LifeAtRiskReviewed) as TryLifeAtRisk resting OnNothing by case::review_life_at_risk;
    /// Records the rhythm of contact that the survivor expressly agreed.
    agree_rhythm(agreed: RhythmAgreed) as RecordContact resting OnWhatWasSeen by case::agree_rhythm;
    /// Writes a note.
    write_note(note: NoteWritten) as WriteNote resting OnNothing by case::write_note;
    /// Records what the person wants to happen.
    tell_wishes(wishes: WishesTold) as RecordContact resting OnNothing by case::tell_wishes;
    /// Records how dangerous the person says it is, or why we could not ask yet.
    tell_own_view(view: OwnViewOfDangerTold) as RecordContact resting OnNothing by case::tell_own_view;
    /// Records an assessment of risk.
    assess_risk(assessed: RiskAssessed) as RecordContact resting OnWhatWasSeen by case::assess_risk;
    /// Records whether the case goes to MARAC.
    decide_marac(decided: MaracDecided) as RecordContact resting OnWhatWasSeen by case::decide_marac;
    /// Records that a safety plan was offered.
    offer_safety_plan(offered: SafetyPlanOffered) as RecordContact resting OnNothing by case::offer_safety_plan;
    /// Records an action plan.
    agree_plan(plan: ActionPlanAgreed) as RecordContact resting OnNothing by case::agree_plan;
    /// Excuses a promise on a ground that the policy allows.
    excuse(excused: ObligationExcused) as RecordContact resting OnWhatWasSeen by case::excuse;
    /// Stops a promise's clock for a while.
    begin_pause(began: PauseBegan) as RecordContact resting OnWhatWasSeen by case::begin_pause;
    /// Lets a stopped clock run on.
    end_pause(ended: PauseEnded) as RecordContact resting OnWhatWasSeen by case::end_pause;
    /// Lets somebody back in who was shut out.
    let_back_in(back: LetBackIn) as LetBackIn resting OnWhatWasSeen by case::let_back_in;
    /// Opens a restricted case to its team again.
    lift_restriction(lifted: RestrictionLifted) as Restrict resting OnWhatWasSeen by case::lift_restriction;
    /// Records that the person came back.
    return_to(returned: CaseReturned) as RecordContact resting OnNothing by case::return_to;
    /// Records that a person in the case died.
    mark_died(died: PersonDied) as RecordContact resting OnNothing by case::mark_died;
    /// Records that the survivor left our care.
    mark_moved(moved: MovedOutOfCare) as RecordContact resting OnNothing by case::mark_moved_out_of_care;
    /// Records that the survivor asked us to stop.
    say_stop(stop: SaidStop) as RecordContact resting OnNothing by case::say_stop;
}

/// What needs to know who is in the house.
macro_rules! in_the_house {
    ($($(#[$doc:meta])* $name:ident($fact:ident: $kind:ty) as $action:ident by $decide:path;)+) => {
        impl Casework {
            $(
                $(#[$doc])*
                pub async fn $name(&self, who: &Who, form: Form, case: CaseId, $fact: $kind) -> Result<Done, Problem> {
                    self.act(who, form, case, Action::$action, Rests::OnWhatWasSeen, |acting| {
                        let house: &House = &acting.room.house;
                        with($decide(&acting.on, $fact.clone(), house), When::default())
                    })
                    .await
                }
            )+
        }
    };
}

in_the_house! {
    /// Shuts somebody out: they see no trace of the case from now on.
    shut_out(shut: ShutOut) as ShutOut by case::shut_out;
    /// Restricts a case to named people.
    restrict(restricted: Restricted) as Restrict by case::restrict;
    /// Names a worker.
    name_worker(worker: WorkerNamed) as NameWorker by case::name_worker;
}

impl Casework {
    /// Records a try that reached nobody. Never refused for what the gate says; the gate's answer stays on the row.
    pub async fn record_try(
        &self,
        who: &Who,
        form: Form,
        case: CaseId,
        when: When,
        tried: ContactTried,
    ) -> Result<Done, Problem> {
        self.act(
            who,
            form,
            case,
            Action::RecordContact,
            Rests::OnNothing,
            |acting| {
                let gate = gate_at(acting, tried.route, tried.way, when);
                with(case::record_try(&acting.on, tried.clone(), gate.as_ref()), when)
            },
        )
        .await
    }

    /// Records a contact. Never refused for what the gate says; the gate's answer stays on the row.
    pub async fn record_contact(
        &self,
        who: &Who,
        form: Form,
        case: CaseId,
        when: When,
        made: ContactMade,
    ) -> Result<Done, Problem> {
        self.act(
            who,
            form,
            case,
            Action::RecordContact,
            Rests::OnNothing,
            |acting| {
                let gate = match made.direction {
                    Direction::Out => gate_at(acting, made.route, made.way, when),
                    Direction::In => None,
                };
                with(
                    case::record_contact(&acting.on, made.clone(), gate.as_ref()),
                    when,
                )
            },
        )
        .await
    }

    /// Records that a person is going to try an unknown route because life is at risk. On record before it is tried.
    pub async fn try_life_at_risk(
        &self,
        who: &Who,
        form: Form,
        case: CaseId,
        tried: LifeAtRiskTried,
    ) -> Result<Done, Problem> {
        self.act(
            who,
            form,
            case,
            Action::TryLifeAtRisk,
            Rests::OnNothing,
            |acting| {
                with(
                    case::try_life_at_risk(&acting.on, tried.clone(), acting.elsewhere),
                    When::default(),
                )
            },
        )
        .await
    }

    /// Puts another fact of the same kind in the place of one that was wrong. The old one leaves the page at once.
    pub async fn correct(
        &self,
        who: &Who,
        form: Form,
        case: CaseId,
        position: Position,
        fact: Fact,
        when: When,
    ) -> Result<Done, Problem> {
        self.act(
            who,
            form,
            case,
            Action::WriteNote,
            Rests::OnWhatWasSeen,
            |acting| {
                let correction = case::correct(&acting.on, position, fact.clone())?;
                let later = |at: &Option<jiff::Timestamp>| at.is_some_and(|at| at > acting.on.at);
                if later(&when.happened) || later(&when.aware) {
                    return Err(Refusal::HappenedInTheFuture);
                }
                // The moment of receipt stays, whoever corrects what was told: every clock runs from it.
                let when = match &correction.fact {
                    Fact::ReportReceived(_) => When::default(),
                    _ => when,
                };
                Ok(vec![corrected(correction, when)])
            },
        )
        .await
    }

    /// Puts other words in the place of those of an entry, and leaves everything else of it as it was.
    pub async fn correct_words(
        &self,
        who: &Who,
        form: Form,
        case: CaseId,
        position: Position,
        words: Words,
    ) -> Result<Done, Problem> {
        self.act(
            who,
            form,
            case,
            Action::WriteNote,
            Rests::OnWhatWasSeen,
            |acting| {
                let standing = acting
                    .on
                    .case
                    .standing_at(position)
                    .ok_or(Refusal::NothingStandsThere)?;
                let fact = with_words(&standing.fact, words.clone()).ok_or(Refusal::NeverCorrected)?;
                Ok(vec![corrected(
                    case::correct(&acting.on, position, fact)?,
                    When::default(),
                )])
            },
        )
        .await
    }

    /// Takes back an entry that was made by mistake.
    pub async fn take_back(
        &self,
        who: &Who,
        form: Form,
        case: CaseId,
        position: Position,
        taken: TakenBack,
    ) -> Result<Done, Problem> {
        self.act(
            who,
            form,
            case,
            Action::WriteNote,
            Rests::OnWhatWasSeen,
            |acting| {
                let correction = case::take_back(&acting.on, position, taken.clone())?;
                Ok(vec![corrected(correction, When::default())])
            },
        )
        .await
    }

    /// Closes a case. Where the policy asks for it, somebody else who may approve has to be named.
    pub async fn close(
        &self,
        who: &Who,
        form: Form,
        case: CaseId,
        closed: CaseClosed,
    ) -> Result<Done, Problem> {
        self.act(
            who,
            form,
            case,
            Action::CloseCase,
            Rests::OnWhatWasSeen,
            |acting| with(case::close(&acting.on, closed.clone()), When::default()),
        )
        .await
    }
}

/// The same fact with other words, where it is a fact of words.
fn with_words(fact: &Fact, words: Words) -> Option<Fact> {
    match fact {
        Fact::NoteWritten(_) => Some(Fact::NoteWritten(NoteWritten { words })),
        Fact::WishesTold(_) => Some(Fact::WishesTold(WishesTold { words })),
        Fact::OwnViewOfDangerTold(OwnViewOfDangerTold::Told { .. }) => {
            Some(Fact::OwnViewOfDangerTold(OwnViewOfDangerTold::Told { words }))
        }
        Fact::ContactMade(made) => Some(Fact::ContactMade(ContactMade {
            words,
            ..made.clone()
        })),
        Fact::ContactTried(tried) => Some(Fact::ContactTried(ContactTried {
            words: Some(words),
            ..tried.clone()
        })),
        _ => None,
    }
}

/// What takes an entry's place. It happened when the old one did, unless the person corrects just that.
fn corrected(correction: Correction, when: When) -> NewFact {
    let when = When {
        happened: when.happened.or(Some(correction.happened)),
        aware: when.aware.or(Some(correction.aware)),
    };
    NewFact {
        fact: correction.fact,
        corrects: Some(correction.corrects),
        when,
    }
}

/// What the gate said, or would have said, when it happened.
fn gate_at(acting: &Acting<'_>, route: Option<RouteId>, way: Way, when: When) -> Option<Answer> {
    let at = when.times(acting.on.at).happened;
    let ask = Ask {
        route: route?,
        way,
        at,
        sender: Sender::Person,
    };
    Some(may_we(acting.on.case, acting.elsewhere, &ask, acting.on.terms))
}
