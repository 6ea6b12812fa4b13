use std::sync::Arc;

use std::fmt::Write;

use expect_test::{Expect, expect};
use proptest::prelude::*;

use crate::testing::{documents, read, read_clean, render};
use crate::{
    Direction, NetworkPolicy, PeerSelector, PodPhase, PodTemplate, PolicyPort, PortRef,
    ServiceKind, decode,
};

fn policy(spec: &str) -> NetworkPolicy {
    let text = format!(
        "{{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {{name: x}}, spec: {spec}}}"
    );
    Arc::unwrap_or_clone(read_clean(&text).policies.remove(0))
}

fn port(port: &PolicyPort) -> String {
    let number = port.port.as_ref().map_or_else(|| "*".to_owned(), PortRef::to_string);
    let end = port.end_port.map_or_else(String::new, |end| format!("-{end}"));
    format!("{}/{number}{end}", port.protocol)
}

/// A policy in one line.
fn brief(policy: &NetworkPolicy) -> String {
    let mut out = format!("selects {}", policy.pod_selector.requirements.len());
    for direction in [Direction::Ingress, Direction::Egress] {
        let isolates = if policy.isolates(direction) { "isolates" } else { "leaves" };
        write!(out, "; {isolates} {direction}").unwrap();
        for rule in policy.rules(direction) {
            let peers: Vec<_> = rule.peers.iter().map(|peer| kind_of(&peer.selector)).collect();
            let ports: Vec<_> = rule.ports.iter().map(port).collect();
            write!(out, " ({} on {})", peers.join(","), ports.join(",")).unwrap();
        }
    }
    out
}

fn kind_of(peer: &PeerSelector) -> &'static str {
    match peer {
        PeerSelector::Pods { namespaces: None, .. } => "pods",
        PeerSelector::Pods { namespaces: Some(_), pods: None } => "namespaces",
        PeerSelector::Pods { .. } => "pods in namespaces",
        PeerSelector::Block(_) => "block",
    }
}

#[test]
fn every_empty_form_means_what_the_api_server_stores() {
    let rows = [
        ("", "selects 0; isolates Ingress; leaves Egress"),
        ("{}", "selects 0; isolates Ingress; leaves Egress"),
        ("{podSelector: }", "selects 0; isolates Ingress; leaves Egress"),
        ("{ingress: [{}]}", "selects 0; isolates Ingress ( on ); leaves Egress"),
        ("{ingress: [null]}", "selects 0; isolates Ingress ( on ); leaves Egress"),
        ("{ingress: [{from: , ports: }]}", "selects 0; isolates Ingress ( on ); leaves Egress"),
        (
            "{ingress: [{from: [{podSelector: {}}]}]}",
            "selects 0; isolates Ingress (pods on ); leaves Egress",
        ),
        (
            "{ingress: [{from: [{namespaceSelector: null, podSelector: {}}]}]}",
            "selects 0; isolates Ingress (pods on ); leaves Egress",
        ),
        (
            "{ingress: [{from: [{namespaceSelector: {}}]}]}",
            "selects 0; isolates Ingress (namespaces on ); leaves Egress",
        ),
        (
            "{ingress: [{ports: [null, {}, {protocol: UDP}, {port: 80}]}]}",
            "selects 0; isolates Ingress ( on TCP/*,TCP/*,UDP/*,TCP/80); leaves Egress",
        ),
        ("{egress: []}", "selects 0; isolates Ingress; leaves Egress"),
        ("{egress: [{}]}", "selects 0; isolates Ingress; isolates Egress ( on )"),
        ("{policyTypes: [], egress: [{}]}", "selects 0; isolates Ingress; isolates Egress ( on )"),
        (
            "{policyTypes: [Ingress], egress: [{}]}",
            "selects 0; isolates Ingress; leaves Egress ( on )",
        ),
        (
            "{policyTypes: [Egress], ingress: [{}]}",
            "selects 0; leaves Ingress ( on ); isolates Egress",
        ),
        ("{policyTypes: [Ingress, Ingress]}", "selects 0; isolates Ingress; leaves Egress"),
        (
            "{podSelector: {matchLabels: {app: }, matchExpressions: []}}",
            "selects 1; isolates Ingress; leaves Egress",
        ),
        (
            "{egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}], ports: [{port: 80.0, endPort: 0x5A}]}]}",
            "selects 0; isolates Ingress; isolates Egress (block on TCP/80-90)",
        ),
    ];
    for (spec, expected) in rows {
        assert_eq!(brief(&policy(spec)), expected, "{spec}");
    }
}

#[test]
fn a_missing_label_value_is_empty_text() {
    let selector = policy("{podSelector: {matchLabels: {app: }}}").pod_selector;
    assert_eq!(selector.requirements[0].values, [""]);
}

#[test]
fn a_refused_policy_is_kept_as_far_as_it_was_read() {
    let text = "
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: x, namespace: shop}
spec:
  ingress:
  - from: [{ipBlock: {cidr: nonsense}}, {podSelector: {}}]
    ports: [{port: 0}, {port: 80}]
";
    let (objects, findings) = read(text);
    assert_eq!(findings.len(), 2);
    assert!(objects.policies[0].rejected);
    assert_eq!(
        brief(&objects.policies[0]),
        "selects 0; isolates Ingress (pods on TCP/80); leaves Egress"
    );
}

fn ports(template: &PodTemplate) -> String {
    let ports = template.ports.iter();
    let ports = ports.map(|it| format!("{}/{}={:?}", it.number, it.protocol, it.name));
    ports.collect::<Vec<_>>().join(" ")
}

#[test]
fn pods() {
    let text = "
apiVersion: v1
kind: Pod
metadata:
  name: web-1
  labels: {app: web}
  ownerReferences:
  - {apiVersion: v1, kind: Node, name: n1, uid: a}
  - {apiVersion: apps/v1, kind: ReplicaSet, name: web, uid: b, controller: true}
spec:
  hostNetwork: true
  nodeName: n1
  initContainers:
  - {name: setup, ports: [{containerPort: 1}]}
  - {name: proxy, restartPolicy: Always, ports: [{containerPort: 15001, name: proxy}]}
  containers:
  - {name: web, ports: [{containerPort: 8080, name: http}, {containerPort: 53, protocol: UDP}]}
status:
  phase: Succeeded
  podIP: 10.0.0.1
  podIPs: [{ip: 10.0.0.1}, {ip: fd00::1}, {ip: 10.0.0.9}]
  hostIP: 192.168.0.1
  conditions: [{type: Ready, status: 'False'}]
";
    let pod = read_clean(text).pods.remove(0);
    assert_eq!(
        ports(&pod.template),
        r#"8080/TCP=Some("http") 53/UDP=None 15001/TCP=Some("proxy")"#
    );
    assert!(pod.template.host_network && !pod.ready);
    assert_eq!(pod.phase, PodPhase::Finished);
    assert_eq!(
        pod.addresses.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["10.0.0.1", "fd00::1"]
    );
    assert_eq!(pod.host_addresses.len(), 1);
    assert_eq!(pod.meta.owner.as_ref().unwrap().kind, "ReplicaSet");
    assert_eq!(pod.meta.namespace, "default");
}

#[test]
fn an_object_with_a_wrong_type_is_kept() {
    let (objects, findings) = read(
        "{apiVersion: v1, kind: Pod, metadata: {name: a, labels: {app: web, debug: on}}, status: {podIP: nowhere}}",
    );
    assert_eq!(findings.len(), 1);
    assert_eq!(objects.pods[0].template.labels.keys().collect::<Vec<_>>(), ["app"]);
    assert!(objects.pods[0].addresses.is_empty());
}

#[test]
fn workloads() {
    let rows = [
        ("apps/v1", "Deployment", "replicas: 3, ", 3),
        ("apps/v1", "ReplicaSet", "replicas: 0, ", 0),
        ("apps/v1", "StatefulSet", "", 1),
        ("apps/v1", "DaemonSet", "", 1),
        ("batch/v1", "Job", "parallelism: 2, ", 2),
        ("batch/v1", "Job", "suspend: true, ", 0),
        ("batch/v1", "CronJob", "", 1),
    ];
    for (version, kind, fields, replicas) in rows {
        let template = "template: {metadata: {labels: {app: a}}, spec: {containers: [{name: c, ports: [{containerPort: 80}]}]}}";
        let spec = match kind {
            "CronJob" => format!("{{jobTemplate: {{spec: {{{template}}}}}}}"),
            _ => format!("{{{fields}{template}}}"),
        };
        let text =
            format!("{{apiVersion: {version}, kind: {kind}, metadata: {{name: x}}, spec: {spec}}}");
        let workload = read_clean(&text).workloads.remove(0);
        assert_eq!(workload.kind.as_str(), kind);
        assert_eq!(workload.replicas, replicas, "{text}");
        assert_eq!(workload.template.labels["app"], "a", "{text}");
        assert_eq!(ports(&workload.template), "80/TCP=None", "{text}");
    }
}

#[test]
fn services() {
    let service = |spec: &str| {
        let text =
            format!("{{apiVersion: v1, kind: Service, metadata: {{name: x}}, spec: {spec}}}");
        read_clean(&text).services.remove(0)
    };
    let plain = service(
        "{clusterIP: 10.96.0.1, clusterIPs: [10.96.0.1, 'fd00::1'], ports: [{port: 80}, {port: 81, targetPort: http, protocol: UDP}]}",
    );
    assert_eq!(plain.kind, ServiceKind::ClusterIp);
    assert_eq!(plain.addresses.len(), 2);
    assert_eq!(plain.selector, None);
    let targets: Vec<_> = plain.ports.iter().map(|it| it.target.to_string()).collect();
    assert_eq!(targets, ["80", "http"]);
    assert_eq!(service("{clusterIP: None, selector: {}}").kind, ServiceKind::Headless);
    assert_eq!(service("{type: NodePort}").kind, ServiceKind::NodePort);
    let alias = service("{type: ExternalName, externalName: example.com}");
    assert_eq!(alias.kind, ServiceKind::ExternalName("example.com".to_owned()));
}

#[test]
fn endpoints_that_are_written_down() {
    let objects = read_clean(
        "
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: db-x, labels: {kubernetes.io/service-name: db}}
addressType: IPv4
endpoints:
- {addresses: [10.0.0.1, 10.0.0.2], nodeName: n1}
- {addresses: [10.0.0.3], conditions: {ready: false}}
ports: [{name: sql, port: 5432}]
---
apiVersion: v1
kind: Endpoints
metadata: {name: mail}
subsets:
- {addresses: [{ip: 10.0.0.4}], notReadyAddresses: [{ip: 10.0.0.5}], ports: [{port: 25}]}
- {addresses: [{ip: 10.0.0.6}], ports: [{port: 26, protocol: UDP}]}
",
    );
    let written: Vec<String> = objects
        .endpoint_slices
        .iter()
        .flat_map(|slice| slice.endpoints.iter().map(move |it| (slice, it)))
        .map(|(slice, it)| {
            let port = &slice.ports[0];
            format!("{} {} {:?} {} {}", slice.service, it.address, it.node, it.ready, port.number)
        })
        .collect();
    assert_eq!(
        written,
        [
            "db 10.0.0.1 Some(\"n1\") true 5432",
            "db 10.0.0.3 None false 5432",
            "mail 10.0.0.4 None true 25",
            "mail 10.0.0.5 None false 25",
            "mail 10.0.0.6 None true 26",
        ]
    );
    check(
        "{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: x}, addressType: IP, endpoints: [{addresses: [x]}], ports: [{port: 0}]}",
        &expect![[r#"
            1:90 error invalid-address `IP`
              addressType: Unsupported value: "IP": supported values: "FQDN", "IPv4", "IPv6"
              help: write one of `FQDN`, `IPv4`, `IPv6`
            1:119 error invalid-address `x`
              endpoints[0].addresses[0]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)
              help: write a single address, without a prefix length
            1:140 error invalid-port `0`
              ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive
              help: write a number from 1 to 65535
        "#]],
    );
}

#[test]
fn own_kinds() {
    let objects = read_clean(
        "
apiVersion: netpol/v1
kind: External
metadata: {name: office}
spec: {ips: [203.0.113.7, '2001:db8::7']}
---
apiVersion: netpol/v1
kind: Expectation
metadata: {name: only-the-frontend}
spec:
  connections:
  - {from: shop/frontend, to: 'service:shop/web', port: http, verdict: allowed}
  - {from: external/office, to: 198.51.100.9, port: 53, protocol: UDP, verdict: not-applicable}
  - {from: shop/frontend, to: shop/web, protocol: ICMP, verdict: denied}
---
apiVersion: netpol/v1
kind: Settings
spec: {plugin: cilium, kubernetesVersion: '1.34', options: {implicitDNS: false, egressToOwnNode: always-allowed}}
",
    );
    assert_eq!(objects.externals[0].addresses.len(), 2);
    let written: Vec<_> = objects.expectations[0]
        .connections
        .iter()
        .map(|it| {
            let traffic = match &it.traffic {
                crate::ExpectedTraffic::Port(port, protocol) => format!("{protocol}/{port}"),
                crate::ExpectedTraffic::Ping => "ping".to_owned(),
            };
            format!("{} {} {traffic} {}", it.from, it.to, it.verdict.as_str())
        })
        .collect();
    assert_eq!(
        written,
        [
            "shop/frontend service:shop/web TCP/http allowed",
            "external/office 198.51.100.9 UDP/53 not-applicable",
            "shop/frontend shop/web ping denied"
        ]
    );
    let settings = objects.settings.unwrap();
    assert_eq!(settings.plugin.as_deref(), Some("cilium"));
    assert_eq!(settings.options.implicit_dns, Some(false));
    assert_eq!(settings.options.egress_to_own_node_allowed, Some(true));
    assert_eq!(settings.options.host_network_pods_as_pods, None);
}

#[track_caller]
fn check(text: &str, expected: &Expect) {
    let (_, findings) = read(text);
    expected.assert_eq(&render(text, &findings));
}

#[test]
fn the_last_of_duplicates_counts_but_a_refused_policy_replaces_nothing() {
    let text = "
{apiVersion: v1, kind: Pod, metadata: {name: a, labels: {v: '1'}}}
---
{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: default, labels: {v: '2'}}}
---
{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: other}}
---
{apiVersion: v1, kind: Pod, metadata: {generateName: a-}}
---
{apiVersion: v1, kind: Pod, metadata: {generateName: a-}}
---
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p}}
---
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p}, spec: {policyTypes: [ingress]}}
";
    let (objects, _) = read(text);
    assert_eq!(objects.pods.len(), 4);
    assert_eq!(objects.pods[0].meta.labels["v"], "2");
    let rejected: Vec<_> = objects.policies.iter().map(|it| it.rejected).collect();
    assert_eq!(rejected, [false, true]);
    check(
        text,
        &expect![[r#"
        2:46 warning duplicate-object `a`
          a later Pod `default/a` replaces this one
          help: rename or remove one of them
        14:99 error invalid-policy-type `ingress`
          spec.policyTypes[0]: Unsupported value: "ingress": supported values: "Ingress", "Egress"
          help: write `Ingress`
    "#]],
    );
}

const ROUND: &str = "\
apiVersion: v1
kind: List
items:
- apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: x, namespace: shop, labels: {a: b}}
  spec:
    podSelector: {matchLabels: {app: web}, matchExpressions: [{key: a, operator: In, values: [b]}]}
    policyTypes: [Ingress, Egress]
    ingress:
    - from: [{podSelector: {}}, {namespaceSelector: {matchLabels: {a: b}}}]
      ports: [{protocol: TCP, port: 80, endPort: 90}]
    egress:
    - to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}]
- apiVersion: apps/v1
  kind: Deployment
  metadata: {name: web}
  spec:
    replicas: 2
    template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, ports: [{containerPort: 80}]}]}}
- apiVersion: v1
  kind: Service
  metadata: {name: web}
  spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}
- apiVersion: netpol/v1
  kind: Expectation
  metadata: {name: e}
  spec: {connections: [{from: a/b, to: 10.0.0.1, port: 80, verdict: denied}]}
";

proptest! {
    /// Whatever a half-finished edit leaves behind is read without a panic, in order of places.
    #[test]
    fn a_damaged_text_is_read(
        edits in prop::collection::vec(
            (0..ROUND.len(), 0..12_usize, "[-a-z0-9:{}\\[\\],'\" \\n~/.]{0,6}"), 1..4
        )
    ) {
        let mut text = ROUND.to_owned();
        for (at, removed, inserted) in edits {
            let start = at.min(text.len());
            let end = (start + removed).min(text.len());
            text.replace_range(start..end, &inserted);
        }
        let parsed = netpol_syntax::parse(netpol_syntax::FileId(0), &text);
        let (_, findings) = decode(&parsed.documents);
        prop_assert!(findings.is_sorted_by_key(|it| it.span.start));
        prop_assert!(findings.iter().all(|it| it.help.is_some() && text.get(it.span.range()).is_some()));
    }
}

#[test]
fn the_undamaged_text_is_clean() {
    let (_, findings) = decode(&documents(ROUND));
    assert!(findings.is_empty(), "{}", render(ROUND, &findings));
}
