//! What is still to be asked: gaps shown as gaps, never filled in.

use crate::case::{Case, KnownRoute, Stage};
use crate::codes::codes;
use crate::fact::{Danger, OwnViewOfDangerTold, Part, RouteKind, Verdict, WorkerWish, YesNo};

codes! {
    /// Something that is still to be asked, in the order in which it matters.
    StillToAsk {
        Danger = "danger", "Whether anybody is in danger";
        HowToAnswer = "how_to_answer", "How, and when, it is safe to make contact";
        StaffConnection = "staff_connection", "Whether anybody involved works for us";
        WhoIsHarmed = "who_is_harmed", "Who is being harmed";
        WhoHarms = "who_harms", "Who is said to do harm";
        LivesThere = "lives_there", "Whether a perpetrator lives in the home";
        CanGetIn = "can_get_in", "Whether a perpetrator can get in: a key, a code, a way";
        Children = "children", "Whether there are children in the home";
        Home = "home", "Where home is, and in what way it is held";
        OwnView = "own_view", "How dangerous the person says it is";
        Wishes = "wishes", "What the person wants to happen";
        WorkerWish = "worker_wish", "Whether the person would like a woman or a man as a worker";
        Interpreter = "interpreter", "What the person likes to be called, and which language to speak";
        KnowsWeWereTold = "knows_we_were_told", "Whether the person knows that we were told";
    }
}

/// What is still to be asked of this case.
pub(super) fn still_to_ask(case: &Case) -> Vec<StillToAsk> {
    if matches!(case.stage, Stage::Ended | Stage::Joined | Stage::Closed) || case.bones.is_some() {
        return Vec::new();
    }
    StillToAsk::ALL
        .iter()
        .copied()
        .filter(|one| is_missing(case, *one))
        .collect()
}

fn is_missing(case: &Case, one: StillToAsk) -> bool {
    let survivor = case.survivor_told().map(|told| &told.fact);
    let home = case.home.as_ref().map(|told| &told.fact);
    match one {
        StillToAsk::Danger => case
            .danger
            .as_ref()
            .is_none_or(|told| told.fact.danger == Danger::Unknown),
        StillToAsk::HowToAnswer => {
            let safe = case
                .safety_words
                .iter()
                .any(|word| word.told.fact.verdict == Verdict::Safe);
            !safe
                && case
                    .survivor()
                    .is_none_or(|who| case.contact_wishes_of(who).is_none_or(|w| !w.no_contact))
        }
        StillToAsk::StaffConnection => case
            .staff_connection
            .as_ref()
            .is_none_or(|told| told.fact.answer == YesNo::NotKnown),
        StillToAsk::WhoIsHarmed => survivor.is_none_or(|told| told.name.is_none() && told.called.is_none()),
        StillToAsk::WhoHarms => case.people_who_are(Part::Perpetrator).next().is_none(),
        StillToAsk::LivesThere => home.is_none_or(|home| home.perpetrator_lives_there == YesNo::NotKnown),
        StillToAsk::CanGetIn => {
            let mut perpetrators = case.people_who_are(Part::Perpetrator).peekable();
            perpetrators.peek().is_none()
                || perpetrators.any(|told| {
                    told.fact.can_get_in == YesNo::NotKnown && told.fact.lives_in_home != YesNo::Yes
                })
        }
        StillToAsk::Children => home.is_none_or(|home| home.children_live_there == YesNo::NotKnown),
        StillToAsk::Home => {
            home.is_none_or(|home| home.address.is_none() || home.tenure == crate::fact::Tenure::NotKnown)
        }
        StillToAsk::OwnView => match case.own_view.as_ref().map(|told| &told.fact) {
            None | Some(OwnViewOfDangerTold::NotYet { .. }) => true,
            Some(OwnViewOfDangerTold::Told { .. }) => false,
        },
        StillToAsk::Wishes => case.wishes.is_none(),
        StillToAsk::WorkerWish => survivor.is_none_or(|told| told.worker_wish == WorkerWish::NotAsked),
        StillToAsk::Interpreter => survivor.is_none_or(|told| told.called.is_none()),
        StillToAsk::KnowsWeWereTold => case
            .report
            .as_ref()
            .is_some_and(|told| told.fact.survivor_knows == YesNo::NotKnown),
    }
}

/// The last digits of a telephone number, by which two can be told apart without showing either.
pub(super) fn ending(known: &KnownRoute) -> Option<String> {
    let digits: Vec<char> = known.key.reveal().chars().collect();
    let is_number = known.told.fact.kind == RouteKind::Telephone && digits.len() >= 7;
    is_number.then(|| digits[digits.len() - 3..].iter().collect())
}
