//! The kinds that we know.

use crate::WorkloadKind;

/// A kind that decides about traffic, or one of our own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// Not an object itself: its items are.
    List,
    Namespace,
    Node,
    Pod,
    Service,
    Endpoints,
    EndpointSlice,
    Deployment,
    ReplicaSet,
    StatefulSet,
    DaemonSet,
    ReplicationController,
    Job,
    CronJob,
    NetworkPolicy,
    External,
    Expectation,
    Settings,
}

impl Kind {
    pub(crate) const ALL: [Self; 18] = [
        Self::List,
        Self::Namespace,
        Self::Node,
        Self::Pod,
        Self::Service,
        Self::Endpoints,
        Self::EndpointSlice,
        Self::Deployment,
        Self::ReplicaSet,
        Self::StatefulSet,
        Self::DaemonSet,
        Self::ReplicationController,
        Self::Job,
        Self::CronJob,
        Self::NetworkPolicy,
        Self::External,
        Self::Expectation,
        Self::Settings,
    ];

    /// As manifests write it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::List => "List",
            Self::Namespace => "Namespace",
            Self::Node => "Node",
            Self::Pod => "Pod",
            Self::Service => "Service",
            Self::Endpoints => "Endpoints",
            Self::EndpointSlice => "EndpointSlice",
            Self::Deployment => "Deployment",
            Self::ReplicaSet => "ReplicaSet",
            Self::StatefulSet => "StatefulSet",
            Self::DaemonSet => "DaemonSet",
            Self::ReplicationController => "ReplicationController",
            Self::Job => "Job",
            Self::CronJob => "CronJob",
            Self::NetworkPolicy => "NetworkPolicy",
            Self::External => "External",
            Self::Expectation => "Expectation",
            Self::Settings => "Settings",
        }
    }

    /// The only `apiVersion` that has it.
    pub(crate) fn api_version(self) -> &'static str {
        match self {
            Self::List
            | Self::Namespace
            | Self::Node
            | Self::Pod
            | Self::Service
            | Self::Endpoints
            | Self::ReplicationController => "v1",
            Self::EndpointSlice => "discovery.k8s.io/v1",
            Self::Deployment | Self::ReplicaSet | Self::StatefulSet | Self::DaemonSet => "apps/v1",
            Self::Job | Self::CronJob => "batch/v1",
            Self::NetworkPolicy => "networking.k8s.io/v1",
            Self::External | Self::Expectation | Self::Settings => "netpol/v1",
        }
    }

    /// The kind with that name.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Whether its objects live in namespaces.
    pub(crate) fn is_namespaced(self) -> bool {
        !matches!(self, Self::Namespace | Self::Node) && !self.is_own()
    }

    /// Whether it is one of ours, which no API server knows.
    pub(crate) fn is_own(self) -> bool {
        matches!(self, Self::External | Self::Expectation | Self::Settings)
    }

    /// The workload that it is.
    pub(crate) fn workload(self) -> Option<WorkloadKind> {
        match self {
            Self::Deployment => Some(WorkloadKind::Deployment),
            Self::ReplicaSet => Some(WorkloadKind::ReplicaSet),
            Self::StatefulSet => Some(WorkloadKind::StatefulSet),
            Self::DaemonSet => Some(WorkloadKind::DaemonSet),
            Self::ReplicationController => Some(WorkloadKind::ReplicationController),
            Self::Job => Some(WorkloadKind::Job),
            Self::CronJob => Some(WorkloadKind::CronJob),
            _ => None,
        }
    }
}
