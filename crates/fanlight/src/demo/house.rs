//! One landlord of the demonstration: its pack, its invented staff, and those of them who act in the stories.

use super::almanac::Almanac;
use super::staff::{PASSWORD, Person};
use crate::policy;
use anyhow::{Context, Result, anyhow};
use fanlight_casework::people::password::{Hash, Password};
use fanlight_casework::{Casework, FirstAccount, Form, NewLandlord, Visit, Who};
use fanlight_core::ids::{AccountId, LandlordId, Position};
use fanlight_core::words::Words;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use tokio::task::JoinSet;

/// One landlord of the demonstration.
pub(super) struct House {
    pub(super) casework: Arc<Casework>,
    pub(super) almanac: Almanac,
    pub(super) landlord: LandlordId,
    /// The team that works its cases.
    pub(super) team: String,
    accounts: BTreeMap<&'static str, AccountId>,
    acting: BTreeMap<&'static str, Who>,
}

impl House {
    /// Makes the landlord and its staff. The clock stands well before the first story.
    pub(super) async fn make(
        casework: &Arc<Casework>,
        almanac: &Almanac,
        name: &str,
        people: &'static [Person],
        hash: &Hash,
    ) -> Result<Arc<House>> {
        let landlord = LandlordId(name.to_owned());
        casework
            .add_landlord(NewLandlord {
                id: landlord.clone(),
                files: policy::files(Path::new(name))?.0.into_iter().collect(),
                from: almanac.date(-120),
            })
            .await?;
        // A number of the range kept for stories: it reaches nobody.
        let telephone = Words::new("01632 960 100, an invented number");
        casework.set_public_telephone(&landlord, Some(telephone)).await?;
        let room = casework.room(&landlord).await?.context("the landlord is there")?;
        let team = room.first_team().to_owned();
        let accounts: BTreeMap<&'static str, AccountId> = people
            .iter()
            .map(|person| (person.key, casework.new_account()))
            .collect();
        let first = people
            .iter()
            .map(|person| FirstAccount {
                account: accounts[person.key],
                name: Words::new(person.name),
                post: Words::new(person.post),
                sign_in: Words::new(person.sign_in),
                hash: hash.clone(),
                reports_to: person.reports_to.map(|above| accounts[above]),
                roles: vec![(person.role, person.role.is_of_a_team().then(|| team.clone()))],
            })
            .collect();
        casework.add_hashed_accounts(&landlord, first).await?;
        let acting = sign_in_those_who_act(casework, people).await?;
        Ok(Arc::new(House {
            casework: casework.clone(),
            almanac: almanac.clone(),
            landlord,
            team,
            accounts,
            acting,
        }))
    }

    /// Somebody who acts in the stories.
    pub(super) fn who(&self, key: &str) -> Result<&Who> {
        self.acting
            .get(key)
            .ok_or_else(|| anyhow!("nobody acts as {key}"))
    }

    /// Somebody's account.
    pub(super) fn account(&self, key: &str) -> Result<AccountId> {
        self.accounts
            .get(key)
            .copied()
            .ok_or_else(|| anyhow!("nobody is called {key}"))
    }

    /// A form that has just been drawn.
    pub(super) fn form(&self, seen: Option<Position>) -> Form {
        Form {
            command: self.casework.new_command(),
            body: [0; 32],
            seen,
        }
    }
}

/// There is one way to become somebody, for the stories too: by name and password.
async fn sign_in_those_who_act(
    casework: &Arc<Casework>,
    people: &'static [Person],
) -> Result<BTreeMap<&'static str, Who>> {
    let mut coming = JoinSet::new();
    for person in people.iter().filter(|person| person.acts) {
        let casework = casework.clone();
        coming.spawn(async move {
            let signed_in = casework
                .sign_in(person.sign_in, Password::new(PASSWORD.to_owned()), None)
                .await
                .map_err(|_| anyhow!("{} cannot sign in", person.key))?;
            let visit = casework.visit(&signed_in.session).await?;
            casework.sign_out(&signed_in.session).await?;
            match visit {
                Visit::Awake { who, .. } => Ok((person.key, who)),
                Visit::Asleep { .. } | Visit::Nobody => Err(anyhow!("{} is not signed in", person.key)),
            }
        });
    }
    let mut acting = BTreeMap::new();
    while let Some(come) = coming.join_next().await {
        let (key, who): (&'static str, Who) = come??;
        acting.insert(key, who);
    }
    Ok(acting)
}
