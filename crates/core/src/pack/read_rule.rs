//! Reading promises, scales, gates and measures.

use super::clause::{ACTS, Counted, Denominator, Gate, MeasureOf, MeasureRule, Period, Scale, Target};
use super::condition::FactMatch;
use super::found::RefersTo;
use super::problem::{did_you_mean, nearest, quoted};
use super::read_condition::{condition, condition_at, fact, fact_at, span, span_at, values};
use super::read_due::due_by;
use super::read_plain::{STRENGTHS, clauses, listed};
use super::reader::Table;
use super::rule::{
    Ending, MetBy, NoticeAt, NoticeRule, ObligationRule, OtherRhythm, PauseRule, Start, Which,
};
use crate::coded::{Allowed, Kind, codes_of};
use crate::obligation::{OwedTo, WhichTime};

const TIMES: [(&str, WhichTime); 3] = [
    ("aware", WhichTime::Aware),
    ("happened", WhichTime::Happened),
    ("recorded", WhichTime::Recorded),
];

pub(super) const PERIODS: [(&str, Period); 3] = [
    ("month", Period::Month),
    ("quarter", Period::Quarter),
    ("year", Period::Year),
];

const OWED: [(&str, OwedTo); 5] = [
    ("survivor", OwedTo::Survivor),
    ("child", OwedTo::Child),
    ("adult_at_risk", OwedTo::AdultAtRisk),
    ("other", OwedTo::Other),
    ("landlord", OwedTo::Landlord),
];

pub(super) fn obligation(table: &Table<'_>) -> Option<ObligationRule> {
    let id = table.need_id();
    let title = table.need_text("title");
    let strength = table.need_choice("strength", &STRENGTHS);
    let due = due_by(table);
    let met_by: Vec<MetBy> = table.tables("met_by").iter().filter_map(met_by).collect();
    if !table.has("met_by") {
        table.wrong_here("nothing meets it", "add met_by = [ { fact = \"…\" } ]");
    }
    let starts: Vec<Start> = table.tables("starts").iter().filter_map(start).collect();
    if !table.has("starts") {
        table.wrong_here(
            "nothing starts it",
            "add starts = [ { fact = \"report_received\" } ]",
        );
    }
    let pause = table.table("pause").map(|pause| pause_rule(&pause));
    let on_a_day = due
        .as_ref()
        .is_some_and(|due| due.forms().iter().any(|form| form.is_a_day()));
    if pause.is_some() && on_a_day {
        let remedy = "leave pause out, or count from the start with every";
        table.wrong("pause", "a day of a calendar is not moved by a pause", remedy);
    }
    let owed_by_others = table
        .choice("owed_by", &[("us", false), ("others", true)])
        .unwrap_or_default();
    let repeats = due
        .as_ref()
        .is_some_and(|due| due.forms().iter().any(|form| form.repeats().is_some()));
    if owed_by_others && repeats {
        let remedy = "give others a time that is over once";
        table.wrong(
            "owed_by",
            "what others have promised comes again and again",
            remedy,
        );
    }
    let lapses_with = table.has("lapses_with").then(|| kinds(table, "lapses_with"));
    Some(ObligationRule {
        id,
        title,
        clauses: clauses(table),
        who: table.references("who", RefersTo::Role),
        owed_to: table.choice("owed_to", &OWED).unwrap_or_default(),
        starts,
        each_item: table.flag("each_item").unwrap_or(false),
        when: condition_at(table, "when"),
        met_by,
        parts: table.tables("parts").iter().filter_map(self::met_by).collect(),
        excuse: listed(table, "excuse", codes_of(Kind::ObligationExcused, "ground")),
        other_rhythm: other_rhythm(table),
        owed_by_others,
        pause,
        ends_with: table.tables("ends_with").iter().filter_map(whole_fact).collect(),
        lapses_with,
        warn: table
            .tables("warn")
            .iter()
            .filter_map(|notice| notice_rule(notice, true))
            .collect(),
        escalate: table
            .tables("escalate")
            .iter()
            .filter_map(|notice| notice_rule(notice, false))
            .collect(),
        stands_in_for: table.reference("stands_in_for", RefersTo::Obligation),
        note: table.text("note"),
        // Last, so that every key has been asked for: one left over would be called unknown.
        strength: strength?,
        due: due?,
    })
}

fn whole_fact(table: &Table<'_>) -> Option<FactMatch> {
    let read = fact(table);
    table.done();
    read
}

pub(super) fn kinds(table: &Table<'_>, key: &'static str) -> Vec<Kind> {
    let mut read = Vec::new();
    for (name, spot) in table.spotted_texts(key) {
        match Kind::named(&name) {
            Some(kind) => read.push(kind),
            None => {
                let near = nearest(&name, Kind::names());
                table.found().say(spot.problem(
                    format!("no fact is called {}", quoted(&name)),
                    did_you_mean(&near, &[]),
                ));
            }
        }
    }
    read
}

fn start(table: &Table<'_>) -> Option<Start> {
    let read = if table.has("after") {
        let endings = [
            ("met", Ending::Met),
            ("missed", Ending::Missed),
            ("excused", Ending::Excused),
            ("lapsed", Ending::Lapsed),
        ];
        let once = listed(table, "once", &endings.map(|(word, _)| word));
        if once.is_empty() {
            table.wrong_here(
                "nothing says how the other clock ended",
                "add once = [\"missed\"]",
            );
        }
        let once = endings
            .iter()
            .filter(|(word, _)| once.iter().any(|given| given == word))
            .map(|(_, end)| *end)
            .collect();
        table
            .reference("after", RefersTo::Obligation)
            .map(|rule| Start::After { rule, once })
    } else if table.has("condition") {
        condition_at(table, "condition").map(Start::Condition)
    } else if table.has("measure") {
        let measure = table.reference("measure", RefersTo::Target);
        let periods = table.count("under_target");
        if !table.has("under_target") || periods == Some(0) {
            let remedy = "add under_target = 2: for how many periods running";
            table.wrong_here("nothing says for how many periods", remedy);
        }
        measure
            .zip(periods)
            .map(|(measure, periods)| Start::UnderTarget { measure, periods })
    } else {
        let which = [
            ("each", Which::Each),
            ("first", Which::First),
            ("latest", Which::Latest),
        ];
        let counted_from = table.choice("at", &TIMES).unwrap_or_default();
        let which = table.choice("which", &which).unwrap_or_default();
        fact(table).map(|fact| Start::Fact {
            fact,
            counted_from,
            which,
        })
    };
    table.done();
    read
}

fn met_by(table: &Table<'_>) -> Option<MetBy> {
    let fact = fact(table);
    let no_older_than = span_at(table, "no_older_than");
    let any_age = table.flag("any_age").unwrap_or(false);
    let when = condition_at(table, "when");
    if any_age && no_older_than.is_some() {
        table.wrong(
            "any_age",
            "any age counts, and yet none older than a span",
            "keep one of the two",
        );
    }
    table.done();
    Some(MetBy {
        fact: fact?,
        no_older_than,
        any_age,
        when,
    })
}

/// `true`, or a table that says for how long an agreement may last.
fn other_rhythm(table: &Table<'_>) -> Option<OtherRhythm> {
    let is_table = matches!(table.json("other_rhythm"), Some(serde_json::Value::Object(_)));
    if !is_table {
        return table
            .flag("other_rhythm")
            .filter(|may| *may)
            .map(|_| OtherRhythm::default());
    }
    let inner = table.table("other_rhythm")?;
    let at_most = span_at(&inner, "at_most");
    inner.done();
    if at_most.is_none() {
        inner.wrong_here(
            "nothing says for how long",
            "add at_most = { n = 3, unit = \"months\" }, or write true",
        );
    }
    Some(OtherRhythm { at_most })
}

fn pause_rule(table: &Table<'_>) -> PauseRule {
    let rule = PauseRule {
        grounds: listed(table, "grounds", codes_of(Kind::PauseBegan, "ground")),
        by: table.references("by", RefersTo::Role),
        times: table.count("times"),
        days_in_all: table.count("days_in_all"),
    };
    if rule.grounds.is_empty() {
        table.wrong_here(
            "no ground for a pause is named",
            "add grounds = [\"survivor_asked\"]",
        );
    }
    table.done();
    rule
}

fn notice_rule(table: &Table<'_>, before: bool) -> Option<NoticeRule> {
    let share = table.count("share");
    let word = if before { "before" } else { "after" };
    let offset = span_at(table, word);
    let tell = table.references("tell", RefersTo::Role);
    if tell.is_empty() {
        table.wrong_here("nobody is told", "add tell = [\"a role\"]");
    }
    let at = match (share, offset) {
        (Some(share), None) => {
            let fits = if before {
                (1..100).contains(&share)
            } else {
                (100..=1000).contains(&share)
            };
            if !fits {
                let remedy = if before {
                    "write 1 to 99 percent"
                } else {
                    "write 100 to 1000 percent"
                };
                table.wrong("share", format!("a share of {share} percent"), remedy);
            }
            Some(NoticeAt::Share(share))
        }
        (None, Some(span)) => Some(NoticeAt::Offset(span)),
        (None, None) if !before => Some(NoticeAt::Share(100)),
        (Some(_), Some(_)) | (None, None) => {
            let remedy = format!("write share = 75, or {word} = {{ n = 1, unit = \"working_days\" }}");
            table.wrong_here("nothing single says when", remedy);
            None
        }
    };
    table.done();
    Some(NoticeRule { at: at?, tell })
}

pub(super) fn scale(table: &Table<'_>) -> Option<Scale> {
    let levels = table.texts("levels");
    if levels.is_empty() {
        table.wrong_here(
            "the scale has no level",
            "add levels, mildest first, such as [\"standard\", \"medium\", \"high\"]",
        );
    }
    let ungraded = table.text("ungraded");
    if let Some(level) = ungraded.as_ref().filter(|level| !levels.contains(level)) {
        let near = nearest(level, levels.iter().map(String::as_str));
        let known: Vec<&str> = levels.iter().map(String::as_str).collect();
        table.wrong(
            "ungraded",
            format!("{} is no level of this scale", quoted(level)),
            did_you_mean(&near, &known),
        );
    }
    let graded_by = table.tables("graded_by").iter().filter_map(grading).collect();
    Some(Scale {
        id: table.need_id(),
        title: table.need_text("title"),
        levels,
        ungraded,
        graded_by,
        clauses: clauses(table),
    })
}

fn grading(table: &Table<'_>) -> Option<(FactMatch, String)> {
    let fact = fact(table);
    let level = table.text("level").unwrap_or_else(|| "level".to_owned());
    if let Some(fact) = &fact {
        let fits = fact
            .kind
            .qualifier(&level)
            .is_some_and(|qualifier| qualifier.allowed == Allowed::Named);
        if !fits {
            table.wrong_here(
                format!("{} holds no level called {}", fact.kind.name(), quoted(&level)),
                "name a fact with a level, such as risk_assessed",
            );
        }
    }
    table.done();
    Some((fact?, level))
}

pub(super) fn gate(table: &Table<'_>) -> Option<Gate> {
    let acts: Vec<(&'static str, &'static str)> = ACTS.iter().map(|act| (*act, *act)).collect();
    let act = table.need_choice("act", &acts);
    let span_after = table.table("for").and_then(|inner| {
        let span = span(&inner);
        let after = fact_at(&inner, "after");
        if after.is_none() && !inner.has("after") {
            inner.wrong_here("nothing says after which fact", "add after = { fact = \"…\" }");
        }
        inner.done();
        Some((span?, after?))
    });
    let gate = Gate {
        id: table.need_id(),
        act: act.unwrap_or_default().to_owned(),
        stage: table.reference("stage", RefersTo::Stage),
        says: table.need_text("says"),
        until: condition_at(table, "until"),
        unless: condition_at(table, "unless"),
        span_after,
        roles: table.references("roles", RefersTo::Role),
        approved_by: table.reference("approved_by", RefersTo::Role),
        training: table.reference("training", RefersTo::Training),
        words_first: table.texts("words_first"),
        clauses: clauses(table),
        note: table.text("note"),
    };
    if gate.stage.is_some() && gate.act != "open_stage" {
        let remedy = "write act = \"open_stage\", or leave stage out";
        table.wrong("stage", "a stage of a plan is shut by another act", remedy);
    }
    let asks_nothing = gate.until.is_none()
        && gate.unless.is_none()
        && gate.span_after.is_none()
        && gate.roles.is_empty()
        && gate.approved_by.is_none()
        && gate.training.is_none()
        && gate.words_first.is_empty();
    if asks_nothing {
        let remedy = "add until, unless, for, roles, approved_by, training or words_first";
        table.wrong_here("the gate asks for nothing, so it is always open", remedy);
    }
    Some(gate)
}

pub(super) fn measure(table: &Table<'_>) -> Option<MeasureRule> {
    let of = [
        ("count", MeasureOf::Count),
        ("share", MeasureOf::Share),
        ("median", MeasureOf::Median),
        ("change", MeasureOf::Change),
    ];
    let denominators = [
        ("all", Denominator::All),
        ("asked", Denominator::Asked),
        ("answered", Denominator::Answered),
    ];
    let counts = table.table("counts").and_then(|counts| counted(&counts));
    if !table.has("counts") {
        table.wrong_here(
            "nothing says what it counts",
            "add counts = { obligation = \"…\" }, or cases_with",
        );
    }
    let target = table.table("target").and_then(|target| target_of(&target));
    let of = table.need_choice("of", &of);
    Some(MeasureRule {
        id: table.need_id(),
        title: table.need_text("title"),
        denominator: table.choice("denominator", &denominators).unwrap_or_default(),
        target,
        period: table.choice("period", &PERIODS).unwrap_or_default(),
        by: listed(table, "by", &["tier", "area", "team", "channel"]),
        late_records_count: table.flag("late_records_count").unwrap_or(false),
        clauses: clauses(table),
        note: table.text("note"),
        // Last, so that every key has been asked for: one left over would be called unknown.
        of: of?,
        counts: counts?,
    })
}

fn counted(table: &Table<'_>) -> Option<Counted> {
    let read = if table.has("obligation") {
        table
            .reference("obligation", RefersTo::Obligation)
            .map(Counted::Obligation)
    } else if let Some(with) = table.table("cases_with") {
        condition(&with).map(Counted::CasesWith)
    } else if table.has("cases") {
        table.flag("cases").map(|_| Counted::Cases)
    } else if let Some(answers) = table.table("answers") {
        let asked = fact_at(&answers, "asked");
        let answered = fact_at(&answers, "answered");
        let kind = answered.as_ref().map(|fact| fact.kind);
        let with = answers
            .table("says")
            .map(|says| values(&says, kind))
            .unwrap_or_default();
        answers.done();
        Some(Counted::Answers {
            asked: asked?,
            answered: answered?,
            with,
        })
    } else {
        table.wrong_here(
            "it counts nothing",
            "add obligation, cases_with, cases or answers",
        );
        None
    };
    table.done();
    read
}

fn target_of(table: &Table<'_>) -> Option<Target> {
    let (least, most) = (table.count("at_least"), table.count("at_most"));
    table.done();
    let target = match (least, most) {
        (Some(percent), None) => Target::AtLeast(percent),
        (None, Some(percent)) => Target::AtMost(percent),
        (Some(_), Some(_)) | (None, None) => {
            table.wrong_here(
                "the target is not one figure",
                "write at_least = 100, or at_most = 5",
            );
            return None;
        }
    };
    let (Target::AtLeast(percent) | Target::AtMost(percent)) = target;
    if percent > 100 {
        table.wrong_here(format!("a target of {percent} percent"), "write 0 to 100");
    }
    Some(target)
}
