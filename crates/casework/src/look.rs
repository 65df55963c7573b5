//! The one way to see a case: the gate, then the record of the read, then the view.

use crate::derive::{door_of, promises};
use crate::open::Opened;
use crate::problem::Problem;
use crate::reading::{Glance, Saw};
use crate::room::Room;
use crate::who::Who;
use crate::{Casework, open};
use fanlight_core::access::{Action, Admission, Role, admits};
use fanlight_core::case::Case;
use fanlight_core::contact::Elsewhere;
use fanlight_core::ids::CaseId;
use fanlight_core::obligation::Obligation;
use fanlight_core::view::{Grant, Moment};
use fanlight_core::words::Words;
use jiff::Timestamp;

/// A view that was made only after the read was on record. Pages take this and nothing else.
pub struct Looked<V>(V);

impl<V> Looked<V> {
    /// Only for a view whose cases have been put on record.
    pub(crate) fn recorded(view: V) -> Self {
        Looked(view)
    }

    /// The view, for the page.
    pub fn view(&self) -> &V {
        &self.0
    }

    /// The view itself.
    pub fn into_view(self) -> V {
        self.0
    }
}

/// What a view is cut from.
pub(crate) struct Looking<'a> {
    pub(crate) case: &'a Case,
    pub(crate) grant: Grant,
    pub(crate) room: &'a Room,
    pub(crate) elsewhere: &'a [Elsewhere],
    pub(crate) promises: Vec<Obligation>,
    pub(crate) now: Timestamp,
}

impl Looking<'_> {
    pub(crate) fn moment(&self) -> Moment<'_> {
        Moment {
            at: self.now,
            terms: &self.room.terms,
            elsewhere: self.elsewhere,
        }
    }
}

/// What somebody admitted may see.
pub(crate) fn grant_of(who: &Who, case: &Case, admission: Admission) -> Grant {
    let named = case.named_workers().contains(&who.account);
    let is = |role: Role| who.roles().iter().any(|(held, _)| *held == role);
    if is(Role::Lead) {
        return Grant::LEAD;
    }
    if named || is(Role::Caseworker) || admission == Admission::Named {
        let manager = is(Role::Manager);
        return Grant {
            shut_out: manager,
            ..Grant::WORKER
        };
    }
    Grant::MANAGER
}

impl Casework {
    /// Opens a case for somebody: refused and not there look the same, and take the same steps.
    pub(crate) async fn look<V>(
        &self,
        who: &Who,
        id: CaseId,
        action: Action,
        why: Saw,
        view: impl FnOnce(Looking<'_>) -> V,
    ) -> Result<Looked<V>, Problem> {
        self.look_because(who, id, action, (why, None), view).await
    }

    /// The same with a reason, which is kept with the record of the look.
    pub(crate) async fn look_because<V>(
        &self,
        who: &Who,
        id: CaseId,
        action: Action,
        (why, reason): (Saw, Option<&Words>),
        view: impl FnOnce(Looking<'_>) -> V,
    ) -> Result<Looked<V>, Problem> {
        let now = self.now();
        let opened = match self.open(&who.room, id).await {
            Ok(opened) => Some(opened),
            Err(Problem::Unseen) => None,
            Err(other) => return Err(other),
        };
        let admitted = opened.as_ref().and_then(|opened| admission(who, opened));
        let (Some(opened), Some(admission)) = (opened.as_ref(), admitted.filter(|_| who.may(action))) else {
            // A refusal is on record too, under the case that was asked for, whether or not there is one.
            let glance = Glance {
                saw: why,
                refused: true,
            };
            self.record(&who.room, Some(who.account), &[id], (glance, reason), now)
                .await?;
            return Err(Problem::Unseen);
        };
        let elsewhere = self.elsewhere(&who.room, id, &opened.case).await?;
        let glance = Glance {
            saw: why,
            refused: false,
        };
        self.record(&who.room, Some(who.account), &[id], (glance, reason), now)
            .await?;
        let looking = Looking {
            case: &opened.case,
            grant: grant_of(who, &opened.case, admission),
            room: &who.room,
            elsewhere: &elsewhere,
            promises: promises(&opened.entries, &who.room, now),
            now,
        };
        Ok(Looked(view(looking)))
    }
}

/// How a case admits somebody.
pub(crate) fn admission(who: &Who, opened: &Opened) -> Option<Admission> {
    // Who was shut out went with the rest, so of an erased case nobody but the lead is told that it was there.
    let lead = who.roles().iter().any(|(role, _)| *role == Role::Lead);
    if opened.case.bones.is_some() && !lead {
        return None;
    }
    let door = door_of(&opened.case, &who.room);
    admits(&door, &who.room.landlord, who.account, who.roles())
}

pub(crate) use open::Opened as OpenedCase;
