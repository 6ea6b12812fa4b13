//! The random clusters are not all alike: they hold everything that the laws are about.

use std::collections::BTreeMap;

use netpol::view::Protocol;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::Value;

use super::agree::Judged;
use super::generate::{Pods, cluster};

/// How often something occurs.
type Counts = BTreeMap<String, usize>;

/// What must occur in the clusters of one run of a law, with how often at least.
const WANTED: [(&str, usize); 60] = [
    ("pod: allowed", 300),
    ("pod: denied", 300),
    ("pod: implementation-defined", 50),
    ("pod: mixed", 5),
    ("pod: not-applicable", 50),
    ("service: allowed", 50),
    ("service: denied", 50),
    ("service: implementation-defined", 5),
    ("service: mixed", 2),
    ("service: not-applicable", 50),
    ("external: allowed", 50),
    ("external: denied", 50),
    ("external: mixed", 2),
    ("ping: allowed", 50),
    ("ping: denied", 50),
    ("ping: implementation-defined", 50),
    ("a refused policy", 10),
    ("NetworkPolicy.spec=null", 2),
    ("NetworkPolicy.spec.podSelector=null", 5),
    ("NetworkPolicy.spec.podSelector={}", 5),
    ("NetworkPolicy.spec.policyTypes=null", 5),
    ("NetworkPolicy.spec.policyTypes=[]", 5),
    ("NetworkPolicy.spec.ingress=null", 5),
    ("NetworkPolicy.spec.ingress=[]", 5),
    ("NetworkPolicy.spec.egress={}", 5),
    ("NetworkPolicy.spec.ingress.from=[]", 5),
    ("NetworkPolicy.spec.ingress.from.podSelector={}", 5),
    ("NetworkPolicy.spec.ingress.from.namespaceSelector={}", 5),
    ("NetworkPolicy.spec.egress.to.podSelector.matchExpressions.operator=\"In\"", 5),
    ("NetworkPolicy.spec.egress.to.podSelector.matchExpressions.operator=\"NotIn\"", 5),
    ("NetworkPolicy.spec.egress.to.podSelector.matchExpressions.operator=\"Exists\"", 5),
    ("NetworkPolicy.spec.egress.to.podSelector.matchExpressions.operator=\"DoesNotExist\"", 5),
    ("NetworkPolicy.spec.egress.to.podSelector.matchLabels.app=null", 1),
    ("NetworkPolicy.spec.egress.to.ipBlock.cidr=\"::/0\"", 5),
    ("NetworkPolicy.spec.egress.to.ipBlock.except=\"10.0.0.0/24\"", 2),
    ("NetworkPolicy.spec.egress.ports={}", 2),
    ("NetworkPolicy.spec.egress.ports=null", 5),
    ("NetworkPolicy.spec.egress.ports.port=\"http\"", 5),
    ("NetworkPolicy.spec.egress.ports.endPort=65535", 5),
    ("NetworkPolicy.spec.egress.ports.protocol=\"SCTP\"", 5),
    ("Pod.spec.hostNetwork=true", 10),
    ("StatefulSet.spec.replicas=3", 1),
    ("NetworkPolicy.spec.podSelector.matchExpressions.key=\"apps.kubernetes.io/pod-index\"", 3),
    ("Pod.status.phase=\"Succeeded\"", 5),
    ("Pod.status.phase=\"Pending\"", 5),
    ("Pod.status={}", 5),
    ("Pod.status.podIPs.ip=\"fd00:1::1\"", 5),
    ("Deployment.spec.replicas=3", 1),
    ("Service.spec.clusterIP=\"None\"", 5),
    ("Service.spec.ports.targetPort=\"http\"", 5),
    ("Service.spec.type=\"NodePort\"", 10),
    ("Service.spec.type=\"LoadBalancer\"", 5),
    ("Service.spec.externalTrafficPolicy=\"Local\"", 5),
    ("Service.spec.internalTrafficPolicy=\"Local\"", 5),
    ("Service.spec.externalName=\"db.example.com\"", 5),
    ("Service.spec.externalName=\"known.example.com\"", 3),
    ("Service.spec.externalName=\"s0.a.svc\"", 2),
    ("EndpointSlice.addressType=\"IPv4\"", 2),
    ("Endpoints.subsets.ports.port=8080", 2),
    ("Settings.spec.options.hostNetworkPods=\"as-pod\"", 5),
];

#[test]
fn random_clusters_hold_every_feature() {
    let counts = counts();
    let missing: Vec<_> = WANTED
        .iter()
        .map(|(what, least)| (*what, counts.get(*what).copied().unwrap_or_default(), *least))
        .filter(|(_, count, least)| count < least)
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

fn counts() -> Counts {
    let mut runner = TestRunner::deterministic();
    let mut counts = Counts::new();
    for _ in 0..200 {
        let manifests = cluster(Pods::Any).new_tree(&mut runner).unwrap().current().manifests();
        for manifest in &manifests {
            count_fields(&mut counts, manifest["kind"].as_str().unwrap(), manifest);
        }
        count_verdicts(&mut counts, &Judged::new(manifests));
    }
    counts
}

/// Counts each value by its way from the root, without the places in lists.
fn count_fields(counts: &mut Counts, path: &str, value: &Value) {
    match value {
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                count_fields(counts, path, item);
            }
        }
        Value::Object(fields) if !fields.is_empty() => {
            for (name, field) in fields {
                count_fields(counts, &format!("{path}.{name}"), field);
            }
        }
        other => add(counts, format!("{path}={other}")),
    }
}

fn count_verdicts(counts: &mut Counts, judged: &Judged) {
    let senders = &judged.parties;
    let services = judged.analysis.topology().services.into_iter().map(|service| service.id);
    for to in senders.iter().cloned().chain(services) {
        let kind = match to.split_once([':', '/']) {
            Some((kind @ ("service" | "external"), _)) => kind,
            _ => "pod",
        };
        for from in senders {
            let verdict = judged.modelled(from, &to, 80, Protocol::Tcp);
            add(counts, format!("{kind}: {verdict}"));
            if kind == "pod" {
                let verdict = judged.modelled(from, &to, 0, Protocol::Icmp);
                add(counts, format!("ping: {verdict}"));
            }
        }
    }
    if judged.analysis.stats().rejected_policies > 0 {
        add(counts, "a refused policy".to_owned());
    }
}

fn add(counts: &mut Counts, what: String) {
    *counts.entry(what).or_default() += 1;
}
