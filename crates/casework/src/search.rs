//! Search tokens: what a case can be found by, and what somebody who searches is taken to mean.
//!
//! Names by their parts, by their sound and by their first letters; dates of birth, telephones, email addresses,
//! postcodes, tenancies and references. Equal tokens show equal values; they go with the case.

use fanlight_core::case::Case;
use fanlight_core::contact::RouteKey;
use fanlight_core::fact::{Part, RouteKind, Verdict, Way};
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
    if let Some(told) = &case.report {
        let said = [Some(&told.fact.words), told.fact.reporter.as_ref()];
        for text in said.into_iter().flatten() {
            for (alike, value) in said_in(text.reveal()) {
                if alike == Alike::Name {
                    found.extend(sounds(&value).into_iter().map(|sound| ("sound", sound)));
                }
                found.extend(alike.field().map(|field| (field, value)));
            }
        }
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

/// In what two reports or cases may be about the same people, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alike {
    /// The report names the other's reference.
    Reference,
    /// The same telephone, email or other route.
    Route,
    /// The same tenancy.
    Tenancy,
    /// The same name.
    Name,
    /// The same date of birth.
    Born,
    /// The same postcode.
    Postcode,
    /// A name that sounds the same.
    Sound,
}

impl Alike {
    /// In plain words, for a list.
    pub fn says(self) -> &'static str {
        match self {
            Alike::Reference => "The reference is given in the report",
            Alike::Route => "The same telephone number or email address",
            Alike::Tenancy => "The same tenancy",
            Alike::Name => "The same name",
            Alike::Born => "The same date of birth",
            Alike::Postcode => "The same postcode",
            Alike::Sound => "A name that sounds the same",
        }
    }

    /// The field under which it is a token; a reference in a text is nobody's own.
    fn field(self) -> Option<&'static str> {
        match self {
            Alike::Reference => None,
            Alike::Route => Some("route"),
            Alike::Tenancy => Some("tenancy"),
            Alike::Name => Some("name"),
            Alike::Born => Some("born"),
            Alike::Postcode => Some("postcode"),
            Alike::Sound => Some("sound"),
        }
    }
}

/// By what earlier reports and cases about the same people are looked for: each reading is a set of tokens that must
/// all fit. From what was told of the people and the home, and from the names, numbers and postcodes in the report's
/// own words. Professionals and people she trusts stand in many cases, and are no likeness.
pub(crate) fn likenesses(tokens: &TokenMaker, case: &Case) -> Vec<(Alike, Vec<Token>)> {
    let token = |field: &str, value: &str| tokens.token(field, value);
    let mut all = Vec::new();
    let named = |names: &[String], all: &mut Vec<(Alike, Vec<Token>)>| {
        if names.is_empty() {
            return;
        }
        all.push((
            Alike::Name,
            names.iter().map(|name| token("name", name)).collect(),
        ));
        let sounding: Vec<Token> = names
            .iter()
            .filter_map(|name| sounds(name).first().map(|sound| token("sound", sound)))
            .collect();
        if sounding.len() == names.len() {
            all.push((Alike::Sound, sounding));
        }
    };
    let of_the_household = |part: Part| match part {
        Part::Survivor | Part::Perpetrator | Part::Child | Part::AdultAtRisk | Part::Household => true,
        Part::Trusted | Part::Professional => false,
    };
    for told in case.people.iter().filter(|told| of_the_household(told.fact.part)) {
        for name in [&told.fact.name, &told.fact.called].into_iter().flatten() {
            named(&parts(name.reveal()), &mut all);
        }
        all.extend(
            told.fact
                .born
                .map(|born| (Alike::Born, vec![token("born", &born.to_string())])),
        );
    }
    if let Some(home) = &case.home {
        let address = home.fact.address.as_ref().map(Words::reveal);
        all.extend(
            address
                .and_then(postcode)
                .map(|code| (Alike::Postcode, vec![token("postcode", &code)])),
        );
        all.extend(
            home.fact
                .tenancy
                .as_ref()
                .map(|tenancy| (Alike::Tenancy, vec![token("tenancy", &plain(tenancy.reveal()))])),
        );
    }
    for route in &case.routes {
        if !case.part_of(route.told.fact.person).is_some_and(of_the_household) {
            continue;
        }
        all.push((Alike::Route, vec![token("route", route.key.reveal())]));
        if route.told.fact.kind == RouteKind::Post {
            all.extend(
                postcode(route.told.fact.value.reveal())
                    .map(|code| (Alike::Postcode, vec![token("postcode", &code)])),
            );
        }
    }
    if let Some(told) = &case.report {
        let said = [Some(&told.fact.words), told.fact.reporter.as_ref()];
        for text in said.into_iter().flatten().map(Words::reveal) {
            for pair in name_pairs(text) {
                named(&pair, &mut all);
            }
            for (alike, value) in said_in(text) {
                match alike {
                    Alike::Reference => all.push((alike, vec![token("reference", &value)])),
                    Alike::Route => all.push((alike, vec![token("route", &value)])),
                    Alike::Postcode => all.push((alike, vec![token("postcode", &value)])),
                    Alike::Name | Alike::Sound | Alike::Born | Alike::Tenancy => {}
                }
            }
        }
    }
    all.sort();
    all.dedup();
    all
}

/// Names as they stand in a text: two words beside each other that both begin with a capital letter. A single such
/// word begins a sentence far more often than it names somebody.
fn name_pairs(text: &str) -> Vec<Vec<String>> {
    let begins_with_capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .windows(2)
        .filter_map(|pair| {
            let opening = |word: &str| word.trim_start_matches(|c: char| !c.is_alphanumeric()).to_owned();
            let (first, second) = (opening(pair[0]), opening(pair[1]));
            let together = first.ends_with(|c: char| c.is_alphanumeric());
            if !together || !begins_with_capital(&first) || !begins_with_capital(&second) {
                return None;
            }
            let second = second
                .strip_suffix("’s")
                .or(second.strip_suffix("'s"))
                .unwrap_or(&second);
            let names: Vec<String> = parts(&first).into_iter().chain(parts(second)).collect();
            (names.len() >= 2).then_some(names)
        })
        .collect()
}

/// What a text says by which somebody can be found: names, numbers, email addresses, postcodes and references.
fn said_in(text: &str) -> Vec<(Alike, String)> {
    let mut all: Vec<(Alike, String)> = name_pairs(text)
        .into_iter()
        .flatten()
        .map(|name| (Alike::Name, name))
        .collect();
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '"' | '“' | '”'))
        .map(|word| word.trim_matches(|c: char| matches!(c, '.' | '!' | '?' | ':')))
        .filter(|word| !word.is_empty())
        .collect();
    for word in &words {
        if word.contains('@') {
            all.push((Alike::Route, route_key(RouteKind::Email, word)));
        }
        all.extend(CaseReference::parse(word).map(|found| (Alike::Reference, found.to_string())));
        all.extend(postcode(word).map(|code| (Alike::Postcode, code)));
    }
    all.extend(
        words
            .windows(2)
            .filter_map(|pair| postcode(&pair.join(" ")))
            .map(|code| (Alike::Postcode, code)),
    );
    // A telephone number is a run of groups of figures.
    let figures = |word: &str| {
        word.chars().filter(char::is_ascii_digit).count() >= 2
            && word.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-'))
    };
    for run in words.split(|word| !figures(word)) {
        let typed = run.join(" ");
        if typed.chars().filter(char::is_ascii_digit).count() >= 10 {
            all.push((Alike::Route, route_key(RouteKind::Telephone, &typed)));
        }
    }
    all.sort();
    all.dedup();
    all
}

fn route_key(kind: RouteKind, typed: &str) -> String {
    RouteKey::of(kind, &Words::new(typed)).reveal().to_owned()
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
    fn names_and_numbers_are_found_in_what_was_told() {
        let text =
            "Neighbour heard Ruby Kettle’s husband shout. Her number is 07700 900143, flat at SG5 1AB.";
        assert_eq!(name_pairs(text), [["ruby", "kettle"]]);
        let said = said_in(text);
        assert!(said.contains(&(Alike::Postcode, "SG51AB".into())), "{said:?}");
        let number = route_key(RouteKind::Telephone, "+44 7700 900143");
        assert!(said.contains(&(Alike::Route, number)), "{said:?}");
        assert_eq!(said_in("He took it. She ran."), []);
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
