//! What is to be placed: groups, their items, and who has flows to whom.

use std::collections::{BTreeMap, BTreeSet};

use netpol::view::{ExternalView, Flows, Isolation, NamespaceView, NodeView, Topology};

/// Everything that will be a card, by group, and the pairs that flows connect.
#[derive(Debug)]
pub(crate) struct Graph<'a> {
    pub(crate) groups: Vec<Group<'a>>,
    pub(crate) items: Vec<Item<'a>>,
    /// Pairs of different items, sender first, and how much they say about who comes first.
    pub(crate) pairs: BTreeMap<(usize, usize), usize>,
    indices: BTreeMap<&'a str, usize>,
}

/// What will be a frame.
#[derive(Debug)]
pub(crate) struct Group<'a> {
    /// The namespace's name; empty: outside the cluster.
    pub(crate) name: &'a str,
    pub(crate) namespace: Option<&'a NamespaceView>,
    /// Indices of its items, in the order of their names.
    pub(crate) items: Vec<usize>,
}

/// What will be a card.
#[derive(Debug)]
pub(crate) struct Item<'a> {
    pub(crate) id: &'a str,
    pub(crate) group: usize,
    pub(crate) end: End<'a>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum End<'a> {
    Node(&'a NodeView),
    External(&'a ExternalView),
    Address,
}

impl<'a> Item<'a> {
    pub(crate) fn ingress(&self) -> Option<&'a Isolation> {
        match self.end {
            End::Node(node) => Some(&node.ingress),
            End::External(_) | End::Address => None,
        }
    }

    pub(crate) fn egress(&self) -> Option<&'a Isolation> {
        match self.end {
            End::Node(node) => Some(&node.egress),
            End::External(_) | End::Address => None,
        }
    }
}

impl<'a> Graph<'a> {
    pub(crate) fn new(topology: &'a Topology, flows: &'a Flows) -> Self {
        let mut ends: BTreeMap<(&str, &str), End<'_>> = BTreeMap::new();
        for node in &topology.nodes {
            ends.entry((&node.namespace, &node.id)).or_insert(End::Node(node));
        }
        let outside = topology.externals.iter().map(|it| (it.id.as_str(), End::External(it)));
        let addresses = flows
            .flows
            .iter()
            .flat_map(|flow| &flow.edges)
            .flat_map(|edge| [edge.from.as_str(), edge.to.as_str()])
            // Nodes and named addresses have a namespace or a kind before their name.
            .filter(|id| !id.contains('/'))
            .map(|id| (id, End::Address));
        for (id, end) in outside.chain(addresses) {
            ends.entry(("", id)).or_insert(end);
        }

        let namespaces: BTreeMap<&str, &NamespaceView> =
            topology.namespaces.iter().map(|it| (it.name.as_str(), it)).collect();
        let names: BTreeSet<&str> =
            namespaces.keys().copied().chain(ends.keys().map(|(group, _)| *group)).collect();
        let mut graph = Self {
            groups: Vec::new(),
            items: Vec::new(),
            pairs: BTreeMap::new(),
            indices: BTreeMap::new(),
        };
        for name in names {
            let group = graph.groups.len();
            let namespace = namespaces.get(name).copied();
            graph.groups.push(Group { name, namespace, items: Vec::new() });
            for ((_, id), end) in ends.range((name, "")..).take_while(|((of, _), _)| *of == name) {
                graph.add(Item { id, group, end: *end });
            }
        }
        graph.connect(flows);
        graph
    }

    /// Where both directions are expected, the author wrote the natural one first; in a list that
    /// is only sorted, the order says nothing.
    fn connect(&mut self, flows: &Flows) {
        for edge in flows.flows.iter().flat_map(|flow| &flow.edges) {
            let ends = self.index(&edge.from).zip(self.index(&edge.to));
            let Some((from, to)) = ends.filter(|(from, to)| from != to) else { continue };
            let is_first = flows.from_expectations && !self.pairs.contains_key(&(to, from));
            self.pairs.entry((from, to)).or_insert(if is_first { 3 } else { 2 });
        }
    }

    /// The item with this id.
    pub(crate) fn index(&self, id: &str) -> Option<usize> {
        self.indices.get(id).copied()
    }

    fn add(&mut self, item: Item<'a>) {
        let index = self.items.len();
        if let std::collections::btree_map::Entry::Vacant(entry) = self.indices.entry(item.id) {
            entry.insert(index);
            self.groups[item.group].items.push(index);
            self.items.push(item);
        }
    }
}
