//! The grounds on which a case may go to a MARAC: each by itself is enough, and none decides.

use super::{Answer, Count, MaracArea, QuestionSet, RepeatFrom, RiskAnswer};
use crate::codes::codes;
use jiff::ToSpan;
use jiff::civil::Date;

codes! {
    /// A ground for a referral.
    GroundKind {
        Judgement = "judgement", "Professional judgement";
        Count = "count", "Number of yes answers";
        Escalation = "escalation", "Getting worse";
        Repeat = "repeat", "Repeat";
        Local = "local", "A ground of this area";
    }
}

codes! {
    /// How a ground stands.
    GroundState {
        Stands = "stands", "Stands";
        CouldStand = "could_stand", "Could stand, once what is not known is known";
        ThinkHard = "think_hard", "A person decides, and there is reason to think hard";
        Decide = "decide", "A person decides";
        DoesNotStand = "does_not_stand", "Does not stand";
        NotStated = "not_stated", "The area states no number";
    }
}

/// One ground, how it stands, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// Which.
    pub kind: GroundKind,
    /// What it is called here.
    pub title: String,
    /// How it stands.
    pub state: GroundState,
    /// Why, in a sentence for whoever decides.
    pub because: String,
}

/// What is known besides the answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Known {
    /// How many incidents of the kind that the area counts are known within its window; nothing means not asked.
    pub incidents: Option<u16>,
    /// The day of the last referral of the same people.
    pub last_referred: Option<Date>,
    /// The day on which they were last heard.
    pub last_heard: Option<Date>,
}

/// How each ground of an area stands on a day, in the order in which people are shown them.
pub fn grounds(
    area: &MaracArea,
    questions: &QuestionSet,
    answers: &[RiskAnswer],
    known: Known,
    today: Date,
) -> Vec<Ground> {
    let count = (questions.id == area.question_set).then(|| Count::of(questions, answers));
    let mut all = vec![
        judgement(questions, answers),
        by_count(area, count),
        escalation(area, known),
        repeat(area, known, today),
    ];
    all.extend(area.local.iter().map(|(item, title)| local(answers, item, title)));
    all
}

fn judgement(questions: &QuestionSet, answers: &[RiskAnswer]) -> Ground {
    let weighty: Vec<&str> = questions
        .items
        .iter()
        .filter(|item| item.weighty && answer(answers, &item.id) == Some(Answer::Yes))
        .map(|item| item.label.as_str())
        .collect();
    let (state, because) = if weighty.is_empty() {
        (
            GroundState::Decide,
            "Your own judgement is a ground by itself. Write what it rests on.".to_owned(),
        )
    } else {
        (
            GroundState::ThinkHard,
            format!(
                "Reason by itself to think hard: {}. You decide, and write why.",
                weighty.join("; ")
            ),
        )
    };
    ground(
        GroundKind::Judgement,
        GroundKind::Judgement.label(),
        state,
        because,
    )
}

fn by_count(area: &MaracArea, count: Option<Count>) -> Ground {
    let (state, because) = match (area.count, count) {
        (None, _) => (
            GroundState::NotStated,
            "This area states no number of yes answers.".to_owned(),
        ),
        (Some(_), None) => (
            GroundState::Decide,
            "Counts of different sets of questions are not compared.".to_owned(),
        ),
        (Some(wanted), Some(count)) => {
            let state = if count.yes >= wanted {
                GroundState::Stands
            } else if count.could_be() >= wanted {
                GroundState::CouldStand
            } else {
                GroundState::DoesNotStand
            };
            (
                state,
                format!("{}. This area asks for {wanted}.", count.in_words()),
            )
        }
    };
    let title = area.count.map_or_else(
        || GroundKind::Count.label().to_owned(),
        |n| format!("{n} or more yes"),
    );
    ground(GroundKind::Count, &title, state, because)
}

fn escalation(area: &MaracArea, known: Known) -> Ground {
    let (state, because) = match (&area.escalation, known.incidents) {
        (None, _) => (
            GroundState::NotStated,
            "This area states no number of incidents.".to_owned(),
        ),
        (Some(wanted), None) => (
            GroundState::CouldStand,
            format!(
                "Ask how many {} there were in {} months; this area asks for {}.",
                wanted.of.label(),
                wanted.months,
                wanted.n
            ),
        ),
        (Some(wanted), Some(n)) => (
            if n >= wanted.n {
                GroundState::Stands
            } else {
                GroundState::DoesNotStand
            },
            format!(
                "{n} {} in {} months; this area asks for {}.",
                wanted.of.label(),
                wanted.months,
                wanted.n
            ),
        ),
    };
    ground(
        GroundKind::Escalation,
        GroundKind::Escalation.label(),
        state,
        because,
    )
}

/// The day exactly so many months after counts as within them.
fn repeat(area: &MaracArea, known: Known, today: Date) -> Ground {
    let Some(wanted) = &area.repeat else {
        let because = "This area does not say what a repeat is.".to_owned();
        return ground(
            GroundKind::Repeat,
            GroundKind::Repeat.label(),
            GroundState::NotStated,
            because,
        );
    };
    let since = match wanted.from {
        RepeatFrom::Referral => known.last_referred,
        RepeatFrom::Meeting => known.last_heard,
    };
    let title = format!("Repeat within {} months", wanted.months);
    let Some(since) = since else {
        let because = "No earlier referral of the same people is known to us.".to_owned();
        return ground(GroundKind::Repeat, &title, GroundState::DoesNotStand, because);
    };
    let last = since.saturating_add(i32::from(wanted.months).months());
    let (state, because) = if today <= last {
        (
            GroundState::Stands,
            format!(
                "Counted from {}, {since}: until {last}, whatever the count.",
                wanted.from.label()
            ),
        )
    } else {
        (
            GroundState::DoesNotStand,
            format!(
                "Counted from {}, {since}: it ended on {last}.",
                wanted.from.label()
            ),
        )
    };
    ground(GroundKind::Repeat, &title, state, because)
}

fn local(answers: &[RiskAnswer], item: &str, title: &str) -> Ground {
    let state = match answer(answers, item) {
        Some(Answer::Yes) => GroundState::Stands,
        Some(Answer::No) => GroundState::DoesNotStand,
        Some(Answer::DontKnow | Answer::NotAsked | Answer::Declined) | None => GroundState::CouldStand,
    };
    let because = "This area takes it by itself.".to_owned();
    ground(GroundKind::Local, title, state, because)
}

fn answer(answers: &[RiskAnswer], item: &str) -> Option<Answer> {
    let last = answers.iter().rev().find(|answer| answer.item == item);
    last.map(|answer| answer.answer)
}

fn ground(kind: GroundKind, title: &str, state: GroundState, because: String) -> Ground {
    Ground {
        kind,
        title: title.to_owned(),
        state,
        because,
    }
}
