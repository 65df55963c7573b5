//! One template for each component, filled from the options of an example.

use askama::Template;

use super::{Asked, Drawn};
use crate::forms::{Choice, Errors, FieldError, FormState, Values};
use crate::signs::{Cell, Row};

/// Draws one component from an example's options.
type Draw = fn(&Asked<'_>) -> Drawn;

/// Every component that is compared.
pub(super) const ALL: &[(&str, Draw)] = &[
    ("back-link", back_link),
    ("button", button),
    ("character-count", character_count),
    ("checkboxes", checkboxes),
    ("date-input", date_input),
    ("details", details),
    ("error-message", error_message),
    ("error-summary", error_summary),
    ("exit-this-page", exit_this_page),
    ("fieldset", fieldset),
    ("hint", hint),
    ("input", input),
    ("inset-text", inset_text),
    ("label", label),
    ("notification-banner", notification_banner),
    ("pagination", pagination),
    ("password-input", password_input),
    ("radios", radios),
    ("select", select),
    ("skip-link", skip_link),
    ("summary-list", summary_list),
    ("table", table),
    ("tag", tag),
    ("textarea", textarea),
    ("warning-text", warning_text),
];

fn drawn(template: impl Template) -> Drawn {
    Ok(template.render().expect("a component is drawn"))
}

fn or(text: String, otherwise: &str) -> String {
    if text.is_empty() {
        otherwise.to_owned()
    } else {
        text
    }
}

/// A template whose fields are texts and flags, and the macro call that fills it.
macro_rules! component {
    ($name:ident { $($field:ident: $kind:ty),* $(,)? } $source:literal) => {
        #[derive(Template)]
        #[template(ext = "html", source = $source)]
        struct $name { $($field: $kind),* }
    };
}

component!(BackLink { text: String, href: String, classes: String }
    r#"{% import "components/back_link.html" as c %}{% call c::back_link(text, href, classes=classes) %}{% endcall %}"#);
fn back_link(of: &Asked<'_>) -> Drawn {
    let (text, href, classes) = (of.text("text"), of.text("href"), of.text("classes"));
    of.end()?;
    if text.is_empty() {
        return Err(of.lacks("without text"));
    }
    if href.is_empty() {
        return Err(of.lacks("without href"));
    }
    drawn(BackLink { text, href, classes })
}

component!(Button { text: String, classes: String, name: String, value: String, kind: String, once: bool, disabled: bool }
    r#"{% import "components/button.html" as c %}{% call c::button(text, classes=classes, name=name, value=value, kind=kind, once=once, disabled=disabled) %}{% endcall %}"#);
component!(ButtonLink { text: String, href: String, classes: String }
    r#"{% import "components/button.html" as c %}{% call c::link(text, href, classes=classes) %}{% endcall %}"#);
fn button(of: &Asked<'_>) -> Drawn {
    let (text, classes, href) = (of.text("text"), of.text("classes"), of.text("href"));
    if !href.is_empty() {
        // A link has no state of its own.
        let _ = of.flag("disabled");
        return drawn(ButtonLink { text, href, classes });
    }
    drawn(Button {
        text,
        classes,
        name: of.text("name"),
        value: of.text("value"),
        kind: or(of.text("type"), "submit"),
        once: of.flag_if_true("preventDoubleClick")?,
        disabled: of.flag("disabled"),
    })
}

/// The words around a field that all fields share.
struct Around {
    label: String,
    label_classes: String,
    heading: bool,
    hint: String,
    error: String,
    classes: String,
    described_by: String,
    group: String,
}

fn around(of: &Asked<'_>) -> Result<Around, super::Unsupported> {
    let label = of.inner("label");
    let group = of.inner("formGroup");
    let around = Around {
        label: label.text("text"),
        label_classes: label.text("classes"),
        heading: label.flag("isPageHeading"),
        hint: of.only_text("hint")?,
        error: of.only_text("errorMessage")?,
        classes: of.text("classes"),
        described_by: of.text("describedBy"),
        group: group.text("classes"),
    };
    label.end()?;
    group.end()?;
    Ok(around)
}

component!(CharacterCount { id: String, name: String, limit: String, value: String, around: Around, rows: String, spellcheck: String, threshold: String }
    r#"{% import "components/character_count.html" as c %}{% call c::character_count(id, name, around.label, limit, value=value, hint=around.hint, error=around.error, classes=around.classes, label_classes=around.label_classes, heading=around.heading, rows=rows, autocomplete="", spellcheck=spellcheck, threshold=threshold, bounded=false) %}{% endcall %}"#);
fn character_count(of: &Asked<'_>) -> Drawn {
    let name = of.text("name");
    let limit = of.text("maxlength");
    let around = around(of)?;
    if !around.group.is_empty() {
        return Err(of.lacks("formGroup"));
    }
    let page = CharacterCount {
        id: or(of.text("id"), &name),
        name,
        limit,
        value: of.text("value"),
        around,
        rows: or(of.text("rows"), "5"),
        spellcheck: of.text_or_flag("spellcheck"),
        threshold: of.text("threshold"),
    };
    of.end()?;
    if page.limit.is_empty() {
        return Err(of.lacks("without maxlength"));
    }
    drawn(page)
}

/// One radio button or checkbox of an example.
struct Item {
    divider: String,
    value: String,
    text: String,
    id: String,
    hint: String,
    chosen: bool,
    disabled: bool,
    conditional: String,
}

/// The words around a group of them.
struct Group {
    name: String,
    legend: String,
    legend_classes: String,
    heading: bool,
    described_by: String,
    hint: String,
    error: String,
    classes: String,
    group: String,
    items: Vec<Item>,
}

fn group(of: &Asked<'_>, checked: impl Fn(&str) -> bool) -> Result<Group, super::Unsupported> {
    let name = of.text("name");
    let prefix = of.text("idPrefix");
    if !prefix.is_empty() && prefix != name {
        return Err(of.lacks("idPrefix"));
    }
    let fieldset = of.inner("fieldset");
    let legend = fieldset.inner("legend");
    let form_group = of.inner("formGroup");
    let mut items = Vec::new();
    for item in of.list("items")? {
        let value = item.text("value");
        let conditional = item.inner("conditional");
        let told = Item {
            divider: item.text("divider"),
            text: item.text("text"),
            id: item.text("id"),
            hint: item.only_text("hint")?,
            // What is said of the item itself goes before the list of values.
            chosen: match item.value("checked").as_bool() {
                Some(flag) => flag,
                None => !value.is_empty() && checked(&value),
            },
            disabled: item.flag("disabled"),
            conditional: conditional.text("html"),
            value,
        };
        conditional.end()?;
        let has_none = told.conditional.trim().is_empty() || !conditional.value("html").is_string();
        if super::is_said(conditional.options) && has_none {
            return Err(item.lacks("conditional without html"));
        }
        item.end()?;
        items.push(told);
    }
    let group = Group {
        name,
        legend: legend.text("text"),
        legend_classes: legend.text("classes"),
        heading: legend.flag("isPageHeading"),
        described_by: fieldset.text("describedBy"),
        hint: of.only_text("hint")?,
        error: of.only_text("errorMessage")?,
        classes: of.text("classes"),
        group: form_group.text("classes"),
        items,
    };
    for inner in [&legend, &fieldset, &form_group] {
        inner.end()?;
    }
    if group.legend.is_empty() && !group.hint.is_empty() {
        return Err(of.lacks("hint without fieldset"));
    }
    if group.legend.is_empty() && !group.error.is_empty() {
        return Err(of.lacks("errorMessage without fieldset"));
    }
    Ok(group)
}

component!(Checkboxes { g: Group }
    r#"{% import "components/checkboxes.html" as c %}{% call c::open(g.name, g.legend, legend_classes=g.legend_classes, heading=g.heading, hint=g.hint, error=g.error, classes=g.classes, group=g.group, described_by=g.described_by) %}{% endcall %}{% for item in g.items %}{% if !item.divider.is_empty() %}{% call c::divider(item.divider) %}{% endcall %}{% else %}{% call c::item(g.name, loop.index, item.value, item.text, chosen=item.chosen, hint=item.hint, reveals=!item.conditional.is_empty(), disabled=item.disabled, id=item.id) %}{% endcall %}{% if !item.conditional.is_empty() %}{% call c::reveal_open(g.name, loop.index, chosen=item.chosen, id=item.id) %}{% endcall %}{{ item.conditional|safe }}{% call c::reveal_close() %}{% endcall %}{% endif %}{% endif %}{% endfor %}{% call c::close(legend=!g.legend.is_empty()) %}{% endcall %}"#);
fn checkboxes(of: &Asked<'_>) -> Drawn {
    let values: Vec<String> = of
        .value("values")
        .as_array()
        .into_iter()
        .flatten()
        .map(super::said)
        .collect();
    drawn(Checkboxes {
        g: group(of, |value| values.iter().any(|held| held == value))?,
    })
}

component!(Radios { g: Group }
    r#"{% import "components/radios.html" as c %}{% call c::open(g.name, g.legend, legend_classes=g.legend_classes, heading=g.heading, hint=g.hint, error=g.error, classes=g.classes, group=g.group, described_by=g.described_by) %}{% endcall %}{% for item in g.items %}{% if !item.divider.is_empty() %}{% call c::divider(item.divider) %}{% endcall %}{% else %}{% call c::item(g.name, loop.index, item.value, item.text, chosen=item.chosen, hint=item.hint, reveals=!item.conditional.is_empty(), disabled=item.disabled, id=item.id) %}{% endcall %}{% if !item.conditional.is_empty() %}{% call c::reveal_open(g.name, loop.index, chosen=item.chosen, id=item.id) %}{% endcall %}{{ item.conditional|safe }}{% call c::reveal_close() %}{% endcall %}{% endif %}{% endif %}{% endfor %}{% call c::close(legend=!g.legend.is_empty()) %}{% endcall %}"#);
fn radios(of: &Asked<'_>) -> Drawn {
    let value = of.text("value");
    drawn(Radios {
        g: group(of, |held| held == value)?,
    })
}

component!(DateInput { form: FormState, name: String, legend: String, legend_classes: String, heading: bool, hint: String, described_by: String, classes: String, group: String }
    r#"{% import "components/date_input.html" as c %}{% call c::date_input(form, name, legend, legend_classes=legend_classes, heading=heading, hint=hint, autocomplete="", described_by=described_by, group=group, classes=classes) %}{% endcall %}"#);
fn date_input(of: &Asked<'_>) -> Drawn {
    let name = of.text("id");
    let prefix = of.text("namePrefix");
    let fieldset = of.inner("fieldset");
    let legend = fieldset.inner("legend");
    let form_group = of.inner("formGroup");
    let mut errors = Errors::default();
    let error = of.only_text("errorMessage")?;
    if !error.is_empty() {
        errors.push(FieldError::new(name.clone(), error));
    }
    let mut values = Values::default();
    for (key, value) in of.value("values").as_object().into_iter().flatten() {
        values.set(key.clone(), super::said(value));
    }
    let page = DateInput {
        form: FormState {
            errors,
            values,
            ..FormState::default()
        },
        legend: legend.text("text"),
        legend_classes: legend.text("classes"),
        heading: legend.flag("isPageHeading"),
        hint: of.only_text("hint")?,
        described_by: fieldset.text("describedBy"),
        classes: of.text("classes"),
        group: form_group.text("classes"),
        name,
    };
    for inner in [&legend, &fieldset, &form_group, of] {
        inner.end()?;
    }
    if prefix != page.name || page.legend.is_empty() {
        return Err(of.lacks("without namePrefix equal to id"));
    }
    drawn(page)
}

component!(Details { summary: String, text: String, id: String, opened: bool, classes: String }
    r#"{% import "components/details.html" as c %}{% call c::open(summary, id=id, opened=opened, classes=classes) %}{% endcall %}{{ text }}{% call c::close() %}{% endcall %}"#);
fn details(of: &Asked<'_>) -> Drawn {
    drawn(Details {
        summary: of.text("summaryText"),
        text: of.text("text"),
        id: of.text("id"),
        opened: of.flag("open"),
        classes: of.text("classes"),
    })
}

component!(ErrorMessage { text: String, id: String, classes: String, prefix: String }
    r#"{% import "components/error_message.html" as c %}{% call c::error_message(text, id=id, classes=classes, prefix=prefix) %}{% endcall %}"#);
fn error_message(of: &Asked<'_>) -> Drawn {
    let prefix = match of.value("visuallyHiddenText") {
        serde_json::Value::Null => "Error".to_owned(),
        serde_json::Value::Bool(false) => String::new(),
        other => super::said(other),
    };
    let text = of.text("text");
    drawn(ErrorMessage {
        text,
        id: of.text("id"),
        classes: of.text("classes"),
        prefix,
    })
}

component!(ErrorSummary { title: String, description: String, errors: Errors, focus: bool }
    r#"{% import "components/error_summary.html" as c %}{% call c::error_summary(title, errors, description=description, focus=focus) %}{% endcall %}"#);
fn error_summary(of: &Asked<'_>) -> Drawn {
    let mut errors = Errors::default();
    for error in of.list("errorList")? {
        let target = error.text("href");
        errors.push(FieldError::new("", error.text("text")).at(target.trim_start_matches('#')));
        error.end()?;
    }
    let page = ErrorSummary {
        title: of.text("titleText"),
        description: of.text("descriptionText"),
        focus: !of.flag_if_true("disableAutoFocus")?,
        errors,
    };
    of.end()?;
    if page.errors.is_empty() {
        return Err(of.lacks("without errorList"));
    }
    drawn(page)
}

component!(ExitThisPage { href: String, id: String, classes: String }
    r#"{% import "components/exit_this_page.html" as c %}{% call c::exit_this_page(href, text="Exit this page", id=id, classes=classes, ours=false) %}{% endcall %}"#);
fn exit_this_page(of: &Asked<'_>) -> Drawn {
    let page = ExitThisPage {
        href: of.text("redirectUrl"),
        id: of.text("id"),
        classes: of.text("classes"),
    };
    of.end()?;
    if page.href.is_empty() {
        return Err(of.lacks("without redirectUrl"));
    }
    drawn(page)
}

component!(Fieldset { legend: String, legend_classes: String, heading: bool, described_by: String, classes: String, role: String }
    r#"{% import "components/fieldset.html" as c %}{% call c::open(legend, legend_classes=legend_classes, heading=heading, described_by=described_by, classes=classes, role=role) %}{% endcall %}{% call c::close() %}{% endcall %}"#);
fn fieldset(of: &Asked<'_>) -> Drawn {
    let legend = of.inner("legend");
    let page = Fieldset {
        legend: legend.text("text"),
        legend_classes: legend.text("classes"),
        heading: legend.flag("isPageHeading"),
        described_by: of.text("describedBy"),
        classes: of.text("classes"),
        role: of.text("role"),
    };
    legend.end()?;
    drawn(page)
}

component!(Hint { text: String, id: String, classes: String }
    r#"{% import "components/hint.html" as c %}{% call c::hint(text, id=id, classes=classes) %}{% endcall %}"#);
fn hint(of: &Asked<'_>) -> Drawn {
    drawn(Hint {
        text: of.text("text"),
        id: of.text("id"),
        classes: of.text("classes"),
    })
}

component!(Input { id: String, name: String, around: Around, value: String, kind: String, inputmode: String, autocomplete: String, spellcheck: String, autocapitalize: String, pattern: String, prefix: String, suffix: String, disabled: bool }
    r#"{% import "components/input.html" as c %}{% call c::input(id, name, around.label, value=value, hint=around.hint, error=around.error, classes=around.classes, label_classes=around.label_classes, heading=around.heading, kind=kind, inputmode=inputmode, autocomplete=autocomplete, spellcheck=spellcheck, autocapitalize=autocapitalize, pattern=pattern, prefix=prefix, suffix=suffix, described_by=around.described_by, group=around.group, disabled=disabled) %}{% endcall %}"#);
fn input(of: &Asked<'_>) -> Drawn {
    let name = of.text("name");
    drawn(Input {
        id: or(of.text("id"), &name),
        name,
        around: around(of)?,
        value: of.text("value"),
        kind: or(of.text("type"), "text"),
        inputmode: of.text("inputmode"),
        autocomplete: of.text("autocomplete"),
        spellcheck: of.text_or_flag("spellcheck"),
        autocapitalize: of.text("autocapitalize"),
        pattern: of.text("pattern"),
        prefix: of.only_text("prefix")?,
        suffix: of.only_text("suffix")?,
        disabled: of.flag("disabled"),
    })
}

component!(InsetText { text: String, id: String, classes: String }
    r#"{% import "components/inset_text.html" as c %}{% call c::inset_text(text, id=id, classes=classes) %}{% endcall %}"#);
fn inset_text(of: &Asked<'_>) -> Drawn {
    drawn(InsetText {
        text: of.text("text"),
        id: of.text("id"),
        classes: of.text("classes"),
    })
}

component!(Label { text: String, id: String, classes: String, heading: bool }
    r#"{% import "components/label.html" as c %}{% call c::label(text, id, classes=classes, heading=heading) %}{% endcall %}"#);
fn label(of: &Asked<'_>) -> Drawn {
    drawn(Label {
        text: of.text("text"),
        id: of.text("for"),
        classes: of.text("classes"),
        heading: of.flag("isPageHeading"),
    })
}

component!(Banner { text: String, title: String }
    r#"{% import "components/notification_banner.html" as c %}{% call c::notification_banner(text, title=title) %}{% endcall %}"#);
component!(BannerDone { text: String, title: String }
    r#"{% import "components/notification_banner.html" as c %}{% call c::done(text, title=title) %}{% endcall %}"#);
fn notification_banner(of: &Asked<'_>) -> Drawn {
    let (text, title) = (of.text("text"), of.text("titleText"));
    // Any kind but "success" is drawn plain.
    if of.text("type") == "success" {
        drawn(BannerDone {
            text,
            title: or(title, "Success"),
        })
    } else {
        drawn(Banner {
            text,
            title: or(title, "Important"),
        })
    }
}

component!(Pagination { previous: String, next: String, previous_label: String, next_label: String, landmark: String }
    r#"{% import "components/pagination.html" as c %}{% call c::pagination(previous, next, previous_label=previous_label, next_label=next_label, landmark=landmark) %}{% endcall %}"#);
fn pagination(of: &Asked<'_>) -> Drawn {
    let (previous, next) = (of.inner("previous"), of.inner("next"));
    let page = Pagination {
        previous: previous.text("href"),
        next: next.text("href"),
        previous_label: previous.text("labelText"),
        next_label: next.text("labelText"),
        landmark: or(of.text("landmarkLabel"), "Pagination"),
    };
    for inner in [&previous, &next] {
        inner.end()?;
    }
    drawn(page)
}

component!(PasswordInput { id: String, name: String, around: Around, autocomplete: String }
    r#"{% import "components/password_input.html" as c %}{% call c::password_input(id, name, around.label, hint=around.hint, error=around.error, classes=around.classes, label_classes=around.label_classes, heading=around.heading, autocomplete=autocomplete, described_by=around.described_by) %}{% endcall %}"#);
fn password_input(of: &Asked<'_>) -> Drawn {
    let name = of.text("name");
    drawn(PasswordInput {
        id: or(of.text("id"), &name),
        name,
        around: around(of)?,
        autocomplete: or(of.text("autocomplete"), "current-password"),
    })
}

component!(Select { id: String, name: String, around: Around, options: Vec<Choice>, value: String }
    r#"{% import "components/select.html" as c %}{% call c::select(id, name, around.label, options, value=value, hint=around.hint, error=around.error, classes=around.classes, label_classes=around.label_classes, heading=around.heading, described_by=around.described_by, group=around.group) %}{% endcall %}"#);
fn select(of: &Asked<'_>) -> Drawn {
    let name = of.text("name");
    let mut value = of.text("value");
    let mut options = Vec::new();
    for item in of.list("items")? {
        let choice = Choice::new(item.text("value"), item.text("text"));
        let selected = item.value("selected").as_bool();
        item.end()?;
        if choice.value.is_empty() {
            return Err(item.lacks("without value"));
        }
        match selected {
            Some(true) => value.clone_from(&choice.value),
            Some(false) if value == choice.value => value.clear(),
            Some(false) | None => {}
        }
        options.push(choice);
    }
    drawn(Select {
        id: or(of.text("id"), &name),
        name,
        around: around(of)?,
        options,
        value,
    })
}

component!(SkipLink { text: String, href: String, classes: String }
    r#"{% import "components/skip_link.html" as c %}{% call c::skip_link(text=text, href=href, classes=classes) %}{% endcall %}"#);
fn skip_link(of: &Asked<'_>) -> Drawn {
    drawn(SkipLink {
        text: of.text("text"),
        href: or(of.text("href"), "#content"),
        classes: of.text("classes"),
    })
}

component!(SummaryList { rows: Vec<Row>, classes: String }
    r#"{% import "components/summary_list.html" as c %}{% call c::summary_list(rows, classes=classes) %}{% endcall %}"#);
fn summary_list(of: &Asked<'_>) -> Drawn {
    let mut rows = Vec::new();
    for row in of.list("rows")? {
        let mut told = Row {
            key: row.only_text("key")?,
            value: row.only_text("value")?,
            ..Row::default()
        };
        let actions = row.inner("actions");
        let items = actions.list("items")?;
        actions.end()?;
        row.end()?;
        if items.len() > 1 {
            return Err(row.lacks("several actions"));
        }
        for item in items {
            told.change = item.text("href");
            told.change_word = item.text("text");
            told.change_hidden = item.text("visuallyHiddenText");
            item.end()?;
        }
        rows.push(told);
    }
    drawn(SummaryList {
        rows,
        classes: of.text("classes"),
    })
}

component!(Table { caption: String, caption_classes: String, head: Vec<Cell>, rows: Vec<Vec<Cell>>, first_is_header: bool, classes: String }
    r#"{% import "components/table.html" as c %}{% call c::table(caption, head, rows, caption_classes=caption_classes, first_is_header=first_is_header, classes=classes) %}{% endcall %}"#);
fn table(of: &Asked<'_>) -> Drawn {
    let cell = |told: &Asked<'_>| {
        let cell = Cell {
            text: told.text("text"),
            numeric: told.text("format") == "numeric",
        };
        told.end().map(|()| cell)
    };
    let head = of.list("head")?.iter().map(cell).collect::<Result<Vec<_>, _>>()?;
    let mut rows = Vec::new();
    for row in of.value("rows").as_array().into_iter().flatten() {
        let Some(cells) = row.as_array() else {
            return Err(of.lacks("rows with gaps"));
        };
        let cells = cells.iter().map(|told| cell(&Asked::new("table.rows", told)));
        rows.push(cells.collect::<Result<Vec<_>, _>>()?);
    }
    drawn(Table {
        caption: of.text("caption"),
        caption_classes: of.text("captionClasses"),
        head,
        rows,
        first_is_header: of.flag("firstCellIsHeader"),
        classes: of.text("classes"),
    })
}

component!(Tag { text: String, classes: String }
    r#"{% import "components/tag.html" as c %}{% call c::tag(text, classes=classes) %}{% endcall %}"#);
fn tag(of: &Asked<'_>) -> Drawn {
    drawn(Tag {
        text: of.text("text"),
        classes: of.text("classes"),
    })
}

component!(Textarea { id: String, name: String, around: Around, value: String, rows: String, autocomplete: String, spellcheck: String }
    r#"{% import "components/textarea.html" as c %}{% call c::textarea(id, name, around.label, value=value, hint=around.hint, error=around.error, classes=around.classes, label_classes=around.label_classes, heading=around.heading, rows=rows, autocomplete=autocomplete, spellcheck=spellcheck, described_by=around.described_by, group=around.group) %}{% endcall %}"#);
fn textarea(of: &Asked<'_>) -> Drawn {
    let name = of.text("name");
    drawn(Textarea {
        id: or(of.text("id"), &name),
        name,
        around: around(of)?,
        value: of.text("value"),
        rows: or(of.text("rows"), "5"),
        autocomplete: of.text("autocomplete"),
        spellcheck: of.text_or_flag("spellcheck"),
    })
}

component!(WarningText { text: String, fallback: String, classes: String }
    r#"{% import "components/warning_text.html" as c %}{% call c::warning_text(text, fallback=fallback, classes=classes) %}{% endcall %}"#);
fn warning_text(of: &Asked<'_>) -> Drawn {
    drawn(WarningText {
        text: of.text("text"),
        fallback: or(of.text("iconFallbackText"), "Warning"),
        classes: of.text("classes"),
    })
}
