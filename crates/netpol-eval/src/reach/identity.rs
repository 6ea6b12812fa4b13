//! Pods that nothing can tell apart.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::ops::Range;

use netpol_model::{ContainerPort, External, LabelSelector, NetworkPolicy, PeerSelector};
use netpol_sort::{Gather, Sort};

use super::blocks::AddressClasses;
use crate::{End, ExternalId, NamespaceId, PodId, PodState, World};

/// A class of pods that no selector, port name or address block can tell apart, or of named outside
/// addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdentityId(pub(super) u32);

impl IdentityId {
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// An address family. An end that has no address of a family is judged by the one it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    V4,
    V6,
}

impl Family {
    fn of(address: IpAddr) -> Self {
        if address.is_ipv4() { Self::V4 } else { Self::V6 }
    }
}

/// What stands for the members of an identity.
#[derive(Debug)]
struct Identity {
    /// `None` for an outside address.
    pod: Option<PodId>,
    addresses: Vec<IpAddr>,
    members: Vec<PodId>,
}

/// All identities: those of pods first, in the order of their first pod, so that the identities of
/// a namespace are neighbours.
#[derive(Debug)]
pub(super) struct Identities {
    all: Vec<Identity>,
    of_pod: Vec<Option<IdentityId>>,
    of_external: Vec<IdentityId>,
    namespaces: Vec<Range<u32>>,
}

/// What rules look at in pods.
struct Vocabulary<'a> {
    label_keys: BTreeSet<&'a str>,
    addresses: AddressClasses,
    /// Whether some end is a node, so that it matters where pods run.
    nodes: bool,
}

/// For each address its class and whether it is of IPv4.
type AddressKey = Vec<(usize, bool)>;

/// Pods of a namespace with the same key are one identity.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key<'a> {
    labels: Vec<(&'a str, &'a str)>,
    named_ports: Vec<&'a ContainerPort>,
    addresses: AddressKey,
    /// Whether it is in its node's network, and the node.
    node: Option<(bool, Option<&'a str>, Vec<IpAddr>)>,
}

impl Identities {
    pub(super) fn of(world: &World) -> Self {
        let vocabulary = Vocabulary::of(world);
        let mut keys: BTreeMap<Key<'_>, IdentityId> = BTreeMap::new();
        let mut identities: Vec<Identity> = Vec::new();
        let mut of_pod = vec![None; world.pods().len()];
        let mut namespace = None;
        for id in world.pod_ids() {
            let pod = world.pod(id);
            // Pods are sorted by namespace, and each has few keys: they are found quickly.
            if namespace.replace(pod.namespace) != Some(pod.namespace) {
                keys.clear();
            }
            if pod.state != PodState::Active {
                continue;
            }
            let next = IdentityId(identities.len() as u32);
            let identity = *keys.entry(vocabulary.key(world, id)).or_insert(next);
            if identity == next {
                let addresses = pod.addresses.clone();
                identities.push(Identity { pod: Some(id), addresses, members: Vec::new() });
            }
            identities[identity.index()].members.push(id);
            of_pod[id.index()] = Some(identity);
        }
        let namespaces = namespace_ranges(world, &identities);
        let mut of_external = Vec::new();
        let mut outside = BTreeMap::new();
        for external in &world.objects().externals {
            let next = IdentityId(identities.len() as u32);
            let identity = *outside.entry(vocabulary.external_key(world, external)).or_insert(next);
            if identity == next {
                let addresses = external.addresses.clone();
                identities.push(Identity { pod: None, addresses, members: Vec::new() });
            }
            of_external.push(identity);
        }
        Self { all: identities, of_pod, of_external, namespaces }
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = IdentityId> + use<> {
        (0..self.all.len() as u32).map(IdentityId)
    }

    /// The identities of a namespace's pods.
    pub(super) fn in_namespace(&self, namespace: NamespaceId) -> Range<IdentityId> {
        let range = &self.namespaces[namespace.index()];
        IdentityId(range.start)..IdentityId(range.end)
    }

    /// The identities of all pods.
    pub(super) fn of_pods(&self) -> Range<IdentityId> {
        let end = self.namespaces.last().map_or(0, |range| range.end);
        IdentityId(0)..IdentityId(end)
    }

    pub(super) fn members(&self) -> impl Iterator<Item = &[PodId]> {
        self.all.iter().map(|identity| identity.members.as_slice())
    }

    pub(super) fn of_pod(&self, pod: PodId) -> Option<IdentityId> {
        self.of_pod[pod.index()]
    }

    pub(super) fn of_external(&self, external: ExternalId) -> Option<IdentityId> {
        self.of_external.get(external.index()).copied()
    }

    /// IPv4, and IPv6 if an end has both: only then do families make a difference.
    pub(super) fn families(&self) -> impl Iterator<Item = Family> + use<> {
        let both = self.all.iter().any(|identity| identity.addresses.len() > 1);
        [Family::V4, Family::V6].into_iter().take(if both { 2 } else { 1 })
    }

    /// Whether an identity has an address of a family.
    pub(super) fn has(&self, id: IdentityId, family: Family) -> bool {
        self.all[id.index()].addresses.iter().any(|address| Family::of(*address) == family)
    }

    /// The end that stands for an identity.
    pub(super) fn end(&self, id: IdentityId, family: Family) -> Option<End> {
        let identity = &self.all[id.index()];
        let of_family = identity.addresses.iter().find(|address| Family::of(**address) == family);
        let address = *of_family.or(identity.addresses.first())?;
        Some(match identity.pod {
            Some(pod) => End::Pod { pod, address },
            None => End::Outside(address),
        })
    }
}

/// The identities of each namespace. They are neighbours because pods are sorted by namespace.
fn namespace_ranges(world: &World, identities: &[Identity]) -> Vec<Range<u32>> {
    let namespace_of = |identity: &Identity| identity.pod.map(|pod| world.pod(pod).namespace);
    (0..world.namespaces().len() as u32)
        .map(|namespace| {
            let namespace = Some(NamespaceId(namespace));
            let start = identities.partition_point(|identity| namespace_of(identity) < namespace);
            let end = identities.partition_point(|identity| namespace_of(identity) <= namespace);
            start as u32..end as u32
        })
        .collect()
}

/// The keys of all labels that policies ask pods for.
pub(super) fn label_keys(world: &World) -> BTreeSet<&str> {
    let policies = world.objects().policies.iter().filter(|policy| !policy.rejected);
    policies
        .flat_map(|policy| pod_selectors(policy))
        .flat_map(|selector| &selector.requirements)
        .map(|requirement| requirement.key.as_str())
        .gather()
}

fn pod_selectors(policy: &NetworkPolicy) -> impl Iterator<Item = &LabelSelector> {
    let rules = policy.ingress.iter().chain(&policy.egress);
    let of_peers = rules.flat_map(|rule| &rule.peers).filter_map(|peer| match &peer.selector {
        PeerSelector::Pods { pods, .. } => pods.as_ref(),
        PeerSelector::Block(_) => None,
    });
    of_peers.chain([&policy.pod_selector])
}

impl<'a> Vocabulary<'a> {
    fn of(world: &'a World) -> Self {
        let externals = &world.objects().externals;
        let nodes = world.pods().iter().any(|pod| world.template(pod).host_network)
            || externals.iter().flat_map(|e| &e.addresses).any(|a| world.is_node_address(*a));
        let pods = world.pods().iter().flat_map(|pod| &pod.addresses);
        let outside = externals.iter().flat_map(|external| &external.addresses);
        let addresses = AddressClasses::of(world, pods.chain(outside).copied());
        Self { label_keys: label_keys(world), addresses, nodes }
    }

    fn address_key(&self, addresses: &[IpAddr]) -> AddressKey {
        let key = |address: &IpAddr| (self.addresses.class(*address), address.is_ipv4());
        addresses.iter().map(key).collect()
    }

    /// Outside addresses with the same key are one identity. A node's is told from all others: its
    /// own pods treat it differently.
    fn external_key(&self, world: &World, external: &External) -> (AddressKey, Vec<IpAddr>) {
        let addresses = &external.addresses;
        let nodes = addresses.iter().filter(|address| world.is_node_address(**address));
        (self.address_key(addresses), nodes.copied().collect())
    }

    fn key(&self, world: &'a World, id: PodId) -> Key<'a> {
        let pod = world.pod(id);
        let template = world.template(pod);
        let mut named_ports: Vec<&ContainerPort> =
            template.ports.iter().filter(|port| port.name.is_some()).collect();
        named_ports.arrange();
        named_ports.dedup();
        Key {
            labels: template
                .labels
                .iter()
                .map(|(key, value)| (key.as_str(), value.as_str()))
                .filter(|(key, _)| self.label_keys.contains(key))
                .collect(),
            named_ports,
            addresses: self.address_key(&pod.addresses),
            node: self.nodes.then(|| {
                let node = template.node_name.as_deref();
                (template.host_network, node, world.own_node_addresses(id))
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr};

    use super::*;

    #[test]
    fn a_second_family_is_looked_at_only_where_an_end_has_both() {
        let v4 = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let v6 = IpAddr::V6(Ipv6Addr::LOCALHOST);
        let families = |ends: &[&[IpAddr]]| -> Vec<Family> {
            let identity = |addresses: &&[IpAddr]| Identity {
                pod: None,
                addresses: addresses.to_vec(),
                members: Vec::new(),
            };
            let identities = Identities {
                all: ends.iter().map(identity).collect(),
                of_pod: Vec::new(),
                of_external: Vec::new(),
                namespaces: Vec::new(),
            };
            identities.families().collect()
        };
        assert_eq!(families(&[&[v4], &[v6]]), [Family::V4]);
        assert_eq!(families(&[&[v4], &[v4, v6]]), [Family::V4, Family::V6]);
        assert_eq!(families(&[&[v4, v6]]), [Family::V4, Family::V6]);
    }
}
