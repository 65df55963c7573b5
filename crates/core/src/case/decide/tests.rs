//! Given a story, when somebody decides, then the facts or the refusal.

use crate::case::trial::*;
use crate::case::*;
use crate::contact::{Answer, Elsewhere, Never, RouteKey};
use crate::fact::*;
use crate::ids::*;
use crate::refusal::Refusal;
use crate::times::Times;
use jiff::civil::{date, time};

#[track_caller]
pub(super) fn check<T: std::fmt::Debug>(
    story: &Story,
    decide: impl FnOnce(&Deciding<'_>) -> Result<T, Refusal>,
    expected: Result<(), Refusal>,
) {
    let got = deciding(story, decide).map(|_| ());
    assert_eq!(got, expected);
}

pub(super) const DONE: Result<(), Refusal> = Ok(());
pub(super) const fn no(refusal: Refusal) -> Result<(), Refusal> {
    Err(refusal)
}

fn received(text: &str) -> ReportReceived {
    match report() {
        Fact::ReportReceived(report) => ReportReceived {
            words: words(text),
            ..report
        },
        _ => unreachable!("the test's report is a report"),
    }
}

#[test]
fn a_report_is_saved_from_one_sentence() {
    check(
        &Story::default(),
        |on| receive_report(on, received("A neighbour heard a shout.")),
        DONE,
    );
    check(
        &Story::default(),
        |on| receive_report(on, received("  ")),
        no(Refusal::NothingWritten),
    );
    check(
        &open(),
        |on| receive_report(on, received("Again.")),
        no(Refusal::ReportIsThere),
    );
}

#[test]
fn a_case_is_opened_for_one_survivor_who_may_be_unknown() {
    let open_for = |survivor| CaseOpened {
        survivor,
        team: "north".into(),
    };
    let told = Story::default()
        .then(report())
        .then(person(SURVIVOR, Part::Survivor));
    check(&told, |on| open_case(on, open_for(SURVIVOR)), DONE);
    check(
        &told,
        |on| open_case(on, open_for(CHILD)),
        no(Refusal::SurvivorUnknown),
    );
    let team = CaseOpened {
        survivor: SURVIVOR,
        team: "south".into(),
    };
    check(&told, |on| open_case(on, team), no(Refusal::UnknownTeam));
    let counter = told.then(person(PERPETRATOR, Part::Perpetrator));
    check(
        &counter,
        |on| open_case(on, open_for(PERPETRATOR)),
        no(Refusal::SurvivorIsSaidToHarm),
    );
    check(
        &open(),
        |on| open_case(on, open_for(SURVIVOR)),
        no(Refusal::NotAReport),
    );
}

#[test]
fn a_joined_report_takes_no_more_records_and_an_ended_one_may_still_become_a_case() {
    let base = Story::default()
        .then(report())
        .then(person(SURVIVOR, Part::Survivor));
    let joined = base.clone().then(Fact::CaseJoined(CaseJoined {
        case: CaseId([9; 16]),
        reason: words("same"),
    }));
    let a_note = || NoteWritten { words: words("a") };
    check(
        &joined,
        |on| write_note(on, a_note()),
        no(Refusal::JoinedElsewhere),
    );
    let ended = base.clone().then(Fact::ReportEnded(ReportEnded {
        end: ReportEnd::CannotIdentify,
        reason: words("why"),
    }));
    check(
        &ended,
        |on| {
            open_case(
                on,
                CaseOpened {
                    survivor: SURVIVOR,
                    team: "north".into(),
                },
            )
        },
        DONE,
    );
    let itself = CaseJoined {
        case: CaseId([9; 16]),
        reason: words("why"),
    };
    check(
        &base,
        |on| join_case(on, CaseId([9; 16]), itself),
        no(Refusal::ItselfJoined),
    );
}

#[test]
fn the_survivor_keeps_that_part_and_nobody_else_takes_it() {
    let told = |who, part| PersonTold::unknown(who, part);
    check(
        &open(),
        |on| tell_person(on, told(SURVIVOR, Part::Perpetrator)),
        no(Refusal::OnePartEach),
    );
    check(
        &open(),
        |on| tell_person(on, told(TRUSTED, Part::Survivor)),
        no(Refusal::OnePartEach),
    );
    check(&open(), |on| tell_person(on, told(TRUSTED, Part::Trusted)), DONE);
    let born = |born| PersonTold {
        born: Some(born),
        ..told(CHILD, Part::Child)
    };
    check(
        &open(),
        |on| tell_person(on, born(date(2030, 1, 1))),
        no(Refusal::AgeUnlikely),
    );
    check(&open(), |on| tell_person(on, born(date(2020, 1, 1))), DONE);
}

fn shutting(account: AccountId, line_too: bool) -> ShutOut {
    ShutOut {
        account,
        suspected: true,
        line_too,
        reason: words("his brother"),
    }
}

#[test]
fn anybody_can_be_shut_out_while_a_worker_and_a_decider_are_left() {
    let mut house = house();
    check(&open(), |on| shut_out(on, shutting(LEAD, false), &house), DONE);
    check(&open(), |on| shut_out(on, shutting(WORKER, false), &house), DONE);
    check(
        &open(),
        |on| shut_out(on, shutting(WORKER, true), &house),
        no(Refusal::NobodyWouldDecide),
    );
    let post = AccountId([30; 16]);
    house.deciders.push(post);
    check(&open(), |on| shut_out(on, shutting(WORKER, true), &house), DONE);
    house.workers = vec![WORKER];
    check(
        &open(),
        |on| shut_out(on, shutting(WORKER, true), &house),
        no(Refusal::NobodyWouldWork),
    );
}

#[test]
fn whoever_is_shut_out_leaves_every_place_at_the_same_moment() {
    let named = WorkerNamed {
        account: Some(WORKER),
        part: WorkerPart::Lead,
        wish: WishMet::NoWish,
        reason: None,
    };
    let story = open().then(Fact::WorkerNamed(named));
    let facts =
        deciding(&story, |on| shut_out(on, shutting(WORKER, false), &house())).expect("somebody is left");
    assert!(
        matches!(&facts[1], Fact::WorkerNamed(left) if left.account.is_none()),
        "{facts:?}"
    );
}

#[test]
fn a_restricted_case_always_keeps_a_worker_and_a_decider_who_are_not_shut_out() {
    let to = |to: &[AccountId]| Restricted {
        to: to.to_vec(),
        reason: words("why"),
    };
    let house = house();
    check(&open(), |on| restrict(on, to(&[WORKER, LEAD]), &house), DONE);
    check(
        &open(),
        |on| restrict(on, to(&[LEAD]), &house),
        no(Refusal::RestrictionNeedsWorker),
    );
    check(
        &open(),
        |on| restrict(on, to(&[WORKER]), &house),
        no(Refusal::RestrictionNeedsDecider),
    );
    let out = open().then(Fact::ShutOut(shutting(WORKER, false)));
    check(
        &out,
        |on| restrict(on, to(&[WORKER, LEAD]), &house),
        no(Refusal::RestrictionNamesShutOut),
    );
    let restricted = open().then(Fact::Restricted(to(&[WORKER, LEAD])));
    check(
        &restricted,
        |on| shut_out(on, shutting(LEAD, false), &house),
        no(Refusal::NobodyWouldDecide),
    );
    check(
        &restricted,
        |on| shut_out(on, shutting(WORKER, false), &house),
        no(Refusal::NobodyWouldWork),
    );
}

#[test]
fn nobody_lets_themselves_back_in() {
    let back = |account| LetBackIn {
        account,
        reason: words("not him"),
    };
    let out = open()
        .then(Fact::ShutOut(shutting(WORKER, false)))
        .then(Fact::ShutOut(shutting(COLLEAGUE, false)));
    check(&out, |on| let_back_in(on, back(WORKER)), no(Refusal::OwnShutOut));
    check(&out, |on| let_back_in(on, back(COLLEAGUE)), DONE);
    check(&out, |on| let_back_in(on, back(LEAD)), no(Refusal::NotShutOut));
}

#[test]
fn a_worker_is_never_somebody_who_is_shut_out_and_a_wish_unmet_needs_its_reason() {
    let named = |account, wish| WorkerNamed {
        account: Some(account),
        part: WorkerPart::Lead,
        wish,
        reason: None,
    };
    let house = house();
    check(
        &open(),
        |on| name_worker(on, named(WORKER, WishMet::NoWish), &house),
        DONE,
    );
    check(
        &open(),
        |on| name_worker(on, named(LEAD, WishMet::NoWish), &house),
        no(Refusal::WorkerNotAllowed),
    );
    let out = open().then(Fact::ShutOut(shutting(WORKER, false)));
    check(
        &out,
        |on| name_worker(on, named(WORKER, WishMet::NoWish), &house),
        no(Refusal::WorkerShutOut),
    );
    let mut told = PersonTold::unknown(SURVIVOR, Part::Survivor);
    told.worker_wish = WorkerWish::Woman;
    let wish = open().then(Fact::PersonTold(told));
    check(
        &wish,
        |on| name_worker(on, named(WORKER, WishMet::NoWish), &house),
        no(Refusal::WishNotAnswered),
    );
    check(
        &wish,
        |on| name_worker(on, named(WORKER, WishMet::NotMet), &house),
        no(Refusal::WishNotMetNeedsReason),
    );
    let reason = WorkerNamed {
        reason: Some(words("nobody today")),
        ..named(WORKER, WishMet::NotMet)
    };
    check(&wish, |on| name_worker(on, reason, &house), DONE);
}

#[test]
fn the_line_above_is_not_named_worker_when_shut_out_too() {
    let mut house = house();
    house.workers.push(MANAGER);
    let out = open().then(Fact::ShutOut(shutting(COLLEAGUE, true)));
    let named = WorkerNamed {
        account: Some(MANAGER),
        part: WorkerPart::Lead,
        wish: WishMet::NoWish,
        reason: None,
    };
    check(
        &out,
        |on| name_worker(on, named, &house),
        no(Refusal::WorkerShutOut),
    );
}

#[test]
fn unsafe_needs_nothing_else_and_a_vouching_needs_the_name() {
    let story = open();
    check(
        &story,
        |on| agree_safe_contact(on, said(MOBILE, Way::Call, Verdict::Unsafe)),
        DONE,
    );
    check(
        &story,
        |on| agree_safe_contact(on, said(MOBILE, Way::Email, Verdict::Unsafe)),
        no(Refusal::WayNotOfRoute),
    );
    check(
        &story,
        |on| agree_safe_contact(on, said(FLAT, Way::Visit, Verdict::Safe)),
        no(Refusal::RouteUnknown),
    );
    let vouched = |professional| SafeContactAgreed {
        said_by: SaidBy::Professional,
        professional,
        ..said(MOBILE, Way::Call, Verdict::Safe)
    };
    check(
        &story,
        |on| agree_safe_contact(on, vouched(None)),
        no(Refusal::ProfessionalNameNeeded),
    );
    check(
        &story,
        |on| agree_safe_contact(on, vouched(Some(words("a name")))),
        DONE,
    );
    let shared = story.then(route(
        HIS_MOBILE,
        PERPETRATOR,
        RouteKind::Telephone,
        "+44 7700 900123",
    ));
    check(
        &shared,
        |on| agree_safe_contact(on, vouched(Some(words("a name")))),
        no(Refusal::SharedWithPerpetrator),
    );
}

#[test]
fn hours_across_midnight_are_refused_at_entry() {
    let agreed = |from, until| SafeContactAgreed {
        hours: hours(&[], from, until),
        ..said(MOBILE, Way::Call, Verdict::Safe)
    };
    let story = open();
    let (two, ten, midnight) = (time(2, 0, 0, 0), time(22, 0, 0, 0), time(0, 0, 0, 0));
    check(
        &story,
        |on| agree_safe_contact(on, agreed(ten, two)),
        no(Refusal::HoursAcrossMidnight),
    );
    check(
        &story,
        |on| agree_safe_contact(on, agreed(two, two)),
        no(Refusal::HoursAcrossMidnight),
    );
    check(&story, |on| agree_safe_contact(on, agreed(ten, midnight)), DONE);
}

#[test]
fn what_happened_is_recorded_whatever_the_gate_says() {
    let made = || ContactMade {
        with: With::Survivor,
        person: Some(SURVIVOR),
        route: Some(MOBILE),
        way: Way::Call,
        direction: Direction::Out,
        sure_it_was: YesNo::Yes,
        still_safe: YesNo::NotKnown,
        present: None,
        words: words("She said that he is away."),
        gate: GateSaid {
            answer: "yes".into(),
            against: false,
        },
    };
    let never = Answer::Never(Never::CalledUnsafe);
    let facts = deciding(&open(), |on| record_contact(on, made(), Some(&never))).expect("never refused");
    let Fact::ContactMade(recorded) = &facts[0] else {
        panic!("{facts:?}")
    };
    assert_eq!(
        (recorded.gate.answer.as_str(), recorded.gate.against),
        ("never", true)
    );
    let blank = ContactMade {
        words: words(" "),
        ..made()
    };
    check(
        &open(),
        |on| record_contact(on, blank, None),
        no(Refusal::NothingWritten),
    );
    let tried = ContactTried {
        with: With::Survivor,
        person: None,
        route: Some(MOBILE),
        way: Way::Text,
        end: TryEnd::SentNoReply,
        words: None,
        gate: GateSaid {
            answer: "yes".into(),
            against: false,
        },
    };
    check(&open(), |on| record_try(on, tried, Some(&never)), DONE);
}

fn life(way: Way) -> LifeAtRiskTried {
    LifeAtRiskTried {
        person: SURVIVOR,
        route: MOBILE,
        way,
        reason: words("screaming, then silence"),
        script: words("about the water"),
        agreed_by: Some(LEAD),
        told: None,
    }
}

#[test]
fn life_at_risk_by_voice_on_an_unknown_route_with_script_reason_and_a_second_person() {
    let story = open();
    check(&story, |on| try_life_at_risk(on, life(Way::Call), &[]), DONE);
    check(
        &story,
        |on| try_life_at_risk(on, life(Way::Text), &[]),
        no(Refusal::OnlyByVoice),
    );
    check(
        &story,
        |on| try_life_at_risk(on, life(Way::Voicemail), &[]),
        no(Refusal::OnlyByVoice),
    );
    check(
        &story,
        |on| try_life_at_risk(on, life(Way::Visit), &[]),
        no(Refusal::WayNotOfRoute),
    );
    let blank = |change: fn(&mut LifeAtRiskTried)| {
        let mut tried = life(Way::Call);
        change(&mut tried);
        tried
    };
    check(
        &story,
        |on| try_life_at_risk(on, blank(|t| t.reason = words("")), &[]),
        no(Refusal::ReasonNeeded),
    );
    check(
        &story,
        |on| try_life_at_risk(on, blank(|t| t.script = words("")), &[]),
        no(Refusal::ScriptNeeded),
    );
    check(
        &story,
        |on| try_life_at_risk(on, blank(|t| t.agreed_by = None), &[]),
        no(Refusal::SecondPersonNeeded),
    );
    let told = blank(|t| {
        t.agreed_by = None;
        t.told = Some(LEAD);
    });
    check(&story, |on| try_life_at_risk(on, told, &[]), DONE);
    let own = blank(|t| t.agreed_by = Some(WORKER));
    check(
        &story,
        |on| try_life_at_risk(on, own, &[]),
        no(Refusal::SecondPersonIsYou),
    );
    let out = open().then(Fact::ShutOut(shutting(LEAD, false)));
    check(
        &out,
        |on| try_life_at_risk(on, life(Way::Call), &[]),
        no(Refusal::SecondPersonShutOut),
    );
}

#[test]
fn a_route_called_unsafe_is_never_tried_even_when_life_is_at_risk() {
    let called = open().then(unsafe_(MOBILE, Way::Call));
    check(
        &called,
        |on| try_life_at_risk(on, life(Way::Call), &[]),
        no(Refusal::RouteIsUnsafe),
    );
    let unsure = called.then(Fact::SafeContactAgreed(said(MOBILE, Way::Call, Verdict::Unknown)));
    check(
        &unsure,
        |on| try_life_at_risk(on, life(Way::Call), &[]),
        no(Refusal::RouteIsUnsafe),
    );
    let known = open().then(safe(MOBILE, Way::Call));
    check(
        &known,
        |on| try_life_at_risk(on, life(Way::Call), &[]),
        no(Refusal::RouteIsNotUnknown),
    );
    let elsewhere = [Elsewhere {
        key: RouteKey::of(RouteKind::Telephone, &words("+447700900123")),
        way: Way::Call,
    }];
    check(
        &open(),
        |on| try_life_at_risk(on, life(Way::Call), &elsewhere),
        no(Refusal::RouteIsUnsafe),
    );
}

#[test]
fn a_pack_may_forbid_trying_an_unknown_route_and_never_widens_it() {
    let case = open().case();
    let forbidding = Terms {
        life_at_risk_forbidden: true,
        ..terms()
    };
    let on = Deciding {
        case: &case,
        terms: &forbidding,
        house: &house(),
        by: Actor::Account(WORKER),
        at: at("2026-11-02T15:00:00Z"),
    };
    assert_eq!(
        try_life_at_risk(&on, life(Way::Call), &[]),
        Err(Refusal::LifeAtRiskForbidden)
    );
    let system = Deciding {
        terms: &terms(),
        by: Actor::System,
        ..on
    };
    assert_eq!(
        try_life_at_risk(&system, life(Way::Call), &[]),
        Err(Refusal::NotSignedIn)
    );
}

#[test]
fn a_life_at_risk_try_is_looked_at_by_somebody_else_before_the_case_closes() {
    let tried = open().then(Fact::LifeAtRiskTried(life(Way::Call)));
    let review = || LifeAtRiskReviewed {
        of: Position(5),
        words: words("seen"),
    };
    check(
        &tried,
        |on| review_life_at_risk(on, review()),
        no(Refusal::OwnReview),
    );
    check(
        &tried,
        |on| close(on, closing()),
        no(Refusal::LifeAtRiskNotReviewed),
    );
    let reviewed = tried.then(Fact::LifeAtRiskReviewed(review()));
    check(&reviewed, |on| close(on, closing()), DONE);
}

#[test]
fn silence_is_never_agreement_to_a_rhythm() {
    let agreed = |how: &str, every_days, review_on| RhythmAgreed {
        every_days,
        how: words(how),
        until: None,
        review_on,
    };
    let soon = date(2026, 12, 1);
    check(
        &open(),
        |on| agree_rhythm(on, agreed("every week, she said", 7, soon)),
        DONE,
    );
    check(
        &open(),
        |on| agree_rhythm(on, agreed(" ", 7, soon)),
        no(Refusal::RhythmNeedsHow),
    );
    check(
        &open(),
        |on| agree_rhythm(on, agreed("yes", 0, soon)),
        no(Refusal::RhythmNeedsDays),
    );
    check(
        &open(),
        |on| agree_rhythm(on, agreed("yes", 7, date(2026, 11, 1))),
        no(Refusal::ReviewInThePast),
    );
}

#[test]
fn corrections_are_of_the_same_kind_and_decisions_are_undone_by_decisions() {
    let story = open()
        .then(note("a"))
        .then(Fact::ShutOut(shutting(COLLEAGUE, false)));
    check(&story, |on| correct(on, Position(5), note("b")), DONE);
    check(
        &story,
        |on| correct(on, Position(5), note(" ")),
        no(Refusal::NothingWritten),
    );
    check(
        &story,
        |on| correct(on, Position(5), safe(MOBILE, Way::Call)),
        no(Refusal::OtherKind),
    );
    check(
        &story,
        |on| correct(on, Position(77), note("b")),
        no(Refusal::NothingStandsThere),
    );
    let take = |at| move |on: &Deciding<'_>| take_back(on, Position(at), TakenBack { reason: words("why") });
    check(&story, take(5), DONE);
    check(&story, take(0), no(Refusal::ReportStays));
    check(&story, take(1), no(Refusal::OnePartEach));
    check(&story, take(3), no(Refusal::NeverCorrected));
    check(&story, take(6), no(Refusal::UseTheOppositeAct));
    check(
        &story,
        |on| correct(on, Position(0), Fact::ReportReceived(received("typed again"))),
        DONE,
    );
}

#[test]
fn a_correction_cannot_change_what_the_gate_said() {
    let contact = |text: &str, against| {
        let gate = GateSaid {
            answer: "never".into(),
            against,
        };
        match one_of_each()
            .into_iter()
            .find(|fact| matches!(fact, Fact::ContactMade(_)))
        {
            Some(Fact::ContactMade(made)) => Fact::ContactMade(ContactMade {
                words: words(text),
                gate,
                ..made
            }),
            _ => unreachable!("one of each has a contact"),
        }
    };
    let story = open().then(contact("first", true));
    let corrected =
        deciding(&story, |on| correct(on, Position(5), contact("second", false))).expect("allowed");
    assert_eq!(corrected.fact, contact("second", true));
}

#[test]
fn a_promise_is_excused_or_paused_only_as_the_policy_says() {
    let excused = |rule: &str, ground, new_date| ObligationExcused {
        rule: rule.into(),
        item: None,
        ground,
        reason: words("why"),
        new_date,
    };
    let story = open();
    check(
        &story,
        |on| excuse(on, excused("fortnight", ExcuseGround::SurvivorsWish, None)),
        DONE,
    );
    check(
        &story,
        |on| excuse(on, excused("first", ExcuseGround::SurvivorsWish, None)),
        no(Refusal::ExcuseNotAllowed),
    );
    check(
        &story,
        |on| excuse(on, excused("first", ExcuseGround::NoSafeRoute, None)),
        DONE,
    );
    let pause = |ground: &str| PauseBegan {
        rule: "fortnight".into(),
        ground: ground.into(),
        reason: words("why"),
    };
    check(&story, |on| begin_pause(on, pause("in_hospital")), DONE);
    check(
        &story,
        |on| begin_pause(on, pause("busy")),
        no(Refusal::PauseNotAllowed),
    );
    let paused = story.then(Fact::PauseBegan(pause("in_hospital")));
    check(
        &paused,
        |on| begin_pause(on, pause("in_hospital")),
        no(Refusal::PausedAlready),
    );
    check(
        &paused,
        |on| {
            end_pause(
                on,
                PauseEnded {
                    rule: "fortnight".into(),
                },
            )
        },
        DONE,
    );
    check(
        &open(),
        |on| {
            end_pause(
                on,
                PauseEnded {
                    rule: "fortnight".into(),
                },
            )
        },
        no(Refusal::NotPaused),
    );
}

fn closing() -> CaseClosed {
    CaseClosed {
        outcome: "stayed_safely".into(),
        words: words("locks changed; she may ring at any time"),
        survivors_word: SurvivorsWord::Said {
            words: words("content"),
            satisfied: true,
        },
        approved_by: Some(MANAGER),
    }
}

#[test]
fn a_case_closes_with_its_outcome_the_survivors_word_and_the_approval_the_policy_asks_for() {
    let story = open();
    check(&story, |on| close(on, closing()), DONE);
    let with = |change: fn(&mut CaseClosed)| {
        let mut closed = closing();
        change(&mut closed);
        closed
    };
    check(
        &story,
        |on| close(on, with(|c| c.outcome = "other".into())),
        no(Refusal::OutcomeUnknown),
    );
    let silent = with(|c| c.survivors_word = SurvivorsWord::NotHad { because: words("") });
    check(&story, |on| close(on, silent), no(Refusal::SurvivorsWordNeeded));
    check(
        &story,
        |on| close(on, with(|c| c.approved_by = None)),
        no(Refusal::ApprovalNeeded),
    );
    check(
        &story,
        |on| close(on, with(|c| c.approved_by = Some(WORKER))),
        no(Refusal::ApprovalIsOwn),
    );
    let closed = story.then(Fact::CaseClosed(closing()));
    check(&closed, |on| close(on, closing()), no(Refusal::NotOpen));
    check(
        &closed,
        |on| return_to(on, CaseReturned { words: words("back") }),
        DONE,
    );
    check(
        &closed,
        |on| {
            write_note(
                on,
                NoteWritten {
                    words: words("she rang"),
                },
            )
        },
        DONE,
    );
    check(
        &open(),
        |on| return_to(on, CaseReturned { words: words("back") }),
        no(Refusal::NotClosed),
    );
}

#[test]
fn the_three_times_hold_together() {
    let (one, two, three) = (
        at("2026-11-02T09:00:00Z"),
        at("2026-11-02T10:00:00Z"),
        at("2026-11-02T11:00:00Z"),
    );
    let times = |happened, aware, recorded| Times {
        happened,
        aware,
        recorded,
    };
    assert_eq!(times_hold(&times(one, two, three)), DONE);
    assert_eq!(
        times_hold(&times(three, three, two)),
        no(Refusal::HappenedInTheFuture)
    );
    assert_eq!(
        times_hold(&times(two, one, three)),
        no(Refusal::KnownBeforeItHappened)
    );
    assert_eq!(
        times_hold(&times(at("1979-11-02T10:00:00Z"), two, three)),
        no(Refusal::BeforeTheCalendar)
    );
}

#[test]
fn nothing_is_added_before_a_report_or_after_erasure() {
    let a_note = || NoteWritten { words: words("a") };
    check(
        &Story::default(),
        |on| write_note(on, a_note()),
        no(Refusal::NoReport),
    );
    let bones = one_of_each().pop().expect("the last is the bones");
    check(
        &open().then(bones),
        |on| write_note(on, a_note()),
        no(Refusal::Erased),
    );
}

#[test]
fn a_route_is_readable_and_stays_one_persons() {
    let told = |kind, value: &str| RouteTold {
        route: OTHER_MOBILE,
        person: SURVIVOR,
        kind,
        value: words(value),
        shared_with: None,
    };
    let story = open();
    check(
        &story,
        |on| tell_route(on, told(RouteKind::Telephone, "07700 900 321")),
        DONE,
    );
    check(
        &story,
        |on| tell_route(on, told(RouteKind::Telephone, "  ")),
        no(Refusal::ValueNeeded),
    );
    check(
        &story,
        |on| tell_route(on, told(RouteKind::Through, "...")),
        no(Refusal::ValueNeeded),
    );
    check(
        &story,
        |on| tell_route(on, told(RouteKind::Telephone, "12")),
        no(Refusal::NumberUnreadable),
    );
    for wrong in ["somebody", "@example.org", "a@b", "a@b@example.org"] {
        check(
            &story,
            |on| tell_route(on, told(RouteKind::Email, wrong)),
            no(Refusal::EmailUnreadable),
        );
    }
    check(
        &story,
        |on| tell_route(on, told(RouteKind::Email, "a@example.org")),
        DONE,
    );
    let nobody = RouteTold {
        person: CHILD,
        ..told(RouteKind::Telephone, "07700 900 321")
    };
    check(&story, |on| tell_route(on, nobody), no(Refusal::PersonUnknown));
    let his = RouteTold {
        route: MOBILE,
        person: PERPETRATOR,
        ..told(RouteKind::Telephone, "07700 900 321")
    };
    check(&story, |on| tell_route(on, his), no(Refusal::RouteOfAnother));
}

#[test]
fn hours_belong_to_what_is_safe_and_days_to_the_future() {
    let with = |verdict, change: fn(&mut SafeContactAgreed)| {
        let mut agreed = said(MOBILE, Way::Call, verdict);
        change(&mut agreed);
        agreed
    };
    let an_hour =
        |agreed: &mut SafeContactAgreed| agreed.hours = hours(&[], time(9, 0, 0, 0), time(10, 0, 0, 0));
    check(
        &open(),
        |on| agree_safe_contact(on, with(Verdict::Unsafe, an_hour)),
        no(Refusal::HoursOnlyForSafe),
    );
    let yesterday = |agreed: &mut SafeContactAgreed| agreed.recheck_on = Some(date(2026, 11, 1));
    check(
        &open(),
        |on| agree_safe_contact(on, with(Verdict::Safe, yesterday)),
        no(Refusal::RecheckInThePast),
    );
    let today = |agreed: &mut SafeContactAgreed| agreed.recheck_on = Some(date(2026, 11, 2));
    check(
        &open(),
        |on| agree_safe_contact(on, with(Verdict::Safe, today)),
        DONE,
    );
    let over = RhythmAgreed {
        every_days: 7,
        how: words("she said"),
        until: Some(date(2026, 11, 1)),
        review_on: date(2026, 12, 1),
    };
    check(&open(), |on| agree_rhythm(on, over), no(Refusal::UntilInThePast));
}

#[test]
fn an_excuse_names_its_promise_and_a_new_date_that_is_to_come() {
    let excused = |rule: &str, new_date| ObligationExcused {
        rule: rule.into(),
        item: None,
        ground: ExcuseGround::NotPracticable,
        reason: words("why"),
        new_date,
    };
    let case = open().case();
    let terms = Terms {
        excuses: vec![ExcuseAllowed {
            rule: "plan".into(),
            ground: ExcuseGround::NotPracticable,
        }],
        ..terms()
    };
    let on = Deciding {
        case: &case,
        terms: &terms,
        house: &house(),
        by: Actor::Account(WORKER),
        at: at("2026-11-02T15:00:00Z"),
    };
    let outcome = |excused| excuse(&on, excused).map(|_| ());
    assert_eq!(outcome(excused("", None)), no(Refusal::RuleNeeded));
    assert_eq!(outcome(excused("plan", None)), no(Refusal::NewDateNeeded));
    assert_eq!(
        outcome(excused("plan", Some(date(2026, 11, 1)))),
        no(Refusal::NewDateInThePast)
    );
    assert_eq!(outcome(excused("plan", Some(date(2026, 11, 9)))), DONE);
}

#[test]
fn what_is_so_already_is_not_recorded_twice() {
    let house = house();
    let out = open().then(Fact::ShutOut(shutting(COLLEAGUE, false)));
    check(
        &out,
        |on| shut_out(on, shutting(COLLEAGUE, false), &house),
        no(Refusal::AlreadyShutOut),
    );
    let decided = ShutOut {
        suspected: false,
        ..shutting(COLLEAGUE, false)
    };
    check(&out, |on| shut_out(on, decided, &house), DONE);
    let lifted = RestrictionLifted { reason: words("why") };
    check(
        &open(),
        |on| lift_restriction(on, lifted),
        no(Refusal::NotRestricted),
    );
    let vacant = WorkerNamed {
        account: None,
        part: WorkerPart::Deputy,
        wish: WishMet::NoWish,
        reason: None,
    };
    check(
        &open(),
        |on| name_worker(on, vacant, &house),
        no(Refusal::PlaceVacant),
    );
    let died = || PersonDied { person: PERPETRATOR };
    let dead = open().then(Fact::PersonDied(died()));
    check(&dead, |on| mark_died(on, died()), no(Refusal::AlreadyRecorded));
    let review = LifeAtRiskReviewed {
        of: Position(2),
        words: words("seen"),
    };
    check(
        &open(),
        |on| review_life_at_risk(on, review),
        no(Refusal::NothingToReview),
    );
}

#[test]
fn a_restricted_cases_worker_is_one_of_those_named_and_an_approver_is_not_shut_out() {
    let restricted = open().then(Fact::Restricted(Restricted {
        to: vec![WORKER, LEAD],
        reason: words("why"),
    }));
    let named = WorkerNamed {
        account: Some(COLLEAGUE),
        part: WorkerPart::Cover,
        wish: WishMet::NoWish,
        reason: None,
    };
    check(
        &restricted,
        |on| name_worker(on, named, &house()),
        no(Refusal::WorkerOutsideRestriction),
    );
    let out = open().then(Fact::ShutOut(shutting(MANAGER, false)));
    check(&out, |on| close(on, closing()), no(Refusal::ApproverShutOut));
}

#[test]
fn a_corrected_report_keeps_its_reference_and_a_correction_its_times() {
    let other = ReportReceived {
        reference: CaseReference::from_random([8; 8]),
        ..received("typed again")
    };
    let change = |on: &Deciding<'_>| correct(on, Position(0), Fact::ReportReceived(other));
    check(&open(), change, no(Refusal::ReferenceStays));
    let story = open().happened("2026-11-01T20:00:00Z", note("a"));
    let corrected = deciding(&story, |on| correct(on, Position(5), note("b"))).expect("allowed");
    assert_eq!(corrected.happened, at("2026-11-01T20:00:00Z"));
    assert_eq!(corrected.aware, at("2026-11-02T14:00:00Z"));
}

/// Whoever stands in the line of somebody shut out sees no trace of the case, so nobody may be asked to look at it there.
#[test]
fn nobody_in_the_line_of_somebody_shut_out_is_second_person_or_approves() {
    let out = |line_too| {
        open().then(Fact::ShutOut(ShutOut {
            account: COLLEAGUE,
            suspected: true,
            line_too,
            reason: words("her brother"),
        }))
    };
    for (line_too, second, approver) in [
        (
            true,
            no(Refusal::SecondPersonShutOut),
            no(Refusal::ApproverShutOut),
        ),
        (false, DONE, DONE),
    ] {
        let story = out(line_too);
        let tried = LifeAtRiskTried {
            agreed_by: Some(LEAD),
            ..life(Way::Call)
        };
        check(&story, |on| try_life_at_risk(on, tried, &[]), second);
        let closed = CaseClosed {
            approved_by: Some(MANAGER),
            ..closing()
        };
        check(&story, |on| close(on, closed), approver);
        let higher = story.then(Fact::RiskAssessed(super::risk_tests::ours("high")));
        let lower = RiskAssessed {
            reason: Some(words("moved away")),
            seen_by: Some(MANAGER),
            ..super::risk_tests::ours("standard")
        };
        check(&higher, |on| assess_risk(on, lower), second);
    }
}
