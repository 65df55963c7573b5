//! Who sees a case, who sees no trace of it, and what is on record of both.

use crate::house::House;
use fanlight_casework::*;
use fanlight_core::fact::*;
use fanlight_core::ids::CaseId;
use fanlight_core::words::Words;

#[tokio::test]
async fn a_case_that_is_not_yours_looks_like_one_that_is_not_there() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let (case, ..) = house.case(&joan, "Bethan Example").await;
    for name in ["admin", "colleague", "board"] {
        let who = house.who(name).await;
        let there = house.casework.case_page(&who, case).await.err().expect("refused");
        let not_there = house
            .casework
            .case_page(&who, CaseId([9; 16]))
            .await
            .err()
            .expect("nothing there");
        assert_eq!(format!("{there:?}"), format!("{not_there:?}"), "{name}");
        assert!(matches!(there, Problem::Unseen), "{name}");
    }
}

#[tokio::test]
async fn somebody_shut_out_sees_no_trace_and_the_line_above_neither() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let (case, ..) = house.case(&joan, "Bethan Example").await;
    let ruth = house.who("ruth").await;
    assert!(
        house.casework.case_page(&ruth, case).await.is_ok(),
        "a colleague of the team, until then"
    );
    let seen = house
        .casework
        .case_page(&joan, case)
        .await
        .unwrap()
        .into_view()
        .view
        .seen
        .unwrap();
    let shut = ShutOut {
        account: house.account("ruth"),
        suspected: true,
        line_too: true,
        reason: Words::new("His sister"),
    };
    let done = house
        .casework
        .shut_out(&joan, house.form_seen(seen), case, shut)
        .await;
    // The line above is the manager and the lead: with all of them out nobody could decide.
    assert!(matches!(done, Err(Problem::Refused(_))), "{done:?}");
    let shut = ShutOut {
        account: house.account("ruth"),
        suspected: true,
        line_too: false,
        reason: Words::new("His sister"),
    };
    house
        .casework
        .shut_out(&joan, house.form_seen(seen), case, shut)
        .await
        .unwrap();
    assert!(matches!(
        house.casework.case_page(&ruth, case).await,
        Err(Problem::Unseen)
    ));
    let work = house.casework.my_work(&ruth, None).await.unwrap().into_view();
    assert_eq!((work.rows.len(), work.total, work.cases), (0, 0, 0));
    let found = house
        .casework
        .search(&ruth, &Words::new("Example"))
        .await
        .unwrap()
        .into_view();
    assert!(found.is_empty());
    let cases = house
        .casework
        .cases(&ruth, &[StageKept::Open, StageKept::Report], None)
        .await
        .unwrap()
        .into_view();
    assert_eq!((cases.rows.len(), cases.total), (0, 0));
    assert!(
        house.casework.case_page(&joan, case).await.is_ok(),
        "the rest of the team still sees it"
    );
}

#[tokio::test]
async fn every_look_is_on_record_and_so_is_every_refusal() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let (case, ..) = house.case(&joan, "Bethan Example").await;
    let board = house.who("board").await;
    let _ = house.casework.case_page(&board, case).await;
    let before = looks(&house, "lead", case).await;
    house.casework.case_page(&joan, case).await.unwrap();
    house.casework.my_work(&joan, None).await.unwrap();
    house
        .casework
        .search(&joan, &Words::new("Example"))
        .await
        .unwrap();
    let after = looks(&house, "lead", case).await;
    assert_eq!(
        after.len() - before.len(),
        4,
        "page, list, search, and the lead's own look before"
    );
    let refused: Vec<_> = after.iter().filter(|row| row.refused).collect();
    assert_eq!(refused.len(), 1);
    assert_eq!(
        refused[0].who,
        Some(house.account("board")),
        "the lead sees whose look was refused"
    );
    let others = looks(&house, "joan", case).await;
    assert!(
        others
            .iter()
            .filter(|row| row.refused)
            .all(|row| row.who.is_none() && row.held_back)
    );
}

async fn looks(house: &House, name: &str, case: CaseId) -> Vec<LookRow> {
    let who = house.who(name).await;
    house
        .casework
        .looks_page(&who, case, None)
        .await
        .unwrap()
        .into_view()
        .rows
}

#[tokio::test]
async fn whoever_takes_a_report_gets_a_receipt_and_never_the_case() {
    let house = House::new().await;
    let colleague = house.who("colleague").await;
    let receipt = house.report(&colleague, "A neighbour heard screaming").await;
    assert!(!receipt.reference.is_empty());
    assert!(matches!(
        house.casework.case_page(&colleague, receipt.report).await,
        Err(Problem::Unseen)
    ));
    let joan = house.who("joan").await;
    assert!(house.casework.case_page(&joan, receipt.report).await.is_ok());
}

#[tokio::test]
async fn while_it_is_not_known_who_works_here_the_report_is_the_leads_alone() {
    let house = House::new().await;
    let colleague = house.who("colleague").await;
    let mut report = house.new_report("Her husband works here");
    report.connection = Some(StaffConnectionAnswered {
        answer: YesNo::Yes,
        who: Some(Words::new("in repairs")),
    });
    let receipt = house
        .casework
        .take_report(&colleague, house.form(), report)
        .await
        .unwrap();
    let joan = house.who("joan").await;
    assert!(matches!(
        house.casework.case_page(&joan, receipt.report).await,
        Err(Problem::Unseen)
    ));
    let lead = house.who("lead").await;
    assert!(house.casework.case_page(&lead, receipt.report).await.is_ok());
    let ruth = house.account("ruth");
    house
        .casework
        .name_connected(
            &colleague,
            house.form(),
            receipt.report,
            &[ruth],
            Words::new("Her husband"),
        )
        .await
        .unwrap();
    assert!(house.casework.case_page(&joan, receipt.report).await.is_ok());
    let ruth = house.who("ruth").await;
    assert!(matches!(
        house.casework.case_page(&ruth, receipt.report).await,
        Err(Problem::Unseen)
    ));
}

#[tokio::test]
async fn a_connection_that_nobody_named_shuts_out_the_team_and_its_line_of_an_open_case_too() {
    let house = House::new().await;
    let (joan, ruth, manager) = (
        house.who("joan").await,
        house.who("ruth").await,
        house.who("manager").await,
    );
    let lead = house.who("lead").await;
    let (case, ..) = house.case(&joan, "Bethan Example").await;
    assert!(house.casework.case_page(&ruth, case).await.is_ok());
    let connected = StaffConnectionAnswered {
        answer: YesNo::Yes,
        who: None,
    };
    house
        .casework
        .answer_staff_connection(&joan, house.form(), case, When::default(), connected)
        .await
        .unwrap();
    for out in [&ruth, &manager] {
        assert!(matches!(
            house.casework.case_page(out, case).await,
            Err(Problem::Unseen)
        ));
        let found = house
            .casework
            .search(out, &Words::new("Bethan Example"))
            .await
            .unwrap();
        assert_eq!(found.view().len(), 0);
    }
    // Whoever told us of it can go on to say who it is, and the lead decides.
    assert!(house.casework.case_page(&joan, case).await.is_ok());
    let seen = house.seen(&lead, case).await;
    let worker = WorkerNamed {
        account: Some(house.account("ruth")),
        part: WorkerPart::Lead,
        wish: WishMet::NoWish,
        reason: None,
    };
    house
        .casework
        .name_worker(&lead, house.form_seen(seen), case, worker)
        .await
        .unwrap();
    assert!(house.casework.case_page(&ruth, case).await.is_ok());
    assert!(matches!(
        house.casework.case_page(&manager, case).await,
        Err(Problem::Unseen)
    ));
    // Once it is known who it is, the case opens to the team, and not to that person or the line above.
    let seen = house.seen(&joan, case).await;
    let shut = ShutOut {
        account: house.account("ruth"),
        suspected: true,
        line_too: false,
        reason: Words::new("His sister"),
    };
    house
        .casework
        .shut_out(&joan, house.form_seen(seen), case, shut)
        .await
        .unwrap();
    assert!(house.casework.case_page(&manager, case).await.is_ok());
    assert!(matches!(
        house.casework.case_page(&ruth, case).await,
        Err(Problem::Unseen)
    ));
}

#[tokio::test]
async fn a_decision_on_what_has_changed_is_asked_again_and_a_note_is_not() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let (case, ..) = house.case(&joan, "Bethan Example").await;
    let seen = house
        .casework
        .case_page(&joan, case)
        .await
        .unwrap()
        .into_view()
        .view
        .seen
        .unwrap();
    let note = |words: &str| NoteWritten {
        words: Words::new(words),
    };
    house
        .casework
        .write_note(&joan, house.form_seen(seen), case, When::default(), note("One"))
        .await
        .unwrap();
    house
        .casework
        .write_note(&joan, house.form_seen(seen), case, When::default(), note("Two"))
        .await
        .unwrap();
    let manager = house.who("manager").await;
    let restricted = Restricted {
        to: vec![house.account("joan"), house.account("manager")],
        reason: Words::new("He has friends here"),
    };
    let stale = house
        .casework
        .restrict(&manager, house.form_seen(seen), case, restricted)
        .await;
    assert!(matches!(stale, Err(Problem::MovedOn)), "{stale:?}");
}

#[tokio::test]
async fn a_sleeping_session_opens_nothing_and_still_keeps_a_draft() {
    let house = House::new().await;
    let session = house.sign_in("joan").await;
    house.set("2026-11-16T16:56:00Z");
    match house.casework.visit(&session).await.unwrap() {
        Visit::Asleep { who, .. } => {
            let draft = house.casework.new_command();
            house
                .casework
                .keep_draft(&who, draft, b"kept".to_vec())
                .await
                .unwrap();
        }
        Visit::Awake { .. } | Visit::Nobody => panic!("sixteen minutes is too long"),
    }
    house.casework.sign_out(&session).await.unwrap();
    assert!(matches!(
        house.casework.visit(&session).await.unwrap(),
        Visit::Nobody
    ));
}

#[tokio::test]
async fn guessing_is_slowed_and_never_locks_out_a_known_device() {
    use fanlight_casework::people::password::Password;
    let house = House::new().await;
    let signed = house
        .casework
        .sign_in("joan.settle", Password::new(crate::house::PASSWORD.into()), None)
        .await;
    let device = signed.unwrap_or_else(|_| panic!("right")).device;
    for _ in 0..10 {
        let wrong = house
            .casework
            .sign_in("joan.settle", Password::new("wrong wrong wrong".into()), None)
            .await;
        assert!(matches!(wrong, Err(WhyNot::DoNotFit)));
    }
    let right = || Password::new(crate::house::PASSWORD.into());
    assert!(matches!(
        house.casework.sign_in("joan.settle", right(), None).await,
        Err(WhyNot::TooMany)
    ));
    assert!(
        house
            .casework
            .sign_in("joan.settle", right(), Some(&device))
            .await
            .is_ok()
    );
    house.set("2026-11-16T16:45:01Z");
    assert!(
        house.casework.sign_in("joan.settle", right(), None).await.is_ok(),
        "never for good"
    );
}
