//! Pods, and the templates that workloads make them from.

use std::net::IpAddr;

use super::{one_of_each_family, template_labels};
use crate::place::Place;
use crate::{ContainerPort, Dns, HostPort, Meta, Pod, PodPhase, PodTemplate, Protocol};

pub(super) fn pod(object: &Place, meta: Meta) -> Pod {
    let status = object.field("status");
    let phase = match status.field("phase").text() {
        Some("Succeeded" | "Failed") => PodPhase::Finished,
        Some("Pending") => PodPhase::Pending,
        _ => PodPhase::Running,
    };
    Pod {
        template: template(object),
        phase,
        addresses: addresses(&status, "podIPs", "podIP"),
        host_addresses: addresses(&status, "hostIPs", "hostIP"),
        ready: is_ready(&status),
        deleted: object.field("metadata").field("deletionTimestamp").is_given(),
        meta,
    }
}

/// What an object with `metadata` and the `spec` of a pod says.
pub(super) fn template(object: &Place) -> PodTemplate {
    let spec = object.field("spec");
    PodTemplate {
        labels: template_labels(object),
        ports: ports(&spec, container_port),
        host_ports: ports(&spec, host_port),
        dns: dns(&spec),
        host_network: spec.field("hostNetwork").boolean() == Some(true),
        node_name: spec.field("nodeName").filled().map(str::to_owned),
    }
}

/// The ports of containers and of native sidecars, which are the `initContainers` that go on
/// running (KEP-753).
fn ports<T>(spec: &Place, port: impl Fn(&Place) -> Option<T>) -> Vec<T> {
    let (init, main) = (spec.field("initContainers"), spec.field("containers"));
    let is_sidecar = |it: &Place| it.field("restartPolicy").text() == Some("Always");
    let mut ports = Vec::new();
    for container in main.items().chain(init.items().filter(is_sidecar)) {
        ports.extend(container.field("ports").items().filter_map(|it| port(&it)));
    }
    ports
}

fn container_port(port: &Place) -> Option<ContainerPort> {
    Some(ContainerPort {
        name: port.field("name").filled().map(str::to_owned),
        number: port_number(&port.field("containerPort"))?,
        protocol: protocol(&port.field("protocol"))?,
    })
}

fn host_port(port: &Place) -> Option<HostPort> {
    let ContainerPort { number: target, protocol, .. } = container_port(port)?;
    let address = port.field("hostIP").address().filter(|it| !it.is_unspecified());
    Some(HostPort { address, number: port_number(&port.field("hostPort"))?, protocol, target })
}

/// In its node's network a pod only asks the cluster if its policy says so.
fn dns(spec: &Place) -> Dns {
    let config = spec.field("dnsConfig");
    match spec.field("dnsPolicy").text() {
        Some("None") => {
            let servers = config.field("nameservers");
            Dns::Servers(servers.items().filter_map(|it| it.address()).collect())
        }
        Some("Default") => Dns::Node,
        Some("ClusterFirstWithHostNet") => Dns::Cluster,
        _ if spec.field("hostNetwork").boolean() == Some(true) => Dns::Node,
        _ => Dns::Cluster,
    }
}

/// A number from 1 to 65535.
pub(super) fn port_number(place: &Place) -> Option<u16> {
    let number = u16::try_from(place.integer()?).ok()?;
    (number > 0).then_some(number)
}

/// A protocol, TCP where none is given; `None` if there is no such.
pub(super) fn protocol(place: &Place) -> Option<Protocol> {
    if place.is_given() { Protocol::from_manifest(place.text()?) } else { Some(Protocol::Tcp) }
}

/// The list if there is one, or else the single address.
fn addresses(status: &Place, list: &str, single: &str) -> Vec<IpAddr> {
    let list = status.field(list);
    let listed: Vec<_> = list.items().filter_map(|it| it.field("ip").address()).collect();
    one_of_each_family(listed.into_iter().chain(status.field(single).address()))
}

fn is_ready(status: &Place) -> bool {
    let conditions = status.field("conditions");
    let ready = conditions.items().find(|it| it.field("type").text() == Some("Ready"));
    ready.is_none_or(|it| it.field("status").text() == Some("True"))
}
