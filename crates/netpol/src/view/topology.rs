//! What there is: namespaces, pods, addresses, services and policies.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Place, Protocol};

/// Everything a picture of the cluster shows, without flows. All lists are sorted by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Topology {
    /// The namespaces.
    pub namespaces: Vec<NamespaceView>,
    /// Pods, those of one workload together.
    pub nodes: Vec<NodeView>,
    /// Named addresses outside the cluster.
    pub externals: Vec<ExternalView>,
    /// Services.
    pub services: Vec<ServiceView>,
    /// Policies, in the order of the text.
    pub policies: Vec<PolicySummary>,
    /// Kinds of objects that decide nothing here.
    pub other_kinds: Vec<OtherKind>,
}

/// A namespace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamespaceView {
    /// Its name.
    pub name: String,
    /// Its labels, with the one that the cluster adds.
    pub labels: BTreeMap<String, String>,
    /// Its place; `None`: no manifest declares it, it was inferred from what is in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Whether every pod of it is isolated for ingress by a policy that selects all pods.
    pub default_deny_ingress: bool,
    /// The same for egress.
    pub default_deny_egress: bool,
}

/// Where a pod comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// A Pod manifest.
    Pod,
    /// The template of a workload.
    Workload,
    /// Nobody declared it, every cluster has it: the DNS pods.
    Implied,
}

/// A pod, or all pods of one workload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeView {
    /// `NAMESPACE/NAME`, as connections name it.
    pub id: String,
    /// The pod's or the workload's name.
    pub name: String,
    /// Its namespace.
    pub namespace: String,
    /// `Pod`, or the workload's kind.
    pub kind: String,
    /// How many pods it stands for.
    pub replicas: u32,
    /// Where it comes from.
    pub origin: Origin,
    /// The pods' labels.
    pub labels: BTreeMap<String, String>,
    /// The pods' addresses, those of the first pod first.
    pub addresses: Vec<String>,
    /// The ports that the containers declare.
    pub ports: Vec<PortView>,
    /// Whether it shares its node's network, so that policies do not select it.
    pub host_network: bool,
    /// Why it cannot talk to anyone, if so: not started, or finished.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silent: Option<String>,
    /// Isolation for ingress.
    pub ingress: Isolation,
    /// Isolation for egress.
    pub egress: Isolation,
    /// Where it is declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// Whether policies restrict a pod in one direction, and which do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Isolation {
    /// Whether any policy selects it for the direction.
    pub isolated: bool,
    /// The names of the policies, all in the pod's namespace.
    pub policies: Vec<String>,
}

/// A port that a container declares.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PortView {
    /// Its number.
    pub number: u16,
    /// Its protocol.
    pub protocol: Protocol,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A named address outside the cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExternalView {
    /// `external/NAME`, as connections name it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its addresses.
    pub addresses: Vec<String>,
    /// Where it is declared.
    pub place: Place,
}

/// A Service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ServiceView {
    /// `service:NAMESPACE/NAME`, as connections name it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its namespace.
    pub namespace: String,
    /// The ports that clients connect to.
    pub ports: Vec<PortView>,
    /// The ids of the nodes behind it.
    pub endpoints: Vec<String>,
    /// Where it is declared.
    pub place: Place,
}

/// A policy at a glance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PolicySummary {
    /// Its name.
    pub name: String,
    /// Its namespace.
    pub namespace: String,
    /// Whether the API server would refuse it, so that it judges nothing.
    pub rejected: bool,
    /// `Ingress`, `Egress` or both, as stored.
    pub policy_types: Vec<String>,
    /// The ids of the nodes that it selects.
    pub selects: Vec<String>,
    /// One sentence: whom it isolates and whom it admits.
    pub summary: String,
    /// Its place.
    pub place: Place,
}

/// Objects of a kind that decides nothing here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OtherKind {
    /// The kind, with its API version.
    pub kind: String,
    /// How many there are.
    pub count: u32,
    /// The first one's place.
    pub place: Place,
}
