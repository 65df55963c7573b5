//! Routes, what is safe, and what the person asked of us.

use crate::web::Web;
use fanlight_core::fact::*;

#[tokio::test]
async fn a_route_that_we_were_told_of_is_not_safe_until_it_is_called_so_one_way_at_a_time() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let joan = web.browser("joan").await;
    let page = joan
        .fill_and_follow(
            &format!("/case/{}/contact/route", case.id),
            &[
                ("kind", "email"),
                ("value", "b@example.org"),
                ("shared_with", "Her mother"),
            ],
        )
        .await;
    assert!(
        page.says("It is not used until the person calls it safe."),
        "{}",
        page.text()
    );
    assert!(page.says("Email: not known, so no") && page.says("Also seen or used by: Her mother"));
    assert!(!page.says("b@example.org"));

    let agree = format!("/case/{}/contact/agree/{}/call", case.id, case.route);
    let form = joan.get(&agree).await;
    let mut answers = vec![
        ("verdict", "safe"),
        ("times", "hours"),
        ("from1", "9:30"),
        ("until1", "12.00"),
        ("from2", "22:00"),
        ("until2", "00:00"),
        ("said_by", "person"),
    ];
    answers.extend([("days1", "1"), ("days1", "3")]);
    let saved = joan.answer(&form, &answers).await;
    let page = joan.get(&saved.at).await;
    assert!(
        page.says("Mon, Wed, 09:30 to 12:00; Every day, 22:00 to midnight"),
        "{}",
        page.text()
    );
    assert!(
        page.says("Text: not known, so no"),
        "calling says nothing of texting"
    );

    // The form starts from what holds.
    let again = joan.get(&agree).await.form().fields;
    for held in [
        ("days1", "3"),
        ("from1", "09:30"),
        ("until2", "00:00"),
        ("verdict", "safe"),
    ] {
        assert!(
            again.contains(&(held.0.into(), held.1.into())),
            "{held:?} {again:?}"
        );
    }
}

#[tokio::test]
async fn hours_that_cannot_be_are_an_error_beside_them() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let joan = web.browser("joan").await;
    let agree = format!("/case/{}/contact/agree/{}/call", case.id, case.route);
    for (from, until, says) in [
        ("22:00", "02:00", "For a night, give two"),
        ("soon", "12:00", "must be a time of day"),
        ("", "", "Enter the time from which it is safe"),
    ] {
        let page = joan
            .fill_and_follow(
                &agree,
                &[
                    ("verdict", "safe"),
                    ("times", "hours"),
                    ("from1", from),
                    ("until1", until),
                ],
            )
            .await;
        assert!(page.title().starts_with("Error: "), "{from} {until}");
        assert!(page.says(says), "{says}: {}", page.text());
    }
    let page = joan
        .fill_and_follow(
            &agree,
            &[("verdict", "safe"), ("times", "any"), ("said_by", "professional")],
        )
        .await;
    assert!(page.says("Give the name and organisation"), "{}", page.text());
    assert!(web.view("joan", case.id).await.view.banner.ways.is_empty());
}

#[tokio::test]
async fn the_words_are_kept_when_left_blank_shown_on_no_form_and_taken_away_when_asked() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let joan = web.browser("joan").await;
    let wishes = format!("/case/{}/contact/wishes", case.id);
    joan.fill(
        &wishes,
        &[
            ("code_word", "marmalade"),
            ("duress_word", "umbrella"),
            ("if_duress", "Ring 999 for her"),
        ],
    )
    .await;
    let page = joan
        .fill_and_follow(&wishes, &[("if_somebody_else", "Wrong number, sorry")])
        .await;
    assert!(page.says("Wrong number, sorry"), "{}", page.text());
    assert!(!joan.get(&wishes).await.html.contains("marmalade"));
    let words = joan.get(&format!("/case/{}/code-word", case.id)).await;
    assert!(
        words.says("marmalade") && words.says("umbrella") && words.says("Ring 999 for her"),
        "{}",
        words.text()
    );

    joan.fill(&wishes, &[("forget", "code_word")]).await;
    let words = joan.get(&format!("/case/{}/code-word", case.id)).await;
    assert!(
        !words.says("marmalade") && words.says("umbrella"),
        "{}",
        words.text()
    );
}

#[tokio::test]
async fn somebody_who_calls_us_herself_is_not_called() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    web.say("joan", &case, Way::Call, Verdict::Safe, Vec::new()).await;
    let joan = web.browser("joan").await;
    joan.fill(
        &format!("/case/{}/contact/wishes", case.id),
        &[("no_contact", "yes")],
    )
    .await;
    let page = joan
        .get(&format!("/case/{}/contact/ask/{}/call", case.id, case.route))
        .await;
    assert!(
        page.says("they contact us") && page.says("Wait for the person to contact us"),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn no_safe_way_yet_needs_words_and_a_day_that_has_not_passed() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let joan = web.browser("joan").await;
    let none = format!("/case/{}/contact/none", case.id);
    let page = joan
        .fill_and_follow(
            &none,
            &[
                ("words", "The fitter does not know her."),
                ("review-day", "1"),
                ("review-month", "11"),
                ("review-year", "2026"),
            ],
        )
        .await;
    assert!(page.says("must be today or later"), "{}", page.text());
    let page = joan.answer(&page, &[("review-day", "18")]).await;
    assert_eq!(page.at, format!("/case/{}?done=none", case.id));
}
