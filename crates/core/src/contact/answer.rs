//! What the gate answers, and how it says so.

use jiff::Timestamp;
use jiff::civil::Date;

/// The gate's answer, with its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Yes, now.
    Yes {
        /// Until when, if it ends.
        until: Option<Timestamp>,
        /// What to mind.
        warnings: Vec<Warning>,
    },
    /// Only a live call by a person, who first asks whether it is still safe: the day to ask again has passed.
    AskFirst {
        /// Until when, if it ends.
        until: Option<Timestamp>,
        /// The day until which it could be relied on.
        relied_on_until: Date,
        /// What to mind.
        warnings: Vec<Warning>,
    },
    /// Safe, but not at this hour.
    NotNow {
        /// When it opens next.
        from: Timestamp,
        /// Until when it is then open.
        until: Option<Timestamp>,
    },
    /// Nobody has said that it is safe. Unknown means no.
    Unknown(Unknown),
    /// No, whenever.
    Never(Never),
    /// The person asked us not to make contact: she or he calls us.
    SheCallsUs,
    /// Only a person may use this way, never an automatic sender.
    PersonOnly(PersonOnly),
    /// The person has died.
    PersonDied,
}

/// Why it is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// The case has no such route.
    NoSuchRoute,
    /// This kind of route cannot be used in this way.
    NotThisWay,
    /// Nobody has said anything about it that counts.
    NeverAsked,
    /// It was said that it is no longer sure.
    NoLongerSure,
    /// The day to ask again has passed, and this way gives no chance to ask first.
    PastRecheck,
    /// The day to ask again has passed, and something since speaks against it.
    PastRecheckAndDoubtful,
    /// It is called safe, yet at no hour that ever comes.
    NoHours,
}

/// Why never.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Never {
    /// It has been called unsafe.
    CalledUnsafe,
    /// The same number, address or account was called unsafe at another time.
    UnsafeBefore,
    /// It belongs to somebody said to do harm.
    Perpetrators,
}

/// Why only a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonOnly {
    /// A perpetrator uses it too.
    SharedWithPerpetrator,
    /// Somebody else sees or uses it.
    SeenByOthers,
    /// A professional vouched for it; the person has not said so to us.
    Vouched,
    /// It must first be asked whether it is still safe.
    AskFirst,
}

/// What to mind even though the answer is yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// A perpetrator uses this too.
    SharedWithPerpetrator,
    /// Somebody else sees or uses it.
    SeenByOthers,
    /// A professional vouched for it.
    Vouched,
    /// Somebody else answered last time, or it was not sure who it was.
    Doubtful,
}

impl Answer {
    /// Whether a person may go ahead now.
    pub fn allows_a_person(&self) -> bool {
        match self {
            Answer::Yes { .. } | Answer::AskFirst { .. } => true,
            Answer::NotNow { .. }
            | Answer::Unknown(_)
            | Answer::Never(_)
            | Answer::SheCallsUs
            | Answer::PersonOnly(_)
            | Answer::PersonDied => false,
        }
    }

    /// The short name kept on the row of a contact ([`crate::fact::GateSaid`]).
    pub fn code(&self) -> &'static str {
        match self {
            Answer::Yes { .. } => "yes",
            Answer::AskFirst { .. } => "ask_first",
            Answer::NotNow { .. } => "not_now",
            Answer::Unknown(_) => "unknown",
            Answer::Never(_) | Answer::SheCallsUs | Answer::PersonOnly(_) | Answer::PersonDied => "never",
        }
    }

    /// When it stops being so by itself.
    pub fn until(&self) -> Option<Timestamp> {
        match self {
            Answer::Yes { until, .. } | Answer::AskFirst { until, .. } => *until,
            Answer::NotNow { from, .. } => Some(*from),
            Answer::Unknown(_)
            | Answer::Never(_)
            | Answer::SheCallsUs
            | Answer::PersonOnly(_)
            | Answer::PersonDied => None,
        }
    }

    /// What to mind.
    pub fn warnings(&self) -> &[Warning] {
        match self {
            Answer::Yes { warnings, .. } | Answer::AskFirst { warnings, .. } => warnings,
            Answer::NotNow { .. }
            | Answer::Unknown(_)
            | Answer::Never(_)
            | Answer::SheCallsUs
            | Answer::PersonOnly(_)
            | Answer::PersonDied => &[],
        }
    }

    /// The answer and its reason in plain words, with nothing about the person in them.
    pub fn says(&self) -> String {
        let london = super::london();
        let clock = |at: Timestamp| london.to_datetime(at).strftime("%A %-d %B, %H:%M").to_string();
        match self {
            Answer::Yes { until: None, .. } => "Yes. This way is safe at any time.".into(),
            Answer::Yes {
                until: Some(until), ..
            } => format!("Yes, until {}.", clock(*until)),
            Answer::AskFirst { relied_on_until, .. } => format!(
                "A call only, and ask first whether it is still safe: it could be relied on until {}.",
                relied_on_until.strftime("%-d %B %Y")
            ),
            Answer::NotNow { from, .. } => format!("Not now; from {}.", clock(*from)),
            Answer::Unknown(why) => why.says().into(),
            Answer::Never(why) => why.says().into(),
            Answer::SheCallsUs => "No. The person asked that we do not make contact: they contact us.".into(),
            Answer::PersonOnly(why) => why.says().into(),
            Answer::PersonDied => "No. The person has died.".into(),
        }
    }
}

impl Unknown {
    /// The reason in plain words.
    pub fn says(self) -> &'static str {
        match self {
            Unknown::NoSuchRoute => "No. We have not been told of this route.",
            Unknown::NotThisWay => "No. This kind of route cannot be used in this way.",
            Unknown::NeverAsked => {
                "No. The person has not said that this way is safe. Not known counts as no."
            }
            Unknown::NoLongerSure => {
                "No. It is no longer sure that this way is safe. Not known counts as no."
            }
            Unknown::PastRecheck => {
                "No. The day to ask again has passed, and this way leaves no chance to ask first."
            }
            Unknown::PastRecheckAndDoubtful => {
                "No. The day to ask again has passed, and what happened last speaks against it."
            }
            Unknown::NoHours => "No. Its safe hours never come. Ask the person again.",
        }
    }
}

impl Never {
    /// The reason in plain words.
    pub fn says(self) -> &'static str {
        match self {
            // The same words for both: where and when is not said, for there may be a case that the reader may not know of.
            Never::CalledUnsafe | Never::UnsafeBefore => "Never. This way has been called unsafe.",
            Never::Perpetrators => {
                "No. Somebody said to do harm uses this. It is never used to reach the person."
            }
        }
    }
}

impl PersonOnly {
    /// The reason in plain words.
    pub fn says(self) -> &'static str {
        match self {
            PersonOnly::SharedWithPerpetrator => "Only by a person: somebody said to do harm uses this too.",
            PersonOnly::SeenByOthers => "Only by a person: somebody else sees or uses this.",
            PersonOnly::Vouched => "Only by a person: a professional vouched for it.",
            PersonOnly::AskFirst => "Only by a person, who asks first whether it is still safe.",
        }
    }
}

impl Warning {
    /// What to mind, in plain words.
    pub fn says(self) -> &'static str {
        match self {
            Warning::SharedWithPerpetrator => {
                "Somebody said to do harm uses this too. Make sure who it is first."
            }
            Warning::SeenByOthers => "Somebody else sees or uses this. Make sure who it is first.",
            Warning::Vouched => "A professional said that it is safe. Ask the person too.",
            Warning::Doubtful => {
                "Last time it was somebody else, or not sure who. Make sure who it is first."
            }
        }
    }
}
