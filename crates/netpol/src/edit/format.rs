//! Indentation as kubectl prints it: two spaces a level, dashes in the column of their key.
//!
//! Lines are moved, never changed: comments, quotes and order stay. What was formatted is read again,
//! and a document that would mean something else stays as it was.

use netpol_syntax::{FileId, Node, Sources, Span, TextEdit, chunks, parse};

use super::error;
use super::manifest::same;
use crate::view::QueryError;

/// So many spaces a level.
const STEP: usize = 2;

/// The edits that move lines to where they belong.
pub(super) fn edits(sources: &Sources) -> Result<Vec<TextEdit>, QueryError> {
    let mut edits = Vec::new();
    for (file, source) in sources.iter() {
        for range in chunks(source.text()) {
            let text = &source.text()[range.clone()];
            edits.extend(document(file, text, range.start));
        }
    }
    if edits.is_empty() {
        return Err(error("every line is indented as it should be", "nothing needs to be done"));
    }
    Ok(edits)
}

/// The edits of one document, which begins at byte `start`; none if they would change its meaning.
fn document(file: FileId, text: &str, start: usize) -> Vec<TextEdit> {
    let Some(lines) = indented(text) else { return Vec::new() };
    let after: String = lines.concat();
    let mut edits = Vec::new();
    let mut at = start;
    for (old, new) in text.split_inclusive('\n').zip(&lines) {
        if old != new {
            edits.push(TextEdit { span: Span::new(file, at, at + old.len()), text: new.clone() });
        }
        at += old.len();
    }
    if edits.is_empty() || !means_the_same(text, &after) { Vec::new() } else { edits }
}

fn means_the_same(before: &str, after: &str) -> bool {
    let (before, after) = (parse(FileId(0), before), parse(FileId(0), after));
    let roots = |documents: Vec<netpol_syntax::Document>| -> Vec<Node> {
        documents.into_iter().map(|document| document.root).collect()
    };
    let findings = (before.findings.len(), after.findings.len());
    let (before, after) = (roots(before.documents), roots(after.documents));
    findings.0 == findings.1
        && before.len() == after.len()
        && before.iter().zip(&after).all(|(before, after)| same(before, after))
}

/// A mapping or list that is open: its column, and the one that it should have.
#[derive(Clone, Copy)]
struct Level {
    old: usize,
    new: usize,
    is_list: bool,
}

/// What the lines after one belong to.
enum Inside {
    /// Nothing.
    Block,
    /// Brackets that are open, so many.
    Flow { open: i32, shift: Shift },
    /// Text of a `|` or `>` whose key is in the column `old`.
    Scalar { old: usize, new: usize, first: Option<usize> },
}

/// From one column to another.
#[derive(Clone, Copy)]
struct Shift {
    old: usize,
    new: usize,
}

/// The lines as they should be; `None` if the document is not written in lines.
fn indented(text: &str) -> Option<Vec<String>> {
    if text.trim_start().starts_with(['{', '[']) || text.contains('\t') {
        return None;
    }
    let mut lines = Vec::new();
    let mut levels: Vec<Level> = Vec::new();
    let mut inside = Inside::Block;
    // Comments belong to what follows.
    let mut comments: Vec<usize> = Vec::new();
    for line in text.split_inclusive('\n') {
        let old = line.len() - line.trim_start_matches(' ').len();
        let content = line.trim();
        match &mut inside {
            Inside::Flow { open, shift } => {
                *open += brackets(content);
                lines.push(if content.is_empty() {
                    line.to_owned()
                } else {
                    moved(line, old, *shift)
                });
                if *open <= 0 {
                    inside = Inside::Block;
                }
                continue;
            }
            Inside::Scalar { old: owner, new, first } if content.is_empty() || old > *owner => {
                if content.is_empty() {
                    lines.push(line.to_owned());
                } else {
                    let first = *first.get_or_insert(old);
                    lines.push(moved(line, old, Shift { old: first, new: *new + STEP }));
                }
                continue;
            }
            _ => inside = Inside::Block,
        }
        if content.is_empty() || content.starts_with('#') {
            if !content.is_empty() {
                comments.push(lines.len());
            }
            lines.push(line.to_owned());
            continue;
        }
        if content.starts_with("---") || content.starts_with('%') || content == "..." {
            levels.clear();
            comments.clear();
            lines.push(line.to_owned());
            continue;
        }
        let (new, rest, column) = place(&mut levels, old, content);
        for index in comments.drain(..) {
            let comment = &lines[index];
            let at = comment.len() - comment.trim_start_matches(' ').len();
            lines[index] = moved(comment, at, Shift { old, new: new.0 });
        }
        inside = opened(rest, column, new.1, Shift { old, new: new.0 });
        let end = &line[line.trim_end_matches(['\r', '\n']).len()..];
        lines.push(format!("{}{}{end}", " ".repeat(new.0), dashed(content, rest)));
    }
    Some(lines)
}

/// Finds the level of a line. Says the columns that its dashes and its content should have, the
/// content behind the dashes, and the column that it has.
fn place<'a>(
    levels: &mut Vec<Level>,
    old: usize,
    content: &'a str,
) -> ((usize, usize), &'a str, usize) {
    let is_item = |text: &str| text == "-" || text.starts_with("- ");
    let (mut column, mut rest, mut first) = (old, content, None);
    loop {
        let is_list = is_item(rest);
        levels.retain(|it| it.old < column || it.old == column && (is_list || !it.is_list));
        let new = match levels.last() {
            Some(level) if level.old == column && level.is_list == is_list => level.new,
            // A list may stand in its key's column: that is where it belongs.
            Some(level) if is_list && !level.is_list => push(levels, column, level.new, true),
            Some(level) => {
                let new = first.map_or(level.new + STEP, |_| level.new + STEP);
                push(levels, column, new, is_list)
            }
            None => push(levels, column, 0, is_list),
        };
        let begin = *first.get_or_insert(new);
        if !is_list {
            return ((begin, new), rest, column);
        }
        let behind = rest.get(1..).unwrap_or_default().trim_start_matches(' ');
        if behind.is_empty() || behind.starts_with('#') {
            return ((begin, new), behind, column);
        }
        column += rest.len() - behind.len();
        rest = behind;
    }
}

fn push(levels: &mut Vec<Level>, old: usize, new: usize, is_list: bool) -> usize {
    levels.push(Level { old, new, is_list });
    new
}

/// The content with one space behind each dash.
fn dashed(content: &str, rest: &str) -> String {
    let dashes = content.strip_suffix(rest).unwrap_or_default();
    let count = dashes.matches('-').count();
    format!("{}{rest}", "- ".repeat(count)).trim_end().to_owned()
}

/// What the lines after this one belong to.
fn opened(rest: &str, old: usize, new: usize, shift: Shift) -> Inside {
    let value = rest.split_once(": ").map_or(rest, |(_, value)| value).trim();
    let value = value.split(" #").next().unwrap_or(value).trim_end();
    let open = brackets(value);
    let is_scalar = value.starts_with(['|', '>'])
        && value.len() <= 2
        && value[1..].trim_start_matches(['+', '-']).is_empty();
    if is_scalar {
        Inside::Scalar { old, new, first: None }
    } else if open > 0 {
        Inside::Flow { open, shift }
    } else {
        Inside::Block
    }
}

fn brackets(text: &str) -> i32 {
    text.chars().fold(0, |depth, c| match c {
        '{' | '[' => depth + 1,
        '}' | ']' => depth - 1,
        _ => depth,
    })
}

/// A line in another column.
fn moved(line: &str, old: usize, shift: Shift) -> String {
    let new = (old + shift.new).saturating_sub(shift.old);
    format!("{}{}", " ".repeat(new), line.trim_start_matches(' '))
}
