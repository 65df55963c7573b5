//! The sentences that a story may be written in, and how a line is recognised as one of them.

/// What a sentence asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Does {
    Landlord,
    At,
    Report,
    ReportReceived,
    ReportOfColleague,
    Connected,
    Open,
    Telephone,
    SafeOn,
    SafeAlways,
    NotSafe,
    Try,
    Speak,
    SpokeBefore,
    Calls,
    AskGate,
    NoSafeWay,
    NoSafeWayExplains,
    Rhythm,
    Lead,
    ShutOut,
    IsShutOut,
    Search,
    LookAt,
    LifeAtRisk,
    LooksAtTry,
    Note,
    Plan,
    Close,
    Return,
    Work,
    Promises,
    Counts,
    Looks,
    Timeline,
}

/// Every sentence: words in braces stand for what the story fills in.
pub(super) const SENTENCES: &[(&str, Does)] = &[
    ("landlord {pack}", Does::Landlord),
    ("at {day and time}", Does::At),
    ("show my work of {who}", Does::Work),
    ("show promises", Does::Promises),
    ("show how promises were kept", Does::Counts),
    ("show who has looked", Does::Looks),
    ("show what has happened", Does::Timeline),
    (
        "{who} logs a report by {channel} from {reporter}, received {day and time}: \"{words}\"",
        Does::ReportReceived,
    ),
    (
        "{who} logs a report by {channel} from {reporter}, of somebody who is connected with a colleague: \"{words}\"",
        Does::ReportOfColleague,
    ),
    (
        "{who} logs a report by {channel} from {reporter}: \"{words}\"",
        Does::Report,
    ),
    (
        "{who} names {other} as the one connected: \"{words}\"",
        Does::Connected,
    ),
    ("{who} opens the case of {name}", Does::Open),
    ("{who} is told a telephone of {name}: {number}", Does::Telephone),
    ("{name} says it is safe to call at any time", Does::SafeAlways),
    (
        "{name} says it is safe to call on {weekday} {time} to {time}",
        Does::SafeOn,
    ),
    ("{name} says it is not safe to call", Does::NotSafe),
    ("{who} tries to call: {end}", Does::Try),
    (
        "{who} writes down that they spoke with {name} at {day and time}: \"{words}\"",
        Does::SpokeBefore,
    ),
    ("{who} speaks with {name}: \"{words}\"", Does::Speak),
    ("{name} calls {who}: \"{words}\"", Does::Calls),
    ("{who} asks whether to call", Does::AskGate),
    (
        "{who} finds no safe way, to be looked at again on {date}: \"{words}\"",
        Does::NoSafeWay,
    ),
    (
        "{who} explains {rule} by no safe way: \"{words}\"",
        Does::NoSafeWayExplains,
    ),
    (
        "{who} agrees with {name} on contact every {days} days, to be looked at again on {date}: \"{words}\"",
        Does::Rhythm,
    ),
    ("{who} names {other} as lead worker", Does::Lead),
    ("{who} shuts out {other}: \"{words}\"", Does::ShutOut),
    ("{other} is shut out", Does::IsShutOut),
    ("{who} searches for {text}", Does::Search),
    ("{who} looks at the case", Does::LookAt),
    (
        "{who} tries a call because life is at risk, agreed by {other}: \"{words}\"",
        Does::LifeAtRisk,
    ),
    (
        "{who} looks at the life-at-risk try: \"{words}\"",
        Does::LooksAtTry,
    ),
    ("{who} writes a note: \"{words}\"", Does::Note),
    ("{who} agrees a plan with {name}: \"{words}\"", Does::Plan),
    (
        "{who} closes the case, approved by {other}: \"{words}\"",
        Does::Close,
    ),
    ("{name} comes back: \"{words}\"", Does::Return),
];

/// What a line asks for, with what it fills in, in order.
pub(super) fn read(line: &str) -> Option<(Does, Vec<String>)> {
    SENTENCES
        .iter()
        .find_map(|(sentence, does)| Some((*does, fill(sentence, line)?)))
}

/// What the line puts in the places of the sentence, if it is that sentence.
fn fill(sentence: &str, line: &str) -> Option<Vec<String>> {
    let mut parts = sentence.split(['{', '}']);
    let mut rest = line.strip_prefix(parts.next()?)?;
    let mut filled = Vec::new();
    while parts.next().is_some() {
        let after = parts.next()?;
        let at = if after.is_empty() {
            rest.len()
        } else {
            rest.find(after)?
        };
        let value = rest[..at].trim();
        if value.is_empty() {
            return None;
        }
        filled.push(value.to_owned());
        rest = &rest[at + after.len()..];
    }
    rest.is_empty().then_some(filled)
}
