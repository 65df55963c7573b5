//! The contact banner as it is drawn: may I, how, never, what to say. Whole on the overview, a bar elsewhere.

use fanlight_core::words::Words;

use crate::forms::Link;
use crate::signs::{Icon, May};

/// One way that was called safe.
#[derive(Clone, Debug, Default)]
pub struct BannerWay {
    /// The number or address, while the gate lets this looker use it.
    pub value: Option<Words>,
    /// Said in its place while it is held back: "Shown from 12:30".
    pub instead_of_value: String,
    /// Whose it is and when it is safe.
    pub says: Words,
    /// What holds after that, and what to mind.
    pub after: Vec<Words>,
}

/// The contact banner.
#[derive(Clone, Debug, Default)]
pub struct ContactBanner {
    /// Whether it is drawn whole; otherwise as a bar.
    pub whole: bool,
    /// The answer.
    pub may: May,
    /// The answer in words: "Safe to call now, until 11:30".
    pub says: String,
    /// Who said so and when; in a bar, what else matters most.
    pub age: Words,
    /// Where it can be changed, or read whole from a bar; its words and address.
    pub change: Option<Link>,
    /// The heading over the ways: "Only this way".
    pub ways_heading: String,
    /// Ways that were called safe.
    pub ways: Vec<BannerWay>,
    /// What can be done to find a safe way, where there is none.
    pub find_out: Vec<Link>,
    /// The heading over what is not used: "Never", "Until then, not".
    pub never_heading: String,
    /// What is not used.
    pub never: Vec<Words>,
    /// What to say.
    pub say: Vec<Words>,
    /// Where the code word can be shown for a moment by a press (a POST); empty if there is none.
    pub code_word: String,
    /// The session's token for that press.
    pub csrf: String,
    /// Until when something else can be done: "Until 12:30".
    pub until: String,
    /// What can be done meanwhile.
    pub meanwhile: Vec<Link>,
    /// Where the one exception is explained, if it could apply; empty otherwise.
    pub life_at_risk: String,
}

impl ContactBanner {
    /// The drawing beside the answer.
    pub fn icon(&self) -> Icon {
        match self.may {
            May::Yes => Icon::Yes,
            May::No => Icon::No,
            May::NotKnown | May::NoneNeeded => Icon::Unknown,
        }
    }

    /// The stylesheet's word for the answer.
    pub fn class(&self) -> &'static str {
        match self.may {
            May::Yes => "fl-contact__now--yes",
            May::No => "fl-contact__now--no",
            May::NotKnown | May::NoneNeeded => "fl-contact__now--unknown",
        }
    }
}
