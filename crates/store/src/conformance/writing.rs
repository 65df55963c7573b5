//! Writing: whole or not at all, once, in order, and never back in time.

use super::*;

pub(super) async fn what_is_written_is_read_again_after_opening_again(mut house: House) {
    house
        .store()
        .commit(opening(case(1), &["a", "b"], listed(case(1), "one", &[7], &[])))
        .await
        .expect("kept");
    house.reopen();
    assert_eq!(texts(house.store(), case(1)).await, ["a", "b"]);
    let found = house
        .store()
        .cases(
            &settle(),
            &viewer(9, &[7]),
            StateFilter::Any,
            Order::NewestFirst,
            None,
            10,
        )
        .await
        .expect("listed");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].summary, b"one");
    assert!(
        house.store().create_landlord(&settle()).await.is_err(),
        "a landlord is added once"
    );
}

pub(super) async fn the_second_of_two_writers_moves_on(house: House) {
    let store = house.store();
    store
        .commit(opening(case(1), &["a"], listed(case(1), "one", &[], &[])))
        .await
        .expect("kept");
    let write = |text| {
        let mut write = Write::new(&settle(), 2000);
        write.appends.push(append(case(1), Expect::At(1), &[text]));
        store.commit(write)
    };
    let (first, second) = tokio::join!(write("b"), write("c"));
    let outcomes = [first, second];
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    let moved = |outcome: &Result<Committed, StoreError>| matches!(outcome, Err(StoreError::MovedOn { journal, now_at: 2 }) if *journal == case(1));
    assert_eq!(outcomes.iter().filter(|outcome| moved(outcome)).count(), 1);
    assert_eq!(texts(store, case(1)).await.len(), 2);
}

pub(super) async fn a_command_given_twice_is_done_once(house: House) {
    let store = house.store();
    let give = |account: u8, body: u8, case_number: u8| {
        let mut write = opening(
            case(case_number),
            &["a"],
            listed(case(case_number), "one", &[], &[]),
        );
        write.stamp = Some(Stamp {
            command: CommandId([1; 16]),
            account: [account; 16],
            body: [body; 32],
            answer: b"the answer".to_vec(),
        });
        store.commit(write)
    };
    let (first, second) = tokio::join!(give(1, 1, 1), give(1, 1, 1));
    let answers = [first.expect("done"), second.expect("known")];
    assert_eq!(
        answers.iter().filter(|a| matches!(a, Committed::Done(_))).count(),
        1
    );
    assert!(
        answers
            .iter()
            .any(|a| *a == Committed::Repeated(b"the answer".to_vec()))
    );
    assert!(matches!(give(1, 1, 2).await, Ok(Committed::Repeated(answer)) if answer == b"the answer"));
    assert!(matches!(give(1, 2, 2).await, Err(StoreError::CommandClash)));
    assert!(matches!(give(2, 1, 2).await, Err(StoreError::CommandClash)));
    assert_eq!(texts(store, case(1)).await, ["a"]);
    assert!(matches!(
        store.journal(&settle(), case(2)).await,
        Err(StoreError::NotFound)
    ));
    assert_eq!(
        store.forget_commands(&settle(), 5000).await.expect("forgotten"),
        1
    );
    assert!(matches!(give(1, 1, 2).await, Ok(Committed::Done(_))));
}

pub(super) async fn a_transaction_is_kept_whole_or_not_at_all(house: House) {
    let store = house.store();
    store
        .commit(opening(case(1), &["a"], listed(case(1), "one", &[7], &[])))
        .await
        .expect("kept");
    let mut write = opening(case(2), &["b"], listed(case(2), "two", &[7], &[]));
    write
        .rows
        .push(RowChange::Put(PutRow::new("drafts", b"d", b"x".to_vec())));
    write.readings.push(Reading {
        bytes: b"r".to_vec(),
        cases: vec![case(1)],
    });
    write.appends.push(append(case(1), Expect::At(5), &["never"]));
    let mut others = Vec::new();
    for _ in 0..20 {
        let mut other = Write::new(&settle(), 3000);
        other.appends.push(append(case(1), Expect::Anywhere, &["beside"]));
        others.push(store.commit(other));
    }
    let (failed, done) = tokio::join!(store.commit(write), futures_all(others));
    assert!(matches!(failed, Err(StoreError::MovedOn { .. })));
    assert!(
        done.iter().all(Result::is_ok),
        "a write that fails takes none of its group with it"
    );
    assert_eq!(texts(store, case(1)).await.len(), 21);
    assert!(matches!(
        store.journal(&settle(), case(2)).await,
        Err(StoreError::NotFound)
    ));
    assert!(
        store
            .row(&settle(), "drafts", b"d")
            .await
            .expect("read")
            .is_none()
    );
    assert!(
        store
            .readings(&settle(), None, None, 10)
            .await
            .expect("read")
            .is_empty()
    );
    assert_eq!(
        store
            .count(&settle(), &viewer(9, &[7]), StateFilter::Any)
            .await
            .expect("counted"),
        1
    );
}

async fn futures_all<T>(futures: Vec<impl Future<Output = T>>) -> Vec<T> {
    let mut pinned: Vec<_> = futures.into_iter().map(Box::pin).collect();
    let mut out: Vec<Option<T>> = pinned.iter().map(|_| None).collect();
    std::future::poll_fn(move |context| {
        for (future, slot) in pinned.iter_mut().zip(&mut out) {
            if slot.is_none()
                && let std::task::Poll::Ready(value) = future.as_mut().poll(context)
            {
                *slot = Some(value);
            }
        }
        if out.iter().all(Option::is_some) {
            std::task::Poll::Ready(out.drain(..).flatten().collect())
        } else {
            std::task::Poll::Pending
        }
    })
    .await
}

pub(super) async fn time_never_runs_backwards_within_a_journal(house: House) {
    let store = house.store();
    store
        .commit(opening(case(1), &["a"], listed(case(1), "one", &[], &[])))
        .await
        .expect("kept");
    let mut write = Write::new(&settle(), 400);
    write.appends.push(append(case(1), Expect::At(1), &["b"]));
    let done = store.commit(write).await.expect("kept");
    assert!(
        matches!(done, Committed::Done(at) if at[0].recorded == 1000 && at[0].first == 1 && at[0].next == 2)
    );
    let journal = store.journal(&settle(), case(1)).await.expect("read");
    let times: Vec<_> = journal
        .entries
        .iter()
        .map(|entry| (entry.recorded, entry.clock_jumped))
        .collect();
    assert_eq!(times, [(1000, false), (1000, true)]);
}

pub(super) async fn a_long_journal_is_read_whole_and_in_order(house: House) {
    let store = house.store();
    store
        .commit(opening(case(1), &[], listed(case(1), "s", &[], &[])))
        .await
        .expect("kept");
    let said: Vec<String> = (0..700).map(|number| format!("{number}")).collect();
    let mut write = Write::new(&settle(), 1000);
    write.appends.push(append(
        case(1),
        Expect::At(0),
        &said.iter().map(String::as_str).collect::<Vec<_>>(),
    ));
    store.commit(write).await.expect("kept");
    assert_eq!(texts(store, case(1)).await, said);
    assert_eq!(store.length(&settle(), case(1)).await.expect("read"), 700);
}
