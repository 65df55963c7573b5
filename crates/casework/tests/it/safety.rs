//! The safety rules: that each has a test which fails without it, and the rules that are held by what the program does
//! not ask.

use crate::house::House;
use fanlight_casework::*;
use fanlight_core::fact::*;
use fanlight_core::refusal::Refusal;
use fanlight_core::words::Words;
use std::collections::BTreeSet;
use std::path::Path;

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn every_safety_rule_names_tests_that_are_there() {
    let text = std::fs::read_to_string(root().join("docs/safety.md")).unwrap();
    let mut sources = String::new();
    for folder in ["crates", "xtask"] {
        read_all(&root().join(folder), &mut sources);
    }
    let mut rules = BTreeSet::new();
    for row in text.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let Ok(rule) = cells[0].parse::<u8>() else {
            continue;
        };
        rules.insert(rule);
        let named: Vec<&str> = cells[2].split('`').skip(1).step_by(2).collect();
        let later = cells[2].contains("Comes later:");
        assert!(
            !named.is_empty() || later,
            "rule {rule} names no test and does not say that it comes later"
        );
        for name in named {
            let there = sources.contains(&format!("fn {name}()"))
                || sources.contains(&format!("fn {name}("))
                || sources.contains(&format!("    {name} = "));
            assert!(there, "rule {rule}: there is no test {name}");
        }
    }
    assert_eq!(rules, (1..=14).collect());
}

fn read_all(folder: &Path, into: &mut String) {
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.is_dir() {
            if path
                .file_name()
                .is_some_and(|name| name != "target" && name != "node_modules")
            {
                read_all(&path, into);
            }
        } else if path.extension().is_some_and(|end| end == "rs") {
            into.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// Rule 12: one sentence opens the way to everything, and nobody is asked to prove anything.
#[tokio::test]
async fn help_needs_one_sentence_and_no_proof() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let report = NewReport {
        channel: Channel::Other,
        from: ReporterKind::Anonymous,
        danger: DangerAnswered {
            danger: Danger::Unknown,
            advice_given: false,
            done: None,
        },
        connection: None,
        survivor_knows: YesNo::NotKnown,
        ..house.new_report("I think somebody is being hurt at number four")
    };
    let receipt = house
        .casework
        .take_report(&joan, house.form(), report)
        .await
        .unwrap();
    let case = receipt.report;
    let unknown = house.casework.new_person(Part::Survivor);
    let form = house.form_seen(house.seen(&joan, case).await);
    house
        .casework
        .open_case(&joan, form, case, unknown, "domestic-abuse".into())
        .await
        .unwrap();
    let plan = ActionPlanAgreed {
        with: AgreedWith::NotAgreed,
        words: Words::new("A new lock tonight"),
        review_on: None,
    };
    house
        .casework
        .agree_plan(&joan, house.form(), case, When::default(), plan)
        .await
        .unwrap();
    let view = house
        .casework
        .case_page(&joan, case)
        .await
        .unwrap()
        .into_view()
        .view;
    assert!(
        view.header.perhaps_in_danger_now,
        "what cannot be told is treated as danger"
    );
}

/// Rule 12: a case of domestic abuse is a kind of its own. No fact puts it under another, and none holds a proof.
#[test]
fn domestic_abuse_is_nobodys_category() {
    let folder = root().join("crates/core/tests/it/wire");
    let mut read = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap().to_lowercase();
        for word in [
            "category",
            "anti_social",
            "antisocial",
            "asb",
            "proof",
            "verified",
        ] {
            assert!(!text.contains(&format!("\"{word}")), "{word}");
        }
        read += usize::from(path.to_string_lossy().ends_with(".v1.json"));
    }
    assert!(read >= Fact::NAMES.len());
    let codes = Channel::ALL.iter().map(|code| code.code());
    let codes = codes.chain(ReportEnd::ALL.iter().map(|code| code.code()));
    assert!(
        codes
            .into_iter()
            .all(|code| !code.contains("social_behaviour") && !code.contains("asb"))
    );
}

/// Rule 13: whatever is missing, stale, shut or out of date, what is done for a person in danger is recorded first.
#[tokio::test]
async fn nothing_stands_between_a_person_in_danger_and_help() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let (case, person, route) = house.case(&joan, "Bethan Example").await;
    // The gate says never, and somebody called all the same.
    let never = SafeContactAgreed {
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
        .agree_safe_contact(&joan, house.form(), case, When::default(), never)
        .await
        .unwrap();
    // On a page drawn long ago, and on one of which nothing was seen.
    for form in [house.form(), house.form_seen(fanlight_core::ids::Position(0))] {
        let spoke = house.spoke(person, route);
        house
            .casework
            .record_contact(&joan, form, case, When::default(), spoke)
            .await
            .unwrap();
        let answer = DangerAnswered {
            danger: Danger::Now,
            advice_given: true,
            done: Some(Words::new("999 called")),
        };
        let form = Form {
            command: house.casework.new_command(),
            ..form
        };
        house
            .casework
            .answer_danger(&joan, form, case, When::default(), answer)
            .await
            .unwrap();
    }
    let view = house
        .casework
        .case_page(&joan, case)
        .await
        .unwrap()
        .into_view()
        .view;
    assert!(
        view.timeline.iter().any(|row| row.against_gate),
        "and it is there to be reviewed"
    );
    // After closing, and years after the policy should have been reviewed.
    let closed = CaseClosed {
        outcome: joan.room.terms.outcomes.first().cloned().unwrap_or_default(),
        words: Words::new("Done"),
        survivors_word: SurvivorsWord::NotHad {
            because: Words::new("No answer"),
        },
        approved_by: Some(house.account("lead")),
    };
    let form = house.form_seen(house.seen(&joan, case).await);
    house.casework.close(&joan, form, case, closed).await.unwrap();
    house.set("2039-01-03T03:00:00Z");
    let joan = house.who("joan").await;
    let spoke = house.spoke(person, route);
    house
        .casework
        .record_contact(&joan, house.form(), case, When::default(), spoke)
        .await
        .unwrap();
    let report = house.report(&joan, "Help").await;
    let note = NoteWritten {
        words: Words::new("Police are on the way"),
    };
    house
        .casework
        .write_note(&joan, house.form(), report.report, When::default(), note)
        .await
        .unwrap();
}

/// Rule 1: what is unsafe is not tried, even when life is at risk; and what happened is recorded all the same.
#[tokio::test]
async fn a_route_called_unsafe_in_another_case_is_not_tried_at_risk_of_life_either() {
    let house = House::new().await;
    let joan = house.who("joan").await;
    let (first, _, route) = house.case(&joan, "Bethan Example").await;
    let never = SafeContactAgreed {
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
        .agree_safe_contact(&joan, house.form(), first, When::default(), never)
        .await
        .unwrap();
    let (second, person, route) = house.case(&joan, "Beth Example").await;
    let (_, asked) = house
        .casework
        .ask_gate(&joan, second, route, Way::Call)
        .await
        .unwrap()
        .into_view();
    assert!(!asked.allowed && asked.code == "never", "{}", asked.code);
    let tried = LifeAtRiskTried {
        person,
        route,
        way: Way::Call,
        reason: Words::new("Silence"),
        script: Words::new("About the water"),
        agreed_by: Some(house.account("manager")),
        told: None,
    };
    let refused = house
        .casework
        .try_life_at_risk(&joan, house.form(), second, tried)
        .await;
    assert!(
        matches!(refused, Err(Problem::Refused(Refusal::RouteIsUnsafe))),
        "{refused:?}"
    );
}
