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
    for clause in ["SETTLE-7.1", "SETTLE-5.10a", "SETTLE-5.10b"] {
        let page = board.get(&format!("/assurance/{clause}")).await;
        assert!(page.says("Fewer than 5"), "{clause}: {}", page.text());
        assert!(
            !page.says("0 of 1") && !page.says("1 missed"),
            "{clause}: {}",
            page.text()
        );
    }
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

#[tokio::test]
async fn a_review_that_is_overdue_shows_and_a_new_version_starts_its_clock_afresh() {
    let web = Web::new().await;
    let lead = web.browser("lead").await;
    // The printed day of the review has passed, and nobody had to record anything for that to show.
    let clause = lead.get("/assurance/SETTLE-9.1").await;
    assert!(
        clause.says("Missed or behind") && clause.says("0 of 1"),
        "{}",
        clause.text()
    );
    let board = web.browser("board").await;
    let figure = board.get("/assurance/promises/policy-review").await;
    assert!(
        figure.says("0 of 1") && figure.says("no number is hidden"),
        "{}",
        figure.text()
    );

    let path = "/registers/record/policy_adopted";
    let wrong = lead.fill_and_follow(path, &[("words", "")]).await;
    assert!(
        wrong.says("Write what was done") && wrong.says("Enter the day of the next review"),
        "{}",
        wrong.text()
    );
    let filled = [
        ("on-day", "2"),
        ("on-month", "11"),
        ("on-year", "2026"),
        ("next_review-day", "2"),
        ("next_review-month", "11"),
        ("next_review-year", "2028"),
        ("words", "Adopted by the board, minutes of 2 November."),
    ];
    let after = lead.fill_and_follow(path, &filled).await;
    assert!(
        after.says("It is on record")
            && after.says("minutes of 2 November")
            && after.says("Missed, done late"),
        "{}",
        after.text()
    );
    assert!(after.says("Next by 2 Nov 2028"), "{}", after.text());

    // Entered in error: it leaves the page, the journal keeps it, and the clock is as it was.
    let colleague = web.browser("colleague").await;
    let seen = colleague.get("/registers/record").await;
    assert!(
        seen.says("minutes of 2 November") && !seen.links_to(path),
        "{}",
        seen.text()
    );
    assert_eq!(colleague.get(path).await.status, 404);
    assert_eq!(lead.get("/registers/record/contact_made").await.status, 404);
    let right = after
        .html
        .split("href=\"")
        .filter_map(|rest| rest.split('"').next())
        .find(|href| href.starts_with("/registers/record/policy_adopted/"))
        .unwrap()
        .to_owned();
    let gone = lead
        .fill_and_follow(&right, &[("right", "error"), ("words", "It was only a draft.")])
        .await;
    assert!(
        !gone.says("minutes of 2 November") && !gone.says("Missed, done late"),
        "{}",
        gone.text()
    );
    assert_eq!(lead.get(&right).await.status, 404);
}

#[tokio::test]
async fn the_public_page_gives_the_landlords_number_or_says_that_it_has_none() {
    let web = Web::new().await;
    let anybody = web.nobody();
    let without = anybody.get("/help/settle").await;
    assert!(
        without.says("has not put its telephone number on this page"),
        "{}",
        without.text()
    );
    let id = fanlight_core::ids::LandlordId("settle".into());
    let set = |number: &str| {
        let number = Some(fanlight_core::words::Words::new(number));
        web.casework.set_public_telephone(&id, number)
    };
    assert!(set("ring us").await.is_err(), "no number at all");
    set("01632 960 123, at any hour").await.unwrap();
    for path in ["/help/settle", "/help/settle/ring"] {
        let page = anybody.get(path).await;
        assert!(page.says("01632 960 123, at any hour"), "{}", page.text());
        assert!(!page.says("has not put its telephone number"));
    }
}
