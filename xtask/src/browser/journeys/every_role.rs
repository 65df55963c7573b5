//! Every role signs in, finds what is for it, and meets one and the same answer where nothing is.

use anyhow::{Context, Result, ensure};

use crate::browser::stage::Stage;

/// Words on the demo's line, the heading that comes first, and pages that are for this role.
const ROLES: &[(&[&str], &str, &[&str])] = &[
    (
        &["settle", "domestic abuse lead"],
        "Assurance",
        &[
            "/assurance",
            "/team",
            "/cases",
            "/work",
            "/registers",
            "/accounts",
        ],
    ),
    (
        &["settle: manager"],
        "Team",
        &["/team", "/work", "/cases", "/assurance"],
    ),
    (
        &["bpha", "caseworker", "My work: what is due"],
        "My work",
        &["/work", "/cases", "/report", "/find", "/registers"],
    ),
    (
        &["settle", "board member"],
        "Assurance",
        &["/assurance", "/assurance/measures"],
    ),
    (
        &["settle", "administrator"],
        "Accounts",
        &["/accounts", "/registers"],
    ),
    (
        &["bpha: colleague"],
        "Is anybody in danger right now?",
        &["/report", "/registers", "/guide"],
    ),
];

pub(super) fn walk(stage: &Stage<'_>) -> Result<()> {
    for (words, heading, pages) in ROLES {
        let account = stage.account(words)?;
        let browser = stage.browser()?;
        browser.sign_in(account)?;
        browser.see(heading).with_context(|| format!("{words:?} first"))?;
        for page in *pages {
            browser.open(page)?;
            browser
                .see_nothing_of("Nothing that you can open")
                .with_context(|| format!("{words:?} at {page}"))?;
            browser
                .axe_finds_nothing()
                .with_context(|| format!("{words:?} at {page}"))?;
            browser
                .no_sideways_scroll()
                .with_context(|| format!("{words:?} at {page}"))?;
            let name = format!(
                "{}{}",
                words[0].split([' ', ':']).next_back().unwrap_or("role"),
                page.replace('/', "-")
            );
            browser.screenshot(&name, 1280)?;
        }
    }
    // Nobody without a role that reads cases can tell a case from an address at which there is none.
    let browser = stage.browser()?;
    browser.sign_in(stage.account(&["settle", "administrator"])?)?;
    for page in ["/work", "/cases", "/case/00000000000000000000000000000000"] {
        browser.open(page)?;
        browser
            .see("Nothing that you can open")
            .with_context(|| format!("the administrator at {page}"))?;
    }
    ensure!(browser.title()?.contains("Nothing that you can open"));
    Ok(())
}
