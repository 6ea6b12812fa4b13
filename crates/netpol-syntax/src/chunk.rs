//! Cutting a text at its document separators.

use std::ops::Range;

/// The parts of the text between lines that hold nothing but `---` and perhaps a comment.
///
/// This is how kubectl splits a text, before it looks at any YAML (`YAMLReader` in
/// `k8s.io/apimachinery/pkg/util/yaml`), so that a broken document cannot hide the others.
pub fn chunks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut rest = Some(0);
    std::iter::from_fn(move || {
        let start = rest?;
        let separator = separator(text, start);
        rest = separator.as_ref().map(|separator| separator.end);
        Some(start..separator.map_or(text.len(), |separator| separator.start))
    })
}

/// The first line of a part that starts like a separator and is none, because something else stands
/// behind its `---`. kubectl ends there.
pub(crate) fn false_separator(part: &str) -> Option<Range<usize>> {
    let start = if part.starts_with("---") { 0 } else { part.find("\n---")? + 1 };
    let line = part[start..].lines().next().unwrap_or_default();
    Some(start..start + line.trim_end().len())
}

/// The next separating line at or behind `from`, which is the start of a line.
fn separator(text: &str, from: usize) -> Option<Range<usize>> {
    let mut line = from;
    loop {
        if let Some(rest) = text[line..].strip_prefix("---") {
            let content = rest.find('\n').map_or(rest, |end| &rest[..=end]);
            if matches!(content.trim_start().as_bytes().first(), None | Some(b'#')) {
                return Some(line..line + "---".len() + content.len());
            }
        }
        line += text[line..].find("\n---")? + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_stand_alone_on_their_line() {
        let table: [(&str, &[&str]); 9] = [
            ("", &[""]),
            ("a", &["a"]),
            ("a\n---\nb\n", &["a\n", "b\n"]),
            ("---\na\n---", &["", "a\n", ""]),
            ("a\r\n---\r\nb", &["a\r\n", "b"]),
            ("a\n---  # next\nb\n---#x\nc", &["a\n", "b\n", "c"]),
            ("a\n--- b\nc", &["a\n--- b\nc"]),
            ("a\n ---\nb\n----\n-- -", &["a\n ---\nb\n----\n-- -"]),
            ("---\n---\n\n---\n", &["", "", "\n", ""]),
        ];
        for (text, expected) in table {
            let found: Vec<_> = chunks(text).map(|range| &text[range]).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }
}
