//! What go-yaml refuses, and the YAML parser takes.
//!
//! Source: <https://github.com/kubernetes-sigs/yaml/blob/master/goyaml.v2/scannerc.go>

use granit_parser::{ErrorKind, ScalarStyle};

use crate::advice::advice;
use crate::context::Context;
use crate::{Finding, Span};

/// What go-yaml takes for the end of a line, besides the usual: NEL, LS and PS.
pub(crate) const LINE_BREAKS: [char; 3] = ['\u{85}', '\u{2028}', '\u{2029}'];

/// Where such a line break stands in a scalar that it changes.
pub(crate) fn line_break(written: &str, style: ScalarStyle) -> Option<usize> {
    let mut breaks = written.match_indices(LINE_BREAKS);
    let changes = |(at, found): &(usize, &str)| {
        let (before, behind) = (&written[..*at], &written[at + found.len()..]);
        match style {
            ScalarStyle::Plain => true,
            _ if *found == "\u{85}" => true,
            // The others are kept where lines are joined, but not the white space beside them.
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                before.ends_with(char::is_whitespace) || behind.starts_with(char::is_whitespace)
            }
            // kubectl writes them like this: the text goes on, indented.
            ScalarStyle::Literal | ScalarStyle::Folded => !behind.starts_with(' '),
        }
    };
    breaks.find(changes).map(|(at, _)| at)
}

/// The finding for one of them.
pub(crate) fn line_break_at(place: Span, found: char) -> Finding {
    let message = format!("`kubectl` takes the character U+{:04X} for a line break", found as u32);
    let escape = match found {
        '\u{85}' => "\\N",
        '\u{2028}' => "\\L",
        _ => "\\P",
    };
    let help = format!("remove it, or write it as `{escape}` in a text in double quotes");
    Finding::error("yaml-syntax", place, message).with_help(help)
}

/// The finding for a question mark in a plain text in a flow collection, which it ends for go-yaml.
pub(crate) fn question_mark(place: Span, is_list: bool) -> Finding {
    let end = if is_list { ']' } else { '}' };
    Finding::error("yaml-syntax", place, format!("did not find expected ',' or '{end}'"))
        .with_help("put a text that contains a question mark in quotes")
}

/// Whether a colon comes next that ends a text only for the YAML parser: no space is behind it.
pub(crate) fn is_false_colon(rest: &str) -> bool {
    let colon = rest.trim_start_matches([' ', '\t']).strip_prefix(':');
    colon.is_some_and(|rest| rest.starts_with([',', '[', ']', '{', '}']))
}

/// The finding for a plain text in a flow collection that starts with a colon, such as `::1`.
pub(crate) fn leading_colon(place: Span) -> Finding {
    Finding::error("yaml-syntax", place, "did not find expected node content")
        .with_help("put a text that starts with a colon in quotes")
}

/// Where the colon of a key that ends at `end` is, if one comes next.
pub(crate) fn colon_behind(text: &str, end: usize) -> Option<usize> {
    let mut rest = text[end..].trim_start();
    while rest.starts_with('#') {
        rest = rest.split_once('\n')?.1.trim_start();
    }
    rest.starts_with(':').then_some(text.len() - rest.len())
}

/// The finding for a key whose colon stands on another line than its start.
pub(crate) fn long_key(place: Span) -> Finding {
    Finding::error("yaml-syntax", place, "did not find expected ',' or '}'")
        .with_help("write the key and its colon on one line")
}

/// The first character of an anchor's name that go-yaml does not take. `gap` ends behind the anchor.
pub(crate) fn in_anchor(gap: &str) -> Option<(usize, char)> {
    let ends = |c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '{' | '}');
    let starts = |at: &usize| gap[..*at].chars().next_back().is_none_or(ends);
    let start = gap.rmatch_indices('&').map(|(at, _)| at).find(starts)? + 1;
    let name = &gap[start..];
    let name = &name[..name.find(ends).unwrap_or(name.len())];
    let mut characters = name.char_indices();
    let (at, c) =
        characters.find(|(_, c)| !matches!(c, '0'..='9' | 'A'..='Z' | 'a'..='z' | '_' | '-'))?;
    Some((start + at, c))
}

/// The finding for it.
pub(crate) fn anchor(place: Span) -> Finding {
    let message = "did not find expected alphabetic or numeric character";
    Finding::error("yaml-syntax", place, message)
        .with_help("use only letters, digits, `_` and `-` in the names of anchors")
}

/// The finding for a tag that something follows at once, or that contains what go-yaml takes for that.
pub(crate) fn tag(place: Span) -> Finding {
    Finding::error("yaml-syntax", place, "did not find expected whitespace or line break")
        .with_help("write a space behind the tag, or put a text that starts with `!` in quotes")
}

/// The length of the alias that a text starts with, if it is a key and its colon follows at once: the
/// YAML parser takes the colon for a part of the name.
pub(crate) fn alias_key(text: &str) -> Option<usize> {
    let name = text.strip_prefix('*')?;
    let behind = name.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "_-".contains(c));
    behind.starts_with(':').then_some(text.len() - behind.len())
}

/// The finding for it.
pub(crate) fn no_space(alias: Span) -> Finding {
    Finding::error("yaml-syntax", alias, "an alias as a key needs a space before its colon here")
        .with_help("write the key out, or put a space before the colon")
}

/// The finding for the first escape in a scalar that the YAML parser knows and go-yaml does not: a
/// slash, and halves of characters, as JSON has them.
pub(crate) fn escape(context: &Context<'_>, span: Span) -> Option<Finding> {
    let quoted = &context.text[span.range()];
    let mut at = 0;
    while let Some(backslash) = quoted[at..].find('\\') {
        at += backslash;
        let escape = quoted.as_bytes().get(at + 1..)?;
        let (kind, length) = match escape {
            [b'/', ..] => (ErrorKind::UnknownQuotedScalarEscape, 2),
            [b'u', b'd' | b'D', b'8'..=b'9' | b'a'..=b'f' | b'A'..=b'F', ..] => {
                (ErrorKind::InvalidUnicodeEscape, 6)
            }
            _ => {
                at += 2;
                continue;
            }
        };
        let start = span.start as usize + at;
        let (message, help) = advice(&kind, "");
        let place = context.span(start, start + length);
        return Some(Finding::error("yaml-syntax", place, message).with_help(help));
    }
    None
}
