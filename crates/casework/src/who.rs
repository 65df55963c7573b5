//! Somebody who is signed in, as every way into casework wants to know them.

use crate::room::Room;
use fanlight_core::access::{Action, Role, allowed};
use fanlight_core::fact::Actor;
use fanlight_core::ids::AccountId;
use fanlight_core::landlord::Member;
use fanlight_core::words::Words;
use std::sync::Arc;

/// Somebody who is signed in, in their landlord's room.
#[derive(Clone)]
pub struct Who {
    /// The room.
    pub room: Arc<Room>,
    /// The account.
    pub account: AccountId,
}

impl Who {
    pub(crate) fn new(room: Arc<Room>, account: AccountId) -> Option<Self> {
        room.member(account)?;
        Some(Who { room, account })
    }

    pub(crate) fn member(&self) -> Option<&Member> {
        self.room.member(self.account)
    }

    /// The name that colleagues see.
    pub fn name(&self) -> Words {
        self.member()
            .map(|member| member.name.clone())
            .unwrap_or_default()
    }

    /// The roles held.
    pub fn roles(&self) -> &[(Role, Option<String>)] {
        self.member().map_or(&[], |member| member.roles.as_slice())
    }

    /// Whether one of the roles allows this, in whatever case it may be.
    pub fn may(&self, action: Action) -> bool {
        // Whoever has an account is a colleague.
        allowed(Role::Colleague, action) || self.roles().iter().any(|(role, _)| allowed(*role, action))
    }

    /// The same as an actor of facts.
    pub fn actor(&self) -> Actor {
        Actor::Account(self.account)
    }

    /// The teams in which the person holds a role.
    pub fn teams(&self) -> Vec<&str> {
        let mut teams: Vec<&str> = self
            .roles()
            .iter()
            .filter_map(|(_, team)| team.as_deref())
            .collect();
        teams.sort_unstable();
        teams.dedup();
        teams
    }
}
