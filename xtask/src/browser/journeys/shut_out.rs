//! A report about a colleague's own home: the colleague is shut out before anybody is given the case, and finds nothing.

use anyhow::{Result, ensure};

use crate::browser::stage::Stage;

const WORDS: &str = "She says that her husband, who works here, follows her to the shops.";

pub(super) fn walk(stage: &Stage<'_>) -> Result<()> {
    let taker = stage.browser()?;
    taker.sign_in(stage.account(&["settle: colleague"])?)?;
    taker.open("/report")?;
    taker.choose("No, not that they know of")?;
    taker.press("Next: what we were told")?;
    taker.fill_by_label("What were you told?", WORDS)?;
    taker.choose("Yes, or somebody close to them does")?;
    taker.press("Save the report")?;
    taker.see_heading("Who works here?")?;
    taker.axe_finds_nothing()?;
    taker.no_sideways_scroll()?;
    taker.screenshot("report-connected", 1280)?;
    taker.choose("Tom Fernhollow")?;
    taker.fill_by_label("How are they involved?", "Her husband")?;
    taker.press("Shut them out")?;
    taker.see_heading("It is saved")?;
    let receipt = taker.text()?;
    let reference = receipt
        .split_whitespace()
        .find(|word| word.len() == 7 && word.as_bytes().get(3) == Some(&b'-'))
        .map(str::to_owned);
    let Some(reference) = reference else {
        anyhow::bail!("the receipt names no reference")
    };
    taker.see_nothing_of(WORDS)?;

    // The team has it; the one shut out finds it nowhere.
    let joan = stage.browser()?;
    joan.sign_in(stage.account(&["settle", "caseworker", "My work: what is due"])?)?;
    joan.open("/cases?show=reports")?;
    joan.see(&reference)?;
    let tom = stage.browser()?;
    tom.sign_in(stage.account(&["tom.fernhollow"])?)?;
    for page in ["/work", "/cases", "/cases?show=reports"] {
        tom.open(page)?;
        tom.see_nothing_of(&reference)?;
    }
    tom.open("/find")?;
    tom.fill_by_label("Name, case number, telephone or tenancy", &reference)?;
    tom.press("Find")?;
    tom.see("Nothing that you can open")?;
    ensure!(
        !tom.location()?.contains(&reference),
        "what was searched for stands in the address"
    );
    Ok(())
}
