//! The safety rule about a full disk, on a disk that is really full: nothing is called saved that is not, each look is on
//! record as long as the space set aside lasts, and after that safe contact and danger alone stay readable.

use crate::program::{Person, Program};

/// What is set aside.
const RESERVE: u64 = 8 * 1024 * 1024;

/// Writes notes until one is refused. Gives how many were called saved, and where the refused one ended.
fn fill_up(joan: &mut Person, case: &str) -> (usize, String) {
    for number in 0..2_000 {
        let words = format!(
            "Saved for certain number {number}. {}",
            "Words and words. ".repeat(60)
        );
        let answer = joan.fill(&format!("{case}/note"), &[("words", &words)]);
        assert_eq!(answer.status, 303);
        if !answer.to.contains("done=note") {
            return (number, answer.to);
        }
    }
    panic!("the disk was never full");
}

#[test]
fn on_a_full_disk_looks_are_recorded_and_after_that_safe_contact_and_danger_alone_are_read() {
    let place = tempfile::tempdir().expect("a folder");
    Program::start(place.path()).kill();
    // Opened again, its log is empty: it grows with what is written from here on.
    let program = Program::start(place.path());
    let mut joan = program.sign_in("joan.platt");
    let mut colin = program.sign_in("colin.tarnside");
    let all = joan.get("/cases").cases();
    let for_colin = colin.get("/cases").cases();
    let hidden = all
        .iter()
        .find(|case| !for_colin.contains(case))
        .expect("he is shut out of one");
    let case = all
        .iter()
        .find(|case| {
            let page = joan.get(case).body;
            page.contains("Safe to call now") || page.contains("fl-contact__now--yes")
        })
        .expect("somebody can be called now");
    let whole = joan.get(case);
    assert_eq!(whole.status, 200);

    // The disk fills: what is called saved is saved, and what is not says so, with every word of it.
    program.disk_holds(program.used() + 512 * 1024);
    let (saved, refused_to) = fill_up(&mut joan, case);
    assert!(
        saved > 0 && refused_to.starts_with("/no-room?again="),
        "{refused_to}"
    );
    let page = joan.get(&refused_to);
    assert_eq!(page.status, 503);
    assert!(page.body.contains("What you wrote is not saved"));
    assert!(
        page.body.contains(&format!("Saved for certain number {saved}.")),
        "the words stay"
    );
    assert!(page.body.contains("Vikram Saltmere"), "whom to ring");

    // As long as the space set aside lasts, a case is open, each look on record; so is what is safe and the danger.
    let looks_before = joan.get(&format!("{case}/looks"));
    assert_eq!(joan.get(case).status, 200);
    let danger = joan.fill(
        &format!("{case}/danger"),
        &[
            ("danger", "soon"),
            ("advice", "yes"),
            ("done", "Rang the police with her"),
        ],
    );
    assert!(danger.to.contains("done=danger"), "{}", danger.to);
    let looks = joan.get(&format!("{case}/looks"));
    assert_eq!((looks_before.status, looks.status), (200, 200));
    assert_eq!(colin.get(hidden).status, 404);

    // Then that is used up too.
    program.disk_holds(program.used().saturating_sub(RESERVE));
    let mut alone = joan.get(case);
    for _ in 0..3_000 {
        if alone.status != 200 {
            break;
        }
        alone = joan.get(case);
    }
    assert_eq!(alone.status, 503, "without a record the case is closed");
    assert!(alone.body.contains("fl-contact__now--yes"), "how to make contact");
    assert!(alone.body.contains("Treat it as danger now"), "and the danger");
    assert!(alone.body.contains("Vikram Saltmere"));
    for closed in ["Saved for certain", "timeline", "What is promised"] {
        assert!(!alone.body.contains(closed), "{closed}");
    }
    // Every other page of it leads there; the lists show contact and danger alone, of the same cases as ever.
    for page in ["promises", "people", "looks", "note", "contact", "code-word"] {
        let answer = joan.get(&format!("{case}/{page}"));
        assert_eq!((answer.status, &answer.to), (303, case), "{page}");
    }
    for page in ["/work", "/cases"] {
        let answer = joan.follow(page);
        assert_eq!(answer.status, 503, "{page}");
        assert!(
            answer.cases().contains(case) && answer.cases().contains(hidden),
            "{page}"
        );
    }
    // Who is shut out sees no more than before, though nothing can be recorded.
    assert_eq!(colin.get(hidden).status, 404);
    assert_eq!(colin.get("/case/00000000000000000000000000000000").status, 404);
    assert!(!colin.follow("/cases").cases().contains(hidden));
    // Whoever comes new is let in, and reads the same.
    let mut frances = program.sign_in("frances.oatlow");
    assert_eq!(frances.get(case).status, 503);
    assert!(frances.get(case).body.contains("fl-contact__now--yes"));
    // What is written now is refused, and kept on the page.
    let sent = page.hidden();
    let again = joan.post(&format!("{case}/note"), &sent);
    assert!(again.to.starts_with("/no-room?again="), "{}", again.to);
    let typed = joan.get(&again.to);
    assert!(typed.body.contains(&format!("Saved for certain number {saved}.")));
    assert!(program.log().contains("its record waits for room"));

    // There is room again: the same press saves it, and who looked meanwhile stands on record.
    program.disk_has_room();
    let answer = joan.post(&format!("{case}/note"), &typed.hidden());
    assert!(answer.to.contains("done=note"), "{}", answer.to);
    assert_eq!(joan.get(case).status, 200);
    let looks = joan.get(&format!("{case}/looks"));
    let late = looks.body.matches("while nothing could be recorded").count();
    assert!(late >= 3, "{late}");
    assert!(looks.body.contains("Frances Oatlow"));

    // Nothing that was called saved was not, whatever becomes of the program.
    program.kill();
    let program = Program::start(place.path());
    let mut joan = program.sign_in("joan.platt");
    let page = joan.get(&format!("{case}?all=1")).body;
    for number in 0..=saved {
        let times = page
            .matches(&format!("Saved for certain number {number}."))
            .count();
        assert_eq!(times, 1, "note {number}");
    }
    assert!(page.contains("Rang the police with her"));
}
