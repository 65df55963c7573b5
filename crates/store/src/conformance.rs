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

    pub(crate) fn reopen(&mut self) {
        self.store = None;
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
