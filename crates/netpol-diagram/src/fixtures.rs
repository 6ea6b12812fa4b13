//! Topologies and flows for tests, written line by line.
//!
//! ```text
//! namespace NAME [ingress] [egress]            denied by default
//! pod|deployment NAMESPACE/NAME [ingress] [egress] [xREPLICAS] [hostNetwork] [implied] [silent] [KEY=VALUE…]
//! external NAME ADDRESS…
//! expectations                                 the flows are in an order that means something
//! flow FROM > TO PORT/PROTOCOL VERDICT [SIDE…]
//! ```

use std::collections::BTreeMap;

use netpol::view::{
    Bundle, Direction, ExternalView, Fate, Flow, FlowEdge, Flows, Isolation, NamespaceView,
    NodeView, Origin, Place, PortSpec, Protocol, Topology, Verdict,
};

pub(crate) const BOOKSTORE: &str = include_str!("fixtures/bookstore.txt");
pub(crate) const CHOSEN: &str = include_str!("fixtures/chosen.txt");
pub(crate) const THIRTY: &str = include_str!("fixtures/thirty.txt");
pub(crate) const ODD: &str = include_str!("fixtures/odd.txt");

pub(crate) fn read(text: &str) -> (Topology, Flows) {
    let mut topology = Topology::default();
    let mut flows = Flows::default();
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            [] => {}
            ["namespace", name, ref rest @ ..] => topology.namespaces.push(namespace(name, rest)),
            ["external", name, ref addresses @ ..] => {
                topology.externals.push(external(name, addresses));
            }
            ["flow", from, ">", to, port, verdict, ref stops @ ..] => {
                flows.flows.push(flow([from, to], port, verdict, stops));
            }
            [kind, id, ref rest @ ..] => topology.nodes.push(node(kind, id, rest)),
            ["expectations"] => flows.from_expectations = true,
            [_] => panic!("cannot read {line}"),
        }
    }
    topology.namespaces.sort_by(|a, b| a.name.cmp(&b.name));
    topology.nodes.sort_by(|a, b| a.id.cmp(&b.id));
    bundle(&mut flows);
    (topology, flows)
}

/// Puts the flows into bundles, as the facade does.
pub(crate) fn bundle(flows: &mut Flows) {
    let mut bundles: BTreeMap<(String, String, Fate), Bundle> = BTreeMap::new();
    for (index, flow) in flows.flows.iter().enumerate() {
        for FlowEdge { from, to, port, verdict, stops_at, was } in flow.edges.clone() {
            let fate = Fate { verdict, stops_at, was };
            let bundle =
                bundles.entry((from.clone(), to.clone(), fate.clone())).or_insert_with(|| Bundle {
                    from,
                    to,
                    fate,
                    count: 0,
                    ports: vec![],
                    port_total: 0,
                    flows: vec![],
                });
            bundle.count += 1;
            bundle.ports.push((port, flow.protocol));
            bundle.ports.sort_unstable();
            bundle.ports.dedup();
            bundle.port_total = bundle.ports.len();
            bundle.flows.push(index);
        }
    }
    flows.bundles = bundles.into_values().collect();
    flows.total = flows.flows.len() as u64;
}

pub(crate) fn place() -> Place {
    let file = "cluster.yaml".to_owned();
    Place { file, line: 1, column: 1, end_line: 1, end_column: 1, start: 0, end: 0 }
}

fn namespace(name: &str, rest: &[&str]) -> NamespaceView {
    NamespaceView {
        name: name.to_owned(),
        labels: [("kubernetes.io/metadata.name".to_owned(), name.to_owned())].into(),
        place: (!rest.contains(&"inferred")).then(place),
        default_deny_ingress: rest.contains(&"ingress"),
        default_deny_egress: rest.contains(&"egress"),
    }
}

fn external(name: &str, addresses: &[&str]) -> ExternalView {
    ExternalView {
        id: format!("external/{name}"),
        name: name.to_owned(),
        addresses: addresses.iter().map(|it| (*it).to_owned()).collect(),
        place: place(),
    }
}

fn node(kind: &str, id: &str, rest: &[&str]) -> NodeView {
    let (namespace, name) = id.split_once('/').expect("a node is NAMESPACE/NAME");
    let isolation = |side| Isolation { isolated: rest.contains(&side), policies: Vec::new() };
    let labels = rest.iter().filter_map(|word| word.split_once('='));
    let replicas = rest.iter().find_map(|word| word.strip_prefix('x')?.parse().ok());
    NodeView {
        id: id.to_owned(),
        name: name.to_owned(),
        namespace: namespace.to_owned(),
        kind: if kind == "pod" { "Pod" } else { "Deployment" }.to_owned(),
        replicas: replicas.unwrap_or(1),
        origin: match kind {
            _ if rest.contains(&"implied") => Origin::Implied,
            "pod" => Origin::Pod,
            _ => Origin::Workload,
        },
        labels: labels.map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
        addresses: Vec::new(),
        ports: Vec::new(),
        host_network: rest.contains(&"hostNetwork"),
        silent: rest.contains(&"silent").then(|| "it has finished".to_owned()),
        ingress: isolation("ingress"),
        egress: isolation("egress"),
        place: Some(place()),
    }
}

pub(crate) fn flow([from, to]: [&str; 2], port: &str, verdict: &str, stops: &[&str]) -> Flow {
    let (port, protocol) = port.split_once('/').expect("a port is NUMBER/PROTOCOL");
    let port = port.parse().expect("a port is a number");
    let by_word = |it: &&Verdict| it.as_str() == verdict;
    let verdict = *Verdict::ALL.iter().find(by_word).expect("a verdict's word");
    let by_name = |it: &&Protocol| it.as_str() == protocol;
    let edge = FlowEdge {
        from: from.to_owned(),
        to: to.to_owned(),
        port,
        verdict,
        stops_at: [Direction::Egress, Direction::Ingress]
            .into_iter()
            .filter(|side| stops.contains(&side.as_str()))
            .collect(),
        was: None,
    };
    Flow {
        from: from.to_owned(),
        to: to.to_owned(),
        port: PortSpec::Number(port),
        protocol: *Protocol::ALL.iter().find(by_name).expect("a protocol's name"),
        verdict,
        expected: None,
        place: None,
        edges: vec![edge],
    }
}
