//! Texts to read in the place of those that the YAML parser refuses or understands otherwise than
//! go-yaml. All that is left stands at its place.

use std::ops::Range;

use granit_parser::{Event, Parser};

use crate::tabs;

/// A text of the same length as the one that it is read for.
#[derive(Debug, PartialEq)]
pub(crate) struct Softer {
    pub(crate) text: String,
    /// Where a scalar starts in whose place another stands, and what it says.
    pub(crate) said: Option<(usize, String)>,
}

impl Softer {
    /// With spaces in a range.
    fn blank(text: &str, range: Range<usize>) -> Self {
        Self { text: filled(text, range, " "), said: None }
    }
}

/// For a comment that no space stands before.
pub(crate) fn comment(text: &str, at: usize) -> Option<Softer> {
    let comment = text.get(at..).filter(|rest| rest.starts_with('#'))?;
    let length = comment.find(['\n', '\r']).unwrap_or(comment.len());
    Some(Softer::blank(text, at..at + length))
}

/// For a quoted text that goes on at `at` without indentation: go-yaml does not look at it.
pub(crate) fn quoted(text: &str, from: usize, at: usize) -> Option<Softer> {
    let start = from + opening_quote(text.get(from..at)?)?;
    let end = start + tabs::quoted(&text[start..]);
    let behind = text[end..].trim_start_matches([' ', '\t']);
    // Otherwise it is a quote further up that nobody closed.
    if !behind.is_empty() && !behind.starts_with(['\n', '\r', '#']) {
        return None;
    }
    let said = alone(&text[start..end])?;
    Some(Softer { text: filled(text, start + 1..end - 1, "x"), said: Some((start, said)) })
}

/// The first quote that is not in a comment.
fn opening_quote(gap: &str) -> Option<usize> {
    let mut start = 0;
    for line in gap.split_inclusive('\n') {
        if let Some(quote) = line[..comment_of(line)].find(['"', '\'']) {
            return Some(start + quote);
        }
        start += line.len();
    }
    None
}

/// Where on a line without quotes a comment starts, or where the line ends.
fn comment_of(line: &str) -> usize {
    let starts = |at: &usize| line[..*at].chars().next_back().is_none_or(char::is_whitespace);
    let hashes = line.match_indices('#').map(|(at, _)| at);
    hashes.into_iter().find(starts).unwrap_or(line.len())
}

/// What a quoted text says, wherever it stands.
fn alone(quoted: &str) -> Option<String> {
    let mut events = Parser::new_from_str(quoted);
    loop {
        if let (Event::Scalar(text, ..), _) = events.next_event()?.ok()? {
            return Some(text.into_owned());
        }
    }
}

/// For a plain text in a flow collection that a colon ends without a space behind it, which makes it
/// a part of the text: `{a: b:}` is `{"a": "b:"}`.
pub(crate) fn colon(text: &str, start: usize) -> Option<Softer> {
    let rest = &text[start..];
    let said = rest[..tabs::plain(rest, true)].trim_end_matches([' ', '\t']);
    let is_plain =
        !rest.starts_with(['"', '\'', '*', '{', '[', '}', ']', ':']) && !said.contains('?');
    (is_plain && said.ends_with(':')).then(|| Softer {
        text: filled(text, start..start + said.len(), "x"),
        said: Some((start, said.to_owned())),
    })
}

/// For a dash alone in a flow collection, as in `[-]`, which is a text for go-yaml.
pub(crate) fn dash(text: &str, at: usize) -> Softer {
    Softer { text: filled(text, at..at + 1, "x"), said: Some((at, "-".to_owned())) }
}

/// For the header of a block scalar on a line of its own, in the column of the key or dash that it
/// belongs to: it is read as if it stood behind that.
pub(crate) fn header(text: &str, at: usize, column: usize) -> Option<Softer> {
    let mut line = text[..at].rfind('\n')? + 1;
    if !text[at..].starts_with(['|', '>']) || text[line..at] != " ".repeat(column) {
        return None;
    }
    loop {
        let before = text[..line].strip_suffix('\n')?;
        line = before.rfind('\n').map_or(0, |end| end + 1);
        let content = &before[line..];
        let content = content[..comment_of(content)].trim_end();
        if !content.is_empty() {
            let awaits = content.ends_with(':') || content.trim_matches([' ', '-']).is_empty();
            return awaits.then(|| Softer::blank(text, line + content.len()..at));
        }
    }
}

/// The text with another character in a range.
fn filled(text: &str, range: Range<usize>, with: &str) -> String {
    [&text[..range.start], &with.repeat(range.len()), &text[range.end..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(softer: Option<Softer>, expected: Option<(&str, &str)>) {
        let found = softer.map(|it| (it.text, it.said.map(|(_, said)| said).unwrap_or_default()));
        let found = found.as_ref().map(|(text, said)| (text.as_str(), said.as_str()));
        assert_eq!(found, expected);
    }

    #[test]
    fn quoted_texts_at_the_margin() {
        let at = |text: &str| text.rfind('\n').unwrap() + 1;
        for (text, expected) in [
            ("a: \"b\nc\" # d", Some(("a: \"xxx\" # d", "b c"))),
            ("a: # it's\n 'b\nc'", Some(("a: # it's\n 'xxx'", "b c"))),
            ("a: 'b\nc: 'd'", None),
            ("a: \"b\nc", None),
            ("a: b\nc", None),
        ] {
            check(quoted(text, 2, at(text)), expected);
        }
    }

    #[test]
    fn colons_in_plain_texts() {
        for (text, expected) in [
            ("b:}", Some(("xx}", "b:"))),
            ("b :, c", Some(("xxx, c", "b :"))),
            ("é:b:]", Some(("xxxxx]", "é:b:"))),
            ("b: c}", None),
            ("b?:}", None),
            ("'b':}", None),
            ("]:}", None),
            ("::}", None),
        ] {
            check(colon(text, 0), expected);
        }
    }

    #[test]
    fn headers_on_their_own_line() {
        for (text, column, expected) in [
            ("a:\n|\n b", 0, Some(("a: |\n b", ""))),
            ("a: # b\n\n  # c\n>-\n b", 0, Some(("a:            >-\n b", ""))),
            ("- -\n  |\n   b", 2, Some(("- -   |\n   b", ""))),
            ("a:\n  |\n b", 0, None),
            ("a: b\n|\n b", 0, None),
            ("a:\nb\n b", 0, None),
            ("|\n b", 0, None),
        ] {
            let at = text.find(['|', '>']).unwrap_or(3);
            check(header(text, at, column), expected);
        }
    }
}
