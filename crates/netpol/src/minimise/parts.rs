//! Objects one by one.

use std::sync::Arc;

use netpol_model::{
    EndpointSlice, External, Namespace, NetworkPolicy, Node, Objects, Pod, Service, Workload,
};

/// An object that may be left out.
#[derive(Clone, Debug)]
pub(super) enum Part {
    Namespace(Arc<Namespace>),
    Node(Arc<Node>),
    Pod(Arc<Pod>),
    Workload(Arc<Workload>),
    Service(Arc<Service>),
    EndpointSlice(Arc<EndpointSlice>),
    Policy(Arc<NetworkPolicy>),
    External(Arc<External>),
}

impl Part {
    /// The namespace that it is in, or that it is.
    pub(super) fn namespace(&self) -> Option<&str> {
        let meta = match self {
            Self::Namespace(namespace) => return Some(&namespace.meta.name),
            Self::Node(_) | Self::External(_) => return None,
            Self::Pod(it) => &it.meta,
            Self::Workload(it) => &it.meta,
            Self::Service(it) => &it.meta,
            Self::EndpointSlice(it) => &it.meta,
            Self::Policy(it) => &it.meta,
        };
        Some(&meta.namespace)
    }
}

/// Objects that are put together again.
#[derive(Debug)]
pub(super) struct Parts(Objects);

impl Parts {
    /// All that may decide about a connection.
    pub(super) fn of(objects: &Objects) -> Vec<Part> {
        let policies = objects.policies.iter().filter(|policy| !policy.rejected);
        let mut all: Vec<Part> = objects.namespaces.iter().cloned().map(Part::Namespace).collect();
        all.extend(objects.nodes.iter().cloned().map(Part::Node));
        all.extend(objects.externals.iter().cloned().map(Part::External));
        all.extend(objects.workloads.iter().cloned().map(Part::Workload));
        all.extend(objects.pods.iter().cloned().map(Part::Pod));
        all.extend(objects.services.iter().cloned().map(Part::Service));
        all.extend(objects.endpoint_slices.iter().cloned().map(Part::EndpointSlice));
        all.extend(policies.cloned().map(Part::Policy));
        all
    }

    /// What says how to judge.
    pub(super) fn settings(objects: &Objects) -> Self {
        Self(Objects { settings: objects.settings.clone(), ..Objects::default() })
    }

    /// These objects under the settings.
    pub(super) fn with(&self, parts: &[Part]) -> Objects {
        let mut objects = self.0.clone();
        for part in parts.iter().cloned() {
            match part {
                Part::Namespace(it) => objects.namespaces.push(it),
                Part::Node(it) => objects.nodes.push(it),
                Part::Pod(it) => objects.pods.push(it),
                Part::Workload(it) => objects.workloads.push(it),
                Part::Service(it) => objects.services.push(it),
                Part::EndpointSlice(it) => objects.endpoint_slices.push(it),
                Part::Policy(it) => objects.policies.push(it),
                Part::External(it) => objects.externals.push(it),
            }
        }
        objects
    }
}
