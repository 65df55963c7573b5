//! What is written never stands in clear, and what is erased or redacted is gone: for whoever holds the disk, and for
//! whoever holds the keys too.

use crate::house::House;
use crate::opened::{all_that_opens, files, found_in};
use crate::planted::Markers;
use fanlight_casework::people::password::Password;
use fanlight_casework::*;
use fanlight_core::access::Role;
use fanlight_core::fact::*;
use fanlight_core::ids::{AccountId, CaseId, PersonId, Position, RouteId};
use fanlight_core::landlord::{AccountClosed, RegisterChecked, RoleTaken};
use fanlight_core::refusal::Refusal;
use fanlight_core::words::Words;
use serde_json::json;

fn now() -> When {
    When::default()
}

/// One case with every fact in it, and a marker in every field of each that takes words. All of them are said to be done.
async fn everything_in_one_case(house: &House, m: &mut Markers) -> CaseId {
    let cw = &house.casework;
    let joan = house.who("joan").await;
    let manager = house.who("manager").await;
    let lead = house.who("lead").await;
    let person = PersonId([1; 16]);
    let route = RouteId([11; 16]);
    let f = || house.form();
    let told: ReportReceived = m.fact("report_received", &[]);
    let report = NewReport {
        channel: told.channel,
        from: told.from,
        words: told.words,
        reporter: told.reporter,
        survivor_knows: told.survivor_knows,
        danger: m.fact("danger_answered", &[]),
        connection: Some(m.fact("staff_connection_answered", &[("answer", json!("no"))])),
        received: now(),
    };
    let case = cw.take_report(&joan, f(), report).await.unwrap().report;
    let decided = async |who: &Who| house.form_seen(house.seen(who, case).await);
    let survivor: PersonTold = m.fact("person_told", &[]);
    cw.open_case(
        &joan,
        decided(&joan).await,
        case,
        survivor,
        "domestic-abuse".into(),
    )
    .await
    .unwrap();
    let number = m.also("07700 918273");
    m.also("07700918273");
    m.also("447700918273");
    let phone: RouteTold = m.fact("route_told", &[("value", json!(number))]);
    cw.tell_route(&joan, f(), case, now(), phone).await.unwrap();
    let through = json!("0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c");
    let through: RouteTold = m.fact("route_told", &[("route", through), ("kind", json!("through"))]);
    cw.tell_route(&joan, f(), case, now(), through).await.unwrap();
    let tried: LifeAtRiskTried = m.fact(
        "life_at_risk_tried",
        &[
            ("agreed_by", json!(house.account("manager").to_string())),
            ("told", json!(null)),
        ],
    );
    let tried = cw.try_life_at_risk(&joan, f(), case, tried).await.unwrap();
    let review = m.fact("life_at_risk_reviewed", &[("of", json!(tried.position.0))]);
    cw.review_life_at_risk(&manager, f(), case, now(), review)
        .await
        .unwrap();
    let agreed: SafeContactAgreed = m.fact("safe_contact_agreed", &[("recheck_on", json!("2027-01-01"))]);
    cw.agree_safe_contact(&joan, f(), case, now(), agreed)
        .await
        .unwrap();
    let told = m.fact("contact_wishes_told", &[]);
    cw.tell_contact_wishes(&joan, f(), case, now(), told)
        .await
        .unwrap();
    let tried = m.fact("contact_tried", &[]);
    cw.record_try(&joan, f(), case, now(), tried).await.unwrap();
    let made = m.fact("contact_made", &[]);
    cw.record_contact(&joan, f(), case, now(), made).await.unwrap();
    let told = m.fact("home_told", &[]);
    cw.tell_home(&joan, f(), case, now(), told).await.unwrap();
    let agreed = m.fact(
        "rhythm_agreed",
        &[("review_on", json!("2027-01-01")), ("until", json!("2027-02-01"))],
    );
    cw.agree_rhythm(&joan, decided(&joan).await, case, now(), agreed)
        .await
        .unwrap();
    let wishes = m.fact("wishes_told", &[]);
    cw.tell_wishes(&joan, f(), case, now(), wishes).await.unwrap();
    let view = m.fact("own_view_of_danger_told", &[]);
    cw.tell_own_view(&joan, f(), case, now(), view).await.unwrap();
    let not_yet = OwnViewOfDangerTold::NotYet {
        because: Words::new(m.fresh("notyet")),
    };
    cw.tell_own_view(&joan, f(), case, now(), not_yet).await.unwrap();
    let second = json!(house.account("manager").to_string());
    let assessed = m.fact("risk_assessed", &[("seen_by", second)]);
    cw.assess_risk(&joan, decided(&joan).await, case, now(), assessed)
        .await
        .unwrap();
    let offered = m.fact("safety_plan_offered", &[]);
    cw.offer_safety_plan(&joan, f(), case, now(), offered)
        .await
        .unwrap();
    let plan = m.fact("action_plan_agreed", &[]);
    cw.agree_plan(&joan, f(), case, now(), plan).await.unwrap();
    let excused = m.fact(
        "obligation_excused",
        &[
            ("rule", json!("action-plan")),
            ("ground", json!("no_safe_route")),
            ("item", json!(null)),
        ],
    );
    cw.excuse(&joan, decided(&joan).await, case, now(), excused)
        .await
        .unwrap();
    let none = m.fact("no_safe_route_found", &[("review_on", json!("2027-01-01"))]);
    cw.say_no_safe_route(&joan, f(), case, now(), none).await.unwrap();
    let worker = m.fact(
        "worker_named",
        &[("account", json!(house.account("joan").to_string()))],
    );
    cw.name_worker(&manager, decided(&manager).await, case, worker)
        .await
        .unwrap();
    let ruth = json!(house.account("ruth").to_string());
    let shut = m.fact(
        "shut_out",
        &[("account", ruth.clone()), ("line_too", json!(false))],
    );
    cw.shut_out(&joan, decided(&joan).await, case, shut)
        .await
        .unwrap();
    let back = m.fact("let_back_in", &[("account", ruth)]);
    cw.let_back_in(&lead, decided(&lead).await, case, now(), back)
        .await
        .unwrap();
    let to: Vec<String> = ["joan", "manager", "lead"]
        .map(|name| house.account(name).to_string())
        .into();
    let restricted = m.fact("restricted", &[("to", json!(to))]);
    cw.restrict(&manager, decided(&manager).await, case, restricted)
        .await
        .unwrap();
    let lifted = m.fact("restriction_lifted", &[]);
    cw.lift_restriction(&manager, decided(&manager).await, case, now(), lifted)
        .await
        .unwrap();
    let note = m.fact("note_written", &[]);
    let note = cw.write_note(&joan, f(), case, now(), note).await.unwrap();
    let words = Words::new(m.fresh("corrected"));
    cw.correct_words(&joan, decided(&joan).await, case, note.position, words)
        .await
        .unwrap();
    let reason = Words::new(m.fresh("opened"));
    cw.corrected_page(&lead, case, note.position, &reason)
        .await
        .unwrap();
    let taken = m.fact("taken_back", &[]);
    cw.take_back(&joan, decided(&joan).await, case, note.position, taken)
        .await
        .unwrap();
    let other = m.fact(
        "person_told",
        &[
            ("person", json!("02020202020202020202020202020202")),
            ("part", json!("trusted")),
        ],
    );
    cw.tell_person(&joan, f(), case, now(), other).await.unwrap();
    let died = PersonDied {
        person: PersonId([2; 16]),
    };
    cw.mark_died(&joan, f(), case, now(), died).await.unwrap();
    let moved = m.fact("moved_out_of_care", &[]);
    cw.mark_moved(&joan, f(), case, now(), moved).await.unwrap();
    let stop = m.fact("said_stop", &[]);
    cw.say_stop(&joan, f(), case, now(), stop).await.unwrap();
    let outcome = || json!(joan.room.terms.outcomes.first().cloned().unwrap_or_default());
    let approver = || json!(house.account("lead").to_string());
    let closed = m.fact(
        "case_closed",
        &[("outcome", outcome()), ("approved_by", approver())],
    );
    cw.close(&joan, decided(&joan).await, case, closed).await.unwrap();
    let returned = m.fact("case_returned", &[]);
    cw.return_to(&joan, f(), case, now(), returned).await.unwrap();
    let not_had = json!({"answer": "not_had", "because": "x"});
    let closed = m.fact(
        "case_closed",
        &[
            ("outcome", outcome()),
            ("approved_by", approver()),
            ("survivors_word", not_had),
        ],
    );
    cw.close(&joan, decided(&joan).await, case, closed).await.unwrap();
    let draft = m.fresh("casedraft").into_bytes();
    cw.keep_case_draft(&joan, cw.new_command(), case, draft)
        .await
        .unwrap();
    assert!(
        house
            .casework
            .case_page(&joan, case)
            .await
            .unwrap()
            .view()
            .view
            .timeline
            .len()
            > 25
    );
    let _ = (person, route);
    case
}

/// Everything else that somebody types: reports that end or join, accounts, drafts, the door, the search.
async fn everything_else(house: &House, m: &mut Markers) {
    let cw = &house.casework;
    let joan = house.who("joan").await;
    let admin = house.who("admin").await;
    let lead = house.who("lead").await;
    let ended = house.report(&joan, &m.fresh("ended")).await.report;
    let end = m.fact("report_ended", &[]);
    let seen = house.seen(&joan, ended).await;
    cw.end_report(&joan, house.form_seen(seen), ended, end)
        .await
        .unwrap();
    let joined = house.report(&joan, &m.fresh("joined")).await.report;
    let (open, ..) = house.case(&joan, &m.fresh("other")).await;
    let join: CaseJoined = m.fact("case_joined", &[("case", json!(open.to_string()))]);
    let seen = house.seen(&joan, joined).await;
    cw.join_case(&joan, house.form_seen(seen), joined, join)
        .await
        .unwrap();
    let public = NewReport {
        words: Words::new(m.fresh("public")),
        ..house.new_report("")
    };
    cw.take_public_report(&joan.room, house.form(), public)
        .await
        .unwrap();
    let named = house.report(&joan, "Somebody").await.report;
    let reason = Words::new(m.fresh("connected"));
    cw.name_connected(&joan, house.form(), named, &[house.account("ruth")], reason)
        .await
        .unwrap();
    cw.keep_draft(&joan, cw.new_command(), m.fresh("draft").into_bytes())
        .await
        .unwrap();
    cw.search(&joan, &Words::new(m.fresh("search"))).await.unwrap();
    let wrong = cw
        .sign_in(&m.fresh("door"), Password::new(m.fresh("password")), None)
        .await;
    assert!(wrong.is_err());
    let new = NewAccount {
        name: Words::new(m.fresh("name")),
        post: Words::new(m.fresh("post")),
        sign_in: Words::new(m.fresh("signin")),
        password: Password::new(format!("{} and some", m.fresh("secret"))),
        reports_to: None,
        roles: Vec::new(),
    };
    let account = cw.open_account(&admin, house.form(), new).await.unwrap();
    let role = |words: Words| cw.propose_role(&admin, house.form(), account, (Role::Lead, None), words);
    role(Words::new(m.fresh("role"))).await.unwrap();
    let lead_now = house.who("lead").await;
    let waiting = cw.proposals(&lead_now).unwrap();
    cw.answer_proposal(&lead_now, house.form(), waiting[0].position, true)
        .await
        .unwrap();
    let secret = Password::new(format!("{} and some", m.fresh("secret")));
    let reason = Words::new(m.fresh("forgot"));
    cw.propose_password(&admin, house.form(), account, secret, reason)
        .await
        .unwrap();
    let taken = RoleTaken {
        account,
        role: Role::Lead,
        team: None,
        reason: Words::new(m.fresh("taken")),
    };
    cw.take_role(&admin, house.form(), taken).await.unwrap();
    let closed = AccountClosed {
        account,
        reason: Words::new(m.fresh("closed")),
    };
    cw.close_account(&admin, house.form(), closed).await.unwrap();
    let check = RegisterChecked {
        entry: "law/none".into(),
        next: None,
        words: Words::new(m.fresh("check")),
    };
    cw.check_register(&lead, house.form(), check).await.unwrap();
}

#[tokio::test]
async fn whatever_is_typed_stands_nowhere_in_clear() {
    let house = House::new().await;
    let mut markers = Markers::default();
    let case = everything_in_one_case(&house, &mut markers).await;
    everything_else(&house, &mut markers).await;
    assert!(markers.all().len() > 85, "{}", markers.all().len());
    let on_disk = files(house.data());
    assert!(on_disk.len() > 4);
    assert_eq!(found_in(&on_disk, markers.all()), Vec::<String>::new());
    // The same look finds all that is kept once it is opened: so it is there, and the look can see it.
    let opened = all_that_opens(&house).await;
    let found = found_in(&opened, markers.all());
    let never_kept = ["zqsearch", "zqdoor", "zqpassword", "zqsecret", "zqsignin"];
    let missing: Vec<&String> = markers
        .all()
        .iter()
        .filter(|marker| !found.contains(marker))
        .filter(|marker| !never_kept.iter().any(|kind| marker.starts_with(kind)))
        .filter(|marker| !marker.starts_with("07700918") && !marker.starts_with("4477"))
        .collect();
    assert!(missing.is_empty(), "kept nowhere: {missing:?}");
    // Nor does anything that casework says when it refuses.
    let joan = house.who("joan").await;
    let other = house.who("colleague").await;
    let mut said = String::new();
    for who in [&joan, &other] {
        for op in crate::ops::IN_A_CASE {
            if let Err(problem) = (op.ask)(&house, who, case).await {
                said.push_str(&format!("{problem} {problem:?}\n"));
            }
        }
    }
    said.push_str(&format!(
        "{:?}",
        house.casework.case_page(&joan, case).await.unwrap().view()
    ));
    said.push_str(&format!(
        "{:?}",
        house.casework.my_work(&joan, None).await.unwrap().view()
    ));
    said.push_str(&format!("{:?}", house.casework.staff(&joan)));
    assert_eq!(
        found_in(&[said.into_bytes()], markers.all()),
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn an_erased_case_is_gone_for_the_disk_and_for_the_keys_and_nothing_else_is() {
    let house = House::new().await;
    let mut markers = Markers::default();
    let joan = house.who("joan").await;
    let (second, ..) = house.case(&joan, "Ceri Second").await;
    let case = everything_in_one_case(&house, &mut markers).await;
    let found = found_in(&all_that_opens(&house).await, markers.all());
    assert!(found.len() > 60, "before, the keys open it: {}", found.len());
    let lead = house.who("lead").await;
    let cw = &house.casework;
    let before = (
        cw.promises_kept(&lead).await.unwrap(),
        cw.measures(&lead).await.unwrap(),
        format!("{:?}", cw.assurance(&lead).await.unwrap()),
    );
    let view = |page: Looked<CasePage>| serde_json::to_string(&page.view().view).unwrap();
    let other = view(cw.case_page(&joan, second).await.unwrap());
    let erased = cw
        .erase(&lead, case, &Words::new("six years after closure"), true)
        .await
        .unwrap();
    assert!(erased.bones > 0 && !erased.in_backups);

    assert_eq!(
        found_in(&files(house.data()), markers.all()),
        Vec::<String>::new()
    );
    assert_eq!(
        found_in(&all_that_opens(&house).await, markers.all()),
        Vec::<String>::new()
    );
    let after = (
        cw.promises_kept(&lead).await.unwrap(),
        cw.measures(&lead).await.unwrap(),
        format!("{:?}", cw.assurance(&lead).await.unwrap()),
    );
    assert_eq!(before, after, "measures stay whole");
    assert_eq!(
        view(cw.case_page(&joan, second).await.unwrap()),
        other,
        "the second case is untouched"
    );
    let room = house.room().await;
    let verified = cw.verify(&room).await.unwrap();
    assert_eq!(verified.faults, []);
    assert_eq!(verified.erased.len(), 1);
    assert_eq!(cw.check_kept(&room).await.unwrap(), []);
    for typed in ["07700 918273", "zqpersontold"] {
        assert!(
            cw.search(&lead, &Words::new(typed))
                .await
                .unwrap()
                .view()
                .is_empty()
        );
    }
    assert_eq!(
        cw.rebuild(&room).await.unwrap(),
        1,
        "what is erased is not made again"
    );
    assert_eq!(cw.promises_kept(&lead).await.unwrap(), before.0);
    for name in ["joan", "ruth", "manager"] {
        let who = house.who(name).await;
        let said = cw.case_page(&who, case).await.map(|_| ());
        assert!(matches!(said, Err(Problem::Unseen)), "{name}: {said:?}");
    }
    let again = cw.erase(&lead, case, &Words::new("again"), true).await;
    assert!(
        matches!(again, Err(Problem::Refused(Refusal::Erased) | Problem::Unseen)),
        "{again:?}"
    );
}

async fn note(house: &House, who: &Who, case: CaseId, words: &str) -> Position {
    let note = NoteWritten {
        words: Words::new(words),
    };
    let done = house
        .casework
        .write_note(who, house.form(), case, now(), note)
        .await;
    done.unwrap().position
}

#[tokio::test]
async fn a_redacted_entry_is_gone_with_all_that_ever_stood_at_its_place() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let (case, ..) = house.case(&joan, "Bethan Example").await;
    let keep = note(&house, &joan, case, "zqkeep").await;
    let wrong = note(&house, &joan, case, "zqwrongfirst").await;
    for words in ["zqwrongsecond", "zqwrongthird"] {
        let form = house.form_seen(house.seen(&joan, case).await);
        house
            .casework
            .correct_words(&joan, form, case, wrong, Words::new(words))
            .await
            .unwrap();
    }
    let lead = house.who("lead").await;
    let cw = &house.casework;
    let refused = cw.redact(&joan, case, wrong, &Words::new("not hers"), true).await;
    assert!(matches!(refused, Err(Problem::Unseen)), "{refused:?}");
    let blank = cw.redact(&lead, case, wrong, &Words::new(""), true).await;
    assert!(matches!(blank, Err(Problem::Refused(Refusal::ReasonNeeded))));
    let before = cw.promises_kept(&lead).await.unwrap();
    assert_eq!(
        cw.redact(&lead, case, wrong, &Words::new("not about her"), true)
            .await
            .unwrap(),
        3
    );

    let markers: Vec<String> = ["zqwrongfirst", "zqwrongsecond", "zqwrongthird"]
        .map(str::to_owned)
        .into();
    assert_eq!(
        found_in(&all_that_opens(&house).await, &markers),
        Vec::<String>::new()
    );
    assert_eq!(found_in(&files(house.data()), &markers), Vec::<String>::new());
    let page = cw.case_page(&lead, case).await.unwrap().into_view();
    let text = serde_json::to_string(&page.view).unwrap();
    assert!(text.contains("zqkeep") && text.contains("not about her") && !text.contains("zqwrong"));
    let earlier = cw
        .corrected_page(&lead, case, wrong, &Words::new("to see"))
        .await
        .unwrap();
    assert!(earlier.view().rows.is_empty());
    assert_eq!(cw.promises_kept(&lead).await.unwrap(), before);
    let room = house.room().await;
    let verified = cw.verify(&room).await.unwrap();
    assert_eq!((verified.faults.len(), verified.redacted.len()), (0, 3));
    assert_eq!(cw.check_kept(&room).await.unwrap(), []);
    let twice = cw.redact(&lead, case, wrong, &Words::new("again"), true).await;
    assert!(
        matches!(twice, Err(Problem::Refused(Refusal::NothingStandsThere))),
        "{twice:?}"
    );
    assert!(keep < wrong);
}

#[tokio::test]
async fn what_others_rest_on_is_not_redacted() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let (case, person, route) = house.case(&joan, "Bethan Example").await;
    let spoke = house.spoke(person, route);
    let kept = house
        .casework
        .record_contact(&joan, house.form(), case, now(), spoke)
        .await
        .unwrap();
    let lead = house.who("lead").await;
    // The report with its receipt, the opening, the route, the word on its safety, and what kept a promise.
    let rests: Vec<Position> = (0..=kept.position.0).map(Position).collect();
    let before = house.casework.promises_kept(&lead).await.unwrap();
    let mut refused = 0;
    for position in rests {
        let said = house
            .casework
            .redact(&lead, case, position, &Words::new("tidying"), true)
            .await;
        refused += u64::from(matches!(said, Err(Problem::Unfit(_))));
    }
    assert!(refused >= 5, "{refused}");
    assert_eq!(house.casework.promises_kept(&lead).await.unwrap(), before);
    let page = house.casework.case_page(&lead, case).await.unwrap().into_view();
    assert!(page.view.header.reference.is_some() && page.view.header.received.is_some());
}

/// A draft goes with the case it was written for, and of a case that is not there for somebody nothing shows.
#[tokio::test]
async fn a_draft_of_a_case_goes_with_it() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let (case, ..) = house.case(&joan, "Bethan Example").await;
    let board = house.who("board").await;
    let id = house.casework.new_command();
    house
        .casework
        .keep_case_draft(&joan, id, case, b"hers".to_vec())
        .await
        .unwrap();
    house
        .casework
        .keep_case_draft(&board, id, case, b"theirs".to_vec())
        .await
        .unwrap();
    let nowhere = CaseId([7; 16]);
    house
        .casework
        .keep_case_draft(&board, house.casework.new_command(), nowhere, b"x".to_vec())
        .await
        .unwrap();
    assert_eq!(
        house.casework.draft(&joan, id).await.unwrap().as_deref(),
        Some(&b"hers"[..])
    );
    assert_eq!(
        house.casework.draft(&board, id).await.unwrap().as_deref(),
        Some(&b"theirs"[..])
    );
    let lead = house.who("lead").await;
    let closed = CaseClosed {
        outcome: lead.room.terms.outcomes.first().cloned().unwrap_or_default(),
        words: Words::new("Done"),
        survivors_word: SurvivorsWord::NotHad {
            because: Words::new("No safe way"),
        },
        approved_by: Some(house.account("manager")),
    };
    let form = house.form_seen(house.seen(&lead, case).await);
    house.casework.close(&lead, form, case, closed).await.unwrap();
    house
        .casework
        .erase(&lead, case, &Words::new("six years"), true)
        .await
        .unwrap();
    assert_eq!(house.casework.draft(&joan, id).await.unwrap(), None);
    assert!(house.casework.draft(&board, id).await.unwrap().is_some());
    let _ = AccountId([0; 16]);
}
