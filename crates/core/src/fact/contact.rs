//! Facts about reaching people: routes, what was said about their safety, tries and contacts.
//!
//! A try is not a contact. What has happened can always be recorded, whatever the gate says.

use crate::codes::codes;
use crate::fact::report::YesNo;
use crate::ids::{AccountId, PersonId, RouteId};
use crate::words::Words;
use jiff::civil::{Date, Time, Weekday};
use serde::{Deserialize, Serialize};

codes! {
    /// What a route is.
    RouteKind {
        Telephone = "telephone", "Telephone number";
        Email = "email", "Email address";
        Post = "post", "Postal address";
        Place = "place", "Place to visit or meet";
        App = "app", "App or portal account";
        Through = "through", "Through somebody else";
    }
}

codes! {
    /// A way of using a route. Each is safe or not by itself: a number safe to call may be unsafe to text.
    Way {
        Call = "call", "Call";
        Voicemail = "voicemail", "Leave a voicemail";
        Text = "text", "Text";
        Email = "email", "Email";
        Letter = "letter", "Letter";
        Visit = "visit", "Visit or meet";
        App = "app", "App or portal message";
        Through = "through", "Message through somebody else";
    }
}

impl Way {
    /// Whether it happens live, by voice or face to face, so that one can first ask whether it is safe.
    pub fn is_live(self) -> bool {
        match self {
            Way::Call | Way::Visit => true,
            Way::Voicemail | Way::Text | Way::Email | Way::Letter | Way::App | Way::Through => false,
        }
    }

    /// The ways in which a kind of route can be used.
    pub fn of(kind: RouteKind) -> &'static [Way] {
        match kind {
            RouteKind::Telephone => &[Way::Call, Way::Voicemail, Way::Text],
            RouteKind::Email => &[Way::Email],
            RouteKind::Post => &[Way::Letter, Way::Visit],
            RouteKind::Place => &[Way::Visit],
            RouteKind::App => &[Way::App],
            RouteKind::Through => &[Way::Through],
        }
    }
}

codes! {
    /// What was said about a way of using a route.
    Verdict {
        Safe = "safe", "Safe";
        Unsafe = "unsafe", "Not safe, never use it";
        Unknown = "unknown", "No longer sure: ask again";
    }
}

codes! {
    /// Who said so.
    SaidBy {
        Person = "person", "The person";
        Professional = "professional", "A named professional who asked the person";
    }
}

/// We were told of a way by which a person might be reached. Being told is not being told that it is safe.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RouteTold {
    /// The route.
    pub route: RouteId,
    /// Whose it is.
    pub person: PersonId,
    /// What it is.
    pub kind: RouteKind,
    /// The number, address or name.
    pub value: Words,
    /// Who else sees or uses it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared_with: Option<Words>,
}

/// Hours in which a way is safe, in the person's own local time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SafeHours {
    /// On which days; empty means every day.
    #[serde(default, with = "days")]
    pub days: Vec<Weekday>,
    /// From.
    pub from: Time,
    /// Until, not included; midnight (00:00) means the end of the day.
    pub until: Time,
}

mod days {
    use jiff::civil::Weekday;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(days: &[Weekday], serializer: S) -> Result<S::Ok, S::Error> {
        let numbers: Vec<i8> = days.iter().map(|day| day.to_monday_one_offset()).collect();
        numbers.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Weekday>, D::Error> {
        Vec::<i8>::deserialize(deserializer)?
            .into_iter()
            .map(|number| Weekday::from_monday_one_offset(number).map_err(serde::de::Error::custom))
            .collect()
    }
}

/// A way of using a route was called safe or unsafe. The newest about the same way wins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SafeContactAgreed {
    /// The route.
    pub route: RouteId,
    /// The way of using it.
    pub way: Way,
    /// Safe, unsafe, or no longer sure.
    pub verdict: Verdict,
    /// When it is safe; empty means at any time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<SafeHours>,
    /// Who said so.
    pub said_by: SaidBy,
    /// The professional's name and organisation, if it was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub professional: Option<Words>,
    /// The last date on which to rely on it without asking again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recheck_on: Option<Date>,
}

/// What a person wants whenever we make contact: whole, the newest takes the older one's place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ContactWishesTold {
    /// Whose wishes.
    pub person: Option<PersonId>,
    /// Who we say we are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub say_we_are: Option<Words>,
    /// What to say if somebody else answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub if_somebody_else: Option<Words>,
    /// The word by which she proves it is her.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_word: Option<Words>,
    /// The word that means: not safe, end this now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duress_word: Option<Words>,
    /// What she asked us to do when she uses it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub if_duress: Option<Words>,
    /// Whether she wants no contact from us at all: she calls us.
    #[serde(default)]
    pub no_contact: bool,
    /// Anything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub more: Option<Words>,
}

codes! {
    /// With whom.
    With {
        Survivor = "survivor", "The survivor";
        Perpetrator = "perpetrator", "A perpetrator";
        Child = "child", "A child";
        Trusted = "trusted", "Somebody the survivor trusts";
        Professional = "professional", "A professional of another agency";
        Reporter = "reporter", "Whoever told us";
        Other = "other", "Somebody else";
    }
}

codes! {
    /// Who started it.
    Direction {
        Out = "out", "We contacted them";
        In = "in", "They contacted us";
    }
}

codes! {
    /// How a try ended.
    TryEnd {
        NoAnswer = "no_answer", "No answer";
        SomebodyElse = "somebody_else", "Somebody else answered";
        NotSafeToTalk = "not_safe_to_talk", "Could not talk";
        LeftMessage = "left_message", "A message was left";
        Undelivered = "undelivered", "It did not arrive";
        SentNoReply = "sent_no_reply", "Sent, no reply yet";
        Other = "other", "Another way";
    }
}

/// What the gate said when it was asked, kept on the row of the contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateSaid {
    /// `yes`, `ask_first`, `not_now`, `unknown`, `never`, or `not_asked` when somebody contacted us.
    pub answer: String,
    /// Whether what was done went against it.
    pub against: bool,
}

/// We tried to reach somebody and did not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContactTried {
    /// Whom.
    pub with: With,
    /// The person, if it is one of the case's people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// By which route.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<RouteId>,
    /// In which way.
    pub way: Way,
    /// How it ended.
    pub end: TryEnd,
    /// What happened, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Words>,
    /// What the gate said.
    pub gate: GateSaid,
}

/// We were in contact with somebody.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContactMade {
    /// With whom.
    pub with: With,
    /// The person, if it is one of the case's people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// By which route, if we know it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<RouteId>,
    /// In which way.
    pub way: Way,
    /// Who started it.
    pub direction: Direction,
    /// Whether it is sure that it was the person.
    pub sure_it_was: YesNo,
    /// Whether we asked if the route is still safe, and the answer.
    pub still_safe: YesNo,
    /// Who interpreted and who was present, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub present: Option<Words>,
    /// What was said and agreed, as facts.
    pub words: Words,
    /// What the gate said.
    pub gate: GateSaid,
}

/// Life was at risk, and a person decided to try an unknown route, by voice or face to face only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LifeAtRiskTried {
    /// The person to be reached.
    pub person: PersonId,
    /// The route.
    pub route: RouteId,
    /// The way, which is live.
    pub way: Way,
    /// Why life is at risk.
    pub reason: Words,
    /// What will be said, so that nothing is given away.
    pub script: Words,
    /// The second person who was asked first, if one answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed_by: Option<AccountId>,
    /// The second person who is told at once, when none answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<AccountId>,
}

/// The second person looked at a life-at-risk try afterwards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LifeAtRiskReviewed {
    /// The entry of the try.
    pub of: crate::ids::Position,
    /// What they think.
    pub words: Words,
}

/// How often we are in contact was expressly agreed with the survivor. Silence is never agreement (settle 7.4b).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RhythmAgreed {
    /// Every so many days.
    pub every_days: u16,
    /// In what form she said so.
    pub how: Words,
    /// Until when it holds; nothing means until the review.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// When it is looked at again.
    pub review_on: Date,
}

/// There is no safe way to reach the person yet: a state of its own, with a review.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NoSafeRouteFound {
    /// What was tried or considered.
    pub words: Words,
    /// When it is looked at again.
    pub review_on: Date,
}
