//! The objects after an edit. Only the parts of the texts that changed are read again: a part
//! between two `---` says nothing about the others.

use std::collections::BTreeMap;
use std::ops::Range;

use netpol_model::{NetworkPolicy, Objects, decode};
use netpol_syntax::{Document, FileId, Span, TextEdit, apply, chunks, parse};

use super::change::Outcome;
use crate::Analysis;
use crate::edit::manifest::{Manifest, Manifests, same};
use crate::view::PolicyChange;

/// The objects after edits; `None` if they touch more than the policies that they are about, or if
/// the API server would refuse one of these.
pub(super) fn reread(analysis: &Analysis, outcome: &Outcome) -> Option<Objects> {
    let mut before = Vec::new();
    let mut after = Vec::new();
    for ((file, start, end), edits) in by_chunk(analysis, &outcome.edits)? {
        let text = analysis.sources().get(file).text();
        after.extend(parse(file, &apply(&text[start..end], &edits)).documents);
        before.extend(documents_in(analysis, file, start..end));
    }
    if !touches_only(&before, &after, outcome) {
        return None;
    }
    // The version of Kubernetes that the settings name decides about what is valid.
    let is_settings = |document: &&Document| {
        document.root.get("kind").is_some_and(|kind| kind.as_str() == Some("Settings"))
    };
    let mut documents: Vec<Document> =
        analysis.documents().iter().filter(is_settings).cloned().collect();
    documents.extend(after);
    let (read, _) = decode(&documents);
    let mut objects = analysis.objects().clone();
    for change in &outcome.policies {
        let mut policies = read.policies.iter();
        let policy = policies.rfind(|policy| is_meant(policy, change) && !policy.rejected)?.clone();
        if change.created {
            objects.policies.push(policy);
        } else {
            *objects.policies.iter_mut().find(|policy| is_meant(policy, change))? = policy;
        }
    }
    Some(objects)
}

fn is_meant(policy: &NetworkPolicy, change: &PolicyChange) -> bool {
    policy.meta.namespace == change.namespace && policy.meta.name == change.name
}

/// The edits of each part of a text that changes, as edits of the part.
fn by_chunk(
    analysis: &Analysis,
    edits: &[TextEdit],
) -> Option<BTreeMap<(FileId, usize, usize), Vec<TextEdit>>> {
    let mut parts: BTreeMap<(FileId, usize, usize), Vec<TextEdit>> = BTreeMap::new();
    for edit in edits {
        let (file, range) = (edit.span.file, edit.span.range());
        let mut chunks = chunks(analysis.sources().get(file).text());
        let chunk = chunks.find(|chunk| chunk.start <= range.start && range.end <= chunk.end)?;
        let span = Span::new(file, range.start - chunk.start, range.end - chunk.start);
        let part = parts.entry((file, chunk.start, chunk.end)).or_default();
        part.push(TextEdit { span, text: edit.text.clone() });
    }
    Some(parts)
}

fn documents_in(
    analysis: &Analysis,
    file: FileId,
    range: Range<usize>,
) -> impl Iterator<Item = Document> {
    let documents = analysis.documents().iter().filter(move |it| it.root.span.file == file);
    documents.filter(move |it| range.contains(&(it.root.span.start as usize))).cloned()
}

/// Whether all other manifests are as before: one that shares an anchor with another, say, cannot
/// be changed alone.
fn touches_only(before: &[Document], after: &[Document], outcome: &Outcome) -> bool {
    let (before, after) = (Manifests::of(before), Manifests::of(after));
    let is_changed = |manifest: &Manifest<'_>| {
        let text = |key| manifest.node.get("metadata")?.get(key)?.as_str();
        let namespace = text("namespace").unwrap_or("default");
        outcome.policies.iter().any(|change| {
            text("name") == Some(&change.name) && namespace == change.namespace && !change.created
        })
    };
    let mut created = outcome.created;
    let mut rest = before.all.iter().peekable();
    for manifest in &after.all {
        let is_next = |old: &&Manifest<'_>| same(old.node, manifest.node) || is_changed(old);
        if rest.next_if(is_next).is_none() {
            match created.checked_sub(1) {
                Some(left) => created = left,
                None => return false,
            }
        }
    }
    created == 0 && rest.next().is_none()
}
