//! The manifests of the documents, and the trees that they become.

use std::collections::BTreeMap;

use netpol_model::Objects;
use netpol_sort::Gather;
use netpol_syntax::{Document, Entry, Mapping, Node, Span, Value};

use super::Labels;

/// All manifests: documents, and the items of lists instead of the lists.
pub(crate) struct Manifests<'a> {
    pub(crate) documents: &'a [Document],
    /// In the order of the texts.
    pub(crate) all: Vec<Manifest<'a>>,
    by_span: BTreeMap<Span, usize>,
}

/// One manifest.
#[derive(Clone, Copy)]
pub(crate) struct Manifest<'a> {
    pub(crate) node: &'a Node,
}

impl<'a> Manifests<'a> {
    pub(crate) fn of(documents: &'a [Document]) -> Self {
        let mut all = Vec::new();
        for document in documents {
            flatten(&document.root, &mut all);
        }
        let by_span = all.iter().enumerate().map(|(index, m)| (m.node.span, index)).gather();
        Self { documents, all, by_span }
    }

    /// The manifest that stands there.
    pub(crate) fn index_of(&self, span: Span) -> Option<usize> {
        self.by_span.get(&span).copied()
    }

    /// All manifests of the object of that one.
    pub(super) fn of_same_object(&self, index: usize) -> impl Iterator<Item = usize> {
        let object = identity(self.all[index].node);
        let is_same = move |other: &usize| {
            *other == index || object.is_some() && identity(self.all[*other].node) == object
        };
        (0..self.all.len()).filter(is_same)
    }

    /// Where the objects of kinds that decide nothing stand that say to be in a namespace.
    pub(super) fn others_in(
        &self,
        objects: &Objects,
        namespace: &str,
    ) -> impl Iterator<Item = Span> {
        let is_there = move |span: &Span| {
            let node = self.index_of(*span).map(|index| self.all[index].node);
            let written = node.and_then(|node| text(node.get("metadata")?, "namespace"));
            written == Some(namespace)
        };
        objects.others.iter().map(|other| other.span).filter(is_there)
    }
}

fn text<'a>(node: &'a Node, key: &str) -> Option<&'a str> {
    node.get(key).and_then(Node::as_str)
}

/// Version, kind, namespace and name; nothing if the kind is left to a list.
fn identity(manifest: &Node) -> Option<[&str; 4]> {
    let metadata = manifest.get("metadata")?;
    let namespace = text(metadata, "namespace").unwrap_or("default");
    let [version, kind] = [text(manifest, "apiVersion")?, text(manifest, "kind")?];
    Some([version, kind, namespace, text(metadata, "name")?])
}

fn flatten<'a>(node: &'a Node, all: &mut Vec<Manifest<'a>>) {
    match items(node) {
        Some(items) => items.iter().for_each(|item| flatten(item, all)),
        None => all.push(Manifest { node }),
    }
}

/// The items of a list of manifests, such as `kind: List`.
pub(crate) fn items(node: &Node) -> Option<&[Node]> {
    let is_list = text(node, "kind").is_some_and(|kind| kind.ends_with("List"));
    node.get("items").and_then(Node::as_sequence).filter(|_| is_list)
}

/// What a manifest is after its labels at `path` were set.
pub(super) fn set_labels(node: &mut Node, path: &[&str], labels: &Labels) {
    let entries = labels.iter().map(|(key, value)| entry(key, Value::String(value.clone())));
    set(node, path, Value::Mapping(Mapping { entries: entries.collect() }));
}

/// What an `External` is after its addresses were set.
pub(super) fn set_addresses(node: &mut Node, addresses: &[String]) {
    let string = |address: &String| Value::String(address.clone());
    let value = match addresses {
        [one] if !has_address_list(node) => entry("ip", string(one)),
        _ => {
            let items = addresses.iter().map(|a| Node { span: Span::default(), value: string(a) });
            entry("ips", Value::Sequence(items.collect()))
        }
    };
    if let Some(Node { value: Value::Mapping(spec), .. }) = child(node, "spec") {
        spec.entries.retain(|entry| !["ip", "ips"].contains(&entry.key.as_str()));
        spec.entries.push(value);
    }
}

/// What a manifest is after an item was added to a list.
pub(super) fn push(node: &mut Node, path: &[&str], item: Node) {
    let list = path.iter().try_fold(node, |node, key| child(node, key));
    if let Some(Node { value: Value::Sequence(items), .. }) = list {
        items.push(item);
    }
}

/// What a manifest is after an item was taken out of a list.
pub(super) fn take(node: &mut Node, path: &[&str], place: usize) {
    let list = path.iter().try_fold(node, |node, key| child(node, key));
    if let Some(Node { value: Value::Sequence(items), .. }) = list
        && place < items.len()
    {
        items.remove(place);
    }
}

/// Whether an `External` has its addresses in `ips`.
pub(super) fn has_address_list(external: &Node) -> bool {
    external.get("spec").and_then(|spec| spec.get("ips")).is_some()
}

/// What a manifest is after a value at a path was set.
pub(super) fn set(node: &mut Node, path: &[&str], value: Value) {
    let [key, rest @ ..] = path else {
        node.value = value;
        return;
    };
    if !matches!(node.value, Value::Mapping(_)) {
        node.value = Value::Mapping(Mapping::default());
    }
    if child(node, key).is_none()
        && let Value::Mapping(mapping) = &mut node.value
    {
        mapping.entries.push(entry(key, Value::Null));
    }
    if let Some(child) = child(node, key) {
        set(child, rest, value);
    }
}

fn child<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    let Value::Mapping(mapping) = &mut node.value else { return None };
    mapping.entries.iter_mut().find(|entry| entry.key == key).map(|entry| &mut entry.value)
}

fn entry(key: &str, value: Value) -> Entry {
    let span = Span::default();
    Entry { key: key.to_owned(), key_span: span, value: Node { span, value } }
}

/// Whether two trees mean the same: wherever they stand, and in whatever order keys are.
pub(crate) fn same(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::Mapping(a), Value::Mapping(b)) => {
            a.entries.len() == b.entries.len()
                && a.entries.iter().all(|x| b.get(&x.key).is_some_and(|y| same(&x.value, y)))
        }
        (Value::Sequence(a), Value::Sequence(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(x, y)| same(x, y))
        }
        (a, b) => a == b,
    }
}
