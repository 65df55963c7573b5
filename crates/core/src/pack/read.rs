//! Reading a whole pack: every file, every entry, then every name that one entry uses of another.

use super::check::check;
use super::clause::{Clause, Gate, MeasureRule, Scale};
use super::fingerprint::fingerprint;
use super::found::{Found, Ids, Source};
use super::problem::{Problem, quoted};
use super::reader::Table;
use super::rule::ObligationRule;
use super::words::{
    Access, Channel, Closure, ContactRules, Definition, Entry, Hours, Landlord, Meeting, Register, Role,
    WordList,
};
use super::{
    Assessment, CaseRules, ChargeRules, MoveRules, Pack, Plan, Referral, Report, Sample, SharingGround,
    read_house, read_plain, read_plan, read_questions, read_referral, read_rule, read_sharing,
};
use crate::risk::{BUILT_IN, MaracArea, QuestionSet, Wording};
use std::collections::BTreeMap;
use toml::de::DeTable;

/// A pack while it is being read.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) landlord_seen: bool,
    pub(super) landlord: Option<Landlord>,
    pub(super) words: WordList,
    pub(super) roles: Vec<Role>,
    pub(super) definitions: Vec<Definition>,
    pub(super) channels: Vec<Channel>,
    pub(super) contact: Option<ContactRules>,
    pub(super) hours: Option<Hours>,
    pub(super) closures: Vec<Closure>,
    pub(super) access: Option<Access>,
    pub(super) case: Option<CaseRules>,
    pub(super) moves: Option<MoveRules>,
    pub(super) charges: Option<ChargeRules>,
    pub(super) reports: Vec<Report>,
    pub(super) scales: Vec<Scale>,
    pub(super) question_sets: Vec<QuestionSet>,
    pub(super) wording: Vec<Wording>,
    pub(super) marac_areas: Vec<MaracArea>,
    pub(super) assessments: Vec<Assessment>,
    pub(super) referrals: Vec<Referral>,
    pub(super) meetings: Vec<Meeting>,
    pub(super) plans: Vec<Plan>,
    pub(super) samples: Vec<Sample>,
    pub(super) obligations: Vec<ObligationRule>,
    pub(super) gates: Vec<Gate>,
    pub(super) sharing: Vec<SharingGround>,
    pub(super) measures: Vec<MeasureRule>,
    pub(super) clauses: Vec<Clause>,
    pub(super) registers: BTreeMap<Register, Vec<Entry>>,
    pub(super) ids: BTreeMap<&'static str, Ids>,
}

/// Reads a pack from its files, each a name and a text. Gives the pack, or everything that is wrong with it, in
/// order of file and line.
pub fn read(files: &[(&str, &str)]) -> Result<Pack, Vec<Problem>> {
    let found = Found::default();
    let mut draft = Draft {
        question_sets: BUILT_IN.clone(),
        ..Draft::default()
    };
    let mut ordered = files.to_vec();
    ordered.sort_unstable();
    each_file(&ordered, &found, |file| draft.read_file(file));
    if !draft.landlord_seen {
        let file = ordered.first().map_or("(no file)", |(file, _)| file);
        let spot = Source::new(file, "").spot(0, "the pack");
        found.say(spot.problem(
            "no [landlord] stands in any file",
            "add [landlord] with id, name, nation, policy, version and adopted_from",
        ));
    }
    let (mut problems, references) = found.into_parts();
    problems.extend(check(&draft, &references));
    problems.sort();
    problems.dedup();
    match (draft.landlord, problems.is_empty()) {
        (Some(landlord), true) => Ok(Pack {
            landlord,
            words: draft.words,
            roles: draft.roles,
            definitions: draft.definitions,
            channels: draft.channels,
            contact: draft.contact.unwrap_or_default(),
            hours: draft.hours.unwrap_or_default(),
            closures: draft.closures,
            access: draft.access.unwrap_or_default(),
            case: draft.case.unwrap_or_default(),
            moves: draft.moves.unwrap_or_default(),
            charges: draft.charges.unwrap_or_default(),
            reports: draft.reports,
            scales: draft.scales,
            question_sets: worded(draft.question_sets, &draft.wording),
            marac_areas: draft.marac_areas,
            assessments: draft.assessments,
            referrals: draft.referrals,
            meetings: draft.meetings,
            plans: draft.plans,
            samples: draft.samples,
            obligations: draft.obligations,
            gates: draft.gates,
            sharing: draft.sharing,
            measures: draft.measures,
            clauses: draft.clauses,
            registers: draft.registers,
            fingerprint: fingerprint(files),
        }),
        (Some(_) | None, _) => Err(problems),
    }
}

/// Hands over each file as a table. What is not TOML in it is said, and the rest of the file is read all the same.
pub(super) fn each_file(files: &[(&str, &str)], found: &Found, mut read: impl FnMut(&Table<'_>)) {
    for (file, text) in files {
        let source = Source::new(file, text);
        let (root, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            let at = error.span().map_or(0, |span| span.start);
            let what = format!("this is not TOML: {}", error.message().replace('\n', ", "));
            let remedy = "put texts in double quotes, one key = value a line, and close every bracket";
            found.say(source.spot(at, "the file").problem(what, remedy));
        }
        read(&Table::new(&source, found, root.get_ref(), 0, String::new()));
    }
}

impl Draft {
    fn read_file(&mut self, file: &Table<'_>) {
        if let Some(table) = once(file, "landlord", self.landlord_seen) {
            self.landlord_seen = true;
            self.landlord = read_plain::landlord(&table);
        }
        if let Some(table) = file.table("words") {
            self.words.append(&mut read_plain::words(&table));
        }
        if let Some(table) = once(file, "contact", self.contact.is_some()) {
            self.contact = Some(read_plain::contact(&table));
        }
        if let Some(table) = once(file, "hours", self.hours.is_some()) {
            self.hours = Some(read_plain::hours(&table));
        }
        if let Some(table) = once(file, "access", self.access.is_some()) {
            self.access = Some(read_plain::access(&table));
        }
        if let Some(table) = once(file, "case", self.case.is_some()) {
            self.case = Some(read_house::case(&table));
        }
        if let Some(table) = once(file, "moves", self.moves.is_some()) {
            self.moves = Some(read_house::moves(&table));
        }
        if let Some(table) = once(file, "charges", self.charges.is_some()) {
            self.charges = Some(read_house::charges(&table));
        }
        for table in file.tables("closure") {
            self.closures.extend(read_plain::closure(&table));
        }
        let ids = &mut self.ids;
        self.roles.extend(entries(ids, file, "role", read_plain::role));
        self.definitions
            .extend(entries(ids, file, "definition", read_plain::definition));
        self.channels
            .extend(entries(ids, file, "channel", read_plain::channel));
        self.reports
            .extend(entries(ids, file, "report", read_house::report));
        self.scales.extend(entries(ids, file, "scale", read_rule::scale));
        self.question_sets
            .extend(entries(ids, file, "question_set", read_questions::question_set));
        for table in file.tables("wording") {
            self.wording.extend(read_questions::wording(&table));
            table.done();
        }
        self.marac_areas
            .extend(entries(ids, file, "marac_area", read_questions::marac_area));
        self.assessments
            .extend(entries(ids, file, "assessment", read_referral::assessment));
        self.referrals
            .extend(entries(ids, file, "referral", read_referral::referral));
        self.meetings
            .extend(entries(ids, file, "meeting", read_plain::meeting));
        for plan in file.tables("plan") {
            for stage in read_plan::stages(&plan) {
                let id = stage.text("id").unwrap_or_default();
                ids.entry("stage")
                    .or_default()
                    .take(&id, stage.spot_of("id"), stage.found());
            }
        }
        self.plans.extend(entries(ids, file, "plan", read_plan::plan));
        self.samples
            .extend(entries(ids, file, "sample", read_plan::sample));
        self.obligations
            .extend(entries(ids, file, "obligation", read_rule::obligation));
        self.gates.extend(entries(ids, file, "gate", read_rule::gate));
        self.sharing
            .extend(entries(ids, file, "sharing", read_sharing::sharing));
        self.measures
            .extend(entries(ids, file, "measure", read_rule::measure));
        self.clauses
            .extend(entries(ids, file, "clause", read_plain::clause));
        for register in Register::ALL {
            let entries = entries(ids, file, register.key(), read_plain::entry);
            self.registers.entry(register).or_default().extend(entries);
        }
        file.done();
    }
}

fn worded(mut sets: Vec<QuestionSet>, wording: &[Wording]) -> Vec<QuestionSet> {
    for set in &mut sets {
        set.word(wording);
    }
    sets
}

/// The entries of one kind in a file, whose ids must differ from each other across all files.
fn entries<T>(
    ids: &mut BTreeMap<&'static str, Ids>,
    file: &Table<'_>,
    key: &'static str,
    read: impl Fn(&Table<'_>) -> Option<T>,
) -> Vec<T> {
    let mut entries = Vec::new();
    for table in file.tables(key) {
        // A clause is called what the policy's own numbering makes of it, capitals and points included.
        let id = if key == "clause" {
            table.need_text("id")
        } else {
            table.need_id()
        };
        ids.entry(key)
            .or_default()
            .take(&id, table.spot_of("id"), table.found());
        entries.extend(read(&table));
        table.done();
    }
    entries
}

/// A table that may stand once in the whole pack.
fn once<'a>(file: &Table<'a>, key: &'static str, again: bool) -> Option<Table<'a>> {
    let table = file.table(key)?;
    if again {
        table.wrong_here(
            format!("[{key}] stands in another file too"),
            "keep one of the two",
        );
        return None;
    }
    Some(table)
}

/// A name in an error, as the pack has it.
pub(super) fn unknown(what: &str, name: &str) -> String {
    format!("no {what} has the id {}", quoted(name))
}
