//! A risk instrument and the set of questions that is asked with it: its items in order, what a yes opens, and which yes
//! is serious by itself.

use crate::pack::{Pack, Problem};
use std::sync::LazyLock;

/// The file of the built-in set of questions.
const FILE: &str = include_str!("../../../../instruments/24-topics.toml");

/// The question set that every pack has: 24 topics in our own short words, for use beside the form that a worker was
/// trained on. The official forms are not ours to print (decision 0013).
pub static BUILT_IN: LazyLock<Vec<QuestionSet>> = LazyLock::new(|| {
    let read: Result<Vec<QuestionSet>, Vec<Problem>> =
        crate::pack::read_question_sets(&[("instruments/24-topics.toml", FILE)]);
    // A test reads the file; a release with a broken one does not leave the house.
    read.unwrap_or_default()
});

/// An instrument as assessments name it, with what is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instrument {
    /// Its id, as assessments name it.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What is asked.
    pub questions: QuestionSet,
}

impl Instrument {
    /// The instruments with which our own people ask, by this pack: those that it names, or else every set of questions
    /// under its own name.
    pub fn of(pack: &Pack) -> Vec<Instrument> {
        let named: Vec<Instrument> = pack
            .assessments
            .iter()
            .filter(|named| named.by.iter().any(|whose| whose == "us"))
            .filter_map(|named| {
                Some(Instrument {
                    id: named.id.clone(),
                    title: named.title.clone(),
                    questions: pack.question_set(&named.question_set)?.clone(),
                })
            })
            .collect();
        if !named.is_empty() {
            return named;
        }
        pack.question_sets.iter().map(Instrument::from).collect()
    }
}

/// A set of questions under its own name.
impl From<&QuestionSet> for Instrument {
    fn from(set: &QuestionSet) -> Self {
        Instrument {
            id: set.id.clone(),
            title: set.title.clone(),
            questions: set.clone(),
        }
    }
}

/// One set of questions in one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionSet {
    /// Its id.
    pub id: String,
    /// Its version: the items of one version never change.
    pub version: String,
    /// What it is called.
    pub title: String,
    /// The form that it is used beside, if it is no form of its own.
    pub use_beside: Option<String>,
    /// Its items, in the order in which they are asked. The count is over these.
    pub items: Vec<Item>,
    /// Further items that some answers open. They add nothing to the count.
    pub detail: Vec<Detail>,
}

/// One item: a short label, asked in the worker's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its id.
    pub id: String,
    /// The short label.
    pub label: String,
    /// What to ask besides.
    pub ask_also: Option<String>,
    /// What to do at once where the answer is yes.
    pub urgent: Option<String>,
    /// Whether a yes is reason enough by itself to think hard about a referral.
    pub weighty: bool,
    /// The further items that a yes opens, by the id of the [`Detail`].
    pub opens: Option<String>,
    /// The official wording, where the landlord may show it and has loaded it.
    pub wording: Option<String>,
}

/// Further items that a yes opens: of stalking, of honour-based abuse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The further items.
    pub items: Vec<Item>,
}

/// Official wording for one item, which a landlord may load where its owner allows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// The set.
    pub set: String,
    /// The item.
    pub item: String,
    /// The words.
    pub says: String,
}

impl QuestionSet {
    /// The item of an id, whether it counts or is further detail.
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.every_item().find(|item| item.id == id)
    }

    /// Every item, those that count first.
    pub fn every_item(&self) -> impl Iterator<Item = &Item> {
        self.items
            .iter()
            .chain(self.detail.iter().flat_map(|detail| &detail.items))
    }

    /// The further items that an item opens.
    pub fn opened_by(&self, item: &Item) -> Option<&Detail> {
        let opens = item.opens.as_ref()?;
        self.detail.iter().find(|detail| detail.id == *opens)
    }

    /// Puts official wording beside the labels of its items.
    pub(crate) fn word(&mut self, wording: &[Wording]) {
        let details = self.detail.iter_mut().flat_map(|detail| &mut detail.items);
        for item in self.items.iter_mut().chain(details) {
            let own = wording
                .iter()
                .find(|one| one.set == self.id && one.item == item.id);
            item.wording = own.map(|one| one.says.clone());
        }
    }
}
