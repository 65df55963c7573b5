//! Time cannot be cheated: not by a clock that was put back, a claim about the past, a correction, or an excuse that
//! comes too late.

use crate::house::{House, at};
use fanlight_casework::*;
use fanlight_core::fact::*;
use fanlight_core::ids::{CaseId, Position};
use fanlight_core::measure::Tally;
use fanlight_core::refusal::Refusal;
use fanlight_core::words::Words;

/// How the promise of first contact was kept, counted.
async fn first_contact(house: &House) -> Tally {
    let lead = house.who("lead").await;
    let kept = house.casework.promises_kept(&lead).await.unwrap();
    kept.iter()
        .find(|promise| promise.rule == "first-contact")
        .unwrap()
        .tally
}

async fn note(house: &House, who: &Who, case: CaseId) {
    let note = NoteWritten {
        words: Words::new("A note"),
    };
    house
        .casework
        .write_note(who, house.form(), case, When::default(), note)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_contact_dated_back_counts_as_recorded_late_and_not_as_kept() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let (case, person, route) = house.case(&joan, "Bethan Example").await;
    // Due at the end of Tuesday 17; told on Wednesday that it was on Tuesday.
    house.set("2026-11-18T09:00:00Z");
    let joan = house.who("joan").await;
    let when = When::at(at("2026-11-17T15:00:00Z"));
    house
        .casework
        .record_contact(&joan, house.form(), case, when, house.spoke(person, route))
        .await
        .unwrap();
    let tally = first_contact(&house).await;
    assert_eq!((tally.kept, tally.kept_recorded_late, tally.missed), (0, 1, 0));
}

#[tokio::test]
async fn a_clock_put_back_keeps_no_promise_and_recording_never_runs_backwards() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let (case, person, route) = house.case(&joan, "Bethan Example").await;
    house.set("2026-11-18T09:00:00Z");
    let joan = house.who("joan").await;
    note(&house, &joan, case).await;
    house.set("2026-11-17T15:00:00Z");
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
    house.set("2026-11-18T10:00:00Z");
    let tally = first_contact(&house).await;
    assert_eq!((tally.kept, tally.kept_recorded_late), (0, 1));
    let joan = house.who("joan").await;
    let page = house.casework.case_page(&joan, case).await.unwrap().into_view();
    let recorded: Vec<_> = page.view.timeline.iter().map(|row| row.times.recorded).collect();
    assert!(recorded.is_sorted(), "{recorded:?}");
    let room = house.room().await;
    assert_eq!(house.casework.verify(&room).await.unwrap().faults, []);
}

#[tokio::test]
async fn correcting_a_report_does_not_move_its_receipt() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let (case, ..) = house.case(&joan, "Bethan Example").await;
    house.set("2026-11-18T09:00:00Z");
    assert_eq!(first_contact(&house).await.missed, 1);
    let joan = house.who("joan").await;
    let reference = fanlight_core::ids::CaseReference::parse(
        &house
            .casework
            .case_page(&joan, case)
            .await
            .unwrap()
            .view()
            .view
            .header
            .reference
            .clone()
            .unwrap(),
    )
    .unwrap();
    let corrected = Fact::ReportReceived(ReportReceived {
        reference,
        channel: Channel::Telephone,
        from: ReporterKind::Survivor,
        words: Words::new("He took her telephone and her keys"),
        reporter: None,
        survivor_knows: YesNo::Yes,
        out_of_hours: false,
    });
    let form = house.form_seen(house.seen(&joan, case).await);
    let later = When::at(at("2026-11-18T08:30:00Z"));
    house
        .casework
        .correct(&joan, form, case, Position(0), corrected, later)
        .await
        .unwrap();
    let tally = first_contact(&house).await;
    assert_eq!(
        (tally.missed, tally.not_due_yet),
        (1, 0),
        "it reached us when it did"
    );
    let page = house.casework.case_page(&joan, case).await.unwrap().into_view();
    assert_eq!(page.view.timeline[0].times.aware, at("2026-11-16T16:40:00Z"));
}

#[tokio::test]
async fn correcting_another_contact_into_the_first_one_counts_from_when_that_was_said() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let (case, person, route) = house.case(&joan, "Bethan Example").await;
    house.set("2026-11-17T10:00:00Z");
    let joan = house.who("joan").await;
    let with_police = ContactMade {
        with: With::Professional,
        ..house.spoke(person, route)
    };
    let done = house
        .casework
        .record_contact(&joan, house.form(), case, When::default(), with_police)
        .await
        .unwrap();
    house.set("2026-11-18T09:00:00Z");
    assert_eq!(first_contact(&house).await.missed, 1);
    let joan = house.who("joan").await;
    let form = house.form_seen(house.seen(&joan, case).await);
    let with_her = Fact::ContactMade(house.spoke(person, route));
    house
        .casework
        .correct(&joan, form, case, done.position, with_her, When::default())
        .await
        .unwrap();
    let tally = first_contact(&house).await;
    assert_eq!((tally.kept, tally.kept_recorded_late), (0, 1));
}

#[tokio::test]
async fn correcting_the_words_of_a_kept_contact_does_not_make_it_late() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let (case, person, route) = house.case(&joan, "Bethan Example").await;
    let done = house
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
    house.set("2026-11-18T09:00:00Z");
    let joan = house.who("joan").await;
    let form = house.form_seen(house.seen(&joan, case).await);
    house
        .casework
        .correct_words(&joan, form, case, done.position, Words::new("Spelt better"))
        .await
        .unwrap();
    let tally = first_contact(&house).await;
    assert_eq!((tally.kept, tally.kept_recorded_late, tally.missed), (1, 0, 0));
}

#[tokio::test]
async fn an_excuse_recorded_after_the_due_time_does_not_undo_a_miss() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let (case, ..) = house.case(&joan, "Bethan Example").await;
    house.set("2026-11-18T09:00:00Z");
    let joan = house.who("joan").await;
    for dated_back in [None, Some(at("2026-11-17T09:00:00Z"))] {
        let excused = ObligationExcused {
            rule: "first-contact".into(),
            item: None,
            ground: ExcuseGround::NoSafeRoute,
            reason: Words::new("No safe number yet"),
            new_date: None,
        };
        let form = house.form_seen(house.seen(&joan, case).await);
        let when = When {
            happened: dated_back,
            aware: dated_back,
        };
        house
            .casework
            .excuse(&joan, form, case, when, excused)
            .await
            .unwrap();
        let tally = first_contact(&house).await;
        assert_eq!((tally.all_missed(), tally.excused), (1, 0));
    }
    // Nor does a rhythm agreed on the day after.
    let agreed = RhythmAgreed {
        every_days: 60,
        how: Words::new("She said so"),
        until: None,
        review_on: jiff::civil::date(2027, 2, 1),
    };
    house.set("2026-12-02T09:00:00Z");
    let joan = house.who("joan").await;
    let form = house.form_seen(house.seen(&joan, case).await);
    let before = When::at(at("2026-11-20T09:00:00Z"));
    house
        .casework
        .agree_rhythm(&joan, form, case, before, agreed)
        .await
        .unwrap();
    let lead = house.who("lead").await;
    let kept = house.casework.promises_kept(&lead).await.unwrap();
    let fortnight = kept
        .iter()
        .find(|promise| promise.rule == "fortnightly-contact")
        .unwrap();
    assert_eq!(
        fortnight.tally.missed, 1,
        "the fortnight was over before it was agreed"
    );
}

#[tokio::test]
async fn what_has_not_happened_yet_is_not_recorded() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let (case, person, route) = house.case(&joan, "Bethan Example").await;
    let later = When::at(at("2026-11-17T09:00:00Z"));
    let contact = house
        .casework
        .record_contact(&joan, house.form(), case, later, house.spoke(person, route))
        .await;
    assert!(matches!(
        contact,
        Err(Problem::Refused(Refusal::HappenedInTheFuture))
    ));
    let mut report = house.new_report("He was at the door");
    report.received = later;
    let report = house.casework.take_report(&joan, house.form(), report).await;
    assert!(
        matches!(report, Err(Problem::Refused(Refusal::HappenedInTheFuture))),
        "a report from tomorrow would have a day more"
    );
    let done = house
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
    let form = house.form_seen(done.position);
    let moved = Fact::ContactMade(house.spoke(person, route));
    let moved = house
        .casework
        .correct(&joan, form, case, done.position, moved, later)
        .await;
    assert!(matches!(
        moved,
        Err(Problem::Refused(Refusal::HappenedInTheFuture))
    ));
}

/// A clock that ran ahead by mistake calls a promise missed. Once it is right again, so is what is kept.
#[tokio::test]
async fn what_a_clock_that_ran_ahead_called_missed_is_not_missed_once_it_is_right() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    house.case(&joan, "Bethan Example").await;
    house.set("2026-11-25T09:00:00Z");
    house.casework.tick().await.unwrap();
    assert_eq!(first_contact(&house).await.missed, 1);
    house.set("2026-11-16T17:00:00Z");
    house.casework.tick().await.unwrap();
    let tally = first_contact(&house).await;
    assert_eq!((tally.missed, tally.not_due_yet), (0, 1));
}
