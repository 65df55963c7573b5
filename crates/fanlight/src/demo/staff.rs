//! The invented people of the demonstration who may sign in: somebody in every role, for each landlord.

use fanlight_core::access::Role;

/// Everybody's password. It stands in the source, so it protects nothing, and nothing here needs protecting.
pub(super) const PASSWORD: &str = "lamp-over-the-door";

/// Somebody who may sign in.
pub(super) struct Person {
    /// By which the stories call them.
    pub(super) key: &'static str,
    pub(super) name: &'static str,
    pub(super) sign_in: &'static str,
    pub(super) post: &'static str,
    pub(super) role: Role,
    /// The role in words, as it is printed.
    pub(super) role_says: &'static str,
    /// The key of whoever is above in the line.
    pub(super) reports_to: Option<&'static str>,
    /// Whether the stories act as this person.
    pub(super) acts: bool,
    /// What they come to, as it is printed.
    pub(super) first_sees: &'static str,
}

const MY_WORK: &str = "My work: what is due, in order, and why";

const fn person(
    key: &'static str,
    name: &'static str,
    sign_in: &'static str,
    post: &'static str,
    role: Role,
) -> Person {
    let (role_says, first_sees, acts) = match role {
        Role::Colleague => (
            "colleague",
            "a short form to pass on a concern, then a receipt",
            true,
        ),
        Role::Caseworker => ("caseworker", MY_WORK, true),
        Role::Manager => ("manager", "the team's work, and what is late", true),
        Role::Lead => (
            "domestic abuse lead",
            "Assurance: every clause, and how it is kept",
            true,
        ),
        Role::DataDecider => ("data decider", "decisions that wait (none yet)", false),
        Role::Officer => (
            "officer for repairs",
            "a short form to pass on a concern; never a case",
            false,
        ),
        Role::Auditor => ("auditor", "Assurance, without a name", false),
        Role::Board => ("board member", "figures, small numbers hidden", false),
        Role::Administrator => ("administrator", "accounts; never a case", false),
    };
    Person {
        key,
        name,
        sign_in,
        post,
        role,
        role_says,
        reports_to: None,
        acts,
        first_sees,
    }
}

impl Person {
    const fn under(self, above: &'static str) -> Person {
        Person {
            reports_to: Some(above),
            ..self
        }
    }

    const fn says(self, role_says: &'static str, first_sees: &'static str) -> Person {
        Person {
            role_says,
            first_sees,
            ..self
        }
    }
}

const OUTSIDE: (&str, &str) = (
    "named post outside the line",
    "Assurance; decides where the line itself is connected with a case",
);
const OPERATIVE: (&str, &str) = ("contractor's operative", "the same short form, then a receipt");

/// Of the landlord settle.
pub(super) const SETTLE: &[Person] = &[
    person(
        "lead",
        "Frances Oatlow",
        "frances.oatlow",
        "Domestic abuse lead",
        Role::Lead,
    ),
    person(
        "outside",
        "Idris Morrowvale",
        "idris.morrowvale",
        "Named post outside the line",
        Role::Lead,
    )
    .says(OUTSIDE.0, OUTSIDE.1),
    person(
        "manager",
        "Martin Reed",
        "martin.reed",
        "Manager of the casework",
        Role::Manager,
    )
    .under("lead"),
    person(
        "joan",
        "Joan Platt",
        "joan.platt",
        "Lead worker",
        Role::Caseworker,
    )
    .under("manager"),
    person(
        "ruth",
        "Ruth Hale",
        "ruth.hale",
        "Deputy worker",
        Role::Caseworker,
    )
    .under("manager"),
    person(
        "tom",
        "Tom Fernhollow",
        "tom.fernhollow",
        "Duty worker",
        Role::Caseworker,
    )
    .under("manager"),
    person(
        "colin",
        "Colin Tarnside",
        "colin.tarnside",
        "Support worker",
        Role::Caseworker,
    )
    .under("manager")
    .says(
        "caseworker, shut out of one case",
        "My work, with no trace of that case",
    ),
    person(
        "decider",
        "Olwen Larkfield",
        "olwen.larkfield",
        "Data decider",
        Role::DataDecider,
    ),
    person(
        "repairs",
        "Pete Windrow",
        "pete.windrow",
        "Repairs officer",
        Role::Officer,
    ),
    person(
        "nell",
        "Nell Copperleaf",
        "nell.copperleaf",
        "Customer Service Centre",
        Role::Colleague,
    ),
    person(
        "sam",
        "Sam Ferrowby",
        "sam.ferrowby",
        "Operative of a repairs contractor",
        Role::Colleague,
    )
    .says(OPERATIVE.0, OPERATIVE.1),
    person(
        "auditor",
        "Abena Stonecroft",
        "abena.stonecroft",
        "Internal auditor",
        Role::Auditor,
    ),
    person(
        "board",
        "Hugh Mossgate",
        "hugh.mossgate",
        "Board member",
        Role::Board,
    ),
    person(
        "admin",
        "Vikram Saltmere",
        "vikram.saltmere",
        "System administrator",
        Role::Administrator,
    ),
];

/// Of the landlord bpha.
pub(super) const BPHA: &[Person] = &[
    person(
        "lead",
        "Gwen Thornmere",
        "gwen.thornmere",
        "Domestic Abuse Lead",
        Role::Lead,
    ),
    person(
        "outside",
        "Rashid Ellermoor",
        "rashid.ellermoor",
        "Named post outside the line",
        Role::Lead,
    )
    .says(OUTSIDE.0, OUTSIDE.1),
    person(
        "manager",
        "Carys Holmlea",
        "carys.holmlea",
        "Manager of the casework",
        Role::Manager,
    )
    .under("lead"),
    person(
        "bisi",
        "Bisi Greywater",
        "bisi.greywater",
        "Specific appointed officer",
        Role::Caseworker,
    )
    .under("manager"),
    person(
        "hanna",
        "Hanna Quarrow",
        "hanna.quarrow",
        "Deputy officer",
        Role::Caseworker,
    )
    .under("manager"),
    person(
        "luke",
        "Luke Otterley",
        "luke.otterley",
        "Duty officer",
        Role::Caseworker,
    )
    .under("manager")
    .says(
        "caseworker, shut out of one case",
        "My work, with no trace of that case",
    ),
    person(
        "decider",
        "Moira Fenwood",
        "moira.fenwood",
        "Data decider",
        Role::DataDecider,
    ),
    person(
        "repairs",
        "Joss Kettlewick",
        "joss.kettlewick",
        "Repairs officer",
        Role::Officer,
    ),
    person(
        "ada",
        "Ada Brindlecombe",
        "ada.brindlecombe",
        "Customer services",
        Role::Colleague,
    ),
    person(
        "ray",
        "Ray Dunmarsh",
        "ray.dunmarsh",
        "Operative of a repairs contractor",
        Role::Colleague,
    )
    .says(OPERATIVE.0, OPERATIVE.1),
    person(
        "auditor",
        "Leon Silverbeck",
        "leon.silverbeck",
        "Internal auditor",
        Role::Auditor,
    ),
    person(
        "board",
        "Celia Northmoor",
        "celia.northmoor",
        "Board member",
        Role::Board,
    ),
    person(
        "admin",
        "Tariq Underwell",
        "tariq.underwell",
        "System administrator",
        Role::Administrator,
    ),
];
