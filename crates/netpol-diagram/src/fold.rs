//! Who shares a card, so that a large cluster stays a picture.
//!
//! Pods that nothing tells apart share one from the start. A namespace becomes a single card when
//! there are too many others.

use std::collections::{BTreeMap, BTreeSet};

use netpol::view::{Isolation, NodeView, Origin, PortView, Topology};
use netpol_sort::{Gather, Sort};
use serde::{Deserialize, Serialize};

/// With more cards than this, namespaces fold by themselves.
const READABLE: usize = 40;
/// So many cards of one namespace are drawn, ...
const MOST_IN_NAMESPACE: usize = 150;
/// ... and so many of all that opens at once.
const MOST: usize = 400;

/// What namespaces do that nobody has opened or folded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FoldRule {
    /// They fold when there are many cards.
    #[default]
    Auto,
    /// They fold.
    Folded,
    /// They are open.
    Open,
}

/// What a person wants to see folded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Folding {
    /// For all other namespaces.
    pub rule: FoldRule,
    /// Namespaces, and ids of cards of identical pods, that are to be open.
    pub open: BTreeSet<String>,
    /// Namespaces that are to be folded.
    pub folded: BTreeSet<String>,
}

/// A card that several nodes share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shared {
    /// Pods that nothing tells apart, by their places in the topology.
    Pods(Vec<usize>),
    /// All nodes of a namespace.
    Namespace(Vec<usize>),
    /// The nodes of an open namespace for which there is no room.
    More(Vec<usize>),
}

impl Shared {
    /// The nodes' places in the topology.
    pub(crate) fn nodes(&self) -> &[usize] {
        match self {
            Self::Pods(nodes) | Self::Namespace(nodes) | Self::More(nodes) => nodes,
        }
    }
}

/// Who shares a card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fold {
    /// By the card's id, each with its namespace.
    pub(crate) shared: BTreeMap<String, (String, Shared)>,
    /// The card of each node that shares one.
    cards: BTreeMap<String, String>,
}

impl Fold {
    /// Folds a topology as somebody wants it.
    pub fn of(topology: &Topology, folding: &Folding) -> Self {
        let mut namespaces: BTreeMap<&str, Vec<Vec<usize>>> =
            topology.namespaces.iter().map(|it| (it.name.as_str(), Vec::new())).gather();
        let mut alike: BTreeMap<Alike<'_>, Vec<usize>> = BTreeMap::new();
        for (index, node) in topology.nodes.iter().enumerate() {
            // Pods without labels are seldom replicas of something.
            let is_bare = node.kind == "Pod" && node.origin != Origin::Implied;
            if is_bare && !node.labels.is_empty() {
                alike.entry(Alike::of(node)).or_default().push(index);
            } else {
                namespaces.entry(&node.namespace).or_default().push(vec![index]);
            }
        }
        for (key, nodes) in alike {
            let opened = folding.open.contains(&topology.nodes[nodes[0]].id);
            let cards = namespaces.entry(key.namespace).or_default();
            if opened {
                cards.extend(nodes.into_iter().map(|node| vec![node]));
            } else {
                cards.push(nodes);
            }
        }
        let mut fold = Self::default();
        let mut room = MOST;
        let many = namespaces.values().map(Vec::len).sum::<usize>() > READABLE
            && namespaces.values().filter(|cards| !cards.is_empty()).count() > 1;
        for (name, cards) in namespaces {
            let asked = folding.open.contains(name);
            let folds = !asked
                && (folding.folded.contains(name)
                    || match folding.rule {
                        FoldRule::Auto => many,
                        FoldRule::Folded => true,
                        FoldRule::Open => cards.len() > room,
                    });
            if folds {
                let mut nodes: Vec<usize> = cards.into_iter().flatten().collect();
                nodes.arrange();
                fold.share(topology, namespace_card(name), name, Shared::Namespace(nodes));
            } else {
                room = room.saturating_sub(cards.len());
                fold.open(topology, name, cards);
            }
        }
        fold
    }

    /// The cards of an open namespace.
    fn open(&mut self, topology: &Topology, namespace: &str, mut cards: Vec<Vec<usize>>) {
        cards.arrange();
        let more: Vec<usize> =
            cards.split_off(cards.len().min(MOST_IN_NAMESPACE)).into_iter().flatten().collect();
        for nodes in cards.into_iter().filter(|nodes| nodes.len() > 1) {
            let id = topology.nodes[nodes[0]].id.clone();
            self.share(topology, id, namespace, Shared::Pods(nodes));
        }
        if !more.is_empty() {
            self.share(topology, format!("more:{namespace}"), namespace, Shared::More(more));
        }
    }

    fn share(&mut self, topology: &Topology, card: String, namespace: &str, shared: Shared) {
        for node in shared.nodes() {
            self.cards.insert(topology.nodes[*node].id.clone(), card.clone());
        }
        self.shared.insert(card, (namespace.to_owned(), shared));
    }

    /// The card of each node that shares one, by their ids.
    pub fn cards(&self) -> &BTreeMap<String, String> {
        &self.cards
    }

    /// How many namespaces are folded.
    pub fn folded_namespaces(&self) -> usize {
        self.shared.values().filter(|(_, it)| matches!(it, Shared::Namespace(_))).count()
    }

    pub(crate) fn card<'a>(&'a self, id: &'a str) -> &'a str {
        self.cards.get(id).map_or(id, String::as_str)
    }
}

/// The id of the card that a folded namespace is. It cannot be that of anything else.
pub fn namespace_card(namespace: &str) -> String {
    format!("namespace:{namespace}")
}

/// Whether a card stands for what is folded or left out, so that no connection begins or ends there.
pub fn is_shared(card: &str) -> bool {
    card.starts_with("namespace:") || card.starts_with("more:")
}

/// What policies and people can tell about a pod, but for its name and address.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Alike<'a> {
    namespace: &'a str,
    labels: &'a BTreeMap<String, String>,
    ports: &'a [PortView],
    host_network: bool,
    silent: bool,
    isolated: [bool; 2],
}

impl<'a> Alike<'a> {
    fn of(node: &'a NodeView) -> Self {
        let is_isolated = |it: &Isolation| it.isolated;
        Self {
            namespace: &node.namespace,
            labels: &node.labels,
            ports: &node.ports,
            host_network: node.host_network,
            silent: node.silent.is_some(),
            isolated: [&node.ingress, &node.egress].map(is_isolated),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::read;

    fn cards(text: &str, folding: &Folding) -> Vec<(String, usize)> {
        let (topology, _) = read(text);
        let fold = Fold::of(&topology, folding);
        let shared = fold.shared.iter().map(|(id, (_, it))| (id.clone(), it.nodes().len()));
        shared.collect()
    }

    fn card(id: &str, nodes: usize) -> (String, usize) {
        (id.to_owned(), nodes)
    }

    #[test]
    fn pods_that_nothing_tells_apart_share_a_card() {
        let text = "
            pod shop/web-1 app=web
            pod shop/web-2 app=web
            pod shop/web-3 app=web tier=x
            pod shop/web-4 app=web hostNetwork
            pod other/web-5 app=web
            deployment shop/web-6 app=web
            pod shop/a
            pod shop/b
        ";
        assert_eq!(cards(text, &Folding::default()), [card("shop/web-1", 2)]);
        let open = ["shop/web-1".to_owned()].into();
        assert_eq!(cards(text, &Folding { open, ..Folding::default() }), []);
    }

    #[test]
    fn namespaces_fold_when_there_are_many_cards() {
        let pods = |namespaces: usize, pods: usize| -> String {
            let pod =
                |number: usize| format!("pod n{}/p{number} app={number}\n", number % namespaces);
            (0..pods).map(pod).collect()
        };
        let auto = Folding::default();
        assert_eq!(cards(&pods(2, READABLE), &auto), []);
        let both = [card("namespace:n0", 21), card("namespace:n1", 20)];
        assert_eq!(cards(&pods(2, READABLE + 1), &auto), both);
        // One card for everything would say nothing.
        assert_eq!(cards(&pods(1, READABLE + 1), &auto), []);
        assert_eq!(cards(&pods(1, MOST_IN_NAMESPACE + 5), &auto), [card("more:n0", 5)]);

        let folded = Folding { rule: FoldRule::Folded, ..Folding::default() };
        assert_eq!(cards(&pods(2, 2), &folded).len(), 2);
        let open = Folding { open: ["n1".to_owned()].into(), ..folded };
        assert_eq!(cards(&pods(2, 2), &open), [card("namespace:n0", 1)]);
        let all = Folding { rule: FoldRule::Open, ..Folding::default() };
        assert_eq!(cards(&pods(2, 100), &all), []);
        assert_eq!(cards(&pods(5, 5 * 100), &all), [card("namespace:n4", 100)]);
    }
}
