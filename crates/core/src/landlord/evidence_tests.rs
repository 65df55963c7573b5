use super::*;
use crate::coded::{Kind, Value};
use crate::obligation::{OwedTo, obligations};
use crate::pack::{Pack, Terms, read};
use jiff::Timestamp;
use std::sync::Arc;

const LEAD: AccountId = AccountId([1; 16]);
const CASEWORKER: AccountId = AccountId([2; 16]);

fn settle() -> Arc<Pack> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/settle");
    let mut files: Vec<(String, String)> = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        files.push((name, std::fs::read_to_string(&path).unwrap()));
    }
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    Arc::new(read(&files).unwrap())
}

fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

fn day(date: &str) -> Date {
    date.parse().unwrap()
}

/// A landlord that installed settle's pack in November 2026, with a lead and a caseworker.
struct Told(Vec<(Position, LandlordRecorded)>);

impl Told {
    fn new() -> Self {
        let mut told = Told(Vec::new());
        told.add(LandlordFact::PackAdopted(PackAdopted {
            from: day("2026-11-01"),
            files: BTreeMap::new(),
        }));
        for (account, role) in [(LEAD, Role::Lead), (CASEWORKER, Role::Caseworker)] {
            told.add(LandlordFact::AccountOpened(AccountOpened {
                account,
                name: Words::new("somebody"),
                post: Words::new("a post"),
                reports_to: None,
            }));
            let team = (role == Role::Caseworker).then(|| "domestic-abuse".to_owned());
            told.add(LandlordFact::RoleGiven(RoleGiven { account, role, team }));
        }
        told
    }

    fn add(&mut self, fact: LandlordFact) -> Position {
        let position = Position(self.0.len() as u64);
        self.0.push((
            position,
            LandlordRecorded {
                by: Actor::System,
                times: Times::at(at("2026-11-25T12:00:00Z")),
                fact,
            },
        ));
        position
    }

    fn landlord(&self) -> Landlord {
        Landlord::fold(&self.0)
    }

    fn record(&mut self, by: AccountId, evidence: EvidenceRecorded) -> Result<Position, AccountRefusal> {
        let fact = record_evidence(&self.landlord(), &settle(), by, evidence, day("2026-11-25"))?;
        Ok(self.add(fact))
    }

    /// How the review of the policy stands on a day.
    fn review(&self, now: &str) -> Vec<String> {
        let pack = settle();
        let facts = self.landlord().coded(std::slice::from_ref(&pack));
        obligations(&facts, &Terms::of(pack), at(now))
            .iter()
            .filter(|one| one.owed_to == OwedTo::Landlord)
            .map(|one| format!("{:?}", crate::obligation::BoneState::of(&one.state)))
            .collect()
    }
}

fn evidence(kind: Kind, on: &str, with: &[(&str, &str)]) -> EvidenceRecorded {
    EvidenceRecorded {
        kind,
        on: day(on),
        with: with
            .iter()
            .map(|(name, value)| ((*name).to_owned().into(), Value::from((*value).to_owned())))
            .collect(),
        about: None,
        words: Words::new("In the minutes of the board."),
        corrects: None,
    }
}

#[test]
fn an_installed_pack_is_a_version_adopted_on_its_own_day_and_its_review_falls_due() {
    let told = Told::new();
    assert_eq!(told.review("2026-11-26T09:00:00Z"), ["Missed"]);
}

#[test]
fn a_new_version_starts_the_clock_afresh_and_the_old_miss_stays() {
    let mut told = Told::new();
    let adopted = evidence(
        Kind::PolicyAdopted,
        "2026-11-20",
        &[("next_review", "2028-11-20")],
    );
    told.record(LEAD, adopted).unwrap();
    assert_eq!(told.review("2026-11-26T09:00:00Z"), ["Missed", "Open"]);
}

#[test]
fn only_a_review_of_this_policy_by_its_owner_meets_the_promise() {
    let mut told = Told::new();
    let adopted = evidence(
        Kind::PolicyAdopted,
        "2026-11-20",
        &[("next_review", "2028-11-20")],
    );
    told.record(LEAD, adopted).unwrap();
    let mut other = evidence(Kind::DocumentReviewed, "2026-11-21", &[("role", "policy-owner")]);
    other.about = Some("document/asb-policy".into());
    told.record(LEAD, other).unwrap();
    assert_eq!(told.review("2026-11-26T09:00:00Z"), ["Missed", "Open"]);
    let mut by_another = evidence(Kind::DocumentReviewed, "2026-11-21", &[("role", "lead")]);
    by_another.about = Some("document/this-policy".into());
    told.record(LEAD, by_another).unwrap();
    assert_eq!(told.review("2026-11-26T09:00:00Z"), ["Missed", "Open"]);
    let mut this = evidence(Kind::DocumentReviewed, "2026-11-21", &[("role", "policy-owner")]);
    this.about = Some("document/this-policy".into());
    told.record(LEAD, this).unwrap();
    assert_eq!(told.review("2026-11-26T09:00:00Z"), ["Missed", "Kept"]);
}

#[test]
fn what_was_entered_in_error_counts_no_more_and_stays_in_the_journal() {
    let mut told = Told::new();
    let adopted = evidence(
        Kind::PolicyAdopted,
        "2026-11-20",
        &[("next_review", "2028-11-20")],
    );
    let place = told.record(LEAD, adopted).unwrap();
    let mut error = evidence(Kind::EnteredInError, "2026-11-25", &[]);
    error.corrects = Some(place);
    told.record(LEAD, error.clone()).unwrap();
    assert_eq!(told.review("2026-11-26T09:00:00Z"), ["Missed"]);
    assert_eq!(told.landlord().evidence_standing().count(), 0);
    assert_eq!(told.landlord().evidence.len(), 2);
    assert_eq!(told.record(LEAD, error), Err(AccountRefusal::NothingStandsThere));
    let mut nothing = evidence(Kind::LawChanged, "2026-11-20", &[]);
    nothing.corrects = Some(Position(0));
    assert_eq!(
        told.record(LEAD, nothing),
        Err(AccountRefusal::NothingStandsThere)
    );
}

#[test]
fn what_cannot_be_so_is_refused_with_its_reason() {
    let mut told = Told::new();
    let adopted = |next: &[(&str, &str)]| evidence(Kind::PolicyAdopted, "2026-11-20", next);
    let mut blank = evidence(Kind::LawChanged, "2026-11-20", &[]);
    blank.words = Words::new(" ");
    let mut nowhere = evidence(Kind::DocumentReviewed, "2026-11-20", &[]);
    nowhere.about = Some("document/no-such-document".into());
    for (by, tried, refusal) in [
        (
            CASEWORKER,
            evidence(Kind::LawChanged, "2026-11-20", &[]),
            AccountRefusal::NotAllowed,
        ),
        (LEAD, adopted(&[]), AccountRefusal::NextReviewMissing),
        (
            LEAD,
            adopted(&[("next_review", "2026-11-20")]),
            AccountRefusal::NextReviewMissing,
        ),
        (
            LEAD,
            evidence(Kind::LawChanged, "2026-11-26", &[]),
            AccountRefusal::InTheFuture,
        ),
        (
            LEAD,
            evidence(Kind::ContactMade, "2026-11-20", &[]),
            AccountRefusal::NotRecordable,
        ),
        (
            LEAD,
            evidence(Kind::EnteredInError, "2026-11-20", &[]),
            AccountRefusal::NotRecordable,
        ),
        (
            LEAD,
            evidence(Kind::LawChanged, "2026-11-20", &[("role", "king")]),
            AccountRefusal::NotRecordable,
        ),
        (
            LEAD,
            evidence(Kind::PolicyPublished, "2026-11-20", &[("to", "moon")]),
            AccountRefusal::NotRecordable,
        ),
        (LEAD, blank, AccountRefusal::WordsMissing),
        (LEAD, nowhere, AccountRefusal::NotRecordable),
    ] {
        assert_eq!(told.record(by, tried), Err(refusal));
    }
}

#[test]
fn every_recordable_kind_is_about_the_landlord_and_names_nobody() {
    for kind in RECORDABLE {
        assert!(!matches!(
            kind,
            Kind::TrainingDone | Kind::StaffJoined | Kind::StaffLeft
        ));
        assert_eq!(Kind::named(kind.name()), Some(*kind));
    }
}

/// The stored form, frozen: it can be read for ever.
#[test]
fn the_stored_form_reads_and_is_written_back_equal() {
    let stored = r#"{"fact":"evidence_recorded","kind":"document_reviewed","on":"2026-11-21","with":{"next_review":"2028-11-21","role":"policy-owner"},"about":"document/this-policy","words":"In the minutes.","corrects":7}"#;
    let fact: LandlordFact = serde_json::from_str(stored).unwrap();
    assert_eq!(serde_json::to_string(&fact).unwrap(), stored);
    let least = r#"{"fact":"evidence_recorded","kind":"law_changed","on":"2026-11-21","words":"A new Act."}"#;
    let fact: LandlordFact = serde_json::from_str(least).unwrap();
    assert_eq!(serde_json::to_string(&fact).unwrap(), least);
}
