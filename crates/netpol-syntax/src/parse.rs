//! Text to documents.

use crate::{Document, FileId, Finding, Reader, Span, chunks};

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
    if let Some(finding) = too_large(file, text) {
        return Parsed { documents: Vec::new(), findings: vec![finding] };
    }
    let mut parsed = Parsed::default();
    let mut reader = Reader::new(file, text);
    for chunk in chunks(text) {
        let part = reader.chunk(chunk);
        parsed.documents.extend(part.documents);
        parsed.findings.extend(part.findings);
    }
    parsed
}

/// The finding about a text in which places cannot be counted.
pub fn too_large(file: FileId, text: &str) -> Option<Finding> {
    let start = Span::new(file, 0, 0);
    let is_large = u32::try_from(text.len()).is_err();
    is_large.then(|| {
        Finding::error("too-large", start, "the text is larger than 4 GiB")
            .with_help("split it into several files")
    })
}

#[cfg(test)]
mod tests;
