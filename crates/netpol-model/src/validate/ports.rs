//! Ports and protocols.

use super::names;
use super::report::Report;
use crate::place::Place;
use crate::{Protocol, code};

const RANGE: &str = "must be between 1 and 65535, inclusive";
const RANGE_HELP: &str = "write a number from 1 to 65535";

/// One entry of a policy's `ports`.
pub(super) fn of_policy(place: &Place, report: &mut Report) {
    let (port, end_port) = (place.field("port"), place.field("endPort"));
    protocol(&place.field("protocol"), report);
    let last = end_port.integer();
    if let Some(first) = port.integer() {
        number(&port, code::INVALID_PORT, report);
        if last.is_some_and(|last| last < first) {
            report.invalid(
                code::INVALID_END_PORT,
                &end_port,
                last.unwrap_or_default(),
                "must be greater than or equal to `port`",
                "write the higher number in `endPort`",
            );
        }
        number(&end_port, code::INVALID_END_PORT, report);
        return;
    }
    let (detail, help) = if port.is_given() {
        ("may not be specified when `port` is non-numeric", "write a number in `port`")
    } else {
        ("may not be specified when `port` is not specified", "add `port`, the first of the range")
    };
    if let Some(last) = last {
        report.invalid(code::INVALID_END_PORT, &end_port, last, detail, help);
    }
    if port.is_given() {
        name(&port, report);
    }
}

/// A protocol, if it is given.
pub(super) fn protocol(place: &Place, report: &mut Report) {
    if place.is_given() && Protocol::from_manifest(place.text_or_empty()).is_none() {
        let supported = Protocol::ALL.map(Protocol::as_str);
        report.unsupported(code::INVALID_PROTOCOL, place, &supported);
    }
}

/// A port's number, if it is one.
pub(super) fn number(place: &Place, code: &'static str, report: &mut Report) {
    if let Some(number) = place.integer().filter(|number| !(1..=65535).contains(number)) {
        report.invalid(code, place, number, RANGE, RANGE_HELP);
    }
}

/// A port's name.
fn name(place: &Place, report: &mut Report) {
    let value = place.text_or_empty();
    let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    let help = match place.field_name() {
        Some("name") | None => "write a name such as `http`".to_owned(),
        Some(field) if is_number => format!("remove the quotes: `{field}: {value}`"),
        Some(_) => "write a number, or a name that a container gives to a port".to_owned(),
    };
    for text in names::port_name(value) {
        report.invalid_text(code::INVALID_PORT, place, value, &text, &help);
    }
}

/// The ports of a container.
pub(super) fn of_container(container: &Place, report: &mut Report) {
    for port in container.field("ports").items() {
        let (number_of, name_of) = (port.field("containerPort"), port.field("name"));
        if name_of.filled().is_some() {
            name(&name_of, report);
        }
        if number_of.integer().unwrap_or_default() == 0 {
            report.required(code::INVALID_PORT, &number_of, "", RANGE_HELP);
        } else {
            number(&number_of, code::INVALID_PORT, report);
        }
        protocol(&port.field("protocol"), report);
    }
}

/// The ports of a Service.
pub(super) fn of_service(spec: &Place, report: &mut Report) {
    for port in spec.field("ports").items() {
        let (outer, target) = (port.field("port"), port.field("targetPort"));
        if outer.integer().is_none() {
            report.invalid(code::INVALID_PORT, &outer, 0, RANGE, RANGE_HELP);
        }
        number(&outer, code::INVALID_PORT, report);
        protocol(&port.field("protocol"), report);
        // 0 and empty text stand for `port`.
        if target.filled().is_some() {
            name(&target, report);
        } else if target.integer() != Some(0) {
            number(&target, code::INVALID_PORT, report);
        }
    }
}
