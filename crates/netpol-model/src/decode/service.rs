//! Services.

use std::net::IpAddr;

use super::pod::{port_number, protocol};
use crate::place::Place;
use crate::{Families, Meta, PortRef, Service, ServiceKind, ServicePort};

pub(super) fn service(object: &Place, meta: Meta) -> Service {
    let spec = object.field("spec");
    let selector = spec.field("selector");
    Service {
        kind: kind(&spec),
        selector: selector.is_given().then(|| selector.labels()),
        ports: spec.field("ports").items().filter_map(|it| port(&it)).collect(),
        addresses: addresses(object),
        source_ranges: source_ranges(&spec),
        families: families(&spec),
        publish_not_ready: spec.field("publishNotReadyAddresses").boolean() == Some(true),
        external_local: spec.field("externalTrafficPolicy").text() == Some("Local"),
        internal_local: spec.field("internalTrafficPolicy").text() == Some("Local"),
        meta,
    }
}

fn kind(spec: &Place) -> ServiceKind {
    match spec.field("type").text() {
        Some("ExternalName") => {
            ServiceKind::ExternalName(spec.field("externalName").text_or_empty().to_owned())
        }
        Some("NodePort") => ServiceKind::NodePort,
        Some("LoadBalancer") => ServiceKind::LoadBalancer,
        _ if spec.field("clusterIP").text() == Some("None") => ServiceKind::Headless,
        _ => ServiceKind::ClusterIp,
    }
}

fn port(port: &Place) -> Option<ServicePort> {
    let number = port_number(&port.field("port"))?;
    Some(ServicePort {
        name: port.field("name").filled().map(str::to_owned),
        number,
        protocol: protocol(&port.field("protocol"))?,
        target: target(&port.field("targetPort")).unwrap_or(PortRef::Number(number)),
        node_port: port_number(&port.field("nodePort")),
    })
}

/// `targetPort`, if it is given; 0 and empty text are as good as nothing.
fn target(place: &Place) -> Option<PortRef> {
    let name = place.filled().map(|name| PortRef::Name(name.to_owned()));
    name.or_else(|| port_number(place).map(PortRef::Number))
}

fn source_ranges(spec: &Place) -> Vec<String> {
    let ranges = spec.field("loadBalancerSourceRanges");
    ranges.items().filter_map(|it| it.text()).map(str::to_owned).collect()
}

/// Source: <https://kubernetes.io/docs/concepts/services-networking/dual-stack/#services>
fn families(spec: &Place) -> Families {
    let (written, cluster) = (spec.field("ipFamilies"), spec.field("clusterIPs"));
    let written = written.items().filter_map(|it| match it.text() {
        Some("IPv4") => Some(Families::Ipv4),
        Some("IPv6") => Some(Families::Ipv6),
        _ => None,
    });
    let mut families: Vec<Families> = written.collect();
    if families.is_empty() {
        let cluster = cluster.items().filter_map(|it| it.address());
        let all = cluster.chain(spec.field("clusterIP").address());
        families.extend(all.map(Families::of));
    }
    families.into_iter().collect()
}

/// Cluster addresses first, then those that lead in from outside.
fn addresses(object: &Place) -> Vec<IpAddr> {
    let (spec, status) = (object.field("spec"), object.field("status"));
    let (cluster, external) = (spec.field("clusterIPs"), spec.field("externalIPs"));
    let balancer = status.field("loadBalancer");
    let ingress = balancer.field("ingress");
    let all = (cluster.items().filter_map(|it| it.address()))
        .chain(spec.field("clusterIP").address())
        .chain(external.items().filter_map(|it| it.address()))
        .chain(ingress.items().filter_map(|it| it.field("ip").address()));
    let mut addresses = Vec::new();
    for address in all {
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    addresses
}
