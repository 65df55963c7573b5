//! SQLite passes the suite of all back ends, and keeps what its own files promise.

use super::Sqlite;
use crate::conformance::{self, append, case, listed, opening, settle};
use crate::keys::KeyFolder;
use crate::*;
use std::path::Path;

pub(super) fn open(folder: &Path, keys: KeyFolder, new: bool) -> Store {
    let settings = Settings { reserve: 256 * 1024 };
    let opened = if new {
        Store::create(folder, keys, settings)
    } else {
        Store::open(folder, keys, settings)
    };
    opened.expect("opened")
}

#[tokio::test(flavor = "multi_thread")]
async fn it_does_what_every_back_end_must() {
    conformance::all(open).await;
}

#[tokio::test]
async fn one_process_at_a_time_holds_the_folder_and_it_is_for_its_owner_alone() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let temp = tempfile::tempdir().expect("a folder");
    let (data, keys) = (temp.path().join("data"), temp.path().join("keys"));
    let store = open(&data, KeyFolder::create(&keys).expect("keys"), true);
    let again = |data: &Path| {
        let (keys, _) = KeyFolder::open(&keys).expect("keys");
        Store::open(data, keys, Settings::default()).map(|_| ())
    };
    assert!(matches!(again(&data), Err(StoreError::Folder(_))));
    for file in std::fs::read_dir(&data).expect("listed") {
        let file = file.expect("a file");
        assert_eq!(
            file.metadata().expect("there").mode() & 0o077,
            0,
            "{:?}",
            file.file_name()
        );
    }
    assert_eq!(std::fs::metadata(&data).expect("there").mode() & 0o777, 0o700);
    drop(store);
    assert!(again(&data).is_ok());
    std::fs::set_permissions(&data, std::fs::Permissions::from_mode(0o777)).expect("changed");
    assert!(matches!(again(&data), Err(StoreError::Folder(_))));
    assert!(matches!(
        again(&temp.path().join("nothing")),
        Err(StoreError::NotFound)
    ));
}

/// A house on a disk that has room for a few pages more, as SQLite sees it.
async fn nearly_full() -> (tempfile::TempDir, Store) {
    let temp = tempfile::tempdir().expect("a folder");
    let keys = KeyFolder::create(&temp.path().join("keys")).expect("keys");
    let sqlite = Sqlite::create(&temp.path().join("data"), 64 * 1024).expect("created");
    sqlite
        .alone("making the disk small", |connection| {
            let pages: i64 = connection.query_row("PRAGMA page_count", [], |row| row.get(0))?;
            connection.pragma_update(None, "max_page_count", pages + 12)
        })
        .await
        .expect("made small");
    let store = Store::over(sqlite, keys);
    store.create_landlord(&settle()).await.expect("a landlord");
    (temp, store)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_writes_gives_up_its_reserve_to_readings_and_loses_nothing() {
    let (temp, store) = nearly_full().await;
    let reserve = temp.path().join("data/reserve");
    let listing = listed(case(1), "one", &[7], &[]);
    store
        .commit(opening(case(1), &["a"], listing))
        .await
        .expect("room for one");
    let mut kept = 1;
    let refused = loop {
        let mut write = Write::new(&settle(), 2000);
        write
            .appends
            .push(append(case(1), Expect::At(kept), &["more", "and more"]));
        match store.commit(write).await {
            Ok(_) => kept += 2,
            Err(error) => break error,
        }
    };
    assert!(matches!(refused, StoreError::DiskFull));
    assert!(
        reserve.exists(),
        "a write that may not have the reserve does not take it"
    );
    assert_eq!(store.reserve_state(), ReserveState::Whole);

    let reading = || Reading {
        bytes: vec![1; 9000],
        cases: vec![case(1)],
    };
    let refused = loop {
        if let Err(error) = store.log_read(&settle(), reading(), 3000).await {
            break error;
        }
    };
    assert!(matches!(refused, StoreError::DiskFull));
    assert!(!reserve.exists(), "the reserve went to the reading journal");
    assert_eq!(store.reserve_state(), ReserveState::Spent);
    assert_eq!(store.length(&settle(), case(1)).await.expect("read"), kept);
    assert!(store.verify(&settle()).await.expect("walked").faults.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_failure_of_the_disk_nothing_more_is_acknowledged() {
    let temp = tempfile::tempdir().expect("a folder");
    let keys = KeyFolder::create(&temp.path().join("keys")).expect("keys");
    let sqlite = Sqlite::create(&temp.path().join("data"), 0).expect("created");
    let failed = sqlite
        .alone("failing", |_| {
            let failure = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_IOERR_FSYNC);
            Err::<(), _>(rusqlite::Error::SqliteFailure(failure, None))
        })
        .await;
    assert!(matches!(failed, Err(StoreError::Disk { .. })));
    let store = Store::over(sqlite, keys);
    assert!(matches!(
        store.create_landlord(&settle()).await,
        Err(StoreError::Stopped)
    ));
    assert!(store.landlords().await.expect("reading goes on").is_empty());
}
