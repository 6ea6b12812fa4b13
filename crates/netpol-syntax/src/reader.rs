//! Reading a text part by part, so that the tree of one can be dropped before the next is made.

use std::ops::Range;

use netpol_sort::Sort;

use crate::chunk::false_separator;
use crate::context::Context;
use crate::{
    Document, FileId, Finding, List, Node, Parsed, Severity, Value, block, json, syntax_error, yaml,
};

/// What was read of a part of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The documents in it. Empty ones are not among them.
    pub documents: Vec<Document>,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
    /// Whether it would be read like this wherever it stood, places aside.
    pub is_alone: bool,
}

/// Reads parts of one text.
#[derive(Debug)]
pub struct Reader<'t> {
    context: Context<'t>,
}

impl<'t> Reader<'t> {
    /// A reader of a text, which must not be larger than 4 GiB.
    pub fn new(file: FileId, text: &'t str) -> Self {
        Self { context: Context::new(file, text) }
    }

    /// A reader of the same text that has read nothing.
    #[must_use]
    pub fn anew(&self) -> Self {
        Self { context: self.context.anew() }
    }

    /// How many bytes of tree aliases may still multiply into, in this text.
    pub fn allowance(&self) -> usize {
        self.context.copies_left
    }

    /// Sets the allowance back to what it was before parts were read that are read again.
    pub fn restore(&mut self, allowance: usize) {
        self.context.copies_left = allowance;
    }

    /// Reads what stands between two separators.
    pub fn chunk(&mut self, chunk: Range<usize>) -> Part {
        let copies_left = self.context.copies_left;
        let start = chunk.start + byte_order_mark(&self.context.text[chunk.clone()]);
        self.read(start, chunk.end);
        self.finish(copies_left)
    }

    /// Reads an item of a list, as a document. `None` if the list was not cut rightly there: then
    /// nothing that was read of the list is right.
    pub fn item(&mut self, list: &List, index: usize) -> Option<Part> {
        let item = list.items.get(index)?;
        let copies_left = self.context.copies_left;
        let root = self.item_root(list, item.clone());
        if root.is_none() {
            self.context.copies_left = copies_left;
        }
        let mut part = self.finish(copies_left);
        let root = root?;
        if !root.is_null() {
            part.documents = vec![Document { span: root.span, root }];
        }
        Some(part)
    }

    /// Reads a list without its items but those with these numbers; `None` if it was not cut rightly.
    pub fn frame(
        &mut self,
        list: &List,
        key: &str,
        items: impl IntoIterator<Item = usize>,
    ) -> Option<Document> {
        let text = list.frame(self.context.text);
        let mut frame = Reader::new(self.context.file, &text);
        let Part { mut documents, findings, .. } = frame.chunk(0..text.len());
        let document = documents.pop()?;
        if !documents.is_empty() || !findings.is_empty() {
            return None;
        }
        let mut roots = Vec::new();
        for item in items {
            roots
                .extend(self.item(list, item)?.documents.into_iter().map(|document| document.root));
        }
        self.context.parsed = Parsed::default();
        list.fill(document, key, roots)
    }

    fn read(&mut self, start: usize, end: usize) {
        let context = &mut self.context;
        let chunk = context.text[start..end].trim_start();
        if chunk.starts_with(['{', '['])
            && let Some(roots) = json::read(context, start, end, 0)
        {
            for root in roots {
                context.add_document(root);
            }
        } else if let Some(root) = block::read(context, start, end, 0) {
            context.add_document(root);
        } else if !chunk.is_empty() {
            self.yaml(start, end);
        }
    }

    /// Reads YAML, in which lines may stand that look like separators. What is behind one's `---` is
    /// read as a document, so that it is not hidden.
    fn yaml(&mut self, start: usize, end: usize) {
        let context = &mut self.context;
        let mut start = start;
        while let Some(line) = false_separator(&context.text[start..end]) {
            let (first, last) = (start + line.start, start + line.end);
            if !context.text[start..first].trim().is_empty() {
                yaml::read(context, start, first, 0);
            }
            let behind = first + "---".len();
            let finding = syntax_error::separator(context, behind, last);
            context.report(finding);
            let is_content = context.text[behind..end].starts_with([' ', '\t']);
            start = if is_content { behind } else { last };
        }
        if !context.text[start..end].trim().is_empty() {
            yaml::read(context, start, end, 0);
        }
    }

    fn item_root(&mut self, list: &List, item: Range<usize>) -> Option<Node> {
        /// What stands around the item, and what does so where it is read alone.
        const AROUND: usize = 2;
        let context = &mut self.context;
        if list.is_json {
            let mut roots = json::read(context, item.start, item.end, AROUND)?;
            return roots.pop().filter(|_| roots.is_empty());
        }
        let root = block::read(context, item.start, item.end, AROUND - 1).or_else(|| {
            yaml::read(context, item.start, item.end, AROUND - 1);
            let is_whole = context.parsed.findings.iter().all(|finding| {
                finding.severity != Severity::Error && finding.code != "ignored-content"
            });
            context.parsed.documents.pop().filter(|_| is_whole).map(|document| document.root)
        })?;
        match root.value {
            Value::Sequence(mut items) => items.pop().filter(|_| items.is_empty()),
            _ => None,
        }
    }

    fn finish(&mut self, copies_left: usize) -> Part {
        let Parsed { documents, mut findings } = std::mem::take(&mut self.context.parsed);
        findings.arrange_by_key(|finding| finding.span);
        // One names a line, the other depends on the aliases before.
        let looks_around = |code| matches!(code, "duplicate-key" | "alias-expansion");
        let is_alone = copies_left == self.context.copies_left
            && !findings.iter().any(|finding| looks_around(finding.code));
        Part { documents, findings, is_alone }
    }
}

/// The length of the byte order mark that a chunk may start with.
fn byte_order_mark(chunk: &str) -> usize {
    if chunk.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}
