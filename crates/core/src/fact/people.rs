//! Facts about people and the home. Each telling is whole: the newest about a person takes the older one's place.

use crate::codes::codes;
use crate::fact::report::YesNo;
use crate::ids::PersonId;
use crate::words::Words;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

codes! {
    /// What part a person has in the case.
    Part {
        Survivor = "survivor", "The person being harmed";
        Perpetrator = "perpetrator", "Somebody said to be doing it";
        Child = "child", "A child";
        AdultAtRisk = "adult_at_risk", "An adult at risk";
        Household = "household", "Somebody else in the household";
        Trusted = "trusted", "Somebody the person trusts";
        Professional = "professional", "A professional of another agency";
    }
}

codes! {
    /// What the perpetrator is to the survivor. Whether that makes them "personally connected" (Domestic Abuse
    /// Act 2021, section 2) is a view of it, never a gate.
    Relationship {
        Spouse = "spouse", "Husband, wife or civil partner";
        FormerSpouse = "former_spouse", "Former husband, wife or civil partner";
        Engaged = "engaged", "Engaged, or agreed to marry";
        Partner = "partner", "Partner";
        FormerPartner = "former_partner", "Former partner";
        CoParent = "co_parent", "Parent of the same child";
        Parent = "parent", "Parent or step-parent";
        AdultChild = "adult_child", "Adult child";
        YoungerChild = "younger_child", "Child under 18";
        Sibling = "sibling", "Brother or sister";
        Grandparent = "grandparent", "Grandparent";
        Grandchild = "grandchild", "Grandchild";
        InLaw = "in_law", "In-law";
        OtherRelative = "other_relative", "Another relative";
        FormerRelative = "former_relative", "Former relative";
        NotConnected = "not_connected", "Not related: a carer, lodger or neighbour";
        NotKnown = "not_known", "Not known";
    }
}

codes! {
    /// Whom the person would like as a worker.
    WorkerWish {
        Woman = "woman", "A woman";
        Man = "man", "A man";
        NoPreference = "no_preference", "No preference";
        NotAsked = "not_asked", "Not asked yet";
    }
}

codes! {
    /// What the person is recorded as, asked and never assumed; used for measures only.
    Sex {
        Female = "female", "Female";
        Male = "male", "Male";
        Other = "other", "Another term";
        NotSaid = "not_said", "Prefers not to say";
        NotAsked = "not_asked", "Not asked";
    }
}

/// What we were told about a person. Nothing in it is compulsory but the part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PersonTold {
    /// The person, in this case only.
    pub person: PersonId,
    /// Which part.
    pub part: Part,
    /// The full name, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Words>,
    /// What she or he wants to be called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called: Option<Words>,
    /// She, he, they, or another word, as the person uses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pronoun: Option<Words>,
    /// The word the person uses for herself or himself: survivor, victim, neither.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_word: Option<Words>,
    /// Date of birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born: Option<Date>,
    /// Age in years, if told and the date of birth is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age: Option<u8>,
    /// Sex, for measures.
    #[serde(default = "not_asked")]
    pub sex: Sex,
    /// What he or she is to the survivor (perpetrators and others).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relationship: Option<Relationship>,
    /// Whether the person lives in the survivor's home.
    #[serde(default = "not_known")]
    pub lives_in_home: YesNo,
    /// Whether a perpetrator can get in: a key, a code, a way.
    #[serde(default = "not_known")]
    pub can_get_in: YesNo,
    /// The language to speak, if an interpreter is needed. Never a relative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interpreter: Option<Words>,
    /// Anything else needed to take part: large print, a signer, a step-free place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_needs: Option<Words>,
    /// Whom the survivor would like as a worker.
    #[serde(default = "worker_not_asked")]
    pub worker_wish: WorkerWish,
    /// Anything else, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub more: Option<Words>,
}

impl PersonTold {
    /// A person of whom nothing is known yet but the part.
    pub fn unknown(person: PersonId, part: Part) -> Self {
        PersonTold {
            person,
            part,
            name: None,
            called: None,
            pronoun: None,
            own_word: None,
            born: None,
            age: None,
            sex: Sex::NotAsked,
            relationship: None,
            lives_in_home: YesNo::NotKnown,
            can_get_in: YesNo::NotKnown,
            interpreter: None,
            access_needs: None,
            worker_wish: WorkerWish::NotAsked,
            more: None,
        }
    }
}

fn not_asked() -> Sex {
    Sex::NotAsked
}

fn not_known() -> YesNo {
    YesNo::NotKnown
}

fn worker_not_asked() -> WorkerWish {
    WorkerWish::NotAsked
}

codes! {
    /// In what way the home is held.
    Tenure {
        Sole = "sole", "Sole tenancy";
        Joint = "joint", "Joint tenancy with the perpetrator";
        JointOther = "joint_other", "Joint tenancy with somebody else";
        PerpetratorSole = "perpetrator_sole", "The perpetrator's sole tenancy";
        Licence = "licence", "Licence or supported housing";
        Leasehold = "leasehold", "Leasehold or shared ownership";
        HouseholdMember = "household_member", "Lives in somebody else's tenancy";
        OtherLandlord = "other_landlord", "Not our home";
        NotKnown = "not_known", "Not known";
    }
}

/// What we were told about the survivor's home.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HomeTold {
    /// The address, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Words>,
    /// Whether the address must be kept from everybody without a grant for it.
    pub withheld: bool,
    /// In what way it is held.
    pub tenure: Tenure,
    /// The tenancy reference in the housing system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenancy: Option<Words>,
    /// Whether a perpetrator lives there.
    pub perpetrator_lives_there: YesNo,
    /// Whether children live there.
    pub children_live_there: YesNo,
}
