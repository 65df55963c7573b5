//! Facts of a report: it can be saved from one sentence, and anybody in it may be unknown.

use crate::codes::codes;
use crate::ids::{CaseId, CaseReference, PersonId};
use crate::words::Words;
use serde::{Deserialize, Serialize};

codes! {
    /// By which channel a report reached us.
    Channel {
        Telephone = "telephone", "Telephone";
        Voicemail = "voicemail", "Voicemail";
        FaceToFace = "face_to_face", "Face to face";
        WebForm = "web_form", "Web form";
        Email = "email", "Email";
        Text = "text", "Text message";
        Letter = "letter", "Letter";
        SocialMedia = "social_media", "Social media";
        Portal = "portal", "Customer portal or app";
        HomeVisit = "home_visit", "Visit to the home";
        Repair = "repair", "During a repair";
        Agency = "agency", "From another agency";
        Colleague = "colleague", "Through a colleague";
        Other = "other", "Another way";
    }
}

codes! {
    /// Who told us.
    ReporterKind {
        Survivor = "survivor", "The person herself or himself";
        HouseholdMember = "household_member", "Somebody in the household";
        Child = "child", "A child";
        FriendOrFamily = "friend_or_family", "A friend or relative";
        Neighbour = "neighbour", "A neighbour";
        Colleague = "colleague", "A colleague";
        Contractor = "contractor", "A contractor's operative";
        Police = "police", "Police";
        Agency = "agency", "Another agency";
        Perpetrator = "perpetrator", "The person said to be the perpetrator";
        Anonymous = "anonymous", "Somebody who did not say who they are";
        Other = "other", "Somebody else";
    }
}

codes! {
    /// Whether anybody is in danger. What cannot be told yet is treated as danger now.
    Danger {
        Now = "now", "Yes, now";
        Soon = "soon", "Not this minute, but perhaps today or tonight";
        No = "no", "No, not that they know of";
        Unknown = "unknown", "I cannot tell yet";
    }
}

codes! {
    /// A yes or no that may not be known.
    YesNo {
        Yes = "yes", "Yes";
        No = "no", "No";
        NotKnown = "not_known", "Not known";
    }
}

impl YesNo {
    /// Whether the answer is yes, or might be: the strict reading.
    pub fn perhaps(self) -> bool {
        self != YesNo::No
    }
}

codes! {
    /// Why a report ended without becoming a case.
    ReportEnd {
        NotAbuse = "not_abuse", "It was not about domestic abuse";
        Mistaken = "mistaken", "It was recorded by mistake";
        CannotIdentify = "cannot_identify", "We could not find out who it is about";
        PassedOn = "passed_on", "Passed to the landlord or agency that can help, with danger advice";
        PersonSaidNo = "person_said_no", "The person does not want anything from us";
    }
}

/// A report reached us. Its `aware` time is the moment of receipt, whoever typed it in and whenever.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportReceived {
    /// The reference that the receipt carries.
    pub reference: CaseReference,
    /// By which channel.
    pub channel: Channel,
    /// Who told us.
    pub from: ReporterKind,
    /// What we were told. One sentence is enough.
    pub words: Words,
    /// Who the reporter is and how to come back to them, if they said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reporter: Option<Words>,
    /// Whether the survivor knows that we were told.
    pub survivor_knows: YesNo,
    /// Whether it reached us outside office hours.
    pub out_of_hours: bool,
}

/// The danger question was answered, and what was advised.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DangerAnswered {
    /// The answer.
    pub danger: Danger,
    /// Whether danger advice was read out or shown.
    pub advice_given: bool,
    /// Whether 999 was called, and by whom, as told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<Words>,
}

/// A report ended without becoming a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportEnded {
    /// Why.
    pub end: ReportEnd,
    /// The reason in words.
    pub reason: Words,
}

/// The report became a case of one survivor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseOpened {
    /// Whose case it is.
    pub survivor: PersonId,
    /// The team, by the code that the pack gives it.
    pub team: String,
}

/// The report was found, by a person, to belong to a case that was there already.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseJoined {
    /// The case it belongs to.
    pub case: CaseId,
    /// Why a person thinks so.
    pub reason: Words,
}
