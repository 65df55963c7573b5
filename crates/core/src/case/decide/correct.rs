//! Corrections: a new entry takes the place of an older one, which leaves the page at once (safety rule 9).

use super::*;
use crate::fact::TakenBack;
use crate::ids::Position;

/// A fact that takes the place of an earlier entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Correction {
    /// The entry whose place it takes.
    pub corrects: Position,
    /// When what stood there happened. It stays so unless the person corrects just that: putting a spelling right
    /// moves no clock.
    pub happened: Timestamp,
    /// When we knew of what stood there; it stays so too.
    pub aware: Timestamp,
    /// What stands there now.
    pub fact: Fact,
}

/// Corrects an entry with a fact of the same kind, which has to pass the same rules as a new one.
pub fn correct(on: &Deciding<'_>, position: Position, fact: Fact) -> Result<Correction, Refusal> {
    let standing = standing(on, position)?;
    let same_kind = std::mem::discriminant(&standing.fact) == std::mem::discriminant(&fact);
    otherwise(!same_kind, Refusal::OtherKind)?;
    let fact = checked(on, &standing.fact, fact)?;
    Ok(Correction {
        corrects: position,
        happened: standing.times.happened,
        aware: standing.times.aware,
        fact,
    })
}

/// Takes an entry back that was made by mistake.
pub fn take_back(on: &Deciding<'_>, position: Position, taken: TakenBack) -> Result<Correction, Refusal> {
    reasoned(&taken.reason)?;
    let standing = standing(on, position)?;
    match &standing.fact {
        Fact::ReportReceived(_) => return Err(Refusal::ReportStays),
        Fact::CaseOpened(_) | Fact::CaseJoined(_) | Fact::LifeAtRiskTried(_) | Fact::BonesKept(_) => {
            return Err(Refusal::NeverCorrected);
        }
        Fact::ShutOut(_)
        | Fact::LetBackIn(_)
        | Fact::Restricted(_)
        | Fact::RestrictionLifted(_)
        | Fact::WorkerNamed(_)
        | Fact::CaseClosed(_)
        | Fact::CaseReturned(_) => return Err(Refusal::UseTheOppositeAct),
        Fact::PersonTold(told) => {
            let hers = on
                .case
                .opened
                .as_ref()
                .is_some_and(|opened| opened.fact.survivor == told.person);
            otherwise(hers, Refusal::OnePartEach)?;
        }
        Fact::DangerAnswered(_)
        | Fact::ReportEnded(_)
        | Fact::HomeTold(_)
        | Fact::StaffConnectionAnswered(_)
        | Fact::RouteTold(_)
        | Fact::SafeContactAgreed(_)
        | Fact::ContactWishesTold(_)
        | Fact::ContactTried(_)
        | Fact::ContactMade(_)
        | Fact::LifeAtRiskReviewed(_)
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
        | Fact::NoSafeRouteFound(_)
        | Fact::PersonDied(_)
        | Fact::MovedOutOfCare(_)
        | Fact::SaidStop(_)
        | Fact::TakenBack(_) => {}
    }
    Ok(Correction {
        corrects: position,
        happened: standing.times.happened,
        aware: standing.times.aware,
        fact: Fact::TakenBack(taken),
    })
}

fn standing<'a>(on: &Deciding<'a>, position: Position) -> Result<&'a crate::case::Told<Fact>, Refusal> {
    on.can_be_added_to()?;
    on.case.standing_at(position).ok_or(Refusal::NothingStandsThere)
}

/// The corrected fact, if it holds by itself. What the gate said and who approved stay as they were.
fn checked(on: &Deciding<'_>, old: &Fact, new: Fact) -> Result<Fact, Refusal> {
    match (&new, old) {
        (Fact::ReportReceived(new), Fact::ReportReceived(old)) => {
            otherwise(new.reference != old.reference, Refusal::ReferenceStays)?;
            report::check_report(new)?;
        }
        (Fact::CaseOpened(new), _) => report::check_opened(on, new)?,
        (Fact::ReportEnded(new), _) => reasoned(&new.reason)?,
        (Fact::PersonTold(new), Fact::PersonTold(old)) => {
            otherwise(new.person != old.person, Refusal::OtherKind)?;
            people::check_person(on, new)?;
        }
        (Fact::RouteTold(new), Fact::RouteTold(old)) => {
            otherwise(new.route != old.route, Refusal::OtherKind)?;
            contact::check_route(on, new)?;
        }
        (Fact::SafeContactAgreed(new), _) => contact::check_safe_contact(on, new)?,
        (Fact::ContactWishesTold(new), _) => contact::check_contact_wishes(on, new)?,
        (Fact::ContactTried(new), Fact::ContactTried(old)) => {
            contact::check_route_and_person(on, new.route, new.person)?;
            let gate = old.gate.clone();
            return Ok(Fact::ContactTried(crate::fact::ContactTried {
                gate,
                ..new.clone()
            }));
        }
        (Fact::ContactMade(new), Fact::ContactMade(old)) => {
            contact::check_route_and_person(on, new.route, new.person)?;
            written(&new.words)?;
            let gate = old.gate.clone();
            return Ok(Fact::ContactMade(crate::fact::ContactMade {
                gate,
                ..new.clone()
            }));
        }
        (Fact::RhythmAgreed(new), _) => contact::check_rhythm(on, new)?,
        (Fact::NoteWritten(new), _) => written(&new.words)?,
        (Fact::WishesTold(new), _) => written(&new.words)?,
        (Fact::OwnViewOfDangerTold(new), _) => work::check_own_view(new)?,
        (Fact::RiskAssessed(new), Fact::RiskAssessed(old)) => {
            risk::check_risk(on, new)?;
            otherwise(new.by != old.by, Refusal::OtherKind)?;
            if risk::is_lower(on, &new.level, &old.level) {
                // A wrong answer is corrected as an answer: the count then differs. Otherwise it is judgement.
                let same_answers =
                    new.yes == old.yes && new.unknown == old.unknown && new.answered == old.answered;
                otherwise(same_answers, Refusal::JudgementMayNotLower)?;
                risk::check_lowering(on, new)?;
            }
        }
        (Fact::MaracDecided(new), _) => risk::check_marac(on, new)?,
        (Fact::ActionPlanAgreed(new), _) => work::check_plan(on, new)?,
        (Fact::ObligationExcused(new), _) => work::check_excuse(on, new)?,
        (Fact::PauseBegan(new), _) => work::check_pause(on, new)?,
        (Fact::NoSafeRouteFound(new), _) => contact::check_no_safe_route(on, new)?,
        (Fact::CaseClosed(new), _) => closing::check_closed(on, new)?,
        (Fact::CaseReturned(new), _) => written(&new.words)?,
        (Fact::MovedOutOfCare(new), _) => reasoned(&new.words)?,
        (Fact::SaidStop(new), _) => written(&new.words)?,
        (Fact::LifeAtRiskReviewed(new), _) => written(&new.words)?,
        (Fact::PersonDied(new), _) => {
            otherwise(on.case.person(new.person).is_none(), Refusal::PersonUnknown)?;
        }
        (
            Fact::DangerAnswered(_)
            | Fact::HomeTold(_)
            | Fact::StaffConnectionAnswered(_)
            | Fact::SafetyPlanOffered(_),
            _,
        ) => {}
        (
            Fact::ShutOut(_)
            | Fact::LetBackIn(_)
            | Fact::Restricted(_)
            | Fact::RestrictionLifted(_)
            | Fact::WorkerNamed(_)
            | Fact::PauseEnded(_),
            _,
        ) => return Err(Refusal::UseTheOppositeAct),
        (Fact::CaseJoined(_) | Fact::LifeAtRiskTried(_) | Fact::TakenBack(_) | Fact::BonesKept(_), _) => {
            return Err(Refusal::NeverCorrected);
        }
        // Of another kind than what it corrects, which has been refused before.
        (
            Fact::ReportReceived(_)
            | Fact::PersonTold(_)
            | Fact::RouteTold(_)
            | Fact::ContactTried(_)
            | Fact::ContactMade(_)
            | Fact::RiskAssessed(_),
            _,
        ) => return Err(Refusal::OtherKind),
    }
    Ok(new)
}
