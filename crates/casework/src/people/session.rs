//! Sessions: kept on the server, sealed, found by a keyed token of what the browser holds.
//!
//! A session falls asleep after fifteen minutes and ends after ten hours. Asleep, it shows nothing and does nothing,
//! but what was being written can still be kept as a draft for its account.

use super::account::normal;
use super::password::Password;
use crate::Casework;
use crate::problem::Problem;
use crate::room::Room;
use crate::who::Who;
use fanlight_core::ids::{AccountId, LandlordId};
use fanlight_store::{PutRow, RowFilter};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

const SESSIONS: &str = "session";
const DEVICES: &str = "device";
/// After how long without a page a session falls asleep.
pub(crate) const IDLE: SignedDuration = SignedDuration::from_mins(15);
/// After how long it ends.
const WHOLE: SignedDuration = SignedDuration::from_hours(10);
/// How long a sleeping session may still keep what was being written.
const ASLEEP: SignedDuration = SignedDuration::from_hours(24);
/// How long a device is known.
const KNOWN: SignedDuration = SignedDuration::from_hours(24 * 90);
/// How stale the kept time of the last page may be.
const TOUCH: SignedDuration = SignedDuration::from_secs(60);

#[derive(Clone, Serialize, Deserialize)]
struct Kept {
    account: AccountId,
    started: Timestamp,
    seen: Timestamp,
}

/// Somebody who has just signed in.
pub struct SignedIn {
    /// What the browser keeps for the session.
    pub session: String,
    /// What the browser keeps to be known again at the door.
    pub device: String,
    /// Who.
    pub who: Who,
}

/// Why somebody was not let in. The door says the same of a wrong name and a wrong password.
#[derive(Debug)]
pub enum WhyNot {
    /// Name and password do not fit together.
    DoNotFit,
    /// They fit, and this account is opened the first time with a code that the second person gave out.
    CodeWanted,
    /// Too many guesses: it can be tried again in some minutes, and nobody is locked out for good.
    TooMany,
    /// Something else.
    Problem(Problem),
}

impl From<Problem> for WhyNot {
    fn from(problem: Problem) -> Self {
        WhyNot::Problem(problem)
    }
}

/// A first sign-in after a role that reads cases, or after a new password.
pub struct FirstSignIn {
    /// The password that was told.
    pub password: Password,
    /// The code that the second person told, as it was typed.
    pub code: String,
    /// The password chosen from now on, known to nobody else.
    pub new: Password,
}

/// Somebody who came with a session.
pub enum Visit {
    /// Signed in.
    Awake {
        /// Who.
        who: Who,
        /// What forms must send back, so that no other site can send them.
        csrf: String,
    },
    /// Signed in once, and away too long: only a draft may be kept.
    Asleep {
        /// Who it was.
        who: Who,
        /// What forms must send back.
        csrf: String,
    },
    /// Nobody.
    Nobody,
}

impl Casework {
    /// Lets somebody in by name and password.
    pub async fn sign_in(
        &self,
        sign_in: &str,
        password: Password,
        device: Option<&str>,
    ) -> Result<SignedIn, WhyNot> {
        let (who, kept, now) = self.at_the_door(sign_in, password, None, device).await?;
        if kept.door.code.is_some() {
            return Err(WhyNot::CodeWanted);
        }
        self.let_in(who, device, now).await
    }

    /// Lets somebody in for the first time after a second person agreed: with the password that was told, the code that
    /// the second person told, and a new password. From then on that new one opens, alone.
    pub async fn first_sign_in(
        &self,
        sign_in: &str,
        first: FirstSignIn,
        device: Option<&str>,
    ) -> Result<SignedIn, WhyNot> {
        let code = super::FirstCode::typed(&first.code);
        first
            .new
            .can_be_set()
            .map_err(|says| WhyNot::Problem(Problem::Unfit(says)))?;
        if first.new.is(&first.password) {
            return Err(WhyNot::Problem(Problem::Unfit(
                "Choose a new password: whoever told you this one knows it.",
            )));
        }
        let (who, kept, now) = self
            .at_the_door(sign_in, first.password, Some(Password::new(code)), device)
            .await?;
        let hash = self.passwords.hash(first.new, self.random()).await;
        let row = kept.replaced_by(&super::account::Door {
            account: who.account,
            hash,
            code: None,
        })?;
        // Only if nothing has changed at this door since it was looked at: the code opens once.
        self.store
            .put_row(&who.room.label, row)
            .await
            .map_err(Problem::from)?;
        self.end_sessions_of(&who.room, who.account).await?;
        self.let_in(who, device, now).await
    }

    /// Whether name and password fit, and the code with them where one is wanted and given.
    async fn at_the_door(
        &self,
        sign_in: &str,
        password: Password,
        code: Option<Password>,
        device: Option<&str>,
    ) -> Result<(Who, super::account::KeptDoor, Timestamp), WhyNot> {
        let now = self.now();
        let rooms = self.rooms().await?;
        let mut found = None;
        for room in &rooms {
            if let Some(kept) = self.door(room, sign_in).await? {
                found = Some((room.clone(), kept));
            }
        }
        // Where nobody has this name, the guesses are counted with the first landlord's.
        let Some(room) = found
            .as_ref()
            .map(|(room, _)| room.clone())
            .or_else(|| rooms.first().cloned())
        else {
            return Err(WhyNot::DoNotFit);
        };
        let known = match (&found, device) {
            (Some((_, kept)), Some(device)) => {
                self.device_is_of(&room, device, kept.door.account, now).await?
            }
            _ => false,
        };
        let bucket = match device.filter(|_| known) {
            Some(device) => format!("device {device} {}", normal(sign_in)),
            None => format!("name {}", normal(sign_in)),
        };
        if !self.may_guess(&room, &bucket, now).await? {
            return Err(WhyNot::TooMany);
        }
        let hash = found.as_ref().map(|(_, kept)| kept.door.hash.clone());
        let mut fits = self.passwords.fits(password, hash).await;
        if let Some(code) = code {
            let wanted = found.as_ref().and_then(|(_, kept)| kept.door.code.clone());
            fits &= self.passwords.fits(code, wanted).await;
        }
        let (who, kept) = found
            .filter(|_| fits)
            .and_then(|(room, kept)| Some((Who::new(room, kept.door.account)?, kept)))
            .ok_or(WhyNot::DoNotFit)?;
        // Looked at again after the hashing, which takes its time: a code may have come between.
        let still = self.door(&who.room, sign_in).await?;
        if still.is_none_or(|still| still.version != kept.version) {
            return Err(WhyNot::DoNotFit);
        }
        self.forget_guesses(&room, &bucket).await?;
        Ok((who, kept, now))
    }

    async fn let_in(&self, who: Who, device: Option<&str>, now: Timestamp) -> Result<SignedIn, WhyNot> {
        let session = self.begin_session(&who, now).await?;
        let known = match device {
            Some(device) => self.device_is_of(&who.room, device, who.account, now).await?,
            None => false,
        };
        let device = match device.filter(|_| known) {
            Some(device) => device.to_owned(),
            None => self.know_device(&who, now).await?,
        };
        Ok(SignedIn { session, device, who })
    }

    /// Who comes with this session. The time of the last page is kept to the minute.
    pub async fn visit(&self, session: &str) -> Result<Visit, Problem> {
        let now = self.now();
        let Some((landlord, secret)) = parts_of(session) else {
            return Ok(Visit::Nobody);
        };
        let Some(room) = self.room(&landlord).await? else {
            return Ok(Visit::Nobody);
        };
        let id = room.tokens.lookup(SESSIONS, &secret);
        let Some(row) = self.row_or_held(&room, SESSIONS, &id).await? else {
            return Ok(Visit::Nobody);
        };
        let mut kept: Kept =
            serde_json::from_slice(&row.bytes).map_err(|_| Problem::Unreadable("a session"))?;
        if row.owner != Some(kept.account.0) || row.expires_at.is_some_and(|end| end <= now.as_millisecond())
        {
            return Ok(Visit::Nobody);
        }
        let Some(who) = Who::new(room.clone(), kept.account) else {
            return Ok(Visit::Nobody);
        };
        // Read from the journal, with the role itself: no session outlives the moment at which its account came to read.
        if who
            .member()
            .and_then(|member| member.renewed)
            .is_some_and(|renewed| kept.started < renewed)
        {
            return Ok(Visit::Nobody);
        }
        let csrf = hex(&room.tokens.lookup("csrf", &secret));
        let idle = now.duration_since(kept.seen);
        if idle > IDLE || now.duration_since(kept.started) > WHOLE {
            return Ok(Visit::Asleep { who, csrf });
        }
        if idle > TOUCH {
            kept.seen = now;
            self.put_or_hold(&room, session_row(&id, &kept)?).await?;
        }
        Ok(Visit::Awake { who, csrf })
    }

    /// Ends a session.
    pub async fn sign_out(&self, session: &str) -> Result<(), Problem> {
        let Some((landlord, secret)) = parts_of(session) else {
            return Ok(());
        };
        let Some(room) = self.room(&landlord).await? else {
            return Ok(());
        };
        let id = room.tokens.lookup(SESSIONS, &secret);
        self.delete_or_hold(&room, SESSIONS, &id).await
    }

    /// Ends every session of an account.
    pub(crate) async fn end_sessions_of(&self, room: &Room, account: AccountId) -> Result<(), Problem> {
        self.drop_held_of(room, SESSIONS, account.0);
        let mut after = None;
        loop {
            let filter = RowFilter::Owner(account.0);
            let rows = self.store.rows(&room.label, SESSIONS, filter, after, 100).await?;
            let Some(last) = rows.last() else {
                return Ok(());
            };
            after = Some(last.cursor());
            for row in rows {
                self.delete_or_hold(room, SESSIONS, &row.id).await?;
            }
        }
    }

    async fn begin_session(&self, who: &Who, now: Timestamp) -> Result<String, Problem> {
        let secret: [u8; 32] = self.random();
        let id = who.room.tokens.lookup(SESSIONS, &secret);
        let kept = Kept {
            account: who.account,
            started: now,
            seen: now,
        };
        self.put_or_hold(&who.room, session_row(&id, &kept)?).await?;
        Ok(format!("{}.{}", who.room.id.0, hex(&secret)))
    }

    async fn know_device(&self, who: &Who, now: Timestamp) -> Result<String, Problem> {
        let secret: [u8; 32] = self.random();
        let id = who.room.tokens.lookup(DEVICES, &secret);
        let mut row = PutRow::new(DEVICES, &id, Vec::new());
        row.owner = Some(who.account.0);
        row.expires_at = Some((now + KNOWN).as_millisecond());
        self.put_or_hold(&who.room, row).await?;
        Ok(hex(&secret))
    }

    async fn device_is_of(
        &self,
        room: &Room,
        device: &str,
        account: AccountId,
        now: Timestamp,
    ) -> Result<bool, Problem> {
        let Some(secret) = unhex(device) else {
            return Ok(false);
        };
        let id = room.tokens.lookup(DEVICES, &secret);
        let row = self.row_or_held(room, DEVICES, &id).await?;
        Ok(row.is_some_and(|row| {
            row.owner == Some(account.0) && row.expires_at.is_none_or(|end| end > now.as_millisecond())
        }))
    }
}

fn session_row(id: &[u8], kept: &Kept) -> Result<PutRow, Problem> {
    let bytes = serde_json::to_vec(kept).map_err(|_| Problem::Unreadable("a session"))?;
    let mut row = PutRow::new(SESSIONS, id, bytes);
    row.owner = Some(kept.account.0);
    row.expires_at = Some((kept.seen.max(kept.started) + ASLEEP).as_millisecond());
    Ok(row)
}

fn parts_of(session: &str) -> Option<(LandlordId, [u8; 32])> {
    let (landlord, secret) = session.split_once('.')?;
    Some((LandlordId(landlord.to_owned()), unhex(secret)?))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let bytes = text.as_bytes();
    if bytes.len() != 64 || !bytes.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let mut out = [0; 32];
    for (place, pair) in out.iter_mut().zip(bytes.chunks_exact(2)) {
        *place = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(out)
}
