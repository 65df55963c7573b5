//! The frames around pages, filled for whoever is looking.

use super::{App, Signed};
use crate::forms::Link;
use crate::layout::{DoorFrame, Frame, NavItem, PublicFrame};
use crate::signs::{RiskSign, Shape};
use fanlight_casework::Room;
use fanlight_core::access::{Action, Role};

/// After how many idle minutes a session falls asleep.
pub const IDLE_MINUTES: u16 = 15;

/// The staff frame. `here` is the path of the entry of the top bar that is lit.
pub fn frame(app: &App, signed: &Signed, title: &str, here: &str) -> Frame {
    let who = &signed.who;
    let entries: [(&str, &str, bool); 7] = [
        ("My work", "/work", who.may(Action::SeeMyWork)),
        ("Team", "/team", who.may(Action::SeeTeamWork)),
        ("Cases", "/cases", who.may(Action::OpenCase)),
        ("Log a report", "/report", true),
        ("Assurance", "/assurance", who.may(Action::SeeAssurance)),
        ("Registers", "/registers", who.may(Action::SeeRegisters)),
        (
            "Accounts",
            "/accounts",
            who.may(Action::ProposeRole) || who.may(Action::KeepAccounts),
        ),
    ];
    Frame {
        title: title.to_owned(),
        landlord: who.room.pack.landlord.name.clone(),
        nav: entries
            .into_iter()
            .filter(|(.., may)| *may)
            .map(|(text, href, _)| NavItem {
                text: text.into(),
                href: href.into(),
                here: href == here,
            })
            .collect(),
        csrf: signed.csrf.clone(),
        signed_in_as: who.name().reveal().to_owned(),
        minutes: IDLE_MINUTES,
        demo: app.settings.demo,
        done: done_words(&signed.done).to_owned(),
        may_find: who.may(Action::Search),
    }
}

/// What has just been done, in words. The address carries only the short name.
fn done_words(done: &str) -> &'static str {
    match done {
        "note" => "The note is saved.",
        "contact" => "The contact is saved.",
        "try" => "The try is saved. A try is not a contact: the clock runs on.",
        "against" => "Saved. It went against what the person asked: see what to do now on the timeline.",
        "corrected" => "Corrected. What stood there before has left the page.",
        "taken-back" => "Taken back. It has left the page.",
        "person" => "Saved what we know of the person.",
        "home" => "Saved what we know of the home.",
        "route" => "The route is saved. It is not used until the person calls it safe.",
        "safe" => "Saved what is safe.",
        "unsafe" => "On record as not safe. It is not used again.",
        "unsure" => "On record as no longer sure. Until somebody asks again, it counts as no.",
        "none" => "On record that there is no safe way yet, and when to look again.",
        "danger" => "The answer is saved.",
        "wishes" => "Saved what the person asked for.",
        "worker" => "The worker is named.",
        "shut-out" => "Shut out. That account sees no trace of the case.",
        "let-in" => "Let back in.",
        "restricted" => "Only the people named can open the case.",
        "lifted" => "The case opens to its team again.",
        "opened" => "The case is open.",
        "ended" => "The report is ended.",
        "joined" => "The report is joined to this case. What it told stands below.",
        "redacted" => "Redacted. Nothing of the entry can be read any more.",
        "erased" => "Erased. Nothing of it can be opened any more, and the figures stay as they are.",
        "closed" => "The case is closed. The person can come back at any time.",
        "returned" => "The case is open again, and its clocks start afresh.",
        "risk" => "The assessment is saved.",
        "marac" => "The decision is saved.",
        "plan" => "The plan is saved.",
        "rhythm" => "The rhythm that the person agreed is saved.",
        "view" => "Saved how dangerous the person says it is.",
        "excused" => {
            "Saved. A promise missed for want of a safe way still counts as missed, and is explained."
        }
        "paused" => "The clock is stopped, with the reason.",
        "running" => "The clock runs on.",
        "life" => "On record. Go ahead by voice or face to face only, and record what happened.",
        "reviewed" => "The review is saved.",
        "said" => "Saved.",
        "kept" => "Kept for later, sealed and yours alone. It stands below for 7 days. Nothing is saved yet.",
        "thrown-away" => "Thrown away.",
        "checked" => "The check is on record.",
        "evidence" => "It is on record, with your name and the time.",
        "account" => "Saved.",
        "role" => "Given.",
        "proposed" => "Proposed. It waits for a second person.",
        "answered" => "Answered.",
        "password" => "The new password holds from now on.",
        _ => "",
    }
}

/// The frame at the door.
pub fn door_frame(app: &App, title: &str) -> DoorFrame {
    DoorFrame {
        title: title.to_owned(),
        landlord: String::new(),
        demo: app.settings.demo,
    }
}

/// The frame of pages that anybody may open, under the landlord's own name.
pub fn public_frame(app: &App, room: &Room, title: &str) -> PublicFrame {
    let base = format!("/help/{}", room.id.0);
    PublicFrame {
        title: title.to_owned(),
        landlord: room.pack.landlord.name.clone(),
        home: base.clone(),
        exit: "https://www.bbc.co.uk/weather".to_owned(),
        foot: vec![
            Link::new("About these pages", format!("{base}/about")),
            Link::new("Help and advice", base),
        ],
        demo: app.settings.demo,
    }
}

/// The sign of a level of the pack's own scale.
pub fn risk_sign(room: &Room, level: Option<&str>) -> RiskSign {
    let Some(level) = level else {
        return RiskSign::not_known();
    };
    let levels = &room.terms.risk_scale;
    let shape = match levels.iter().position(|held| held == level) {
        Some(place) if place + 1 == levels.len() => Shape::Full,
        Some(0) => Shape::Outline,
        Some(_) => Shape::Half,
        None => Shape::NotKnown,
    };
    let mut words = level.replace('_', " ");
    if let Some(first) = words.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    RiskSign { shape, words }
}

/// The page on which somebody starts.
pub fn first_page(signed: &Signed) -> &'static str {
    let who = &signed.who;
    if who.may(Action::SeeTeamWork) && who.roles().iter().all(|(role, _)| *role == Role::Manager) {
        return "/team";
    }
    if who.roles().iter().any(|(role, _)| *role == Role::Lead) {
        return "/assurance";
    }
    if who.may(Action::SeeMyWork) {
        return "/work";
    }
    if who.may(Action::SeeAssurance) {
        return "/assurance";
    }
    if who.may(Action::KeepAccounts) {
        return "/accounts";
    }
    "/report"
}
