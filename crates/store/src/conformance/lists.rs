//! Lists: what is hidden stays hidden, and what is shown is in order.

use super::*;

pub(super) async fn what_is_hidden_from_a_viewer_is_in_no_list_and_no_count(house: House) {
    let store = house.store();
    let surname = token(200);
    for number in 1..=6 {
        // 1 to 4 are the team's; 3 is shut to viewer 9; 5 is for another team; 6 is for viewer 9 by name.
        let (audience, shut): (&[u8], &[u8]) = match number {
            3 => (&[7, 9], &[9]),
            5 => (&[8], &[]),
            6 => (&[9], &[]),
            _ => (&[7], &[]),
        };
        let mut listing = listed(case(number), "s", audience, shut);
        listing.search = Some(vec![surname, token(number)]);
        listing.index = Some(vec![obligation(number, 1, Some(i64::from(100 - number)), true)]);
        store
            .commit(opening(case(number), &["a"], listing))
            .await
            .expect("kept");
    }
    let me = viewer(9, &[7]);
    let numbers = |cases: &[ListedCase]| cases.iter().map(|listed| listed.case.0[0]).collect::<Vec<_>>();
    let list = async |order, after, limit| {
        store
            .cases(&settle(), &me, StateFilter::Any, order, after, limit)
            .await
            .expect("listed")
    };
    assert_eq!(numbers(&list(Order::NewestFirst, None, 10).await), [6, 4, 2, 1]);
    assert_eq!(numbers(&list(Order::OldestFirst, None, 10).await), [1, 2, 4, 6]);
    let first = list(Order::NewestFirst, None, 2).await;
    assert_eq!(numbers(&first), [6, 4]);
    assert_eq!(
        numbers(&list(Order::NewestFirst, Some(first[1].cursor()), 2).await),
        [2, 1]
    );
    assert_eq!(
        store
            .count(&settle(), &me, StateFilter::Any)
            .await
            .expect("counted"),
        4
    );
    assert_eq!(
        store
            .count(&settle(), &me, StateFilter::In(vec![1]))
            .await
            .expect("counted"),
        4
    );
    assert_eq!(
        store
            .count(&settle(), &me, StateFilter::In(vec![2]))
            .await
            .expect("counted"),
        0
    );
    assert_eq!(
        numbers(
            &store
                .search(&settle(), &me, &[surname], None, 10)
                .await
                .expect("found")
        ),
        [6, 4, 2, 1]
    );
    assert_eq!(
        numbers(
            &store
                .search(&settle(), &me, &[surname, token(2)], None, 10)
                .await
                .expect("found")
        ),
        [2]
    );
    assert!(
        store
            .search(&settle(), &me, &[surname, token(3)], None, 10)
            .await
            .expect("found")
            .is_empty()
    );
    assert!(
        store
            .search(&settle(), &me, &[], None, 10)
            .await
            .expect("found")
            .is_empty()
    );
    let work = store.work(&settle(), &me, &[], None, 10).await.expect("listed");
    assert_eq!(
        work.iter().map(|row| row.row.case.0[0]).collect::<Vec<_>>(),
        [6, 4, 2, 1]
    );
    let rest = store
        .work(&settle(), &me, &[], Some(work[1].cursor()), 10)
        .await
        .expect("listed");
    assert_eq!(
        rest.iter().map(|row| row.row.case.0[0]).collect::<Vec<_>>(),
        [2, 1]
    );
    assert_eq!(store.count_work(&settle(), &me, &[]).await.expect("counted"), 4);
    assert!(!store.is_listed(&settle(), &me, case(3)).await.expect("asked"));
    assert!(store.is_listed(&settle(), &me, case(6)).await.expect("asked"));

    // Shut out afterwards, and opened again: it goes from every list, and comes back.
    let mut write = Write::new(&settle(), 2000);
    write.listings.push(CaseListing {
        shut_out: Some(vec![token(9)]),
        ..CaseListing::of(case(4))
    });
    store.commit(write).await.expect("kept");
    assert_eq!(numbers(&list(Order::NewestFirst, None, 10).await), [6, 2, 1]);
    assert_eq!(store.count_work(&settle(), &me, &[]).await.expect("counted"), 3);

    let others = async |number, tokens: &[Token]| {
        let found = store.carried_by_others(&settle(), case(number), tokens).await;
        found.expect("looked for")
    };
    assert_eq!(
        others(1, &[surname, token(1), token(2)]).await,
        [surname, token(2)]
    );
    assert_eq!(others(77, &[token(1), token(77)]).await, [token(1)]);
    let rows = store
        .rule_rows(&settle(), Some(&me), token(50), (0, 1000))
        .await
        .expect("found");
    assert_eq!(
        rows.iter().map(|row| row.case.0[0]).collect::<Vec<_>>(),
        [1, 2, 6]
    );
    let counts = store
        .rule_counts(&settle(), Some(&me), token(50), (0, 1000))
        .await
        .expect("counted");
    assert_eq!(counts.iter().map(|count| count.rows).sum::<u64>(), 3);
    let all = store
        .rule_counts(&settle(), None, token(50), (0, 1000))
        .await
        .expect("counted");
    assert_eq!(all.iter().map(|count| count.rows).sum::<u64>(), 6);
    // A new state and sort move the case in every list without its audience being written again.
    let mut write = Write::new(&settle(), 2000);
    let summary = Some(Summary {
        state: 2,
        sort: 50,
        bytes: b"moved".to_vec(),
    });
    write.listings.push(CaseListing {
        summary,
        ..CaseListing::of(case(1))
    });
    store.commit(write).await.expect("kept");
    assert_eq!(numbers(&list(Order::NewestFirst, None, 10).await), [1, 6, 2]);
    let closed = StateFilter::In(vec![2]);
    let found = store
        .cases(&settle(), &me, closed, Order::OldestFirst, None, 5)
        .await
        .expect("listed");
    assert_eq!(
        (numbers(&found), found[0].summary.as_slice()),
        (vec![1], b"moved".as_slice())
    );
    assert_eq!(
        store
            .search(&settle(), &me, &[surname], None, 1)
            .await
            .expect("found")[0]
            .case,
        case(1)
    );
}

pub(super) async fn obligations_are_found_by_due_time_owner_rule_and_waking(house: House) {
    let store = house.store();
    for number in 1..=4 {
        let mut listing = listed(case(number), "s", &[7], &[]);
        let due = (number != 2).then_some(100 - i64::from(number));
        listing.index = Some(vec![
            obligation(number, 2, due, true),
            obligation(number, 1, Some(56 + i64::from(number)), false),
        ]);
        store
            .commit(opening(case(number), &["a"], listing))
            .await
            .expect("kept");
    }
    let me = viewer(9, &[7]);
    let due: Vec<_> = store.work(&settle(), &me, &[], None, 10).await.expect("listed");
    assert_eq!(
        due.iter().map(|row| row.row.due).collect::<Vec<_>>(),
        [Some(96), Some(97), Some(99), None]
    );
    let odd = store
        .work(&settle(), &me, &[token(1)], None, 10)
        .await
        .expect("listed");
    assert_eq!(
        odd.iter().map(|row| row.row.case.0[0]).collect::<Vec<_>>(),
        [3, 1]
    );
    let both = store
        .work(&settle(), &me, &[token(0), token(1)], None, 3)
        .await
        .expect("listed");
    assert_eq!(
        both.iter().map(|row| row.row.case.0[0]).collect::<Vec<_>>(),
        [4, 3, 1]
    );
    assert_eq!(
        store
            .count_work(&settle(), &me, &[token(0), token(1)])
            .await
            .expect("counted"),
        4
    );
    assert_eq!(
        store.due_to_wake(&settle(), 250, 10).await.expect("found"),
        [(case(1), 100), (case(2), 200)]
    );
    let rows = store
        .rule_rows(&settle(), None, token(50), (20, 40))
        .await
        .expect("found");
    assert_eq!(
        rows.iter().map(|row| row.case.0[0]).collect::<Vec<_>>(),
        [2, 2, 3, 3]
    );
    let counts = store
        .rule_counts(&settle(), None, token(50), (0, 1000))
        .await
        .expect("counted");
    // All four were met at 60, and due at 57, 58, 59 and 60: exactly at the due time is in time.
    let met = RuleCount {
        state: 0,
        rows: 4,
        met: 4,
        met_in_time: 1,
        without_due: 0,
    };
    assert_eq!(
        counts,
        [
            met,
            RuleCount {
                state: 1,
                rows: 4,
                met: 0,
                met_in_time: 0,
                without_due: 1,
            }
        ]
    );
    let kept = store.case_rows(&settle(), case(1)).await.expect("read");
    assert_eq!(
        kept,
        [
            obligation(1, 1, Some(57), false),
            obligation(1, 2, Some(99), true)
        ]
    );
}

pub(super) async fn everything_can_be_walked_for_rebuilding(house: House) {
    let store = house.store();
    for number in 1..=3 {
        let texts = vec!["a"; usize::from(number)];
        store
            .commit(opening(
                case(number),
                &texts,
                listed(case(number), "s", &[7], &[8]),
            ))
            .await
            .expect("kept");
    }
    let mut own = Write::new(&settle(), 1000);
    own.appends
        .push(append(JournalId::LANDLORD, Expect::At(0), &["a pack"]));
    store.commit(own).await.expect("kept");
    assert_eq!(texts(store, JournalId::LANDLORD).await, ["a pack"]);
    let first = store.journals(&settle(), None, 3).await.expect("walked");
    let rest = store
        .journals(&settle(), Some(first[2].journal), 9)
        .await
        .expect("walked");
    let lengths: Vec<_> = first
        .iter()
        .chain(&rest)
        .map(|journal| (journal.kind, journal.entries))
        .collect();
    let cases = [1, 2, 3].map(|entries| (JournalKind::Case, entries));
    assert_eq!(
        lengths[..2],
        [(JournalKind::Landlord, 1), (JournalKind::Reading, 0)]
    );
    assert_eq!(lengths[2..], cases);
    let dump = store.dump_case(&settle(), case(2)).await.expect("dumped");
    assert_eq!(dump.summary, Some((1, 2, b"s".to_vec())));
    assert_eq!((dump.audience, dump.shut_out), (vec![token(7)], vec![token(8)]));
    let summaries = store
        .summaries(&settle(), Some(case(1)), 9)
        .await
        .expect("walked");
    assert_eq!(
        summaries.iter().map(|listed| listed.case).collect::<Vec<_>>(),
        [case(2), case(3)]
    );
}
