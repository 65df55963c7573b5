//! Ordinary rows, and the reading journal.

use super::*;

pub(super) async fn rows_are_found_kept_at_their_version_and_run_out(house: House) {
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

pub(super) async fn the_rows_of_a_case_are_listed_without_those_of_others(house: House) {
    let store = house.store();
    let other = Landlord::new("other").expect("a plain label");
    store.create_landlord(&other).await.expect("a landlord");
    for (landlord, number) in [(settle(), 1), (settle(), 2), (other.clone(), 1)] {
        let mut write = opening(case(number), &["a"], listed(case(number), "s", &[7], &[]));
        write.landlord = landlord;
        for (table, id, of) in [
            ("drafts", 1, true),
            ("drafts", 2, true),
            ("drafts", 3, false),
            ("jobs", 4, true),
        ] {
            write.rows.push(RowChange::Put(PutRow {
                case: of.then_some(case(number)),
                sort: 9 - i64::from(id),
                ..PutRow::new(table, &[number, id], vec![id])
            }));
        }
        store.commit(write).await.expect("kept");
    }
    let of = |landlord: &Landlord, after, limit| {
        let landlord = landlord.clone();
        async move {
            let filter = RowFilter::Case(case(1));
            store
                .rows(&landlord, "drafts", filter, after, limit)
                .await
                .expect("listed")
        }
    };
    let first = of(&settle(), None, 1).await;
    let rest = of(&settle(), Some(first[0].cursor()), 9).await;
    let ids: Vec<_> = first.iter().chain(&rest).map(|row| row.id.clone()).collect();
    assert_eq!(ids, [vec![1, 2], vec![1, 1]]);
    assert_eq!(of(&other, None, 9).await.len(), 2);
    let none = RowFilter::Case(case(3));
    let none = store.rows(&settle(), "drafts", none, None, 9).await;
    assert!(none.expect("listed").is_empty());
}

pub(super) async fn who_has_looked_can_be_listed_for_each_case(house: House) {
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
            .map(|reading| match &reading.entry {
                Entry::Open(bytes) => bytes[0],
                Entry::Redacted | Entry::Erased => panic!("the key of the reading journal stays"),
            })
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
