//! Risk on the telephone: one screen, saved as it goes; a count that says what it could be; a level that judgement only
//! raises.

use crate::web::{Browser, MadeCase, Page, Web};
use fanlight_core::risk::BUILT_IN;

const VALLEY: &str = r#"
[[marac_area]]
id = "valley"
title = "The valley"
count = 14
scale = "risk"
band = [{ level = "medium", from = 10 }, { level = "high", from = 14 }]
escalation = { n = 3, of = "police_reported", months = 12 }
repeat = { months = 12, from = "referral" }
source = "invented for a test"
checked = 2026-03-01
"#;

async fn opened(joan: &Browser, case: &MadeCase) -> Page {
    let first = joan.get(&format!("/case/{}/risk/ask", case.id)).await;
    assert_eq!(first.status, 303, "the page has its draft from the start");
    joan.get(&first.at).await
}

/// So many yes, the rest no from there until `asked`.
fn answers(yes: usize, asked: usize) -> Vec<(String, String)> {
    let items = BUILT_IN[0].items.iter().take(asked).enumerate();
    items
        .map(|(place, item)| {
            let answer = if place < yes { "yes" } else { "no" };
            (format!("a-{}", item.id), answer.to_owned())
        })
        .collect()
}

/// Answers, presses one of the buttons, and looks at where that leads.
async fn press(joan: &Browser, page: &Page, button: &str, given: &[(String, String)]) -> Page {
    let form = page.form();
    let old = form
        .fields
        .iter()
        .filter(|(name, _)| !given.iter().any(|(new, _)| new == name));
    let mut fields: Vec<(String, String)> = old.chain(given).cloned().collect();
    fields.push(("do".into(), button.into()));
    let answer = joan.post(&form.action, &fields).await;
    assert_eq!(answer.status, 303, "every POST ends in a 303");
    joan.get(&answer.at).await
}

#[tokio::test]
async fn what_was_not_asked_is_never_a_no_and_nothing_is_lost_on_the_way() {
    let web = Web::with("settle", VALLEY).await;
    let case = web.case("joan", "Bethan Example").await;
    let joan = web.browser("joan").await;
    let page = opened(&joan, &case).await;
    assert!(page.says("0 yes, of 0 asked"), "{}", page.text());

    let mut given = answers(9, 17);
    given.push(("w-injured".into(), "A cut lip on Friday".into()));
    let page = press(&joan, &page, "answers", &given).await;
    assert!(
        page.says("9 yes, of 17 asked") && page.says("It could be 16"),
        "{}",
        page.text()
    );
    assert!(page.html.contains("A cut lip on Friday"));
    assert!(
        page.says("9, could be 16. This area asks for 14"),
        "{}",
        page.text()
    );
    assert!(
        page.says("Ask how many incidents reported to the police"),
        "{}",
        page.text()
    );

    // The script saves the same draft as it goes, and sees that it worked.
    let kept = press(&joan, &page, "save", &answers(10, 17)).await;
    assert_eq!((kept.status, kept.html.as_str()), (200, "Kept."));
}

#[tokio::test]
async fn fourteen_yes_stand_for_high_and_judgement_only_raises() {
    let web = Web::with("settle", VALLEY).await;
    let case = web.case("joan", "Bethan Example").await;
    let joan = web.browser("joan").await;
    let page = opened(&joan, &case).await;
    let page = press(&joan, &page, "decide", &answers(14, 24)).await;
    assert!(
        page.says("14 yes stands for at least “High” in The valley"),
        "{}",
        page.text()
    );

    let low = press(&joan, &page, "finish", &[("level".into(), "medium".into())]).await;
    assert!(low.says("Judgement raises and never lowers"), "{}", low.text());
    let high = press(&joan, &low, "finish", &[("level".into(), "high".into())]).await;
    assert!(high.says("The assessment is saved"), "{}", high.text());
    let view = web.view("joan", case.id).await.view;
    let ours = view.risk.ours.expect("an assessment of ours");
    assert_eq!(
        (ours.level.as_str(), ours.yes, ours.could_be),
        ("high", Some(14), Some(14))
    );
}

#[tokio::test]
async fn where_no_area_is_named_no_number_is_invented() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let joan = web.browser("joan").await;
    let page = opened(&joan, &case).await;
    assert!(page.says("The policy names no MARAC area"), "{}", page.text());
    let page = press(&joan, &page, "decide", &answers(20, 24)).await;
    assert!(!page.says("stands for at least"), "{}", page.text());
    let done = press(&joan, &page, "finish", &[("level".into(), "standard".into())]).await;
    assert!(done.says("The assessment is saved"), "{}", done.text());
}

#[tokio::test]
async fn whoever_does_not_work_the_case_meets_no_instrument() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    for name in ["admin", "colleague", "board"] {
        let browser = web.browser(name).await;
        let first = browser.get(&format!("/case/{}/risk/ask", case.id)).await;
        let page = if first.status == 303 {
            browser.get(&first.at).await
        } else {
            first
        };
        assert_eq!(page.status, 404, "{name}");
    }
}

#[tokio::test]
async fn high_risk_without_a_referral_needs_a_reason_and_a_second_person_and_a_referral_needs_no_score() {
    let web = Web::with("settle", VALLEY).await;
    let case = web.case("joan", "Bethan Example").await;
    let joan = web.browser("joan").await;
    let at = format!("/case/{}/marac", case.id);
    let ruth = web.account("ruth").to_string();

    // No assessment yet: judgement is ground enough, and the page of risk says what was decided.
    let refer = [
        ("answer", "refer"),
        ("grounds", "judgement"),
        ("reason", "She is terrified of the weekend"),
    ];
    let page = joan.fill_and_follow(&at, &refer).await;
    assert!(
        page.says("To be referred") && page.says("Professional judgement"),
        "{}",
        page.text()
    );
    assert!(page.says("Nobody of ours has assessed it yet"), "{}", page.text());

    let page = opened(&joan, &case).await;
    let page = press(&joan, &page, "decide", &answers(15, 24)).await;
    press(&joan, &page, "finish", &[("level".into(), "high".into())]).await;
    let none = joan.fill_and_follow(&at, &[("answer", "not_at_threshold")]).await;
    assert!(none.says("A ground stands"), "{}", none.text());
    let not = ("answer", "not_referred_with_reason");
    let alone = joan
        .fill_and_follow(&at, &[not, ("reason", "Heard last week")])
        .await;
    assert!(alone.says("Name the second person"), "{}", alone.text());
    let both = [not, ("reason", "Heard last week"), ("seen_by", ruth.as_str())];
    let done = joan.fill_and_follow(&at, &both).await;
    assert!(
        done.says("The decision is saved") && done.says("Not referred, with a reason"),
        "{}",
        done.text()
    );

    // A referral within a year makes whatever comes next a repeat.
    let page = opened(&joan, &case).await;
    assert!(page.says("Counted from the last referral"), "{}", page.text());
}
