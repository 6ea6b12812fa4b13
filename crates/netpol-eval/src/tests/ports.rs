//! Which ports an entry covers.

use expect_test::expect;

use super::check;
use crate::{Answer, Connection, PortMiss, PortOutcome, PortRange, Topic, World, trace};

const CLUSTER: &str = "
{apiVersion: v1, kind: Pod, metadata: {name: web}, status: {podIP: 10.0.0.5}}
---
apiVersion: v1
kind: Pod
metadata: {name: db}
spec:
  containers:
  - {name: a, ports: [{name: http, containerPort: 8080}, {name: dns, containerPort: 53, protocol: UDP}]}
  - {name: b, ports: [{name: http, containerPort: 8081}]}
status: {podIP: 10.0.0.6}
---
apiVersion: v1
kind: Pod
metadata: {name: host}
spec: {hostNetwork: true, containers: [{name: a, ports: [{name: http, containerPort: 8080}]}]}
status: {podIP: 10.0.0.7}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
  - ports: [{port: 80}]
  - ports: [{port: 80, endPort: 90}]
  - ports: [{protocol: UDP}]
  - ports: [{}]
  - ports: [{port: http}]
  - ports: [{port: dns}]
---
";

const ROWS: [&str; 11] = [
    "default/web -> default/db 79/TCP",
    "default/web -> default/db 80/TCP",
    "default/web -> default/db 90/TCP",
    "default/web -> default/db 91/TCP",
    "default/web -> default/db 80/UDP",
    "default/web -> default/db 53/UDP",
    "default/web -> default/db 53/TCP",
    "default/web -> default/db 8080/TCP",
    "default/web -> default/db 8081/TCP",
    "default/web -> default/host 8080/TCP",
    "default/web -> 192.0.2.1 8080/TCP",
];

/// What each rule's only entry says of the port.
fn ports(world: &World, connection: &Connection) -> String {
    let trace = trace(world, connection);
    let rules = trace.egress.policies.iter().flat_map(|policy| &policy.rules);
    let outcomes: Vec<String> = rules.map(|rule| format!("{:?}", rule.ports[0])).collect();
    format!("\n  {}", outcomes.join("\n  "))
}

#[test]
fn numbers_ranges_and_names() {
    check(
        CLUSTER,
        &ROWS,
        ports,
        &expect![[r#"
            default/web -> default/db 79/TCP:
              Missed(Number)
              Missed(Number)
              Missed(Protocol)
              Matched
              Missed(NameIsOther([8080, 8081]))
              Missed(NameOtherProtocol(Udp))
            default/web -> default/db 80/TCP:
              Matched
              Matched
              Missed(Protocol)
              Matched
              Missed(NameIsOther([8080, 8081]))
              Missed(NameOtherProtocol(Udp))
            default/web -> default/db 90/TCP:
              Missed(Number)
              Matched
              Missed(Protocol)
              Matched
              Missed(NameIsOther([8080, 8081]))
              Missed(NameOtherProtocol(Udp))
            default/web -> default/db 91/TCP:
              Missed(Number)
              Missed(Number)
              Missed(Protocol)
              Matched
              Missed(NameIsOther([8080, 8081]))
              Missed(NameOtherProtocol(Udp))
            default/web -> default/db 80/UDP:
              Missed(Protocol)
              Missed(Protocol)
              Matched
              Missed(Protocol)
              Missed(Protocol)
              Missed(Protocol)
            default/web -> default/db 53/UDP:
              Missed(Protocol)
              Missed(Protocol)
              Matched
              Missed(Protocol)
              Missed(Protocol)
              Missed(Protocol)
            default/web -> default/db 53/TCP:
              Missed(Number)
              Missed(Number)
              Missed(Protocol)
              Matched
              Missed(NameIsOther([8080, 8081]))
              Missed(NameOtherProtocol(Udp))
            default/web -> default/db 8080/TCP:
              Missed(Number)
              Missed(Number)
              Missed(Protocol)
              Matched
              Matched
              Missed(NameOtherProtocol(Udp))
            default/web -> default/db 8081/TCP:
              Missed(Number)
              Missed(Number)
              Missed(Protocol)
              Matched
              Matched
              Missed(NameOtherProtocol(Udp))
            default/web -> default/host 8080/TCP:
              Missed(Number)
              Missed(Number)
              Missed(Protocol)
              Matched
              Depends(HostNetworkPods)
              Missed(NameNotDeclared)
            default/web -> 192.0.2.1 8080/TCP:
              Missed(Number)
              Missed(Number)
              Missed(Protocol)
              Matched
              Missed(NameNeedsPod)
              Missed(NameNeedsPod)
        "#]],
    );
}

#[test]
fn names_of_a_pod_that_counts_as_its_node_do_not_count() {
    let host = &ROWS[9..10];
    for (option, expected) in [
        (
            "as-node",
            expect![[r#"
                default/web -> default/host 8080/TCP:
                  Missed(Number)
                  Missed(Number)
                  Missed(Protocol)
                  Matched
                  Missed(NameNeedsPod)
                  Missed(NameNeedsPod)
            "#]],
        ),
        (
            "as-pod",
            expect![[r#"
                default/web -> default/host 8080/TCP:
                  Missed(Number)
                  Missed(Number)
                  Missed(Protocol)
                  Matched
                  Matched
                  Missed(NameNotDeclared)
            "#]],
        ),
    ] {
        let settings = format!(
            "{{apiVersion: netpol/v1, kind: Settings, spec: {{options: {{hostNetworkPods: {option}}}}}}}"
        );
        check(&format!("{CLUSTER}{settings}"), host, ports, &expected);
    }
}

#[test]
fn a_range_has_both_of_its_ends_and_one_protocol() {
    use netpol_model::Protocol::{Tcp, Udp};

    let range = PortRange { protocol: Tcp, first: 80, last: 90 };
    let inside = |port| range.contains(Tcp, port);
    assert_eq!([79, 80, 85, 90, 91].map(inside), [false, true, true, true, false]);
    assert!(!range.contains(Udp, 85));
    assert_eq!(PortRange::single(Udp, 53), PortRange { protocol: Udp, first: 53, last: 53 });
    assert_eq!(PortRange::whole(Tcp), PortRange { protocol: Tcp, first: 1, last: 65535 });
}

#[test]
fn what_a_port_hinges_on() {
    let topic = Topic::HostNetworkPods;
    for (outcome, answer, hinges_on) in [
        (PortOutcome::Matched, Answer::Yes, None),
        (PortOutcome::Depends(topic), Answer::Depends, Some(topic)),
        (PortOutcome::Missed(PortMiss::Number), Answer::No, None),
    ] {
        assert_eq!((outcome.answer(), outcome.topic()), (answer, hinges_on));
    }
}

/// What a plugin does not support means nothing, a range but its first port.
#[test]
fn what_is_not_supported() {
    let manifests = "
{apiVersion: v1, kind: Pod, metadata: {name: web}, status: {podIP: 10.0.0.5}}
---
apiVersion: v1
kind: Pod
metadata: {name: db}
spec: {containers: [{name: a, ports: [{name: http, containerPort: 8080}]}]}
status: {podIP: 10.0.0.6}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  policyTypes: [Egress]
  egress:
  - ports: [{port: 80, endPort: 90}]
  - ports: [{port: http}]
  - ports: [{protocol: SCTP, port: 80, endPort: 90}]
---
{apiVersion: netpol/v1, kind: Settings, metadata: {name: s}, spec: {options: OPTIONS}}
";
    let rows = [
        "default/web -> default/db 80/TCP",
        "default/web -> default/db 90/TCP",
        "default/web -> default/db 91/TCP",
        "default/web -> default/db 8080/TCP",
        "default/web -> default/db 80/SCTP",
        "default/web -> default/db 90/SCTP",
    ];
    let none = "{endPortSupported: false, namedPortsSupported: false, sctpSupported: false}";
    check(
        &manifests.replace("OPTIONS", none),
        &rows,
        ports,
        &expect![[r#"
        default/web -> default/db 80/TCP:
          Matched
          Missed(NameIsOther([8080]))
          Missed(Protocol)
        default/web -> default/db 90/TCP:
          Missed(NotSupported(EndPort))
          Missed(NameIsOther([8080]))
          Missed(Protocol)
        default/web -> default/db 91/TCP:
          Missed(Number)
          Missed(NameIsOther([8080]))
          Missed(Protocol)
        default/web -> default/db 8080/TCP:
          Missed(Number)
          Missed(NotSupported(NamedPorts))
          Missed(Protocol)
        default/web -> default/db 80/SCTP:
          Missed(Protocol)
          Missed(Protocol)
          Missed(NotSupported(Sctp))
        default/web -> default/db 90/SCTP:
          Missed(Protocol)
          Missed(Protocol)
          Missed(NotSupported(Sctp))
    "#]],
    );
    let no_ranges = "{endPortSupported: false, namedPortsSupported: true}";
    check(
        &manifests.replace("OPTIONS", no_ranges),
        &rows[4..],
        ports,
        &expect![[r#"
        default/web -> default/db 80/SCTP:
          Missed(Protocol)
          Missed(Protocol)
          Matched
        default/web -> default/db 90/SCTP:
          Missed(Protocol)
          Missed(Protocol)
          Missed(NotSupported(EndPort))
    "#]],
    );
}
