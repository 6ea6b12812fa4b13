//! Whom a peer means.

use expect_test::expect;

use super::check;
use crate::{Answer, Connection, PeerMiss, PeerOutcome, Topic, World, trace};

const CLUSTER: &str = "
{apiVersion: v1, kind: Namespace, metadata: {name: a}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: b, labels: {team: x}}}
---
{apiVersion: v1, kind: Node, metadata: {name: node}, status: {addresses: [{type: InternalIP, address: 10.0.0.77}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: db, namespace: a, labels: {app: db}}, status: {podIP: 10.1.0.1}}
---
{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: a, labels: {app: web}}, status: {podIP: 10.0.0.5}}
---
{apiVersion: v1, kind: Pod, metadata: {name: other, namespace: a}, status: {podIP: 10.0.0.129}}
---
{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: b, labels: {app: web}}, status: {podIP: 10.2.0.5}}
---
{apiVersion: v1, kind: Pod, metadata: {name: other, namespace: b}, status: {podIP: fd00::5}}
---
{apiVersion: v1, kind: Pod, metadata: {name: host, namespace: a, labels: {app: web}}, spec: {hostNetwork: true}, status: {podIP: 10.0.0.78}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: a}
spec:
  podSelector: {matchLabels: {app: db}}
  ingress:
  - from: [{podSelector: {matchLabels: {app: web}}}]
  - from: [{namespaceSelector: {matchLabels: {team: x}}}]
  - from: [{namespaceSelector: {matchLabels: {team: x}}, podSelector: {matchLabels: {app: web}}}]
  - from: [{ipBlock: {cidr: 10.0.0.0/24, except: [10.0.0.128/25]}}]
  - from: [{ipBlock: {cidr: 'fd00::/64'}}]
---
";

const ROWS: [&str; 10] = [
    "a/web -> a/db 80/TCP",
    "a/other -> a/db 80/TCP",
    "b/web -> a/db 80/TCP",
    "b/other -> a/db 80/TCP",
    "a/host -> a/db 80/TCP",
    "10.0.0.6 -> a/db 80/TCP",
    "10.0.0.200 -> a/db 80/TCP",
    "10.0.0.77 -> a/db 80/TCP",
    "192.0.2.1 -> a/db 80/TCP",
    "fd00::9 -> a/db 80/TCP",
];

/// What each rule's only peer says of the sender.
fn peers(world: &World, connection: &Connection) -> String {
    let trace = trace(world, connection);
    let rules = trace.ingress.policies.iter().flat_map(|policy| &policy.rules);
    let outcomes: Vec<String> = rules.map(|rule| format!("{:?}", rule.peers[0])).collect();
    format!("\n  {}", outcomes.join("\n  "))
}

#[test]
fn where_questions_are_open() {
    check(
        CLUSTER,
        &ROWS,
        peers,
        &expect![[r#"
            a/web -> a/db 80/TCP:
              Matched
              Missed(NamespaceLabel(SelectorMiss(0)))
              Missed(NamespaceLabel(SelectorMiss(0)))
              Depends(IpBlockMatchesPods)
              Missed(OtherFamily)
            a/other -> a/db 80/TCP:
              Missed(PodLabel(SelectorMiss(0)))
              Missed(NamespaceLabel(SelectorMiss(0)))
              Missed(NamespaceLabel(SelectorMiss(0)))
              Missed(Excepted(0))
              Missed(OtherFamily)
            b/web -> a/db 80/TCP:
              Missed(OtherNamespace)
              Matched
              Matched
              Missed(OutsideBlock)
              Missed(OtherFamily)
            b/other -> a/db 80/TCP:
              Missed(OtherNamespace)
              Matched
              Missed(PodLabel(SelectorMiss(0)))
              Missed(OtherFamily)
              Depends(IpBlockMatchesPods)
            a/host -> a/db 80/TCP:
              Depends(HostNetworkPods)
              Missed(NamespaceLabel(SelectorMiss(0)))
              Missed(NamespaceLabel(SelectorMiss(0)))
              Depends(IpBlockMatchesNodes)
              Missed(OtherFamily)
            10.0.0.6 -> a/db 80/TCP:
              Missed(NotAPod)
              Missed(NotAPod)
              Missed(NotAPod)
              Matched
              Missed(OtherFamily)
            10.0.0.200 -> a/db 80/TCP:
              Missed(NotAPod)
              Missed(NotAPod)
              Missed(NotAPod)
              Missed(Excepted(0))
              Missed(OtherFamily)
            10.0.0.77 -> a/db 80/TCP:
              Missed(NotAPod)
              Missed(NotAPod)
              Missed(NotAPod)
              Depends(IpBlockMatchesNodes)
              Missed(OtherFamily)
            192.0.2.1 -> a/db 80/TCP:
              Missed(NotAPod)
              Missed(NotAPod)
              Missed(NotAPod)
              Missed(OutsideBlock)
              Missed(OtherFamily)
            fd00::9 -> a/db 80/TCP:
              Missed(NotAPod)
              Missed(NotAPod)
              Missed(NotAPod)
              Missed(OtherFamily)
              Matched
        "#]],
    );
}

#[test]
fn where_blocks_match_everyone_and_pods_of_the_host_network_are_pods() {
    let settings = "{apiVersion: netpol/v1, kind: Settings, spec: {options: {ipBlockMatchesPods: true, ipBlockMatchesNodes: true, hostNetworkPods: as-pod}}}";
    check(
        &format!("{CLUSTER}{settings}"),
        &ROWS,
        peers,
        &expect![[r#"
            a/web -> a/db 80/TCP:
              Matched
              Missed(NamespaceLabel(SelectorMiss(0)))
              Missed(NamespaceLabel(SelectorMiss(0)))
              Matched
              Missed(OtherFamily)
            a/other -> a/db 80/TCP:
              Missed(PodLabel(SelectorMiss(0)))
              Missed(NamespaceLabel(SelectorMiss(0)))
              Missed(NamespaceLabel(SelectorMiss(0)))
              Missed(Excepted(0))
              Missed(OtherFamily)
            b/web -> a/db 80/TCP:
              Missed(OtherNamespace)
              Matched
              Matched
              Missed(OutsideBlock)
              Missed(OtherFamily)
            b/other -> a/db 80/TCP:
              Missed(OtherNamespace)
              Matched
              Missed(PodLabel(SelectorMiss(0)))
              Missed(OtherFamily)
              Matched
            a/host -> a/db 80/TCP:
              Matched
              Missed(NamespaceLabel(SelectorMiss(0)))
              Missed(NamespaceLabel(SelectorMiss(0)))
              Matched
              Missed(OtherFamily)
            10.0.0.6 -> a/db 80/TCP:
              Missed(NotAPod)
              Missed(NotAPod)
              Missed(NotAPod)
              Matched
              Missed(OtherFamily)
            10.0.0.200 -> a/db 80/TCP:
              Missed(NotAPod)
              Missed(NotAPod)
              Missed(NotAPod)
              Missed(Excepted(0))
              Missed(OtherFamily)
            10.0.0.77 -> a/db 80/TCP:
              Missed(NotAPod)
              Missed(NotAPod)
              Missed(NotAPod)
              Matched
              Missed(OtherFamily)
            192.0.2.1 -> a/db 80/TCP:
              Missed(NotAPod)
              Missed(NotAPod)
              Missed(NotAPod)
              Missed(OutsideBlock)
              Missed(OtherFamily)
            fd00::9 -> a/db 80/TCP:
              Missed(NotAPod)
              Missed(NotAPod)
              Missed(NotAPod)
              Missed(OtherFamily)
              Matched
        "#]],
    );
}

#[test]
fn where_blocks_match_the_outside_only_and_pods_of_the_host_network_are_nodes() {
    let settings = "{apiVersion: netpol/v1, kind: Settings, spec: {options: {ipBlockMatchesPods: false, ipBlockMatchesNodes: false, hostNetworkPods: as-node}}}";
    check(
        &format!("{CLUSTER}{settings}"),
        &ROWS,
        peers,
        &expect![[r#"
            a/web -> a/db 80/TCP:
              Matched
              Missed(NamespaceLabel(SelectorMiss(0)))
              Missed(NamespaceLabel(SelectorMiss(0)))
              Missed(NotCompared(IpBlockMatchesPods))
              Missed(OtherFamily)
            a/other -> a/db 80/TCP:
              Missed(PodLabel(SelectorMiss(0)))
              Missed(NamespaceLabel(SelectorMiss(0)))
              Missed(NamespaceLabel(SelectorMiss(0)))
              Missed(Excepted(0))
              Missed(OtherFamily)
            b/web -> a/db 80/TCP:
              Missed(OtherNamespace)
              Matched
              Matched
              Missed(OutsideBlock)
              Missed(OtherFamily)
            b/other -> a/db 80/TCP:
              Missed(OtherNamespace)
              Matched
              Missed(PodLabel(SelectorMiss(0)))
              Missed(OtherFamily)
              Missed(NotCompared(IpBlockMatchesPods))
            a/host -> a/db 80/TCP:
              Missed(NotAPod)
              Missed(NamespaceLabel(SelectorMiss(0)))
              Missed(NamespaceLabel(SelectorMiss(0)))
              Missed(NotCompared(IpBlockMatchesNodes))
              Missed(OtherFamily)
            10.0.0.6 -> a/db 80/TCP:
              Missed(NotAPod)
              Missed(NotAPod)
              Missed(NotAPod)
              Matched
              Missed(OtherFamily)
            10.0.0.200 -> a/db 80/TCP:
              Missed(NotAPod)
              Missed(NotAPod)
              Missed(NotAPod)
              Missed(Excepted(0))
              Missed(OtherFamily)
            10.0.0.77 -> a/db 80/TCP:
              Missed(NotAPod)
              Missed(NotAPod)
              Missed(NotAPod)
              Missed(NotCompared(IpBlockMatchesNodes))
              Missed(OtherFamily)
            192.0.2.1 -> a/db 80/TCP:
              Missed(NotAPod)
              Missed(NotAPod)
              Missed(NotAPod)
              Missed(OutsideBlock)
              Missed(OtherFamily)
            fd00::9 -> a/db 80/TCP:
              Missed(NotAPod)
              Missed(NotAPod)
              Missed(NotAPod)
              Missed(OtherFamily)
              Matched
        "#]],
    );
}

/// A balancer may replace the client's address by one that nobody knows beforehand.
#[test]
fn senders_whose_addresses_are_not_known() {
    let cluster = "
{apiVersion: v1, kind: Pod, metadata: {name: db, namespace: a}, status: {podIP: 10.1.0.1}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: a}
spec:
  ingress:
  - from: [{namespaceSelector: {}}]
  - from: [{ipBlock: {cidr: 0.0.0.0/0}}]
  - from: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]
  - from: [{ipBlock: {cidr: 10.0.0.0/8}}]
---
";
    let rows =
        ["outside?4 -> a/db 80/TCP", "outside?6 -> a/db 80/TCP", "other-node?4 -> a/db 80/TCP"];
    let settings =
        "{apiVersion: netpol/v1, kind: Settings, spec: {options: {ipBlockMatchesNodes: false}}}";
    check(
        cluster,
        &rows,
        peers,
        &expect![[r#"
        outside?4 -> a/db 80/TCP:
          Missed(NotAPod)
          Matched
          Depends(UnknownAddress)
          Depends(UnknownAddress)
        outside?6 -> a/db 80/TCP:
          Missed(NotAPod)
          Missed(OtherFamily)
          Missed(OtherFamily)
          Missed(OtherFamily)
        other-node?4 -> a/db 80/TCP:
          Missed(NotAPod)
          Depends(IpBlockMatchesNodes)
          Depends(UnknownAddress)
          Depends(UnknownAddress)
    "#]],
    );
    check(
        &format!("{cluster}{settings}"),
        &rows[2..],
        peers,
        &expect![[r#"
        other-node?4 -> a/db 80/TCP:
          Missed(NotAPod)
          Missed(NotCompared(IpBlockMatchesNodes))
          Missed(NotCompared(IpBlockMatchesNodes))
          Missed(NotCompared(IpBlockMatchesNodes))
    "#]],
    );
}

#[test]
fn what_a_peer_hinges_on() {
    let topic = Topic::IpBlockMatchesPods;
    for (outcome, answer, hinges_on) in [
        (PeerOutcome::Matched, Answer::Yes, None),
        (PeerOutcome::Depends(topic), Answer::Depends, Some(topic)),
        (PeerOutcome::Missed(PeerMiss::NotCompared(topic)), Answer::No, None),
    ] {
        assert_eq!((outcome.answer(), outcome.topic()), (answer, hinges_on));
    }
}
