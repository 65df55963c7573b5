//! Earlier cases offered for a report, joining, what is told at once, and what was kept for later.

use crate::house::House;
use fanlight_casework::*;
use fanlight_core::access::Role;
use fanlight_core::fact::*;
use fanlight_core::ids::*;
use fanlight_core::words::Words;

async fn offered(house: &House, who: &Who, report: CaseId) -> Vec<(CaseId, Vec<Alike>)> {
    let page = house.casework.case_overview(who, report).await.expect("opens");
    let cases = &page.view().cases;
    cases
        .iter()
        .map(|case| (case.row.case, case.alike.clone()))
        .collect()
}

async fn join(house: &House, who: &Who, report: CaseId, case: CaseId) -> Result<Done, Problem> {
    let seen = house.seen(who, report).await;
    let joined = CaseJoined {
        case,
        reason: Words::new("The same two people, told by her sister"),
    };
    house
        .casework
        .join_case(who, house.form_seen(seen), report, joined)
        .await
}

async fn shut(house: &House, by: &Who, case: CaseId, whom: &str) {
    let seen = house.seen(by, case).await;
    let shut = ShutOut {
        account: house.account(whom),
        suspected: true,
        line_too: false,
        reason: Words::new("His sister"),
    };
    house
        .casework
        .shut_out(by, house.form_seen(seen), case, shut)
        .await
        .expect("shut out");
}

#[tokio::test]
async fn a_report_finds_earlier_ones_by_name_sound_number_and_reference_and_only_through_the_gate() {
    let house = House::new().await;
    let (joan, ruth) = (house.who("joan").await, house.who("ruth").await);
    let (case, ..) = house.case(&joan, "Catherine Kettle").await;
    let by_name = house
        .report(&joan, "Neighbour heard Catherine Kettle crying")
        .await
        .report;
    assert_eq!(offered(&house, &joan, by_name).await, [(case, vec![Alike::Name])]);
    let by_sound = house.report(&joan, "It is Kathryn Kettle next door").await.report;
    let found = offered(&house, &joan, by_sound).await;
    assert!(found.contains(&(case, vec![Alike::Sound])), "{found:?}");
    let by_number = house
        .report(&joan, "Rang from 07700 900 143, no name")
        .await
        .report;
    assert_eq!(
        offered(&house, &joan, by_number).await,
        [(case, vec![Alike::Route])]
    );
    let reference = house.casework.case_page(&joan, case).await.unwrap().into_view();
    let reference = reference.view.header.reference.unwrap();
    let quoted = house
        .report(&joan, &format!("More about {reference}: he is back"))
        .await
        .report;
    assert_eq!(
        offered(&house, &joan, quoted).await,
        [(case, vec![Alike::Reference])]
    );
    let other = house.report(&joan, "Shouting at night in the flats").await.report;
    assert_eq!(offered(&house, &joan, other).await, []);

    shut(&house, &joan, case, "ruth").await;
    for report in [by_number, quoted] {
        assert_eq!(offered(&house, &ruth, report).await, []);
    }
}

#[tokio::test]
async fn a_joined_report_tells_the_case_its_danger_and_who_is_shut_out() {
    let house = House::new().await;
    let (joan, ruth, lead) = (
        house.who("joan").await,
        house.who("ruth").await,
        house.who("lead").await,
    );
    let (case, ..) = house.case(&joan, "Catherine Kettle").await;
    let mut report = house.new_report("Catherine Kettle is locked in");
    report.danger.danger = Danger::Now;
    report.danger.done = Some(Words::new("999 called by the neighbour"));
    let report = house
        .casework
        .take_report(&joan, house.form(), report)
        .await
        .unwrap()
        .report;
    shut(&house, &joan, report, "ruth").await;
    assert!(house.casework.case_page(&ruth, case).await.is_ok());
    house.set("2026-11-16T17:10:00Z");
    let joan = house.who("joan").await;
    join(&house, &joan, report, case).await.unwrap();

    let page = house.casework.case_page(&joan, case).await.unwrap().into_view();
    assert!(page.view.header.perhaps_in_danger_now);
    let told = page.view.timeline.iter().find(|row| row.what == "note_written");
    assert!(told.is_some_and(|row| {
        let words: String = row.lines.iter().map(|line| line.words.reveal()).collect();
        words.contains("Catherine Kettle is locked in") && words.contains("told by her sister")
    }));
    assert!(matches!(
        house.casework.case_page(&ruth, case).await,
        Err(Problem::Unseen)
    ));
    let work = house.casework.my_work(&lead, None).await.unwrap().into_view();
    assert!(
        work.at_once
            .iter()
            .any(|row| row.case == case && row.what == AtOnce::Danger(Danger::Now)),
        "{:?}",
        work.at_once
    );
    assert!(work.at_once.iter().all(|row| row.case != report));
    // It is not offered once more, and cannot be joined twice.
    assert!(matches!(
        join(&house, &joan, report, case).await,
        Err(Problem::Refused(fanlight_core::refusal::Refusal::JoinedElsewhere))
    ));
}

#[tokio::test]
async fn a_report_is_joined_only_to_a_case_that_is_open_and_that_one_may_open() {
    let house = House::new().await;
    let (joan, ruth) = (house.who("joan").await, house.who("ruth").await);
    let (case, ..) = house.case(&joan, "Catherine Kettle").await;
    let first = house.report(&joan, "Catherine Kettle again").await.report;
    let second = house.report(&joan, "Catherine Kettle once more").await.report;
    let refused = join(&house, &joan, second, first).await;
    assert!(
        matches!(
            refused,
            Err(Problem::Refused(fanlight_core::refusal::Refusal::NotOpen))
        ),
        "{refused:?}"
    );
    shut(&house, &joan, case, "ruth").await;
    assert!(matches!(
        join(&house, &ruth, second, case).await,
        Err(Problem::Unseen)
    ));
    let page = house.casework.case_page(&joan, case).await.unwrap();
    assert!(
        page.view()
            .view
            .timeline
            .iter()
            .all(|row| row.what != "note_written")
    );
}

#[tokio::test]
async fn danger_is_told_at_once_to_those_who_can_see_it_until_somebody_acts() {
    let house = House::new().await;
    let (joan, ruth) = (house.who("joan").await, house.who("ruth").await);
    let (lead, manager) = (house.who("lead").await, house.who("manager").await);
    let mut report = house.new_report("He has a knife");
    report.danger.danger = Danger::Unknown;
    let report = house
        .casework
        .take_report(&joan, house.form(), report)
        .await
        .unwrap()
        .report;
    for who in [&joan, &ruth, &lead, &manager] {
        let work = house.casework.my_work(who, None).await.unwrap().into_view();
        let told: Vec<_> = work.at_once.iter().map(|row| (row.case, row.what)).collect();
        assert_eq!(told, [(report, AtOnce::Danger(Danger::Unknown))]);
    }
    shut(&house, &joan, report, "ruth").await;
    let work = house.casework.my_work(&ruth, None).await.unwrap().into_view();
    assert_eq!(work.at_once, []);
    let note = NoteWritten {
        words: Words::new("999 called at 16:45 by me"),
    };
    house
        .casework
        .write_note(&joan, house.form(), report, When::default(), note)
        .await
        .unwrap();
    let work = house.casework.my_work(&lead, None).await.unwrap().into_view();
    assert_eq!(work.at_once, []);
}

#[tokio::test]
async fn a_try_at_risk_of_life_waits_on_the_list_of_those_who_should_look_at_it() {
    let house = House::new().await;
    let (joan, ruth) = (house.who("joan").await, house.who("ruth").await);
    let (lead, manager) = (house.who("lead").await, house.who("manager").await);
    let (case, person, _) = house.case(&joan, "Catherine Kettle").await;
    let route = RouteId(house.casework.new_command().0);
    let told = RouteTold {
        route,
        person,
        kind: RouteKind::Telephone,
        value: Words::new("07700 900199"),
        shared_with: None,
    };
    house
        .casework
        .tell_route(&joan, house.form(), case, When::default(), told)
        .await
        .unwrap();
    let tried = LifeAtRiskTried {
        person,
        route,
        way: Way::Call,
        reason: Words::new("Screams, then silence"),
        script: Words::new("About the water"),
        agreed_by: Some(house.account("ruth")),
        told: None,
    };
    let done = house
        .casework
        .try_life_at_risk(&joan, house.form(), case, tried)
        .await
        .unwrap();
    let waiting = AtOnce::Review(done.position);
    for (who, expected) in [(&ruth, true), (&lead, true), (&manager, true), (&joan, false)] {
        let work = house.casework.my_work(who, None).await.unwrap().into_view();
        assert_eq!(work.at_once.iter().any(|row| row.what == waiting), expected);
    }
    let review = LifeAtRiskReviewed {
        of: done.position,
        words: Words::new("There was no other way"),
    };
    house
        .casework
        .review_life_at_risk(&ruth, house.form(), case, When::default(), review)
        .await
        .unwrap();
    let work = house.casework.my_work(&lead, None).await.unwrap().into_view();
    assert_eq!(work.at_once, []);
}

#[tokio::test]
async fn what_was_kept_for_later_is_found_again_by_its_writer_alone_and_not_once_shut_out() {
    let house = House::new().await;
    let (joan, ruth) = (house.who("joan").await, house.who("ruth").await);
    let (case, ..) = house.case(&joan, "Catherine Kettle").await;
    let of_case = house.casework.new_command();
    let of_none = house.casework.new_command();
    for (id, case) in [(of_case, Some(case)), (of_none, None)] {
        house
            .casework
            .keep_for_later(&ruth, id, case, b"half a note".to_vec())
            .await
            .unwrap();
    }
    // What waits only because something was wrong with it is not listed.
    house
        .casework
        .keep_draft(&ruth, house.casework.new_command(), b"wrong".to_vec())
        .await
        .unwrap();
    let listed = async |who: &Who| {
        let work = house.casework.my_work(who, None).await.unwrap().into_view();
        let mut ids: Vec<_> = work.kept.iter().map(|draft| draft.id.0).collect();
        ids.sort();
        ids
    };
    let mut both = vec![of_case.0, of_none.0];
    both.sort();
    assert_eq!(listed(&ruth).await, both);
    assert_eq!(listed(&joan).await, Vec::<[u8; 16]>::new());
    assert_eq!(house.casework.draft(&joan, of_case).await.unwrap(), None);
    assert_eq!(
        house.casework.draft(&ruth, of_case).await.unwrap().as_deref(),
        Some(b"half a note".as_slice())
    );
    shut(&house, &joan, case, "ruth").await;
    assert_eq!(listed(&ruth).await, vec![of_none.0]);
    assert_eq!(house.casework.draft(&ruth, of_case).await.unwrap(), None);
    house.casework.drop_draft(&ruth, of_none).await.unwrap();
    assert_eq!(listed(&ruth).await, Vec::<[u8; 16]>::new());
    assert!(ruth.roles().iter().any(|(role, _)| *role == Role::Caseworker));
}

#[tokio::test]
async fn opening_a_case_does_not_wipe_out_the_home_that_the_report_told_of() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let report = house.report(&joan, "Shouting").await.report;
    let home = |address: Option<&str>, withheld, tenure| HomeTold {
        address: address.map(Words::new),
        withheld,
        tenure,
        tenancy: None,
        perpetrator_lives_there: YesNo::NotKnown,
        children_live_there: YesNo::NotKnown,
    };
    let told = home(Some("4 Linden Court, SG5 1AB"), true, Tenure::NotKnown);
    house
        .casework
        .tell_home(&joan, house.form(), report, When::default(), told)
        .await
        .unwrap();
    let more = home(None, false, Tenure::ALL[0]);
    house
        .casework
        .tell_more_of_home(&joan, house.form(), report, When::default(), more)
        .await
        .unwrap();
    let page = house.casework.case_page(&joan, report).await.unwrap().into_view();
    let home = page.view.home.expect("a home");
    assert_eq!(
        home.address.as_ref().map(|words| words.reveal()),
        Some("4 Linden Court, SG5 1AB")
    );
    assert!(home.withheld);
    assert_eq!(home.tenure, Tenure::ALL[0]);
}
