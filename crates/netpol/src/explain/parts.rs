//! Peers and ports of a rule: what they ask for, and why they match or not.

use netpol_eval::{
    Connection, End, Feature, PeerMiss, PeerOutcome, PortMiss, PortOutcome, Topic, World,
};
use netpol_model::{
    LabelSelector, Labels, Operator, PeerSelector, PolicyPeer, PolicyPort, PortRef, Requirement,
    SelectorMiss,
};
use netpol_syntax::Span;

use super::{Context, questions, words};
use crate::place::place;
use crate::view::{PartView, Section};

/// The key of the label that every namespace has.
const NAME_LABEL: &str = "kubernetes.io/metadata.name";

/// A peer of a rule.
pub(super) fn peer(
    context: Context<'_>,
    policy_namespace: &str,
    peer: &PolicyPeer,
    outcome: PeerOutcome,
    other: End,
) -> PartView {
    let world = context.world;
    let (why, span) = match outcome {
        PeerOutcome::Matched => (matched(world, peer, other), peer.span),
        PeerOutcome::Depends(topic) => (depends(topic, other), peer.span),
        PeerOutcome::Missed(miss) => missed(world, policy_namespace, peer, miss, other),
    };
    PartView {
        matches: words::answer(outcome.answer()),
        wants: peer_wants(policy_namespace, peer),
        why,
        section: section_of_peer(peer, outcome),
        place: place(context.sources, span),
    }
}

/// Where it is explained that a peer matches or not.
fn section_of_peer(peer: &PolicyPeer, outcome: PeerOutcome) -> Section {
    match (outcome, &peer.selector) {
        (PeerOutcome::Depends(topic) | PeerOutcome::Missed(PeerMiss::NotCompared(topic)), _) => {
            questions::section(topic)
        }
        (_, PeerSelector::Pods { .. }) => Section::Selectors,
        (_, PeerSelector::Block(_)) => Section::Blocks,
    }
}

/// Whom a peer means.
pub(crate) fn peer_wants(policy_namespace: &str, peer: &PolicyPeer) -> String {
    let pods_with = |pods: &Option<LabelSelector>| match pods {
        Some(pods) if !pods.is_empty() => format!("pods with {}", words::selector(pods)),
        _ => "all pods".to_owned(),
    };
    match &peer.selector {
        PeerSelector::Pods { namespaces: None, pods } => {
            format!("{} in namespace `{policy_namespace}`", pods_with(pods))
        }
        PeerSelector::Pods { namespaces: Some(namespaces), pods } if namespaces.is_empty() => {
            format!("{} in all namespaces", pods_with(pods))
        }
        PeerSelector::Pods { namespaces: Some(namespaces), pods } => {
            format!("{} in {}", pods_with(pods), namespaces_with(namespaces))
        }
        PeerSelector::Block(block) => {
            let except: Vec<String> =
                block.except.iter().map(|(net, _)| format!("`{net}`")).collect();
            if except.is_empty() {
                format!("addresses in `{}`", block.cidr)
            } else {
                format!("addresses in `{}` except {}", block.cidr, words::list(&except))
            }
        }
    }
}

fn namespaces_with(selector: &LabelSelector) -> String {
    match selector.requirements.as_slice() {
        [Requirement { key, operator: Operator::In, values, .. }]
            if key == NAME_LABEL && values.len() == 1 =>
        {
            format!("namespace `{}`", values[0])
        }
        _ => format!("namespaces with {}", words::selector(selector)),
    }
}

fn matched(world: &World, peer: &PolicyPeer, other: End) -> String {
    let (PeerSelector::Pods { namespaces, pods }, Some(pod)) = (&peer.selector, other.pod()) else {
        return match other.address() {
            Some(address) => format!("its address {address} is in the block"),
            None => "every address is in the block".to_owned(),
        };
    };
    let pod = world.pod(pod);
    let namespace = &world.namespace(pod.namespace);
    let mut met: Vec<String> = Vec::new();
    for requirement in pods.iter().flat_map(|selector| &selector.requirements) {
        met.push(met_requirement(requirement, &world.template(pod).labels));
    }
    if namespaces.is_some() || met.is_empty() {
        met.push(format!("it is in namespace `{}`", namespace.name));
    }
    words::list(&met)
}

fn met_requirement(requirement: &Requirement, labels: &Labels) -> String {
    let key = &requirement.key;
    match labels.get(key) {
        Some(value) if value.is_empty() => format!("label `{key}` is there, without a value"),
        Some(value) => format!("label `{key}` is `{value}`"),
        None => format!("it has no label `{key}`"),
    }
}

/// The address, or what is said in its place.
fn address_of(end: End) -> String {
    end.address().map_or_else(|| "(not known)".to_owned(), |address| address.to_string())
}

fn depends(topic: Topic, other: End) -> String {
    let address = address_of(other);
    match topic {
        Topic::IpBlockMatchesPods => {
            format!(
                "the block holds its address {address}; plugins differ on whether blocks match pods"
            )
        }
        Topic::IpBlockMatchesNodes => {
            format!(
                "the block holds its address {address}; plugins differ on whether blocks match nodes"
            )
        }
        Topic::UnknownAddress => {
            "its address is not known, and the block does not hold all addresses".to_owned()
        }
        Topic::HostNetworkPods
        | Topic::HairpinViaService
        | Topic::EgressToOwnNode
        | Topic::Icmp
        | Topic::ClientIpForExternalTraffic => {
            "its labels match, but it shares its node's network; plugins differ on whether \
             selectors see it"
                .to_owned()
        }
    }
}

/// Why a peer does not match, and the narrowest place that says so.
fn missed(
    world: &World,
    policy_namespace: &str,
    peer: &PolicyPeer,
    miss: PeerMiss,
    other: End,
) -> (String, Span) {
    let address = address_of(other);
    match (miss, &peer.selector) {
        (PeerMiss::NamespaceLabel(SelectorMiss(index)), PeerSelector::Pods { namespaces, .. }) => {
            let requirement = namespaces.as_ref().and_then(|s| s.requirements.get(index));
            let namespace = other.pod().map(|pod| world.namespace(world.pod(pod).namespace));
            if let (Some(requirement), Some(namespace)) = (requirement, namespace) {
                let why = namespace_miss(requirement, &namespace.name, &namespace.labels);
                return (why, requirement.span);
            }
        }
        (PeerMiss::PodLabel(SelectorMiss(index)), PeerSelector::Pods { pods, .. }) => {
            let requirement = pods.as_ref().and_then(|s| s.requirements.get(index));
            let labels = other.pod().map(|pod| &world.template(world.pod(pod)).labels);
            if let (Some(requirement), Some(labels)) = (requirement, labels) {
                return (label_miss(requirement, labels), requirement.span);
            }
        }
        (PeerMiss::OtherNamespace, _) => {
            let namespace = other.pod().map(|pod| &world.namespace(world.pod(pod).namespace).name);
            return (
                format!(
                    "it is in namespace `{}`; without a namespaceSelector the peer means \
                     `{policy_namespace}` only",
                    namespace.map_or("", String::as_str)
                ),
                peer.span,
            );
        }
        (PeerMiss::Excepted(index), PeerSelector::Block(block)) => {
            if let Some((net, span)) = block.except.get(index) {
                return (format!("its address {address} is in the exception `{net}`"), *span);
            }
        }
        (PeerMiss::OutsideBlock, PeerSelector::Block(block)) => {
            let why = format!("its address {address} is outside `{}`", block.cidr);
            return (why, block.cidr_span);
        }
        (PeerMiss::OtherFamily, PeerSelector::Block(block)) => {
            let family = if other.is_ipv4() { "IPv4" } else { "IPv6" };
            let why = format!("its address {address} is {family}, the block is not");
            return (why, block.cidr_span);
        }
        (PeerMiss::NotCompared(_), PeerSelector::Block(block)) => {
            let what = if other.pod().is_some() { "pods" } else { "nodes" };
            let why = format!(
                "the block holds its address {address}, but with these settings blocks are not \
                 compared with the addresses of {what}"
            );
            return (why, block.cidr_span);
        }
        _ => {}
    }
    let what = if other.pod().is_some() { "shares its node's network" } else { "is not a pod" };
    (format!("it {what}, and selectors match pods only"), peer.span)
}

fn namespace_miss(requirement: &Requirement, namespace: &str, labels: &Labels) -> String {
    if requirement.key == NAME_LABEL && requirement.operator == Operator::In {
        let wanted: Vec<String> = requirement.values.iter().map(|v| format!("`{v}`")).collect();
        return format!(
            "it is in namespace `{namespace}`, the rule wants {}",
            words::list(&wanted).replace(" and ", " or ")
        );
    }
    let why = label_miss(requirement, labels);
    let why = why.strip_prefix("it has no").map_or(why.clone(), |rest| format!("has no{rest}"));
    format!("its namespace `{namespace}`: {why}")
}

/// The label that is there, and the one that is asked for.
pub(super) fn label_miss(requirement: &Requirement, labels: &Labels) -> String {
    let key = &requirement.key;
    let wanted: Vec<String> = requirement.values.iter().map(|v| format!("`{v}`")).collect();
    let wanted = words::list(&wanted).replace(" and ", " or ");
    match (requirement.operator, labels.get(key)) {
        (Operator::In, Some(value)) => {
            format!("label `{key}` is `{value}`, the rule wants {wanted}")
        }
        (Operator::In, None) => {
            let similar = labels.iter().find(|(_, value)| requirement.values.contains(value));
            match similar {
                Some((other, value)) => format!(
                    "it has no label `{key}`, the rule wants {wanted}; its label `{other}` is `{value}`"
                ),
                None => format!("it has no label `{key}`, the rule wants {wanted}"),
            }
        }
        (Operator::NotIn, Some(value)) => {
            format!("label `{key}` is `{value}`, which the rule leaves out")
        }
        (Operator::Exists, _) => format!("it has no label `{key}`, which the rule asks for"),
        (Operator::DoesNotExist | Operator::NotIn, _) => {
            format!("it has the label `{key}`, which the rule leaves out")
        }
    }
}

/// A port of a rule.
pub(super) fn port(
    context: Context<'_>,
    port: &PolicyPort,
    outcome: &PortOutcome,
    connection: &Connection,
) -> PartView {
    let receiver = match connection.to {
        End::Pod { pod, .. } => context.world.pod(pod).name.clone(),
        End::Outside(address) => address.to_string(),
        End::Unknown { .. } => "it".to_owned(),
    };
    let asked = connection.traffic.port().unwrap_or_default();
    let why = match outcome {
        PortOutcome::Matched => match &port.port {
            None => format!("every {} port matches", port.protocol),
            Some(PortRef::Number(_)) => format!("port {asked} matches"),
            Some(PortRef::Name(name)) => format!("{receiver} calls port {asked} `{name}`"),
        },
        PortOutcome::Depends(_) => format!(
            "{receiver} has that name for port {asked}, but it shares its node's network; plugins \
             differ on whether its names count"
        ),
        PortOutcome::Missed(miss) => port_miss(miss, port, connection, &receiver),
    };
    PartView {
        matches: words::answer(outcome.answer()),
        wants: port_wants(port),
        why,
        section: match outcome {
            PortOutcome::Depends(topic) => questions::section(*topic),
            PortOutcome::Missed(PortMiss::Ping) => Section::Icmp,
            PortOutcome::Matched | PortOutcome::Missed(_) => Section::Ports,
        },
        place: place(context.sources, port.span),
    }
}

/// Which ports an entry means.
pub(crate) fn port_wants(port: &PolicyPort) -> String {
    let protocol = port.protocol;
    match (&port.port, port.end_port) {
        (None, _) => format!("every {protocol} port"),
        (Some(PortRef::Number(first)), Some(last)) if last != *first => {
            format!("{protocol} {first}-{last}")
        }
        (Some(PortRef::Number(number)), _) => format!("{protocol} {number}"),
        (Some(PortRef::Name(name)), _) => format!("{protocol} port `{name}`"),
    }
}

fn port_miss(
    miss: &PortMiss,
    port: &PolicyPort,
    connection: &Connection,
    receiver: &str,
) -> String {
    let name = match &port.port {
        Some(PortRef::Name(name)) => name.as_str(),
        _ => "",
    };
    let asked = connection.traffic.port().unwrap_or_default();
    match miss {
        PortMiss::Protocol => {
            let protocol = connection.traffic.protocol().unwrap_or_default();
            format!("the connection is {protocol}, the rule wants {}", port.protocol)
        }
        PortMiss::Ping => {
            format!("a ping has no port, the rule wants {}", port_wants(port))
        }
        PortMiss::Number => {
            let wanted = port_wants(port);
            let wanted = wanted.strip_prefix(port.protocol.as_str()).unwrap_or(&wanted).trim();
            format!("the connection is to port {asked}, the rule wants {wanted}")
        }
        PortMiss::NameIsOther(numbers) => {
            let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            format!(
                "{receiver} calls port {} `{name}`, the connection is to {asked}",
                words::list(&numbers)
            )
        }
        PortMiss::NameOtherProtocol(protocol) => format!(
            "{receiver} has `{name}` as a {protocol} port, the rule wants {}",
            port.protocol
        ),
        PortMiss::NameNotDeclared => format!("{receiver} declares no port called `{name}`"),
        PortMiss::NameNeedsPod => {
            format!("{receiver} is not a pod, and only pods have names for ports")
        }
        PortMiss::NotSupported(feature) => {
            let (what, means) = match feature {
                Feature::EndPort => ("`endPort`", "the rule means its first port only"),
                Feature::NamedPorts => ("names of ports", "the rule's port matches nothing"),
                Feature::Sctp => ("SCTP", "the rule's port matches nothing"),
            };
            format!("the network plugin does not support {what}: {means}")
        }
    }
}
