//! Changes of single policies, and the text edits that several of them make together.

use std::collections::{BTreeMap, BTreeSet};

use netpol_sort::Sort;
use netpol_syntax::{Entry, FileId, Sources, Span, TextEdit};

use super::diff;
use super::insert::Pen;
use crate::edit::create;
use crate::view::PolicyChange;

/// One change of one policy.
#[derive(Clone, Debug)]
pub(super) struct Change<'a> {
    /// Namespace and name.
    pub(super) policy: (String, String),
    /// What it does, for people.
    pub(super) summary: String,
    /// How many pods and workloads the policy also applies to.
    pub(super) others: usize,
    pub(super) deed: Deed<'a>,
}

#[derive(Clone, Debug)]
pub(super) enum Deed<'a> {
    /// These edits of the manifest.
    Edits(Vec<TextEdit>),
    /// Taking these items from a list.
    Remove { pen: Pen<'a>, list: &'a Entry, items: BTreeSet<usize> },
    /// A new manifest among the items of a list of manifests.
    NewItem(Vec<TextEdit>),
    /// A new manifest at the end of a text.
    NewDocument { file: FileId, text: String },
}

impl Deed<'_> {
    fn creates(&self) -> bool {
        matches!(self, Self::NewItem(_) | Self::NewDocument { .. })
    }
}

/// What several changes come to.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    /// All edits; they do not overlap.
    pub(super) edits: Vec<TextEdit>,
    /// Policy by policy.
    pub(super) policies: Vec<PolicyChange>,
    /// How many of them are new.
    pub(super) created: usize,
}

/// The edits of one policy.
struct Part<'c> {
    policy: &'c (String, String),
    created: bool,
    summaries: Vec<&'c str>,
    others: usize,
    edits: Vec<TextEdit>,
}

/// Brings changes together; `None` if they get into each other's way.
pub(super) fn together(sources: &Sources, changes: &[&Change<'_>]) -> Option<Outcome> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    let mut removals: BTreeMap<Span, (usize, Pen<'_>, &Entry, BTreeSet<usize>)> = BTreeMap::new();
    let mut documents: BTreeMap<FileId, Vec<String>> = BTreeMap::new();
    for change in changes {
        let index = part(&mut parts, change);
        let part = &mut parts[index];
        if !part.summaries.contains(&change.summary.as_str()) {
            part.summaries.push(&change.summary);
        }
        match &change.deed {
            Deed::Edits(edits) | Deed::NewItem(edits) => part.edits.extend(edits.iter().cloned()),
            Deed::Remove { pen, list, items } => {
                let known = removals.entry(list.value.span);
                known.or_insert_with(|| (index, *pen, list, BTreeSet::new())).3.extend(items);
            }
            Deed::NewDocument { file, text } => {
                documents.entry(*file).or_default().push(text.clone());
            }
        }
    }
    for (index, pen, list, items) in removals.into_values() {
        parts[index].edits.extend(pen.remove(list, &items)?);
    }
    let mut edits: Vec<TextEdit> = parts.iter().flat_map(|part| part.edits.clone()).collect();
    let append =
        |file: FileId, texts: &[String]| create::append(file, sources.get(file).text(), texts);
    edits.extend(documents.iter().map(|(file, texts)| append(*file, texts)));
    for change in changes {
        if let Deed::NewDocument { file, text } = &change.deed {
            let index = part(&mut parts, change);
            parts[index].edits.push(append(*file, std::slice::from_ref(text)));
        }
    }
    edits.arrange_by_key(|edit| (edit.span, edit.text.is_empty()));
    let created = parts.iter().filter(|part| part.created).count();
    let policies = parts.iter().filter_map(|part| part.view(sources)).collect();
    is_sound(&edits).then_some(Outcome { edits, policies, created })
}

/// The part of a change's policy.
fn part<'c>(parts: &mut Vec<Part<'c>>, change: &'c Change<'_>) -> usize {
    if let Some(known) = parts.iter().position(|part| *part.policy == change.policy) {
        return known;
    }
    parts.push(Part {
        policy: &change.policy,
        created: change.deed.creates(),
        summaries: Vec::new(),
        others: change.others,
        edits: Vec::new(),
    });
    parts.len() - 1
}

impl Part<'_> {
    fn view(&self, sources: &Sources) -> Option<PolicyChange> {
        let source = sources.get(self.edits.first()?.span.file);
        Some(PolicyChange {
            namespace: self.policy.0.clone(),
            name: self.policy.1.clone(),
            created: self.created,
            summary: self.summaries.join(", "),
            applies_to_others: self.others,
            file: source.name().to_owned(),
            diff: diff::lines(source.text(), &self.edits),
        })
    }
}

/// Whether sorted edits do not overlap.
fn is_sound(edits: &[TextEdit]) -> bool {
    !edits.is_empty()
        && edits.windows(2).all(|pair| {
            pair[0].span.file != pair[1].span.file || pair[0].span.end <= pair[1].span.start
        })
}
