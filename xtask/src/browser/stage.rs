//! What a journey is given: where the product is, who may sign in, and browsers.

use std::fmt;

use anyhow::{Context, Result};

use super::driver::{Driver, Scripts};
use super::page::Browser;

/// An invented person of the demo who may sign in.
#[derive(Clone)]
pub(crate) struct Account {
    /// What they sign in with.
    pub(crate) name: String,
    /// Their password, good for the demo alone.
    pub(crate) password: String,
    /// The whole line the demo printed about them: landlord and role among it.
    pub(crate) line: String,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Account({})", self.name)
    }
}

/// The place where a journey happens.
pub(crate) struct Stage<'a> {
    driver: &'a Driver,
    address: String,
    accounts: Vec<Account>,
}

impl<'a> Stage<'a> {
    pub(super) fn new(driver: &'a Driver, address: &str, accounts: Vec<Account>) -> Self {
        Self {
            driver,
            address: address.trim_end_matches('/').to_owned(),
            accounts,
        }
    }

    /// A new browser as most people have it.
    pub(crate) fn browser(&self) -> Result<Browser> {
        self.open(Scripts::Allowed)
    }

    /// A new browser in which no page runs any script.
    pub(crate) fn without_javascript(&self) -> Result<Browser> {
        self.open(Scripts::Blocked)
    }

    /// The first account whose line says all these words, in any order: `["settle", "caseworker"]`.
    pub(crate) fn account(&self, words: &[&str]) -> Result<&Account> {
        let says_all = |account: &&Account| {
            let line = account.line.to_lowercase();
            words.iter().all(|word| line.contains(&word.to_lowercase()))
        };
        self.accounts
            .iter()
            .find(says_all)
            .with_context(|| format!("the demo printed no account with {words:?}"))
    }

    fn open(&self, scripts: Scripts) -> Result<Browser> {
        Ok(Browser::new(
            self.driver.session(scripts)?,
            self.address.clone(),
            self.driver.axe().to_owned(),
        ))
    }
}
