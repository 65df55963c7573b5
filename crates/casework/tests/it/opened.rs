//! What the keys can still open: a copy of the data and key folders, with everything in it unsealed.

use crate::house::House;
use fanlight_store::keys::KeyFolder;
use fanlight_store::{Entry, JournalKind, Landlord, RowFilter, Settings, Store};
use std::path::Path;

/// The tables of sealed rows that casework has.
const TABLES: &[&str] = &[
    "account",
    "session",
    "device",
    "draft",
    "guess",
    "new-password",
    "look-reason",
];

/// Every byte that whoever holds data and keys can read, at this moment.
pub(crate) async fn all_that_opens(house: &House) -> Vec<Vec<u8>> {
    let copy = tempfile::tempdir().unwrap();
    copy_folder(house.data(), copy.path());
    let (keys, _) = KeyFolder::open(&copy.path().join("keys")).unwrap();
    let store = Store::open(&copy.path().join("data"), keys, Settings { reserve: 64 * 1024 }).unwrap();
    let landlord = Landlord::new(&house.landlord().0).unwrap();
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let journals = store.journals(&landlord, after, 100).await.unwrap();
        let Some(last) = journals.last() else { break };
        after = Some(last.journal);
        for journal in journals {
            for entry in store.journal(&landlord, journal.journal).await.unwrap().entries {
                if let Entry::Open(bytes) = entry.entry {
                    all.push(bytes);
                }
            }
            if journal.kind == JournalKind::Case
                && let Ok(dump) = store.dump_case(&landlord, journal.journal).await
            {
                all.extend(dump.summary.map(|(_, _, bytes)| bytes));
            }
        }
    }
    for table in TABLES {
        let rows = store
            .rows(&landlord, table, RowFilter::All, None, 10_000)
            .await
            .unwrap();
        all.extend(rows.into_iter().map(|row| row.bytes));
    }
    all
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for file in std::fs::read_dir(from).unwrap() {
        let path = file.unwrap().path();
        let there = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &there);
        } else {
            std::fs::copy(&path, &there).unwrap();
        }
    }
    let permissions = std::fs::metadata(from).unwrap().permissions();
    std::fs::set_permissions(to, permissions).unwrap();
}

/// Which of these stand in any of the texts, in whatever case they are written.
pub(crate) fn found_in(texts: &[Vec<u8>], markers: &[String]) -> Vec<String> {
    // Whatever is no text becomes a mark of its own, and every marker is plain text.
    let lower: Vec<String> = texts
        .iter()
        .map(|text| String::from_utf8_lossy(&text.to_ascii_lowercase()).into_owned())
        .collect();
    let stands = |marker: &&String| {
        let marker = marker.to_ascii_lowercase();
        lower.iter().any(|text| text.contains(&marker))
    };
    markers.iter().filter(stands).cloned().collect()
}

/// Every file below a folder: its name, then what it holds.
pub(crate) fn files(folder: &Path) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        all.push(
            path.file_name()
                .unwrap()
                .to_string_lossy()
                .into_owned()
                .into_bytes(),
        );
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.push(std::fs::read(&path).unwrap());
        }
    }
    all
}
