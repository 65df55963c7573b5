//! Redacting an entry and erasing a case: who may, what is asked first, what stays, and that others see no trace of it.

use crate::web::{MadeCase, Web};
use fanlight_casework::When;
use fanlight_core::fact::{CaseClosed, NoteWritten, SurvivorsWord};
use fanlight_core::ids::CommandId;
use fanlight_core::words::Words;

async fn note(web: &Web, case: &MadeCase, words: &str) -> u64 {
    let joan = web.who("joan").await;
    let note = NoteWritten {
        words: Words::new(words),
    };
    let form = web.form(None);
    let done = web
        .casework
        .write_note(&joan, form, case.id, When::default(), note)
        .await;
    done.expect("a note").position.0
}

async fn close(web: &Web, case: &MadeCase) {
    let lead = web.who("lead").await;
    let seen = web.view("lead", case.id).await.view.seen;
    let closed = CaseClosed {
        outcome: lead.room.terms.outcomes.first().cloned().unwrap_or_default(),
        words: Words::new("Done"),
        survivors_word: SurvivorsWord::NotHad {
            because: Words::new("No safe way"),
        },
        approved_by: Some(web.account("manager")),
    };
    let form = web.form(seen);
    web.casework
        .close(&lead, form, case.id, closed)
        .await
        .expect("closed");
}

#[tokio::test]
async fn the_lead_redacts_an_entry_after_looking_once_more_and_it_is_gone_for_good() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let place = note(&web, &case, "Her neighbour Zqwrong is ill").await;
    let kept = note(&web, &case, "She rang at noon").await;
    let base = format!("/case/{}", case.id);
    let at = format!("{base}/redact/{place}");
    let lead = web.browser("lead").await;
    assert!(lead.get(&base).await.links_to(&at));

    let wrong = lead
        .fill_and_follow(&at, &[("reason", "other"), ("keys", "keep")])
        .await;
    assert!(
        wrong.says("Say why, in a few words") && wrong.says("Zqwrong"),
        "{}",
        wrong.text()
    );
    let wrong = lead.fill_and_follow(&at, &[("reason", "never")]).await;
    assert!(
        wrong.says("Choose what becomes of the keys of older backups"),
        "{}",
        wrong.text()
    );
    // Nothing is redacted by asking, nor by opening the address of the second page.
    assert_eq!(lead.get(&format!("{at}/confirm")).await.at, at);
    let once_more = lead
        .fill_and_follow(&at, &[("reason", "another"), ("keys", "keep")])
        .await;
    assert!(once_more.headings().contains(&"Redact it for good?".to_owned()));
    for words in [
        "Zqwrong",
        "nothing to do with this case",
        "in a backup made before today it can still be read",
    ] {
        assert!(once_more.says(words), "{words}: {}", once_more.text());
    }
    assert!(lead.get(&base).await.says("Zqwrong"));

    let first = lead.answer(&once_more, &[]).await;
    let page = lead.get(&first.at).await;
    assert!(
        page.says("Redacted. Nothing of the entry can be read any more."),
        "{}",
        page.text()
    );
    assert!(page.says("Redacted an entry for good") && page.says("She rang at noon"));
    assert!(!page.html.contains("Zqwrong"));
    // Pressed twice it is done once, and neither page shows it again.
    assert_eq!(lead.answer(&once_more, &[]).await.at, first.at);
    assert_eq!(lead.get(&at).await.status, 404);
    assert!(
        lead.get(&format!("{base}/redact/{kept}"))
            .await
            .says("She rang at noon")
    );
}

#[tokio::test]
async fn what_a_clock_rests_on_is_not_redacted_and_the_page_says_what_to_do() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let lead = web.browser("lead").await;
    // The opening of the case, by its address: no link leads there.
    let at = format!("/case/{}/redact/0", case.id);
    let once_more = lead
        .fill_and_follow(&at, &[("reason", "never"), ("keys", "keep")])
        .await;
    let answer = lead.answer(&once_more, &[]).await;
    let page = lead.get(&answer.at).await;
    assert!(
        page.says("Correct its words instead"),
        "{} {}",
        page.at,
        page.text()
    );
}

#[tokio::test]
async fn a_closed_case_is_erased_when_a_second_person_agrees_and_only_that_it_was_stays() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    note(&web, &case, "Zqsecret words").await;
    let base = format!("/case/{}", case.id);
    let at = format!("{base}/erase");
    let (lead, manager) = (web.browser("lead").await, web.browser("manager").await);
    let open = lead.get(&at).await;
    assert!(open.says("Close the case first"), "{}", open.text());
    close(&web, &case).await;
    assert!(lead.get(&base).await.links_to(&at) && manager.get(&base).await.links_to(&at));
    assert!(manager.get(&at).await.says("Nothing waits for an answer"));

    let wrong = lead.fill_and_follow(&at, &[]).await;
    assert!(wrong.says("Choose why"), "{}", wrong.text());
    let proposed = lead.fill_and_follow(&at, &[("reason", "time")]).await;
    assert!(
        proposed.says("It waits for a second person"),
        "{}",
        proposed.text()
    );
    // Whoever proposed it is offered no agreement, and one that is forged is refused.
    let waits = lead.get(&at).await;
    assert!(waits.says("An erasure waits for a second person") && !waits.says("Do you agree?"));
    let mut forged = waits.form().fields;
    forged.retain(|(name, _)| name != "answer");
    forged.extend([("answer", "yes"), ("keys", "keep")].map(|(a, b)| (a.to_owned(), b.to_owned())));
    let refused = lead.post(&format!("{at}/answer"), &forged).await;
    assert!(
        lead.get(&refused.at)
            .await
            .says("The second person cannot be you")
    );
    assert!(lead.get(&base).await.says("Zqsecret words"));

    let question = manager.get(&at).await;
    for words in [
        "Proposed by lead",
        "The time for which the landlord keeps it is over",
        "It cannot be undone",
    ] {
        assert!(question.says(words), "{words}: {}", question.text());
    }
    let wrong = manager.answer(&question, &[("answer", "yes")]).await;
    assert!(
        manager
            .get(&wrong.at)
            .await
            .says("Choose what becomes of the keys")
    );
    let done = manager
        .answer(&question, &[("answer", "yes"), ("keys", "keep")])
        .await;
    assert!(!done.at.contains(&case.id.to_string()), "{}", done.at);
    assert!(
        manager
            .get(&done.at)
            .await
            .says("Erased. Nothing of it can be opened any more")
    );

    let record = lead.get(&lead.get(&base).await.at).await;
    for words in [
        "The time for which the landlord keeps it is over",
        "Proposed by lead, agreed by manager",
    ] {
        assert!(record.says(words), "{words}: {}", record.text());
    }
    for gone in ["Bethan", "Zqsecret", &case.reference] {
        assert!(!record.html.contains(gone), "{gone}");
    }
    let nothing = manager.get("/case/00000000000000000000000000000000").await;
    for path in [&base, &at, &format!("{base}/erased"), &format!("{base}/note")] {
        for browser in [&manager, &web.browser("joan").await] {
            let page = browser.get(path).await;
            assert_eq!((page.status, page.text()), (404, nothing.text()), "{path}");
        }
    }
}

#[tokio::test]
async fn a_second_person_who_does_not_agree_and_a_case_that_moves_on_both_end_the_proposal() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    close(&web, &case).await;
    let at = format!("/case/{}/erase", case.id);
    let (lead, manager) = (web.browser("lead").await, web.browser("manager").await);
    lead.fill_and_follow(&at, &[("reason", "mistake")]).await;
    let answered = manager.fill_and_follow(&at, &[("answer", "no")]).await;
    assert!(answered.says("Answered."), "{}", answered.text());
    lead.fill_and_follow(&at, &[("reason", "mistake")]).await;
    let question = manager.get(&at).await;
    note(&web, &case, "She rang").await;
    let late = manager
        .answer(&question, &[("answer", "yes"), ("keys", "keep")])
        .await;
    let late = manager.get(&late.at).await;
    assert!(
        late.says("No erasure of it waits for an answer"),
        "{}",
        late.text()
    );
    assert!(lead.get(&at).await.says("Propose to erase it"));
}

#[tokio::test]
async fn for_everybody_else_these_pages_are_not_there() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let place = note(&web, &case, "She rang").await;
    close(&web, &case).await;
    let base = format!("/case/{}", case.id);
    let nowhere = "/case/00000000000000000000000000000000";
    for name in ["joan", "colleague", "admin", "board"] {
        let browser = web.browser(name).await;
        let page = browser.get(&base).await;
        assert!(
            !page.html.contains("/erase") && !page.html.contains("/redact"),
            "{name}"
        );
        for path in [
            "/erase".to_owned(),
            "/erased".into(),
            format!("/redact/{place}"),
            format!("/redact/{place}/confirm"),
        ] {
            let (here, there) = (
                browser.get(&format!("{base}{path}")).await,
                browser.get(&format!("{nowhere}{path}")).await,
            );
            assert_eq!((here.status, here.text()), (404, there.text()), "{name} {path}");
        }
    }
}

#[tokio::test]
async fn what_was_typed_into_a_form_of_a_case_goes_when_the_case_is_erased() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let joan = web.browser("joan").await;
    let path = format!("/case/{}/note", case.id);
    let kept = joan.fill(&path, &[("words", "Zqdraft"), ("time", "25:70")]).await;
    let id = kept
        .at
        .split("again=")
        .nth(1)
        .and_then(CommandId::parse)
        .expect("a draft");
    let who = web.who("joan").await;
    assert!(web.casework.draft(&who, id).await.expect("read").is_some());
    close(&web, &case).await;
    let lead = web.who("lead").await;
    web.casework
        .erase(&lead, case.id, &Words::new("six years"), false)
        .await
        .expect("erased");
    assert_eq!(web.casework.draft(&who, id).await.expect("read"), None);
}

#[tokio::test]
async fn signing_out_asks_the_browser_to_let_go_of_the_pages_it_kept() {
    let web = Web::new().await;
    let joan = web.browser("joan").await;
    let answer = joan.post("/sign-out", &[]).await;
    assert_eq!(
        (answer.at.as_str(), answer.forgets.as_str()),
        ("/sign-in?why=out", "\"cache\", \"storage\"")
    );
}
