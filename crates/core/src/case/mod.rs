//! A case: the fold of its journal, and the decisions that may add to it.
//!
//! [`Case::fold`] is total: any sequence of entries that can be read gives a state, redacted entries included.
//! What a correction replaces leaves the state at once and stays reachable through [`Case::history_of`].
//!
//! Nothing here knows who is asking, opens a journal or reads a pack: a decision gets what it needs of a pack as
//! plain [`Terms`], and who decides, and when, as [`Deciding`].

mod ask;
mod decide;
mod fold;
pub(crate) mod place;
mod terms;
#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) mod trial;

pub use decide::*;
pub use terms::{ExcuseAllowed, House, PauseAllowed, Terms};

use crate::calendar::london_date;
use crate::contact::RouteKey;
use crate::fact::*;
use crate::ids::{AccountId, CaseReference, PersonId, Position, RouteId};
use crate::risk::Known;
use crate::times::Times;
use jiff::Timestamp;

/// Something that was told, with where, when and by whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Told<T> {
    /// Where it stands in the journal: the place of the first telling, if this is a correction of it.
    pub place: Position,
    /// The entry that says so: the same as `place`, unless it is a correction.
    pub entry: Position,
    /// Who recorded it.
    pub by: Actor,
    /// The three times.
    pub times: Times,
    /// What was told.
    pub fact: T,
}

impl<T> Told<T> {
    /// Whether this took the place of an earlier telling.
    pub fn is_correction(&self) -> bool {
        self.place != self.entry
    }

    /// Whether it was written down on a later day than we knew of it.
    pub fn recorded_late(&self) -> bool {
        let london = crate::contact::london();
        london.to_datetime(self.times.recorded).date() > london.to_datetime(self.times.aware).date()
    }

    fn with<U>(&self, fact: U) -> Told<U> {
        Told {
            place: self.place,
            entry: self.entry,
            by: self.by,
            times: self.times,
            fact,
        }
    }
}

/// How far a report or case has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// A report that has not become anything yet.
    #[default]
    Report,
    /// A report that ended without becoming a case.
    Ended,
    /// A report that was found to belong to another case.
    Joined,
    /// A case that is open.
    Open,
    /// A case that is closed.
    Closed,
}

/// A route by which a person might be reached, as last told.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownRoute {
    /// What was told.
    pub told: Told<RouteTold>,
    /// Its value in the form in which two spellings of one number are equal.
    pub key: RouteKey,
    /// The entry since which it has had this value. What was agreed before was agreed about another number.
    pub value_since: Position,
}

/// What was said about one way of using one route.
#[derive(Clone, Debug, PartialEq)]
pub struct SafetyWord {
    /// What was said.
    pub told: Told<SafeContactAgreed>,
    /// The value that the route had then, if we knew the route.
    pub about: Option<RouteKey>,
    /// Since which entry it counts. A "safe" that corrects an older one keeps the older one's place in the order; a
    /// "not safe" counts from the moment at which it was first written.
    pub since: Position,
}

/// A life-at-risk try, and what the second person thought of it afterwards.
#[derive(Clone, Debug, PartialEq)]
pub struct LifeAtRisk {
    /// The try.
    pub tried: Told<LifeAtRiskTried>,
    /// The review, if it has been done.
    pub reviewed: Option<Told<LifeAtRiskReviewed>>,
}

/// What we know of the risk. What another agency found is kept apart from what we found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Risk {
    /// Our own assessments, oldest first.
    pub ours: Vec<Told<RiskAssessed>>,
    /// Other agencies' assessments, oldest first.
    pub others: Vec<Told<RiskAssessed>>,
    /// What was decided about a referral to MARAC, oldest first.
    pub marac: Vec<Told<MaracDecided>>,
}

impl Risk {
    /// What the case tells of earlier referrals to MARAC.
    pub fn known_to_marac(&self) -> Known {
        let referred = |told: &&Told<MaracDecided>| told.fact.answer == MaracAnswer::Refer;
        let last = self
            .marac
            .iter()
            .filter(referred)
            .max_by_key(|told| told.times.happened);
        Known {
            last_referred: last.map(|told| london_date(told.times.happened)),
            ..Known::default()
        }
    }

    /// Our latest assessment.
    pub fn our_latest(&self) -> Option<&Told<RiskAssessed>> {
        self.ours.last()
    }

    /// The latest of any other agency.
    pub fn others_latest(&self) -> Option<&Told<RiskAssessed>> {
        self.others.last()
    }
}

/// A pause of one promise's clock.
#[derive(Clone, Debug, PartialEq)]
pub struct Pause {
    /// When and why it began.
    pub began: Told<PauseBegan>,
    /// When it ended, if it has.
    pub ended: Option<Told<PauseEnded>>,
}

/// Who works on the case, as last named; a place may be vacant.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workers {
    /// The lead worker.
    pub lead: Option<Told<WorkerNamed>>,
    /// The deputy.
    pub deputy: Option<Told<WorkerNamed>>,
    /// Whoever covers.
    pub cover: Option<Told<WorkerNamed>>,
}

/// A report or a case as its journal tells it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Case {
    /// The last position of the journal: a decision made on this state holds only if nothing was added since.
    pub last_position: Option<Position>,
    /// How many entries have been redacted.
    pub redacted: usize,
    /// How far it has come.
    pub stage: Stage,
    /// The report, whose `times.aware` is the moment of receipt.
    pub report: Option<Told<ReportReceived>>,
    /// The newest answer to the danger question.
    pub danger: Option<Told<DangerAnswered>>,
    /// Why the report ended without becoming a case.
    pub report_ended: Option<Told<ReportEnded>>,
    /// To which case the report belongs.
    pub joined: Option<Told<CaseJoined>>,
    /// When and for whom the case was opened.
    pub opened: Option<Told<CaseOpened>>,
    /// The people, in the order in which we first heard of them, each as last told.
    pub people: Vec<Told<PersonTold>>,
    /// The survivor's home, as last told.
    pub home: Option<Told<HomeTold>>,
    /// Whether anybody involved works for us.
    pub staff_connection: Option<Told<StaffConnectionAnswered>>,
    /// Who may see no trace of it, each as last decided.
    pub shut_out: Vec<Told<ShutOut>>,
    /// Who alone may open it, if it is restricted.
    pub restriction: Option<Told<Restricted>>,
    /// Who works on it.
    pub workers: Workers,
    /// The routes, in the order in which we were told of them.
    pub routes: Vec<KnownRoute>,
    /// Everything said about the safety of each way, oldest first.
    pub safety_words: Vec<SafetyWord>,
    /// What each person wants whenever we make contact, as last told.
    pub contact_wishes: Vec<Told<ContactWishesTold>>,
    /// Tries, oldest first. A try is not a contact.
    pub tries: Vec<Told<ContactTried>>,
    /// Contacts, oldest first.
    pub contacts: Vec<Told<ContactMade>>,
    /// Life-at-risk tries, oldest first.
    pub life_at_risk: Vec<LifeAtRisk>,
    /// The rhythm of contact that was agreed last.
    pub rhythm: Option<Told<RhythmAgreed>>,
    /// That there is no safe route yet, as last said.
    pub no_safe_route: Option<Told<NoSafeRouteFound>>,
    /// Notes, oldest first.
    pub notes: Vec<Told<NoteWritten>>,
    /// What the survivor wants to happen, as last told.
    pub wishes: Option<Told<WishesTold>>,
    /// How dangerous the survivor says it is, as last told.
    pub own_view: Option<Told<OwnViewOfDangerTold>>,
    /// Risk as assessed.
    pub risk: Risk,
    /// Safety plans offered, oldest first.
    pub safety_plans: Vec<Told<SafetyPlanOffered>>,
    /// Action plans, oldest first.
    pub plans: Vec<Told<ActionPlanAgreed>>,
    /// Promises excused, oldest first.
    pub excuses: Vec<Told<ObligationExcused>>,
    /// Clocks paused, oldest first.
    pub pauses: Vec<Pause>,
    /// Closures, oldest first; the case may have been taken up again after each.
    pub closures: Vec<Told<CaseClosed>>,
    /// Returns, oldest first.
    pub returns: Vec<Told<CaseReturned>>,
    /// Deaths.
    pub deaths: Vec<Told<PersonDied>>,
    /// That the survivor left our care.
    pub moved_out_of_care: Option<Told<MovedOutOfCare>>,
    /// That the survivor asked us to stop.
    pub said_stop: Option<Told<SaidStop>>,
    /// What is left once it was erased.
    pub bones: Option<Told<BonesKept>>,
    /// Everything that counts, in the order of its places: the timeline.
    pub timeline: Vec<Told<Fact>>,
    /// What was corrected or taken back, by the place at which it stood. It is on no page.
    earlier: Vec<(Position, Vec<Told<Fact>>)>,
}

impl Case {
    /// The reference that people read aloud.
    pub fn reference(&self) -> Option<&CaseReference> {
        self.report.as_ref().map(|report| &report.fact.reference)
    }

    /// When the report reached us, whoever typed it in and whenever.
    pub fn received(&self) -> Option<Timestamp> {
        self.report.as_ref().map(|report| report.times.aware)
    }

    /// What stood at the place of this entry before it was corrected or taken back, oldest first. Only the lead may
    /// open it, with a reason (safety rule 9).
    pub fn history_of(&self, position: Position) -> &[Told<Fact>] {
        let place = self.place_of(position);
        self.earlier
            .iter()
            .find(|(at, _)| *at == place)
            .map_or(&[], |(_, told)| told.as_slice())
    }

    /// Everything that was ever told and can still be read, what was corrected or taken back included. Only for what
    /// must be hidden, never for what is shown.
    pub(crate) fn ever_told(&self) -> impl Iterator<Item = &Told<Fact>> {
        let earlier = self.earlier.iter().flat_map(|(_, told)| told);
        self.timeline.iter().chain(earlier)
    }

    /// The places at which something was corrected or taken back.
    pub fn corrected_places(&self) -> impl Iterator<Item = Position> {
        self.earlier.iter().map(|(place, _)| *place)
    }

    /// What must be redacted with this entry. A correction redacted alone would bring back what it corrected.
    pub fn redacted_together(&self, position: Position) -> Vec<Position> {
        let place = self.place_of(position);
        let mut together: Vec<Position> = self
            .history_of(position)
            .iter()
            .map(|told| told.entry)
            .chain(
                self.timeline
                    .iter()
                    .filter(|told| told.place == place)
                    .map(|told| told.entry),
            )
            .chain([position])
            .collect();
        together.sort();
        together.dedup();
        together
    }

    /// What counts at the place of this entry.
    pub fn standing_at(&self, position: Position) -> Option<&Told<Fact>> {
        let place = self.place_of(position);
        self.timeline.iter().find(|told| told.place == place)
    }

    fn place_of(&self, position: Position) -> Position {
        self.timeline
            .iter()
            .chain(self.earlier.iter().flat_map(|(_, told)| told))
            .find(|told| told.entry == position)
            .map_or(position, |told| told.place)
    }

    /// The route, as last told.
    pub fn route(&self, route: RouteId) -> Option<&KnownRoute> {
        self.routes.iter().find(|known| known.told.fact.route == route)
    }

    /// The person, as last told.
    pub fn person(&self, person: PersonId) -> Option<&Told<PersonTold>> {
        self.people.iter().find(|told| told.fact.person == person)
    }

    /// Whether this account has been shut out by name. Whether it is shut out as part of the line above somebody,
    /// [`House::all_shut_out`] tells.
    pub fn is_shut_out(&self, account: AccountId) -> bool {
        self.shut_out.iter().any(|told| told.fact.account == account)
    }
}
