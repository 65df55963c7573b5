//! Pressing twice, writing at once, and disks that fail: nothing is done twice and nothing is lost.

use crate::house::{House, PASSWORD};
use fanlight_casework::people::password::Password;
use fanlight_casework::*;
use fanlight_core::access::Role;
use fanlight_core::fact::*;
use fanlight_core::ids::CaseId;
use fanlight_core::words::Words;
use fanlight_store::{Place, StoreError};

fn note(words: &str) -> NoteWritten {
    NoteWritten {
        words: Words::new(words),
    }
}

async fn notes(house: &House, who: &Who, case: CaseId) -> usize {
    let page = house.casework.case_page(who, case).await.unwrap().into_view();
    page.view
        .timeline
        .iter()
        .filter(|row| row.what == "note_written")
        .count()
}

#[tokio::test]
async fn notes_written_at_once_all_land() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let ruth = house.who("ruth").await;
    let (case, ..) = house.case(&joan, "Bethan Example").await;
    let write = |who: Who, form: Form, text: &'static str| {
        let casework = &house.casework;
        async move {
            casework
                .write_note(&who, form, case, When::default(), note(text))
                .await
        }
    };
    let (a, b, c) = tokio::join!(
        write(joan.clone(), house.form(), "One"),
        write(ruth.clone(), house.form(), "Two"),
        write(joan.clone(), house.form(), "Three"),
    );
    let mut at = [a.unwrap().position, b.unwrap().position, c.unwrap().position];
    at.sort();
    assert!(at[0] < at[1] && at[1] < at[2]);
    assert_eq!(notes(&house, &joan, case).await, 3);
}

#[tokio::test]
async fn of_two_decisions_at_once_one_is_asked_again() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let manager = house.who("manager").await;
    let (case, ..) = house.case(&joan, "Bethan Example").await;
    let seen = house.seen(&manager, case).await;
    let name = |account: &str| WorkerNamed {
        account: Some(house.account(account)),
        part: WorkerPart::Lead,
        wish: WishMet::NoWish,
        reason: None,
    };
    let (one, other) = tokio::join!(
        house
            .casework
            .name_worker(&manager, house.form_seen(seen), case, name("joan")),
        house
            .casework
            .name_worker(&manager, house.form_seen(seen), case, name("ruth")),
    );
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    let lost = one.err().or(other.err()).unwrap();
    assert!(matches!(lost, Problem::MovedOn), "{lost:?}");
}

#[tokio::test]
async fn a_button_pressed_twice_at_once_does_a_thing_once() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let (case, ..) = house.case(&joan, "Bethan Example").await;
    let form = house.form();
    let press = || {
        house
            .casework
            .write_note(&joan, form, case, When::default(), note("Once"))
    };
    let (one, two) = tokio::join!(press(), press());
    assert_eq!(one.unwrap(), two.unwrap());
    assert_eq!(notes(&house, &joan, case).await, 1);

    let form = house.form();
    let press = || house.casework.take_report(&joan, form, house.new_report("Once"));
    let (one, two) = tokio::join!(press(), press());
    assert_eq!(one.unwrap(), two.unwrap());
    let reports = house
        .casework
        .cases(&joan, &[StageKept::Report], None)
        .await
        .unwrap();
    assert_eq!(reports.view().total, 1);
}

#[tokio::test]
async fn somebody_elses_form_is_not_answered() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let ruth = house.who("ruth").await;
    let (case, ..) = house.case(&joan, "Bethan Example").await;
    let form = house.form();
    house
        .casework
        .write_note(&joan, form, case, When::default(), note("Joan's"))
        .await
        .unwrap();
    let stolen = house
        .casework
        .write_note(&ruth, form, case, When::default(), note("Joan's"))
        .await;
    assert!(matches!(stolen, Err(Problem::FormUsed)), "{stolen:?}");
}

#[tokio::test]
async fn forms_about_accounts_may_be_pressed_twice_too() {
    let house = House::full().await;
    let admin = house.who("admin").await;
    let form = house.form();
    let new = || NewAccount {
        name: Words::new("New"),
        post: Words::new("Post"),
        sign_in: Words::new("new.settle"),
        password: Password::new(PASSWORD.into()),
        reports_to: None,
        roles: Vec::new(),
    };
    let one = house.casework.open_account(&admin, form, new()).await.unwrap();
    let two = house.casework.open_account(&admin, form, new()).await.unwrap();
    assert_eq!(one, two);
    let again = house.casework.open_account(&admin, house.form(), new()).await;
    assert!(matches!(again, Err(Problem::Unfit(_))), "another form: {again:?}");

    let admin = house.who("admin").await;
    let form = house.form();
    let role = || (Role::Board, None);
    for _ in 0..2 {
        house
            .casework
            .propose_role(&admin, form, one, role(), Words::new("elected"))
            .await
            .unwrap();
    }
    let form = house.form();
    let team = Some("domestic-abuse".to_owned());
    for _ in 0..2 {
        house
            .casework
            .propose_role(
                &admin,
                form,
                one,
                (Role::Caseworker, team.clone()),
                Words::new("new"),
            )
            .await
            .unwrap();
    }
    let lead = house.who("lead").await;
    let waiting = house.casework.proposals(&lead).unwrap();
    assert_eq!(waiting.len(), 1);
    let form = house.form();
    for _ in 0..2 {
        house
            .casework
            .answer_proposal(&lead, form, waiting[0].position, true)
            .await
            .unwrap();
    }
}

/// The administrator proposes a password for somebody who came to read cases a moment ago: it waits for a second
/// person, although the page was drawn before.
#[tokio::test]
async fn a_new_password_for_whoever_reads_cases_by_now_waits_for_a_second_person() {
    let house = House::full().await;
    let before = house.who("admin").await;
    let colleague = house.account("colleague");
    let manager = house.who("manager").await;
    let team = Some("domestic-abuse".to_owned());
    house
        .casework
        .propose_role(
            &manager,
            house.form(),
            colleague,
            (Role::Caseworker, team),
            Words::new("new post"),
        )
        .await
        .unwrap();
    let lead = house.who("lead").await;
    let waiting = house.casework.proposals(&lead).unwrap();
    house
        .casework
        .answer_proposal(&lead, house.form(), waiting[0].position, true)
        .await
        .unwrap();
    let mine = "the administrator knows it";
    house
        .casework
        .propose_password(
            &before,
            house.form(),
            colleague,
            Password::new(mine.into()),
            Words::new("forgot"),
        )
        .await
        .unwrap();
    let signed = house
        .casework
        .sign_in("colleague.settle", Password::new(mine.into()), None)
        .await;
    assert!(
        matches!(signed, Err(WhyNot::DoNotFit)),
        "one person is not enough"
    );
}

#[tokio::test]
async fn a_name_given_while_somebody_else_writes_is_not_lost() {
    let house = House::full().await;
    let colleague = house.who("colleague").await;
    let joan = house.who("joan").await;
    let ruth = house.who("ruth").await;
    // Of those who write at once somebody is the last, and now and then that is whoever gives the name.
    for _ in 0..6 {
        let receipt = house.report(&colleague, "His sister works here").await;
        let write = || {
            let form = house.form();
            house
                .casework
                .write_note(&joan, form, receipt.report, When::default(), note("At once"))
        };
        let connected = [house.account("ruth")];
        let form = house.form();
        let name = house.casework.name_connected(
            &colleague,
            form,
            receipt.report,
            &connected,
            Words::new("His sister"),
        );
        let (one, two, named, three) = tokio::join!(write(), write(), name, write());
        named.unwrap();
        one.and(two).and(three).unwrap();
        assert!(house.casework.case_page(&ruth, receipt.report).await.is_err());
    }
}

/// A receipt is no way in for somebody who has been shut out since.
#[tokio::test]
async fn whoever_took_the_report_and_was_shut_out_adds_nothing_more() {
    let house = House::full().await;
    let ruth = house.who("ruth").await;
    let receipt = house.report(&ruth, "Something about my brother").await;
    let manager = house.who("manager2").await;
    let shut = ShutOut {
        account: house.account("ruth"),
        suspected: true,
        line_too: false,
        reason: Words::new("It is her brother"),
    };
    let form = house.form_seen(house.seen(&manager, receipt.report).await);
    house
        .casework
        .shut_out(&manager, form, receipt.report, shut)
        .await
        .unwrap();
    let joan = [house.account("joan")];
    let named = house
        .casework
        .name_connected(&ruth, house.form(), receipt.report, &joan, Words::new("x"))
        .await;
    assert!(matches!(named, Err(Problem::Unseen)), "{named:?}");
}

/// What each trouble of the store means to whoever is typing. Only what is broken is called broken, and every answer
/// leaves the draft where it is.
#[tokio::test]
async fn trouble_with_the_disk_says_what_it_is_and_loses_no_draft() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let draft = house.casework.new_command();
    house
        .casework
        .keep_draft(&joan, draft, b"typed".to_vec())
        .await
        .unwrap();
    let (case, ..) = house.case(&joan, "Bethan Example").await;
    let stale = Form {
        seen: Some(fanlight_core::ids::Position(0)),
        ..house.form()
    };
    let agreed = RhythmAgreed {
        every_days: 7,
        how: Words::new("She said so"),
        until: None,
        review_on: jiff::civil::date(2027, 1, 1),
    };
    let moved_on = house
        .casework
        .agree_rhythm(&joan, stale, case, When::default(), agreed)
        .await;
    assert!(matches!(moved_on, Err(Problem::MovedOn)));
    assert_eq!(
        house.casework.draft(&joan, draft).await.unwrap().as_deref(),
        Some(&b"typed"[..]),
        "somebody else's edit loses nothing"
    );
    let journal = fanlight_store::JournalId([3; 16]);
    let means = |error: StoreError| Problem::from(error);
    assert!(matches!(means(StoreError::DiskFull), Problem::NoRoom));
    assert!(matches!(means(StoreError::Stopped), Problem::NoRoom));
    assert!(matches!(means(StoreError::NotFound), Problem::Unseen));
    assert!(matches!(means(StoreError::CommandClash), Problem::FormUsed));
    assert!(matches!(
        means(StoreError::MovedOn { journal, now_at: 3 }),
        Problem::MovedOn
    ));
    assert!(matches!(
        means(StoreError::RowMovedOn { now_at: None }),
        Problem::MovedOn
    ));
    assert!(matches!(
        means(StoreError::Erased { case: journal }),
        Problem::Refused(fanlight_core::refusal::Refusal::Erased)
    ));
    assert!(matches!(
        means(StoreError::SealBroken { at: Place::Stamp }),
        Problem::Broken(_)
    ));
}

/// Lists are made anew while somebody writes: what is kept in the end is made of all that was written.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn lists_made_anew_while_somebody_writes_hold_all_that_was_written() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let room = house.room().await;
    for round in 0..8 {
        let (case, person, route) = house.case(&joan, "Bethan Example").await;
        let casework = &house.casework;
        let write = async {
            for _ in 0..4 {
                let spoke = house.spoke(person, route);
                casework
                    .record_contact(&joan, house.form(), case, When::default(), spoke)
                    .await
                    .unwrap();
            }
        };
        let anew = async {
            for _ in 0..4 {
                casework.rebuild(&room).await.unwrap();
            }
        };
        tokio::join!(write, anew);
        assert_eq!(casework.check_kept(&room).await.unwrap(), [], "round {round}");
    }
}
