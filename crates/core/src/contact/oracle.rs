//! A second, simple-minded reading of rule 1, against which the gate is tried in a great many generated cases.
//!
//! It reads the raw entries and never the folded case, checks the hours minute by minute on the wall clock, and says
//! only when sending would be *wrong*. The gate may be stricter; it may never send where this says no.

use super::*;
use crate::case::trial::*;
use crate::case::{Case, Terms};
use crate::fact::*;
use crate::ids::{Position, RouteId};
use crate::times::Times;
use jiff::civil::{Date, Time, date, time};
use jiff::{SignedDuration, Timestamp};

/// Small numbers from a seed, the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % sides
    }

    fn one_of<T: Clone>(&mut self, list: &[T]) -> T {
        let at = self.roll(list.len() as u64);
        list[usize::try_from(at).expect("a short list")].clone()
    }

    fn happens(&mut self, one_in: u64) -> bool {
        self.roll(one_in) == 0
    }
}

const ROUTES: [RouteId; 6] = [MOBILE, MOBILE, MOBILE, OTHER_MOBILE, HIS_MOBILE, MAILBOX];
const NUMBERS: [&str; 3] = ["07700 900123", "+44 7700 900123", "07700 900456"];
const WAYS: [Way; 6] = [
    Way::Call,
    Way::Call,
    Way::Call,
    Way::Text,
    Way::Email,
    Way::Letter,
];

fn any_fact(dice: &mut Dice) -> Fact {
    match dice.roll(20) {
        0..=2 => {
            let route = dice.one_of(&ROUTES);
            let mail = route == MAILBOX;
            Fact::RouteTold(RouteTold {
                route,
                person: if route == HIS_MOBILE {
                    PERPETRATOR
                } else {
                    dice.one_of(&[SURVIVOR, SURVIVOR, TRUSTED])
                },
                kind: if mail {
                    RouteKind::Email
                } else {
                    RouteKind::Telephone
                },
                value: words(if mail {
                    "a@example.org"
                } else {
                    dice.one_of(&NUMBERS)
                }),
                shared_with: dice.happens(6).then(|| words("a tablet")),
            })
        }
        3..=13 => {
            let usually_safe = [
                Verdict::Safe,
                Verdict::Safe,
                Verdict::Safe,
                Verdict::Safe,
                Verdict::Unsafe,
                Verdict::Unknown,
            ];
            Fact::SafeContactAgreed(SafeContactAgreed {
                route: dice.one_of(&ROUTES),
                way: dice.one_of(&WAYS),
                verdict: dice.one_of(&usually_safe),
                hours: if dice.happens(2) {
                    any_hours(dice)
                } else {
                    Vec::new()
                },
                said_by: if dice.happens(4) {
                    SaidBy::Professional
                } else {
                    SaidBy::Person
                },
                professional: dice
                    .happens(2)
                    .then(|| words(dice.one_of(&["a name", "a name", " "]))),
                recheck_on: dice.happens(4).then(|| any_date(dice)),
            })
        }
        14..=15 => Fact::ContactMade(ContactMade {
            with: With::Survivor,
            person: Some(SURVIVOR),
            route: Some(dice.one_of(&ROUTES)),
            way: dice.one_of(&WAYS),
            direction: Direction::Out,
            sure_it_was: dice.one_of(&[YesNo::Yes, YesNo::No]),
            still_safe: dice.one_of(&[YesNo::Yes, YesNo::Yes, YesNo::No, YesNo::NotKnown]),
            present: None,
            words: words("w"),
            gate: GateSaid {
                answer: "yes".into(),
                against: false,
            },
        }),
        16 => Fact::ContactWishesTold(ContactWishesTold {
            person: Some(SURVIVOR),
            no_contact: dice.happens(4),
            ..ContactWishesTold::default()
        }),
        17 => taken_back(),
        18 if dice.happens(6) => Fact::PersonDied(PersonDied { person: SURVIVOR }),
        _ => note("n"),
    }
}

/// Around the night in October on which the clocks go back, and the one in March on which they go forward.
fn any_date(dice: &mut Dice) -> Date {
    let start = dice.one_of(&[date(2026, 10, 22), date(2026, 3, 26)]);
    let days = i64::try_from(dice.roll(8)).expect("small");
    start.saturating_add(SignedDuration::from_hours(24 * days))
}

fn any_time(dice: &mut Dice) -> Time {
    let hour = i8::try_from(dice.roll(24)).expect("small");
    time(hour, dice.one_of(&[0, 30]), 0, 0)
}

fn any_hours(dice: &mut Dice) -> Vec<SafeHours> {
    (0..=dice.roll(2))
        .map(|_| SafeHours {
            days: if dice.happens(2) {
                vec![any_date(dice).weekday()]
            } else {
                Vec::new()
            },
            from: any_time(dice),
            until: any_time(dice),
        })
        .collect()
}

fn any_instant(dice: &mut Dice) -> Timestamp {
    let midnight = any_date(dice).to_datetime(Time::midnight());
    let day = jiff::tz::TimeZone::UTC
        .to_timestamp(midnight)
        .expect("a date in range");
    day + SignedDuration::from_mins(i64::try_from(dice.roll(24 * 60)).expect("small"))
}

/// The entries that still count, read by the plainest rule: whatever a later entry corrects does not.
fn living(entries: &[Entry]) -> Vec<(&Entry, &Recorded)> {
    let known = |position: Position, before: Position| position < before;
    entries
        .iter()
        .filter_map(|entry| entry.recorded.as_ref().map(|recorded| (entry, recorded)))
        .filter(|(entry, recorded)| {
            let corrected = entries.iter().filter_map(|later| {
                let later_recorded = later.recorded.as_ref()?;
                let target = later_recorded
                    .corrects
                    .filter(|target| known(*target, later.position))?;
                Some((first_place(entries, target), later.position))
            });
            let place = first_place(entries, entry.position);
            let overtaken = corrected
                .into_iter()
                .any(|(at, by)| at == place && by > entry.position);
            !overtaken && !matches!(recorded.fact, Fact::TakenBack(_))
        })
        .collect()
}

fn first_place(entries: &[Entry], position: Position) -> Position {
    let entry = entries.iter().find(|entry| entry.position == position);
    let corrects = entry
        .and_then(|entry| entry.recorded.as_ref())
        .and_then(|recorded| recorded.corrects);
    match corrects.filter(|target| *target < position) {
        Some(target) => first_place(entries, target),
        None => position,
    }
}

/// Why sending now would be wrong, if it would.
fn wrong(entries: &[Entry], terms: &Terms, ask: &Ask) -> Option<&'static str> {
    let living = living(entries);
    let told = living
        .iter()
        .filter_map(|(entry, recorded)| match &recorded.fact {
            Fact::RouteTold(told) if told.route == ask.route => {
                Some((first_place(entries, entry.position), told))
            }
            _ => None,
        });
    let Some((_, route)) = told.max_by_key(|(place, _)| *place) else {
        return Some("no such route");
    };
    if route.person == PERPETRATOR {
        return Some("a perpetrator's");
    }
    let died =
        |recorded: &Recorded| matches!(&recorded.fact, Fact::PersonDied(died) if died.person == route.person);
    if living.iter().any(|(_, recorded)| died(recorded)) {
        return Some("has died");
    }
    let mut wishes = living.iter().filter_map(|(_, recorded)| match &recorded.fact {
        Fact::ContactWishesTold(wishes) if wishes.person == Some(route.person) => Some(wishes.no_contact),
        _ => None,
    });
    if wishes.next_back() == Some(true) {
        return Some("wants no contact");
    }
    let words: Vec<(Position, Timestamp, bool, Option<&SafeContactAgreed>)> = living
        .iter()
        .filter_map(|(entry, recorded)| match &recorded.fact {
            Fact::SafeContactAgreed(said) if said.route == ask.route && said.way == ask.way => {
                let named = said.said_by == SaidBy::Person
                    || said.professional.as_ref().is_some_and(|name| !name.is_blank());
                let safe = said.verdict == Verdict::Safe;
                // A vouching without a name says nothing either way.
                (named || !safe).then_some((entry.position, recorded.times.happened, safe, Some(said)))
            }
            Fact::ContactMade(made)
                if made.route == Some(ask.route) && made.way == ask.way && made.still_safe == YesNo::No =>
            {
                Some((entry.position, recorded.times.happened, false, None))
            }
            _ => None,
        })
        .collect();
    if !words.iter().max_by_key(|word| word.0).is_some_and(|word| word.2) {
        return Some("the last word written is not safe");
    }
    let newest_said = words.iter().map(|word| word.1).max();
    if !words.iter().any(|word| Some(word.1) == newest_said && word.2) {
        return Some("the last word said is not safe");
    }
    let safe: Vec<&SafeContactAgreed> = words
        .iter()
        .filter(|word| word.2)
        .filter_map(|word| word.3)
        .collect();
    let wall = london().to_datetime(ask.at);
    let in_hours = |said: &&SafeContactAgreed| {
        said.hours.is_empty()
            || said.hours.iter().any(|window| {
                let today = window.days.is_empty() || window.days.contains(&wall.date().weekday());
                let ends = if window.until == Time::midnight() {
                    Time::MAX
                } else {
                    window.until
                };
                let minute = wall.time();
                today && window.from <= minute && minute < ends
            })
    };
    if !safe.iter().any(in_hours) {
        return Some("outside the hours of every safe word");
    }
    let last_days = safe.iter().map(|said| (said.recheck_on, said.said_by));
    if ask.sender == Sender::Automatic || ask.way != Way::Call {
        let in_date = |day: Option<Date>| day.is_none_or(|day| wall.date() <= day);
        if !last_days.clone().any(|(day, _)| in_date(day)) {
            return Some("past the day of every safe word");
        }
    }
    if ask.sender == Sender::Automatic {
        if !last_days.clone().any(|(_, said_by)| said_by == SaidBy::Person) {
            return Some("only vouched for");
        }
        if route.shared_with.is_some() {
            return Some("seen by others");
        }
        let key = RouteKey::of(route.kind, &route.value);
        let his = living.iter().any(|(_, recorded)| match &recorded.fact {
            Fact::RouteTold(told) => told.route == HIS_MOBILE && RouteKey::of(told.kind, &told.value) == key,
            _ => false,
        });
        if his {
            return Some("shared with a perpetrator");
        }
    }
    let _ = terms;
    None
}

/// Generated cases, changes between queue and send included: no message leaves where the newest word is not safe.
#[test]
fn no_message_leaves_where_the_newest_word_is_not_safe() {
    let terms = terms();
    let (mut asked, mut sent) = (0u64, 0u64);
    for world in 0..4_000u64 {
        let mut dice = Dice(world);
        let mut story = Story::default()
            .then(report())
            .then(person(SURVIVOR, Part::Survivor))
            .then(person(PERPETRATOR, Part::Perpetrator))
            .then(person(TRUSTED, Part::Trusted))
            .then(opened())
            .then(route(MOBILE, SURVIVOR, RouteKind::Telephone, NUMBERS[0]));
        let mut queue: Vec<Outbound<u64>> = Vec::new();
        for _ in 0..12 {
            let fact = any_fact(&mut dice);
            let when = at("2026-03-20T09:00:00Z")
                + SignedDuration::from_hours(i64::try_from(dice.roll(300)).expect("small"));
            let taking_back = matches!(fact, Fact::TakenBack(_));
            let corrects = (taking_back || dice.happens(6)).then(|| Position(5 + dice.roll(12)));
            story = story.entry(Times::at(when), corrects, fact);
            queue.push(Outbound {
                route: dice.one_of(&[MOBILE, MOBILE, OTHER_MOBILE, HIS_MOBILE, MAILBOX]),
                way: dice.one_of(&WAYS),
                sender: dice.one_of(&[Sender::Person, Sender::Automatic]),
                message: world,
            });
            // Everything that waits is tried again after each change, at several times.
            let case = Case::fold(&story.entries);
            for waiting in &queue {
                for _ in 0..4 {
                    let ask = Ask {
                        route: waiting.route,
                        way: waiting.way,
                        at: any_instant(&mut dice),
                        sender: waiting.sender,
                    };
                    asked += 1;
                    let cleared = clear(&case, &[], waiting.clone(), ask.at, &terms).is_ok();
                    let allowed = may_we(&case, &[], &ask, &terms).allows_a_person();
                    if !(cleared || allowed) {
                        continue;
                    }
                    sent += 1;
                    let why = wrong(&story.entries, &terms, &ask);
                    assert_eq!(why, None, "world {world}, {ask:?}: {:#?}", story.entries);
                }
            }
        }
    }
    assert!(asked > 1_000_000, "{asked} asked");
    assert!(
        sent > 20_000,
        "the gate must say yes often enough to be tried: {sent} of {asked}"
    );
}

/// Where nothing was corrected or told late, the gate says yes exactly when the plain reading finds nothing wrong.
#[test]
fn the_gate_is_no_stricter_than_it_need_be_in_plain_cases() {
    let terms = terms();
    let mut yes = 0u64;
    for world in 0..3_000u64 {
        let mut dice = Dice(world ^ 0xFACE);
        let mut story = open();
        for _ in 0..dice.roll(5) {
            let word = said(
                MOBILE,
                dice.one_of(&[Way::Call, Way::Text]),
                dice.one_of(&[Verdict::Safe, Verdict::Unsafe]),
            );
            let hours = if dice.happens(2) {
                vec![day_window(&mut dice)]
            } else {
                Vec::new()
            };
            let hours = if word.verdict == Verdict::Safe {
                hours
            } else {
                Vec::new()
            };
            story = story.then(Fact::SafeContactAgreed(SafeContactAgreed { hours, ..word }));
        }
        for _ in 0..8 {
            let ask = Ask {
                route: MOBILE,
                way: dice.one_of(&[Way::Call, Way::Text]),
                at: at("2026-11-23T00:00:00Z")
                    + SignedDuration::from_mins(i64::try_from(dice.roll(7 * 24 * 60)).expect("small")),
                sender: Sender::Automatic,
            };
            let answer = may_we(&story.case(), &[], &ask, &terms);
            let latest_only = only_the_latest(&story, ask.way);
            let expected = wrong(&latest_only.entries, &terms, &ask).is_none();
            assert_eq!(
                answer.allows_a_person(),
                expected,
                "world {world}, {ask:?}: {answer:?}"
            );
            yes += u64::from(expected);
            if let Answer::Yes {
                until: Some(until), ..
            } = answer
            {
                let then = |at| may_we(&story.case(), &[], &Ask { at, ..ask }, &terms).allows_a_person();
                assert!(
                    then(until - SignedDuration::from_secs(1)) && !then(until),
                    "until {until}"
                );
            }
            if let Answer::NotNow { from, .. } = answer {
                let then = |at| may_we(&story.case(), &[], &Ask { at, ..ask }, &terms).allows_a_person();
                assert!(
                    then(from) && !then(from - SignedDuration::from_secs(1)),
                    "from {from}"
                );
            }
        }
    }
    assert!(yes > 1_000, "{yes}");
}

fn day_window(dice: &mut Dice) -> SafeHours {
    let from = i8::try_from(dice.roll(20)).expect("small");
    SafeHours {
        days: if dice.happens(2) {
            vec![date(2026, 11, 24).weekday()]
        } else {
            Vec::new()
        },
        from: time(from, 0, 0, 0),
        until: time(from + 2, 30, 0, 0),
    }
}

/// The story with the newest word about this way alone.
fn only_the_latest(story: &Story, way: Way) -> Story {
    let about = |entry: &&Entry| match entry.recorded.as_ref().map(|recorded| &recorded.fact) {
        Some(Fact::SafeContactAgreed(said)) => said.way == way,
        _ => false,
    };
    let last = story
        .entries
        .iter()
        .filter(about)
        .map(|entry| entry.position)
        .max();
    let entries = story
        .entries
        .iter()
        .filter(|entry| !about(entry) || Some(entry.position) == last);
    Story {
        entries: entries.cloned().collect(),
    }
}
