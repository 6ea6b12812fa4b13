//! Findings for text that is no YAML, each at its true place.

use granit_parser::{ErrorKind, ScanError};

use crate::advice::advice;
use crate::context::{Context, MAX_DEPTH};
use crate::{Finding, Span};

/// The finding for what the YAML parser said about a chunk that starts at `base`.
pub(crate) fn finding(
    context: &Context<'_>,
    base: usize,
    chunk: &str,
    error: &ScanError,
) -> Finding {
    let mut offset = error.marker().byte_offset().unwrap_or_default();
    if *error.kind() == ErrorKind::UnknownQuotedScalarEscape {
        offset += unknown_escape(chunk.get(offset..).unwrap_or_default());
    }
    if let Some(at) = tab_at(chunk, error) {
        return tab(context.span(base + at, base + at + 1));
    }
    let (start, end) = place(chunk, offset);
    let span = context.span(base + start, base + end);
    if *error.kind() == ErrorKind::RecursionLimitExceeded {
        return too_deep(span);
    }
    let (message, help) = advice(error.kind(), &chunk[start..end]);
    Finding::error("yaml-syntax", span, message).with_help(help)
}

/// The bytes to show for an error at an offset: the word there, or else the character; at the end
/// of the text the last character.
fn place(chunk: &str, offset: usize) -> (usize, usize) {
    let content = chunk.trim_end();
    let rest = content.get(offset..).filter(|rest| !rest.is_empty());
    let Some(rest) = rest else {
        let last = content.chars().next_back().map_or(0, char::len_utf8);
        return (content.len() - last, content.len());
    };
    let in_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let more: usize = rest[first..].chars().take_while(|c| in_word(*c)).map(char::len_utf8).sum();
    let alone = rest.starts_with(|c| !in_word(c) && !matches!(c, '*' | '&' | '!'));
    (offset, offset + if alone { first } else { first + more })
}

/// Where in a quoted text the first escape is that YAML does not know; the parser names only the
/// start of the text.
fn unknown_escape(quoted: &str) -> usize {
    let mut at = 0;
    while let Some(backslash) = quoted[at..].find('\\') {
        at += backslash;
        let Some(escape) = quoted[at + 1..].chars().next() else { break };
        if !"0abt\tnvfre \"/\\N_LPxuU\r\n".contains(escape) {
            return at;
        }
        at += 1 + escape.len_utf8();
    }
    0
}

/// The tab that an error is about, if it is about one.
pub(crate) fn tab_at(chunk: &str, error: &ScanError) -> Option<usize> {
    tab_behind(error.kind(), chunk, error.marker().byte_offset().unwrap_or_default())
}

fn tab_behind(kind: &ErrorKind, chunk: &str, offset: usize) -> Option<usize> {
    use ErrorKind as E;
    let line = chunk.get(..offset)?.rfind('\n').map_or(0, |newline| newline + 1);
    let indentation = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let tab_in =
        |start: usize, text: &str| text[..indentation(text)].find('\t').map(|tab| start + tab);
    match kind {
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabInPlainScalar
        | E::TabAtBlockScalarStart
        | E::InvalidBlockEntryWhitespace
        | E::InvalidMappingValueWhitespace => {
            let mut start = line;
            let lines = chunk[line..].split_inclusive('\n').map(|text| {
                let found = tab_in(start, text);
                start += text.len();
                found
            });
            lines.flatten().next().or_else(|| chunk[line..].find('\t').map(|tab| line + tab))
        }
        _ => tab_in(line, &chunk[line..]),
    }
}

/// The finding for a tab that indents.
pub(crate) fn tab(span: Span) -> Finding {
    let message = "found character that cannot start any token: a tab";
    Finding::error("tab-indentation", span, message)
        .with_help("indent with spaces, YAML does not allow tabs there")
}

/// The finding for a collection inside of too many others.
pub(crate) fn too_deep(span: Span) -> Finding {
    let message = format!("lists and mappings are nested more than {MAX_DEPTH} levels deep");
    Finding::error("too-deep", span, message).with_help("close some of the brackets around it")
}

/// The finding for a chunk that starts with a `%` directive. kubectl always refuses them: it cuts
/// the text at the `---` that must follow them.
pub(crate) fn directive(context: &Context<'_>, base: usize, chunk: &str) -> Option<Finding> {
    let mut start = 0;
    for line in chunk.split_inclusive('\n') {
        let trimmed = line.trim();
        if line.starts_with('%') {
            let span = context.span(base + start, base + start + line.trim_end().len());
            let version = trimmed.strip_prefix("%YAML").map(str::trim);
            let message = match version {
                Some(version) if version != "1.1" => "found incompatible YAML document",
                _ => "did not find expected <document start>",
            };
            return Some(
                Finding::error("yaml-directive", span, message)
                    .with_help("remove the line: `kubectl` reads no YAML directives"),
            );
        }
        if !trimmed.is_empty() && !trimmed.starts_with('#') {
            return None;
        }
        start += line.len();
    }
    None
}

/// The finding for what stands behind a `---` on its line.
pub(crate) fn separator(context: &Context<'_>, start: usize, end: usize) -> Finding {
    let text = context.text[start..end].trim();
    let start = end - text.len();
    let message = format!("invalid Yaml document separator: {text}");
    Finding::error("yaml-separator", context.span(start, end), message)
        .with_help("begin the document on the next line")
}

/// The finding for content behind the end of a document.
pub(crate) fn ignored(context: &Context<'_>, start: usize, end: usize) -> Finding {
    let line = context.text[start..end].lines().next().unwrap_or_default().trim_end();
    let message = "`kubectl` ignores what follows the end of a document up to the next `---`";
    Finding::warning("ignored-content", context.span(start, start + line.len()), message)
        .with_help("put `---` on a line of its own before it")
}
