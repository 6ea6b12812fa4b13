//! Judges all policies for all pairs.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::ops::Range;
use std::rc::Rc;

use fixedbitset::FixedBitSet;
use ipnet::IpNet;
use netpol_model::{
    Direction, IpBlock, LabelSelector, PeerSelector, PodTemplate, PolicyPeer, PolicyPort,
    PolicyRule, PortRef,
};

use super::Stance;
use super::blocks::within;
use super::identity::{Family, Identities, IdentityId, label_keys};
use super::intervals::Intervals;
use super::labels::LabelIndex;
use super::relation::Relations;
use super::unions::Unions;
use crate::port::Receiver;
use crate::reading::Reading;
use crate::trace::{is_own_node, leaves_for_own_node};
use crate::{Answer, End, NamespaceId, peer, port};

/// Judges all policies. Also tells whether a question was open, so that the other stance may
/// give something else. Whether pods in their node's network are selected must not be open.
pub(super) fn relate(
    reading: Reading<'_>,
    identities: &Identities,
    intervals: &Intervals,
    family: Family,
    stance: Stance,
) -> (Relations, bool) {
    let world = reading.world;
    let ends: Vec<Option<End>> = identities.ids().map(|id| identities.end(id, family)).collect();
    let with_id = |(id, end): (IdentityId, &Option<End>)| Some(((*end)?.address()?, id));
    let mut by_address: Vec<(IpAddr, IdentityId)> =
        identities.ids().zip(&ends).filter_map(with_id).collect();
    by_address.sort_unstable();
    let selectable = |(id, end): (IdentityId, &Option<End>)| {
        let template = world.template(world.pod((*end)?.pod()?));
        reading.is_selectable(template).then_some((id, &template.labels))
    };
    let keys = label_keys(world);
    let pods = identities.ids().zip(&ends).filter_map(selectable);
    let namespaces = world.namespaces().iter().map(|namespace| &namespace.labels);
    let mut relating = Relating {
        reading,
        identities,
        intervals,
        stance,
        pods: &LabelIndex::of(pods, |key| keys.contains(key)),
        namespaces: &LabelIndex::of((0..).map(NamespaceId).zip(namespaces), |_| true),
        ends: &ends,
        by_address,
        relations: Relations::new(identities.len(), intervals.len()),
        unions: Unions::default(),
        open_question: false,
        blocks: BTreeMap::new(),
    };
    for direction in [Direction::Egress, Direction::Ingress] {
        relating.relate_policies(direction);
    }
    relating.relate_own_nodes();
    (relating.relations, relating.open_question)
}

/// The state of [`relate`].
struct Relating<'a> {
    reading: Reading<'a>,
    identities: &'a Identities,
    intervals: &'a Intervals,
    stance: Stance,
    /// The pods that selectors can select.
    pods: &'a LabelIndex<'a, IdentityId>,
    namespaces: &'a LabelIndex<'a, NamespaceId>,
    ends: &'a [Option<End>],
    /// The same, sorted by address.
    by_address: Vec<(IpAddr, IdentityId)>,
    relations: Relations,
    unions: Unions,
    open_question: bool,
    /// Whom address blocks mean; many rules share one. The key is the block with its exceptions.
    blocks: BTreeMap<Vec<IpNet>, Vec<IdentityId>>,
}

impl<'a> Relating<'a> {
    /// Whether an answer counts as yes, taking note of open questions.
    fn admits(&mut self, answer: Answer) -> bool {
        self.open_question |= answer == Answer::Depends;
        self.stance.admits(answer)
    }

    fn relate_policies(&mut self, direction: Direction) {
        let world = self.reading.world;
        let mut isolated = FixedBitSet::with_capacity(self.identities.len());
        let namespaces = (0..world.namespaces().len() as u32).map(NamespaceId);
        for namespace in namespaces.filter(|_| world.enforces()) {
            let range = self.identities.in_namespace(namespace);
            let policies = world.policies_of(namespace).iter().map(|id| world.policy(*id));
            for policy in policies.filter(|policy| policy.isolates(direction)) {
                let selected = self.pods.selected(&policy.pod_selector, &range);
                isolated.extend(selected.iter().map(|id| id.index()));
                for rule in policy.rules(direction).iter().filter(|_| !selected.is_empty()) {
                    let peers = self.peers(rule, namespace);
                    match direction {
                        Direction::Egress => self.relate_rule(direction, rule, &selected, &peers),
                        Direction::Ingress => self.relate_rule(direction, rule, &peers, &selected),
                    }
                }
            }
        }
        self.unite(direction);
        self.relate_unrestricted(direction, &isolated);
    }

    /// Ends that are not pods, pods that no policy isolates, and pods that count as their node.
    fn relate_unrestricted(&mut self, direction: Direction, isolated: &FixedBitSet) {
        let mut open = isolated.clone();
        open.toggle_range(..);
        let rows = self.relations.side_mut(direction).rows_mut();
        match direction {
            Direction::Egress => open.ones().for_each(|from| rows[from].insert_range(..)),
            Direction::Ingress => rows.iter_mut().for_each(|row| row.union_with(&open)),
        }
    }

    fn relate_rule(
        &mut self,
        direction: Direction,
        rule: &PolicyRule,
        senders: &[IdentityId],
        receivers: &[IdentityId],
    ) {
        let set = Rc::new(self.set(receivers));
        if rule.ports.is_empty() {
            self.unions.add(None, senders, &set);
        }
        let (named, numbered): (Vec<_>, Vec<_>) = rule.ports.iter().partition(|it| is_named(it));
        for entry in numbered {
            self.relate_port(entry, None, senders, &set);
        }
        if !named.is_empty() {
            for (receiver, template) in self.named_receivers(receivers) {
                let one = Rc::new(self.set(&[receiver]));
                for entry in &named {
                    self.relate_port(entry, Some(template), senders, &one);
                }
            }
        }
        if self.unions.is_full() {
            self.unite(direction);
        }
    }

    /// The template is that of the receivers, if names of ports mean theirs.
    fn relate_port(
        &mut self,
        entry: &PolicyPort,
        template: Option<&PodTemplate>,
        senders: &[IdentityId],
        receivers: &Rc<FixedBitSet>,
    ) {
        for range in port::ranges(entry, template, &self.reading.options) {
            for interval in self.intervals.within(range) {
                self.unions.add(Some(interval), senders, receivers);
            }
        }
    }

    fn unite(&mut self, direction: Direction) {
        let relation = self.relations.side_mut(direction);
        self.unions.apply(|(interval, from), sets| {
            let row = relation.row_mut(from, interval);
            for set in sets {
                row.union_with(set);
            }
        });
    }

    fn set(&self, identities: &[IdentityId]) -> FixedBitSet {
        let mut set = FixedBitSet::with_capacity(self.identities.len());
        set.extend(identities.iter().map(|id| id.index()));
        set
    }

    /// The receivers whose names of ports count.
    fn named_receivers(&mut self, receivers: &[IdentityId]) -> Vec<(IdentityId, &'a PodTemplate)> {
        let mut named = Vec::new();
        for id in receivers {
            let Some(end) = self.ends[id.index()] else { continue };
            let receiver = Receiver::of(&self.reading, end);
            if let Some(template) = receiver.template()
                && self.admits(receiver.names_count())
            {
                named.push((*id, template));
            }
        }
        named
    }

    /// Whom a rule means.
    fn peers(&mut self, rule: &PolicyRule, namespace: NamespaceId) -> Vec<IdentityId> {
        if rule.peers.is_empty() {
            return self.identities.ids().collect();
        }
        let mut all: Vec<IdentityId> =
            rule.peers.iter().flat_map(|peer| self.peer(peer, namespace)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    fn peer(&mut self, peer: &PolicyPeer, namespace: NamespaceId) -> Vec<IdentityId> {
        match &peer.selector {
            PeerSelector::Pods { namespaces, pods } => {
                self.selected(namespaces.as_ref(), pods.as_ref(), namespace)
            }
            PeerSelector::Block(block) => self.held(block, peer, namespace),
        }
    }

    /// The pods that a peer selects.
    fn selected(
        &self,
        namespaces: Option<&LabelSelector>,
        pods: Option<&LabelSelector>,
        own: NamespaceId,
    ) -> Vec<IdentityId> {
        let inside = |range: Range<IdentityId>| match pods {
            None => Cow::Borrowed(self.pods.all(&range)),
            Some(selector) => self.pods.selected(selector, &range),
        };
        match namespaces {
            None => inside(self.identities.in_namespace(own)).into_owned(),
            Some(selector) if selector.is_empty() => inside(self.identities.of_pods()).into_owned(),
            Some(selector) => {
                let all = NamespaceId(0)..NamespaceId(self.reading.world.namespaces().len() as u32);
                let meant = self.namespaces.selected(selector, &all);
                let pods = meant.iter().map(|id| inside(self.identities.in_namespace(*id)));
                pods.flat_map(Cow::into_owned).collect()
            }
        }
    }

    /// Whom an address block means.
    fn held(
        &mut self,
        block: &IpBlock,
        peer: &PolicyPeer,
        namespace: NamespaceId,
    ) -> Vec<IdentityId> {
        let nets = block.except.iter().map(|(net, _)| *net);
        let key: Vec<IpNet> = std::iter::once(block.cidr).chain(nets).collect();
        if let Some(known) = self.blocks.get(&key) {
            return known.clone();
        }
        let range = within(&self.by_address, block.cidr, |(address, _)| *address);
        let candidates: Vec<IdentityId> =
            self.by_address[range].iter().map(|(_, id)| *id).collect();
        let mut held = Vec::new();
        for id in candidates {
            let Some(end) = self.ends[id.index()] else { continue };
            let answer = peer::judge(&self.reading, peer, namespace, end).answer();
            if self.admits(answer) {
                held.push(id);
            }
        }
        self.blocks.insert(key, held.clone());
        held
    }

    /// A pod cannot be kept from its own node reaching it, and may be free to reach it.
    fn relate_own_nodes(&mut self) {
        let world = self.reading.world;
        let is_node = |end: &End| match end {
            End::Pod { pod, .. } => world.template(world.pod(*pod)).host_network,
            End::Outside(address) => world.is_node_address(*address),
            End::Unknown { .. } => false,
        };
        let nodes: Vec<(IdentityId, End)> = self
            .identities
            .ids()
            .zip(self.ends)
            .filter_map(|(id, end)| end.filter(is_node).map(|end| (id, end)))
            .collect();
        for (node, end) in nodes {
            for (id, other) in self.identities.ids().zip(self.ends) {
                let Some(pod) = other.and_then(End::pod) else { continue };
                if !is_own_node(world, pod, end) {
                    continue;
                }
                self.let_pass(Direction::Ingress, node, id);
                if self.admits(leaves_for_own_node(&self.reading)) {
                    self.let_pass(Direction::Egress, id, node);
                }
            }
        }
    }

    /// On every port.
    fn let_pass(&mut self, direction: Direction, from: IdentityId, to: IdentityId) {
        self.relations.side_mut(direction).row_mut(from, None).insert(to.index());
    }
}

fn is_named(entry: &PolicyPort) -> bool {
    matches!(entry.port, Some(PortRef::Name(_)))
}
