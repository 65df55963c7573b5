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
async fn a_call_that_broke_off_is_found_again_from_my_work_with_the_newest_answers() {
    let web = Web::with("settle", VALLEY).await;
    let case = web.case("joan", "Bethan Example").await;
    let joan = web.browser("joan").await;
    let ask = format!("/case/{}/risk/ask", case.id);
    let found = async || {
        let work = joan.get("/work").await;
        let links = work.html.split("href=\"").skip(1);
        let links = links.filter_map(|rest| rest.split('"').next());
        let kept: Vec<String> = links
            .filter(|link| link.contains(&ask))
            .map(|link| link.replace("&#38;", "&").replace("&amp;", "&"))
            .collect();
        assert!(kept.len() <= 1, "one assessment is listed once: {kept:?}");
        kept.first().cloned()
    };
    assert_eq!(found().await, None);
    let page = opened(&joan, &case).await;
    // Counted, decided upon, gone back, saved as it goes, kept: whichever came last is what is found.
    let page = press(&joan, &page, "answers", &answers(2, 3)).await;
    for (button, yes) in [
        ("decide", 3),
        ("answers", 4),
        ("save", 5),
        ("keep", 6),
        ("save", 7),
    ] {
        press(&joan, &page, button, &answers(yes, 8)).await;
        let at = found().await.expect("My work lists it");
        let back = joan.get(&at).await;
        assert!(
            back.says(&format!("{yes} yes, of 8 asked")),
            "{button}: {}",
            back.text()
        );
    }
    let page = joan.get(&found().await.expect("My work lists it")).await;
    let page = press(&joan, &page, "decide", &[]).await;
    let done = press(&joan, &page, "finish", &[("level".into(), "high".into())]).await;
    assert!(done.says("The assessment is saved"), "{}", done.text());
    assert_eq!(found().await, None, "what is saved is no longer kept for later");
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

#[tokio::test]
async fn earlier_assessments_stay_beside_the_newest_and_the_timeline_says_level_and_count() {
    let web = Web::with("settle", VALLEY).await;
    let case = web.case("joan", "Bethan Example").await;
    let joan = web.browser("joan").await;
    let page = opened(&joan, &case).await;
    let page = press(&joan, &page, "decide", &answers(9, 17)).await;
    let first = press(&joan, &page, "finish", &[("level".into(), "medium".into())]).await;
    assert!(!first.says("Our earlier assessments"), "{}", first.text());

    let record = format!("/case/{}/risk/record", case.id);
    let on_paper = [
        ("instrument", "DASH"),
        ("by", "us"),
        ("level", "high"),
        ("yes", "15"),
    ];
    let second = joan.fill_and_follow(&record, &on_paper).await;
    assert!(
        second.says("Our earlier assessments") && second.says("9 yes, could be 16"),
        "{}",
        second.text()
    );
    assert!(
        second.says("Their counts are no measure of better or worse"),
        "{}",
        second.text()
    );
    let overview = joan.get(&format!("/case/{}", case.id)).await;
    for title in [
        "Risk assessed, by us: Medium. 9 yes, could be 16",
        "Risk assessed, by us: High. 15 yes; how many were not asked or not known was not said",
    ] {
        assert!(overview.says(title), "{}", overview.text());
    }
}

#[tokio::test]
async fn where_several_do_harm_the_risk_from_each_is_said_and_silence_is_not_low() {
    let web = Web::with("settle", VALLEY).await;
    let case = web.case("joan", "Bethan Example").await;
    let joan = web.browser("joan").await;
    for name in ["Owen Example", "Huw Example"] {
        let at = format!("/case/{}/person", case.id);
        joan.fill_and_follow(&at, &[("part", "perpetrator"), ("name", name)])
            .await;
    }
    let owen = {
        let view = web.view("joan", case.id).await.view;
        let owen = view.people.iter().find(|person| {
            person
                .name
                .as_ref()
                .is_some_and(|name| name.reveal() == "Owen Example")
        });
        owen.expect("Owen is on the case").person.to_string()
    };
    let page = opened(&joan, &case).await;
    assert!(page.says("Risk from whom?"), "{}", page.text());
    let mut given = answers(14, 24);
    given.push(("of".into(), owen));
    let page = press(&joan, &page, "decide", &given).await;
    let done = press(&joan, &page, "finish", &[("level".into(), "high".into())]).await;
    assert!(
        done.says("Risk from each") && done.says("Not looked at by itself yet. That is not the same as low."),
        "{}",
        done.text()
    );
    assert_eq!(
        done.html.matches("Owen Example").count(),
        2,
        "by name on our assessment and in his own row: {}",
        done.text()
    );
}

#[tokio::test]
async fn wording_that_the_pack_may_show_stands_beside_our_label_and_what_to_ask_besides() {
    let wording = "[[wording]]\nquestion_set = \"24-topics\"\nitem = \"injured\"\nsays = \"Words of an invented form\"\n";
    let web = Web::with("settle", wording).await;
    let case = web.case("joan", "Bethan Example").await;
    let joan = web.browser("joan").await;
    let page = opened(&joan, &case).await;
    for words in [
        "Injured in latest incident",
        "Words of an invented form",
        "What happened, and was it the first time?",
    ] {
        assert!(page.says(words), "{}", page.text());
    }
    assert!(page.html.contains("aria-describedby=\"s-injured t-injured\""));
}
