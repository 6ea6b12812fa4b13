//! Our own kinds.

use super::one_of_each_family;
use super::pod::{port_number, protocol};
use crate::place::Place;
use crate::playground::ICMP;
use crate::{
    EndpointName, Expectation, ExpectedConnection, ExpectedTraffic, ExpectedVerdict, External,
    FieldValidation, Meta, Options, PortRef, Settings,
};

/// The words of `hostNetworkPods`: for false and for true.
pub const HOST_NETWORK_PODS: [&str; 2] = ["as-node", "as-pod"];
/// The words of `hairpinViaService`: for false and for true.
pub const HAIRPIN_VIA_SERVICE: [&str; 2] = ["subject-to-policy", "allow"];
/// The words of `egressToOwnNode`: for false and for true.
pub const EGRESS_TO_OWN_NODE: [&str; 2] = ["subject", "always-allowed"];

/// The words of `icmp`: for false and for true.
pub const ICMP_WORDS: [&str; 2] = ["subject", "always-allowed"];
/// The words of `clientIPForExternalTraffic`: for false and for true.
pub const CLIENT_IP: [&str; 2] = ["replaced", "preserved"];
/// The words of `denyStyle`: for false and for true.
pub const DENY_STYLE: [&str; 2] = ["drop", "reject"];

/// An outside address; `None` without any address that could be read.
pub(super) fn external(object: &Place, meta: Meta) -> Option<External> {
    let spec = object.field("spec");
    let list = spec.field("ips");
    let single = spec.field("ip").address().into_iter();
    let addresses = one_of_each_family(single.chain(list.items().filter_map(|it| it.address())));
    (!addresses.is_empty()).then_some(External { meta, addresses })
}

/// An expectation, without the connections that cannot be understood.
pub(super) fn expectation(object: &Place, meta: Meta) -> Expectation {
    let spec = object.field("spec");
    let connections = spec.field("connections");
    let connections = connections.items().filter_map(|it| connection(&it)).collect();
    Expectation { meta, connections }
}

fn connection(place: &Place) -> Option<ExpectedConnection> {
    Some(ExpectedConnection {
        span: place.span,
        from: EndpointName::parse(place.field("from").text()?)?,
        to: EndpointName::parse(place.field("to").text()?)?,
        traffic: traffic(place)?,
        verdict: ExpectedVerdict::parse(place.field("verdict").text()?)?,
    })
}

fn traffic(place: &Place) -> Option<ExpectedTraffic> {
    let word = place.field("protocol");
    if word.text() == Some(ICMP) {
        return Some(ExpectedTraffic::Ping);
    }
    Some(ExpectedTraffic::Port(port(&place.field("port"))?, protocol(&word)?))
}

fn port(place: &Place) -> Option<PortRef> {
    let name = place.filled().map(|name| PortRef::Name(name.to_owned()));
    name.or_else(|| port_number(place).map(PortRef::Number))
}

/// How to judge.
pub(super) fn settings(object: &Place) -> Settings {
    let spec = object.field("spec");
    let options = spec.field("options");
    let text = |name| spec.field(name).filled().map(str::to_owned);
    let word = |[no, yes]: [&str; 2], name| match options.field(name).text()? {
        word if word == yes => Some(true),
        word if word == no => Some(false),
        _ => None,
    };
    Settings {
        span: object.span,
        plugin: text("plugin"),
        kubernetes_version: text("kubernetesVersion"),
        field_validation: spec.field("fieldValidation").text().and_then(FieldValidation::parse),
        options: Options {
            enforced: options.field("enforced").boolean(),
            ip_block_matches_pods: options.field("ipBlockMatchesPods").boolean(),
            ip_block_matches_nodes: options.field("ipBlockMatchesNodes").boolean(),
            host_network_pods_as_pods: word(HOST_NETWORK_PODS, "hostNetworkPods"),
            hairpin_via_service_allowed: word(HAIRPIN_VIA_SERVICE, "hairpinViaService"),
            egress_to_own_node_allowed: word(EGRESS_TO_OWN_NODE, "egressToOwnNode"),
            icmp_allowed: word(ICMP_WORDS, "icmp"),
            client_ip_preserved: word(CLIENT_IP, "clientIPForExternalTraffic"),
            end_port_supported: options.field("endPortSupported").boolean(),
            named_ports_supported: options.field("namedPortsSupported").boolean(),
            sctp_supported: options.field("sctpSupported").boolean(),
            denied_rejected: word(DENY_STYLE, "denyStyle"),
            implicit_dns: options.field("implicitDNS").boolean(),
        },
    }
}
