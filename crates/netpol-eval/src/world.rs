//! The cluster as policies see it.

mod build;
mod group;

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use netpol_model::{
    EndpointName, LabelSelector, Labels, NetworkPolicy, Objects, Options, PodTemplate, Service,
    WorkloadKind,
};

use crate::Plugin;

/// Defines a typed index.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// As an index into a list.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A namespace of a [`World`].
    NamespaceId,
    /// A pod of a [`World`].
    PodId,
    /// A pod or workload of a [`World`].
    GroupId,
    /// A policy: an index into [`Objects::policies`].
    PolicyId,
    /// A Service: an index into [`Objects::services`].
    ServiceId,
    /// An outside address: an index into [`Objects::externals`].
    ExternalId,
}

/// The resolved cluster. Lists are sorted by namespace and name, so that ids do not depend on the
/// order of the manifests.
#[derive(Debug)]
pub struct World {
    objects: Objects,
    options: Options,
    plugin: &'static Plugin,
    namespaces: Vec<WorldNamespace>,
    pods: Vec<WorldPod>,
    groups: Vec<Group>,
    /// The policies of each namespace that judge, in the order of the text.
    policies: Vec<Vec<PolicyId>>,
    /// Those that the API server would refuse, in the order of the text.
    rejected: Vec<PolicyId>,
    pods_by_address: BTreeMap<IpAddr, PodId>,
    groups_by_name: BTreeMap<(NamespaceId, String), Vec<GroupId>>,
    node_addresses: BTreeSet<IpAddr>,
    /// Templates of pods to which their controller gives labels of their own.
    made: Vec<PodTemplate>,
    implied_dns: PodTemplate,
}

/// A namespace.
#[derive(Clone, Debug)]
pub struct WorldNamespace {
    /// Its name.
    pub name: String,
    /// Its labels, with the one that every namespace has.
    pub labels: Labels,
    /// Its index in [`Objects::namespaces`]; `None`: it was inferred from what is in it.
    pub object: Option<usize>,
}

/// Whether a pod takes part in traffic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PodState {
    /// It does.
    Active,
    /// It has no address yet.
    Pending,
    /// It is finished; its address may belong to another pod by now.
    Finished,
}

/// Where the template of a pod is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TemplateRef {
    /// [`Objects::pods`]
    Pod(usize),
    /// [`Objects::workloads`]
    Workload(usize),
    /// [`World::made`]: a workload's, with labels of the pod's own.
    Made(usize),
    /// The DNS pods that every cluster has.
    ImpliedDns,
}

/// A pod, declared or made by a workload.
#[derive(Clone, Debug)]
pub struct WorldPod {
    /// Its namespace.
    pub namespace: NamespaceId,
    /// Its name.
    pub name: String,
    /// At most one of each family, at least one if it is active.
    pub addresses: Vec<IpAddr>,
    /// Whether the manifests say the address; otherwise it is derived from the name.
    pub declared_address: bool,
    /// Whether it takes part in traffic.
    pub state: PodState,
    /// Whether services send connections to it.
    pub ready: bool,
    /// Whether it is being deleted: Services only choose it where they have no other endpoint.
    pub deleted: bool,
    /// The pod or workload that it belongs to.
    pub group: GroupId,
    pub(crate) template: TemplateRef,
}

/// What a group of pods is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKind {
    /// One pod: its index in [`Objects::pods`].
    Pod(usize),
    /// A workload: its index in [`Objects::workloads`].
    Workload(usize),
    /// The DNS pods that every cluster has.
    ImpliedDns,
}

/// A pod, or all pods of one workload: what people think of as one thing.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its namespace.
    pub namespace: NamespaceId,
    /// The pod's or the workload's name; where two things have the same name, the later ones
    /// also have their kind: `db[Job]`.
    pub name: String,
    /// What it is.
    pub kind: GroupKind,
    /// Its pods, sorted by name; none if a workload asks for none.
    pub pods: Vec<PodId>,
}

/// What a person's name for an endpoint means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// One pod.
    Pod(PodId),
    /// The pods of workloads of that name.
    Groups(Vec<GroupId>),
    /// A service.
    Service(ServiceId),
    /// A named outside address.
    External(ExternalId),
    /// An address that neither a pod nor a Service has.
    Address(IpAddr),
}

impl World {
    /// Resolves objects. Policies that the API server would refuse judge nothing.
    pub fn resolve(objects: Objects) -> Self {
        build::resolve(objects)
    }

    /// The objects that the world was resolved from.
    pub fn objects(&self) -> &Objects {
        &self.objects
    }

    /// The network plugin.
    pub fn plugin(&self) -> &'static Plugin {
        self.plugin
    }

    /// How to judge: what the settings say, and where they leave it open, what the plugin does.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// All namespaces, sorted by name.
    pub fn namespaces(&self) -> &[WorldNamespace] {
        &self.namespaces
    }

    /// A namespace.
    pub fn namespace(&self, id: NamespaceId) -> &WorldNamespace {
        &self.namespaces[id.index()]
    }

    /// The namespace of that name.
    pub fn namespace_id(&self, name: &str) -> Option<NamespaceId> {
        let index = self.namespaces.binary_search_by(|n| n.name.as_str().cmp(name)).ok()?;
        Some(NamespaceId(index as u32))
    }

    /// All pods, sorted by namespace, then name.
    pub fn pods(&self) -> &[WorldPod] {
        &self.pods
    }

    /// The ids of all pods.
    pub fn pod_ids(&self) -> impl Iterator<Item = PodId> + use<> {
        (0..self.pods.len() as u32).map(PodId)
    }

    /// A pod.
    pub fn pod(&self, id: PodId) -> &WorldPod {
        &self.pods[id.index()]
    }

    /// `NAMESPACE/NAME` of a pod.
    pub fn pod_name(&self, id: PodId) -> String {
        let pod = self.pod(id);
        format!("{}/{}", self.namespace(pod.namespace).name, pod.name)
    }

    /// What policies look at in a pod.
    pub fn template(&self, pod: &WorldPod) -> &PodTemplate {
        match pod.template {
            TemplateRef::Pod(index) => &self.objects.pods[index].template,
            TemplateRef::Workload(index) => &self.objects.workloads[index].template,
            TemplateRef::Made(index) => &self.made[index],
            TemplateRef::ImpliedDns => &self.implied_dns,
        }
    }

    /// Whether nobody declared the pod: every cluster has its DNS pods.
    pub fn is_implied(&self, pod: PodId) -> bool {
        self.pod(pod).template == TemplateRef::ImpliedDns
    }

    /// All pods and workloads, sorted by namespace, then name.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The pods and workloads of a namespace.
    pub fn groups_in(&self, namespace: NamespaceId) -> impl Iterator<Item = GroupId> + use<> {
        let start = self.groups.partition_point(|group| group.namespace < namespace);
        let end = self.groups.partition_point(|group| group.namespace <= namespace);
        (start as u32..end as u32).map(GroupId)
    }

    /// A pod or workload.
    pub fn group(&self, id: GroupId) -> &Group {
        &self.groups[id.index()]
    }

    /// `NAMESPACE/NAME` of a pod or workload.
    pub fn group_name(&self, id: GroupId) -> String {
        let group = self.group(id);
        format!("{}/{}", self.namespace(group.namespace).name, group.name)
    }

    /// The kind of a group, as manifests write it.
    pub fn group_kind(&self, id: GroupId) -> &'static str {
        match self.group(id).kind {
            GroupKind::Pod(_) | GroupKind::ImpliedDns => "Pod",
            GroupKind::Workload(index) => self.workload_kind(index).as_str(),
        }
    }

    fn workload_kind(&self, index: usize) -> WorkloadKind {
        self.objects.workloads[index].kind
    }

    /// What policies look at in the pods of a group.
    pub fn group_template(&self, id: GroupId) -> &PodTemplate {
        match self.group(id).kind {
            GroupKind::Pod(index) => &self.objects.pods[index].template,
            GroupKind::Workload(index) => &self.objects.workloads[index].template,
            GroupKind::ImpliedDns => &self.implied_dns,
        }
    }

    /// Whether a selector means some pod of a group, or would if there were one.
    pub fn selects_some(&self, selector: &LabelSelector, id: GroupId) -> bool {
        let is_made = |pod: &&PodId| matches!(self.pod(**pod).template, TemplateRef::Made(_));
        let made = self.group(id).pods.iter().filter(is_made);
        selector.matches(&self.group_template(id).labels)
            || made.map(|pod| self.template(self.pod(*pod))).any(|it| selector.matches(&it.labels))
    }

    /// The pod that a named outside address belongs to after all.
    pub fn pod_of(&self, external: ExternalId) -> Option<PodId> {
        let addresses = &self.objects.externals[external.index()].addresses;
        let pod = self.pod_at(*addresses.first()?)?;
        addresses.iter().all(|address| self.pod_at(*address) == Some(pod)).then_some(pod)
    }

    /// Whether policies are enforced at all.
    pub fn enforces(&self) -> bool {
        self.options.enforced != Some(false)
    }

    /// The policies of a namespace that judge, in the order of the text.
    pub fn policies_of(&self, namespace: NamespaceId) -> &[PolicyId] {
        &self.policies[namespace.index()]
    }

    /// The policies that judge nothing because the API server would refuse them, in the order of the
    /// text.
    pub fn rejected_policies(&self) -> &[PolicyId] {
        &self.rejected
    }

    /// A policy.
    pub fn policy(&self, id: PolicyId) -> &NetworkPolicy {
        &self.objects.policies[id.index()]
    }

    /// A Service.
    pub fn service(&self, id: ServiceId) -> &Service {
        &self.objects.services[id.index()]
    }

    /// Whether a node of the cluster has that address.
    pub fn is_node_address(&self, address: IpAddr) -> bool {
        self.node_addresses.contains(&address)
    }

    /// The node that has an address, if a Node says so.
    pub fn node_at(&self, address: IpAddr) -> Option<&str> {
        let nodes = &self.objects.nodes;
        let node = nodes.iter().find(|node| node.addresses.contains(&address))?;
        Some(&node.meta.name)
    }

    /// The pod in the pod network that has an address.
    pub fn pod_at(&self, address: IpAddr) -> Option<PodId> {
        self.pods_by_address.get(&address).copied()
    }

    /// The Service that has an address.
    pub fn service_at(&self, address: IpAddr) -> Option<ServiceId> {
        let has = |service: &Service| service.addresses.contains(&address);
        self.objects.services.iter().position(|it| has(it)).map(|index| ServiceId(index as u32))
    }

    /// The addresses of the node that a pod runs on, as far as the manifests say them.
    pub fn own_node_addresses(&self, pod: PodId) -> Vec<IpAddr> {
        let pod = self.pod(pod);
        let mut addresses = match pod.template {
            TemplateRef::Pod(index) => self.objects.pods[index].host_addresses.clone(),
            TemplateRef::Workload(_) | TemplateRef::Made(_) | TemplateRef::ImpliedDns => Vec::new(),
        };
        if let Some(name) = &self.template(pod).node_name {
            let node = self.objects.nodes.iter().find(|node| node.meta.name == *name);
            addresses.extend(node.into_iter().flat_map(|node| &node.addresses));
        }
        addresses
    }

    /// Whether two pods are known to run on the same node.
    pub fn same_node(&self, a: PodId, b: PodId) -> bool {
        let name = |id| self.template(self.pod(id)).node_name.as_deref();
        if let (Some(a), Some(b)) = (name(a), name(b)) {
            return a == b;
        }
        let other = self.own_node_addresses(b);
        self.own_node_addresses(a).iter().any(|address| other.contains(address))
    }

    /// What a person's name for an endpoint means, if there is such a thing.
    pub fn find(&self, name: &EndpointName) -> Option<Found> {
        match name {
            EndpointName::Pod { namespace, name } => self.find_pods(namespace, name),
            EndpointName::Service { namespace, name } => self
                .objects
                .services
                .iter()
                .position(|s| s.meta.namespace == *namespace && s.meta.name == *name)
                .map(|index| Found::Service(ServiceId(index as u32))),
            EndpointName::External(name) => self
                .objects
                .externals
                .iter()
                .position(|external| external.meta.name == *name)
                .map(|index| Found::External(ExternalId(index as u32))),
            EndpointName::Address(address) => Some(match self.pod_at(*address) {
                Some(pod) => Found::Pod(pod),
                None => self.service_at(*address).map_or(Found::Address(*address), Found::Service),
            }),
        }
    }

    fn find_pods(&self, namespace: &str, name: &str) -> Option<Found> {
        let namespace = self.namespace_id(namespace)?;
        if let Some(groups) = self.groups_by_name.get(&(namespace, name.to_owned())) {
            return Some(match groups.as_slice() {
                [one] if matches!(self.group(*one).kind, GroupKind::Pod(_)) => {
                    Found::Pod(self.group(*one).pods[0])
                }
                groups => Found::Groups(groups.to_vec()),
            });
        }
        let key = (namespace, name);
        let index =
            self.pods.binary_search_by(|pod| (pod.namespace, pod.name.as_str()).cmp(&key)).ok()?;
        Some(Found::Pod(PodId(index as u32)))
    }
}
