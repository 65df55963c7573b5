//! A long random walk through everything that can be done in cases, with a clock that moves: afterwards what is kept
//! beside the journals is what is made of them anew, and every chain holds.

use crate::dice::Dice;
use crate::house::House;
use fanlight_casework::*;
use fanlight_core::fact::*;
use fanlight_core::ids::{CaseId, PersonId, Position, RouteId};
use fanlight_core::words::Words;
use jiff::SignedDuration;

/// Numbers that several cases share, so that what is unsafe in one has to reach the others.
const NUMBERS: &[&str] = &["07700 900101", "07700 900102", "07700 900103"];

const STEPS: u64 = 120;

struct Known {
    case: CaseId,
    person: PersonId,
    routes: Vec<RouteId>,
}

fn words(dice: &mut Dice) -> Words {
    Words::new(format!("Written down, number {}", dice.roll(1000)))
}

/// One step in one case. Says whether it was done.
async fn step(house: &House, dice: &mut Dice, known: &mut Known) -> Result<Done, Problem> {
    let casework = &house.casework;
    let who = house
        .who(dice.one_of(&["joan", "rhys", "manager", "manager2", "lead"]))
        .await;
    let case = known.case;
    let page = casework.case_page(&who, case).await?.into_view();
    let seen = page.view.seen.unwrap();
    let (form, decided) = (house.form(), house.form_seen(seen));
    let when = match dice.roll(4) {
        0 => When::at(casework.now() - SignedDuration::from_hours(dice.roll(60) as i64)),
        _ => When::default(),
    };
    let somewhere = Position(dice.roll(seen.0 + 1));
    let route = dice.one_of(&known.routes);
    let date = jiff::civil::date(2027, 3, 1);
    match dice.roll(25) {
        0 => {
            casework
                .write_note(&who, form, case, when, NoteWritten { words: words(dice) })
                .await
        }
        1 | 2 => {
            let spoke = ContactMade {
                with: dice.one_of(&[With::Survivor, With::Survivor, With::Professional]),
                sure_it_was: dice.one_of(&[YesNo::Yes, YesNo::NotKnown]),
                still_safe: dice.one_of(&[YesNo::Yes, YesNo::No, YesNo::NotKnown]),
                ..house.spoke(known.person, route)
            };
            casework.record_contact(&who, form, case, when, spoke).await
        }
        3 => {
            let tried = ContactTried {
                with: With::Survivor,
                person: Some(known.person),
                route: Some(route),
                way: Way::Call,
                end: dice.one_of(&[TryEnd::NoAnswer, TryEnd::SomebodyElse]),
                words: None,
                gate: GateSaid {
                    answer: "not_asked".into(),
                    against: false,
                },
            };
            casework.record_try(&who, form, case, when, tried).await
        }
        4..=6 => {
            let verdict = dice.one_of(&[Verdict::Safe, Verdict::Unsafe, Verdict::Unknown]);
            let hours = match verdict {
                Verdict::Safe if dice.happens(2) => vec![SafeHours {
                    days: Vec::new(),
                    from: jiff::civil::time(9, 0, 0, 0),
                    until: jiff::civil::time(12, 0, 0, 0),
                }],
                Verdict::Safe | Verdict::Unsafe | Verdict::Unknown => Vec::new(),
            };
            let agreed = SafeContactAgreed {
                route,
                way: dice.one_of(&[Way::Call, Way::Text]),
                verdict,
                hours,
                said_by: SaidBy::Person,
                professional: None,
                recheck_on: dice.happens(2).then_some(date),
            };
            casework.agree_safe_contact(&who, form, case, when, agreed).await
        }
        7 => {
            let route = if dice.happens(2) {
                route
            } else {
                RouteId(casework.new_command().0)
            };
            let told = RouteTold {
                route,
                person: known.person,
                kind: RouteKind::Telephone,
                value: Words::new(dice.one_of(NUMBERS)),
                shared_with: None,
            };
            let done = casework.tell_route(&who, form, case, when, told).await?;
            known.routes.push(route);
            Ok(done)
        }
        8 => {
            let answer = DangerAnswered {
                danger: dice.one_of(&[Danger::Now, Danger::Soon, Danger::No, Danger::Unknown]),
                advice_given: true,
                done: None,
            };
            casework.answer_danger(&who, form, case, when, answer).await
        }
        9 => {
            let told = PersonTold {
                name: Some(Words::new(dice.one_of(&["Bethan Example", "Mair Example"]))),
                born: dice.happens(2).then_some(jiff::civil::date(1988, 3, 4)),
                ..PersonTold::unknown(known.person, Part::Survivor)
            };
            casework.tell_person(&who, form, case, when, told).await
        }
        10 => {
            let plan = ActionPlanAgreed {
                with: dice.one_of(&[AgreedWith::Survivor, AgreedWith::NotAgreed]),
                words: words(dice),
                review_on: None,
            };
            casework.agree_plan(&who, form, case, when, plan).await
        }
        11 => {
            let assessed = RiskAssessed {
                instrument: "dash".into(),
                by: AssessedBy::Us,
                agency: None,
                evidence: Evidence::Own,
                yes: Some(dice.roll(24) as u8),
                unknown: Some(0),
                level: dice.one_of(&["standard", "medium", "high"]).into(),
                reason: Some(words(dice)),
                seen_by: Some(house.account("lead")),
                answered: None,
            };
            casework.assess_risk(&who, decided, case, when, assessed).await
        }
        12 => {
            let excused = ObligationExcused {
                rule: dice
                    .one_of(&["first-contact", "fortnightly-contact", "action-plan"])
                    .into(),
                item: None,
                ground: ExcuseGround::NoSafeRoute,
                reason: words(dice),
                new_date: None,
            };
            casework.excuse(&who, decided, case, when, excused).await
        }
        13 => {
            let agreed = RhythmAgreed {
                every_days: 7,
                how: words(dice),
                until: None,
                review_on: date,
            };
            casework.agree_rhythm(&who, decided, case, when, agreed).await
        }
        14 => {
            let worker = WorkerNamed {
                account: Some(house.account(dice.one_of(&["joan", "rhys", "manager2"]))),
                part: dice.one_of(&[WorkerPart::Lead, WorkerPart::Deputy]),
                wish: WishMet::NoWish,
                reason: None,
            };
            casework.name_worker(&who, decided, case, worker).await
        }
        15 => {
            let shut = ShutOut {
                account: house.account(dice.one_of(&["ruth", "rhys", "joan", "manager"])),
                suspected: dice.happens(2),
                line_too: dice.happens(2),
                reason: words(dice),
            };
            casework.shut_out(&who, decided, case, shut).await
        }
        16 => {
            let back = LetBackIn {
                account: house.account(dice.one_of(&["ruth", "rhys", "joan", "manager"])),
                reason: words(dice),
            };
            casework.let_back_in(&who, decided, case, when, back).await
        }
        17 => {
            let to = vec![who.account, house.account("manager2"), house.account("lead")];
            casework
                .restrict(
                    &who,
                    decided,
                    case,
                    Restricted {
                        to,
                        reason: words(dice),
                    },
                )
                .await
        }
        18 => {
            let lifted = RestrictionLifted { reason: words(dice) };
            casework.lift_restriction(&who, decided, case, when, lifted).await
        }
        19 => {
            let closed = CaseClosed {
                outcome: who.room.terms.outcomes.first().cloned().unwrap_or_default(),
                words: words(dice),
                survivors_word: SurvivorsWord::NotHad { because: words(dice) },
                approved_by: Some(house.account("manager2")).filter(|other| *other != who.account),
            };
            casework.close(&who, decided, case, closed).await
        }
        20 | 21 => {
            casework
                .return_to(&who, form, case, when, CaseReturned { words: words(dice) })
                .await
        }
        22 => {
            casework
                .correct_words(&who, decided, case, somewhere, words(dice))
                .await
        }
        23 => {
            casework
                .take_back(&who, decided, case, somewhere, TakenBack { reason: words(dice) })
                .await
        }
        _ => {
            let none = NoSafeRouteFound {
                words: words(dice),
                review_on: date,
            };
            casework.say_no_safe_route(&who, form, case, when, none).await
        }
    }
}

async fn is_whole(house: &House, step: u64) {
    let room = house.room().await;
    assert_eq!(
        house.casework.check_kept(&room).await.unwrap(),
        [],
        "at step {step}"
    );
}

#[tokio::test]
async fn what_is_kept_beside_the_journals_is_what_they_say_after_a_long_walk() {
    walk(Dice::new(11)).await;
}

#[tokio::test]
async fn what_is_kept_beside_the_journals_is_what_they_say_after_another_walk() {
    walk(Dice::new(4321)).await;
}

async fn walk(mut dice: Dice) {
    let house = House::full().await;
    let joan = house.who("joan").await;
    let mut cases = Vec::new();
    for name in ["Bethan Example", "Anwen Example", "Mair Example"] {
        let (case, person, route) = house.case(&joan, name).await;
        cases.push(Known {
            case,
            person,
            routes: vec![route],
        });
    }
    let mut now = house.casework.now();
    let mut done = 0;
    for at in 0..STEPS {
        let which = dice.roll(cases.len() as u64) as usize;
        done += u64::from(step(&house, &mut dice, &mut cases[which]).await.is_ok());
        if at % 10 == 9 {
            // Mostly on, and now and then back.
            now += match dice.roll(6) {
                0 => -SignedDuration::from_hours(30),
                _ => SignedDuration::from_hours(dice.roll(120) as i64),
            };
            house.set_to(now);
            house.casework.tick().await.unwrap();
        }
        if at % 13 == 12 {
            is_whole(&house, at).await;
        }
    }
    assert!(done > STEPS / 3, "most steps do something: {done}");
    let room = house.room().await;
    let lead = house.who("lead").await;
    let kept = house.casework.promises_kept(&lead).await.unwrap();
    assert_eq!(house.casework.rebuild(&room).await.unwrap(), cases.len());
    is_whole(&house, STEPS).await;
    assert_eq!(house.casework.promises_kept(&lead).await.unwrap(), kept);
    assert_eq!(house.casework.verify(&room).await.unwrap().faults, []);
}

/// Whoever loses a role or an account leaves work behind, and it does not lie where nobody looks.
#[tokio::test]
async fn the_work_of_somebody_who_goes_is_somebody_elses() {
    use fanlight_core::landlord::AccountClosed;
    let house = House::full().await;
    let joan = house.who("joan").await;
    let (case, ..) = house.case(&joan, "Bethan Example").await;
    let manager = house.who("manager2").await;
    let worker = WorkerNamed {
        account: Some(house.account("joan")),
        part: WorkerPart::Lead,
        wish: WishMet::NoWish,
        reason: None,
    };
    let form = house.form_seen(house.seen(&manager, case).await);
    house
        .casework
        .name_worker(&manager, form, case, worker)
        .await
        .unwrap();
    let ruth = house.who("ruth").await;
    let mine = |work: Looked<WorkPage>| work.view().rows.iter().filter(|row| row.case == case).count();
    assert_eq!(
        mine(house.casework.my_work(&ruth, None).await.unwrap()),
        0,
        "it is Joan's"
    );
    let admin = house.who("admin").await;
    let closed = AccountClosed {
        account: house.account("joan"),
        reason: Words::new("left us"),
    };
    house
        .casework
        .close_account(&admin, house.form(), closed)
        .await
        .unwrap();
    let ruth = house.who("ruth").await;
    assert!(
        mine(house.casework.my_work(&ruth, None).await.unwrap()) > 0,
        "now it is the team's"
    );
    is_whole(&house, 0).await;
}

/// Where everybody whose task it would be is shut out, somebody else has it.
#[tokio::test]
async fn a_task_of_those_who_are_shut_out_goes_to_somebody_else() {
    let house = House::full().await;
    let joan = house.who("joan").await;
    let (case, ..) = house.case(&joan, "Bethan Example").await;
    let lead = house.who("lead").await;
    for name in ["joan", "ruth", "rhys", "manager", "manager2"] {
        let shut = ShutOut {
            account: house.account(name),
            suspected: true,
            line_too: false,
            reason: Words::new("All of them know him"),
        };
        let form = house.form_seen(house.seen(&lead, case).await);
        house.casework.shut_out(&lead, form, case, shut).await.unwrap();
    }
    let work = house.casework.my_work(&lead, None).await.unwrap().into_view();
    assert!(
        work.rows.iter().any(|row| row.case == case),
        "the lead has it now"
    );
    for name in ["joan", "ruth", "rhys", "manager", "manager2"] {
        let who = house.who(name).await;
        let work = house.casework.my_work(&who, None).await.unwrap().into_view();
        assert!(work.rows.is_empty(), "{name}");
    }
}

/// A case keeps somebody who may open it, though everybody it names has gone.
#[tokio::test]
async fn a_restricted_case_is_not_lost_when_those_it_names_have_gone() {
    use fanlight_core::landlord::AccountClosed;
    let house = House::full().await;
    let joan = house.who("joan").await;
    let (case, ..) = house.case(&joan, "Bethan Example").await;
    let manager = house.who("manager2").await;
    let restricted = Restricted {
        to: vec![house.account("joan"), house.account("manager2")],
        reason: Words::new("He has friends here"),
    };
    let form = house.form_seen(house.seen(&manager, case).await);
    house
        .casework
        .restrict(&manager, form, case, restricted)
        .await
        .unwrap();
    let lead = house.who("lead").await;
    assert!(house.casework.case_page(&lead, case).await.is_err());
    let admin = house.who("admin").await;
    for name in ["joan", "manager2"] {
        let closed = AccountClosed {
            account: house.account(name),
            reason: Words::new("left us"),
        };
        house
            .casework
            .close_account(&admin, house.form(), closed)
            .await
            .unwrap();
    }
    let lead = house.who("lead").await;
    let found = house
        .casework
        .search(&lead, &Words::new("Bethan"))
        .await
        .unwrap()
        .into_view();
    assert_eq!(found.len(), 1);
    assert!(house.casework.case_page(&lead, case).await.is_ok());
    for name in ["ruth", "manager", "rhys"] {
        let who = house.who(name).await;
        assert!(house.casework.case_page(&who, case).await.is_err(), "{name}");
    }
    is_whole(&house, 0).await;
}

/// The line above somebody shut out stays out, though that account is closed.
#[tokio::test]
async fn closing_an_account_lets_nobody_above_it_back_in() {
    use fanlight_core::landlord::AccountClosed;
    let house = House::full().await;
    let rhys = house.who("rhys").await;
    let (case, ..) = house.case(&rhys, "Bethan Example").await;
    let shut = ShutOut {
        account: house.account("ruth"),
        suspected: false,
        line_too: true,
        reason: Words::new("His sister"),
    };
    let form = house.form_seen(house.seen(&rhys, case).await);
    house.casework.shut_out(&rhys, form, case, shut).await.unwrap();
    let admin = house.who("admin").await;
    let closed = AccountClosed {
        account: house.account("ruth"),
        reason: Words::new("left us"),
    };
    house
        .casework
        .close_account(&admin, house.form(), closed)
        .await
        .unwrap();
    let note = NoteWritten {
        words: Words::new("So that lists are made anew"),
    };
    let rhys = house.who("rhys").await;
    house
        .casework
        .write_note(&rhys, house.form(), case, When::default(), note)
        .await
        .unwrap();
    for name in ["manager", "lead"] {
        let who = house.who(name).await;
        let found = house
            .casework
            .search(&who, &Words::new("Bethan"))
            .await
            .unwrap()
            .into_view();
        assert!(found.is_empty(), "{name}");
        let work = house.casework.team_work(&who, None).await.unwrap().into_view();
        assert_eq!(
            (work.work.total, work.work.cases, work.workload.len()),
            (0, 0, 0),
            "{name}"
        );
        assert!(house.casework.case_page(&who, case).await.is_err(), "{name}");
    }
}
