//! Blocks of addresses.

use super::quote::quoted;
use super::report::Report;
use crate::cidr::{Cidr, Oddity};
use crate::code::{INVALID_CIDR, UNUSUAL_CIDR};
use crate::place::Place;

/// An `ipBlock`.
pub(super) fn check(block: &Place, report: &mut Report) {
    let place = block.field("cidr");
    if place.filled().is_none() {
        report.required(INVALID_CIDR, &place, "", "write `cidr`, such as `cidr: 203.0.113.0/24`");
        return;
    }
    let Some(outer) = cidr(&place, report) else { return };
    for place in block.field("except").items() {
        let Some(inner) = cidr(&place, report) else { continue };
        if !outer.strictly_contains(inner) {
            report.invalid_text(
                INVALID_CIDR,
                &place,
                place.text_or_empty(),
                "must be a strict subset of `cidr`",
                "take out a smaller block that lies inside `cidr`",
            );
        }
    }
}

/// One block. Returns what it means even if it is refused for its form.
fn cidr(place: &Place, report: &mut Report) -> Option<Cidr> {
    let text = place.text_or_empty();
    let Some(cidr) = Cidr::parse(text) else {
        let detail = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";
        report.invalid_text(INVALID_CIDR, place, text, detail, &help(text));
        return None;
    };
    let help = format!("write `{}`", cidr.block());
    match cidr.oddity() {
        Some(oddity) if report.version.has_strict_cidrs() => {
            report.invalid_text(INVALID_CIDR, place, text, detail(oddity), &help);
        }
        _ if report.version.warns_of_cidrs() => warn(place, text, cidr, report),
        _ => {}
    }
    Some(cidr)
}

fn help(text: &str) -> String {
    match text.trim().parse::<std::net::IpAddr>() {
        Ok(address) if address.is_ipv4() => {
            format!("add a prefix length; `{address}/32` is this address alone")
        }
        Ok(address) => format!("add a prefix length; `{address}/128` is this address alone"),
        Err(_) => "write an address, a slash and a prefix length".to_owned(),
    }
}

fn detail(oddity: Oddity) -> &'static str {
    match oddity {
        Oddity::LeadingZeros => "must not have leading 0s in IP or prefix length",
        Oddity::MappedAddress => "must not have an IPv4-mapped IPv6 address",
        Oddity::HostBits => "must not have bits set beyond the prefix length",
    }
}

/// Source: `GetWarningsForCIDR` in `k8s.io/apimachinery/pkg/util/validation`.
fn warn(place: &Place, text: &str, cidr: Cidr, report: &mut Report) {
    let written = quoted(text);
    let block = cidr.block().to_string();
    let help = format!("write `{block}`");
    if cidr.has_host_bits() {
        let body = format!(
            "CIDR value {written} is ambiguous in this context (should be {} or {}?)",
            quoted(&block),
            quoted(&cidr.single_address())
        );
        report.warning(UNUSUAL_CIDR, place, &body, &help);
    }
    if matches!(cidr.oddity(), Some(Oddity::LeadingZeros | Oddity::MappedAddress)) {
        let body = format!(
            "non-standard CIDR value {written} will be considered invalid in a future Kubernetes release: use {}",
            quoted(&block)
        );
        report.warning(UNUSUAL_CIDR, place, &body, &help);
    } else if let Some(canonical) = cidr.canonical_ipv6(text) {
        let body = format!(
            "IPv6 CIDR value {written} should be in RFC 5952 canonical format ({})",
            quoted(&canonical)
        );
        report.warning(UNUSUAL_CIDR, place, &body, &format!("write `{canonical}`"));
    }
}
