//! SQLite passes the suite of all back ends, and keeps what its own files promise.

use crate::conformance;
use crate::error::StoreError;
use crate::keys::KeyFolder;
use crate::store::{Settings, Store};
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
