//! Search tokens: what a case can be found by, and what somebody who searches is taken to mean.
//!
//! Names by their parts, by their sound and by their first letters; dates of birth, telephones, email addresses,
//! postcodes, tenancies and references. Equal tokens show equal values; they go with the case.

use fanlight_core::case::Case;
use fanlight_core::contact::RouteKey;
use fanlight_core::fact::{RouteKind, Verdict, Way};
use fanlight_core::ids::CaseReference;
use fanlight_core::words::Words;
use fanlight_store::{Token, TokenMaker};
use rphonetic::DoubleMetaphone;

/// Every token by which a case is found.
pub(crate) fn tokens_of(tokens: &TokenMaker, case: &Case) -> Vec<Token> {
    let mut found: Vec<(&'static str, String)> = Vec::new();
    for told in &case.people {
        let person = &told.fact;
        for name in [&person.name, &person.called].into_iter().flatten() {
            for part in parts(name.reveal()) {
                found.extend(sounds(&part).into_iter().map(|sound| ("sound", sound)));
                found.push(("name", part));
            }
        }
        found.extend(person.born.map(|born| ("born", born.to_string())));
    }
    if let Some(home) = &case.home {
        found.extend(
            home.fact
                .address
                .as_ref()
                .map(Words::reveal)
                .and_then(postcode)
                .map(|code| ("postcode", code)),
        );
        found.extend(
            home.fact
                .tenancy
                .as_ref()
                .map(|tenancy| ("tenancy", plain(tenancy.reveal()))),
        );
    }
    for route in &case.routes {
        found.push(("route", route.key.reveal().to_owned()));
        if route.told.fact.kind == RouteKind::Post {
            found.extend(postcode(route.told.fact.value.reveal()).map(|code| ("postcode", code)));
        }
    }
    for word in &case.safety_words {
        if word.told.fact.verdict == Verdict::Unsafe
            && let Some(key) = &word.about
        {
            found.push(("unsafe", unsafe_word(key, word.told.fact.way)));
        }
    }
    found.extend(
        case.reference()
            .map(|reference| ("reference", reference.to_string())),
    );
    let mut all: Vec<Token> = found
        .iter()
        .map(|(field, value)| tokens.token(field, value))
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The token that a case carries when it has called this way of reaching this number unsafe.
pub(crate) fn unsafe_token(tokens: &TokenMaker, key: &RouteKey, way: Way) -> Token {
    tokens.token("unsafe", &unsafe_word(key, way))
}

fn unsafe_word(key: &RouteKey, way: Way) -> String {
    format!("{} {}", way.code(), key.reveal())
}

/// What somebody who searches may mean: each reading is a set of tokens that must all fit.
pub(crate) fn readings(tokens: &TokenMaker, typed: &str) -> Vec<Vec<Token>> {
    let token = |field: &str, value: &str| tokens.token(field, value);
    let mut all = Vec::new();
    let typed = typed.trim();
    if let Some(reference) = CaseReference::parse(typed) {
        all.push(vec![token("reference", reference.as_str())]);
    }
    if let Some(born) = date(typed) {
        all.push(vec![token("born", &born)]);
    }
    if let Some(code) = postcode(typed) {
        all.push(vec![token("postcode", &code)]);
    }
    for kind in [RouteKind::Telephone, RouteKind::Email] {
        let looks = match kind {
            RouteKind::Telephone => typed.chars().filter(char::is_ascii_digit).count() >= 6,
            _ => typed.contains('@'),
        };
        if looks {
            all.push(vec![token(
                "route",
                RouteKey::of(kind, &Words::new(typed)).reveal(),
            )]);
        }
    }
    let names = names_in(typed);
    if !names.is_empty() {
        all.push(names.iter().map(|name| token("name", name)).collect());
        let sounding: Vec<Token> = names
            .iter()
            .filter_map(|name| sounds(name).first().map(|sound| token("sound", sound)))
            .collect();
        if sounding.len() == names.len() {
            all.push(sounding);
        }
    }
    all.push(vec![token("tenancy", &plain(typed))]);
    all
}

/// The parts of the names that somebody may have typed. Half of a reference is no name, though it may sound like one.
fn names_in(typed: &str) -> Vec<String> {
    if typed.contains(|c: char| c.is_ascii_digit()) && CaseReference::parse(typed).is_some() {
        return Vec::new();
    }
    parts(typed)
}

/// The parts of a name, in small letters, without marks.
fn parts(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_alphanumeric() && c != '\'')
        .map(|part| {
            part.chars()
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect::<String>()
        })
        .filter(|part| part.chars().count() > 1 && part.chars().all(char::is_alphabetic))
        .collect()
}

fn sounds(part: &str) -> Vec<String> {
    let sound = DoubleMetaphone::default();
    let result = sound.double_metaphone(part);
    let mut all = vec![result.primary(), result.alternate()];
    all.retain(|sound| !sound.is_empty());
    all.dedup();
    all
}

fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The postcode in a text, if there is one: the last two groups that look like one.
fn postcode(text: &str) -> Option<String> {
    let upper = text.to_uppercase();
    let groups: Vec<&str> = upper
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|g| !g.is_empty())
        .collect();
    let inward = |g: &str| {
        g.len() == 3
            && g.as_bytes()[0].is_ascii_digit()
            && g.as_bytes()[1..].iter().all(u8::is_ascii_alphabetic)
    };
    let outward = |g: &str| {
        (2..=4).contains(&g.len())
            && g.as_bytes()[0].is_ascii_alphabetic()
            && g.bytes().any(|b| b.is_ascii_digit())
    };
    let pair = groups
        .windows(2)
        .rev()
        .find(|pair| outward(pair[0]) && inward(pair[1]));
    if let Some(pair) = pair {
        return Some(format!("{}{}", pair[0], pair[1]));
    }
    groups
        .iter()
        .rev()
        .find(|g| {
            g.is_ascii()
                && (5..=7).contains(&g.len())
                && inward(&g[g.len() - 3..])
                && outward(&g[..g.len() - 3])
        })
        .map(|g| (*g).to_owned())
}

/// A date as people type it: 4/3/1988, 04-03-1988 or 1988-03-04.
fn date(text: &str) -> Option<String> {
    let numbers: Vec<i16> = text
        .split(['/', '-', '.', ' '])
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    let [first, month, last] = numbers[..] else {
        return None;
    };
    let (year, day) = if first > 31 { (first, last) } else { (last, first) };
    jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
        .ok()
        .map(|date| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_postcode_is_found_wherever_it_stands() {
        for (text, code) in [
            ("4 Linden Court, Hitchin SG5 1AB", Some("SG51AB")),
            ("sg51ab", Some("SG51AB")),
            ("flat 3", None),
            ("MK40 2TL Bedford", Some("MK402TL")),
        ] {
            assert_eq!(postcode(text).as_deref(), code, "{text}");
        }
    }

    #[test]
    fn a_date_is_read_as_people_type_it() {
        for text in ["4/3/1988", "04-03-1988", "1988-03-04", "4 3 1988"] {
            assert_eq!(date(text).as_deref(), Some("1988-03-04"), "{text}");
        }
        assert_eq!(date("31/2/1988"), None);
    }

    #[test]
    fn half_of_a_reference_is_not_taken_for_a_name() {
        let reference = (0u64..)
            .map(|number| CaseReference::from_random(number.to_le_bytes()).to_string())
            .find(|text| !parts(text).is_empty() && text.contains(|c: char| c.is_ascii_digit()))
            .expect("a reference with a half of letters alone");
        assert_eq!(names_in(&reference), [""; 0]);
        assert_eq!(names_in("Rebeck"), ["rebeck"]);
        assert_eq!(names_in("Ruby 1988"), ["ruby"]);
    }

    #[test]
    fn names_are_found_by_their_sound() {
        assert_eq!(sounds("catherine")[0], sounds("kathryn")[0]);
        assert_eq!(parts("Mary-Ann O'Neill"), ["mary", "ann", "oneill"]);
    }
}
