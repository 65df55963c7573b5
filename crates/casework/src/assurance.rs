//! Assurance: every clause with what proves it now, measures with numerator and denominator, and the registers.
//!
//! Figures come from the index, which was kept up as each thing happened. Whoever reads cases counts those cases that
//! they may see; for everybody else a number below five is not shown.

use crate::Casework;
use crate::counts::Eyes;
use crate::derive::state_of;
use crate::lists::CaseRow;
use crate::look::Looked;
use crate::problem::Problem;
use crate::room::Room;
use crate::who::Who;
use fanlight_core::access::{Action, Role};
use fanlight_core::assurance::{Check, ClauseRow, Count, Evidence, Figure, register};
use fanlight_core::calendar::london_date;
use fanlight_core::contact::{london, midnight};
use fanlight_core::measure::{self, CaseBone, Tally};
use fanlight_core::obligation::{Bone, BoneState, OwedTo, Strength};
use fanlight_core::pack::{Counted, Denominator, MeasureOf, MeasureRule, Period, Register};
use fanlight_store::JournalId;
use jiff::{Timestamp, ToSpan};
use std::collections::{BTreeMap, BTreeSet};

/// One promise of the policy, counted over a year.
#[derive(Clone, Debug, PartialEq)]
pub struct Promise {
    /// The rule's id.
    pub rule: String,
    /// Its title.
    pub title: String,
    /// The clauses.
    pub clauses: Vec<String>,
    /// How strongly it was promised.
    pub strength: Strength,
    /// How often it was kept, missed and so on.
    pub tally: Tally,
    /// Whether it is about cases; otherwise about the landlord, where no number is about a person.
    pub about_cases: bool,
}

/// A measure with its figure.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasureView {
    /// The measure as the pack defines it.
    pub rule: MeasureRule,
    /// From when.
    pub from: Timestamp,
    /// Until when, not included.
    pub to: Timestamp,
    /// The figure.
    pub figure: measure::Figure,
    /// The same for the twelve months before, where a change is asked for.
    pub before: Option<measure::Figure>,
    /// The clocks it was counted over, by the month in which they started: its first day, and the count.
    pub months: Vec<(jiff::civil::Date, Tally)>,
    /// The cases it was counted over, by the month in which they were identified.
    pub case_months: Vec<(jiff::civil::Date, measure::Figure)>,
    /// How many cases there are in the period, where it is counted over cases.
    pub cases: u64,
    /// Whether it is about cases; otherwise about the landlord, where no number is about a person.
    pub about_cases: bool,
    /// Whether another measure over the same cases would give this one's small numbers away.
    pub given_away: bool,
    /// Whether the numbers may be shown as they are; otherwise those below five are hidden.
    pub exact: bool,
}

/// The cases behind a figure, for whoever may open them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Behind {
    /// Those counted, or all of them where clocks are counted.
    pub counted: Vec<CaseRow>,
    /// Those it is taken of and in which it is not so.
    pub others: Vec<CaseRow>,
}

/// Every clause as it stands, with what the figures in it are made of.
#[derive(Clone, Debug)]
pub struct Assured {
    /// Clauses, in the order of the policy.
    pub rows: Vec<ClauseRow>,
    /// Promises, counted over the last twelve months.
    pub promises: Vec<Promise>,
    /// Measures over the same time.
    pub measures: Vec<MeasureView>,
    /// Whether the numbers may be shown as they are; otherwise those below five are hidden.
    pub exact: bool,
    /// From when.
    pub from: Timestamp,
    /// Until when, not included.
    pub to: Timestamp,
}

/// A register of the pack with what the landlord has checked.
#[derive(Clone, Debug)]
pub struct RegisterView {
    /// Which.
    pub register: Register,
    /// Its entries, each with its last check and when the next is due.
    pub entries: Vec<(
        fanlight_core::pack::Entry,
        Option<jiff::civil::Date>,
        Option<jiff::civil::Date>,
    )>,
}

impl Casework {
    /// Every clause as it stands today.
    pub async fn assurance(&self, who: &Who) -> Result<Assured, Problem> {
        self.allowed_to_see_figures(who)?;
        let (from, to) = self.last_year();
        let promises = self.count_promises(who, from, to).await?;
        let measures = self.measures(who).await?;
        let mut evidence = Evidence::none(london_date(self.now()));
        evidence.checks = checks(&who.room);
        evidence.obligations = promises
            .iter()
            .map(|promise| (promise.rule.clone(), count_of(&promise.tally)))
            .collect();
        for view in &measures {
            let figure = Figure {
                numerator: view.figure.numerator,
                denominator: Some(view.figure.denominator),
            };
            evidence.measures.insert(view.rule.id.clone(), figure);
        }
        Ok(Assured {
            rows: register(&who.room.pack, &evidence),
            promises,
            measures,
            exact: counts_exactly(who),
            from,
            to,
        })
    }

    /// Every promise with a clock, counted over the last twelve months.
    pub async fn promises_kept(&self, who: &Who) -> Result<Vec<Promise>, Problem> {
        self.allowed_to_see_figures(who)?;
        let (from, to) = self.last_year();
        self.count_promises(who, from, to).await
    }

    async fn count_promises(
        &self,
        who: &Who,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<Promise>, Problem> {
        let mut promises = Vec::new();
        for rule in &who.room.pack.obligations {
            let about_cases = rule.owed_to != OwedTo::Landlord;
            let tally = if about_cases {
                self.tally_of(who, &rule.id, from, to).await?
            } else {
                landlords_tally(&who.room, &rule.id, from, to, self.now())
            };
            promises.push(Promise {
                rule: rule.id.clone(),
                title: rule.title.clone(),
                clauses: rule.clauses.clone(),
                strength: rule.strength,
                tally,
                about_cases,
            });
        }
        Ok(promises)
    }

    /// Every measure of the pack over the last twelve months.
    pub async fn measures(&self, who: &Who) -> Result<Vec<MeasureView>, Problem> {
        self.allowed_to_see_figures(who)?;
        let cases = self.cases_counted(who, &who.room.pack.measures).await?;
        let mut views = Vec::new();
        for rule in &who.room.pack.measures {
            views.push(self.measure_of(who, rule, &cases).await?);
        }
        Ok(views)
    }

    /// One measure's figure, without the cases behind it.
    pub async fn figure(&self, who: &Who, id: &str) -> Result<MeasureView, Problem> {
        self.allowed_to_see_figures(who)?;
        let rule = who.room.pack.measure(id).ok_or(Problem::Unseen)?;
        let cases = self.cases_counted(who, std::slice::from_ref(rule)).await?;
        self.measure_of(who, rule, &cases).await
    }

    /// One measure, with the cases behind it for whoever may open them.
    pub async fn measure(&self, who: &Who, id: &str) -> Result<Looked<(MeasureView, Behind)>, Problem> {
        self.allowed_to_see_figures(who)?;
        let rule = who.room.pack.measure(id).ok_or(Problem::Unseen)?.clone();
        self.with_cases_behind(who, rule).await
    }

    /// One promise, counted as a measure is that takes what was recorded late for kept.
    pub async fn promise(&self, who: &Who, id: &str) -> Result<Looked<(MeasureView, Behind)>, Problem> {
        self.allowed_to_see_figures(who)?;
        let rule = who.room.pack.obligation(id).ok_or(Problem::Unseen)?;
        let rule = MeasureRule {
            id: rule.id.clone(),
            title: rule.title.clone(),
            of: MeasureOf::Share,
            counts: Counted::Obligation(rule.id.clone()),
            denominator: Denominator::All,
            target: None,
            period: Period::Year,
            by: Vec::new(),
            late_records_count: true,
            clauses: rule.clauses.clone(),
            note: None,
        };
        self.with_cases_behind(who, rule).await
    }

    async fn with_cases_behind(
        &self,
        who: &Who,
        rule: MeasureRule,
    ) -> Result<Looked<(MeasureView, Behind)>, Problem> {
        let cases = self.cases_counted(who, std::slice::from_ref(&rule)).await?;
        let view = self.measure_of(who, &rule, &cases).await?;
        if !who.may(Action::OpenFigures) {
            return Ok(Looked::recorded((view, Behind::default())));
        }
        let mut all = BTreeSet::new();
        let mut others = BTreeSet::new();
        match &rule.counts {
            Counted::Obligation(rule) => {
                let clocks = self.clocks_of(who, rule, view.from, view.to).await?;
                all.extend(clocks.into_iter().map(|(case, _)| case));
            }
            Counted::CasesWith(_) | Counted::Cases | Counted::Answers { .. } => {
                let within = |bone: &CaseBone| view.from <= bone.identified && bone.identified < view.to;
                for (case, bone) in cases.iter().filter(|(_, bone)| within(bone)) {
                    let adds = bone.adds.get(&rule.id).copied().unwrap_or_default();
                    if adds.denominator {
                        all.insert(*case);
                    }
                    if adds.denominator && !adds.numerator {
                        others.insert(case.0);
                    }
                }
            }
        }
        let rows = self.rows_behind(who, &all).await?;
        let (others, counted) = rows.into_iter().partition(|row| others.contains(&row.case.0));
        Ok(Looked::recorded((view, Behind { counted, others })))
    }

    /// What cases add to these measures, if any of them is counted over cases. The year before the period is there too.
    async fn cases_counted(
        &self,
        who: &Who,
        rules: &[MeasureRule],
    ) -> Result<Vec<(JournalId, CaseBone)>, Problem> {
        if !rules.iter().any(is_over_cases) {
            return Ok(Vec::new());
        }
        self.refresh(&who.room).await?;
        let (from, _) = self.last_year();
        let since = midnight(london_date(from).saturating_sub(1.year()));
        self.case_bones(who, &eyes_of(who)?, since).await
    }

    /// A register of the pack with its checks.
    pub fn register(&self, who: &Who, register: Register) -> RegisterView {
        let evidence = Evidence {
            checks: checks(&who.room),
            ..Evidence::none(london_date(self.now()))
        };
        let entries = who.room.pack.register(register).iter().map(|entry| {
            (
                entry.clone(),
                evidence.last_checked(register, entry),
                evidence.check_due(register, entry),
            )
        });
        RegisterView {
            register,
            entries: entries.collect(),
        }
    }

    fn allowed_to_see_figures(&self, who: &Who) -> Result<(), Problem> {
        who.may(Action::SeeAssurance)
            .then_some(())
            .ok_or(Problem::NotAllowed)
    }

    async fn measure_of(
        &self,
        who: &Who,
        rule: &MeasureRule,
        cases: &[(JournalId, CaseBone)],
    ) -> Result<MeasureView, Problem> {
        let (from, to) = self.last_year();
        let exact = counts_exactly(who);
        if is_over_cases(rule) {
            let mut elsewhere = Vec::new();
            if !exact {
                for rule in &who.room.pack.obligations {
                    let tally = self.tally_of(who, &rule.id, from, to).await?;
                    elsewhere.extend([tally.kept, tally.kept + tally.kept_recorded_late]);
                }
            }
            let mut view = over_cases(&who.room, rule, cases, (from, to), &elsewhere);
            view.exact = exact;
            return Ok(view);
        }
        if let Counted::Obligation(counted) = &rule.counts
            && is_landlords(&who.room, counted)
        {
            let tally = landlords_tally(&who.room, counted, from, to, self.now());
            return Ok(MeasureView {
                rule: rule.clone(),
                from,
                to,
                figure: measure::over_tally(rule, tally),
                before: None,
                months: Vec::new(),
                case_months: Vec::new(),
                cases: 0,
                about_cases: false,
                given_away: false,
                exact: true,
            });
        }
        let mut months: BTreeMap<jiff::civil::Date, Tally> = BTreeMap::new();
        let figure = match &rule.counts {
            // A middle length of time needs every clock; whatever is only counted is counted where it is kept.
            Counted::Obligation(counted) if rule.of == MeasureOf::Median => {
                let clocks = self.clocks_of(who, counted, from, to).await?;
                for (_, bone) in &clocks {
                    let month = london_date(bone.started).first_of_month();
                    months.entry(month).or_default().add(bone);
                }
                measure::over_clocks(rule, clocks.iter().map(|(_, bone)| bone), from, to)
            }
            Counted::Obligation(counted) => {
                let (bounds, firsts) = months_between(from, to);
                let tallies = self.tallies_of(who, counted, bounds).await?;
                let whole = tallies.iter().fold(Tally::default(), |sum, one| sum.and(one));
                let of_months = firsts.into_iter().zip(tallies);
                months.extend(of_months.filter(|(_, tally)| *tally != Tally::default()));
                measure::over_tally(rule, whole)
            }
            Counted::Cases | Counted::CasesWith(_) | Counted::Answers { .. } => measure::Figure::default(),
        };
        Ok(MeasureView {
            rule: rule.clone(),
            from,
            to,
            figure,
            before: None,
            months: months.into_iter().collect(),
            case_months: Vec::new(),
            cases: 0,
            about_cases: true,
            given_away: false,
            exact,
        })
    }

    /// The clocks of one rule that started in a span, as far as the person may count them.
    async fn clocks_of(
        &self,
        who: &Who,
        rule: &str,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<(JournalId, Bone)>, Problem> {
        let room = &who.room;
        self.refresh(room).await?;
        let rows = self
            .store
            .rule_rows(
                &room.label,
                Some(&eyes_of(who)?.viewer),
                room.tokens.token("rule", rule),
                (from.as_millisecond(), to.as_millisecond()),
            )
            .await?;
        let strength = room
            .pack
            .obligation(rule)
            .map_or(Strength::States, |rule| rule.strength);
        let at = |ms: i64| Timestamp::from_millisecond(ms).ok();
        Ok(rows
            .into_iter()
            .filter_map(|row| {
                let bone = Bone {
                    rule: rule.to_owned(),
                    strength,
                    started: at(row.started)?,
                    due: row.due.and_then(at),
                    met: row.met.and_then(at),
                    state: state_of(row.state).unwrap_or(BoneState::Open),
                    tier: None,
                    team: None,
                };
                Some((row.case, bone))
            })
            .collect())
    }

    /// The same, counted where they are kept.
    async fn tally_of(
        &self,
        who: &Who,
        rule: &str,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Tally, Problem> {
        let tallies = self.tallies_of(who, rule, vec![from, to]).await?;
        Ok(tallies.into_iter().next().unwrap_or_default())
    }

    /// The same for each span between one of these moments and the next.
    async fn tallies_of(&self, who: &Who, rule: &str, bounds: Vec<Timestamp>) -> Result<Vec<Tally>, Problem> {
        let room = &who.room;
        self.refresh(room).await?;
        let spans = self
            .store
            .rule_counts_by_span(
                &room.label,
                Some(&eyes_of(who)?.viewer),
                room.tokens.token("rule", rule),
                bounds.into_iter().map(Timestamp::as_millisecond).collect(),
            )
            .await?;
        let tally = |counts: Vec<fanlight_store::RuleCount>| {
            let mut tally = Tally::default();
            for count in counts {
                let state = state_of(count.state).unwrap_or(BoneState::Open);
                tally.add_many(state, true, count.rows - count.without_due);
                tally.add_many(state, false, count.without_due);
            }
            tally
        };
        Ok(spans.into_iter().map(tally).collect())
    }

    fn last_year(&self) -> (Timestamp, Timestamp) {
        let now = self.now();
        let tomorrow = london_date(now).saturating_add(1.day());
        (midnight(tomorrow.saturating_sub(1.year())), midnight(tomorrow))
    }
}

fn is_over_cases(rule: &MeasureRule) -> bool {
    match rule.counts {
        Counted::Obligation(_) => false,
        Counted::Cases | Counted::CasesWith(_) | Counted::Answers { .. } => true,
    }
}

fn is_landlords(room: &Room, rule: &str) -> bool {
    room.pack
        .obligation(rule)
        .is_some_and(|rule| rule.owed_to == OwedTo::Landlord)
}

/// What the landlord itself owes under one rule: what began or fell due in the period, and whatever is still owed,
/// however long it has been.
fn landlords_tally(room: &Room, rule: &str, from: Timestamp, to: Timestamp, now: Timestamp) -> Tally {
    let within = |at: Timestamp| from <= at && at < to;
    let mut tally = Tally::default();
    for promise in room.owed_by_landlord(now) {
        let counts = promise.is_owed() || within(promise.started.at) || promise.due.at.is_some_and(within);
        if promise.rule == rule && counts {
            tally.add(&Bone::of(&promise, None));
        }
    }
    tally
}

/// A measure counted over what cases add to it.
fn over_cases(
    room: &Room,
    rule: &MeasureRule,
    cases: &[(JournalId, CaseBone)],
    (from, to): (Timestamp, Timestamp),
    elsewhere: &[u64],
) -> MeasureView {
    let over = |rule: &MeasureRule, from: Timestamp, to: Timestamp| {
        measure::over_case_bones(rule, cases.iter().map(|(_, bone)| bone), from, to)
    };
    let figure = over(rule, from, to);
    let year_before = midnight(london_date(from).saturating_sub(1.year()));
    let mut case_months = Vec::new();
    let mut month = london_date(from).first_of_month();
    while midnight(month) < to {
        let next = month.last_of_month().saturating_add(1.day());
        let count = over(rule, midnight(month).max(from), midnight(next).min(to));
        if count != measure::Figure::default() {
            case_months.push((month, count));
        }
        month = next;
    }
    let identified = cases
        .iter()
        .filter(|(_, bone)| from <= bone.identified && bone.identified < to)
        .count() as u64;
    // Beside every other measure that is counted over the same cases.
    let same: Vec<(&str, u64)> = room
        .pack
        .measures
        .iter()
        .filter(|other| is_over_cases(other) && other.counts != Counted::Cases)
        .map(|other| (other.id.as_str(), over(other, from, to).numerator))
        .collect();
    let counts: Vec<u64> = same.iter().map(|(_, count)| *count).collect();
    let given_away = same
        .iter()
        .zip(measure::hide_beside(identified, &counts, elsewhere))
        .any(|((id, _), hidden)| hidden && *id == rule.id);
    MeasureView {
        rule: rule.clone(),
        from,
        to,
        figure,
        before: (rule.of == MeasureOf::Change).then(|| over(rule, year_before, from)),
        months: Vec::new(),
        case_months,
        cases: identified,
        about_cases: true,
        given_away,
        exact: false,
    }
}

/// Where the months of a span begin and the last ends, the first and the last cut to the span; and the first day of each.
fn months_between(from: Timestamp, to: Timestamp) -> (Vec<Timestamp>, Vec<jiff::civil::Date>) {
    let (mut bounds, mut firsts) = (vec![from], vec![london_date(from).first_of_month()]);
    loop {
        let next = firsts
            .last()
            .copied()
            .unwrap_or_default()
            .saturating_add(1.month());
        let begins = Some(midnight(next)).filter(|begins| *begins < to && bounds.last() < Some(begins));
        let Some(begins) = begins else {
            bounds.push(to);
            return (bounds, firsts);
        };
        bounds.push(begins);
        firsts.push(next);
    }
}

fn count_of(tally: &Tally) -> Count {
    Count {
        kept: tally.kept + tally.kept_recorded_late,
        recorded_late: tally.kept_recorded_late,
        missed: tally.all_missed(),
        excused: tally.excused + tally.lapsed,
        open: tally.not_due_yet + tally.open_without_due,
    }
}

/// Whoever reads cases sees exact numbers of the cases they may see.
fn counts_exactly(who: &Who) -> bool {
    who.roles()
        .iter()
        .any(|(role, _)| matches!(role, Role::Lead | Role::Manager))
}

/// Whose eyes figures are counted with: whoever reads cases counts those that they may see; everybody else counts all
/// but those that are shut to them, for nobody infers a case from a figure (safety rule 5).
fn eyes_of(who: &Who) -> Result<Eyes, Problem> {
    let member = who.member().ok_or(Problem::NotAllowed)?;
    let reads = counts_exactly(who);
    let viewer = if reads {
        who.room.viewer(member)
    } else {
        who.room.everything_but_what_is_shut_to(member)
    };
    Ok(Eyes { viewer, reads })
}

fn checks(room: &Room) -> BTreeMap<String, Check> {
    Check::of_landlord(&room.landlord, london())
}
