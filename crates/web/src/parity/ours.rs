//! Our own signs and parts: no meaning by colour alone, and an icon always stands beside words.

use askama::Template;

use crate::signs::{Clause, May, RiskSign, Shape, TimeTag, Tone, WaySign};
use crate::work::{Chip, Empty, Suggestion};

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{% import "components/signs.html" as g %}{% call g::risk(risk) %}{% endcall %}|{% call g::way(way) %}{% endcall %}|{% call g::time(tag) %}{% endcall %}|{% call g::clauses(clauses) %}{% endcall %}"#
)]
struct Signs {
    risk: RiskSign,
    way: WaySign,
    tag: TimeTag,
    clauses: Vec<Clause>,
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{% import "components/moj_alert.html" as a %}{% call a::alert(kind, text) %}{% endcall %}"#
)]
struct Alert {
    kind: &'static str,
    text: String,
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{% import "components/chips.html" as c %}{% import "components/empty.html" as e %}{% call c::chips("/work", chips) %}{% endcall %}{% call e::empty(empty) %}{% endcall %}"#
)]
struct Parts {
    chips: Vec<Chip>,
    empty: Empty,
}

#[test]
fn a_sign_always_says_in_words_what_it_shows() {
    for (may, shape) in [
        (May::Yes, Shape::Full),
        (May::No, Shape::Half),
        (May::NotKnown, Shape::NotKnown),
    ] {
        let signs = Signs {
            risk: RiskSign {
                shape,
                words: "The level <b>".to_owned(),
            },
            way: WaySign {
                may,
                way: None,
                words: "The answer".to_owned(),
            },
            tag: TimeTag::new(Tone::Late, "2 days late"),
            clauses: vec![
                Clause {
                    words: "settle 7.1".to_owned(),
                    href: "/assurance/7.1".to_owned(),
                },
                Clause {
                    words: "bpha 4.4.1".to_owned(),
                    href: String::new(),
                },
            ],
        };
        let html = signs.render().expect("signs are drawn");
        for words in [
            "The level &#60;b&#62;",
            "The answer",
            "2 days late",
            ">settle 7.1</a>",
            ">bpha 4.4.1</span>",
        ] {
            assert!(html.contains(words), "{words} in {html}");
        }
        assert!(html.contains("aria-hidden=\"true\""));
    }
}

#[test]
fn an_alert_names_its_kind_for_those_who_listen() {
    for kind in ["information", "success", "warning", "error"] {
        let html = Alert {
            kind,
            text: "Saved & kept".to_owned(),
        }
        .render()
        .expect("an alert is drawn");
        assert!(
            html.contains(&format!("aria-label=\"{kind}: Saved &#38; kept\"")),
            "{html}"
        );
        assert!(html.contains(&format!("moj-alert--{kind}")) && html.contains("<svg"));
    }
}

#[test]
fn chips_say_which_is_shown_and_nothing_to_show_says_what_comes_next() {
    let chip = |value: &str, pressed| Chip {
        value: value.to_owned(),
        text: format!("{value}, 3"),
        pressed,
    };
    let parts = Parts {
        chips: vec![chip("all", true), chip("late", false)],
        empty: Empty {
            title: "Nothing is due".to_owned(),
            says: "The next promise falls on Monday.".to_owned(),
            suggestions: vec![Suggestion {
                title: "Two drafts".to_owned(),
                go: Some(crate::forms::Link::new("Open", "/drafts")),
                ..Suggestion::default()
            }],
        },
    };
    let html = parts.render().expect("parts are drawn");
    assert_eq!(html.matches("aria-pressed=\"true\"").count(), 1);
    assert!(html.contains("method=\"get\"") && html.contains("value=\"late\""));
    // Two links that say "Open" can be told apart by those who listen.
    assert!(html.contains("Open<span class=\"govuk-visually-hidden\">: Two drafts</span>"));
}
