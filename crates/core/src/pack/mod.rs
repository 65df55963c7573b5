//! Policy packs: what a landlord's policy says, as data chosen from a closed vocabulary.
//!
//! A pack is a folder of TOML files, all of them read. Core takes their names and text, never a path. There is no
//! code and no expression in a pack, and nothing in it can loosen a safety rule. Everything wrong with a pack is
//! reported at once, with file, place and remedy. The format is described in docs/guide/packs.md.

mod assessment;
mod check;
mod clause;
mod condition;
mod fingerprint;
mod found;
mod house;
mod plan;
mod problem;
mod read;
mod read_condition;
mod read_due;
mod read_house;
mod read_place;
mod read_plain;
mod read_plan;
mod read_questions;
mod read_referral;
mod read_rule;
mod read_sharing;
mod reader;
mod referral;
mod rule;
mod sharing;
mod terms;
mod words;

#[cfg(test)]
mod guide;
#[cfg(test)]
mod tests;

pub use assessment::Assessment;
pub use clause::{
    ACTS, Asks, Clause, Counted, Denominator, Gate, Kept, MeasureOf, MeasureRule, Period, Scale, Target,
};
pub use condition::{Condition, FactMatch, Pattern, Span, SpanUnit};
pub use house::{CaseRules, ChargeRules, EVIDENCE, MoveRules, QUEUES, Report, Tenure};
pub use plan::{HowMany, Plan, PlanPart, PlanStage, Sample, SampleOf};
pub use problem::{Problem, did_you_mean, nearest, quoted};
pub use read::read;
pub use referral::{Referral, ReferralGround};
pub use rule::{
    DueBy, DueForm, Ending, LaterGrade, MetBy, NoticeAt, NoticeRule, ObligationRule, OtherRhythm, PauseRule,
    Rhythm, RhythmFrom, RhythmUnit, Stage, Start, Tiers, Which,
};
pub use sharing::{PURPOSES, PersonTold, SharingGround};
pub use terms::Terms;
pub use words::{
    Access, Channel, Closure, ContactRules, Definition, Entry, Hours, Landlord, Meeting, Register, Role,
    RunningClocks, WORDS, WordList,
};

pub(crate) use read_questions::read_question_sets;
pub(crate) use rule::rule_name;

use crate::calendar::WorkingCalendar;
use crate::risk::{MaracArea, QuestionSet};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A whole policy pack, with nothing wrong in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Pack {
    /// Who the landlord is, and which policy this is.
    pub landlord: Landlord,
    /// The landlord's words.
    pub words: WordList,
    /// Posts.
    pub roles: Vec<Role>,
    /// Definitions.
    pub definitions: Vec<Definition>,
    /// Channels.
    pub channels: Vec<Channel>,
    /// How the contact gate is set.
    pub contact: ContactRules,
    /// Office hours and working week.
    pub hours: Hours,
    /// Closed days besides bank holidays.
    pub closures: Vec<Closure>,
    /// To whom a case opens.
    pub access: Access,
    /// What a case must come to hold, and what a return is.
    pub case: CaseRules,
    /// What holds when somebody moves.
    pub moves: MoveRules,
    /// Who is charged.
    pub charges: ChargeRules,
    /// Reports that are owed.
    pub reports: Vec<Report>,
    /// Scales: risk, urgency.
    pub scales: Vec<Scale>,
    /// Sets of questions that can be asked: the built-in one, then the pack's own.
    pub question_sets: Vec<QuestionSet>,
    /// MARAC areas, with the grounds of each.
    pub marac_areas: Vec<MaracArea>,
    /// With what risk is assessed, and whose assessments count.
    pub assessments: Vec<Assessment>,
    /// Grounds for a referral, area by area.
    pub referrals: Vec<Referral>,
    /// Calendars of meetings.
    pub meetings: Vec<Meeting>,
    /// Action plans in stages.
    pub plans: Vec<Plan>,
    /// Rules by which cases are drawn for an audit.
    pub samples: Vec<Sample>,
    /// Promises.
    pub obligations: Vec<ObligationRule>,
    /// Acts that stay shut until something is so.
    pub gates: Vec<Gate>,
    /// Grounds on which something may be shared outside.
    pub sharing: Vec<SharingGround>,
    /// Figures.
    pub measures: Vec<MeasureRule>,
    /// Clauses, in the order of the files.
    pub clauses: Vec<Clause>,
    /// Registers.
    pub registers: BTreeMap<Register, Vec<Entry>>,
    /// The version stamp: a hash of every file's name and text.
    pub fingerprint: String,
}

impl Pack {
    /// A word as the landlord says it (`survivor`), or the field's own.
    pub fn word<'a>(&'a self, word: &'a str) -> &'a str {
        self.words.get(word).map_or(word, String::as_str)
    }

    /// The rule of an id.
    pub fn obligation(&self, id: &str) -> Option<&ObligationRule> {
        self.obligations.iter().find(|rule| rule.id == id)
    }

    /// The measure of an id.
    pub fn measure(&self, id: &str) -> Option<&MeasureRule> {
        self.measures.iter().find(|measure| measure.id == id)
    }

    /// The clause of an id.
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.id == id)
    }

    /// The post of an id.
    pub fn role(&self, id: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.id == id)
    }

    /// The calendar of meetings of an id.
    pub fn meeting(&self, id: &str) -> Option<&Meeting> {
        self.meetings.iter().find(|meeting| meeting.id == id)
    }

    /// The scale of an id.
    pub fn scale(&self, id: &str) -> Option<&Scale> {
        self.scales.iter().find(|scale| scale.id == id)
    }

    /// The set of questions of an id.
    pub fn question_set(&self, id: &str) -> Option<&QuestionSet> {
        self.question_sets.iter().find(|set| set.id == id)
    }

    /// The MARAC area of an id.
    pub fn marac_area(&self, id: &str) -> Option<&MaracArea> {
        self.marac_areas.iter().find(|area| area.id == id)
    }

    /// The entries of a register.
    pub fn register(&self, register: Register) -> &[Entry] {
        self.registers.get(&register).map_or(&[], Vec::as_slice)
    }

    /// The version stamp shown beside a due time: the policy's version and the start of the hash.
    pub fn stamp(&self) -> String {
        let short: String = self.fingerprint.chars().take(12).collect();
        format!("{} {} ({short})", self.landlord.id, self.landlord.version)
    }

    /// The calendar for a clock that starts on a day: holidays and closures announced by then.
    pub fn calendar(&self, known_on: Date) -> WorkingCalendar {
        let mut calendar = WorkingCalendar::new(self.landlord.nation);
        calendar.working_week = self.hours.week;
        calendar.opening_hours = self.hours.opening;
        calendar.extra_closures = self
            .closures
            .iter()
            .filter(|closure| closure.announced.is_none_or(|announced| announced <= known_on))
            .map(|closure| closure.on)
            .collect();
        calendar.known_on = Some(known_on);
        calendar
    }
}
