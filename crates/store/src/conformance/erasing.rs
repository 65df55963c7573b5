//! Erasing, redacting, and landlords that share nothing.

use super::*;

pub(super) async fn an_erased_case_leaves_its_bones_and_its_counts(mut house: House) {
    let store = house.store();
    for number in 1..=2 {
        let mut listing = listed(case(number), "s", &[7], &[]);
        listing.index = Some(vec![obligation(number, 1, Some(90), true)]);
        let mut write = opening(case(number), &["a", "b"], listing);
        write.stamp = Some(Stamp {
            command: CommandId([number; 16]),
            account: [1; 16],
            body: [1; 32],
            answer: b"x".to_vec(),
        });
        let draft = PutRow {
            case: Some(case(number)),
            ..PutRow::new("drafts", &[number], b"words".to_vec())
        };
        write.rows.push(RowChange::Put(draft));
        store.commit(write).await.expect("kept");
    }
    let before = store
        .rule_rows(&settle(), None, token(50), (0, 1000))
        .await
        .expect("found");
    let erased = store
        .erase_case(
            &settle(),
            case(1),
            vec![b"bones".to_vec()],
            2000,
            OldGeneration::DestroyNow,
        )
        .await
        .expect("erased");
    assert_eq!(
        erased,
        Erased {
            generation: 2,
            still_held: vec![]
        }
    );
    house.reopen();
    let store = house.store();
    assert_eq!(texts(store, case(1)).await, ["(erased)", "(erased)", "bones"]);
    assert_eq!(texts(store, case(2)).await, ["a", "b"]);
    assert!(store.journal(&settle(), case(1)).await.expect("read").erased);
    assert_eq!(
        store
            .rule_rows(&settle(), None, token(50), (0, 1000))
            .await
            .expect("found"),
        before
    );
    // What is left of an erased case is hidden from nobody.
    let stranger = viewer(99, &[98]);
    let rows = store
        .rule_rows(&settle(), Some(&stranger), token(50), (0, 1000))
        .await
        .expect("found");
    assert!(!rows.is_empty() && rows.iter().all(|row| row.case == case(1)));
    assert!(
        store
            .row(&settle(), "drafts", &[1])
            .await
            .expect("read")
            .is_none()
    );
    assert!(
        store
            .row(&settle(), "drafts", &[2])
            .await
            .expect("read")
            .is_some()
    );
    let me = viewer(9, &[7]);
    assert_eq!(
        store
            .count(&settle(), &me, StateFilter::Any)
            .await
            .expect("counted"),
        1
    );
    assert_eq!(
        store
            .work(&settle(), &me, &[], None, 9)
            .await
            .expect("listed")
            .len(),
        1
    );
    assert_eq!(
        store.due_to_wake(&settle(), 900, 9).await.expect("found"),
        [(case(2), 200)]
    );
    let mut write = Write::new(&settle(), 3000);
    write
        .appends
        .push(append(case(1), Expect::Anywhere, &["too late"]));
    assert!(matches!(
        store.commit(write).await,
        Err(StoreError::Erased { .. })
    ));
    let again = store
        .erase_case(&settle(), case(1), vec![], 3000, OldGeneration::DestroyNow)
        .await;
    assert!(matches!(again, Err(StoreError::Erased { .. })));
    let verified = store.verify(&settle()).await.expect("walked");
    assert_eq!((verified.faults, verified.erased), (vec![], vec![case(1)]));
}

pub(super) async fn a_redacted_entry_goes_and_the_others_stay(mut house: House) {
    let store = house.store();
    let mut write = opening(case(1), &["a", "b", "c"], listed(case(1), "s", &[7], &[]));
    let draft = PutRow {
        case: Some(case(1)),
        ..PutRow::new("drafts", &[1], b"words".to_vec())
    };
    write.rows.push(RowChange::Put(draft));
    store.commit(write).await.expect("kept");
    let redact = |position| Redaction {
        case: case(1),
        position,
        recorded: 2000,
        entries: vec![note("why")],
        summary: Summary {
            state: 1,
            sort: 1,
            bytes: b"without".to_vec(),
        },
        search: vec![],
    };
    let missing = store
        .redact_entry(&settle(), redact(9), OldGeneration::DestroyNow)
        .await;
    assert!(matches!(missing, Err(StoreError::NotFound)));
    let kept = store
        .redact_entry(&settle(), redact(1), OldGeneration::KeepUntilBackup)
        .await
        .expect("redacted");
    assert_eq!(kept.still_held, [1]);
    store.destroy_old_generations(&settle()).await.expect("destroyed");
    house.reopen();
    let store = house.store();
    assert_eq!(texts(store, case(1)).await, ["a", "(redacted)", "c", "why"]);
    let summary = store
        .summary(&settle(), case(1))
        .await
        .expect("read")
        .expect("there");
    assert_eq!(summary.summary, b"without");
    let draft = store
        .row(&settle(), "drafts", &[1])
        .await
        .expect("read")
        .expect("there");
    assert_eq!((draft.bytes.as_slice(), draft.version), (b"words".as_slice(), 1));
    let verified = store.verify(&settle()).await.expect("walked");
    assert_eq!((verified.faults, verified.redacted), (vec![], vec![(case(1), 1)]));
    assert_eq!(store.keys().generations(&settle()), [2]);
}

pub(super) async fn landlords_share_nothing(house: House) {
    let store = house.store();
    let other = Landlord::new("bpha").expect("a plain label");
    assert!(matches!(
        store.journal(&other, case(1)).await,
        Err(StoreError::NotFound)
    ));
    store.create_landlord(&other).await.expect("a landlord");
    store
        .commit(opening(case(1), &["theirs"], listed(case(1), "s", &[7], &[])))
        .await
        .expect("kept");
    assert!(matches!(
        store.journal(&other, case(1)).await,
        Err(StoreError::NotFound)
    ));
    assert_eq!(
        store
            .count(&other, &viewer(9, &[7]), StateFilter::Any)
            .await
            .expect("counted"),
        0
    );
    let mut write = opening(case(1), &["ours"], listed(case(1), "o", &[7], &[]));
    write.landlord = other.clone();
    store
        .commit(write)
        .await
        .expect("the same identifier is free there");
    assert_eq!(texts(store, case(1)).await, ["theirs"]);
    let (ours, theirs) = (
        store.tokens(&other).await.expect("t"),
        store.tokens(&settle()).await.expect("t"),
    );
    assert_ne!(ours.token("surname", "x"), theirs.token("surname", "x"));
    assert_eq!(store.landlords().await.expect("listed"), [other, settle()]);
}

pub(super) async fn an_interrupted_rotation_is_seen_and_finished(mut house: House) {
    let write = opening(case(1), &["a"], listed(case(1), "s", &[7], &[]));
    house.store().commit(write).await.expect("kept");
    assert!(!house.store().finish_rotation(&settle()).await.expect("looked"));
    // The program ends when the new generation has been made and nothing is wrapped by it yet.
    let made = house.store().vault.keys.add_generation(&settle());
    assert!(made.is_ok_and(|number| number == 2));
    house.reopen();
    let early = house.store().destroy_old_generations(&settle()).await;
    assert!(early.is_err(), "what lives is still wrapped by the older one");
    assert!(house.store().finish_rotation(&settle()).await.expect("finished"));
    assert!(!house.store().finish_rotation(&settle()).await.expect("looked"));
    let destroyed = house.store().destroy_old_generations(&settle()).await;
    assert!(destroyed.is_ok());
    house.reopen();
    assert_eq!(house.store().keys().generations(&settle()), [2]);
    assert_eq!(texts(house.store(), case(1)).await, ["a"]);
}

pub(super) async fn cases_are_erased_side_by_side_while_others_are_opened(mut house: House) {
    let store = house.store();
    let open = |number| opening(case(number), &["a"], listed(case(number), "s", &[7], &[]));
    for number in 1..=3 {
        store.commit(open(number)).await.expect("kept");
    }
    let landlord = settle();
    let erase = |number| store.erase_case(&landlord, case(number), vec![], 2000, OldGeneration::DestroyNow);
    let (one, two, opened, none) = tokio::join!(erase(1), erase(2), store.commit(open(4)), erase(5));
    assert!(one.is_ok() && two.is_ok() && opened.is_ok());
    assert!(matches!(none, Err(StoreError::NotFound)));
    house.reopen();
    let store = house.store();
    assert_eq!(
        store.keys().generations(&settle()),
        [3],
        "none is made for what is not there"
    );
    assert_eq!(texts(store, case(1)).await, ["(erased)"]);
    assert_eq!(texts(store, case(2)).await, ["(erased)"]);
    assert_eq!(texts(store, case(3)).await, ["a"]);
    assert_eq!(texts(store, case(4)).await, ["a"]);
}
