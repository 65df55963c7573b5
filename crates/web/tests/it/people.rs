//! People and the home.

use crate::web::Web;

#[tokio::test]
async fn each_person_stands_apart_and_a_gap_is_shown_as_a_gap() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let joan = web.browser("joan").await;
    let add = |part: &str| format!("/case/{}/person?part={part}", case.id);
    let page = joan
        .fill_and_follow(
            &add("perpetrator"),
            &[
                ("name", "Gary Sample"),
                ("relationship", "former_partner"),
                ("can_get_in", "yes"),
            ],
        )
        .await;
    assert!(page.says("Saved what we know of the person."), "{}", page.text());
    joan.fill(&add("perpetrator"), &[("name", "Neil Sample")]).await;
    joan.fill(&add("child"), &[("name", "Ava"), ("age", "11")]).await;
    let page = joan.get(&format!("/case/{}/people", case.id)).await;
    for heading in [
        "Victim and survivor",
        "Perpetrators",
        "Children, victims themselves",
        "Gary Sample",
        "Neil Sample",
        "Ava",
    ] {
        assert!(
            page.headings().iter().any(|held| held == heading),
            "{heading}: {:?}",
            page.headings()
        );
    }
    assert!(page.says("Former partner"), "{}", page.text());
    assert!(
        page.says("None told of."),
        "no adult at risk is a gap, and shown as one"
    );
    assert!(page.says("Nothing is known yet of the home."));
}

#[tokio::test]
async fn changing_one_thing_leaves_the_rest_as_it_was() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let joan = web.browser("joan").await;
    let change = format!("/case/{}/person/{}", case.id, case.survivor);
    joan.fill(
        &change,
        &[
            ("called", "Beth"),
            ("born-day", "3"),
            ("born-month", "May"),
            ("born-year", "1990"),
        ],
    )
    .await;
    joan.fill(&change, &[("worker_wish", "woman")]).await;
    let page = joan.get(&format!("/case/{}/people", case.id)).await;
    assert!(
        page.says("Bethan Example") && page.says("Likes to be called Beth, 36"),
        "{}",
        page.text()
    );
    assert!(page.says("Would like: a woman"));
    // A wrong date says which box and what to do, and keeps the rest.
    let page = joan.fill_and_follow(&change, &[("born-month", "13")]).await;
    assert!(
        page.says("The month of the date of birth must be a number from 1 to 12"),
        "{}",
        page.text()
    );
    assert!(page.form().fields.contains(&("called".into(), "Beth".into())));
}

#[tokio::test]
async fn whoever_may_not_see_an_address_cannot_wipe_it_out() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let joan = web.browser("joan").await;
    let home = format!("/case/{}/home", case.id);
    joan.fill(
        &home,
        &[
            ("address", "12 Elder Walk, Norton"),
            ("withheld", "yes"),
            ("tenancy", "T-20417"),
            ("tenure", "sole"),
        ],
    )
    .await;
    let change = format!("/case/{}/person/{}", case.id, case.survivor);
    joan.fill(
        &change,
        &[("more", "Moves back to 12 Elder Walk, Norton on Friday")],
    )
    .await;

    let manager = web.browser("manager").await;
    for path in [home.clone(), change.clone(), format!("/case/{}/people", case.id)] {
        let page = manager.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(
            !page.html.contains("Elder Walk") && !page.html.contains("T-20417"),
            "{path}"
        );
    }
    manager.fill(&home, &[("children_live_there", "yes")]).await;
    manager.fill(&change, &[("pronoun", "she")]).await;
    let opened = manager.fill_and_follow(&home, &[("withheld", "no")]).await;
    assert!(
        opened.says("Only somebody who may see the address"),
        "{}",
        opened.text()
    );

    let page = joan.get(&format!("/case/{}/people", case.id)).await;
    for held in [
        "12 Elder Walk, Norton",
        "T-20417",
        "Moves back to",
        "Address, withheld from others",
    ] {
        assert!(page.says(held), "{held}: {}", page.text());
    }
}

#[tokio::test]
async fn who_is_shut_out_is_seen_only_by_whoever_may() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let who = web.who("joan").await;
    let seen = web.view("joan", case.id).await.view.seen;
    let shut = fanlight_core::fact::ShutOut {
        account: web.account("ruth"),
        suspected: true,
        line_too: false,
        reason: fanlight_core::words::Words::new("Same surname"),
    };
    web.casework
        .shut_out(&who, web.form(seen), case.id, shut)
        .await
        .expect("shut out");
    let path = format!("/case/{}/people", case.id);
    let lead = web.browser("lead").await.get(&path).await;
    assert!(
        lead.says("Same surname") && lead.says("Not yet decided"),
        "{}",
        lead.text()
    );
    let joan = web.browser("joan").await.get(&path).await;
    assert!(
        !joan.says("Same surname") && !joan.says("ruth"),
        "{}",
        joan.text()
    );
    assert_eq!(web.browser("ruth").await.get(&path).await.status, 404);
}
