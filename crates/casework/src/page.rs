//! The pages of a case: what somebody admitted sees, each recorded before it is made.

use crate::Casework;
use crate::look::{Looked, Looking, admission, grant_of};
use crate::problem::Problem;
use crate::reading::{Glance, LookRow, Saw};
use crate::who::Who;
use fanlight_core::access::Action;
use fanlight_core::contact::{Answer, Ask, Instead, Sender, may_we, what_to_do_instead};
use fanlight_core::fact::{RouteKind, Way};
use fanlight_core::ids::{CaseId, Position, RouteId};
use fanlight_core::obligation::Obligation;
use fanlight_core::view::{self, CaseView, CodeWord, EarlierRow, Moment};
use fanlight_core::words::Words;
use jiff::{SignedDuration, Timestamp};

/// The case page: the view, and the promises with their clocks.
#[derive(Clone, Debug)]
pub struct CasePage {
    /// The case.
    pub case: CaseId,
    /// The view, cut to the person looking.
    pub view: CaseView,
    /// Promises in the order of their due times: those still owed first.
    pub promises: Vec<Obligation>,
    /// The moment for which all of it holds.
    pub now: Timestamp,
}

/// The gate's answer for one way of one route, with what to do if it is no.
#[derive(Clone, Debug)]
pub struct ContactChoice {
    /// The route.
    pub route: RouteId,
    /// The way.
    pub way: Way,
    /// The answer's short name.
    pub code: &'static str,
    /// Whether a person may go ahead now.
    pub allowed: bool,
    /// In plain words.
    pub says: String,
    /// What to mind.
    pub warnings: Vec<&'static str>,
    /// What can be done instead.
    pub instead: Vec<Instead>,
}

/// What whoever tries an unknown route because life is at risk needs for that one try.
#[derive(Clone, Debug)]
pub struct OneTry {
    /// The route.
    pub route: RouteId,
    /// The way, which is live.
    pub way: Way,
    /// The number or address, for the person who put the try on record, and for a short while.
    pub value: Option<Words>,
    /// What will be said.
    pub script: Words,
}

/// For how long the number of a life-at-risk try is shown to whoever tries.
const TRY_HOLDS: SignedDuration = SignedDuration::from_mins(30);

/// Who has looked at a case.
#[derive(Clone, Debug)]
pub struct LooksPage {
    /// The case's page, for its head.
    pub page: CasePage,
    /// The looks, newest first.
    pub rows: Vec<LookRow>,
    /// Where the next page begins.
    pub next: Option<u64>,
}

/// What stood at a place before it was corrected.
#[derive(Clone, Debug)]
pub struct CorrectedPage {
    /// The case's page, for its head.
    pub page: CasePage,
    /// What stood there, oldest first.
    pub rows: Vec<EarlierRow>,
}

pub(crate) fn page_of(id: CaseId, looking: Looking<'_>) -> CasePage {
    let view = view::cut(looking.case, &looking.grant, &looking.moment());
    let mut promises = looking.promises;
    promises.sort_by_key(|promise| (!promise.is_owed(), promise.due.at.is_none(), promise.due.at));
    CasePage {
        case: id,
        view,
        promises,
        now: looking.now,
    }
}

impl Casework {
    /// Opens the case page.
    pub async fn case_page(&self, who: &Who, id: CaseId) -> Result<Looked<CasePage>, Problem> {
        self.look(who, id, Action::OpenCase, Saw::Page, |looking| {
            page_of(id, looking)
        })
        .await
    }

    /// Opens how it is safe to make contact and the danger, and nothing else of the case: what stays readable while
    /// there is no room to put looks on record (rule 4). The gate is the same as for the whole page.
    pub async fn safe_contact_alone(&self, who: &Who, id: CaseId) -> Result<Looked<CasePage>, Problem> {
        let now = self.now();
        let opened = match self.open(&who.room, id).await {
            Ok(opened) => Some(opened),
            Err(Problem::Unseen) => None,
            Err(other) => return Err(other),
        };
        let admitted = opened
            .as_ref()
            .and_then(|opened| Some((opened, admission(who, opened)?)))
            .filter(|_| who.may(Action::OpenCase));
        let glance = Glance {
            saw: Saw::SafeContactAlone,
            refused: admitted.is_none(),
        };
        let Some((opened, admission)) = admitted else {
            self.record_or_hold(who, &[id], glance, now).await?;
            return Err(Problem::Unseen);
        };
        let elsewhere = self.elsewhere(&who.room, id, &opened.case).await?;
        self.record_or_hold(who, &[id], glance, now).await?;
        let moment = Moment {
            at: now,
            terms: &who.room.terms,
            elsewhere: &elsewhere,
        };
        let grant = grant_of(who, &opened.case, admission);
        Ok(Looked::recorded(CasePage {
            case: id,
            view: view::safe_contact_alone(&opened.case, &grant, &moment),
            promises: Vec::new(),
            now,
        }))
    }

    /// Opens a form of the case, for which the person must be allowed the action that the form is for.
    pub async fn case_form(
        &self,
        who: &Who,
        id: CaseId,
        action: Action,
    ) -> Result<Looked<CasePage>, Problem> {
        self.look(who, id, action, Saw::Form, |looking| page_of(id, looking))
            .await
    }

    /// Asks the gate about one way of one route, at this moment.
    pub async fn ask_gate(
        &self,
        who: &Who,
        id: CaseId,
        route: RouteId,
        way: Way,
    ) -> Result<Looked<(CasePage, ContactChoice)>, Problem> {
        self.look(who, id, Action::RecordContact, Saw::Form, |looking| {
            let ask = Ask {
                route,
                way,
                at: looking.now,
                sender: Sender::Person,
            };
            let answer = may_we(looking.case, looking.elsewhere, &ask, &looking.room.terms);
            let choice = ContactChoice {
                route,
                way,
                code: answer.code(),
                allowed: answer.allows_a_person(),
                says: answer.says(),
                warnings: answer.warnings().iter().map(|warning| warning.says()).collect(),
                instead: what_to_do_instead(looking.case, looking.elsewhere, &ask, &looking.room.terms),
            };
            (page_of(id, looking), choice)
        })
        .await
    }

    /// Opens what is needed for a life-at-risk try that the person has just put on record. It makes no way safe: after
    /// half an hour, or once the way has been called unsafe, it shows no number.
    pub async fn one_try(
        &self,
        who: &Who,
        id: CaseId,
        place: Position,
    ) -> Result<Looked<(CasePage, Option<OneTry>)>, Problem> {
        self.look(who, id, Action::TryLifeAtRisk, Saw::Form, |looking| {
            let own = looking
                .case
                .life_at_risk
                .iter()
                .find(|at| at.tried.place == place && at.tried.by == who.actor());
            let shown = own.and_then(|at| {
                let tried = &at.tried.fact;
                let known = looking.case.route(tried.route)?;
                let ask = Ask {
                    route: tried.route,
                    way: tried.way,
                    at: looking.now,
                    sender: Sender::Person,
                };
                let answer = may_we(looking.case, looking.elsewhere, &ask, &looking.room.terms);
                let still = answer.allows_a_person() || matches!(answer, Answer::Unknown(_));
                let fresh = looking.now.duration_since(at.tried.times.recorded) <= TRY_HOLDS;
                let may_see = match known.told.fact.kind {
                    RouteKind::Post | RouteKind::Place => looking.grant.addresses,
                    RouteKind::Telephone | RouteKind::Email | RouteKind::App | RouteKind::Through => true,
                };
                Some(OneTry {
                    route: tried.route,
                    way: tried.way,
                    value: (still && fresh && may_see).then(|| known.told.fact.value.clone()),
                    script: tried.script.clone(),
                })
            });
            (page_of(id, looking), shown)
        })
        .await
    }

    /// Uncovers the code word. Each time is on record.
    pub async fn code_word(&self, who: &Who, id: CaseId) -> Result<Looked<Option<CodeWord>>, Problem> {
        self.look(who, id, Action::SeeCodeWord, Saw::CodeWord, |looking| {
            view::code_word(looking.case, &looking.grant)
        })
        .await
    }

    /// Who has looked at the case. Whose look was refused, only the lead sees by name.
    pub async fn looks_page(
        &self,
        who: &Who,
        id: CaseId,
        before: Option<u64>,
    ) -> Result<Looked<LooksPage>, Problem> {
        let looked = self
            .look(who, id, Action::SeeWhoHasLooked, Saw::Readings, |looking| {
                page_of(id, looking)
            })
            .await?;
        // Only behind the gate, and with this very look among them.
        let (rows, next) = self
            .looks_at(&who.room, id, before, 50, who.may(Action::SeeRefusedNames))
            .await?;
        Ok(Looked::recorded(LooksPage {
            page: looked.into_view(),
            rows,
            next,
        }))
    }

    /// Opens text that was corrected, with a reason. The reason is kept with the record of the look, for the lead.
    pub async fn corrected_page(
        &self,
        who: &Who,
        id: CaseId,
        position: Position,
        reason: &Words,
    ) -> Result<Looked<CorrectedPage>, Problem> {
        if reason.is_blank() {
            return Err(fanlight_core::refusal::Refusal::ReasonNeeded.into());
        }
        let why = (Saw::Earlier, Some(reason));
        self.look_because(who, id, Action::SeeCorrectedText, why, |looking| CorrectedPage {
            rows: view::earlier(looking.case, &looking.grant, position),
            page: page_of(id, looking),
        })
        .await
    }
}
