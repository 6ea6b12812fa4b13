//! Edits as lines that go and lines that come.

use netpol_sort::Sort;
use netpol_syntax::{FileId, Span, TextEdit, apply};

use crate::edit::write::{line_start, next_line};
use crate::view::DiffLine;

/// The lines that edits of one text change.
pub(super) fn lines(text: &str, edits: &[TextEdit]) -> Vec<DiffLine> {
    let mut diff = Vec::new();
    // How many lines the edits so far have added.
    let mut shift = 0_i64;
    for (start, end, edits) in hunks(text, edits) {
        let first = text[..start].matches('\n').count();
        let moved: Vec<TextEdit> = edits
            .iter()
            .map(|edit| {
                let range = edit.span.range();
                let span = Span::new(FileId(0), range.start - start, range.end - start);
                TextEdit { span, text: edit.text.clone() }
            })
            .collect();
        let after = apply(&text[start..end], &moved);
        let old: Vec<&str> = text[start..end].lines().collect();
        let new: Vec<&str> = after.lines().collect();
        let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
        let rest = old.len().min(new.len()) - same;
        let tail = old.iter().rev().zip(new.iter().rev()).take(rest);
        let tail = tail.take_while(|(a, b)| a == b).count();
        let mut push = |added, line: i64, text: &str| {
            let line = u32::try_from(line + 1).unwrap_or_default();
            diff.push(DiffLine { added, line, text: text.to_owned() });
        };
        let first = signed(first + same);
        for (line, text) in (first..).zip(&old[same..old.len() - tail]) {
            push(false, line, text);
        }
        for (line, text) in (first + shift..).zip(&new[same..new.len() - tail]) {
            push(true, line, text);
        }
        shift += signed(new.len()) - signed(old.len());
    }
    diff
}

/// A count of lines, which fits: texts have less than 4 GiB.
fn signed(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The whole lines that edits touch, with the edits; those that touch the same lines together.
fn hunks<'e>(text: &str, edits: &'e [TextEdit]) -> Vec<(usize, usize, Vec<&'e TextEdit>)> {
    let mut sorted: Vec<&TextEdit> = edits.iter().collect();
    sorted.arrange_by_key(|edit| (edit.span.start, edit.span.end));
    let mut hunks: Vec<(usize, usize, Vec<&TextEdit>)> = Vec::new();
    for edit in sorted {
        let range = edit.span.range();
        let start = line_start(text, range.start);
        let touches_next = range.is_empty() && range.start > start || !range.is_empty();
        let end = if touches_next { next_line(text, range.end.max(start + 1) - 1) } else { start };
        let end = end.max(range.end);
        match hunks.last_mut() {
            Some(last) if start <= last.1 => {
                last.1 = last.1.max(end);
                last.2.push(edit);
            }
            _ => hunks.push((start, end, vec![edit])),
        }
    }
    hunks
}
