//! What there is, as pictures and lists show it.

use std::collections::{BTreeMap, BTreeSet};

use netpol_eval::{GroupId, GroupKind, NamespaceId, PodState, PolicyId, ServiceId, World};
use netpol_model::{ContainerPort, Direction, NetworkPolicy};
use netpol_sort::{Gather, Sort};
use netpol_syntax::Sources;

use crate::connect::silent;
use crate::endpoint::{external_name, group_place};
use crate::explain::policy_sentence;
use crate::party::is_shown;
use crate::place::place;
use crate::view::{
    ExternalView, Isolation, NamespaceView, NodeView, Origin, OtherKind, PolicySummary, PortView,
    ServiceView, Topology,
};

/// What there is.
pub(crate) fn topology(world: &World, sources: &Sources) -> Topology {
    let shown: Vec<GroupId> = shown_groups(world).collect();
    let externals = (0..world.objects().externals.len() as u32).map(netpol_eval::ExternalId);
    let mut externals: Vec<ExternalView> =
        externals.map(|id| external(world, sources, id)).collect();
    externals.arrange_by(|a, b| a.name.cmp(&b.name));
    let mut services: Vec<ServiceView> = (0..world.objects().services.len() as u32)
        .map(|id| service(world, sources, ServiceId(id)))
        .collect();
    services.arrange_by(|a, b| a.id.cmp(&b.id));
    Topology {
        namespaces: shown_namespaces(world)
            .into_iter()
            .map(|id| namespace(world, sources, id))
            .collect(),
        nodes: shown.into_iter().map(|id| node(world, sources, id)).collect(),
        externals,
        services,
        policies: policies(world, sources),
        other_kinds: other_kinds(world, sources),
    }
}

fn shown_groups(world: &World) -> impl Iterator<Item = GroupId> {
    (0..world.groups().len() as u32).map(GroupId).filter(|id| is_shown(world, *id))
}

/// The namespaces that lists and pictures show: all but one that is there only for the DNS pods
/// that nobody declared.
pub(crate) fn shown_namespaces(world: &World) -> Vec<NamespaceId> {
    let populated: BTreeSet<NamespaceId> =
        shown_groups(world).map(|id| world.group(id).namespace).gather();
    let in_use: BTreeSet<&str> = {
        let objects = world.objects();
        let policies = objects.policies.iter().map(|policy| policy.meta.namespace.as_str());
        policies.chain(objects.services.iter().map(|s| s.meta.namespace.as_str())).gather()
    };
    (0..world.namespaces().len() as u32)
        .map(NamespaceId)
        .filter(|id| {
            let namespace = world.namespace(*id);
            namespace.object.is_some()
                || populated.contains(id)
                || in_use.contains(namespace.name.as_str())
        })
        .collect()
}

fn namespace(world: &World, sources: &Sources, id: NamespaceId) -> NamespaceView {
    let namespace = world.namespace(id);
    let denies = |direction| {
        world.policies_of(id).iter().map(|policy| world.policy(*policy)).any(|policy| {
            policy.isolates(direction)
                && policy.pod_selector.is_empty()
                && policy.rules(direction).is_empty()
        })
    };
    NamespaceView {
        name: namespace.name.clone(),
        labels: namespace.labels.clone(),
        place: namespace
            .object
            .map(|index| place(sources, world.objects().namespaces[index].meta.span)),
        default_deny_ingress: denies(Direction::Ingress),
        default_deny_egress: denies(Direction::Egress),
    }
}

fn node(world: &World, sources: &Sources, id: GroupId) -> NodeView {
    let group = world.group(id);
    let template = world.group_template(id);
    let pods = || group.pods.iter().map(|pod| world.pod(*pod));
    let all_silent = pods().all(|pod| pod.state != PodState::Active);
    let addresses = pods().flat_map(|pod| &pod.addresses).map(ToString::to_string).collect();
    NodeView {
        id: world.group_name(id),
        name: group.name.clone(),
        namespace: world.namespace(group.namespace).name.clone(),
        kind: world.group_kind(id).to_owned(),
        replicas: group.pods.len() as u32,
        origin: match group.kind {
            GroupKind::Pod(_) => Origin::Pod,
            GroupKind::Workload(_) => Origin::Workload,
            GroupKind::ImpliedDns => Origin::Implied,
        },
        labels: template.labels.clone(),
        addresses,
        ports: ports(&template.ports),
        host_network: template.host_network,
        silent: all_silent.then(|| match group.pods.first() {
            Some(pod) => silent(world, *pod).unwrap_or_default(),
            None => "it asks for no pods".to_owned(),
        }),
        ingress: isolation(world, id, Direction::Ingress),
        egress: isolation(world, id, Direction::Egress),
        place: group_place(world, sources, id),
    }
}

fn ports(ports: &[ContainerPort]) -> Vec<PortView> {
    let mut views: Vec<PortView> = ports
        .iter()
        .map(|port| PortView {
            number: port.number,
            protocol: port.protocol.into(),
            name: port.name.clone(),
        })
        .collect();
    views.arrange();
    views.dedup();
    views
}

fn isolation(world: &World, id: GroupId, direction: Direction) -> Isolation {
    let group = world.group(id);
    let template = world.group_template(id);
    if template.host_network && world.options().host_network_pods_as_pods != Some(true) {
        return Isolation::default();
    }
    let policies: Vec<String> = world
        .policies_of(group.namespace)
        .iter()
        .map(|policy| world.policy(*policy))
        .filter(|policy| policy.isolates(direction))
        .filter(|policy| world.selects_some(&policy.pod_selector, id))
        .map(|policy| policy.meta.name.clone())
        .collect();
    Isolation { isolated: !policies.is_empty(), policies }
}

fn external(world: &World, sources: &Sources, id: netpol_eval::ExternalId) -> ExternalView {
    let external = &world.objects().externals[id.index()];
    ExternalView {
        id: external_name(world, id),
        name: external.meta.name.clone(),
        addresses: external.addresses.iter().map(ToString::to_string).collect(),
        place: place(sources, external.meta.span),
    }
}

fn service(world: &World, sources: &Sources, id: ServiceId) -> ServiceView {
    let service = world.service(id);
    let groups: BTreeSet<GroupId> =
        world.endpoints(id).into_iter().map(|pod| world.pod(pod).group).gather();
    ServiceView {
        id: format!("service:{}/{}", service.meta.namespace, service.meta.name),
        name: service.meta.name.clone(),
        namespace: service.meta.namespace.clone(),
        ports: service
            .ports
            .iter()
            .map(|port| PortView {
                number: port.number,
                protocol: port.protocol.into(),
                name: port.name.clone(),
            })
            .collect(),
        endpoints: groups.into_iter().map(|group| world.group_name(group)).collect(),
        place: place(sources, service.meta.span),
    }
}

fn policies(world: &World, sources: &Sources) -> Vec<PolicySummary> {
    (0..world.objects().policies.len() as u32)
        .map(|id| policy(world, sources, world.policy(PolicyId(id))))
        .collect()
}

fn policy(world: &World, sources: &Sources, policy: &NetworkPolicy) -> PolicySummary {
    let namespace = world.namespace_id(&policy.meta.namespace);
    let selects: Vec<String> = namespace
        .into_iter()
        .flat_map(|namespace| world.groups_in(namespace))
        .filter(|id| is_shown(world, *id))
        .filter(|id| world.selects_some(&policy.pod_selector, *id))
        .map(|id| world.group_name(id))
        .collect();
    let types = [Direction::Ingress, Direction::Egress];
    PolicySummary {
        name: policy.meta.name.clone(),
        namespace: policy.meta.namespace.clone(),
        rejected: policy.rejected,
        policy_types: types
            .into_iter()
            .filter(|direction| policy.isolates(*direction))
            .map(|direction| direction.as_str().to_owned())
            .collect(),
        summary: policy_sentence(policy, selects.len()),
        selects,
        place: place(sources, policy.meta.span),
    }
}

fn other_kinds(world: &World, sources: &Sources) -> Vec<OtherKind> {
    let mut kinds: BTreeMap<String, OtherKind> = BTreeMap::new();
    for other in &world.objects().others {
        let kind = format!("{}/{}", other.api_version, other.kind);
        let entry = kinds.entry(kind.clone()).or_insert_with(|| OtherKind {
            kind,
            count: 0,
            place: place(sources, other.span),
        });
        entry.count += 1;
    }
    kinds.into_values().collect()
}
