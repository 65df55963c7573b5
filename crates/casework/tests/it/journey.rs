//! One report carried from first word to closure.

use crate::house::{House, at};
use fanlight_casework::*;
use fanlight_core::fact::*;
use fanlight_core::words::Words;

#[tokio::test]
async fn a_report_becomes_a_case_and_its_first_contact_is_kept() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let (case, person, route) = house.case(&joan, "Bethan Example").await;

    let manager = house.who("manager").await;
    let page = house
        .casework
        .case_page(&manager, case)
        .await
        .expect("admitted")
        .into_view();
    let lead = WorkerNamed {
        account: Some(house.account("joan")),
        part: WorkerPart::Lead,
        wish: WishMet::NoWish,
        reason: None,
    };
    let form = house.form_seen(page.view.seen.unwrap());
    house
        .casework
        .name_worker(&manager, form, case, lead)
        .await
        .expect("a lead worker");

    let work = house.casework.my_work(&joan, None).await.unwrap().into_view();
    let first = work
        .rows
        .iter()
        .find(|row| row.clause.as_deref() == Some("SETTLE-7.1"))
        .expect("first contact is owed");
    // One working day: Monday 16 November is day 0, so the end of Tuesday 17.
    assert_eq!(first.due, Some(at("2026-11-17T23:59:59Z")));
    assert_eq!(first.way, WayIs::Call);

    house.set("2026-11-17T10:05:00Z");
    let tried = ContactTried {
        with: With::Survivor,
        person: Some(person),
        route: Some(route),
        way: Way::Call,
        end: TryEnd::NoAnswer,
        words: None,
        gate: GateSaid {
            answer: "not_asked".into(),
            against: false,
        },
    };
    house
        .casework
        .record_try(&joan, house.form(), case, When::default(), tried)
        .await
        .unwrap();
    let work = house.casework.my_work(&joan, None).await.unwrap().into_view();
    assert!(
        work.rows
            .iter()
            .any(|row| row.clause.as_deref() == Some("SETTLE-7.1")),
        "a try is not a contact"
    );

    let spoke = house.spoke(person, route);
    house
        .casework
        .record_contact(&joan, house.form(), case, When::default(), spoke)
        .await
        .unwrap();
    let work = house.casework.my_work(&joan, None).await.unwrap().into_view();
    assert!(
        work.rows
            .iter()
            .all(|row| row.clause.as_deref() != Some("SETTLE-7.1")),
        "kept"
    );

    let lead = house.who("lead").await;
    let kept = house.casework.promises_kept(&lead).await.unwrap();
    let first = kept
        .iter()
        .find(|promise| promise.rule == "first-contact")
        .unwrap();
    assert_eq!((first.tally.kept, first.tally.missed), (1, 0));
}

#[tokio::test]
async fn a_missed_promise_stays_missed_when_it_is_kept_late() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let (case, person, route) = house.case(&joan, "Bethan Example").await;
    house.set("2026-11-18T09:00:00Z");
    let joan = house.who("joan").await;
    house
        .casework
        .record_contact(
            &joan,
            house.form(),
            case,
            When::default(),
            house.spoke(person, route),
        )
        .await
        .unwrap();
    let lead = house.who("lead").await;
    let kept = house.casework.promises_kept(&lead).await.unwrap();
    let first = kept
        .iter()
        .find(|promise| promise.rule == "first-contact")
        .unwrap();
    assert_eq!((first.tally.kept, first.tally.missed), (0, 1));
}

#[tokio::test]
async fn the_same_button_pressed_twice_does_a_thing_once() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let form = house.form();
    let one = house
        .casework
        .take_report(&joan, form, house.new_report("He was at the door"))
        .await
        .unwrap();
    let two = house
        .casework
        .take_report(&joan, form, house.new_report("He was at the door"))
        .await
        .unwrap();
    assert_eq!(one, two);
    let note = |words: &str| NoteWritten {
        words: Words::new(words),
    };
    let form = house.form();
    let first = house
        .casework
        .write_note(&joan, form, one.report, When::default(), note("A note"))
        .await
        .unwrap();
    let again = house
        .casework
        .write_note(&joan, form, one.report, When::default(), note("A note"))
        .await
        .unwrap();
    assert_eq!(first, again);
    let page = house
        .casework
        .case_page(&joan, one.report)
        .await
        .unwrap()
        .into_view();
    assert_eq!(page.view.seen, Some(first.position), "nothing was added twice");
    let changed = Form {
        body: [8; 32],
        ..form
    };
    let clash = house
        .casework
        .write_note(&joan, changed, one.report, When::default(), note("Other words"))
        .await;
    assert!(matches!(clash, Err(Problem::FormUsed)), "{clash:?}");
}

#[tokio::test]
async fn what_is_kept_beside_journals_is_equal_when_made_again() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    house.case(&joan, "Bethan Example").await;
    house.case(&joan, "Another Person").await;
    let work = house.casework.my_work(&joan, None).await.unwrap().into_view();
    let room = joan.room.clone();
    assert_eq!(house.casework.rebuild(&room).await.unwrap(), 2);
    assert_eq!(
        house.casework.my_work(&joan, None).await.unwrap().into_view(),
        work
    );
}

#[tokio::test]
async fn an_erased_case_leaves_nothing_readable_and_the_measures_unchanged() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let (case, person, route) = house.case(&joan, "Zebediah Markerman").await;
    let mut spoke = house.spoke(person, route);
    spoke.words = Words::new("planted-marker-3f9a");
    house
        .casework
        .record_contact(&joan, house.form(), case, When::default(), spoke)
        .await
        .unwrap();
    let page = house.casework.case_page(&joan, case).await.unwrap().into_view();
    let lead = house.who("lead").await;
    let closed = CaseClosed {
        outcome: lead.room.terms.outcomes.first().cloned().unwrap_or_default(),
        words: Words::new("She has moved to her sister's."),
        survivors_word: SurvivorsWord::Said {
            words: Words::new("It can close."),
            satisfied: true,
        },
        approved_by: Some(lead.account),
    };
    house
        .casework
        .close(&joan, house.form_seen(page.view.seen.unwrap()), case, closed)
        .await
        .unwrap();
    let before = house.casework.promises_kept(&lead).await.unwrap();
    house
        .casework
        .erase(&lead, case, &Words::new("six years after closure"), true)
        .await
        .unwrap();
    assert_eq!(house.casework.promises_kept(&lead).await.unwrap(), before);
    let gone = house
        .casework
        .search(&lead, &Words::new("Markerman"))
        .await
        .unwrap()
        .into_view();
    assert!(gone.is_empty());
    let opened = house.casework.case_page(&lead, case).await;
    assert!(opened.is_err() || opened.is_ok_and(|page| page.view().view.people.is_empty()));
    scan(
        house.data(),
        &["planted-marker-3f9a", "Markerman", "07700 900143", "07700900143"],
    );
}

#[tokio::test]
async fn nothing_that_people_write_stands_in_clear_on_disk() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let (case, ..) = house.case(&joan, "Planted Surname").await;
    let note = NoteWritten {
        words: Words::new("planted-note-7c1d"),
    };
    house
        .casework
        .write_note(&joan, house.form(), case, When::default(), note)
        .await
        .unwrap();
    let draft = house.casework.new_command();
    house
        .casework
        .keep_draft(&joan, draft, b"planted-draft-5e5e".to_vec())
        .await
        .unwrap();
    assert_eq!(
        house.casework.draft(&joan, draft).await.unwrap().as_deref(),
        Some(&b"planted-draft-5e5e"[..])
    );
    scan(
        house.data(),
        &[
            "planted-note-7c1d",
            "planted-draft-5e5e",
            "Surname",
            "07700",
            "joan.settle",
            "telephone and the keys",
        ],
    );
}

/// Looks for words in every file below a folder.
fn scan(folder: &std::path::Path, words: &[&str]) {
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.is_dir() {
            scan(&path, words);
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        for word in words {
            let found = bytes.windows(word.len()).any(|window| window == word.as_bytes());
            assert!(
                !found,
                "a planted word stands in {}",
                path.file_name().unwrap().to_string_lossy()
            );
        }
    }
}
