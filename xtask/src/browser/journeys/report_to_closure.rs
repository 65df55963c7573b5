//! One report from first word to closure: danger first, a receipt, the case, a contact, and the survivor's word.

use anyhow::{Context, Result};

use crate::browser::page::Browser;
use crate::browser::stage::Stage;

pub(super) fn walk(stage: &Stage<'_>) -> Result<()> {
    let with_scripts = stage.browser()?;
    journey(
        stage,
        &with_scripts,
        "He stood at the door and shouted that he would burn it down.",
        true,
    )
    .context("with scripts")?;
    let without = stage.without_javascript()?;
    journey(
        stage,
        &without,
        "A neighbour heard shouting and something break.",
        false,
    )
    .context("without scripts")
}

fn journey(stage: &Stage<'_>, browser: &Browser, words: &str, scripts: bool) -> Result<()> {
    let check = |name: &str| -> Result<()> {
        if scripts {
            browser
                .axe_finds_nothing()
                .with_context(|| format!("on {name}"))?;
            browser.screenshot(name, 1280)?;
            browser.screenshot(name, 390)?;
        }
        browser.no_sideways_scroll().with_context(|| format!("on {name}"))
    };
    browser.sign_in(stage.account(&["settle", "caseworker", "My work: what is due"])?)?;
    browser.see_heading("My work")?;
    check("my-work")?;

    // Danger comes before anything else, and cannot be skipped.
    browser.open("/report")?;
    browser.press("Next: what we were told")?;
    browser.see("One thing to put right")?;
    check("report-danger-error")?;
    browser.choose("Not this minute, but perhaps today or tonight")?;
    check("report-danger")?;
    browser.press("Next: what we were told")?;
    browser.see("Do this first")?;
    check("report-what")?;

    // What is missing is said, and what was written is kept.
    browser.fill_by_label("What were you told?", words)?;
    browser.press("Save the report")?;
    browser.see("Choose whether anybody involved works for us")?;
    anyhow::ensure!(
        browser.value_by_label("What were you told?")? == words,
        "what was written was lost"
    );
    check("report-what-error")?;
    browser.choose("No")?;
    browser.press("Save the report")?;
    browser.see_heading("It is saved")?;
    check("receipt")?;

    browser.press("Open it")?;
    browser.see("No safe way known yet")?;
    browser.see(words)?;
    check("report-opened")?;
    browser.press("Open a case")?;
    browser.fill_by_label("What the person likes to be called", "Marigold")?;
    check("open-case")?;
    browser.press("Open the case")?;
    browser.see("The case is open.")?;
    browser.see_heading("Marigold")?;
    check("case")?;
    anyhow::ensure!(!browser.title()?.contains("Marigold"), "a name stands in a title");
    anyhow::ensure!(
        !browser.location()?.contains("Marigold"),
        "a name stands in an address"
    );

    browser.press("Write a note")?;
    browser.fill_by_label(
        "What happened or was said",
        "She says “I want to stay, with new locks”.",
    )?;
    check("note")?;
    browser.press("Save the note")?;
    browser.see("The note is saved.")?;
    browser.see("I want to stay, with new locks")?;

    browser.press("Close the case")?;
    browser.choose("Another outcome")?;
    browser.fill_by_label(
        "What was done, and the way back",
        "Locks changed. She can ring at any time.",
    )?;
    browser.choose("It could not be had")?;
    browser.fill_by_label("Why not?", "She asked us not to ring this week.")?;
    check("close")?;
    browser.press("Close the case")?;
    browser.see("The case is closed.")?;
    check("closed")?;

    browser.press("Sign out")?;
    browser.see("You have signed out.")?;
    check("door")
}
