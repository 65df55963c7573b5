//! An administrator who wants to read cases, and every way that leads from knowing an account's first password to them.

use crate::house::{House, PASSWORD};
use fanlight_casework::people::password::Password;
use fanlight_casework::*;
use fanlight_core::access::Role;
use fanlight_core::ids::AccountId;
use fanlight_core::landlord::{AccountRefusal, RoleTaken};
use fanlight_core::words::Words;
use jiff::SignedDuration;

const KNOWN: &str = "the administrator knows it";

fn password(text: &str) -> Password {
    Password::new(text.to_owned())
}

fn caseworker() -> (Role, Option<String>) {
    (Role::Caseworker, Some("domestic-abuse".into()))
}

/// The administrator opens an account of which they know the password.
async fn opened(house: &House) -> AccountId {
    let admin = house.who("admin").await;
    let new = NewAccount {
        name: Words::new("Newcomer"),
        post: Words::new("Support worker"),
        sign_in: Words::new("newcomer.settle"),
        password: password(KNOWN),
        reports_to: None,
        roles: Vec::new(),
    };
    let account = house.casework.open_account(&admin, house.form(), new).await;
    account.expect("an account")
}

/// A role is proposed by the administrator, and the lead agrees. Gives the code that the lead is shown.
async fn made_caseworker(house: &House, account: AccountId) -> Option<FirstCode> {
    let admin = house.who("admin").await;
    let words = Words::new("new post");
    let proposed = house
        .casework
        .propose_role(&admin, house.form(), account, caseworker(), words);
    proposed.await.expect("proposed");
    agreed(house).await
}

async fn agreed(house: &House) -> Option<FirstCode> {
    let lead = house.who("lead").await;
    let waiting = house.casework.proposals(&lead).expect("the lead may see them");
    let position = waiting.last().expect("one waits").position;
    let answer = house
        .casework
        .answer_proposal(&lead, house.form(), position, true);
    answer.await.expect("agreed")
}

async fn door(house: &House, typed: &str) -> Result<SignedIn, WhyNot> {
    house
        .casework
        .sign_in("newcomer.settle", password(typed), None)
        .await
}

async fn first(house: &House, typed: &str, code: &str, new: &str) -> Result<SignedIn, WhyNot> {
    let first = FirstSignIn {
        password: password(typed),
        code: code.to_owned(),
        new: password(new),
    };
    house.casework.first_sign_in("newcomer.settle", first, None).await
}

async fn is_out(house: &House, session: &str) -> bool {
    matches!(
        house.casework.visit(session).await.expect("a visit"),
        Visit::Nobody
    )
}

#[tokio::test]
async fn an_administrator_who_knows_the_first_password_reads_nothing() {
    let house = House::full().await;
    let account = opened(&house).await;
    // Signed in as the newcomer before there is a role, with the session kept alive.
    let before = door(&house, KNOWN).await.expect("no role yet, and so no code");
    house.pass(SignedDuration::from_mins(5));
    let code = made_caseworker(&house, account)
        .await
        .expect("the lead is given a code");
    assert!(
        is_out(&house, &before.session).await,
        "the session ended with the answer"
    );
    // The page that was open still knows who was signed in: with that, no new password is set either.
    let change = OwnPassword {
        old: password(KNOWN),
        new: password("another that is known"),
    };
    let _ = house.casework.change_own_password(&before.who, change).await;
    for typed in [KNOWN, "another that is known"] {
        let signed = door(&house, typed).await;
        assert!(
            matches!(signed, Err(WhyNot::CodeWanted | WhyNot::DoNotFit)),
            "{typed}"
        );
        for guessed in ["", "0000 0000 0000 0000", KNOWN] {
            let signed = first(&house, typed, guessed, "a third that is known").await;
            assert!(matches!(signed, Err(WhyNot::DoNotFit)), "{typed} {guessed}");
        }
    }
    // Whoever was second knows the code, and no password.
    house.pass(SignedDuration::from_mins(10));
    let signed = first(&house, "what might it be", code.reveal(), "of the lead's own").await;
    assert!(matches!(signed, Err(WhyNot::DoNotFit)));
    // An administrator's new password waits for a second person again, and opens nothing meanwhile.
    let admin = house.who("admin").await;
    let (words, typed) = (Words::new("forgot"), password("a fourth that is known"));
    let proposed = house
        .casework
        .propose_password(&admin, house.form(), account, typed, words);
    proposed.await.expect("proposed");
    assert!(matches!(
        door(&house, "a fourth that is known").await,
        Err(WhyNot::DoNotFit)
    ));
}

#[tokio::test]
async fn the_colleague_comes_in_with_both_and_from_then_on_alone() {
    let house = House::full().await;
    let account = opened(&house).await;
    let code = made_caseworker(&house, account).await.expect("a code");
    let same = first(&house, KNOWN, &code.in_fours(), KNOWN).await;
    assert!(
        matches!(same, Err(WhyNot::Problem(Problem::Unfit(_)))),
        "a new one has to be new"
    );
    let own = "known to nobody else";
    let signed = first(&house, KNOWN, &code.in_fours().to_uppercase(), own).await;
    let session = signed.expect("let in").session;
    assert!(!is_out(&house, &session).await);
    assert!(door(&house, own).await.is_ok());
    // Used, the code opens nothing more, and the password that was told neither.
    assert!(matches!(door(&house, KNOWN).await, Err(WhyNot::DoNotFit)));
    for typed in [KNOWN, own] {
        let again = first(&house, typed, code.reveal(), "somebody else's now").await;
        assert!(matches!(again, Err(WhyNot::DoNotFit)), "{typed}");
    }
    // A second role changes nothing about the door.
    let manager = house.who("manager2").await;
    let role = (Role::Auditor, None);
    let proposed = house
        .casework
        .propose_role(&manager, house.form(), account, role, Words::new("also"));
    proposed.await.expect("proposed");
    assert!(agreed(&house).await.is_none());
    assert!(door(&house, own).await.is_ok());
}

#[tokio::test]
async fn a_new_password_for_whoever_reads_cases_opens_only_with_the_second_persons_code() {
    let house = House::full().await;
    let joan = house.account("joan");
    let session = house
        .casework
        .sign_in("joan.settle", password(PASSWORD), None)
        .await;
    let session = session.expect("signed in").session;
    house.pass(SignedDuration::from_mins(5));
    let admin = house.who("admin").await;
    let words = Words::new("lost");
    let proposed = house
        .casework
        .propose_password(&admin, house.form(), joan, password(KNOWN), words);
    proposed.await.expect("proposed");
    assert!(!is_out(&house, &session).await, "one person alone ends nothing");
    let code = agreed(&house).await.expect("a code");
    assert!(is_out(&house, &session).await);
    for typed in [KNOWN, PASSWORD] {
        let signed = house.casework.sign_in("joan.settle", password(typed), None).await;
        assert!(
            matches!(signed, Err(WhyNot::CodeWanted | WhyNot::DoNotFit)),
            "{typed}"
        );
    }
    let both = FirstSignIn {
        password: password(KNOWN),
        code: code.reveal().to_owned(),
        new: password("joan's own again"),
    };
    assert!(
        house
            .casework
            .first_sign_in("joan.settle", both, None)
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_role_that_is_taken_and_given_again_opens_no_way_back_for_who_set_a_password_between() {
    let house = House::full().await;
    let account = opened(&house).await;
    let code = made_caseworker(&house, account).await.expect("a code");
    first(&house, KNOWN, code.reveal(), "the colleague's own")
        .await
        .expect("let in");
    let admin = house.who("admin").await;
    let taken = RoleTaken {
        account,
        role: Role::Caseworker,
        team: caseworker().1,
        reason: Words::new("moved"),
    };
    house
        .casework
        .take_role(&admin, house.form(), taken)
        .await
        .expect("taken");
    // It reads nothing, so a password holds at once.
    let admin = house.who("admin").await;
    let set =
        house
            .casework
            .propose_password(&admin, house.form(), account, password(KNOWN), Words::new("x"));
    set.await.expect("set");
    let kept = door(&house, KNOWN).await.expect("it reads nothing").session;
    house.pass(SignedDuration::from_secs(1));
    assert!(made_caseworker(&house, account).await.is_some());
    assert!(is_out(&house, &kept).await);
    assert!(matches!(door(&house, KNOWN).await, Err(WhyNot::CodeWanted)));
}

#[tokio::test]
async fn an_administrator_is_nobodys_second_person_and_becomes_no_reader() {
    let house = House::full().await;
    let account = opened(&house).await;
    let manager = house.who("manager2").await;
    let proposed =
        house
            .casework
            .propose_role(&manager, house.form(), account, caseworker(), Words::new("new"));
    proposed.await.expect("proposed");
    let admin = house.who("admin").await;
    let position = house.casework.proposals(&admin).expect("may propose")[0].position;
    let answered = house
        .casework
        .answer_proposal(&admin, house.form(), position, true)
        .await;
    assert!(matches!(
        answered,
        Err(Problem::AccountRefused(AccountRefusal::NotAllowed))
    ));
    let own = house.account("admin");
    for proposer in ["admin", "manager2", "lead"] {
        let who = house.who(proposer).await;
        let role = house
            .casework
            .propose_role(&who, house.form(), own, caseworker(), Words::new("help"))
            .await;
        let apart = Err::<(), _>(AccountRefusal::AdministratorReads);
        assert!(
            matches!(role, Err(Problem::AccountRefused(no)) if Err(no) == apart),
            "{proposer}"
        );
    }
}

/// The second press of "Answer" shows the same code, and not one that opens nothing.
#[tokio::test]
async fn pressed_twice_the_answer_gives_the_same_code() {
    let house = House::full().await;
    let account = opened(&house).await;
    let admin = house.who("admin").await;
    let proposed =
        house
            .casework
            .propose_role(&admin, house.form(), account, caseworker(), Words::new("new"));
    proposed.await.expect("proposed");
    let lead = house.who("lead").await;
    let position = house.casework.proposals(&lead).expect("seen")[0].position;
    let form = house.form();
    let once = house
        .casework
        .answer_proposal(&lead, form, position, true)
        .await
        .expect("agreed");
    let twice = house
        .casework
        .answer_proposal(&lead, form, position, true)
        .await
        .expect("agreed");
    let (once, twice) = (once.expect("a code"), twice.expect("a code"));
    assert_eq!(once.reveal(), twice.reveal());
    assert!(
        first(&house, KNOWN, twice.reveal(), "the colleague's own")
            .await
            .is_ok()
    );
}
