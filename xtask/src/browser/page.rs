//! What a person can do in a browser, by the words they see: labels, buttons, headings.
//!
//! Nothing here finds things by class or id, so that a journey breaks when a person would be lost and not when the
//! markup changes.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

use super::base64;
use super::session::{Element, Session};
use super::stage::Account;
use crate::place;

/// How long the page has to show something after a press. Pages answer in milliseconds; a busy machine may not.
const TO_APPEAR: Duration = Duration::from_secs(10);
/// How long a field or button may take to arrive with its page.
const TO_ARRIVE: Duration = Duration::from_secs(3);
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// WCAG 2.2 AA, and the practices axe calls best.
const RULES: [&str; 6] = [
    "wcag2a",
    "wcag2aa",
    "wcag21a",
    "wcag21aa",
    "wcag22aa",
    "best-practice",
];

/// One person's browser.
pub(crate) struct Browser {
    session: Session,
    address: String,
    axe: String,
}

impl Browser {
    pub(super) fn new(session: Session, address: String, axe: String) -> Self {
        Self {
            session,
            address,
            axe,
        }
    }

    /// Opens a page of the product by its path.
    pub(crate) fn open(&self, path: &str) -> Result<()> {
        self.session
            .post("url", &json!({"url": format!("{}{path}", self.address)}))
            .map(drop)
    }

    /// Signs in through the page, as anybody would.
    pub(crate) fn sign_in(&self, account: &Account) -> Result<()> {
        self.open("/")?;
        self.fill_by_label("Name to sign in with", &account.name)?;
        self.fill_by_label("Password", &account.password)?;
        self.press("Sign in")
    }

    /// Puts words into the field with this label; in a list, chooses the option that reads so.
    pub(crate) fn fill_by_label(&self, label: &str, words: &str) -> Result<()> {
        steadily(|| self.fill_once(label, words))
    }

    fn fill_once(&self, label: &str, words: &str) -> Result<()> {
        let field = self.field(label)?;
        if self.session.kind_of(&field)? == "select" {
            let option = format!(
                "//select[@id=//label[{0}]/@for or ancestor::label[{0}]]//option[{1}]",
                reads(label),
                reads(words)
            );
            let option = self
                .session
                .first(&option)?
                .with_context(|| format!("no option {words:?} in {label:?}"))?;
            return self.session.click(&option);
        }
        self.session.clear(&field)?;
        self.session.type_into(&field, words)
    }

    /// Chooses the radio button or ticks the box with this label.
    pub(crate) fn choose(&self, label: &str) -> Result<()> {
        steadily(|| self.choose_once(label))
    }

    /// Chooses the answer with this label to one of several questions that are asked alike.
    pub(crate) fn choose_in(&self, question: &str, label: &str) -> Result<()> {
        steadily(|| {
            let answer = self.answer(question, label)?;
            self.session.click(&answer)?;
            ensure!(
                self.session.is_chosen(&answer)?,
                "{label:?} could not be chosen in {question:?}"
            );
            Ok(())
        })
    }

    /// Whether this answer to this question is chosen.
    pub(crate) fn is_chosen_in(&self, question: &str, label: &str) -> Result<bool> {
        steadily(|| self.session.is_chosen(&self.answer(question, label)?))
    }

    /// The name that a screen reader gives to the group of answers in which the focus is; empty outside any.
    pub(crate) fn focused_question(&self) -> Result<String> {
        let name = "const group = document.activeElement.closest('[role=radiogroup]');
            return group ? document.getElementById(group.getAttribute('aria-labelledby')).textContent : ''";
        let name = self.session.run(name, json!([]))?;
        Ok(name.as_str().unwrap_or_default().to_owned())
    }

    /// Presses these letters one after another, each on whatever has the focus by then.
    pub(crate) fn keys(&self, letters: &str) -> Result<()> {
        letters.chars().try_for_each(|letter| self.key(letter))
    }

    fn answer(&self, question: &str, label: &str) -> Result<Element> {
        let asked = reads(question);
        let within = format!("//*[@role='radiogroup'][@aria-labelledby=//*[{asked}]/@id]");
        let found = self.first_of(&[&format!("{within}//label[{}]//input", reads(label))])?;
        found.with_context(|| format!("{question:?} has no answer {label:?}{}", self.where_we_are()))
    }

    fn choose_once(&self, label: &str) -> Result<()> {
        let box_or_button = self.field(label)?;
        if !self.session.is_chosen(&box_or_button)? {
            self.session.click(&box_or_button)?;
        }
        ensure!(
            self.session.is_chosen(&box_or_button)?,
            "{label:?} could not be chosen"
        );
        Ok(())
    }

    /// What stands in the field with this label.
    pub(crate) fn value_by_label(&self, label: &str) -> Result<String> {
        steadily(|| self.session.property(&self.field(label)?, "value"))
    }

    /// Presses the button, or else follows the link, that reads so.
    pub(crate) fn press(&self, words: &str) -> Result<()> {
        steadily(|| self.press_once(words))
    }

    fn press_once(&self, words: &str) -> Result<()> {
        let reads = reads(words);
        let named = format!("{reads} or normalize-space(@aria-label)={}", quoted(words));
        let button = format!(
            "//button[{named}] | //input[@type='submit' and @value={}] | //*[@role='button'][{named}]",
            quoted(words)
        );
        let link = format!("//a[@href][{named}] | //summary[{named}]");
        let found = self.first_of(&[&button, &link])?;
        let found =
            found.with_context(|| format!("no button or link reads {words:?}{}", self.where_we_are()))?;
        self.session.click(&found)
    }

    /// Waits until a heading reads so.
    pub(crate) fn see_heading(&self, words: &str) -> Result<()> {
        let heading = format!(
            "(//h1 | //h2 | //h3 | //h4 | //legend | //*[@role='heading'])[{}]",
            reads(words)
        );
        self.wait_for(&format!("a heading that reads {words:?}"), || {
            Ok(self.session.first(&heading)?.is_some())
        })
    }

    /// Waits until the page shows these words somewhere.
    pub(crate) fn see(&self, words: &str) -> Result<()> {
        self.wait_for(&format!("the words {words:?}"), || {
            Ok(self.text()?.contains(words))
        })
    }

    /// These words are nowhere on the page, shown or not, nor in its title, nor in its address.
    pub(crate) fn see_nothing_of(&self, words: &str) -> Result<()> {
        let everything = format!("{} {} {}", self.source()?, self.title()?, self.location()?);
        let found = everything.to_lowercase().contains(&words.to_lowercase());
        ensure!(
            !found,
            "{words:?} should be nowhere on this page{}",
            self.where_we_are()
        );
        Ok(())
    }

    /// All the words a person can see.
    pub(crate) fn text(&self) -> Result<String> {
        steadily(|| {
            let body = self.first_of(&["//body"])?.context("a page without a body")?;
            self.session.text_of(&body)
        })
    }

    /// The page as it stands in the browser, markup and all.
    pub(crate) fn source(&self) -> Result<String> {
        self.session.words("source")
    }

    /// The title, as a tab and the history show it.
    pub(crate) fn title(&self) -> Result<String> {
        self.session.words("title")
    }

    /// The address, as the history keeps it, without the host.
    pub(crate) fn location(&self) -> Result<String> {
        let url = self.session.words("url")?;
        Ok(url.strip_prefix(&self.address).unwrap_or(&url).to_owned())
    }

    /// Presses the browser's Back button.
    pub(crate) fn back(&self) -> Result<()> {
        self.session.post("back", &json!({})).map(drop)
    }

    /// What a person sees of whatever has the focus.
    pub(crate) fn focused_text(&self) -> Result<String> {
        steadily(|| self.session.text_of(&self.session.focused()?))
    }

    /// Presses a key on whatever has the focus, in WebDriver's code: Tab is `\u{e004}`, Enter is `\u{e007}`.
    pub(crate) fn key(&self, key: char) -> Result<()> {
        steadily(|| self.session.type_into(&self.session.focused()?, &key.to_string()))
    }

    /// Every fault of accessibility that axe finds, one line each: rule, place, what is wrong.
    pub(crate) fn axe(&self) -> Result<Vec<String>> {
        self.session.run(&self.axe, json!([]))?;
        let look = "const done = arguments[arguments.length - 1];
            axe.run(document, {runOnly: arguments[0]}).then(
                found => done({violations: found.violations, passes: found.passes.length}),
                error => done({broken: String(error)}));";
        let found = self
            .session
            .post("execute/async", &json!({"script": look, "args": [RULES]}))?;
        if let Some(broken) = found["broken"].as_str() {
            bail!("axe could not look at the page: {broken}");
        }
        // A run in which no rule applied has looked at nothing.
        ensure!(
            found["passes"].as_u64().unwrap_or(0) > 0,
            "axe found nothing to check{}",
            self.where_we_are()
        );
        let violations = found["violations"].as_array().cloned().unwrap_or_default();
        Ok(violations.iter().flat_map(faults).collect())
    }

    /// Axe finds no fault, in a window and on a telephone.
    pub(crate) fn axe_finds_nothing(&self) -> Result<()> {
        self.width(390)?;
        let mut faults = self.axe()?;
        self.width(1280)?;
        faults.extend(self.axe()?);
        ensure!(
            faults.is_empty(),
            "axe found {}{}:\n            {}",
            faults.len(),
            self.where_we_are(),
            faults.join("\n            ")
        );
        Ok(())
    }

    /// Makes the page this many pixels wide, as a telephone or a window would.
    pub(crate) fn width(&self, pixels: u32) -> Result<()> {
        let size = json!({"width": pixels, "height": 1000, "deviceScaleFactor": 1, "mobile": false});
        self.session
            .devtools("Emulation.setDeviceMetricsOverride", size)
            .map(drop)
    }

    /// At 320 pixels nothing makes the page scroll sideways (WCAG 2.2, 1.4.10).
    pub(crate) fn no_sideways_scroll(&self) -> Result<()> {
        self.width(320)?;
        let layout = self.session.devtools("Page.getLayoutMetrics", json!({}))?;
        let wide = layout["cssContentSize"]["width"]
            .as_f64()
            .context("the browser did not say how wide the page is")?;
        self.width(1280)?;
        ensure!(
            wide <= 320.5,
            "the page is {wide} pixels wide in a window of 320{}",
            self.where_we_are()
        );
        Ok(())
    }

    /// Leaves a picture of the whole page at this width in `target/screenshots/NAME-WIDTH.png`.
    pub(crate) fn screenshot(&self, name: &str, width: u32) -> Result<()> {
        self.width(width)?;
        let taken = self.session.devtools(
            "Page.captureScreenshot",
            json!({"captureBeyondViewport": true, "format": "png"}),
        )?;
        let picture = base64::read(taken["data"].as_str().context("the browser gave no picture")?)?;
        fs::create_dir_all(place::screenshots())?;
        fs::write(place::screenshots().join(format!("{name}-{width}.png")), picture)?;
        self.width(1280)
    }

    fn field(&self, label: &str) -> Result<Element> {
        let label_reads = reads(label);
        let control = "self::input or self::textarea or self::select";
        let labelled = format!(
            "//*[{control}][@id=//label[{label_reads}]/@for or ancestor::label[{label_reads}] or normalize-space(@aria-label)={}]",
            quoted(label)
        );
        let found = self.first_of(&[&labelled])?;
        found.with_context(|| format!("no field is labelled {label:?}{}", self.where_we_are()))
    }

    /// The first element that any of these finds, waiting a little for a page that is still arriving.
    fn first_of(&self, ways: &[&str]) -> Result<Option<Element>> {
        let began = Instant::now();
        loop {
            for way in ways {
                if let Some(found) = self.session.first(way)? {
                    return Ok(Some(found));
                }
            }
            if began.elapsed() > TO_ARRIVE {
                return Ok(None);
            }
            thread::sleep(LOOK_AGAIN);
        }
    }

    fn wait_for(&self, what: &str, there: impl Fn() -> Result<bool>) -> Result<()> {
        let began = Instant::now();
        while !there()? {
            if began.elapsed() > TO_APPEAR {
                bail!("{what} did not appear{}", self.where_we_are());
            }
            thread::sleep(LOOK_AGAIN);
        }
        Ok(())
    }

    fn where_we_are(&self) -> String {
        let headings = self
            .session
            .first("//h1")
            .ok()
            .flatten()
            .and_then(|heading| self.session.text_of(&heading).ok());
        format!(
            " (at {}, under {:?})",
            self.location().unwrap_or_default(),
            headings.unwrap_or_default()
        )
    }
}

/// Does it again if the page was being replaced by the next one while it was found and used.
fn steadily<T>(act: impl Fn() -> Result<T>) -> Result<T> {
    const TRIES: u8 = 5;
    for _ in 1..TRIES {
        match act() {
            Err(error) if is_of_a_page_that_has_gone(&error) => thread::sleep(LOOK_AGAIN),
            done => return done,
        }
    }
    act()
}

/// The two ways in which the driver says that what it held stood on the page before.
fn is_of_a_page_that_has_gone(error: &anyhow::Error) -> bool {
    let says = format!("{error:#}");
    ["stale element", "does not belong to the document"]
        .iter()
        .any(|sign| says.contains(sign))
}

fn faults(violation: &Value) -> Vec<String> {
    let rule = violation["id"].as_str().unwrap_or_default();
    let help = violation["help"].as_str().unwrap_or_default();
    let nodes = violation["nodes"].as_array().cloned().unwrap_or_default();
    nodes
        .iter()
        .map(|node| format!("{rule} at {}: {help}", node["target"]))
        .collect()
}

/// An XPath condition: this element reads exactly so, spaces apart.
fn reads(words: &str) -> String {
    format!("normalize-space(.)={}", quoted(words))
}

/// A string literal of XPath, which has no escapes.
fn quoted(words: &str) -> String {
    if !words.contains('\'') {
        return format!("'{words}'");
    }
    let pieces: Vec<String> = words.split('\'').map(|piece| format!("'{piece}'")).collect();
    format!("concat({})", pieces.join(", \"'\", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_an_apostrophe_can_be_looked_for() {
        assert_eq!(quoted("Sign in"), "'Sign in'");
        assert_eq!(quoted("Don't know"), "concat('Don', \"'\", 't know')");
    }
}
