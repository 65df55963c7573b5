//! SQLite passes the suite of all back ends, and keeps what its own files promise.

use crate::conformance;
use crate::keys::KeyFolder;
use crate::store::{Settings, Store};
use std::path::Path;

fn open(folder: &Path, keys: KeyFolder, new: bool) -> Store {
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
