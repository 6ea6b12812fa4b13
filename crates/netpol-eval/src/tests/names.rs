//! What names and addresses mean.

use std::sync::Arc;

use netpol_model::{EndpointName, LabelSelector, Operator, Requirement};
use netpol_syntax::{FileId, Span, parse};

use super::world;
use crate::{ExternalId, Found, GroupId, PodState, World};

const CLUSTER: &str = "
{apiVersion: v1, kind: Node, metadata: {name: n1}, status: {addresses: [{type: InternalIP, address: 192.0.2.1}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: web, labels: {app: web}}, status: {podIP: 10.0.0.1, podIPs: [{ip: 10.0.0.1}, {ip: 'fd00::1'}]}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {template: {metadata: {labels: {app: pages}}}}}
---
{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: db}, spec: {replicas: 2, template: {metadata: {labels: {app: db}}}}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: db}, spec: {template: {metadata: {labels: {app: other}}}}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: none}, spec: {replicas: 0, template: {metadata: {labels: {app: none}}}}}
---
{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {clusterIP: 10.96.0.1}}
---
{apiVersion: netpol/v1, kind: External, metadata: {name: office}, spec: {ip: 203.0.113.7}}
---
{apiVersion: netpol/v1, kind: External, metadata: {name: both}, spec: {ips: [10.0.0.1, 'fd00::1']}}
---
{apiVersion: netpol/v1, kind: External, metadata: {name: half}, spec: {ips: [10.0.0.1, 'fd00::2']}}
";

/// The group of that name.
fn group(world: &World, name: &str) -> GroupId {
    let ids = world.namespaces().iter().filter_map(|it| world.namespace_id(&it.name));
    ids.flat_map(|id| world.groups_in(id)).find(|id| world.group_name(*id) == name).expect(name)
}

fn found(world: &World, name: &str) -> String {
    let group = |id: &GroupId| format!("{} {}", world.group_kind(*id), world.group_name(*id));
    match world.find(&EndpointName::parse(name).expect(name)) {
        None => "nothing".to_owned(),
        Some(Found::Pod(pod)) => format!("pod {}", world.pod_name(pod)),
        Some(Found::Groups(groups)) => groups.iter().map(group).collect::<Vec<_>>().join(", "),
        Some(Found::Service(id)) => format!("service {}", world.service(id).meta.name),
        Some(Found::External(id)) => format!("external {}", id.index()),
        Some(Found::Address(address)) => format!("address {address}"),
    }
}

#[test]
fn names_mean_what_people_call_so() {
    let world = world(CLUSTER);
    for (name, expected) in [
        ("default/web", "pod default/web"),
        ("default/web[Deployment]", "Deployment default/web[Deployment]"),
        ("default/db", "StatefulSet default/db, Deployment default/db[Deployment]"),
        ("default/db[Deployment]", "Deployment default/db[Deployment]"),
        ("default/db-1", "pod default/db-1"),
        ("default/none", "Deployment default/none"),
        ("default/nobody", "nothing"),
        ("nowhere/web", "nothing"),
        ("kube-system/coredns", "Pod kube-system/coredns"),
        ("service:default/web", "service web"),
        ("service:default/db", "nothing"),
        ("external/both", "external 1"),
        ("external/nobody", "nothing"),
        ("10.0.0.1", "pod default/web"),
        ("10.96.0.1", "service web"),
        ("203.0.113.7", "address 203.0.113.7"),
    ] {
        assert_eq!(found(&world, name), expected, "{name}");
    }
}

#[test]
fn a_group_is_what_its_template_says() {
    let world = world(CLUSTER);
    for (name, kind, labels, ports) in [
        ("default/web", "Pod", "app=web", 0),
        ("default/web[Deployment]", "Deployment", "app=pages", 0),
        ("default/db", "StatefulSet", "app=db", 0),
        ("default/none", "Deployment", "app=none", 0),
        ("kube-system/coredns", "Pod", "k8s-app=kube-dns", 2),
    ] {
        let id = group(&world, name);
        let template = world.group_template(id);
        let written: Vec<String> =
            template.labels.iter().map(|(key, value)| format!("{key}={value}")).collect();
        let found = (world.group_kind(id), written.join(" "), template.ports.len());
        assert_eq!(found, (kind, labels.to_owned(), ports), "{name}");
    }
}

/// The labels that controllers add count, too; and those of a workload without pods.
#[test]
fn a_selector_means_groups_by_template_and_by_pods() {
    let world = world(CLUSTER);
    for (name, key, value, selects) in [
        ("default/db", "app", "db", true),
        ("default/db", "statefulset.kubernetes.io/pod-name", "db-1", true),
        ("default/db", "statefulset.kubernetes.io/pod-name", "db-2", false),
        ("default/none", "app", "none", true),
        ("default/none", "app", "db", false),
    ] {
        let requirement = Requirement {
            span: Span::default(),
            key: key.to_owned(),
            operator: Operator::In,
            values: vec![value.to_owned()],
            match_label: false,
        };
        let selector = LabelSelector { span: Span::default(), requirements: vec![requirement] };
        let found = world.selects_some(&selector, group(&world, name));
        assert_eq!(found, selects, "{name} {key}={value}");
    }
}

#[test]
fn an_address_belongs_to_a_pod_or_node() {
    let world = world(CLUSTER);
    let pod_of = |index| world.pod_of(ExternalId(index)).map(|pod| world.pod_name(pod));
    assert_eq!(pod_of(0), None, "the office");
    assert_eq!(pod_of(1).as_deref(), Some("default/web"), "both its addresses");
    assert_eq!(pod_of(2), None, "one of them is nobody's");
    let node_at = |address: &str| world.node_at(address.parse().expect("an address"));
    assert_eq!(node_at("192.0.2.1"), Some("n1"));
    assert_eq!(node_at("192.0.2.2"), None);
}

#[test]
fn a_pending_pod_takes_part_once_it_has_an_address() {
    let world = world(
        "
{apiVersion: v1, kind: Pod, metadata: {name: early}, status: {phase: Pending}}
---
{apiVersion: v1, kind: Pod, metadata: {name: starting}, status: {phase: Pending, podIP: 10.0.0.1}}
",
    );
    let states = world.pods().iter().map(|pod| (pod.name.as_str(), pod.state));
    let declared: Vec<_> = states.filter(|(name, _)| *name != "coredns").collect();
    assert_eq!(declared, [("early", PodState::Pending), ("starting", PodState::Active)]);
}

#[test]
fn a_refused_policy_judges_nothing() {
    let manifests = "
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: refused}, spec: {}}
---
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: kept}, spec: {}}
";
    let mut objects = netpol_model::decode(&parse(FileId(0), manifests).documents).0;
    Arc::make_mut(&mut objects.policies[0]).rejected = true;
    let world = World::resolve(objects);
    let name = |id: &crate::PolicyId| world.policy(*id).meta.name.clone();
    let namespace = world.namespace_id("default").expect("a namespace");
    let judging: Vec<_> = world.policies_of(namespace).iter().map(name).collect();
    let refused: Vec<_> = world.rejected_policies().iter().map(name).collect();
    assert_eq!((judging, refused), (vec!["kept".to_owned()], vec!["refused".to_owned()]));
}

#[test]
fn policies_are_enforced_unless_the_plugin_does_not() {
    let settings = |spec: &str| {
        format!("{{apiVersion: netpol/v1, kind: Settings, metadata: {{name: s}}, spec: {spec}}}")
    };
    for (spec, enforces) in [("{}", true), ("{plugin: calico}", true), ("{plugin: flannel}", false)]
    {
        assert_eq!(world(&settings(spec)).enforces(), enforces, "{spec}");
    }
}
