//! NetworkPolicy, with defaults filled in.

use super::pod::{port_number, protocol};
use super::selector::{optional_selector, selector};
use crate::cidr::Cidr;
use crate::place::Place;
use crate::{
    IpBlock, Meta, NetworkPolicy, PeerSelector, PolicyPeer, PolicyPort, PolicyRule, PortRef,
};

/// Of a refused policy, what could be read.
pub(super) fn policy(object: &Place, meta: Meta, rejected: bool) -> NetworkPolicy {
    let spec = object.field("spec");
    let types = spec.field("policyTypes");
    let egress = rules(&spec.field("egress"), "to");
    let types_are_written = types.items().next().is_some();
    let lists = |direction| types.items().any(|it| it.text() == Some(direction));
    NetworkPolicy {
        meta,
        rejected,
        pod_selector: selector(&spec.field("podSelector")),
        // Ingress is implied whether or not there are ingress rules; egress only by rules.
        isolates_ingress: if types_are_written { lists("Ingress") } else { true },
        isolates_egress: if types_are_written { lists("Egress") } else { !egress.is_empty() },
        policy_types_span: types_are_written.then_some(types.span),
        ingress: rules(&spec.field("ingress"), "from"),
        egress,
    }
}

/// The rules of one direction. A null item is an empty rule, as in Go: it allows everything.
fn rules(list: &Place, peers: &str) -> Vec<PolicyRule> {
    list.items()
        .map(|rule| PolicyRule {
            span: rule.span,
            peers: rule.field(peers).items().filter_map(|it| peer(&it)).collect(),
            ports: rule.field("ports").items().filter_map(|it| port(&it)).collect(),
        })
        .collect()
}

/// A peer; `None` if it means nobody, for which the policy is refused.
fn peer(place: &Place) -> Option<PolicyPeer> {
    let pods = optional_selector(&place.field("podSelector"));
    let namespaces = optional_selector(&place.field("namespaceSelector"));
    let selector = if pods.is_some() || namespaces.is_some() {
        PeerSelector::Pods { namespaces, pods }
    } else {
        PeerSelector::Block(block(&place.field("ipBlock"))?)
    };
    Some(PolicyPeer { span: place.span, selector })
}

fn block(place: &Place) -> Option<IpBlock> {
    let cidr = place.field("cidr");
    let except = place.field("except");
    let excepted =
        except.items().filter_map(|it| Some((Cidr::parse(it.text()?)?.block(), it.span)));
    Some(IpBlock {
        cidr: Cidr::parse(cidr.text()?)?.block(),
        cidr_span: cidr.span,
        except: excepted.collect(),
    })
}

/// A port; `None` if it cannot be one, for which the policy is refused. A null item is every TCP
/// port, as in Go.
fn port(place: &Place) -> Option<PolicyPort> {
    let port = place.field("port");
    let port = match (port.is_given(), port.filled()) {
        (false, _) => None,
        (true, Some(name)) => Some(PortRef::Name(name.to_owned())),
        (true, None) => Some(PortRef::Number(port_number(&port)?)),
    };
    Some(PolicyPort {
        span: place.span,
        protocol: protocol(&place.field("protocol"))?,
        port,
        end_port: port_number(&place.field("endPort")),
    })
}
