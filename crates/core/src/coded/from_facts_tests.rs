use super::*;
use crate::case::trial::*;
use crate::ids::Position;

/// What stands at the end of a story, one line a fact: `kind key=value ...`.
fn lines(story: &Story) -> Vec<String> {
    let all = coded(&story.entries);
    crate::coded::visible(&all, story.when())
        .into_iter()
        .map(|fact| {
            let with = fact.with.iter().map(|(name, value)| format!(" {name}={value}"));
            format!("{}{}", fact.kind.name(), with.collect::<String>())
        })
        .collect()
}

#[track_caller]
fn check(fact: Fact, expected: &[&str]) {
    let base = lines(&open()).len();
    assert_eq!(lines(&open().then(fact))[base..], *expected);
}

fn contact(with: With, sure: YesNo, direction: Direction) -> Fact {
    Fact::ContactMade(ContactMade {
        with,
        person: None,
        route: Some(MOBILE),
        way: Way::Call,
        direction,
        sure_it_was: sure,
        still_safe: YesNo::Yes,
        present: None,
        words: words("said"),
        gate: GateSaid {
            answer: "yes".into(),
            against: false,
        },
    })
}

#[test]
fn an_attempt_is_not_a_contact_and_nor_is_one_that_may_have_been_somebody_else() {
    check(
        contact(With::Survivor, YesNo::Yes, Direction::Out),
        &["contact_made route=telephone safe_route=yes started_by=us who=survivor"],
    );
    for sure in [YesNo::No, YesNo::NotKnown] {
        check(
            contact(With::Survivor, sure, Direction::Out),
            &["contact_tried route=telephone who=survivor"],
        );
        check(contact(With::Survivor, sure, Direction::In), &[]);
    }
}

#[test]
fn perhaps_tonight_is_treated_as_danger_now() {
    let answered = |danger| {
        Fact::DangerAnswered(DangerAnswered {
            danger,
            advice_given: false,
            done: None,
        })
    };
    check(answered(Danger::Soon), &["danger_answered danger_now=yes"]);
    check(answered(Danger::Unknown), &["danger_answered danger_now=unknown"]);
    check(answered(Danger::No), &["danger_answered danger_now=no"]);
}

#[test]
fn each_child_has_a_clock_of_its_own_by_an_opaque_id() {
    let mut told = PersonTold::unknown(CHILD, Part::Child);
    told.name = Some(words("a child's name"));
    told.born = Some(jiff::civil::date(2020, 1, 1));
    let story = open().then(Fact::PersonTold(told.clone()));
    let facts = coded(&story.entries);
    let added = facts
        .iter()
        .find(|fact| fact.item == Some(CHILD.to_string()))
        .expect("the child");
    assert_eq!(
        (added.code("as"), added.code("age")),
        (Some("child"), Some("under_16"))
    );
    // Told again with nothing new that a clock may know: no second clock.
    told.more = Some(words("likes drawing"));
    let again = coded(&story.then(Fact::PersonTold(told)).entries);
    let count = again
        .iter()
        .filter(|fact| fact.item == Some(CHILD.to_string()))
        .count();
    assert_eq!(count, 1);
}

#[test]
fn one_perpetrator_who_does_not_live_there_takes_nothing_from_another_who_does() {
    let lives = |who, lives_in_home| {
        let mut told = PersonTold::unknown(who, Part::Perpetrator);
        told.lives_in_home = lives_in_home;
        Fact::PersonTold(told)
    };
    let other = crate::ids::PersonId([5; 16]);
    let story = open()
        .then(lives(PERPETRATOR, YesNo::Yes))
        .then(lives(other, YesNo::No));
    let last = |story: &Story| {
        let about = |line: &&String| line.contains("what=perpetrator_lives_there");
        lines(story).iter().rfind(about).cloned().expect("asked")
    };
    assert!(last(&story).contains("answer=yes"));
    assert!(last(&story.then(lives(PERPETRATOR, YesNo::No))).contains("answer=no"));
}

#[test]
fn what_is_corrected_or_taken_back_counts_no_more() {
    let story = open().then(contact(With::Survivor, YesNo::Yes, Direction::Out));
    let made = |story: &Story| {
        lines(story)
            .iter()
            .filter(|line| line.starts_with("contact_made"))
            .count()
    };
    assert_eq!(made(&story), 1);
    assert_eq!(made(&story.clone().correcting(5, taken_back())), 0);
    let doubtful = contact(With::Survivor, YesNo::NotKnown, Direction::In);
    let corrected = story.correcting(5, doubtful);
    assert_eq!(made(&corrected), 0);
    // Two corrections of one entry: the last alone stands.
    let twice = corrected
        .correcting(5, contact(With::Survivor, YesNo::Yes, Direction::Out))
        .correcting(5, contact(With::Survivor, YesNo::Yes, Direction::Out));
    assert_eq!(made(&twice), 1);
}

#[test]
fn putting_a_spelling_right_does_not_make_a_contact_recorded_late() {
    let text = |text: &str, who| match contact(who, YesNo::Yes, Direction::Out) {
        Fact::ContactMade(made) => Fact::ContactMade(ContactMade {
            words: words(text),
            ..made
        }),
        _ => unreachable!("a contact"),
    };
    let story = open().then(text("sad", With::Survivor));
    let first = coded(&story.entries).pop().expect("the contact").times;
    let later = |fact| {
        let times = crate::times::Times {
            recorded: at("2026-11-20T09:00:00Z"),
            ..first
        };
        let corrected = story.clone().entry(times, Some(Position(5)), fact);
        coded(&corrected.entries)
            .pop()
            .expect("the correction")
            .times
            .recorded
    };
    assert_eq!(later(text("said", With::Survivor)), first.recorded);
    assert_eq!(later(text("said", With::Child)), at("2026-11-20T09:00:00Z"));
}

#[test]
fn whoever_was_told_of_by_mistake_stands_in_no_later_answer() {
    let mut wrong = PersonTold::unknown(crate::ids::PersonId([5; 16]), Part::Perpetrator);
    wrong.lives_in_home = YesNo::Yes;
    let mut right = PersonTold::unknown(PERPETRATOR, Part::Perpetrator);
    right.lives_in_home = YesNo::No;
    let story = open()
        .then(Fact::PersonTold(wrong))
        .correcting(5, taken_back())
        .then(Fact::PersonTold(right));
    let all = lines(&story);
    let about = |line: &&String| line.contains("what=perpetrator_lives_there");
    assert!(all.iter().rfind(about).expect("asked").contains("answer=no"));
}

#[test]
fn only_the_survivors_own_route_is_a_safe_contact_agreed() {
    check(safe(MOBILE, Way::Call), &["safe_contact_agreed route=telephone"]);
    check(unsafe_(MOBILE, Way::Text), &["route_called_unsafe route=text"]);
    let sister = open()
        .then(person(TRUSTED, Part::Trusted))
        .then(route(OTHER_MOBILE, TRUSTED, RouteKind::Telephone, "07700 900777"))
        .then(safe(OTHER_MOBILE, Way::Call));
    assert!(
        !lines(&sister)
            .iter()
            .any(|line| line.starts_with("safe_contact_agreed"))
    );
}

#[test]
fn every_coded_fact_is_one_that_packs_may_speak_of() {
    let mut story = Story::default();
    for fact in one_of_each() {
        story = story.then(fact);
    }
    for fact in coded(&story.entries) {
        assert_eq!(fact.faults(), Vec::<String>::new(), "{}", fact.kind.name());
    }
}

/// No word of anybody's reaches a clock: every text in the story is looked for in what comes out.
#[test]
fn no_word_and_no_name_is_in_a_coded_fact() {
    let mut story = Story::default();
    for fact in one_of_each() {
        story = story.then(fact);
    }
    let shown = serde_json::to_string(&coded(&story.entries)).expect("coded facts serialise");
    for text in [
        "report words",
        "full name",
        "Withheld",
        "T-0099",
        "07700",
        "marmalade",
        "colleague in",
        "a note",
        "locks",
        "sister",
        "library",
        "silence",
        "worse than",
        "an agency",
        "content",
        "way back",
    ] {
        assert!(!shown.contains(text), "{text}");
    }
    assert!(!shown.contains(&WORKER.to_string()), "no account");
}

#[test]
fn the_three_times_and_the_place_go_with_it() {
    let story = open().happened("2026-11-01T20:00:00Z", note("n")).happened(
        "2026-11-01T21:00:00Z",
        contact(With::Survivor, YesNo::Yes, Direction::In),
    );
    let made = coded(&story.entries).pop().expect("the contact");
    assert_eq!(made.times.happened, at("2026-11-01T21:00:00Z"));
    assert_eq!((made.position, made.corrects), (Position(6), None));
}
