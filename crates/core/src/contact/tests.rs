//! Rule 1, clause by clause: each test here fails when its clause is taken out.

use super::*;
use crate::case::Terms;
use crate::case::trial::*;
use crate::fact::*;
use crate::words::Words;
use jiff::civil::{date, time};

const NOON: &str = "2026-11-25T12:00:00Z";

fn ask_as(story: &Story, route: crate::ids::RouteId, way: Way, when: &str, sender: Sender) -> Answer {
    let ask = Ask {
        route,
        way,
        at: at(when),
        sender,
    };
    may_we(&story.case(), &[], &ask, &terms())
}

fn ask(story: &Story, way: Way, when: &str) -> Answer {
    ask_as(story, MOBILE, way, when, Sender::Person)
}

fn automatic(story: &Story, way: Way, when: &str) -> Answer {
    ask_as(story, MOBILE, way, when, Sender::Automatic)
}

fn yes() -> Answer {
    Answer::Yes {
        until: None,
        warnings: Vec::new(),
    }
}

fn agreed(change: impl FnOnce(&mut SafeContactAgreed)) -> Fact {
    let mut agreed = said(MOBILE, Way::Call, Verdict::Safe);
    change(&mut agreed);
    Fact::SafeContactAgreed(agreed)
}

#[test]
fn unknown_means_no() {
    assert_eq!(
        ask(&open(), Way::Call, NOON),
        Answer::Unknown(Unknown::NeverAsked)
    );
    assert_eq!(
        automatic(&open(), Way::Text, NOON),
        Answer::Unknown(Unknown::NeverAsked)
    );
    let elsewhere = ask_as(&open(), FLAT, Way::Letter, NOON, Sender::Person);
    assert_eq!(elsewhere, Answer::Unknown(Unknown::NoSuchRoute));
}

#[test]
fn what_the_person_called_safe_is_allowed_in_that_way_only() {
    let story = open().then(safe(MOBILE, Way::Call));
    assert_eq!(ask(&story, Way::Call, NOON), yes());
    assert_eq!(automatic(&story, Way::Call, NOON), yes());
    assert_eq!(ask(&story, Way::Text, NOON), Answer::Unknown(Unknown::NeverAsked));
    assert_eq!(
        ask(&story, Way::Letter, NOON),
        Answer::Unknown(Unknown::NotThisWay)
    );
}

#[test]
fn the_newest_word_about_the_same_way_wins() {
    let story = open()
        .then(safe(MOBILE, Way::Call))
        .then(unsafe_(MOBILE, Way::Call));
    assert_eq!(ask(&story, Way::Call, NOON), Answer::Never(Never::CalledUnsafe));
    let story = story.then(safe(MOBILE, Way::Call));
    assert_eq!(ask(&story, Way::Call, NOON), yes());
    let story = story.then(agreed(|word| word.verdict = Verdict::Unknown));
    assert_eq!(
        ask(&story, Way::Call, NOON),
        Answer::Unknown(Unknown::NoLongerSure)
    );
}

#[test]
fn a_safe_written_down_late_does_not_outdo_a_not_safe_said_after_it() {
    let story = open()
        .then(unsafe_(MOBILE, Way::Call))
        .happened("2026-11-01T09:00:00Z", safe(MOBILE, Way::Call));
    assert_eq!(ask(&story, Way::Call, NOON), Answer::Never(Never::CalledUnsafe));
}

#[test]
fn a_not_safe_written_down_late_counts_all_the_same() {
    let story = open()
        .then(safe(MOBILE, Way::Call))
        .happened("2026-11-01T09:00:00Z", unsafe_(MOBILE, Way::Call));
    assert_eq!(ask(&story, Way::Call, NOON), Answer::Never(Never::CalledUnsafe));
}

#[test]
fn correcting_an_old_safe_does_not_make_it_the_newest_word() {
    let story = open()
        .then(safe(MOBILE, Way::Call))
        .then(unsafe_(MOBILE, Way::Call))
        .correcting(5, safe(MOBILE, Way::Call));
    assert_eq!(ask(&story, Way::Call, NOON), Answer::Never(Never::CalledUnsafe));
}

#[test]
fn correcting_an_old_safe_into_not_safe_counts_from_now() {
    let story = open()
        .then(safe(MOBILE, Way::Call))
        .then(safe(MOBILE, Way::Call))
        .correcting(5, unsafe_(MOBILE, Way::Call));
    assert_eq!(ask(&story, Way::Call, NOON), Answer::Never(Never::CalledUnsafe));
}

#[test]
fn correcting_the_spelling_of_an_old_not_safe_does_not_outdo_a_newer_safe() {
    let story = open()
        .then(unsafe_(MOBILE, Way::Call))
        .then(safe(MOBILE, Way::Call));
    let times = crate::times::Times {
        recorded: story.when(),
        ..crate::times::Times::at(at("2026-11-02T14:00:00Z"))
    };
    let story = story.entry(times, Some(crate::ids::Position(5)), unsafe_(MOBILE, Way::Call));
    assert_eq!(ask(&story, Way::Call, NOON), yes());
}

#[test]
fn it_is_checked_when_the_message_leaves_not_when_it_is_queued() {
    let story = open().then(safe(MOBILE, Way::Text));
    let queued = || Outbound {
        route: MOBILE,
        way: Way::Text,
        sender: Sender::Automatic,
        message: "You have a message.",
    };
    assert!(clear(&story.case(), &[], queued(), at(NOON), &terms()).is_ok());
    let story = story.then(unsafe_(MOBILE, Way::Text));
    let (kept, answer) = clear(&story.case(), &[], queued(), at(NOON), &terms()).expect_err("unsafe by now");
    assert_eq!(answer, Answer::Never(Never::CalledUnsafe));
    assert_eq!(kept, queued());
}

#[test]
fn a_cleared_message_goes_stale_and_carries_the_number_of_that_moment() {
    let story = open().then(safe(MOBILE, Way::Text));
    let message = Outbound {
        route: MOBILE,
        way: Way::Text,
        sender: Sender::Person,
        message: "You have a message.",
    };
    let clear_now = || clear(&story.case(), &[], message.clone(), at(NOON), &terms()).expect("safe");
    let (to, _) = clear_now().send_at(at("2026-11-25T12:00:30Z")).expect("in time");
    assert_eq!(to.reveal(), "07700 900123");
    assert_eq!(clear_now().send_at(at("2026-11-25T12:01:00Z")), Err(TooLate));
    assert_eq!(clear_now().send_at(at("2026-11-25T11:59:59Z")), Err(TooLate));
}

#[test]
fn a_named_professional_who_asked_the_person_may_vouch_and_an_unnamed_one_may_not() {
    let vouched = |name: Option<&str>| {
        open().then(agreed(|word| {
            word.said_by = SaidBy::Professional;
            word.professional = name.map(words);
        }))
    };
    let named = ask(&vouched(Some("a named professional")), Way::Call, NOON);
    assert_eq!(named.warnings(), [Warning::Vouched]);
    assert!(named.allows_a_person());
    for unnamed in [None, Some("  ")] {
        let answer = ask(&vouched(unnamed), Way::Call, NOON);
        assert_eq!(answer, Answer::Unknown(Unknown::NeverAsked));
    }
}

#[test]
fn no_automatic_sender_uses_a_vouching() {
    let story = open().then(agreed(|word| {
        word.said_by = SaidBy::Professional;
        word.professional = Some(words("a named professional"));
    }));
    let answer = automatic(&story, Way::Call, NOON);
    assert_eq!(answer, Answer::PersonOnly(PersonOnly::Vouched));
}

/// Called safe in every way of the mobile number, until 24 November.
fn past_recheck() -> Story {
    Way::of(RouteKind::Telephone).iter().fold(open(), |story, way| {
        story.then(agreed(|word| {
            word.way = *way;
            word.recheck_on = Some(date(2026, 11, 24));
        }))
    })
}

#[test]
fn it_can_be_relied_on_through_its_last_day() {
    let answer = ask(&past_recheck(), Way::Call, "2026-11-24T23:59:59Z");
    let midnight = Some(at("2026-11-25T00:00:00Z"));
    assert_eq!(
        answer,
        Answer::Yes {
            until: midnight,
            warnings: Vec::new()
        }
    );
}

#[test]
fn past_its_day_a_person_may_call_and_ask_first() {
    let answer = ask(&past_recheck(), Way::Call, "2026-11-25T00:00:00Z");
    let relied_on_until = date(2026, 11, 24);
    assert_eq!(
        answer,
        Answer::AskFirst {
            until: None,
            relied_on_until,
            warnings: Vec::new()
        }
    );
}

#[test]
fn past_its_day_nothing_is_written() {
    for way in [Way::Text, Way::Voicemail] {
        assert_eq!(
            ask(&past_recheck(), way, NOON),
            Answer::Unknown(Unknown::PastRecheck)
        );
    }
    let call = Outbound {
        route: MOBILE,
        way: Way::Call,
        sender: Sender::Person,
        message: "",
    };
    assert!(clear(&past_recheck().case(), &[], call, at(NOON), &terms()).is_err());
}

#[test]
fn past_its_day_no_automatic_sender_may() {
    let answer = automatic(&past_recheck(), Way::Call, NOON);
    assert_eq!(answer, Answer::PersonOnly(PersonOnly::AskFirst));
    assert_eq!(
        automatic(&past_recheck(), Way::Text, NOON),
        Answer::Unknown(Unknown::PastRecheck)
    );
}

#[test]
fn past_its_day_only_with_nothing_known_against_it() {
    let somebody_else = Fact::ContactTried(ContactTried {
        with: With::Survivor,
        person: Some(SURVIVOR),
        route: Some(MOBILE),
        way: Way::Call,
        end: TryEnd::SomebodyElse,
        words: None,
        gate: GateSaid {
            answer: "yes".into(),
            against: false,
        },
    });
    let answer = ask(&past_recheck().then(somebody_else), Way::Call, NOON);
    assert_eq!(answer, Answer::Unknown(Unknown::PastRecheckAndDoubtful));
}

#[test]
fn past_its_day_only_in_its_hours() {
    let story = open().then(agreed(|word| {
        word.recheck_on = Some(date(2026, 11, 24));
        word.hours = hours(&[], time(10, 0, 0, 0), time(11, 0, 0, 0));
    }));
    assert!(matches!(
        ask(&story, Way::Call, "2026-11-25T10:30:00Z"),
        Answer::AskFirst { .. }
    ));
    assert!(matches!(ask(&story, Way::Call, NOON), Answer::NotNow { .. }));
}

#[test]
fn where_nobody_said_when_to_ask_again_the_packs_days_count() {
    let story = open().then(safe(MOBILE, Way::Text));
    let terms = Terms {
        recheck_days: Some(7),
        ..terms()
    };
    let at_noon = |when: &str| {
        let ask = Ask {
            route: MOBILE,
            way: Way::Text,
            at: at(when),
            sender: Sender::Person,
        };
        may_we(&story.case(), &[], &ask, &terms)
    };
    assert!(at_noon("2026-11-09T12:00:00Z").allows_a_person());
    assert_eq!(
        at_noon("2026-11-10T12:00:00Z"),
        Answer::Unknown(Unknown::PastRecheck)
    );
}

#[test]
fn outside_its_hours_not_now_and_from_when() {
    let story = open().then(agreed(|word| {
        word.hours = hours(&[], time(12, 30, 0, 0), time(14, 0, 0, 0));
    }));
    let (opens, closes) = (at("2026-11-25T12:30:00Z"), at("2026-11-25T14:00:00Z"));
    let not_now = Answer::NotNow {
        from: opens,
        until: Some(closes),
    };
    assert_eq!(ask(&story, Way::Call, NOON), not_now);
    assert_eq!(automatic(&story, Way::Call, NOON), not_now);
    assert_eq!(not_now.says(), "Not now; from Wednesday 25 November, 12:30.");
    let open_now = ask(&story, Way::Call, "2026-11-25T13:00:00Z");
    assert_eq!(
        open_now,
        Answer::Yes {
            until: Some(closes),
            warnings: Vec::new()
        }
    );
}

#[test]
fn an_opening_after_its_last_day_is_promised_for_nothing_written() {
    let story = open().then(agreed(|word| {
        word.way = Way::Text;
        word.recheck_on = Some(date(2026, 11, 25));
        word.hours = hours(&[], time(9, 0, 0, 0), time(10, 0, 0, 0));
    }));
    assert_eq!(
        ask(&story, Way::Text, NOON),
        Answer::Unknown(Unknown::PastRecheck)
    );
}

#[test]
fn an_answer_on_the_telephone_that_it_is_no_longer_safe_is_a_word_like_any_other() {
    let made = ContactMade {
        with: With::Survivor,
        person: Some(SURVIVOR),
        route: Some(MOBILE),
        way: Way::Call,
        direction: Direction::Out,
        sure_it_was: YesNo::Yes,
        still_safe: YesNo::No,
        present: None,
        words: words("Not here any more."),
        gate: GateSaid {
            answer: "yes".into(),
            against: false,
        },
    };
    let story = open().then(safe(MOBILE, Way::Call)).then(Fact::ContactMade(made));
    assert_eq!(ask(&story, Way::Call, NOON), Answer::Never(Never::CalledUnsafe));
}

#[test]
fn unsafe_in_one_of_her_cases_is_unsafe_in_all() {
    let story = open().then(safe(MOBILE, Way::Text)).then(safe(MOBILE, Way::Call));
    let elsewhere = [Elsewhere {
        key: RouteKey::of(RouteKind::Telephone, &words("+44 7700 900 123")),
        way: Way::Text,
    }];
    let ask = |way| {
        let ask = Ask {
            route: MOBILE,
            way,
            at: at(NOON),
            sender: Sender::Person,
        };
        may_we(&story.case(), &elsewhere, &ask, &terms())
    };
    assert_eq!(ask(Way::Text), Answer::Never(Never::UnsafeBefore));
    assert_eq!(ask(Way::Call), yes());
}

#[test]
fn what_one_case_calls_unsafe_stops_the_other_whatever_the_spelling() {
    let one = open()
        .then(unsafe_(MOBILE, Way::Text))
        .then(safe(MOBILE, Way::Call));
    let elsewhere = called_unsafe(&one.case());
    let other = Story::default()
        .then(report())
        .then(person(SURVIVOR, Part::Survivor))
        .then(route(MAILBOX, SURVIVOR, RouteKind::Telephone, "+44 7700 900123"))
        .then(safe(MAILBOX, Way::Text))
        .then(safe(MAILBOX, Way::Call));
    let answer = |way| {
        let ask = Ask {
            route: MAILBOX,
            way,
            at: at(NOON),
            sender: Sender::Automatic,
        };
        may_we(&other.case(), &elsewhere, &ask, &terms())
    };
    assert_eq!(answer(Way::Text), Answer::Never(Never::UnsafeBefore));
    assert_eq!(answer(Way::Call), yes());
}

#[test]
fn where_else_it_was_called_unsafe_cannot_be_told_from_the_words() {
    assert_eq!(Never::UnsafeBefore.says(), Never::CalledUnsafe.says());
}

#[test]
fn the_same_number_told_twice_is_one_number() {
    let story = open()
        .then(route(
            OTHER_MOBILE,
            SURVIVOR,
            RouteKind::Telephone,
            "+44 7700 900123",
        ))
        .then(safe(MOBILE, Way::Call))
        .then(unsafe_(OTHER_MOBILE, Way::Call));
    assert_eq!(ask(&story, Way::Call, NOON), Answer::Never(Never::CalledUnsafe));
}

#[test]
fn what_was_agreed_about_one_number_does_not_hold_for_another() {
    let retold = route(MOBILE, SURVIVOR, RouteKind::Telephone, "07700 900999");
    let told_anew = open().then(safe(MOBILE, Way::Call)).then(retold.clone());
    assert_eq!(
        ask(&told_anew, Way::Call, NOON),
        Answer::Unknown(Unknown::NeverAsked)
    );
    let mended = told_anew.correcting(5, safe(MOBILE, Way::Call));
    assert_eq!(
        ask(&mended, Way::Call, NOON),
        Answer::Unknown(Unknown::NeverAsked)
    );
    let corrected = open().then(safe(MOBILE, Way::Call)).correcting(4, retold);
    assert_eq!(
        ask(&corrected, Way::Call, NOON),
        Answer::Unknown(Unknown::NeverAsked)
    );
    let same = route(MOBILE, SURVIVOR, RouteKind::Telephone, "+447700900123");
    let respelt = open().then(safe(MOBILE, Way::Call)).correcting(4, same);
    assert_eq!(ask(&respelt, Way::Call, NOON), yes());
}

#[test]
fn a_number_shared_with_a_perpetrator_warns_a_person_and_stops_a_program() {
    let story = open().then(safe(MOBILE, Way::Call)).then(route(
        HIS_MOBILE,
        PERPETRATOR,
        RouteKind::Telephone,
        "0044 7700 900123",
    ));
    assert_eq!(
        ask(&story, Way::Call, NOON).warnings(),
        [Warning::SharedWithPerpetrator]
    );
    let answer = automatic(&story, Way::Call, NOON);
    assert_eq!(answer, Answer::PersonOnly(PersonOnly::SharedWithPerpetrator));
}

#[test]
fn a_route_that_somebody_else_sees_stops_a_program() {
    let mut told = RouteTold {
        route: MAILBOX,
        person: SURVIVOR,
        kind: RouteKind::Email,
        value: words("a@example.org"),
        shared_with: Some(words("a shared tablet")),
    };
    let story = |told: RouteTold| open().then(Fact::RouteTold(told)).then(safe(MAILBOX, Way::Email));
    let shared = ask_as(&story(told.clone()), MAILBOX, Way::Email, NOON, Sender::Automatic);
    assert_eq!(shared, Answer::PersonOnly(PersonOnly::SeenByOthers));
    told.shared_with = None;
    assert_eq!(
        ask_as(&story(told), MAILBOX, Way::Email, NOON, Sender::Automatic),
        yes()
    );
}

#[test]
fn a_perpetrators_route_never_reaches_the_survivor() {
    let story = open()
        .then(route(
            HIS_MOBILE,
            PERPETRATOR,
            RouteKind::Telephone,
            "07700 900555",
        ))
        .then(safe(HIS_MOBILE, Way::Call));
    let answer = ask_as(&story, HIS_MOBILE, Way::Call, NOON, Sender::Person);
    assert_eq!(answer, Answer::Never(Never::Perpetrators));
}

#[test]
fn a_person_who_wants_no_contact_calls_us() {
    let wishes = |no_contact| {
        Fact::ContactWishesTold(ContactWishesTold {
            person: Some(SURVIVOR),
            no_contact,
            ..ContactWishesTold::default()
        })
    };
    let story = open().then(safe(MOBILE, Way::Call)).then(wishes(true));
    assert_eq!(ask(&story, Way::Call, NOON), Answer::SheCallsUs);
    assert_eq!(
        best_way(&story.case(), &[], at(NOON), &terms()),
        BestWay::SheCallsUs
    );
    assert_eq!(ask(&story.then(wishes(false)), Way::Call, NOON), yes());
}

#[test]
fn whoever_said_stop_is_left_alone_until_a_new_word_or_a_return() {
    let stop = Fact::SaidStop(SaidStop {
        words: words("please stop"),
    });
    let story = open().then(safe(MOBILE, Way::Call)).then(stop);
    assert_eq!(ask(&story, Way::Call, NOON), Answer::SheCallsUs);
    assert_eq!(
        ask(&story.clone().then(safe(MOBILE, Way::Call)), Way::Call, NOON),
        yes()
    );
    let back = Fact::CaseReturned(CaseReturned {
        words: words("she rang"),
    });
    assert_eq!(ask(&story.then(back), Way::Call, NOON), yes());
}

#[test]
fn nobody_writes_to_the_dead() {
    let story = open()
        .then(safe(MOBILE, Way::Text))
        .then(Fact::PersonDied(PersonDied { person: SURVIVOR }));
    assert_eq!(automatic(&story, Way::Text, NOON), Answer::PersonDied);
    assert_eq!(
        best_way(&story.case(), &[], at(NOON), &terms()),
        BestWay::PersonDied
    );
}

#[test]
fn a_word_that_was_taken_back_counts_no_more() {
    let story = open().then(safe(MOBILE, Way::Call)).correcting(5, taken_back());
    assert_eq!(ask(&story, Way::Call, NOON), Answer::Unknown(Unknown::NeverAsked));
}

#[test]
fn the_best_way_is_live_before_written_and_now_before_later() {
    let best = |story: &Story, when: &str| best_way(&story.case(), &[], at(when), &terms());
    assert_eq!(best(&open(), NOON), BestWay::FindASafeRoute);
    let text = open().then(safe(MOBILE, Way::Text));
    assert!(matches!(
        best(&text, NOON),
        BestWay::Now {
            way: Way::Text,
            ask_first: false,
            ..
        }
    ));
    let story = text.then(agreed(|word| {
        word.hours = hours(&[], time(10, 0, 0, 0), time(12, 0, 0, 0));
    }));
    assert!(matches!(
        best(&story, "2026-11-25T10:30:00Z"),
        BestWay::Now { way: Way::Call, .. }
    ));
    let only_call = open().then(agreed(|word| {
        word.hours = hours(&[], time(10, 0, 0, 0), time(12, 0, 0, 0));
    }));
    assert_eq!(
        best(&only_call, NOON).says(),
        "Call from Thu 26 Nov, 10:00 to 12:00"
    );
    assert_eq!(
        best(&only_call, "2026-11-25T11:00:00Z").says(),
        "Call now, until Wed 25 Nov, 12:00"
    );
    let past = best(&past_recheck(), NOON);
    assert_eq!(past.says(), "Call now; ask first whether it is still safe");
}

#[test]
fn the_best_way_stays_the_same_until_it_is_said_to_change() {
    let mornings = hours(&[], time(10, 0, 0, 0), time(12, 0, 0, 0));
    let ends_soon = agreed(|word| word.recheck_on = Some(date(2026, 12, 1)));
    let stories = [
        (open(), false),
        (open().then(safe(MOBILE, Way::Call)), false),
        (past_recheck(), false),
        (open().then(ends_soon.clone()), true),
        (open().then(agreed(|word| word.hours = mornings.clone())), true),
        (
            open()
                .then(safe(MOBILE, Way::Text))
                .then(agreed(|word| word.hours = mornings)),
            true,
        ),
        (open().then(safe(MOBILE, Way::Text)).then(ends_soon), true),
    ];
    for (number, (story, changes)) in stories.into_iter().enumerate() {
        let (case, terms) = (story.case(), terms());
        let may_change_at = best_way_may_change_at(&case, &[], at(NOON), &terms);
        assert_eq!(may_change_at.is_some(), changes, "story {number}");
        let first = best_way(&case, &[], at(NOON), &terms);
        let steps = (1..24 * 60).map(|hour| at(NOON) + jiff::SignedDuration::from_hours(hour));
        for moment in steps.take_while(|moment| may_change_at.is_none_or(|change| *moment < change)) {
            assert_eq!(
                best_way(&case, &[], moment, &terms),
                first,
                "story {number} at {moment}"
            );
        }
    }
}

#[test]
fn when_the_answer_is_no_there_is_something_to_do_instead() {
    let refused = Ask {
        route: MOBILE,
        way: Way::Call,
        at: at(NOON),
        sender: Sender::Person,
    };
    let instead = |story: &Story| what_to_do_instead(&story.case(), &[], &refused, &terms());
    assert_eq!(
        instead(&open()),
        [
            Instead::CallEmergency,
            Instead::RecordWhatSheSaid,
            Instead::AskAProfessional,
            Instead::WaitForHer,
            Instead::SayThereIsNone
        ]
    );
    let sister = open()
        .then(person(TRUSTED, Part::Trusted))
        .then(route(OTHER_MOBILE, TRUSTED, RouteKind::Telephone, "07700 900777"))
        .then(safe(OTHER_MOBILE, Way::Call));
    let speaks =
        |one: &Instead| matches!(one, Instead::SpeakWithTrusted { person, .. } if *person == TRUSTED);
    assert!(instead(&sister).iter().any(speaks));
}

#[test]
fn no_answer_of_the_gate_holds_a_number() {
    let shown = format!(
        "{:?}",
        RouteKey::of(RouteKind::Telephone, &Words::new("07700 900123"))
    );
    assert_eq!(shown, "[withheld]");
}
