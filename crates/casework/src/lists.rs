//! Lists: My work, the team's work, cases, and search. What is hidden from the person looking is left out by the query
//! itself, before anything is counted or limited, and every case shown is on record before the page is sent.

use crate::Casework;
use crate::derive::{AtOnceList, owner_words, read_summary, way_of};
use crate::look::Looked;
use crate::people::KeptDraft;
use crate::problem::Problem;
use crate::reading::{Glance, Saw};
use crate::room::Room;
use crate::search;
use crate::summary::{Owed, StageKept, Summary, TryKept, WayIs, WayKept};
use crate::who::Who;
use fanlight_core::access::{Action, CaseDoor, Role, admits};
use fanlight_core::fact::Danger;
use fanlight_core::ids::{AccountId, CaseId, Position};
use fanlight_core::words::Words;
use fanlight_store::{CaseCursor, DueCursor, JournalId, Order, StateFilter, Token};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// Rows on a page.
pub(crate) const PAGE: usize = 50;

/// Where the next page of work begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkCursor(DueCursor);

impl WorkCursor {
    /// As opaque text for a form.
    pub fn to_text(self) -> String {
        format!("{:x}.{}.{}", self.0.due, self.0.case, self.0.slot)
    }

    /// Reads what [`WorkCursor::to_text`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let due = i64::from_str_radix(parts.next()?, 16).ok()?;
        let case = CaseId::parse(parts.next()?)?;
        let slot = CaseId::parse(parts.next()?)?;
        Some(WorkCursor(DueCursor {
            due,
            case: JournalId(case.0),
            slot: Token(slot.0),
        }))
    }
}

/// One promise to be kept, as a row of work.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkRow {
    /// The case.
    pub case: CaseId,
    /// Its reference.
    pub reference: String,
    /// How far it has come.
    pub stage: StageKept,
    /// What is to be done.
    pub title: String,
    /// Why: how the due time came about, in a sentence.
    pub why: String,
    /// The clause that promises it.
    pub clause: Option<String>,
    /// When it is due; nothing where no number is stated.
    pub due: Option<Timestamp>,
    /// The policy's own word, where it states no number.
    pub not_stated: Option<String>,
    /// Whether the number is the landlord's own.
    pub own: bool,
    /// Whether its time has passed.
    pub missed: bool,
    /// The risk level; nothing means not assessed.
    pub level: Option<String>,
    /// Whether danger must be treated as danger now.
    pub perhaps_in_danger: bool,
    /// What the contact gate says.
    pub way: WayIs,
    /// The same in words.
    pub way_says: String,
    /// The lead worker.
    pub lead: Option<AccountId>,
}

/// Why something stands at the head of My work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtOnce {
    /// Somebody may be in danger, and nobody has acted on it yet.
    Danger(Danger),
    /// A life-at-risk try, at this place, waits for somebody other than who tried to look at it.
    Review(Position),
}

/// What whoever can open the case is told at once, until somebody has seen to it.
#[derive(Clone, Debug, PartialEq)]
pub struct AtOnceRow {
    /// The case.
    pub case: CaseId,
    /// Its reference.
    pub reference: String,
    /// How far it has come.
    pub stage: StageKept,
    /// Why it stands here.
    pub what: AtOnce,
    /// Since when.
    pub since: Timestamp,
    /// The risk level; nothing means not assessed.
    pub level: Option<String>,
    /// What the contact gate says.
    pub way: WayIs,
    /// The same in words.
    pub way_says: String,
    /// The lead worker.
    pub lead: Option<AccountId>,
}

/// A page of work.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkPage {
    /// What is told at once, danger first, oldest first. It stands on the first page alone.
    pub at_once: Vec<AtOnceRow>,
    /// Rows in order of what is due.
    pub rows: Vec<WorkRow>,
    /// What the person kept for later, newest first; nothing on the team's page, and nothing but on the first page.
    pub kept: Vec<KeptDraft>,
    /// How many rows there are in all.
    pub total: u64,
    /// How many open cases and reports the person may see.
    pub cases: u64,
    /// Where the next page begins.
    pub next: Option<WorkCursor>,
    /// The moment for which it holds.
    pub now: Timestamp,
}

/// A case in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseRow {
    /// The case.
    pub case: CaseId,
    /// Its reference.
    pub reference: String,
    /// How far it has come.
    pub stage: StageKept,
    /// When the report reached us.
    pub received: Timestamp,
    /// The risk level.
    pub level: Option<String>,
    /// Whether danger must be treated as danger now.
    pub perhaps_in_danger: bool,
    /// The lead worker.
    pub lead: Option<AccountId>,
    /// The promise due first.
    pub first_due: Option<(String, Timestamp)>,
    /// How many promises have been missed and are still owed.
    pub late: usize,
    /// What the contact gate says, in words.
    pub way_says: String,
    /// What the contact gate says.
    pub way: WayIs,
}

/// A page of cases.
#[derive(Clone, Debug, PartialEq)]
pub struct CasesPage {
    /// Rows.
    pub rows: Vec<CaseRow>,
    /// How many there are in all.
    pub total: u64,
    /// Where the next page begins.
    pub next: Option<String>,
    /// The moment for which it holds.
    pub now: Timestamp,
}

/// What one worker carries.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkloadRow {
    /// Who; nothing for what nobody has.
    pub worker: Option<AccountId>,
    /// Open cases.
    pub cases: u64,
    /// Of those, at the highest level of the scale.
    pub highest: u64,
    /// Promises late.
    pub late: u64,
}

/// The team's work.
#[derive(Clone, Debug, PartialEq)]
pub struct TeamPage {
    /// Work of everybody, in order of what is due.
    pub work: WorkPage,
    /// Who carries what.
    pub workload: Vec<WorkloadRow>,
    /// Reports that wait to become a case, oldest first.
    pub reports: Vec<CaseRow>,
}

impl Casework {
    /// My work: what the person, or whoever holds the person's roles, has to do, in order of what is due.
    pub async fn my_work(&self, who: &Who, after: Option<WorkCursor>) -> Result<Looked<WorkPage>, Problem> {
        if !who.may(Action::SeeMyWork) {
            return Err(Problem::NotAllowed);
        }
        let owners = owner_tokens(who);
        let mut page = self.work_page(who, &owners, after).await?;
        if after.is_none() {
            page.kept = self.kept_drafts(who).await?;
        }
        self.shown(who, cases_of(&page), Saw::List).await?;
        Ok(Looked::recorded(page))
    }

    /// The team's work, for whoever answers for it.
    pub async fn team_work(&self, who: &Who, after: Option<WorkCursor>) -> Result<Looked<TeamPage>, Problem> {
        if !who.may(Action::SeeTeamWork) {
            return Err(Problem::NotAllowed);
        }
        let work = self.work_page(who, &[], after).await?;
        let (workload, reports) = self.load(who).await?;
        let shown = cases_of(&work).chain(reports.iter().map(|row| row.case));
        self.shown(who, shown, Saw::List).await?;
        Ok(Looked::recorded(TeamPage {
            work,
            workload,
            reports,
        }))
    }

    /// Cases that the person may open, newest report first.
    pub async fn cases(
        &self,
        who: &Who,
        stages: &[StageKept],
        after: Option<&str>,
    ) -> Result<Looked<CasesPage>, Problem> {
        if !who.may(Action::OpenCase) {
            return Err(Problem::NotAllowed);
        }
        let room = &who.room;
        self.refresh(room).await?;
        let now = self.now();
        let Some(member) = who.member() else {
            return Err(Problem::NotAllowed);
        };
        let viewer = room.viewer(member);
        let states = StateFilter::In(stages.iter().map(|stage| stage.byte()).collect());
        let cursor = after.and_then(cursor_of);
        let listed = self
            .store
            .cases(
                &room.label,
                &viewer,
                states.clone(),
                Order::NewestFirst,
                cursor,
                PAGE,
            )
            .await?;
        let total = self.store.count(&room.label, &viewer, states).await?;
        let next = (listed.len() == PAGE)
            .then(|| listed.last().map(|case| cursor_text(case.cursor())))
            .flatten();
        let rows = self.case_rows(who, listed).await?;
        self.shown(who, rows.iter().map(|row| row.case), Saw::List)
            .await?;
        Ok(Looked::recorded(CasesPage {
            rows,
            total,
            next,
            now,
        }))
    }

    /// Open cases and reports with how they may be contacted and whether there is danger, and nothing else: the list
    /// that stays readable while there is no room to put looks on record (rule 4). What is hidden from the person is
    /// left out by the query, as in every list.
    pub async fn cases_by_safe_contact(
        &self,
        who: &Who,
        after: Option<&str>,
    ) -> Result<Looked<CasesPage>, Problem> {
        if !who.may(Action::OpenCase) {
            return Err(Problem::NotAllowed);
        }
        let Some(member) = who.member() else {
            return Err(Problem::NotAllowed);
        };
        let room = &who.room;
        let viewer = room.viewer(member);
        let states = StateFilter::In(vec![StageKept::Report.byte(), StageKept::Open.byte()]);
        let cursor = after.and_then(cursor_of);
        let order = Order::NewestFirst;
        let listed = self
            .store
            .cases(&room.label, &viewer, states.clone(), order, cursor, PAGE)
            .await?;
        let total = self.store.count(&room.label, &viewer, states).await?;
        let next = (listed.len() == PAGE)
            .then(|| listed.last().map(|case| cursor_text(case.cursor())))
            .flatten();
        let rows = self.case_rows(who, listed).await?;
        let cases: Vec<CaseId> = rows.iter().map(|row| row.case).collect();
        let glance = Glance {
            saw: Saw::SafeContactAlone,
            refused: false,
        };
        let now = self.now();
        self.record_or_hold(who, &cases, glance, now).await?;
        let alone = |row: CaseRow| CaseRow {
            level: None,
            lead: None,
            first_due: None,
            late: 0,
            ..row
        };
        Ok(Looked::recorded(CasesPage {
            rows: rows.into_iter().map(alone).collect(),
            total,
            next,
            now,
        }))
    }

    /// Finds cases by reference, name, sound of a name, date of birth, postcode, telephone, email or tenancy. The answer
    /// is the same whether there is no case or none for the person looking.
    pub async fn search(&self, who: &Who, typed: &Words) -> Result<Looked<Vec<CaseRow>>, Problem> {
        if !who.may(Action::Search) {
            return Err(Problem::NotAllowed);
        }
        let room = &who.room;
        self.refresh(room).await?;
        let Some(member) = who.member() else {
            return Err(Problem::NotAllowed);
        };
        let viewer = room.viewer(member);
        let mut seen = BTreeSet::new();
        let mut listed = Vec::new();
        for reading in search::readings(&room.tokens, typed.reveal()) {
            for found in self
                .store
                .search(&room.label, &viewer, &reading, None, PAGE)
                .await?
            {
                if listed.len() < PAGE && seen.insert(found.case) {
                    listed.push(found);
                }
            }
        }
        let rows = self.case_rows(who, listed).await?;
        self.shown(who, rows.iter().map(|row| row.case), Saw::Search)
            .await?;
        Ok(Looked::recorded(rows))
    }

    async fn work_page(
        &self,
        who: &Who,
        owners: &[Token],
        after: Option<WorkCursor>,
    ) -> Result<WorkPage, Problem> {
        let room = &who.room;
        self.refresh(room).await?;
        let now = self.now();
        let Some(member) = who.member() else {
            return Err(Problem::NotAllowed);
        };
        let viewer = room.viewer(member);
        let listed = self
            .store
            .work(&room.label, &viewer, owners, after.map(|cursor| cursor.0), PAGE)
            .await?;
        let next = (listed.len() == PAGE)
            .then(|| listed.last().map(|row| WorkCursor(row.cursor())))
            .flatten();
        let mut rows = Vec::with_capacity(listed.len());
        let mut ways: BTreeMap<CaseId, WayKept> = BTreeMap::new();
        for row in listed {
            let summary = read_summary(&row.summary)?;
            let case = CaseId(row.row.case.0);
            // The sealed summary has the last word: what the index alone says is not believed.
            if !admits_kept(&summary, who) {
                continue;
            }
            let slot = row.row.slot.to_string();
            let Some(owed) = summary.owed.iter().find(|owed| owed.slot == slot).cloned() else {
                continue;
            };
            let way = match ways.get(&case) {
                Some(way) => way.clone(),
                None => self.way_now(room, case, &summary, now).await?,
            };
            ways.insert(case, way.clone());
            rows.push(work_row(case, &summary, owed, way));
        }
        let at_once = match after {
            None => self.at_once(who, &viewer, now).await?,
            Some(_) => Vec::new(),
        };
        let total = self.store.count_work(&room.label, &viewer, owners).await?;
        let states = StateFilter::In(vec![StageKept::Report.byte(), StageKept::Open.byte()]);
        let cases = self.store.count(&room.label, &viewer, states).await?;
        Ok(WorkPage {
            at_once,
            rows,
            kept: Vec::new(),
            total,
            cases,
            next,
            now,
        })
    }

    /// What is told at once to whoever can open the case.
    async fn at_once(
        &self,
        who: &Who,
        viewer: &fanlight_store::Viewer,
        now: Timestamp,
    ) -> Result<Vec<AtOnceRow>, Problem> {
        let room = &who.room;
        let mut rows = Vec::new();
        for list in AtOnceList::ALL {
            let carried = [list.token(room)];
            let found = self
                .store
                .search(&room.label, viewer, &carried, None, PAGE)
                .await?;
            for listed in found {
                let summary = read_summary(&listed.summary)?;
                let whats = whats_of(list, &summary, who);
                if whats.is_empty() || !admits_kept(&summary, who) {
                    continue;
                }
                let case = CaseId(listed.case.0);
                let way = self.way_now(room, case, &summary, now).await?;
                rows.extend(whats.into_iter().map(|(what, since)| AtOnceRow {
                    case,
                    reference: summary.reference.clone(),
                    stage: summary.stage,
                    what,
                    since,
                    level: summary.level.clone(),
                    way: way.is,
                    way_says: way.says.clone(),
                    lead: summary.lead,
                }));
            }
        }
        rows.sort_by_key(|row| (matches!(row.what, AtOnce::Review(_)), row.since));
        Ok(rows)
    }

    /// How the person may be reached at this moment: as kept, unless its time has run out. What is asked again is kept
    /// again, so that the next list need not ask.
    async fn way_now(
        &self,
        room: &Room,
        id: CaseId,
        summary: &Summary,
        now: Timestamp,
    ) -> Result<WayKept, Problem> {
        if !summary.way.is_stale(room, now) {
            return Ok(summary.way.clone());
        }
        let opened = self.open(room, id).await?;
        let elsewhere = self.elsewhere(room, id, &opened.case).await?;
        // That it could not be kept closes no list: the answer is right all the same.
        let _ = self.keep_beside(room, id, &opened, &elsewhere, now).await;
        Ok(way_of(&opened.case, &elsewhere, room, now))
    }

    pub(crate) async fn case_rows(
        &self,
        who: &Who,
        listed: Vec<fanlight_store::ListedCase>,
    ) -> Result<Vec<CaseRow>, Problem> {
        let now = self.now();
        let mut rows = Vec::with_capacity(listed.len());
        for listed in listed {
            let summary = read_summary(&listed.summary)?;
            if !admits_kept(&summary, who) {
                continue;
            }
            let case = CaseId(listed.case.0);
            let way = self.way_now(&who.room, case, &summary, now).await?;
            rows.push(case_row(case, summary, way));
        }
        Ok(rows)
    }

    async fn load(&self, who: &Who) -> Result<(Vec<WorkloadRow>, Vec<CaseRow>), Problem> {
        let room = &who.room;
        let Some(member) = who.member() else {
            return Err(Problem::NotAllowed);
        };
        let viewer = room.viewer(member);
        let highest = room.terms.risk_scale.last().cloned();
        let mut load: BTreeMap<Option<AccountId>, WorkloadRow> = BTreeMap::new();
        let mut reports = Vec::new();
        let mut cursor = None;
        let states = StateFilter::In(vec![StageKept::Report.byte(), StageKept::Open.byte()]);
        loop {
            let page = self
                .store
                .cases(
                    &room.label,
                    &viewer,
                    states.clone(),
                    Order::OldestFirst,
                    cursor,
                    200,
                )
                .await?;
            let Some(last) = page.last() else { break };
            cursor = Some(last.cursor());
            for listed in page {
                let summary = read_summary(&listed.summary)?;
                if !admits_kept(&summary, who) {
                    continue;
                }
                let case = CaseId(listed.case.0);
                if summary.stage == StageKept::Report {
                    if reports.len() < PAGE {
                        let way = self.way_now(room, case, &summary, self.now()).await?;
                        reports.push(case_row(case, summary, way));
                    }
                    continue;
                }
                let row = load.entry(summary.lead).or_insert(WorkloadRow {
                    worker: summary.lead,
                    cases: 0,
                    highest: 0,
                    late: 0,
                });
                row.cases += 1;
                row.highest += u64::from(highest.is_some() && summary.level == highest);
                row.late += summary.owed.iter().filter(|owed| owed.missed).count() as u64;
            }
        }
        Ok((load.into_values().collect(), reports))
    }

    /// Puts on record which cases a list showed.
    pub(crate) async fn shown(
        &self,
        who: &Who,
        cases: impl Iterator<Item = CaseId>,
        saw: Saw,
    ) -> Result<(), Problem> {
        let cases: BTreeSet<CaseId> = cases.collect();
        let cases: Vec<CaseId> = cases.into_iter().collect();
        self.record_look(who, &cases, Glance { saw, refused: false }, self.now())
            .await
    }
}

/// Every case that a page of work shows.
fn cases_of(page: &WorkPage) -> impl Iterator<Item = CaseId> {
    let told = page.at_once.iter().map(|row| row.case);
    let kept = page.kept.iter().filter_map(|draft| draft.case.as_ref());
    told.chain(page.rows.iter().map(|row| row.case))
        .chain(kept.map(|(case, _)| *case))
}

/// What of a case's summary this person is told at once.
fn whats_of(list: AtOnceList, summary: &Summary, who: &Who) -> Vec<(AtOnce, Timestamp)> {
    match list {
        AtOnceList::Danger => summary
            .danger
            .iter()
            .map(|kept| (AtOnce::Danger(kept.danger), kept.since))
            .collect(),
        AtOnceList::Review => summary
            .to_review
            .iter()
            .filter(|kept| reviews(kept, summary, who))
            .map(|kept| (AtOnce::Review(kept.place), kept.at))
            .collect(),
    }
}

/// Whether this person is asked to look at a try: the second person of that time, and those who answer for the case;
/// where the second person can no longer open it, anybody who can. Never who tried.
fn reviews(kept: &TryKept, summary: &Summary, who: &Who) -> bool {
    if kept.by == Some(who.account) || !who.may(Action::TryLifeAtRisk) {
        return false;
    }
    let answers_for_it = who
        .roles()
        .iter()
        .any(|(role, _)| matches!(role, Role::Manager | Role::Lead));
    let second_can = kept
        .second
        .and_then(|second| who.room.member(second))
        .is_some_and(|member| {
            admits(
                &door_kept(summary),
                &who.room.landlord,
                member.account,
                &member.roles,
            )
            .is_some()
        });
    answers_for_it || kept.second == Some(who.account) || !second_can
}

/// The tokens of the words under which promises may be a person's to keep.
fn owner_tokens(who: &Who) -> Vec<Token> {
    owner_words(who.account, who.roles())
        .iter()
        .map(|word| who.room.tokens.token("owner", word))
        .collect()
}

/// Whether the sealed summary admits the person: the same rule as the page's, on what was kept.
pub(crate) fn admits_kept(summary: &Summary, who: &Who) -> bool {
    admits(&door_kept(summary), &who.room.landlord, who.account, who.roles()).is_some()
}

fn door_kept(summary: &Summary) -> CaseDoor {
    CaseDoor {
        team: summary.team.clone(),
        restricted_to: summary.door.only.clone(),
        workers: summary.door.workers.clone(),
        shut_out: summary
            .door
            .shut_out
            .iter()
            .map(|account| (*account, false))
            .collect(),
    }
}

fn work_row(case: CaseId, summary: &Summary, owed: Owed, way: WayKept) -> WorkRow {
    WorkRow {
        case,
        reference: summary.reference.clone(),
        stage: summary.stage,
        title: owed.title,
        why: owed.why,
        clause: owed.clause,
        due: owed.due,
        not_stated: owed.not_stated,
        own: owed.own,
        missed: owed.missed,
        level: summary.level.clone(),
        perhaps_in_danger: summary.perhaps_in_danger,
        way: way.is,
        way_says: way.says,
        lead: summary.lead,
    }
}

fn case_row(case: CaseId, summary: Summary, way: WayKept) -> CaseRow {
    let first = summary
        .owed
        .iter()
        .filter_map(|owed| owed.due.map(|due| (due, &owed.title)))
        .min();
    CaseRow {
        case,
        first_due: first.map(|(due, title)| (title.clone(), due)),
        late: summary.owed.iter().filter(|owed| owed.missed).count(),
        reference: summary.reference,
        stage: summary.stage,
        received: summary.received,
        level: summary.level,
        perhaps_in_danger: summary.perhaps_in_danger,
        lead: summary.lead,
        way_says: way.says,
        way: way.is,
    }
}

fn cursor_text(cursor: CaseCursor) -> String {
    format!("{:x}.{}", cursor.sort, cursor.case)
}

fn cursor_of(text: &str) -> Option<CaseCursor> {
    let (sort, case) = text.split_once('.')?;
    Some(CaseCursor {
        sort: i64::from_str_radix(sort, 16).ok()?,
        case: JournalId(CaseId::parse(case)?.0),
    })
}

impl Casework {
    /// The cases behind a figure, as far as the person may see them, put on record.
    pub(crate) async fn rows_behind(
        &self,
        who: &Who,
        cases: &BTreeSet<JournalId>,
    ) -> Result<Vec<CaseRow>, Problem> {
        let room = &who.room;
        let Some(member) = who.member() else {
            return Err(Problem::NotAllowed);
        };
        let viewer = room.viewer(member);
        let mut listed = Vec::new();
        for case in cases.iter().take(PAGE * 4) {
            if self.store.is_listed(&room.label, &viewer, *case).await? {
                listed.extend(self.store.summary(&room.label, *case).await?);
            }
        }
        let rows = self.case_rows(who, listed).await?;
        self.shown(who, rows.iter().map(|row| row.case), Saw::Figure)
            .await?;
        Ok(rows)
    }
}
