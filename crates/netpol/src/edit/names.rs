//! What people type into a form, checked as the API server would.

use std::collections::BTreeSet;
use std::net::IpAddr;

use netpol_sort::Gather;

use super::{Labels, error};
use crate::view::{PortView, QueryError};

type Checked = Result<(), QueryError>;

/// The label that every namespace has, and that is always its name.
pub(super) const NAMESPACE_NAME_LABEL: &str = "kubernetes.io/metadata.name";

pub(super) fn namespace(name: &str) -> Checked {
    if name.len() <= 63 && is_dns_label(name) {
        return Ok(());
    }
    Err(error(
        format!("`{name}` is not a valid name of a namespace"),
        "use lower case letters, digits and `-`, with a letter or digit at both ends; at most 63",
    ))
}

pub(super) fn pod(name: &str) -> Checked {
    subdomain(name, "a pod")
}

pub(super) fn external(name: &str) -> Checked {
    subdomain(name, "an outside address")
}

fn subdomain(name: &str, of: &str) -> Checked {
    if is_dns_subdomain(name) {
        return Ok(());
    }
    Err(error(
        format!("`{name}` is not a valid name of {of}"),
        "use lower case letters, digits, `-` and `.`, with a letter or digit at both ends",
    ))
}

pub(super) fn labels(labels: &Labels) -> Checked {
    labels.iter().try_for_each(|(key, value)| {
        if !is_label_key(key) {
            return Err(error(
                format!("`{key}` is not a valid label key"),
                "use letters, digits, `-`, `_` and `.`, with a letter or digit at both ends, at \
                 most 63; a domain and `/` may precede them, as in `example.com/team`",
            ));
        }
        if !value.is_empty() && !is_label_word(value) {
            return Err(error(
                format!("`{value}` is not a valid value of label `{key}`"),
                "use letters, digits, `-`, `_` and `.`, with a letter or digit at both ends, at \
                 most 63; or nothing",
            ));
        }
        Ok(())
    })
}

/// The labels to write for a namespace: without the one that the cluster adds.
pub(super) fn namespace_labels(
    name: &str,
    namespace_labels: &Labels,
) -> Result<Labels, QueryError> {
    labels(namespace_labels)?;
    let mut written = namespace_labels.clone();
    match written.remove(NAMESPACE_NAME_LABEL) {
        Some(value) if value != name => Err(error(
            format!("label `{NAMESPACE_NAME_LABEL}` is always the namespace's name"),
            "leave it away, or use a label of another name",
        )),
        _ => Ok(written),
    }
}

pub(super) fn ports(ports: &[PortView]) -> Checked {
    let mut numbers = BTreeSet::new();
    let mut names = BTreeSet::new();
    ports.iter().try_for_each(|port| {
        let PortView { number, protocol, name } = port;
        if *number == 0 {
            return Err(error("port 0 is not a valid port", "use a number from 1 to 65535"));
        }
        if !numbers.insert((number, protocol)) {
            return Err(error(
                format!("port {number}/{protocol} is there twice"),
                "remove one of the two",
            ));
        }
        let Some(name) = name else { return Ok(()) };
        if !is_port_name(name) {
            return Err(error(
                format!("`{name}` is not a valid name of a port"),
                "use lower case letters, digits and single `-` between them, with at least one \
                 letter; at most 15",
            ));
        }
        if !names.insert(name) {
            return Err(error(
                format!("two ports have the name `{name}`"),
                "give one of them another name",
            ));
        }
        Ok(())
    })
}

/// Addresses as they are written: at most one of each family.
pub(super) fn addresses(addresses: &[String]) -> Result<Vec<String>, QueryError> {
    let help = "use an address like `203.0.113.7` or `2001:db8::7`, at most one of each family";
    let parse = |address: &String| {
        let address = address.trim();
        let parsed = address.parse::<IpAddr>();
        parsed.map_err(|_| error(format!("`{address}` is not an address"), help))
    };
    let parsed = addresses.iter().map(parse).collect::<Result<Vec<_>, _>>()?;
    let families: BTreeSet<bool> = parsed.iter().map(IpAddr::is_ipv4).gather();
    if parsed.is_empty() {
        return Err(error("an outside address needs an address", help));
    }
    if families.len() != parsed.len() {
        return Err(error("there are two addresses of one family", help));
    }
    Ok(parsed.iter().map(ToString::to_string).collect())
}

fn is_dns_label(text: &str) -> bool {
    let inner = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    text.bytes().all(inner) && !text.starts_with('-') && !text.ends_with('-') && !text.is_empty()
}

fn is_dns_subdomain(text: &str) -> bool {
    text.len() <= 253 && text.split('.').all(is_dns_label)
}

fn is_label_key(text: &str) -> bool {
    match text.split_once('/') {
        Some((prefix, name)) => is_dns_subdomain(prefix) && is_label_word(name),
        None => is_label_word(text),
    }
}

/// The name part of a label's key, or a value that is not empty.
fn is_label_word(text: &str) -> bool {
    let inner = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    let ends = text.bytes().next().into_iter().chain(text.bytes().last());
    let mut ends = ends.map(|b| b.is_ascii_alphanumeric());
    !text.is_empty() && text.len() <= 63 && text.bytes().all(inner) && ends.all(|ok| ok)
}

fn is_port_name(text: &str) -> bool {
    text.len() <= 15
        && is_dns_label(text)
        && !text.contains("--")
        && text.bytes().any(|b| b.is_ascii_lowercase())
}
