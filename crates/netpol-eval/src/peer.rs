//! Whether an entry of `from` or `to` means the other end.

use std::net::IpAddr;

use ipnet::IpNet;
use netpol_model::{IpBlock, LabelSelector, PeerSelector, PolicyPeer, SelectorMiss};

use crate::reading::Reading;
use crate::{Answer, End, NamespaceId, Topic, Unknown};

/// Whether a peer entry means the other end, or what fails first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeerOutcome {
    /// It does.
    Matched,
    /// It does in some implementations.
    Depends(Topic),
    /// It does not.
    Missed(PeerMiss),
}

impl PeerOutcome {
    /// The question that it hinges on.
    pub fn topic(&self) -> Option<Topic> {
        match self {
            Self::Depends(topic) => Some(*topic),
            Self::Matched | Self::Missed(_) => None,
        }
    }

    /// The outcome without its reason.
    pub fn answer(self) -> Answer {
        match self {
            Self::Matched => Answer::Yes,
            Self::Depends(_) => Answer::Depends,
            Self::Missed(_) => Answer::No,
        }
    }
}

/// Why a peer entry does not mean the other end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeerMiss {
    /// It selects pods, and the other end is an address.
    NotAPod,
    /// It has no namespace selector, so it means the policy's own namespace only.
    OtherNamespace,
    /// The labels of the other end's namespace do not meet its namespace selector.
    NamespaceLabel(SelectorMiss),
    /// The labels of the other end do not meet its pod selector.
    PodLabel(SelectorMiss),
    /// The other end's address is outside the block.
    OutsideBlock,
    /// The other end's address is of the other family: IPv4 blocks hold no IPv6 address.
    OtherFamily,
    /// The other end's address is in the block, but also in this exception (an index).
    Excepted(usize),
    /// The block holds the address, but this implementation does not compare blocks with the
    /// addresses of pods, or of nodes.
    NotCompared(Topic),
}

/// Judges one peer of a policy in `policy_namespace`.
pub(crate) fn judge(
    reading: &Reading<'_>,
    peer: &PolicyPeer,
    policy_namespace: NamespaceId,
    other: End,
) -> PeerOutcome {
    match &peer.selector {
        PeerSelector::Block(block) => judge_block(reading, block, other),
        PeerSelector::Pods { namespaces, pods } => {
            judge_pods(reading, namespaces.as_ref(), pods.as_ref(), policy_namespace, other)
        }
    }
}

fn judge_pods(
    reading: &Reading<'_>,
    namespaces: Option<&LabelSelector>,
    pods: Option<&LabelSelector>,
    policy_namespace: NamespaceId,
    other: End,
) -> PeerOutcome {
    let End::Pod { pod, .. } = other else {
        return PeerOutcome::Missed(PeerMiss::NotAPod);
    };
    let world = reading.world;
    let pod = world.pod(pod);
    match namespaces {
        None if pod.namespace != policy_namespace => {
            return PeerOutcome::Missed(PeerMiss::OtherNamespace);
        }
        None => {}
        Some(selector) => {
            if let Some(miss) = selector.first_miss(&world.namespace(pod.namespace).labels) {
                return PeerOutcome::Missed(PeerMiss::NamespaceLabel(miss));
            }
        }
    }
    let template = world.template(pod);
    if let Some(miss) = pods.and_then(|selector| selector.first_miss(&template.labels)) {
        return PeerOutcome::Missed(PeerMiss::PodLabel(miss));
    }
    if template.host_network {
        match reading.options.host_network_pods_as_pods {
            None => return PeerOutcome::Depends(Topic::HostNetworkPods),
            Some(false) => return PeerOutcome::Missed(PeerMiss::NotAPod),
            Some(true) => {}
        }
    }
    PeerOutcome::Matched
}

fn judge_block(reading: &Reading<'_>, block: &IpBlock, other: End) -> PeerOutcome {
    if matches!(block.cidr, IpNet::V4(_)) != other.is_ipv4() {
        return PeerOutcome::Missed(PeerMiss::OtherFamily);
    }
    let Some(address) = other.address() else {
        return judge_block_of_unknown(reading, block, other);
    };
    if let Some(miss) = block_miss(block, address) {
        return PeerOutcome::Missed(miss);
    }
    judge_compared(reading, other)
}

/// Only a block that holds all addresses certainly holds one that is not known.
fn judge_block_of_unknown(reading: &Reading<'_>, block: &IpBlock, other: End) -> PeerOutcome {
    let all = block.cidr.prefix_len() == 0 && block.except.is_empty();
    match judge_compared(reading, other) {
        PeerOutcome::Missed(miss) => PeerOutcome::Missed(miss),
        _ if !all => PeerOutcome::Depends(Topic::UnknownAddress),
        outcome => outcome,
    }
}

/// Whether a block that holds an end's address means that end.
fn judge_compared(reading: &Reading<'_>, other: End) -> PeerOutcome {
    match compared(reading, other) {
        None | Some((_, Some(true))) => PeerOutcome::Matched,
        Some((topic, None)) => PeerOutcome::Depends(topic),
        Some((topic, Some(false))) => PeerOutcome::Missed(PeerMiss::NotCompared(topic)),
    }
}

/// Why a block does not hold an address, if it does not.
fn block_miss(block: &IpBlock, address: IpAddr) -> Option<PeerMiss> {
    if !block.cidr.contains(&address) {
        return Some(PeerMiss::OutsideBlock);
    }
    let excepted = block.except.iter().position(|(net, _)| net.contains(&address));
    excepted.map(PeerMiss::Excepted)
}

/// The option that says whether this end's address is compared with blocks at all; addresses
/// outside the cluster always are.
fn compared(reading: &Reading<'_>, end: End) -> Option<(Topic, Option<bool>)> {
    let options = reading.options;
    match end {
        End::Pod { .. } if !reading.is_in_host_network(end) => {
            Some((Topic::IpBlockMatchesPods, options.ip_block_matches_pods))
        }
        End::Pod { .. } => Some((Topic::IpBlockMatchesNodes, options.ip_block_matches_nodes)),
        End::Outside(address) if reading.world.is_node_address(address) => {
            Some((Topic::IpBlockMatchesNodes, options.ip_block_matches_nodes))
        }
        End::Unknown { who: Unknown::OwnNode | Unknown::OtherNode, .. } => {
            Some((Topic::IpBlockMatchesNodes, options.ip_block_matches_nodes))
        }
        End::Outside(_) | End::Unknown { who: Unknown::Outside, .. } => None,
    }
}
