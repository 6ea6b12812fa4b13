//! What is to be placed: groups, their items, and who has flows to whom.

use std::collections::{BTreeMap, BTreeSet};

use netpol::view::{Direction, ExternalView, Flows, NamespaceView, NodeView, Topology};
use netpol_sort::Gather;

use crate::fold::{Fold, Shared};

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
    /// The namespace's name; empty: outside the cluster; [`FOLDED`].
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

#[derive(Clone, Debug)]
pub(crate) enum End<'a> {
    Node(&'a NodeView),
    External(&'a ExternalView),
    Address,
    /// Pods that nothing tells apart.
    Pods(Vec<&'a NodeView>),
    /// The nodes of a folded namespace, and the number of its policies.
    Namespace(Vec<&'a NodeView>, usize),
    /// Nodes for which there is no room.
    More(Vec<&'a NodeView>),
}

/// The group of all folded namespaces; no namespace has such a name.
pub(crate) const FOLDED: &str = "folded:";

impl Item<'_> {
    pub(crate) fn is_isolated(&self, direction: Direction) -> bool {
        let of = |node: &NodeView| match direction {
            Direction::Ingress => node.ingress.isolated,
            Direction::Egress => node.egress.isolated,
        };
        match &self.end {
            End::Node(node) => of(node),
            End::Pods(nodes) => nodes.iter().any(|node| of(node)),
            End::Namespace(nodes, _) => !nodes.is_empty() && nodes.iter().all(|node| of(node)),
            End::External(_) | End::Address | End::More(_) => false,
        }
    }

    /// Whether it stands for what could be cards of their own.
    pub(crate) fn is_folded(&self) -> bool {
        matches!(self.end, End::Pods(_) | End::Namespace(..) | End::More(_))
    }
}

impl<'a> Graph<'a> {
    pub(crate) fn new(topology: &'a Topology, fold: &'a Fold, flows: &'a Flows) -> Self {
        let views: BTreeMap<&str, &NamespaceView> =
            topology.namespaces.iter().map(|it| (it.name.as_str(), it)).gather();
        let ends = ends(topology, fold, flows);
        let folded: BTreeSet<&str> = fold
            .shared
            .values()
            .filter(|(_, shared)| matches!(shared, Shared::Namespace(_)))
            .map(|(namespace, _)| namespace.as_str())
            .gather();
        let names: BTreeSet<&str> = views
            .keys()
            .copied()
            .filter(|name| !folded.contains(name))
            .chain(ends.keys().map(|(group, _)| *group))
            .gather();
        let mut graph = Self {
            groups: Vec::new(),
            items: Vec::new(),
            pairs: BTreeMap::new(),
            indices: BTreeMap::new(),
        };
        for name in &names {
            let namespace = views.get(name).copied();
            graph.groups.push(Group { name, namespace, items: Vec::new() });
        }
        for ((name, id), end) in ends {
            if let Ok(group) = graph.groups.binary_search_by_key(&name, |group| group.name) {
                graph.add(Item { id, group, end });
            }
        }
        graph.connect(fold, flows);
        graph
    }

    /// Where both directions are expected, the author wrote the natural one first; in a list that
    /// is only sorted, the order says nothing.
    fn connect(&mut self, fold: &Fold, flows: &Flows) {
        let listed = flows.flows.iter().flat_map(|flow| &flow.edges);
        let listed = listed.map(|edge| [fold.card(&edge.from), fold.card(&edge.to)]);
        let bundled = flows.bundles.iter().map(|it| [it.from.as_str(), it.to.as_str()]);
        for [from, to] in listed.chain(bundled) {
            let ends = self.index(from).zip(self.index(to));
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

/// Everything that is a card, by group and id.
fn ends<'a>(
    topology: &'a Topology,
    fold: &'a Fold,
    flows: &'a Flows,
) -> BTreeMap<(&'a str, &'a str), End<'a>> {
    let mut ends: BTreeMap<(&str, &str), End<'_>> = BTreeMap::new();
    for node in topology.nodes.iter().filter(|node| !fold.cards().contains_key(&node.id)) {
        ends.entry((&node.namespace, &node.id)).or_insert(End::Node(node));
    }
    let mut policies: BTreeMap<&str, usize> = BTreeMap::new();
    for policy in &topology.policies {
        *policies.entry(&policy.namespace).or_default() += 1;
    }
    for (id, (namespace, shared)) in &fold.shared {
        let nodes = shared.nodes().iter().map(|index| &topology.nodes[*index]).collect();
        let (group, end) = match shared {
            Shared::Pods(_) => (namespace.as_str(), End::Pods(nodes)),
            Shared::More(_) => (namespace.as_str(), End::More(nodes)),
            Shared::Namespace(_) => {
                let count = policies.get(namespace.as_str()).copied().unwrap_or(0);
                (FOLDED, End::Namespace(nodes, count))
            }
        };
        ends.insert((group, id), end);
    }
    let outside = topology.externals.iter().map(|it| (it.id.as_str(), End::External(it)));
    let addresses = flows
        .bundles
        .iter()
        .flat_map(|bundle| [bundle.from.as_str(), bundle.to.as_str()])
        // Nodes, named addresses and folded cards have a namespace or a kind before their name.
        .filter(|id| !id.contains('/') && !fold.shared.contains_key(*id))
        .map(|id| (id, End::Address));
    for (id, end) in outside.chain(addresses) {
        ends.entry(("", id)).or_insert(end);
    }
    ends
}
