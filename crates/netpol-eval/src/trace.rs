//! One connection: everything that was looked at, and why it did or did not match.
//!
//! The semantics are those of <https://kubernetes.io/docs/concepts/services-networking/network-policies/>:
//! a pod is isolated in a direction when a policy selects it for that direction, and then only what
//! some rule of some such policy admits may pass. Both ends must let a connection pass.

use std::net::IpAddr;

use netpol_model::{Direction, NetworkPolicy, PolicyRule, Protocol};

use crate::port::Receiver;
use crate::{
    Answer, NamespaceId, PeerOutcome, PodId, PolicyId, PortOutcome, Topic, World, peer, port,
};

/// One end of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// A pod, and which of its addresses.
    Pod {
        /// The pod.
        pod: PodId,
        /// One of its addresses.
        address: IpAddr,
    },
    /// An address that is no pod's: outside the cluster, or a node.
    Outside(IpAddr),
}

impl End {
    /// The address.
    pub fn address(self) -> IpAddr {
        match self {
            Self::Pod { address, .. } | Self::Outside(address) => address,
        }
    }

    /// The pod, if it is one.
    pub fn pod(self) -> Option<PodId> {
        match self {
            Self::Pod { pod, .. } => Some(pod),
            Self::Outside(_) => None,
        }
    }
}

/// A connection as it arrives, after Services were resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connection {
    /// The sender.
    pub from: End,
    /// The receiver.
    pub to: End,
    /// The port at the receiver.
    pub port: u16,
    /// The protocol.
    pub protocol: Protocol,
    /// Whether the sender dialled a Service.
    pub via_service: bool,
}

/// Both sides of a connection. Both are always judged, so that a person sees all that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// Leaving the sender.
    pub egress: Side,
    /// Entering the receiver.
    pub ingress: Side,
}

impl Trace {
    /// Whether the connection is made.
    pub fn passes(&self) -> Answer {
        self.egress.passes.and(self.ingress.passes)
    }

    /// The side of that direction.
    pub fn side(&self, direction: Direction) -> &Side {
        match direction {
            Direction::Egress => &self.egress,
            Direction::Ingress => &self.ingress,
        }
    }
}

/// One side of a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// Whether it lets the connection pass.
    pub passes: Answer,
    /// Why.
    pub reason: SideReason,
    /// The exemption that some implementations make for this connection, where that decides.
    pub exempt: Option<Topic>,
    /// The policies that isolate the side's pod in this direction, with what their rules say.
    pub policies: Vec<PolicyTrace>,
}

/// What decides on a side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SideReason {
    /// The end is not a pod: no policy applies to it.
    NotAPod,
    /// The network plugin stores policies and does not enforce them.
    NotEnforced,
    /// The pod is in its node's network, and counts as the node.
    HostNetwork,
    /// A pod cannot be kept from itself.
    OwnPod,
    /// A pod cannot be kept from the node that it runs on reaching it.
    OwnNode,
    /// No policy selects the pod for this direction.
    NotIsolated,
    /// The pod is isolated: the rules of its policies decide.
    Isolated,
}

/// What one policy says about a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyTrace {
    /// The policy.
    pub policy: PolicyId,
    /// Whether one of its rules admits the connection.
    pub admits: Answer,
    /// One for each of its rules in this direction.
    pub rules: Vec<RuleTrace>,
}

/// What one rule says about a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleTrace {
    /// One for each entry of `from` or `to`; none: it is for everyone.
    pub peers: Vec<PeerOutcome>,
    /// One for each entry of `ports`; none: it is for every port.
    pub ports: Vec<PortOutcome>,
}

impl RuleTrace {
    /// Whether one of the peers means the other end.
    pub fn peers_match(&self) -> Answer {
        if self.peers.is_empty() {
            return Answer::Yes;
        }
        Answer::any(self.peers.iter().map(|outcome| outcome.answer()))
    }

    /// Whether one of the ports covers the connection's.
    pub fn ports_match(&self) -> Answer {
        if self.ports.is_empty() {
            return Answer::Yes;
        }
        Answer::any(self.ports.iter().map(PortOutcome::answer))
    }

    /// Whether the rule admits the connection.
    pub fn matches(&self) -> Answer {
        self.peers_match().and(self.ports_match())
    }
}

/// Judges one connection.
pub fn trace(world: &World, connection: &Connection) -> Trace {
    Trace {
        egress: side(world, connection, Direction::Egress),
        ingress: side(world, connection, Direction::Ingress),
    }
}

fn side(world: &World, connection: &Connection, direction: Direction) -> Side {
    let (own, other) = match direction {
        Direction::Egress => (connection.from, connection.to),
        Direction::Ingress => (connection.to, connection.from),
    };
    let open = |reason| Side { passes: Answer::Yes, reason, exempt: None, policies: Vec::new() };
    let End::Pod { pod, .. } = own else {
        return open(SideReason::NotAPod);
    };
    let same_pod = other.pod() == Some(pod);
    if same_pod && !connection.via_service {
        return open(SideReason::OwnPod);
    }
    if !world.plugin().enforces {
        return open(SideReason::NotEnforced);
    }
    if direction == Direction::Ingress && !same_pod && is_own_node(world, pod, other) {
        return open(SideReason::OwnNode);
    }
    let host_network = world.template(world.pod(pod)).host_network;
    if host_network && world.options().host_network_pods_as_pods == Some(false) {
        return open(SideReason::HostNetwork);
    }
    let policies = applying(world, connection, direction, pod, other);
    if policies.is_empty() {
        let reason = if host_network { SideReason::HostNetwork } else { SideReason::NotIsolated };
        return open(reason);
    }
    let admitted = Answer::any(policies.iter().map(|policy| policy.admits));
    let exempt = exemption(world, direction, pod, other);
    let (passes, exempt) = match exempt {
        Some((_, Some(true))) if admitted != Answer::Yes => (Answer::Yes, exempt),
        Some((_, None)) if admitted == Answer::No => (Answer::Depends, exempt),
        _ => (admitted, None),
    };
    let exempt = exempt.map(|(topic, _)| topic);
    Side { passes, reason: SideReason::Isolated, exempt, policies }
}

/// An exemption that implementations may make, and what the options say about it. `host_network`
/// pods that are selected like others have those of others, and no more.
pub(crate) fn exemption(
    world: &World,
    direction: Direction,
    pod: PodId,
    other: End,
) -> Option<(Topic, Option<bool>)> {
    let options = world.options();
    let like_others = if other.pod() == Some(pod) {
        Some((Topic::HairpinViaService, options.hairpin_via_service_allowed))
    } else {
        (direction == Direction::Egress && is_own_node(world, pod, other))
            .then_some((Topic::EgressToOwnNode, options.egress_to_own_node_allowed))
    };
    let host_network = world.template(world.pod(pod)).host_network;
    match options.host_network_pods_as_pods {
        _ if !host_network => like_others,
        Some(true) => like_others,
        _ if matches!(like_others, Some((_, Some(true)))) => like_others,
        as_pods => Some((Topic::HostNetworkPods, as_pods.map(|as_pods| !as_pods))),
    }
}

/// Whether an end is the node that a pod runs on: by address, or a pod in that node's network.
pub(crate) fn is_own_node(world: &World, pod: PodId, end: End) -> bool {
    match end {
        End::Outside(address) => world.own_node_addresses(pod).contains(&address),
        End::Pod { pod: other, .. } => {
            world.template(world.pod(other)).host_network && world.same_node(pod, other)
        }
    }
}

fn applying(
    world: &World,
    connection: &Connection,
    direction: Direction,
    pod: PodId,
    other: End,
) -> Vec<PolicyTrace> {
    let namespace = world.pod(pod).namespace;
    let labels = &world.template(world.pod(pod)).labels;
    let selects =
        |policy: &NetworkPolicy| policy.isolates(direction) && policy.pod_selector.matches(labels);
    world
        .policies_of(namespace)
        .iter()
        .map(|id| (*id, world.policy(*id)))
        .filter(|(_, policy)| selects(policy))
        .map(|(id, policy)| {
            let judge_rule = |rule| judge(world, rule, connection, namespace, other);
            let rules: Vec<RuleTrace> = policy.rules(direction).iter().map(judge_rule).collect();
            let admits = Answer::any(rules.iter().map(RuleTrace::matches));
            PolicyTrace { policy: id, admits, rules }
        })
        .collect()
}

fn judge(
    world: &World,
    rule: &PolicyRule,
    connection: &Connection,
    namespace: NamespaceId,
    other: End,
) -> RuleTrace {
    let receiver = Receiver::of(world, connection.to);
    RuleTrace {
        peers: rule.peers.iter().map(|peer| peer::judge(world, peer, namespace, other)).collect(),
        ports: rule
            .ports
            .iter()
            .map(|entry| port::judge(entry, connection.protocol, connection.port, receiver))
            .collect(),
    }
}
