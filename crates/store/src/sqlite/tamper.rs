//! Somebody who can write to the database changes it. Everything is to be noticed, in its place.

use super::tests::open;
use crate::conformance::{House, append, case, listed, note, obligation, opening, settle, token};
use crate::*;
use rusqlite::Connection;

/// A house with something in every table, closed.
async fn furnished() -> House {
    let house = House::new(open);
    let store = house.store();
    store.create_landlord(&settle()).await.expect("a landlord");
    for number in 1..=2 {
        let mut listing = listed(case(number), "a summary", &[7], &[8]);
        listing.search = Some(vec![token(90), token(number)]);
        let done = IndexRow {
            lapsed: Some(70),
            ..obligation(number, 2, Some(91), false)
        };
        listing.index = Some(vec![obligation(number, 1, Some(90), true), done]);
        let mut write = opening(case(number), &["a", "b", "c"], listing);
        write.stamp = Some(stamp(number));
        let drafts = [Some(case(number)), None].map(|whose| PutRow {
            case: whose,
            owner: Some([number; 16]),
            expires_at: Some(9000),
            ..PutRow::new("drafts", &[number, u8::from(whose.is_some())], b"words".to_vec())
        });
        write.rows.extend(drafts.map(RowChange::Put));
        write.readings.push(Reading {
            bytes: b"looked".to_vec(),
            cases: vec![case(number)],
        });
        store.commit(write).await.expect("kept");
    }
    house
}

fn stamp(number: u8) -> Stamp {
    Stamp {
        command: CommandId([number; 16]),
        account: [1; 16],
        body: [2; 32],
        answer: b"answer".to_vec(),
    }
}

/// What an honest look finds wrong: the faults of a walk, kept answers that do not open, or nothing opening at all.
async fn complaints(store: &Store) -> Vec<String> {
    let mut found = match store.verify(&settle()).await {
        Ok(verified) => verified.faults.iter().map(|fault| fault.at.to_string()).collect(),
        Err(error) => vec![error.to_string()],
    };
    for number in 1..=2 {
        match store.repeated(&settle(), &stamp(number)).await {
            Ok(Some(answer)) if answer == b"answer" => {}
            Ok(_) => found.push("an answer is gone".to_owned()),
            Err(error) => found.push(error.to_string()),
        }
    }
    found
}

/// Changes the database behind the store's back, and says what is noticed.
async fn after(change: impl FnOnce(&Connection) -> rusqlite::Result<()>) -> Vec<String> {
    let mut house = furnished().await;
    house.close();
    let connection = Connection::open(house.temp.path().join("data/fanlight.db")).expect("opened");
    change(&connection).expect("changed");
    drop(connection);
    house.reopen();
    complaints(house.store()).await
}

/// Columns that carry nothing: numbers that the database makes up for itself, and the place kept for a sequencer.
const NOTHING_IN: [(&str, &str); 3] = [("entry", "leaf"), ("sealed_row", "n"), ("landlord", "n")];
/// Copies of the summary's state and sort, which order lists; they are checked against it.
const TABLES: [&str; 13] = [
    "journal",
    "journal_key",
    "entry",
    "entry_key",
    "reading_case",
    "summary",
    "listing_seal",
    "audience",
    "shut_out",
    "search",
    "obligation",
    "sealed_row",
    "stamp",
];

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_wrong_with_an_honest_house() {
    assert_eq!(after(|_| Ok(())).await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_in_any_column_of_any_table_is_noticed() {
    let house = furnished().await;
    let path = house.temp.path().join("data/fanlight.db");
    let columns: Vec<(&str, String)> = {
        let connection = Connection::open(&path).expect("opened");
        let of = |table: &'static str| {
            let mut statement = connection
                .prepare("SELECT name FROM pragma_table_info(?1)")
                .expect("asked");
            let names = statement.query_map([table], |row| row.get(0)).expect("listed");
            names
                .map(|name| (table, name.expect("a name")))
                .collect::<Vec<_>>()
        };
        TABLES.into_iter().flat_map(of).collect()
    };
    assert!(columns.len() > 60, "{}", columns.len());
    let mut unnoticed = Vec::new();
    for (table, column) in columns {
        if NOTHING_IN.contains(&(table, column.as_str())) {
            continue;
        }
        let noticed = after(|connection| {
            connection.execute_batch("PRAGMA foreign_keys = OFF")?;
            flip(connection, table, &column)
        })
        .await;
        if noticed.is_empty() {
            unnoticed.push(format!("{table}.{column}"));
        }
    }
    assert_eq!(unnoticed, Vec::<String>::new());
}

/// Changes one value of a column by as little as can be.
fn flip(connection: &Connection, table: &str, column: &str) -> rusqlite::Result<()> {
    use rusqlite::types::Value;
    let pick =
        format!("SELECT {column} FROM {table} WHERE {column} IS NOT NULL ORDER BY {column} DESC LIMIT 1");
    let before: Value = connection.query_row(&pick, [], |row| row.get(0))?;
    let after = match &before {
        Value::Blob(bytes) => {
            let mut bytes = bytes.clone();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 0x10;
            Value::Blob(bytes)
        }
        Value::Integer(number) => Value::Integer(number.checked_add(1).unwrap_or(number - 1)),
        Value::Text(text) => Value::Text(format!("{text}x")),
        Value::Null | Value::Real(_) => unreachable!("no column holds these"),
    };
    // One row only, also where several share the value.
    let changed = connection.execute(
        &format!("UPDATE OR IGNORE {table} SET {column} = ?1 WHERE {column} = ?2"),
        (&after, &before),
    )?;
    assert!(changed > 0, "{table}.{column} could not be changed");
    Ok(())
}

async fn noticed_at(place: &str, sql: &'static str) {
    let noticed = after(move |connection| {
        connection.execute_batch("PRAGMA foreign_keys = OFF")?;
        connection.execute_batch(sql)
    })
    .await;
    assert!(
        noticed.iter().any(|fault| fault.contains(place)),
        "{sql}: {noticed:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_moved_or_taken_away_is_noticed_in_its_place() {
    let one = case(1).to_string();
    let swap = |table: &str, column: &str, left: &str, right: &str| -> &'static str {
        format!(
            "CREATE TEMP TABLE held AS SELECT {column} AS v FROM {table} WHERE {left};
             UPDATE {table} SET {column} = (SELECT {column} FROM {table} WHERE {right}) WHERE {left};
             UPDATE {table} SET {column} = (SELECT v FROM held) WHERE {right};"
        )
        .leak()
    };
    // Journals: 1 the landlord's, 2 the readings, 3 and 4 the cases; drafts by identifier.
    noticed_at(
        "row 0100 of drafts",
        swap("sealed_row", "sealed", "id = x'0100'", "id = x'0200'"),
    )
    .await;
    noticed_at(
        "row 0101 of drafts",
        swap("sealed_row", "sealed", "id = x'0101'", "id = x'0201'"),
    )
    .await;
    noticed_at(
        "row 0100 of drafts",
        "UPDATE sealed_row SET owner = zeroblob(16) WHERE id = x'0100'",
    )
    .await;
    noticed_at(
        "row 0100 of drafts",
        "UPDATE sealed_row SET expires_at = NULL WHERE id = x'0100'",
    )
    .await;
    noticed_at(
        "the summary of 01",
        swap("summary", "sealed", "journal = 3", "journal = 4"),
    )
    .await;
    noticed_at(
        "the key of journal 01",
        swap("journal_key", "wrapped", "journal = 3", "journal = 4"),
    )
    .await;
    let at = format!("position 1 of journal {one}");
    let (second, third) = ("journal = 3 AND position = 1", "journal = 3 AND position = 2");
    noticed_at(&at, swap("entry", "ciphertext", second, third)).await;
    noticed_at(&at, "DELETE FROM entry WHERE journal = 3 AND position = 1").await;
    noticed_at(
        &at,
        "UPDATE entry SET recorded = recorded + 1 WHERE journal = 3 AND position = 1",
    )
    .await;
    let keys = "entry = (SELECT n FROM entry WHERE journal = 3 AND position = ";
    noticed_at(
        &at,
        swap("entry_key", "wrapped", &format!("{keys}1)"), &format!("{keys}2)")),
    )
    .await;
    noticed_at(
        "the shut-out rows of 01",
        "DELETE FROM shut_out WHERE journal = 3",
    )
    .await;
    let both =
        "DELETE FROM shut_out WHERE journal = 3; DELETE FROM listing_seal WHERE journal = 3 AND rows_of = 3";
    noticed_at("the shut-out rows of 01", both).await;
    noticed_at(
        "the audience rows of 01",
        "INSERT INTO audience VALUES (1, zeroblob(16), 1, 1, 3)",
    )
    .await;
    noticed_at(
        "the key of journal 01",
        "INSERT INTO audience VALUES (1, x'63', 1, 1, 3)",
    )
    .await;
    noticed_at(
        "the key of journal 01",
        "UPDATE entry SET hash = x'00' WHERE journal = 3 AND position = 1",
    )
    .await;
    noticed_at(
        "the index rows of 01",
        "UPDATE obligation SET met = 1 WHERE journal = 3 AND met IS NULL",
    )
    .await;
    noticed_at("the reading rows", "DELETE FROM reading_case WHERE position = 0").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_living_case_taken_out_of_every_list_is_named() {
    let mut house = furnished().await;
    let honest = house.store().verify(&settle()).await.expect("walked");
    assert_eq!(honest.unlisted, []);
    house.close();
    let connection = Connection::open(house.temp.path().join("data/fanlight.db")).expect("opened");
    for table in [
        "audience",
        "search",
        "shut_out",
        "obligation",
        "listing_seal",
        "summary",
    ] {
        let sql = format!("DELETE FROM {table} WHERE journal = 3");
        connection.execute(&sql, []).expect("taken away");
    }
    drop(connection);
    house.reopen();
    let verified = house.store().verify(&settle()).await.expect("walked");
    assert_eq!((verified.faults, verified.unlisted), (vec![], vec![case(1)]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_copy_of_the_database_does_not_bring_an_erased_case_back() {
    let mut house = furnished().await;
    house.close();
    let (data, copy) = (house.temp.path().join("data"), house.temp.path().join("copy.db"));
    std::fs::copy(data.join("fanlight.db"), &copy).expect("copied");
    house.reopen();
    let erased = house
        .store()
        .erase_case(&settle(), case(1), vec![], 2000, OldGeneration::DestroyNow)
        .await;
    assert!(erased.is_ok());
    house.close();
    for name in ["fanlight.db", "fanlight.db-wal", "fanlight.db-shm"] {
        let _ = std::fs::remove_file(data.join(name));
    }
    std::fs::copy(&copy, data.join("fanlight.db")).expect("put back");
    house.reopen();
    assert!(matches!(
        house.store().journal(&settle(), case(1)).await,
        Err(StoreError::Keys(_))
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_words_are_in_any_file_and_no_old_key_is_left_after_erasing() {
    let marker = "Marker-7Q2Z-somebodys-words";
    let house = House::new(open);
    let store = house.store();
    store.create_landlord(&settle()).await.expect("a landlord");
    for number in 1..=2 {
        let mut listing = listed(case(number), marker, &[7], &[]);
        let surname = store
            .tokens(&settle())
            .await
            .expect("tokens")
            .token("surname", marker);
        listing.search = Some(vec![surname]);
        let mut write = opening(case(number), &[marker, marker], listing);
        write.stamp = Some(Stamp {
            answer: marker.as_bytes().to_vec(),
            ..stamp(number)
        });
        let draft = PutRow {
            case: Some(case(number)),
            ..PutRow::new("drafts", &[number], marker.as_bytes().to_vec())
        };
        write.rows.push(RowChange::Put(draft));
        write.rows.push(RowChange::Put(PutRow::new(
            "accounts",
            &[number],
            marker.as_bytes().to_vec(),
        )));
        write.readings.push(Reading {
            bytes: marker.as_bytes().to_vec(),
            cases: vec![case(number)],
        });
        store.commit(write).await.expect("kept");
    }
    assert_eq!(hits(&house, marker.as_bytes()), 0);

    let wrapped: Vec<Vec<u8>> = {
        let connection = Connection::open(house.temp.path().join("data/fanlight.db")).expect("opened");
        let sql = "SELECT wrapped FROM journal_key WHERE journal = 3 UNION ALL
                   SELECT k.wrapped FROM entry_key k JOIN entry e ON e.n = k.entry WHERE e.journal = 3
                   UNION ALL SELECT sealed FROM summary WHERE journal = 3
                   UNION ALL SELECT sealed FROM sealed_row WHERE journal = 3
                   UNION ALL SELECT token FROM search WHERE journal = 3";
        let mut statement = connection.prepare(sql).expect("asked");
        let rows = statement.query_map([], |row| row.get(0)).expect("listed");
        rows.map(|row| row.expect("bytes")).collect()
    };
    assert_eq!(wrapped.len(), 6);
    assert!(
        wrapped.iter().take(5).all(|bytes| hits(&house, &bytes[..24]) > 0),
        "the scan finds what is there"
    );
    let erased = store
        .erase_case(&settle(), case(1), vec![], 2000, OldGeneration::DestroyNow)
        .await;
    assert!(erased.is_ok());
    assert_eq!(hits(&house, marker.as_bytes()), 0);
    for (number, bytes) in wrapped.iter().take(5).enumerate() {
        assert_eq!(
            hits(&house, &bytes[..24]),
            0,
            "sealed piece {number} is still in a file"
        );
    }
    let again = store.journal(&settle(), case(2)).await.expect("read");
    assert!(again.entries[0].entry == Entry::Open(marker.as_bytes().to_vec()));
}

/// How often some bytes stand in any file of the house.
fn hits(house: &House, bytes: &[u8]) -> usize {
    let mut found = 0;
    for folder in ["data", "keys"] {
        for file in std::fs::read_dir(house.temp.path().join(folder)).expect("listed") {
            let held = std::fs::read(file.expect("a file").path()).expect("read");
            found += held
                .windows(bytes.len())
                .filter(|window| *window == bytes)
                .count();
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn an_append_after_tampering_does_not_hide_it() {
    let mut house = furnished().await;
    house.close();
    let connection = Connection::open(house.temp.path().join("data/fanlight.db")).expect("opened");
    connection
        .execute(
            "UPDATE entry SET flags = 1 WHERE journal = 3 AND position = 0",
            [],
        )
        .expect("changed");
    drop(connection);
    house.reopen();
    let mut write = Write::new(&settle(), 2000);
    write.appends.push(append(case(1), Expect::At(3), &["more"]));
    write.appends[0].entries.push(note("and more"));
    house.store().commit(write).await.expect("kept");
    let read = house.store().journal(&settle(), case(1)).await;
    assert!(matches!(
        read,
        Err(StoreError::SealBroken {
            at: Place::Entry { position: 0, .. }
        })
    ));
}
