//! Measures counted over cases: who counts which cases, and what an erasure leaves of them.

use crate::house::House;
use fanlight_casework::*;
use fanlight_core::fact::*;
use fanlight_core::ids::CaseId;
use fanlight_core::words::Words;

async fn assess(house: &House, who: &Who, case: CaseId, by: AssessedBy) {
    let assessed = RiskAssessed {
        instrument: "dash".into(),
        by,
        agency: (by == AssessedBy::OtherAgency).then(|| Words::new("an agency")),
        evidence: match by {
            AssessedBy::Us => Evidence::Own,
            AssessedBy::OtherAgency => Evidence::Seen,
        },
        yes: Some(3),
        unknown: Some(0),
        level: "medium".into(),
        reason: None,
        seen_by: None,
        answered: None,
    };
    let form = house.form_seen(house.seen(who, case).await);
    house
        .casework
        .assess_risk(who, form, case, When::default(), assessed)
        .await
        .unwrap();
}

async fn close(house: &House, who: &Who, case: CaseId) {
    let lead = house.who("lead").await;
    let closed = CaseClosed {
        outcome: lead.room.terms.outcomes.first().cloned().unwrap_or_default(),
        words: Words::new("Settled."),
        survivors_word: SurvivorsWord::Said {
            words: Words::new("It can close."),
            satisfied: true,
        },
        approved_by: Some(lead.account),
    };
    let form = house.form_seen(house.seen(who, case).await);
    house.casework.close(who, form, case, closed).await.unwrap();
}

/// How many of how many, for one measure as one person counts it.
async fn counted(house: &House, name: &str, measure: &str) -> (u64, u64) {
    let figure = house
        .casework
        .figure(&house.who(name).await, measure)
        .await
        .unwrap()
        .figure;
    (figure.numerator, figure.denominator)
}

#[tokio::test]
async fn our_assessment_another_agencys_and_none_add_up_to_the_cases() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let (ours, ..) = house.case(&joan, "Una Ours").await;
    let (theirs, ..) = house.case(&joan, "Theo Theirs").await;
    let (both, ..) = house.case(&joan, "Bo Both").await;
    house.case(&joan, "Nia None").await;
    // A report that becomes no case is none.
    house.report(&joan, "Shouting through the wall.").await;
    assess(&house, &joan, ours, AssessedBy::Us).await;
    assess(&house, &joan, theirs, AssessedBy::OtherAgency).await;
    assess(&house, &joan, both, AssessedBy::OtherAgency).await;
    assess(&house, &joan, both, AssessedBy::Us).await;
    for name in ["lead", "board"] {
        assert_eq!(counted(&house, name, "dash-by-us").await, (2, 4), "{name}");
        assert_eq!(counted(&house, name, "dash-by-other").await, (1, 4), "{name}");
        assert_eq!(counted(&house, name, "cases-identified").await, (4, 4), "{name}");
    }
    let lead = house.who("lead").await;
    let (view, behind) = house
        .casework
        .measure(&lead, "dash-by-us")
        .await
        .unwrap()
        .into_view();
    assert_eq!((view.cases, view.case_months.len()), (4, 1));
    let mut ids: Vec<CaseId> = behind.counted.iter().map(|row| row.case).collect();
    ids.sort();
    let mut wanted = vec![ours, both];
    wanted.sort();
    assert_eq!((ids, behind.others.len()), (wanted, 2));
    let board = house.who("board").await;
    let (_, behind) = house
        .casework
        .measure(&board, "dash-by-us")
        .await
        .unwrap()
        .into_view();
    assert_eq!(behind, Behind::default(), "who reads no case is led to none");
}

#[tokio::test]
async fn a_case_counts_in_the_year_of_its_report_and_in_no_other() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    house.case(&joan, "Una Early").await;
    house.set("2027-11-17T09:00:00Z");
    let joan = house.who("joan").await;
    house.case(&joan, "Duo Late").await;
    house.case(&joan, "Tri Late").await;
    let lead = house.who("lead").await;
    let view = house.casework.figure(&lead, "cases-identified").await.unwrap();
    assert_eq!(view.figure.numerator, 2);
    assert_eq!(view.before.map(|before| before.numerator), Some(1));
}

#[tokio::test]
async fn who_is_shut_out_of_a_case_counts_it_nowhere() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let (sealed, ..) = house.case(&joan, "Seren Sealed").await;
    house.case(&joan, "Olwen Open").await;
    assess(&house, &joan, sealed, AssessedBy::Us).await;
    for name in ["board", "manager"] {
        assert_eq!(counted(&house, name, "dash-by-us").await, (1, 2), "{name}");
        let shut = ShutOut {
            account: house.account(name),
            suspected: true,
            line_too: false,
            reason: Words::new("A relative."),
        };
        let form = house.form_seen(house.seen(&joan, sealed).await);
        house.casework.shut_out(&joan, form, sealed, shut).await.unwrap();
        assert_eq!(counted(&house, name, "dash-by-us").await, (0, 1), "{name}");
        assert_eq!(counted(&house, name, "cases-identified").await, (1, 1), "{name}");
    }
    assert_eq!(counted(&house, "lead", "dash-by-us").await, (1, 2));
}

#[tokio::test]
async fn an_erased_case_still_counts_where_it_counted() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let (case, ..) = house.case(&joan, "Zeb Erased").await;
    house.case(&joan, "Olwen Open").await;
    assess(&house, &joan, case, AssessedBy::Us).await;
    close(&house, &joan, case).await;
    let lead = house.who("lead").await;
    let before = house.casework.measures(&lead).await.unwrap();
    assert_eq!(counted(&house, "lead", "dash-by-us").await, (1, 2));
    house
        .casework
        .erase(&lead, case, &Words::new("six years after closure"), true)
        .await
        .unwrap();
    assert_eq!(house.casework.measures(&lead).await.unwrap(), before);
    assert_eq!(counted(&house, "board", "dash-by-us").await, (1, 2));
    let room = house.room().await;
    assert_eq!(house.casework.check_kept(&room).await.unwrap(), []);
    house.casework.rebuild(&room).await.unwrap();
    assert_eq!(house.casework.measures(&lead).await.unwrap(), before);
    let (_, behind) = house
        .casework
        .measure(&lead, "dash-by-us")
        .await
        .unwrap()
        .into_view();
    assert_eq!(
        (behind.counted.len(), behind.others.len()),
        (0, 1),
        "nothing opens it"
    );
}
