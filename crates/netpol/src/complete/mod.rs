//! Help for who writes manifests: what may stand at the cursor, and what a field means.
//!
//! The text may be newer than the analysis, and broken: the place is read from the text alone, and
//! the names that exist come from the analysis.

mod cursor;
mod fields;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use netpol_model::{Outline, kinds};
use netpol_sort::{Gather, Sort};
use serde::{Deserialize, Serialize};

use crate::Analysis;
use crate::edit::write::scalar;
use crate::view::{Protocol, Topology, Verdict};

use cursor::{Cursor, Step};

/// What may stand at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completions {
    /// Where what is typed begins, in bytes.
    pub start: u32,
    /// What may stand there.
    pub items: Vec<Completion>,
}

/// Something that may stand at a place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Completion {
    /// What it is called in a list.
    pub label: String,
    /// What is written; line breaks are indented.
    pub insert: String,
    /// What it is, in a word or two.
    pub detail: String,
    /// What it means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meaning: Option<String>,
}

/// What a field is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldHelp {
    /// Where its name begins, in bytes.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// Its name.
    pub name: String,
    /// What it holds, in a word or two.
    pub detail: String,
    /// What it means.
    pub meaning: String,
}

/// What may stand at a byte of `text`, in which somebody is writing.
pub fn complete(analysis: &Analysis, text: &str, offset: u32) -> Completions {
    let cursor = Cursor::at(text, offset as usize);
    let start = cursor.start as u32;
    let outline = outline(&cursor);
    // A list of words is written item by item: what looks like a key there is a value.
    let is_value = cursor.is_value || outline.is_some_and(|it| !it.is_mapping() && !it.is_list());
    let items = if is_value {
        values(analysis, &cursor)
    } else if outline.is_some_and(Outline::is_map) {
        label_keys(analysis, &cursor)
    } else {
        keys(&cursor, outline)
    };
    Completions { start, items }
}

/// What the field at a byte of `text` is; `None` where there is none, or none that we know.
pub fn describe(text: &str, offset: u32) -> Option<FieldHelp> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let offset = text.floor_char_boundary((offset as usize).min(text.len()));
    let (before, after) = text.split_at(offset);
    let start = before.rfind(|c| !is_word(c)).map_or(0, |at| {
        at + before.get(at..).and_then(|it| it.chars().next()).map_or(1, char::len_utf8)
    });
    let end = offset + after.find(|c| !is_word(c)).unwrap_or(after.len());
    let name = text.get(start..end).filter(|name| !name.is_empty())?;
    if !text.get(end..)?.trim_start_matches('"').starts_with(':') {
        return None;
    }
    let cursor = Cursor::at(text, start);
    let outline = outline(&cursor).filter(|it| !it.is_map())?;
    let meaning = fields::meaning(outline.name()?, name)?.to_owned();
    let detail = outline.field(name)?.describe();
    Some(FieldHelp { start: start as u32, end: end as u32, name: name.to_owned(), detail, meaning })
}

/// What stands at the cursor's place by the schema.
fn outline(cursor: &Cursor) -> Option<Outline> {
    let object = Outline::of(cursor.kind.as_deref()?)?;
    cursor.path.iter().try_fold(object, |outline, step| match step {
        Step::Field(name) => outline.field(name),
        Step::Item => outline.item(),
    })
}

fn keys(cursor: &Cursor, outline: Option<Outline>) -> Vec<Completion> {
    let Some(outline) = outline.filter(|it| it.is_mapping()) else {
        return if cursor.path.is_empty() { first_keys(cursor) } else { Vec::new() };
    };
    let taken = |name: &str| cursor.siblings.iter().any(|(key, _)| key == name);
    let of = outline.name().unwrap_or_default();
    let mut items: Vec<Completion> = outline
        .fields()
        .filter(|(name, _)| !taken(name))
        .map(|(name, field)| Completion {
            label: name.to_owned(),
            insert: insertion(cursor, name, field),
            detail: field.describe(),
            meaning: fields::meaning(of, name).map(str::to_owned),
        })
        .collect();
    // What matters here first.
    items.arrange_by_key(|item| item.meaning.is_none());
    items
}

/// What every object has, before its kind is known.
fn first_keys(cursor: &Cursor) -> Vec<Completion> {
    let taken = |name: &str| cursor.siblings.iter().any(|(key, _)| key == name);
    let keys =
        [("apiVersion", "text", ": "), ("kind", "text", ": "), ("metadata", "ObjectMeta", ":\n  ")];
    let keys = keys.into_iter().filter(|(name, ..)| !taken(name));
    keys.map(|(name, detail, behind)| Completion {
        label: name.to_owned(),
        insert: format!("{name}{behind}"),
        detail: detail.to_owned(),
        meaning: fields::meaning("", name).map(str::to_owned),
    })
    .collect()
}

/// A key, and what its value begins with.
fn insertion(cursor: &Cursor, name: &str, field: Outline) -> String {
    let indent = " ".repeat(cursor.column);
    if cursor.in_flow || !(field.is_mapping() || field.is_list()) {
        format!("{name}: ")
    } else if field.is_list() {
        format!("{name}:\n{indent}- ")
    } else {
        format!("{name}:\n{indent}  ")
    }
}

fn label_keys(analysis: &Analysis, cursor: &Cursor) -> Vec<Completion> {
    let topology = analysis.topology();
    let keys: BTreeSet<&str> = labels(&topology, cursor)
        .map(|(key, _)| key)
        .filter(|key| cursor.siblings.iter().all(|(taken, _)| taken != key))
        .gather();
    keys.into_iter()
        .map(|key| Completion { insert: format!("{}: ", scalar(key)), ..plain(key, "label") })
        .collect()
}

/// The labels that a selector at the cursor looks at.
fn labels<'a>(topology: &'a Topology, cursor: &Cursor) -> impl Iterator<Item = (&'a str, &'a str)> {
    let of_namespaces = cursor.fields().contains(&"namespaceSelector")
        || cursor.kind.as_deref() == Some("Namespace");
    let namespaces = topology.namespaces.iter().map(|it| &it.labels).filter(move |_| of_namespaces);
    let pods = topology.nodes.iter().map(|it| &it.labels).filter(move |_| !of_namespaces);
    namespaces.chain(pods).flatten().map(|(key, value)| (key.as_str(), value.as_str()))
}

fn values(analysis: &Analysis, cursor: &Cursor) -> Vec<Completion> {
    let fields = cursor.fields();
    let field = fields.last().copied().unwrap_or_default();
    let parent = fields.iter().rev().nth(1).copied().unwrap_or_default();
    let topology = analysis.topology();
    let list = |words: &[&str], detail: &str| words.iter().map(|it| plain(it, detail)).collect();
    match (parent, field) {
        ("", "kind") => kinds().map(|(version, kind)| plain(kind, version)).collect(),
        ("", "apiVersion") => {
            let of = |kind: &str| cursor.kind.as_deref().is_none_or(|it| it == kind);
            let versions: BTreeSet<&str> =
                kinds().filter(|(_, kind)| of(kind)).map(|(version, _)| version).gather();
            versions.into_iter().map(|version| plain(version, "version")).collect()
        }
        ("metadata", "namespace") => {
            topology.namespaces.iter().map(|it| plain(&it.name, "namespace")).collect()
        }
        ("matchLabels" | "labels" | "selector", key) => label_values(&topology, cursor, key),
        ("matchExpressions", "key") => {
            let keys: BTreeSet<&str> = labels(&topology, cursor).map(|(key, _)| key).gather();
            keys.into_iter().map(|key| plain(key, "label")).collect()
        }
        ("matchExpressions", "operator") => {
            list(&["In", "NotIn", "Exists", "DoesNotExist"], "operator")
        }
        ("matchExpressions", "values") => {
            let key = cursor.siblings.iter().find(|(key, _)| key == "key");
            key.map(|(_, key)| label_values(&topology, cursor, key)).unwrap_or_default()
        }
        (_, "policyTypes") => list(&["Ingress", "Egress"], "direction"),
        (_, "protocol") => {
            Protocol::ALL.iter().map(|it| plain(&it.to_string(), "protocol")).collect()
        }
        ("connections", "from" | "to") => endpoints(&topology, field),
        ("connections", "verdict") => {
            let all = [Verdict::Allowed, Verdict::Denied, Verdict::ImplementationDefined];
            all.iter().map(|it| plain(it.as_str(), "verdict")).collect()
        }
        (_, "port" | "targetPort" | "endPort") => ports(&topology, field),
        ("ipBlock", "cidr" | "except") => addresses(&topology),
        _ => Vec::new(),
    }
}

fn label_values(topology: &Topology, cursor: &Cursor, key: &str) -> Vec<Completion> {
    let values: BTreeSet<&str> =
        labels(topology, cursor).filter(|(it, _)| *it == key).map(|(_, value)| value).gather();
    values.into_iter().map(|value| plain(value, key)).collect()
}

fn endpoints(topology: &Topology, field: &str) -> Vec<Completion> {
    let nodes = topology.nodes.iter().map(|it| plain(&it.id, &it.kind));
    let externals = topology.externals.iter().map(|it| plain(&it.id, "External"));
    let services = topology.services.iter().filter(|_| field == "to");
    let services = services.map(|it| plain(&it.id, "Service"));
    nodes.chain(externals).chain(services).collect()
}

fn ports(topology: &Topology, field: &str) -> Vec<Completion> {
    let declared = || topology.nodes.iter().flat_map(|node| &node.ports);
    let numbers: BTreeSet<(u16, String)> =
        declared().map(|port| (port.number, port.protocol.to_string())).gather();
    let names: BTreeSet<&str> =
        declared().filter(|_| field != "endPort").filter_map(|port| port.name.as_deref()).gather();
    let numbers = numbers.iter().map(|(number, protocol)| Completion {
        insert: number.to_string(),
        ..plain(&number.to_string(), protocol)
    });
    numbers.chain(names.into_iter().map(|name| plain(name, "port name"))).collect()
}

fn addresses(topology: &Topology) -> Vec<Completion> {
    let blocks = topology.externals.iter().flat_map(|external| {
        external.addresses.iter().map(|address| {
            let bits = if address.contains(':') { 128 } else { 32 };
            plain(&format!("{address}/{bits}"), &external.name)
        })
    });
    let all = [("0.0.0.0/0", "all IPv4"), ("::/0", "all IPv6")];
    blocks.chain(all.map(|(block, what)| plain(block, what))).collect()
}

/// A word, written so that YAML reads it as this text.
fn plain(word: &str, detail: &str) -> Completion {
    let insert = scalar(word);
    Completion { label: word.to_owned(), insert, detail: detail.to_owned(), meaning: None }
}
