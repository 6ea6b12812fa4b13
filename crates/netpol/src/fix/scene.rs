//! What there is before an edit, with its text.

use netpol_eval::{PodId, PolicyId, World};
use netpol_model::Direction;
use netpol_syntax::{Entry, Node, Sources};

use super::insert::Pen;
use super::peer::Peers;
use super::tree::{Sample, Samples};
use crate::Analysis;
use crate::edit::manifest::Manifests;

/// At most so many policies show how things are written.
const SAMPLES: usize = 8;

/// What there is before an edit.
pub(super) struct Scene<'a> {
    pub(super) world: &'a World,
    pub(super) sources: &'a Sources,
    pub(super) manifests: &'a Manifests<'a>,
    pub(super) peers: Peers<'a>,
}

/// A policy as it is written.
#[derive(Clone, Debug)]
pub(super) struct Written<'a> {
    pub(super) node: &'a Node,
    pub(super) pen: Pen<'a>,
    /// It and others of its namespace.
    pub(super) samples: Samples<'a>,
}

impl<'a> Scene<'a> {
    pub(super) fn of(analysis: &'a Analysis, manifests: &'a Manifests<'a>) -> Self {
        let world = analysis.world();
        Self { world, sources: analysis.sources(), manifests, peers: Peers::of(world) }
    }

    /// The manifest of a policy.
    pub(super) fn node(&self, id: PolicyId) -> Option<&'a Node> {
        let index = self.manifests.index_of(self.world.policy(id).meta.span)?;
        Some(self.manifests.all[index].node)
    }

    /// A policy as it is written.
    pub(super) fn written(&self, id: PolicyId) -> Option<Written<'a>> {
        let node = self.node(id)?;
        let namespace = self.world.namespace_id(&self.world.policy(id).meta.namespace)?;
        let others = self.world.policies_of(namespace).iter().filter(|other| **other != id);
        let nodes = std::iter::once(node).chain(others.filter_map(|other| self.node(*other)));
        let sample = |node: &'a Node| Sample { text: self.text_of(node), node };
        let samples = Samples(nodes.take(SAMPLES).map(sample).collect());
        Some(Written { node, pen: Pen::new(self.sources, node), samples })
    }

    fn text_of(&self, node: &Node) -> &'a str {
        self.sources.get(node.span.file).text()
    }

    /// How many other pods and workloads than that of `pod` a policy selects.
    pub(super) fn breadth(&self, id: PolicyId, pod: PodId) -> usize {
        let policy = self.world.policy(id);
        let own = self.world.pod(pod);
        let others = self.world.groups_in(own.namespace).filter(|group| *group != own.group);
        let labels = others.map(|group| &self.world.group_template(group).labels);
        labels.filter(|labels| policy.pod_selector.matches(labels)).count()
    }
}

impl<'a> Written<'a> {
    /// The list of rules of a direction.
    pub(super) fn rules(&self, way: Direction) -> Option<&'a Entry> {
        self.node.get("spec")?.as_mapping()?.entry(rules_key(way))
    }

    /// One rule.
    pub(super) fn rule(&self, way: Direction, index: usize) -> Option<&'a Node> {
        self.rules(way)?.value.as_sequence()?.get(index)
    }

    /// Samples of rules, the one at hand first.
    pub(super) fn rule_samples(&self, way: Direction, rule: &'a Node) -> Samples<'a> {
        let mut samples = self.samples.child("spec").child(rules_key(way)).items();
        if let Some(first) = self.samples.0.first() {
            samples.0.insert(0, Sample { node: rule, ..*first });
        }
        samples
    }
}

/// The key of the rules of a direction.
pub(super) fn rules_key(way: Direction) -> &'static str {
    match way {
        Direction::Ingress => "ingress",
        Direction::Egress => "egress",
    }
}

/// What the other end of a side is.
pub(super) fn other_word(way: Direction) -> &'static str {
    match way {
        Direction::Ingress => "sender",
        Direction::Egress => "receiver",
    }
}

/// The key of the peers of a rule.
pub(super) fn peers_key(way: Direction) -> &'static str {
    match way {
        Direction::Ingress => "from",
        Direction::Egress => "to",
    }
}
