//! The people of a case, each by her- or himself: the survivor, perpetrators, children, others; the home; who is shut out.

use askama::Template;
use fanlight_core::words::Words;

use crate::contact::Pair;
use crate::forms::Link;
use crate::layout::{CaseFrame, Frame};
use crate::signs::{RiskSign, TimeTag};

/// A person.
#[derive(Clone, Debug, Default)]
pub struct PersonCard {
    /// The risk from her or him, if it is a perpetrator.
    pub risk: Option<RiskSign>,
    /// The part, or her own word for herself.
    pub role: Words,
    /// The name, or what is known instead of it.
    pub name: Words,
    /// Age, pronoun, language, relationship.
    pub sub: Words,
    /// What is known.
    pub pairs: Vec<Pair>,
    /// A state of something that is owed to this person, with what it is.
    pub states: Vec<(String, TimeTag, Words)>,
    /// What can be done.
    pub links: Vec<Link>,
}

/// People of one part.
#[derive(Clone, Debug, Default)]
pub struct PeopleGroup {
    /// An id on the page.
    pub id: String,
    /// "Survivor", "Perpetrators", "Children, victims themselves".
    pub title: String,
    /// What is said beside the title; may be empty.
    pub small: String,
    /// The people.
    pub people: Vec<PersonCard>,
    /// What is said when there is nobody: a gap is shown as a gap.
    pub nobody: String,
    /// What can be added.
    pub add: Option<Link>,
}

/// A colleague who is shut out of the case.
#[derive(Clone, Debug, Default)]
pub struct ShutOutRow {
    /// Who.
    pub who: Words,
    /// The connection.
    pub connection: Words,
    /// Whether it is not decided yet.
    pub suspected: bool,
    /// By whom and when it was decided, or what holds until then.
    pub decided: Words,
    /// What it means for whoever works on the case.
    pub means: Words,
    /// What can be done.
    pub links: Vec<Link>,
}

/// People and home.
#[derive(Template)]
#[template(path = "people/people.html")]
pub struct PeoplePage {
    /// The frame.
    pub frame: Frame,
    /// The case.
    pub case: CaseFrame,
    /// The people.
    pub groups: Vec<PeopleGroup>,
    /// The home, as pairs; empty if nothing is known.
    pub home: Vec<Pair>,
    /// Where the home can be told or changed.
    pub home_link: Option<Link>,
    /// Whether this looker may see who is shut out.
    pub may_see_shut_out: bool,
    /// Who is shut out.
    pub shut_out: Vec<ShutOutRow>,
    /// Where somebody else can be named as connected.
    pub connected: Option<Link>,
    /// Who works on the case, and as what.
    pub workers: Vec<Pair>,
    /// Where a worker can be named.
    pub worker_link: Option<Link>,
}
crate::pages!(PeoplePage);
