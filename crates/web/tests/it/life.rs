//! Danger, and the one exception when a life is at risk.

use crate::web::{Browser, MadeCase, Page, Web};
use fanlight_core::fact::*;

async fn try_it(web: &Web, joan: &Browser, case: &MadeCase, second: &[(&str, &str)]) -> Page {
    let _ = web;
    let by = format!("{}-call", case.route);
    let mut answers = vec![
        ("reason", "A neighbour heard her scream, then silence"),
        ("script", "It is about the water in your building"),
        ("by", by.as_str()),
    ];
    answers.extend(second);
    joan.fill(&format!("/case/{}/life-at-risk", case.id), &answers)
        .await
}

#[tokio::test]
async fn after_999_an_unknown_route_is_tried_once_by_voice_and_somebody_else_looks_at_it() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let joan = web.browser("joan").await;
    let form = joan.get(&format!("/case/{}/life-at-risk", case.id)).await;
    assert!(
        form.says("999 first") && form.says("Only a live voice"),
        "{}",
        form.text()
    );
    assert!(!form.says("07700 900143"), "the number comes after the record");
    assert!(
        !form.html.contains("-voicemail\"") && !form.html.contains("-text\""),
        "nothing written is offered"
    );

    let ruth = web.account("ruth").to_string();
    let answer = try_it(&web, &joan, &case, &[("second", "agreed"), ("agreed_by", &ruth)]).await;
    let page = joan.get(&answer.at).await;
    assert!(
        page.says("07700 900143") && page.says("water in your building"),
        "{} {}",
        answer.at,
        page.text()
    );
    assert!(page.says("On record. Go ahead by voice"), "{}", page.text());

    // Nobody else is shown the number, and nobody at all half an hour later.
    let at = answer.at.split_once('?').expect("a mark").0.to_owned();
    assert_eq!(web.browser("ruth").await.get(&at).await.status, 404);
    web.set("2026-11-16T17:20:00Z");
    let later = web.browser("joan").await.get(&at).await;
    assert!(!later.says("07700 900143"), "{}", later.text());

    // The try makes no way safe, and is looked at by somebody else.
    let asked = web
        .browser("joan")
        .await
        .get(&format!("/case/{}/contact/ask/{}/call", case.id, case.route))
        .await;
    assert!(asked.says("You cannot call"), "{}", asked.text());
    let review = format!("{at}/review");
    let own = web
        .browser("joan")
        .await
        .fill_and_follow(&review, &[("words", "It was right")])
        .await;
    assert!(
        own.says("Somebody other than the person who tried looks at it."),
        "{}",
        own.text()
    );
    let done = web
        .browser("ruth")
        .await
        .fill_and_follow(&review, &[("words", "There was no other way")])
        .await;
    assert!(done.says("The review is saved."), "{}", done.text());
    assert!(web.view("joan", case.id).await.view.to_review.is_empty());
}

#[tokio::test]
async fn a_second_person_is_needed_who_is_not_oneself() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let joan = web.browser("joan").await;
    let none = try_it(&web, &joan, &case, &[]).await;
    assert!(joan.get(&none.at).await.says("Name a second person"));
    let nobody = try_it(&web, &joan, &case, &[("second", "told"), ("told", "")]).await;
    assert!(joan.get(&nobody.at).await.says("Choose who is told"));
    let form = joan.get(&format!("/case/{}/life-at-risk", case.id)).await;
    assert!(
        !form.html.contains(&web.account("joan").to_string()),
        "oneself is not on the list"
    );
}

#[tokio::test]
async fn the_list_does_not_say_who_is_shut_out_and_naming_them_is_refused() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let who = web.who("joan").await;
    let seen = web.view("joan", case.id).await.view.seen;
    let ruth = web.account("ruth");
    let shut = ShutOut {
        account: ruth,
        suspected: true,
        line_too: false,
        reason: fanlight_core::words::Words::new("His sister"),
    };
    web.casework
        .shut_out(&who, web.form(seen), case.id, shut)
        .await
        .expect("shut out");
    let joan = web.browser("joan").await;
    let form = joan.get(&format!("/case/{}/life-at-risk", case.id)).await;
    assert!(form.html.contains(&ruth.to_string()) && !form.says("His sister"));
    let answer = try_it(
        &web,
        &joan,
        &case,
        &[("second", "told"), ("told", &ruth.to_string())],
    )
    .await;
    let page = joan.get(&answer.at).await;
    assert!(
        page.says("This person cannot be asked about this case."),
        "{}",
        page.text()
    );
    assert!(web.view("joan", case.id).await.view.to_review.is_empty());
}

#[tokio::test]
async fn a_route_that_is_unsafe_or_known_is_not_offered() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let joan = web.browser("joan").await;
    let form = joan.get(&format!("/case/{}/life-at-risk", case.id)).await;
    web.say("joan", &case, Way::Call, Verdict::Unsafe, Vec::new())
        .await;
    let page = joan.get(&format!("/case/{}/life-at-risk", case.id)).await;
    assert!(
        page.says("Call 999. The exception does not apply here"),
        "{}",
        page.text()
    );
    // Nor by a form that was drawn before it was called unsafe.
    let ruth = web.account("ruth").to_string();
    let late = joan
        .answer(
            &form,
            &[
                ("reason", "Screams"),
                ("script", "The water"),
                ("by", &format!("{}-call", case.route)),
                ("second", "told"),
                ("told", &ruth),
            ],
        )
        .await;
    assert!(late.at.contains("?again="), "{}", late.at);
    assert!(web.view("joan", case.id).await.view.to_review.is_empty());
}

#[tokio::test]
async fn the_danger_question_is_answered_again_with_its_advice() {
    let web = Web::of("bpha").await;
    let case = web.case("joan", "Bethan Example").await;
    let joan = web.browser("joan").await;
    let path = format!("/case/{}/danger", case.id);
    let form = joan.get(&path).await;
    assert!(
        form.says("Is anybody in danger right now?") && form.says("Call 999"),
        "{}",
        form.text()
    );
    let nothing = joan.answer(&form, &[]).await;
    assert!(joan.get(&nothing.at).await.says("“I cannot tell yet” is one"));
    joan.fill(&path, &[("danger", "unknown"), ("advice", "yes")])
        .await;
    assert!(web.view("joan", case.id).await.view.header.perhaps_in_danger_now);
}
