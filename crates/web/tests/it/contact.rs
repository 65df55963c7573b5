//! Recording contact and asking the gate.

use crate::web::{MadeCase, Web};
use fanlight_core::fact::*;
use jiff::civil::time;

const NUMBER: &str = "07700 900143";

fn key(case: &MadeCase, way: &str) -> String {
    format!("{}-{way}", case.route)
}

fn evenings() -> Vec<SafeHours> {
    vec![SafeHours {
        days: Vec::new(),
        from: time(17, 30, 0, 0),
        until: time(19, 0, 0, 0),
    }]
}

#[tokio::test]
async fn the_gate_answers_first_yes_before_no_and_the_number_stands_only_beside_a_yes() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let joan = web.browser("joan").await;
    let path = format!("/case/{}/contact", case.id);

    let page = joan.get(&path).await;
    assert!(
        page.says("May I, by which way, now?") && page.says("Call: not known, so no"),
        "{}",
        page.text()
    );
    assert!(!page.says(NUMBER), "nothing has been called safe");

    web.say("joan", &case, Way::Call, Verdict::Safe, Vec::new()).await;
    web.say("joan", &case, Way::Text, Verdict::Unsafe, Vec::new())
        .await;
    let page = joan.get(&path).await;
    let text = page.text();
    let yes = text.find("Call: yes").expect("a yes");
    let no = text.find("Text: no").expect("a no");
    assert!(yes < no, "{text}");
    assert_eq!(text.matches(NUMBER).count(), 1, "{text}");
    assert!(page.title().starts_with("Case ") && !page.title().contains("Bethan"));
}

#[tokio::test]
async fn a_contact_is_saved_with_when_it_happened_and_renews_what_is_safe() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    web.say("joan", &case, Way::Call, Verdict::Safe, evenings()).await;
    web.set("2026-11-17T18:00:00Z");
    let joan = web.browser("joan").await;
    let path = format!("/case/{}/contact", case.id);
    let answer = joan
        .fill(
            &path,
            &[
                ("with", "survivor"),
                ("by", &key(&case, "call")),
                ("end", "spoke"),
                ("sure", "yes"),
                ("still_safe", "yes"),
                ("time", "17:45"),
                ("words", "She can talk until seven."),
            ],
        )
        .await;
    assert_eq!(answer.at, format!("/case/{}?done=contact", case.id));
    assert!(joan.get(&answer.at).await.says("The contact is saved."));

    let page = web.view("joan", case.id).await;
    let made = page
        .view
        .timeline
        .iter()
        .find(|row| row.what == "contact_made")
        .expect("there");
    assert_eq!(made.times.happened.to_string(), "2026-11-17T17:45:00Z");
    assert_eq!(made.times.recorded.to_string(), "2026-11-17T18:00:00Z");
    let way = &page.view.banner.ways[0];
    assert_eq!(way.hours, evenings(), "the same hours");
    assert_eq!(
        way.recheck_on.expect("a day").to_string(),
        "2027-02-15",
        "90 days on"
    );
}

#[tokio::test]
async fn a_way_that_is_no_longer_safe_is_never_used_again() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    web.say("joan", &case, Way::Call, Verdict::Safe, Vec::new()).await;
    let joan = web.browser("joan").await;
    let answers = [
        ("with", "survivor"),
        ("by", &key(&case, "call")),
        ("end", "spoke"),
        ("sure", "yes"),
        ("still_safe", "no"),
        ("words", "He has her telephone now."),
    ];
    joan.fill(&format!("/case/{}/contact", case.id), &answers).await;
    let page = joan
        .get(&format!("/case/{}/contact/ask/{}/call", case.id, case.route))
        .await;
    assert!(
        page.says("You cannot call Bethan Example this way"),
        "{}",
        page.text()
    );
    assert!(page.says("This way has been called unsafe."), "{}", page.text());
    assert!(!page.says(NUMBER));
}

#[tokio::test]
async fn a_try_is_not_a_contact_and_what_went_against_the_gate_is_saved_and_said() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let joan = web.browser("joan").await;
    let path = format!("/case/{}/contact", case.id);
    let against = joan
        .fill_and_follow(
            &path,
            &[
                ("with", "survivor"),
                ("by", &key(&case, "text")),
                ("end", "sent_no_reply"),
            ],
        )
        .await;
    assert!(
        against.says("It went against what the person asked"),
        "{}",
        against.text()
    );

    web.say("joan", &case, Way::Call, Verdict::Safe, Vec::new()).await;
    let tried = joan
        .fill_and_follow(
            &path,
            &[
                ("with", "survivor"),
                ("by", &key(&case, "call")),
                ("end", "no_answer"),
            ],
        )
        .await;
    assert!(tried.says("A try is not a contact"), "{}", tried.text());
}

#[tokio::test]
async fn errors_stand_beside_their_fields_and_every_answer_is_kept() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let joan = web.browser("joan").await;
    let answer = joan
        .fill(
            &format!("/case/{}/contact", case.id),
            &[
                ("end", "spoke"),
                ("time", "25:00"),
                ("words", "Her words, “I am well”."),
            ],
        )
        .await;
    assert!(answer.at.contains("?again="), "{}", answer.at);
    assert!(!answer.at.contains("well"));
    let page = joan.get(&answer.at).await;
    assert!(page.title().starts_with("Error: Case "), "{}", page.title());
    for says in [
        "Three things to put right. Nothing you wrote is lost",
        "Choose by which way it was",
        "Say whether it was sure that it was this person",
        "must be a time of day from 00:00 to 23:59",
    ] {
        assert!(page.says(says), "{says}: {}", page.text());
    }
    let kept = page.form().fields;
    assert!(
        kept.contains(&("words".into(), "Her words, “I am well”.".into())),
        "{kept:?}"
    );
    assert!(kept.contains(&("end".into(), "spoke".into())), "{kept:?}");
}

#[tokio::test]
async fn a_double_press_saves_one_contact_and_says_the_same_twice() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let joan = web.browser("joan").await;
    let page = joan.get(&format!("/case/{}/contact", case.id)).await;
    let answers = [
        ("with", "survivor"),
        ("by", &*key(&case, "call")),
        ("end", "spoke"),
        ("sure", "yes"),
        ("still_safe", "no"),
        ("words", "He listens."),
    ];
    let first = joan.answer(&page, &answers).await;
    let second = joan.answer(&page, &answers).await;
    assert_eq!(first.at, second.at);
    let timeline = web.view("joan", case.id).await.view.timeline;
    let count = |what: &str| timeline.iter().filter(|row| row.what == what).count();
    assert_eq!((count("contact_made"), count("safe_contact_agreed")), (1, 1));
}

#[tokio::test]
async fn somebody_who_rings_is_asked_for_the_word_before_anything_is_confirmed() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let joan = web.browser("joan").await;
    joan.fill(
        &format!("/case/{}/contact/wishes", case.id),
        &[
            ("say_we_are", "Joan, from the library"),
            ("code_word", "marmalade"),
            ("duress_word", "umbrella"),
        ],
    )
    .await;
    let page = joan.get(&format!("/case/{}/contact?how=in", case.id)).await;
    assert!(
        page.says("“Hello, Joan, from the library here. What word did we say?”"),
        "{}",
        page.text()
    );
    assert!(page.says("Show the two words for 20 seconds"));
    assert!(!page.says("marmalade") && !page.says("umbrella"));

    let answer = joan
        .answer(
            &page,
            &[
                ("who_rang", "cannot_tell"),
                ("by", &key(&case, "call")),
                ("end", "spoke"),
                ("words", "Somebody asked whether she had been here."),
            ],
        )
        .await;
    assert_eq!(answer.at, format!("/case/{}?done=contact", case.id));
    // Somebody said the other word: the way is not sure any more.
    web.say("joan", &case, Way::Call, Verdict::Safe, Vec::new()).await;
    let page = joan.get(&format!("/case/{}/contact?how=in", case.id)).await;
    joan.answer(
        &page,
        &[
            ("who_rang", "duress"),
            ("by", &key(&case, "call")),
            ("end", "spoke"),
            ("words", "She gave the other word. 999 called at 16:41."),
        ],
    )
    .await;
    let page = joan
        .get(&format!("/case/{}/contact/ask/{}/call", case.id, case.route))
        .await;
    assert!(page.says("no longer sure"), "{}", page.text());
}

#[tokio::test]
async fn yes_comes_with_what_to_say_and_no_with_its_hours_and_what_to_do_instead() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    web.say("joan", &case, Way::Call, Verdict::Safe, evenings()).await;
    let joan = web.browser("joan").await;
    let ask = format!("/case/{}/contact/ask/{}/call", case.id, case.route);

    let no = joan.get(&ask).await;
    assert!(no.says("You cannot call Bethan Example now"), "{}", no.text());
    assert!(no.says("Call today between 17:30 and 19:00"), "{}", no.text());
    assert!(
        no.html.contains("Safe, 17:30 to 19:00"),
        "the hours are drawn and said"
    );
    assert!(no.says("What you can do instead") && no.says("Call 999"));
    assert!(!no.says(NUMBER));

    web.set("2026-11-16T17:31:00Z");
    let joan = web.browser("joan").await;
    let yes = joan.get(&ask).await;
    assert!(yes.says("You can call Bethan Example now"), "{}", yes.text());
    assert!(yes.says(NUMBER) && yes.says("Is now a good time?"));
    assert!(yes.links_to(&format!("/case/{}/contact?by={}", case.id, key(&case, "call"))));
    assert_eq!(
        joan.get(&format!("/case/{}/contact/ask/nonsense/call", case.id))
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn nobody_else_can_record_or_ask() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    for name in ["admin", "colleague", "board"] {
        let browser = web.browser(name).await;
        for path in [
            "contact",
            "contact/safe",
            "contact/wishes",
            "people",
            "life-at-risk",
            "danger",
            "home",
        ] {
            let there = browser.get(&format!("/case/{}/{path}", case.id)).await;
            let not_there = browser.get(&format!("/case/{}/{path}", "9".repeat(32))).await;
            assert_eq!(there.status, 404, "{name} {path}");
            assert_eq!(there.html, not_there.html, "{name} {path}");
        }
    }
}
