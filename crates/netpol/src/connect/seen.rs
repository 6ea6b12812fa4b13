//! As whom policies see a client that comes in from outside.
//!
//! Kubernetes does not say whether policies look at a connection before or after a Service has
//! rewritten its addresses, and on the way in a node may put its own address in the client's place.
//! Sources: <https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors>,
//! <https://kubernetes.io/docs/tutorials/services/source-ip/>

use std::net::IpAddr;

use netpol_eval::{End, PodId, Unknown, World};
use netpol_model::{Families, Options, Service, ServiceKind};

use super::combined;
use crate::view::Verdict;

/// As whom the receiver's policies see a sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SeenAs {
    /// As who it is.
    Itself,
    /// As the node on which the receiver runs.
    OwnNode,
    /// As another node.
    OtherNode,
}

/// The Service or the port of a node through which a connection comes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entrance {
    /// Whether nodes may put their address in the place of a sender's who is outside.
    replaces: bool,
    /// Over which it is reached.
    pub(super) families: Families,
    /// The node whose port was dialled.
    pub(super) node: Option<IpAddr>,
}

impl Entrance {
    pub(super) fn of(service: &Service, node: Option<IpAddr>) -> Self {
        let on_nodes = matches!(service.kind, ServiceKind::NodePort | ServiceKind::LoadBalancer);
        Self { replaces: on_nodes && !service.external_local, families: service.families, node }
    }

    /// A `hostPort` is like the port of a Service, on one node only.
    pub(super) fn host_port(node: IpAddr) -> Self {
        Self { replaces: true, families: Families::of(node), node: Some(node) }
    }

    fn may_replace(self, world: &World, from: End) -> bool {
        self.replaces && matches!(from, End::Outside(address) if !world.is_node_address(address))
    }

    /// Everyone as whom the policies of a pod may see a sender.
    pub(super) fn senders(self, world: &World, from: End, to: PodId) -> Vec<(SeenAs, End)> {
        let itself = (SeenAs::Itself, from);
        if !self.may_replace(world, from) {
            return vec![itself];
        }
        let mut senders = Vec::new();
        if world.options().client_ip_preserved != Some(false) {
            senders.push(itself);
        }
        if world.options().client_ip_preserved != Some(true) {
            senders.extend(self.nodes(world, from.is_ipv4(), to));
        }
        senders
    }

    /// The nodes at which the client may have come in.
    fn nodes(self, world: &World, ipv4: bool, to: PodId) -> Vec<(SeenAs, End)> {
        let own = world.own_node_addresses(to);
        let seen_as = |address: &IpAddr| {
            if own.contains(address) { SeenAs::OwnNode } else { SeenAs::OtherNode }
        };
        let of_family = |address: &&IpAddr| address.is_ipv4() == ipv4;
        let declared = world.objects().nodes.iter();
        if let Some(dialled) = self.node {
            let mut node = declared.filter(|node| node.addresses.contains(&dialled));
            let address = node.find_map(|node| node.addresses.iter().find(of_family));
            let address = address.copied().unwrap_or(dialled);
            return vec![(seen_as(&address), End::Outside(address))];
        }
        let mut nodes: Vec<(SeenAs, End)> = declared
            .filter_map(|node| node.addresses.iter().find(of_family))
            .map(|address| (seen_as(address), End::Outside(*address)))
            .collect();
        let unknown = |who| End::Unknown { who, ipv4 };
        if nodes.is_empty() {
            nodes.push((SeenAs::OtherNode, unknown(Unknown::OtherNode)));
        }
        // Wherever the pod runs, the client may come in there.
        if nodes.iter().all(|(seen_as, _)| *seen_as != SeenAs::OwnNode) {
            nodes.push((SeenAs::OwnNode, unknown(Unknown::OwnNode)));
        }
        nodes
    }
}

/// What becomes of a connection that may be seen in several ways. Where the client's address is
/// replaced for certain, it is the way in that makes a difference.
pub(crate) fn joint(options: &Options, verdicts: &[Verdict]) -> Verdict {
    match combined(verdicts.iter().copied()) {
        Verdict::Mixed if options.client_ip_preserved.is_none() => Verdict::ImplementationDefined,
        joint => joint,
    }
}
