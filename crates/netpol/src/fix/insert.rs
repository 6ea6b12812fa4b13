//! Adding to a list of a manifest, and taking from it.

use std::collections::BTreeSet;

use netpol_syntax::{Entry, FileId, Mapping, Node, Sources, Span, TextEdit, Value};

use super::tree::{Layout, Pretty, Samples, Tree, is_flow};
use crate::edit::remove::{block_item, from_flow};
use crate::edit::write::{
    content, is_written_in, line_break, line_start, next_line, removal, separator,
};

/// Writes into one text, in the layout of one manifest. What is written too far from what people
/// write is not touched: `None`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pen<'a> {
    text: &'a str,
    file: FileId,
    layout: Layout,
}

impl<'a> Pen<'a> {
    pub(super) fn new(sources: &'a Sources, manifest: &Node) -> Self {
        let file = manifest.span.file;
        let text = sources.get(file).text();
        Self { text, file, layout: Layout::of(text, manifest) }
    }

    /// Adds items to the list at a path, and the list where there is none. `samples` are such
    /// nodes as `node`.
    pub(super) fn append(
        self,
        node: &Node,
        path: &[&'static str],
        items: &[Tree],
        samples: &Samples<'_>,
    ) -> Option<Vec<TextEdit>> {
        let (key, below) = path.split_first()?;
        let mapping = node.as_mapping().filter(|_| self.is_here(node))?;
        let samples = samples.child(key);
        let tree = || nest(below, items);
        let Some(entry) = mapping.entry(key).filter(|entry| is_written_in(node, entry)) else {
            return self.add_entry(node, mapping, key, &tree(), &samples);
        };
        match &entry.value.value {
            Value::Null => self.fill(node, mapping, entry, &tree(), &samples),
            Value::Sequence(old) if below.is_empty() && old.is_empty() => {
                self.fill(node, mapping, entry, &tree(), &samples)
            }
            Value::Sequence(old) if below.is_empty() => {
                self.add_items(&entry.value, old, items, &samples.items())
            }
            Value::Mapping(_) if !below.is_empty() => {
                self.append(&entry.value, below, items, &samples)
            }
            _ => None,
        }
    }

    /// Adds a manifest to a list of manifests, in the layout of one of them.
    pub(super) fn append_to(
        self,
        list: &Node,
        manifest: &Tree,
        samples: &Samples<'_>,
    ) -> Option<Vec<TextEdit>> {
        let items = list.get("items")?;
        let old = items.as_sequence()?;
        self.add_items(items, old, std::slice::from_ref(manifest), samples)
    }

    /// Takes items from the list of an entry.
    pub(super) fn remove(self, entry: &Entry, gone: &BTreeSet<usize>) -> Option<Vec<TextEdit>> {
        let list = &entry.value;
        let items = list.as_sequence().filter(|_| self.is_here(list))?;
        let in_brackets = is_flow(self.text, list);
        let all = gone.len() == items.len();
        let spans: Vec<Span> = items.iter().map(|item| item.span).collect();
        if in_brackets && all {
            let text = "[]".to_owned();
            return Some(vec![TextEdit { span: content(self.text, list.span), text }]);
        }
        if in_brackets {
            let gone: Vec<bool> = (0..items.len()).map(|index| gone.contains(&index)).collect();
            return Some(from_flow(&spans, &gone).into_iter().map(removal).collect());
        }
        let mut edits = Vec::new();
        if all {
            let colon = self.colon(entry)?;
            let span = Span::new(self.file, colon, colon);
            edits.push(TextEdit { span, text: " []".to_owned() });
        }
        for index in gone {
            edits.push(removal(block_item(self.text, items.get(*index)?).ok()?));
        }
        Some(edits)
    }

    /// A whole manifest as text, on lines of its own.
    pub(super) fn manifest(self, tree: &Tree, samples: &Samples<'_>) -> String {
        if !self.layout.json {
            return self.layout.block(tree, samples).join("\n") + "\n";
        }
        let pretty = samples.0.first().and_then(|sample| {
            let mapping = sample.node.as_mapping()?;
            self.pretty_in(sample.node, mapping.entries.first()?.key_span, entry_spans(mapping))
        });
        self.layout.flow(tree, pretty.map(|pretty| Pretty { indent: 0, ..pretty })) + "\n"
    }

    /// Whether something stands where it is read, not where an anchor is.
    fn is_here(self, node: &Node) -> bool {
        !self.text[node.span.range()].starts_with(['*', '&', '!'])
    }

    fn colon(self, entry: &Entry) -> Option<usize> {
        let key_end = entry.key_span.end as usize;
        Some(key_end + self.text[key_end..].find(':')? + 1)
    }

    fn insert(self, at: usize, text: &str) -> TextEdit {
        TextEdit { span: Span::new(self.file, at, at), text: self.broken(text) }
    }

    /// A text with the line breaks that are used here.
    fn broken(self, text: &str) -> String {
        text.replace('\n', line_break(self.text))
    }

    /// Lines of their own behind the line of a byte.
    fn insert_lines(self, behind: usize, indent: usize, lines: &[String]) -> TextEdit {
        let at = next_line(self.text, behind);
        let is_ended = self.text[..at].ends_with('\n');
        let indent = " ".repeat(indent);
        let line = |line: &String| {
            if is_ended { format!("{indent}{line}\n") } else { format!("\n{indent}{line}") }
        };
        self.insert(at, &lines.iter().map(line).collect::<String>())
    }

    fn column(self, at: u32) -> usize {
        at as usize - line_start(self.text, at as usize)
    }

    fn end(self, span: Span) -> usize {
        content(self.text, span).end as usize
    }

    fn add_entry(
        self,
        node: &Node,
        mapping: &Mapping,
        key: &str,
        value: &Tree,
        samples: &Samples<'_>,
    ) -> Option<Vec<TextEdit>> {
        let open = node.span.start as usize + 1;
        let Some((first, last)) = mapping.entries.first().zip(mapping.entries.last()) else {
            return Some(vec![self.insert(open, &self.layout.pair(key, value, None))]);
        };
        if !mapping.entries.iter().all(|entry| is_written_in(node, entry)) {
            return None;
        }
        if is_flow(self.text, node) {
            let pretty = self.pretty_in(node, first.key_span, entry_spans(mapping));
            let separator = separator(self.text, open, first.key_span.start as usize);
            let text = format!("{separator}{}", self.layout.pair(key, value, pretty));
            return Some(vec![self.insert(self.end(last.span()), &text.replace('\r', ""))]);
        }
        let lines = self.layout.entry(key, value, samples);
        let indent = self.column(first.key_span.start);
        Some(vec![self.insert_lines(self.end(last.span()), indent, &lines)])
    }

    fn add_items(
        self,
        sequence: &Node,
        old: &[Node],
        new: &[Tree],
        samples: &Samples<'_>,
    ) -> Option<Vec<TextEdit>> {
        let (first, last) = (old.first()?, old.last()?);
        if !self.is_here(sequence) || !sequence.span.contains(first.span.start) {
            return None;
        }
        if is_flow(self.text, sequence) {
            let open = sequence.span.start as usize + 1;
            let separator = separator(self.text, open, first.span.start as usize);
            let pretty = self.pretty_in(sequence, first.span, old.iter().map(|item| item.span));
            let item =
                |item| format!("{separator}{}", self.layout.flow(item, pretty.map(Pretty::inner)));
            let text: String = new.iter().map(item).collect();
            return Some(vec![self.insert(self.end(last.span), &text.replace('\r', ""))]);
        }
        let before = self.text[..first.span.start as usize].trim_end();
        let dash = before.len().checked_sub(1).filter(|_| before.ends_with('-'))?;
        let start = line_start(self.text, dash);
        if !self.text[start..dash].trim().is_empty()
            || self.end(last.span) < last.span.start as usize
        {
            return None;
        }
        let lines = self.layout.items(new, samples);
        Some(vec![self.insert_lines(self.end(last.span), dash - start, &lines)])
    }

    /// Gives a value to an entry that has none, or an empty one.
    fn fill(
        self,
        node: &Node,
        mapping: &Mapping,
        entry: &Entry,
        value: &Tree,
        samples: &Samples<'_>,
    ) -> Option<Vec<TextEdit>> {
        if !self.is_here(&entry.value) {
            return None;
        }
        let colon = self.colon(entry)?;
        let old = content(self.text, entry.value.span);
        let written = old.start < old.end;
        if is_flow(self.text, node) {
            let pretty =
                self.pretty_in(node, mapping.entries.first()?.key_span, entry_spans(mapping));
            let text = self.layout.flow(value, pretty.map(Pretty::inner));
            let edit = if written {
                TextEdit { span: old, text: self.broken(&text) }
            } else {
                self.insert(colon, &format!(" {text}"))
            };
            return Some(vec![edit]);
        }
        let lines = self.layout.entry(&entry.key, value, samples);
        let (head, lines) = lines.split_first()?;
        let head = head.find(':').map(|at| &head[at + 1..]).unwrap_or_default();
        let span = Span::new(self.file, colon, if written { old.end as usize } else { colon });
        let is_line = !self.text[span.range()].contains(['\n', '#']);
        if !is_line {
            return None;
        }
        let mut edits = vec![TextEdit { span, text: head.to_owned() }];
        if !lines.is_empty() {
            let indent = self.column(entry.key_span.start);
            edits.push(self.insert_lines(span.end as usize, indent, lines));
        }
        Some(edits)
    }

    /// How brackets over several lines are written, if these are: `first` is the first of `parts`.
    fn pretty_in(
        self,
        brackets: &Node,
        first: Span,
        parts: impl Iterator<Item = Span>,
    ) -> Option<Pretty> {
        let open = brackets.span.start as usize;
        let before = self.text.get(open + 1..first.start as usize)?;
        let (_, inner) = before.rsplit_once('\n')?;
        let line = &self.text[line_start(self.text, open)..];
        let indent = line.len() - line.trim_start_matches(' ').len();
        let mut composite = parts
            .map(|span| &self.text[span.range()])
            .filter(|part| part.contains(['{', '[']))
            .peekable();
        let expanded = composite.peek().is_none() || composite.any(|part| part.contains('\n'));
        let step = inner.len().checked_sub(indent).filter(|step| *step > 0 && expanded)?;
        Some(Pretty { indent, step })
    }
}

fn entry_spans(mapping: &Mapping) -> impl Iterator<Item = Span> {
    mapping.entries.iter().map(|entry| entry.value.span)
}

/// A list under nested keys.
fn nest(path: &[&'static str], items: &[Tree]) -> Tree {
    let list = Tree::List(items.to_vec());
    path.iter().rev().fold(list, |inner, key| Tree::Map(vec![(key, inner)]))
}
