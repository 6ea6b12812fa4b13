//! Reachability must equal the trace of every pair, on clusters that are made to hit every feature.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use netpol_model::{
    ContainerPort, External, IpBlock, LabelSelector, Labels, Meta, Namespace, NetworkPolicy,
    Objects, Operator, Options, PeerSelector, Pod, PodPhase, PodTemplate, PolicyPeer, PolicyPort,
    PolicyRule, PortRef, Protocol, Requirement, Settings,
};
use netpol_syntax::Span;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::{Connection, End, PodState, Traffic, trace};

const NAMESPACES: [&str; 3] = ["a", "b", "c"];
const BLOCKS: [&str; 6] =
    ["10.0.0.0/30", "10.0.0.0/24", "10.0.0.2/32", "0.0.0.0/0", "fd00::/64", "::/0"];

fn meta(namespace: &str, name: &str, labels: Labels) -> Meta {
    Meta {
        span: Span::default(),
        name: name.to_owned(),
        name_span: Span::default(),
        namespace: namespace.to_owned(),
        namespace_span: None,
        labels,
        owner: None,
    }
}

fn labels() -> impl Strategy<Value = Labels> {
    let pair = (select(vec!["x", "y"]), select(vec!["", "1", "2"]));
    vec(pair, 0..3).prop_map(|pairs| {
        pairs.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
    })
}

fn selector() -> impl Strategy<Value = LabelSelector> {
    let operators = [Operator::In, Operator::NotIn, Operator::Exists, Operator::DoesNotExist];
    let requirement = (
        select(vec!["x", "y", "z"]),
        select(operators.to_vec()),
        vec(select(vec!["", "1", "2"]), 1..3),
    )
        .prop_map(|(key, operator, values)| Requirement {
            span: Span::default(),
            key: key.to_owned(),
            operator,
            values: values.into_iter().map(str::to_owned).collect(),
            match_label: false,
        });
    vec(requirement, 0..3)
        .prop_map(|requirements| LabelSelector { span: Span::default(), requirements })
}

fn protocol() -> impl Strategy<Value = Protocol> {
    select(Protocol::ALL.to_vec())
}

fn pod_addresses(index: u8) -> impl Strategy<Value = Vec<IpAddr>> {
    let v4 = IpAddr::V4(Ipv4Addr::new(10, 0, 0, index));
    let v6 = IpAddr::V6(Ipv6Addr::new(0xfd00, 0, 0, u16::from(index % 2), 0, 0, 0, index.into()));
    select(vec![vec![], vec![v4], vec![v6], vec![v4, v6]])
}

fn pod(index: u8) -> impl Strategy<Value = Pod> {
    let port =
        (select(vec![Some("web"), Some("dns"), None]), select(vec![53, 80, 8080]), protocol())
            .prop_map(|(name, number, protocol)| ContainerPort {
                name: name.map(str::to_owned),
                number,
                protocol,
            });
    let phases = vec![PodPhase::Running, PodPhase::Running, PodPhase::Pending, PodPhase::Finished];
    (
        select(NAMESPACES.to_vec()),
        labels(),
        vec(port, 0..3),
        prop::bool::weighted(0.15),
        select(vec![None, Some("n1"), Some("n2")]),
        select(phases),
        pod_addresses(index),
    )
        .prop_map(move |(namespace, labels, ports, host_network, node, phase, addresses)| {
            Pod {
                meta: meta(namespace, &format!("p{index}"), labels.clone()),
                template: PodTemplate {
                    labels,
                    ports,
                    host_network,
                    node_name: node.map(str::to_owned),
                    ..PodTemplate::default()
                },
                phase,
                addresses,
                host_addresses: node
                    .map(|name| IpAddr::V4(Ipv4Addr::new(172, 16, 0, name.as_bytes()[1])))
                    .into_iter()
                    .collect(),
                ready: true,
                deleted: false,
            }
        })
}

fn peer() -> impl Strategy<Value = PolicyPeer> {
    let pods = (prop::option::of(selector()), prop::option::of(selector()))
        .prop_filter("a peer has a selector", |(a, b)| a.is_some() || b.is_some())
        .prop_map(|(namespaces, pods)| PeerSelector::Pods { namespaces, pods });
    let block =
        (select(BLOCKS.to_vec()), vec(select(BLOCKS.to_vec()), 0..2)).prop_map(|(cidr, except)| {
            PeerSelector::Block(IpBlock {
                cidr: cidr.parse().unwrap(),
                cidr_span: Span::default(),
                except: except.iter().map(|e| (e.parse().unwrap(), Span::default())).collect(),
            })
        });
    prop_oneof![3 => pods, 1 => block]
        .prop_map(|selector| PolicyPeer { span: Span::default(), selector })
}

fn port() -> impl Strategy<Value = PolicyPort> {
    let number = select(vec![1_u16, 53, 79, 80, 8080, u16::MAX]);
    let name = select(vec!["web", "dns"]).prop_map(|name| PortRef::Name(name.to_owned()));
    let port = prop_oneof![number.prop_map(PortRef::Number), name];
    (protocol(), prop::option::of(port), prop::bool::ANY).prop_map(|(protocol, port, ranged)| {
        let end_port = match &port {
            Some(PortRef::Number(first)) if ranged => Some(first.saturating_add(100)),
            _ => None,
        };
        PolicyPort { span: Span::default(), protocol, port, end_port }
    })
}

fn rule() -> impl Strategy<Value = PolicyRule> {
    (vec(peer(), 0..3), vec(port(), 0..3)).prop_map(|(peers, ports)| PolicyRule {
        span: Span::default(),
        peers,
        ports,
    })
}

fn policy() -> impl Strategy<Value = NetworkPolicy> {
    (
        select(NAMESPACES.to_vec()),
        selector(),
        any::<(bool, bool)>(),
        vec(rule(), 0..3),
        vec(rule(), 0..3),
        prop::bool::weighted(0.1),
    )
        .prop_map(|(namespace, pod_selector, isolates, ingress, egress, rejected)| {
            NetworkPolicy {
                meta: meta(namespace, "np", Labels::new()),
                rejected,
                pod_selector,
                isolates_ingress: isolates.0,
                isolates_egress: isolates.1,
                policy_types_span: None,
                ingress,
                egress,
            }
        })
}

fn options() -> impl Strategy<Value = Options> {
    let open = || prop::option::of(any::<bool>());
    (open(), open(), open(), open()).prop_map(|(pods, nodes, host_network, own_node)| Options {
        ip_block_matches_pods: pods,
        ip_block_matches_nodes: nodes,
        host_network_pods_as_pods: host_network,
        egress_to_own_node_allowed: own_node,
        ..Options::default()
    })
}

fn objects() -> impl Strategy<Value = Objects> {
    let pods: Vec<_> = (1..=6).map(pod).collect();
    let outside = ["10.0.0.1", "10.0.1.1", "172.16.0.49", "fd00::99", "2001:db8::1"];
    (pods, vec(policy(), 0..5), vec(labels(), 3), options(), select(outside.to_vec())).prop_map(
        |(pods, policies, namespace_labels, options, outside)| Objects {
            namespaces: NAMESPACES
                .iter()
                .zip(namespace_labels)
                .map(|(name, labels)| Namespace { meta: meta("", name, labels) })
                .map(Into::into)
                .collect(),
            pods: pods.into_iter().map(Into::into).collect(),
            policies: policies.into_iter().map(Into::into).collect(),
            externals: vec![Arc::new(External {
                meta: meta("", "outside", Labels::new()),
                addresses: vec![outside.parse().unwrap()],
            })],
            settings: Some(Settings { options, ..Settings::default() }),
            ..Objects::default()
        },
    )
}

/// Everybody with the pod that it is, if any, its identity and its addresses.
fn everybody(world: &World, reach: &Reachability) -> Vec<(Option<PodId>, IdentityId, Vec<IpAddr>)> {
    let active = |id: &PodId| world.pod(*id).state == PodState::Active;
    let pods = world
        .pod_ids()
        .filter(active)
        .map(|id| (Some(id), reach.of_pod(id).unwrap(), world.pod(id).addresses.clone()));
    let externals = world.objects().externals.iter().zip(0..).map(|(external, index)| {
        (None, reach.of_external(ExternalId(index)).unwrap(), external.addresses.clone())
    });
    pods.chain(externals).collect()
}

/// The answers of the trace over every address family that both ends have.
fn traced(
    world: &World,
    from: (Option<PodId>, &[IpAddr]),
    to: (Option<PodId>, &[IpAddr]),
    (protocol, port): (Protocol, u16),
) -> Vec<Answer> {
    let end = |pod: Option<PodId>, address| match pod {
        Some(pod) => End::Pod { pod, address },
        None => End::Outside(address),
    };
    let all: Vec<(IpAddr, IpAddr)> =
        from.1.iter().flat_map(|a| to.1.iter().map(|b| (*a, *b))).collect();
    let same: Vec<_> = all.iter().filter(|(a, b)| a.is_ipv4() == b.is_ipv4()).copied().collect();
    let pairs = if same.is_empty() { vec![(from.1[0], to.1[0])] } else { same };
    let mut answers: Vec<Answer> = pairs
        .into_iter()
        .map(|(a, b)| {
            let (from, to) = (end(from.0, a), end(to.0, b));
            trace(
                world,
                &Connection {
                    from,
                    to,
                    traffic: Traffic::Port(protocol, port),
                    via_service: false,
                },
            )
            .passes()
        })
        .collect();
    answers.sort();
    answers.dedup();
    answers
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn reachability_agrees_with_the_trace_of_every_pair(objects in objects()) {
        let world = World::resolve(objects);
        let reach = Reachability::of(&world);
        let everybody = everybody(&world, &reach);
        let ports = [1, 2, 53, 80, 81, 8080, 9000, u16::MAX];
        for (from, from_identity, from_addresses) in &everybody {
            for (to, to_identity, to_addresses) in &everybody {
                if from == to {
                    continue;
                }
                for (protocol, port) in
                    Protocol::ALL.into_iter().flat_map(|p| ports.map(|port| (p, port)))
                {
                    let expected =
                        traced(&world, (*from, from_addresses), (*to, to_addresses), (protocol, port));
                    let found = reach.connects(*from_identity, *to_identity, protocol, port);
                    let agrees = match found {
                        Some(answer) => expected == [answer],
                        None => expected.len() > 1,
                    };
                    prop_assert!(
                        agrees,
                        "{from:?} -> {to:?} {port}/{protocol}: traced {expected:?}, found {found:?}"
                    );
                    let row = reach.row(*from_identity, protocol, port);
                    prop_assert_eq!(row.connects(*to_identity), found);
                    for side in [Direction::Egress, Direction::Ingress] {
                        let expected =
                            reach.side(side, *from_identity, *to_identity, protocol, port);
                        prop_assert_eq!(row.side(side, *to_identity), expected);
                    }
                    let listed = reach.ports(*from_identity, *to_identity, Answer::Yes);
                    prop_assert_eq!(
                        listed.iter().any(|range| range.contains(protocol, port)),
                        expected.contains(&Answer::Yes)
                    );
                }
            }
        }
    }

    #[test]
    fn pairs_are_counted_as_if_one_by_one(objects in objects()) {
        let world = World::resolve(objects);
        let reach = Reachability::of(&world);
        let pods: Vec<PodId> =
            world.pod_ids().filter(|id| reach.of_pod(*id).is_some()).collect();
        let mut connected = 0;
        for from in &pods {
            for to in pods.iter().filter(|to| *to != from) {
                let (a, b) = (reach.of_pod(*from).unwrap(), reach.of_pod(*to).unwrap());
                connected += u64::from(!reach.ports(a, b, Answer::Yes).is_empty());
            }
        }
        let total = (pods.len() * pods.len().saturating_sub(1)) as u64;
        prop_assert_eq!(reach.count_pairs(|_| true), (total, connected));
    }
}
