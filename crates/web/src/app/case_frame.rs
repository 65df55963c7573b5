//! The frame of a case's pages, filled from the view that the person may see: the contact banner first of all.

use super::Signed;
use crate::contact::{BannerWay, ContactBanner};
use crate::forms::Link;
use crate::forms::when::{clock_time, full_day, local, near_day};
use crate::layout::{CaseFrame, Restricted, SideItem};
use crate::signs::May;
use fanlight_casework::CasePage;
use fanlight_core::access::Action;
use fanlight_core::contact::Instead;
use fanlight_core::fact::{SafeHours, SaidBy, Way};
use fanlight_core::ids::CaseId;
use fanlight_core::view::{Banner, BannerState, CaseView, WayRow};
use fanlight_core::words::Words;
use jiff::Timestamp;

/// Which of a case's pages is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseSide {
    /// The overview.
    Overview,
    /// All promises.
    Clocks,
    /// Safe contact.
    Contact,
    /// People and the home.
    People,
    /// Risk.
    Risk,
    /// Who has looked.
    Looks,
    /// None of them: a form.
    Form,
}

/// A case's own address.
pub fn base_of(case: CaseId) -> String {
    format!("/case/{case}")
}

/// The frame of a case.
pub fn case_frame(signed: &Signed, page: &CasePage, here: CaseSide) -> CaseFrame {
    let view = &page.view;
    let base = base_of(page.case);
    CaseFrame {
        reference: view.header.reference.clone().unwrap_or_default(),
        called: called(view),
        more: more(view),
        banner: banner(signed, page, &base, here == CaseSide::Overview),
        restricted: view.header.restricted.then(|| Restricted {
            says: "Only people who have been named can open this case.".into(),
            who: Words::new("Everybody else sees no trace of it."),
            href: String::new(),
        }),
        side: side(signed, page, &base, here),
        actions: actions(view, &base, here),
        base,
    }
}

fn called(view: &CaseView) -> Words {
    view.header
        .called
        .clone()
        .or_else(|| view.header.name.clone())
        .unwrap_or_else(|| {
            Words::new(if view.header.stage == "report" {
                "A report"
            } else {
                "Name not known yet"
            })
        })
}

fn more(view: &CaseView) -> Words {
    let header = &view.header;
    let mut parts = Vec::new();
    if header.called.is_some()
        && let Some(name) = &header.name
    {
        parts.push(name.reveal().to_owned());
    }
    parts.extend(header.pronoun.as_ref().map(|pronoun| pronoun.reveal().to_owned()));
    parts.extend(
        header
            .own_word
            .as_ref()
            .map(|word| format!("own word: {}", word.reveal())),
    );
    parts.extend(
        header
            .interpreter
            .as_ref()
            .map(|language| format!("interpreter: {}", language.reveal())),
    );
    Words::new(parts.join(", "))
}

fn side(signed: &Signed, page: &CasePage, base: &str, here: CaseSide) -> Vec<SideItem> {
    let view = &page.view;
    let item = |text: &str, at: &str, side: CaseSide, count: String| SideItem {
        text: text.into(),
        href: format!("{base}{at}"),
        here: here == side,
        count,
        apart: false,
    };
    let owed = page.promises.iter().filter(|promise| promise.is_owed()).count();
    let mut all = vec![
        item("Overview", "", CaseSide::Overview, String::new()),
        item("Promises", "/promises", CaseSide::Clocks, owed.to_string()),
        item("Safe contact", "/contact/safe", CaseSide::Contact, String::new()),
        item(
            "People and home",
            "/people",
            CaseSide::People,
            view.people.len().to_string(),
        ),
    ];
    if view.header.stage != "report" {
        all.push(item("Risk", "/risk", CaseSide::Risk, String::new()));
    }
    if signed.who.may(Action::SeeWhoHasLooked) {
        all.push(SideItem {
            apart: true,
            ..item("Who has looked", "/looks", CaseSide::Looks, String::new())
        });
    }
    let stage = view.header.stage;
    let ended = matches!(stage, "closed" | "ended" | "joined");
    let records: [(&str, &str, bool); 10] = [
        ("Danger", "/danger", true),
        ("Plan", "/plan", stage != "report"),
        ("Rhythm of contact", "/rhythm", stage == "open"),
        ("Explain or excuse", "/excuse", stage == "open"),
        ("What changed", "/more", stage == "open"),
        (
            "Worker",
            "/worker",
            stage == "open" && signed.who.may(Action::NameWorker),
        ),
        ("Shut somebody out", "/shut-out", true),
        (
            "Let somebody back in",
            "/let-in",
            !view.shut_out.is_empty() && signed.who.may(Action::LetBackIn),
        ),
        (
            "Restrict",
            "/restrict",
            stage == "open" && signed.who.may(Action::Restrict),
        ),
        ("Erase", "/erase", ended && signed.who.may(Action::ApproveClosure)),
    ];
    let mut first = true;
    for (text, at, shown) in records {
        if shown {
            all.push(SideItem {
                apart: first,
                ..item(text, at, CaseSide::Form, String::new())
            });
            first = false;
        }
    }
    let last = match stage {
        "report" => ("End the report", "/end"),
        "open" => ("Close the case", "/close"),
        _ => ("The person has come back", "/return"),
    };
    all.push(SideItem {
        here: false,
        ..item(last.0, last.1, CaseSide::Form, String::new())
    });
    // A form is not one of the pages beside a case, so none of them is lit.
    if here == CaseSide::Form {
        all.iter_mut().for_each(|item| item.here = false);
    }
    all
}

fn actions(view: &CaseView, base: &str, here: CaseSide) -> Vec<Link> {
    if here == CaseSide::Form {
        return Vec::new();
    }
    let at = |text: &str, path: &str| Link::new(text, format!("{base}{path}"));
    match view.header.stage {
        "report" => vec![
            at("Open a case", "/open"),
            at("Join it to a case", "/join"),
            at("Record contact", "/contact"),
            at("Write a note", "/note"),
        ],
        "joined" => Vec::new(),
        "closed" => vec![
            at("The person has come back", "/return"),
            at("Write a note", "/note"),
        ],
        _ => vec![at("Record contact", "/contact"), at("Write a note", "/note")],
    }
}

fn banner(signed: &Signed, page: &CasePage, base: &str, whole: bool) -> ContactBanner {
    let told = &page.view.banner;
    let now = page.now;
    let safe = format!("{base}/contact/safe");
    let may = may_of(told);
    let mut banner = ContactBanner {
        whole,
        may,
        says: says(told, now),
        age: age(told, now),
        change: Some(if whole {
            Link::new("Change", safe)
        } else {
            Link::new("Whole banner", base)
        }),
        ways_heading: ways_heading(told).into(),
        ways: told.ways.iter().map(|row| way(row, now)).collect(),
        find_out: Vec::new(),
        never_heading: "Never".into(),
        never: Vec::new(),
        say: Vec::new(),
        code_word: if told.has_code_word || told.has_duress_word {
            format!("{base}/code-word")
        } else {
            String::new()
        },
        csrf: signed.csrf.clone(),
        until: until(told, now),
        meanwhile: Vec::new(),
        life_at_risk: String::new(),
    };
    for refused in &told.never {
        banner.never.push(refused_words(
            &refused.ways,
            refused.ending.as_deref(),
            refused.says,
        ));
    }
    if !told.unknown.is_empty() {
        let ways: Vec<Way> = told
            .unknown
            .iter()
            .flat_map(|refused| refused.ways.iter().copied())
            .collect();
        banner
            .never
            .push(Words::new(format!("{}: nothing is known, so no", list(&ways))));
    }
    if banner.never.is_empty() {
        banner
            .never
            .push(Words::new("Any way that the person has not called safe"));
    }
    if let Some(words) = &told.say_we_are {
        banner
            .say
            .push(Words::new(format!("You are “{}”", words.reveal())));
    }
    if !told.ways.is_empty() {
        banner
            .say
            .push(Words::new("Ask “Is now a good time?” before anything else"));
    }
    if let Some(words) = &told.if_somebody_else {
        banner.say.push(Words::new(format!(
            "If somebody else answers: “{}”, and end",
            words.reveal()
        )));
    }
    banner.say.extend(told.more.clone());
    if matches!(told.state, BannerState::NoSafeWay) {
        banner.find_out = find_out(told, base);
        banner.life_at_risk = format!("{base}/life-at-risk");
    }
    if !matches!(told.state, BannerState::Now { .. }) {
        banner.meanwhile = meanwhile(told, base);
    }
    banner
}

fn may_of(told: &Banner) -> May {
    match told.state {
        BannerState::Now { .. } => May::Yes,
        BannerState::NotNow { .. } | BannerState::SheCallsUs | BannerState::PersonDied => May::No,
        BannerState::NoSafeWay => May::NotKnown,
    }
}

fn ways_heading(told: &Banner) -> &'static str {
    match (told.state, told.ways.len()) {
        (BannerState::Now { .. }, 0 | 1) => "Only this way",
        (BannerState::Now { .. }, _) => "Only these ways",
        (BannerState::NotNow { .. }, _) => "Later, this way",
        (BannerState::NoSafeWay | BannerState::SheCallsUs | BannerState::PersonDied, _) => "No safe way now",
    }
}

fn way(row: &WayRow, now: Timestamp) -> BannerWay {
    let kind = row.kind.label().to_lowercase();
    let mut says = format!("{}: {kind}", row.way.label());
    if let Some(ending) = &row.ending {
        says.push_str(&format!(" ending {ending}"));
    }
    says.push_str(&format!(". {}", hours_words(&row.hours)));
    let mut after: Vec<Words> = Vec::new();
    if row.ask_first {
        after.push(Words::new("Ask first whether it is still safe"));
    }
    if let Some(until) = row.until.filter(|_| row.now) {
        after.push(Words::new(format!("Until {}", moment(until, now))));
    }
    after.extend(row.warnings.iter().map(|warning| Words::new(*warning)));
    if let Some(others) = &row.shared_with {
        after.push(Words::new(format!("Also seen or used by: {}", others.reveal())));
    }
    let instead_of_value = match (row.value.is_some(), row.from) {
        (true, _) => String::new(),
        (false, Some(from)) => format!("Shown from {}", moment(from, now)),
        (false, None) => "Held back".into(),
    };
    BannerWay {
        value: row.value.clone(),
        instead_of_value,
        says: Words::new(says),
        after,
    }
}

/// Safe hours in words.
pub fn hours_words(hours: &[SafeHours]) -> String {
    if hours.is_empty() {
        return "At any time".into();
    }
    let span = |hours: &SafeHours| {
        let days: Vec<String> = hours
            .days
            .iter()
            .map(|day| {
                let name = format!("{day:?}");
                name.get(..3).unwrap_or(&name).to_owned()
            })
            .collect();
        let days = if days.is_empty() {
            "Every day".to_owned()
        } else {
            days.join(", ")
        };
        let until = if hours.until == jiff::civil::Time::midnight() {
            "midnight".to_owned()
        } else {
            clock_time(hours.until)
        };
        format!("{days}, {} to {until}", clock_time(hours.from))
    };
    hours.iter().map(span).collect::<Vec<_>>().join("; ")
}

fn age(told: &Banner, now: Timestamp) -> Words {
    let Some(row) = told.ways.first() else {
        return Words::default();
    };
    let day = near_day(local(row.said.happened).date(), local(now).date());
    let who = match (row.said_by, &row.professional) {
        (SaidBy::Person, _) => "Told us".to_owned(),
        (SaidBy::Professional, Some(name)) => format!("{} vouched", name.reveal()),
        (SaidBy::Professional, None) => "A professional vouched".to_owned(),
    };
    let again = row.recheck_on.map_or_else(
        || "Ask again each time.".to_owned(),
        |day| format!("Ask again by {}.", full_day(day)),
    );
    Words::new(format!("{who} on {}. {again}", lower_first(&day)))
}

fn lower_first(text: &str) -> String {
    match text {
        "Today" | "Yesterday" | "Tomorrow" => text.to_lowercase(),
        other => other.to_owned(),
    }
}

fn until(told: &Banner, now: Timestamp) -> String {
    match told.state {
        BannerState::NotNow { from, .. } => format!("Until {}", moment(from, now)),
        BannerState::NoSafeWay => "Until a safe way is known".into(),
        BannerState::Now { .. } | BannerState::SheCallsUs | BannerState::PersonDied => String::new(),
    }
}

/// What the banner says first.
fn says(told: &Banner, now: Timestamp) -> String {
    match told.state {
        BannerState::Now {
            way,
            until,
            ask_first,
        } => {
            let verb = match way {
                Way::Call => "call",
                Way::Visit => "visit",
                Way::Text => "text",
                Way::Email => "email",
                Way::Letter => "write",
                Way::Voicemail => "leave a voicemail",
                Way::App => "send a message",
                Way::Through => "send word",
            };
            let until = until.map_or_else(String::new, |until| format!(", until {}", moment(until, now)));
            let first = if ask_first {
                "; ask first whether it still is"
            } else {
                ""
            };
            format!("Safe to {verb} now{until}{first}")
        }
        BannerState::NotNow { from, .. } => format!("Not now; from {}", moment(from, now)),
        BannerState::NoSafeWay => "No safe way known yet".into(),
        BannerState::SheCallsUs => "They contact us; we do not".into(),
        BannerState::PersonDied => "The person has died".into(),
    }
}

fn moment(at: Timestamp, now: Timestamp) -> String {
    let there = local(at);
    if there.time() == jiff::civil::Time::midnight() {
        let day_before = there.date().yesterday().unwrap_or(there.date());
        return format!(
            "the end of {}",
            lower_first(&near_day(day_before, local(now).date()))
        );
    }
    let today = local(now).date();
    let clock = clock_time(there.time());
    if there.date() == today {
        clock
    } else {
        format!("{}, {clock}", near_day(there.date(), today))
    }
}

fn refused_words(ways: &[Way], ending: Option<&str>, says: &str) -> Words {
    let ending = ending.map_or_else(String::new, |ending| format!(" (ending {ending})"));
    let why = says
        .strip_prefix("Never. ")
        .or_else(|| says.strip_prefix("No. "))
        .unwrap_or(says);
    Words::new(format!("{}{ending}. {why}", list(ways)))
}

fn list(ways: &[Way]) -> String {
    let mut labels: Vec<&str> = ways.iter().map(|way| way.label()).collect();
    labels.sort_unstable();
    labels.dedup();
    match labels.split_last() {
        Some((last, rest)) if !rest.is_empty() => {
            format!("{} or {}", rest.join(", "), last.to_lowercase())
        }
        Some((last, _)) => (*last).to_owned(),
        None => String::new(),
    }
}

fn find_out(told: &Banner, base: &str) -> Vec<Link> {
    let mut links = vec![
        Link::new(
            "Record a safe way you have been told of",
            format!("{base}/contact/safe"),
        ),
        Link::new(
            "Record that there is no safe way yet",
            format!("{base}/contact/none"),
        ),
    ];
    if told.look_again_on.is_some() {
        links.truncate(1);
    }
    links
}

/// What can be done meanwhile. What is only said and leads nowhere stands without a link.
fn meanwhile(told: &Banner, base: &str) -> Vec<Link> {
    told.instead
        .iter()
        .filter(|instead| !matches!(instead, Instead::CallEmergency))
        .map(|instead| {
            let at = match instead {
                Instead::CallEmergency | Instead::WaitForHer | Instead::AskAProfessional => None,
                Instead::Use(_) | Instead::SpeakWithTrusted { .. } => Some("/contact"),
                Instead::RecordWhatSheSaid => Some("/contact/safe"),
                Instead::SayThereIsNone => Some("/contact/none"),
            };
            Link::new(
                instead.says(),
                at.map_or_else(String::new, |at| format!("{base}{at}")),
            )
        })
        .collect()
}
