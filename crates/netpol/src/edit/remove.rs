//! Deleting manifests.

use std::collections::BTreeSet;
use std::ops::Range;

use netpol_sort::Sort;
use netpol_syntax::{FileId, Node, Sources, Span, TextEdit, chunks};

use super::manifest::{Manifests, items};
use super::unusual;
use super::write::{line_start, next_line, removal};
use crate::view::QueryError;

/// Deletes the manifests at these places, and lists that become empty with them.
pub(super) fn manifests(
    sources: &Sources,
    manifests: &Manifests<'_>,
    deleted: &BTreeSet<Span>,
) -> Result<Vec<TextEdit>, QueryError> {
    let mut removed = Vec::new();
    for (file, source) in sources.iter() {
        let roots = manifests.documents.iter().map(|document| &document.root);
        let roots: Vec<&Node> = roots.filter(|root| root.span.file == file).collect();
        let gone: Vec<bool> = roots.iter().map(|root| is_gone(root, deleted)).collect();
        for (root, gone) in roots.iter().zip(&gone) {
            if !gone {
                remove_items(source.text(), root, deleted, &mut removed)?;
            }
        }
        removed.extend(remove_documents(file, source.text(), &roots, &gone));
    }
    Ok(removed.into_iter().filter(|span| span.start < span.end).map(removal).collect())
}

/// Whether nothing is left of a manifest, or of a list of manifests.
fn is_gone(node: &Node, deleted: &BTreeSet<Span>) -> bool {
    match items(node) {
        Some(items) => !items.is_empty() && items.iter().all(|item| is_gone(item, deleted)),
        None => deleted.contains(&node.span),
    }
}

/// Removes items from a list that keeps others.
fn remove_items(
    text: &str,
    list: &Node,
    deleted: &BTreeSet<Span>,
    removed: &mut Vec<Span>,
) -> Result<(), QueryError> {
    let items = items(list).unwrap_or_default();
    let gone: Vec<bool> = items.iter().map(|item| is_gone(item, deleted)).collect();
    for (item, gone) in items.iter().zip(&gone) {
        if !gone {
            remove_items(text, item, deleted, removed)?;
        }
    }
    let is_flow = list.get("items").is_some_and(|items| text[items.span.range()].starts_with('['));
    if is_flow {
        let spans: Vec<Span> = items.iter().map(|item| item.span).collect();
        removed.extend(from_flow(&spans, &gone));
    } else {
        for (item, gone) in items.iter().zip(&gone) {
            if *gone {
                removed.push(block_item(text, item)?);
            }
        }
    }
    Ok(())
}

/// What to remove from a list or mapping in brackets, so that commas stay only between what is
/// left. Not for removing everything.
pub(crate) fn from_flow(parts: &[Span], gone: &[bool]) -> Vec<Span> {
    let mut removed = Vec::new();
    let mut kept: Option<Span> = None;
    for (index, part) in parts.iter().enumerate() {
        if !gone[index] {
            kept = Some(*part);
        } else if let Some(kept) = kept {
            removed.push(Span { start: kept.end, ..*part });
        } else if let Some(next) = parts.get(index + 1) {
            removed.push(Span { end: next.start, ..*part });
        }
    }
    merge(removed)
}

/// The union of spans in one text that start in order.
fn merge(spans: Vec<Span>) -> Vec<Span> {
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

/// The lines of an item behind `- `, with the comment right above it.
pub(crate) fn block_item(text: &str, item: &Node) -> Result<Span, QueryError> {
    let before = text[..item.span.start as usize].trim_end();
    let dash = before.len().checked_sub(1).filter(|_| before.ends_with('-')).ok_or_else(unusual)?;
    let start = line_start(text, dash);
    if !text[start..dash].trim().is_empty() {
        return Err(unusual());
    }
    let end = content_end(text, item.span);
    Ok(Span::new(item.span.file, comment_above(text, 0, start), next_line(text, end)))
}

/// Removes documents with the comments that belong to them, and separators, so that no document
/// is left empty. A comment belongs to a document if no blank line parts them.
fn remove_documents(file: FileId, text: &str, roots: &[&Node], gone: &[bool]) -> Vec<Span> {
    let mut removed = Vec::new();
    // The separator before a run of parts in which nothing but comments is left.
    let mut open: Option<Range<usize>> = None;
    let (mut end_of_last, mut passed) = (0, 0);
    for chunk in chunks(text) {
        let separator = end_of_last..chunk.start;
        end_of_last = chunk.end;
        // Documents come in the order of the text.
        let here = roots.iter().zip(gone).skip(passed);
        let here = here.take_while(|(root, _)| chunk.contains(&(root.span.start as usize)));
        let (dying, living): (Vec<_>, Vec<_>) = here.partition(|(_, gone)| **gone);
        passed += dying.len() + living.len();
        let mut before = separator.clone();
        if let Some(opened) = open.take() {
            // Of the two separators around the run one must go: rather the one without a comment.
            if text[separator.clone()].trim() == "---" {
                removed.push(separator);
                before = opened;
            } else {
                removed.push(opened);
            }
            if is_blank(&text[chunk.clone()]) {
                open = Some(before.clone());
            }
        }
        if !dying.is_empty() && living.is_empty() {
            open = Some(before);
            let (first, last) = (dying[0].0.span, dying[dying.len() - 1].0.span);
            let own = own_lines(text, &chunk, Span { end: last.end, ..first });
            let (above, below) = (chunk.start..own.start, own.end..chunk.end);
            let keeps = |range: &Range<usize>| text[range.clone()].contains('#');
            let start = if keeps(&above) { own.start } else { chunk.start };
            let end = if keeps(&below) { own.end } else { chunk.end };
            removed.push(start..end);
        } else {
            removed.extend(dying.iter().map(|(root, _)| root.span.range()));
        }
    }
    removed.extend(open);
    removed.arrange_by_key(|range| range.start);
    merge(removed.into_iter().map(|range| Span::new(file, range.start, range.end)).collect())
}

/// Whether a part of a text holds nothing but comments.
pub(super) fn is_blank(part: &str) -> bool {
    let mut lines = part.trim_start_matches('\u{feff}').lines().map(str::trim_start);
    lines.all(|line| line.is_empty() || line.starts_with('#'))
}

/// The lines of a document's content, with the comments right above and below.
fn own_lines(text: &str, chunk: &Range<usize>, content: Span) -> Range<usize> {
    let start = line_start(text, content.start as usize).max(chunk.start);
    let mut end = next_line(text, content_end(text, content)).min(chunk.end);
    while end < chunk.end && text[end..].trim_start_matches(' ').starts_with('#') {
        end = next_line(text, end).min(chunk.end);
    }
    comment_above(text, chunk.start, start)..end
}

/// Where the comment starts that ends right above the line which starts at `line`.
fn comment_above(text: &str, from: usize, line: usize) -> usize {
    let mut start = line;
    while start > from {
        let above = line_start(text, start - 1).max(from);
        if !text[above..start].trim_start().starts_with('#') {
            break;
        }
        start = above;
    }
    start
}

fn content_end(text: &str, span: Span) -> usize {
    span.start as usize + text[span.range()].trim_end().len()
}
