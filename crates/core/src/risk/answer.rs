//! The answers to an instrument, and what they add up to.

use super::QuestionSet;
use crate::codes::codes;
use crate::words::Words;
use serde::{Deserialize, Serialize};

codes! {
    /// An answer to one item. Only a no is a no.
    Answer {
        Yes = "yes", "Yes";
        No = "no", "No";
        DontKnow = "dont_know", "Don’t know";
        NotAsked = "not_asked", "Not asked";
        Declined = "declined", "Declined";
    }
}

codes! {
    /// Who told us an answer, if it was not the person.
    ToldBy {
        Survivor = "survivor", "The person";
        Reporter = "reporter", "Whoever reported it";
        Professional = "professional", "A professional";
        Records = "records", "Our own records";
        Worker = "worker", "What the worker saw";
        Relative = "relative", "A relative or friend: to be asked again";
    }
}

/// The answer to one item, with who told us.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RiskAnswer {
    /// The item, by its id.
    pub item: String,
    /// The answer.
    pub answer: Answer,
    /// Who told us.
    pub told_by: ToldBy,
    /// Anything that was said with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Words>,
}

/// What the answers to the items that count add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// How many were yes.
    pub yes: u8,
    /// How many were no.
    pub no: u8,
    /// How many were not known.
    pub dont_know: u8,
    /// How many were said not to have been asked.
    pub not_asked: u8,
    /// How many were declined.
    pub declined: u8,
    /// How many have no answer yet.
    pub still_to_ask: u8,
}

impl Count {
    /// Counts the answers to the items of a set. Where an item is answered twice, the later answer counts.
    pub fn of(questions: &QuestionSet, answers: &[RiskAnswer]) -> Self {
        let mut count = Count::default();
        for item in &questions.items {
            let answer = answers.iter().rev().find(|answer| answer.item == item.id);
            let counted = match answer.map(|answer| answer.answer) {
                Some(Answer::Yes) => &mut count.yes,
                Some(Answer::No) => &mut count.no,
                Some(Answer::DontKnow) => &mut count.dont_know,
                Some(Answer::NotAsked) => &mut count.not_asked,
                Some(Answer::Declined) => &mut count.declined,
                None => &mut count.still_to_ask,
            };
            *counted = counted.saturating_add(1);
        }
        count
    }

    /// How many are not known: neither yes nor no.
    pub fn unknown(self) -> u8 {
        self.dont_know
            .saturating_add(self.not_asked)
            .saturating_add(self.declined)
            .saturating_add(self.still_to_ask)
    }

    /// As high as the count could be: what is not known may all be yes.
    pub fn could_be(self) -> u8 {
        self.yes.saturating_add(self.unknown())
    }

    /// The count in words: `9, could be 16`, or `9` where everything is known.
    pub fn in_words(self) -> String {
        if self.unknown() == 0 {
            self.yes.to_string()
        } else {
            format!("{}, could be {}", self.yes, self.could_be())
        }
    }
}
