//! The closed table of what the program itself does for a policy, so that a clause can name it.
//!
//! A clause says `proof:contact-gate` or `page:public`; the name must stand here, with the module that does it.
//! A name is added only when the code is there, never in the hope of it: the register shows what is true today.

use crate::pack::Kept;

/// One thing the program does by itself, whatever the landlord's settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    /// Its name, after `proof:` in a clause.
    pub name: &'static str,
    /// What it does, in one sentence for people.
    pub says: &'static str,
    /// How a clause that rests on it is kept.
    pub kept: Kept,
    /// The module or page that does it.
    pub place: &'static str,
}

/// One page that a person can open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its name, after `page:` in a clause.
    pub name: &'static str,
    /// What it shows, in one sentence for people.
    pub says: &'static str,
    /// Whether anybody can open it, without an account.
    pub public: bool,
    /// Where it is.
    pub path: &'static str,
}

/// Everything the program does by itself that a clause may rest on.
pub const PROOFS: &[Proof] = &[
    Proof {
        name: "danger-first",
        says: "The first question of every report is whether anybody is in danger, and advice for danger comes with it.",
        kept: Kept::Enforced,
        place: "core::fact::report, web::report",
    },
    Proof {
        name: "one-sentence-report",
        says: "A report is saved from one sentence, and anybody in it may be unknown.",
        kept: Kept::Enforced,
        place: "casework::reports",
    },
    Proof {
        name: "any-channel",
        says: "A report by any channel has a journal of its own at once, with its own moment of receipt.",
        kept: Kept::Enforced,
        place: "casework::reports",
    },
    Proof {
        name: "receipt-only",
        says: "Whoever passes a report on gets a receipt, and never sees the case.",
        kept: Kept::Enforced,
        place: "casework::reports, core::access",
    },
    Proof {
        name: "report-ends-with-a-reason",
        says: "A report becomes a case, joins one, or is ended by a person who gives the reason; it cannot vanish.",
        kept: Kept::Enforced,
        place: "core::case",
    },
    Proof {
        name: "staff-connection-asked",
        says: "Whether anybody involved works for the landlord is asked before anybody is given the case.",
        kept: Kept::Enforced,
        place: "core::fact::conflict, web::report",
    },
    Proof {
        name: "no-proof-asked",
        says: "No form or step asks for proof of abuse before a case is opened or help is given.",
        kept: Kept::Enforced,
        place: "core::case",
    },
    Proof {
        name: "definition-never-a-gate",
        says: "The policy's definition is shown as guidance; no answer about age, relation or kind of abuse stops a case.",
        kept: Kept::Enforced,
        place: "core::case",
    },
    Proof {
        name: "own-case-kind",
        says: "Domestic abuse is a kind of case of its own, never a category of anti-social behaviour.",
        kept: Kept::Enforced,
        place: "core::case",
    },
    Proof {
        name: "shut-out",
        says: "Somebody connected with a party, or suspected to be, sees no trace of the case anywhere.",
        kept: Kept::Enforced,
        place: "core::access, casework::look",
    },
    Proof {
        name: "unseen-looks-like-nothing",
        says: "A case that is not yours looks the same as a case that does not exist.",
        kept: Kept::Enforced,
        place: "casework::look",
    },
    Proof {
        name: "need-to-know",
        says: "A case opens to its team, manager and lead, or only to the people named when it is restricted.",
        kept: Kept::Enforced,
        place: "core::access, casework::look",
    },
    Proof {
        name: "reads-recorded",
        says: "Every reading of a case, and every refusal, is on record before the page is sent.",
        kept: Kept::Enforced,
        place: "casework::look",
    },
    Proof {
        name: "contact-gate",
        says: "Whether a person may be contacted by this route, in this way, now, is answered with its reason each time.",
        kept: Kept::Enforced,
        place: "core::contact",
    },
    Proof {
        name: "unknown-means-no",
        says: "A route that the person has not called safe is not used, and one called unsafe never is.",
        kept: Kept::Enforced,
        place: "core::contact",
    },
    Proof {
        name: "safe-contact-banner",
        says: "Every page of a case opens with how it is safe to make contact.",
        kept: Kept::Enforced,
        place: "core::view, web::case",
    },
    Proof {
        name: "attempt-is-not-contact",
        says: "A try that reached nobody stops no clock: only contact with the person does.",
        kept: Kept::Enforced,
        place: "core::fact::contact, core::obligation",
    },
    Proof {
        name: "rhythm-expressly-agreed",
        says: "Another rhythm of contact needs what the person said, in what form, how often, and a date to ask again.",
        kept: Kept::Enforced,
        place: "core::fact::contact, core::obligation",
    },
    Proof {
        name: "named-worker",
        says: "A case has a named lead worker and a deputy; a change is a fact with its reason.",
        kept: Kept::Recorded,
        place: "core::fact::work",
    },
    Proof {
        name: "worker-preference-asked",
        says: "Whom the person would like as a worker is asked, and whether that could be met is recorded with the reason.",
        kept: Kept::Recorded,
        place: "core::fact::people, core::fact::work",
    },
    Proof {
        name: "own-word",
        says: "The person's own word for themselves, victim, survivor or another, is kept and used on their case.",
        kept: Kept::Recorded,
        place: "core::fact::people",
    },
    Proof {
        name: "relationship-recorded",
        says: "What each perpetrator is to the survivor is recorded from one list, past and present partners and relatives.",
        kept: Kept::Recorded,
        place: "core::fact::people",
    },
    Proof {
        name: "language-and-access-asked",
        says: "The language to speak and what else a person needs to take part are asked and kept with the person.",
        kept: Kept::Recorded,
        place: "core::fact::people",
    },
    Proof {
        name: "wishes-in-own-words",
        says: "What the person wants is kept in the person's own words, at the head of the case.",
        kept: Kept::Recorded,
        place: "core::fact::work, core::view",
    },
    Proof {
        name: "own-view-always-asked",
        says: "The person's own view of the danger stays to be asked until it is told, or until it is said why not yet.",
        kept: Kept::Enforced,
        place: "core::fact::work, core::view",
    },
    Proof {
        name: "nothing-compelled",
        says: "No step of a case waits for something that the survivor has to do or accept.",
        kept: Kept::Enforced,
        place: "core::case",
    },
    Proof {
        name: "silence-never-closes",
        says: "Nothing closes a case but a person, with an outcome and the survivor's word or why it could not be had.",
        kept: Kept::Enforced,
        place: "core::case",
    },
    Proof {
        name: "return-starts-afresh",
        says: "Somebody who comes back starts every clock afresh, and nothing that went before counts against them.",
        kept: Kept::Enforced,
        place: "core::fact::closing, core::obligation",
    },
    Proof {
        name: "corrections-kept",
        says: "A fact is never changed: a correction is a new fact, and what it corrects leaves the page.",
        kept: Kept::Enforced,
        place: "core::fact, casework::act",
    },
    Proof {
        name: "recorded-times",
        says: "The moment of recording is the server's; what was done in time and recorded late is counted apart.",
        kept: Kept::Enforced,
        place: "core::times, core::obligation",
    },
    Proof {
        name: "my-work-in-due-order",
        says: "Each worker's list stands in order of what is due, with the clause and how contact may be made.",
        kept: Kept::Measured,
        place: "casework::lists, web::work",
    },
    Proof {
        name: "public-page-with-exit",
        says: "The public page needs no account, keeps nothing, and can be left at once.",
        kept: Kept::Published,
        place: "web::public",
    },
];

/// The pages on which a clause may be published.
pub const PAGES: &[Page] = &[
    Page {
        name: "public",
        says: "What the landlord promises and how to tell it about abuse, for anybody; every clause published here stands on it.",
        public: true,
        path: "/help",
    },
    Page {
        name: "assurance",
        says: "The policy, clause by clause, with how each is kept and its state now, under the policy's own particulars.",
        public: false,
        path: "/assurance",
    },
    Page {
        name: "measures",
        says: "Each measure with numerator, denominator and period.",
        public: false,
        path: "/assurance/measures",
    },
    Page {
        name: "registers",
        says: "The registers of law, documents, partners and the rest, with owner, last check and next check.",
        public: false,
        path: "/registers",
    },
];

/// The proof of that name.
pub fn proof(name: &str) -> Option<&'static Proof> {
    PROOFS.iter().find(|proof| proof.name == name)
}

/// The page of that name.
pub fn page(name: &str) -> Option<&'static Page> {
    PAGES.iter().find(|page| page.name == name)
}
