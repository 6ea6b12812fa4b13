//! Where go-yaml takes tabs and where it does not, as far as the YAML parser differs from it.
//!
//! Source: <https://github.com/kubernetes-sigs/yaml/blob/master/goyaml.v2/scannerc.go>

/// The first tab that go-yaml refuses in a gap between two events in block style: on lines with
/// nothing else, before a comment, before the next token, or behind a `-`, `?` or `:` that a key may
/// follow.
///
/// `starts_line` says whether the gap starts at a line's start. Behind a plain scalar that may go on,
/// go-yaml is content with tabs from the column `content` on.
pub(crate) fn in_gap(gap: &str, starts_line: bool, content: Option<usize>) -> Option<usize> {
    let mut content = content;
    let mut start = 0;
    for (index, line) in gap.split_inclusive('\n').enumerate() {
        let rest = line.trim_start_matches([' ', '\t']);
        let indentation = &line[..line.len() - rest.len()];
        let starts_line = index > 0 || starts_line;
        if starts_line
            && let Some(tab) = indentation.find('\t')
            && content.is_none_or(|content| tab < content)
        {
            return Some(start + tab);
        }
        // A colon further to the right stands behind a key on its line.
        let indicators: &[char] = if starts_line { &['-', '?', ':'] } else { &['-', '?'] };
        if let Some(tab) = behind_indicators(rest, indicators) {
            return Some(start + indentation.len() + tab);
        }
        // Whatever else stands here ends the scalar.
        content = content.filter(|_| rest.trim_end().is_empty());
        start += line.len();
    }
    None
}

/// The first tab in the white space behind the indicators that a line starts with.
fn behind_indicators(line: &str, indicators: &[char]) -> Option<usize> {
    let mut rest = line;
    while let Some(behind) = rest.strip_prefix(indicators) {
        let next = behind.trim_start_matches([' ', '\t']);
        let space = &behind[..behind.len() - next.len()];
        if let Some(tab) = space.find('\t') {
            return Some(line.len() - behind.len() + tab);
        }
        if space.is_empty() {
            return None;
        }
        rest = next;
    }
    None
}

/// The first tab in the indentation of a block scalar that does not say how far it is indented, or
/// of the line behind it. `text` starts at its header.
pub(crate) fn in_block_scalar(text: &str) -> Option<usize> {
    let (header, lines) = text.split_once('\n')?;
    let indicators = header.strip_prefix(['|', '>'])?;
    if indicators.trim_start_matches(['+', '-']).starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut start = header.len() + 1;
    let mut known = None;
    for line in lines.split_inclusive('\n') {
        let rest = line.trim_start_matches(' ');
        let spaces = line.len() - rest.len();
        if rest.starts_with('\t') && known.is_none_or(|known| spaces < known) {
            return Some(start + spaces);
        }
        let is_blank = rest.trim_end().is_empty();
        if !is_blank && spaces < *known.get_or_insert(spaces.max(1)) {
            return None;
        }
        start += line.len();
    }
    None
}

/// The first tab in the lines of a plain scalar that go-yaml refuses: before the column from which on
/// it goes on.
pub(crate) fn in_plain(text: &str, content: usize) -> Option<usize> {
    let mut start = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let indentation = line.len() - line.trim_start_matches([' ', '\t']).len();
        let tab = line[..indentation].find('\t').filter(|tab| index > 0 && *tab < content);
        if let Some(tab) = tab {
            return Some(start + tab);
        }
        start += line.len();
    }
    None
}

/// The text with spaces for the tabs that start lines of flow collections and quoted texts from a
/// place on, where they mean the same; the parser takes them for indentation. `depth` flow
/// collections are open there, and plain scalars go on from the column `content` on. `None` if that
/// does not change the tab at `tab`.
pub(crate) fn softened(
    text: &str,
    from: usize,
    (depth, content): (usize, usize),
    tab: usize,
) -> Option<String> {
    let mut bytes = text.as_bytes().to_vec();
    let mut depth = depth;
    let mut at = from;
    // From which column on tabs may stand.
    let mut free = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        let rest = &text[at..];
        let length = match byte {
            b' ' | b'\t' | b'\n' | b'\r' => blank(rest),
            b'#' => rest.find('\n').unwrap_or(rest.len()),
            b'"' | b'\'' => quoted(rest),
            b'[' | b'{' | b']' | b'}' | b',' => 1,
            b'-' | b'?' | b':' if rest[1..].starts_with(char::is_whitespace) => 1,
            // The parser knows better where block scalars end.
            b'|' | b'>' if depth == 0 => break,
            _ => plain(rest, depth > 0),
        };
        let token = &mut bytes[at..at + length];
        match byte {
            b'"' | b'\'' => soften(token, 0),
            b' ' | b'\t' | b'\n' | b'\r' if depth > 0 => soften(token, free),
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        free = match byte {
            b' ' | b'\t' | b'\n' | b'\r' => free,
            b'[' | b'{' | b']' | b'}' | b',' | b'"' | b'\'' | b'#' => 0,
            _ if length == 1 && matches!(byte, b'-' | b'?' | b':') => 0,
            _ => content,
        };
        at += length;
    }
    let is_soft = bytes.get(tab) == Some(&b' ');
    String::from_utf8(bytes).ok().filter(|_| is_soft)
}

/// Puts spaces for tabs behind line breaks, from a column on.
fn soften(bytes: &mut [u8], free: usize) {
    let mut column = None;
    for byte in bytes {
        match (&byte, column) {
            (b'\n', _) => {
                column = Some(0);
                continue;
            }
            (b'\t', Some(column)) if column >= free => *byte = b' ',
            (b' ', _) => {}
            _ => column = None,
        }
        column = column.map(|column| column + 1);
    }
}

fn blank(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t', '\n', '\r']).len()
}

/// The length of a quoted text, or of what there is of it.
pub(crate) fn quoted(text: &str) -> usize {
    let bytes = text.as_bytes();
    let quote = bytes[0];
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        at += match byte {
            b'\\' if quote == b'"' => 2,
            byte if *byte == quote && quote == b'\'' && bytes.get(at + 1) == Some(&quote) => 2,
            byte if *byte == quote => return at + 1,
            _ => 1,
        };
    }
    text.len()
}

/// The length of a plain text on its line, of a tag or of an anchor.
pub(crate) fn plain(text: &str, in_flow: bool) -> usize {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let ends = match c {
            '\n' => true,
            '#' => before.is_whitespace() && at > 0,
            ':' => text[at + 1..].chars().next().is_none_or(char::is_whitespace),
            ',' | '[' | ']' | '{' | '}' => in_flow,
            _ => false,
        };
        if ends && at > 0 {
            return at;
        }
        before = c;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_between_tokens() {
        for (gap, starts_line, content, tab) in [
            ("\t", true, None, Some(0)),
            ("\t", false, None, None),
            (" \t\n", false, None, None),
            ("\n\t\n", false, None, Some(1)),
            ("\n  \t# comment\n", false, None, Some(3)),
            ("\n  \t\n", false, Some(2), None),
            ("\n  \t\n", false, Some(3), Some(3)),
            ("\n   # comment\n   \t\n", false, Some(1), Some(17)),
            ("\n\n  # \t\n", false, None, None),
            ("-\t# comment\n", false, None, Some(1)),
            ("\n  - ?  \t- ", false, Some(2), Some(8)),
            ("\n:\t", false, None, Some(2)),
            (":\t", false, None, None),
            ("\n--\t", false, None, None),
        ] {
            assert_eq!(in_gap(gap, starts_line, content), tab, "{gap:?}");
        }
    }

    #[test]
    fn tabs_in_block_scalars() {
        for (text, tab) in [
            ("|\n  a\n\tb", Some(6)),
            ("|\n \ta", Some(3)),
            ("|\n  a\n\n  \t\n \t\nb", Some(12)),
            ("|\n  a\nb\n\t", None),
            ("|\na\n\t", None),
            ("|-\n  \ta", Some(5)),
            ("|2\n  \ta", None),
            (">-2\n  \ta", None),
            ("|", None),
            ("no header\n\ta", None),
        ] {
            assert_eq!(in_block_scalar(text), tab, "{text:?}");
        }
    }

    #[test]
    fn tabs_in_plain_scalars() {
        for (text, content, tab) in [
            ("a\tb\n  c", 1, None),
            ("a\n\tb", 1, Some(2)),
            ("a\n \n\t\n  b", 1, Some(4)),
            ("a\n  \tb", 2, None),
        ] {
            assert_eq!(in_plain(text, content), tab, "{text:?}");
        }
    }

    #[test]
    fn tabs_in_brackets_and_quotes() {
        for (text, from, depth, expected) in [
            ("a: [\n\tb]\n\tc", 0, 0, Some("a: [\n b]\n\tc")),
            ("\tb,\n\t\"[\n\t\": 1}\n\tc", 0, 1, Some("\tb,\n \"[\n \": 1}\n\tc")),
            ("a: 'it''s\n\tb'\n\tc", 0, 0, Some("a: 'it''s\n b'\n\tc")),
            ("a: \"\\\"\n \tb\"", 0, 0, Some("a: \"\\\"\n  b\"")),
            ("a: b[\n\tc", 0, 0, None),
            ("a: |\n [\n\tc", 0, 0, None),
            ("[a # [\n,\n\t]", 0, 0, Some("[a # [\n,\n ]")),
            ("[a[\n\t']\n\t']", 0, 0, Some("[a[\n ']\n ']")),
            ("[a\n\t]", 0, 0, None),
            ("[a\n \t]", 0, 0, Some("[a\n  ]")),
        ] {
            let tab = text.match_indices('\n').map(|(at, _)| &text[at..]);
            let tab = tab.filter_map(|line| {
                let rest = line[1..].trim_start_matches(' ');
                rest.starts_with('\t').then_some(text.len() - rest.len())
            });
            let tab = tab.into_iter().next().expect("a tab");
            assert_eq!(softened(text, from, (depth, 1), tab).as_deref(), expected, "{text:?}");
        }
    }
}
