//! Our own kinds, in the same grammar.

use std::net::IpAddr;

use super::pod::address;
use super::ports;
use super::report::Report;
use crate::decode::{
    CLIENT_IP, DENY_STYLE, EGRESS_TO_OWN_NODE, HAIRPIN_VIA_SERVICE, HOST_NETWORK_PODS, ICMP_WORDS,
};
use crate::place::Place;
use crate::playground::ICMP;
use crate::{EndpointName, ExpectedVerdict, FieldValidation, KubernetesVersion, Protocol, code};

/// `spec` of External.
pub(super) fn external(spec: &Place, report: &mut Report) {
    let (single, list) = (spec.field("ip"), spec.field("ips"));
    let places: Vec<_> = [single].into_iter().chain(list.items()).collect();
    if places.iter().all(|place| place.filled().is_none()) {
        let help = "write an address, such as `ip: 203.0.113.7`";
        report.required(code::INVALID_ADDRESS, &single, "", help);
    }
    let mut seen: Vec<IpAddr> = Vec::new();
    for place in &places {
        let Some(address) = address(place, report) else { continue };
        if seen.iter().any(|other| other.is_ipv4() == address.is_ipv4()) {
            report.invalid_text(
                code::INVALID_ADDRESS,
                place,
                place.text_or_empty(),
                "there is another address of this family already",
                "write at most one IPv4 and one IPv6 address, or another External",
            );
        }
        seen.push(address);
    }
}

/// `spec` of Expectation.
pub(super) fn expectation(spec: &Place, report: &mut Report) {
    for connection in spec.field("connections").items() {
        endpoint(&connection.field("from"), report);
        endpoint(&connection.field("to"), report);
        traffic(&connection, report);
        verdict(&connection.field("verdict"), report);
    }
}

fn endpoint(place: &Place, report: &mut Report) {
    let help = "write `NAMESPACE/POD`, `NAMESPACE/WORKLOAD`, `service:NAMESPACE/NAME`, `external/NAME` or an address";
    match place.filled() {
        None => {
            report.required(code::INVALID_ENDPOINT, place, "", help);
        }
        Some(text) if EndpointName::parse(text).is_none() => {
            let detail = "must name an end of a connection";
            report.invalid_text(code::INVALID_ENDPOINT, place, text, detail, help);
        }
        Some(_) => {}
    }
}

/// A port and its protocol, or a ping.
fn traffic(connection: &Place, report: &mut Report) {
    let (dialled, protocol) = (connection.field("port"), connection.field("protocol"));
    if protocol.text() == Some(ICMP) {
        if dialled.is_given() {
            let (detail, help) = ("ICMP has no ports", "remove `port`");
            report.forbidden(code::INVALID_PORT, &dialled, detail, help);
        }
        return;
    }
    port(&dialled, report);
    if protocol.is_given() && Protocol::from_manifest(protocol.text_or_empty()).is_none() {
        let words: Vec<&str> = Protocol::ALL.iter().map(|it| it.as_str()).chain([ICMP]).collect();
        report.unsupported(code::INVALID_PROTOCOL, &protocol, &words);
    }
}

fn port(place: &Place, report: &mut Report) {
    if place.is_given() && place.text() != Some("") {
        ports::number(place, code::INVALID_PORT, report);
    } else {
        let help = "write the port that the sender dials, by number or by name";
        report.required(code::INVALID_PORT, place, "", help);
    }
}

fn verdict(place: &Place, report: &mut Report) {
    if ExpectedVerdict::parse(place.text_or_empty()).is_none() {
        let words = ExpectedVerdict::ALL.map(ExpectedVerdict::as_str);
        report.unsupported(code::INVALID_VERDICT, place, &words);
    }
}

/// `spec` of Settings.
pub(super) fn settings(spec: &Place, report: &mut Report) {
    let version = spec.field("kubernetesVersion");
    if let Some(text) = version.filled().filter(|text| KubernetesVersion::parse(text).is_none()) {
        let help = "write a version such as `\"1.36\"`, in quotes";
        let detail = "must be a Kubernetes version";
        report.invalid_text(code::INVALID_SETTING, &version, text, detail, help);
    }
    let fields = spec.field("fieldValidation");
    if fields.is_given() && FieldValidation::parse(fields.text_or_empty()).is_none() {
        let words = FieldValidation::ALL.map(FieldValidation::as_str);
        report.unsupported(code::INVALID_SETTING, &fields, &words);
    }
    let options = spec.field("options");
    // Some may be left open by a word of its own.
    let words = [
        ("hostNetworkPods", HOST_NETWORK_PODS, None),
        ("hairpinViaService", HAIRPIN_VIA_SERVICE, None),
        ("egressToOwnNode", EGRESS_TO_OWN_NODE, None),
        ("clientIPForExternalTraffic", CLIENT_IP, Some("both")),
        ("icmp", ICMP_WORDS, Some("undefined")),
        ("denyStyle", DENY_STYLE, None),
    ];
    for (name, words, open) in words {
        let place = options.field(name);
        let words: Vec<&str> = words.into_iter().chain(open).collect();
        if place.is_given() && !words.contains(&place.text_or_empty()) {
            report.unsupported(code::INVALID_SETTING, &place, &words);
        }
    }
}
