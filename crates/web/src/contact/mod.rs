//! Contact: the banner that every page of a case carries, and the pages for recording contact and its safe ways.

mod banner;

use askama::Template;
use fanlight_core::words::Words;

pub use banner::{BannerWay, ContactBanner};

use crate::forms::{Form, Link, Note, Step};
use crate::layout::{CaseFrame, Frame};
use crate::signs::{Icon, WaySign};
use crate::work::Suggestion;

/// The gate's answer to one way of one route, now.
#[derive(Clone, Debug, Default)]
pub struct GateLine {
    /// The answer, as a sign.
    pub sign: WaySign,
    /// Which route it is about: "Her own mobile, ending 143".
    pub route: Words,
    /// The number or address, while the gate lets this looker use it.
    pub value: Option<Words>,
    /// The answer's reason, and what to mind.
    pub says: Vec<String>,
    /// Where to ask again or see what else can be done, if the answer is no.
    pub more: Option<Link>,
}

/// Somebody contacts us and says that it is the person: what to say first, and nothing else yet.
#[derive(Clone, Debug, Default)]
pub struct Incoming {
    /// What to say: as who the person asked us to be, and the question.
    pub say: Words,
    /// Where the two words can be shown for a moment by a press (a POST); empty if there are none.
    pub code_word: String,
    /// The session's token for that press.
    pub csrf: String,
}

/// The gate's answer first, then what happened: a contact and a try are recorded on one page.
#[derive(Template)]
#[template(path = "contact/record.html")]
pub struct RecordContactPage {
    /// The frame.
    pub frame: Frame,
    /// The case.
    pub case: CaseFrame,
    /// What to say first, if somebody contacts us.
    pub incoming: Option<Incoming>,
    /// The gate's answers, those that are "yes" first.
    pub gate: Vec<GateLine>,
    /// The form. Recording is never refused.
    pub form: Form,
    /// The steps, if it is one of several.
    pub steps: Vec<Step>,
    /// What to know, beside it.
    pub notes: Vec<Note>,
}

/// A part of a day, in hundredths of the width of the drawing.
#[derive(Clone, Debug, Default)]
pub struct Span {
    /// Where it begins: "37.50".
    pub from: String,
    /// How wide it is: "12.50".
    pub width: String,
}

/// Today's safe hours as a drawing. It says nothing that the text does not say.
#[derive(Clone, Debug, Default)]
pub struct HoursBar {
    /// The whole of it in words.
    pub says: String,
    /// Safe spans.
    pub safe: Vec<Span>,
    /// Where now is.
    pub now: String,
    /// The words at "now".
    pub now_words: String,
    /// The words over the first safe span.
    pub safe_words: String,
    /// Marks along the foot: where, and what.
    pub marks: Vec<(String, String)>,
}

impl HoursBar {
    /// A bar of a day from `opens` to `closes`, in minutes after midnight, with what is safe and what the time is.
    pub fn of_day(opens: u16, closes: u16, safe: &[(u16, u16)], now: u16) -> Self {
        let at = |minute: u16| {
            let minute = f32::from(minute.clamp(opens, closes) - opens);
            100.0 * minute / f32::from(closes.saturating_sub(opens).max(1))
        };
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        let spans = |(from, to): &(u16, u16)| Span {
            from: format!("{:.2}", at(*from)),
            width: format!("{:.2}", at(*to) - at(*from)),
        };
        let words: Vec<String> = safe
            .iter()
            .map(|(from, to)| format!("{} to {}", clock(*from), clock(*to)))
            .collect();
        let safe_words = if words.is_empty() {
            String::new()
        } else {
            format!("Safe, {}", words.join(" and "))
        };
        let says = format!(
            "Today from {} to {}. {} It is {} now.",
            clock(opens),
            clock(closes),
            if words.is_empty() {
                "No safe time today.".to_owned()
            } else {
                format!("{safe_words}.")
            },
            clock(now)
        );
        let marks = (0..=4)
            .map(|quarter| opens + (closes.saturating_sub(opens)) / 4 * quarter)
            .map(|minute| (format!("{:.2}", at(minute)), clock(minute)))
            .collect();
        HoursBar {
            says,
            safe: safe.iter().map(spans).collect(),
            now: format!("{:.2}", at(now)),
            now_words: format!("Now, {}", clock(now)),
            safe_words,
            marks,
        }
    }

    /// Whether "now" lies so near the right end that its words must stand on its left.
    pub fn now_is_late(&self) -> bool {
        self.now.parse::<f32>().is_ok_and(|at| at > 12.0)
    }
}

/// "You can call now": the number, what to say, and the way to record what happens.
#[derive(Template)]
#[template(path = "contact/may.html")]
pub struct MayContactPage {
    /// The frame.
    pub frame: Frame,
    /// The case.
    pub case: CaseFrame,
    /// "You can call Amira now, until 12:30".
    pub title: Words,
    /// The answer's reason, and what to mind.
    pub says: Vec<String>,
    /// Which route: "Telephone number ending 143".
    pub route: Words,
    /// The number or address.
    pub value: Option<Words>,
    /// Said in its place if this looker does not see it.
    pub instead_of_value: String,
    /// What to say, in order.
    pub say: Vec<Words>,
    /// The ways on, the main one first.
    pub links: Vec<Link>,
    /// What to know, beside it.
    pub notes: Vec<Note>,
}

/// "You cannot call now": the reason first, then what to do instead, in order of usefulness. It blames nobody.
#[derive(Template)]
#[template(path = "contact/cannot.html")]
pub struct CannotContactPage {
    /// The frame.
    pub frame: Frame,
    /// The case.
    pub case: CaseFrame,
    /// "You cannot call Amira now".
    pub title: Words,
    /// Why, and until when.
    pub why: Words,
    /// Today's safe hours, if there are any to draw.
    pub hours: Option<HoursBar>,
    /// What can be done instead.
    pub instead: Vec<Suggestion>,
    /// What to do if somebody is in danger now.
    pub danger: Vec<String>,
    /// What was stopped, what is kept, which rule.
    pub notes: Vec<Note>,
}

/// One way of one route, with what was said about it and what the gate says now.
#[derive(Clone, Debug, Default)]
pub struct WayLine {
    /// The gate's answer, as a sign.
    pub sign: WaySign,
    /// What was said, by whom, when, in which hours, until when.
    pub said: Words,
    /// Where it can be changed.
    pub change: Option<Link>,
}

/// A route with its ways.
#[derive(Clone, Debug, Default)]
pub struct RouteCard {
    /// Its drawing.
    pub icon: Option<Icon>,
    /// What it is: "Telephone number, ending 143".
    pub title: Words,
    /// The number or address, while the gate lets this looker use it.
    pub value: Option<Words>,
    /// Said in its place while it is held back.
    pub instead_of_value: String,
    /// Who else sees or uses it.
    pub shared_with: Option<Words>,
    /// Its ways.
    pub ways: Vec<WayLine>,
    /// What can be done with it.
    pub links: Vec<Link>,
}

/// One pair of a short list.
#[derive(Clone, Debug, Default)]
pub struct Pair {
    /// What it is.
    pub label: String,
    /// The words.
    pub words: Words,
}

/// Safe contact: every route of the person, each way by itself, and what she or he asked for.
#[derive(Template)]
#[template(path = "contact/safe.html")]
pub struct SafeContactPage {
    /// The frame.
    pub frame: Frame,
    /// The case.
    pub case: CaseFrame,
    /// What holds now, in one sentence.
    pub says: String,
    /// The routes.
    pub routes: Vec<RouteCard>,
    /// What the person asked for: who we say we are, what to say to somebody else.
    pub wishes: Vec<Pair>,
    /// What can be added or changed, the main thing first.
    pub links: Vec<Link>,
    /// What to know, beside it.
    pub notes: Vec<Note>,
}
crate::pages!(
    RecordContactPage,
    MayContactPage,
    CannotContactPage,
    SafeContactPage
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_says_in_words_all_that_it_draws() {
        let bar = HoursBar::of_day(8 * 60, 20 * 60, &[(12 * 60 + 30, 14 * 60)], 10 * 60 + 12);
        assert_eq!(
            bar.says,
            "Today from 08:00 to 20:00. Safe, 12:30 to 14:00. It is 10:12 now."
        );
        assert_eq!(
            (bar.safe[0].from.as_str(), bar.safe[0].width.as_str()),
            ("37.50", "12.50")
        );
        assert_eq!(bar.now, "18.33");
        let none = HoursBar::of_day(8 * 60, 20 * 60, &[], 23 * 60);
        assert!(none.says.contains("No safe time today."));
        assert_eq!(none.now, "100.00");
        assert_eq!(HoursBar::of_day(9 * 60, 9 * 60, &[], 9 * 60).now, "0.00");
    }
}
