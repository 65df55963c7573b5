//! What may not stand in our sources and templates.

use super::tracked::{File, files};
use super::words::{has_word, without_comments, without_tests};

/// The landlords whose policies taught us. Their names belong in packs, and in comments that cite a clause.
const LANDLORDS: [&str; 5] = ["settle", "bpha", "aster", "housing plus", "stonewater"];

/// What core may not touch; its packages hold nothing of the kind, but the standard library does.
const OUTSIDE_IN_STD: [&str; 9] = [
    "std::fs",
    "std::net",
    "std::process",
    "std::env",
    "std::thread",
    "SystemTime",
    "Instant::now",
    "async fn",
    ".await",
];

fn is_code(file: &File) -> bool {
    file.path.starts_with("crates/")
        && file.path.contains("/src/")
        && file.path.ends_with(".rs")
        && !file.path.ends_with("/tests.rs")
        && !file.path.contains("/tests/")
}

/// Where a landlord may be named all the same, and why.
const MAY_NAME: [(&str, &str); 4] = [
    (
        "crates/fanlight/src/policy.rs",
        "the examples of --help use packs that are shipped",
    ),
    (
        "crates/fanlight/src/init.rs",
        "the examples of --help use packs that are shipped",
    ),
    (
        "crates/fanlight/src/demo.rs",
        "the demonstration plays the two landlords whose packs are shipped",
    ),
    (
        "crates/fanlight/src/demo/staff.rs",
        "the demonstration plays the two landlords whose packs are shipped",
    ),
];

/// Files that are compiled for tests only, because the module that names them says so.
fn test_files(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files.iter().filter(|file| file.path.ends_with(".rs")) {
        let folder = file
            .path
            .strip_suffix("lib.rs")
            .or_else(|| file.path.strip_suffix("main.rs"));
        let folder = folder
            .or_else(|| file.path.strip_suffix("mod.rs"))
            .map(str::to_owned);
        let folder = folder.unwrap_or_else(|| format!("{}/", file.path.trim_end_matches(".rs")));
        let after = file.text.split("#[cfg(test)]").skip(1);
        for module in after
            .filter_map(|rest| rest.trim_start().split_once(';'))
            .map(|(item, _)| item)
        {
            let name = module.rsplit_once("mod ").map(|(_, name)| name);
            if let Some(name) = name.filter(|name| {
                name.chars()
                    .all(|letter| letter.is_alphanumeric() || letter == '_')
            }) {
                found.push(format!("{folder}{name}.rs"));
                found.push(format!("{folder}{name}/"));
            }
        }
    }
    found
}

fn landlords_in(file: &File) -> Vec<String> {
    let text = if file.path.ends_with(".rs") {
        without_comments(&without_tests(&file.text))
    } else {
        file.text.clone()
    };
    let named = LANDLORDS.iter().filter(|name| has_word(&text, name));
    named
        .map(|name| {
            format!(
                "{} names {name}: what differs between landlords is in their packs",
                file.path
            )
        })
        .collect()
}

fn clocks_in(file: &File) -> Vec<String> {
    let code = without_comments(&without_tests(&file.text));
    let mut found = Vec::new();
    let reads_a_clock = [
        "Utc::now",
        "Local::now",
        "Zoned::now",
        "Timestamp::now",
        "SystemTime::now",
    ];
    let is_the_clock = file.path.ends_with("/clock.rs") && file.path.starts_with("crates/fanlight/src/");
    for clock in reads_a_clock
        .iter()
        .filter(|clock| code.contains(**clock) && !is_the_clock)
    {
        found.push(format!("{} reads {clock}: time is an argument", file.path));
    }
    if file.path.starts_with("crates/core/src/") {
        let outside = OUTSIDE_IN_STD.iter().filter(|outside| code.contains(**outside));
        found.extend(
            outside.map(|outside| format!("{} uses {outside}: core meets nothing outside", file.path)),
        );
    }
    found
}

/// The content security policy forbids all of these, so a browser would drop them in silence.
fn inline_in(file: &File) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = file.text.as_str();
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        let end = end_of_tag(rest);
        let tag = rest[..end].to_lowercase();
        if tag.starts_with("<style") {
            found.push(format!("{}: a <style> element", file.path));
        }
        if tag.starts_with("<script") && !tag.contains(" src=") {
            found.push(format!("{}: a script in the page", file.path));
        }
        let attributes = tag
            .split_whitespace()
            .skip(1)
            .filter_map(|piece| piece.split_once('='));
        for (name, value) in attributes {
            let handler = name.starts_with("on") && name[2..].chars().all(char::is_alphabetic);
            if name == "style" || handler || value.trim_start_matches(['"', '\'']).starts_with("javascript:")
            {
                found.push(format!("{}: {name}= in the page", file.path));
            }
        }
        rest = &rest[end.max(1)..];
    }
    found
}

/// Where a tag ends, seeing that `>` may stand in a value or in a template's own braces.
fn end_of_tag(text: &str) -> usize {
    let mut quote = None;
    let mut braces = 0_i32;
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (None, '{') => braces += 1,
            (None, '}') => braces -= 1,
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            (None, '>') if braces <= 0 => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn all(rule: impl Fn(&File) -> Vec<String>, which: impl Fn(&File) -> bool) -> String {
    let files = files();
    let tests = test_files(&files);
    let in_product = |file: &&File| which(file) && !tests.iter().any(|test| file.path.starts_with(test));
    files
        .iter()
        .filter(in_product)
        .flat_map(rule)
        .collect::<Vec<_>>()
        .join("\n")
}

fn planted(path: &str, text: &str) -> File {
    File {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}

fn is_page(file: &File) -> bool {
    file.path.starts_with("crates/")
        && [".html", ".svg", ".js", ".css"]
            .iter()
            .any(|end| file.path.ends_with(end))
}

#[test]
fn no_landlord_is_named_in_the_product() {
    let may = |file: &File| MAY_NAME.iter().any(|(path, _)| *path == file.path);
    let wrong = all(landlords_in, |file| {
        (is_code(file) || is_page(file)) && !may(file)
    });
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn time_is_an_argument_and_core_meets_nothing_outside() {
    let wrong = all(clocks_in, is_code);
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn no_page_carries_a_script_or_a_style_inside_it() {
    let wrong = all(inline_in, |file| {
        is_page(file) && (file.path.ends_with(".html") || file.path.ends_with(".svg"))
    });
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_planted_landlord_is_noticed_and_a_cited_clause_is_not() {
    let found = |text| landlords_in(&planted("crates/core/src/a.rs", text)).len();
    assert_eq!(found("if landlord == \"Stonewater\" {}"), 1);
    assert_eq!(found("fn aster_rule() {}"), 1);
    assert_eq!(
        found(
            "// A try is not a contact (settle 7.1).\nfn settled() {}\n#[cfg(test)]\nmod tests {\n    bpha();\n}\n"
        ),
        0
    );
}

#[test]
fn a_planted_clock_is_noticed() {
    let found = |path, text| clocks_in(&planted(path, text)).len();
    assert_eq!(
        found("crates/web/src/a.rs", "let now = jiff::Timestamp::now();"),
        1
    );
    assert_eq!(found("crates/core/src/a.rs", "std::fs::read(path)"), 1);
    assert_eq!(
        found("crates/store/src/a.rs", "std::fs::read(path) // Timestamp::now"),
        0
    );
    assert_eq!(found("crates/fanlight/src/clock.rs", "Timestamp::now()"), 0);
}

#[test]
fn planted_inline_scripts_and_styles_are_noticed() {
    let found = |text| inline_in(&planted("crates/web/templates/a.html", text)).len();
    assert_eq!(found("<p style=\"color: red\">"), 1);
    assert_eq!(found("<button type=\"button\"\n  onclick=\"go()\">"), 1);
    assert_eq!(found("<script>go()</script>"), 1);
    assert_eq!(found("<style>p{}</style>"), 1);
    assert_eq!(found("<a href=\"javascript:go()\">"), 1);
    assert_eq!(
        found(
            "{% if a < b %}<p class=\"style\">on time = late</p><script type=\"module\" src=\"/a.js\"></script>{% endif %}"
        ),
        0
    );
}

#[test]
fn a_module_for_tests_only_is_known_by_the_line_that_names_it() {
    let lib = planted(
        "crates/store/src/lib.rs",
        "mod a;\n#[cfg(test)]\nmod conformance;\n#[cfg(test)]\nmod tests {\n    use b;\n}\n",
    );
    let rooms = planted(
        "crates/store/src/keys.rs",
        "#[cfg(test)]\npub(crate) mod planted;\n",
    );
    let expected = [
        "store/src/conformance.rs",
        "store/src/conformance/",
        "store/src/keys/planted.rs",
        "store/src/keys/planted/",
    ];
    assert_eq!(
        test_files(&[lib, rooms]),
        expected.map(|path| format!("crates/{path}"))
    );
}
