//! What the readers of YAML and JSON share: the text, and what was found in it.

use std::sync::{Arc, OnceLock};

use crate::mapping::keep_last;
use crate::source::line_starts;
use crate::{Document, Entry, FileId, Finding, Mapping, Node, Parsed, Span, add_finding};

/// Collections nested deeper than this are refused: far more than any manifest has, and little
/// enough for recursive code on a small stack.
pub(crate) const MAX_DEPTH: usize = 128;

/// The text that is being read, and what was read so far.
#[derive(Debug)]
pub(crate) struct Context<'t> {
    pub(crate) text: &'t str,
    pub(crate) file: FileId,
    line_starts: Arc<OnceLock<Vec<u32>>>,
    pub(crate) parsed: Parsed,
    /// How many bytes of tree may still be copied for anchors and aliases.
    pub(crate) copies_left: usize,
}

/// Aliases in aliases grow without limit, so their copies are counted, for the text as a whole.
const COPY_LIMIT: usize = 32 << 20;

impl<'t> Context<'t> {
    pub(crate) fn new(file: FileId, text: &'t str) -> Self {
        Self::with(file, text, Arc::default())
    }

    fn with(file: FileId, text: &'t str, line_starts: Arc<OnceLock<Vec<u32>>>) -> Self {
        Self { text, file, line_starts, parsed: Parsed::default(), copies_left: COPY_LIMIT }
    }

    /// The text, of which nothing has been read.
    pub(crate) fn anew(&self) -> Self {
        Self::with(self.file, self.text, Arc::clone(&self.line_starts))
    }

    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }

    pub(crate) fn report(&mut self, finding: Finding) {
        add_finding(&mut self.parsed.findings, finding);
    }

    /// Adds a document, unless it holds nothing: kubectl skips those.
    pub(crate) fn add_document(&mut self, root: Node) {
        if !root.is_null() {
            let span = root.span;
            self.parsed.documents.push(Document { root, span });
        }
    }

    /// Entries to a mapping in which each key is there once. Warns of keys that are written twice;
    /// `merged` tells which entries came through `<<`, where overriding is the purpose.
    pub(crate) fn mapping(
        &mut self,
        mut entries: Vec<Entry>,
        merged: impl Fn(usize) -> bool,
    ) -> Mapping {
        for replaced in keep_last(&mut entries) {
            if !merged(replaced.index) && !merged(replaced.winner_index) {
                let line = self.line(replaced.winner);
                let message = format!(
                    "key `{}` is set again in line {line}, and the last one wins",
                    replaced.entry.key
                );
                let finding = Finding::warning("duplicate-key", replaced.entry.key_span, message)
                    .with_help("remove one of the two, or put both contents under one key");
                self.report(finding);
            }
        }
        // Most mappings of a manifest are small: the room to grow would be half of a large dump.
        entries.shrink_to_fit();
        Mapping { entries }
    }

    fn line(&self, span: Span) -> usize {
        let starts = self.line_starts.get_or_init(|| line_starts(self.text));
        starts.partition_point(|start| *start <= span.start)
    }
}
