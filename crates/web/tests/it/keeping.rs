//! The team's work, accounts and who has looked: who may, and who sees nothing.

use crate::web::{PASSWORD, Web};

#[tokio::test]
async fn a_colleague_reaches_the_report_the_registers_the_guide_and_the_own_password_only() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let colleague = web.browser("colleague").await;
    for path in [
        "/registers",
        "/registers/law",
        "/guide",
        "/accessibility",
        "/notices",
        "/password",
    ] {
        assert_eq!(colleague.get(path).await.status, 200, "{path}");
    }
    let base = format!("/case/{}", case.id);
    for path in [
        "/assurance",
        "/assurance/proofs",
        "/assurance/SETTLE-7.1",
        "/assurance/measures",
        "/assurance/measures/first-contact",
        "/assurance/promises/first-contact",
        "/team",
        "/accounts",
        "/accounts/new",
        &format!("{base}/looks"),
        &format!("{base}/before/3"),
        "/cases",
        "/work",
    ] {
        let answer = colleague.get(path).await;
        assert_eq!(answer.status, 404, "{path}: {}", answer.text());
    }
}

#[tokio::test]
async fn an_administrator_keeps_accounts_and_never_sees_a_case() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let admin = web.browser("admin").await;
    assert_eq!(admin.get("/accounts").await.status, 200);
    for path in [
        "/team",
        "/assurance",
        &format!("/case/{}/looks", case.id),
        "/cases",
    ] {
        assert_eq!(admin.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn a_role_that_reads_cases_holds_when_a_second_person_has_agreed() {
    let web = Web::new().await;
    let admin = web.browser("admin").await;
    let colleague = web.account("colleague");
    let path = format!("/accounts/{colleague}/role");
    let proposed = admin
        .fill_and_follow(
            &path,
            &[
                ("role", "caseworker"),
                ("team", "domestic-abuse"),
                ("reason", "Joins the team"),
            ],
        )
        .await;
    assert!(
        proposed.says("It waits for a second person"),
        "{}",
        proposed.text()
    );
    let theirs = web.browser("colleague").await;
    assert_eq!(theirs.get("/work").await.status, 404);
    // Whoever proposed it is offered no answer, and may not give one.
    assert!(!proposed.html.contains("/accounts/waiting/"));

    let manager = web.browser("manager").await;
    let team = manager.get("/team").await;
    assert!(
        team.says("Waiting for you") && team.says("Joins the team"),
        "{}",
        team.text()
    );
    let at = team
        .html
        .split("href=\"")
        .find(|rest| rest.starts_with("/accounts/waiting/"))
        .and_then(|rest| rest.split('"').next())
        .expect("a way to answer")
        .to_owned();
    assert_eq!(admin.get(&at).await.status, 404);
    let shown_at = manager.fill(&at, &[("agreed", "yes")]).await.at;
    let answered = manager.get(&shown_at).await;
    assert!(answered.says("A code for the colleague"), "{}", answered.text());
    let text = answered.text();
    let words: Vec<&str> = text.split_whitespace().collect();
    let of_four = |word: &&str| {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        word.len() == 4 && word.bytes().all(plain)
    };
    let code = words.windows(4).find(|four| four.iter().all(of_four));
    let code = code.expect("the code, in fours").join(" ");
    // It is shown once and stands in no address, and the old ways in have ended.
    assert!(!shown_at.contains(&code[..4]));
    assert_eq!(manager.get(&shown_at).await.status, 404);
    assert_eq!(theirs.get("/work").await.at, "/sign-in");
    let first = [
        ("name", "colleague.settle"),
        ("password", PASSWORD),
        ("code", code.as_str()),
        ("new-password", "known to nobody else"),
        ("password-again", "known to nobody else"),
    ];
    let anybody = web.nobody();
    let door = [("name", "colleague.settle"), ("password", PASSWORD)];
    // A form at the door carries no command: nobody is signed in yet.
    let typed = |fields: &[(&str, &str)]| -> Vec<(String, String)> {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        fields.iter().map(owned).collect()
    };
    assert_eq!(anybody.post("/sign-in", &typed(&door)).await.at, "/sign-in/first");
    let mut wrong = first;
    wrong[2].1 = "0000 0000 0000 0000";
    let refused = anybody.post("/sign-in/first", &typed(&wrong)).await;
    let page = anybody.get(&refused.at).await;
    assert!(page.says("do not fit together"), "{}", page.text());
    let inside = anybody.post("/sign-in/first", &typed(&first)).await;
    assert_eq!(inside.at, "/");
    let theirs = anybody.with_cookie(&inside.cookie);
    assert_eq!(theirs.get("/work").await.status, 200);
    let taken = admin
        .fill_and_follow(
            &format!("/accounts/{colleague}/take"),
            &[("role", "caseworker/domestic-abuse"), ("reason", "Left the team")],
        )
        .await;
    assert!(taken.says("Saved."), "{}", taken.text());
    assert_eq!(theirs.get("/work").await.status, 404);
}

#[tokio::test]
async fn an_account_is_opened_and_a_mistake_keeps_everything_but_the_password() {
    let web = Web::new().await;
    let admin = web.browser("admin").await;
    let answers = [
        ("name", "Nadia Example"),
        ("post", "Repairs"),
        ("sign-in", "nadia"),
        ("new-password", "three odd words"),
    ];
    let mut wrong = answers.to_vec();
    wrong.push(("password-again", "three other words"));
    let page = admin.fill_and_follow("/accounts/new", &wrong).await;
    assert!(page.says("The two are not the same"), "{}", page.text());
    assert!(page.html.contains("value=\"Nadia Example\"") && !page.html.contains("three odd words"));
    let mut right = answers.to_vec();
    right.push(("password-again", "three odd words"));
    let page = admin.fill_and_follow("/accounts/new", &right).await;
    assert!(
        page.says("Nadia Example") && page.says("Colleague"),
        "{}",
        page.text()
    );
    let closed = admin
        .fill_and_follow(
            &format!("/accounts/{}/close", web.account("board")),
            &[("reason", "Term is over")],
        )
        .await;
    assert!(closed.says("Closed"), "{}", closed.text());
}

#[tokio::test]
async fn a_new_password_of_ones_own_ends_the_session() {
    let web = Web::new().await;
    let joan = web.browser("joan").await;
    let answers = [
        ("old-password", "not the present one"),
        ("new-password", "copper lantern friday"),
        ("password-again", "copper lantern friday"),
    ];
    let page = joan.fill_and_follow("/password", &answers).await;
    assert!(page.says("The present password is not right"), "{}", page.text());
    let mut right = answers;
    right[0].1 = PASSWORD;
    let answer = joan.fill("/password", &right).await;
    assert_eq!(answer.at, "/sign-in?why=password");
    assert_eq!(joan.get("/work").await.at, "/sign-in");
}

#[tokio::test]
async fn who_has_looked_shows_refusals_and_names_them_to_the_lead_alone() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let looks = format!("/case/{}/looks", case.id);
    let admin = web.browser("admin").await;
    assert_eq!(admin.get(&format!("/case/{}", case.id)).await.status, 404);
    let joan = web.browser("joan").await;
    let page = joan.get(&looks).await;
    assert_eq!(page.status, 200);
    assert!(
        page.says("Refused") && page.says("Name shown to the lead only"),
        "{}",
        page.text()
    );
    assert!(!page.html.contains(">admin<"));
    let lead = web.browser("lead").await;
    let page = lead.get(&looks).await;
    assert!(page.html.contains(">admin<") && !page.says("Name shown to the lead only"));
    assert!(page.title().starts_with("Case "), "{}", page.title());
}

#[tokio::test]
async fn corrected_text_opens_to_the_lead_once_for_a_reason_that_stays_on_record() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let joan = web.who("joan").await;
    let note = web
        .casework
        .write_note(
            &joan,
            web.form(None),
            case.id,
            fanlight_casework::When::default(),
            fanlight_core::fact::NoteWritten {
                words: fanlight_core::words::Words::new("She is hiding at her aunt's"),
            },
        )
        .await
        .expect("a note");
    let seen = web.view("joan", case.id).await.view.seen;
    web.casework
        .correct_words(
            &joan,
            web.form(seen),
            case.id,
            note.position,
            fanlight_core::words::Words::new("She is safe"),
        )
        .await
        .expect("a correction");
    let path = format!("/case/{}/before/{}", case.id, note.position.0);
    let worker = web.browser("joan").await;
    assert_eq!(worker.get(&path).await.status, 404);
    let lead = web.browser("lead").await;
    let asked = lead.get(&path).await;
    assert!(!asked.says("hiding at her aunt"), "nothing before a reason");
    let without = lead.fill_and_follow(&path, &[("reason", " ")]).await;
    assert!(
        without.says("Write why") && !without.says("hiding at her aunt"),
        "{}",
        without.text()
    );
    let answer = lead.fill(&path, &[("reason", "Complaint 12 asks for it")]).await;
    let opened = lead.get(&answer.at).await;
    assert!(opened.says("hiding at her aunt"), "{}", opened.text());
    let again = lead.get(&answer.at).await;
    assert!(!again.says("hiding at her aunt"), "once for each reason");
    let looks = format!("/case/{}/looks", case.id);
    assert!(lead.get(&looks).await.says("Complaint 12 asks for it"));
    assert!(!worker.get(&looks).await.says("Complaint 12 asks for it"));
}

#[tokio::test]
async fn the_teams_work_counts_what_the_manager_may_see() {
    let web = Web::new().await;
    web.case("joan", "Bethan Example").await;
    let manager = web.browser("manager").await;
    let page = manager.get("/team").await;
    assert_eq!(page.status, 200);
    assert!(page.says("1 open case has no named worker"), "{}", page.text());
    let joan = web.browser("joan").await;
    assert_eq!(joan.get("/team").await.status, 404);
}

/// What is far too long to save comes back on its form, whole: somebody may have written it once and in a hurry.
#[tokio::test]
async fn a_note_of_ten_megabytes_comes_back_whole_and_saves_nothing() {
    let web = Web::new().await;
    let case = web.case("joan", "Bethan Example").await;
    let joan = web.browser("joan").await;
    let long = format!("the first words {} and the last", "x".repeat(10 << 20));
    let path = format!("/case/{}/note", case.id);
    let page = joan.fill_and_follow(&path, &[("words", &long)]).await;
    assert_eq!(page.status, 200, "{}", page.at);
    assert!(page.html.contains("This is too long to save at once"));
    assert!(page.html.contains(&long), "all of it is still there");
    let before = web.view("joan", case.id).await.view;
    assert!(
        !before
            .timeline
            .iter()
            .any(|row| format!("{row:?}").contains("Note"))
    );
    // A part of it can be saved from there.
    let saved = joan.answer(&page, &[("words", "the first words")]).await;
    assert!(saved.at.contains("done=note"), "{}", saved.at);

    // Nobody who is not signed in can make the server hold so much.
    let stranger = web.nobody();
    let fields = [("words".to_owned(), long)];
    let answer = stranger.post(&path, &fields).await;
    assert_eq!(answer.at, "/too-long");
}
