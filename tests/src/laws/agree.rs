//! The model, the explanations, the lists of all pairs, the counts and the expectations agree.

use std::collections::{BTreeMap, BTreeSet};

use netpol::view::{
    ConnectionQuery, MatrixQuery, PortSpec, Protocol, ReachQuery, Topology, Verdict,
};
use netpol::{Analysis, Sources, analyse};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::cases;
use super::generate::{Pods, cluster};
use super::model::{Addresses, Model};
use super::text::{Form, text};

/// Ports at and beside the limits of what rules name.
const PORTS: [(u16, Protocol); 8] = [
    (80, Protocol::Tcp),
    (30080, Protocol::Tcp),
    (81, Protocol::Tcp),
    (8080, Protocol::Tcp),
    (65535, Protocol::Tcp),
    (53, Protocol::Udp),
    (8080, Protocol::Udp),
    (443, Protocol::Sctp),
];

/// A cluster, read by the engine and by the model.
pub(super) struct Judged {
    manifests: Vec<Value>,
    pub(super) analysis: Analysis,
    model: Model,
    /// Pods, workloads and named addresses.
    pub(super) parties: Vec<String>,
    /// Those of them that stand for one.
    single: BTreeSet<String>,
}

impl Judged {
    pub(super) fn new(manifests: Vec<Value>) -> Self {
        let analysis = analysis(&manifests);
        let topology = analysis.topology();
        let model = Model::of(&manifests, &addresses(&topology));
        let externals: Vec<String> = topology.externals.into_iter().map(|it| it.id).collect();
        let single = topology.nodes.iter().filter(|it| it.replicas == 1).map(|it| it.id.clone());
        let single = single.chain(externals.iter().cloned()).collect();
        let parties = topology.nodes.into_iter().map(|it| it.id).chain(externals).collect();
        Self { manifests, analysis, model, parties, single }
    }

    /// Whether it is one and the same on both ends.
    fn is_itself(&self, from: &str, to: &str) -> bool {
        let single = |party: &str| self.single.contains(party);
        single(from) && single(to) && (from == to || self.model.is_same_pod(from, to))
    }

    /// What is said about looking a Service's name up.
    fn lookup(&self, from: &str, to: &str) -> Option<Verdict> {
        let (from, to, port) = (from.to_owned(), to.to_owned(), PortSpec::Number(80));
        let query = ConnectionQuery { from, to, port, protocol: Protocol::Tcp };
        Some(self.analysis.explain(&query).unwrap().lookup?.verdict)
    }

    fn explained(&self, from: &str, to: &str, port: u16, protocol: Protocol) -> Verdict {
        let (from, to, port) = (from.to_owned(), to.to_owned(), PortSpec::Number(port));
        self.analysis.explain(&ConnectionQuery { from, to, port, protocol }).unwrap().verdict
    }

    pub(super) fn modelled(&self, from: &str, to: &str, port: u16, protocol: Protocol) -> Verdict {
        self.model.verdict(from, to, port, protocol).unwrap()
    }
}

fn analysis(manifests: &[Value]) -> Analysis {
    analyse(Sources::single("cluster.yaml", text(manifests, Form::Flow)))
}

fn addresses(topology: &Topology) -> Addresses {
    let nodes = topology.nodes.iter();
    nodes
        .map(|it| (it.id.clone(), it.addresses.iter().map(|it| it.parse().unwrap()).collect()))
        .collect()
}

fn judged() -> impl Strategy<Value = Vec<Value>> {
    cluster(Pods::Any).prop_map(|cluster| cluster.manifests())
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn explanations_are_as_the_model_says(manifests in judged()) {
        let judged = Judged::new(manifests);
        let mut senders = judged.parties.clone();
        let mut receivers = senders.clone();
        let addresses = ["192.0.2.1", "198.51.100.9", "10.0.1.1", "fd00::2"].map(str::to_owned);
        senders.extend(addresses.clone());
        receivers.extend(addresses);
        let services = judged.analysis.topology().services;
        receivers.extend(services.into_iter().map(|service| service.id));
        for (number, from) in senders.iter().enumerate() {
            for (other, to) in receivers.iter().enumerate() {
                for (port, protocol) in PORTS.into_iter().cycle().skip(number + other).take(2) {
                    let expected = judged.modelled(from, to, port, protocol);
                    let actual = judged.explained(from, to, port, protocol);
                    prop_assert!(
                        actual == expected,
                        "{from} -> {to}:{port}/{protocol}: {actual}, but the model says {expected}"
                    );
                }
            }
        }
    }

    #[test]
    fn lists_of_all_pairs_are_as_the_model_says(manifests in judged()) {
        let judged = Judged::new(manifests);
        for (port, protocol) in PORTS {
            let (spec, wanted) = (Some(PortSpec::Number(port)), Some(protocol));
            let query = MatrixQuery { port: spec.clone(), protocol: wanted, limit: 100 };
            let matrix = judged.analysis.matrix(&query).unwrap();
            prop_assert_eq!(&matrix.endpoints, &judged.parties.clone());
            let query = ReachQuery { port: spec, protocol: wanted, ..ReachQuery::default() };
            let reach = judged.analysis.reach(&query).unwrap().connections;
            let mut listed: BTreeMap<_, _> =
                reach.into_iter().map(|it| ((it.from, it.to), it.verdict)).collect();
            for (from, row) in matrix.endpoints.iter().zip(&matrix.cells) {
                for (to, cell) in matrix.endpoints.iter().zip(row) {
                    let expected = if judged.is_itself(from, to) {
                        Verdict::NotApplicable
                    } else {
                        judged.modelled(from, to, port, protocol)
                    };
                    prop_assert!(
                        cell.verdict == expected,
                        "{from} -> {to}:{port}/{protocol}: {}, but the model says {expected}",
                        cell.verdict
                    );
                    let listed = listed.remove(&(from.clone(), to.clone()));
                    let connects = [cell.verdict]
                        .into_iter()
                        .find(|it| !matches!(it, Verdict::Denied | Verdict::NotApplicable));
                    prop_assert_eq!(listed, connects, "{} -> {}", from, to);
                }
            }
            prop_assert!(listed.is_empty(), "{listed:?}");
        }
    }

}

proptest! {
    // These ask for more of each cluster.
    #![proptest_config(cases(40))]

    #[test]
    fn pings_are_as_the_model_says(manifests in judged()) {
        let judged = Judged::new(manifests);
        for from in &judged.parties {
            for to in &judged.parties {
                let expected = judged.modelled(from, to, 0, Protocol::Icmp);
                let actual = judged.explained(from, to, 1, Protocol::Icmp);
                prop_assert_eq!(actual, expected, "{} -> {}", from, to);
            }
        }
    }

    #[test]
    fn a_lookup_is_a_connection_to_the_dns_pods(manifests in judged()) {
        let judged = Judged::new(manifests);
        let dns = "kube-system/coredns";
        let nodes = judged.analysis.topology().nodes;
        for service in judged.analysis.topology().services {
            for node in nodes.iter().filter(|node| !node.host_network && node.replicas > 0) {
                let asked = judged.explained(&node.id, dns, 53, Protocol::Udp);
                prop_assert_eq!(judged.lookup(&node.id, &service.id), Some(asked), "{}", node.id);
            }
            prop_assert_eq!(judged.lookup("external/office", &service.id), None);
        }
    }

    #[test]
    fn ports_and_counts_are_as_the_model_says(manifests in judged()) {
        let judged = Judged::new(manifests);
        let probes = probes(&judged.manifests);
        let reach = judged.analysis.reach(&ReachQuery::default()).unwrap().connections;
        let listed: BTreeMap<_, _> =
            reach.into_iter().map(|it| ((it.from, it.to), (it.verdict, it.ports))).collect();
        let parties = judged.parties.clone();
        for from in &parties {
            for to in parties.iter().filter(|to| !judged.is_itself(from, to)) {
                let entry = listed.get(&(from.clone(), to.clone()));
                for (port, protocol) in &probes {
                    let expected = judged.modelled(from, to, *port, *protocol);
                    let wrong = complaint(entry, *port, *protocol, expected);
                    prop_assert_eq!(wrong, None, "{} -> {}", from, to);
                }
            }
        }
        let stats = judged.analysis.stats();
        let connected = judged.model.connected_pairs(&probes);
        prop_assert_eq!(stats.policies, judged.model.policy_count());
        prop_assert_eq!(stats.pairs.total, judged.model.pairs() as u64);
        prop_assert_eq!(stats.pairs.denied, stats.pairs.total - stats.pairs.allowed);
        prop_assert_eq!(stats.pairs.allowed, connected as u64);
    }

    #[test]
    fn expectations_of_what_the_model_says_hold(manifests in judged()) {
        let mut judged = Judged::new(manifests);
        let parties = judged.parties.clone();
        let mut connections = Vec::new();
        for (number, from) in parties.iter().enumerate() {
            for (other, to) in parties.iter().enumerate() {
                let (port, protocol) = PORTS[(number + other) % PORTS.len()];
                let verdict = judged.modelled(from, to, port, protocol);
                connections.push(json!({"from": from, "to": to, "port": port,
                    "protocol": protocol.as_str(), "verdict": verdict.as_str()}));
            }
        }
        let count = connections.len();
        judged.manifests.push(json!({"apiVersion": "netpol/v1", "kind": "Expectation",
            "metadata": {"name": "model"}, "spec": {"connections": connections}}));
        let report = analysis(&judged.manifests).test();
        let wrong: Vec<_> = report.results.iter().filter(|result| !result.ok).collect();
        prop_assert!(wrong.is_empty(), "{:#?}", wrong);
        prop_assert_eq!(report.passed, count);
    }
}

proptest! {
    // Each cluster is read again for each value of each option.
    #![proptest_config(cases(15))]

    #[test]
    fn answers_to_open_questions_are_what_the_settings_would_give(manifests in judged()) {
        let judged = Judged::new(manifests);
        let ask = |analysis: &Analysis, from: &str, to: &str| {
            let (from, to, port) = (from.to_owned(), to.to_owned(), PortSpec::Number(80));
            analysis.explain(&ConnectionQuery { from, to, port, protocol: Protocol::Tcp }).unwrap()
        };
        let mut with: BTreeMap<(String, String), Analysis> = BTreeMap::new();
        for from in &judged.parties {
            for to in &judged.parties {
                let [path] = &ask(&judged.analysis, from, to).paths[..] else { continue };
                for question in &path.questions {
                    for answer in &question.answers {
                        let set = (question.option.clone(), answer.value.clone());
                        let settings = || with_option(&judged.manifests, &set.0, &set.1);
                        let analysis =
                            with.entry(set.clone()).or_insert_with(|| analysis(&settings()));
                        let verdict = ask(analysis, from, to).verdict;
                        prop_assert_eq!(verdict, answer.verdict, "{:?} {} -> {}", set, from, to);
                    }
                }
            }
        }
    }
}

/// The manifests with an option set.
fn with_option(manifests: &[Value], option: &str, value: &str) -> Vec<Value> {
    let value = value.parse::<bool>().map_or(json!(value), |value| json!(value));
    let mut manifests = manifests.to_vec();
    match manifests.iter_mut().find(|it| it["kind"] == "Settings") {
        Some(settings) => settings["spec"]["options"][option] = value,
        None => manifests.push(json!({"apiVersion": "netpol/v1", "kind": "Settings",
            "spec": {"options": {option: value}}})),
    }
    manifests
}

/// What is wrong about a port in the entry of a list of all connections.
fn complaint(
    entry: Option<&(Verdict, Vec<String>)>,
    port: u16,
    protocol: Protocol,
    expected: Verdict,
) -> Option<String> {
    let listed =
        entry.is_some_and(|(_, ports)| ports.iter().any(|range| contains(range, port, protocol)));
    let right = match entry.map(|(verdict, _)| *verdict) {
        Some(Verdict::Allowed) => listed == (expected == Verdict::Allowed),
        Some(Verdict::ImplementationDefined) => {
            listed == (expected == Verdict::ImplementationDefined) && expected != Verdict::Allowed
        }
        Some(_) if listed => expected != Verdict::Denied,
        Some(_) => expected != Verdict::Allowed,
        None => matches!(expected, Verdict::Denied | Verdict::NotApplicable),
    };
    (!right).then(|| format!("{port}/{protocol} is {expected}, the list says {entry:?}"))
}

/// Every port at which a verdict can change, so that all ports are judged.
fn probes(manifests: &[Value]) -> BTreeSet<(u16, Protocol)> {
    let mut limits = BTreeSet::from([1, 65535]);
    collect(&Value::from(manifests), &mut limits);
    let limits = limits.into_iter().flat_map(|it| [it, it.saturating_add(1)]);
    limits.flat_map(|port| Protocol::ALL.map(|protocol| (port, protocol))).collect()
}

fn collect(value: &Value, numbers: &mut BTreeSet<u16>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, numbers)),
        Value::Object(fields) => {
            for (name, field) in fields {
                if ["port", "endPort", "containerPort"].contains(&name.as_str()) {
                    numbers.extend(field.as_u64().and_then(|it| u16::try_from(it).ok()));
                }
                collect(field, numbers);
            }
        }
        _ => {}
    }
}

/// Whether `TCP/80`, `TCP/1000-2000` or `TCP/*` contains the port.
fn contains(range: &str, port: u16, protocol: Protocol) -> bool {
    let (name, numbers) = range.split_once('/').unwrap();
    let inside = match numbers.split_once('-') {
        _ if numbers == "*" => true,
        Some((first, last)) => {
            (first.parse().unwrap()..=last.parse::<u16>().unwrap()).contains(&port)
        }
        None => numbers.parse::<u16>().unwrap() == port,
    };
    name == protocol.as_str() && inside
}
