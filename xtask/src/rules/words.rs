//! Reading Rust well enough to tell code from comments and the product from its tests.

/// The source without comments; strings stay, because what the product says stands in them.
pub(super) fn without_comments(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(letter) = rest.chars().next() {
        let skip = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            let length = rest.find("*/").map_or(rest.len(), |end| end + 2);
            code.extend(rest[..length].chars().filter(|letter| *letter == '\n'));
            length
        } else {
            let length = literal(rest, code.chars().next_back()).unwrap_or(letter.len_utf8());
            code.push_str(&rest[..length]);
            length
        };
        rest = &rest[skip..];
    }
    code
}

/// The length of the string or character that the text begins with, if it begins with one.
fn literal(text: &str, before: Option<char>) -> Option<usize> {
    let in_a_name = before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    if let Some(raw) = text
        .strip_prefix('r')
        .filter(|_| !in_a_name || before == Some('b'))
    {
        let fences = raw.len() - raw.trim_start_matches('#').len();
        if raw[fences..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(fences));
            let body = fences + 2;
            return Some(
                text[body..]
                    .find(&end)
                    .map_or(text.len(), |at| body + at + end.len()),
            );
        }
    }
    match text.chars().next()? {
        '"' => Some(end_of_quoted(text, '"')),
        // A character, not a lifetime: it is closed within a few letters.
        '\'' if text[1..].starts_with('\\') => Some(end_of_quoted(text, '\'')),
        '\'' => {
            let length = text[1..].chars().next()?.len_utf8();
            text[1 + length..].starts_with('\'').then_some(length + 2)
        }
        _ => None,
    }
}

fn end_of_quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if letter == quote => return at + letter.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

/// The source without what is compiled for tests only: the item after each `#[cfg(test)]`, as rustfmt lays it out.
pub(super) fn without_tests(source: &str) -> String {
    let mut kept = String::with_capacity(source.len());
    let mut lines = source.lines();
    while let Some(line) = lines.next() {
        if line.trim() != "#[cfg(test)]" {
            kept.push_str(line);
            kept.push('\n');
            continue;
        }
        let indent = &line[..line.len() - line.trim_start().len()];
        let close = format!("{indent}}}");
        for line in lines.by_ref() {
            let attribute = line.trim_start().starts_with("#[");
            if line == close
                || (!attribute
                    && line.trim_end().ends_with(';')
                    && line.starts_with(indent)
                    && !line[indent.len()..].starts_with(' '))
            {
                break;
            }
        }
    }
    kept
}

/// Whether a word stands in a text on its own, whatever its case; an underscore parts words.
pub(super) fn has_word(text: &str, word: &str) -> bool {
    let text = text.to_lowercase();
    let letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    text.match_indices(word).any(|(at, _)| {
        !letter(text[..at].chars().next_back()) && !letter(text[at + word.len()..].chars().next())
    })
}

#[test]
fn comments_go_and_strings_stay() {
    let source = "let a = \"x // y\"; // gone\nlet b = '\"'; /* gone\n too */ let c = r#\"/* stays */\"#; fn d<'a>() {}\n";
    assert_eq!(
        without_comments(source),
        "let a = \"x // y\"; \nlet b = '\"'; \n let c = r#\"/* stays */\"#; fn d<'a>() {}\n"
    );
}

#[test]
fn tests_go_and_the_product_stays() {
    let source = "use a;\n#[cfg(test)]\nuse b;\nfn c() {}\n#[cfg(test)]\nmod tests {\n    fn d() {\n    }\n}\nfn e() {}\n";
    assert_eq!(without_tests(source), "use a;\nfn c() {}\nfn e() {}\n");
}

#[test]
fn a_word_is_not_found_inside_another() {
    assert!(has_word("Aster", "aster") && has_word("for_aster()", "aster"));
    assert!(!has_word("disaster", "aster") && !has_word("settled", "settle"));
}
