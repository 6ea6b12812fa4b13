//! What is left of manifests. That no verdict changes is a law of the workspace's tests.

use expect_test::{Expect, expect};

use super::redact;
use crate::view::{ConnectionQuery, PortSpec, Protocol};
use crate::{Sources, analyse};

fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&redact(&analyse(Sources::single("m.yaml", text)), &[]).text);
}

#[test]
#[expect(clippy::too_many_lines, reason = "manifests, twice")]
fn only_what_decides_is_left_under_other_names() {
    check(
        "
# The crown jewels.
apiVersion: v1
kind: Pod
metadata:
  name: db-0
  namespace: bank
  labels: {app: db, statefulset.kubernetes.io/pod-name: db-0}
  annotations: {note: secret}
  ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: db, uid: x, controller: true}]
spec:
  nodeName: rack-7
  containers:
  - {name: db, image: registry.bank.example/db, env: [{name: KEY, value: x}], ports: [{name: sql, containerPort: 5432}]}
status: {podIPs: [{ip: 10.1.2.3}], hostIP: 192.168.7.1}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: secrets}, data: {a: b}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: bank}
spec: {replicas: 2, selector: {matchLabels: {app: db}}, template: {metadata: {labels: {app: db}}, spec: {containers: []}}}
---
{apiVersion: v1, kind: Service, metadata: {name: db, namespace: bank}, spec: {selector: {app: db}, ports: [{port: 5432, targetPort: sql}], clusterIP: 10.96.0.9}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: keep-out, namespace: bank}
spec:
  podSelector: {matchLabels: {app: db}}
  ingress:
  - from:
    - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: default}}
    - ipBlock: {cidr: 10.1.0.0/16, except: [10.1.2.0/24]}
    ports: [{port: sql}, {protocol: UDP, port: 53}]
---
apiVersion: netpol/v1
kind: Expectation
metadata: {name: what-we-promise}
spec: {connections: [{from: 10.1.9.9, to: bank/db-0, port: 5432, verdict: allowed}]}
",
        &expect![[r#"
            apiVersion: apps/v1
            kind: StatefulSet
            metadata:
              name: statefulset-1
              namespace: ns-1
            spec:
              replicas: 2
              selector:
                matchLabels:
                  key-1: value-1
              template:
                metadata:
                  labels:
                    key-1: value-1
                spec:
                  containers:
                  - name: container-1
                    image: image
            ---
            apiVersion: v1
            kind: Pod
            metadata:
              name: statefulset-1-0
              namespace: ns-1
              ownerReferences:
              - apiVersion: apps/v1
                kind: StatefulSet
                name: statefulset-1
                uid: StatefulSet
                controller: true
              labels:
                key-1: value-1
                statefulset.kubernetes.io/pod-name: statefulset-1-0
            spec:
              nodeName: node-1
              containers:
              - name: container-1
                image: image
                ports:
                - name: port-1
                  containerPort: 5432
            status:
              podIPs:
              - ip: 10.64.0.0
              hostIPs:
              - ip: 10.64.0.5
            ---
            apiVersion: v1
            kind: Service
            metadata:
              name: service-1
              namespace: ns-1
            spec:
              clusterIPs:
              - 10.64.0.4
              selector:
                key-1: value-1
              ports:
              - port: 5432
                targetPort: port-1
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata:
              name: policy-1
              namespace: ns-1
            spec:
              ingress:
              - from:
                - namespaceSelector:
                    matchLabels:
                      kubernetes.io/metadata.name: default
                - ipBlock:
                    cidr: 10.64.0.0/30
                    except:
                    - 10.64.0.0/31
                ports:
                - port: port-1
                - port: 53
                  protocol: UDP
              podSelector:
                matchLabels:
                  key-1: value-1
            ---
            apiVersion: netpol/v1
            kind: Expectation
            metadata:
              name: expectation-1
            spec:
              connections:
              - from: 10.64.0.2
                to: ns-1/statefulset-1-0
                port: 5432
                verdict: allowed
        "#]],
    );
}

#[test]
fn the_dns_pods_and_what_is_refused_stay_what_they_are() {
    check(
        "
{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: kube-system, labels: {k8s-app: kube-dns}}}
---
{apiVersion: v1, kind: Service, metadata: {name: kube-dns, namespace: kube-system}, spec: {selector: {k8s-app: kube-dns}, ports: [{port: 53, protocol: UDP}]}}
---
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: typo}, spec: {podSelektor: {app: secret}}}
---
{apiVersion: netpol/v1, kind: Settings, metadata: {name: ours}, spec: {plugin: Calico, kubernetesVersion: '1.30', options: {icmp: subject}}}
",
        &expect![[r#"
            apiVersion: netpol/v1
            kind: Settings
            metadata:
              name: settings
            spec:
              plugin: calico
              kubernetesVersion: "1.30"
              options:
                icmp: subject
            ---
            apiVersion: v1
            kind: Pod
            metadata:
              name: pod-1
              namespace: kube-system
              labels:
                k8s-app: kube-dns
            spec:
              containers:
              - name: container-1
                image: image
            ---
            apiVersion: v1
            kind: Service
            metadata:
              name: kube-dns
              namespace: kube-system
            spec:
              selector:
                k8s-app: kube-dns
              ports:
              - port: 53
                protocol: UDP
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata:
              name: policy-1
            spec:
              policyTypes:
              - Refused
        "#]],
    );
}

#[test]
fn new_names_are_never_old_ones() {
    check(
        "
{apiVersion: v1, kind: Pod, metadata: {name: pod-1, namespace: ns-1}, status: {podIP: 10.64.0.0}}
---
{apiVersion: v1, kind: Pod, metadata: {name: pod-2, namespace: ns-1}, status: {podIP: 10.64.0.1}}
",
        &expect![[r#"
            apiVersion: v1
            kind: Pod
            metadata:
              name: pod-3
              namespace: ns-2
            spec:
              containers:
              - name: container-1
                image: image
            status:
              podIPs:
              - ip: 10.65.0.0
            ---
            apiVersion: v1
            kind: Pod
            metadata:
              name: pod-4
              namespace: ns-2
            spec:
              containers:
              - name: container-1
                image: image
            status:
              podIPs:
              - ip: 10.65.0.1
        "#]],
    );
}

#[test]
fn a_question_is_renamed_with_the_manifests() {
    let text = "{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop}}";
    let question = |from: &str| ConnectionQuery {
        from: from.to_owned(),
        to: "shop/web".to_owned(),
        port: PortSpec::Name("http".to_owned()),
        protocol: Protocol::Tcp,
    };
    let analysis = analyse(Sources::single("m.yaml", text));
    let questions = redact(&analysis, &["198.51.100.9", "nonsense"].map(question)).questions;
    let [question] = questions.as_slice() else { panic!("the other is no question") };
    let ConnectionQuery { from, to, port, .. } = question;
    assert_eq!(format!("{from} {to} {port}"), "10.64.0.0 ns-1/pod-1 port-1");
}
