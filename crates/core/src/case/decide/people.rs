//! What we are told of people and of the home.

use super::{Deciding, Decision, otherwise};
use crate::fact::*;
use crate::refusal::Refusal;
use jiff::ToSpan;

/// Records what we are told of a person; the newest telling is whole and takes the older one's place.
pub fn tell_person(on: &Deciding<'_>, told: PersonTold) -> Decision {
    on.can_be_added_to()?;
    check_person(on, &told)?;
    Ok(vec![Fact::PersonTold(told)])
}

pub(super) fn check_person(on: &Deciding<'_>, told: &PersonTold) -> Result<(), Refusal> {
    if let Some(born) = told.born {
        let oldest = on.today().checked_sub(120.years()).unwrap_or(born);
        otherwise(born > on.today() || born < oldest, Refusal::AgeUnlikely)?;
    }
    // The person whose case this is keeps that part, and nobody else takes it: one case, one survivor.
    let opened_for = on.case.opened.as_ref().map(|opened| opened.fact.survivor);
    let is_hers = opened_for == Some(told.person);
    let wrong = opened_for.is_some() && is_hers != (told.part == Part::Survivor);
    otherwise(wrong, Refusal::OnePartEach)
}

/// Records what we are told of the survivor's home.
pub fn tell_home(on: &Deciding<'_>, told: HomeTold) -> Decision {
    on.can_be_added_to()?;
    Ok(vec![Fact::HomeTold(told)])
}
