//! A pack with faults says all of them, each in its place; a pack without reads as it is written.

use super::{DueBy, DueForm, NoticeAt, Pack, Problem, Start, Which, read};
use crate::calendar::Rule;
use crate::obligation::{OwedTo, Strength, WhichTime};
use jiff::civil::date;

const GOOD: &str = r#"
[landlord]
id = "test"
name = "Test Homes"
nation = "scotland"
policy = "Policy"
version = "1"
adopted_from = 2020-01-01

[[role]]
id = "worker"
title = "Worker"

[[clause]]
id = "T-1"
ref = "1"
says = "We ring back."
strength = "will"
kept = "measured"
by = ["obligation:ring"]

[[obligation]]
id = "ring"
title = "Ring back"
clauses = ["T-1"]
strength = "aims_to"
who = ["worker"]
owed_to = "child"
starts = [{ fact = "report_received", at = "recorded", which = "first", with = { from = ["agency", "police"] } }]
due = { type = "business_hours", n = 4 }
met_by = [{ fact = "contact_made" }]
warn = [{ share = 75, tell = ["worker"] }]
"#;

fn good() -> Pack {
    read(&[("pack.toml", GOOD)]).unwrap()
}

fn problems(text: &str) -> Vec<Problem> {
    read(&[("good.toml", GOOD), ("tested.toml", text)]).unwrap_err()
}

/// The only problem of a text that is added to a good pack.
fn problem(text: &str) -> String {
    let problems = problems(text);
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 1, "{said:#?}");
    said.concat()
}

#[test]
fn a_pack_reads_as_it_is_written() {
    let pack = good();
    let rule = pack.obligation("ring").unwrap();
    assert_eq!((rule.strength, rule.owed_to), (Strength::AimsTo, OwedTo::Child));
    assert_eq!(rule.due, DueBy::One(DueForm::Rule(Rule::BusinessHours { n: 4 })));
    assert_eq!(rule.warn[0].at, NoticeAt::Share(75));
    let [
        Start::Fact {
            fact,
            counted_from,
            which,
        },
    ] = rule.starts.as_slice()
    else {
        panic!("one start")
    };
    assert_eq!((*counted_from, *which), (WhichTime::Recorded, Which::First));
    assert_eq!(fact.with["from"], ["agency".into(), "police".into()]);
}

#[test]
fn the_stamp_follows_every_letter_and_no_order_of_files() {
    let more = ("words.toml", "[words]\nsurvivor = \"victim\"\n");
    let stamp = |files: &[(&str, &str)]| read(files).unwrap().fingerprint;
    assert_eq!(
        stamp(&[("pack.toml", GOOD), more]),
        stamp(&[more, ("pack.toml", GOOD)])
    );
    assert_ne!(
        stamp(&[("pack.toml", GOOD)]),
        stamp(&[("pack.toml", &format!("{GOOD}# \n"))])
    );
    assert_ne!(stamp(&[("pack.toml", GOOD)]), stamp(&[("other.toml", GOOD)]));
}

#[test]
fn a_closure_counts_for_clocks_that_start_after_it_was_announced() {
    let closure = "[[closure]]\non = 2026-03-04\ntitle = \"Move of offices\"\nannounced = 2026-03-02\n";
    let pack = read(&[("pack.toml", GOOD), ("closed.toml", closure)]).unwrap();
    assert!(pack.calendar(date(2026, 3, 1)).is_working_day(date(2026, 3, 4)));
    assert!(!pack.calendar(date(2026, 3, 2)).is_working_day(date(2026, 3, 4)));
}

#[test]
fn twenty_faults_are_reported_in_twenty_places() {
    let text = include_str!("twenty_faults.toml");
    let problems = read(&[("twenty.toml", text)]).unwrap_err();
    // Each faulty line of the file ends with a comment that says what is expected of it.
    let expected: Vec<(usize, &str)> = text
        .lines()
        .zip(1usize..)
        .filter_map(|(line, number)| Some((number, line.split_once("#: ")?.1)))
        .collect();
    assert_eq!(expected.len(), 20);
    let said: Vec<(usize, String)> = problems.iter().map(|one| (one.line, one.to_string())).collect();
    for (line, words) in &expected {
        assert!(
            said.iter().any(|(at, text)| at == line && text.contains(words)),
            "line {line} should say {words:?}: {said:#?}"
        );
    }
    assert_eq!(said.len(), 20, "{said:#?}");
    assert!(
        problems
            .iter()
            .all(|one| one.file == "twenty.toml" && one.column > 0 && !one.remedy.is_empty())
    );
}

#[test]
fn one_wrong_word_does_not_make_its_neighbours_unknown() {
    let rest = "who = [\"worker\"]\nstarts = { fact = \"report_received\" }\nmet_by = { fact = \"contact_made\" }\n\
                warn = [{ share = 75, tell = [\"worker\"] }]\nnote = \"a note\"\n";
    let due = "due = { type = \"elapsed_hours\", n = 4 }\n";
    for (text, said) in [
        (
            format!("[[obligation]]\nid = \"x\"\ntitle = \"X\"\nstrength = \"shall\"\n{due}{rest}"),
            "strength: \"shall\" is not known here",
        ),
        (
            format!(
                "[[obligation]]\nid = \"x\"\ntitle = \"X\"\nstrength = \"will\"\n{due}{rest}\
                 when = {{ at_least = \"two\", of = [{{ fact = \"contact_made\" }}] }}\n"
            ),
            "at_least: text is given where a whole number",
        ),
        (
            "[[measure]]\nid = \"x\"\ntitle = \"X\"\nof = \"shares\"\ncounts = { cases = true }\nby = [\"team\"]\n"
                .to_owned(),
            "of: \"shares\" is not known here",
        ),
    ] {
        assert!(problem(&text).contains(said), "{}", problem(&text));
    }
}

#[test]
fn a_file_that_is_not_toml_is_said_and_the_others_are_read_all_the_same() {
    let broken = ("broken.toml", "[[role]\nid = \"x\"\n");
    let faulty = ("tested.toml", "[[role]]\nid = \"y\"\n");
    let problems = read(&[("good.toml", GOOD), broken, faulty]).unwrap_err();
    assert!(
        problems
            .iter()
            .any(|one| one.file == "broken.toml" && one.what.contains("not TOML")),
        "{problems:?}"
    );
    assert!(
        problems
            .iter()
            .any(|one| one.file == "tested.toml" && one.what == "title is missing"),
        "{problems:?}"
    );
}

#[test]
fn an_empty_pack_wants_a_landlord() {
    let problems = read(&[("empty.toml", "")]).unwrap_err();
    assert_eq!(problems[0].what, "no [landlord] stands in any file");
    assert!(read(&[]).is_err());
}

#[test]
fn a_pack_brings_its_own_instrument_its_areas_and_wording_beside_our_labels() {
    let guide = include_str!("../../../../docs/guide/packs.md");
    let risk = guide
        .split("## Question sets")
        .nth(1)
        .expect("the section is there");
    let risk: String = risk
        .split("```toml\n")
        .skip(1)
        .take(2)
        .filter_map(|rest| rest.split("```").next())
        .collect();
    let scale = "[[scale]]\nid = \"risk\"\ntitle = \"Risk\"\nlevels = [\"standard\", \"medium\", \"high\"]\n";
    let pack = read(&[("pack.toml", &format!("{GOOD}\n{scale}\n{risk}"))]).expect("it checks clean");
    let ids: Vec<&str> = pack.question_sets.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["24-topics", "young-people"]);
    let choking = pack.question_sets[0].item("choking").expect("an item");
    assert!(choking.wording.is_some() && choking.label.starts_with("Choking"));
    let online = pack.question_sets[1].item("online").expect("an item");
    assert_eq!(
        pack.question_sets[1]
            .opened_by(online)
            .map(|detail| detail.items.len()),
        Some(1)
    );
    let valley = pack.marac_area("valley").expect("an area");
    assert_eq!((valley.count, valley.least_level(12)), (Some(14), Some("medium")));
}

#[test]
fn every_misuse_of_a_question_set_or_an_area_has_its_own_sentence() {
    let set =
        |lines: &str| format!("[[question_set]]\nid = \"own\"\nversion = \"1\"\ntitle = \"Own\"\n{lines}\n");
    let area = |lines: &str| {
        format!(
            "[[marac_area]]\nid = \"a\"\ntitle = \"A\"\nsource = \"b\"\nchecked = 2026-03-01\n{lines}\n\
             [[scale]]\nid = \"risk\"\ntitle = \"Risk\"\nlevels = [\"low\", \"high\"]\n"
        )
    };
    let item = |more: &str| {
        set(&format!(
            "[[question_set.item]]\nid = \"x\"\nlabel = \"X\"\n{more}"
        ))
    };
    for (text, said) in [
        (set(""), "the set has no item"),
        (item("opens = \"stalking\""), "which is no detail of it"),
        (
            item("[[question_set.item]]\nid = \"x\"\nlabel = \"Y\""),
            "is used twice",
        ),
        (
            "[[wording]]\nquestion_set = \"24-topics\"\nitem = \"chocking\"\nsays = \"?\"\n".to_owned(),
            "did you mean choking",
        ),
        (
            "[[wording]]\nquestion_set = \"24\"\nitem = \"choking\"\nsays = \"?\"\n".to_owned(),
            "no question set has the id",
        ),
        (area("count = 0"), "0 is no count of answers"),
        (
            area("band = [{ level = \"high\", from = 14 }]"),
            "levels of no scale",
        ),
        (
            area("scale = \"risk\"\nband = [{ level = \"high\", from = 14 }, { level = \"low\", from = 3 }]"),
            "the bands do not rise",
        ),
        (
            area("escalation = { n = 3, of = \"rows\", months = 12 }"),
            "\"rows\" is not known here",
        ),
        (
            area("repeat = { months = 0, from = \"referral\" }"),
            "no whole number from 1 to 120",
        ),
        (
            area("local = [{ item = \"honour\", title = \"Honour\" }]"),
            "no item of the question set",
        ),
    ] {
        let problems = read(&[("pack.toml", &format!("{GOOD}\n{text}"))]).expect_err(said);
        let all: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(all.iter().any(|one| one.contains(said)), "{said}: {all:#?}");
    }
}

fn rule(lines: &str) -> String {
    format!("[[obligation]]\nid = \"x\"\ntitle = \"X\"\nstrength = \"will\"\n{lines}\n")
}

#[test]
fn every_misuse_of_a_word_has_its_own_sentence() {
    let with_due = |due: &str| {
        rule(&format!(
            "starts = {{ fact = \"report_received\" }}\nmet_by = {{ fact = \"contact_made\" }}\ndue = {due}"
        ))
    };
    let with_condition =
        |condition: &str| with_due("{ type = \"same_calendar_day\" }") + &format!("when = {condition}\n");
    let with_more = |more: &str| with_due("{ type = \"same_calendar_day\" }") + more;
    for (text, said) in [
        (
            with_due("{ type = \"working_day\", n = 1 }"),
            "did you mean working_days_",
        ),
        (with_due("{ type = \"elapsed_hours\", n = 0 }"), "n is 0"),
        (with_due("{ type = \"elapsed_hours\" }"), "missing field `n`"),
        (
            with_due("{ type = \"every\", n = 0, unit = \"weeks\" }"),
            "a rhythm of none",
        ),
        (
            with_due("{ type = \"every\", n = 2, unit = \"fortnights\" }"),
            "it can be days, working_days, weeks, months",
        ),
        (
            with_due("{ type = \"every\", n = 2, unit = \"working_days\", roll = \"next\" }"),
            "working days need no roll",
        ),
        (with_due("{ type = \"in_week\" }"), "which day of the week"),
        (
            with_due("{ type = \"in_week\", day = \"fridays\" }"),
            "did you mean friday",
        ),
        (
            with_due("{ type = \"in_month\", day = 32 }"),
            "write 1 to 31, or \"last\"",
        ),
        (
            with_due("{ type = \"in_month\", day = 3, working_day = 3 }"),
            "which day of the month",
        ),
        (
            with_due("{ type = \"in_month\", weekday = \"thursday\" }"),
            "nth is missing",
        ),
        (
            with_due("{ type = \"in_quarter\", day = 3 }"),
            "which month of the quarter",
        ),
        (
            with_due("{ type = \"in_quarter\", month = 4, day = 3 }"),
            "a quarter has no month 4",
        ),
        (
            with_due("{ type = \"in_year\", month = \"avril\", day = 30 }"),
            "did you mean april",
        ),
        (
            with_due("{ type = \"in_month\", day = 3, times = 0 }"),
            "no times at all",
        ),
        (
            with_due("{ type = \"in_month\", day = 3 }\npause = { grounds = [\"survivor_away\"] }"),
            "not moved by a pause",
        ),
        (
            with_due(
                "{ type = \"earliest_of\", of = [{ type = \"in_month\", day = 3 }, { type = \"same_calendar_day\" }] }",
            ),
            "give what comes again a rule of its own",
        ),
        (
            with_due("{ type = \"before_meeting\", lead = { type = \"working_days_before\", n = 2 } }"),
            "no calendar is named",
        ),
        (
            with_due("{ type = \"before_meeting\", meeting = \"panel\" }"),
            "no meeting has the id \"panel\"",
        ),
        (
            with_due("{ type = \"before_meeting\", meeting = \"panel\", at = \"noon\" }"),
            "is not a clock time",
        ),
        (
            with_due("{ type = \"before_meeting\", meeting = \"panel\", lead = { n = 2 } }"),
            "write working_days_before",
        ),
        (
            "[[meeting]]\nid = \"panel\"\ntitle = \"Panel\"\non = \"monthly\"\n".to_owned(),
            "no list of dates",
        ),
        (
            with_due("{ type = \"every\", n = 1, unit = \"weeks\", until = { n = 6, unit = \"weeks\" } }"),
            "says until when, and what then",
        ),
        (
            with_due(
                "{ type = \"every\", n = 1, unit = \"weeks\", until = { n = 6, unit = \"hours\" }, then = { n = 1, unit = \"months\" } }",
            ),
            "for no day at all",
        ),
        (
            with_due(
                "{ type = \"every\", n = 1, unit = \"weeks\", until = { n = 6, unit = \"weeks\" }, then = { n = 1, unit = \"months\", from = \"anchor\" } }",
            ),
            "counts as the first does",
        ),
        (
            with_due(
                "{ type = \"every\", n = 1, unit = \"weeks\", times = 3, until = { n = 6, unit = \"weeks\" }, then = { n = 1, unit = \"months\" } }",
            ),
            "a rhythm that changes has no count",
        ),
        (
            with_due("{ type = \"on_date\", fact = \"marac_listed\", date = \"when\" }"),
            "marac_listed holds no date called",
        ),
        (
            with_due("{ type = \"before_date\", fact = \"marac_listed\", date = \"on\" }"),
            "lead is missing",
        ),
        (
            with_due("{ type = \"earliest_of\", of = [{ type = \"same_calendar_day\" }] }"),
            "fewer than two ways",
        ),
        (with_due("{ type = \"not_stated\" }"), "word is missing"),
        (
            with_due(
                "{ type = \"not_stated\", word = \"soon\", own = { type = \"not_stated\", word = \"x\" } }",
            ),
            "not stated either",
        ),
        (with_condition("{ all = [] }"), "nothing stands in it"),
        (
            with_condition("{ at_least = 3, of = [{ fact = \"report_received\" }] }"),
            "at least 3 of 1",
        ),
        (
            with_condition("{ fact = \"report_received\", latest = \"contact_made\" }"),
            "several things at once",
        ),
        (
            with_condition("{ circumstance = \"children\", is = \"yes\" }"),
            "did you mean children_in_home",
        ),
        (
            with_condition("{ circumstance = \"tenure\", is = \"owner\" }"),
            "\"owner\" is not known here",
        ),
        (
            with_condition("{ level = \"danger\", is = \"high\" }"),
            "no scale has the id \"danger\"",
        ),
        (
            with_condition("{ fact = \"contact_tried\", times = 0 }"),
            "no times at all",
        ),
        (
            with_condition("{ fact = \"contact_tried\", within = { n = 3 } }"),
            "unit is missing",
        ),
        (with_condition("{}"), "the condition asks nothing"),
        (
            with_more("excuse = [\"too_busy\"]"),
            "\"too_busy\" is not known here",
        ),
        (
            with_more("pause = { grounds = [\"survivor_away\"], by = [\"boss\"] }"),
            "no role has the id \"boss\"",
        ),
        (with_more("other_rhythm = {}"), "nothing says for how long"),
        (with_more("other_rhythm = \"yes\""), "true or false"),
        (with_more("owed_by = \"them\""), "it can be us, others"),
        (
            with_due("{ type = \"every\", n = 1, unit = \"weeks\" }\nowed_by = \"others\""),
            "comes again and again",
        ),
        (with_more("pause = { grounds = [] }"), "no ground for a pause"),
        (
            with_more("warn = [{ share = 120, tell = [\"worker\"] }]"),
            "write 1 to 99 percent",
        ),
        (
            with_more("warn = [{ tell = [\"worker\"] }]"),
            "nothing single says when",
        ),
        (
            with_more("escalate = [{ share = 50, tell = [\"worker\"] }]"),
            "write 100 to 1000 percent",
        ),
        (with_more("escalate = [{ tell = [] }]"), "nobody is told"),
        (
            with_more("lapses_with = [\"case_close\"]"),
            "did you mean case_closed",
        ),
        (with_more("stands_in_for = \"rnig\""), "did you mean ring"),
        (
            with_more("by_tier = { scale = \"risk\", due = {} }"),
            "side by side",
        ),
    ] {
        let problems = problems(&text);
        assert!(
            problems.iter().any(|one| one.to_string().contains(said)),
            "{said}: {problems:#?}"
        );
    }
}

#[test]
fn a_clause_is_not_kept_by_being_written_down() {
    let clause = |lines: &str| {
        format!("[[clause]]\nid = \"T-2\"\nref = \"2\"\nsays = \"It.\"\nstrength = \"will\"\n{lines}\n")
    };
    for (lines, said) in [
        ("kept = \"enforced\"", "nothing says by what"),
        ("kept = \"not_yet\"", "nothing says what is missing"),
        (
            "kept = \"measured\"\nby = [\"page:assurance\"]",
            "names no obligation and no measure",
        ),
        (
            "kept = \"recorded\"\nby = [\"register:laws/x\"]",
            "did you mean law",
        ),
        (
            "kept = \"recorded\"\nby = [\"register:law/x\"]",
            "no law has the id \"x\"",
        ),
        (
            "kept = \"recorded\"\nby = [\"ring\"]",
            "does not say what keeps the clause",
        ),
    ] {
        assert!(problem(&clause(lines)).contains(said), "{said}");
    }
}

#[test]
fn a_pack_cannot_name_anything_that_core_does_not_know() {
    let gate = "[[gate]]\nid = \"g\"\nact = \"open_the_safe\"\nsays = \"No.\"\nroles = [\"worker\"]\n";
    assert!(problem(gate).contains("\"open_the_safe\" is not known here"));
    let open = "[[gate]]\nid = \"g\"\nact = \"share\"\nsays = \"No.\"\n";
    assert!(problem(open).contains("asks for nothing"));
    let measure = "[[measure]]\nid = \"m\"\ntitle = \"M\"\nof = \"share\"\ncounts = { obligation = \"ring\" }\ntarget = { at_least = 120 }\n";
    assert!(problem(measure).contains("a target of 120 percent"));
    assert!(problem("[words]\nsurvivr = \"x\"\n").contains("did you mean survivor"));
    assert!(problem("[landlord]\nid = \"two\"\n").contains("stands in another file too"));
}

#[test]
fn only_a_measure_with_a_target_can_be_under_it() {
    let measure = "[[measure]]\nid = \"rung\"\ntitle = \"Rung back\"\nof = \"share\"\ncounts = { obligation = \"ring\" }\n";
    let start = |start: &str| {
        rule(&format!(
            "starts = {start}\nmet_by = {{ fact = \"learning_recorded\" }}\ndue = {{ type = \"same_calendar_day\" }}"
        ))
    };
    for (text, said) in [
        (start("{ measure = \"rung\", under_target = 2 }"), "has no target"),
        (
            start("{ measure = \"rang\", under_target = 2 }"),
            "did you mean rung",
        ),
        (start("{ measure = \"rung\" }"), "for how many periods"),
        (
            start("{ measure = \"rung\", under_target = 0 }"),
            "for how many periods",
        ),
    ] {
        let problems = problems(&format!("{measure}{text}"));
        assert!(
            problems.iter().any(|one| one.to_string().contains(said)),
            "{said}: {problems:#?}"
        );
    }
}

#[test]
fn a_ground_for_sharing_names_purpose_and_party_and_nobody_to_wait_for_in_danger() {
    let ground = |lines: &str| format!("[[sharing]]\nid = \"s\"\nsays = \"It may.\"\n{lines}\n");
    for (lines, said) in [
        (
            "ground = \"danger\"\npurposes = [\"marac\"]",
            "did you mean danger_to_life",
        ),
        ("ground = \"consent\"", "for what it may be shared"),
        (
            "ground = \"consent\"\npurposes = [\"gossip\"]",
            "\"gossip\" is not known here",
        ),
        (
            "ground = \"consent\"\npurposes = [\"marac\"]\nto = [\"neighbour\"]",
            "\"neighbour\" is not known here",
        ),
        (
            "ground = \"agreement\"\npurposes = [\"marac\"]",
            "no agreement is named",
        ),
        (
            "ground = \"agreement\"\npurposes = [\"marac\"]\nparty_to = [\"x\"]",
            "no agreement has the id",
        ),
        (
            "ground = \"consent\"\npurposes = [\"marac\"]\nperson_told = \"no\"",
            "consents and is not told",
        ),
        (
            "ground = \"danger_to_life\"\npurposes = [\"health_and_safety\"]\ndecided_by = [\"worker\"]",
            "whoever is there shares at once",
        ),
        (
            "ground = \"consent\"\npurposes = [\"marac\"]\nagainst = [\"T-0\"]",
            "did you mean T-1",
        ),
    ] {
        assert!(
            problem(&ground(lines)).contains(said),
            "{said}: {}",
            problem(&ground(lines))
        );
    }
}

#[test]
fn an_assessment_says_whose_counts() {
    let assessment = |lines: &str| format!("[[assessment]]\nid = \"i\"\ntitle = \"I\"\n{lines}\n");
    for (lines, said) in [
        ("", "whose assessments count"),
        ("by = [\"them\"]", "\"them\" is not known here"),
        ("by = [\"us\"]\nscale = \"danger\"", "no scale has the id"),
        ("by = [\"us\"]\nquestions = 0", "no question"),
        (
            "by = [\"us\"]\nno_older_than = { n = 3, unit = \"months\" }",
            "which does not count",
        ),
    ] {
        let problem = problem(&assessment(lines));
        assert!(problem.contains(said), "{said}: {problem}");
    }
}

#[test]
fn what_a_policy_says_of_cases_moves_charges_and_reports_loosens_nothing() {
    let measure = "[[measure]]\nid = \"rung\"\ntitle = \"Rung back\"\nof = \"share\"\ncounts = { obligation = \"ring\" }\n";
    let report = |lines: &str| format!("{measure}[[report]]\nid = \"r\"\ntitle = \"R\"\n{lines}\n");
    for (text, said) in [
        (
            "[case]\nminimum_record = [\"danger_answred\"]".to_owned(),
            "did you mean danger_answered",
        ),
        (
            "[case]\nreturns = \"same_case\"".to_owned(),
            "for how long after closing",
        ),
        (
            "[case]\nreturns = \"linked_case\"\nsame_case_within = { n = 3, unit = \"months\" }".to_owned(),
            "not the same case",
        ),
        (
            "[moves]\ntenure = \"weaker\"".to_owned(),
            "did you mean never_weaker",
        ),
        (
            "[moves]\ntenure = \"never_weaker\"\nweaker_approved_by = \"worker\"".to_owned(),
            "never given, and yet approved",
        ),
        (
            "[moves]\nqueue = [\"surname\"]".to_owned(),
            "\"surname\" is not known here",
        ),
        ("[charges]\nsurvivor = true".to_owned(), "never charged"),
        (
            "[charges]\nevidence = [\"rumour\"]".to_owned(),
            "\"rumour\" is not known here",
        ),
        (
            report("measures = [\"rung\"]\nhide_below = 3"),
            "numbers from 3 up would be shown",
        ),
        (report(""), "no measure is in it"),
        (report("measures = [\"rang\"]"), "did you mean rung"),
        (
            report("measures = [\"rung\"]")
                + &rule(
                    "starts = { fact = \"policy_adopted\" }\nmet_by = { fact = \"report_published\", with = { report = \"yearly\" } }\ndue = { type = \"same_calendar_day\" }",
                ),
            "no report has the id \"yearly\"",
        ),
    ] {
        let problems = problems(&text);
        assert!(
            problems.iter().any(|one| one.to_string().contains(said)),
            "{said}: {problems:#?}"
        );
    }
}

#[test]
fn a_threshold_says_where_it_comes_from() {
    let referral = |lines: &str| format!("[[referral]]\nid = \"r\"\ntitle = \"R\"\n{lines}\n");
    let met = "grounds = { says = \"So many\", when = { latest = \"risk_assessed\", no_fewer_than = { yes = 14 } } }";
    let to_council = |met: &str| referral(&format!("to = \"council\"\nsource = \"x\"\n{met}"));
    for (text, said) in [
        (
            referral(&format!("to = \"council\"\n{met}")),
            "where the grounds come from",
        ),
        (
            referral(&format!("to = \"counsil\"\nsource = \"x\"\n{met}")),
            "did you mean council",
        ),
        (to_council(""), "no ground is named"),
        (
            to_council("grounds = [{ says = \"Many\" }]"),
            "nothing says when it is met",
        ),
        (
            to_council(&met.replace("yes = 14", "ticks = 14")),
            "nothing called \"ticks\" is counted there",
        ),
        (
            to_council(&met.replace("14", "\"many\"")),
            "the limit is no whole number",
        ),
        (
            to_council(
                &met.replace("risk_assessed", "meeting_held")
                    .replace("no_fewer_than = { yes = 14 }", "with = { meeting = \"board\" }"),
            ),
            "no meeting has the id \"board\"",
        ),
    ] {
        assert!(problem(&text).contains(said), "{said}: {}", problem(&text));
    }
}

#[test]
fn a_plan_has_stages_with_ids_of_their_own() {
    let plan = |stages: &str| format!("[[plan]]\nid = \"p\"\ntitle = \"P\"\nstages = {stages}\n");
    let two = plan("[{ id = \"one\", title = \"One\" }, { id = \"two\", title = \"Two\" }]");
    let gate =
        |lines: &str| format!("{two}[[gate]]\nid = \"g\"\nsays = \"Wait.\"\nroles = [\"worker\"]\n{lines}\n");
    for (text, said) in [
        (plan("[]"), "the plan has no stage"),
        (
            plan("[{ id = \"one\", title = \"One\" }, { id = \"one\", title = \"Two\" }]"),
            "is used twice",
        ),
        (
            plan(
                "[{ id = \"one\", title = \"One\", parts = [{ when = { level = \"risk\", is = \"high\" } }] }]",
            ),
            "says is missing",
        ),
        (
            plan("[{ id = \"one\", title = \"One\", open = {} }]"),
            "did you mean opens",
        ),
        (gate("act = \"open_stage\"\nstage = \"tow\""), "did you mean two"),
        (gate("act = \"close\"\nstage = \"two\""), "shut by another act"),
        (
            two.clone()
                + &rule(
                    "starts = { fact = \"action_plan_agreed\", with = { stage = \"three\" } }\nmet_by = { fact = \"review_held\" }\ndue = { type = \"same_calendar_day\" }",
                ),
            "no stage of a plan has the id \"three\"",
        ),
    ] {
        let problems = problems(&text);
        assert!(
            problems.iter().any(|one| one.to_string().contains(said)),
            "{said}: {problems:#?}"
        );
    }
}

#[test]
fn a_sample_says_of_which_cases_and_how_many() {
    let sample = |lines: &str| format!("[[sample]]\nid = \"s\"\ntitle = \"S\"\n{lines}\n");
    for (lines, said) in [
        ("one_in = 3", "of is missing"),
        ("of = \"people\"\none_in = 3", "\"people\" is not known here"),
        ("of = \"cases\"", "how many are drawn"),
        ("of = \"cases\"\none_in = 3\npercent = 10", "how many are drawn"),
        ("of = \"cases\"\ncount = 0", "none is drawn"),
        ("of = \"cases\"\npercent = 110", "110 percent"),
        (
            "of = \"cases\"\none_in = 3\nstandard = \"best\"",
            "no standard has the id",
        ),
        (
            "of = \"cases\"\none_in = 3\nwho = [\"auditor\"]",
            "no role has the id",
        ),
    ] {
        assert!(
            problem(&sample(lines)).contains(said),
            "{said}: {}",
            problem(&sample(lines))
        );
    }
}

proptest::proptest! {
    #[test]
    fn no_text_at_all_breaks_the_reader(text in ".{0,200}", cut in 0usize..2000) {
        let _ = read(&[("any.toml", &text)]);
        let whole = include_str!("../obligation/tests/wide.toml");
        let end = (0..=cut.min(whole.len())).rev().find(|at| whole.is_char_boundary(*at)).unwrap_or(0);
        let _ = read(&[("good.toml", GOOD), ("cut.toml", &whole[..end])]);
    }
}
