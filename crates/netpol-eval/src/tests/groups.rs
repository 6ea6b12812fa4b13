//! Which pods there are, and what they belong to.

use std::fmt::Write as _;

use expect_test::{Expect, expect};

use super::world;
use crate::{Group, GroupKind};

/// The groups with their pods: name, labels, addresses that are not made up, and node.
#[track_caller]
fn check(manifests: &str, expected: &Expect) {
    let world = world(manifests);
    let mut text = String::new();
    let declared = |group: &&Group| group.kind != GroupKind::ImpliedDns;
    for group in world.groups().iter().filter(declared) {
        let namespace = &world.namespace(group.namespace).name;
        write!(text, "{namespace}/{}:", group.name).expect("text grows");
        for pod in group.pods.iter().map(|pod| world.pod(*pod)) {
            let template = world.template(pod);
            let labels: Vec<String> =
                template.labels.iter().map(|(key, value)| format!("{key}={value}")).collect();
            write!(text, "\n  {} {{{}}}", pod.name, labels.join(" ")).expect("text grows");
            if pod.declared_address {
                write!(text, " {:?}", pod.addresses).expect("text grows");
            }
            if let Some(node) = &template.node_name {
                write!(text, " on {node}").expect("text grows");
            }
        }
        text.push('\n');
    }
    expected.assert_eq(&text);
}

#[test]
fn controllers_number_and_label_their_pods() {
    check(
        "
{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: db}, spec: {replicas: 2, template: {metadata: {labels: {app: db}}}}}
---
{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: late}, spec: {replicas: 2, ordinals: {start: 7}, template: {}}}
---
{apiVersion: batch/v1, kind: Job, metadata: {name: once}, spec: {parallelism: 2, template: {metadata: {labels: {app: once}}}}}
---
{apiVersion: batch/v1, kind: Job, metadata: {name: other}, spec: {template: {}}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 2, template: {metadata: {labels: {app: web}}}}}
---
# Its name is taken.
{apiVersion: v1, kind: Pod, metadata: {name: web-1}}
",
        &expect![[r#"
            default/db:
              db-0 {app=db apps.kubernetes.io/pod-index=0 statefulset.kubernetes.io/pod-name=db-0}
              db-1 {app=db apps.kubernetes.io/pod-index=1 statefulset.kubernetes.io/pod-name=db-1}
            default/late:
              late-7 {apps.kubernetes.io/pod-index=7 statefulset.kubernetes.io/pod-name=late-7}
              late-8 {apps.kubernetes.io/pod-index=8 statefulset.kubernetes.io/pod-name=late-8}
            default/once:
              once-1 {app=once batch.kubernetes.io/job-name=once job-name=once}
              once-2 {app=once batch.kubernetes.io/job-name=once job-name=once}
            default/other:
              other-1 {batch.kubernetes.io/job-name=other job-name=other}
            default/web:
              web-2 {app=web}
              web-3 {app=web}
            default/web-1:
              web-1 {}
        "#]],
    );
}

#[test]
fn declared_pods_belong_to_the_top_of_their_owners() {
    check(
        "
{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 5, template: {metadata: {labels: {app: web}}}}}
---
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web-abc, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: u, controller: true}]}
spec: {replicas: 5, template: {metadata: {labels: {app: web}}}}
---
apiVersion: v1
kind: Pod
metadata: {name: web-abc-x, labels: {app: web, pod-template-hash: abc}, ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-abc, uid: u, controller: true}]}
---
# Of another namespace, so that it is nobody's.
apiVersion: v1
kind: Pod
metadata: {name: web-abc-y, namespace: other, ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-abc, uid: u, controller: true}]}
",
        &expect![[r#"
            default/web:
              web-abc-x {app=web pod-template-hash=abc}
            other/web-abc-y:
              web-abc-y {}
        "#]],
    );
}

#[test]
fn a_name_means_a_pod_before_a_workload() {
    check(
        "
{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: a}, spec: {template: {}}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {template: {}}}
---
{apiVersion: v1, kind: Pod, metadata: {name: a}}
",
        &expect![[r#"
            default/a:
              a {}
            default/a[StatefulSet]:
              a-0 {apps.kubernetes.io/pod-index=0 statefulset.kubernetes.io/pod-name=a-0}
            default/a[Deployment]:
              a-1 {}
        "#]],
    );
}

#[test]
fn a_daemon_set_has_a_pod_on_each_node() {
    let daemon_set = "
{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: agent}, spec: {template: {spec: {hostNetwork: true}}}}
---
{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: pinned}, spec: {template: {spec: {nodeName: n2}}}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: host}, spec: {template: {spec: {hostNetwork: true, nodeName: n2}}}}
";
    let nodes = "
apiVersion: v1
kind: NodeList
items:
- {metadata: {name: n1}, status: {addresses: [{type: InternalIP, address: 192.0.2.1}, {type: InternalIP, address: 'fd00::1'}]}}
- {metadata: {name: n2}, status: {addresses: [{type: InternalIP, address: 192.0.2.2}]}}
";
    check(
        daemon_set,
        &expect![[r#"
        default/agent:
          agent-1 {}
        default/host:
          host-1 {} on n2
        default/pinned:
          pinned-1 {} on n2
    "#]],
    );
    check(
        &format!("{daemon_set}---{nodes}"),
        &expect![[r#"
        default/agent:
          agent-1 {} [192.0.2.1, fd00::1] on n1
          agent-2 {} [192.0.2.2] on n2
        default/host:
          host-1 {} [192.0.2.2] on n2
        default/pinned:
          pinned-1 {} on n2
    "#]],
    );
}

#[test]
fn numbers_of_pods_may_end() {
    check(
        "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: last}, spec: {replicas: 3, ordinals: {start: 4294967295}, template: {}}}",
        &expect![[r#"
            default/last:
              last-4294967295 {apps.kubernetes.io/pod-index=4294967295 statefulset.kubernetes.io/pod-name=last-4294967295}
        "#]],
    );
}
