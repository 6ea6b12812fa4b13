//! What stands behind Services, ports of nodes and name servers.

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use netpol_model::{EndpointName, PortRef, Protocol};

use super::world;
use crate::{Found, ServiceId, Target, TargetAt, World};

const CLUSTER: &str = "
{apiVersion: v1, kind: Node, metadata: {name: n1}, status: {addresses: [{type: InternalIP, address: 192.0.2.1}, {type: ExternalIP, address: 198.51.100.1}]}}
---
apiVersion: v1
kind: PodList
items:
- metadata: {name: a, labels: {app: web, part: x}}
  spec:
    nodeName: n1
    containers: [{name: c, ports: [{name: http, containerPort: 8080, hostPort: 80}, {name: http2, containerPort: 8081, hostPort: 81, hostIP: 198.51.100.1}]}]
  status: {podIP: 10.0.0.1}
- metadata: {name: b, labels: {app: web, part: y}}
  spec: {containers: [{name: c, ports: [{name: http, containerPort: 9090}, {name: http, containerPort: 53, protocol: UDP}]}]}
  status: {podIP: 10.0.0.2}
- {metadata: {name: c, labels: {app: web}}, status: {podIP: 10.0.0.3}}
- {metadata: {name: elsewhere, namespace: other, labels: {app: web}}}
- {metadata: {name: finished, labels: {app: web}}, status: {podIP: 10.0.0.4, phase: Failed}}
- {metadata: {name: starting, labels: {app: slow}}, status: {podIP: 10.0.0.5, conditions: [{type: Ready, status: 'False'}]}}
- {metadata: {name: leaving, labels: {app: old, also: web}, deletionTimestamp: '2026-01-01T00:00:00Z'}, status: {podIP: 10.0.0.6}}
- {metadata: {name: staying, labels: {also: web}}, status: {podIP: 10.0.0.7}}
---
apiVersion: v1
kind: ServiceList
items:
- {metadata: {name: number}, spec: {selector: {app: web}, ports: [{name: main, port: 80, targetPort: 8080}, {port: 53, protocol: UDP}]}}
- {metadata: {name: both-labels}, spec: {selector: {app: web, part: x}, ports: [{port: 80}]}}
- {metadata: {name: name}, spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}, {port: 90, targetPort: https}]}}
- {metadata: {name: headless}, spec: {clusterIP: None, selector: {part: x}, ports: [{name: web, port: 80, targetPort: 8080}]}}
- {metadata: {name: on-nodes}, spec: {type: NodePort, selector: {part: x}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]}}
- {metadata: {name: inside}, spec: {selector: {part: x}, ports: [{port: 80, nodePort: 30081}]}}
- {metadata: {name: slow}, spec: {selector: {app: slow}, ports: [{port: 80}]}}
- {metadata: {name: at-once}, spec: {publishNotReadyAddresses: true, selector: {app: slow}, ports: [{port: 80}]}}
- {metadata: {name: old}, spec: {selector: {app: old}, ports: [{port: 80}]}}
- {metadata: {name: old-and-new}, spec: {selector: {also: web}, ports: [{port: 80}]}}
- {metadata: {name: nobody}, spec: {selector: {app: nobody}, ports: [{port: 80}]}}
- {metadata: {name: no-selector}, spec: {selector: {}, ports: [{port: 80}]}}
- {metadata: {name: written}, spec: {clusterIP: 10.96.0.1, ports: [{name: db, port: 80}, {name: ui, port: 90}, {name: far, port: 91}]}}
- {metadata: {name: early}, spec: {publishNotReadyAddresses: true, ports: [{name: ui, port: 90}]}}
- {metadata: {name: alias}, spec: {type: ExternalName, externalName: number.default.svc, ports: [{port: 80}]}}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSliceList
items:
- metadata: {name: s1, labels: {kubernetes.io/service-name: written}}
  addressType: IPv4
  ports: [{name: db, port: 5432}, {name: ui, port: 8443, protocol: UDP}, {name: ui, port: 8080}]
  endpoints: [{addresses: [203.0.113.9], nodeName: n1}, {addresses: [10.0.0.1]}, {addresses: [10.0.0.1]}]
- metadata: {name: s2, labels: {kubernetes.io/service-name: written}}
  addressType: IPv4
  ports: [{name: far, port: 443}]
  endpoints: [{addresses: [203.0.113.10], conditions: {ready: false}}]
- metadata: {name: s3, namespace: other, labels: {kubernetes.io/service-name: written}}
  addressType: IPv4
  ports: [{name: db, port: 1}]
  endpoints: [{addresses: [203.0.113.11]}]
- metadata: {name: s4, labels: {kubernetes.io/service-name: early}}
  addressType: IPv4
  ports: [{name: ui, port: 2}]
  endpoints: [{addresses: [203.0.113.12], conditions: {ready: false}}]
---
{apiVersion: netpol/v1, kind: External, metadata: {name: example.com}, spec: {ip: 203.0.113.7}}
";

fn service(world: &World, name: &str) -> ServiceId {
    let name = EndpointName::Service { namespace: "default".to_owned(), name: name.to_owned() };
    match world.find(&name) {
        Some(Found::Service(id)) => id,
        other => panic!("{name} is {other:?}"),
    }
}

fn port(text: &str) -> PortRef {
    text.parse().map_or_else(|_| PortRef::Name(text.to_owned()), PortRef::Number)
}

fn shown(world: &World, target: &Target) -> String {
    let at = match target.at {
        TargetAt::Pod(pod) => world.pod(pod).name.clone(),
        TargetAt::Address(address) => address.to_string(),
    };
    let node = target.node.as_ref().map(|node| format!(" on {node}")).unwrap_or_default();
    format!("{at}:{}{node}", target.port)
}

/// Rows are `SERVICE PORT PROTOCOL`, and `outside` behind it for a client who is.
#[track_caller]
fn check(rows: &[&str], expected: &Expect) {
    let world = world(CLUSTER);
    let mut table = String::new();
    for row in rows {
        let words: Vec<&str> = row.split(' ').collect();
        let protocol = Protocol::from_manifest(words[2]).expect("a protocol");
        let id = service(&world, words[0]);
        let answer = match world.service_targets(id, &port(words[1]), protocol, words.len() > 3) {
            Ok(targets) => {
                let mut all: Vec<String> =
                    targets.all.iter().map(|target| shown(&world, target)).collect();
                let without = targets.without_port.iter();
                all.extend(without.map(|pod| format!("without {}", world.pod(*pod).name)));
                all.join(", ")
            }
            Err(miss) => format!("{miss:?}"),
        };
        writeln!(table, "{row}: {answer}").expect("text grows");
    }
    expected.assert_eq(&table);
}

#[test]
fn a_selector_chooses_active_pods_of_its_namespace() {
    check(
        &[
            "number 80 TCP",
            "number 53 UDP",
            "both-labels 80 TCP",
            "nobody 80 TCP",
            "no-selector 80 TCP",
            "slow 80 TCP",
            "at-once 80 TCP",
            "old 80 TCP",
            "old-and-new 80 TCP",
        ],
        &expect![[r#"
            number 80 TCP: a:8080 on n1, b:8080, c:8080
            number 53 UDP: a:53 on n1, b:53, c:53
            both-labels 80 TCP: a:80 on n1
            nobody 80 TCP: NoEndpoints
            no-selector 80 TCP: NoSelector
            slow 80 TCP: NoEndpoints
            at-once 80 TCP: starting:80
            old 80 TCP: leaving:80
            old-and-new 80 TCP: staying:80
        "#]],
    );
}

#[test]
fn the_port_must_be_one_of_the_service() {
    check(
        &[
            "number main TCP",
            "number main UDP",
            "number 81 TCP",
            "number 8080 TCP",
            "number 53 TCP",
            "headless 80 TCP",
            "headless 99 TCP",
            "headless web TCP",
            "headless other TCP",
            "on-nodes 30080 TCP",
            "on-nodes 30080 TCP outside",
            "on-nodes 80 TCP outside",
            "on-nodes 30080 UDP outside",
            "inside 30081 TCP outside",
            "alias 80 TCP",
        ],
        &expect![[r#"
            number main TCP: a:8080 on n1, b:8080, c:8080
            number main UDP: NoSuchPort
            number 81 TCP: NoSuchPort
            number 8080 TCP: NoSuchPort
            number 53 TCP: NoSuchPort
            headless 80 TCP: a:80 on n1
            headless 99 TCP: a:99 on n1
            headless web TCP: a:8080 on n1
            headless other TCP: NoSuchPort
            on-nodes 30080 TCP: NoSuchPort
            on-nodes 30080 TCP outside: a:8080 on n1
            on-nodes 80 TCP outside: a:8080 on n1
            on-nodes 30080 UDP outside: NoSuchPort
            inside 30081 TCP outside: NoSuchPort
            alias 80 TCP: ExternalName("number.default.svc")
        "#]],
    );
}

#[test]
fn a_name_means_the_first_port_of_each_pod_that_has_it() {
    check(
        &["name 80 TCP", "name 90 TCP"],
        &expect![[r#"
        name 80 TCP: a:8080 on n1, b:9090, without c
        name 90 TCP: NoNamedPort("https")
    "#]],
    );
}

#[test]
fn endpoints_that_are_written_down() {
    check(
        &["written 80 TCP", "written ui TCP", "written 90 UDP", "written far TCP", "early 90 TCP"],
        &expect![[r#"
            written 80 TCP: 203.0.113.9:5432 on n1, a:5432
            written ui TCP: 203.0.113.9:8080 on n1, a:8080
            written 90 UDP: NoSuchPort
            written far TCP: NoEndpoints
            early 90 TCP: 203.0.113.12:2
        "#]],
    );
}

#[test]
fn ports_of_nodes() {
    let world = world(CLUSTER);
    let name = |id: Option<ServiceId>| id.map(|id| world.service(id).meta.name.clone());
    let of_service = |number, protocol| name(world.node_port(number, protocol));
    assert_eq!(of_service(30080, Protocol::Tcp).as_deref(), Some("on-nodes"));
    assert_eq!(of_service(30080, Protocol::Udp), None);
    assert_eq!(of_service(80, Protocol::Tcp), None);
    assert_eq!(of_service(30081, Protocol::Tcp), None, "it has no type that opens ports on nodes");

    let of_pod = |node: &str, number, protocol| {
        let found = world.host_port(node.parse().unwrap(), number, protocol);
        found.map(|(pod, target)| format!("{}:{target}", world.pod(pod).name))
    };
    assert_eq!(of_pod("192.0.2.1", 80, Protocol::Tcp).as_deref(), Some("a:8080"));
    assert_eq!(of_pod("192.0.2.1", 80, Protocol::Udp), None);
    assert_eq!(of_pod("192.0.2.1", 8080, Protocol::Tcp), None);
    assert_eq!(of_pod("192.0.2.2", 80, Protocol::Tcp), None, "another node");
    assert_eq!(of_pod("192.0.2.1", 81, Protocol::Tcp), None, "another address of the node");
    assert_eq!(of_pod("198.51.100.1", 81, Protocol::Tcp).as_deref(), Some("a:8081"));
}

#[test]
fn aliases() {
    use crate::Alias;

    let world = world(CLUSTER);
    let number = Alias::Service(service(&world, "number"));
    for host in ["number.default.svc", "number.default.svc.", "number.default.svc.cluster.local"] {
        assert_eq!(world.alias(host), number, "{host}");
    }
    assert_eq!(world.alias("other.default.svc"), Alias::Nothing);
    assert!(matches!(world.alias("example.com"), Alias::External(_)));
    assert!(matches!(world.alias("example.com."), Alias::External(_)));
    assert_eq!(world.alias("example.org"), Alias::Unknown);
}

/// Who answers lookups, over UDP and TCP.
#[track_caller]
fn resolvers(manifests: &str, expected: [&str; 2]) {
    let world = world(manifests);
    let found = [Protocol::Udp, Protocol::Tcp].map(|protocol| {
        let targets = world.resolvers(protocol);
        targets.iter().map(|target| shown(&world, target)).collect::<Vec<_>>().join(", ")
    });
    assert_eq!(found, expected);
}

#[test]
fn lookups_go_to_the_dns_pods_of_the_cluster() {
    resolvers("", ["coredns:53", "coredns:53"]);
    resolvers(
        "{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: kube-system, labels: {k8s-app: kube-dns}}, spec: {nodeName: n1}}
---
{apiVersion: v1, kind: Pod, metadata: {name: b, namespace: kube-system, labels: {k8s-app: other}}}
---
{apiVersion: v1, kind: Pod, metadata: {name: coredns, namespace: kube-system}}
---
{apiVersion: v1, kind: Pod, metadata: {name: c, namespace: shop, labels: {k8s-app: kube-dns}}}
---
{apiVersion: v1, kind: Pod, metadata: {name: d, namespace: kube-system, labels: {k8s-app: kube-dns}}, status: {phase: Failed}}
---
{apiVersion: v1, kind: Pod, metadata: {name: e, namespace: kube-system, labels: {k8s-app: kube-dns}}, status: {podIP: 10.0.0.1, conditions: [{type: Ready, status: 'False'}]}}
",
        ["a:53 on n1, coredns:53", "a:53 on n1, coredns:53"],
    );
    resolvers(
        "{apiVersion: netpol/v1, kind: Settings, metadata: {name: s}, spec: {options: {implicitDNS: false}}}",
        ["", ""],
    );
}

#[test]
fn lookups_go_where_the_dns_service_leads() {
    let service = |namespace: &str, name: &str, label: &str| {
        format!(
            "{{apiVersion: v1, kind: Pod, metadata: {{name: dns, namespace: {namespace}, labels: {{dns: yes-it-is}}}}}}
---
apiVersion: v1
kind: Service
metadata: {{name: {name}, namespace: {namespace}, labels: {{k8s-app: {label}}}}}
spec: {{selector: {{dns: yes-it-is}}, ports: [{{port: 53, targetPort: 5353, protocol: UDP}}]}}
"
        )
    };
    resolvers(&service("openshift-dns", "dns-default", "x"), ["dns:5353", ""]);
    resolvers(&service("kube-system", "kube-dns", "x"), ["dns:5353", ""]);
    resolvers(&service("kube-system", "any", "kube-dns"), ["dns:5353", ""]);
    // Other names and other namespaces are not the cluster's DNS.
    resolvers(&service("kube-system", "any", "x"), ["coredns:53", "coredns:53"]);
    resolvers(&service("shop", "kube-dns", "kube-dns"), ["coredns:53", "coredns:53"]);
    resolvers(&service("openshift-dns", "any", "x"), ["coredns:53", "coredns:53"]);
}

#[test]
fn lookups_go_to_the_servers_that_a_pod_names() {
    let world = world(CLUSTER);
    let asked = |address: &str| {
        let targets = world.resolver_at(address.parse().unwrap(), Protocol::Tcp);
        targets.iter().map(|target| shown(&world, target)).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(asked("169.254.20.10"), "169.254.20.10:53");
    assert_eq!(asked("10.0.0.2"), "b:53");
    assert_eq!(asked("10.96.0.1"), "", "that Service has no such port");
}
