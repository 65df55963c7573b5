//! Assurance: every clause with what proves it now, measures with numerator and denominator, and the registers.
//!
//! Figures come from the index, which was kept up as each thing happened. Whoever reads cases counts those cases that
//! they may see; for everybody else a number below five is not shown.

use crate::Casework;
use crate::derive::state_of;
use crate::lists::CaseRow;
use crate::look::Looked;
use crate::problem::Problem;
use crate::room::Room;
use crate::who::Who;
use fanlight_core::access::{Action, Role};
use fanlight_core::assurance::{Check, ClauseRow, Count, Evidence, Figure, register};
use fanlight_core::calendar::london_date;
use fanlight_core::measure::{self, Tally};
use fanlight_core::obligation::{Bone, BoneState, Strength};
use fanlight_core::pack::{Counted, MeasureRule, Register};
use fanlight_store::{JournalId, Order, StateFilter};
use jiff::tz::TimeZone;
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
    /// The figure; nothing where it is not counted yet by this release.
    pub figure: Option<measure::Figure>,
    /// Whether the numbers may be shown as they are; otherwise those below five are hidden.
    pub exact: bool,
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

/// Which cases somebody may count.
enum Countable {
    /// All of them.
    All,
    /// Of those that live, only some.
    Only {
        seen: BTreeSet<JournalId>,
        living: BTreeSet<JournalId>,
    },
}

impl Countable {
    /// Whether this one is counted. Of an erased case nothing but bones is left: they are nobody's, and count for
    /// everybody.
    fn holds(&self, case: JournalId) -> bool {
        match self {
            Countable::All => true,
            Countable::Only { seen, living } => seen.contains(&case) || !living.contains(&case),
        }
    }
}

impl Casework {
    /// Every clause as it stands today.
    pub async fn assurance(&self, who: &Who) -> Result<Vec<ClauseRow>, Problem> {
        self.allowed_to_see_figures(who)?;
        let evidence = self.evidence(who).await?;
        Ok(register(&who.room.pack, &evidence))
    }

    /// Every promise with a clock, counted over the last twelve months.
    pub async fn promises_kept(&self, who: &Who) -> Result<Vec<Promise>, Problem> {
        self.allowed_to_see_figures(who)?;
        let (from, to) = self.last_year();
        let mut promises = Vec::new();
        let counted = self.counted(who).await?;
        for rule in &who.room.pack.obligations {
            let bones = self.clocks_of(who, &counted, &rule.id, from, to).await?;
            let mut tally = Tally::default();
            bones.iter().for_each(|(_, bone)| tally.add(bone));
            promises.push(Promise {
                rule: rule.id.clone(),
                title: rule.title.clone(),
                clauses: rule.clauses.clone(),
                strength: rule.strength,
                tally,
            });
        }
        Ok(promises)
    }

    /// Every measure of the pack over the last twelve months.
    pub async fn measures(&self, who: &Who) -> Result<Vec<MeasureView>, Problem> {
        self.allowed_to_see_figures(who)?;
        let mut views = Vec::new();
        let counted = self.counted(who).await?;
        for rule in &who.room.pack.measures {
            views.push(self.measure_of(who, &counted, rule).await?);
        }
        Ok(views)
    }

    /// One measure, with the cases behind it for whoever may open them.
    pub async fn measure(&self, who: &Who, id: &str) -> Result<Looked<(MeasureView, Vec<CaseRow>)>, Problem> {
        self.allowed_to_see_figures(who)?;
        let rule = who.room.pack.measure(id).ok_or(Problem::Unseen)?.clone();
        let counted = self.counted(who).await?;
        let view = self.measure_of(who, &counted, &rule).await?;
        let behind = match &rule.counts {
            Counted::Obligation(rule) if who.may(Action::OpenFigures) => {
                let cases: BTreeSet<JournalId> = self
                    .clocks_of(who, &counted, rule, view.from, view.to)
                    .await?
                    .into_iter()
                    .map(|(case, _)| case)
                    .collect();
                self.rows_behind(who, &cases).await?
            }
            Counted::Obligation(_) | Counted::CasesWith(_) | Counted::Cases | Counted::Answers { .. } => {
                Vec::new()
            }
        };
        Ok(Looked::recorded((view, behind)))
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
        all: &Countable,
        rule: &MeasureRule,
    ) -> Result<MeasureView, Problem> {
        let (from, to) = self.last_year();
        let figure = match &rule.counts {
            Counted::Obligation(counted) => {
                let clocks = self.clocks_of(who, all, counted, from, to).await?;
                Some(measure::over_clocks(
                    rule,
                    clocks.iter().map(|(_, bone)| bone),
                    from,
                    to,
                ))
            }
            Counted::Cases | Counted::CasesWith(_) | Counted::Answers { .. } => None,
        };
        Ok(MeasureView {
            rule: rule.clone(),
            from,
            to,
            figure,
            exact: counts_exactly(who),
        })
    }

    async fn evidence(&self, who: &Who) -> Result<Evidence, Problem> {
        let mut evidence = Evidence::none(london_date(self.now()));
        evidence.checks = checks(&who.room);
        for promise in self.promises_kept(who).await? {
            let tally = promise.tally;
            evidence.obligations.insert(
                promise.rule,
                Count {
                    kept: tally.kept + tally.kept_recorded_late,
                    recorded_late: tally.kept_recorded_late,
                    missed: tally.all_missed(),
                    excused: tally.excused + tally.lapsed,
                    open: tally.not_due_yet + tally.open_without_due,
                },
            );
        }
        for view in self.measures(who).await? {
            if let Some(figure) = view.figure {
                evidence.measures.insert(
                    view.rule.id,
                    Figure {
                        numerator: figure.numerator,
                        denominator: Some(figure.denominator),
                    },
                );
            }
        }
        Ok(evidence)
    }

    /// The clocks of one rule that started in a span, as far as the person may count them.
    async fn clocks_of(
        &self,
        who: &Who,
        countable: &Countable,
        rule: &str,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<(JournalId, Bone)>, Problem> {
        let room = &who.room;
        let token = room.tokens.token("rule", rule);
        let rows = self
            .store
            .rule_rows(&room.label, token, from.as_millisecond(), to.as_millisecond())
            .await?;
        let strength = room
            .pack
            .obligation(rule)
            .map_or(Strength::States, |rule| rule.strength);
        let at = |ms: i64| Timestamp::from_millisecond(ms).ok();
        Ok(rows
            .into_iter()
            .filter(|row| countable.holds(row.case))
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

    /// What the person may count. Whoever reads cases counts those that they may see; everybody else counts all but
    /// those that are shut to them: nobody infers a case from a figure (design.md, rule 5).
    async fn counted(&self, who: &Who) -> Result<Countable, Problem> {
        let room = &who.room;
        self.refresh(room).await?;
        let Some(member) = who.member() else {
            return Err(Problem::NotAllowed);
        };
        let viewer = if counts_exactly(who) {
            room.viewer(member)
        } else {
            room.everything_but_what_is_shut_to(member)
        };
        let everything = room.everything();
        let may = self.store.count(&room.label, &viewer, StateFilter::Any).await?;
        let are = self
            .store
            .count(&room.label, &everything, StateFilter::Any)
            .await?;
        if may == are {
            return Ok(Countable::All);
        }
        Ok(Countable::Only {
            seen: self.ids_of(room, &viewer).await?,
            living: self.ids_of(room, &everything).await?,
        })
    }

    async fn ids_of(
        &self,
        room: &Room,
        viewer: &fanlight_store::Viewer,
    ) -> Result<BTreeSet<JournalId>, Problem> {
        let mut ids = BTreeSet::new();
        let mut cursor = None;
        loop {
            let page = self
                .store
                .cases(
                    &room.label,
                    viewer,
                    StateFilter::Any,
                    Order::OldestFirst,
                    cursor,
                    1000,
                )
                .await?;
            let Some(last) = page.last() else { return Ok(ids) };
            cursor = Some(last.cursor());
            ids.extend(page.iter().map(|case| case.case));
        }
    }

    fn last_year(&self) -> (Timestamp, Timestamp) {
        let now = self.now();
        let london = TimeZone::get("Europe/London").expect("the time zone is bundled");
        let tomorrow = london.to_datetime(now).date().saturating_add(1.day());
        let start = tomorrow.saturating_sub(1.year());
        let midnight = |date: jiff::civil::Date| {
            london
                .to_ambiguous_timestamp(date.at(0, 0, 0, 0))
                .compatible()
                .unwrap_or(now)
        };
        (midnight(start), midnight(tomorrow))
    }
}

/// Whoever reads cases sees exact numbers of the cases they may see.
fn counts_exactly(who: &Who) -> bool {
    who.roles()
        .iter()
        .any(|(role, _)| matches!(role, Role::Lead | Role::Manager))
}

fn checks(room: &Room) -> BTreeMap<String, Check> {
    let london = TimeZone::get("Europe/London").expect("the time zone is bundled");
    Check::of_landlord(&room.landlord, &london)
}
