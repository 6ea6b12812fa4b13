//! Who is told apart.

use super::world;
use crate::{ExternalId, Reachability};

/// The names of pods and outside addresses, each identity in brackets.
fn identities(manifests: &[&str]) -> String {
    let world = world(&manifests.join("\n---\n"));
    let reach = Reachability::of(&world);
    let pods = world.pod_ids().filter(|id| !world.is_implied(*id));
    let pods = pods.map(|id| (reach.of_pod(id), world.pod_name(id)));
    let externals = world.objects().externals.iter().zip(0..).map(|(external, index)| {
        (reach.of_external(ExternalId(index)), external.meta.name.clone())
    });
    let mut classes: Vec<(_, Vec<String>)> = Vec::new();
    for (identity, name) in pods.chain(externals) {
        match classes.iter_mut().find(|(known, _)| *known == identity) {
            Some((_, names)) => names.push(name),
            None => classes.push((identity, vec![name])),
        }
    }
    let classes: Vec<String> =
        classes.into_iter().map(|(_, names)| format!("[{}]", names.join(" "))).collect();
    classes.join(" ")
}

fn pod(name: &str, address: &str, rest: &str) -> String {
    format!(
        "{{apiVersion: v1, kind: Pod, metadata: {{name: {name}, namespace: a, labels: {{app: {name}}}}}, status: {{podIP: '{address}'}}, {rest}}}"
    )
}

fn external(name: &str, address: &str) -> String {
    format!(
        "{{apiVersion: netpol/v1, kind: External, metadata: {{name: {name}}}, spec: {{ip: '{address}'}}}}"
    )
}

fn policy(spec: &str) -> String {
    format!(
        "{{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {{name: p, namespace: a}}, spec: {spec}}}"
    )
}

#[test]
fn by_the_labels_that_a_selector_asks_for() {
    let pods = [pod("q", "10.0.0.1", ""), pod("r", "10.0.0.2", "")];
    let check = |spec: &str, expected: &str| {
        assert_eq!(identities(&[&pods[0], &pods[1], &policy(spec)]), expected, "{spec}");
    };
    check("{}", "[a/q a/r]");
    check("{podSelector: {matchLabels: {tier: q}}}", "[a/q a/r]");
    check("{podSelector: {matchLabels: {app: q}}}", "[a/q] [a/r]");
    check("{ingress: [{from: [{podSelector: {matchLabels: {app: q}}}]}]}", "[a/q] [a/r]");
    check("{egress: [{to: [{podSelector: {matchLabels: {app: q}}}]}]}", "[a/q] [a/r]");
    // Refused, so that it asks for nothing.
    check("{podSelector: {matchLabels: {app: q}}, policyTypes: [none]}", "[a/q a/r]");
}

#[test]
fn by_the_blocks_that_hold_an_address() {
    let ends = [
        pod("q", "10.0.0.1", ""),
        pod("r", "10.0.1.1", ""),
        pod("s", "fd00::1", ""),
        external("in", "10.0.0.9"),
        external("out", "192.0.2.1"),
        external("far", "192.0.2.2"),
    ];
    let check = |block: &str, expected: &str| {
        let policy = policy(&format!("{{ingress: [{{from: [{{ipBlock: {block}}}]}}]}}"));
        let manifests: Vec<&str> = ends.iter().chain([&policy]).map(String::as_str).collect();
        assert_eq!(identities(&manifests), expected, "{block}");
    };
    check("{cidr: 10.0.0.0/24}", "[a/q] [a/r] [a/s] [in] [out far]");
    check("{cidr: 10.0.0.0/8}", "[a/q a/r] [a/s] [in] [out far]");
    check("{cidr: 10.0.0.0/8, except: [10.0.1.0/24]}", "[a/q] [a/r] [a/s] [in] [out far]");
    check("{cidr: 192.0.2.2/32}", "[a/q a/r] [a/s] [in out] [far]");
}

#[test]
fn by_the_names_of_ports() {
    let with = |name, address, ports| {
        pod(name, address, &format!("spec: {{containers: [{{name: c, ports: [{ports}]}}]}}"))
    };
    let pods = [
        with("p", "10.0.0.1", "{containerPort: 80}"),
        with("q", "10.0.0.2", "{containerPort: 90}"),
        with("r", "10.0.0.3", "{name: http, containerPort: 80}"),
        with("s", "10.0.0.4", "{name: http, containerPort: 80}, {name: http, containerPort: 80}"),
    ];
    let pods: Vec<&str> = pods.iter().map(String::as_str).collect();
    assert_eq!(identities(&pods), "[a/p a/q] [a/r a/s]");
}

#[test]
fn by_the_node_where_an_end_is_one() {
    let node = |name: &str, address: &str| {
        format!(
            "{{apiVersion: v1, kind: Node, metadata: {{name: {name}}}, status: {{addresses: [{{type: InternalIP, address: {address}}}]}}}}"
        )
    };
    let cluster = [
        node("n1", "172.16.0.1"),
        node("n2", "172.16.0.2"),
        pod("q", "10.0.0.1", "spec: {nodeName: n1}"),
        pod("r", "10.0.0.2", "spec: {nodeName: n2}"),
        pod("s", "10.0.0.3", "spec: {nodeName: n2}"),
    ];
    let check = |more: &str, expected: &str| {
        let manifests: Vec<&str> = cluster.iter().map(String::as_str).chain([more]).collect();
        assert_eq!(identities(&manifests), expected, "{more}");
    };
    check("", "[a/q a/r a/s]");
    check(&external("office", "192.0.2.1"), "[a/q a/r a/s] [office]");
    check(&external("node", "172.16.0.1"), "[a/q] [a/r a/s] [node]");
    let host = pod("host", "172.16.0.2", "spec: {nodeName: n2, hostNetwork: true}");
    check(&host, "[a/host] [a/q] [a/r a/s]");
}
