//! What a pack can say about a promise: what starts it, on what it depends, when it is due, what meets it, what
//! excuses, pauses and ends it, and whom to warn. Closed vocabulary; no expression anywhere.

use super::condition::{Condition, FactMatch, Span};
use crate::calendar::{ClockTime, LeadTime, Place, Roll, Rule};
use crate::coded::Kind;
use crate::obligation::{OwedTo, Strength, WhichTime};
use std::collections::BTreeMap;

/// One promise, as a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct ObligationRule {
    /// Its id.
    pub id: String,
    /// What is to be done, in the pack's words.
    pub title: String,
    /// The clauses that promise it.
    pub clauses: Vec<String>,
    /// How strongly.
    pub strength: Strength,
    /// The posts that are to do it.
    pub who: Vec<String>,
    /// To whom it is owed.
    pub owed_to: OwedTo,
    /// Whether others have promised it, so that it is never our miss.
    pub owed_by_others: bool,
    /// What starts it.
    pub starts: Vec<Start>,
    /// Whether there is a clock for each item (child, action, agency, meeting) that its facts speak of.
    pub each_item: bool,
    /// On what it depends.
    pub when: Option<Condition>,
    /// When it is due.
    pub due: DueBy,
    /// What meets it: any one of these.
    pub met_by: Vec<MetBy>,
    /// What must all have happened too, each only if its condition holds.
    pub parts: Vec<MetBy>,
    /// The grounds on which it may be excused, besides there being no safe route, which is only explained.
    pub excuse: Vec<String>,
    /// Whether, and for how long, another rhythm may be agreed with the survivor.
    pub other_rhythm: Option<OtherRhythm>,
    /// When it may be paused; nothing if it may not.
    pub pause: Option<PauseRule>,
    /// What ends it besides closing, joining, death, moving away and her saying stop.
    pub ends_with: Vec<FactMatch>,
    /// What ends it instead of the usual, if the pack says so.
    pub lapses_with: Option<Vec<Kind>>,
    /// Whom to warn before it is due.
    pub warn: Vec<NoticeRule>,
    /// Whom to tell when it is late.
    pub escalate: Vec<NoticeRule>,
    /// The rule for which it stands in.
    pub stands_in_for: Option<String>,
    /// Anything a reader should know.
    pub note: Option<String>,
}

/// What starts a clock.
#[derive(Clone, Debug, PartialEq)]
pub enum Start {
    /// A fact.
    Fact {
        /// Which.
        fact: FactMatch,
        /// From which of its times it counts.
        counted_from: WhichTime,
        /// Every such fact, the first since the case began or came back, or only the latest.
        which: Which,
    },
    /// A condition coming true.
    Condition(Condition),
    /// Another clock ending in one of these ways.
    After {
        /// The other rule.
        rule: String,
        /// How it ended.
        once: Vec<Ending>,
    },
    /// A measure under its target for so many periods running.
    UnderTarget {
        /// The measure.
        measure: String,
        /// How many periods.
        periods: u32,
    },
}

/// Which of several starting facts counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// Each starts a clock.
    #[default]
    Each,
    /// The first since the case began, or since she came back.
    First,
    /// Each replaces the clock of the one before, unless that has been met or missed.
    Latest,
}

/// How another clock ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Met, in time or late.
    Met,
    /// Missed.
    Missed,
    /// Excused.
    Excused,
    /// Lapsed.
    Lapsed,
}

/// When a promise is due: in one way, or by a level of one of the pack's scales.
#[derive(Clone, Debug, PartialEq)]
pub enum DueBy {
    /// In one way.
    One(DueForm),
    /// By level.
    Tier(Tiers),
}

/// Due times by level.
#[derive(Clone, Debug, PartialEq)]
pub struct Tiers {
    /// The scale.
    pub scale: String,
    /// The due time of each level that has one.
    pub due: BTreeMap<String, DueForm>,
    /// From when a later grade counts.
    pub later: LaterGrade,
    /// Whether a set date stands when the level is lowered.
    pub set_dates_stand: bool,
}

/// From when a grade counts that is given after the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LaterGrade {
    /// From the clock's start.
    #[default]
    Start,
    /// From the change.
    Change,
    /// Whichever due time is earlier, the old or the new.
    Earlier,
}

/// A way to be due.
#[derive(Clone, Debug, PartialEq)]
pub enum DueForm {
    /// Counted once from the start.
    Rule(Rule),
    /// Again and again.
    Rhythm(Rhythm),
    /// Again and again, in a rhythm that changes after a span.
    Changing(Vec<Stage>),
    /// On a day of every week, month, quarter or year.
    Place {
        /// Which day.
        place: Place,
        /// How many times in all, if it ends by itself.
        times: Option<u32>,
    },
    /// Ahead of each meeting of a calendar that is kept, or on its day.
    BeforeMeeting {
        /// Which calendar: the id of a `[[meeting]]`.
        meeting: String,
        /// How long before; nothing means on the day.
        lead: Option<LeadTime>,
        /// By what time of that day; nothing means its end.
        at: Option<ClockTime>,
        /// How many meetings in all, if it ends by itself.
        times: Option<u32>,
    },
    /// So long before a date that a fact names, or on it.
    BeforeDate {
        /// The fact that names the date; the latest counts.
        fact: FactMatch,
        /// The qualifier that holds it.
        date: String,
        /// How long before; nothing means by the end of that day.
        lead: Option<LeadTime>,
    },
    /// Before another fact, or with it.
    BeforeFact(FactMatch),
    /// The earliest of several.
    EarliestOf(Vec<DueForm>),
    /// The latest of several.
    LatestOf(Vec<DueForm>),
    /// At each of several offsets from the start, then a rhythm.
    Offsets {
        /// The offsets.
        of: Vec<Rule>,
        /// What comes after the last.
        then: Option<Rhythm>,
    },
    /// The policy states no number.
    NotStated {
        /// The policy's own word (`promptly`).
        word: String,
        /// The figure the landlord sets, shown as its own.
        own: Option<Box<DueForm>>,
    },
}

/// Something due every so often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rhythm {
    /// How many.
    pub every: u32,
    /// Of what.
    pub unit: RhythmUnit,
    /// Counted from the last time, or from the start without drift.
    pub from: RhythmFrom,
    /// Where a due date goes that is not worked.
    pub roll: Roll,
    /// How many times in all, if it ends by itself.
    pub times: Option<u32>,
}

/// One rhythm of several that follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stage {
    /// The rhythm.
    pub rhythm: Rhythm,
    /// How long it lasts; the last one lasts.
    pub lasts: Option<Span>,
}

/// The unit of a rhythm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RhythmUnit {
    /// Calendar days.
    Days,
    /// Working days.
    WorkingDays,
    /// Weeks.
    Weeks,
    /// Months.
    Months,
}

/// What each time of a rhythm is counted from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RhythmFrom {
    /// From the fact that last met it.
    #[default]
    Last,
    /// From the start, so that it never drifts.
    Anchor,
}

/// A fact that meets a promise.
#[derive(Clone, Debug, PartialEq)]
pub struct MetBy {
    /// Which.
    pub fact: FactMatch,
    /// How long before the start it may have happened; nothing means that it must happen after the start.
    pub no_older_than: Option<Span>,
    /// Whether anything before the start counts, however old.
    pub any_age: bool,
    /// When it counts at all.
    pub when: Option<Condition>,
}

/// How another rhythm may be agreed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OtherRhythm {
    /// How long an agreement lasts at most.
    pub at_most: Option<Span>,
}

/// How a promise may be paused.
#[derive(Clone, Debug, PartialEq)]
pub struct PauseRule {
    /// On which grounds.
    pub grounds: Vec<String>,
    /// By which posts; none named means by whoever works on the case.
    pub by: Vec<String>,
    /// How often.
    pub times: Option<u32>,
    /// How many days in all.
    pub days_in_all: Option<u32>,
}

/// Whom to tell, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct NoticeRule {
    /// When.
    pub at: NoticeAt,
    /// The posts that are told.
    pub tell: Vec<String>,
}

/// When a notice comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeAt {
    /// When this share of the time has gone, in percent; over 100 is after the due time.
    Share(u32),
    /// So long before the due time, or after it.
    Offset(Span),
}

impl DueForm {
    /// The rule in the pack's words, for people and for the index.
    pub fn name(&self) -> String {
        match self {
            DueForm::Rule(rule) => rule_name(rule),
            DueForm::Rhythm(rhythm) => rhythm.name(),
            DueForm::Changing(stages) => {
                let each: Vec<String> = stages.iter().map(Stage::name).collect();
                each.join(", then ")
            }
            DueForm::Place { place, .. } => place.name(),
            DueForm::BeforeMeeting { meeting, .. } => format!("ahead of each meeting of {meeting}"),
            DueForm::BeforeDate { lead: None, .. } => "on a planned date".to_owned(),
            DueForm::BeforeDate { .. } => "before a planned date".to_owned(),
            DueForm::BeforeFact(fact) => format!("before {}", fact.kind.name()),
            DueForm::EarliestOf(several) => format!("earliest of {}", names(several)),
            DueForm::LatestOf(several) => format!("latest of {}", names(several)),
            DueForm::Offsets { .. } => "at offsets".to_owned(),
            DueForm::NotStated { word, .. } => format!("not stated ({word})"),
        }
    }

    /// Whether a fact of this kind can set or move its date.
    pub(crate) fn waits_for(&self, kind: Kind) -> bool {
        match self {
            DueForm::BeforeDate { fact, .. } | DueForm::BeforeFact(fact) => fact.kind == kind,
            DueForm::BeforeMeeting { .. } => kind == Kind::MeetingPlanned,
            DueForm::EarliestOf(several) | DueForm::LatestOf(several) => {
                several.iter().any(|one| one.waits_for(kind))
            }
            DueForm::NotStated { own: Some(own), .. } => own.waits_for(kind),
            DueForm::Rule(_)
            | DueForm::Rhythm(_)
            | DueForm::Changing(_)
            | DueForm::Place { .. }
            | DueForm::Offsets { .. }
            | DueForm::NotStated { own: None, .. } => false,
        }
    }

    /// How it comes again, if it does: counted from the last time, or without drift.
    pub fn repeats(&self) -> Option<RhythmFrom> {
        match self {
            DueForm::Rhythm(rhythm) => Some(rhythm.from),
            DueForm::Changing(stages) => stages.first().map(|stage| stage.rhythm.from),
            DueForm::Place { .. } | DueForm::BeforeMeeting { .. } | DueForm::Offsets { .. } => {
                Some(RhythmFrom::Anchor)
            }
            DueForm::NotStated { own: Some(own), .. } => own.repeats(),
            DueForm::Rule(_)
            | DueForm::BeforeDate { .. }
            | DueForm::BeforeFact(_)
            | DueForm::EarliestOf(_)
            | DueForm::LatestOf(_)
            | DueForm::NotStated { own: None, .. } => None,
        }
    }

    /// How often it comes in all, if it ends by its count.
    pub fn times(&self) -> Option<u32> {
        match self {
            DueForm::Rhythm(rhythm) => rhythm.times,
            DueForm::Changing(_) => None,
            DueForm::Place { times, .. } | DueForm::BeforeMeeting { times, .. } => *times,
            DueForm::Offsets { of, then } => {
                let after = then.map_or(Some(0), |then| then.times)?;
                u32::try_from(of.len()).ok()?.checked_add(after)
            }
            DueForm::NotStated { own: Some(own), .. } => own.times(),
            DueForm::Rule(_)
            | DueForm::BeforeDate { .. }
            | DueForm::BeforeFact(_)
            | DueForm::EarliestOf(_)
            | DueForm::LatestOf(_)
            | DueForm::NotStated { own: None, .. } => None,
        }
    }

    /// Whether it is a day of a calendar, which no pause moves.
    pub(crate) fn is_a_day(&self) -> bool {
        match self {
            DueForm::Place { .. } | DueForm::BeforeMeeting { .. } => true,
            DueForm::NotStated { own: Some(own), .. } => own.is_a_day(),
            DueForm::EarliestOf(several) | DueForm::LatestOf(several) => {
                several.iter().any(DueForm::is_a_day)
            }
            DueForm::Rule(_)
            | DueForm::Rhythm(_)
            | DueForm::Changing(_)
            | DueForm::Offsets { .. }
            | DueForm::BeforeDate { .. }
            | DueForm::BeforeFact(_)
            | DueForm::NotStated { own: None, .. } => false,
        }
    }
}

impl DueBy {
    /// Every way to be due in it.
    pub fn forms(&self) -> Vec<&DueForm> {
        match self {
            DueBy::One(form) => vec![form],
            DueBy::Tier(tiers) => tiers.due.values().collect(),
        }
    }
}

impl Stage {
    fn name(&self) -> String {
        match self.lasts {
            Some(span) => format!("{} for {}", self.rhythm.name(), span.name()),
            None => self.rhythm.name(),
        }
    }
}

impl Rhythm {
    /// The rhythm in words.
    pub fn name(&self) -> String {
        let unit = match self.unit {
            RhythmUnit::Days => "days",
            RhythmUnit::WorkingDays => "working days",
            RhythmUnit::Weeks => "weeks",
            RhythmUnit::Months => "months",
        };
        let from = match self.from {
            RhythmFrom::Last => "the last time",
            RhythmFrom::Anchor => "the start",
        };
        format!("every {} {unit} from {from}", self.every)
    }
}

/// A calendar rule with its count: `working_days_end_of_day 1`.
pub(crate) fn rule_name(rule: &Rule) -> String {
    match rule {
        Rule::WorkingDaysEndOfDay { n }
        | Rule::WorkingDaysCloseOfBusiness { n }
        | Rule::WorkingDaysSameClockTime { n }
        | Rule::BusinessHours { n }
        | Rule::ElapsedHours { n }
        | Rule::ElapsedMinutes { n }
        | Rule::SameClockTimeDays { n }
        | Rule::CalendarDaysEndOfDay { n, .. }
        | Rule::WeeksEndOfDay { n, .. }
        | Rule::MonthsEndOfDay { n, .. } => format!("{} {n}", rule.name()),
        Rule::EveryWeeksKth { n, k, .. } | Rule::EveryMonthsKth { n, k, .. } => {
            format!("{} {n}, time {k}", rule.name())
        }
        Rule::SameCalendarDay {} | Rule::SameWorkingDay {} => rule.name().to_owned(),
    }
}

fn names(several: &[DueForm]) -> String {
    several.iter().map(DueForm::name).collect::<Vec<_>>().join(", ")
}
