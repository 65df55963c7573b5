//! What every back end must do, asked through the store. A back end brings a way to make a fresh house, and runs
//! [`all`].

mod erasing;
mod lists;
mod rows;
mod writing;

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
    writing::what_is_written_is_read_again_after_opening_again(house().await).await;
    writing::the_second_of_two_writers_moves_on(house().await).await;
    writing::a_command_given_twice_is_done_once(house().await).await;
    writing::a_transaction_is_kept_whole_or_not_at_all(house().await).await;
    writing::time_never_runs_backwards_within_a_journal(house().await).await;
    lists::what_is_hidden_from_a_viewer_is_in_no_list_and_no_count(house().await).await;
    lists::obligations_are_found_by_due_time_owner_rule_and_waking(house().await).await;
    rows::rows_are_found_kept_at_their_version_and_run_out(house().await).await;
    rows::the_rows_of_a_case_are_listed_without_those_of_others(house().await).await;
    rows::who_has_looked_can_be_listed_for_each_case(house().await).await;
    erasing::an_erased_case_leaves_its_bones_and_its_counts(house().await).await;
    erasing::a_redacted_entry_goes_and_the_others_stay(house().await).await;
    erasing::an_interrupted_rotation_is_seen_and_finished(house().await).await;
    erasing::cases_are_erased_side_by_side_while_others_are_opened(house().await).await;
    erasing::landlords_share_nothing(house().await).await;
    lists::everything_can_be_walked_for_rebuilding(house().await).await;
    writing::a_long_journal_is_read_whole_and_in_order(house().await).await;
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
