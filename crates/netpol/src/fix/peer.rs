//! Whom a peer means, written with the labels that tell a pod from others.

use std::collections::BTreeMap;
use std::net::IpAddr;

use netpol_eval::{GroupId, NamespaceId, PodId, World};
use netpol_model::{LabelSelector, Labels, NetworkPolicy, PeerSelector};
use netpol_sort::Sort;

use super::tree::Tree;
use crate::endpoint::EndRef;

/// The label that every namespace has.
/// Source: <https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-metadata-name>
const NAMESPACE_NAME: &str = "kubernetes.io/metadata.name";

/// Labels that controllers set and that change with every rollout or differ from pod to pod.
/// Source: <https://kubernetes.io/docs/reference/labels-annotations-taints/>
const VOLATILE: [&str; 10] = [
    "apps.kubernetes.io/pod-index",
    "batch.kubernetes.io/controller-uid",
    "batch.kubernetes.io/job-completion-index",
    "batch.kubernetes.io/job-name",
    "controller-revision-hash",
    "controller-uid",
    "job-name",
    "pod-template-generation",
    "pod-template-hash",
    "statefulset.kubernetes.io/pod-name",
];

/// Keys by which people usually choose pods, the best first.
const USUAL: [&str; 5] = ["app", "app.kubernetes.io/name", "k8s-app", "name", "role"];

/// At most so many named addresses are written into one rule.
const MAX_ADDRESSES: usize = 16;

/// Finds the words for peers.
pub(super) struct Peers<'a> {
    world: &'a World,
    /// How many selectors ask for a label key.
    uses: BTreeMap<&'a str, usize>,
}

/// Everyone but one end.
pub(super) struct EveryoneBut {
    pub(super) peers: Vec<Tree>,
    /// Whether addresses outside the cluster that nobody named are missing.
    pub(super) without_unnamed: bool,
}

impl<'a> Peers<'a> {
    pub(super) fn of(world: &'a World) -> Self {
        let mut uses = BTreeMap::new();
        for policy in &world.objects().policies {
            for requirement in selectors(policy).flat_map(|selector| &selector.requirements) {
                *uses.entry(requirement.key.as_str()).or_default() += 1;
            }
        }
        Self { world, uses }
    }

    /// The peers that mean an end, for a policy in a namespace.
    pub(super) fn meaning(&self, end: EndRef, namespace: NamespaceId) -> Vec<Tree> {
        let world = self.world;
        let EndRef::Pod(pod) = end else { return blocks(&end.addresses(world)) };
        let template = world.template(world.pod(pod));
        if template.host_network && world.options().host_network_pods_as_pods != Some(true) {
            return blocks(&end.addresses(world));
        }
        let labels = self.telling_labels(pod);
        let of = world.pod(pod).namespace;
        let pods = ("podSelector", selector(labels.clone()));
        let mut entries = Vec::new();
        if of != namespace {
            entries.push(("namespaceSelector", self.namespace_selector(of)));
        }
        if of == namespace || !labels.is_empty() {
            entries.push(pods);
        }
        vec![Tree::Map(entries)]
    }

    /// The labels by which a policy chooses a pod.
    pub(super) fn selecting(&self, pod: PodId) -> Tree {
        selector(self.telling_labels(pod))
    }

    /// How many other pods and workloads of its namespace have the labels that tell a pod.
    pub(super) fn namesakes(&self, pod: PodId) -> usize {
        let labels = self.telling_labels(pod);
        self.others(pod).filter(|other| has_all(self.labels_of(*other), &labels)).count()
    }

    /// Peers that mean everyone but an end; `None` if labels cannot say that.
    pub(super) fn everyone_but(&self, end: EndRef, namespace: NamespaceId) -> Option<EveryoneBut> {
        let EndRef::Pod(pod) = end else {
            let mut peers = vec![Tree::Map(vec![("namespaceSelector", selector(Labels::new()))])];
            peers.extend(all_blocks_but(&end.addresses(self.world)));
            return Some(EveryoneBut { peers, without_unnamed: false });
        };
        let of = self.world.pod(pod).namespace;
        let name = self.world.namespace(of).name.clone();
        let (key, value) = self.telling_label(pod)?;
        let other_pods = ("podSelector", expressions(vec![not_in(&key, &value)]));
        let here = if of == namespace {
            vec![other_pods]
        } else {
            vec![("namespaceSelector", self.namespace_selector(of)), other_pods]
        };
        let elsewhere =
            vec![("namespaceSelector", expressions(vec![not_in(NAMESPACE_NAME, &name)]))];
        let mut peers = vec![Tree::Map(here), Tree::Map(elsewhere)];
        // Where blocks are compared with pods' addresses, one for all addresses would admit the pod.
        let open = self.world.options().ip_block_matches_pods == Some(false);
        if open {
            peers.extend(all_blocks_but(&[]));
        } else {
            peers.extend(blocks(&self.named_addresses()?));
        }
        Some(EveryoneBut { peers, without_unnamed: !open })
    }

    /// The one label that tells a pod best from the others of its namespace.
    pub(super) fn telling_label(&self, pod: PodId) -> Option<(String, String)> {
        self.best_label(pod, &Labels::new())
    }

    /// The addresses of all named addresses, if they are few.
    fn named_addresses(&self) -> Option<Vec<IpAddr>> {
        let externals = &self.world.objects().externals;
        let mut all: Vec<IpAddr> =
            externals.iter().flat_map(|external| external.addresses.clone()).collect();
        all.arrange();
        all.dedup();
        (all.len() <= MAX_ADDRESSES).then_some(all)
    }

    fn namespace_selector(&self, namespace: NamespaceId) -> Tree {
        let name = self.world.namespace(namespace).name.clone();
        selector(Labels::from([(NAMESPACE_NAME.to_owned(), name)]))
    }

    /// The fewest labels that tell a pod from the others of its namespace as well as all do.
    fn telling_labels(&self, pod: PodId) -> Labels {
        let mut chosen = Labels::new();
        let mut left = usize::MAX;
        while let Some((key, value)) = self.best_label(pod, &chosen) {
            let mut more = chosen.clone();
            more.insert(key, value);
            let matched = self.matched(pod, &more);
            if matched >= left {
                break;
            }
            (chosen, left) = (more, matched);
        }
        chosen
    }

    /// The label that leaves the fewest others, together with some.
    fn best_label(&self, pod: PodId, chosen: &Labels) -> Option<(String, String)> {
        let labels = &self.world.template(self.world.pod(pod)).labels;
        let steady = labels.iter().filter(|(key, _)| !VOLATILE.contains(&key.as_str()));
        let fresh = steady.filter(|(key, _)| !chosen.contains_key(*key));
        let ranked = fresh.min_by_key(|(key, value)| {
            let mut more = chosen.clone();
            more.insert((*key).clone(), (*value).clone());
            let unused = !self.uses.contains_key(key.as_str());
            let usual = USUAL.iter().position(|usual| usual == key).unwrap_or(USUAL.len());
            (self.matched(pod, &more), unused, usual, (*key).clone())
        });
        ranked.map(|(key, value)| (key.clone(), value.clone()))
    }

    fn matched(&self, pod: PodId, labels: &Labels) -> usize {
        self.others(pod).filter(|other| has_all(self.labels_of(*other), labels)).count()
    }

    /// The other pods and workloads of a pod's namespace.
    fn others(&self, pod: PodId) -> impl Iterator<Item = GroupId> + use<> {
        let own = self.world.pod(pod).group;
        self.world.groups_in(self.world.pod(pod).namespace).filter(move |group| *group != own)
    }

    fn labels_of(&self, group: GroupId) -> &'a Labels {
        &self.world.group_template(group).labels
    }
}

fn selectors(policy: &NetworkPolicy) -> impl Iterator<Item = &LabelSelector> {
    let rules = policy.ingress.iter().chain(&policy.egress);
    let pods = rules.flat_map(|rule| &rule.peers).filter_map(|peer| match &peer.selector {
        PeerSelector::Pods { pods, .. } => pods.as_ref(),
        PeerSelector::Block(_) => None,
    });
    std::iter::once(&policy.pod_selector).chain(pods)
}

fn has_all(labels: &Labels, wanted: &Labels) -> bool {
    wanted.iter().all(|(key, value)| labels.get(key) == Some(value))
}

fn selector(labels: Labels) -> Tree {
    if labels.is_empty() {
        return Tree::Map(Vec::new());
    }
    Tree::Map(vec![("matchLabels", Tree::Labels(labels.into_iter().collect()))])
}

fn expressions(all: Vec<Tree>) -> Tree {
    Tree::Map(vec![("matchExpressions", Tree::List(all))])
}

/// The condition that a label is missing or has another value.
pub(super) fn not_in(key: &str, value: &str) -> Tree {
    Tree::Map(vec![
        ("key", Tree::text(key)),
        ("operator", Tree::text("NotIn")),
        ("values", Tree::List(vec![Tree::text(value)])),
    ])
}

/// A block of a single address.
pub(super) fn single(address: IpAddr) -> Tree {
    Tree::Text(format!("{address}/{}", if address.is_ipv4() { 32 } else { 128 }))
}

fn blocks(addresses: &[IpAddr]) -> Vec<Tree> {
    let block = |address: &IpAddr| {
        Tree::Map(vec![("ipBlock", Tree::Map(vec![("cidr", single(*address))]))])
    };
    addresses.iter().map(block).collect()
}

/// Every address of both families but some.
fn all_blocks_but(addresses: &[IpAddr]) -> Vec<Tree> {
    let block = |(cidr, v4): (&str, bool)| {
        let except: Vec<Tree> =
            addresses.iter().filter(|a| a.is_ipv4() == v4).map(|a| single(*a)).collect();
        let mut entries = vec![("cidr", Tree::text(cidr))];
        if !except.is_empty() {
            entries.push(("except", Tree::List(except)));
        }
        Tree::Map(vec![("ipBlock", Tree::Map(entries))])
    };
    [("0.0.0.0/0", true), ("::/0", false)].map(block).into()
}
