//! Back after signing out: the browser shows nothing of a case that it had on screen, with and without JavaScript.

use anyhow::{Context, Result};

use crate::browser::page::Browser;
use crate::browser::stage::Stage;

const WORDS: &str = "He waits at the bus stop by the school every morning.";

pub(super) fn walk(stage: &Stage<'_>) -> Result<()> {
    back_shows_nothing(stage, &stage.browser()?).context("with scripts")?;
    back_shows_nothing(stage, &stage.without_javascript()?).context("without scripts")
}

fn back_shows_nothing(stage: &Stage<'_>, browser: &Browser) -> Result<()> {
    browser.sign_in(stage.account(&["settle", "caseworker", "My work: what is due"])?)?;
    browser.see_heading("My work")?;
    browser.open("/report")?;
    browser.choose("No, not that they know of")?;
    browser.press("Next: what we were told")?;
    browser.fill_by_label("What were you told?", WORDS)?;
    browser.choose("No")?;
    browser.press("Save the report")?;
    browser.see_heading("It is saved")?;
    browser.press("Open it")?;
    browser.see(WORDS)?;
    browser.press("Write a note")?;
    browser.fill_by_label("What happened or was said", WORDS)?;
    browser.press("Sign out")?;
    browser.see("You have signed out.")?;
    for step in 1..=4 {
        browser.back()?;
        let shown = format!("{}{}", browser.text()?, browser.source()?);
        anyhow::ensure!(
            !shown.contains(WORDS) && !shown.contains("It is saved"),
            "step {step} back after signing out shows a page of before, at {}",
            browser.location()?
        );
    }
    Ok(())
}
