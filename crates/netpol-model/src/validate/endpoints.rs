//! Endpoints that are written down, as far as traffic depends on them.

use super::pod::address;
use super::ports;
use super::report::Report;
use crate::code;
use crate::place::Place;

/// An `EndpointSlice`.
pub(super) fn slice(object: &Place, report: &mut Report) {
    let kind = object.field("addressType");
    let kinds = ["FQDN", "IPv4", "IPv6"];
    if kind.filled().is_none() {
        report.required(code::INVALID_ADDRESS, &kind, "", "write `addressType: IPv4`");
    } else if !kinds.contains(&kind.text_or_empty()) {
        report.unsupported(code::INVALID_ADDRESS, &kind, &kinds);
    }
    for endpoint in object.field("endpoints").items() {
        let addresses = endpoint.field("addresses");
        for it in addresses.items().filter(|_| kind.text() != Some("FQDN")) {
            address(&it, report);
        }
    }
    of(object, report);
}

/// An Endpoints object.
pub(super) fn subsets(object: &Place, report: &mut Report) {
    for subset in object.field("subsets").items() {
        for list in ["addresses", "notReadyAddresses"] {
            for it in subset.field(list).items() {
                address(&it.field("ip"), report);
            }
        }
        of(&subset, report);
    }
}

fn of(owner: &Place, report: &mut Report) {
    for port in owner.field("ports").items() {
        ports::number(&port.field("port"), code::INVALID_PORT, report);
        ports::protocol(&port.field("protocol"), report);
    }
}
