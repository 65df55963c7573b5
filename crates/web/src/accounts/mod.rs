//! Accounts: who can sign in, with which post and roles. An administrator sees no case here or anywhere.

use askama::Template;
use fanlight_core::words::Words;

use crate::forms::Link;
use crate::layout::Frame;
use crate::signs::TimeTag;
use crate::team::ApprovalRow;

/// Somebody who can sign in.
#[derive(Clone, Debug, Default)]
pub struct AccountRow {
    /// The name.
    pub name: Words,
    /// The post.
    pub post: Words,
    /// Roles, with their teams.
    pub roles: Vec<String>,
    /// Whom the post reports to.
    pub reports_to: Words,
    /// Open or closed.
    pub state: TimeTag,
    /// What can be done.
    pub links: Vec<Link>,
}

/// Accounts.
#[derive(Template)]
#[template(path = "accounts/accounts.html")]
pub struct AccountsPage {
    /// The frame.
    pub frame: Frame,
    /// What is said first.
    pub sub: String,
    /// Accounts.
    pub rows: Vec<AccountRow>,
    /// What waits for a second person.
    pub waiting: Vec<ApprovalRow>,
    /// What can be added.
    pub add: Option<Link>,
}
crate::pages!(AccountsPage);
