//! Stories for tests: one line a fact.

use super::{Case, Deciding, House, Terms};
use crate::fact::*;
use crate::ids::*;
use crate::risk::{Answer, GroundKind, RiskAnswer, ToldBy};
use crate::times::Times;
use crate::words::Words;
use jiff::Timestamp;
use jiff::civil::{Time, Weekday, date, time};

pub(crate) const SURVIVOR: PersonId = PersonId([1; 16]);
pub(crate) const PERPETRATOR: PersonId = PersonId([2; 16]);
pub(crate) const CHILD: PersonId = PersonId([3; 16]);
pub(crate) const TRUSTED: PersonId = PersonId([4; 16]);
pub(crate) const MOBILE: RouteId = RouteId([11; 16]);
pub(crate) const OTHER_MOBILE: RouteId = RouteId([12; 16]);
pub(crate) const FLAT: RouteId = RouteId([13; 16]);
pub(crate) const HIS_MOBILE: RouteId = RouteId([14; 16]);
pub(crate) const MAILBOX: RouteId = RouteId([15; 16]);
pub(crate) const WORKER: AccountId = AccountId([21; 16]);
pub(crate) const LEAD: AccountId = AccountId([22; 16]);
pub(crate) const MANAGER: AccountId = AccountId([23; 16]);
pub(crate) const COLLEAGUE: AccountId = AccountId([24; 16]);

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().expect("a test instant")
}

pub(crate) fn words(text: &str) -> Words {
    Words::new(text)
}

/// A journal in the making. Each entry is an hour after the one before, from Monday 2 November 2026, 09:00.
#[derive(Clone, Default)]
pub(crate) struct Story {
    pub(crate) entries: Vec<Entry>,
}

impl Story {
    pub(crate) fn when(&self) -> Timestamp {
        let hours = i64::try_from(self.entries.len()).expect("a short story");
        at("2026-11-02T09:00:00Z") + jiff::SignedDuration::from_hours(hours)
    }

    pub(crate) fn then(self, fact: Fact) -> Story {
        let when = self.when();
        self.entry(Times::at(when), None, fact)
    }

    pub(crate) fn correcting(self, position: u64, fact: Fact) -> Story {
        let when = self.when();
        self.entry(Times::at(when), Some(Position(position)), fact)
    }

    /// It happened earlier than it was written down.
    pub(crate) fn happened(self, happened: &str, fact: Fact) -> Story {
        let when = self.when();
        let happened = at(happened);
        self.entry(
            Times {
                happened,
                aware: when,
                recorded: when,
            },
            None,
            fact,
        )
    }

    pub(crate) fn entry(mut self, times: Times, corrects: Option<Position>, fact: Fact) -> Story {
        let position = Position(self.entries.len() as u64);
        self.entries.push(Entry {
            position,
            recorded: Some(Recorded {
                by: Actor::Account(WORKER),
                times,
                corrects,
                fact,
            }),
        });
        self
    }

    pub(crate) fn redacting(mut self, position: usize) -> Story {
        self.entries[position].recorded = None;
        self
    }

    pub(crate) fn case(&self) -> Case {
        Case::fold(&self.entries)
    }
}

pub(crate) fn report() -> Fact {
    Fact::ReportReceived(ReportReceived {
        reference: CaseReference::from_random([7; 8]),
        channel: Channel::Telephone,
        from: ReporterKind::Survivor,
        words: words("He came back."),
        reporter: None,
        survivor_knows: YesNo::Yes,
        out_of_hours: false,
    })
}

pub(crate) fn person(person: PersonId, part: Part) -> Fact {
    Fact::PersonTold(PersonTold::unknown(person, part))
}

pub(crate) fn opened() -> Fact {
    Fact::CaseOpened(CaseOpened {
        survivor: SURVIVOR,
        team: "north".into(),
    })
}

pub(crate) fn note(text: &str) -> Fact {
    Fact::NoteWritten(NoteWritten { words: words(text) })
}

pub(crate) fn taken_back() -> Fact {
    Fact::TakenBack(TakenBack {
        reason: words("the wrong case"),
    })
}

pub(crate) fn route(route: RouteId, person: PersonId, kind: RouteKind, value: &str) -> Fact {
    Fact::RouteTold(RouteTold {
        route,
        person,
        kind,
        value: words(value),
        shared_with: None,
    })
}

pub(crate) fn said(route: RouteId, way: Way, verdict: Verdict) -> SafeContactAgreed {
    SafeContactAgreed {
        route,
        way,
        verdict,
        hours: Vec::new(),
        said_by: SaidBy::Person,
        professional: None,
        recheck_on: None,
    }
}

pub(crate) fn safe(route: RouteId, way: Way) -> Fact {
    Fact::SafeContactAgreed(said(route, way, Verdict::Safe))
}

pub(crate) fn unsafe_(route: RouteId, way: Way) -> Fact {
    Fact::SafeContactAgreed(said(route, way, Verdict::Unsafe))
}

pub(crate) fn hours(days: &[Weekday], from: Time, until: Time) -> Vec<SafeHours> {
    vec![SafeHours {
        days: days.to_vec(),
        from,
        until,
    }]
}

/// An open case of a survivor with a mobile number of which nothing is said yet: entries 0 to 4.
pub(crate) fn open() -> Story {
    Story::default()
        .then(report())
        .then(person(SURVIVOR, Part::Survivor))
        .then(person(PERPETRATOR, Part::Perpetrator))
        .then(opened())
        .then(route(MOBILE, SURVIVOR, RouteKind::Telephone, "07700 900123"))
}

pub(crate) fn terms() -> Terms {
    Terms {
        teams: vec!["north".into()],
        outcomes: vec!["stayed_safely".into()],
        risk_scale: vec!["standard".into(), "medium".into(), "high".into()],
        instruments: crate::risk::trial_instruments(),
        areas: vec![crate::risk::trial_area()],
        closure_needs_approval: true,
        life_at_risk_forbidden: false,
        recheck_days: None,
        excuses: vec![super::ExcuseAllowed {
            rule: "fortnight".into(),
            ground: ExcuseGround::SurvivorsWish,
        }],
        pauses: vec![super::PauseAllowed {
            rule: "fortnight".into(),
            ground: "in_hospital".into(),
        }],
    }
}

pub(crate) fn house() -> House {
    House {
        workers: vec![WORKER, COLLEAGUE],
        deciders: vec![LEAD, MANAGER],
        line_above: [(WORKER, vec![MANAGER, LEAD]), (COLLEAGUE, vec![MANAGER, LEAD])].into(),
    }
}

/// Decides on a story as the worker, an hour after its last entry.
pub(crate) fn deciding<T>(story: &Story, decide: impl FnOnce(&Deciding<'_>) -> T) -> T {
    let case = story.case();
    decide(&Deciding {
        case: &case,
        terms: &terms(),
        house: &house(),
        by: Actor::Account(WORKER),
        at: story.when(),
    })
}

/// One fact of every variant, with every field filled in.
pub(crate) fn one_of_each() -> Vec<Fact> {
    let gate = GateSaid {
        answer: "yes".into(),
        against: false,
    };
    vec![
        Fact::ReportReceived(ReportReceived {
            reference: CaseReference::from_random([7; 8]),
            channel: Channel::Repair,
            from: ReporterKind::Contractor,
            words: words("report words"),
            reporter: Some(words("reporter")),
            survivor_knows: YesNo::NotKnown,
            out_of_hours: true,
        }),
        Fact::DangerAnswered(DangerAnswered {
            danger: Danger::Soon,
            advice_given: true,
            done: Some(words("999 called")),
        }),
        Fact::ReportEnded(ReportEnded {
            end: ReportEnd::Mistaken,
            reason: words("end reason"),
        }),
        opened(),
        Fact::CaseJoined(CaseJoined {
            case: CaseId([9; 16]),
            reason: words("the same flat"),
        }),
        Fact::PersonTold(PersonTold {
            person: SURVIVOR,
            part: Part::Survivor,
            name: Some(words("full name")),
            called: Some(words("called")),
            pronoun: Some(words("she")),
            own_word: Some(words("survivor")),
            born: Some(date(1990, 2, 28)),
            age: Some(36),
            sex: Sex::Female,
            relationship: Some(Relationship::Partner),
            lives_in_home: YesNo::Yes,
            can_get_in: YesNo::No,
            interpreter: Some(words("Urdu")),
            access_needs: Some(words("large print")),
            worker_wish: WorkerWish::Woman,
            more: Some(words("more about the person")),
        }),
        Fact::HomeTold(HomeTold {
            address: Some(words("12 Withheld Row, Anytown")),
            withheld: true,
            tenure: Tenure::Joint,
            tenancy: Some(words("T-0099")),
            perpetrator_lives_there: YesNo::Yes,
            children_live_there: YesNo::No,
        }),
        Fact::StaffConnectionAnswered(StaffConnectionAnswered {
            answer: YesNo::Yes,
            who: Some(words("a colleague in repairs")),
        }),
        Fact::ShutOut(ShutOut {
            account: COLLEAGUE,
            suspected: true,
            line_too: true,
            reason: words("his brother"),
        }),
        Fact::LetBackIn(LetBackIn {
            account: COLLEAGUE,
            reason: words("another person of the same name"),
        }),
        Fact::Restricted(Restricted {
            to: vec![WORKER, LEAD],
            reason: words("restriction reason"),
        }),
        Fact::RestrictionLifted(RestrictionLifted {
            reason: words("lift reason"),
        }),
        Fact::WorkerNamed(WorkerNamed {
            account: Some(WORKER),
            part: WorkerPart::Lead,
            wish: WishMet::NotMet,
            reason: Some(words("nobody else today")),
        }),
        Fact::RouteTold(RouteTold {
            route: MOBILE,
            person: SURVIVOR,
            kind: RouteKind::Telephone,
            value: words("07700 900123"),
            shared_with: Some(words("her sister")),
        }),
        Fact::SafeContactAgreed(SafeContactAgreed {
            route: MOBILE,
            way: Way::Call,
            verdict: Verdict::Safe,
            hours: hours(
                &[Weekday::Tuesday, Weekday::Sunday],
                time(9, 30, 0, 0),
                time(11, 30, 0, 0),
            ),
            said_by: SaidBy::Professional,
            professional: Some(words("a named professional")),
            recheck_on: Some(date(2026, 12, 1)),
        }),
        Fact::ContactWishesTold(ContactWishesTold {
            person: Some(SURVIVOR),
            say_we_are: Some(words("the library")),
            if_somebody_else: Some(words("wrong number")),
            code_word: Some(words("marmalade")),
            duress_word: Some(words("thunder")),
            if_duress: Some(words("end and call 999")),
            no_contact: false,
            more: Some(words("never on Fridays")),
        }),
        Fact::ContactTried(ContactTried {
            with: With::Survivor,
            person: Some(SURVIVOR),
            route: Some(MOBILE),
            way: Way::Call,
            end: TryEnd::SomebodyElse,
            words: Some(words("a man answered")),
            gate: gate.clone(),
        }),
        Fact::ContactMade(ContactMade {
            with: With::Survivor,
            person: Some(SURVIVOR),
            route: Some(MOBILE),
            way: Way::Call,
            direction: Direction::Out,
            sure_it_was: YesNo::Yes,
            still_safe: YesNo::Yes,
            present: Some(words("an interpreter")),
            words: words("what was said"),
            gate,
        }),
        Fact::LifeAtRiskTried(LifeAtRiskTried {
            person: SURVIVOR,
            route: MOBILE,
            way: Way::Call,
            reason: words("screaming, then silence"),
            script: words("about the water"),
            agreed_by: Some(LEAD),
            told: Some(MANAGER),
        }),
        Fact::LifeAtRiskReviewed(LifeAtRiskReviewed {
            of: Position(18),
            words: words("looked at"),
        }),
        Fact::RhythmAgreed(RhythmAgreed {
            every_days: 7,
            how: words("every week, she said"),
            until: Some(date(2027, 1, 31)),
            review_on: date(2026, 12, 20),
        }),
        note("a note"),
        Fact::WishesTold(WishesTold {
            words: words("to stay, with new locks"),
        }),
        Fact::OwnViewOfDangerTold(OwnViewOfDangerTold::Told {
            words: words("worse than your list"),
        }),
        Fact::RiskAssessed(RiskAssessed {
            instrument: "dash".into(),
            by: AssessedBy::OtherAgency,
            agency: Some(words("an agency")),
            evidence: Evidence::Seen,
            yes: Some(9),
            unknown: Some(7),
            level: "medium".into(),
            reason: Some(words("risk reason")),
            seen_by: Some(LEAD),
            answered: Some(Answered {
                version: "1".into(),
                answers: vec![RiskAnswer {
                    item: "choking".into(),
                    answer: Answer::Yes,
                    told_by: ToldBy::Relative,
                    words: Some(words("twice, in October")),
                }],
                perpetrators: Vec::new(),
                area: None,
                incidents: Some(2),
                judgement: Some(words("worse than the count says")),
            }),
        }),
        Fact::MaracDecided(MaracDecided {
            answer: MaracAnswer::NotReferred,
            grounds: vec![GroundKind::Count],
            area: None,
            reason: Some(words("marac reason")),
            seen_by: Some(LEAD),
        }),
        Fact::SafetyPlanOffered(SafetyPlanOffered {
            taken: Taken::NotNow,
            words: Some(words("asked to wait")),
        }),
        Fact::ActionPlanAgreed(ActionPlanAgreed {
            with: AgreedWith::Survivor,
            words: words("the plan"),
            review_on: Some(date(2026, 12, 14)),
        }),
        Fact::ObligationExcused(ObligationExcused {
            rule: "fortnight".into(),
            item: Some("an-item".into()),
            ground: ExcuseGround::NotPracticable,
            reason: words("excuse reason"),
            new_date: Some(date(2026, 12, 3)),
        }),
        Fact::PauseBegan(PauseBegan {
            rule: "fortnight".into(),
            ground: "in_hospital".into(),
            reason: words("pause reason"),
        }),
        Fact::PauseEnded(PauseEnded {
            rule: "fortnight".into(),
        }),
        Fact::NoSafeRouteFound(NoSafeRouteFound {
            words: words("nothing safe yet"),
            review_on: date(2026, 12, 2),
        }),
        Fact::CaseClosed(CaseClosed {
            outcome: "stayed_safely".into(),
            words: words("what was done, and the way back"),
            survivors_word: SurvivorsWord::Said {
                words: words("she was content"),
                satisfied: true,
            },
            approved_by: Some(MANAGER),
        }),
        Fact::CaseReturned(CaseReturned {
            words: words("he has found her"),
        }),
        Fact::PersonDied(PersonDied { person: PERPETRATOR }),
        Fact::MovedOutOfCare(MovedOutOfCare {
            words: words("moved away"),
        }),
        Fact::SaidStop(SaidStop {
            words: words("please stop"),
        }),
        taken_back(),
        Fact::BonesKept(BonesKept {
            team: "north".into(),
            bones: vec![Bone {
                rule: "first-contact".into(),
                started: at("2026-11-02T09:00:00Z"),
                due: Some(at("2026-11-03T23:59:59Z")),
                met: Some(at("2026-11-03T10:00:00Z")),
                state: BoneState::Met,
            }],
            under: "six-years".into(),
            proposed_by: None,
            counts: None,
        }),
    ]
}
