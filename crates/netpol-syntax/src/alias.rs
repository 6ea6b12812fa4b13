//! Anchors, and copies of their nodes where an alias names them.

use std::collections::BTreeMap;

use crate::{Entry, Node, Value};

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
    let mut total = Size { bytes: size_of::<Node>(), depth: 0 };
    match &node.value {
        Value::String(text) => total.bytes += text.len(),
        Value::Sequence(items) => {
            total.depth = 1;
            for item in items {
                total.hold(size(item));
            }
        }
        Value::Mapping(mapping) => {
            total.depth = 1;
            for entry in &mapping.entries {
                total.hold(size(&entry.value));
                total.bytes += KEY + entry.key.len();
            }
        }
        _ => {}
    }
    total
}

impl Size {
    /// Adds what is in the collection of this size.
    fn hold(&mut self, child: Self) {
        self.bytes += child.bytes;
        self.depth = self.depth.max(child.depth + 1);
    }
}

/// What an entry takes besides its value and the text of its key.
const KEY: usize = size_of::<Entry>() - size_of::<Node>();
