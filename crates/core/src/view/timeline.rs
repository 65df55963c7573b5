//! The timeline: what has happened, in the order of the journal, each row with its three times.
//!
//! A row never holds a number, an address or a code word: those are shown by the banner and the page of people, each
//! through its own grant. A row about who is shut out exists only for those who may see that.

use super::Grant;
use super::case::{RiskRow, risk_row};
use super::veil::Veil;
use crate::case::{Case, Told};
use crate::fact::*;
use crate::ids::Position;
use crate::times::Times;
use crate::words::Words;
use serde::Serialize;

/// One row of the timeline.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TimelineRow {
    /// Where it stands; corrections name it.
    pub place: Position,
    /// The entry that is shown.
    pub entry: Position,
    /// The fact's stored name, for an icon or a filter.
    pub what: &'static str,
    /// What happened, in the field's words, with nobody's name in it.
    pub title: String,
    /// The level and the count, where it is an assessment of risk: the page says them in the pack's words.
    pub risk: Option<RiskRow>,
    /// What was said or written, each with what it is.
    pub lines: Vec<TimelineLine>,
    /// Who recorded it.
    #[serde(skip)]
    pub by: Actor,
    /// When it happened, when we knew, when it was recorded.
    pub times: Times,
    /// Whether it was written down on a later day than we knew of it.
    pub recorded_late: bool,
    /// Whether it took the place of something that was corrected.
    pub is_correction: bool,
    /// Whether what was corrected can be opened by this looker, with a reason.
    pub has_earlier: bool,
    /// Whether the contact went against what the gate said.
    pub against_gate: bool,
}

/// Words on a row, with what they are.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TimelineLine {
    /// What they are; nothing for the main words.
    pub label: Option<&'static str>,
    /// The words.
    pub words: Words,
}

/// What stood at a place before it was corrected or taken back.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EarlierRow {
    /// The row as it stood.
    pub row: TimelineRow,
}

pub(super) fn timeline(case: &Case, grant: &Grant, veil: &Veil) -> Vec<TimelineRow> {
    case.timeline
        .iter()
        .filter(|told| grant.shut_out || !is_about_who_is_shut_out(&told.fact))
        .map(|told| row(case, grant, veil, told))
        .collect()
}

/// What stood at this place before, for a looker who may open it. Opening it needs a reason, which casework records.
pub fn earlier(case: &Case, grant: &Grant, place: Position) -> Vec<EarlierRow> {
    if !grant.earlier {
        return Vec::new();
    }
    let veil = Veil::over(case, grant);
    case.history_of(place)
        .iter()
        .map(|told| EarlierRow {
            row: row(case, grant, &veil, told),
        })
        .collect()
}

fn is_about_who_is_shut_out(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::ShutOut(_) | Fact::LetBackIn(_) | Fact::StaffConnectionAnswered(_)
    )
}

fn row(case: &Case, grant: &Grant, veil: &Veil, told: &Told<Fact>) -> TimelineRow {
    let mut lines = Lines {
        veil,
        lines: Vec::new(),
    };
    let title = describe(&told.fact, &mut lines);
    let against_gate = match &told.fact {
        Fact::ContactMade(made) => made.gate.against,
        Fact::ContactTried(tried) => tried.gate.against,
        _ => false,
    };
    let risk = match &told.fact {
        Fact::RiskAssessed(assessed) => Some(risk_row(assessed, told.place, told.times, veil)),
        _ => None,
    };
    TimelineRow {
        place: told.place,
        entry: told.entry,
        what: told.fact.name(),
        title,
        risk,
        lines: lines.lines,
        by: told.by,
        times: told.times,
        recorded_late: told.recorded_late(),
        is_correction: told.is_correction(),
        has_earlier: grant.earlier && !case.history_of(told.place).is_empty(),
        against_gate,
    }
}

struct Lines<'a> {
    veil: &'a Veil,
    lines: Vec<TimelineLine>,
}

impl Lines<'_> {
    fn main(&mut self, words: &Words) {
        self.add(None, words);
    }

    fn maybe(&mut self, label: &'static str, words: &Option<Words>) {
        if let Some(words) = words {
            self.add(Some(label), words);
        }
    }

    fn labelled(&mut self, label: &'static str, words: &Words) {
        self.add(Some(label), words);
    }

    fn add(&mut self, label: Option<&'static str>, words: &Words) {
        if !words.is_blank() {
            let words = self.veil.words(words);
            self.lines.push(TimelineLine { label, words });
        }
    }
}

/// The row's title, and its words. No number, address or code word is among them.
fn describe(fact: &Fact, lines: &mut Lines<'_>) -> String {
    match fact {
        Fact::ReportReceived(report) => {
            lines.main(&report.words);
            lines.maybe("Who told us", &report.reporter);
            format!("Report received: {}", report.channel.label())
        }
        Fact::DangerAnswered(answer) => {
            lines.maybe("What was done", &answer.done);
            format!("In danger? {}", answer.danger.label())
        }
        Fact::ReportEnded(end) => {
            lines.labelled("Why", &end.reason);
            format!("Report ended: {}", end.end.label())
        }
        Fact::CaseOpened(_) => "Case opened".into(),
        Fact::CaseJoined(joined) => {
            lines.labelled("Why", &joined.reason);
            "Found to belong to another case".into()
        }
        Fact::PersonTold(told) => {
            lines.maybe("Name", &told.name);
            lines.maybe("More", &told.more);
            format!("Told about a person: {}", told.part.label())
        }
        Fact::HomeTold(_) => "Told about the home".into(),
        Fact::StaffConnectionAnswered(answer) => {
            lines.maybe("Who", &answer.who);
            format!("Does anybody involved work for us? {}", answer.answer.label())
        }
        Fact::ShutOut(shut) => {
            lines.labelled("Why", &shut.reason);
            if shut.suspected {
                "Shut out until a person decides".into()
            } else {
                "Shut out".into()
            }
        }
        Fact::LetBackIn(back) => {
            lines.labelled("Why", &back.reason);
            "Let back in".into()
        }
        Fact::Restricted(restricted) => {
            lines.labelled("Why", &restricted.reason);
            "Restricted to named people".into()
        }
        Fact::RestrictionLifted(lifted) => {
            lines.labelled("Why", &lifted.reason);
            "Restriction lifted".into()
        }
        Fact::WorkerNamed(named) => {
            lines.maybe("Why", &named.reason);
            match named.account {
                Some(_) => format!("{} named", named.part.label()),
                None => format!("{}: the place is vacant", named.part.label()),
            }
        }
        Fact::RouteTold(told) => format!("Told of a route: {}", told.kind.label()),
        Fact::SafeContactAgreed(agreed) => {
            lines.maybe("Vouched for by", &agreed.professional);
            format!("Safe contact: {}: {}", agreed.way.label(), agreed.verdict.label())
        }
        Fact::ContactWishesTold(wishes) => {
            lines.maybe("We say we are", &wishes.say_we_are);
            lines.maybe("If somebody else answers", &wishes.if_somebody_else);
            lines.maybe("More", &wishes.more);
            if wishes.no_contact {
                "Asked that we do not make contact".into()
            } else {
                "Said what to do whenever we make contact".into()
            }
        }
        Fact::ContactTried(tried) => {
            if let Some(words) = &tried.words {
                lines.main(words);
            }
            format!(
                "Tried to reach: {}. {}: {}",
                tried.with.label(),
                tried.way.label(),
                tried.end.label()
            )
        }
        Fact::ContactMade(made) => {
            lines.main(&made.words);
            lines.maybe("Present", &made.present);
            format!(
                "In contact: {}. {}: {}",
                made.with.label(),
                made.way.label(),
                made.direction.label()
            )
        }
        Fact::LifeAtRiskTried(tried) => {
            lines.labelled("Why", &tried.reason);
            lines.labelled("What would be said", &tried.script);
            format!("Life at risk: tried an unknown way. {}", tried.way.label())
        }
        Fact::LifeAtRiskReviewed(review) => {
            lines.main(&review.words);
            "Life-at-risk try looked at".into()
        }
        Fact::RhythmAgreed(agreed) => {
            lines.labelled("In what words", &agreed.how);
            format!("Agreed to be in contact every {} days", agreed.every_days)
        }
        Fact::NoteWritten(note) => {
            lines.main(&note.words);
            "Note".into()
        }
        Fact::WishesTold(wishes) => {
            lines.main(&wishes.words);
            "What the person wants to happen".into()
        }
        Fact::OwnViewOfDangerTold(view) => match view {
            OwnViewOfDangerTold::Told { words } => {
                lines.main(words);
                "How dangerous the person says it is".into()
            }
            OwnViewOfDangerTold::NotYet { because } => {
                lines.labelled("Why", because);
                "How dangerous the person says it is: not asked yet".into()
            }
        },
        Fact::RiskAssessed(assessed) => {
            lines.maybe("Agency", &assessed.agency);
            lines.maybe("Why", &assessed.reason);
            if let Some(answered) = &assessed.answered {
                lines.maybe("Professional judgement", &answered.judgement);
            }
            // The level and the count stand beside the title, for the page to say in the pack's words.
            format!("Risk assessed, {}", assessed.by.label().to_lowercase())
        }
        Fact::MaracDecided(decided) => {
            lines.maybe("Why", &decided.reason);
            format!("MARAC: {}", decided.answer.label())
        }
        Fact::SafetyPlanOffered(offered) => {
            if let Some(words) = &offered.words {
                lines.main(words);
            }
            format!("Safety plan offered: {}", offered.taken.label())
        }
        Fact::ActionPlanAgreed(plan) => {
            lines.main(&plan.words);
            format!("Action plan: {}", plan.with.label())
        }
        Fact::ObligationExcused(excused) => {
            lines.labelled("Why", &excused.reason);
            format!("Promise excused: {}", excused.ground.label())
        }
        Fact::PauseBegan(began) => {
            lines.labelled("Why", &began.reason);
            "Clock paused".into()
        }
        Fact::PauseEnded(_) => "Clock runs again".into(),
        Fact::NoSafeRouteFound(none) => {
            lines.main(&none.words);
            "No safe way known yet".into()
        }
        Fact::CaseClosed(closed) => {
            lines.main(&closed.words);
            match &closed.survivors_word {
                SurvivorsWord::Said { words, .. } => lines.labelled("What the person said", words),
                SurvivorsWord::NotHad { because } => {
                    lines.labelled("Why the person could not be asked", because)
                }
            }
            "Case closed".into()
        }
        Fact::CaseReturned(returned) => {
            lines.main(&returned.words);
            "Came back".into()
        }
        Fact::PersonDied(_) => "A person died".into(),
        Fact::MovedOutOfCare(moved) => {
            lines.main(&moved.words);
            "No longer in our care".into()
        }
        Fact::SaidStop(stop) => {
            lines.main(&stop.words);
            "Asked us to stop".into()
        }
        Fact::TakenBack(taken) => {
            lines.labelled("Why", &taken.reason);
            "Taken back".into()
        }
        Fact::BonesKept(_) => "Erased: what was promised and when is kept".into(),
    }
}
