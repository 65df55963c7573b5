//! How things stand at home, as clocks may know it: one answer a question, put together from what was told of the
//! home and of each person in it.

use super::from_facts::yes_no;
use crate::fact::{HomeTold, Part, PersonTold, Sex, Tenure, WorkerWish, YesNo};
use crate::ids::PersonId;
use std::collections::BTreeMap;

/// A question about how something stands, and its answer.
pub(super) type Circumstance = (&'static str, &'static str);

/// What was last told, by the home and by each person. A person of whom it is not known takes nothing away from what
/// is known of another.
#[derive(Default)]
pub(super) struct Standings {
    at_home: Option<(YesNo, YesNo)>,
    people: BTreeMap<PersonId, (Part, YesNo, YesNo)>,
}

impl Standings {
    pub(super) fn home(&mut self, told: &HomeTold) -> Vec<Circumstance> {
        self.at_home = Some((told.perpetrator_lives_there, told.children_live_there));
        vec![
            ("tenure", tenure(told.tenure)),
            ("joint_tenancy", yes_no(joint(told.tenure))),
            (
                "perpetrator_is_tenant",
                yes_no(perpetrator_is_tenant(told.tenure)),
            ),
            ("our_customer", yes_no(our_customer(told.tenure))),
            ("perpetrator_lives_there", self.perpetrator_lives_there()),
            ("children_in_home", self.children()),
        ]
    }

    pub(super) fn person(&mut self, told: &PersonTold) -> Vec<Circumstance> {
        self.people
            .insert(told.person, (told.part, told.lives_in_home, told.can_get_in));
        match told.part {
            Part::Survivor => vec![
                ("sex", sex(told.sex)),
                (
                    "interpreter_needed",
                    if told.interpreter.is_some() {
                        "yes"
                    } else {
                        "not_asked"
                    },
                ),
                ("worker_choice", worker_choice(told.worker_wish)),
            ],
            Part::Perpetrator => vec![
                ("perpetrator_lives_there", self.perpetrator_lives_there()),
                ("perpetrator_has_access", self.perpetrator_has_access()),
            ],
            Part::Child => vec![("children_in_home", self.children())],
            Part::AdultAtRisk => vec![(
                "adult_at_risk_in_home",
                self.of(Part::AdultAtRisk, |lives, _| lives),
            )],
            Part::Household | Part::Trusted | Part::Professional => Vec::new(),
        }
    }

    fn perpetrator_lives_there(&self) -> &'static str {
        let home = self.at_home.map(|(perpetrator, _)| perpetrator);
        yes_no(strictest(home, self.answers(Part::Perpetrator, |lives, _| lives)))
    }

    /// Whoever lives there can get in.
    fn perpetrator_has_access(&self) -> &'static str {
        self.of(Part::Perpetrator, |lives, access| match lives {
            YesNo::Yes => YesNo::Yes,
            YesNo::No | YesNo::NotKnown => access,
        })
    }

    fn children(&self) -> &'static str {
        let home = self.at_home.map(|(_, children)| children);
        yes_no(strictest(home, self.answers(Part::Child, |lives, _| lives)))
    }

    fn of(&self, part: Part, answer: fn(YesNo, YesNo) -> YesNo) -> &'static str {
        yes_no(strictest(None, self.answers(part, answer)))
    }

    fn answers(&self, part: Part, answer: fn(YesNo, YesNo) -> YesNo) -> impl Iterator<Item = YesNo> {
        self.people
            .values()
            .filter(move |(who, ..)| *who == part)
            .map(move |(_, lives, access)| answer(*lives, *access))
    }
}

/// Yes if anything says yes; not known if anything is not known; no only if all that was told says no. What was told
/// of the home as a whole answers for a person of whom it was not told.
fn strictest(home: Option<YesNo>, people: impl Iterator<Item = YesNo>) -> YesNo {
    let people: Vec<YesNo> = people.collect();
    if home == Some(YesNo::Yes) || people.contains(&YesNo::Yes) {
        return YesNo::Yes;
    }
    match home {
        Some(YesNo::No) => YesNo::No,
        Some(YesNo::NotKnown) | None if people.is_empty() || people.contains(&YesNo::NotKnown) => {
            YesNo::NotKnown
        }
        Some(YesNo::Yes | YesNo::NotKnown) | None => YesNo::No,
    }
}

fn tenure(tenure: Tenure) -> &'static str {
    match tenure {
        Tenure::Sole => "sole_tenant",
        Tenure::Joint | Tenure::JointOther => "joint_tenant",
        Tenure::Licence => "licensee",
        Tenure::Leasehold => "leaseholder",
        Tenure::PerpetratorSole | Tenure::HouseholdMember => "household_member",
        Tenure::OtherLandlord => "not_our_tenant",
        Tenure::NotKnown => "unknown",
    }
}

fn joint(tenure: Tenure) -> YesNo {
    match tenure {
        Tenure::Joint | Tenure::JointOther => YesNo::Yes,
        Tenure::NotKnown => YesNo::NotKnown,
        Tenure::Sole
        | Tenure::PerpetratorSole
        | Tenure::Licence
        | Tenure::Leasehold
        | Tenure::HouseholdMember
        | Tenure::OtherLandlord => YesNo::No,
    }
}

fn perpetrator_is_tenant(tenure: Tenure) -> YesNo {
    match tenure {
        Tenure::Joint | Tenure::PerpetratorSole => YesNo::Yes,
        Tenure::NotKnown | Tenure::HouseholdMember | Tenure::OtherLandlord => YesNo::NotKnown,
        Tenure::Sole | Tenure::JointOther | Tenure::Licence | Tenure::Leasehold => YesNo::No,
    }
}

fn our_customer(tenure: Tenure) -> YesNo {
    match tenure {
        Tenure::OtherLandlord => YesNo::No,
        Tenure::NotKnown => YesNo::NotKnown,
        Tenure::Sole
        | Tenure::Joint
        | Tenure::JointOther
        | Tenure::PerpetratorSole
        | Tenure::Licence
        | Tenure::Leasehold
        | Tenure::HouseholdMember => YesNo::Yes,
    }
}

fn sex(sex: Sex) -> &'static str {
    match sex {
        Sex::Female => "female",
        Sex::Male => "male",
        Sex::Other => "other",
        Sex::NotSaid => "declined",
        Sex::NotAsked => "not_asked",
    }
}

fn worker_choice(wish: WorkerWish) -> &'static str {
    match wish {
        WorkerWish::Woman => "woman",
        WorkerWish::Man => "man",
        WorkerWish::NoPreference => "no_preference",
        WorkerWish::NotAsked => "not_asked",
    }
}
