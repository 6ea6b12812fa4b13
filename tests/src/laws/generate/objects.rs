//! Everything but policies.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Pods, labels, namespace, object, protocol, word};

/// Declarations of some of the namespaces. One contradicts the label that the cluster sets.
pub(super) fn namespaces() -> impl Strategy<Value = Vec<Value>> {
    let declared = |name: &'static str| {
        let team = prop::option::weighted(0.7, prop::sample::select(vec!["x", "y"]));
        (any::<bool>(), team, prop::bool::weighted(0.2)).prop_map(move |(there, team, lie)| {
            let lie = lie.then(|| Value::from("b"));
            let labels =
                object([("team", team.map(Value::from)), ("kubernetes.io/metadata.name", lie)]);
            let meta = json!({"name": name, "labels": labels});
            there.then(|| json!({"apiVersion": "v1", "kind": "Namespace", "metadata": meta}))
        })
    };
    (declared("a"), declared("b"), declared("default"))
        .prop_map(|(a, b, c)| [a, b, c].into_iter().flatten().collect())
}

/// Pods, workloads, Services, nodes, outside addresses, and how to judge.
pub(super) fn others(pods: Pods) -> impl Strategy<Value = Vec<Value>> {
    let workloads = if pods == Pods::Any { 0..2_usize } else { 0..1 };
    let all = (
        vec(pod(pods), 2..7),
        vec(workload(), workloads),
        vec(service(), 0..4),
        prop::option::weighted(0.5, settings()),
    );
    all.prop_map(|(pods, workloads, services, settings)| {
        let mut all = Vec::new();
        let pods = (1_usize..).zip(pods).map(|(number, pod)| pod.manifest(number));
        all.extend(pods);
        all.extend(named(workloads, "w"));
        let services: Vec<Value> = named(services, "s").collect();
        all.extend(services.iter().enumerate().filter_map(|(index, it)| endpoints(index, it)));
        all.extend(services);
        all.extend(nodes());
        all.extend(externals());
        all.extend(settings);
        all
    })
}

fn named(manifests: Vec<Value>, prefix: &str) -> impl Iterator<Item = Value> {
    manifests.into_iter().enumerate().map(move |(number, mut manifest)| {
        manifest["metadata"]["name"] = json!(format!("{prefix}{number}"));
        manifest
    })
}

/// The nodes, and the addresses that pods in their network have.
const NODES: [(&str, &str, &str); 2] =
    [("n1", "192.0.2.1", "2001:db8::1"), ("n2", "192.0.2.2", "2001:db8::2")];

fn nodes() -> impl Iterator<Item = Value> {
    NODES.into_iter().map(|(name, v4, v6)| {
        let address = |address| json!({"type": "InternalIP", "address": address});
        json!({"apiVersion": "v1", "kind": "Node", "metadata": {"name": name},
            "status": {"addresses": [address(v4), address(v6)]}})
    })
}

fn externals() -> [Value; 4] {
    let external = |name, spec: Value| {
        json!({"apiVersion": "netpol/v1", "kind": "External", "metadata": {"name": name},
            "spec": spec})
    };
    [
        external("office", json!({"ip": "203.0.113.7"})),
        external("both", json!({"ips": ["203.0.113.200", "2001:db8:1::7"]})),
        external("known.example.com", json!({"ip": "203.0.113.3"})),
        // Whose it is depends on whether the first pod has an address like it.
        external("pod", json!({"ip": "10.0.1.1"})),
    ]
}

/// Whose addresses a pod has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Network {
    V4,
    V6,
    Dual,
    Host,
    /// The node's, which is not written down.
    UnwrittenHost,
    /// None written down.
    Unknown,
}

#[derive(Clone, Debug)]
struct Pod {
    namespace: String,
    labels: Value,
    spec: Value,
    network: Network,
    /// Which of the nodes.
    node: Option<usize>,
    phase: Option<&'static str>,
    ready: Option<bool>,
}

impl Pod {
    fn manifest(self, number: usize) -> Value {
        let host = [Network::Host, Network::UnwrittenHost].contains(&self.network);
        let node = self.node.or(host.then_some(0)).map(|i| NODES[i]);
        // Two namespaces' worth of addresses, so that blocks separate pods.
        let v4 = format!("10.0.{}.{number}", number % 2);
        let v6 = format!("fd00:{}::{number}", number % 2);
        let ips = match (self.network, node) {
            (Network::V4, _) => vec![v4],
            (Network::V6, _) => vec![v6],
            (Network::Dual, _) => vec![v4, v6],
            (Network::Host, Some((_, v4, _))) => vec![v4.to_owned()],
            (Network::Host | Network::UnwrittenHost | Network::Unknown, _) => Vec::new(),
        };
        let mut spec = self.spec;
        if let Some((name, ..)) = node {
            spec["nodeName"] = json!(name);
        }
        if host {
            spec["hostNetwork"] = json!(true);
        }
        let ready = self.ready.map(
            |ready| json!([{"type": "Ready", "status": if ready { "True" } else { "False" }}]),
        );
        let status = object([
            ("phase", self.phase.map(Value::from)),
            ("podIP", ips.first().map(|ip| json!(ip))),
            (
                "podIPs",
                (ips.len() > 1)
                    .then(|| ips.iter().map(|ip| json!({"ip": ip})).collect::<Vec<_>>().into()),
            ),
            ("conditions", ready),
        ]);
        json!({"apiVersion": "v1", "kind": "Pod", "spec": spec, "status": status,
            "metadata": {"name": format!("p{number}"), "namespace": self.namespace,
                "labels": self.labels}})
    }
}

fn pod(pods: Pods) -> impl Strategy<Value = Pod> {
    let unknown = u32::from(pods == Pods::Any);
    let network = prop_oneof![
        4 => Just(Network::V4), 1 => Just(Network::V6), 4 => Just(Network::Dual),
        2 => Just(Network::Host), 1 => Just(Network::UnwrittenHost), unknown => Just(Network::Unknown)
    ];
    let phase = prop_oneof![
        20 => Just(None), 2 => Just(Some("Running")), 1 => Just(Some("Pending")),
        1 => Just(Some("Succeeded")), 1 => Just(Some("Failed"))
    ];
    let ready = prop_oneof![8 => Just(None), 1 => Just(Some(true)), 1 => Just(Some(false))];
    let node = prop::option::weighted(0.4, 0..NODES.len());
    (namespace(), labels(), pod_spec(), network, node, phase, ready).prop_map(
        |(namespace, labels, spec, network, node, phase, ready)| Pod {
            namespace,
            labels,
            spec,
            network,
            node,
            phase,
            ready,
        },
    )
}

/// Containers with ports, in one or two of which a name may be the same.
fn pod_spec() -> impl Strategy<Value = Value> {
    let init = (container(), any::<bool>()).prop_map(|(mut container, sidecar)| {
        if sidecar {
            container["restartPolicy"] = json!("Always");
        }
        container
    });
    (vec(container(), 1..3), vec(init, 0..2)).prop_map(|(mut containers, mut init)| {
        let all = containers.iter_mut().chain(&mut init).enumerate();
        all.for_each(|(number, container)| container["name"] = json!(format!("c{number}")));
        match init.len() {
            0 => json!({"containers": containers}),
            _ => json!({"containers": containers, "initContainers": init}),
        }
    })
}

fn container() -> impl Strategy<Value = Value> {
    let name = prop::option::weighted(0.7, prop::sample::select(vec!["http", "http", "dns"]));
    let number = prop::sample::select(vec![53, 80, 81, 8080]);
    let port = (name, number, prop::option::weighted(0.3, protocol())).prop_map(
        |(name, number, protocol)| {
            object([
                ("name", name.map(Value::from)),
                ("containerPort", Some(json!(number))),
                ("protocol", protocol.map(Value::from)),
            ])
        },
    );
    let container = vec(port, 1..3).prop_map(|mut ports| {
        // A name is unique in a container.
        let mut seen = Vec::new();
        ports.retain(|port| {
            let new = port["name"].is_null() || !seen.contains(&port["name"]);
            seen.push(port["name"].clone());
            new
        });
        json!({"image": "app", "ports": ports})
    });
    container.boxed()
}

fn workload() -> impl Strategy<Value = Value> {
    let kind = prop::sample::select(vec![
        ("apps/v1", "Deployment", "replicas"),
        ("apps/v1", "StatefulSet", "replicas"),
        ("apps/v1", "ReplicaSet", "replicas"),
        ("batch/v1", "Job", "parallelism"),
    ]);
    let replicas = prop::option::weighted(0.8, 0..4);
    (kind, namespace(), labels(), pod_spec(), replicas).prop_map(
        |((version, kind, count), namespace, labels, spec, replicas)| {
            let template = json!({"metadata": {"labels": labels}, "spec": spec});
            let mut spec = json!({"selector": {"matchLabels": labels}, "template": template});
            if let Some(replicas) = replicas {
                spec[count] = json!(replicas);
            }
            json!({"apiVersion": version, "kind": kind, "spec": spec,
                "metadata": {"namespace": namespace}})
        },
    )
}

fn service() -> impl Strategy<Value = Value> {
    let target = prop_oneof![
        2 => Just(None), 2 => Just(Some(json!(8080))), 1 => Just(Some(json!(80))),
        3 => Just(Some(json!("http"))), 1 => Just(Some(json!("dns")))
    ];
    let port =
        (prop::sample::select(vec![53, 80, 80]), target, prop::option::weighted(0.4, protocol()))
            .prop_map(|(number, target, protocol)| {
                object([
                    ("port", Some(json!(number))),
                    ("targetPort", target),
                    ("protocol", protocol.map(Value::from)),
                ])
            });
    let selector = prop_oneof![
        6 => Just(Some(json!({"app": "web"}))), 2 => Just(Some(json!({"app": "db"}))),
        1 => labels().prop_map(Some), 1 => Just(None)
    ];
    let kind = prop_oneof![
        6 => Just("ClusterIP"), 2 => Just("Headless"), 2 => Just("ExternalName"),
        2 => Just("NodePort"), 1 => Just("LoadBalancer")
    ];
    let alias =
        word(&["db.example.com", "known.example.com", "s0.a.svc", "s1.a.svc.cluster.local"]);
    let flags = [0.2, 0.3, 0.3].map(prop::bool::weighted);
    (namespace(), selector, port, kind, alias, flags).prop_map(
        |(namespace, selector, mut port, kind, alias, [not_ready, internal, external])| {
            if ["NodePort", "LoadBalancer"].contains(&kind) {
                port["nodePort"] = json!(30080);
            }
            let mut spec = object([
                ("selector", selector),
                ("ports", Some(json!([port]))),
                ("publishNotReadyAddresses", not_ready.then_some(json!(true))),
                ("internalTrafficPolicy", internal.then_some(json!("Local"))),
                ("externalTrafficPolicy", external.then_some(json!("Local"))),
            ]);
            match kind {
                "Headless" => spec["clusterIP"] = json!("None"),
                "ClusterIP" => {}
                kind => spec["type"] = json!(kind),
            }
            if kind == "ExternalName" {
                spec["externalName"] = json!(alias);
            }
            json!({"apiVersion": "v1", "kind": "Service", "spec": spec,
                "metadata": {"namespace": namespace}})
        },
    )
}

/// What somebody wrote down for a Service that chooses no pods: an address of a pod that may be
/// there, of a node, and outside.
fn endpoints(number: usize, service: &Value) -> Option<Value> {
    if !service["spec"]["selector"].is_null() {
        return None;
    }
    let meta = &service["metadata"];
    let port = json!([{"port": 8080, "protocol": service["spec"]["ports"][0]["protocol"]}]);
    let addresses = ["10.0.1.1", "203.0.113.7", "192.0.2.2"];
    Some(if number.is_multiple_of(2) {
        let endpoint = |(number, address)| {
            let ready = json!({"ready": number != 1 || address != "203.0.113.7"});
            json!({"addresses": [address], "conditions": ready, "nodeName": format!("n{number}")})
        };
        let endpoints: Vec<Value> = (1..).zip(addresses).map(endpoint).collect();
        json!({"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice",
            "metadata": {"name": format!("e{number}"), "namespace": meta["namespace"],
                "labels": {"kubernetes.io/service-name": meta["name"]}},
            "addressType": "IPv4", "endpoints": endpoints, "ports": port})
    } else {
        let [ready, other, not_ready] = addresses.map(|address| json!({"ip": address}));
        json!({"apiVersion": "v1", "kind": "Endpoints", "metadata": meta, "subsets": [
            {"addresses": [ready, other], "notReadyAddresses": [not_ready], "ports": port}]})
    })
}

/// An option, and how its two values are written.
pub(in crate::laws) type NamedOption = (&'static str, fn(bool) -> Value);

/// The options that Kubernetes leaves open, each with both of its values.
pub(in crate::laws) const OPTIONS: [NamedOption; 7] = [
    ("ipBlockMatchesPods", |yes| json!(yes)),
    ("ipBlockMatchesNodes", |yes| json!(yes)),
    ("hostNetworkPods", |yes| json!(if yes { "as-pod" } else { "as-node" })),
    ("hairpinViaService", |yes| json!(if yes { "allow" } else { "subject-to-policy" })),
    ("egressToOwnNode", |yes| json!(if yes { "always-allowed" } else { "subject" })),
    ("clientIPForExternalTraffic", |yes| json!(if yes { "preserved" } else { "replaced" })),
    ("icmp", |yes| json!(if yes { "always-allowed" } else { "subject" })),
];

/// What Kubernetes defines and plugins may lack: without the option it is there.
const SUPPORT: [&str; 3] = ["endPortSupported", "namedPortsSupported", "sctpSupported"];

fn settings() -> impl Strategy<Value = Value> {
    let open = OPTIONS.map(|_| prop::option::weighted(0.5, any::<bool>()));
    let support = SUPPORT.map(|_| prop::option::weighted(0.2, any::<bool>()));
    (open, support).prop_map(|(open, support)| {
        let open = OPTIONS.iter().zip(open);
        let open = open.filter_map(|((name, value), chosen)| Some((*name, value(chosen?))));
        let support = SUPPORT.iter().zip(support);
        let support = support.filter_map(|(name, chosen)| Some((*name, json!(chosen?))));
        let options = open.chain(support).map(|(name, value)| (name.to_owned(), value));
        json!({"apiVersion": "netpol/v1", "kind": "Settings", "metadata": {"name": "settings"},
            "spec": {"options": Value::Object(options.collect())}})
    })
}
