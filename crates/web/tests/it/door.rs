//! The door, and what every page has in common.

use crate::web::Web;

#[tokio::test]
async fn nobody_sees_a_case_without_signing_in() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let stranger = web.nobody();
    let answer = stranger.get(&format!("/case/{}", case.id)).await;
    assert_eq!((answer.status, answer.at.as_str()), (303, "/sign-in"));
}

#[tokio::test]
async fn a_case_page_opens_with_a_neutral_title() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let joan = web.browser("joan").await;
    let page = joan.get(&format!("/case/{}", case.id)).await;
    assert_eq!(page.status, 200);
    assert!(
        page.title().starts_with(&format!("Case {}", case.reference)),
        "{}",
        page.title()
    );
    assert!(page.says("Bethan Example"), "{}", page.text());
}
