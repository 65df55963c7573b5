//! The case page.

use super::ask::still_to_ask;
use super::people::{home, people, shut_out};
use super::timeline::timeline;
use super::veil::Veil;
use super::{Banner, Grant, HomeView, Moment, PersonRow, Seat, ShutOutRow, StillToAsk, TimelineRow, banner};
use crate::case::{Case, Stage};
use crate::fact::*;
use crate::ids::{AccountId, CaseId, PersonId, Position};
use crate::risk::{GroundKind, Known};
use crate::times::Times;
use crate::words::Words;
use jiff::Timestamp;
use serde::Serialize;

/// Who this is, at the head of every page of the case.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Header {
    /// The reference: the only part of it that may stand in a title.
    pub reference: Option<String>,
    /// How far it has come, by name: `report`, `ended`, `joined`, `open`, `closed`, `erased`.
    pub stage: &'static str,
    /// What the person likes to be called.
    pub called: Option<Words>,
    /// The full name.
    pub name: Option<Words>,
    /// She, he, they or another word.
    pub pronoun: Option<Words>,
    /// The person's own word for herself or himself.
    pub own_word: Option<Words>,
    /// The language to speak, if an interpreter is needed.
    pub interpreter: Option<Words>,
    /// When the report reached us.
    pub received: Option<Timestamp>,
    /// The newest answer to the danger question.
    pub danger: Option<Danger>,
    /// Whether danger must be treated as danger now.
    pub perhaps_in_danger_now: bool,
    /// The team, by the pack's code.
    pub team: Option<String>,
    /// Whether only named people may open it.
    pub restricted: bool,
}

/// Somebody who works on the case.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WorkerRow {
    /// As what.
    pub part: WorkerPart,
    /// Whose account.
    pub account: AccountId,
    /// Whether it is whom the person asked for.
    pub wish: WishMet,
    /// Since when.
    pub since: Times,
}

/// One assessment of risk.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RiskRow {
    /// The entry to correct.
    pub place: Position,
    /// The instrument, by its id.
    pub instrument: String,
    /// The level, by the pack's code.
    pub level: String,
    /// How many answers were yes.
    pub yes: Option<u8>,
    /// What the count could be, with everything that was not asked or not known. Nothing means that nobody said how many
    /// those are, and never that there are none.
    pub could_be: Option<u8>,
    /// What we hold of it.
    pub evidence: Evidence,
    /// Which agency, if it was another.
    pub agency: Option<Words>,
    /// Risk from whom; nobody means that it was not said of whom.
    pub of: Vec<PersonId>,
    /// Which version of the questions, where we hold the answers.
    pub version: Option<String>,
    /// What our judgement rested on, apart from the facts.
    pub judgement: Option<Words>,
    /// Why the level is what it is.
    pub reason: Option<Words>,
    /// When.
    pub times: Times,
}

/// Risk as last assessed, ours and others' apart. Nothing means "not assessed", never "safe".
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RiskView {
    /// Our latest.
    pub ours: Option<RiskRow>,
    /// Our earlier ones, newest first.
    pub ours_before: Vec<RiskRow>,
    /// The latest of another agency.
    pub others: Option<RiskRow>,
    /// What was last decided about a referral to MARAC.
    pub marac: Option<MaracRow>,
    /// What we know of earlier referrals of the same people.
    pub known_to_marac: Known,
}

/// A decision about a referral to MARAC.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MaracRow {
    /// The entry to correct.
    pub place: Position,
    /// What was decided.
    pub answer: MaracAnswer,
    /// On which grounds.
    pub grounds: Vec<GroundKind>,
    /// Why.
    pub reason: Option<Words>,
    /// When.
    pub times: Times,
}

/// The case page, cut to one looker.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CaseView {
    /// As what it was cut.
    pub seat: Seat,
    /// The last position of the journal that it shows: a decision sends it back.
    pub seen: Option<Position>,
    /// Who this is.
    pub header: Header,
    /// The contact banner.
    pub banner: Banner,
    /// The report's own words.
    pub report: Option<ReportView>,
    /// The people.
    pub people: Vec<PersonRow>,
    /// The home.
    pub home: Option<HomeView>,
    /// Who works on it.
    pub workers: Vec<WorkerRow>,
    /// Who is shut out, for those who may see that.
    pub shut_out: Vec<ShutOutRow>,
    /// Risk.
    pub risk: RiskView,
    /// What the person wants to happen.
    pub wishes: Option<Words>,
    /// How dangerous the person says it is.
    pub own_view: Option<Words>,
    /// Why it could not be asked yet.
    pub own_view_not_yet: Option<Words>,
    /// The rhythm of contact that was agreed.
    pub rhythm: Option<RhythmView>,
    /// What has happened.
    pub timeline: Vec<TimelineRow>,
    /// What is still to be asked.
    pub still_to_ask: Vec<StillToAsk>,
    /// Life-at-risk tries that nobody has looked at yet.
    pub to_review: Vec<Position>,
    /// The case that this report belongs to, if it was joined to one. Its own gate decides who may open it.
    pub joined_to: Option<CaseId>,
    /// Whether somebody may be in danger and nobody has acted on it yet.
    pub danger_not_acted_on: bool,
    /// What stays of it, if it was erased.
    pub erased: Option<ErasedView>,
}

/// What stays visible of an erased case: that it was erased, why and by whom. Nothing of what it said.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ErasedView {
    /// Why.
    pub under: Words,
    /// Who proposed it, where a second person agreed.
    pub proposed_by: Option<AccountId>,
    /// Who agreed, or erased it alone.
    pub by: Actor,
    /// When.
    pub times: Times,
    /// How many promises stay for the measures.
    pub promises: usize,
}

/// How a report reached us.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportView {
    /// By which channel.
    pub channel: Channel,
    /// Who told us.
    pub from: ReporterKind,
    /// What we were told.
    pub words: Words,
    /// Who the reporter is, if they said.
    pub reporter: Option<Words>,
    /// Whether the survivor knows that we were told.
    pub survivor_knows: YesNo,
    /// When.
    pub times: Times,
}

/// The rhythm of contact.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RhythmView {
    /// Every so many days.
    pub every_days: u16,
    /// In what words it was agreed.
    pub how: Words,
    /// When it is looked at again.
    pub review_on: jiff::civil::Date,
    /// Until when it holds.
    pub until: Option<jiff::civil::Date>,
}

pub(super) fn cut(case: &Case, grant: &Grant, moment: &Moment<'_>) -> CaseView {
    let veil = Veil::over(case, grant);
    let mut view = bare(case, grant, moment, &veil);
    match grant.seat {
        Seat::Worker | Seat::Manager | Seat::Lead => fill(&mut view, case, grant, moment, &veil),
        // An officer sees the request alone, which is a view of its own.
        Seat::Officer => {}
    }
    view
}

/// Who this is, the danger and the contact banner, and nothing else.
pub(super) fn bare(case: &Case, grant: &Grant, moment: &Moment<'_>, veil: &Veil) -> CaseView {
    CaseView {
        seat: grant.seat,
        seen: case.last_position,
        header: header(case, grant, veil),
        banner: banner::cut(case, grant, moment),
        report: None,
        people: Vec::new(),
        home: None,
        workers: Vec::new(),
        shut_out: Vec::new(),
        risk: RiskView::default(),
        wishes: None,
        own_view: None,
        own_view_not_yet: None,
        rhythm: None,
        erased: case.bones.as_ref().map(|bones| ErasedView {
            under: Words::new(&*bones.fact.under),
            proposed_by: bones.fact.proposed_by,
            by: bones.by,
            times: bones.times,
            promises: bones.fact.bones.len(),
        }),
        timeline: Vec::new(),
        still_to_ask: Vec::new(),
        to_review: Vec::new(),
        joined_to: None,
        danger_not_acted_on: false,
    }
}

fn header(case: &Case, grant: &Grant, veil: &Veil) -> Header {
    let who = case
        .survivor_told()
        .map(|told| &told.fact)
        .filter(|_| grant.seat != Seat::Officer);
    Header {
        reference: case.reference().map(|reference| reference.as_str().to_owned()),
        stage: match case.stage {
            _ if case.bones.is_some() => "erased",
            Stage::Report => "report",
            Stage::Ended => "ended",
            Stage::Joined => "joined",
            Stage::Open => "open",
            Stage::Closed => "closed",
        },
        called: who.and_then(|who| veil.maybe(&who.called)),
        name: who.and_then(|who| veil.maybe(&who.name)),
        pronoun: who.and_then(|who| veil.maybe(&who.pronoun)),
        own_word: who.and_then(|who| veil.maybe(&who.own_word)),
        interpreter: who.and_then(|who| veil.maybe(&who.interpreter)),
        received: case.received(),
        danger: case.danger.as_ref().map(|told| told.fact.danger),
        perhaps_in_danger_now: case.perhaps_in_danger_now(),
        team: case.team().map(str::to_owned),
        restricted: case.restriction.is_some(),
    }
}

fn fill(view: &mut CaseView, case: &Case, grant: &Grant, moment: &Moment<'_>, veil: &Veil) {
    view.report = case.report.as_ref().map(|told| ReportView {
        channel: told.fact.channel,
        from: told.fact.from,
        words: veil.words(&told.fact.words),
        reporter: veil.maybe(&told.fact.reporter),
        survivor_knows: told.fact.survivor_knows,
        times: told.times,
    });
    view.people = people(case, grant, moment, veil);
    view.home = home(case, grant, veil);
    view.workers = workers(case);
    view.shut_out = shut_out(case, grant, veil);
    view.risk = RiskView {
        ours: case
            .risk
            .our_latest()
            .map(|told| risk_row(&told.fact, told.place, told.times, veil)),
        ours_before: case
            .risk
            .ours
            .iter()
            .rev()
            .skip(1)
            .map(|told| risk_row(&told.fact, told.place, told.times, veil))
            .collect(),
        others: case
            .risk
            .others_latest()
            .map(|told| risk_row(&told.fact, told.place, told.times, veil)),
        marac: case.risk.marac.last().map(|told| MaracRow {
            place: told.place,
            answer: told.fact.answer,
            grounds: told.fact.grounds.clone(),
            reason: veil.maybe(&told.fact.reason),
            times: told.times,
        }),
        known_to_marac: case.risk.known_to_marac(),
    };
    view.wishes = case.wishes.as_ref().map(|told| veil.words(&told.fact.words));
    match case.own_view.as_ref().map(|told| &told.fact) {
        Some(OwnViewOfDangerTold::Told { words }) => view.own_view = Some(veil.words(words)),
        Some(OwnViewOfDangerTold::NotYet { because }) => view.own_view_not_yet = Some(veil.words(because)),
        None => {}
    }
    view.rhythm = case.rhythm.as_ref().map(|told| RhythmView {
        every_days: told.fact.every_days,
        how: veil.words(&told.fact.how),
        review_on: told.fact.review_on,
        until: told.fact.until,
    });
    view.timeline = timeline(case, grant, veil);
    view.still_to_ask = still_to_ask(case);
    view.joined_to = case.joined.as_ref().map(|told| told.fact.case);
    view.danger_not_acted_on = case.danger_not_acted_on().is_some();
    view.to_review = case
        .life_at_risk
        .iter()
        .filter(|at| at.reviewed.is_none())
        .map(|at| at.tried.place)
        .collect();
}

fn workers(case: &Case) -> Vec<WorkerRow> {
    let places = &case.workers;
    [&places.lead, &places.deputy, &places.cover]
        .into_iter()
        .flatten()
        .filter_map(|told| {
            let account = told.fact.account.filter(|account| !case.is_shut_out(*account))?;
            Some(WorkerRow {
                part: told.fact.part,
                account,
                wish: told.fact.wish,
                since: told.times,
            })
        })
        .collect()
}

pub(super) fn risk_row(assessed: &RiskAssessed, place: Position, times: Times, veil: &Veil) -> RiskRow {
    let answered = assessed.answered.as_ref();
    RiskRow {
        place,
        instrument: assessed.instrument.clone(),
        level: assessed.level.clone(),
        yes: assessed.yes,
        could_be: assessed
            .yes
            .zip(assessed.unknown)
            .map(|(yes, unknown)| yes.saturating_add(unknown)),
        evidence: assessed.evidence,
        agency: veil.maybe(&assessed.agency),
        of: answered.map_or_else(Vec::new, |answered| answered.perpetrators.clone()),
        version: answered.map(|answered| answered.version.clone()),
        judgement: answered.and_then(|answered| veil.maybe(&answered.judgement)),
        reason: veil.maybe(&assessed.reason),
        times,
    }
}
