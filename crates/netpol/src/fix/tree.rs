//! Small trees of manifests to write, in the style of what stands around.

use netpol_syntax::{Entry, Node, Value};

use crate::edit::write::{line_start, quoted, scalar};

/// What is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Tree {
    Text(String),
    Number(u16),
    List(Vec<Tree>),
    Map(Vec<(&'static str, Tree)>),
    /// Labels, whose keys are not ours.
    Labels(Vec<(String, String)>),
}

impl Tree {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    fn is_scalar(&self) -> bool {
        matches!(self, Self::Text(_) | Self::Number(_))
    }

    /// Whether people write it on one line.
    fn is_flat(&self) -> bool {
        match self {
            Self::Text(_) | Self::Number(_) => true,
            Self::List(items) => items.iter().all(Self::is_scalar),
            Self::Map(entries) => entries.iter().all(|(_, value)| {
                value.is_scalar() || matches!(value, Self::List(_)) && value.is_flat()
            }),
            Self::Labels(_) => false,
        }
    }

    fn entries(&self) -> Vec<(&str, Tree)> {
        match self {
            Self::Map(entries) => {
                entries.iter().map(|(key, value)| (*key, value.clone())).collect()
            }
            Self::Labels(labels) => {
                labels.iter().map(|(k, v)| (k.as_str(), Self::text(v.as_str()))).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// Something that stands in a text and shows how things are written there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sample<'a> {
    pub(super) text: &'a str,
    pub(super) node: &'a Node,
}

/// Samples of one kind of thing, the nearest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Samples<'a>(pub(super) Vec<Sample<'a>>);

/// Rules of the two directions look alike.
const ALIKE: [(&str, &str); 4] =
    [("from", "to"), ("to", "from"), ("ingress", "egress"), ("egress", "ingress")];

impl<'a> Samples<'a> {
    /// Samples of what stands under a key.
    pub(super) fn child(&self, key: &str) -> Self {
        let of = |key: &str| -> Vec<Sample<'a>> {
            let child = |sample: &Sample<'a>| {
                let node = sample.node.get(key)?;
                // What comes through an alias stands somewhere else.
                sample.node.span.contains(node.span.start).then_some(Sample { node, ..*sample })
            };
            self.0.iter().filter_map(child).collect()
        };
        let alike = ALIKE.iter().find(|(one, _)| *one == key);
        let mut all = of(key);
        all.extend(alike.into_iter().flat_map(|(_, other)| of(other)));
        Self(all)
    }

    /// Samples of the items of lists.
    pub(super) fn items(&self) -> Self {
        let items = |sample: &Sample<'a>| {
            let items = sample.node.as_sequence().unwrap_or_default();
            items.iter().map(|node| Sample { node, ..*sample }).collect::<Vec<_>>()
        };
        Self(self.0.iter().flat_map(items).collect())
    }

    /// Whether such things are written in brackets; `None` if there is no sample.
    fn in_brackets(&self) -> Option<bool> {
        let holds = |sample: &&Sample<'_>| match &sample.node.value {
            Value::Sequence(items) => !items.is_empty(),
            Value::Mapping(mapping) => !mapping.entries.is_empty(),
            _ => false,
        };
        self.0.iter().find(holds).map(|sample| is_flow(sample.text, sample.node))
    }
}

/// Whether a list or mapping is in brackets.
pub(super) fn is_flow(text: &str, node: &Node) -> bool {
    text[node.span.range()].starts_with(['{', '['])
}

/// How a manifest is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    /// Whether keys and texts are in double quotes.
    pub(super) json: bool,
    /// How far a mapping is indented in a mapping.
    step: usize,
    /// How far a list is indented in a mapping.
    list_indent: usize,
}

/// Brackets over several lines.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pretty {
    /// How far the line with the closing bracket is indented.
    pub(super) indent: usize,
    /// How much further what is in the brackets is.
    pub(super) step: usize,
}

impl Pretty {
    pub(super) fn inner(self) -> Self {
        Self { indent: self.indent + self.step, ..self }
    }
}

impl Layout {
    /// The layout of a manifest.
    pub(super) fn of(text: &str, manifest: &Node) -> Self {
        let inside = text[manifest.span.range()].strip_prefix('{').map(str::trim_start);
        let json = inside.is_some_and(|inside| inside.starts_with('"'));
        Self {
            json,
            step: first_indent(text, manifest, false).unwrap_or(2).clamp(1, 8),
            list_indent: first_indent(text, manifest, true).unwrap_or(0).min(8),
        }
    }

    fn scalar(self, text: &str) -> String {
        if self.json { quoted(text) } else { scalar(text) }
    }

    /// In brackets, on one line or over several.
    pub(super) fn flow(self, tree: &Tree, pretty: Option<Pretty>) -> String {
        let (open, close, parts) = match tree {
            Tree::Text(text) => return self.scalar(text),
            Tree::Number(number) => return number.to_string(),
            Tree::List(items) => {
                let parts = items.iter().map(|item| self.flow(item, pretty.map(Pretty::inner)));
                ('[', ']', parts.collect::<Vec<_>>())
            }
            Tree::Map(_) | Tree::Labels(_) => {
                let part = |(key, value): (&str, Tree)| self.pair(key, &value, pretty);
                ('{', '}', tree.entries().into_iter().map(part).collect())
            }
        };
        match pretty {
            Some(pretty) if !parts.is_empty() => {
                let (outer, inner) =
                    (" ".repeat(pretty.indent), " ".repeat(pretty.indent + pretty.step));
                let parts = parts.join(&format!(",\n{inner}"));
                format!("{open}\n{inner}{parts}\n{outer}{close}")
            }
            _ => format!("{open}{}{close}", parts.join(", ")),
        }
    }

    /// A key and its value within brackets that are written so.
    pub(super) fn pair(self, key: &str, value: &Tree, pretty: Option<Pretty>) -> String {
        format!("{}: {}", self.scalar(key), self.flow(value, pretty.map(Pretty::inner)))
    }

    /// The lines of a mapping.
    pub(super) fn block(self, tree: &Tree, samples: &Samples<'_>) -> Vec<String> {
        let line = |(key, value): &(&str, Tree)| self.entry(key, value, &samples.child(key));
        tree.entries().iter().flat_map(line).collect()
    }

    /// The lines of a key with its value.
    pub(super) fn entry(self, key: &str, value: &Tree, samples: &Samples<'_>) -> Vec<String> {
        let is_list = matches!(value, Tree::List(_));
        let flat_list = is_list && value.is_flat();
        let in_brackets = self.json || samples.in_brackets().unwrap_or(flat_list);
        if value.is_scalar() || in_brackets {
            return vec![self.pair(key, value, None)];
        }
        let (indent, lines) = match value {
            Tree::List(items) => (self.list_indent, self.items(items, &samples.items())),
            _ => (self.step, self.block(value, samples)),
        };
        if lines.is_empty() {
            let empty = if is_list { "[]" } else { "{}" };
            return vec![format!("{}: {empty}", self.scalar(key))];
        }
        let indent = " ".repeat(indent);
        let head = std::iter::once(format!("{}:", self.scalar(key)));
        head.chain(lines.iter().map(|line| format!("{indent}{line}"))).collect()
    }

    /// The lines of the items of a list.
    pub(super) fn items(self, items: &[Tree], samples: &Samples<'_>) -> Vec<String> {
        items.iter().flat_map(|item| self.item(item, samples)).collect()
    }

    fn item(self, item: &Tree, samples: &Samples<'_>) -> Vec<String> {
        let in_brackets = self.json || samples.in_brackets().unwrap_or(item.is_flat());
        if item.is_scalar() || in_brackets {
            return vec![format!("- {}", self.flow(item, None))];
        }
        let lines = self.block(item, samples).into_iter().enumerate();
        lines.map(|(n, line)| format!("{}{line}", if n == 0 { "- " } else { "  " })).collect()
    }
}

/// How far the first list, or mapping, of a manifest is indented in its mapping.
fn first_indent(text: &str, node: &Node, lists: bool) -> Option<usize> {
    let column = |at: u32| at as usize - line_start(text, at as usize);
    let of_entry = |entry: &Entry| {
        let value = &entry.value;
        let own = match &value.value {
            _ if !node.span.contains(value.span.start) || is_flow(text, value) => return None,
            Value::Sequence(items) if lists => {
                let before = text[..items.first()?.span.start as usize].trim_end();
                before.ends_with('-').then(|| column(before.len() as u32 - 1))
            }
            Value::Mapping(mapping) if !lists => {
                mapping.entries.first().map(|e| column(e.key_span.start))
            }
            _ => None,
        };
        own.and_then(|own| own.checked_sub(column(entry.key_span.start)))
            .or_else(|| first_indent(text, value, lists))
    };
    match &node.value {
        Value::Mapping(mapping) => mapping.entries.iter().find_map(of_entry),
        Value::Sequence(items) => items.iter().find_map(|item| first_indent(text, item, lists)),
        _ => None,
    }
}
