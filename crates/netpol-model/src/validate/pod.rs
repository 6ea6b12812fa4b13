//! Pods and their templates, as far as traffic depends on them.

use std::net::IpAddr;

use super::report::Report;
use super::{labels, ports};
use crate::code;
use crate::place::Place;

/// The template of a workload.
pub(super) fn template(template: &Place, report: &mut Report) {
    let metadata = template.field("metadata");
    labels::labels(&metadata.field("labels"), report);
    spec(&template.field("spec"), report);
}

/// A pod's `spec`.
pub(super) fn spec(spec: &Place, report: &mut Report) {
    for list in ["containers", "initContainers"] {
        for container in spec.field(list).items() {
            ports::of_container(&container, report);
        }
    }
}

/// The addresses that a pod's `status` tells.
pub(super) fn addresses(status: &Place, report: &mut Report) {
    for (list, single) in [("podIPs", "podIP"), ("hostIPs", "hostIP")] {
        for it in status.field(list).items() {
            address(&it.field("ip"), report);
        }
        address(&status.field(single), report);
    }
}

/// The addresses that a node's `status` tells.
pub(super) fn node_addresses(status: &Place, report: &mut Report) {
    for it in status.field("addresses").items() {
        if matches!(it.field("type").text(), Some("InternalIP" | "ExternalIP")) {
            address(&it.field("address"), report);
        }
    }
}

/// An address, unless it is empty. Returns it if it is one.
pub(super) fn address(place: &Place, report: &mut Report) -> Option<IpAddr> {
    let text = place.filled()?;
    let address = text.parse().ok();
    if address.is_none() {
        report.invalid_text(
            code::INVALID_ADDRESS,
            place,
            text,
            "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)",
            "write a single address, without a prefix length",
        );
    }
    address
}
