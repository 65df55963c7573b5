//! Rules that hold on every page.

use std::collections::BTreeSet;

use crate::samples;

/// The tags of a page that begin so, each whole.
fn tags<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let begin = format!("<{name}");
    html.match_indices(&begin)
        .filter(|(at, _)| html[at + begin.len()..].starts_with([' ', '>']))
        .map(|(at, _)| &html[at..at + html[at..].find('>').expect("a tag ends") + 1])
        .collect()
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let begin = format!(" {name}=\"");
    let at = tag.find(&begin)? + begin.len();
    tag[at..].split('"').next()
}

fn ids(html: &str) -> Vec<&str> {
    html.match_indices(" id=\"")
        .map(|(at, begin)| html[at + begin.len()..].split('"').next().unwrap_or(""))
        .collect()
}

#[test]
fn nothing_on_a_page_needs_a_weaker_policy() {
    for (name, html) in samples::all() {
        for banned in [
            " style=",
            "<style",
            " onclick",
            " onload",
            " onsubmit",
            "javascript:",
            "<iframe",
            "<img",
            "data:",
        ] {
            assert!(!html.contains(banned), "{name} holds {banned}");
        }
        for script in tags(&html, "script") {
            assert!(
                attribute(script, "src").is_some_and(|src| src.starts_with("/static/")),
                "{name}: {script}"
            );
        }
        assert_eq!(tags(&html, "script").len(), 1, "{name}");
        for link in tags(&html, "link") {
            assert!(
                attribute(link, "href").is_some_and(|href| href.starts_with("/static/")),
                "{name}: {link}"
            );
        }
    }
}

#[test]
fn titles_and_addresses_say_nothing() {
    for (name, html) in samples::all() {
        let title = html
            .split("<title>")
            .nth(1)
            .and_then(|rest| rest.split("</title>").next())
            .expect("a title");
        for word in [
            "abuse",
            "Beth",
            "Bethan",
            "Cole",
            "Lucy",
            "Amira",
            "perpetrator",
            "survivor",
            "victim",
        ] {
            assert!(
                !title.to_lowercase().contains(&word.to_lowercase()),
                "the title of {name}: {title}"
            );
        }
        for tag in tags(&html, "a") {
            let href = attribute(tag, "href")
                .expect("a link leads somewhere")
                .to_lowercase();
            for word in [
                "abuse",
                "beth",
                "cole",
                "lucy",
                "holt",
                "osei",
                "perpetrator",
                "survivor",
            ] {
                assert!(!href.contains(word), "{name}: {href}");
            }
        }
        assert!(
            html.contains("<meta name=\"referrer\" content=\"no-referrer\">"),
            "{name}"
        );
    }
}

#[test]
fn no_browser_is_asked_to_remember_what_was_typed() {
    let allowed = ["off", "username", "current-password", "new-password"];
    for (name, html) in samples::all() {
        for field in tags(&html, "input").into_iter().chain(tags(&html, "textarea")) {
            if matches!(attribute(field, "type"), Some("radio" | "checkbox")) {
                continue;
            }
            let autocomplete = attribute(field, "autocomplete");
            assert!(
                autocomplete.is_some_and(|said| allowed.contains(&said)),
                "{name}: {field}"
            );
        }
        for form in html.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap_or(form);
            let begin = form.split('>').next().unwrap_or(form);
            if begin.contains("method=\"get\"") {
                // What is sent by GET stands in the address: only choices that a page wrote itself.
                assert!(
                    !form.contains("type=\"text\"") && !form.contains("type=\"search\""),
                    "{name}: {begin}"
                );
                continue;
            }
            assert!(begin.contains("method=\"post\""), "{name}: {begin}");
            let is_door = name.starts_with("sign-in") || name == "door-form";
            assert!(is_door || form.contains("name=\"csrf\""), "{name}: {begin}");
            let is_form = form.contains("fl-entries") || begin.contains("/report");
            assert!(!is_form || form.contains("name=\"command\""), "{name}: {begin}");
        }
    }
}

#[test]
fn every_fault_is_listed_linked_and_beside_its_field() {
    let mut with_faults = 0;
    for (name, html) in samples::all() {
        let Some(summary) = html.split("govuk-error-summary__list").nth(1) else {
            continue;
        };
        let summary = summary.split("</ul>").next().unwrap_or("");
        with_faults += 1;
        assert!(html.contains("<title>Error: "), "{name}");
        for link in tags(summary, "a") {
            let target = attribute(link, "href")
                .and_then(|href| href.strip_prefix('#'))
                .expect("a link to a field");
            assert!(ids(&html).contains(&target), "{name}: nothing is called {target}");
        }
        assert!(
            html.matches("govuk-error-message").count() >= tags(summary, "a").len(),
            "{name}"
        );
    }
    assert!(with_faults >= 3);
}

#[test]
fn names_and_labels_belong_together() {
    for (name, html) in samples::all() {
        let mut seen = BTreeSet::new();
        for id in ids(&html) {
            assert!(seen.insert(id), "{name}: two things are called {id}");
        }
        for label in tags(&html, "label") {
            if let Some(target) = attribute(label, "for") {
                assert!(
                    seen.contains(target),
                    "{name}: a label for {target}, which is not there"
                );
            }
        }
        for tag in html.split('<') {
            for which in ["aria-describedby", "aria-labelledby", "aria-controls"] {
                for id in attribute(tag, which).unwrap_or_default().split_whitespace() {
                    assert!(
                        seen.contains(id),
                        "{name}: {which} names {id}, which is not there"
                    );
                }
            }
        }
        assert_eq!(tags(&html, "h1").len(), 1, "{name} has one main heading");
        assert!(
            html.contains("href=\"#main\"") && html.contains("id=\"main\""),
            "{name}"
        );
    }
}

#[test]
fn every_public_page_has_the_way_out_and_the_landlords_own_name() {
    for (name, html) in samples::all() {
        if name.starts_with("help") {
            assert!(
                html.contains("data-fl-leave") && html.contains("rel=\"nofollow noreferrer\""),
                "{name}"
            );
            assert!(!html.contains("Fanlight"), "{name} carries our name");
            assert!(html.contains("999"), "{name}");
            assert!(
                !html.contains(fanlight_web::statics::MARK),
                "{name} carries our mark"
            );
        }
        if name.starts_with("error") {
            assert!(html.contains("data-fl-leave"), "{name} may meet anybody");
        }
        assert!(!html.contains("GOV.UK"), "{name}");
    }
}

#[test]
fn every_page_of_a_case_carries_the_contact_banner_and_never_does_not_fold() {
    for (name, html) in samples::all() {
        if !html.contains("aria-label=\"This case\"") {
            continue;
        }
        assert!(html.contains("id=\"safe-contact\""), "{name}");
        if name.starts_with("case") {
            let never = html.find("class=\"is-no\"").expect("what is never used");
            let open_details =
                html[..never].matches("<details").count() - html[..never].matches("</details>").count();
            assert_eq!(open_details, 0, "{name}");
        }
    }
}

#[test]
fn a_held_back_number_is_nowhere_on_the_page() {
    let (_, html) = samples::all()
        .into_iter()
        .find(|(name, _)| *name == "case-not-now")
        .expect("the page");
    assert!(html.contains("Shown from 12:30"));
    assert!(!html.contains("07700 900 143"));
}

#[test]
fn an_invented_house_says_so_on_its_pages() {
    for (name, html) in samples::all() {
        if html.contains("Signed in as Joan Platt")
            && !matches!(name, "case" | "case-no-safe-way" | "case-restricted")
        {
            assert!(html.contains("People and figures here are invented"), "{name}");
        }
    }
}

#[test]
fn what_people_write_is_never_markup() {
    use askama::Template as _;
    use fanlight_core::words::Words;
    use fanlight_web::forms::*;

    let sharp = "\"><script>alert(1)</script><b onmouseover='x'>&";
    let mut errors = Errors::default();
    errors.push(FieldError::new(sharp, sharp));
    let page = FormPage {
        frame: fanlight_web::layout::Frame {
            title: sharp.to_owned(),
            done: sharp.to_owned(),
            ..Default::default()
        },
        back: Some(Link::new(sharp, "/work")),
        form: Form {
            action: sharp.to_owned(),
            title: sharp.to_owned(),
            lead: vec![sharp.to_owned()],
            state: FormState {
                draft: String::new(),
                command: sharp.to_owned(),
                csrf: sharp.to_owned(),
                seen: None,
                errors,
                values: Values::new([("a", sharp), ("b", sharp), ("c", sharp), (sharp, sharp)]),
            },
            fields: vec![
                Field::text("a", sharp).hint(sharp),
                Field::words("b", sharp),
                Field::radios(
                    "c",
                    sharp,
                    vec![
                        Choice::new(sharp, sharp)
                            .hint(sharp)
                            .reveals(vec![Field::text(sharp, sharp)]),
                    ],
                ),
                Field::ask("d", sharp, Kind::Select(vec![Choice::new(sharp, sharp)])),
                Field::hidden(sharp, sharp),
                Field::Compare(Compare {
                    legend: sharp.to_owned(),
                    sides: vec![Side {
                        who: sharp.to_owned(),
                        when: sharp.to_owned(),
                        says: Words::new(sharp),
                    }],
                    name: sharp.to_owned(),
                    choices: vec![Choice::new(sharp, sharp)],
                }),
            ],
            buttons: vec![Button::new(sharp)],
            leave: Some(Link::new(sharp, "/work")),
        },
        steps: Vec::new(),
        notes: vec![Note::new(sharp, sharp)],
    };
    let html = page.render().expect("a page");
    assert!(!html.contains("<script>alert") && !html.contains("<b onmouseover"));
    assert!(html.matches("script&#62;alert").count() > 10);
}
