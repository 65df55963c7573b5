//! What one may ask of a case as it stands.

use super::*;
use crate::words::Words;

impl Case {
    /// Whose case it is: as opened, or the one survivor that a report names.
    pub fn survivor(&self) -> Option<PersonId> {
        match &self.opened {
            Some(opened) => Some(opened.fact.survivor),
            None => {
                let mut survivors = self.people_who_are(Part::Survivor);
                survivors.next().map(|told| told.fact.person)
            }
        }
    }

    /// What we were told of the survivor.
    pub fn survivor_told(&self) -> Option<&Told<PersonTold>> {
        self.survivor().and_then(|survivor| self.person(survivor))
    }

    /// Everybody with this part in the case.
    pub fn people_who_are(&self, part: Part) -> impl Iterator<Item = &Told<PersonTold>> {
        self.people.iter().filter(move |told| told.fact.part == part)
    }

    /// The part that a person has.
    pub fn part_of(&self, person: PersonId) -> Option<Part> {
        self.person(person).map(|told| told.fact.part)
    }

    /// What the survivor would like to be called.
    pub fn survivor_called(&self) -> Option<&Words> {
        let told = self.survivor_told()?;
        told.fact.called.as_ref().or(told.fact.name.as_ref())
    }

    /// The lead worker, unless the place is vacant or its holder has been shut out.
    pub fn lead_worker(&self) -> Option<AccountId> {
        self.holder(&self.workers.lead)
    }

    /// The deputy, unless vacant or shut out.
    pub fn deputy(&self) -> Option<AccountId> {
        self.holder(&self.workers.deputy)
    }

    /// Whoever covers, unless vacant or shut out.
    pub fn cover(&self) -> Option<AccountId> {
        self.holder(&self.workers.cover)
    }

    /// Everybody named to work on it who is not shut out: lead, deputy, cover.
    pub fn named_workers(&self) -> Vec<AccountId> {
        [self.lead_worker(), self.deputy(), self.cover()]
            .into_iter()
            .flatten()
            .collect()
    }

    fn holder(&self, named: &Option<Told<WorkerNamed>>) -> Option<AccountId> {
        named
            .as_ref()
            .and_then(|told| told.fact.account)
            .filter(|account| !self.is_shut_out(*account))
    }

    /// The team whose case it is, by the pack's code.
    pub fn team(&self) -> Option<&str> {
        match (&self.opened, &self.bones) {
            (Some(opened), _) => Some(&opened.fact.team),
            (None, Some(bones)) => Some(&bones.fact.team),
            (None, None) => None,
        }
    }

    /// Whether somebody has died.
    pub fn has_died(&self, person: PersonId) -> bool {
        self.deaths.iter().any(|told| told.fact.person == person)
    }

    /// What a person wants whenever we make contact. What was told of nobody in particular is the survivor's.
    pub fn contact_wishes_of(&self, person: PersonId) -> Option<&ContactWishesTold> {
        let own = |told: &&Told<ContactWishesTold>| match told.fact.person {
            Some(whose) => whose == person,
            None => Some(person) == self.survivor(),
        };
        self.contact_wishes
            .iter()
            .filter(own)
            .max_by_key(|told| told.place)
            .map(|told| &told.fact)
    }

    /// The first contact with the survivor that reached her or him, not a try, and not with somebody who may have
    /// been another.
    pub fn first_contact(&self) -> Option<&Told<ContactMade>> {
        self.contacts.iter().find(|told| is_contact_with_survivor(told))
    }

    /// The last such contact.
    pub fn last_contact(&self) -> Option<&Told<ContactMade>> {
        self.contacts
            .iter()
            .filter(|told| is_contact_with_survivor(told))
            .max_by_key(|told| told.times.happened)
    }

    /// The pause of this promise's clock that is running.
    pub fn running_pause(&self, rule: &str) -> Option<&Pause> {
        self.pauses
            .iter()
            .find(|pause| pause.ended.is_none() && pause.began.fact.rule == rule)
    }

    /// The answer by which somebody may be in danger and on which nobody has acted yet: whoever can open the case is
    /// told of it at once. Somebody has acted who spoke or tried to, wrote a note, offered a safety plan, or answered
    /// the question again with what was done. What was done when the report was taken settles nothing: those who work
    /// on it have not seen it yet.
    pub fn danger_not_acted_on(&self) -> Option<&Told<DangerAnswered>> {
        match self.stage {
            Stage::Report | Stage::Open => {}
            Stage::Ended | Stage::Joined | Stage::Closed => return None,
        }
        let told = self.danger.as_ref()?;
        match told.fact.danger {
            Danger::Now | Danger::Soon | Danger::Unknown => {}
            Danger::No => return None,
        }
        let asked_again = self
            .timeline
            .iter()
            .any(|earlier| earlier.place < told.place && matches!(earlier.fact, Fact::DangerAnswered(_)));
        if asked_again && told.fact.done.is_some() {
            return None;
        }
        let acted = self
            .timeline
            .iter()
            .any(|later| later.place > told.entry && later.by.account().is_some() && is_an_act(&later.fact));
        (!acted).then_some(told)
    }

    /// Whether danger must be treated as danger now: anything but a clear no.
    pub fn perhaps_in_danger_now(&self) -> bool {
        match self.danger.as_ref().map(|told| told.fact.danger) {
            None | Some(Danger::Now | Danger::Soon | Danger::Unknown) => true,
            Some(Danger::No) => false,
        }
    }
}

fn is_contact_with_survivor(told: &Told<ContactMade>) -> bool {
    told.fact.with == With::Survivor && told.fact.sure_it_was == YesNo::Yes
}

/// Whether this is something that a person does about a danger, or writes having seen it.
fn is_an_act(fact: &Fact) -> bool {
    match fact {
        Fact::ContactTried(_)
        | Fact::ContactMade(_)
        | Fact::LifeAtRiskTried(_)
        | Fact::NoteWritten(_)
        | Fact::SafetyPlanOffered(_) => true,
        Fact::ReportReceived(_)
        | Fact::DangerAnswered(_)
        | Fact::ReportEnded(_)
        | Fact::CaseOpened(_)
        | Fact::CaseJoined(_)
        | Fact::PersonTold(_)
        | Fact::HomeTold(_)
        | Fact::StaffConnectionAnswered(_)
        | Fact::ShutOut(_)
        | Fact::LetBackIn(_)
        | Fact::Restricted(_)
        | Fact::RestrictionLifted(_)
        | Fact::WorkerNamed(_)
        | Fact::RouteTold(_)
        | Fact::SafeContactAgreed(_)
        | Fact::ContactWishesTold(_)
        | Fact::LifeAtRiskReviewed(_)
        | Fact::RhythmAgreed(_)
        | Fact::NoSafeRouteFound(_)
        | Fact::WishesTold(_)
        | Fact::OwnViewOfDangerTold(_)
        | Fact::RiskAssessed(_)
        | Fact::MaracDecided(_)
        | Fact::ActionPlanAgreed(_)
        | Fact::ObligationExcused(_)
        | Fact::PauseBegan(_)
        | Fact::PauseEnded(_)
        | Fact::CaseClosed(_)
        | Fact::CaseReturned(_)
        | Fact::PersonDied(_)
        | Fact::MovedOutOfCare(_)
        | Fact::SaidStop(_)
        | Fact::TakenBack(_)
        | Fact::BonesKept(_) => false,
    }
}
