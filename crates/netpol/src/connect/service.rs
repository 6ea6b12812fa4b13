//! Connections to Services.

use std::net::IpAddr;

use netpol_eval::{Alias, PodId, ServiceId, ServiceMiss, TargetAt, Targets, Traffic};
use netpol_model::{PortRef, Protocol, Service, ServiceKind, ServicePort};
use netpol_sort::Sort;

use super::pairs::{Arrival, Connecting, Nodes, nothing};
use super::seen::Entrance;
use super::{Dialled, Paths};
use crate::endpoint::EndRef;
use crate::view::Section;

/// An alias of an alias and so on is followed so far.
const MOST_ALIASES: usize = 8;

impl Connecting<'_, '_> {
    /// Everything behind a Service.
    pub(super) fn to_service(
        &self,
        senders: &[EndRef],
        id: ServiceId,
        dialled: &Dialled,
    ) -> Result<Paths, String> {
        let mut notes = Vec::new();
        let mut id = id;
        for _ in 0..MOST_ALIASES {
            let service = self.world.service(id);
            let ServiceKind::ExternalName(host) = &service.kind else {
                let mut paths = self.to_endpoints(senders, id, None, dialled)?;
                paths.notes.splice(0..0, notes);
                return Ok(paths);
            };
            let name = name_of(service);
            let receiver = match self.world.alias(host) {
                Alias::Service(next) => {
                    notes.push(format!(
                        "{name} is an alias of {}",
                        name_of(self.world.service(next))
                    ));
                    id = next;
                    continue;
                }
                Alias::Nothing => {
                    return Err(format!(
                        "{name} is an alias of `{host}`, and there is no such Service"
                    ));
                }
                Alias::External(external) => EndRef::External(external),
                Alias::Unknown => EndRef::Host(id),
            };
            notes.push(match receiver {
                EndRef::Host(_) => format!(
                    "{name} is an alias of `{host}`, whose address is not known here: an External \
                     of that name would tell it"
                ),
                _ => format!("{name} is an alias of `{host}`, which is outside the cluster"),
            });
            let dialled = through_alias(service, dialled)?;
            let mut paths = self.to_receivers(senders, &[receiver], &dialled);
            paths.notes = notes;
            return Ok(paths);
        }
        Err(format!("{} is an alias of itself", name_of(self.world.service(id))))
    }

    /// A port that a Service has on every node.
    pub(super) fn to_node_port(
        &self,
        senders: &[EndRef],
        service: ServiceId,
        node: IpAddr,
        port: u16,
        protocol: Protocol,
    ) -> Result<Paths, String> {
        let name = name_of(self.world.service(service));
        let dialled = Dialled::Port(PortRef::Number(port), protocol);
        let mut paths = self.to_endpoints(senders, service, Some(node), &dialled)?;
        paths.notes.insert(0, format!("port {port} of every node leads to {name}"));
        Ok(paths)
    }

    /// A port of a node that leads to a pod because a container asks for it.
    pub(super) fn to_host_port(
        &self,
        senders: &[EndRef],
        node: IpAddr,
        pod: PodId,
        traffic: Traffic,
        port: u16,
    ) -> Paths {
        let name = self.world.pod_name(pod);
        let leads =
            format!("port {port} of {node} leads to {name}, which asks for it (`hostPort`)");
        let mut paths = Paths { all: Vec::new(), notes: vec![leads] };
        let arrival = Arrival { traffic, entrance: Some(Entrance::host_port(node)) };
        for (from, to) in self.pairs(senders, &[EndRef::Pod(pod)], Nodes::DoNotMatter) {
            self.judge(&mut paths.all, from, to, Ok(arrival));
        }
        paths
    }

    fn to_endpoints(
        &self,
        senders: &[EndRef],
        id: ServiceId,
        node: Option<IpAddr>,
        dialled: &Dialled,
    ) -> Result<Paths, String> {
        let world = self.world;
        let service = world.service(id);
        let entrance = Entrance::of(service, node);
        let is_outside =
            |end: &EndRef| !matches!(end, EndRef::Pod(_)) && end.node_address(world).is_none();
        let from_outside = senders.iter().any(is_outside);
        let by_node_port = from_outside || node.is_some();
        let targets = match dialled {
            Dialled::Port(port, protocol) => world
                .service_targets(id, port, *protocol, by_node_port)
                .map_err(|why| miss(service, dialled, &why))?,
            Dialled::Ping => self.pinged(id)?,
        };
        let mut paths =
            Paths { all: Vec::new(), notes: self.notes(service, &targets, from_outside) };
        let end_of = |at| match at {
            TargetAt::Pod(pod) => EndRef::Pod(pod),
            TargetAt::Address(address) => EndRef::Address(address),
        };
        let receivers: Vec<EndRef> = targets.all.iter().map(|target| end_of(target.at)).collect();
        let local = if from_outside { service.external_local } else { service.internal_local };
        let nodes = if local || from_outside { Nodes::Matter } else { Nodes::DoNotMatter };
        let mut pairs = self.pairs(senders, &receivers, nodes);
        // A Service may choose the sender itself, which is not like choosing another pod.
        pairs.extend(senders.iter().filter(|end| receivers.contains(end)).map(|end| (*end, *end)));
        pairs.arrange();
        pairs.dedup();
        let mut elsewhere = Vec::new();
        for (from, to) in pairs {
            let Some(target) = targets.all.iter().find(|target| end_of(target.at) == to) else {
                continue;
            };
            let client_node = match from {
                _ if from_outside => {
                    node.and_then(|address| world.node_at(address)).map(str::to_owned)
                }
                EndRef::Pod(pod) => world.template(world.pod(pod)).node_name.clone(),
                _ => from.node_address(world).and_then(|it| world.node_at(it)).map(str::to_owned),
            };
            let apart = client_node.zip(target.node.as_ref()).filter(|(a, b)| a != *b);
            if let Some((node, _)) = apart.filter(|_| local) {
                elsewhere.push((from, to, node));
                continue;
            }
            let traffic = match dialled {
                Dialled::Port(_, protocol) => Traffic::Port(*protocol, target.port),
                Dialled::Ping => Traffic::Ping,
            };
            let arrival = Arrival { traffic, entrance: Some(entrance) };
            self.judge(&mut paths.all, from, to, Ok(arrival));
        }
        for (from, to, node) in elsewhere {
            if paths.all.iter().all(|path| path.from != from) {
                let policy =
                    if from_outside { "externalTrafficPolicy" } else { "internalTrafficPolicy" };
                let reason = format!("with `{policy}: Local`, no endpoint is on node `{node}`");
                paths.all.push(nothing(from, to, reason, Section::Services));
            }
        }
        Ok(paths)
    }

    /// What happens on the way to the endpoints.
    fn notes(&self, service: &Service, targets: &Targets, from_outside: bool) -> Vec<String> {
        let name = name_of(service);
        let mut notes = Vec::new();
        for pod in &targets.without_port {
            notes.push(format!(
                "{} is not among the endpoints of {name}: it declares no port of the name that the \
                 Service sends to",
                self.world.pod(*pod).name
            ));
        }
        let inside_only = matches!(service.kind, ServiceKind::ClusterIp | ServiceKind::Headless);
        if from_outside && inside_only && service.addresses.is_empty() {
            notes.push(format!(
                "{name} has no address outside the cluster: whoever can get there is judged by its \
                 own address"
            ));
        }
        if from_outside && !service.source_ranges.is_empty() {
            notes.push(format!(
                "{name} has `loadBalancerSourceRanges: [{}]`: whether a load balancer lets the client in \
                 is not judged here",
                service.source_ranges.join(", ")
            ));
        }
        if service.internal_local && !from_outside {
            notes.push(format!(
                "{name} has `internalTrafficPolicy: Local`: pods only reach endpoints of their own \
                 node, as far as it is known where they run"
            ));
        }
        notes
    }

    /// Whom a ping to a Service's name reaches: only a headless one's name leads to pods.
    fn pinged(&self, id: ServiceId) -> Result<Targets, String> {
        let service = self.world.service(id);
        if service.kind != ServiceKind::Headless {
            let name = name_of(service);
            return Err(format!("{name} only forwards its ports: ping the pods behind it"));
        }
        // Which port is asked for makes no difference.
        let port = PortRef::Number(1);
        self.world
            .service_targets(id, &port, Protocol::Tcp, false)
            .map_err(|why| miss(service, &Dialled::Ping, &why))
    }
}

/// An alias translates no port; its names of ports are only for the reader.
fn through_alias(service: &Service, dialled: &Dialled) -> Result<Dialled, String> {
    let Dialled::Port(PortRef::Name(name), protocol) = dialled else {
        return Ok(dialled.clone());
    };
    let is_it =
        |port: &&ServicePort| port.protocol == *protocol && port.name.as_ref() == Some(name);
    match service.ports.iter().find(is_it) {
        Some(port) => Ok(Dialled::Port(PortRef::Number(port.number), *protocol)),
        None => Err(miss(service, dialled, &ServiceMiss::NoSuchPort)),
    }
}

fn miss(service: &Service, dialled: &Dialled, miss: &ServiceMiss) -> String {
    let name = name_of(service);
    match (miss, dialled) {
        (ServiceMiss::NoSuchPort, Dialled::Port(port, protocol)) => {
            let ports: Vec<String> = service
                .ports
                .iter()
                .map(|port| format!("{}/{}", port.number, port.protocol))
                .collect();
            format!(
                "{name} has no port {port}/{protocol}; it has {}",
                if ports.is_empty() { "none".to_owned() } else { ports.join(", ") }
            )
        }
        (ServiceMiss::NoNamedPort(target), Dialled::Port(_, protocol)) => format!(
            "{name} has no endpoints: no pod behind it declares a {protocol} port of the name \
             `{target}`"
        ),
        (ServiceMiss::NoSelector, _) => {
            format!("{name} has no selector, and no Endpoints or EndpointSlice is its")
        }
        (ServiceMiss::ExternalName(host), _) => format!("{name} is an alias of `{host}`"),
        _ if service.selector.is_none() => {
            format!("{name} has no endpoints: none that is written down is ready on that port")
        }
        _ => format!("{name} has no endpoints: no ready pod has the labels of its selector"),
    }
}

fn name_of(service: &Service) -> String {
    format!("Service `{}/{}`", service.meta.namespace, service.meta.name)
}
