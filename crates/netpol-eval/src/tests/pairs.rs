//! All pairs at once.

use expect_test::expect;
use netpol_model::Direction;

use super::{check, world};
use crate::{Answer, Connection, IdentityId, PortRange, Reachability, World};

const CLUSTER: &str = "
{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: a, labels: {app: web}}, status: {podIPs: [{ip: 10.0.0.1}, {ip: 'fd00::1'}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: twin, namespace: a, labels: {app: web}}, status: {podIPs: [{ip: 10.0.0.2}, {ip: 'fd00::2'}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: db, namespace: a, labels: {app: db}}, status: {podIPs: [{ip: 10.0.1.1}, {ip: 'fd00::3'}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: cut, namespace: a, labels: {app: cut}}, status: {podIP: 10.0.1.2}}
---
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: cut, namespace: a}, spec: {podSelector: {matchLabels: {app: cut}}, policyTypes: [Ingress, Egress]}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: a}
spec:
  podSelector: {matchLabels: {app: db}}
  ingress:
  - from: [{podSelector: {matchLabels: {app: web}}}]
    ports: [{port: 80, endPort: 90}, {port: 91}, {port: 53, protocol: UDP}]
  - from: [{ipBlock: {cidr: 10.0.0.0/24}}]
    ports: [{port: 5432}]
---
{apiVersion: netpol/v1, kind: Settings, spec: {options: {ipBlockMatchesPods: true, implicitDNS: false}}}
";

/// Each side, the whole, the ports of each family, and whether there are any.
fn pair(world: &World, connection: &Connection) -> String {
    let reach = Reachability::of(world);
    let identity = |end: crate::End| -> IdentityId {
        end.pod().and_then(|pod| reach.of_pod(pod)).expect("a pod that takes part")
    };
    let (from, to) = (identity(connection.from), identity(connection.to));
    let (port, protocol) = (connection.traffic.port(), connection.traffic.protocol());
    let (port, protocol) = (port.expect("a port"), protocol.expect("a protocol"));
    let [egress, ingress] = [Direction::Egress, Direction::Ingress]
        .map(|way| reach.side(way, from, to, protocol, port));
    let connects = reach.connects(from, to, protocol, port);
    let ports = |ranges: Vec<PortRange>| {
        let texts: Vec<String> =
            ranges.iter().map(|it| format!("{} {}-{}", it.protocol, it.first, it.last)).collect();
        if texts.is_empty() { "none".to_owned() } else { texts.join(", ") }
    };
    let families: Vec<String> = reach.ports_by_family(from, to, Answer::Yes).map(ports).collect();
    format!(
        " {connects:?}; egress {egress:?}, ingress {ingress:?}; reached {}\n  {}\n  of either: {}",
        reach.receivers(from).contains(to),
        families.join("\n  "),
        ports(reach.ports(from, to, Answer::Yes))
    )
}

#[test]
fn ports_are_listed_family_by_family_and_merged() {
    let rows = [
        "a/web -> a/db 80/TCP",
        "a/web -> a/db 5432/TCP",
        "a/web -> a/db 81/UDP",
        "a/db -> a/web 80/TCP",
        "a/cut -> a/web 80/TCP",
        "a/web -> a/cut 80/TCP",
    ];
    check(
        CLUSTER,
        &rows,
        pair,
        &expect![[r#"
            a/web -> a/db 80/TCP: Some(Yes); egress Some(Yes), ingress Some(Yes); reached true
              TCP 80-91, TCP 5432-5432, UDP 53-53
              TCP 80-91, UDP 53-53
              of either: TCP 80-91, TCP 5432-5432, UDP 53-53
            a/web -> a/db 5432/TCP: None; egress Some(Yes), ingress None; reached true
              TCP 80-91, TCP 5432-5432, UDP 53-53
              TCP 80-91, UDP 53-53
              of either: TCP 80-91, TCP 5432-5432, UDP 53-53
            a/web -> a/db 81/UDP: Some(No); egress Some(Yes), ingress Some(No); reached true
              TCP 80-91, TCP 5432-5432, UDP 53-53
              TCP 80-91, UDP 53-53
              of either: TCP 80-91, TCP 5432-5432, UDP 53-53
            a/db -> a/web 80/TCP: Some(Yes); egress Some(Yes), ingress Some(Yes); reached true
              TCP 1-65535, UDP 1-65535, SCTP 1-65535
              TCP 1-65535, UDP 1-65535, SCTP 1-65535
              of either: TCP 1-65535, UDP 1-65535, SCTP 1-65535
            a/cut -> a/web 80/TCP: Some(No); egress Some(No), ingress Some(Yes); reached false
              none
              of either: none
            a/web -> a/cut 80/TCP: Some(No); egress Some(Yes), ingress Some(No); reached false
              none
              of either: none
        "#]],
    );
}

#[test]
fn pairs_and_identities_are_counted() {
    let world = world(CLUSTER);
    let reach = Reachability::of(&world);
    assert_eq!(reach.identity_count(|_| true), 3);
    assert_eq!(reach.identity_count(|pod| world.pod_name(pod) == "a/twin"), 1);
    assert_eq!(reach.identity_count(|_| false), 0);
    // Everybody but the pod that is cut off reaches everybody but that one.
    assert_eq!(reach.count_pairs(|_| true), (12, 6));
    assert_eq!(reach.count_pairs(|pod| world.pod_name(pod) != "a/twin"), (6, 2));
    assert_eq!(reach.count_pairs(|_| false), (0, 0));
}
