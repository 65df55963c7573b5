//! Who may do what, as it is and not as it is written: each function called by each kind of person, and the answers
//! compared with the file that was agreed.

use crate::house::House;
use crate::ops::{ACCOUNTS, IN_A_CASE, OVER_CASES, Op};
use fanlight_casework::*;
use fanlight_core::fact::*;
use fanlight_core::ids::CaseId;
use fanlight_core::landlord::AccountRefusal;
use fanlight_core::words::Words;
use std::collections::BTreeSet;
use std::path::Path;

/// The kinds of person, by the name of one in the house, and how the column is called.
const PEOPLE: &[(&str, &str)] = &[
    ("colleague", "no role"),
    ("listed", "colleague"),
    ("joan", "caseworker"),
    ("manager2", "manager"),
    ("lead", "lead"),
    ("decider", "data decider"),
    ("officer", "officer"),
    ("auditor", "auditor"),
    ("board", "board"),
    ("admin", "administrator"),
    ("other", "other team"),
    ("othermanager", "its manager"),
    ("ruth", "shut out"),
    ("manager", "line above"),
    ("rhys", "left out"),
];

/// What no signed-in person asks: each is the program's own, the machine's, or stands before the door.
const NO_PERSON: &[&str] = &[
    "new",
    "now",
    "rooms",
    "room",
    "rebuild",
    "tick",
    "check_kept",
    "verify",
    "examine",
    "carry_in",
    "make_installation",
    "new_reference",
    "restore_root_key",
    "sign_in_is_free",
    "open_installation",
    "add_landlord",
    "set_public_telephone",
    "add_first_accounts",
    "add_hashed_accounts",
    "hash_first_password",
    "new_account",
    "new_command",
    "new_person",
    "sign_in",
    "first_sign_in",
    "visit",
    "sign_out",
    "take_public_report",
];

fn said(result: &Result<(), Problem>) -> &'static str {
    match result {
        Ok(()) => "yes",
        // Past the gate: what they asked for does not fit, and they are told why.
        Err(
            Problem::Refused(_)
            | Problem::Unfit(_)
            | Problem::MovedOn
            | Problem::AccountRefused(
                AccountRefusal::NoSuchAccount
                | AccountRefusal::NoSuchProposal
                | AccountRefusal::TeamMissing
                | AccountRefusal::AlreadyHeld
                | AccountRefusal::SamePerson
                | AccountRefusal::WordsMissing
                | AccountRefusal::NotRecordable
                | AccountRefusal::InTheFuture
                | AccountRefusal::NextReviewMissing
                | AccountRefusal::NothingStandsThere
                | AccountRefusal::AdministratorReads,
            ),
        ) => "yes",
        Err(Problem::Unseen | Problem::NotAllowed | Problem::AccountRefused(AccountRefusal::NotAllowed)) => {
            "-"
        }
        Err(
            trouble @ (Problem::FormUsed | Problem::NoRoom | Problem::Broken(_) | Problem::Unreadable(_)),
        ) => {
            panic!("no answer at all: {trouble:?}")
        }
    }
}

async fn rows(house: &House, ops: &[Op], case: CaseId, left_out_of: CaseId, text: &mut String) {
    for op in ops {
        let mut line = format!("{:<24}", op.name);
        for (person, column) in PEOPLE {
            let who = house.who(person).await;
            let case = if *column == "left out" { left_out_of } else { case };
            let answer = said(&(op.ask)(house, &who, case).await);
            line.push_str(&format!("{answer:<14}"));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
}

#[tokio::test]
async fn who_may_do_what_is_as_agreed() {
    let house = House::full().await;
    let joan = house.who("joan").await;
    let (case, ..) = house.case(&joan, "Bethan Example").await;
    let shut = |name: &str| ShutOut {
        account: house.account(name),
        suspected: false,
        line_too: false,
        reason: Words::new("Related"),
    };
    let manager2 = house.who("manager2").await;
    for name in ["ruth", "manager"] {
        let form = house.form_seen(house.seen(&manager2, case).await);
        house
            .casework
            .shut_out(&manager2, form, case, shut(name))
            .await
            .unwrap();
    }
    let (left_out_of, ..) = house.case(&joan, "Ceri Example").await;
    let form = house.form_seen(house.seen(&manager2, left_out_of).await);
    let restricted = Restricted {
        to: vec![house.account("joan"), house.account("manager2")],
        reason: Words::new("He has friends here"),
    };
    house
        .casework
        .restrict(&manager2, form, left_out_of, restricted)
        .await
        .unwrap();

    let mut text = String::from(
        "Who may do what, tried out: every function of casework, called by every kind of person.\n\
         \n\
         yes   past the gate. What is asked for may still be refused, with a reason, by the policy or the state of the case.\n\
         -     as if it were not there. In a case, this answer is the same as for a case that does not exist.\n\
         \n\
         The case is one of the domestic abuse team. \"other team\" is a caseworker of another, and \"its manager\" hers.\n\
         \"shut out\" is a caseworker of the team who is connected with somebody in the case, and \"line above\" the manager\n\
         she reports to, shut out with her. \"left out\" is a caseworker of the team whom a restricted case does not name.\n\
         Whoever took a report may say who in it works here (name_connected), for two hours and whatever their roles.\n\
         A list shows each person only the cases that they could open.\n",
    );
    let mut head = format!("{:<24}", "");
    for (_, column) in PEOPLE {
        head.push_str(&format!("{column:<14}"));
    }
    for (title, ops) in [
        ("In a case", IN_A_CASE),
        ("Over cases", OVER_CASES),
        ("Accounts and drafts", ACCOUNTS),
    ] {
        text.push_str(&format!("\n{title}\n\n{}\n", head.trim_end()));
        rows(&house, ops, case, left_out_of, &mut text).await;
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/matrix.txt");
    if std::env::var_os("FANLIGHT_WRITE_GOLDEN").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let agreed = std::fs::read_to_string(&path).unwrap();
    assert_eq!(
        text, agreed,
        "if the change is meant, write the file anew with FANLIGHT_WRITE_GOLDEN=1 and have it read"
    );
}

#[test]
fn every_function_of_casework_stands_in_the_matrix_or_is_nobodys() {
    let mut found = BTreeSet::new();
    functions(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.len() > 70, "the sources are read: {}", found.len());
    let mut listed: BTreeSet<String> = NO_PERSON.iter().map(|name| (*name).to_owned()).collect();
    for op in [IN_A_CASE, OVER_CASES, ACCOUNTS].into_iter().flatten() {
        assert!(listed.insert(op.name.to_owned()), "{} stands twice", op.name);
    }
    let missing: Vec<_> = found.difference(&listed).collect();
    assert!(
        missing.is_empty(),
        "give these a row in tests/it/ops.rs: {missing:?}"
    );
    let gone: Vec<_> = listed.difference(&found).collect();
    assert!(gone.is_empty(), "these are no longer there: {gone:?}");
}

/// The public functions of `Casework` in the sources of a folder.
fn functions(folder: &Path, found: &mut BTreeSet<String>) {
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.is_dir() {
            functions(&path, found);
            continue;
        }
        let (mut in_casework, mut in_list) = (false, false);
        for line in std::fs::read_to_string(&path).unwrap().lines() {
            match line {
                "impl Casework {" => in_casework = true,
                "one_fact! {" | "in_the_house! {" => in_list = true,
                "}" => (in_casework, in_list) = (false, false),
                _ => {}
            }
            let name = |rest: &str| rest.split(['(', '<']).next().unwrap_or_default().to_owned();
            if in_casework {
                let rest = line
                    .strip_prefix("    pub async fn ")
                    .or(line.strip_prefix("    pub fn "));
                found.extend(rest.map(name));
            }
            if in_list && (line.contains(" by case::") || line.contains("::withheld::")) {
                found.insert(name(line.trim()));
            }
        }
    }
}
