//! Our components against the examples that the style package carries: the same markup, option by option.
//!
//! An example that uses an option we do not have is passed over, and the option stands in [`NOT_SUPPORTED`] by name:
//! a new one that is not on the list fails the test, and so does one on the list that is never met.

mod components;
mod markup;
mod ours;

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::Value;

/// What our components leave out. Ready-made markup (`html`) and free attributes are left out everywhere: what a
/// page says is escaped, and what it carries is written in one place. An example stands here with the first such option.
const NOT_SUPPORTED: &[&str] = &[
    "back-link.attributes",
    "back-link.html",
    "back-link.without href",
    "back-link.without text",
    "button.attributes",
    "button.html",
    "button.id",
    "button.isStartButton",
    "button.preventDoubleClick written out as false",
    "character-count.attributes",
    "character-count.charactersAtLimitText",
    "character-count.countMessage",
    "character-count.countType",
    "character-count.formGroup",
    "character-count.maxwords",
    "character-count.textareaDescriptionText",
    "character-count.without maxlength",
    "checkboxes.attributes",
    "checkboxes.fieldset.attributes",
    "checkboxes.fieldset.legend.html",
    "checkboxes.hint without fieldset",
    "checkboxes.idPrefix",
    "checkboxes.items with gaps",
    "checkboxes.items.attributes",
    "checkboxes.items.behaviour",
    "checkboxes.items.conditional without html",
    "checkboxes.items.html",
    "checkboxes.items.label",
    "checkboxes.items.name",
    "date-input.attributes",
    "date-input.day",
    "date-input.fieldset.legend.html",
    "date-input.items",
    "date-input.month",
    "date-input.without namePrefix equal to id",
    "date-input.year",
    "details.attributes",
    "details.html",
    "details.summaryHtml",
    "error-message.attributes",
    "error-message.html",
    "error-summary.attributes",
    "error-summary.classes",
    "error-summary.descriptionHtml",
    "error-summary.disableAutoFocus written out as false",
    "error-summary.errorList.attributes",
    "error-summary.errorList.html",
    "error-summary.titleHtml",
    "error-summary.without errorList",
    "exit-this-page.activatedText",
    "exit-this-page.attributes",
    "exit-this-page.html",
    "fieldset.attributes",
    "fieldset.html",
    "fieldset.legend.html",
    "hint.attributes",
    "hint.html",
    "input.attributes",
    "input.inputWrapper",
    "input.label.html",
    "input.prefix.attributes",
    "input.prefix.classes",
    "input.suffix.attributes",
    "input.suffix.classes",
    "input.suffix.html",
    "inset-text.attributes",
    "inset-text.html",
    "label.attributes",
    "label.html",
    "notification-banner.attributes",
    "notification-banner.classes",
    "notification-banner.disableAutoFocus",
    "notification-banner.html",
    "notification-banner.role",
    "notification-banner.titleHeadingLevel",
    "notification-banner.titleHtml",
    "notification-banner.titleId",
    "pagination.attributes",
    "pagination.classes",
    "pagination.items",
    "pagination.previous.text",
    "password-input.attributes",
    "password-input.hidePasswordAriaLabelText",
    "password-input.value",
    "radios.attributes",
    "radios.errorMessage without fieldset",
    "radios.fieldset.attributes",
    "radios.fieldset.legend.html",
    "radios.idPrefix",
    "radios.items with gaps",
    "radios.items.attributes",
    "radios.items.conditional without html",
    "radios.items.html",
    "radios.items.label",
    "select.attributes",
    "select.items with gaps",
    "select.items.attributes",
    "select.items.disabled",
    "select.items.without value",
    "skip-link.attributes",
    "skip-link.html",
    "summary-list.attributes",
    "summary-list.card",
    "summary-list.rows with gaps",
    "summary-list.rows.actions.classes",
    "summary-list.rows.actions.items.attributes",
    "summary-list.rows.actions.items.classes",
    "summary-list.rows.actions.items.html",
    "summary-list.rows.classes",
    "summary-list.rows.key.classes",
    "summary-list.rows.key.html",
    "summary-list.rows.several actions",
    "summary-list.rows.value.html",
    "table.attributes",
    "table.head.attributes",
    "table.head.classes",
    "table.head.colspan",
    "table.head.html",
    "table.rows with gaps",
    "table.rows.attributes",
    "table.rows.classes",
    "table.rows.colspan",
    "table.rows.html",
    "tag.attributes",
    "tag.html",
    "textarea.attributes",
    "warning-text.attributes",
    "warning-text.html",
];

/// One example's options. What is never asked for is what we do not support.
struct Asked<'a> {
    place: String,
    options: &'a Value,
    asked: RefCell<BTreeSet<String>>,
}

static NOTHING: Value = Value::Null;

/// What an example needs that we do not have.
struct Unsupported(String);

type Drawn = Result<String, Unsupported>;

impl<'a> Asked<'a> {
    fn new(place: impl Into<String>, options: &'a Value) -> Self {
        Asked {
            place: place.into(),
            options,
            asked: RefCell::default(),
        }
    }

    fn value(&self, key: &str) -> &'a Value {
        self.asked.borrow_mut().insert(key.to_owned());
        self.options.get(key).unwrap_or(&NOTHING)
    }

    fn text(&self, key: &str) -> String {
        said(self.value(key))
    }

    /// An option for which "false" is an answer too.
    fn text_or_flag(&self, key: &str) -> String {
        self.text(key)
    }

    fn flag(&self, key: &str) -> bool {
        self.value(key).as_bool().unwrap_or(false)
    }

    /// A flag for which "false" is written out by the package, and by us never.
    fn flag_if_true(&self, key: &str) -> Result<bool, Unsupported> {
        match self.value(key).as_bool() {
            Some(false) => Err(self.lacks(&format!("{key} written out as false"))),
            Some(true) => Ok(true),
            None => Ok(false),
        }
    }

    fn list(&self, key: &str) -> Result<Vec<Asked<'a>>, Unsupported> {
        let place = format!("{}.{key}", self.place);
        let items = self.value(key).as_array().map(Vec::as_slice).unwrap_or_default();
        if items.iter().any(|item| !item.is_object()) {
            return Err(self.lacks(&format!("{key} with gaps")));
        }
        Ok(items.iter().map(|item| Asked::new(place.clone(), item)).collect())
    }

    fn inner(&self, key: &str) -> Asked<'a> {
        Asked::new(format!("{}.{key}", self.place), self.value(key))
    }

    /// Fails if there is something that was not asked for.
    fn end(&self) -> Result<(), Unsupported> {
        let asked = self.asked.borrow();
        let left = self.options.as_object().into_iter().flatten();
        match left
            .into_iter()
            .find(|(key, value)| !asked.contains(*key) && is_said(value))
        {
            Some((key, _)) => Err(Unsupported(format!("{}.{key}", self.place))),
            None => Ok(()),
        }
    }

    fn lacks(&self, what: &str) -> Unsupported {
        Unsupported(format!("{}.{what}", self.place))
    }

    /// The text of an option that is `{ "text": ... }`, with nothing else in it.
    fn only_text(&self, key: &str) -> Result<String, Unsupported> {
        let inner = self.inner(key);
        let text = inner.text("text");
        inner.end()?;
        Ok(text)
    }
}

fn is_said(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => true,
    }
}

fn said(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => String::new(),
    }
}

#[test]
fn our_components_are_drawn_as_the_style_package_draws_them() {
    let mut passed_over: BTreeSet<String> = BTreeSet::new();
    let mut compared = 0;
    let mut faults = Vec::new();
    for (name, draw) in components::ALL {
        let path = format!("{}/components/{name}/fixtures.json", env!("FANLIGHT_GOVUK_DIST"));
        let file = std::fs::read_to_string(&path).expect("the style package carries its examples");
        let file: Value = serde_json::from_str(&file).expect("the examples are JSON");
        let mut of_this = 0;
        for example in file["fixtures"].as_array().expect("a list of examples") {
            let asked = Asked::new(*name, &example["options"]);
            match draw(&asked).and_then(|html| asked.end().map(|()| html)) {
                Err(Unsupported(what)) => {
                    passed_over.insert(what);
                }
                Ok(html) => {
                    of_this += 1;
                    let wanted = markup::plain(example["html"].as_str().expect("an example has markup"));
                    let drawn = markup::plain(&html);
                    if wanted != drawn {
                        let place = wanted
                            .iter()
                            .zip(&drawn)
                            .take_while(|(one, other)| one == other)
                            .count();
                        faults.push(format!(
                            "{name}, {}:\n  wanted {:?}\n  drawn  {:?}",
                            example["name"],
                            wanted.get(place),
                            drawn.get(place)
                        ));
                    }
                }
            }
        }
        assert!(of_this > 0, "no example of {name} was compared");
        compared += of_this;
    }
    assert!(
        faults.is_empty(),
        "{} of {compared} differ:\n{}",
        faults.len(),
        faults.join("\n")
    );
    assert!(compared >= 270, "only {compared} examples were compared");
    let listed: BTreeSet<String> = NOT_SUPPORTED.iter().map(|what| (*what).to_owned()).collect();
    let unlisted: Vec<_> = passed_over.difference(&listed).collect();
    let idle: Vec<_> = listed.difference(&passed_over).collect();
    assert!(
        unlisted.is_empty() && idle.is_empty(),
        "not on the list: {unlisted:?}\nnever met: {idle:?}"
    );
}
