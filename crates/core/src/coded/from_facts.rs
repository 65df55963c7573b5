//! From the facts of a case to coded facts: kinds, codes and times, with no word and no person in them.
//!
//! People and list items appear as their opaque ids only. A correction names the entry that stood at its place until
//! then, so that what counts at a moment is the same here and in the fold. Qualifiers about whoever did it (post,
//! team, training) are added by casework, which knows the accounts.

use super::home::Standings;
use super::{CodedFact, Codes, Kind, Value};
use crate::case::Case;
use crate::case::place::put_right;
use crate::contact::london;
use crate::fact::*;
use crate::ids::{PersonId, Position, RouteId};
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The coded facts of a journal, in its order. Redacted entries say nothing: their bones do.
pub fn coded(entries: &[Entry]) -> Vec<CodedFact> {
    let puts_right = put_right(entries);
    let mut in_order: Vec<&Entry> = entries.iter().collect();
    in_order.sort_by_key(|entry| entry.position);
    let mut coding = Coding::default();
    let mut coded = Vec::new();
    for (at, entry) in in_order.iter().enumerate() {
        let Some(recorded) = &entry.recorded else {
            continue;
        };
        let corrects = puts_right.get(&entry.position).copied();
        if corrects.is_some() {
            // What is put right was never so: begin again from what still stands.
            coding = Coding::standing(&in_order[..=at], entry.position);
        }
        let known_on = london().to_datetime(recorded.times.aware).date();
        let mut facts = coding.read(&recorded.fact, known_on, corrects.is_some());
        // What is corrected into something that clocks do not see counts no more all the same.
        if facts.is_empty() && corrects.is_some() {
            facts.push(fact(Kind::EnteredInError));
        }
        let facts = facts.into_iter().map(|draft| CodedFact {
            kind: draft.kind,
            with: draft.with,
            item: draft.item,
            times: recorded.times,
            position: entry.position,
            corrects,
        });
        let facts = as_first_recorded(&coded, facts.collect(), corrects);
        coded.extend(facts);
    }
    coded
}

/// Putting right what no clock sees (a spelling, a sentence) does not make a promise "recorded late": what clocks see
/// was recorded when it was first recorded. Any change that a clock can see, a time above all, is recorded when it is.
fn as_first_recorded(
    before: &[CodedFact],
    mut facts: Vec<CodedFact>,
    corrects: Option<Position>,
) -> Vec<CodedFact> {
    let corrected: Vec<&CodedFact> = before
        .iter()
        .filter(|fact| Some(fact.position) == corrects)
        .collect();
    let same = |one: &CodedFact, other: &CodedFact| {
        (one.kind, &one.with, &one.item) == (other.kind, &other.with, &other.item)
            && one.times.happened == other.times.happened
            && one.times.aware == other.times.aware
    };
    let all_same =
        corrected.len() == facts.len() && corrected.iter().zip(&facts).all(|(one, other)| same(one, other));
    if all_same {
        for (fact, first) in facts.iter_mut().zip(corrected) {
            fact.times.recorded = first.times.recorded;
        }
    }
    facts
}

/// A fact in the making.
struct Draft {
    kind: Kind,
    with: Codes,
    item: Option<String>,
}

fn fact(kind: Kind) -> Draft {
    Draft {
        kind,
        with: BTreeMap::new(),
        item: None,
    }
}

impl Draft {
    fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.with.insert(Cow::Borrowed(name), value.into());
        self
    }

    fn maybe<V: Into<Value>>(self, name: &'static str, value: Option<V>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    fn about(mut self, person: PersonId) -> Self {
        self.item = Some(person.to_string());
        self
    }
}

/// What must be remembered from earlier facts to code a later one.
#[derive(Default)]
struct Coding {
    routes: BTreeMap<RouteId, (RouteKind, PersonId)>,
    parts: BTreeMap<PersonId, Part>,
    added: BTreeMap<PersonId, Codes>,
    standings: Standings,
    restricted: bool,
    reporter: Option<ReporterKind>,
}

impl Coding {
    /// What was told before this correction and still stands beside it.
    fn standing(entries: &[&Entry], correction: Position) -> Coding {
        let entries: Vec<Entry> = entries.iter().map(|entry| (*entry).clone()).collect();
        let mut coding = Coding::default();
        for told in &Case::fold(&entries).timeline {
            if told.entry != correction {
                coding.read(&told.fact, london().to_datetime(told.times.aware).date(), false);
            }
        }
        coding
    }

    fn read(&mut self, told: &Fact, known_on: Date, is_correction: bool) -> Vec<Draft> {
        match told {
            Fact::ReportReceived(report) => {
                self.reporter = Some(report.from);
                let hours = if report.out_of_hours { "out" } else { "in" };
                vec![
                    fact(Kind::ReportReceived)
                        .with("channel", channel(report.channel))
                        .with("from", reporter(report.from))
                        .with("hours", hours),
                ]
            }
            Fact::DangerAnswered(answer) => self.danger(answer),
            Fact::ReportEnded(ended) => vec![fact(Kind::ReportEnded).with("why", ended_why(ended.end))],
            Fact::CaseOpened(opened) => vec![
                fact(Kind::CaseOpened)
                    .with("restricted", self.restricted)
                    .maybe("team", Some(opened.team.clone()).filter(|team| !team.is_empty())),
            ],
            Fact::CaseJoined(_) => vec![
                fact(Kind::CaseJoined),
                fact(Kind::ReportEnded).with("why", "joined_case"),
            ],
            Fact::PersonTold(told) => self.person(told, known_on, is_correction),
            Fact::HomeTold(told) => self.standings.home(told).into_iter().map(circumstance).collect(),
            Fact::StaffConnectionAnswered(answer) => {
                vec![fact(Kind::StaffConnectionAnswered).with("answer", yes_no(answer.answer))]
            }
            Fact::ShutOut(shut) => vec![fact(Kind::ShutOut).with("decided", !shut.suspected)],
            Fact::Restricted(_) => {
                self.restricted = true;
                Vec::new()
            }
            Fact::RestrictionLifted(_) => {
                self.restricted = false;
                Vec::new()
            }
            Fact::WorkerNamed(named) => worker(named),
            Fact::RouteTold(told) => {
                self.routes.insert(told.route, (told.kind, told.person));
                Vec::new()
            }
            Fact::SafeContactAgreed(agreed) => self.safe_contact(agreed),
            Fact::ContactTried(tried) => vec![self.tried(tried.with, tried.route, tried.way)],
            Fact::ContactMade(made) => self.made(made),
            Fact::RhythmAgreed(agreed) => vec![
                fact(Kind::RhythmAgreed)
                    .with("answer", "agreed")
                    .with("every", i64::from(agreed.every_days))
                    .with("unit", "days")
                    .maybe("until", agreed.until.map(|day| day.to_string()))
                    .with("review", agreed.review_on.to_string()),
            ],
            Fact::WishesTold(_) => vec![fact(Kind::WishesRecorded).with("answer", "recorded")],
            Fact::OwnViewOfDangerTold(view) => vec![match view {
                OwnViewOfDangerTold::Told { .. } => fact(Kind::OwnViewGiven),
                OwnViewOfDangerTold::NotYet { .. } => fact(Kind::OwnViewGiven).with("answer", "not_yet"),
            }],
            Fact::RiskAssessed(assessed) => vec![risk(assessed)],
            Fact::MaracDecided(decided) => vec![
                fact(Kind::MaracDecided)
                    .with("answer", decided.answer.code())
                    .with("seen_by_second", decided.seen_by.is_some()),
            ],
            Fact::SafetyPlanOffered(offered) => {
                let answer = match offered.taken {
                    Taken::Yes => "accepted",
                    Taken::NotNow => "not_yet",
                    Taken::No => "declined",
                };
                vec![fact(Kind::SafetyPlanOffered).with("answer", answer)]
            }
            Fact::ActionPlanAgreed(plan) => {
                let agreed = |who: &'static str| fact(Kind::ActionPlanAgreed).with("who", who);
                let drafted = fact(Kind::ActionPlanDrafted);
                match plan.with {
                    AgreedWith::Survivor => vec![drafted, agreed("survivor")],
                    AgreedWith::Professional => vec![drafted, agreed("professional")],
                    AgreedWith::NotAgreed => vec![drafted],
                }
            }
            Fact::ObligationExcused(excused) => vec![self.excused(excused)],
            Fact::PauseBegan(began) => vec![
                fact(Kind::PauseBegan)
                    .with("rule", began.rule.clone())
                    .with("ground", began.ground.clone()),
            ],
            Fact::PauseEnded(ended) => vec![fact(Kind::PauseEnded).with("rule", ended.rule.clone())],
            Fact::CaseClosed(closed) => closed_facts(closed),
            Fact::CaseReturned(_) => vec![fact(Kind::CaseReturned)],
            Fact::PersonDied(died) => {
                let part = self.parts.get(&died.person).copied();
                vec![
                    fact(Kind::Died)
                        .with("who", part.map_or("other", part_code))
                        .about(died.person),
                ]
            }
            Fact::MovedOutOfCare(_) => vec![fact(Kind::MovedOutOfCare)],
            Fact::SaidStop(_) => vec![fact(Kind::SaidStop)],
            Fact::TakenBack(_) if is_correction => vec![fact(Kind::EnteredInError)],
            // Nothing that a clock or a measure looks at.
            Fact::TakenBack(_)
            | Fact::LetBackIn(_)
            | Fact::ContactWishesTold(_)
            | Fact::LifeAtRiskTried(_)
            | Fact::LifeAtRiskReviewed(_)
            | Fact::NoteWritten(_)
            | Fact::NoSafeRouteFound(_)
            | Fact::BonesKept(_) => Vec::new(),
        }
    }

    fn danger(&self, answer: &DangerAnswered) -> Vec<Draft> {
        // "Perhaps today or tonight" is treated as danger now by every clock; only a clear no is a no.
        let now = match answer.danger {
            Danger::Now | Danger::Soon => "yes",
            Danger::No => "no",
            Danger::Unknown => "unknown",
        };
        let mut facts = vec![fact(Kind::DangerAnswered).with("danger_now", now)];
        if answer.advice_given {
            let to = match self.reporter {
                Some(ReporterKind::Survivor) => "survivor",
                Some(_) | None => "reporter",
            };
            facts.push(fact(Kind::DangerAdviceGiven).with("to", to));
        }
        facts
    }

    /// A person is added when first told of, and again when what a clock may know of the person changes.
    fn person(&mut self, told: &PersonTold, known_on: Date, is_correction: bool) -> Vec<Draft> {
        self.parts.insert(told.person, told.part);
        let draft = fact(Kind::PersonAdded)
            .with("as", part_code(told.part))
            .with("age", age_code(told, known_on))
            .with("relation", relation_code(told))
            .about(told.person);
        let before = self.added.insert(told.person, draft.with.clone());
        let is_new = is_correction || before.as_ref() != Some(&draft.with);
        let mut facts: Vec<Draft> = is_new.then_some(draft).into_iter().collect();
        facts.extend(self.standings.person(told).into_iter().map(circumstance));
        facts
    }

    fn safe_contact(&self, agreed: &SafeContactAgreed) -> Vec<Draft> {
        let owner = self.routes.get(&agreed.route).map(|(_, person)| person);
        let hers = owner.and_then(|owner| self.parts.get(owner)) == Some(&Part::Survivor);
        let route = self.route(Some(agreed.route), agreed.way);
        match agreed.verdict {
            Verdict::Safe if hers => vec![
                fact(Kind::SafeContactAgreed)
                    .with("route", route)
                    .maybe("review", agreed.recheck_on.map(|day| day.to_string())),
            ],
            Verdict::Unsafe if hers => vec![fact(Kind::RouteCalledUnsafe).with("route", route)],
            // Of another person, or no longer sure: neither meets nor starts anything.
            Verdict::Safe | Verdict::Unsafe | Verdict::Unknown => Vec::new(),
        }
    }

    fn tried(&self, with: With, route: Option<RouteId>, way: Way) -> Draft {
        fact(Kind::ContactTried)
            .with("who", with_code(with))
            .with("route", self.route(route, way))
    }

    /// A contact of which it is not sure that it was the survivor is a try: it meets no promise of contact.
    fn made(&self, made: &ContactMade) -> Vec<Draft> {
        let doubtful = made.with == With::Survivor && made.sure_it_was != YesNo::Yes;
        let (started_by, safe) = match made.direction {
            Direction::Out => (
                "us",
                matches!(made.gate.answer.as_str(), "yes" | "ask_first") && !made.gate.against,
            ),
            Direction::In => ("them", made.still_safe != YesNo::No),
        };
        match (doubtful, made.direction) {
            (true, Direction::Out) => vec![self.tried(made.with, made.route, made.way)],
            (true, Direction::In) => Vec::new(),
            (false, Direction::Out | Direction::In) => vec![
                fact(Kind::ContactMade)
                    .with("who", with_code(made.with))
                    .with("route", self.route(made.route, made.way))
                    .with("started_by", started_by)
                    .with("safe_route", safe),
            ],
        }
    }

    fn excused(&self, excused: &ObligationExcused) -> Draft {
        let ground = match excused.ground {
            ExcuseGround::SurvivorsWish => "survivor_wish",
            ExcuseGround::NotPracticable => "not_practicable",
            ExcuseGround::NoSafeRoute => "no_safe_route",
        };
        let mut draft = fact(Kind::ObligationExcused)
            .with("rule", excused.rule.clone())
            .with("ground", ground)
            .maybe("until", excused.new_date.map(|day| day.to_string()));
        draft.item = excused.item.clone();
        draft
    }

    fn route(&self, route: Option<RouteId>, way: Way) -> &'static str {
        let known = route.and_then(|route| self.routes.get(&route));
        match way {
            Way::Call | Way::Voicemail => "telephone",
            Way::Text => "text",
            Way::Email => "email",
            Way::Letter => "letter",
            Way::App => "online",
            Way::Visit => match known.map(|(kind, _)| kind) {
                Some(RouteKind::Post) => "home_visit",
                Some(_) | None => "face_to_face",
            },
            Way::Through => match known.and_then(|(_, person)| self.parts.get(person)) {
                Some(Part::Professional) => "through_professional",
                Some(_) | None => "other",
            },
        }
    }
}

fn circumstance((what, answer): (&'static str, &'static str)) -> Draft {
    fact(Kind::CircumstanceRecorded)
        .with("what", what)
        .with("answer", answer)
}

fn worker(named: &WorkerNamed) -> Vec<Draft> {
    match (named.part, named.account) {
        (WorkerPart::Lead, Some(_)) => {
            let met = match named.wish {
                WishMet::Met => "yes",
                WishMet::NotMet => "no",
                WishMet::NoWish => "not_asked",
            };
            vec![fact(Kind::WorkerNamed).with("choice_met", met)]
        }
        // A deputy is not the named worker that a policy promises.
        (WorkerPart::Lead, None) | (WorkerPart::Deputy | WorkerPart::Cover, _) => Vec::new(),
    }
}

fn risk(assessed: &RiskAssessed) -> Draft {
    let by = match assessed.by {
        AssessedBy::Us => "us",
        AssessedBy::OtherAgency => "other_agency",
    };
    fact(Kind::RiskAssessed)
        .with("by", by)
        .with("level", assessed.level.clone())
        .with("instrument", assessed.instrument.clone())
        .with("evidence", assessed.evidence != Evidence::Told)
        .with("seen_by_second", assessed.seen_by.is_some())
        .maybe("yes", assessed.yes.map(i64::from))
        .maybe("not_known", assessed.unknown.map(i64::from))
}

fn closed_facts(closed: &CaseClosed) -> Vec<Draft> {
    let (asked, satisfied) = match &closed.survivors_word {
        SurvivorsWord::Said { satisfied, .. } => (true, *satisfied),
        SurvivorsWord::NotHad { .. } => (false, false),
    };
    let draft = fact(Kind::CaseClosed)
        .with("outcome", closed.outcome.clone())
        .with("survivor_asked", asked)
        .maybe("why", satisfied.then_some("survivor_satisfied"));
    let approved = closed.approved_by.map(|_| fact(Kind::ClosureApproved));
    approved.into_iter().chain([draft]).collect()
}

pub(super) fn yes_no(answer: YesNo) -> &'static str {
    match answer {
        YesNo::Yes => "yes",
        YesNo::No => "no",
        YesNo::NotKnown => "unknown",
    }
}

fn part_code(part: Part) -> &'static str {
    match part {
        Part::Survivor => "survivor",
        Part::Perpetrator => "perpetrator",
        Part::Child => "child",
        Part::AdultAtRisk => "adult_at_risk",
        Part::Professional => "professional",
        Part::Household | Part::Trusted => "other",
    }
}

fn with_code(with: With) -> &'static str {
    match with {
        With::Survivor => "survivor",
        With::Perpetrator => "perpetrator",
        With::Child => "child",
        With::Professional => "professional",
        With::Reporter => "reporter",
        With::Trusted | With::Other => "other",
    }
}

/// The age on the day we were told of it; a birthday later moves no clock by itself.
fn age_code(told: &PersonTold, known_on: Date) -> &'static str {
    match told.age_on(known_on) {
        Some(..=15) => "under_16",
        Some(16..=17) => "16_or_17",
        Some(18..) => "18_or_over",
        None => "unknown",
    }
}

fn relation_code(told: &PersonTold) -> &'static str {
    match told.relationship {
        Some(Relationship::Spouse | Relationship::Engaged | Relationship::Partner) => "partner",
        Some(Relationship::FormerSpouse | Relationship::FormerPartner | Relationship::CoParent) => {
            "former_partner"
        }
        Some(Relationship::Parent) => "parent",
        Some(Relationship::AdultChild | Relationship::YoungerChild) => "child",
        Some(Relationship::Sibling) => "sibling",
        Some(
            Relationship::Grandparent
            | Relationship::Grandchild
            | Relationship::InLaw
            | Relationship::OtherRelative
            | Relationship::FormerRelative,
        ) => "other_family",
        Some(Relationship::NotConnected) => "none",
        Some(Relationship::NotKnown) => "unknown",
        None if told.part == Part::Household => "household",
        None => "unknown",
    }
}

fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Telephone => "telephone",
        Channel::Voicemail => "voicemail",
        Channel::FaceToFace => "face_to_face",
        Channel::WebForm => "website",
        Channel::Email => "email",
        Channel::Text => "text",
        Channel::Letter => "letter",
        Channel::SocialMedia => "social_media",
        Channel::Portal => "portal",
        Channel::HomeVisit => "home_visit",
        Channel::Repair => "contractor",
        Channel::Agency => "agency",
        Channel::Colleague | Channel::Other => "other",
    }
}

fn reporter(kind: ReporterKind) -> &'static str {
    match kind {
        ReporterKind::Survivor => "survivor",
        ReporterKind::Child => "child",
        ReporterKind::HouseholdMember | ReporterKind::FriendOrFamily => "family",
        ReporterKind::Neighbour => "neighbour",
        ReporterKind::Colleague => "colleague",
        ReporterKind::Contractor => "contractor",
        ReporterKind::Police => "police",
        ReporterKind::Agency => "agency",
        ReporterKind::Perpetrator => "perpetrator",
        ReporterKind::Anonymous => "anonymous",
        ReporterKind::Other => "other",
    }
}

fn ended_why(end: ReportEnd) -> &'static str {
    match end {
        ReportEnd::NotAbuse => "not_abuse",
        ReportEnd::Mistaken => "entered_in_error",
        ReportEnd::PassedOn => "not_ours",
        ReportEnd::CannotIdentify | ReportEnd::PersonSaidNo => "other",
    }
}

#[cfg(test)]
#[path = "from_facts_tests.rs"]
mod tests;
