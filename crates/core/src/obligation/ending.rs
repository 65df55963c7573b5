//! What ends a promise without its being kept: closing, joining, death, moving away, her saying stop.
//!
//! What is owed to children and others at risk does not end because she dies or says stop, nor because the case is
//! closed: somebody still has to answer for it. Nothing that was missed before is undone.

use super::clock::Clock;
use super::state::OwedTo;
use crate::coded::{CodedFact, Kind};
use jiff::Timestamp;

/// The end of a clock.
pub(super) struct Ended<'a> {
    pub(super) at: Timestamp,
    pub(super) by: &'a CodedFact,
}

/// The first thing that ends a clock, if anything does.
pub(super) fn ending<'a>(clock: &Clock<'a>, no_longer_applies: Option<&'a CodedFact>) -> Option<Ended<'a>> {
    let by_fact = clock.world.facts.iter().copied().filter_map(|fact| {
        let at = ends(clock, fact)?;
        Some(Ended { at, by: fact })
    });
    let others = [no_longer_applies, clock.replaced_by].into_iter().flatten();
    let by_others = others.map(|fact| Ended {
        at: fact.times.recorded.max(clock.started.at),
        by: fact,
    });
    by_fact
        .chain(by_others)
        .min_by_key(|ended| (ended.at, ended.by.position))
}

/// When a fact ends a clock, if it does.
fn ends(clock: &Clock<'_>, fact: &CodedFact) -> Option<Timestamp> {
    if clock.start.is_some_and(|start| start.position == fact.position) {
        return None;
    }
    let by_pack = clock.rule.ends_with.iter().any(|end| end.fits(fact))
        && (clock.item.is_none() || fact.item.is_none() || fact.item == clock.item);
    let usual = match &clock.rule.lapses_with {
        Some(kinds) => kinds.contains(&fact.kind),
        None => usually_ends(clock, fact),
    };
    if !by_pack && !usual {
        return None;
    }
    let late_news = matches!(fact.kind, Kind::Died | Kind::MovedOutOfCare);
    // Our own acts end a promise from when they are on record: closing cannot be dated back over a missed one.
    let ours = matches!(fact.kind, Kind::CaseClosed | Kind::CaseJoined | Kind::ReportEnded);
    let at = if ours {
        fact.times.recorded
    } else {
        fact.times.happened
    };
    let place = |position| {
        clock
            .world
            .facts
            .iter()
            .position(|known| known.position == position)
    };
    let comes_after = at >= clock.started.at && place(fact.position) > place(clock.started.by);
    (comes_after || late_news).then_some(at.max(clock.started.at))
}

fn usually_ends(clock: &Clock<'_>, fact: &CodedFact) -> bool {
    let about_item = clock.item.is_some() && fact.item == clock.item;
    let leaves = matches!(
        fact.kind,
        Kind::CaseClosed | Kind::CaseJoined | Kind::ReportEnded | Kind::MovedOutOfCare | Kind::SaidStop
    );
    let died = fact.kind == Kind::Died;
    match clock.rule.owed_to {
        OwedTo::Survivor => {
            leaves || (died && (about_item || fact.code("who").is_none_or(|who| who == "survivor")))
        }
        OwedTo::Child | OwedTo::AdultAtRisk | OwedTo::Other => {
            fact.kind == Kind::CaseJoined || (died && about_item)
        }
        OwedTo::Landlord => false,
    }
}
