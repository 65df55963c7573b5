//! The people of a case, the home, and the routes by which people might be reached.

use super::ask::ending;
use super::veil::{Veil, is_address};
use super::{Grant, Moment};
use crate::case::{Case, Told};
use crate::contact::{Ask, Sender, may_we};
use crate::fact::{Part, PersonTold, Relationship, RouteKind, Sex, Tenure, Way, WorkerWish, YesNo};
use crate::ids::{AccountId, PersonId, Position, RouteId};
use crate::times::Times;
use crate::words::Words;
use jiff::civil::Date;
use serde::Serialize;

/// A person as a page shows her or him.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PersonRow {
    /// The entry to correct.
    pub place: Position,
    /// The person.
    pub person: PersonId,
    /// Which part.
    pub part: Part,
    /// The full name.
    pub name: Option<Words>,
    /// What she or he likes to be called.
    pub called: Option<Words>,
    /// She, he, they or another word.
    pub pronoun: Option<Words>,
    /// The person's own word.
    pub own_word: Option<Words>,
    /// Date of birth.
    pub born: Option<Date>,
    /// Age in whole years, from the date of birth or as told.
    pub age: Option<i16>,
    /// Sex, for measures.
    pub sex: Sex,
    /// What he or she is to the survivor.
    pub relationship: Option<Relationship>,
    /// Whether the person lives in the home.
    pub lives_in_home: YesNo,
    /// Whether a perpetrator can get in.
    pub can_get_in: YesNo,
    /// The language to speak, if an interpreter is needed.
    pub interpreter: Option<Words>,
    /// Anything else needed to take part.
    pub access_needs: Option<Words>,
    /// Whom the person would like as a worker.
    pub worker_wish: WorkerWish,
    /// Anything else.
    pub more: Option<Words>,
    /// Whether the person has died.
    pub has_died: bool,
    /// The person's routes. The two parties' routes stand with their own person.
    pub routes: Vec<RouteRow>,
    /// When it was told.
    pub told: Times,
}

/// A route, with its value only where the looker may see it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RouteRow {
    /// The entry to correct.
    pub place: Position,
    /// The route.
    pub route: RouteId,
    /// Its kind.
    pub kind: RouteKind,
    /// The value: with the grant for it, and while a person may use it now in one of its ways.
    pub value: Option<Words>,
    /// The last characters of it.
    pub ending: Option<String>,
    /// Who else sees or uses it.
    pub shared_with: Option<Words>,
    /// Each way, with the gate's answer to a person now.
    pub ways: Vec<WayAnswer>,
}

/// One way of a route, with the gate's answer to a person now.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WayAnswer {
    /// The way.
    pub way: Way,
    /// The answer's short name.
    pub code: &'static str,
    /// Whether a person may go ahead now.
    pub allowed: bool,
    /// The answer and its reason, in plain words.
    pub says: String,
    /// What to mind.
    pub warnings: Vec<&'static str>,
}

/// The survivor's home.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HomeView {
    /// The entry to correct.
    pub place: Position,
    /// The address, unless it is withheld and the looker has no grant for it.
    pub address: Option<Words>,
    /// Whether there is an address that this looker does not see.
    pub address_hidden: bool,
    /// Whether the address must be kept from everybody without a grant.
    pub withheld: bool,
    /// In what way it is held.
    pub tenure: Tenure,
    /// The tenancy reference; it leads to the address, and is hidden with it.
    pub tenancy: Option<Words>,
    /// Whether a perpetrator lives there.
    pub perpetrator_lives_there: YesNo,
    /// Whether children live there.
    pub children_live_there: YesNo,
    /// When it was told.
    pub told: Times,
}

/// Somebody who is shut out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShutOutRow {
    /// Whose account.
    pub account: AccountId,
    /// Suspected until a person decides.
    pub suspected: bool,
    /// Whether the line above is shut out too.
    pub line_too: bool,
    /// Why.
    pub reason: Words,
    /// When it was decided.
    pub told: Times,
}

pub(super) fn people(case: &Case, grant: &Grant, moment: &Moment<'_>, veil: &Veil) -> Vec<PersonRow> {
    case.people
        .iter()
        .map(|told| person(case, grant, moment, veil, told))
        .collect()
}

fn person(
    case: &Case,
    grant: &Grant,
    moment: &Moment<'_>,
    veil: &Veil,
    told: &Told<PersonTold>,
) -> PersonRow {
    let who = &told.fact;
    let today = crate::contact::london().to_datetime(moment.at).date();
    PersonRow {
        place: told.place,
        person: who.person,
        part: who.part,
        name: veil.maybe(&who.name),
        called: veil.maybe(&who.called),
        pronoun: veil.maybe(&who.pronoun),
        own_word: veil.maybe(&who.own_word),
        born: who.born,
        age: who.age_on(today),
        sex: who.sex,
        relationship: who.relationship,
        lives_in_home: who.lives_in_home,
        can_get_in: who.can_get_in,
        interpreter: veil.maybe(&who.interpreter),
        access_needs: veil.maybe(&who.access_needs),
        worker_wish: who.worker_wish,
        more: veil.maybe(&who.more),
        has_died: case.has_died(who.person),
        routes: routes(case, grant, moment, veil, who.person),
        told: told.times,
    }
}

fn routes(case: &Case, grant: &Grant, moment: &Moment<'_>, veil: &Veil, person: PersonId) -> Vec<RouteRow> {
    case.routes
        .iter()
        .filter(|known| known.told.fact.person == person)
        .map(|known| {
            let told = &known.told.fact;
            let answers: Vec<_> = Way::of(told.kind)
                .iter()
                .map(|way| {
                    let ask = Ask {
                        route: told.route,
                        way: *way,
                        at: moment.at,
                        sender: Sender::Person,
                    };
                    (*way, may_we(case, moment.elsewhere, &ask, moment.terms))
                })
                .collect();
            let usable = answers.iter().any(|(_, answer)| answer.allows_a_person());
            let hidden_address = is_address(told.kind) && !grant.addresses;
            let may_see = grant.contacts && usable && !hidden_address;
            RouteRow {
                place: known.told.place,
                route: told.route,
                kind: told.kind,
                value: may_see.then(|| veil.words(&told.value)),
                ending: ending(known).filter(|_| grant.contacts),
                shared_with: veil.maybe(&told.shared_with),
                ways: answers
                    .into_iter()
                    .map(|(way, answer)| WayAnswer {
                        way,
                        code: answer.code(),
                        allowed: answer.allows_a_person(),
                        says: answer.says(),
                        warnings: answer.warnings().iter().map(|warning| warning.says()).collect(),
                    })
                    .collect(),
            }
        })
        .collect()
}

pub(super) fn home(case: &Case, grant: &Grant, veil: &Veil) -> Option<HomeView> {
    let told = case.home.as_ref()?;
    let home = &told.fact;
    let hidden = home.withheld && !grant.addresses;
    Some(HomeView {
        place: told.place,
        address: home
            .address
            .as_ref()
            .filter(|_| !hidden)
            .map(|address| veil.words(address)),
        address_hidden: hidden && home.address.is_some(),
        withheld: home.withheld,
        tenure: home.tenure,
        tenancy: home
            .tenancy
            .as_ref()
            .filter(|_| !hidden)
            .map(|tenancy| veil.words(tenancy)),
        perpetrator_lives_there: home.perpetrator_lives_there,
        children_live_there: home.children_live_there,
        told: told.times,
    })
}

pub(super) fn shut_out(case: &Case, grant: &Grant, veil: &Veil) -> Vec<ShutOutRow> {
    case.shut_out
        .iter()
        .filter(|_| grant.shut_out)
        .map(|told| ShutOutRow {
            account: told.fact.account,
            suspected: told.fact.suspected,
            line_too: told.fact.line_too,
            reason: veil.words(&told.fact.reason),
            told: told.times,
        })
        .collect()
}
