//! The objects of a cluster that decide about traffic.

use std::collections::BTreeMap;
use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

use netpol_syntax::Span;

use crate::{Expectation, External, NetworkPolicy, Settings};

/// Labels: sorted, each key once.
pub type Labels = BTreeMap<String, String>;

/// Everything that was decoded, each kind in the order of the text. Objects are shared: most are the
/// same after an edit.
#[derive(Clone, Debug, Default)]
pub struct Objects {
    /// `v1` Namespace.
    pub namespaces: Vec<Arc<Namespace>>,
    /// `v1` Node.
    pub nodes: Vec<Arc<Node>>,
    /// `v1` Pod.
    pub pods: Vec<Arc<Pod>>,
    /// Deployment, ReplicaSet, StatefulSet, DaemonSet, `ReplicationController`, Job, CronJob.
    pub workloads: Vec<Arc<Workload>>,
    /// `v1` Service.
    pub services: Vec<Arc<Service>>,
    /// `discovery.k8s.io/v1` `EndpointSlice`, and the subsets of `v1` Endpoints.
    pub endpoint_slices: Vec<Arc<EndpointSlice>>,
    /// `networking.k8s.io/v1` NetworkPolicy.
    pub policies: Vec<Arc<NetworkPolicy>>,
    /// Our own: a named address outside the cluster.
    pub externals: Vec<Arc<External>>,
    /// Our own: what must hold.
    pub expectations: Vec<Arc<Expectation>>,
    /// Our own: how to judge. Of several the last wins.
    pub settings: Option<Settings>,
    /// Objects of kinds that decide nothing here.
    pub others: Vec<Arc<OtherObject>>,
}

/// What every object's `metadata` says that matters here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meta {
    /// The whole object's place.
    pub span: Span,
    /// `metadata.name`; empty if it is missing.
    pub name: String,
    /// Where the name stands; the whole object if it is missing.
    pub name_span: Span,
    /// `metadata.namespace`, `default` if it is not written; empty for kinds without namespace.
    pub namespace: String,
    /// Where the namespace stands, if it is written.
    pub namespace_span: Option<Span>,
    /// `metadata.labels`.
    pub labels: Labels,
    /// The first owner with `controller: true`, or else the first.
    pub owner: Option<Owner>,
}

/// One of `metadata.ownerReferences`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The owner's kind, such as `ReplicaSet`.
    pub kind: String,
    /// The owner's name, in the same namespace.
    pub name: String,
}

/// A namespace, with the labels that were written. The cluster adds
/// `kubernetes.io/metadata.name` to every one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namespace {
    /// Its metadata.
    pub meta: Meta,
}

/// A machine of the cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its metadata.
    pub meta: Meta,
    /// The addresses of type `InternalIP` and `ExternalIP`.
    pub addresses: Vec<IpAddr>,
}

/// The phase that a pod's status tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PodPhase {
    /// Running, or not said.
    #[default]
    Running,
    /// Not started: it has no address unless its status says one.
    Pending,
    /// Finished, well or badly: its address may belong to another pod by now.
    Finished,
}

/// What a pod and the template of a workload have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PodTemplate {
    /// The pod's labels.
    pub labels: Labels,
    /// The ports that its containers declare, native sidecars included.
    pub ports: Vec<ContainerPort>,
    /// Whether it shares its node's network.
    pub host_network: bool,
    /// The node it is bound to.
    pub node_name: Option<String>,
    /// The ports of its node that lead to it.
    pub host_ports: Vec<HostPort>,
    /// Whom it asks for names.
    pub dns: Dns,
}

/// A port of a node that leads to a container (`hostPort`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostPort {
    /// The only address of the node at which it does; `None`: at all of them.
    pub address: Option<IpAddr>,
    /// The number there.
    pub number: u16,
    /// Its protocol.
    pub protocol: Protocol,
    /// The number at the pod.
    pub target: u16,
}

/// Whom a pod asks for names.
/// Source: <https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy>
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Dns {
    /// The cluster's DNS.
    #[default]
    Cluster,
    /// Whom its node asks, who knows no names of the cluster.
    Node,
    /// These servers.
    Servers(Vec<IpAddr>),
}

/// A pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pod {
    /// Its metadata; the labels are also in the template.
    pub meta: Meta,
    /// What policies look at.
    pub template: PodTemplate,
    /// Its phase.
    pub phase: PodPhase,
    /// `status.podIPs`, or `status.podIP`; at most one of each family.
    pub addresses: Vec<IpAddr>,
    /// `status.hostIPs`, or `status.hostIP`.
    pub host_addresses: Vec<IpAddr>,
    /// False only if a `Ready` condition says so.
    pub ready: bool,
    /// Whether it is being deleted.
    pub deleted: bool,
}

/// A port that a container declares.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ContainerPort {
    /// Its name, if it has one.
    pub name: Option<String>,
    /// Its number, 1 to 65535.
    pub number: u16,
    /// Its protocol.
    pub protocol: Protocol,
}

/// A transport protocol that policies can speak of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Protocol {
    /// TCP, the default.
    #[default]
    Tcp,
    /// UDP.
    Udp,
    /// SCTP.
    Sctp,
}

impl Protocol {
    /// All of them, in the order of Kubernetes' own messages.
    pub const ALL: [Self; 3] = [Self::Tcp, Self::Udp, Self::Sctp];

    /// As manifests write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tcp => "TCP",
            Self::Udp => "UDP",
            Self::Sctp => "SCTP",
        }
    }

    /// The protocol that manifests write so; upper case only, as the API server reads it.
    pub fn from_manifest(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|protocol| protocol.as_str() == text)
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A port by number or by the name that a container gives it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PortRef {
    /// 1 to 65535.
    Number(u16),
    /// A name, resolved by each destination pod for itself.
    Name(String),
}

impl fmt::Display for PortRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Name(name) => f.write_str(name),
        }
    }
}

/// The kinds that make pods from a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WorkloadKind {
    /// `apps/v1` Deployment.
    Deployment,
    /// `apps/v1` ReplicaSet.
    ReplicaSet,
    /// `apps/v1` StatefulSet.
    StatefulSet,
    /// `apps/v1` DaemonSet.
    DaemonSet,
    /// `v1` `ReplicationController`.
    ReplicationController,
    /// `batch/v1` Job.
    Job,
    /// `batch/v1` CronJob.
    CronJob,
}

impl WorkloadKind {
    /// As manifests write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Deployment => "Deployment",
            Self::ReplicaSet => "ReplicaSet",
            Self::StatefulSet => "StatefulSet",
            Self::DaemonSet => "DaemonSet",
            Self::ReplicationController => "ReplicationController",
            Self::Job => "Job",
            Self::CronJob => "CronJob",
        }
    }
}

/// A workload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workload {
    /// Its own metadata, not its pods'.
    pub meta: Meta,
    /// Its kind.
    pub kind: WorkloadKind,
    /// How many pods it asks for; 1 where it does not say or cannot: a DaemonSet has one on each node.
    pub replicas: u32,
    /// The number in the name of its first pod: what a StatefulSet says, see
    /// <https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#start-ordinal>.
    pub first: u32,
    /// What its pods look like.
    pub template: PodTemplate,
}

/// Families of addresses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Families {
    /// IPv4 and IPv6, or it is not known which.
    #[default]
    Both,
    /// Only IPv4.
    Ipv4,
    /// Only IPv6.
    Ipv6,
}

impl Families {
    /// The family of an address.
    pub fn of(address: IpAddr) -> Self {
        if address.is_ipv4() { Self::Ipv4 } else { Self::Ipv6 }
    }

    /// Whether an address is of one of them.
    pub fn contain(self, address: IpAddr) -> bool {
        self == Self::Both || self == Self::of(address)
    }
}

impl FromIterator<Families> for Families {
    /// All of them together; both if there are none.
    fn from_iter<I: IntoIterator<Item = Self>>(all: I) -> Self {
        let mut all = all.into_iter();
        let first = all.next().unwrap_or_default();
        if all.all(|it| it == first) { first } else { Self::Both }
    }
}

/// How a Service is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServiceKind {
    /// A virtual address inside the cluster; `NodePort` and `LoadBalancer` have one too.
    ClusterIp,
    /// No address of its own: names lead straight to the pods.
    Headless,
    /// Also on a port of every node.
    NodePort,
    /// Also through a load balancer.
    LoadBalancer,
    /// Only an alias of a DNS name.
    ExternalName(String),
}

/// A Service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Its metadata.
    pub meta: Meta,
    /// How it is reached.
    pub kind: ServiceKind,
    /// Which pods of its namespace stand behind it; `None` or empty: none are chosen by labels.
    pub selector: Option<Labels>,
    /// Its ports.
    pub ports: Vec<ServicePort>,
    /// Its own addresses.
    pub addresses: Vec<IpAddr>,
    /// The only clients that a load balancer lets in, as written; empty: all.
    pub source_ranges: Vec<String>,
    /// Those over which it is reached: what `ipFamilies` says, or else its cluster addresses.
    pub families: Families,
    /// Whether pods that are not ready count as endpoints.
    pub publish_not_ready: bool,
    /// Whether nodes send connections from outside only to their own pods, and keep the sender's
    /// address (`externalTrafficPolicy: Local`).
    pub external_local: bool,
    /// Whether pods only reach endpoints of their own node (`internalTrafficPolicy: Local`).
    pub internal_local: bool,
}

/// A port of a Service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServicePort {
    /// Its name, if it has one.
    pub name: Option<String>,
    /// The number that clients connect to.
    pub number: u16,
    /// Its protocol.
    pub protocol: Protocol,
    /// The pods' port, `number` if it is not written.
    pub target: PortRef,
    /// The port on every node, if it is known.
    pub node_port: Option<u16>,
}

/// Endpoints of a Service that are written down, all with the same ports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointSlice {
    /// Its metadata.
    pub meta: Meta,
    /// The Service in the same namespace; empty if it does not say.
    pub service: String,
    /// The endpoints.
    pub endpoints: Vec<Endpoint>,
    /// The ports of each of them.
    pub ports: Vec<EndpointPort>,
}

/// One endpoint that is written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Its address.
    pub address: IpAddr,
    /// Whether it takes connections.
    pub ready: bool,
    /// The node that it is on, if it says so.
    pub node: Option<String>,
}

/// A port of endpoints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointPort {
    /// The name of the Service's port that leads here; `None`: the one without a name.
    pub name: Option<String>,
    /// The number.
    pub number: u16,
    /// The protocol.
    pub protocol: Protocol,
}

/// An object of a kind that decides nothing here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherObject {
    /// Its API version, as written.
    pub api_version: String,
    /// Its kind, as written.
    pub kind: String,
    /// Its name, if it has one.
    pub name: String,
    /// Its place.
    pub span: Span,
}
