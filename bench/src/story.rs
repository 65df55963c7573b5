//! Invented cases: the same for the same number, so that two runs measure the same work.

use fanlight_casework::{Casework, When};
use fanlight_core::fact::*;
use fanlight_core::ids::{AccountId, PersonId, RouteId};
use fanlight_core::words::Words;
use jiff::{SignedDuration, Timestamp};

/// How many surnames there are; each stands for the same share of the cases.
pub(crate) const SURNAMES: usize = 200;
/// Entries of a case.
pub(crate) const ENTRIES: usize = 20;

const WORDS: [&str; 32] = [
    "rang", "asked", "the", "door", "lock", "evening", "sister", "school", "said", "that", "called", "again",
    "after", "work", "wanted", "to", "know", "whether", "she", "could", "keep", "keys", "changed", "bus",
    "kitchen", "meeting", "officer", "agreed", "with", "plan", "Tuesday", "letter",
];
const BEGIN: [&str; 20] = [
    "Bar", "Cald", "Dun", "Ell", "Far", "Gar", "Hol", "Ing", "Kel", "Lan", "Mar", "Nor", "Oak", "Pem",
    "Quin", "Ros", "Sto", "Thor", "Wel", "Yar",
];
const END: [&str; 10] = [
    "wick", "by", "ham", "dale", "ford", "ley", "more", "ton", "well", "worth",
];

/// Numbers that look random and are always the same.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(0x1234_5678))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn id(&mut self) -> [u8; 16] {
        let mut id = [0; 16];
        id[..8].copy_from_slice(&self.next().to_be_bytes());
        id[8..].copy_from_slice(&self.next().to_be_bytes());
        id
    }

    /// So many bytes of words.
    pub(crate) fn words(&mut self, bytes: usize) -> Words {
        let mut text = String::with_capacity(bytes + 10);
        while text.len() < bytes {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(WORDS[self.below(WORDS.len() as u64) as usize]);
        }
        text.truncate(bytes);
        Words::new(text)
    }
}

/// A surname by number.
pub(crate) fn surname(number: usize) -> String {
    format!(
        "{}{}",
        BEGIN[number % BEGIN.len()],
        END[number / BEGIN.len() % END.len()]
    )
}

/// What decides how a case goes.
pub(crate) struct Plot {
    /// Its number.
    pub(crate) number: usize,
    /// When the report reached the landlord.
    pub(crate) received: Timestamp,
    /// Whether it is still open.
    pub(crate) open: bool,
    /// Who leads it.
    pub(crate) lead: AccountId,
    /// The team that has it.
    pub(crate) team: String,
    /// An outcome of the pack's list.
    pub(crate) outcome: String,
}

impl Plot {
    /// One case in ten is reached only after six days.
    pub(crate) fn reached_after(&self) -> SignedDuration {
        if self.number % 10 == 3 {
            SignedDuration::from_hours(6 * 24)
        } else {
            SignedDuration::from_mins(40)
        }
    }

    /// The moment at which all of it is recorded.
    pub(crate) fn recorded(&self) -> Timestamp {
        self.received + self.reached_after() + SignedDuration::from_mins(20)
    }
}

/// The twenty facts of a case.
pub(crate) fn facts(casework: &Casework, plot: &Plot) -> Vec<(Fact, When)> {
    let mut dice = Dice::new(plot.number as u64);
    let family = surname(plot.number % SURNAMES);
    let (survivor, perpetrator) = (PersonId(dice.id()), PersonId(dice.id()));
    let route = RouteId(dice.id());
    let at_once = When::at(plot.received);
    let later = When::at(plot.received + plot.reached_after());
    let size = |dice: &mut Dice| 150 + dice.below(400) as usize;
    let person = |part, id, first: &str, dice: &mut Dice| {
        let mut told = PersonTold::unknown(id, part);
        told.name = Some(Words::new(format!("{first} {family}")));
        let bytes = size(dice) / 2;
        told.more = Some(dice.words(bytes));
        Fact::PersonTold(told)
    };
    let survivor_told = person(Part::Survivor, survivor, "Ada", &mut dice);
    let perpetrator_told = person(Part::Perpetrator, perpetrator, "Ned", &mut dice);
    let bytes = size(&mut dice);
    let mut all = vec![
        (
            Fact::ReportReceived(ReportReceived {
                reference: casework.new_reference(),
                channel: Channel::Telephone,
                from: ReporterKind::Survivor,
                words: dice.words(bytes),
                reporter: None,
                survivor_knows: YesNo::Yes,
                out_of_hours: false,
            }),
            at_once,
        ),
        (
            Fact::DangerAnswered(DangerAnswered {
                danger: Danger::No,
                advice_given: true,
                done: Some(dice.words(150)),
            }),
            at_once,
        ),
        (
            Fact::StaffConnectionAnswered(StaffConnectionAnswered {
                answer: YesNo::No,
                who: None,
            }),
            at_once,
        ),
        (survivor_told, at_once),
        (
            Fact::CaseOpened(CaseOpened {
                survivor,
                team: plot.team.clone(),
            }),
            at_once,
        ),
        (perpetrator_told, at_once),
        (
            Fact::HomeTold(HomeTold {
                address: Some(Words::new(format!(
                    "{} Linden Court, Newtown NT5 1AB",
                    plot.number
                ))),
                withheld: false,
                tenure: Tenure::Sole,
                tenancy: Some(Words::new(format!("T{:07}", plot.number))),
                perpetrator_lives_there: YesNo::No,
                children_live_there: YesNo::NotKnown,
            }),
            at_once,
        ),
        (
            Fact::RouteTold(RouteTold {
                route,
                person: survivor,
                kind: RouteKind::Telephone,
                value: Words::new(format!("07700 {:06}", plot.number)),
                shared_with: Some(dice.words(80)),
            }),
            at_once,
        ),
        (
            Fact::SafeContactAgreed(SafeContactAgreed {
                route,
                way: Way::Call,
                verdict: Verdict::Safe,
                hours: Vec::new(),
                said_by: SaidBy::Person,
                professional: None,
                recheck_on: None,
            }),
            at_once,
        ),
        (
            Fact::WorkerNamed(WorkerNamed {
                account: Some(plot.lead),
                part: WorkerPart::Lead,
                wish: WishMet::NoWish,
                reason: Some(dice.words(150)),
            }),
            at_once,
        ),
    ];
    let bytes = size(&mut dice);
    all.push((
        Fact::ContactMade(ContactMade {
            with: With::Survivor,
            person: Some(survivor),
            route: Some(route),
            way: Way::Call,
            direction: Direction::Out,
            sure_it_was: YesNo::Yes,
            still_safe: YesNo::Yes,
            present: None,
            words: dice.words(bytes),
            gate: GateSaid {
                answer: "yes".into(),
                against: false,
            },
        }),
        later,
    ));
    let bytes = size(&mut dice);
    all.push((
        Fact::WishesTold(WishesTold {
            words: dice.words(bytes),
        }),
        later,
    ));
    let bytes = size(&mut dice);
    all.push((
        Fact::OwnViewOfDangerTold(OwnViewOfDangerTold::Told {
            words: dice.words(bytes),
        }),
        later,
    ));
    while all.len() < ENTRIES - usize::from(!plot.open) {
        let bytes = size(&mut dice);
        all.push((
            Fact::NoteWritten(NoteWritten {
                words: dice.words(bytes),
            }),
            later,
        ));
    }
    if !plot.open {
        all.push((
            Fact::CaseClosed(CaseClosed {
                outcome: plot.outcome.clone(),
                words: dice.words(200),
                survivors_word: SurvivorsWord::Said {
                    words: dice.words(150),
                    satisfied: true,
                },
                approved_by: None,
            }),
            later,
        ));
    }
    all
}
