//! Anchors, and copies of their nodes where an alias names them.

use std::collections::BTreeMap;

use crate::{Node, Value};

/// The anchored nodes of one document, by the parser's number for the anchor.
#[derive(Default)]
pub(crate) struct Anchors {
    nodes: BTreeMap<usize, Node>,
}

/// How large a tree is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Size {
    /// About how many bytes a copy takes.
    pub(crate) bytes: usize,
    /// How many collections are inside each other.
    pub(crate) depth: usize,
}

impl Anchors {
    /// Remembers a node, at the cost of a copy: by the time an alias comes, it is deep in the tree.
    pub(crate) fn define(
        &mut self,
        anchor: usize,
        node: &Node,
        copies_left: &mut usize,
    ) -> Option<()> {
        *copies_left = copies_left.checked_sub(size(node).bytes)?;
        self.nodes.insert(anchor, node.clone());
        Some(())
    }

    /// The node with that anchor, unless the anchor is still being read: then it contains itself.
    pub(crate) fn get(&self, anchor: usize) -> Option<&Node> {
        self.nodes.get(&anchor)
    }
}

/// The size of a tree, whose depth is bounded.
pub(crate) fn size(node: &Node) -> Size {
    let mut children = Size::default();
    let mut add = |child: &Node, key: usize| {
        let child = size(child);
        children.bytes += child.bytes + key;
        children.depth = children.depth.max(child.depth);
    };
    let own = match &node.value {
        Value::Sequence(items) => {
            items.iter().for_each(|item| add(item, 0));
            1
        }
        Value::Mapping(mapping) => {
            mapping.entries.iter().for_each(|entry| add(&entry.value, ENTRY + entry.key.len()));
            1
        }
        Value::String(text) => {
            children.bytes += text.len();
            0
        }
        _ => 0,
    };
    Size { bytes: children.bytes + size_of::<Node>(), depth: children.depth + own }
}

/// What an entry takes besides its value and the text of its key.
const ENTRY: usize = size_of::<crate::Entry>() - size_of::<Node>();
