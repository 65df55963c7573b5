//! Risk on the telephone: asked by keyboard or by clicking, found whole after a reload, decided by a person; then what
//! another agency found, and whether the case goes to MARAC.

use anyhow::{Context, Result, ensure};

use crate::browser::page::Browser;
use crate::browser::stage::Stage;

const TAB: char = '\u{e004}';
const ARROW_UP: char = '\u{e013}';
const WORDS: &str = "A cut lip, and no, not the first time";
/// Answers as they are given by key, from the first question on.
const BY_KEY: [(&str, &str); 6] = [
    ("Injured in latest incident", "Yes"),
    ("Very frightened", "No"),
    ("What is feared", "Don’t know"),
    ("Cut off from family or friends", "Not asked"),
    ("Low, or thoughts of suicide", "Declined"),
    ("Left or tried to leave in past year", "Yes"),
];

pub(super) fn walk(stage: &Stage<'_>) -> Result<()> {
    journey(stage, &stage.browser()?, true).context("with scripts")?;
    journey(stage, &stage.without_javascript()?, false).context("without scripts")
}

fn journey(stage: &Stage<'_>, browser: &Browser, scripts: bool) -> Result<()> {
    let check = |name: &str| check(browser, name, scripts);
    browser.sign_in(stage.account(&["settle", "caseworker", "My work: what is due"])?)?;
    open_a_case(browser)?;
    browser.press("Risk")?;
    browser.see("That is not the same as low")?;
    check("risk-none")?;

    browser.press("Ask now: 24 topics of risk, in our own short words")?;
    browser.see_heading("Risk, with Tansy")?;
    check("risk-ask")?;
    let at = browser.location()?;
    ensure!(
        !at.contains("Tansy") && !browser.title()?.contains("Tansy"),
        "a name outside the page"
    );
    if scripts {
        ask_by_key(browser).context("by key")?;
    } else {
        ask_by_clicking(browser).context("by clicking")?;
    }
    check("risk-asked")?;

    // Loaded again, as after a telephone call that broke off: every answer stands where it was.
    browser.open(&at)?;
    all_there(browser).context("after the page was loaded again")?;

    browser.press("Finish and decide")?;
    browser.see_heading("Risk: decide")?;
    check("risk-decide")?;
    browser.press("Save the assessment")?;
    browser.see("Choose the level")?;
    check("risk-decide-error")?;
    browser.press("Back to the answers")?;
    all_there(browser).context("back from the decision")?;
    browser.press("Finish and decide")?;
    browser.choose("High")?;
    browser.fill_by_label(
        "What does your judgement rest on?",
        "She has named the day she means to leave.",
    )?;
    browser.press("Save the assessment")?;
    browser.see("The assessment is saved.")?;
    browser.see("2 yes, could be 23")?;

    browser.press("Record one made on paper, or by another agency")?;
    check("risk-record")?;
    browser.press("Save the assessment")?;
    browser.see("Choose by whom")?;
    check("risk-record-error")?;
    browser.choose("By another agency")?;
    browser.fill_by_label("Which agency?", "The police")?;
    browser.choose("We were told of it")?;
    browser.choose("Medium")?;
    browser.fill_by_label("How many answers were yes?", "9")?;
    browser.press("Save the assessment")?;
    browser.see("9 yes; how many were not asked or not known was not said")?;

    browser.press("Decide about a referral")?;
    check("marac")?;
    browser.press("Save the decision")?;
    browser.see("Choose whether the case is to be referred")?;
    check("marac-error")?;
    // High risk is no "no ground": the refusal says so, and nothing is saved.
    browser.choose("No ground stands")?;
    browser.press("Save the decision")?;
    browser.see("A ground stands")?;
    browser.choose("Yes, refer")?;
    browser.choose("Professional judgement")?;
    browser.fill_by_label("Why?", "She has named the day she means to leave.")?;
    browser.press("Save the decision")?;
    browser.see("To be referred")?;
    check("risk-view")?;

    browser.press("Ask now: 24 topics of risk, in our own short words")?;
    browser.see("yes, of 0 asked")?;
    Ok(())
}

fn check(browser: &Browser, name: &str, scripts: bool) -> Result<()> {
    if scripts {
        browser
            .axe_finds_nothing()
            .with_context(|| format!("on {name}"))?;
        browser.screenshot(name, 1280)?;
        browser.screenshot(name, 390)?;
    }
    browser.no_sideways_scroll().with_context(|| format!("on {name}"))
}

fn open_a_case(browser: &Browser) -> Result<()> {
    browser.open("/report")?;
    browser.choose("No, not that they know of")?;
    browser.press("Next: what we were told")?;
    browser.fill_by_label("What were you told?", "She rang from a friend's telephone.")?;
    browser.choose("No")?;
    browser.press("Save the report")?;
    browser.press("Open it")?;
    browser.press("Open a case")?;
    browser.fill_by_label("What the person likes to be called", "Tansy")?;
    browser.press("Open the case")?;
    browser.see("The case is open.")
}

fn ask_by_key(browser: &Browser) -> Result<()> {
    // From the list above the questions, Tab leads to the first answer.
    browser.fill_by_label("Who tells us?", "The person")?;
    for _ in 0..12 {
        if browser.focused_question()? == BY_KEY[0].0 {
            break;
        }
        browser.key(TAB)?;
    }
    ensure!(
        browser.focused_question()? == BY_KEY[0].0,
        "Tab does not lead to the first question"
    );

    // Letters that are typed as words are words, and answer nothing.
    browser.keys("t")?;
    browser.keys(WORDS)?;
    browser.see("yes, of 0 asked")?;
    ensure!(
        browser.value_by_label(&said(BY_KEY[0].0))? == WORDS,
        "the words are not as typed"
    );

    browser.choose_in(BY_KEY[0].0, "No")?;
    browser.keys("ynksdy")?;
    browser.see("yes, of 5 asked")?;
    ensure!(
        browser.focused_question()? != BY_KEY[5].0,
        "the focus does not go on"
    );
    browser.key(ARROW_UP)?;
    ensure!(
        browser.focused_question()? == BY_KEY[5].0,
        "an arrow does not go back"
    );
    browser.see("Saved ")?;
    all_there(browser)
}

fn ask_by_clicking(browser: &Browser) -> Result<()> {
    for (question, answer) in BY_KEY {
        browser.choose_in(question, answer)?;
    }
    browser.press(&format!("Add words: {}", BY_KEY[0].0))?;
    browser.fill_by_label(&said(BY_KEY[0].0), WORDS)?;
    browser.press("Save and count")?;
    browser.see("yes, of 5 asked")?;
    all_there(browser)
}

fn said(question: &str) -> String {
    format!("What was said: {question}")
}

fn all_there(browser: &Browser) -> Result<()> {
    browser.see("yes, of 5 asked")?;
    browser.see("It could be 23")?;
    for (question, answer) in BY_KEY {
        ensure!(
            browser.is_chosen_in(question, answer)?,
            "{answer:?} to {question:?} is gone"
        );
    }
    ensure!(
        browser.value_by_label(&said(BY_KEY[0].0))? == WORDS,
        "the words are gone"
    );
    Ok(())
}
