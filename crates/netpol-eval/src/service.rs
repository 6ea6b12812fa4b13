//! A Service to what stands behind it. Policies never see a Service: they see the pod and its port.
//!
//! Source: <https://kubernetes.io/docs/concepts/services-networking/service/>

use std::net::IpAddr;

use netpol_model::{
    EndpointName, EndpointSlice, HostPort, Labels, PortRef, Protocol, Service, ServiceKind,
    ServicePort,
};

use crate::{ExternalId, Found, PodId, PodState, ServiceId, World};

/// One of the places at which connections to a Service may arrive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Where.
    pub at: TargetAt,
    /// The port there.
    pub port: u16,
    /// The node, if it is known.
    pub node: Option<String>,
}

/// What stands behind a Service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TargetAt {
    /// A pod.
    Pod(PodId),
    /// An address that no pod has: only endpoints that are written down lead there.
    Address(IpAddr),
}

/// Everything at which connections to a Service may arrive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Targets {
    /// The endpoints, in the order of pods or of the text.
    pub all: Vec<Target>,
    /// Pods that the Service chooses and that declare no port of the name that it sends to: they
    /// are no endpoints of that port.
    pub without_port: Vec<PodId>,
}

/// Why a Service leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServiceMiss {
    /// It has no such port.
    NoSuchPort,
    /// It chooses no pods by labels, and nobody wrote endpoints down.
    NoSelector,
    /// No ready pod has the labels that it asks for, or no endpoint that is written down is ready.
    NoEndpoints,
    /// All pods behind it lack a port of the name that it sends to.
    NoNamedPort(String),
    /// It is an alias of a DNS name.
    ExternalName(String),
}

/// What the DNS name of an `ExternalName` Service leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Alias {
    /// Another Service of the cluster.
    Service(ServiceId),
    /// An outside address that has the name.
    External(ExternalId),
    /// A name of the cluster, which has no such Service.
    Nothing,
    /// Something outside, at an address that is not known.
    Unknown,
}

impl World {
    /// The pods of a Service's namespace that its selector chooses and that take part in traffic. Pods
    /// that are being deleted are among them only if all are
    /// ([KEP-1669](https://github.com/kubernetes/enhancements/issues/1669)).
    pub fn endpoints(&self, id: ServiceId) -> Vec<PodId> {
        let service = self.service(id);
        let Some(selector) = service.selector.as_ref().filter(|labels| !labels.is_empty()) else {
            return Vec::new();
        };
        let Some(namespace) = self.namespace_id(&service.meta.namespace) else {
            return Vec::new();
        };
        let first = self.pods().partition_point(|pod| pod.namespace < namespace);
        let chosen: Vec<PodId> = self.pods()[first..]
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
            .collect();
        let stays = |pod: &&PodId| service.publish_not_ready || !self.pod(**pod).deleted;
        let staying: Vec<PodId> = chosen.iter().filter(stays).copied().collect();
        if staying.is_empty() { chosen } else { staying }
    }

    /// Where a connection to a Service arrives: everything that may be chosen. From outside the
    /// cluster its ports on nodes count, too.
    pub fn service_targets(
        &self,
        id: ServiceId,
        port: &PortRef,
        protocol: Protocol,
        from_outside: bool,
    ) -> Result<Targets, ServiceMiss> {
        let service = self.service(id);
        if let ServiceKind::ExternalName(name) = &service.kind {
            return Err(ServiceMiss::ExternalName(name.clone()));
        }
        let found = service_port(service, port, protocol, from_outside);
        // A headless Service only lends its name: the client dials the endpoint, on any port.
        let dialled = match (&service.kind, port) {
            (ServiceKind::Headless, PortRef::Number(number)) => Some(*number),
            _ if found.is_none() => return Err(ServiceMiss::NoSuchPort),
            _ => None,
        };
        if service.selector.as_ref().is_none_or(Labels::is_empty) {
            return self.written_targets(service, found, protocol, dialled);
        }
        let endpoints = self.endpoints(id);
        if endpoints.is_empty() {
            return Err(ServiceMiss::NoEndpoints);
        }
        let port_at = |pod| match found.map(|found| &found.target) {
            _ if dialled.is_some() => dialled,
            Some(PortRef::Number(number)) => Some(*number),
            Some(PortRef::Name(name)) => self.port_number(pod, name, protocol),
            None => None,
        };
        let mut targets = Targets::default();
        for pod in endpoints {
            match port_at(pod) {
                Some(port) => {
                    let node = self.template(self.pod(pod)).node_name.clone();
                    targets.all.push(Target { at: TargetAt::Pod(pod), port, node });
                }
                None => targets.without_port.push(pod),
            }
        }
        match found.map(|found| &found.target) {
            Some(PortRef::Name(name)) if targets.all.is_empty() => {
                Err(ServiceMiss::NoNamedPort(name.clone()))
            }
            _ => Ok(targets),
        }
    }

    /// The endpoints of a Service without a selector, which somebody wrote down.
    fn written_targets(
        &self,
        service: &Service,
        port: Option<&ServicePort>,
        protocol: Protocol,
        dialled: Option<u16>,
    ) -> Result<Targets, ServiceMiss> {
        let is_its = |slice: &&EndpointSlice| {
            slice.service == service.meta.name && slice.meta.namespace == service.meta.namespace
        };
        let slices: Vec<_> =
            self.objects().endpoint_slices.iter().map(AsRef::as_ref).filter(is_its).collect();
        if slices.is_empty() {
            return Err(ServiceMiss::NoSelector);
        }
        let port_of = |slice: &EndpointSlice| {
            let leads_here = |port: &ServicePort| {
                let of_name = |it: &&netpol_model::EndpointPort| {
                    it.name == port.name && it.protocol == protocol
                };
                slice.ports.iter().find(of_name).map(|it| it.number)
            };
            dialled.or_else(|| port.and_then(leads_here))
        };
        let mut targets = Targets::default();
        for slice in slices {
            let Some(port) = port_of(slice) else { continue };
            for endpoint in
                slice.endpoints.iter().filter(|it| it.ready || service.publish_not_ready)
            {
                let at = self
                    .pod_at(endpoint.address)
                    .map_or(TargetAt::Address(endpoint.address), TargetAt::Pod);
                if targets.all.iter().all(|other| (other.at, other.port) != (at, port)) {
                    targets.all.push(Target { at, port, node: endpoint.node.clone() });
                }
            }
        }
        if targets.all.is_empty() { Err(ServiceMiss::NoEndpoints) } else { Ok(targets) }
    }

    /// What the name leads to for which a Service of type `ExternalName` is an alias: the Service
    /// whose name in the cluster it is, or the named outside address that is called like it.
    pub fn alias(&self, host: &str) -> Alias {
        let host = host.strip_suffix('.').unwrap_or(host);
        let inside = host.strip_suffix(".svc").or_else(|| host.strip_suffix(".svc.cluster.local"));
        if let Some((name, namespace)) = inside.and_then(|inside| inside.split_once('.')) {
            let name =
                EndpointName::Service { namespace: namespace.to_owned(), name: name.to_owned() };
            return match self.find(&name) {
                Some(Found::Service(id)) => Alias::Service(id),
                _ => Alias::Nothing,
            };
        }
        match self.find(&EndpointName::External(host.to_owned())) {
            Some(Found::External(id)) => Alias::External(id),
            _ => Alias::Unknown,
        }
    }

    /// The Service that has a port on every node.
    pub fn node_port(&self, port: u16, protocol: Protocol) -> Option<ServiceId> {
        let has = |service: &Service| {
            let is_it = |it: &ServicePort| it.node_port == Some(port) && it.protocol == protocol;
            is_on_nodes(service) && service.ports.iter().any(is_it)
        };
        self.objects().services.iter().position(|it| has(it)).map(|index| ServiceId(index as u32))
    }

    /// The pod that a port of a node leads to because a container asks for it, and the number there.
    pub fn host_port(&self, node: IpAddr, port: u16, protocol: Protocol) -> Option<(PodId, u16)> {
        let is_it = |it: &&HostPort| {
            let is_there = it.address.is_none_or(|address| address == node);
            it.number == port && it.protocol == protocol && is_there
        };
        self.pod_ids().find_map(|id| {
            let pod = self.pod(id);
            let template = self.template(pod);
            let port = template.host_ports.iter().find(is_it)?;
            let is_led_to = pod.state == PodState::Active
                && !template.host_network
                && self.own_node_addresses(id).contains(&node);
            is_led_to.then_some((id, port.target))
        })
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

fn is_on_nodes(service: &Service) -> bool {
    matches!(service.kind, ServiceKind::NodePort | ServiceKind::LoadBalancer)
}

fn service_port<'a>(
    service: &'a Service,
    port: &PortRef,
    protocol: Protocol,
    from_outside: bool,
) -> Option<&'a ServicePort> {
    let find = |is_it: &dyn Fn(&ServicePort) -> bool| {
        service.ports.iter().find(|port| port.protocol == protocol && is_it(port))
    };
    match port {
        PortRef::Number(number) => find(&|port| port.number == *number).or_else(|| {
            let on_nodes = from_outside && is_on_nodes(service);
            find(&|port| on_nodes && port.node_port == Some(*number))
        }),
        PortRef::Name(name) => find(&|port| port.name.as_ref() == Some(name)),
    }
}
