//! The shipped packs account for every clause, honestly; and a state is the worst that is true.

use super::*;
use crate::pack::{Asks, Kept, Pack, Register, read};
use jiff::civil::{Date, date};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// How many clauses each policy has. A pack in the folder that does not stand here fails.
const CLAUSES: [(&str, usize); 5] = [
    ("aster", 152),
    ("bpha", 162),
    ("housing-plus-group", 138),
    ("settle", 116),
    ("stonewater", 178),
];

fn packs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs")
}

/// Every pack in the folder, in order of name.
fn landlords() -> Vec<String> {
    let mut landlords: Vec<String> = std::fs::read_dir(packs())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    landlords.sort();
    landlords
}

/// A shipped pack's files, in order of name.
fn files(landlord: &str) -> Vec<(String, String)> {
    let folder = packs().join(landlord);
    let mut files: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    files.sort();
    files
}

/// A shipped pack, as the program reads it.
pub(crate) fn shipped(landlord: &str) -> Pack {
    let files = files(landlord);
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    read(&files).unwrap_or_else(|problems| {
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("packs/{landlord}:\n{}", problems.join("\n"))
    })
}

/// What a clause asks of the system, as the list of the policy's clauses has it.
fn asked(landlord: &str) -> Vec<(String, String)> {
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/assurance/asked/{landlord}.tsv"));
    let text = std::fs::read_to_string(&list).unwrap_or_else(|error| panic!("{}: {error}", list.display()));
    text.lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(id, asks)| (id.to_owned(), asks.to_owned()))
        .collect()
}

fn key(asks: Asks) -> &'static str {
    match asks {
        Asks::Enforce => "enforce",
        Asks::Measure => "measure",
        Asks::Record => "record",
        Asks::Publish => "publish",
    }
}

/// Says of every clause of every pack what is wrong with it, if anything is.
fn each_clause(wrong: impl Fn(&Pack, &crate::pack::Clause) -> Option<String>) {
    let mut faults = Vec::new();
    for landlord in &landlords() {
        let pack = shipped(landlord);
        for clause in &pack.clauses {
            faults.extend(wrong(&pack, clause).map(|fault| format!("{}: {fault}", clause.id)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_clause_of_each_policy_is_accounted_for_once_and_asks_what_the_policy_asks() {
    for landlord in &landlords() {
        let pack = shipped(landlord);
        let mut have: Vec<(String, String)> = pack
            .clauses
            .iter()
            .map(|c| (c.id.clone(), c.asks.map_or("nothing", key).to_owned()))
            .collect();
        let mut want = asked(landlord);
        have.sort_unstable();
        want.sort_unstable();
        assert_eq!(have, want, "packs/{landlord}");
        let many = CLAUSES.iter().find(|(known, _)| known == landlord);
        assert_eq!(many.map(|(_, many)| *many), Some(have.len()), "packs/{landlord}");
    }
    assert_eq!(CLAUSES.iter().map(|(_, many)| many).sum::<usize>(), 746);
}

#[test]
fn everything_that_a_clause_names_can_be_found() {
    each_clause(|pack, clause| {
        let lost: Vec<&str> = unfound(pack, clause).collect();
        (!lost.is_empty()).then(|| format!("names {lost:?}, which is nowhere"))
    });
}

#[test]
fn what_is_to_be_enforced_or_measured_is_not_kept_by_being_written_down() {
    each_clause(|_, clause| {
        let strict = matches!(clause.asks, Some(Asks::Enforce | Asks::Measure));
        let written = matches!(clause.kept, Kept::Recorded | Kept::Published);
        (strict && written).then(|| format!("asks for more than {}", clause.kept.key()))
    });
}

#[test]
fn what_is_enforced_names_a_part_of_the_program_or_a_gate_that_enforces_it() {
    each_clause(|pack, clause| {
        let enforces = clause
            .by
            .iter()
            .filter_map(|name| find(pack, name))
            .any(|way| match way {
                Way::Proof(proof) => proof.kept == Kept::Enforced,
                Way::Gate(_) => true,
                Way::Obligation(_)
                | Way::Measure(_)
                | Way::Entry(..)
                | Way::Definition(_)
                | Way::Role(_)
                | Way::Channel(_)
                | Way::Page(_) => false,
            });
        (clause.kept == Kept::Enforced && !enforces).then(|| "nothing named enforces it".to_owned())
    });
}

#[test]
fn what_is_published_stands_on_a_page_or_in_a_register_that_people_can_open() {
    each_clause(|pack, clause| {
        let open = clause
            .by
            .iter()
            .filter_map(|name| find(pack, name))
            .any(|way| match way {
                Way::Page(_) | Way::Entry(..) => true,
                Way::Obligation(_)
                | Way::Measure(_)
                | Way::Gate(_)
                | Way::Definition(_)
                | Way::Role(_)
                | Way::Channel(_)
                | Way::Proof(_) => false,
            });
        (clause.kept == Kept::Published && !open).then(|| "nobody can open what is named".to_owned())
    });
}

#[test]
fn what_is_not_kept_yet_names_nothing_and_says_what_is_missing() {
    each_clause(|_, clause| {
        let not_yet = clause.kept == Kept::NotYet;
        let missing = clause
            .missing
            .as_ref()
            .is_some_and(|missing| missing.split_whitespace().count() >= 4);
        match (not_yet, clause.by.is_empty(), missing) {
            (true, _, false) => Some("does not say what is missing".to_owned()),
            (true, false, _) => Some("is not kept, and yet names something that keeps it".to_owned()),
            (true, true, true) | (false, _, _) => None,
        }
    });
}

#[test]
fn a_clause_is_said_in_one_short_sentence() {
    each_clause(|_, clause| {
        let words = clause.says.split_whitespace().count();
        let ends = clause.says.matches(". ").count() + usize::from(clause.says.ends_with('.'));
        (words > 35 || ends != 1).then(|| format!("{words} words, {ends} sentences: {}", clause.says))
    });
}

#[test]
fn no_two_clauses_of_a_policy_say_the_same() {
    for landlord in &landlords() {
        let pack = shipped(landlord);
        let said: BTreeSet<&str> = pack.clauses.iter().map(|clause| clause.says.as_str()).collect();
        assert_eq!(said.len(), pack.clauses.len(), "packs/{landlord}");
    }
}

/// Two capitalised words in a row, at least one of which the packs never write small, are a person's name or one of
/// these. Somebody's name in a policy would show here.
#[test]
fn no_pack_names_a_person() {
    const KNOWN: &[(&str, &str)] = &[
        ("Abuse", "Bill"),
        ("Abuse", "Responders"),
        ("Adults", "Boards"),
        ("Advocacy", "Service"),
        ("Assessment", "Conference"),
        ("Between", "June"),
        ("Chartered", "Institute"),
        ("Civil", "Protection"),
        ("Confidentiality", "Policy"),
        ("Courts", "Act"),
        ("Current", "Position"),
        ("Disclosure", "Scheme"),
        ("General", "Data"),
        ("Homeless", "Reduction"),
        ("Honour", "Based"),
        ("Housing", "Alliance"),
        ("Hub", "Partnerships"),
        ("Identification", "Checklist"),
        ("In", "April"),
        ("In", "January"),
        ("Magistrates", "Court"),
        ("Maintenance", "Contractors"),
        ("Male", "Victims"),
        ("Multi", "Agency"),
        ("National", "Centre"),
        ("National", "Stalking"),
        ("Our", "Head"),
        ("Protection", "Regulation"),
        ("Regional", "Director"),
        ("Risk", "Identification"),
        ("Safeguarding", "Hub"),
        ("Safety", "Hub"),
        ("Services", "Directorate"),
        ("Stalking", "Advocacy"),
        ("Sustainment", "Manager"),
        ("Tenancy", "Sustainment"),
        ("The", "Director"),
        ("The", "Government"),
        ("The", "Regional"),
        ("The", "Regulation"),
        ("Under", "Clare"),
        ("United", "Kingdom"),
        ("Unwelcome", "Behaviour"),
        ("Violence", "Advocacy"),
        ("Violence", "Disclosure"),
    ];
    for landlord in &landlords() {
        let text: String = files(landlord).into_iter().map(|(_, text)| text).collect();
        let words: Vec<&str> = text
            .split(|c: char| !c.is_alphabetic() && c != ' ')
            .flat_map(|run| run.split(' '))
            .collect();
        let small: BTreeSet<&str> = words
            .iter()
            .copied()
            .filter(|word| word.chars().all(char::is_lowercase))
            .collect();
        let capital = |word: &str| {
            let mut letters = word.chars();
            letters.next().is_some_and(char::is_uppercase)
                && word.len() > 1
                && letters.all(char::is_lowercase)
        };
        let seldom = |word: &str| !small.contains(word.to_lowercase().as_str());
        let names: BTreeSet<(&str, &str)> = text
            .split(|c: char| !c.is_alphabetic() && c != ' ')
            .flat_map(|run| {
                run.split(' ')
                    .collect::<Vec<_>>()
                    .windows(2)
                    .map(|w| (w[0], w[1]))
                    .collect::<Vec<_>>()
            })
            .filter(|(one, two)| capital(one) && capital(two) && (seldom(one) || seldom(two)))
            .filter(|pair| !KNOWN.contains(pair))
            .collect();
        assert!(names.is_empty(), "packs/{landlord}: is this a person? {names:?}");
    }
}

#[test]
fn proofs_and_pages_have_names_of_their_own() {
    let proofs: BTreeSet<&str> = proofs::PROOFS.iter().map(|proof| proof.name).collect();
    assert_eq!(proofs.len(), proofs::PROOFS.len());
    let pages: BTreeSet<&str> = proofs::PAGES.iter().map(|page| page.name).collect();
    assert_eq!(pages.len(), proofs::PAGES.len());
}

#[test]
fn what_does_a_proof_is_a_module_that_is_there() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for proof in proofs::PROOFS {
        for place in proof.place.split(", ") {
            let (room, module) = place.split_once("::").expect(place);
            let at = crates.join(room).join("src").join(module.replace("::", "/"));
            let there = at.with_extension("rs").is_file() || at.join("mod.rs").is_file();
            assert!(there, "{} is done by {place}, which is not there", proof.name);
        }
    }
}

#[test]
fn with_nothing_recorded_no_measured_clause_passes_for_kept() {
    for landlord in &landlords() {
        let pack = shipped(landlord);
        for row in register(&pack, &Evidence::none(date(2026, 11, 25))) {
            let expected: &[ClauseState] = match row.kept {
                Kept::NotYet => &[ClauseState::NotBuilt],
                Kept::Measured => &[ClauseState::NothingToShow, ClauseState::Overdue],
                Kept::Recorded => &[ClauseState::NeverChecked, ClauseState::Kept],
                Kept::Enforced | Kept::Published => &[ClauseState::Kept],
            };
            assert!(expected.contains(&row.state), "{} is {:?}", row.id, row.state);
        }
    }
}

#[test]
fn every_dated_policy_is_shown_to_be_past_its_review_until_a_review_is_recorded() {
    let shipped_now = landlords();
    for (landlord, clause, next) in [
        ("aster", "ASTER-3.5a", date(2029, 11, 20)),
        ("bpha", "BPHA-5.2a", date(2027, 11, 20)),
        ("housing-plus-group", "HPG-REV.1", date(2029, 11, 20)),
        ("settle", "SETTLE-9.1", date(2028, 11, 20)),
    ] {
        if !shipped_now.iter().any(|known| known == landlord) {
            continue;
        }
        let pack = shipped(landlord);
        let mut evidence = Evidence::none(date(2026, 11, 25));
        let state = |evidence: &Evidence| clause_state(pack.clause(clause).unwrap(), &pack, evidence);
        assert_eq!(state(&evidence), ClauseState::Overdue, "{clause}");
        let check = Check {
            on: date(2026, 11, 20),
            next: None,
        };
        evidence.checks.insert("review/policy-review".to_owned(), check);
        assert_ne!(state(&evidence), ClauseState::Overdue, "{clause}");
        let review = pack
            .register(Register::Review)
            .iter()
            .find(|review| review.id == "policy-review")
            .unwrap();
        assert_eq!(evidence.check_due(Register::Review, review), Some(next));
    }
}

/// A small pack with one clause, kept in a way and by what.
fn pack_with(kept: &str, by: &str) -> Pack {
    let text = format!(
        r#"
        [landlord]
        id = "north"
        name = "North Homes"
        nation = "england-and-wales"
        policy = "Policy"
        version = "1"
        adopted_from = 2026-01-01

        [[law]]
        id = "act"
        title = "An Act"
        every_months = 12

        [[statistic]]
        id = "old-figure"
        title = "A figure"

        [[clause]]
        id = "NORTH-1"
        ref = "1"
        says = "We do it."
        strength = "will"
        kept = "{kept}"
        by = ["{by}"]
        "#
    );
    read(&[("pack.toml", &text)]).unwrap()
}

fn state_of(kept: &str, by: &str, check: Option<(Date, Option<Date>)>, today: Date) -> ClauseState {
    let pack = pack_with(kept, by);
    let mut evidence = Evidence::none(today);
    if let Some((on, next)) = check {
        evidence.checks.insert("law/act".to_owned(), Check { on, next });
    }
    clause_state(&pack.clauses[0], &pack, &evidence)
}

#[test]
fn a_recorded_clause_is_kept_only_while_its_entry_has_been_checked_in_time() {
    let today = date(2026, 11, 25);
    let law = |check| state_of("recorded", "register:law/act", check, today);
    assert_eq!(law(None), ClauseState::NeverChecked);
    assert_eq!(
        law(Some((date(2026, 1, 5), None))),
        ClauseState::Kept,
        "again after twelve months"
    );
    assert_eq!(
        law(Some((date(2025, 11, 25), None))),
        ClauseState::Kept,
        "on the day itself it is not late"
    );
    assert_eq!(law(Some((date(2025, 11, 24), None))), ClauseState::Overdue);
    assert_eq!(
        law(Some((date(2026, 1, 5), Some(date(2026, 6, 30))))),
        ClauseState::Overdue,
        "an earlier day was set"
    );
}

#[test]
fn a_published_figure_needs_no_check_and_a_page_stands() {
    let today = date(2026, 11, 25);
    assert_eq!(
        state_of("published", "register:statistic/old-figure", None, today),
        ClauseState::Kept
    );
    assert_eq!(
        state_of("published", "page:assurance", None, today),
        ClauseState::Kept
    );
}

#[test]
fn a_pack_cannot_invent_a_proof() {
    let text = r#"
        [landlord]
        id = "north"
        name = "North Homes"
        nation = "england-and-wales"
        policy = "Policy"
        version = "1"
        adopted_from = 2026-01-01

        [[clause]]
        id = "NORTH-1"
        ref = "1"
        says = "We do it."
        strength = "will"
        kept = "enforced"
        by = ["proof:contact-gait"]
    "#;
    let problems = read(&[("pack.toml", text)]).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].remedy.contains("contact-gate"), "{}", problems[0]);
}

/// A pack that an older release read may name what a newer one no longer has.
#[test]
fn a_name_that_leads_nowhere_proves_nothing() {
    let today = date(2026, 11, 25);
    let mut pack = pack_with("enforced", "proof:contact-gate");
    let state = |pack: &Pack| clause_state(&pack.clauses[0], pack, &Evidence::none(today));
    assert_eq!(state(&pack), ClauseState::Kept);
    pack.clauses[0].by.push("proof:no-longer-there".to_owned());
    assert_eq!(state(&pack), ClauseState::NotBuilt);
}

#[test]
fn one_missed_promise_outweighs_any_number_kept() {
    let pack = shipped("settle");
    let clause = pack.clause("SETTLE-7.1").unwrap();
    let mut evidence = Evidence::none(date(2026, 11, 25));
    assert_eq!(clause_state(clause, &pack, &evidence), ClauseState::NothingToShow);
    evidence.obligations.insert(
        "first-contact".to_owned(),
        Count {
            open: 3,
            ..Count::default()
        },
    );
    assert_eq!(
        clause_state(clause, &pack, &evidence),
        ClauseState::NothingToShow,
        "not due is not kept"
    );
    evidence.obligations.insert(
        "first-contact".to_owned(),
        Count {
            kept: 46,
            ..Count::default()
        },
    );
    assert_eq!(clause_state(clause, &pack, &evidence), ClauseState::Kept);
    evidence.obligations.insert(
        "first-contact".to_owned(),
        Count {
            kept: 46,
            missed: 1,
            ..Count::default()
        },
    );
    assert_eq!(clause_state(clause, &pack, &evidence), ClauseState::Missed);
}

#[test]
fn a_figure_short_of_its_target_is_never_rounded_up_to_it() {
    let pack = shipped("settle");
    let clause = pack.clause("SETTLE-7.2").unwrap();
    let state = |numerator, denominator| {
        let mut evidence = Evidence::none(date(2026, 11, 25));
        let count = Count {
            kept: 1,
            ..Count::default()
        };
        evidence.obligations.insert("dash-evidence".to_owned(), count);
        let figure = Figure {
            numerator,
            denominator: Some(denominator),
        };
        for name in clause.by.iter().filter_map(|by| by.strip_prefix("measure:")) {
            evidence.measures.insert(name.to_owned(), figure);
        }
        clause_state(clause, &pack, &evidence)
    };
    assert_eq!(state(250, 250), ClauseState::Kept);
    assert_eq!(state(249, 250), ClauseState::Missed);
    assert_eq!(
        state(0, 0),
        ClauseState::Kept,
        "the clock is counted, the figure has nothing to show"
    );
}

#[test]
fn rows_are_filtered_and_counted() {
    let pack = shipped("settle");
    let rows = register(&pack, &Evidence::none(date(2026, 11, 25)));
    let counted: usize = totals(&rows).iter().map(|(_, many)| many).sum();
    assert_eq!(counted, rows.len());
    for (kept, many) in totals(&rows) {
        let filter = ClauseFilter {
            kept: Some(kept),
            ..ClauseFilter::default()
        };
        assert_eq!(rows.iter().filter(|row| filter.passes(row)).count(), many);
    }
    let filter = ClauseFilter {
        kept: Some(Kept::NotYet),
        state: Some(ClauseState::Kept),
        strength: None,
    };
    assert!(
        !rows.iter().any(|row| filter.passes(row)),
        "nothing is kept by what is not built"
    );
}

#[test]
fn a_row_leads_to_its_proof() {
    let pack = shipped("settle");
    let mut evidence = Evidence::none(date(2026, 11, 25));
    evidence.obligations.insert(
        "first-contact".to_owned(),
        Count {
            kept: 2,
            ..Count::default()
        },
    );
    let rows = register(&pack, &evidence);
    let row = rows.iter().find(|row| row.id == "SETTLE-7.1").unwrap();
    let way = row
        .ways
        .iter()
        .find(|way| way.name == "obligation:first-contact")
        .unwrap();
    assert_eq!(way.count.map(|count| count.kept), Some(2));
    let public = rows.iter().find(|row| row.id == "SETTLE-5.6a").unwrap();
    assert!(public.ways.iter().any(|way| way.path.is_some()));
}

#[test]
fn a_check_in_the_landlords_journal_counts_by_its_local_day() {
    let recorded = crate::landlord::LandlordRecorded {
        by: crate::fact::Actor::System,
        // Half past midnight in London, still the day before in UTC.
        times: crate::times::Times::at("2026-07-01T23:30:00Z".parse().unwrap()),
        fact: crate::landlord::LandlordFact::RegisterChecked(crate::landlord::RegisterChecked {
            entry: "law/act".to_owned(),
            next: None,
            words: crate::words::Words::new("read again"),
        }),
    };
    let landlord = crate::landlord::Landlord::fold(&[(crate::ids::Position(0), recorded)]);
    let zone = jiff::tz::TimeZone::get("Europe/London").unwrap();
    let checks = Check::of_landlord(&landlord, &zone);
    assert_eq!(
        checks["law/act"],
        Check {
            on: date(2026, 7, 2),
            next: None
        }
    );
}

/// A place that is not there proves nothing: each part named by a proof is a module of this source.
#[test]
fn every_proof_is_done_by_a_module_that_is_there() {
    let crates = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for proof in proofs::PROOFS {
        for place in proof.place.split(", ") {
            let (room, path) = place.split_once("::").unwrap();
            let module = crates.join(room).join("src").join(path.replace("::", "/"));
            assert!(
                module.with_extension("rs").is_file() || module.join("mod.rs").is_file(),
                "{}: {place}",
                proof.name
            );
        }
    }
}
