//! That edits do what they should and nothing else.

use std::collections::BTreeMap;

use netpol_syntax::{FileId, Node, Sources, TextEdit, apply, parse};

use super::manifest::{Manifests, same};
use super::unusual;
use crate::view::QueryError;

/// What edits should do.
#[derive(Default)]
pub(super) struct Changes {
    /// Manifests by their number, and what they should be afterwards; `None`: gone.
    pub(super) changed: BTreeMap<usize, Option<Node>>,
    /// How many manifests should be new at the end of the first text.
    pub(super) added: usize,
}

/// Reads the changed texts again. A manifest that shares an anchor with another one, say, cannot
/// be changed alone: such edits are refused.
pub(super) fn check(
    sources: &Sources,
    manifests: &Manifests<'_>,
    edits: &[TextEdit],
    changes: &Changes,
) -> Result<(), QueryError> {
    for (file, source) in sources.iter() {
        let edits: Vec<TextEdit> = edits.iter().filter(|e| e.span.file == file).cloned().collect();
        if edits.is_empty() {
            continue;
        }
        let documents = parse(file, &apply(source.text(), &edits)).documents;
        let after = Manifests::of(&documents);
        let expected = expected(manifests, changes, file);
        let added = if file == FileId(0) { changes.added } else { 0 };
        let as_expected = after.all.len() == expected.len() + added
            && expected.iter().zip(&after.all).all(|(node, after)| same(node, after.node));
        if !as_expected {
            return Err(unusual());
        }
    }
    Ok(())
}

/// The manifests that a text had and should still have.
fn expected<'a>(manifests: &Manifests<'a>, changes: &'a Changes, file: FileId) -> Vec<&'a Node> {
    let all = manifests.all.iter().enumerate().filter(|(_, m)| m.node.span.file == file);
    all.filter_map(|(index, manifest)| match changes.changed.get(&index) {
        Some(after) => after.as_ref(),
        None => Some(manifest.node),
    })
    .collect()
}
