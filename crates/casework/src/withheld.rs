//! A telling is whole: the newest takes the older one's place. Whoever may not see a part of it must not wipe it out by
//! saving the rest. Where a form sends back [`WITHHELD`], what was there before stays; what it was is not shown.

use fanlight_core::case::{self, Deciding, Decision};
use fanlight_core::fact::{ContactWishesTold, HomeTold, PersonTold, Tenure, YesNo};
use fanlight_core::view::WITHHELD;
use fanlight_core::words::Words;

fn keep(new: &mut Option<Words>, before: Option<&Words>) {
    if new.as_ref().is_some_and(|words| words.reveal() == WITHHELD) {
        *new = before.cloned();
    }
}

/// What we were told about a person.
pub(crate) fn tell_person(on: &Deciding<'_>, mut told: PersonTold) -> Decision {
    let before = on.case.person(told.person).map(|told| &told.fact);
    keep(&mut told.name, before.and_then(|was| was.name.as_ref()));
    keep(&mut told.called, before.and_then(|was| was.called.as_ref()));
    keep(&mut told.pronoun, before.and_then(|was| was.pronoun.as_ref()));
    keep(&mut told.own_word, before.and_then(|was| was.own_word.as_ref()));
    keep(
        &mut told.interpreter,
        before.and_then(|was| was.interpreter.as_ref()),
    );
    keep(
        &mut told.access_needs,
        before.and_then(|was| was.access_needs.as_ref()),
    );
    keep(&mut told.more, before.and_then(|was| was.more.as_ref()));
    case::tell_person(on, told)
}

/// What we were told about the home.
pub(crate) fn tell_home(on: &Deciding<'_>, mut told: HomeTold) -> Decision {
    let before = on.case.home.as_ref().map(|told| &told.fact);
    keep(&mut told.address, before.and_then(|was| was.address.as_ref()));
    keep(&mut told.tenancy, before.and_then(|was| was.tenancy.as_ref()));
    case::tell_home(on, told)
}

/// A part of what we were told about the home, by a form that does not ask for all of it: what it leaves open stays as
/// it was told before. An address that was withheld stays withheld.
pub(crate) fn tell_more_of_home(on: &Deciding<'_>, mut told: HomeTold) -> Decision {
    let Some(before) = on.case.home.as_ref().map(|told| &told.fact) else {
        return case::tell_home(on, told);
    };
    told.address = told.address.or_else(|| before.address.clone());
    told.tenancy = told.tenancy.or_else(|| before.tenancy.clone());
    told.withheld |= before.withheld;
    if told.tenure == Tenure::NotKnown {
        told.tenure = before.tenure;
    }
    for (new, was) in [
        (&mut told.perpetrator_lives_there, before.perpetrator_lives_there),
        (&mut told.children_live_there, before.children_live_there),
    ] {
        if *new == YesNo::NotKnown {
            *new = was;
        }
    }
    case::tell_home(on, told)
}

/// What the person wants whenever we make contact. The two words are shown behind a press and on no form.
pub(crate) fn tell_contact_wishes(on: &Deciding<'_>, mut told: ContactWishesTold) -> Decision {
    let before = told.person.and_then(|person| on.case.contact_wishes_of(person));
    keep(
        &mut told.say_we_are,
        before.and_then(|was| was.say_we_are.as_ref()),
    );
    keep(
        &mut told.if_somebody_else,
        before.and_then(|was| was.if_somebody_else.as_ref()),
    );
    keep(&mut told.code_word, before.and_then(|was| was.code_word.as_ref()));
    keep(
        &mut told.duress_word,
        before.and_then(|was| was.duress_word.as_ref()),
    );
    keep(&mut told.if_duress, before.and_then(|was| was.if_duress.as_ref()));
    keep(&mut told.more, before.and_then(|was| was.more.as_ref()));
    case::tell_contact_wishes(on, told)
}
