//! What every back end must do, asked through the store. A back end brings a way to make a fresh house, and runs
//! [`all`].

use crate::keys::KeyFolder;
use crate::*;
use std::path::Path;

/// A house of its own for one question: the store in it can be closed and opened again.
pub(crate) struct House {
    pub(crate) temp: tempfile::TempDir,
    open: fn(&Path, KeyFolder, bool) -> Store,
    store: Option<Store>,
}

impl House {
    pub(crate) fn new(open: fn(&Path, KeyFolder, bool) -> Store) -> House {
        let temp = tempfile::tempdir().expect("a folder");
        let keys = KeyFolder::create(&temp.path().join("keys")).expect("a key folder");
        let store = open(&temp.path().join("data"), keys, true);
        House {
            temp,
            open,
            store: Some(store),
        }
    }

    pub(crate) fn store(&self) -> &Store {
        self.store.as_ref().expect("open")
    }

    pub(crate) fn close(&mut self) {
        self.store = None;
    }

    pub(crate) fn reopen(&mut self) {
        self.close();
        let (keys, _) = KeyFolder::open(&self.temp.path().join("keys")).expect("the keys");
        self.store = Some((self.open)(&self.temp.path().join("data"), keys, false));
    }
}

pub(crate) fn settle() -> Landlord {
    Landlord::new("settle").expect("a plain label")
}

pub(crate) fn case(number: u8) -> JournalId {
    JournalId([number; 16])
}

pub(crate) fn token(number: u8) -> Token {
    Token([number; 16])
}

pub(crate) fn note(text: &str) -> NewEntry {
    NewEntry {
        bytes: text.as_bytes().to_vec(),
        under: Under::CaseKey,
    }
}

pub(crate) fn append(journal: JournalId, expected: Expect, texts: &[&str]) -> Append {
    Append {
        journal,
        expected,
        entries: texts.iter().map(|text| note(text)).collect(),
    }
}

pub(crate) fn listed(case: JournalId, summary: &str, audience: &[u8], shut_out: &[u8]) -> CaseListing {
    let tokens = |numbers: &[u8]| Some(numbers.iter().map(|number| token(*number)).collect());
    CaseListing {
        summary: Some(Summary {
            state: 1,
            sort: i64::from(case.0[0]),
            bytes: summary.as_bytes().to_vec(),
        }),
        index: Some(vec![]),
        search: tokens(&[]),
        audience: tokens(audience),
        shut_out: tokens(shut_out),
        ..CaseListing::of(case)
    }
}

/// A new case with entries and a listing.
pub(crate) fn opening(case: JournalId, texts: &[&str], listing: CaseListing) -> Write {
    let mut write = Write::new(&settle(), 1000);
    write.new_cases.push(case);
    write.appends.push(append(case, Expect::At(0), texts));
    write.listings.push(listing);
    write
}

pub(crate) async fn texts(store: &Store, case: JournalId) -> Vec<String> {
    let journal = store.journal(&settle(), case).await.expect("read");
    let say = |recorded: Recorded| match recorded.entry {
        Entry::Open(bytes) => String::from_utf8(bytes).expect("text"),
        Entry::Redacted => "(redacted)".to_owned(),
        Entry::Erased => "(erased)".to_owned(),
    };
    journal.entries.into_iter().map(say).collect()
}

fn viewer(me: u8, may: &[u8]) -> Viewer {
    Viewer {
        me: token(me),
        may: may.iter().map(|number| token(*number)).collect(),
    }
}

/// Asks everything of a back end.
pub(crate) async fn all(open: fn(&Path, KeyFolder, bool) -> Store) {
    let house = || async {
        let house = House::new(open);
        house
            .store()
            .create_landlord(&settle())
            .await
            .expect("a landlord");
        house
    };
    what_is_written_is_read_again_after_opening_again(house().await).await;
    the_second_of_two_writers_moves_on(house().await).await;
    a_command_given_twice_is_done_once(house().await).await;
    a_transaction_is_kept_whole_or_not_at_all(house().await).await;
    time_never_runs_backwards_within_a_journal(house().await).await;
    what_is_hidden_from_a_viewer_is_in_no_list_and_no_count(house().await).await;
    obligations_are_found_by_due_time_owner_rule_and_waking(house().await).await;
    rows_are_found_kept_at_their_version_and_run_out(house().await).await;
    who_has_looked_can_be_listed_for_each_case(house().await).await;
    an_erased_case_leaves_its_bones_and_its_counts(house().await).await;
    a_redacted_entry_goes_and_the_others_stay(house().await).await;
    landlords_share_nothing(house().await).await;
    everything_can_be_walked_for_rebuilding(house().await).await;
    a_long_journal_is_read_whole_and_in_order(house().await).await;
}

async fn what_is_written_is_read_again_after_opening_again(mut house: House) {
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

async fn the_second_of_two_writers_moves_on(house: House) {
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

async fn a_command_given_twice_is_done_once(house: House) {
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

async fn a_transaction_is_kept_whole_or_not_at_all(house: House) {
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

async fn time_never_runs_backwards_within_a_journal(house: House) {
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

async fn what_is_hidden_from_a_viewer_is_in_no_list_and_no_count(house: House) {
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

pub(crate) fn obligation(case_number: u8, slot: u8, due: Option<i64>, open: bool) -> IndexRow {
    IndexRow {
        case: case(case_number),
        slot: token(slot),
        rule: token(50),
        started: i64::from(case_number) * 10,
        due,
        met: (!open).then_some(60),
        lapsed: None,
        open,
        owner: Some(token(case_number % 2)),
        state: u8::from(open),
        wake_at: open.then_some(i64::from(case_number) * 100),
        made_by: u64::MAX - 1,
    }
}

async fn obligations_are_found_by_due_time_owner_rule_and_waking(house: House) {
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
        .rule_rows(&settle(), token(50), 20, 40)
        .await
        .expect("found");
    assert_eq!(
        rows.iter().map(|row| row.case.0[0]).collect::<Vec<_>>(),
        [2, 2, 3, 3]
    );
    let counts = store
        .rule_counts(&settle(), token(50), 0, 1000)
        .await
        .expect("counted");
    // All four were met at 60, and due at 57, 58, 59 and 60: exactly at the due time is in time.
    let met = RuleCount {
        state: 0,
        rows: 4,
        met: 4,
        met_in_time: 1,
    };
    assert_eq!(
        counts,
        [
            met,
            RuleCount {
                state: 1,
                rows: 4,
                met: 0,
                met_in_time: 0
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

async fn rows_are_found_kept_at_their_version_and_run_out(house: House) {
    let store = house.store();
    let tokens = store.tokens(&settle()).await.expect("tokens");
    let id = tokens.lookup("sessions", b"a secret");
    let put = |expected, bytes: &str, expires_at| PutRow {
        expected,
        expires_at,
        owner: Some([3; 16]),
        ..PutRow::new("sessions", &id, bytes.as_bytes().to_vec())
    };
    store
        .put_row(&settle(), put(RowExpect::Absent, "one", Some(500)))
        .await
        .expect("put");
    let taken = store
        .put_row(&settle(), put(RowExpect::Absent, "two", Some(500)))
        .await;
    assert!(matches!(taken, Err(StoreError::RowMovedOn { now_at: Some(1) })));
    store
        .put_row(&settle(), put(RowExpect::Version(1), "two", Some(500)))
        .await
        .expect("put");
    let stale = store
        .put_row(&settle(), put(RowExpect::Version(1), "three", Some(500)))
        .await;
    assert!(matches!(stale, Err(StoreError::RowMovedOn { now_at: Some(2) })));
    let row = store
        .row(&settle(), "sessions", &id)
        .await
        .expect("read")
        .expect("there");
    assert_eq!(
        (row.bytes.as_slice(), row.version, row.owner),
        (b"two".as_slice(), 2, Some([3; 16]))
    );
    for number in 0..5u8 {
        let put = PutRow {
            sort: i64::from(9 - number),
            ..PutRow::new("jobs", &[number], vec![number])
        };
        store.put_row(&settle(), put).await.expect("put");
    }
    let page = store
        .rows(&settle(), "jobs", RowFilter::All, None, 3)
        .await
        .expect("listed");
    assert_eq!(page.iter().map(|row| row.id[0]).collect::<Vec<_>>(), [4, 3, 2]);
    let rest = store
        .rows(&settle(), "jobs", RowFilter::All, Some(page[2].cursor()), 9)
        .await
        .expect("listed");
    assert_eq!(rest.iter().map(|row| row.id[0]).collect::<Vec<_>>(), [1, 0]);
    let mine = store
        .rows(&settle(), "sessions", RowFilter::Owner([3; 16]), None, 9)
        .await
        .expect("listed");
    assert_eq!(mine.len(), 1);
    let others = store
        .rows(&settle(), "sessions", RowFilter::Owner([4; 16]), None, 9)
        .await
        .expect("listed");
    assert!(others.is_empty());
    assert_eq!(
        store
            .delete_expired(&settle(), None, 499, 10)
            .await
            .expect("none"),
        0
    );
    assert_eq!(
        store
            .delete_expired(&settle(), Some("jobs"), 500, 10)
            .await
            .expect("none"),
        0
    );
    assert_eq!(
        store.delete_expired(&settle(), None, 500, 10).await.expect("one"),
        1
    );
    store.delete_row(&settle(), "jobs", &[0]).await.expect("deleted");
    store
        .delete_row(&settle(), "jobs", &[0])
        .await
        .expect("deleted already");
    assert!(store.row(&settle(), "jobs", &[0]).await.expect("read").is_none());
}

async fn who_has_looked_can_be_listed_for_each_case(house: House) {
    let settle = settle();
    let store = house.store();
    for number in 0..5u8 {
        let reading = Reading {
            bytes: vec![number],
            cases: vec![case(1), case(number), case(1)],
        };
        store
            .log_read(&settle, reading, 1000 + i64::from(number))
            .await
            .expect("recorded");
    }
    let of = |case, before, limit| store.readings(&settle, case, before, limit);
    let said = |readings: &[ReadingEntry]| {
        readings
            .iter()
            .map(|reading| reading.bytes[0])
            .collect::<Vec<_>>()
    };
    assert_eq!(
        said(&of(Some(case(1)), None, 10).await.expect("listed")),
        [4, 3, 2, 1, 0]
    );
    assert_eq!(said(&of(Some(case(3)), None, 10).await.expect("listed")), [3]);
    let page = of(None, None, 2).await.expect("listed");
    assert_eq!(said(&page), [4, 3]);
    assert_eq!(page[0].cases, [case(1), case(4)]);
    assert_eq!(page[0].recorded, 1004);
    assert_eq!(
        said(&of(None, Some(page[1].position), 10).await.expect("listed")),
        [2, 1, 0]
    );
    assert!(store.verify(&settle).await.expect("walked").faults.is_empty());
}

async fn an_erased_case_leaves_its_bones_and_its_counts(mut house: House) {
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
        .rule_rows(&settle(), token(50), 0, 1000)
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
            .rule_rows(&settle(), token(50), 0, 1000)
            .await
            .expect("found"),
        before
    );
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

async fn a_redacted_entry_goes_and_the_others_stay(mut house: House) {
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

async fn landlords_share_nothing(house: House) {
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

async fn everything_can_be_walked_for_rebuilding(house: House) {
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

async fn a_long_journal_is_read_whole_and_in_order(house: House) {
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
