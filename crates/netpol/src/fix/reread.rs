//! The objects after an edit. Only the parts of the texts that changed are read again: what
//! stands between two `---`, or an item of a list, says nothing about the others.

use std::collections::BTreeMap;

use netpol_model::{NetworkPolicy, Objects, PartForm, TextPart};
use netpol_syntax::{Document, FileId, Span, TextEdit, Value, apply, parse};

use super::change::Outcome;
use crate::Analysis;
use crate::edit::manifest::{Manifest, Manifests, same};
use crate::view::PolicyChange;

/// The objects after edits; `None` if they touch more than the policies that they are about, or if
/// the API server would refuse one of these.
pub(super) fn reread(analysis: &Analysis, outcome: &Outcome) -> Option<Objects> {
    let mut before = Vec::new();
    let mut after = Vec::new();
    for ((file, part), edits) in by_part(analysis, &outcome.edits)? {
        let text = &analysis.sources().get(file).text()[part.start..part.end];
        before.extend(documents(file, part.form, text));
        after.extend(documents(file, part.form, &apply(text, &edits)));
    }
    if !touches_only(&before, &after, outcome) {
        return None;
    }
    let read = analysis.reading().decode(&after);
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
fn by_part(
    analysis: &Analysis,
    edits: &[TextEdit],
) -> Option<BTreeMap<(FileId, TextPart), Vec<TextEdit>>> {
    let mut parts: BTreeMap<(FileId, TextPart), Vec<TextEdit>> = BTreeMap::new();
    for edit in edits {
        let (file, edited) = (edit.span.file, edit.span.range());
        let part = analysis.reading().part_around(file, &edited)?;
        let span = Span::new(file, edited.start - part.start, edited.end - part.start);
        let edits = parts.entry((file, part)).or_default();
        edits.push(TextEdit { span, text: edit.text.clone() });
    }
    Some(parts)
}

/// The documents in a part; of a list's item there may be several after an edit.
fn documents(file: FileId, form: PartForm, text: &str) -> Vec<Document> {
    let documents = match form {
        PartForm::Chunk => return parse(file, text).documents,
        PartForm::Item => parse(file, text).documents,
        PartForm::JsonItem => parse(file, &format!("[{text}]")).documents,
    };
    let items = documents.into_iter().flat_map(|document| match document.root.value {
        Value::Sequence(items) => items,
        _ => Vec::new(),
    });
    items.map(|root| Document { span: root.span, root }).collect()
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
