//! A note is redacted by the lead, the report ends, and a second person agrees that it is erased.

use anyhow::{Context, Result, ensure};

use crate::browser::page::Browser;
use crate::browser::stage::Stage;

const REPORT: &str = "Somebody shouted in the yard on Tuesday.";
const NOTE: &str = "The neighbour above is in hospital.";

pub(super) fn walk(stage: &Stage<'_>) -> Result<()> {
    journey(stage, &stage.browser()?, true).context("with scripts")?;
    journey(stage, &stage.without_javascript()?, false).context("without scripts")
}

fn journey(stage: &Stage<'_>, lead: &Browser, scripts: bool) -> Result<()> {
    let check = |browser: &Browser, name: &str| -> Result<()> {
        if scripts {
            browser
                .axe_finds_nothing()
                .with_context(|| format!("on {name}"))?;
            browser.screenshot(name, 1280)?;
            browser.screenshot(name, 390)?;
        }
        browser.no_sideways_scroll().with_context(|| format!("on {name}"))
    };
    lead.sign_in(stage.account(&["settle", "domestic abuse lead"])?)?;
    lead.see_heading("Assurance")?;
    lead.open("/report")?;
    lead.choose("No, not that they know of")?;
    lead.press("Next: what we were told")?;
    lead.fill_by_label("What were you told?", REPORT)?;
    lead.choose("No")?;
    lead.press("Save the report")?;
    lead.press("Open it")?;
    lead.see(REPORT)?;
    let at = lead.location()?;
    lead.press("Write a note")?;
    lead.fill_by_label("What happened or was said", NOTE)?;
    lead.press("Save the note")?;
    lead.see(NOTE)?;

    // The link is named after its entry and the time of it: "Redact: Note, Today, 16:01".
    let page = lead.source()?;
    let link = page.split("href=\"").find(|rest| rest.contains(">Redact<"));
    let link = link.and_then(|rest| rest.split('"').next());
    lead.open(link.context("no entry can be redacted")?)?;
    lead.see_heading("Redact an entry")?;
    check(lead, "redact")?;
    lead.press("Look once more")?;
    lead.see("Choose why")?;
    check(lead, "redact-error")?;
    lead.choose("It is about somebody who has nothing to do with this case")?;
    lead.choose("They are kept")?;
    lead.press("Look once more")?;
    lead.see_heading("Redact it for good?")?;
    lead.see(NOTE)?;
    check(lead, "redact-confirm")?;
    lead.press("Redact it for good")?;
    lead.see("Nothing of the entry can be read any more")?;
    lead.see_nothing_of(NOTE)?;
    check(lead, "redacted")?;

    lead.press("End the report")?;
    lead.choose("It was recorded by mistake")?;
    lead.fill_by_label("The reason", "Meant for repairs.")?;
    lead.press("End the report")?;
    lead.see("The report is ended.")?;
    lead.press("Erase")?;
    lead.see_heading("Propose to erase it")?;
    check(lead, "erase-propose")?;
    lead.choose("It was entered by mistake, or as a trial")?;
    lead.press("Propose it to a second person")?;
    lead.see("It waits for a second person")?;

    let second = if scripts {
        stage.browser()?
    } else {
        stage.without_javascript()?
    };
    second.sign_in(stage.account(&["settle: manager"])?)?;
    second.see_heading("The team’s work")?;
    second.open(&format!("{}/erase", at.split('?').next().unwrap_or_default()))?;
    second.see_heading("Erase it for good?")?;
    check(&second, "erase-answer")?;
    second.choose("Yes, erase it for good")?;
    second.choose("They are kept")?;
    check(&second, "erase-answer-yes")?;
    second.press("Answer")?;
    second.see("Nothing of it can be opened any more")?;
    second.open(&at)?;
    second.see("Nothing that you can open")?;

    lead.open(&at)?;
    lead.see_heading("Erased")?;
    check(lead, "erased")?;
    ensure!(!lead.source()?.contains(REPORT), "what was erased is on the page");
    Ok(())
}
