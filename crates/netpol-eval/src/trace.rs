//! One connection: everything that was looked at, and why it did or did not match.
//!
//! The semantics are those of <https://kubernetes.io/docs/concepts/services-networking/network-policies/>:
//! a pod is isolated in a direction when a policy selects it for that direction, and then only what
//! some rule of some such policy admits may pass. Both ends must let a connection pass.

use std::net::IpAddr;

use netpol_model::{Direction, NetworkPolicy, Options, PolicyRule, Protocol};

use crate::port::Receiver;
use crate::reading::Reading;
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
    /// Somebody whose address is not known.
    Unknown {
        /// Who.
        who: Unknown,
        /// Whether the address is an IPv4 or an IPv6 one.
        ipv4: bool,
    },
}

/// Somebody whose address is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unknown {
    /// Outside the cluster.
    Outside,
    /// The node that the pod at the other end runs on.
    OwnNode,
    /// Another node.
    OtherNode,
}

impl End {
    /// The address, if it is known.
    pub fn address(self) -> Option<IpAddr> {
        match self {
            Self::Pod { address, .. } | Self::Outside(address) => Some(address),
            Self::Unknown { .. } => None,
        }
    }

    /// The address family.
    pub fn is_ipv4(self) -> bool {
        match self {
            Self::Pod { address, .. } | Self::Outside(address) => address.is_ipv4(),
            Self::Unknown { ipv4, .. } => ipv4,
        }
    }

    /// The pod, if it is one.
    pub fn pod(self) -> Option<PodId> {
        match self {
            Self::Pod { pod, .. } => Some(pod),
            Self::Outside(_) | Self::Unknown { .. } => None,
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
    /// What is sent.
    pub traffic: Traffic,
    /// Whether the sender dialled a Service.
    pub via_service: bool,
}

/// What is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Traffic {
    /// Something to a port of the receiver.
    Port(Protocol, u16),
    /// An ICMP echo request, which has no port.
    Ping,
}

impl Traffic {
    /// The port, if there is one.
    pub fn port(self) -> Option<u16> {
        match self {
            Self::Port(_, port) => Some(port),
            Self::Ping => None,
        }
    }

    /// The transport protocol, if it is one.
    pub fn protocol(self) -> Option<Protocol> {
        match self {
            Self::Port(protocol, _) => Some(protocol),
            Self::Ping => None,
        }
    }
}

/// Both sides of a connection. Both are always judged, so that a person sees all that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    passes: Answer,
    /// Leaving the sender.
    pub egress: Side,
    /// Entering the receiver.
    pub ingress: Side,
}

impl Trace {
    /// Whether the connection is made. That can be certain where no side is: if each answer to a
    /// question lets one side pass and not the other.
    pub fn passes(&self) -> Answer {
        self.passes
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
    /// The exemptions that some implementations make for this connection, where they decide.
    pub exempt: Vec<Topic>,
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
    trace_under(world, world.options(), connection)
}

/// Judges one connection with other answers to open questions than those of the world.
pub fn trace_under(world: &World, options: &Options, connection: &Connection) -> Trace {
    let reading = Reading { world, options: *options };
    let sides = |reading: &Reading<'_>| {
        [Direction::Egress, Direction::Ingress].map(|way| side(reading, connection, way))
    };
    let [egress, ingress] = sides(&reading);
    let is_there =
        [connection.from, connection.to].into_iter().any(|end| reading.is_in_host_network(end));
    let passes = match reading.of_host_network(is_there).as_slice() {
        [_] => egress.passes.and(ingress.passes),
        several => Answer::joined(several.iter().map(|reading| {
            let [egress, ingress] = sides(reading);
            egress.passes.and(ingress.passes)
        })),
    };
    Trace { passes, egress, ingress }
}

fn side(reading: &Reading<'_>, connection: &Connection, direction: Direction) -> Side {
    let world = reading.world;
    let (own, other) = match direction {
        Direction::Egress => (connection.from, connection.to),
        Direction::Ingress => (connection.to, connection.from),
    };
    let open =
        |reason| Side { passes: Answer::Yes, reason, exempt: Vec::new(), policies: Vec::new() };
    let End::Pod { pod, .. } = own else {
        return open(SideReason::NotAPod);
    };
    let same_pod = other.pod() == Some(pod);
    if same_pod && !connection.via_service {
        return open(SideReason::OwnPod);
    }
    if reading.options.enforced == Some(false) {
        return open(SideReason::NotEnforced);
    }
    if direction == Direction::Ingress && !same_pod && is_own_node(world, pod, other) {
        return open(SideReason::OwnNode);
    }
    let host_network = reading.is_in_host_network(own);
    let as_pods = reading.options.host_network_pods_as_pods;
    if host_network && as_pods == Some(false) {
        return open(SideReason::HostNetwork);
    }
    // Where the pod counts as its node no policy applies to it, so what its policies say is only
    // of interest where it does not.
    let selected = if host_network { reading.host_network_pods(true) } else { *reading };
    let policies = applying(&selected, connection, direction, pod, other);
    if policies.is_empty() {
        let reason = if host_network { SideReason::HostNetwork } else { SideReason::NotIsolated };
        return open(reason);
    }
    let admitted = Answer::any(policies.iter().map(|policy| policy.admits));
    let mut exempt = Vec::new();
    let mut passes = admitted;
    let exemptions = exemption(&selected, direction, pod, other).into_iter();
    for (topic, answer) in exemptions.chain(icmp_exemption(&selected, connection.traffic)) {
        if answer > passes {
            exempt.clear();
            exempt.push(topic);
            passes = answer;
        } else if answer == passes && answer > admitted {
            exempt.push(topic);
        }
    }
    if host_network && as_pods.is_none() && passes != Answer::Yes {
        exempt.push(Topic::HostNetworkPods);
        passes = Answer::Depends;
    }
    Side { passes, reason: SideReason::Isolated, exempt, policies }
}

/// An exemption that implementations may make for what no rule admits, and whether they do.
fn exemption(
    reading: &Reading<'_>,
    direction: Direction,
    pod: PodId,
    other: End,
) -> Option<(Topic, Answer)> {
    if other.pod() == Some(pod) {
        let option = reading.options.hairpin_via_service_allowed;
        Some((Topic::HairpinViaService, option.map_or(Answer::Depends, Answer::from_bool)))
    } else if direction == Direction::Egress && is_own_node(reading.world, pod, other) {
        Some((Topic::EgressToOwnNode, leaves_for_own_node(reading)))
    } else {
        None
    }
}

/// Whether a pod may reach its own node although no rule admits it.
pub(crate) fn leaves_for_own_node(reading: &Reading<'_>) -> Answer {
    reading.options.egress_to_own_node_allowed.map_or(Answer::Depends, Answer::from_bool)
}

/// Isolation is defined for TCP, UDP and SCTP, see
/// <https://kubernetes.io/docs/concepts/services-networking/network-policies/>: what becomes of a ping
/// that no rule admits is up to the implementation.
fn icmp_exemption(reading: &Reading<'_>, traffic: Traffic) -> Option<(Topic, Answer)> {
    let answer = reading.options.icmp_allowed.map_or(Answer::Depends, Answer::from_bool);
    (traffic == Traffic::Ping).then_some((Topic::Icmp, answer))
}

/// Whether an end is the node that a pod runs on: by address, or a pod in that node's network.
pub(crate) fn is_own_node(world: &World, pod: PodId, end: End) -> bool {
    match end {
        End::Outside(address) => world.own_node_addresses(pod).contains(&address),
        End::Unknown { who, .. } => who == Unknown::OwnNode,
        End::Pod { pod: other, .. } => {
            world.template(world.pod(other)).host_network && world.same_node(pod, other)
        }
    }
}

fn applying(
    reading: &Reading<'_>,
    connection: &Connection,
    direction: Direction,
    pod: PodId,
    other: End,
) -> Vec<PolicyTrace> {
    let world = reading.world;
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
            let judge_rule = |rule| judge(reading, rule, connection, namespace, other);
            let rules: Vec<RuleTrace> = policy.rules(direction).iter().map(judge_rule).collect();
            let admits = Answer::any(rules.iter().map(RuleTrace::matches));
            PolicyTrace { policy: id, admits, rules }
        })
        .collect()
}

fn judge(
    reading: &Reading<'_>,
    rule: &PolicyRule,
    connection: &Connection,
    namespace: NamespaceId,
    other: End,
) -> RuleTrace {
    let receiver = Receiver::of(reading, connection.to);
    RuleTrace {
        peers: rule.peers.iter().map(|peer| peer::judge(reading, peer, namespace, other)).collect(),
        ports: rule
            .ports
            .iter()
            .map(|entry| port::judge(entry, connection.traffic, receiver, &reading.options))
            .collect(),
    }
}
