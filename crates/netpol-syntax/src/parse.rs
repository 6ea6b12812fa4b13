//! Text to documents.

use crate::chunk::chunks;
use crate::context::Context;
use crate::{Document, FileId, Finding, block, json, yaml};

/// What was read, and what could not be.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// The documents that could be read, in order. Empty documents are not among them.
    pub documents: Vec<Document>,
    /// What is wrong with the text, in its order.
    pub findings: Vec<Finding>,
}

/// Reads a text of any number of YAML or JSON documents. One that is broken does not hide the others.
pub fn parse(file: FileId, text: &str) -> Parsed {
    let mut context = Context::new(file, text);
    if u32::try_from(text.len()).is_err() {
        let finding =
            Finding::error("too-large", context.span(0, 0), "the text is larger than 4 GiB")
                .with_help("split it into several files");
        context.report(finding);
        return context.parsed;
    }
    for chunk in chunks(text) {
        let start = chunk.start + byte_order_mark(&text[chunk.clone()]);
        read_chunk(&mut context, start, chunk.end);
    }
    context.parsed.findings.sort_by_key(|finding| finding.span);
    context.parsed
}

/// The length of the byte order mark that a chunk may start with.
fn byte_order_mark(chunk: &str) -> usize {
    if chunk.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

fn read_chunk(context: &mut Context<'_>, start: usize, end: usize) {
    let chunk = context.text[start..end].trim_start();
    if chunk.starts_with(['{', '['])
        && let Some(roots) = json::read(context, start, end)
    {
        for root in roots {
            context.add_document(root);
        }
    } else if let Some(root) = block::read(context, start, end, 0) {
        context.add_document(root);
    } else if !chunk.is_empty() {
        yaml::read(context, start, end);
    }
}

#[cfg(test)]
mod tests;
