//! Writing into a manifest, in the style in which it is written.

use netpol_syntax::{Entry, FileId, Mapping, Node, Sources, Span, TextEdit, Value, parse};

use super::manifest::has_address_list;
use super::remove::from_flow;
use super::{Labels, unusual};
use crate::view::QueryError;

type Done = Result<(), QueryError>;

/// Collects the edits of one manifest.
pub(super) struct Writer<'a> {
    text: &'a str,
    file: FileId,
    /// Whether keys and texts are in double quotes, as in JSON.
    json: bool,
    edits: Vec<TextEdit>,
}

/// A text as a YAML scalar that kubectl reads as this text, in block and in flow style.
pub(crate) fn scalar(text: &str) -> String {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'/');
    let starts_plain = text.starts_with(|first: char| first.is_ascii_alphanumeric());
    let is_text = || match parse(FileId(0), text).documents.as_slice() {
        [document] => document.root.as_str() == Some(text),
        _ => false,
    };
    if starts_plain && text.bytes().all(is_plain) && is_text() {
        text.to_owned()
    } else {
        quoted(text)
    }
}

/// What a word of the `Settings` is: some options are yes or no.
pub(super) fn value(word: &str) -> Value {
    word.parse().map_or_else(|_| Value::String(word.to_owned()), Value::Bool)
}

/// A text in double quotes. Names, labels and addresses hold nothing that needs escaping.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

/// The line break that a text uses.
pub(crate) fn line_break(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// Where the line of a byte starts. The byte may be any of a character.
pub(crate) fn line_start(text: &str, at: usize) -> usize {
    let before = &text.as_bytes()[..at];
    before.iter().rposition(|byte| *byte == b'\n').map_or(0, |line_break| line_break + 1)
}

/// Where the line behind the one of a byte starts. The byte may be any of a character.
pub(crate) fn next_line(text: &str, at: usize) -> usize {
    let behind = &text.as_bytes()[at..];
    let line_break = behind.iter().position(|byte| *byte == b'\n');
    line_break.map_or(text.len(), |line_break| at + line_break + 1)
}

impl<'a> Writer<'a> {
    pub(super) fn new(sources: &'a Sources, manifest: &Node) -> Self {
        let text = sources.get(manifest.span.file).text();
        let inside = text[manifest.span.range()].strip_prefix('{').map(str::trim_start);
        let json = inside.is_some_and(|inside| inside.starts_with('"'));
        Self { text, file: manifest.span.file, json, edits: Vec::new() }
    }

    pub(super) fn into_edits(self) -> Vec<TextEdit> {
        self.edits
    }

    /// Gives the mapping at a path these entries and no others.
    pub(super) fn set_labels(&mut self, manifest: &Node, path: &[&str], labels: &Labels) -> Done {
        let mut node = manifest;
        for (depth, key) in path.iter().enumerate() {
            let below = &path[depth + 1..];
            let mapping = node.as_mapping().filter(|_| !self.is_alias(node)).ok_or_else(unusual)?;
            match mapping.entry(key).filter(|entry| is_written_in(node, entry)) {
                None if labels.is_empty() => return Ok(()),
                None => return self.insert(node, mapping, key, below, labels),
                Some(entry) if below.is_empty() => return self.set_entries(entry, labels),
                Some(entry) if entry.value.is_null() && !labels.is_empty() => {
                    let flow = self.flow(below, labels);
                    return self.replace_value(entry, &flow);
                }
                Some(entry) => node = &entry.value,
            }
        }
        Ok(())
    }

    /// Gives an `External` these addresses.
    pub(super) fn set_addresses(&mut self, external: &Node, addresses: &[String]) -> Done {
        let spec = external.get("spec").and_then(Node::as_mapping).ok_or_else(unusual)?;
        let is_list = has_address_list(external);
        let entry = spec.entry(if is_list { "ips" } else { "ip" }).ok_or_else(unusual)?;
        let value = match addresses {
            [one] if !is_list => self.scalar(one),
            _ => {
                let all: Vec<String> = addresses.iter().map(|one| self.scalar(one)).collect();
                format!("[{}]", all.join(", "))
            }
        };
        if !is_list && addresses.len() > 1 {
            let key = self.scalar("ips");
            self.replace(entry.key_span, key);
        }
        self.replace_value(entry, &value)
    }

    /// Gives a place in the `Settings` a value.
    pub(super) fn set_value(&mut self, manifest: &Node, path: &[&str], word: &str) -> Done {
        let Some((last, parents)) = path.split_last() else { return Err(unusual()) };
        let pair = match value(word) {
            Value::Bool(_) => format!("{}: {word}", self.scalar(last)),
            _ => self.pair(last, word),
        };
        let mut node = manifest;
        for (depth, key) in parents.iter().enumerate() {
            let mapping = node.as_mapping().filter(|_| !self.is_alias(node)).ok_or_else(unusual)?;
            let entry = mapping.entry(key).filter(|entry| is_written_in(node, entry));
            let missing = entry.is_none_or(|entry| entry.value.is_null());
            if missing {
                let below = &parents[depth + 1..];
                let nest = |inner, key: &&str| format!("{{{}: {inner}}}", self.scalar(key));
                let flow = below.iter().rev().fold(format!("{{{pair}}}"), nest);
                if let Some(entry) = entry {
                    return self.replace_value(entry, &flow);
                }
                return self.add(node, mapping, format!("{}: {flow}", self.scalar(key)));
            }
            node = &entry.ok_or_else(unusual)?.value;
        }
        let mapping = node.as_mapping().filter(|_| !self.is_alias(node)).ok_or_else(unusual)?;
        match mapping.entry(last).filter(|entry| is_written_in(node, entry)) {
            Some(entry) => {
                let (_, written) = pair.split_once(": ").ok_or_else(unusual)?;
                self.replace_value(entry, written)
            }
            None => self.add(node, mapping, pair),
        }
    }

    /// Adds a pair at the end of a mapping.
    fn add(&mut self, node: &Node, mapping: &Mapping, pair: String) -> Done {
        if self.is_flow(node) {
            self.insert_in_flow(node, mapping, &[pair]);
            Ok(())
        } else {
            self.insert_in_block(mapping, &[pair])
        }
    }

    fn is_alias(&self, node: &Node) -> bool {
        self.text[node.span.range()].starts_with('*')
    }

    fn is_flow(&self, node: &Node) -> bool {
        self.text[node.span.range()].starts_with('{')
    }

    fn scalar(&self, text: &str) -> String {
        if self.json { quoted(text) } else { scalar(text) }
    }

    fn pair(&self, key: &str, value: &str) -> String {
        format!("{}: {}", self.scalar(key), self.scalar(value))
    }

    /// Nested mappings in braces, the innermost with the labels.
    fn flow(&self, path: &[&str], labels: &Labels) -> String {
        let pairs: Vec<String> = labels.iter().map(|(key, value)| self.pair(key, value)).collect();
        let innermost = format!("{{{}}}", pairs.join(", "));
        path.iter().rev().fold(innermost, |inner, key| format!("{{{}: {inner}}}", self.scalar(key)))
    }

    /// Adds `key` with nested mappings to a mapping.
    fn insert(
        &mut self,
        node: &Node,
        mapping: &Mapping,
        key: &str,
        below: &[&str],
        labels: &Labels,
    ) -> Done {
        if self.is_flow(node) {
            let pair = format!("{}: {}", self.scalar(key), self.flow(below, labels));
            self.insert_in_flow(node, mapping, &[pair]);
            return Ok(());
        }
        let mut lines = Vec::new();
        for (depth, key) in std::iter::once(&key).chain(below).enumerate() {
            lines.push(format!("{}{key}:", "  ".repeat(depth)));
        }
        let depth = "  ".repeat(lines.len());
        lines.extend(labels.iter().map(|(key, value)| format!("{depth}{}", self.pair(key, value))));
        self.insert_in_block(mapping, &lines)
    }

    /// Makes the mapping of an entry hold just the labels, touching only what changes.
    fn set_entries(&mut self, entry: &Entry, labels: &Labels) -> Done {
        let node = &entry.value;
        let current =
            node.as_mapping().map(|mapping| mapping.entries.as_slice()).unwrap_or_default();
        let is_plain = current.iter().all(|entry| is_written_in(node, entry));
        let Some(mapping) = node.as_mapping().filter(|_| is_plain && !labels.is_empty()) else {
            if current.is_empty() && labels.is_empty() {
                return Ok(());
            }
            let flow = self.flow(&[], labels);
            return self.replace_value(entry, &flow);
        };
        for old in current {
            if let Some(value) = labels.get(&old.key).filter(|value| !reads_as(&old.value, value)) {
                let value = self.scalar(value);
                self.replace_value(old, &value)?;
            }
        }
        let gone: Vec<bool> = current.iter().map(|e| !labels.contains_key(&e.key)).collect();
        let mut new = labels.iter().filter(|(key, _)| mapping.get(key).is_none());
        // A new label takes the place of one that goes, so that its line changes and no other.
        let mut removed = Vec::new();
        for (old, gone) in current.iter().zip(gone) {
            let successor = gone.then(|| new.next()).flatten();
            if let Some((key, value)) = successor {
                let pair = self.pair(key, value);
                self.replace(old.span(), pair);
            }
            removed.push(gone && successor.is_none());
        }
        let added: Vec<String> = new.map(|(key, value)| self.pair(key, value)).collect();
        if self.is_flow(node) {
            let spans: Vec<Span> = current.iter().map(Entry::span).collect();
            self.edits.extend(from_flow(&spans, &removed).into_iter().map(removal));
            self.insert_in_flow(node, mapping, &added);
            Ok(())
        } else {
            let removed = current.iter().zip(removed).filter_map(|(e, gone)| gone.then_some(e));
            removed.into_iter().try_for_each(|entry| self.remove_lines(entry))?;
            self.insert_in_block(mapping, &added)
        }
    }

    /// Adds pairs behind the last entry of a mapping in braces, separated like the entries there.
    fn insert_in_flow(&mut self, node: &Node, mapping: &Mapping, pairs: &[String]) {
        if pairs.is_empty() {
            return;
        }
        let start = node.span.start as usize + 1;
        let (at, text) = match (mapping.entries.first(), mapping.entries.last()) {
            (Some(first), Some(last)) => {
                let separator = separator(self.text, start, first.key_span.start as usize);
                let text = pairs.iter().flat_map(|pair| [separator.as_str(), pair]).collect();
                (self.content(last.span()).end as usize, text)
            }
            _ => (start, pairs.join(", ")),
        };
        self.edits.push(TextEdit { span: Span::new(self.file, at, at), text });
    }

    /// Adds lines to a mapping without braces: behind its name and namespace if it has those,
    /// otherwise at its end.
    fn insert_in_block(&mut self, mapping: &Mapping, lines: &[String]) -> Done {
        if lines.is_empty() {
            return Ok(());
        }
        let named = ["namespace", "name"].iter().find_map(|key| mapping.entry(key));
        let is_metadata = lines.iter().any(|line| line == "labels:");
        let after = named.filter(|_| is_metadata).or(mapping.entries.last()).ok_or_else(unusual)?;
        let first = mapping.entries.first().ok_or_else(unusual)?;
        let key = first.key_span.start as usize;
        let indent = " ".repeat(key - line_start(self.text, key));
        let at = next_line(self.text, self.content(after.span()).end as usize);
        let line_break = line_break(self.text);
        let is_ended = self.text[..at].ends_with('\n');
        let line = |line: &String| {
            if is_ended {
                format!("{indent}{line}{line_break}")
            } else {
                format!("{line_break}{indent}{line}")
            }
        };
        let text = lines.iter().map(line).collect();
        self.edits.push(TextEdit { span: Span::new(self.file, at, at), text });
        Ok(())
    }

    /// Removes an entry with its lines.
    fn remove_lines(&mut self, entry: &Entry) -> Done {
        let span = self.content(entry.span());
        let start = line_start(self.text, span.start as usize);
        if !self.text[start..span.start as usize].trim().is_empty() {
            return Err(unusual());
        }
        let end = next_line(self.text, span.end as usize);
        self.edits.push(removal(Span::new(self.file, start, end)));
        Ok(())
    }

    /// Replaces the value of an entry by a text on one line.
    fn replace_value(&mut self, entry: &Entry, text: &str) -> Done {
        let value = self.content(entry.value.span);
        let between = &self.text[entry.key_span.end as usize..value.start as usize];
        let colon = between.find(':').ok_or_else(unusual)? + entry.key_span.end as usize + 1;
        if value.start == value.end {
            self.replace(Span::new(self.file, colon, colon), format!(" {text}"));
        } else if between.contains('\n') {
            // The value is on lines of its own; a comment behind the key stays.
            self.replace(Span::new(self.file, colon, colon), format!(" {text}"));
            let start = line_start(self.text, value.start as usize);
            let end = next_line(self.text, value.end as usize);
            self.edits.push(removal(Span::new(self.file, start, end)));
        } else {
            self.replace(value, text.to_owned());
        }
        Ok(())
    }

    fn replace(&mut self, span: Span, text: String) {
        let span = self.content(span);
        self.edits.push(TextEdit { span, text });
    }

    /// A span without the white space at its end.
    fn content(&self, span: Span) -> Span {
        content(self.text, span)
    }
}

/// A span without the white space at its end.
pub(crate) fn content(text: &str, span: Span) -> Span {
    let length = text[span.range()].trim_end().len() as u32;
    Span { end: span.start + length, ..span }
}

/// What parts the entries in brackets: the opening one ends at `open`, the first entry starts at
/// `first`.
pub(crate) fn separator(text: &str, open: usize, first: usize) -> String {
    let before = &text[open..first];
    let is_line = before.contains('\n') && before.trim().is_empty();
    format!(",{}", if is_line { before } else { " " })
}

/// Whether an entry stands in the mapping itself; it may also come through `<<` or an alias.
pub(crate) fn is_written_in(mapping: &Node, entry: &Entry) -> bool {
    mapping.span.contains(entry.key_span.start)
}

/// An edit that removes a span.
pub(crate) fn removal(span: Span) -> TextEdit {
    TextEdit { span, text: String::new() }
}

/// Whether a label's value reads so: one that is not written is empty.
fn reads_as(node: &Node, value: &str) -> bool {
    match &node.value {
        Value::String(text) => text == value,
        Value::Null => value.is_empty(),
        _ => false,
    }
}
