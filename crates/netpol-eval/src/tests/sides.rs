//! Why each side lets a connection pass or not.

use expect_test::{Expect, expect};

use netpol_model::Protocol;

use super::{check, sides};
use crate::Traffic;

const CLUSTER: &str = "
{apiVersion: v1, kind: Node, metadata: {name: n1}, status: {addresses: [{type: InternalIP, address: 172.16.0.1}]}}
---
{apiVersion: v1, kind: Node, metadata: {name: n2}, status: {addresses: [{type: InternalIP, address: 172.16.0.2}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: free, namespace: b}, status: {podIP: 10.0.0.4}}
---
{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: a, labels: {app: web}}, spec: {nodeName: n1}, status: {podIP: 10.0.0.5}}
---
{apiVersion: v1, kind: Pod, metadata: {name: db, namespace: a, labels: {app: db}}, spec: {nodeName: n1}, status: {podIP: 10.0.0.6}}
---
{apiVersion: v1, kind: Pod, metadata: {name: host, namespace: a, labels: {app: host}}, spec: {nodeName: n1, hostNetwork: true}, status: {podIP: 172.16.0.1}}
---
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: deny, namespace: a}, spec: {policyTypes: [Ingress, Egress]}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web-to-db, namespace: a}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Egress]
  egress: [{to: [{podSelector: {matchLabels: {app: db}}}], ports: [{port: 5432}]}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db-from-web, namespace: a}
spec:
  podSelector: {matchLabels: {app: db}}
  ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]
---
";

const ROWS: [&str; 22] = [
    "a/web -> a/db 5432/TCP",
    "a/web -> a/db 5433/TCP",
    "a/db -> a/web 5432/TCP",
    "b/free -> a/db 5432/TCP",
    "b/free -> 192.0.2.1 443/TCP",
    "a/web -> a/web 80/TCP",
    "a/web -> a/web 80/TCP via service",
    "a/web -> a/db 5432/TCP via service",
    "172.16.0.1 -> a/db 80/TCP",
    "172.16.0.2 -> a/db 80/TCP",
    "a/db -> 172.16.0.1 80/TCP",
    "a/db -> 172.16.0.2 80/TCP",
    "a/host -> a/db 80/TCP",
    "b/free -> a/host 80/TCP",
    "a/host -> b/free 80/TCP",
    "a/web -> a/db ping",
    "b/free -> a/web ping",
    "a/web -> a/web ping via service",
    "a/db -> 172.16.0.1 ping",
    "own-node?4 -> a/db 80/TCP",
    "other-node?4 -> a/db 80/TCP",
    "outside?4 -> a/db 80/TCP",
];

#[track_caller]
fn check_with(settings: &str, expected: &Expect) {
    let settings = format!("{{apiVersion: netpol/v1, kind: Settings, spec: {settings}}}");
    check(&format!("{CLUSTER}{settings}"), &ROWS, sides, expected);
}

#[test]
fn where_questions_are_open() {
    check_with(
        "{}",
        &expect![[r#"
            a/web -> a/db 5432/TCP: Yes; egress Yes Isolated; ingress Yes Isolated
            a/web -> a/db 5433/TCP: No; egress No Isolated; ingress Yes Isolated
            a/db -> a/web 5432/TCP: No; egress No Isolated; ingress No Isolated
            b/free -> a/db 5432/TCP: No; egress Yes NotIsolated; ingress No Isolated
            b/free -> 192.0.2.1 443/TCP: Yes; egress Yes NotIsolated; ingress Yes NotAPod
            a/web -> a/web 80/TCP: Yes; egress Yes OwnPod; ingress Yes OwnPod
            a/web -> a/web 80/TCP via service: Depends; egress Depends Isolated [HairpinViaService]; ingress Depends Isolated [HairpinViaService]
            a/web -> a/db 5432/TCP via service: Yes; egress Yes Isolated; ingress Yes Isolated
            172.16.0.1 -> a/db 80/TCP: Yes; egress Yes NotAPod; ingress Yes OwnNode
            172.16.0.2 -> a/db 80/TCP: No; egress Yes NotAPod; ingress No Isolated
            a/db -> 172.16.0.1 80/TCP: Depends; egress Depends Isolated [EgressToOwnNode]; ingress Yes NotAPod
            a/db -> 172.16.0.2 80/TCP: No; egress No Isolated; ingress Yes NotAPod
            a/host -> a/db 80/TCP: Depends; egress Depends Isolated [HostNetworkPods]; ingress Yes OwnNode
            b/free -> a/host 80/TCP: Depends; egress Yes NotIsolated; ingress Depends Isolated [HostNetworkPods]
            a/host -> b/free 80/TCP: Depends; egress Depends Isolated [HostNetworkPods]; ingress Yes NotIsolated
            a/web -> a/db ping: Depends; egress Depends Isolated [Icmp]; ingress Yes Isolated
            b/free -> a/web ping: Depends; egress Yes NotIsolated; ingress Depends Isolated [Icmp]
            a/web -> a/web ping via service: Depends; egress Depends Isolated [HairpinViaService, Icmp]; ingress Depends Isolated [HairpinViaService, Icmp]
            a/db -> 172.16.0.1 ping: Depends; egress Depends Isolated [EgressToOwnNode, Icmp]; ingress Yes NotAPod
            own-node?4 -> a/db 80/TCP: Yes; egress Yes NotAPod; ingress Yes OwnNode
            other-node?4 -> a/db 80/TCP: No; egress Yes NotAPod; ingress No Isolated
            outside?4 -> a/db 80/TCP: No; egress Yes NotAPod; ingress No Isolated
        "#]],
    );
}

#[test]
fn where_exemptions_are_made() {
    let options =
        "{hairpinViaService: allow, egressToOwnNode: always-allowed, hostNetworkPods: as-node}";
    check_with(
        &format!("{{options: {options}}}"),
        &expect![[r#"
            a/web -> a/db 5432/TCP: Yes; egress Yes Isolated; ingress Yes Isolated
            a/web -> a/db 5433/TCP: No; egress No Isolated; ingress Yes Isolated
            a/db -> a/web 5432/TCP: No; egress No Isolated; ingress No Isolated
            b/free -> a/db 5432/TCP: No; egress Yes NotIsolated; ingress No Isolated
            b/free -> 192.0.2.1 443/TCP: Yes; egress Yes NotIsolated; ingress Yes NotAPod
            a/web -> a/web 80/TCP: Yes; egress Yes OwnPod; ingress Yes OwnPod
            a/web -> a/web 80/TCP via service: Yes; egress Yes Isolated [HairpinViaService]; ingress Yes Isolated [HairpinViaService]
            a/web -> a/db 5432/TCP via service: Yes; egress Yes Isolated; ingress Yes Isolated
            172.16.0.1 -> a/db 80/TCP: Yes; egress Yes NotAPod; ingress Yes OwnNode
            172.16.0.2 -> a/db 80/TCP: No; egress Yes NotAPod; ingress No Isolated
            a/db -> 172.16.0.1 80/TCP: Yes; egress Yes Isolated [EgressToOwnNode]; ingress Yes NotAPod
            a/db -> 172.16.0.2 80/TCP: No; egress No Isolated; ingress Yes NotAPod
            a/host -> a/db 80/TCP: Yes; egress Yes HostNetwork; ingress Yes OwnNode
            b/free -> a/host 80/TCP: Yes; egress Yes NotIsolated; ingress Yes HostNetwork
            a/host -> b/free 80/TCP: Yes; egress Yes HostNetwork; ingress Yes NotIsolated
            a/web -> a/db ping: Depends; egress Depends Isolated [Icmp]; ingress Yes Isolated
            b/free -> a/web ping: Depends; egress Yes NotIsolated; ingress Depends Isolated [Icmp]
            a/web -> a/web ping via service: Yes; egress Yes Isolated [HairpinViaService]; ingress Yes Isolated [HairpinViaService]
            a/db -> 172.16.0.1 ping: Yes; egress Yes Isolated [EgressToOwnNode]; ingress Yes NotAPod
            own-node?4 -> a/db 80/TCP: Yes; egress Yes NotAPod; ingress Yes OwnNode
            other-node?4 -> a/db 80/TCP: No; egress Yes NotAPod; ingress No Isolated
            outside?4 -> a/db 80/TCP: No; egress Yes NotAPod; ingress No Isolated
        "#]],
    );
}

#[test]
fn where_no_exemption_is_made() {
    let options =
        "{hairpinViaService: subject-to-policy, egressToOwnNode: subject, hostNetworkPods: as-pod}";
    check_with(
        &format!("{{options: {options}}}"),
        &expect![[r#"
            a/web -> a/db 5432/TCP: Yes; egress Yes Isolated; ingress Yes Isolated
            a/web -> a/db 5433/TCP: No; egress No Isolated; ingress Yes Isolated
            a/db -> a/web 5432/TCP: No; egress No Isolated; ingress No Isolated
            b/free -> a/db 5432/TCP: No; egress Yes NotIsolated; ingress No Isolated
            b/free -> 192.0.2.1 443/TCP: Yes; egress Yes NotIsolated; ingress Yes NotAPod
            a/web -> a/web 80/TCP: Yes; egress Yes OwnPod; ingress Yes OwnPod
            a/web -> a/web 80/TCP via service: No; egress No Isolated; ingress No Isolated
            a/web -> a/db 5432/TCP via service: Yes; egress Yes Isolated; ingress Yes Isolated
            172.16.0.1 -> a/db 80/TCP: Yes; egress Yes NotAPod; ingress Yes OwnNode
            172.16.0.2 -> a/db 80/TCP: No; egress Yes NotAPod; ingress No Isolated
            a/db -> 172.16.0.1 80/TCP: No; egress No Isolated; ingress Yes NotAPod
            a/db -> 172.16.0.2 80/TCP: No; egress No Isolated; ingress Yes NotAPod
            a/host -> a/db 80/TCP: No; egress No Isolated; ingress Yes OwnNode
            b/free -> a/host 80/TCP: No; egress Yes NotIsolated; ingress No Isolated
            a/host -> b/free 80/TCP: No; egress No Isolated; ingress Yes NotIsolated
            a/web -> a/db ping: Depends; egress Depends Isolated [Icmp]; ingress Yes Isolated
            b/free -> a/web ping: Depends; egress Yes NotIsolated; ingress Depends Isolated [Icmp]
            a/web -> a/web ping via service: Depends; egress Depends Isolated [Icmp]; ingress Depends Isolated [Icmp]
            a/db -> 172.16.0.1 ping: Depends; egress Depends Isolated [Icmp]; ingress Yes NotAPod
            own-node?4 -> a/db 80/TCP: Yes; egress Yes NotAPod; ingress Yes OwnNode
            other-node?4 -> a/db 80/TCP: No; egress Yes NotAPod; ingress No Isolated
            outside?4 -> a/db 80/TCP: No; egress Yes NotAPod; ingress No Isolated
        "#]],
    );
}

#[test]
fn where_policies_are_not_enforced() {
    check_with(
        "{plugin: flannel}",
        &expect![[r#"
            a/web -> a/db 5432/TCP: Yes; egress Yes NotEnforced; ingress Yes NotEnforced
            a/web -> a/db 5433/TCP: Yes; egress Yes NotEnforced; ingress Yes NotEnforced
            a/db -> a/web 5432/TCP: Yes; egress Yes NotEnforced; ingress Yes NotEnforced
            b/free -> a/db 5432/TCP: Yes; egress Yes NotEnforced; ingress Yes NotEnforced
            b/free -> 192.0.2.1 443/TCP: Yes; egress Yes NotEnforced; ingress Yes NotAPod
            a/web -> a/web 80/TCP: Yes; egress Yes OwnPod; ingress Yes OwnPod
            a/web -> a/web 80/TCP via service: Yes; egress Yes NotEnforced; ingress Yes NotEnforced
            a/web -> a/db 5432/TCP via service: Yes; egress Yes NotEnforced; ingress Yes NotEnforced
            172.16.0.1 -> a/db 80/TCP: Yes; egress Yes NotAPod; ingress Yes NotEnforced
            172.16.0.2 -> a/db 80/TCP: Yes; egress Yes NotAPod; ingress Yes NotEnforced
            a/db -> 172.16.0.1 80/TCP: Yes; egress Yes NotEnforced; ingress Yes NotAPod
            a/db -> 172.16.0.2 80/TCP: Yes; egress Yes NotEnforced; ingress Yes NotAPod
            a/host -> a/db 80/TCP: Yes; egress Yes NotEnforced; ingress Yes NotEnforced
            b/free -> a/host 80/TCP: Yes; egress Yes NotEnforced; ingress Yes NotEnforced
            a/host -> b/free 80/TCP: Yes; egress Yes NotEnforced; ingress Yes NotEnforced
            a/web -> a/db ping: Yes; egress Yes NotEnforced; ingress Yes NotEnforced
            b/free -> a/web ping: Yes; egress Yes NotEnforced; ingress Yes NotEnforced
            a/web -> a/web ping via service: Yes; egress Yes NotEnforced; ingress Yes NotEnforced
            a/db -> 172.16.0.1 ping: Yes; egress Yes NotEnforced; ingress Yes NotAPod
            own-node?4 -> a/db 80/TCP: Yes; egress Yes NotAPod; ingress Yes NotEnforced
            other-node?4 -> a/db 80/TCP: Yes; egress Yes NotAPod; ingress Yes NotEnforced
            outside?4 -> a/db 80/TCP: Yes; egress Yes NotAPod; ingress Yes NotEnforced
        "#]],
    );
}

#[test]
fn a_ping_has_no_port() {
    let dns = Traffic::Port(Protocol::Udp, 53);
    assert_eq!((dns.port(), dns.protocol()), (Some(53), Some(Protocol::Udp)));
    assert_eq!((Traffic::Ping.port(), Traffic::Ping.protocol()), (None, None));
}
