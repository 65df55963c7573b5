//! What follows a report: earlier cases offered, joining, what is told at once on My work, and what was kept for later.

use crate::web::{Browser, Page, Web};
use fanlight_core::fact::*;
use fanlight_core::ids::CaseId;

/// Takes a report by the pages, and gives its own.
async fn report(web: &Web, name: &'static str, words: &str, danger: &str) -> CaseId {
    let browser = web.browser(name).await;
    let asked = browser.fill("/report", &[("danger", danger)]).await;
    let form = browser.get(&asked.at).await;
    assert!(
        !form.says("Perhaps about the same people"),
        "nothing is offered before it is saved"
    );
    let saved = browser
        .answer(&form, &[("words", words), ("connection", "no")])
        .await;
    let receipt = browser.get(&saved.at).await;
    let (_, rest) = receipt.html.split_once("href=\"/case/").expect("a way to it");
    CaseId::parse(rest.split('"').next().unwrap_or_default()).expect("a report")
}

async fn keep(browser: &Browser, page: &Page, answers: &[(&str, &str)]) -> Page {
    let form = page.form();
    let mut fields = form.fields.clone();
    fields.retain(|(name, _)| !answers.iter().any(|(answered, _)| answered == name));
    fields.extend(
        answers
            .iter()
            .map(|(name, value)| ((*name).into(), (*value).into())),
    );
    fields.push(("do".into(), "keep".into()));
    let answer = browser.post(&form.action, &fields).await;
    assert_eq!(answer.status, 303);
    browser.get(&answer.at).await
}

#[tokio::test]
async fn an_earlier_case_is_offered_once_the_report_is_saved_and_joined_by_a_person_who_looked_at_both() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let id = report(&web, "joan", "Neighbour heard Bethan Example cry out", "now").await;
    let joan = web.browser("joan").await;
    let page = joan.get(&format!("/case/{id}")).await;
    assert!(page.says("Perhaps about the same people"), "{}", page.text());
    assert!(page.says("The same name") && page.links_to(&format!("/case/{}", case.id)));
    assert!(page.says("Nothing is joined by itself"));

    let form = joan.get(&format!("/case/{id}/join")).await;
    let nothing = joan.answer(&form, &[]).await;
    let nothing = joan.get(&nothing.at).await;
    assert!(nothing.says("leave the report as it is"), "{}", nothing.text());
    let chosen = joan.answer(&form, &[("to", &case.id.to_string())]).await;
    let check = joan.get(&chosen.at).await;
    for words in [
        "This cannot be undone",
        "Neighbour heard Bethan Example cry out",
        "He took my telephone and the keys",
        &case.reference,
    ] {
        assert!(check.says(words), "{words}: {}", check.text());
    }
    // Looking at both has joined nothing.
    assert_eq!(web.view("joan", id).await.view.header.stage, "report");
    let unsaid = joan.answer(&check, &[]).await;
    assert!(joan.get(&unsaid.at).await.says("Say why they belong together"));
    let done = joan
        .answer(&check, &[("reason", "Same flat, same two people")])
        .await;
    let done = joan.get(&done.at).await;
    assert!(done.says("The report is joined to this case"), "{}", done.text());
    assert!(done.says("Neighbour heard Bethan Example cry out") && done.says("Same flat, same two people"));
    assert!(
        done.says("nobody has recorded yet what was done"),
        "{}",
        done.text()
    );
    let old = joan.get(&format!("/case/{id}")).await;
    assert!(old.says("This report belongs to another case") && !old.links_to(&format!("/case/{id}/open")));
}

#[tokio::test]
async fn where_nothing_like_it_can_be_opened_the_page_says_so_and_a_sealed_case_is_no_different() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let other = report(&web, "joan", "Heard Somebody Else cry out", "no").await;
    let bare = report(&web, "joan", "shouting at night", "no").await;
    let sealed = report(&web, "joan", "Heard Bethan Example cry out", "no").await;
    let who = web.who("joan").await;
    let shut = ShutOut {
        account: web.account("ruth"),
        suspected: true,
        line_too: false,
        reason: fanlight_core::words::Words::new("His sister"),
    };
    let seen = web.view("joan", case.id).await.view.seen;
    web.casework
        .shut_out(&who, web.form(seen), case.id, shut)
        .await
        .expect("shut out");
    let ruth = web.browser("ruth").await;
    for (id, words) in [
        (
            other,
            "Nothing that you can open looks to be about the same people",
        ),
        (
            sealed,
            "Nothing that you can open looks to be about the same people",
        ),
        (bare, "There is no name, number or postcode in it yet"),
    ] {
        let page = ruth.get(&format!("/case/{id}")).await;
        assert!(page.says(words), "{}", page.text());
        assert!(!page.html.contains(&case.id.to_string()));
    }
    // By its reference it is not there either, and the answer is that for one that does not exist.
    let mut answers = Vec::new();
    for reference in [case.reference.as_str(), "ZZZ-ZZZZ"] {
        let page = ruth
            .fill_and_follow(&format!("/case/{sealed}/join"), &[("reference", reference)])
            .await;
        assert!(
            page.says("There is no open case with this reference"),
            "{}",
            page.text()
        );
        answers.push(page.text().replace(reference, ""));
    }
    assert_eq!(answers[0], answers[1]);
    // Nor can it be put into the address by hand.
    let form = ruth.get(&format!("/case/{sealed}/join")).await.form();
    let mut fields = form.fields;
    fields.push(("to".into(), case.id.to_string()));
    let answer = ruth.post(&form.action, &fields).await;
    assert_eq!(ruth.get(&answer.at).await.status, 404);
}

#[tokio::test]
async fn danger_stands_first_on_my_work_of_those_who_can_see_it_until_somebody_says_what_was_done() {
    let web = Web::new().await;
    let id = report(&web, "joan", "He has a knife", "unknown").await;
    for name in ["joan", "ruth", "manager", "lead"] {
        let work = web.browser(name).await.get("/work").await;
        assert!(work.says("Life may be at risk"), "{name}: {}", work.text());
        assert!(work.links_to(&format!("/case/{id}/danger")));
        if let Some(due) = work.text().find("Make first contact") {
            assert!(
                work.text()
                    .find("Life may be at risk")
                    .is_some_and(|told| told < due)
            );
        }
    }
    for name in ["colleague", "admin", "board"] {
        let work = web.browser(name).await.get("/work").await;
        assert!(!work.says("Life may be at risk"), "{name}");
    }
    let team = web.browser("manager").await.get("/team").await;
    assert!(team.says("Life may be at risk"), "{}", team.text());
    let joan = web.browser("joan").await;
    let danger = format!("/case/{id}/danger");
    // Answered again without a word of what was done, it stands.
    joan.fill(&danger, &[("danger", "now")]).await;
    let work = joan.get("/work").await;
    assert!(work.says("Somebody is in danger now"), "{}", work.text());
    joan.fill(&danger, &[("danger", "now"), ("done", "I called 999 at 16:45")])
        .await;
    for name in ["ruth", "lead"] {
        assert!(
            !web.browser(name)
                .await
                .get("/work")
                .await
                .says("Life may be at risk")
        );
    }
}

#[tokio::test]
async fn what_was_kept_for_later_is_gone_on_with_saved_once_or_thrown_away() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let joan = web.browser("joan").await;
    let at = format!("/case/{}/note", case.id);
    let work = keep(
        &joan,
        &joan.get(&at).await,
        &[("words", "Half a thought of mine")],
    )
    .await;
    assert!(
        work.says("Kept for later") && work.says("A note") && work.says(&case.reference),
        "{}",
        work.text()
    );
    assert!(
        !work.says("Half a thought"),
        "a list on a screen says nothing of it"
    );
    for other in ["ruth", "lead"] {
        let work = web.browser(other).await.get("/work").await;
        assert!(!work.says("Kept for later"), "{}", work.text());
    }
    let (_, rest) = work
        .html
        .split_once(&format!("href=\"{at}?again="))
        .expect("a way back");
    let draft = rest.split('"').next().unwrap_or_default().to_owned();
    let again = format!("{at}?again={draft}");
    assert!(!web.browser("ruth").await.get(&again).await.says("Half a thought"));
    let form = joan.get(&again).await;
    assert!(form.says("Half a thought of mine"), "{}", form.text());
    // Kept once more, it is still one.
    let work = keep(&joan, &form, &[("words", "Half a thought of mine, and more")]).await;
    assert_eq!(work.html.matches("/work/kept/").count(), 1);
    let (_, rest) = work
        .html
        .split_once(&format!("href=\"{at}?again="))
        .expect("a way back");
    let draft = rest.split('"').next().unwrap_or_default().to_owned();
    // A mistake does not lose it, and saving it takes it off the list.
    let form = joan.get(&format!("{at}?again={draft}")).await;
    let wrong = joan.answer(&form, &[("words", " ")]).await;
    assert!(joan.get("/work").await.says("Kept for later"));
    let form = joan.get(&wrong.at).await;
    joan.answer(&form, &[("words", "A whole thought")]).await;
    assert!(!joan.get("/work").await.says("Kept for later"));

    let form = joan.get("/report").await;
    let work = keep(&joan, &form, &[("danger", "no")]).await;
    assert!(
        work.says("Not saved yet: nobody else has seen it"),
        "{}",
        work.text()
    );
    let (_, rest) = work
        .html
        .split_once("href=\"/work/kept/")
        .expect("a way to throw it away");
    let id = rest.split('"').next().unwrap_or_default().to_owned();
    let away = format!("/work/kept/{id}");
    assert_eq!(web.browser("ruth").await.get(&away).await.status, 404);
    let done = joan.fill_and_follow(&away, &[]).await;
    assert!(
        done.says("Thrown away") && !done.says("Kept for later"),
        "{}",
        done.text()
    );
}

#[tokio::test]
async fn a_draft_of_a_case_that_has_been_shut_to_its_writer_is_shown_nowhere() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let ruth = web.browser("ruth").await;
    let at = format!("/case/{}/note", case.id);
    let work = keep(
        &ruth,
        &ruth.get(&at).await,
        &[("words", "Half a thought of mine")],
    )
    .await;
    let (_, rest) = work.html.split_once("?again=").expect("a way back");
    let draft = rest.split('"').next().unwrap_or_default().to_owned();
    let who = web.who("joan").await;
    let shut = ShutOut {
        account: web.account("ruth"),
        suspected: true,
        line_too: false,
        reason: fanlight_core::words::Words::new("His sister"),
    };
    let seen = web.view("joan", case.id).await.view.seen;
    web.casework
        .shut_out(&who, web.form(seen), case.id, shut)
        .await
        .expect("shut out");
    let work = ruth.get("/work").await;
    assert!(
        !work.says("Kept for later") && !work.says(&case.reference),
        "{}",
        work.text()
    );
    for at in [format!("{at}?again={draft}"), format!("/work/kept/{draft}")] {
        assert_eq!(ruth.get(&at).await.status, 404, "{at}");
    }
    // Its words do not come up under another form either.
    assert!(
        !ruth
            .get(&format!("/report?again={draft}"))
            .await
            .says("Half a thought")
    );
}

#[tokio::test]
async fn where_no_safe_way_is_known_my_work_leads_to_where_one_is_found() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let work = web.browser("joan").await.get("/work").await;
    assert!(work.says("Find a safe route"), "{}", work.text());
    assert!(work.links_to(&format!("/case/{}/contact/safe", case.id)));
}
