//! One function for each thing a person, the clock or the command line can do.
//!
//! Architecture invariant: only casework holds a store, and nobody reads a case without a record of it. There are two
//! ways in: [`look`](Looked), whose view is made only after the read is on record, and an act, whose facts are written
//! in one transaction with everything kept beside the journal. Everything else is a few lines on those two.
//!
//! No rule lives here: what may be done is decided in core, from the case, the pack and the time.

mod act;
mod assurance;
mod carry_in;
mod cases;
mod clock;
mod counts;
mod derive;
mod earlier;
mod erase;
mod erasure;
mod form;
mod install;
mod kept;
mod lists;
mod look;
mod open;
mod page;
pub mod people;
mod problem;
mod promised;
mod reading;
mod redact;
mod reports;
mod room;
mod search;
mod standby;
mod summary;
mod wake;
mod who;
mod withheld;

pub use assurance::{Assured, Behind, MeasureView, Promise, RegisterView};
pub use clock::Clock;
pub use earlier::{Earlier, EarlierCase};
pub use erase::Erasure;
pub use erasure::ErasureProposed;
pub use form::{Done, Form, When};
pub use install::{
    FirstAccount, InstallProblem, MadeInstallation, NewLandlord, OpenedInstallation, RecoveryCopy,
};
pub use kept::{Examined, KeptDifference};
pub use lists::{
    AtOnce, AtOnceRow, CaseRow, CasesPage, TeamPage, WorkCursor, WorkPage, WorkRow, WorkloadRow,
};
pub use look::Looked;
pub use page::{CasePage, ContactChoice, CorrectedPage, LooksPage, OneTry};
pub use people::{
    FirstCode, FirstSignIn, NewAccount, OwnPassword, Proposal, SignedIn, StaffRow, Visit, WhyNot,
};
pub use problem::Problem;
pub use promised::FirstAnswer;
pub use reading::{LookRow, Saw};
pub use reports::{NewReport, Receipt};
pub use room::Room;
pub use search::Alike;
pub use summary::{StageKept, WayIs};
pub use who::Who;

pub use fanlight_store::{Fault, Place, Verified};

use fanlight_core::ids::LandlordId;
use fanlight_core::ids::Position;
use fanlight_core::landlord::{Landlord, LandlordRecorded};
use fanlight_store::{JournalId, Store};
use jiff::Timestamp;
use people::password::Passwords;
use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

/// All that can be done, over one store.
pub struct Casework {
    store: Store,
    clock: Clock,
    passwords: Passwords,
    kept: Mutex<HashMap<LandlordId, Arc<Room>>>,
    standby: standby::Standby,
    /// The latest moment that the clock has told, in milliseconds: it may be put back.
    latest: AtomicI64,
}

impl Casework {
    /// Casework over a store that has been opened.
    pub fn new(store: Store, clock: Clock) -> Self {
        let passwords = Passwords::new(fanlight_store::random());
        Casework {
            store,
            clock,
            passwords,
            kept: Mutex::new(HashMap::new()),
            standby: standby::Standby::default(),
            latest: AtomicI64::new(i64::MIN),
        }
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        let now = self.clock.now();
        self.latest.fetch_max(now.as_millisecond(), Ordering::Relaxed);
        now
    }

    /// Whether the clock has been put back since this was asked last.
    pub(crate) fn clock_was_put_back(&self) -> bool {
        let now = self.clock.now().as_millisecond();
        self.latest.swap(now, Ordering::Relaxed) > now
    }

    pub(crate) fn random<const N: usize>(&self) -> [u8; N] {
        fanlight_store::random()
    }

    /// Every landlord's room.
    pub async fn rooms(&self) -> Result<Vec<Arc<Room>>, Problem> {
        let mut rooms = Vec::new();
        for label in self.store.landlords().await? {
            rooms.extend(self.room(&LandlordId(label.label().to_owned())).await?);
        }
        Ok(rooms)
    }

    /// A landlord's room, as its journal stands now.
    pub async fn room(&self, id: &LandlordId) -> Result<Option<Arc<Room>>, Problem> {
        let Some(label) = fanlight_store::Landlord::new(&id.0) else {
            return Ok(None);
        };
        let length = match self.store.length(&label, JournalId::LANDLORD).await {
            Ok(length) => length,
            Err(fanlight_store::StoreError::NotFound) => return Ok(None),
            Err(other) => return Err(other.into()),
        };
        let now = self.now();
        let kept = self.kept.lock().expect("no holder panics").get(id).cloned();
        if let Some(room) = kept.filter(|room| room.landlord.length == length && room.is_of_today(now)) {
            return Ok(Some(room));
        }
        if length == 0 {
            return Ok(None);
        }
        let journal = self.store.journal(&label, JournalId::LANDLORD).await?;
        let mut entries = Vec::with_capacity(journal.entries.len());
        for entry in journal.entries {
            let fanlight_store::Entry::Open(bytes) = entry.entry else {
                continue;
            };
            let recorded: LandlordRecorded =
                serde_json::from_slice(&bytes).map_err(|_| Problem::Unreadable("a landlord's entry"))?;
            entries.push((Position(entry.position), recorded));
        }
        let landlord = Landlord::fold(&entries);
        let tokens = self.store.tokens(&label).await?;
        let room = Arc::new(Room::new(id.clone(), label, tokens, landlord, now)?);
        self.kept
            .lock()
            .expect("no holder panics")
            .insert(id.clone(), room.clone());
        Ok(Some(room))
    }
}
