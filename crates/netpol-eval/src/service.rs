//! A Service to the pods behind it. Policies never see a Service: they see the pod and its port.
//!
//! Source: <https://kubernetes.io/docs/concepts/services-networking/service/>

use netpol_model::{Labels, PortRef, Protocol, Service, ServiceKind, ServicePort};

use crate::{PodId, PodState, ServiceId, World};

/// One pod behind a Service, and the port on which connections arrive there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// The pod.
    pub pod: PodId,
    /// Its port; `None` if it declares no port of the name that the Service sends to.
    pub port: Option<u16>,
}

/// Why a Service leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServiceMiss {
    /// It has no such port.
    NoSuchPort,
    /// It chooses no pods by labels: its endpoints are made by hand and not known here.
    NoSelector,
    /// No ready pod has the labels that it asks for.
    NoEndpoints,
    /// It is an alias for a DNS name, whose address is not known here.
    ExternalName(String),
}

impl World {
    /// The pods of a Service's namespace that its selector chooses and that take part in traffic.
    pub fn endpoints(&self, id: ServiceId) -> Vec<PodId> {
        let service = self.service(id);
        let Some(selector) = service.selector.as_ref().filter(|labels| !labels.is_empty()) else {
            return Vec::new();
        };
        let Some(namespace) = self.namespace_id(&service.meta.namespace) else {
            return Vec::new();
        };
        let first = self.pods().partition_point(|pod| pod.namespace < namespace);
        self.pods()[first..]
            .iter()
            .take_while(|pod| pod.namespace == namespace)
            .zip(first as u32..)
            .filter(|(pod, _)| pod.state == PodState::Active)
            .filter(|(pod, _)| pod.ready || service.publish_not_ready)
            .filter(|(pod, _)| {
                let labels = &self.template(pod).labels;
                selector.iter().all(|(key, value)| labels.get(key) == Some(value))
            })
            .map(|(_, index)| PodId(index))
            .collect()
    }

    /// Where a connection to a Service arrives: every pod that may be chosen.
    pub fn service_targets(
        &self,
        id: ServiceId,
        port: &PortRef,
        protocol: Protocol,
    ) -> Result<Vec<Target>, ServiceMiss> {
        let service = self.service(id);
        if let ServiceKind::ExternalName(name) = &service.kind {
            return Err(ServiceMiss::ExternalName(name.clone()));
        }
        // A headless Service only lends its name: the client dials the pod, on any port it likes.
        let target = match (service_port(service, port, protocol), &service.kind, port) {
            (_, ServiceKind::Headless, PortRef::Number(number)) => PortRef::Number(*number),
            (Some(found), _, _) => found.target.clone(),
            (None, _, _) => return Err(ServiceMiss::NoSuchPort),
        };
        if service.selector.as_ref().is_none_or(Labels::is_empty) {
            return Err(ServiceMiss::NoSelector);
        }
        let endpoints = self.endpoints(id);
        if endpoints.is_empty() {
            return Err(ServiceMiss::NoEndpoints);
        }
        let target_at = |pod| match &target {
            PortRef::Number(number) => Some(*number),
            PortRef::Name(name) => self.port_number(pod, name, protocol),
        };
        Ok(endpoints.into_iter().map(|pod| Target { pod, port: target_at(pod) }).collect())
    }

    /// The number of a pod's port of that name: of several the first, as Services choose.
    pub fn port_number(&self, pod: PodId, name: &str, protocol: Protocol) -> Option<u16> {
        let ports = &self.template(self.pod(pod)).ports;
        ports
            .iter()
            .find(|port| port.protocol == protocol && port.name.as_deref() == Some(name))
            .map(|port| port.number)
    }
}

fn service_port<'a>(
    service: &'a Service,
    port: &PortRef,
    protocol: Protocol,
) -> Option<&'a ServicePort> {
    service.ports.iter().find(|candidate| {
        candidate.protocol == protocol
            && match port {
                PortRef::Number(number) => candidate.number == *number,
                PortRef::Name(name) => candidate.name.as_ref() == Some(name),
            }
    })
}
