//! What anybody may open: no account, nothing left in the browser, nothing lost.

use crate::web::Web;

#[tokio::test]
async fn help_is_the_landlords_own_with_a_way_out_and_danger_first() {
    for (landlord, own) in [("settle", "If you are a man"), ("bpha", "It is not your fault")] {
        let web = Web::of(landlord).await;
        let anybody = web.nobody();
        let front = anybody.get("/help").await;
        assert_eq!(front.at, format!("/help/{landlord}"));
        let page = anybody.get(&front.at).await;
        assert_eq!((page.status, page.title().as_str()), (200, "Help and advice"));
        assert!(page.says(own) && page.says("0808 2000 247"), "{}", page.text());
        assert!(!page.says("Fanlight"));
        let text = page.text();
        let (danger, question) = (text.find("Call 999"), text.find("Is somebody at home"));
        assert!(danger < question, "danger first: {text}");
        // A plain link to somebody else's page: it works without a script.
        assert!(page.links_to("https://www.bbc.co.uk/weather"));
        for path in ["tell", "next", "about", "ring"] {
            let page = anybody.get(&format!("/help/{landlord}/{path}")).await;
            assert_eq!(
                (page.status, page.title().as_str()),
                (200, "Help and advice"),
                "{path}"
            );
            assert!(page.links_to("https://www.bbc.co.uk/weather"), "{path}");
            assert_eq!(page.cookie, "", "nothing is set before Send: {path}");
        }
    }
    let web = Web::new().await;
    assert_eq!(web.nobody().get("/help/nobody").await.status, 404);
}

#[tokio::test]
async fn what_happens_next_says_what_this_policy_says_and_no_number_that_it_does_not() {
    let settle = Web::new().await;
    let page = settle.nobody().get("/help/settle").await;
    assert!(page.says("By the end of tomorrow"), "{}", page.text());
    assert!(page.says("We know how hard it is to come forward"));
    let bpha = Web::of("bpha").await;
    let page = bpha.nobody().get("/help/bpha").await;
    assert!(
        page.says("as a matter of urgency") && page.says("no number"),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn one_sentence_without_an_account_is_a_report_and_its_four_words_are_shown_once() {
    let web = Web::new().await;
    let anybody = web.nobody();
    let path = "/help/settle/tell";
    let blank = anybody.fill_and_follow(path, &[]).await;
    assert!(blank.says("one sentence is enough"), "{}", blank.text());
    let sent = anybody
        .fill(
            path,
            &[
                ("words", "My partner has taken my keys"),
                ("answer", "call"),
                ("call-number", "07700 900155"),
                ("call-when", "Mondays after 1pm"),
                ("works", "no"),
            ],
        )
        .await;
    assert_eq!(sent.at, "/help/settle/next");
    let list = sent.cookie.clone();
    assert!(
        list.starts_with("list=") && list.contains("HttpOnly") && list.contains("SameSite=Strict"),
        "{list}"
    );
    let kept = list.split(';').next().expect("a pair").to_owned();
    let receipt = anybody.with_cookie(&kept).get(&sent.at).await;
    assert!(receipt.says("It has arrived"), "{}", receipt.text());
    let words: Vec<&str> = kept.trim_start_matches("list=").split('.').collect();
    assert_eq!(words.len(), 4);
    for word in &words {
        assert!(receipt.html.contains(&format!("<li>{word}</li>")), "{word}");
    }
    assert!(
        receipt.cookie.contains("Max-Age=0"),
        "taken away: {}",
        receipt.cookie
    );
    assert!(
        !receipt.says("07700") && !receipt.says("keys"),
        "nothing of what was written comes back"
    );
    let later = anybody.get(&sent.at).await;
    // One of the four may be an ordinary word of the page, or stand inside one: as a word of the list none is shown.
    for word in &words {
        assert!(!later.html.contains(&format!("<li>{word}</li>")), "{word}");
    }
    assert!(!words.iter().all(|word| later.says(word)) && !later.html.contains("fl-code"));

    let joan = web.browser("joan").await;
    let cases = joan.get("/cases?show=reports").await;
    let case = cases
        .html
        .split("href=\"/case/")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("the report is waiting")
        .to_owned();
    let page = joan.get(&format!("/case/{case}")).await;
    assert!(page.says("My partner has taken my keys"), "{}", page.text());
    assert!(
        page.says("Mondays after 1pm") && page.says(&words.join(", ")),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn a_button_pressed_twice_sends_once_and_what_was_changed_in_between_is_not_lost() {
    let web = Web::new().await;
    let anybody = web.nobody();
    let page = anybody.get("/help/settle/tell").await;
    let first = [("words", "He waits outside"), ("works", "no")];
    anybody.answer(&page, &first).await;
    anybody.answer(&page, &first).await;
    let lead = web.browser("lead").await;
    let count = |page: &crate::web::Page| page.html.matches("fl-work__case").count();
    assert_eq!(count(&lead.get("/cases?show=reports").await), 1);
    let changed = anybody
        .answer(
            &page,
            &[("words", "He waits outside, with a key"), ("works", "no")],
        )
        .await;
    assert_eq!(changed.at, "/help/settle/next");
    assert_eq!(count(&lead.get("/cases?show=reports").await), 2);
}

#[tokio::test]
async fn another_sites_form_is_turned_away() {
    let web = Web::new().await;
    let fields = [("words".to_owned(), "forged".to_owned())];
    let answer = web
        .nobody()
        .post_from_elsewhere("/help/settle/tell", &fields)
        .await;
    assert_eq!((answer.status, answer.at.as_str()), (303, "/not-from-here"));
    let lead = web.browser("lead").await;
    assert!(
        !lead
            .get("/cases?show=reports")
            .await
            .html
            .contains("href=\"/case/")
    );
}
