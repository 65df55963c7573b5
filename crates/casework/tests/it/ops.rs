//! Everything that somebody who is signed in can ask of casework, each as one call. Used to write down who may, and to
//! hold what is said of a case that somebody may not see beside what is said of one that is not there.

use crate::house::{House, PASSWORD};
use fanlight_casework::people::password::Password;
use fanlight_casework::*;
use fanlight_core::access::{Action, Role};
use fanlight_core::coded::Kind;
use fanlight_core::fact::*;
use fanlight_core::ids::{AccountId, CaseId, PersonId, Position, RouteId};
use fanlight_core::landlord::{AccountClosed, EvidenceRecorded, RegisterChecked, RoleTaken};
use fanlight_core::pack::Register;
use fanlight_core::risk::GroundKind;
use fanlight_core::words::Words;
use std::future::Future;
use std::pin::Pin;

pub(crate) type Asked<'a> = Pin<Box<dyn Future<Output = Result<(), Problem>> + 'a>>;

/// One thing to ask.
#[derive(Clone, Copy)]
pub(crate) struct Op {
    /// The function of casework.
    pub(crate) name: &'static str,
    pub(crate) ask: for<'a> fn(&'a House, &'a Who, CaseId) -> Asked<'a>,
}

macro_rules! ops {
    ($list:ident: |$house:ident, $who:ident, $case:ident| $($name:ident => $ask:expr;)+) => {
        pub(crate) const $list: &[Op] = &[$(
            Op {
                name: stringify!($name),
                ask: {
                    fn $name<'a>($house: &'a House, $who: &'a Who, $case: CaseId) -> Asked<'a> {
                        Box::pin(async move {
                            let _ = ($house, $who, $case);
                            $ask.map(|_| ())
                        })
                    }
                    $name
                },
            },
        )+];
    };
}

fn words() -> Words {
    Words::new("Because it was so")
}

/// A form drawn on the first position of the case, so that no decision is taken on it.
fn old(house: &House) -> Form {
    house.form_seen(Position(0))
}

fn now() -> When {
    When::default()
}

const NOBODY: PersonId = PersonId([9; 16]);
const NOWHERE: RouteId = RouteId([9; 16]);
const NO_ACCOUNT: AccountId = AccountId([9; 16]);

ops! { IN_A_CASE: |house, who, case|
    safe_contact_alone => house.casework.safe_contact_alone(who, case).await;
    case_page => house.casework.case_page(who, case).await;
    case_overview => house.casework.case_overview(who, case).await;
    join_form => house.casework.join_form(who, case).await;
    case_form => house.casework.case_form(who, case, Action::WriteNote).await;
    ask_gate => house.casework.ask_gate(who, case, NOWHERE, Way::Call).await;
    one_try => house.casework.one_try(who, case, Position(0)).await;
    code_word => house.casework.code_word(who, case).await;
    looks_page => house.casework.looks_page(who, case, None).await;
    corrected_page => house.casework.corrected_page(who, case, Position(0), &words()).await;
    open_case => {
        let survivor = house.casework.new_person(Part::Survivor);
        house.casework.open_case(who, old(house), case, survivor, "domestic-abuse".into()).await
    };
    end_report => {
        let end = ReportEnded { end: ReportEnd::Mistaken, reason: words() };
        house.casework.end_report(who, old(house), case, end).await
    };
    join_case => {
        let joined = CaseJoined { case, reason: words() };
        house.casework.join_case(who, old(house), case, joined).await
    };
    answer_danger => {
        let answer = DangerAnswered { danger: Danger::No, advice_given: true, done: None };
        house.casework.answer_danger(who, old(house), case, now(), answer).await
    };
    tell_person => {
        let told = house.casework.new_person(Part::Household);
        house.casework.tell_person(who, old(house), case, now(), told).await
    };
    tell_home => {
        let told = HomeTold {
            address: None,
            withheld: true,
            tenure: Tenure::NotKnown,
            tenancy: None,
            perpetrator_lives_there: YesNo::NotKnown,
            children_live_there: YesNo::NotKnown,
        };
        house.casework.tell_home(who, old(house), case, now(), told).await
    };
    tell_more_of_home => {
        let told = HomeTold {
            address: None,
            withheld: true,
            tenure: Tenure::NotKnown,
            tenancy: None,
            perpetrator_lives_there: YesNo::NotKnown,
            children_live_there: YesNo::NotKnown,
        };
        house.casework.tell_more_of_home(who, old(house), case, now(), told).await
    };
    tell_route => {
        let told = RouteTold {
            route: NOWHERE, person: NOBODY, kind: RouteKind::Email, value: Words::new("a@example.org"), shared_with: None,
        };
        house.casework.tell_route(who, old(house), case, now(), told).await
    };
    agree_safe_contact => {
        let agreed = SafeContactAgreed {
            route: NOWHERE, way: Way::Call, verdict: Verdict::Unsafe, hours: Vec::new(), said_by: SaidBy::Person,
            professional: None, recheck_on: None,
        };
        house.casework.agree_safe_contact(who, old(house), case, now(), agreed).await
    };
    tell_contact_wishes => {
        let told = ContactWishesTold::default();
        house.casework.tell_contact_wishes(who, old(house), case, now(), told).await
    };
    say_no_safe_route => {
        let none = NoSafeRouteFound { words: words(), review_on: jiff::civil::date(2027, 1, 1) };
        house.casework.say_no_safe_route(who, old(house), case, now(), none).await
    };
    record_try => {
        let tried = ContactTried {
            with: With::Survivor, person: None, route: None, way: Way::Call, end: TryEnd::NoAnswer, words: None,
            gate: not_asked(),
        };
        house.casework.record_try(who, old(house), case, now(), tried).await
    };
    record_contact => {
        let made = ContactMade {
            with: With::Other, person: None, route: None, way: Way::Call, direction: Direction::In,
            sure_it_was: YesNo::NotKnown, still_safe: YesNo::NotKnown, present: None, words: words(), gate: not_asked(),
        };
        house.casework.record_contact(who, old(house), case, now(), made).await
    };
    try_life_at_risk => {
        let tried = LifeAtRiskTried {
            person: NOBODY, route: NOWHERE, way: Way::Call, reason: words(), script: words(), agreed_by: None, told: None,
        };
        house.casework.try_life_at_risk(who, old(house), case, tried).await
    };
    review_life_at_risk => {
        let review = LifeAtRiskReviewed { of: Position(0), words: words() };
        house.casework.review_life_at_risk(who, old(house), case, now(), review).await
    };
    agree_rhythm => {
        let agreed = RhythmAgreed {
            every_days: 7, how: words(), until: None, review_on: jiff::civil::date(2027, 1, 1),
        };
        house.casework.agree_rhythm(who, old(house), case, now(), agreed).await
    };
    write_note => house.casework.write_note(who, old(house), case, now(), NoteWritten { words: words() }).await;
    correct => {
        let fact = Fact::NoteWritten(NoteWritten { words: words() });
        house.casework.correct(who, old(house), case, Position(0), fact, now()).await
    };
    correct_words => house.casework.correct_words(who, old(house), case, Position(0), words()).await;
    take_back => house.casework.take_back(who, old(house), case, Position(0), TakenBack { reason: words() }).await;
    tell_wishes => house.casework.tell_wishes(who, old(house), case, now(), WishesTold { words: words() }).await;
    tell_own_view => {
        let view = OwnViewOfDangerTold::Told { words: words() };
        house.casework.tell_own_view(who, old(house), case, now(), view).await
    };
    assess_risk => {
        let assessed = RiskAssessed {
            instrument: "dash".into(), by: AssessedBy::Us, agency: None, evidence: Evidence::Own, yes: Some(3),
            unknown: Some(0), level: "medium".into(), reason: None, seen_by: None,
            answered: None,
        };
        house.casework.assess_risk(who, old(house), case, now(), assessed).await
    };
    decide_marac => {
        let decided = MaracDecided {
            answer: MaracAnswer::Refer, grounds: vec![GroundKind::Judgement], area: None, reason: Some(words()),
            seen_by: None,
        };
        house.casework.decide_marac(who, old(house), case, now(), decided).await
    };
    offer_safety_plan => {
        let offered = SafetyPlanOffered { taken: Taken::NotNow, words: None };
        house.casework.offer_safety_plan(who, old(house), case, now(), offered).await
    };
    agree_plan => {
        let plan = ActionPlanAgreed { with: AgreedWith::NotAgreed, words: words(), review_on: None };
        house.casework.agree_plan(who, old(house), case, now(), plan).await
    };
    excuse => {
        let excused = ObligationExcused {
            rule: "first-contact".into(), item: None, ground: ExcuseGround::NoSafeRoute, reason: words(), new_date: None,
        };
        house.casework.excuse(who, old(house), case, now(), excused).await
    };
    begin_pause => {
        let began = PauseBegan { rule: "first-contact".into(), ground: "x".into(), reason: words() };
        house.casework.begin_pause(who, old(house), case, now(), began).await
    };
    end_pause => {
        let ended = PauseEnded { rule: "first-contact".into() };
        house.casework.end_pause(who, old(house), case, now(), ended).await
    };
    return_to => house.casework.return_to(who, old(house), case, now(), CaseReturned { words: words() }).await;
    mark_died => house.casework.mark_died(who, old(house), case, now(), PersonDied { person: NOBODY }).await;
    mark_moved => {
        let moved = MovedOutOfCare { words: Words::new("") };
        house.casework.mark_moved(who, old(house), case, now(), moved).await
    };
    say_stop => house.casework.say_stop(who, old(house), case, now(), SaidStop { words: Words::new("") }).await;
    close => {
        let closed = CaseClosed {
            outcome: "x".into(), words: words(), survivors_word: SurvivorsWord::NotHad { because: words() }, approved_by: None,
        };
        house.casework.close(who, old(house), case, closed).await
    };
    answer_staff_connection => {
        let answer = StaffConnectionAnswered { answer: YesNo::No, who: None };
        house.casework.answer_staff_connection(who, old(house), case, now(), answer).await
    };
    shut_out => {
        let shut = ShutOut { account: NO_ACCOUNT, suspected: true, line_too: false, reason: words() };
        house.casework.shut_out(who, old(house), case, shut).await
    };
    let_back_in => {
        let back = LetBackIn { account: NO_ACCOUNT, reason: words() };
        house.casework.let_back_in(who, old(house), case, now(), back).await
    };
    name_worker => {
        let worker = WorkerNamed { account: None, part: WorkerPart::Cover, wish: WishMet::NoWish, reason: None };
        house.casework.name_worker(who, old(house), case, worker).await
    };
    restrict => {
        let restricted = Restricted { to: Vec::new(), reason: words() };
        house.casework.restrict(who, old(house), case, restricted).await
    };
    lift_restriction => {
        let lifted = RestrictionLifted { reason: words() };
        house.casework.lift_restriction(who, old(house), case, now(), lifted).await
    };
    redact => house.casework.redact(who, case, Position(9999), &words(), true).await;
    erase => house.casework.erase(who, case, &words(), true).await;
    propose_erasure => house.casework.propose_erasure(who, case, &words()).await;
    erasure_proposed => house.casework.erasure_proposed(who, case).await;
    agree_to_erasure => house.casework.agree_to_erasure(who, case, true).await;
    drop_erasure => house.casework.drop_erasure(who, case).await;
    name_connected => house.casework.name_connected(who, house.form(), case, &[], words()).await;
}

ops! { OVER_CASES: |house, who, case|
    take_report => house.casework.take_report(who, house.form(), house.new_report("Shouting at night")).await;
    my_work => house.casework.my_work(who, None).await;
    team_work => house.casework.team_work(who, None).await;
    cases => house.casework.cases(who, &[StageKept::Open], None).await;
    cases_by_safe_contact => house.casework.cases_by_safe_contact(who, None).await;
    search => house.casework.search(who, &Words::new("Nobody At All")).await;
    assurance => house.casework.assurance(who).await;
    promises_kept => house.casework.promises_kept(who).await;
    measures => house.casework.measures(who).await;
    figure => {
        let id = who.room.pack.measures.first().map(|rule| rule.id.clone()).unwrap_or_default();
        house.casework.figure(who, &id).await
    };
    promise => {
        let id = who.room.pack.obligations.first().map(|rule| rule.id.clone()).unwrap_or_default();
        house.casework.promise(who, &id).await
    };
    measure => {
        let id = who.room.pack.measures.first().map(|rule| rule.id.clone()).unwrap_or_default();
        house.casework.measure(who, &id).await
    };
    register => {
        house.casework.register(who, Register::Law);
        Ok::<(), Problem>(())
    };
    check_register => {
        let check = RegisterChecked { entry: "law/none".into(), next: None, words: words() };
        house.casework.check_register(who, house.form(), check).await
    };
    record_evidence => {
        let evidence = EvidenceRecorded {
            kind: Kind::LawChanged, on: jiff::civil::date(2026, 11, 1), with: Default::default(), about: None,
            words: words(), corrects: None,
        };
        house.casework.record_evidence(who, house.form(), evidence).await
    };
}

ops! { ACCOUNTS: |house, who, case|
    staff => {
        house.casework.staff(who);
        Ok::<(), Problem>(())
    };
    proposals => house.casework.proposals(who);
    open_account => {
        let new = NewAccount {
            name: Words::new("New"), post: Words::new("Post"), sign_in: Words::new(format!("{}", house.casework.new_command())),
            password: Password::new(PASSWORD.into()), reports_to: None, roles: Vec::new(),
        };
        house.casework.open_account(who, house.form(), new).await
    };
    close_account => {
        let closed = AccountClosed { account: NO_ACCOUNT, reason: words() };
        house.casework.close_account(who, house.form(), closed).await
    };
    propose_role => house.casework.propose_role(who, house.form(), NO_ACCOUNT, (Role::Lead, None), words()).await;
    take_role => {
        let taken = RoleTaken { account: NO_ACCOUNT, role: Role::Lead, team: None, reason: words() };
        house.casework.take_role(who, house.form(), taken).await
    };
    propose_password => {
        let account = house.account("listed");
        house.casework.propose_password(who, house.form(), account, Password::new(PASSWORD.into()), words()).await
    };
    answer_proposal => house.casework.answer_proposal(who, house.form(), Position(9999), true).await;
    change_own_password => {
        let change = OwnPassword { old: Password::new("not this one at all".into()), new: Password::new(PASSWORD.into()) };
        house.casework.change_own_password(who, change).await
    };
    keep_draft => house.casework.keep_draft(who, house.casework.new_command(), b"typed".to_vec()).await;
    keep_case_draft => house.casework.keep_case_draft(who, house.casework.new_command(), case, b"typed".to_vec()).await;
    keep_for_later => house.casework.keep_for_later(who, house.casework.new_command(), Some(case), b"typed".to_vec()).await;
    draft => house.casework.draft(who, house.casework.new_command()).await;
    drop_draft => house.casework.drop_draft(who, house.casework.new_command()).await;
}

fn not_asked() -> GateSaid {
    GateSaid {
        answer: "not_asked".into(),
        against: false,
    }
}
