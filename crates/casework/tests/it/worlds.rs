//! Non-interference: a world, and the same world with a sealed case in it. Whoever the case is sealed from, and whoever
//! is not of its team, is told exactly the same in both (safety rule 5).
//!
//! The two worlds are one house before and after, at one moment of its clock: identifiers, references and positions are
//! then the same by themselves, and any difference is the sealed case's doing.

use crate::dice::Dice;
use crate::house::House;
use crate::ops::{IN_A_CASE, Op};
use fanlight_casework::*;
use fanlight_core::access::Action;
use fanlight_core::fact::*;
use fanlight_core::ids::{CaseId, PersonId, RouteId};
use fanlight_core::pack::Register;
use fanlight_core::words::Words;
use jiff::{SignedDuration, Timestamp};

/// How many pairs of worlds are compared with each seed.
const WORLDS: u64 = 14;

/// Everybody who must notice nothing. The second manager and her caseworker stay in, with the data decider.
const MUST_NOT_NOTICE: &[&str] = &[
    "ruth",
    "manager",
    "lead",
    "board",
    "auditor",
    "other",
    "othermanager",
    "officer",
    "colleague",
    "listed",
    "admin",
];

/// What somebody who looks for the sealed case would type.
fn typed(sealed: &Sealed) -> Vec<String> {
    let mut typed: Vec<String> = [
        "Sealwyn",
        "Selwin",
        "Sealwyn Hidden",
        "07700 900555",
        "sealed@example.org",
        "SG9 9ZZ",
        "12 Hidden Court SG9 9ZZ",
        "1/2/1990",
        "HID123",
        "Example",
    ]
    .map(str::to_owned)
    .into();
    typed.extend(sealed.reference.clone());
    typed
}

struct Sealed {
    case: CaseId,
    reference: Option<String>,
}

/// Everything that somebody is told, as text.
async fn told(house: &House, name: &str, open: &[CaseId], sealed: &Sealed) -> Vec<(String, String)> {
    let casework = &house.casework;
    let who = house.who(name).await;
    let mut all = Vec::new();
    let mut say = |what: &str, text: String| all.push((what.to_owned(), text));
    let mut after = None;
    for page in 0..4 {
        match casework.my_work(&who, after).await.map(Looked::into_view) {
            Ok(work) => {
                after = work.next;
                say(&format!("my work {page}"), format!("{work:?}"));
            }
            Err(problem) => say("my work", format!("{problem:?}")),
        }
        if after.is_none() {
            break;
        }
    }
    let team = casework.team_work(&who, None).await.map(Looked::into_view);
    say("team work", format!("{team:?}"));
    for stages in [
        vec![StageKept::Report],
        vec![StageKept::Open],
        vec![
            StageKept::Closed,
            StageKept::Ended,
            StageKept::Joined,
            StageKept::Erased,
        ],
        vec![StageKept::Report, StageKept::Open, StageKept::Closed],
    ] {
        let cases = casework.cases(&who, &stages, None).await.map(Looked::into_view);
        say("cases", format!("{cases:?}"));
    }
    for typed in typed(sealed) {
        let found = casework
            .search(&who, &Words::new(&typed))
            .await
            .map(Looked::into_view);
        say(&format!("search for {typed}"), format!("{found:?}"));
    }
    say("assurance", format!("{:?}", casework.assurance(&who).await));
    say("promises", format!("{:?}", casework.promises_kept(&who).await));
    say("measures", format!("{:?}", casework.measures(&who).await));
    for rule in &who.room.pack.measures {
        let figure = casework.measure(&who, &rule.id).await.map(Looked::into_view);
        say(&format!("measure {}", rule.id), format!("{figure:?}"));
    }
    say(
        "register",
        format!("{:?}", casework.register(&who, Register::Law).entries),
    );
    say("staff", format!("{:?}", casework.staff(&who)));
    say("proposals", format!("{:?}", casework.proposals(&who)));
    for case in open {
        match casework.case_page(&who, *case).await.map(Looked::into_view) {
            Ok(page) => {
                say("a case", serde_json::to_string(&page.view).unwrap());
                say("its promises", format!("{:?}", page.promises));
            }
            Err(problem) => say("a case", format!("{problem:?}")),
        }
        let form = casework.case_form(&who, *case, Action::WriteNote).await;
        say(
            "a form",
            format!("{:?}", form.map(|form| form.into_view().promises)),
        );
    }
    all
}

/// What is said of one case that cannot be seen, for everything that can be asked.
async fn refusals(house: &House, who: &Who, ops: &[Op], case: CaseId) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for op in ops {
        let said = (op.ask)(house, who, case).await;
        all.push((op.name.to_owned(), format!("{said:?}")));
    }
    all
}

/// Makes a report that nobody but those let in ever sees, and perhaps the case of it.
async fn seal(house: &House, dice: &mut Dice) -> Sealed {
    let casework = &house.casework;
    let rhys = house.who("rhys").await;
    let mut report = house.new_report("He works in repairs, and his sister is on the team");
    report.connection = Some(StaffConnectionAnswered {
        answer: YesNo::Yes,
        who: Some(Words::new("in repairs")),
    });
    report.danger.danger = dice.one_of(&[Danger::Now, Danger::No, Danger::Unknown]);
    // Until those connected are named it is the lead's; so everybody who must not notice is named in the same press
    // as soon as the report is saved, and compared only after.
    let receipt = casework.take_report(&rhys, house.form(), report).await.unwrap();
    let out: Vec<_> = MUST_NOT_NOTICE.iter().map(|name| house.account(name)).collect();
    casework
        .name_connected(
            &rhys,
            house.form(),
            receipt.report,
            &out,
            Words::new("His sister"),
        )
        .await
        .unwrap();
    Sealed {
        case: receipt.report,
        reference: Some(receipt.reference),
    }
}

/// Lets things happen in the sealed case, as far as they fit.
async fn happenings(house: &House, dice: &mut Dice, sealed: &Sealed) {
    let casework = &house.casework;
    let manager = house.who("manager2").await;
    let case = sealed.case;
    let person = PersonId(casework.new_command().0);
    let route = RouteId(casework.new_command().0);
    if !dice.happens(4) {
        let survivor = PersonTold {
            name: Some(Words::new("Sealwyn Hidden")),
            born: Some(jiff::civil::date(1990, 2, 1)),
            ..PersonTold::unknown(person, Part::Survivor)
        };
        let form = house.form_seen(house.seen(&manager, case).await);
        casework
            .open_case(&manager, form, case, survivor, "domestic-abuse".into())
            .await
            .unwrap();
        let home = HomeTold {
            address: Some(Words::new("12 Hidden Court SG9 9ZZ")),
            withheld: true,
            tenure: Tenure::Sole,
            tenancy: Some(Words::new("HID123")),
            perpetrator_lives_there: YesNo::Yes,
            children_live_there: YesNo::No,
        };
        casework
            .tell_home(&manager, house.form(), case, When::default(), home)
            .await
            .unwrap();
        let told = RouteTold {
            route,
            person,
            kind: RouteKind::Telephone,
            value: Words::new("07700 900555"),
            shared_with: None,
        };
        casework
            .tell_route(&manager, house.form(), case, When::default(), told)
            .await
            .unwrap();
        let agreed = SafeContactAgreed {
            route,
            way: Way::Call,
            verdict: dice.one_of(&[Verdict::Safe, Verdict::Unsafe]),
            hours: Vec::new(),
            said_by: SaidBy::Person,
            professional: None,
            recheck_on: None,
        };
        casework
            .agree_safe_contact(&manager, house.form(), case, When::default(), agreed)
            .await
            .unwrap();
        if dice.happens(2) {
            let spoke = house.spoke(person, route);
            casework
                .record_contact(&manager, house.form(), case, When::default(), spoke)
                .await
                .unwrap();
        }
        if dice.happens(3) {
            let worker = WorkerNamed {
                account: Some(house.account("rhys")),
                part: WorkerPart::Lead,
                wish: WishMet::NoWish,
                reason: None,
            };
            let form = house.form_seen(house.seen(&manager, case).await);
            casework.name_worker(&manager, form, case, worker).await.unwrap();
        }
        if dice.happens(4) {
            let to = vec![house.account("rhys"), house.account("manager2")];
            let restricted = Restricted {
                to,
                reason: Words::new("Close"),
            };
            let form = house.form_seen(house.seen(&manager, case).await);
            casework.restrict(&manager, form, case, restricted).await.unwrap();
        }
        if dice.happens(4) {
            let closed = CaseClosed {
                outcome: manager.room.terms.outcomes.first().cloned().unwrap_or_default(),
                words: Words::new("Safe elsewhere"),
                survivors_word: SurvivorsWord::NotHad {
                    because: Words::new("No safe way"),
                },
                approved_by: Some(house.account("rhys")),
            };
            let form = house.form_seen(house.seen(&manager, case).await);
            casework.close(&manager, form, case, closed).await.unwrap();
        }
    } else if dice.happens(2) {
        let end = ReportEnded {
            end: ReportEnd::NotAbuse,
            reason: Words::new("A noise"),
        };
        let form = house.form_seen(house.seen(&manager, case).await);
        casework.end_report(&manager, form, case, end).await.unwrap();
    }
}

/// Each seed is a test of its own, so that they run beside one another.
macro_rules! seeds {
    ($($name:ident = $seed:literal;)+) => {
        $(
            #[tokio::test]
            async fn $name() {
                those_outside_are_told_the_same(Dice::new($seed)).await;
            }
        )+
    };
}

seeds! {
    a_sealed_case_changes_nothing_that_those_outside_it_are_told = 5;
    a_sealed_case_changes_nothing_second_seed = 77;
    a_sealed_case_changes_nothing_third_seed = 1234;
    a_sealed_case_changes_nothing_fourth_seed = 99_991;
}

async fn those_outside_are_told_the_same(mut dice: Dice) {
    let house = House::full().await;
    let mut now: Timestamp = house.casework.now();
    let mut open = Vec::new();
    let joan = house.who("joan").await;
    for name in ["Bethan Example", "Anwen Example"] {
        open.push(house.case(&joan, name).await.0);
    }
    let not_there = CaseId([8; 16]);
    let mut last = Sealed {
        case: not_there,
        reference: None,
    };
    for world in 0..WORLDS {
        // A few of those outside look in each world, and over all the worlds each of them often.
        let look: Vec<&str> = (0..2).map(|_| dice.one_of(MUST_NOT_NOTICE)).collect();
        // What was sealed before goes on changing while its clocks run; so the time moves between worlds, not within.
        if world % 5 == 0 {
            now += SignedDuration::from_hours(dice.roll(60) as i64);
            house.set_to(now);
        }
        let mut before = Vec::new();
        for name in &look {
            before.push(told(&house, name, &open, &last).await);
        }
        let sealed = seal(&house, &mut dice).await;
        happenings(&house, &mut dice, &sealed).await;
        for (name, before) in look.iter().zip(before) {
            let after = told(&house, name, &open, &last).await;
            for (one, other) in before.iter().zip(&after) {
                assert_eq!(one, other, "world {world}: {name} can tell");
            }
            assert_eq!(before.len(), after.len());
        }
        last = sealed;
        // And by its own words, number and reference it is not found either.
        for name in &look {
            let who = house.who(name).await;
            if who.may(Action::Search) {
                for typed in typed(&last).iter().filter(|typed| *typed != "Example") {
                    let found = house.casework.search(&who, &Words::new(typed)).await.unwrap();
                    assert!(found.view().is_empty(), "{name} finds it by {typed}");
                }
            }
        }
        if world == 3 {
            for name in &look {
                let who = house.who(name).await;
                let there = refusals(&house, &who, IN_A_CASE, last.case).await;
                let not = refusals(&house, &who, IN_A_CASE, not_there).await;
                assert_eq!(there, not, "{name} can tell it from one that is not there");
            }
        }
    }
}

/// The one thing that does pass over: a way that was called unsafe anywhere is unsafe everywhere (rule 1 comes before
/// rule 5). What passes over is "not safe", and nothing of where, by whom or when.
#[tokio::test]
async fn of_a_sealed_case_only_what_is_unsafe_passes_over_and_not_from_where() {
    let house = House::full().await;
    let joan = house.who("joan").await;
    let (open, ..) = house.case(&joan, "Bethan Example").await;
    let ruth = house.who("ruth").await;
    let row = |work: WorkPage| work.rows.into_iter().find(|row| row.case == open).unwrap();
    let work = house.casework.my_work(&ruth, None).await.unwrap().into_view();
    assert_eq!(row(work).way, WayIs::Call);

    let mut dice = Dice::new(1);
    let sealed = seal(&house, &mut dice).await;
    let manager = house.who("manager2").await;
    let survivor = house.casework.new_person(Part::Survivor);
    let person = survivor.person;
    let form = house.form_seen(house.seen(&manager, sealed.case).await);
    house
        .casework
        .open_case(&manager, form, sealed.case, survivor, "domestic-abuse".into())
        .await
        .unwrap();
    let route = RouteId(house.casework.new_command().0);
    let told = RouteTold {
        route,
        person,
        kind: RouteKind::Telephone,
        value: Words::new("07700900143"),
        shared_with: None,
    };
    house
        .casework
        .tell_route(&manager, house.form(), sealed.case, When::default(), told)
        .await
        .unwrap();
    let agreed = SafeContactAgreed {
        route,
        way: Way::Call,
        verdict: Verdict::Unsafe,
        hours: Vec::new(),
        said_by: SaidBy::Person,
        professional: None,
        recheck_on: None,
    };
    house
        .casework
        .agree_safe_contact(&manager, house.form(), sealed.case, When::default(), agreed)
        .await
        .unwrap();
    let work = house.casework.my_work(&ruth, None).await.unwrap().into_view();
    assert_eq!(
        row(work).way,
        WayIs::Find,
        "the row of the other case says so at once, and not only its page"
    );
    let room = house.room().await;
    assert_eq!(house.casework.check_kept(&room).await.unwrap(), Vec::new());
}
