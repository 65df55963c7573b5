//! One browser window, in the driver's terms: open, find, click, type, run.

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::driver::value_of;
use super::http;

/// The name under which the driver hands out references to elements, fixed by the WebDriver standard.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A reference to something on the page.
#[derive(Clone)]
pub(super) struct Element(String);

/// One browser, closed when it goes out of scope.
pub(super) struct Session {
    driver: SocketAddr,
    id: String,
    profile: PathBuf,
}

impl Session {
    pub(super) fn new(driver: SocketAddr, id: String, profile: PathBuf) -> Self {
        Self { driver, id, profile }
    }

    pub(super) fn get(&self, what: &str) -> Result<Value> {
        self.send("GET", what, &Value::Null)
    }

    pub(super) fn post(&self, what: &str, body: &Value) -> Result<Value> {
        self.send("POST", what, body)
    }

    /// Runs a script with arguments and gives back what it returns.
    pub(super) fn run(&self, script: &str, arguments: Value) -> Result<Value> {
        self.post("execute/sync", &json!({"script": script, "args": arguments}))
    }

    /// The first element that an XPath finds, in the order of the page.
    pub(super) fn first(&self, xpath: &str) -> Result<Option<Element>> {
        let found = self.post("elements", &json!({"using": "xpath", "value": xpath}))?;
        Ok(found
            .as_array()
            .and_then(|all| all.first())
            .and_then(|one| one[ELEMENT].as_str())
            .map(|id| Element(id.to_owned())))
    }

    pub(super) fn click(&self, element: &Element) -> Result<()> {
        self.post(&format!("element/{}/click", element.0), &json!({}))
            .map(drop)
    }

    pub(super) fn clear(&self, element: &Element) -> Result<()> {
        self.post(&format!("element/{}/clear", element.0), &json!({}))
            .map(drop)
    }

    pub(super) fn type_into(&self, element: &Element, words: &str) -> Result<()> {
        self.post(&format!("element/{}/value", element.0), &json!({"text": words}))
            .map(drop)
    }

    /// What a person sees of an element.
    pub(super) fn text_of(&self, element: &Element) -> Result<String> {
        self.words(&format!("element/{}/text", element.0))
    }

    pub(super) fn kind_of(&self, element: &Element) -> Result<String> {
        self.words(&format!("element/{}/name", element.0))
    }

    pub(super) fn is_chosen(&self, element: &Element) -> Result<bool> {
        Ok(self
            .get(&format!("element/{}/selected", element.0))?
            .as_bool()
            .unwrap_or(false))
    }

    /// A property as it stands on the page, such as a field's value.
    pub(super) fn property(&self, element: &Element, name: &str) -> Result<String> {
        self.words(&format!("element/{}/property/{name}", element.0))
    }

    /// The element that has the focus.
    pub(super) fn focused(&self) -> Result<Element> {
        let found = self.get("element/active")?;
        let id = found[ELEMENT].as_str().context("nothing has the focus")?;
        Ok(Element(id.to_owned()))
    }

    pub(super) fn words(&self, what: &str) -> Result<String> {
        Ok(self.get(what)?.as_str().unwrap_or_default().to_owned())
    }

    /// A command of the browser's own protocol, for what WebDriver cannot say.
    pub(super) fn devtools(&self, command: &str, parameters: Value) -> Result<Value> {
        self.post("goog/cdp/execute", &json!({"cmd": command, "params": parameters}))
    }

    fn send(&self, method: &str, what: &str, body: &Value) -> Result<Value> {
        value_of(http::send(
            self.driver,
            method,
            &format!("/session/{}/{what}", self.id),
            body,
        )?)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = http::send(
            self.driver,
            "DELETE",
            &format!("/session/{}", self.id),
            &Value::Null,
        );
        let _ = fs::remove_dir_all(&self.profile);
    }
}
