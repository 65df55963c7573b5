//! The plain entries of a pack: who the landlord is, its words, posts, channels, hours and registers.

use crate::calendar::{Nation, OpeningHours, WorkingWeek};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Who the landlord is, and which policy this pack puts into force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Landlord {
    /// Its short name (`settle`).
    pub id: String,
    /// Its name as customers know it.
    pub name: String,
    /// Whose bank holidays count.
    pub nation: Nation,
    /// The policy's title.
    pub policy: String,
    /// The policy's version.
    pub version: String,
    /// Since when it is in force.
    pub adopted_from: Date,
    /// By when it is to be reviewed; nothing if the policy does not say.
    pub review_due: Option<Date>,
    /// The post that owns it.
    pub owner: Option<String>,
    /// Who approved it.
    pub approved_by: Option<String>,
    /// What counts for clocks that run when this version comes into force.
    pub running_clocks: RunningClocks,
    /// Whether a holiday or closure that is announced after a clock has started moves its due time.
    pub later_holidays_move: bool,
}

/// What counts for a clock that runs when a new version of the policy comes into force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RunningClocks {
    /// The rule under which it started.
    #[default]
    Old,
    /// The rule of the new version.
    New,
    /// Whichever is due earlier.
    Kinder,
}

/// A post with a part in casework. Only these are people's roles; permissions come from `acts_as`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Its id, used everywhere else in the pack.
    pub id: String,
    /// The post's title.
    pub title: String,
    /// Which of the program's own roles (design of access) its holders have, if any.
    pub acts_as: Vec<String>,
    /// The team it belongs to.
    pub team: Option<String>,
    /// Who stands in when it is away.
    pub deputy: Option<String>,
    /// Who is next when it has a conflict, or is itself shut out.
    pub next: Option<String>,
    /// Whether its holder is outside the landlord.
    pub outside: bool,
    /// The clauses that name it.
    pub clauses: Vec<String>,
    /// Anything a reader should know.
    pub note: Option<String>,
}

/// A word the policy defines, and what it brings in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// Its id.
    pub id: String,
    /// The word.
    pub term: String,
    /// What it means here, in our own paraphrase.
    pub says: String,
    /// What it brings: all of the policy, only some clauses, or another route.
    pub brings: Option<String>,
    /// Codes it lists (kinds of abuse, relations).
    pub lists: Vec<String>,
    /// The youngest age it covers.
    pub from_age: Option<u32>,
    /// The clauses.
    pub clauses: Vec<String>,
    /// Anything a reader should know.
    pub note: Option<String>,
}

/// A way in which a report can reach the landlord.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// Its id.
    pub id: String,
    /// Its name as people know it.
    pub title: String,
    /// The channel's code in facts.
    pub code: String,
    /// Who uses it: `customers`, `colleagues`, `contractors`, `agencies`.
    pub used_by: Vec<String>,
    /// The clauses.
    pub clauses: Vec<String>,
    /// Anything a reader should know.
    pub note: Option<String>,
}

/// How the contact gate is set. A pack can only make it stricter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactRules {
    /// After how many days a safe route is asked about again.
    pub recheck_days: u32,
    /// Whether a person may try an unknown route, by voice, when life is at risk.
    pub life_at_risk_tries: bool,
    /// Whether a named professional may vouch for a route.
    pub professional_may_vouch: bool,
    /// The clauses.
    pub clauses: Vec<String>,
}

impl Default for ContactRules {
    /// What holds where a policy is silent: every route asked about again after 90 days, nothing widened.
    fn default() -> Self {
        ContactRules {
            recheck_days: 90,
            life_at_risk_tries: true,
            professional_may_vouch: true,
            clauses: Vec::new(),
        }
    }
}

/// The landlord's office hours and working week.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hours {
    /// Office hours by weekday.
    pub opening: OpeningHours,
    /// Which days are worked.
    pub week: WorkingWeek,
    /// The clauses.
    pub clauses: Vec<String>,
}

/// A day on which the landlord is closed besides bank holidays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closure {
    /// The day.
    pub on: Date,
    /// Why.
    pub title: String,
    /// When it was announced; nothing if it has always been known.
    pub announced: Option<Date>,
}

/// Which of the registers an entry stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Register {
    /// Organisations we work with.
    Partner,
    /// Lines and services outside.
    Helpline,
    /// Law the policy relies on.
    Law,
    /// Standards and codes.
    Standard,
    /// Related documents.
    Document,
    /// Published numbers, dated and sourced, which no decision uses.
    Statistic,
    /// Pledges, donations, memberships.
    Commitment,
    /// Trainings, with who and how often.
    Training,
    /// Help that may be offered.
    HelpOption,
    /// Reviews of the policy and its practice.
    Review,
    /// Outcomes of a case or of the home.
    Outcome,
    /// Pages that the public or staff can open.
    Page,
    /// Agreements with other organisations.
    Agreement,
    /// Improvements the landlord has undertaken.
    Improvement,
    /// Aims and principles, linked to what carries them out.
    Aim,
}

impl Register {
    /// Every register.
    pub const ALL: [Register; 15] = [
        Register::Partner,
        Register::Helpline,
        Register::Law,
        Register::Standard,
        Register::Document,
        Register::Statistic,
        Register::Commitment,
        Register::Training,
        Register::HelpOption,
        Register::Review,
        Register::Outcome,
        Register::Page,
        Register::Agreement,
        Register::Improvement,
        Register::Aim,
    ];

    /// Its key in a pack (`[[law]]`) and in a clause's `by` (`register:law/...`).
    pub fn key(self) -> &'static str {
        match self {
            Register::Partner => "partner",
            Register::Helpline => "helpline",
            Register::Law => "law",
            Register::Standard => "standard",
            Register::Document => "document",
            Register::Statistic => "statistic",
            Register::Commitment => "commitment",
            Register::Training => "training",
            Register::HelpOption => "option",
            Register::Review => "review",
            Register::Outcome => "outcome",
            Register::Page => "page",
            Register::Agreement => "agreement",
            Register::Improvement => "improvement",
            Register::Aim => "aim",
        }
    }
}

/// One entry of a register. Every register takes the same keys, so that a policy officer learns them once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id, unique in its register.
    pub id: String,
    /// Its title, corrected where the policy misprints it.
    pub title: String,
    /// As the policy prints it, if that differs.
    pub printed: Option<String>,
    /// What it is, in our own words.
    pub says: Option<String>,
    /// What kind, in the pack's own word.
    pub kind: Option<String>,
    /// The post that looks after it.
    pub owner: Option<String>,
    /// The area or councils it serves.
    pub area: Vec<String>,
    /// Who it is for: teams, roles, `all`.
    pub who: Vec<String>,
    /// A public address.
    pub link: Option<String>,
    /// A public telephone number.
    pub telephone: Option<String>,
    /// Where a number or claim comes from.
    pub source: Option<String>,
    /// The number, as text, as published.
    pub figure: Option<String>,
    /// The period or date a number speaks of.
    pub period: Option<String>,
    /// Version, if it has one.
    pub version: Option<String>,
    /// When it was last checked.
    pub checked: Option<Date>,
    /// By when it is to be checked again.
    pub review_due: Option<Date>,
    /// How often it is checked or renewed, in months.
    pub every_months: Option<u32>,
    /// The state it is in, in the pack's own word (`in force`, `repealed`, `expired`).
    pub state: Option<String>,
    /// The clauses.
    pub clauses: Vec<String>,
    /// Anything a reader should know.
    pub note: Option<String>,
}

/// To whom a case opens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Access {
    /// The teams whose caseworkers see a case that is not restricted.
    pub teams: Vec<String>,
    /// Whether every case starts restricted to named people.
    pub restricted_from_start: bool,
    /// The post outside the line that decides when the lead is shut out.
    pub outside_line: Option<String>,
    /// The post that decides requests to share and subject access.
    pub data_decider: Option<String>,
    /// The clauses.
    pub clauses: Vec<String>,
}

/// A calendar of meetings that is kept: a MARAC, a panel, the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The areas or councils it is for.
    pub area: Vec<String>,
    /// The dates known to the pack; others are planned as facts.
    pub on: Vec<Date>,
    /// The clauses.
    pub clauses: Vec<String>,
    /// Anything a reader should know.
    pub note: Option<String>,
}

/// The landlord's words: `survivor = "victim"`.
pub type WordList = BTreeMap<String, String>;

/// Every word that a landlord may say otherwise.
pub const WORDS: &[&str] = &[
    "survivor",
    "survivors",
    "perpetrator",
    "perpetrators",
    "customer",
    "customers",
    "colleague",
    "colleagues",
    "lead_worker",
    "caseworker",
    "manager",
    "lead",
    "team",
    "case",
    "cases",
    "report",
    "action_plan",
    "safety_plan",
    "risk_assessment",
    "domestic_abuse",
    "home",
    "tenancy",
    "landlord",
];
