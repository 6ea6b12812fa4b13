//! Applying changes to a text.

use netpol_sort::Sort;

use crate::TextEdit;

/// The text after the edits, which all are about this text and do not overlap; their order does not
/// matter, except that insertions at one place come out in the order given. An edit that overlaps
/// an earlier one, or does not fit the text, is left out.
pub fn apply(text: &str, edits: &[TextEdit]) -> String {
    let mut sorted: Vec<&TextEdit> = edits.iter().collect();
    sorted.arrange_by_key(|edit| (edit.span.start, edit.span.end));
    let mut result = String::with_capacity(text.len());
    let mut done = 0;
    for edit in sorted {
        let range = edit.span.range();
        let Some(kept) = text.get(done..range.start) else { continue };
        if text.get(range.clone()).is_none() {
            continue;
        }
        result.push_str(kept);
        result.push_str(&edit.text);
        done = range.end;
    }
    result.push_str(&text[done..]);
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FileId, Span};

    fn edit(start: usize, end: usize, text: &str) -> TextEdit {
        TextEdit { span: Span::new(FileId(0), start, end), text: text.to_owned() }
    }

    #[test]
    fn edits_apply_in_any_order() {
        let (a, b) = (edit(0, 1, "A"), edit(3, 5, ""));
        assert_eq!(apply("a, bc, d", &[a.clone(), b.clone()]), "A, , d");
        assert_eq!(apply("a, bc, d", &[b, a]), "A, , d");
        assert_eq!(apply("a", &[]), "a");
    }

    #[test]
    fn insertions_keep_their_order() {
        let edits = [edit(1, 2, "X"), edit(1, 1, "1"), edit(1, 1, "2"), edit(3, 3, "!")];
        assert_eq!(apply("abc", &edits), "a12Xc!");
    }

    #[test]
    fn edits_that_do_not_fit_are_left_out() {
        let table = [
            ("overlaps", [edit(0, 2, "x"), edit(1, 3, "y")], "xcé"),
            ("inside a character", [edit(4, 5, "x"), edit(0, 1, "A")], "Abcé"),
            ("behind the end", [edit(2, 99, "x"), edit(0, 0, "-")], "-abcé"),
        ];
        for (why, edits, expected) in table {
            assert_eq!(apply("abcé", &edits), expected, "{why}");
        }
    }
}
