//! Objects to the resolved world.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use netpol_model::{ContainerPort, Labels, Node, Objects, PodPhase, PodTemplate, Protocol};
use netpol_sort::{Gather, Sort};

use super::group::{self, Draft};
use super::{
    Group, GroupId, GroupKind, NamespaceId, PodId, PodState, PolicyId, TemplateRef, World,
    WorldNamespace, WorldPod,
};
use crate::{PLUGINS, dns, plugin, stable_address};

/// The label that the API server gives every namespace, and keeps equal to its name.
/// Source: <https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-metadata-name>
const NAME_LABEL: &str = "kubernetes.io/metadata.name";

pub(super) fn resolve(objects: Objects) -> World {
    let settings = objects.settings.as_ref();
    let named = settings.and_then(|settings| settings.plugin.as_deref()).and_then(plugin);
    let plugin = named.unwrap_or(&PLUGINS[0]);
    let options = plugin.complete(settings.map(|settings| settings.options).unwrap_or_default());
    let implied = options.implicit_dns != Some(false) && !declares_dns(&objects);
    let (mut drafts, made) = group::drafts(&objects);
    if implied {
        drafts.push(Draft::implied(dns::NAMESPACE, dns::NAME));
    }
    let namespaces = namespaces(&objects, &drafts);
    let id_of = |name: &str| {
        let index = namespaces.binary_search_by(|n| n.name.as_str().cmp(name));
        NamespaceId(index.unwrap_or_default() as u32)
    };
    let (groups, pods) = place(&objects, drafts, id_of);
    let (policies, rejected) = policies(&objects, namespaces.len(), id_of);
    let mut world = World {
        options,
        plugin,
        namespaces,
        policies,
        rejected,
        pods_by_address: BTreeMap::new(),
        groups_by_name: groups_by_name(&objects, &groups),
        groups,
        pods,
        node_addresses: node_addresses(&objects),
        made,
        implied_dns: dns_template(),
        objects,
    };
    give_addresses(&mut world);
    world
}

fn declares_dns(objects: &Objects) -> bool {
    let pods = objects.pods.iter().map(|pod| (&pod.meta, &pod.template));
    let workloads = objects.workloads.iter().map(|workload| (&workload.meta, &workload.template));
    pods.chain(workloads)
        .any(|(meta, template)| dns::is_dns(&meta.namespace, &meta.name, &template.labels))
}

fn dns_template() -> PodTemplate {
    let port = |name: &str, number, protocol| ContainerPort {
        name: Some(name.to_owned()),
        number,
        protocol,
    };
    PodTemplate {
        labels: Labels::from([(dns::LABEL.0.to_owned(), dns::LABEL.1.to_owned())]),
        ports: vec![port("dns", 53, Protocol::Udp), port("dns-tcp", 53, Protocol::Tcp)],
        ..PodTemplate::default()
    }
}

/// Declared namespaces, and those that something is in.
fn namespaces(objects: &Objects, drafts: &[Draft]) -> Vec<WorldNamespace> {
    let mut found: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    for (index, namespace) in objects.namespaces.iter().enumerate() {
        found.insert(&namespace.meta.name, Some(index));
    }
    let inferred = drafts
        .iter()
        .map(|draft| draft.namespace.as_str())
        .chain(objects.services.iter().map(|service| service.meta.namespace.as_str()))
        .chain(objects.policies.iter().map(|policy| policy.meta.namespace.as_str()));
    for name in inferred {
        found.entry(name).or_default();
    }
    found
        .into_iter()
        .map(|(name, object)| {
            let mut labels = object
                .map(|index| objects.namespaces[index].meta.labels.clone())
                .unwrap_or_default();
            labels.insert(NAME_LABEL.to_owned(), name.to_owned());
            WorldNamespace { name: name.to_owned(), labels, object }
        })
        .collect()
}

/// Gives groups and pods their ids: sorted by namespace, then name.
fn place(
    objects: &Objects,
    drafts: Vec<Draft>,
    id_of: impl Fn(&str) -> NamespaceId,
) -> (Vec<Group>, Vec<WorldPod>) {
    let mut groups = Vec::with_capacity(drafts.len());
    let mut pods = Vec::new();
    let mut sorted: Vec<(NamespaceId, Draft)> =
        drafts.into_iter().map(|draft| (id_of(&draft.namespace), draft)).collect();
    // Groups of one name stay in their order.
    sorted.arrange_by(|a, b| (a.0, &a.1.name).cmp(&(b.0, &b.1.name)));
    for (index, (namespace, draft)) in sorted.into_iter().enumerate() {
        let group = GroupId(index as u32);
        for (name, template) in draft.pods {
            pods.push(world_pod(objects, namespace, name, template, group));
        }
        groups.push(Group { namespace, name: draft.name, kind: draft.kind, pods: Vec::new() });
    }
    pods.arrange_by(|a, b| (a.namespace, &a.name).cmp(&(b.namespace, &b.name)));
    for (index, pod) in pods.iter().enumerate() {
        groups[pod.group.index()].pods.push(PodId(index as u32));
    }
    make_names_unique(objects, &mut groups);
    (groups, pods)
}

fn world_pod(
    objects: &Objects,
    namespace: NamespaceId,
    name: String,
    template: TemplateRef,
    group: GroupId,
) -> WorldPod {
    let declared = match template {
        TemplateRef::Pod(index) => Some(&objects.pods[index]),
        TemplateRef::Workload(_) | TemplateRef::Made(_) | TemplateRef::ImpliedDns => None,
    };
    let mut addresses = declared.map(|pod| pod.addresses.clone()).unwrap_or_default();
    if addresses.is_empty()
        && let Some(pod) = declared.filter(|pod| pod.template.host_network)
    {
        addresses = node_of(objects, &pod.template);
    }
    let state = match declared.map(|pod| pod.phase) {
        Some(PodPhase::Finished) => PodState::Finished,
        Some(PodPhase::Pending) if addresses.is_empty() => PodState::Pending,
        _ => PodState::Active,
    };
    WorldPod {
        namespace,
        name,
        declared_address: !addresses.is_empty(),
        addresses,
        state,
        ready: declared.is_none_or(|pod| pod.ready),
        deleted: declared.is_some_and(|pod| pod.deleted),
        group,
        template,
    }
}

/// The addresses of the node on which a pod runs, of each family the first.
fn node_of(objects: &Objects, template: &PodTemplate) -> Vec<IpAddr> {
    let is_its = |node: &&Node| template.node_name.as_ref() == Some(&node.meta.name);
    let node = objects.nodes.iter().map(|node| &**node).find(is_its);
    let addresses = node.map(|node| node.addresses.as_slice()).unwrap_or_default();
    let first = |v4| addresses.iter().copied().find(|address| address.is_ipv4() == v4);
    [true, false].into_iter().filter_map(first).collect()
}

/// A pod and a workload, or two workloads of different kinds, may have the same name.
fn make_names_unique(objects: &Objects, groups: &mut [Group]) {
    let mut seen = BTreeSet::new();
    for group in groups {
        if !seen.insert((group.namespace, group.name.clone()))
            && let GroupKind::Workload(index) = group.kind
        {
            group.name = format!("{}[{}]", group.name, objects.workloads[index].kind.as_str());
        }
    }
}

/// Groups by the name that people use for them, and by the unique one.
fn groups_by_name(
    objects: &Objects,
    groups: &[Group],
) -> BTreeMap<(NamespaceId, String), Vec<GroupId>> {
    let mut by_name: BTreeMap<(NamespaceId, String), Vec<GroupId>> = BTreeMap::new();
    for (index, group) in groups.iter().enumerate() {
        let id = GroupId(index as u32);
        let name = match group.kind {
            GroupKind::Workload(index) => objects.workloads[index].meta.name.clone(),
            GroupKind::Pod(_) | GroupKind::ImpliedDns => group.name.clone(),
        };
        if name != group.name {
            by_name.insert((group.namespace, group.name.clone()), vec![id]);
        }
        let same = by_name.entry((group.namespace, name)).or_default();
        // A pod's own name is never overshadowed by a workload's.
        let is_pod = |id: &GroupId| matches!(groups[id.index()].kind, GroupKind::Pod(_));
        if !same.iter().any(is_pod) {
            same.push(id);
        }
    }
    by_name
}

/// The policies of each namespace that judge, and those that the API server would refuse.
fn policies(
    objects: &Objects,
    namespaces: usize,
    id_of: impl Fn(&str) -> NamespaceId,
) -> (Vec<Vec<PolicyId>>, Vec<PolicyId>) {
    let mut policies = vec![Vec::new(); namespaces];
    let mut rejected = Vec::new();
    for (policy, id) in objects.policies.iter().zip((0..).map(PolicyId)) {
        if policy.rejected {
            rejected.push(id);
        } else {
            policies[id_of(&policy.meta.namespace).index()].push(id);
        }
    }
    (policies, rejected)
}

fn node_addresses(objects: &Objects) -> BTreeSet<IpAddr> {
    let nodes = objects.nodes.iter().flat_map(|node| &node.addresses);
    let hosts = objects.pods.iter().flat_map(|pod| &pod.host_addresses);
    let host_network = objects.pods.iter().filter(|pod| pod.template.host_network);
    nodes.chain(hosts).chain(host_network.flat_map(|pod| &pod.addresses)).copied().gather()
}

/// Gives pods without an address a stable one, and indexes all of them.
fn give_addresses(world: &mut World) {
    let mut taken: BTreeSet<IpAddr> =
        world.pods.iter().flat_map(|pod| pod.addresses.iter().copied()).gather();
    for index in 0..world.pods.len() {
        let pod = &world.pods[index];
        if pod.state != PodState::Active {
            continue;
        }
        let template = world.template(pod);
        if pod.addresses.is_empty() && template.host_network {
            let addresses = node_of(&world.objects, template);
            world.pods[index].declared_address = !addresses.is_empty();
            world.pods[index].addresses = addresses;
        }
        let pod = &world.pods[index];
        if pod.addresses.is_empty() {
            let namespace = world.namespaces[pod.namespace.index()].name.as_str();
            let free = (0..=taken.len() as u32)
                .map(|attempt| IpAddr::V4(stable_address(namespace, &pod.name, attempt)))
                .find(|address| !taken.contains(address));
            let Some(address) = free else { continue };
            taken.insert(address);
            world.pods[index].addresses.push(address);
        }
        let pod = &world.pods[index];
        if !world.template(pod).host_network {
            let addresses = pod.addresses.clone();
            for address in addresses {
                world.pods_by_address.entry(address).or_insert(PodId(index as u32));
            }
        }
    }
}
