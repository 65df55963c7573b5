//! The reading journal is complete: each look leaves one record that names each case shown and no other, and so does
//! each refusal.

use crate::house::House;
use crate::ops::IN_A_CASE;
use fanlight_casework::*;
use fanlight_core::access::Action;
use fanlight_core::fact::*;
use fanlight_core::ids::{CaseId, Position};
use fanlight_core::words::Words;

/// Looks at the record as the lead, so that what comes after can be told from what was before.
async fn mark(house: &House, case: CaseId) {
    since_mark(house, case).await;
}

/// What came onto record at a case since the lead last looked, newest first.
async fn since_mark(house: &House, case: CaseId) -> Vec<LookRow> {
    let lead = house.who("lead").await;
    let page = house.casework.looks_page(&lead, case, None).await.unwrap();
    let rows = page.into_view().rows;
    let own = |row: &&LookRow| row.saw == Saw::Readings && row.who == Some(lead.account);
    assert!(
        rows.first().is_some_and(|row| own(&row)),
        "the look that asks is on record too"
    );
    rows.iter().skip(1).take_while(|row| !own(row)).cloned().collect()
}

async fn since(house: &House, case: CaseId) -> Vec<(Saw, bool)> {
    let rows = since_mark(house, case).await;
    rows.into_iter().map(|row| (row.saw, row.refused)).collect()
}

macro_rules! leaves {
    ($house:ident, $case:ident, $saw:ident, $look:expr) => {
        mark(&$house, $case).await;
        $look.await.map(|_| ()).expect(stringify!($look));
        assert_eq!(
            since(&$house, $case).await,
            [(Saw::$saw, false)],
            "{}",
            stringify!($look)
        );
    };
}

#[tokio::test]
async fn each_look_leaves_one_record_and_names_each_case_shown() {
    let house = House::full().await;
    let joan = house.who("joan").await;
    let (case, _, route) = house.case(&joan, "Bethan Example").await;
    let (second, ..) = house.case(&joan, "Ceri Example").await;
    let lead = house.who("lead").await;
    let manager = house.who("manager").await;
    let cw = &house.casework;
    leaves!(house, case, Page, cw.case_page(&joan, case));
    leaves!(house, case, Form, cw.case_form(&joan, case, Action::WriteNote));
    leaves!(house, case, Form, cw.ask_gate(&joan, case, route, Way::Call));
    leaves!(house, case, CodeWord, cw.code_word(&joan, case));
    leaves!(house, case, Readings, cw.looks_page(&joan, case, None));
    leaves!(
        house,
        case,
        Earlier,
        cw.corrected_page(&lead, case, Position(0), &Words::new("a complaint"))
    );
    for at in [case, second] {
        leaves!(house, at, List, cw.my_work(&manager, None));
        leaves!(house, at, List, cw.team_work(&manager, None));
        leaves!(house, at, List, cw.cases(&joan, &[StageKept::Open], None));
        leaves!(house, at, Search, cw.search(&joan, &Words::new("Example")));
        leaves!(house, at, Figure, cw.measure(&lead, "first-contact"));
    }
    // A search that shows one of the two says nothing of the other.
    mark(&house, second).await;
    cw.search(&joan, &Words::new("Bethan")).await.unwrap();
    assert_eq!(since(&house, second).await, []);
}

#[tokio::test]
async fn each_refusal_leaves_one_record_whatever_was_asked() {
    let house = House::full().await;
    let joan = house.who("joan").await;
    let (case, ..) = house.case(&joan, "Bethan Example").await;
    for name in ["admin", "other", "board", "colleague"] {
        let who = house.who(name).await;
        for op in IN_A_CASE {
            mark(&house, case).await;
            let said = (op.ask)(&house, &who, case).await;
            assert!(
                matches!(said, Err(Problem::Unseen)),
                "{name} {}: {said:?}",
                op.name
            );
            let new = since(&house, case).await;
            assert_eq!(new.len(), 1, "{name} {}", op.name);
            assert!(new[0].1, "{name} {}", op.name);
        }
    }
}

#[tokio::test]
async fn the_reason_for_opening_corrected_text_stands_in_the_case() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let (case, ..) = house.case(&joan, "Bethan Example").await;
    let note = NoteWritten {
        words: Words::new("He lives in Bedfrod"),
    };
    let done = house
        .casework
        .write_note(&joan, house.form(), case, When::default(), note)
        .await
        .unwrap();
    house
        .casework
        .correct_words(
            &joan,
            house.form_seen(done.position),
            case,
            done.position,
            Words::new("He lives in Bedford"),
        )
        .await
        .unwrap();
    let lead = house.who("lead").await;
    let blank = house
        .casework
        .corrected_page(&lead, case, done.position, &Words::new(" "))
        .await;
    assert!(matches!(blank, Err(Problem::Refused(_))));
    let page = house
        .casework
        .corrected_page(&lead, case, done.position, &Words::new("her complaint of May"))
        .await
        .unwrap()
        .into_view();
    assert_eq!(page.rows.len(), 1);
    let view = house
        .casework
        .case_page(&joan, case)
        .await
        .unwrap()
        .into_view()
        .view;
    let text = serde_json::to_string(&view).unwrap();
    assert!(
        !text.contains("her complaint of May"),
        "the reason is for the lead alone"
    );
    let says_why = |rows: &[LookRow]| {
        rows.iter().any(|row| {
            row.reason
                .as_ref()
                .is_some_and(|why| why.reveal() == "her complaint of May")
        })
    };
    let looks = house
        .casework
        .looks_page(&lead, case, None)
        .await
        .unwrap()
        .into_view();
    assert!(says_why(&looks.rows));
    let looks = house
        .casework
        .looks_page(&joan, case, None)
        .await
        .unwrap()
        .into_view();
    assert!(!says_why(&looks.rows));
    assert!(!text.contains("Bedfrod"), "and what was corrected is on no page");
}

/// The program reads too, and says so.
#[tokio::test]
async fn what_the_program_reads_by_itself_is_on_record_as_the_programs() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let (case, ..) = house.case(&joan, "Bethan Example").await;
    house.set("2026-11-18T09:00:00Z");
    mark(&house, case).await;
    house.casework.tick().await.unwrap();
    let rows = since_mark(&house, case).await;
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].who, rows[0].saw), (None, Saw::System));
}
