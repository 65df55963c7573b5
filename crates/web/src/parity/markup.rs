//! Markup reduced to what a browser makes of it: tags with their attributes in one order, and words.

/// A part of a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A beginning, with its attributes in order.
    Open(String, Vec<(String, String)>),
    /// An end.
    Close(String),
    /// Words, with white space as one space.
    Words(String),
}

/// The parts of a page.
pub(super) fn plain(html: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        words(&rest[..start], &mut parts);
        let end = end_of_tag(&rest[start..]) + start;
        tag(&rest[start + 1..end], &mut parts);
        rest = &rest[end + 1..];
    }
    words(rest, &mut parts);
    parts
}

fn end_of_tag(text: &str) -> usize {
    let mut quoted = false;
    for (at, letter) in text.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '>' if !quoted => return at,
            _ => {}
        }
    }
    text.len() - 1
}

fn words(text: &str, parts: &mut Vec<Part>) {
    let said = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = said
        .replace("&#39;", "'")
        .replace("&#34;", "\"")
        .replace("&quot;", "\"")
        .replace("&#38;", "&amp;");
    let said = said.replace("&#60;", "&lt;").replace("&#62;", "&gt;");
    if !said.is_empty() {
        parts.push(Part::Words(said));
    }
}

fn tag(text: &str, parts: &mut Vec<Part>) {
    if let Some(name) = text.strip_prefix('/') {
        parts.push(Part::Close(name.trim().to_owned()));
        return;
    }
    let text = text.trim_end_matches('/');
    let (name, mut rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            break;
        }
        let end = rest
            .find(|letter: char| letter == '=' || letter.is_whitespace())
            .unwrap_or(rest.len());
        let key = rest[..end].to_owned();
        rest = &rest[end..];
        let value = match rest.strip_prefix("=\"") {
            Some(quoted) => {
                let end = quoted.find('"').unwrap_or(quoted.len());
                rest = quoted.get(end + 1..).unwrap_or_default();
                quoted[..end].to_owned()
            }
            None => String::new(),
        };
        let mut of_value = Vec::new();
        words(&value, &mut of_value);
        let value = match of_value.pop() {
            Some(Part::Words(said)) => said,
            _ => String::new(),
        };
        attributes.push((key, value));
    }
    attributes.sort();
    parts.push(Part::Open(name.to_owned(), attributes));
}

#[test]
fn two_ways_of_writing_the_same_page_are_the_same() {
    let one = "<p  class=\"a > b\" id=\"b\" >one\n two &amp; three</p>";
    let other = "<p id=\"b\" class=\"a > b\">one two &#38; three</p>";
    assert_eq!(plain(one), plain(other));
    assert_ne!(plain("<p>one</p>"), plain("<p>two</p>"));
    assert_ne!(plain("<p hidden>one</p>"), plain("<p>one</p>"));
}
