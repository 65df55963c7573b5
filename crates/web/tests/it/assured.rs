//! Assurance, measures and registers: what is shown is true, and only what the person may see.

use crate::web::{Page, Web};

fn all_clauses(page: &Page) -> usize {
    page.html.matches("class=\"fl-says\"").count()
}

#[tokio::test]
async fn the_lead_sees_every_clause_with_its_state_and_how_long_the_policy_is_overdue() {
    let web = Web::new().await;
    let lead = web.browser("lead").await;
    let page = lead.get("/assurance").await;
    assert_eq!(page.status, 200);
    assert_eq!(all_clauses(&page), 116);
    // Due on 30 September 2023, looked at on 16 November 2026.
    assert!(page.says("1143 days overdue"), "{}", page.text());
    assert!(page.says("Final, September 2021"));
    let missing = lead.get("/assurance?show=kept.not_yet").await;
    let not_yet = all_clauses(&missing);
    assert!(not_yet > 0 && not_yet < 116, "{not_yet}");
    assert!(
        !missing.html.contains("fl-tag--kept"),
        "what is not built is not kept"
    );
    let two = lead.get("/assurance?show=kept.not_yet&show=kept.measured").await;
    assert!(all_clauses(&two) > not_yet);
}

#[tokio::test]
async fn a_clause_leads_to_its_proof_and_every_proof_opens() {
    let web = Web::new().await;
    let lead = web.browser("lead").await;
    let page = lead.get("/assurance").await;
    let clauses: Vec<String> = page
        .html
        .split("class=\"fl-says\" href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next().map(str::to_owned))
        .collect();
    let mut proofs = std::collections::BTreeSet::new();
    for clause in &clauses {
        let page = lead.get(clause).await;
        assert_eq!(page.status, 200, "{clause}");
        for link in page.html.split("<th scope=\"row\"><a href=\"").skip(1) {
            proofs.extend(link.split('"').next().map(str::to_owned));
        }
    }
    assert!(proofs.len() > 20, "{proofs:?}");
    for proof in &proofs {
        let (path, id) = proof.split_once('#').unwrap_or((proof.as_str(), ""));
        let page = lead.get(path).await;
        assert_eq!(page.status, 200, "{proof}");
        assert!(
            id.is_empty() || page.html.contains(&format!("id=\"{id}\"")),
            "{proof}"
        );
    }
    assert_eq!(lead.get("/assurance/SETTLE-99.9").await.status, 404);
}

#[tokio::test]
async fn the_pages_that_clauses_name_are_there() {
    let web = Web::new().await;
    let lead = web.browser("lead").await;
    for page in fanlight_core::assurance::proofs::PAGES {
        let mut found = lead.get(page.path).await;
        if found.status == 303 {
            found = lead.get(&found.at).await;
        }
        assert_eq!(found.status, 200, "{}", page.path);
        let stranger = web.nobody().get(page.path).await;
        let turned_away = stranger.status == 303 && stranger.at == "/sign-in";
        assert_ne!(turned_away, page.public, "{}", page.path);
    }
}

#[tokio::test]
async fn the_lead_opens_a_figure_to_its_cases_and_the_board_sees_no_small_number() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    // Tuesday is over: nobody has spoken with her.
    web.set("2026-11-19T09:00:00Z");
    let lead = web.browser("lead").await;
    let page = lead.get("/assurance/measures/first-contact").await;
    assert_eq!(page.status, 200);
    assert!(page.says("0 of 1"), "{}", page.text());
    assert!(page.links_to(&format!("/case/{}", case.id)), "{}", page.text());
    assert!(page.html.contains("class=\"fl-chart\"") && page.says("Nov 2026"));

    let board = web.browser("board").await;
    let page = board.get("/assurance/measures/first-contact").await;
    assert_eq!(page.status, 200);
    assert!(page.says("Fewer than 5"), "{}", page.text());
    assert!(!page.says("0 of 1") && !page.says(&case.reference) && !page.html.contains("/case/"));
    assert!(
        !page.html.contains("fl-chart\""),
        "a bar would give the number away"
    );
    let list = board.get("/assurance/measures").await;
    assert!(!list.says("0 of 1"), "{}", list.text());
    let clauses = board.get("/assurance").await;
    assert!(
        !clauses.says("0 of 1") && !clauses.says("1 missed"),
        "{}",
        clauses.text()
    );
    let promise = board.get("/assurance/promises/first-contact").await;
    assert!(promise.status == 200 && !promise.says("0 of 1"));
}

#[tokio::test]
async fn a_measure_over_cases_shows_its_numbers_and_leads_to_the_cases_for_whoever_may_open_them() {
    let web = Web::new().await;
    let empty = web
        .browser("lead")
        .await
        .get("/assurance/measures/dash-by-us")
        .await;
    assert!(empty.says("Nothing to count yet"), "{}", empty.text());
    assert!(!empty.says("On target"));
    let case = web.case("joan", "Bethan Example").await;
    let lead = web.browser("lead").await;
    let page = lead.get("/assurance/measures/dash-by-us").await;
    assert!(page.says("0 of 1") && page.says("0.0%"), "{}", page.text());
    assert!(page.says("The other cases it is taken of"), "{}", page.text());
    assert!(page.links_to(&format!("/case/{}", case.id)));
    let year = lead.get("/assurance/measures/cases-identified").await;
    assert!(year.says("none in the year before"), "{}", year.text());
    let feedback = lead.get("/assurance/measures/positive-outcomes").await;
    assert!(feedback.says("nobody asked yet"), "{}", feedback.text());

    let board = web.browser("board").await;
    for id in ["dash-by-us", "dash-by-other", "cases-identified"] {
        let page = board.get(&format!("/assurance/measures/{id}")).await;
        assert!(page.says("Fewer than 5"), "{id}: {}", page.text());
        assert!(
            !page.says("of 1") && !page.html.contains("/case/"),
            "{id}: {}",
            page.text()
        );
    }
}

#[tokio::test]
async fn a_check_of_a_register_is_dated_named_and_seen_by_colleagues() {
    let web = Web::new().await;
    let lead = web.browser("lead").await;
    let before = lead.get("/registers/helpline").await;
    assert!(before.says("Never checked"), "{}", before.text());
    let path = "/registers/helpline/galop";
    let wrong = lead
        .fill_and_follow(
            path,
            &[
                ("words", ""),
                ("next-day", "31"),
                ("next-month", "2"),
                ("next-year", "2027"),
            ],
        )
        .await;
    assert!(
        wrong.says("Write what you found") && wrong.says("must be a real date"),
        "{}",
        wrong.text()
    );
    let after = lead
        .fill_and_follow(
            path,
            &[
                ("words", "Rang it: right"),
                ("next-day", "1"),
                ("next-month", "5"),
                ("next-year", "2027"),
            ],
        )
        .await;
    assert!(
        after.says("The check is on record") && after.says("Next by 1 May 2027"),
        "{}",
        after.text()
    );
    let colleague = web.browser("colleague").await;
    let seen = colleague.get("/registers/helpline").await;
    assert!(
        seen.says("Rang it: right") && seen.says("by lead"),
        "{}",
        seen.text()
    );
    assert!(!seen.links_to(path));
    assert_eq!(colleague.get(path).await.status, 404);
    assert_eq!(lead.get("/registers/law/no-such-law").await.status, 404);
    assert_eq!(lead.get("/registers/nothing").await.status, 404);
    assert_eq!(lead.get("/registers").await.status, 200);
}

#[tokio::test]
async fn the_other_landlords_policy_stands_in_its_own_words() {
    let web = Web::of("bpha").await;
    let lead = web.browser("lead").await;
    let page = lead.get("/assurance").await;
    assert_eq!(all_clauses(&page), 162);
    assert!(page.says("Customer Domestic Abuse Policy"));
}
