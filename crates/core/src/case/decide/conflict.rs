//! Who may see no trace of a case, and who alone may open it (safety rule 5).
//!
//! Anybody can be shut out, the lead included; but a case always keeps somebody who may work on it and somebody who
//! may decide.

use super::{Deciding, Decision, otherwise, reasoned};
use crate::case::House;
use crate::fact::*;
use crate::ids::AccountId;
use crate::refusal::Refusal;

/// Answers whether anybody involved works for us or is close to somebody who does.
pub fn answer_staff_connection(on: &Deciding<'_>, answer: StaffConnectionAnswered) -> Decision {
    on.can_be_added_to()?;
    Ok(vec![Fact::StaffConnectionAnswered(answer)])
}

/// Shuts an account out, with the line above it if so decided. Whoever is shut out loses every place on the case at
/// the same moment.
pub fn shut_out(on: &Deciding<'_>, shut: ShutOut, house: &House) -> Decision {
    on.can_be_added_to()?;
    reasoned(&shut.reason)?;
    let same = |told: &&crate::case::Told<ShutOut>| told.fact.account == shut.account;
    let before = on.case.shut_out.iter().find(same);
    let unchanged = before
        .is_some_and(|told| told.fact.suspected == shut.suspected && told.fact.line_too == shut.line_too);
    otherwise(unchanged, Refusal::AlreadyShutOut)?;

    let mut out = house.all_shut_out(on.case);
    out.extend(house.with_line(shut.account, shut.line_too));
    somebody_is_left(on, &out, house)?;

    let leaving = house.with_line(shut.account, shut.line_too);
    let mut facts = vec![Fact::ShutOut(shut)];
    facts.extend(places_to_leave(on, &leaving));
    Ok(facts)
}

fn somebody_is_left(on: &Deciding<'_>, out: &[AccountId], house: &House) -> Result<(), Refusal> {
    let restricted_to = on.case.restriction.as_ref().map(|told| &told.fact.to);
    let is_left =
        |account: &AccountId| !out.contains(account) && restricted_to.is_none_or(|to| to.contains(account));
    otherwise(!house.deciders.iter().any(is_left), Refusal::NobodyWouldDecide)?;
    otherwise(!house.workers.iter().any(is_left), Refusal::NobodyWouldWork)
}

fn places_to_leave(on: &Deciding<'_>, leaving: &[AccountId]) -> Vec<Fact> {
    let workers = &on.case.workers;
    [&workers.lead, &workers.deputy, &workers.cover]
        .into_iter()
        .flatten()
        .filter(|told| {
            told.fact
                .account
                .is_some_and(|account| leaving.contains(&account))
        })
        .map(|told| {
            Fact::WorkerNamed(WorkerNamed {
                account: None,
                part: told.fact.part,
                wish: WishMet::NoWish,
                reason: None,
            })
        })
        .collect()
}

/// Lets an account back in.
pub fn let_back_in(on: &Deciding<'_>, back: LetBackIn) -> Decision {
    on.can_be_added_to()?;
    reasoned(&back.reason)?;
    otherwise(!on.case.is_shut_out(back.account), Refusal::NotShutOut)?;
    otherwise(on.by.account() == Some(back.account), Refusal::OwnShutOut)?;
    Ok(vec![Fact::LetBackIn(back)])
}

/// Opens the case to named people only.
pub fn restrict(on: &Deciding<'_>, restricted: Restricted, house: &House) -> Decision {
    on.can_be_added_to()?;
    reasoned(&restricted.reason)?;
    let out = house.all_shut_out(on.case);
    let names_shut_out = restricted.to.iter().any(|account| out.contains(account));
    otherwise(names_shut_out, Refusal::RestrictionNamesShutOut)?;
    let names = |some: &[AccountId]| some.iter().any(|account| restricted.to.contains(account));
    otherwise(!names(&house.workers), Refusal::RestrictionNeedsWorker)?;
    otherwise(!names(&house.deciders), Refusal::RestrictionNeedsDecider)?;
    let outside: Vec<AccountId> = on
        .case
        .named_workers()
        .into_iter()
        .filter(|account| !restricted.to.contains(account))
        .collect();
    let mut facts = vec![Fact::Restricted(restricted)];
    facts.extend(places_to_leave(on, &outside));
    Ok(facts)
}

/// Opens the case to its team again.
pub fn lift_restriction(on: &Deciding<'_>, lifted: RestrictionLifted) -> Decision {
    on.can_be_added_to()?;
    reasoned(&lifted.reason)?;
    otherwise(on.case.restriction.is_none(), Refusal::NotRestricted)?;
    Ok(vec![Fact::RestrictionLifted(lifted)])
}
