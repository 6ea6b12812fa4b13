//! Which senders reach which receivers on which ports, for each direction.

use std::collections::BTreeMap;
use std::net::IpAddr;

use fixedbitset::FixedBitSet;
use netpol_model::{
    Direction, NetworkPolicy, PeerSelector, PodTemplate, PolicyPeer, PolicyRule, PortRef,
};

use super::Stance;
use super::blocks::within;
use super::identity::{Family, Identities, IdentityId};
use super::intervals::Intervals;
use crate::port::Receiver;
use crate::reading::Reading;
use crate::trace::{is_own_node, leaves_for_own_node};
use crate::{Answer, End, NamespaceId, PodId, World, peer, port};

/// Senders and receivers of one direction.
#[derive(Debug)]
pub(super) struct Relation {
    /// For each sender the receivers on every port.
    always: Vec<FixedBitSet>,
    /// For each interval, the receivers of the senders that reach more there.
    on_port: Vec<BTreeMap<IdentityId, FixedBitSet>>,
}

impl Relation {
    fn new(identities: usize, intervals: usize) -> Self {
        Self {
            always: vec![FixedBitSet::with_capacity(identities); identities],
            on_port: vec![BTreeMap::new(); intervals],
        }
    }

    /// Whether a sender reaches a receiver on an interval.
    pub(super) fn holds(&self, from: IdentityId, to: IdentityId, interval: usize) -> bool {
        self.always[from.index()].contains(to.index())
            || self.on_port[interval].get(&from).is_some_and(|row| row.contains(to.index()))
    }

    /// The receivers of a sender on every port, and those on an interval.
    pub(super) fn parts(
        &self,
        from: IdentityId,
        interval: usize,
    ) -> (&FixedBitSet, Option<&FixedBitSet>) {
        (&self.always[from.index()], self.on_port[interval].get(&from))
    }

    /// The receivers of a sender on an interval.
    fn row(&self, from: IdentityId, interval: usize) -> FixedBitSet {
        let mut row = self.always[from.index()].clone();
        if let Some(more) = self.on_port[interval].get(&from) {
            row.union_with(more);
        }
        row
    }

    fn add_on_port(&mut self, interval: usize, senders: &[IdentityId], receivers: &FixedBitSet) {
        for from in senders {
            let row = self.on_port[interval].entry(*from);
            row.or_insert_with(|| FixedBitSet::with_capacity(receivers.len()))
                .union_with(receivers);
        }
    }
}

/// Both directions; the receivers of egress are those that the sender's policies let it reach, the
/// receivers of ingress those whose policies let the sender in.
#[derive(Debug)]
pub(super) struct Relations {
    egress: Relation,
    ingress: Relation,
}

impl Relations {
    /// The relation of a direction.
    pub(super) fn side(&self, direction: Direction) -> &Relation {
        match direction {
            Direction::Egress => &self.egress,
            Direction::Ingress => &self.ingress,
        }
    }

    fn side_mut(&mut self, direction: Direction) -> &mut Relation {
        match direction {
            Direction::Egress => &mut self.egress,
            Direction::Ingress => &mut self.ingress,
        }
    }

    /// Whether both sides let a pair connect on an interval.
    pub(super) fn connects(&self, from: IdentityId, to: IdentityId, interval: usize) -> bool {
        self.egress.holds(from, to, interval) && self.ingress.holds(from, to, interval)
    }
}

/// The receivers that a sender connects to on some port, the same by all of some relations.
pub(super) fn reached(all: &[&Relations], from: IdentityId) -> FixedBitSet {
    let sides = || all.iter().flat_map(|relations| [&relations.egress, &relations.ingress]);
    let in_all = |mut rows: Vec<FixedBitSet>| {
        let mut common = rows.pop().unwrap_or_default();
        for row in &rows {
            common.intersect_with(row);
        }
        common
    };
    let mut reached = in_all(sides().map(|side| side.always[from.index()].clone()).collect());
    let intervals = sides().map(|side| side.on_port.len()).max().unwrap_or_default();
    for interval in 0..intervals {
        if sides().any(|side| side.on_port[interval].contains_key(&from)) {
            let rows = sides().map(|side| side.row(from, interval)).collect();
            reached.union_with(&in_all(rows));
        }
    }
    reached
}

/// Judges all policies. Also tells whether a question was open, so that the other stance may
/// give something else. Whether pods in their node's network are selected must not be open.
pub(super) fn relate(
    reading: Reading<'_>,
    identities: &Identities,
    intervals: &Intervals,
    family: Family,
    stance: Stance,
) -> (Relations, bool) {
    let ends: Vec<Option<End>> = identities.ids().map(|id| identities.end(id, family)).collect();
    let with_id = |(id, end): (IdentityId, &Option<End>)| Some(((*end)?.address()?, id));
    let mut by_address: Vec<(IpAddr, IdentityId)> =
        identities.ids().zip(&ends).filter_map(with_id).collect();
    by_address.sort_unstable();
    let new = || Relation::new(identities.len(), intervals.len());
    let mut relating = Relating {
        reading,
        world: reading.world,
        identities,
        intervals,
        stance,
        ends,
        by_address,
        relations: Relations { egress: new(), ingress: new() },
        open_question: false,
        peers: BTreeMap::new(),
    };
    for direction in [Direction::Egress, Direction::Ingress] {
        relating.relate_unrestricted(direction);
        relating.relate_policies(direction);
    }
    relating.relate_own_nodes();
    (relating.relations, relating.open_question)
}

/// The state of [`relate`].
struct Relating<'a> {
    reading: Reading<'a>,
    world: &'a World,
    identities: &'a Identities,
    intervals: &'a Intervals,
    stance: Stance,
    ends: Vec<Option<End>>,
    /// The same, sorted by address.
    by_address: Vec<(IpAddr, IdentityId)>,
    relations: Relations,
    open_question: bool,
    /// Whom address blocks mean; many rules share one. The key is the block with its exceptions.
    peers: BTreeMap<Vec<ipnet::IpNet>, Vec<IdentityId>>,
}

impl Relating<'_> {
    /// Whether an answer counts as yes, taking note of open questions.
    fn admits(&mut self, answer: Answer) -> bool {
        self.open_question |= answer == Answer::Depends;
        self.stance.admits(answer)
    }

    /// Ends that are not pods, pods that no policy isolates, and pods that count as their node.
    fn relate_unrestricted(&mut self, direction: Direction) {
        let mut open = FixedBitSet::with_capacity(self.identities.len());
        for id in self.identities.ids() {
            let pod = self.ends[id.index()].and_then(End::pod);
            if pod.is_none_or(|pod| !self.is_isolated(pod, direction)) {
                open.insert(id.index());
            }
        }
        let always = &mut self.relations.side_mut(direction).always;
        match direction {
            Direction::Egress => open.ones().for_each(|from| always[from].insert_range(..)),
            Direction::Ingress => always.iter_mut().for_each(|row| row.union_with(&open)),
        }
    }

    fn is_isolated(&self, pod: PodId, direction: Direction) -> bool {
        let world = self.world;
        let template = world.template(world.pod(pod));
        let as_pods = self.reading.options.host_network_pods_as_pods;
        let counts_as_node = template.host_network && as_pods == Some(false);
        world.enforces()
            && !counts_as_node
            && world.policies_of(world.pod(pod).namespace).iter().any(|id| {
                let policy = world.policy(*id);
                policy.isolates(direction) && policy.pod_selector.matches(&template.labels)
            })
    }

    fn relate_policies(&mut self, direction: Direction) {
        for namespace in (0..self.world.namespaces().len() as u32).map(NamespaceId) {
            for id in self.world.policies_of(namespace) {
                let policy = self.world.policy(*id);
                if policy.isolates(direction) && !policy.rules(direction).is_empty() {
                    self.relate_policy(policy, namespace, direction);
                }
            }
        }
    }

    fn relate_policy(
        &mut self,
        policy: &NetworkPolicy,
        namespace: NamespaceId,
        direction: Direction,
    ) {
        let world = self.world;
        let selected: Vec<IdentityId> = self
            .identities
            .in_namespace(namespace)
            .filter(|id| {
                let pod = self.ends[id.index()].and_then(End::pod);
                let labels = pod.map(|pod| &world.template(world.pod(pod)).labels);
                labels.is_some_and(|labels| policy.pod_selector.matches(labels))
            })
            .collect();
        if selected.is_empty() {
            return;
        }
        for rule in policy.rules(direction) {
            let peers = self.peers(rule, namespace);
            match direction {
                Direction::Egress => self.relate_rule(direction, rule, &selected, &peers),
                Direction::Ingress => self.relate_rule(direction, rule, &peers, &selected),
            }
        }
    }

    fn relate_rule(
        &mut self,
        direction: Direction,
        rule: &PolicyRule,
        senders: &[IdentityId],
        receivers: &[IdentityId],
    ) {
        let mut set = FixedBitSet::with_capacity(self.identities.len());
        set.extend(receivers.iter().map(|id| id.index()));
        let named = self.named_receivers(rule, receivers);
        let relation = self.relations.side_mut(direction);
        if rule.ports.is_empty() {
            for from in senders {
                relation.always[from.index()].union_with(&set);
            }
            return;
        }
        for entry in &rule.ports {
            for range in port::ranges(entry, None) {
                for interval in self.intervals.within(range) {
                    relation.add_on_port(interval, senders, &set);
                }
            }
            if !matches!(entry.port, Some(PortRef::Name(_))) {
                continue;
            }
            for (receiver, template) in &named {
                let mut one = FixedBitSet::with_capacity(self.identities.len());
                one.insert(receiver.index());
                for range in port::ranges(entry, Some(template)) {
                    for interval in self.intervals.within(range) {
                        relation.add_on_port(interval, senders, &one);
                    }
                }
            }
        }
    }

    /// The receivers whose names of ports count, if a rule has names.
    fn named_receivers<'w>(
        &mut self,
        rule: &PolicyRule,
        receivers: &[IdentityId],
    ) -> Vec<(IdentityId, &'w PodTemplate)>
    where
        Self: 'w,
    {
        let has_names = rule.ports.iter().any(|entry| matches!(entry.port, Some(PortRef::Name(_))));
        let mut named = Vec::new();
        for id in receivers.iter().filter(|_| has_names) {
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
            PeerSelector::Pods { namespaces: None, .. } => {
                self.meant(peer, namespace, self.identities.in_namespace(namespace))
            }
            PeerSelector::Pods { namespaces: Some(selector), .. } => {
                let world = self.world;
                let matching = (0..)
                    .map(NamespaceId)
                    .zip(world.namespaces())
                    .filter(|(_, candidate)| selector.matches(&candidate.labels));
                let identities = self.identities;
                self.meant(
                    peer,
                    namespace,
                    matching.flat_map(|(id, _)| identities.in_namespace(id)),
                )
            }
            PeerSelector::Block(block) => {
                let nets = block.except.iter().map(|(net, _)| *net);
                let key: Vec<ipnet::IpNet> = std::iter::once(block.cidr).chain(nets).collect();
                if let Some(known) = self.peers.get(&key) {
                    return known.clone();
                }
                let range = within(&self.by_address, block.cidr, |(address, _)| *address);
                let candidates = self.by_address[range].to_vec();
                let meant = self.meant(peer, namespace, candidates.into_iter().map(|(_, id)| id));
                self.peers.insert(key, meant.clone());
                meant
            }
        }
    }

    fn meant(
        &mut self,
        peer: &PolicyPeer,
        namespace: NamespaceId,
        candidates: impl Iterator<Item = IdentityId>,
    ) -> Vec<IdentityId> {
        candidates
            .filter(|id| {
                let Some(end) = self.ends[id.index()] else { return false };
                let answer = peer::judge(&self.reading, peer, namespace, end).answer();
                self.admits(answer)
            })
            .collect()
    }

    /// A pod cannot be kept from its own node reaching it, and may be free to reach it.
    fn relate_own_nodes(&mut self) {
        let world = self.world;
        let is_node = |end: &End| match end {
            End::Pod { pod, .. } => world.template(world.pod(*pod)).host_network,
            End::Outside(address) => world.is_node_address(*address),
            End::Unknown { .. } => false,
        };
        let nodes: Vec<(usize, End)> = (0..)
            .zip(&self.ends)
            .filter_map(|(index, end)| end.filter(is_node).map(|end| (index, end)))
            .collect();
        for (node, end) in nodes {
            for index in 0..self.ends.len() {
                let Some(pod) = self.ends[index].and_then(End::pod) else { continue };
                if !is_own_node(world, pod, end) {
                    continue;
                }
                self.relations.ingress.always[node].insert(index);
                if self.admits(leaves_for_own_node(&self.reading)) {
                    self.relations.egress.always[index].insert(node);
                }
            }
        }
    }
}
